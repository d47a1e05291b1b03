"""What a title does to another paper (印发、转发、废止、延长、修改)."""

from __future__ import annotations

import regex

from extractor.model import LinkKind, PlanLink, Span
from extractor.segment.letterhead.numbers import NUMBER

# 关于印发河道整治工作要点的通知    关于印发2024年县《政府工作报告》任务分工方案的通知
HANDED_ON = regex.compile(
    r"(?:(?P<verb>转发|批转)(?P<what>[^《》]{6,60}?)|(?P<verb>印发|发布)(?P<what>[^《》](?:[^《》]|《[^《》]{2,30}》){5,60}?))的通知$"
)
# 现将《河道整治实施方案》（以下简称《方案》）印发给你们: what a notice without a title hands on
HANDED_TO_YOU = regex.compile(r"现将《(?P<title>[^《》]{6,80})》(?:（[^（）]{1,30}）)?(?:印发|下发|发)给你们")
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

    The earlier paper's 发文字号 stands in the title, or behind its name in the first sentences from ``opening`` on; so may
    its name, where the title has none.
    """
    quoted = _QUOTED.search(title)
    inner = quoted["title"] if quoted else None
    for kind, words in _DONE_TO:
        if words.search(title):
            return [PlanLink(kind, _number_of(title, opening, match, text), inner)]
    for kind, words in _SAID_TO_BE_DONE:
        if words.search(title):
            number = _number_of(title, opening, match, text)
            inner = inner or _named_in(opening, match, text)
            return [PlanLink(kind, number, inner)] if number or inner else []
    return []


def _named_in(opening: Span, match: str, text: str) -> str | None:
    """The paper that the first sentences are about: 现将《青溪县秸秆禁烧工作方案》中……"""
    named = _IS_ABOUT.search(match, opening.start, min(opening.end, opening.start + _OPENING))
    return text[named.start("title") : named.end("title")] if named else None


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
# words that stand in titles of other kinds too: a link only where an earlier paper is named
_SAID_TO_BE_DONE: tuple[tuple[LinkKind, regex.Pattern[str]], ...] = (
    ("extends", regex.compile("顺延|推迟|延后|延迟")),
    ("amends", regex.compile("(?:调整|变更)[^《》]{0,30}(?:通知|公告|函)$|勘误|订正|修正")),
)
# 现将《青溪县秸秆禁烧工作方案》中…… / 《青溪县秸秆禁烧工作方案》印发后……
_IS_ABOUT = regex.compile(r"(?:将|对|就|原|\n)《(?P<title>[^《》\n]{6,80})》(?!精神|要求|规定|等)")
