"""The rows of the ledger (工作台账): a plan as decided, in the words that staff read.

Tasks are rows, and so are the goals of a plan that carry a number: a town is judged on them. Dates that only the
notice's own words can say (每月28日前, 48小时内) stand in those words; no code of ours is shown.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from extractor.model import Deadline, Goal, Plan, Target
from extractor.store import search
from extractor.store.inserting import Insert
from extractor.store.overlay import Decided

BETWEEN = "；"
_UNIT_ROLES = ("lead", "responsible", "support", "supervise")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the rows of a plan come from: ids for the joins, and the words of the column 来源."""

    notice_id: str | None
    plan_id: str | None
    source_id: str | None
    position: int
    words: str


def write(
    connection: sqlite3.Connection,
    origin: Origin,
    decided: Decided,
    *,
    by_people: bool,
    also: Mapping[str, str],
    entries: Mapping[str, int],
) -> dict[str, int]:
    """Writes the ledger rows of a plan; those that its tasks and goals had must be gone. Rows keep their ``entries`` in the
    search index; those that have none get new ones, which are given back.

    ``by_people`` says whether people have decided anything on the plan: else its units and measures are those that the
    extractor read, and the views (:mod:`extractor.store.views`) find them there; they are not kept a second time.
    ``also`` gives the further sources of a task.
    """
    new = [name for name in names(decided.plan) if name not in entries]
    numbered = dict(zip(new, search.new_entries(connection, len(new)), strict=True)) if new else {}
    entry_of = {**entries, **numbered}
    rows: list[tuple[Any, ...]] = []
    units: dict[tuple[str, str, str], None] = {}
    for position, task in enumerate(decided.plan.tasks):
        by_role: dict[str, dict[str, None]] = {}
        for r in task.responsibilities:
            by_role.setdefault(r.role, {})[r.unit] = None
            if by_people:
                units[task.id, r.role, r.canonical or r.unit] = None
        words = BETWEEN.join((origin.words, also[task.id])) if task.id in also else origin.words
        rows.append(
            (entry_of[task.id], task.id, "task", origin.notice_id, origin.plan_id, origin.source_id, origin.position, position, words,
             task.title, _numbered([m.evidence.quote for m in task.measures]) if by_people else "", _targets(task.targets),
             *["、".join(by_role.get(role, ())) for role in _UNIT_ROLES], task.due_on,
             _quotes(task.deadlines, "recurring"), _quotes(task.deadlines, "within"), task.report_to, task.contact,
             " / ".join(task.section), task.confidence, decided.reviews.get(task.id, "unseen"),
             int(task.id in decided.kept), int(by_people))
        )  # fmt: skip
    for position, goal in enumerate(decided.plan.goals):
        if _has_row(goal):
            rows.append(
                (entry_of[goal.id], goal.id, "goal", origin.notice_id, origin.plan_id, origin.source_id, origin.position, position,
                 origin.words, goal.evidence.quote, "", _targets(goal.targets), "", "", "", "", _goal_due(goal),
                 _quotes(goal.deadlines, "recurring"), _quotes(goal.deadlines, "within"), None, None,
                 " / ".join(goal.section), goal.confidence, decided.reviews.get(goal.id, "unseen"),
                 int(goal.id in decided.kept), int(by_people))
            )  # fmt: skip
    _ROWS.write(connection, rows)
    _UNITS.write(connection, list(units))
    return numbered


def names(plan: Plan) -> list[str]:
    """The ids of the rows that a plan has in the ledger."""
    return [task.id for task in plan.tasks] + [goal.id for goal in plan.goals if _has_row(goal)]


def _has_row(goal: Goal) -> bool:
    return goal.task_id is None and bool(goal.targets)


_ROWS = Insert.of(
    "ledger",
    "entry, id, kind, notice_id, plan_id, source_id, plan_position, position, origin, title, measures, targets, lead, "
    "responsible, support, supervise, due_on, recurrence, within, report_to, contact, place, confidence, review, vanished, decided",
)
_UNITS = Insert.of("decided_units", "task_id, role, unit")


def clear(connection: sqlite3.Connection, notice_id: str | None) -> dict[str, int]:
    """Takes the ledger rows of a notice away; those that came from no notice, for ``None``. Gives the entries in the
    search index that they had."""
    where = f"{_BY_HAND} and notice_id is null" if notice_id is None else _OF_NOTICE
    names = {"notice": notice_id}
    entries = dict(connection.execute(f"select id, entry from ledger where {where}", names).fetchall())
    connection.execute(f"delete from ledger where {where}", names)
    return entries


_BY_HAND = "id between 'h' and 'i'"  # what people added, and the parts of what they split
_OF_NOTICE = f"""
    id in (
        select t.id from plans p join tasks t on t.plan_id = p.id where p.notice_id = :notice
        union all select g.id from plans p join goals g on g.plan_id = p.id where p.notice_id = :notice
        union all select id from ledger where {_BY_HAND} and notice_id = :notice)
"""


def _numbered(texts: Sequence[str]) -> str:
    if len(texts) == 1:
        return _line(texts[0])
    return "\n".join([f"{k}. {_line(text)}" for k, text in enumerate(texts, start=1)])


def _targets(targets: Sequence[Target]) -> str:
    if not targets:
        return ""
    return BETWEEN.join(dict.fromkeys([_line(t.evidence.quote) or _said(t) for t in targets]))


def _said(target: Target) -> str:
    """A target that a person wrote, without words of a notice."""
    low = "" if target.low is None else f"{target.low:g}"
    high = "" if target.high is None or target.operator != "range" else f"-{target.high:g}"
    return f"{target.indicator}{low}{high}{target.unit or ''}"


def _quotes(deadlines: Sequence[Deadline], kind: str) -> str:
    of_kind = [_line(d.evidence.quote) for d in deadlines if d.kind == kind]
    return BETWEEN.join(dict.fromkeys(of_kind)) if of_kind else ""


def _line(text: str) -> str:
    return text.replace("\n", "")


def _goal_due(goal: Goal) -> str | None:
    return max((d.ends_on for d in goal.deadlines if d.kind in ("by", "range") and d.ends_on), default=None)
