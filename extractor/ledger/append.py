"""Rows added to a ledger that the office already has (续登台账): its own columns, its numbering going on, nothing doubled."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from extractor.errors import UsageError
from extractor.exports import phrases
from extractor.exports.destination import open_elsewhere, replacing
from extractor.exports.harmless import harmless
from extractor.exports.rows import Row, notice_name
from extractor.exports.sheets import units_text
from extractor.exports.streaming import day_number
from extractor.ledger.layout import Layout, find, find_in, open_workbook
from extractor.ledger.matching import Matcher
from extractor.ledger.room import Room
from extractor.ledger.sheet_xml import Insertion, NewCell, insert
from extractor.lexicon import Lexicon

Simplify = Callable[[str], str]
_OF_UNITS = ("responsible", "units")  # the cells that say a role in each line
_ROLES = (("lead", "牵头"), ("support", "配合"), ("supervise", "督导"))


@dataclass(frozen=True, slots=True)
class Appended:
    """What an append did: the layout that was used, its headers, the rows added, those that were there already, and those
    that were not added because they have been cancelled."""

    layout: Layout
    headers: tuple[tuple[str, str], ...]
    added: tuple[Row, ...]
    there: tuple[Row, ...]
    cancelled: tuple[Row, ...]


def append(
    ledger: Path,
    rows: Sequence[Row],
    lexicon: Lexicon,
    *,
    simplify: Simplify,
    target: Path | None = None,
    sheet: str | None = None,
    named: Mapping[str, str] | None = None,
    appended_before: Collection[str] = (),
) -> Appended:
    """Adds to ``ledger`` (or, leaving it as it is, to a copy at ``target``) the rows that it does not hold.

    ``sheet`` names the sheet where that is not the first that is a ledger; a task that another sheet holds is not added
    again. ``named`` says what a header stands for, over the dictionary; ``appended_before`` holds the ids of rows that
    were added earlier, whatever has become of them since. Raises :class:`UsageError` where the ledger is none, or is open.
    """
    layout = find(ledger, lexicon, sheet=sheet, named=named)
    written = target or ledger
    if written.exists() and open_elsewhere(written):
        raise UsageError(
            "ledger_open",
            where=str(written),
            chinese="台账正被其他程序打开，请先关闭",
            english="the ledger is open in another program; close it first",
        )
    book = open_workbook(ledger)
    grids = {name: list(book[name].iter_rows(values_only=True)) for name in book.sheetnames if _has_cells(book[name])}
    grid = grids[layout.sheet]
    others = (found for name in grids if name != layout.sheet and (found := find_in(name, grids[name], lexicon, {})))
    matchers = [Matcher(found, grids[found.sheet], simplify) for found in (layout, *others)]
    absent = [
        row for row in rows if row.id not in appended_before and not any(matcher.holds(row) for matcher in matchers)
    ]
    added = [row for row in absent if row.office.status != "cancelled"]
    new = set(map(id, absent))
    there = tuple(row for row in rows if id(row) not in new)
    cancelled = tuple(row for row in absent if row.office.status == "cancelled")
    if added or target is not None:
        with replacing(written) as temporary:
            insert(ledger, temporary, layout.sheet, _insertion(layout, grid, book[layout.sheet], added))
    headers = tuple(
        (_header(grid, layout, column), name) for name, column in sorted(layout.columns.items(), key=lambda c: c[1])
    )
    return Appended(layout, headers, tuple(added), there, cancelled)


def _has_cells(sheet: Any) -> bool:
    """False for a sheet that is only a chart."""
    return hasattr(sheet, "iter_rows")


def _insertion(layout: Layout, grid: Sequence[tuple[Any, ...]], sheet: Any, added: Sequence[Row]) -> Insertion:
    """The new rows, made after the ledger's last row: its formats, its formulas, a height that shows all they hold."""
    model = layout.last if layout.last > layout.header else layout.header + 1
    numbers = _numbers(layout, grid)
    dated = "due" in layout.columns and bool(sheet.cell(model, layout.columns["due"]).is_date)
    formulas = _formulas(sheet, model)
    room = Room(sheet, model)
    cells: list[dict[int, NewCell]] = []
    heights: list[float] = []
    for k, row in enumerate(added, start=1):
        values = _values(row, layout.columns, numbers(k))
        for name, value in values.items():
            if isinstance(value, str) and "\n" in value and not room.wraps(layout.columns[name]):
                # of several lines a cell of one would show the last, or all run together
                values[name] = ("；" if name in _OF_UNITS else " ").join(value.split("\n"))
        made = {layout.columns[name]: _cell(value, dated) for name, value in values.items()}
        line = layout.last + k
        for column, formula in formulas.items():
            made[column] = NewCell(None, _as_in_row(formula, sheet.cell(model, column).coordinate, line))
        cells.append(made)
        heights.append(room.height({c: cell.value for c, cell in made.items() if isinstance(cell.value, str)}))
    return Insertion(layout.last, layout.footer, model, cells, heights, layout.header + 1)


def _formulas(sheet: Any, model: int) -> dict[int, str]:
    """The formulas of the model row by column (=ROW()-3, =IF(F5<TODAY(),"逾期","")): new rows go on with them."""
    return {cell.column: cell.value for cell in sheet[model] if cell.data_type == "f" and isinstance(cell.value, str)}


def _as_in_row(formula: str, origin: str, row: int) -> str:
    from openpyxl.formula.translate import Translator

    return str(Translator(formula, origin=origin).translate_formula(f"{origin.rstrip('0123456789')}{row}"))


def _header(grid: Sequence[tuple[Any, ...]], layout: Layout, column: int) -> str:
    texts = (grid[row - 1][column - 1] for row in (layout.header, layout.header - 1) if row >= 1)
    return next((str(text).strip() for text in texts if text), "")


def _numbers(layout: Layout, grid: Sequence[tuple[Any, ...]]) -> Callable[[int], str | int | None]:
    """The 序号 of the k-th new row (from 1): going on from the last one (7 is followed by 8, LH-07 by LH-08); none where
    the ledger does not number its rows."""
    column = layout.columns.get("number")
    if column is None:
        return lambda k: None
    there = [row[column - 1] for row in grid[layout.header : layout.last]]
    there = [str(value).strip() for value in there if value not in (None, "")]
    whole = [int(float(text)) for text in there if re.fullmatch(r"\d+(\.0)?", text)]
    if whole or not there:
        last = max(whole, default=0)
        return lambda k: last + k
    found = re.fullmatch(r"(.*?)(\d+)", there[-1])
    if found is None or found[1].startswith("="):
        return lambda k: None
    before, figures = found[1], found[2]
    return lambda k: f"{before}{int(figures) + k:0{len(figures)}d}"


def _values(row: Row, columns: Collection[str], number: str | int | None) -> dict[str, str | date | float | None]:
    """What goes into the columns that a ledger has. What it has no column for goes where it is understood."""
    values: dict[str, str | date | float | None] = {
        "number": number,
        "group": " / ".join(row.group),
        "origin": notice_name(row),
        "plan_title": row.plan.title,
        "issuer": row.plan.issuer,
        "title": row.title if "measures" in columns else _work(row),
        "measures": row.measures_text if "title" in columns else _work(row),
        "targets": row.targets_text,
        "lead": row.units("lead"),
        "responsible": _responsible(row, columns),
        "support": row.units("support"),
        "supervise": row.units("supervise"),
        "units": units_text(row),
        "leader": row.units("leader"),
        "due": _due(row, columns),
        "frequency": row.frequency,
        "time_limit": row.time_limit,
        "due_words": row.deadline_words,
        "report_to": row.report_to,
        "contact": row.contact,
        "our_unit": row.office.our_unit,
        "office_leader": row.office.leader,
        "person": row.office.person,
        "inner_due": phrases.as_date(row.office.inner_due),
        "status": phrases.STATUSES[row.office.status],
        "progress": row.office.progress,
        "note": row.office.note,
        "place": row.origin,
        "page": row.page,
        "look_at": row.look_at,
        "text": row.evidence.quote,
        "key": row.id,
    }
    return {name: values[name] for name in columns if name in values}


def _work(row: Row) -> str:
    """A task and its measures for one cell; a title that only opens the measure's sentence is not said twice."""
    if row.measures_text.startswith(row.title):
        return row.measures_text
    return "\n".join(filter(None, (row.title, row.measures_text)))


def _responsible(row: Row, columns: Collection[str]) -> str:
    """The responsible units, and those of roles for which the ledger has no column."""
    own = row.units("responsible")
    if "units" in columns:
        return own
    others = [f"{word}：{row.units(role)}" for role, word in _ROLES if role not in columns and row.units(role)]  # type: ignore[arg-type]
    return "\n".join(filter(None, (own, *others)))


def _due(row: Row, columns: Collection[str]) -> str | date | None:
    """The date, else what the notice says of time where the ledger has no column for that."""
    if row.due_on:
        return phrases.as_date(row.due_on)
    said = [row.frequency if "frequency" not in columns else "", row.time_limit if "time_limit" not in columns else ""]
    return "；".join(filter(None, said)) or None


def _cell(value: str | date | float | None, dated: bool) -> NewCell:
    if isinstance(value, datetime | date):
        serial = day_number(value)
        return NewCell(serial if dated and serial is not None else phrases.day(value.isoformat()))
    if isinstance(value, str):
        return NewCell(harmless(value) or None)
    return NewCell(value)
