"""Workbooks (.xlsx): the cells as they are shown, merged areas, all sheets that are not hidden."""

from __future__ import annotations

import re
from datetime import datetime
from posixpath import join, normpath
from typing import TYPE_CHECKING

from extractor.model import Document
from extractor.readers import failures, sniffing
from extractor.readers.build import TextBuilder
from extractor.readers.limits import Package
from extractor.readers.sheets import BUILT_IN, EPOCH_1900, EPOCH_1904, MAX_CELLS, Sheet, shown_number, write_sheet

if TYPE_CHECKING:
    from lxml.etree import _Element

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
PLACE = re.compile(r"(?P<column>[A-Z]{1,3})(?P<row>\d{1,7})")
BOOLEAN = {"1": "是", "0": "否"}


def read(data: bytes, name: str) -> Document:
    """The workbook's sheets one after the other. Raises ``ReadError``."""
    package = Package(data, name, "Excel")
    book = package.xml("xl/workbook.xml")
    if book is None:
        raise failures.corrupt(name, "Excel")
    if book.tag.startswith(STRICT):
        advice = ("请另存为普通的 .xlsx", "save it as an ordinary .xlsx")
        raise failures.unsupported(name, "“严格 Open XML”格式的工作簿", "a strict Open XML workbook", advice=advice)
    workbook = _Workbook(package, book)
    builder = TextBuilder()
    for part, title, hidden in workbook.sheets():
        if hidden:
            builder.problem("hidden_sheet", f"工作表“{title}”是隐藏的，未读取")
            continue
        root = package.xml(part)
        if root is not None:
            sheet = workbook.sheet(root, title)
            if workbook.uncomputed:
                builder.problem("formula_without_value", f"工作表“{title}”有公式没有结果，请用办公软件打开并保存一次")
                workbook.uncomputed = 0
            write_sheet(sheet, builder)
    return builder.document(data, name, sniffing.XLSX)


class _Workbook:
    """What the sheets share: strings, number formats, the count of days."""

    def __init__(self, package: Package, book: _Element) -> None:
        self._package = package
        self._book = book
        self._strings = self._shared_strings()
        self._formats = self._number_formats()
        properties = book.find(S + "workbookPr")
        from_1904 = properties is not None and properties.get("date1904") in ("1", "true")
        self._epoch: datetime = EPOCH_1904 if from_1904 else EPOCH_1900
        self.uncomputed = 0
        self._count = 0

    def sheets(self) -> list[tuple[str, str, bool]]:
        """(part, title, hidden) of each sheet in the order of its tabs."""
        targets: dict[str, str] = {}
        relations = self._package.xml("xl/_rels/workbook.xml.rels")
        for relation in relations.iter(RELATION) if relations is not None else ():
            target = relation.get("Target", "")
            targets[relation.get("Id", "")] = target if target.startswith("/") else normpath(join("xl", target))
        return [
            (targets.get(s.get(R + "id", ""), ""), s.get("name", ""), s.get("state", "visible") != "visible")
            for s in self._book.iter(S + "sheet")
        ]

    def _shared_strings(self) -> list[str]:
        root = self._package.xml("xl/sharedStrings.xml")
        return [] if root is None else [_text(item) for item in root.findall(S + "si")]

    def _number_formats(self) -> list[str]:
        """The format of each cell style, by its index."""
        root = self._package.xml("xl/styles.xml")
        if root is None:
            return []
        own = {f.get("numFmtId", ""): f.get("formatCode", "") for f in root.iter(S + "numFmt")}
        styles = root.find(S + "cellXfs")
        out = []
        for style in styles if styles is not None else ():
            key = style.get("numFmtId", "0")
            out.append(own.get(key) or BUILT_IN.get(int(key) if key.isdigit() else 0, "General"))
        return out

    def sheet(self, root: _Element, title: str) -> Sheet:
        """One sheet's cells. Raises ``ReadError`` for more cells than a task table can have."""
        sheet = Sheet(title)
        row_number = -1
        for row in root.iter(S + "row"):
            given = row.get("r", "")
            row_number = int(given) - 1 if given.isdigit() else row_number + 1
            column = -1
            for cell in row.iter(S + "c"):
                place = PLACE.fullmatch(cell.get("r", ""))
                column = _column(place["column"]) if place else column + 1
                text = self._shown(cell)
                if text:
                    sheet.cells[row_number, column] = text
            self._count += len(row)
            if self._count > MAX_CELLS:
                raise failures.bomb(self._package.name)
        for area in root.iter(S + "mergeCell"):
            corners = [PLACE.fullmatch(c) for c in area.get("ref", "").split(":")]
            if len(corners) == 2 and corners[0] and corners[1]:
                top, left = int(corners[0]["row"]) - 1, _column(corners[0]["column"])
                bottom, right = int(corners[1]["row"]) - 1, _column(corners[1]["column"])
                sheet.merged.append((top, left, bottom - top + 1, right - left + 1))
        return sheet

    def _shown(self, cell: _Element) -> str:
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            inline = cell.find(S + "is")
            return "" if inline is None else _text(inline)
        value = cell.findtext(S + "v")
        if value is None:
            self.uncomputed += cell.find(S + "f") is not None
            return ""
        if kind == "s":
            return self._strings[int(value)] if value.isdigit() and int(value) < len(self._strings) else ""
        if kind == "b":
            return BOOLEAN.get(value, value)
        if kind in ("str", "e", "d"):
            return value
        try:
            number = float(value)
        except ValueError:
            return value
        style = cell.get("s", "0")
        index = int(style) if style.isdigit() else 0
        pattern = self._formats[index] if index < len(self._formats) else "General"
        return shown_number(number, pattern, self._epoch)


def _text(item: _Element) -> str:
    """The text of a string item, its readings (拼音) left out."""
    direct = item.findtext(S + "t")
    if direct is not None:
        return direct
    return "".join(run.findtext(S + "t") or "" for run in item.findall(S + "r"))


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
