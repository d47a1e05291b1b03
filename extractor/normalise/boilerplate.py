"""What sites and programs add around a notice (网站杂项): share lines, addresses, navigation, time stamps, bookmarks.

The words are data: ``boilerplate.csv`` holds a pattern a row, with the kind of place that it stands in and an example.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from extractor.errors import DictionaryError
from extractor.lexicon import Lexicon
from extractor.model import Repair, Span


@dataclass(frozen=True, slots=True)
class Boilerplate:
    """One row of ``boilerplate.csv``.

    ``kind`` is ``inline`` (taken out where it stands), ``line`` (a whole line) or ``tail`` (a line that opens a list of
    links: what follows goes too, as long as it is no sentence). ``cue`` holds plain strings, parted by ``|``, one of which
    stands in every match.
    """

    kind: str
    pattern: str
    cue: str
    example: str


_SENTENCE = regex.compile(r"[。；]|.{60}")


def _compiled(lexicon: Lexicon) -> tuple[tuple[Boilerplate, regex.Pattern[str]], ...]:
    out: list[tuple[Boilerplate, regex.Pattern[str]]] = []
    for row in lexicon.rows("boilerplate", Boilerplate):
        source = row.pattern if row.kind == "inline" else rf"^[ \t\u3000]*(?:{row.pattern})[ \t\u3000]*$"
        try:
            if row.kind not in ("inline", "line", "tail"):
                raise regex.error("kind is inline, line or tail")
            out.append((row, regex.compile(source, regex.MULTILINE)))
        except regex.error as error:
            raise DictionaryError(
                "dictionary_row",
                where="boilerplate.csv",
                chinese=f"这一行不能用：{row.pattern}（{error}）",
                english=f"this row cannot be used: {row.pattern} ({error})",
            ) from error
    return tuple(out)


def boilerplate(text: str, lexicon: Lexicon) -> Iterator[Repair]:
    """Lines and marks of web sites and of word processors that are no part of the notice."""
    spans: list[Span] = []
    for row, pattern in lexicon.derived("normalise.boilerplate", _compiled):
        if not any(cue in text for cue in row.cue.split("|")):
            continue
        for found in pattern.finditer(text):
            start, end = found.span()
            if start == end:
                continue
            if row.kind != "inline":
                end = _tail(text, end) if row.kind == "tail" else end
                start, end = _with_line_end(text, start, end)
            spans.append(Span(start, end))
    yield from _joined(spans, "boilerplate")


def _tail(text: str, end: int) -> int:
    """Where the list of links that a line opens comes to its end."""
    while end < len(text):
        stop = text.find("\n", end + 1)
        stop = len(text) if stop < 0 else stop
        if _SENTENCE.search(text, end + 1, stop):
            return end
        end = stop
    return end


def _with_line_end(text: str, start: int, end: int) -> tuple[int, int]:
    """A whole line with one of its line ends, so that no empty line is left behind."""
    if end < len(text) and text[end] == "\n":
        return start, end + 1
    if start > 0 and text[start - 1] == "\n":
        return start - 1, end
    return start, end


def _joined(spans: list[Span], step: str) -> Iterator[Repair]:
    start = end = -1
    for span in sorted(spans):
        if span.start <= end:
            end = max(end, span.end)
            continue
        if end > start >= 0:
            yield Repair(Span(start, end), "", step)
        start, end = span.start, span.end
    if end > start >= 0:
        yield Repair(Span(start, end), "", step)
