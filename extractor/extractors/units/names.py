"""Names of units (单位名称): what can be one, and how a list of them is split.

``split_units`` serves lists that stand where only units stand (behind a label, in a unit column): everything between
separators is a name. ``Names.subject`` serves running text, where a name must show that it is one: by its ending, by a
dictionary, or because the same document names it behind a label.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import regex

from extractor.lexicon import Lexicon
from extractor.model import Span
from extractor.records import record, replace

_OPEN, _CLOSE = "（([【〔“「『《〈", "）)]】〕”」』》〉"
_LONGEST = 40
_ANY_CLOSE = re.compile(f"[{re.escape(_CLOSE)}]")

# one of these stands in every list, and in every name with something behind it that is no part of it
_MAY_LIST = re.compile(r"[、，,；;/／|｜+\s（(和跟与及并或等两二三四五六七八九十\d]")
# 市科委、市教委，各镇人民政府；县直各部门 / 市財政局　市教委
_SEPARATOR = regex.compile(r"[、，,；;/／|｜+\s]+")
# 人民银行等部门 / 财政部等和各省级人民政府 / 民政等有关部门
_AND_OTHERS = regex.compile(
    r"""
    (?<![高中初平均同特优])等                          # 高等院校 keeps its 等
    (?:(?:有关|相关|相應|相应|各|职能|主管|监管|行业|成员|责任|其他|多个|[市县区镇省]级|[市县区镇省]直)*
       (?:单位|部门|线办|机关|组织|机构|地区|企业|方面|办所|站所|科室|处室|局办|人员|主体|[一二三四五六七八九十\d]+[个家]?部门
        |[省市县区镇乡]{0,2}(?:人民)?政府|街道|[省市县区镇乡村旗]{1,3})(?:（(?:单位|部门)）)?)?
    (?=$|和|及|与|以及|、|的|按|分别|共同|负责)
    | (?<=[\u4e00-\u9fff）])[两二三四五六七八九十\d]{1,3}(?:[家个]?(?:单位|部门|机构)|家|站所|线办)$    # 供电所、广电站、电信支局三家单位
    """,
    regex.VERBOSE,
)
# 各地区|各部门: two bodies without any mark between them
_EACH_AGAIN = re.compile(
    r"(?P<first>(?:[省市县区镇乡]直)?各[^各、和及与]{1,6})(?=各(?:有关|相关)?(?:部门|单位|地|镇|乡|村|县|市|区|级|街道))"
)
_AND = regex.compile(
    r"以及|及其(?=各|有关|相关|所属)|[和与跟]|及(?![其时])|及(?=其[他它])|(?<=[局办部委厅所站府])并|或者?(?!许)"
)
_MAY_JOIN = re.compile("[等各和与跟及并或]")  # one of these stands in whatever is cut further, or a count at its end
# 地方各级党委和政府: the second half shares the head of the first
_BARE_GOVERNMENTS = frozenset(("政府", "人民政府"))
# 柳溪县、青竹县人民政府: both places mean their government
_NAMED_PLACE = re.compile(r"[\u4e00-\u9fff]{2,4}[县市区旗镇乡](?<!新区|社区|城市)")
_NAMED_GOVERNMENT = re.compile(r"(?P<place>[\u4e00-\u9fff]{2,4}[县市区旗镇乡])(?P<body>(?:人民)?政府)")
_PARTY_SIDE = regex.compile(r"(?P<head>.+?)(?:党委|党工委|党组)$")
# 党委和政府主要负责人 has halves that cannot stand alone
_COUNTED_ENDS = ("单位", "部门", "机构", "家", "站所", "线办")
_UNDIVIDED = regex.compile(
    r"""
    (?:党委|党组织|支部)[和与、](?:政府|行政|村委会)(?=.*(?:负责|领导|主要|书记|班子))
    | 及其(?=.*(?:负责人|负责同志|领导)$)              # 各级人民政府及其部门的主要负责同志
    | 中央和国家机关
    """,
    regex.VERBOSE,
)
_EDGES = "。.：: 　\t\n-—·•*"
_LEADING = re.compile(
    r"^(?:(?:其(?![他它中次余实所])|和|及(?!时)|与|以及|由|请|或|并|其中|包括|如)(?=[\u4e00-\u9fffX×#]{2})|[①-⑳]|\d{1,2}[.．、)）])+"
)
# the one-character names that can be a doer: 镇将组建…
PLACES = frozenset("镇乡村县市区省")
# what may stand bare beside a body: 县交通局和镇, 村与组
_LEVELS = PLACES | {"组", "户", "乡镇", "镇街", "村组", "街道", "村社", "社区"}
# names that begin like a verb
_NAME_LIKE_VERB = re.compile(
    r"""
      领导(?:小组|班子|干部) | (?:牵头|分管|主管|包案|包抓|督办)领导$
    | (?:牵头|承办|主办|协办|负责|承担|配合|实施|执行|建设|管理|使用|参与|帮扶|扶持|服务|保障|指导|督导|监管|监督|组织|宣传|考核
        |统计|审批|登记|培训|评估|检测|监测|招商|选派|派出|推荐|申报|申请|报送|接收|发布)
      (?:单位|部门|线办|机关|机构|处室|科室|学校|院校|高校|企业|公司|医院|团队|方|人(?!员))
    | 协同(?:配合|责任)?(?:单位|部门)
    | (?:申报|创建|推荐|帮扶|承办|参评|参赛|牵头|配合|实施|建设)(?:[村镇乡县区]|社区|街道|乡镇|镇街)$
    | (?:分管|主管|负责|协管|联系|包抓|挂点)[^的]{2,16}的.{0,8}(?:长|书记|主任|委员|总理|领导|负责人|同志)$
    | (?:具备|具有|取得|持有|有(?=[^的]{0,4}资质))[^的]{2,16}的(?:第三方)?(?:单位|机构|企业|公司|队伍|组织|人员)$
    | 在(?:[沪京渝津穗深杭甬蓉地]|[省市县区镇])(?:企业|高校|院校|单位|央企|机构|院所|金融机构)
    | 经[发管信济贸开办协合营]|商[务贸会业协河丘洛]|应[急战城县]|无[锡为棣极]|除[治草雪险]队|当[涂阳]|从江|对外|对台|对口|当地|向阳|从业|从化|如皋|如东|为民|将军|需求|与会
    """,
    re.VERBOSE,
)
_BARE_ENDING = re.compile(r"委(?!托)|办(?![理公事法])|局|组(?!织)|部(?![门分署])|室|站|所(?![有在属需])")
_NO_QUOTES = str.maketrans("", "", "“”")
_LAST_BRACKET = regex.compile(r"[（〈][^（）〈〉]{1,12}[）〉]$")
_PREPOSITIONS = frozenset("在对从经把给让到")
# a piece that is no name: a date, a rule, a remark
_NO_NAME = regex.compile(
    r"""
    \d+[年月日时%％] | [。！？=＝] | 各(?:选?派|抽调?|安排|明确)[\d一两三]  # 县水利局各派1名干部
    | ^(?:下同|略|无|同上|属地|待定|按?职责(?:分工)?|按?分工|排第?一|详见.*|见附件.*|备注.*|注|等|各自|全年|长期|常态化)$
    | 设在[^的]{2,} | ^[^\p{L}#*×]+$ | (?:完成|前|时限|报送|负责制)$ | ^(?:按|根据|依据|排|列).*
    """,
    regex.VERBOSE,
)
_COUNTED_PLACES = re.compile(r"(?:\d+|[一二两三四五六七八九十百]{1,3})(?:个|家|名|户|所|座|条)")
_PLACE_HEAD = re.compile(r"^[省市县区旗镇乡村州](?:级|直)?$")
_QUANTIFIED = regex.compile(
    r"^(?:各|每|全体|所有|有关|相关|本|其他|其它|所属|属地|创建|试点|示范|所在|[市县区镇省]直|X|×|#|\*)"
)
# 各省、自治区、直辖市人民政府 is one body of bodies
_ALL_GOVERNMENTS = regex.compile(
    r"""
    各(?:直辖市|省|市|州|地|县|区|乡|镇)[^、，；]{0,6}
    (?:、(?:自治区|直辖市|自治州|[省市州县区乡镇街道旗]{1,3}(?:（[^）]{1,6}）)?)){1,4}(?:人民)?政府(?=$|[、，；和及与])
    | 各省、自治区、直辖市[^、，；和及与（]{2,14}(?:部门|机关|机构|厅|局|委)(?=$|[、，；和及与])
    | 省、自治区、直辖市(?:人民)?政府(?:[^、，；和及与]{2,16}部门)?(?=$|[、，；和及与])
    # 县、乡、村三级河长, 市、区（县级市）两级
    | (?:[省市县区镇乡村州](?:（[^（）]{1,6}）)?、){1,3}[省市县区镇乡村州](?:（[^（）]{1,6}）)?[两三四]级
    | (?:(?:乡镇|镇街|街道|社区|[省市县区镇乡村居组])、){1,3}(?:乡镇|镇街|街道|社区|[县区镇乡村居组])[两三四]级
    """,
    regex.VERBOSE,
)
_NOTED = regex.compile(r"（(牵头|总牵头|并列牵头|共同牵头|主办|配合|协助|协办|参与|主责|负责)(?:单位|部门)?）$")
# …（以下简称…）, …（与…合署办公）, 县发改局（首位单位为牵头单位，下同）、县财政局
_SHORT_FORM = regex.compile(
    r"（(?:以下|下)?[简统]称[^（）]*）$|（[与和同][^（）]{2,20}合署(?:办公)?）$|（[^（）]{4,40}[，,]下同）$"
)
# 县卫健委（县卫健）, 环境保护署（环保署）: a bracket that only shortens the name before it
_ABBREVIATED = regex.compile(r"(?P<name>[^（）]{4,})（(?P<short>[\u4e00-\u9fff]{2,6})）$")
_WRAPPED = re.compile(r"\s*（(?P<inner>[^（）]{2,})）\s*")
_MASKED_COUNT = regex.compile(r"[X×*#某]{1,6}[三两二四五六七八九十\d]+个")


@dataclass(frozen=True)
class Suffix:
    """A row of ``unit_suffixes.csv``: ``kind`` is organ, generic, place or post."""

    suffix: str
    kind: str
    source: str


@dataclass(frozen=True)
class NotUnit:
    """A row of ``not_units.csv``: a word that ends like a unit and is none."""

    word: str
    source: str


@dataclass(frozen=True)
class Field:
    """A row of ``department_fields.csv``: what a department is for, said without 部门 in 公安、交通部门."""

    field: str
    source: str


@dataclass(frozen=True)
class Verb:
    """A row of ``role_verbs.csv``: ``kind`` is lead, responsible, support, supervise, act or mobilise."""

    verb: str
    kind: str
    source: str


@record(frozen=True, slots=True)
class NamedUnit:
    """A unit of a list: its name, and where the name stands in the text that was split."""

    unit: str
    span: Span
    note: str = ""  # what a bracket behind the name says of it: 牵头
    bracketed: bool = False  # the name itself stands in brackets: 主（协）办机关：A、（B）


_MANY = 24  # branches: more than that are parted by what they begin with, and most parts told by one character


def alternatives(words: Iterable[str]) -> str:
    """A pattern of any of ``words``, the longest first; a common beginning is tried once."""
    groups: dict[str, list[str]] = {}
    for word in sorted(set(words)):
        groups.setdefault(word[:1], []).append(word[1:])
    whole = "" in groups
    groups.pop("", None)
    firsts = list(groups)
    if len(firsts) > _MANY:
        parts = (f"(?=[{_escaped(part)}]){_branches({f: groups[f] for f in part})}" for part in _parted(firsts))
        body = f"(?:{'|'.join(parts)})"
    else:
        body = _branches(groups)
    return f"{body}?" if whole else body


def _parted(words: list[str]) -> list[list[str]]:
    return [words[k : k + _MANY] for k in range(0, len(words), _MANY)]


def _branches(groups: dict[str, list[str]]) -> str:
    """A pattern of words by their first characters, each with what can follow it."""
    singles = [first for first, rests in groups.items() if rests == [""]]
    branches = [_escaped(first) + alternatives(rests) for first, rests in groups.items() if rests != [""]]
    if singles:
        branches.append(f"[{_escaped(singles)}]" if len(singles) > 1 else _escaped(singles))
    return f"(?:{'|'.join(branches)})"


def _escaped(signs: Iterable[str]) -> str:
    return "".join(regex.escape(sign, special_only=True) for sign in signs)


def _told_by_the_character_before(signs: Iterable[str], pairs: Iterable[str]) -> str:
    """A pattern of any of ``signs``, and of the second character of ``pairs`` behind its first or a quotation mark.

    Where none of all these characters stands, or one beside what never stands before it, a set tells; only then the
    pairs are gone through.
    """
    alone = frozenset(signs)
    before: dict[str, str] = {}
    for pair in sorted(pairs):
        if pair[1] not in alone:
            before[pair[1]] = before.get(pair[1], "“”") + pair[0]
    single, first = _escaped(sorted(alone)), _escaped(sorted({*"".join(before.values())}))
    exact = "|".join(
        f"(?=[{''.join(part)}])(?:{'|'.join(f'{last}(?<=[{before[last]}].)' for last in part)})"
        for part in _parted(list(before))
    )
    return f"[{single}{_escaped(before)}](?<![^{first}][^{single}])(?<=(?:[{single}]|{exact}))"


class Names:
    """The dictionaries of names as patterns, made once for a lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.kind_of = {row.suffix: row.kind for row in lexicon.rows("unit_suffixes", Suffix)}
        # 会议 is none, 联席会议 is longer and one
        self._kinds: dict[str, str | None] = {row.word: None for row in lexicon.rows("not_units", NotUnit)}
        self._kinds |= self.kind_of
        self.fields = frozenset(row.field for row in lexicon.rows("department_fields", Field))
        lengths: dict[str, set[int]] = {}
        for ending in self._kinds:
            if len(ending) > 1:
                lengths.setdefault(ending[-2:], set()).add(len(ending))
        # how long the endings are that end in two characters, the longest first
        self._lengths = {last: tuple(sorted(found, reverse=True)) for last, found in lengths.items()}
        self.last_signs = frozenset(suffix for suffix in self.kind_of if len(suffix) == 1)
        self.last_pairs = frozenset(suffix[-2:] for suffix in self.kind_of)
        self.last_of_name = re.compile(
            _told_by_the_character_before(self.last_signs, self.last_pairs - self.last_signs)
        )
        role_verbs = lexicon.rows("role_verbs", Verb)
        self._acts = tuple(row.verb for row in role_verbs if row.kind in ("act", "mobilise") and len(row.verb) > 1)
        verbs = [row.verb for row in role_verbs if row.kind == "mobilise"]
        self._verb = re.compile(alternatives(verbs))

    @staticmethod
    def of(lexicon: Lexicon) -> Names:
        """The names of a lexicon."""
        return lexicon.derived("units.names", Names)

    def is_field(self, name: str) -> bool:
        """True for 公安 and 市公安: what a department is for, as the first names of 公安、交通部门 are said."""
        if name in self.fields:
            return True
        head = 1 if name[:1] in PLACES else 2 if name.startswith(("各级", "地方")) else 0
        return head > 0 and name[head:] in self.fields

    def kind(self, name: str) -> str | None:
        """The kind of a name's ending (organ, generic, place, post), or nothing where it does not end like a unit."""
        if not 1 < len(name) <= _LONGEST:
            return None
        if "”" in name or "）" in name or "〉" in name:
            name = _LAST_BRACKET.sub("", name.translate(_NO_QUOTES))  # 村“两委”, 各村（社区）
        for length in self._lengths.get(name[-2:], ()):
            if (ending := name[-length:]) in self._kinds:
                return self._kinds[ending]
        return self._kinds.get(name[-1:])

    def stands_alone(self, name: str) -> bool:
        """True where ``name`` could be a whole entry of a list: a half of A和B, or a bare bracket."""
        kind = self.kind(name)
        if kind == "place":
            return bool(_QUANTIFIED.match(name)) or len(name) >= 3
        if kind == "post":
            return len(name) >= 3
        return kind is not None and not self.opens_with_verb(name)

    def counts_objects(self, name: str) -> bool:
        """True for 首批遴选10个村: a verb and a count of those that it is done to, no name."""
        counted = _COUNTED_PLACES.search(name)
        return counted is not None and name.endswith(self._acts, 0, counted.start())

    @staticmethod
    def is_quantified(name: str) -> bool:
        """True for 各村, 相关区, 县直部门: a name that counts its bearers instead of naming one."""
        return bool(_QUANTIFIED.match(name))

    def opens_with_verb(self, name: str) -> bool:
        """True for 推动各单位, 组织企业: a verb and its object, no name. 组织部 and 指导组 are names."""
        found = self._verb.match(name)
        if not found or _NAME_LIKE_VERB.match(name):
            return False
        rest = name[found.end() :]
        if self.kind(name) is None:
            return len(found[0]) > 1 or found[0] in _PREPOSITIONS
        if _BARE_ENDING.match(rest):  # 协调委办公室, 指导组, 建设局
            return False
        if rest in PLACES:
            return True
        return self.kind(rest) is not None and rest not in ("委员会", "小组", "中心", "办公室")


def depths(text: str) -> list[int]:
    """How deep in brackets or quotation marks each character stands; a bracket that never closes opens nothing."""
    out = [0] * len(text)
    if not _ANY_CLOSE.search(text):
        return out
    stack: list[int] = []
    pairs: list[tuple[int, int]] = []
    for i, char in enumerate(text):
        if char in _OPEN:
            stack.append(i)
        elif char in _CLOSE and stack:
            pairs.append((stack.pop(), i))
    marks = [0] * (len(text) + 1)
    for start, end in pairs:
        marks[start] += 1
        marks[end + 1] -= 1
    depth = 0
    for i in range(len(text)):
        depth += marks[i]
        out[i] = depth
    return out


def split_units(text: str, lexicon: Lexicon) -> list[NamedUnit]:
    """The units of a list as it stands behind a label or in a cell, with their places in ``text``.

    Splits at 、，；/ and spaces, at 和 及 与 以及 where both sides can stand alone, never inside brackets of a name;
    the generic word after 等 is no unit. ``text`` is match text (simplified, one width).
    """
    if not _MAY_LIST.search(text) and text.count("各") < 2:
        alone = _unit(text, 0, len(text))
        return [] if alone is None else [alone]
    names = Names.of(lexicon)
    out: list[NamedUnit] = []
    deep = depths(text)
    masked = _MASKED_COUNT.search(text)
    if masked and _SEPARATOR.search(text, 0, masked.start()):
        span = _trim(text, 0, len(text))
        return [NamedUnit(text[span.start : span.end], span)]
    for body in _ALL_GOVERNMENTS.finditer(text):
        deep[body.start() : body.end()] = [1] * (body.end() - body.start())
    pieces = list(_pieces(text, deep))
    for number, (start, end) in enumerate(pieces):
        piece = text[start:end]
        if _PLACE_HEAD.match(piece):
            later = next((text[a:b] for a, b in pieces[number + 1 :] if not _PLACE_HEAD.match(text[a:b])), "")
            if _PLACE_HEAD.match(later[:1]):
                continue  # 市、区森林防火指挥部: the complete name only
        inner = _WRAPPED.fullmatch(piece)
        if inner:
            at = start + inner.start("inner")
            out += (
                replace(unit, span=Span(at + unit.span.start, at + unit.span.end), bracketed=True)
                for unit in split_units(inner["inner"], lexicon)
            )
            continue
        joined = _MAY_JOIN.search(text, start, end) or text.endswith(_COUNTED_ENDS, start, end)
        parts = _conjunctions(text, start, end, deep, names) if joined else ((start, end),)
        for unit_start, unit_end in parts:
            unit = _unit(text, unit_start, unit_end)
            if unit is not None:
                out.append(_with_head(unit, out))
    return _with_shared_body(out) if len(out) > 1 and "政府" in text else out


def _with_shared_body(units: list[NamedUnit]) -> list[NamedUnit]:
    """柳溪县人民政府 and 青竹县人民政府 of 柳溪县、青竹县人民政府; any other units as they are."""
    out: list[NamedUnit] = []
    body, beginning = "", -1
    for unit in reversed(units):
        named = _NAMED_GOVERNMENT.fullmatch(unit.unit)
        if named is not None:
            body = "" if Names.is_quantified(unit.unit) else named["body"]
        elif unit.span.end + 1 != beginning or not _NAMED_PLACE.fullmatch(unit.unit) or Names.is_quantified(unit.unit):
            body = ""
        elif body:
            unit = replace(unit, unit=unit.unit + body)
        out.append(unit)
        beginning = unit.span.start
    return out[::-1]


def _with_head(unit: NamedUnit, before: list[NamedUnit]) -> NamedUnit:
    """A bare 政府 behind 各级党委 with the head that both share; any other unit as it is."""
    if unit.unit not in _BARE_GOVERNMENTS or not before or unit.span.start - before[-1].span.end != 1:
        return unit
    party = _PARTY_SIDE.match(before[-1].unit)
    return replace(unit, unit=party["head"] + unit.unit) if party else unit


def _pieces(text: str, deep: list[int]) -> Iterator[tuple[int, int]]:
    start = 0
    for found in _SEPARATOR.finditer(text):
        if deep[found.start()]:
            continue
        if start < found.start():
            yield start, found.start()
        start = found.end()
    if start < len(text):
        yield start, len(text)


def _conjunctions(text: str, start: int, end: int, deep: list[int], names: Names) -> Iterator[tuple[int, int]]:
    """A piece cut at 等, at 和 及 与 以及, and before a second 各."""
    again = _EACH_AGAIN.match(text, start, end)
    if again is not None and names.kind(again["first"]) is not None:
        yield start, again.end()
        yield from _conjunctions(text, again.end(), end, deep, names)
        return
    named = text.find("等", start, end) >= 0 or text.endswith(_COUNTED_ENDS, start, end)
    others = next((m for m in _AND_OTHERS.finditer(text, start, end) if not deep[m.start()]), None) if named else None
    if others:
        if others.start() > start:
            yield from _conjunctions(text, start, others.start(), deep, names)
        rest = _AND.match(text, others.end(), end)
        if rest and rest.end() < end:
            yield from _conjunctions(text, rest.end(), end, deep, names)
        return
    joints = list(_AND.finditer(text, start + 1, end - 1))
    if joints and not _UNDIVIDED.search(text, start, end):
        for found in joints:
            left, right = text[start : found.start()], text[found.end() : end]
            if _PLACE_HEAD.match(left) and _PLACE_HEAD.match(right[:1]) and names.kind(right):
                yield found.end(), end  # 省级和市级财政: the complete name only
                return
            shares_department = (
                right.endswith("部门")
                and names.is_field(left)
                and right[:-2] in names.fields
                and left + right[:-2] not in names.fields
            )
            shares_head = end < len(text) and len(right) > 1 and names.kind(right) is None  # 基金和省级担保、再担保机构
            apart = names.stands_alone(left) and (shares_head or names.stands_alone(right))
            apart = apart or _stand_side_by_side(names, left, right)
            if not deep[found.start()] and (apart or shares_department):
                yield start, found.start()
                yield from _conjunctions(text, found.end(), end, deep, names)
                return
    yield start, end


def _stand_side_by_side(names: Names, left: str, right: str) -> bool:
    """True for 县交通局和镇, 镇与村, 村与组: a bare level beside a body or another level."""
    sides = [side in _LEVELS or names.kind(side) in ("organ", "place", "person") for side in (left, right)]
    return all(sides) and (right in _LEVELS or left in _LEVELS)


def _unit(text: str, start: int, end: int) -> NamedUnit | None:
    span = _trim(text, start, end)
    name = text[span.start : span.end]
    note = ""
    noted = _NOTED.search(name) if name[-1:] == "）" else None
    if noted:
        note = noted[1]
        span = Span(span.start, span.start + noted.start())
        name = text[span.start : span.end]
    short = _SHORT_FORM.search(name) if name[-1:] == "）" else None
    if short:
        span = Span(span.start, span.start + short.start())
        name = text[span.start : span.end]
    abbreviated = _ABBREVIATED.match(name) if name[-1:] == "）" else None
    if abbreviated and _shortens(abbreviated["short"], abbreviated["name"]):
        span = Span(span.start, span.start + abbreviated.end("name"))
        name = text[span.start : span.end]
    if not 1 < len(name) <= _LONGEST and name not in PLACES:
        return None
    return None if _NO_NAME.search(name) else NamedUnit(name, span, note)


def _shortens(short: str, name: str) -> bool:
    """True where ``short`` is ``name`` with characters left out, its last one kept."""
    rest = iter(name)
    return len(short) < len(name) and short[-1] == name[-1] and all(char in rest for char in short)


def _trim(text: str, start: int, end: int) -> Span:
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    leading = _LEADING.match(text[start:end])
    if leading:
        start += leading.end()
    return Span(start, end)
