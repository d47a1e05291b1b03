"""PDF files: pdfium's text put back into paragraphs, ruled tables, running heads and page numbers marked."""

from __future__ import annotations

from typing import Any

from extractor.model import Document
from extractor.readers import failures, sniffing
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
from extractor.readers.pdf_lines import PageText, PrintedLine
from extractor.readers.pdf_tables import RuledTable, TableFinder, TableRun, is_ruled


def read(data: bytes, name: str) -> Document:
    """The document's text, paragraph by paragraph. Raises ``ReadError`` for encrypted, damaged and image-only files."""
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise failures.encrypted(name) from error
        raise failures.corrupt(name, "PDF") from error
    builder = TextBuilder()
    try:
        _Reader(pdf, data, name, builder).write()
    finally:
        pdf.close()
    return builder.document(data, name, sniffing.PDF)


class _Reader:
    """One file being read: first all pages, since heads and margins show only in many, then their text in order."""

    def __init__(self, pdf: Any, data: bytes, name: str, builder: TextBuilder) -> None:
        self._pdf = pdf
        self._name = name
        self._builder = builder
        self._finder = TableFinder(data)
        self._tables: dict[int, list[RuledTable]] = {}

    def write(self) -> None:
        """Reads all pages and writes their text. Raises ``ReadError`` where no page holds text."""
        pages: list[Page] = []
        silent: list[int] = []
        for index in range(len(self._pdf)):
            page = self._page(index)
            if page is None:
                silent.append(index + 1)
            else:
                pages.append(page)
        self._finder.close()
        if not any(page.body or self._tables.get(page.number) for page in pages):
            raise failures.image_only(self._name, ocr_there=False) if silent else failures.no_text(self._name)
        sort_out(pages)
        for page in pages:
            set_columns(page)
        flow = _Flow(self._builder)
        known: dict[tuple[int, int, bool], dict[int, Margins]] = {}
        for page in pages:
            key = (round(page.width / 20), round(page.height / 20), any(line.column for line in page.body))
            if key not in known:
                alike = [
                    p
                    for p in pages
                    if (round(p.width / 20), round(p.height / 20), any(line.column for line in p.body)) == key
                ]
                known[key] = margins(alike)
            flow.page(page, self._tables.get(page.number, []), known[key])
        flow.close()
        for number in silent:
            self._builder.problem("page_without_text", f"第 {number} 页是图片，没有文字，未读取")

    def _page(self, index: int) -> Page | None:
        """The lines and tables of a page; nothing for one that shows something and holds no text."""
        page = self._pdf[index]
        text_page = page.get_textpage()
        try:
            width, height = page.get_size()
            text = PageText(text_page, width, height, page.get_rotation())
            if not text.text.strip() or text.broken():
                return Page(index + 1, width, height, [], [], []) if _is_blank(page) else None
            tables = self._finder.find(index, text) if is_ruled(page) else []
            lines = text.lines(index + 1, (lambda i: any(i in t.indexes for t in tables)) if tables else None)
            if tables:
                self._tables[index + 1] = tables
            return Page(index + 1, width, height, [], lines, [])
        finally:
            text_page.close()
            page.close()


def _is_blank(page: Any) -> bool:
    """True for a page that draws nothing."""
    import pypdfium2.raw as pdfium

    return int(pdfium.FPDFPage_CountObjects(page.raw)) == 0


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

    def page(self, page: Page, tables: list[RuledTable], margin: dict[int, Margins]) -> None:
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
        if is_centred(printed, margin):
            line.mark("centred")
        open_line, last, before = self._paragraph, self._last, self._last_margin
        if open_line is not None and last is not None and before is not None and runs_on(last, printed, before, margin):
            for waiting in self._waiting:
                open_line.append(waiting, "\n", "line_break")
            self._waiting = []
            centred = any(kind == "centred" for kind, *_ in line.marks)
            line.marks = []
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
