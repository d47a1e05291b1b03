"""Files that the reader tests make: small Word, PDF and archive files written by hand, so that nothing is copied."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

WORDPROCESSING = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMESPACES = (
    f'xmlns:w="{WORDPROCESSING}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
KINDS = {
    "styles": "styles",
    "numbering": "numbering",
    "footnotes": "footnotes",
    "endnotes": "endnotes",
    "header1": "header",
    "footer1": "footer",
}


def zipped(parts: dict[str, str | bytes]) -> bytes:
    """A zip file of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return out.getvalue()


def docx(body: str, **parts: str) -> bytes:
    """A Word file with this body; further parts by name (styles, numbering, footnotes, header1, footer1), inner XML."""
    files: dict[str, str | bytes] = {}
    relations = []
    overrides = []
    for name, inner in parts.items():
        root = {"header1": "hdr", "footer1": "ftr"}.get(name, name)
        files[f"word/{name}.xml"] = f"<w:{root} {NAMESPACES}>{inner}</w:{root}>"
        kind = KINDS[name]
        relations.append(
            f'<Relationship Id="{name}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" '
            f'Target="{name}.xml"/>'
        )
        overrides.append(
            f'<Override PartName="/word/{name}.xml" '
            f'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"/>'
        )
    section = "".join(
        f'<w:{kind}Reference w:type="default" r:id="{name}"/>'
        for name, kind in (("header1", "header"), ("footer1", "footer"))
        if name in parts
    )
    files["word/document.xml"] = (
        f'<w:document {NAMESPACES}><w:body>{body}<w:sectPr>{section}<w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="2098" w:right="1474" w:bottom="1985" w:left="1588" w:header="851" w:footer="1400" w:gutter="0"/>'
        "</w:sectPr></w:body></w:document>"
    )
    files["word/_rels/document.xml.rels"] = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        + "".join(relations)
        + "</Relationships>"
    )
    files["_rels/.rels"] = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
        'Target="word/document.xml"/></Relationships>'
    )
    files["[Content_Types].xml"] = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
        + "".join(overrides)
        + "</Types>"
    )
    return zipped(files)


def p(text: str, properties: str = "", run: str = "") -> str:
    """A paragraph of one run."""
    return (
        f'<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'
    )


def listed(text: str, num: int, level: int = 0) -> str:
    """A paragraph of a list."""
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>')


def level(number: int, kind: str, text: str, *, start: int = 1, more: str = "", suffix: str = "nothing") -> str:
    """A level of a list definition."""
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="{start}"/><w:numFmt w:val="{kind}"/>{more}'
        f'<w:suff w:val="{suffix}"/><w:lvlText w:val="{text}"/></w:lvl>'
    )


def abstract(key: int, *levels: str) -> str:
    """A list definition."""
    return f'<w:abstractNum w:abstractNumId="{key}"><w:multiLevelType w:val="multilevel"/>{"".join(levels)}</w:abstractNum>'


def num(key: int, definition: int, overrides: str = "") -> str:
    """A list."""
    return f'<w:num w:numId="{key}"><w:abstractNumId w:val="{definition}"/>{overrides}</w:num>'


def cell(*blocks: str, span: int = 1, merge: str = "") -> str:
    """A table cell; ``merge`` is restart or continue."""
    properties = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    if merge:
        properties += f'<w:vMerge w:val="{merge}"/>'
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(blocks) or '<w:p/>'}</w:tc>"


def table(*rows: str, widths: tuple[int, ...] = (2000, 4000, 2000)) -> str:
    """A ruled table of rows of cells."""
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    grid = "".join(f'<w:gridCol w:w="{w}"/>' for w in widths)
    return (
        f"<w:tbl><w:tblPr><w:tblBorders>{borders}</w:tblBorders></w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
        f"{''.join(rows)}</w:tbl>"
    )


def row(*cells: str, header: bool = False) -> str:
    """A table row."""
    properties = "<w:trPr><w:tblHeader/></w:trPr>" if header else ""
    return f"<w:tr>{properties}{''.join(cells)}</w:tr>"


def soffice() -> str | None:
    """The program LibreOffice, where it is installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def converted(data: bytes, suffix: str, target: str, folder: Path) -> bytes:
    """``data`` as LibreOffice saves it in the format ``target`` (``pdf``, ``doc``, ``txt:Text (encoded):UTF8``)."""
    program = soffice()
    assert program is not None
    source = folder / f"sample{suffix}"
    source.write_bytes(data)
    profile = (folder / "profile").as_uri()
    subprocess.run(
        [
            program,
            f"-env:UserInstallation={profile}",
            "--headless",
            "--convert-to",
            target,
            "--outdir",
            str(folder),
            str(source),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return (folder / f"sample.{target.split(':')[0]}").read_bytes()


def pdf(
    pages: list[list[tuple[float, float, float, str]]],
    *,
    lines: dict[int, list[tuple[float, float, float, float]]] | None = None,
    size: tuple[float, float] = (595, 842),
    rotate: int = 0,
    encrypt: bool = False,
) -> bytes:
    """A PDF file: for each page (x, y, type size, text) of its lines; ruling lines by page number from 0.

    The font is one of those that every PDF program knows for Chinese, so that nothing is embedded.
    """
    objects: list[bytes] = []

    def add(content: str | bytes) -> int:
        objects.append(content.encode("latin-1") if isinstance(content, str) else content)
        return len(objects)

    add("")  # catalog and page tree, filled in below
    add("")
    font = add(
        "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts "
        "[<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) "
        "/Ordering (GB1) /Supplement 4 >> /DW 1000 /W [1 95 500 814 907 500] >>] >>"
    )
    kids = []
    box = size if rotate in (0, 180) else size[::-1]
    for k, texts in enumerate(pages):
        drawn = []
        for x, y, size_, text in texts:
            # A turned page draws its text turned the other way, so that it is seen upright.
            place = {
                0: f"1 0 0 1 {x} {y}",
                90: f"0 1 -1 0 {size[1] - y} {x}",
                180: f"-1 0 0 -1 {size[0] - x} {size[1] - y}",
                270: f"0 -1 1 0 {y} {size[0] - x}",
            }
            drawn.append(f"BT /F1 {size_} Tf {place[rotate]} Tm <{text.encode('utf-16-be').hex()}> Tj ET")
        drawn += [f"{x0} {y0} m {x1} {y1} l S" for x0, y0, x1, y1 in (lines or {}).get(k, [])]
        content = "\n".join(drawn).encode("latin-1")
        stream = add(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
        kids.append(
            add(
                f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {box[0]} {box[1]}] /Rotate {rotate} "
                f"/Resources << /Font << /F1 {font} 0 R >> >> /Contents {stream} 0 R >>"
            )
        )
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(f'{n} 0 R' for n in kids)}] >>".encode("latin-1")
    trailer = ""
    if encrypt:
        key = add(f"<< /Filter /Standard /V 2 /R 3 /Length 128 /P -44 /O <{'5a' * 32}> /U <{'a5' * 32}> >>")
        trailer = f"/Encrypt {key} 0 R /ID [<{'01' * 16}> <{'01' * 16}>]"
    out = bytearray(b"%PDF-1.5\n")
    places = []
    for n, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (n, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += f"trailer << /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF".encode("latin-1")
    return bytes(out)


WORD = re.compile(r"[（《“]*(?:[!-~]+|.)[，。、；：）》”]*")
"""What is not parted at a line end."""


def set_in_lines(
    paragraphs: list[str], *, left: float = 90, width: int = 26, size: float = 16, top: float = 740, pitch: float = 28
) -> list[list[tuple[float, float, float, str]]]:
    """Paragraphs set as Chinese papers are: first lines indented by two characters, lines filled, 22 lines a page."""
    lines: list[tuple[float, str]] = []
    for text in paragraphs:
        x, room, line = left + 2 * size, width - 2.0, ""
        for word in WORD.findall(text):
            wide = sum(0.5 if c.isascii() else 1.0 for c in word)
            if room < wide:
                lines.append((x, line))
                x, room, line = left, float(width), ""
            line += word
            room -= wide
        lines.append((x, line))
    pages = []
    for k in range(0, len(lines), 22):
        pages.append([(x, top - pitch * n, size, text) for n, (x, text) in enumerate(lines[k : k + 22])])
    return pages
