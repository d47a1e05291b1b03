"""Texts as they are compared: without space, punctuation, width and script."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from extractor.normalise import simplified

SAME_TEXT = 0.5  # Jaccard of 3-grams from which two texts are one

Pairs = list[tuple[int, int]]


@lru_cache(maxsize=65536)
def plain(text: str | None) -> str:
    """``text`` reduced to what is compared: simplified, width folded, letters and digits only (and % and +)."""
    folded = unicodedata.normalize("NFKC", simplified(text)) if text else ""
    return "".join(c for c in folded if c in "%+" or unicodedata.category(c)[0] in "LN")


@lru_cache(maxsize=65536)
def _grams(text: str | None, size: int) -> Counter[str]:
    letters = plain(text)
    if not letters:
        return Counter()
    return Counter(letters[i : i + size] for i in range(max(1, len(letters) - size + 1)))


def likeness(one: str | None, other: str | None, size: int) -> float:
    """Jaccard overlap of the character ``size``-grams of two texts, from 0 to 1."""
    a, b = _grams(one, size), _grams(other, size)
    shared = (a & b).total() if a and b else 0
    return shared / (a.total() + b.total() - shared) if shared else 0.0


def one_place(one: str, other: str) -> bool:
    """True where two quotes are of one place: one holds the other and is not three times as long, or they share half."""
    a, b = plain(one), plain(other)
    if not a or not b:
        return False
    if a in b or b in a:
        return min(len(a), len(b)) * 3 >= max(len(a), len(b))
    return likeness(one, other, 2) >= 0.5


def pair_texts(gold: Sequence[str], found: Sequence[str], size: int = 3, floor: float = SAME_TEXT) -> Pairs:
    """One-to-one pairs of texts, best overlap first; of equal overlaps the nearer in order."""
    candidates: list[tuple[float, int, int, int]] = []
    lengths = [_grams(text, size).total() for text in found]
    for i, text in enumerate(gold):
        length = _grams(text, size).total()
        for j, other in enumerate(found):
            # Overlap is at most the shorter over the longer: most pairs are settled by their lengths.
            if length and min(length, lengths[j]) >= floor * max(length, lengths[j]):
                value = likeness(text, other, size)
                if value >= floor:
                    candidates.append((value, -abs(i - j), i, j))
    used_gold: set[int] = set()
    used_found: set[int] = set()
    pairs: Pairs = []
    for _, _, i, j in sorted(candidates, reverse=True):
        if i not in used_gold and j not in used_found:
            used_gold.add(i)
            used_found.add(j)
            pairs.append((i, j))
    return pairs
