"""Lines around a body that are no part of it: imprint, notes on annexes, words of a page."""

from __future__ import annotations

import re

import regex

_TAIL = re.compile(
    r"抄[ ]?送[：:]|抄[ ]?报[：:]|正[ ]?本[：:]|副[ ]?本[：:]|主[ ]?题[ ]?词[：:]|（此件|（本文[有已略]|（有删[减节改]|（略）$|（此页无正文|（联系人|联系人[：:]|联系电话|发布时间[：:][ ]*\d{4}[-/.年]|（公开方式|此件(?:公开|主动|依申请|不予)|.{0,30}?\d{4}年\d{1,2}月\d{1,2}日[ ]?印发$|.{0,8}共印\d+份"
)
# 出席：王敏  李立    记录：周宁    分送：各镇街: who was there, at the end of minutes
ATTENDANCE = re.compile(
    r"(?:出席|列席|参加|参会|与会|缺席|请假|记录|主持|整理|核稿|校对|审核|签发|分送|发送|主送|送|发)(?:人员?|单位|领导|同志|范围)?[ ]?："
)
ANNEX_NOTE = re.compile(r"附[ ]?件[：:]")
ANNEX = regex.compile(r"附[ ]?(?:件|表|录)[ ]?[0-9一二三四五六七八九十]{0,2}[：:]?")
_QUESTION = re.compile(r"(?:问题|回复|问|答|答复内容|政策全文|正文)[：:]?")
_LONGEST_QUESTION = 5
# 新华社北京2月21日电    - [空间布局图.pdf](./空间布局图.pdf)
_NOT_PART = re.compile(
    r"新华社.{0,10}\d+日电|.{0,80}\.(?:pdf|docx?|xlsx?|wps|ofd|zip|rar|jpg|png)\b.{0,120}|附[ ]?件[：:]?\**[：:]?|【?相关附件】?[：:]?",
    re.IGNORECASE,
)
# What such lines begin with; the rest of their patterns holds one certain character. Few lines of a body do.
_TAIL_STARTS = frozenset("抄正副主（联发此")
_NOT_PART_STARTS = frozenset("新附【相")
# What stands above a title and is no part of it: 签发人：王某某    （供委員參閱）
ABOVE_TITLE = regex.compile(r"签[ ]?发(?:人)?：.{1,20}|（仅?供[^（）]{1,12}）")
SECRET_WORD = regex.compile(r"特急|加急|平急|特提|急件|\d{6}")


def opens_tail(text: str) -> bool:
    """True for a line that begins an imprint or a page's closing words: 抄送, 主题词, 此件公开发布, …印发."""
    return bool(text) and (text[0] in _TAIL_STARTS or "印" in text) and _TAIL.match(text) is not None


def asks(text: str) -> bool:
    """True for a line that only says that a question or an answer follows: 问题：, 政策全文."""
    return len(text) <= _LONGEST_QUESTION and _QUESTION.fullmatch(text) is not None


def is_no_part(text: str) -> bool:
    """True for a line that is no part of the paper: an agency's telegraph line, a list of files to download."""
    return bool(text) and (text[0] in _NOT_PART_STARTS or "." in text) and _NOT_PART.fullmatch(text) is not None
