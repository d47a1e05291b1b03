"""A sheet whose rows are written straight to its file: several times faster than cell by cell, with little memory.

XlsxWriter's constant-memory mode keeps the rows of a sheet in a file of its own until the workbook is closed. A
:class:`StreamedSheet` writes finished rows there, each in order and once; everything around the rows (styles, widths,
page set-up, conditional formats, lists of choices) stays XlsxWriter's. It leans on three things of that mode that are
not documented: ``row_data_fh``, the ``dim_*`` bounds, and the list ``merge``; the tests of the workbook guard them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TypeAlias

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from extractor.exports.rows import Value

_EPOCH = date(1899, 12, 30)  # day 0 of spreadsheet dates, after their wrong leap day of 1900
_FIRST_DATE = date(1900, 3, 1)
_LETTERS = [xl_col_to_name(k) for k in range(200)]


def day_number(day: date) -> int | None:
    """The serial number of a day in a spreadsheet; nothing for days before March 1900, where programs disagree."""
    return (day - _EPOCH).days if day >= _FIRST_DATE else None


def style(format_: Format) -> int:
    """The number by which cells name a format."""
    index: int = format_._get_xf_index()
    return index


Cell: TypeAlias = tuple[int, int, str]
"""Column, number of the style, and the :func:`content` of a cell."""


def content(value: Value) -> str:
    """What stands in a cell, as the file says it behind the cell's place and style.

    A text must be printable and no longer than the format allows.
    """
    if value is None:
        return "/>"
    if isinstance(value, str):
        kept = ' xml:space="preserve"' if value[:1].isspace() or value[-1:].isspace() else ""
        return f' t="inlineStr"><is><t{kept}>{_escaped(value)}</t></is></c>'
    shown = day_number(value) if isinstance(value, date) else value
    return f"><v>{shown!r}</v></c>"


class StreamedSheet(Worksheet):  # type: ignore[misc]
    """A worksheet of a workbook in constant-memory mode, written row by row."""

    _widest = 0

    def stream_row(self, at: int, height: float, cells: Sequence[Cell]) -> None:
        """Writes row ``at`` (from 0, ascending) with its height in points; the cells in column order."""
        row = at + 1
        written = "".join([f'<c r="{_LETTERS[column]}{row}" s="{style}"{content}' for column, style, content in cells])
        self.row_data_fh.write(f'<row r="{row}" ht="{height:g}" customHeight="1">{written}</row>')
        if cells:
            self._widest = max(self._widest, cells[-1][0])
        self.dim_rowmin, self.dim_colmin, self.dim_rowmax, self.dim_colmax = 0, 0, at, self._widest

    def merge_streamed(self, first_row: int, first_column: int, last_row: int, last_column: int) -> None:
        """Merges cells that :meth:`stream_row` has written, or will write."""
        self.merge.append([first_row, first_column, last_row, last_column])


def _escaped(text: str) -> str:
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    if ">" in text:
        text = text.replace(">", "&gt;")
    if "_x" in text:  # _x000A_ would be read as a character's number
        text = text.replace("_x", "_x005F_x")
    return text
