"""What a title does to another paper (印发、转发、废止、延长、修改)."""

from __future__ import annotations

import regex

from extractor.model import LinkKind, PlanLink, Span
from extractor.segment.letterhead.numbers import NUMBER

HANDED_ON = regex.compile(r"(?:印发|转发|批转|发布)(?P<what>[^《》]{6,60}?)的通知$")
FORWARDED = regex.compile(
    r"(?P<verb>印发|转发|批转|下发|发布|公布)(?:实施|试行)?(?:了)?(?P<title>《(?:[^《》]|《[^《》]*》)+》)"
)
HEAD_OF_FORWARD = regex.compile(r"(?:关于)?(?:印发|转发|批转|下发|发布|公布)(?:实施|试行)?《")


# 《青溪县秸秆禁烧工作方案》（青政办发〔2023〕18号）
_NAMED_WITH_NUMBER = regex.compile(rf"》[ ]?（[^（）《》]{{0,12}}?{NUMBER.pattern}")
_QUOTED = regex.compile(r"《(?P<title>.+)》")
_OPENING = 1500  # code points: the earlier paper is named in the title or the first sentences


def links_of(title: str, opening: Span, match: str, text: str) -> list[PlanLink]:
    """What a notice does to an earlier paper, read from its ``title`` (match text).

    The earlier paper's 发文字号 stands in the title, or behind its name in the first sentences from ``opening`` on.
    """
    quoted = _QUOTED.search(title)
    inner = quoted["title"] if quoted else None
    for kind, words in _DONE_TO:
        if words.search(title):
            return [PlanLink(kind, _number_of(title, opening, match, text), inner)]
    return []


def _number_of(title: str, opening: Span, match: str, text: str) -> str | None:
    end = min(opening.end, opening.start + _OPENING)
    inside = NUMBER.search(title)
    if inside:
        at = match.find(inside["number"], opening.start, end)
        return text[at : at + len(inside["number"])].replace(" ", "") if at >= 0 else inside["number"]
    named = _NAMED_WITH_NUMBER.search(match, opening.start, end)
    return text[named.start("number") : named.end("number")].replace(" ", "") if named else None


_DONE_TO: tuple[tuple[LinkKind, regex.Pattern[str]], ...] = (
    ("repeals", regex.compile("废止")),
    ("extends", regex.compile("延长|延期")),
    ("amends", regex.compile("修改|修订|更正|补充通知|调整《")),
)
