"""The table that government sites put before a paper (发文机关, 成文日期, 发文字号), and a crawler's header."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from extractor.lexicon import Lexicon
from extractor.model import Span
from extractor.segment.letterhead.page import Page
from extractor.segment.lines import trim

# names that are a site's only before such values: a name alone may be of anything (名称：关于…的通知)
_NAMES_BY_VALUE = (
    r"发[ ]*布[ ]*时[ ]*间(?=[： ]*\d{4}[-/.年])|字[ ]*号(?=[： ]*[【\[［]?[ ]*[大小])"
    r"|名[ ]*称(?=[ ]*[：:][^，。；：]{4,120}?的(?:通知|意见|决定|通报|公告|批复|函))"
)
_LAST_OF_TABLE = 14  # the rows of a table that was copied as text stand within so many lines
# what can stand below a name that has a line of its own, where the table was copied as text: never half of a title
_VALUES_BELOW = {
    "code": re.compile(r"[\dA-Za-z][\dA-Za-z/—_ \-]{3,30}"),
    "sort": re.compile(r"(?!.*(?:关于|转发|印发|国务院|通知|意见|方案|办法))[\u4e00-\u9fff、，\\/;； >]{2,30}"),
    "day": re.compile(r"\d{4}(?:年|[-./])\d{1,2}(?:月|[-./])\d{1,2}日?"),
    "number": re.compile(r"[^。；，]{1,16}[〔\[（(]\d{4}[〕\]）)][^。；，]{0,8}号|无|[—-]+"),
}
_LATEST_NAME = 2  # where the first name of a line of such a table begins, at the latest


@dataclass(frozen=True)
class SiteField:
    """A row of ``site_fields.csv``: a name in the table that a site puts before a paper.

    ``caption`` is yes where a colon behind it makes a line the site's; ``row`` where it may stand in a row of the table
    that was copied as text (``opens`` it, or ``inside``); ``below`` what may stand in the line below it (``code``,
    ``sort``, ``day``, ``number``); ``same_as`` the name that it is read as; ``own`` is yes where a line of plain text
    with it belongs to the paper: the other names are the site's as often.
    """

    word: str
    source: str
    caption: str = ""
    row: str = ""
    below: str = ""
    same_as: str = ""
    own: str = ""


class SiteFields:
    """The names of a site's table as patterns and by what they say."""

    def __init__(self, lexicon: Lexicon) -> None:
        rows = lexicon.rows("site_fields", SiteField)
        captions = "|".join("[ ]*".join(map(re.escape, row.word)) for row in rows if row.caption)
        self.caption = re.compile(rf"(?P<name>{captions}|{_NAMES_BY_VALUE})[ ]*\**[ ]*[：:】]")
        # 索引号 11330/2024-00017 主题分类 其他    文号 | 第三期 | 成文日期: | 2024年5月6日: the table as text, its colons lost
        self.cell = re.compile(
            rf"(?:^|(?<=[ \t|]))(?P<name>{_listed(row.word for row in rows if row.row)})[：:]?(?:(?:[ ]*\|)?[ \t]+|$)"
        )
        self.opens_row = re.compile(rf"(?:{_listed(row.word for row in rows if row.row == 'opens')})[：:]?[ \t|]")
        self.below = {row.word: _VALUES_BELOW[row.below] for row in rows if row.below}
        self.same_as = {row.word: row.same_as for row in rows if row.same_as}
        self.own = frozenset(row.word for row in rows if row.own)


def _listed(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


def read_site(page: Page, fields: SiteFields) -> None:
    """Reads 发文机关, 成文日期, 发文字号, 标题 from a page's table; every such line is no body."""
    above = -2  # the last line of such names
    for k, line in enumerate(page.lines):
        if k > 60:
            break
        text = page.said(k)
        framed = text[0] == "【"  # 【成文日期】 2022-07-28
        named = framed or "：" in text or ":" in text
        opens = line.furniture or (named and any(fields.caption.match(text, at) for at in range(_LATEST_NAME + 1)))
        names = list(fields.caption.finditer(text)) if opens else []
        may_be_row = k < _LAST_OF_TABLE and not names and not line.furniture
        if may_be_row and fields.opens_row.match(text) and _read_row(page, k, fields):
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
            if value.start >= value.end and k + 1 < len(page.lines) and _is_value(page, k + 1, name, fields):
                value = page.lines[k + 1].span
                page.used.add(k + 1)
            own = framed or line.table is not None or line.furniture or name in fields.own
            # several names in a line, or line upon line of them, are the site's table written out
            own = own or len(names) > 1 or above == k - 1
            value = Span(value.start, value.start + len(value.of(page.match).rstrip(" |\t")))
            if value.start < value.end and own:
                page.meta.setdefault(fields.same_as.get(name, name), value)
        above = k


def _read_row(page: Page, k: int, fields: SiteFields) -> bool:
    """Reads a row of a page's table that was copied as text: names and values in turn, two of them or more."""
    line, text = page.lines[k], page.said(k)
    names = list(fields.cell.finditer(text))
    if len(names) < 2 and "|" not in text and line.table is None:
        return False
    page.used.add(k)
    for n, found in enumerate(names):
        end = names[n + 1].start() if n + 1 < len(names) else len(text)
        value = text[found.end() : end].split("\t")[0].split("|")[0].rstrip()
        name = fields.same_as.get(found["name"], found["name"])
        if value:
            start = line.span.start + found.end()
            page.meta.setdefault(name, Span(start, start + len(value)))
    return True


def _is_value(page: Page, k: int, name: str, fields: SiteFields) -> bool:
    """True for the line behind a bare name: of the site's table, or in its first lines where the table was copied as text."""
    text = page.said(k)
    if fields.caption.match(text):
        return False
    if page.lines[k].table is not None or page.lines[k].furniture:
        return True
    below = fields.below.get(name) if k < _LAST_OF_TABLE else None
    return below is not None and below.fullmatch(text) is not None
