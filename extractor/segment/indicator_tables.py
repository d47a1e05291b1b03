"""Tables of indicators (主要指标表): a row names an indicator, the columns the levels that it is to reach and by which year.

    指标 | 单位 | 2024年实际 | 2026年目标 | 2027年目标

Columns that tell of the present (现状, 基期, …实际) and of years before the plan's are no aims. A table with columns of
units or tasks is one of tasks; places × indicators stand in neither.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from extractor.model import Cell, Span, Table
from extractor.segment.lines import trim
from extractor.segment.tables import grid
from extractor.text import CleanText, IndicatorRow, IndicatorTable

_NAMES = regex.compile(r"(?:主要|具体|核心|发展|工作|考核|评价|[一二三]级)*(?:指标|项目|内容)(?:名称|项目|内容)?")
_MEASURED_IN = regex.compile(r"(?:计量|计数|指标)?单位")
# 2027年目标, 到2027年底, 目标值（2027年）, 目标值
_AIMED = regex.compile(
    r"""
      到?(?P<year>20\d\d)年?(?:底|末|度)?(?:规划|计划|预期|发展|工作)*(?:目标值?|指标值?|计划数?|任务数?|预期值?|值)?
    | (?:规划|计划|预期|总体|预期性)?目标值?(?:[（(]到?(?P<year>20\d\d)年?(?:底|末)?[）)])?
    """,
    regex.VERBOSE,
)
_FIGURE = regex.compile(r"(?:[≥≤＞＜><]=?|达到?|不低于|不少于|大于|小于)?[\d,]+(?:\.\d+)?\D{0,6}")
_SPACES = regex.compile(r"\s+")
_MOST_HEADS = 16  # characters: what is longer is no head of a column of figures


def indicator_table(clean: CleanText, index: int, table: Table, year: str | None) -> IndicatorTable | None:
    """The table as one of indicators, where it is one; ``year`` is the plan's own."""
    places = grid(table)
    heads = [_text(clean.match, cell) for cell in places[0]] if len(places) > 1 else []
    name = next((k for k, head in reversed(list(enumerate(heads))) if _NAMES.fullmatch(head)), None)
    if name is None:
        return None
    aims = [k for k in range(name + 1, len(heads)) if _is_aimed(heads[k], year)]
    rows = list(_rows(clean, places, name, heads, aims)) if aims else []
    return IndicatorTable(index, tuple(rows)) if rows else None


def _is_aimed(head: str, year: str | None) -> bool:
    found = _AIMED.fullmatch(head) if len(head) <= _MOST_HEADS else None
    return found is not None and (found["year"] is None or year is None or found["year"] >= year[:4])


def _rows(
    clean: CleanText, places: Sequence[Sequence[Cell | None]], name: int, heads: Sequence[str], aims: Sequence[int]
) -> Iterator[IndicatorRow]:
    unit = next((k for k, head in enumerate(heads) if _MEASURED_IN.fullmatch(head)), None)
    for cells in places[1:]:
        named = cells[name]
        figures = [
            (cell, head)
            for k in aims
            if (cell := cells[k]) is not None and (head := places[0][k]) and _FIGURE.fullmatch(_text(clean.match, cell))
        ]
        if named is None or not figures or not any(c.isalpha() for c in _text(clean.match, named)):
            continue
        ends = max(c.span.end for c in cells if c is not None and c.row == figures[0][0].row)
        said = trim(clean.text, Span(named.span.start, max(ends, figures[-1][0].span.end)))
        yield IndicatorRow(said, named, cells[unit] if unit is not None else None, tuple(figures))


def _text(match: str, cell: Cell | None) -> str:
    return "" if cell is None else _SPACES.sub("", match[cell.span.start : cell.span.end])
