"""Who is responsible for a task (责任的归属与继承): its own units, those of the headings above it, the document's rules.

A unit is the task's own where its words stand in the task. It is inherited where they stand in a bracket or unit line of
a heading above (牵头线办 at the heading holds for all items below, also for those with a 责任单位 of their own), in a line
that heads the whole plan (主（协）办机关：…), or in the bracket after the last of several bullets, which serves all of
them. Rules of the document (列第一位者为牵头单位，下同) change or add units, and say so.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter

import regex

from extractor.assemble.drafts import Drafts, TaskDraft, place
from extractor.extractors.units.values import DirectiveValue, UnitMention
from extractor.model import BasisWhy, Mention, Node, Role, Span
from extractor.records import record, replace
from extractor.text import PlanText

_STANDING = frozenset(("bracket", "line"))
_LISTED = ("bracket", "line", "table")
_SAID = ("subject", "post", "by")
# the last sentence before the items, where it announces them: (?r) searches from the end, where it stands
_STEM = regex.compile(r"(?r)[^。；\n]{2,80}(?:下列|以下|如下)[^。；：\n]{0,30}：\s*\Z")
_ANNOUNCING = ("下列", "以下", "如下")  # looked for first: most sentences that close with a colon hold none
_BULLET = regex.compile(r"[-—•●·◆◇■□▪*★☆○◎]+")


@record(frozen=True, slots=True)
class Assigned:
    """A unit of a task: its mention, whose ``value`` is the unit and its role, and where its words stand outside the
    task or a rule gave the role, why.

    ``basis`` are the clean spans of what it was derived from: the heading, or the words of the rule.
    """

    mention: Mention
    value: UnitMention
    inherited: bool = False
    why: BasisWhy | None = None
    basis: tuple[Span, ...] = ()

    def lent(self, basis: tuple[Span, ...]) -> Assigned:
        """The unit as a task inherits it from a heading or from the whole plan."""
        return Assigned(self.mention, self.value, True, "heading", basis)


class Responsibilities:
    """The units of one plan, put to its tasks."""

    def __init__(self, plan: PlanText, drafts: Drafts, mentions: Iterable[Mention]) -> None:
        self.plan = plan
        kept = [m for m in mentions if isinstance(m.value, (UnitMention, DirectiveValue))]
        found = sorted(kept, key=lambda m: place(m.span))
        self.units = [Assigned(m, m.value) for m in found if isinstance(m.value, UnitMention)]  # as a task's own
        self.units.sort(key=attrgetter("value.place.start", "value.place.end"))
        self._places = [unit.value.place.start for unit in self.units]
        self._cells: dict[Span, list[Assigned]] = {}
        for unit in self.units:
            if unit.value.form == "table":
                self._cells.setdefault(unit.mention.span, []).append(unit)
        self.rules = [m for m in found if isinstance(m.value, DirectiveValue)]
        self.drafts = drafts.tasks
        self._standing = [unit for unit in self.units if unit.value.form in _STANDING]
        self._standing_at = [unit.value.place.start for unit in self._standing]
        # by the node that they head: few do
        self._headings = {
            id(node): units for node in plan.nodes() if node.children and (units := self._of_heading(node))
        }
        self._whole = self._of_plan()
        if not self._whole and any(unit.value.form == "line" for unit in self._standing):
            for node in plan.nodes():
                if node.children and node.kind != "plan" and (items := tuple(self._of_unit_items(node))):
                    self._headings[id(node)] = self._headings.get(id(node), ()) + items

    def of(self, draft: TaskDraft) -> list[Assigned]:
        """The units of a task in the order of the text, one for each unit and role; its own stand before inherited ones."""
        own = self._own(draft)
        if self.rules:
            own = self._ruled(own)
        rows = [*own, *self._inherited(draft, own)]
        if self.rules:
            rows[len(own) :] = [*self._ruled(rows[len(own) :]), *self._by_default(draft)]
        if len(rows) < 2:
            return rows
        out: dict[tuple[str, Role], Assigned] = {}
        for row in rows:
            value = row.value
            out.setdefault((value.unit, value.role), row)
        return list(out.values())

    # -- own ------------------------------------------------------------------------------------------------------------

    def _own(self, draft: TaskDraft) -> list[Assigned]:
        own: list[Assigned] = []
        if draft.row is not None:
            for _, cell in draft.row.cells:
                own += self._cells.get(cell.span, ())
        for piece in draft.extent:
            between = self._between(piece)
            own += between if draft.row is None else [unit for unit in between if unit.value.form != "table"]
        return own

    def _between(self, span: Span) -> Sequence[Assigned]:
        return self.units[bisect_left(self._places, span.start) : bisect_left(self._places, span.end)]

    # -- inherited ------------------------------------------------------------------------------------------------------

    def _inherited(self, draft: TaskDraft, own: Sequence[Assigned]) -> Iterator[Assigned]:
        for above in self.plan.path(draft.node) if self._headings else ():
            for unit in self._headings.get(id(above), ()):
                if not draft.owns(unit.value.place):
                    yield unit.lent((above.heading,) if above.heading is not None else unit.mention.spans)
        for unit in self._whole:
            if not draft.owns(unit.value.place):
                yield unit.lent(unit.mention.spans)
        if self._standing and _STANDING.isdisjoint([row.value.form for row in own]):
            for unit in self._after_bullets(draft.node):
                yield unit.lent(unit.mention.spans)

    def _of_heading(self, node: Node) -> tuple[Assigned, ...]:
        """The brackets and lines at a heading or in the paragraphs between it and the first item below it."""
        first = node.children[0].span.start
        if node.kind == "plan":
            return ()
        zone = Span(node.span.start, first)
        at = self._standing_at
        standing = self._standing[bisect_left(at, zone.start) : bisect_left(at, zone.end)]
        return (*standing, *self._of_stem(zone))

    def _of_unit_items(self, node: Node) -> Iterator[Assigned]:
        """3.责任单位：县水利局 among the items below a heading: the units of all of them."""
        if not any(node.span.holds(d.node.span) and d.node is not node for d in self.drafts):
            return
        for child in node.children:
            if not child.children and child.label:
                lines = [u for u in self._standing if u.value.form == "line" and child.span.holds(u.mention.span)]
                if lines and lines[0].mention.span.start - child.span.start <= len(child.label) + 1:
                    yield from lines

    def _of_stem(self, zone: Span) -> Sequence[Assigned]:
        """村民委员会应当履行下列职责：: the doer of a stem does all that its items say."""
        words = zone.of(self.plan.match).rstrip()
        announces = words.endswith("：") and any(word in words for word in _ANNOUNCING)
        stem = _STEM.search(self.plan.match, zone.start, zone.end) if announces else None
        return [unit for unit in self._between(Span(*stem.span())) if unit.value.form in _SAID] if stem else ()

    def _of_plan(self) -> tuple[Assigned, ...]:
        """The unit lines of the one section that holds them and no task: they hold for the whole plan (辦理單位)."""
        lines = [unit for unit in self.units if unit.value.form == "line"]
        if not lines or any(d.owns(unit.value.place) for unit in lines for d in self.drafts):
            return ()
        at_heading = {unit for found in self._headings.values() for unit in found}
        if not at_heading.isdisjoint(lines):
            return ()
        nodes = [self.plan.node_at(unit.mention.span.start) for unit in lines]
        sections = {id(self.plan.parent(node)) if len(nodes) > 1 and node.label else id(node) for node in nodes}
        return tuple(lines) if len(sections) == 1 else ()

    def _after_bullets(self, node: Node) -> tuple[Assigned, ...]:
        """The units in the bracket that closes the last of the bullets that ``node`` is one of."""
        above = self.plan.parent(node)
        if above is None or not _BULLET.fullmatch(node.label.strip() or "."):
            return ()
        bullets = [c for c in above.children if _BULLET.fullmatch(c.label.strip() or ".")]
        if len(bullets) < 2 or bullets[-1] is node:
            return ()
        standing = [[unit for unit in self._standing if b.span.holds(unit.value.place)] for b in bullets]
        return tuple(standing[-1]) if standing[-1] and not any(standing[:-1]) else ()

    # -- rules of the document ------------------------------------------------------------------------------------------

    def _ruled(self, rows: list[Assigned]) -> list[Assigned]:
        """``rows`` with the first of each list leading where a rule says so."""
        for rule in self.rules:
            value = _rule(rule)
            if value.kind == "first_is_lead":
                led = {r.mention.spans for r in rows if r.value.role == "lead"}  # 责任单位：A牵头，B、C: told already
                rows = [row if row.mention.spans in led else self._first_leads(row, rule) for row in rows]
            elif value.kind == "responsible_is_lead" and not any(r.value.role == "lead" for r in rows):
                rows = [self._responsible_leads(row, rule) for row in rows]
        return rows

    def _first_leads(self, row: Assigned, rule: Mention) -> Assigned:
        value = row.value
        if value.form in _LISTED and value.role == "responsible" and value.ordinal == 0 and value.of > 1:
            return self._made_lead(row, rule)
        return row

    def _responsible_leads(self, row: Assigned, rule: Mention) -> Assigned:
        value = row.value
        if value.form in _LISTED and value.role == "responsible" and value.ordinal == 0:
            return self._made_lead(row, rule)
        return row

    def _made_lead(self, row: Assigned, rule: Mention) -> Assigned:
        if not self._in_scope(rule, row.mention.span.end):
            return row
        value = replace(row.value, role="lead", explicit=False)
        mention = replace(row.mention, value=value, rule=rule.rule)
        return Assigned(mention, value, row.inherited, "document_rule", (*row.basis, *rule.spans))

    def _by_default(self, draft: TaskDraft) -> Iterator[Assigned]:
        """以下工作均需各村落实，不再列出: these units are added to each task that the rule covers."""
        for rule in self.rules:
            value = _rule(rule)
            if value.kind != "default_unit" or not self._in_scope(rule, draft.node.span.start):
                continue
            for number, unit in enumerate(value.units):
                made = UnitMention(unit, "responsible", "line", False, rule.span, number, len(value.units))
                yield Assigned(Mention(made, rule.spans, rule.rule), made, True, "document_rule", rule.spans)

    def _in_scope(self, rule: Mention, offset: int) -> bool:
        """下同 holds from the line of the rule on; a rule without it for the whole plan."""
        if _rule(rule).scope != "following":
            return True
        return offset > self.plan.match.rfind("\n", 0, rule.span.start)


def _rule(mention: Mention) -> DirectiveValue:
    assert isinstance(mention.value, DirectiveValue)
    return mention.value
