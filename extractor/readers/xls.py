"""Workbooks of Excel 97–2003 and of WPS (.xls, .et), through xlrd."""

from __future__ import annotations

import io
from typing import Any

from extractor.model import Document
from extractor.readers import failures, sniffing
from extractor.readers.build import TextBuilder
from extractor.readers.sheets import EPOCH_1900, EPOCH_1904, Sheet, shown_number, write_sheet


def read(data: bytes, name: str) -> Document:
    """The workbook's sheets one after the other. Raises ``ReadError``."""
    import xlrd

    try:
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=io.StringIO())
    except Exception as error:  # xlrd lets errors of many kinds escape from damaged files
        if "encrypted" in str(error).lower():
            raise failures.encrypted(name) from error
        raise failures.corrupt(name, "Excel") from error
    builder = TextBuilder()
    for sheet in book.sheets():
        if sheet.visibility:
            builder.problem("hidden_sheet", f"工作表“{sheet.name}”是隐藏的，未读取")
        else:
            write_sheet(_sheet(book, sheet), builder)
    return builder.document(data, name, sniffing.XLS)


def _sheet(book: Any, source: Any) -> Sheet:
    sheet = Sheet(source.name)
    for r in range(source.nrows):
        for c, cell in enumerate(source.row(r)):
            text = _shown(book, cell)
            if text:
                sheet.cells[r, c] = text
    sheet.merged = [(r1, c1, r2 - r1, c2 - c1) for r1, r2, c1, c2 in source.merged_cells]
    return sheet


def _shown(book: Any, cell: Any) -> str:
    import xlrd

    if cell.ctype == xlrd.XL_CELL_TEXT:
        return str(cell.value)
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return "是" if cell.value else "否"
    if cell.ctype in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        style = book.xf_list[cell.xf_index]
        pattern = book.format_map[style.format_key].format_str
        return shown_number(cell.value, pattern, EPOCH_1904 if book.datemode else EPOCH_1900)
    return ""
