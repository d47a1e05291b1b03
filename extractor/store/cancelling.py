"""Tasks and goals that another notice ends (废止、取消), and those that only say so: their status, and how it comes back.

A status is progress: it is written down as staff write it, with the notice as its reason, and taken back the same way.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from extractor.model import Span
from extractor.store import decisions
from extractor.store.links import ENDED, Proposal, said_again, statuses
from extractor.store.overlay import Decision
from extractor.store.reading import read_plans

_BESIDE = 6  # code points of a task beside the changes that it states: its number, a stop


def cancel(connection: sqlite3.Connection, link: Proposal, said: Decision, at: str, by: str) -> None:
    """Gives the status 已取消 to what the confirmed ``link`` ends and is still open: all of a repealed notice, or the items
    that the decision ``said`` keeps as cancelled."""
    repeals = link.kind == "repeals"
    chosen = {change["owner_id"] for change in decisions.changes_of(said) if "status" in change["new"]}
    reason = f"依据{link.notice}{'废止' if repeals else '取消'}"
    rows = connection.execute("select kind, id, status from ledger_states where notice_id = ?", (link.held_id,))
    if link.held_id != link.target_id:  # what the notice that hands it on orders itself stays
        repeals, chosen = False, said_again(connection, link.target_id) if repeals else chosen
    ends = [
        (kind, name, reason, at, by)
        for kind, name, status in rows.fetchall()
        if status not in ENDED and (repeals or name in chosen)
    ]
    ends += [
        ("task", name, f"所述改动已记入{link.target}的任务", at, by) for name in _carried_out(connection, link, said)
    ]
    connection.executemany(
        "insert into progress (entity, entity_id, text, status, at, by) values (?, ?, ?, 'cancelled', ?, ?)", ends
    )


def _carried_out(connection: sqlite3.Connection, link: Proposal, said: Decision) -> list[str]:
    """The open tasks of the amending notice that say nothing but changes which have been made."""
    spans = [Span(*piece) for change in decisions.changes_of(said) for piece in change["said_at"]]
    if not spans:
        return []
    status = statuses(connection, link.notice_id)
    plans = read_plans(connection, "notice_id = ? and current = 1", (link.notice_id,))
    return [
        task.id
        for stored in plans
        for task in stored.plan.tasks
        if status.get(task.id) not in ENDED and _left(task.evidence.pieces, spans) <= _BESIDE
    ]


def _left(pieces: Sequence[Span], spans: Sequence[Span]) -> int:
    """How many code points of ``pieces`` stand in none of ``spans``."""
    return sum(not any(span.start <= at < span.end for span in spans) for p in pieces for at in range(p.start, p.end))


def take_back(connection: sqlite3.Connection, link_id: str, at: str, by: str) -> None:
    """Gives back the statuses from before what was said of a link, where nobody has written another since."""
    for said in decisions.read(connection, "entity = 'plan_link' and entity_id = ?", (link_id,)):
        cancelled = connection.execute(
            "select entity, entity_id, id, text from progress p where status = 'cancelled' and at = ? and by = ? "
            "and not exists (select 1 from progress later where later.entity_id = p.entity_id and later.id > p.id)",
            (said.at, said.by),
        ).fetchall()
        for entity, entity_id, number, reason in cancelled:
            before = connection.execute(
                "select status from progress where entity_id = ? and id < ? and status is not null order by id desc",
                (entity_id, number),
            ).fetchone()
            connection.execute(
                "insert into progress (entity, entity_id, text, status, at, by) values (?, ?, ?, ?, ?, ?)",
                (entity, entity_id, f"撤销：{reason}", before[0] if before else "not_started", at, by),
            )
