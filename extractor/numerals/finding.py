"""A text → its quantities (找数): each number with its range, its bound and its direction."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import cast

from extractor.lexicon import Lexicon, load
from extractor.model import Change, Operator, Span
from extractor.numerals.scanning import NUMERAL, NUMERAL_START, SIGNS, Number, Window, read
from extractor.numerals.values import Quantity, QuantityKind
from extractor.numerals.words import number_words
from extractor.records import replace

_JOIN = re.compile(r"\s?(?:[-－—–―~～〜∼]{1,2}|至|到)\s?")
_AND = re.compile(r"\s?(?:和|与)\s?")  # only in 20和30之间
_JOINS = frozenset("-－—–―~～〜∼至到和与")  # what the two begin with, or a blank
_BETWEEN_END = re.compile(r"之间|间(?!隔|接|歇)")
_BETWEEN_START = re.compile(r"(?:位于|介于|在|从)\s?$")
_WITHIN = re.compile(r"内(?!部|容|设|控|外|涝)")  # 48小时内
_LATE_UNITS = ("个", "家", "名", "人", "项", "次")  # 一以上个: the measure word after its bound
_OVER = re.compile(r"(?:^|[^通经超不度渡路走穿翻跨错])过$")
_NEAR_BEFORE = 9  # characters looked back for a bound: 最长不超过, 大于或等于 with a small word after
_DIRECTION = re.compile(
    r"""
    (?:(?P<increase>新增加?|净增加?|增长|增加|提高|(?<!改造)提升|成长|上升|上涨|增幅|增速|递增|年增|同比增)
      |(?P<decrease>下降|降低|减少|压减|缩减|核减|削减|精简|下浮|降幅|减幅|递减))
    (?:幅度|率)?(?:了|均|各|再)?\s?$
    """,
    re.VERBOSE,
)
_DIRECTION_ENDS = frozenset("加长高升涨幅速增降低少减简浮率度了均各再")
_GOES_ON = frozenset(" 成多余几来分之点半-—–－―~～〜∼至到和与、，以左上年")  # 一至三个, 一成, 三分之一, 十多个
_RUNS_ON = SIGNS | {"点", "几"}  # what may stand inside one numeral
_LINE_MARKS = frozenset(".．、）)")  # what parts the number of a line from its words
_BOTH = re.compile(r"[并且，,、又 ]{0,2}")  # 大于等于0并小于230


def find(
    text: str, pos: int = 0, endpos: int | None = None, *, lexicon: Lexicon | None = None, bare: bool = True
) -> list[Quantity]:
    """The quantities of ``text[pos:endpos]`` in order, none within another. Offsets count in ``text``.

    Dates, clock times, document numbers (〔2023〕13号), names with letters (3A, PM2.5) and words that only hold the sign of a
    number (统一, 三农) are none. ``lexicon`` gives the words, the shipped ones where it is left out. ``bare`` false leaves out single
    Chinese signs that nothing is counted by (一体, 第三, 二期) and the numbers of lines (1. 二、 （三）): most numerals of a
    text.
    """
    end = len(text) if endpos is None else min(endpos, len(text))
    words = lexicon or load()
    window = Window(text, pos, end, number_words(words))
    starts = NUMERAL_START if bare else words.derived("numerals.counting", _counting)
    found = [*_phrases(window), *_numbers(window, starts, bare=bare)]
    found.sort(key=lambda q: (q.span.start, q.span.end))
    return list(_settled(text, found))


def _phrases(window: Window) -> Iterator[Quantity]:
    """全覆盖, 清零, 翻一番: numbers without digits."""
    for match in window.words.phrase.finditer(window.text, window.pos, window.end):
        row = window.words.phrases[match[0]]
        if row.kind == "ignore":
            continue
        span, value = Span(*match.span()), float(row.low)
        kind, change = cast(QuantityKind, row.kind), cast(Change, row.change) if row.change else None
        if row.kind in ("percent", "time") and change is None:  # 一半以上, 不少于半天
            half = Number(span.start, span.end, value, value, row.unit, kind)
            yield _bounded(window, half, is_range=False)
            continue
        yield Quantity(span, span, value, value, "=", row.unit or None, kind, change)


def _counting(lexicon: Lexicon) -> re.Pattern[str]:
    """Where a number may begin that something is counted by: most Chinese signs of a text (一体, 第三, 统一) are passed over."""
    counted = re.escape("".join(sorted(number_words(lexicon).unit_starts | _GOES_ON)))
    runs_on = re.escape("".join(sorted(_RUNS_ON)))
    return re.compile(rf"{NUMERAL_START.pattern}(?:(?<=\d)|(?=[{runs_on}])|(?=[{counted}])(?<!第.))")


def _numbers(window: Window, starts: re.Pattern[str], *, bare: bool) -> Iterator[Quantity]:
    at, text, end = window.pos, window.text, window.end
    for opening in starts.finditer(text, at, end):
        start = opening.start()
        if start < at:
            continue
        match = NUMERAL.match(text, start, end)
        if match is None:
            continue
        stop = match.end()
        after = text[stop : stop + 1]
        if after == "月" or (after == "年" and stop - start == 4 and match["arabic"] is not None):
            at = stop  # 12月, 2023年: most digits of a notice
            continue
        if not bare and after in _LINE_MARKS and _numbers_a_line(text, start):
            at = stop
            continue
        lone = not bare and stop - start == 1 and after in _RUNS_ON and match["arabic"] is None
        if lone and _counts_nothing(window, start, after):
            continue
        number = read(window, match)
        if number is None:
            at = stop
            continue
        ranged = _range(window, number)
        quantity = _bounded(window, ranged or number, is_range=ranged is not None or number.low != number.high)
        yield quantity
        at = max(quantity.span.end, stop)


def _numbers_a_line(text: str, start: int) -> bool:
    """True where a line begins with the number at ``start``, or with a bracket and the number; a mark follows it."""
    if start and text[start - 1] in "（(":
        start -= 1
    return not start or text[start - 1] == "\n"


def _counts_nothing(window: Window, start: int, after: str) -> bool:
    """True for a single sign that nothing is counted by: 一体, 第三, 二期; ``after`` is the character behind it."""
    return (after not in window.words.unit_starts and after not in _GOES_ON) or window.before(start) == "第"


def _range(window: Window, first: Number) -> Number | None:
    """``first`` with the number it is joined to: 1-2个, 30%至50%, 三到五, 20和30之间."""
    if first.low != first.high or first.kind == "ordinal" or first.more:
        return None
    after = window.text[first.end : first.end + 1]
    if after not in _JOINS and not after.isspace():
        return None  # most numbers: told before anything is matched
    joined = window.match(_JOIN, first.end)
    join = joined or window.match(_AND, first.end)
    match = NUMERAL.match(window.text, join.end(), window.end) if join is not None else None
    if join is None or match is None:
        return None
    second = read(_from(window, join.end()), match)
    if second is None or second.low != second.high or second.kind == "ordinal":
        return None
    closing = window.match(_BETWEEN_END, second.end)
    if joined is None and closing is None:
        return None
    if first.unit is not None and second.unit is not None and first.unit != second.unit:
        return None
    low = _scaled_like(first, second)
    if not low < second.high:
        return None
    opening = window.ends(_BETWEEN_START, first.start, 3) if closing is not None else None
    whole = second if second.unit is not None else first
    start = opening.start() if opening is not None else first.start
    end = closing.end() if closing is not None else second.end
    return Number(start, end, low, second.high, whole.unit, whole.kind)


def _from(window: Window, start: int) -> Window:
    """``window`` from ``start`` on: what stands before a range's second number is its first."""
    return replace(window, pos=start)


def _scaled_like(first: Number, second: Number) -> float:
    """The low side of 20至30万元, which shares the 万 of the high one."""
    if not second.scaled or first.scaled or first.unit is not None or not second.mantissa:
        return first.low
    scaled = first.low * second.high / second.mantissa
    return scaled if scaled < second.high else first.low


def _bounded(window: Window, number: Number, *, is_range: bool) -> Quantity:
    """The quantity with the bound before and after its number."""
    start, stop, unit, kind = number.start, number.end, number.unit, number.kind
    operator: Operator = "range" if is_range else ">=" if number.more else "="
    after = None
    if kind != "ordinal" and window.begins_with(stop, window.words.after_starts):
        after = window.match(window.words.after, stop)
    if after is not None:
        stop = after.end()
        operator = operator if is_range else cast(Operator, window.words.operators_after[after["word"]])
        late = window.unit(stop) if unit is None else None
        if late is not None and late[0] in _LATE_UNITS:
            unit, kind, stop = late[0], "count", late.end()
    elif kind == "time" and window.match(_WITHIN, stop):
        stop += 1
        operator = operator if is_range else "<="
    bounded = kind != "ordinal" and window.ends_in(start, window.words.before_ends)
    before = window.ends(window.words.before, start, _NEAR_BEFORE) if bounded else None
    if before is not None:
        start = before.start()
        written = cast(Operator, window.words.operators_before[before["word"]])
        if not is_range and (operator in ("=", "~") or written in (">=", "<=")):
            operator = written
    elif number.unit == "%" and operator == "=" and (over := window.ends(_OVER, start, 2)) is not None:
        start, operator = over.end() - 1, ">"  # 占比过八成
    low = None if operator in ("<=", "<") else number.low
    high = None if operator in (">=", ">") else number.high
    numeral = Span(number.start, number.end)
    return Quantity(Span(start, stop), numeral, low, high, operator, unit, kind, _change(window, start, kind))


def _change(window: Window, start: int, kind: QuantityKind) -> Change | None:
    """The direction that stands right before the number: 增长8%, 减少3家."""
    direction = window.ends(_DIRECTION, start, 8) if window.ends_in(start, _DIRECTION_ENDS) else None
    if direction is not None:
        return "increase" if direction["increase"] else "decrease"
    return "multiply" if kind == "multiple" else None


def _settled(text: str, found: list[Quantity]) -> Iterator[Quantity]:
    """The quantities without those inside another, and two bounds of one number as one range."""
    held: Quantity | None = None
    for quantity in found:
        if held is None:
            held = quantity
        elif quantity.span.start < held.span.end:
            held = max(held, quantity, key=lambda q: q.span.length)
        elif (both := _both_bounds(text, held, quantity)) is not None:
            held = both
        else:
            yield held
            held = quantity
    if held is not None:
        yield held


def _both_bounds(text: str, one: Quantity, other: Quantity) -> Quantity | None:
    """最多100最少20个, 大于等于0并小于230: a range in two bounds."""
    if (one.low is None) == (other.low is None) or (one.high is None) == (other.high is None):
        return None
    if _BOTH.fullmatch(text, one.span.end, other.span.start) is None:
        return None
    low = one.low if one.low is not None else other.low
    high = one.high if one.high is not None else other.high
    if low is None or high is None or not low < high:
        return None
    if len({one.unit, other.unit} - {None}) > 1 or "percent" in {one.kind} ^ {other.kind}:
        return None
    span = Span(one.span.start, other.span.end)
    return replace(other if other.unit else one, span=span, numeral=span, low=low, high=high, operator="range")
