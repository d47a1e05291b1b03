"""The task database as the rest of the program sees it.

Each call that writes is one transaction: all of it is kept, or nothing. What SQLite has against it comes out as a
:class:`extractor.errors.StoreError`.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Literal

from extractor import __version__, identity
from extractor.errors import StoreError
from extractor.identity import Simplify
from extractor.memory import many_objects
from extractor.model import Extraction, Goal, Plan, Problem, Register, Role, Span, Task
from extractor.normalise.script import simplified
from extractor.store import backup as backups
from extractor.store import cancelling, decisions, ledger, links, office, opening, overlay, schema, search
from extractor.store import register as registers
from extractor.store.changes import Change, key_of
from extractor.store.decisions import DecidedPlan, Found
from extractor.store.intake import Intake, PutReport, put_failure, see_path
from extractor.store.links import Proposal
from extractor.store.office import Concern, Concerns, Office, OwnUnit
from extractor.store.overlay import Decided, Decision
from extractor.store.reading import StoredPlan, read_problems
from extractor.store.register import StoredRegister
from extractor.store.search import Hit
from extractor.store.snapshots import from_json
from extractor.store.sound import sound, sound_text
from extractor.store.units import Unit, Units

Status = Literal["not_started", "in_progress", "done", "closed", "paused", "cancelled"]
LONGEST = 0.5  # seconds after which a transaction that takes files in is ended, so that others come to write
SECRET_MESSAGE = "涉密标志，未读取"


@dataclass(frozen=True, slots=True)
class Reading:
    """A task as the extractor read it and as it stands with what people said: either may be missing. Of a goal there is
    ``goal``, as it stands, and no task."""

    extracted: Task | None
    decided: Task | None
    review: overlay.Review
    goal: Goal | None = None


@dataclass(frozen=True, slots=True)
class History:
    """One thing that happened to a task: what, when, by whom; ``old`` and ``new`` where there are such."""

    at: str
    by: str
    what: str
    field: str | None = None
    old: Any = None
    new: Any = None
    note: str | None = None
    decision_id: int | None = None


def open_store(
    path: Path,
    *,
    read_only: bool = False,
    simplify: Simplify = simplified,
    clock: Callable[[], datetime] = lambda: datetime.now().astimezone(),
    wait: float = opening.WAIT,
) -> Store:
    """The task database at ``path``, made where there is none; to be used as a context manager.

    ``wait`` is how many seconds another writer is waited for. Raises :class:`StoreError` before any work: not a
    database, not ours, newer than this program, in use, read-only, a folder that is missing or cannot be written.
    """
    return Store(Path(path), read_only=read_only, simplify=simplify, clock=clock, wait=wait)


class Store:
    """An open task database. Made by :func:`open_store`."""

    def __init__(
        self, path: Path, *, read_only: bool, simplify: Simplify, clock: Callable[[], datetime], wait: float
    ) -> None:
        self.path = path
        self.read_only = read_only
        self._simplify = simplify
        self._clock = clock
        self._database, self.place = opening.open_database(
            path,
            read_only=read_only,
            wait=wait,
            before_upgrade=lambda connection: backups.before_upgrade(connection, path, clock().date()),
        )
        self._connection = self._database.conn
        self._open = True
        self._daily_copy_made = read_only
        self._waiting = search.Waiting()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Closes the file, the search index brought up to date; on a network share others can use it from now on."""
        try:
            if self._waiting.count:
                self._catch_up()
        finally:
            self._connection.close()
            self._open = False
        if self.place.kind != "local" and not self.read_only:
            opening.take_note_away(self.path)

    @contextmanager
    def _writing(self) -> Iterator[str]:
        """One transaction; gives the time that its rows are marked with."""
        if self.read_only:
            raise StoreError(
                "database_read_only",
                where=str(self.path),
                chinese="任务库是以只读方式打开的，不能写入",
                english="the task database was opened for reading only",
            )
        now = self._clock()
        if not self._daily_copy_made:
            if self._connection.execute("select 1 from sources union all select 1 from decisions limit 1").fetchone():
                backups.daily(self._connection, self.path, now.date())
            self._daily_copy_made = True
        with opening.writing(self._database, self.path):
            yield now.isoformat(timespec="seconds")
        if self.place.kind == "sync":
            opening.leave_note(self.path)

    # -- files ---------------------------------------------------------------------------------------------------------

    def known(self, sha256: str, *, generator: str | None = None) -> bool:
        """True where a file with this content was read already, by this ``generator`` (program version) where one is
        given."""
        row = self._connection.execute(
            "select generator from sources where sha256 = ? and state = 'read'", (sha256,)
        ).fetchone()
        return row is not None and generator in (None, row[0])

    def text(self, sha256: str) -> str | None:
        """The text of a file with this content, as it was read; nothing where none was."""
        row = self._connection.execute(
            "select text from sources where sha256 = ? and state = 'read'", (sha256,)
        ).fetchone()
        return row[0] if row is not None else None

    def seen(self, files: Iterable[tuple[str, str]]) -> None:
        """Notes where known files lie now: (path, sha256) pairs, in one transaction; unchanged ones cost nothing."""
        moved: list[tuple[str, str]] = []
        for path, sha256 in ((sound_text(path), sha256) for path, sha256 in files):
            row = self._connection.execute(
                "select s.id, p.current from sources s left join source_paths p on p.source_id = s.id and p.path = ? "
                "where s.sha256 = ?",
                (path, sha256),
            ).fetchone()
            if row is not None and row[1] != 1:
                moved.append((row[0], path))
        if moved:
            with self._writing() as at:
                for source_id, path in moved:
                    see_path(self._connection, source_id, path, at)

    def put(self, extraction: Extraction, *, generator: str = __version__) -> PutReport:
        """Takes the extraction of one file in, in one transaction.

        Tasks that the notice had before keep their ids. Raises ``ValueError`` where a value refers to nothing.
        """
        return self._put_together([extraction], generator)[0]

    def put_many(self, extractions: Sequence[Extraction], *, generator: str = __version__) -> list[PutReport]:
        """Takes the extractions of several files in, several in one transaction: small files at half the cost of one by
        one. Each file is kept whole or not at all; nobody is kept waiting for longer than :data:`LONGEST`, or one file.

        Raises ``ValueError`` where a value refers to nothing: the files before that one are kept.
        """
        reports: list[PutReport] = []
        while len(reports) < len(extractions):
            rest = extractions[len(reports) :]
            try:
                reports += self._put_together(rest, generator)
            except ValueError:
                reports += self._put_together(rest[:1], generator)  # those before the broken one, by themselves
        return reports

    def _put_together(self, extractions: Sequence[Extraction], generator: str) -> list[PutReport]:
        """Takes in the first of the extractions, and as many more as time allows, in one transaction."""
        reports: list[PutReport] = []
        waiting = search.Waiting()
        with many_objects(), self._writing() as at:
            began = time.monotonic()
            units = Units(self._connection)
            naming = decisions.naming(self._connection)
            for extraction in extractions:
                if reports and time.monotonic() - began > LONGEST:
                    break
                intake = Intake(self._connection, self._simplify, units, at, generator)
                reports.append(intake.put(sound(extraction)))
                for stored, path in intake.fresh:
                    if stored.notice_id not in intake.stale:
                        decided = Decided(naming.laid_over(stored.plan), {}, frozenset())
                        intake.keep_words(stored.plan, self._write_ledger(stored, decided, path, {}, {}))
                for notice_id in intake.stale:
                    intake.waiting.count += self._refresh(notice_id, intake.reworded)
                waiting.take(intake.waiting)
        self._waiting.take(waiting)
        if self._waiting.count >= search.HEAP:
            self._catch_up()
        return reports

    def _catch_up(self) -> None:
        """Puts what is pending into the search index, a heap a transaction."""
        while search.behind(self._connection):
            with opening.writing(self._database, self.path):
                search.catch_up(self._connection, self._simplify, self._waiting)
        self._waiting = search.Waiting()

    def put_failure(self, path: str, code: str, message: str, *, secret: bool | None = None) -> None:
        """Notes a file that could not be read, and why. Of a secret one (code ``secret…``) only its name is kept."""
        if secret is None:
            secret = code.startswith("secret")
        path, message = sound_text(path), sound_text(message)
        if secret:
            path, message = Path(path).name, SECRET_MESSAGE
        with self._writing() as at:
            put_failure(self._connection, path, Problem(code, message), secret=secret, at=at)

    def problems(self) -> list[tuple[str, Problem]]:
        """(path, problem) of every file, those that could not be read first, then by path."""
        found = read_problems(self._connection)
        rows = self._connection.execute("select id, path from sources order by state = 'read', path, id").fetchall()
        return [(path, problem) for name, path in rows for problem in found.get(name, ())]

    # -- coming out ----------------------------------------------------------------------------------------------------

    def register(self, *, decided: bool = False) -> Register:
        """All present plans, by path and position. ``decided`` lays what people said over what was extracted: rejected
        tasks are left out, tasks added by hand stand in a source of their own. A large one is read as it is gone through
        (:mod:`extractor.store.register`)."""
        count = self._connection.execute("select count(*) from tasks").fetchone()[0]
        if count <= registers.FEW:
            with many_objects(), opening.reading(self._connection):
                return Register(tuple(registers.files(self._connection, decided=decided)))
        return StoredRegister(self._look(), decided=decided)

    def _look(self) -> registers.Look:
        """A look of its own at the database as it is now. Where this store has the file alone, its own connection while it
        is open: nobody can write meanwhile."""
        if self.place.kind == "local" or self.read_only:
            own = opening.Snapshot(self.path)
            return own.connection

        @contextmanager
        def look() -> Iterator[sqlite3.Connection]:
            if self._open:
                yield self._connection
            else:
                with opening.Snapshot(self.path).connection() as connection:
                    yield connection

        return look

    def reading(self, task_id: str) -> Reading:
        """Both readings of a task: the extractor's, and the one that stands; of a goal, how it stands."""
        notice = self._notice_of(task_id)
        extracted: Task | None = None
        now: Task | None = None
        goal: Goal | None = None
        review: overlay.Review = "unseen"
        plans = [
            DecidedPlan(StoredPlan("", "", "", 0, True, 0, Plan(None, ())), decisions.by_hand(self._connection))
        ] if notice is None else decisions.notice_as_decided(self._connection, notice)  # fmt: skip
        for plan in plans:
            known = (*plan.stored.plan.tasks, *plan.stored.gone_tasks)
            extracted = extracted or next((t for t in known if t.id == task_id), None)
            now = now or next((t for t in plan.decided.plan.tasks if t.id == task_id), None)
            goal = goal or next((g for g in plan.decided.plan.goals if g.id == task_id), None)
            review = plan.decided.reviews.get(task_id, review)
        return Reading(extracted, now, review, goal)

    def _notice_of(self, task_id: str) -> str | None:
        for table in ("tasks", "goals"):
            row = self._connection.execute(
                f"select p.notice_id from {table} t join plans p on p.id = t.plan_id where t.id = ?", (task_id,)
            ).fetchone()
            if row:
                return str(row[0])
        said = "entity = 'task' and (entity_id = ? or instr(new, ?))"  # added by hand, or a part of a split one
        for decision in decisions.read(self._connection, said, (task_id, task_id)):
            if decision.entity_id == task_id or _merges(decision, task_id):
                return decision.notice_id
        return decisions.find(self._connection, task_id).notice_id

    def history(self, task_id: str) -> list[History]:
        """What happened to a task, oldest first: what people said, how its notice changed, what was reported; of a task
        that was merged into another, where it went (``merged``)."""
        events: list[History] = []
        for d in decisions.read(self._connection, "owner_id = ? or entity_id = ?", (task_id, task_id)):
            old, new = (self._called(said) if _names_tasks(said) else said for said in (d.old, d.new))
            events.append(History(d.at, d.by, d.action, d.field, old, new, d.note, d.id))
        events += self._amended(task_id)
        events += self._merged(task_id)
        for at, what, reading in self._connection.execute(
            "select at, what, reading from earlier_readings where entity_id = ? order by id", (task_id,)
        ):
            events.append(History(at, "", what, old=from_json(Task, reading) if reading else None))
        for at, by, status, text, percent, no_percent in self._connection.execute(
            "select at, by, status, text, percent, no_percent from progress where entity_id = ? order by id", (task_id,)
        ):
            said = {"status": status, "text": text, "percent": "" if no_percent else percent}
            events.append(History(at, by, "progress", new=said))
        for at, by, *columns in self._connection.execute(
            "select at, by, our_unit, leader, person, inner_deadline, note from assignments where task_id = ? order by id",
            (task_id,),
        ):
            names = ("our_unit", "leader", "person", "inner_due", "note")
            events.append(History(at, by, "assign", new=dict(zip(names, columns, strict=True))))
        return sorted(events, key=lambda event: event.at)

    def _merged(self, task_id: str) -> Iterator[History]:
        """Where a task went that was merged into another, and that it came back."""
        holds = "entity = 'task' and entity_id <> ? and instr(old || new, ?)"
        for d in decisions.read(self._connection, holds, (task_id, task_id)):
            if _merges(d, task_id):
                [into] = self._called([d.entity_id])
                what, old, new = ("merged", None, into) if d.action == "merge" else ("undo", into, None)
                yield History(d.at, d.by, what, None, old, new, d.note, d.id)

    def _called(self, task_ids: Sequence[str]) -> list[str]:
        """Tasks as people know them: each with its title and its id."""
        out: list[str] = []
        for name in task_ids:
            reading = self.reading(name)
            task = reading.extracted or reading.decided
            title = task.title if task is not None else self._title_by_hand(name)
            out.append(f"{title}（{name}）" if title else name)
        return out

    def _title_by_hand(self, task_id: str) -> str:
        """The title of a task that a person added, or made by a split, and that has gone into another since."""
        row = self._connection.execute(
            "select json_extract(snapshot, '$.title') from decisions where entity_id = ? and action = 'add'", (task_id,)
        ).fetchone()
        if row is not None:
            return str(row[0])
        for split in decisions.read(self._connection, "action = 'split' and entity = 'task'"):
            for index, part in enumerate(split.new):
                if overlay.part_id(split.entity_id, split.id, index) == task_id:
                    return str(part["title"])
        return ""

    def _amended(self, task_id: str) -> Iterator[History]:
        """What confirmed notices changed in a task, each with their words, and that it was taken back."""
        about = "entity_id in (select entity_id from decisions where entity = 'plan_link' and instr(snapshot, ?))"
        said: dict[str, list[Decision]] = {}
        for decision in decisions.read(self._connection, about, (task_id,)):
            said.setdefault(decision.entity_id, []).append(decision)
        for of_link in said.values():
            name = links.name_of(self._connection, of_link[0].notice_id)
            before: dict[tuple[str, str], dict[str, Any]] = {}
            for count, decision in enumerate(of_link, start=1):
                holds = overlay.effective(of_link[:count])
                kept = decisions.changes_of(holds[-1]) if holds else []
                now = {key_of(change): change for change in kept if change["owner_id"] == task_id}
                for key in [*now, *before]:
                    if (key in now) == (key in before):
                        continue
                    change, what = (now[key], overlay.AMEND) if key in now else (before[key], "undo")
                    old, new = (change["old"], change["new"]) if key in now else (change["new"], change["old"])
                    note = f"{name}：{change['said']}"
                    yield History(decision.at, decision.by, what, None, old, new, note, decision.id)
                before = now

    # -- what people say -----------------------------------------------------------------------------------------------

    def decide(
        self,
        entity_id: str,
        action: str,
        *,
        by: str,
        field: str | None = None,
        new: Any = None,
        note: str | None = None,
        pieces: Sequence[tuple[int, int]] = (),
    ) -> Decision:
        """Writes down what a person said about an entity: ``set`` (with ``field`` and ``new``), ``accept``, ``reject``,
        ``remove``, ``merge`` (``new``: ids of the tasks that are this one), ``split`` (``new``: the parts).

        ``pieces`` are the source spans that the person points at. Raises :class:`StoreError` for an unknown id, field
        or value.
        """
        check_by(by)
        with self._writing() as at:
            found = decisions.find(self._connection, entity_id)
            old = self._check(found, action, field, new)
            decision = decisions.write(
                self._connection,
                Decision(
                    0,
                    at,
                    by,
                    found.entity,
                    entity_id,
                    action,
                    found.owner_id,
                    found.notice_id,
                    field,
                    old,
                    new,
                    decisions.snapshot(found.value),
                    note,
                    tuple(Span(*piece) for piece in pieces),
                ),
            )
            self._refresh(found.notice_id)
        return decision

    def _check(self, found: Found, action: str, field: str | None, new: Any) -> Any:
        """What stood there before. Refuses what cannot be decided so."""
        if action == "set":
            decisions.check_value(found.entity, field or "", new)
            return getattr(found.value, field or "")
        if action in ("merge", "split") and found.entity == "task" and isinstance(found.value, Task):
            check = self._check_merge if action == "merge" else self._check_split
            check(found, found.value, new)
            return None
        if action in ("accept", "reject", "remove") and found.entity != "plan":
            return None
        raise StoreError(
            "action_unknown",
            where=f"{found.entity}.{action}",
            chinese="不能对这一项做这种处理",
            english="this cannot be done to this kind of entry",
        )

    def _check_merge(self, found: Found, task: Task, new: Any) -> None:
        for name in new or ():
            other = decisions.find(self._connection, name)
            if name == task.id or other.entity != "task" or other.notice_id != found.notice_id:
                raise StoreError(
                    "merge_apart",
                    where=name,
                    chinese="只能合并同一份通知中的不同任务",
                    english="only different tasks of one notice can be merged",
                )
        if not new:
            raise StoreError("merge_nothing", where=task.id, chinese="没有指明要并入的任务", english="no task to merge")

    def _check_split(self, found: Found, task: Task, new: Any) -> None:
        known = {measure.id for measure in task.measures}
        if not isinstance(new, list) or len(new) < 2 or not all(
            isinstance(part, dict) and part.get("title") and set(part.get("measures", ())) <= known for part in new
        ):  # fmt: skip
            raise StoreError(
                "split_wrong",
                where=task.id,
                chinese="拆分要写明两个以上部分，每部分有名称，并列出归它的举措",
                english="a split names two parts or more, each with a title and the ids of its measures",
            )

    def edit(self, entity_id: str, field: str, value: Any, *, by: str, note: str | None = None) -> Decision:
        """Sets a field of a plan, task, responsibility, deadline or target."""
        return self.decide(entity_id, "set", by=by, field=field, new=value, note=note)

    def accept(self, entity_id: str, *, by: str, note: str | None = None) -> Decision:
        """Says that a task or goal is right as it stands."""
        return self.decide(entity_id, "accept", by=by, note=note)

    def reject(self, entity_id: str, *, by: str, note: str | None = None) -> Decision:
        """Says that it is none: it leaves the register, but not the database."""
        return self.decide(entity_id, "reject", by=by, note=note)

    def remove(self, entity_id: str, *, by: str, note: str | None = None) -> Decision:
        """Takes a task, a goal or a value of one out of the register."""
        return self.decide(entity_id, "remove", by=by, note=note)

    def merge(self, keep: str, others: Sequence[str], *, by: str, note: str | None = None) -> Decision:
        """Says that ``others`` are the task ``keep``, to which all that is theirs goes."""
        return self.decide(keep, "merge", by=by, new=list(others), note=note)

    def split(
        self, task_id: str, parts: Sequence[Mapping[str, Any]], *, by: str, note: str | None = None
    ) -> tuple[str, ...]:
        """Makes several tasks of one: each part has a ``title`` and ``measures`` (ids). Gives the ids of the parts, of
        which the first is the task's own."""
        decision = self.decide(task_id, "split", by=by, new=[dict(part) for part in parts], note=note)
        return tuple(overlay.part_id(task_id, decision.id, k) for k in range(len(parts)))

    def add_task(
        self,
        title: str,
        *,
        by: str,
        text: str = "",
        units: Iterable[tuple[str, Role]] = (),
        due_on: str | None = None,
        section: Sequence[str] = (),
        note: str | None = None,
    ) -> str:
        """Adds a task that no notice holds (leaders' orders, meetings; ``section`` says which). Gives its id."""
        check_by(by)
        with self._writing() as at:
            name = self._hand_id(at, title)
            task = decisions.new_task(name, title, text, tuple(units), due_on, section)
            decisions.write(
                self._connection,
                Decision(0, at, by, "task", name, "add", name, snapshot=decisions.snapshot(task), note=note),
            )
            self._refresh(None)
        return name

    def add_value(
        self,
        task_id: str,
        entity: Literal["measure", "responsibility", "deadline", "target"],
        values: Mapping[str, Any],
        *,
        by: str,
        pieces: Sequence[tuple[int, int]] = (),
        note: str | None = None,
    ) -> str:
        """Adds a unit, a date, a number or a measure to a task (or a date or number to a goal); ``pieces`` are the
        source spans of its words. Gives its id."""
        check_by(by)
        with self._writing() as at:
            found = decisions.find(self._connection, task_id)
            fits = isinstance(found.value, Task) or (isinstance(found.value, Goal) and entity in ("deadline", "target"))
            if not fits:
                raise StoreError(
                    "owner_wrong",
                    where=task_id,
                    chinese="这一项不能加在它下面",
                    english="a value of this kind cannot be added to this entry",
                )
            name = self._hand_id(at, task_id)
            spans = tuple(sorted(Span(*piece) for piece in pieces))
            evidence = decisions.quote_of(self._connection, found.source_id, spans)
            value = decisions.new_value(entity, name, values, evidence)
            decisions.write(
                self._connection,
                Decision(
                    0,
                    at,
                    by,
                    entity,
                    name,
                    "add",
                    task_id,
                    found.notice_id,
                    new=dict(values),
                    snapshot=decisions.snapshot(value),
                    note=note,
                    evidence=spans,
                ),
            )
            self._refresh(found.notice_id)
        return name

    def _hand_id(self, at: str, *parts: str) -> str:
        count = self._connection.execute("select count(*) from decisions").fetchone()[0]
        return identity.mint("hand", at, count, *parts)

    def undo(self, decision_id: int, *, by: str, note: str | None = None) -> Decision:
        """Takes a decision back; undoing an undoing makes it count again."""
        check_by(by)
        with self._writing() as at:
            found = decisions.read(self._connection, "id = ?", (decision_id,))
            if not found:
                raise StoreError(
                    "decision_unknown",
                    where=str(decision_id),
                    chinese="没有这个编号的人工记录",
                    english="there is no decision with this number",
                )
            undone = found[0]
            decision = decisions.write(
                self._connection,
                replace(
                    undone, at=at, by=by, action="undo", old=undone.new, new=undone.old, note=note, undoes=decision_id
                ),
            )
            if undone.entity == "unit":
                self._units_anew()
            elif undone.entity == "plan_link":
                self._confirm_links_anew(undone, at, by)
            else:
                self._refresh(undone.notice_id)
        return decision

    def conflicts(self) -> list[Decision]:
        """Corrections under which the extractor's own reading has changed since: worth a second look."""
        out: list[Decision] = []
        judged = overlay.effective(decisions.read(self._connection))
        for decision in judged:
            column = {"operator": "op"}.get(decision.field or "", decision.field)
            table = {
                "task": "tasks", "responsibility": "responsibilities", "deadline": "deadlines", "target": "targets",
            }.get(decision.entity)  # fmt: skip
            if decision.action != "set" or table is None:
                continue
            row = self._connection.execute(
                f"select {column} from {table} where id = ?", (decision.entity_id,)
            ).fetchone()
            first = next(
                d for d in judged
                if (d.entity_id, d.field, d.action) == (decision.entity_id, decision.field, "set")
            )  # fmt: skip
            if row is not None and row[0] not in (first.old, decision.new):
                out.append(decision)
        return out

    # -- the office's own ----------------------------------------------------------------------------------------------

    def set_status(self, entity_id: str, status: Status, *, by: str, note: str | None = None) -> None:
        """Says how far a task or goal is."""
        self.report_progress(entity_id, by=by, status=status, text=note)

    def report_progress(
        self,
        entity_id: str,
        *,
        by: str,
        text: str | None = None,
        percent: float | Literal[""] | None = None,
        status: Status | None = None,
        period: str | None = None,
    ) -> None:
        """Adds a report to a task or goal; ``period`` is EDTF (``2026-06``), ``percent`` from 0 to 100. What is not given
        stays as it is; an empty text takes back the text or the share that was reported."""
        check_by(by)
        if status is not None and status not in schema.STATUSES:
            raise StoreError(
                "value_wrong",
                where=str(status),
                chinese="没有这种状态",
                english=f"no such status; there are: {', '.join(schema.STATUSES)}",
            )
        share = None if percent == "" else percent
        if share is not None and not 0 <= share <= 100:
            raise StoreError(
                "value_wrong",
                where=str(percent),
                chinese="完成比例应在 0 到 100 之间",
                english="percent is from 0 to 100",
            )
        with self._writing() as at:
            entity = self._in_ledger(entity_id)
            self._connection.execute(
                "insert into progress (entity, entity_id, period, text, percent, no_percent, status, at, by) "
                "values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (entity, entity_id, period, text, share, int(percent == ""), status, at, by),
            )

    def assign(
        self,
        task_id: str,
        *,
        by: str,
        our_unit: str | None = None,
        leader: str | None = None,
        person: str | None = None,
        inner_due: str | None = None,
        note: str | None = None,
    ) -> None:
        """Says who does a task here, and by which inner date (ISO); what is not given stays as it is, an empty text takes
        it back."""
        check_by(by)
        if inner_due:
            decisions.check_value("task", "due_on", inner_due)
        with self._writing() as at:
            self._in_ledger(task_id)
            self._connection.execute(
                "insert into assignments (task_id, at, by, our_unit, leader, person, inner_deadline, note) "
                "values (?, ?, ?, ?, ?, ?, ?, ?)",
                (task_id, at, by, our_unit, leader, person, inner_due, note),
            )

    def _in_ledger(self, entity_id: str) -> str:
        row = self._connection.execute("select kind from ledger where id = ?", (entity_id,)).fetchone()
        if row is not None:
            return str(row[0])
        found = decisions.find(self._connection, entity_id)
        if found.entity not in ("task", "goal"):
            raise StoreError(
                "owner_wrong",
                where=entity_id,
                chinese="只有任务和目标可以填写进展",
                english="only tasks and goals have a status",
            )
        return found.entity

    def office(self) -> dict[str, Office]:
        """What the office wrote, by the id of the task or goal."""
        return office.read(self._connection)

    def set_own_unit(self, unit: OwnUnit) -> None:
        """Sets our own unit."""
        with self._writing():
            office.write_own_unit(self._connection, unit)

    def own_unit(self) -> OwnUnit | None:
        """Our own unit, where it has been set."""
        return office.read_own_unit(self._connection)

    def concerning_us(self) -> list[Concern]:
        """The tasks that are ours, each with its reason, in the order of the register; none where no unit was set."""
        unit = self.own_unit()
        if unit is None:
            return []
        concerns = Concerns(unit, self._simplify)
        found = (concerns.of(plan, task) for _, plan in self.register(decided=True).plans() for task in plan.tasks)
        return [concern for concern in found if concern is not None]

    # -- search, units, links ------------------------------------------------------------------------------------------

    def search(self, text: str, limit: int = 20) -> list[Hit]:
        """Where the words of ``text`` (parted by spaces) all stand: in tasks, then in the files. Either script finds
        both."""
        with opening.sqlite_errors(self.path):
            return search.search(self._connection, text, limit, self._simplify, self._waiting)

    def units(self) -> list[Unit]:
        """Every unit, by region and name."""
        return Units(self._connection).all(decisions.naming(self._connection))

    def merge_units(self, keep: str, others: Sequence[str], *, by: str) -> list[Decision]:
        """Says that the units ``others`` (ids) are the unit ``keep``."""
        check_by(by)
        made: list[Decision] = []
        with self._writing() as at:
            units = Units(self._connection)
            for other in others:
                units.merge(keep, other)
                made.append(
                    decisions.write(
                        self._connection,
                        Decision(0, at, by, "unit", other, "merge", old=None, new=keep),
                    )
                )
            self._refresh_units([keep, *others])
        return made

    def alias(self, unit_id: str, alias: str, *, by: str) -> Decision:
        """Says that ``alias`` is a way to write a unit: what is written so in its region is that unit."""
        check_by(by)
        with self._writing() as at:
            units = Units(self._connection)
            unit = units.resolved(unit_id)
            units.alias(unit, alias, origin="person")
            made = decisions.write(self._connection, Decision(0, at, by, "unit", unit, "add", field="alias", new=alias))
            self._refresh_units([unit], [alias])
        return made

    def split_unit(
        self, unit_id: str, name: str, *, by: str, forms: Collection[str] = (), tasks: Collection[str] = ()
    ) -> Decision:
        """Says that a unit is two: what is written with one of ``forms``, or stands in one of ``tasks`` (ids), is the unit
        ``name`` of the same region. Raises :class:`StoreError` where the unit has no such name or task."""
        check_by(by)
        with self._writing() as at:
            units = Units(self._connection)
            unit = units.resolved(unit_id)
            self._check_unit_split(units, unit, name, forms, tasks)
            new = {
                "name": name,
                "unit": units.row(units.region(unit), name),
                "forms": sorted(forms),
                "tasks": sorted(tasks),
                "members": list(units.members(unit).values()),
            }
            made = decisions.write(self._connection, Decision(0, at, by, "unit", unit, "split", new=new))
            self._refresh_units([unit, *units.members(unit)])
        return made

    def _check_unit_split(
        self, units: Units, unit: str, name: str, forms: Collection[str], tasks: Collection[str]
    ) -> None:
        written = units.written(unit, decisions.naming(self._connection))
        unknown = [form for form in forms if form not in {how for _, how in written}]
        unknown += [task for task in tasks if task not in {task for task, _ in written}]
        if unknown or not (forms or tasks) or not name.strip() or name == units.name(unit):
            raise StoreError(
                "unit_split_wrong",
                where="、".join(unknown) or name,
                chinese="拆分单位要写明新单位的名称，以及归它的写法或任务，须是这个单位现有的",
                english="splitting a unit takes the new unit's name, and written names or tasks that the unit has",
            )

    def unit_tasks(self, unit_id: str) -> list[tuple[str, str, str]]:
        """The tasks of a unit: id, title, and how each writes it."""
        units = Units(self._connection)
        written = units.written(units.resolved(unit_id), decisions.naming(self._connection))
        titles = dict(self._connection.execute("select id, title from tasks"))
        return [(task, titles[task], how) for task, how in written]

    def _units_anew(self) -> None:
        """Sets merged units and aliases to what the decisions say."""
        units = Units(self._connection)
        before = [row[0] for row in self._connection.execute("select id from units where merged_into is not null")]
        for unit in before:
            units.part(unit)
        self._connection.execute("delete from unit_aliases where origin = 'person'")
        touched, written = dict.fromkeys(before), []
        for decision in decisions.read(self._connection, "entity = 'unit'"):
            touched[decision.entity_id] = None
            if decision.field == "alias":
                written.append(decision.new or decision.old)
        for decision in overlay.effective(decisions.read(self._connection, "entity = 'unit'")):
            if decision.action == "merge":
                units.merge(decision.new, decision.entity_id)
            elif decision.action == "add":
                units.alias(decision.entity_id, decision.new, origin="person")
            elif decision.action == "split":
                units.row(units.region(decision.entity_id), decision.new["name"])
        for unit in list(touched):
            touched.update(dict.fromkeys(units.members(unit)))
        self._refresh_units(list(touched), written)
        units.tidy()

    def _refresh_units(self, unit_ids: Collection[str], written: Collection[str] = ()) -> None:
        """Works the ledger rows of all notices out anew that name one of these units, or write one so."""
        rows = self._connection.execute(
            f"""select distinct p.notice_id from responsibilities r join tasks t on t.id = r.task_id
                  join plans p on p.id = t.plan_id
                 where r.unit_id in ({", ".join("?" * len(unit_ids))}) or r.unit in ({", ".join("?" * len(written))})""",
            [*unit_ids, *written],
        ).fetchall()
        for (notice_id,) in rows:
            self._refresh(notice_id)

    def proposals(self) -> list[Proposal]:
        """Notices that amend, extend or repeal one that is known, and what became of each."""
        return links.proposals(self._connection, self._simplify)

    def proposed_changes(self, link_id: str) -> list[Change]:
        """What an amending or extending notice changes in the tasks of the other: what a person may confirm, has
        confirmed, or has to look at."""
        return links.changes(self._connection, links.proposal(self._connection, link_id, self._simplify))

    def confirm_link(
        self, link_id: str, *, by: str, confirmed: bool = True, only: Collection[int] | None = None
    ) -> Decision:
        """Says whether a notice does amend, extend or repeal the other.

        Amending and extending change the values that :meth:`proposed_changes` lists, all of them or those with the
        numbers ``only``, counted from 1; a field that a person has set stays as it is. Repealing closes what is still
        open: every open task of the other notice gets the status 已取消, with the reason, and so does an item that the
        notice cancels.
        """
        check_by(by)
        with self._writing() as at:
            proposal = links.proposal(self._connection, link_id, self._simplify)
            said = links.decision(self._connection, proposal, confirmed, only)
            decision = decisions.write(self._connection, replace(said, at=at, by=by))
            self._connection.execute(
                "update plan_links set state = ?, target_id = ? where id = ?", (said.new, proposal.target_id, link_id)
            )
            self._refresh(proposal.held_id)
            if confirmed:
                cancelling.cancel(self._connection, proposal, decision, at, by)
            else:
                cancelling.take_back(self._connection, link_id, at, by)
        return decision

    def _confirm_links_anew(self, undone: Decision, at: str, by: str) -> None:
        said = decisions.last_of_link(self._connection, undone.entity_id)
        state = said.new if said is not None else "proposed"
        self._connection.execute("update plan_links set state = ? where id = ?", (state, undone.entity_id))
        if undone.owner_id is not None:
            self._refresh(undone.owner_id)
        cancelling.take_back(self._connection, undone.entity_id, at, by)
        if said is not None and state == "confirmed":
            link = links.proposal(self._connection, undone.entity_id, self._simplify)
            cancelling.cancel(self._connection, link, said, at, by)

    def link_tracker(self, task_id: str, tracker: str, outer_id: str, pushed: Mapping[str, Any]) -> None:
        """Notes what was handed to a tracker, and under which id it stands there."""
        with self._writing() as at:
            self._connection.execute(
                "insert or replace into tracker_links (task_id, tracker, outer_id, pushed, pushed_at) values (?, ?, ?, ?, ?)",
                (task_id, tracker, outer_id, json.dumps(pushed, ensure_ascii=False), at),
            )

    def tracker_links(self, tracker: str) -> dict[str, tuple[str, dict[str, Any]]]:
        """By task: the outer id in ``tracker``, and what was handed to it."""
        return {
            task: (outer, json.loads(pushed))
            for task, outer, pushed in self._connection.execute(
                "select task_id, outer_id, pushed from tracker_links where tracker = ? order by task_id", (tracker,)
            )
        }

    # -- keeping -------------------------------------------------------------------------------------------------------

    def setting(self, name: str) -> str | None:
        """A value that another part of the program keeps here (the fingerprint of a written ledger, …)."""
        row = self._connection.execute("select value from settings where name = ?", (name,)).fetchone()
        return row[0] if row else None

    def set_setting(self, name: str, value: str) -> None:
        """Keeps a value for another part of the program."""
        with self._writing():
            self._connection.execute("insert or replace into settings (name, value) values (?, ?)", (name, value))

    def backup(self, target: Path) -> None:
        """Copies the whole database into ``target``, which must not be there."""
        backups.copy_to(self._connection, target)

    def intact(self) -> list[str]:
        """What SQLite finds wrong with the file; nothing where it is sound."""
        with opening.sqlite_errors(self.path):
            said = [str(row[0]) for row in self._connection.execute("pragma integrity_check")]
            said += [f"{row[0]} {row[1]} -> {row[2]}" for row in self._connection.execute("pragma foreign_key_check")]
        return [line for line in said if line != "ok"]

    # -- the ledger's rows ---------------------------------------------------------------------------------------------

    def _refresh(self, notice_id: str | None, reworded: Collection[str] = ()) -> int:
        """Works the ledger rows of a notice out anew. Those ``reworded``, and those of which people have said something,
        are put into the search index again: gives how many."""
        entries = ledger.clear(self._connection, notice_id)
        if notice_id is None:
            hand = decisions.by_hand(self._connection)
            origin = ledger.Origin(None, None, None, 0, decisions.BY_HAND)
            return len(ledger.write(self._connection, origin, hand, by_people=True, also={}, entries={}))
        also = self._also(notice_id)
        count = 0
        for plan in decisions.notice_as_decided(self._connection, notice_id):
            path = self._connection.execute(
                "select path from sources where id = ?", (plan.stored.source_id,)
            ).fetchone()[0]
            other = set(reworded)
            if plan.decided.plan is not plan.stored.plan:
                known = {task.id: task for task in plan.stored.plan.tasks}
                other.update(task.id for task in plan.decided.plan.tasks if known.get(task.id) != task)
            kept = {name: entry for name, entry in entries.items() if name not in other}
            count += len(self._write_ledger(plan.stored, plan.decided, path, also, kept))
        return count

    def _write_ledger(
        self, stored: StoredPlan, decided: Decided, path: str, also: Mapping[str, str], entries: Mapping[str, int]
    ) -> dict[str, int]:
        plan = decided.plan
        origin = ledger.Origin(
            stored.notice_id, stored.row_id, stored.source_id, stored.position, _name_of(plan.number, plan.title, path)
        )
        by_people = decided.plan is not stored.plan
        return ledger.write(self._connection, origin, decided, by_people=by_people, also=also, entries=entries)

    def _also(self, notice_id: str) -> dict[str, str]:
        """The further notices in which tasks of this one are said again."""
        found: dict[str, list[str]] = {}
        for task, number, title, path in self._connection.execute(
            """select r.task_id, p.number, p.title, s.path from restatements r
                 join tasks t on t.id = r.task_id join plans mine on mine.id = t.plan_id
                 join plans p on p.id = r.plan_id and p.current = 1 join sources s on s.id = p.source_id
                where mine.notice_id = ? order by s.path, p.position""",
            (notice_id,),
        ):
            found.setdefault(task, []).append(_name_of(number, title, path))
        return {task: ledger.BETWEEN.join(names) for task, names in found.items()}


def _names_tasks(said: Any) -> bool:
    """True for what a merging names: the ids of the tasks that went into one."""
    return isinstance(said, list) and bool(said) and all(isinstance(name, str) for name in said)


def _merges(decision: Decision, task_id: str) -> bool:
    """True where a decision merges this task into another, or takes that back."""
    return any(_names_tasks(said) and task_id in said for said in (decision.old, decision.new))


def check_by(by: str) -> None:
    """A decision without a name is nobody's."""
    if not by.strip():
        raise StoreError("by_missing", where="by", chinese="请写明是谁作出的", english="say who says so")


def _name_of(number: str | None, title: str | None, path: str) -> str:
    """What the column 来源 calls a notice."""
    return number or title or Path(path).stem
