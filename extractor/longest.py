"""A set of words, looked up at a place of a text by the longest one that stands there."""

from __future__ import annotations

from collections.abc import Iterable


class LongestWord:
    """Words by the two characters that they open with: where none opens so, a place costs one look into a table."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(word for word in words if word)
        lengths: dict[str, set[int]] = {}
        for word in self._words:
            lengths.setdefault(word[:2], set()).add(len(word))
        self._lengths = {opening: sorted(found, reverse=True) for opening, found in lengths.items()}
        self._single = frozenset(word for word in self._words if len(word) == 1)
        self._endings = sorted({len(word) for word in self._words}, reverse=True)

    def at(self, text: str, start: int = 0, end: int | None = None) -> int:
        """The end of the longest word that stands at ``start``, between there and ``end``, or ``start``."""
        lengths = self._lengths.get(text[start : start + 2])
        if lengths is not None:
            limit = len(text) if end is None else end
            for length in lengths:
                if start + length <= limit and text[start : start + length] in self._words:
                    return start + length
        if self._single and text[start : start + 1] in self._single and (end is None or start < end):
            return start + 1
        return start

    def first_end(self, text: str, start: int) -> int:
        """The end of the first word in ``text`` from ``start`` on, the longest that stands there; -1 where none does."""
        for place in range(start, len(text)):
            if text[place : place + 2] in self._lengths or text[place] in self._single:
                end = self.at(text, place)
                if end > place:
                    return end
        return -1

    def ends(self, text: str) -> bool:
        """True where ``text`` ends with one of the words."""
        return not self._words.isdisjoint([text[-length:] for length in self._endings])
