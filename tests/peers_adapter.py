"""The calendar and the numerals in the shape that the peers' test cases are scored in.

``find(text, reference_date, mode)`` gives items ``{raw, start, end, kind, value}``; dates are inclusive ISO days, a length
is in days (a year 365.25, a month 30.4375), and an open side is ``None``.
"""

from __future__ import annotations

from typing import Any

from extractor.calendar import TimeExpression, read_cell, resolve
from extractor.calendar import find as find_times
from extractor.lexicon import load
from tests.peers_numbers import find as find_numbers

FREQ_DAYS = {"YEARLY": 365.25, "MONTHLY": 30.4375, "WEEKLY": 7.0, "DAILY": 1.0}
LENGTH_DAYS = {"年": 365.25, "季度": 91.3125, "学期": 182.625, "月": 30.4375, "星期": 7.0, "周": 7.0, "天": 1.0, "日": 1.0,
               "工作日": 1.4, "小时": 1 / 24, "分钟": 1 / 1440}  # fmt: skip
REFERENCE = "2024-06-15"  # where a case gives none


def find(text: str, reference_date: str | None, mode: str) -> list[dict[str, Any]]:
    """Every time and number of ``text``; where the whole string is one date, short forms (9/1) are read too."""
    reference = "-".join(f"{int(p):02d}" for p in ((reference_date or REFERENCE).split("-") + ["1", "1"])[:3])
    year, issued = reference[:4].zfill(4), reference
    cell = read_cell(text) if mode == "whole_string" else None
    times = [
        item
        for e in ([cell] if cell else find_times(text))
        if (item := _time(text, e, year, issued)) is not None
    ]  # fmt: skip
    taken = [(i["start"], i["end"]) for i in times]
    numbers = [
        n
        for n in find_numbers(text, reference_date, mode)
        if not any(s < n["end"] and n["start"] < e for s, e in taken)
    ]
    return sorted(times + numbers, key=lambda i: (i["start"], i["end"]))


def _time(text: str, e: TimeExpression, year: str, issued: str) -> dict[str, Any] | None:
    span = e.span
    item: dict[str, Any] = {"raw": text[span.start : span.end], "start": span.start, "end": span.end}
    if e.kind == "recurring":
        parts = dict(p.split("=") for p in (e.recurrence or "").split(";"))
        return {
            **item,
            "kind": "recurrence",
            "value": {"every_days": FREQ_DAYS[parts["FREQ"]] * int(parts.get("INTERVAL", 1)), "anchor": None},
        }
    if e.kind == "within" and e.length is not None:
        days = e.length.number * LENGTH_DAYS[e.length.unit]
        low = None if e.length.bound == "max" else days
        high = None if e.length.bound == "min" else days
        return {**item, "kind": "duration", "value": {"min_days": low, "max_days": high}}
    r = resolve(e, year, issued, load())
    if r.starts_on is None and r.ends_on is None:
        return {**item, "kind": "date_range", "value": None} if r.edtf else None
    kind = "date" if r.starts_on == r.ends_on else "date_range"
    match = "end" if r.starts_on is None else "start" if r.ends_on is None else "both"
    return {**item, "kind": kind, "value": {"accept": [[r.starts_on, r.ends_on]], "match": match}}
