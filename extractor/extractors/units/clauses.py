"""Units in running text (句中责任主体): the subject of an order, 由X, 请X, A会同B, A牵头、B配合, 接受X监督.

A candidate is a place where the ending of a unit's name meets a word that can follow a doer (要, 负责, 根据…). From
there the clause is read back to its start; what stands there must be a list of units and nothing else.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Literal

import regex

from extractor.extractors.units.doers import LONGEST_LIST, Doers
from extractor.extractors.units.names import NamedUnit, Names, Verb, alternatives
from extractor.extractors.units.predicates import MODAL, MODAL_STARTS, Predicates
from extractor.extractors.units.values import Form, UnitMention
from extractor.lexicon import Lexicon
from extractor.model import Mention, Role, Span

Strength = Literal["modal", "duty", "act"]

_QUOTE_LIMIT = 90
_MOST_ENDINGS = 24  # endings of names that are tried for one list: the longest real one had twelve units

# -- what can follow a doer

# 驻村指导员, 市政府督考办, 县委组织部: the verb is part of a name
_NOT_A_NAME = r"""(?!员|(?<!组织)人员|组(?![织建成])|办(?![理公法事好])|室|委员|站(?![在点])|处(?![理置罚])|科(?![学技])|部(?![门署分])
    |线(?![上下])|局(?!面)|队(?!伍)|小组|所(?![有在需属])|团(?![结队])|中心|大队|会(?![议商])|栏|体(?=[，、。；的）]|建设|$))"""
# 负责人, 负责制, 配合力度: the duty is part of a noun
_NOT_A_NOUN = r"(?!人|同志|制(?![定订作])|者|单位|部门|责任|领导|机制|体系|力度|职责|方案|标准|办法|情况|结果|力量|的)"
# 各所自3月起 / 乡镇按30%抽查 / 应急队24小时待命
_PREPOSITION = r"""(?:(?<!处)在(?![家建编职岗校册地])|对(?![外接口台象])|(?<!处)于(?!是)|自(?![身行主己然觉愿来由治])|按
    |从(?=[^，。；\n]{2,40}(?:方面|角度|环节|入手))|从(?=[^，。；\n]{2,16}(?:选派|抽调|选聘|抽取|遴选))
    |为(?=[^，。；\n]{2,24}(?:提供|出具|办理|配备|建立))
    |(?=[一二三四]季度|[上下]半年|全年|年底|年内|[上中下]旬)
    |每(?=[年月季周日天半两三逢学\d])|(?=\d+(?:小时|分钟|[日天月年]))|以(?![及来内外上下前后往])|向(?!阳)|把(?!握)|就(?!业|近|地))"""
_SEATED = r"设在[^，。；\n]{2,20}，(?:具体)?(?=承担|负责)"
_IN_CHARGE = r"""(?:是|为|作为)(?=[^，。；\n]{0,30}
    (?:，[^，。；\n]{0,12}负总责|责任人|责任主体|责任单位|第一责任|牵头单位|牵头部门|主管部门|实施主体))"""
# 法制审核机构对审核意见负责
_ANSWERS = r"对(?=[^，。；\n]{2,40}负(?:总|主体)?责(?:任)?(?:[，。；]|$))"
_DUTIES = frozenset(("负责", "具体负责", "承担", "承办", "主责", "负总责", "具体落实", "具体实施", "具体组织实施"))
# Each of these with every character that it can begin with, digits aside.
OPENINGS = (
    (MODAL, MODAL_STARTS),
    (_PREPOSITION, "在对于自按从为一二三四上下全年中每以向把就"),
    (f"{_SEATED}|{_IN_CHARGE}|{_ANSWERS}", "设是为作对"),
)
_BRACKET = r"(?:（[^（）\n]{1,14}）)?"
_AND_OTHERS = r"(?:等(?:有关|相关|各|职能)*(?:单位|部门|线办|机关|组织|机构|地区|方面)?)?"

# -- what can stand before a list

_LEAD_IN = re.compile(
    r"""
      [\s\-—•●◆■*]+
    | [一二三四五六七八九十]{1,3}(?:是|、) | （[一二三四五六七八九十\d]{1,3}） | \d{1,3}[.、)] | [①-⑳]
    | 第[一二三四五六七八九十]{1,3}[,，、] | 第[一二三四五六七八九十百\d]{1,4}[条款章节]\s* | “?十[一二三四五六]五”?(?:时期|期间)，?
    | [\u4e00-\u9fff]{2,4}期[内间]                                  # 防火期内乡防火办
    | 近期|首先|其次|再次|最后|同时|此外|另外|其中|届时|原则上|特别是|尤其是|并且|并由|以及|今后|会后|期间|下一步|即|及(?!时)|和|与|并
    | (?:20\d\d|[X×\d]{4}|今|明|当|每)年 | \d{1,2}月(?:份|底|初|末|中旬|上旬|下旬)? | \d{1,2}日
    | (?:[年月]|季度)[底末初] | [上下]半年 | (?:之|以)?前 | [上中下]旬 | 每季度|每月|每周|每半年
    """,
    re.VERBOSE,
)
_BY = regex.compile(r"(?<![自理缘事来任案])由(?!于|此|来|衷|浅)")
_ASK = regex.compile(r"(?<![申提邀聘报商敬恳])请(?![示求假批教柬问])")
_EACH = regex.compile(r"(?<=.)每(?:个|村|镇|县)")

# -- what makes a list no doer after all

_APPOINTED = regex.compile(r"(?:同志)?(?:挂帅|兼任|兼|担任|任|组成|为(?:组长|副组长|成员|主任|指挥长))")
# 由各部门召开的会议
_RELATIVE = regex.compile(r"[\u4e00-\u9fff]{1,4}的")
_OWN_DECISION = regex.compile(r"(?:自主|自行|按照委托方|报[^，。；]{2,16}备案)")
_FACT = regex.compile(r"近年来|已经|取得了?|目前|以来|迄今|不断|仍然|占比|得到|明显|(?<![为除])了(?![解结])")
# 上个月，市委金融办牵头召开了推进会: what was, not what is to be done
_TOLD = regex.compile(
    r"""[\s一二三四五六七八九十、是]{0,4}(?:上个?月|上周|上半年以来|近日|日前|近期(?!内)|近年来|多年来|去年|今年以来|此前|前期(?=，)
    |目前|截[至止]目前|长期以来|一直以来|过去)""",
    regex.VERBOSE,
)
_DONE = regex.compile(r"(?<![为除极])了(?![解结望却如断])|提出过|曾")
_ORDERS = regex.compile(r"[要应须]|必须|务必|力争|确保|请|由(?!于|此|来)|(?<![军部名中小上大少])将(?![军来])|下一步")
# 市科委在项目评审中所需的专家，应当…: the unit stands in what describes another doer
_DESCRIBES = regex.compile(r"[^，。；\n]{2,40}所[\u4e00-\u9fff]{1,2}的[\u4e00-\u9fff]{1,8}，")
# 零工驿站于6月底前建成投用: what is built, not who builds
_IS_BUILT = regex.compile(
    r"[^，。；\n]{0,14}?(?:前|内|底)(?:全面|全部|正式)?(?:建成|竣工|通车|投产|投用|投入使用|启用)"
)
# 各学校与教师层层签订责任书: the partner of what two do together
_PARTNER = regex.compile(r"[与同跟](?=[^与同跟]{2,}$)")
_JOINT = re.compile(r"(?:层层|逐一|分别|签?)*(?:签订|签约|签署|结对|对接|协商)")
# 每村配备保洁员不少于3名: a quota handed out, no order to the village
_QUOTA = regex.compile(r"每[^，。；\n]{1,12}?(?:配备|选配|聘用|安排|明确|包保|培育)[^，。；\n]{0,20}?\d")

# -- units that are no subject

_OVERSEEN = regex.compile(
    r"接受(?P<list>[^，。；\n]{2,60}?)(?:的)?(?=(?:日常|专项|业务)?(?:监督|督查|督导|检查|考核|审计监督))"
)
_TOGETHER = regex.compile(r"(?<![与和])(?:会同|联同)")
# 成立河湖长制工作领导小组，负责统筹协调
_GROUP = regex.compile(
    r"""
    (?:(?:成立|组建|设立|建立)了?|的)
    (?P<name>(?!成立|组建|设立|建立)[^，。；\n的（）]{2,36}(?:领导小组|指挥部|指挥所|工作专班|专班|工作组|委员会))
    (?:（[^）]{0,40}）)?，(?:由[^，。；\n]{0,40}，)?(?:具体|统一|全面|主要)?负责(?!人|同志)
    """,
    regex.VERBOSE,
)
_ANY_GROUP = regex.compile(r"(?:相应|专门|专项|相关|本级|各级)?的?(?:工作)?(?:专班|领导小组|工作组|指挥部|委员会)")
_APPROVED = regex.compile(
    r"报(?:经|请|送)?(?P<list>[^，。；\n报]{2,30}?)(?:研究|审核|讨论)?(?=核准|审定|批准|审批)(?!(?:核准|审定|批准|审批)的)"
)
# 聘请第三方每月进行督查
_HIRED = regex.compile(
    r"""(?:聘请|委托|引入|邀请)(?P<list>第三方(?:专业|评估|检测|测评|监测|服务)?(?:机构|单位|公司)?)[^，。；\n]{0,16}?
    (?:督查|督导|评估|测评|考核|检查|监理|监督|验收|暗访|审计)""",
    regex.VERBOSE,
)
_ANY_BODY = frozenset(("有关部门", "相关部门", "有关方面", "有关单位", "相关单位"))

# 企业开展自查自纠, 幼儿园每学期开展: what only somebody told to can be said to do
_SET_WORK = regex.compile(r"(?:每(?:[年月季周日天]|学期|半)|按.{0,12}(?:比例|要求|标准|规定)|(?:全面)?(?:开展)?自查)")
# 由国务院|分管领导同志签发
_POST_OF = regex.compile(r"(?:分管|主要|有关|相关|负责)?(?:领导同志|负责同志|领导|负责人)(?!的)")

# -- places

_SENTENCE_END = re.compile(r"[。；！？\n]")
_SENTENCE_START = regex.compile(r"(?r)[。；！？\n]")  # (?r) searches backwards from the end
_CLAUSE_START = regex.compile(r"(?r)(?:[，。；：！？\n\t]|[ ](?=\d{1,2}[.、])|(?<=牵头|负责|配合|承办|主办|协办)、)")
_LAST_OPENING = regex.compile(r"(?r)[（“《「【]")
_CLAUSE_END = re.compile(r"[，。；！？\n\t]")
_GOES_ON = frozenset("、和与及的书门委办局厅部室站所院处科股队组会长级")
_NO_ENDING = frozenset(("组成", "组建", "组织", "部署", "会议", "处理"))

_RANK = {"lead": 0, "supervise": 1, "support": 2, "leader": 3, "responsible": 4}


@dataclass(frozen=True, slots=True)
class _Subject:
    start: int  # of the list, with 由 or 请
    end: int  # where the predicate begins
    units: tuple[NamedUnit, ...]
    form: Form


class _Patterns:
    """The patterns that hold words of a lexicon; the standard re is four times as fast as regex on them."""

    def __init__(self, lexicon: Lexicon) -> None:
        verbs = lexicon.rows("role_verbs", Verb)
        duties = [v.verb for v in verbs if v.kind in ("lead", "support") or v.verb in _DUTIES]
        acts = [v.verb for v in verbs if v.kind != "mobilise" and v.verb not in duties]
        last = "".join(sorted({suffix[-1] for suffix in Names.of(lexicon).kind_of}))
        starts = [first for _, first in OPENINGS] + [verb[0] for verb in (*duties, *acts)]
        follows = "".join(sorted({*"".join(starts), *"：。\n”（等"}))
        # What can follow at all is looked at first: three endings of names out of four stand before something else.
        self.candidate = re.compile(
            rf"""
            [{last}](?=[{follows}\d])”?{_BRACKET}{_AND_OTHERS}
            (?=(?P<modal>(?<!不)(?!不得|不能|不准|不再|可以?|能够?)(?:{MODAL}))
              |(?P<duty>(?:：|[。\n][ ]*(?=负责|牵头|承担|组织|指导))?
                        (?:{_SEATED}|{_IN_CHARGE}|{_ANSWERS}|{alternatives(duties)}{_NOT_A_NAME}{_NOT_A_NOUN}))
              |(?P<act>{_PREPOSITION}|{alternatives(acts)}{_NOT_A_NAME}(?!的))
            )
            """,
            re.VERBOSE,
        )
        self.ending = re.compile(f"[{last}]{_BRACKET}")
        known = [v.verb for v in verbs if len(v.verb) > 1]
        self.verb = re.compile(f"[，：、]|{_PREPOSITION}|{alternatives(known)}", re.VERBOSE)
        self.end_of_list = re.compile(
            rf"[{last}]{_BRACKET}(?=等|[，。；：！？\n]|$|{alternatives(acts + duties)}{_NOT_A_NAME}|{_PREPOSITION}|[要应须将])",
            re.VERBOSE,
        )
        # 各部门在制定办法时，要明确: in the same clause, or opening a later one
        self.later_modal = re.compile(rf"(?:^[^，。；由\n]*?|，)(?:{MODAL})", re.VERBOSE)


def clauses(
    match: str, span: Span, lexicon: Lexicon, *, apart: Collection[Span], known: frozenset[str]
) -> Iterator[Mention]:
    """The units of running text between ``span.start`` and ``span.end``, in order of place.

    ``apart`` are spans that are read elsewhere (brackets, unit lines, unit cells); ``known`` names count as units though
    their ending alone would not show it.
    """
    reader = _Reader(match, span, lexicon, apart, known)
    subjects = sorted((*reader.subjects(), *reader.asked()), key=lambda s: (s.start, s.end))
    yield from reader.one_role([*reader.mentions(subjects), *reader.further()])


class _Reader:
    """One plan's text with the places of its sentence and clause ends."""

    def __init__(
        self, match: str, span: Span, lexicon: Lexicon, apart: Collection[Span], known: frozenset[str]
    ) -> None:
        self.match, self.span = match, span
        self.doers, self.predicates = Doers(lexicon, known), Predicates.of(lexicon)
        self.patterns = lexicon.derived("units.clauses", _Patterns)
        self.last_sentence = Span(span.start, span.start)  # kept, so that an endless line is not gone through often
        self.apart = sorted(apart)
        self.apart_starts = [s.start for s in self.apart]
        self.taken: set[int] = set()

    # -- places

    def sentence(self, offset: int) -> Span:
        """The sentence at an offset, with its closing mark."""
        if not self.last_sentence.start <= offset < self.last_sentence.end:
            opened = _SENTENCE_START.search(self.match, self.span.start, offset)
            closed = _SENTENCE_END.search(self.match, offset, self.span.end)
            self.last_sentence = Span(
                opened.end() if opened else self.span.start, closed.end() if closed else self.span.end
            )
        return self.last_sentence

    def sentence_end(self, offset: int) -> int:
        """Where the sentence at an offset ends."""
        return self.sentence(offset).end

    def clause_start(self, offset: int) -> int:
        """Where the clause at an offset begins, at most one list of units away."""
        floor = max(self.span.start, offset - LONGEST_LIST)
        found = _CLAUSE_START.search(self.match, floor, offset)
        return found.end() if found else floor

    def opens_line(self, offset: int) -> bool:
        """True where only a label stands before an offset in its line."""
        line = self.match.rfind("\n", 0, offset) + 1
        return not _LEAD_IN.sub("", self.match[line:offset])

    def is_apart(self, offset: int) -> bool:
        """True inside a span that is read elsewhere."""
        k = bisect_right(self.apart_starts, offset) - 1
        return k >= 0 and offset < self.apart[k].end

    def quote(self, start: int, end: int) -> Span:
        """From ``start`` to the end of the clause at ``end``."""
        limit = min(self.span.end, start + _QUOTE_LIMIT)
        found = _CLAUSE_END.search(self.match, end, limit)
        return Span(start, max(end, found.start() if found else limit))

    # -- subjects

    def subjects(self) -> Iterator[_Subject]:
        """The doers of clauses, with 由 or 请 where they stand behind one."""
        last = self.span.start
        waiting: tuple[int, _Subject] | None = None  # (start of its clause, a doer before a plain verb)
        for found in self.patterns.candidate.finditer(self.match, self.span.start, self.span.end):
            start = max(self.clause_start(found.start()), last)
            if waiting and start != waiting[0]:
                last = waiting[1].end
                yield self.take(waiting[1])
                waiting = None
            if found.start() < last or self.is_apart(found.start()) or (waiting and found["act"] is not None):
                continue
            strength: Strength = "modal" if found["modal"] else "duty" if found["duty"] else "act"
            subject = self.subject(start, found.end(), strength)
            if subject is None:
                continue
            if strength == "act":
                waiting = (start, subject)  # 国务院专利行政部门应当: a longer name before 应当 goes first
                continue
            waiting = None
            yield self.take(subject)
            last = subject.end
        if waiting:
            yield self.take(waiting[1])

    def take(self, subject: _Subject) -> _Subject:
        """``subject``, noted so that 由 and 请 before it are not read again."""
        self.taken.add(subject.start)
        return subject

    def asked(self) -> Iterator[_Subject]:
        """The units behind 由 and 请 whose verb no dictionary holds."""
        for pattern in (_ASK, _BY):
            for place in pattern.finditer(self.match, self.span.start, self.span.end):
                if place.start() in self.taken or self.is_apart(place.start()):
                    continue
                limit = min(self.sentence_end(place.end()), place.end() + LONGEST_LIST)
                end = self.loose_end(place.end(), limit)
                if end is None or _RELATIVE.match(self.match, end):
                    continue
                subject = self.subject(place.start(), end, "act")
                if subject and subject.start == place.start() and self.doers.is_sure(subject.units[0].unit):
                    yield subject

    def subject(self, start: int, end: int, strength: Strength) -> _Subject | None:
        """The list of units between a clause's start and its predicate, where it is one and can be the doer."""
        form: Form = "subject"
        head = -1
        for pattern, said in ((_BY, "by"), (_ASK, "ask")):
            if self.match.find("由" if said == "by" else "请", start, end) < 0:
                continue
            at = max((m.start() for m in pattern.finditer(self.match, start, end)), default=-1)
            if at > head:
                head, form = at, said  # type: ignore[assignment]
        start = self.behind_lead_in(head + 1 if head >= 0 else start, end)
        text = self.match[start:end]
        opened = _LAST_OPENING.search(text)
        if opened and not any(mark in text[opened.end() :] for mark in "）”》」】"):
            return None
        if self.match[end : end + 1] in ("。", "\n") and not self.opens_line(start):
            return None  # （二）县教育局。负责…: only a heading is a doer over its full stop
        partner = _PARTNER.search(text) if _JOINT.match(self.match, end) else None
        units = self.doers.units(text[: partner.start()] if partner else text)
        if not units or not self.fits(units, start, end, strength, form):
            return None
        if form != "subject" and (_APPOINTED.match(self.match, end) or _OWN_DECISION.match(self.match[end : end + 24])):
            return None
        if form == "subject":
            units[0] = _behind_heading(units[0])
        placed = tuple(replace(u, span=Span(start + u.span.start, start + u.span.end)) for u in units)
        return _Subject(head if head >= 0 else placed[0].span.start, end, placed, form)

    def behind_lead_in(self, start: int, end: int) -> int:
        """Where a clause begins behind its label, its connectives and its time."""
        while (found := _LEAD_IN.match(self.match, start, end)) and found.start() < found.end() < end:
            start = found.end()
        return start

    def fits(self, units: list[NamedUnit], start: int, end: int, strength: Strength, form: Form) -> bool:
        """True where units of this kind can be the doer of what follows."""
        if form == "ask":
            return all(self.doers.is_definite(u.unit) for u in units)
        if strength == "modal":
            return True
        if form == "subject" and self.told(start):
            return False
        if strength == "duty":
            return True
        rest = self.match[end : min(self.sentence_end(end), end + 80)]
        if _DESCRIBES.match(rest) or (form == "subject" and _IS_BUILT.match(rest)):
            return False
        if _FACT.search(rest) or _QUOTA.match(self.match, start, end + 40):
            return False
        if any(self.doers.is_whole_place(u.unit) or self.doers.is_each_one(u.unit) for u in units):
            return False
        act = self.match[end - 2 : end + 20]
        if _SET_WORK.search(act[:6]) and all(self.doers.names.kind(u.unit) == "generic" for u in units):
            return True
        return form == "by" or bool(self.patterns.later_modal.search(rest)) or self.doers.is_definite(units[0].unit)

    def told(self, offset: int) -> bool:
        """True in a sentence that tells what was done and orders nothing."""
        start, end = self.sentence(offset).start, self.sentence_end(offset)
        if not (_TOLD.match(self.match, start, end) or _DONE.search(self.match, offset, end)):
            return False
        return _ORDERS.search(self.match, start, end) is None

    # -- ends of lists that stand behind their word

    def end_of_list(self, start: int, limit: int) -> int | None:
        """Where a list ends: the first ending of a name before a verb, else before anything that no name goes on with."""
        for found in islice(self.patterns.end_of_list.finditer(self.match, start, limit), _MOST_ENDINGS):
            if self.doers.units(self.match[start : found.end()]):
                return found.end()
        return self.loose_end(start, limit)

    def loose_end(self, start: int, limit: int) -> int | None:
        """Where a list ends whose verb is not known: the last ending of a name before any verb that is."""
        held: int | None = None
        for found in islice(self.patterns.ending.finditer(self.match, start, limit), _MOST_ENDINGS):
            end = found.end()
            if held and self.patterns.verb.search(self.match, held, end):
                break
            if self.match[end : end + 1] in _GOES_ON or self.match[end - 1 : end + 1] in _NO_ENDING or end - start < 2:
                continue
            if self.doers.units(self.match[start:end]):
                held = end
        if held and (post := _POST_OF.match(self.match, held, limit)):
            return post.end()
        return held

    # -- mentions

    def mentions(self, subjects: list[_Subject]) -> Iterator[Mention]:
        """The units of subjects with the roles that their predicates give."""
        for number, subject in enumerate(subjects):
            limit = self.sentence_end(subject.end)
            if number + 1 < len(subjects):
                limit = min(limit, max(subject.end, subjects[number + 1].start))
            role, explicit = self.predicates.role(self.match[subject.end : limit])
            quote = self.quote(subject.start, subject.end)
            yield from self.of_list(subject.units, role, subject.form, explicit, quote)

    def further(self) -> Iterator[Mention]:
        """Units that are no subject: 会同X, 接受X监督, a group set up with a duty, 报X核准."""
        match, span = self.match, self.span
        for found in _TOGETHER.finditer(match, span.start, span.end):
            if self.told(found.start()):
                continue
            again = match.find("会同", found.end(), found.end() + LONGEST_LIST)
            limit = min(self.sentence_end(found.end()), again if again >= 0 else found.end() + LONGEST_LIST)
            stop = self.end_of_list(found.end(), limit)
            if stop:
                yield from self.other(found.start(), Span(found.end(), stop), "support", "with")
        for found in _OVERSEEN.finditer(match, span.start, span.end):
            yield from self.other(found.start(), Span(*found.span("list")), "supervise", "overseen")
        for found in _GROUP.finditer(match, span.start, span.end):
            if not _ANY_GROUP.match(found["name"]):
                yield from self.other(found.start("name"), Span(*found.span("name")), "responsible", "subject")
        for found in _APPROVED.finditer(match, span.start, span.end):
            yield from self.other(found.start(), Span(*found.span("list")), "responsible", "by")
        for found in _HIRED.finditer(match, span.start, span.end):
            yield from self.other(found.start(), Span(*found.span("list")), "supervise", "subject")

    def other(self, start: int, listed: Span, role: Role, form: Form) -> Iterator[Mention]:
        """The units of a list that the words at ``start`` introduce; 有关部门 is nobody."""
        if self.is_apart(start):
            return
        units = [u for u in self.doers.units(listed.of(self.match)) if u.unit not in _ANY_BODY]
        placed = [replace(u, span=Span(listed.start + u.span.start, listed.start + u.span.end)) for u in units]
        yield from self.of_list(placed, role, form, True, self.quote(start, listed.end))

    def of_list(
        self, units: Collection[NamedUnit], role: Role, form: Form, explicit: bool, quote: Span
    ) -> Iterator[Mention]:
        """One mention for each unit of a list."""
        for number, unit in enumerate(units):
            is_post = form == "subject" and self.doers.names.kind(unit.unit) == "post"
            said: Form = "post" if is_post else form
            value = UnitMention(unit.unit, role, said, explicit, unit.span, number, len(units))
            yield Mention(value, (quote,), f"units.{said}")

    def one_role(self, found: list[Mention]) -> Iterator[Mention]:
        """One firm role for each unit and sentence, in order of place."""
        best: dict[tuple[int, str], tuple[UnitMention, Mention]] = {}
        for mention in found:
            value = mention.value
            assert isinstance(value, UnitMention)
            key = (self.sentence_end(value.place.start), value.unit)
            if key not in best or _RANK[value.role] < _RANK[best[key][0].role]:
                best[key] = (value, mention)
        yield from (m for _, m in sorted(best.values(), key=lambda row: (row[1].span, row[0].place)))


def _behind_heading(unit: NamedUnit) -> NamedUnit:
    """有队伍每个村培育: a unit without the heading that runs into its sentence."""
    each = _EACH.search(unit.unit)
    if each is None:
        return unit
    return NamedUnit(unit.unit[each.start() :], Span(unit.span.start + each.start(), unit.span.end))
