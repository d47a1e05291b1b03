"""What a time expression says, before anybody knows the year (时间表达的值)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from extractor.model import Span

TimeKind = Literal["by", "range", "recurring", "within", "point"]
Precision = Literal["year", "month", "day"]
Bound = Literal["max", "min", "about", "exact"]
Anchor = Literal["issue", "event"]


@dataclass(frozen=True, slots=True)
class Day:
    """A day as far as it is written.

    ``year`` is ``2023``, a masked ``20XX``, or nothing; ``year_shift`` counts from the plan's year (今年 0, 明年 1) and
    ``month_shift`` from the month of issue (本月 0, 下月 1). ``day`` 0 is the last day of the month. ``feast`` names a
    movable feast whose day differs from year to year (春节).
    """

    month: int | None
    day: int
    year: str | None = None
    year_shift: int | None = None
    month_shift: int | None = None
    feast: str | None = None

    @property
    def dated(self) -> bool:
        """True where a year is written, masked or not."""
        return self.year is not None


@dataclass(frozen=True, slots=True)
class Period:
    """What a written date covers, from its first day to its last. ``precision`` is how exactly it is written."""

    first: Day
    last: Day
    precision: Precision


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time (时长). ``iso`` is ISO 8601 (a working day counts as a day there); ``bound`` says whether it is
    an upper limit (48小时内), a lower one (不少于30天), about (3年左右) or exact."""

    iso: str
    bound: Bound
    unit: str
    number: float
    working_days: bool = False


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A run of text that names a time.

    ``by`` has ``end`` alone; ``range`` has ``start``, ``end`` or both; ``point`` is a date without any word that says
    whether it ends or fills something (``start`` equals ``end``); ``within`` has ``length``; ``recurring`` has
    ``recurrence``, an RFC 5545 RRULE with the named day kept. ``anchor`` says what a length is counted from, and
    ``event`` in which words. ``core`` is the span without leading 到, 从 and closing 前, 起. ``before_year`` is set for
    2018年以前, which ends with the year before. ``rule`` names the pattern.
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

    @property
    def dated(self) -> bool:
        """True where some year is written."""
        return any(p is not None and (p.first.dated or p.last.dated) for p in (self.start, self.end))
