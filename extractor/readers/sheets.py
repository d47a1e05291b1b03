"""Task tables kept as sheets (表格文件): what .xlsx, .xls and .csv have in common once their cells are read.

A sheet becomes its title lines and one table. Rows at the top or at the end in which one cell stands alone (the title
over all columns, 填表单位：…, 注：…) are lines, not rows.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from extractor.readers.build import CellDraft, Line, TextBuilder

DEFAULT_NAME = re.compile(r"(?:sheet|工作表|工作表单|表)\s*\d*", re.IGNORECASE)
MAX_CELLS = 2_000_000
"""Cells with content that one file may have."""
QUOTED = re.compile(r"\"[^\"]*\"|\\.|\[[^\]]*\]|_.|\*.")
DATE_SIGN = re.compile(r"[ymdhs]", re.IGNORECASE)
DECIMALS = re.compile(r"[0#?]\.(?P<places>0+)")
BUILT_IN = {
    9: "0%",
    10: "0.00%",
    14: "yyyy-mm-dd",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    22: "yyyy-mm-dd hh:mm",
    27: 'yyyy"年"m"月"',
    28: 'm"月"d"日"',
    29: 'm"月"d"日"',
    30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"',
    36: 'yyyy"年"m"月"',
    50: 'yyyy"年"m"月"',
    51: 'm"月"d"日"',
    52: 'yyyy"年"m"月"',
    53: 'm"月"d"日"',
    54: 'm"月"d"日"',
    57: 'yyyy"年"m"月"',
    58: 'm"月"d"日"',
}
"""Number formats that a workbook uses without stating them (ISO/IEC 29500-1 §18.8.30, Chinese locale)."""
EPOCH_1900 = datetime(1899, 12, 30)
EPOCH_1904 = datetime(1904, 1, 1)
LAST_SERIAL = 2_958_465  # 9999-12-31


@dataclass(slots=True)
class Sheet:
    """A sheet's cells by (row, column) from 0, and its merged areas as (row, column, rows, columns)."""

    name: str
    cells: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)


def shown_number(number: float, pattern: str, epoch: datetime = EPOCH_1900) -> str:
    """A number as its cell shows it: dates as they are written in Chinese papers, percentages, plain numbers."""
    bare = QUOTED.sub("", pattern)
    if DATE_SIGN.search(bare) and "general" not in bare.lower() and 0 <= number <= LAST_SERIAL:
        return _shown_date(number, pattern, bare, epoch)
    places = DECIMALS.search(bare)
    if "%" in bare:
        return f"{number * 100:.{len(places['places']) if places else 0}f}%"
    if places:
        return f"{number:.{len(places['places'])}f}"
    if re.fullmatch(r"[#,]*0(?:_\s?)?", bare):
        return f"{number:.0f}"
    return f"{number:.0f}" if number == int(number) and abs(number) < 1e15 else f"{number:.15g}"


def _shown_date(number: float, pattern: str, bare: str, epoch: datetime) -> str:
    moment = epoch + timedelta(days=number)
    signs = bare.lower()
    if "y" not in signs and "d" not in signs and "h" in signs:
        return f"{moment.hour}:{moment.minute:02d}"
    chinese = any(sign in pattern for sign in "年月日")
    year = f"{moment.year}年" if chinese else f"{moment.year}-"
    month = f"{moment.month}月" if chinese else f"{moment.month:02d}"
    day = (f"{moment.day}日" if chinese else f"-{moment.day:02d}") if "d" in signs else ""
    return ((year if "y" in signs else "") + month + day).strip("-")


def write_sheet(sheet: Sheet, builder: TextBuilder) -> None:
    """Writes a sheet: its own name where somebody gave it one, title lines, the table, notes below it."""
    cells = {place: text.strip() for place, text in sheet.cells.items() if text.strip()}
    if not cells:
        return
    if not DEFAULT_NAME.fullmatch(sheet.name.strip()):
        builder.line(Line(sheet.name.strip()).mark("furniture"))
    spans = {(r, c): (rows, columns) for r, c, rows, columns in sheet.merged}
    by_row: dict[int, list[tuple[int, str]]] = {}
    for (r, c), text in sorted(cells.items()):
        by_row.setdefault(r, []).append((c, text))
    rows = sorted(by_row)
    width = max(len(row) for row in by_row.values())
    first, last = 0, len(rows)
    while width > 1 and first < last and _alone(by_row[rows[first]], rows[first], spans):
        first += 1
    while width > 1 and last > first and _alone(by_row[rows[last - 1]], rows[last - 1], spans):
        last -= 1
    for r in rows[:first]:
        _lines(by_row[r], builder)
    body = rows[first:last]
    if width == 1:
        for r in body:
            _lines(by_row[r], builder)
    else:
        builder.table(_drafts(body, by_row, spans))
    for r in rows[last:]:
        _lines(by_row[r], builder)


def _alone(row: list[tuple[int, str]], number: int, spans: dict[tuple[int, int], tuple[int, int]]) -> bool:
    """True for a row whose only cell is no part of a table: it stands in the first column and on no row below."""
    if len(row) != 1:
        return False
    rows, _ = spans.get((number, row[0][0]), (1, 1))
    return rows == 1


def _lines(row: list[tuple[int, str]], builder: TextBuilder) -> None:
    for _, text in row:
        for line in text.splitlines():
            builder.line(Line(line))


def _drafts(
    body: list[int], by_row: dict[int, list[tuple[int, str]]], spans: dict[tuple[int, int], tuple[int, int]]
) -> list[CellDraft]:
    """The cells with rows and columns counted without those that hold nothing at all."""
    used = sorted({c for r in body for c, _ in by_row[r]})
    column_of = {c: k for k, c in enumerate(used)}
    row_of = {r: k for k, r in enumerate(body)}
    covered: set[tuple[int, int]] = set()
    drafts: list[CellDraft] = []
    for r in body:
        for c, text in by_row[r]:
            down, right = spans.get((r, c), (1, 1))
            rows = bisect_left(body, r + down) - row_of[r]
            columns = bisect_left(used, c + right) - column_of[c]
            if len(covered) + rows * columns > MAX_CELLS:
                rows = columns = 1
            lines = [Line(line) for line in text.splitlines()]
            drafts.append(CellDraft(row_of[r], column_of[c], lines, max(1, rows), max(1, columns)))
            covered |= {(row_of[r] + i, column_of[c] + j) for i in range(rows) for j in range(columns)}
    if len(body) * len(used) <= MAX_CELLS:
        empty = [(i, j) for i in range(len(body)) for j in range(len(used)) if (i, j) not in covered]
        drafts += [CellDraft(i, j, []) for i, j in empty]
    return drafts
