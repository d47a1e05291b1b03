"""Numbering (序号): the label that opens a heading or an item, and the series it belongs to.

One grammar for all places: GB/T 9704-2012 section 7.3.3 (一、（一）1.（1）), Taiwan's 文書處理手冊 (壹、一、(一)1.(1)), chapters and
articles of rules. Labels are read from the *match* text, where brackets are full-width and digits half-width.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Literal

import regex

from extractor.model import Span
from extractor.records import record

LabelKind = Literal[
    "part",
    "chapter",
    "section",
    "article",
    "financial",
    "chinese",
    "bracketed",
    "stage",
    "decimal",
    "number",
    "numbered",
    "circled",
    "bullet",
]

RANKS: dict[LabelKind, int] = {
    "part": 0,  # 第一部分、第一篇
    "chapter": 1,  # 第一章
    "section": 2,  # 第一节
    "financial": 3,  # 壹、
    "article": 4,  # 第一条
    "chinese": 5,  # 一、
    "bracketed": 6,  # （一）
    "stage": 7,  # 第一阶段：、第二步：
    "number": 8,  # 1.
    "decimal": 9,  # 1.1
    "numbered": 10,  # （1）
    "circled": 11,  # ①
    "bullet": 12,  # ——
}

_DIGITS = "一二三四五六七八九"
_VALUES = {character: value for value, character in enumerate(_DIGITS, 1)}
_FINANCIAL = {c: k for k, c in enumerate("壹贰叁肆伍陆柒捌玖拾", 1)} | {"参": 3, "貳": 2, "參": 3, "陸": 6}
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_BRACKETED_SIGNS = "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩"
_NUMBER_SIGNS = "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"
_NUMBERED_SIGNS = "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"

_LABEL = regex.compile(
    r"""
      第(?P<ordinal>[一二三四五六七八九十百零\d]{1,5})(?P<measure>部分|篇|章|节|条)[ ：、]*  # 第一章 总则
    | (?:第(?P<stage>[一二三四五六七八九\d])(?:阶段|步(?=：))|(?:阶段|步骤)(?P<stage_after>[一二三四五六七八九]))(?:：|[ ](?=\S))[ ]*  # 第一阶段：自查自纠
    | (?P<financial>[壹贰叁肆伍陆柒捌玖拾参貳參陸]{1,3})、[ ]*                             # 壹、依據
    | (?P<chinese>[一二三四五六七八九十]{1,3})[ ]?(?:、|\.(?!\d)|．|：)[ ]*                 # 一、总体要求
    | [（【〔][ ]*(?P<bracketed>[一二三四五六七八九十]{1,3})[ ]*[）】〕][ 、.]*              # （一）强化组织领导
    | (?P<sign>[㈠-㈩])[ 、.]*
    | (?P<half>[一二三四五六七八九十]{1,3})）[ ]*                                          # 一）
    | (?P<decimal>\d{1,2}(?:\.\d{1,2}){1,3}+)(?=[ \u4e00-\u9fff“《])                      # 1.1 提升
      (?!(?&figure)|(?&feast)|(?&rest_of_month))[ 、]*                                    # no 1.5万亩, no 3.8妇女节
    | (?P<number>\d{1,3})[ ]?(?:[.．](?:(?!\d)|(?=(?&date)|(?&named)))|、)[ ]*                 # 1. 加强班子建设
    | （[ ]*(?P<numbered>\d{1,2})[ ]*）[ 、.]*                                             # （1）
    | (?P<numbered_half>\d{1,2})）[ 、.]*                                                  # 1）
    | (?P<numbered_sign>[⑴-⒇])[ 、.]*
    | (?P<number_sign>[⒈-⒛])[ 、]*                                                        # ⒈加强领导
    | (?P<circled>[①-⑳])[ 、.]*
    | (?P<bullet>——|[●•■◆◇▲►※○]|[★☆](?![★☆])|[-·](?=[ ]))[ ]*                         # ——形成全覆盖产业链
    (?(DEFINE)
      (?P<rest_of_month>月(?:份|[1-3]?\d[日号]|[底初末]|[上中下]旬|[之以]?前|内|起|[至到—-]|[，、]))
      (?P<date>(?:1[0-2]|[1-9])(?&rest_of_month)|20\d\d年)                                 # 1.10月15日前, 2.2024年底前
      (?P<named>\d{3,6}(?!(?&figure))[\u4e00-\u9fff“]|24小时)                             # 3.120急救体系, 5.24小时值班
      (?P<figure>[ ]?(?:[万亿][亩元人户吨平立公头只羽株棵个名次千斤米]|亩|公[里斤顷]|平方|立方|吨|千[克米瓦]|倍|个百分点|小时|元))
      (?P<feast>(?:国际|世界|全国|国家|全民)*
        (?:(?:劳动)?(?:妇女|植树|青年|儿童|教师|建党|建军|国庆)节|劳动节|(?:宪法|环境|禁毒|消防|防灾减灾|消费者权益|安全教育)日))
    )
    """,
    regex.VERBOSE,
)


# What a label begins with, digits aside: most lines of running text are told by their first character.
_FIRST = frozenset(
    (
        *"第阶步（【〔—●•■◆◇▲►※○★☆-·",
        *_FINANCIAL,
        *_DIGITS,
        "十",
        *_BRACKETED_SIGNS,
        *_NUMBERED_SIGNS,
        *_NUMBER_SIGNS,
        *_CIRCLED,
    )
)


@record(frozen=True, slots=True)
class Label:
    """A label with its trailing spaces. ``number`` is 0 for bullets; ``rank`` orders the kinds from outer to inner."""

    kind: LabelKind
    number: int
    span: Span
    rank: int


def chinese_number(word: str) -> int:
    """十二 -> 12, 二十 -> 20, 100 -> 100; 0 where it is no number below 1000."""
    if word.isdigit():
        return int(word)
    total = digit = 0
    for char in word:
        if char in _VALUES:
            digit = _VALUES[char]
        elif char == "十":
            total, digit = total + (digit or 1) * 10, 0
        elif char == "百":
            total, digit = total + (digit or 1) * 100, 0
        elif char not in "零〇":
            return 0
    return total + digit


def read(match: str, start: int, end: int) -> Label | None:
    """The label at ``start``, or nothing."""
    first = match[start : start + 1]
    if first not in _FIRST and not first.isdecimal():
        return None
    found = _LABEL.match(match, start, end)
    if not found:
        return None
    kind, number = _kind_and_number(found)
    return Label(kind, number, Span(*found.span()), RANKS[kind]) if number or kind == "bullet" else None


def _kind_and_number(found: regex.Match[str]) -> tuple[LabelKind, int]:
    name = found.lastgroup or "bullet"
    word = found[name]
    if name == "measure":
        return _MEASURED[word], chinese_number(found["ordinal"])
    kind, number = _READ[name]
    return kind, number(word)


def _financial(word: str) -> int:
    values = [_FINANCIAL[c] for c in word]
    # 拾 stands for ten: 拾壹 is 11, 貳拾 is 20
    return values[0] if len(values) == 1 else _join_tens(values)


def _join_tens(values: list[int]) -> int:
    total = digit = 0
    for value in values:
        if value == 10:
            total, digit = total + (digit or 1) * 10, 0
        else:
            digit = value
    return total + digit


_MEASURED: dict[str, LabelKind] = {"部分": "part", "篇": "part", "章": "chapter", "节": "section", "条": "article"}
# Each group of a label but 第…章: the kind that it is of, and how its number is read.
_READ: dict[str, tuple[LabelKind, Callable[[str], int]]] = {
    "stage": ("stage", chinese_number),
    "stage_after": ("stage", chinese_number),
    "financial": ("financial", _financial),
    "chinese": ("chinese", chinese_number),
    "bracketed": ("bracketed", chinese_number),
    "half": ("bracketed", chinese_number),
    "sign": ("bracketed", lambda sign: _BRACKETED_SIGNS.index(sign) + 1),
    "decimal": ("decimal", lambda word: int(word.rsplit(".", 1)[1])),
    "number": ("number", int),
    "numbered": ("numbered", int),
    "numbered_half": ("numbered", int),
    "numbered_sign": ("numbered", lambda sign: _NUMBERED_SIGNS.index(sign) + 1),
    "number_sign": ("number", lambda sign: _NUMBER_SIGNS.index(sign) + 1),
    "circled": ("circled", lambda sign: _CIRCLED.index(sign) + 1),
    "bullet": ("bullet", lambda _: 0),
}


# A label inside a line: after a sentence, a heading's space or a colon. "……。二、工作措施:(一)强化舆论宣传。"
_INSIDE = re.compile(r"[。；：！？ ）”](?=[一二三四五六七八九十（第\d①-⑳㈠-㈩⑴-⒇])")


def places_inside(match: str, start: int, end: int) -> list[int]:
    """Where labels may begin inside the lines of a run, ascending: asked once for a whole plan, few lines hold one."""
    return [found.end() for found in _INSIDE.finditer(match, start, end)]


def inside(match: str, places: Iterable[int], end: int) -> list[Label]:
    """Labels that could open an item at ``places`` inside a line, in order; which of them do is told by their series."""
    out: list[Label] = []
    for place in places:
        label = read(match, place, end)
        while label and label.kind in _OPENS_INSIDE and label.span.end < end:
            out.append(label)
            label = _run_in(match, label, end)
    return out


_OPENS_INSIDE = frozenset(("chinese", "bracketed", "number", "numbered", "circled"))
_HEADS_OTHERS = frozenset(("chinese", "bracketed"))
# 重点任务（一）    聚焦“三清”下功夫1.清理…    以环保站为主，建好机制1、明确分工: a heading that runs into the first label below it
_HEADING_RUN_IN = regex.compile(
    r"(?:[\u4e00-\u9fff]|“[\u4e00-\u9fff]{1,8}”|[，、](?=[\u4e00-\u9fff])){4,40}+(?=(?:（一）|1[.、]|（1）)[ ]?[\u4e00-\u9fff“])"
)


def _run_in(match: str, above: Label, end: int) -> Label | None:
    """The first label below ``above`` where nothing but the heading stands between them."""
    if above.kind not in _HEADS_OTHERS:
        return None
    heading = _HEADING_RUN_IN.match(match, above.span.end, end)
    label = read(match, heading.end(), end) if heading else None
    return label if label and label.rank > above.rank else None
