"""Captions without their colon (栏目名): 责任单位　县水利局　完成时限　2025年10月底前, as a line of its own."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from extractor.lexicon import Lexicon
from extractor.model import Repair, Span

_BLANK = r"[ \u3000]"
_UNITS = "(?:牵头|责任|配合|协办|主办|承办|落实|参与|督办)(?:单位|部门)"
_DATES = "(?:完成|办结|整改)(?:时限|时间|期限)"
_ENDS_UNIT = "[局办委部站所镇乡村府会院校司组队处科厅心]"
_CAPTION = regex.compile(
    rf"""
    (?: ^{_BLANK}* | (?<=[。；]){_BLANK}* | (?<=\S){_BLANK}+ )
    (?:
        {_UNITS} (?P<gap>{_BLANK}+) (?!{_UNITS}|{_DATES}) (?=[^\s：:|]{{1,60}}(?<={_ENDS_UNIT})(?:[\s，；。]|$))
      | {_DATES} (?P<gap>{_BLANK}+) (?=\d|[今本明]年|年底|[一二三四上下][季半])
    )
    """,
    regex.VERBOSE | regex.MULTILINE,
)
_SIGNS = ("单位 ", "单位\u3000", "部门 ", "部门\u3000")


def captions(text: str, lexicon: Lexicon) -> Iterator[Repair]:
    """The colon that the blanks between a caption and its units or date stand for, in lines that open with a caption for
    units or have one behind a full stop.

    The head of a table (责任单位 完成时限 备注) is followed by no unit and no date, and stays.
    """
    if not any(sign in text for sign in _SIGNS):
        return
    end = -1  # of the line in which a caption for units stands
    for found in _CAPTION.finditer(text):
        opens = text[text.rfind("\n", 0, found.start() + 1) + 1 : found.start()].strip(" \u3000")
        if found[0].lstrip(" \n\u3000")[:2] in ("完成", "办结", "整改"):
            if found.start() >= end:
                continue
        elif found.start() >= end and opens and opens[-1] not in "。；":
            continue
        newline = text.find("\n", found.end())
        end = len(text) if newline < 0 else newline
        yield Repair(Span(*found.span("gap")), "：", "caption")
