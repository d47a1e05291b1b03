"""Repairs ⇄ offsets: the clean text and the way back come from the same repairs, so they cannot disagree.

``apply(source, repairs)`` gives an :class:`OffsetMap`; it maps clean spans to source spans that never begin or end
inside a repair, and cuts the quote of source pieces. All offsets are code points.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter
from sys import maxsize

from extractor.model import Evidence, Repair, Span
from extractor.records import record


def repaired(source: str, repairs: Sequence[Repair], span: Span) -> str:
    """``source`` at ``span`` with the repairs that lie wholly within it. ``repairs`` ascending and disjoint."""
    return _repaired_from(bisect_left(repairs, span.start, key=_start), source, repairs, span)


def _repaired_from(first: int, source: str, repairs: Sequence[Repair], span: Span) -> str:
    """:func:`repaired`, where ``first`` is the number of the first repair that does not begin before ``span``."""
    if first == len(repairs) or repairs[first].span.start >= span.end:
        return source[span.start : span.end]
    out: list[str] = []
    at = span.start
    for k in range(first, len(repairs)):
        repair = repairs[k]
        if repair.span.start >= span.end:
            break
        if repair.span.end <= span.end and repair.span.start >= at:
            out += (source[at : repair.span.start], repair.replacement)
            at = repair.span.end
    out.append(source[at : span.end])
    return "".join(out)


@record(frozen=True, slots=True, eq=False)
class OffsetMap:
    """A source text, its repairs, the clean text, and the way between them."""

    source: str
    repairs: tuple[Repair, ...]
    clean: str
    _clean_starts: tuple[int, ...]  # clean offset at which each repair's replacement begins
    _clean_ends: tuple[int, ...]
    _source_starts: tuple[int, ...]
    _untouched: tuple[tuple[int, int, int], ...]  # before, between and behind the repairs: clean run, way to the source

    def source_start(self, offset: int) -> int:
        """The source offset at which a clean run that starts at ``offset`` begins (after removed characters)."""
        k = bisect_right(self._clean_starts, offset) - 1
        if k < 0:
            return offset
        if offset < self._clean_ends[k]:
            return self.repairs[k].span.start
        return self.repairs[k].span.end + offset - self._clean_ends[k]

    def source_end(self, offset: int) -> int:
        """The source offset at which a clean run that ends before ``offset`` ends (before removed characters)."""
        k = bisect_right(self._clean_starts, offset - 1) - 1
        if k < 0:
            return offset
        if offset <= self._clean_ends[k] and self._clean_starts[k] < self._clean_ends[k]:
            return self.repairs[k].span.end
        return self.repairs[k].span.end + offset - self._clean_ends[k]

    def to_source(self, span: Span) -> Span:
        """The source span whose repaired text holds the clean ``span``; widened to whole repairs at its ends."""
        if span.start >= span.end:
            at = self.source_start(span.start)
            return Span(at, at)
        return Span(self.source_start(span.start), self.source_end(span.end))

    def to_clean(self, span: Span) -> Span:
        """The clean span of what is left of a source span (a part of a repair gives the whole replacement)."""
        return Span(self._clean_at(span.start, floor=True), self._clean_at(span.end, floor=False))

    def _clean_at(self, offset: int, *, floor: bool) -> int:
        k = bisect_right(self._source_starts, offset) - 1
        if k < 0:
            return offset
        repair = self.repairs[k]
        if offset < repair.span.end:
            if offset == repair.span.start:
                return self._clean_starts[k]
            return self._clean_starts[k] if floor else self._clean_ends[k]
        return self._clean_ends[k] + offset - repair.span.end

    def quote(self, pieces: Iterable[Span]) -> str:
        """The words of source pieces: repairs applied, pieces joined with a line feed."""
        return "\n".join(
            [
                _repaired_from(bisect_left(self._source_starts, piece.start), self.source, self.repairs, piece)
                for piece in pieces
            ]
        )

    def evidence(self, spans: Iterable[Span]) -> Evidence:
        """The evidence of clean spans: source pieces, ascending and disjoint, and the quote that they give."""
        pieces: list[Span] = []
        found = [self.to_source(s) for s in spans if s.start < s.end]
        if len(found) > 1:
            found.sort()
        for span in found:
            if pieces and span.start < pieces[-1].end:
                pieces[-1] = Span(pieces[-1].start, max(pieces[-1].end, span.end))
            else:
                pieces.append(span)
        return Evidence(self.quote(pieces), tuple(pieces))

    def evidence_of(self, span: Span) -> Evidence:
        """The evidence of one clean span: most are touched by no repair, and their words are the same in the source."""
        start, end = span.start, span.end
        first, last, moved = self._untouched[bisect_right(self._clean_starts, start)]
        if not first <= start < end <= last:
            return self.evidence((span,))
        return Evidence(self.clean[start:end], (Span(start + moved, end + moved),) if moved else (span,))

    def words_of(self, span: Span) -> str:
        """The quote of :meth:`evidence_of`, where nothing but the words is asked for."""
        start, end = span.start, span.end
        first, last, _ = self._untouched[bisect_right(self._clean_starts, start)]
        return self.clean[start:end] if first <= start < end <= last else self.evidence((span,)).quote


def apply(source: str, repairs: Iterable[Repair]) -> OffsetMap:
    """The map that ``repairs`` make over ``source``.

    Raises ``ValueError`` where repairs overlap, insert without taking a character, or leave the text: a fault of a
    normalising step, never of a document.
    """
    ordered = tuple(sorted(repairs, key=_start))
    out: list[str] = []
    clean_starts: list[int] = []
    clean_ends: list[int] = []
    at = length = 0
    whole = len(source)
    for repair in ordered:
        span, replacement = repair.span, repair.replacement
        start, end = span.start, span.end
        if start < at or end <= start or end > whole:
            raise ValueError(f"repair out of order, empty or outside the text: {repair}")
        out += (source[at:start], replacement)
        length += start - at
        clean_starts.append(length)
        length += len(replacement)
        clean_ends.append(length)
        at = end
    out.append(source[at:])
    moved = [repair.span.end - end for repair, end in zip(ordered, clean_ends, strict=True)]
    return OffsetMap(
        source,
        ordered,
        "".join(out),
        tuple(clean_starts),
        tuple(clean_ends),
        tuple([repair.span.start for repair in ordered]),
        tuple(zip((0, *clean_ends), (*clean_starts, maxsize), (0, *moved), strict=True)),
    )


_start: Callable[[Repair], int] = attrgetter("span.start")


def compose(first: OffsetMap, repairs: Iterable[Repair]) -> tuple[Repair, ...]:
    """``repairs`` of the clean text of ``first`` as repairs of its source, merged with the first ones.

    A later repair that touches earlier ones swallows them: one repair over the whole source run, named after both steps.
    """
    later = sorted(repairs, key=_start)
    earlier, clean = first.repairs, first.clean
    merged: list[Repair] = []
    k = 0  # earlier repairs that lie behind us
    index = 0
    while index < len(later):
        group = [later[index]]
        span = group[0].span
        index += 1
        before, behind, moved = first._untouched[bisect_right(first._clean_starts, span.start)]
        alone = before <= span.start and span.end <= behind  # as most: it meets no earlier repair
        if alone:
            start, end = span.start + moved, span.end + moved
        else:
            start, end = first.source_start(span.start), first.source_end(span.end)
            while index < len(later) and first.source_start(later[index].span.start) < end:
                group.append(later[index])
                end = max(end, first.source_end(later[index].span.end))
                index += 1
        while k < len(earlier) and earlier[k].span.end <= start:
            merged.append(earlier[k])
            k += 1
        if alone or (len(group) == 1 and (k == len(earlier) or earlier[k].span.start >= end)):
            merged.append(Repair(Span(start, end), group[0].replacement, group[0].step))
            continue
        steps: list[str] = []
        while k < len(earlier) and earlier[k].span.start < end:
            steps += earlier[k].step.split("+")
            k += 1
        touched = first.to_clean(Span(start, end))
        text: list[str] = []
        at = touched.start
        for repair in group:
            text += (clean[at : repair.span.start], repair.replacement)
            steps += repair.step.split("+")
            at = repair.span.end
        text.append(clean[at : touched.end])
        merged.append(Repair(Span(start, end), "".join(text), "+".join(dict.fromkeys(steps))))
    merged += earlier[k:]
    return tuple(merged)
