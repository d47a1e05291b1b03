"""Sentences (句): runs of a paragraph ended by 。；！？ or the line's end.

A closing mark inside brackets or quotation marks ends no sentence; each part of 一是…二是… is a sentence of its own.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from extractor.model import Sentence, Span
from extractor.segment.lines import trim

_OPENING = {
    "（": "）",
    "“": "”",
    "《": "》",
    "〈": "〉",
    "「": "」",
    "『": "』",
    "‘": "’",
    "【": "】",
    "[": "]",
    "〔": "〕",
}
_CLOSING = frozenset(_OPENING.values())
_MARKS = regex.compile(r"[。；！？（）“”《》〈〉「」『』‘’【】\[\]〔〕\n]")
# 一是…；二是…    一要…，二要…
_PART = regex.compile(r"[一二三四五六七八九十](?:是|要(?=[^求点素]))")
_BEFORE_PART = "，：。；、 \n"


def sentences(match: str, span: Span) -> Iterator[Sentence]:
    """The sentences of a run of match text; brackets that never close do not swallow what follows."""
    for piece in _split(match, span):
        for part in _parts(match, piece):
            trimmed = trim(match, part)
            if trimmed.start < trimmed.end:
                yield Sentence(trimmed)


def _split(match: str, span: Span) -> Iterator[Span]:
    start = span.start
    stack: list[str] = []
    for found in _MARKS.finditer(match, span.start, span.end):
        char = found[0]
        if char == "\n":
            stack.clear()
            yield Span(start, found.start())
            start = found.end()
        elif char in _OPENING:
            if _closes(match, found.end(), span.end, char):
                stack.append(_OPENING[char])
        elif char in _CLOSING:
            if char in stack:
                while stack.pop() != char:
                    pass
        elif not stack:
            yield Span(start, found.end())
            start = found.end()
    if start < span.end:
        yield Span(start, span.end)


def _closes(match: str, start: int, end: int, opening: str) -> bool:
    """True where the bracket is closed within its line and within a reasonable reach."""
    limit = min(end, start + 400)
    newline = match.find("\n", start, limit)
    return match.find(_OPENING[opening], start, newline if newline >= 0 else limit) >= 0


def _parts(match: str, span: Span) -> Iterator[Span]:
    """``span`` cut before each 一是/二是 of a list; the lead-in before 一是 is a piece of its own."""
    places = [
        m.start()
        for m in _PART.finditer(match, span.start, span.end)
        if m.start() == span.start or match[m.start() - 1] in _BEFORE_PART
    ]
    # 二是 may open a sentence whose 一是 closed with ； before; elsewhere a list begins with 一是 and goes on
    if not places or (places[0] != span.start and (len(places) < 2 or match[places[0]] != "一")):
        yield span
        return
    start = span.start
    for place in places:
        if place > start:
            yield Span(start, place)
            start = place
    if start < span.end:
        yield Span(start, span.end)
