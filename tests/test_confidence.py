"""Confidence: counts become shares, what stands unread lowers a row, and every rule that can be answered is counted."""

from __future__ import annotations

import pytest

from extractor.assemble.confidence import ALL, Shares, of_value, signs
from extractor.lexicon import load

TEXT = "推进改厕。各村年底前完成改厕300户，镇农办每月通报。"


def test_unread_numbers_times_and_doers_are_signs() -> None:
    read = signs(
        TEXT, "tasks.item", [("units.subject", "各村年底前完成改厕300户"), ("units.subject", "镇农办每月通报")],
        True, ["年底前", "改厕300户", "每月"],
    )  # fmt: skip
    assert read == (
        "tasks.item", "row.numbers_unread_none", "row.times_read", "row.doers_read", "row.units_said", "row.values_many",
    )  # fmt: skip
    bare = signs(TEXT, "tasks.item", [], False, [])
    assert "row.numbers_unread_few" in bare and "row.times_unread" in bare and "row.doers_unread" in bare


def test_names_of_documents_hold_nothing_unread() -> None:
    told = signs("按照《2023年方案》（县办发〔2023〕13号）和“三会一课”要求落实。", "tasks.item", [], False, [])
    assert "row.numbers_unread_none" in told


def test_a_row_with_something_unread_is_less_sure() -> None:
    shares = Shares.of(load())
    sure = signs(TEXT, "tasks.item", [("units.bracket", "责任单位：镇农办")], True, ["年底前", "改厕300户", "每月"])
    doubtful = signs(TEXT, "tasks.item", [], False, ["每月"])
    assert 0 < shares.row(doubtful) < shares.row(sure) < 1
    assert 0 < shares.row([ALL, "a sign that nobody counted"]) < 1


@pytest.mark.parametrize("rule", ["units.bracket", "deadlines.by", "targets.level", "never.counted"])
def test_values_are_between_none_and_all(rule: str) -> None:
    full = of_value(rule, load())
    assert 0 < of_value(rule, load(), inherited=True, weak=True, settled=False) < full <= 1
    assert full > 0.85


def test_a_rule_that_was_seldom_seen_is_doubted() -> None:
    assert of_value("never.counted", load()) < of_value("units.bracket", load())
