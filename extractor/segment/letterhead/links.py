"""What a notice does to other papers (印发、转发、废止、延长、修改)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import regex

from extractor.model import LinkKind, PlanLink, Span
from extractor.segment.letterhead.numbers import NUMBER

# 关于印发河道整治工作要点的通知    关于印发2024年县《政府工作报告》任务分工方案的通知
HANDED_ON = regex.compile(
    r"(?:(?P<verb>转发|批转)(?P<what>[^《》]{6,60}?)|(?P<verb>印发|发布)(?P<what>[^《》](?:[^《》]|《[^《》]{2,30}》){5,60}?))的通知$"
)
# 现将《河道整治实施方案》（以下简称《方案》）印发给你们: what a notice without a title hands on
HANDED_TO_YOU = regex.compile(r"现将《(?P<title>[^《》]{6,80})》(?:（[^（）]{1,30}）)?(?:印发|下发|发)给你们")
# 结合实际，制定临江市2024年水利工作要点。: a copy without its title names itself where its preamble ends
MADE_HERE = regex.compile(
    r"(?:制定|制订|拟定)(?P<title>(?!本|了|如下|以下)[\u4e00-\u9fff]{2,12}20\d{2}年(?:度)?[\u4e00-\u9fff“”]{2,30}?(?:要点|方案|计划|措施|意见))。"
)
FORWARDED = regex.compile(
    r"(?P<verb>印发|转发|批转|下发|发布|公布)(?:实施|试行)?(?:了)?[ ]?(?P<title>《(?:[^《》]|《[^《》]*》)+》|〈[^《》〈〉]+〉)"
)
HEAD_OF_FORWARD = regex.compile(r"(?:关于)?(?:印发|转发|批转|下发|发布|公布)(?:实施|试行)?[ ]?《")


_QUOTED = regex.compile(r"《(?P<title>.+)》")
_SEVERAL = regex.compile(r"》[^《》]{0,12}《")
# 《甲方案》（青政办发〔2023〕5号）, 青政办发〔2023〕5号文件; a name without a number where an item begins with it
_PAPER = regex.compile(
    rf"""
      《(?P<title>[^《》\n]{{4,80}})》(?:[\t ]*(?:（[^（）《》]{{0,12}}?)?{NUMBER.pattern})?
    | (?<![\u4e00-\u9fff〔〕]){NUMBER.pattern}(?=文|[、和及，的中第同予即])
    """,
    regex.VERBOSE,
)
# 一、对《甲方案》: an item about a paper, whose number it does not give
_BEGINS = regex.compile(r"(?:^|[\n\t、.．）])(?:对|将|关于)?$")
_SHELL = 6000  # code points: how far the papers that are amended are listed
_RESTS_ON = regex.compile(r"(?:根据|按照|依据|依照|遵照|贯彻|落实|结合|参照|见)[^，。；]*$")
_RESTS_ON_REACH = 24
_LONGEST_LIST = 400
_TOGETHER = regex.compile(r"(?:同时|即行|自行|一并|予以|相应)$")
_LEADS_TO = regex.compile(
    r"^.*(?:关于|废止|废除|修改|修订|延长|延期|调整|印发|以及)|^[和及与对将原](?=[\u4e00-\u9fff]{3})"
)
OPENING = 1500  # code points: the earlier paper is named in the title or the first sentences


def links_of(title: str, opening: Span, match: str, text: str) -> list[PlanLink]:
    """What a notice does to earlier papers, read from its ``title`` (match text).

    An earlier paper's 发文字号 stands in the title, or behind its name in the first sentences from ``opening`` on; so may
    its name, where the title has none. One that does it to several names each of them; and any notice may say that
    earlier ones are repealed with it.
    """
    kind, first = _first(title, opening, match, text)
    out = [first] if first is not None else []
    if kind is not None:
        out += _papers(kind, _named(match, text, opening), but=out)
    if kind != "repeals":
        out += _repealed_beside(opening, match, text)
    return out


def _first(title: str, opening: Span, match: str, text: str) -> tuple[LinkKind | None, PlanLink | None]:
    """What the title says is done, and the paper that it is done to."""
    quoted = _QUOTED.search(title)
    inner = quoted["title"] if quoted else None
    if inner is not None and _SEVERAL.search(inner):
        inner = inner[: inner.find("》")]  # 《甲》和《乙》
    for kind, words in _DONE_TO:
        if words.search(title):
            return kind, PlanLink(kind, _number_of(title, inner, opening, match, text), inner)
    for kind, words in _SAID_TO_BE_DONE:
        if words.search(title):
            inner = inner or _named_in(opening, match, text)
            number = _number_of(title, inner, opening, match, text)
            return (kind, PlanLink(kind, number, inner)) if number or inner else (None, None)
    return None, None


def _named(match: str, text: str, opening: Span) -> Iterator[tuple[str | None, str | None]]:
    """Number and title of the papers that a notice names, but for those that it rests on (根据《…》)."""
    for found in _PAPER.finditer(match, opening.start, min(opening.end, opening.start + _SHELL)):
        before = match[max(opening.start, found.start() - _RESTS_ON_REACH) : found.start()]
        number, title = found.span("number"), found.span("title")
        if not _RESTS_ON.search(before) and (number[0] >= 0 or _BEGINS.search(before)):
            yield _trimmed(text[slice(*number)]) if number[0] >= 0 else None, text[slice(*title)] or None


def _papers(
    kind: LinkKind, named: Iterable[tuple[str | None, str | None]], but: Sequence[PlanLink]
) -> Iterator[PlanLink]:
    """A link to each of the papers ``named`` that is not linked yet."""
    known = {name for link in but for name in (link.number, link.title) if name}
    for number, title in named:
        if number not in known and (number is not None or title not in known):
            known |= {name for name in (number, title) if name}
            yield PlanLink(kind, number, title)


def _repealed_beside(opening: Span, match: str, text: str) -> list[PlanLink]:
    """《甲方案》（青政办发〔2023〕5号）同时废止: said by whatever takes their place."""
    out: list[PlanLink] = []
    at = match.find("废止", opening.start, opening.end)
    while at >= 0:
        start = max(match.rfind(stop, opening.start, at) for stop in "。；\n") + 1
        start = max(start, opening.start, at - _LONGEST_LIST)
        if _TOGETHER.search(match, start, at):
            out += _papers("repeals", _named(match, text, Span(start, at)), but=out)
        at = match.find("废止", at + 1, opening.end)
    return out


def _trimmed(number: str) -> str:
    """A 发文字号 without the words that lead to it: 关于废止青政办发〔2023〕5号, 和青政办发〔2023〕5号."""
    return _LEADS_TO.sub("", number.replace(" ", ""))


def _named_in(opening: Span, match: str, text: str) -> str | None:
    """The paper that the first sentences are about: 现将《青溪县秸秆禁烧工作方案》中……"""
    named = _IS_ABOUT.search(match, opening.start, min(opening.end, opening.start + OPENING))
    return text[named.start("title") : named.end("title")] if named else None


def _number_of(title: str, inner: str | None, opening: Span, match: str, text: str) -> str | None:
    """The number in the title, else that behind the name ``inner`` or the first name that the notice does not rest on."""
    end = min(opening.end, opening.start + OPENING)
    inside = NUMBER.search(title)
    if inside:
        at = match.find(inside["number"], opening.start, end)
        return _trimmed(text[at : at + len(inside["number"])] if at >= 0 else inside["number"])
    named = [(number, name) for number, name in _named(match, text, Span(opening.start, end)) if number and name]
    return next((number for number, name in named if name == inner), named[0][0] if named else None)


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
