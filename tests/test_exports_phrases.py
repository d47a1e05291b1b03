"""Values in plain words, telephone numbers and e-mail addresses, harmless cells."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.exports import harmless, phrases
from extractor.exports.rows import rows
from extractor.model import Register
from tests.factories import Item, notice

CASES: dict[str, list[dict[str, Any]]] = json.loads(
    (Path(__file__).parent / "cases" / "exports_phrases.json").read_text("utf-8")
)


@pytest.mark.parametrize("case", CASES["recurrence"], ids=lambda c: c["rule"] + c.get("quote", ""))
def test_recurrence(case: dict[str, Any]) -> None:
    assert phrases.recurrence(case["rule"], case.get("quote", "")) == case["words"]


@pytest.mark.parametrize("case", CASES["duration"], ids=lambda c: c["iso"])
def test_duration(case: dict[str, Any]) -> None:
    assert phrases.duration(case["iso"]) == case["words"]


@pytest.mark.parametrize("case", CASES["partial_date"], ids=lambda c: c["edtf"])
def test_partial_date(case: dict[str, Any]) -> None:
    assert phrases.partial_date(case["edtf"]) == case["words"]


@pytest.mark.parametrize("case", CASES["contact"], ids=lambda c: c["text"])
def test_contacts(case: dict[str, Any]) -> None:
    masked = harmless.without_contacts(case["text"])
    assert masked == case["words"]


@given(st.text(alphabet="电话：0123456789-（）() 年万元139a@.＠"))
def test_masking_keeps_every_offset(text: str) -> None:
    masked = harmless.without_contacts(text)
    assert len(masked) == len(text)
    assert all(a == b or b == "*" for a, b in zip(text, masked, strict=True))


@given(st.text())
def test_no_text_stays_a_formula(text: str) -> None:
    shown = harmless.harmless(text)
    assert not shown.lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))
    assert not any(ord(c) < 32 and c not in "\t\n" for c in shown)


@pytest.mark.parametrize("text", ["=1+1", "+86", "-2%", "@SUM(A1)", " =1", "\t=1", "\r\n=1", "＝1", "﻿=1"])
def test_formulas_are_told(text: str) -> None:
    assert harmless.harmless(text).startswith("'")


@given(st.text())
def test_rules_without_words_give_nothing_and_never_raise(text: str) -> None:
    phrases.recurrence(text)
    phrases.duration(text)
    phrases.partial_date(text)


def test_cells_of_a_row_stay_apart() -> None:
    assert phrases.one_line("营业收入（亿元）\t18.6\t24") == "营业收入（亿元） | 18.6 | 24"
    assert phrases.one_line("各镇\n要完成") == "各镇 要完成"


@pytest.mark.parametrize(
    ("quote", "period", "said"),
    [
        ("24", "2026", "2026年营业收入：24"),
        ("≥18%", None, "营业收入：≥18%"),
        ("营业收入达到24亿元", "2026", "营业收入达到24亿元"),
    ],
)
def test_a_bare_number_says_what_it_is_for(quote: str, period: str | None, said: str) -> None:
    number = {"indicator": "营业收入", "operator": "=", "low": 24.0, "high": 24.0, "period": period}
    item = Item("做大产业", [f"全县{quote}。"], targets=[(quote, number)])
    (only,) = rows(Register((notice([item]),)))
    assert only.targets_text == said
