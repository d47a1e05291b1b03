"""Sets of short names written as one readable line."""

from __future__ import annotations


def names(line: str) -> frozenset[str]:
    """The names in ``line``, which blanks part."""
    return frozenset(line.split())
