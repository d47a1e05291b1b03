"""Segmenting (切分): clean text to plans, letterheads and a tree of nodes.

``plans(clean, lexicon)`` gives every plan of a document, in order.
"""

from __future__ import annotations

from extractor.lexicon import Lexicon
from extractor.model import Span
from extractor.segment import letterhead, tables, tree
from extractor.segment.lines import Line
from extractor.segment.lines import lines as read_lines
from extractor.segment.several import parts
from extractor.segment.setting import region_code, year_of
from extractor.text import CleanText, PlanText, TaskTable

__all__ = ["plans"]


def plans(clean: CleanText, lexicon: Lexicon) -> list[PlanText]:
    """The plans of a document (方案): one for a notice or scheme, several for a collection (篇一, 篇二 …)."""
    lines = list(read_lines(clean))
    task_tables = tables.task_tables(clean, lexicon)
    return [_plan(clean, part, task_tables, lexicon) for part in parts(clean, lines)]


def _plan(clean: CleanText, lines: list[Line], task_tables: list[TaskTable], lexicon: Lexicon) -> PlanText:
    span = Span(lines[0].span.start, lines[-1].span.end)
    found = letterhead.read(clean, lines, lexicon)
    body = [line for k, line in enumerate(lines) if k not in found.used]
    own = tuple(t for t in task_tables if span.meets(clean.tables[t.index].span))
    title_span = found.letterhead.title_span
    pieces = tree.segments(clean.match, body, title_span)
    return PlanText(
        clean,
        span,
        found.letterhead,
        tree.build(clean, span, pieces, own),
        year=year_of(found.letterhead, clean.match),
        region=region_code(clean, span),
        task_tables=own,
    )
