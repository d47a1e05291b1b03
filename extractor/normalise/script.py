"""Script (繁简): the only door to OpenCC.

``t2s`` keeps one character for one (its tables hold no entry whose length changes), so simplified text has the offsets
of what it was made from. 著 becomes 着 where it is the particle: OpenCC leaves that to the reader.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

import regex

#: A single call is kept to this many characters, so that one surprising character costs one block only.
_BLOCK = 1 << 20

#: 著 as a word of its own or within one: 显著, 著名, 名著 … Everywhere else it is 着 (围绕着, 着力, 沿着).
_PARTICLE = regex.compile(
    r"""
    (?<! [显卓昭土名编论原专巨遗译撰合拙新旧见所知] )   # 成效显著 / 遗著 / 见微知著
    著
    (?! [名作称述书者录文] | 有《 )                      # 著名 / 著作权 / 著有《…》
    """,
    regex.VERBOSE,
)


@lru_cache(maxsize=1)
def _converter() -> Any:
    import opencc

    return opencc.OpenCC("t2s")


def simplified(text: str) -> str:
    """``text`` in simplified script, one character for one.

    NUL and lone surrogates are handed on as they are (OpenCC stops at the first and refuses the second).
    """
    if text.isascii() or _is_simplified(text):
        return text
    return "".join(_simplified_block(text[at : at + _BLOCK]) for at in range(0, len(text), _BLOCK))


#: Characters of GB/T 2312 that are traditional forms as well, and common marks that it lacks.
_OF_BOTH = re.compile("[乾吒夥後徵拚捱摺於榘菸薹袷醣麴麽]")
_ITS_MARKS_ASIDE = "—–•·〇\u00a0\u2003"


def _is_simplified(text: str) -> bool:
    """True where every character is of GB/T 2312, the set of simplified script: this is found out at a third of the cost,
    and OpenCC takes words of such a text for traditional ones (破坏土壤 becomes 破坯土壤)."""
    for mark in _ITS_MARKS_ASIDE:
        text = text.replace(mark, " ")
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return _OF_BOTH.search(text) is None


#: Common characters of traditional script: a page in it holds one of them.
_TRADITIONAL = re.compile("[這們為於與應會國區鎮鄉縣辦處單責條員設實關頁載檔後過發時間]")


def for_words(text: str) -> str:
    """``text`` for patterns made of words, in simplified script and with the same offsets; itself where nothing in it is
    traditional, which is found out at a tenth of the cost."""
    return simplified(text) if _TRADITIONAL.search(text) else text


def _simplified_block(text: str) -> str:
    try:
        out: str = _converter().convert(text)
    except (UnicodeError, ValueError, RuntimeError):
        out = ""
    if len(out) != len(text):
        # A hostile character in the block: one by one, what does not come out as one character stays.
        out = "".join(map(_simplified_character, text))
    if out != text and "著" in out:
        out = _PARTICLE.sub("着", out)
    return out


@lru_cache(maxsize=1 << 15)
def _simplified_character(character: str) -> str:
    if character == "\x00" or "\ud800" <= character <= "\udfff":
        return character
    out: str = _converter().convert(character)
    return out if len(out) == 1 else character


@lru_cache(maxsize=1)
def _traditional_converter() -> Any:
    import opencc

    return opencc.OpenCC("s2t")


@lru_cache(maxsize=1 << 15)
def traditional_character(character: str) -> str:
    """The usual traditional form of one character (後 is not told from 后 without its word)."""
    out: str = _traditional_converter().convert(character)
    return out if len(out) == 1 else character
