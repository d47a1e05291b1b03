"""Text written down by a crawler as Markdown: its header and footer go, its markup goes, its headings are remembered."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import regex

from extractor.lexicon import Lexicon
from extractor.model import Document, Mark, Repair, Span

_FIELD = regex.compile(
    r"""
    ^ \*\* (?: 发布(?:日期|机构|时间) | 原文链接 | 检索(?:时间|关键词) | 分类 | 来源 | 更新时间 | 抓取时间 | 作者 | 链接 | 关键词 | 标签 )
    \*\* [ ]* [:：] [^\n]* (?: \n | \Z )                           # **检索时间**: 2026-02-03 13:11:03
    | ^ --- [ ]* (?: \n | \Z )
    | ^ \#{1,3} [ ] 政策全文 [ ]* (?: \n | \Z )
    | ^ (?: 【原文下载】 | 【附件下载】 ) [ ]* (?: \n | \Z ) (?: - [ ] \[ [^\n]* (?: \n | \Z ) )*
    """,
    regex.VERBOSE | regex.MULTILINE,
)
_HEADING = regex.compile(
    r"^[ \t\u00a0\u2003\u3000]{0,8}(?P<marks>(?P<level>\#{1,6})[ ]+(?:\#{1,6}[ ]+)*)(?=\S)(?![县市区镇乡村省局分])(?P<text>[^\n]*)$",
    regex.MULTILINE,
)
# No writer marks words with more than a few stars; without a bound, a page of nothing but stars takes minutes.
# Stars may also stand for what a copy hides: 20**年3月至20**年5月, **县**镇.
_PLACE = "[省市县區区鎮镇乡鄉村局]"
_STRONG = regex.compile(
    rf"""
    (?P<stars> \*{{2,8}}+ ) (?! 年 (?<= (?<!\d)20\*\*年 ) )
    (?= [^\s*\#] )
    (?P<text> [^*\n]{{1,300}}? ) (?<= \S )
    (?P=stars)
    (?! {_PLACE} (?<= \*\* {_PLACE} [^*\n]{{0,300}} [^*\n：:] \*\* {_PLACE} ) )
    """,
    regex.VERBOSE,
)
_EMPTY_STRONG = regex.compile(r"(?<!\*)\*\*[ ]?\*\*(?!\*)")
_LINK = regex.compile(r"!?\[(?P<text>[^\]\n]{0,200})\]\((?P<address>[^()\s]{1,600}(?:\([^()\s]*\)[^()\s]*)?)\)")


def is_markdown(text: str) -> bool:
    """True where a page carries the marks: a heading line, or bold runs."""
    return ("# " in text and _HEADING.search(text) is not None) or text.count("**") >= 2


def markdown(text: str, lexicon: Lexicon) -> Iterator[Repair]:
    """Takes out a crawler's fields, ``**`` around words, ``#`` before headings; links keep their words."""
    if not is_markdown(text):
        return
    found: list[Repair] = []
    taken: list[Span] = []
    for m in _FIELD.finditer(text):
        taken.append(Span(*m.span()))
        found.append(Repair(taken[-1], "", "crawler_field"))
    for m in _HEADING.finditer(text):
        found.append(Repair(Span(*m.span("marks")), "", "markdown"))
    stars = [span for m in _STRONG.finditer(text) for span in (Span(*m.span("stars")), Span(m.end("text"), m.end()))]
    found += [Repair(span, "", "markdown") for span in stars]
    if "****" in text or "** **" in text:
        rest = list(text)
        for span in stars:  # used up: what is left of a run of stars is judged by itself
            rest[span.start : span.end] = "\0" * span.length
        found += [Repair(Span(*m.span()), "", "markdown") for m in _EMPTY_STRONG.finditer("".join(rest))]
    for m in _LINK.finditer(text) if "](" in text else ():
        found.append(Repair(Span(m.start(), m.start("text")), "", "markdown"))
        found.append(Repair(Span(m.end("text"), m.end()), "", "markdown"))
    found.sort(key=lambda r: (r.span.start, -r.span.end))
    ready = 0
    for repair in found:
        if repair.span.start >= ready:
            yield repair
            ready = repair.span.end


def markdown_marks(source: str) -> tuple[Mark, ...]:
    """What the markup says, as marks over the source: ``#`` lines are headings with their level, ``**`` lines bold."""
    if not is_markdown(source):
        return ()
    out: list[Mark] = []
    for m in _HEADING.finditer(source):
        out.append(Mark("heading", Span(*m.span("text")), str(len(m["level"]))))
    for m in _STRONG.finditer(source):
        line = source.rfind("\n", 0, m.start()) + 1
        if not source[line : m.start()].strip(" \t\u3000\u2003\u00a0"):
            out.append(Mark("bold", Span(*m.span("text"))))
    return tuple(sorted(out, key=lambda mark: mark.span))


def table_marks(document: Document) -> Iterator[Repair]:
    """The ``|`` that part the cells of a table become tabs, the lines of ``---`` go: ``| 序号 | 任务 |``."""
    text = document.text
    for table in document.tables if "|" in text else ():
        cells = [cell for cell in table.cells if cell.span.start < cell.span.end]
        for before, after in pairwise(cells):
            gap = Span(before.span.end, after.span.start)
            if gap.start < gap.end and "|" in gap.of(text):
                yield Repair(gap, "\t" if before.row == after.row else "\n", "markdown")
        line = text.rfind("\n", 0, table.span.start) + 1
        if "|" in text[line : table.span.start]:
            yield Repair(Span(line, table.span.start), "", "markdown")
        end = text.find("\n", table.span.end)
        rest = Span(table.span.end, len(text) if end < 0 else end)
        if "|" in rest.of(text):
            yield Repair(rest, "", "markdown")
