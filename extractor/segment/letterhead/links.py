"""What a title does to another paper (印发、转发、废止、延长、修改)."""

from __future__ import annotations

import regex

from extractor.model import PlanLink

HANDED_ON = regex.compile(r"(?:印发|转发|批转|发布)(?P<what>[^《》]{6,60}?)的通知$")
FORWARDED = regex.compile(
    r"(?P<verb>印发|转发|批转|下发|发布|公布)(?:实施|试行)?(?:了)?(?P<title>《(?:[^《》]|《[^《》]*》)+》)"
)
HEAD_OF_FORWARD = regex.compile(r"(?:关于)?(?:印发|转发|批转|下发|发布|公布)(?:实施|试行)?《")


def links_of(title: str) -> list[PlanLink]:
    """What a notice does to an earlier one, read from its title."""
    quoted = regex.search(r"《(?P<title>.+)》", title)
    inner = quoted["title"] if quoted else None
    if regex.search(r"废止|廢止", title):
        return [PlanLink("repeals", None, inner)]
    if regex.search(r"延长|延期|延長", title):
        return [PlanLink("extends", None, inner)]
    if regex.search(r"修改|修订|修訂|更正|补充通知", title):
        return [PlanLink("amends", None, inner)]
    return []
