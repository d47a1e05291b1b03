"""Dates of tasks (时限推定): what a deadline resolves to, what a task inherits, and the one day that a register shows.

The words are settled in :mod:`extractor.extractors.deadlines`; here they meet the plan's year, its date of issue and
its headings. Every value that is more than its own words says from what (basis).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Literal

from extractor.assemble import confidence
from extractor.calendar import Resolved, TimeExpression
from extractor.calendar import resolve as resolve_time
from extractor.extractors.deadlines import DeadlineValue
from extractor.lexicon import Lexicon
from extractor.model import Basis, Deadline, Mention, Node, Sentence, Span
from extractor.records import replace
from extractor.text import PlanText

DueRule = Literal["own", "inherited"]


def deadline(plan: PlanText, mention: Mention, lexicon: Lexicon, *, inherited: Basis | None = None) -> Deadline:
    """The deadline that ``mention`` makes in ``plan``, without an id.

    ``inherited`` says why, where the words stand outside the task. Raises ``TypeError`` for a mention of another kind.
    """
    value = mention.value
    if not isinstance(value, DeadlineValue):
        raise TypeError(f"no deadline: {value!r}")
    found, basis = _resolved(plan, value, lexicon)
    if inherited is not None:
        basis = (inherited, *basis)
    expression = value.expression
    starts_on, ends_on = found.starts_on, found.ends_on
    if value.kind == "by":
        starts_on = None
    return Deadline(
        value.kind,
        plan.clean.evidence(*mention.spans),
        mention.rule,
        starts_on=starts_on,
        ends_on=ends_on,
        edtf=found.edtf,
        recurrence=expression.recurrence,
        duration=expression.length.iso if expression.length is not None else None,
        condition=value.condition.of(plan.text) if value.condition is not None else None,
        inherited=inherited is not None,
        basis=basis,
        confidence=confidence.of_value(
            mention.rule,
            lexicon,
            inherited=inherited is not None,
            weak=mention.weak,
            settled=found.edtf is None and value.context_year is None,
        ),
    )


def _resolved(plan: PlanText, value: DeadlineValue, lexicon: Lexicon) -> tuple[Resolved, tuple[Basis, ...]]:
    expression, head = value.expression, plan.letterhead
    year = value.context_year if value.context_year is not None and _takes_context(value, plan) else plan.year
    found = resolve_time(_ended(expression, value), year, head.issued_on, lexicon)
    basis: list[Basis] = []
    for why in found.basis:
        if why == "issue_date" and head.issued_span is not None:
            basis.append(Basis("issue_date", plan.clean.evidence(head.issued_span)))
        elif why == "year":
            evidence = _year_evidence(plan, value, year)
            if evidence is not None:
                basis.append(evidence)
    return found, tuple(basis)


def _ended(expression: TimeExpression, value: DeadlineValue) -> TimeExpression:
    """``expression`` without its start where the deadline is only its end (完成时限：2025年6月)."""
    return replace(expression, start=None) if value.kind == "by" else expression


def _takes_context(value: DeadlineValue, plan: PlanText) -> bool:
    """False for 今年 and 年底 of the plan's own year; a month or day goes by the year written before it, but not by one
    that a copy hid (20_年) where the plan's own is known."""
    if value.context_year is not None and not value.context_year.isdecimal() and (plan.year or "").isdecimal():
        return False
    shifts = [p.last.year_shift for p in (value.expression.start, value.expression.end) if p is not None]
    return all(shift is None or shift > 0 for shift in shifts)


def _year_evidence(plan: PlanText, value: DeadlineValue, year: str | None) -> Basis | None:
    if year is not None and year == value.context_year and year != plan.year and value.context_span is not None:
        heading = plan.node_at(value.context_span.start).heading
        in_heading = heading is not None and heading.meets(value.context_span)
        return Basis("heading" if in_heading else "paragraph", plan.clean.evidence(value.context_span))
    head = plan.letterhead
    if head.title_span is not None and year is not None and year in head.title_span.of(plan.match):
        return Basis("year", plan.clean.evidence(head.title_span))
    if head.issued_span is not None:
        return Basis("issue_date", plan.clean.evidence(head.issued_span))
    if head.number_span is not None and year is not None and year in head.number_span.of(plan.match):
        return Basis("year", plan.clean.evidence(head.number_span))
    return None


# -- inheriting --------------------------------------------------------------------------------------------------------


def in_headings(plan: PlanText, node: Node, mentions: Iterable[Mention]) -> list[tuple[Mention, Basis]]:
    """The deadlines that stand in the headings above ``node``, the nearest heading that has one.

    A phase's dates hold for all below it; an inner phase's dates stand for the outer one's.
    """
    dated = list(mentions)
    for above in reversed(plan.path(node)):
        if above.heading is None:
            continue
        found = [m for m in dated if above.heading.meets(m.span)]
        if found:
            why = Basis("heading", plan.clean.evidence(above.heading))
            return [(m, why) for m in found]
    return []


def of_whole_plan(plan: PlanText, mentions: Iterable[Mention]) -> list[tuple[Mention, Basis]]:
    """Periods stated once for the whole plan (时间安排, 起迄時間; 从…至…，分三个阶段开展)."""
    return [
        (m, Basis("document_rule", plan.clean.evidence(*m.spans)))
        for m in mentions
        if isinstance(m.value, DeadlineValue) and m.value.whole_plan
    ]


def lent(plan: PlanText, mentions: Iterable[Mention]) -> list[Mention]:
    """The deadlines that nodes can inherit: those in headings and those of the whole plan; most plans have few."""
    dated = list(mentions)
    if not dated:
        return []
    headings = sorted([(n.heading.start, n.heading.end) for n in plan.nodes() if n.heading is not None])
    starts = [start for start, _ in headings]
    reach = [0, *accumulate((end for _, end in headings), max)]  # how far those that begin before a place go

    def stands_in_heading(span: Span) -> bool:
        return reach[bisect_left(starts, span.end)] > span.start

    return [
        m for m in dated if stands_in_heading(m.span) or (isinstance(m.value, DeadlineValue) and m.value.whole_plan)
    ]


def inherited_for(plan: PlanText, node: Node, mentions: Sequence[Mention]) -> list[tuple[Mention, Basis]]:
    """All that ``node`` inherits: its headings' dates, else the whole plan's; dates inside the node itself excepted."""
    from_headings = in_headings(plan, node, mentions)
    found = from_headings or [row for row in of_whole_plan(plan, mentions) if _reaches(plan, node, row[0], mentions)]
    return [(m, why) for m, why in found if not node.span.holds(m.span)]


def _reaches(plan: PlanText, node: Node, mention: Mention, mentions: Sequence[Mention]) -> bool:
    """False for the period of another item, where items state one each (（一）…1.活动时间：… （二）…1.活动时间：…)."""
    above = _item_of(plan, mention)
    if above is None or above.span.holds(node.span):
        return True
    others = [_item_of(plan, m) for m in mentions if isinstance(m.value, DeadlineValue) and m.value.whole_plan]
    return all(other is None or other is above for other in others)


def _item_of(plan: PlanText, mention: Mention) -> Node | None:
    """The item under which a period is stated, as a line of its own or in a smaller item; nothing outside any item."""
    home = plan.node_at(mention.span.start)
    captioned = "\n" not in plan.match[home.span.start : mention.span.start]  # 1.活动时间：6月1日至6月7日
    above = plan.parent(home) if captioned else home
    return above if above is not None and above.kind != "plan" and plan.parent(above) is not plan.root else None


def carried(plan: PlanText, mentions: Iterable[Mention]) -> list[tuple[Sentence, Mention, Basis]]:
    """Later sentences of a paragraph that a date opens (到2020年，…): each with the date that holds for it.

    Another dated deadline ends the carrying. A lead-in to a list of aims (到2027年，实现以下目标：) holds for the whole list.
    """
    by_sentence: dict[tuple[int, int], list[Mention]] = {}  # by where the sentence begins and ends
    for m in mentions:
        sentence = plan.sentence_at(m.span.start)
        if (
            sentence is not None
            and isinstance(m.value, DeadlineValue)
            and m.value.kind in ("by", "range")
            and not m.weak
        ):
            by_sentence.setdefault((sentence.span.start, sentence.span.end), []).append(m)
    if not any(_opening(m) for found in by_sentence.values() for m in found):
        return []
    out: list[tuple[Sentence, Mention, Basis]] = []
    dated = sorted(start for start, _ in by_sentence)
    of_list: dict[int, Mention] = {}  # what an item of a list of aims has from its lead-in, by where the item begins
    for node in plan.nodes():
        k = bisect_left(dated, node.span.start)
        if node.span.start not in of_list and (k == len(dated) or dated[k] >= node.span.end):
            continue  # nothing in it is dated, and it is no item of such a list: as most
        held: Mention | None = None
        for paragraph in node.paragraphs or (node.span,):
            first, last = paragraph.start, paragraph.end
            inside = [s for s in node.sentences if first <= s.span.start and s.span.end <= last]
            held = of_list.get(node.span.start)
            for k, sentence in enumerate(inside):
                own = by_sentence.get((sentence.span.start, sentence.span.end))
                if own is not None:
                    opening = next((m for m in own if _opening(m)), None)
                    held = opening if k == 0 and len(own) == 1 else None
                elif held is not None:
                    out.append((sentence, held, Basis("paragraph", plan.clean.evidence(*held.spans))))
        if held is not None and node.children and _leads_to_aims(plan, node):
            of_list.update((child.span.start, held) for child in node.children if child.kind == "item")
    return out


def _leads_to_aims(plan: PlanText, node: Node) -> bool:
    """True where the text of ``node`` ends in a colon before its list, and is of aims: 到2027年，实现以下目标："""
    if not node.sentences or not node.sentences[-1].span.of(plan.match).endswith("："):
        return False
    heading = node.heading.of(plan.match) if node.heading is not None else ""
    return "目标" in heading or "目标" in node.sentences[-1].span.of(plan.match)


def _opening(mention: Mention) -> bool:
    return isinstance(mention.value, DeadlineValue) and mention.value.opens


def pointed_back(plan: PlanText, mentions: Iterable[Mention]) -> list[tuple[Node, Mention, Basis]]:
    """Items that 以上工作…前完成 covers, with the words that say so.

    As a paragraph of its own it covers the items before it under the same heading; inside an item's text it is that
    item's own deadline, and covers the item's children before it.
    """
    out: list[tuple[Node, Mention, Basis]] = []
    for m in mentions:
        if not (isinstance(m.value, DeadlineValue) and m.value.back):
            continue
        home = plan.node_at(m.span.start)
        sentence = plan.sentence_at(m.span.start)
        why = Basis("back_reference", plan.clean.evidence(sentence.span if sentence is not None else m.span))
        covered = [c for c in home.children if c.span.end <= m.span.start]
        parent = plan.parent(home)
        if not covered and parent is not None and _own_paragraph(plan, home, m):
            covered = [
                c for c in parent.children if c.kind != "paragraph" and (c.span.end <= m.span.start or c is home)
            ]
        out += [(node, m, why) for above in covered for node in above.walk()]
    return out


def _own_paragraph(plan: PlanText, home: Node, mention: Mention) -> bool:
    """True where the words open a paragraph that is not what ``home`` itself begins with."""
    if home.kind == "paragraph":
        return True
    later = home.paragraphs[1:] if home.heading is None or home.kind == "item" else home.paragraphs
    here = next((p for p in later if p.holds(mention.span)), None)
    return here is not None and here.of(plan.match).lstrip().startswith(("以上", "上述"))


def due(deadlines: Iterable[Deadline]) -> tuple[str | None, DueRule | None]:
    """The day a register shows as 完成时限 and the rule that gave it.

    The latest end of the task's own by and range deadlines, else of the inherited ones; never of a length, a recurrence
    or a partial date.
    """
    own: list[str] = []
    inherited: list[str] = []
    for d in deadlines:
        if d.kind in ("by", "range") and d.ends_on is not None:
            (inherited if d.inherited else own).append(d.ends_on)
    if own:
        return max(own), "own"
    if inherited:
        return max(inherited), "inherited"
    return None, None
