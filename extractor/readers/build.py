"""The draft that every reader fills: lines and tables with their marks, put together to one source text."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from extractor.model import Cell, Document, Mark, MarkKind, Problem, Span, Table


@dataclass(slots=True)
class Line:
    """A paragraph as it will stand in the source text, with marks in offsets of its own ``text``."""

    text: str = ""
    marks: list[tuple[MarkKind, int, int, str]] = field(default_factory=list)

    def mark(self, kind: MarkKind, start: int = 0, end: int | None = None, value: str = "") -> Line:
        """Marks ``text[start:end]``, by default all of it. Gives itself back."""
        stop = len(self.text) if end is None else end
        if stop > start:
            self.marks.append((kind, start, stop, value))
        return self

    def append(self, other: Line, between: str = "", kind: MarkKind | None = None) -> None:
        """Sets ``other`` behind this line, parted by ``between``, which is marked as ``kind``."""
        start = len(self.text)
        self.text += between
        if kind is not None and between:
            self.marks.append((kind, start, start + len(between), ""))
        at = len(self.text)
        self.text += other.text
        self.marks += [(k, s + at, e + at, v) for k, s, e, v in other.marks]

    def stripped(self) -> Line:
        """This line without blanks at its end; a line of blanks becomes empty."""
        keep = len(self.text.rstrip())
        if keep == len(self.text):
            return self
        marks = [(k, s, min(e, keep), v) for k, s, e, v in self.marks if s < keep]
        return Line(self.text[:keep], marks)


@dataclass(slots=True)
class CellDraft:
    """A cell before it has a place in the text; rows and columns count from 0."""

    row: int
    column: int
    lines: list[Line]
    row_span: int = 1
    column_span: int = 1
    header: bool = False


class TextBuilder:
    """Collects lines, tables, marks and problems, and counts the code points."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._marks: list[Mark] = []
        self._tables: list[Table] = []
        self._problems: list[Problem] = []
        self._pages: list[tuple[int, int]] = []
        self._at_line_start = True
        self.length = 0

    def write(self, text: str) -> Span:
        """Adds ``text`` as it is and tells where it stands."""
        start = self.length
        if text:
            self._parts.append(text)
            self.length += len(text)
            self._at_line_start = text.endswith("\n")
        return Span(start, self.length)

    def end_line(self) -> None:
        """Ends the line that was begun, if one was."""
        if not self._at_line_start:
            self.write("\n")

    def mark(self, kind: MarkKind, start: int, end: int, value: str = "") -> None:
        """Marks source offsets; an empty run is not marked."""
        if end > start:
            self._marks.append(Mark(kind, Span(start, end), value))

    def problem(self, code: str, message: str, *pieces: Span) -> None:
        """Records what could not be read; ``message`` is Chinese, for staff."""
        self._problems.append(Problem(code, message, pieces))

    def place(self, line: Line) -> Span:
        """Writes a line without its line end."""
        span = self.write(line.text)
        for kind, start, end, value in line.marks:
            if kind == "page":  # a line knows only that a page begins in it; the page ends where the next one begins
                if not self._pages or self._pages[-1][1] < int(value):
                    self._pages.append((span.start + start, int(value)))
                continue
            self.mark(kind, span.start + start, span.start + end, value)
        return span

    def line(self, line: Line) -> Span:
        """Writes a line of its own. A line without a printed character is left out."""
        line = line.stripped()
        if not line.text:
            return Span(self.length, self.length)
        self.end_line()
        span = self.place(line)
        self.write("\n")
        return span

    def table(self, drafts: Sequence[CellDraft], between: Mapping[int, Sequence[Line]] | None = None) -> None:
        """Writes a table: in each row the cells that begin there, parted by tabs. A table without text is left out.

        ``between`` holds lines that are no rows (a page number, a header repeated on the next page), by the row that
        they stand before.
        """
        self.end_line()
        rows = max((c.row + c.row_span for c in drafts), default=0)
        columns = max((c.column + c.column_span for c in drafts), default=0)
        if not any(line.text.strip() for c in drafts for line in c.lines):
            return
        start = self.length
        cells: list[Cell] = []
        by_row: dict[int, list[CellDraft]] = {}
        for draft in drafts:
            by_row.setdefault(draft.row, []).append(draft)
        for k in range(rows):
            if k:
                self.write("\n")
            for line in (between or {}).get(k, ()):
                self.line(line)
            for j, draft in enumerate(sorted(by_row.get(k, ()), key=lambda c: c.column)):
                if j:
                    self.write("\t")
                span = self._cell(draft.lines)
                cells.append(
                    Cell(draft.row, draft.column, draft.row_span, draft.column_span, span, header=draft.header)
                )
        self._tables.append(Table(Span(start, self.length), rows, columns, tuple(cells)))
        self.write("\n")

    def _cell(self, lines: Iterable[Line]) -> Span:
        start = self.length
        first = True
        for line in lines:
            line = line.stripped()
            if not line.text:
                continue
            if not first:
                self.write("\n")
            # A tab parts cells, so one inside a cell would make a cell that is not there.
            self.place(Line(line.text.replace("\t", " "), line.marks))
            first = False
        return Span(start, self.length)

    def document(
        self, data: bytes, name: str, media_type: str, *, encoding: str | None = None, ocr: bool = False
    ) -> Document:
        """The frozen document; ``data`` is the file's content, for its SHA-256."""
        ends = [start for start, _ in self._pages[1:]] + [self.length]
        for (start, number), end in zip(self._pages, ends, strict=False):
            self.mark("page", start, end, str(number))
        return Document(
            name=name,
            media_type=media_type,
            sha256=hashlib.sha256(data).hexdigest(),
            text="".join(self._parts),
            encoding=encoding,
            marks=tuple(sorted(self._marks, key=lambda m: (m.span.start, m.span.end, m.kind, m.value))),
            tables=tuple(self._tables),
            problems=tuple(self._problems),
            ocr=ocr,
        )
