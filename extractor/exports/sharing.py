"""Rows that are kept all at once: what reads the same in many of them is one object.

Most of a hundred thousand tasks have one of a few hundred units and dates. A sheet shows their words, not their ids and
places; without these, and kept once, they take little memory.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable

from extractor.model import Basis, Deadline, Evidence, Responsibility, Target
from extractor.records import replace


class Sharing:
    """What the rows made so far have; to be let go when the last one is made."""

    def __init__(self) -> None:
        self._responsibilities: dict[Hashable, Responsibility] = {}
        self._deadlines: dict[Hashable, Deadline] = {}
        self._targets: dict[Hashable, Target] = {}

    def responsibilities(self, values: Iterable[Responsibility]) -> tuple[Responsibility, ...]:
        """The same responsibilities, without ids and places."""
        found: list[Responsibility] = []
        for r in values:
            key = (r.unit, r.role, r.evidence.quote, r.rule, r.canonical, r.inherited, _whys(r.basis), r.confidence)
            if key not in self._responsibilities:
                self._responsibilities[key] = replace(r, evidence=_bare(r.evidence), id="")
            found.append(self._responsibilities[key])
        return tuple(found)

    def deadlines(self, values: Iterable[Deadline], targets: Iterable[Target]) -> tuple[Deadline, ...]:
        """The same deadlines, without places; only those that one of the ``targets`` names keep their ids."""
        named = {target.deadline_id for target in targets}
        found: list[Deadline] = []
        for d in values:
            name = d.id if d.id in named else ""
            key = (name, d.kind, d.evidence.quote, d.rule, d.starts_on, d.ends_on, d.edtf, d.recurrence, d.duration,
                   d.condition, d.inherited, _whys(d.basis), d.confidence)  # fmt: skip
            if key not in self._deadlines:
                self._deadlines[key] = replace(d, evidence=_bare(d.evidence), id=name, measure_id=None)
            found.append(self._deadlines[key])
        return tuple(found)

    def targets(self, values: Iterable[Target]) -> tuple[Target, ...]:
        """The same targets, without ids and places."""
        found: list[Target] = []
        for t in values:
            key = (t.indicator, t.operator, t.low, t.high, t.unit, t.evidence.quote, t.rule, t.change, t.scope, t.period,
                   t.baseline, t.deadline_id, _whys(t.basis), t.confidence)  # fmt: skip
            if key not in self._targets:
                self._targets[key] = replace(t, evidence=_bare(t.evidence), id="", measure_id=None)
            found.append(self._targets[key])
        return tuple(found)


def _whys(basis: tuple[Basis, ...]) -> Hashable:
    return tuple([(b.why, b.evidence.quote) for b in basis]) if basis else ()


def _bare(evidence: Evidence) -> Evidence:
    return Evidence(evidence.quote, ())
