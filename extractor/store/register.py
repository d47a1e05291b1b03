"""The whole register, file by file (总表): read from the database as it is asked for, so that a hundred thousand tasks need
no more memory than the largest file.

A small register is read at once and kept. A large one keeps a look of its own at the database, as it was when it was asked
for: what others write meanwhile is not in it, and it can still be read after the store has been closed.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace

from extractor import identity
from extractor.memory import many_objects
from extractor.model import Extraction, Plan, Register, Source
from extractor.store import decisions
from extractor.store.reading import StoredPlan, read_plans, read_problems, read_sources

FEW = 10_000  # tasks; a register with no more is kept in memory, some 50 MB
_TOGETHER = 16  # plans that are read together

Look = Callable[[], AbstractContextManager[sqlite3.Connection]]
"""Gives a connection to read with."""


class StoredRegister(Register):
    """A register that is read anew each time it is gone through. ``extractions`` holds all of it at once: whoever wants
    little memory goes through ``plans`` or ``outlines``."""

    __slots__ = ("_decided", "_look")
    _decided: bool
    _look: Look

    def __init__(self, look: Look, *, decided: bool) -> None:
        object.__setattr__(self, "_look", look)
        object.__setattr__(self, "_decided", decided)

    @property
    def extractions(self) -> tuple[Extraction, ...]:
        """All of it."""
        return tuple(self._files(whole=True))

    def plans(self) -> Iterator[tuple[Source, Plan]]:
        """Every plan with the source it stands in."""
        for extraction in self._files(whole=True):
            for plan in extraction.plans:
                yield extraction.source, plan

    def outlines(self) -> Iterator[Extraction]:
        """Every file with its problems and plans, without tasks and goals."""
        return self._files(whole=False)

    def _files(self, *, whole: bool) -> Iterator[Extraction]:
        with self._look() as connection:
            yield from files(connection, decided=self._decided, whole=whole)


def files(connection: sqlite3.Connection, *, decided: bool, whole: bool = True) -> Iterator[Extraction]:
    """The files with present plans, or that are there without any, by path; ``decided`` lays what people said over what
    was extracted; where not ``whole``, tasks and goals are left out."""
    judging = _Judging(connection) if decided else None
    plans: dict[str, list[str]] = defaultdict(list)
    for row_id, source_id in connection.execute(
        f"select id, source_id from plans where {_WITH_GONE if decided else 'current = 1'} order by position, id"
    ):
        plans[source_id].append(row_id)
    waiting: list[str] = []
    count = 0
    for (source_id,) in connection.execute(_SOURCES).fetchall():
        waiting.append(source_id)
        count += max(len(plans[source_id]), 1)
        if count >= _TOGETHER:
            yield from _together(connection, waiting, plans, judging, whole)
            waiting, count = [], 0
    yield from _together(connection, waiting, plans, judging, whole)
    if decided:
        yield from _hand_made(connection, whole)


_WITH_GONE = (
    "current = 1 or id in (select plan_id from tasks where vanished = 1) "
    "or id in (select plan_id from goals where vanished = 1)"
)
_SOURCES = "select id from sources order by path, id"
_PRESENT = "select distinct source_id from source_paths where current = 1 and source_id in ({})"


def _together(
    connection: sqlite3.Connection,
    source_ids: list[str],
    plans: dict[str, list[str]],
    judging: _Judging | None,
    whole: bool,
) -> list[Extraction]:
    """Some files, read together."""
    marks = ", ".join("?" * len(source_ids))
    row_ids = [row_id for source_id in source_ids for row_id in plans[source_id]]
    with many_objects():
        where = f"id in ({', '.join('?' * len(row_ids))})"
        stored = {s.row_id: s for s in read_plans(connection, where, row_ids, whole=whole)} if row_ids else {}
        if judging is not None and not whole:  # what is kept of an earlier version is told by its tasks
            gone = [row_id for row_id, s in stored.items() if not s.current]
            where = f"id in ({', '.join('?' * len(gone))})"
            stored.update({s.row_id: s for s in (read_plans(connection, where, gone) if gone else ())})
        problems = read_problems(connection, f"s.id in ({marks})", source_ids)
        present = {row[0] for row in connection.execute(_PRESENT.format(marks), source_ids)}
        out: list[Extraction] = []
        for source in read_sources(connection, f"s.id in ({marks})", source_ids):
            here = [stored[row_id] for row_id in plans[source.id]]
            shown = tuple(judging.of(here)) if judging is not None else tuple(s.plan for s in here)
            if not whole:
                shown = tuple(replace(plan, tasks=(), goals=()) for plan in shown)
            if shown or source.id in present:
                out.append(Extraction(source, shown, problems.get(source.id, ())))
    return out


class _Judging:
    """What people said of every notice."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._said = decisions.Judged.of(decisions.read(connection, "notice_id is not null"))
        self._in_work = decisions.touched(connection)
        self._units = decisions.naming(connection)

    def of(self, plans: Iterable[StoredPlan]) -> Iterator[Plan]:
        """The plans as decided; of an earlier version only what somebody works on."""
        for stored in plans:
            for plan in decisions.as_decided([stored], self._said.about(stored.notice_id), self._in_work, self._units):
                yield plan.decided.plan


def _hand_made(connection: sqlite3.Connection, whole: bool) -> Iterator[Extraction]:
    """What people added that no notice holds, as a source of its own."""
    hand = decisions.by_hand(connection)
    if hand.plan.tasks:
        text = decisions.hand_text(hand)
        sha256 = identity.mint("source", text)
        source = Source(identity.source_id(decisions.BY_HAND), decisions.BY_HAND, sha256, "text/plain", text)
        yield Extraction(source, (hand.plan if whole else replace(hand.plan, tasks=(), goals=()),))
