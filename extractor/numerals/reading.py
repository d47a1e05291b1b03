"""One numeral → its value (读数).

Digits (1,075.5), Chinese numerals (一千零五十, 二〇二三), formal ones (壹佰伍拾), digits with Chinese powers (1.2万, 8千), short
tails (九百九 is 990, 4万一 is 41000), decimals (十点五), fractions (三分之一, 1/3) and percentages (百分之七十).
"""

from __future__ import annotations

import re
from decimal import Decimal

DIGITS: dict[str, int] = {
    **{d: i for i, d in enumerate("零一二三四五六七八九")},
    **{d: i for i, d in enumerate("〇壹贰叁肆伍陆柒捌玖")},
    **{"○": 0, "两": 2, "兩": 2, "貳": 2, "叄": 3, "參": 3, "陸": 6, "廿": 20, "卅": 30},
}
POWERS: dict[str, int] = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
MYRIADS: dict[str, int] = {"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8, "兆": 10**12}

DIGIT_CLASS = "".join(DIGITS)
NUMERAL_CLASS = DIGIT_CLASS + "".join(POWERS) + "".join(MYRIADS)

_SIGNS = {"半": 0.5, **{sign: float(value) for sign, value in (DIGITS | POWERS | MYRIADS).items()}}

LONGEST = 60  # characters; nothing that counts anything is written longer

_ARABIC = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_PLAIN = re.compile(rf"[{DIGIT_CLASS}]+")
_WHOLE = re.compile(
    rf"""
    (?P<arabic>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)?     # 1,075.5
    \s?(?P<chinese>[{NUMERAL_CLASS}]*)                              # 万 of 1.2万, 一 of 4万一, or the whole numeral
    (?:点(?P<decimals>[{DIGIT_CLASS}]+)(?P<scale>[{"".join(MYRIADS)}]*))?  # 十点二三
    (?P<half>半)?                                                   # 两个半 is not one numeral, but 一万半 is rare too
    """,
    re.VERBOSE,
)


def parse(text: str) -> float | None:
    """The value of one numeral, nothing where ``text`` is not one. Percentages and fractions are ratios: 百分之七十 is 0.7.

    >>> parse("二十三"), parse("1.2万"), parse("百分之七十"), parse("两"), parse("半"), parse("统一")
    (23.0, 12000.0, 0.7, 2.0, 0.5, None)
    """
    text = text.strip()
    if text in _SIGNS:
        return _SIGNS[text]  # most Chinese numerals of a notice
    if not text or len(text) > LONGEST:
        return None
    for parting in ("分之", "/", "／"):
        below, found, above = text.partition(parting)
        if found:
            if parting != "分之":
                below, above = above, below
            under, over = parse(below), parse(above)
            return None if not under or over is None else over / under
    if text[-1] in "%％" and _ARABIC.fullmatch(text[:-1].rstrip()):
        return float(text[:-1].replace(",", "")) / 100
    return _value(text)


def _value(text: str) -> float | None:
    if text.startswith("半") and text[1:] in POWERS | MYRIADS:
        return (POWERS | MYRIADS)[text[1:]] / 2  # 半百
    match = _WHOLE.fullmatch(text)
    if match is None or match["half"]:
        return None
    arabic, chinese, decimals = match["arabic"], match["chinese"], match["decimals"]
    if arabic is None and not chinese:
        return None
    if arabic is not None:
        if decimals is not None or (chinese and chinese[0] in DIGITS):
            return None
        value = _integer(chinese, Decimal(arabic.replace(",", "")))
    elif _PLAIN.fullmatch(chinese) and len(chinese) > 1 and not set(chinese) & {"廿", "卅"}:
        value = float("".join(str(DIGITS[c]) for c in chinese))  # 一七二零, 二〇二三
    else:
        value = _integer(chinese, None)
    if value is None or decimals is None:
        return value
    value += float("0." + "".join(str(DIGITS[c] % 10) for c in decimals))
    for scale in match["scale"]:
        value *= MYRIADS[scale]
    return value


def _integer(chinese: str, start: Decimal | None) -> float | None:
    """Reads powers and digits from the left. ``start`` is a number in digits that stands before them."""
    total = section = Decimal(0)  # the value above the last 万 or 亿; the value since; exact, so that 66.68亿 is whole
    digit = start
    last_power = last_myriad = 0
    zero = False
    for position, sign in enumerate(chinese):
        if sign in DIGITS:
            if digit is not None and digit != 0:
                return None
            digit = Decimal(DIGITS[sign])
            zero = zero or digit == 0
            if digit >= 20:  # 廿三
                section += digit
                digit, last_power = None, 10
        elif sign in POWERS:
            power = POWERS[sign]
            if digit is None and (position == 0 or chinese[position - 1] in MYRIADS):
                digit = Decimal(1)  # 十三, 百三, 一万百
            if digit is None:
                return None
            section += (digit or 1) * power
            digit, last_power, zero = None, power, False
        else:
            myriad = MYRIADS[sign]
            part = section + (digit or 0)
            if not part and not total:
                if position or start is not None:
                    return None
                part = Decimal(1)  # 万元, 亿元
            if last_myriad and myriad >= last_myriad:
                total = (total + part) * myriad  # 一万五千亿, 10万万
            else:
                total += part * myriad
            section, digit, zero = Decimal(0), None, False
            last_power, last_myriad = myriad, max(last_myriad, myriad)
    if digit is not None:
        tail = len(chinese) > 1 and last_power >= 100 and not zero and chinese[-1] in DIGITS
        section += digit * (last_power // 10) if tail else digit  # 九百九, 4万一
    return float(total + section)
