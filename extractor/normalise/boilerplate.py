"""What sites and programs add around a notice (网站杂项): share lines, addresses, navigation, time stamps, bookmarks.

The words are data: ``boilerplate.csv`` holds a pattern a row, with the kind of place that it stands in and an example.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

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
    openings: frozenset[str]  # the first characters of its cues
    pattern: regex.Pattern[str]


def _rules(lexicon: Lexicon) -> tuple[_Rule, ...]:
    out: list[_Rule] = []
    for row in lexicon.rows("boilerplate", Boilerplate):
        source = row.pattern if row.kind in ("mark", "inline") else rf"[ \t\u3000]*(?:{row.pattern})[ \t\u3000]*"
        try:
            if row.kind not in ("mark", "inline", "line", "tail"):
                raise regex.error("kind is mark, inline, line or tail")
            cues = tuple(row.cue.split("|"))
            out.append(_Rule(row, cues, frozenset(cue[:1] for cue in cues), regex.compile(source, regex.MULTILINE)))
        except regex.error as error:
            raise DictionaryError(
                "dictionary_row",
                where="boilerplate.csv",
                chinese=f"这一行不能用：{row.pattern}（{error}）",
                english=f"this row cannot be used: {row.pattern} ({error})",
            ) from error
    return tuple(out)


@dataclass(frozen=True, slots=True)
class _Openings:
    """The first characters of the cues, each with the second behind it: found in one go, most are in no text."""

    inline: re.Pattern[str]
    lines: re.Pattern[str]

    @classmethod
    def of(cls, lexicon: Lexicon) -> _Openings:
        rules = lexicon.derived("normalise.boilerplate", _rules)
        inline = {cue for rule in rules if rule.row.kind == "inline" for cue in rule.cues}
        lines = {cue for rule in rules if rule.row.kind in ("line", "tail") for cue in rule.cues}
        return cls(_opening(inline), _opening(lines))


def _opening(cues: set[str]) -> re.Pattern[str]:
    return re.compile(
        "|".join(f"{re.escape(pair[:1])}(?={re.escape(pair[1:])})" for pair in sorted({c[:2] for c in cues}))
    )


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
    if "|" in text:
        spans += _loose_bars(text)
    short = _ShortLines(text)
    openings = lexicon.derived("normalise.boilerplate.openings", _Openings.of)
    inline, lines = set(openings.inline.findall(text)), set(openings.lines.findall(short.kept))
    for rule in lexicon.derived("normalise.boilerplate", _rules):
        if rule.row.kind == "mark" or rule.openings.isdisjoint(inline if rule.row.kind == "inline" else lines):
            continue
        if rule.row.kind == "inline":
            if any(cue in text for cue in rule.cues):
                spans += [Span(*m.span()) for m in rule.pattern.finditer(text) if m.start() < m.end()]
            continue
        cues = [cue for cue in rule.cues if cue in short.kept]
        if not cues:
            continue
        done = -1
        for start, end in sorted(set(short.holding(cues))):
            if start > done and rule.pattern.fullmatch(text, start, end):
                last = _tail(text, end) if rule.row.kind == "tail" else end
                spans.append(Span(*_with_line_end(text, start, last)))
                done = last
    yield from _joined(spans, "boilerplate")


# 关于做好防汛工作的通知 |    ||: what a table of one cell left at a line's end, or in a line of its own
_BARS_AT_END = re.compile(r"[ \t]*\|[ \t|]*$", re.MULTILINE)


def _loose_bars(text: str) -> Iterator[Span]:
    for found in _BARS_AT_END.finditer(text):
        start = text.rfind("\n", 0, found.start()) + 1
        if text.find("|", start, found.start()) < 0:
            yield Span(*found.span())


class _ShortLines:
    """The lines that may be no prose: not too long and without a full stop. Most of a notice is not among them."""

    def __init__(self, text: str) -> None:
        self._lines: list[tuple[int, int]] = []
        kept: list[str] = []
        at = 0
        for line in text.split("\n"):
            end = at + len(line)
            if at < end <= at + _LONGEST_LINE:
                behind = line.partition("。")[2]
                if not behind or behind.isspace():
                    self._lines.append((at, end))
                    kept.append(line)
            at = end + 1
        self.kept = "\n".join(kept)
        self._at = [0, *accumulate([end - start + 1 for start, end in self._lines])]

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
