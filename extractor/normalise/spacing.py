"""Blanks (空格): indents of paragraphs, and spaces that justifying or typing put inside words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from extractor.lexicon import Lexicon
from extractor.model import Repair, Span
from extractor.normalise.lines import HAN

_WIDE = r"\u00a0\u2000-\u200a\u202f\u205f\u3000"
_INDENT = regex.compile(
    rf"""
    ^ [ ]{{0,8}} [{_WIDE}] [ {_WIDE}]*       # 　　为深入贯彻
    (?! [ {_WIDE}\t] )
    """,
    regex.VERBOSE | regex.MULTILINE,
)
_TRAILING = regex.compile(rf"(?<=[^ {_WIDE}\n\t])[ ]*[{_WIDE}][ {_WIDE}]*$", regex.MULTILINE)

_MEASURE = "年月日号时分秒届条款项个名人家户亩吨元万亿米里处次件套座台辆批所村镇岁周天章節节號個項條戶畝噸萬億倍"
_IN_NUMBER = regex.compile(
    rf"""
    (?<= \d ) (?: [ ]{{1,2}} | [\u00a0\u2005\u2009\u202f] ) (?= [{_MEASURE}%％] )                    # 2018 年 / 4 号 / 70 %
    | (?<= [年月〕﹞] ) (?: [ ]{{1,2}} | [\u00a0\u2005\u2009\u202f] ) (?= \d{{1,4}} \s? [月日号號] )    # 年 4 月 / 〔2018〕 4 号
    | (?<= [至到在达達为為过過于於超约約前近提高] ) [ \u00a0] (?= \d+ (?: \.\d+ )? \s? [{_MEASURE}%％] ) # 提高到 1500 元
    """,
    regex.VERBOSE,
)

_SPACED = regex.compile(
    rf"""
    (?<! [{HAN}A-Za-z\d] )
    [{HAN}] (?: [ {_WIDE}]{{1,6}} [{HAN}] ){{1,60}}           # 关 于 印 发 …… 的 通 知
    (?! [{HAN}A-Za-z\d] )
    """,
    regex.VERBOSE,
)
_GAP = regex.compile(rf"(?<=[{HAN}])[ {_WIDE}]{{1,6}}(?=[{HAN}])")


@dataclass(frozen=True, slots=True)
class SpacedWord:
    """One row of ``spaced_words.csv``: a short word that typists spread over its line (附  件, 总  则)."""

    word: str


def indents(text: str, lexicon: Lexicon) -> Iterator[Repair]:
    """Ideographic and other wide spaces at the start and the end of a line."""
    for m in _INDENT.finditer(text):
        yield Repair(Span(*m.span()), "", "indent")
    for m in _TRAILING.finditer(text):
        yield Repair(Span(*m.span()), "", "indent")


def inner_spaces(text: str, lexicon: Lexicon) -> Iterator[Repair]:
    """Spaces inside words and inside numbers with their measure: 关 于 做 好, 附　件, 2018 年 4 月.

    A single space between two words stays: it stands for something (党旗领航 清洁家园).
    """
    words = lexicon.derived("normalise.spaced_words", _spaced_words)
    found = [Repair(Span(*m.span()), "", "inner_space") for m in _IN_NUMBER.finditer(text)]
    for run in _SPACED.finditer(text):
        gaps = list(_GAP.finditer(text, *run.span()))
        letters = _GAP.sub("", run[0])
        if len(gaps) < 3 and letters not in words:
            continue
        found += [Repair(Span(*gap.span()), "", "inner_space") for gap in gaps]
    found.sort()
    yield from found


def _spaced_words(lexicon: Lexicon) -> frozenset[str]:
    return frozenset(row.word for row in lexicon.rows("spaced_words", SpacedWord))
