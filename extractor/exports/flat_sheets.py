"""The flat sheets (数据版 and the lists beside it): first row the header, real dates and numbers, filters, colours."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from xlsxwriter.utility import xl_col_to_name

from extractor.exports import phrases
from extractor.exports.cells import Cells
from extractor.exports.drawing import TALLEST_ROW, Book
from extractor.exports.paper import A3, SCREEN, height_of, line_count, lines_within
from extractor.exports.rows import Value
from extractor.exports.sheets import Column, Item
from extractor.exports.streaming import Cell, StreamedSheet

_HEADER_HEIGHT = 30.0
_FULL = lines_within(TALLEST_ROW, SCREEN)  # lines of the tallest row
_SOON = 14  # days before a date within which it turns yellow
_FINISHED = ("已完成待销号", "已销号")
_STOPPED = ("暂缓", "已取消")


def draw(
    book: Book, name: str, columns: tuple[Column[Item], ...], lines: Iterable[Item], *, most_lines: int = _FULL
) -> None:
    """Draws a sheet of one line an item. Empty cells are not written, so that filters find them blank.

    A row with cells of more than ``most_lines`` lines shows their beginnings.
    """
    sheet = book.sheet(name, A3, (column.width for column in columns))
    for k, column in enumerate(columns):
        if column.hidden:
            sheet.set_column(k, k, column.width, None, {"hidden": True})
    sheet.hide_gridlines(0)
    sheet.repeat_rows(0)
    sheet.freeze_panes(1, 0)
    sheet.stream_row(0, _HEADER_HEIGHT, [book.cell(k, column.title, "header") for k, column in enumerate(columns)])
    text_style, top_style = book.style("text"), book.style("top")
    drawn = [(k, c.value, Cells(book, c.kind, SCREEN, _lines_in(c))) for k, c in enumerate(columns)]
    at = 0
    for at, line in enumerate(lines, start=1):
        cells: list[Cell] = []
        most = 1
        for k, value_of, known in drawn:
            value = value_of(line)
            if not value and value != 0:
                continue
            style, content, needed = known[value]
            if needed > most:
                most = needed
            cells.append((k, style, content))
        if most > most_lines:
            cells = [(k, top_style if style == text_style else style, content) for k, style, content in cells]
        sheet.stream_row(at, height_of(min(most, most_lines), SCREEN), cells)
    sheet.autofilter(0, 0, max(at, 1), len(columns) - 1)
    if at:
        _colour(book, sheet, {column.title: k for k, column in enumerate(columns)}, at)


def _lines_in(column: Column[Any]) -> Callable[[Value], int]:
    """How many lines a value takes in a column; dates and numbers take one."""
    if column.hidden:
        return lambda value: 1
    return lambda value: line_count(value, column.width, SCREEN) if isinstance(value, str) else 1


def _colour(book: Book, sheet: StreamedSheet, columns: dict[str, int], last: int) -> None:
    """Red, yellow, green by date, the inner date first, and the choice of statuses, where the sheet has these columns."""
    if "状态" not in columns or "完成时限" not in columns:
        return
    status, due = (f"${xl_col_to_name(columns[name])}2" for name in ("状态", "完成时限"))
    day = f"N({due})"
    if "内部时限" in columns:
        inner = f"${xl_col_to_name(columns['内部时限'])}2"
        day = f"IF(N({inner})>0,N({inner}),N({due}))"
        choice = {"validate": "list", "source": list(phrases.STATUS_CHOICES), "error_type": "warning"}
        words = {"error_title": "状态", "error_message": "请从下拉列表中选择"}
        sheet.data_validation(1, columns["状态"], last, columns["状态"], {**choice, **words})
    finished, stopped = (",".join(f'{status}="{s}"' for s in names) for names in (_FINISHED, _STOPPED))
    running = f"{day}>0,NOT(OR({stopped}))"
    rules = (
        (f"=OR({finished})", "green"),
        (f"=AND({running},{day}<TODAY())", "red"),
        (f"=AND({running},{day}-TODAY()<={_SOON})", "yellow"),
        (f"=AND({running})", "green"),
    )
    for name in (name for name in ("完成时限", "内部时限", "状态") if name in columns):
        for formula, colour in rules:
            rule = {"type": "formula", "criteria": formula, "format": book.colours[colour], "stop_if_true": True}
            sheet.conditional_format(1, columns[name], last, columns[name], rule)
