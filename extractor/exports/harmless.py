"""What may stand in a cell: no formula, no character that a file format forbids, no telephone number in public copies.

Spreadsheet programs run a cell that begins with ``= + - @`` (or a tab or line end before them) as a formula. In .xlsx
the cell's type says that it is text; .csv and a table pasted from .docx have no types, so an apostrophe goes before.
"""

from __future__ import annotations

import re

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_OPENS = frozenset("=+-@＝＋－＠")
_SKIPPED = "\u200b\ufeff\u2060"  # characters without width, beside white space, that may stand before
_TELEPHONE = re.compile(
    r"""
    (?<![\dA-Za-z])
    (?: (?P<mobile> 1[3-9]\d (?:[ -]?\d){8} )              # 13812345678, 138-1234-5678
      | (?P<landline> \(?（?0\d{2,3}\)?）? [-－— ]? \d{7,8} ) # 0731-88881234, （0731）88881234
      | (?P<local> (?<=电话[:：]) \d{7,8} | (?<=電話[:：]) \d{7,8} | (?<=传真[:：]) \d{7,8} )
    )
    (?![\dA-Za-z])
    """,
    re.VERBOSE,
)


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


def without_telephones(text: str) -> str:
    """``text`` with the middle of every telephone number starred; its length stays, so offsets still hold."""
    return _TELEPHONE.sub(lambda found: _starred(found[0]), text)


def _starred(number: str) -> str:
    digits = [k for k, character in enumerate(number) if character.isdigit()]
    last = len(digits) - (4 if len(digits) > 8 else 3)
    hidden = set(digits[max(last - 4, 0) : last])
    return "".join("*" if k in hidden else character for k, character in enumerate(number))
