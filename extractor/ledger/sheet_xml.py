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

from extractor.ledger import anchored
from extractor.ledger.anchored import joined

if TYPE_CHECKING:
    from lxml.etree import _Element

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_EXCEL = "http://schemas.microsoft.com/office/excel/2006/main"
_CELL = re.compile(r"(\$?)([A-Z]{1,3})(\$?)(\d+)")
_RANGE = re.compile(r"(?P<start>\$?[A-Z]{1,3}\$?\d+)(?::(?P<end>\$?[A-Z]{1,3}\$?\d+))?")
_REFERENCE = re.compile(r"\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?")
_BOOK = "xl/workbook.xml"
_CHAIN = "xl/calcChain.xml"


@dataclass(frozen=True, slots=True)
class NewCell:
    """What goes into a cell: text, a number, a formula, or nothing."""

    value: str | float | None
    formula: str | None = None  # with its =


@dataclass(frozen=True, slots=True)
class Insertion:
    """Rows for a table whose last filled row is ``last``. ``footer`` is the first row below it; columns count from 1."""

    last: int
    footer: int | None
    model: int  # the row whose styles new rows take
    rows: Sequence[Mapping[int, NewCell]]
    heights: Sequence[float] = ()  # points, one a row
    first: int = 1  # the table's first row

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

    def reference(self, text: str, *, grow: bool = True) -> str:
        """References in ``text`` (A1, $B$4:$J$20, several) as they are afterwards; ranges to the table's end grow."""
        return _RANGE.sub(lambda found: self._range(found, grow), text)

    def formula(self, text: str, row: int) -> str:
        """A formula of this sheet, without its =, as it is afterwards. One in the table goes on meaning the cells that it
        meant; one above or below it (a total) takes the new rows in."""
        grow = not (self.first <= row <= self.last)
        return self._formula(text, lambda sheet: sheet is None, grow)

    def outer_formula(self, text: str, sheet: str) -> str:
        """A formula of another sheet: its references to the cells of ``sheet`` that have moved."""
        return self._formula(text, lambda named: named == sheet, True)

    def _formula(self, text: str, ours: Callable[[str | None], bool], grow: bool) -> str:
        if not _RANGE.search(text):
            return text
        from openpyxl.formula import Tokenizer
        from openpyxl.formula.tokenizer import Token

        parts = []
        for token in Tokenizer(f"={text}").items:
            if token.type == Token.OPERAND and token.subtype == Token.RANGE:
                name, mark, reference = token.value.rpartition("!")
                sheet = name.strip("'").replace("''", "'") if mark else None
                if ours(sheet) and _REFERENCE.fullmatch(reference):
                    parts.append(f"{name}{mark}{self.reference(reference, grow=grow)}")
                    continue
            parts.append(token.value)
        return "".join(parts)

    def _range(self, found: re.Match[str], grow: bool) -> str:
        start, end = found["start"], found["end"]
        if end is None:
            return self._cell(start, self.moved)
        grows = grow and _row(end) == self.last and _row(start) < self.last
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
        for table in anchored.related(old, part, "/table"):
            changed[table] = _changed_table(old.read(table), insertion)
        changed |= _changed_names(old, sheet, insertion)
        dropped: set[str] = set()
        if insertion.shift:
            changed |= anchored.moved(old, part, insertion.moved)
            changed |= _other_formulas(old, part, sheet, insertion)
            if _CHAIN in names:
                # The order of calculation names cells that have moved; programs make it anew.
                dropped.add(_CHAIN)
                for name in ("[Content_Types].xml", "xl/_rels/workbook.xml.rels"):
                    changed[name] = _without_chain(old.read(name))
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
            for member in old.infolist():
                if member.filename not in dropped:
                    new.writestr(member, changed.get(member.filename) or old.read(member.filename))


def _other_formulas(container: zipfile.ZipFile, part: str, sheet: str, insertion: Insertion) -> dict[str, bytes]:
    """Other sheets and charts whose formulas mean cells of this sheet that have moved; those that do not stay as they are."""
    changed = {}
    for name in container.namelist():
        if name == part or not name.startswith(("xl/worksheets/sheet", "xl/charts/chart")):
            continue
        root = _parse(container.read(name))
        touched = False
        for element in root.iter(f"{{{_MAIN}}}f", f"{{{_CHART}}}f"):
            moved = insertion.outer_formula(element.text or "", sheet)
            if moved != (element.text or ""):
                element.text = moved
                touched = True
        if touched:
            changed[name] = _written(root)
    return changed


def _parse(data: bytes) -> _Element:
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))


def _written(root: _Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _part_of(container: zipfile.ZipFile, sheet: str) -> str:
    book = _parse(container.read(_BOOK))
    identifier = next(
        element.get(f"{{{_RELATION}}}id") for element in book.iter(f"{{{_MAIN}}}sheet") if element.get("name") == sheet
    )
    for relation in _parse(container.read("xl/_rels/workbook.xml.rels")):
        if relation.get("Id") == identifier:
            return joined("xl", relation.get("Target") or "")
    raise KeyError(sheet)


def _changed_table(data: bytes, insertion: Insertion) -> bytes:
    root = _parse(data)
    for element in (root, *root.iter(f"{{{_MAIN}}}autoFilter")):
        if element.get("ref"):
            element.set("ref", insertion.reference(element.get("ref") or ""))
    return _written(root)


def _changed_names(container: zipfile.ZipFile, sheet: str, insertion: Insertion) -> dict[str, bytes]:
    """The workbook's part, where a name in it (a print area, a filter's range) means rows that moved or grew."""
    root = _parse(container.read(_BOOK))
    touched = False
    for element in root.iter(f"{{{_MAIN}}}definedName"):
        text = element.text or ""
        moved = insertion.outer_formula(text, sheet)
        if moved != text:
            element.text = moved
            touched = True
    return {_BOOK: _written(root)} if touched else {}


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
    _number(rows)
    by_number = {int(row.get("r") or 0): row for row in rows}
    if insertion.shift:
        _move_formulas(rows, insertion)
        for number, row in by_number.items():
            if insertion.moved(number) != number:
                _renumber(row, insertion.moved(number))
        by_number = {int(row.get("r") or 0): row for row in rows}
    _put_rows(rows, by_number, insertion, _styles(root, by_number, insertion.model))
    _move_ranges(root, insertion)
    return _written(root)


def _renumber(row: _Element, number: int) -> None:
    row.set("r", str(number))
    for cell in row:
        if cell.get("r"):
            cell.set("r", re.sub(r"\d+", str(number), cell.get("r") or ""))


def _number(rows: _Element) -> None:
    """Gives rows and cells the places that a writer may leave out: each is the one after that before it."""
    number = 0
    for row in rows:
        number = int(row.get("r") or number + 1)
        row.set("r", str(number))
        column = 0
        for cell in row:
            column = _column(cell) if cell.get("r") else column + 1
            cell.set("r", f"{_letters(column)}{number}")


def _move_formulas(rows: _Element, insertion: Insertion) -> None:
    for row in rows:
        number = int(row.get("r") or 0)
        for formula in row.iter(f"{{{_MAIN}}}f"):
            if formula.text:
                formula.text = insertion.formula(formula.text, number)
            if formula.get("ref"):
                formula.set("ref", insertion.reference(formula.get("ref") or "", grow=False))


def _styles(root: _Element, by_number: Mapping[int, _Element], model: int) -> dict[int, str | None]:
    """The styles of a row by column; a merged cell has that of its first row, where it is drawn."""
    styles = {_column(cell): cell.get("s") for cell in by_number.get(model, ())}
    for merge in root.iter(f"{{{_MAIN}}}mergeCell"):
        start, _, end = (merge.get("ref") or "").partition(":")
        if end and _row(start) < model <= _row(end):
            first = {_column(cell): cell.get("s") for cell in by_number.get(_row(start), ())}
            column = _column_of(start)
            if column == _column_of(end) and first.get(column):
                styles[column] = first[column]
    return styles


def _put_rows(
    rows: _Element, by_number: Mapping[int, _Element], insertion: Insertion, styles: Mapping[int, str | None]
) -> None:
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
            if column in cells and len(cell) == 0:  # what a form has printed beforehand stays
                _fill(cell, cells[column])
            made.append(cell)
        for cell in list(row):
            row.remove(cell)
        row.extend(made)
        row.attrib.pop("spans", "")
        if k < len(insertion.heights) and insertion.heights[k] > float(row.get("ht") or 0):
            row.set("ht", f"{insertion.heights[k]:.1f}")
            row.set("customHeight", "1")
    rows[:] = sorted(rows, key=lambda row: int(row.get("r") or 0))


def _fill(cell: _Element, new: NewCell) -> None:
    if new.value is None and new.formula is None:
        return
    cell.attrib.pop("t", "")
    if new.formula is not None:
        etree.SubElement(cell, f"{{{_MAIN}}}f").text = new.formula.removeprefix("=")
    elif isinstance(new.value, str):
        cell.set("t", "inlineStr")
        text = etree.SubElement(etree.SubElement(cell, f"{{{_MAIN}}}is"), f"{{{_MAIN}}}t")
        text.text = new.value
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    else:
        etree.SubElement(cell, f"{{{_MAIN}}}v").text = repr(new.value)


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
    for extended in root.iter(f"{{{_EXCEL}}}sqref"):  # choices and colours that newer programs write
        extended.text = insertion.reference(extended.text or "")
    for merge in root.iter(f"{{{_MAIN}}}mergeCell"):
        # A merged cell moves, but never grows over new rows: it is the content of the rows that it stood over.
        merge.set("ref", Insertion._cell(merge.get("ref") or "", insertion.moved))
    for stop in root.iterfind(f"{{{_MAIN}}}rowBreaks/{{{_MAIN}}}brk"):
        stop.set("id", str(insertion.moved(int(stop.get("id") or 0) + 1) - 1))


def _column(cell: _Element) -> int:
    return _column_of(cell.get("r") or "")


def _column_of(reference: str) -> int:
    number = 0
    for letter in re.sub(r"[^A-Z]", "", reference):
        number = number * 26 + ord(letter) - 64
    return number


def _letters(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
