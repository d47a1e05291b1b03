"""Secrecy marks (密级) of GB/T 9704 and of Taiwan's and Hong Kong's papers, and words that restrict a paper.

密级和保密期限 stand at the top left of the first page: 绝密, 机密 or 秘密, with ★ and a period (机密★1年). The copy number
(份号, six digits), the urgency (特急, 加急) and even the issuer's name may share the line in a copy. A text that merely
discusses secrecy has no such line above its title. A mark with ★ and a period that fills a line further down is the
letterhead of another paper of the same file, unless the line before it announces an example.
"""

from __future__ import annotations

import re

from extractor.model import Document, Problem, Span
from extractor.readers import failures

LETTERHEAD_LINES = 8

GRADE = "(?:绝密|絕密|机密|機密|秘密|极机密|極機密|絕對機密|高度機密)"
PERIOD = r"(?:[\d一二三四五六七八九十]{1,4}(?:年|个月|個月|月|天|日)|长期|長期|启用前|啟用前|解密前)"
STARS = "[★☆＊*●·]"
URGENCY = "(?:特急|加急|特提|平急|急件|急)"
SECRET_LINE = re.compile(
    rf"""
    (?:(?:份号[:：]?)?\d{{6}})?              # 000012
    (?:密级(?:和保密期限)?[:：])?
    {GRADE} (?:[（(]\w{{1,4}}[）)]?)?        # 機密（人事）
    (?: {STARS} {PERIOD}? | {PERIOD} )?      # 机密★1年, 绝密★启用前
    {URGENCY}? (?:\d{{6}})?
    """,
    re.VERBOSE,
)
STARRED = re.compile(rf"{GRADE}[ \t\u3000]*[★☆]")
STARRED_LINE = re.compile(
    rf"""
    ^[ \t\u3000]* (?:\d{{6}}[ \t\u3000]+)? {GRADE} [ \t\u3000]* [★☆] [ \t\u3000]* {PERIOD}
    [ \t\u3000]* {URGENCY}? [ \t\u3000\r]* $
    """,
    re.VERBOSE | re.MULTILINE,
)
EXAMPLE = re.compile(r"[:：，,]$|(?:如下?|例|样式|格式)[:：]?$")
MISREAD_LINE = re.compile(
    rf"""
    \W{{0,3}} (?:\d{{6}})? [绝絕机機秘][密蜜宓] \S{{0,8}}     # 机密大1年
    | [^\d\W]{{2,4}} \W? \d{{1,2}} 年 {URGENCY}?           # 机蜜娘1年
    """,
    re.VERBOSE,
)
SECRET_FIELD = re.compile(
    r"密等(?:及解密[條条]件(?:或保密期限)?)?[:：](?!普通)\S{0,3}密"
)  # Taiwan: 密等及解密條件或保密期限：密
TITLE_OR_BODY = re.compile(
    r"[。；]|^(?:关于|關於).|(?:通知|意见|意見|方案|办法|辦法|规定|規定|决定|決定|通报|通報|计划|計劃|公告|条例|條例|函)$"
)
RESTRICTED_LINE = re.compile(
    r"""
    (?:(?:信息)?公开(?:方式|选项|属性|类别)[:：])?
    (?P<phrase>
        (?:仅供|僅供)?内部(?:资料|文件|使用|传阅) | (?:僅供)?內部(?:資料|文件|使用|傳閱)
      | 此件(?:不公开|不予公开|不公開|不予公開) | 不予公开 | 不予公開 | 不得外传 | 不得外傳 | 严禁外传 | 嚴禁外傳 | 限阅 | 限閱
    )
    (?:注意保存|妥善保管|不得外传|严禁外传|请勿外传|注意保密|嚴禁外傳|請勿外傳)*
    """,
    re.VERBOSE,
)
CELLS = re.compile(r"\t|[ \u3000]{2,}|\u3000")
BRACKETS = "【】[]《》（）()#*_>"
MARKS = r"[\s（）()【】\[\]，、。；！,;!]"
PUNCTUATION = re.compile(f"{MARKS}+")
# one of these stands in each phrase of RESTRICTED_LINE, and in few letterheads: 内部, 此件, 不予, 外传, 限阅
MAY_RESTRICT = re.compile(rf"[内內]{MARKS}*部|此{MARKS}*件|不{MARKS}*予|外{MARKS}*[传傳]|限{MARKS}*[阅閱]")
RESTRICTED_HEAD, RESTRICTED_TAIL = 400, 800


def check(text: str, name: str, *, recognised: bool = False) -> None:
    """Raises ``SecretError`` where a letterhead bears a secrecy mark.

    In ``recognised`` text (OCR) what follows the word, or the word itself, may be misread: ★ comes as x, 大 or a blank.
    """
    if _in_letterhead(text, recognised) or _further_down(text):
        raise failures.secret(name)


def _in_letterhead(text: str, recognised: bool) -> bool:
    opening = text[:4_000]
    if not recognised and "密" not in opening:  # every mark holds it, and few papers do
        return False
    lines = [line for line in re.split(r"[\n\r\f\v]+", opening) if line.strip()]
    for line in lines[:LETTERHEAD_LINES]:
        for raw in (line, *CELLS.split(line)):
            cell = "".join(raw.split()).strip(BRACKETS)
            if SECRET_LINE.fullmatch(cell) or SECRET_FIELD.match(cell):
                return True
        squeezed = "".join(line.split())
        if len(squeezed) > 60 or TITLE_OR_BODY.search(squeezed):
            return False
        if STARRED.search(line) or (recognised and MISREAD_LINE.fullmatch(squeezed)):
            return True
    return False


def _further_down(text: str) -> bool:
    if "★" not in text and "☆" not in text:
        return False
    return any(not EXAMPLE.search(text[: found.start()].rstrip()[-4:]) for found in STARRED_LINE.finditer(text))


def restrictions(document: Document) -> tuple[Problem, ...]:
    """A warning where the paper is for inner use: in its letterhead, in a short line, or in the note at its end."""
    text = document.text
    out: dict[str, Problem] = {}
    for start, end in ((0, RESTRICTED_HEAD), (max(RESTRICTED_HEAD, len(text) - RESTRICTED_TAIL), len(text))):
        at = start
        for raw in re.split(r"([\n\r\t]+)", text[start:end]) if MAY_RESTRICT.search(text, start, end) else ():
            found = RESTRICTED_LINE.fullmatch(PUNCTUATION.sub("", raw)) if len(raw) <= 60 else None
            if found:
                message = f"文中标有“{found['phrase']}”，请按规定范围使用，不要外传"
                blanks = len(raw) - len(raw.lstrip())
                span = Span(at + blanks, at + len(raw.rstrip()))
                out.setdefault(found["phrase"], Problem("restricted", message, (span,)))
            at += len(raw)
    return tuple(out.values())
