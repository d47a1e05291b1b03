"""Characters that are no text (不可见字符) and characters that only look like text (形近字符).

Fonts of PDF files map glyphs to radicals (⼈ for 人), kanbun marks (㆒ for 一) and compatibility ideographs (金 for 金);
editors leave byte-order marks, zero-width characters and soft hyphens inside words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import unescape

import regex

from extractor.lexicon import Lexicon
from extractor.model import Repair, Span

_LINE_ENDS = r"\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029"
_LINE_END = re.compile(rf"\r\n|[{_LINE_ENDS}]")
#: Control characters (NUL among them), soft hyphen, byte-order mark, zero width and direction marks, interlinear
#: anchors, variation selectors, lone surrogates.
_NO_WIDTH_IN_FIRST_PLANE = (
    r"\x00-\x08\x0e-\x1b\x1f\x7f\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb"
    r"\ud800-\udfff"
)
_NO_WIDTH = rf"{_NO_WIDTH_IN_FIRST_PLANE}\U000e0100-\U000e01ef"
_INVISIBLE = re.compile(f"[{_NO_WIDTH}]+")
_LIKE_IN_FIRST_PLANE = r"\u2e80-\u2fdf\u3192-\u319f\uf900-\ufaff"
_LIKE = rf"{_LIKE_IN_FIRST_PLANE}\U0002f800-\U0002fa1f"
# whatever stands behind the first plane counts as one range: each range there is asked for every character
_ODD = re.compile(f"[{_LINE_ENDS}{_NO_WIDTH_IN_FIRST_PLANE}{_LIKE_IN_FIRST_PLANE}\U00010000-\U0010ffff]")
_LOOKALIKE = re.compile(f"[{_LIKE}][{_LIKE}]*")  # with + it would be tried at each character
_ENTITY = regex.compile(
    r"&(?:amp;)?(?:nbsp|ensp|emsp|ldquo|rdquo|lsquo|rsquo|mdash|ndash|middot|hellip|quot|lt|gt|\#\d{2,5});"
)


@dataclass(frozen=True, slots=True)
class Lookalike:
    """One row of ``lookalikes.csv``: a character that only looks like ``meant``."""

    character: str
    meant: str


@lru_cache(maxsize=1)
def _first_odd(text: str) -> int | None:
    """Where the first character stands that is no text or only looks like it: one look for all, most texts hold none."""
    first = _ODD.search(text)
    return None if first is None else first.start()


def controls(text: str, lexicon: Lexicon) -> Iterator[Repair]:
    r"""``\r\n`` and every other line end is ``\n``; what has no width goes: U+FEFF, U+200B, soft hyphens, NUL."""
    first = _first_odd(text)
    if first is None:
        return
    for found in _LINE_END.finditer(text, first):
        yield Repair(Span(*found.span()), "\n", "line_end")
    for found in _INVISIBLE.finditer(text, first):
        yield Repair(Span(*found.span()), "", "invisible")


def entities(text: str, lexicon: Lexicon) -> Iterator[Repair]:
    """``&ldquo;`` left over from a web page is “."""
    for found in _ENTITY.finditer(text):
        meant = unescape(found[0].replace("&amp;", "&"))
        if (len(meant) == 1 and meant.isprintable()) or meant == "\u00a0":
            yield Repair(Span(*found.span()), " " if meant == "\u00a0" else meant, "entity")


def lookalikes(text: str, lexicon: Lexicon) -> Iterator[Repair]:
    """⼈民 is 人民: radicals, kanbun marks and compatibility ideographs are the characters that they show."""
    first = _first_odd(text)
    if first is None:
        return
    table = lexicon.derived("normalise.lookalikes", _lookalikes)
    for found in _LOOKALIKE.finditer(text, first):
        meant = "".join(table.get(c, c) for c in found[0])
        if meant != found[0]:
            yield Repair(Span(*found.span()), meant, "lookalike")


def _lookalikes(lexicon: Lexicon) -> dict[str, str]:
    table: dict[str, str] = {}
    for first, last in ((0x2F00, 0x2FD5), (0x3192, 0x319F), (0xF900, 0xFAD9), (0x2F800, 0x2FA1D)):
        for code in range(first, last + 1):
            meant = unicodedata.normalize("NFKC", chr(code))
            if len(meant) == 1 and meant != chr(code):
                table[chr(code)] = meant
    for row in lexicon.rows("lookalikes", Lookalike):
        table[row.character] = row.meant
    return table
