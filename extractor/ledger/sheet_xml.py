"""A sheet of an .xlsx file, changed in place (原表改动): rows put in, all else byte for byte as it was.

Programs that load a whole workbook and save it again lose what they do not know (controls, charts, extensions). Here
only the XML of one sheet is touched, and what must follow from new rows: ranges that ended at the table's last row,
and the places of what stood below it.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from lxml.etree import _Element

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_CELL = re.compile(r"(\$?)([A-Z]{1,3})(\$?)(\d+)")
_RANGE = re.compile(r"(?P<start>\$?[A-Z]{1,3}\$?\d+)(?::(?P<end>\$?[A-Z]{1,3}\$?\d+))?")
_CHAIN = "xl/calcChain.xml"


@dataclass(frozen=True, slots=True)
class NewCell:
    """What goes into a cell: text, a number, or nothing."""

    value: str | float | None


@dataclass(frozen=True, slots=True)
class Insertion:
    """Rows for a table whose last filled row is ``last``. ``footer`` is the first row below it; columns count from 1."""

    last: int
    footer: int | None
    model: int  # the row whose styles new rows take
    rows: Sequence[Mapping[int, NewCell]]

    @property
    def shift(self) -> int:
        """By how many rows the footer moves down: free rows above it are filled first."""
        if self.footer is None:
            return 0
        return max(0, len(self.rows) - (self.footer - self.last - 1))

    @property
    def end(self) -> int:
        """The table's last filled row afterwards."""
        return self.last + len(self.rows)

    def moved(self, row: int) -> int:
        """Where a row stands afterwards."""
        return row + self.shift if self.footer is not None and row >= self.footer else row

    def reference(self, text: str) -> str:
        """References in ``text`` (A1, $B$4:$J$20, several) as they are afterwards; ranges to the table's end grow."""
        return _RANGE.sub(self._range, text)

    def _range(self, found: re.Match[str]) -> str:
        start, end = found["start"], found["end"]
        if end is None:
            return self._cell(start, self.moved)
        grows = _row(end) == self.last and _row(start) < self.last
        return f"{self._cell(start, self.moved)}:{self._cell(end, (lambda _: self.end) if grows else self.moved)}"

    @staticmethod
    def _cell(reference: str, place: Callable[[int], int]) -> str:
        return _CELL.sub(lambda m: f"{m[1]}{m[2]}{m[3]}{place(int(m[4]))}", reference)


def _row(reference: str) -> int:
    return int(re.sub(r"\D", "", reference))


def insert(source: Path, target: Path, sheet: str, insertion: Insertion) -> None:
    """Writes ``source`` with the rows put into ``sheet`` to ``target``, which may not be the same file."""
    with zipfile.ZipFile(source) as old:
        part = _part_of(old, sheet)
        names = old.namelist()
        changed = {part: _changed_sheet(old.read(part), insertion)}
        for table in _tables_of(old, part):
            changed[table] = _changed_table(old.read(table), insertion)
        changed["xl/workbook.xml"] = _changed_names(old.read("xl/workbook.xml"), sheet, insertion)
        dropped: set[str] = set()
        if _CHAIN in names and insertion.shift:
            # The order of calculation names cells that have moved; programs make it anew.
            dropped.add(_CHAIN)
            for name in ("[Content_Types].xml", "xl/_rels/workbook.xml.rels"):
                changed[name] = _without_chain(old.read(name))
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
            for member in old.infolist():
                if member.filename not in dropped:
                    new.writestr(member, changed.get(member.filename) or old.read(member.filename))


def _parse(data: bytes) -> _Element:
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))


def _written(root: _Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _part_of(container: zipfile.ZipFile, sheet: str) -> str:
    book = _parse(container.read("xl/workbook.xml"))
    identifier = next(
        element.get(f"{{{_RELATION}}}id") for element in book.iter(f"{{{_MAIN}}}sheet") if element.get("name") == sheet
    )
    for relation in _parse(container.read("xl/_rels/workbook.xml.rels")):
        if relation.get("Id") == identifier:
            return _joined("xl", relation.get("Target") or "")
    raise KeyError(sheet)


def _joined(folder: str, target: str) -> str:
    if target.startswith("/"):
        return target[1:]
    parts = folder.split("/")
    for step in target.split("/"):
        if step == "..":
            parts.pop()
        else:
            parts.append(step)
    return "/".join(parts)


def _tables_of(container: zipfile.ZipFile, part: str) -> list[str]:
    folder, _, name = part.rpartition("/")
    relations = f"{folder}/_rels/{name}.rels"
    if relations not in container.namelist():
        return []
    return [
        _joined(folder, relation.get("Target") or "")
        for relation in _parse(container.read(relations))
        if (relation.get("Type") or "").endswith("/table")
    ]


def _changed_table(data: bytes, insertion: Insertion) -> bytes:
    root = _parse(data)
    for element in (root, *root.iter(f"{{{_MAIN}}}autoFilter")):
        if element.get("ref"):
            element.set("ref", insertion.reference(element.get("ref") or ""))
    return _written(root)


def _changed_names(data: bytes, sheet: str, insertion: Insertion) -> bytes:
    root = _parse(data)
    for element in root.iter(f"{{{_MAIN}}}definedName"):
        text = element.text or ""
        name, mark, reference = text.rpartition("!")
        if mark and name.strip("'").replace("''", "'") == sheet:
            element.text = f"{name}!{insertion.reference(reference)}"
    return _written(root)


def _without_chain(data: bytes) -> bytes:
    root = _parse(data)
    for element in list(root):
        if "calcChain" in (element.get("PartName") or "") + (element.get("Target") or ""):
            root.remove(element)
    return _written(root)


def _changed_sheet(data: bytes, insertion: Insertion) -> bytes:
    root = _parse(data)
    rows = root.find(f"{{{_MAIN}}}sheetData")
    if rows is None:
        raise ValueError("a sheet without data")
    by_number = {int(row.get("r") or 0): row for row in rows}
    if insertion.shift:
        for number, row in by_number.items():
            if insertion.moved(number) != number:
                _renumber(row, insertion.moved(number))
        _move_formulas(rows, insertion)
        by_number = {int(row.get("r") or 0): row for row in rows}
    _put_rows(rows, by_number, insertion)
    _move_ranges(root, insertion)
    return _written(root)


def _renumber(row: _Element, number: int) -> None:
    row.set("r", str(number))
    for cell in row:
        if cell.get("r"):
            cell.set("r", re.sub(r"\d+", str(number), cell.get("r") or ""))


def _move_formulas(rows: _Element, insertion: Insertion) -> None:
    for formula in rows.iter(f"{{{_MAIN}}}f"):
        if formula.text and "!" not in formula.text:
            formula.text = insertion.reference(formula.text)
        if formula.get("ref"):
            formula.set("ref", insertion.reference(formula.get("ref") or ""))


def _put_rows(rows: _Element, by_number: Mapping[int, _Element], insertion: Insertion) -> None:
    styles = {_column(cell): cell.get("s") for cell in by_number.get(insertion.model, ())}
    for k, cells in enumerate(insertion.rows):
        number = insertion.last + 1 + k
        row = by_number.get(number)
        if row is None:
            row = etree.SubElement(rows, f"{{{_MAIN}}}row", r=str(number))
        there = {_column(cell): cell for cell in row}
        made = []
        for column in sorted(styles.keys() | cells.keys() | there.keys()):
            cell = there.get(column)
            if cell is None:
                cell = etree.Element(f"{{{_MAIN}}}c", r=f"{_letters(column)}{number}")
                if styles.get(column):
                    cell.set("s", styles[column] or "")
            if column in cells and cells[column].value is not None:
                _fill(cell, cells[column].value)
            made.append(cell)
        for cell in list(row):
            row.remove(cell)
        row.extend(made)
        for old in ("spans", "ht", "customHeight"):  # the height of a row is its text's: programs work it out
            if old in row.attrib:
                del row.attrib[old]
    rows[:] = sorted(rows, key=lambda row: int(row.get("r") or 0))


def _fill(cell: _Element, value: str | float | None) -> None:
    for child in list(cell):
        cell.remove(child)
    if isinstance(value, str):
        cell.set("t", "inlineStr")
        text = etree.SubElement(etree.SubElement(cell, f"{{{_MAIN}}}is"), f"{{{_MAIN}}}t")
        text.text = value
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    else:
        if "t" in cell.attrib:
            del cell.attrib["t"]
        etree.SubElement(cell, f"{{{_MAIN}}}v").text = repr(value)


def _move_ranges(root: _Element, insertion: Insertion) -> None:
    for name, attribute in (
        ("dimension", "ref"),
        ("autoFilter", "ref"),
        ("conditionalFormatting", "sqref"),
        ("dataValidation", "sqref"),
        ("hyperlink", "ref"),
    ):
        for element in root.iter(f"{{{_MAIN}}}{name}"):
            element.set(attribute, insertion.reference(element.get(attribute) or ""))
    for merge in root.iter(f"{{{_MAIN}}}mergeCell"):
        # A merged cell moves, but never grows over new rows: it is the content of the rows that it stood over.
        merge.set("ref", Insertion._cell(merge.get("ref") or "", insertion.moved))
    for stop in root.iterfind(f"{{{_MAIN}}}rowBreaks/{{{_MAIN}}}brk"):
        stop.set("id", str(insertion.moved(int(stop.get("id") or 0) + 1) - 1))


def _column(cell: _Element) -> int:
    number = 0
    for letter in re.sub(r"\d", "", cell.get("r") or ""):
        number = number * 26 + ord(letter) - 64
    return number


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
