"""Extractors (识别): one module a field, each with one public ``find(plan_text, lexicon)``."""
