"""Who can be a doer (施事): whether the words before a verb are a list of units and nothing else.

In running text a name must show what it is: by its ending, by 各 or 每, by a dictionary, or because the same document
names it behind a label.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import regex

from extractor.extractors.units.names import PLACES, NamedUnit, Names, split_units
from extractor.lexicon import Lexicon
from extractor.model import Span
from extractor.patterns import searched

LONGEST_LIST = 130
_MOST_LISTS = 1000  # texts of a plan whose units are kept in mind
_LONGEST_ENDING = 16  # characters: longer than any ending of a dictionary with 等有关部门 behind it

_NOT_IN_NAME = searched(
    r"""
      <是|被|让|了|吗|将|，|。|；|：|》>
    | 把(?!手) | 使(?!用[人者单户方]) | 你们|我们|他们 | 作为(?![主责]) | 建议|实行 | 方面
    | <送|递|转|移|上|目|料|金|款>交(?!通|警|运|投|管)
    | 按(?=中央|国家|上级|规定|要求)      # 按中央和我省财政补助政策
    | <须|需|应|均|已>经
    | 报(?<!申报)(?![社纸刊名道账]) | 应当|必须|可以|不得|不能|并[^购]|而|但|从而|以便|进行|有条件|符合|开展
    | 阶段|下设|提请|报送|提交|涉及|发表|关于|部署|出台|提出|作出|制定|建立|加强|目前|仍|一律|进入|通过|采取|等方式|获知|得知
    | <前|中|后|主要|重点>对
    | 经(?<![财农外]经)(?=信访|业务主管|主管部门|[县镇乡村][\u4e00-\u9fff]|本?单位|部门(?!联))             # 经信访办讨论, 经村书记签字
    | 项目(?=[省市县乡镇村]级)
    | 到(?=[省市县区镇乡村各])(?<!迟到)
    | <汇总|综合|合格|验收|审核>后 | 派员
    | <转|改|变>为
    | 扣[除发减]
    | 移送 | 纳入(?!名) | 至少 | <按|给>每 | 委托(?![方人代单机书]) | 外出(?!领导|人员|干部)
    | 发现|接到|收到|遇有|变更|离京|离岗|代行|联同|按照|带领|率领|接获|接函|接报|既有|现有|原有|会同|联合(?![会社国])|自行|自主|逐一|级整
    | 逐(?<![\s\S]逐) | 于(?<![\s\S]于)(?![都田洪]) | 向(?<![\s\S]向)(?![阳化塘前家山荣]) | 一(?=[个名位])
    | 任(?<![主责常信新]任)(?![务课教期职])                 # 任组长, never 主任, 责任
    | 在(?<=[^所]在)(?![沪京建编职岗校地])               # 鉴定结果在村, never 各在沪企业
    | 要(?<![主重需必首]要)(?![素闻])
    | 研究(?![所院室会生]|中心|机构|基金) | 推进(?![办组委会]|小组|中心) | 实施(?!办|小组|单位|主体)
    """
)
_OPENING = re.compile(r"[^、，,；;/（“ ]{2,40}(?=[、，,；;/]|$)")
# 其他承担科研任务的单位 / 部门的主要负责同志
_DE_ALLOWED = regex.compile(
    r"""^(?:其他|其它|有关|相关|承担|负责)[^的]*的(?:单位|部门|机构|企业|组织|地区)$
    | ^(?:分管|主管|负责|协管|联系|包抓|挂点)[^的]{2,16}的(?:.{0,8}(?:长|书记|主任|委员|总理|领导|负责人|负责同志|秘书长))$
    | ^[^的]{2,10}(?:分管|主管|协管)[^的]{2,16}的(?:副?(?:[校院局镇乡县市区]长|书记|主任)|负责人|负责同志|领导)$
    | 的(?:法定代表人|实际控制人|主管部门|监管部门|行政主管部门|开户银行|承办单位|承担单位|上级单位|依托单位)$
    | ^设区的市级?[^的]{0,16}$
    | ^(?:具备|具有|取得|持有|有(?=[^的]{0,4}资质))[^的]{2,16}的(?:第三方)?(?:单位|机构|企业|公司|队伍|组织|人员)$
    | (?:政府|国务院|党委)(?:管理|负责|主管|承担)[^的]{2,14}的(?:部门|机构|单位)$
    | 的(?:主要|分管)?(?:负责同志|负责人|领导)$""",
    regex.VERBOSE,
)
# 民政、公安等部门: bare names count
_CLOSED_LIST = re.compile(
    r"(?:等(?:有关|相关|各|职能|主管|监管)*|[两二三四五六七八九十]家?)(?:单位|部门|线办|机关|机构|组织|团体|企业|[省市县区镇乡村]{1,2}|街道)(?=$|[和及与、])"
)
# 查看各二级学院 is a verb that no dictionary holds; 全镇各村, 国务院各部门 are names
_INNER_EACH = re.compile(r"(?P<before>.+?)(?:各(?![方界])|每(?![个村镇县]))")
_BEFORE_EACH = regex.compile(
    r"""全[国省市县区镇乡村校]|[省市州县区旗镇乡]{1,2}级?及?以上(?:地方)?|[省市县区镇乡](?:直|级|属|域|内)?|地方|基层|机关|国务院|中央|所属|辖区|.{0,3}[域区境县市镇乡]内|驻.{1,4}|本.{1,3}|.{0,6}(?:机关|银行|总公司|集团)
    |.{1,8}[省市县区镇乡村院局部委办会府]|各.{1,3}|.{1,6}(?:期间|时期|单位)|.{2,14}(?:领导小组|指挥部|联席会议|委员会|专班)""",
    regex.VERBOSE,
)
# 各级党组织和广大党员: the people at the end are nobody that can be asked
_PEOPLE_TOO = re.compile(
    r"(?:、|和|与|及|以及)(?:广大|全体|各界)*(?:党员|团员|干部|群众|职工|居民|村民|师生|青年|妇女|志愿者|社会各界){1,3}$"
)
MAY_BE_CUT = frozenset("员部")  # 党员, 干部: the characters that such people end in
# 建设、施工、监理单位
_SHARED_TAIL = re.compile(r"(?:[\u4e00-\u9fff]{2}、){1,5}[\u4e00-\u9fff]{2}(?:等各?)?(?:单位|企业|机构|各?方)")
_TOO_SHORT = re.compile(r"^[^省市县区镇乡村街各本我党团纪总公][站所室组队线院股科处]$")
_QUANTIFIED = regex.compile(r"^(?:各|每|全体|本|我|你|贵|有关|相关|所有|所在|[省市县区镇]直|X|×|#|\*)")
_OF_LEVEL = regex.compile(r"^(?:中央|本级|[省市县区镇乡村]级)")
_WHOLE_PLACE = regex.compile(r"^(?:[全整][国省市县区镇乡村]|我国)$")
_PEOPLE = ("人员", "成员", "干部", "教师", "老师", "同志", "领导", "负责人")
# 专利行政部门, 第三方评估机构: a kind of body that has one bearer in each place
_OFFICE = regex.compile(
    r"(?:行政|主管|监管|管理|登记|执法|审核|承办|经办|派出|分支|派驻|直属|监察|检察|公安|司法|税务)(?:部门|机关|机构)$|^第三方.{0,6}(?:机构|单位|公司)$|的部门$|两委”?$|(?:承办|牵头|责任|配合|主办|协办|申报|推荐|帮扶|成员|包保|实施|运营|管护|中标|建设|施工|监理|设计|勘察)单位$|^(?!其他|其它|多个|这些|该|上级|下级|同级|同一|[^部门]{0,6}(?:实行|建议|开展)).{2,}部门$"
    r"|^(?:中央|[省市县区镇乡])级?财政$"
)
_EACH_ONE = regex.compile(r"每(?:家|户|人|位|名|社区|里|邻)")
# 县政府分管领导
_OF_AN_ORGAN = regex.compile(r".+[府委局办镇乡部院处厅](?:分管|主要|有关|相关|负责)?(?:领导同志|负责同志|领导|负责人)$")
_BODIES = ("单位", "部门", "机构")
_MAY_END = PLACES | frozenset("）”〉")  # what ends a name, whatever stands before
# people that are told what to do under their own name only: no 教育村民, no 老党员
PEOPLE = ("村民", "居民", "党员", "渔民", "牧民")
# 龙头企业, 其他单位: a sort of bodies, none that is told
_SORT_OF = regex.compile(
    r"大型|中小(?!学)|农村|乡镇|公办|民营|龙头|重点|优质|外资|国有|私营|公立|民办|各类|社会|其[他它]|多个|这些|一些|部分|所有权|上级|下级|同级|高等|地方|基层|新闻|国内|国外|境外|海外"
)
# 驻村干部, 区级领导, 镇街班子成员
_PEOPLE_OF = re.compile(
    r"(?:[省市县区镇乡村街办局]级?|机关|班子|驻村|包村|联村|挂村|包片|四套班子|全体|值班)(?:干部|成员|领导|负责人|人员)$"
)
_ANY_ORGAN = frozenset(("政府", "党委", "党组", "支部", "常委", "领导"))
_LEADING_POSTS = ("长", "任", "书记", "委员", "总理")
# 受益村: a place that is named by what it does or gets
_RECEIVING = re.compile(
    r"^(?:受益|受援|帮扶|创建|试点|示范|申报|承办|牵头|项目|所在|属地|迁入|迁出|输出|接收|有关|相关)"
)
# 公交公司, 中心卫生院; 大型企业 and 民营医院 are kinds
_ONE_BODY = regex.compile(
    r"""^(?!大型|中小|民营|龙头|重点|优质|外资|国有|私营|公立|民办|高等|中等|职业|科技|创新|示范|骨干|各类|社会)
    .*(?:公司|医院|学校|学院|大学|中心|支行|分行)$""",
    regex.VERBOSE,
)


@dataclass(frozen=True)
class VagueDoer:
    """A row of ``vague_doers.csv``: people and things that are called upon and are no unit (群众, 社会各界)."""

    word: str
    source: str


@dataclass(frozen=True)
class PlainDoer:
    """A row of ``plain_doers.csv``: who is told to act without a 要, by a name that alone says who.

    ``kind`` is ``head`` (镇长: the whole name of a post), ``body`` (水厂: the whole name), ``house`` (合作社: what a longer
    name ends in) or ``owner`` (that of people who answer for a thing of theirs).
    """

    word: str
    kind: str
    source: str


def _plain_doers(lexicon: Lexicon) -> dict[str, tuple[str, ...]]:
    rows = lexicon.rows("plain_doers", PlainDoer)
    return {kind: tuple(r.word for r in rows if r.kind == kind) for kind in ("head", "body", "house", "owner")}


class Doers:
    """The judge of doers. ``known`` are names that the document itself gives behind labels."""

    def __init__(self, lexicon: Lexicon, known: frozenset[str] = frozenset()) -> None:
        self.lexicon, self.known = lexicon, known
        self.names = Names.of(lexicon)
        self._known = tuple(known)
        self._last_signs = self.names.last_signs | _MAY_END | MAY_BE_CUT
        self._known_pairs = frozenset(name[-2:] for name in known)
        self._vague = lexicon.derived(
            "units.vague", lambda held: frozenset(row.word for row in held.rows("vague_doers", VagueDoer))
        )
        self._plain = lexicon.derived("units.plain_doers", _plain_doers)
        self._lists: dict[str, list[NamedUnit]] = {}  # one place is asked for by several rules

    def units(self, text: str) -> list[NamedUnit]:
        """The units that ``text`` lists, or nothing where it is not a list of units and nothing else."""
        found = self._lists.get(text)
        if found is None:
            if len(self._lists) >= _MOST_LISTS:
                self._lists.clear()
            found = self._lists[text] = self._units(text)
        return found.copy()

    def _units(self, text: str) -> list[NamedUnit]:
        if not 1 < len(text) <= LONGEST_LIST:
            return [NamedUnit(text, Span(0, 1))] if text in PLACES else []
        people = _PEOPLE_TOO.search(text) if text[-1] in MAY_BE_CUT else None
        text = text[: people.start()] if people else text
        if not self._may_end_a_name(text):
            return []
        if self.is_ruled_out(text):
            return []  # told apart without splitting
        units = split_units(text, self.lexicon)
        if not units or (self._is_object(text, units[0]) and not _SHARED_TAIL.fullmatch(text)):
            return []
        closed = self.closes(text)
        of_departments = text.endswith("部门")  # 公安、交通部门
        out = []
        for number, unit in enumerate(units):
            named = self._ends_like_unit(unit.unit) or (of_departments and self.names.is_field(unit.unit))
            if not named and not (closed and len(unit.unit) <= 8):
                if number == len(units) - 1 or len(unit.unit) > 14:
                    return []
                continue  # 省级担保、再担保机构: the complete name only
            if not self._is_name(unit.unit):
                return []
            out.append(unit)
        return [unit for unit in out if unit.unit not in self._vague]

    def is_ruled_out(self, text: str) -> bool:
        """True where ``text`` holds what no name holds, or its first name opens with a verb, whatever follows."""
        if _NOT_IN_NAME.search(text):
            return True
        first = text
        if not text.isalnum():  # else there is no mark that would end the first name
            opening = _OPENING.match(text)
            if opening is None:
                return False
            first = opening[0]
        return self.names.opens_with_verb(first) and not _SHARED_TAIL.fullmatch(text)

    def may_end_at(self, match: str, end: int) -> bool:
        """False where the last two characters before ``end`` already show that no list of units ends there.

        市委会议, 党的领导: most words that end in the character of some name are told by that.
        """
        last = match[end - 2 : end]
        if match[end - 1] in self._last_signs or last in self.names.last_pairs or last in self._known_pairs:
            return True
        return "等" in match[max(0, end - _LONGEST_ENDING) : end]

    def closes(self, text: str) -> bool:
        """True for a list that says itself what it lists: A、B等主管部门, A、B、C三部门."""
        return bool(_CLOSED_LIST.search(text))

    def _may_end_a_name(self, text: str) -> bool:
        """False where no name can end at the end of ``text``."""
        tail = text[-_LONGEST_ENDING:].rstrip("。.：:、， ")
        if "等" in tail or tail[-1:] in _MAY_END:
            return True
        return self.names.kind(tail) is not None or text.endswith(self._known)

    def _is_object(self, text: str, first: NamedUnit) -> bool:
        """True where a verb opens the list: 推动各单位, 根据国务院、…."""
        before = text[: first.span.start].rstrip("、，/ ")
        return self.names.opens_with_verb(first.unit) or bool(before and self.names.opens_with_verb(before))

    def _ends_like_unit(self, name: str) -> bool:
        return name in PLACES or name in self.known or self.names.kind(name) is not None

    def _is_name(self, name: str) -> bool:
        if name in self.known:
            return True
        if name.endswith(PEOPLE) and name not in PEOPLE:
            return False
        if (
            (_TOO_SHORT.match(name) and name not in self.names.kind_of)
            or "或" in name
            or self.names.opens_with_verb(name)
            or self.names.counts_objects(name)
        ):
            return False
        inner = _INNER_EACH.match(name)
        if inner and not _BEFORE_EACH.fullmatch(inner["before"]):
            return False
        return "的" not in name or bool(_DE_ALLOWED.search(name))

    def is_whole_place(self, name: str) -> bool:
        """True for 全镇, 我国: where a number holds, not who acts."""
        return bool(_WHOLE_PLACE.match(name))

    def is_sure(self, name: str) -> bool:
        """True where a name needs no verb behind it to be taken for a doer: an organ, or 各X."""
        kind = self.names.kind(name)
        if kind in ("organ", "person") or (kind == "place" and _RECEIVING.match(name)):
            return len(name) >= 3
        if kind == "post" and name.endswith(_LEADING_POSTS):
            return True
        if name.startswith("设区的市"):
            return True
        if _OF_AN_ORGAN.match(name):
            return True
        return bool(_QUANTIFIED.match(name)) or (len(name) >= 4 and name.endswith(("部门", "机关", "机构", "单位")))

    def is_each_one(self, name: str) -> bool:
        """True for 每家企业, 每户: a number holds for each, nobody is told to act."""
        return bool(_EACH_ONE.match(name))

    def is_definite(self, name: str) -> bool:
        """True where a name says who: with a verb behind it and no 要 it is the doer."""
        if self.is_whole_place(name):
            return False
        if name in PLACES or name in self.known or _QUANTIFIED.match(name) or "各" in name[:-2]:
            return True
        kind = self.names.kind(name)
        if kind == "organ":
            return (
                len(name) >= 3
                or (name in self.names.kind_of and name not in _ANY_ORGAN)
                or name.endswith("委")
                or name[0] in PLACES
            )
        if kind == "post":
            bare = (
                name in self.names.kind_of and name.endswith(_LEADING_POSTS) and not name.endswith(("总理", "班主任"))
            )
            return (
                len(name) >= (2 if name == "总理" else 3)
                and not bare
                and (not name.endswith(_PEOPLE) or bool(_PEOPLE_OF.search(name)))
            )
        if kind == "generic":
            return bool(_OF_LEVEL.match(name)) or (
                len(name) >= 3 and bool((len(name) >= 4 and _ONE_BODY.search(name)) or _OFFICE.search(name))
            )
        return kind == "place" and name[-1] in "镇乡村道居里庄级" and name not in ("两级", "三级")

    def is_house(self, name: str) -> bool:
        """True for a house with a name of its own that can be asked: 溪边小学, but no 农村小学."""
        return len(name) >= 4 and name.endswith(self._plain["house"]) and not _SORT_OF.match(name)

    def is_named(self, name: str) -> bool:
        """True where a name that opens a plain order says who: 妇联, 驻村干部, 承办单位, but no 企业 and no 群众."""
        kind = self.names.kind(name)
        if kind == "place":
            return name.startswith("各") or (len(name) > 1 and name.endswith(("）", "镇", "乡", "街道")))
        if self.is_definite(name):
            return True
        if kind == "organ":
            return name in self.names.kind_of
        if kind == "post":
            if name in self._plain["head"]:
                return True
            return len(name) >= 3 and (len(name) >= 4 or not name.endswith(_PEOPLE))
        if kind == "generic":
            bodied = len(name) >= (4 if name.endswith(_BODIES) else 3) and name.endswith(
                (*_BODIES, *self._plain["house"])
            )
            return (bodied or name in self._plain["body"]) and not _SORT_OF.match(name)
        if kind == "person":
            return name.endswith(self._plain["owner"]) and not _SORT_OF.match(name)
        return False
