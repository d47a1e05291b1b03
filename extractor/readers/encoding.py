"""Bytes to text (编码): by byte-order mark, by strict UTF-8, by content. A guess is always owned up to.

GB18030 and Big5 overlap almost wholly: what decides is that each puts its common characters and its punctuation into
rows of its own. GB 2312 has its 3,755 everyday characters in the lead bytes B0–D7, Big5 its 5,401 in A4–C6; a text read
with the wrong one of the two falls outside them.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from dataclasses import dataclass

from extractor.model import Problem, Span

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (b"\x84\x31\x95\x33", "gb18030"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
SAMPLE = 200_000
"""Bytes that the choice between encodings looks at."""
MAX_DAMAGE = 0.02
"""Share of characters that may be undecodable before a text counts as unreadable."""
CLEAR_LEAD = 0.15
"""The better of two readings must lead by this share of its double bytes, else the guess is reported."""

HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
DAMAGE = re.compile("\ufffd+")
GB_PUNCTUATION = frozenset(bytes(c.encode("gb18030")) for c in "，。、；：？！（）《》“”‘’【】〔〕…—·％")
BIG5_PUNCTUATION = frozenset(bytes(c.encode("big5hkscs")) for c in "，。、；：？！（）《》「」『』【】〔〕…—·％")
COMMON_MARKS = "，。、；：（）的一"


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the name of its encoding, and what is doubtful about it."""

    text: str
    encoding: str
    problems: tuple[Problem, ...] = ()


def has_chinese(text: str) -> bool:
    """True where at least one Chinese character stands in the text."""
    return HAN.search(text) is not None


def decode(data: bytes, declared: str | None = None) -> Decoded | None:
    """The text of ``data`` without its byte-order mark, line ends as they are; nothing where no encoding fits.

    ``declared`` is what the file says of itself (a ``charset``): believed where the bytes do not speak against it.
    """
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return _strictly_or_damaged(data[len(mark) :], encoding)
    if text := _strict(data, "utf-8"):
        return Decoded(text, "utf-8")
    if wide := _wide(data):
        return _strictly_or_damaged(data, wide)
    if declared and (named := _known(declared)) and named != "utf-8" and (text := _strict(data, named)):
        best = max(_share(data, "gb18030"), _share(data, "big5hkscs"))
        if named not in ("gb18030", "big5hkscs") or best - _share(data, named) < CLEAR_LEAD:
            return Decoded(text, named)
    damaged = data.decode("utf-8", errors="replace")
    if damaged.count("\ufffd") <= MAX_DAMAGE * len(damaged) and HAN.search(damaged):
        return _with_damage(damaged, "utf-8")
    return _by_content(data)


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _strictly_or_damaged(data: bytes, encoding: str) -> Decoded | None:
    text = _strict(data, encoding)
    if text is not None:
        return Decoded(text, encoding)
    damaged = data.decode(encoding, errors="replace")
    return _with_damage(damaged, encoding) if damaged.count("\ufffd") <= MAX_DAMAGE * len(damaged) else None


def _with_damage(text: str, encoding: str) -> Decoded:
    runs = tuple(Span(*m.span()) for m in DAMAGE.finditer(text))
    message = f"有 {len(runs)} 处字节不是合格的 {encoding.upper()} 编码，已用“\ufffd”代替，请对照原件"
    return Decoded(text, encoding, (Problem("encoding_damage", message, runs[:50]),))


def _known(name: str) -> str | None:
    """Our name of an encoding; the older Chinese ones are read as the larger one that holds them."""
    try:
        codec = codecs.lookup(name.strip().strip("\"'")).name
    except LookupError:
        return None
    larger = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs", "cp950": "big5hkscs"}
    return larger.get(codec, codec)


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: told by how well each byte order reads as Chinese."""
    sample = data[: SAMPLE - SAMPLE % 2]
    if len(sample) < 4:
        return None
    shares = {}
    for encoding in ("utf-16-le", "utf-16-be"):
        text = sample[: len(sample) - len(sample) % 2].decode(encoding, errors="replace")
        usual = sum(1 for c in text if "\u4e00" <= c <= "\u9fa5" or c < "\x7f" or c in COMMON_MARKS)
        marks = sum(n for c, n in Counter(text).items() if c in COMMON_MARKS or c in "\r\n ")
        shares[encoding] = (usual / len(text), marks)
    best = max(shares, key=lambda e: shares[e])
    other = "utf-16-be" if best == "utf-16-le" else "utf-16-le"
    share, marks = shares[best]
    # Text in GB18030 or Big5 read two bytes at a time is a scatter over all of the plane, without ，。or line ends.
    if share > 0.85 and marks > 0 and (marks > 3 * shares[other][1] or share - shares[other][0] > 0.3):
        return best
    return None


def _share(data: bytes, encoding: str) -> float:
    """The share of double bytes that are everyday characters or punctuation in ``encoding`` (0 to 1)."""
    everyday, marks = (
        (range(0xB0, 0xD8), GB_PUNCTUATION) if encoding == "gb18030" else (range(0xA4, 0xC7), BIG5_PUNCTUATION)
    )
    total = good = 0
    pairs = Counter(_pairs(data[:SAMPLE]))
    for pair, count in pairs.items():
        total += count
        wide_trail = pair[1] >= 0xA1 or encoding != "gb18030"
        if pair in marks or (pair[0] in everyday and wide_trail):
            good += count
    return good / total if total else 0.0


def _pairs(data: bytes) -> list[bytes]:
    out = []
    at, end = 0, len(data) - 1
    while at < end:
        if data[at] < 0x80:
            at += 1
        else:
            out.append(data[at : at + 2])
            at += 2
    return out


def _by_content(data: bytes) -> Decoded | None:
    shares = {e: _share(data, e) for e in ("gb18030", "big5hkscs")}
    for encoding in sorted(shares, key=lambda e: -shares[e]):
        other = min(shares, key=lambda e: e == encoding)
        found = _strictly_or_damaged(data, encoding)
        if found is None or not has_chinese(found.text) or shares[encoding] < 0.4:
            continue
        if shares[encoding] - shares[other] >= CLEAR_LEAD:
            return found
        message = f"编码没有声明，按内容推断为 {'GB18030' if encoding == 'gb18030' else 'Big5'}，如有乱码请另存为 UTF-8"
        return Decoded(found.text, found.encoding, (*found.problems, Problem("encoding_guess", message)))
    return None
