"""Sentences (句): runs of a paragraph ended by 。；！？ or the line's end.

A closing mark inside brackets or quotation marks ends no sentence; each part of 一是…二是… is a sentence of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from extractor.model import Sentence, Span
from extractor.segment.lines import trimmed

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
_STOPS = frozenset("。；！？")
_MARKS = re.compile(r"[。；！？（）“”《》〈〉「」『』‘’【】\[\]〔〕\n]")
# 一是…；二是…    一要…，二要…
_PART = re.compile(r"[一二三四五六七八九十](?:是|要(?=[^求点素\n]))")
_BEFORE_PART = "，：。；、 \n"


def sentences(match: str, span: Span) -> list[Sentence]:
    """The sentences of a run of match text; brackets that never close do not swallow what follows."""
    pieces: Iterable[tuple[int, int]] = _split(match, span.start, span.end)
    listed = [found.start() for found in _PART.finditer(match, span.start, span.end)]
    if listed:
        pieces = [part for piece in pieces for part in _parts(match, *piece, listed)]
    found = [trimmed(match, start, end) for start, end in pieces]
    return [Sentence(Span(start, end)) for start, end in found if start < end]


def first_sentence(match: str, span: Span) -> Span:
    """Where the first sentence of a run of match text stands that is not blank; what follows is not gone through."""
    for start, end in _split(match, span.start, span.end):
        listed = [found.start() for found in _PART.finditer(match, start, end)]
        for part in _parts(match, start, end, listed) if listed else ((start, end),):
            start, end = trimmed(match, *part)
            if start < end:
                return Span(start, end)
    return Span(span.end, span.end)


def _split(match: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    stack: list[str] = []
    for found in _MARKS.finditer(match, start, end):
        at = found.start()
        char = match[at]
        if char in _STOPS:
            if not stack:
                yield start, at + 1
                start = at + 1
        elif char == "\n":
            stack.clear()
            yield start, at
            start = at + 1
        elif char in _OPENING:
            if _closes(match, at + 1, end, char):
                stack.append(_OPENING[char])
        elif char in stack:
            while stack.pop() != char:
                pass
    if start < end:
        yield start, end


def _closes(match: str, start: int, end: int, opening: str) -> bool:
    """True where the bracket is closed within its line and within a reasonable reach."""
    limit = min(end, start + 400)
    newline = match.find("\n", start, limit)
    return match.find(_OPENING[opening], start, newline if newline >= 0 else limit) >= 0


def _parts(match: str, start: int, end: int, listed: list[int]) -> Iterator[tuple[int, int]]:
    """A piece cut before each 一是/二是 of a list (``listed``); the lead-in before 一是 is a piece of its own."""
    places = [at for at in listed if start <= at < end and (at == start or match[at - 1] in _BEFORE_PART)]
    # 二是 may open a sentence whose 一是 closed with ； before; elsewhere a list begins with 一是 and goes on
    if not places or (places[0] != start and (len(places) < 2 or match[places[0]] != "一")):
        yield start, end
        return
    for place in places:
        if place > start:
            yield start, place
            start = place
    if start < end:
        yield start, end
