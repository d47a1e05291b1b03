"""Where a quantity stands (小句): the edges of its clause and sentence, quotation marks and brackets about it."""

from __future__ import annotations

import re

import regex

from extractor.model import Span
from extractor.records import record

_COMMAS = frozenset("，,：:；;。！？!?\n\t")
_IN_NUMBERS = frozenset(",:：")  # those of them that a number can hold
_PAIRS = {"）": "（", ")": "(", "”": "“", "》": "《", "」": "「", "』": "『", "】": "【", "〉": "〈", "’": "‘"}
_OPENING = {opening: closing for closing, opening in _PAIRS.items()}
_BRACKETS = frozenset("（(")
_QUOTES = (("”", "“"), ("》", "《"), ("」", "「"), ("〉", "〈"), ("〕", "〔"))
_QUOTING = re.compile(r"[“《「〈〔\"]")
_MARKS = "，,：:；;。！？!?\\n\\t" + "".join(_PAIRS) + "".join(_PAIRS.values()) + "()"
_MARK_BEFORE = regex.compile(rf"(?r)[{_MARKS}]")  # (?r) searches backwards from the end
_MARK_AFTER = re.compile(rf"[{_MARKS}]")
_END_BEFORE = regex.compile(r"(?r)[。；;！？!?\n\t]")
_END_AFTER = re.compile(r"[。；;！？!?\n\t]")
# 一、主要目标 1.生产总值增长7%: the copy lost its line ends
_ITEM_BEFORE = regex.compile(
    r"(?r)[ ](?:\d{1,2}[.、](?!\d)|（[一二三四五六七八九十]{1,3}）|[一二三四五六七八九十]{1,3}、)"
)
_PAIR_REACH = 80  # characters within which a bracket or a quotation must close to be passed over
_REACH = 160  # characters looked at on either side; longer clauses name nothing that belongs to the number


@record(frozen=True, slots=True)
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
    whole = sentence(text, span, floor, ceiling)
    if " " in text[left : span.start] and (item := _ITEM_BEFORE.search(text, left, span.start)) is not None:
        left, whole, bracket = item.end(), Span(max(whole.start, item.end()), whole.end), False
    return Clause(left, right, whole, bracket)


def sentence(text: str, span: Span, floor: int, ceiling: int) -> Span:
    """The sentence about ``span``, by its marks alone."""
    floor, ceiling = max(floor, span.start - 2 * _REACH), min(ceiling, span.end + 2 * _REACH)
    opened, closed = _END_BEFORE.search(text, floor, span.start), _END_AFTER.search(text, span.end, ceiling)
    start = opened.end() if opened is not None else floor
    end = closed.start() if closed is not None else ceiling
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
    start = max(start, text.rfind("\n", start, span.start) + 1)
    if _QUOTING.search(text, start, span.start) is None:
        return False
    for closing, opening in _QUOTES:
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
    while (mark := _MARK_BEFORE.search(text, floor, at)) is not None:
        sign, at = mark[0], mark.start()
        if sign in _COMMAS:
            if sign not in _IN_NUMBERS or not _in_number(text, at):
                return at + 1, False
        elif sign in _BRACKETS:
            return at + 1, True
        elif sign in _PAIRS:
            opened = text.rfind(_PAIRS[sign], max(floor, at - _PAIR_REACH), at)
            if opened >= 0 and "\n" not in text[opened:at]:
                at = opened
    return floor, False


def _rightwards(text: str, at: int, ceiling: int) -> int:
    while (mark := _MARK_AFTER.search(text, at, ceiling)) is not None:
        sign, at = mark[0], mark.end()
        if sign in _COMMAS:
            if sign not in _IN_NUMBERS or not _in_number(text, mark.start()):
                return mark.start()
        elif sign in "）)":
            return mark.start()
        elif sign in _OPENING:
            closed = text.find(_OPENING[sign], at, min(ceiling, at + _PAIR_REACH))
            if closed >= 0 and "\n" not in text[at:closed]:
                at = closed + 1
    return ceiling


def _in_number(text: str, at: int) -> bool:
    """True for a comma or colon between digits: that of 5,236 and of a clock time."""
    return 0 < at < len(text) - 1 and text[at - 1].isdigit() and text[at + 1].isdigit()
