"""Tables of figures: places and indicators (乡镇 × 指标), and columns of figures in a table of tasks.

The row's head is the scope, the column's head the indicator, and the unit stands in the column head's bracket or in a line
over the table (单位：亩). Serial numbers, notes and columns of words give none; 合计 is a scope like the others. In a table of
tasks a column of figures (目标值, 数量（户）) counts what its row's task names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractor import numerals
from extractor.extractors.targets.values import TargetValue
from extractor.lexicon import Lexicon
from extractor.model import Cell, Mention, Operator, Span, Table
from extractor.numerals.words import NumberWords, number_words
from extractor.text import CONTENT_ROLES, IndicatorTable, PlanText, TableRow, TaskTable

_BRACKET = re.compile(r"[（(\[【](?:单位[：:]\s?)?(?P<unit>[^（()）\[\]【】]{1,10})[）)\]】]")
_UNIT_LINE = re.compile(r"单位[：:]\s?(?P<unit>[^\s，,；;、）)]{1,8})[）)]?\s*$")
_UNIT = re.compile(r"(?P<scale>[十百千]?[万亿]|[百千])?(?P<unit>.+)")
_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_NUMBER_END = re.compile(r"[\d%）)个亩吨元户人上下内]$")
_NO_INDICATOR = re.compile(
    r"备\s*注|说\s*明|序\s*号|编\s*号|电\s*话|联系|日\s*期|时\s*间|年\s*份|时\s*限|排\s*名|得\s*分|分\s*值|权\s*重|邮\s*编"
)
_SCOPE_HEAD = re.compile(
    r"乡\s*镇|镇\s*街|街\s*道|县|区|市|村|社\s*区|单\s*位|地\s*区|学\s*校|部\s*门|站\s*所|名\s*称|责任|片\s*区|科\s*室|企\s*业"
)
_NO_FIGURE = re.compile(r"概\s*算|预\s*算|总\s*投\s*资|单\s*位|领\s*导|责\s*任|进\s*展|完成情况|上年|去年|现状|基期")
_GENERIC_HEAD = re.compile(
    r"(?:20\d\d年|年度|本年|计划|任务|建设|目标|指标|工作|分解|完成)*(?:数量|任务数|任务量|目标值|指标值|目标数|目标任务数|数|量|值|目标|任务|指标|规模|年)?"
)
# 每年不超过5个: how often a level is asked for
_EACH_TIME = re.compile(r"^(?:每(?:年度?|半年|季度?|月|周|[天日])|年均|月均|日均|全年)(?=[^\s]{2})")
_TOTAL = re.compile(r"[合总小]\s*计|总\s*数")  # where the row's number would stand
_MEASURED_IN = re.compile(r"(?:计量|计数)?单位")
_YEAR = re.compile(r"20\d\d")
_MOSTLY = 0.6  # the share of a column's filled cells that must be numbers
_OVER_TABLE = 60  # characters before a table in which its unit line is looked for


@dataclass(frozen=True, slots=True)
class _Column:
    """An indicator's column: the clean spans of its heads, its unit and the factor of 万."""

    heads: tuple[Span, ...]
    unit: str | None
    factor: float


def find_table(plan: PlanText, table: Table, lexicon: Lexicon) -> Iterator[Mention]:
    """The targets of ``table``, row by row; none where it is no table of places and indicators."""
    match = plan.match
    places = _grid(table)
    body = _body_start(match, places)
    scope = _scope_column(match, places, body)
    if body is None or scope is None:
        return
    words = number_words(lexicon)
    over = _UNIT_LINE.search(match[max(plan.span.start, table.span.start - _OVER_TABLE) : table.span.start])
    columns = {
        k: _column(match, [row[k] for row in places[:body]], over["unit"] if over is not None else None, words)
        for k in range(table.columns)
        if k != scope and _is_indicator(match, places, body, k)
    }
    done: set[Cell] = set()
    for row in places[body:]:
        head = row[scope]
        if head is None or not _text(match, head):
            head = next((c for c in row[:scope] if c is not None and _TOTAL.fullmatch(_text(match, c))), None)
        if head is None:
            continue
        for k, column in columns.items():
            cell = row[k]
            if cell is None or cell in done:
                continue
            done.add(cell)
            mention = _mention(plan, cell, head, column, lexicon)
            if mention is not None:
                yield mention


def find_indicators(plan: PlanText, table: IndicatorTable, lexicon: Lexicon) -> Iterator[Mention]:
    """The targets of a table of indicators, row by row: each level that is to be reached."""
    match = plan.match
    words = number_words(lexicon)
    for row in table.rows:
        named = _text(match, row.name)
        unit = (_known_unit(_text(match, row.unit), words) if row.unit is not None else None) or _bracketed_unit(
            named, words
        )
        column = _Column((_trim(match, row.name.span),), *(unit or (None, 1.0)))
        for cell, head in row.figures:
            mention = _mention(plan, cell, None, column, lexicon, _YEAR.search(_text(match, head)))
            if mention is not None:
                yield mention


def find_figures(plan: PlanText, table: TaskTable, lexicon: Lexicon) -> Iterator[Mention]:
    """The targets of the columns of figures of a table of tasks, row by row; a merged cell is one mention."""
    match = plan.match
    words = number_words(lexicon)
    heads = _heads(plan, table)
    figures = {k: _column(match, cells, None, words) for k, cells in heads.items() if _heads_figures(match, cells)}
    counted_in = next((k for k, cells in heads.items() if _MEASURED_IN.fullmatch(_joined(match, cells))), None)
    done: set[Cell] = set()
    for row in table.rows:
        named = next((c for role, c in row.cells if role in CONTENT_ROLES and role != "group"), None)
        for role, cell in row.cells:
            if cell.column not in figures or cell in done or named is None:
                continue
            if role in CONTENT_ROLES and role != "standard":
                continue
            done.add(cell)
            mention = _figure(plan, cell, named, figures[cell.column], _unit_of(match, row, counted_in, words), lexicon)
            if mention is not None:
                yield mention


def _heads(plan: PlanText, table: TaskTable) -> dict[int, list[Cell]]:
    """The header cells of each column, from the top down."""
    out: dict[int, list[Cell]] = {}
    at = set(table.headers)
    for cell in plan.tables[table.index].cells:
        if cell.span in at:
            for column in range(cell.column, cell.column + cell.column_span):
                out.setdefault(column, []).append(cell)
    return out


def _heads_figures(match: str, heads: Sequence[Cell]) -> bool:
    name = _joined(match, heads)
    return bool(name) and _NO_INDICATOR.search(name) is None and _NO_FIGURE.search(name) is None


def _joined(match: str, heads: Sequence[Cell]) -> str:
    return "".join(_text(match, cell) for cell in heads)


def _unit_of(match: str, row: TableRow, column: int | None, words: NumberWords) -> tuple[str, float] | None:
    """The unit that a column of units (计量单位) gives a row."""
    cell = next((c for _, c in row.cells if c.column == column), None)
    return _known_unit(_text(match, cell), words) if cell is not None else None


def _figure(
    plan: PlanText, cell: Cell, named: Cell, column: _Column, unit: tuple[str, float] | None, lexicon: Lexicon
) -> Mention | None:
    words = number_words(lexicon)
    value = _value(plan.match[cell.span.start : cell.span.end], lexicon)
    if value is None:
        return None
    operator, low, high, own = value
    name, factor = (own, 1.0) if own is not None else unit or (column.unit, column.factor)
    if name is None:
        name, factor = _bracketed_unit(_text(plan.match, named), words) or (None, 1.0)
    if name is None:
        return None  # a bare number under a head without a unit may be anything
    heads = [_named(span.of(plan.text)) for span in column.heads]
    specific = "".join(h for h in heads if not _GENERIC_HEAD.fullmatch(h))
    target = TargetValue(
        indicator=specific or _named(_trim(plan.match, named.span).of(plan.text)),
        operator=operator,
        low=None if low is None else round(low * factor, 6),
        high=None if high is None else round(high * factor, 6),
        unit=name,
    )
    return Mention(target, (_trim(plan.match, cell.span),), "targets.table")


def _mention(
    plan: PlanText, cell: Cell, head: Cell | None, column: _Column, lexicon: Lexicon, year: re.Match[str] | None = None
) -> Mention | None:
    text = plan.match[cell.span.start : cell.span.end]
    value = _value(text, lexicon)
    if value is None:
        return None
    operator, low, high, unit = value
    factor = 1.0 if unit is not None else column.factor
    inner = _trim(plan.match, cell.span)
    target = TargetValue(
        indicator="".join(_named(span.of(plan.text)) for span in column.heads),
        operator=operator,
        low=None if low is None else round(low * factor, 6),
        high=None if high is None else round(high * factor, 6),
        unit=unit or column.unit,
        scope=_trim(plan.match, head.span).of(plan.text) if head is not None else None,
        period=year[0] if year is not None else None,
    )
    return Mention(target, (inner,), "targets.table")


def _value(text: str, lexicon: Lexicon) -> tuple[Operator, float | None, float | None, str | None] | None:
    """A cell's number: bare (3600), bounded (≥95), or with a unit of its own (95%以上)."""
    text = _EACH_TIME.sub("", text.strip())
    if _NUMBER.fullmatch(text):
        number = float(text.replace(",", ""))
        return "=", number, number, None
    found = numerals.find(text, lexicon=lexicon)
    if len(found) != 1 or found[0].span.length < len(text) or found[0].kind in ("ordinal", "full", "zero"):
        return None
    quantity = found[0]
    return quantity.operator, quantity.low, quantity.high, quantity.unit


def _bracketed_unit(text: str, words: NumberWords) -> tuple[str, float] | None:
    """家 of 新增规上工业企业（家）: the unit that the row's own words give; the last where there are several."""
    units = [known for m in _BRACKET.finditer(text) if (known := _known_unit(m["unit"], words)) is not None]
    return units[-1] if units else None


def _column(match: str, heads: Sequence[Cell | None], over: str | None, words: NumberWords) -> _Column:
    cells = list(dict.fromkeys(c for c in heads if c is not None and _text(match, c)))
    unit, factor = None, 1.0
    for written in [*(m["unit"] for c in cells for m in _BRACKET.finditer(_text(match, c))), over]:
        known = _known_unit(written, words) if written else None
        if known is not None:
            unit, factor = known
            break
    return _Column(tuple(_trim(match, c.span) for c in cells), unit, factor)


def _known_unit(written: str, words: NumberWords) -> tuple[str, float] | None:
    """万亩 → 亩, 10000; nothing where no measure word is written."""
    written = written.strip()
    row = words.units.get(written)
    factor = 1.0
    if row is None:
        parts = _UNIT.fullmatch(written)
        row = words.units.get(parts["unit"]) if parts is not None else None
        factor = (numerals.parse(parts["scale"]) or 1.0) if parts is not None and parts["scale"] else 1.0
    return None if row is None else (row.canonical or row.word, factor)


def _named(head: str) -> str:
    """A head's name without its unit and its spaces: 粮食面积（万亩） → 粮食面积."""
    return re.sub(r"\s", "", _BRACKET.sub("", head))


def _is_indicator(match: str, places: Sequence[Sequence[Cell | None]], body: int, column: int) -> bool:
    head = "".join(_text(match, row[column]) for row in places[:body])
    if not head or _NO_INDICATOR.search(head):
        return False
    filled = [t for t in (_text(match, row[column]) for row in places[body:]) if t and t not in ("-", "—", "/", "－")]
    return bool(filled) and sum(_is_number(t) for t in filled) >= _MOSTLY * len(filled)


def _scope_column(match: str, places: Sequence[Sequence[Cell | None]], body: int | None) -> int | None:
    """The first column of words under a head that names places or bodies."""
    if body is None:
        return None
    for column in range(len(places[0])):
        head = "".join(_text(match, row[column]) for row in places[:body])
        cells = [t for t in (_text(match, row[column]) for row in places[body:]) if t]
        if not cells or sum(_is_number(t) for t in cells) > len(cells) / 2:
            continue
        if max(len(t) for t in cells) > 30:
            return None
        return column if not head or _SCOPE_HEAD.search(re.sub(r"\s", "", head)) else None
    return None


def _body_start(match: str, places: Sequence[Sequence[Cell | None]]) -> int | None:
    """The first row with numbers after the heads; nothing where the first row has numbers already."""
    for number, row in enumerate(places[:5]):
        cells = {c for c in row[1:] if c is not None}
        if any(_is_number(_text(match, c)) for c in cells):
            return number or None
    return None


def _is_number(text: str) -> bool:
    return _NUMBER.search(text) is not None and len(text) <= 12 and _NUMBER_END.search(text) is not None


def _grid(table: Table) -> list[list[Cell | None]]:
    places: list[list[Cell | None]] = [[None] * table.columns for _ in range(table.rows)]
    for cell in table.cells:
        for row in range(cell.row, min(cell.row + cell.row_span, table.rows)):
            for column in range(cell.column, min(cell.column + cell.column_span, table.columns)):
                places[row][column] = cell
    return places


def _text(match: str, cell: Cell | None) -> str:
    return "" if cell is None else match[cell.span.start : cell.span.end].strip()


def _trim(match: str, span: Span) -> Span:
    inner = match[span.start : span.end]
    start = span.start + len(inner) - len(inner.lstrip())
    return Span(start, max(start, span.end - (len(inner) - len(inner.rstrip()))))
