"""Rows added to a ledger that the office already has (续登台账): its own columns, its numbering going on, nothing doubled."""

from __future__ import annotations

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
from extractor.ledger.layout import Layout, find, open_workbook
from extractor.ledger.matching import Matcher
from extractor.ledger.sheet_xml import Insertion, NewCell, insert
from extractor.lexicon import Lexicon

Simplify = Callable[[str], str]
_ROLES = (("lead", "牵头"), ("support", "配合"), ("supervise", "督导"))


@dataclass(frozen=True, slots=True)
class Appended:
    """What an append did: the layout that was used, its headers, the rows added, and those that were there already."""

    layout: Layout
    headers: tuple[tuple[str, str], ...]
    added: tuple[Row, ...]
    there: tuple[Row, ...]


def append(
    ledger: Path,
    rows: Sequence[Row],
    lexicon: Lexicon,
    *,
    simplify: Simplify,
    target: Path | None = None,
    named: Mapping[str, str] | None = None,
    appended_before: Collection[str] = (),
) -> Appended:
    """Adds to ``ledger`` (or, leaving it as it is, to a copy at ``target``) the rows that it does not hold.

    ``named`` says what a header stands for, over the dictionary; ``appended_before`` holds the ids of rows that were
    added earlier, whatever has become of them since. Raises :class:`UsageError` where the ledger is none, or is open.
    """
    layout = find(ledger, lexicon, named=named)
    written = target or ledger
    if written.exists() and open_elsewhere(written):
        raise UsageError(
            "ledger_open",
            where=str(written),
            chinese="台账正被其他程序打开，请先关闭",
            english="the ledger is open in another program; close it first",
        )
    sheet = open_workbook(ledger)[layout.sheet]
    grid = list(sheet.iter_rows(values_only=True))
    matcher = Matcher(layout, grid, simplify)
    added = [row for row in rows if row.id not in appended_before and not matcher.holds(row)]
    new = set(map(id, added))
    there = tuple(row for row in rows if id(row) not in new)
    model = layout.last if layout.last > layout.header else layout.header + 1
    number = _last_number(layout, grid)
    dated = "due" in layout.columns and bool(sheet.cell(model, layout.columns["due"]).is_date)
    cells = [
        {
            layout.columns[name]: _cell(value, dated)
            for name, value in _values(row, layout.columns, number + k if number is not None else None).items()
        }
        for k, row in enumerate(added, start=1)
    ]
    if added or target is not None:
        with replacing(written) as temporary:
            insert(ledger, temporary, layout.sheet, Insertion(layout.last, layout.footer, model, cells))
    headers = tuple(
        (_header(grid, layout, column), name) for name, column in sorted(layout.columns.items(), key=lambda c: c[1])
    )
    return Appended(layout, headers, tuple(added), there)


def _header(grid: Sequence[tuple[Any, ...]], layout: Layout, column: int) -> str:
    texts = (grid[row - 1][column - 1] for row in (layout.header, layout.header - 1) if row >= 1)
    return next((str(text).strip() for text in texts if text), "")


def _last_number(layout: Layout, grid: Sequence[tuple[Any, ...]]) -> int | None:
    """The last 序号 of the table; 0 where it is still empty, nothing where the ledger does not number its rows."""
    column = layout.columns.get("number")
    if column is None:
        return None
    numbers = [row[column - 1] for row in grid[layout.header : layout.last]]
    whole = [int(n) for n in numbers if isinstance(n, int | float) or (isinstance(n, str) and n.strip().isdigit())]
    if any(n not in (None, "") for n in numbers) and not whole:
        return None
    return max(whole, default=0)


def _values(row: Row, columns: Collection[str], number: int | None) -> dict[str, str | date | float | None]:
    """What goes into the columns that a ledger has. What it has no column for goes where it is understood."""
    values: dict[str, str | date | float | None] = {
        "number": number,
        "group": " / ".join(row.group),
        "origin": notice_name(row),
        "plan_title": row.plan.title,
        "issuer": row.plan.issuer,
        "title": row.title if "measures" in columns or not row.measures else f"{row.title}\n{row.measures_text}",
        "measures": row.measures_text
        if "title" in columns
        else "\n".join(filter(None, (row.title, row.measures_text))),
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
