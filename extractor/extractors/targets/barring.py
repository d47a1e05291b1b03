"""What is never a target (排除): names, ranks, lists, facts and the past, prizes and penalties, points, conditions, thresholds."""

from __future__ import annotations

import re

from extractor.extractors.targets.place import Place, bound_stands_before
from extractor.patterns import searched

_SCORE = re.compile(r"满意|安全感|指数|信用|测评|评价|考试|成绩")
_TIMES_SIGN = re.compile(r"[×xX*]")
_WEIGHT = re.compile(
    r"权重|总分|分值|满分|百分制|(?:考核|考评|评分|测评|评议|评价|得分|成绩|笔试|面试|复核|核查|自评|抽查|检查|评审|打分|述职)(?:分数|结果|成绩|得分|情况)?(?:各|约)?占(?:比)?$|按照?[^，。；]{0,10}(?:价格?|金?额|投入|费用|比例|标准)的?\s?$"
)
_INCLUSIVE = re.compile(r"\s?[（(]不?含")  # 1000万元（含）至5000万元（不含）: a band
_BANDED = re.compile(r"[）)](?:至|到|-|—|~)\s?$")
# 被评为先进的，奖励…   累计三次的，取消资格
_CONSEQUENCE = re.compile(
    r"(?:的|者)[，,][^。；]{0,30}(?:取消|扣|罚|追究|问责|约谈|通报|不得评|一票否决|警告|免职|奖|给予|补助)"
)
# 积水深度超过27厘米时，应当封闭道路    每出现一处扣2分
_WHEN = re.compile(
    r"时(?:[，,]|启动|立即|应|须|要|停止|由|及时|可|即)|扣(?:减|除)?\d|的(?:再|另)(?:行|外)?(?:奖|补|给予)"
)
_TAKEN_OFF = re.compile(r"(?:扣减?|减|加|奖)\s?$")
# 合格率低于90%的镇要…    核减超过5%的村…: who is meant
_RATE_OF_POLICY = re.compile(r"的(?:优惠)?(?:政策|税率|费率|利率)")  # 费率1%的政策延续执行
_WHO_FALLS = re.compile(
    r"的(?:[省市县区镇乡村校]|街道|乡镇|单位|部门|企业|项目|社区|地区|地方|学校|机构|农户|大户|主体)"
)
_FALLS_SHORT = re.compile(r"(?:达不到|未达到?|没有达到|没达到|不足|不到)\s?$")  # 成活率达不到85%的
_CONDITION = re.compile(r"的\s?$|^(?:对|凡|若|如|因|当)(?![地前前接各全])")
_PAST_OPENING = searched(
    r"""
      现有(?<![在对将把托用合挖实表体出呈展涌]现有)(?=[^，。；]{0,16}\d)
    | 近[一二三四五六七八九十两几\d]年来? | 过去[一二三四五六七八九十两几\d]年
    | <一|二|三|四|五|两|几>年来
    | <辖区|境|区域|县|镇>内(?:现|共)?有
    | <位于|地处>(?=[^，。；]{0,12}[部经纬郊界境])
    | 辖区(?:总)?(?:面积|人口)
    | <我|全|本|该>[县市区镇乡](?:现)?辖(?!区)
    | 近年来 | 截[至止]目前 | 目前
    | 上一(?:财政)?年度(?<![比较同于]上一年度)(?<![比较同于]上一财政年度)
    | 去年(?<![比较同]去年) | 上年(?<![比较同]上年)
    | 以来 | 据统计 | 经统计 | 经摸底 | 经排查 | 共有 | 下辖
    """
)
_DONE = re.compile(r"了(?<![为除极罢]了)(?![解望结如])|先后|的共\s?$")  # 推出了16条措施
_AHEAD = re.compile(r"力争|确保|争取|要|到20\d\d年|年底")
# 全年完成投资3.2亿元，同比增长8%: statistics; 火灾起数同比下降10% alone may be wanted
_STATISTIC = re.compile(
    r"(?:完成|实现|达|为|收入|产值|投资|总额)[^，。；]{0,16}\d[\d.]*(?!%)[^，。；\d]{1,8}，(?:同比|环比|较上年同期|比上年同期)"
)
_WANTED = re.compile(r"以上|以内|左右|不低于|不少于|不超过")
_LIFE = re.compile(r"寿命")  # 人均预期寿命达到79岁
_AGE = re.compile(r"年龄(?:一般|原则上|均)?$")
_APPLYING = re.compile(r"报名|报考|招聘|招录|应聘|申请|申报|参评|推荐|选聘|聘用|招募|享受|补贴")
_MUST_HAVE = re.compile(r"(?:[应须要]|应当|必须|需要?)(?:有|具有|具备|拥有)$")  # 应有5万元以上的开办资金
_FUNDS = re.compile(r"的?[\u4e00-\u9fff]{0,4}(?:资金|经费|资产|基金|财产|资本)")
_LIVESTOCK = frozenset("头只羽匹")
_PRICE = re.compile(r"(?:收费标准|票价|单价|售价|租金|房价)(?:定?为|是|：)[^，。；\d]{0,8}$")
_YEAR = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)年")
_TELLS_WHEN = frozenset(" 　\t\n，,、；;：:（(到至于截年和及。")  # 补种2024年秋季漏种疫苗: the year names what is done
_MEASURED_BY = re.compile(r"(?:同期|底|末)?(?:水平|规模|总量)?的[\d一二两三]")  # 达到去年的1.5倍，业务量达到…
_COMPARING = frozenset("由从")
_BEFORE_ITS_END = re.compile(r"(?:\d{1,2}月)?(?:\d{1,2}日)?[底末]?[之以]?前")  # 在2024年底前清零
_OF_THAT_YEAR = re.compile(r"(?:[底末]|同期)?(?:水平)?的")
_OWNED = re.compile(r"[^标到]的\s?$")  # 危险区内的186户
_BRINGS_ABOUT = re.compile(r"增加|新增|增[设配]|减少|压减")
_ROUGHLY = re.compile(r"约|大约|大概|近|将近")
_GRANTED = re.compile(r"(?:补贴|补助|资助|奖励|奖补)\s?$")
# 居民医保人均财政补助标准提高30元, 达到580元: what the public purse gives for each is to rise, nobody is rewarded
_PER_HEAD = re.compile(r"人均[^，。；\d]{0,12}补助[^，。；\d]{0,6}(?:提高|增加|达到?|不低于)(?:到|至)?\s?$")
_WON = re.compile(r"争取(?:到|到位)?[^，。；]{0,12}(?:资金|经费|补助|贴息|债券)[^，。；]{0,4}$|向上争资")
# 优秀单位不超过参评单位的20%: how many of them are praised at the most
_BEST = re.compile(r"优秀(?:等次|等级|档次|单位|名额|比例|个人|人员|集体|乡镇|[村镇])")
# 对供稿积极的单位，赠送图书2册: what they are thanked with
_GIFT = re.compile(
    r"对[^，。；]{2,30}的(?:单位|个人|集体|部门|企业|作者|农户|家庭|[村镇乡])，[^，。；]{0,6}赠[^，。；\d]{0,10}$|(?:的|者)，[^，。；]{0,4}奖[^，。；励补\d]{1,8}$"
)
_AIDED = frozenset(("补助", "资助"))  # 补助200户: so many are to be helped
_NEW = re.compile(r"新增|净增|新增加")
# 具有2000万元以上资产
# 该镇距县城25公里   学校周边100米   落后10%以上的   须有三分之二以上成员出席方可举行   由3名副县长任副组长
_DISTANCE = re.compile(r"(?<![间株行车轴净])距离?[^，。；不小大低超]{1,8}$")
_AROUND = re.compile(r"(?:周边|周围|四周|方圆)$")
_OCCUPIED = re.compile(r"占地(?:面积)?$")  # 工程占地12.8亩
_ROUND_SIZES = frozenset(("百亩", "千亩", "万亩", "十万亩"))
_SIZED = re.compile(r"(?:连片|以上|级)?[\u4e00-\u9fff]{0,6}(?:片|区|园|基地|方|带|田|示范点)")
_COPIES = re.compile(r"一式$")
_ESTIMATED = re.compile(r"(?:概算|估算|匡算)(?:总)?(?:投资|费用|造价|金额)?(?:约|为)?$")
_ABOVE = re.compile(r"(?:以上|累计|总计)$")  # 一支以上不少于15人的队伍
_GRADED = re.compile(r"[省市县区镇乡村家]级以上$")  # 赛事20项，其中省级以上3项
_LAGGING = re.compile(r"(?:落后|滞后|偏离)(?:达到?|超过)?$")
_QUORUM = re.compile(r"[^，。；]{0,24}?(?:方可|方能|始得|出席)")
_OFFICE_HOLDERS = re.compile(r"[^，。；、]{1,10}?(?:担?任|为)(?:副|第一)?(?:组长|主任|总?指挥长?|召集人|成员)")
_HAVING = re.compile(r"(?:具有|具备|拥有|从事|满|年满|未满|满足|符合|凡|对|属于|涉及)$")
_IN = re.compile(r"在$")
# 在2个街道落地, 在5个村推广积分制
_SPREAD = re.compile(r"(?P<thing>(?!的)[^，。；、\n的]{1,6}?)(?:率先|先行|同步|全面)*(?:落地|推广|推开|铺开)")
_BUILT = re.compile(r"(?:创建|建设|建成|打造|新建|修建|硬化|配备|安装|配置)$")  # 每个村创建一条示范街
_SINGLE_ACTS = ("次", "批", "项", "条", "件", "篇", "套")


def is_barred(place: Place, year: int | None) -> bool:
    """True where the number is no target whatever else is said. ``year`` is the plan's own."""
    return (
        _is_base(place)
        or _is_past(place, year)
        or _is_prize(place)
        or _is_conditional(place)
        or _is_weight(place)
        or _is_dimension(place)
        or _is_position(place)
        or _is_list_count(place)
        or _is_rhetorical_one(place)
        or _is_circumstance(place)
    )


_DIVIDES = re.compile(r"[其当]中(?!的)")
_WHERE = re.compile(r"来自|位于|属于|用于|分布|安排")


def is_threshold(place: Place, *, goes_on: bool) -> bool:
    """True for a bound that only says which things are counted: 年收入百万元以上的强村, 35周岁以下, 20马力以下的拖拉机.

    ``goes_on`` is true for a further member of a list of targets.
    """
    quantity = place.quantity
    if quantity.unit in ("岁", "周岁"):
        return not _is_age_wanted(place)
    if quantity.unit in _LIVESTOCK and quantity.operator != "=" and place.text[place.end : place.end + 1] == "的":
        return True  # 存栏500头以上的规模养殖场
    if (
        quantity.unit == "户"
        and place.bound_before
        and not place.provided
        and place.text[place.end : place.end + 1] == "的"
    ):
        return True  # 超过600户的大厦
    if quantity.kind not in ("money", "measure") and quantity.unit != "人":
        return False
    if _DIVIDES.match(place.text, place.clause.left) and _WHERE.match(place.text, place.end):
        return False  # 其中不少于30亩位于城区
    if place.closed:
        return not bound_stands_before(quantity) and place.ends(_HAVING, 6) is not None
    acts = place.provided or goes_on
    if quantity.unit == "人" and place.bound_before and quantity.operator == ">=":
        return False  # 一支不少于30人的队伍
    if quantity.operator == ">=" and must_have(place):
        return False
    if acts and quantity.kind != "money":
        return False
    return quantity.operator != "=" or not acts or place.text[place.end : place.end + 1] == "的"


def must_have(place: Place) -> bool:
    """应有5万元以上的开办资金: money that somebody must have, not that says who is meant."""
    return place.ends(_MUST_HAVE, 12) is not None and _FUNDS.match(place.text, place.end) is not None


def _is_age_wanted(place: Place) -> bool:
    """人均预期寿命达到79岁; 理事长年龄一般不超过70周岁, where nobody applies for anything."""
    text, sentence = place.text, place.clause.sentence
    if _LIFE.search(text, place.clause.left, place.start):
        return True
    if not (place.bound_before and place.closed and place.ends(_AGE, 12)):
        return False
    return _APPLYING.search(text, sentence.start, sentence.end) is None


def _is_base(place: Place) -> bool:
    """每300人配备1名: the 300; 前三名; 第3位."""
    if place.text[place.start - 1 : place.start] == "每":
        return True
    if place.bound_before and place.quantity.kind == "percent":
        return False  # 完工前不突破80%
    return place.ends(place.words.rank_end, 4) is not None


def _is_past(place: Place, year: int | None) -> bool:
    """A word of the past in the number's own clause, one that opens the sentence and holds on, or an earlier year."""
    text, sentence = place.text, place.clause.sentence
    told = place.clause.left, place.start
    if place.words.fact_word.search(text, *told) and any(
        not _is_compared(place, fact) for fact in place.words.fact.finditer(text, *told)
    ):
        return True
    if _DONE.search(text, place.clause.left, place.start) or _is_description(place):
        return True
    edges = sentence.start, sentence.end
    compared = text.find("比", *edges) >= 0 or text.find("较", *edges) >= 0
    if (
        compared
        and _STATISTIC.search(text, *edges)
        and not (_AHEAD.search(text, *edges) or _WANTED.search(text, *edges))
    ):
        return True
    opening = min(place.start, sentence.start + 24)
    past = _PAST_OPENING.search(text, sentence.start, opening)
    if past is not None and not (
        _is_compared(place, past)
        or _MEASURED_BY.match(text, past.end()) is not None
        or text[past.start() - 1] in _COMPARING  # 由目前的18%提升至25%，占比超过90%
        or _AHEAD.search(text, sentence.start, place.start)
    ):
        return True
    if year is None or text.find("年", sentence.start, place.start) < 0:
        return False
    years = [
        int(found["year"])
        for found in _YEAR.finditer(text, sentence.start, place.start)
        if (
            found.start() == sentence.start
            or text[found.start() - 1] in _TELLS_WHEN
            or (text[found.start() - 1] == "在" and _BEFORE_ITS_END.match(text, found.end()))
        )
        and not _is_compared(place, found)
    ]
    return bool(years) and max(years) < year


def _is_compared(place: Place, past: re.Match[str]) -> bool:
    """True for a word of the past that only says what the number is compared with: 由去年的86%, 2020年的1.8倍."""
    base = place.baseline
    if base is not None and base.start - 1 <= past.start() and past.end() <= base.end + 2:
        return True
    multiple = place.quantity.kind == "multiple"
    return multiple and _OF_THAT_YEAR.fullmatch(place.text, past.end(), place.start) is not None


def _is_description(place: Place) -> bool:
    """总规划面积约60平方公里: an estimate that nobody is told to bring about."""
    roughly = _ROUGHLY.match(place.text, place.start, place.end) is not None
    if not roughly or not place.closed or place.reached or place.provided or place.opening_verb:
        return False
    return _BRINGS_ABOUT.search(place.text, place.left, place.start) is None or place.quantity.kind == "money"


def _is_prize(place: Place) -> bool:
    """Prizes, penalties, points and grants (奖补)."""
    text, clause, quantity = place.text, place.clause, place.quantity
    edges = clause.left, clause.right
    if (
        quantity.operator == "<="
        and "优秀" in text[clause.left : place.start]
        and _BEST.search(text, clause.left, place.start)
    ):
        return True
    named = bool(place.words.prize_word.search(text, *edges) and place.words.prize.search(text, *edges))
    if quantity.unit == "分":
        if place.ends(_TAKEN_OFF, 4) is not None:
            return True
        return named or _SCORE.search(text, clause.left, clause.right) is None
    if _WON.search(text, clause.left, place.start) is not None:
        return False  # 争取上级补助资金2000万元
    if quantity.kind == "money" and "均" in text[clause.left : place.start] and place.ends(_PER_HEAD) is not None:
        return False
    granted = place.ends(_GRANTED)
    if ("赠" in text[clause.left : place.start] or "奖" in text[clause.left : place.start]) and _GIFT.search(
        text, clause.sentence.start, place.start
    ):
        return True
    if named or (granted is not None and (quantity.kind == "money" or granted[0] not in _AIDED)):
        return True
    if quantity.kind != "money":
        return False
    return (
        _INCLUSIVE.match(text, place.end) is not None
        or place.ends(_BANDED) is not None
        or place.ends(_PRICE) is not None
        or place.words.given.search(text, clause.left, clause.right) is not None
        or place.words.prize.search(text, clause.sentence.start, place.end) is not None
    )


def _is_conditional(place: Place) -> bool:
    """达到5家以上的，给予…: the number says when, not what."""
    text, clause = place.text, place.clause
    if place.quantity.kind in ("full", "zero"):
        return False
    if place.ends(_FALLS_SHORT, 8) is not None:
        return True
    if _CONSEQUENCE.match(text, clause.right - 1, clause.sentence.end) or _WHEN.match(text, place.end):
        return True
    if place.quantity.kind == "percent" and _RATE_OF_POLICY.match(text, place.end):
        return True
    if place.quantity.kind == "time" and place.quantity.operator == ">" and text[place.end : place.end + 1] == "的":
        return not place.provided  # 停更超过三个月的账号应当注销
    if place.quantity.operator in ("<", ">") and place.quantity.kind == "percent" and _WHO_FALLS.match(text, place.end):
        return True
    ends = text[clause.right - 1 : clause.right] == "的"
    return ends and _CONDITION.search(text[clause.left : clause.right]) is not None and not place.reached


def _is_dimension(place: Place) -> bool:
    """株行距3米×4米: the two sides of one size."""
    text = place.text
    near = text[max(place.left, place.start - 2) : place.start] + text[place.end : place.end + 2]
    return _TIMES_SIGN.search(near) is not None


def _is_weight(place: Place) -> bool:
    return (
        place.quantity.kind in ("percent", "fraction")
        and _WEIGHT.search(place.text, place.clause.left, place.start) is not None
    )


def spread(place: Place) -> re.Match[str] | None:
    """街道 of 在2个街道落地: in how many of which something new is to be."""
    if place.quantity.kind != "count" or place.quantity.operator != "=" or place.ends(_IN, 2) is None:
        return None
    return _SPREAD.match(place.text, place.end)


def _is_position(place: Place) -> bool:
    """在12个乡镇, 以下四项, 等6类: the count places something, it asks for nothing."""
    return bool(
        place.quantity.kind in ("count", "number", "measure")
        and not place.reached
        and place.ends(_NEW, 3) is None
        and (
            (
                place.ends(place.words.position_end) is not None
                and not (place.bound_before and place.ends(_ABOVE))
                and not (place.closed and place.ends(_GRADED, 5))
                and not _is_level(place)
                and spread(place) is None
            )
            or (place.quantity.operator == "=" and place.ends(_OWNED))
        )
    )


def _is_level(place: Place) -> bool:
    """满意度须在90分以上: a bound behind the number, and what it is a level of before."""
    bounded = place.quantity.operator in (">=", "<=") and not place.bound_before
    return bounded and place.closed and place.ends(_IN) is not None and place.noun is not None and place.noun.length > 2


def _is_list_count(place: Place) -> bool:
    """三个方面, 四项行动: the length of a list that the text goes through; 千亩示范片: a name."""
    quantity = place.quantity
    if quantity.kind == "measure" and not place.reached and quantity.numeral.of(place.text) in _ROUND_SIZES:
        return _SIZED.match(place.text, place.end, place.clause.right) is not None
    if quantity.kind != "count" or place.reached:
        return False
    if place.words.list_start.match(place.text, place.end, place.clause.right):
        return True
    named = place.words.work_start.match(place.text, place.end, place.clause.right) is not None
    again = _is_doubled(place) if place.is_chinese else False
    return place.is_chinese and quantity.operator == "=" and (named or again)


def _is_doubled(place: Place) -> bool:
    """一户一户落实: the numeral with its unit, said twice, counts nothing."""
    text, length = place.text, place.end - place.start
    said = text[place.start : place.end]
    return text.startswith(said, place.end) or text.startswith(said, place.start - length)


def _is_circumstance(place: Place) -> bool:
    """How far a place is, how far behind a laggard, how many must be present, how many sit in a group, what is estimated."""
    text, kind = place.text, place.quantity.kind
    if kind == "measure":
        if text[place.end : place.end + 1] == "级":
            return True  # 5万吨级泊位: a class of things
        if place.quantity.unit in ("米", "公里") and place.ends(_AROUND, 2) is not None:
            return True
        return place.ends(_DISTANCE) is not None or (
            place.quantity.operator == "=" and place.ends(_OCCUPIED) is not None
        )
    if kind == "money":
        return place.ends(_ESTIMATED) is not None
    if kind in ("percent", "fraction"):
        quorum = kind == "fraction" and _QUORUM.match(text, place.end, place.clause.right) is not None
        return quorum or place.ends(_LAGGING) is not None
    if kind == "count" and place.ends(_COPIES) is not None:
        return True  # 材料一式三份
    return kind == "count" and _OFFICE_HOLDERS.match(text, place.end, place.clause.right) is not None


def _is_rhetorical_one(place: Place) -> bool:
    """打造一支队伍, 每月召开一次: no number is meant; 每村配备一名 is one."""
    quantity = place.quantity
    if not (place.is_chinese and quantity.operator == "=" and quantity.number == 1):
        return False
    if quantity.kind not in ("count", "time"):
        return False
    noun = place.noun
    if place.closed and place.opening_verb and noun is not None and quantity.unit not in _SINGLE_ACTS:
        named = noun.length >= 3 and place.words.provide_start.match(place.text, noun.start) is None
        return not named  # 新建污水处理站一座, but 发现一处，清理一处
    return place.each is None or (quantity.unit in _SINGLE_ACTS and place.ends(_BUILT, 4) is None)
