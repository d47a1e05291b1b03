"""Which row of a ledger is which task (对号): by our key where the ledger has one, else by 文号 and the words of the task.

Titles alone do not tell tasks apart: 加强组织领导 stands in every second notice. Where a ledger does not say which notice a
row comes from, what it says of the measures must agree as well, and no row is taken for two tasks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from difflib import SequenceMatcher
from typing import Any

from extractor.exports.rows import Row
from extractor.identity import plain
from extractor.ledger.layout import Layout

Simplify = Callable[[str], str]
_LIST_NUMBER = re.compile(r"^\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．])\s*")
_ALIKE = 0.5  # share of the characters of two texts that stand in both in order: below it they are two tasks' measures
_COMPARED = 400  # characters of measures that are compared


class Matcher:
    """The rows of one ledger, looked up by task."""

    def __init__(self, layout: Layout, grid: Sequence[tuple[Any, ...]], simplify: Simplify) -> None:
        self._layout = layout
        self._simplify = simplify
        self._by_key: dict[str, int] = {}
        self._by_words: dict[str, list[int]] = {}
        self._origins: dict[int, str] = {}
        self._measures: dict[int, str] = {}
        for number in range(layout.header + 1, layout.last + 1):
            values = grid[number - 1]
            key = self._value(values, "key")
            if key and key not in self._by_key:
                self._by_key[key] = number
                continue  # a row with our key is that task, whatever its words have become; a copy of it is what it says
            origin = self._value(values, "origin") + self._value(values, "plan_title")
            if origin:
                self._origins[number] = self._form(origin)
            title, measures = self._value(values, "title"), self._value(values, "measures")
            self._measures[number] = self._form(measures or title.partition("\n")[2])[:_COMPARED]
            for form in self._forms(title, measures):
                self._by_words.setdefault(form, []).append(number)

    def _value(self, values: tuple[Any, ...], field: str) -> str:
        column = self._layout.columns.get(field)
        value = values[column - 1] if column is not None and column <= len(values) else None
        return "" if value is None else str(value).strip()

    def _form(self, text: str) -> str:
        return plain(self._simplify(text.replace("\n", " ")))

    def _forms(self, title: str, measures: str) -> list[str]:
        """The ways in which the words of a task may stand in a ledger: its title, its first line, its measures."""
        first = title.split("\n", 1)[0]
        texts = [first, _LIST_NUMBER.sub("", first), title, measures]
        return list(dict.fromkeys(form for text in texts if (form := self._form(text))))

    def holds(self, row: Row) -> bool:
        """True where the ledger has the task."""
        return self.row_of(row) is not None

    def row_of(self, row: Row, taken: Collection[int] = ()) -> int | None:
        """The number of the ledger's row of a task; none of those that are ``taken``."""
        if row.id in self._by_key:
            return self._by_key[row.id]
        return next((number for number in self._candidates(row) if number not in taken), None)

    def _candidates(self, row: Row) -> Iterator[int]:
        named = [self._form(text) for text in (row.plan.number, row.plan.title, *row.group) if text]
        measures = self._form(row.measures_text)
        for form in dict.fromkeys((self._form(row.title), measures)):
            for number in self._by_words.get(form, ()):
                origin = self._origins.get(number, "")
                if origin and named:
                    agrees = any(name in origin or origin in name for name in named)
                else:
                    agrees = _agree(measures[:_COMPARED], self._measures.get(number, ""))
                if agrees:
                    yield number


def _agree(ours: str, theirs: str) -> bool:
    """True where two texts of measures may be of one task: one is missing, holds the other, or is much like it."""
    if not ours or not theirs or ours in theirs or theirs in ours:
        return True
    return SequenceMatcher(None, ours, theirs, autojunk=False).ratio() >= _ALIKE


def lines(matcher: Matcher, rows: Sequence[Row]) -> dict[int, Row]:
    """The ledger's rows with the task that each of them is; a row is one task's, in the order of ``rows``."""
    found: dict[int, Row] = {}
    for row in rows:
        number = matcher.row_of(row, found.keys())
        if number is not None:
            found[number] = row
    return found
