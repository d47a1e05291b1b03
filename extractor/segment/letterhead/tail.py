"""What stands behind the body: signature, date, notes on annexes, imprint; and the scheme's own title behind its shell."""

from __future__ import annotations

import regex

from extractor.model import Span
from extractor.segment import labels
from extractor.segment.letterhead.agencies import ISSUER, SIGNING_POST
from extractor.segment.letterhead.links import FORWARDED
from extractor.segment.letterhead.marks import ANNEX, ANNEX_NOTE, ATTENDANCE, asks, is_no_part, opens_tail
from extractor.segment.letterhead.numbers import BARE_DAY, DATE_LINE, FIGURE_DAY, SIGNED_LINE
from extractor.segment.letterhead.page import Page, title_key
from extractor.segment.letterhead.titles import ENDS_SENTENCE, may_be_title

# no signature, date, annex note or imprint line is longer
_LONGEST_TAIL = 240
_LONGEST_IMPRINT = 160
_LAST_LINES = 8
_LAST_POSTS = 3
_LONGEST_SIGNATURE = 60  # of an agency's name alone, with the place of its seal
# 2024年9月20日印发, under the office that had it printed
_LONGEST_PRINTING = 16
_BARE_PRINTING = regex.compile(r"\d{4}年\d{1,2}月\d{1,2}日[ ]?印发")
_PLACE = regex.compile(r"[省市县区镇乡]")
_IN_BRACKETS = regex.compile(r"（[^（）]{1,30}）")


# 青溪镇人民政府（盖章）
_SEAL = regex.compile(r"[ ]?（(?:此处)?(?:盖|加盖|签)?(?:公|印)?章）$")


def read_tail(page: Page) -> None:
    """Reads signature lines wherever they stand, the scheme's own title behind them, and the imprint."""
    _read_printing(page)
    lines = len(page.lines)
    for k, (line, text) in enumerate(zip(page.lines, page.texts, strict=True)):
        length = len(text)
        if length > _LONGEST_TAIL or line.table is not None or k in page.used or k in page.annexes:
            continue
        if k + 1 in page.annexes and ANNEX.fullmatch(text):
            page.used.add(k)
            continue
        dated = "日" in text
        signed = SIGNED_LINE.fullmatch(text) if dated else None
        if signed and ISSUER.fullmatch(signed["issuer"].strip()):
            if not page.issuers:
                page.issuers = [Span(line.span.start, line.span.start + signed.end("issuer"))]
                page.issued = Span(line.span.start + signed.start("date"), line.span.start + signed.end("date"))
            page.used.add(k)
            _scheme_title(page, k + 1)
        elif dated and DATE_LINE.fullmatch(text) and not text.endswith("印发"):
            above = _issuers_above(page, k)
            if not page.issuers:
                page.issuers = [_signature(page, a) for a in above]
            page.issued = page.issued or line.span
            page.used.add(k)
            page.used.update(above)
            _scheme_title(page, k + 1)
        elif (
            ((dated and BARE_DAY.fullmatch(text)) or (text[0].isdecimal() and FIGURE_DAY.fullmatch(text)))
            and _closes(page, k)
            and (above := _issuers_above(page, k))
        ):
            if not dated:
                page.issued = page.issued or line.span
            page.issuers = page.issuers or [_signature(page, a) for a in above]
            page.used.update((k, *above))
            _scheme_title(page, k + 1)
        elif not page.issuers and length <= _LONGEST_SIGNATURE and _is_last(page, k) and _signs(text):
            page.issuers = [_signature(page, k)]
            page.used.add(k)
        elif (length < _LONGEST_IMPRINT and opens_tail(text)) or (
            k >= lines - _LAST_LINES and _closes_with(text, lines - k)
        ):
            page.used.add(k)
        elif text[0] == "附" and length < 120 and ANNEX_NOTE.match(text):
            page.used.add(k)
            _annex_list(page, k + 1)
        elif _repeats_title(page, text) or asks(text) or is_no_part(text):
            page.used.add(k)


def _read_printing(page: Page) -> None:
    """Takes out the day of printing that stands alone in its line, with the office above it that had it printed."""
    for k, text in enumerate(page.texts):
        if k and text.endswith("印发") and len(text) < _LONGEST_PRINTING and _BARE_PRINTING.fullmatch(text):
            page.used.add(k)
            page.used.update(_issuers_above(page, k)[-1:])


def _is_last(page: Page, k: int) -> bool:
    return all(other in page.used or page.lines[other].furniture for other in range(k + 1, len(page.lines)))


def _closes(page: Page, k: int) -> bool:
    """True for one of the last lines, or the last before an annex."""
    return k >= len(page.lines) - 3 or ANNEX.fullmatch(page.said(k + 1)) is not None


def _signs(text: str) -> bool:
    """True for a last line that is an agency's name alone."""
    name = _without_seal(text)
    return len(name) <= 30 and ISSUER.fullmatch(name) is not None and _PLACE.search(name) is not None


def _without_seal(text: str) -> str:
    return _SEAL.sub("", text) if text.endswith("章）") else text


def _signature(page: Page, k: int) -> Span:
    """The agency's name in the line that it signs, without the place of its seal."""
    start = page.lines[k].span.start
    return Span(start, start + len(_without_seal(page.said(k))))


# 2．结对意向申报表。: the last of a list of annexes is stopped
_NAMES_PAPER = regex.compile(r"[^，。；：]{4,60}(?:表|名单|清单|名册|目录|样本|格式)。")


def _annex_list(page: Page, k: int) -> None:
    """The further lines of 附件：1.… 2.…"""
    expected = 2
    while k < len(page.lines):
        span = page.lines[k].span
        label = labels.read(page.match, span.start, span.end)
        number = label.number if label else 0
        if number != expected or (ENDS_SENTENCE.search(page.said(k)) and not _NAMES_PAPER.fullmatch(page.said(k))):
            return
        page.used.add(k)
        expected += 1
        k += 1


def _issuers_above(page: Page, k: int) -> list[int]:
    out: list[int] = []
    k -= 1
    while k >= 0 and k not in page.used and len(out) < 12:
        text = _without_seal(page.said(k))
        if len(text) > 60 or page.lines[k].table is not None or not ISSUER.fullmatch(text):
            break
        if labels.read(text, 0, len(text)):
            break
        out.insert(0, k)
        k -= 1
    return out


def _scheme_title(page: Page, k: int) -> None:
    """After a shell's signature: notes, the word 附件, and the scheme's own title are no body."""
    block: list[int] = []
    while k < len(page.lines) and len(block) < 5:
        text = page.said(k)
        if k in page.annexes:
            break
        if k in page.used or opens_tail(text) or ANNEX.fullmatch(text):
            page.used.add(k)
        elif page.lines[k].table is None and may_be_title(page, k, block):
            block.append(k)
        else:
            break
        k += 1
    last = max(
        (n for n, b in enumerate(block) if page.types.search(page.said(b)) or _repeats_title(page, page.said(b))),
        default=-1,
    )
    if last < 0:
        return
    if last + 1 < len(block) and page.titles:
        below = page.said(block[last + 1])  # （2025—2027年）, where the shell names the scheme with it
        last += _IN_BRACKETS.fullmatch(below) is not None and below in page.joined_match(page.titles[0])
    page.titles.append(tuple(page.lines[b].span for b in block[: last + 1]))
    page.used.update(block[: last + 1])
    for b in block[last + 1 :]:
        if _IN_BRACKETS.fullmatch(page.said(b)):
            page.used.add(b)


def _repeats_title(page: Page, text: str) -> bool:
    """True for a line that says a title again: the scheme's own behind its shell, a page's name."""
    for title in page.titles[len(page.title_keys) :]:
        joined = page.joined_match(title)
        page.title_keys.append(title_key(joined))
        page.forwarded_keys.update(title_key(m["title"]) for m in FORWARDED.finditer(joined))
        page.titles_stop = page.titles_stop or "。" in joined
    if "。" in text and not page.titles_stop:
        return False
    key = title_key(text)
    if len(key) < 6:
        return False
    return key in page.forwarded_keys or any(key in k and len(key) > 0.4 * len(k) for k in page.title_keys)


def _closes_with(text: str, left: int) -> bool:
    """True for one of the last lines, the ``left``-th from the end, that tells who was there or bears a signing post."""
    return ATTENDANCE.match(text) is not None or (left <= _LAST_POSTS and SIGNING_POST.fullmatch(text) is not None)
