"""How the work stands (进展报表): total, done, in progress, overdue, new, by unit, for a month, quarter, half or year."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from extractor.errors import UsageError
from extractor.exports import phrases
from extractor.exports.rows import Row
from extractor.exports.unit_names import UnitNames
from extractor.ledger.reminders import NOBODY

_PERIOD = re.compile(
    r"""
    (?P<year>20\d\d)年?
    (?: Q(?P<quarter>[1-4]) | 第?(?P<quarter_word>[一二三四1-4])季度?
      | H(?P<half>[12]) | (?P<half_word>[上下])半年
      | -?(?P<month>0?[1-9]|1[0-2])月?
    )?
    """,
    re.IGNORECASE | re.VERBOSE,
)
_DONE = frozenset({"done", "closed"})
_QUARTERS = "一二三四"
_HALVES = ("上半年", "下半年")


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time, both days included."""

    name: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Line:
    """The figures of one unit, or of all."""

    unit: str
    total: int
    done: int
    in_progress: int
    not_started: int
    stopped: int
    overdue: int
    due_here: int
    new: int

    @property
    def share(self) -> str:
        """The share of what is done, in percent."""
        return f"{100 * self.done / self.total:.1f}%" if self.total else ""


def period(text: str) -> Period:
    """``2026``, ``2026H1``, ``2026Q3`` or ``2026-06`` as a period. Raises :class:`UsageError` for anything else."""
    found = _PERIOD.fullmatch("".join(text.split()))
    if found is None:
        raise UsageError(
            "period_wrong",
            where=text,
            chinese="期间要写成 2026、2026H1、2026Q3、2026-06 或 2026年上半年、2026年第三季度、2026年6月 的样子",
            english="write a period as 2026, 2026H1, 2026Q3 or 2026-06",
        )
    year = int(found["year"])
    quarter_said, half_said = found["quarter"] or found["quarter_word"], found["half"] or found["half_word"]
    if quarter_said:
        quarter = int(quarter_said) if quarter_said.isdigit() else _QUARTERS.index(quarter_said) + 1
        return _months(f"{year}年第{_QUARTERS[quarter - 1]}季度", year, 3 * quarter - 2, 3 * quarter)
    if half_said:
        half = int(half_said) if half_said.isdigit() else "上下".index(half_said) + 1
        return _months(f"{year}年{_HALVES[half - 1]}", year, 6 * half - 5, 6 * half)
    if found["month"]:
        month = int(found["month"])
        return _months(f"{year}年{month}月", year, month, month)
    return _months(f"{year}年", year, 1, 12)


def _months(name: str, year: int, first: int, last: int) -> Period:
    return Period(name, date(year, first, 1), date(year, last, monthrange(year, last)[1]))


def is_overdue(row: Row, on: date) -> bool:
    """True where the row's date, the inner one first, was before ``on`` and the work is not finished."""
    day = phrases.as_date(row.office.inner_due) or phrases.as_date(row.due_on)
    return day is not None and day < on and row.office.status not in _DONE | {"paused", "cancelled"}


def is_new(row: Row, within: Period) -> bool:
    """True where the notice was issued within the period, or the task was added by hand."""
    issued = row.plan.issued_on or row.office.added_on or ""
    return within.first.isoformat() <= issued <= within.last.isoformat() and len(issued) == 10


def lines(rows: Sequence[Row], within: Period, *, today: date) -> list[Line]:
    """One line for all, then one a unit, the busiest first. Statuses are those of today; a row of two units counts
    under both. Overdue is reckoned to the period's end, to ``today`` where that is earlier."""
    on = min(within.last, today)
    called = UnitNames(rows)
    by_unit: dict[str, list[Row]] = {}
    for row in rows:
        for name in called.answering(row) or [NOBODY]:
            by_unit.setdefault(name, []).append(row)
    ordered = sorted(by_unit.items(), key=lambda item: (-len(item[1]), item[0]))
    return [_line("合计", rows, within, on), *(_line(unit, of_unit, within, on) for unit, of_unit in ordered)]


def _line(unit: str, rows: Sequence[Row], within: Period, on: date) -> Line:
    statuses = [row.office.status for row in rows]
    due = (phrases.as_date(row.due_on) for row in rows)
    return Line(
        unit,
        total=len(rows),
        done=sum(status in _DONE for status in statuses),
        in_progress=statuses.count("in_progress"),
        not_started=statuses.count("not_started"),
        stopped=sum(status in ("paused", "cancelled") for status in statuses),
        overdue=sum(is_overdue(row, on) for row in rows),
        due_here=sum(day is not None and within.first <= day <= within.last for day in due),
        new=sum(is_new(row, within) for row in rows),
    )
