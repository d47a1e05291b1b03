"""Drawing sheets (制表): the workbook's styles, and values made fit for its cells."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from extractor.exports.harmless import printable, starts_formula, without_contacts
from extractor.exports.paper import SCREEN, Paper, Type
from extractor.exports.rows import Value
from extractor.exports.streaming import Cell, StreamedSheet, content, day_number, style

Look = Literal["title", "source", "band", "header", "text", "top", "group", "date", "number", "percent"]

TALLEST_ROW = 400.0  # points; of the file format: 409
_LONGEST_CELL = 32_767  # characters, of the file format
_CUT_MARK = "……（单元格放不下，全文见原文件）"
_FOOTER = "&C第 &P 页　共 &N 页"
_FONT: dict[str, Any] = {"font_name": "宋体", "font_size": SCREEN.size}
_CELL: dict[str, Any] = {**_FONT, "border": 1, "text_wrap": True, "valign": "vcenter"}
_LOOKS: dict[Look, dict[str, Any]] = {
    "title": {**_FONT, "font_size": 20, "bold": True, "align": "center", "valign": "vcenter"},
    "source": {**_FONT, "align": "right", "valign": "vcenter"},
    "band": {**_CELL, "bold": True, "bg_color": "#F2F2F2"},
    "header": {**_CELL, "font_name": "黑体", "bold": True, "bg_color": "#DDEBF7", "align": "center"},
    "text": {**_CELL, "align": "left"},
    "top": {**_CELL, "align": "left", "valign": "top"},  # of a row that is too low for all its text
    "group": {**_CELL, "align": "center", "bold": True},
    "date": {**_CELL, "align": "center", "num_format": 'yyyy"年"m"月"d"日"'},
    "number": {**_CELL, "align": "center"},
    "percent": {**_CELL, "align": "center", "num_format": "0%"},
}
_OF_TABLE: frozenset[Look] = frozenset({"text", "top", "group", "date", "number", "percent"})
_COLOURS = {"red": "#F8CBAD", "yellow": "#FFE699", "green": "#C6E0B4"}


class Book:
    """A workbook under way. Sheets are drawn one after the other, each from its first row to its last."""

    def __init__(self, path: Path, *, title: str, made_on: date, public: bool) -> None:
        self._book = Workbook(str(path), {"constant_memory": True, "default_format_properties": _FONT})
        self._book.set_properties({"title": title, "created": datetime(made_on.year, made_on.month, made_on.day)})
        self._public = public
        self._styles: dict[tuple[Look, int, bool], int] = {}
        self.colours: dict[str, Format] = {
            name: self._book.add_format({"bg_color": code}) for name, code in _COLOURS.items()
        }

    def sheet(self, name: str, paper: Paper, widths: Iterable[float]) -> StreamedSheet:
        """A new sheet for this paper, fitted to its width, with pages numbered at the foot."""
        sheet: StreamedSheet = self._book.add_worksheet(name, StreamedSheet)
        sheet.set_landscape()
        sheet.set_paper(paper.code)
        sheet.set_margins(left=0.5, right=0.5, top=0.5, bottom=0.5)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer(_FOOTER, {"margin": 0.2})
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        return sheet

    def close(self) -> None:
        """Writes the workbook's file."""
        self._book.close()

    def style(self, look: Look, type_: Type = SCREEN, *, formula: bool = False) -> int:
        """The number of a style; ``formula`` for text that must stay text though it begins like a formula."""
        key = (look, type_.size, formula)
        if key not in self._styles:
            size = {"font_size": type_.size} if look in _OF_TABLE else {}
            made = self._book.add_format({**_LOOKS[look], **size})
            if formula:
                made.set_quote_prefix()
            self._styles[key] = style(made)
        return self._styles[key]

    def cell(self, column: int, value: Value, look: Look, type_: Type = SCREEN) -> Cell:
        """A cell for :meth:`StreamedSheet.stream_row`: printable, of a length that fits, and never a formula."""
        if isinstance(value, date) and day_number(value) is None:
            value = value.isoformat()
        if not isinstance(value, str):
            return column, self.style(look, type_), content(value)
        if not value:
            return column, self.style(look, type_), content(None)
        text = self.shown(value)
        if look in _OF_TABLE and look != "group":
            look = "text"
        return column, self.style(look, type_, formula=starts_formula(text)), content(text)

    def shown(self, text: str) -> str:
        """``text`` as a cell can hold it; without telephone numbers and e-mail addresses in a public copy."""
        text = printable(text)
        if self._public:
            text = without_contacts(text)
        if len(text) > _LONGEST_CELL:
            text = text[: _LONGEST_CELL - len(_CUT_MARK)] + _CUT_MARK
        return text
