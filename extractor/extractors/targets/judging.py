"""Whether a number is a target, and what it counts (判断).

First what is never one (:mod:`extractor.extractors.targets.barring`), then what makes it one: a level that is reached
(达到50%以上), a thing that is provided (打造6个产业示范点), a share of a group (70%以上村实现…), a count at the end of its
noun (创新平台5个以上), a length of time that must last or is pressed (压缩至3周以内), a word without digits (全覆盖).
"""

from __future__ import annotations

import re

from extractor.extractors import told
from extractor.extractors.targets import barring, clauses, phrases, respectively
from extractor.extractors.targets.clauses import Clause
from extractor.extractors.targets.place import Place, is_closed
from extractor.extractors.targets.reading import Reading
from extractor.extractors.targets.words import TargetWords
from extractor.model import Operator, Span
from extractor.numerals import Quantity
from extractor.records import replace

# 至少与1家企业, 不超过总投入30%: the bound stands a few words before the number
_GAP = re.compile(
    r"(?P<word>至少|最少|不少于|不得少于|不低于|不得低于|不能低于|不超过|不得超过|不高于|不得高于)[^，,。；;：:\d、]{0,14}$"
)
_GAP_OPERATOR: dict[str, Operator] = {"不超过": "<=", "不得超过": "<=", "不高于": "<=", "不得高于": "<="}
_PARTS = re.compile(r"、|以及|[和与及或](?![作谐平美])")
_AND = re.compile(r"[和与及]")
# 全覆盖开展…   清零。   not 全覆盖产业链
_QUOTE_OPENS = re.compile(r"[“\"](?:动态|全面)?$")  # “零发生”, “动态清零”
_WORD_ENDS = re.compile(
    r"""
    [”"]? (?: $ | [，,。；;、）)] | 目标 ) | 并 | 且 | 和
    | 开展|推进|实施|检查|排查|推行|组织|摸排|走访|落实|建立|监管|巡查|培训|轮训|宣传|管理|配备|监测|覆盖|核查|入户|起底|整治
    """,
    re.VERBOSE,
)
_DATE_BEHIND = re.compile(r"[在于至到]?\d{1,4}$")  # 隐患在2024|年底前全部清零
_AIM = re.compile(r"[”\"]?目标")  # 实现“零火点”目标
_WORD_IN_NAME = re.compile(r"[”\"]?(?:行动|攻坚|专项|工程|计划|活动|战役|机制|制度|方案|台账|清单)")
_ALREADY = re.compile(r"已(?:经|实现)?$")
_HANDS = frozenset("把将")
# 把播种面积6万亩|（任务）分解落实到乡镇, never 落实到位
_DEALT = r"(?:任务|指标|目标|计划)?(?:层层|逐级|逐项|逐一|全部|及时|全面|科学|合理)*(?:分解|下达|细化|量化|落实|分配)+[到至给](?!位)"
_DEALT_OUT = re.compile(_DEALT)
_DEALT_THING = re.compile(rf"的?(?P<thing>[^，。；：\d]{{2,24}}?){_DEALT}")
_MOSTLY = re.compile(r"基本(?:$|上$|(?:实现|达到|做到|完成)[^，。；]*$)")
_WORK = re.compile(r"开展|推进|实施|进行|落实")
_PRESSED = re.compile(
    r"(?:压缩|缩短|压减|减少|缩减|降低|控制|提速|精简|限定)(?:办理|审批|审核)?[^，。；]{0,12}?(?:到|至|在|为)?\s?$"
)
# 记录应保存3年   从发现风险到落实措施不超过30天
_KEPT = re.compile(r"(?:保存|保管|留存|保留|公示|公告|存档|备存)(?:期限?|时间|时长)?(?:为|应|应当)?\s?$")
_FROM_TO = re.compile(r"从[^，。；]{2,}到[^，。；]{2,}$")
_NOT_MORE = re.compile(r"不(?:得|能|可|应|宜)?(?:超过|多于|超出)|最[长多]不(?:得)?超过")
_COUNTED_FROM = re.compile(r"之?日起|后|收到|接到")
_HOURS = ("天", "日", "小时", "分钟", "个小时")
_EACH_TIME = re.compile(r"每(?:周|星期|天|日|月|年|季度|学期|学年)")
_ACT_OF_TIME = re.compile(r"[^，。；、\d]{2,12}(?<![内前后])")  # 每周开展课后服务5天, 每月接访1天
_TIME_FOR = re.compile(
    r"的?(?P<thing>[\u4e00-\u9fff]{0,8}?(?:活动|锻炼|学习|培训|休息|睡眠|阅读|劳动|值班)(?:时间|时长))"
)
_LESSONS = ("学时", "课时", "个学时", "个课时", "学分")
_DONE_SHARE = re.compile(r"(?:完成|消除|化解|清理|整治|处置)(?:了)?(?:[^，。；、]{1,12})?$")
_TOTAL = re.compile(r"(?P<total>[^，。；]{0,12}(?:总数|总人数|人数|总量|总额|数量|户数|编制数))的?")
_REACHES_TOTAL = re.compile(
    r"(?:达到?|占到?)(?P<total>[^，。；\d]{2,14}(?:总数|总人数|总户数|总量|总额))的?\s?$"
    r"|占到?(?P<total_of>[^，。；\d]{2,14})的\s?$"  # 防治面积占播种面积的90%以上
)
_COVERS = re.compile(r"(?:覆盖|惠及|普及到)(?:[全我本][省市县区镇乡村])?$")
_SIZES = frozenset("深宽高长厚")
_AT_A_RATE = re.compile(
    r"的比例(?:随机|开展|进行|组织|予以|实施)?(?P<act>(?P<checked>抽|检|查|测|核|评|配备|安排|选派)?[^，,。；;、]{1,8})"
)
_AT = re.compile(r"按照?$")  # 按10%的比例抽查
# 安排不低于800万元的专项资金, 落实每村10万元的整治经费: money set aside, not a size of what is counted
_SET_ASIDE = re.compile(
    r"(?:安排|落实|投入|筹集|设立|拿出|列支|统筹|整合|争取|配套|保障|预算|拨付)(?:每[^，。；\d]{1,4})?$|(?:设立|组建)[^，。；\d]{0,4}规模$"
)
_FUND = re.compile(r"的?(?P<fund>[\u4e00-\u9fff]{0,10}?(?:资金|经费|基金|预算))")  # 按不低于30%的比例抽查
_WHOLE_REGION = re.compile(r"[全各][镇县市区村乡省]")
_PREDICATE = re.compile(r"的?[^，。；]{0,10}?(?:达到|建成|成为|创建成|通过|实现)")
# 首批100个示范社区全面建成: what is to become of the things that are counted, at the end of the clause
_DONE_WITH = re.compile(
    r"(?P<thing>[^，。；]{2,24}?)(?:全面|全部|如期|按期|陆续|相继|正式|顺利|基本|整体){0,2}"
    r"(?:建成(?:并?投[入产用运][^，。；]{0,4})?|投入(?:使用|运营|运行|生产)|开工建设|开通运[营行]|挂牌运[营行]|落地见效|竣工(?:投产|投用|验收)|交付使用)$"
)
_DIVIDED = re.compile(r"(?:划分|细分|分设|划定)[为成]$")  # 全村划分为6个网格
_DIVISIONS = re.compile(r"[\u4e00-\u9fff]{0,6}(?:网格|片区|责任区|小组|单元|区块)")
_DONE_ENDS = frozenset("成用营行产设效收运")
_HAVING = re.compile(r"(?:有|其中)$")
_PARTNER = re.compile(r"[与和同]$")
_RATE_OF_PART = re.compile(
    r"(?P<rate>[^，。；、]{2,16}?(?:率|比例|占比|比重|覆盖面|满意度))(?P<part>[\u4e00-\u9fff]{2,8})(?<![均达到为在])"
)
_SAME_AGAIN = frozenset(("", "、", "共", "共计", "合计", "计", "，共", "，共计", "，合计", "，计", "、共"))
_BY_RULE = re.compile(
    r"的(?:标准|比例|要求|密度|规模)，?(?:足额|按时|统一|全额|及时|逐年)?(?P<funded>配套|列支|核拨|划拨|保障)?"
)
_PER = re.compile(r"每[人户村亩镇校班生](?:每[年月日天])?$")
_SPENT_ON = re.compile(r"(?:专项)?(?:资金|经费)?，?(?:专项)?用于(?P<what>[^，。；、的]{2,14})")
_AGREED = re.compile(r"[^，。；]{0,24}?(?:签订|签约|签署|合作|交流|建立|达成|对接|结对|实现)")
# 完成集镇周边约80亩撂荒地整治工作: the work done on them stands behind, where they are before the number
_FINISHES = re.compile(r"(?:完成|实施|推进|启动)(?:好|了)?[^，。；：\d]{2,40}(?<!年[产处加])$")
_WORKED_ON = re.compile(
    r"[\u4e00-\u9fff]{0,12}?(?:整治|改造|治理|建设|修复|复垦|复耕|清[理运淤]|种植|播种|绿化|拆除|安装|搬迁|维修|加固|提升|更新|硬化|亮化)"
    r"(?:工作|任务|工程|项目)?(?=[，。；、和及]|$)"
    r"|[\u4e00-\u9fff、]{2,16}?(?<![大类批])(?:项目|工程)(?=[，。；]|$)"  # 推进全区90个新建、续建项目
)
_LISTED = re.compile(r"[、”]")
_AND_TOO = re.compile(r"[和与及]$")  # 提交总结报告和2个以上典型案例
_TIMES_COUNTED = re.compile(r"[人架场车班台]次$")  # 年飞行架次突破60万: the name of what is counted is its unit
_MANY = 1000
_PLACE_COUNT = re.compile(r"(?:全|我|本|该)(?:县|市|区|镇|乡|村|省|州|街道|校|国|域)(?:内|共)?$")
_NAMES = re.compile(r"[\u4e00-\u9fffA-Za-z“《‘\"「]")
# 8个行政村、2个示范村
_GOING_ON = re.compile(r"(?:[（(][^（）()]{1,24}[）)])?[、，,和与及或并]{1,2}(?:以及)?\s?(?:配|设|建|另)?")
# names of shares that say nothing without what they are a share of
_SHARE_OF_SOMETHING = re.compile(
    r"(?:覆盖|普及|合格|达标|使用|利用|知晓|参与|参加|签订|签约|建档|到位|录入|投放|响应|回访|完好|配备|发放|上墙|持证|安装|入户|送达|优秀|满意)率|覆盖面|占比|比例|比重|满意度|知晓度"
)
# 建设阅览室，面积不小于60平方米
_LABEL_BRACKET = re.compile(r"[（(][^（）()]{2,12}[）)][，,、；;]")
_TIME_ALONE = re.compile(r"[^，。；、每]{0,12}(?:年|月|[底末]|[年月底末日]之?前|季度|半年)")
_LABEL_GOES_ON = re.compile(r"\s?(?:[（(][^（）()]{2,12}[）)])?[，,、；;]\s?")  # 45%（2024年）、50%（2025年）
_GROUPS = (
    r"(?:小学|初中|高中|中学|幼儿园|城区|城市|城镇|县城|农村|乡村|乡镇|山区|平原|丘陵|[一二三四五六]至[一二三四五六]年级"
    r"|[省市县乡镇村]级|男性|女性|成年人|未成年人)(?:学?生|居民)?"
)
_GROUP, _GROUP_END = re.compile(_GROUPS), re.compile(_GROUPS + "$")
_SIZE = re.compile(
    r"(?:总|使用|建筑|占地|室内)?面积|总?(?:长度|宽度|高度|深度|里程)|(?:年|月)?[发投]放总额|开放时间|开放时长"
)
_WHOLE = re.compile(r"(?:实现)?全[域网面]?覆盖")
_GRADE = re.compile(r"(?:国家|省部|[省市县区镇村州])级(?:以上)?")  # 国家级示范社10家、省级30家
_STAGE = re.compile(r"年终|年末|年底|期末|当年|最终|一次性|首次|二次|巩固期")
_STAGED = re.compile(r"(?P<head>.{2,}?)(?:初次|首次|年初|年中|期初|年终|一次性|二次)(?P<rate>.{2,}率)")
_BARE_LEVEL = re.compile(
    r"(?:^(?:20\d\d年|\d\d?月|第?[一二三四]季度|[上下]半年)?|[前内底]|[由从]\d[\d.]*%)(?:力争|确保|全面|累计|要|应)?(?P<verb>完成|达到|提高|提升|增加|降低|下降|压减)(?:到|至)?$"
)
_MOST_OF_QUOTE = 4.2  # a quote that reaches back further than this many times its own clause is cut to the clause
_HEDGE = re.compile(r"(?:原则上|一般|平均|应当?|要|须)+")
_MORE_OF_IT = re.compile(r"(?:今年|还要?|还需|要|再|计划)+(?:新?建|新?增|增加|完成|改造|培训|发展|整治|栽植)")
_BARE_ACT = re.compile(
    r"(?:完成|实施|推进)?(?:实施|完成|建设|改造|新建|推进|建成|开工|清理|整治|修复|栽植|配备|安装|发放)"
)
_SAME_REACH = 60  # characters within which a number may lean on the noun of the one before it
_SOME = re.compile(r"\d\d周?岁(?:及?以[上下])?|女性|男性|女|男|党员|妇女|少数民族|农村|城镇|[省市县区乡镇村]级以?上?")
_OF_WHICH = re.compile(r"[其当]中")
_SUM_GOES_ON = re.compile(r"[^，。；\d]{0,24}[，（]")  # 安排2亿元|用于村容整治，|其中


class Judge:
    """Reads the quantities of one stretch of match text in their order; remembers what a list or a bracket goes on from."""

    def __init__(self, text: str, span: Span, words: TargetWords, year: int | None, *, account: bool = False) -> None:
        """``year`` is the plan's own: a number of an earlier year is a fact; so are most of an ``account``."""
        self._text, self._floor, self._ceiling, self._words = text, span.start, span.end, words
        self._year, self._account = year, account
        self._quantities: list[Quantity] = []
        self._made: list[Reading] = []

    @property
    def _last(self) -> Reading | None:
        return self._made[-1] if self._made else None

    def read(self, quantities: list[Quantity]) -> list[Reading]:
        """The targets among ``quantities``, in order."""
        self._quantities, self._made = quantities, []
        index = 0
        while index < len(quantities):
            made = self._at(index)
            self._made += made
            index += max(1, len({reading.quantity.numeral for reading in made}))
        return self._made

    def _at(self, index: int) -> list[Reading]:
        quantity = self._quantities[index]
        if quantity.kind == "ordinal" or (quantity.unit is None and self._is_bare_sign(quantity)):
            return []
        if clauses.is_quoted(self._text, quantity.span, self._floor) and not self._is_whole_quotation(quantity):
            return []
        clause = clauses.clause(self._text, quantity.span, self._floor, self._ceiling)
        if self._account and not told.looks_ahead(self._text, clause.sentence):
            return []
        shared = respectively.readings(
            self._text, self._quantities, index, clause, self._words, self._noun_of_clause_before
        )
        if shared:
            return shared
        place = self._place(index, clause)
        handed = self._handed_out(place) if self._text[clause.left] in _HANDS else None
        if handed is not None:
            return [handed]
        if barring.is_barred(place, self._year):
            return []
        if place.quantity.kind == "percent":
            alike = respectively.alike(self._text, place.quantity, place.left, self._words)
            if alike:
                return alike
        reading = self._read(place)
        return [] if reading is None else [reading]

    def _is_bare_sign(self, quantity: Quantity) -> bool:
        """True for 三 alone: only digits can stand for an index without a unit."""
        return quantity.kind == "number" and not self._text[quantity.numeral.start].isdigit()

    def _is_whole_quotation(self, quantity: Quantity) -> bool:
        """True for a word in quotation marks of its own: “零发生”."""
        if quantity.kind not in ("full", "zero") or self._text[quantity.span.end : quantity.span.end + 1] not in '”"':
            return False
        return _QUOTE_OPENS.search(self._text, max(0, quantity.span.start - 3), quantity.span.start) is not None

    def _read(self, place: Place) -> Reading | None:
        kind = place.quantity.kind
        if kind in ("full", "zero"):
            return self._word(place)
        if place.moves_on:
            return None
        if kind == "time":
            return self._time(place)
        if kind == "number" and place.quantity.unit is None:
            return self._index(place)
        if kind in ("percent", "fraction"):
            return self._share(place)
        if kind == "multiple":
            return self._multiple(place)
        set_aside = place.bound_before or place.ends(_SET_ASIDE) is not None
        if place.quantity.kind == "money" and set_aside and place.provided:
            spent = _SPENT_ON.match(self._text, place.end, place.clause.right)
            if spent is not None:  # 每年安排不少于500万元用于产业发展
                return self._finish(
                    place, (Span(*spent.span("what")), "资金"), Span(place.start, spent.end()), "targets.provided"
                )
        by_rule = self._by_rule(place) or self._set_aside(place)
        if by_rule is not None:
            return by_rule
        if place.bound_before and not place.closed and place.each is not None:
            built = self._built_for_each(place)
            if built is not None:
                return built
        if barring.is_threshold(place, goes_on=self._goes_on(place) or self._is_worked_on(place)):
            return None
        return self._counted_before(place) if place.closed else self._counted_after(place)

    # -- where it stands -----------------------------------------------------------------------------------------------

    def _place(self, index: int, clause: Clause) -> Place:
        quantity = self._quantities[index]
        left = self._own_part(index, clause)
        gap = None
        if quantity.operator == "=":
            match = _GAP.search(self._text, max(left, quantity.span.start - 24), quantity.span.start)
            if match is not None:
                gap = Span(*match.span("word"))
                operator = _GAP_OPERATOR.get(match["word"], ">=")
                low = quantity.number if operator == ">=" else None
                high = quantity.number if operator == "<=" else None
                quantity = replace(quantity, operator=operator, low=low, high=high)
        return Place(self._text, self._words, quantity, clause, left, gap, self._following(index, clause))

    def _own_part(self, index: int, clause: Clause) -> int:
        """Where the quantity's own part of a list begins: 机关部门3个、两新组织5个."""
        before = self._quantities[max(0, index - 9) : index]
        start = self._quantities[index].span.start
        cuts: list[int] = []
        earlier = None
        for earlier in reversed(before):  # 产值超亿元企业5家、超5000万元企业12家: the 5家 parts the list
            if earlier.span.end <= clause.left:
                return clause.left
            between = self._text[earlier.span.end : start]
            if 0 <= between.find("）") < between.find("（") % (len(between) + 1):
                continue  # 发电机（功率30千瓦以上）4台
            if earlier.unit is None and earlier.kind not in ("zero", "full", "multiple"):
                continue
            cuts = [cut.end() for cut in _PARTS.finditer(self._text, earlier.span.end, start)]
            if cuts or is_closed(self._text, earlier.span.end, clause.right):
                break
        if earlier is None or not cuts:
            return clause.left
        if is_closed(self._text, earlier.span.end, clause.right):
            return cuts[0]
        last = self._last
        return cuts[-1] if last is not None and last.quote.meets(earlier.span) else clause.left

    def _following(self, index: int, clause: Clause) -> Span | None:
        """The next quantity of the clause, numbers within names passed over."""
        end = self._quantities[index].span.end
        for later in self._quantities[index + 1 : index + 7]:
            if later.span.start >= clause.right:
                return None
            if later.unit is None or later.span.start < end:
                continue
            if not clauses.is_quoted(self._text, later.span, self._floor):
                return later.span
        return None

    def _goes_on(self, place: Place) -> bool:
        """True for a further member of a list whose first number was a target: 8个行政村、2个示范村."""
        last = self._last
        if last is None or last.quote.end > place.start or last.rule not in ("targets.provided", "targets.each"):
            return False
        start = min(place.start, last.quote.end + 40)
        if start == last.quote.end:
            return place.quantity.kind == "count"  # 6个镇22个村
        return _GOING_ON.fullmatch(self._text, last.quote.end, start) is not None

    # -- kinds ---------------------------------------------------------------------------------------------------------

    def _word(self, place: Place) -> Reading | None:
        """全覆盖, 清零: the noun stands before, or the work that is done stands after."""
        text, quantity = self._text, place.quantity
        if _WORD_IN_NAME.match(text, place.end, place.clause.right) or place.ends(_ALREADY):
            return None
        if not _WORD_ENDS.match(text, place.end, place.clause.right):
            return None
        if _MOSTLY.search(text, place.left, place.start):
            quantity = replace(quantity, operator="~")
        wanted = _AIM.match(text, place.end) is not None
        noun, after = place.noun, None if place.closed or wanted else place.after
        if noun is not None and text[noun.end : noun.end + 1] in ("年", "月"):
            dated = _DATE_BEHIND.search(text, *_edges(noun))
            noun = Span(noun.start, dated.start()) if dated is not None and dated.start() > noun.start else noun
        named = noun is not None and noun.length >= 2
        if after is not None and after.length >= 2:  # 全覆盖开展业务轮训, 对X开展全覆盖检查
            work = _WORK.match(text, after.start, after.end)
            done = Span(work.end(), after.end) if work is not None and after.end - work.end() >= 2 else after
            parts: tuple[Span | str, ...] = (noun, done) if noun is not None and named and done.length <= 2 else (done,)
            return Reading(quantity, parts, Span(place.start, after.end), "targets.word")
        if noun is not None and named:
            end = place.end + (text[place.end : place.end + 1] == "”" and place.ends(_QUOTE_OPENS, 3) is not None)
            return Reading(quantity, (phrases.after_predicates(text, noun),), Span(noun.start, end), "targets.word")
        shared = self._noun_of_clause_before(place.clause)
        foreign = shared is None or (self._last is not None and shared == self._last.indicator)
        if foreign and quantity.kind == "zero" and text[place.start] == "零":
            shared = (Span(place.start + 1, place.end),)  # 实现“零火点”目标
            return Reading(quantity, shared, Span(place.start, place.end), "targets.word")
        if shared is None:
            return None
        return Reading(quantity, shared, self._quote(place, shared), "targets.word")

    def _time(self, place: Place) -> Reading | None:
        """A length of time is a target where a state must last it or a process is brought down to it."""
        quantity, noun = (
            place.quantity,
            phrases.noun_before(self._text, place.left, place.start, self._words, rate=False),
        )
        named = noun is not None and self._words.time_end.search(self._text, *_edges(noun)) is not None
        lasting = quantity.operator in (">=", ">") and place.bound_before
        taught = quantity.unit in _LESSONS and (place.provided or named)
        pressed = _PRESSED.search(self._text, place.left, place.start) is not None
        pressed = pressed or place.ends(_KEPT) is not None
        if place.bound_before and _FROM_TO.search(self._text, place.left, place.start):
            pressed, named = True, True
        level = named and (quantity.operator != "=" or place.reached)
        level = level or self._is_regular(place)
        spent = _TIME_FOR.match(self._text, place.end, place.clause.right)
        if spent is not None and self._is_daily(place):  # 每天校内、校外各1小时体育活动时间
            thing = Span(*spent.span("thing"))
            return self._finish(place, (thing,), Span(place.start, thing.end), "targets.time")
        level = level or (quantity.operator == "<=" and _NOT_MORE.match(self._text, place.start) is not None)
        if not (lasting or taught or pressed or level) or not (place.closed or lasting):
            return None
        hours = quantity.unit is not None and "小时" in quantity.unit
        if quantity.operator == "=" and not hours and told.WORKS_LENGTH.search(self._text, place.left, place.start):
            return None
        counted = _COUNTED_FROM.search(self._text, place.left, place.start) is not None
        if quantity.operator == "<=" and counted and not named:
            return None  # 自受理之日起不超过30日: a deadline
        return self._levelled(place, noun, "targets.time")

    def _is_daily(self, place: Place) -> bool:
        """So much of each day is to be given to something."""
        return _EACH_TIME.search(self._text, place.left, place.start) is not None

    def _is_regular(self, place: Place) -> bool:
        """每周开展课后服务5天: how long something is done each time."""
        if place.quantity.unit not in _HOURS or not place.closed:
            return False
        each = _EACH_TIME.search(self._text, place.left, place.start)
        return each is not None and _ACT_OF_TIME.fullmatch(self._text, each.end(), place.start) is not None

    def _share(self, place: Place) -> Reading | None:
        """A percentage: the level of an indicator, a change, or a share of a group that does something."""
        at_a_rate = _AT_A_RATE.match(self._text, place.end, place.clause.right)
        if at_a_rate is not None and place.gap is not None and self._text[place.gap.start - 1] in "按照":
            return self._at_rate_of(place, place.gap, Span(*at_a_rate.span("act")))
        noun = place.noun
        of_label = self._of_label(place)
        if of_label is not None:
            return of_label
        of_total = self._share_of_total(place)
        if of_total is not None:
            return of_total
        rated = noun is not None and self._words.rate_end.search(self._text, *_edges(noun)) is not None
        bounded = place.quantity.operator != "=" and place.bound_before
        changed = place.change is not None
        ended = place.closed or place.gap is not None or place.reached or (bounded and (rated or changed))
        if (place.reached or rated or bounded or changed) and ended:
            if place.gap is not None and noun is not None and not rated and self._text[noun.end - 1] not in "数量":
                total = _TOTAL.fullmatch(self._text, place.gap.end, place.start)
                if total is not None:  # 审核人员不少于执法人员总数的5%
                    parts: tuple[Span | str, ...] = (noun, "占", Span(*total.span("total")), "的比例")
                    return self._finish(place, parts, Span(noun.start, place.end), "targets.level")
            if noun is None and place.gap is not None and self._noun_of_clause_before(place.clause) is None:
                noun = Span(place.gap.end, place.start)
            reading = self._levelled(place, noun, "targets.level")
            if reading is not None or place.closed:
                return reading
        spent = _SPENT_ON.match(self._text, place.end, place.clause.right)
        if spent is not None and noun is not None and self._text[noun.end] == "的":  # 电站年收益的80%用于公益岗位
            parts = ("用于", Span(*spent.span("what")), "的", noun)
            return self._finish(place, parts, Span(noun.start, spent.end()), "targets.share")
        if place.closed and noun is not None and noun.length <= 24 and not (rated or place.reached or changed):
            part = self._of_part(place, noun)
            if part is not None:
                return part
        if at_a_rate is not None and (bounded or (at_a_rate["checked"] is not None and place.ends(_AT) is not None)):
            act = Span(*at_a_rate.span("act"))
            parts = (act, "比例") if noun is None or place.gap is not None else (noun, act, "比例")
            return self._finish(place, parts, Span(place.start, act.end), "targets.share")
        if not place.closed and place.quantity.operator == ">=" and (covered := self._covered(place)) is not None:
            return covered
        if place.closed:
            if place.ends(_DONE_SHARE) is None:
                return None
            done = phrases.noun_before(self._text, place.left, place.start, self._words, rate=False)
            return self._levelled(place, done, "targets.level")
        after = place.after
        if after is None or not (self._words.share_result.match(self._text, place.end, after.end) or place.provided):
            return None
        whole = noun is not None and noun.length <= 4 and _WHOLE_REGION.match(self._text, noun.start) is not None
        start = noun.start if noun is not None and whole else place.start
        acted = self._words.provide_start.fullmatch(self._text, *_edges(after)) is not None
        if acted and noun is not None and 2 <= noun.length <= 8 and self._text[noun.end] not in "的，":  # 隐患100%整改
            return self._finish(place, (noun, after), Span(noun.start, after.end), "targets.share")
        if noun is not None and 2 <= noun.length <= 12 and noun.end == place.start and not whole:
            at_once = self._words.share_at_once.match(self._text, *_edges(after))
            if at_once is not None:  # 新建民用建筑100%执行绿色建筑标准
                return self._finish(place, (after, "的", noun), Span(noun.start, after.end), "targets.share")
        return self._finish(
            place, phrases.turned(self._text, after, self._words), Span(start, after.end), "targets.share"
        )

    def _share_of_total(self, place: Place) -> Reading | None:
        """示范村达到行政村总数的80%: how many of all."""
        if self._text[max(place.left, place.start - 2) : place.start].strip()[-1:] not in ("的", "数", "量"):
            return None
        reaches = _REACHES_TOTAL.search(self._text, place.left, place.start)
        if reaches is None:
            return None
        noun = phrases.noun_before(self._text, place.left, reaches.start(), self._words, rate=False)
        total = "total" if reaches["total"] is not None else "total_of"
        if total == "total_of" and not (place.closed and place.quantity.operator != "="):
            return None
        whole = Span(*reaches.span(total))
        if noun is None or noun.length < 2:  # 总面积稳定在1.2万亩左右，占全镇稻田面积的四成以上
            owner = self._noun_of_clause_before(place.clause) if total == "total_of" else None
            if owner is None:
                return None
            parts: tuple[Span | str, ...] = (*owner, "占", whole, "的比例")
            return self._finish(place, parts, Span(reaches.start(), place.end), "targets.level")
        return self._finish(place, (noun, "占", whole, "的比例"), Span(noun.start, place.end), "targets.level")

    def _covered(self, place: Place) -> Reading | None:
        """力争覆盖全县80%以上的小学: how many of them are reached."""
        covers, after = _COVERS.search(self._text, place.left, place.start), place.after
        if covers is None or after is None or after.length < 2:
            return None
        return self._finish(place, (after, "覆盖率"), Span(covers.start(), after.end), "targets.share")

    def _at_rate_of(self, place: Place, gap: Span, done: Span) -> Reading:
        """按照不低于总车位10%的比例建设充电设施: the things provided are so many of a whole."""
        verb = self._words.provide_start.match(self._text, *_edges(done))
        start = verb.end() if verb is not None and done.end - verb.end() >= 2 else done.start
        return self._finish(place, (Span(start, done.end), "比例"), Span(gap.start, done.end), "targets.share")

    def _of_part(self, place: Place, noun: Span) -> Reading | None:
        """达标率：规模以上100%，规模以下60%; 绿化率平原35%、山区45%: the rate of one part and of the next."""
        text, last = self._text, self._last
        within = _RATE_OF_PART.fullmatch(text, *_edges(noun))
        if within is not None:
            rate, part = Span(*within.span("rate")), Span(*within.span("part"))
            return self._finish(place, (part, rate), Span(noun.start, place.end), "targets.part")
        quote = Span(noun.start, place.end)
        if text[place.clause.left - 1 : place.clause.left] in ("：", ":") and place.left == place.clause.left:
            owner = self._noun_of_clause_before(place.clause)
            whole = owner[0] if owner is not None else None
            if isinstance(whole, Span) and self._words.rate_end.search(text, *_edges(whole)):
                return self._finish(place, (noun, whole), quote, "targets.part")
        divides = _OF_WHICH.match(text, place.clause.left) is not None and place.left == place.clause.left
        if (
            divides
            and last is not None
            and last.quantity.unit == "%"
            and last.quote.start >= place.clause.sentence.start
        ):
            return self._finish(place, (noun, *last.indicator), quote, "targets.part")  # 综合利用率达93%，其中肥料化60%
        if last is not None and last.rule == "targets.part" and text[last.quote.end : noun.start] in ("、", "，", "；"):
            return self._finish(place, (noun, *last.indicator[1:]), quote, "targets.part")
        name = last.indicator[-1] if last is not None and text[last.quote.end : noun.start] == "、" else None
        ends = self._words.rate_end.search(text, *_edges(name)) if isinstance(name, Span) else None
        if ends is not None and last is not None and last.quantity.unit == "%" and ends.end() - ends.start() > 1:
            return self._finish(
                place, (noun, Span(*ends.span())), quote, "targets.part"
            )  # 重点人群覆盖率80%、脱贫人口100%
        return None

    def _of_label(self, place: Place) -> Reading | None:
        """卫生户厕普及率：2024年85%，2025年88%: numbers alone, or behind the years that they are for, of an indicator before a colon."""
        text, last, left = self._text, self._last, place.left
        if not place.closed:
            return None
        if last is not None and last.rule == "targets.labelled" and last.quote.end > left:
            goes_on = _LABEL_BRACKET.match(text, last.quote.end, place.start)  # 45%（2024年）、50%（2025年）
            left = goes_on.end() if goes_on is not None else left
        if phrases.trim_lead(text, left, place.start) < place.start:
            return None
        listed = last is not None and last.quantity.unit == place.quantity.unit
        if last is not None and last.rule != "targets.labelled":  # 3月底前整治30%，6月底前60%
            within = last.quote.start >= place.clause.sentence.start and last.quantity.change is None
            listed = listed and within and _TIME_ALONE.fullmatch(text, left, place.start) is not None
        if last is not None and listed and _LABEL_GOES_ON.fullmatch(text, last.quote.end, left) is not None:
            return self._finish(place, last.indicator, Span(left, place.end), "targets.labelled")
        if left != place.clause.left or text[left - 1 : left] not in ("：", ":"):
            return None
        owner = self._noun_of_clause_before(place.clause)
        whole = owner[-1] if owner is not None and (last is None or owner != last.indicator) else None
        if (
            owner is None
            or not isinstance(whole, Span)
            or self._words.indicator_end.search(text, *_edges(whole)) is None
        ):
            return None
        return self._finish(place, owner, Span(whole.start, place.end), "targets.labelled")

    def _index(self, place: Place) -> Reading | None:
        """灌溉水有效利用系数提高到0.58: a number without a unit is one only of an indicator that has none."""
        noun = place.noun
        if noun is None or not place.closed or not (place.reached or place.bound_before):
            return None
        times = _TIMES_COUNTED.search(self._text, *_edges(noun))
        if times is not None and (place.quantity.number or 0) >= _MANY:
            reading = self._levelled(place, noun, "targets.level")
            return reading and replace(reading, quantity=replace(reading.quantity, unit=times[0]))
        if place.is_chinese or self._words.rate_end.search(self._text, *_edges(noun)) is None:
            return None
        return self._levelled(place, noun, "targets.level")

    def _multiple(self, place: Place) -> Reading | None:
        """翻一番, 增长1.5倍, 达到2020年的2倍."""
        held = place.reached or (place.closed and place.gap is not None)  # 不低于低保标准的1.3倍
        if place.quantity.unit == "倍" and not held and place.quantity.change != "increase":
            return None
        return self._levelled(place, place.noun, "targets.level")

    def _counted_after(self, place: Place) -> Reading | None:
        """6个产业示范点: what is counted stands after the number."""
        text, after, noun = self._text, place.after, place.noun
        if after is None or not _NAMES.match(text, after.start) or text[after.start] == "是":
            return None  # 有6家是由民营机构运营: a fact
        if _WHOLE.match(text, after.end):
            return None  # 实现100个村全覆盖: the target is the word
        spread = barring.spread(place)
        if spread is not None:
            return self._finish(
                place, (Span(*spread.span("thing")),), Span(place.start, spread.end()), "targets.provided"
            )
        predicate = _PREDICATE.match(text, place.end, after.end) is not None
        having = place.ends(_HAVING) is not None
        partner = place.ends(_PARTNER) is not None and _AGREED.match(text, *_edges(after)) is not None
        listed = (
            place.quantity.kind == "count"
            and not place.is_chinese
            and place.opening_verb
            and (
                _LISTED.search(text, place.left, place.start) is not None
                or (place.quantity.operator == ">=" and place.ends(_AND_TOO, 1) is not None)
            )
        )
        done = (
            _DONE_WITH.fullmatch(text, *_edges(after))
            if place.quantity.kind == "count" and text[after.end - 1] in _DONE_ENDS
            else None
        )
        if done is not None and (noun is None or text[noun.end - 1] == "批"):
            thing = Span(*done.span("thing"))
            return self._finish(place, (thing,), Span(place.start, after.end), "targets.provided")
        firm = place.provided or place.bound_before or self._goes_on(place) or partner or listed
        firm = firm or self._is_worked_on(place)
        if having and (predicate or place.quantity.operator != "="):
            firm = True
        if firm or (place.reached and noun is None):
            start = place.gap.start if place.gap is not None else place.start
            parts = phrases.turned(text, after, self._words) if predicate or partner else (phrases.head(text, after),)
            if place.quantity.kind == "money" and noun is not None and noun.length >= 2 and barring.must_have(place):
                parts = (noun, *parts)  # 地方性社会团体应有5万元以上资金
            if place.quantity.unit == "级" and (verb := place.ends(self._words.provide_end, 10)) is not None:
                start, parts = verb.start(), (Span(*verb.span()), *parts)  # 抗御6级左右地震能力
            return self._finish(place, parts, Span(start, after.end), "targets.provided")
        if place.quantity.kind == "count" and place.reached and place.ends(_DIVIDED, 4):
            if _DIVISIONS.fullmatch(text, *_edges(after)) is None:
                return None  # 全县划分为三个等级
            return self._finish(place, (after,), Span(place.start, after.end), "targets.provided")
        if place.reached and noun is not None and noun.length >= 2:
            return self._levelled(place, noun, "targets.level")
        if place.each is not None and place.quantity.kind == "count":
            return self._finish(place, (phrases.head(text, after),), Span(place.each.start, after.end), "targets.each")
        return None

    def _is_worked_on(self, place: Place) -> bool:
        """True for 80亩 of 完成集镇周边80亩撂荒地整治工作."""
        return (
            place.quantity.kind != "money"
            and place.quantity.operator in ("=", "~")
            and _WORKED_ON.match(self._text, place.end) is not None
            and _FINISHES.search(self._text, place.left, place.start) is not None
        )

    def _by_rule(self, place: Place) -> Reading | None:
        """按每500米不少于1个的标准设置消火栓: what is provided stands after the rule that says how many."""
        provided = _BY_RULE.match(self._text, place.end, place.clause.right)
        if provided is None:
            return None
        verb = provided if provided["funded"] else self._words.provide_start.match(self._text, provided.end())
        if verb is None or place.quantity.kind not in ("count", "money"):
            return None
        thing = phrases.noun_after(self._text, verb.end(), place.clause.right, None)
        if thing is None or thing.length < 2:
            return None
        start = place.gap.start if place.gap is not None else place.start
        if place.quantity.kind == "money":
            each = place.ends(_PER)
            return self._finish(
                place, (thing,), Span(each.start() if each is not None else start, place.end), "targets.provided"
            )
        return self._finish(place, (thing,), Span(start, thing.end), "targets.provided")

    def _built_for_each(self, place: Place) -> Reading | None:
        """每百户不少于20平方米配建养老服务用房: so much of what is built for each."""
        verb = self._words.provide_start.match(self._text, place.end)
        if verb is None or place.quantity.kind != "measure" or place.each is None:
            return None
        comma = self._text.find("、", verb.end(), place.clause.right)
        thing = phrases.noun_after(self._text, verb.end(), comma if comma > 0 else place.clause.right, None)
        if thing is None or thing.length < 2:
            return None
        return self._finish(place, (thing,), Span(place.each.start, thing.end), "targets.provided")

    def _last_of(self, place: Place, last: Reading) -> Reading:
        """The last target of the sentence in the number's own unit, where ``last`` has another; else ``last``."""
        unit, start = place.quantity.unit, place.clause.sentence.start
        if unit == last.quantity.unit or unit is None:
            return last
        near = (r for r in reversed(self._made[-4:]) if r.quote.start >= start and r.quantity.unit == unit)
        return next(near, last)

    def _does_more(self, place: Place, last: Reading, noun: Span) -> bool:
        """新建公厕5座，改造15座: a verb and a number, of what the clause before counted."""
        between = self._text[last.quote.end : place.left]
        inner = between == "，" and _OF_WHICH.match(self._text, place.left) is not None
        near = inner or (between == "，" and last.quantity.unit == place.quantity.unit)
        return near and self._words.act.fullmatch(self._text, *_edges(noun)) is not None

    def _is_shared_out(self, place: Place, last: Reading) -> bool:
        """2024年、2025年分别新建充电桩400个、600个: one thing, a number for each time."""
        return place.noun is None and "分别" in self._text[place.clause.left : last.quantity.span.start]

    def _is_portion(self, place: Place) -> bool:
        """安排资金2亿元，其中，道路养护8000万元，村容整治3000万元: the parts of a sum that is a target."""
        text, start, low = self._text, place.clause.sentence.start, place.quantity.low
        of_which = text.rfind("其中", start, place.start)
        if of_which < 0 or low is None:
            return False
        whole = next((r for r in reversed(self._made) if r.quote.end <= of_which), None)
        if whole is None or whole.quote.start < start or whole.quantity.kind != "money":
            return False
        parts = [q for q in self._quantities if of_which < q.span.start < place.start and q.unit is not None]
        return (
            _SUM_GOES_ON.fullmatch(text, whole.quote.end, of_which) is not None
            and (whole.quantity.low is None or low <= whole.quantity.low)
            and all(q.kind == "money" for q in parts)
        )

    def _handed_out(self, place: Place) -> Reading | None:
        """把粮食播种面积6万亩分解到乡镇, 将3200户改厕任务下达到各镇: how much is shared out is how much is to be done."""
        if place.quantity.kind not in ("count", "measure") or place.quantity.operator not in ("=", "~"):
            return None
        if _DEALT_OUT.match(self._text, place.end, place.clause.right):
            noun = place.noun
            return self._levelled(place, noun, "targets.counted") if noun is not None and noun.length >= 2 else None
        dealt = _DEALT_THING.match(self._text, place.end, place.clause.right)
        if dealt is None or (place.quantity.kind == "count" and "任务" not in dealt[0]):
            return None  # 将2个项目落实到人
        thing = Span(*dealt.span("thing"))
        return self._finish(place, (thing,), Span(place.start, thing.end), "targets.provided")

    def _set_aside(self, place: Place) -> Reading | None:
        """安排不低于800万元的专项资金."""
        if place.quantity.kind != "money" or place.ends(_SET_ASIDE) is None:
            return None
        fund = _FUND.match(self._text, place.end, place.clause.right)
        if fund is None:
            return None
        return self._finish(place, (Span(*fund.span("fund")),), Span(place.start, fund.end()), "targets.provided")

    def _counted_before(self, place: Place) -> Reading | None:
        """创新平台5个以上: what is counted stands before the number."""
        of_label = self._of_label(place)
        if of_label is not None:
            return of_label
        text, noun, quantity, last = self._text, place.noun, place.quantity, self._last
        if (
            last is not None
            and text[last.quote.end : place.start] in _SAME_AGAIN
            and last.rule in ("targets.counted", "targets.provided")
            and (
                last.quote.end == place.start or last.quantity.unit != quantity.unit or self._is_shared_out(place, last)
            )
        ):  # 游园3处4500平方米, 小区9个、1260户
            like = self._last_of(place, last)  # 工厂5家、园区1个，到2025年达到20家、4个
            return self._finish(place, like.indicator, Span(last.quote.start, place.end), "targets.counted")
        if noun is not None and _MORE_OF_IT.fullmatch(text, *_edges(noun)):
            again = self._of_the_fact(place, "targets.counted")
            if again is not None:
                return again
        firm = place.provided or place.reached or place.bound_before
        if place.provided and not place.reached and _AND.match(text, place.end):
            return None  # 建设3个和5个: the noun comes later
        if last is not None and noun is not None and place.provided and self._does_more(place, last, noun):
            return self._finish(place, last.indicator, Span(place.left, place.end), "targets.counted")
        if noun is not None and noun.length == 1 and quantity.kind == "measure" and text[noun.start] in _SIZES:
            return self._finish(place, (noun,), Span(noun.start, place.end), "targets.counted")  # 沟宽4米、深1至1.5米
        if noun is None or noun.length < 2 or not _NAMES.search(text, *_edges(noun)):
            if not firm and place.each is None and text[place.left] not in ("每", "比", "较"):
                return None
            return self._levelled(place, None, "targets.counted")
        if not firm and _PLACE_COUNT.search(text, place.left, noun.end):
            return None
        if quantity.kind == "money" and not firm and quantity.operator == "=" and place.change is None:
            amount = self._words.amount_end.search(text, *_edges(noun)) is not None
            if not amount and not place.opening_verb and not self._is_portion(place):
                return None
        return self._levelled(place, noun, "targets.counted")

    # -- making --------------------------------------------------------------------------------------------------------

    def _levelled(self, place: Place, noun: Span | None, rule: str) -> Reading | None:
        """A target whose noun stands before it, in its clause or the one before."""
        if noun is None or noun.length < 2:
            last = self._last
            apart = place.each is not None or self._text[place.left] == "每"  # 集中培训两期、每期不少于3天
            goes_on = place.reached or (apart and place.quantity.operator != "=")
            if last is not None and goes_on and self._text[last.quote.end : place.left] == "、":
                if last.quote.of(self._text)[0] == "每" and (each_time := self._each_time(place, rule)) is not None:
                    return each_time  # 每周不少于1次、每月不少于4次
                return self._finish(place, last.indicator, Span(place.left, place.end), rule)  # 翻两番、达到100亿元
            parts = self._noun_of_clause_before(place.clause)
            if parts is None:
                return self._of_the_same(place, rule) or self._said_bare(place, rule) or self._each_time(place, rule)
            quote = self._quote(place, parts)
            if self._last is not None and parts == self._last.indicator:
                parts = self._last_of(place, self._last).indicator
            if place.gap is not None and place.gap.of(self._text) in ("至少", "最少") and quote.start < place.left:
                quote = Span(place.gap.start, place.end)  # 闲置教室，6月底前至少盘活5处
            return self._finish(place, parts, quote, rule)
        if _BARE_ACT.fullmatch(self._text, *_edges(noun)):  # 推进防护工程，每年实施不少于12公里
            owner = self._noun_of_clause_before(place.clause)
            if owner is not None:
                return self._finish(place, owner, Span(noun.start, place.end), rule)
        bounded = place.gap is not None and place.gap.start < noun.start
        quote = Span(place.gap.start if bounded and place.gap is not None else noun.start, place.end)
        if _SHARE_OF_SOMETHING.fullmatch(self._text, *_edges(noun)) and place.quantity.kind == "percent":
            owner = self._noun_of_clause_before(place.clause)  # 开展监督检查，覆盖率达到100%
            if owner is not None and (self._last is None or owner != self._last.indicator):
                return self._finish(place, (*owner, noun), quote, rule)
        last = self._last
        grade = _GRADE.fullmatch(self._text, *_edges(noun))
        if grade is not None and last is not None and last.quantity.unit == place.quantity.unit:
            return self._finish(place, (noun, *self._ungraded(last.indicator)), quote, rule)
        whole = self._whole_of(place)
        if whole is not None:
            return self._finish(place, (*whole, "（", noun, "）"), quote, "targets.nested")
        share = place.quantity.kind == "percent" and self._words.rate_end.search(self._text, *_edges(noun)) is None
        divides = _OF_WHICH.match(self._text, place.clause.left) is not None and (noun.length <= 3 or share)
        if divides and last is not None and isinstance(last.indicator[-1], Span):
            divides = self._words.amount_end.search(self._text, *_edges(last.indicator[-1])) is None or share
        divides = divides or (
            _OF_WHICH.match(self._text, place.clause.left) is not None
            and _SOME.fullmatch(self._text, *_edges(noun)) is not None
        )
        if divides and last is not None and last.quantity.unit == place.quantity.unit:  # 乡村10个，其中县级3个
            whole_parts = last.indicator[1:] if last.quote.start >= place.clause.left else last.indicator
            return self._finish(place, (noun, *(whole_parts or last.indicator)), quote, rule)
        if last is not None and last.quantity.unit == place.quantity.unit and self._is_of_some(place, noun):
            return self._finish(place, last.indicator, Span(place.left, place.end), rule)
        headed = self._headed(place, noun)
        if headed is not None:
            grouped = headed[0] == noun  # the noun and what it is one group of
            return self._finish(place, headed if grouped else (*headed, noun), quote, rule)
        elided = self._elided_head(place, noun)
        if elided is not None:
            return self._finish(place, (elided, noun), quote, rule)
        return self._finish(place, phrases.without_asides(self._text, noun), quote, rule)

    def _headed(self, place: Place, noun: Span) -> tuple[Span | str, ...] | None:
        """What a bare 产量 or 面积 is of: the head of the part before its 、, or the noun of the clause before."""
        text, last = self._text, self._last
        if text[noun.start - 1 : noun.start] == "、":
            start = phrases.trim_lead(text, place.clause.left, noun.start)
            if last is not None and last.quote.start >= place.clause.left and isinstance(last.indicator[0], Span):
                start = last.indicator[0].start
            head = phrases.head_of_amount(text, noun, start)
            if (
                head is None
                and last is not None
                and last.quantity.unit == place.quantity.unit
                and _GROUP.fullmatch(text, *_edges(noun))
            ):
                return self._of_group(place, last, noun)
            return (head,) if head is not None else None
        if last is not None and last.quantity.unit == place.quantity.unit and _GROUP.fullmatch(text, *_edges(noun)):
            return self._of_group(place, last, noun)
        if self._text[place.clause.left - 1 : place.clause.left] in ("：", ":") and _GROUP.fullmatch(
            text, *_edges(noun)
        ):
            owner = self._noun_of_clause_before(place.clause)  # 危房改造：城区320户、乡镇180户
            return None if owner is None else (noun, *owner)
        if noun.start == place.clause.left and _SIZE.fullmatch(text, *_edges(noun)):
            owner = self._noun_of_clause_before(place.clause)
            return None if last is not None and owner == last.indicator else owner
        return None

    def _is_of_some(self, place: Place, noun: Span) -> bool:
        """抽查比例不低于5%，对风险等级高的不低于20%: for which of them, not what."""
        start = place.clause.left
        return place.bound_before and self._text[start] == "对" and self._text[noun.end] == "的" and noun.start >= start

    def _of_group(self, place: Place, last: Reading, noun: Span) -> tuple[Span | str, ...] | None:
        """初中生睡眠时间 of 小学生睡眠时间不少于10小时，初中生不少于9小时: another group, the same thing."""
        name = "".join(p if isinstance(p, str) else p.of(self._text) for p in last.indicator)
        if last.quote.start < place.clause.sentence.start:
            return None
        opening, closing = _GROUP.match(name), _GROUP_END.search(name)
        if opening is not None and len(name) - opening.end() >= 2:
            return (noun, name[opening.end() :])
        if closing is not None and closing.start() >= 2:
            return (noun, name[: closing.start()])
        return None

    def _elided_head(self, place: Place, noun: Span) -> Span | None:
        """应届毕业生 of 应届毕业生初次就业率达92%，年终就业率达98%: whose rate it is stands with the first one only."""
        last = self._last
        if last is None or len(last.indicator) != 1 or not isinstance(last.indicator[0], Span):
            return None
        first, stage = last.indicator[0], _STAGE.match(self._text, *_edges(noun))
        if stage is None or first.start < place.clause.sentence.start or first.end > noun.start:
            return None
        rate = self._text[stage.end() : noun.end]
        same = _STAGED.fullmatch(self._text, *_edges(first))
        if len(rate) < 3 or same is None or same["rate"] != rate:
            return None
        return Span(*same.span("head"))

    def _ungraded(self, parts: tuple[Span | str, ...]) -> tuple[Span | str, ...]:
        """示范社 of 国家级示范社, to be named again with another grade."""
        first = parts[0]
        grade = _GRADE.match(self._text, *_edges(first)) if isinstance(first, Span) else None
        if not isinstance(first, Span) or grade is None:
            return parts
        rest = Span(grade.end(), first.end)
        return (rest, *parts[1:]) if rest.length else parts[1:]

    def _of_the_same(self, place: Place, rule: str) -> Reading | None:
        """改造卫生室7所。6月底前完成4所: what is counted was named with the number before, of the same unit."""
        near = (r for r in reversed(self._made[-3:]) if place.start - r.quote.end <= _SAME_REACH)
        last = next((r for r in near if r.quantity.unit == place.quantity.unit), None)
        if last is None:
            return self._of_the_fact(place, rule)
        if place.quantity.unit == "%":
            return None
        verb = self._words.reach_end.search(self._text, max(place.left, place.start - 8), place.start)
        verb = verb or place.ends(self._words.provide_end, 10)
        start = verb.start() if verb is not None else place.start
        return self._finish(place, last.indicator, Span(start, place.end), rule)

    def _of_the_fact(self, place: Place, rule: str) -> Reading | None:
        """去年粮食总产21.5万吨，今年确保达到22万吨: what is counted was named with a number that is a fact."""
        sentence = place.clause.sentence
        if not (place.reached or place.provided):
            return None
        told = [q for q in self._quantities if sentence.start <= q.span.start and q.span.end <= place.clause.left]
        if not told or told[-1].unit != place.quantity.unit or told[-1].unit is None:
            return None
        fact = clauses.clause(self._text, told[-1].span, self._floor, self._ceiling)
        noun = phrases.noun_before(self._text, fact.left, told[-1].span.start, self._words, rate=False)
        if noun is None or noun.length < 2:
            return None
        return self._finish(place, (noun,), Span(place.left, place.end), rule)

    def _said_bare(self, place: Place, rule: str) -> Reading | None:
        """9月底前完成40%: a share of what the item is about, which its sentence does not name; the verb stands for it."""
        verb = _BARE_LEVEL.search(self._text, max(place.left, place.start - 16), place.start)
        if verb is None or not place.closed or place.quantity.kind != "percent":
            return None
        return self._finish(place, (Span(*verb.span("verb")),), Span(place.left, place.end), rule)

    def _each_time(self, place: Place, rule: str) -> Reading | None:
        """每日早晚各巡查一次，每次不少于2人: nothing is named but each time."""
        hedge = _HEDGE.match(self._text, place.left, place.start)
        left = hedge.end() if hedge is not None else place.left
        if not place.bound_before or self._text[left] != "每" or not 2 <= place.start - left <= 4:
            return None
        return self._finish(place, (Span(left, place.start),), Span(left, place.end), rule)

    def _whole_of(self, place: Place) -> tuple[Span | str, ...] | None:
        """The indicator that a bracket's 其中 divides: 基层党组织22个（其中机关部门3个、两新组织5个）."""
        last, clause = self._last, place.clause
        if not clause.bracket or last is None or _OF_WHICH.match(self._text, clause.left) is None:
            return None
        opens = last.quote.end <= clause.left <= last.quote.end + 3
        within = last.rule == "targets.nested" and last.quote.start >= clause.left
        return last.indicator[:1] if opens or within else None

    def _finish(self, place: Place, parts: tuple[Span | str, ...], quote: Span, rule: str) -> Reading:
        each = place.each
        listed = self._last is not None and self._text[self._last.quote.end : quote.start] == "、"
        if each is not None and not listed and each.end <= quote.start and quote.start - each.end <= 8:
            quote = Span(each.start, quote.end)
        closing = parts[-1]
        if isinstance(closing, Span):
            parts = (*parts[:-1], phrases.without_bracket(self._text, closing))
        change = place.change
        if change is None and listed and self._goes_on_growing(place, rule):
            change = "increase"
        return Reading(replace(place.quantity, change=change), parts, quote, rule, each, place.baseline)

    def _goes_on_growing(self, place: Place, rule: str) -> bool:
        """新增食堂60家、助餐点150个: the verb before the first is that of the next, which has none of its own."""
        last = self._last
        return (
            last is not None
            and last.quantity.change == "increase"
            and (last.rule, rule) == ("targets.counted", "targets.counted")
            and (last.quantity.kind, place.quantity.kind) == ("count", "count")
        )

    def _noun_of_clause_before(self, clause: Clause) -> tuple[Span | str, ...] | None:
        """出让年限，最高不超过50年: the noun of a number that a comma parts from it; a target's there is shared."""
        floor = clause.sentence.start
        before = clauses.before(self._text, clause.left, floor)
        while before is not None and self._is_aside(before):
            before = clauses.before(self._text, before.start, floor)
        if before is None:
            return None
        last = self._last
        if last is not None and before.start <= last.quantity.numeral.start < before.end:
            return last.indicator
        if any(
            q.unit is not None and before.start < q.span.start and is_closed(self._text, q.span.end, before.end)
            for q in self._quantities
            if q.span.end <= before.end
        ):
            return None  # 节约30吨，签约5家: that clause has a number of its own
        noun = phrases.noun_before(self._text, before.start, before.end, self._words, rate=False)
        return (noun,) if noun is not None and 2 <= noun.length <= 60 else None

    def _quote(self, place: Place, parts: tuple[Span | str, ...]) -> Span:
        """From the noun of the clause before to the number; from its own clause where the noun is another target's."""
        if self._last is not None and parts == self._last.indicator:
            return Span(place.left, place.end)
        start = min((p.start for p in parts if isinstance(p, Span)), default=place.left)
        if place.end - start > _MOST_OF_QUOTE * (place.end - place.left):
            return Span(place.left, place.end)  # 批准文件可一证多批使用，但最多不超过六批
        return Span(start, place.end)

    def _is_aside(self, span: Span) -> bool:
        """True for a clause of times and link words alone, or of a condition: 到2025年， 使用耕地的，"""
        if self._text[span.end - 1] == "的":
            return True
        return phrases.trim_lead(self._text, span.start, span.end) >= span.end


def _edges(span: Span) -> tuple[int, int]:
    return span.start, span.end
