"""Numbers as Word prints them in labels (编号格式): ``ST_NumberFormat`` of ISO/IEC 29500-1 §17.18.59.

``label_number(5, "chineseCounting")`` is 五. A format that is not known here prints as decimal, which is what Word does
with a format that its language lacks.
"""

from __future__ import annotations

import re
from collections.abc import Callable

SIMPLE_DIGITS = "〇一二三四五六七八九"
LEGAL_SIMPLIFIED = "零壹贰叁肆伍陆柒捌玖"
LEGAL_TRADITIONAL = "零壹貳參肆伍陸柒捌玖"
STEMS = "甲乙丙丁戊己庚辛壬癸"
BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
ROMAN = (
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)


def label_number(number: int, kind: str) -> str:
    """``number`` in the format ``kind``; nothing for ``none`` and ``bullet``."""
    return FORMATS.get(kind, str)(number)


def counted(number: int, digits: str, units: str = "十百千", *, short_ten: bool = True) -> str:
    """A number below 10,000 by digits and places: 21 is 二十一, 105 is 一百零五; ``short_ten`` writes 十 for 一十."""
    if not 0 <= number < 10_000:
        return str(number)
    if number == 0:
        return digits[0]
    out: list[str] = []
    gap = False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit == 0:
            gap = bool(out)
            continue
        if gap:
            out.append("零")
            gap = False
        leading_ten = short_ten and place == 1 and digit == 1 and not out
        out.append(("" if leading_ten else digits[digit]) + (units[place - 1] if place else ""))
    return "".join(out)


def _digits(number: int, digits: str) -> str:
    return "".join(digits[int(c)] for c in str(number)) if number >= 0 else str(number)


def _roman(number: int) -> str:
    if not 0 < number < 4000:
        return str(number)
    out = ""
    for value, sign in ROMAN:
        while number >= value:
            out, number = out + sign, number - value
    return out


def _letter(number: int) -> str:
    """A to Z, then AA, BB: Word repeats the letter."""
    return chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1) if 0 < number <= 780 else str(number)


def _series(first: str, most: int, otherwise: Callable[[int], str] = str) -> Callable[[int], str]:
    """Characters that stand in a row in Unicode: ① to ⑳."""
    return lambda n: chr(ord(first) + n - 1) if 0 < n <= most else otherwise(n)


def _circled(number: int) -> str:
    if 0 < number <= 20:
        return chr(0x2460 + number - 1)
    if number <= 35:
        return chr(0x3251 + number - 21) if number > 20 else str(number)
    return chr(0x32B1 + number - 36) if number <= 50 else str(number)


def _signs(signs: str) -> Callable[[int], str]:
    return lambda n: signs[n - 1] if 0 < n <= len(signs) else str(n)


def _sexagenary(number: int) -> str:
    return STEMS[(number - 1) % 10] + BRANCHES[(number - 1) % 12] if number > 0 else str(number)


def _full_width(number: int) -> str:
    return "".join(chr(0xFF10 + int(c)) if c.isdigit() else c for c in str(number))


def _ordinal(number: int) -> str:
    endings = {1: "st", 2: "nd", 3: "rd"}
    ending = "th" if 10 < number % 100 < 14 else endings.get(number % 10, "th")
    return f"{number}{ending}"


FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalHalfWidth": str,
    "decimalZero": lambda n: f"{n:02d}",
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedFullstop": _series("⒈", 20),
    "decimalEnclosedParen": _series("⑴", 20),
    "numberInDash": lambda n: f"- {n} -",
    "ordinal": _ordinal,
    "hex": lambda n: f"{n:X}",
    "upperRoman": _roman,
    "lowerRoman": lambda n: _roman(n).lower(),
    "upperLetter": _letter,
    "lowerLetter": lambda n: _letter(n).lower(),
    "chineseCounting": lambda n: counted(n, SIMPLE_DIGITS),
    "chineseCountingThousand": lambda n: counted(n, SIMPLE_DIGITS),
    "taiwaneseCounting": lambda n: counted(n, SIMPLE_DIGITS),
    "taiwaneseCountingThousand": lambda n: counted(n, SIMPLE_DIGITS),
    "taiwaneseDigital": lambda n: _digits(n, SIMPLE_DIGITS),
    "japaneseCounting": lambda n: counted(n, SIMPLE_DIGITS),
    "japaneseDigitalTenThousand": lambda n: _digits(n, SIMPLE_DIGITS),
    "ideographDigital": lambda n: _digits(n, SIMPLE_DIGITS),
    "chineseLegalSimplified": lambda n: counted(n, LEGAL_SIMPLIFIED, "拾佰仟", short_ten=False),
    "ideographLegalTraditional": lambda n: counted(n, LEGAL_TRADITIONAL, "拾佰仟", short_ten=False),
    "japaneseLegal": lambda n: counted(n, "〇壱弐参四伍六七八九", "拾百阡", short_ten=False),
    "ideographTraditional": _signs(STEMS),
    "ideographZodiac": _signs(BRANCHES),
    "ideographZodiacTraditional": _sexagenary,
    "ideographEnclosedCircle": _series("㊀", 10, lambda n: counted(n, SIMPLE_DIGITS)),
    "none": lambda n: "",
    "bullet": lambda n: "",
}

# Word 97 files name the same formats by number ([MS-OSHARED] 2.2.1.3, MSONFC).
BY_CODE = {
    0: "decimal",
    1: "upperRoman",
    2: "lowerRoman",
    3: "upperLetter",
    4: "lowerLetter",
    5: "ordinal",
    8: "hex",
    10: "ideographDigital",
    11: "japaneseCounting",
    14: "decimalFullWidth",
    15: "decimalHalfWidth",
    16: "japaneseLegal",
    17: "japaneseDigitalTenThousand",
    18: "decimalEnclosedCircle",
    19: "decimalFullWidth2",
    22: "decimalZero",
    23: "bullet",
    26: "decimalEnclosedFullstop",
    27: "decimalEnclosedParen",
    28: "decimalEnclosedCircleChinese",
    29: "ideographEnclosedCircle",
    30: "ideographTraditional",
    31: "ideographZodiac",
    32: "ideographZodiacTraditional",
    33: "taiwaneseCounting",
    34: "ideographLegalTraditional",
    35: "taiwaneseCountingThousand",
    36: "taiwaneseDigital",
    37: "chineseCounting",
    38: "chineseLegalSimplified",
    39: "chineseCountingThousand",
    57: "numberInDash",
    255: "none",
}

# Bullets in the private area of Word's symbol fonts, as they look in print.
SYMBOLS = {
    "\uf06c": "●",
    "\uf06e": "■",
    "\uf06f": "□",
    "\uf070": "□",
    "\uf071": "□",
    "\uf072": "□",
    "\uf075": "◆",
    "\uf076": "❖",
    "\uf077": "◆",
    "\uf0a7": "▪",
    "\uf0a8": "□",
    "\uf0b2": "★",
    "\uf0b7": "•",
    "\uf0d8": "➢",
    "\uf0e0": "→",
    "\uf0fc": "✓",
    "\uf0fd": "☒",
    "\uf0fe": "☑",
    "\uf052": "☑",
    "\uf053": "☒",
    "\uf09f": "•",
}


_SYMBOL = re.compile(f"[{''.join(SYMBOLS)}]")


def symbol(text: str) -> str:
    """``text`` with the private characters of symbol fonts as they look in print, where that is known."""
    return _SYMBOL.sub(lambda found: SYMBOLS[found[0]], text)
