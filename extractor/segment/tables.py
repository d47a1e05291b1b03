"""Tables whose rows are tasks (任务分解表, 责任清单, 督办台账).

A table is one where a header row names at least one column of content and one other known column; the names are those
of ``dictionaries/table_columns.csv``. Headers of two levels are read together; a header repeated on the next page, a
total and a note make no task; a row that is one merged cell heads the rows after it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

import regex

from extractor.lexicon import Lexicon
from extractor.model import Cell, Node, Span, Table
from extractor.segment.lines import trim
from extractor.segment.sentences import sentences
from extractor.text import CONTENT_ROLES, CleanText, ColumnRole, TableRow, TaskTable

_NOISE = regex.compile(r"[\s（(【\[].*?[）)】\]]|[\s：:、/／*·（）()]")
_TOTAL = regex.compile(r"合\s*计|总\s*计|小\s*计|共\s*计|总\s*分(?![\u4e00-\u9fff])")
# 奖扣分项目: a row of what is added or taken off, nothing to do
_SCORING = regex.compile(r"[奖加扣减]{1,2}分(?:项目?|事项|因素|情况|标准)?")
# 一、    （二）: the serial of a row that heads the rows counted 1, 2, 3 after it
_SERIAL_OF_HEADING = regex.compile(r"[（(]?[一二三四五六七八九十]{1,3}[）)]?[、.．]?")
_FIGURE_ONLY = regex.compile(r"\d{0,4}(?:\.\d)?分?")
_NOTE = regex.compile(r"(?:备\s*注|注|说\s*明|填表说明)[：:]")


@dataclass(frozen=True)
class ColumnName:
    """A row of ``table_columns.csv``."""

    word: str
    role: str
    source: str


_JOINED = regex.compile(r"[与和及、/]")
_LONGEST_HEADER = 16  # characters: a longer cell that holds a column's name is text


def _roles(lexicon: Lexicon) -> dict[str, ColumnRole]:
    return {row.word: cast(ColumnRole, row.role) for row in lexicon.rows("table_columns", ColumnName)}


def column_role(lexicon: Lexicon, header: str) -> ColumnRole | None:
    """The role of a column from its header's match text: the whole name, else the longest known name inside it."""
    roles = lexicon.derived("segment.table_columns", _roles)
    name = _NOISE.sub("", header)
    if name in roles:
        return roles[name]
    if len(name) > _LONGEST_HEADER:
        return None
    parts = [roles.get(part) for part in _JOINED.split(name)]
    if len(parts) > 1 and CONTENT_ROLES.issuperset(parts):
        # 目标与任务, 任务及措施: what is to be done goes before the level that it is to reach
        return next(role for role in ("task", "measure", "standard", "group") if role in parts)
    for length in range(len(name), 2, -1):
        inside = {name[at : at + length] for at in range(len(name) - length + 1)}
        known = [word for word in inside if word in roles]
        if known:  # of two as long, the one that the dictionary names first
            return roles[known[0] if len(known) == 1 else next(word for word in roles if word in known)]
    return None


def task_tables(clean: CleanText, lexicon: Lexicon) -> list[TaskTable]:
    """The task tables of a document, in order."""
    out = []
    for index, table in enumerate(clean.tables):
        read = _read(clean, lexicon, index, table)
        if read is not None:
            out.append(read)
    return out


def grid(table: Table) -> list[list[Cell | None]]:
    """The cells by row and column; a merged cell stands at every place that it covers."""
    places: list[list[Cell | None]] = [[None] * table.columns for _ in range(table.rows)]
    for cell in table.cells:
        for row in range(cell.row, min(cell.row + cell.row_span, table.rows)):
            for column in range(cell.column, min(cell.column + cell.column_span, table.columns)):
                places[row][column] = cell
    return places


def _read(clean: CleanText, lexicon: Lexicon, index: int, table: Table) -> TaskTable | None:
    places = grid(table)
    found = _header(clean.match, lexicon, places)
    if found is None:
        return None
    first, last, columns = found
    columns = _saying(clean.match, places[last + 1 :], columns)
    columns = _by_quarters(clean.match, places[last], places[last + 1 :], columns)
    columns = _of_duties(clean.match, places[last], columns)
    header_texts = [_text(clean.match, cell) for cell in places[last]]
    rows: list[TableRow] = []
    group: tuple[Span, ...] = ()
    counted = _counts_in_two_ways(clean.match, places[last + 1 :], columns)
    for number in range(last + 1, table.rows):
        cells = places[number]
        if [_text(clean.match, c) for c in cells] == header_texts or not any(_text(clean.match, c) for c in cells):
            continue
        whole = _single(cells)
        heading = counted and _has_serial_of_heading(clean.match, cells, columns)
        if heading and whole is None:
            whole = _heading_alone(clean.match, cells, columns)
        if whole is not None:
            if not _NOTE.match(_text(clean.match, whole)):
                group = (trim(clean.text, whole.span),)
            continue
        row = _row(clean, index, number, cells, columns, () if heading else group)
        if row is not None:
            rows.append(row)
            if heading:  # it says what to do itself, and heads the rows after it all the same
                group = tuple(trim(clean.text, c.span) for c in row.of("task")[:1])
    if not rows:
        return None
    node = Node("table", 50, table.span, children=tuple(r.node for r in rows), table=index)
    headers = tuple(c.span for r in range(first, last + 1) for c in places[r] if c is not None and c.row == r)
    return TaskTable(index, node, columns, headers, tuple(rows))


# 3月：完成方案评审    5月底前：出台管理办法    全年：培育等级民宿    ①3月底前，完成评审。    1.发放倡议书；
_DATED = (
    r"(?:20\d\d年)?(?:\d{1,2}[^：\n，。；]{0,12}[月日]|全年|[上下]半年|年[中底]|第?[一二三四]季度)[^：\n，。；]{0,3}"
)
_DATED_WORK = regex.compile(rf"{_DATED}：[^\n]{{4,}}")
_LISTED_WORK = regex.compile(
    r"(?:[①⑴⒈]|[（]?[1一][）.．、](?!\d))(?=[\s\S]{0,400}[②⑵⒉]|[\s\S]{0,400}[2二][）.．、])[^\n]{8,}"
)


def _saying(
    match: str, body: Sequence[Sequence[Cell | None]], columns: tuple[ColumnRole | None, ...]
) -> tuple[ColumnRole | None, ...]:
    """A column of times, or one of no known name, most of whose cells say what is done by then is one of measures."""

    def says(column: int) -> bool:
        texts = [_text(match, cell) for cell in {id(row[column]): row[column] for row in body}.values()]
        filled = [text for text in texts if text]
        listed = columns[column] == "deadline"
        work = [x for x in filled if _DATED_WORK.match(x) or (listed and _LISTED_WORK.match(x))]
        return bool(filled) and 2 * len(work) > len(filled)

    dated = {k for k, role in enumerate(columns) if role in (None, "deadline", "progress") and says(k)}
    return tuple("measure" if k in dated else role for k, role in enumerate(columns))


# 一季度进度    第二季度    三季度目标    上半年    7-9月: a column of what is to be done in that part of the year
_PART_OF_YEAR = regex.compile(
    r"(?:20\d\d年)?(?:第?[一二三四1-4]季度|[上下]半年|\d{1,2}[-—至]\d{1,2}月)(?:末|底|前)?"
    r"(?:工作|推进|实施|计划|阶段)?(?:进度|目标|任务|计划|安排|节点|内容|重点|要求)?"
)


def _by_quarters(
    match: str,
    names: Sequence[Cell | None],
    body: Sequence[Sequence[Cell | None]],
    columns: tuple[ColumnRole | None, ...],
) -> tuple[ColumnRole | None, ...]:
    """Columns named by parts of the year hold measures where most of their cells say something: more than a figure."""
    unknown = [k for k, role in enumerate(columns) if role is None]
    parts = [k for k in unknown if _PART_OF_YEAR.fullmatch(_NOISE.sub("", _text(match, names[k])))]
    if len(parts) < _PARTS:
        return columns
    texts = [text for row in body for k in parts if (text := _text(match, row[k]))]
    if 2 * len([text for text in texts if _SAYS_WORK.match(text)]) <= len(texts):
        return columns
    return tuple("measure" if k in parts else role for k, role in enumerate(columns))


_PARTS = 2
_SAYS_WORK = regex.compile(r"[^\n]*[\u4e00-\u9fff]{2}[^\n]*[\u4e00-\u9fff]")  # three characters that are no figures


def _of_duties(
    match: str, names: Sequence[Cell | None], columns: tuple[ColumnRole | None, ...]
) -> tuple[ColumnRole | None, ...]:
    """In a table of duties (单位 | 主要职责) the unit of a row is who does it, not what a number is for."""
    duties = any(role == "measure" and "职责" in _text(match, c) for role, c in zip(columns, names, strict=True))
    if not duties or {"responsible", "lead"} & set(columns):
        return columns
    return tuple("responsible" if role == "scope" else role for role in columns)


def _header(
    match: str, lexicon: Lexicon, places: Sequence[Sequence[Cell | None]]
) -> tuple[int, int, tuple[ColumnRole | None, ...]] | None:
    """First and last header row and the columns' roles."""
    for first in range(min(4, len(places))):
        if _single(places[first]) is not None:
            continue
        names = [_text(match, cell) for cell in places[first]]
        roles = [column_role(lexicon, name) for name in names]
        work = _work_by_position(roles, names)
        if work is not None:
            roles[work] = "task"
        elif not _is_header(roles, names):
            continue
        last = max((c.row + c.row_span - 1 for c in places[first] if c is not None and c.row == first), default=first)
        last = min(last, len(places) - 1)
        if last == first and first + 1 < len(places) and _splits(places[first], places[first + 1]):
            last += 1
        for row in range(first + 1, last + 1):
            for column, cell in enumerate(places[row]):
                finer = column_role(lexicon, _text(match, cell))
                roles[column] = finer or roles[column]
        return first, last, _one_group(tuple(roles), places, last)
    return None


# 序号、项目、金额 is a table of figures; 序号、工作任务、备注 one of tasks
_NAMES_WORK = regex.compile(r"任务|举措|措施|工作|事项|职责")


def _is_header(roles: Sequence[ColumnRole | None], names: Sequence[str]) -> bool:
    known = {r for r in roles if r is not None}
    if not known & {"task", "measure"} or len(known - {"progress"}) < 2:
        return False
    telling = len(known - {"progress", "serial", "note", "scope"}) >= 2
    return telling or any(r in ("task", "measure") and _NAMES_WORK.search(n) for r, n in zip(roles, names, strict=True))


# 指标名称、建设内容、活动主题: what a column may be called that holds what the units beside it answer for
_NAMES_MATTER = regex.compile(
    r"(?!.*(?:单位|企业|姓名|地点|地址|电话|职务|村|学校|机构|人员|对象))"
    r".*(?:指标|名称|内容|环节|工程|活动|要求|主题|专题|成果|目标|举措|项目|事宜|安排|行动|步骤|阶段|课程|流程|工序|重点|建议|议题|要点|类目)"
)


def _work_by_position(roles: Sequence[ColumnRole | None], names: Sequence[str]) -> int | None:
    """The column of the work in a table that calls it by another name: 指标名称 | 目标值 | 完成时限 | 责任单位.

    Whoever is named with a time or a level to reach answers for what the row names, or (考核项目 | 考核指标 | 考核部门)
    assesses it.
    """
    known = {r for r in roles if r is not None}
    if known & {"task", "measure", "scope", "problem"} or not known & {"lead", "responsible", "supervise"}:
        return None
    if not known & {"deadline", "standard"}:
        return None
    unnamed = [k for k, role in enumerate(roles) if role in (None, "group") and _NAMES_MATTER.fullmatch(names[k])]
    named = [k for k, role in enumerate(roles) if role == "standard"]
    return next(iter([*unnamed, *named]), None)


def _splits(upper: Sequence[Cell | None], lower: Sequence[Cell | None]) -> bool:
    """True where the lower row names parts of a merged header cell above it and shares the rest with it."""
    spanning = [k for k, c in enumerate(upper) if c is not None and c.column_span > 1]
    shared = [k for k, c in enumerate(lower) if c is not None and c is upper[k]]
    return bool(spanning) and bool(shared) and all(k in shared or k in spanning for k in range(len(lower)))


def _one_group(
    roles: tuple[ColumnRole | None, ...], places: Sequence[Sequence[Cell | None]], last: int
) -> tuple[ColumnRole | None, ...]:
    """With two task columns, the one whose cells span more rows heads the other."""
    tasks = [k for k, r in enumerate(roles) if r == "task"]
    if len(tasks) < 2:
        return roles

    def cells(column: int) -> int:
        return len({id(row[column]) for row in places[last + 1 :]})

    fewest = min(tasks, key=cells)
    if all(cells(k) > cells(fewest) for k in tasks if k != fewest):
        return tuple("group" if k == fewest else r for k, r in enumerate(roles))
    return roles


def _row(
    clean: CleanText,
    index: int,
    number: int,
    cells: Sequence[Cell | None],
    columns: Sequence[ColumnRole | None],
    group: tuple[Span, ...],
) -> TableRow | None:
    match = clean.match
    own: list[tuple[ColumnRole | None, Cell]] = []
    for column, cell in enumerate(cells):
        if cell is not None and _text(match, cell) and all(cell is not c for _, c in own):
            own.append((columns[column], cell))
    content = [c for r, c in own if r in CONTENT_ROLES and r != "group"]
    if not content:
        return None
    first = _text(match, own[0][1])
    if _TOTAL.match(first) or _NOTE.match(first) or _TOTAL.fullmatch(_text(match, content[0])):
        return None
    if _SCORING.fullmatch(_text(match, content[0])):
        return None
    heading = [c for r, c in own if r == "task" and c.row_span > 1]
    if heading and any(r == "measure" for r, _ in own):
        # a task cell beside several rows of measures heads them: each row is a task of its own
        own = [("group" if c in heading else r, c) for r, c in own]
        content = [c for r, c in own if r in CONTENT_ROLES and r != "group"]
    own = [("group" if r == "problem" and c.row_span > 1 else r, c) for r, c in own]
    heads = group + tuple(trim(clean.text, c.span) for r, c in own if r == "group")
    start = min(c.span.start for _, c in own if c.row == number) if any(c.row == number for _, c in own) else -1
    if start < 0:
        return None
    end = max(c.span.end for _, c in own if c.row == number)
    spans = [trim(clean.text, c.span) for c in content]
    node = Node(
        "row",
        60,
        Span(start, end),
        sentences=tuple(s for span in spans for s in sentences(match, span)),
        paragraphs=tuple(spans),
        table=index,
        row=number,
    )
    return TableRow(node, tuple(own), heads)


def _single(cells: Sequence[Cell | None]) -> Cell | None:
    """The one cell that the row consists of, where it is merged over all columns."""
    first = cells[0] if cells else None
    if first is not None and len(cells) > 1 and all(c is first for c in cells):
        return first
    return None


def _serial(match: str, cells: Sequence[Cell | None], columns: Sequence[ColumnRole | None]) -> str:
    return _text(match, cells[columns.index("serial")]) if "serial" in columns else ""


def _has_serial_of_heading(match: str, cells: Sequence[Cell | None], columns: Sequence[ColumnRole | None]) -> bool:
    return _SERIAL_OF_HEADING.fullmatch(_serial(match, cells, columns)) is not None


def _counts_in_two_ways(
    match: str, body: Sequence[Sequence[Cell | None]], columns: Sequence[ColumnRole | None]
) -> bool:
    """True where some rows are counted 一、二 and others 1, 2: the former head the latter."""
    serials = [_serial(match, cells, columns) for cells in body] if "serial" in columns else []
    return any(s.isdecimal() for s in serials) and any(_SERIAL_OF_HEADING.fullmatch(s) for s in serials)


def _heading_alone(match: str, cells: Sequence[Cell | None], columns: Sequence[ColumnRole | None]) -> Cell | None:
    """The cell of a row that was not merged and heads a section all the same: 一、 | 夯实基础 | (points) | | ."""
    serial = cells[columns.index("serial")]
    said = [c for c in cells if c is not None and c is not serial and not _FIGURE_ONLY.fullmatch(_text(match, c))]
    return said[0] if len(said) == 1 else None


def _text(match: str, cell: Cell | None) -> str:
    return "" if cell is None else match[cell.span.start : cell.span.end].strip()
