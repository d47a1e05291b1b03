"""Tables whose cells a copy of a web page wrote one under another (逐格成行的表格): 序号 / 工作任务 / 责任单位 / 1 / … / 2 / ….

Where the names of the columns follow 序号 and the rows are counted, each line is given to a column by what the column's
name asks for (a time, a body, words) and what the line looks like. Nothing of the text is changed: a table only says
where its cells stand; where the lines do not fit the columns, there is no table.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from extractor.model import Cell, Span, Table

Kind = Literal["time", "unit", "person", "group", "words"]

_SERIAL = re.compile(r"序[ \u3000]*[号號]")
_OPENING = re.compile(r"^[ \t\u3000\u00a0]*序[ \u3000]*[号號][ \t\u3000\u00a0]*$", re.MULTILINE)
_LINE = re.compile(r"[^\s](?:[^\n]*[^\s])?")
_FIRST_SERIAL = "1"
_FEWEST_NAMES, _MOST_NAMES, _LONGEST_NAME = 2, 9, 14
_FEWEST_ROWS = 2
_MOST_LINES = 24  # of a row: more than that is running text
_TIME_NAME = re.compile("时限|時限|时间|時間|期限|日期|节点|節點|期程|进度|進度")
_PERSON_NAME = re.compile("领导|領導|责任人|責任人|负责人|負責人|联系人|聯絡人|领办人|包保人")
_UNIT_NAME = re.compile("单位|單位|部门|部門|机关|機關|牵头|牽頭|科室|处室|處室|公所")
_TIME = re.compile(
    r"(?:截至|到|至|于|於)?(?:20\d\d年)?(?:\d{1,2}月|[上下]半年|年底|年内|年內|全年|长期|長期|持续|持續|常年|每(?:半?年|季度?|月|周|週|日|天)(?=[\d底初末前]|$)|第?[一二三四]季度|20\d\d[年./-])[^。；;]{0,14}"
)
_UNIT = re.compile(
    r"[^。；;！!\d]{1,40}(?:局|委|办|辦|部|中心|镇|鎮|乡|鄉|街道|公司|院|会|會|队|隊|所|站|处|處|科|室|组|組|校|厂|廠|场|場|社|府|线|線|园|園|村|单位|單位|部门|部門|集团|集團|支行|[残殘妇婦科侨僑文社工商][联聯]|人行|电视台|领导|領導|长|長|主任|书记|書記)(?:[）)])?[、，,]?"
)
_PERSON = re.compile(r"[\u4e00-\u9fff][ \u3000]{0,2}[\u4e00-\u9fff]{1,2}(?:[、，,/ \u3000]+[\u4e00-\u9fff]{2,3})*")
_SIGNED_ON = re.compile(r"(?:20\d\d|[二一][〇○O零一二三四五六七八九]{3})年")
# 一、做大做强主导产业: a row of its own that heads the counted rows below it
_SECTION = re.compile(r"[一二三四五六七八九十]{1,3}、[^。；：\d]{2,40}")
_ENDS = re.compile(
    r"附件|附表|附[:：]|备注[:：]|備註[:：]|注[:：]|说明[:：]|[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）|分享|打印|关闭|上一篇|下一篇|扫一扫|主办|抄送|版权|来源[:：]"
)
_GROUP_NAME = re.compile("类别|類別|领域|領域|板块|板塊|类型|類型|分类|分類")
_NOTE_NAME = re.compile("备注|備註|说明|說明")
_MISFIT = {"time": 3.0, "unit": 1.4, "person": 1.4, "group": 0.6, "words": 1.5}
_NEW_LINE_OF_CELL = {"time": 1.5, "unit": 0.2, "person": 0.2, "group": 0.4, "words": 0.6}
_MERGED = 0.2  # what an empty place costs in a further row of one number: its cell goes on from above
_EMPTY, _EMPTY_GROUP, _EMPTY_NOTE, _NEW_ROW = 1.6, 0.3, 0.1, 0.8
_POST = 0.3  # a post or a body where a person's name is asked for
_WORST = 1.0  # the cost of a row, on average, beyond which the lines are no table


def find(text: str) -> Iterator[Table]:
    """The stacked tables of ``text``, in order."""
    if _SERIAL.search(text):
        yield from apart(text, _OPENING, _table)


def apart(text: str, openings: re.Pattern[str], read: Callable[[str, re.Match[str]], Table | None]) -> Iterator[Table]:
    """The tables that ``read`` finds at the openings of ``text``, in order; none opens within another."""
    ready = 0
    for opening in openings.finditer(text):
        if opening.start() < ready:
            continue
        table = read(text, opening)
        if table is not None:
            yield table
            ready = table.span.end


def _table(text: str, opening: re.Match[str]) -> Table | None:
    lines = lines_of(text, opening.end(), len(text))
    names: list[Span] = []
    first: Span | None = None
    section: Span | None = None
    for line in lines:
        if line.of(text) == _FIRST_SERIAL:
            first = line
            break
        if section is None and len(names) >= _FEWEST_NAMES and _SECTION.fullmatch(line.of(text)):
            section = line
            continue
        if section is not None or len(names) == _MOST_NAMES or line.length > _LONGEST_NAME or "。" in line.of(text):
            return None
        names.append(line)
    if first is None or len(names) < _FEWEST_NAMES:
        return None
    columns = [_column(name.of(text)) for name in names]
    serials, groups, sections = _rows(text, first, lines_of(text, first.end, len(text)), len(names))
    if section is not None:
        sections[0] = section
    head = _LINE.search(text, opening.start(), opening.end())
    if head is None or len(serials) < _FEWEST_ROWS:
        return None
    cells = [Cell(0, column, 1, 1, span) for column, span in enumerate((Span(*head.span()), *names))]
    row, cost = 1, 0.0
    grouped = {k for k, name in enumerate(names) if _GROUP_NAME.search(name.of(text))}
    for number, (serial, group) in enumerate(zip(serials, groups, strict=True)):
        if number in sections:
            cells.append(Cell(row, 0, 1, len(names) + 1, sections[number]))
            row += 1
        placed = _placed(text, group, columns, last=number + 1 == len(groups))
        if placed is None:
            return None
        price, places = placed
        cost += price
        height = max((r for r, _, _ in places), default=0) + 1
        cells.append(Cell(row, 0, height, 1, serial))
        cells += (Cell(c.row, c.column + 1, c.row_span, 1, c.span) for c in _cells(places, row, height))
        if number:
            # cells that head several rows (类别) go on down over rows that have none of their own
            headed = {k + 1 for k in grouped} - {c + 1 for _, c, _ in places}
            cells = [grown(cell, row, height) if cell.column in headed else cell for cell in cells]
        row += height
    if cost > _WORST * len(serials):
        return None
    end = max(cell.span.end for cell in cells)
    return Table(Span(cells[0].span.start, end), row, len(names) + 1, tuple(sorted(cells, key=place)))


def place(cell: Cell) -> tuple[int, int]:
    """Row and column of a cell, to sort by."""
    return cell.row, cell.column


def lines_of(text: str, start: int, end: int) -> Iterator[Span]:
    """The lines between two places, without the spaces at their ends; empty ones left out."""
    for found in _LINE.finditer(text, start, end):
        yield Span(*found.span())


@dataclass(frozen=True, slots=True)
class _Column:
    """What a column holds, and what it costs to leave it empty in a row."""

    kind: Kind
    empty: float


def _column(name: str) -> _Column:
    if _NOTE_NAME.search(name):
        return _Column("words", _EMPTY_NOTE)
    if _GROUP_NAME.search(name):
        return _Column("group", _EMPTY_GROUP)
    if _PERSON_NAME.search(name):
        return _Column("person", _EMPTY)
    if _UNIT_NAME.search(name):
        return _Column("unit", _EMPTY)
    return _Column("time" if _TIME_NAME.search(name) else "words", _EMPTY)


def _rows(
    text: str, first: Span, lines: Iterator[Span], names: int
) -> tuple[list[Span], list[list[Span]], dict[int, Span]]:
    """The serial numbers, the lines behind each, up to where the counting ends, and the section that opens before each."""
    serials, groups, sections = [first], [list[Span]()], dict[int, Span]()
    section: Span | None = None
    for line in lines:
        said = line.of(text)
        if section is not None:
            if said != str(len(serials) + 1):
                break
            sections[len(serials)] = section
            section = None
        elif _SECTION.fullmatch(said) and len(groups[-1]) >= min(2, names):
            section = line
            continue
        if said == str(len(serials) + 1) and len(groups[-1]) >= min(2, names):
            serials.append(line)
            groups.append([])
        elif _ENDS.match(said) or len(groups[-1]) == _MOST_LINES:
            break
        else:
            groups[-1].append(line)
    return serials, groups, sections


def _placed(
    text: str, lines: Sequence[Span], columns: Sequence[_Column], *, last: bool
) -> tuple[float, list[tuple[int, int, Span]]] | None:
    """What it costs to give the lines of a row to its columns, and the row, column and place of each.

    The last row of a table ends where its columns are filled; what follows is text.
    """
    if not lines:
        return None
    if not last:
        return _best(text, lines, columns)
    counts = range(1, min(len(lines), len(columns) + 4) + 1)
    tries = [_best(text, lines[:count], columns) for count in counts]
    price, places = min(tries, key=lambda tried: (tried[0], len(tried[1])))
    row, column, _ = places[-1]
    for number in range(len(places), len(lines)):
        signed = number + 1 < len(lines) and _SIGNED_ON.match(lines[number + 1].of(text))
        if columns[column].kind != "unit" or signed or not _UNIT.fullmatch(lines[number].of(text)):
            break  # 县教育局 / 各乡镇 at the end of the last cell; an office over a date signs
        places.append((row, column, lines[number]))
    return price, places


def _best(text: str, lines: Sequence[Span], columns: Sequence[_Column]) -> tuple[float, list[tuple[int, int, Span]]]:
    """The cheapest way to fill the columns from left to right, line by line; behind the last a further row may begin."""
    width = len(columns)

    def empty(start: int, end: int) -> float:
        return sum(column.empty for column in columns[start:end])

    states: dict[int, tuple[float, list[tuple[int, int]]]] = {-1: (0.0, [])}
    for line in lines:
        said = line.of(text)
        after: dict[int, tuple[float, list[tuple[int, int]]]] = {}
        for column, (price, path) in states.items():
            row = path[-1][0] if path else 0
            for to in range(width):
                if to == column:
                    step, at = _NEW_LINE_OF_CELL[columns[to].kind], row
                elif to > column:
                    step, at = empty(column + 1, to) * (_MERGED if row else 1), row
                elif to == 0 and column >= 0:
                    step, at = _NEW_ROW + empty(column + 1, width), row + 1
                else:
                    continue
                total = price + step + _misfit(said, columns[to].kind)
                if to not in after or total < after[to][0]:
                    after[to] = (total, [*path, (at, to)])
        states = after
    price, path = min(
        ((cost + empty(column + 1, width), path) for column, (cost, path) in states.items()),
        key=lambda found: found[0],
    )
    return price, [(row, column, line) for (row, column), line in zip(path, lines, strict=True)]


def misfit(said: str, name: str) -> float:
    """What it costs to put a line into the column called ``name``: nothing where it looks like what the name asks for."""
    return _misfit(said, _column(name).kind)


def _misfit(said: str, kind: Kind) -> float:
    if kind == "time":
        return 0.0 if _TIME.fullmatch(said) else _MISFIT["time"]
    if kind == "person":
        if _PERSON.fullmatch(said):
            return 0.0
        return _POST if _UNIT.fullmatch(said) else _MISFIT["person"]
    if kind == "unit":
        return 0.0 if _UNIT.fullmatch(said) else _MISFIT["unit"]
    if kind == "group":
        return 0.0 if len(said) <= _LONGEST_NAME else _MISFIT["group"]
    if _TIME.fullmatch(said) or (_UNIT.fullmatch(said) and len(said) <= _LONGEST_NAME):
        return _MISFIT["words"]
    return _POST if _PERSON.fullmatch(said) else 0.0


def _cells(places: Sequence[tuple[int, int, Span]], row: int, height: int) -> Iterator[Cell]:
    """The cells of one counted row: lines of one place together; a cell goes on down to the next of its column."""
    spans: dict[tuple[int, int], Span] = {}
    for r, column, line in places:
        held = spans.get((r, column))
        spans[r, column] = line if held is None else Span(held.start, line.end)
    for column in sorted({c for _, c in spans}):
        rows = [r for r, c in spans if c == column]
        for r, below in pairwise([*rows, height]):
            yield Cell(row + r, column, below - r, 1, spans[r, column])


def grown(cell: Cell, row: int, height: int) -> Cell:
    """A cell that goes on down over ``height`` rows from ``row`` on, where it ends right above."""
    if cell.row + cell.row_span != row:
        return cell
    return Cell(cell.row, cell.column, cell.row_span + height, cell.column_span, cell.span)
