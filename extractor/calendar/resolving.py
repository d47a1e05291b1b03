"""An expression → days, where its words and what the caller knows allow it (时间推定).

Nothing is invented: a year comes from the expression, else from ``year`` (what the caller took from a title or an issue
date); a masked or unknown year gives EDTF (ISO 8601-2) at the precision written and no day at all.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from math import ceil
from typing import Literal

from extractor.calendar.values import Day, Length, Period, TimeExpression
from extractor.calendar.words import feast_days
from extractor.lexicon import Lexicon
from extractor.records import record, replace

BasisKind = Literal["year", "issue_date"]

# a paper of these months that names a day of the first months without a year means those to come
_YEAR_CLOSES = ("11", "12")
_YEAR_OPENS = ("01", "02", "03")


@record(frozen=True, slots=True)
class Resolved:
    """The days of an expression: ISO dates, both included; ``edtf`` where a part is unknown; ``basis`` is what was used
    beyond the expression's own words."""

    starts_on: str | None = None
    ends_on: str | None = None
    edtf: str | None = None
    basis: tuple[BasisKind, ...] = ()


def resolve(
    expression: TimeExpression, year: str | None = None, issued_on: str | None = None, lexicon: Lexicon | None = None
) -> Resolved:
    """The days that ``expression`` names.

    ``year`` is the year of dates without one (``2023``, masked ``20XX``, or nothing); ``issued_on`` an ISO date that
    本月 and 自印发之日起 count from. A length has an end only where it is counted from the issue, and none in working
    days, whose count needs a table of holidays.
    """
    if expression.kind == "recurring":
        return Resolved()
    if expression.kind == "within":
        return _length_end(expression, issued_on)
    known = _Known(year, issued_on, lexicon)
    starts_on = known.day(expression.start, "first") if expression.start is not None else None
    ends_on = known.day(expression.end, "last") if expression.end is not None else None
    if expression.before_year and ends_on is not None:
        ends_on = f"{int(ends_on[:4]) - 1:04d}-12-31"
    if expression.after and starts_on is not None and expression.start is not None:
        last_day = date.fromisoformat(known.day(expression.start, "last") or starts_on)
        starts_on = (last_day + timedelta(days=1)).isoformat() if last_day < date.max else starts_on
    basis = tuple(known.basis)
    if (
        expression.two_dates
        and starts_on is None
        and expression.start is not None
        and expression.start.first.day_shift is not None
    ):
        return Resolved(
            None, ends_on, None if ends_on else known.edtf(replace(expression, start=None, two_dates=False)), basis
        )
    if (expression.start is None or starts_on) and (expression.end is None or ends_on):
        if starts_on is not None and ends_on is not None and starts_on > ends_on:
            return Resolved(edtf=known.edtf(expression), basis=basis)
        if ends_on is not None and _is_of_next_year(expression, ends_on, year, issued_on):
            return Resolved(_a_year_on(starts_on), _a_year_on(ends_on), None, basis)
        return Resolved(starts_on, ends_on, None, basis)
    return Resolved(edtf=known.edtf(expression), basis=basis)


def _is_of_next_year(expression: TimeExpression, ends_on: str, year: str | None, issued_on: str | None) -> bool:
    """True for 1月15日前 in a paper of late December: a day of the first months, not of the months gone by."""
    if issued_on is None or year != issued_on[:4] or issued_on[5:7] not in _YEAR_CLOSES or ends_on[:4] != year:
        return False
    written = [p.last.year or p.last.year_shift for p in (expression.start, expression.end) if p is not None]
    return ends_on[5:7] in _YEAR_OPENS and not any(written)


def _a_year_on(day: str | None) -> str | None:
    """The same day a year later; the last of February stays the last."""
    if day is None:
        return None
    year, month = int(day[:4]) + 1, int(day[5:7])
    return _iso(year, month, 0 if day[5:] in ("02-28", "02-29") else int(day[8:]))


def counted(length: Length, start: date, *, back: bool = False) -> date | None:
    """The day that lies ``length`` after ``start``, or before it; nothing where the calendar does not reach so far.

    The day after which the count begins is not counted itself (民法典第二百零一条): 30日 from 16 March ends on 15 April.
    """
    sign = -1 if back else 1
    day = start
    hours = 0.0
    try:
        for number, unit in length.parts:
            if unit in "YM":
                months = day.year * 12 + day.month - 1 + sign * int(number) * (12 if unit == "Y" else 1)
                year, month = divmod(months, 12)
                day = date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
            elif unit in "WD":
                day += timedelta(days=sign * int(number * (7 if unit == "W" else 1)))
            else:
                hours += number / {"h": 1, "m": 60, "s": 3600}[unit]
        return day + timedelta(days=sign * ceil(hours / 24)) if hours else day
    except (ValueError, OverflowError):
        return None


def _length_end(expression: TimeExpression, issued_on: str | None) -> Resolved:
    length = expression.length
    if expression.anchor != "issue" or issued_on is None or length is None or length.working_days:
        return Resolved()
    end = counted(length, date.fromisoformat(issued_on))
    if end is None:
        return Resolved()
    if expression.after:
        return Resolved(starts_on=end.isoformat(), basis=("issue_date",))
    return Resolved(ends_on=end.isoformat(), basis=("issue_date",))


class _Known:
    """What is known beside the expression, and which of it was used."""

    def __init__(self, year: str | None, issued_on: str | None, lexicon: Lexicon | None) -> None:
        self.year, self.issued_on, self.lexicon = year, issued_on, lexicon
        self.basis: list[BasisKind] = []

    def _use(self, kind: BasisKind) -> None:
        if kind not in self.basis:
            self.basis.append(kind)

    def year_of(self, day: Day) -> str | None:
        """``2023``, a masked year, or nothing."""
        if day.year is not None:
            return day.year
        if self.year is None:
            return None
        self._use("year")
        if day.year_shift and self.year.isdigit():
            return str(int(self.year) + day.year_shift)
        return self.year if not day.year_shift else None

    def day(self, period: Period, side: Literal["first", "last"]) -> str | None:
        """The ISO date of one side, where year and month are known and the day exists."""
        day = period.first if side == "first" else period.last
        if day.feast is not None:
            return self._feast(day)
        if day.month == 0 or day.day < 0:
            return None
        if day.day_shift is not None:
            return self._near_day(day.day_shift)
        if day.week_shift is not None:
            return self._near_weekday(day, day.week_shift)
        if day.quarter_shift is not None:
            return self._near_quarter(day)
        if day.month is None or day.month_shift is not None:
            return self._near_month(day)
        year = self.year_of(day)
        if year is None or not year.isdigit():
            return None
        return _iso(int(year), day.month, day.day)

    def _feast(self, day: Day) -> str | None:
        """The feast in its year; one without a year that was over before the issue is the next (12月 issues 春节前)."""
        year = self.year_of(day)
        if year is None or not year.isdigit():
            return None
        found = self._feast_in(day, year)
        if found is not None and not day.dated and self.issued_on is not None and found < self.issued_on:
            return self._feast_in(day, str(int(year) + 1))
        return found

    def _feast_in(self, day: Day, year: str) -> str | None:
        if day.month is not None:
            return _iso(int(year), day.month, day.day)
        return feast_days(self.lexicon).get((day.feast or "", year)) if self.lexicon is not None else None

    def _near_day(self, shift: int) -> str | None:
        if self.issued_on is None:
            return None
        self._use("issue_date")
        try:
            return (date.fromisoformat(self.issued_on) + timedelta(days=shift)).isoformat()
        except OverflowError:
            return None

    def _near_weekday(self, day: Day, weeks: int) -> str | None:
        """本周五 and 下周三 count from the week of issue, which begins on Monday."""
        if self.issued_on is None:
            return None
        return self._near_day(7 * weeks + day.day - date.fromisoformat(self.issued_on).isoweekday())

    def _near_month(self, day: Day) -> str | None:
        """本月底, 下月10日 and a bare 15日 count from the month of issue."""
        if self.issued_on is None:
            return None
        self._use("issue_date")
        issued = date.fromisoformat(self.issued_on)
        year, month = divmod(issued.year * 12 + issued.month - 1 + (day.month_shift or 0), 12)
        return _iso(year, month + 1, day.day)

    def _near_quarter(self, day: Day) -> str | None:
        """本季度末 counts from the quarter of issue."""
        if self.issued_on is None:
            return None
        self._use("issue_date")
        issued = date.fromisoformat(self.issued_on)
        first = issued.year * 12 + (issued.month - 1) // 3 * 3 + 3 * (day.quarter_shift or 0)
        year, month = divmod(first + (0 if day.day else 2), 12)
        return _iso(year, month + 1, day.day)

    def edtf(self, expression: TimeExpression) -> str | None:
        """The partial date, at the precision written."""
        first = self._partial(expression.start, "first") if expression.start is not None else None
        last = self._partial(expression.end, "last") if expression.end is not None else None
        if first is not None and last is None and expression.two_dates:
            return f"{first}/"  # the end is written, but no date: 至春节前
        if first is not None and last is not None and (expression.two_dates or first != last):
            return f"{first}/{last}"
        if expression.two_dates or (first is None and expression.start is not None and last is not None):
            return None
        return last or first

    def _partial(self, period: Period, side: Literal["first", "last"]) -> str | None:
        day = period.first if side == "first" else period.last
        if day.feast is not None and day.month is None:
            return day.year.rjust(4, "X") if day.year is not None else None
        if day.month is None or day.month_shift is not None:
            return None
        year = (self.year_of(day) or "XXXX").rjust(4, "X")
        if period.precision == "year":
            return year
        if day.month == 0:
            return f"{year}-XX-XX" if period.precision == "day" else f"{year}-XX"
        if period.precision == "month" or day.day == 0:
            return f"{year}-{day.month:02d}"
        return f"{year}-{day.month:02d}-{day.day:02d}"


def _iso(year: int, month: int, day: int) -> str | None:
    if not 1 <= year <= 9999:
        return None
    last = monthrange(year, month)[1]
    if day > last:
        return None
    return date(year, month, day or last).isoformat()
