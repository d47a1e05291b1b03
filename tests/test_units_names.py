"""Lists of units and their canonical names."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.extractors.responsibilities import split_units
from extractor.extractors.units.clauses import OPENINGS
from extractor.lexicon import load
from extractor.units import UnitRow, canonical

CASES = Path(__file__).parent / "cases"


def rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (CASES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("row", rows("unit_lists"), ids=lambda row: row["label"])
def test_list(row: dict[str, Any]) -> None:
    found = split_units(row["text"], load())
    assert [u.unit for u in found] == row["units"]
    assert [u.span.of(row["text"]) for u in found] == row["units"]


@pytest.mark.parametrize("row", rows("unit_names"), ids=lambda row: row["label"])
def test_canonical_name(row: dict[str, Any]) -> None:
    name = canonical(row["name"], row["region"], load(), setting=row["setting"], on=row["on"])
    assert name == row["canonical"]


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=30), st.none() | st.text(max_size=5))
def test_any_name_is_known_or_not(name: str, region: str | None) -> None:
    found = canonical(name, region, load())
    assert found is None or found
    split_units(name, load())


def test_every_row_of_the_dictionary_can_be_used() -> None:
    levels = {"national", "local", "town", "taiwan", "hongkong", "macau"}
    seen = set()
    for row in load().rows("units", UnitRow):
        assert row.level in levels and row.source
        assert (row.alias, row.level, row.canonical, row.valid_from) not in seen
        seen.add((row.alias, row.level, row.canonical, row.valid_from))
        assert not row.valid_from or not row.valid_to or row.valid_from <= row.valid_to


@pytest.mark.parametrize(("pattern", "starts"), OPENINGS)
def test_what_can_follow_a_doer_begins_with_a_listed_character(pattern: str, starts: str) -> None:
    opens = re.compile(pattern, re.VERBOSE)
    written = re.findall(r"[\u4e00-\u9fff]+", pattern)
    words = {*written, *(character for word in written for character in word)}
    tails = (
        "",
        "要做",
        "要求",
        "季度",
        "半年",
        "旬",
        "年前",
        "方面的工作",
        "各户的培训提供",
        "在该局，承担",
        "该项牵头单位",
        "该项工作负责",
    )
    begun = {(word + tail)[0] for word in words for tail in tails if opens.match(word + tail)}
    assert begun and begun <= set(starts)
