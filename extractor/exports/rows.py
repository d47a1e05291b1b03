"""Rows of the register (工作台账): plans as the flat rows that every sheet, table and list is made of.

One row a task, and one row (目标指标) for each goal of the plan that carries a number: a town is judged on those. What
the office keeps itself (status, progress, who does it here) comes in beside, by the row's id, as :class:`OfficeColumns`.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cached_property, lru_cache
from typing import Any, Literal, TypeAlias, TypeVar

from extractor.exports import phrases
from extractor.exports.harmless import without_contacts
from extractor.exports.sharing import Sharing
from extractor.model import (
    AMENDED,
    Basis,
    Deadline,
    Evidence,
    Goal,
    Plan,
    Register,
    Responsibility,
    Role,
    Source,
    Target,
    Task,
)
from extractor.records import record, replace

TITLE = "工作任务台账"
LOW_CONFIDENCE = 0.6  # below it a row asks for a look at the text; the review page sorts finer
Value: TypeAlias = str | date | float | int | None  # of a cell
Timed = TypeVar("Timed", Deadline, Target)
_OPENING = re.compile(r"[。：:\n]")
_NOT_WORDS = re.compile(r"[\W_]+")
_WORDS = re.compile(r"[^\W\d_]")


@record(frozen=True, slots=True)
class OfficeColumns:
    """What the office itself writes beside a task or goal. ``status`` is of the contract; ``inner_due`` an ISO date;
    ``added_on`` the day on which a task was added that stands in no notice, ``also`` the further notices that say it."""

    our_unit: str = ""
    leader: str = ""
    person: str = ""
    inner_due: str | None = None
    status: str = "not_started"
    progress: str = ""
    percent: float | None = None
    note: str = ""
    added_on: str | None = None
    also: str = ""

    @property
    def empty(self) -> bool:
        """True where nobody has written anything in a column."""
        known = self if self.added_on is None and not self.also else replace(self, added_on=None, also="")
        return known == OfficeColumns()


class _Remembering:
    """Gives the rows, whose own values stand in slots, room for what they have worked out."""


@record(frozen=True, slots=True)
class Row(_Remembering):
    """A row of the register. ``number`` is its 序号, from 1; texts are in the document's script, with its words. Of the
    file and the plan it keeps what heads them: the text of the one and the tasks of the other are left behind."""

    number: int
    kind: Literal["task", "goal"]
    id: str
    source: Source
    plan: Plan
    group: tuple[str, ...]
    title: str
    evidence: Evidence
    measures: tuple[str, ...]
    responsibilities: tuple[Responsibility, ...]
    deadlines: tuple[Deadline, ...]
    targets: tuple[Target, ...]
    due_on: str | None
    report_to: str
    contact: str
    confidence: float
    office: OfficeColumns = OfficeColumns()  # one for all rows that have none
    restricted: str = ""
    """The warning that its paper is for inner use (内部资料, 此件不公开), where it is."""

    def units(self, role: Role) -> str:
        """The units of one role, in order, each once: 各乡镇 beside 各乡镇人民政府 is said with it."""
        return "、".join(self.named.get(role, ()))

    @cached_property
    def named(self) -> dict[Role, list[str]]:
        """The units by their roles."""
        names: dict[Role, dict[str, None]] = {}
        for responsibility in self.responsibilities:
            names.setdefault(responsibility.role, {})[responsibility.unit] = None
        return {role: said_once(of_role) for role, of_role in names.items()}

    @property
    def measures_text(self) -> str:
        """The measures, one a line; several are counted."""
        if len(self.measures) < 2:
            return "".join(self.measures)
        return "\n".join(f"{n}. {text}" for n, text in enumerate(self.measures, start=1))

    @cached_property
    def targets_text(self) -> str:
        """The words of every target, each once."""
        return "；".join(dict.fromkeys(phrases.one_line(self._words_of(t)) for t in self.targets))

    def _words_of(self, target: Target) -> str:
        """A target's words, after whom and what they are for where a table says it in other cells.

        柳溪镇·新增就业：120; a bare number of a table by years after its year: 2026年家政服务业营业收入：24.
        """
        quote = target.evidence.quote
        if target.scope:
            named = [part for part in (target.scope, target.indicator) if part and part not in quote]
            return f"{'·'.join(named)}：{quote}" if named else quote
        if _WORDS.search(quote):
            return quote
        year = (phrases.partial_date(target.period) or "") if target.period else ""
        return f"{year}{target.indicator}：{quote}"

    @cached_property
    def frequency(self) -> str:
        """How often (频次), in words."""
        return "；".join(dict.fromkeys(phrases.when(d) for d in self.deadlines if d.kind == "recurring"))

    @cached_property
    def time_limit(self) -> str:
        """Within what time (时效要求), and the dates of which a part is unknown, in words."""
        return "；".join(dict.fromkeys(phrases.when(d) for d in self.deadlines if _undated(d)))

    @cached_property
    def deadline_words(self) -> str:
        """What the notice itself says about time, each phrase once."""
        return "；".join(dict.fromkeys(phrases.one_line(d.evidence.quote) for d in self.deadlines))

    @cached_property
    def origin(self) -> str:
        """Where it stands (出处): number or title of the notice, section, page."""
        page = self.page
        return " ".join(filter(None, (notice_name(self), *self.group, f"第{page}页" if page else "")))

    @cached_property
    def page(self) -> int | None:
        """The page from 1 on which the row's words begin, where the file has pages."""
        pages = self.source.pages
        if not pages or not self.evidence.pieces:
            return None
        k = bisect_right(pages, self.evidence.pieces[0].start, key=lambda page: page[0]) - 1
        return pages[max(k, 0)][1]

    @cached_property
    def dated(self) -> dict[str, Deadline]:
        """Its deadlines by id."""
        return {d.id: d for d in reversed(self.deadlines) if d.id}

    @cached_property
    def look_at(self) -> str:
        """What a person should check (核对提示): whatever was inferred, and a reading that is not sure."""
        said: list[str] = [self.restricted] if self.restricted else []
        for name, values in (("责任单位", self.responsibilities), ("时限", self.deadlines)):
            for value in values:
                said += _inferred(name, value.basis)
                if value.inherited and not value.basis:
                    said.append(f"{name}不在本条原文内")
        for target in self.targets:
            said += _inferred("指标", target.basis)
        rules = {v.rule for values in (self.responsibilities, self.deadlines, self.targets) for v in values}
        if AMENDED in rules:
            said.append("已按后来的延期、更正通知改动，与原文不同")
        sure = [self.confidence]
        sure += [r.confidence for r in self.responsibilities]
        sure += [d.confidence for d in self.deadlines]
        sure += [t.confidence for t in self.targets]
        if min(sure) < LOW_CONFIDENCE:
            said.append("把握较低，请核对原文")
        return "；".join(dict.fromkeys(said))


def said_once(units: Collection[str]) -> list[str]:
    """The units without those that others of them name in full: 各乡镇 beside 各乡镇人民政府."""
    full = {unit.removesuffix("政府").removesuffix("人民") for unit in units if unit.endswith("政府")}
    return [unit for unit in units if unit not in full]


def _inferred(name: str, basis: tuple[Basis, ...]) -> Iterator[str]:
    return (f"{name}{phrases.BASES[b.why]}" for b in basis)


def _undated(deadline: Deadline) -> bool:
    if deadline.kind == "recurring":
        return False
    return deadline.kind == "within" or not (deadline.ends_on or deadline.starts_on)


def notice_name(row: Row) -> str:
    """How a row's notice is called in a sheet: its number, else its title, else the name of its file."""
    return row.plan.number or notice_title(row)


def notice_names(row: Row) -> str:
    """The names of all notices that say a row: its own, and those that hand it on."""
    return "；".join(filter(None, (notice_name(row), row.office.also)))


def notice_title(row: Row) -> str:
    """The title of a row's notice, or the name of its file where it has none."""
    return f"《{row.plan.title}》" if row.plan.title else f"文件“{row.source.path.rsplit('/', 1)[-1]}”"


def notice_line(row: Row) -> str:
    """The line that heads a notice in the printed register."""
    plan = row.plan
    dated = phrases.partial_date(plan.issued_on) if plan.issued_on else None
    return "　".join(filter(None, (notice_title(row), plan.number, plan.issuer, dated)))


def source_line(table: Sequence[Row]) -> str:
    """What stands under the title of a printed register: the notices it was made from."""
    plans = list(dict.fromkeys(notice_name(row) for row in table))
    named = plans[0] if plans else ""
    warnings = "".join(f"　{warning}" for warning in dict.fromkeys(row.restricted for row in table) if warning)
    return f"来源：{named}" + (f"等{len(plans)}个文件" if len(plans) > 1 else "") + warnings if named else ""


def rows(
    register: Register,
    office: Mapping[str, OfficeColumns] | None = None,
    *,
    public: bool = False,
    sharing: Sharing | None = None,
) -> Iterator[Row]:
    """The rows of a register in order; ``public`` leaves no telephone number or e-mail readable. With ``sharing`` they are made to
    be kept all at once: their values have neither ids nor places."""
    office = office or {}
    number = 0
    restricted = {
        e.source.id: "；".join(p.message for p in e.problems if p.code == "restricted") for e in register.outlines()
    }
    for source, plan in register.plans():
        file, head = replace(source, text="", repairs=()), replace(plan, tasks=(), goals=())
        for item in _in_order(plan):
            number += 1
            row = _task_row(file, head, item, plan.goals) if isinstance(item, Task) else _goal_row(file, head, item)
            values = {} if sharing is None else _shared(row, sharing)
            row = replace(
                row,
                number=number,
                office=office.get(row.id, row.office),
                restricted=restricted.get(source.id, ""),
                **values,
            )
            yield _public(row) if public else row


def _shared(row: Row, sharing: Sharing) -> dict[str, Any]:
    return {
        "responsibilities": sharing.responsibilities(row.responsibilities),
        "deadlines": sharing.deadlines(row.deadlines, row.targets),
        "targets": sharing.targets(row.targets),
    }


def _in_order(plan: Plan) -> list[Task | Goal]:
    """Tasks and goals of the plan with a number, by their place in the text; goals of a task belong to its row."""
    tasks = {task.id for task in plan.tasks}
    loose = [g for g in plan.goals if g.targets and (g.task_id is None or g.task_id not in tasks)]
    items: list[Task | Goal] = [*plan.tasks, *loose]
    return sorted(items, key=lambda item: item.evidence.pieces[0].start if item.evidence.pieces else 0)


def _task_row(source: Source, plan: Plan, task: Task, goals: Iterable[Goal]) -> Row:
    goals = [g for g in goals if g.task_id is not None and g.task_id == task.id]
    return Row(
        number=0,
        kind="task",
        id=task.id,
        source=source,
        plan=plan,
        group=_group(task.section, task.title, task.evidence.quote),
        title=phrases.one_line(task.title),
        evidence=task.evidence,
        measures=tuple(phrases.one_line(m.evidence.quote) for m in task.measures),
        responsibilities=task.responsibilities,
        deadlines=_with(task.deadlines, (d for g in goals for d in g.deadlines)),
        targets=_with(task.targets, (t for g in goals for t in g.targets)),
        due_on=task.due_on,
        report_to=task.report_to or "",
        contact=task.contact or "",
        confidence=task.confidence,
    )


def _goal_row(source: Source, plan: Plan, goal: Goal) -> Row:
    ends = [d.ends_on for d in goal.deadlines if d.ends_on and d.kind in {"by", "range"}]
    return Row(
        number=0,
        kind="goal",
        id=goal.id,
        source=source,
        plan=plan,
        group=goal.section,
        title=phrases.one_line(goal.evidence.quote),
        evidence=goal.evidence,
        measures=(),
        responsibilities=(),
        deadlines=goal.deadlines,
        targets=goal.targets,
        due_on=max(ends, default=None),
        report_to="",
        contact="",
        confidence=goal.confidence,
    )


def _with(own: tuple[Timed, ...], more: Iterator[Timed]) -> tuple[Timed, ...]:
    """``own`` and those of ``more`` that are not the same thing: a value of a goal in a task has one id under both."""
    seen = {(value.id, value.evidence) for value in own}
    out = list(own)
    for value in more:
        if (value.id, value.evidence) not in seen:
            seen.add((value.id, value.evidence))
            out.append(value)
    return tuple(out)


def _group(section: tuple[str, ...], title: str, text: str) -> tuple[str, ...]:
    """The headings above a task: its own heading, which the title repeats, or did before somebody corrected it and the
    text still opens with, is left out."""
    if section:
        last = _folded(section[-1])
        if any(own and own in last for own in (_folded(title), _folded(_OPENING.split(text, maxsplit=1)[0]))):
            return section[:-1]
    return section


@lru_cache(maxsize=1024)  # tasks of one heading stand together, and a title opens its text
def _folded(text: str) -> str:
    return _NOT_WORDS.sub("", unicodedata.normalize("NFKC", text))


def _public(row: Row) -> Row:
    hidden = without_contacts
    return replace(
        row,
        title=hidden(row.title),
        evidence=replace(row.evidence, quote=hidden(row.evidence.quote)),
        measures=tuple(hidden(m) for m in row.measures),
        contact=hidden(row.contact),
        report_to=hidden(row.report_to),
        office=replace(
            row.office,
            person=hidden(row.office.person),
            leader=hidden(row.office.leader),
            note=hidden(row.office.note),
            progress=hidden(row.office.progress),
        ),
    )
