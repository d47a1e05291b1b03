"""Several plans in one file: collections of a sharing site (…方案篇一, …方案篇二), each with its annexes."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from extractor.segment.labels import chinese_number
from extractor.segment.labels import read as read_label
from extractor.segment.letterhead.annexed import as_headings
from extractor.segment.lines import Line
from extractor.text import CleanText

# 村级治理工作方案篇一    乡村振兴实施方案 篇2：    【第三篇】…
_PART = regex.compile(
    r"""
      [^。；，]{2,40}?[ （(]?第?篇[ ]?(?P<after>[一二三四五六七八九十\d]{1,3})[）)]?[：: ]*
    | [【\[]?第(?P<before>[一二三四五六七八九十\d]{1,3})篇[】\]]?[：: ]?[^。；]{0,40}
    | 篇(?P<opening>[一二三四五六七八九十\d]{1,3})[：: 、]+[^。；]{0,50}           # 篇二：石桥乡防汛抗旱应急预案
    | [^。；，]{2,40}?[ ]?[【\[（(]第?(?P<closing>[一二三四五六七八九十\d]{1,3})篇[】\]）)]  # 防汛工作方案【第二篇】
    | [^。；，]{2,40}?(?:方案|计划|预案|意见|通知)[ ]?【(?P<bracketed>[一二三四五六七八九十]{1,3})】           # 防汛工作方案【二】
    """,
    regex.VERBOSE,
)
_LONGEST = 60  # characters of a line that opens a part
_NUMBERS = ("after", "before", "opening", "closing", "bracketed")
# 秸秆禁烧工作方案7: the bare number that a sharing site puts behind a title
_BARE = regex.compile(r"[^\W\d][^。；，：:]{2,38}?(?:方案|计划|预案|意见|通知|办法|制度|要点)[ ]?(?P<bare>\d{1,2})")
# 为做好……制定本方案：    根据……要求，……
_PREAMBLE = regex.compile(r"[ ]*(?:为了?(?!期|止)|根据|按照|依据|遵照|结合|当前|各[^，。；]{1,40}：)[^\n]{8,}")
# 乡镇防汛预案（精选13篇）    以下是小编整理的……: the page of a sharing site, which is no part of a paper
_SITE_PAGE = regex.compile(r"[（(][^（()）]{0,6}\d{1,3}篇[）)]|\d{1,3}篇$|小编|范文|供大家参考")


def parts(clean: CleanText, lines: Sequence[Line]) -> list[list[Line]]:
    """The lines of each plan, its annexes' titles declared headings. Parts are cut only where their numbers run on; what
    stands before the first part (a site's page title) goes with none of them, before a later part (a page of a long
    collection) it is the end of the part before."""
    starts = _numbered(clean, lines)
    if len(starts) < 2 and not (starts and _is_site_page(clean, lines[: starts[0]])):
        starts = _barely_numbered(clean, lines)
    if not starts:
        return [as_headings(clean.match, lines)] if lines else []
    ends = [*starts[1:], len(lines)]
    return [as_headings(clean.match, lines[a:b]) for a, b in zip(starts, ends, strict=True)]


def _numbered(clean: CleanText, lines: Sequence[Line]) -> list[int]:
    """The lines that open a part and say that they do (…方案篇一), numbered from one."""
    match = clean.match
    starts: list[int] = []
    for k, line in enumerate(lines) if "篇" in match or "】" in match else ():
        start, end = line.span.start, line.span.end
        if line.table is not None or end - start > _LONGEST:
            continue
        said = match[start:end]
        found = _PART.fullmatch(said) if "篇" in said or said.endswith("】") else None
        if found and chinese_number(next(found[name] for name in _NUMBERS if found[name])) == len(starts) + 1:
            starts.append(k)
    return starts


def _is_site_page(clean: CleanText, before: Sequence[Line]) -> bool:
    """True for the lines that a sharing site puts over the one part that was copied."""
    said = [line.span.of(clean.match) for line in before]
    return any(_SITE_PAGE.search(words) for words in said) and not _are_numbered(clean, before)


def _barely_numbered(clean: CleanText, lines: Sequence[Line]) -> list[int]:
    """The titles with a bare number behind them (…方案7), each over a preamble, numbered on from the first.

    Only the first may be the first line of all; where it bears a later number, or stands behind numbered items, the part
    before it is a plan too.
    """
    starts: list[int] = []
    first = number = 0
    for k, line in enumerate(lines[:-1]):
        start, end = line.span.start, line.span.end
        if line.table is not None or end - start > _LONGEST or not clean.match[end - 1].isdigit():
            continue
        found = _BARE.fullmatch(clean.match, start, end)
        following = lines[k + 1].span
        if found is None or not _PREAMBLE.match(clean.match, following.start, following.end):
            continue
        if starts and int(found["bare"]) != number + 1:
            continue
        number = int(found["bare"])
        first = first or number
        starts.append(k)
    before = lines[: starts[0]] if starts else []
    if not starts or (len(starts) == 1 and first == 1 and not _is_site_page(clean, before)):
        return []
    if first == 1 or not before:
        return starts
    return [0, *starts] if _ends_part(clean, before) else []


def _ends_part(clean: CleanText, before: Sequence[Line]) -> bool:
    """True for lines with numbered items and no annex: a page's number stands behind an annex's title as well (…方案2)."""
    said = [line.span.of(clean.match) for line in before]
    return _are_numbered(clean, before) and not any(words.startswith(("附件", "附：", "附表")) for words in said)


def _are_numbered(clean: CleanText, lines: Sequence[Line]) -> bool:
    return any(read_label(clean.match, line.span.start, line.span.end) for line in lines)
