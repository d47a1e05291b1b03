"""What people said (人工决定): written down with who and when, and never written over.

A decision names the entity it is about and keeps what stood there when it was made; :mod:`extractor.store.overlay` lays
it over the extraction. ``undo`` is a decision too.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, get_args

from extractor import identity
from extractor.errors import StoreError
from extractor.model import (
    Change,
    Deadline,
    DeadlineKind,
    Evidence,
    Goal,
    Measure,
    Operator,
    Plan,
    Responsibility,
    Role,
    Span,
    Target,
    Task,
)
from extractor.offsets import repaired
from extractor.store import snapshots
from extractor.store.naming import Naming
from extractor.store.overlay import AMEND, RULE, Decided, Decision, decided, effective
from extractor.store.reading import StoredPlan, read_plans, read_source
from extractor.store.schema import APART

_COLUMNS = (
    "id, at, by, entity, entity_id, action, owner_id, notice_id, field, old, new, snapshot, note, evidence, undoes"
)

BY_HAND = "人工录入"
"""The path under which tasks stand that came from no notice."""


# -- reading and writing them ------------------------------------------------------------------------------------------


def read(connection: sqlite3.Connection, where: str = "1", parameters: Sequence[Any] = ()) -> list[Decision]:
    """The decisions whose row meets ``where``, oldest first."""
    return [
        Decision(
            id=number,
            at=at,
            by=by,
            entity=entity,
            entity_id=entity_id,
            action=action,
            owner_id=owner_id,
            notice_id=notice_id,
            field=name,
            old=json.loads(old),
            new=json.loads(new),
            snapshot=judged,
            note=note,
            evidence=tuple(Span(*piece) for piece in json.loads(evidence)),
            undoes=undoes,
        )
        for (
            number, at, by, entity, entity_id, action, owner_id, notice_id, name, old, new, judged, note, evidence, undoes,
        ) in connection.execute(f"select {_COLUMNS} from decisions where {where} order by id", parameters)
    ]  # fmt: skip


def write(connection: sqlite3.Connection, decision: Decision) -> Decision:
    """Writes a decision down, and gives it with its number."""
    cursor = connection.execute(
        f"insert into decisions ({_COLUMNS}) values (null, {', '.join('?' * 14)})",
        (
            decision.at,
            decision.by,
            decision.entity,
            decision.entity_id,
            decision.action,
            decision.owner_id,
            decision.notice_id,
            decision.field,
            json.dumps(decision.old, ensure_ascii=False),
            json.dumps(decision.new, ensure_ascii=False),
            decision.snapshot,
            decision.note,
            json.dumps([[piece.start, piece.end] for piece in decision.evidence]),
            decision.undoes,
        ),
    )
    return replace(decision, id=int(cursor.lastrowid or 0))


def last_of_link(connection: sqlite3.Connection, link_id: str) -> Decision | None:
    """What a person said last of a link between notices, where it has not been taken back."""
    said = effective(read(connection, "entity = 'plan_link' and entity_id = ?", (link_id,)))
    return said[-1] if said else None


def said_of_link(connection: sqlite3.Connection, link_id: str) -> str | None:
    """What a person said of a link between notices: ``confirmed``, ``refused``, or nothing."""
    said = last_of_link(connection, link_id)
    return said.new if said is not None else None


@dataclass(frozen=True, slots=True)
class Judged:
    """The decisions that count, by the notice that they are about. ``without`` is a link whose changes are left out."""

    by_notice: Mapping[str, list[Decision]]

    @classmethod
    def of(cls, every: Iterable[Decision], *, without: str | None = None) -> Judged:
        """Those of ``every`` that count; a confirmed link is what it changes in the other notice."""
        own: dict[str, list[Decision]] = {}
        links: dict[str, Decision] = {}
        for decision in effective(every):
            if decision.entity == "plan_link":
                links[decision.entity_id] = decision  # what was said last of a link counts
            elif decision.notice_id is not None:
                own.setdefault(decision.notice_id, []).append(decision)
        for link_id, link in links.items():
            if link_id != without and link.owner_id is not None:
                of_notice = own.setdefault(link.owner_id, [])
                of_notice += _amending(link, {(d.entity_id, d.field) for d in of_notice if d.action == "set"})
        return cls({notice: sorted(said, key=lambda d: d.id) for notice, said in own.items()})

    def about(self, notice_id: str) -> Sequence[Decision]:
        """Those about a notice, oldest first."""
        return self.by_notice.get(notice_id, ())


def _amending(link: Decision, set_by_people: Collection[tuple[str, str | None]]) -> Iterator[Decision]:
    """What a confirmed link changes, but for the fields that a person has set: whose word stands."""
    for change in changes_of(link):
        new = {name: value for name, value in change["new"].items() if (change["entity_id"], name) not in set_by_people}
        new.pop("status", None)  # a status is progress, and no part of the plan
        if new:
            old = {name: change["old"][name] for name in new}
            yield replace(
                link,
                entity=change["entity"],
                entity_id=change["entity_id"],
                owner_id=change["owner_id"],
                notice_id=link.owner_id,
                action=AMEND,
                field=None,
                old=old,
                new=new,
                snapshot=None,
            )


def changes_of(link: Decision) -> list[dict[str, Any]]:
    """The changes that a decision on a link confirms, as :func:`extractor.store.amending.to_json` wrote them."""
    return json.loads(link.snapshot) if link.snapshot is not None else []


# -- a notice with its decisions ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DecidedPlan:
    """A stored plan, and what it is with the decisions over it."""

    stored: StoredPlan
    decided: Decided


def notice_as_decided(
    connection: sqlite3.Connection, notice_id: str, *, without: str | None = None, as_read: bool = False
) -> list[DecidedPlan]:
    """The present version of a notice as decided, then what is kept of earlier ones; ``without`` the changes of a link,
    ``as_read`` with no value that people have set."""
    plans = read_plans(connection, "notice_id = ?", (notice_id,))
    plans.sort(key=lambda stored: -stored.version)
    said = read(connection, "notice_id = ? or (owner_id = ? and entity = 'plan_link')", (notice_id, notice_id))
    judged = Judged.of(said, without=without).about(notice_id)
    if as_read:
        judged = [decision for decision in judged if decision.action != "set"]
    return as_decided(plans, judged, touched(connection), naming(connection))


def naming(connection: sqlite3.Connection) -> Naming:
    """What people said of units."""
    return Naming.read(connection, effective(read(connection, "notice_id is null and entity = 'unit'")))


def as_decided(
    plans: Iterable[StoredPlan], judged: Sequence[Decision], in_work: frozenset[str], units: Naming
) -> list[DecidedPlan]:
    """The plans of one notice with its decisions and the ``units`` as people name them; of an earlier version only what
    somebody works on."""
    out: list[DecidedPlan] = []
    for stored in plans:
        gone = {item.id for item in stored.gone_tasks} | {item.id for item in stored.gone_goals}
        mine = judged if stored.current else [d for d in judged if d.owner_id in gone]
        result = decided(stored.plan, mine, gone_tasks=stored.gone_tasks, gone_goals=stored.gone_goals, touched=in_work)
        if stored.current or result.kept:
            out.append(DecidedPlan(stored, replace(result, plan=units.laid_over(result.plan))))
    return out


def touched(connection: sqlite3.Connection) -> frozenset[str]:
    """The tasks and goals that somebody works on: with a status, a note, a person in charge."""
    rows = connection.execute("select entity_id from progress union select task_id from assignments")
    return frozenset(row[0] for row in rows)


def by_hand(connection: sqlite3.Connection) -> Decided:
    """The tasks that came from no notice, as one plan; its text, of which the places count, is :func:`hand_text`."""
    judged = effective(read(connection, "notice_id is null and entity not in ('unit', 'plan_link')"))
    plan = Plan(title=BY_HAND, pieces=(), id=identity.mint("hand", BY_HAND))
    result = decided(plan, judged)
    tasks: list[Task] = []
    at = 0
    for task in result.plan.tasks:
        span = Span(at, at + len(task.evidence.quote))
        tasks.append(replace(task, evidence=Evidence(task.evidence.quote, (span,))))
        at = span.end + 1
    pieces = (Span(0, at - 1),) if tasks else ()
    return replace(result, plan=replace(plan, tasks=tuple(tasks), pieces=pieces))


def hand_text(hand: Decided) -> str:
    """The words of the tasks that came from no notice, one a line."""
    return "\n".join(task.evidence.quote for task in hand.plan.tasks)


# -- what may be decided -----------------------------------------------------------------------------------------------


_DATE = re.compile(r"\d{4}-\d\d-\d\d")


def _iso_date(value: Any) -> bool:
    if not isinstance(value, str) or not _DATE.fullmatch(value):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _maybe(check: Callable[[Any], bool]) -> Callable[[Any], bool]:
    return lambda value: value is None or check(value)


def _one_of(vocabulary: Any) -> Callable[[Any], bool]:
    return lambda value: value in get_args(vocabulary)


FIELDS: Mapping[str, Mapping[str, Callable[[Any], bool]]] = {
    "plan": {
        "title": _maybe(_text),
        "number": _maybe(_text),
        "issuer": _maybe(_text),
        "issued_on": _maybe(_iso_date),
        "region": _maybe(_text),
    },
    "task": {"title": _text, "due_on": _maybe(_iso_date), "report_to": _maybe(_text), "contact": _maybe(_text)},
    "responsibility": {"unit": _text, "role": _one_of(Role)},
    "deadline": {
        "kind": _one_of(DeadlineKind),
        "starts_on": _maybe(_iso_date),
        "ends_on": _maybe(_iso_date),
        "edtf": _maybe(_text),
        "recurrence": _maybe(_text),
        "duration": _maybe(_text),
        "condition": _maybe(_text),
    },
    "target": {
        "indicator": _text,
        "operator": _one_of(Operator),
        "low": _maybe(_number),
        "high": _maybe(_number),
        "unit": _maybe(_text),
        "change": _maybe(_one_of(Change)),
        "scope": _maybe(_text),
        "period": _maybe(_text),
        "baseline": _maybe(_text),
    },
}
"""What a person can set, by entity, and what values each field takes."""


FIELD_NAMES: Mapping[str, str] = {
    "title": "工作任务",
    "number": "文号",
    "issuer": "发文机关",
    "issued_on": "成文日期",
    "region": "地区",
    "due_on": "完成时限",
    "report_to": "报送对象",
    "contact": "联系方式",
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
}
"""What staff call the fields of :data:`FIELDS`."""


_OF_DAYS = "，也可能没有这一天（日期写作 2026-06-30）"
_OF_NUMBERS = "（只写数字）"
_HINTS: Mapping[str, str] = {
    **dict.fromkeys(("due_on", "starts_on", "ends_on", "issued_on"), _OF_DAYS),
    **dict.fromkeys(("low", "high"), _OF_NUMBERS),
}
"""What a field takes, for somebody whose value it does not."""


def check_value(entity: str, name: str, value: Any) -> None:
    """Refuses a field that cannot be set, and a value that it does not take."""
    checks = FIELDS.get(entity, {})
    if name not in checks:
        raise StoreError(
            "field_unknown",
            where=FIELD_NAMES.get(name, name),
            chinese=f"不能修改这一项；可以修改的有：{_listed(checks)}",
            english=f"this field cannot be set; those that can: {', '.join(checks) or 'none'}",
        )
    if not checks[name](value):
        raise StoreError(
            "value_wrong",
            where="（空）" if value in (None, "") else str(value),
            chinese=f"{FIELD_NAMES[name]}不能写成这样{_HINTS.get(name, '')}",
            english=f"this value is not allowed for {name}",
        )


def _listed(names: Iterable[str]) -> str:
    """Fields in both tongues: 完成时限（due_on）."""
    return "、".join(f"{FIELD_NAMES[name]}（{name}）" for name in names) or "无"


# -- what a decision is about ------------------------------------------------------------------------------------------

Entity = Plan | Task | Goal | Measure | Responsibility | Deadline | Target


@dataclass(frozen=True, slots=True)
class Found:
    """An entity as it stands, decisions over it; ``owner_id`` is the task or goal it belongs to."""

    entity: str
    value: Entity
    owner_id: str | None
    notice_id: str | None
    source_id: str | None


_NAMES: tuple[tuple[type[Any], str], ...] = (
    (Plan, "plan"),
    (Task, "task"),
    (Goal, "goal"),
    (Measure, "measure"),
    (Responsibility, "responsibility"),
    (Deadline, "deadline"),
    (Target, "target"),
)


def find(connection: sqlite3.Connection, entity_id: str) -> Found:
    """The entity with this id as it stands. Raises :class:`StoreError` where there is none (or it was taken out)."""
    for notice_id in _notices_with(connection, entity_id):
        if notice_id is None:
            found = _inside(by_hand(connection).plan, entity_id, None, None)
            if found:
                return found
            continue
        for plan in notice_as_decided(connection, notice_id):
            found = _inside(plan.decided.plan, entity_id, notice_id, plan.stored.source_id)
            if found:
                return found
    raise StoreError(
        "entity_unknown",
        where=entity_id,
        chinese="任务库中没有这个编号（或者它已被删除、合并）",
        english="the task database has nothing with this id (or it was removed or merged)",
    )


def _inside(plan: Plan, entity_id: str, notice_id: str | None, source_id: str | None) -> Found | None:
    if plan.id == entity_id and notice_id is not None:
        return Found("plan", plan, None, notice_id, source_id)
    owners: list[Task | Goal] = [*plan.tasks, *plan.goals]
    for owner in owners:
        values: list[Entity] = [owner, *owner.deadlines, *owner.targets]
        if isinstance(owner, Task):
            values += [*owner.measures, *owner.responsibilities]
        for value in values:
            if value.id == entity_id:
                name = next(name for kind, name in _NAMES if isinstance(value, kind))
                return Found(name, value, owner.id, notice_id, source_id)
    return None


_NOTICE_OF = {
    "p": "select id from notices where id = :id",
    "t": "select p.notice_id from tasks v join plans p on p.id = v.plan_id where v.id = :id",
    "g": "select p.notice_id from goals v join plans p on p.id = v.plan_id where v.id = :id",
    **{  # a row that was minted with its task lies beside it: with those of its notice
        letter: f"""select p.notice_id from tasks t join plans p on p.id = t.plan_id where t.id in (
                      select task_id from {table} where id = :id
                         and task_id between 't' || substr(:id, 2, 6) and 't' || substr(:id, 2, 6) || 'g'
                       union all select task_id from {table} where id = :id and {APART})"""
        for letter, table in (("m", "measures"), ("r", "responsibilities"))
    },
    **{
        letter: f"select p.notice_id from {table} v left join tasks t on t.id = v.task_id "
        "left join goals g on g.id = v.goal_id join plans p on p.id = coalesce(t.plan_id, g.plan_id) where v.id = :id"
        for letter, table in (("d", "deadlines"), ("q", "targets"))
    },
}


def _notices_with(connection: sqlite3.Connection, entity_id: str) -> list[str | None]:
    """The notices that may hold an entity: its own; for what people added or split, all that they worked on."""
    statement = _NOTICE_OF.get(entity_id[:1])
    rows = connection.execute(statement, {"id": entity_id}).fetchall() if statement else []
    if not rows:
        rows = connection.execute(
            "select distinct notice_id from decisions where action in ('add', 'split', 'set') order by notice_id"
        ).fetchall()
    return [row[0] for row in rows]


# -- what a person adds ------------------------------------------------------------------------------------------------


def quote_of(connection: sqlite3.Connection, source_id: str | None, pieces: Sequence[Span]) -> Evidence:
    """The evidence that a person pointed at in a file."""
    if source_id is None or not pieces:
        return Evidence("", ())
    source = read_source(connection, source_id)
    ordered = sorted(pieces)
    if any(p.start < 0 or p.end > len(source.text) or p.start >= p.end for p in ordered):
        raise StoreError(
            "place_wrong",
            where=source.path,
            chinese="所指的位置不在这个文件的文本之内",
            english="the place pointed at is outside this file's text",
        )
    return Evidence("\n".join(repaired(source.text, source.repairs, p) for p in ordered), tuple(ordered))


def new_value(entity: str, name: str, values: Mapping[str, Any], evidence: Evidence) -> Any:
    """A value that a person adds to a task: its fields are those of :data:`FIELDS`."""
    for key, value in values.items():
        if not (entity == "measure" and key == "text"):
            check_value(entity, key, value)
    try:
        if entity == "measure":
            return Measure(evidence if evidence.pieces else Evidence(str(values["text"]), ()), name)
        if entity == "responsibility":
            return Responsibility(values["unit"], values.get("role", "responsible"), evidence, RULE, id=name)
        if entity == "deadline":
            return Deadline(**{"kind": "by", **values}, evidence=evidence, rule=RULE, id=name)
        return Target(
            **{"operator": "=", "low": None, "high": None, "unit": None, **values},
            evidence=evidence,
            rule=RULE,
            id=name,
        )
    except (KeyError, TypeError) as error:
        raise StoreError(
            "value_missing",
            where=entity,
            chinese="缺少必填的项目（责任单位要有名称，指标要有名称，举措要有文字）",
            english=f"a field that must be there is missing: {error}",
        ) from error


def new_task(
    name: str, title: str, text: str, units: Iterable[tuple[str, Role]], due: str | None, section: Sequence[str]
) -> Task:
    """A task that a person adds (leaders' orders, meetings)."""
    for key, value in (("title", title), ("due_on", due)):
        check_value("task", key, value)
    nowhere = Evidence("", ())
    return Task(
        title=title,
        evidence=Evidence(text or title, ()),
        rule=RULE,
        section=tuple(section),
        responsibilities=tuple(
            Responsibility(unit, role, nowhere, RULE, id=identity.mint("hand", name, unit, role, k))
            for k, (unit, role) in enumerate(units)
        ),
        due_on=due,
        due_rule=RULE if due else None,
        id=name,
    )


def snapshot(value: Entity) -> str | None:
    """``value`` as it is now, for the decision's row; of a plan nothing but the field is kept."""
    return None if isinstance(value, Plan) else snapshots.to_json(value)
