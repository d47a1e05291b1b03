"""Normalising (规整): named steps that yield repairs; the only door to OpenCC."""

from extractor.normalise.chain import Explained, clean_for_reading, explain, normalise, steps
from extractor.normalise.script import simplified

__all__ = ["Explained", "clean_for_reading", "explain", "normalise", "simplified", "steps"]
