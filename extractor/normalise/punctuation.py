"""Punctuation (标点): half-width marks and straight quotes in Chinese text, stray marks, careless decimals."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import regex

from extractor.lexicon import Lexicon
from extractor.model import Repair, Span
from extractor.normalise.lines import CHINESE_MARK, HAN
from extractor.offsets import apply, compose
from extractor.patterns import each

_FULL = {",": "，", ";": "；", ":": "：", "!": "！", "?": "？"}
_CHINESE = re.compile(rf"[{HAN}{CHINESE_MARK}]")
_HAN = regex.compile(rf"[{HAN}]")
_STEP = "width"
_ROUNDS = 20
_NEAR = 60  # characters within which a partner is looked for

#: Runs that are no prose: addresses of the web and of mail, paths.
_ADDRESS = regex.compile(
    r"(?:https?|ftp)://[!-~]+|www\.[!-~]+|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,8}", regex.ASCII
)

_HALF_WIDTH = ',;:!?()"<'
_MARK = re.compile(r"[,;:!?]")
_BRACKET = re.compile(r"[()（）\n]")
_BEFORE_OPENING = "，、；：。（《【「,;:(!！?？ "
_AFTER_CLOSING = "，、；：。）》】」,;:)!！?？ "
_ANGLES = regex.compile(rf"<(?=[^<>\n]{{0,60}}[{HAN}])[^<>\n/]{{1,80}}>")
_STRAIGHT = regex.compile(r'["“”\n]')

_STRAY = regex.compile(
    rf"""
    (?<= [{HAN}] 的 | 的 ['.`´] 的 )     # 营造良好的.人文环境
    ['.`´]
    (?= [{HAN}] )
    """,
    regex.VERBOSE,
)
_MAY_BE_STRAY = re.compile(r"的['.`´’‘]")
_UNPAIRED_STRAY = regex.compile(rf"(?<=的)[’‘](?=[{HAN}])")

_DECIMAL = regex.compile(
    r"""
    (?<! [\d第、] ) (?P<whole> \d{1,4} ) [、。] (?P<part> \d{1,2} )
    (?= [万亿萬億] [元亩畝吨噸斤户戶] | [:：] \d | [%％‰] )      # 收入超过3、6万元 / 缩小到1、7:1 / 控制在0。9‰以内
    | (?<= [Pp][Mm] ) (?P<matter> 2 ) 、 (?P<half> 5 ) (?! \d )     # PM2、5
    """,
    regex.VERBOSE,
)
_BEFORE_DIGIT = each(r"、(?=\d)(?<=\d.)", r"。(?=\d)(?<=\d.)")  # the mark first: a digit of any script is found late
_TRUE_DECIMAL = regex.compile(r"\d\.\d+ ?[万亿萬億%％‰]")


def careless_decimals(text: str, lexicon: Lexicon) -> Iterator[Repair]:
    """超过3、6万元 is 超过3.6万元, on pages where a conversion left no true decimal."""
    found = list(_DECIMAL.finditer(text)) if any(mark.search(text) for mark in _BEFORE_DIGIT) else []
    if not found or _TRUE_DECIMAL.search(text):
        return
    for m in found:
        at = m.start() + len(m["whole"] or m["matter"])
        yield Repair(Span(at, at + 1), ".", "decimal")


def stray_marks(text: str, lexicon: Lexicon) -> Iterator[Repair]:
    """良好的.人文环境, 外来人口中的'各界精英: sites put such marks after 的 to mark a copy as theirs."""
    yield from _to_the_end(text, _strays)


def _strays(text: str) -> list[Repair]:
    if _MAY_BE_STRAY.search(text) is None:
        return []
    places = [m.span() for m in _STRAY.finditer(text) if m[0] != "'" or not _paired_apostrophe(text, m.start())]
    for m in _UNPAIRED_STRAY.finditer(text):
        near = text[max(0, m.start() - _NEAR) : m.end() + _NEAR]
        if near.count("’") != near.count("‘"):
            places.append(m.span())
    return [Repair(Span(*place), "", "stray_mark") for place in sorted(set(places))]


def _to_the_end(text: str, find: Callable[[str], list[Repair]]) -> list[Repair]:
    """The repairs that ``find`` makes, and those that it makes of what they leave."""
    found = find(text)
    for _ in range(_ROUNDS):
        offsets = apply(text, found) if found else None
        more = find(offsets.clean) if offsets is not None else []
        if offsets is None or not more:
            break
        found = list(compose(offsets, more))
    return found


def _paired_apostrophe(text: str, at: int) -> bool:
    near = text[max(0, at - _NEAR) : at + _NEAR].count("'")
    return near % 2 == 0


def width(text: str, lexicon: Lexicon) -> Iterator[Repair]:
    """Half-width ``, ; : ! ? ( )`` and straight quotes in Chinese text become full width; numbers and addresses keep theirs."""
    # a mark that became full width makes its neighbours' text Chinese
    yield from _to_the_end(text, _widened)


def _widened(text: str) -> list[Repair]:
    if not any(mark in text for mark in _HALF_WIDTH):
        return []
    addresses = [m.span() for m in _ADDRESS.finditer(text)] if "@" in text or "://" in text or "www." in text else []
    found = [*_marks(text, addresses), *_brackets(text), *_quotes(text), *_angles(text)]
    found.sort(key=lambda repair: repair.span.start)
    return found


def _line(text: str, at: int) -> tuple[int, int]:
    end = text.find("\n", at)
    return text.rfind("\n", 0, at) + 1, len(text) if end < 0 else end


def _marks(text: str, addresses: list[tuple[int, int]]) -> Iterator[Repair]:
    line_end, chinese_line = -1, False
    k = 0
    for m in _MARK.finditer(text):
        at = m.start()
        mark = text[at]
        while k < len(addresses) and addresses[k][1] <= at + 1:
            k += 1
        if k < len(addresses) and addresses[k][0] <= at:
            continue
        left = text[at - 1] if at else "\n"
        end = at + 1
        right = text[end] if end < len(text) else "\n"
        if mark in ",:" and left.isdigit() and right.isdigit():
            continue
        blank = 0
        while blank < 3 and end + blank < len(text) and text[end + blank] == " ":
            blank += 1
        before, beyond = _neighbour(text, at, -1), _neighbour(text, at, 1)
        if not (_CHINESE.match(before) or _CHINESE.match(beyond)):
            if left.isascii() and left.isalpha() and beyond.isascii() and beyond.isalpha():
                continue
            if at >= line_end:
                start, line_end = _line(text, at)
                chinese_line = _is_chinese(text[start:line_end])
            if not chinese_line or left in " \t\n" or (mark in "!?" and blank == 0 and right.isalnum()):
                continue
        # a space after the mark is the half of its width that is given back
        drop = blank if blank < 3 and end + blank < len(text) and text[end + blank] not in "\n\t" else 0
        yield Repair(Span(at, end + drop), _FULL[mark], _STEP)


def _neighbour(text: str, at: int, step: int) -> str:
    """The next character to the left or right that is no blank and no half-width mark itself."""
    for _ in range(_NEAR):
        at += step
        if not 0 <= at < len(text):
            break
        if text[at] not in ' ,;:!?()"':
            return text[at]
    return "\n"


def _is_chinese(line: str) -> bool:
    han = len(_HAN.findall(line))
    return han > 0 and han * 3 >= sum(c.isascii() and c.isalpha() for c in line)


def _brackets(text: str) -> Iterator[Repair]:
    if "(" not in text and ")" not in text:
        return
    opened: list[int] = []
    chinese: set[int] = set()
    alone: list[int] = []
    for m in _BRACKET.finditer(text):
        at = m.start()
        mark = text[at]
        if mark in "(（":
            opened.append(at)
        elif mark == "\n":
            alone += opened
            opened.clear()
        elif not opened:
            alone.append(at)
        else:
            start = opened.pop()
            if (text[start] == "(" or text[at] == ")") and _chinese_pair(text, start, at):
                chinese |= {start, at}
    alone += opened
    chinese.update(at for at in alone if _beside_chinese(text, at))
    for at in sorted(chinese):
        if text[at] == "(":
            yield Repair(Span(at, at + 1), "（", _STEP)
        elif text[at] == ")":
            yield Repair(Span(at, at + 1), "）", _STEP)


def _beside_chinese(text: str, at: int) -> bool:
    return bool(_CHINESE.match(_neighbour(text, at, -1)) or _CHINESE.match(_neighbour(text, at, 1)))


def _chinese_pair(text: str, start: int, end: int) -> bool:
    if text[start] == "（" or text[end] == "）" or _CHINESE.search(text, start + 1, min(end, start + _NEAR)):
        return True
    if _CHINESE.match(_neighbour(text, start, -1)):
        return True
    return bool(_CHINESE.match(_neighbour(text, end, 1))) and (start == 0 or not text[start - 1].isalnum())


def _angles(text: str) -> Iterator[Repair]:
    """印发<试点方案>的通知: titles within titles."""
    for m in _ANGLES.finditer(text) if "<" in text else ():
        yield Repair(Span(m.start(), m.start() + 1), "〈", _STEP)
        yield Repair(Span(m.end() - 1, m.end()), "〉", _STEP)


def _quotes(text: str) -> Iterator[Repair]:
    """Straight double quotes: opening after a separating mark, closing before one, else by turns within the line."""
    if '"' not in text:
        return
    inside = chinese = False
    end = -1
    for m in _STRAIGHT.finditer(text):
        at, mark = m.start(), m[0]
        if mark != '"':
            inside = mark == "“"
            continue
        if at >= end:
            start, end = _line(text, at)
            chinese = bool(_HAN.search(text, start, end))
        if not chinese:
            continue
        left = text[at - 1] if at and text[at - 1] != "\n" else "，"
        right = text[at + 1] if at + 1 < end else "，"
        opens = left in _BEFORE_OPENING and right not in _AFTER_CLOSING
        closes = right in _AFTER_CLOSING and left not in _BEFORE_OPENING
        closing = closes if opens != closes else inside
        yield Repair(Span(at, at + 1), "”" if closing else "“", _STEP)
        inside = not closing
