"""Word 97–2003 files (.doc, .wps): text, tables and automatic numbers by a reader of our own, nothing to install.

What the reader cannot take (Word 6 and 95) goes to LibreOffice where that is installed.
"""

from __future__ import annotations

import io
from bisect import bisect_left

from extractor.model import Document
from extractor.readers import failures, office, secrecy, sniffing
from extractor.readers.build import CellDraft, Line, TextBuilder
from extractor.readers.counters import Counters
from extractor.readers.docx import PAGE_NUMBER_LINE, PICTURE_PAPER
from extractor.readers.number_formats import symbol
from extractor.readers.word97 import ENCRYPTED, MAGIC, TABLE_1, WORD_97, DamagedError, Paragraph, TableRow, WordFile

PARAGRAPH, CELL, PAGE_BREAK = "\r", "\x07", "\x0c"
FIELD_BEGIN, FIELD_SEPARATOR, FIELD_END = "\x13", "\x14", "\x15"
PICTURES = "\x01\x08"
GLYPHS = {"\x0b": "\n", "\x0e": "\n", "\x1e": "-", "\t": "\t", "\xa0": "\xa0"}
HEADING_STYLES = range(1, 10)
SAME_EDGE = 40
"""Twentieths of a point by which the edges of cells of one column may differ."""


def read(data: bytes, name: str) -> Document:
    """The document's text as Word prints it. Raises ``ReadError``."""
    kind = sniffing.sniff(data, name)
    streams = _streams(data, name)
    if streams is None:
        return office.read(data, name)
    builder = TextBuilder()
    try:
        reader = _Reader(WordFile(*streams), builder, name)
        reader.write()
    except (DamagedError, IndexError, ValueError, OverflowError, RecursionError) as error:
        raise failures.corrupt(name, "Word") from error
    if builder.length < PICTURE_PAPER and reader.pictures:
        raise failures.image_only(name, ocr_there=False)
    return builder.document(data, name, kind)


def _streams(data: bytes, name: str) -> tuple[bytes, bytes, bytes] | None:
    """The main stream, the table stream and the data stream; nothing for a Word older than 97. Raises ``ReadError``."""
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as file:
            main = file.openstream("WordDocument").read()
            if len(main) < 0x300:
                raise failures.corrupt(name, "Word")
            ident, version = int.from_bytes(main[0:2], "little"), int.from_bytes(main[2:4], "little")
            flags = int.from_bytes(main[10:12], "little")
            if flags & ENCRYPTED:
                raise failures.encrypted(name)
            if ident != MAGIC or version < WORD_97:
                return None
            table = file.openstream("1Table" if flags & TABLE_1 else "0Table").read()
            extra = file.openstream("Data").read() if file.exists("Data") else b""
    except (OSError, ValueError, IndexError, TypeError) as error:
        raise failures.corrupt(name, "Word") from error
    return main, table, extra


class _Reader:
    """One file being read."""

    def __init__(self, file: WordFile, builder: TextBuilder, name: str) -> None:
        self._file = file
        self._builder = builder
        self._name = name
        self._text = file.text()
        self._counters = Counters()
        self._fields: list[bool] = []  # for each open field: whether its code (which is not printed) is being read
        self.pictures = 0

    def write(self) -> None:
        """Heads, body with its text boxes, notes, feet."""
        stories = self._file.stories()
        boxes = self._file.boxes()
        for _, start, end in boxes:
            secrecy.check("\n".join(line.text for line in self._lines(start, end)), self._name)
        heads, numbers = self._heads(*stories.heads)
        self._fields = []
        for head in heads:
            self._builder.line(head)
        self._body(*stories.body, [b for b in boxes if b[0] is not None])
        for anchor, start, end in boxes:
            if anchor is None:
                self._plain(start, end)
        for start, end in (stories.footnotes, stories.endnotes):
            for line in self._lines(start, end):
                self._builder.line(Line(line.text.strip()).mark("footnote"))
        for number in numbers:
            self._builder.line(number)

    def _paragraphs(self, start: int, end: int) -> list[tuple[int, int, Paragraph]]:
        """(start, place of the closing mark, properties) of the paragraphs of a stretch of text."""
        out = []
        first = start
        for cp in range(start, end):
            if self._text[cp] in (PARAGRAPH, CELL, PAGE_BREAK):
                out.append((first, cp, self._file.paragraph(cp)))
                first = cp + 1
        if first < end:
            out.append((first, end, self._file.paragraph(end - 1)))
        return out

    def _body(self, start: int, end: int, boxes: list[tuple[int | None, int, int]]) -> None:
        table = _TableDraft()
        cell: list[Line] = []
        for first, mark, properties in self._paragraphs(start, end):
            anchored = [b for b in boxes if b[0] is not None and first <= b[0] <= mark]
            if properties.in_table or properties.row_end:
                if properties.row_end:
                    table.end_row(properties.row)
                    cell = []
                    continue
                cell.append(self._line(first, mark, properties))
                for _, box_start, box_end in anchored:
                    cell += self._lines(box_start, box_end)
                if mark < len(self._text) and self._text[mark] == CELL:
                    table.end_cell(cell)
                    cell = []
                continue
            table.write(self._builder)
            line = self._line(first, mark, properties)
            above = self._builder.length == 0 or not line.text.strip()
            for _, box_start, box_end in anchored if above else ():
                self._plain(box_start, box_end)
            self._builder.line(line)
            for _, box_start, box_end in () if above else anchored:
                self._plain(box_start, box_end)
        table.write(self._builder)

    def _plain(self, start: int, end: int) -> None:
        for line in self._lines(start, end):
            self._builder.line(line)

    def _lines(self, start: int, end: int) -> list[Line]:
        return [self._line(first, mark, properties) for first, mark, properties in self._paragraphs(start, end)]

    def _heads(self, start: int, end: int) -> tuple[list[Line], list[Line]]:
        """The heads and feet of all sections, each text once; page numbers apart from the others."""
        heads: dict[str, Line] = {}
        numbers: dict[str, Line] = {}
        for line in self._lines(start, end):
            key = " ".join(line.text.split())
            if any(c.isdigit() for c in key) and PAGE_NUMBER_LINE.fullmatch(key):
                numbers.setdefault(key, Line(key).mark("page_number"))
            elif key:
                heads.setdefault(key, Line(line.text.strip()).mark("running_head"))
        return list(heads.values()), list(numbers.values())

    def _line(self, start: int, mark: int, properties: Paragraph) -> Line:
        """The printed text of a paragraph with its label and marks."""
        parts: list[str] = []
        bold = 0
        bold_on = True
        for first, last, run in self._file.runs(start, mark):
            text = "" if run.hidden else self._printed(first, last, run.symbol)
            parts.append(text)
            bold_on = bold_on and (run.bold or not text.strip())
            bold += len(text) if bold_on else 0
        text = symbol("".join(parts).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace"))
        line = self._label(properties)
        at = len(line.text)
        line.text += text
        if not line.text.strip():
            return line
        if properties.centred:
            line.mark("centred")
        outline = properties.outline or (properties.style if properties.style in HEADING_STYLES else 0)
        if outline:
            line.mark("heading", value=str(outline))
        lead = text[:bold]
        if lead.strip():
            line.mark("bold", at + len(lead) - len(lead.lstrip()), at + len(lead.rstrip()))
        return line

    def _label(self, properties: Paragraph) -> Line:
        numbered = self._file.list_of(properties)
        if numbered is None or properties.row_end:
            return Line()
        label = self._counters.next(str(properties.list_use), numbered, properties.list_level)
        if label is None or not label.text:
            return Line()
        line = Line(label.text).mark("computed")
        line.text += label.gap
        return line

    def _printed(self, start: int, end: int, sign: str | None) -> str:
        """The characters of a run that are printed: field codes, pictures and references are not."""
        out: list[str] = []
        for c in self._text[start:end]:
            if c == FIELD_BEGIN:
                self._fields.append(True)
            elif c == FIELD_SEPARATOR:
                if self._fields:
                    self._fields[-1] = False
            elif c == FIELD_END:
                if self._fields:
                    self._fields.pop()
            elif any(self._fields):
                continue
            elif c in GLYPHS:
                out.append(GLYPHS[c])
            elif c in PICTURES:
                self.pictures += 1
            elif c == "(" and sign is not None:
                out.append(sign)
            elif c >= " ":
                out.append(c)
        return "".join(out)


class _TableDraft:
    """A table while its rows are read; a row tells its shape only at its end."""

    def __init__(self) -> None:
        self._rows: list[tuple[list[list[Line]], TableRow | None]] = []
        self._cells: list[list[Line]] = []

    def end_cell(self, lines: list[Line]) -> None:
        """Ends a cell."""
        self._cells.append(lines)

    def end_row(self, shape: TableRow | None) -> None:
        """Ends a row."""
        self._rows.append((self._cells, shape))
        self._cells = []

    def write(self, builder: TextBuilder) -> None:
        """Writes the table, if one was read."""
        if self._cells:
            self.end_row(None)
        rows, self._rows = self._rows, []
        if not rows:
            return
        if sum(len(cells) for cells, _ in rows) == 1:
            for line in rows[0][0][0]:
                builder.line(line)
            return
        builder.table(_drafts(rows))


def _drafts(rows: list[tuple[list[list[Line]], TableRow | None]]) -> list[CellDraft]:
    columns: list[int] = []
    for edge in sorted({e for _, shape in rows if shape for e in shape.edges}):
        if not columns or edge - columns[-1] > SAME_EDGE:
            columns.append(edge)
    drafts: list[CellDraft] = []
    open_cells: dict[int, CellDraft] = {}
    for r, (cells, shape) in enumerate(rows):
        going_on: dict[int, CellDraft] = {}
        before: CellDraft | None = None
        for c, lines in enumerate(cells):
            known = shape is not None and c + 1 < len(shape.edges)
            left = _column(columns, shape.edges[c]) if shape is not None and known else c
            right = _column(columns, shape.edges[c + 1]) if shape is not None and known else c + 1
            width = max(1, right - left)
            above = open_cells.get(left)
            if shape is not None and known and shape.joined[c] and before is not None:
                before.column_span += width
                before.lines += lines
            elif shape is not None and known and shape.continued[c] and above is not None:
                above.row_span = r - above.row + 1
                above.lines += [line for line in lines if line.text.strip()]
                going_on[left] = above
            else:
                before = CellDraft(r, left, lines, 1, width)
                drafts.append(before)
                going_on[left] = before
        open_cells = going_on
    return drafts


def _column(columns: list[int], edge: int) -> int:
    return max(0, bisect_left(columns, edge - SAME_EDGE))
