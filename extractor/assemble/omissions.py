"""What may be missing (可能遗漏): sentences of duty that no task took."""

from __future__ import annotations

from extractor.assemble.drafts import Drafts
from extractor.model import Problem
from extractor.text import PlanText


def possible(plan: PlanText, drafts: Drafts) -> tuple[Problem, ...]:
    """A problem ``possible_omission`` for each sentence of duty outside all tasks and goals."""
    out: list[Problem] = []
    for span in drafts.passed_over:
        evidence = plan.clean.evidence(span)
        quote = evidence.quote if len(evidence.quote) <= 60 else evidence.quote[:60] + "…"
        out.append(Problem("possible_omission", f"这句话含有要求，但没有列为任务，请核对：{quote}", evidence.pieces))
    return tuple(out)
