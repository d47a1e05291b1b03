"""Tables typed into plain text (纯文本中的表格): cells parted by tabs, as a word processor pastes them, or by ``|`` (Markdown).

Nothing of the text is changed: a table only says where its cells stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.model import Cell, Span, Table

_FEWEST_COLUMNS = 3  # two words parted by a tab may be anything: a post and its name
_FEWEST_ROWS = 2
_RULE = re.compile(r"\|?[ :\-|]*-[ :\-|]*\|?")  # | --- | :--: |
_BLANKS = " \t\r\u3000\u00a0"


def find(text: str) -> tuple[Table, ...]:
    """The tables of ``text``, in order: runs of lines that are cut into as many cells each, at least three."""
    out: list[Table] = []
    if "\t" in text:
        out += _tables(text, "\t")
    if "|" in text:
        out += _tables(text, "|")
    return tuple(sorted(out, key=lambda table: table.span))


def _tables(text: str, mark: str) -> Iterator[Table]:
    run: list[list[Span]] = []
    at = 0
    for line in text.split("\n"):
        cells = _cells(text, at, at + len(line), mark) if mark in line else []
        at += len(line) + 1
        if mark == "|" and run and cells and _RULE.fullmatch(line.strip()):
            continue
        if run and len(cells) != len(run[0]):
            yield from _table(run)
            run = []
        if len(cells) >= _FEWEST_COLUMNS:
            run.append(cells)
    yield from _table(run)


def _cells(text: str, start: int, end: int, mark: str) -> list[Span]:
    """The cells of a line, without the blanks around each; the marks that open and close a Markdown row part none."""
    while start < end and text[start] in _BLANKS:
        start += 1
    while end > start and text[end - 1] in _BLANKS.replace(mark, ""):
        end -= 1
    if mark == "|":
        start += text.startswith("|", start, end)
        end -= text.startswith("|", end - 1, end)
    out: list[Span] = []
    for part in text[start:end].split(mark):
        first, last = start, start + len(part)
        start = last + 1
        while first < last and text[first] in _BLANKS:
            first += 1
        while last > first and text[last - 1] in _BLANKS:
            last -= 1
        out.append(Span(first, last))
    return out


def _table(rows: list[list[Span]]) -> Iterator[Table]:
    if len(rows) < _FEWEST_ROWS:
        return
    cells = tuple(
        Cell(r, c, 1, 1, span) for r, row in enumerate(rows) for c, span in enumerate(row) if span.start < span.end
    )
    if cells:
        yield Table(Span(rows[0][0].start, rows[-1][-1].end), len(rows), len(rows[0]), cells)
