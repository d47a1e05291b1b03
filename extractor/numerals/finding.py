"""A text → its quantities (找数): the numeral, its unit, its bound, its direction."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import cast

from extractor.lexicon import Lexicon, load
from extractor.model import Change, Operator, Span
from extractor.numerals.reading import DIGIT_CLASS, DIGITS, LONGEST, MYRIADS, NUMERAL_CLASS, POWERS, parse
from extractor.numerals.values import Quantity, QuantityKind
from extractor.numerals.words import NumberWords, number_words

_SCALE = rf"(?:\s?[{''.join(POWERS)}]{{0,2}}[{''.join(MYRIADS)}]{{1,2}}|\s?[百千](?![分瓦克米伏帕]))"

_NUMERAL = re.compile(
    rf"""
    (?P<arabic>
        \d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?(?!\d) | \d+(?:\.\d+)*      # 5,236  35.5; 1.2.3 is looked at and put aside
    )(?P<scale>{_SCALE}(?:[一二三四五六七八九](?![{NUMERAL_CLASS}几多余]))?)?        # 4.78万亿  8千  4万一
    | (?P<chinese>半[百千万] | [{NUMERAL_CLASS}](?:[{NUMERAL_CLASS}]|点(?=[{DIGIT_CLASS}])|几(?=[{NUMERAL_CLASS}]))*)
    """,
    re.VERBOSE,
)
_PARTS_OF = re.compile(r"分之")
_PERCENT_TAIL = re.compile(rf"\d[\d,]*(?:\.\d+)?(?:[KkＫｋ](?![A-Za-z]))?|[{NUMERAL_CLASS}]+(?:点[{DIGIT_CLASS}]+)?")
_SLASH = re.compile(r"\s?[/／]\s?(?P<below>\d{1,4})(?![\d.%])")
_MORE = re.compile(r"[多余餘](?!种形式|元化|样|层次|渠道)|几(?=[个名家条项人户处万亿])")
_JOIN = re.compile(r"\s?(?:[-－—–―~～〜∼]{1,2}|至|到)\s?")
_BETWEEN = re.compile(r"\s?(?:和|与|至|到|-|—|~|～)\s?")
_TENTHS = re.compile(
    r"成(?:(?P<rest>[一二三四五六七八九])(?![成十百千万]))?(?![立员为长果功效本就都品熟绩份交片群套型色分天因])"
)
_MONEY_BEFORE = re.compile(r"人民币\s?$")
# A calendar date, a clock time, a document number, a clause number: no quantity.
_DATE_AFTER = re.compile(
    r"\s?(?:年(?=\s?\d{1,2}\s?月|底|末|初|度|前|起|以来|版|级)|月(?!均)(?!子)|日(?!均)|号|时(?!间|常)|届|[:：]\d\d|[.．/／]\d)"
)
_DAY = re.compile(r"(?:19|20)\d\d\s?[-./．—]\s?[01]?\d\s?[-./．—]\s?[0-3]?\d")  # 2023.1.2
_LETTERS = re.compile(r"[A-Za-z_]")
_RATIO = re.compile(r"\s?[:：∶]\s?\d")
_NEAR_BEFORE = 9  # characters looked back for a bound: 最长不超过, 大于或等于 with a small word after
_CHANGE_BEFORE = re.compile(
    r"""
    (?:(?P<increase>新增加?|净增加?|增长|增加|提高|提升|上升|上涨|增幅|增速|递增|年增|同比增)
      |(?P<decrease>下降|降低|减少|压减|缩减|核减|削减|精简|下浮|降幅|减幅|递减))
    (?:幅度|率)?(?:了|均|各|再)?\s?$
    """,
    re.VERBOSE,
)
_MULTIPLE_BEFORE = re.compile(r"(?:增长|增加|提高|提升|扩大)(?:了)?$")


@dataclass(frozen=True, slots=True)
class _Number:
    """A numeral with what belongs to it, before its bound is looked for."""

    start: int
    end: int
    low: float
    high: float
    unit: str | None
    kind: QuantityKind
    more: bool = False  # 80余名
    scaled: bool = False
    mantissa: float = 0.0


def find(text: str, pos: int = 0, endpos: int | None = None, *, lexicon: Lexicon | None = None) -> list[Quantity]:
    """The quantities of ``text[pos:endpos]`` in order, none within another. Offsets count in ``text``.

    Dates, clock times, document numbers (〔2023〕13号), names with letters (3A, PM2.5) and words that only hold the sign of a
    number (统一, 三农) are none. ``lexicon`` gives the words, the shipped ones where it is left out.
    """
    words = number_words(lexicon or load())
    end = len(text) if endpos is None else endpos
    found = sorted([*_phrases(text, pos, end, words), *_numbers(text, pos, end, words)], key=lambda q: q.span)
    return list(_bounded_twice(text, found))


def _phrases(text: str, pos: int, end: int, words: NumberWords) -> Iterator[Quantity]:
    for match in words.phrase.finditer(text, pos, end):
        row = words.phrases[match[0]]
        if row.kind == "ignore":
            continue
        span = Span(*match.span())
        yield Quantity(
            span,
            span,
            float(row.low),
            float(row.low),
            "=",
            row.unit or None,
            cast(QuantityKind, row.kind),
            cast(Change, row.change) if row.change else None,
        )


def _numbers(text: str, pos: int, end: int, words: NumberWords) -> Iterator[Quantity]:
    at = pos
    while True:
        match = _NUMERAL.search(text, at, end)
        if match is None:
            return
        number = _read(text, match, pos, end, words)
        if number is None:
            at = match.end()
            continue
        first = number
        ranged = _range(text, number, pos, end, words)
        number = ranged or number
        quantity = _bound(text, first, number, pos, end, words, ranged=ranged is not None or number.low != number.high)
        yield quantity
        at = max(quantity.span.end, match.end())


def _read(text: str, match: re.Match[str], pos: int, end: int, words: NumberWords) -> _Number | None:
    """The number at a match of the numeral pattern, nothing where it is none after all."""
    start, stop = match.span()
    if stop - start > LONGEST:
        return None
    if match["arabic"] is not None:
        return _arabic(text, match, pos, end, words)
    return _chinese(text, start, stop, pos, end, words)


def _arabic(text: str, match: re.Match[str], pos: int, end: int, words: NumberWords) -> _Number | None:
    start, stop = match.span()
    digits, scale = match["arabic"], match["scale"]
    before = text[start - 1] if start > pos else ""
    if before == "第":
        return _ordinal(text, start, stop)
    if digits.count(".") > 1 or (before and (_LETTERS.match(before) or before in "〔[.:：∶/／")):
        return None
    if _DAY.match(text, start, end):
        return None
    if _RATIO.match(text, stop, end):
        return None
    slash = _SLASH.match(text, stop, end) if scale is None and "." not in digits else None
    if slash is not None:
        below, above = float(slash["below"]), float(digits.replace(",", ""))
        if 0 < above < below <= 1000 and not _LETTERS.match(text, slash.end()):
            return _finish(text, start, slash.end(), above / below * 100, "%", "fraction", end)
        return None
    value = parse(digits.replace(",", "") + (scale or "").strip())
    if value is None:
        return None
    mantissa = float(digits.replace(",", ""))
    number = _with_unit(text, start, stop, value, value, end, words, scaled=scale is not None, mantissa=mantissa)
    if number.unit is None or number.unit in ("年", "点", "级", "届"):
        year = scale is None and len(digits) == 4 and text[stop : stop + 1] == "年"
        if year or _DATE_AFTER.match(text, stop, end) or _LETTERS.match(text, stop, end):
            return None
        if number.unit in ("级", "届"):
            return None  # 3级, 5届: a rank or an ordinal
    if number.unit in ("日", "周") and before == "月":
        return None
    if number.unit == "日" and not re.match(r"以?内|之内|以上|[之]?前", text[number.end : number.end + 2]):
        return None
    if number.unit is None and scale is None and len(digits) >= 5 and "," not in digits and "." not in digits:
        return None  # 96345, a telephone number, a postal code
    return number


def _chinese(text: str, start: int, stop: int, pos: int, end: int, words: NumberWords) -> _Number | None:
    before = text[start - 1] if start > pos else ""
    if before == "第":
        return _ordinal(text, start, stop)
    if before == "初" and stop - start <= 2:
        return None  # 初八
    if before in ("数", "几", "上", "好") and text[start] in POWERS | MYRIADS:
        return None  # 数百万, 几十, 上千
    parts = _PARTS_OF.match(text, stop, end)
    if parts is not None:
        return _parts(text, start, stop, parts.end(), end, words)
    near = words.never.finditer(text, max(pos, start - 4), min(end, stop + 4))
    if any(word.start() < stop and start < word.end() for word in near) and not _is_long(text, start, stop):
        return None
    run = text[start:stop]
    several = _several(run)
    if several is not None and (several[2] or words.unit.match(text, stop, end) or text[stop : stop + 1] == "成"):
        low, high = several[0], several[1]
    else:
        clean = run.rstrip("几")
        value = parse(clean.replace("零几", "").replace("几", ""))
        if value is None:
            return None
        low = high = value
    tenths = _TENTHS.match(text, stop, end) if high <= 10 else None
    if tenths is not None:
        rest = DIGITS[tenths["rest"]] if tenths["rest"] else 0
        made = _finish(text, start, tenths.end(), low * 10 + rest, "%", "percent", end)
        return replace(made, high=high * 10 + rest)
    number = _with_unit(text, start, stop, low, high, end, words, scaled=run[-1] in MYRIADS, mantissa=low)
    if number.unit is None and not number.more:
        if run in POWERS or run in MYRIADS or all(c in POWERS or c in MYRIADS for c in run):
            return None  # 百姓, 万众: a power alone counts nothing
        if len(run) == 1 and run in "肆伍陆陸拾佰仟廿卅参參":
            return None  # 陆地, 队伍, 收拾
        if _DATE_AFTER.match(text, stop, end) or text[stop : stop + 1] == "年":
            return None
    if number.unit == "年" and (len(run) == 4 or _DATE_AFTER.match(text, stop, end)):
        return None
    if number.unit in ("级", "届", "日", "点", "代", "期"):
        return None if number.unit != "日" or not re.match(r"以?内|之内", text[number.end : number.end + 2]) else number
    bare_power = run != "十" and (run in POWERS or run in MYRIADS)
    if bare_power and number.unit not in ("元", "亩", "吨", "公里", "斤", "公斤", "平方米") and not number.more:
        return None  # 千人, 万户: only 万元, 千亩 name an amount
    return number


def _is_long(text: str, start: int, stop: int) -> bool:
    """True for a numeral that no word holds: 三十五, 一千零八."""
    return stop - start >= 3 and any(c in POWERS for c in text[start:stop])


def _ordinal(text: str, start: int, stop: int) -> _Number | None:
    value = parse(text[start:stop])
    return None if value is None else _Number(start - 1, stop, value, value, None, "ordinal")


def _parts(text: str, start: int, stop: int, above: int, end: int, words: NumberWords) -> _Number | None:
    """百分之七十, 千分之五 (percent); 三分之一 (fraction)."""
    tail = _PERCENT_TAIL.match(text, above, end)
    below = parse(text[start:stop])
    if tail is None or not below:
        return None
    written = tail[0]
    thousands = written[-1] in "KkＫｋ"
    over = parse(written[:-1] if thousands else written)
    if over is None:
        return None
    per = all(c in POWERS or c in MYRIADS for c in text[start:stop])
    value = over * (1000 if thousands else 1) / below * 100
    return _finish(text, start, tail.end(), round(value, 10), "%", "percent" if per else "fraction", end)


def _several(run: str) -> tuple[float, float, bool] | None:
    """Two neighbouring digits are a range: 三四十 (30, 40), 一两 (1, 2), 十五六 (15, 16). The flag: a power follows them."""
    match = re.fullmatch(
        r"(?P<head>十|[一二三四五六七八九]十|[一二三四五六七八九]?百)?(?P<a>[一二两三四五六七八九])(?P<b>[二两三四五六七八九])(?P<powers>[十百千万亿]*)",
        run,
    )
    if match is None:
        return None
    a, b = DIGITS[match["a"]], DIGITS[match["b"]]
    if not 0 < b - a <= 2 or (b - a == 2 and (a, b) != (3, 5)):
        return None
    head = parse(match["head"]) if match["head"] else 0.0
    low, high = parse(match["a"] + match["powers"]), parse(match["b"] + match["powers"])
    if low is None or high is None or head is None:
        return None
    return head + low, head + high, bool(match["powers"])


def _finish(text: str, start: int, stop: int, value: float, unit: str, kind: QuantityKind, end: int) -> _Number:
    return _Number(start, stop, value, value, unit, kind, mantissa=value)


def _with_unit(
    text: str,
    start: int,
    stop: int,
    low: float,
    high: float,
    end: int,
    words: NumberWords,
    *,
    scaled: bool,
    mantissa: float,
) -> _Number:
    """The number with its 多 or 余, a second power (500万余亿) and its measure word."""
    more = _MORE.match(text, stop, end)
    if more is not None:
        stop = more.end()
        while stop < end and text[stop] in MYRIADS:
            low, high = low * MYRIADS[text[stop]], high * MYRIADS[text[stop]]
            scaled = True
            stop += 1
    gap = stop + 1 if stop < end and text[stop] == " " else stop
    unit = words.unit.match(text, gap, end)
    if unit is None and gap > stop:
        gap = stop
    if unit is not None and len(unit[0]) == 1 and _false_unit(text, unit, end, words):
        unit = None
    if unit is None:
        money = _MONEY_BEFORE.search(text, max(0, start - 4), start)
        if money is not None:
            return _Number(money.start(), stop, low, high, "元", "money", more is not None, scaled, mantissa)
        return _Number(start, stop, low, high, None, "number", more is not None, scaled, mantissa)
    row = words.units[unit[0]]
    name, kind = row.canonical or row.word, row.kind
    if kind == "percent" and name == "‰":
        low, high, name = low / 10, high / 10, "%"
    if kind == "points":
        kind = "number"
    if kind == "money":
        money = _MONEY_BEFORE.search(text, max(0, start - 4), start)
        start = money.start() if money is not None else start
        whole = re.compile("整").match(text, unit.end(), end)
        if whole is not None:
            return _Number(start, whole.end(), low, high, name, "money", more is not None, scaled, mantissa)
    return _Number(start, unit.end(), low, high, name, cast(QuantityKind, kind), more is not None, scaled, mantissa)


# 5家具备条件的企业: the word after a number is a measure word after all
_TRUE_AFTER_ALL = re.compile(r"家具[备有体]|家电[子商]")


def _false_unit(text: str, unit: re.Match[str], end: int, words: NumberWords) -> bool:
    """True where the sign after a number opens a word of its own: 3部门, 两处置."""
    return (
        words.not_units.match(text, unit.start(), end) is not None
        and _TRUE_AFTER_ALL.match(text, unit.start(), end) is None
    )


def _range(text: str, first: _Number, pos: int, end: int, words: NumberWords) -> _Number | None:
    """``first`` with the number it is joined to: 1-2个, 30%至50%, 三到五, 20和30之间."""
    if first.low != first.high or first.kind == "ordinal" or first.more:
        return None
    join = _JOIN.match(text, first.end, end) or _BETWEEN.match(text, first.end, end)
    if join is None:
        return None
    loose = _JOIN.match(text, first.end, end) is None
    match = _NUMERAL.match(text, join.end(), end)
    if match is None:
        return None
    second = _read(text, match, join.end(), end, words)
    if second is None or second.low != second.high or second.kind == "ordinal":
        return None
    between = re.compile(r"之间|间(?!隔|接|歇)").match(text, second.end, end)
    if loose and between is None:
        return None
    low, high = first.low, second.high
    unit, kind = second.unit, second.kind
    if second.scaled and not first.scaled and first.unit is None and second.mantissa and low < second.mantissa * 1e4:
        factor = high / second.mantissa if second.mantissa else 1.0
        if low * factor < high:
            low *= factor  # 20至30万元
    if first.unit is not None and second.unit is not None and first.unit != second.unit:
        return None
    if unit is None:
        unit, kind = first.unit, first.kind
    if kind == "percent" and first.unit is None and first.kind == "fraction":
        return None
    if not low < high:
        return None
    stop = between.end() if between is not None else second.end
    start = first.start
    opened = (
        re.compile(r"(?:位于|介于|在|从)\s?$").search(text, max(pos, start - 3), start) if between is not None else None
    )
    return _Number(opened.start() if opened else start, stop, low, high, unit, kind)


def _bound(
    text: str, first: _Number, number: _Number, pos: int, end: int, words: NumberWords, *, ranged: bool
) -> Quantity:
    """The quantity with the bound before and after it."""
    start, stop = number.start, number.end
    operator: Operator = "range" if ranged else ">=" if number.more else "="
    after = words.after.match(text, stop, end)
    unit, kind = number.unit, number.kind
    if after is not None and kind != "ordinal":
        stop = after.end()
        if not ranged:
            operator = cast(Operator, words.operators_after[after["word"]])
        if unit is None:  # 一以上个: the measure word after its bound
            late = words.unit.match(text, stop, end)
            if (
                late is not None
                and words.units[late[0]].kind in ("count", "percent")
                and not _false_unit(text, late, end, words)
            ):
                row = words.units[late[0]]
                unit, kind, stop = row.canonical or row.word, cast(QuantityKind, row.kind), late.end()
    elif kind == "time" and re.compile("内(?!部|容|设|控|外|涝)").match(text, stop, end):
        stop += 1
        operator = operator if ranged else "<="
    before = words.before.search(text, max(pos, start - _NEAR_BEFORE), start) if kind != "ordinal" else None
    if before is not None and not ranged:
        start = before.start()
        first_operator = cast(Operator, words.operators_before[before["word"]])
        if operator in ("=", "~") or first_operator in (">=", "<="):
            operator = first_operator
    elif before is not None:
        start = before.start()
    change: Change | None = None
    rise = _CHANGE_BEFORE.search(text, max(pos, start - 8), start)
    if rise is not None:
        change = "increase" if rise["increase"] else "decrease"
    elif kind == "multiple":
        change = "multiply"
    low: float | None = number.low
    high: float | None = number.high
    if operator in (">=", ">"):
        high = None
    elif operator in ("<=", "<"):
        low = None
    return Quantity(Span(start, stop), Span(number.start, number.end), low, high, operator, unit, kind, change)


def _bounded_twice(text: str, found: list[Quantity]) -> Iterator[Quantity]:
    """Joins two bounds of one number (大于等于0并小于230, 最多100最少20个) and drops what lies within another."""
    held: Quantity | None = None
    for quantity in found:
        if held is None:
            held = quantity
            continue
        if quantity.span.start < held.span.end:
            if quantity.span.length > held.span.length:
                held = quantity
            continue
        gap = text[held.span.end : quantity.span.start]
        lower = {held.operator, quantity.operator} & {">=", ">"}
        upper = {held.operator, quantity.operator} & {"<=", "<"}
        if len(gap) <= 2 and not set(gap) - set("并且，,、又 ") and lower and upper:
            low = held.low if held.low is not None else quantity.low
            high = held.high if held.high is not None else quantity.high
            units = {held.unit, quantity.unit} - {None}
            if (
                low is not None
                and high is not None
                and low < high
                and len(units) <= 1
                and "percent" not in {held.kind} ^ {quantity.kind}
            ):
                whole = quantity if quantity.unit else held
                span = Span(held.span.start, quantity.span.end)
                held = replace(whole, span=span, numeral=span, low=low, high=high, operator="range")
                continue
        yield held
        held = quantity
    if held is not None:
        yield held
