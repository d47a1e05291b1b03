"""Blanks (空格): indents of paragraphs, and spaces that justifying or typing put inside words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import regex

from extractor.lexicon import Lexicon
from extractor.model import Repair, Span
from extractor.normalise.lines import HAN
from extractor.normalise.phrases import known_phrases

_WIDE = r"\u00a0\u2000-\u200a\u202f\u205f\u3000"
_WIDE_SPACE = re.compile(f"[{_WIDE}]")
_INDENT = re.compile(
    rf"""
    ^ [ ]{{0,8}} [{_WIDE}] [ {_WIDE}]*       # 　　为深入贯彻
    (?! [ {_WIDE}\t] )
    """,
    re.VERBOSE | re.MULTILINE,
)
_TRAILING = re.compile(rf"(?<=[^ {_WIDE}\n\t])[ ]*[{_WIDE}][ {_WIDE}]*$", re.MULTILINE)
_MAY_TRAIL = re.compile(rf"[{_WIDE}] *(?:\n|\Z)")

_MEASURE = frozenset(
    "年月日号时分秒届条款项个名人家户亩吨元万亿米里处次件套座台辆批所村镇岁周天章节號個項條戶畝噸萬億倍%％"
)
#: What stands before a number that is typed with a space before it: 提高到 1500 元.
_BEFORE_NUMBER = frozenset("由从從自至到在达達为為过過于於超约約前近高")

_GAP = re.compile(rf"[ {_WIDE}][ {_WIDE}]{{0,5}}")
_HAN = re.compile(rf"[{HAN}]")
_LONGEST_PHRASE = 8
_LETTERS_BEFORE = re.compile(rf"[{HAN}]{{1,{_LONGEST_PHRASE}}}$")
_LETTERS_AFTER = regex.compile(rf"[{HAN}]{{1,{_LONGEST_PHRASE}}}")
_NUMBER_AND_MEASURE = regex.compile(r"\d{1,9}(?:\.\d{1,4})? ?[^\W\d_]|\d{1,9}(?:\.\d{1,4})? ?[%％]")
_WORD = regex.compile(rf"[{HAN}A-Za-z\d]")


@dataclass(frozen=True, slots=True)
class SpacedWord:
    """One row of ``spaced_words.csv``: a short word that typists spread over its line (附  件, 总  则)."""

    word: str


def indents(text: str, lexicon: Lexicon) -> Iterator[Repair]:
    """Ideographic and other wide spaces at the start and the end of a line."""
    if _WIDE_SPACE.search(text) is None:  # either holds one, and many texts hold none
        return
    for m in _INDENT.finditer(text):
        yield Repair(Span(*m.span()), "", "indent")
    for m in _TRAILING.finditer(text) if _MAY_TRAIL.search(text) else ():
        yield Repair(Span(*m.span()), "", "indent")


def inner_spaces(text: str, lexicon: Lexicon) -> Iterator[Repair]:
    """Spaces inside words and inside numbers with their measure: 关 于 做 好, 附　件, 实施方 案, 2018 年 4 月.

    A single space between two words stays: it stands for something (党旗领航 清洁家园).
    """
    between_han: list[tuple[int, int]] = []
    found: list[Repair] = []
    for m in _GAP.finditer(text):
        start, end = m.span()
        if start == 0 or end == len(text):
            continue
        left, right = text[start - 1], text[end]
        if _in_number(text, left, right, end) and end - start <= 2:
            found.append(Repair(Span(start, end), "", "inner_space"))
        elif _HAN.match(left) and _HAN.match(right):
            between_han.append((start, end))
    spread = list(_spread_words(text, between_han, lexicon))
    taken = {repair.span.start for repair in spread}
    found += spread
    if len(between_han) > len(taken):
        phrases = lexicon.derived("normalise.phrases", known_phrases)
        found += (
            Repair(Span(start, end), "", "inner_space")
            for start, end in between_han
            if start not in taken and end - start <= 2 and _inside_phrase(text, start, end, phrases)
        )
    found.sort(key=lambda repair: repair.span.start)
    yield from found


def _inside_phrase(text: str, start: int, end: int, phrases: frozenset[str]) -> bool:
    """True where a well-known phrase of four letters and more runs across the space: 实施方 案."""
    left = _LETTERS_BEFORE.search(text, max(0, start - _LONGEST_PHRASE), start)
    right = _LETTERS_AFTER.match(text, end, end + _LONGEST_PHRASE)
    if left is None or right is None:
        return False
    before, after = left[0], right[0]
    return any(
        before[-a:] + after[:b] in phrases
        for a in range(1, len(before) + 1)
        for b in range(1, len(after) + 1)
        if 4 <= a + b <= _LONGEST_PHRASE
    )


def _in_number(text: str, left: str, right: str, end: int) -> bool:
    if left.isdigit():
        return right in _MEASURE
    if not right.isdigit():
        return False
    if left in "年月〕﹞" or left in _BEFORE_NUMBER:
        found = _NUMBER_AND_MEASURE.match(text, end)
        return found is not None and found[0][-1] in (_MEASURE if left in _BEFORE_NUMBER else "月日号號")
    return False


def _spread_words(text: str, gaps: list[tuple[int, int]], lexicon: Lexicon) -> Iterator[Repair]:
    """关 于 印 发: four letters and more that stand alone, or a short word that headings spread out (附　件)."""
    words = lexicon.derived("normalise.spaced_words", _spaced_words)
    k = 0
    while k < len(gaps):
        last = k
        while last + 1 < len(gaps) and gaps[last + 1][0] == gaps[last][1] + 1:
            last += 1
        run = gaps[k : last + 1]
        k = last + 1
        first, end = run[0][0] - 1, run[-1][1] + 1
        if (first and _WORD.match(text[first - 1])) or (end < len(text) and _WORD.match(text[end])):
            continue
        letters = "".join(text[a - 1] for a, _ in run) + text[end - 1]
        if len(run) >= 3 or letters in words:
            for a, b in run:
                yield Repair(Span(a, b), "", "inner_space")


def _spaced_words(lexicon: Lexicon) -> frozenset[str]:
    return frozenset(row.word for row in lexicon.rows("spaced_words", SpacedWord))
