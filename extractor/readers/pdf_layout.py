"""Printed lines to paragraphs (重排段落): running heads and page numbers told apart, columns, and which lines run on.

A Chinese paragraph is indented by two characters and its other lines begin at the margin; a line that runs on is filled
up to the right margin. What decides is therefore where the next line begins and whether this one is full.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise

from extractor.readers.pdf_lines import PrintedLine, usual

PAGE_NUMBER = re.compile(
    r"""
    [—–―－\-‐~～·•]{1,3}\s*\d{1,4}\s*[—–―－\-‐~～·•]{1,3}     # — 3 —
    | 第\s*\d{1,4}\s*[页頁](?:\s*[,，/]?\s*共\s*\d{1,4}\s*[页頁])?   # 第3页 共10页
    | \d{1,4}\s*/\s*\d{1,4}
    """,
    re.VERBOSE,
)
BARE_NUMBER = re.compile(r"\d{1,4}|[ivxIVX]{1,6}")
LABEL = re.compile(
    r"""
    \s*(?:
      第[一二三四五六七八九十百零〇\d]{1,5}[章节條条篇部]
    | [一二三四五六七八九十]{1,3}[、．.]
    | [（(][一二三四五六七八九十\d]{1,3}[)）]
    | \d{1,3}[、．](?!\d) | \d{1,3}\.(?!\d) | \d{1,2}[)）]
    | [①-⑳㈠-㈩⑴-⒇⒈-⒛]
    | 附件\d{0,2}[:：]?
    | [壹貳參肆伍陸柒捌玖拾][、．.]
    )
    """,
    re.VERBOSE,
)
SENTENCE_END = re.compile(r"[。！？；：!?;:”」』）)】]$")
FIRST_WORD = re.compile(
    r"""
    # What cannot be parted at a line end: opening marks, a Latin word or a number or one character, closing marks.
    # Quotation marks hold what stands on both their sides (Unicode Standard Annex 14, class QU), and programs keep
    # a number with the mark before it: 全。“十四五”, 入，2021年.
    [（《「『【〔(\[“‘]{0,3} (?:[A-Za-z0-9.,%/+:～~\-—–_=?&\#]{1,200}|.)
    (?:[，。、；：？！）》」』】〕)\]]{0,2}(?:[“”‘’]{1,2}|(?=[0-9]))[（《「『【〔(\[]{0,2}(?:[A-Za-z0-9.,%]{1,40}|.)){0,3}
    [，。、；：？！）》」』】〕…％%)\]”’]{0,4}
    """,
    re.VERBOSE,
)
FULL_STOP = re.compile(r"[。！？；]$")
HANGING = ("，", "。", "、", "；", "：", "！", "？")  # marks that Word lets stand beyond the margin
NEAR = 3.0
"""Points by which two equal places may differ."""
EDGE_LINES = 3
"""How many lines from the top and from the bottom of a page may be running heads and feet."""


@dataclass(slots=True)
class Page:
    """The lines of one page, sorted out."""

    number: int
    width: float
    height: float
    heads: list[PrintedLine]
    body: list[PrintedLine]
    feet: list[PrintedLine]


@dataclass(frozen=True, slots=True)
class Margins:
    """Where the lines of one column begin and end, and how far they stand apart."""

    left: float
    right: float
    pitch: float


def sort_out(pages: list[Page]) -> None:
    """Moves running heads, feet and page numbers out of the bodies, for all pages at once."""
    if not pages:
        return
    edges: dict[tuple[str, bool], list[tuple[int, PrintedLine]]] = defaultdict(list)
    for k, page in enumerate(pages):
        by_height = sorted(page.body, key=lambda line: -line.box.top)
        for top, lines in ((True, by_height[:EDGE_LINES]), (False, by_height[-EDGE_LINES:][::-1])):
            for line in lines:
                if FULL_STOP.search(line.text.rstrip()):
                    continue  # the same short sentence at the top of two pages is said twice
                edges[_shape(line.text), top].append((k, line))
    least = max(2, round(0.3 * len(pages)))
    repeated: set[int] = set()
    for (shape, _), found in edges.items():
        places = [line.box.top for _, line in found]
        near = [line for _, line in found if sum(abs(line.box.top - p) < NEAR for p in places) >= least]
        numbers = len({k for k, _ in found})
        if shape and numbers >= least and (shape != "#" or _count_up(found)):
            repeated |= {id(line) for line in near}
    for page in pages:
        _take_edges(page, repeated)


def _shape(text: str) -> str:
    """A line's text without what changes from page to page."""
    return re.sub(r"\d+", "#", "".join(text.split()))


def _count_up(found: list[tuple[int, PrintedLine]]) -> bool:
    """True where bare numbers go up with the pages."""
    steps = {int(line.text) - k for k, line in found if line.text.strip().isdigit()}
    return len(steps) <= max(1, len(found) // 4)


def _take_edges(page: Page, repeated: set[int]) -> None:
    """Heads and feet are taken from the edge inwards, as far as they are repeated or are page numbers."""
    by_height = sorted(page.body, key=lambda line: -line.box.top)
    taken: set[int] = set()
    for lines, out in ((by_height, page.heads), (by_height[::-1], page.feet)):
        for line in lines[:EDGE_LINES]:
            if id(line) in taken:
                break
            if id(line) in repeated or PAGE_NUMBER.fullmatch(line.text.strip()):
                taken.add(id(line))
                out.append(line)
            else:
                break
    page.feet.reverse()
    page.body = [line for line in page.body if id(line) not in taken]


def is_page_number(line: PrintedLine) -> bool:
    """True for a head or foot that is only a page number."""
    text = line.text.strip()
    return bool(PAGE_NUMBER.fullmatch(text) or BARE_NUMBER.fullmatch(text))


def set_columns(page: Page) -> None:
    """Finds two columns of text and puts their lines in reading order."""
    middle = page.width / 2
    left = [line for line in page.body if line.box.right <= middle + line.em]
    right = [line for line in page.body if line.box.left >= middle - line.em]
    if len(right) < 5 or len(left) < 5 or len(left) + len(right) < 0.6 * len(page.body):
        return
    begin = usual([line.box.left for line in right], 4.0)
    aligned = [line for line in right if abs(line.box.left - begin) < 2.5 * line.em]
    beside = [
        line for line in aligned if any(abs(other.box.bottom - line.box.bottom) < 0.8 * line.em for other in left)
    ]
    if len(aligned) < 0.6 * len(right) or len(beside) < 0.4 * len(aligned):
        return
    for line in page.body:
        line.column = 2 if line.box.left >= middle - line.em else 1 if line.box.right <= middle + line.em else 0
    ordered: list[PrintedLine] = []
    band: list[PrintedLine] = []
    for line in sorted(page.body, key=lambda one: -one.box.top):
        if line.column == 0:  # a line over both columns ends what stands above it
            ordered += sorted(band, key=lambda one: (one.column, -one.box.top))
            ordered.append(line)
            band = []
        else:
            band.append(line)
    page.body = ordered + sorted(band, key=lambda one: (one.column, -one.box.top))


def margins(pages: list[Page]) -> dict[int, Margins]:
    """The margins of each column over all pages of a run of equal pages."""
    out: dict[int, Margins] = {}
    for column in (0, 1, 2):
        lines = [line for page in pages for line in page.body if line.column == column]
        if not lines:
            continue
        em = usual([line.em for line in lines for _ in range(len(line.text))], 0.5) or 10.0
        left = _left(lines, em)
        # A page of few lines may have none that is full: its margins are taken to be alike.
        widest = pages[0].width - left if column == 0 else 0.0
        out[column] = Margins(left, _right(lines, em, widest), _pitch(pages, column, em))
    return out


def _left(lines: list[PrintedLine], em: float) -> float:
    """The leftmost place where lines begin time and again."""
    starts = sorted(line.box.left for line in lines)
    enough = max(2, len(starts) // 20)
    for start in starts:
        if sum(abs(other - start) < em / 3 for other in starts) >= enough:
            return start
    return starts[0]


def _right(lines: list[PrintedLine], em: float, otherwise: float) -> float:
    """The place where full lines end: the rightmost one that comes time and again, within a character.

    A closing mark may hang beyond it (标点溢出边界), so a line that ends with one is taken to end before the mark.
    """
    ends = sorted((line.box.right - em * line.text.endswith(HANGING) for line in lines), reverse=True)
    enough = max(3, len(ends) // 8)
    for end in ends:
        if sum(abs(other - end) < 0.8 * em for other in ends) >= enough:
            return end if len(ends) > 8 else max(end, otherwise)
    return max(ends[0], otherwise)


def _pitch(pages: list[Page], column: int, em: float) -> float:
    steps = [
        above.box.bottom - below.box.bottom
        for page in pages
        for above, below in pairwise(line for line in page.body if line.column == column)
        if 0.8 * em < above.box.bottom - below.box.bottom < 4 * em
    ]
    return usual(steps, 0.5) if steps else 1.5 * em


def is_centred(line: PrintedLine, margin: Margins) -> bool:
    """True for a line set in the middle between the margins, away from both."""
    before, behind = line.box.left - margin.left, margin.right - line.box.right
    return before > 1.5 * line.em and abs(before - behind) < 1.2 * line.em and not line.text[:1].isspace()


def room_needed(text: str, em: float) -> float:
    """How much room the first word of a line would have taken on the line before (points)."""
    first = FIRST_WORD.match(text.lstrip())
    if first is None:
        return em
    narrow = sum(c.isascii() for c in first[0])
    most = 45 * em if "/" in first[0] else 14 * em
    return min((0.55 * narrow + len(first[0]) - narrow) * em, most)


def runs_on(line: PrintedLine, following: PrintedLine, here: Margins, there: Margins, *, opens: bool) -> bool:
    """True where ``following`` belongs to the same paragraph as ``line``, which ``opens`` it or not."""
    em = line.em
    if abs(em - following.em) > 0.15 * em:
        return False
    together = line.page == following.page and line.column == following.column
    if together and line.box.bottom - following.box.bottom > 1.4 * max(here.pitch, 1.2 * em):
        return False
    free = here.right - line.box.right
    if free > room_needed(following.text, em) + 0.8 * em:
        return False
    ended = bool(SENTENCE_END.search(line.text.rstrip()))
    labelled = bool(LABEL.match(following.text))
    indent = following.box.left - there.left
    if following.text[:1].isspace():
        return False
    if (
        opens
        and together
        and FULL_STOP.search(line.text.rstrip())
        and not line.text[:1].isspace()  # an indent typed as spaces: the next line does not begin where the words do
        and abs(following.box.left - line.box.left) < 0.5 * em
    ):
        return False  # a sentence that fills its line, and the next one begins where it began: a list of short lines
    if indent < 0.8 * em:
        return not (labelled and ended)
    if is_centred(line, here) or is_centred(following, there):
        # A title that fills its line goes on in the middle of the next one.
        return free < 1.5 * em and is_centred(following, there) and not ended and not labelled
    # A hanging item: its further lines stand under its text, not under its label.
    hanging = bool(LABEL.match(line.text)) and following.box.left > line.box.left + 0.5 * em
    return hanging and not labelled and not ended
