"""Values in plain Chinese words (大白话): what staff read in a sheet instead of RRULE, ISO 8601 and English vocabulary.

Every function answers in words, or with nothing where the value holds something that it has no words for; the caller
then shows the notice's own words.
"""

from __future__ import annotations

import re
from datetime import date

from extractor.model import BasisWhy, Deadline, Role, Target

ROLES: dict[Role, str] = {
    "lead": "牵头单位",
    "responsible": "责任单位",
    "support": "配合单位",
    "supervise": "督导单位",
    "leader": "牵头领导",
}
STATUSES = {
    "not_started": "未启动",
    "in_progress": "推进中",
    "done": "已完成待销号",
    "closed": "已销号",
    "paused": "暂缓",
    "cancelled": "已取消",
}
STATUS_CHOICES = ("未启动", "推进中", "已完成待销号", "已销号", "暂缓")
DEADLINE_KINDS = {"by": "截止", "range": "起止", "recurring": "周期", "within": "限时"}
BASES: dict[BasisWhy, str] = {
    "heading": "承自上级标题",
    "document_rule": "按全文的统一规定",
    "year": "年份按标题或成文日期推定",
    "issue_date": "自成文日期起算",
    "table_header": "按表头",
    "back_reference": "按后文“以上工作”一类的规定",
    "paragraph": "承自本段前文",
    "addressee": "按主送机关推定",
}
OPERATORS = {"=": "等于", ">=": "不少于", "<=": "不超过", ">": "超过", "<": "少于", "~": "约", "range": "介于"}
CHANGES = {"increase": "增长", "decrease": "下降", "multiply": "倍数"}

_WEEKDAYS = {"MO": "一", "TU": "二", "WE": "三", "TH": "四", "FR": "五", "SA": "六", "SU": "日"}
_COUNTS = {2: "两", 3: "三", 4: "四", 5: "五", 6: "六", 7: "七", 8: "八", 9: "九", 10: "十"}
_DURATION = re.compile(
    r"""
    P (?:(?P<years>\d+)Y)? (?:(?P<months>\d+)M)? (?:(?P<weeks>\d+)W)? (?:(?P<days>\d+)D)?
    (?:T (?:(?P<hours>\d+)H)? (?:(?P<minutes>\d+)M)? )?
    """,
    re.VERBOSE,
)
_DURATION_UNITS = (
    ("years", "年"),
    ("months", "个月"),
    ("weeks", "周"),
    ("days", "日"),
    ("hours", "小时"),
    ("minutes", "分钟"),
)
_BEFORE = re.compile(r"[日号月旬底末初度]之?(?:以)?前")
_NO_YEAR = "（年份未写明）"
_EDTF = re.compile(r"(?P<year>[0-9X]{4})(?:-(?P<month>[0-9X]{2})(?:-(?P<day>[0-9X]{2}))?)?$")


def day(iso: str) -> str:
    """``2026-03-05`` as 2026年3月5日."""
    year, month, of_month = iso.split("-")
    return f"{int(year)}年{int(month)}月{int(of_month)}日"


def as_date(iso: str | None) -> date | None:
    """The date of an ISO string; nothing for nothing."""
    return date.fromisoformat(iso) if iso else None


def partial_date(edtf: str) -> str | None:
    """An EDTF date with unknown parts, or an interval of two, in words: 20XX-05 is 20XX年5月.

    Nothing for XXXX alone (年内 of a paper without a year): what it says is only in its own words.
    """
    parts = [_one_partial_date(part) for part in edtf.split("/")]
    words = [part for part in parts if part]
    if len(words) != len(parts):
        return None
    if all(word.endswith(_NO_YEAR) for word in words):
        words = [*(word.removesuffix(_NO_YEAR) for word in words[:-1]), words[-1]]
    return "至".join(words)


def _one_partial_date(edtf: str) -> str | None:
    found = _EDTF.match(edtf)
    if found is None:
        return None
    year = "" if found["year"] == "XXXX" else f"{found['year']}年"
    month = f"{found['month'].lstrip('0')}月" if found["month"] else ""
    of_month = f"{found['day'].lstrip('0')}日" if found["day"] else ""
    known = year + month + of_month
    return known + ("" if year else _NO_YEAR) if known else None


def recurrence(rule: str, quote: str = "") -> str | None:
    """An RFC 5545 rule in words: FREQ=MONTHLY;BYMONTHDAY=28 is 每月28日 (每月28日前 where the quote says 前)."""
    parts = dict(part.split("=", 1) for part in rule.removeprefix("RRULE:").split(";") if "=" in part)
    frequency = parts.pop("FREQ", None)
    interval = int(parts.pop("INTERVAL", "1")) if parts.get("INTERVAL", "1").isdigit() else 1
    months = parts.pop("BYMONTH", "")
    days = parts.pop("BYMONTHDAY", "")
    weekdays = parts.pop("BYDAY", "")
    if parts:
        return None
    cycle = _cycle(frequency, interval, months)
    if cycle is None:
        return None
    words, end = cycle
    if days:
        if any(not d.lstrip("-").isdigit() for d in days.split(",")):
            return None
        if days == "-1":
            words += end or "月底"
        elif any(d.startswith("-") for d in days.split(",")):
            return None
        else:
            words += "、".join(f"{int(d)}日" for d in days.split(","))
    if weekdays:
        if any(d not in _WEEKDAYS for d in weekdays.split(",")):
            return None
        words += ("" if frequency == "WEEKLY" else "的周") + "、".join(_WEEKDAYS[d] for d in weekdays.split(","))
    return words + ("前" if (days or months) and _BEFORE.search(quote) else "")


def _cycle(frequency: str | None, interval: int, months: str) -> tuple[str, str] | None:
    """The words of the cycle, and those of its last day where that is not the end of a month."""
    if frequency in {"MONTHLY", "YEARLY"} and months:
        named = [int(m) for m in months.split(",") if m.isdigit()]
        if named == [1, 4, 7, 10]:
            return "每季度首月", "月底"
        if named == [3, 6, 9, 12]:
            return "每季度末月", "月底"
        return "每年" + "、".join(f"{m}月" for m in named), "底"
    if frequency == "MONTHLY":
        known = {1: ("每月", "月底"), 3: ("每季度", "末"), 6: ("每半年", "末"), 12: ("每年", "底")}
        if interval in known:
            return known[interval]
        return f"每{_counted(interval)}个月", "末"
    plain = {"YEARLY": ("年", "底"), "WEEKLY": ("周", "末"), "DAILY": ("日", "末")}.get(frequency or "")
    if plain is None:
        return None
    return f"每{_counted(interval) if interval > 1 else ''}{plain[0]}", plain[1]


def _counted(number: int) -> str:
    return _COUNTS.get(number, str(number))


def duration(iso: str) -> str | None:
    """An ISO 8601 length of time in words: PT48H is 48小时内."""
    found = _DURATION.fullmatch(iso)
    if found is None:
        return None
    words = "".join(f"{int(found[name])}{unit}" for name, unit in _DURATION_UNITS if found[name])
    return f"{words}内" if words else None


def dates(deadline: Deadline) -> str | None:
    """The dates of a ``by`` or ``range`` deadline in words; partial dates too."""
    if deadline.starts_on and deadline.ends_on:
        if deadline.starts_on == deadline.ends_on:
            return day(deadline.ends_on)
        return f"{day(deadline.starts_on)}至{day(deadline.ends_on)}"
    if deadline.ends_on:
        return f"{day(deadline.ends_on)}前"
    if deadline.starts_on:
        return f"{day(deadline.starts_on)}起"
    return partial_date(deadline.edtf) if deadline.edtf else None


def when(deadline: Deadline) -> str:
    """A deadline in plain words, whatever its kind; the notice's own words where there are no others."""
    words = None
    if deadline.kind == "recurring" and deadline.recurrence:
        words = recurrence(deadline.recurrence, deadline.evidence.quote)
    elif deadline.kind == "within" and deadline.duration:
        words = duration(deadline.duration)
    return words or dates(deadline) or one_line(deadline.evidence.quote)


def number(value: float) -> str:
    """A number as it is written: 30, 2.5, 200000."""
    return str(int(value)) if value == int(value) else f"{value:.10g}"


def comparison(target: Target) -> str:
    """How a target compares (不少于, 增长约 …): the operator and the change."""
    return CHANGES.get(target.change or "", "") + OPERATORS[target.operator]


def one_line(text: str) -> str:
    """``text`` on one line; a bar parts the cells of a table's row, for a tab prints as nothing (18.6 and 24 as 18.624)."""
    return text.replace("\n", " ").replace("\t", " | ")
