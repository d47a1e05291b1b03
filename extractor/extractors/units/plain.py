"""Predicates of plain orders (无“要”字的祈使谓语): 派出所维护秩序, 驻村干部2小时内到岗, 妇联每季度评选.

A plain order is a doer at the start of its clause, then when and how, then what is to be done. Verbs are an open class, so
much is decided by what cannot follow a doer that is told to act: what it is or has, what was done, the second half of a
compound (卫生院|能力, 学校|建设).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractor.extractors.acts import ActWord
from extractor.extractors.units.names import Verb
from extractor.lexicon import Lexicon
from extractor.longest import LongestWord
from extractor.patterns import searched

_NUMBER = r"(?:\d+|[一二两三四五六七八九十半]+)"
_WHEN = re.compile(
    rf"""
      每(?:逢[^，。；\n]{{1,6}}?[日天期节]|餐|次|班|晚|早|(?:半|两|{_NUMBER})?个?(?:年|月|季度?|周|日|天|旬|学期|学年|小时|工作日))
        (?:[初末底]|\d+日|上旬|中旬|下旬|前|至少|不少于|定期)*
    | (?:周[一二三四五六日天末]|天天|日日|周周|月月|年年|昼夜|全天候?|夜间|白天|早晚|平时|战时|汛期|节假日|周末|课后(?!服务)|会前|会后|节前|节后|事前|事后|灾后|雨前|雨后)
    | (?:在|于)?{_NUMBER}个?(?:工作)?(?:日|天|小时|分钟|周|月|年)(?:以|之)?内
    | (?:在|于|每年)?\d{{1,2}}月(?:份|底|初|末|中旬|上旬|下旬|\d{{1,2}}日)?(?:之?前|以前|底前|内|起|开始|至(?:次年)?\d{{1,2}}月(?:份|底|\d{{1,2}}日)?)?
    | (?:在|于)?(?:次?[年月季周]|每?学期|季度)[初末底](?:之?前)? | (?:在|于)?(?:次|当|本|下)(?:日|月|周|季度|年)(?:\d+日)?(?:之?[内前])?
    | \d{{1,2}}日(?:之?前|内) | 第?[一二三四]季度 | [上下]半年 | 按(?:季度?|月|周|日|旬|年|学期)(?:度)?
    | (?:自|从)?即日起 | (?:接|收|获|遇|凡)(?:到|报|警|知|函|件|悉|单)?[^，。；\n的]{{0,12}}(?:后|(?<!小)时)(?!期) | \d+小时
    | 20\d\d年?(?:至|到|—|-)20\d\d年 | (?:20\d\d|[今明后])年(?:[春夏秋冬]季|[上下]半年|底|内)?前? | [两三四五]年(?=安排|统筹|投入|累计)
    | (?:第一时间|当[日天晚场]|即[刻时]|随即|连夜|同日|届时|全年|常年|长年|年内|早中晚)
    | (?:进场|上岗|开工|施工|作业|收工|离岗|入户|出车|上山|下水|开学|放学|放假|出院|入院)(?:之?前|后|时)(?!期)
    """,
    re.VERBOSE,
)
# 应急队20人全员备勤: how many of them, then what they do
_HOW = re.compile(
    r"\d{1,4}人(?=全员|全部|24小时|分[组班批])|(?:[一每]人|人人|各自|分头)(?=[包联挂管守盯认])|各(?=提供|报送|推荐|选派|抽调|派出|安排|确定|打造|建成|建设|创建|培育|选[定取]|举办|承办)|逐[\u4e00-\u9fff](?=[\u4e00-\u9fff])|按[^，。；\n的]{1,12}?(?:要求|规定|标准|比例|程序|分工|职责|计划|方案|时限|权限|进度)"
)
# 帮扶干部“一对一”联系: how, in the words of a slogan
_SLOGAN_HOW = re.compile(r"“[^”\n]{2,8}”(?:式|地)?(?=[\u4e00-\u9fff]{2})")
# 对屡教不改的从重处罚 / 向群众公开 / 把好入口: what it is done to, with or by
_PHRASE = re.compile(
    r"""(?:对(?!外|口|象|面|接)|向(?!阳)|按照?|根据|依据|依照|依托|结合|针对|围绕|利用|通过|运用|借助|将|把|从|以(?![及来内外上下前后往])|在|于
    |就(?!业|近)|为(?=[^，。；\n]{2,24}(?:提供|出具|办理|配备|建立|送|讲))|凭|沿|用|给|替|帮)(?=[^，。；\n]{2})""",
    re.VERBOSE,
)
_WITH = re.compile(
    r"(?:与|同|跟)[^，。；\n的]{2,16}?(?=(?P<verb>签|联|对接|共同|联合|协商|协同|建立|结对|沟通|会商|互|开展|配合))"
)

_NEVER = re.compile(
    r"""
      [是有等及或、，。；：的了着过得地之和而但与、）（”》\s无非缺乏] | 为(?!民|群众|老|企业|困难) | 已 | 曾 | 被 | 由 | 受(?!理) | 获(?!知) | 属 | 占(?!领) | 达 | 突破(?=[^，。；]{0,3}\d) | (?:至少|不[少低]于)[\d一二三四五六七八九十百]+[^，。；、\d]{0,3}(?:[，。；\n]|$) | 不(?!定期|间断|折不扣|遗余力) | 未 | 没 | 能(?!动) | 可 | 会(?![同商诊审签晤议办战合]) | 想
    | 共(?![同建享商治管]) | 现(?!场) | 仍 | 尚 | 总(?!结|揽|牵) | 均 | 位(?!移) | 地处 | 毗邻 | 辖 | 下[辖设属] | 内设 | 设有 | 设在(?!点) | 设立(?=于|在|以来|后|的) | 具[有备] | 拥有 | 存在 | 出现
    | 发[生现] | 成为 | 成立(?:于|以来|后) | 作为 | 以[来及下上内外] | 方面 | 之间 | 层面 | 范围 | 内(?![部控]) | 外(?!出|派|聘) | 上(?![好报门下传交墙级路岗户课图]|[一两三四五六七八九十\d]+[堂节]) | 下(?![沉发达访田乡村户基厂校站店场单拨]) | 里 | 中 | 前(?!往) | 后
    | 级 | 型 | 类 | 式 | 化 | 等级 | 所[在有属] | 附近 | 周边 | 沿线 | 驻地 | 班子 | 书记 | 系统 | 总数 | 数量 | 名单 | 一[级把] | 两级 | 三级 | 至(?!少) | 到(?!岗|位|场|户|村|现|一线|田) | 也 | 更 | 很 | 最 | 太
    | 建成[后投招开] | 投用 | 启用后 | 竣工 | 落成 | 成立后 | 编制\d | 违反 | 依法治[国省市县区] | 从事 | 执业 | 依法执业 | 责成 | 指定 | 团结 | 务实 | 为成员 | 同意的 | 实现 | 主体 | 同(?!步|时|心) | 担任 | 率\d | 引导$ | 主导$
    | 提出(?:的|了) | 认为 | 表示 | 指出 | 强调 | 取得 | 得到 | 呈现 | 增[长加](?:了|\d) | 下降 | 同意 | 决定 | 印发的 | 规定的
    """,
    re.VERBOSE,
)
# 备足, 盯紧, 摸清: a verb shows itself by what it ends in
_COMPLEMENT = re.compile(
    r"""(?![安健完齐]全|[良美友爱最较]好|[交普沟]通|[标基水批]准|[真现事其扎]实|[支突杰进产输演]出|[养组构生合集现促达]成|[干纯洁]净|[不充满手]足|[居常入]住|[严]严|[深到]到|[信诚]实|[平]稳)
    [\u4e00-\u9fff](?:足|齐|清|好|牢|紧|实|准|透|严|住|完|净|掉|够|稳|到位|到底|通(?!道|知|过|信|报))(?=[\u4e00-\u9fff“\d]{2})""",
    re.VERBOSE,
)
# 盘查各类人员, 张罗本村席面: what no compound has in its middle
_DETERMINED = re.compile(
    r"[\u4e00-\u9fff]{1,2}(?<![员长任位家部等由及的在])(?:各(?!自|类)|本[镇村乡校辖单部县市区社]|所有|有关|全体|[《])"
)
# 赴一线, 包好责任片: verbs of one character show themselves by what they govern
_SINGLE = re.compile(
    r"""(?:赴|奔|到|进|下)(?=一线|现场|[各村田户企厂店校镇街]|基层|工地|点位)
    | 上(?=[一两三四五六七八九十\d]+[堂节])
    | (?:半?个?[月年]|[周旬季]|一[周月季]|双周)一(?=调度|通报|督查|督导|检查|会商|研判|点评|巡查|排名|汇总)  # 督查室半月一通报
    | 带(?=资金|项目|队|技术|任务|头) | 设(?=临时|立|置|专|绿色|[点岗卡]) | 请(?=[于在按将]|务必|及时|认真|严格|尽快)
    | (?:管(?![理护道网线委辖制控家])|抓(?![手捕获住])|查(?![询处看验找封阅])|守(?![则法])|盯|包(?![括装含裹围扎])|送(?![达风水电气]))(?=[\u4e00-\u9fff]{2})(?![^，。；]{0,4}率|[^，。；]{0,3}的|[^，。；]{0,6}责任制)
    | (?:包|挂|联|驻|守|盯|查|管|抓|报|送|交|领|填|写|贴|建|修|拆|清|扫|派|设|选|备|带|开|办|做|测|印|扎|挖|堵|排|补|种|养|买|租|出|派|请|抽)
      (?=好|[\d两三四五六七八九]+成|一[次批套本份个名处支遍轮]|各[村户自组校点]|所[有辖]|本[村镇校辖组]|全[镇村校县部]|\d|[两三四五六七八九十][个名次本份处支])""",
    re.VERBOSE,
)
# 包保|干部, 执法|人员: a verb that says what kind of person it is
OF_A_POST = re.compile(
    r"(?<=包保|帮扶|包联|包村|包组|包户|联户|联村|联系|结对|驻村|执法|值班|巡查|管护|监管|包片|包案|挂包|挂联|挂钩|带班|督导|蹲点|下派|选派|帮包)(?:干部|领导|人员|责任人|教师|队员|民警|医生|单位|部门)"
)
# 应急局值班|室, 县委巡察|组: the verb is part of a longer name
_NAME_GOES_ON = re.compile(
    r"室|院(?![内墙落坝校外])|组(?![织建成团])|办(?![理公法事好学证])|站(?![点在岗])|科(?![学技普])|股(?![权份])|队(?!伍)|中心|大队|小组|委员会|机构|机关|局(?!面)"
)
_LONGEST_SERVED = 16  # characters of 为 and those that are served
_PEOPLE = ("员", "师", "人", "者")
# 到岗率, 报警器, 负责人: what a verb becomes part of
_VERB_IN_NOUN = re.compile(
    r"[率量度费款金权型性者师化](?!先|大|解|验|肥|粪)|[班课营](?![子主级车组堂程])|人(?!员|大|民|工|力|群|户)|同志|员(?!工)|制(?![定订作止])|单位|部门|责任|机构|的|频[次率]|次数|天数|时长|(?:安排)?[表册](?=张贴|上墙|公示|[，。；]|$)"
)
_NO_WITH = frozenset(("跟踪", "跟进", "跟班", "同步"))
_WITHS, _TOWARDS = frozenset("与同跟"), frozenset("对向")
# 对同一企业的检查每年不超过2次: what is done to others as the thing that is talked of
_TOPIC = re.compile(
    r"(?:对|向)[^，。；\n]{1,14}的(?:检查|考核|监督|管理|处罚|评价|服务|支持|投入|需求|要求|影响|补助|补贴)"
)
# 从成员单位中抽调: what is done with the doer
_CHOSEN = re.compile(r"从[^，。；\n]{2,24}中(?:抽调|产生|选[任聘举拔派]|遴选|推荐|确定)")
# 各部门报送的建议，须…: the order is said of the thing behind 的
_SAID_OF_THING = re.compile(
    r"[^，。；\n]*(?:的[^，。；\n的]{1,12}，(?:应|要|须|由|不得|必须|一律|均|按|经|可|原则上|统一|已)|的(?:部门|单位|机构|人员|组织|企业|负责人|工作人员)|(?:资金|经费|补助|收入)[^，。；\n]{0,8}(?:用于|用作))"
)
_MODAL = searched("应当|必须|不得|不能|应该|要(?<![主重需必首简]要)(?![求素点件闻])|须(?!知)|可以")
# 维保单位接到报警后须…, 人员晋升前须…: the order stands behind its occasion
_ORDERED_WHEN = re.compile(
    r"(?!建成|投用|竣工|落成|成立)[^，。；、\n的]{2,14}(?<!以)[前后时](?:应当|必须|应(?![急用对届付])|须(?!知)|要(?![求素点])|不得)"
)
_OWNED_SOON = re.compile(r"[^，。；\n的]{0,4}的[^，。；\n]{1,6}(?:[，。；、\n]|$)")
_CLOSES = re.compile(r"[，。；：！？\n\t]|$")
# what a name goes on with behind a verb that is part of it: 宣传|部, 帮扶|干部
_BARE_WORDS = (
    "委|办|局|组|部|室|站|所|队|科|股|员|长|师|中心|小组|专班|指挥|单位|部门|机构|人员|公司|分局|管理|监督|服务|保障|执法|干部|队员|领导|民警"
    "|医生|书记|主任|教师|警官|同志|责任人|负责人"
)
_BARE = re.compile(f"(?:{_BARE_WORDS}|人(?:$|[、和及]))")
BARE_STARTS = frozenset("人").union(word[0] for word in _BARE_WORDS.split("|"))
_NO_PLAIN_NAME = re.compile(
    r"""^(?:受|可|代表|经(?![发信济管贸])|据|随|同一|任一|某一|一[个名位户]|其[他它]|本(?:方案|办法|通知|计划)|每|中央$|示范[村镇]|该)
    | ^(?:主要|有关|相关|单位|企业|各级)?(?:负责人|责任人|负责同志)$ | [以于向从其到] | 对(?![外口台]) | [“”](?<!两委”)(?!两委) | \d(?:小时|分钟|日|天|年|月) | 会议$ | [前后](?=组织|完成)""",
    re.VERBOSE,
)
# 指挥部由镇长任总指挥，统一指挥…: who heads the group that acts
_HEADED = re.compile(r"由[^，。；\n]{2,24}(?:兼?任|担任|兼)[^，。；\n]{2,12}$")
_CONDITION_ENDS = ("的", "后", "时")


@dataclass(frozen=True)
class OrderWord:
    """A row of ``order_words.csv``: a word of duty sentences that no other list holds.

    ``kind`` is ``verb``, ``adverb``, ``nominal`` (a verb that is a noun as often), ``attribute`` (an adverb that is an
    adjective as often: 综合|楼, 重点|项目) or ``head`` (a noun that a verb before it belongs to: 学校培训|工作).
    """

    word: str
    kind: str
    source: str


class PlainOrders:
    """The judge of what stands behind a doer, made once for a lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        words = lexicon.rows("act_verbs", ActWord)
        further = lexicon.rows("order_words", OrderWord)
        said = [
            v.verb
            for v in lexicon.rows("role_verbs", Verb)
            if v.kind in ("act", "responsible", "lead", "support", "supervise")
        ]
        adverbs = [w.word for w in words if w.kind == "adverb"] + [w.word for w in further if w.kind == "adverb"]
        verbs = [w.word for w in words if w.kind == "act"] + [w.word for w in further if w.kind == "verb"] + said
        self._nominal = frozenset(w.word for w in words if w.kind == "nominal") | {
            w.word for w in further if w.kind == "nominal"
        }
        self._attributes = frozenset(w.word for w in further if w.kind == "attribute")
        heads = "|".join(re.escape(w.word) for w in further if w.kind == "head")
        self._noun_head = re.compile(rf"(?:{heads})")
        self._noun_end = re.compile(rf"[^，。；\n]{{0,8}}?(?:{heads}|提升|建设|管理|改造|整合|改革)(?=[，。；、\n]|$)")
        self._adverbs = LongestWord(w for w in adverbs if len(w) > 1)
        self._verbs = LongestWord(w for w in verbs if len(w) > 1 and w not in frozenset(adverbs))
        self.common_openings = frozenset(w for w in (*verbs, *adverbs) if len(w) == 2 and w not in self._nominal)
        longer = frozenset(w[:2] for w in (*verbs, *adverbs) if len(w) > 2)
        self.openings = self.common_openings | longer | frozenset(w for w in adverbs if len(w) == 2)
        self._longer_adverbs = frozenset(w[:2] for w in adverbs if len(w) > 2)
        self._plain_adverbs = frozenset(w for w in adverbs if len(w) == 2) - self._longer_adverbs
        self.settled_openings = self.common_openings - longer - frozenset(adverbs)

    @staticmethod
    def of(lexicon: Lexicon) -> PlainOrders:
        """The judge of a lexicon."""
        return lexicon.derived("units.plain", PlainOrders)

    def says_how(self, match: str, start: int, end: int) -> int:
        """Where the adverbials of time and manner at ``start`` end."""
        at = start
        while at < end:
            found = _WHEN.match(match, at, end) or _HOW.match(match, at, end)
            further = found.end() if found else self._adverbs.at(match, at, end)
            if further == at:
                return at
            at = further
        return at

    def opens(self, match: str, start: int, end: int) -> bool:
        """True where a verb stands at ``start``, or behind adverbs, that no name begins with: most clauses tell what to
        do, not who."""
        while (opening := match[start : start + 2]) not in self.settled_openings:
            if opening in self._plain_adverbs:
                start += 2
                continue
            if opening not in self.openings:
                return False
            behind = self._adverbs.at(match, start, end) if opening in self._longer_adverbs else start
            if behind == start:
                verb = self._verbs.at(match, start, end)
                if verb == start or match[start:verb] in self._nominal:
                    return False
                break
            start = behind
        else:
            verb = start + 2  # as in half of the clauses that are asked about
        return match[verb : verb + 1] not in BARE_STARTS or not _BARE.match(match, verb, end)

    def acts(self, match: str, start: int, end: int, *, sure: bool = False) -> bool:
        """True where a known verb with what it can govern, or when and how, stand between ``start`` and ``end``.

        ``sure`` is true behind 由 and 责成: a doer is named there, and what follows can only be what it does.
        """
        if start >= end:
            return False
        first = match[start]
        if first in _WITHS and match[start : start + 2] not in _NO_WITH:
            return bool(_WITH.match(match, start, end)) and not _MODAL.search(match, start, end)
        if first == "“":
            how = _SLOGAN_HOW.match(match, start, end)
            if not how or not self._governs(match, how.end(), end, sure=sure):
                return False
            return sure or match[how.end() : self._verbs.at(match, how.end(), end)] not in self._nominal
        if first == "为" and self._serves(match, start, end):
            return True
        if self._never(match, start, end):
            return _ORDERED_WHEN.match(match, start, end) is not None
        at = self.says_how(match, start, end)
        if at > start:
            if at == end or _NEVER.match(match, at, end):
                return self._verbs.at(match, start, end) > start
            verb = self._verbs.at(match, at, end)
            if verb > at:
                return verb == end or match[at:verb] not in self._nominal or not self._noun_head.match(match, verb, end)
            return match[start:at] not in self._attributes or bool(_PHRASE.match(match, at, end))
        if _PHRASE.match(match, start, end):
            return True
        if _COMPLEMENT.match(match, start, end) or _SINGLE.match(match, start, end):
            return True
        return self._governs(match, start, end, sure=sure)

    def _serves(self, match: str, start: int, end: int) -> bool:
        """True for 为残疾人发放轮椅: for whom, then a verb; never for 为牵头单位."""
        if _MODAL.search(match, start, end):
            return False
        return any(self._governs(match, at, end) for at in range(start + 2, min(end - 1, start + _LONGEST_SERVED)))

    def _never(self, match: str, start: int, end: int) -> bool:
        """True where nothing that is told to do something goes on with the words at ``start``."""
        first = match[start]
        return bool(
            _NEVER.match(match, start, end)
            or _MODAL.search(match, start, end)
            or (first in _TOWARDS and _TOPIC.match(match, start, end))
            or (first == "从" and _CHOSEN.match(match, start, end))
            or _SAID_OF_THING.match(match, start)
        )

    def is_name(self, name: str, is_kind: bool) -> bool:
        """False for 拓宽村级, 秋季前完成小规模学校: a verb, a time or a preposition stands in what would be a name."""
        if _NO_PLAIN_NAME.search(name):
            return False
        if is_kind and self._adverbs.at(name, 0, len(name)):
            return False
        for at in range(len(name)):
            verb = self._verbs.at(name, at, len(name))
            if verb == at or _BARE.match(name, verb):
                continue
            if name[at:verb] not in self._nominal or (is_kind and not at):
                return False
        return True

    def _governs(self, match: str, start: int, end: int, *, sure: bool = False) -> bool:
        """True where a verb stands at ``start`` that is no half of a compound."""
        verb = self._verbs.at(match, start, end)
        if verb == start or match.startswith("的", verb) or _OWNED_SOON.match(match, verb, end + 1):
            return False
        if (
            _VERB_IN_NOUN.match(match, verb, end)
            or _NAME_GOES_ON.match(match, verb, end)
            or OF_A_POST.match(match, verb, end)
        ):
            return False
        rest = match[verb:end]
        if sure or match[start:verb] not in self._nominal:
            return True
        return (
            len(rest) > 1
            and not rest.startswith("每")
            and not _NEVER.match(match, verb, end)
            and self._adverbs.at(match, verb, end) == verb  # 司法所建设扎实推进
            and not (
                self._noun_head.match(rest)
                or (rest[:2] in self._nominal and rest[2:3] not in _PEOPLE)
                or self._noun_end.match(match, verb, end + 1)
            )
        )

    def may_act(self, match: str, start: int, end: int, limit: int, *, opens: bool) -> bool:
        """True where the words up to ``end`` cannot but be a verb, though none that is known.

        ``limit`` ends the sentence; ``opens`` is true where the doer begins it.
        """
        if end - start < 3:
            return False
        if opens and _DETERMINED.match(match, start, end):
            return not self._never(match, start, end)
        if not opens or end - start < 4 or not match.startswith("，", end) or "的" in match[start:end]:
            return False
        later = end + 1
        close = _CLOSES.search(match, later, limit)
        return (
            self._governs(match, later, close.start() if close else limit)
            and match[later : later + 2] not in self._nominal
            and not self._never(match, start, end)
        )

    def after_condition(self, match: str, start: int, end: int, limit: int) -> bool:
        """True for 发现问题的，2日内上报: the clause up to ``end`` says in which case, the next one orders."""
        if not match.startswith("，", end):
            return False
        if not match.startswith(_CONDITION_ENDS, end - 1) and not _HEADED.match(match, start, end):
            return False
        close = _CLOSES.search(match, end + 1, limit)
        return self.acts(match, end + 1, close.start() if close else limit)
