"""Phrases (常用词组) of notices, read from ``policy_phrases.csv``: for mending what cut them apart."""

from __future__ import annotations

from dataclasses import dataclass

from extractor.lexicon import Lexicon


@dataclass(frozen=True, slots=True)
class Phrase:
    """One row of ``policy_phrases.csv``: words that notices put side by side."""

    phrase: str


def known_phrases(lexicon: Lexicon) -> frozenset[str]:
    """The phrases as they stand in the dictionary."""
    return frozenset(row.phrase for row in lexicon.rows("policy_phrases", Phrase))


def parts_of_phrases(longest: int, lexicon: Lexicon) -> frozenset[str]:
    """All parts of two letters and more of the phrases: a phrase is evidence for its halves too."""
    out: set[str] = set()
    for phrase in known_phrases(lexicon):
        for n in range(2, min(longest, len(phrase)) + 1):
            out.update(phrase[k : k + n] for k in range(len(phrase) - n + 1))
    return frozenset(out)
