"""What the extractor of responsible units answers (values of mentions)."""

from __future__ import annotations

from typing import Literal

from extractor.model import Role, Span
from extractor.records import record

Form = Literal["bracket", "line", "table", "subject", "by", "ask", "with", "post", "overseen"]
Scope = Literal["following", "plan", "subtree"]
DirectiveKind = Literal["first_is_lead", "responsible_is_lead", "default_unit"]


@record(frozen=True, slots=True)
class UnitMention:
    """A unit and what it has to do.

    ``unit`` is the name as written, in simplified script; ``explicit`` is true where the words name the role (a label,
    牵头, 负责), false where it follows from the unit being told to do something. ``place`` is where the name stands,
    ``ordinal`` its number in its list of ``of`` units, from 0.
    """

    unit: str
    role: Role
    form: Form
    explicit: bool
    place: Span
    ordinal: int = 0
    of: int = 1


@record(frozen=True, slots=True)
class BracketPlace:
    """What names units only (责任括注、责任单位行) and is left out of a task's own words: the mention's span."""


@record(frozen=True, slots=True)
class DirectiveValue:
    """A rule of the document about units (列第一位者为牵头单位，下同). ``units`` are those that a default names."""

    kind: DirectiveKind
    scope: Scope
    units: tuple[str, ...] = ()
