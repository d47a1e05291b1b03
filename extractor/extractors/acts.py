"""What a sentence is for (语义类别): an order, a wanted result, or neither.

A sentence is judged clause by clause: each clause is read from its head (subject and adverbs taken off, prepositional
lead-ins passed over), and the head's verb tells an action (加强…) from a result (实现…) or a state (…更加规范). What a section
is for decides the doubtful ones: in a task section a sentence orders something unless it says otherwise, outside of
one only where it says so. Words come from ``dictionaries/act_verbs.csv`` and ``dictionaries/headings.csv``.

Patterns are of the standard ``re``, which is called in half the time of ``regex``; those that every sentence is searched
for are written as :mod:`extractor.patterns` says. Where a pattern that is searched for cannot be written so, it is of
``regex``, which looks further ahead for the characters that it may begin with.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, cast

import regex

from extractor.lexicon import Lexicon
from extractor.longest import LongestWord
from extractor.patterns import either, searched
from extractor.segment.tree import HeadingWord

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
    "report",
    "closing",
]
Act = Literal["order", "result", "penalty", "permission", "none"]
Said = Literal["act", "result", "state", "lead", "other"]


@dataclass(frozen=True)
class ActWord:
    """A row of ``act_verbs.csv``: kind is act, adverb, result or state."""

    word: str
    kind: str
    source: str


@dataclass(frozen=True)
class SectionNoun:
    """A row of ``section_nouns.csv``: the noun that closes a heading (整改目标) and what its section is for.

    ``thing`` is yes for what can be acted on as well: 实行差别费率, 排查隐患路段 say what to do.
    """

    word: str
    kind: SectionKind
    source: str
    thing: str = ""


# words of these kinds tell at either end of a heading, with a few characters more
_KINDS_AT_ENDS = frozenset(("aim", "principle", "standard", "award", "background"))


@dataclass(frozen=True, slots=True)
class _Headings:
    """The kinds of the words of headings, and with what characters these words begin and end."""

    kinds: dict[str, str]
    firsts: frozenset[str]
    lasts: frozenset[str]
    nouns: dict[str, SectionNoun]
    named: re.Pattern[str]  # 整改目标, 创建范围, 集中整治时间: a name, no order (明确目标 is one)
    longest_named: int


def _headings(lexicon: Lexicon) -> _Headings:
    kinds = {row.word: row.kind for row in lexicon.rows("headings", HeadingWord)}
    alone = [word for word, kind in kinds.items() if kind in _KINDS_AT_ENDS]
    nouns = {row.word: row for row in lexicon.rows("section_nouns", SectionNoun)}
    named = rf"(?!{_VERBS_OF_SETTING}|{_STRICTLY})[\u4e00-\u9fff]{{2,{_BEFORE_NOUN}}}(?P<noun>{_alternatives(nouns)})"
    return _Headings(
        kinds,
        frozenset(word[0] for word in alone),
        frozenset(word[-1] for word in alone),
        nouns,
        re.compile(named),
        _BEFORE_NOUN + max(map(len, nouns)),
    )


@dataclass(frozen=True, slots=True)
class _Patterns:
    adverbs: LongestWord
    act: LongestWord
    result: LongestWord
    state: LongestWord
    nominal: LongestWord
    adverb_openings: frozenset[str]  # what the adverbs begin with: two characters, or their only one
    openings: frozenset[str]  # what the words that a head is told by begin with: two characters, or their only one
    plain: frozenset[str]  # two characters that tell an action by themselves, where no measure follows
    plain_adverbs: frozenset[str]  # two characters that may stand before these
    turned: re.Pattern[str]  # 治理体系更加完善: what stands between a noun phrase and its state
    degree: re.Pattern[str]


_DEGREES = "有效|明显|显著|普遍|更加|更为|更趋|进一步|持续|不断|全面|基本|大幅|稳步|逐步|较大|日益|全部|均|得到"
_BEARERS = "机制|体系|制度|设施|环境|秩序|水平|能力|力量|队伍|网络|格局"


def _alternatives(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(set(words), key=len, reverse=True)))


def _patterns(lexicon: Lexicon) -> _Patterns:
    words: dict[str, list[str]] = {kind: [] for kind in ("act", "adverb", "result", "state", "nominal")}
    for row in lexicon.rows("act_verbs", ActWord):
        words[row.kind].append(row.word)
    reached = _alternatives(words["state"] + words["result"])
    return _Patterns(
        LongestWord(words["adverb"]),
        LongestWord(words["act"]),
        LongestWord(words["result"]),
        LongestWord(words["state"]),
        LongestWord(words["nominal"]),
        frozenset(word[:2] for word in words["adverb"]),
        frozenset(word[:2] for kind in ("nominal", "result", "act") for word in words[kind]),
        *_plain_openings(words),
        re.compile(rf"[^，]*?(?:{_DEGREES}|{_BEARERS})(?:{reached})"),
        re.compile(rf"(?:{_DEGREES})(?:{_alternatives(words['state'])})[。；]?$"),
    )


def _plain_openings(words: dict[str, list[str]]) -> tuple[frozenset[str], frozenset[str]]:
    """The verbs of two characters whose clause :func:`_read` takes for an act whatever follows, measures aside, and the
    adverbs of two that it takes off before them.

    They open no other word that it knows, and nothing that it takes off or looks at before the verb begins so.
    """
    before = [word for kind in ("adverb", "result", "nominal") for word in words[kind]]
    others = {word[:2] for word in before} | {*_STRIVING, "突破"}
    firsts = _OPENS_LEAD_IN | _OPENS_FURTHER | {"有"} | {word for word in before if len(word) == 1}
    longer = {word[:2] for word in words["adverb"] if len(word) > 2}
    verbs = frozenset(word for word in words["act"] if len(word) == 2 and word not in others and word[0] not in firsts)
    adverbs = frozenset(word for word in words["adverb"] if len(word) == 2 and word not in longer)
    return verbs, frozenset(word for word in adverbs if word[0] not in _OPENS_LEAD_IN | _OPENS_FURTHER)


# Words of duty, wherever they stand in the clause: 各村要…, 应当…, 须于…前, 不得…, 由党建办负责…
DUTY = searched(
    r"""
      要(?<![需主重纲概必简摘首次记纪提扼]要)(?!求|素|点|件|闻|害|塞|道|地|么|因|是|不是|不然)
    | 应当(?!事人)
    | 应(?<![适相反对响供呼效顺回感支]应)(?!急|用|对|届|聘|到\d|邀|有尽有|力|激|变|收尽收|付|税|知应会
        |[^，。；按根依照符达满]{1,6}要求(?![高严]))  # 应当事人要求提供咨询: at whose request
    | 须(?<![必毋无]须)(?!知)|必须|务必|务须|务求|不得|不准|不许|严禁|禁止|切勿
    | 负责(?!人|制|同志|任)|牵头|组织实施
    | <承担|担任>(?!过|单位|机构|方|者|主体|企业|高级|[^，。；]{0,6}职务|[^，。；]{0,4}(?:赔偿|法律|民事|刑事|连带)责任)
    | 请(?<![申邀聘提约]请)(?!示|求|假|款|柬|战)
    | <将|把>(?<=[内前].)[^，。；]{2,60}(?:报(?!道|刊|纸)|送)
    | <将|把>(?<![^，].)[^，。；]{2,60}(?:纳入|列入|作为|作|报|送|落实|分解|抓|做|摆)
    | 确保(?<!是确保)|保证(?<!(?:重要|根本|有力|坚强|组织|制度)保证)(?![金率书人])
    """
)
_DRAWN_UP = "(?:制定|制订|拟定|订定|订立|提出|作出|形成)"
_HONOURS = "(?:对.{2,30}|授予|表彰).{2,60}(?:称号|表彰|奖励)"
# 为加强…，现制定本方案。 现将…印发给你们，请认真贯彻执行。
# Most are told by a character in their middle, for 制定, 发给你们 and 工作目标 begin with the commonest of notices.
_FORMULA = searched(
    rf"""
      本(?:(?<={_DRAWN_UP}本)|(?<={_DRAWN_UP}了本))(?:[\u4e00-\u9fff]{{2}})?(?:方案|意见|计划|办法|措施|通知|规定|要点|细则|预案|规划|制度|条例|规则|准则|章程|纲要|指南|标准|导则)
    | 下(?<=[如以]下)(?:(?<={_DRAWN_UP}..)|(?<={_DRAWN_UP}了..)|(?<=(?:通知|公告|明确|安排|规定)如下)|目标[：。]$)
    | <现|特>(?:就|将|作|提出|通知|制定|答复|函复|批复).{{0,80}}(?:如下|通知|印发|转发|执行)
    | 现将[^。]{{2,80}}(?:下达|公布|公示|通报|发布)[^，。]{{0,6}}[。]?$
    | 给你们(?<=发给你们)
    | 请(?:认真)?(?:遵照|贯彻|参照|结合实际)?(?:认真)?(?:贯彻)?(?:执行|落实)[。]?$
    | 请(?:你们)?结合(?:工作)?实际[^。]{{0,20}}(?:贯彻|抓好|落实)[^。]{{0,6}}[。]?$
    | 奉核[定准]?后(?:实施|施行) | 特此通知|特此函复|特此批复|特此答复 | 此复 | 谢您(?<=感谢您) | 悉(?<=收悉)
    | 如有(?:查询|疑问|不明|任何问题)
    | 决定{_HONOURS} | 意(?<=同意){_HONOURS}
    | 努力(?:开创|谱写).{{0,30}}(?:局面|篇章)
    | 出了(?<=提出了)(?:以下)?(?:办理|处理|答复)意见
    | 目标(?<=(?:主要|总体|具体|工作|发展)目标)(?:任务)?(?:是|为|如下)：$
    | 具有[^，。；]{{0,6}}重[要大][^，。；]{{0,6}}(?:意义|作用)[。；]?$
    | 重[要大](?:(?<=(?:意义|作用|至关)..)|(?<=(?:意义|作用)(?:十分|非常|极其|特别)..))[。；]?$
    | 未尽事宜 | 如遇[^，。；]{{2,12}}，?(?:活动|比赛|会议|时间|日期)?(?:则|可|将)?(?:顺延|延期|另行通知) | 本(?<=以本)[^，。；]{{2,6}}为准
    | （(?:盖章|签章|签字|签名|公章)）(?:[： ]|[。]?$)
    | 见附件[^，。；）]{{0,8}}[。）]*$
    | 敬请(?:谅解|理解|支持|关注|周知) | 由此[^，。；]{{0,10}}带来的?不便
    """
)
# 请查照。 联系人：…。 附件：… : tried at the first character only
_FORMULA_OPENS = re.compile(
    r"""
      授予(?!.{2,40}(?:权限|自主权)) | (?:任命|免去|聘任|兹任命|决定任命).{2,30}(?:为|的|职务)
    | 以上.{0,24}(?:要|应|须)?[在于].{2,20}前.{0,16}(?:完成|落实)[^，；]{0,10}[。]?$
    | 以上(?:意见|报告|请示|方案|情况).{0,8}(?:如无不妥|妥否|当否)
    | (?:备注|注|说明|填表说明)： | 联系(?:人|电话|方式)(?=[：:（及和、 ]|为|$) | 附[件表]?[：:] | （[^（）]*）[。]?$
    | [\u4e00-\u9fff]{4,20}：(?<=(?:代码|编码|编号|证号|账号|帐号|网址|邮箱|传真|电话|地址)：)
    | (?:本文件?|本报告|本解读)(?:旨在|向|就)[^。]{0,60}(?:介绍|简介|汇报|报告|阐述|载述|说明)
    | 会议(?:还|最后)?号召 | 会议(?:还)?(?:集体|书面)?(?:听取|审议|传达|学习|研究|讨论|观看|通报|分析|总结|回顾|宣读){1,3}(?:并[^，。]{2,12})?了
    | 请(?:各?位)?(?:委员|议员|主席)[们会]{0,2}(?:备悉|察悉|鉴察|审议|省览|就|提[出供]|对|支持|批准)
    | (?:现?(?:予以)?印发[^，。]{0,8}，)?请(?:认真)?(?:遵照|按照)执行[，。]
    | (?:请|希)(?:查照|照办|鉴核) | 依据.{2,60}办理[。]?$
    | (?:请|希望?)(?:各|你们)[^。，；]{0,40}?贯彻(?:落实|执行)(?:，(?:确保|保证)[^，。；]{2,24})?[。]?$
    | (?:你|您|贵)[省市区县局委部厅院校司会们]{0,2}(?:在.{0,24}(?:中|时))?(?:请求|建议|提出|反映|来函|希望|询问|关心)
    | 让我们
    | 检附 | [^，。；：]{0,6}[省县市镇乡区局处院校部]长[ ]{1,3}[\u4e00-\u9fff○〇]{2,4}$
    | (?:出席|列席|参会|参加|主持|记录|缺席|请假|发送|分送|主送|抄送|抄报|报|送|发)(?:人员?|单位)?：
    """,
    re.VERBOSE,
)
_OPENS_FORMULA = frozenset(
    "授任免聘兹决以备注说填联附（本会请希现印依你您贵让检出列参主记缺发分"
)  # or a colon, or 县长 with a name
# By whose teaching, in whose spirit: no result of the plan's own.
_GUIDANCE = re.compile(
    r"(?:高举|坚持以|以|始终以)?[^，。]{0,4}(?:习近平新时代|邓小平理论|马克思)|(?:全面|深入|认真)*(?:学习)?(?:贯彻|学习)(?:落实)?(?:省|市|区|县|党的|中央|习近平|国家)"
)
# 以…为指导，…，到2030年，防火能力显著增强: behind its spirit the sentence says what is to be reached
_REACHES_LEVEL = re.compile(r"，到20\d\d年|\d[%％‰](?:以[上下内]|左右)")
# What was, what is, what something means.
_FACT_OPENING = re.compile(
    r"近年来|近期|近日|目前|当前|我[省市县区镇乡村校]近(?:[一二两三四五六七八九十几\d]+)年来?|截至|截止|长期以来|过去|去年|上年|上一?(?:财政)?年度|同时也要看到|但?从现在到|会议(?:指出|认为)，|但是?，|但.{0,12}(?:还|仍)存在"
)
_OPENS_FACT = frozenset("近目当截长过去上同从但会我")
_SINCE = re.compile(r"(?<=[年以])来，")
_FACT = searched(
    r"""
      具有(?:十分|非常)?重(?:要|大)(?:的)?(?:现实|战略|历史|推动)?(?:意义|作用)
    | 的(?:重要|必然|关键|根本|内在)(?:途径|举措|要求|选择|组成部分|体现|内容|抓手|支撑|载体|标志|时期)[。；，]
    | 取得了|发挥了|取得.{0,6}(?:成绩|成效)[，。]
    | <建成|完成|累计|形成|实现|安排|部署|确定|明确|规定|成立|建立|制定|制订|出台|推出|召开|举办|开展|采取|印发|投入|发放>了
    | 已(?:经)?(?:全面|全部|陆续|相继)?(?:成|建|完|达|形|有|由|于|经|取|初|基|出台)|存在(?:的)?.{0,20}(?:问题|不足|短板|差距|隐患[，。；])(?!的[^，。；]{0,30}(?:予以|加以|进行|依法|限期|一律))
    | 是(?<![还就也不正更要但于可凡一二三四五]是)[^，。]{2,14}[。]$  # 农业现代化，种子是基础。
    | <后果|情况|现状>(?:不堪设想|堪忧|不容乐观)
    | 正在(?:办理|推进|实施|整改|进行|施工|审批)[。；]$
    | 有待(?:进一步)?(?:加强|提高|健全|完善)|尚(?:有|低|未|不)|惟仍|仍(?:存在|有|较)
    """
)
_DEFINITION = searched(
    r"""
      称(?<=[简合]称)[^）)]{1,20}(?:[）)](?:的[^，。；]{0,12})?)?[。]?$
    | 指(?:(?<=是指)(?<![一二三四五六七八九十]是指)|(?<=系指)|的是) | 称(?<=所称)
    | <自|从>(?:印发|发布|公布|(?:表决)?通过|签订|\d{4}年[^，。]{1,8}?)(?:之日)?起(?:试行|施行|实施|执行|生效)
    | 为：(?<=(?:依据|标准|内容|对象|范围)为：)
    | 效期(?<=有效期)|由.{2,30}负责解释|废止(?<=同时废止)|受法律保护
    | 如有.{0,12}(?:冲突|重叠|不一致)|从其规定
    | 适用(?:于(?<=本(?:办法|细则|规定|条例|规则|意见|方案|预案)适用于)|本(?:办法|细则|规定|条例|规则|意见|通知|方案))
    | 参照本(?:办法|细则|规定|条例|规则|意见|通知|方案)(?!，)
    """
)
# 县森防办将派出4个暗访组，对…的，严肃追责
_SENDS = re.compile(r"[^，。；的]{0,16}(?:派出|组成|抽调)[^，。；的]{0,16}(?:组|队|人员)，")
# 行政执法公示是保障…的重要措施。 文字记录是…进行全过程记录的方式。 第一阶段为自查阶段。 实现乡村振兴，关键在党。
_TELLS_WHAT_IT_IS = re.compile(
    r"""
      [^，。；]{2,30}(?<![还就也不更于可凡但若倘])是[^。；]{2,140}的[^，。；的]{0,6}(?:方式|过程|行为|活动|总称|统称|方法|关键|基础|保证|保障|前提|途径|抓手|环节|措施|举措|手段|要求|体现|支撑|选择|内容|标志|凭证|引擎|动力|力量)[。；]?$
    | [^，。；要应]{2,24}(?<![还就也不更于可凡但若倘])是[^，。；]{2,40}，[^，。；要应]{2,24}[也又更]是[^，。；]{2,30}[。；]?$
    | [^，。；：要应]{2,24}(?<![还就也不更于可凡但若倘点一二三四五六七八九十])是[^，。；：]{2,40}，是[^，。；：要应]{2,40}(?:，是[^，。；：要应]{2,40})*[。；]?$
    | 第[一二三四五六七八九]阶段[为是：][^，。；]{2,20}[。；]?$
    | [^，。；]{0,24}(?:任务|内容|范围|对象|重点)(?:是|为|包括)：?[^，。；：]{2,20}(?:、[^，。；：]{2,20})+[。；]?$
    | [^，。；]{2,30}由[^，。；]{2,80}组成(?:，由[^，。；]{2,40}(?:主持|召集|兼任|任)[^，。；]{0,8})?[。；]?$
    | [^，。；：]{2,20}(?:包括|分为)[^，。；：]+(?:，[^，。；：]{2,20}(?:包括|分为)[^，。；：]+)*[。；]$
    | [^，。；：]{2,24}(?:应当?)?(?:按照|遵循|坚持)[^，。；：]{2,60}的?原则(?:建设|运行|开展|进行|实施|设立|管理|[和、])*[。；]$
    | (?!各)[^，。；：]{0,16}(?:工作|考核|考评|评审|评选|评比|评价|评定|管理|督查|检查|分配|治理|安排|使用|选拔|奖励|奖补|认定|遴选)
        (?:应当?)?(?:按照|遵循|坚持|贯彻|秉持)[^，。；：]{2,60}的?(?:原则|方针)，(?:并|统一|全面)?(?:实行|采取|采用)[^，。；]{2,24}(?:制|制度|方式|方法|办法|机制|管理)[。；]?$
    | [^，。；：]{0,16}(?:对象|范围|周期|依据)(?:是|为|包括)[^，。；：]{2,80}(?:，(?:以?及|和|其中|不含|不包括)[^，。；：]{2,60})*(?:，[^，。；：]{2,40}除外)?(?:：[^，。；：]{2,80})?[。；]?$
    | [^，。；：]{2,24}(?:划分|分)[为成][一二三四五六\d]{1,2}个?(?:级|等级|级别|等次|档次?|类别?|种)(?:[：，（][^。；]*)?[。；]?$
    | (?![^，。；：]{0,8}(?:责任|牵头|配合|主管|监管|负责))[^，。；：]{0,12}(?:地点|地址|主题|性质|业主|法人|热线|电话|户名|开户行|工期|总投资|名额|赛制|费率|类型
        |[建设设计监理施工承主协]{2}单位|(?:缴费|补贴|补助|收费|奖励|发放|资助|保障|供养|救助)标准)(?:为|是|：)[^，。；：]{2,40}(?:，[^，。；：]{0,8}(?:为|其中)[^，。；：]{2,40})*[。；]?$
    | [^，。；：\d]{1,12}[为是][从自]?\d[\d年月日上中下旬底初末起止至到 ~-]{3,30}[。；]?$
    | [^，。；：]{0,6}(?:时间|日期|期限|时段|时限)：[从自于]?\d[\d年月日上中下旬底初末前起止至到时分点午、 （）~-]{2,40}[。；]?$
    | (?:[^，。；：为]{0,20}\d[^，。；：为]{0,24}[日月底旬年](?:止)?(?:为|是)[^，。；：]{2,16}(?:期|阶段|宣传月|活动月|宣传周|时段|年)[，；。]?)+$
    | (?:本次|全县|全镇|全市|全区)?[^，。；：为]{2,12}(?:整治|活动|行动|攻坚|排查|宣传|实施|创建|培训|报名|免疫|普查)(?:时间|期限)(?:为|是|从|自)[^，。；：]{0,6}\d[^，。；：]{2,30}[。；]?$
    | [^，。；：\d]{2,20}分(?:为|成)?[一二三四五六两]个?(?:阶段|步|批|期|轮|环节)(?:进行|开展|实施|推进|组织实施)?[。；]?$
    | (?:其他|其它)[^，。；]{0,24}(?:事项|情形|权利|义务|行为|职责|条件)[。；]?$
    | [^，。；：]{0,12}(?:内容|材料)(?:主要)?包括：[^。；：]{4,}[。；]?$
    """,
    re.VERBOSE,
)
# 死亡3人以上的为较大事故。 关键在落实。: told by how it ends, wherever that begins
_ENDS_WITH_WHAT_IT_IS = searched(
    r"""
      <的|时|者|以上|以下|以内|之间|不足[^，。；]{1,10}>，?(?:分别)?(?:对应|为|属于?|定为|划分为|确定为|列为|视为|评为|认定为)[^，。；的]{0,24}(?:级|等次|档|类|事故|事件|灾害|火灾|疫情|响应|预警)(?:[和、及][^，。；的]{1,12}(?:级|等次|档|类|事故|事件|灾害|火灾|疫情|响应|预警))*[。；]?$
    | 关键在于?[^，。；]{1,8}[。；]$
    """
)
# A word of each of these, or 其 in front. 死亡3人以上的为较大事故: most grades are named by the words of the last line.
_MAY_TELL_WHAT_IT_IS = searched(
    r"""
      是|键在(?<=关键在)|包括|组成|原则
    | 为(?:\d|(?<=[日月底旬年止间点址题质主人期资额制率型分].)|(?<=(?:单位|标准|对象|范围).))
    | ：(?<=[间期限段点址题质主人资额制率型].)
    | 段(?:(?<=阶段)(?=[为是：])|(?<=[分为成][一二三四五六两]阶段)|(?<=[一二三四五六两]个阶段))
    | <批|步|期|轮>(?:(?<=[分为成][一二三四五六两].)|(?<=[一二三四五六两]个.))
    | 节(?:(?<=[分为成][一二三四五六两]环节)|(?<=[一二三四五六两]个环节))
    | 应(?<=对应)|次(?<=等次)|事故|事件|灾害|响应|预警|级(?<=[ⅠⅡⅢⅣ一二三四]级)
    """
)
_BRACKETS = re.compile(r"（[^（）]{0,200}）")
# 专家应当是…的人员    申请人应具备…学历, never 企业应为职工缴纳保险
_QUALIFIES = re.compile(
    r"^[^，。；]{0,24}(?:人员|专家|申请人|申报人|单位|企业|机构|候选人|对象|项目|代表|委员|形式|成员|团体|组织|队员|选手|学员|考生|申请者|报名者)，?(?:应当?|必须|须)"
    r"(?:(?P<identity>是|为(?![每各其全]|[^，。；]{1,14}(?:提供|购买|缴纳|投保|办理|配备|建立|出具|安排|开设|设立|创造|预留|发放)))|具有|具备|年满|持有|属于|有(?!效|序|力|尽|所)|在[^，。；]{2,40}(?:任|担任))"
)
# 承担过国家科技计划项目: what somebody has done before
_EXPERIENCE = regex.compile(r"[\u4e00-\u9fff]过(?=[^程后去])")
# 对…的，予以通报批评    取消评先资格    每次扣2分    奖励1000元
PENALTY = searched(
    r"""
      <予以|给予|依法|依规|依纪|严肃>\S{0,12}?(?:通报批评|通报|追究|追责|问责|处分|处理|处罚|查处)
    | 追究.{0,14}责任|承担[^，。；]{0,4}(?:赔偿|法律|民事|刑事|连带)责任|取消.{0,16}(?:资格|称号)|票否决(?<=一票否决)|诫勉
    | <警告|歇职|停职|免职>(?:处理)?[。；]?$
    | 降[一二三]?(?:档|颗星|级|等)|吊销|没收违法所得|罚(?:款)?\d
    | <并处|处以|处>[^，。；]{1,20}罚款
    | 公安机关(?<=的交公安机关)(?:依法)?处理|的赔偿损失(?=[，。；、])
    | 司法机关(?<=移[交送]司法机关)(?:依法)?(?:处理|追究|处置)|不予(?<=的不予)(?:补助|补贴|奖励|奖补|兑现|资助)
    | 责令[^，。；]{0,6}改正|追回[^，。；]{0,12}(?:资金|补[助贴]|款)
    | 撤销[^，。；]{0,14}(?:证|资格|登记|称号)|优先(?:列入|享受|推荐).{0,24}(?:考核|评优|评先|倾斜)
    | <给予|予以|实行>.{0,12}倾斜
    | 视为(?:自动|自愿|主动)?(?:放弃|弃权|同意|无|未|不)
    | 不予(?:退还|受理|补[助贴]|支付|认定|报销|兑现|奖补)
    """
)
# 扣2分    计10分, never 增加20个, 预计2026年, 登记200户, 取得3项
_POINTS = searched(
    r"""
      <扣|加|计|得|记>(?<![增追参新更添附叠外施]加|[共累预总合估统设审会小不推]计|[获取使赢夺]得|[登标书速日笔牢]记)[减分]?\d
    | 分(?<=\d分)(?<![时点]\d分)(?<![时点]\d\d分)(?!钟|之|米|别|批|类|项|步|期|级|析|局|解|工|拣|流|[担摊])|总分(?!析|类|配|局|行|院|部|校|公司|布|工|发|段|拣)|满分|得分
    """
)
# Nine sentences out of ten hold nothing that any of these five knows, as one search tells
_MARKED = either(_FORMULA, _DEFINITION, _MAY_TELL_WHAT_IT_IS, PENALTY, _POINTS)
# 严肃查处违规乱建行为: what to act against, nobody threatened
_ENFORCES = re.compile(
    r"(?:并|要)?(?:依法|依规|严肃|严格|严厉|从严|从快|从重|坚决|及时|集中|联合|重点|加强|加大){1,4}(?:查处|打击|整治|惩处|纠正|处理|处置|追究)(?!的)[^，。；的]{2,40}(?<!的)(?:行为|问题|案件|活动|现象|违法犯罪|犯罪|隐患)[。；]?$"
)
# 经过三年努力，使全县成为示范区
_BY_EFFORT = re.compile(r"(?:经过|通过)[^，。；]{0,16}努力，(?:使|让|把|力争|争取|基本|全面)")
# 今年是规划收官之年，也是全面攻坚的一年，做好工作意义重大。: what a year is, nothing to do in it
_YEAR_IS = re.compile(
    r"(?:今年|明年|本年度?|20\d\d年)[^，。；]{0,6}是[^，。；]{2,60}(?:，[也又更还]?是[^，。；]{2,60})*(?:，[^，。；]{2,40}(?:重要|重大|艰巨|繁重|紧迫))?[。；]?$"
)
# 全县工作以…思想为指导，贯彻…方针，坚持…
_BY_TEACHING = re.compile(r"[^，。；要应]{0,12}以[^，。；]{2,60}(?:思想|理论|精神|论述|发展观)[^，。；]{0,12}为指导，")
# 梯次推进农村生活污水治理    组团式开展教育帮扶: whatever adverb stands before a verb that has its object
_ACTS_BLINDLY = re.compile(
    r"(?:[^，。；]{2,24}，)?[\u4e00-\u9fff]{2}(?P<one>一[块批个项户处村件])[、，]?[\u4e00-\u9fff]{2}(?P=one)[。；]?$"  # 达标一块销号一块
    r"|(?!(?:在|到|至|使|让|被|将|无|没有|有关|争取|力争)|.{0,8}?(?:[的了被得已是为]|机制|体系|制度|水平|质量|能力|环境|设施|秩序|效率|进一步|不断|成效|工作|任务|项目|产业|经济|社会|市场|服务))"
    r"[\u4e00-\u9fff“”]{2,8}?(?:推进|推动|开展|实施|加强|落实|完善|健全|建立|构建|打造|培育|强化|深化|制定|做好|抓好|组建|设立|改造|整治|排查|盘活)"
    r"(?!加快|稳步|有序|顺利|扎实|深入|到位|健全|完善|落实|成效|情况|取得|实现|达到|基本|明显|有力|有效)[\u4e00-\u9fff“”《》、（）\dA-Za-z]{4,}[。；]?$"
)
# 严格水源地监管    严格项目准入条件: 严格 is itself what is done
_STRICT_ABOUT = re.compile(
    r"严格[\u4e00-\u9fff、]{2,16}(?:监管|管理|管控|执法|考核|审批|审核|审查|把关|程序|标准|纪律|准入|条件|责任|要求)[，。；]?"
)
# 对改装、拼装的，由县市场监管局依法查处。
_ENFORCED_BY = re.compile(
    r"由[^，。；]{2,40}(?:局|队|所|部门|机构|政府|办|委)(?:等[^，。；]{0,4})?(?:依法|依规|予以|进行|联合|及时)*(?:查处|处置|取缔|整治|处罚|拆除|清理)"
)
# 收费办法由县水利局商县财政局另行制定。    实施细则由市民政局会同有关部门制定。
_LAID_DOWN_BY = re.compile(
    r"由[^，。；]{2,60}(?:制定|制订|拟订|编制|修订|另行(?:规定|确定|公布|明确))(?:并[^，。；]{2,20})?[。；]?$"
)
# 学校停课由中心学校分别落实。    伤员由卫生院收治到位。
_DONE_BY = re.compile(
    r"(?<![理自缘])由[^，。；\d]{2,30}(?:分别|分头|各自|具体|统一|负责|一次性|足额|按时|优先)*(?:落实|执行|实施|办结|完成|到位|管护|保管|提供|拨付|解决|审批|核发|发放|报销)(?:到位|解决)?[。；]$"
)
# 水稻、油菜、能繁母猪。    人民路（东环至西环）、解放街全段。    可回收物：废纸、塑料等。
_NAMES_ONLY = re.compile(
    r"(?![对与向将把由以]|[^、]{2,8}(?:协助|配合)|(.)[^，。；：、（）\d]{1,5}、\1)(?:[^，。；：、（）\d]{2,12}：)?(?:[^，。；：、（）\d]{1,6}(?:（[^（）]{1,20}）)?、){1,12}[^，。；：、（）\d]{1,6}[。；]?$"
)
# 执行绩优之承办人员，予以叙奖。    对成绩突出的单位和个人给予表彰奖励。    执行成效优良之公所，敘嘉獎一次；    另择优发给奖励金
_REWARDED = re.compile(
    r"[^，。；]{2,30}(?:者|的|人员|单位|个人|集体|[村镇乡]|公所|学校|机关)，?(?:由[^，。；]{2,16}|[村镇乡县](?:集体|财政|里|上)?)?"
    r"(?:(?:予以|给予|酌予)(?:通报|行政|适当)?(?:叙奖|敍奖|记功|嘉奖|奖励|表彰|表扬)(?:奖励)?"
    r"|(?:每[亩人户村个吨台次])?(?:一次性)?奖励(?:人民币)?\d[^，。；]{0,14}元"
    r"|(?:年底|当[场年]|各|每[人户家])?奖[^，。；励]{1,8}[一两二三四五六七八九十\d]{1,3}[瓶袋盒份桶床箱包套件条]"
    r"|(?:酌予|予以|各)?(?:[叙敍记](?:嘉奖|小功|大功|功|奖)|颁[发给](?:奖[状牌品金]|锦旗|荣誉|证书))[一二两三\d]?次?[^，。；]{0,8})[。；]?$"
    r"|核发(?:奖励金|奖金|奖品|礼[券金])[^。；]{0,30}[。；]?$"
    r"|(?:另|并|再)?择优(?:发给|给予|颁[发给]|核发)[^，。；]{0,10}奖[^，。；]{0,16}[。；]?$"
)
# 本计划所需经费860万元，由113年度相关预算支应。    预算开支为一千二百万元，由环保署内部拨款支付: who pays out of what
_PAID_FROM = re.compile(
    r"[^。；]{0,16}(?:经费|资金(?!来源|缺口)|费用|开支|款项|投资)[^。；]{0,40}由[^，。；]{2,40}(?:预算|拨款|经费|资金|专款|收入|补助|基金)[^，。；]{0,8}"
    r"(?:支应|列支|支付|开支|解决|支出|负担|匀支|拨付)(?:，[毋无]须[^，。；]{2,20})?[。；]?$"
)
# 群众满意度稳定在90分以上: a level to be reached, no scoring rule
_SATISFIED = re.compile(r"满意[度率][^，。；]{0,10}\d")
_PRIZE = re.compile(r"嘉奖|奖励.{0,10}元|扣罚|授予.{0,14}(?:称号|红旗|奖)|奖金|奖补")
# 各村也可结合实际开展评比    有条件的地方可适当给予补贴
_PERMISSION = re.compile(
    r"^(?:[^，。]{0,40}可以|[^，。]{0,16}(?:也可|可(?=根据|结合|按|采取|通过|适当|由|视|给予|先行|凭|续|享受|免费))|[^。]{0,120}可(?=适当|酌情)|[^，。]{0,40}均可(?:报名|申请|申报|参加|领取|享受|参与|投稿))"
)
# 吴文俊　　县农业农村局局长
_MEMBER = re.compile(
    r"^(?:[主副]?[ ]*任[：:]|成[ ]*员[：:]|[副]?组[ ]*长[：:])?[ ]*[\u4e00-\u9fff][ ]{0,4}[\u4e00-\u9fff]{1,2}[ ]{2,}[^，。；]{2,50}$"
)
# 落实工作不力；发生较大以上安全生产责任事故；被媒体曝光
_FAILING = re.compile(
    r"(?:不力|不到位|不落实|不作为|失职|渎职|事故|(?<!通报|公开|集中|予以|进行|实名)曝光|群访|群体性大?事件?)(?:的)?[。；]?$"
)
_FAILING_ENDS = frozenset("力位实为职故光访事件的")
_FULL_STOPS = frozenset("。；")

# Lead-ins that carry no verb of their own.
_LEAD_IN = re.compile(
    r"""^(?:
        (?:到|至|截至|截止|自|从|于|在)?(?:20\d\d|20[xX]{2}|[xX]{4})年.{0,8}
      | (?:到|至)?.{0,6}年底前?|(?:今|明|本)年.{0,4}
      | (?:到|至|截至)\d{1,2}月(?:\d{1,2}日|[上中下]旬|[底末初份])?
      | 经[^，]{0,24}(?:后|同意|批准|审核|审定|研究)
      | (?:鉴于|面对|考虑到?|除|为|为了|按照|根据|围绕|聚焦|结合|通过|依托|以|在|对|对于|针对|紧扣|立足|坚持以|随着|自|从|向|由于|借助|利用|依据|遵循|参照|紧紧围绕|紧密结合)[^，]*
    )$""",
    re.VERBOSE,
)
_OPENS_LEAD_IN = frozenset("到至截自从于在2xX今明本经鉴面考除为按根围聚结通依以对针紧立坚随向由借利遵参")  # or 年底
# 有记录、有实效: what an inspector looks for, no order
_HAVING = re.compile(r"有(?!效|序|力|针对|条件|关|步骤|计划地|组织地|重点|选择|偿)")
# 建有文化广场，面积不小于200平方米: what a village must have
_HAS = re.compile(r"(?:建|设|配|备|拥|持|订)有(?![关效序])")
_STRIVING = ("力争", "争取")
_REACHED = regex.compile(r"达|实现|突破|超过|控制在|保持在|进入|\d")
# 会议材料、数据统计表: what is looked at, neither order nor result
_PAPERS = regex.compile(r"(?:材料|资料|记录|记要|纪要|统计表|报表|台账|照片|签到表|佐证|名册|文件|证书)等?[。；]?$|^有")
_FORMING_PAPER = re.compile(
    r"形成[^，。]{0,16}(?:报告|清单|台账|方案|名单|档案|材料|意见)|建成[^，。]{0,20}\d"
    r"|建成(?:并(?:投入使用|投用|启用))?(?!以|覆盖|集)[^，。的]{1,14}(?:[水电理务换转加充][厂站]|[厂馆楼园库桥路渠池房]|车站|泵站|中心|基地|广场|工程|公园|学校|医院)[。；]?$"
)
# 驻村工作队每月对监测户走访: what recurs is a duty
_OFTEN = re.compile(r"每(?:半年|年|季度?|月|周|天|日|旬)(?!均)")
_PREVENTS = re.compile(r"(?:确保|力争|坚决)?(?:全年|辖区)?(?:不发生|不出现|无|零)|防|避免|杜绝|遏制|减少|严防|消除")
# …，坚决杜绝较大及以上事故    全镇不发生火灾事故: a failing that the last clause wants never to be
_PREVENTED = re.compile(
    r"(?:^|[，；：])(?!因|由于|对)[^，。；：未没]{0,16}?(?:杜绝|遏制|防范|防止|严防|避免|预防|防控|不再?发生|不出现|零(?=事故|曝光|上访))"
    r"(?!(?:[^，。；]{0,10})(?:不力|不到位|不落实|不作为|失职|渎职|[致造引](?!发的)))[^，。；]*[。；]?$"
)
_AIMS = re.compile(r"力争|争取|到\d{4}年|实现|确保")
_EVERY = re.compile(
    r"每(?:[一二两三四五六七八九十半\d]{0,2}个?(?:年度|年|季度|季|月|周|日|天|旬)|月|周|年|季度?)(?:[初末底])?|年度|[一二三四]季度|定期"
)
# 通村公路和主干道全部实现硬化    人均可支配收入增幅高于全市平均水平
_INNER_RESULT = re.compile(
    r"翻[一两]?番|为零$|(?:率|比例|占比|数|量|值|额|度|面积|规模|存栏|出栏|里程)(?:均|都)?(?:不低于|不少于|不高于|不超过|在\d[^，]{0,6}以[上下内]$)|(?<!提倡)(?<!倡导)(?:保持|维持|控制)在\d|与[^，。；]{2,14}(?:基本|保持|总体)*同步$|(?:不低于|不高于|优于|好于|快于)(?:全[国省市县区]|上年|上级|同类|周边)|(?:增长|递增|下降|提高|降低)[到至]?\d|实现|达到|突破|超过|高于|低于(?<!不低于)|优于|稳中有[进升]|不再?(?:发生|出现)"
)
_ENDS_CLAUSE = "；：。！？"  # beside ，
_CLAUSE = re.compile(r"[，；：。！？]")
_SUBJECT = re.compile(
    r"^(?:有条件的[^，。]{0,6}?(?:地区|地方|[县镇乡村]|街道|社区|单位|企业|学校)|每个?(?:村|乡镇|镇|乡|街道|社区|单位|网格|支部|学校|企业|户)|各[^，。]{0,12}?(?:地|区|村|镇|乡|街道|单位|部门|支部|组织|办|线|局|委|站|所|校|院|企业|社区|县|市|政府|机构)(?:[、和及与][^，。、]{1,14}?)*?|[^，。]{1,20}?(?:部|委(?!员|办(?![理好]))|局|署|处(?=[会将须应可])|办(?!公室)|厅|政府(?!督查|办公|各|有关|相关)|组|中心|单位|部门|书记|干部|支部|党员|公司|企业|机构|协会|学校|医院|村委会|委员会|两委|领导|人员|[卫财]生?[院所]|[代办网格巡查护林保洁安全指导联络管理辅]{2}员|专班|[大支总中作]队|合作社|银行|派出所|司法所|财政所|办公室|督查室|监察室|工作室|[街巷路河湖林田站所校班园村镇乡组线链]长|医生|教师|民警|志愿者)(?:[、和及与][^，。、]{1,14}?(?:部|委|局|办|厅|政府|组|中心|单位|部门|公司|机构|[残妇文科社侨]联|[大支总中]队))*)(?=\S)"
)


def section_kind(lexicon: Lexicon, heading: str) -> SectionKind | None:
    """What a section is for, from its heading's match text; nothing where the heading does not tell.

    A heading of several parts (指导思想和工作目标) is of a kind only where all its parts are.
    """
    headings = lexicon.derived("acts.headings", _headings)
    known = headings.kinds
    plain = heading if heading.isalnum() else _BRACKET_OR_MARK.sub("", heading)
    if _ASKING.search(plain):
        if _RULES_ASKED.fullmatch(plain):
            return "generic"
        question = plain.rstrip("？?")
        for pattern, asked_kind in _QUESTIONS:
            if pattern.search(question):
                thing = _HOW_MUCH.sub("", question) if asked_kind == "report" else question
                of_thing = section_kind(lexicon, thing) if thing != question else None
                return of_thing if of_thing == "definition" else asked_kind
        asked = _QUESTION_TAIL.search(plain)
        if asked:
            plain = _NAME_OF_PAPER.sub("", plain[: asked.start()])
    if plain in known:
        return _as_kind(plain, known[plain])
    parts = [p for p in _CONJUNCTION.split(plain) if p] if _CONJUNCTION.search(plain) else ()
    if parts and all(p in known for p in parts):
        kinds = {_as_kind(p, known[p]) for p in parts}
        return kinds.pop() if len(kinds) == 1 else ("aim" if kinds <= {"aim", "guiding", "principle"} else "generic")
    recognised = _RECOGNISES.match(plain) if "认识" in plain or "统一思想" in plain else None
    if recognised and not _goes_on_to_act(lexicon, plain[recognised.end() :]):
        return "significance"
    named = None if recognised or len(plain) > headings.longest_named else headings.named.fullmatch(plain)
    noun = headings.nouns[named["noun"]] if named else None
    if noun and not (noun.thing and opens_with_act(lexicon, plain)):
        return noun.kind
    if plain.endswith("组成") and _COMPOSED.search(plain):
        return "members"
    if _ASKED.search(plain) or _reports(lexicon, plain):
        return "background"
    of_something = _OF_SOMETHING.fullmatch(plain) if "的" in plain else None
    if of_something and of_something["noun"] in known:
        return _as_kind(of_something["noun"], known[of_something["noun"]])
    if _SETS_TO_WORK.match(plain):
        return None
    if plain[:1] not in headings.firsts and plain[-1:] not in headings.lasts:
        return None
    for length in range(min(len(plain), 10), max(3, len(plain) - 7), -1):
        # the known word at either end, with up to six characters more
        for word in (plain[-length:], plain[:length]):
            kind = known.get(word)
            if kind in _KINDS_AT_ENDS and (
                kind != "background" or not (opens_with_act(lexicon, plain) or states_result(lexicon, plain))
            ):
                return _as_kind(word, kind)
    return None


# 收费标准是多少？    报名时间有多久？: what a thing is
_HOW_MUCH = re.compile(r"[是有为]?(?:多[久少长大][^，。]{0,4}|(?:怎[么样]|如何)[^，。]{0,4}?)的?$")
# 《方案》出台的背景是什么？    主要任务有哪些？
_QUESTION_TAIL = regex.compile(r"(?:主要)?(?:是什么|是哪些|有哪些(?:内容)?|包括哪些(?:内容)?|是怎样的|是多少)？?$")
_NAME_OF_PAPER = re.compile(r"^(?:制定|出台|印发)?《[^《》]{1,60}》的?")
# What a question of a page of questions and answers is after, by its words
_ASKING = re.compile(r"什么|何(?:[为谓时]|(?<=[为如有]何))|哪|谁|怎|多[久长少]|吗|呢|不[会能](?<=[会能]不.)|是不是")
# 包什么    谁来管    怎么干: how rules of a village head what is to be done
_RULES_ASKED = re.compile(
    r"[包管做干抓治守护改]什么|[由]?谁来?[管干做抓治负责]{1,2}|(?:怎么|怎样|如何)[管干做抓治护改]"
)
_QUESTIONS: tuple[tuple[re.Pattern[str], SectionKind], ...] = (
    # 办法提出了哪些工作目标？
    (
        re.compile(
            r"目标(?:任务)?(?:是什么|是多少|有哪些|包括哪些|是怎样)|(?:哪些|什么|怎样的)[^，。]{0,8}目标(?:任务)?$"
        ),
        "aim",
    ),
    # 为什么要出台这个办法？    制定本方案的背景和依据是什么？    新办法与旧办法有什么不同？
    (
        re.compile(
            r"为什么|为何(?!$)|基于(?:什么|哪些|何种)|(?:什么|哪些|何种|怎样的)(?:背景|意义|考虑|依据|目的|原因|情况下)|(?:背景|意义|考虑|依据|目的|初衷)(?:是什么|有哪些|是怎样)"
            r"|(?:什么|哪些|有何)[^，。]{0,8}(?:不同|区别|变化|亮点|特点|特色|创新|调整)"
        ),
        "background",
    ),
    # 什么是烈性犬？    办法适用于哪些人？    什么时候开始施行？    违反规定怎么处罚？    群众发现问题向谁反映？
    (
        re.compile(
            r"^什么(?:是|叫)|^何[为谓]|(?:含义|定义|概念)(?:是什么|是指)|指的?是什么|适用(?:于|范围)|(?:什么|何)时候?(?:起|开始)?(?:施行|实施|执行|生效)|有效期"
            r"|(?:处罚|处理|处分|罚则|后果|法律责任|惩处|追责)(?!流程|程序)[^，。]{0,3}$|(?:[怎如][么样何]|什么|哪些)(?:会|被|受到)?(?:的)?(?:处罚|处理|处分|后果|法律责任|惩处)"
            r"|[向找跟给]谁|(?:咨询|反映|投诉|举报|联系)[^，。]{0,6}(?:谁|哪里|哪儿|什么)|(?:哪里|哪儿|怎么)(?:咨询|投诉|举报|反映)"
        ),
        "definition",
    ),
    # 夜间停车还收费吗？    收费标准是怎么定的？    发现乱收费怎么办？: only what the answer lays on somebody is to be done
    (
        re.compile(
            r"[吗么]$|会不会|能不能|可不可以|是不是|(?:怎[么样]|如何)(?:计?算|定|收|收费|计费|缴|缴费|办|查询)的?$|多[久少][^，。]{0,4}$"
        ),
        "report",
    ),
)
# 1996年我国地震活动情况和未来几年地震趋势    我国扩大内需已取得显著成效    机遇和挑战
_STATES = ("情况", "概况", "形势", "趋势", "现状", "背景", "意义", "必要性", "重要性", "挑战", "成效")
_GAINS = ("成效", "成就", "成绩", "进展")
_TOLD_ENDS = (*_STATES, *_GAINS)
_TOLD = re.compile(rf".{{0,60}}(?:{'|'.join(_STATES)})|.{{0,30}}(?:已取得|取得了?)[^，。]{{0,6}}(?:{'|'.join(_GAINS)})")
# 委员会由下列人员组成
_COMPOSED = re.compile(r"由(?:以下|下列)(?:人员|单位|部门|成员)组成$")
_PAST = re.compile(r"已|取得了")
# 关于支持堤防建设问题: what a reply answers
_ASKED_ABOUT = re.compile(r"关于.{2,50}(?:问题|建议|请求|提案)")


def answers(heading: str) -> bool:
    """True for a heading (match text) that names what a reply answers: 关于加大投资比例问题."""
    return _ASKED_ABOUT.fullmatch(_BRACKET_OR_MARK.sub("", heading)) is not None


_AHEAD = re.compile(r"下一步|下步|下一阶段|今后|打算|努力方向|工作(?:计划|安排|重点|思路)$|整改(?:措施|方向)")


def looks_ahead(heading: str) -> bool:
    """True for the section of an account (match text) that says what comes next: 下一步工作打算."""
    return _AHEAD.search(heading) is not None


# 工作要求    整改意见    对策建议    限期整改, no 整改情况
_ASKS = re.compile(
    r"要求|意见|建议|措施|任务|希望|下阶段|(?:整改|部署|安排|落实)(?![^，。]{0,6}(?:情况|成效|进展|到位))"
)


def asks(heading: str) -> bool:
    """True for the section of a bulletin of results (match text) that says what is to be done: 工作要求, 下步打算."""
    return looks_ahead(heading) or _ASKS.search(heading) is not None


def _reports(lexicon: Lexicon, plain: str) -> bool:
    """True for a heading that only tells how things are; 通报活动情况, 认清当前形势 say what to do."""
    if not plain.endswith(_TOLD_ENDS) or not _TOLD.fullmatch(plain):
        return False
    past = _PAST.search(plain) is not None
    acts = opens_with_act(lexicon, plain) or (states_result(lexicon, plain) and not past)
    return not acts and not _ASKED_ABOUT.fullmatch(plain)


_VERBS_OF_SETTING = (
    "明确|锁定|聚焦|紧扣|围绕|分解|制定|落实|完成|细化|确定|实现|把握|树立|扩大|坚持|遵循|按照|贯彻|报送|上报|创造"
)
# 明确目标任务, 把握基本原则: what is to be done with an aim or a principle, not the aim itself
_SETS_TO_WORK = re.compile("明确|锁定|细化|分解|落实|完成|紧扣|聚焦|把握|树立|确定")
_STRICTLY = "严格|切实|合理|科学|准确|精准|从严|统一|适当|及时|进一步|限定|规定|延长|缩短|缩小|划定|压缩"
_BEFORE_NOUN = 6  # characters of 整改, 集中整治 before 目标, 时间
# 清理整顿工作的指导思想    双重负责的原则
_OF_SOMETHING = re.compile(rf"(?!{_VERBS_OF_SETTING}).{{2,16}}的(?P<noun>[^的]{{2,6}})")
_BRACKET_OR_MARK = regex.compile(r"[（(][^（）()]*[）)]|[\s：:“”\"。]")
_CONJUNCTION = re.compile(r"[、，及和与]|以及")
_RECOGNISES = re.compile(
    r"(?:充分|深刻|切实|进一步)?(?:认识|提高.{0,4}认识|统一思想).{0,40}(?:意义|重要性|必要性|紧迫性)"
)
_ASKED = re.compile(r"(?:贡献与助益|有所相关|公共问题|哪些问题|相关会议|其他资讯)[？?]?$")


# 增强做好防汛工作的责任感和紧迫感: how to feel about it, nothing to do
_ATTITUDE = re.compile(
    r"认识|领会|统一思想|为指导|责任感|紧迫感|使命感|危机感|自觉性|主动性|政治站位|思想自觉|行动自觉"
)


def _goes_on_to_act(lexicon: Lexicon, rest: str) -> bool:
    """True where a heading about significance goes on with what to do: …的重要性，切实加强领导."""
    return rest.startswith("，") and not _ATTITUDE.search(rest) and opens_with_act(lexicon, rest[1:])


# 国务院要求各地区要…: what somebody else has said
_QUOTED_ORDER = re.compile(r"(?:要求|指出|提出|强调|明确|规定|指示|批示|部署)[，：]?[^，。；]{0,24}(?:要|应|必须)")


def orders_amid_reasons(sentence: str) -> bool:
    """True for a sentence (match text) that orders a body it names to act, though it stands among reasons and circumstances."""
    if DUTY.search(sentence) is None or not orders_somebody(sentence):
        return False
    return not (
        _ATTITUDE.search(sentence)
        or _tells_of_the_past(sentence)
        or _FACT.search(sentence)
        or _QUOTED_ORDER.search(sentence)
        or _is_formula(sentence)
    )


def _as_kind(word: str, kind: str) -> SectionKind:
    return "guiding" if word == "指导思想" else cast(SectionKind, kind)


def classify(lexicon: Lexicon, sentence: str, kind: SectionKind | None) -> Act:
    """What ``sentence`` (match text) is for in a section of ``kind``."""
    if kind in ("background", "significance", "definition"):
        return "none"
    text = sentence.strip()
    if len(text) < 4 or _opens_formula(text) or (text[0] == "【" and text[-1] == "】"):
        return "none"
    marked = _MARKED.search(text) is not None
    if (marked and (_FORMULA.search(text) or _defines(text))) or ("  " in text and _MEMBER.match(text)):
        return "none"
    if kind == "closing":
        return "order" if _LAID_DOWN_BY.search(text) or orders_somebody(text) else "none"
    read = _Reading(lexicon.derived("acts.patterns", _patterns), text)
    duty = DUTY.search(text) is not None
    if kind in ("aim", "guiding") or ("目标" in text[:4] and _AIM_LABEL.match(text)):
        return _classify_aim(read, duty)
    if duty and "不得" in text and _WITHHELD.search(text) and PENALTY.search(text) and not orders_somebody(text):
        return "penalty"
    if duty:
        return "none" if _states_qualification(read) else "order"
    if marked and (scored := _POINTS.search(text)) and not (scored[0] == "得分" and _MAKES_KNOWN.search(text)):
        rest = _without_deductions(text)
        return classify(lexicon, rest, kind) if rest else "none"
    if kind in ("award", "standard") and _PRIZE.search(text):
        return "none"
    if "由" in text and _DONE_BY.search(text) and not _tells_of_the_past(text) and not _PAID_FROM.match(text):
        return "order"
    acts = read.acts()
    doubtful = not acts or kind in (None, "members", "report")
    may_be_past = text[0] in _OPENS_FACT or "来，" in text
    if (may_be_past and _tells_of_the_past(text)) or (doubtful and _FACT.search(text)):
        return "none"
    if (marked or text[:1] == "其") and _tells_what_it_is(text):
        return "none"
    if text[:2] == "严格" and _STRICT_ABOUT.match(text):
        return "order"
    failing = not _FAILING_ENDS.isdisjoint(text[-2:]) and _ends_in_failing(text)
    if failing and _fails(read):
        return "none"
    if kind == "standard":
        return _classify_standard(read)
    if ("予" in text or "奖" in text or "功" in text or "颁" in text) and _REWARDED.match(text):
        return "penalty"
    if text[:2] == "违反" and _FOR_BREACH.match(text):
        return "penalty"
    if "由" in text and _PAID_FROM.match(text):
        return "none"
    if "由" in text and (_ENFORCED_BY.search(text) or _LAID_DOWN_BY.search(text)):
        return "order"
    if (
        marked
        and PENALTY.search(text)
        and not _SENDS.match(text)
        and not any(r == "act" and _is_no_penalty(c) for c, r in read.all())
    ):
        return "penalty"
    if "可" in text and _PERMISSION.search(text):
        return "permission"
    if "年" in text[:6] and _YEAR_IS.match(text):
        return "none"
    if "努力" in text and _BY_EFFORT.match(text):
        return "result"
    if "为指导" in text and _BY_TEACHING.match(text):
        return "result"
    if "优秀" in text and _BEST_ONES.match(text):
        return "none"
    if acts:
        return "result" if failing and _aims_at_none(read) else "order"
    if kind in ("task", "generic") and any(_ACTS_BLINDLY.match(c) for c, _ in read.all()):
        return "order"
    if "是否" in text:
        return "none"
    said = read.said()
    if ("result" in said or "state" in said) and ("other" not in said or _AIMS.match(text)):
        return "result"
    if kind in ("task", "generic") and (_BARE_LEVELS.match(text) or _states_levels(read)):
        return "result"
    if kind in (None, "members", "award", "report") or _NAMES_ONLY.match(text):
        return "order" if kind == "task" and opens_with_one_character(text) else "none"
    return "order" if len(text) >= 6 and not (_SITUATION.search(text) or _STATES_ONLY.search(text)) else "none"


# 年度目标：播种面积稳定在78万亩。
_AIM_LABEL = re.compile(r"(?:年度|工作|建设|预期|绩效|任务|总体)?目标(?:任务)?：")
# 优秀单位不超过参评单位的20%。
_BEST_ONES = re.compile(
    r"[^，。；]{0,10}优秀(?:等次|等级|档次|单位|名额|比例|个人|人员|集体)[^，。；\d]{0,16}\d[^，。；]{0,6}[。；]?$"
)
# 森林防火责任重大。    今年疫情形势依然严峻。: how things stand
_SITUATION = re.compile(
    r"(?:责任|意义|任务|形势|情况|压力|风险|矛盾|问题|影响|[\u4e00-\u9fff]{2})(?:十分|非常|较为|依然|仍然|极为|极其|异常|日益|更加|越来越|尤为|更为|仍|较|很|极)?"
    r"(?:重大|严峻|短缺|匮乏|繁重|艰巨|紧迫|薄弱|频发|多发|高发|易发|偏多|偏少|偏早|偏晚|滞后|复杂多变|错综复杂)[。；]?$"
)


# 原隶属关系保持不变。    我县现有食堂168家，…    该项目总投资2.3亿元。    符合下列条件之一的，可以申请：    群众普遍反映更方便了。
_STATES_ONLY = re.compile(
    r"(?:保持不变|之日起停止使用|继续有效|不再保留)[。；]?$"
    r"|^(?:我[省市县区镇乡村]|全[省市县区镇乡村]|本[市县区镇乡村校])?(?:现有|共有|拥有|辖)[^。；]{0,24}\d"
    r"|^(?:该|本)?[^，。；]{0,12}(?:总投资|总面积|建筑面积|占地)(?:为|约)?\d"
    r"|^[^，。；]{0,8}(?:符合|有|具备)(?:下列|以下)[^，。；]{0,8}(?:条件|情形|情况)"
    r"|^本(?:责任书|合同|协议书?|表)一式"
    r"|^答：(?:主要)?(?:有|是|出于|基于)"
    r"|^[^，。；]{0,10}(?:起租价|起拍价|底价|租金|押金|租期|工期|学制)(?:为|是|每|\d)"
    r"|^(?:广大)?(?:群众|居民|市民|企业|社会各界)[^，。；]{0,4}(?:反映|关注|期盼|认为|反响)"
    r"|(?:时有发生|屡禁不止|较为突出|仍然突出|关注度高|期盼强烈|呼声[很较]高|的需要)[。；]?$"
)


# （分值3分）    新增问题发现一处扣2分    凡发生火情的村，扣3分: what not keeping an order costs
_POINTS_IN_BRACKETS = re.compile(r"（[^（）]{0,12}\d分）(?=，)")
_DEDUCTION = re.compile(
    r"，(?:(?:凡|如|若|对)?[^，。；]{0,30}(?:的|者|[村镇乡户家])，)?[^，。；]{0,30}(?:扣减?[^，。；\d]{0,8}|减)[除去]?\d[^，。；]{0,4}分(?:，[^，。；]{0,4}扣完为止)?[。；]?$"
    r"|，(?:[^，。；]{2,20}(?:的|者))?，?扣[除减发罚]?\d[^，。；]{0,3}元[^，。；]{0,8}[。；]?$"
    r"|，(?:[^，。；的]{0,6})(?:得|计|记|加)\d{1,3}(?:\.\d)?分[。；.]?$"
    r"|，[^，。；]{0,16}不得分[。；]?$|，[^，。；]{2,20}比例[加扣]分[。；]?$"
)


# 每月5日前通报上月得分    公布各镇得分: what somebody does with the points, no rule of them
_MAKES_KNOWN = re.compile(
    r"(?:通报|公布|公示|反馈|汇总|核算)[^，。；\d的]{0,12}得分(?:情况|排名)?(?:[，。；]|$)|，[^，。；]{0,16}由[^，。；]{2,16}(?:公布|通报|公示|汇总)[。；]?$"
)

_CLAUSES_OF_POINTS = 3  # 得4分，未完成的扣2分，扣完为止


def _without_deductions(text: str) -> str:
    """``text`` without the points that it is worth and what is taken off for not doing it; empty where it only scores."""
    plain = _POINTS_IN_BRACKETS.sub("", text)
    for _ in range(_CLAUSES_OF_POINTS):
        cost = _DEDUCTION.search(plain)
        if cost is None:
            break
        plain = plain[: cost.start()] + "。"
    return plain if plain != text and not _POINTS.search(plain) and not _CONDITION_ONLY.search(plain) else ""


_CONDITION_ONLY = re.compile(
    r"(?:的|者|后|时)。$|(?:每|发现|出现|[缺漏]|(?<!不)少(?!于))[^，。]{0,10}(?:次|处|例|起)。$"
)


def _is_no_penalty(clause: str) -> bool:
    if clause.endswith(("的", "者")):
        return False  # 年度考核不合格的: in which case, nothing to do
    return not PENALTY.search(clause) or _ENFORCES.match(clause) is not None or _TOLD_TO_ALL.search(clause) is not None


# 抽查结果予以通报    节后予以通报: what was found is told, nobody is blamed
_TOLD_TO_ALL = re.compile(r"(?:结果|情况|成绩|名单|节后|会后|定期|适时|按[月季]度?)(?:将|要)?予以通报$")
# 违反本规定的，由县城管局依法处罚。
_FOR_BREACH = re.compile(
    r"违反[^，。；]{2,30}的，(?:由[^，。；]{2,20}?)?(?:依法|依照|依规|按照)[^，。；]{0,16}(?:处罚|处理|处分|追究)[^，。；]{0,6}[。；]?$"
)
# 三年内不得申报    当年不得评先评优: what is withheld from who fails
_WITHHELD = re.compile(
    r"(?:年内?|当年|年度|期间|次|再|一律)不得(?:再次?)?(?:申报|申请|参评|参与评|参加评|评为|评先|评优|推荐|享受|晋升|提拔|入选)"
)


# 但我们也要清醒地看到，…: what is so, whatever word of duty opens it
_SEES = re.compile(
    r"(?:但|同时)?(?:是，?)?(?:我们|大家)?[也还更]?(?:要|应|必须)(?:清醒|深刻|充分|冷静|客观)?[地的]?(?:看到|意识到)，"
)


def _is_formula(text: str) -> bool:
    """True for what every notice says of itself: 现将…印发给你们，请认真贯彻执行。"""
    return _opens_formula(text) or _FORMULA.search(text) is not None


def _opens_formula(text: str) -> bool:
    """True where the first words of ``text`` tell that it is a formula: 联系人：…, 请查照。"""
    if (text[:1] in _OPENS_FORMULA or "：" in text or "长 " in text) and _FORMULA_OPENS.match(text) is not None:
        return True
    return "到，" in text[:20] and _SEES.match(text) is not None


def _defines(text: str) -> bool:
    """True for a sentence that defines or sets in force, and orders nobody anything: 自印发之日起执行，各单位要于…."""
    found = _DEFINITION.search(text)
    if found is None:
        return False
    rest = _CLAUSE.search(text, found.end())
    return rest is None or not orders_somebody(text[rest.start() :])


def _tells_of_the_past(text: str) -> bool:
    if text[:1] in _OPENS_FACT and _FACT_OPENING.match(text) is not None:
        return True
    return "来，" in text and _SINCE.search(text) is not None


def _clauses(text: str) -> list[str]:
    """``text`` cut at the marks that end a clause: five replacements take a quarter of what a pattern takes."""
    for mark in _ENDS_CLAUSE:
        text = text.replace(mark, "，")
    return text.split("，")


class _Reading:
    """The clauses of a sentence and what each says, read only as far as it is asked for."""

    __slots__ = ("_clauses", "_left", "_patterns", "_said", "text")

    def __init__(self, patterns: _Patterns, text: str) -> None:
        self.text = text
        self._patterns = patterns
        self._left: list[str] | None = None
        self._clauses: list[str] = []
        self._said: list[Said] = []

    def acts(self) -> bool:
        """True where a clause says what to do."""
        return _acts_plainly(self._patterns, self.text) or "act" in self._said or self._read_to("act")

    def said(self) -> list[Said]:
        """What the clauses say, one after another."""
        self._read_to(None)
        return self._said

    def all(self) -> list[tuple[str, Said]]:
        """Every clause with what it says."""
        return list(zip(self._clauses, self.said(), strict=True))

    def _read_to(self, wanted: Said | None) -> bool:
        """Reads on to the first clause that says what is ``wanted``; False where no other does."""
        if self._left is None:
            self._left = _clauses(self.text)[::-1]
        while self._left:
            clause = self._left.pop().strip()
            if clause:
                said = _read(self._patterns, clause)
                self._clauses.append(clause)
                self._said.append(said)
                if said == wanted:
                    return True
        return False


# 各乡镇改善目标按以下原则分配：    主要实现以下目标：
_LEADS_TO_AIMS = re.compile(r"(?:以下|下列|如下)[^，。；：\d]{0,12}：$")


# 对完成任务的村给予奖励，对不能完成的予以通报批评。
_REWARDS = re.compile(
    r"对[^，。；]{2,40}(?:的|[村镇乡]|单位|个人|部门)，?(?:将|要)?(?:给予|予以|进行)(?:通报)?(?:表彰|奖励|表扬|嘉奖|重奖)"
)


def _classify_aim(read: _Reading, duty: bool) -> Act:
    """A sentence of a section of aims: a result, unless it tells a fact, a spirit or a failing."""
    if _LEADS_TO_AIMS.search(read.text) or _REWARDS.match(read.text):
        return "none"
    if _GUIDANCE.match(read.text) and not _REACHES_LEVEL.search(read.text):
        return "none"
    scored = _POINTS.search(read.text) and not _SATISFIED.search(read.text)
    told = scored or _tells_of_the_past(read.text) or (_ends_in_failing(read.text) and _fails(read))
    return "none" if told and not duty else "result"


def _classify_standard(read: _Reading) -> Act:
    """A sentence of a standard without a word of duty: what is to be brought about, unless it names papers."""
    said = read.said()
    if ("act" in said or ("lead" in said and "other" in said)) and not _HAS.match(read.text):
        return "order"
    return "none" if _PAPERS.search(read.text) and "result" not in said and "state" not in said else "result"


def _ends_in_failing(text: str) -> bool:
    last = text[-2:-1] if text[-1:] in _FULL_STOPS else text[-1:]
    return last in _FAILING_ENDS and _FAILING.search(text) is not None


def _fails(read: _Reading) -> bool:
    """True for a sentence that ends in a failing and is one in a list of such: 落实工作不力; 发生安全生产责任事故."""
    if _PREVENTS.match(read.text) or _PREVENTED.search(read.text):
        return False
    return read.said().count("act") <= 1


def _tells_what_it_is(text: str) -> bool:
    """True for a sentence that defines, divides or praises its subject: 音像记录是…的方式。"""
    if _MAY_TELL_WHAT_IT_IS.search(text) is None and not text.startswith("其"):
        return False
    plain = _BRACKETS.sub("", text) if "（" in text else text
    return _TELLS_WHAT_IT_IS.match(plain) is not None or _ENDS_WITH_WHAT_IT_IS.search(plain) is not None


def _aims_at_none(read: _Reading) -> bool:
    """True for results that end in a failing that is never to happen: 死亡人数下降20%以上，坚决杜绝较大事故."""
    if not _PREVENTED.search(read.text):
        return False
    *before, _ = read.all()
    said = [r for _, r in before]
    return ("result" in said or "state" in said) and "act" not in said and "other" not in said


_INDICATOR = r"[^，。；：\d]{2,20}(?:率|幅|额|值|量|比重|占比|指数|强度|密度|收入|支出|投资|产值|就业|总产|面积|度)(?:均|力争|预期|同比|平均|年均|累计|比上年|较上年)*"
_LEVEL = r"\d[\d.]*(?:[%％]|个?百分点|[万亿]{0,2}[\u4e00-\u9fff]{1,4}?)(?:左右|以上|以下|以内|上下)?[，。；]?"
# 地区生产总值增长7%以上    城镇登记失业率控制在4.5%以内
_LEVELS_ONLY = re.compile(
    rf"(?:{_INDICATOR}(?:增长|增加|提高|下降|降低|达到?|为|超过|突破|不低于|不高于|不超过|控制在|稳定在|保持在)?{_LEVEL})+$"
)
# 城镇调查失业率5.5%左右，居民消费价格涨幅3%以内: no verb at all
_BARE_LEVELS = re.compile(rf"(?:{_INDICATOR}{_LEVEL})+$")


_YEARLY = r"(?:到?20\d\d年(?:底|末|度)?|全年|今年|年内)?"
# 2025年储备额度45亿元以上    全市年营收超1亿元的街区新增2个; not 各镇新增2个, which somebody has to do
_LEVEL_OF_CLAUSE = re.compile(
    rf"(?:{_YEARLY}{_INDICATOR}|{_YEARLY}(?![各每])[^，。；：]{{4,40}}(?<![镇乡村街道局委办厅部处室站所院校区县市省户])(?:新增|净增|增加)){_LEVEL}$"
)


_FIGURE = re.compile(r"\d")


def _states_levels(read: _Reading) -> bool:
    """True for a sentence that only gives indicators with their figures, some without a verb."""
    if not _FIGURE.search(read.text):
        return False
    levels = 0
    for clause, said in read.all():
        if "通过" not in clause and _LEVEL_OF_CLAUSE.match(clause):
            levels += 1
        elif said == "other":
            return False
    return levels > 0


def states_only_levels(lexicon: Lexicon, line: str) -> bool:
    """True for a bare line (match text) of indicators and the levels that they are to reach, with nothing to do."""
    return _LEVELS_ONLY.match(line) is not None and not opens_with_act(lexicon, line)


# 城镇新增就业3200人
_COUNTED = re.compile(r"[\u4e00-\u9fff]{2,8}[新净]增[^，。；]{0,8}\d")


def states_level(lexicon: Lexicon, cell: str) -> bool:
    """True for a sentence of a table's cell (match text) that only gives indicators with their figures."""
    if "增" not in cell:
        return False
    read = _Reading(lexicon.derived("acts.patterns", _patterns), cell)
    return all(r in ("result", "state") or _COUNTED.match(c) for c, r in read.all())


def _states_qualification(read: _Reading) -> bool:
    """True where the sentence's only word of duty says what somebody must be or have, and nothing is to be done."""
    found = _QUALIFIES.match(read.text)
    if found is None or DUTY.search(read.text, found.end()):
        return False
    if found["identity"]:
        return True
    return all(r != "act" or _QUALIFIES.match(c) or _EXPERIENCE.search(c) for c, r in read.all())


def _acts_plainly(patterns: _Patterns, text: str) -> bool:
    """True where :func:`_read` must take the first clause of ``text`` for an act: most are told by so little.

    A manner (认真地) and the end of a year (年底前) reach no further than what is looked through.
    """
    at = 0
    while (opening := text[at : at + 2]) in patterns.plain_adverbs:
        at += 2
    return (
        opening in patterns.plain
        and text.find("地", at, at + _LONGEST_MANNER) < 0
        and text.find("年底", 0, _LONGEST_YEAR_END) < 0
        and _MEASURED.match(text, at) is None
    )


_LONGEST_MANNER = 21
_LONGEST_YEAR_END = 9


def _read(patterns: _Patterns, clause: str) -> Said:
    """What a clause says, from its head."""
    if _acts_plainly(patterns, clause):
        return "act"
    if clause[:1] == "对" and patterns.degree.search(clause):
        return "state"
    if (clause[:1] in _OPENS_LEAD_IN or "年底" in clause) and _LEAD_IN.match(clause):
        return "act" if _carries_act(patterns, clause) else "lead"
    head = _strip(patterns, clause)
    opening = head[:2]
    if opening[:1] == "有" and _HAVING.match(head):
        return "other"
    if opening == "突破" and head[2:3].isdecimal():
        return "result"
    if clause[:2] == "要求" and len(clause) > 5:
        return "act"  # 要求留茬高度低于15厘米
    if opening in _STRIVING:
        return "result" if _REACHED.search(head) else "act"
    said = _read_head(patterns, head)
    if said is None and (predicate := _after_subject(patterns, head)):
        said = _read_head(patterns, predicate)
        if said is None and _LEAD_IN.match(predicate) and _carries_act(patterns, predicate):
            said = "act"  # 镇纪委将对落实情况进行督查
    if said is not None:
        return said
    if ("把" in head or "将" in head) and _TAKEN_BY.match(head):
        return "act"
    if (opening[:1] in _TAKING and _TAKEN.match(head)) or ("每" in clause and _OFTEN.search(clause)):
        return "act"
    if (
        patterns.state.ends(clause.rstrip("了。；！"))
        or _says_without(head)
        or ("率" in clause and _RATE.search(clause))
    ):
        return "state"
    if not _INNER_RESULT.search(head):
        return "other"
    return "act" if "停" in head and _STOPPED_THEN.search(head) else "result"


# 风力超过六级时停止登高作业: a level is only when, and what then is to stop is the order
_STOPPED_THEN = re.compile(r"(?:[时的天后]|情况下?)(?:应当?|要|须|一律|立即|必须|全部)?(?:停止|暂停)[\u4e00-\u9fff]{2}")


def _says_without(head: str) -> bool:
    return ("无" in head or "没有" in head or head.startswith("零")) and _WITHOUT.search(head) is not None


def _read_head(patterns: _Patterns, head: str) -> Literal["act", "result", "state"] | None:
    """What the verb that ``head`` opens with says; nothing where it opens with none."""
    known = head[:2] in patterns.openings or head[:1] in patterns.openings
    noun = patterns.nominal.at(head) if known else 0
    if noun and patterns.turned.match(head, noun):
        return "state"
    result, act = (patterns.result.at(head), patterns.act.at(head)) if known else (0, 0)
    measured = act > result and _MEASURED.match(head) is not None
    if act > result and not measured:
        return "act"  # as most do
    if head.startswith(("形", "建")) and _FORMING_PAPER.match(head):
        return "act"
    if head.startswith("保持") and _PRESSURE.search(head):
        return "act"
    if head[1:2] in _OUTCOMES and _TO_AN_OUTCOME.match(head):
        return "act"
    return "state" if measured else "result" if result else None


# 签约服务覆盖率达到75%    种植面积稳定在20万亩: a figure and where it is to stand, whatever verb its name begins with
_MEASURED = re.compile(
    r"(?!(?:提升|提高|扩大|降低|确保|保证|推进|推动|完成|新建|新增|改造|增加|减少|控制|保持|稳定|加强|落实|实现|力争|加快|促进|巩固|压减|压降|争取|严控|建立|健全|进行|做好|抓好|达到)(?!率))"
    r"(?:[^，。；的、]{1,12}(?:率|满意度|知晓度|保有量|占比|比例|比重)|[^，。；的、]{1,4}(?:面积|规模|产量|总量|数量|密度|强度|产值|能力|指数))"
    r"(?:均|全部|总体|平均|力争|要|分别|动态)?(?:达到|达|稳定在|保持在|维持在|控制在|不低于|不少于|不高于|不超过|低于|高于|(?:提高|提升|增加|增长|下降|降低|降|升)[到至]|(?:同比|环比|[较比](?:上年|去年|年初|同期))?(?:提高|提升|增长|增加|下降|降低|减少)\d|超过|突破|100%)"
)
# 拧紧责任链条    讲清政策    跑出加速度: a verb with its outcome and its object
_OUTCOMES = frozenset("紧牢实好细严准深足活强优住清透密稳出")
_TO_AN_OUTCOME = re.compile(
    r"(?![良美友爱完恰只正最更][好]|[事现真果老诚忠切扎详充坚属确][实]|[标水基批核精不][准]|[富坚增高变最较勉][强]|[不充满丰手][足]|[生灵快复][活]"
    r"|[从森威庄谨][严]|[赶抓吃加要][紧]|[资纵高加最更][深]|[择更最不][优]|[居记][住]|[精详仔][细]|[平安沉][稳]|[澄冰水年][清]|[严机精人紧秘][密]|[突支输演杰进外派日付退超杰][出])"
    r"[\u4e00-\u9fff][紧牢实好细严准深足活强优住清透密稳出](?![的度性地了率台色高])[\u4e00-\u9fff“《]{3,}"
)
# 保持打击走私高压态势    保持疫情防控力度不减
_PRESSURE = re.compile(r"(?:打击|惩治|整治|严打|高压|严管|严查|治理|防控|巡查|执法)[^，]{0,16}(?:态势|力度)")
_TAKING = frozenset("将把")
_TAKEN = re.compile(r"[将把][^，]{2,}")
_WITHOUT = regex.compile(
    r"(?:^|[内中处户道上旁线面路边角后前岸坡沟塘池墙院域区间])(?:无|没有)(?![论须需法偿缝不]|障碍[环设改化]|条件)|^零"
)
# 镇纪委把整治情况纳入年度考核: a body takes something into something
_TAKEN_BY = re.compile(
    r"[^，]{2,24}(?<![即必行])[将把][^，]{2,60}(?:纳入|列入|作为|报送|分解|落实到|下达|移交|录入|上传)[^，]*$"
)
_RATE = re.compile(r"率(?:达|保持|不低于|控制)")
_TURNED_TO = re.compile(r"[在为对与向]")
# 按照要求设置围挡和警示标志    结合实际制定实施细则    围绕拆解、清洗等环节实施攻关
_ACCORDING = re.compile(
    r"(?:按照?|根据|依据|结合|依照|遵照)[^，]{0,24}?(?:要求|规定|标准|职责|分工|部署|精神|实际|原则|程序|办法|方案|计划|需要|情况|规范|规程|制度|流程|通知|意见|规划|目标|时序|布局|思路|步骤|节点|进度|图纸|设计)+"
    r"|(?:围绕|聚焦|瞄准)[^，]{2,30}?(?:环节|领域|方面|问题|需求|短板|堵点|痛点)"
)
# 通过多种方式盘活存量资产    采取集中授课等形式开展培训
_BY_WAY_OF = re.compile(
    r"从[^，]{1,6}上|以[\u4e00-\u9fff][促代换带补养奖联育][\u4e00-\u9fff]|(?:通过|采取|采用|运用|利用|借助|以)[^，]{1,30}?(?:等?(?:方式|形式|渠道|途径|手段|办法|方法|措施|契机|平台|载体)|等)"
)
# 对违规设立的机构依法予以撤销    对房屋隐患进行排查整治
_HANDLES = re.compile(r"(?:予以|加以|进行|给予|逐[条项一件个]|限期|立即|及时|依法|抓紧|集中|统一)[\u4e00-\u9fff]{2,8}$")
_HANDLED = tuple("实办销回并缔退立留消除改治理查整顿护修复管核验收定估测训拆迁置")
# 依托“沧易办”平台上线社区服务专区    依托文明实践站建设1处宣传角
_LEANING = re.compile(
    r"依托[^，、]{2,24}?(?:建设|建立|搭建|打造|设立|设置|上线|开展|组建|开发|推出|举办|成立)(?=[^，]{4})"
)
_LEAD_IN_ENDS = ("时", "中", "上", "下", "后", "方面", "领域", "环节", "期间", "的", "等")
_OPENING_WORDS = re.compile(r"(?:[一二三四五六七八九十]是|[一二三四五六七八九十]要|要|并|且|同时|此外|其中|另外)+")
_OPENS_OPENING = frozenset("一二三四五六七八九十要并且同此其另")
_OPENS_EVERY = frozenset("每月周年季一二三四定")
# 县发展改革局按照职责做好…
_MODAL = re.compile(
    r"(?:要|应当|应|须|必须|将|会(?![议商同员计场签审办诊谈见])|负责|可|也|都|按照?(?:各自)?(?:职责|职能)(?:分工|范围)?)+"
)
_SUBJECT_THEN_LEAD_IN = re.compile(r"[^，。]{0,20}?(?:要|应|须|应当|必须)(?=结合|按照|围绕|根据|以|针对|立足|依据)")


def _carries_act(patterns: _Patterns, clause: str) -> bool:
    """True where a clause that opens like a lead-in says what to do: 对326户监测对象落实“一户一策”, 在张江建设基地."""
    if clause.endswith(_LEAD_IN_ENDS):
        return False
    if clause.startswith("依托") and _LEANING.match(clause):
        return True
    if clause.endswith(_HANDLED) and _HANDLES.search(clause):
        return True
    according = _ACCORDING.match(clause) or _BY_WAY_OF.match(clause)
    if according:
        rest = _strip(patterns, clause[according.end() :])
        return 0 < patterns.act.at(rest) < len(rest) - 1
    if not _TURNED_TO.match(clause):
        return False
    end = patterns.act.first_end(clause, 3)
    return end > 0 and end + 1 < len(clause)


def _strip(patterns: _Patterns, clause: str) -> str:
    at = _after_opening(clause) if clause[:1] in _OPENS_FURTHER else 0
    while clause[at : at + 2] in patterns.adverb_openings or clause[at : at + 1] in patterns.adverb_openings:
        end = patterns.adverbs.at(clause, at)
        if end == at or end >= len(clause):
            break
        at = end + (clause[end] in "地、" and end + 1 < len(clause))
    if "地" in clause:
        manner = _MANNER.match(clause, at)
        if manner and patterns.act.at(clause, manner.end()) > manner.end():
            at = manner.end()
    return clause[_after_every(clause, at) :] if at else clause


def _after_opening(clause: str) -> int:
    """Behind the number or connective, the date and the recurrence that a clause opens with."""
    opening = _OPENING_WORDS.match(clause) if clause[:1] in _OPENS_OPENING else None
    at = opening.end() if opening else 0
    by = _BY_DATE.match(clause, at) if clause[at : at + 1] in _OPENS_DATE else None
    return _after_every(clause, by.end() if by else at)


# 3月底前完成主干道清理    年底前公示    5年内引进能够突破关键技术的人才
_BY_DATE = re.compile(
    r"(?:[今当]?年|(?:[一二两三四五六七八九十半]|\d{1,2})(?:年|个月|个?工作日|天|周))[之以]?内(?=[\u4e00-\u9fff]{2})"
    r"|于?(?:(?:20\d\d|[今明当])年)?(?:\d{1,2}月(?:\d{1,2}日|[上中下]旬|[底初末份])?|年[底末中])[之以]?前(?=[\u4e00-\u9fff]{2})"
)
_OPENS_DATE = frozenset("0123456789于年今明当一二两三四五六七八九十半")
_OPENS_FURTHER = _OPENS_OPENING | _OPENS_DATE | _OPENS_EVERY
# 独立、客观、公正地出具意见    有计划、有步骤地推进改造
_MANNER = re.compile(r"[\u4e00-\u9fff、]{2,20}?地(?=[\u4e00-\u9fff]{3})(?![区方块点])")


def _after_every(clause: str, at: int) -> int:
    """Behind a recurrence that stands at ``at`` (每季度, 定期), else ``at``."""
    every = _EVERY.match(clause, at) if clause[at : at + 1] in _OPENS_EVERY else None
    return every.end() if every and every.end() < len(clause) else at


def _after_subject(patterns: _Patterns, head: str) -> str:
    found = _SUBJECT.match(head)
    if not found:
        return ""
    modal = _MODAL.match(head, found.end())
    return _strip(patterns, head[modal.end() if modal else found.end() :])


def opens_with_act(lexicon: Lexicon, text: str) -> bool:
    """True where ``text`` (match text) reads as an order from its first clause on: a bare line such as 完成场镇亮化工程."""
    patterns = lexicon.derived("acts.patterns", _patterns)
    first = _clauses(text.strip())[0]
    return _read(patterns, first) == "act" or bool(DUTY.search(first))


# 清“三堆”    拆“五棚”
_ONE_CHARACTER_ACT = re.compile(r"[清拆治查建改植护管抓转修整禁防控]“[^“”]{2,8}”")


def opens_with_one_character(text: str) -> bool:
    """True for a name of what to do in one character and a quoted name: 清“三堆”."""
    return _ONE_CHARACTER_ACT.match(text) is not None


def orders(lexicon: Lexicon, text: str) -> bool:
    """True where a bare line (match text) in a list of tasks says what to do: 滚动推进街区改造提升, no penalty."""
    if opens_with_one_character(text):
        return True
    if _tells_what_it_is(text + "。"):
        return False
    if opens_with_act(lexicon, text):
        return not _defines(text) and (not PENALTY.search(text) or _ENFORCES.match(text) is not None)
    patterns = lexicon.derived("acts.patterns", _patterns)
    if _ACTS_BLINDLY.match(text):
        return True
    later = [clause for c in _CLAUSE.split(text)[1:] if (clause := c.strip())]
    return any(_read(patterns, c) == "act" for c in later) and not is_no_duty(text)


# 为更好发挥作用，…    公示期满后，…    有异议的，…
_PURPOSE = re.compile(
    r"为(?:了|进一步|更好|切实|积极|全面|深入|有效|充分|加快|着力|扎实|推动|推进|加强|规范|促进|贯彻|落实|做好|提高|提升|确保|保障|完善|健全|强化|深化|解决|防止|防范|巩固|营造|维护|优化|发挥|适应|配合|支持|实现|应对)"
)
_WHEN = regex.compile(
    r"(?<=.{3})(?:当日|当天|当晚|(?<![前以落背])后|(?<![提当目空])前|(?<![小按及准实临随同定有暂])时|期间|过程中|(?:情况|前提|条件|状态|领导|指导|组织|监督)下|基础上|(?<![有目标])的)$"
    r"|(?:通过|采取|采用|运用|利用)[^，]{2,60}(?:方式|形式|渠道|手段|途径)$"
)


# 各乡镇要在县委、县政府领导下    请市气象局按照…有关规定精神    考虑试验区的实际情况
_UNDER = re.compile(
    r"^[^，。；]{2,40}(?:要|应当?|必须|须)在[^，。；要应]{2,40}(?:领导|指导|支持|配合|前提|基础)[上下]$"
)
_ASKED_BY_PAPER = re.compile(
    r"请[^，。；]{2,24}?(?:按照|根据|结合|依据|依照)[^，。；]{2,80}(?:精神|要求|规定|实际|职责)$"
)
# 各成员单位要…, 行政执法机关必须…: an order to somebody, not a principle to act by
_TO_SOMEBODY = re.compile(
    r"(?:^|，)[^，。；]{0,24}(?:地区|单位|部门|机构|机关|政府|党委|支部|组织|村|镇|乡|街道|学校|企业|办|局|委)[^，。；]{0,6}，?(?:(?<![重主需首])要|应当?|必须|不得)"
)


def may_be_missed(sentence: str) -> bool:
    """True for a sentence (match text) that gave no task and yet holds a duty; one that says who qualifies holds none."""
    if DUTY.search(sentence) is None or _QUALIFIES.match(sentence):
        return False
    return not (_is_formula(sentence) or _defines(sentence))


def is_no_duty(sentence: str) -> bool:
    """True for a sentence (match text) that plainly lays nothing on anybody: a definition, a penalty, a fact, a formula."""
    return (
        _is_formula(sentence)
        or _defines(sentence)
        or _tells_what_it_is(sentence)
        or _QUALIFIES.match(sentence) is not None
        or _tells_of_the_past(sentence)
        or PENALTY.search(sentence) is not None
        or _REWARDED.match(sentence) is not None
        or _PAID_FROM.match(sentence) is not None
        or _POINTS.search(sentence) is not None
        or _PRIZE.search(sentence) is not None
        or _PERMISSION.search(sentence) is not None
        or _FACT.search(sentence) is not None
    )


def orders_somebody(sentence: str) -> bool:
    """True for a sentence (match text) that lays a duty on a body it names."""
    return _TO_SOMEBODY.search(sentence) is not None


def is_lead_in(lexicon: Lexicon, clause: str) -> bool:
    """True for a clause that only leads in (围绕…领域, 按照…要求), false where it carries a verb of its own (在…建设…基地)."""
    patterns = lexicon.derived("acts.patterns", _patterns)
    if _PURPOSE.match(clause) or _WHEN.search(clause):
        return not DUTY.search(clause) or _UNDER.search(clause) is not None
    if clause.startswith("请") and _ASKED_BY_PAPER.match(clause):
        return True
    subject = _SUBJECT_THEN_LEAD_IN.match(clause)
    plain = clause[subject.end() :] if subject else clause
    return bool(_LEAD_IN.match(plain)) and not _carries_act(patterns, plain)


def states_result(lexicon: Lexicon, text: str) -> bool:
    """True where ``text`` (match text) itself states a result: 形成全覆盖产业链, not a bare name such as 产业发展目标."""
    patterns = lexicon.derived("acts.patterns", _patterns)
    return any(_read(patterns, c.strip()) == "result" for c in _clauses(text) if c.strip())
