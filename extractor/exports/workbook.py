"""The register workbook (工作台账): a printed sheet, a flat one, and lists by unit, target, date and duty to report.

Only plain features of .xlsx, so that WPS and LibreOffice open it as Excel does. Rows are streamed, so that a hundred
thousand tasks fit into little memory: each sheet is written from its first row to its last.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractor.exports import notes, phrases, sheets
from extractor.exports.destination import Written, free_name, replacing, stamp
from extractor.exports.harmless import printable, starts_formula, without_telephones
from extractor.exports.paper import (
    PAPERS,
    PRINT,
    SCREEN,
    Paper,
    PaperName,
    Placed,
    Type,
    cut,
    height_of,
    line_count,
    lines_within,
    pages,
)
from extractor.exports.reporting import is_report, next_due
from extractor.exports.rows import TITLE, OfficeColumns, Row, notice_line, rows, source_line
from extractor.exports.sheets import Column, Item, Value, spans_measures
from extractor.model import Plan, Register

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_LONGEST_CELL = 32_767  # characters, of the file format
_CUT_MARK = "……（单元格放不下，全文见原文件）"
_MOST_PAGE_BREAKS = 1_000  # of the file format: 1,023
_TALLEST_ROW = 400.0  # points; of the file format: 409
_TALLEST_DATA_ROW = 6  # lines; the flat sheets are for the screen, where a cell can be opened
_SOON = 14  # days before a date within which it turns yellow
_TYPE: dict[str, Any] = {"font_name": "宋体", "font_size": SCREEN.size}
_KINDS: dict[str, dict[str, Any]] = {
    "text": {"align": "left"},
    "group": {"align": "center", "bold": True},
    "date": {"align": "center", "num_format": 'yyyy"年"m"月"d"日"'},
    "number": {"align": "center", "num_format": "General"},
    "percent": {"align": "center", "num_format": "0%"},
}
_FOOTER = "&C第 &P 页　共 &N 页"
_RED, _YELLOW, _GREEN = "#F8CBAD", "#FFE699", "#C6E0B4"


def write_workbook(
    register: Register,
    path: Path,
    *,
    today: date,
    office: Mapping[str, OfficeColumns] | None = None,
    paper: PaperName = "A4",
    title: str = TITLE,
    public: bool = False,
) -> Written:
    """Writes the register to ``path``, or to a new name beside it where a person has changed that ledger or has it open.

    ``today`` is the day from which next days due are reckoned, and the workbook's date; ``office`` holds what the
    office wrote, by the id of the task or goal. Raises :class:`extractor.errors.UsageError` where nothing can be written.
    """
    target = free_name(path)
    table = tuple(rows(register, office, public=public))
    with replacing(target) as temporary:
        book = _Book(temporary, today, public)
        book.printed(table, PAPERS[paper], title)
        book.flat("数据版", sheets.DATA_COLUMNS, table)
        book.flat("按单位", sheets.UNIT_COLUMNS, sheets.by_unit(table))
        book.flat("目标指标", sheets.TARGET_COLUMNS, sheets.targets(table))
        book.flat("时间节点", sheets.DEADLINE_COLUMNS, sheets.deadlines(table))
        reports = (sheets.OfReport(row, next_due(row, today)) for row in table if is_report(row))
        book.flat("报送事项", sheets.REPORT_COLUMNS, reports)
        book.notes(notes.lines(register, table, today))
        book.close()
        stamp(temporary)
    return Written(target, path)


@dataclass(frozen=True, slots=True)
class _Printed:
    """A line of the printed sheet: a notice's band, or (a part of) a row with the text of its cells."""

    group: tuple[int, tuple[str, ...], str]
    band: str = ""
    cells: tuple[Value, ...] = ()
    wide: bool = False  # the third cell takes the fourth one's room


class _Book:
    def __init__(self, path: Path, today: date, public: bool) -> None:
        from xlsxwriter import Workbook

        self._book = Workbook(str(path), {"constant_memory": True, "default_format_properties": _TYPE})
        self._book.set_properties({"title": TITLE, "created": datetime(today.year, today.month, today.day)})
        self._public = public
        self._formats: dict[tuple[str, bool, Type], Format] = {}
        make = self._book.add_format
        self._title = make({"font_name": "宋体", "font_size": 20, "bold": True, "align": "center", "valign": "vcenter"})
        self._source = make({**_TYPE, "align": "right", "valign": "vcenter"})
        self._band = make(
            {**_TYPE, "bold": True, "bg_color": "#F2F2F2", "border": 1, "text_wrap": True, "valign": "vcenter"}
        )
        self._header = make(
            {
                "font_name": "黑体",
                "font_size": 10,
                "bold": True,
                "bg_color": "#DDEBF7",
                "border": 1,
                "text_wrap": True,
                "align": "center",
                "valign": "vcenter",
            }
        )
        self._base = {**_TYPE, "border": 1, "text_wrap": True, "valign": "vcenter"}
        self._overdue = make({"bg_color": _RED})
        self._soon = make({"bg_color": _YELLOW})
        self._fine = make({"bg_color": _GREEN})

    def close(self) -> None:
        self._book.close()

    def _format(self, kind: str, type_: Type, formula: bool = False) -> Format:
        key = (kind, formula, type_)
        if key not in self._formats:
            made = self._book.add_format({**self._base, "font_size": type_.size, **_KINDS[kind]})
            if formula:
                made.set_quote_prefix()
            self._formats[key] = made
        return self._formats[key]

    def _write(self, sheet: Worksheet, at: int, column: int, value: Value, kind: str, type_: Type) -> None:
        if value is None or value == "":
            sheet.write_blank(at, column, None, self._format(kind, type_))
        elif isinstance(value, str):
            text = self._shown(value)
            text_kind = kind if kind in {"group", "text"} else "text"
            sheet.write_string(at, column, text, self._format(text_kind, type_, starts_formula(text)))
        elif isinstance(value, date):
            sheet.write_datetime(at, column, value, self._format(kind, type_))
        else:
            sheet.write_number(at, column, value, self._format(kind, type_))

    def _shown(self, value: str) -> str:
        text = printable(value)
        if self._public:
            text = without_telephones(text)
        if len(text) > _LONGEST_CELL:
            text = text[: _LONGEST_CELL - len(_CUT_MARK)] + _CUT_MARK
        return text

    # -- printed -------------------------------------------------------------------------------------------------------

    def printed(self, table: tuple[Row, ...], paper: Paper, title: str) -> None:
        columns = sheets.print_columns(paper.name, table)
        sheet = self._book.add_worksheet("打印版")
        sheet.set_landscape()
        sheet.set_paper(paper.code)
        sheet.set_margins(left=0.5, right=0.5, top=0.5, bottom=0.5)
        sheet.fit_to_pages(1, 0)
        sheet.center_horizontally()
        sheet.repeat_rows(2)
        sheet.freeze_panes(3, 3)
        sheet.set_footer(_FOOTER, {"margin": 0.2})
        scale = paper.width / max(sum(c.width for c in columns), 1)
        widths = [c.width * scale for c in columns]
        for k, width in enumerate(widths):
            sheet.set_column(k, k, width)
        last = len(columns) - 1
        self._merged_line(sheet, 0, last, title, self._title, 36)
        self._merged_line(sheet, 1, last, source_line(table), self._source, 20)
        sheet.set_row(2, 32)
        for k, column in enumerate(columns):
            sheet.write_string(2, k, column.title, self._header)
        tallest = min(paper.height - 32 - 40, _TALLEST_ROW)
        lines = _print_lines(table, columns, widths, tallest)
        at = 3
        breaks: list[int] = []
        for page in pages(lines, paper.height - 36 - 20 - 32, paper.height - 32):
            if at > 3 and len(breaks) < _MOST_PAGE_BREAKS:
                breaks.append(at)
            self._page(sheet, at, page, columns)
            at += len(page)
        sheet.set_h_pagebreaks(breaks)
        sheet.print_area(0, 0, max(at - 1, 2), last)

    def _merged_line(self, sheet: Worksheet, at: int, last: int, text: str, format_: Format, height: float) -> None:
        sheet.set_row(at, height)
        sheet.merge_range(at, 0, at, last, "", format_)
        sheet.write_string(at, 0, self._shown(text), format_)

    def _page(
        self, sheet: Worksheet, first: int, page: list[Placed[_Printed]], columns: tuple[Column[Row], ...]
    ) -> None:
        """One page: its lines, and the groups on it merged. A group that goes on begins anew on the next page."""
        start = first
        for k, placed in enumerate(page):
            at = first + k
            line = placed.line
            if line.band:
                self._merged_line(sheet, at, len(columns) - 1, line.band, self._band, placed.height)
                start = at + 1
                continue
            begins = k == 0 or page[k - 1].line.group != line.group
            if begins:
                start = at
            sheet.set_row(at, placed.height)
            for c, (column, value) in enumerate(zip(columns, line.cells, strict=True)):
                if c == 1:
                    self._write(sheet, at, c, value if begins else None, "group", PRINT)
                else:
                    self._write(sheet, at, c, value, column.kind, PRINT)
            if line.wide:
                sheet.merge.append([at, 2, at, 3])
            ends = k + 1 == len(page) or page[k + 1].line.group != line.group
            if ends and at > start:
                # merge_range() would write rows that are out already; the list is all that it keeps of them.
                sheet.merge.append([start, 1, at, 1])

    # -- flat ----------------------------------------------------------------------------------------------------------

    def flat(self, name: str, columns: tuple[Column[Item], ...], lines: Iterable[Item]) -> None:
        sheet = self._book.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(8)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.5, right=0.5, top=0.5, bottom=0.5)
        sheet.set_footer(_FOOTER, {"margin": 0.2})
        sheet.repeat_rows(0)
        sheet.freeze_panes(1, 0)
        sheet.set_row(0, 30)
        for k, column in enumerate(columns):
            sheet.set_column(k, k, column.width, None, {"hidden": True} if column.hidden else {})
            sheet.write_string(0, k, column.title, self._header)
        at = 0
        for line in lines:
            at += 1
            values = [column.value(line) for column in columns]
            most = max(
                line_count(_as_printed(value), column.width, SCREEN)
                for column, value in zip(columns, values, strict=True)
                if not column.hidden
            )
            sheet.set_row(at, height_of(min(most, _TALLEST_DATA_ROW), SCREEN))
            for k, (column, value) in enumerate(zip(columns, values, strict=True)):
                self._write(sheet, at, k, value, column.kind, SCREEN)
        sheet.autofilter(0, 0, max(at, 1), len(columns) - 1)
        self._live(sheet, {column.title: k for k, column in enumerate(columns)}, at)

    def _live(self, sheet: Worksheet, columns: dict[str, int], last: int) -> None:
        """The choice of statuses, and red, yellow, green by date: the inner date first, done rows green."""
        if last < 1 or "状态" not in columns or "完成时限" not in columns:
            return
        from xlsxwriter.utility import xl_col_to_name

        status, due = xl_col_to_name(columns["状态"]), xl_col_to_name(columns["完成时限"])
        inner = xl_col_to_name(columns["内部时限"]) if "内部时限" in columns else None
        day = f"IF(N(${inner}2)>0,${inner}2,N(${due}2))" if inner else f"N(${due}2)"
        finished = ",".join(f'${status}2="{s}"' for s in ("已完成待销号", "已销号"))
        stopped = ",".join(f'${status}2="{s}"' for s in ("暂缓", "已取消"))
        rules = (
            (f"=OR({finished})", self._fine),
            (f"=AND({day}>0,NOT(OR({stopped})),{day}<TODAY())", self._overdue),
            (f"=AND({day}>0,NOT(OR({stopped})),{day}-TODAY()<={_SOON})", self._soon),
            (f"=AND({day}>0,NOT(OR({stopped})))", self._fine),
        )
        for name in ("完成时限", "内部时限", "状态"):
            if name not in columns:
                continue
            for formula, format_ in rules:
                sheet.conditional_format(
                    1,
                    columns[name],
                    last,
                    columns[name],
                    {"type": "formula", "criteria": formula, "format": format_, "stop_if_true": True},
                )
        if inner:
            sheet.data_validation(
                1,
                columns["状态"],
                last,
                columns["状态"],
                {
                    "validate": "list",
                    "source": list(phrases.STATUS_CHOICES),
                    "error_title": "状态",
                    "error_message": "请从下拉列表中选择",
                },
            )

    # -- notes ---------------------------------------------------------------------------------------------------------

    def notes(self, lines: Iterable[notes.Note]) -> None:
        sheet = self._book.add_worksheet("说明")
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer(_FOOTER, {"margin": 0.2})
        widths = (34.0, 70.0, 28.0)
        for k, width in enumerate(widths):
            sheet.set_column(k, k, width)
        for at, note in enumerate(lines):
            texts = [self._shown(text) for text in note.cells]
            needed = max(line_count(text, width, SCREEN) for text, width in zip(texts, widths, strict=True))
            sheet.set_row(at, min(height_of(needed, SCREEN), _TALLEST_ROW))
            for k, text in enumerate(texts):
                if note.heading:
                    sheet.write_string(at, k, text, self._header)
                else:
                    self._write(sheet, at, k, text, "text", SCREEN)


def _print_lines(
    table: tuple[Row, ...], columns: tuple[Column[Row], ...], widths: list[float], tallest: float
) -> Iterator[Placed[_Printed]]:
    plan: Plan | None = None
    count = 0
    all_width = sum(widths)
    for row in table:
        if row.plan is not plan:
            plan = row.plan
            count += 1
            band = notice_line(row)
            yield Placed(_Printed((count, (), "band"), band), height_of(line_count(band, all_width, SCREEN), SCREEN))
        values = [column.value(row) for column in columns]
        room = list(widths)
        wide = spans_measures(row, columns)
        if wide:
            room[2] += room[3]
        for cells in _parts(values, room, lines_within(tallest, PRINT)):
            needed = max(line_count(_as_printed(value), width, PRINT) for value, width in zip(cells, room, strict=True))
            line = _Printed((count, row.group, row.kind), cells=cells, wide=wide)
            yield Placed(line, height_of(needed, PRINT))


def _as_printed(value: Value) -> str:
    """The text whose room a value takes."""
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    return value if isinstance(value, str) else ("" if value is None else phrases.number(value))


def _parts(values: list[Value], widths: list[float], most: int) -> Iterator[tuple[Value, ...]]:
    """A row's cells, cut into parts that fit on a page where they are too tall for one."""
    cut_cells = [
        list(cut(value, width, most, PRINT)) if isinstance(value, str) and value else [value]
        for value, width in zip(values, widths, strict=True)
    ]
    for part in range(max(map(len, cut_cells))):
        cells = [cell[part] if part < len(cell) else None for cell in cut_cells]
        cells[1] = values[1]
        yield tuple(cells)
