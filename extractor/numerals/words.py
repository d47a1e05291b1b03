"""The words that stand about a number, from the dictionaries, as compiled patterns.

``measure_words.csv`` holds what follows a number, ``comparators.csv`` what bounds it, ``number_phrases.csv`` what is a number
without digits (全覆盖, 翻一番), ``not_numbers.csv`` what only holds the sign of one (统一, 三农), ``not_measure_words.csv`` what only
begins like a measure word (部门).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from extractor.lexicon import Lexicon


@dataclass(frozen=True, slots=True)
class MeasureWord:
    """A row of ``measure_words.csv``; ``canonical`` is the usual form where ``word`` is a variant."""

    word: str
    kind: str
    source: str
    canonical: str = ""


@dataclass(frozen=True, slots=True)
class Comparator:
    """A row of ``comparators.csv``; ``place`` is before or after the number.

    ``not_after`` holds the signs that make another word of it (节约, 签约 of 约).
    """

    word: str
    place: str
    operator: str
    source: str
    not_after: str = ""


@dataclass(frozen=True, slots=True)
class NumberPhrase:
    """A row of ``number_phrases.csv``; the kind ``ignore`` names a phrase that is no number after all."""

    word: str
    kind: str
    low: str
    source: str
    unit: str = ""
    change: str = ""


@dataclass(frozen=True, slots=True)
class NotANumber:
    """A row of ``not_numbers.csv`` (统一) or of ``not_measure_words.csv`` (部门, which 3部门 holds no 部 of)."""

    word: str
    source: str


@dataclass(frozen=True)
class NumberWords:
    """The dictionaries of numbers, ready for matching."""

    units: dict[str, MeasureWord]
    unit: re.Pattern[str]
    unit_starts: frozenset[str]  # the signs that a measure word can begin with
    before: re.Pattern[str]
    before_ends: frozenset[
        str
    ]  # the last two signs that a bound before a number can have, or its only one, blanks aside
    after: re.Pattern[str]
    after_starts: frozenset[str]  # the signs that a bound behind a number can begin with, blanks aside
    operators_before: dict[str, str]
    operators_after: dict[str, str]
    phrases: dict[str, NumberPhrase]
    phrase: re.Pattern[str]
    never: re.Pattern[str]
    never_pairs: frozenset[str]  # the neighbouring signs of its words
    not_units: re.Pattern[str]


_AFTER_OPENINGS = ("（", "(", "及", "或")  # （含）以上, 及以上
_AFTER_BOUND = ("了", "有", "为", "在", "达到", "达", "过")


def alternation(words: Iterable[str]) -> str:
    """The words as one alternation, the longest first."""
    return "|".join(re.escape(w) for w in sorted(set(words), key=lambda w: (-len(w), w)))


def _guarded(comparators: Iterable[Comparator]) -> str:
    """Looks ahead over each word that another word may hold: (?!约)|(?<![节签])(?=约)."""
    guarded = [row for row in comparators if row.place == "before" and row.not_after]
    free = "".join(rf"(?!{re.escape(row.word)})" for row in guarded)
    held = "".join(rf"|(?<![{re.escape(row.not_after)}])(?={re.escape(row.word)})" for row in guarded)
    return free + held


def number_words(lexicon: Lexicon) -> NumberWords:
    """The number words of ``lexicon``, compiled once."""
    return lexicon.derived("numerals.words", _build)


def _build(lexicon: Lexicon) -> NumberWords:
    measures = lexicon.rows("measure_words", MeasureWord)
    comparators = lexicon.rows("comparators", Comparator)
    phrases = {row.word: row for row in reversed(lexicon.rows("number_phrases", NumberPhrase))}
    before = {row.word: row.operator for row in reversed(comparators) if row.place == "before"}
    after = {row.word: row.operator for row in reversed(comparators) if row.place == "after"}
    never = [row.word for row in lexicon.rows("not_numbers", NotANumber)]
    latin = [row.word for row in measures if row.word[-1].isascii() and row.word[-1].isalpha()]
    other = [row.word for row in measures if not (row.word[-1].isascii() and row.word[-1].isalpha())]
    return NumberWords(
        units={row.word: row for row in reversed(measures)},
        unit=re.compile(rf"(?:{alternation(other)}|(?:{alternation(latin)})(?![A-Za-z0-9]))"),
        unit_starts=frozenset(row.word[0] for row in measures),
        # 不少于有, 超过了, 至少达到: a small word may part the bound from its number
        before=re.compile(
            rf"(?:{_guarded(comparators)})(?P<word>{alternation(before)})(?:{'|'.join(_AFTER_BOUND)})?\s?$"
        ),
        before_ends=frozenset((word + small)[-2:] for word in before for small in ("", *_AFTER_BOUND)),
        # （含）以上, 及其以上
        after=re.compile(
            rf"\s?(?:[（(]含[）)])?(?:及其|及|或)?(?P<word>{alternation(after)})(?:[（(]含[^（()）]{{0,6}}[）)])?"
        ),
        after_starts=frozenset((*_AFTER_OPENINGS, *(word[0] for word in after))),
        operators_before=before,
        operators_after=after,
        phrases=phrases,
        phrase=re.compile(alternation(phrases)),
        never=re.compile(alternation(never)),
        never_pairs=frozenset(word[k : k + 2] for word in never for k in range(len(word) - 1)),
        not_units=re.compile(alternation(row.word for row in lexicon.rows("not_measure_words", NotANumber))),
    )
