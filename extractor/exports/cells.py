"""The cells of a column by their values: what a cell holds and how much room it takes are worked out once a value.

Units, dates and statuses are a few hundred in a register of any size, and a task's title stands in several sheets and
lines. Long texts hardly come again and are not kept.
"""

from __future__ import annotations

from collections.abc import Callable

from extractor.exports.drawing import Book, Look
from extractor.exports.paper import Type
from extractor.exports.rows import Value

_KEPT = 10_000  # cells of a column that are kept at hand
_SHORT = 40  # characters of a text that may come again


class Cells(dict[Value, tuple[int, str, int]]):
    """By value: the number of the style, the content, and the lines that the cell takes, which ``lines`` tells."""

    def __init__(self, book: Book, look: Look, type_: Type, lines: Callable[[Value], int]) -> None:
        self._book, self._look, self._type = book, look, type_
        self._lines_of = lines

    def __missing__(self, value: Value) -> tuple[int, str, int]:
        _, style, content = self._book.cell(0, value, self._look, self._type)
        made = (style, content, self._lines_of(value))
        if len(self) < _KEPT and not (isinstance(value, str) and len(value) > _SHORT):
            self[value] = made
        return made
