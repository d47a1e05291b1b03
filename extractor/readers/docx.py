"""Word files (.docx): body order, tables, text boxes, notes, tracked changes as accepted, numbers as printed.

The package is read directly: what is wanted are the parts in print order with their properties, and files of careless
programs (dangling relations, missing parts) must be read too.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING

from extractor.model import Document
from extractor.readers import failures, sniffing
from extractor.readers.build import CellDraft, Line, TextBuilder
from extractor.readers.counters import Label
from extractor.readers.docx_styles import Numbering, Style, Styles, W, switch, value, whole
from extractor.readers.limits import Package
from extractor.readers.number_formats import symbol
from extractor.readers.sets import names

if TYPE_CHECKING:
    from lxml.etree import _Element

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
MAIN_PART = "word/document.xml"

SKIPPED = frozenset(
    # Deleted text, field codes, the annotation of ruby, properties: none of it is printed.
    [
        W + name
        for name in names(
            "del moveFrom delText instrText delInstrText rt rPr pPr sdtPr sdtEndPr tblPr tblGrid trPr tcPr "
            "sectPr commentRangeStart commentRangeEnd annotationRef"
        )
    ]
)
GLYPHS = {
    W + "tab": "\t",
    W + "ptab": "\t",
    W + "cr": "\n",
    W + "noBreakHyphen": "-",
}
PAGE_FIELD = re.compile(r"\b(?:PAGE|NUMPAGES|SECTIONPAGES)\b", re.IGNORECASE)
PAGE_NUMBER_LINE = re.compile(r"[\s—－–\-~·•第页頁共/\d]*")
LARGE_PICTURE = (80 * 36_000, 120 * 36_000)
"""Short and long side (in the file's units, 36,000 a millimetre) beyond which a picture is no seal: it may be a table."""
PICTURE_PAPER = 30
"""A file with pictures and fewer characters than this is taken for a scan set into Word."""


@dataclass(slots=True)
class _Piece:
    """A run of printed characters with what its type tells."""

    text: str
    bold: bool = False


def read(data: bytes, name: str) -> Document:
    """The document's text as Word prints it with all changes accepted. Raises ``ReadError``."""
    package = Package(data, name, "Word")
    main = _main_part(package)
    root = package.xml(main)
    if root is None:
        raise failures.corrupt(name, "Word")
    builder = TextBuilder()
    reader = _Reader(package, main, builder)
    reader.write(root)
    if builder.length < PICTURE_PAPER and reader.pictures:
        return _recognised(data, name, reader)
    if reader.large_pictures:
        builder.problem("picture_without_text", f"文中有 {reader.large_pictures} 幅大图片，图片里的文字未读取")
    return builder.document(data, name, sniffing.DOCX)


def _recognised(data: bytes, name: str, reader: _Reader) -> Document:
    """A scan or photographs set into Word, recognised as the pages of one document. Raises ``ReadError``."""
    from extractor.readers import ocr

    pictures = [(content, name) for content in reader.picture_contents()]
    recognised = ocr.read_pictures(pictures, name)
    return replace(recognised, media_type=sniffing.DOCX, sha256=hashlib.sha256(data).hexdigest())


def _main_part(package: Package) -> str:
    relations = package.xml("_rels/.rels")
    if relations is not None:
        for relation in relations.iter(RELATION):
            if relation.get("Type", "").endswith("/officeDocument"):
                target = relation.get("Target", "").lstrip("/")
                if package.holds(target):
                    return target
    return MAIN_PART


class _Reader:
    """One file being read: its parts, its styles and lists, and the text so far."""

    def __init__(self, package: Package, main: str, builder: TextBuilder) -> None:
        self._package = package
        self._folder = dirname(main)
        self._builder = builder
        self._targets: dict[str, tuple[str, str]] = {}  # relation id: (type, part)
        relations = package.xml(join(self._folder, "_rels", main.rsplit("/", 1)[-1] + ".rels"))
        if relations is not None:
            for relation in relations.iter(RELATION):
                if relation.get("TargetMode") != "External":
                    target = relation.get("Target", "")
                    part = target if target.startswith("/") else normpath(join(self._folder, target))
                    self._targets[relation.get("Id", "")] = (relation.get("Type", "").rsplit("/", 1)[-1], part)
        self.styles = Styles(self._related("styles"))
        self._numbering = Numbering(self._related("numbering"), self.styles)
        self._boxes: list[_Element] = []
        self._notes: list[tuple[str, str]] = []  # (footnote or endnote, id) in the order of their references
        self._carried: Line | None = None  # a paragraph whose mark was deleted runs on into the next one
        self.pictures: list[str] = []  # the relation ids of pictures, in print order
        self.large_pictures = 0

    def picture_contents(self) -> list[bytes]:
        """The pictures of the body in their order, those of kinds that can be recognised."""
        parts = [self._targets[key][1] for key in self.pictures if key in self._targets]
        contents = [self._package.part(part) for part in parts]
        return [c for c in contents if c is not None and sniffing.sniff(c, "").startswith("image/")]

    def _related(self, kind: str) -> _Element | None:
        for found, part in self._targets.values():
            if found == kind:
                return self._package.xml(part)
        return None

    # -- the order of a file -------------------------------------------------------------------------------------------

    def write(self, root: _Element) -> None:
        """Heads, body, notes, feet: in that order."""
        body = root.find(W + "body")
        if body is None:
            return
        self._running(body, "headerReference")
        self._blocks(body)
        self._write_carried()
        self._write_notes()
        self._running(body, "footerReference")
        if any(kind in ("oleObject", "package", "aFChunk") for kind, _ in self._targets.values()):
            self._builder.problem("embedded_object", "文中嵌有对象（表格、附件等），其中的文字未读取，请另存后单独读取")

    def _running(self, body: _Element, kind: str) -> None:
        """The heads or feet of all sections, each text once."""
        seen: set[str] = set()
        for reference in body.iter(W + kind):
            target = self._targets.get(reference.get(R + "id", ""))
            root = self._package.xml(target[1]) if target else None
            if root is None:
                continue
            for line in self._head_lines(root):
                key = " ".join(line.text.split())
                if not key or key in seen:
                    continue
                seen.add(key)
                numbered = any(c.isdigit() for c in key) and PAGE_NUMBER_LINE.fullmatch(key)
                line.marks = [m for m in line.marks if m[0] == "computed"]
                self._builder.line(line.stripped().mark("page_number" if numbered else "running_head"))

    def _head_lines(self, root: _Element) -> Iterator[Line]:
        for paragraph in root.iter(W + "p"):
            line, boxes = self._paragraph(paragraph, numbered=False)
            for box in boxes:
                for inner in box.iter(W + "p"):
                    yield self._paragraph(inner, numbered=False)[0]
            yield line

    def _blocks(self, container: _Element) -> None:
        for child in _unwrapped(container):
            if child.tag == W + "p":
                self._write_paragraph(child)
            elif child.tag == W + "tbl":
                self._write_carried()
                self._write_table(child)

    def _write_paragraph(self, paragraph: _Element) -> None:
        line, boxes = self._paragraph(paragraph)
        above = [b for b in boxes if self._builder.length == 0 or not line.text.strip()]
        for box in above:
            self._blocks(box)
        if _mark_deleted(paragraph):
            if line.text:
                self._carry(line)
        else:
            if self._carried is not None:
                carried, self._carried = self._carried, None
                carried.append(line)
                line = carried
            self._write_line(line)
        for box in boxes:
            if box not in above:
                self._blocks(box)

    def _carry(self, line: Line) -> None:
        if self._carried is None:
            self._carried = line
        else:
            self._carried.append(line)

    def _write_carried(self) -> None:
        if self._carried is not None:
            line, self._carried = self._carried, None
            self._write_line(line)

    def _write_line(self, line: Line) -> None:
        self._builder.line(line)

    def _write_notes(self) -> None:
        """Footnotes and endnotes after the body, in the order of their references."""
        parts = {"footnote": self._related("footnotes"), "endnote": self._related("endnotes")}
        for kind, key in self._notes:
            root = parts[kind]
            if root is None:
                continue
            for note in root.iter(W + kind):
                if note.get(W + "id") == key:
                    for paragraph in note.iter(W + "p"):
                        line, _ = self._paragraph(paragraph)
                        line = Line(line.text.strip())
                        self._builder.line(line.mark("footnote"))

    # -- paragraphs ----------------------------------------------------------------------------------------------------

    def _paragraph(self, paragraph: _Element, *, numbered: bool = True) -> tuple[Line, list[_Element]]:
        """A paragraph's line with its marks, and the text boxes anchored in it."""
        properties = paragraph.find(W + "pPr")
        style = self.styles.get(value(properties, "pStyle"))
        outer_boxes, self._boxes = self._boxes, []
        pieces = list(self._inline(paragraph, style))
        boxes, self._boxes = self._boxes, outer_boxes
        text = "".join(p.text for p in pieces)
        deleted = _mark_deleted(paragraph)
        label = None if deleted or not numbered or _is_inside_deleted(paragraph) else self._numbering.label(paragraph)
        line = Line()
        if label is not None and label.text and not (style.hidden and not text):
            line = _label_line(label)
        at = len(line.text)
        line.text += text
        self._mark_line(line, at, pieces, properties, style)
        return line, boxes

    def _mark_line(self, line: Line, at: int, pieces: list[_Piece], properties: _Element | None, style: Style) -> None:
        if not line.text.strip():
            return
        align = value(properties, "jc")
        if (align == "center") if align is not None else style.centred:
            line.mark("centred")
        outline = value(properties, "outlineLvl")
        level = (whole(outline) + 1 if whole(outline) < 9 else 0) if outline is not None else style.outline
        if level:
            line.mark("heading", value=str(level))
        bold = 0
        for piece in pieces:
            if not piece.bold and piece.text.strip():
                break
            bold += len(piece.text)
        body = line.text[at : at + bold]
        if body.strip():
            first = at + len(body) - len(body.lstrip())
            line.mark("bold", first, at + len(body.rstrip()))
        if style.contents:
            line.mark("furniture")

    def _inline(self, element: _Element, style: Style) -> Iterator[_Piece]:
        """What the children of a paragraph (or of a link, field, insertion … in it) print."""
        for child in element:
            if child.tag in SKIPPED or not isinstance(child.tag, str):
                continue
            if child.tag == W + "r":
                yield from self._run(child, style)
            elif child.tag == MC + "AlternateContent":
                yield from self._inline(_choice(child), style)
            elif child.tag == W + "txbxContent":
                self._boxes.append(child)
            elif child.tag == W + "fldSimple" and PAGE_FIELD.search(child.get(W + "instr", "")):
                yield _Piece("1")
            elif child.tag == M + "t":
                yield _Piece(child.text or "")
            else:
                yield from self._inline(child, style)

    def _run(self, run: _Element, style: Style) -> Iterator[_Piece]:
        properties = run.find(W + "rPr")
        own = self.styles.get(value(properties, "rStyle")) if value(properties, "rStyle") else Style()
        hidden = _first(switch(properties, "vanish"), own.hidden, style.hidden)
        if hidden:
            return
        bold = bool(_first(switch(properties, "b"), own.bold, style.bold))
        for child in run:
            text = self._glyph(child)
            if text:
                yield _Piece(text, bold)
            elif child.tag in (MC + "AlternateContent", W + "drawing", W + "pict", W + "object", W + "ruby"):
                inner = _choice(child) if child.tag == MC + "AlternateContent" else child
                yield from (_Piece(p.text, bold or p.bold) for p in self._drawn(inner, style))

    def _glyph(self, child: _Element) -> str:
        if child.tag == W + "t":
            return symbol(child.text or "")
        if child.tag in GLYPHS:
            return GLYPHS[child.tag]
        if child.tag == W + "br":
            return "\n"
        if child.tag == W + "sym":
            code = child.get(W + "char", "")
            return symbol(chr(int(code, 16))) if re.fullmatch(r"[0-9A-Fa-f]{2,5}", code) else ""
        if child.tag in (W + "footnoteReference", W + "endnoteReference"):
            # The raised number is not written: behind a figure (50个¹) it would read as part of it.
            self._notes.append((child.tag[len(W) : -len("Reference")], child.get(W + "id", "")))
        return ""

    def _drawn(self, element: _Element, style: Style) -> Iterator[_Piece]:
        """Text in a drawing goes to its text boxes; ruby prints its base."""
        if element.tag == W + "ruby":
            base = element.find(W + "rubyBase")
            if base is not None:
                yield from self._inline(base, style)
            return
        for inner in element.iter():
            if isinstance(inner.tag, str) and inner.tag.endswith(("}blip", "}imagedata")):
                self.pictures.append(inner.get(R + "embed") or inner.get(R + "id") or "")
            elif isinstance(inner.tag, str) and inner.tag.endswith("}extent"):
                sides = sorted(whole(inner.get(side)) for side in ("cx", "cy"))
                self.large_pictures += sides[0] > LARGE_PICTURE[0] and sides[1] > LARGE_PICTURE[1]
        self._boxes += _outer_boxes(element)

    # -- tables --------------------------------------------------------------------------------------------------------

    def _write_table(self, table: _Element) -> None:
        rows = [tr for tr in _rows(table) if not _row_deleted(tr)]
        if sum(len(_cells(tr)) for tr in rows) == 1:
            # A frame around everything is no table.
            self._blocks(_cells(rows[0])[0])
            self._write_carried()
            return
        self._builder.table(self._drafts(rows))

    def _drafts(self, rows: list[_Element]) -> list[CellDraft]:
        drafts: list[CellDraft] = []
        open_cells: dict[int, CellDraft] = {}  # by first column: cells that a row below may continue
        for r, row in enumerate(rows):
            properties = row.find(W + "trPr")
            header = bool(switch(properties, "tblHeader"))
            column = whole(value(properties, "gridBefore"))
            going_on: dict[int, CellDraft] = {}
            beside: CellDraft | None = None
            for cell in _cells(row):
                own = cell.find(W + "tcPr")
                width = max(1, whole(value(own, "gridSpan"), 1))
                merge = own.find(W + "vMerge") if own is not None else None
                sideways = own.find(W + "hMerge") if own is not None else None
                above = open_cells.get(column)
                if sideways is not None and sideways.get(W + "val") != "restart" and beside is not None:
                    beside.column_span += width
                elif merge is not None and merge.get(W + "val") != "restart" and above is not None:
                    above.row_span = r - above.row + 1
                    going_on[column] = above
                    above.lines += [line for line in self._cell_lines(cell) if line.text.strip()]
                else:
                    draft = CellDraft(r, column, self._cell_lines(cell), 1, width, header)
                    drafts.append(draft)
                    beside = draft
                    if merge is not None:
                        going_on[column] = draft
                column += width
            open_cells = going_on
        return drafts

    def _cell_lines(self, container: _Element) -> list[Line]:
        lines: list[Line] = []
        for child in _unwrapped(container):
            if child.tag == W + "p":
                line, boxes = self._paragraph(child)
                lines.append(line)
                for box in boxes:
                    lines += self._cell_lines(box)
            elif child.tag == W + "tbl":
                lines += self._nested(child)
        return lines

    def _nested(self, table: _Element) -> list[Line]:
        """A table within a cell: its rows as lines of the cell."""
        out: list[Line] = []
        for row in _rows(table):
            line = Line()
            for cell in _cells(row):
                for inner in self._cell_lines(cell):
                    if inner.text.strip():
                        line.append(replace(inner), " " if line.text else "")
            out.append(line)
        return out


def _label_line(label: Label) -> Line:
    line = Line(label.text).mark("computed")
    line.text += label.gap
    return line


def _first(*answers: bool | None) -> bool | None:
    return next((a for a in answers if a is not None), None)


def _choice(alternate: _Element) -> _Element:
    """The newer of two forms of one drawing; the other one repeats it."""
    for tag in (MC + "Choice", MC + "Fallback"):
        found = alternate.find(tag)
        if found is not None:
            return found
    return alternate


def _outer_boxes(element: _Element) -> list[_Element]:
    """The text boxes of a drawing, each once: not those inside a box, nor those of a fallback."""
    out: list[_Element] = []
    pending = [element]
    while pending:
        current = pending.pop(0)
        if current.tag == W + "txbxContent":
            out.append(current)
        elif current.tag == MC + "AlternateContent":
            pending.insert(0, _choice(current))
        else:
            pending[:0] = [c for c in current if isinstance(c.tag, str)]
    return out


def _unwrapped(container: _Element) -> Iterator[_Element]:
    """The paragraphs and tables of a container, through content controls and custom XML."""
    for child in container:
        if child.tag in (W + "p", W + "tbl"):
            yield child
        elif child.tag == W + "sdt":
            content = child.find(W + "sdtContent")
            if content is not None:
                yield from _unwrapped(content)
        elif child.tag in (W + "customXml", W + "ins", W + "moveTo", W + "smartTag"):
            yield from _unwrapped(child)
        elif child.tag == MC + "AlternateContent":
            yield from _unwrapped(_choice(child))


def _wrapped(container: _Element, tag: str) -> list[_Element]:
    out: list[_Element] = []
    for child in container:
        if child.tag == tag:
            out.append(child)
        elif child.tag == W + "sdt":
            content = child.find(W + "sdtContent")
            if content is not None:
                out += _wrapped(content, tag)
        elif child.tag in (W + "customXml", W + "ins", W + "moveTo"):
            out += _wrapped(child, tag)
    return out


def _rows(table: _Element) -> list[_Element]:
    return _wrapped(table, W + "tr")


def _cells(row: _Element) -> list[_Element]:
    return [c for c in _wrapped(row, W + "tc") if c.find(f"{W}tcPr/{W}cellDel") is None]


def _row_deleted(row: _Element) -> bool:
    properties = row.find(W + "trPr")
    return properties is not None and (properties.find(W + "del") is not None or bool(switch(properties, "hidden")))


def _mark_deleted(paragraph: _Element) -> bool:
    return (
        paragraph.find(f"{W}pPr/{W}rPr/{W}del") is not None or paragraph.find(f"{W}pPr/{W}rPr/{W}moveFrom") is not None
    )


def _is_inside_deleted(paragraph: _Element) -> bool:
    return any(a.tag in (W + "del", W + "moveFrom") for a in paragraph.iterancestors())
