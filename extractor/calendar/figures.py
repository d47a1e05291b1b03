"""Small numbers as dates write them: 12, 十二, 廿三, 二〇二三, 一百一十二."""

from __future__ import annotations

DIGITS = {
    c: i
    for i, row in enumerate(("〇零○OoΟО0", "一1", "二两2", "三3", "四4", "五5", "六6", "七7", "八8", "九9"))
    for c in row
}
TENS = {"十": 10, "百": 100}


def small_number(written: str) -> int | None:
    """The whole number that ``written`` stands for, in Arabic or Chinese figures; nothing where it is no number."""
    if written.isascii() and written.isdigit():
        return int(written)
    if written in ("元", "正"):
        return 1
    if written[:1] in ("廿", "卅"):
        rest = small_number(written[1:]) if len(written) > 1 else 0
        return None if rest is None else (20 if written[0] == "廿" else 30) + rest
    if all(c in DIGITS for c in written) and written:
        return int("".join(str(DIGITS[c]) for c in written))
    total = unit = 0
    for c in written:
        if c in TENS:
            total += (unit or 1) * TENS[c]
            unit = 0
        elif c in DIGITS:
            unit = DIGITS[c]
        else:
            return None
    return total + unit if written else None


def figure_year(written: str) -> str | None:
    """Four figures of a year, however written; nothing for anything else (二〇二三 → 2023)."""
    if len(written) == 4 and written.isascii() and written.isdecimal():
        return written  # most years of a notice
    if len(written) == 4 and all(c in DIGITS for c in written):
        return "".join(str(DIGITS[c]) for c in written)
    return None
