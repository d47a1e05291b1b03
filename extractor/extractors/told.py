"""What a paper tells instead of ordering it (叙述): its genre, and the year that it was published in.

An interview, a commendation or an explanation is full of numbers and dates of what was done. Where the page alone says
when it was published (发布日期：2025-05-23), years before that one are past.
"""

from __future__ import annotations

import re

from extractor.model import Span
from extractor.text import PlanText

# 问答实录：…的有关情况 / 关于…典型经验做法给予表扬的通报 / 先进事迹材料
_ACCOUNT = re.compile(
    r"问答实录|答记者问|新闻发布会|政策问答|一图读懂|给予(?:表扬|表彰|通报表扬|嘉奖)|(?:表彰|表扬|嘉奖)(?:的?(?:决定|通报|通知))"
    r"|先进事迹|(?:政策|文件)解读$|的解读$"
)
# **发布日期**: 2025-05-23 / 发布时间：2025年5月23日
_PUBLISHED = re.compile(
    r"(?:发布|成文|发文|公开|印发|生成)(?:日期|时间)[*\s]{0,4}[：:][*\s]{0,4}(?P<year>(?:19|20)\d\d)[-年./]"
)
# 试点期限为2年, 总工期6个月: how long the work itself goes on, no number to reach
WORKS_LENGTH = re.compile(
    r"(?:(?:试点|创建|建设|实施|整治|行动|攻坚|治理|改革|示范|培育|工作|活动)(?:期限|周期|工期|期|时间)|总?工期)(?:原则上|一般|暂)?(?:定?为|：|共)?[ ]?$"
)
_HEAD = 1200  # characters of a page in which its date of publishing stands
_AHEAD = re.compile(
    r"(?<![军部名中小上大少])将(?![军来])|力争|争取|确保|下一步|计划(?:到|于|在|用)|目标|预计|到20\d\d年|要(?![求素点])|应(?![用对急邀])|须|今后|未来|接下来"
)


def published_year(plan: PlanText) -> str | None:
    """The plan's year, or that of its issue where it is earlier (a paper of 2023 about 2024), else that of its page."""
    if plan.year is not None:
        issued = (plan.letterhead.issued_on or "")[:4]
        return min(plan.year, issued) if issued.isdecimal() and plan.year.isdecimal() else plan.year
    found = _PUBLISHED.search(plan.clean.document.text, 0, _HEAD)  # what the normaliser takes out too
    return found["year"] if found is not None else None


def is_account(plan: PlanText) -> bool:
    """True for a paper whose title says that it tells what was done."""
    title = plan.letterhead.title_span
    if title is not None:
        return _ACCOUNT.search(plan.match, title.start, title.end) is not None
    first = plan.match.find("\n", plan.span.start, plan.span.end)
    return _ACCOUNT.search(plan.match, plan.span.start, max(first, plan.span.start)) is not None


def looks_ahead(text: str, sentence: Span) -> bool:
    """True where a sentence says what is to come: 下一步我们将…."""
    return _AHEAD.search(text, sentence.start, sentence.end) is not None
