"""The figures of a comparison (得分): counts, disagreements, and how they are printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

KINDS = ("task", "measure", "goal", "responsibility", "deadline", "target", "plan")
VALUE_KINDS = ("responsibility", "deadline", "target")
TOLD = ("row", "title", "section", "indicator")

What = Literal["missed", "wrong", "differs", "elsewhere"]


@dataclass(frozen=True, slots=True)
class Count:
    """Right, missed and wrong of one kind."""

    right: int = 0
    missed: int = 0
    wrong: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(self.right + other.right, self.missed + other.missed, self.wrong + other.wrong)

    @property
    def precision(self) -> float | None:
        """Share of what was found that is right; nothing where nothing was found."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else None

    @property
    def recall(self) -> float | None:
        """Share of gold that was found; nothing where gold is empty."""
        return self.right / (self.right + self.missed) if self.right + self.missed else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of the two; nothing where there was neither gold nor finding."""
        asked = 2 * self.right + self.missed + self.wrong
        return 2 * self.right / asked if asked else None


@dataclass(frozen=True, slots=True)
class Flaw:
    """One disagreement with gold. ``group`` is the phenomenon: the rule that spoke, or the class of what was missed."""

    kind: str
    what: What
    group: str
    source: str
    text: str


@dataclass(frozen=True, slots=True)
class Provenance:
    """Of all texts and quotes: those that their pieces of source give with the recorded repairs, all, and those that
    cannot be checked because the export holds no source text; some of the wrong ones."""

    good: int = 0
    total: int = 0
    unchecked: int = 0
    examples: tuple[str, ...] = ()

    def __add__(self, other: Provenance) -> Provenance:
        return Provenance(
            self.good + other.good,
            self.total + other.total,
            self.unchecked + other.unchecked,
            (self.examples + other.examples)[:5],
        )


@dataclass(frozen=True, slots=True)
class Scores:
    """The figures of a comparison: ``exact`` by kind, ``found`` by quote or unit alone, ``told`` as (good, of)."""

    exact: Mapping[str, Count]
    found: Mapping[str, Count]
    told: Mapping[str, tuple[int, int]]
    provenance: Provenance
    flaws: tuple[Flaw, ...]

    def f1(self) -> dict[str, float | None]:
        """F1 of each kind, and the shares of rows, titles, sections and indicators that are right."""
        shares = {k: good / of if of else None for k, (good, of) in self.told.items()}
        return {**{k: c.f1 for k, c in self.exact.items()}, **shares}

    def as_json(self) -> dict[str, Any]:
        """The figures as plain values, for ``extractor evaluate --json``."""
        return {
            "exact": {k: _count_json(c) for k, c in self.exact.items()},
            "found": {k: _count_json(c) for k, c in self.found.items()},
            "told": {k: {"good": good, "of": of} for k, (good, of) in self.told.items()},
            "provenance": {
                "good": self.provenance.good,
                "total": self.provenance.total,
                "unchecked": self.provenance.unchecked,
            },
        }

    def table(self) -> str:
        """The figures as a table to read."""
        head = f"{'':<24}  prec   rec    F1   right missed wrong"
        lines = [head, *(_count_line(k, c) for k, c in self.exact.items())]
        lines += [_count_line(f"{k} (found)", c) for k, c in self.found.items()]
        for name in TOLD:
            good, of = self.told.get(name, (0, 0))
            label = "rows right as a whole" if name == "row" else f"{name}s"
            lines.append(f"{label + ':':<24} {good} of {of}" + (f" ({good / of:.3f})" if of else ""))
        p = self.provenance
        line = f"provenance: {p.good} of {p.total} quotes are what their spans give"
        line += f", {p.unchecked} unchecked" if p.unchecked else ""
        lines.append(line + (f"; not: {' | '.join(p.examples)}" if p.examples else ""))
        return "\n".join(lines)

    def errors(self, *, examples: int = 12) -> str:
        """The disagreements grouped by phenomenon, the commonest first, with up to ``examples`` of each."""
        groups: dict[tuple[str, str, str], list[Flaw]] = {}
        for flaw in self.flaws:
            groups.setdefault((flaw.kind, flaw.what, flaw.group), []).append(flaw)
        lines: list[str] = []
        for (kind, what, group), flaws in sorted(groups.items(), key=lambda row: (-len(row[1]), row[0])):
            lines.append(f"{len(flaws):4d}  {kind} {what}: {group}")
            lines += [f"        {f.source[:16]:<16}  {f.text}" for f in flaws[:examples]]
            if len(flaws) > examples:
                lines.append(f"        … {len(flaws) - examples} more")
        return "\n".join(lines)


def _count_json(count: Count) -> dict[str, float | int | None]:
    return {
        "precision": count.precision,
        "recall": count.recall,
        "f1": count.f1,
        "right": count.right,
        "missed": count.missed,
        "wrong": count.wrong,
    }


def _count_line(name: str, count: Count) -> str:
    shares = " ".join(
        "  -  " if value is None else f"{value:.3f}" for value in (count.precision, count.recall, count.f1)
    )
    return f"{name:<24} {shares} {count.right:5d} {count.missed:6d} {count.wrong:5d}"
