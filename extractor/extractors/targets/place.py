"""A quantity where it stands (位置): its clause, what is before it and what is after it, worked out when asked for."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from extractor.extractors.targets import phrases
from extractor.extractors.targets.clauses import Clause
from extractor.extractors.targets.words import TargetWords
from extractor.model import Change, Span
from extractor.numerals import Quantity

Value = TypeVar("Value")

_ARABIC = re.compile(r"\d")
# 示范村达到14个以上，…   覆盖率达95%以上的目标
_CLOSED = re.compile(
    r"""
    (?:左右|上下)?\s?
    (?: $ | [、，,。；;：:）)\n\t（(] | 并(?!购|网|联) | 且 | 和 | 及 | 与 | 或 | 后(?![进备续勤期方台]) | 时 | 以上 | 到(?![位达]) | 赴 | 前往
      | 预置 | 前置 | 集结 | 待命 | 在岗(?!率) | 到岗(?!率) | 值守 | 备勤 | 驻点
      | 的(?:基础|目标|水平|要求|标准) | 标准(?![化厂地田间件库房]) | 目标任务 | 为(?:目标|限|准|原则|宜|度|下限|上限|底线) | 用于 | 大关 | 参加 | 参与
      | (?=(?:共计?|合计|总计|计)?\d[\d.]*\s?万?(?:平方米|平方公里|公顷|立方米|亩|公里|千米|米|人|户|吨)) )
    """,
    re.VERBOSE,
)
_LEVEL = re.compile(
    r"(?:(?:控制|压缩|压减|稳定|保持)[在到至][^，。；\d]{1,8}的|达到|到达|(?<!雷)达|(?<!行)为|至|(?<![沉派送走放伸赴置])到|保持在|控制在|稳定在|不低于|占比|占)(?:了|20\d\d年(?:底|末)?的?|(?:去年|上年|上一年|前一年|现有|现状|目前|原来)(?:同期|底|末)?(?:水平|规模|总量)?的|每人每?[年月日天]?|每[年月户亩])?\s?$"
)
_AS_GOAL = re.compile(r"为(?:目标|限|准|原则|宜|度|下限|上限|底线)")  # 以3000吨为目标
_TO_LEVEL = re.compile(r"(?:到|至|在|为)\s?$")
# 由20%提高到30%   从2020年的1017亿元增加到2025年的1472亿元
_FROM = re.compile(
    rf"(?:由|从)(?P<from>[^，。；由从]{{1,20}}?)(?:{phrases.MOVES})(?:到|至|为)(?:20\d\d年(?:底|末)?的?)?\s?$"
)
_MOVED_ON = re.compile(rf"\s?(?:{phrases.MOVES})(?:到|至|为)")
# 比上年增长5%   在2020年基础上下降13.5%
_COMPARED = re.compile(
    r"""
    (?:比|较|与|同)(?P<year>(?:上年|去年|上一年|前一年|年初|20\d\d年|1\d\d年)(?:度|同期|底|末)?)(?:相比|水平)?[^，。；]{0,8}$
    | 在(?P<ground>[^，。；]{2,14}?)(?:的)?基础上[^，。；]{0,10}$
    """,
    re.VERBOSE,
)
_GOVERNING = re.compile(
    r"""
    (?P<new>(?<!重)新增(?:加)?|净增(?:加)?|增开|增设|增配|增聘|增派|增植)
    | (?P<more>增加|增长|增收|增产|(?P<level>提高|(?<!改造)提升(?!改造)|扩大))
    | (?P<less>减少|降低|下降|压减|削减|缩减|精简|压缩|缩短|下浮)
    """,
    re.VERBOSE,
)
_AMOUNT_ENDS = re.compile(r"[力量数值能额积率入模度幅速比重]$|[人户亩]均$")
_NEAR = 60  # characters
_PART_OF_STOCK = re.compile(r"(?:完成|消除)(?:了)?$")  # 消除50%的存量 is no change


class _Once(Generic[Value]):
    """A property worked out once. The standard library's takes a lock in Python 3.11 and before, at five times the cost."""

    def __init__(self, work: Callable[[Any], Value]) -> None:
        self._work = work
        self.__doc__ = work.__doc__

    def __get__(self, place: Any, owner: type) -> Value:
        value = place.__dict__[self._work.__name__] = self._work(place)
        return value


class Place:
    """``quantity`` in ``text``, from ``start`` (its bound included) to ``end``; ``left`` is where its own part of its clause
    begins, ``gap`` the bound that stands apart from its number (至少与1家企业), ``following`` the next quantity of the clause."""

    def __init__(
        self,
        text: str,
        words: TargetWords,
        quantity: Quantity,
        clause: Clause,
        left: int,
        gap: Span | None,
        following: Span | None,
    ) -> None:
        self.text, self.words, self.quantity, self.clause = text, words, quantity, clause
        self.left, self.gap, self.following = left, gap, following
        self.start, self.end = quantity.span.start, quantity.span.end

    @property
    def _near(self) -> int:
        """How far back a baseline or a scope may stand, within the clause."""
        return max(self.clause.left, self.start - _NEAR)

    def ends(self, pattern: re.Pattern[str], reach: int = 16) -> re.Match[str] | None:
        """The match of ``pattern``, one that ends in $, in what stands before the quantity in its part of the clause."""
        return pattern.search(self.text, max(self.left, self.start - reach), self.start)

    @_Once
    def is_chinese(self) -> bool:
        """True for 三个, false for 3个."""
        return _ARABIC.search(self.text, *_edges(self.quantity.numeral)) is None

    @_Once
    def closed(self) -> bool:
        """True where no noun follows: the number ends its phrase."""
        return _CLOSED.match(self.text, self.end, self.clause.right) is not None

    @_Once
    def bound_before(self) -> bool:
        """True where the bound's word stands before the number: 不少于30天, 超500件, 至少与1家."""
        return self.gap is not None or bound_stands_before(self.quantity)

    @_Once
    def moved_from(self) -> re.Match[str] | None:
        """由20%提高到, where the quantity is what it is moved to."""
        return _FROM.search(self.text, self._near, self.start)

    @_Once
    def moves_on(self) -> bool:
        """True for the first number of 由20%提高到30%: what was, no target."""
        return _MOVED_ON.match(self.text, self.end) is not None

    @_Once
    def reached(self) -> bool:
        """True after 达到, 提高到, 控制在 …"""
        near = max(self.clause.left, self.start - 12)
        return (
            self.words.reach_end.search(self.text, near, self.start) is not None
            or _LEVEL.search(self.text, near, self.start) is not None
            or self.moved_from is not None
            or (self.text[near : self.start].endswith("以") and _AS_GOAL.match(self.text, self.end) is not None)
        )

    @_Once
    def provided(self) -> bool:
        """True after 新建, 打造, 组织 …"""
        return self.ends(self.words.provide_end, 10) is not None

    @_Once
    def noun(self) -> Span | None:
        """What the number belongs to, where that stands before it; of shares and multiples with its verb."""
        rate = self.quantity.kind in ("percent", "fraction", "multiple", "full", "zero")
        at = self.gap.start if self.gap is not None else self.start
        noun = phrases.noun_before(self.text, self.left, at, self.words, rate=rate)
        if noun is not None and self.each is not None and self.each.start <= noun.start and noun.end <= self.each.end:
            if self.gap is None or rate:  # 每个小组培养3名以上: who, not what
                return None
            if self.words.provide_start.fullmatch(self.text, self.gap.end, self.start):
                return None
            return phrases.noun_before(self.text, self.gap.end, self.start, self.words, rate=rate)
        if noun is not None and self.each is not None and noun.start + 2 <= self.each.start < self.each.end == noun.end:
            return Span(noun.start, self.each.start)  # 灭火器每村不少于20具
        if noun is not None and not rate and self.each is not None and self.each.start <= noun.start < self.each.end:
            start = phrases.trim_lead(self.text, self.each.end, noun.end)
            verb = self.words.provide_start.match(self.text, start, noun.end)
            if verb is not None and noun.end - verb.end() >= 2:
                start = verb.end()
            return Span(start, noun.end) if noun.end - start >= 2 else noun  # 每座水库落实责任人1名
        if (
            noun is None and not rate and self.gap is not None and self.start - self.gap.end >= 4
        ):  # 每季度至少上门服务1次
            return phrases.noun_before(self.text, self.gap.end, self.start, self.words, rate=rate)
        return noun

    @_Once
    def after(self) -> Span | None:
        """What the number belongs to, where that stands after it."""
        return phrases.noun_after(self.text, self.end, self.clause.right, self.following)

    @_Once
    def opening_verb(self) -> bool:
        """True where the quantity's part of the clause opens with a verb of providing: 打造A线、B线3条风景线."""
        opening = phrases.trim_lead(self.text, self.left, self.start)
        return self.words.provide_start.match(self.text, opening, self.start) is not None

    @_Once
    def each(self) -> Span | None:
        """Who each of which the number is for: 每村."""
        return phrases.scope(self.text, self._near, self.start)

    @_Once
    def baseline(self) -> Span | None:
        """What the number is compared with: 2020年 of 比2020年增长, 20% of 由20%提高到."""
        compared = _COMPARED.search(self.text, self._near, self.start)
        if compared is not None:
            return Span(*compared.span("year" if compared["year"] else "ground"))
        return Span(*self.moved_from.span("from")) if self.moved_from is not None else None

    @_Once
    def change(self) -> Change | None:
        """The change that the number is: its own (增长8%), or that of a verb before its noun (新增…产品超100件)."""
        if self.quantity.kind in ("percent", "fraction") and self.ends(_PART_OF_STOCK) is not None:
            return None
        if self.quantity.kind == "multiple" or self.quantity.change is not None:
            return None if self._is_upgraded() else self.quantity.change
        return self._governed()

    def _is_upgraded(self) -> bool:
        """True for 路灯照明提升2万盏: so many are upgraded; 处理能力提升2万吨 is a change."""
        verb = self.quantity.span.start - len("提升")
        if self.quantity.kind != "count" or not self.text.startswith("提升", verb) or verb <= self.left:
            return False
        return _AMOUNT_ENDS.search(self.text, self.left, verb) is None

    def _governed(self) -> Change | None:
        verb = _GOVERNING.search(self.text, max(self.left, self.start - 80), self.start)
        if verb is None or self.text[verb.end() : verb.end() + 1] == "的":
            return None
        if verb["level"] and self.quantity.kind == "count":
            return None  # 提升城镇老旧小区9个
        opening = phrases.trim_lead(self.text, self.left, self.start)
        if verb["new"]:
            if self.quantity.kind == "percent":
                return None  # 新增建筑占比达到100%
            close = verb.start() <= opening + 6 or (self.noun is not None and self.noun.start == verb.end())
            return "increase" if close else None
        if self.reached or self.ends(_TO_LEVEL) is not None:
            return None
        if verb.start() > opening + 2 and self.noun is not None and verb.end() < self.noun.end:
            return None
        return "increase" if verb["more"] else "decrease"


def is_closed(text: str, at: int, right: int) -> bool:
    """True where a phrase ends at ``at``."""
    return _CLOSED.match(text, at, right) is not None


def bound_stands_before(quantity: Quantity) -> bool:
    """True where the quantity's own bound stands before its number (不少于30天)."""
    return quantity.operator not in ("=", "range") and quantity.span.start < quantity.numeral.start


def _edges(span: Span) -> tuple[int, int]:
    return span.start, span.end
