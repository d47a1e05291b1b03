"""Notices that amend, extend or repeal others (延期、更正、废止的关系), and what people say of them.

A link knows the other notice by its 发文字号, else by its title where one notice alone has it: good enough to propose, for a
person confirms. Of a confirmed link the decision keeps what it changes, so that it stands whatever is read later.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from extractor import identity
from extractor.errors import StoreError
from extractor.identity import Simplify
from extractor.model import LinkKind, Plan
from extractor.store import decisions
from extractor.store.changes import Change, key_of, to_json
from extractor.store.overlay import Decision
from extractor.store.reading import read_plans, read_source

ENDED = ("done", "closed", "cancelled")
"""Statuses that a notice does not change: what is finished is finished."""
_CHANGING = ("amends", "extends")
_NAME = "coalesce(p.number, p.title, p.id)"
_SHORTEST = 8  # characters of a title that tells a notice: 实施方案 alone does not


@dataclass(frozen=True, slots=True)
class Proposal:
    """A notice that amends, extends or repeals a known one: a person confirms what that changes.

    ``held_id`` is the notice that holds the other's tasks: where one that hands it on was read first, that one.
    """

    id: str
    kind: LinkKind
    notice_id: str
    notice: str
    target_id: str
    target: str
    state: str
    held_id: str


def proposals(connection: sqlite3.Connection, simplify: Simplify) -> list[Proposal]:
    """Every such link to a notice that is known, by notice, and what became of it."""
    names: dict[str, str] = {}
    titles: _Titles | None = None
    out: list[Proposal] = []
    for link, kind, notice, called, region, number, title, target, state in connection.execute(
        f"""select l.id, l.kind, p.notice_id, {_NAME}, p.region, l.number_form, l.title, l.target_id, l.state
              from plan_links l join plans p on p.id = l.plan_id and p.current = 1
             where l.kind in ('amends', 'extends', 'repeals') order by p.notice_id, l.ordinal"""
    ).fetchall():
        if target is None and number is None and title:
            titles = titles or _Titles(connection, simplify)
            target = titles.only(title, notice, region)
            state = "proposed" if state == "stated" else state
        if target is None:
            continue
        if target not in names:
            names[target] = name_of(connection, target)
        out.append(Proposal(link, kind, notice, called, target, names[target], state, _holder(connection, target)))
    return out


def name_of(connection: sqlite3.Connection, notice_id: str | None) -> str:
    """What staff call a notice: its 发文字号, else its title."""
    row = connection.execute(
        f"select {_NAME} from plans p where p.notice_id = ? order by p.current desc, p.version desc", (notice_id,)
    ).fetchone()
    return str(row[0]) if row is not None else ""


def _holder(connection: sqlite3.Connection, notice_id: str) -> str:
    """The notice that holds the tasks of this one: itself, but where it gave none that a later one had not handed on."""
    row = connection.execute(
        """select holding.notice_id from plans mine
             join restatements r on r.plan_id = mine.id join tasks t on t.id = r.task_id
             join plans holding on holding.id = t.plan_id
            where mine.notice_id = :notice and mine.current = 1 and mine.issued_on <= holding.issued_on
              and not exists (select 1 from tasks own where own.plan_id = mine.id) limit 1""",
        {"notice": notice_id},
    ).fetchone()
    return str(row[0]) if row is not None else notice_id


def said_again(connection: sqlite3.Connection, notice_id: str) -> set[str]:
    """The tasks of other notices that a notice says again."""
    rows = connection.execute(
        "select r.task_id from restatements r join plans p on p.id = r.plan_id where p.notice_id = ? and p.current = 1",
        (notice_id,),
    )
    return {name for (name,) in rows}


class _Titles:
    """The present notices by their titles."""

    def __init__(self, connection: sqlite3.Connection, simplify: Simplify) -> None:
        rows = connection.execute("select notice_id, title, region from plans where current = 1 and title is not null")
        found = rows.fetchall()
        forms = identity.normal_forms((title for _, title, _ in found), simplify)
        self._known = [(notice, forms[title], region) for notice, title, region in found]
        self._simplify = simplify

    def only(self, title: str, but: str, region: str | None) -> str | None:
        """The notice with this title: of several that of the same region, where it is one alone."""
        form = identity.normal_form(title, self._simplify)
        if len(form) < _SHORTEST:
            return None
        same = [(notice, of) for notice, known, of in self._known if known == form and notice != but]
        if not same:
            same = [
                (notice, of)
                for notice, known, of in self._known
                if notice != but and len(known) >= _SHORTEST and (known.endswith(form) or form.endswith(known))
            ]
        if len(same) > 1:
            same = [(notice, of) for notice, of in same if of == region]
        return same[0][0] if len(same) == 1 else None


def proposal(connection: sqlite3.Connection, link_id: str, simplify: Simplify) -> Proposal:
    """The link with this id. Raises :class:`StoreError` where there is none."""
    found = next((p for p in proposals(connection, simplify) if p.id == link_id), None)
    if found is None:
        raise StoreError(
            "link_unknown",
            where=link_id,
            chinese="没有这个编号的文件关系",
            english="there is no link between notices with this number",
        )
    return found


def changes(connection: sqlite3.Connection, link: Proposal) -> list[Change]:
    """What an amending notice changes in the tasks of the other, each with its state; of a repealing one nothing."""
    if link.kind not in _CHANGING:
        return []
    # reading what a notice changes takes the rooms of times and numbers, which nothing else of the store needs
    from extractor.lexicon import load
    from extractor.store import amending

    said = decisions.Judged.of(decisions.read(connection, "notice_id = ?", (link.held_id,))).about(link.held_id)
    by_people = {(d.entity_id, d.field) for d in said if d.action == "set"}
    kept = {key_of(change) for change in _in_force(connection, link.id)}
    ways = [_amended(connection, link, as_read=False)] + (
        [_amended(connection, link, as_read=True)] if by_people else []
    )
    out: list[Change] = []
    name, others = _papers(connection, link)
    for stored in read_plans(connection, "notice_id = ? and current = 1", (link.notice_id,)):
        source = read_source(connection, stored.source_id)
        found = [amending.changes(stored.plan, source, plans, load(), others, name) for plans in ways]
        out += _of_both(found[0], found[-1])
    now = statuses(connection, link.held_id)
    return [_with_state(_with_status(change, now), by_people, kept) for change in out]


def _papers(connection: sqlite3.Connection, link: Proposal) -> tuple[str | None, list[tuple[str | None, list[Plan]]]]:
    """What the amending notice calls the other one, and the further ones that it amends."""
    own: str | None = None
    others: list[tuple[str | None, list[Plan]]] = []
    for name, number, title, target in connection.execute(
        """select l.id, l.number, l.title, l.target_id from plan_links l join plans p on p.id = l.plan_id and p.current = 1
            where p.notice_id = ? and l.kind in ('amends', 'extends') order by l.ordinal""",
        (link.notice_id,),
    ).fetchall():
        if name == link.id:
            own = number or title
        elif target != link.target_id:
            plans = decisions.notice_as_decided(connection, target, without=name) if target is not None else []
            others.append((number or title, [plan.decided.plan for plan in plans]))
    return own, others


def statuses(connection: sqlite3.Connection, notice_id: str) -> dict[str, str]:
    """The statuses of the tasks and goals of a notice, by their ids."""
    rows = connection.execute("select id, status from ledger_states where notice_id = ?", (notice_id,))
    return {name: status or "not_started" for name, status in rows}


def _with_status(change: Change, now: Mapping[str, str]) -> Change:
    """A change that cancels a task, with the status that it has; what is done already is not cancelled."""
    if "status" not in change.new:
        return change
    status = now.get(change.owner_id, "not_started")
    return replace(change, old={"status": status}, state="kept" if status in ENDED else change.state)


def _amended(connection: sqlite3.Connection, link: Proposal, *, as_read: bool) -> list[Plan]:
    """The other notice as it stands without the link; ``as_read`` without the values that people have set, too, for the
    amending notice names those that were printed."""
    found = decisions.notice_as_decided(connection, link.held_id, without=link.id, as_read=as_read)
    plans = [plan.decided.plan for plan in found]
    if link.held_id == link.target_id:
        return plans
    meant = said_again(connection, link.target_id)
    return [replace(plan, tasks=tuple(task for task in plan.tasks if task.id in meant)) for plan in plans]


def _of_both(decided: list[Change], printed: list[Change]) -> list[Change]:
    """The changes of the values that stand; where there is none, of those that were printed."""
    better = {(c.owner_id, c.said.pieces) for c in printed if c.new}
    out = [c for c in decided if c.new or (c.owner_id, c.said.pieces) not in better]
    known = {c.key for c in out}
    return out + [c for c in printed if c.new and c.key not in known]


def _with_state(
    change: Change, by_people: Collection[tuple[str, str | None]], kept: Collection[tuple[str, str]]
) -> Change:
    if change.new and change.key in kept and "status" in change.new:
        return replace(change, state="confirmed")
    mine = change.state == "kept" or any((change.entity_id, name) in by_people for name in change.new)
    if mine or ("ends_on" in change.new and (change.owner_id, "due_on") in by_people):
        return replace(change, state="kept")
    return replace(change, state="confirmed") if change.new and change.key in kept else change


def _in_force(connection: sqlite3.Connection, link_id: str) -> list[dict[str, object]]:
    """The changes of a link that a person has confirmed."""
    said = decisions.last_of_link(connection, link_id)
    return decisions.changes_of(said) if said is not None else []


def decision(connection: sqlite3.Connection, link: Proposal, confirmed: bool, only: Collection[int] | None) -> Decision:
    """What a person says of a link, to be written down: that it holds, with the changes that it makes (those with the
    numbers ``only``, counted from 1, beside the ones confirmed before), or that it does not."""
    snapshot = None
    if confirmed and link.kind in _CHANGING:
        listed = changes(connection, link)
        chosen = _chosen(listed, only)
        before = [change for change in _in_force(connection, link.id) if key_of(change) not in chosen]
        snapshot = to_json(list(chosen.values()), before)
    state = "confirmed" if confirmed else "refused"
    return Decision(
        0, "", "", "plan_link", link.id, "set", link.held_id, link.notice_id, "state", link.state, state, snapshot
    )


def _chosen(listed: Sequence[Change], only: Collection[int] | None) -> dict[tuple[str, str], Change]:
    numbers = range(1, len(listed) + 1) if only is None else sorted(only)
    for number in numbers if only is not None else ():
        if not 1 <= number <= len(listed) or listed[number - 1].state == "look":
            raise StoreError(
                "change_unknown",
                where=str(number),
                chinese="没有这个序号的改动，或者这一处要人工更正（用 edit）",
                english="there is no change with this number, or it has to be made by hand (with edit)",
            )
    return {listed[n - 1].key: listed[n - 1] for n in numbers if listed[n - 1].state != "look"}
