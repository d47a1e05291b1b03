"""One number at its place (认数): the numeral with its 多 or 余 and its measure word, before its bound is looked for.

What only looks like a number is turned down here: dates, clock times, document numbers, ratios, names with letters,
words that hold the sign of a number.
"""

from __future__ import annotations

import re
import string
from typing import cast

from extractor.numerals.reading import DIGIT_CLASS, DIGITS, LONGEST, MYRIADS, NUMERAL_CLASS, POWERS, parse
from extractor.numerals.values import QuantityKind
from extractor.numerals.words import NumberWords
from extractor.records import record, replace

_SCALE = rf"(?:\s?[{''.join(POWERS)}]{{0,2}}[{''.join(MYRIADS)}]{{1,2}}|\s?[百千](?![分瓦克米伏帕]))"
NUMERAL = re.compile(
    rf"""
    (?P<arabic>
        \d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?(?!\d) | \d+(?:\.\d+)*      # 5,236  35.5; 1.2.3 is looked at and put aside
    )(?:
        (?P<myriads>[{"".join(MYRIADS)}])(?P<rest>\d,\d{{3}}|\d{{1,4}})(?![\d.,％%年月日号/-])(?P<rest_scale>[千{"".join(MYRIADS)}]?)  # 1万2,000  2亿3500万
      | (?P<scale>{_SCALE}(?:[一二三四五六七八九](?![{NUMERAL_CLASS}几多余]))?)                       # 4.78万亿  8千  4万一
    )?
    | (?P<chinese>半[百千万] | [{NUMERAL_CLASS}](?:[{NUMERAL_CLASS}]|点(?=[{DIGIT_CLASS}])|几(?=[{NUMERAL_CLASS}]))*)
    """,
    re.VERBOSE,
)
SIGNS = frozenset(f"半{NUMERAL_CLASS}")
NUMERAL_START = re.compile(rf"[\d半{NUMERAL_CLASS}](?:(?<=\d)\d*)?")  # a set is searched for much faster than the whole
_PARTS_OF = re.compile(r"分之")
_PARTS = re.compile(rf"\d[\d,]*(?:\.\d+)?(?:[KkＫｋ](?![A-Za-z]))?|[{NUMERAL_CLASS}]+(?:点[{DIGIT_CLASS}]+)?")
_SLASH = re.compile(r"\s?[/／]\s?(?P<below>\d{1,4})(?P<scale>万)?(?![\d.%])")
_MORE = re.compile(r"[多余餘](?!种形式|元化|样|层次|渠道)|几(?=[个名家条项人户处万亿])")
_MORE_SIGNS = frozenset("多余餘几")
_TENTHS = re.compile(
    r"成(?:(?P<rest>[一二三四五六七八九])(?![成十百千万])|(?P<half>半)(?![数天年月日夜价]))?(?![立员为长果功效本就都品熟绩份交片群套型色分天因])"
)
# 三四十   一两   十五六: neighbouring digits
_NEIGHBOURS = re.compile(
    r"""
    (?P<head>十|[一二三四五六七八九]十|[一二三四五六七八九]?百)?
    (?P<a>[一二两三四五六七八九])(?P<b>[二两三四五六七八九])(?P<powers>[十百千万亿]*)
    """,
    re.VERBOSE,
)
# a calendar date, a clock time, a document number: no quantity
_DATE_AFTER = re.compile(
    r"""
    \s?(?: 年(?=\s?\d{1,2}\s?月|底|末|初|度|前|起|以来|版|级) | 月(?!均)(?!子) | 日(?!均) | 号 | 时(?!间|常) | 届
         | [:：]\d\d | [.．/／]\d )
    """,
    re.VERBOSE,
)
_DAY = re.compile(r"(?:19|20)\d\d\s?[-./．—]\s?[01]?\d\s?[-./．—]\s?[0-3]?\d")  # 2023.1.2
_DAYS_AS_LENGTH = re.compile(r"以?内|之内|以上|之?前")  # 20日内; a bare 20日 is a date
_DAYS_BOUND = re.compile(r"(?:不(?:得|能|应|宜)?(?:少于|低于|短于|超过|多于)|至少|最少|最长)\s?$")  # 公示不少于7日
_EACH_TIME = re.compile(r"每(?:周|星期)[^，。；\d]{2,12}$")  # 每周至少开放5日
_AND_A_HALF = re.compile(r"个半(?P<unit>小时|钟头|月|学期|工作日)")  # 1个半小时
_LETTERS = re.compile(r"[A-Za-z_]")
_RATIO = re.compile(r"\s?[:：∶]\s?(?P<below>\d+(?:\.\d+)?)(?!\.?\d|\s?[:：∶])")
_RATIO_SIGNS = frozenset(":：∶")
_PARTING_SIGNS = _RATIO_SIGNS | frozenset("/／")
# 师生比不低于1:15, 之比达到1:0.8: what makes a ratio of two numbers with a colon between them, no clock time and no scale
_RATIO_BEFORE = re.compile(
    r"(?:比例?|配比|比率|比值)(?:原则上|大体|基本)?(?:达到?|为|是|控制在|保持在|稳定在|提高到|提升到|优化到|优化为)?(?:不(?:得)?(?:低于|少于|高于|超过|大于|小于)|至少)?\s?$"
)
_RATIO_AFTER = re.compile(
    r"\s?(?:以[上内下]|左右)?的?(?:比例|配比|比率)(?!尺)|\s?的?(?:标准|要求)?(?:配备|配置|配齐|配套|设置)"
)
_NO_NUMBER_BEHIND = frozenset(f"{string.ascii_letters}_〔[./／")  # A3, 〔2023〕
_CLOCK_BEFORE = re.compile(r"\d\s?[:：∶]$")  # 8:30; but 覆盖率：100%
_MONEY_BEFORE = re.compile(r"人民币\s?$")
_CURRENCY_ENDS = frozenset("币")
_WHOLE_SUM = re.compile("整")  # 伍仟元整
# 5家具备条件的企业: the word after a number is a measure word after all
_UNIT_AFTER_ALL = re.compile(
    r"家具[备有体]|家电[子商]|家政[策务府采]|家园[林艺区]|名优[秀异良]|名单[位亲身]|户用[水电气热]|处室[内外]|支部队|场地方"
)
# 任期不超过两届, 抗御6级左右地震: ranks that are counted
_TERMS_BEFORE = re.compile(r"(?:不超过|不得超过|不能超过|最多|至多|连任)\s?$")
_FORCE_BEFORE = re.compile(r"(?:抗御|抵御|防御|抗击|设防)$")
# 培训班十二期, 集中培训两期: issues of something held or printed
_ISSUES_BEFORE = re.compile(
    r"(?:班|培训|集训|轮训|讲堂|讲座|讲坛|论坛|专栏|专刊|简报|通报|活动|节目|栏目|沙龙|夜校|课堂|研修|举办|开办|编发|刊发|印发)(?:至少|不少于|不低于|各)?$"
)
_RANKS = ("级", "届", "点", "代", "期")  # 三级, 一期: after a Chinese numeral the name of a rank
_AMOUNTS_OF_ONE = ("元", "亩", "吨", "公里", "斤", "公斤", "平方米")  # 万元, 千亩: a power alone counts only these
_ALONE_IN_WORDS = "肆伍陆陸拾佰仟廿卅参參"  # 陆地, 队伍, 收拾
_LONG_IDENTIFIER = 5  # digits without a unit: 96345, a postal code, a telephone number


@record(frozen=True, slots=True)
class Number:
    """A numeral with what belongs to it. ``mantissa`` is the number before 万 or 亿 (20 of 20万)."""

    start: int
    end: int
    low: float
    high: float
    unit: str | None
    kind: QuantityKind
    more: bool = False  # 80余名
    scaled: bool = False
    mantissa: float = 0.0


@record(frozen=True, slots=True)
class Window:
    """The stretch of a text that is read, with the words to read it by."""

    text: str
    pos: int
    end: int
    words: NumberWords

    def match(self, pattern: re.Pattern[str], at: int) -> re.Match[str] | None:
        """``pattern`` at ``at``, not beyond the window."""
        return pattern.match(self.text, at, self.end)

    def ends(self, pattern: re.Pattern[str], at: int, reach: int) -> re.Match[str] | None:
        """``pattern``, one that ends in $, in the ``reach`` characters before ``at``."""
        return pattern.search(self.text, max(self.pos, at - reach), at)

    def ends_in(self, at: int, signs: frozenset[str]) -> bool:
        """True where the character before ``at``, or it with the one before that, is one of ``signs``, with a blank behind it
        or none: what a pattern can end in there."""
        two = self.text[max(self.pos, at - 2) : at]
        if two[-1:].isspace():
            two = self.text[max(self.pos, at - 3) : at - 1]
            return two in signs or two[-1:] in signs or two[-1:].isspace()
        return two in signs or two[-1:] in signs

    def begins_with(self, at: int, signs: frozenset[str]) -> bool:
        """True where the character at ``at`` is one of ``signs`` or a blank: what a pattern can begin with there."""
        sign = self.text[at : at + 1]
        return sign in signs or sign.isspace()

    def before(self, at: int) -> str:
        """The character before ``at``, empty at the window's edge."""
        return self.text[at - 1] if at > self.pos else ""

    def unit(self, at: int) -> re.Match[str] | None:
        """The measure word at ``at``; nothing where its sign opens a word of its own (3部门, 两处置)."""
        if self.text[at : at + 1] not in self.words.unit_starts:
            return None
        unit = self.match(self.words.unit, at)
        if unit is None or len(unit[0]) > 1 or self.match(self.words.not_units, at) is None:
            return unit
        return unit if self.match(_UNIT_AFTER_ALL, at) is not None else None


def read(window: Window, match: re.Match[str]) -> Number | None:
    """The number at a match of :data:`NUMERAL`, nothing where it is none after all."""
    start, stop = match.span()
    if stop - start > LONGEST:
        return None
    before = window.before(start)
    if before == "第":
        value = parse(match[0])
        return None if value is None else Number(start - 1, stop, value, value, None, "ordinal")
    return _arabic(window, match, before) if match["arabic"] is not None else _chinese(window, start, stop, before)


def _arabic(window: Window, match: re.Match[str], before: str) -> Number | None:
    start, stop = match.span()
    digits, scale = match["arabic"], match["scale"]
    if before in _NO_NUMBER_BEHIND or digits.count(".") > 1:
        return None
    if before in _RATIO_SIGNS and window.ends(_CLOCK_BEFORE, start, 3) is not None:
        return None
    if len(digits) > 3 and window.match(_DAY, start):
        return None
    mantissa = float(digits.replace(",", ""))
    after = window.text[stop : stop + 1]
    parted = after in _PARTING_SIGNS or after.isspace()
    if (
        parted
        and window.text[stop : stop + 2].strip()[:1] in _RATIO_SIGNS
        and window.text[stop + 1 : stop + 3].strip()[:1].isdigit()
    ):
        return _ratio(window, start, stop, mantissa) if scale is None else None
    if match["myriads"] is not None:
        return _in_two_parts(window, match)
    slash = window.match(_SLASH, stop) if parted and scale is None and "." not in digits else None
    if slash is not None:
        below = float(slash["below"]) * (MYRIADS["万"] if slash["scale"] else 1)  # 死亡率低于9/10万
        proper = (
            0 < mantissa < below
            and (below <= 1000 or slash["scale"] is not None)
            and not _LETTERS.match(window.text, slash.end())
        )
        return _share(start, slash.end(), round(mantissa / below * 100, 10), "fraction") if proper else None
    value = mantissa if scale is None else parse(digits.replace(",", "") + scale.strip())
    if value is None:
        return None
    number = _with_unit(window, start, stop, value, value, scaled=scale is not None, mantissa=mantissa)
    if number.unit is None or number.unit in ("年", "点"):
        year = scale is None and len(digits) == 4 and after == "年"
        if year or window.match(_DATE_AFTER, stop) or window.match(_LETTERS, stop):
            return None
    if number.unit == "周" and before == "月":
        return None
    if number.unit in ("级", "届") and not _is_counted_rank(window, start, number.unit):
        return None
    if number.unit == "日" and not _are_days(window, start, number.end):
        return None
    identifier = number.unit is None and scale is None and digits.isdecimal() and len(digits) >= _LONG_IDENTIFIER
    return None if identifier else number


def _ratio(window: Window, start: int, stop: int, above: float) -> Number | None:
    """1:15 as a fraction, where a word before or after says that it is a ratio; a clock time and 1:1:1 are none."""
    match = window.match(_RATIO, stop)
    below = float(match["below"]) if match is not None else 0.0
    if match is None or not (above and below):
        return None
    named = window.ends(_RATIO_BEFORE, start, 16) is not None or window.match(_RATIO_AFTER, match.end()) is not None
    return _share(start, match.end(), round(above / below * 100, 10), "fraction") if named else None


def _in_two_parts(window: Window, match: re.Match[str]) -> Number | None:
    """1万2,000人次, 2亿3500万元: digits on either side of the 万."""
    start, stop = match.span()
    rest = float(match["rest"].replace(",", "")) * (parse("一" + match["rest_scale"]) or 1)
    scale = MYRIADS[match["myriads"]]
    value = float(match["arabic"].replace(",", "")) * scale + rest
    if rest >= scale or "." in match["arabic"]:
        return None
    return _with_unit(window, start, stop, value, value, scaled=True, mantissa=value)


def _chinese(window: Window, start: int, stop: int, before: str) -> Number | None:
    run = window.text[start:stop]
    if before == "初" and len(run) <= 2:
        return None  # 初八
    if before in ("数", "几", "上", "好") and run[0] in POWERS | MYRIADS:
        return None  # 数百万, 几十, 上千
    parts = window.match(_PARTS_OF, stop) if window.text[stop : stop + 1] == "分" else None
    if parts is not None:
        return _parts(window, start, stop, parts.end())
    if _is_in_word(window, start, stop):
        return None
    low, high = _several(window, run, stop) or (None, None)
    if low is None or high is None:
        low = high = parse(run.rstrip("几").replace("零几", "").replace("几", ""))
        if low is None or high is None:
            return None
    tenths = window.match(_TENTHS, stop) if high <= 10 and window.text[stop : stop + 1] == "成" else None
    if tenths is not None:
        rest = 5 if tenths["half"] else DIGITS[tenths["rest"]] if tenths["rest"] else 0
        return replace(_share(start, tenths.end(), low * 10 + rest, "percent"), high=high * 10 + rest)
    number = _with_unit(window, start, stop, low, high, scaled=run[-1] in MYRIADS, mantissa=low)
    return number if _is_counting(window, run, stop, number) else None


def _is_in_word(window: Window, start: int, stop: int) -> bool:
    """True where the signs belong to a word (统一, 三农); a long numeral (三十五) belongs to none."""
    text, pairs = window.text, window.words.never_pairs
    run = text[start:stop]
    if len(run) == 1 and text[start - 1 : stop] not in pairs and text[start : stop + 1] not in pairs:
        return False
    if text[stop : stop + 2] == "分钟" or (len(run) >= 3 and any(c in POWERS for c in run)):
        return False  # 三十分钟 is not 十分
    near = window.words.never.finditer(text, max(window.pos, start - 4), min(window.end, stop + 4))
    return any(word.start() < stop and start < word.end() for word in near)


def _is_counting(window: Window, run: str, stop: int, number: Number) -> bool:
    """False for a Chinese numeral that is a date, a rank or a sign of a word after all."""
    unit = number.unit
    if unit is None and not number.more:
        if all(c in POWERS or c in MYRIADS for c in run) or (len(run) == 1 and run in _ALONE_IN_WORDS):
            return False  # 百姓, 万众
        if window.match(_DATE_AFTER, stop) or window.text[stop : stop + 1] == "年":
            return False
    if unit == "年" and (len(run) == 4 or window.match(_DATE_AFTER, stop)):
        return False
    if unit == "日":
        return _are_days(window, number.start, number.end)
    if unit == "村" and len(run) == 1 and run not in "两兩":
        return False  # 一村60户、二村40户
    if unit in _RANKS:
        return _is_counted_rank(window, number.start, unit)
    power = run != "十" and (run in POWERS or run in MYRIADS)
    return not power or unit in _AMOUNTS_OF_ONE or number.more


def _are_days(window: Window, start: int, end: int) -> bool:
    """True for 20日内, 不少于7日 and 每周开放5日; a bare 20日 is a date."""
    if window.before(start) == "月":
        return False
    if window.match(_DAYS_AS_LENGTH, end) is not None or window.ends(_EACH_TIME, start, 16) is not None:
        return True
    return window.ends(_DAYS_BOUND, start, 6) is not None


def _is_counted_rank(window: Window, start: int, unit: str | None) -> bool:
    """True for the 两届 that a term must not exceed and the 6级 of an earthquake that must be withstood."""
    if unit == "届":
        return window.ends(_TERMS_BEFORE, start, 6) is not None
    if unit == "期":
        return window.ends(_ISSUES_BEFORE, start, 6) is not None
    return unit == "级" and window.ends(_FORCE_BEFORE, start, 4) is not None


def _parts(window: Window, start: int, stop: int, above: int) -> Number | None:
    """百分之七十, 千分之五 (percent); 三分之一 (fraction)."""
    tail = window.match(_PARTS, above)
    below = parse(window.text[start:stop])
    if tail is None or not below:
        return None
    thousands = tail[0][-1] in "KkＫｋ"
    over = parse(tail[0][:-1] if thousands else tail[0])
    if over is None:
        return None
    per = all(c in POWERS or c in MYRIADS for c in window.text[start:stop])
    value = round(over * (1000 if thousands else 1) / below * 100, 10)
    return _share(start, tail.end(), value, "percent" if per else "fraction")


def _several(window: Window, run: str, stop: int) -> tuple[float, float] | None:
    """Two neighbouring digits before a power or a measure word are a range: 三四十 (30, 40), 一两个 (1, 2)."""
    match = _NEIGHBOURS.fullmatch(run)
    if match is None:
        return None
    a, b = DIGITS[match["a"]], DIGITS[match["b"]]
    if b - a != 1 and (a, b) != (3, 5):
        return None
    if not (match["powers"] or window.unit(stop) or window.text[stop : stop + 1] == "成"):
        return None
    head = parse(match["head"]) if match["head"] else 0.0
    low, high = parse(match["a"] + match["powers"]), parse(match["b"] + match["powers"])
    return None if low is None or high is None or head is None else (head + low, head + high)


def _share(start: int, stop: int, value: float, kind: QuantityKind) -> Number:
    return Number(start, stop, value, value, "%", kind, mantissa=value)


def _with_unit(
    window: Window, start: int, stop: int, low: float, high: float, *, scaled: bool, mantissa: float
) -> Number:
    """The number with its 多 or 余, a second power (500万余亿) and its measure word."""
    more = window.match(_MORE, stop) if window.text[stop : stop + 1] in _MORE_SIGNS else None
    if more is not None:
        stop = more.end()
        while stop < window.end and window.text[stop] in MYRIADS:
            low, high, scaled = low * MYRIADS[window.text[stop]], high * MYRIADS[window.text[stop]], True
            stop += 1
    unit = window.unit(stop + 1 if window.text[stop : stop + 1] == " " else stop)
    half = window.match(_AND_A_HALF, stop) if more is None and window.text[stop : stop + 1] == "个" else None
    if half is not None:
        return Number(start, half.end(), low + 0.5, high + 0.5, half["unit"], "time")
    kind: QuantityKind
    if unit is None:
        sum_start = _sum_start(window, start)
        kind, named = ("number", None) if sum_start == start else ("money", "元")
        return Number(sum_start, stop, low, high, named, kind, more is not None, scaled, mantissa)
    row = window.words.units[unit[0]]
    name, kind, stop = row.canonical or row.word, cast(QuantityKind, row.kind), unit.end()
    if name == "‰":
        name, low, high = "%", low / 10, high / 10
    elif row.kind == "points":
        kind = "number"
    elif row.kind == "money":
        start, whole = _sum_start(window, start), window.match(_WHOLE_SUM, stop)
        stop = stop if whole is None else whole.end()
    return Number(start, stop, low, high, name, kind, more is not None, scaled, mantissa)


def _sum_start(window: Window, start: int) -> int:
    """Where a sum of money begins whose number stands at ``start``: at the 人民币 before it, if any."""
    money = window.ends(_MONEY_BEFORE, start, 4) if window.ends_in(start, _CURRENCY_ENDS) else None
    return start if money is None else money.start()
