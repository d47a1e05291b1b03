"""Marks of what was written (校验码): by them a filled ledger tells which of its cells a person has changed.

A ledger may come back months later, when the database says something else than it did: a cell that differs from the
database then is no correction, if it is as it was written. So each row carries a short digest of every cell that
matters, in a hidden column.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import lru_cache
from hashlib import blake2b
from typing import Any

MARKED = (
    "工作任务",
    "具体举措",
    "目标指标",
    "牵头单位",
    "责任单位",
    "配合单位",
    "督导单位",
    "完成时限",
    "我单位承办",
    "分管领导",
    "责任人",
    "内部时限",
    "状态",
    "进展",
    "完成比例",
    "备注",
)
_LENGTH = 6
_EMPTY = "0" * _LENGTH


def canonical(value: Any) -> str:
    """A cell's value as text, whatever type the program that saved it gave it."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value.replace("\r\n", "\n").strip()
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, int | float):
        return f"{value:.10g}"
    return str(value)


def mark(value: Any) -> str:
    """The mark of one cell."""
    if value is None or value == "":
        return _EMPTY
    return _of_text(value if isinstance(value, str) else canonical(value))


@lru_cache(maxsize=4096)  # units, dates and statuses come again and again
def _of_text(text: str) -> str:
    text = canonical(text)
    if not text:
        return _EMPTY
    return blake2b(text.encode("utf-8", "replace"), digest_size=_LENGTH // 2).hexdigest()


def marks(values: Iterable[Any]) -> str:
    """The marks of a row, given what stands in its marked columns."""
    return "".join(map(mark, values))


def changed(written: str, value_of: Callable[[str], Any]) -> list[str] | None:
    """The columns whose cells are not as they were written; nothing where ``written`` are no marks."""
    if len(written) != _LENGTH * len(MARKED):
        return None
    parts = (written[k : k + _LENGTH] for k in range(0, len(written), _LENGTH))
    return [title for title, part in zip(MARKED, parts, strict=True) if mark(value_of(title)) != part]
