"""What the lines come to: one letterhead."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from extractor.model import PlanLink, Span
from extractor.segment.letterhead.agencies import ISSUER, one_line
from extractor.segment.letterhead.front import split_addressees
from extractor.segment.letterhead.links import (
    FORWARDED,
    HANDED_ON,
    HANDED_TO_YOU,
    HEAD_OF_FORWARD,
    MADE_HERE,
    OPENING,
    links_of,
)
from extractor.segment.letterhead.numbers import DATE_LINE, iso_date
from extractor.segment.letterhead.page import Page, title_key
from extractor.segment.letterhead.region import region_named
from extractor.text import Letterhead

# 篇二：石桥乡防汛抗旱应急预案
_PART_MARK = regex.compile(r"[【\[]?第?篇?[一二三四五六七八九十\d]{1,3}篇?[】\]]?[：: 、]+(?=\S{6})")
# 新华社北京12月14日电 近日，中共中央、国务院印发了《……纲要》
_NEWS = regex.compile(
    r"(?:近日|日前)，(?P<issuer>[\u4e00-\u9fff、]{2,30}?(?:中央|国务院|办公厅|委员会|部|委|局|厅|政府|办公室))(?:联合)?(?:印发|发布|出台)了《"
)

# 青溪县农业农村局关于…
_ISSUER_OF_TITLE = regex.compile(r"(?P<issuer>(?:[^《》“”关]|关(?!于)){2,100}?)(?:关于|印发|转发|批转|对)")
_NUMBER_NAMES = ("发文字号", "文号", "发文文号", "发布文号")
_AND_FURTHER = regex.compile(r"等(?:[二两三四五六七八九十]{1,3}|\d{1,2})个?(?:部门|单位|厅局|委局)$")
_LONGEST_AGENCY = 30  # characters
_GAPS = regex.compile(r"[ \u3000]+")


def outcome(page: Page) -> Letterhead:
    """The letterhead of all that was found."""
    text = page.clean.text
    shell = page.titles[0] if page.titles else _meta_title(page) or page.letter
    spans = _without_part_mark(page, _title(page) or shell)
    title: str | None = page.joined(spans) or None
    links: list[PlanLink] = []
    for candidate in page.titles or [shell]:
        found = FORWARDED.search(page.joined_match(candidate))
        if found:
            title = page.joined(candidate)[found.start("title") + 1 : found.end("title") - 1]
            links.append(PlanLink("forwards", None, title))
            break
    handed_on = _handed_on(page) if not links else None
    if handed_on is not None:
        links.append(PlanLink("forwards", None, handed_on))
    opening = Span(page.lines[0].span.start, page.lines[-1].span.end)
    links += links_of(page.joined_match(shell), opening, page.match, text)
    if title is None and (
        given := HANDED_TO_YOU.search(page.match, opening.start, min(opening.end, opening.start + OPENING))
    ):
        spans = (Span(*given.span("title")),)
        title = page.joined(spans)
        links.append(PlanLink("forwards", None, title))
    if title is None and (
        made := MADE_HERE.search(page.match, opening.start, min(opening.end, opening.start + OPENING))
    ):
        spans = (Span(*made.span("title")),)
        title = page.joined(spans)
    number = page.number or next((page.meta[name] for name in _NUMBER_NAMES if name in page.meta), None)
    number_text = "".join(number.of(text).split()) if number else None
    if number_text and not number_text.endswith(("号", "號", "期")):
        number_text = None
    issued = page.issued or page.meta.get("成文日期") or page.meta.get("发文日期")
    date = iso_date(issued.of(page.match)) if issued else None
    issuer = _issuer(page, shell)
    return Letterhead(
        title=title,
        title_span=Span(spans[0].start, spans[-1].end) if spans else None,
        number=number_text,
        issuer=issuer[1] if issuer else None,
        addressees=split_addressees(page.addressees.of(text)) if page.addressees else (),
        addressees_span=page.addressees,
        issued_on=date,
        issued_span=issued if date else None,
        number_span=number if number_text else None,
        region=region_named(page, issuer, spans),
        links=tuple(dict.fromkeys(links)),
    )


def _without_part_mark(page: Page, spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """篇二：石桥乡… -> 石桥乡…"""
    mark = _PART_MARK.match(page.match, spans[0].start, spans[0].end) if spans else None
    return (Span(mark.end(), spans[0].end), *spans[1:]) if mark else spans


def _meta_title(page: Page) -> tuple[Span, ...]:
    return (page.meta["标题"],) if "标题" in page.meta else ()


def _title(page: Page) -> tuple[Span, ...]:
    """The scheme's own title behind a shell or a page's name, else the first title."""
    best: tuple[Span, ...] = page.titles[0] if page.titles else ()
    for candidate in page.titles[1:]:
        forwards = HEAD_OF_FORWARD.search(page.joined_match(candidate))
        before_body = page.addressees is None or candidate[0].start < page.addressees.start
        nearer = page.number is not None and candidate[0].start > page.number.start > best[0].start and before_body
        if forwards or nearer or _is_dated(page, candidate) or _is_handed_on(page, candidate):
            best = candidate
    return best


def _handed_on(page: Page) -> str | None:
    """The scheme that the first title hands on without 《》: 关于印发2024年河道整治工作要点的通知."""
    found = HANDED_ON.search(page.joined_match(page.titles[0])) if page.titles else None
    if found is None or not page.types.search(found["what"]):
        return None
    return page.joined(page.titles[0])[found.start("what") : found.end("what")]


def _is_handed_on(page: Page, candidate: Sequence[Span]) -> bool:
    """True for the own title of the scheme that the first title hands on; it may say more: whose scheme it is."""
    found = HANDED_ON.search(page.joined_match(page.titles[0]))
    if found is None or candidate == page.titles[0]:
        return False
    what, own = title_key(found["what"]), title_key(page.joined_match(candidate))
    if found["verb"] in ("印发", "发布"):  # ……若干政策 and ……的若干政策 are one title
        what, own = what.replace("的", ""), own.replace("的", "")
    return len(what) >= 6 and (own.endswith(what) or what.endswith(own)) and 2 * len(own) >= len(what)


def _is_dated(page: Page, candidate: Sequence[Span]) -> bool:
    """True for a title under a page's name that its date follows in brackets: the paper's own."""
    if not candidate or all(line.heading_level != 1 for line in page.lines[:2]):
        return False
    after = next((n for n, line in enumerate(page.lines) if line.span.start >= candidate[-1].end), None)
    if after is None:
        return False
    return page.said(after).startswith("（") and DATE_LINE.fullmatch(page.said(after)) is not None


def _issuer(page: Page, shell: Sequence[Span]) -> tuple[str, str] | None:
    """Match text and clean text of the issuer (发文机关): signature, site's table, or the title's first words."""
    if page.issuers:
        names = list(dict.fromkeys(one_line(s.of(page.clean.text)) for s in page.issuers))
        return "、".join(one_line(s.of(page.match)) for s in page.issuers), "、".join(names)
    if "发文机关" in page.meta:
        span = page.meta["发文机关"]
        return span.of(page.match), span.of(page.clean.text)
    if _is_dated(page, _title(page) or shell):
        shell = _title(page)
    found = _ISSUER_OF_TITLE.match(page.joined_match(shell))
    if found and _are_issuers(found["issuer"]):
        name = page.joined(shell)[: found.end("issuer")]
        beside = [j.of(page.clean.text) for j in page.beside if j.end <= shell[0].start]
        return found["issuer"].strip(), "、".join([*beside, _GAPS.sub("、", name.strip())])
    if page.head is not None:
        return page.head.of(page.match), one_line(page.head.of(page.clean.text))
    return _issuer_in_news(page)


def _are_issuers(names: str) -> bool:
    """True for one agency, or for several side by side: 县教育局 县财政局 县人力资源和社会保障局, 县教育局等六部门."""
    names = _AND_FURTHER.sub("", names.strip())
    if len(names) <= _LONGEST_AGENCY:
        return ISSUER.fullmatch(names) is not None
    parts = _GAPS.sub("、", names).split("、")
    return len(parts) > 1 and all(len(p) <= _LONGEST_AGENCY and ISSUER.fullmatch(p) for p in parts)


def _issuer_in_news(page: Page) -> tuple[str, str] | None:
    """Who issued a paper that a news agency prints: 近日，中共中央、国务院印发了《…》."""
    if not page.lines:
        return None
    start = page.lines[0].span.start
    found = _NEWS.search(page.match, start, min(page.lines[-1].span.end, start + 400))
    if not found:
        return None
    span = Span(*found.span("issuer"))
    return span.of(page.match), span.of(page.clean.text)
