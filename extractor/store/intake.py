"""Taking a file in (入库): one extraction becomes rows, in the transaction of the caller.

What a notice said before is matched with what it says now (:mod:`extractor.store.reconcile`), so that ids, and with them
the decisions, statuses and notes of people, stay where they are.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from extractor import identity
from extractor.identity import Simplify
from extractor.model import Extraction, Plan, Problem, Source, Task
from extractor.readers.annexes import titles_named
from extractor.store import decisions, ledger, search
from extractor.store.notices import Body, Known, Placing, keep_sketch
from extractor.store.reading import StoredPlan, read_plans
from extractor.store.reconcile import Matched, reconcile, restated, values
from extractor.store.rows import RowWriter, chunks, clear_children, clear_evidence
from extractor.store.schema import APART
from extractor.store.snapshots import to_json
from extractor.store.units import Units

PlanOutcome = Literal["new", "again", "version", "copy", "layer"]

_EDITABLE = 0  # how well a kind of file keeps a notice's text: as it was typed,
_PRINTED = 1  # as it was laid out on pages,
_RECOGNISED = 2  # as it was recognised from a picture


@dataclass(frozen=True, slots=True)
class PlanReport:
    """What became of one plan. ``notice_id`` is the plan's id; the lists are ids of tasks.

    ``outcome``: a ``new`` notice; the same file read ``again``; a new ``version`` of a known notice; a ``copy`` of one;
    a ``layer`` that hands on another notice, whose tasks (``restated``) it says again.
    """

    notice_id: str
    outcome: PlanOutcome
    new: tuple[str, ...] = ()
    same: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    returned: tuple[str, ...] = ()
    vanished: tuple[str, ...] = ()
    restated: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PutReport:
    """What became of one file: its plans, and how many tasks are new, the same, changed, back again, gone."""

    source_id: str
    path: str
    plans: tuple[PlanReport, ...]

    def _count(self, name: str) -> int:
        return sum(len(getattr(plan, name)) for plan in self.plans)

    @property
    def new(self) -> int:
        """Tasks that were not known."""
        return self._count("new")

    @property
    def same(self) -> int:
        """Tasks that say what they said."""
        return self._count("same")

    @property
    def changed(self) -> int:
        """Tasks that are the same, but say something else than before."""
        return self._count("changed")

    @property
    def returned(self) -> int:
        """Tasks that had vanished and are back."""
        return self._count("returned")

    @property
    def vanished(self) -> int:
        """Tasks that the notice no longer has."""
        return self._count("vanished")


@dataclass
class Intake:
    """One file on its way in. ``fresh`` gathers the plans written, with their paths; ``stale`` the notices whose ledger
    rows must be worked out anew, and ``reworded`` the rows of the ledger whose words may be other than before."""

    connection: sqlite3.Connection
    simplify: Simplify
    units: Units
    at: str
    generator: str
    stale: dict[str, None] = field(default_factory=dict)
    fresh: list[tuple[StoredPlan, str]] = field(default_factory=list)
    reworded: set[str] = field(default_factory=set)
    waiting: search.Waiting = field(default_factory=search.Waiting)
    _in_simplified: bool = field(default=False, init=False)

    def put(self, extraction: Extraction) -> PutReport:
        """Takes ``extraction`` in. Raises ``ValueError`` where its values refer to nothing."""
        plans = extraction.plans
        source = replace(extraction.source, id=identity.source_id(extraction.source.sha256))
        if not identity.whole(plans):
            plans = identity.assign(plans, text=source.text, repairs=source.repairs, simplify=self.simplify)
        clean = search.clean_text(source)
        turned = self.simplify(clean)
        self._in_simplified = turned == clean
        script = _as_it_is if self._in_simplified else self.simplify  # of the words of this file
        known = self._source(source, turned)
        if known:
            self.connection.execute("delete from problems where source_id = ?", (source.id,))
        add_problems(self.connection, source.id, extraction.problems, "extractor")
        placing = Placing(self.connection, source, self.simplify, known=known)
        reports = tuple(
            self._plan(plan, k, source, placing, Body.of(plan, source, script)) for k, plan in enumerate(plans)
        )
        if known:
            reports += tuple(self._plans_gone(source, {report.notice_id for report in reports}))
        self._warn_of_loss(source, reports)
        if any(problem.code == "annex_missing" for problem in extraction.problems):
            self._tell_of_annexes(source, {report.notice_id for report in reports})
        return PutReport(source.id, source.path, reports)

    def _tell_of_annexes(self, source: Source, here: set[str]) -> None:
        """An annex that a notice names and that was read before, in a file of its own, is best read together with it."""
        for title in titles_named(source.text):
            for notice, path in self.connection.execute(
                "select p.notice_id, s.path from plans p join sources s on s.id = p.source_id "
                "where p.title = ? and p.current = 1 and p.number is null order by s.path",
                (title,),
            ).fetchall():
                if notice not in here:
                    message = (
                        f"附件《{title}》已作为单独的文件读取（{path}），请把它放到本文件旁边，"
                        f"文件名写成“附件……”，一并再读一次：已填的状态和更正都会保留"
                    )
                    add_problems(self.connection, source.id, [Problem("annex_apart", message)], "store")

    # -- the file ------------------------------------------------------------------------------------------------------

    def _source(self, source: Source, words: str) -> bool:
        """Keeps the file and its text; true where its content was known before. ``words`` are those that it is found by,
        in simplified script."""
        forget_failure(self.connection, source.path)
        known = self.connection.execute("select text from sources where id = ?", (source.id,)).fetchone()
        row = (
            source.media_type,
            source.encoding,
            int(source.ocr),
            json.dumps(source.pages),
            source.text,
            self.generator,
        )
        if known is None:
            self.connection.execute(
                "insert into sources (id, sha256, path, media_type, encoding, ocr, pages, text, state, generator, taken_in) "
                "values (?, ?, ?, ?, ?, ?, ?, ?, 'read', ?, ?)",
                (source.id, source.sha256, source.path, *row, self.at),
            )
        else:
            self.connection.execute(
                "update sources set media_type = ?, encoding = ?, ocr = ?, pages = ?, text = ?, generator = ? where id = ?",
                (*row, source.id),
            )
            self.connection.execute("delete from repairs where source_id = ?", (source.id,))
        self.connection.executemany(
            'insert into repairs (source_id, ordinal, start, "end", replacement, step) values (?, ?, ?, ?, ?, ?)',
            [(source.id, k, r.span.start, r.span.end, r.replacement, r.step) for k, r in enumerate(source.repairs)],
        )
        see_path(self.connection, source.id, source.path, self.at)
        [entry] = search.new_entries(self.connection, 1)
        self.connection.execute("update sources set entry = ? where id = ?", (entry, source.id))
        self.waiting.count += 1
        self.waiting.simplified[entry] = words
        return known is not None

    # -- a plan --------------------------------------------------------------------------------------------------------

    def _plan(self, plan: Plan, position: int, source: Source, placing: Placing, body: Body) -> PlanReport:
        placed = placing.place(plan, body)
        if placed.relation == "layer" and placed.known is not None:
            report = self._layer(plan, position, source, body, placed.known)
        else:
            holder = placing.holder(plan, body) if placed.known is None else None
            held = placing.held(body)
            known = placed.known or next(iter(held), None)
            others = [other for other in held if known is not None and other.notice_id != known.notice_id]
            for other in held:
                placing.take(other.notice_id)
            if holder is not None:
                report = self._part(plan, position, source, holder)
            elif known is None:
                report = self._new(plan, position, source, body)
            else:
                self._take_in(others, known)
                again = placed.relation == "again"
                report = self._known(plan, position, source, body, known, again=again, whole=bool(held))
        placing.take(report.notice_id)
        return report

    def _part(self, plan: Plan, position: int, source: Source, holder: Known) -> PlanReport:
        """An annex in a file of its own whose notice is known with it: one more source of that notice."""
        self._copy(holder.row_id, plan, position, source)
        self.stale[holder.notice_id] = None
        return PlanReport(holder.notice_id, "copy")

    def _take_in(self, others: Sequence[Known], known: Known) -> None:
        """Papers that are annexes of a known notice become part of it, with all that people have said of their tasks."""
        for other in others:
            names = {"into": known.notice_id, "row": known.row_id, "other": other.notice_id}
            for statement in _TAKE_IN:
                self.connection.execute(statement, names)
            self.stale[other.notice_id] = None

    def _new(self, plan: Plan, position: int, source: Source, body: Body) -> PlanReport:
        matched = reconcile((), (), plan, simplify=self.simplify, taken=self._taken)
        plan = replace(matched.plan, id=self._new_notice(plan, body))
        self._write(plan, f"{plan.id}.1", 1, position, source, known=False)
        return PlanReport(plan.id, "new", new=matched.new)

    def _layer(self, plan: Plan, position: int, source: Source, body: Body, known: Known) -> PlanReport:
        """A notice that hands on another: what both say is the task of the first; its own orders are its own."""
        below = [self._stored("id = ?", known.row_id), *self._said_again_by(known.row_id)]
        own, twice = self._apart(plan, below)
        matched = reconcile((), (), own, simplify=self.simplify, taken=self._taken)
        own = replace(matched.plan, id=self._new_notice(plan, body))
        row_id = f"{own.id}.1"
        self._write(own, row_id, 1, position, source, known=False)
        self._restate(plan, twice, row_id)
        return PlanReport(own.id, "layer", new=matched.new, restated=tuple(task.id for task in twice.values()))

    def _apart(self, plan: Plan, below: Sequence[StoredPlan]) -> tuple[Plan, dict[int, Task]]:
        """The layer's own orders, and which of its tasks (by index) are tasks of the notices ``below`` said again."""
        twice = restated([task for stored in below for task in stored.plan.tasks], plan, simplify=self.simplify)
        again = {plan.tasks[k].id for k in twice}
        said = {self._form(goal.evidence.quote) for stored in below for goal in stored.plan.goals}
        own = replace(
            plan,
            tasks=tuple(task for task in plan.tasks if task.id not in again),
            goals=tuple(
                goal for goal in plan.goals if goal.task_id not in again and self._form(goal.evidence.quote) not in said
            ),
        )
        return own, twice

    def _said_again_by(self, row_id: str) -> list[StoredPlan]:
        """The notices whose tasks the plan at ``row_id`` says again."""
        where = "id in (select t.plan_id from restatements r join tasks t on t.id = r.task_id where r.plan_id = ?)"
        return read_plans(self.connection, where, (row_id,))

    def _restate(self, plan: Plan, twice: dict[int, Task], row_id: str) -> None:
        writer = self._writer()
        for k, task in twice.items():
            writer.restatement(plan.tasks[k], task.id, row_id, k)
        writer.flush()
        marks = ", ".join("?" * len(twice))
        for (notice,) in self.connection.execute(
            f"select distinct p.notice_id from tasks t join plans p on p.id = t.plan_id where t.id in ({marks})",
            [task.id for task in twice.values()],
        ):
            self.stale[notice] = None

    def _known(
        self, plan: Plan, position: int, source: Source, body: Body, known: Known, *, again: bool, whole: bool = False
    ) -> PlanReport:
        """A new reading of a known notice. ``whole`` says that it comes with annexes that were papers of their own so far:
        then it is the notice from now on."""
        now = self._stored("id = ?", known.row_id)
        earlier = read_plans(self.connection, "notice_id = ?", (known.notice_id,))
        below = self._said_again_by(known.row_id)
        all_of_it = plan
        plan, twice = self._apart(plan, below) if below else (plan, {})
        matched = reconcile(
            now.plan.tasks,
            now.plan.goals,
            plan,
            simplify=self.simplify,
            gone_tasks=[task for stored in earlier for task in stored.gone_tasks],
            gone_goals=[goal for stored in earlier for goal in stored.gone_goals],
            taken=self._taken,
        )
        outcome: PlanOutcome = "again" if again else "version"
        if not (again or whole):
            outcome = self._version_or_copy(plan, source, now, matched)
        if outcome == "copy":
            self._copy(known.row_id, plan, position, source)
            self.stale[known.notice_id] = None
            return PlanReport(known.notice_id, "copy", same=tuple(task.id for task in now.plan.tasks))
        self._keep_readings(now, matched)
        row_id = known.row_id
        if outcome == "again":
            version = known.version
            self._clear_plan(row_id)
        else:
            version = known.version + 1
            row_id = f"{known.notice_id}.{version}"
            self.connection.execute("update plans set current = 0 where notice_id = ?", (known.notice_id,))
        clear_children(
            self.connection,
            tasks=[*matched.same, *matched.changed, *matched.returned],
            goals=[goal.id for goal in matched.plan.goals],
        )
        for table, ids in (("tasks", matched.vanished), ("goals", matched.vanished_goals)):
            for chunk in chunks(ids):
                marks = ", ".join("?" * len(chunk))
                self.connection.execute(f"update {table} set vanished = 1 where id in ({marks})", chunk)
        self._rename_notice(known.notice_id, plan)
        self._write(replace(matched.plan, id=known.notice_id), row_id, version, position, source, known=True)
        if outcome == "version":
            self.connection.execute(
                "insert into plan_sources (plan_id, source_id, kind, ordinal) "
                "select ?, source_id, 'copy', min(ordinal) from plan_sources where plan_id = ? and source_id <> ? "
                "group by source_id",
                (row_id, known.row_id, source.id),
            )
        if below:
            self._clear_restatements(known.row_id)
            self._restate(all_of_it, twice, row_id)
        keep_sketch(self.connection, known.notice_id, body, known=True)
        self.stale[known.notice_id] = None
        return PlanReport(
            known.notice_id,
            outcome,
            new=matched.new,
            same=matched.same,
            changed=matched.changed,
            returned=matched.returned,
            vanished=matched.vanished,
        )

    def _version_or_copy(self, plan: Plan, source: Source, now: StoredPlan, matched: Matched) -> PlanOutcome:
        """Whether another file of a known notice speaks for it from now on, or only repeats it."""
        still_there = self.connection.execute(
            "select 1 from source_paths where source_id = ? and current = 1", (now.source_id,)
        ).fetchone()
        if still_there is None:
            return "version"  # the file that it was read from has been replaced
        before = self.connection.execute(
            "select 1 from plan_sources l join plans p on p.id = l.plan_id where p.notice_id = ? and l.source_id = ?",
            (now.notice_id, source.id),
        ).fetchone()
        if before is not None:
            return "copy"  # known as a copy, or as an earlier version
        old = {task.id: values(task, self.simplify) for task in now.plan.tasks}
        new = {task.id: values(task, self.simplify) for task in matched.plan.tasks}
        other = [name for name in matched.changed if old.get(name) != new.get(name)]
        if not other and not matched.new and not matched.returned:
            return "copy"  # nothing in it is of another substance
        if not other and not matched.vanished:
            return "version"  # the same and more
        issued, was_issued = plan.issued_on or "", now.plan.issued_on or ""
        later = issued > was_issued if issued and was_issued and issued != was_issued else None
        if later is None:
            later = _quality(source) <= self._quality_of(now.source_id)
        self._problems_differ(source, now.source_id)
        return "version" if later else "copy"

    def _quality_of(self, source_id: str) -> int:
        row = self.connection.execute("select media_type, ocr from sources where id = ?", (source_id,)).fetchone()
        return _rank(row[0] or "", bool(row[1]))

    def _problems_differ(self, source: Source, other_id: str) -> None:
        path = self.connection.execute("select path from sources where id = ?", (other_id,)).fetchone()[0]
        message = f"与《{path}》是同一份通知，但任务内容有出入，请核对以哪一份为准"
        add_problems(self.connection, source.id, [Problem("copies_differ", message)], "store")

    def _copy(self, row_id: str, plan: Plan, position: int, source: Source) -> None:
        """Notes that ``source`` repeats the plan at ``row_id``, and where."""
        self.connection.execute(
            "insert or replace into plan_sources (plan_id, source_id, kind, ordinal) values (?, ?, 'copy', ?)",
            (row_id, source.id, position),
        )
        owner = f"{row_id}@{source.id}"
        clear_evidence(self.connection, [owner])
        writer = self._writer()
        writer.places(owner, plan.pieces)
        writer.flush()

    def _write(self, plan: Plan, row_id: str, version: int, position: int, source: Source, *, known: bool) -> None:
        self.connection.execute(
            """insert into plans (id, notice_id, source_id, version, current, position, title, number, issuer, issued_on,
                                  region, addressees)
               values (?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?)
               on conflict(id) do update set position = excluded.position, title = excluded.title,
                   number = excluded.number, issuer = excluded.issuer, issued_on = excluded.issued_on,
                   region = excluded.region, addressees = excluded.addressees, current = 1""",
            (row_id, plan.id, source.id, version, position, plan.title, plan.number, plan.issuer, plan.issued_on,
             plan.region, json.dumps(plan.addressees, ensure_ascii=False)),
        )  # fmt: skip
        self.connection.execute(
            "insert or replace into plan_sources (plan_id, source_id, kind, ordinal) values (?, ?, 'primary', ?)",
            (row_id, source.id, position),
        )
        writer = self._writer()
        writer.plan(plan, row_id)
        writer.flush()
        self._links(plan, row_id)
        if known:
            self.reworded.update(ledger.names(plan))
        self.fresh.append((StoredPlan(row_id, plan.id, source.id, version, True, position, plan), source.path))

    def keep_words(self, plan: Plan, entries: Mapping[str, int]) -> None:
        """Keeps the words of the tasks of a new notice at hand for the search, by the numbers of their entries: nobody has
        said anything else of them yet."""
        self.waiting.count += len(entries)
        words = self.waiting.simplified if self._in_simplified else self.waiting.as_written
        for task in plan.tasks:  # goals are read from the ledger
            units = [r.unit for r in task.responsibilities] + [r.canonical for r in task.responsibilities]
            words[entries[task.id]] = search.words_of_task(task.title, task.evidence.quote, task.section, units)

    def _writer(self) -> RowWriter:
        return RowWriter(self.connection, self.units.id_of)

    def _stored(self, where: str, *parameters: str) -> StoredPlan:
        return read_plans(self.connection, where, parameters)[0]

    def _form(self, text: str) -> str:
        return identity.normal_form(text, self.simplify)

    def _taken(self, ids: Iterable[str]) -> set[str]:
        return taken_ids(self.connection, ids)

    # -- notices -------------------------------------------------------------------------------------------------------

    def _new_notice(self, plan: Plan, body: Body) -> str:
        name = plan.id
        while self.connection.execute("select 1 from notices where id = ?", (name,)).fetchone():
            name = identity.mint("plan", name)  # the same key, but another notice
        number = identity.document_number(plan.number, self.simplify)
        self.connection.execute(
            "insert into notices (id, number, issuer, number_form, issuer_form) values (?, ?, ?, ?, ?)",
            (name, plan.number, plan.issuer, number, self._form(plan.issuer or "") or None),
        )
        keep_sketch(self.connection, name, body, known=False)
        self._awaited(name, number)
        return name

    def _awaited(self, notice_id: str, number: str | None) -> None:
        """Links that name a notice by its number lead to it from now on."""
        if number is not None:
            self.connection.execute(
                "update plan_links set target_id = ?, state = 'proposed' where number_form = ? and target_id is null",
                (notice_id, number),
            )

    def _rename_notice(self, notice_id: str, plan: Plan) -> None:
        """A number or issuer that was not known before is known from now on."""
        number = identity.document_number(plan.number, self.simplify)
        self._awaited(notice_id, number)
        self.connection.execute(
            "update notices set number = coalesce(number, ?), number_form = coalesce(number_form, ?), "
            "issuer = coalesce(issuer, ?), issuer_form = coalesce(issuer_form, ?) where id = ?",
            (
                plan.number,
                number,
                plan.issuer,
                self._form(plan.issuer or "") or None,
                notice_id,
            ),
        )

    def _links(self, plan: Plan, row_id: str) -> None:
        ordinals: Counter[tuple[str, str]] = Counter()
        for ordinal, link in enumerate(plan.links):
            number = identity.document_number(link.number, self.simplify)
            target = self.connection.execute(
                "select id from notices where number_form = ? and id <> ? order by id", (number, plan.id)
            ).fetchone()
            named = number or self._form(link.title or "")
            name = identity.mint("link", plan.id, link.kind, named, ordinals[link.kind, named])
            ordinals[link.kind, named] += 1
            said = decisions.said_of_link(self.connection, name)
            state = said or ("proposed" if target else "stated")
            self.connection.execute(
                "insert into plan_links (id, plan_id, ordinal, kind, number, number_form, title, target_id, state) "
                "values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    name,
                    row_id,
                    ordinal,
                    link.kind,
                    link.number,
                    number,
                    link.title,
                    target[0] if target else None,
                    state,
                ),
            )

    def _clear_plan(self, row_id: str) -> None:
        clear_evidence(self.connection, [row_id])
        self.connection.execute("delete from sections where plan_id = ?", (row_id,))
        self.connection.execute("delete from plan_links where plan_id = ?", (row_id,))

    # -- what was said before ------------------------------------------------------------------------------------------

    def _keep_readings(self, now: StoredPlan, matched: Matched) -> None:
        old = {task.id: task for task in now.plan.tasks}
        rows: list[tuple[str, str, str, str | None, str]]
        rows = [(name, now.row_id, "changed", to_json(old[name]), self.at) for name in matched.changed]
        rows += [(name, now.row_id, "vanished", None, self.at) for name in matched.vanished]
        rows += [(name, now.row_id, "returned", None, self.at) for name in matched.returned]
        self.connection.executemany(
            "insert into earlier_readings (entity_id, plan_id, what, reading, at) values (?, ?, ?, ?, ?)", rows
        )

    def _clear_restatements(self, row_id: str) -> None:
        names = [row[0] for row in self.connection.execute("select id from restatements where plan_id = ?", (row_id,))]
        clear_evidence(self.connection, names)
        self.connection.execute("delete from restatements where plan_id = ?", (row_id,))

    def _plans_gone(self, source: Source, found: set[str]) -> list[PlanReport]:
        """Plans that this very file gave before and gives no more."""
        reports: list[PlanReport] = []
        now = self.connection.execute(
            "select id, notice_id from plans where source_id = ? and current = 1 order by position", (source.id,)
        ).fetchall()
        for row_id in (row_id for row_id, notice_id in now if notice_id not in found):
            stored = self._stored("id = ?", row_id)
            vanished = Matched(stored.plan, vanished=tuple(task.id for task in stored.plan.tasks))
            self._keep_readings(stored, vanished)
            for table in ("tasks", "goals"):
                self.connection.execute(f"update {table} set vanished = 1 where plan_id = ?", (stored.row_id,))
            self.stale[stored.notice_id] = None
            reports.append(PlanReport(stored.notice_id, "again", vanished=vanished.vanished))
        return reports

    def _warn_of_loss(self, source: Source, reports: Sequence[PlanReport]) -> None:
        """A task that somebody works on must not go unseen."""
        rows = [
            row
            for report in reports
            if report.outcome not in ("new", "layer")  # which have lost nothing yet
            for row in self.connection.execute(
                """select distinct t.title from tasks t join plans p on p.id = t.plan_id
                    where p.notice_id = ? and t.vanished = 1
                      and (exists (select 1 from decisions d where d.owner_id = t.id)
                           or exists (select 1 from progress g where g.entity_id = t.id)
                           or exists (select 1 from assignments a where a.task_id = t.id))
                    order by t.position""",
                (report.notice_id,),
            )
        ]
        message = "任务“{}”已有人工记录，但这一版通知中没有找到，请核对"
        add_problems(
            self.connection, source.id, [Problem("task_vanished", message.format(r[0])) for r in rows], "store"
        )


_TAKE_IN = (
    "insert or ignore into plan_sources (plan_id, source_id, kind, ordinal) "
    "select :row, source_id, 'copy', position from plans where notice_id = :other",
    "update source_paths set current = 0 where source_id in (select source_id from plans where notice_id = :other)",
    *(
        f"update {table} set plan_id = :row where plan_id in (select id from plans where notice_id = :other)"
        for table in ("tasks", "goals")
    ),
    "update decisions set notice_id = :into where notice_id = :other and entity not in ('plan', 'plan_link')",
    "update decisions set owner_id = :into where owner_id = :other and entity = 'plan_link'",
    "update plan_links set target_id = :into where target_id = :other",
    "update plans set current = 0 where notice_id = :other",
    "delete from notice_sketches where notice_id = :other",
)
"""What makes a paper (``other``) part of a notice (``into``, whose present version is ``row``)."""


def _as_it_is(text: str) -> str:
    """The script of a text that is in simplified script already."""
    return text


def _quality(source: Source) -> int:
    return _rank(source.media_type, source.ocr)


def _rank(media_type: str, ocr: bool) -> int:
    if ocr or media_type.startswith("image/"):
        return _RECOGNISED
    return _PRINTED if media_type == "application/pdf" else _EDITABLE


_BY_LETTER = {"t": "tasks", "m": "measures", "g": "goals", "r": "responsibilities", "d": "deadlines", "q": "targets"}
_BESIDE_TASKS = {"measures", "responsibilities"}
"""Tables in which a row is found by its task, and by its id only where that is :data:`APART` from the task's."""
_OF_PART = "select " + " or ".join(  # true where any id has these digits of its notice; g comes after every digit
    f"exists (select 1 from {table} where id between '{letter}' || :part and '{letter}' || :part || 'g'"
    + (f" and {APART})" if table in _BESIDE_TASKS else ")")
    for letter, table in _BY_LETTER.items()
)


def taken_ids(connection: sqlite3.Connection, ids: Iterable[str]) -> set[str]:
    """Which of ``ids`` the database holds already."""
    ids = list(ids)
    parts = set(map(identity.notice_part, ids))
    if not any(connection.execute(_OF_PART, {"part": part}).fetchone()[0] for part in parts):
        return set()
    found: set[str] = set()
    sorted_ids: dict[str, list[str]] = {table: [] for table in _BY_LETTER.values()}
    for name in ids:
        sorted_ids[_BY_LETTER[name[0]]].append(name)
    for table, names in sorted_ids.items():
        apart = f" and {APART}" if table in _BESIDE_TASKS else ""
        for chunk in chunks(names):
            statement = f"select id from {table} where id in ({', '.join('?' * len(chunk))}){apart}"
            found.update(row[0] for row in connection.execute(statement, chunk))
        for part in parts if apart else ():
            beside = f"select id from {table} where task_id between 't' || ? and 't' || ? || 'g'"
            found.update({row[0] for row in connection.execute(beside, (part, part))}.intersection(names))
    return found


# -- files -------------------------------------------------------------------------------------------------------------


def see_path(connection: sqlite3.Connection, source_id: str, path: str, at: str) -> None:
    """Notes that the file lies at ``path`` now; what lay there before lies there no more."""
    others = connection.execute(
        "select source_id from source_paths where path = ? and source_id <> ? and current = 1", (path, source_id)
    ).fetchall()
    if others:
        connection.execute("update source_paths set current = 0 where path = ? and source_id <> ?", (path, source_id))
    connection.execute(
        "insert into source_paths (path, source_id, first_seen, current) values (?, ?, ?, 1) "
        "on conflict(path, source_id) do update set current = 1",
        (path, source_id, at),
    )
    several = (
        connection.execute("select count(*) from source_paths where source_id = ?", (source_id,)).fetchone()[0] > 1
    )
    for (name,) in [*others, (source_id,)] if others or several else []:
        connection.execute(
            "update sources set path = coalesce("
            "(select min(path) from source_paths where source_id = sources.id and current = 1), path) where id = ?",
            (name,),
        )


def add_problems(connection: sqlite3.Connection, source_id: str, problems: Iterable[Problem], origin: str) -> None:
    """Adds problems to those of a file."""
    added = list(problems)
    if not added:
        return
    last = connection.execute(
        "select coalesce(max(ordinal), -1) from problems where source_id = ? and origin = ?", (source_id, origin)
    ).fetchone()[0]
    connection.executemany(
        "insert into problems (source_id, ordinal, code, message, pieces, origin) values (?, ?, ?, ?, ?, ?)",
        [
            (source_id, k, p.code, p.message, json.dumps([[piece.start, piece.end] for piece in p.pieces]), origin)
            for k, p in enumerate(added, start=last + 1)
        ],
    )


def forget_failure(connection: sqlite3.Connection, path: str) -> None:
    """A file that could not be read before and can be now is no failure any more."""
    for (name,) in connection.execute(
        "select s.id from source_paths p join sources s on s.id = p.source_id where p.path = ? and s.state <> 'read'",
        (path,),
    ).fetchall():
        for table in ("problems", "source_paths"):
            connection.execute(f"delete from {table} where source_id = ?", (name,))
        connection.execute("delete from sources where id = ?", (name,))


def put_failure(connection: sqlite3.Connection, path: str, problem: Problem, *, secret: bool, at: str) -> str:
    """A file without text, and why. Gives its id."""
    forget_failure(connection, path)
    name = identity.mint("source", path)
    connection.execute(
        "insert into sources (id, path, state, taken_in) values (?, ?, ?, ?)",
        (name, path, "secret" if secret else "failed", at),
    )
    see_path(connection, name, path, at)
    add_problems(connection, name, [problem], "extractor")
    return name
