"""Pinyin-annotated copies (加注拼音的转载): 進(jìn)行, 計(jì)劃.

An annotation is taken out only where it is a right reading of the character before it, and only on a page that is full
of them: 重(chóng)庆 in an ordinary text stays, and so do (app), (pm) and (a).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import regex

from extractor.lexicon import Lexicon
from extractor.model import Span
from extractor.normalise.lines import HAN
from extractor.normalise.readings import readings
from extractor.normalise.script import simplified

TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
SYLLABLE = rf"[a-zü{TONED}]{{1,6}}"

_TONED = regex.compile(rf"\([a-zü]{{0,5}}[{TONED}]")
_ANNOTATED = regex.compile(rf"(?P<character>[{HAN}@-~])\((?P<reading>{SYLLABLE})\)")
_HAN = regex.compile(rf"[{HAN}]")

#: A page is an annotated one from this many right annotations on, and one to so many Han characters. A list of places
#: with rare names (鄞(yín)州、婺(wù)城) has a few as well: what sites annotate is mostly traditional, or comes again.
_ENOUGH, _MANY, _RARE = 5, 10, 120


@dataclass(frozen=True, slots=True)
class Annotation:
    """``(jìn)`` after a character; ``cut`` where that is an ASCII letter, the trail byte of a character cut in two."""

    span: Span
    character: str
    reading: str

    @property
    def cut(self) -> bool:
        """True where the character before it is what is left of one."""
        return self.character.isascii()


def find_annotations(text: str, lexicon: Lexicon) -> tuple[Annotation, ...]:
    """The annotations of an annotated page, in order; none on any other page."""
    if _TONED.search(text) is None:
        return ()
    known = readings(lexicon)
    nobody: frozenset[str] = frozenset()
    found: list[Annotation] = []
    right = wrong = 0
    for m in _ANNOTATED.finditer(text):
        character, reading = m["character"], m["reading"]
        annotation = Annotation(Span(m.start("reading") - 1, m.end()), character, reading)
        if character.isascii():
            # 黄^為(wèi): only a toned syllable follows a cut character; f(x) and GB(a) do not
            if reading in known and not reading.isascii():
                found.append(annotation)
        elif character in known.get(reading, nobody):
            right += not reading.isascii()
            found.append(annotation)
        else:
            wrong += 1
    if right < _ENOUGH or right * _RARE < len(_HAN.findall(text)) or wrong > right:
        return ()
    whole = Counter(a.character for a in found if not a.cut)
    traditional = sum(simplified(c) != c for c in whole) * 2 >= len(whole)
    again = right >= _MANY and len(whole) < right
    return tuple(found) if traditional or again else ()


def annotated_characters(text: str, found: tuple[Annotation, ...]) -> dict[str, str]:
    """The characters that the page annotates wherever they stand whole, with their reading there."""
    counted = Counter(a.character for a in found if not a.cut)
    reading = {a.character: a.reading for a in found if not a.cut}
    everywhere = Counter(text)
    return {c: reading[c] for c, n in counted.items() if n >= 0.9 * everywhere[c]}
