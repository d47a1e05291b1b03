"""What the columns of a ledger are (表头识别): the header row found, each column's field by its name.

Names are those of ``dictionaries/ledger_columns.csv``. A header may fill two rows (责任分工 over 牵头单位 and 配合单位), and
merged titles, source lines and empty rows may stand above it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from extractor.errors import UsageError
from extractor.lexicon import Lexicon
from extractor.normalise import simplified

_LONGEST_HEADER = 30  # characters
_LOOKED_AT = 30  # rows from the top in which a header is looked for
_NOISE = re.compile(r"[\s：:*·]|[（(][^（）()]*[）)]")
_WORK = frozenset({"title", "measures"})
_PREPARED = ("status",)  # columns that forms fill in beforehand
_FOOTER = re.compile(
    r"\s*(?:填\s*[表报]\s*[人单时日]|制\s*表|审\s*[核批]|联\s*系\s*人|备\s*注|注|说\s*明|合\s*计|总\s*计|共\s*计)[^，。]{0,12}[：:]|\s*(?:合\s*计|总\s*计)\s*$"
)


@dataclass(frozen=True, slots=True)
class ColumnWord:
    """A row of ``ledger_columns.csv``: a name that ledgers give to a column, and the field it is."""

    word: str
    field: str
    source: str


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a ledger's table stands. Rows and columns count from 1, as spreadsheet programs do.

    ``columns`` gives the column of each field; ``unknown`` the headers that stand for none; ``last`` is the last row of
    the table that is filled (the header's last row where there is none); ``footer`` the first row of what stands below.
    """

    sheet: str
    header: int
    columns: Mapping[str, int]
    unknown: tuple[str, ...]
    last: int
    footer: int | None


def fields_by_word(lexicon: Lexicon) -> dict[str, str]:
    """The field of each known header."""
    return lexicon.derived(
        "ledger.columns",
        lambda words: {_plain(row.word): row.field for row in words.rows("ledger_columns", ColumnWord)},
    )


def chinese_name(lexicon: Lexicon, field: str) -> str:
    """What a field is called: its first word in the dictionary."""
    return next(word for word, of in fields_by_word(lexicon).items() if of == field)


def field_of(lexicon: Lexicon, header: str) -> str | None:
    """The field that a header names, in either script: by its whole name, else by the longest known name that it ends
    or begins with."""
    known = fields_by_word(lexicon)
    name = _plain(header)
    if name in known:
        return known[name]
    name = simplified(name)
    if name in known:
        return known[name]
    near = [
        word for word in known if len(word) >= 3 and len(name) <= 12 and (name.endswith(word) or name.startswith(word))
    ]
    return known[max(near, key=len)] if near else None


def _plain(header: str) -> str:
    return _NOISE.sub("", header)


def find(path: Path, lexicon: Lexicon, *, sheet: str | None = None, named: Mapping[str, str] | None = None) -> Layout:
    """The layout of the first sheet of a workbook that is a ledger (of ``sheet`` where one is named).

    A sheet 数据版 is taken before others; ``named`` says what a header stands for, over the dictionary. Raises
    :class:`UsageError` where no sheet has a header with a column of tasks, or none has that name.
    """
    book = open_workbook(path)
    if sheet is not None and sheet not in book.sheetnames:
        raise UsageError(
            "sheet_missing",
            where=f"{path} {sheet}",
            chinese=f"台账中没有这张工作表；有：{'、'.join(book.sheetnames)}",
            english="the ledger has no sheet of this name",
        )
    names = [sheet] if sheet else sorted(book.sheetnames, key=lambda name: name != "数据版")
    for name in names:
        if hasattr(book[name], "iter_rows"):  # no sheet that is only a chart
            found = find_in(name, list(book[name].iter_rows(values_only=True)), lexicon, named or {})
            if found is not None:
                merged = [r.max_row for r in book[name].merged_cells.ranges if r.min_row <= found.last <= r.max_row]
                return replace(found, last=max([found.last, *merged]))
    raise UsageError(
        "ledger_header",
        where=str(path),
        chinese="没有找到表头：要有“工作任务”一类的列，并且至少还有一列能认出来",
        english="no header row with a column of tasks and another known column was found",
    )


def open_workbook(path: Path) -> Any:
    """The workbook at ``path``, formulas as they are. Raises :class:`UsageError` for what is none."""
    import openpyxl

    if path.suffix.lower() not in _WORKBOOKS and path.is_file():
        raise UsageError(
            "ledger_format",
            where=str(path),
            chinese="只能读写 .xlsx 台账；旧版 Excel（.xls）、WPS 表格（.et）或 .csv 请先打开它，另存为 .xlsx",
            english="a ledger is an .xlsx workbook; save this file as one first",
        )
    try:
        return openpyxl.load_workbook(path)
    except FileNotFoundError:
        raise UsageError("path_missing", where=str(path), chinese="找不到这个文件", english="no such file") from None
    except Exception as error:  # openpyxl has no family of its own: zip, XML, key and value errors
        raise UsageError(
            "ledger_unreadable",
            where=str(path),
            chinese="打不开这个工作簿，可能已损坏或加了密码",
            english=f"this workbook cannot be opened ({type(error).__name__})",
        ) from error


_WORKBOOKS = (".xlsx", ".xlsm", ".xltx", ".xltm")  # what openpyxl reads

Grid = Sequence[tuple[Any, ...]]


def find_in(name: str, grid: Grid, lexicon: Lexicon, named: Mapping[str, str]) -> Layout | None:
    """The layout of one sheet, given the values of its cells, or nothing where it is no ledger."""
    best: tuple[int, int, dict[str, int], tuple[str, ...]] | None = None
    for row in range(min(len(grid), _LOOKED_AT)):
        for depth in (1, 2):
            columns, unknown = _columns(grid[row : row + depth], lexicon, named)
            if _WORK & columns.keys() and len(columns) >= 2 and (best is None or len(columns) > best[0]):
                best = (len(columns), row + depth, columns, unknown)
    if best is None:
        return None
    _, header, columns, unknown = best
    last, footer = _extent(grid, header, columns)
    return Layout(name, header, columns, unknown, last, footer)


def _columns(rows: Grid, lexicon: Lexicon, named: Mapping[str, str]) -> tuple[dict[str, int], tuple[str, ...]]:
    """The fields of a header of one or two rows: the lower row names a column before the upper."""
    columns: dict[str, int] = {}
    unknown: list[str] = []
    for column in range(len(rows[0])):
        texts = [row[column] for row in reversed(rows)]
        texts = [text for text in texts if isinstance(text, str) and text.strip() and len(text) <= _LONGEST_HEADER]
        fields = (named.get(text.strip()) or field_of(lexicon, text) for text in texts)
        field = next((found for found in fields if found), None)
        if field is not None:
            columns.setdefault(field, column + 1)
        elif texts:
            unknown.append(texts[0].strip())
    return columns, tuple(unknown)


def _extent(grid: Grid, header: int, columns: Mapping[str, int]) -> tuple[int, int | None]:
    """The last row with a task in it, and the first filled row below (填表人：…, 合计)."""
    work = [columns[name] - 1 for name in ("title", "measures") if name in columns]
    prepared = {columns[name] - 1 for name in _PREPARED if name in columns}
    last = header
    footer: int | None = None
    for row, values in enumerate(grid[header:], start=header + 1):
        texts = [str(value) for value in values if value not in (None, "")]
        if texts and any(_FOOTER.match(text) for text in texts[:2]):
            footer = row
            break
        if any(values[column] not in (None, "") for column in work):
            last = row
            footer = None
        elif footer is None and not _is_free(values, columns.get("number"), prepared):
            footer = row
    return last, footer


def _is_free(values: tuple[Any, ...], number: int | None, prepared: Collection[int]) -> bool:
    """True for a row that waits for its task: nothing in it but what forms print beforehand (a serial number, formulas,
    a first status)."""
    for column, value in enumerate(values):
        if value in (None, "") or (isinstance(value, str) and value.startswith("=")) or column in prepared:
            continue
        if number is None or column != number - 1 or not str(value).strip().isdigit():
            return False
    return True
