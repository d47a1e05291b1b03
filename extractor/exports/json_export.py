"""The JSON export (数据交换): the contract ``policy-tasks/1``, described by ``extractor/schema.json``.

The same register gives the same bytes: sources and plans go by path and position, each on a line of its own.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from extractor import __version__
from extractor.exports.destination import replacing
from extractor.exports.harmless import without_contacts
from extractor.model import Basis, Deadline, Evidence, Goal, Plan, Register, Responsibility, Source, Span, Target, Task

SCHEMA = "policy-tasks/1"
Json = dict[str, Any]
_NEVER_MASKED = frozenset({"id", "source_id", "sha256", "deadline_id", "measure_id", "task_id", "repairs"})


def schema_text() -> str:
    """The JSON Schema of the export."""
    return (Path(__file__).parent.parent / "schema.json").read_text(encoding="utf-8")


def write_json(register: Register, path: Path, *, with_text: bool = False, public: bool = False) -> None:
    """Writes the export to ``path`` in UTF-8; ``public`` stars telephone numbers and e-mail addresses, character for character."""
    with replacing(path) as temporary, temporary.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(json_pieces(register, with_text=with_text, public=public))


def json_pieces(register: Register, *, with_text: bool = False, public: bool = False) -> Iterator[str]:
    """The export's text in pieces, for a file or a pipe."""
    shown: Callable[[Any], Any] = _masked if public else lambda value: value
    ids: dict[tuple[str, str], str] = {}
    for n, extraction in enumerate(register.outlines(), start=1):
        ids[_key(extraction.source)] = f"s{n}"
    yield f'{{"schema": "{SCHEMA}", "generator": "policy-task-extractor {__version__}",\n"sources": ['
    yield from _lines(shown(_source(e.source, ids[_key(e.source)], with_text)) for e in register.outlines())
    yield '],\n"plans": ['
    yield from _lines(shown(_plan(plan, ids[_key(source)])) for source, plan in register.plans())
    yield '],\n"problems": ['
    yield from _lines(
        shown({"source_id": ids[_key(e.source)], "code": p.code, "message": p.message, "spans": _spans(p.pieces)})
        for e in register.outlines()
        for p in e.problems
    )
    yield "]}\n"


def _key(source: Source) -> tuple[str, str]:
    """What tells a file from the others of a register that is read file by file, and so more than once."""
    return source.path, source.sha256


def _lines(objects: Iterable[Json]) -> Iterator[str]:
    between = "\n"
    for value in objects:
        yield between + json.dumps(value, ensure_ascii=False)
        between = ",\n"


def _masked(value: Any) -> Any:
    if isinstance(value, str):
        return without_contacts(value)
    if isinstance(value, list):
        return [_masked(v) for v in value]
    if isinstance(value, dict):
        return {k: v if k in _NEVER_MASKED else _masked(v) for k, v in value.items()}
    return value


def _spans(pieces: Iterable[Span]) -> list[list[int]]:
    return [[piece.start, piece.end] for piece in pieces]


def _words(evidence: Evidence, key: str) -> Json:
    return {key: evidence.quote, "spans": _spans(evidence.pieces)}


def _number(value: float | None) -> float | int | None:
    return int(value) if value is not None and value == int(value) else value


def _source(source: Source, identifier: str, with_text: bool) -> Json:
    out: Json = {
        "id": identifier,
        "path": source.path,
        "sha256": source.sha256,
        "media_type": source.media_type,
        "encoding": source.encoding,
        "pages": [list(page) for page in source.pages],
        "ocr": source.ocr,
    }
    if with_text:
        out["text"] = source.text
    out["repairs"] = [[r.span.start, r.span.end, r.replacement, r.step] for r in source.repairs]
    return out


def _plan(plan: Plan, source_id: str) -> Json:
    return {
        "id": plan.id,
        "source_id": source_id,
        "spans": _spans(plan.pieces),
        "title": plan.title,
        "number": plan.number,
        "issuer": plan.issuer,
        "addressees": list(plan.addressees),
        "issued_on": plan.issued_on,
        "region": plan.region,
        "links": [{"kind": link.kind, "number": link.number, "title": link.title} for link in plan.links],
        "tasks": [_task(task) for task in plan.tasks],
        "goals": [_goal(goal) for goal in plan.goals],
    }


def _task(task: Task) -> Json:
    return {
        "id": task.id,
        "title": task.title,
        **_words(task.evidence, "text"),
        "section": list(task.section),
        "measures": [{"id": m.id, **_words(m.evidence, "text")} for m in task.measures],
        "responsibilities": [_responsibility(r) for r in task.responsibilities],
        "deadlines": [_deadline(d) for d in task.deadlines],
        "targets": [_target(t) for t in task.targets],
        "report_to": task.report_to,
        "contact": task.contact,
        "due_on": task.due_on,
        "due_rule": task.due_rule,
        "rule": task.rule,
        "confidence": task.confidence,
    }


def _goal(goal: Goal) -> Json:
    return {
        "id": goal.id,
        **_words(goal.evidence, "text"),
        "section": list(goal.section),
        "task_id": goal.task_id,
        "deadlines": [_deadline(d) for d in goal.deadlines],
        "targets": [_target(t) for t in goal.targets],
        "confidence": goal.confidence,
    }


def _basis(basis: Iterable[Basis]) -> list[Json]:
    return [{**_words(b.evidence, "quote"), "why": b.why} for b in basis]


def _responsibility(value: Responsibility) -> Json:
    return {
        "id": value.id,
        "unit": value.unit,
        "canonical": value.canonical,
        "role": value.role,
        **_words(value.evidence, "quote"),
        "inherited": value.inherited,
        "rule": value.rule,
        "basis": _basis(value.basis),
        "confidence": value.confidence,
    }


def _deadline(value: Deadline) -> Json:
    return {
        "id": value.id,
        **_words(value.evidence, "quote"),
        "kind": value.kind,
        "starts_on": value.starts_on,
        "ends_on": value.ends_on,
        "edtf": value.edtf,
        "recurrence": value.recurrence,
        "duration": value.duration,
        "condition": value.condition,
        "measure_id": value.measure_id,
        "inherited": value.inherited,
        "rule": value.rule,
        "basis": _basis(value.basis),
        "confidence": value.confidence,
    }


def _target(value: Target) -> Json:
    return {
        "id": value.id,
        **_words(value.evidence, "quote"),
        "indicator": value.indicator,
        "op": value.operator,
        "low": _number(value.low),
        "high": _number(value.high),
        "unit": value.unit,
        "change": value.change,
        "scope": value.scope,
        "period": value.period,
        "baseline": value.baseline,
        "deadline_id": value.deadline_id,
        "measure_id": value.measure_id,
        "rule": value.rule,
        "basis": _basis(value.basis),
        "confidence": value.confidence,
    }
