"""What the calendar reads in phrases of notices: the cases of ``cases/calendar.jsonl``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from extractor.calendar import Resolved, find, moved, read_cell, resolve
from extractor.lexicon import load

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "cases" / "calendar.jsonl").read_text(encoding="utf-8").splitlines()
]


def _found(text: str, region: str) -> list[dict[str, Any]]:
    out = []
    for e in find(text, region=region, lexicon=load()):
        r = resolve(e, "2023", "2023-03-16", load())
        item: dict[str, Any] = {"quote": e.span.of(text), "kind": e.kind}
        item |= {k: v for k in ("starts_on", "ends_on", "edtf") if (v := getattr(r, k))}
        if e.recurrence:
            item["recurrence"] = e.recurrence
        if e.length:
            item |= {"duration": e.length.iso, "bound": e.length.bound}
        if e.anchor:
            item["anchor"] = e.anchor
        out.append(item)
    return out


@pytest.mark.parametrize("case", CASES, ids=[c["label"] for c in CASES])
def test_reads(case: dict[str, Any]) -> None:
    """The plan's year is 2023 and its date of issue 2023-03-16 in every case."""
    assert _found(case["text"], case.get("region", "CN")) == case["times"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5月底前", Resolved(edtf="XXXX-05")),
        ("3月-8月", Resolved(edtf="XXXX-03/XXXX-08")),
        ("年底前", Resolved(edtf="XXXX-12-31")),
        ("年内", Resolved(edtf="XXXX")),
        ("从3月21日起", Resolved(edtf="XXXX-03-21")),
        ("到20xx年", Resolved(edtf="20XX")),
        ("20xx—20xx年", Resolved(edtf="20XX/20XX")),
        ("本月底前", Resolved()),
        ("自印发之日起30日内", Resolved()),
        ("即日起至6月30日", Resolved(edtf="XXXX-06-30")),
    ],
)
def test_invents_no_year(text: str, expected: Resolved) -> None:
    """Without a year and a date of issue a partial date stays one."""
    [expression] = find(text)
    assert resolve(expression) == expected


def test_masked_year_of_the_plan() -> None:
    [expression] = find("5月底前")
    assert resolve(expression, "20XX") == Resolved(edtf="20XX-05", basis=("year",))


def test_says_what_it_used() -> None:
    [expression] = find("即日起至12月31日")
    assert set(resolve(expression, "2023", "2023-03-16").basis) == {"issue_date", "year"}
    [expression] = find("2023年12月31日前")
    assert resolve(expression, "2024", "2024-03-16").basis == ()


def test_day_that_does_not_exist() -> None:
    """2月30日 is no date; 2月29日 is one in leap years only."""
    assert all(resolve(e, "2023").ends_on != "2023-02-30" for e in find("2月30日前"))
    [leap] = find("2月29日前")
    assert resolve(leap, "2024").ends_on == "2024-02-29"
    assert resolve(leap, "2023").ends_on is None


@pytest.mark.parametrize(
    ("cell", "first", "last"),
    [
        ("6.30", "2023-06-30", "2023-06-30"),
        (" 9/1 ", "2023-09-01", "2023-09-01"),
        ("2025.6", "2025-06-01", "2025-06-30"),
        ("2025-06-30", "2025-06-30", "2025-06-30"),
    ],
)
def test_cells(cell: str, first: str, last: str) -> None:
    found = read_cell(cell)
    assert found is not None
    r = resolve(found, "2023")
    assert (r.starts_on, r.ends_on) == (first, last)


@pytest.mark.parametrize("cell", ["", "6", "13/45", "长期坚持", "6月底和9月底", "3.5%"])
def test_cells_that_hold_no_single_date(cell: str) -> None:
    assert read_cell(cell) is None


def test_moved() -> None:
    [e] = find("到2023年底")
    assert moved(e, 7).span.start == 7 and moved(e, 7).core.end == e.core.end + 7


def test_between_positions() -> None:
    """Only what lies between the positions is read, and offsets count from the start of the text."""
    text = "3月底前完成，6月底前完成，9月底前完成"
    [e] = find(text, 7, 14)
    assert e.span.of(text) == "6月底前"


@pytest.mark.parametrize(
    ("text", "year", "issued_on", "expected"),
    [
        ("1月15日前", "2023", "2023-12-27", (None, "2024-01-15")),
        ("2月底前", "2023", "2023-11-30", (None, "2024-02-29")),
        ("2月1日至3月10日", "2023", "2023-12-01", ("2024-02-01", "2024-03-10")),
        ("2023年1月15日前", "2023", "2023-12-27", (None, "2023-01-15")),  # the year is written
        ("12月底前", "2023", "2023-12-27", (None, "2023-12-31")),
        ("3月底前", "2024", "2023-12-27", (None, "2024-03-31")),  # the title's year
        ("3月底前", "2023", "2023-06-01", (None, "2023-03-31")),
    ],
)
def test_a_paper_of_december_means_the_months_to_come(
    text: str, year: str, issued_on: str, expected: tuple[str | None, str]
) -> None:
    [expression] = find(text)
    found = resolve(expression, year, issued_on)
    assert (found.starts_on, found.ends_on) == expected
