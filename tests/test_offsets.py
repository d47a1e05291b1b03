"""Offsets: the laws that every quotation rests on, tried on generated texts and repairs."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.model import Repair, Span
from extractor.offsets import OffsetMap, apply, compose, repaired

TEXTS = st.text(alphabet="甲乙丙丁、。 (a1\n\U00020000", min_size=1, max_size=40)


@st.composite
def repairs_of(draw: st.DrawFn, text: str, step: str = "s") -> tuple[Repair, ...]:
    """Disjoint repairs of a text, empty replacements and touching neighbours among them."""
    if not text:
        return ()
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=12, unique=True)))
    out = []
    for start, end in itertools.pairwise(cuts):
        if draw(st.booleans()):
            out.append(Repair(Span(start, end), draw(st.text(alphabet="天地人", max_size=3)), step))
    return tuple(out)


@st.composite
def mapped(draw: st.DrawFn) -> OffsetMap:
    text = draw(TEXTS)
    return apply(text, draw(repairs_of(text)))


@st.composite
def mapped_with_span(draw: st.DrawFn) -> tuple[OffsetMap, Span]:
    offsets = draw(mapped())
    start = draw(st.integers(0, len(offsets.clean)))
    return offsets, Span(start, draw(st.integers(start, len(offsets.clean))))


@given(TEXTS)
def test_no_repairs_change_nothing(text: str) -> None:
    offsets = apply(text, ())
    assert offsets.clean == text
    assert offsets.to_source(Span(0, len(text))) == Span(0, len(text))


@given(mapped())
def test_the_whole_source_repaired_is_the_clean_text(offsets: OffsetMap) -> None:
    assert repaired(offsets.source, offsets.repairs, Span(0, len(offsets.source))) == offsets.clean


@settings(max_examples=400)
@given(mapped_with_span())
def test_a_quote_holds_the_clean_words(case: tuple[OffsetMap, Span]) -> None:
    offsets, span = case
    source = offsets.to_source(span)
    back = offsets.to_clean(source)
    if span.length:
        assert back.start <= span.start
        assert span.end <= back.end
        assert offsets.quote([source]) == back.of(offsets.clean)
        assert span.of(offsets.clean) in offsets.quote([source])


@settings(max_examples=400)
@given(mapped_with_span())
def test_no_piece_begins_or_ends_inside_a_repair(case: tuple[OffsetMap, Span]) -> None:
    offsets, span = case
    if not span.length:
        return
    piece = offsets.to_source(span)
    for repair in offsets.repairs:
        for edge in (piece.start, piece.end):
            assert not repair.span.start < edge < repair.span.end


@settings(max_examples=300)
@given(mapped_with_span())
def test_pieces_are_tight(case: tuple[OffsetMap, Span]) -> None:
    """What was removed before or behind the words is no part of their piece."""
    offsets, span = case
    if not span.length:
        return
    piece = offsets.to_source(span)
    for repair in offsets.repairs:
        if not repair.replacement:
            assert repair.span.start != piece.start
            assert repair.span.end != piece.end


@settings(max_examples=300)
@given(st.data())
def test_evidence_is_ascending_and_disjoint_and_quotes_itself(data: st.DataObject) -> None:
    offsets = data.draw(mapped())
    spans = []
    for _ in range(data.draw(st.integers(0, 4))):
        start = data.draw(st.integers(0, len(offsets.clean)))
        spans.append(Span(start, data.draw(st.integers(start, len(offsets.clean)))))
    evidence = offsets.evidence(spans)
    for a, b in zip(evidence.pieces, evidence.pieces[1:], strict=False):
        assert a.end <= b.start
    assert evidence.quote == "\n".join(repaired(offsets.source, offsets.repairs, p) for p in evidence.pieces)


@settings(max_examples=600)
@given(st.data())
def test_composed_repairs_do_what_both_did(data: st.DataObject) -> None:
    first = data.draw(mapped())
    second = data.draw(repairs_of(first.clean, "t"))
    both = apply(first.source, compose(first, second))
    assert both.clean == apply(first.clean, second).clean


@settings(max_examples=200)
@given(st.data())
def test_composing_is_repeatable(data: st.DataObject) -> None:
    first = data.draw(mapped())
    second = apply(first.source, compose(first, data.draw(repairs_of(first.clean, "t"))))
    third = data.draw(repairs_of(second.clean, "u"))
    assert apply(first.source, compose(second, third)).clean == apply(second.clean, third).clean


def test_steps_are_named_once_each_in_their_order() -> None:
    first = apply("甲(a)乙", [Repair(Span(1, 4), "", "pinyin")])
    both = compose(first, [Repair(Span(0, 2), "丙", "width")])
    assert both == (Repair(Span(0, 5), "丙", "pinyin+width"),)


@pytest.mark.parametrize(
    "repairs",
    [
        [Repair(Span(1, 1), "新", "s")],
        [Repair(Span(0, 2), "", "s"), Repair(Span(1, 3), "", "s")],
        [Repair(Span(2, 9), "", "s")],
    ],
    ids=["inserts", "overlaps", "leaves the text"],
)
def test_a_faulty_step_is_told(repairs: list[Repair]) -> None:
    with pytest.raises(ValueError, match="out of order, empty or outside"):
        apply("甲乙丙", repairs)
