"""The printed lines of a PDF page (印刷行), with their places: what pdfium reads, nothing joined yet.

Coordinates are points from the page's lower left corner as the reader sees it, so ``top`` is larger than ``bottom``.
Offsets into the page's characters count what pdfium counts, line ends that it made included.
"""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

WIDE = re.compile(r"[\u2014\u2018-\u201d\u2026\u2e80-\u30ff\u3100-\u31ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]")
IDEOGRAPH = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
FONT_CHANGE = re.compile(r"[“”‘’—…·\s!-~]+")
BOLD_WEIGHT = 600
MAX_BROKEN = 0.3
"""Share of a page's characters without a known code point above which its text is no text."""
BROKEN = re.compile("[\x00-\x08\x0e-\x1f\ufffd\ufffe\uffff\ue000-\uf8ff]")


class Box(NamedTuple):
    """A place on a page, in points. A tuple, since there is one for each character."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def middle(self) -> tuple[float, float]:
        """Its centre."""
        return (self.left + self.right) / 2, (self.bottom + self.top) / 2

    def holds(self, point: tuple[float, float]) -> bool:
        """True where the point lies inside."""
        return self.left <= point[0] <= self.right and self.bottom <= point[1] <= self.top


@dataclass(slots=True)
class PrintedLine:
    """One printed line: its text, its place, the size of its type (an em, in points), how much of its start is bold."""

    text: str
    box: Box
    em: float
    bold: int = 0
    column: int = 0
    page: int = 0
    indexes: tuple[int, ...] = ()
    confidence: float | None = None
    """From 0 to 1, for a line that was recognised from a picture."""


class PageText:
    """The characters of one page and where they stand."""

    def __init__(self, text_page: Any, width: float, height: float, rotation: int) -> None:
        import pypdfium2.raw as pdfium

        self._raw = pdfium
        self._handle = text_page.raw
        self.width, self.height = width, height
        self._turn = _turned(rotation, width, height)
        self.text = self._all_text(text_page)
        self._rect = pdfium.FS_RECTF()
        self._pointer = ctypes.byref(self._rect)
        self._boxes: dict[int, Box] = {}

    def _all_text(self, text_page: Any) -> str:
        count = text_page.count_chars()
        text: str = text_page.get_text_range() if count else ""
        if len(text) == count:
            return text
        # pdfium leaves out or doubles some characters in the whole text; one by one they keep their places.
        codes = (self._raw.FPDFText_GetUnicode(self._handle, i) for i in range(count))
        return "".join(chr(c) if 0 < c < 0x110000 and not 0xD800 <= c < 0xE000 else "\ufffd" for c in codes)

    def broken(self) -> bool:
        """True where the fonts do not say which characters they draw, so that the text is garbage."""
        unknown = len(BROKEN.findall(self.text))
        return unknown > 0 and unknown > MAX_BROKEN * len("".join(self.text.split()))

    def box(self, index: int) -> Box:
        """The em box of a character."""
        known = self._boxes.get(index)
        if known is None:
            rect = self._rect
            self._raw.FPDFText_GetLooseCharBox(self._handle, index, self._pointer)
            known = self._boxes[index] = self._turn(rect.left, rect.bottom, rect.right, rect.top)
        return known

    def is_generated(self, index: int) -> bool:
        """True for a blank that the file does not hold: pdfium saw a gap there."""
        return bool(self._raw.FPDFText_IsGenerated(self._handle, index) == 1)

    def weight(self, index: int) -> int:
        """The weight of a character's font, 400 for regular, or less than 0."""
        return int(self._raw.FPDFText_GetFontWeight(self._handle, index))

    def lines(self, number: int, skip: Callable[[int], bool] | None = None) -> list[PrintedLine]:
        """The printed lines in the order of the file; characters that ``skip`` names (by index) are left out."""
        out: list[PrintedLine] = []
        start = 0
        text = self.text
        while start < len(text):
            end = text.find("\n", start)
            end = len(text) if end < 0 else end
            indexes = [i for i in range(start, end) if text[i] != "\r"]
            if skip is not None:
                indexes = [i for i in indexes if not skip(i)]
            line = self.line(indexes, number)
            if line is not None:
                out.append(line)
            start = end + 1
        return self._cut_at_gutter(out)

    def _cut_at_gutter(self, lines: list[PrintedLine]) -> list[PrintedLine]:
        """Lines of two columns on one height come as one: cut where most of them have a gap near the page's middle."""
        middle = self.width / 2
        wide = [line for line in lines if line.box.left < middle - line.em and line.box.right > middle + line.em]
        if len(wide) < 5 or sum(" " in line.text for line in wide) < 0.6 * len(wide):
            return lines
        gaps = {id(line): list(self._gaps(line)) for line in wide}
        places = [middle + k * self.width / 100 for k in range(-12, 13)]
        crossed = {x: sum(any(a < x < b for a, b, _ in gaps[id(line)]) for line in wide) for x in places}
        best = max(crossed.values())
        if best < max(5, 0.6 * len(wide)):
            return lines
        gutter = [x for x in places if crossed[x] == best]
        cut_at = gutter[len(gutter) // 2]
        out: list[PrintedLine] = []
        for line in lines:
            at = next((n for a, b, n in gaps.get(id(line), ()) if a < cut_at < b), None)
            parts = [line.indexes] if at is None else [line.indexes[:at], line.indexes[at:]]
            halves = [line] if at is None else [self.line(list(part), line.page) for part in parts]
            out += [half for half in halves if half is not None]
        return out

    def _gaps(self, line: PrintedLine) -> Iterator[tuple[float, float, int]]:
        """The wide gaps of a line: left edge, right edge, and the place in the line where it could be cut."""
        for n in range(1, len(line.indexes) - 1):
            if self.text[line.indexes[n]] == " ":
                left, right = self.box(line.indexes[n - 1]).right, self.box(line.indexes[n + 1]).left
                if right - left > 1.2 * line.em:
                    yield left, right, n

    def line(self, indexes: list[int], number: int) -> PrintedLine | None:
        """The line of these characters; nothing where they are blanks."""
        text = self.text
        while indexes and text[indexes[-1]].isspace():
            indexes.pop()
        while indexes and text[indexes[0]] == " " and self.is_generated(indexes[0]):
            indexes.pop(0)
        if not indexes:
            return None
        indexes = self._by_place(indexes)
        kept = [i for n, i in enumerate(indexes) if not (text[i] == " " and self._is_spacing(indexes, n))]
        boxes = [self.box(i) for i in (kept[0], kept[-1])]
        return PrintedLine(
            "".join([text[i] for i in kept]),
            Box(boxes[0].left, min(b.bottom for b in boxes), boxes[1].right, max(b.top for b in boxes)),
            self._em(kept),
            bold=self._bold(kept),
            page=number,
            indexes=tuple(kept),
        )

    def _by_place(self, indexes: list[int]) -> list[int]:
        """The characters from left to right: a program may draw the quotation marks of a line after all the rest."""
        # Out of place are whole runs of one font: it is enough to look where the kind of character changes.
        string = "".join([self.text[i] for i in indexes])
        places = {0, len(indexes) - 1, *range(0, len(indexes), 12)}
        for m in FONT_CHANGE.finditer(string):
            first, last = max(m.start() - 1, 0), min(m.end(), len(indexes) - 1)
            places |= set(range(first, last + 1)) if last - first < 9 else {first, first + 1, last - 1, last}
        lefts = [self.box(indexes[n]).left for n in sorted(places)]
        if all(a <= b + 1.0 for a, b in pairwise(lefts)):
            return indexes
        drawn = [i for i in indexes if not (self.text[i] == " " and self.is_generated(i))]
        blanks = [i for i in indexes if self.text[i] == " " and self.is_generated(i)]
        drawn.sort(key=lambda i: self.box(i).left)
        out = drawn[:1]
        for before, after in pairwise(drawn):
            left, right = self.box(before), self.box(after)
            if blanks and right.left - left.right > 0.6 * (left.top - left.bottom):
                out.append(blanks.pop())
            out.append(after)
        return out

    def _is_spacing(self, indexes: list[int], n: int) -> bool:
        """True for a blank that only shows the small gap set between Chinese and Latin type."""
        index = indexes[n]
        if n == 0 or n + 1 == len(indexes) or not self.is_generated(index):
            return False
        before, after = indexes[n - 1], indexes[n + 1]
        sides = [bool(WIDE.match(self.text[i])) for i in (before, after)]
        left, right = self.box(before), self.box(after)
        gap = right.left - left.right
        size = max(left.top - left.bottom, 1.0)
        # Between two Chinese characters nothing is set: a gap there is a blank that somebody typed.
        return gap < (0.15 if all(sides) else 0.6) * size if any(sides) else False

    def _em(self, indexes: list[int]) -> float:
        """The size of the type: the width of a Chinese character, else the font's size."""
        wide = next((i for i in indexes if IDEOGRAPH.match(self.text[i])), None)
        box = self.box(indexes[0] if wide is None else wide)
        if wide is not None and box.right - box.left > 0.5:
            return box.right - box.left
        height = max(box.top - box.bottom, 1.0)
        size = float(self._raw.FPDFText_GetFontSize(self._handle, indexes[0]))
        # The size that the file states may be scaled afterwards; where it is not, it fits the box.
        return size if 0.6 * height < size < 1.5 * height else 0.85 * height

    def _bold(self, indexes: list[int]) -> int:
        """How many characters at the start of the line are of a bold font."""
        count = end = 0
        for index in indexes:
            count += 1
            if self.text[index].isspace():
                continue
            if self.weight(index) < BOLD_WEIGHT:
                break
            end = count
        return end


def _turned(rotation: int, width: float, height: float) -> Callable[[float, float, float, float], Box]:
    """How boxes of the file become boxes of the page as it is seen; ``width`` and ``height`` are those seen."""
    if rotation == 90:
        return lambda x0, y0, x1, y1: Box(y0, height - x1, y1, height - x0)
    if rotation == 180:
        return lambda x0, y0, x1, y1: Box(width - x1, height - y1, width - x0, height - y0)
    if rotation == 270:
        return lambda x0, y0, x1, y1: Box(width - y1, x0, width - y0, x1)
    return Box


def usual(values: list[float], step: float) -> float:
    """The commonest of the values when they are rounded to ``step``; the smallest among equals."""
    counts = Counter(round(v / step) for v in values)
    best = max(counts.items(), key=lambda item: (item[1], -item[0]))
    return best[0] * step
