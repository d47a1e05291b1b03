"""Days off and working days (节假日、工作日), as ``holidays.csv`` lists them; a year that it does not list is not known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from extractor.lexicon import Lexicon

_WEEKEND = 5  # Saturday, as date.weekday counts


@dataclass(frozen=True, slots=True)
class DayOff:
    """A row of ``holidays.csv``: a day off (``off``) or a weekend day that is worked (``work``)."""

    date: str
    kind: str
    name: str
    source: str


def days_off(lexicon: Lexicon) -> Mapping[str, DayOff]:
    """The rows of ``holidays.csv`` by their dates."""
    return lexicon.derived("calendar.workdays", _by_date)


def _by_date(lexicon: Lexicon) -> dict[str, DayOff]:
    return {row.date: row for row in lexicon.rows("holidays", DayOff)}


def is_off(day: date, holidays: Mapping[str, DayOff]) -> bool:
    """True where nobody works on ``day``."""
    named = holidays.get(day.isoformat())
    return named.kind == "off" if named is not None else day.weekday() >= _WEEKEND


def working_day(start: date, count: int, holidays: Mapping[str, DayOff], *, back: bool = False) -> date | None:
    """The ``count``-th working day after ``start``, or before it; nothing where the days off of a year on the way are not
    known."""
    known = {row[:4] for row in holidays}
    step = timedelta(days=-1 if back else 1)
    day = start
    try:
        while count > 0:
            day += step
            if f"{day.year:04d}" not in known:
                return None
            count -= not is_off(day, holidays)
    except OverflowError:
        return None
    return day
