"""The printed register as a Word table (.docx): the columns of the printed sheet, on A4 with its long side across."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic
from xml.sax.saxutils import escape

from extractor.exports import phrases, sheets
from extractor.exports.destination import Written, free_name, replacing, stamp
from extractor.exports.harmless import harmless, without_contacts
from extractor.exports.paper import PAPERS, PaperName
from extractor.exports.rows import TITLE, OfficeColumns, Row, Value, notice_line, rows, source_line
from extractor.exports.sheets import Column, Item, spans_measures
from extractor.model import Register

if TYPE_CHECKING:
    from docx.document import Document

_NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_MILLIMETRES = {"A4": (297, 210), "A3": (420, 297)}
_MARGIN = 13  # millimetres
_TWIPS = 1440 / 25.4  # of a millimetre
_FONT = "宋体"
_HEADER_FONT = "黑体"


def write_word(
    register: Register,
    path: Path,
    *,
    office: Mapping[str, OfficeColumns] | None = None,
    paper: PaperName = "A4",
    title: str = TITLE,
    public: bool = False,
) -> Written:
    """Writes the table to ``path``, or to a new name beside it where a person has changed that file or has it open.

    Raises :class:`extractor.errors.UsageError` where nothing can be written.
    """
    target = free_name(path)
    table = tuple(rows(register, office, public=public))
    document = _document(paper, title, source_line(table))
    _table(document, table, sheets.print_columns(PAPERS[paper].name, table), paper, public)
    with replacing(target) as temporary:
        document.save(str(temporary))
        stamp(temporary)
    return Written(target, path)


@dataclass(frozen=True, slots=True)
class WordTable(Generic[Item]):
    """A table of a Word document under a heading of its own."""

    heading: str
    columns: tuple[Column[Item], ...]
    items: Sequence[Item]


def write_word_tables(
    path: Path, tables: Sequence[WordTable[Any]], *, title: str, subtitle: str = "", paper: PaperName = "A4"
) -> Written:
    """Writes several plain tables as one document; the name is chosen as :func:`write_word` does."""
    from docx.oxml import parse_xml
    from docx.shared import Pt

    target = free_name(path)
    document = _document(paper, title, subtitle)
    whole = int((_MILLIMETRES[paper][0] - 2 * _MARGIN) * _TWIPS)
    for table in tables:
        heading = document.add_paragraph()
        heading.add_run(harmless(table.heading)).bold = True
        heading.paragraph_format.space_before, heading.paragraph_format.space_after = Pt(12), Pt(3)
        heading.paragraph_format.keep_with_next = True
        total = sum(column.width for column in table.columns)
        widths = [int(whole * column.width / total) for column in table.columns]
        lines = [_head(table.columns, widths)]
        for item in table.items:
            cells = (
                _cell(_text(column.value(item), False), width, centred=column.kind != "text")
                for column, width in zip(table.columns, widths, strict=True)
            )
            lines.append(f"<w:tr {_NAMESPACE}><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>")
        element = parse_xml(_frame(widths))
        for line in lines:
            element.append(parse_xml(line))
        document.element.body.insert(len(document.element.body) - 1, element)
    with replacing(target) as temporary:
        document.save(str(temporary))
        stamp(temporary)
    return Written(target, path)


def _document(paper: PaperName, title: str, source: str) -> Document:
    import docx
    from docx.enum.section import WD_ORIENT
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import parse_xml
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    document = docx.Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = _FONT, Pt(9)
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _FONT)
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    width, height = _MILLIMETRES[paper]
    section.page_width, section.page_height = Mm(width), Mm(height)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(_MARGIN)
    heading = document.add_paragraph()
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = heading.add_run(harmless(title))
    run.bold, run.font.size = True, Pt(20)
    line = document.add_paragraph(harmless(source))
    line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for part in ("第 ", "PAGE", " 页　共 ", "NUMPAGES", " 页"):
        field = f'<w:fldSimple {_NAMESPACE} w:instr="{part}"><w:r><w:t>1</w:t></w:r></w:fldSimple>'
        if part.isascii():
            foot._p.append(parse_xml(field))
        else:
            foot.add_run(part)
    return document


def _table(
    document: Document, table: tuple[Row, ...], columns: tuple[Column[Row], ...], paper: PaperName, public: bool
) -> None:
    from docx.oxml import parse_xml

    whole = int((_MILLIMETRES[paper][0] - 2 * _MARGIN) * _TWIPS)
    total = sum(column.width for column in columns)
    widths = [int(whole * column.width / total) for column in columns]
    element = parse_xml(_frame(widths))
    for line in _lines(table, columns, widths, public):
        element.append(parse_xml(line))
    document.element.body.insert(len(document.element.body) - 1, element)


def _frame(widths: Sequence[int]) -> str:
    """A table without rows."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return (
        f'<w:tbl {_NAMESPACE}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:top w:w="30" w:type="dxa"/><w:left w:w="40" w:type="dxa"/>'
        '<w:bottom w:w="30" w:type="dxa"/><w:right w:w="40" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid></w:tbl>"
    )


def _head(columns: Sequence[Column[Any]], widths: Sequence[int]) -> str:
    """The header row, repeated on each page."""
    cells = "".join(
        _cell(c.title, w, bold=True, centred=True, fill="DDEBF7") for c, w in zip(columns, widths, strict=True)
    )
    return f"<w:tr {_NAMESPACE}><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells}</w:tr>"


def _lines(table: tuple[Row, ...], columns: tuple[Column[Row], ...], widths: list[int], public: bool) -> Iterator[str]:
    """The rows of the table as XML: the header, repeated on each page, then notices with their rows."""
    yield _head(columns, widths)
    for _, of_plan in groupby(table, key=lambda row: id(row.plan)):
        listed = list(of_plan)
        named = notice_line(listed[0])
        band = _cell(named, sum(widths), bold=True, fill="F2F2F2", columns=len(columns), with_next=True)
        yield f"<w:tr {_NAMESPACE}><w:trPr><w:cantSplit/></w:trPr>{band}</w:tr>"
        for _, of_group in groupby(listed, key=lambda row: (row.kind, row.group)):
            for n, row in enumerate(of_group):
                cells = []
                wide = spans_measures(row, columns)
                for k, (column, width) in enumerate(zip(columns, widths, strict=True)):
                    if wide and k == 3:
                        continue
                    text = _text(column.value(row), public) if k != 1 or n == 0 else ""
                    merge = "" if k != 1 else '<w:vMerge w:val="restart"/>' if n == 0 else "<w:vMerge/>"
                    merge = '<w:gridSpan w:val="2"/>' if wide and k == 2 else merge
                    whole = width + widths[3] if wide and k == 2 else width
                    cells.append(_cell(text, whole, centred=column.kind != "text" or k == 1, bold=k == 1, more=merge))
                yield f"<w:tr {_NAMESPACE}><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>"


def _text(value: Value, public: bool) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return without_contacts(value) if public else value
    return phrases.day(value.isoformat()) if isinstance(value, date) else phrases.number(value)


def _cell(
    text: str,
    width: int,
    *,
    bold: bool = False,
    centred: bool = False,
    fill: str = "",
    columns: int = 1,
    more: str = "",
    with_next: bool = False,
) -> str:
    font = _HEADER_FONT if bold and fill else _FONT
    look = f'<w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}"/>{"<w:b/>" if bold else ""}<w:sz w:val="18"/></w:rPr>'
    next_ = "<w:keepNext/>" if with_next else ""  # not last on a page
    paragraph = (
        f'<w:pPr>{next_}<w:spacing w:before="0" w:after="0"/><w:jc w:val="{"center" if centred else "left"}"/></w:pPr>'
    )
    paragraphs = "".join(
        f'<w:p>{paragraph}<w:r>{look}<w:t xml:space="preserve">{escape(part)}</w:t></w:r></w:p>'
        for part in harmless(text).split("\n")
    )
    span = f'<w:gridSpan w:val="{columns}"/>' if columns > 1 else ""
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{more}{shade}<w:vAlign w:val="center"/></w:tcPr>'
        f"{paragraphs}</w:tc>"
    )
