"""Pairs of bytes (双字节): what GBK's two bytes mean, for undoing damage that was done to bytes.

A *lead* byte is 0x81–0xFE, a *trail* byte 0x40–0xFE without 0x7F. A pair that GBK does not define vanished when the
damaged page was decoded; so did the ideographic space.
"""

from __future__ import annotations

from functools import lru_cache

LEADS = range(0x81, 0xFF)
#: Bytes that a decoder takes for a lead byte, and that vanish into ``?`` with the ASCII byte behind them.
SWALLOWED = range(0x80, 0xFF)
TRAILS = tuple(b for b in range(0x40, 0xFF) if b != 0x7F)

#: Half-width marks as damaged pages show them stand for A3xx pairs: they were full width when the bytes were cut.
HALF = {mark: (0xA3, 0x80 | ord(mark)) for mark in ",;:!?()"}
WIDE = {",": "，", ";": "；", ":": "：", "!": "！", "?": "？", "(": "（", ")": "）"}


@lru_cache(maxsize=1)
def _table() -> tuple[dict[tuple[int, int], str], dict[str, tuple[int, int]]]:
    characters: dict[tuple[int, int], str] = {}
    pairs: dict[str, tuple[int, int]] = {}
    for lead in LEADS:
        for trail in TRAILS:
            try:
                character = bytes((lead, trail)).decode("gbk")
            except UnicodeDecodeError:
                continue
            if len(character) == 1 and character != "\u3000":
                characters[lead, trail] = character
                pairs.setdefault(character, (lead, trail))
    return characters, pairs


def character(lead: int, trail: int) -> str | None:
    """The character of a pair of bytes, nothing where GBK has none."""
    return _table()[0].get((lead, trail))


def pair(character: str) -> tuple[int, int] | None:
    """The two bytes of a character, the half-width marks of a damaged page by their full-width bytes."""
    return HALF.get(character) or _table()[1].get(character)


@lru_cache(maxsize=1)
def vanishing() -> dict[int, tuple[int, ...]]:
    """For each first byte the second bytes ≥ 0x81 with which it vanishes."""
    known = _table()[0]
    out: dict[int, list[int]] = {}
    for first in LEADS:
        for second in LEADS:
            if (first, second) not in known:
                out.setdefault(first, []).append(second)
    return {first: tuple(seconds) for first, seconds in out.items()}
