"""Paper (纸张): how much room text takes, and where printed pages end.

Widths are in characters of a spreadsheet column (a Chinese character takes two), heights in points. Spreadsheet files
hold no line breaks of their own layout and no automatic row heights, and some programs compute none on opening, so both
are worked out here; page ends too, because a merged cell must not run over one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

PaperName = Literal["A4", "A3"]
Line = TypeVar("Line")

CELL_PADDING = 5.0
_SLACK = 2.0  # half characters of a line lost to cell margins and to marks that may not open a line


@dataclass(frozen=True, slots=True)
class Type:
    """A size of type: points, the height of its lines, and how many half-width characters a column's unit holds.

    A column's unit is a digit of the workbook's own type, 10-point SimSun: 7 pixels, 5.25 points. A half-width character
    of 9-point type takes 4.5 points. Lines are as high as Noto CJK needs, which is higher than SimSun.
    """

    size: int
    line_height: float
    per_unit: float

    def room(self, width: float) -> int:
        """How many half-width characters stand on a line of a column of ``width``."""
        return max(int(width * self.per_unit - _SLACK), 2)


PRINT = Type(9, 13.0, 1.16)
SCREEN = Type(10, 14.5, 1.05)


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet of paper on its long side: the room between the margins, and its code in a spreadsheet file."""

    name: PaperName
    code: int
    width: float  # characters of all columns together
    height: float  # points of all rows of a page together, the repeated header included


# A tenth of the width is left free for programs that have other fonts and so wider columns; the sheet is fitted to the
# page's width besides, which makes it smaller there, not cut.
A4 = Paper("A4", 9, 128.0, 505.0)
A3 = Paper("A3", 8, 190.0, 750.0)
PAPERS: dict[PaperName, Paper] = {"A4": A4, "A3": A3}


def text_width(text: str) -> int:
    """How many half-width characters ``text`` takes: GB 18030 gives a Chinese character two bytes and Latin ones one."""
    return len(text) if text.isascii() else len(text.encode("gb18030", "replace"))


def line_count(text: str, width: float, type_: Type) -> int:
    """How many lines ``text`` takes in a column of ``width``."""
    if not text:
        return 1
    room = type_.room(width)
    if "\n" not in text:
        if 2 * len(text) <= room:
            return 1
        return -(-text_width(text) // room) or 1
    return sum(-(-text_width(paragraph) // room) or 1 for paragraph in text.split("\n"))


def height_of(lines: int, type_: Type) -> float:
    """The height of a row of so many lines, in points."""
    return lines * type_.line_height + CELL_PADDING


def lines_within(height: float, type_: Type) -> int:
    """How many lines fit into ``height`` points."""
    return max(int((height - CELL_PADDING) // type_.line_height), 1)


def cut(text: str, width: float, lines: int, type_: Type) -> Iterator[str]:
    """``text`` in parts of at most ``lines`` lines each in a column of ``width``; nothing is lost or added."""
    room = type_.room(width)
    part: list[str] = []
    used = 0
    for paragraph in text.split("\n"):
        at, left = 0, text_width(paragraph)  # where the rest begins and how wide it is: measured once, however long
        while True:
            need = -(-left // room) or 1
            if used + need <= lines:
                part.append(paragraph[at:])
                used += need
                break
            if used < lines:
                head = _head(paragraph, at, (lines - used) * room)
                part.append(head)
                at += len(head)
                left -= text_width(head)
            yield "\n".join(part)
            part, used = [], 0
    if part:
        yield "\n".join(part)


def _head(text: str, start: int, width: int) -> str:
    taken = 0
    for k in range(start, len(text)):
        taken += text_width(text[k])
        if taken > width:
            return text[start : max(k, start + 1)]
    return text[start:]


@dataclass(frozen=True, slots=True)
class Placed(Generic[Line]):
    """A line of a page with its height in points. ``heads``: it is not to stand last on a page."""

    line: Line
    height: float
    heads: bool = False


def pages(placed: Iterable[Placed[Line]], first: float, others: float) -> Iterator[list[Placed[Line]]]:
    """Lines onto pages: ``first`` points on the first page, ``others`` on each later one; a page holds one line at least."""
    page: list[Placed[Line]] = []
    room = first
    held: list[Placed[Line]] = []  # headings that wait for what they head
    for item in placed:
        held.append(item)
        if item.heads:
            continue
        height = sum(line.height for line in held)
        if page and height > room:
            yield page
            page, room = [], others
        page += held
        room -= height
        held = []
    if page or held:
        yield page + held
