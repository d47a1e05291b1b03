"""Numbering: every kind of label, what only looks like one, and labels inside lines that lost their ends."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.normalise.match import match_text
from extractor.segment import labels
from tests.core_cases import cases


@pytest.mark.parametrize("row", cases("labels"))
def test_label(row: dict[str, Any]) -> None:
    match = match_text(row["text"])
    found = labels.read(match, 0, len(match))
    if row["kind"] is None:
        assert found is None
    else:
        assert found is not None
        assert (found.kind, found.number) == (row["kind"], row["number"])
        assert row["text"][found.span.end :] == row["rest"]


def test_kinds_are_ordered_from_outer_to_inner() -> None:
    outer_first = [
        "第一章 总则",
        "壹、依据",
        "一、目标",
        "（一）领导",
        "1.清理",
        "1.1 清理",
        "（1）清理",
        "①清理",
        "●清理",
    ]
    ranks = [label.rank for text in outer_first if (label := labels.read(text, 0, len(text)))]
    assert ranks == sorted(set(ranks)) and len(ranks) == len(outer_first)


def said(number: int) -> str:
    """1 to 999 as they are written: 十二, 二十, 一百零二."""
    digits = "零一二三四五六七八九"
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    out = f"{digits[hundreds]}百" if hundreds else ""
    if tens:
        out += ("" if tens == 1 and not hundreds else digits[tens]) + "十"
    elif hundreds and ones:
        out += "零"
    return out + (digits[ones] if ones else "")


@given(st.integers(1, 999))
def test_numbers_in_words_and_figures(number: int) -> None:
    assert labels.chinese_number(said(number)) == number == labels.chinese_number(str(number))


@given(st.integers(1, 99), st.text("清理河道垃圾、。12一", max_size=12))
def test_a_labels_number_does_not_depend_on_what_follows(number: int, rest: str) -> None:
    text = f"（{said(number)}）河{rest}"
    label = labels.read(text, 0, len(text))
    assert label is not None and (label.kind, label.number) == ("bracketed", number)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("抓好落实。二、工作措施：（一）强化宣传。（二）加强督查。", ["二、", "（一）", "（二）"]),
        ("主要做法有：1.清理河道；2.整治沟渠；3.建立台账。", ["1.", "2.", "3."]),
        ("各村要结合实际①摸清底数。②建立台账。", ["②"]),  # a label follows a mark of some kind
        ("到2025年完成12.5公里。", []),
        ("一、总体要求", []),  # it opens the line, it is not inside
        ("详见第二条。", []),
    ],
)
def test_labels_inside_a_line(text: str, found: list[str]) -> None:
    assert [
        label.span.of(text) for label in labels.inside(text, labels.places_inside(text, 0, len(text)), len(text))
    ] == found


@given(st.text("一二十（）、.。；： 第条①㈠⑴1２—-●篇章", max_size=60))
def test_no_run_of_marks_does_harm(text: str) -> None:
    match = match_text(text)
    for label in [
        *labels.inside(match, labels.places_inside(match, 0, len(match)), len(match)),
        labels.read(match, 0, len(match)),
    ]:
        assert label is None or (0 <= label.span.start < label.span.end <= len(match) and label.number >= 0)
