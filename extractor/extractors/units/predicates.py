"""What a predicate makes of its subject (谓语定角色): 牵头 beats 督查 beats 要.

The words are those of ``dictionaries/predicate_words.csv``. A predicate is what stands between a subject and the next
one or the end of the sentence; the parts between its commas are judged one by one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import regex

from extractor.extractors.units.names import alternatives
from extractor.lexicon import Lexicon
from extractor.model import Role

MODAL = r"""
    (?:都|均|也|还|既|更|同时|一律|务|亦|就|则|原则上|坚决|切实|今后|必)?
    (?: 必须|应当|应该|务必|需要
      | 要(?![求素点件闻塞害道领案约职地旨义])                  # 各支部要, never 要求, 要素
      | 应(?![急用对届付收变力有当战诉]|[邀聘](?![请任集用])|.[尽则])            # 各单位应, never 应急, 应尽尽
      | 须(?!知|要) | 需(?!求|要[^，。；]{0,6}的) | 将(?![军来])
      | (?<=[署局处厅）])会(?![议商同员计场所展长费章址客籍面签审办诊谈见战晤堂馆考期后前中上])(?=[\u4e00-\u9fff])  # 環保署會跟進
      | 拟(?!定|建) )
"""

MODAL_STARTS = "会都均也还既更同一律务亦就则原坚切今必应需要须将拟"

_MODAL_FIRST = re.compile(MODAL, re.VERBOSE)
# what is quoted, and a bracket that explains a word for the whole paper: 牵头单位（没有的，责任单位为牵头单位，下同）
_QUOTED = re.compile(r"[“「『《][^”」』》]{0,40}[”」』》]|（[^（）]{0,60}下同[^（）]{0,10}）")
_MAY_QUOTE = re.compile("[“「『《（]")
# 要加强检查，确保完成…: what it is for says nothing of the role
_RESULT = re.compile(r"，(?:切实)?(?:确保|保证|做到|以便|以|力争)")
# …，由B负责 / 接受B监督: from here on another unit acts
_OTHER_DOER = regex.compile(r"由(?![于此来])|接受")
_PART = re.compile(r"[，：。；]")
# 覆盖率100%
_RATE = re.compile(r"[^，]{0,10}(?:率|量|不少于|不低于|不超过)[^，]{0,6}\d")
# 一般隐患10日内整改到位: what others do about what was found
_MENDED = re.compile(r"[^，]{0,16}(?:整改到位|整改完毕|整改销号|及时销号|挂牌督办|限期整改)[。；]?$")
_LEADS = regex.compile(
    r"挂帅|牵头(?!单位|部门|线办|责任|领导|机关|(?:负责|承担|办理|实施|推进|主办)?的|人|负责制)|总抓|主抓(?!意识|责任|主管|主业|手)|总牵头|抓总|(?<!与)会同(?!志)|联同|为牵头|(?<!特别|尤其)是牵头|作为牵头"
)
# 镇党委书记为第一责任人，要…
_IN_CHARGE = regex.compile(
    r"""(?:是|为|作为)[^，。；]{0,30}
    (?:责任人|责任主体|责任单位|第一责任|牵头单位|牵头部门|主管部门|实施主体|，[^，。；]{0,12}负总责)
    | (?![^，。；]{0,30}(?:[由要是为把对]|通报|督促|约谈|追究))[^，。；]{2,30}的(?:责任主体|责任单位|第一责任人|主管部门)(?=[，。；]|$)""",
    regex.VERBOSE,
)
# A负责督促…: to be in charge of supervising is a work like any other
_CHARGED = re.compile(r"：?负责[^，。；]{0,40}(?:督促|监督|督办|监管)|：?负责[^，。；]{0,12}(?:组织实施|调度)")
_SUPPORTS = regex.compile(
    r"""(?:全力|积极|主动|密切|紧密|共同|协同|广泛|认真|切实|做好|加强|抓好|全程|负责|予以|给予|履行好?|落实好?|履职|按照?(?:各自)?职[责能](?:分工)?)*
    (?:配合|协助|参与|协同|协办|支持配合)""",
    regex.VERBOSE,
)
# 服从牵头单位的调度安排: what who helps does anyway
_OBEYS = re.compile(r"(?:自觉|坚决|主动)?(?:服从|听从|接受)[^，。；]{0,24}(?:安排|调度|指挥|调配|调遣|部署)$")
# A牵头，B配合，制定…: what follows is the work of both
_ONLY_SUPPORTS = regex.compile(r"(?:共同|积极|密切|协同|分工)*(?:配合|协助|参与|协办|派[员人]参加)(?:[，。；]|$)")
# 把此项工作纳入年度考核: to put it on the list is a work like any other
_COUNTED_IN = re.compile(
    r"^(?!并|[^，]{0,6}(?:结果|情况|成绩|得分))[^，。；]*?(?:纳入|列入)[^，。；]{0,16}(?:考核|考评|督查|评估|检查)"
    r"|健康检查|自我检查|自查自纠"
)
# 加强对承担公共服务职能的单位的监督: whom it oversees tells of no other work
_OVERSEEN = re.compile(r"对[^，]{2,60}的(?=(?:业务|日常|工作)?(?:指导|监督|监管|督导|检查|考核)[^，的]{0,8}$)")
# 政策宣传和业务指导: the supervising is only one half
_BESIDE = regex.compile(r"(?:宣传|培训|服务|保障|协调|建设|管理|帮扶)(?:和|与|及|、)")
_INSPECTOR = re.compile("[督巡监检察]|纪委|第三方")
# 督查室每月通报进展: a body that is there to inspect inspects, whatever else its words tell
_INSPECTORS = re.compile("督[查导考]|巡察|监督站|质监站")
_INSPECTS = re.compile("抽查|督查|督导|暗访|回头看|检查|监督|考核(?!办)")
_RECKONS = re.compile("^负责|[把将][^，。；]*(?:列入|纳入)|建立|制定|整改|配合|培训")
_NAMES_DUTY = ("负责", "：负责", "承担", "承办")


@dataclass(frozen=True)
class PredicateWord:
    """A row of ``predicate_words.csv``: ``not_before`` are endings, parted by |, that make it part of a name (督查|室)."""

    word: str
    kind: str
    source: str
    not_before: str = ""


class Predicates:
    """The judge of predicates, made once for a lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        rows = lexicon.rows("predicate_words", PredicateWord)
        of = {kind: [r for r in rows if r.kind == kind] for kind in {r.kind for r in rows}}
        supervise = _words(of["supervise"])
        self._supervises = re.compile(supervise)
        self._beyond_rounds = re.compile(_words([r for r in of["supervise"] if r.word != "巡查"]))
        self._supervises_first = re.compile(
            rf"(?:加强|加大|负责|组织|做好|严格|定期|适时|及时|全程|开展|进行|认真|具体|不定期|全面|对[^，]{{2,20}})*{supervise}"
        )
        self._supervises_last = re.compile(rf"{supervise}(?:工作|力度|检查|落实)*$")
        self._other_work = re.compile(rf"{_words(of['other_work'])}|开展.{{0,8}}(?:活动|工作)$")
        self._other_duty = re.compile(_words(of["other_duty"]))
        self._work = re.compile(_words(of["work"]))
        self._effect = re.compile(_words(of["effect"]))
        self._aftermath = re.compile(_words(of["aftermath"]))
        self._adverbial = re.compile(_words(of["adverbial"]))

    @staticmethod
    def of(lexicon: Lexicon) -> Predicates:
        """The judge of a lexicon."""
        return lexicon.derived("units.predicates", Predicates)

    def role(self, predicate: str, doer: str = "") -> tuple[Role, bool]:
        """The firm role that a predicate gives its subject, and whether its words name the role.

        ``doer`` is the subject's name: going the rounds (巡查) is what a village or a guard does, and supervising only for
        who is there to supervise (督查组).
        """
        if _IN_CHARGE.match(predicate):
            return ("lead" if "牵头" in predicate[:24] else "responsible"), True
        said = predicate
        if _MAY_QUOTE.search(predicate):
            predicate = _QUOTED.sub("", predicate)
        modal = _MODAL_FIRST.match(predicate)
        predicate = _up_to(_RESULT, predicate[modal.end() :] if modal else predicate)
        own = _up_to(_OTHER_DOER, predicate)
        if _LEADS.search(own):
            return "lead", True
        parts = [p for p in _PART.split(own) if p.strip()]
        if not parts:
            return "responsible", False
        orders = [p for p in parts if self._orders(p)] or parts
        orders = [p for p in orders if not self._only_follows(p)] or orders
        helps = [p for p in orders if not _OBEYS.match(p)] or orders
        if _ONLY_SUPPORTS.match(predicate) or (len(helps) == 1 and _SUPPORTS.match(helps[0])):
            return "support", True
        if all(map(self._only_supervises, orders)) and not _CHARGED.match(predicate):
            own_rounds = "巡查" in own and not _INSPECTOR.search(doer) and not self._beyond_rounds.search(own)
            return ("responsible", False) if own_rounds else ("supervise", True)
        if _INSPECTORS.search(doer) and _INSPECTS.search(said) and not _RECKONS.search(said):
            return "supervise", True
        return "responsible", predicate.startswith(_NAMES_DUTY)

    def _orders(self, part: str) -> bool:
        """False for 根据有关规定, 结合实际: how, not what."""
        return not self._adverbial.match(part) or bool(self._supervises.search(part) or self._work.search(part))

    def _only_follows(self, part: str) -> bool:
        """True for 形成合力, 覆盖率100%, 对进展缓慢的予以通报: what comes of the work."""
        found = self._effect.match(part) or _RATE.match(part) or _MENDED.match(part) or self._aftermath.search(part)
        return bool(found)

    def _only_supervises(self, part: str) -> bool:
        """True for 负责指导督查…, 适时开展督促检查, 实施差异化监管: the clause names no other work."""
        part = _COUNTED_IN.sub("", part)
        part = _OVERSEEN.sub("对", part) if "对" in part and "的" in part else part
        if self._other_duty.search(part) or not self._supervises.search(part):
            return False
        if self._supervises_first.match(part):
            return True
        return not _BESIDE.search(part) and (
            bool(self._supervises_last.search(part)) or not self._other_work.search(part)
        )


def _up_to(pattern: regex.Pattern[str] | re.Pattern[str], text: str) -> str:
    """``text`` before the first place that ``pattern`` knows."""
    found = pattern.search(text)
    return text[: found.start()] if found else text


def _words(rows: Iterable[PredicateWord]) -> str:
    plain = [r.word for r in rows if not r.not_before]
    guarded = [f"{re.escape(r.word)}(?!{r.not_before})" for r in sorted(rows, key=lambda r: r.word) if r.not_before]
    return f"(?:{'|'.join([*guarded, alternatives(plain)] if plain else guarded)})"
