"""What the fields of the database are called by staff (项目名称): what ``edit`` takes and ``history`` shows."""

from __future__ import annotations

import json
from typing import Any

NAMES = {
    "title": "工作任务",
    "text": "内容",
    "due_on": "完成时限",
    "report_to": "报送对象",
    "contact": "联系方式",
    "number": "文号",
    "issuer": "发文机关",
    "issued_on": "成文日期",
    "region": "地区",
    "unit": "单位",
    "role": "角色",
    "kind": "种类",
    "starts_on": "开始日期",
    "ends_on": "截止日期",
    "edtf": "不全的日期",
    "recurrence": "频次",
    "duration": "时长",
    "condition": "条件",
    "indicator": "指标",
    "operator": "要求",
    "low": "下限",
    "high": "上限",
    "change": "增减",
    "scope": "对象",
    "period": "期间",
    "baseline": "基数",
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
}
_BY_WORD = {word: name for name, word in NAMES.items()}
_STATES = {"stated": "原文写明", "proposed": "待确认", "confirmed": "已确认", "refused": "不成立"}


def field(said: str) -> str:
    """The database's name of a field, from that name or from the Chinese one."""
    return _BY_WORD.get(said, said)


def name(field: str | None) -> str:
    """The Chinese name of a field."""
    return NAMES.get(field or "", field or "")


def words(value: Any, field: str | None = None) -> str:
    """A value as staff read it: statuses, roles and kinds in words, what is not there as nothing."""
    from extractor.exports import phrases

    if value is None:
        return "（无）"
    if isinstance(value, str):
        kinds: dict[str, dict[Any, str]] = {
            "status": dict(phrases.STATUSES),
            "role": dict(phrases.ROLES),
            "kind": dict(phrases.DEADLINE_KINDS),
            "state": _STATES,
        }
        return kinds.get(field or "", {}).get(value, value)
    if isinstance(value, int | float):
        return f"{phrases.number(value)}%" if field == "percent" else phrases.number(value)
    if isinstance(value, dict):
        return "；".join(f"{name(key)}：{words(part, key)}" for key, part in value.items() if part not in (None, ""))
    if isinstance(value, list | tuple):
        return "、".join(words(part) for part in value)
    return str(getattr(value, "title", None) or json.dumps(value, ensure_ascii=False, default=str))
