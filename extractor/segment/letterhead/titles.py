"""Titles (标题): lines that may be one, where one begins, and what stands above it."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from extractor.model import Span
from extractor.segment import labels
from extractor.segment.letterhead.agencies import ISSUER
from extractor.segment.letterhead.marks import ANNEX_NOTE, opens_tail
from extractor.segment.letterhead.numbers import NUMBER, SIGNED_LINE
from extractor.segment.letterhead.page import Page, title_key
from extractor.segment.lines import trim

_OPEN_ABOUT = regex.compile(r"关于(?![^《]*》)")
_CLOSES_ABOUT = regex.compile(
    r"的(?:[\u4e00-\u9fff]{2})?(?:通知|意见|决定|通报|报告|请示|批复|函|公告|通告|办法|规定|措施|方案)$"
)
_HEAD = regex.compile(r"(?P<issuer>.+?)(?:文件)?")
# 青溪日报：请问有什么支持措施？
_ASKED_BY = regex.compile(r"[^，。：《》]{1,16}：.*？")
# 档案工作实施方案（3页）: a sharing site's count
_PAGE_COUNT = regex.compile(r"（\d{1,3}页[^（）]{0,4}）$")
_NUMBER_AT_END = regex.compile(rf"（{NUMBER.pattern}）$")
# 石桥镇村庄清洁行动方案为深入贯彻……    石桥镇防汛预案范文根据……
_RUNS_INTO_PREAMBLE = regex.compile(
    r"""
    (?P<title>[^。；，：、！？《》“”\s]{4,50}?(?:方案|计划|预案|意见|通知|办法))(?:文稿|范文|范本|模板)?\d{0,2}
    (?:为(?:了|深入|切实|全面|认真|进一步|贯彻|落实|做好|搞好|加强|确保|扎实|有效|推[动进]|积极|持续|加快|更好|不断|保障|规范|强化|巩固|提升|提高|改善|维护|防[止范]|充分)
      |根据(?:《|[省市县区镇乡上])|进入[一二三四五六七八九十汛春夏秋冬\d]|(?:当前|近期|近日)[，,])
    """,
    regex.VERBOSE,
)
# characters; a notice that hands on two papers at once names both in its title
_LONGEST_TITLE = 70
_LONGEST_ABOUT = 140
ENDS_SENTENCE = regex.compile(r"[。；！：，《]$")


def may_be_title(page: Page, k: int, block: Sequence[int]) -> bool:
    """True for a short line that ends no sentence and carries no number."""
    text = page.said(k)
    if _ASKED_BY.fullmatch(text) and page.lines[k].heading_level != 1:
        return False
    if len(text) > _LONGEST_TITLE and not (
        len(text) <= _LONGEST_ABOUT and "关于" in text[: 110 if " " in text[:40] else 40] and _CLOSES_ABOUT.search(text)
    ):
        return False
    if ENDS_SENTENCE.search(text) or opens_tail(text) or ANNEX_NOTE.match(text):
        return False
    label = labels.read(page.match, page.lines[k].span.start, page.lines[k].span.end)
    if label and label.kind != "bullet" and page.lines[k].heading_level != 1:
        return False
    return "。" not in text and len(block) < 6 and not (text.startswith("【") and text.endswith("】"))


def title_from(page: Page, block: Sequence[int], *, sure: bool = False) -> None:
    """Takes the title out of a block of short lines: the lines up to the last that ends with a 文种."""
    last = max((n for n, k in enumerate(block) if page.types.search(page.said(k))), default=-1)
    if last > 0 and _opens_aims(page, block[last - 1], block[last]):
        last -= 1
    if last < 0 and not page.titles and not page.number and _opens_page(page, block):
        sure = True
    named = next((k for k in block if page.lines[k].heading_level == 1), block[0] if block and sure else None)
    if last < 0 and named is not None:
        page.titles.append((page.lines[named].span,))
        page.used.add(named)
        return
    if last < 0:
        # a letterhead's agency line alone: 某某镇人民政府文件
        for k in block:
            if _is_head(page, k):
                page.used.add(k)
        return
    first = _first_line(page, block, last)
    for k in block[: last + 1]:
        page.used.add(k)
        if k < block[first]:
            _is_head(page, k)
    page.beside += _beside(page, block, first, last)
    page.titles.append(_without_number(page, [page.lines[k].span for k in block[first : last + 1]]))


def _opens_aims(page: Page, k: int, following: int) -> bool:
    """True for 工作目标 below a whole title (某某县改厕工作方案): the name of the paper's first section."""
    text = page.said(following)
    kind = page.types.search(text) if text.endswith("目标") else None
    return kind is not None and kind.start() == 0 and page.types.search(page.said(k)) is not None


def _beside(page: Page, block: Sequence[int], first: int, last: int) -> list[Span]:
    """The agencies that issue a paper with the one its title begins with: 县教育局 / 县财政局 / 关于…的通知."""
    if first == last or not _signs_with_others(page.said(block[first])):
        return []
    above = first
    while above > 0 and _signs_with_others(page.said(block[above - 1])):
        above -= 1
    return [page.lines[k].span for k in block[above:first]]


def _signs_with_others(text: str) -> bool:
    """True for a bureau's name alone; a government's or an office's is the site's, or that of the whole letterhead."""
    return not text.endswith(("政府", "办公室", "文件")) and ISSUER.fullmatch(text) is not None


def _without_number(page: Page, spans: list[Span]) -> tuple[Span, ...]:
    """……的通知（青政发〔2024〕6号）: the number that a title's last line ends with is read, and taken off."""
    end = spans[-1]
    said = end.of(page.match)
    found = _NUMBER_AT_END.search(said) if said.endswith("号）") else None
    if found is None or found.start() == 0:
        return tuple(spans)
    page.number = page.number or Span(end.start + found.start("number"), end.start + found.end("number"))
    return (*spans[:-1], trim(page.match, Span(end.start, end.start + found.start())))


def _is_head(page: Page, k: int) -> bool:
    """True for a line that names the agency above the title (某某镇人民政府文件); the first is kept."""
    named = _HEAD.fullmatch(page.said(k))
    if named is None or not ISSUER.fullmatch(named["issuer"].strip()):
        return page.said(k).endswith("文件")
    start = page.lines[k].span.start
    page.head = page.head or trim(page.match, Span(start, start + named.end("issuer")))
    return True


def _first_line(page: Page, block: Sequence[int], last: int) -> int:
    """Where the title begins that ends with line ``last`` of the block: as the site's table prints it, else by its words."""
    printed = title_key(page.meta["标题"].of(page.match)) if "标题" in page.meta else ""
    for first in range(last, -1, -1):
        if printed and title_key("".join(page.said(k) for k in block[first : last + 1])) == printed:
            return first
    first = last
    while first > 0 and _continues(page, block[first - 1], block[first]):
        first -= 1
    for k in range(first - 1, max(-1, first - 4), -1):
        # 关于全面推行 / 公示制度全过程记录制度 / 审核制度的指导意见: a 文种 inside what the title is about
        opened = _OPEN_ABOUT.search(page.said(block[k])) and _CLOSES_ABOUT.search(page.said(block[last]))
        if opened and not any(_CLOSES_ABOUT.search(page.said(b)) for b in block[k:last]):
            return k
    return first


def _opens_page(page: Page, block: Sequence[int]) -> bool:
    """True for a short first line of the page that names no agency: a title without a 文种."""
    if len(block) != 1 or block[0] != next((k for k in range(len(page.lines)) if k not in page.used), -1):
        return False
    text = page.said(block[0])
    named = ISSUER.fullmatch(text) or SIGNED_LINE.fullmatch(text) or text.endswith("文件")
    return 6 <= len(text) <= 45 and not named and block[0] + 1 < len(page.lines)


def _continues(page: Page, k: int, following: int) -> bool:
    """True where a title line goes on in the next: not a title of its own, not another page's heading."""
    text = page.said(k)
    if page.types.search(text) and not text.endswith(("、", "和", "与", "及", "的")):
        return False
    if text.endswith("文件") or page.lines[k].heading_level != page.lines[following].heading_level:
        return False
    return not (ISSUER.fullmatch(text) and not page.said(following).startswith(("关于", "印发", "转发")))


def run_in_title(page: Page, k: int) -> None:
    """A copy without line ends opens with its title and a space, or without: 「……实施方案 为深入贯彻……」"""
    if k >= len(page.lines) or page.lines[k].table is not None:
        return
    line = page.lines[k]
    unparted = _RUNS_INTO_PREAMBLE.match(page.match, line.span.start, line.span.end)
    if unparted and line.span.end - unparted.end() >= 40:
        page.titles.append((Span(*unparted.span("title")),))
        return
    space = page.match.find(" ", line.span.start, min(line.span.end, line.span.start + 80))
    if space < 0 or line.span.end - space < 40:
        return
    lead = Span(line.span.start, space)
    pages = _PAGE_COUNT.search(page.match, lead.start, lead.end)
    lead = Span(lead.start, pages.start()) if pages else lead
    text = lead.of(page.match)
    if not page.types.search(text) or any(mark in text for mark in "。；，"):
        return
    for cut in range(len(text) // 2, len(text)):
        # the file's name and its title were run together: X:Y X
        tail = text[cut:]
        if len(tail) >= 6 and text.startswith(tail):
            lead = Span(lead.start + cut, lead.end)
            break
    page.titles.append((lead,))
