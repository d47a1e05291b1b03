"""A plan as rows. :mod:`extractor.store.reading` is the way back.

``RowWriter`` gathers the rows of a transaction and writes each table's in one call. It knows the tables of
:mod:`extractor.store.schema` and nothing of identity or decisions.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from extractor.model import Basis, Deadline, Goal, Plan, Span, Target, Task
from extractor.store.inserting import Insert

_TASK_COLUMNS = (
    "plan_id, position, title, text, section, rule, report_to, contact, due_on, due_rule, confidence, vanished"
)
_PLACE = 'start, "end", pieces'
_GOAL_COLUMNS = "plan_id, task_id, position, text, section, confidence, vanished"


_INSERTS = (
    Insert.of("tasks", f"id, {_TASK_COLUMNS}, {_PLACE}", renew=True),
    Insert.of("measures", f"task_id, id, position, text, {_PLACE}", sort=True),
    Insert.of("goals", f"id, {_GOAL_COLUMNS}, {_PLACE}", renew=True),
    Insert.of(
        "responsibilities",
        f"task_id, id, position, unit_id, unit, canonical, role, quote, inherited, rule, confidence, {_PLACE}",
        sort=True,
    ),
    Insert.of(
        "deadlines",
        "id, task_id, goal_id, position, goal_position, quote, kind, starts_on, ends_on, edtf, recurrence, duration, "
        f"condition, measure_id, inherited, rule, confidence, {_PLACE}",
        sort=True,
    ),
    Insert.of(
        "targets",
        "id, task_id, goal_id, position, goal_position, quote, indicator, op, low, high, unit, change, scope, period, "
        f"baseline, deadline_id, measure_id, rule, confidence, {_PLACE}",
        sort=True,
    ),
    Insert.of("shared_values", "goal_id, value_id, position"),
    Insert.of("sections", 'plan_id, ordinal, parent, level, heading, start, "end"'),
    Insert.of("restatements", "id, task_id, plan_id, position, text"),
    Insert.of("bases", f"owner, ordinal, why, quote, {_PLACE}"),
    Insert.of("further_pieces", 'owner, ordinal, start, "end"'),
)
"""In the order in which the foreign keys want them."""


@dataclass
class RowWriter:
    """The rows of one transaction. ``unit_id`` gives (and makes, where new) the id of a unit: region, name, written."""

    connection: sqlite3.Connection
    unit_id: Callable[[str, str, str], str]
    rows: dict[str, list[tuple[Any, ...]]] = field(default_factory=lambda: {insert.table: [] for insert in _INSERTS})

    def flush(self) -> None:
        """Writes what was gathered."""
        for insert in _INSERTS:
            insert.write(self.connection, self.rows[insert.table])
            self.rows[insert.table] = []

    def plan(self, plan: Plan, plan_id: str) -> None:
        """The tasks, goals and sections of a plan, and its place."""
        self.places(plan_id, plan.pieces)
        region = plan.region or ""
        for position, task in enumerate(plan.tasks):
            self.task(task, plan_id, position, region)
        shared: set[str] = set()
        written = {row[0] for table in ("deadlines", "targets") for row in self.rows[table]} if plan.goals else set()
        for position, goal in enumerate(plan.goals):
            self._goal(goal, plan_id, position, written, shared)
        self._place_in_goals(plan, shared)
        self._sections(plan, plan_id)

    def places(self, owner: str, pieces: Iterable[Span]) -> None:
        """Where the words of ``owner`` stand, which has no columns for its first piece."""
        self.rows["further_pieces"] += [(owner, k, piece.start, piece.end) for k, piece in enumerate(pieces)]

    def _place(self, owner: str, pieces: Sequence[Span]) -> tuple[int | None, int | None, int]:
        """The columns of a row that say where its words stand; pieces after the first have rows of their own."""
        if len(pieces) == 1:
            return pieces[0].start, pieces[0].end, 1
        if not pieces:
            return None, None, 0
        self.rows["further_pieces"] += [(owner, k, p.start, p.end) for k, p in enumerate(pieces) if k]
        return pieces[0].start, pieces[0].end, len(pieces)

    def task(self, task: Task, plan_id: str, position: int, region: str) -> None:
        """One task with all that belongs to it."""
        self.rows["tasks"].append(
            (task.id, plan_id, position, task.title, task.evidence.quote, _section(task.section), task.rule, task.report_to,
             task.contact, task.due_on, task.due_rule, task.confidence, 0, *self._place(task.id, task.evidence.pieces))
        )  # fmt: skip
        for k, m in enumerate(task.measures):
            self.rows["measures"].append((task.id, m.id, k, m.evidence.quote, *self._place(m.id, m.evidence.pieces)))
        for k, r in enumerate(task.responsibilities):
            unit = self.unit_id(region, r.canonical or r.unit, r.unit)
            self.rows["responsibilities"].append(
                (task.id, r.id, k, unit, r.unit, r.canonical, r.role, r.evidence.quote, int(r.inherited), r.rule,
                 r.confidence, *self._place(r.id, r.evidence.pieces))
            )  # fmt: skip
            if r.basis:
                self._bases(r.id, r.basis)
        for k, d in enumerate(task.deadlines):
            self._deadline(d, task.id, None, k, None)
        for k, t in enumerate(task.targets):
            self._target(t, task.id, None, k, None)

    def _goal(self, goal: Goal, plan_id: str, position: int, written: set[str], shared: set[str]) -> None:
        """A goal with its values; those of its task, which are ``written`` already, go to ``shared``."""
        self.rows["goals"].append(
            (goal.id, plan_id, goal.task_id, position, goal.evidence.quote, _section(goal.section), goal.confidence, 0,
             *self._place(goal.id, goal.evidence.pieces))
        )  # fmt: skip
        for k, d in enumerate(goal.deadlines):
            if goal.task_id and d.id in written:
                shared.add(d.id)
            else:
                written.add(d.id)
                self._deadline(d, None, goal.id, None, k)
        for k, t in enumerate(goal.targets):
            if goal.task_id and t.id in written:
                shared.add(t.id)
            else:
                written.add(t.id)
                self._target(t, None, goal.id, None, k)

    def _place_in_goals(self, plan: Plan, shared: set[str]) -> None:
        """A value that a task and a goal share is one row that names both; what further goals share is noted beside."""
        if not shared:
            return
        at: dict[str, tuple[str, int]] = {}
        for goal in plan.goals:
            for values in ([d.id for d in goal.deadlines], [t.id for t in goal.targets]):
                for k, name in enumerate(values):
                    if name in shared and at.setdefault(name, (goal.id, k)) != (goal.id, k):
                        self.rows["shared_values"].append((goal.id, name, k))
        for table in ("deadlines", "targets"):
            self.rows[table] = [
                (row[0], row[1], at[row[0]][0], row[3], at[row[0]][1], *row[5:]) if row[0] in at else row
                for row in self.rows[table]
            ]

    def _deadline(self, d: Deadline, task: str | None, goal: str | None, at: int | None, goal_at: int | None) -> None:
        self.rows["deadlines"].append(
            (d.id, task, goal, at, goal_at, d.evidence.quote, d.kind, d.starts_on, d.ends_on, d.edtf, d.recurrence,
             d.duration, d.condition, d.measure_id, int(d.inherited), d.rule, d.confidence,
             *self._place(d.id, d.evidence.pieces))
        )  # fmt: skip
        if d.basis:
            self._bases(d.id, d.basis)

    def _target(self, t: Target, task: str | None, goal: str | None, at: int | None, goal_at: int | None) -> None:
        self.rows["targets"].append(
            (t.id, task, goal, at, goal_at, t.evidence.quote, t.indicator, t.operator, t.low, t.high, t.unit, t.change,
             t.scope, t.period, t.baseline, t.deadline_id, t.measure_id, t.rule, t.confidence,
             *self._place(t.id, t.evidence.pieces))
        )  # fmt: skip
        if t.basis:
            self._bases(t.id, t.basis)

    def _bases(self, owner: str, bases: Sequence[Basis]) -> None:
        for k, basis in enumerate(bases):
            place = self._place(basis_owner(owner, k), basis.evidence.pieces)
            self.rows["bases"].append((owner, k, basis.why, basis.evidence.quote, *place))

    def _sections(self, plan: Plan, plan_id: str) -> None:
        """The headings that tasks and goals stand under, each with the run of text from its first to its last."""
        placed = [(task.section, task.evidence.pieces) for task in plan.tasks]
        placed += [(goal.section, goal.evidence.pieces) for goal in plan.goals]
        under: dict[tuple[str, ...], list[Span]] = {}
        for path, pieces in sorted((p for p in placed if p[1]), key=lambda p: p[1][0]):
            for depth in range(1, len(path) + 1):
                under.setdefault(path[:depth], []).extend(pieces)
        ordinals = {path: k for k, path in enumerate(under)}
        for path, pieces_under in under.items():
            start, end = min(p.start for p in pieces_under), max(p.end for p in pieces_under)
            row = (plan_id, ordinals[path], ordinals.get(path[:-1]), len(path), path[-1], start, end)
            self.rows["sections"].append(row)

    def restatement(self, task: Task, task_id: str, plan_id: str, position: int) -> None:
        """That ``plan_id`` says again what is task ``task_id`` of another notice."""
        owner = f"{task_id}@{plan_id}"
        self.rows["restatements"].append((owner, task_id, plan_id, position, task.evidence.quote))
        self.places(owner, task.evidence.pieces)


@lru_cache(maxsize=64)
def _section(headings: tuple[str, ...]) -> str:
    """The column ``section``: tasks of one heading stand together."""
    return json.dumps(headings, ensure_ascii=False)


def basis_owner(owner: str, ordinal: int) -> str:
    """The name under which the places of a value's basis are kept."""
    return f"{owner}/{ordinal}"


# -- taking away -------------------------------------------------------------------------------------------------------


_CHILDREN = {
    "task_id": ("targets", "deadlines", "responsibilities", "measures"),
    "goal_id": ("targets", "deadlines"),
}
_POINTERS = {
    "deadlines": (("targets", "deadline_id", "1"),),
    "measures": (("targets", "measure_id", "goal_id is not null"), ("deadlines", "measure_id", "goal_id is not null")),
}
"""Which columns, of which rows, point at a table's rows that outlive them: a goal's own target may name a deadline or
measure of its task."""


def clear_children(connection: sqlite3.Connection, *, tasks: Iterable[str] = (), goals: Iterable[str] = ()) -> None:
    """Takes away what belongs to these tasks and goals; their own rows stay, for others point at them."""
    for column, owners in (("task_id", tasks), ("goal_id", goals)):
        for chunk in chunks(owners):
            marks = ", ".join("?" * len(chunk))
            gone = list(chunk)
            for table in _CHILDREN[column]:
                theirs = f"select id from {table} where {column} in ({marks})"
                gone += [row[0] for row in connection.execute(theirs, chunk)]
                for pointing, pointer, where in _POINTERS.get(table, ()):
                    connection.execute(
                        f"update {pointing} set {pointer} = null where {where} and {pointer} in ({theirs})", chunk
                    )
                connection.execute(f"delete from {table} where {column} in ({marks})", chunk)
            for name in ("goal_id", "value_id"):
                for part in chunks(gone):
                    connection.execute(
                        f"delete from shared_values where {name} in ({', '.join('?' * len(part))})", part
                    )
            clear_evidence(connection, gone)


def clear_evidence(connection: sqlite3.Connection, owners: Iterable[str]) -> None:
    """Takes away the places and bases of ``owners``."""
    for chunk in chunks(owners):
        marks = ", ".join("?" * len(chunk))
        bases = [
            basis_owner(*row)
            for row in connection.execute(f"select owner, ordinal from bases where owner in ({marks})", chunk)
        ]
        connection.execute(f"delete from bases where owner in ({marks})", chunk)
        for part in chunks([*chunk, *bases]):
            connection.execute(f"delete from further_pieces where owner in ({', '.join('?' * len(part))})", part)


def chunks(items: Iterable[str], size: int = 200) -> Iterator[list[str]]:
    """``items`` in lists of at most ``size``: SQLite takes a bounded number of parameters."""
    listed = list(items)
    for at in range(0, len(listed), size):
        yield listed[at : at + size]
