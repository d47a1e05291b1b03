"""The printed sheet (打印版): title, source line, groups merged and split at page ends, computed row heights."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from extractor.exports import phrases, sheets
from extractor.exports.cells import Cells
from extractor.exports.drawing import TALLEST_ROW, Book
from extractor.exports.paper import (
    PRINT,
    SCREEN,
    Paper,
    Placed,
    cut,
    height_of,
    line_count,
    lines_within,
    pages,
)
from extractor.exports.rows import Row, Value, notice_line, source_line
from extractor.exports.sheets import Column, spans_measures
from extractor.exports.streaming import StreamedSheet
from extractor.model import Plan

_TITLE_HEIGHT, _SOURCE_HEIGHT, _HEADER_HEIGHT, _BAND_HEIGHT = 36.0, 20.0, 32.0, 40.0
_TOP = 3  # rows above the table: title, source line, header
_GROUP, _WORK, _MEASURES = 1, 2, 3  # columns
_MOST_PAGE_BREAKS = 1_000  # of the file format: 1,023


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the sheet: a notice's band, or (a part of) a row with its cells."""

    group: tuple[int, tuple[str, ...], str]
    band: str = ""
    cells: tuple[Value, ...] = ()
    wide: bool = False  # the work takes the room of the measures


def draw(book: Book, table: tuple[Row, ...], paper: Paper, title: str) -> None:
    """Draws the sheet, with page ends where the paper ends."""
    columns = sheets.print_columns(paper.name, table)
    scale = paper.width / sum(column.width for column in columns)
    widths = [column.width * scale for column in columns]
    last = len(columns) - 1
    sheet = book.sheet("打印版", paper, widths)
    sheet.center_horizontally()
    sheet.repeat_rows(_TOP - 1)
    sheet.freeze_panes(_TOP, _MEASURES)
    sheet.stream_row(0, _TITLE_HEIGHT, [book.cell(0, title, "title")])
    sheet.stream_row(1, _SOURCE_HEIGHT, [book.cell(0, source_line(table), "source")])
    for row in (0, 1):
        sheet.merge_streamed(row, 0, row, last)
    sheet.stream_row(2, _HEADER_HEIGHT, [book.cell(k, column.title, "header") for k, column in enumerate(columns)])
    room = paper.height - _HEADER_HEIGHT
    cells = [
        Cells(book, "group" if k == _GROUP else column.kind, PRINT, _lines_in(width))
        for k, (column, width) in enumerate(zip(columns, widths, strict=True))
    ]
    lines = _lines(table, columns, cells, widths, min(room - _BAND_HEIGHT, TALLEST_ROW))
    at = _TOP
    breaks: list[int] = []
    for page in pages(lines, room - _TITLE_HEIGHT - _SOURCE_HEIGHT, room):
        if at > _TOP and len(breaks) < _MOST_PAGE_BREAKS:
            breaks.append(at)
        _page(book, sheet, at, page, cells)
        at += len(page)
    sheet.set_h_pagebreaks(breaks)
    sheet.print_area(0, 0, at - 1, last)


def _page(book: Book, sheet: StreamedSheet, first: int, page: list[Placed[_Line]], known: Sequence[Cells]) -> None:
    """One page: its lines, and the groups on it merged. A group that goes on begins anew on the next page."""
    start = first
    for k, placed in enumerate(page):
        at, line = first + k, placed.line
        if line.band:
            blanks = [book.cell(c, None, "band") for c in range(1, len(known))]
            sheet.stream_row(at, placed.height, [book.cell(0, line.band, "band"), *blanks])
            sheet.merge_streamed(at, 0, at, len(known) - 1)
            continue
        begins = k == 0 or page[k - 1].line.group != line.group
        start = at if begins else start
        values = line.cells if begins else (*line.cells[:_GROUP], None, *line.cells[_GROUP + 1 :])
        cells = [(c, *of_column[value][:2]) for c, (of_column, value) in enumerate(zip(known, values, strict=True))]
        sheet.stream_row(at, placed.height, cells)
        if line.wide:
            sheet.merge_streamed(at, _WORK, at, _MEASURES)
        ends = k + 1 == len(page) or page[k + 1].line.group != line.group
        if ends and at > start:
            sheet.merge_streamed(start, _GROUP, at, _GROUP)


def _lines(
    table: tuple[Row, ...], columns: tuple[Column[Row], ...], known: list[Cells], widths: list[float], tallest: float
) -> Iterator[Placed[_Line]]:
    plan: Plan | None = None
    count = 0
    all_width = sum(widths)
    both = widths[_WORK] + widths[_MEASURES]
    most = lines_within(tallest, PRINT)
    for row in table:
        if row.plan is not plan:
            plan = row.plan
            count += 1
            band = notice_line(row)
            height = height_of(line_count(band, all_width, SCREEN), SCREEN)
            yield Placed(_Line((count, (), "band"), band), height, heads=True)
        values = [column.value(row) for column in columns]
        wide = spans_measures(row, columns)
        lines = [of_column[value][2] for of_column, value in zip(known, values, strict=True)]
        if wide:
            lines[_WORK] = _lines_in(both)(values[_WORK])
        needed = max(lines)
        group = (count, row.group, row.kind)
        if needed <= most:
            yield Placed(_Line(group, cells=tuple(values), wide=wide), height_of(needed, PRINT))
            continue
        room = [both if wide and k == _WORK else width for k, width in enumerate(widths)]
        for cells, part_needs in _parts(values, room, most):
            yield Placed(_Line(group, cells=cells, wide=wide), height_of(part_needs, PRINT))


def _lines_in(width: float) -> Callable[[Value], int]:
    """How many lines a value takes in a column of this width."""
    return lambda value: line_count(_as_printed(value), width, PRINT)


def _as_printed(value: Value) -> str:
    """The text whose room a value takes."""
    if isinstance(value, date):
        return phrases.day(value.isoformat())
    return value if isinstance(value, str) else ("" if value is None else phrases.number(value))


def _parts(values: list[Value], widths: list[float], most: int) -> Iterator[tuple[tuple[Value, ...], int]]:
    """The cells of a row that is too tall for a page, and their lines, in parts that fit; each with its group."""
    cut_cells = [
        list(cut(value, width, most, PRINT)) if isinstance(value, str) and value else [value]
        for value, width in zip(values, widths, strict=True)
    ]
    for part in range(max(map(len, cut_cells))):
        cells = [cell[part] if part < len(cell) else None for cell in cut_cells]
        cells[_GROUP] = values[_GROUP]
        yield tuple(cells), max(_lines_in(width)(value) for value, width in zip(cells, widths, strict=True))
