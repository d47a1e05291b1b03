"""Which times are deadlines: the sentences of ``cases/deadlines.jsonl``, each a plan of 2023 issued on 1 March."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from extractor.assemble.dates import deadline
from extractor.extractors.deadlines import DeadlineValue, find
from extractor.lexicon import load
from extractor.model import Mention
from extractor.text import PlanText
from tests.plan_texts import plan_of

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "cases" / "deadlines.jsonl").read_text(encoding="utf-8").splitlines()
]


def _shown(plan: PlanText, mention: Mention) -> dict[str, Any]:
    d = deadline(plan, mention, load())
    assert isinstance(mention.value, DeadlineValue)
    item: dict[str, Any] = {"quote": d.evidence.quote, "kind": d.kind}
    for name in ("starts_on", "ends_on", "edtf", "recurrence", "duration", "condition"):
        if getattr(d, name):
            item[name] = getattr(d, name)
    for name in ("back", "whole_plan"):
        if getattr(mention.value, name):
            item[name] = True
    if mention.weak:
        item["weak"] = True
    assert 0 < d.confidence <= 1
    return item


@pytest.mark.parametrize("case", CASES, ids=[c["text"][:24] for c in CASES])
def test_sentence(case: dict[str, Any]) -> None:
    plan = plan_of(case["text"], year="2023", issued_on="2023-03-01")
    assert [_shown(plan, m) for m in find(plan, load())] == case["deadlines"]


def test_table_cell_of_a_deadline_column() -> None:
    """6.30 is a date only where its column says so."""
    plan = plan_of("县农业农村局6.30")
    assert list(find(plan, load())) == []


def test_quotes_are_in_the_script_of_the_document() -> None:
    plan = plan_of("應於2023年底前完成", match="应于2023年底前完成")
    [mention] = find(plan, load())
    assert deadline(plan, mention, load()).evidence.quote == "2023年底前"
