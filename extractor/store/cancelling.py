"""Tasks and goals that another notice ends (废止、取消): their status, and how it comes back.

A status is progress: it is written down as staff write it, with the notice as its reason, and taken back the same way.
"""

from __future__ import annotations

import sqlite3

from extractor.store import decisions
from extractor.store.links import ENDED, Proposal
from extractor.store.overlay import Decision


def cancel(connection: sqlite3.Connection, link: Proposal, said: Decision, at: str, by: str) -> None:
    """Gives the status 已取消 to what the confirmed ``link`` ends and is still open: all of a repealed notice, or the items
    that the decision ``said`` keeps as cancelled."""
    repeals = link.kind == "repeals"
    chosen = {change["owner_id"] for change in decisions.changes_of(said) if "status" in change["new"]}
    reason = f"依据{link.notice}{'废止' if repeals else '取消'}"
    rows = connection.execute("select kind, id, status from ledger_states where notice_id = ?", (link.target_id,))
    ends = [
        (kind, name, reason, at, by)
        for kind, name, status in rows.fetchall()
        if status not in ENDED and (repeals or name in chosen)
    ]
    connection.executemany(
        "insert into progress (entity, entity_id, text, status, at, by) values (?, ?, ?, 'cancelled', ?, ?)", ends
    )


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
