"""Segmenting (切分): clean text to plans, letterheads and a tree of nodes.

``plans(clean, lexicon)`` gives every plan of a document, in order.
"""

from __future__ import annotations

from extractor.lexicon import Lexicon
from extractor.model import Span
from extractor.segment import letterhead, tables, tree
from extractor.segment.indicator_tables import indicator_table
from extractor.segment.lines import Line
from extractor.segment.lines import lines as read_lines
from extractor.segment.setting import held_year, masked_year, region_code, year_of
from extractor.segment.several import parts
from extractor.text import CleanText, PlanText, TaskTable

__all__ = ["plans"]


def plans(
    clean: CleanText, lexicon: Lexicon, *, reference_date: str | None = None, region: str | None = None
) -> list[PlanText]:
    """The plans of a document (方案): one for a notice or scheme, several for a collection (篇一, 篇二 …).

    ``reference_date`` (ISO) gives the year where a plan states none; ``region`` (CN, TW, HK, MO) stands before what the
    text suggests.
    """
    lines = list(read_lines(clean))
    task_tables = tables.task_tables(clean, lexicon)
    return [_plan(clean, part, task_tables, lexicon, reference_date, region) for part in parts(clean, lines)]


def _plan(
    clean: CleanText,
    lines: list[Line],
    task_tables: list[TaskTable],
    lexicon: Lexicon,
    reference_date: str | None,
    region: str | None,
) -> PlanText:
    span = Span(lines[0].span.start, lines[-1].span.end)
    found = letterhead.read(clean, lines, lexicon)
    body = _without_doubles(clean.match, [line for k, line in enumerate(lines) if k not in found.used])
    own = tuple(t for t in task_tables if span.meets(clean.tables[t.index].span))
    title_span = found.letterhead.title_span
    pieces = tree.segments(clean.match, body, title_span)
    first = next((piece.span.start for piece in pieces if piece.label), span.end)
    year = (
        year_of(found.letterhead, clean.match)
        or (reference_date or "")[:4]
        or masked_year(clean.match, Span(span.start, first))
        or held_year(clean.match, Span(span.start, first))
    )
    listed = {t.index for t in own}
    return PlanText(
        clean,
        span,
        found.letterhead,
        tree.build(clean, span, pieces, own, lexicon),
        year=year,
        region=region or region_code(clean, span),
        task_tables=own,
        indicator_tables=tuple(
            read
            for k, table in enumerate(clean.tables)
            if k not in listed and span.meets(table.span)
            if (read := indicator_table(clean, k, table, year)) is not None
        ),
    )


_LONG_ENOUGH = 30  # characters: a shorter line may well stand twice (a heading and its table's name)


def _without_doubles(match: str, body: list[Line]) -> list[Line]:
    """The lines without those that a copy holds twice in a row, word for word."""
    out: list[Line] = []
    length = 0  # of the last line
    for line in body:
        span, before = line.span, length
        length = span.end - span.start
        doubles = before == length > _LONG_ENOUGH and out[-1].table is None and line.table is None
        if not doubles or out[-1].span.of(match) != span.of(match):
            out.append(line)
    return out
