"""What sites and programs add around a notice (网站杂项): share lines, addresses, navigation, time stamps, bookmarks.

The words are data: ``boilerplate.csv`` holds a pattern a row, with the kind of place that it stands in and an example.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

import regex

from extractor.errors import DictionaryError
from extractor.lexicon import Lexicon
from extractor.model import Repair, Span
from extractor.normalise.script import for_words


@dataclass(frozen=True, slots=True)
class Boilerplate:
    """One row of ``boilerplate.csv``.

    ``kind`` is ``mark`` (a word processor's own, taken out first), ``inline`` (taken out where it stands), ``line`` (a whole line) or ``tail`` (a line that opens a list of
    links: what follows goes too, as long as it is no sentence). ``cue`` holds plain strings, parted by ``|``, one of which
    stands in every match.
    """

    kind: str
    pattern: str
    cue: str
    example: str


_LONGEST_LINE = 400
_SENTENCE = regex.compile(r"[。；]|.{60}")


@dataclass(frozen=True, slots=True)
class _Rule:
    row: Boilerplate
    cues: tuple[str, ...]
    pattern: regex.Pattern[str]


def _rules(lexicon: Lexicon) -> tuple[_Rule, ...]:
    out: list[_Rule] = []
    for row in lexicon.rows("boilerplate", Boilerplate):
        source = row.pattern if row.kind in ("mark", "inline") else rf"[ \t\u3000]*(?:{row.pattern})[ \t\u3000]*"
        try:
            if row.kind not in ("mark", "inline", "line", "tail"):
                raise regex.error("kind is mark, inline, line or tail")
            out.append(_Rule(row, tuple(row.cue.split("|")), regex.compile(source, regex.MULTILINE)))
        except regex.error as error:
            raise DictionaryError(
                "dictionary_row",
                where="boilerplate.csv",
                chinese=f"这一行不能用：{row.pattern}（{error}）",
                english=f"this row cannot be used: {row.pattern} ({error})",
            ) from error
    return tuple(out)


def _openings(lexicon: Lexicon) -> re.Pattern[str]:
    """The first characters of the cues of lines, each with the second behind it: found in one go, most are in no text."""
    rules = lexicon.derived("normalise.boilerplate", _rules)
    cues = sorted({cue for rule in rules if rule.row.kind in ("line", "tail") for cue in rule.cues})
    return re.compile("|".join(re.escape(cue[:1]) + (f"(?={re.escape(cue[1])})" if cue[1:] else "") for cue in cues))


def processor_marks(text: str, lexicon: Lexicon) -> Iterator[Repair]:
    """Field codes and bookmarks that word processors leave in a text."""
    spans: list[Span] = []
    for rule in lexicon.derived("normalise.boilerplate", _rules):
        if rule.row.kind == "mark" and any(cue in text for cue in rule.cues):
            spans += [Span(*m.span()) for m in rule.pattern.finditer(text) if m.start() < m.end()]
    yield from _joined(spans, "boilerplate")


def boilerplate(text: str, lexicon: Lexicon) -> Iterator[Repair]:
    """Lines and marks of web sites and of word processors that are no part of the notice, in either script."""
    text = for_words(text)
    spans: list[Span] = []
    short = _ShortLines(text)
    rules = lexicon.derived("normalise.boilerplate", _rules)
    openings = set(lexicon.derived("normalise.boilerplate.openings", _openings).findall(short.kept))
    for rule in rules:
        if rule.row.kind == "mark":
            continue
        if rule.row.kind == "inline":
            cues = [cue for cue in rule.cues if cue in text]
        else:
            cues = [cue for cue in rule.cues if cue[0] in openings and cue in short.kept]
        if not cues:
            continue
        if rule.row.kind == "inline":
            spans += [Span(*m.span()) for m in rule.pattern.finditer(text) if m.start() < m.end()]
            continue
        done = -1
        for start, end in sorted(set(short.holding(cues))):
            if start > done and rule.pattern.fullmatch(text, start, end):
                last = _tail(text, end) if rule.row.kind == "tail" else end
                spans.append(Span(*_with_line_end(text, start, last)))
                done = last
    yield from _joined(spans, "boilerplate")


class _ShortLines:
    """The lines that may be no prose: not too long and without a full stop. Most of a notice is not among them."""

    def __init__(self, text: str) -> None:
        self._lines: list[tuple[int, int]] = []
        self._at: list[int] = []
        kept: list[str] = []
        at = length = 0
        for line in text.split("\n"):
            stop = line.find("。")
            ended = stop < 0 or stop >= len(line.rstrip()) - 1
            if line and ended and len(line) <= _LONGEST_LINE:
                self._lines.append((at, at + len(line)))
                self._at.append(length)
                kept.append(line)
                length += len(line) + 1
            at += len(line) + 1
        self.kept = "\n".join(kept)

    def holding(self, cues: list[str]) -> Iterator[tuple[int, int]]:
        """The lines that hold one of the cues."""
        for cue in cues:
            at = self.kept.find(cue)
            while at >= 0:
                k = bisect_right(self._at, at) - 1
                yield self._lines[k]
                start, end = self._lines[k]
                at = self.kept.find(cue, self._at[k] + end - start)


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
