"""Units in running text (句中责任主体): the subject of an order, 由X, 请X, A会同B, A牵头、B配合, 接受X监督.

A candidate is a place where the ending of a unit's name meets a word that can follow a doer (要, 负责, 根据…). From
there the clause is read back to its start; what stands there must be a list of units and nothing else.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Literal

import regex

from extractor.extractors.units.names import PLACES, NamedUnit, Names, Verb, alternatives, split_units
from extractor.extractors.units.values import Form, UnitMention
from extractor.lexicon import Lexicon
from extractor.model import Mention, Role, Span

Strength = Literal["modal", "duty", "act"]

_FARTHEST = 130
_QUOTE_LIMIT = 90
_MOST_ENDINGS = 24  # endings of names that are tried for one list: the longest real one had twelve units
_MODAL = r"""
    (?:都|均|也|还|既|更|同时|一律|务|亦|就|则|原则上|坚决|切实|今后|必)?
    (?:必须|应当|应该|务必|需要|要(?![求素点件闻塞害道领案约职地旨义])|应(?![急用对届付收邀聘变力有当战诉]|.[尽则])|须(?!知|要)|需(?!求)|将(?![军来])|拟(?!定|建))
"""
# 各支部要 / 区住建局负责 / 各地区根据有关规定 / 镇成立 / 县委宣传部：负责
# 驻村指导员, 市政府督考办, 县委组织部: the verb is part of a name
_NOT_A_NAME = r"(?!员|组(?![织建成])|办(?![理公法事好])|室|委员|站(?![在点])|处(?![理置罚])|科(?![学技])|部(?![门署分])|线(?![上下])|局(?!面)|队(?!伍)|小组|所(?![有在需属])|团(?![结队])|中心|大队|会(?![议商])|栏)"
_PREPOSITION = r"(?:(?<!处)在(?![家建编职岗校册地])|对(?![外接口台象])|(?<!处)于(?!是)|自(?![身行主己然觉愿来])|每(?=[年月季周日天半两三逢学\d])|(?=\d)|以(?![及来内外上下前后往])|按|向(?!阳)|把(?!握)|就(?!业|近|地))"
_NOT_AFTER = r"(?<!不)(?!不得|不能|不准|不再|可以?|能够?)"
_LEAD_IN = regex.compile(
    r"""
    (?: [\s\-—•●◆■*]+
      | [一二三四五六七八九十]{1,3}(?:是|、) | （[一二三四五六七八九十\d]{1,3}） | \d{1,3}[.、)] | [①-⑳] | 第[一二三四五六七八九十]{1,3}[,，、] | 第[一二三四五六七八九十百\d]{1,4}[条款章节]\s* | “?十[一二三四五六]五”?(?:时期|期间)，?
      | [\u4e00-\u9fff]{2,4}期[内间]|近期|首先|其次|再次|最后|同时|此外|另外|其中|届时|原则上|特别是|尤其是|并且|并由|以及|今后|会后|期间|下一步|即|及|和|与|并
      | (?:20\d\d|[X×\d]{4}|今|明|当|每)年 | \d{1,2}月(?:份|底|初|末|中旬|上旬|下旬)? | \d{1,2}日 | (?:[年月]|季度)[底末初] | [上下]半年 | (?:之|以)?前 | [上中下]旬 | 每季度|每月|每周|每半年
    )""",
    regex.VERBOSE,
)
_BY = regex.compile(r"(?<![自理缘事来任案])由(?!于|此|来|衷|浅)")
_ASK = regex.compile(r"(?<![申提邀聘报商敬恳])请(?![示求假批教柬])")
_DE = regex.compile(r"的")
_DE_ALLOWED = regex.compile(
    r"(?:^(?:其他|其它|有关|相关|承担|负责)[^的]*的(?:单位|部门|机构|企业|组织|地区)$|的(?:主要|分管)?(?:负责同志|负责人|领导)$)"
)
_NOT_IN_NAME = regex.compile(
    r"[是把被使让了吗将，。；：]|应当|必须|可以|不得|不能|并[^购]|而|但|或者|从而|以便|进行|有条件|符合|开展|提请|报送|提交|涉及|发表|关于|部署|出台|提出|作出|制定|建立|加强|目前|仍|一律|进入|(?<![主责常信新])任(?!务)|(?<=.)在(?![沪京建编职岗校地])|我们|通过|采取|等方式|级整|^逐|(?<![主重需必首])要(?![素闻])|研究(?![所院室会生]|中心|机构|基金)|推进(?![办组委会]|小组|中心)|实施(?!办|小组|单位|主体)"
)
_CLOSED_LIST = regex.compile(r"等(?:有关|相关|各|职能)*(?:单位|部门|线办|机关|机构|组织|团体)$")
_INNER_EACH = regex.compile(r"(?P<before>.+?)(?:各(?![方界])|每(?![个村镇县]))")
_BEFORE_EACH = regex.compile(
    r"全[国省市县区镇乡村校]|[省市县区镇乡](?:直|级|属|域|内)?|地方|基层|机关|国务院|中央|所属|辖区|驻.{1,4}|本.{1,3}|.{1,8}[省市县区镇乡村院局部委办会]|.{1,6}(?:期间|时期|单位)"
)
_TOO_SHORT = regex.compile(r"^[^省市县区镇乡村街各本我党团纪总][站所室组队线院股科处]$")
_VAGUE = regex.compile(
    r"^(?:广大|全体|普通)?(?:党员(?:干部)?(?:群众)?|干部群众|群众|村民|居民|市民|农民|志愿者|社会各界|全社会|社会力量|妇女|青年|个人|家庭|农户|户主|学生|职工|员工|人员|成员|干部|领导|同志|主体|组织|单位面积|中心|基地|平台|政府性基金|景区|一线|基层|上级|下级|其中|各界)$"
)
# 每村配备保洁员不少于3名: a quota handed out, no order to the village
_QUOTA = regex.compile(r"每[^，。；\n]{1,12}?(?:配备|选配|聘用|安排|明确|包保)[^，。；\n]{0,20}?\d")
_OF_LEVEL = regex.compile(r"^(?:中央|本级|[省市县区镇乡村]级)")
_PEOPLE = ("人员", "成员", "干部", "教师", "老师", "同志", "领导", "负责人")
_BODY = regex.compile(
    r"^(?!大型|中小|民营|龙头|重点|优质|外资|国有|私营|公立|民办|高等|中等|职业|科技|创新|示范|骨干|各类|社会).*(?:公司|医院|学校|学院|大学|中心|支行|分行)$"
)
_WHOLE_PLACE = regex.compile(r"^(?:全[国省市县区镇乡村]|我国)$")
_QUANTIFIED = regex.compile(r"^(?:各|每|全体|本|我|有关|相关|所有|所在|[省市县区镇]直|X|×|#|\*)")
_APPOINTED = regex.compile(r"(?:同志)?(?:挂帅|兼任|兼|担任|任|组成|为(?:组长|副组长|成员|主任|指挥长))")
_OWN_DECISION = regex.compile(r"(?:自主|自行|按照委托方|报[^，。；]{2,16}备案)")
_BOUNDARY = regex.compile(r"[。；！？\n]")
_CLAUSE = regex.compile(r"[，。；：！？\n\t]|(?<= )(?=\d{1,2}[.、])|(?<=牵头|负责|配合)、")
_CLAUSE_END = regex.compile(r"[，。；！？\n\t]")
_SEATED = r"设在[^，。；\n]{2,20}，(?:具体)?(?=承担|负责)"
_IS_RESPONSIBLE = r"(?:是|为|作为)(?=[^，。；\n]{0,30}(?:，[^，。；\n]{0,12}负总责|责任人|责任主体|责任单位|第一责任|牵头单位|牵头部门|主管部门|实施主体))"
_OVERSEEN = regex.compile(
    r"接受(?P<list>[^，。；\n]{2,60}?)(?:的)?(?=(?:日常|专项|业务)?(?:监督|督查|督导|检查|考核|审计监督))"
)
_TOGETHER = regex.compile(r"(?<![与和])会同")
_GROUP = regex.compile(
    r"(?:(?:成立|组建|设立|建立)了?|的)(?P<name>(?!成立|组建|设立|建立)[^，。；\n的（）]{2,36}(?:领导小组|指挥部|指挥所|工作专班|专班|工作组|委员会))(?:（[^）]{0,40}）)?，(?:由[^，。；\n]{0,40}，)?(?:具体|统一|全面|主要)?负责(?!人|同志)"
)
_ANY_GROUP = regex.compile(r"(?:相应|专门|专项|相关|本级|各级)?的?(?:工作)?(?:专班|领导小组|工作组|指挥部|委员会)")
_APPROVED = regex.compile(r"报(?:经|请|送)?(?P<list>[^，。；\n报]{2,30}?)(?=核准|审定)(?!核准的|审定的)")
_FACT = regex.compile(r"(?:近年来|已经|取得了?|目前|以来|迄今|不断|仍然|占比|得到|明显|(?<![为除])了(?![解结]))")
_SUPERVISE = r"(?:督查(?![室组办局])|督导(?![室组办])|督促|督办|监督(?!员|委员|局|管理|站)|监管(?![局所]|总局|部门)|指导(?!意见|[员组])|考核(?!激励|机制|办法|结果|体系|指标|标准|内容|评价|制度|办)|考评(?!办|标准|结果)|检查(?![站院组])|巡查|抽查|巡察|督考(?!办)|对账|评估|跟踪)"
_SUPERVISES = regex.compile(_SUPERVISE)
_SUPERVISES_FIRST = regex.compile(
    rf"^(?:要|应|须|将|都|均|也)?(?:加强|加大|负责|组织|做好|严格|定期|适时|及时|全程|开展|进行|认真|具体|不定期|全面|对[^，]{{2,20}})*{_SUPERVISE}"
)
_SUPERVISES_LAST = regex.compile(rf"{_SUPERVISE}(?:工作|力度|检查|落实)*$")
_GOES_ON = frozenset("、和与及的书委办局厅部室站所院处科股队组会长级")
_NO_ENDING = frozenset(("组成", "组建", "组织", "部署", "会议", "处理"))
_IN_CHARGE = frozenset(("负责", "具体负责", "承担", "承办", "主责", "负总责"))
_QUOTED = regex.compile(r"[“「『《][^”」』》]{0,40}[”」』》]")
_OTHER_WORK = regex.compile(
    r"扶持|帮扶|服务|支持|给予|纳入|报送|上报|报告|机制|培训|落实|建立|制定|完善|保障|编制|配备|整改|协调|宣传|组织实施|实施|规范|管理制度|开展.{0,8}(?:活动|工作)$"
)
_OTHER_DOER = regex.compile(r"由(?![于此来])|接受")
_PART = regex.compile(r"[，：。；]")
_EACH = regex.compile(r"(?<=.)每(?:个|村|镇|县)")
_MODAL_FIRST = regex.compile(rf"^{_MODAL}", regex.VERBOSE)
_RESULT = regex.compile(r"，(?:切实)?(?:确保|保证|做到|以便|以|力争)")
_WORK = regex.compile(r"制定|制订|开展|做好|抓好|建立|完善|落实|组织|推进|实施|加强|明确|修订|细化|健全")
_EFFECT = regex.compile(
    r"[^，]{0,10}(?:率|量|不少于|不低于|不超过)[^，]{0,6}\d|(?:形成|营造|凝聚|引导|促进|推动|防止|避免|提高|提升)"
)
_OTHER_FIRST = regex.compile(r"扶持|帮扶|服务|培训|办理|组织协调|统筹|聘请|委托|邀请")
# 政策宣传和业务指导: the supervising is only one half
_BESIDE = regex.compile(r"(?:宣传|培训|服务|保障|协调|建设|管理|帮扶)(?:和|与|及|、)")
# 对进展缓慢的予以通报: what comes of supervising
# A负责督促…: to be in charge of supervising is a work like any other
_CHARGED = regex.compile(r"：?负责[^，。；]{0,6}(?:督促|监督|督办|监管)")
_AFTERMATH = regex.compile(r"通报(?!表扬)|限期整改")
_ADVERBIAL = regex.compile(r"^(?:在|根据|结合|按照|围绕|针对|为|以|依据|依照|从|对照|确保|坚持)")
_SUPPORTS = regex.compile(
    r"^(?:要|应|须|将|应当|必须|都|均|也)?(?:全力|积极|主动|密切|紧密|共同|协同|广泛|认真|切实|做好|加强|抓好|全程|负责|予以|给予)*(?:配合|协助|参与|协同|协办|支持配合)"
)
# A牵头，B配合，制定…: what follows is the work of both
_ONLY_SUPPORTS = regex.compile(r"(?:共同|积极|密切|协同|分工)*(?:配合|协助|参与|协办)(?:[，。；]|$)")
# 镇党委书记为第一责任人，要…
_FIRST_PERSON = regex.compile(
    r"(?:是|为|作为)[^，。；]{0,30}(?:责任人|责任主体|责任单位|第一责任|牵头单位|牵头部门|主管部门|实施主体|，[^，。；]{0,12}负总责)"
)
_LEADS = regex.compile(
    r"(?:牵头(?!单位|部门|线办|责任|领导|机关|的|人)|总抓|主抓|总牵头|抓总|会同|为牵头|是牵头|作为牵头)"
)


@dataclass(frozen=True, slots=True)
class _Subject:
    start: int  # of the list, with 由 or 请
    end: int  # where the predicate begins
    units: tuple[NamedUnit, ...]
    form: Form
    strength: Strength


class _Patterns:
    def __init__(self, lexicon: Lexicon) -> None:
        names = Names.of(lexicon)
        verbs = lexicon.rows("role_verbs", Verb)
        duty = [v.verb for v in verbs if v.kind in ("lead", "support") or v.verb in _IN_CHARGE]
        acts = [v.verb for v in verbs if v.kind != "mobilise" and v.verb not in duty]
        last = "".join(sorted({s[-1] for s in names.kind_of}))
        # the standard re is four times as fast as regex on this one pattern
        self.candidate = re.compile(
            rf"""
            [{last}]”?(?:（[^（）\n]{{1,14}}）)?(?:等(?:有关|相关|各|职能)*(?:单位|部门|线办|机关|组织|机构|地区|方面)?)?
            (?=(?P<modal>{_NOT_AFTER}(?:{_MODAL}))
              |(?P<duty>(?:：|[。\n][ ]*(?=负责|牵头|承担|组织|指导))?(?:{_SEATED}|{_IS_RESPONSIBLE}|(?:{alternatives(duty)}){_NOT_A_NAME}(?!人|同志|制(?![定订作])|者|单位|部门|责任|领导|机制|体系|力度|职责|方案|标准|办法|情况|结果|力量|的)))
              |(?P<act>{_PREPOSITION}|(?:{alternatives(acts)}){_NOT_A_NAME}(?!的))
            )
            """,
            re.VERBOSE,
        )
        # 各部门在制定办法时，要明确: in the same clause, or opening a later one
        self.ending = re.compile(f"[{last}](?:（[^（）\\n]{{1,14}}）)?")
        self.later_modal = regex.compile(rf"(?:^[^，。；由\n]*?|，)(?:{_MODAL})", regex.VERBOSE)
        self.end_of_list = re.compile(
            rf"[{last}](?:（[^（）\n]{{1,14}}）)?(?=等|[，。；：！？\n]|$|(?:{alternatives(acts + duty)}){_NOT_A_NAME}|{_PREPOSITION}|要|应|须|将)"
        )


def _patterns(lexicon: Lexicon) -> _Patterns:
    return lexicon.derived("units.clauses", _Patterns)


def clauses(
    match: str, span: Span, lexicon: Lexicon, *, apart: Collection[Span], known: frozenset[str]
) -> Iterator[Mention]:
    """The units of running text between ``span.start`` and ``span.end``, in order of place.

    ``apart`` are spans that are read elsewhere (brackets, unit lines, unit cells); ``known`` names count as units though
    their ending alone would not show it.
    """
    reader = _Reader(match, span, lexicon, apart, known)
    subjects = sorted(reader.all_subjects(), key=lambda s: s.start)
    found = [*reader.mentions(subjects), *reader.further()]
    yield from _one_role(found, reader)


class _Reader:
    """One plan's text with the places of its sentence and clause ends."""

    def __init__(
        self, match: str, span: Span, lexicon: Lexicon, apart: Collection[Span], known: frozenset[str]
    ) -> None:
        self.match, self.span, self.lexicon, self.known = match, span, lexicon, known
        self.names, self.patterns = Names.of(lexicon), _patterns(lexicon)
        self.ends = [m.end() for m in _BOUNDARY.finditer(match, span.start, span.end)]
        self.clause_ends = [m.end() for m in _CLAUSE.finditer(match, span.start, span.end)]
        self.apart = sorted(apart)
        self.apart_starts = [s.start for s in self.apart]

    # -- places

    def sentence(self, offset: int) -> int:
        """The number of the sentence at an offset."""
        return bisect_right(self.ends, offset)

    def sentence_end(self, offset: int) -> int:
        k = bisect_right(self.ends, offset)
        return self.ends[k] if k < len(self.ends) else self.span.end

    def clause_start(self, offset: int) -> int:
        k = bisect_right(self.clause_ends, offset)
        return max(self.clause_ends[k - 1] if k else self.span.start, offset - _FARTHEST)

    def opens_line(self, offset: int) -> bool:
        """True where only a label stands before an offset in its line."""
        line = self.match.rfind("\n", 0, offset) + 1
        return not _LEAD_IN.sub("", self.match[line:offset])

    def is_apart(self, offset: int) -> bool:
        k = bisect_right(self.apart_starts, offset) - 1
        return k >= 0 and offset < self.apart[k].end

    def quote(self, start: int, end: int) -> Span:
        """From ``start`` to the end of the clause at ``end``."""
        found = _CLAUSE_END.search(self.match, end, min(self.span.end, start + _QUOTE_LIMIT))
        return Span(start, max(end, found.start() if found else min(self.span.end, start + _QUOTE_LIMIT)))

    # -- subjects

    def all_subjects(self) -> list[_Subject]:
        """Subjects, and the units behind 由 and 请 whose verb no dictionary holds."""
        found = list(self.subjects())
        taken = {s.start for s in found}
        for pattern, form in ((_ASK, "ask"), (_BY, "by")):
            for place in pattern.finditer(self.match, self.span.start, self.span.end):
                if place.start() in taken or self.is_apart(place.start()):
                    continue
                limit = min(self.sentence_end(place.end()), place.end() + _FARTHEST)
                end = self.loose_end(place.end(), limit)
                subject = self.subject(place.start(), end, "act") if end else None
                if subject and subject.form == form and self.named(subject.units[0].unit):
                    found.append(subject)
        return found

    def loose_end(self, start: int, limit: int) -> int | None:
        """Where a list of units ends whose verb is not known: the first ending of a name that no other one follows."""
        for found in islice(self.patterns.ending.finditer(self.match, start, limit), _MOST_ENDINGS):
            follows = self.match[found.end() : found.end() + 1]
            whole = self.match[found.end() - 1 : found.end() + 1]
            if follows in _GOES_ON or whole in _NO_ENDING or found.end() - start < 2:
                continue
            if self.units(self.match[start : found.end()]):
                return found.end()
        return None

    def subjects(self) -> Iterator[_Subject]:
        last = -1
        for found in self.patterns.candidate.finditer(self.match, self.span.start, self.span.end):
            start = self.clause_start(found.start())
            if start < last or self.is_apart(found.start()):
                start = max(start, last)
                if found.start() < last or self.is_apart(found.start()):
                    continue
            strength: Strength = "modal" if found["modal"] else "duty" if found["duty"] else "act"
            subject = self.subject(start, found.end(), strength)
            if subject:
                yield subject
                last = subject.end

    def subject(self, start: int, end: int, strength: Strength) -> _Subject | None:
        text = self.match[start:end]
        form: Form = "subject"
        by = max((m.start() for m in _BY.finditer(text)), default=-1)
        ask = max((m.start() for m in _ASK.finditer(text)), default=-1)
        head = start + max(by, ask)
        if max(by, ask) >= 0:
            form = "by" if by > ask else "ask"
            start = head + 1
            text = self.match[start:end]
        opened = max(text.rfind(mark) for mark in "（“《「【")
        if opened >= 0 and not any(mark in text[opened:] for mark in "）”》」】"):
            return None
        while True:
            lead_in = _LEAD_IN.match(text)
            if not lead_in or lead_in.end() == len(text):
                break
            start += lead_in.end()
            text = self.match[start:end]
        if self.match[end : end + 1] in ("。", "\n") and not self.opens_line(start):
            return None  # （二）县教育局。负责…: only a heading is a doer over its full stop
        units = self.units(text)
        if not units or not self.fits(units, start, end, strength, form):
            return None
        if form != "subject" and (_APPOINTED.match(self.match, end) or _OWN_DECISION.match(self.match[end : end + 24])):
            return None
        each = _EACH.search(units[0].unit) if form == "subject" else None
        if each:  # 有队伍每个村培育: a heading run into its sentence
            units[0] = NamedUnit(
                units[0].unit[each.start() :], Span(units[0].span.start + each.start(), units[0].span.end)
            )
            if len(units) == 1:
                start, units = start + units[0].span.start, [NamedUnit(units[0].unit, Span(0, units[0].span.length))]
        placed = tuple(NamedUnit(u.unit, Span(start + u.span.start, start + u.span.end), u.note) for u in units)
        return _Subject(head if form != "subject" else start, end, placed, form, strength)

    def units(self, text: str) -> list[NamedUnit]:
        """The units that ``text`` lists, or nothing where it is not a list of units and nothing else."""
        if not text or len(text) > _FARTHEST or _NOT_IN_NAME.search(text):
            return []
        if len(text) == 1:
            return [NamedUnit(text, Span(0, 1))] if text in PLACES else []
        units = split_units(text, self.lexicon)
        if not units or self.names.opens_with_verb(units[0].unit):
            return []
        if units[0].span.start and self.names.opens_with_verb(text[: units[0].span.start].rstrip("、，/ ")):
            return []
        listed = bool(_CLOSED_LIST.search(text))  # 民政、公安等部门: bare names count
        out = []
        for k, unit in enumerate(units):
            kind = self.names.kind(unit.unit) or ("organ" if unit.unit in self.known else None)
            single = unit.unit in PLACES
            if kind is None and not single and not (listed and len(unit.unit) <= 8):
                if k == len(units) - 1 or len(unit.unit) > 14:
                    return []
                continue  # 省级担保、再担保机构: the complete name only
            if kind == "organ" and _TOO_SHORT.match(unit.unit) and unit.unit not in self.known:
                return []
            inner = _INNER_EACH.match(unit.unit)
            if inner and not _BEFORE_EACH.fullmatch(inner["before"]):
                return []  # 查看各二级学院: a verb that no dictionary holds
            if _DE.search(unit.unit) and not _DE_ALLOWED.search(unit.unit):
                return []
            if self.names.opens_with_verb(unit.unit):
                return []
            out.append(unit)
        return [u for u in out if not _VAGUE.match(u.unit)]

    def fits(self, units: list[NamedUnit], start: int, end: int, strength: Strength, form: Form) -> bool:
        """True where units of this kind can be the doer of what follows."""
        if form == "ask":
            return all(self.definite(u.unit) for u in units)
        if form == "by" and strength != "act":
            return True
        if strength == "act":
            clause_end = self.sentence_end(end)
            rest = self.match[end : min(clause_end, end + 80)]
            if _FACT.search(rest) or any(_WHOLE_PLACE.match(u.unit) for u in units):
                return False
            if _QUOTA.match(self.match, start, end + 40):
                return False
            if self.patterns.later_modal.search(rest):
                return True
            if form == "by":
                return True
            return self.definite(units[0].unit)
        return True

    def named(self, name: str) -> bool:
        """True where a name needs no verb behind it to be taken for a doer: an organ, or 各X."""
        return bool(_QUANTIFIED.match(name)) or (self.names.kind(name) == "organ" and len(name) >= 3)

    def definite(self, name: str) -> bool:
        kind = self.names.kind(name)
        if _WHOLE_PLACE.match(name):
            return False  # 全镇50%的村
        if name in PLACES:
            return True
        if _QUANTIFIED.match(name) or name in self.known:
            return True
        if kind == "organ":
            return len(name) >= 3 or name.endswith("委") or name[0] in "省市县区镇乡"
        if kind == "post":
            bare = name in self.names.kind_of and name.endswith(("长", "任", "书记", "委员"))
            return len(name) >= 3 and not bare and not name.endswith(_PEOPLE)
        if kind == "generic" and len(name) >= 4 and _BODY.search(name):
            return True
        if kind == "generic" and _OF_LEVEL.match(name):
            return True
        return kind == "place" and name[-1] in "镇乡村道居里庄级" and name not in ("两级", "三级")

    # -- mentions

    def mentions(self, subjects: list[_Subject]) -> Iterator[Mention]:
        for k, subject in enumerate(subjects):
            limit = self.sentence_end(subject.end)
            if k + 1 < len(subjects):
                limit = min(limit, max(subject.end, subjects[k + 1].start))
            predicate = self.match[subject.end : limit]
            role, explicit = _role(predicate)
            quote = self.quote(subject.start, subject.end)
            rule = f"units.{subject.form}"
            for number, unit in enumerate(subject.units):
                form: Form = subject.form
                if form == "subject" and self.names.kind(unit.unit) == "post":
                    form = "post"
                yield Mention(
                    UnitMention(unit.unit, role, form, explicit, unit.span, number, len(subject.units)), (quote,), rule
                )

    def further(self) -> Iterator[Mention]:
        """Units that are no subject: 会同X, 接受X监督, a group set up with a duty, 报X核准."""
        match, span = self.match, self.span
        for found in _TOGETHER.finditer(match, span.start, span.end):
            if self.is_apart(found.start()):
                continue
            again = match.find("会同", found.end(), found.end() + _FARTHEST)
            limit = min(self.sentence_end(found.end()), again if again >= 0 else found.end() + _FARTHEST)
            stop = self.end_of_list(found.end(), limit)
            if stop:
                yield from self.others(found.start(), found.end(), stop, "support", "with")
        for found in _OVERSEEN.finditer(match, span.start, span.end):
            if not self.is_apart(found.start()):
                yield from self.others(found.start(), found.start("list"), found.end("list"), "supervise", "overseen")
        for found in _GROUP.finditer(match, span.start, span.end):
            if not self.is_apart(found.start()):
                yield from self.others(
                    found.start("name"), found.start("name"), found.end("name"), "responsible", "subject"
                )
        for found in _APPROVED.finditer(match, span.start, span.end):
            if not self.is_apart(found.start()):
                yield from self.others(found.start(), found.start("list"), found.end("list"), "responsible", "by")

    def end_of_list(self, start: int, limit: int) -> int | None:
        """Where the list of units that begins at ``start`` ends: the first ending of a name that no name goes on from."""
        for found in islice(self.patterns.end_of_list.finditer(self.match, start, limit), _MOST_ENDINGS):
            if self.units(self.match[start : found.end()]):
                return found.end()
        return self.loose_end(start, limit)

    def others(self, start: int, first: int, end: int, role: Role, form: Form) -> Iterator[Mention]:
        units = [
            u
            for u in self.units(self.match[first:end])
            if u.unit not in ("有关部门", "相关部门", "有关方面", "有关单位", "相关单位")
        ]
        for number, unit in enumerate(units):
            place = Span(first + unit.span.start, first + unit.span.end)
            yield Mention(
                UnitMention(unit.unit, role, form, True, place, number, len(units)),
                (self.quote(start, end),),
                f"units.{form}",
            )


def _role(predicate: str) -> tuple[Role, bool]:
    """The firm role that a predicate gives its subject, and whether it names it. 牵头 beats 督查 beats 要."""
    if _FIRST_PERSON.match(predicate):
        return ("lead" if "牵头" in predicate[:24] else "responsible"), True
    predicate = _RESULT.split(_MODAL_FIRST.sub("", _QUOTED.sub("", predicate)), maxsplit=1)[0]
    before_other = _OTHER_DOER.split(predicate, maxsplit=1)[0]
    if _LEADS.search(before_other):
        return "lead", True
    parts = [p for p in _PART.split(before_other) if p.strip()]
    if not parts:
        return "responsible", False
    working = [p for p in parts if not _ADVERBIAL.match(p) or _SUPERVISES.search(p) or _WORK.search(p)] or parts
    working = [p for p in working if not (_EFFECT.match(p) or _AFTERMATH.search(p))] or working
    if _ONLY_SUPPORTS.match(predicate) or (len(working) == 1 and _SUPPORTS.match(working[0])):
        return "support", True
    if all(map(_only_supervises, working)) and not _CHARGED.match(predicate):
        return "supervise", True
    return "responsible", predicate.startswith(("负责", "：负责", "承担", "承办"))


def _only_supervises(part: str) -> bool:
    """True for 负责指导督查…, 要适时开展督促检查, 实施差异化监管: the clause names no other work."""
    if _SUPERVISES_FIRST.match(part) and not _OTHER_FIRST.search(part):
        return True
    if not _SUPERVISES.search(part) or _OTHER_FIRST.search(part) or _BESIDE.search(part):
        return False
    return bool(_SUPERVISES_LAST.search(part)) or not _OTHER_WORK.search(part)


_RANK = {"lead": 0, "supervise": 1, "support": 2, "leader": 3, "responsible": 4}


def _one_role(found: list[Mention], reader: _Reader) -> Iterator[Mention]:
    """One firm role for each unit and sentence."""
    best: dict[tuple[int, str], Mention] = {}
    for mention in found:
        value = mention.value
        assert isinstance(value, UnitMention)
        key = (reader.sentence(value.place.start), value.unit)
        held = best.get(key)
        if held is None or _RANK[value.role] < _RANK[_value(held).role]:
            best[key] = mention
    yield from sorted(best.values(), key=lambda m: (m.span, _value(m).place))


def _value(mention: Mention) -> UnitMention:
    assert isinstance(mention.value, UnitMention)
    return mention.value
