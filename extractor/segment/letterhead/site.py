"""The table that government sites put before a paper (发文机关, 成文日期, 发文字号), and a crawler's header."""

from __future__ import annotations

import re

from extractor.model import Span
from extractor.segment.letterhead.page import Page
from extractor.segment.lines import trim

_META = re.compile(
    r"(?P<name>索[ ]*引[ ]*号|传[ ]*真|承[ ]*办[ ]*人|联[ ]*络[ ]*方[ ]*式|地[ ]*址|密[ ]*等|速[ ]*别|受[ ]*文[ ]*者|发[ ]*文[ ]*日[ ]*期|主[ ]*题[ ]*分[ ]*类|发[ ]*文[ ]*机[ ]*关|成[ ]*文[ ]*日[ ]*期|标[ ]*题|发[ ]*文[ ]*字[ ]*号|发[ ]*[文布][ ]*文[ ]*号|发[ ]*布[ ]*日[ ]*期|发[ ]*布[ ]*机[ ]*[构关]|公[ ]*开[ ]*方[ ]*式|有[ ]*效[ ]*性|主[ ]*题[ ]*词|文[ ]*号|来[ ]*源|信[ ]*息[ ]*来[ ]*源|公[ ]*文[ ]*种[ ]*类|体[ ]*裁|废[ ]*止[ ]*日[ ]*期|实[ ]*施[ ]*日[ ]*期|生[ ]*效[ ]*日[ ]*期|原[ ]*文[ ]*链[ ]*接|检[ ]*索[ ]*时[ ]*间|检[ ]*索[ ]*关[ ]*键[ ]*词|分[ ]*类|更[ ]*新[ ]*时[ ]*间|字[ ]*体|浏[ ]*览[ ]*次[ ]*数|浏[ ]*览[ ]*量|阅[ ]*读[ ]*(?:次[ ]*数|量)|点[ ]*击[ ]*(?:次[ ]*数|数|量)|访[ ]*问[ ]*量|发[ ]*布[ ]*时[ ]*间(?=[： ]*\d{4}[-/.年])|字[ ]*号(?=[： ]*[【\[［]?[ ]*[大小])|责[ ]*任[ ]*编[ ]*辑|是[ ]*否[ ]*有[ ]*效"
    r"|文[ ]*件[ ]*编[ ]*号|发[ ]*文[ ]*单[ ]*位|组[ ]*配[ ]*分[ ]*类|信[ ]*息[ ]*分[ ]*类|生[ ]*成[ ]*日[ ]*期|公[ ]*开[ ]*(?:日[ ]*期|范[ ]*围|时[ ]*限)|政策咨询(?:机关|电话)"
    # 名称：关于…的通知: a name alone may be of anything
    r"|名[ ]*称(?=[ ]*[：:][^，。；：]{4,120}?的(?:通知|意见|决定|通报|公告|批复|函)))[ ]*\**[ ]*[：:】]"
)
# what belongs to the paper where such a line stands in plain text; the other names are the site's as often
_OWN_NAMES = frozenset(("发文日期", "成文日期", "发文字号", "发文文号", "发布文号"))
# 索引号 370405/2022-17134 主题分类 其他    文号 | 督察通报第十七期 | 成文日期: | 2022年09月14日: the table as text, its colons lost
_CELL = re.compile(
    r"(?:^|(?<=[ \t|]))(?P<name>索[ ]?引[ ]?号|主题分类|主题词|主题|成文日期|发布日期|发文日期|生成日期|发文机关|发布机构|发布机关|公开责任部门|关键词|发文字号|文号|有效性|公开方式|公开形式|公开日期"
    r"|公开目录|公文种类|体裁分类|体裁|组配分类|废止日期|生效日期|文件名称|名称|内容概述|信息来源)[：:]?(?:(?:[ ]*\|)?[ \t]+|$)"
)
_OPENS_ROW = re.compile(
    r"(?:索[ ]?引[ ]?号|主题分类|成文日期|发布日期|发文日期|生成日期|发文机关|发布机构|发布机关|公开责任部门|发文字号|文号|有效性|公文种类|文件名称|内容概述)[：:]?[ \t|]"
)
_LAST_OF_TABLE = 14  # such rows stand within so many lines
_SAME_AS = {
    "公开责任部门": "发文机关",
    "发布机关": "发布机构",
    "发文单位": "发文机关",
    "文件编号": "文号",
    "文件名称": "标题",
    "名称": "标题",
}
# what can stand below a name that has a line of its own, where the table was copied as text: never half of a title
_DAY = re.compile(r"\d{4}(?:年|[-./])\d{1,2}(?:月|[-./])\d{1,2}日?")
_NUMBER = re.compile(r"[^。；，]{1,16}[〔\[（(]\d{4}[〕\]）)][^。；，]{0,8}号|无|[—-]+")
_SORT = re.compile(r"(?!.*(?:关于|转发|印发|国务院|通知|意见|方案|办法))[\u4e00-\u9fff、，\\/;； >]{2,30}")
_VALUE_BELOW = {
    "索引号": re.compile(r"[\dA-Za-z][\dA-Za-z/—_ \-]{3,30}"),
    **dict.fromkeys(("主题分类", "主题词", "公文种类", "体裁", "有效性", "是否有效", "公开方式"), _SORT),
    **dict.fromkeys(("成文日期", "发文日期", "发布日期", "实施日期", "生效日期", "废止日期"), _DAY),
    **dict.fromkeys(("文号", "发文字号", "发文文号", "发布文号"), _NUMBER),
}
_LATEST_NAME = 2  # where the first name of a line of such a table begins, at the latest


def read_site(page: Page) -> None:
    """Reads 发文机关, 成文日期, 发文字号, 标题 from a page's table; every such line is no body."""
    above = -2  # the last line of such names
    for k, line in enumerate(page.lines):
        if k > 60:
            break
        text = page.said(k)
        framed = text[0] == "【"  # 【成文日期】 2022-07-28
        named = framed or "：" in text or ":" in text
        opens = line.furniture or (named and any(_META.match(text, at) for at in range(_LATEST_NAME + 1)))
        names = list(_META.finditer(text)) if opens else []
        if k < _LAST_OF_TABLE and not names and not line.furniture and _OPENS_ROW.match(text) and _read_row(page, k):
            continue
        if not names:
            if line.furniture:
                page.used.add(k)
            continue
        if not line.furniture and line.table is None and len(text) > 150:
            continue
        page.used.add(k)
        for n, found in enumerate(names):
            end = names[n + 1].start() if n + 1 < len(names) else len(text)
            value = trim(page.match, Span(line.span.start + found.end(), line.span.start + end))
            name = "".join(found["name"].split())
            if value.start >= value.end and k + 1 < len(page.lines) and _is_value(page, k + 1, name):
                value = page.lines[k + 1].span
                page.used.add(k + 1)
            own = framed or line.table is not None or line.furniture or name in _OWN_NAMES
            # several names in a line, or line upon line of them, are the site's table written out
            own = own or len(names) > 1 or above == k - 1
            value = Span(value.start, value.start + len(value.of(page.match).rstrip(" |\t")))
            if value.start < value.end and own:
                page.meta.setdefault(_SAME_AS.get(name, name), value)
        above = k


def _read_row(page: Page, k: int) -> bool:
    """Reads a row of a page's table that was copied as text: names and values in turn, two of them or more."""
    line, text = page.lines[k], page.said(k)
    names = list(_CELL.finditer(text))
    if len(names) < 2 and "|" not in text and line.table is None:
        return False
    page.used.add(k)
    for n, found in enumerate(names):
        end = names[n + 1].start() if n + 1 < len(names) else len(text)
        value = text[found.end() : end].split("\t")[0].split("|")[0].rstrip()
        name = _SAME_AS.get(found["name"], found["name"])
        if value:
            start = line.span.start + found.end()
            page.meta.setdefault(name, Span(start, start + len(value)))
    return True


def _is_value(page: Page, k: int, name: str) -> bool:
    """True for the line behind a bare name: of the site's table, or in its first lines where the table was copied as text."""
    text = page.said(k)
    if _META.match(text):
        return False
    if page.lines[k].table is not None or page.lines[k].furniture:
        return True
    below = _VALUE_BELOW.get(name) if k < _LAST_OF_TABLE else None
    return below is not None and below.fullmatch(text) is not None
