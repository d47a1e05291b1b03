"""Captions without their colon (栏目名): 责任单位　县水利局　完成时限　2025年10月底前, as a line of its own."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from extractor.lexicon import Lexicon
from extractor.model import Repair, Span
from extractor.patterns import each

_BLANK = r"[ \u3000]"
_UNITS = "(?:牵头|责任|配合|协办|主办|承办|落实|参与|督办)(?:单位|部门)"
_DATES = "(?:完成|办结|整改)(?:时限|时间|期限)"
_PERSONS = "(?:责任人|联系人|(?:责任|分管|牵头|包联)领导)"
_ENDS_UNIT = "[局办委部站所镇乡村府会院校司组队处科厅心]"
_CAPTION = regex.compile(
    rf"""
    (?: ^{_BLANK}* | (?<=[。；，]){_BLANK}* | (?<=\S){_BLANK}+ )
    (?:
        {_UNITS} (?P<gap>{_BLANK}+) (?!{_UNITS}|{_DATES}) (?=[^\s：:|]{{1,60}}(?<={_ENDS_UNIT})(?:[\s，；。]|$))
      | (?P<further>{_DATES}) (?P<gap>{_BLANK}+) (?=\d|[今本明每常]年|年底|[一二三四上下][季半]|长期|持续|全年|立即)
      | (?P<further>{_PERSONS}) (?P<gap>{_BLANK}+) (?=[\u4e00-\u9fff]{{2,4}}(?:[\s，；。]|$))
    )
    """,
    regex.VERBOSE | regex.MULTILINE,
)
_SIGNS = each("单位[ \u3000]", "部门[ \u3000]")


def captions(text: str, lexicon: Lexicon) -> Iterator[Repair]:
    """The colon that the blanks between a caption and its units, date or person stand for, in lines that open with a caption
    or have one for units behind a full stop.

    The head of a table (责任单位 完成时限 备注) is followed by no unit and no date, and stays.
    """
    if not any(sign.search(text) for sign in _SIGNS):
        return
    end = -1  # of the line in which a caption for units stands
    for found in _CAPTION.finditer(text):
        opening = text[text.rfind("\n", 0, found.start()) + 1 : found.start()].strip(" \u3000")
        if found.start() >= end and opening and (found["further"] or opening[-1] not in "。；"):
            continue
        newline = text.find("\n", found.end())
        end = len(text) if newline < 0 else newline
        yield Repair(Span(*found.span("gap")), "：", "caption")
