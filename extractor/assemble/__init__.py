"""Assembly (组装): mentions to tasks and goals.

``assemble(plan, mentions, brackets, lexicon)`` gives the plan with its values resolved, inherited and evidenced, still
without ids, and the problems that a reviewer should see.
"""

from __future__ import annotations

from collections.abc import Sequence

from extractor.assemble import annexes, omissions
from extractor.assemble.fields import Fields
from extractor.assemble.tasks import draft
from extractor.lexicon import Lexicon
from extractor.model import Mention, Plan, Problem, Span
from extractor.text import PlanText

__all__ = ["assemble"]


def assemble(
    plan: PlanText, mentions: Sequence[Mention], brackets: Sequence[Span], lexicon: Lexicon
) -> tuple[Plan, tuple[Problem, ...]]:
    """The plan of ``plan`` text without ids, and its problems."""
    drafts = draft(plan, brackets, lexicon)
    fields = Fields(plan, drafts, mentions, lexicon)
    head = plan.letterhead
    made = Plan(
        title=head.title,
        pieces=(plan.clean.offsets.to_source(plan.span),),
        number=head.number,
        issuer=head.issuer,
        addressees=head.addressees,
        issued_on=head.issued_on,
        region=head.region,
        links=head.links,
        tasks=fields.tasks(),
        goals=fields.goals(),
    )
    problems = (*annexes.missing(plan, made), *omissions.possible(plan, drafts))
    return made, problems
