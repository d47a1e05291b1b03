"""Old and new tasks of one notice: which is which, so that ids are handed on (重复提取时认出原任务).

First what reads the same, then what is likely the same, in the order of the sections; what stayed in place is believed
sooner than what moved. Children (measures, responsibilities, deadlines, targets) are matched inside their task.
Everything works on the model's objects; the database is not needed.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from extractor.identity import Simplify, mint_on, normal_forms
from extractor.model import Deadline, Goal, Measure, Plan, Responsibility, Target, Task

T = TypeVar("T")

LIKE_IN_PLACE = 0.55  # likeness that is enough between two neighbours that are matched already
LIKE_MOVED = 0.75  # likeness that is enough anywhere in the notice
LIKE_CHILD = 0.5
LIKE_RESTATED = 0.9  # likeness that makes a task of another notice the same task handed on


@dataclass(frozen=True, slots=True)
class Matched:
    """A new plan with the old ids where tasks and goals are the same; ids of the tasks by what happened to them."""

    plan: Plan
    same: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    returned: tuple[str, ...] = ()
    vanished: tuple[str, ...] = ()
    vanished_goals: tuple[str, ...] = ()


def reconcile(
    tasks: Sequence[Task],
    goals: Sequence[Goal],
    plan: Plan,
    *,
    simplify: Simplify,
    gone_tasks: Sequence[Task] = (),
    gone_goals: Sequence[Goal] = (),
    taken: Callable[[Iterable[str]], set[str]] = lambda ids: set(),
) -> Matched:
    """``plan`` with the ids of ``tasks`` and ``goals``, the ones that its notice has now, handed on.

    ``gone_tasks`` and ``gone_goals`` vanished from an earlier version: an id of theirs comes back with its words.
    ``taken`` says which ids the database holds already: a new task never gets one of those.
    """
    if not (tasks or goals or gone_tasks or gone_goals):
        plan = _Ids(taken, _Forms((), (), simplify)).fresh(plan)
        return Matched(plan, new=tuple(task.id for task in plan.tasks))
    forms = _Forms((*tasks, *gone_tasks, *plan.tasks), (*goals, *gone_goals, *plan.goals), simplify)
    task_pairs = _pairs(tasks, plan.tasks, forms.task_key, forms.task_like, LIKE_IN_PLACE, LIKE_MOVED)
    matched = set(task_pairs)
    back = {new: old for new, old in _equal(gone_tasks, plan.tasks, forms.task_key) if new not in matched}
    ids = _Ids(taken, forms)
    handed: list[Task] = []
    for index, task in enumerate(plan.tasks):
        old = tasks[task_pairs[index]] if index in task_pairs else None
        if old is None and index in back:
            old = gone_tasks[back[index]]
        handed.append(ids.task(task, old))

    goal_pairs = _pairs(goals, plan.goals, forms.goal_key, forms.goal_like, LIKE_IN_PLACE, LIKE_MOVED)
    goals_back = {new: old for new, old in _equal(gone_goals, plan.goals, forms.goal_key) if new not in goal_pairs}
    handed_goals: list[Goal] = []
    for index, goal in enumerate(plan.goals):
        known = goals[goal_pairs[index]] if index in goal_pairs else None
        if known is None and index in goals_back:
            known = gone_goals[goals_back[index]]
        handed_goals.append(ids.goal(goal, known))

    plan = ids.fresh(replace(plan, tasks=tuple(handed), goals=tuple(handed_goals)))
    same = [i for i, old in task_pairs.items() if forms.substance(tasks[old]) == forms.substance(plan.tasks[i])]
    return Matched(
        plan,
        same=tuple(plan.tasks[i].id for i in sorted(same)),
        changed=tuple(plan.tasks[i].id for i in sorted(matched - set(same))),
        new=tuple(t.id for i, t in enumerate(plan.tasks) if i not in matched and i not in back),
        returned=tuple(plan.tasks[i].id for i in sorted(back)),
        vanished=tuple(t.id for i, t in enumerate(tasks) if i not in set(task_pairs.values())),
        vanished_goals=tuple(g.id for i, g in enumerate(goals) if i not in set(goal_pairs.values())),
    )


def restated(tasks: Sequence[Task], plan: Plan, *, simplify: Simplify) -> dict[int, Task]:
    """Which of the tasks of ``plan`` (by index) another notice has already, word for word but for a few characters."""
    forms = _Forms((*tasks, *plan.tasks), (), simplify)
    pairs = _pairs(tasks, plan.tasks, forms.task_key, forms.task_like, LIKE_RESTATED, LIKE_RESTATED)
    return {new: tasks[old] for new, old in pairs.items()}


def values(task: Task, simplify: Simplify) -> Hashable:
    """The units, dates and numbers of a task, in simplified script."""
    return (
        frozenset((simplify(r.unit), r.role) for r in task.responsibilities),
        frozenset((d.kind, d.starts_on, d.ends_on, d.edtf, d.recurrence, d.duration) for d in task.deadlines),
        frozenset((t.operator, t.low, t.high, simplify(t.unit or ""), t.change) for t in task.targets),
    )


# -- what is like what -------------------------------------------------------------------------------------------------


class _Forms:
    """The words of tasks and goals in normal form, and how like two of them are."""

    def __init__(self, tasks: Iterable[Task], goals: Iterable[Goal], simplify: Simplify) -> None:
        tasks, goals = tuple(tasks), tuple(goals)
        texts = [text for task in tasks for text in (task.title, task.evidence.quote, *_child_texts(task))]
        texts += [text for goal in goals for text in (goal.evidence.quote, *_goal_texts(goal))]
        self._simplify = simplify
        self.of = normal_forms(texts, simplify)
        self._pairs: dict[str, Counter[str]] = {}

    def task_key(self, task: Task) -> Hashable:
        return self.of[task.title], self.of[task.evidence.quote]

    def goal_key(self, goal: Goal) -> Hashable:
        return self.of[goal.evidence.quote]

    def substance(self, task: Task) -> Hashable:
        """What a task demands, with no regard to script, punctuation and where it is printed: words, units, dates,
        numbers."""
        return (self.task_key(task), task.report_to, task.contact, task.due_on, values(task, self._simplify))

    def task_like(self, old: Task, new: Task) -> float:
        title = self.like(old.title, new.title)
        return max(0.5 * title + 0.5 * self.like(old.evidence.quote, new.evidence.quote), 0.7 * title)

    def goal_like(self, old: Goal, new: Goal) -> float:
        return self.like(old.evidence.quote, new.evidence.quote)

    def like(self, one: str, other: str) -> float:
        """The share of two-character runs that two texts have in common (Dice), from 0 to 1."""
        a, b = self._bigrams(self.of[one]), self._bigrams(self.of[other])
        total = sum(a.values()) + sum(b.values())
        if not total:
            return 1.0 if self.of[one] == self.of[other] else 0.0
        fewer, more = (a, b) if len(a) <= len(b) else (b, a)
        return 2 * sum(min(n, more[run]) for run, n in fewer.items() if run in more) / total

    def _bigrams(self, form: str) -> Counter[str]:
        if form not in self._pairs:
            self._pairs[form] = Counter(form[i : i + 2] for i in range(max(len(form) - 1, 1))) if form else Counter()
        return self._pairs[form]


def _child_texts(task: Task) -> Iterator[str]:
    yield from (m.evidence.quote for m in task.measures)
    yield from (r.unit for r in task.responsibilities)
    yield from (d.evidence.quote for d in task.deadlines)
    for target in task.targets:
        yield target.evidence.quote
        yield target.indicator


def _goal_texts(goal: Goal) -> Iterator[str]:
    yield from (d.evidence.quote for d in goal.deadlines)
    for target in goal.targets:
        yield target.evidence.quote
        yield target.indicator


def _equal(old: Sequence[T], new: Sequence[T], key: Callable[[T], Hashable]) -> list[tuple[int, int]]:
    """(new index, old index) of what has the same key, first with first, second with second."""
    places: dict[Hashable, list[int]] = defaultdict(list)
    for index in range(len(old) - 1, -1, -1):
        places[key(old[index])].append(index)
    out: list[tuple[int, int]] = []
    for index, item in enumerate(new):
        waiting = places.get(key(item))
        if waiting:
            out.append((index, waiting.pop()))
    return out


def _pairs(
    old: Sequence[T],
    new: Sequence[T],
    key: Callable[[T], Hashable],
    like: Callable[[T, T], float],
    in_place: float,
    moved: float,
) -> dict[int, int]:
    """New index to old index: what is equal, then what is like and in place, then what is like and moved."""
    pairs = dict(_equal(old, new, key))
    loose_new = [i for i in range(len(new)) if i not in pairs]
    used = set(pairs.values())
    loose_old = [j for j in range(len(old)) if j not in used]
    if not loose_new or not loose_old:
        return pairs
    scored = sorted(((like(old[j], new[i]), -abs(i - j), i, j) for i in loose_new for j in loose_old), reverse=True)
    spine = _rising(sorted(pairs.items()))
    for sure in (True, False):
        for score, _, i, j in scored:
            if i in pairs or j in used or score < (moved if sure else in_place):
                continue
            if sure or _fits(spine, i, j):
                pairs[i] = j
                used.add(j)
                spine = _rising(sorted(pairs.items()))
    return pairs


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of pairs that rise in both numbers: what has not moved."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for index, (_, old) in enumerate(pairs):
        at = bisect_left(tails, old)
        before.append(ends[at - 1] if at else -1)
        if at == len(tails):
            tails.append(old)
            ends.append(index)
        else:
            tails[at] = old
            ends[at] = index
    out: list[tuple[int, int]] = []
    at = ends[-1] if ends else -1
    while at >= 0:
        out.append(pairs[at])
        at = before[at]
    return out[::-1]


def _fits(spine: Sequence[tuple[int, int]], new: int, old: int) -> bool:
    """True where the pair keeps the order of the neighbours that are matched."""
    at = bisect_left(spine, (new, -1))
    above = spine[at - 1][1] if at else -1
    below = spine[at][1] if at < len(spine) else 1 << 60
    return above < old < below


# -- handing on --------------------------------------------------------------------------------------------------------


class _Ids:
    """Hands old ids to the new tasks and goals, and keeps every id the only one of its kind."""

    def __init__(self, taken: Callable[[Iterable[str]], set[str]], forms: _Forms) -> None:
        self._taken = taken
        self._forms = forms
        self._kept: set[str] = set()
        self._renamed: dict[str, str] = {}  # minted id -> id handed on, of everything

    def task(self, task: Task, old: Task | None) -> Task:
        if old is None:
            return task
        of = self._forms.of
        like = self._forms.like
        measures = _pairs(
            old.measures,
            task.measures,
            lambda m: of[m.evidence.quote],
            lambda a, b: like(a.evidence.quote, b.evidence.quote),
            LIKE_CHILD,
            LIKE_MOVED,
        )
        units = _pairs(
            old.responsibilities,
            task.responsibilities,
            lambda r: (of[r.unit], r.role),
            lambda a, b: 1.0 if of[a.unit] == of[b.unit] else 0.0,
            LIKE_MOVED,
            LIKE_MOVED,
        )
        self._name(task.id, old.id)
        self._hand(task.measures, old.measures, measures)
        self._hand(task.responsibilities, old.responsibilities, units)
        self._values(task, old)
        return task

    def goal(self, goal: Goal, old: Goal | None) -> Goal:
        if old is not None:
            self._name(goal.id, old.id)
            self._values(goal, old)
        return goal

    def _values(self, new: Task | Goal, old: Task | Goal) -> None:
        of = self._forms.of
        like = self._forms.like
        deadlines = _pairs(
            old.deadlines,
            new.deadlines,
            lambda d: (of[d.evidence.quote], d.kind, d.ends_on, d.recurrence, d.duration),
            lambda a, b: max(like(a.evidence.quote, b.evidence.quote), 0.6 if _same_date(a, b) else 0.0),
            LIKE_CHILD,
            LIKE_CHILD,
        )
        targets = _pairs(
            old.targets,
            new.targets,
            lambda t: (of[t.evidence.quote], of[t.indicator], t.operator, t.low, t.high),
            lambda a, b: max(like(a.evidence.quote, b.evidence.quote), like(a.indicator, b.indicator)),
            LIKE_CHILD,
            LIKE_CHILD,
        )
        self._hand(new.deadlines, old.deadlines, deadlines)
        self._hand(new.targets, old.targets, targets)

    def _hand(
        self,
        new: Sequence[Measure] | Sequence[Responsibility] | Sequence[Deadline] | Sequence[Target],
        old: Sequence[Measure] | Sequence[Responsibility] | Sequence[Deadline] | Sequence[Target],
        pairs: dict[int, int],
    ) -> None:
        for i, j in pairs.items():
            self._name(new[i].id, old[j].id)

    def _name(self, minted: str, handed: str) -> None:
        if minted not in self._renamed and handed not in self._kept:
            self._renamed[minted] = handed
            self._kept.add(handed)

    def fresh(self, plan: Plan) -> Plan:
        """The plan with all ids put in; a minted id that is in use elsewhere is minted on."""
        ids = _all_ids(plan)
        if not self._renamed and not self._taken(ids):  # a new notice: nearly always
            _check_references(plan, set(ids))
            return plan
        free = [i for i in dict.fromkeys(ids) if i not in self._renamed]
        wanted = {i: i for i in free}
        while True:
            values = set(wanted.values())
            clashes = {w for w in values if w in self._kept} | self._taken(values)
            if not clashes:
                break
            wanted = {i: (mint_on(w) if w in clashes else w) for i, w in wanted.items()}
        names = {**wanted, **self._renamed}
        return _renamed(plan, names)


def _same_date(old: Deadline, new: Deadline) -> bool:
    mine = (old.kind, old.starts_on, old.ends_on, old.edtf, old.recurrence, old.duration)
    return mine == (new.kind, new.starts_on, new.ends_on, new.edtf, new.recurrence, new.duration)


def _all_ids(plan: Plan) -> list[str]:
    ids: list[str] = []
    for task in plan.tasks:
        ids.append(task.id)
        for children in (task.measures, task.responsibilities, task.deadlines, task.targets):
            ids += [child.id for child in children]
    for goal in plan.goals:
        ids.append(goal.id)
        for values in (goal.deadlines, goal.targets):
            ids += [value.id for value in values]
    return ids


def _check_references(plan: Plan, names: Collection[str]) -> None:
    named = {goal.task_id for goal in plan.goals}
    for values in (*(task.deadlines for task in plan.tasks), *(goal.deadlines for goal in plan.goals)):
        named.update(deadline.measure_id for deadline in values)
    for targets in (*(task.targets for task in plan.tasks), *(goal.targets for goal in plan.goals)):
        for target in targets:
            named.update((target.measure_id, target.deadline_id))
    lost = named - {None} - set(names)
    if lost:
        raise ValueError(f"a value names what its plan does not have: {sorted(filter(None, lost))}")


def _renamed(plan: Plan, names: dict[str, str]) -> Plan:
    _check_references(plan, names)
    if all(old == new for old, new in names.items()):
        return plan

    def reference(name: str | None) -> str | None:
        return None if name is None else names[name]

    def deadline(d: Deadline) -> Deadline:
        return replace(d, id=names[d.id], measure_id=reference(d.measure_id))

    def target(t: Target) -> Target:
        return replace(t, id=names[t.id], measure_id=reference(t.measure_id), deadline_id=reference(t.deadline_id))

    tasks = tuple(
        replace(
            task,
            id=names[task.id],
            measures=tuple(replace(m, id=names[m.id]) for m in task.measures),
            responsibilities=tuple(replace(r, id=names[r.id]) for r in task.responsibilities),
            deadlines=tuple(map(deadline, task.deadlines)),
            targets=tuple(map(target, task.targets)),
        )
        for task in plan.tasks
    )
    goals = tuple(
        replace(
            goal,
            id=names[goal.id],
            task_id=reference(goal.task_id),
            deadlines=tuple(map(deadline, goal.deadlines)),
            targets=tuple(map(target, goal.targets)),
        )
        for goal in plan.goals
    )
    return replace(plan, tasks=tasks, goals=goals)
