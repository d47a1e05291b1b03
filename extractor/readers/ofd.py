"""OFD files (.ofd, GB/T 33190-2016): a zip file of XML pages, whose text objects carry their places in millimetres."""

from __future__ import annotations

import re
from itertools import pairwise
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING

from extractor.model import Document
from extractor.readers import failures, sniffing
from extractor.readers.build import TextBuilder
from extractor.readers.limits import Package
from extractor.readers.pdf_flow import write_pages
from extractor.readers.pdf_layout import Page
from extractor.readers.pdf_lines import Box, PrintedLine

if TYPE_CHECKING:
    from lxml.etree import _Element

POINTS = 72 / 25.4
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
A4 = (210.0, 297.0)
BOLD = 600


def read(data: bytes, name: str) -> Document:
    """The text of all pages. Raises ``ReadError``."""
    package = Package(data, name, "OFD")
    entry = package.xml("OFD.xml")
    if entry is None:
        raise failures.corrupt(name, "OFD")
    pages: list[Page] = []
    for root in _all(entry, "DocRoot"):
        path = (root.text or "").strip().lstrip("/")
        document = package.xml(path)
        if document is not None:
            pages += _pages(package, document, dirname(path), len(pages))
    builder = TextBuilder()
    if not any(page.body for page in pages):
        raise failures.image_only(name, ocr_there=False) if pages else failures.corrupt(name, "OFD")
    silent = [page.number for page in pages if not page.body]
    write_pages(pages, {}, builder)
    for number in silent:
        builder.problem("page_without_text", f"第 {number} 页没有文字，未读取")
    return builder.document(data, name, sniffing.OFD)


def _all(element: _Element, name: str) -> list[_Element]:
    """The elements of that name, in whichever namespace (drafts of the standard had others)."""
    return [e for e in element.iter() if isinstance(e.tag, str) and e.tag.rsplit("}", 1)[-1] == name]


def _numbers(text: str | None) -> list[float]:
    return [float(n) for n in NUMBER.findall(text or "")]


def _pages(package: Package, document: _Element, folder: str, before: int) -> list[Page]:
    usual = next((n for box in _all(document, "PhysicalBox") if len(n := _numbers(box.text)) == 4), [0.0, 0.0, *A4])
    templates: dict[str, str] = {t.get("ID", ""): t.get("BaseLoc", "") for t in _all(document, "TemplatePage")}
    out: list[Page] = []
    for element in _all(document, "Page"):
        page = package.xml(_path(folder, element.get("BaseLoc", "")))
        if page is None:
            continue
        size = next((n for box in _all(page, "PhysicalBox") if len(n := _numbers(box.text)) == 4), usual)
        roots = [page]
        for use in _all(page, "Template"):
            template = package.xml(_path(folder, templates.get(use.get("TemplateID", ""), "")))
            if template is not None:
                roots.append(template)
        number = before + len(out) + 1
        runs = [run for root in roots for run in _runs(root, size[3], number)]
        out.append(Page(number, size[2] * POINTS, size[3] * POINTS, [], _joined(runs), []))
    return out


def _path(folder: str, location: str) -> str:
    return location.lstrip("/") if location.startswith("/") else normpath(join(folder, location))


def _runs(page: _Element, height: float, number: int) -> list[PrintedLine]:
    """The text objects of a page, each as a line of its own."""
    out = []
    for item in _all(page, "TextObject"):
        boundary = _numbers(item.get("Boundary"))
        if len(boundary) != 4:
            continue
        codes = _all(item, "TextCode")
        text = "".join(code.text or "" for code in codes)
        if not text.strip():
            continue
        left, top, width, tall = boundary
        size = (_numbers(item.get("Size")) or [tall])[0]
        matrix = _numbers(item.get("CTM"))
        if len(matrix) == 6 and matrix[3] > 0:
            size *= matrix[3]
        box = Box(left * POINTS, (height - top - tall) * POINTS, (left + width) * POINTS, (height - top) * POINTS)
        weight = (_numbers(item.get("Weight")) or [400.0])[0]
        bold = len(text) if weight >= BOLD else 0
        out.append(PrintedLine(text, box, size * POINTS, bold=bold, page=number))
    return out


def _joined(runs: list[PrintedLine]) -> list[PrintedLine]:
    """Text objects on one height joined to lines, from top to bottom."""
    lines: list[list[PrintedLine]] = []
    for run in sorted(runs, key=lambda r: (-r.box.middle[1], r.box.left)):
        height = lines[-1][0].box.middle[1] if lines else 0.0
        if lines and abs(run.box.middle[1] - height) < 0.4 * run.em:
            lines[-1].append(run)
        else:
            lines.append([run])
    return [_line(sorted(parts, key=lambda r: r.box.left)) for parts in lines]


def _line(parts: list[PrintedLine]) -> PrintedLine:
    text = parts[0].text
    for before, after in pairwise(parts):
        gap = after.box.left - before.box.right
        text += (" " if gap > 0.6 * after.em else "") + after.text
    boxes = [p.box for p in parts]
    box = Box(boxes[0].left, min(b.bottom for b in boxes), max(b.right for b in boxes), max(b.top for b in boxes))
    return PrintedLine(text, box, parts[0].em, bold=parts[0].bold, page=parts[0].page)
