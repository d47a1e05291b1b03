"""What a time expression says, before anybody knows the year (时间表达的值)."""

from __future__ import annotations

from typing import Literal

from extractor.model import Span
from extractor.records import record

TimeKind = Literal["by", "range", "recurring", "within", "point"]
Precision = Literal["year", "month", "day"]
Bound = Literal["max", "min", "about", "exact"]
Anchor = Literal["issue", "event", "ahead", "past"]


@record(frozen=True, slots=True)
class Day:
    """A day as far as it is written.

    ``year`` is ``2023``, a masked ``20XX``, or nothing; ``year_shift`` counts from the plan's year (今年 0, 明年 1) and
    ``month_shift`` from the month of issue (本月 0, 下月 1), ``quarter_shift`` from its quarter, ``day_shift`` from its day; with
    a ``week_shift``, which counts from its week (本周五 0, 下周三 1), ``day`` is a day of the week, Monday 1. ``month`` 0 is a masked month (20xx年xx月), ``day`` -1 a masked day (3月x日), ``day`` 0 the last day of the month. ``feast`` names a
    feast; without a month it is a movable one, whose day differs from year to year (春节).
    """

    month: int | None
    day: int
    year: str | None = None
    year_shift: int | None = None
    month_shift: int | None = None
    quarter_shift: int | None = None
    day_shift: int | None = None
    week_shift: int | None = None
    feast: str | None = None

    @property
    def dated(self) -> bool:
        """True where a year is written, masked or not."""
        return self.year is not None


@record(frozen=True, slots=True)
class Period:
    """What a written date covers, from its first day to its last. ``precision`` is how exactly it is written."""

    first: Day
    last: Day
    precision: Precision


@record(frozen=True, slots=True)
class Length:
    """A length of time (时长).

    ``parts`` are numbers with their units, Y, M, W, D, h, m or s; ``low`` the lower end of 3-6个月. ``bound`` says whether
    it is an upper limit (48小时内), a lower one (不少于30天), about (3年左右) or exact; ``working_days`` that its days are
    working days (5个工作日), which ISO 8601 cannot say. ``named`` is true where it is called a time (3年时间).
    """

    parts: tuple[tuple[float, str], ...]
    bound: Bound
    low: tuple[float, str] | None = None
    working_days: bool = False
    named: bool = False

    @property
    def iso(self) -> str:
        """ISO 8601: PT48H, P3Y, P18M, P4Y6M."""
        days = "".join(f"{n:g}{u}" for n, u in self.parts if u.isupper())
        hours = "".join(f"{n:g}{u.upper()}" for n, u in self.parts if u.islower())
        return f"P{days}T{hours}" if hours else f"P{days}"


@record(frozen=True, slots=True)
class TimeExpression:
    """A run of text that names a time.

    ``by`` has ``end`` alone; ``range`` has ``start``, ``end`` or both; ``point`` is a date without any word that says
    whether it ends or fills something (``start`` equals ``end``); ``within`` has ``length``; ``recurring`` has
    ``recurrence``, an RFC 5545 RRULE with the named day kept. ``anchor`` says what a length is counted from (the issue, an
    ``event`` in those words) or that it lies ahead (今后三年) or in the past (近三年). ``core`` is the span without leading 到, 从 and closing 前, 起. ``before_year`` is set for
    2018年以前, which ends with the year before; ``after`` for 2018年以后, which begins after it; ``two_dates`` for a range
    that names both its ends. ``rule`` names the pattern.
    """

    span: Span
    core: Span
    kind: TimeKind
    rule: str
    start: Period | None = None
    end: Period | None = None
    length: Length | None = None
    recurrence: str | None = None
    anchor: Anchor | None = None
    event: str | None = None
    before_year: bool = False
    after: bool = False
    two_dates: bool = False

    @property
    def dated(self) -> bool:
        """True where some year is written."""
        return any(p is not None and (p.first.dated or p.last.dated) for p in (self.start, self.end))
