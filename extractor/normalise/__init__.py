"""Normalising (规整): named steps that yield repairs; the only door to OpenCC."""
