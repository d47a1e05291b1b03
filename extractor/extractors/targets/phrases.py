"""The noun that a number belongs to (指标名): before it (存储时间不少于30天) or after it (6个产业示范点)."""

from __future__ import annotations

import re

from extractor.extractors.targets import clauses
from extractor.extractors.targets.words import TargetWords
from extractor.model import Span

MOVES = "缩小|提高|提升|增加|增长|扩大|上升|拓展|扩展|恢复|调整|降低|下降|减少|精简|压缩|缩短|压减|降|增|升|减"
# What opens a clause and is no part of the indicator's name.
_LEAD = re.compile(
    r"""
    (?:到|至|截至)?(?:(?:19|20)\d\d|20[xX×]{2}|本|今|当|明|次|每|全|去|上)年(?:度)?(?:\d{1,2}月份?(?:\d{1,2}日|[上中下]旬)?)?(?:上半|下半)?(?:年)?(?:底|末|内|初)?(?:之?前|以前)?
    | (?:到)?“?十[三四五六]五”?(?:期)?(?:末|间|时期)?
    | (?:每年|今年|明年)?[上下]半年 | 第?[一二三四]季度(?:末|底)?(?:之?前|以前)? | 汛期 | 汛[前中后] | 农闲时节 | (?:暑假|寒假|春节|国庆|清明|中秋|两会|节假日|汛期|农忙|收割|防火|攻坚|创建)?期间
    | (?:到)?年(?:底|末|终|初)(?:之?前|以前) | (?:到)?年(?:底|末|内)
    | (?:到)?\d{1,2}月(?:份|底|末|初|上旬|中旬|下旬)*(?:\d{1,2}日)?(?:之?前|以前)?
    | 每(?:个)?(?:年度?|月份?|季度?|周|半年|半月|旬|学期|学年|天|日|两个?月|二个?月)
    | \d{1,2}月?[-—～~至到]\d{1,2}月(?:份|底|末)?
    | [^，。；]{0,8}?(?:建成|投产|实施|完成|验收|投用|结束|散场|期满|启动)后(?!续|期)
    | (?:[一二两三四五六七八九十\d]+)(?:年|个月)(?:时间)?(?:以?内|左右)?
    | [\u4e00-\u9fff]{1,2}季(?:内|期间) | (?:[一二两三四五六七八九十]+|\d+)个?(?:工作日|日|天|小时)(?:以|之)?内(?=[\u4e00-\u9fff]{2})
    | (?:今冬明春|冬春|[今明]?[春夏秋冬]季|今[春夏秋冬]|秋冬|春夏)(?:期间|两季)?(?=新|植|完|造|绿|开|栽|种|整|清|修|改|建|实|组|集|农|水)
    | 在[^，。；在]{2,12}基础上[，,]? | (?:比|较|与|同)(?:20\d\d年|上年|去年|上一年|前一年|往年|年初)(?:度|同期|底|末)*(?:相比)?[，,]?
    | (?:\d[\d.]*%|百分之[一二三四五六七八九十百]+|[三四五]分之[一二三四]|[一二三四五六七八九]成|一半)(?:及?以上|左右)?的?(?=[\u4e00-\u9fff]{3})
    | 具体(?:目标)?(?:是|为)? | 主要(?:目标)?(?:是|为) | 目标(?:是|为)
    | 其中 | 当中 | 并且? | 且 | 同时 | 以及 | 及 | 或者? | 和(?![美谐平]) | 与 | 即 | 另外? | 又 | 也
    | 年均(?=新增|提高|增长|下降|培育|完成|实现) | 计(?=补助|改造|受益|新建)
    | 第[一二三四五六七八九十百\d]{1,5}条[ 　]*
    | 力争 | 争取 | 确保 | 保证 | 努力 | 实现 | 原则上 | 要求? | 应当 | 应(?!届|用|急|收|税|对|付|邀|变|诉|征|聘|免|检|训|参|到|保|缴) | 须 | 必须 | 需要? | 能够
    | (?:[一二两三四五六七八九十]|\d{1,2})年(?:来|间)?(?![行规计期级度产均])
    | (?:推进|推动|做到|做好|深化|加强|提高|提升|扩大|降低|减少|增加|保持|稳定|控制|拉动|支持|鼓励|引导|加大|压缩|压减|精简|削减)(?![率值量数额幅类费者性]|基金|能力|工程|行动|系统|政策|平台|区|点)
    | 全面(?!小康|质量|预算|从严) | 逐步 | 不断 | 着力 | 继续(?!教育) | 计划(?!生育|数|外|内|书) | 预计 | 进一步 | 大力 | 积极(?!分子|性) | 切实 | 加快 | 稳步 | 累计 | 分别 | 总体
    | (?:重点|基本|严格|规范|合理)(?=打造|建设|推进|抓|支持|培育|开展|发展|围绕|实施|实现|建成|形成|完成|消除|达到|建立)
    | (?:[全本我][省市县区镇乡村]|辖区内?)(?=\d+[余多]?(?:个|家|名|户|条|所|处|项|座|种|类)(?=[\u4e00-\u9fff“])) | 预期(?!寿命) | 下一步 | 申[请报](?=[^，。；]{2}) | [一二两三]次(?![性元])
    | \d+[余多]?(?:个|家|名|户|条|所|处|项|座|种|类)(?=[\u4e00-\u9fff“])   # 100个贫困村全覆盖
    | 以上 | 是 | 的 | 了 | 有(?!条件|需求|意愿|关|机|效|劳|害|线|色|轨|组织) | 使(?!用) | 让 | 将(?!来) | 把(?![手关]) | 对(?![讲照接口外标象比应]) | 拟
    | [（(](?:[一二三四五六七八九十]{1,3}|\d{1,2})[）)]
    | （[^（）]{2,60}(?:负责|主办|牵头|协办|配合|落实)）       # the duty bracket of the item before it in its line
    | [（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})[）)]?[、.．] | [一二三四五六七八九十]是 | [、·•●\-—* 　）)]
    | 按照?(?=人均|户均|每)
    """,
    re.VERBOSE,
)
_PERIOD_NOUN = re.compile(r"年(?:度)?(?:均|收入|产|经营|新增|报|检|用|人均|销售|加工|处理|接待|营业)")
# The last of these begins the object whose level is named: 力争将…压缩至, 确保…达到
_OBJECT = re.compile(
    r"(?<=[局厅委站所办部镇乡村区县市位司校商])(?:应当|必须|须(?!知)|应(?![急用对届])|要(?![求素点件道]))|(?<![即])将(?!来)|把(?![握关])|使(?![用命])|(?<![出转受退礼])让(?!利)|确保|保证(?![金期率]|时间)|力争|争取|实现|保障(?![率性水房])|促进|带动|分别|(?<![面针相应一核绝反配校强])对(?![^，。；]{2,14}的(?:满意|知晓|认可|信任|支持|好评|了解))(?![象口接外照应比标策于讲])"
)
_TAIL = re.compile(
    rf"""
    (?: 原则上|一般|力争|总体|累计|(?<![人户亩])均|都|各|分别|总数|总计|稳定|基本|全部|全面|严格|逐步|逐[年季月]|常年|长期|始终|必须|须|应当?|要|可|能|将|不|也|还|再|又|已|共|共计|合计|约|全年|每(?:个)?(?:年度?|月份?|季度?|周|半年|半月|旬|学期|学年|天|日)|年内|年底前?|平均|动态|及时|常态化|合理
      | (?:由|从)[^，。；由从]{{1,20}}?(?:{MOVES})(?:到|至|为)(?:20\d\d年(?:底|末)?的?)?
      | 在[^，。；在\d]{{0,4}}(?:20\d\d年)?[^，。；在\d]{{0,8}}基础上 | (?:控制|压缩|压减|稳定|保持)[在到至][^，。；\d]{{1,8}}的
      | (?<=[到达为至])(?:去年|上年|上一年|前一年|现有|现状|目前|原来)(?:同期|底|末)?(?:水平|规模|总量)?的
      | (?<=[率重例度量])[年月日]均 | 按照?每\d+[^，。；\d]{{1,6}}(?:\d+[^，。；\d]{{1,2}})?(?:配备|配置|设置|设立|建设)?
      | (?<=[值额入资费产率P])年均(?=增|提|下|降) | (?<=[入量值额数产率])[一二两三四五\d]年内? | 还要 | 再 | (?<=[率度面量])巩固
      | 第?[一二三四]季度[末底]? | [一二三四]至[二三四]季度 | (?<=[率比量额度])[上下]半年 | (?<![按照以])[人户村亩]均(?=$|达|不|至|超)
      | (?:比|较|与|同)(?:20\d\d年|1\d\d年|上年|去年|上一年|年初|同期|现状|前[一三]年)(?:度|底|末|同期|水平|相比|均值)*
      | (?:年均|[逐每]年)?(?<![快投邮传])递(?=[增减]) | 只[增升]不[减降] | 有[增升]无[减降] | 稳中有[升增降]
      | (?:高于|快于|好于|优于)[^，。；高快好优]{{2,14}} | 以[^，。；]{{1,6}}为单位 | [、，于在到至]?20\d\d年(?:[底末内初中]|上半年)?(?:之?前|以前)? | \d{{1,2}}月(?:\d{{1,2}}日|[底末]|[上中下]旬)?之?前 | 新增 | 净增
      | 按照?
      | 每人(?:每[年月日天])? | 每[户亩吨]
      | 连续[\d一二三四五六七八九十]{{1,2}}年 | 连续 | 同比 | 环比
      | 达到|到达|达成|(?<!雷)达|(?<!行)为|至|到|在|是|有|由|从|以|(?<![占入之生师桩护位床])比|占(?!比)
      | 不低于|不少于|不超过|不高于|不得低于|不得少于|不得超过|不得高于|至少|最少|最多|最高|最低|超过|超
      | {MOVES}|缩减|压降|控制|保持|稳定|维持|完成|实现|突破|限制|恢复
      | [的了：: 　“"]
    )+$
    """,
    re.VERBOSE,
)
# 播种面积保持稳定、产量达到: the first has its own predicate
_SETTLED = re.compile(r"(?:保持稳定|总体稳定|(?:不断|稳步|持续|明显|显著|进一步|逐步)[提改优完增扩]\w|健全|完善)、")
_LIST_END = re.compile(r"(?<![中高初上同平对优均])等(?!级|次|额|离|距|候|待|效|值|压|身|高|比)(?:各类|重点|主要|一批)?")
_AGED = re.compile(r"岁")
_AFTER_LEAD = re.compile(r"(?:左右|上下|及以上|以上|以下|以内)?(?:[（(][^（）()]{0,20}[）)])?(?:的|、|　|\s|左右)*")
_AFTER_STOP = re.compile(
    r"(?<!合)并(?!购|网|联|轨|列|发|存|行|重)|(?<=[组队员])(?:逐|对|赴|深入|开展|进行|负责|定期)|[且，,。；;：:\n\t〈]|[（(](?![市县区镇乡州旗街]、?[市县区镇乡州旗街道]{1,3}[）)]|[\u4e00-\u9fff]{1,2}[）)][\u4e00-\u9fff])|组成(?=\d)|(?<=[员部人队组])下沉|(?<=[业户人体校院村店])提供|以及时|从而|推动形成|用于|配建|(?<=干部|队员)(?:驻|挂职|蹲)"
)
# 浓度在60至70微克之间的A镇、B乡的平均浓度: by what level the places were sorted before
_SORTED_OUT = re.compile(
    r"[^，。；]{2,24}?(?:超过|高于|低于|不足|大于|小于|在)\d[^，。；]{0,80}的(?=[^，。；的]{3,24}$)"
)
_BOUND = re.compile(r"突破|超过?|不低于|不少于")
_REACHES = re.compile(r"(?:达到|达|突破|超过|不低于|不少于|超)\s?$")
_NEXT = re.compile(r"[、和与及或]|以及")
_SCOPE = re.compile(
    r"""
    每\d{1,6}(?:名|个|户|人|亩|家|张|辆|台|位)?[\u4e00-\u9fff]{0,8}?(?=至少|不少于|不低于|配备|配|设|安排|建|明确|落实|\d[\u4e00-\u9fff]的?标) |
    每(?!年|月|周|星期|季|旬|日|天|半年|半月|学[期年]|次|期|届|两个?月|二个?月|[一二两三四五六]个?月|平方|亩|吨|公里|元|万(?![人户村个家]))
    (?: [户家名所处条位] | (?:个|名|家|所|户|处|条|位)?[^，,。；：:每\d\n\t]{1,12}? )
    (?=至少|最少|不少于|不低于|不超过|原则上|重点|要|应|须|均|配备|配齐|配|培育|培养|打造|建设|建立|建成|建(?!筑|档)|设立|设置|设(?![施备计])|辐射|覆盖|带动|投入|投资|拿出|筹集|列支|(?<!社会)组织|组建|举办|开展|创建|完成|选派|选树|选|制作|制定|办理|上报|撰写|收集|(?<!每.)每(?=[日天周月季年旬])|打捞|巡查|巡河|检查|抽查|抽检|复查|核查|回访|带班|接访|增配|增设|新设|招募|演练|培训|粉刷|悬挂|张贴|发放|发展|明确|确定|落实|报送|推荐|推选|限报|选送|(?<!拥)有(?![量率效])|新建|新增|安排|安装|改造|种植|栽植|补齐|储备|包保|联系|走访|可|[一二两三四五六七八九十\d])
    | 各(?:乡镇街道|乡镇|镇街|镇|村|街道|社区|县区|县|区|市|学校|单位|部门|地|网格)(?:（[^（）]{1,12}）)?(?=至少|不少于|建|设|培|打|组|举|开|创|完|选|制|配)
    """,
    re.VERBOSE,
)


_ONE_EACH = re.compile(r"每[^，。；]{1,3}")  # 每支不少于8人: who, not what


_EACH_DOES = re.compile(r"每(?![个\d])[^，。；]{3,}")
_LEVEL_OF_ONE = re.compile(r"(?:达到?|为|超过?|控制在|保持在)$")


def scope(text: str, left: int, at: int) -> Span | None:
    """Who each of which the number is for, in the clause before it: 每村, 每个单位."""
    match = None
    for found in _SCOPE.finditer(text, left, min(len(text), at + 4)):
        match = found if found.start() < at else match
    if match is None:
        return None
    end = match.end()
    if end >= at and _EACH_DOES.fullmatch(text, match.start(), at):
        return None  # 河长每半月巡河不少于1次: what is done, not who
    if _LEVEL_OF_ONE.search(text, match.start(), end) is not None:
        return None  # 每万人口发明专利拥有量达到12件: an indicator
    while end > match.start() and text[end - 1] in "的要应须 ":
        end -= 1
    return Span(match.start(), min(end, at))


def noun_before(text: str, left: int, at: int, words: TargetWords, *, rate: bool) -> Span | None:
    """The indicator between ``left`` and ``at``: what stands before a level, its verb and its adverbs taken off."""
    start, end = left, at
    for cut in _OBJECT.finditer(text, left, at):
        if at - cut.end() >= 2 and not _TAIL.fullmatch(text, cut.end(), at):
            start = cut.end()
    end = _trim_tail(text, start, end, words)
    start = trim_lead(text, start, end)
    if not rate:
        acts = [verb for verb in words.act.finditer(text, start, end) if _is_act(text, verb, start, end, words)]
        start = trim_lead(text, acts[-1].end(), end) if acts else start
        opening = _OPENING_ACT.match(text, start, end)
        if opening is not None and end - opening.end() >= 2:
            start = opening.end()
    sorted_out = _SORTED_OUT.match(text[start:end]) if text.find("的", start, end) > start else None
    if sorted_out is not None:
        start += sorted_out.end()
    settled = _SETTLED.search(text, start, end)
    start = settled.end() if settled is not None and end - settled.end() >= 2 else start
    comma = _LIST_END.search(text, start, end)
    while comma is not None and end - comma.end() > (2 if text[comma.start()] == "等" else 1):
        start = comma.end()
        comma = _LIST_END.search(text, start, end)
    for timed in _TIMED.finditer(text, start, end):
        start = timed.end() if end - timed.end() >= 2 else start
    start = trim_lead(text, start, end)
    if end - start == 2 and not _PEOPLE.search(text, start, end) and text[max(left, start - 2) : start] in _DONE_TO:
        start -= 2
    start = _whole_quotation(text, left, start, end)
    if "、" in text[start:end] and 0 < (grown := text.rfind("增加", start, end) - start) <= end - start - 4:
        start += grown + 2 if "、" in text[start : start + grown] else 0  # 优化结构、扩大复播增加|种植面积
    by = _BY_SOMEBODY.match(text, start, end) if text[start : start + 1] in _BY else None
    if by is not None and end - by.end() >= 2:
        start = by.end()
    doer = _DOER.match(text, start, end)
    if doer is not None:
        start = doer.end()
    if end - start < 1 or _ONE_EACH.fullmatch(text, start, end) or text[start:end].isdigit():
        return None  # 2023年底前完成40%: the year names nothing
    return Span(start, end)


def _whole_quotation(text: str, left: int, start: int, end: int) -> int:
    """Where the noun begins if none of its quotation marks is to stand alone: “三保障”和饮水安全, cut behind 保障."""
    closes = text.find("”", start, end)
    if closes < 0 or text.find("“", start, closes) >= 0:
        return start
    opens = text.rfind("“", left, start)
    return opens if opens >= 0 else closes + 1


# 带动就业, 恢复耕地: two signs that say little without what is done to them
_DONE_TO = frozenset(("带动", "惠及", "恢复", "遴选", "流转", "消除", "转移", "吸引", "拉动", "服务"))
_PEOPLE = re.compile(r"(?:居民|群众|农户|企业|学生|老人|农民|市民|村民|职工|人口|儿童)$")  # 惠及居民3000户
# 由体育总会办理教练培训, 于社区据点巡回办理义诊: by whom or where, then the verb
_BY = ("由", "于")
_BY_SOMEBODY = re.compile(
    r"[由于][\u4e00-\u9fff]{2,14}?(?:巡回|集中|统一|免费|定期)?(?:办理|举办|承办|开展|组织|实施|进行)(?![率时流环者])"
)
# 县民政局抽查比例: who does it is no part of what is measured
_DOER = re.compile(
    r"[\u4e00-\u9fff]{1,8}?(?:局|处|委|厅|办公室)(?:会同[\u4e00-\u9fff]{2,8}?[局处委厅])?(?:办理|开展|组织|负责)?"
    r"(?=[\u4e00-\u9fff]{0,6}(?:抽查|检查|巡查|查核|核查|督查|走访|抽检|监测|演练|培训|回访))"
)


def _is_act(text: str, verb: re.Match[str], start: int, end: int, words: TargetWords) -> bool:
    """True where a verb parts the doer from the thing (各村要悬挂|横幅), false within a name (新建|率, 组织|化程度)."""
    if verb.start() > start and _ASIDE.match(text, verb.start(), end):
        return False  # 城镇新增就业
    if verb[0] == "建设" and _BUILT_ON.match(text, verb.end(), end):
        return False  # 存量建设用地
    if text[verb.end() : end] == "活动" and end - verb.start() > 4 - (verb.start() == start):
        return True  # 每季度开展活动至少2次
    if text[verb.start() - 1] == "年" and verb.start() > start and text[verb.start() - 2] not in _WHICH_YEAR:
        return False  # 年消纳秸秆
    if verb.start() > start and _HOUSE_OF_ACT.fullmatch(text, verb.end(), end):
        return False  # 县级收储中心
    if words.act.fullmatch(text, verb.end(), end):
        return False  # 棚户区改造开工
    if verb[0] == "完成" and verb.start() == start and text.startswith("投资", verb.end(), end):
        return True
    if end - verb.end() < 2 or words.indicator.fullmatch(text, verb.end(), end) is not None:
        return False
    if verb.start() > start and text.startswith("示范", verb.end(), end):
        return False  # 乡村治理示范村
    return _IN_A_NAME.match(text, verb.end(), end) is None and not clauses.is_quoted(text, Span(*verb.span()), 0)


_BUILT_ON = re.compile(r"用地|标准|规模|单位|主体|水平|资金|进度|成本")
_WHICH_YEAR = frozenset("每今本当上下明去次翌全两二三四五0123456789")
_HOUSE_OF_ACT = re.compile(r"(?:中心|平台|基地|站点?|点位?|库房?|室|所|场所?|园区?|厂|馆|车辆?|机|员|队伍?|组)")
# verbs that are nouns elsewhere (党组织, 农村发展), at the very start of a clause
_OPENING_ACT = re.compile(
    r"(?:办理(?![率时流环])|落实(?![率情])|组织(?![部化员法生机架体])|放映|参加(?!人|率)|发展(?![中改规战水方])|提供|推广(?!面积|率))"
)
_IN_A_NAME = re.compile(
    r"[的率者度型式类量值]|粮(?!食|种|棉|油)|[局厅委站所](?=[应要须每在对按负])|化(?![肥工学粪妆验])|工程|项目|工作(?!简报|动态|信息|方案|人员|队|专班|台账)|活动|措施|任务|基地|示范(?![村户镇乡街社企校店点岗园区片县线带])|专项(?!资金|经费)|行动"
)
# 河长每半月巡河, 城镇新增就业: a time or a direction within a name is none of it
_ASIDE = re.compile(r"每(?:个)?(?:年度?|月份?|季度?|周|半年|半月|旬|学期|学年|天|日)|(?<!重)新增|净增")
_TIME_ASIDE = re.compile(r"每(?:个)?(?:年度?|月份?|季度?|周|半年|半月|旬|学期|学年|天|日)")
# 重点时段（5月20日至6月20日）每个网格, 在2025年9月至2026年8月期间进行: a bracket of dates or a span of time before the thing
_TIMED = re.compile(
    r"[（(][^（）()]{0,40}?\d{1,2}[月日][^（）()]{0,40}[）)]|\d{1,2}月(?:\d{1,2}日|[底末])?期间|(?:[天雨雪]|季节|高峰|节日)期间"
)


_DOES = re.compile(r"[局办站组所委队员会]$")


def without_asides(text: str, noun: Span) -> tuple[Span | str, ...]:
    """The noun without the times and directions that stand within it."""
    parts: list[Span | str] = []
    start = noun.start
    for aside in _TIME_ASIDE.finditer(text, noun.start, noun.end):
        if noun.start < aside.start() and aside.end() < noun.end:
            parts.append(Span(start, aside.start()))
            start = aside.end()
    if parts and isinstance(parts[0], Span) and noun.end - start >= 2 and _DOES.search(text, noun.start, parts[0].end):
        return Span(start, noun.end), *parts[1:]  # 督查组每天巡查: who does it is no part of what is counted
    return (*parts, Span(start, noun.end))


_MODIFIED = re.compile(r"(?P<modifier>[^，。；]*、[^，。；]*的)(?P<head>[^的、]{3,})")
_TAKES_PART = re.compile(r"(?<=[员骨师生者表部众手会业社队户民才长])(?:参加|参与|担任)(?!率)")  # 2名业务骨干参加培训
_LONG_MODIFIER = 14  # characters: a longer one with a list in it describes, it does not name


def turned(text: str, after: Span, words: TargetWords) -> tuple[Span | str, ...]:
    """What a share of a group is a share of: 村实现五星达标 → 五星达标村; 村党组织达到五星级 → 达到五星级的村党组织."""
    verb = words.share_turn.match(text, after.start, after.end)
    if verb is None or verb.end() >= after.end:
        return (after,)
    noun = Span(verb.start("noun"), verb.start("noun") + len(verb["noun"].rstrip("全部面均都")))
    if noun.length == 0:
        return (Span(verb.end(), after.end),) if verb["verb"] == "实现" else (after,)
    if verb["verb"] == "实现" and noun.length == 1:
        return Span(verb.end(), after.end), noun
    return Span(verb.start("verb"), after.end), "的", noun


# 粮食播种面积62万亩、产量28万吨
_BARE_AMOUNT = re.compile(r"(?:总|年)?(?:产量|产值|面积|规模|单产|亩产|总产|收入|产能)")
_AMOUNT_OF = re.compile(
    r"(?P<head>[\u4e00-\u9fffA-Za-z]{2,10}?)(?:播种|种植|栽培|养殖|制种|推广)?(?:总|年)?(?:面积|产量|产值|规模|收入|产能)"
)


# 全程记载、可回溯管理、重大决定法制审核全覆盖: the earlier parts have predicates of their own
_PREDICATED = re.compile(
    r"(?:全程[^、]{2,4}|可[^、]{2,6}|提质|增效|扩面|达标|提升|清零|到位|健全|完善|畅通|起底|规范化|标准化建设|见成效)、"
)


def after_predicates(text: str, noun: Span) -> Span:
    """The last part of a list whose earlier parts say something of their own."""
    cuts = [m.end() for m in _PREDICATED.finditer(text, noun.start, noun.end)]
    return Span(cuts[-1], noun.end) if cuts and noun.end - cuts[-1] >= 2 else noun


_GROWING = frozenset(("播种", "种植", "栽培", "养殖", "制种", "推广"))


def head_of_amount(text: str, amount: Span, start: int) -> Span | None:
    """粮食 of 粮食播种面积62万亩、产量28万吨: what a bare ``amount`` is of, named in the part that begins at ``start``."""
    if _BARE_AMOUNT.fullmatch(text, amount.start, amount.end) is None:
        return None
    measured = _AMOUNT_OF.match(text, start, amount.start)
    if measured is None or measured["head"] in _GROWING:
        return None
    return Span(*measured.span("head"))


def head(text: str, noun: Span) -> Span:
    """The head of a noun with a long list before it: 在A、B和C等方面优势突出的龙头机构 → 龙头机构."""
    taking_part = _TAKES_PART.search(text, noun.start, noun.end)
    if taking_part is not None and taking_part.start() - noun.start >= 2:
        return Span(noun.start, taking_part.start())
    match = _MODIFIED.fullmatch(text, noun.start, noun.end)
    if match is None or len(match["modifier"]) <= _LONG_MODIFIER:
        return noun
    return Span(*match.span("head"))


def noun_after(text: str, at: int, right: int, following: Span | None) -> Span | None:
    """The indicator after a counted number, to the end of its clause or to the next number's noun.

    A number that the things counted reach belongs to them: 80%以上的|村集体收入达到30万元以上.
    """
    lead = _AFTER_LEAD.match(text, at, right)
    start = lead.end() if lead is not None else at
    stop = _AFTER_STOP.search(text, start, right)
    end = stop.start() if stop is not None else right
    if following is not None and following.start - start <= 1 and text[following.end : following.end + 1] == "的":
        start = following.end + 1  # 一个不少于200平方米的服务中心
    elif following is not None and following.start == start and _AGED.search(text, start, following.end):
        start = following.end  # 1名35岁以下党员
    elif following is not None and start < following.start < end:
        cuts = [m.start() for m in _NEXT.finditer(text, start, following.start)]
        reaching = _REACHES.search(text, start, following.start) or _BOUND.match(text, following.start)
        last_cut = cuts[-1] if cuts else following.start
        end = following.end if reaching and not cuts else last_cut
    while end > start and text[end - 1] in "、等和与及的 　":
        end -= 1
    return Span(start, end) if end > start else None


def without_bracket(text: str, noun: Span) -> Span:
    """发电机 of 发电机（功率30千瓦以上）: what a bracket at the end only describes is no part of the name."""
    if text[noun.end - 1] not in "）)":
        return noun
    opens = max(text.rfind("（", noun.start, noun.end), text.rfind("(", noun.start, noun.end))
    return Span(noun.start, opens) if opens - noun.start >= 2 else noun


def trim_lead(text: str, start: int, end: int) -> int:
    """Where the indicator begins after the times, adverbs and link words that open a clause."""
    while start < end:
        if _PERIOD_NOUN.match(text, start, end):
            return start  # 年经营性收入
        match = _LEAD.match(text, start, end)
        if match is None or match.end() == start:
            return start
        start = match.end()
    return start


def _trim_tail(text: str, start: int, end: int, words: TargetWords) -> int:
    while True:
        match = _TAIL.search(text, max(start, end - 24), end)
        if match is None or match.start() >= end:
            break
        if match.start() <= start:
            return start
        end = match.start()
    verb = words.hold_end.search(text, max(start, end - 8), end)
    if verb is not None and verb.start() > start and not words.indicator.search(text, verb.start(), end):
        trimmed = _trim_tail(text, start, verb.start(), words)
        if trimmed - start >= 2:
            return trimmed
    return end
