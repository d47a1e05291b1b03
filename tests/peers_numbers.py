"""The number half of the adapter for peer suites: quantities in the values that those suites compare."""

from __future__ import annotations

from typing import Any

from extractor import numerals
from extractor.numerals import Quantity

Item = dict[str, Any]

_SHARE = {"percent", "full"}


def find(text: str, reference_date: str | None = None, mode: str | None = None) -> list[Item]:
    """The numbers of ``text``; in the mode ``whole_string`` the whole of it is read as one numeral where it is one."""
    del reference_date
    if mode == "whole_string":
        value = numerals.parse(text)
        if value is not None and "分之" not in text:
            return [_item(text, 0, len(text), "number", value, value, None)]
    return [_of(text, quantity) for quantity in numerals.find(text)]


def _of(text: str, quantity: Quantity) -> Item:
    kind: str = quantity.kind
    low, high, unit = quantity.low, quantity.high, quantity.unit
    if kind == "fraction":
        low = None if low is None else low / 100
        high = None if high is None else high / 100
        unit = None
    elif kind in _SHARE:
        kind, unit = "percent", "%"
    elif kind in ("count", "measure", "time"):
        kind = "quantity"
    return _item(text, quantity.span.start, quantity.span.end, kind, low, high, unit)


def _item(text: str, start: int, end: int, kind: str, low: float | None, high: float | None, unit: str | None) -> Item:
    value = {"min": low, "max": high, "unit": unit}
    return {"raw": text[start:end], "start": start, "end": end, "kind": kind, "value": value}
