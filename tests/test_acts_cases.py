"""What a sentence and a section are for: ``cases/acts.jsonl`` and ``cases/headings.jsonl``."""

from __future__ import annotations

from collections import Counter
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.extractors import acts
from extractor.lexicon import Lexicon, load
from tests.core_cases import cases, rows


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load()


@pytest.mark.parametrize("row", cases("acts"))
def test_sentence(row: dict[str, Any], lexicon: Lexicon) -> None:
    assert acts.classify(lexicon, row["text"], row["kind"]) == row["act"]


@pytest.mark.parametrize("row", cases("headings"))
def test_section(row: dict[str, Any], lexicon: Lexicon) -> None:
    assert acts.section_kind(lexicon, row["text"]) == row["kind"]


def test_every_answer_has_cases_for_and_against() -> None:
    given_answers = Counter(row["act"] for row in rows("acts"))
    assert set(given_answers) == set(get_args(acts.Act)) and min(given_answers.values()) >= 3
    kinds = {row["kind"] for row in rows("headings")}
    assert kinds <= {*get_args(acts.SectionKind), None} and len(kinds) >= 11


@pytest.mark.parametrize(
    ("clause", "leads_in"),
    [
        ("围绕产业发展领域", True),
        ("按照县委要求", True),
        ("到2025年底", True),
        ("通过广播、微信群等方式", True),
        ("各村要结合实际", True),
        ("清理河道垃圾", False),
        ("在集镇建设公厕3座", False),
        ("对监测户落实帮扶措施", False),
    ],
)
def test_lead_ins(clause: str, leads_in: bool, lexicon: Lexicon) -> None:
    assert acts.is_lead_in(lexicon, clause) is leads_in


@pytest.mark.parametrize(
    ("text", "order"),
    [("完成场镇亮化工程", True), ("各村要值班", True), ("河道管护", False), ("工作台账", False)],
)
def test_bare_lines_that_order(text: str, order: bool, lexicon: Lexicon) -> None:
    assert acts.opens_with_act(lexicon, text) is order


WORDS = (
    "各村 要 应 须 负责 加强 完善 实现 达到 明显 提升 形成 格局 为 以 围绕 通过 对 将 纳入 近年来 已 可以 予以 通报批评 扣2分 "
    "奖励 到2025年 90% 每月 ， 。 ； ： 、 （ ） 的 是 指 请 严禁 由 牵头 一是 二要 清理 河道"
)
PHRASES = st.lists(st.sampled_from(WORDS.split()), max_size=30).map("".join)


@settings(max_examples=200, deadline=None)
@given(st.one_of(PHRASES, st.text(max_size=80)), st.sampled_from([None, *get_args(acts.SectionKind)]))
def test_whatever_the_sentence_one_answer_comes(text: str, kind: acts.SectionKind | None) -> None:
    lexicon = load()
    answer = acts.classify(lexicon, text, kind)
    assert answer in get_args(acts.Act) and answer == acts.classify(lexicon, f" {text} ", kind)
    if kind in ("background", "significance", "definition"):
        assert answer == "none"
    assert acts.section_kind(lexicon, text) in (None, *get_args(acts.SectionKind))
    acts.opens_with_act(lexicon, text), acts.is_lead_in(lexicon, text), acts.states_result(lexicon, text)
