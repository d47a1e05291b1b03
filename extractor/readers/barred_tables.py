"""Tables whose cells stand on lines of their own with a line of ``|`` between them (竖线单独成行的表格).

So a page whose cells hold paragraphs is copied: ``序号 / | / 工作任务 / | / 责任单位 / 1 / | / … / | / … / 2 / | / …``. The rows are
told by their serial numbers, which follow the last cell of the row before, with a bar or without. A row with fewer cells than
there are columns goes on with the merged cells above it, where that fits the columns best. Nothing of the text is
changed; where the cells do not fit, there is no table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractor.model import Cell, Span, Table
from extractor.readers import stacked_tables

_OPENING = re.compile(
    r"^[ \t\u3000\u00a0]*(?P<first>序[ \u3000]*[号號])[ \t\u3000\u00a0]*\n\s*(?=\|[ \t\u3000\u00a0]*$)", re.MULTILINE
)
_BAR = re.compile(r"^[ \t\u3000\u00a0]*\|[ \t\u3000\u00a0]*$", re.MULTILINE)
_FEWEST_COLUMNS, _MOST_COLUMNS, _LONGEST_NAME = 3, 12, 14
_FEWEST_ROWS = 2
_MOST_MERGED = 3  # columns of a row whose cells may stand in a row above
_LONGEST_CELL = 2_000  # characters between two bars: more than that is running text

_Row = list[Span | None]


def find(text: str) -> Iterator[Table]:
    """The barred tables of ``text``, in order."""
    if "\n|" in text or "\n |" in text:
        yield from stacked_tables.apart(text, _OPENING, _table)


def _table(text: str, opening: re.Match[str]) -> Table | None:
    rows = _rows(text, opening)
    if len(rows) <= _FEWEST_ROWS:
        return None
    names = [name for name in rows[0] if name is not None]
    if len(names) != len(rows[0]) or any(name.length > _LONGEST_NAME for name in names):
        return None
    width = len(names)
    cells: list[Cell] = []
    for number, row in enumerate(rows):
        merged = _merged(text, row, names) if number else range(0)
        if merged is None:
            return None
        if merged:
            cells = [stacked_tables.grown(cell, number, 1) if cell.column in merged else cell for cell in cells]
        columns = [column for column in range(width) if column not in merged]
        cells += (Cell(number, at, 1, 1, span) for at, span in zip(columns, row, strict=True) if span is not None)
    end = max(cell.span.end for cell in cells)
    return Table(Span(cells[0].span.start, end), len(rows), width, tuple(sorted(cells, key=stacked_tables.place)))


def _rows(text: str, opening: re.Match[str]) -> list[_Row]:
    """The rows, the header first: a block between two bars that ends in the next serial number closes one."""
    rows: list[_Row] = []
    bare: list[_Row] = []  # those closed by the number alone: their last cell is empty, or a bar closes every row
    row: _Row = [Span(*opening.span("first"))]
    width, at = 0, -1
    for bar in _BAR.finditer(text, opening.end()):
        if at < 0:
            at = bar.end()
            continue
        if bar.start() - at > _LONGEST_CELL or len(row) > _MOST_COLUMNS:
            return rows
        lines = list(stacked_tables.lines_of(text, at, bar.start()))
        at = bar.end()
        if lines and lines[-1].of(text) == str(len(rows) + 1) and _may_close(len(row), len(lines), width):
            if len(lines) > 1:
                row.append(_whole(lines[:-1]))
            elif rows:
                bare.append(row)
            width = width or len(row)
            rows.append(row)
            row = [lines[-1]]
            if width < _FEWEST_COLUMNS:
                return []
        else:
            row.append(_whole(lines))
    if all(len(closed) < width for closed in bare):
        for closed in bare:
            closed.append(None)
    last = next(stacked_tables.lines_of(text, at, len(text)), None) if at >= 0 else None
    if rows and last is not None and len(row) < width:
        row.append(last)
    if rows and len(row) <= width:
        rows.append(row)
    return rows


def _may_close(cells: int, lines: int, width: int) -> bool:
    """False where the number may be a figure in the middle of a row."""
    if not width:
        return True
    return cells >= width - 1 or (lines > 1 and cells >= width - 1 - _MOST_MERGED)


def _whole(lines: Sequence[Span]) -> Span | None:
    return Span(lines[0].start, lines[-1].end) if lines else None


def _merged(text: str, row: _Row, names: Sequence[Span]) -> range | None:
    """The columns of ``names`` that a row has no cell for, nothing where there are too many or too few cells."""
    missing = len(names) - len(row)
    if not 0 <= missing <= _MOST_MERGED:
        return None
    if not missing:
        return range(0)
    said = [None if cell is None else cell.of(text).split("\n") for cell in row]

    def misfit(start: int) -> float:
        columns = [k for k in range(len(names)) if not start <= k < start + missing]
        return sum(
            max(stacked_tables.misfit(line.strip(), names[column].of(text)) for line in lines)
            for column, lines in zip(columns, said, strict=True)
            if lines is not None
        )

    start = min(range(1, len(row) + 1), key=misfit)  # of those that fit alike, the columns on the left
    return range(start, start + missing)
