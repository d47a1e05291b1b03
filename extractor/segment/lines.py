"""Lines (行): what stands between two line ends of the clean text, trimmed, with what the reader knows about it.

Emphasis marks of lightly marked-up copies (``## 标题``, ``**标题**``) are read as such and left outside the line's span.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

import regex

from extractor.model import Mark, MarkKind, Span
from extractor.records import record
from extractor.text import CleanText

SPACES = frozenset(" \t\r\n\v\f\u3000\u00a0\u2002\u2003\u2009\ufeff")

# "### 承諾事項之描述", "**（一）推动科技创新资源开放**"
_MARKUP_HEADING = regex.compile(r"(#{1,6})[ \t]+")
_EMPHASIS = regex.compile(r"\*\*([^*\n]{1,120})\*\*[：:]?")
_RULE = regex.compile(r"[-*_=—－]{3,}")
_MARKUP = frozenset("#-*_=—－")  # what markup begins with: most lines need not be looked at for it


@record(frozen=True, slots=True)
class Line:
    """One line of text (clean coordinates), without spaces and markup at its ends.

    ``heading_level`` is the outline level that the file declares, 0 where it declares none; ``table`` the index of the
    table that the line stands in; ``annex`` is True for the title of an annex with a numbering of its own.
    """

    span: Span
    heading_level: int = 0
    bold: bool = False
    centred: bool = False
    furniture: bool = False
    table: int | None = None
    annex: bool = False


class _Marks:
    """The marks of a kind by offset."""

    def __init__(self, marks: list[Mark]) -> None:
        self._marks = sorted(marks, key=lambda m: m.span.start)
        self._starts = [m.span.start for m in self._marks]

    @classmethod
    def of(cls, clean: CleanText, kind: MarkKind) -> _Marks | None:
        """The marks of a kind, nothing where a document has none of it, as most have not."""
        marks = [mark for mark in clean.marks if mark.kind == kind]
        return cls(marks) if marks else None

    def meets(self, span: Span) -> Mark | None:
        """A mark that shares characters with ``span``; marks of a kind do not nest."""
        k = bisect_right(self._starts, span.end - 1) - 1
        return self._marks[k] if k >= 0 and span.start < self._marks[k].span.end else None


def lines(clean: CleanText) -> Iterator[Line]:
    """The lines of a document that hold anything; table lines carry their table's index."""
    text = clean.text
    headings, bolds = _Marks.of(clean, "heading"), _Marks.of(clean, "bold")
    centres, furniture = _Marks.of(clean, "centred"), _Marks.of(clean, "furniture")
    tables = sorted((t.span.start, t.span.end, k) for k, t in enumerate(clean.tables))
    starts = [t[0] for t in tables]
    at = 0
    for line in text.split("\n"):
        start, end = at, at + len(line)
        at = end + 1
        if line and (line[0] in SPACES or line[-1] in SPACES):
            start, end = trimmed(text, start, end)
        if start >= end:
            continue
        span = Span(start, end)
        level = 0
        mark = headings.meets(span) if headings is not None else None
        if mark:
            level = int(mark.value or 1)
        strong = None
        if text[start] in _MARKUP:
            markup = _MARKUP_HEADING.match(text, start, end)
            if markup:
                level = len(markup[1])
                span = Span(markup.end(), end)
            strong = _EMPHASIS.fullmatch(text, span.start, end)
            if strong:
                span = trim(text, Span(*strong.span(1)))
            if _RULE.fullmatch(text, span.start, span.end) or span.start >= span.end:
                continue
        bold = bolds.meets(span) if bolds is not None else None
        k = bisect_right(starts, span.start) - 1 if starts else -1
        yield Line(
            span,
            heading_level=level,
            bold=strong is not None or (bold is not None and bold.span.end >= span.end),
            centred=centres is not None and centres.meets(span) is not None,
            furniture=furniture is not None and furniture.meets(span) is not None,
            table=tables[k][2] if k >= 0 and span.start < tables[k][1] else None,
        )


def trim(text: str, span: Span) -> Span:
    """``span`` without the spaces at its ends."""
    start, end = span.start, span.end
    if start < end and text[start] not in SPACES and text[end - 1] not in SPACES:
        return span  # as most are
    return Span(*trimmed(text, start, end))


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The ends of ``text[start:end]`` without the spaces there."""
    while start < end and text[start] in SPACES:
        start += 1
    while end > start and text[end - 1] in SPACES:
        end -= 1
    return start, end
