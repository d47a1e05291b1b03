"""Pages of printed lines to text (版面成文): paragraphs and tables over page ends, heads and feet where they stood.

Whatever gives printed lines with their places (PDF, OFD, recognised pictures) is put together here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from extractor.readers.build import Line, TextBuilder
from extractor.readers.pdf_layout import (
    Margins,
    Page,
    is_centred,
    is_page_number,
    margins,
    runs_on,
    set_columns,
    sort_out,
)
from extractor.readers.pdf_lines import PrintedLine
from extractor.readers.pdf_tables import RuledTable, TableRun


def write_pages(pages: list[Page], tables: Mapping[int, Sequence[RuledTable]], builder: TextBuilder) -> None:
    """Writes all pages; ``tables`` are those of each page, by its number."""
    sort_out(pages)
    alike: dict[tuple[int, int, bool], list[Page]] = {}
    for page in pages:
        set_columns(page)
        alike.setdefault(_format(page), []).append(page)
    known = {key: margins(same) for key, same in alike.items()}
    flow = _Flow(builder)
    for page in pages:
        flow.page(page, tables.get(page.number, ()), known[_format(page)])
    flow.close()


def _format(page: Page) -> tuple[int, int, bool]:
    """What pages of the same margins have in common: paper and number of columns."""
    return round(page.width / 20), round(page.height / 20), any(line.column for line in page.body)


class _Flow:
    """Writes lines and tables in order; a paragraph or a table stays open until something else begins."""

    def __init__(self, builder: TextBuilder) -> None:
        self._builder = builder
        self._paragraph: Line | None = None
        self._last: PrintedLine | None = None
        self._last_margin: Margins | None = None
        self._run: TableRun | None = None
        self._waiting: list[Line] = []  # feet of the last page and heads of this one
        self._opening: int | None = None  # the number of a page of which nothing is written yet

    def page(self, page: Page, tables: Sequence[RuledTable], margin: dict[int, Margins]) -> None:
        """Adds one page."""
        self._opening = page.number
        self._waiting += [self._opened(_running(line)) for line in page.heads]
        remaining = sorted(tables, key=lambda t: -t.box.top)
        for line in page.body:
            while remaining and remaining[0].box.top > line.box.top and line.column == 0:
                self._table(remaining.pop(0))
            self._line(line, margin[line.column])
        for table in remaining:
            self._table(table)
        self._waiting += [self._opened(_running(line)) for line in page.feet]

    def close(self) -> None:
        """Writes what is open."""
        self._close_paragraph()
        self._close_table()
        self._write_waiting()

    def _opened(self, line: Line) -> Line:
        """The first line of a page carries the news that the page begins."""
        if self._opening is not None and line.text:
            line.marks.insert(0, ("page", 0, 1, str(self._opening)))
            self._opening = None
        return line

    def _line(self, printed: PrintedLine, margin: Margins) -> None:
        self._close_table()
        line = Line(printed.text)
        if printed.confidence is not None:
            line.mark("ocr", value=f"{printed.confidence:.2f}")
        if is_centred(printed, margin):
            line.mark("centred")
        open_line, last, before = self._paragraph, self._last, self._last_margin
        opens = open_line is not None and "\n" not in open_line.text
        if (
            open_line is not None
            and last is not None
            and before is not None
            and runs_on(last, printed, before, margin, opens=opens)
        ):
            for waiting in self._waiting:
                open_line.append(waiting, "\n", "line_break")
            self._waiting = []
            centred = any(kind == "centred" for kind, *_ in line.marks)
            line.marks = [m for m in line.marks if m[0] == "ocr"]
            open_line.append(self._opened(line), "\n", "line_break")
            if centred and not any(kind == "centred" for kind, *_ in open_line.marks):
                open_line.mark("centred")
        else:
            self._close_paragraph()
            self._write_waiting()
            if printed.bold:
                line.mark("bold", 0, printed.bold)
            self._paragraph = self._opened(line)
        self._last, self._last_margin = printed, margin

    def _table(self, table: RuledTable) -> None:
        self._close_paragraph()
        if self._run is not None and self._run.continues(table):
            self._run.extend(table, self._waiting, self._opening)
            self._waiting, self._opening = [], None
        else:
            self._close_table()
            self._write_waiting()
            self._run = TableRun(table, self._opening)
            self._opening = None

    def _close_paragraph(self) -> None:
        if self._paragraph is not None:
            self._builder.line(self._paragraph)
        self._paragraph = self._last = None

    def _close_table(self) -> None:
        if self._run is not None:
            self._run.write(self._builder)
            self._run = None

    def _write_waiting(self) -> None:
        for line in self._waiting:
            self._builder.line(line)
        self._waiting = []


def _running(line: PrintedLine) -> Line:
    return Line(line.text).mark("page_number" if is_page_number(line) else "running_head")
