"""Patterns written for the search of ``re``: openings that share an ending are spelled out."""

from __future__ import annotations

import pytest

from extractor.patterns import either, searched

_PATTERN = searched(
    r"""
      要(?<!需要)
    | <承担|担任>(?!过)  # 承担过 tells of the past
    | 负责
    """
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("各村要上报", "要"),
        ("需要上报", None),
        ("承担日常工作", "承担"),
        ("担任组长", "担任"),
        ("曾担任过组长", None),
        ("由镇党政办负责", "负责"),
    ],
)
def test_each_opening_goes_on_with_the_rest_of_its_line(text: str, found: str | None) -> None:
    match = _PATTERN.search(text)
    assert (match and match[0]) == found


def test_openings_stand_for_themselves_alone() -> None:
    assert searched("<甲|乙>方").pattern == "甲方\n| 乙方"


def test_one_pattern_finds_what_either_finds() -> None:
    both = either(searched("<甲|乙>方"), searched("\n  丙 | 丁(?<=戊丁)\n"))
    assert [bool(both.search(text)) for text in ("乙方", "丙", "戊丁", "甲", "丁")] == [True, True, True, False, False]
