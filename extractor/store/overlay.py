"""A person's word over the extractor's (人工更正叠加): decisions applied to a plan, in the order in which they were made.

The plan that the extractor read is never changed: what comes out is another one. A value that a person changed has the
rule ``decision``, one that a confirmed notice changed ``amendment``; what the extractor said stays in its own rows, and in
the decision's ``old``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from extractor.identity import mint
from extractor.model import AMENDED, Deadline, Evidence, Goal, Measure, Plan, Responsibility, Span, Target, Task
from extractor.store.snapshots import from_json

Review = Literal["unseen", "accepted", "rejected"]
RULE = "decision"

AMEND = "amend"  # the action of a change in a confirmed link; ``old`` and ``new`` hold fields

Value = Measure | Responsibility | Deadline | Target
_LISTS: dict[str, str] = {
    "measure": "measures",
    "responsibility": "responsibilities",
    "deadline": "deadlines",
    "target": "targets",
}
_KINDS: dict[str, type[Any]] = {
    "measure": Measure,
    "responsibility": Responsibility,
    "deadline": Deadline,
    "target": Target,
}


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person said: a row of the table ``decisions``.

    ``owner_id`` is the task or goal that the entity belongs to (itself, where it is one). ``old`` and ``new`` are values
    as JSON knows them; ``snapshot`` is the whole entity as it was judged, for ``add`` as it is to be.
    """

    id: int
    at: str
    by: str
    entity: str
    entity_id: str
    action: str
    owner_id: str | None = None
    notice_id: str | None = None
    field: str | None = None
    old: Any = None
    new: Any = None
    snapshot: str | None = None
    note: str | None = None
    evidence: tuple[Span, ...] = ()
    undoes: int | None = None


def effective(decisions: Iterable[Decision]) -> list[Decision]:
    """The decisions that count, oldest first: not undone, and an undoing that was itself undone undoes nothing."""
    undone: set[int] = set()
    out: list[Decision] = []
    for decision in sorted(decisions, key=lambda d: d.id, reverse=True):
        if decision.id in undone:
            continue
        if decision.undoes is not None:
            undone.add(decision.undoes)
        else:
            out.append(decision)
    return out[::-1]


@dataclass(frozen=True, slots=True)
class Decided:
    """A plan with the decisions on it; ``kept`` are tasks and goals that vanished from the notice, but that a person had
    a hand in."""

    plan: Plan
    reviews: dict[str, Review]
    kept: frozenset[str]


def decided(
    plan: Plan,
    decisions: Sequence[Decision],
    *,
    gone_tasks: Sequence[Task] = (),
    gone_goals: Sequence[Goal] = (),
    touched: Collection[str] = (),
) -> Decided:
    """``plan`` with ``decisions`` (effective ones, oldest first) over it.

    ``gone_tasks`` and ``gone_goals`` vanished from the notice; they come back where a decision stands on them, or where
    they are ``touched``: somebody works on them.
    """
    if not decisions and not (touched and (gone_tasks or gone_goals)):
        return Decided(plan, {}, frozenset())
    spoken = {d.owner_id or d.entity_id for d in decisions if d.action != AMEND} | set(touched)
    kept_tasks = [task for task in gone_tasks if task.id in spoken]
    kept_goals = [goal for goal in gone_goals if goal.id in spoken]
    state = _State(
        plan,
        {task.id: task for task in (*plan.tasks, *kept_tasks)},
        {goal.id: goal for goal in (*plan.goals, *kept_goals)},
    )
    for decision in decisions:
        _ACTIONS[decision.action](state, decision)
    state.settle()
    kept = ({task.id for task in kept_tasks} & set(state.tasks)) | ({goal.id for goal in kept_goals} & set(state.goals))
    return Decided(state.result(), state.reviews, frozenset(kept))


@dataclass
class _State:
    plan: Plan
    tasks: dict[str, Task]
    goals: dict[str, Goal]
    reviews: dict[str, Review] = field(default_factory=dict)
    dated: set[str] = field(default_factory=set)  # tasks whose date a person set
    redate: set[str] = field(default_factory=set)  # tasks whose deadlines a person changed

    def settle(self) -> None:
        """Works out anew the dates of tasks whose deadlines changed, and drops what was rejected."""
        for name in self.redate - self.dated:
            if name in self.tasks:
                task = self.tasks[name]
                self.tasks[name] = replace(task, due_on=due_on(task.deadlines), due_rule=RULE)
        for name, review in self.reviews.items():
            if review == "rejected":
                self.tasks.pop(name, None)
                self.goals.pop(name, None)

    def result(self) -> Plan:
        """The plan as decided."""
        goals = tuple(self._beside_task(goal) for goal in self.goals.values())
        return replace(self.plan, tasks=tuple(self.tasks.values()), goals=goals)

    def _beside_task(self, goal: Goal) -> Goal:
        """A goal shows the values that it shares as its task has them; one whose task is gone stands for itself."""
        if goal.task_id is None:
            return goal
        task = self.tasks.get(goal.task_id)
        if task is None:
            return replace(goal, task_id=None)
        deadlines = {d.id: d for d in task.deadlines}
        targets = {t.id: t for t in task.targets}
        return replace(
            goal,
            deadlines=tuple(deadlines.get(d.id, d) for d in goal.deadlines),
            targets=tuple(targets.get(t.id, t) for t in goal.targets),
        )

    def owner(self, decision: Decision) -> Task | Goal | None:
        """The task or goal that a decision on a value is about."""
        name = decision.owner_id or ""
        return self.tasks.get(name) or self.goals.get(name)

    def put(self, owner: Task | Goal) -> None:
        """Takes in a changed task or goal."""
        if isinstance(owner, Task):
            self.tasks[owner.id] = owner
        else:
            self.goals[owner.id] = owner

    def change_values(self, owner: Task | Goal, entity: str, change: Callable[[list[Any]], list[Any]]) -> None:
        """Puts ``change`` of the owner's values of one kind in their place."""
        name = _LISTS[entity]
        values = change(list(getattr(owner, name, ())))
        changes: dict[str, Any] = {name: tuple(values)}
        self.put(replace(owner, **changes))
        if entity == "deadline":
            self.redate.add(owner.id)


def due_on(deadlines: Iterable[Deadline]) -> str | None:
    """The latest end of a task's own dates, else of the inherited ones."""
    dated = [d for d in deadlines if d.kind in ("by", "range") and d.ends_on]
    own = [d.ends_on for d in dated if not d.inherited and d.ends_on]
    return max(own or [d.ends_on for d in dated if d.ends_on], default=None)


# -- one function an action --------------------------------------------------------------------------------------------


def _set(state: _State, decision: Decision) -> None:
    name = decision.field or ""
    if decision.entity == "plan":
        state.plan = replace(state.plan, **{name: decision.new})
    elif decision.entity == "task" and decision.entity_id in state.tasks:
        changes: dict[str, Any] = {name: decision.new}
        if name == "due_on":
            changes["due_rule"] = RULE
            state.dated.add(decision.entity_id)
        state.tasks[decision.entity_id] = replace(state.tasks[decision.entity_id], **changes)
    elif decision.entity in _LISTS:
        owner = state.owner(decision)
        if owner is not None:
            state.change_values(owner, decision.entity, lambda values: _with_value(values, decision, name))


def _with_value(values: list[Any], decision: Decision, name: str) -> list[Any]:
    """The values with the decided one changed; one that is read no longer comes back as it was when judged."""
    if decision.snapshot is not None and all(value.id != decision.entity_id for value in values):
        values.append(from_json(_KINDS[decision.entity], decision.snapshot))
    changes: dict[str, Any] = {name: decision.new, "rule": RULE, "confidence": 1.0}
    if name == "unit" and decision.entity == "responsibility":
        changes["canonical"] = None
    return [replace(value, **changes) if value.id == decision.entity_id else value for value in values]


def _amend(state: _State, decision: Decision) -> None:
    """What a confirmed notice changed. Nothing of a task that has vanished comes back for its sake."""
    if decision.entity == "task":
        if decision.entity_id in state.tasks:
            state.tasks[decision.entity_id] = replace(state.tasks[decision.entity_id], **decision.new)
        return
    owner = state.owner(decision)
    if owner is not None:
        state.change_values(owner, decision.entity, lambda values: _amended(values, decision))


def _amended(values: list[Any], decision: Decision) -> list[Any]:
    """The values with the changed one; where it has another id since, those that still say what was to be changed."""
    meant = {value.id for value in values if value.id == decision.entity_id} or {
        value.id for value in values if all(getattr(value, name) == old for name, old in decision.old.items())
    }
    changes: dict[str, Any] = {**decision.new, "rule": AMENDED, "confidence": 1.0}
    if decision.entity == "responsibility":
        return _units_amended(values, meant, changes)
    return [replace(value, **changes) if value.id in meant else value for value in values]


def _units_amended(
    values: Sequence[Responsibility], meant: Collection[str], changes: dict[str, Any]
) -> list[Responsibility]:
    """The units with the changed one; one that becomes several is as many (甲局、乙局), one that becomes none goes."""
    out: list[Responsibility] = []
    for value in values:
        if value.id not in meant:
            out.append(value)
            continue
        for index, unit in enumerate(filter(None, str(changes["unit"]).split("、"))):
            name = value.id if index == 0 else mint("hand", value.id, unit)
            canonical = value.canonical if unit == value.unit else None
            out.append(replace(value, **changes | {"id": name, "unit": unit, "canonical": canonical}))
    return out


def _add(state: _State, decision: Decision) -> None:
    if decision.entity == "task":
        if decision.snapshot is not None:
            state.tasks[decision.entity_id] = from_json(Task, decision.snapshot)
        return
    owner = state.owner(decision)
    if owner is not None and decision.snapshot is not None:
        value = from_json(_KINDS[decision.entity], decision.snapshot)
        state.change_values(owner, decision.entity, lambda values: [*values, value])


def _remove(state: _State, decision: Decision) -> None:
    if decision.entity in _LISTS:
        owner = state.owner(decision)
        if owner is not None:
            state.change_values(
                owner, decision.entity, lambda values: [v for v in values if v.id != decision.entity_id]
            )
        return
    state.tasks.pop(decision.entity_id, None)
    state.goals.pop(decision.entity_id, None)


def _accept(state: _State, decision: Decision) -> None:
    state.reviews[decision.entity_id] = "accepted"


def _reject(state: _State, decision: Decision) -> None:
    if decision.entity in _LISTS:
        _remove(state, decision)
    else:
        state.reviews[decision.entity_id] = "rejected"


def _merge(state: _State, decision: Decision) -> None:
    into = state.tasks.get(decision.entity_id)
    if into is None:
        return
    for name in decision.new:
        other = state.tasks.pop(name, None)
        if other is not None:
            into = _merged(into, other)
            _point_goals(state, name, into.id)
    state.tasks[into.id] = into
    state.redate.add(into.id)


def _merged(into: Task, other: Task) -> Task:
    units = {(r.unit, r.role) for r in into.responsibilities}
    return replace(
        into,
        evidence=_joined(into.evidence, other.evidence),
        measures=(*into.measures, *other.measures),
        responsibilities=(
            *into.responsibilities,
            *(r for r in other.responsibilities if (r.unit, r.role) not in units),
        ),
        deadlines=(*into.deadlines, *other.deadlines),
        targets=(*into.targets, *other.targets),
        report_to=into.report_to or other.report_to,
        contact=into.contact or other.contact,
        due_rule=RULE,
    )


def _joined(one: Evidence, other: Evidence) -> Evidence:
    """The words of both, where one stands wholly before the other; else those of the first."""
    if not one.pieces or not other.pieces:
        return one
    first, second = sorted((one, other), key=lambda e: e.pieces[0])
    if first.pieces[-1].end > second.pieces[0].start:
        return one
    return Evidence(f"{first.quote}\n{second.quote}", (*first.pieces, *second.pieces))


def _point_goals(state: _State, old: str, new: str) -> None:
    for goal in list(state.goals.values()):
        if goal.task_id == old:
            state.goals[goal.id] = replace(goal, task_id=new)


def _split(state: _State, decision: Decision) -> None:
    task = state.tasks.get(decision.entity_id)
    if task is None:
        return
    parts = [_part(task, part, index, decision.id) for index, part in enumerate(decision.new)]
    out: dict[str, Task] = {}
    for name, other in state.tasks.items():
        if name == task.id:
            out.update((part.id, part) for part in parts)
        else:
            out[name] = other
    state.tasks = out
    state.redate.update(part.id for part in parts)


def part_id(task_id: str, decision_id: int, index: int) -> str:
    """The id of a part of a split task: the first keeps the task's."""
    return task_id if index == 0 else mint("hand", task_id, decision_id, index)


def _part(task: Task, part: dict[str, Any], index: int, decision_id: int) -> Task:
    chosen = set(part.get("measures", ()))
    measures = tuple(m for m in task.measures if m.id in chosen)
    name = part_id(task.id, decision_id, index)

    def own(values: Sequence[Any]) -> tuple[Any, ...]:
        mine = (v for v in values if getattr(v, "measure_id", None) is None or v.measure_id in chosen)
        return tuple(v if index == 0 else replace(v, id=mint("hand", v.id, decision_id, index)) for v in mine)

    deadlines = own(task.deadlines)
    renamed = {old.id: new.id for old, new in zip(_of(task.deadlines, chosen), deadlines, strict=True)}
    targets = tuple(
        replace(t, deadline_id=renamed.get(t.deadline_id) if t.deadline_id else None) for t in own(task.targets)
    )
    evidence = task.evidence
    if measures:
        ordered = sorted(measures, key=lambda m: m.evidence.pieces)
        evidence = ordered[0].evidence
        for measure in ordered[1:]:
            evidence = _joined(evidence, measure.evidence)
    return replace(
        task,
        id=name,
        title=part["title"],
        evidence=evidence,
        measures=measures,
        responsibilities=own(task.responsibilities),
        deadlines=deadlines,
        targets=targets,
    )


def _of(values: Sequence[Deadline], chosen: Collection[str]) -> list[Deadline]:
    return [v for v in values if v.measure_id is None or v.measure_id in chosen]


_ACTIONS: dict[str, Callable[[_State, Decision], None]] = {
    "set": _set,
    "add": _add,
    "remove": _remove,
    "accept": _accept,
    "reject": _reject,
    "merge": _merge,
    "split": _split,
    AMEND: _amend,
}
