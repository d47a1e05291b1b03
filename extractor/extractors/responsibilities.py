"""Responsible units (责任单位): who does it, and the words that say so.

``find`` answers mentions of :class:`UnitMention` (brackets, unit lines, unit cells, clauses), of :class:`DirectiveValue`
(rules of the whole document) and of :class:`BracketPlace` (text that names units only, so that it can be left out of a task's
own words; ``bracket_spans`` picks them).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from extractor.extractors.units.brackets import Bracket, Field, brackets, cell
from extractor.extractors.units.clauses import clauses
from extractor.extractors.units.names import NamedUnit, split_units
from extractor.extractors.units.rules import directives
from extractor.extractors.units.values import BracketPlace, DirectiveValue, UnitMention
from extractor.lexicon import Lexicon
from extractor.model import Mention, Role, Span
from extractor.text import PlanText

__all__ = (
    "Bracket", "BracketPlace", "DirectiveValue", "NamedUnit", "UnitMention",
    "bracket_spans", "find", "split_units", "unit_brackets",
)  # fmt: skip

# what goes on behind the units of a field: its quote holds that too
_ROLE_SAID = ("牵头", "负责", "配合", "协助", "参与", "落实", "实施", "承办", "按")
# one of these stands in a cell that gives its units roles of their own
_SAYS_ROLE = ("牵头", "负责", "配合", "协助", "协办", "参与", "主办", "主责", "会同")
_UNIT_COLUMNS: tuple[Role, ...] = ("lead", "responsible", "support", "supervise", "leader")


def find(plan: PlanText, lexicon: Lexicon) -> Iterator[Mention]:
    """Who is responsible, the document's rules about it, and where text stands that names units only, in text order.

    A mention's spans are its quote, or the whole bracket for a :class:`BracketPlace`.
    """
    named = unit_brackets(plan, lexicon)
    listed = [*_listed(plan.match, named), *_cells(plan, lexicon, named)]
    known = frozenset(_unit(m).unit for m in listed)
    apart = [b.span for b in named] + [m.span for m in listed if _unit(m).form == "table"]
    rules = list(directives(plan.match, plan.span, lexicon))
    apart += [m.span for m in rules]
    places = [Mention(BracketPlace(), (b.span,), "units.place") for b in named]
    found = [*places, *listed, *rules, *clauses(plan.match, plan.span, lexicon, apart=apart, known=known)]
    yield from sorted(found, key=_order)


def unit_brackets(plan: PlanText, lexicon: Lexicon) -> list[Bracket]:
    """The brackets and unit lines of a plan with their fields, in order."""
    return brackets(plan.match, plan.span, lexicon)


def bracket_spans(mentions: Iterable[Mention]) -> list[Span]:
    """What names units only, out of what ``find`` answered: each bracket from （ to ） with its fields, each unit line."""
    return [mention.span for mention in mentions if isinstance(mention.value, BracketPlace)]


def _listed(match: str, named: list[Bracket]) -> Iterator[Mention]:
    for bracket in named:
        for field in bracket.fields:
            quote = _quote(match, field)
            for entry in field.entries:
                value = UnitMention(
                    entry.unit, entry.role, bracket.form, field.role is not None, entry.place, entry.ordinal, entry.of
                )
                yield Mention(value, (quote,), f"units.{bracket.form}")


def _quote(match: str, field: Field) -> Span:
    """A label with its whole list; a list whose end says the role with that end."""
    end = max((e.place.end for e in field.entries), default=field.span.end)
    rest = match[end : field.span.end].lstrip()
    if rest.startswith(_ROLE_SAID):
        return field.span
    if rest.startswith(("）", "（")):  # A、（B） or A（牵头）: the bracket belongs to the list
        end = max(end, match.find("）", end, field.span.end) + 1)
    return Span(field.span.start, end) if field.label else field.span


def _cells(plan: PlanText, lexicon: Lexicon, named: list[Bracket]) -> Iterator[Mention]:
    """Units of the unit columns of task tables; a cell that covers several rows is one mention."""
    lines = [b.span for b in named if b.form == "line"]
    seen: set[int] = set()
    for table in plan.task_tables:
        for row in table.rows:
            for role, held in row.cells:
                span = held.span
                if role not in _UNIT_COLUMNS or span.start in seen:
                    continue
                seen.add(span.start)
                text = span.of(plan.match)
                if "：" in text and any(line.meets(span) for line in lines):
                    continue  # 牵头单位：A；配合单位：B: read as lines with labels of their own
                units = _of_cell(plan.match, span, role, lexicon)
                for number, (unit, said, place) in enumerate(units):
                    value = UnitMention(unit, said, "table", True, place, number, len(units))
                    yield Mention(value, (span,), "units.table")


def _of_cell(match: str, span: Span, role: Role, lexicon: Lexicon) -> list[tuple[str, Role, Span]]:
    """Units of a cell with the column's role, or with those that the cell says: A牵头，B配合, A（牵头）."""
    text = span.of(match)
    if any(sign in text for sign in _SAYS_ROLE):
        return [(entry.unit, entry.role, entry.place) for entry in cell(match, span, role, lexicon)]
    return [
        (unit.unit, role, Span(span.start + unit.span.start, span.start + unit.span.end))
        for unit in split_units(text, lexicon)
    ]


def _unit(mention: Mention) -> UnitMention:
    assert isinstance(mention.value, UnitMention)
    return mention.value


def _order(mention: Mention) -> tuple[int, int, str, int, int]:
    """What mentions are sorted by, in numbers: spans would be compared by a call each."""
    span, value = mention.span, mention.value
    place = value.place if isinstance(value, UnitMention) else span
    return span.start, span.end, mention.rule, place.start, place.end
