"""Small questions about lines that several steps ask."""

from __future__ import annotations

import regex

#: Han characters, the extensions and 〇 among them.
HAN = r"\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af"
#: Punctuation that only Chinese text has.
CHINESE_MARK = r"，。、；：！？“”‘’（）《》〈〉【】〔〕「」『』…—·"

#: What opens a numbered heading or item.
LABEL = regex.compile(
    r"""
    [ \t\u3000]*
    (?: [（(] \s? (?: [一二三四五六七八九十百]{1,3} | \d{1,2} ) \s? [）)]   # （一）
      | [一二三四五六七八九十百]{1,3} [、.．]                            # 一、
      | 第 [一二三四五六七八九十百\d]{1,4} [章节条篇部]                  # 第一章
      | \d{1,2} [.．、] (?! \d )                                        # 1. / 1、
      | [壹貳參肆伍陸柒捌玖拾]{1,2} 、                                  # 壹、
      | [①-⑳㈠-㈩⑴-⒇⒈-⒛]
      | 附件 | 抄送 | 主题词 )
    """,
    regex.VERBOSE,
)

_ENDS = "。！？!?；;：:…"
_GLUES = "，、,（(《“‘〈—-＋+和与及或的"


def continues(before: str, after: str) -> bool:
    """True where a line that ends like ``before`` goes on in one that begins like ``after``: cut, not ended."""
    before = before.rstrip(" \t\u3000")
    if not before or not after or after[0] in " \t\u3000\n" or LABEL.match(after):
        return False
    if before[-1] in _GLUES or after[0] in "，。、；：！？）》”,;:)":
        return True
    return before[-1] not in _ENDS and len(before) >= 15
