"""Copies of document-sharing sites (文库转载): the site's line, page numbers that cut words, paragraphs run together.

Such a page begins with 《…》由会员分享 …; each page of the paper is one line, opened by its number and 、; where a
paragraph ended one space is left. Real list numbers there are written ``1.``; page numbers come in order: that tells
them apart.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from extractor.lexicon import Lexicon
from extractor.model import Repair, Span
from extractor.normalise.lines import LABEL, continues
from extractor.offsets import apply, compose

_SHARE_LINE = regex.compile(
    r"""
    (?: ^ [^\n]{2,80} \. (?:docx?|pdf|pptx?|xlsx?|wps|rtf) [ ]* \n )?      # the file's name on a line of its own
    ^ [ \t\u3000]* (?: \d{1,3} 、 [ ]? )? 《 (?P<title> [^\n》]{2,120} (?:》[^\n》]{0,20})? ) 》
      由 (?:会员|會員|用户|用戶|网友) [^\n]{0,10} 分享 [^\n]* (?: 在线阅读 | 在線閱讀 ) [^\n]* (?: \n | \Z )
    """,
    regex.VERBOSE | regex.MULTILINE,
)
_PAGE = regex.compile(r"^(?P<number>\d{1,3})、(?P<blank>[ \u3000]?)", regex.MULTILINE)
_SUFFIX = regex.compile(r"\.(?:docx?|pdf|pptx?|xlsx?|wps|rtf)$")
_BLANK = regex.compile(r"[ ]+")
_INLINE_LABEL = regex.compile(
    r"""
    (?<= [。：:] ) (?:
        (?= [一二三四五六七八九十]{1,3} 、 )
      | (?= [（(] [一二三四五六七八九十]{1,3} [）)] )
      | (?= \d{1,2} [.．] (?! \d ) )
    )
    """,
    regex.VERBOSE,
)
_TITLE_END = regex.compile(
    r"(?:方案|通知|意见|办法|规划|计划|要点|细则|规定|制度|预案|报告|章程|措施|纲要|决定|总结)(?:[（(][^（()）\n]{1,12}[)）])?$"
)
_PROSE = regex.compile(r"[，。；,;]")
_LONG = 150


def sharing_copy(text: str, lexicon: Lexicon) -> Iterator[Repair]:
    """Undoes what a sharing site did to the text."""
    if "分享" not in text or ("在线阅读" not in text and "在線閱讀" not in text):
        return
    shares = list(_SHARE_LINE.finditer(text))
    if not shares:
        return
    first: list[Repair] = []
    for k, share in enumerate(shares):
        end = shares[k + 1].start() if k + 1 < len(shares) else len(text)
        first += [Repair(Span(*share.span()), "", "share_line"), *_page_numbers(text, share.end(), end)]
    offsets = apply(text, first)
    title = _SUFFIX.sub("", shares[0]["title"])
    second = tuple(_paragraphs(offsets.clean, title))
    yield from compose(offsets, second) if second else first


def _page_numbers(text: str, begin: int, stop: int) -> Iterator[Repair]:
    """``2、`` and the line end before it. A page that begins with a blank begins a paragraph."""
    lines = [m.start() for m in regex.finditer(r"(?m)^(?=\S)", text, pos=begin, endpos=stop)]
    pages = list(_PAGE.finditer(text, begin, stop))
    all_pages = len(pages) == len(lines)
    last = 0
    for m in pages:
        number = int(m["number"])
        start = m.start()
        before = text[text.rfind("\n", begin, max(begin, start - 1)) + 1 : max(begin, start - 1)]
        after = text[m.end() : m.end() + 20]
        if not last < number <= last + 3:
            continue
        if not (all_pages or start == begin or (len(before) >= 15 and continues(before, after))):
            continue
        last = number
        if start == begin:
            yield Repair(Span(*m.span()), "", "share_page")
        elif (
            m["blank"]
            or before.endswith((" ", "\u3000"))
            or (before.endswith(("。", "：", ":")) and LABEL.match(after))
        ):
            yield Repair(Span(start, m.end()), "", "share_page")  # the line end before it stays
        else:
            yield Repair(Span(start - 1, m.end()), "", "share_page")


def _paragraphs(text: str, title: str) -> Iterator[Repair]:
    """Paragraph ends where a blank stood for one, or where a new number follows a full stop."""
    found: list[Repair] = []
    at = 0
    opening = True
    for line in text.split("\n"):
        if len(line) >= _LONG:
            found += _lost_ends(line, at, title if opening else "")
        if line.strip():
            opening = False
        at += len(line) + 1
    yield from found


def _lost_ends(line: str, at: int, title: str) -> Iterator[Repair]:
    points: list[tuple[int, int]] = [m.span() for m in _BLANK.finditer(line)]
    points += [m.span() for m in _INLINE_LABEL.finditer(line)]
    begin = 0
    first = bool(title)
    for start, end in sorted(points):
        if start <= begin < end or end == len(line) or start < begin:
            continue
        segment = line[begin:start] if start - begin <= _LONG else ""
        before = line[start - 1 : start]
        heads = LABEL.match(segment) is not None and len(segment) <= 40 and not _PROSE.search(segment)
        named = first and (_TITLE_END.search(segment) is not None or segment == title)
        if start == end:
            yield Repair(Span(at + start - 1, at + start), before + "\n", "lost_paragraph")
        elif (
            named
            or heads
            or before in "。！？：:!?"
            or (LABEL.match(line, end) is not None and before not in ";；,，、")
        ):
            if named:
                yield from _doubled(segment, at + begin)
            yield Repair(Span(at + start, at + end), "\n", "lost_paragraph")
        else:
            continue
        begin = end
        first = False


def _doubled(segment: str, at: int) -> Iterator[Repair]:
    """A site's heading run into the real one: T:…T is T."""
    for k in range(len(segment) // 2, 7, -1):
        if segment.startswith(segment[-k:]) and segment[k : k + 1] in (":", "：", "-"):
            yield Repair(Span(at, at + len(segment) - k), "", "share_line")
            return
