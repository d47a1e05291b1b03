"""Model objects as JSON text and back: what a value said when a person judged it, or before it was read anew."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any, TypeVar

from extractor.model import Basis, Deadline, Evidence, Goal, Measure, Responsibility, Span, Target, Task

Entity = Task | Measure | Responsibility | Deadline | Target | Goal
E = TypeVar("E", Task, Measure, Responsibility, Deadline, Target, Goal)


def to_json(entity: Entity) -> str:
    """``entity`` with all that belongs to it."""
    return json.dumps(asdict(entity), ensure_ascii=False)


def from_json(kind: type[E], text: str) -> E:
    """The object that :func:`to_json` wrote."""
    return kind(**_fields(json.loads(text)))


def _fields(read: dict[str, Any]) -> dict[str, Any]:
    out = dict(read)
    out["evidence"] = _evidence(read["evidence"])
    if "section" in read:
        out["section"] = tuple(read["section"])
    if "basis" in read:
        out["basis"] = tuple(Basis(b["why"], _evidence(b["evidence"])) for b in read["basis"])
    for name, kind in _CHILDREN:
        if name in read:
            out[name] = tuple(kind(**_fields(child)) for child in read[name])
    return out


def _evidence(read: dict[str, Any]) -> Evidence:
    return Evidence(read["quote"], tuple(Span(p["start"], p["end"]) for p in read["pieces"]))


_CHILDREN: tuple[tuple[str, Any], ...] = (
    ("measures", Measure),
    ("responsibilities", Responsibility),
    ("deadlines", Deadline),
    ("targets", Target),
)
