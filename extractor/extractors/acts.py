"""What a sentence is for (语义类别): an order, a wanted result, or neither.

A sentence is judged clause by clause: each clause is read from its head (subject and adverbs taken off, prepositional
lead-ins passed over), and the head's verb tells an action (加强…) from a result (实现…) or a state (…更加规范). What a section
is for decides the doubtful ones: in a task section a sentence orders something unless it says otherwise, outside of
one only where it says so. Words come from ``dictionaries/act_verbs.csv`` and ``dictionaries/headings.csv``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, cast

import regex

from extractor.lexicon import Lexicon

SectionKind = Literal[
    "aim",
    "guiding",
    "principle",
    "task",
    "generic",
    "standard",
    "background",
    "significance",
    "definition",
    "members",
    "award",
]
Act = Literal["order", "result", "penalty", "permission", "none"]


@dataclass(frozen=True)
class ActWord:
    """A row of ``act_verbs.csv``: kind is act, adverb, result or state."""

    word: str
    kind: str
    source: str


@dataclass(frozen=True)
class HeadingWord:
    """A row of ``headings.csv``: what a section with this heading is for."""

    word: str
    kind: str
    source: str


@dataclass(frozen=True, slots=True)
class _Patterns:
    adverbs: regex.Pattern[str]
    act: regex.Pattern[str]
    result: regex.Pattern[str]
    state: regex.Pattern[str]


def _alternatives(words: list[str]) -> str:
    return "|".join(map(regex.escape, sorted(set(words), key=len, reverse=True)))


def _patterns(lexicon: Lexicon) -> _Patterns:
    rows = lexicon.rows("act_verbs", ActWord)
    words = {
        kind: _alternatives([r.word for r in rows if r.kind == kind]) for kind in ("act", "adverb", "result", "state")
    }
    return _Patterns(
        regex.compile(rf"(?:(?:{words['adverb']})[地]?)+"),
        regex.compile(rf"(?:{words['act']})"),
        regex.compile(rf"(?:{words['result']})"),
        regex.compile(rf"(?:{words['state']})[了。；！]?$"),
    )


# Words of duty, wherever they stand in the clause: 各村要…, 应当…, 须于…前, 不得…, 由党建办负责…
DUTY = regex.compile(
    r"""
      (?<![需主重纲概必简摘首次])要(?!求|素|点|件|闻|害|塞|道|地|么|因|是|不是|不然)
    | 应当|(?<![适相反对响供呼效顺回感])应(?!急|用|对|届|聘|邀|有尽有|力|激|变|收尽收|付|税|力|知应会)
    | (?<!必)须(?!知)|必须|务必|务须|务求|不得|不准|不许|严禁|禁止|切勿
    | 负责(?!人|制|同志|任)|牵头|承担|担任|组织实施
    | (?<![申邀聘提约])请(?!示|求|假|款|柬|战)
    | (?:^|，)[将把][^，。；]{2,60}(?:纳入|列入|作为|作|报|送|落实|分解|抓|做|摆)
    | 确保|保证(?!金)
    """,
    regex.VERBOSE,
)
# 为加强…，现制定本方案。 现将…印发给你们，请认真贯彻执行。
_FORMULA = regex.compile(
    r"""
      (?:特|现|决定)?(?:制定|制订|拟定|研究制定|提出|作出|形成)(?:了)?(?:本|如下|以下)
    | (?:现|特)(?:就|将|作|提出|通知|制定).{0,80}(?:如下|通知|印发|转发|执行)
    | (?:印发|转发|下发|发)给你们|请(?:认真)?(?:遵照|贯彻|参照|结合实际)?(?:认真)?(?:贯彻)?(?:执行|落实)[。]?$|特此通知|特此(?:函|批)复|此复
    | (?:请|希)(?:查照|照办|鉴核)
    | 请(?:你们)?结合(?:工作)?实际[^。]{0,20}(?:贯彻|抓好|落实)[^。]{0,6}[。]?$
    | 以?通知如下|公告如下|明确如下|安排如下|规定如下|(?:详|具体)?见附件|^附[件表]?[：:]
    """,
    regex.VERBOSE,
)
# What was, what is, what something means.
_FACT = regex.compile(
    r"""
      ^(?:近年来|近期|近日|目前|当前|截至|截止|长期以来|过去|以来|去年|上年|同时也要看到|但是?，|但.{0,12}(?:还|仍)存在)
    | (?:多年|年)来，
    | 具有(?:十分|非常)?重(?:要|大)(?:的)?(?:现实|战略|历史|推动)?(?:意义|作用)|的(?:重要|必然|关键|根本|内在)(?:途径|举措|要求|选择|组成部分|体现|内容|抓手|支撑|载体|标志|时期)[。；，]
    | (?:取得|发挥)了|(?:建成|完成|累计|形成|实现)了|已(?:经)?(?:成|建|完|达|形|有|由|于|经|取|初|基)|存在(?:的)?.{0,20}(?:问题|不足|短板|差距)
    | 有待(?:进一步)?(?:加强|提高|健全|完善)|尚(?:有|低|未|不)|惟仍|仍(?:存在|有|较)
    """,
    regex.VERBOSE,
)
_DEFINITION = regex.compile(
    r"(?:是指|系指|所称|指的是|(?:以下|下同)?(?:统)?(?:简称|合称).{1,20}[）)]?[。]?$|自(?:印发|发布|公布|\d{4}年\d{1,2}月\d{1,2}日)(?:之日)?起(?:施行|实施|执行|生效)|有效期|由.{2,30}负责解释|同时废止|如有.{0,12}(?:冲突|重叠|不一致)|从其规定)"
)
# 对…的，予以通报批评    取消评先资格    每次扣2分    奖励1000元
PENALTY = regex.compile(
    r"(?:予以|给予|依法|依规|依纪|严肃)(?:\S{0,12}?)(?:通报批评|通报|追究|追责|问责|处分|处理|处罚|表彰|奖励|查处)|追究.{0,14}责任|取消.{0,16}(?:资格|称号)|一票否决|诫勉"
)
_POINTS = regex.compile(
    r"(?:[扣加计得记][减分]?\d|\d+(?:\.\d+)?分(?!钟|之|米|别|批|类|项|步|期|级|析|局|解|工)|嘉奖|奖励.{0,10}元|扣罚|授予.{0,14}(?:称号|红旗|奖)|总分|满分|得分)"
)
_PERMISSION = regex.compile(r"^(?:[^，。]{0,16})(?:可以|也可|可(?=[^能持控行用靠视燃再循移回量及溶]))")
_SUBJECT_MARK = regex.compile(r"(?:，|^)(?:各|有关|相关|全体|县|市|区|镇|乡|村|街道|社区)")

# Lead-ins that carry no verb of their own.
_LEAD_IN = regex.compile(
    r"""^(?:
        (?:到|至|截至|截止|自|从|于|在)?(?:20\d\d|20[xX]{2}|[xX]{4})年.{0,8}
      | (?:到|至)?.{0,6}年底前?|(?:今|明|本)年.{0,4}
      | (?:为|为了|按照|根据|围绕|聚焦|结合|通过|依托|以|在|对|对于|针对|紧扣|立足|坚持以|随着|自|从|由于|借助|利用|依据|遵循|参照|紧紧围绕|紧密结合)[^，]*
    )$""",
    regex.VERBOSE,
)
_CLAUSE = regex.compile(r"[，；：。！？]")
_SUBJECT = regex.compile(
    r"^(?:各[^，。]{0,12}?(?:地|区|村|镇|乡|街道|单位|部门|支部|组织|办|线|局|委|站|所|校|院|企业|社区|县|市|政府|机构)(?:[、和及与][^，。、]{1,14}?)*?|[^，。]{1,20}?(?:部|委|局|办|厅|政府|组|中心|单位|部门|书记|干部|支部|党员|公司|企业|机构|协会|学校|医院|村委会|两委|领导|人员))(?=\S)"
)


def section_kind(lexicon: Lexicon, heading: str) -> SectionKind | None:
    """What a section is for, from its heading's match text; nothing where the heading does not tell.

    A heading of several parts (指导思想和工作目标) is of a kind only where all its parts are.
    """
    known = lexicon.derived("acts.headings", lambda lex: {r.word: r.kind for r in lex.rows("headings", HeadingWord)})
    plain = regex.sub(r"[（(][^（）()]*[）)]|[\s：:“”\"。]", "", heading)
    if plain in known:
        return _as_kind(plain, known[plain])
    parts = [p for p in regex.split(r"[、，及和与]|以及", plain) if p]
    kinds = {_as_kind(p, known[p]) for p in parts if p in known}
    if parts and all(p in known for p in parts):
        return kinds.pop() if len(kinds) == 1 else ("aim" if kinds <= {"aim", "guiding", "principle"} else "generic")
    if regex.match(
        r"(?:充分|深刻|切实|进一步)?(?:认识|提高.{0,4}认识|统一思想).{0,40}(?:意义|重要性|必要性|紧迫性)", plain
    ):
        return "significance"
    for word, kind in known.items():
        whole = len(word) >= 4 and len(plain) <= len(word) + 6
        if (
            whole
            and (plain.endswith(word) or plain.startswith(word))
            and kind in ("aim", "principle", "standard", "award", "background")
        ):
            return _as_kind(word, kind)
    if regex.search(r"(?:贡献与助益|有所相关|公共问题|哪些问题|相关会议|其他资讯)[？?]?$", plain):
        return "background"
    return None


def _as_kind(word: str, kind: str) -> SectionKind:
    return "guiding" if word == "指导思想" else cast(SectionKind, kind)


def classify(lexicon: Lexicon, sentence: str, kind: SectionKind | None) -> Act:
    """What ``sentence`` (match text) is for in a section of ``kind``."""
    patterns = lexicon.derived("acts.patterns", _patterns)
    text = sentence.strip()
    if len(text) < 4 or _FORMULA.search(text) or _DEFINITION.search(text):
        return "none"
    clauses = [c for c in _CLAUSE.split(text) if c.strip()]
    readings = [_read(patterns, c.strip()) for c in clauses]
    duty = bool(DUTY.search(text))
    if _POINTS.search(text) and not duty:
        return "none"
    if _FACT.search(text) and not duty:
        return "none"
    acts = readings.count("act")
    results = readings.count("result") + readings.count("state")
    if kind in ("aim", "guiding"):
        return "result"
    if kind in ("background", "significance", "definition", "members"):
        return "none"
    if kind == "standard":
        if acts or duty:
            return "order"
        return "result"
    if PENALTY.search(text) and acts <= 1 and not duty:
        return "penalty"
    if _PERMISSION.search(text) and not duty:
        return "permission"
    if acts or duty:
        if not duty and acts == 0:
            return "result"
        return "order"
    if results and readings.count("other") == 0:
        return "result"
    if results and regex.match(r"(?:力争|争取|到\d{4}年|实现|确保)", text):
        return "result"
    if kind is None:
        return "none"
    return "order" if len(text) >= 6 else "none"


def _read(patterns: _Patterns, clause: str) -> Literal["act", "result", "state", "lead", "other"]:
    """What a clause says, from its head."""
    if _LEAD_IN.match(clause):
        return "lead"
    head = _strip(patterns, clause)
    for candidate in (head, _after_subject(patterns, head)):
        if not candidate:
            continue
        result = patterns.result.match(candidate)
        act = patterns.act.match(candidate)
        if act and not (result and result.end() >= act.end()):
            return "act"
        if result:
            return "result"
    if regex.match(r"[将把][^，]{2,}", head):
        return "act"
    if (
        patterns.state.search(clause)
        or regex.match(r"(?:无|没有|零)", head)
        or regex.search(r"率(?:达|保持|不低于|控制)", clause)
    ):
        return "state"
    return "other"


def _strip(patterns: _Patterns, clause: str) -> str:
    head = regex.sub(
        r"^(?:[一二三四五六七八九十]是|[一二三四五六七八九十]要|要|并|且|同时|此外|其中|另外)+", "", clause
    )
    found = patterns.adverbs.match(head)
    return head[found.end() :] if found and found.end() < len(head) else head


def _after_subject(patterns: _Patterns, head: str) -> str:
    found = _SUBJECT.match(head)
    if not found:
        return ""
    return _strip(patterns, regex.sub(r"^(?:要|应当|应|须|必须|将|负责|可|也|都)+", "", head[found.end() :]))
