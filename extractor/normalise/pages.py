"""Printed pages (版面): running heads, page numbers and line ends of the paper are no part of the text.

What a reader marked is taken out here; in plain text the forms ``- 3 -`` and ``第 3 页 共 9 页`` on a line of their own
are known, and bare numbers that cut sentences in ascending order.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

import regex

from extractor.lexicon import Lexicon
from extractor.model import Document, Repair, Span
from extractor.normalise.lines import continues
from extractor.normalise.script import for_words

_PAGE_LINE = regex.compile(
    r"""
    ^ [ \t\u3000]*
    (?: [-—–－―‐·•] {1,2} [ \u3000]? \d{1,4} [ \u3000]? [-—–－―‐·•] {1,2}   # - 3 - / — 12 —
      | 第 \s? \d{1,4} \s? 页 (?: [ ，,/（(]{0,3} 共 \s? \d{1,4} \s? 页 [)）]? )?   # 第 3 页 共 9 页
      | [Pp]age [ ] \d{1,4} (?: [ ] of [ ] \d{1,4} )?
    )
    [ \t\u3000]* $
    """,
    regex.VERBOSE | regex.MULTILINE,
)
_BARE_NUMBER = regex.compile(r"^[ \t\u3000]*(\d{1,3})[ \t\u3000]*$", regex.MULTILINE)
# Begins and ends like a line of one of these kinds: hardly any text holds such a line, and this is found out fast.
_LIKE_NUMBER = r"[ \t\u3000]*[-—–－―‐·•第Pp\d][\s\S]{0,40}?[ \t\u3000]*(?<=[-—–－―‐·•页頁)）\d \t\u3000])(?=\n|\Z)"
_FIRST_LIKE_NUMBER, _LATER_LIKE_NUMBER = re.compile(_LIKE_NUMBER), re.compile(rf"\n{_LIKE_NUMBER}")
_WORDY = regex.compile(r"[A-Za-z]")
_BLANK = " \t\u3000\n"
_PAGES_OF_A_HEAD, _LONGEST_HEAD = 3, 40
# 某某县人民政府办公室文件 on a page after the first; before a number (〔2024〕) it opens another paper
_LETTERHEAD = regex.compile(r"[\u4e00-\u9fff]{2,24}(?:政府|委员会|办公室|[局厅委])文件")


def reader_marks(document: Document) -> tuple[Repair, ...]:
    """The repairs that a reader's marks ask for: running heads and page numbers out, broken lines joined."""
    text = document.text
    joints = {m.span.start for m in document.marks if m.kind == "line_break" and m.span.length}
    # A reader that marks the lines it found to go on has judged the others too; the rows of a table never go on.
    tables = [Span(0, len(text))] if joints else [table.span for table in document.tables]
    out: list[Repair] = []
    for start, end, step in _furniture(document):
        inner = _widened(text, start, end)
        joined = any(text[at] == "\n" and at in joints for at in range(inner.start, inner.end))
        judged = joined or any(table.holds(inner) for table in tables)
        out += _removal(text, inner, step, joined=joined if judged else None)
    taken = [r.span for r in out]
    k = 0
    for at in sorted(joints):
        if at >= len(text) or text[at] not in "\r\n":
            continue
        while k < len(taken) and taken[k].end <= at:
            k += 1
        if k < len(taken) and taken[k].start <= at:
            continue
        start, end = at, at + 1
        while start > 0 and text[start - 1] in " \t\r":
            start -= 1
        while end < len(text) and text[end] in " \t\u3000\n" and (text[end] != "\n" or text[at] == "\r"):
            end += 1
        if k:
            start = max(start, taken[k - 1].end)
        latin = start > 0 and end < len(text) and _WORDY.match(text[start - 1]) and _WORDY.match(text[end])
        out.append(Repair(Span(start, end), " " if latin else "", "line_break"))
        out.sort()
    return _disjoint(out)


def _disjoint(repairs: list[Repair]) -> tuple[Repair, ...]:
    kept: list[Repair] = []
    for repair in sorted(repairs):
        if not kept or repair.span.start >= kept[-1].span.end:
            kept.append(repair)
    return tuple(kept)


def _furniture(document: Document) -> list[tuple[int, int, str]]:
    """Runs of page furniture, those that only blanks part taken together."""
    text = document.text
    spans = sorted(
        (m.span.start, m.span.end, m.kind) for m in document.marks if m.kind in ("running_head", "page_number")
    )
    out: list[tuple[int, int, str]] = []
    for start, end, kind in spans:
        end = min(end, len(text))
        while start < end and text[start] == "\n":
            start += 1
        while end > start and text[end - 1] == "\n":
            end -= 1
        if start >= end:
            continue
        if out and start - out[-1][1] < 40 and not text[out[-1][1] : start].strip(_BLANK):
            out[-1] = (out[-1][0], max(out[-1][1], end), out[-1][2])
        else:
            out.append((start, end, kind))
    return out


def _widened(text: str, start: int, end: int) -> Span:
    """The run with the blanks and the line ends around it, where it fills its lines."""
    a, b = start, end
    while a > 0 and text[a - 1] in " \t\u3000":
        a -= 1
    while b < len(text) and text[b] in " \t\u3000\r":
        b += 1
    if (a == 0 or text[a - 1] == "\n") and (b == len(text) or text[b] == "\n"):
        return Span(max(0, a - 1), min(len(text), b + 1))
    return Span(start, end)


def _removal(text: str, run: Span, step: str, *, joined: bool | None) -> Iterator[Repair]:
    """Takes a run out; a paragraph that it cut is made whole, otherwise one line end stays.

    ``joined`` says whether it cut one; with ``None`` the words around it tell.
    """
    whole_lines = (run.start == 0 or text[run.start] == "\n") and (run.end == len(text) or text[run.end - 1] == "\n")
    if not whole_lines or run.start == 0 or run.end == len(text):
        yield Repair(run, "\n" if whole_lines and run.start > 0 and run.end < len(text) else "", step)
        return
    before = text[text.rfind("\n", 0, run.start) + 1 : run.start]
    after = text[run.end : run.end + 20]
    if joined is None:
        joined = continues(before, after)
    yield Repair(run, "" if joined else "\n", step)


def page_numbers(text: str, lexicon: Lexicon) -> Iterator[Repair]:
    """``- 3 -`` and ``第 3 页 共 9 页`` on lines of their own, and bare page numbers that cut sentences."""
    if _FIRST_LIKE_NUMBER.match(text) is None and _LATER_LIKE_NUMBER.search(text) is None:
        return
    text = for_words(text)
    numbers = [Span(*m.span()) for m in _PAGE_LINE.finditer(text)]
    runs: list[Span] = []
    for span in sorted(numbers + _running_heads(text, numbers) + _bare_numbers(text)):
        if runs and not text[runs[-1].end : span.start].strip(_BLANK):  # head and number of one page are one run
            runs[-1] = Span(runs[-1].start, max(runs[-1].end, span.end))
        else:
            runs.append(span)
    for span in runs:
        yield from _removal(text, _widened(text, span.start, span.end), "page_number", joined=None)


def _running_heads(text: str, numbers: list[Span]) -> list[Span]:
    """Short lines beside page numbers that come again on three pages and more, and the letterhead printed behind one."""
    if len(numbers) < _PAGES_OF_A_HEAD:
        return [
            head
            for number in numbers
            if _LETTERHEAD.fullmatch(text, (head := _line_after(text, number.end)).start, head.end)
            and "〔" not in text[head.end : head.end + _LONGEST_HEAD]
        ]
    beside: dict[str, list[Span]] = {}
    for number in numbers:
        for span in (_line_before(text, number.start), _line_after(text, number.end)):
            words = span.of(text).strip()
            if words and span.length <= _LONGEST_HEAD and not words.endswith(("。", "；", "，")):
                beside.setdefault(words, []).append(span)
    return [span for spans in beside.values() if len(spans) >= _PAGES_OF_A_HEAD for span in spans]


def _line_before(text: str, at: int) -> Span:
    end = at
    while end > 0 and text[end - 1] in _BLANK:
        end -= 1
    return Span(text.rfind("\n", 0, end) + 1, end)


def _line_after(text: str, at: int) -> Span:
    start = at
    while start < len(text) and text[start] in _BLANK:
        start += 1
    end = text.find("\n", start)
    return Span(start, len(text) if end < 0 else end)


def _bare_numbers(text: str) -> list[Span]:
    """Numbers alone on their lines, where they ascend one by one and most of them cut a sentence in two.

    The serial numbers of a table that was written out line by line ascend as well, but they cut nothing.
    """
    found = list(_BARE_NUMBER.finditer(text))
    if len(found) < 3:
        return []
    numbers = [int(m[1]) for m in found]
    if any(b != a + 1 for a, b in itertools.pairwise(numbers)):
        return []
    cut = 0
    for m in found:
        before = text[text.rfind("\n", 0, max(0, m.start() - 1)) + 1 : max(0, m.start() - 1)]
        cut += len(before) >= 15 and continues(before, text[m.end() + 1 : m.end() + 20])
    return [Span(*m.span()) for m in found] if cut * 2 >= len(found) else []
