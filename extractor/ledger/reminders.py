"""What falls due (到期提醒): by unit, the inner date first, with a word on days off."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from extractor.calendar.workdays import DayOff, days_off, is_off
from extractor.exports import phrases
from extractor.exports.reporting import next_recurrence
from extractor.exports.rows import Row, notice_name
from extractor.exports.unit_names import UnitNames
from extractor.lexicon import Lexicon

FINISHED = frozenset({"done", "closed", "paused", "cancelled"})
NOBODY = "（未写明单位）"
_WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True, slots=True)
class Due:
    """A row that falls due on a day; ``why`` says which date it is (内部时限, 完成时限, 每月28日前 …), ``today`` the day of
    the reminder."""

    day: date
    row: Row
    why: str
    today: date
    day_off: str = ""

    @property
    def late(self) -> str:
        """For how long it has been due, in words."""
        return f"已逾期{(self.today - self.day).days}天" if self.day < self.today else ""

    @property
    def words(self) -> str:
        """The day as a reminder names it, with the year where that is another."""
        year = f"{self.day.year}年" if self.day.year != self.today.year else ""
        said = f"{year}{self.day.month}月{self.day.day}日（周{_WEEKDAYS[self.day.weekday()]}）"
        return f"{said}，{self.day_off}" if self.day_off else said


def due(rows: Iterable[Row], lexicon: Lexicon, *, today: date, days: int, overdue: bool = True) -> list[Due]:
    """What falls due from ``today`` within ``days`` days, and with ``overdue`` what has fallen due before; by day."""
    holidays = days_off(lexicon)
    found = []
    for row in rows:
        if row.office.status in FINISHED:
            continue
        for day, why in _days(row, today):
            if day <= today + timedelta(days) and (overdue or day >= today):
                found.append(Due(day, row, why, today, _day_off(day, holidays) if day >= today else ""))
    return sorted(found, key=lambda item: (item.day, item.row.number))


def _days(row: Row, today: date) -> list[tuple[date, str]]:
    """The dates of a row that count: the inner date, else the due date; the next day of each recurrence."""
    days: list[tuple[date, str]] = []
    inner, last = phrases.as_date(row.office.inner_due), phrases.as_date(row.due_on)
    if inner is not None:
        days.append((inner, "内部时限"))
    elif last is not None:
        days.append((last, "完成时限"))
    for deadline in row.deadlines:
        if deadline.kind == "recurring" and deadline.recurrence and "DAILY" not in deadline.recurrence:
            day = next_recurrence(deadline.recurrence, today)
            if day is not None and (last is None or day <= last):
                days.append((day, phrases.when(deadline)))
    return days


def _day_off(day: date, holidays: Mapping[str, DayOff]) -> str:
    """A word where nobody works that day: the last working day before it."""
    if not is_off(day, holidays):
        return ""
    before = day
    while is_off(before, holidays):
        before -= timedelta(1)
    named = holidays.get(day.isoformat())
    return f"当天是{f'{named.name}假期' if named else '周末'}，请在{before.month}月{before.day}日前办理"


def by_unit(found: Sequence[Due]) -> dict[str, list[Due]]:
    """What falls due for each unit: those who lead and are responsible, else whoever is named."""
    called = UnitNames(item.row for item in found)
    units: dict[str, list[Due]] = {}
    for item in found:
        our_unit = item.row.office.our_unit
        for name in [our_unit] if our_unit else called.answering(item.row) or [NOBODY]:
            units.setdefault(name, []).append(item)
    return units


def as_text(found: Sequence[Due]) -> str:
    """The reminders as text to paste, one a unit."""
    if not found:
        return "没有到期事项。\n"
    blocks = []
    for unit, items in by_unit(found).items():
        asked = f"{unit}：贵单位有以下{len(items)}项工作即将到期或已经到期，请抓紧办理。"
        nobody = f"以下{len(items)}项工作没有写明责任单位，即将到期或已经到期，请确定由谁办理。"
        lines = [nobody if unit == NOBODY else asked]
        for n, item in enumerate(items, start=1):
            late = f"，{item.late}" if item.late else ""
            lines.append(
                f"{n}. {item.row.title.rstrip('。；')}（{notice_name(item.row)}）：{item.words}（{item.why}）{late}。"
            )
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks) + "\n"
