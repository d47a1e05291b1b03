"""Laws of normalising, tried on texts made of everything that the steps look for."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractor.lexicon import load
from extractor.model import Document, Span
from extractor.normalise import normalise, steps
from extractor.normalise.chain import Step
from extractor.offsets import apply

PIECES = st.sampled_from(
    [
        *"加强河道管护各村年月日的，。、；：！？“”（）(),;:!?\"'.<>#*[]- 　\t\n\r\ufeff\u00ad\x00○—－～％２Ａ⼈進業著",
        "進(jìn)",
        "業(yè)",
        "?cè)",
        "?,",
        "[bookmark: _GoBack]",
        "**",
        "## ",
        "\n- 3 -\n",
        "\n2、",
        "\n5\n",
        "&nbsp;",
        "3、6万元",
        "2018 年",
        "相关推荐\n",
        "首页 > 通知",
        "的.",
        "\n　　",
        "关 于 印 发",
        "《甲.docx》由会员分享,可在线阅读\n1、",
        "[乙](http://example.com)",
        "http://a.example/b?c=1,2",
        "\ud800",
        "\U00020000",
    ]
)
TEXTS = st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=60)
CALM = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def document(text: str) -> Document:
    return Document(name="a.txt", media_type="text/plain", sha256="0" * 64, text=text)


@CALM
@given(st.data())
def test_pieces_with_repairs_are_the_quote_for_any_span(data: st.DataObject) -> None:
    clean = normalise(document(data.draw(TEXTS)), load())
    start = data.draw(st.integers(0, len(clean.text)))
    span = Span(start, data.draw(st.integers(start, len(clean.text))))
    evidence = clean.evidence(span)
    assert span.of(clean.text) in evidence.quote
    assert clean.offsets.quote(evidence.pieces) == evidence.quote


@CALM
@given(TEXTS)
def test_match_text_has_the_offsets_of_the_clean_text(text: str) -> None:
    clean = normalise(document(text), load())
    assert len(clean.match) == len(clean.text)
    for a, b in zip(clean.text, clean.match, strict=True):
        assert (a == "\n") == (b == "\n")


@pytest.mark.parametrize("step", steps(), ids=lambda step: step.__name__)
@CALM
@given(text=TEXTS)
def test_a_step_done_twice_changes_nothing_more(step: Step, text: str) -> None:
    once = apply(text, step(text, load())).clean
    assert tuple(step(once, load())) == ()


@CALM
@given(TEXTS)
def test_every_repair_changes_something(text: str) -> None:
    clean = normalise(document(text), load())
    for repair in clean.offsets.repairs:
        assert repair.span.of(text) != repair.replacement
        assert repair.step


@CALM
@given(TEXTS)
def test_a_clean_text_is_clean(text: str) -> None:
    once = normalise(document(text), load()).text
    assert normalise(document(once), load()).text == once
