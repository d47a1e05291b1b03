"""Segmenting (切分): clean text to plans, letterheads and a tree of nodes."""
