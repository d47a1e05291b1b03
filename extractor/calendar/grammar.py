"""The patterns of Chinese policy time, from small named pieces to one scan pattern a region.

Each piece is readable aloud; the phrase beside it is what it was written for. All repetition is bounded, and no two
neighbouring pieces can share characters, so that a hostile line costs no more than an honest one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

import regex

GAP = r"[\ \u3000]?"  # a tab parts the cells of a table: 1 | 年内完成
FIGURE = "一二三四五六七八九"
NOT_NUMBER = rf"(?<![\d{FIGURE}十〇零○两几数多半.])"
NOT_COUNTED = NOT_NUMBER.replace(".])", "])")  # 1.年内完成: behind an item's number
MASK = "xX×ＸｘΧ*＊#＃_＿"
CONNECT = r"[\ \t\u3000]{0,2}(?:(?:之日)?起|开始)?[，,]?(?:-{1,3}|[—–－―─~～〜∼]{1,4}|(?:一直)?(?:持续|延续)?(?:至|到))[\ \t\u3000]{0,2}"

MONTH = rf"(?:1[0-2]|0?[1-9]|十[一二]?|[{FIGURE}]|元)"
DAY = rf"(?:3[01]|[12]\d|0?[1-9]|三十一?|二十[{FIGURE}]?|廿[{FIGURE}]?|十[{FIGURE}]?|[{FIGURE}])"
WEEKDAY = r"(?:GAP[（(](?:星期|周)[一二三四五六日天][)）])?".replace("GAP", GAP)
CLOCK = (
    rf"(?:{GAP}(?:(?:上午|下午|中午|晚上|早上)?{GAP}(?:[01]?\d|2[0-4])(?:[:：][0-5]\d|[时点](?:整|半|[0-5]?\d分)?)"
    r"|(?:上午|下午)?下班|[上下]午(?=之?前)))?"
)

# 5月初步 is no beginning of May, 2023年中央 no middle of the year
EARLY = r"(?:伊始|初(?!步|级|中|期|审|评|次|始|心|衷|核|稿|赛))"
MIDDLE = r"中(?=之?前|以前|底|[、，。；）)\s]|完成|开展|组织|进行|考核|检查|总结|评|和|及|或|对|$)"
# not behind 上 of 上年; 原则上年底前, 会上3月底前 are no such
NOT_LAST = r"(?<!(?<![则础体际本网线会])上)"
END = r"(?:底(?!部|线|色|数|层|气)|末(?!端|梢))"

# 12月20日（星期三）17:00 · 3月x日 · 5月中旬 · 5月底 · 8-15日 (the first of two days)
DAY_TAIL = rf"""
    {GAP}(?:
        (?<![\d])(?P<day>{DAY})(?: {GAP}[日号]{WEEKDAY}{CLOCK} | (?={CONNECT}{DAY}{GAP}[日号]) | (?=之?前|以前) )
      | (?P<masked_day>[{MASK}]{{1,2}}){GAP}日
      | (?P<third>[上中下]旬?(?:、|至|到|-|—)?[中下]旬|[上中下]旬)
      | (?P<edge>{EARLY}|{MIDDLE}|{END})
    )
"""
# 3月 · 3月份 · 3-5月 (the first of two months)
MONTH_TAIL = rf"""
    (?P<month>{MONTH})(?:
        {GAP}月(?!度|报|调度|票|薪|嫂|饼|均)份?(?:的(?={DAY}{GAP}[日号]))?(?:{DAY_TAIL})?
      | (?={CONNECT}{MONTH}{GAP}月)
    )
"""
# 20xx年xx月xx日 · 2023年X月: the month is masked
MASKED_MONTH = rf"(?P<masked>[{MASK}]{{1,2}}{GAP}月(?:{GAP}(?P<masked_day>[{MASK}]{{1,2}}){GAP}日)?)"
# 三季度末 · 前三季度 · 前11个月 · 上半年
PART = rf"""
    (?: 第?(?P<quarter>[首一二三四1-4])季度 | (?<=年)(?P<quarter>首)季(?!节|稻|作) | 第(?P<quarter>[一二三四1-4])季(?!节|稻|作物|中国)
      | 前(?P<quarters>[一二两三1-3])个?季度
      | 前(?P<months>1[0-2]|[1-9]|十[一二]?|[{FIGURE}两])个月
      | (?:最后|(?<=年|年的)后)(?P<last_months>1[0-2]|[1-9]|十[一二]?|[{FIGURE}两])个?月
      | (?P<half>[上下])半年度?
    )(?P<edge>{EARLY}|{END})?
"""
YEAR_EDGE = rf"年?(?P<edge>{EARLY}|{MIDDLE}|{END}|终(?!身|止|端)|内(?!容|部|设|涵|外|控|资|蒙))"

# 今年 · 本年度 · 次年
NEAR_YEAR = r"(?P<near>今年|本年|当年|同年|明年|次年|翌年|来年|(?<![年成产用工毕束效收运营])后年(?!度)|去年|(?<![则础])上一?年(?!级)|(?<!年)前年|下一?年)度?"


def year_pattern(region: str) -> str:
    """A written year with its 年: 2023年, 20xx年, 二○二三年, 民国112年; 112年 only where the region counts so."""
    roc_bare = rf"|(?<![\d第])(?P<roc>(?:[6-9]\d|1[0-4]\d))(?={GAP}(?:学)?年)" if region == "TW" else ""
    return rf"""
    (?:
        (?<!\d)(?P<year>1\d{{3}}|20\d\d)
      | (?<!\d)(?P<year>20[{MASK}〇○?？]{{2}}|20[{MASK}](?={GAP}年)|20\d[{MASK}]|2[{MASK}]{{3}}|(?<![{MASK}A-Za-z])[{MASK}]{{2,4}})
      | (?P<year>[一二][{FIGURE}〇零○OΟО0]{{3}}|二[〇零○][{MASK}]{{2}})
      | (?:中华)?民国{GAP}(?P<roc>\d{{1,3}}|[{FIGURE}十百〇零○]{{1,5}})
      | (?<![\d第.])(?P<roc>1[0-4]\d)(?={GAP}(?:学年|年{GAP}(?:1[0-2]|0?[1-9])月))
      {roc_bare}
      | (?<![\d第{FIGURE}十〇零○.])(?P<short>\d\d|[〇零○][{FIGURE}]|[九][{FIGURE}])
        (?={GAP}年{GAP}(?:(?:1[0-2]|0?[1-9]|十[一二]?|[{FIGURE}])月(?!内)|度|[上下]半年|第?[一二三四]季度|底|末|初))
      | (?<![\d第{FIGURE}十〇零○.])(?P<short>[〇零○][{FIGURE}]|[九][{FIGURE}]|0\d)(?={GAP}年)
    ){GAP}(?:财?年(?!代|级|龄|均)(?:度|份)?|(?P<school>学年度?))
    """


# 2021-2023年 (the first of two years) · 2023-24年度
FIRST_YEAR = rf"(?<!\d)(?P<year>(?:19|20)\d\d|20[{MASK}]{{2}})(?=(?:{CONNECT}|[、和])(?:(?:19|20)\d\d|20[{MASK}]{{2}}|\d\d){GAP}(?:财政?|学)?年(?!代))"
SECOND_YEAR = rf"(?P<second>(?:19|20)\d\d|20[{MASK}]{{2}}|\d\d){GAP}(?:(?P<fiscal>财政年度?|财年)|(?P<school>学年度?)|年(?P<annual>度)?份?){GAP}(?!(?:1[0-2]|[1-9]|[一二三四五六七八九十]{{1,2}})月)(?:{YEAR_EDGE})?"

# 2023/24财政年度
SLASHED_YEARS = (
    rf"(?<!\d)(?P<year>(?:19|20)\d\d)/(?P<slashed>\d\d){GAP}(?:(?P<fiscal>财政年度|财年)|(?P<school>学年度?)|年度)"
)


def numeric_pattern(*, second: bool) -> str:
    """2023-05-26 · 2021/01 · 2023.3-2023.5 · 20240307; ``second`` for the date that ends a range (…-3.31)."""
    start = r"(?<![\d./A-Za-z])" if second else r"(?<![\d.\-/A-Za-z])"
    goes_on = "" if second else r"(?=[\ \t\u3000]{0,2}[-—–~～至到]{1,3}[\ \t\u3000]{0,2}(?:20\d\d[/.])?\d)"
    short = r"|(?P<month>1[0-2]|0?[1-9])\.(?P<day>3[01]|[12]\d|0?[1-9])(?![\d%.])" if second else ""
    return rf"""
    {start}(?:
        (?P<year>(?:19|20)\d\d)(?:
            (?P<dot>[-./])(?P<month>1[0-2]|0?[1-9])(?P=dot)(?P<day>3[01]|[12]\d|0?[1-9])(?![\d%]|[./]\d)
          | [/.-](?P<month>1[0-2]|0[1-9])(?![\d%万亿元个项户人亩]|[./]\d)
          | [/.](?P<month>1[0-2]|0?[1-9])(?![\d%万亿元个项户人亩]){goes_on}
          | (?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])(?!\d)
        ){short}
    )
    """


# 112/3/1, only where years are counted so
NUMERIC_ROC = r"(?<![\d./-])(?P<roc>[6-9]\d|1[0-4]\d)(?P<dot>[./])(?P<month>1[0-2]|0?[1-9])(?:(?P=dot)(?P<day>3[01]|[12]\d|0?[1-9]))?(?![\d%./])"

# 年底 · 年内 · 岁末: no year before it
BARE_EDGE = (
    rf"(?:{NOT_COUNTED}(?<![每历近往去前今明本当次逐全]){NOT_LAST}(?<!(?<![中小大])学)年度?{YEAR_EDGE}|(?P<edge>岁末))"
)
WHOLE_YEAR = r"(?P<whole>全年(?!龄))"
# 本月底 · 下月10日 · 月底前
NEAR_MONTH = rf"(?:(?P<near_month>本月|当月|下个?月|次月|上个?月)(?:份)?(?:{DAY_TAIL})?|{NOT_COUNTED}(?<![每个本当下次上双逐按元])月(?=[底末])(?P<near_month>)(?:{DAY_TAIL}))"
# 明天 · 当日
NEAR_DAY = r"(?P<near_day>即日(?=起)|[自从][\u4e00-\u9fff]{0,8}?(?:印发|发布|公布|下发|发文)之日(?=起[至到])|今天|今日|明天|明日|(?<!天)后天|昨天|昨日|(?<!天)前天|当天|当日|全天)"
# 本周五 · 下周三
NEAR_WEEK = rf"(?P<near_week>本|这|下)(?:周|星期)(?P<week_day>[一二三四五六日天])(?!共|周|起|直){CLOCK}"
# 本季度末 · 下季度
NEAR_QUARTER = rf"(?P<near_quarter>本|当|这个?|下一?个?|上一?个?)季度?(?:(?<=度)(?P<edge>{EARLY}|{END}))?"
# 15日前: only with a word after it
BARE_DAY = rf"(?<![\d月第.〕\])）])(?P<day>3[01]|[12]\d|[1-9]){GAP}[日号](?!内|以内|之内|[元常]){CLOCK}"

# “十四五”期间 · 十五五末
FIVE_YEARS = r"[“\"「『]?(?P<plan>十[一二三四五六七八九]?五|[六七八九]五)[”\"」』]?(?P<planned>期间|时期|规划期|末)"


def point_pattern(region: str, *, second: bool = False) -> str:
    """A date of any precision with its year, or part of a year; ``second`` for the one that ends a range."""
    numeric = numeric_pattern(second=second) + (f"|{NUMERIC_ROC}" if region == "TW" else "")
    return rf"""
      {FIRST_YEAR}
    | {SLASHED_YEARS}
    | {year_pattern(region)}{GAP}(?:{MONTH_TAIL}|{MASKED_MONTH}|的?{PART}|{YEAR_EDGE})?
    | {NEAR_YEAR}{GAP}(?:{MONTH_TAIL}|{PART}|{YEAR_EDGE})?
    | {numeric}
    | (?:(?<![\d{FIGURE}十第每近前.]){NOT_LAST}|(?<=统一)|(?<=(?:^|\n|[。；])[ \t\u3000]*\d\d?\.)){MONTH_TAIL}
    | {NOT_NUMBER}(?<![第每个近]){PART}
    | {WHOLE_YEAR}
    | {BARE_EDGE}
    | {NEAR_MONTH}
    | {NEAR_WEEK}
    | {NEAR_QUARTER}
    | {NEAR_DAY}
    """


# 48小时 · 三个月 · 一年半 · 10个工作日 · 半年
NUMBER = rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d{{1,5}}(?:\.\d)?|[{FIGURE}两十百]{{1,4}}|半|数|几)"
PIECE = rf"""
    {NUMBER}[多余]?{GAP}(?:
        个?{GAP}工作[日天]|个?半?小时|个?半?钟头|个?季度|个?学期|个?星期|周(?!岁|年|边|围|[一二三四五六日])
      | 个[多余]?半?月 | (?<=半)月 | (?<=近[{FIGURE}])月
      | 年(?:半(?!载))?(?!代|级|[龄轻均生度]|(?:1[0-2]|[1-9]|[一二三四五六七八九十])月|[底末初])
      | 天半? | 分钟 | 秒钟?
      | 日(?=内|之内|以内|左右|后|以后|之后) | 日(?<=(?<!最[迟晚])(?:不超过|不得超过|不少于|不得少于|不低于)[\d{FIGURE}十]{{1,3}}日)
      | 月(?=以内|之内)
      | (?<=[-—–~～至到](?:3[2-9]|[4-9]\d|\d\d\d))日
    )
"""
# 两年左右时间 · 不少于30天 · 3-6个月内 · 未来2个月 · 四年六个月 · 近三年
LENGTH = rf"""
    (?<![\d第.{FIGURE}十百每“])
    (?:(?P<ahead>今后|未来|接下来|往后|(?<![\u4e00-\u9fff])后(?=\d)|过(?=[两几]天)){GAP}|(?P<past>近|最近|过去|此前|前){GAP})?
    (?P<least>不少于|不低于|不得少于|至少|最少|超过)?(?P<most>不超过|不得超过|不多于|至多|最多)?
    (?:(?P<low>{NUMBER}){GAP}(?:个?月|年|天|日|周|小时)?[\-—–~～至到]{{1,2}})?
    (?P<pieces>{PIECE}(?:[又零余]?{PIECE}){{0,3}})
    (?:{GAP}(?P<about>左右))?(?P<time>的?(?:时间|期限))?(?P<about>左右)?{GAP}
    (?P<suffix>以内|之内|内(?!容|部|蒙)|以上|以下|之后|以后|后(?!续|期|勤|备|进)|之前|以前|(?<!年)前(?!后|期|来|往)|以来)?
"""
# 自通知印发之日起(30日内): counted from the issue
ISSUE_ANCHOR = regex.compile(
    r"(?:[自从][\u4e00-\u9fff《》]{0,10}?)?(?:印发|发布|公布|下发|发文|印制|颁布)(?:之日)?[起后](?:的)?[，,]?[于在]?$",
    regex.VERBOSE,
)
# 目录更新后(30天内) · 自受理之日起(20日内): counted from something else, whose words begin the clause
EVENT_TAIL = regex.compile(r"(?:之日起|[\u4e00-\u9fff]起|[\u4e00-\u9fff]后)的?[，,]?[于在]?$", regex.VERBOSE)

NAMED_DAYS = rf"""
    (?:(?P<monthday>{DAY})[日号]?(?:[、和](?P<monthday>{DAY}))?[日号](?!{CONNECT}(?:{DAY}[日号]|当?月?[底末]))
      | {DAY}[日号]?{CONNECT}(?:(?P<monthday>{DAY})[日号]|当?月?(?P<perend>[底末])))
"""
# 每周三、周五 · 每周一、三、五 (no 每周三、五月底前)
ANOTHER_WEEKDAY = rf"[、和与及](?:每?(?:周|星期)(?P<weekday>[一二三四五六日天])|(?P<weekday>[一二三四五六])(?![{FIGURE}十月日年个次是到项类级所支人条家大轮期批]))"
# 每月28日前 · 每年6月15日前 · 每季度末 · 每周五 · 每两个月 · 每隔3天
EVERY = rf"""
    每逢?(?P<apart>隔)?(?:间隔)?{GAP}(?P<every>\d{{1,3}}|[{FIGURE}两十]{{1,2}})?{GAP}个?
    (?P<per>年|半年|季度|季(?!节)|双月|双周|半个?月|月|旬|周(?!边|岁|年)|星期|日|天|晚(?!会|宴)|个?工作日|学期|学年(?!制)|半?个?(?:小时|钟头)|分钟|秒钟?)(?:度)?
    (?:
        {GAP}(?P<from_month>{MONTH})月?{CONNECT}(?:次年|翌年)?(?P<to_month>{MONTH})月份?(?!{DAY}日)
      | {GAP}(?P<from_month>{MONTH})月{DAY}日(?:\d\d?时)?{CONNECT}(?:次年|翌年)?(?P<to_month>{MONTH})月{DAY}日(?:\d\d?时)?
      | {GAP}(?P<bymonth>{MONTH})月份?(?:(?P<monthday>{DAY})[日号]|(?P<perend>[底末])|[上中下]旬)?
        (?:之?前)?(?:[、和及与]{GAP}(?P<bymonth>{MONTH})月份?(?:(?P<monthday>{DAY})[日号]|(?P<perend>[底末])|[上中下]旬)?)?
      | (?<=月){NAMED_DAYS}
      | (?<=年){GAP}(?:年[初中终]|第?[一二三四]季度[初末底]?(?!每))
      | (?:(?<=年){GAP}年|(?<=月){GAP}月|(?<=季)季)?(?P<perend>[底末])(?!端)(?P<endmonth>月)?(?P<monthday>{DAY})?(?:(?<=\d)日)?
      | (?:的)?(?P<nth>首|第?[一二三1-3]|最后一)个?月(?:份)?(?:的)?(?:(?P<monthday>{DAY})[日号])?
      | (?<=期|周)(?:(?<=周)周)?(?P<weekday>[二三四五六日天](?!次|天)|一(?=之?前|[上下]午|[、，。；和与及至到—-]|召开|早))
        (?:{CONNECT}(?:周|星期)?(?P<to_weekday>[二三四五六日天])(?![月年次])|(?:{ANOTHER_WEEKDAY}){{1,6}})?
      | 初(?!步|级|期)
      | {GAP}(?P<half>[上下])半年
    )?
    (?P<before>之前|以前|前(?!后|期|往|来))?
"""


def one_each_pattern(words: str) -> str:
    """一月一课 · 每月一评比 · 一季度一评比 · 半年一小结 · 两个月安排一次; ``words`` is the alternation of acts.

    12月各通报一次, 6月检查一次 name a month of the year.
    """
    what = rf"(?:次|遍|{words}|[\u4e00-\u9fff])"
    return rf"""
    (?<![\d{FIGURE}十第])(?:(?P<one>一|每)(?P<per>年|半年|季度?|月|旬|周|星期|日|天)|(?P<one>一|每|[两三四五])个?(?P<per>年|月|周))
    一(?!批|年|月|日|天|样|致|切|般|些|直|夜|(?<=[周期]一)(?:[上下]午|[至到和与及][周星二三四五六日])|之?前|以前){what}
  | (?<![\d{FIGURE}十第近前后])(?P<one>[两二三四五六七八九十]|\d{{1,2}})个?(?P<per>年|月(?<!\d月)|周|季度|天)
    (?:至少)?(?!内|以|各)[\u4e00-\u9fff]{{0,4}}?一次(?!性)
  | (?P<per>半年|半月)一{what}
  | (?P<twice>月月|周周|季季|日日|年年|(?<![每今明昨当前后整半几])天天(?!向上))(?=[\u4e00-\u9fff])
"""


# 按季度 · 逐月 · 以月为单位
BY_UNIT = r"""
    (?:按|逐)(?P<per>年(?!龄|级|代|产|均|限|薪|轮)|半年|季度?(?!节)|月|旬|周(?!边|期|长|转)|日(?!期|常|程))(?:度(?!假|过))?(?![计算])
  | 以(?P<per>年|半年|季|月|旬|周|日)度?为(?:单位|周期|节点)
  | 逢(?P<per>双月|双周)
  | (?<!每)隔(?P<skip>年|月|周|日|天)(?!离)
"""


def acts_pattern(words: str) -> str:
    """月调度 · 季通报 · 周例会 · 月度例会 · 半年小结: a bare unit before an act; ``words`` is their alternation."""
    return rf"""
    (?<![\d{FIGURE}十个本上下当每元两几数同半双多前后隔逐按次去今明历近往学.])(?<!(?<!健)全(?=[年日]))
    (?P<per>双月|双周|半年|年(?=度|中?小?结|[^中初底终末内])|季|月|周|旬|日)度?(?P<act>(?:一)?(?:{words}))
    """


# Every character that an expression can begin with.
TRIGGER = (
    f"0123456789{FIGURE}十百〇零○两廿半数几每按逐以隔今本当这同明昨次翌来后去上前下全年月季周旬双日岁民中元第首伊天逢"
    f'不至最超近未接往过此即自从“"「『?{MASK}'
)


_UNITS_AFTER = "年半季月旬周日"
_CONNECTS = " \t\u3000之起开直持延，,-－—–―─~～〜∼至到"
_FIGURES = f"0123456789{FIGURE}"
_AMOUNT = f"{_FIGURES}两十百半数几不至最超 \t\u3000"  # 近三年, 前不超过10天
# What must follow those of them that open a few words only: 今 of 今年, 今天, 今后.
SECOND: dict[str, str] = {
    "按": _UNITS_AFTER, "逐": _UNITS_AFTER, "以": _UNITS_AFTER, "隔": "年月周日天",
    "今": "年天日后", "本": "年月季周星", "当": "年月季天日", "这": "个季周星", "同": "年", "明": "年天日", "昨": "天日",
    "次": "年月", "翌": "年", "来": "年", "去": "年", "上": "年一个月半季", "下": "年一个月半季周星", "全": "年天",
    "双": "月周", "天": "天", "逢": "双", "岁": "末", "民": "国", "中": "华", "首": "季", "不": "少低得超多", "至": "少多", "最": "近少多后",
    "超": "过", "未": "来", "接": "下", "往": "后", "过": "去两几", "此": "前", "即": "日",
    "年": "年度一底末初终中内伊", "月": "月度一底末", "季": "季度一", "周": "周度一", "旬": "旬度一", "日": "日度一",
    "近": _AMOUNT, "元": f"月{_CONNECTS}", "后": f"年天十两{_FIGURES}", "前": f"年天个{_AMOUNT}", "第": "首一二三四1234",
    "数": "多余个工小半钟季学星周月年天分秒日 \t\u3000-—–~～至到",
    **dict.fromkeys("“\"「『", "十六七八九"),
}  # fmt: skip


@lru_cache(maxsize=64)
def seconds(acts: tuple[str, ...], feasts: tuple[str, ...]) -> dict[str, frozenset[str]]:
    """The characters of :data:`SECOND` with all that can follow them: 周 opens 周例会 too, 中 opens 中秋节."""
    after = {first: set(rest) for first, rest in SECOND.items()}
    for unit in "年月季周旬日":
        after[unit].update(act[0] for act in acts)
    for feast in feasts:
        for opening in (feast, f"“{feast}", f'"{feast}'):
            if opening[0] in after:
                after[opening[0]].add(opening[1])
    return {first: frozenset(rest) for first, rest in after.items()}


# Every expression but a numeric date and a feast holds one of these, not far from its beginning.
UNIT = "年月日号季周旬天晚时末期节秒分钟"
UNIT_REACH = 11
# A numeral that opens an expression goes on, behind its digits and signs, with one of these: no 一线, 二类, 〔2023〕13号.
_NUMERALS = frozenset(f"0123456789{FIGURE}十百〇零○两廿半几{MASK}?")
_IN_NUMERAL = "OΟО？,."  # and these stand inside one
_BEHIND_NUMERAL = UNIT + '小学星工财个多余、和/”"」』' + _CONNECTS


@lru_cache(maxsize=64)
def start_patterns(acts: tuple[str, ...], feasts: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    """Where an expression may begin: one character in two hundred of a notice, each found by one of the patterns.

    One is for digits, one for other numerals, one for the rest; the standard library skips to the characters that each
    begins with (:mod:`extractor.patterns`), and a single pattern of all of them takes twice as long.
    """
    after = seconds(acts, feasts)
    near = rf"(?=[^{UNIT}\n]{{0,{UNIT_REACH}}}[{UNIT}])"
    behind = _set({*_BEHIND_NUMERAL, *(feast[1:2] for feast in feasts)})
    counting = rf"(?={_set({*_NUMERALS, *_IN_NUMERAL})}{{0,{UNIT_REACH}}}{behind}){near}"
    ways: dict[str, set[str]] = {}  # by the character that opens an expression: what is to follow it
    for feast in feasts:
        for name in (feast, f"“{feast}", f'"{feast}'):
            ways.setdefault(name[0], set()).add(f"(?={re.escape(name[1:])})")
    for sign in dict.fromkeys(TRIGGER):
        if sign in after:
            ways.setdefault(sign, set()).add(f"(?={_set(after[sign])})" + (near if sign not in "年月季周旬日" else ""))
        elif sign not in _NUMERALS:
            ways.setdefault(sign, set()).add(near)
    other = [f"{re.escape(sign)}(?:{'|'.join(sorted(follows))})" for sign, follows in ways.items()]
    return (
        # nothing begins inside a number
        re.compile(rf"[0-9](?<!\d\d)(?:{counting}|(?=\d[./]\d|\d\d/\d)|(?<=[12])(?=\d\d\d[-./\d]))"),
        re.compile(_set(sign for sign in _NUMERALS if not sign.isdecimal()) + counting),
        re.compile("|".join(other)),
    )


def _set(signs: Iterable[str]) -> str:
    """A set of characters, as a pattern."""
    return f"[{re.escape(''.join(sorted(signs)))}]"


# 汛前检查, 开学前教育: a name, no time
SEASONS_NAME = "检查|准备|排查|调度|演练|巡查|工作|安全|隐患|水位|培训|动员|教育|水利|预报|预测|会商|自查"


def feast_pattern(region: str, feasts: Sequence[str]) -> str:
    """国庆节前 · 2024年春节期间 · 至“五一”前: a feast with a word after it that makes it a time.

    A word of ``feasts`` that ends in 前 (汛前, 入冬前) is a season's beginning, which has no day and is a time only so:
    not in 汛前检查, nor where a bracket gives the day itself.
    """
    seasons = [word[:-1] for word in feasts if word.endswith("前")]
    days = [word for word in feasts if not word.endswith("前")]
    return rf"""
    (?:{year_pattern(region)}|{NEAR_YEAR})?{GAP}(?:
        [“"]?(?={_set(word[0] for word in days)})(?P<feast>{_alternation(days)})[”"]?(?:期间|假期|小?长假|节日|佳节)?
        (?=之?前|以前|期间|后|至|到|[-—–~～])
      | (?<!每年)(?<![历往]年)(?P<feast>{_alternation(seasons)})
        (?=前(?!期|后|来|的|第|[{FIGURE}半\d]|{SEASONS_NAME})(?!（[^（）]{{0,8}}\d))
    )
    """


@lru_cache(maxsize=64)
def second_pattern(region: str, feasts: tuple[str, ...]) -> regex.Pattern[str]:
    """The date that ends a range."""
    return regex.compile(
        rf"(?:(?P<feast_point>{feast_pattern(region, feasts)})|{point_pattern(region, second=True)})", regex.VERBOSE
    )


@lru_cache(maxsize=64)
def scan_pattern(region: str, acts: tuple[str, ...], feasts: tuple[str, ...]) -> regex.Pattern[str]:
    """The one pattern that is tried where an expression may begin in a text of ``region``."""
    words = _alternation(acts)
    recurring = rf"(?P<recurring>{one_each_pattern(words)}|{EVERY}|{BY_UNIT}|{acts_pattern(words)})"
    return regex.compile(
        rf"""
        (?:
            {recurring}
          | (?P<feast_point>{feast_pattern(region, feasts)})
          | (?P<five>{FIVE_YEARS})
          | (?P<point>{point_pattern(region)})
          | (?P<length>{LENGTH})
          | (?P<bare_day>{BARE_DAY})
        )
        """,
        regex.VERBOSE,
    )


def _alternation(words: Sequence[str]) -> str:
    return "|".join(regex.escape(w) for w in sorted(words, key=lambda w: (-len(w), w)))
