"""Rows as plans: what :mod:`extractor.store.rows` wrote, read back as model objects in order."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, Generic, NamedTuple, TypeVar

from extractor.model import (
    Basis,
    Deadline,
    Evidence,
    Goal,
    Measure,
    Plan,
    PlanLink,
    Problem,
    Repair,
    Responsibility,
    Source,
    Span,
    Target,
    Task,
)
from extractor.store.rows import basis_owner


@dataclass(frozen=True, slots=True)
class StoredPlan:
    """A version of a notice: where it lies, the plan with what stands now, and what vanished from it."""

    row_id: str
    notice_id: str
    source_id: str
    version: int
    current: bool
    position: int
    plan: Plan
    gone_tasks: tuple[Task, ...] = ()
    gone_goals: tuple[Goal, ...] = ()


def read_plans(
    connection: sqlite3.Connection, where: str = "1", parameters: Sequence[Any] = (), *, whole: bool = True
) -> list[StoredPlan]:
    """The plans whose row in ``plans`` meets ``where``, by source and position; where not ``whole``, without tasks and
    goals."""
    return _Reader(connection, where, parameters).plans(whole)


_PLACE = 'v.start, v."end", v.pieces'
_OF_TASKS = "v.task_id in (select id from tasks where plan_id in chosen)"
_OF_TASKS_OR_GOALS = f"{_OF_TASKS} or v.goal_id in (select id from goals where plan_id in chosen)"


V = TypeVar("V", Deadline, Target)


class _Values(Generic[V]):
    """Deadlines or targets by the task and by the goal that they stand under, each at its place."""

    def __init__(self) -> None:
        self._tasks: dict[str, list[tuple[int, V]]] = defaultdict(list)
        self._goals: dict[str, list[tuple[int, V]]] = defaultdict(list)
        self._named: dict[str, V] = {}

    def keep(self, value: V, task: str | None, goal: str | None, at: int | None, goal_at: int | None) -> None:
        """Takes a value in."""
        if task is not None:
            self._tasks[task].append((at or 0, value))
        if goal is not None:
            self._goals[goal].append((goal_at or 0, value))

    def share(self, name: str, goal: str, at: int) -> None:
        """Gives the value with this id, where it is one of these, to a further goal."""
        if not self._named:
            self._named = {value.id: value for placed in self._tasks.values() for _, value in placed}
        if name in self._named:
            self._goals[goal].append((at, self._named[name]))

    def of_task(self, name: str) -> tuple[V, ...]:
        """The values of a task, in order."""
        return _in_order(self._tasks.get(name, ()))

    def of_goal(self, name: str) -> tuple[V, ...]:
        """The values of a goal, in order."""
        return _in_order(self._goals.get(name, ()))


def _in_order(placed: Sequence[tuple[int, V]]) -> tuple[V, ...]:
    if len(placed) > 1:
        placed = sorted(placed, key=itemgetter(0))
    return tuple([value for _, value in placed])


class _Contents(NamedTuple):
    """Tasks and goals by their plan's row: those that stand now, and those that vanished."""

    tasks: Mapping[str, list[Task]] = {}
    gone_tasks: Mapping[str, list[Task]] = {}
    goals: Mapping[str, list[Goal]] = {}
    gone_goals: Mapping[str, list[Goal]] = {}


class _Reader:
    """One reading of some plans; texts that many values share (the quotes of inherited values, rules, units) are kept once.

    Values are made with their fields in order, and what a row gives goes straight into them: a register is hundreds of
    thousands of them.
    """

    def __init__(self, connection: sqlite3.Connection, where: str, parameters: Sequence[Any]) -> None:
        self._connection = connection
        self._chosen = f"with chosen as (select id from plans where {where})"
        self._parameters = tuple(parameters)
        shared: dict[Any, Any] = {}
        self._share = shared.setdefault  # asked with a value twice
        self._sections: dict[str, tuple[str, ...]] = {}

    def _rows(self, statement: str) -> Iterator[tuple[Any, ...]]:
        return iter(self._connection.execute(f"{self._chosen} {statement}", self._parameters))

    def plans(self, whole: bool) -> list[StoredPlan]:
        """The chosen plans."""
        links: dict[str, list[PlanLink]] = defaultdict(list)
        for owner, kind, number, title in self._rows(
            "select plan_id, kind, number, title from plan_links where plan_id in chosen order by plan_id, ordinal"
        ):
            links[owner].append(PlanLink(kind, number, title))
        tasks, gone_tasks, goals, gone_goals = self._contents() if whole else _Contents()
        out: list[StoredPlan] = []
        for (
            row_id, notice, source, version, current, position, title, number, issuer, issued_on, region, addressees,
        ) in self._rows(
            """select id, notice_id, source_id, version, current, position, title, number, issuer, issued_on, region,
                      addressees
                  from plans where id in chosen order by source_id, position, id"""
        ):  # fmt: skip
            plan = Plan(
                title=title,
                pieces=self._pieces(row_id),
                number=number,
                issuer=issuer,
                addressees=tuple(json.loads(addressees)),
                issued_on=issued_on,
                region=region,
                links=tuple(links[row_id]),
                tasks=tuple(tasks.get(row_id, ())),
                goals=tuple(goals.get(row_id, ())),
                id=notice,
            )
            gone = (tuple(gone_tasks.get(row_id, ())), tuple(gone_goals.get(row_id, ())))
            out.append(StoredPlan(row_id, notice, source, version, bool(current), position, plan, *gone))
        return out

    def _contents(self) -> _Contents:
        deadlines = self._deadlines()
        targets = self._targets()
        for goal, value, position in self._rows(
            "select goal_id, value_id, position from shared_values "
            "where goal_id in (select id from goals where plan_id in chosen)"
        ):
            deadlines.share(value, goal, position)
            targets.share(value, goal, position)
        tasks, gone_tasks = self._tasks(deadlines, targets)
        goals, gone_goals = self._goals(deadlines, targets)
        return _Contents(tasks, gone_tasks, goals, gone_goals)

    def _evidence(self, owner: str, quote: str, start: int | None, end: int | None, pieces: int) -> Evidence:
        if start is None or end is None:
            return Evidence(quote, ())
        if pieces == 1:
            return Evidence(quote, (Span(start, end),))
        return Evidence(quote, (Span(start, end), *self._pieces(owner)))

    def _pieces(self, owner: str) -> tuple[Span, ...]:
        """The pieces of ``owner`` that have rows of their own: of a value those after its first, and few have any."""
        statement = 'select start, "end" from further_pieces where owner = ? order by ordinal'
        return tuple(Span(*row) for row in self._connection.execute(statement, (owner,)))

    def _section(self, read: str) -> tuple[str, ...]:
        if read not in self._sections:
            self._sections[read] = tuple(json.loads(read))
        return self._sections[read]

    def _bases(self, table: str, chosen: str) -> dict[str, tuple[Basis, ...]]:
        found: dict[str, list[Basis]] = defaultdict(list)
        for owner, ordinal, why, quote, *place in self._rows(
            f"""select v.owner, v.ordinal, v.why, v.quote, {_PLACE}
                  from bases v where v.owner in (select v.id from {table} v where {chosen}) order by v.owner, v.ordinal"""
        ):
            found[owner].append(Basis(why, self._evidence(basis_owner(owner, ordinal), quote, *place)))
        return {owner: tuple(bases) for owner, bases in found.items()}

    def _tasks(
        self, deadlines: _Values[Deadline], targets: _Values[Target]
    ) -> tuple[dict[str, list[Task]], dict[str, list[Task]]]:
        measures = self._measures()
        responsibilities = self._responsibilities()
        share, section_of, evidence = self._share, self._section, self._evidence
        now: dict[str, list[Task]] = defaultdict(list)
        gone: dict[str, list[Task]] = defaultdict(list)
        for (
            name, plan, title, text, section, rule, report_to, contact, due_on, due_rule, confidence, vanished, start, end,
            pieces,
        ) in self._rows(
            f"""select v.id, v.plan_id, v.title, v.text, v.section, v.rule, v.report_to, v.contact, v.due_on, v.due_rule,
                       v.confidence, v.vanished, {_PLACE}
                  from tasks v where v.plan_id in chosen order by v.plan_id, v.position, v.id"""
        ):  # fmt: skip
            task = Task(
                title, evidence(name, text, start, end, pieces), share(rule, rule), section_of(section),
                tuple(measures.get(name, ())), tuple(responsibilities.get(name, ())), deadlines.of_task(name),
                targets.of_task(name), report_to, contact, share(due_on, due_on), share(due_rule, due_rule),
                share(confidence, confidence), name,
            )  # fmt: skip
            (gone if vanished else now)[plan].append(task)
        return now, gone

    def _measures(self) -> dict[str, list[Measure]]:
        evidence = self._evidence
        found: dict[str, list[Measure]] = defaultdict(list)
        for owner, name, text, start, end, pieces in self._rows(
            f"""select v.task_id, v.id, v.text, {_PLACE} from measures v where {_OF_TASKS}
                order by v.task_id, v.position"""
        ):
            found[owner].append(Measure(evidence(name, text, start, end, pieces), name))
        return found

    def _responsibilities(self) -> dict[str, list[Responsibility]]:
        bases = self._bases("responsibilities", _OF_TASKS)
        share, evidence = self._share, self._evidence
        found: dict[str, list[Responsibility]] = defaultdict(list)
        for (
            owner, name, unit, role, canonical, inherited, rule, confidence, quote, start, end, pieces,
        ) in self._rows(
            f"""select v.task_id, v.id, v.unit, v.role, v.canonical, v.inherited, v.rule, v.confidence, v.quote,
                       {_PLACE}
                  from responsibilities v where {_OF_TASKS} order by v.task_id, v.position"""
        ):  # fmt: skip
            found[owner].append(
                Responsibility(
                    share(unit, unit), share(role, role), evidence(name, share(quote, quote), start, end, pieces),
                    share(rule, rule), canonical, bool(inherited), bases.get(name, ()), share(confidence, confidence),
                    name,
                )
            )  # fmt: skip
        return found

    def _goals(
        self, deadlines: _Values[Deadline], targets: _Values[Target]
    ) -> tuple[dict[str, list[Goal]], dict[str, list[Goal]]]:
        now: dict[str, list[Goal]] = defaultdict(list)
        gone: dict[str, list[Goal]] = defaultdict(list)
        for name, plan, task, text, section, confidence, vanished, *place in self._rows(
            f"""select v.id, v.plan_id, v.task_id, v.text, v.section, v.confidence, v.vanished, {_PLACE}
                  from goals v where v.plan_id in chosen order by v.plan_id, v.position, v.id"""
        ):
            goal = Goal(
                evidence=self._evidence(name, text, *place),
                section=self._section(section),
                deadlines=deadlines.of_goal(name),
                targets=targets.of_goal(name),
                task_id=task,
                confidence=self._share(confidence, confidence),
                id=name,
            )
            (gone if vanished else now)[plan].append(goal)
        return now, gone

    def _deadlines(self) -> _Values[Deadline]:
        bases = self._bases("deadlines", _OF_TASKS_OR_GOALS)
        share, evidence = self._share, self._evidence
        values: _Values[Deadline] = _Values()
        for (
            name, task, goal, at, goal_at, quote, kind, starts_on, ends_on, edtf, recurrence, duration, condition,
            measure, inherited, rule, confidence, start, end, pieces,
        ) in self._rows(
            f"""select v.id, v.task_id, v.goal_id, v.position, v.goal_position, v.quote, v.kind, v.starts_on, v.ends_on,
                       v.edtf, v.recurrence, v.duration, v.condition, v.measure_id, v.inherited, v.rule, v.confidence,
                       {_PLACE}
                  from deadlines v where {_OF_TASKS_OR_GOALS}"""
        ):  # fmt: skip
            value = Deadline(
                share(kind, kind), evidence(name, share(quote, quote), start, end, pieces), share(rule, rule),
                share(starts_on, starts_on), share(ends_on, ends_on), share(edtf, edtf), recurrence, duration, condition,
                measure, bool(inherited), bases.get(name, ()), share(confidence, confidence), name,
            )  # fmt: skip
            values.keep(value, task, goal, at, goal_at)
        return values

    def _targets(self) -> _Values[Target]:
        bases = self._bases("targets", _OF_TASKS_OR_GOALS)
        share, evidence = self._share, self._evidence
        values: _Values[Target] = _Values()
        for (
            name, task, goal, at, goal_at, quote, indicator, operator, low, high, unit, change, scope, period, baseline,
            deadline, measure, rule, confidence, start, end, pieces,
        ) in self._rows(
            f"""select v.id, v.task_id, v.goal_id, v.position, v.goal_position, v.quote, v.indicator, v.op, v.low, v.high,
                       v.unit, v.change, v.scope, v.period, v.baseline, v.deadline_id, v.measure_id, v.rule,
                       v.confidence, {_PLACE}
                  from targets v where {_OF_TASKS_OR_GOALS}"""
        ):  # fmt: skip
            value = Target(
                share(indicator, indicator), share(operator, operator), low, high, share(unit, unit),
                evidence(name, share(quote, quote), start, end, pieces), share(rule, rule), change, scope, period,
                baseline, deadline, measure, bases.get(name, ()), share(confidence, confidence), name,
            )  # fmt: skip
            values.keep(value, task, goal, at, goal_at)
        return values


# -- files -------------------------------------------------------------------------------------------------------------


def read_source(connection: sqlite3.Connection, source_id: str) -> Source:
    """A file as it was read; the first of its present paths in alphabetical order is its path."""
    return read_sources(connection, "s.id = ?", (source_id,))[0]


def read_sources(connection: sqlite3.Connection, where: str = "1", parameters: Sequence[Any] = ()) -> list[Source]:
    """The files whose row ``s`` in ``sources`` meets ``where``, by path. One that could not be read has no text."""
    repairs: dict[str, list[Repair]] = defaultdict(list)
    for owner, start, end, replacement, step in connection.execute(
        f"""select r.source_id, r.start, r."end", r.replacement, r.step from repairs r
             where r.source_id in (select s.id from sources s where {where}) order by r.source_id, r.ordinal""",
        parameters,
    ):
        repairs[owner].append(Repair(Span(start, end), replacement, step))
    return [
        Source(
            id=name,
            path=path,
            sha256=sha256 or "",
            media_type=media_type or "",
            text=text or "",
            encoding=encoding,
            pages=tuple((start, number) for start, number in json.loads(pages)),
            ocr=bool(ocr),
            repairs=tuple(repairs[name]),
        )
        for name, path, sha256, media_type, text, encoding, pages, ocr in connection.execute(
            f"""select s.id, s.path, s.sha256, s.media_type, s.text, s.encoding, s.pages, s.ocr from sources s
                 where {where} order by s.path, s.id""",
            parameters,
        )
    ]


def read_problems(
    connection: sqlite3.Connection, where: str = "1", parameters: Sequence[Any] = ()
) -> dict[str, tuple[Problem, ...]]:
    """The problems of the files whose row ``s`` meets ``where``, by file."""
    found: dict[str, list[Problem]] = defaultdict(list)
    for owner, code, message, pieces in connection.execute(
        f"""select p.source_id, p.code, p.message, p.pieces from problems p join sources s on s.id = p.source_id
             where {where} order by p.source_id, p.origin, p.ordinal, p.id""",
        parameters,
    ):
        found[owner].append(Problem(code, message, tuple(Span(a, b) for a, b in json.loads(pieces))))
    return {owner: tuple(problems) for owner, problems in found.items()}
