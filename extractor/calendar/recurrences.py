"""A match of a recurring expression → an RFC 5545 RRULE with the named day kept (周期)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.calendar.figures import small_number

if TYPE_CHECKING:
    import regex

UNITS = {
    "年": ("YEARLY", 1), "半年": ("MONTHLY", 6), "季度": ("MONTHLY", 3), "季": ("MONTHLY", 3), "月": ("MONTHLY", 1),
    "双月": ("MONTHLY", 2), "半月": ("DAILY", 15), "学期": ("MONTHLY", 6), "学年": ("YEARLY", 1), "旬": ("DAILY", 10), "周": ("WEEKLY", 1), "星期": ("WEEKLY", 1), "双周": ("WEEKLY", 2), "晚": ("DAILY", 1),
    "日": ("DAILY", 1), "天": ("DAILY", 1), "工作日": ("DAILY", 1), "个工作日": ("DAILY", 1), "小时": ("HOURLY", 1), "钟头": ("HOURLY", 1), "半小时": ("MINUTELY", 30), "半钟头": ("MINUTELY", 30),
    "分钟": ("MINUTELY", 1), "秒": ("SECONDLY", 1), "秒钟": ("SECONDLY", 1),
}  # fmt: skip
WEEKDAYS = dict(zip("一二三四五六日天", ("MO", "TU", "WE", "TH", "FR", "SA", "SU", "SU"), strict=True))
FIRST_MONTHS = {
    "首": "1,4,7,10", "一": "1,4,7,10", "二": "2,5,8,11", "三": "3,6,9,12", "最后一": "3,6,9,12",
    "1": "1,4,7,10", "2": "2,5,8,11", "3": "3,6,9,12"}  # fmt: skip


def recurrence_rule(m: regex.Match[str]) -> str | None:
    """The RRULE of a match of the scan pattern's recurring part; nothing where the interval is no number."""
    if m["twice"] is not None:
        freq, interval = UNITS[m["twice"][0]]
        return _rule(freq, interval)
    if m["skip"] is not None:
        freq, interval = UNITS[m["skip"]]
        return _rule(freq, interval * 2)
    freq, interval = UNITS[m["per"] if m["per"] == "个工作日" else m["per"].replace("个", "")]
    written = m["every"] or (m["one"] if m["one"] not in (None, "一", "每") else None)
    if written is not None:
        number = small_number(written)
        if not number:
            return None
        interval *= number
    parts: list[str] = []
    days = [d for d in (small_number(w) for w in m.captures("monthday")) if d is not None and 1 <= d <= 31]
    months = [n for n in (small_number(w) for w in m.captures("bymonth")) if n is not None]
    if m["from_month"] is not None:
        first, last = small_number(m["from_month"]) or 1, small_number(m["to_month"]) or 12
        months = list(range(first, last + 1)) if first <= last else [*range(1, last + 1), *range(first, 13)]
    if m["nth"] is not None and m["per"] in ("季度", "季"):
        parts.append(f"BYMONTH={FIRST_MONTHS[m['nth'].removeprefix('第')]}")
    elif m["endmonth"] is not None:
        parts.append("BYMONTH=3,6,9,12")
    elif months:
        parts.append(f"BYMONTH={','.join(map(str, months))}")
    if days and (len(months) < 2 or len(set(days)) == 1 or len(days) > len(months)):
        days = sorted(set(days))
        parts.append(f"BYMONTHDAY={','.join(map(str, days))}")
    elif m["perend"] is not None and m["endmonth"] is None:
        if m["per"] in ("季度", "季"):
            parts.append("BYMONTH=3,6,9,12")
        elif m["per"] == "年" and not months:
            parts.append("BYMONTH=12")
        if m["per"] not in ("周", "星期"):
            parts.append("BYMONTHDAY=-1")
    if m["weekday"] is not None:
        parts.append(f"BYDAY={','.join(_weekdays(m))}")
    return _rule(freq, interval, *parts)


def _weekdays(m: regex.Match[str]) -> list[str]:
    """每周三、周五, 每周一至周五: the days in the order of the week, each once."""
    named = {WEEKDAYS[word] for word in m.captures("weekday")}
    week = list(dict.fromkeys(WEEKDAYS.values()))
    if m["to_weekday"] is not None:
        first, last = week.index(WEEKDAYS[m["weekday"]]), week.index(WEEKDAYS[m["to_weekday"]])
        named.update(week[first : last + 1] if first <= last else week[first:] + week[: last + 1])
    return [day for day in week if day in named]


def _rule(freq: str, interval: int, *parts: str) -> str:
    head = f"FREQ={freq}" if interval == 1 else f"FREQ={freq};INTERVAL={interval}"
    return ";".join((head, *parts))
