"""Numeric targets (数值指标): a plan's text and tables → mentions.

:func:`find` reads running text, :func:`find_table` a table of places and indicators (乡镇 × 指标). What is a target, and
what never is, stands in :mod:`extractor.extractors.targets.judging`.
"""

from __future__ import annotations

from collections.abc import Iterator

from extractor import numerals
from extractor.extractors import told
from extractor.extractors.targets.judging import Judge
from extractor.extractors.targets.reading import Reading
from extractor.extractors.targets.tables import find_figures, find_indicators, find_table
from extractor.extractors.targets.values import TargetValue
from extractor.extractors.targets.words import target_words
from extractor.lexicon import Lexicon
from extractor.model import Mention, Span
from extractor.text import PlanText

__all__ = ["TargetValue", "find", "find_in", "find_table"]


def find(plan: PlanText, lexicon: Lexicon) -> Iterator[Mention]:
    """The targets of a plan's text and tables, in order; each mention's value is a :class:`TargetValue`."""
    published = told.published_year(plan)
    year = int(published) if published is not None and published.isdecimal() else None
    tasks = {tasks.index for tasks in plan.task_tables}
    found = list(find_in(plan.match, plan.text, plan.span, lexicon, year=year, account=told.is_account(plan)))
    for indicators in plan.indicator_tables:
        own = plan.tables[indicators.index].span
        found = [m for m in found if not own.holds(m.span)] + list(find_indicators(plan, indicators, lexicon))
        tasks.add(indicators.index)
    for index, table in enumerate(plan.tables):
        if index not in tasks and plan.span.start <= table.span.start < plan.span.end:
            cells = list(find_table(plan, table, lexicon))
            if cells:
                found = [m for m in found if not table.span.holds(m.span)] + cells
    for listed in plan.task_tables:
        figures = list(find_figures(plan, listed, lexicon))
        if figures:
            read = {m.span for m in figures}
            found = [m for m in found if not any(m.span.meets(s) for s in read)] + figures
    yield from sorted(found, key=lambda mention: (mention.span.start, mention.span.end))


def find_in(
    match: str, text: str, span: Span, lexicon: Lexicon, *, year: int | None = None, account: bool = False
) -> Iterator[Mention]:
    """The targets of ``match`` within ``span``; their words are taken from ``text``, which has the same offsets.

    A number of a year before ``year``, the plan's own, is a fact and no target; in an ``account`` of what was done so
    is every number whose sentence does not look ahead.
    """
    words = target_words(lexicon)
    quantities = numerals.find(match, span.start, span.end, lexicon=lexicon, bare=False)
    for reading in Judge(match, span, words, year, account=account).read(quantities):
        yield _mention(reading, text)


def _mention(reading: Reading, text: str) -> Mention:
    quantity = reading.quantity
    value = TargetValue(
        indicator="".join(part if isinstance(part, str) else part.of(text) for part in reading.indicator).strip(),
        operator=quantity.operator,
        low=quantity.low,
        high=quantity.high,
        unit=quantity.unit,
        change=quantity.change,
        scope=reading.scope.of(text) if reading.scope is not None else None,
        baseline=reading.baseline.of(text) if reading.baseline is not None else None,
    )
    return Mention(value, (reading.quote,), reading.rule)
