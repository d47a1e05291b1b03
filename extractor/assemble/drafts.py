"""Drafts: tasks and goals as places in the text, before units, dates and numbers are put to them (clean coordinates)."""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter

from extractor.extractors.acts import SectionKind
from extractor.model import Node, Span
from extractor.records import record
from extractor.text import TableRow

# A heading of a section path: its place, or its words where a label and a title stand apart (四、…期满后，建立档案).
Heading = Span | str


place: Callable[[Span], tuple[int, int]] = attrgetter("start", "end")
"""A span to sort by: tuples are made and compared without a call."""


@record(frozen=True, slots=True, eq=False)
class TaskDraft:
    """A task to be (任务草稿).

    ``text`` are the pieces of its text, brackets left out; ``extent`` the pieces that its own values may stand in (its
    brackets and heading too); ``section`` its headings with their labels, outermost first; ``node`` where it stands.
    """

    node: Node
    title: Span | str
    text: tuple[Span, ...]
    extent: tuple[Span, ...]
    section: tuple[Heading, ...]
    measures: tuple[Span, ...]
    goals: tuple[Span, ...]
    rule: str
    kind: SectionKind | None = None
    row: TableRow | None = None

    def owns(self, span: Span) -> bool:
        """True where a mention at ``span`` is the task's own."""
        return any(piece.start <= span.start < piece.end for piece in self.extent)


@record(frozen=True, slots=True, eq=False)
class GoalDraft:
    """A goal outside any task (目标). ``heads`` are the columns of a table that say by when it is to be reached."""

    text: Span
    section: tuple[Heading, ...]
    node: Node
    heads: tuple[Span, ...] = ()


@record(frozen=True, slots=True, eq=False)
class Drafts:
    """What a plan's tree comes to. ``passed_over`` are sentences of duty that no task took."""

    tasks: tuple[TaskDraft, ...]
    goals: tuple[GoalDraft, ...]
    passed_over: tuple[Span, ...]
