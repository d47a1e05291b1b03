"""Corrections laid out as a table (更正对照表): a column of what was, one of what is, and others that say where.

Read from the lines of the match text, where cells are parted by tabs or upright strokes: a row may go over several lines.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from extractor.model import Span

_MOST_COLUMNS = 12
_LONGEST_HEADER = 14  # code points of a header cell
_LONGEST_ROW = 2000  # code points
_RULE = regex.compile(r"[\s:|+\-—]*")  # | --- | --- |
_NOTHING = regex.compile(r"[\s—\-/／无]*")
# what says no place: a running number, a remark
_ASIDE = regex.compile(r"序号|编号|备注|说明|理由|原因|依据|页码")
_OF_PERSONS = regex.compile(r"姓\s*名|职\s*务")  # who sits in which office
_OF_TIME = regex.compile(r"时限|期限|时间|日期|节点")


@dataclass(frozen=True, slots=True)
class TableChange:
    """A row's change: the ``row``, its cells that say where, the old cell and the new one; ``of_time`` where the columns
    are named after a time."""

    row: Span
    place: tuple[Span, ...]
    old: Span
    new: Span
    of_time: bool


@dataclass(frozen=True, slots=True)
class Columns:
    """What header cells of the old and the new are called, as patterns that name the rest as ``of``."""

    old: regex.Pattern[str]
    new: regex.Pattern[str]

    @classmethod
    def of_verbs(cls, verbs: str) -> Columns:
        """Of the alternation ``verbs``: 原内容, 更正前 | 现改为, 调整后时限."""
        rest = r"的?(?P<of>[\u4e00-\u9fff（）]{0,8})"
        return cls(
            regex.compile(rf"(?:原(?!因)|现行|误|(?:{verbs})前){rest}"),
            regex.compile(rf"(?:现(?![行状有])|应为|正|拟?(?:{verbs})(?:为|后|成|至)){rest}"),
        )


def find(match: str, columns: Columns, pos: int, endpos: int) -> Iterator[TableChange]:
    """The changes that tables of ``match`` state between ``pos`` and ``endpos``, in order."""
    at = pos
    while at < endpos:
        line = _line(match, at, endpos)
        header = _cells(match, line)
        pairs = _pairs(match, header, columns) if len(header) > 1 else []
        at = line.end + 1
        if not pairs:
            continue
        aside = {index for index, cell in enumerate(header) if _ASIDE.search(cell.of(match))}
        used = {index for pair in pairs for index in pair} | aside
        for row, cells in _rows(match, at, endpos, len(header)):
            at = row.end + 1
            place = tuple(cell for index, cell in enumerate(cells) if index not in used and cell.length)
            for old, new in pairs:
                was, now = cells[old], cells[new]
                if _said(match, was) and _said(match, now) and was.of(match) != now.of(match):
                    of_time = any(_OF_TIME.search(header[index].of(match)) is not None for index in (old, new))
                    yield TableChange(row, place, was, now, of_time)


def _said(match: str, cell: Span) -> bool:
    return _NOTHING.fullmatch(match, cell.start, cell.end) is None


def _line(match: str, at: int, end: int) -> Span:
    stop = match.find("\n", at, end)
    return Span(at, stop if stop >= 0 else end)


def _cells(match: str, line: Span) -> list[Span]:
    """The cells of a row, without the space around them; none where it is no row."""
    mark = "\t" if match.find("\t", line.start, line.end) >= 0 else "|"
    if match.find(mark, line.start, line.end) < 0:
        return []
    out = [_trim(match, start, end) for start, end in _parts(match, line, mark)]
    if mark == "|":  # the strokes at both ends part no cells
        out = out[not out[0].length : len(out) - (not out[-1].length)]
    return out if len(out) <= _MOST_COLUMNS else []


def _parts(match: str, line: Span, mark: str) -> Iterator[tuple[int, int]]:
    start = line.start
    while (at := match.find(mark, start, line.end)) >= 0:
        yield start, at
        start = at + 1
    yield start, line.end


def _trim(match: str, start: int, end: int) -> Span:
    while start < end and match[start].isspace():
        start += 1
    while end > start and match[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _pairs(match: str, header: Sequence[Span], columns: Columns) -> list[tuple[int, int]]:
    """The columns of old and new: those of one name together (原时限 and 现时限), else in their order."""
    olds: list[tuple[int, str]] = []
    news: list[tuple[int, str]] = []
    for index, cell in enumerate(header):
        if cell.length > _LONGEST_HEADER or _OF_PERSONS.search(match, cell.start, cell.end):
            return []
        for pattern, out in ((columns.old, olds), (columns.new, news)):
            found = pattern.fullmatch(match, cell.start, cell.end)
            if found is not None:
                out.append((index, found["of"]))
                break
    named = [(old, new) for old, of in olds for new, to in news if of == to]
    if len(named) == len(olds) == len(news):
        return named
    return [(old, new) for (old, _), (new, _) in zip(olds, news, strict=True)] if len(olds) == len(news) else []


def _rows(match: str, at: int, end: int, columns: int) -> Iterator[tuple[Span, list[Span]]]:
    """The rows of a table from ``at`` on that has so many columns, each with its cells."""
    while at < end:
        line = _line(match, at, end)
        if match.find("|", line.start, line.end) >= 0 and _RULE.fullmatch(match, line.start, line.end):
            at = line.end + 1
            continue
        row, cells = line, _cells(match, line)
        while 0 < len(cells) < columns and row.end < end and row.length < _LONGEST_ROW:
            row = Span(row.start, _line(match, row.end + 1, end).end)  # a cell goes on in the next line
            cells = _cells(match, row)
        if len(cells) != columns:
            return
        yield row, cells
        at = row.end + 1
