"""PDF files: pdfium's text put back into paragraphs, ruled tables, running heads and page numbers marked."""

from __future__ import annotations

from typing import Any

from extractor.model import Document
from extractor.readers import failures, ocr, programs, sniffing
from extractor.readers.build import TextBuilder
from extractor.readers.pdf_flow import write_pages
from extractor.readers.pdf_layout import Page
from extractor.readers.pdf_lines import PageText
from extractor.readers.pdf_tables import RuledTable, TableFinder, is_ruled

FEW = 40
"""A page with fewer characters than this and covered by a picture is a scan."""


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
    reader = _Reader(pdf, data, name, builder)
    try:
        reader.write()
    except pypdfium2.PdfiumError as error:
        raise failures.corrupt(name, "PDF") from error
    finally:
        pdf.close()
    return builder.document(data, name, sniffing.PDF, ocr=reader.recognised)


class _Reader:
    """One file being read: first all pages, since heads and margins show only in many, then their text in order."""

    def __init__(self, pdf: Any, data: bytes, name: str, builder: TextBuilder) -> None:
        self._pdf = pdf
        self._name = name
        self._builder = builder
        self._finder = TableFinder(data)
        self._tables: dict[int, list[RuledTable]] = {}
        self.recognised = False

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
        if silent and programs.can_recognise():
            pages, silent = self._with_recognised(pages, silent)
        if not any(page.body or self._tables.get(page.number) for page in pages):
            raise (
                failures.image_only(self._name, ocr_there=programs.can_recognise())
                if silent
                else failures.no_text(self._name)
            )
        write_pages(pages, self._tables, self._builder)
        for number in silent:
            self._builder.problem("page_without_text", f"第 {number} 页是图片，没有文字，未读取")

    def _with_recognised(self, pages: list[Page], silent: list[int]) -> tuple[list[Page], list[int]]:
        """The pages with those among them that are pictures of text recognised, and the numbers of the others."""
        recogniser = ocr.Recogniser(self._name)
        found: list[Page] = []
        for number in silent:
            page = self._pdf[number - 1]
            recognised = recogniser.page(ocr.page_image(page), number)
            page.close()
            if recognised.body:
                found.append(recognised)
        self.recognised = bool(found)
        left = sorted(set(silent) - {page.number for page in found})
        return sorted([*pages, *found], key=lambda page: page.number), left

    def _page(self, index: int) -> Page | None:
        """The lines and tables of a page; nothing for one that shows something and holds no text."""
        page = self._pdf[index]
        text_page = page.get_textpage()
        try:
            width, height = page.get_size()
            text = PageText(text_page, width, height, page.get_rotation())
            if not text.text.strip() or text.broken() or (len(text.text) < FEW and _is_picture(page)):
                return Page(index + 1, width, height, [], [], []) if _is_blank(page) else None
            tables = self._tables_of(index, text) if is_ruled(page) else []
            lines = text.lines(index + 1, (lambda i: any(i in t.indexes for t in tables)) if tables else None)
            if tables:
                self._tables[index + 1] = tables
            return Page(index + 1, width, height, [], lines, [])
        finally:
            text_page.close()
            page.close()

    def _tables_of(self, index: int, text: PageText) -> list[RuledTable]:
        """The ruled tables of a page; a page whose tables cannot be understood is read as text, and says so."""
        try:
            return self._finder.find(index, text)
        except Exception:  # pdfminer lets errors of many kinds escape from damaged pages
            message = f"第 {index + 1} 页的表格无法识别，按普通文字读取，请对照原件"
            self._builder.problem("table_not_understood", message)
            return []


def _is_picture(page: Any) -> bool:
    """True for a page that a picture covers: a scan, over which a program has set its name or a page number."""
    import ctypes

    import pypdfium2.raw as pdfium

    width, height = page.get_size()
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    for k in range(pdfium.FPDFPage_CountObjects(page.raw)):
        shape = pdfium.FPDFPage_GetObject(page.raw, k)
        if pdfium.FPDFPageObj_GetType(shape) == pdfium.FPDF_PAGEOBJ_IMAGE:
            pdfium.FPDFPageObj_GetBounds(shape, left, bottom, right, top)
            if (right.value - left.value) * (top.value - bottom.value) > 0.6 * width * height:
                return True
    return False


def _is_blank(page: Any) -> bool:
    """True for a page that draws nothing."""
    import pypdfium2.raw as pdfium

    return int(pdfium.FPDFPage_CountObjects(page.raw)) == 0
