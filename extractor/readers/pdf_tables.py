"""Ruled tables of PDF pages (表格): cells by their ruling lines, rows joined over page ends.

pdfplumber finds the cells, on pages that have ruling lines only; the text in them is pdfium's, as everywhere else.
"""

from __future__ import annotations

import io
import logging
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from extractor.readers.build import CellDraft, Line, TextBuilder
from extractor.readers.pdf_layout import LABEL, SENTENCE_END, room_needed
from extractor.readers.pdf_lines import Box, PageText, PrintedLine

THIN = 3.0
"""Points: a drawn shape that is no thicker is a ruling line."""
MAX_OBJECTS = 20_000
"""Things drawn on one page; a page full of text and tables has some two thousand."""
SAME_EDGE = 3.0
"""Points by which the edges of neighbouring cells may differ."""
CLOSED = re.compile(r"[。；！？]\s*$")
_FIGURE = re.compile(r"[0-9A-Za-z]")


def is_ruled(page: Any) -> bool:
    """True where a page of pdfium has lines both ways, or boxes, as a ruled table has."""
    import ctypes

    import pypdfium2.raw as pdfium

    if pdfium.FPDFPage_CountObjects(page.raw) > MAX_OBJECTS:
        return False  # a map or a drawing: its lines are no table's, and there are too many to look at
    across = down = 0
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    for k in range(pdfium.FPDFPage_CountObjects(page.raw)):
        shape = pdfium.FPDFPage_GetObject(page.raw, k)
        if pdfium.FPDFPageObj_GetType(shape) != pdfium.FPDF_PAGEOBJ_PATH:
            continue
        pdfium.FPDFPageObj_GetBounds(shape, left, bottom, right, top)
        width, height = right.value - left.value, top.value - bottom.value
        if width > THIN < height:
            across, down = across + 1, down + 1
        elif width > THIN:
            across += 1
        elif height > THIN:
            down += 1
        if across >= 3 and down >= 2:
            return True
    return False


@dataclass(slots=True)
class RuledCell:
    """A cell of a page's table and the printed lines in it."""

    row: int
    column: int
    row_span: int
    column_span: int
    box: Box
    lines: list[tuple[PrintedLine, Box]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its text without line ends."""
        return "".join(line.text for line, _ in self.lines)


@dataclass(slots=True)
class RuledTable:
    """A table of one page. ``indexes`` are the page's characters that stand in it."""

    box: Box
    edges: list[float]
    rows: int
    cells: list[RuledCell]
    indexes: frozenset[int]

    def row(self, number: int) -> list[RuledCell]:
        """The cells that begin in a row, from left to right."""
        return sorted((c for c in self.cells if c.row == number), key=lambda c: c.column)


class TableFinder:
    """Finds the tables of a file's pages; opens the file a second time, and only when it is asked."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._pdf: Any = None

    def find(self, index: int, text: PageText) -> list[RuledTable]:
        """The tables of a page that have at least two columns, with their text."""
        import pdfplumber

        if self._pdf is None:
            logging.getLogger("pdfminer").setLevel(logging.CRITICAL)  # what matters of its warnings becomes a problem
            self._pdf = pdfplumber.open(io.BytesIO(self._data))
        page = self._pdf.pages[index]
        try:
            x0, top, _, bottom = page.bbox
            found = [
                [Box(c[0] - x0, bottom - top - (c[3] - top), c[2] - x0, bottom - top - (c[1] - top)) for c in t.cells]
                for t in page.find_tables()
            ]
        finally:
            page.close()
        grids = [g for g in (_grid(cells) for cells in found) if g is not None]
        return _filled(grids, text) if grids else []


def _edges(values: list[float]) -> list[float]:
    out: list[float] = []
    for value in sorted(values):
        if not out or value - out[-1] > SAME_EDGE:
            out.append(value)
    return out


def _nearest(edges: list[float], value: float) -> int:
    return min(range(len(edges)), key=lambda k: abs(edges[k] - value))


def _grid(cells: list[Box]) -> RuledTable | None:
    """Cells by row and column; nothing for a frame, or a column of boxes, which part text but are no table."""
    if len(cells) < 2:
        return None
    across = _edges([c.left for c in cells] + [c.right for c in cells])
    down = _edges([-c.top for c in cells] + [-c.bottom for c in cells])
    if len(across) < 3:
        return None
    out = []
    for c in cells:
        row, column = _nearest(down, -c.top), _nearest(across, c.left)
        spans = (_nearest(down, -c.bottom) - row, _nearest(across, c.right) - column)
        out.append(RuledCell(row, column, max(1, spans[0]), max(1, spans[1]), c))
    box = Box(
        min(c.left for c in cells),
        min(c.bottom for c in cells),
        max(c.right for c in cells),
        max(c.top for c in cells),
    )
    return RuledTable(box, across, len(down) - 1, out, frozenset())


def _filled(tables: list[RuledTable], text: PageText) -> list[RuledTable]:
    """The tables with the page's characters put into their cells."""
    owners: dict[tuple[int, int], list[int]] = defaultdict(list)
    inside: list[set[int]] = [set() for _ in tables]
    last: tuple[int, int] | None = None
    for index, char in enumerate(text.text):
        if char in "\r\n":
            last = None
            continue
        if text.is_generated(index):
            # A made blank has no place of its own: it goes with the character before it.
            if last is not None:
                owners[last].append(index)
                inside[last[0]].add(index)
            continue
        middle = text.box(index).middle
        last = _owner(tables, middle)
        if last is not None:
            owners[last].append(index)
            inside[last[0]].add(index)
    for t, table in enumerate(tables):
        for c, cell in enumerate(table.cells):
            cell.lines = [(line, cell.box) for line in _cell_lines(owners[t, c], text)]
        table.indexes = frozenset(inside[t])
    return [t for t in tables if t.indexes]


def _owner(tables: list[RuledTable], point: tuple[float, float]) -> tuple[int, int] | None:
    for t, table in enumerate(tables):
        if table.box.holds(point):
            for c, cell in enumerate(table.cells):
                if cell.box.holds(point):
                    return t, c
    return None


def _cell_lines(indexes: list[int], text: PageText) -> list[PrintedLine]:
    """The lines of a cell: characters parted where their height changes, from top to bottom."""
    groups: list[list[int]] = []
    height = 0.0
    for index in indexes:
        generated = text.is_generated(index)
        box = text.box(index)
        middle = box.middle[1]
        size = max(box.top - box.bottom, 1.0)
        if not groups or (not generated and abs(middle - height) > 0.6 * size):
            groups.append([])
        groups[-1].append(index)
        if not generated:
            height = middle
    lines = [line for group in groups if (line := text.line(group, 0)) is not None]
    return sorted(lines, key=lambda line: -line.box.top)


class TableRun:
    """A table as a reader sees it: that of one page, and what goes on of it on the next ones."""

    def __init__(self, table: RuledTable, page: int | None) -> None:
        self._edges = table.edges
        self._rows = 0
        self._header = [c.text for c in table.row(0)]
        self._header_repeated = False
        self._cells: list[RuledCell] = []
        self._between: dict[int, list[Line]] = defaultdict(list)
        self._first_rows: dict[int, int] = {}  # row: the page that begins with it
        self._add(table, 0, page)

    def continues(self, table: RuledTable) -> bool:
        """True where ``table``, the first thing on the next page, has the same columns."""
        return len(table.edges) == len(self._edges) and all(
            abs(a - b) < 2 * SAME_EDGE for a, b in zip(table.edges, self._edges, strict=True)
        )

    def extend(self, table: RuledTable, between: Sequence[Line], page: int | None) -> None:
        """Adds the next page's part; ``between`` are the feet and heads that stand between."""
        start = 0
        repeated: list[Line] = []
        if table.rows > 1 and any(self._header) and [c.text for c in table.row(0)] == self._header:
            start = 1
            self._header_repeated = True
            line = Line()
            for cell in table.row(0):
                line.append(Line(cell.text), " " if line.text else "")
            repeated.append(line.mark("running_head"))
        first = table.row(start)
        if self._is_cut(first):
            for cell in first:
                above = self._cell_above(cell.column)
                if above is not None:
                    above.lines += cell.lines
                    above.row_span += cell.row_span - 1  # a merged cell beside the cut row goes on below it
            start += 1
        elif first and not first[0].lines and first[0].column == 0 and table.rows > start:
            above = self._cell_above(0)
            if above is not None and above.text:
                # A merged first cell that goes on: its text stands where it began.
                above.row_span += first[0].row_span
                table.cells.remove(first[0])
        self._between[self._rows] += [*between, *repeated]
        self._add(table, start, page)

    def _add(self, table: RuledTable, start: int, page: int | None) -> None:
        if page is not None:
            self._first_rows[self._rows] = page
        for cell in table.cells:
            if cell.row >= start:
                cell.row += self._rows - start
                self._cells.append(cell)
        self._rows += table.rows - start

    def _cell_above(self, column: int) -> RuledCell | None:
        last = [c for c in self._cells if c.row <= self._rows - 1 < c.row + c.row_span]
        return next((c for c in last if c.column <= column < c.column + c.column_span), None)

    def _is_cut(self, first: list[RuledCell]) -> bool:
        """True where a page's first row is the rest of the row above: no serial number, and cells that are done."""
        if not first or first[0].column != 0 or first[0].lines:
            return False
        filled = [c for c in first if c.lines and c.row_span == 1]
        above = {c.column: self._cell_above(c.column) for c in first}
        if not filled or any(above[c.column] is None for c in filled):
            return False
        done = [c for c in first if c.column and not c.lines and (a := above[c.column]) is not None and a.text]
        if done:
            return True
        longest = max(filled, key=lambda c: len(c.text))
        before = above[longest.column]
        return before is not None and bool(before.text) and not CLOSED.search(before.text)

    def write(self, builder: TextBuilder) -> None:
        """Writes the table."""
        drafts = []
        for cell in sorted(self._cells, key=lambda c: (c.row, c.column)):
            lines = _paragraphs(cell.lines)
            header = self._header_repeated and cell.row == 0
            drafts.append(CellDraft(cell.row, cell.column, lines, cell.row_span, cell.column_span, header))
        for row, page in self._first_rows.items():
            first = next((d for d in drafts if d.row >= row and any(line.text for line in d.lines)), None)
            if first is not None:
                line = next(line for line in first.lines if line.text)
                line.marks.insert(0, ("page", 0, 1, str(page)))
        builder.table(drafts, self._between)


def _paragraphs(lines: list[tuple[PrintedLine, Box]]) -> list[Line]:
    """The paragraphs of a cell: a line that leaves no room for what follows runs on."""
    out: list[Line] = []
    last: tuple[PrintedLine, Box] | None = None
    for printed, box in lines:
        line = Line(printed.text)
        if last is not None and _runs_on(last[0], last[1], printed):
            out[-1].append(line, "\n", "line_break")
        else:
            if printed.bold:
                line.mark("bold", 0, printed.bold)
            out.append(line)
        last = printed, box
    return out


def _runs_on(line: PrintedLine, box: Box, following: PrintedLine) -> bool:
    em = line.em
    # The cell's own margin takes up to another character, also where the text is centred in it; figures, half as wide,
    # leave up to half a character more.
    margin = 1.5 * em if _FIGURE.search(line.text) else 1.0 * em
    if box.right - line.box.right > room_needed(following.text, em) + margin:
        return False
    return not (LABEL.match(following.text) and SENTENCE_END.search(line.text))
