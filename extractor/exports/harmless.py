"""What may stand in a cell: no formula, no character that a file format forbids, no telephone number or e-mail address
in public copies.

Spreadsheet programs run a cell that begins with ``= + - @`` (or a tab or line end before them) as a formula. In .xlsx
the cell's type says that it is text; .csv and a table pasted from .docx have no types, so an apostrophe goes before.
"""

from __future__ import annotations

import re

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_OPENS = frozenset("=+-@＝＋－＠")
_SKIPPED = "\u200b\ufeff\u2060"  # characters without width, beside white space, that may stand before
_DIGIT = "[0-9０-９]"
_DASH = "[-－—－ 　]"
_TELEPHONE = re.compile(
    rf"""
    (?<![0-9０-９A-Za-z])
    (?: (?P<mobile> [1１][3-9３-９]{_DIGIT} (?:{_DASH}?{_DIGIT}){{8}} )                     # 13812345678, 138-1234-5678
      | (?P<landline> [(（]?[0０]{_DIGIT}{{2,3}}[)）]? {_DASH}? {_DIGIT}{{7,8}} )                # 0731-88881234
      | (?P<taiwan> [(（]?[0０]{_DIGIT}{{1,3}} (?:[)）]|{_DASH}){_DASH}? {_DIGIT}{{3,4}} {_DASH}? {_DIGIT}{{3,4}} ) # (02)2345-6789
    )
    (?![0-9０-９A-Za-z])
    """,
    re.VERBOSE,
)
# 联系人：林涛，电话：2214508；電話（傳真）：2345 6789: after such a word shorter numbers are telephones too
_LABEL = re.compile(
    r"电\s?话|電\s?話|手\s?机|手\s?機|传\s?真|傳\s?真|联系人|联络人|聯絡人|聯繫人|联系方式|聯絡方式|热线|熱線|(?i:\b(?:tel|fax|phone)\b)"
)
_AFTER_LABEL = re.compile(rf"[^0-9０-９*\n。]{{0,24}}(?P<number>[0-9０-９*](?:{_DASH}?[0-9０-９*]){{0,14}})")
_AFTER_NUMBER = re.compile(rf"[、，,；;/或转轉()（） 　]{{1,3}}(?P<number>[0-9０-９*](?:{_DASH}?[0-9０-９*]){{0,14}})")
_OTHER_NUMBER = re.compile(r"\s*[年月日元个個亩畝万萬%％.]")  # what follows says that it is none
# qingshixian_lyj@163.com, 2213456＠qq.com: who is written to stands before the sign
_EMAIL = re.compile(r"(?<=[@＠])[ ]?[0-9A-Za-zａ-ｚＡ-Ｚ０-９-]+[.．][0-9A-Za-zａ-ｚＡ-Ｚ]")
_ADDRESSEE = re.compile(r"[0-9A-Za-z０-９ａ-ｚＡ-Ｚ._+．＿-]{1,64}[ ]?\Z")
_DAY = re.compile(r"20[0-9]{2}-?[01][0-9]-?[0-3][0-9]")


def printable(text: str) -> str:
    """``text`` without the control characters and lone surrogates that XML and spreadsheets refuse; CR LF is one LF."""
    if text.isprintable():
        return text
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _FORBIDDEN.sub("", text)


def starts_formula(text: str) -> bool:
    """True where a spreadsheet program would take ``text`` for a formula."""
    for character in text:
        if character in _OPENS:
            return True
        if not (character.isspace() or character in _SKIPPED):
            return False
    return False


def harmless(text: str) -> str:
    """``text`` for a cell without a type: printable, an apostrophe before whatever could run."""
    text = printable(text)
    return f"'{text}" if starts_formula(text) else text


def without_contacts(text: str) -> str:
    """``text`` with the middle of every telephone number starred, and of every e-mail address all but the first character
    before the sign; its length stays, so offsets still hold."""
    for address in list(_EMAIL.finditer(text)):
        sign = address.start() - 1
        name = _ADDRESSEE.search(text, max(sign - 65, 0), sign)
        if name is not None:
            hidden = "".join(c if c.isspace() else "*" for c in name[0][1:])
            text = text[: name.start() + 1] + hidden + text[sign:]
    text = _TELEPHONE.sub(lambda found: _starred(found[0]), text)
    for label in list(_LABEL.finditer(text)):
        found = _AFTER_LABEL.match(text, label.end())
        while found is not None:
            start, end = found.span("number")
            if _is_short_telephone(found["number"]) and not _OTHER_NUMBER.match(text, end):
                text = text[:start] + _starred(found["number"]) + text[end:]
            found = _AFTER_NUMBER.match(text, end)
    return text


def _is_short_telephone(number: str) -> bool:
    """True for a number of six to eight digits, as telephones have without the code of their place; a day is none."""
    return "*" not in number and 6 <= sum(map(str.isdigit, number)) <= 8 and not _DAY.fullmatch(number)


def _starred(number: str) -> str:
    digits = [k for k, character in enumerate(number) if character.isdigit()]
    last = len(digits) - (4 if len(digits) > 8 else 3)
    hidden = set(digits[max(last - 4, 0) : last])
    return "".join("*" if k in hidden else character for k, character in enumerate(number))
