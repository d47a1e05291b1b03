"""Where a quantity stands (小句): the edges of its clause and sentence, quotation marks and brackets about it."""

from __future__ import annotations

from dataclasses import dataclass

from extractor.model import Span

_COMMAS = frozenset("，,：:；;。！？!?\n\t")
_ENDS = frozenset("。；;！？!?\n\t")
_PAIRS = {"）": "（", ")": "(", "”": "“", "》": "《", "」": "「", "』": "『", "】": "【", "〉": "〈", "’": "‘"}
_OPENING = {opening: closing for closing, opening in _PAIRS.items()}
_BRACKETS = frozenset("（(")
_REACH = 240  # characters looked at on either side; longer clauses name nothing that belongs to the number


@dataclass(frozen=True, slots=True)
class Clause:
    """The clause of a quantity: ``left`` and ``right`` are its edges, ``sentence`` the edges of its sentence.

    ``bracket`` is true where an opening bracket is its left edge.
    """

    left: int
    right: int
    sentence: Span
    bracket: bool


def clause(text: str, span: Span, floor: int, ceiling: int) -> Clause:
    """The clause about ``span``; brackets and quotation marks that close again are passed over whole."""
    left, bracket = _leftwards(text, span.start, max(floor, span.start - _REACH))
    right = _rightwards(text, span.end, min(ceiling, span.end + _REACH))
    return Clause(left, right, sentence(text, span, floor, ceiling), bracket)


def sentence(text: str, span: Span, floor: int, ceiling: int) -> Span:
    """The sentence about ``span``, by its marks alone."""
    start, end = span.start, span.end
    floor, ceiling = max(floor, start - 2 * _REACH), min(ceiling, end + 2 * _REACH)
    while start > floor and text[start - 1] not in _ENDS:
        start -= 1
    while end < ceiling and text[end] not in _ENDS:
        end += 1
    return Span(start, end)


def before(text: str, left: int, floor: int) -> Span | None:
    """The clause that ends at the comma before ``left``, nothing where a sentence begins there."""
    if left <= floor or text[left - 1] not in "，,：:":
        return None
    end = left - 1
    start, _ = _leftwards(text, end, max(floor, end - _REACH))
    return Span(start, end) if start < end else None


def is_quoted(text: str, span: Span, floor: int, longest: int = 24) -> bool:
    """True inside a quotation or a title of at most ``longest`` characters: a name or a slogan."""
    start = max(floor, span.start - longest)
    line = text.rfind("\n", start, span.start)
    start = max(start, line + 1)
    for closing, opening in (("”", "“"), ("》", "《"), ("」", "「"), ("〉", "〈"), ("〕", "〔")):
        opened = text.rfind(opening, start, span.start)
        if opened > text.rfind(closing, start, span.start):
            closed = text.find(closing, span.end, opened + longest + 2)
            if closed >= 0:
                return True
    opened = text.rfind('"', start, span.start)
    if opened >= 0 and '"' in text[span.end : opened + longest + 2]:
        line_start = text.rfind("\n", max(floor, span.start - 2000), span.start) + 1
        return text.count('"', line_start, span.start) % 2 == 1
    return False


def _leftwards(text: str, at: int, floor: int) -> tuple[int, bool]:
    while at > floor:
        sign = text[at - 1]
        if sign in _COMMAS and not _in_number(text, at - 1):
            return at, False
        if sign in _OPENING:
            if sign in _BRACKETS:
                return at, True
            at -= 1
            continue
        if sign in _PAIRS:
            opened = text.rfind(_PAIRS[sign], max(floor, at - 1 - 80), at - 1)
            if opened >= 0 and "\n" not in text[opened:at]:
                at = opened
                continue
        at -= 1
    return at, False


def _rightwards(text: str, at: int, ceiling: int) -> int:
    while at < ceiling:
        sign = text[at]
        if sign in _COMMAS and not _in_number(text, at):
            return at
        if sign in "）)":
            return at
        if sign in _OPENING:
            closed = text.find(_OPENING[sign], at + 1, min(ceiling, at + 81))
            if closed >= 0 and "\n" not in text[at:closed]:
                at = closed + 1
                continue
        at += 1
    return at


def _in_number(text: str, at: int) -> bool:
    """True for the comma of 5,236 and the colon of a clock time."""
    return text[at] in ",:：" and 0 < at < len(text) - 1 and text[at - 1].isdigit() and text[at + 1].isdigit()
