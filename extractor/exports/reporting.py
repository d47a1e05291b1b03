"""Duties to report (报送事项): which rows are duties to report, and the next day that one falls due."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta

from extractor.exports.rows import Row
from extractor.model import Deadline

_REPORTS = re.compile("报送|上报|填报|报至|书面报告|報送|上報|填報")
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_LONGEST_CYCLE = 400  # days looked ahead: a year and what a leap year or a 31st may add


def is_report(row: Row) -> bool:
    """True where the row orders something to be reported: a recipient or a telephone is named, or the words say so."""
    if row.report_to or row.contact:
        return True
    return bool(row.deadlines) and any(_REPORTS.search(text) for text in (row.title, *row.measures))


def next_due(row: Row, today: date) -> date | None:
    """The next day, ``today`` included, on which something of the row falls due; nothing where no day is named."""
    days = [day for deadline in row.deadlines for day in _days(deadline, today)]
    return min(days, default=None)


def _days(deadline: Deadline, today: date) -> Iterator[date]:
    if deadline.kind == "recurring" and deadline.recurrence:
        day = next_recurrence(deadline.recurrence, today)
        if day is not None and not (deadline.ends_on and day > date.fromisoformat(deadline.ends_on)):
            yield day
    elif deadline.ends_on and date.fromisoformat(deadline.ends_on) >= today:
        yield date.fromisoformat(deadline.ends_on)


def next_recurrence(rule: str, today: date) -> date | None:
    """The next day of an RFC 5545 rule from ``today``; nothing where the rule names no day.

    A rule of every two, three, six months counts from January, as quarters and half-years do: the notices name no
    first occurrence.
    """
    parts = dict(part.split("=", 1) for part in rule.removeprefix("RRULE:").split(";") if "=" in part)
    frequency, interval = parts.get("FREQ"), int(parts.get("INTERVAL", "1"))
    month_days = [int(d) for d in parts.get("BYMONTHDAY", "").split(",") if d]
    weekdays = [_WEEKDAYS.index(d) for d in parts.get("BYDAY", "").split(",") if d in _WEEKDAYS]
    months = {int(m) for m in parts.get("BYMONTH", "").split(",") if m}
    if frequency == "DAILY" and interval == 1:
        return today
    if not (month_days or weekdays) or (weekdays and interval != 1):
        return None
    if frequency == "MONTHLY" and not months and interval > 1:
        # 每季度 with a named day: the end of the cycle for its last day, else the month after the cycle.
        last = month_days == [-1]
        months = {m for m in range(1, 13) if (m % interval == 0 if last else (m - 1) % interval == 0)}
    if frequency == "YEARLY" and not months:
        months = {12} if month_days == [-1] else set()
        if not months:
            return None
    for ahead in range(_LONGEST_CYCLE):
        day = today + timedelta(days=ahead)
        if months and day.month not in months:
            continue
        from_end = day.day - monthrange(day.year, day.month)[1] - 1
        if (month_days and (day.day in month_days or from_end in month_days)) or day.weekday() in weekdays:
            return day
    return None
