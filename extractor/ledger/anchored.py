"""What hangs on the cells of a sheet without standing in it (批注、图片): notes and pictures go along when rows move."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from lxml.etree import _Element

_DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
_VML_ROW = re.compile(rb"(<\w+:Row>\s*)(\d+)(\s*</\w+:Row>)")
_VML_ANCHOR = re.compile(rb"(<\w+:Anchor>)([^<]*)(</\w+:Anchor>)")
_ROW = re.compile(r"\d+$")

Moved = Callable[[int], int]


def moved(container: zipfile.ZipFile, part: str, place: Moved) -> dict[str, bytes]:
    """The parts of a sheet's notes and pictures as they are when row n (from 1) stands at ``place(n)``."""
    kinds = (
        ("/comments", _comments),
        ("/threadedComment", _comments),
        ("/vmlDrawing", _shapes),
        ("/drawing", _drawing),
    )
    return {
        name: change(container.read(name), place) for kind, change in kinds for name in related(container, part, kind)
    }


def related(container: zipfile.ZipFile, part: str, kind: str) -> list[str]:
    """The names of the parts that a part refers to, of one kind: the end of the relation's type."""
    folder, _, name = part.rpartition("/")
    relations = f"{folder}/_rels/{name}.rels"
    if relations not in container.namelist():
        return []
    return [
        joined(folder, relation.get("Target") or "")
        for relation in _parse(container.read(relations))
        if (relation.get("Type") or "").endswith(kind)
    ]


def joined(folder: str, target: str) -> str:
    """The name of the part that ``target`` means in ``folder``."""
    if target.startswith("/"):
        return target[1:]
    parts = folder.split("/")
    for step in target.split("/"):
        if step == "..":
            parts.pop()
        else:
            parts.append(step)
    return "/".join(parts)


def _parse(data: bytes) -> _Element:
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))


def _written(root: _Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _comments(data: bytes, place: Moved) -> bytes:
    root = _parse(data)
    for element in root.iter("{*}comment", "{*}threadedComment"):
        reference = element.get("ref") or ""
        element.set("ref", _ROW.sub(lambda row: str(place(int(row[0]))), reference))
    return _written(root)


def _shapes(data: bytes, place: Moved) -> bytes:
    """The boxes of notes: VML is not always sound XML, so only the numbers of their rows (from 0) are changed."""

    def anchor(found: re.Match[bytes]) -> bytes:
        numbers = [number.strip() for number in found[2].split(b",")]
        if len(numbers) == 8 and all(number.isdigit() for number in numbers):
            down = place(int(numbers[2]) + 1) - 1 - int(numbers[2])
            for k in (2, 6):
                numbers[k] = str(int(numbers[k]) + down).encode()
        return found[1] + b", ".join(numbers) + found[3]

    data = _VML_ROW.sub(lambda row: row[1] + str(place(int(row[2]) + 1) - 1).encode() + row[3], data)
    return _VML_ANCHOR.sub(anchor, data)


def _drawing(data: bytes, place: Moved) -> bytes:
    """Pictures and charts that begin below the table go down with what they stand on; they keep their size."""
    root = _parse(data)
    for frame in root:
        start = frame.find(f"{{{_DRAWING}}}from/{{{_DRAWING}}}row")
        if start is None:
            continue
        row = int(start.text or 0)
        down = place(row + 1) - 1 - row
        for end in ("from", "to"):
            number = frame.find(f"{{{_DRAWING}}}{end}/{{{_DRAWING}}}row")
            if number is not None:
                number.text = str(int(number.text or 0) + down)
    return _written(root)
