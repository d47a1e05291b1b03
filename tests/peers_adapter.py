"""The calendar and the numerals in the shape that the peers' test cases are scored in.

``find(text, reference_date, mode)`` gives items ``{raw, start, end, kind, value}``; dates are inclusive ISO days, a length
is in days (a year 365.25, a month 30.4375), and an open side is ``None``.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from extractor.calendar import Length, TimeExpression, counted, read_cell, resolve
from extractor.calendar import find as find_times
from extractor.lexicon import load
from extractor.normalise import simplified
from tests.peers_numbers import find as find_numbers

FREQ_DAYS = {"YEARLY": 365.25, "MONTHLY": 30.4375, "WEEKLY": 7.0, "DAILY": 1.0, "HOURLY": 1 / 24, "MINUTELY": 1 / 1440,
             "SECONDLY": 1 / 86400}  # fmt: skip
PART_DAYS = {"Y": 365.25, "M": 30.4375, "W": 7.0, "D": 1.0, "h": 1 / 24, "m": 1 / 1440, "s": 1 / 86400}
REFERENCE = "2024-06-15"  # where a case gives none


def find(text: str, reference_date: str | None, mode: str) -> list[dict[str, Any]]:
    """Every time and number of ``text``; where the whole string is one date, short forms (9/1) are read too."""
    reference = "-".join(f"{int(p):02d}" for p in [*(reference_date or REFERENCE).split("-"), "1", "1"][:3])
    year, issued = reference[:4].zfill(4), reference
    text = simplified(text)
    cell = read_cell(text)
    whole = mode == "whole_string"
    times = [
        i for e in ([cell] if cell else find_times(text)) if (i := _time(text, e, year, issued, whole)) is not None
    ]
    taken = [(i["start"], i["end"]) for i in times]
    numbers = [
        n
        for n in find_numbers(text, reference_date, mode)
        if not any(s < n["end"] and n["start"] < e for s, e in taken)
    ]
    return sorted(times + numbers, key=lambda i: (i["start"], i["end"]))


def _time(text: str, e: TimeExpression, year: str, issued: str, whole: bool) -> dict[str, Any] | None:
    span = e.span
    item: dict[str, Any] = {"raw": text[span.start : span.end], "start": span.start, "end": span.end}
    if e.kind == "recurring":
        parts = dict(p.split("=") for p in (e.recurrence or "").split(";"))
        every = FREQ_DAYS[parts["FREQ"]] * int(parts.get("INTERVAL", 1))
        return {**item, "kind": "recurrence", "value": {"every_days": every, "anchor": None}}
    if e.kind == "within" and e.length is not None:
        counted = _counted(text, e, issued, whole)
        return {**item, **(counted or {"kind": "duration", "value": _days(e.length)})}
    r = resolve(e, year, issued, load())
    starts_on, ends_on = r.starts_on, r.ends_on
    if e.rule == "year_start" and e.start is not None:
        ends_on = resolve(replace(e, start=None, end=e.start), year, issued).ends_on
    if r.edtf is not None and r.edtf.endswith("-XX") and e.end is None:
        starts_on = f"{r.edtf[:4]}-01-01"  # 从2023年X月起: within that year
    if starts_on is None and ends_on is None:
        return {**item, "kind": "date_range", "value": None} if r.edtf else None
    return {**item, **_dates(starts_on, ends_on)}


def _dates(starts_on: str | None, ends_on: str | None) -> dict[str, Any]:
    kind = "date" if starts_on == ends_on else "date_range"
    match = "end" if starts_on is None else "start" if ends_on is None else "both"
    return {"kind": kind, "value": {"accept": [[starts_on, ends_on]], "match": match}}


def _days(length: Length) -> dict[str, float | None]:
    days = sum(n * (1.4 if length.working_days and u == "D" else PART_DAYS[u]) for n, u in length.parts)
    low = length.low[0] * PART_DAYS[length.low[1]] if length.low else days
    return {
        "min_days": None if length.bound == "max" and length.low is None else low,
        "max_days": None if length.bound == "min" else days,
    }


def _counted(text: str, e: TimeExpression, issued: str, whole: bool) -> dict[str, Any] | None:
    """A length that is counted from the day of reference: 30天后, 今后两个月, 近三年, and 一周内 where it is all there is."""
    assert e.length is not None
    today = date.fromisoformat(issued)
    later, before = counted(e.length, today), counted(e.length, today, back=True)
    if later is None or before is None:
        return None
    finest = e.length.parts[-1][1]
    if e.after and e.anchor is None:
        if text[: e.span.end].endswith(("以后", "之后")):  # 30天以后 is all that follows
            return _dates(later.isoformat(), None)
        return _dates(*_whole(later, finest))
    if text[: e.span.end].endswith("以来"):
        return _dates(_whole(before, finest)[0], None)
    if e.anchor == "past":
        return _dates(before.isoformat(), (today - timedelta(days=1)).isoformat())
    if e.anchor == "ahead":
        if text[e.span.start] == "过":
            return _dates(later.isoformat(), None)
        if text[e.span.start] == "后":  # begins with the day after
            return _dates((today + timedelta(days=1)).isoformat(), later.isoformat())
        return _dates(issued, (later - timedelta(days=1)).isoformat())
    if whole and e.length.bound == "max" and e.length.low is None:
        return _dates(None, later.isoformat())
    return None


def _whole(day: date, unit: str) -> tuple[str, str]:
    """The month or year that a length in months or years leads into, else the day."""
    if unit == "Y":
        return f"{day.year:04d}-01-01", f"{day.year:04d}-12-31"
    if unit == "M":
        return day.replace(day=1).isoformat(), day.replace(day=monthrange(day.year, day.month)[1]).isoformat()
    return day.isoformat(), day.isoformat()
