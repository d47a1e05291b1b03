"""Several plans in one file: collections of a sharing site (…方案篇一, …方案篇二), each with its annexes."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from extractor.segment.labels import chinese_number
from extractor.segment.letterhead.annexed import as_headings
from extractor.segment.lines import Line
from extractor.text import CleanText

# 村级治理工作方案篇一    乡村振兴实施方案 篇2：    【第三篇】…
_PART = regex.compile(
    r"""
      [^。；，]{2,40}?[ （(]?第?篇[ ]?(?P<after>[一二三四五六七八九十\d]{1,3})[）)]?[：: ]*
    | [【\[]?第(?P<before>[一二三四五六七八九十\d]{1,3})篇[】\]]?[：: ]?[^。；]{0,40}
    | 篇(?P<opening>[一二三四五六七八九十\d]{1,3})[：: 、]+[^。；]{0,50}           # 篇二：石桥乡防汛抗旱应急预案
    """,
    regex.VERBOSE,
)


def parts(clean: CleanText, lines: Sequence[Line]) -> list[list[Line]]:
    """The lines of each plan, its annexes' titles declared headings. Parts are cut only where their numbers run on from
    one; what stands before the first (a site's page title) goes with none of them."""
    starts: list[int] = []
    for k, line in enumerate(lines):
        if line.table is not None or line.span.length > 60:
            continue
        said = line.span.of(clean.match)
        found = _PART.fullmatch(said) if "篇" in said else None
        if found and chinese_number(found["after"] or found["before"] or found["opening"]) == len(starts) + 1:
            starts.append(k)
    if len(starts) < 2:
        return [as_headings(clean.match, lines)] if lines else []
    ends = [*starts[1:], len(lines)]
    return [as_headings(clean.match, lines[a:b]) for a, b in zip(starts, ends, strict=True)]
