"""The table that government sites put before a paper (发文机关, 成文日期, 发文字号), and a crawler's header."""

from __future__ import annotations

import re

from extractor.model import Span
from extractor.segment.letterhead.page import Page
from extractor.segment.lines import trim

_META = re.compile(
    r"(?P<name>索[ ]*引[ ]*号|传[ ]*真|承[ ]*办[ ]*人|联[ ]*络[ ]*方[ ]*式|地[ ]*址|密[ ]*等|速[ ]*别|受[ ]*文[ ]*者|发[ ]*文[ ]*日[ ]*期|主[ ]*题[ ]*分[ ]*类|发[ ]*文[ ]*机[ ]*关|成[ ]*文[ ]*日[ ]*期|标[ ]*题|发[ ]*文[ ]*字[ ]*号|发[ ]*[文布][ ]*文[ ]*号|发[ ]*布[ ]*日[ ]*期|发[ ]*布[ ]*机[ ]*构|公[ ]*开[ ]*方[ ]*式|有[ ]*效[ ]*性|主[ ]*题[ ]*词|文[ ]*号|来[ ]*源|信[ ]*息[ ]*来[ ]*源|公[ ]*文[ ]*种[ ]*类|体[ ]*裁|废[ ]*止[ ]*日[ ]*期|实[ ]*施[ ]*日[ ]*期|生[ ]*效[ ]*日[ ]*期|原[ ]*文[ ]*链[ ]*接|检[ ]*索[ ]*时[ ]*间|检[ ]*索[ ]*关[ ]*键[ ]*词|分[ ]*类|更[ ]*新[ ]*时[ ]*间|字[ ]*体|浏[ ]*览[ ]*次[ ]*数|浏[ ]*览[ ]*量|阅[ ]*读[ ]*(?:次[ ]*数|量)|点[ ]*击[ ]*(?:次[ ]*数|数|量)|访[ ]*问[ ]*量|发[ ]*布[ ]*时[ ]*间(?=[： ]*\d{4}[-/.年])|字[ ]*号(?=[： ]*[【\[［]?[ ]*[大小])|责[ ]*任[ ]*编[ ]*辑)[ ]*\**[ ]*[：:]"
)
# what belongs to the paper where such a line stands in plain text; the other names are the site's as often
_OWN_NAMES = frozenset(("发文日期", "成文日期", "发文字号", "发文文号", "发布文号"))
_LATEST_NAME = 2  # where the first name of a line of such a table begins, at the latest


def read_site(page: Page) -> None:
    """Reads 发文机关, 成文日期, 发文字号, 标题 from a page's table; every such line is no body."""
    for k, line in enumerate(page.lines):
        if k > 60:
            break
        text = page.said(k)
        named = "：" in text or ":" in text
        opens = line.furniture or (named and any(_META.match(text, at) for at in range(_LATEST_NAME + 1)))
        names = list(_META.finditer(text)) if opens else []
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
            if value.start >= value.end and k + 1 < len(page.lines) and _is_value(page, k + 1):
                value = page.lines[k + 1].span
                page.used.add(k + 1)
            name = "".join(found["name"].split())
            own = line.table is not None or line.furniture or name in _OWN_NAMES
            if value.start < value.end and own:
                page.meta.setdefault(name, value)


def _is_value(page: Page, k: int) -> bool:
    return (page.lines[k].table is not None or page.lines[k].furniture) and not _META.match(page.said(k))
