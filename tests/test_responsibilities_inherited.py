"""Whose units a task has: its own, those of its headings, of the whole plan, and by rules of the document."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from extractor.assemble.inherit import Responsibilities
from extractor.assemble.tasks import draft
from extractor.extractors.responsibilities import bracket_spans, find
from extractor.lexicon import load
from extractor.model import Document
from extractor.normalise import normalise
from extractor.segment import plans

ROWS = [
    json.loads(line)
    for line in (Path(__file__).parent / "cases" / "unit_inheritance.jsonl").read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["label"])
def test_inheritance(row: dict[str, Any]) -> None:
    lexicon = load()
    (plan,) = plans(normalise(Document("notice.txt", "text/plain", "", row["text"]), lexicon), lexicon)
    drafts = draft(plan, bracket_spans(find(plan, lexicon)), lexicon)
    responsibilities = Responsibilities(plan, drafts, find(plan, lexicon))
    found = {}
    for task in drafts.tasks:
        words = task.text[0].of(plan.text)
        found[words] = [[a.value.unit, a.value.role, a.inherited] for a in responsibilities.of(task)]
    for opening, expected in row["tasks"].items():
        (units,) = (units for words, units in found.items() if words.startswith(opening))
        assert units == expected, opening


def test_a_role_by_rule_says_so() -> None:
    lexicon = load()
    text = ROWS[1]["text"]
    (plan,) = plans(normalise(Document("notice.txt", "text/plain", "", text), lexicon), lexicon)
    drafts = draft(plan, bracket_spans(find(plan, lexicon)), lexicon)
    responsibilities = Responsibilities(plan, drafts, find(plan, lexicon))
    lead = responsibilities.of(drafts.tasks[1])[0]
    assert lead.value.role == "lead"
    assert lead.why == "document_rule"
    assert not lead.value.explicit
    assert lead.mention.rule == "units.first_is_lead"
    assert [s.of(plan.text) for s in lead.basis] == ["列第一位者为牵头单位，下同"]
