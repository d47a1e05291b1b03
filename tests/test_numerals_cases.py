"""Numbers of policy sentences, each with its bound, unit and direction (tests/cases/numerals*.jsonl)."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.numerals import Quantity, find, parse

CASES = Path(__file__).parent / "cases"
HOSTILE = [
    "一二三四五六七八九十" * 40,
    "2023.1.2-" * 45,
    "1," * 200,
    "百分之" * 130,
    "三分之" * 130,
    "1-2-" * 100,
    "5个至" * 130,
    "不超过" * 130,
    "万亿" * 200,
    "1/" * 200,
    "十点" * 200,
    "两三" * 200,
    "全覆盖" * 130,
    "1" * 400,
    "3个" * 200,
]


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (CASES / name).read_text("utf-8").splitlines()]


def told(text: str, quantity: Quantity) -> dict[str, Any]:
    return {
        "words": quantity.span.of(text),
        "operator": quantity.operator,
        "low": quantity.low,
        "high": quantity.high,
        "unit": quantity.unit,
        "kind": quantity.kind,
        "change": quantity.change,
    }


@pytest.mark.parametrize("case", rows("numerals.jsonl"), ids=lambda c: c["text"])
def test_quantities_of_a_sentence(case: dict[str, Any]) -> None:
    found = [told(case["text"], q) for q in find(case["text"])]
    assert len(found) == len(case["quantities"]), found
    for got, wanted in zip(found, case["quantities"], strict=True):
        for side in ("low", "high"):
            assert got.pop(side) == pytest.approx(wanted[side]) if wanted[side] is not None else got.pop(side) is None
        assert got == {k: v for k, v in wanted.items() if k not in ("low", "high")}


@pytest.mark.parametrize("case", rows("numerals_parse.jsonl"), ids=lambda c: c["text"] or "empty")
def test_one_numeral(case: dict[str, Any]) -> None:
    value = parse(case["text"])
    assert value is None if case["value"] is None else value == pytest.approx(case["value"])


@pytest.mark.parametrize("text", HOSTILE, ids=lambda t: t[:6])
def test_a_hostile_line_is_quick(text: str) -> None:
    find("三个")  # dictionaries are read once
    best = min(_seconds(text[:400]) for _ in range(3))
    assert best < 0.05


def _seconds(text: str) -> float:
    started = time.process_time()
    find(text)
    return time.process_time() - started


@given(
    st.text(
        alphabet="零一二三十百千万亿两半几多余第年月日个名%.,/-至到0123456789以上内不超过少于约分之成倍（） \n",
        max_size=60,
    )
)
def test_no_text_raises_and_spans_lie_in_order(text: str) -> None:
    quantities = find(text)
    ends = 0
    for quantity in quantities:
        assert ends <= quantity.span.start < quantity.span.end <= len(text)
        assert quantity.span.holds(quantity.numeral)
        assert quantity.low is not None or quantity.high is not None
        if quantity.low is not None and quantity.high is not None:
            assert quantity.low <= quantity.high
        ends = quantity.span.end


@given(st.integers(min_value=1, max_value=99_999_999))
def test_a_numeral_written_out_reads_back(number: int) -> None:
    assert parse(written(number)) == number


def test_numbers_of_lines_are_left_out_where_they_count_nothing() -> None:
    text = "二、主要任务\n（三）植树\n1.新建泵站3座\n（4）补栽30、40株\n5个村先行\n1.5万亩连片"
    found = [quantity.span.of(text) for quantity in find(text, bare=False)]
    assert found == ["3座", "30", "40株", "5个", "1.5万亩"]


@given(st.text(max_size=30), st.text(max_size=30))
def test_offsets_count_in_the_text_given(before: str, after: str) -> None:
    text = f"{before}\n建成12个村\n{after}"
    start = len(before) + 1
    found = find(text, start, start + len("建成12个村"))
    assert [q.span.of(text) for q in found] == ["12个"]


def written(number: int) -> str:
    """``number`` below a hundred million in Chinese, as a clerk writes it."""
    if number >= 10_000:
        head, tail = divmod(number, 10_000)
        gap = "零" if 0 < tail < 1000 else ""
        return written(head) + "万" + gap + (written(tail) if tail else "")
    digits = "零一二三四五六七八九"
    out, empty = "", False
    for power, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, power)
        if digit:
            out += ("零" if empty and out else "") + digits[digit] + name
            empty = False
        else:
            empty = True
    return out
