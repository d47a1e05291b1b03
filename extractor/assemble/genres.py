"""Kinds of papers that are read with other eyes (体裁): a press conference, a commendation, an account.

What is said at a press conference (问答实录) orders nothing; the practices that a commendation (通报表扬) lists are done;
an account (总结, 汇报, 统计公报) orders only in what it says comes next; a bulletin of results (情况通报) in what it asks for;
an offer (招聘公告, 招标公告) tells who may come and how, and lays next to nothing on anybody. Figures of a year gone by
(…主要数据公报, …经济运行情况) are an account whatever their title is: they compare at every turn, and order nowhere.
"""

from __future__ import annotations

from typing import Literal

import regex

from extractor.text import PlanText

Genre = Literal["interview", "commendation", "account", "bulletin", "offer", "order"]

_INTERVIEW = regex.compile(r"问答实录|答记者问|(?:发布会|通气会|访谈|采访)[^，。]{0,8}实录|实录[：:]")
# 中国日报：企业想进一步拓展海外市场，请问……的？
_ASKED_BY = regex.compile(r"(?m)^[ ]*[^\n，。：；？！]{2,16}：[^\n]{10,300}？[ ]*$")
_COMMENDATION = regex.compile(
    r"(?:表扬|表彰|嘉奖)(?:的)?(?:通报|决定|通知)|(?:典型经验|经验做法|典型案例)[^，。]{0,16}(?:的)?通报"
)
# …2024年工作总结和2025年工作打算    …统计公报    法治政府建设年度报告
_ACCOUNT = regex.compile(
    r"(?:工作|活动|情况|建设|整改|开展|进展)(?:的)?(?:总结|小结|汇报|情况的?报告|情况通报|情况)$"
    r"|(?:总结|小结)(?:[和及与暨、]|以及)[^，。]{0,16}(?:打算|计划|思路|安排|要点|谋划)$"
    r"|情况(?:[和及与暨、]|以及)[^，。]{0,8}(?:打算|工作安排|工作计划|工作思路)$"
    r"|公报(?:（[^（）]{1,12}）)?$|(?:统计|普查|状况|资源|监测)[^，。]{0,6}公报|年度(?:工作)?报告$|述[职廉学法][^，。]{0,8}报告$"
)
_OFFER = regex.compile(
    r"(?:招聘|招录|招考|招募|选聘|遴选|公开选调|招标|采购|比选|磋商|中标|成交|拍卖|出让|招租|竞价)[^，。]{0,20}(?:公告|公示|简章|启事)$"
)
_BULLETIN = regex.compile(r"(?:情况|结果|排名|成绩)的通报$")
_ASKED_TWICE = 2
# 比上年增长5.3%    同比下降0.4%    按可比价格计算
_COMPARED = ("比上年", "同比", "比去年", "较上年", "较去年", "可比价")
_OFTEN_COMPARED = 4
# 各镇要完成    责任单位：    确保增长6%    到2027年: but 主要, 需要, 要素
_ORDERED = regex.compile(r"(?<![主需重只首纪概提摘])要(?![求素点闻])|责任单位|牵头|确保|力争|务必|必须|应当|到20\d\d年")
_COMPARED_TO_ORDERED = 3  # a bulletin may explain how its units answer for their figures


def genre_of(plan: PlanText) -> Genre:
    """The kind of a plan's paper, from its title and, for a press conference, from its questions."""
    title = _title(plan)
    if _INTERVIEW.search(title) or _is_asked(plan):
        return "interview"
    if _COMMENDATION.search(title):
        return "commendation"
    if _BULLETIN.search(title):
        return "bulletin"
    if _OFFER.search(title):
        return "offer"
    return "account" if _ACCOUNT.search(title) or _only_compares(plan) else "order"


def _only_compares(plan: PlanText) -> bool:
    """True for figures of a year gone by: compared with the year before time and again, and hardly an order."""
    match, start, end = plan.match, plan.span.start, plan.span.end
    if match.count("比", start, end) + match.count("较", start, end) < _OFTEN_COMPARED:  # each word holds one of these
        return False
    compared = sum(match.count(word, start, end) for word in _COMPARED)
    if compared < _OFTEN_COMPARED:
        return False
    return _COMPARED_TO_ORDERED * sum(1 for _ in _ORDERED.finditer(match, start, end)) <= compared


def is_minutes(plan: PlanText) -> bool:
    """True for minutes (会议纪要): 关于…问题 heads what was settled there, and asks nothing."""
    return "纪要" in _title(plan)


def _title(plan: PlanText) -> str:
    head = plan.letterhead
    return "".join((head.title_span.of(plan.match) if head.title_span else head.title or "").split())


def _is_asked(plan: PlanText) -> bool:
    if plan.match.count("？", plan.span.start, plan.span.end) < _ASKED_TWICE:
        return False
    questions = _ASKED_BY.finditer(plan.match, plan.span.start, plan.span.end)
    return sum(1 for _ in zip(range(_ASKED_TWICE), questions, strict=False)) == _ASKED_TWICE
