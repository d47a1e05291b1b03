"""What stands around a plan's body: the letterheads of ``cases/letterheads.jsonl``; only the parts named there are compared."""

from __future__ import annotations

from typing import Any

import pytest

from extractor.lexicon import load
from extractor.normalise import normalise
from extractor.segment import plans
from extractor.segment.letterhead.front import split_addressees
from extractor.segment.letterhead.numbers import iso_date
from extractor.text import PlanText
from tests.core_cases import cases, document_of, extraction_of, plans_of, rows


def shown(plan: PlanText) -> dict[str, Any]:
    head = plan.letterhead
    return {
        "title": head.title,
        "number": head.number,
        "issuer": head.issuer,
        "addressees": list(head.addressees),
        "issued_on": head.issued_on,
        "region": head.region,
        "year": plan.year,
        "code": plan.region,
        "links": [[link.kind, link.number, link.title] for link in head.links],
    }


@pytest.mark.parametrize("row", cases("letterheads"))
def test_letterhead(row: dict[str, Any]) -> None:
    found = [shown(plan) for plan in plans_of(row)]
    tasks = [[task.title for task in plan.tasks] for plan in extraction_of(row).plans]
    assert len(found) == len(row["plans"])
    for head, titles, wanted in zip(found, tasks, row["plans"], strict=True):
        head["tasks"] = titles
        assert {name: head[name] for name in wanted} == wanted


def test_spans_of_a_letterhead_stand_in_the_plan() -> None:
    for plan in [plan for row in rows("letterheads") for plan in plans_of(row)]:
        head = plan.letterhead
        for span in (head.title_span, head.addressees_span, head.issued_span):
            assert span is None or (plan.span.holds(span) and span.length > 0)
        if head.issued_span is not None:
            assert iso_date(head.issued_span.of(plan.match)) == head.issued_on


def test_settings_of_a_run_stand_in_where_the_text_is_silent() -> None:
    silent = {"text": "石桥镇防汛方案\n一、值守。各村要在6月底前落实值班。"}
    [plan] = plans_of(silent, reference_date="2024-03-01", region="TW")
    assert (plan.year, plan.region, plan.letterhead.issued_on) == ("2024", "TW", None)
    spoken = {"text": "石桥镇2023年防汛方案\n一、值守。各村要在6月底前落实值班。"}
    assert plans_of(spoken, reference_date="2024-03-01")[0].year == "2023"


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2023年3月16日", "2023-03-16"),
        ("二〇二三年三月十六日", "2023-03-16"),
        ("二零二三年十月二十日", "2023-10-20"),
        ("中华民国112年3月1日", "2023-03-01"),
        ("民国99年12月31日", "2010-12-31"),
        ("2023年 3月 6日", "2023-03-06"),
        ("20xx年3月1日", None),
        ("2023年xx月1日", None),
        ("2023年13月1日", None),
        ("2023年3月", None),
        ("", None),
    ],
)
def test_dates_of_issue(text: str, date: str | None) -> None:
    assert iso_date(text) == date


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("各区人民政府，市政府各委、办、局，各有关单位", ["各区人民政府", "市政府各委、办、局", "各有关单位"]),
        ("各省、自治区、直辖市人民政府", ["各省、自治区、直辖市人民政府"]),
        ("各村（社区）", ["各村（社区）"]),
        ("各乡镇人民政府、各有关单位", ["各乡镇人民政府", "各有关单位"]),
    ],
)
def test_addressees(text: str, parts: list[str]) -> None:
    assert list(split_addressees(text)) == parts


def test_every_line_of_a_file_belongs_to_one_plan_or_stands_before_the_first() -> None:
    row = {"text": "方案三篇\n防汛方案篇一\n一、值守。各村要值班。\n防汛方案篇二\n一、抢险。各村要备料。\n"}
    first, second = plans(normalise(document_of(row), load()), load())
    assert first.span.end <= second.span.start
    assert first.span.of(first.text).startswith("防汛方案篇一") and second.span.of(second.text).endswith("备料。")
