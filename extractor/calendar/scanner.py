"""Text → time expressions: one pass of the scan pattern, then the words around each date."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import regex

from extractor.calendar import grammar
from extractor.calendar.figures import figure_year, small_number
from extractor.calendar.recurrences import recurrence_rule
from extractor.calendar.values import Anchor, Bound, Day, Length, Period, Precision, TimeExpression, TimeKind
from extractor.calendar.words import Feast, acts, feasts
from extractor.lexicon import Lexicon, load
from extractor.model import Span

if TYPE_CHECKING:
    Match = regex.Match[str]

NEAR_YEARS = {
    "今年": 0, "本年": 0, "当年": 0, "同年": 0, "明年": 1, "次年": 1, "翌年": 1, "来年": 1, "后年": 2, "下年": 1, "下一年": 1,
    "去年": -1, "上年": -1, "上一年": -1, "前年": -2,
}  # fmt: skip
NEAR_MONTHS = {"本月": 0, "当月": 0, "下月": 1, "下个月": 1, "次月": 1, "上月": -1, "上个月": -1, "": 0}
THIRDS = {"上": (1, 10), "中": (11, 20), "下": (21, 0)}
UNITS = {"年": ("Y", 1), "季度": ("M", 3), "学期": ("M", 6), "月": ("M", 1), "星期": ("W", 1), "周": ("W", 1),
         "工作日": ("D", 1), "工作天": ("D", 1), "天": ("D", 1), "日": ("D", 1), "小时": ("h", 1), "钟头": ("h", 1), "分钟": ("m", 1), "秒": ("s", 1)}  # fmt: skip
LETTERS = {"Y": "年", "M": "月", "W": "周", "D": "天", "h": "小时", "m": "分钟", "s": "秒"}
PIECE = regex.compile(
    rf"(?P<number>{grammar.NUMBER})[多余]?[ \u3000]?个?[ \u3000]?[多余]?(?P<half>半(?=月|小时|钟头))?"
    r"(?P<unit>工作[日天]|小时|钟头|季度|学期|星期|周|月|年|天|分钟|秒|日)(?P<half>半)?"
)
NEAR_DAYS = {"今": 0, "当": 0, "全": 0, "明": 1, "后": 2, "昨": -1, "前": -2}
NEAR_QUARTERS = {"本": 0, "当": 0, "这": 0, "下": 1, "上": -1}

CONNECT = regex.compile(grammar.CONNECT, regex.VERBOSE)
SECOND_YEAR = regex.compile(grammar.SECOND_YEAR, regex.VERBOSE)
LATER_DAY = regex.compile(rf"(?P<day>{grammar.DAY}){grammar.GAP}[日号]{grammar.WEEKDAY}{grammar.CLOCK}", regex.VERBOSE)
LISTED_YEAR = regex.compile(r"[、和及,，](?P<year>20\d\d)年(?![\d底末初前])", regex.VERBOSE)
LISTED_DAY = regex.compile(rf"[、和及,，](?P<day>{grammar.DAY}){grammar.GAP}[日号]", regex.VERBOSE)
FISCAL_QUARTER = regex.compile(rf"{grammar.GAP}第?(?P<quarter>[一二三四1-4])季度?")
BETWEEN = regex.compile(r"[和与]", regex.VERBOSE)
AMID = regex.compile(r"之间")
YEARS_OF_LIST = regex.compile(
    r"(?:这)?[两二三四五]年(?:时间)?(?:以内|之内|内)?|内|(?=每(?:年|季|月|半年))", regex.VERBOSE
)

# 到2023年底 · 从5月起 · 截至6月30日; 达到, 收到 and the like are other words
LEADING = regex.compile(
    r"(?:(?P<to>截[至止][到至]?|(?:最[迟晚])?不得?(?:[迟晚]于|超过)|最[迟晚]于?|(?<![达收得做接感受报看遇])[到至])|(?P<from>从|自|由))[\ \t\u3000]?$",
    regex.VERBOSE,
)
LEADING_WIDTH = 8
# 前 opens another word: 前期, 前提条件, 前列; but 12月底前|提交, 6月底前|列入, 年底前|进行, 7月底前|线上运行 end with it
NOT_BEFORE = (
    r"后|期(?!末)|来(?!函|电)|往|列(?![入出])|沿(?!线|街)|提(?![交出请供报升醒前高质])|述|言|瞻|景"
    r"|进(?![行入场驻度]|一步)|端|置(?![换办])|台(?!账)|者|线(?![上下])"
)
TRAILING = regex.compile(
    rf"""[\ \t\u3000]?(?:
        (?:[（(]含[^（）()]{{0,4}}[）)])?(?P<open_before>以前)
      | (?:[（(]含[^（）()]{{0,4}}[）)])?(?P<before>[或及](?:之前|以前)|之前|前(?!{NOT_BEFORE})|为止|截?止(?![于到至]))
      | (?P<within>以内|之内|内(?!容|部|设|涵|外|控|资|陆|蒙)|期间|之间|间(?!隔|接|距))
      | (?P<from>(?:之日)?起(?!草|来|步|点|底|重|诉)|开始)
      | (?P<since>以来)
      | (?P<after>[或及]?之后|以后|后(?!续|期|勤|备|进|面|台|方|代|果|者|的))
    )""",
    regex.VERBOSE,
)


def find(
    text: str, pos: int = 0, endpos: int | None = None, region: str = "CN", lexicon: Lexicon | None = None
) -> list[TimeExpression]:
    """The time expressions of match text between ``pos`` and ``endpos``, in order and without overlap.

    ``region`` is CN, TW, HK or MO: it decides whether a bare 112年 is a year. ``lexicon`` gives the words of feasts and
    recurring acts; the shipped dictionaries without it.
    """
    found = list(_Scan(text, len(text) if endpos is None else endpos, region, lexicon or load()).expressions(pos))
    return _shared(text, found)


def read_cell(text: str, region: str = "CN", lexicon: Lexicon | None = None) -> TimeExpression | None:
    """What a table cell says that holds nothing but a date, so that even ``9/1`` and ``6.30`` can be read; else nothing.

    A cell with several dates gives nothing: it is text, and :func:`find` reads it.
    """
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    bare = BARE_CELL.fullmatch(text, start, end)
    if bare is not None and (bare["year"] or bare["day"]):
        month = int(bare["month"])
        if bare["day"]:
            first = last = Day(month, int(bare["day"]), bare["year"])
        else:
            first, last = Day(month, 1, bare["year"]), Day(month, 0, bare["year"])
        period = Period(first, last, "day" if bare["day"] else "month")
        span = Span(start, end)
        return TimeExpression(span, span, "point", "cell", period, period)
    found = find(text, start, end, region, lexicon)
    if len(found) == 1 and found[0].span == Span(start, end):
        return found[0]
    return None


LIST_MARKS = ("、", "和", "及", "与", "或")


def _shared(text: str, found: list[TimeExpression]) -> list[TimeExpression]:
    """Dates in a list share the word that makes them ends: 6月30日、12月31日前; 到2025年和2030年."""
    out = list(found)
    sharing = False
    for k in range(len(out) - 1, 0, -1):
        before, after = out[k - 1], out[k]
        if (
            before.kind == "point"
            and after.kind == "by"
            and _listed(text, before, after)
            and (sharing or after.core.end < after.span.end)
        ):
            out[k - 1] = replace(before, kind="by", start=None)
            sharing = True
        elif (month := _on_same_day(text, before, after)) is not None:
            out[k - 1] = month
        else:
            sharing = False
    led = False  # 到2025年、2027年、2030年
    for k in range(1, len(out)):
        before, after = out[k - 1], out[k]
        led = led or before.span.start < before.core.start
        led = led and before.kind == "by" and after.kind == "point" and _listed(text, before, after)
        if led:
            out[k] = replace(after, kind="by", start=None)
    return out


def _on_same_day(text: str, before: TimeExpression, after: TimeExpression) -> TimeExpression | None:
    """The month ``before`` with the day of ``after``: 4月、7月 of 4月、7月、10月的15日前."""
    month, last = before.end, after.end
    if after.kind != "by" or before.kind != "point" or month is None or last is None or before.start is None:
        return None
    if month.precision != "month" or last.precision != "day" or not last.first.day:
        return None
    written = after.core.of(text)
    shared = "月的" in written or written.endswith("月")  # the last of the list, or one that was given its day before
    if text[before.core.end - 1] != "月" or text[before.span.end : after.span.start] not in LIST_MARKS:
        return None
    day = replace(month.first, day=last.first.day)
    return replace(before, kind="by", start=None, end=Period(day, day, "day")) if shared else None


def _listed(text: str, before: TimeExpression, after: TimeExpression) -> bool:
    same = before.end is not None and after.end is not None and before.end.precision == after.end.precision
    return same and text[before.span.end : after.span.start] in LIST_MARKS


def moved(expression: TimeExpression, by: int) -> TimeExpression:
    """``expression`` as it stands in a text that has ``by`` more characters before it."""
    span, core = expression.span, expression.core
    return replace(expression, span=Span(span.start + by, span.end + by), core=Span(core.start + by, core.end + by))


BARE_CELL = regex.compile(r"(?:(?P<year>20\d\d)[-./])?(?P<month>1[0-2]|0?[1-9])(?:[-./](?P<day>3[01]|[12]\d|0?[1-9]))?")


class _Patterns:
    """The patterns that hold words of a lexicon, for the texts of one region."""

    def __init__(self, lexicon: Lexicon, region: str) -> None:
        self.feasts = feasts(lexicon)
        named, words = tuple(sorted(self.feasts)), acts(lexicon)
        self.expression = grammar.scan_pattern(region, words, named)
        self.starts = grammar.start_patterns(words, named)
        self.second = grammar.second_pattern(region, named)


class _Scan:
    """One pass over one text."""

    def __init__(self, text: str, end: int, region: str, lexicon: Lexicon) -> None:
        self.text, self.end, self.region = text, end, region
        patterns = lexicon.derived(("calendar.patterns", region), lambda held: _Patterns(held, region))
        self.feasts, self.pattern = patterns.feasts, patterns.expression
        self.starts, self.second = patterns.starts, patterns.second

    def expressions(self, pos: int) -> Iterator[TimeExpression]:
        at = floor = pos
        starts = [found.start() for pattern in self.starts for found in pattern.finditer(self.text, pos, self.end)]
        for begin in sorted(starts):
            if begin < at:
                continue
            m = self.pattern.match(self.text, begin, self.end)
            found = self._read(m, floor) if m is not None else None
            if m is None:
                at = begin + 1
            elif found is None:
                at = max(m.end(), begin + 1)
            else:
                yield found
                at = floor = found.span.end

    def _read(self, m: Match, floor: int) -> TimeExpression | None:
        if m["recurring"] is not None:
            span = Span(m.start(), m.end())
            rule = recurrence_rule(m)
            return TimeExpression(span, span, "recurring", "recurring", recurrence=rule) if rule else None
        if m["length"] is not None:
            return self._length(m, floor)
        if m["bare_day"] is not None:
            day = Day(None, int(m["day"]))
            return self._around(m.start(), m.end(), Period(day, day, "day"), "bare_day", floor)
        if m["five"] is not None:
            return self._five_years(m, floor)
        if m["feast_point"] is not None:
            return self._around(m.start(), m.end(), self._feast(m), "feast", floor)
        period = self._period(m)
        if period is None:
            return None
        if m["slashed"] is not None:
            last = self._year_range(period, m)
            first = _start_of_range(period, last)
            span = Span(m.start(), m.end())
            return TimeExpression(span, span, "range", "financial_year", first, last, two_dates=True)
        if m["school"] is not None and not m["month"]:
            return self._around(m.start(), m.end(), _school_year(period), "school_year", floor)
        return self._around(m.start(), m.end(), period, "date", floor, first_year=m["year"], edge=_edge(m))

    # -- dates ---------------------------------------------------------------------------------------------------------

    def _feast(self, m: Match) -> Period:
        word = m["feast"]
        feast: Feast = self.feasts[word if word in self.feasts else f"{word}前"]
        year, shift = self._year(m)
        day = Day(feast.month or None, feast.day, year, shift, feast=feast.name)
        return Period(day, day, "day")

    def _year(self, m: Match) -> tuple[str | None, int | None]:
        if m["near"] is not None:
            return None, NEAR_YEARS[m["near"]]
        if m["roc"] is not None:
            number = small_number(m["roc"])
            return (str(number + 1911) if number is not None and 0 < number < 200 else None), None
        if m["short"] is not None:
            number = small_number(m["short"])
            if number is None:
                return None, None
            return f"{'19' if number >= 60 else '20'}{number:02d}", None
        written = m["year"]
        if written is None:
            return None, None
        plain = figure_year(written)
        if plain is not None:
            return plain, None
        head = "".join("2" if c == "二" else "0" if c in "〇○零" and k == 1 else c for k, c in enumerate(written))
        masked = "".join(c if c.isdigit() else "X" for c in head)
        if masked == "20X":
            return "20XX", None  # 20_年底: a page's mark-up took the second sign for its own
        return masked.rjust(4, "X"), None

    def _period(self, m: Match) -> Period | None:
        if m["feast"] is not None:
            return self._feast(m)
        year, shift = self._year(m)
        edge = _edge(m)
        month_shift = NEAR_MONTHS[m["near_month"]] if m["near_month"] is not None else None

        def days(first: tuple[int | None, int], last: tuple[int | None, int], precision: Precision) -> Period:
            return Period(
                Day(first[0], first[1], year, shift, month_shift),
                Day(last[0], last[1], year, shift, month_shift),
                precision,
            )

        if m["near_quarter"] is not None:
            quarters = NEAR_QUARTERS[m["near_quarter"][0]]
            begin, close = Day(None, 1, quarter_shift=quarters), Day(None, 0, quarter_shift=quarters)
            return Period(close if edge in ("底", "末") else begin, close, "month")
        if m["near_day"] is not None:
            near = Day(None, 0, day_shift=NEAR_DAYS.get(m["near_day"][0], 0))
            return Period(near, near, "day")
        if m["near_week"] is not None:
            weekday = "一二三四五六日天".index(m["week_day"]) + 1
            near = Day(None, min(weekday, 7), week_shift=1 if m["near_week"] == "下" else 0)
            return Period(near, near, "day")
        if m["masked"] is not None:
            return days((0, 1), (0, 0), "day" if m["masked_day"] else "month")
        if m["month"] is not None or month_shift is not None:
            month = small_number(m["month"]) if m["month"] is not None else None
            if m["day"] is not None:
                day = small_number(m["day"])
                if day is None or not _possible(month, day):
                    return None
                return days((month, day), (month, day), "day")
            if m["masked_day"] is not None:
                return days((month, -1), (month, -1), "month")
            if m["third"] is not None:
                return days((month, THIRDS[m["third"][0]][0]), (month, THIRDS[m["third"][-2]][1]), "month")
            if edge in ("底", "末"):
                return days((month, 0), (month, 0), "month")
            if edge == "初":
                return days((month, 1), (month, 10), "month")
            if edge == "中":
                return days((month, 11), (month, 20), "month")
            return days((month, 1), (month, 0), "month")
        run = _months(m)
        if run is not None:
            if edge in ("底", "末"):
                return days((run[1], 0), (run[1], 0), "month")
            if edge == "初":
                return days((run[0], 1), (run[0], 10), "month")
            return days((run[0], 1), (run[1], 0), "month")
        if edge in ("底", "末", "终") or m.group().endswith("岁末"):
            return days((12, 31), (12, 31), "day")
        if edge == "中":
            return days((6, 30), (6, 30), "day")
        if edge == "初":
            return days((1, 1), (2, 0), "year")
        if edge == "伊":
            return days((1, 1), (1, 31), "year")
        return days((1, 1), (12, 31), "year")

    def _five_years(self, m: Match, floor: int) -> TimeExpression | None:
        number = small_number(m["plan"][:-1])
        return None if number is None else self._plan_years(m, number, floor)

    def _plan_years(self, m: Match, number: int, floor: int) -> TimeExpression:
        start = 1951 + 5 * number
        first, last = Day(1, 1, str(start)), Day(12, 31, str(start + 4))
        if m["planned"] == "末":
            period = Period(last, last, "day")
            return self._around(m.start(), m.end(), period, "five_years", floor, edge="末")
        period = Period(first, last, "year")
        return self._around(m.start(), m.end(), period, "five_years", floor, within=True)

    # -- the words around a date ---------------------------------------------------------------------------------------

    def _around(
        self, start: int, end: int, period: Period, rule: str, floor: int, *, first_year: str | None = None, edge: str = "",
        within: bool = False,
    ) -> TimeExpression:  # fmt: skip
        text = self.text
        lead = LEADING.search(text, max(floor, start - LEADING_WIDTH), start)
        last, core_end, last_edge = self._second(period, end, first_year)
        ranged = last is not None
        if last is None:
            last = period
            last_edge = edge
        if ranged and last.precision == "month" and last.last.month == 3:
            quarter = FISCAL_QUARTER.match(text, core_end, self.end)
            if quarter is not None:
                period = last = _fiscal_quarter(period.first, last.last, small_number(quarter["quarter"]) or 1)
                core_end = quarter.end()
        core = Span(start, core_end)
        trail = TRAILING.match(text, core_end, self.end)
        span = Span(lead.start() if lead else start, trail.end() if trail else core_end)
        to, since = bool(lead and lead["to"]), bool(lead and lead["from"])
        kind: TimeKind
        first: Period | None = period
        final: Period | None = last
        before_year = after = False
        if ranged:
            first = _start_of_range(period, last)
            kind = "range"
            if trail is not None and not (trail["before"] or trail["open_before"] or trail["within"]):
                span = Span(span.start, core_end)
        elif trail is not None and (trail["before"] or trail["open_before"]):
            kind, first = "by", None
            before_year = bool(trail["open_before"]) and last.precision == "year"
        elif trail is not None and (trail["from"] or trail["after"] or trail["since"]):
            kind, final = "range", None
            after = bool(trail["after"]) and trail["after"][0] not in "或及"
        elif to:
            kind, first = "by", None
        elif trail is not None or within or last_edge == "内":
            kind = "range"
        elif since:
            kind, final = "range", None
        elif last_edge in ("底", "末", "终") or (rule == "date" and last_edge == "中" and last.precision == "day"):
            kind, first = "by", None
        elif last_edge in ("初", "伊") and period.precision == "year":
            kind, final, rule = "range", None, "year_start"
        else:
            kind = "point"
        return TimeExpression(
            span, core, kind, rule, first, final, before_year=before_year, after=after, two_dates=ranged
        )

    def _second(self, period: Period, end: int, first_year: str | None) -> tuple[Period | None, int, str]:
        """The other end of a range that begins with ``period`` and its end offset; nothing where none follows."""
        text = self.text
        join = CONNECT.match(text, end, self.end)
        if join is not None:
            at = join.end()
            if first_year is not None and period.precision == "year":
                years = SECOND_YEAR.match(text, at, self.end)
                if years is not None:
                    return self._year_range(period, years), years.end(), years["edge"] or ""
            m = self.second.match(text, at, self.end)
            if m is not None:
                later = self._period(m)
                if later is not None and _after(period, later):
                    return _with_year_of(period, later), m.end(), _edge(m)
            if period.first.month is not None and period.precision == "day":
                day_match = LATER_DAY.match(text, at, self.end)
                day = small_number(day_match["day"]) if day_match else None
                if day_match is not None and day is not None:
                    last = Day(
                        period.first.month, day, period.first.year, period.first.year_shift, period.first.month_shift
                    )
                    return Period(last, last, "day"), day_match.end(), ""
            return None, end, ""
        between = BETWEEN.match(text, end, self.end)
        if between is not None:
            m = self.second.match(text, between.end(), self.end)
            later = self._period(m) if m is not None and AMID.match(text, m.end(), self.end) else None
            if m is not None and later is not None and _after(period, later):
                return _with_year_of(period, later), m.end(), _edge(m)
        if period.precision == "day" and period.first.month:
            return self._listed_days(period, end)
        if (
            first_year is not None
            and period.precision == "year"
            and (text[end - 1] == "年" or text[end : end + 1] in ("、", "和"))
        ):
            return self._listed_years(period, end)
        return None, end, ""

    def _year_range(self, period: Period, m: Match) -> Period:
        groups = m.groupdict()
        written = "".join(c if c.isdigit() else "X" for c in groups.get("second") or groups["slashed"])
        year = written if len(written) == 4 else f"{(period.first.year or '20')[:2]}{written}"
        if m["fiscal"] or (self.region == "HK" and groups.get("annual")):
            return Period(Day(4, 1, year), Day(3, 31, year), "month")
        if m["school"]:
            return Period(Day(8, 1, year), Day(7, 31, year), "month")
        return Period(Day(1, 1, year), Day(12, 31, year), "year")

    def _listed_days(self, period: Period, end: int) -> tuple[Period | None, int, str]:
        """9月10日、11日、12日 is one run of days where each follows the one before."""
        day, at = period.first.day, end
        while (m := LISTED_DAY.match(self.text, at, self.end)) is not None and small_number(m["day"]) == day + 1:
            day, at = day + 1, m.end()
        if at == end:
            return None, end, ""
        last = replace(period.first, day=day)
        return Period(last, last, "day"), at, ""

    def _listed_years(self, period: Period, end: int) -> tuple[Period | None, int, str]:
        """2018年、2019年两年内, 2024年、2025年每年 are one range; years in a list without such a word stay single."""
        last, at = None, end
        while (m := LISTED_YEAR.match(self.text, at, self.end)) is not None:
            last, at = m["year"], m.end()
        closing = YEARS_OF_LIST.match(self.text, at, self.end) if last is not None else None
        if last is None or closing is None:
            return None, end, ""
        return Period(Day(1, 1, last), Day(12, 31, last), "year"), closing.end(), ""

    # -- lengths -------------------------------------------------------------------------------------------------------

    def _length(self, m: Match, floor: int) -> TimeExpression | None:
        length = _read_length(m)
        if length is None:
            return None
        start, end = m.start(), m.end()
        core = Span(m.start("pieces") if m["least"] is None and m["most"] is None else start, end)
        after = m["suffix"] in ("后", "之后", "以后")
        anchor: Anchor | None = "ahead" if m["ahead"] else "past" if m["past"] or m["suffix"] == "以来" else None
        event, rule = None, "length"
        if anchor is None and (length.bound == "max" or after):
            window = max(floor, start - 26)
            issued = grammar.ISSUE_ANCHOR.search(self.text, window, start)
            happened = _event(self.text, window, start) if issued is None else None
            if issued is not None:
                anchor, rule, start = "issue", "length_from_issue", issued.start()
            elif happened is not None:
                anchor, event, start = "event", happened.of(self.text), happened.start
        return TimeExpression(
            Span(start, end), core, "within", rule, length=length, anchor=anchor, event=event, after=after
        )


def _edge(m: Match) -> str:
    return (m["edge"] or "")[:1]


def _possible(month: int | None, day: int) -> bool:
    return 1 <= day <= (31 if month is None else (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1])


def _months(m: Match) -> tuple[int, int] | None:
    """First and last month of a quarter, a half year or a run of months from January."""
    if m["quarter"] is not None:
        number = 1 if m["quarter"] == "首" else small_number(m["quarter"]) or 1
        return number * 3 - 2, number * 3
    if m["quarters"] is not None:
        return 1, (small_number(m["quarters"]) or 1) * 3
    if m["months"] is not None:
        return 1, small_number(m["months"]) or 1
    if m["last_months"] is not None:
        return 13 - min(12, small_number(m["last_months"]) or 1), 12
    if m["half"] is not None:
        return (1, 6) if m["half"] == "上" else (7, 12)
    return None


def _fiscal_quarter(first: Day, last: Day, number: int) -> Period:
    """2026-27财政年度第一季 is April to June of 2026."""
    day = last if number == 4 else first
    month = (number * 3 + 1) % 12
    return Period(replace(day, month=month, day=1), replace(day, month=month + 2, day=0), "month")


def _school_year(period: Period) -> Period:
    """112学年度 runs from August to the next July (學年)."""
    first, last = period.first, period.last
    year = first.year
    if year is None or not year.isdigit():
        return period
    return Period(replace(first, month=8, day=1), replace(last, month=7, day=31, year=str(int(year) + 1)), "month")


def _after(first: Period, later: Period) -> bool:
    """False where the second date of a seeming range is written more coarsely than a range allows (3月1日-2023年)."""
    return not (first.precision == "day" and later.precision == "year" and first.first.month is not None)


def _with_year_of(first: Period, later: Period) -> Period:
    """``later`` with the year of ``first`` where it has none of its own; a month that lies before goes to the next year."""
    head, tail = first.first, later.last
    if tail.year is not None:
        return later
    if tail.feast is not None and tail.month is None:
        return _moved(later, head.year, head.year_shift)
    if tail.year_shift is not None:
        if head.year is not None and head.year.isdigit():
            return _moved(later, str(int(head.year) + tail.year_shift), None)
        return later
    year, shift = head.year, head.year_shift
    if head.month and tail.month and tail.month < head.month:
        if year is not None:
            return _moved(later, str(int(year) + 1), None) if year.isdigit() else _moved(later, year, None)
        return _moved(later, None, (shift or 0) + 1)
    return _moved(later, year, shift)


def _moved(period: Period, year: str | None, shift: int | None) -> Period:
    return Period(
        replace(period.first, year=year, year_shift=shift),
        replace(period.last, year=year, year_shift=shift),
        period.precision,
    )


def _event(text: str, pos: int, end: int) -> Span | None:
    """Where 自受理之日起, 目录更新后 begins and ends right before ``end``; nothing where no event is named there."""
    tail = grammar.EVENT_TAIL.search(text, pos, end)
    if tail is None:
        return None
    clause = max(text.rfind(c, pos, tail.start()) for c in "，,。；;：:、（）() \t\n.．①②③④⑤⑥⑦⑧⑨⑩") + 1
    clause = max(clause, pos)
    head = max((text.rfind(c, clause, tail.start()) + len(c), c) for c in ("自", "从", "在", "于", "应", "须"))
    start = head[0] - (head[1] in "自从") if head[0] > clause else clause
    return Span(start, tail.end()) if 3 <= tail.end() - start <= 18 else None


def _decimal(written: str) -> float | None:
    try:
        return float(written.replace(",", ""))
    except ValueError:
        number = small_number(written)
        return None if number is None else float(number)


def _read_length(m: Match) -> Length | None:
    parts: list[tuple[float, str]] = []
    working = False
    for piece in PIECE.finditer(m["pieces"]):
        split = piece["unit"] == "月" and piece["half"] is not None and piece["number"] != "半"
        part = _part(piece["number"], piece["unit"], bool(piece["half"]) and not split)
        if part is None:
            return None
        parts.append(part)
        if split:  # 两个半月: half a month is fifteen days
            parts.append((15.0, "D"))
        working = working or piece["unit"].startswith("工作")
    if not parts or (parts[0][1] == "Y" and parts[0][0] > 60):
        return None
    bound: Bound = "exact"
    if m["least"] or m["suffix"] == "以上":
        bound = "min"
    elif m["most"] or m["suffix"] in ("内", "以内", "之内", "以下"):
        bound = "max"
    elif m["about"]:
        bound = "about"
    low = _part(m["low"], LETTERS[parts[0][1]], False) if m["low"] else None
    if m["suffix"] == "以下":
        low = (0.0, parts[0][1])
    return Length(tuple(parts), bound, low, working, m["time"] is not None)


def _part(number: str, unit: str, half: bool) -> tuple[float, str] | None:
    """A number with its ISO letter; years and months in halves become months and days, which ISO can say."""
    count = 0.5 if number == "半" else None if number in ("数", "几") else _decimal(number)
    if count is None:
        return None
    letter, times = UNITS[unit]
    count = (count + (0.5 if half else 0)) * times
    if letter == "Y" and count != int(count):
        letter, count = "M", count * 12
    if letter == "M" and count != int(count):
        letter, count = "D", float(round(count * 30))
    return count, letter


def _start_of_range(first: Period, last: Period) -> Period:
    """Where a range of two bare years names a school or financial year, it begins in the month after its end."""
    if (
        first.precision == "year"
        and last.precision == "month"
        and last.first.month in (4, 8)
        and last.last.month in (3, 7)
    ):
        return Period(replace(first.first, month=last.first.month), first.last, "month")
    return first
