"""How likely a run of Chinese is (语言模型): words by frequency, pairs of characters, and what the page itself says.

It judges candidates for a damaged run against each other, nothing more. Scores are natural logarithms; the numbers
beside the marks are how often they stand in ten million words of notices.
"""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache, partial

import regex

from extractor import words
from extractor.lexicon import Lexicon
from extractor.normalise.phrases import parts_of_phrases

_HAN_RUN = regex.compile(r"[\u4e00-\u9fff]{2,}")

#: The real weight of marks, or 浚縣 beats 。縣.
_MARKS = {
    "，": 2_500_000,
    "、": 1_100_000,
    "。": 900_000,
    "；": 260_000,
    "：": 200_000,
    "“": 250_000,
    "”": 250_000,
    '"': 50_000,
}
_OTHER_MARK, _RARE_MARK, _ASCII, _LOST, _UNKNOWN_HAN, _ELSE = 80_000, 4_000, 3_000, 100, 0.3, 0.0005
_SIGNS = "〔〕【】×·～"
_CHARACTERS = 1e8  # that the frequencies were counted in
_LONGEST = 8
_PAGE_WORD = 300
_PHRASE_WORD = 900
PAIRS = 0.3

LOST = "□"


@lru_cache(maxsize=1)
def _dictionary_pairs() -> tuple[Counter[str], Counter[str]]:
    """How often each character and each pair of neighbours stands in jieba's words."""
    single: dict[str, int] = {}
    double: dict[str, int] = {}
    for word, count in words.frequencies().items():
        if count <= 0:
            continue
        before = ""
        for character in word:
            single[character] = single.get(character, 0) + count
            if before:
                pair = before + character
                double[pair] = double.get(pair, 0) + count
            before = character
    return Counter(single), Counter(double)


class Language:
    """What this page and the dictionary say about neighbours. Texts are simplified."""

    def __init__(self, runs: Iterable[str], lexicon: Lexicon) -> None:
        self._words = words.frequencies()
        self._log_total = math.log(words.total())
        self._single, self._double = _dictionary_pairs()
        self._all = sum(self._single.values())
        self._page: Counter[str] = Counter()
        self._page_double: Counter[str] = Counter()
        self._page_single: Counter[str] = Counter()
        self._phrases = lexicon.derived("normalise.phrase_parts", partial(parts_of_phrases, _LONGEST))
        self._pairs: dict[tuple[str, str], float] = {}
        self._weights: dict[str, float] = {}
        self._straight = 0.0
        self._page_size = 0
        self.learn(runs)

    def learn(self, runs: Iterable[str]) -> None:
        """Counts the words of sound text."""
        for run in runs:
            self._page_single.update(run)
            self._page_size += len(run)
            for part in _HAN_RUN.findall(run):
                for n in (2, 3, 4, 5):
                    for k in range(len(part) - n + 1):
                        self._page[part[k : k + n]] += 1
            for a, b in itertools.pairwise(run):
                self._page_double[a + b] += 1
        self._pairs.clear()
        self._weights.clear()

    def straight_quotes(self, share: float) -> None:
        """Says how large a share of the page's characters straight quotation marks are."""
        self._straight = share

    def common(self, character: str) -> bool:
        """True for a character that running text has."""
        return self._single[character] >= 300 or character in self._page_single or character in _MARKS

    def pair(self, a: str, b: str) -> float:
        """The weight of ``b`` after ``a``."""
        key = (a, b)
        if key not in self._pairs:
            self._pairs[key] = self._pair(a, b)
        return self._pairs[key]

    def _pair(self, a: str, b: str) -> float:
        page = 200
        alone = (self._single[b] + page * self._page_single[b] + 0.5) / (self._all + 1e4)
        if not "\u4e00" <= b <= "\u9fff":
            alone = self._mark_share(b)
        seen = self._single[a] + page * self._page_single[a]
        trust = seen / (seen + 2000.0)
        together = self._double[a + b] + page * self._page_double[a + b]
        return math.log(trust * together / (seen + 1) + (1 - 0.7 * trust) * alone)

    def _mark_share(self, character: str) -> float:
        """How large a share of a text's characters a mark is: as in notices, or as on this page."""
        if character == '"':
            return max(1e-4, self._straight)
        if character in _SIGNS:
            return max(1e-5, self._page_single[character] / (self._page_size + 1))
        if character in "！？" or character == LOST:
            return 1e-3
        if character in "，。、；：“”（）《》":
            return 1e-2
        return 1e-4 if character.isascii() else 1e-9

    def run(self, text: str) -> float:
        """The weight of a whole run: its best cut into words, and its pairs beside."""
        size = len(text)
        best = [0.0] + [-1e18] * size
        for end in range(1, size + 1):
            for start in range(max(0, end - _LONGEST), end):
                weight = self._weight(text[start:end])
                if weight is not None and best[start] + weight > best[end]:
                    best[end] = best[start] + weight
        return best[size] + PAIRS * sum(self.pair(a, b) for a, b in itertools.pairwise(text))

    def _weight(self, word: str) -> float | None:
        known = self._weights.get(word)
        if known is None:
            known = self._weights[word] = self._word_weight(word)
        return known if known > -1e17 else None

    def _word_weight(self, word: str) -> float:
        count: float = self._words.get(word, 0)
        if len(word) > 1:
            count += _PAGE_WORD * self._page[word] + (_PHRASE_WORD if word in self._phrases else 0)
            if count <= 0:
                return -1e18
        elif word == '"':
            count = max(_LOST, self._straight * _CHARACTERS)
        elif count <= 0 or word in _MARKS:
            count = _single_weight(word)
            if word in _SIGNS:
                count += _PAGE_WORD * self._page_single[word]
        return math.log(count) - self._log_total


def _single_weight(character: str) -> float:
    if character in _MARKS:
        return _MARKS[character]
    if character in "（）《》‘’—…":
        return _OTHER_MARK
    if character in "！？":
        return _RARE_MARK
    if character == LOST:
        return _LOST
    if character.isascii() or character in _SIGNS:
        return _ASCII
    return _UNKNOWN_HAN if "\u4e00" <= character <= "\u9fff" else _ELSE
