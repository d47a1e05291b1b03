"""Sentences (句): runs of a paragraph ended by 。；！？ or the line's end.

A closing mark inside brackets or quotation marks ends no sentence; each part of 一是…二是… is a sentence of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import accumulate, pairwise

from extractor.model import Sentence, Span
from extractor.segment.lines import SPACES, trimmed

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
_REACH = 400  # characters within which a bracket is closed, if at all
_BRACKETS = re.compile(rf"[\n{re.escape(''.join((*_OPENING, *_OPENING.values())))}]")
_STOPS = "。；！？\n"
# words and plain brackets, up to a stop or to a bracket that holds one of its kind or is not closed
_RUN = "(?:{words}+|{brackets})*".format(
    words=rf"[^{_STOPS}{re.escape(''.join(_OPENING))}]",
    brackets="|".join([rf"\{left}[^\{left}\{right}\n]{{0,{_REACH - 1}}}\{right}" for left, right in _OPENING.items()]),
)
_STOPPED = re.compile(rf"{_RUN}[{_STOPS}]?")
# 一是…；二是…    一要…，二要…
_PART = re.compile(r"[一二三四五六七八九十](?:是|要(?=[^求点素\n]))")
_BEFORE_PART = "，：。；、 \n"


def sentences(match: str, span: Span) -> list[Sentence]:
    """The sentences of a run of match text; brackets that never close do not swallow what follows."""
    pieces: Iterable[tuple[int, int]] = _pieces(match, span.start, span.end)
    if _PART.search(match, span.start, span.end) is not None:
        pieces = [part for piece in pieces for part in _parts(match, *piece)]
    out: list[Sentence] = []
    for start, end in pieces:
        if start < end and (match[start] in SPACES or match[end - 1] in SPACES):  # few do: most need no call
            start, end = trimmed(match, start, end)
        if start < end:
            out.append(Sentence(Span(start, end)))
    return out


def first_sentence(match: str, span: Span) -> Span:
    """Where the first sentence of a run of match text stands that is not blank; what follows is not gone through."""
    for start, end in _split(match, span.start, span.end):
        listed = _PART.search(match, start, end) is not None
        for part in _parts(match, start, end) if listed else ((start, end),):
            start, end = trimmed(match, *part)
            if start < end:
                return Span(start, end)
    return Span(span.end, span.end)


def _pieces(match: str, start: int, end: int) -> Iterable[tuple[int, int]]:
    """A run of text cut behind each stop and line end: all in one go where every bracket closes, as nearly all do."""
    ends = [*accumulate(map(len, _STOPPED.findall(match, start, end)), initial=start)]
    return pairwise(ends) if ends[-1] == end else _split(match, start, end)


def _split(match: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """What :func:`_pieces` gives, one after the other, also where a bracket holds one of its kind or is not closed."""
    at = start
    while at < end:
        run = _STOPPED.match(match, at, end)
        at = run.end() if run else at
        if at > start and match[at - 1] in _STOPS:
            yield start, at
            start = at
        elif at < end:
            at = _closed(match, at, end)
    if start < end:
        yield start, end


def _closed(match: str, at: int, end: int) -> int:
    """Behind the mark that closes the bracket at ``at``; at the line's end where that mark closes another inside it;
    right behind the bracket where nothing closes it."""
    opening, closing = match[at], _OPENING[match[at]]
    first = _closing(match, at, end)
    if first < 0:
        return at + 1
    if match.find(opening, at + 1, first) < 0:
        return first + 1
    stack = [closing]
    for found in _BRACKETS.finditer(match, at + 1, end):
        char = found[0]
        if char == "\n":
            return found.start()
        if char in _OPENING:
            if _closing(match, found.start(), end) >= 0:
                stack.append(_OPENING[char])
        elif char in stack:
            while stack.pop() != char:
                pass
            if not stack:
                return found.end()
    return end


def _closing(match: str, at: int, end: int) -> int:
    """The first mark that could close the bracket at ``at``, within its line and a reasonable reach; else less than 0."""
    limit = min(end, at + 1 + _REACH)
    newline = match.find("\n", at, limit)
    return match.find(_OPENING[match[at]], at, newline if newline >= 0 else limit)


def _parts(match: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A piece cut before each 一是/二是 of a list; the lead-in before 一是 is a piece of its own."""
    listed = [found.start() for found in _PART.finditer(match, start, end)]
    places = [at for at in listed if at == start or match[at - 1] in _BEFORE_PART]
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
