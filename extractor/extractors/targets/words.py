"""The words about targets, from the dictionaries, as compiled patterns."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractor.lexicon import Lexicon
from extractor.numerals.words import alternation


@dataclass(frozen=True, slots=True)
class TargetVerb:
    """A row of ``target_verbs.csv``: ``reach`` stands before a level (达到); ``provide`` before a thing (新建), as does ``provide_noun``, which is also
    a noun or part of one (组织, 服务), and ``hold``, which may close a clause (每年召开2次); ``raise`` and ``lower`` before a change (增长)."""

    word: str
    role: str
    source: str


@dataclass(frozen=True, slots=True)
class Indicator:
    """A row of ``indicators.csv``: the end of an indicator's name; ``kind`` is rate, time or amount."""

    word: str
    kind: str
    source: str


@dataclass(frozen=True, slots=True)
class NeverTarget:
    """A row of ``target_never.csv``: a word that makes a number no target, and where it must stand."""

    word: str
    place: str
    why: str
    source: str


@dataclass(frozen=True, slots=True)
class ShareVerb:
    """A row of ``share_verbs.csv``: what the share of a group does; ``place`` is result (30%以上的村实现五星达标: some way behind
    the number), at_once (100%纳入平台: right behind it) or turn (村实现达标 is told as 达标的村)."""

    word: str
    place: str
    source: str


@dataclass(frozen=True)
class TargetWords:
    """The dictionaries of targets, ready for matching. Patterns named ``…_end`` match at the end of what stands before."""

    reach_end: re.Pattern[str]
    provide_end: re.Pattern[str]
    provide_start: re.Pattern[str]
    hold_end: re.Pattern[str]
    act: re.Pattern[str]
    rate_end: re.Pattern[str]
    time_end: re.Pattern[str]
    amount_end: re.Pattern[str]
    indicator: re.Pattern[str]
    indicator_end: re.Pattern[str]
    fact: re.Pattern[str]
    fact_word: re.Pattern[str]  # any word of a fact, whatever it is part of: quickly searched for
    prize: re.Pattern[str]
    prize_word: re.Pattern[str]  # any word of a prize, likewise
    given: re.Pattern[str]
    position_end: re.Pattern[str]
    rank_end: re.Pattern[str]
    list_start: re.Pattern[str]
    work_start: re.Pattern[str]
    share_result: re.Pattern[str]
    share_at_once: re.Pattern[str]
    share_turn: re.Pattern[str]


_ADVERBS = r"(?:了|约|各|再|合?共|好|出|为|重点|全面|新|至少|均|都|累计|全部|剩余|其余)?\s?"


def target_words(lexicon: Lexicon) -> TargetWords:
    """The target words of ``lexicon``, compiled once."""
    return lexicon.derived("targets.words", _build)


def _build(lexicon: Lexicon) -> TargetWords:
    verbs = lexicon.rows("target_verbs", TargetVerb)
    indicators = lexicon.rows("indicators", Indicator)
    never = lexicon.rows("target_never", NeverTarget)
    shares = lexicon.rows("share_verbs", ShareVerb)

    def verb(*roles: str) -> str:
        return alternation(row.word for row in verbs if row.role in roles)

    def ending(*kinds: str) -> str:
        return alternation(row.word for row in indicators if row.kind in kinds)

    def bar(why: str) -> str:
        return alternation(row.word for row in never if row.why == why)

    def share(place: str) -> str:
        return alternation(row.word for row in shares if row.place == place)

    return TargetWords(
        reach_end=re.compile(rf"(?<!雷(?=达))(?:{verb('reach')})(?:了)?\s?$"),
        provide_end=re.compile(rf"(?:{verb('provide', 'provide_noun', 'hold')}){_ADVERBS}$"),
        provide_start=re.compile(rf"(?:{verb('provide', 'provide_noun', 'hold')})"),
        hold_end=re.compile(rf"(?:{verb('hold')}){_ADVERBS}$"),
        act=re.compile(rf"(?:{verb('provide', 'hold')})了?(?:（[聘派编立设种建扩引]）)?"),
        rate_end=re.compile(rf"(?:{ending('rate')})$"),
        time_end=re.compile(rf"(?:{ending('time')})$"),
        amount_end=re.compile(rf"(?:{ending('amount')})$"),
        indicator=re.compile(ending("rate", "time", "amount")),
        indicator_end=re.compile(rf"(?:{ending('rate', 'time', 'amount')})$"),
        fact=re.compile(
            rf"(?!(?:户籍|总)人口(?:城[镇市]化|参保|登记|规模)|(?<=[按照])户籍人口)(?<![比较同])(?<![实表体出呈展涌](?=现有))(?:{bar('fact')})"
        ),
        fact_word=re.compile(bar("fact")),
        # 首问责任制, 警告标志: a prize's word within another
        prize=re.compile(rf"(?!(?<=首)问责|警告[标牌灯线]|处?罚案[卷件])(?:{bar('prize')})"),
        prize_word=re.compile(bar("prize")),
        given=re.compile(bar("money_given")),
        position_end=re.compile(rf"(?<![结面核则本体间株行])(?:{bar('position')})\s?$(?<!岁以下)(?<!岁以上)"),
        rank_end=re.compile(rf"(?<![底年月日末终初以之汛课会岗班])(?:{bar('rank')})\s?$"),  # not 5月底前不少于1次
        # 三个方面   突出三个重点，  but not 3户重点户
        list_start=re.compile(
            rf"(?:大|重大|重点|主要|基本)?(?:{bar('list_word')})|(?:{bar('list_adjective')})(?=[，,。；;、：:）)]|$)"
        ),
        work_start=re.compile(rf"(?:大|重大|重点|主要|基本|专项|长效|工作|配套|政策){{0,2}}(?:{bar('work_word')})"),
        share_result=re.compile(
            r"的?(?!比例|比重|权重|概率|股份|股权|罚款|违约金|折扣|优惠|补贴)[^，。；]{0,24}?"
            rf"(?:{share('result')}|[超达](?=\d))"
        ),
        share_at_once=re.compile(share("at_once")),
        share_turn=re.compile(rf"(?P<noun>[^，。；]{{0,12}}?)(?P<verb>{share('turn')})"),
    )
