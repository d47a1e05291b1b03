"""Readings (拼音): which toned syllables a character has, Taiwan's among them (績 jī); read from ``pinyin_readings.csv``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from extractor.lexicon import Lexicon


@dataclass(frozen=True, slots=True)
class SyllableRow:
    """One row of ``pinyin_readings.csv``: a syllable with its tone mark and the characters that have it."""

    reading: str
    characters: str


def readings(lexicon: Lexicon) -> Mapping[str, frozenset[str]]:
    """The characters of each syllable."""
    return lexicon.derived("normalise.readings", _readings)


def _readings(lexicon: Lexicon) -> dict[str, frozenset[str]]:
    out: dict[str, set[str]] = {}
    for row in lexicon.rows("pinyin_readings", SyllableRow):
        out.setdefault(row.reading, set()).update(row.characters)
    return {reading: frozenset(characters) for reading, characters in out.items()}
