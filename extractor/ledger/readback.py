"""A filled ledger read back (读回台账): what people wrote, changed, added and deleted in it.

Rows of the register that this program wrote carry a key and marks (:mod:`extractor.exports.marks`): a cell that is not
as it was written is a person's. An office's own ledger has neither: its rows are matched by 文号 and the words of the task,
what stands in its columns of status, progress and people is taken over, and other differences are only reported.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from extractor.exports import phrases
from extractor.exports.marks import canonical, changed
from extractor.exports.rows import Row
from extractor.exports.sheets import shown
from extractor.ledger.layout import Layout, chinese_name, find, open_workbook
from extractor.ledger.matching import Matcher, lines
from extractor.lexicon import Lexicon
from extractor.normalise import simplified

Simplify = Callable[[str], str]

OFFICE = {  # field of a ledger -> column of the flat sheet
    "our_unit": "我单位承办",
    "office_leader": "分管领导",
    "person": "责任人",
    "inner_due": "内部时限",
    "status": "状态",
    "progress": "进展",
    "percent": "完成比例",
    "note": "备注",
}
CORRECTED = {
    "title": "工作任务",
    "lead": "牵头单位",
    "responsible": "责任单位",
    "support": "配合单位",
    "supervise": "督导单位",
    "due": "完成时限",
}
REPORTED = {"measures": "具体举措", "targets": "目标指标"}
_ROLES = ("lead", "responsible", "support", "supervise")
# A row written by hand: what is taken over from it, and what nobody types but the program
_TAKEN = frozenset({"title", "measures", "due", "origin", *_ROLES, *OFFICE})
_NOT_TYPED = frozenset({"number", "place", "page", "look_at", "text", "key", "marks"})
# The other sheets of the register: cells that people may take for the ones to be filled in
_FILLED_ELSEWHERE = ("完成时限", "我单位承办", "分管领导", "责任人", "内部时限", "状态", "进展", "备注")
_ELSEWHERE = ("打印版", "涉及我单位", "按单位")
_HEADER_WITHIN = 3  # rows from the top
_TITLES = {**OFFICE, **CORRECTED, **REPORTED}
_DATE = re.compile(r"(?P<year>20\d\d)\s*[年./\-]\s*(?P<month>\d{1,2})\s*[月./\-]\s*(?P<day>\d{1,2})\s*日?\s*前?")
_BETWEEN = re.compile(r"[、，,；;\n]+")


@dataclass(frozen=True, slots=True)
class StatusWord:
    """A row of ``ledger_statuses.csv``: how ledgers write a status."""

    word: str
    status: str
    source: str


@dataclass(frozen=True, slots=True)
class Change:
    """A cell that a person changed: the task, the field, what the database says, what the ledger says.

    ``value`` is in the form that the database takes: an ISO date, a status of the contract, a percentage, units in
    order; ``also_changed`` where the database, too, says something else than when the ledger was written; ``sheet`` names
    the sheet where that is not the one that is read back; ``column_lost`` says that the whole column is empty now.
    """

    row: Row
    field: str
    old: str
    new: str
    value: str | float | tuple[str, ...] | None
    also_changed: bool = False
    sheet: str = ""
    column_lost: bool = False


@dataclass(frozen=True, slots=True)
class Added:
    """A row that somebody wrote into the ledger by hand: its number in the sheet, and its cells by field.

    ``office`` holds what was filled in of the office's own columns, as the database takes it; ``unclear`` the cells, in
    words, that no rule can take over.
    """

    line: int
    title: str
    measures: str
    units: tuple[tuple[str, str], ...]
    due_on: str | None
    origin: str
    office: tuple[tuple[str, str | float | None], ...] = ()
    unclear: tuple[str, ...] = ()


@dataclass(slots=True)
class Readback:
    """What a filled ledger says. ``unclear`` are changes that no rule can take over (words of a measure, a date that is
    none, cells filled in on a sheet that is not read back), ``unmatched`` rows that are no task of ours."""

    layout: Layout
    ours: bool
    changes: list[Change] = field(default_factory=list)
    unclear: list[Change] = field(default_factory=list)
    added: list[Added] = field(default_factory=list)
    deleted: list[Row] = field(default_factory=list)
    unmatched: list[tuple[int, str]] = field(default_factory=list)


def read(path: Path, rows: Sequence[Row], lexicon: Lexicon, *, simplify: Simplify) -> Readback:
    """What the ledger at ``path`` says beside the register's ``rows``. Raises :class:`UsageError` where it is no ledger."""
    layout = find(path, lexicon)
    book = open_workbook(path)
    grid = list(book[layout.sheet].iter_rows(values_only=True))
    found = Readback(layout, ours="key" in layout.columns and "marks" in layout.columns)
    by_line = lines(Matcher(layout, grid, simplify), rows)
    statuses = _statuses(lexicon)
    for line in range(layout.header + 1, layout.last + 1):
        cells = _Cells(layout, grid[line - 1], statuses)
        if not cells.text("title"):
            continue
        row = by_line.get(line)
        if row is not None:
            _compare(found, row, cells)
        elif not found.ours:
            found.unmatched.append((line, cells.text("title")))
        elif not cells.text("key") or _is_copy(cells, by_line.values()):
            found.added.append(_added(line, cells, lexicon))
        elif _changed_by_person(cells):  # of a task that the register has no longer
            found.unmatched.append((line, cells.text("title")))
    _spare_emptied_columns(found, grid)
    if found.ours:
        found.deleted = _deleted(book, rows, set(map(id, by_line.values())))
        found.unclear += _elsewhere(book, grid, by_line, layout)
    return found


@dataclass(frozen=True, slots=True)
class _Cells:
    """One row of the ledger."""

    layout: Layout
    values: tuple[Any, ...]
    statuses: dict[str, str]

    def has(self, name: str) -> bool:
        return name in self.layout.columns

    def raw(self, name: str) -> Any:
        column = self.layout.columns.get(name)
        return self.values[column - 1] if column is not None and column <= len(self.values) else None

    def text(self, name: str) -> str:
        return canonical(self.raw(name))

    def value(self, name: str) -> tuple[bool, str | float | tuple[str, ...] | None]:
        """Whether the cell can be understood, and its value as the database takes it."""
        raw, text = self.raw(name), self.text(name)
        if not text:
            return True, None
        if name in ("due", "inner_due"):
            day = _day(raw, text)
            return day is not None, day
        if name == "status":
            status = self.statuses.get(text) or self.statuses.get(simplified(text))
            return status is not None, status
        if name == "percent":
            share = _percent(raw, text)
            return share is not None, share
        if name in _ROLES:
            return True, tuple(part.strip() for part in _BETWEEN.split(text) if part.strip())
        return True, text


def _statuses(lexicon: Lexicon) -> dict[str, str]:
    return lexicon.derived(
        "ledger.statuses", lambda words: {row.word: row.status for row in words.rows("ledger_statuses", StatusWord)}
    )


def _day(raw: Any, text: str) -> str | None:
    if isinstance(raw, datetime):
        return raw.date().isoformat()
    if isinstance(raw, date):
        return raw.isoformat()
    found = _DATE.fullmatch(text)
    if found is None:
        return None
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"])).isoformat()
    except ValueError:
        return None


def _percent(raw: Any, text: str) -> float | None:
    try:
        if isinstance(raw, str):
            share = float(text.rstrip("%％")) if text[-1] in "%％" else float(text)
            return share if 0 <= share <= 100 else None
        return float(raw) * 100 if 0 <= raw <= 1 else float(raw) if raw <= 100 else None
    except (TypeError, ValueError):
        return None


def _compare(found: Readback, row: Row, cells: _Cells) -> None:
    by_person = changed(cells.text("marks"), lambda title: _by_title(cells, title)) if found.ours else None
    since = changed(cells.text("marks"), lambda title: shown(row, title)) if found.ours else None
    for name, title in _TITLES.items():
        if not cells.has(name) or (by_person is not None and title not in by_person):
            continue
        text, old = cells.text(name), canonical(shown(row, title))
        if text == old or (by_person is None and (not text or not _tells(row, name, text))):
            continue
        clear, value = cells.value(name)
        if clear and value == _stored(row, name):
            continue  # the same in other words: 2026.6.30 for 2026年6月30日, 办结 for 已完成待销号
        change = Change(row, name, old, text, value, since is not None and title in since)
        if not clear or name in REPORTED or (by_person is None and name in CORRECTED) or not _fits(row, name, value):
            found.unclear.append(change)
        else:
            found.changes.append(change)


def _spare_emptied_columns(found: Readback, grid: Sequence[tuple[Any, ...]]) -> None:
    """A column of which nothing is left was lost, not filled in: where several cells of it held something, none of them
    is cleared, and people are told."""
    for name, column in found.layout.columns.items():
        emptied = [change for change in found.changes if change.field == name and change.value is None]
        cells = (grid[line - 1] for line in range(found.layout.header + 1, found.layout.last + 1))
        if len(emptied) > 1 and not any(canonical(values[column - 1]) for values in cells if column <= len(values)):
            found.changes = [change for change in found.changes if change not in emptied]
            found.unclear += [replace(change, column_lost=True) for change in emptied]


def _changed_by_person(cells: _Cells) -> list[str]:
    return changed(cells.text("marks"), lambda title: _by_title(cells, title)) or []


def _is_copy(cells: _Cells, matched: Iterable[Row]) -> bool:
    """True for a row that was made by copying another, hidden key and all, and then writing a task of its own over it."""
    key = cells.text("key")
    return any(row.id == key for row in matched) and "工作任务" in _changed_by_person(cells)


def _stored(row: Row, name: str) -> str | float | tuple[str, ...] | None:
    """What the database says, in the form in which a cell's value is taken over."""
    if name in _ROLES:
        return tuple(dict.fromkeys(r.unit for r in row.responsibilities if r.role == name)) or None
    if name == "due":
        return row.due_on
    if name == "title":
        return row.title
    if name in OFFICE:
        stored: str | float | None = getattr(row.office, "leader" if name == "office_leader" else name)
        return None if stored == "" else stored
    return None


def _tells(row: Row, name: str, text: str) -> bool:
    """Whether a difference in an office's own ledger says anything: it words tasks, measures and roles in its own way."""
    if name in ("title", *REPORTED):
        return False
    if name in _ROLES:
        ours = {unit for r in row.responsibilities for unit in (r.unit, r.canonical)}
        return any(part.split("：")[-1].strip() not in ours for part in _BETWEEN.split(text) if part.strip())
    if name == "due" and row.due_on is None:
        said = "；".join(filter(None, (row.frequency, row.time_limit)))  # what an appended row says of both
        return text not in (row.frequency, row.time_limit, said, row.deadline_words)
    return name != "due" or _day(text, text) != row.due_on


def _fits(row: Row, name: str, value: object) -> bool:
    """Goals have no title, units or due date of their own to correct; a task keeps a title and a status."""
    if row.kind == "goal" and name in CORRECTED:
        return False
    return not (name in ("title", "status") and value is None)


def _by_title(cells: _Cells, title: str) -> Any:
    name = next(name for name, of in _TITLES.items() if of == title)
    return cells.raw(name)


def _added(line: int, cells: _Cells, lexicon: Lexicon) -> Added:
    units: list[tuple[str, str]] = []
    office: list[tuple[str, str | float | None]] = []
    unclear: list[str] = []
    for name in cells.layout.columns:
        text = cells.text(name)
        if not text or name in _NOT_TYPED:
            continue
        clear, value = cells.value(name)
        if not clear or name not in _TAKEN:
            unclear.append(f"{_TITLES.get(name) or chinese_name(lexicon, name)}：{text}")
        elif isinstance(value, tuple):
            units += [(unit, name) for unit in value]
        elif name in OFFICE:
            office.append((name, value))
    clear, due = cells.value("due")
    return Added(
        line,
        cells.text("title").replace("\n", " "),
        cells.text("measures"),
        tuple(sorted(units, key=lambda unit: _ROLES.index(unit[1]))),
        due if clear and isinstance(due, str) else None,
        cells.text("origin"),
        tuple(office),
        tuple(unclear),
    )


def _elsewhere(
    book: Any, grid: Sequence[tuple[Any, ...]], by_line: Mapping[int, Row], layout: Layout
) -> Iterator[Change]:
    """Cells that somebody filled in on a sheet that is not read back: said, so that nothing is lost unseen."""
    number, marked = layout.columns.get("number"), layout.columns["marks"]
    if number is None:
        return
    of_number = {
        grid[line - 1][number - 1]: (row, canonical(grid[line - 1][marked - 1])) for line, row in by_line.items()
    }
    fields = {title: name for name, title in _TITLES.items()}
    for sheet in _ELSEWHERE:
        cells_of = list(book[sheet].iter_rows(values_only=True)) if sheet in book.sheetnames else []
        header = next((k for k, values in enumerate(cells_of[:_HEADER_WITHIN]) if "序号" in values), None)
        if header is None:
            continue
        at = {
            title: cells_of[header].index(title) for title in ("序号", *_FILLED_ELSEWHERE) if title in cells_of[header]
        }
        said: set[tuple[str, str, str]] = set()
        for values in cells_of[header + 1 :]:
            row, marks = of_number.get(values[at["序号"]], (None, ""))
            if row is None:
                continue
            cell = {title: values[column] for title, column in at.items()}
            for title in changed(marks, cell.get) or ():
                text = canonical(cell.get(title))
                if text and (row.id, title, text) not in said:
                    said.add((row.id, title, text))
                    yield Change(row, fields[title], canonical(shown(row, title)), text, None, sheet=sheet)


def _deleted(book: Any, rows: Sequence[Row], there: set[int]) -> list[Row]:
    """The rows that the register had when it was written and that its flat sheet has no longer."""
    if "说明" not in book.sheetnames:
        return []
    written = {str(values[3]) for values in book["说明"].iter_rows(values_only=True) if len(values) > 3 and values[3]}
    return [row for row in rows if row.id in written and id(row) not in there]


def words(change: Change) -> str:
    """A change in a clerk's words."""
    old, new = (_said(change.field, text) for text in (change.old, change.new))
    where = f"（填在“{change.sheet}”表，请改填“数据版”）" if change.sheet else ""
    where += "（这一列全空了，没有清除）" if change.column_lost else ""
    return f"{_TITLES[change.field]}：{old or '（空）'} → {new or '（空）'}{where}"


def _said(name: str, text: str) -> str:
    if name in ("due", "inner_due") and re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return phrases.day(text)
    if name == "percent" and text and (share := _percent(_number(text), text)) is not None:
        return f"{phrases.number(share)}%"
    return text


def _number(text: str) -> float | str:
    """What a cell with this text holds: a number, else the text."""
    try:
        return float(text)
    except ValueError:
        return text
