"""The fields of tasks and goals: units, dates and numbers put to the drafts whose words they stand in.

A task's own values stand in its extent; what stands at a heading above it, opens its paragraph or points back to it is
inherited and says why. A deadline or target inside a goal of a task is one thing, shown under both.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import regex

from extractor.assemble import confidence, dates
from extractor.assemble.drafts import Drafts, GoalDraft, Heading, TaskDraft
from extractor.assemble.inherit import Assigned, Responsibilities
from extractor.assemble.reporting import Reporting
from extractor.extractors.deadlines import DeadlineValue
from extractor.extractors.targets import TargetValue
from extractor.lexicon import Lexicon
from extractor.model import (
    Basis,
    Deadline,
    Evidence,
    Goal,
    Measure,
    Mention,
    Responsibility,
    Span,
    Target,
    Task,
)
from extractor.normalise import simplified
from extractor.records import replace
from extractor.text import PlanText
from extractor.units import canonical

_PAIRED_WITHIN = 60
"""Characters between a date and the number that it is for, at most."""

_Dated = list[tuple[int, str]]
"""Where each dated deadline's words end in the source, ascending, and its name."""


class _Values(NamedTuple):
    """What is read of a task before it can be made, for its confidence depends on that of the plan's others."""

    title: str
    evidence: Evidence
    measures: tuple[Measure, ...]
    responsibilities: tuple[Responsibility, ...]
    deadlines: list[Deadline]
    targets: list[Target]
    odds: float


class Fields:
    """Puts the mentions of one plan to its drafts."""

    def __init__(self, plan: PlanText, drafts: Drafts, mentions: Sequence[Mention], lexicon: Lexicon) -> None:
        self.plan = plan
        self.drafts = drafts
        self.lexicon = lexicon
        self.times = [m for m in mentions if isinstance(m.value, DeadlineValue)]
        self._times = _Placed(self.times)
        self._lent = dates.lent(plan, self.times)
        self._figures = _Placed([m for m in mentions if isinstance(m.value, TargetValue)])
        region = plan.letterhead.region
        self._shares = confidence.Shares.of(lexicon)
        self._region = simplified(region) if region else None  # the dictionary's names are simplified
        self._canonical: dict[str, str | None] = {}  # a plan names the same units again and again
        self._reporting = Reporting(plan)
        self.assigned = Responsibilities(plan, drafts, mentions)
        self._carried: dict[int, list[tuple[Mention, Basis]]] = defaultdict(list)  # by where the sentence begins
        for sentence, mention, why in dates.carried(plan, self.times):
            self._carried[sentence.span.start].append((mention, why))
        self._tables = _table_owners(plan, drafts)
        self._back: dict[int, list[tuple[Mention, Basis]]] = defaultdict(list)
        for node, mention, why in dates.pointed_back(plan, self.times):
            self._back[id(node)].append((mention, why))

    # -- tasks ----------------------------------------------------------------------------------------------------------

    def tasks(self) -> tuple[Task, ...]:
        """The tasks of all drafts, with names of the moment for ids."""
        read = [self._values(draft, f"t{number}") for number, draft in enumerate(self.drafts.tasks)]
        sure = confidence.together([values.odds for values in read], self._shares)
        return tuple([self._task(number, values, sure[number]) for number, values in enumerate(read)])

    def _values(self, draft: TaskDraft, name: str) -> _Values:
        """What a draft's words hold; ``name`` is its task's."""
        evidence_of = self.plan.clean.offsets.evidence_of
        measures = tuple([Measure(evidence_of(span), f"{name}m{k}") for k, span in enumerate(draft.measures)])
        deadlines = self._deadlines(draft, name)
        figures = () if draft.row is None else tuple(c.span for role, c in draft.row.cells if role != "progress")
        extent = (*draft.extent, *figures, *self._tables.get(name, ()))
        targets = self._targets(extent, draft.measures, name, deadlines)
        responsibilities = tuple([self._responsibility(row) for row in self.assigned.of(draft)])
        evidence = self.plan.clean.evidence(*draft.text)
        title = self._title(draft)
        odds = confidence.odds_of_task(
            title, evidence.quote, draft.rule, len(measures), responsibilities, deadlines, targets, self._shares
        )
        return _Values(title, evidence, measures, responsibilities, deadlines, targets, odds)

    def _task(self, number: int, values: _Values, sure: float) -> Task:
        draft = self.drafts.tasks[number]
        due_on, due_rule = dates.due(values.deadlines)
        report_to = self._reporting.report_to(draft)
        return Task(
            title=values.title,
            evidence=values.evidence,
            rule=draft.rule,
            section=self._section(draft.section),
            measures=values.measures,
            responsibilities=values.responsibilities,
            deadlines=tuple(values.deadlines),
            targets=tuple(values.targets),
            report_to=report_to,
            contact=self._reporting.contact(draft, reports=report_to is not None),
            due_on=due_on,
            due_rule=due_rule,
            confidence=sure,
            id=f"t{number}",
        )

    def _section(self, headings: Iterable[Heading]) -> tuple[str, ...]:
        """The headings of a section path, each on one line, in the document's script."""
        text = self.plan.text
        words = [heading if isinstance(heading, str) else text[heading.start : heading.end] for heading in headings]
        return tuple([" ".join(said.split()) for said in words])

    def _title(self, draft: TaskDraft) -> str:
        if isinstance(draft.title, str):
            return draft.title
        return " ".join(self.plan.clean.offsets.words_of(draft.title).split())

    def _responsibility(self, row: Assigned) -> Responsibility:
        value, mention = row.value, row.mention
        name = value.unit
        written = name if self.plan.clean.simplified else _in_its_script(self.plan, name, mention.spans)
        return Responsibility(
            written,
            value.role,
            self.plan.clean.evidence(*mention.spans),
            mention.rule,
            canonical=self._canonical_name(name) or (name if written != name else None),
            inherited=row.inherited,
            basis=(Basis(row.why, self.plan.clean.evidence(*row.basis)),) if row.why else (),
            confidence=self._shares.value(mention.rule, inherited=row.inherited),
        )

    def _canonical_name(self, unit: str) -> str | None:
        if unit not in self._canonical:
            setting, on = self.plan.region, self.plan.letterhead.issued_on
            self._canonical[unit] = canonical(unit, self._region, self.lexicon, setting=setting, on=on)
        return self._canonical[unit]

    def _deadlines(self, draft: TaskDraft, name: str) -> list[Deadline]:
        if not self.times:
            return []
        own = self._times.within(draft.extent)
        if not (own or self._carried or self._back or self._lent):
            return []
        found: list[Deadline] = []
        for k, mention in enumerate(own):
            made = dates.deadline(self.plan, mention, self.lexicon)
            found.append(replace(made, id=f"{name}d{k}", measure_id=self._measure_name(mention, draft, name)))
        inherited: list[tuple[Mention, Basis]] = []
        for sentence in (*draft.measures, *draft.goals) if self._carried else ():
            inherited += self._carried_to(sentence)
        inherited += self._back.get(id(draft.node), [])
        firm = any(m.value.kind in ("by", "range") for m in own if isinstance(m.value, DeadlineValue))
        if not firm and self._lent:
            inherited += dates.inherited_for(self.plan, draft.node, self._lent)
        seen: list[Mention] = list(own)
        for mention, why in inherited:
            if mention in seen or draft.owns(mention.span):
                continue
            seen.append(mention)
            made = dates.deadline(self.plan, mention, self.lexicon, inherited=why)
            found.append(replace(made, id=f"{name}d{len(found)}"))
        return found

    def _carried_to(self, span: Span) -> list[tuple[Mention, Basis]]:
        """The dates that an earlier sentence of the paragraph lends to the sentence at ``span``."""
        sentence = self.plan.sentence_at(span.start)
        return self._carried.get(sentence.span.start, []) if sentence is not None else []

    def _measure_name(self, mention: Mention, draft: TaskDraft, name: str) -> str | None:
        for k, span in enumerate(draft.measures):
            if span.meets(mention.span):
                return f"{name}m{k}"
        return None

    def _targets(
        self,
        extent: Sequence[Span],
        measures: Sequence[Span],
        name: str,
        deadlines: Sequence[Deadline],
    ) -> list[Target]:
        figures = self._figures.within(extent)
        if not figures:
            return []
        out: list[Target] = []
        dated = _dated(deadlines)
        for mention in figures:
            value = mention.value
            assert isinstance(value, TargetValue)
            evidence = self.plan.clean.evidence(*mention.spans)
            measure = next((k for k, s in enumerate(measures) if s.meets(mention.span)), None)
            out.append(
                Target(
                    indicator=value.indicator,
                    operator=value.operator,
                    low=value.low,
                    high=value.high,
                    unit=value.unit,
                    evidence=evidence,
                    rule=mention.rule,
                    change=value.change,
                    scope=value.scope,
                    period=value.period,
                    baseline=value.baseline,
                    deadline_id=self._paired(evidence, dated),
                    measure_id=None if measure is None else f"{name}m{measure}",
                    confidence=self._shares.value(mention.rule, weak=mention.weak),
                    id=f"{name}n{len(out)}",
                )
            )
        return out

    def _paired(self, evidence: Evidence, dated: _Dated) -> str | None:
        """The dated deadline that stands right before a number in its sentence: 9月底前完成25%, or in its quote: 2026年突破3亿元."""
        if not (dated and evidence.pieces):
            return None
        start = evidence.pieces[0].start
        within = [name for end, name in dated if start < end <= evidence.pieces[-1].end]
        if within:
            return within[0] if len(within) == 1 else None
        k = bisect_right(dated, start, key=_dated_end) - 1
        if k < 0 or start - dated[k][0] > _PAIRED_WITHIN:
            return None
        between = self.plan.clean.document.text[dated[k][0] : start]
        return dated[k][1] if not any(c in between for c in "。；\n;") else None

    # -- goals ----------------------------------------------------------------------------------------------------------

    def goals(self) -> tuple[Goal, ...]:
        """All goals of the plan in text order: those of its sections of aims, and those inside tasks."""
        rows: list[tuple[Span, Goal]] = []
        for k, goal in enumerate(self.drafts.goals):
            rows.append((goal.text, self._goal(goal, f"g{k}")))
        for number, draft in enumerate(self.drafts.tasks):
            for k, span in enumerate(draft.goals):
                inside = GoalDraft(span, draft.section, draft.node)
                goal_made = self._goal(inside, f"t{number}g{k}", task=draft, task_name=f"t{number}")
                rows.append((span, goal_made))
        return tuple(goal for _, goal in sorted(rows, key=lambda row: row[0]))

    def _goal(self, goal: GoalDraft, name: str, task: TaskDraft | None = None, task_name: str | None = None) -> Goal:
        extent = (goal.text, *self._tables.get(name, ()))
        deadlines: list[Deadline] = []
        for mention in self._times.within((goal.text, *goal.heads)):
            made = dates.deadline(self.plan, mention, self.lexicon)
            deadlines.append(replace(made, id=f"{name}d{len(deadlines)}"))
        for mention, why in self._carried_to(goal.text) if self._carried else ():
            made = dates.deadline(self.plan, mention, self.lexicon, inherited=why)
            deadlines.append(replace(made, id=f"{name}d{len(deadlines)}"))
        targets = self._targets(extent, (), name, deadlines)
        return Goal(
            evidence=self.plan.clean.evidence(goal.text),
            section=self._section(goal.section),
            deadlines=tuple(deadlines),
            targets=tuple(targets),
            task_id=task_name if task is not None else None,
            confidence=confidence.of_goal(targets, deadlines),
            id=name,
        )


class _Placed:
    """Mentions, found by the pieces of text that they begin in."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        self._mentions = mentions
        placed = sorted([(m.spans[0].start, number) for number, m in enumerate(mentions)])
        self._starts = [start for start, _ in placed]
        self._numbers = [number for _, number in placed]

    def within(self, pieces: Iterable[Span]) -> list[Mention]:
        """Those that begin in one of ``pieces``, in the order in which they were given."""
        numbers: list[int] = []
        starts, last = self._starts, len(self._starts)
        if starts:
            for piece in pieces:
                first = bisect_left(starts, piece.start)
                if first < last and starts[first] < piece.end:
                    numbers += self._numbers[first : bisect_left(starts, piece.end, first)]
        if len(numbers) > 1:
            numbers = sorted(set(numbers))
        return [self._mentions[number] for number in numbers] if numbers else []


def _dated(deadlines: Iterable[Deadline]) -> _Dated:
    """The deadlines with dates and words of their own; of those that end alike the first."""
    ends: dict[int, str] = {}
    for deadline in deadlines:
        if not deadline.inherited and deadline.kind in ("by", "range") and deadline.evidence.pieces:
            ends.setdefault(deadline.evidence.pieces[-1].end, deadline.id)
    return sorted(ends.items())


def _dated_end(row: tuple[int, str]) -> int:
    return row[0]


# 按照附表所列任务; the caption 附表：2024年度任务分解表 in a line of its own points to nothing
_POINTS_TO_TABLE = regex.compile(
    r"""(?<![\n])(?:附表|下表)(?![：:\d一二三四五六七八九十]{0,2}[：:]) | [详具]?见(?:附件)?[^。；\n]{0,6}表
    | (?:任务分解表|目标任务表|计划表)(?!$|\n)""",
    regex.VERBOSE,
)


def _table_owners(plan: PlanText, drafts: Drafts) -> dict[str, list[Span]]:
    """Tables that hold figures, not tasks, by the name of the task or goal that introduces them: the one that points to
    a table (按照附表所列任务), else the last before it."""
    listed = {t.index for t in plan.task_tables} | {t.index for t in plan.indicator_tables}
    figures = [t for k, t in enumerate(plan.tables) if k not in listed and plan.span.meets(t.span)]
    if not figures:
        return {}
    owners = [(d.text[-1].start, f"t{k}") for k, d in enumerate(drafts.tasks) if d.text]
    owners += [(g.text.start, f"g{k}") for k, g in enumerate(drafts.goals)]
    owners.sort()
    pointing = [
        (d.text[-1].start, f"t{k}")
        for k, d in enumerate(drafts.tasks)
        if any(_POINTS_TO_TABLE.search(plan.match, s.start, s.end) for s in d.text)
    ]
    pointing += [
        (g.text.start, f"g{k}")
        for k, g in enumerate(drafts.goals)
        if _POINTS_TO_TABLE.search(plan.match, g.text.start, g.text.end)
    ]
    pointing.sort()
    out: dict[str, list[Span]] = defaultdict(list)
    for table in figures if owners else ():
        before = [name for start, name in pointing or owners if start < table.span.start]
        out[before[-1] if before else owners[0][1]].append(table.span)
    return out


def _in_its_script(plan: PlanText, name: str, words: Sequence[Span]) -> str:
    """A unit's ``name``, which rules read in simplified script, in the script of the ``words`` that it was read from.

    A name that is put together there (党建、财政办公室 gives 党建办公室) takes each of its characters from them.
    """
    text, match = plan.clean.text, plan.clean.match
    for span in words:
        at = match.find(name, span.start, span.end)
        if at >= 0:
            return text[at : at + len(name)]
    script = {read: written for span in words for read, written in zip(span.of(match), span.of(text), strict=True)}
    return "".join(script.get(character, character) for character in name)
