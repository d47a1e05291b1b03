"""What the fields of the database are called by staff (项目名称): what ``edit`` takes and ``history`` shows."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from extractor.commands.arguments import DAY

_OTHERS = {
    "text": "内容",
    "status": "状态",
    "percent": "完成比例",
    "our_unit": "我单位承办",
    "leader": "分管领导",
    "person": "责任人",
    "inner_due": "内部时限",
    "note": "备注",
    "progress": "进展",
    "measures": "举措",
    "state": "关系",
    "alias": "别名",
}
"""What is shown, but not set with ``edit``; the others are :data:`extractor.store.decisions.FIELD_NAMES`."""
_ALSO = {
    "标题": "title",
    "任务名称": "title",
    "任务": "title",
    "名称": "title",
    "完成时间": "due_on",
    "截止时间": "due_on",
    "时限": "due_on",
    "截止": "ends_on",
    "起始日期": "starts_on",
    "发文字号": "number",
    "联系人": "contact",
    "计量单位": "unit",
    "单位名称": "unit",
    "指标名称": "indicator",
}
_DATES = frozenset({"due_on", "ends_on", "starts_on", "issued_on"})
_STATES = {"stated": "原文写明", "proposed": "待确认", "confirmed": "已确认", "refused": "不成立"}


@cache
def _names() -> dict[str, str]:
    from extractor.store.decisions import FIELD_NAMES

    return {**FIELD_NAMES, **_OTHERS}


def field(said: str) -> str:
    """The database's name of a field, from that name or from the Chinese one."""
    by_word = {word: name for name, word in _names().items()}
    return by_word.get(said) or _ALSO.get(said, said)


def name(field: str | None) -> str:
    """The Chinese name of a field."""
    return _names().get(field or "", field or "")


def value(field: str, said: str) -> str | None:
    """What a person wrote for ``field`` as the database takes it: 2026年6月30日 as a date, 牵头单位 as a role; nothing
    where it is empty."""
    day = DAY.fullmatch(said) if field in _DATES else None
    if day is not None:
        return f"{day['year']}-{int(day['month']):02d}-{int(day['day']):02d}"
    return {word: code for code, word in _vocabulary(field).items()}.get(said, said) or None


def _vocabulary(field: str) -> dict[str, str]:
    """The words of a field that takes only some values."""
    from extractor.exports import phrases

    known: dict[str, dict[Any, str]] = {
        "status": phrases.STATUSES,
        "role": phrases.ROLES,
        "kind": phrases.DEADLINE_KINDS,
        "operator": phrases.OPERATORS,
        "change": phrases.CHANGES,
        "state": _STATES,
    }
    return known.get(field, {})


def words(value: Any, field: str | None = None) -> str:
    """A value as staff read it: statuses, roles and kinds in words, what is not there as nothing."""
    from extractor.exports import phrases

    if value is None:
        return "（无）"
    if value == "":
        return "（清除）"
    if isinstance(value, str):
        return _vocabulary(field or "").get(value, value)
    if isinstance(value, int | float):
        return f"{phrases.number(value)}%" if field == "percent" else phrases.number(value)
    if isinstance(value, dict):
        return "；".join(f"{name(key)}：{words(part, key)}" for key, part in value.items() if part is not None)
    if isinstance(value, list | tuple):
        return "、".join(words(part) for part in value)
    return str(getattr(value, "title", None) or json.dumps(value, ensure_ascii=False, default=str))
