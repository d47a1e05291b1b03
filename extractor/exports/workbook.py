"""The register workbook (工作台账): a printed sheet, a flat one, and lists by unit, target, date and duty to report.

Only plain features of .xlsx, so that WPS and LibreOffice open it as Excel does. Rows are streamed, so that a hundred
thousand tasks fit into little memory: each sheet is written from its first row to its last.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from pathlib import Path
from typing import Any, Generic

from extractor.exports import flat_sheets, notes, printed_sheet, sheets
from extractor.exports.destination import Written, free_name, replacing, stamp
from extractor.exports.drawing import TALLEST_ROW, Book, Look
from extractor.exports.paper import A4, PAPERS, SCREEN, PaperName, height_of, line_count
from extractor.exports.reporting import is_report, next_due
from extractor.exports.rows import TITLE, OfficeColumns, rows
from extractor.exports.sharing import Sharing
from extractor.exports.sheets import Column, Item
from extractor.memory import many_objects
from extractor.model import Register

_SCREEN_LINES = 6  # of a row of the flat sheet: it is for the screen, where a longer cell can be opened
_NOTE_WIDTHS = (34.0, 70.0, 28.0)


def write_workbook(
    register: Register,
    path: Path,
    *,
    today: date,
    office: Mapping[str, OfficeColumns] | None = None,
    ours: Mapping[str, tuple[str, str]] | None = None,
    paper: PaperName = "A4",
    title: str = TITLE,
    public: bool = False,
) -> Written:
    """Writes the register to ``path``, or to a new name beside it where a person has changed that ledger or has it open.

    ``today`` is the day from which next days due are reckoned, and the workbook's date; ``office`` holds what the
    office wrote, by the id of the task or goal; ``ours``, where the office's own unit is known, why a task concerns it
    and which of its offices it falls to. Raises :class:`extractor.errors.UsageError` where nothing can be written.
    """
    target = free_name(path)
    with many_objects():
        table = tuple(rows(register, office, public=public, sharing=Sharing()))
    with replacing(target) as temporary:
        book = Book(temporary, title=title, made_on=today, public=public)
        printed_sheet.draw(book, table, PAPERS[paper], title)
        flat_sheets.draw(book, "数据版", sheets.DATA_COLUMNS, table, most_lines=_SCREEN_LINES)
        if ours is not None:
            concerning = (sheets.OfOurs(row, *ours[row.id]) for row in table if row.id in ours)
            flat_sheets.draw(book, "涉及我单位", sheets.OUR_COLUMNS, concerning)
        flat_sheets.draw(book, "按单位", sheets.UNIT_COLUMNS, sheets.by_unit(table))
        flat_sheets.draw(book, "目标指标", sheets.TARGET_COLUMNS, sheets.targets(table))
        flat_sheets.draw(book, "时间节点", sheets.DEADLINE_COLUMNS, sheets.deadlines(table))
        reports = (sheets.OfReport(row, next_due(row, today)) for row in table if is_report(row))
        flat_sheets.draw(book, "报送事项", sheets.REPORT_COLUMNS, reports)
        _draw_notes(book, notes.lines(register, table, today), [row.id for row in table])
        book.close()
        stamp(temporary)
    return Written(target, path)


@dataclass(frozen=True, slots=True)
class PlainSheet(Generic[Item]):
    """A flat sheet of a workbook that is not the register."""

    name: str
    columns: tuple[Column[Item], ...]
    items: Sequence[Item]


def write_plain_workbook(path: Path, plain: Sequence[PlainSheet[Any]], *, title: str, today: date) -> Written:
    """Writes flat sheets as a workbook; the name is chosen as :func:`write_workbook` does."""
    target = free_name(path)
    with replacing(target) as temporary:
        book = Book(temporary, title=title, made_on=today, public=False)
        for sheet in plain:
            flat_sheets.draw(book, sheet.name, sheet.columns, sheet.items)
        book.close()
        stamp(temporary)
    return Written(target, path)


def _draw_notes(book: Book, lines: Iterable[notes.Note], ids: Sequence[str]) -> None:
    """The notes, and in a hidden column the ids of all rows: by them a ledger that comes back tells what was deleted."""
    sheet = book.sheet("说明", A4, _NOTE_WIDTHS)
    hidden = len(_NOTE_WIDTHS)
    sheet.set_column(hidden, hidden, 20, None, {"hidden": True})
    last = 0
    for at, (note, identifier) in enumerate(zip_longest(lines, ids)):
        cells = []
        height = height_of(1, SCREEN)
        if note is not None:
            needed = max(line_count(text, width, SCREEN) for text, width in zip(note.cells, _NOTE_WIDTHS, strict=True))
            height = min(height_of(needed, SCREEN), TALLEST_ROW)
            look: Look = "header" if note.heading else "text"
            cells = [book.cell(k, text, look) for k, text in enumerate(note.cells)]
            last = at
        if identifier is not None:
            cells.append(book.cell(hidden, identifier, "text"))
        sheet.stream_row(at, height, cells)
    sheet.print_area(0, 0, last, hidden - 1)
