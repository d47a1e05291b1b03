"""Annexes behind a notice's own items (附件): each begins anew, with a title and a numbering of its own.

Where the body before an annex has numbered items, the annex's title line is left to the tree as a heading, so that its
``1.`` does not go on with the body's ``二、``. The scheme that a shell forwards is the plan itself: its title is no
heading, unless its numbering would hang under an item of the shell.
"""

from __future__ import annotations

from collections.abc import Sequence

import regex

from extractor.model import Span
from extractor.records import replace
from extractor.segment import labels
from extractor.segment.labels import Label
from extractor.segment.letterhead.links import FORWARDED, HANDED_ON
from extractor.segment.letterhead.marks import ANNEX, ANNEX_NOTE, is_no_part, opens_tail
from extractor.segment.letterhead.numbers import DATE_LINE, SIGNED_LINE
from extractor.segment.letterhead.page import title_key
from extractor.segment.lines import Line

_LONGEST_TITLE = 60
# how far behind a title its body is looked for: lines under it such as （2024年版） and 单位：万元
_REACH = 4
# 附件2：河道管护考核办法
_MARKED_TITLE = regex.compile(
    r"附[ ]?[件表录][ ]?[\d一二三四五六七八九十]{0,2}[：:][ ]*(?P<title>[^，。；：:\d][^。；：:]{3,50})"
)
_ENDS = regex.compile(r"[。；：，]$")
_TYPED = regex.compile(
    r"(?:方案|办法|标准|细则|规则|规定|制度|计划|预案|要点|意见|措施|指南|分工|安排|流程|指标|清单|名单|台账|表)(?:（[^（）]{1,20}）)?$"
)
# 现将《河道整治实施方案》印发给你们
_HANDED_OVER = regex.compile(r"《(?P<title>[^《》]{4,80})》[^《》。]{0,30}(?:印发|转发|下发|发)给")


def _own_annexes(match: str, lines: Sequence[Line]) -> frozenset[int]:
    """The numbers of the lines that head an annex with a numbering of its own."""
    heads = [
        k
        for k, line in enumerate(lines)
        if k and line.table is None and line.span.end - line.span.start <= _LONGEST_TITLE and _heads(match, lines, k)
    ]
    if not heads:
        return frozenset()
    forwarded = _forwarded(match, Span(lines[0].span.start, lines[heads[0]].span.start))
    own: set[int] = set()
    outermost: int | None = None  # the rank of the outermost numbering so far
    for k, line in enumerate(lines[: heads[-1] + 1]):
        if k in heads and outermost is not None:
            below = _first_label(match, lines, k + 1)
            hangs = below is not None and below.rank > outermost
            if hangs or title_key(_title(match, line)) not in forwarded:
                own.add(k)
        label = _label(match, line)
        if label is not None and label.number:
            outermost = label.rank if outermost is None else min(outermost, label.rank)
    return frozenset(own)


def as_headings(match: str, lines: Sequence[Line]) -> list[Line]:
    """The lines with those that head an annex of its own marked and declared headings."""
    heads = _own_annexes(match, lines)
    if not heads:
        return [*lines]
    return [replace(line, heading_level=1, annex=True) if k in heads else line for k, line in enumerate(lines)]


def _label(match: str, line: Line) -> Label | None:
    return labels.read(match, line.span.start, line.span.end) if line.table is None else None


def _title(match: str, line: Line) -> str:
    said = line.span.of(match)
    marked = _MARKED_TITLE.fullmatch(said)
    return marked["title"] if marked else said


def _heads(match: str, lines: Sequence[Line], k: int) -> bool:
    """True for a short line that is the title of an annex: on one line with 附件1：, behind the word 附件, or behind a
    dated signature."""
    line, above = lines[k], lines[k - 1]
    if k + 1 < len(lines) and lines[k + 1].table is not None:
        return False  # a caption: the tree reads it with its table
    if match[line.span.start] == "附" and _MARKED_TITLE.fullmatch(match, line.span.start, line.span.end):
        return _has_body(match, lines, k + 1)
    if match[above.span.start] == "附" and ANNEX.fullmatch(match, above.span.start, above.span.end):
        noted = match[above.span.end - 1] in "：:"  # 附件： and a list of them, or 附件1： over its title
        return _may_be_title(match, line) and (not noted or _has_body(match, lines, k + 1))
    if match.find("日", above.span.start, above.span.end) < 0:
        return False  # neither a date nor a dated signature
    if not any(p.fullmatch(match, above.span.start, above.span.end) for p in (DATE_LINE, SIGNED_LINE)):
        return False
    typed = _TYPED.search(match, line.span.start, line.span.end) is not None
    return typed and _may_be_title(match, line) and _has_body(match, lines, k + 1)


def _may_be_title(match: str, line: Line) -> bool:
    said = line.span.of(match)
    if _ENDS.search(said) or ANNEX.fullmatch(said) or ANNEX_NOTE.match(said) or opens_tail(said) or is_no_part(said):
        return False
    return len(said) >= 4 and _label(match, line) is None


def _has_body(match: str, lines: Sequence[Line], k: int) -> bool:
    """True where a numbering that begins, a table or a sentence follows; a list of annexes has a signature behind it."""
    for line in lines[k : k + _REACH]:
        said = line.span.of(match)
        if line.table is not None:
            return True
        label = _label(match, line)
        if label is not None:
            return label.number <= 1
        if DATE_LINE.fullmatch(said) or ANNEX.fullmatch(said) or _MARKED_TITLE.fullmatch(said):
            return False
        if said.endswith("。"):
            return True
    return False


def _first_label(match: str, lines: Sequence[Line], k: int) -> Label | None:
    found = (_label(match, line) for line in lines[k:])
    return next((label for label in found if label is not None and label.number), None)


def _forwarded(match: str, span: Span) -> set[str]:
    """The keys of the titles that the text before an annex hands on."""
    text = span.of(match)
    titles = [m["title"] for pattern in (FORWARDED, _HANDED_OVER) for m in pattern.finditer(text)]
    titles += [m["what"] for line in text.split("\n") if (m := HANDED_ON.search(line))]
    return {title_key(title) for title in titles}
