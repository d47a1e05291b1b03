"""How high a new row of somebody's ledger must be (行高): its columns' widths and type decide, as in the rows above it.

Spreadsheet files hold no automatic heights, and not every program works them out on opening; a row without one prints
its first line only.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from extractor.exports.paper import Type, height_of, line_count

_DEFAULT_WIDTH = 8.43  # of the file format
_TALLEST = 409.0  # points, of the file format
_LINE = 1.45  # heights of type that a line takes
_HALF_WIDTHS = 10.5  # half-width characters of one-point type in a column's unit


class Room:
    """The widths and type of one row of a sheet, the model that new rows are made after."""

    def __init__(self, sheet: Any, model: int) -> None:
        self._sheet = sheet
        self._model = model
        self._default = sheet.sheet_format.defaultColWidth or _DEFAULT_WIDTH
        self._widths: dict[int, float] = {}
        for dimension in sheet.column_dimensions.values():
            for column in range(dimension.min or 0, (dimension.max or 0) + 1):
                self._widths[column] = dimension.width
        self._first_rows = {  # a merged cell is drawn with the style of its first row
            merged.min_col: merged.min_row
            for merged in sheet.merged_cells.ranges
            if merged.min_row < model <= merged.max_row and merged.min_col == merged.max_col
        }
        given = sheet.row_dimensions[model].height if model in sheet.row_dimensions else None
        self._least = float(given or sheet.sheet_format.defaultRowHeight or 0)

    def height(self, texts: Mapping[int, str]) -> float:
        """The height in points of a row with these texts by column: that of the model at least."""
        return min(max(self._least, *(self._of(column, text) for column, text in texts.items())), _TALLEST)

    def wraps(self, column: int) -> bool:
        """False for a column whose cells stand on one line, however long."""
        alignment = self._cell(column).alignment
        return bool(alignment and alignment.wrap_text)

    def _cell(self, column: int) -> Any:
        return self._sheet.cell(self._first_rows.get(column, self._model), column)

    def _of(self, column: int, text: str) -> float:
        if not self.wraps(column):
            return 0.0
        cell = self._cell(column)
        size = int(cell.font.sz or 11)
        type_ = Type(size, _LINE * size, _HALF_WIDTHS / size)
        return height_of(line_count(text, self._widths.get(column, self._default), type_), type_)
