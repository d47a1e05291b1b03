"""Scores against gold (评测): how much of what a careful clerk wrote down was found, field by field.

Gold is one ``NAME.gold.json`` for each notice. What was extracted comes from the pipeline or from a JSON export; both
are brought to the shape of the export, so that they are judged alike. Texts are compared without space, punctuation and
script. Whatever gold calls optional is neither asked for nor counted as wrong.

* a task or goal is found where its character 3-grams overlap with gold's by half (Jaccard), one to one; a measure
  likewise within its task;
* a responsibility is right when unit, role and task agree; a deadline or target when its values agree, it belongs to the
  paired task or goal and the two quotes are of one place;
* a deadline or target of a goal that stands inside a task is one thing with two owners, and is judged once;
* a *row* is right when a task's title, units, dates and numbers are all right and none is too many.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from extractor.errors import UsageError
from extractor.model import Evidence, Extraction, Plan, Repair, Span
from extractor.normalise import simplified
from extractor.offsets import repaired

KINDS = ("task", "measure", "goal", "responsibility", "deadline", "target", "plan")
VALUE_KINDS = ("responsibility", "deadline", "target")
TOLD = ("row", "title", "section", "indicator")
PLAN_FIELDS = ("title", "number", "issuer", "issued_on", "region")
SAME_TEXT = 0.5  # Jaccard of 3-grams from which two texts are one
SAME_TITLE = 0.5  # Jaccard of 2-grams from which two titles or indicators are one
SAME_PLAN = 0.4  # Jaccard of 2-grams from which two plan titles are one

Json = Mapping[str, Any]
Pairs = list[tuple[int, int]]
Owner = tuple[str, int, int]  # "task" or "goal", index in gold, index in what was found
What = Literal["missed", "wrong", "differs", "elsewhere"]


# -- figures -----------------------------------------------------------------------------------------------------------


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


# -- comparing texts ---------------------------------------------------------------------------------------------------


@lru_cache(maxsize=65536)
def plain(text: str | None) -> str:
    """``text`` reduced to what is compared: simplified, width folded, letters and digits only (and % and +)."""
    folded = unicodedata.normalize("NFKC", simplified(text)) if text else ""
    return "".join(c for c in folded if c in "%+" or unicodedata.category(c)[0] in "LN")


@lru_cache(maxsize=65536)
def _grams(text: str | None, size: int) -> Counter[str]:
    letters = plain(text)
    if not letters:
        return Counter()
    return Counter(letters[i : i + size] for i in range(max(1, len(letters) - size + 1)))


def likeness(one: str | None, other: str | None, size: int) -> float:
    """Jaccard overlap of the character ``size``-grams of two texts, from 0 to 1."""
    a, b = _grams(one, size), _grams(other, size)
    shared = (a & b).total() if a and b else 0
    return shared / (a.total() + b.total() - shared) if shared else 0.0


def one_place(one: str, other: str) -> bool:
    """True where two quotes are of one place: one holds the other and is not three times as long, or they share half."""
    a, b = plain(one), plain(other)
    if not a or not b:
        return False
    if a in b or b in a:
        return min(len(a), len(b)) * 3 >= max(len(a), len(b))
    return likeness(one, other, 2) >= 0.5


def _pairs(gold: Sequence[str], found: Sequence[str], size: int = 3, floor: float = SAME_TEXT) -> Pairs:
    """One-to-one pairs of texts, best overlap first; of equal overlaps the nearer in order."""
    candidates: list[tuple[float, int, int, int]] = []
    lengths = [_grams(text, size).total() for text in found]
    for i, text in enumerate(gold):
        length = _grams(text, size).total()
        for j, other in enumerate(found):
            # Overlap is at most the shorter over the longer: most pairs are settled by their lengths.
            if length and min(length, lengths[j]) >= floor * max(length, lengths[j]):
                value = likeness(text, other, size)
                if value >= floor:
                    candidates.append((value, -abs(i - j), i, j))
    used_gold: set[int] = set()
    used_found: set[int] = set()
    pairs: Pairs = []
    for _, _, i, j in sorted(candidates, reverse=True):
        if i not in used_gold and j not in used_found:
            used_gold.add(i)
            used_found.add(j)
            pairs.append((i, j))
    return pairs


# -- comparing values --------------------------------------------------------------------------------------------------

DURATION = re.compile(
    r"""
    P(?:(?P<years>[\d.]+)Y)?(?:(?P<months>[\d.]+)M)?(?:(?P<weeks>[\d.]+)W)?(?:(?P<days>[\d.]+)D)?  # P3Y, P30D
    (?:T(?:(?P<hours>[\d.]+)H)?(?:(?P<minutes>[\d.]+)M)?)?                                         # PT48H
    """,
    re.VERBOSE,
)


def _duration(text: str | None) -> tuple[float, float] | None:
    """(months, days) of an ISO 8601 duration: P1Y is P12M, P1W is P7D, PT24H is P1D."""
    found = DURATION.fullmatch((text or "").upper())
    if not found:
        return None
    part = {name: float(value or 0) for name, value in found.groupdict().items()}
    days = part["weeks"] * 7 + part["days"] + part["hours"] / 24 + part["minutes"] / 1440
    return part["years"] * 12 + part["months"], days


def _recurrence(text: str | None) -> tuple[str, int]:
    """(frequency, interval) of an RRULE; a named day or month is not asked for, twelve months are a year."""
    parts = dict(p.split("=", 1) for p in (text or "").upper().removeprefix("RRULE:").split(";") if "=" in p)
    frequency, interval = parts.get("FREQ", ""), parts.get("INTERVAL", "1")
    number = int(interval) if interval.isdigit() else 0
    return ("YEARLY", 1) if (frequency, number) == ("MONTHLY", 12) else (frequency, number)


def _responsibility_key(value: Json) -> tuple[object, ...]:
    return (plain(value.get("unit")), value.get("role"))


def _deadline_key(value: Json) -> tuple[object, ...]:
    kind, ends_on = value.get("kind"), value.get("ends_on")
    dated = kind in ("by", "range")
    return (
        kind,
        value.get("starts_on") if kind == "range" else None,
        ends_on if dated else None,
        _recurrence(value.get("recurrence")) if kind == "recurring" else None,
        _duration(value.get("duration")) if kind == "within" else None,
        (value.get("edtf") or "").upper() if not ends_on and kind not in ("recurring", "within") else None,
    )


def _target_key(value: Json) -> tuple[object, ...]:
    low, high = value.get("low"), value.get("high")
    return (
        value.get("op"),
        None if low is None else round(float(low), 2),
        None if high is None else round(float(high), 2),
        plain(value.get("unit")),
        value.get("change"),
    )


KEYS: Mapping[str, Callable[[Json], tuple[object, ...]]] = {
    "responsibility": _responsibility_key,
    "deadline": _deadline_key,
    "target": _target_key,
}
CONTRACT_NAMES = {"responsibility": "responsibilities", "deadline": "deadlines", "target": "targets"}


# -- what is compared --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Statement:
    """A task, goal or measure of either side."""

    text: str
    plan: int
    json: Json
    optional: bool


@dataclass(slots=True, eq=False)
class _Value:
    """A responsibility, deadline or target of either side; ``owners`` are the pairs of tasks or goals it belongs to."""

    kind: str
    json: Json
    key: tuple[object, ...]
    owners: set[Owner]
    inside: tuple[str, int]
    optional: bool

    @property
    def quote(self) -> str:
        return self.json.get("quote") or ""

    @property
    def unit(self) -> str:
        return plain(self.json.get("unit"))

    def same_place(self, other: _Value) -> bool:
        """The same unit, or quotes of one place."""
        return self.unit == other.unit if self.kind == "responsibility" else one_place(self.quote, other.quote)

    def same(self, other: _Value) -> bool:
        """The same in every value, of one place."""
        return self.key == other.key and (self.kind == "responsibility" or one_place(self.quote, other.quote))

    def show(self) -> str:
        """One line for the error report."""
        value = self.json
        if self.kind == "responsibility":
            return f"{value.get('role')} {value.get('unit')}"
        if self.kind == "deadline":
            names: tuple[str, ...] = ("kind", "starts_on", "ends_on", "edtf", "recurrence", "duration")
        else:
            names = ("op", "low", "high", "unit", "change")
        return f"{self.quote} → {' '.join(str(value[n]) for n in names if value.get(n) is not None)}"

    def group(self) -> str:
        """The class of a value that no rule found."""
        name = str(self.json.get({"responsibility": "role", "deadline": "kind"}.get(self.kind, "op")))
        if self.kind == "target" and self.json.get("change"):
            name += f" {self.json['change']}"
        return name + (" inherited" if self.json.get("inherited") else "")


def _rule(value: Json) -> str:
    return str(value.get("rule") or "no rule given")


@dataclass(slots=True)
class _Tally:
    """Figures under construction."""

    exact: dict[str, Count] = field(default_factory=lambda: dict.fromkeys(KINDS, Count()))
    found: dict[str, Count] = field(default_factory=lambda: dict.fromkeys(VALUE_KINDS, Count()))
    told: dict[str, tuple[int, int]] = field(default_factory=dict)
    flaws: list[Flaw] = field(default_factory=list)

    def tell(self, name: str, right: bool, source: str, text: str) -> None:
        """Adds one judgement of the sort right or not."""
        good, of = self.told.get(name, (0, 0))
        self.told[name] = (good + right, of + 1)
        if not right:
            self.flaws.append(Flaw(name, "differs", "", source, text))


# -- scoring one document ----------------------------------------------------------------------------------------------


class _Comparison:
    """One document's gold beside what was found in it."""

    def __init__(self, source: str, gold: Sequence[Json], found: Sequence[Json], tally: _Tally, partial: bool) -> None:
        self.source = source
        self.tally = tally
        pairs = _pairs([p.get("title") or "?" for p in gold], [p.get("title") or "?" for p in found], 2, SAME_PLAN)
        if len(gold) == len(found) == 1:
            pairs = [(0, 0)]
        if partial:  # plans of the document that have no gold are not judged
            kept = sorted(j for _, j in pairs)
            found = [found[j] for j in kept]
            pairs = [(i, kept.index(j)) for i, j in pairs]
        self.plan_pairs = pairs
        self.gold = gold
        self.found = found

    def run(self) -> None:
        """Adds everything about this document to the tally."""
        self._plan_fields()
        gold_tasks, found_tasks = _statements(self.gold, "tasks"), _statements(self.found, "tasks")
        gold_goals, found_goals = _statements(self.gold, "goals"), _statements(self.found, "goals")
        task_pairs, goal_pairs = self._pair(gold_tasks, found_tasks), self._pair(gold_goals, found_goals)
        found_tasks = _excused(found_tasks, gold_tasks, task_pairs)
        found_goals = _excused(found_goals, gold_goals, goal_pairs)
        self._settle("task", gold_tasks, found_tasks, task_pairs)
        self._settle("goal", gold_goals, found_goals, goal_pairs)
        for i, j in sorted(task_pairs):
            if not gold_tasks[i].optional:
                self._tell_heading(gold_tasks[i].json, found_tasks[j].json)
        self._measures(gold_tasks, found_tasks, task_pairs)

        owners = {("task", i): ("task", i, j) for i, j in task_pairs} | {
            ("goal", i): ("goal", i, j) for i, j in goal_pairs
        }
        found_owners = {(what, j): (what, i, j) for what, i, j in owners.values()}
        flawed: set[Owner] = set()
        for kind in VALUE_KINDS:
            with_goals = kind != "responsibility"
            gold = _values(kind, gold_tasks, gold_goals if with_goals else [], owners)
            found = _values(kind, found_tasks, found_goals if with_goals else [], found_owners)
            flawed |= self._values(kind, gold, found)
        found_of = dict(task_pairs)
        for i, task in enumerate(gold_tasks):
            if not task.optional:
                right = i in found_of and ("task", i, found_of[i]) not in flawed
                title = found_tasks[found_of[i]].json.get("title") if right else None
                right = right and likeness(task.json.get("title"), title, 2) >= SAME_TITLE
                self.tally.tell("row", right, self.source, _title(task))

    def _plan_fields(self) -> None:
        found_of = dict(self.plan_pairs)
        for i, plan in enumerate(self.gold):
            other: Json = self.found[found_of[i]] if i in found_of else {}
            for name in PLAN_FIELDS:
                a, b = plan.get(name), other.get(name)
                if a is None and b is None:
                    continue
                right = plain(a) == plain(b)
                self.tally.exact["plan"] += Count(1) if right else Count(0, int(a is not None), int(b is not None))
                if not right:
                    self._flaw("plan", "differs", name, f"gold {a!r}, extracted {b!r}")

    def _pair(self, gold: Sequence[_Statement], found: Sequence[_Statement]) -> Pairs:
        """Pairs of statements within paired plans."""
        out: Pairs = []
        for i, j in self.plan_pairs:
            a = [k for k, x in enumerate(gold) if x.plan == i]
            b = [k for k, x in enumerate(found) if x.plan == j]
            out += [(a[m], b[n]) for m, n in _pairs([gold[k].text for k in a], [found[k].text for k in b])]
        return out

    def _tell_heading(self, gold: Json, found: Json) -> None:
        alike = likeness(gold.get("title"), found.get("title"), 2) >= SAME_TITLE
        text = f"gold {gold.get('title')!r}, extracted {found.get('title')!r}"
        self.tally.tell("title", alike, self.source, text)
        path, other = list(gold.get("section") or ()), list(found.get("section") or ())
        same = plain("".join(path)) == plain("".join(other))
        self.tally.tell("section", same, self.source, f"gold {path}, extracted {other}")

    def _measures(self, gold: Sequence[_Statement], found: Sequence[_Statement], task_pairs: Pairs) -> None:
        ours = {i: _measures_of(task) for i, task in enumerate(gold)}
        theirs = {j: _measures_of(task) for j, task in enumerate(found)}
        found_of = dict(task_pairs)
        for i, measures in ours.items():
            others = theirs.pop(found_of[i]) if i in found_of else []
            pairs = _pairs([m.text for m in measures], [m.text for m in others])
            self._settle("measure", measures, _excused(others, measures, pairs), pairs)
        for others in theirs.values():
            self._settle("measure", [], others, [])

    def _values(self, kind: str, gold: Sequence[_Value], found: Sequence[_Value]) -> set[Owner]:
        """Judges the values of one kind; the owners that miss one or have one too many."""
        exact, loose = _match(gold, found)
        allowed = [g for g in gold if g.optional]
        for f in found:  # an extra that optional gold of the same owner explains is not wrong
            f.optional = f.optional or any(
                g.same_place(f) and (not g.owners or bool(g.owners & f.owners)) for g in allowed
            )
        hit_gold, hit_found = {i for i, _ in exact}, {j for _, j in exact}
        missed = [i for i, g in enumerate(gold) if i not in hit_gold and not g.optional]
        wrong = [j for j, f in enumerate(found) if j not in hit_found and not f.optional]
        right = [i for i in hit_gold if not gold[i].optional]
        self.tally.exact[kind] += Count(len(right), len(missed), len(wrong))
        loose_gold, loose_found = {i for i, _ in loose}, {j for _, j in loose}
        self.tally.found[kind] += Count(
            sum(not gold[i].optional for i in loose_gold),
            sum(i not in loose_gold and not g.optional for i, g in enumerate(gold)),
            sum(j not in loose_found and not f.optional for j, f in enumerate(found)),
        )
        near = dict(loose)
        for i in missed:
            if i in near:
                g, f = gold[i], found[near[i]]
                what: What = "differs" if g.owners & f.owners else "elsewhere"
                self._flaw(kind, what, _rule(f.json), f"gold {g.show()} | extracted {f.show()}")
            else:
                self._flaw(kind, "missed", gold[i].group(), gold[i].show())
        told = {near[i] for i in missed if i in near}
        for j in wrong:
            if j not in told:
                self._flaw(kind, "wrong", _rule(found[j].json), found[j].show())
        if kind == "target":
            for i, j in exact:
                if gold[i].json.get("indicator") and not gold[i].optional:
                    a, b = gold[i].json["indicator"], found[j].json.get("indicator")
                    self.tally.tell(
                        "indicator", likeness(a, b, 2) >= SAME_TITLE, self.source, f"gold {a!r}, extracted {b!r}"
                    )
        return {o for i in missed for o in gold[i].owners} | {o for j in wrong for o in found[j].owners}

    def _settle(self, kind: str, gold: Sequence[_Statement], found: Sequence[_Statement], pairs: Pairs) -> None:
        hit_gold, hit_found = {i for i, _ in pairs}, {j for _, j in pairs}
        missed = [g for i, g in enumerate(gold) if i not in hit_gold and not g.optional]
        wrong = [f for j, f in enumerate(found) if j not in hit_found and not f.optional]
        right = sum(not gold[i].optional for i in hit_gold)
        self.tally.exact[kind] += Count(right, len(missed), len(wrong))
        for g in missed:
            self._flaw(kind, "missed", "", _title(g))
        for f in wrong:
            self._flaw(kind, "wrong", _rule(f.json) if kind == "task" else "", _title(f))

    def _flaw(self, kind: str, what: What, group: str, text: str) -> None:
        self.tally.flaws.append(Flaw(kind, what, group, self.source, text))


def _title(statement: _Statement) -> str:
    return str(statement.json.get("title") or statement.text)[:60].replace("\n", " ")


def _statements(plans: Sequence[Json], name: str) -> list[_Statement]:
    return [
        _Statement(x.get("text") or "", k, x, bool(x.get("optional")))
        for k, plan in enumerate(plans)
        for x in plan.get(name) or ()
    ]


def _measures_of(task: _Statement) -> list[_Statement]:
    """A task's measures; each is a text or an object with one. Those of an optional task are optional."""
    rows: list[Json] = [{"text": m} if isinstance(m, str) else m for m in task.json.get("measures") or ()]
    return [_Statement(m.get("text") or "", task.plan, m, task.optional or bool(m.get("optional"))) for m in rows]


def _excused(found: Sequence[_Statement], gold: Sequence[_Statement], pairs: Pairs) -> list[_Statement]:
    """``found`` with those marked optional that gold pairs with something optional."""
    optional = {j for i, j in pairs if gold[i].optional}
    return [replace(f, optional=f.optional or j in optional) for j, f in enumerate(found)]


def _values(
    kind: str,
    tasks: Sequence[_Statement],
    goals: Sequence[_Statement],
    owners: Mapping[tuple[str, int], Owner],
) -> list[_Value]:
    """The values of tasks and goals. What a goal inside a task shares with it is one value with two owners."""
    kept: list[_Value] = []
    for what, items in (("task", tasks), ("goal", goals)):
        for k, item in enumerate(items):
            owner = owners.get((what, k))
            for json_value in item.json.get(CONTRACT_NAMES[kind]) or ():
                value = _Value(
                    kind,
                    json_value,
                    KEYS[kind](json_value),
                    {owner} if owner else set(),
                    (what, k),
                    item.optional or bool(json_value.get("optional")),
                )
                twin = _twin(value, item, kept, tasks) if what == "goal" else None
                if twin is not None:
                    twin.owners |= value.owners
                else:
                    kept.append(value)
    return kept


def _twin(value: _Value, goal: _Statement, kept: Sequence[_Value], tasks: Sequence[_Statement]) -> _Value | None:
    """The same value under the task in which ``goal`` stands."""
    text = plain(goal.text)
    for other in kept:
        if other.inside[0] == "task" and other.key == value.key and plain(other.quote) == plain(value.quote):
            task = tasks[other.inside[1]]
            if task.plan == goal.plan and text in plain(task.text):
                return other
    return None


def _match(gold: Sequence[_Value], found: Sequence[_Value]) -> tuple[Pairs, Pairs]:
    """One-to-one pairs, firm gold before optional: those that agree in full, and those of one quote or unit."""
    order = sorted(range(len(gold)), key=lambda i: gold[i].optional)
    left = set(range(len(found)))
    exact: Pairs = []
    for i in order:
        j = next((j for j in sorted(left) if gold[i].owners & found[j].owners and gold[i].same(found[j])), None)
        if j is not None:
            exact.append((i, j))
            left.discard(j)
    loose, done = list(exact), {i for i, _ in exact}
    for near in (True, False):  # places of the same owner first
        for i in order:
            if i in done:
                continue
            for j in sorted(left):
                if bool(gold[i].owners & found[j].owners) == near and gold[i].same_place(found[j]):
                    loose.append((i, j))
                    done.add(i)
                    left.discard(j)
                    break
    return exact, loose


# -- provenance --------------------------------------------------------------------------------------------------------


def _provenance(plan: Json, source: Json) -> Provenance:
    text = source.get("text")
    repairs = sorted(Repair(Span(r[0], r[1]), r[2], r[3] if len(r) > 3 else "") for r in source.get("repairs") or ())
    good = total = unchecked = 0
    bad: list[str] = []
    for owner in [*(plan.get("tasks") or ()), *(plan.get("goals") or ())]:
        claims = [(owner.get("text"), owner)]
        claims += [(m.get("text"), m) for m in owner.get("measures") or () if not isinstance(m, str)]
        claims += [(x.get("quote"), x) for name in CONTRACT_NAMES.values() for x in owner.get(name) or ()]
        for quote, claim in claims:
            if quote is None:
                continue
            total += 1
            pieces = [Span(start, end) for start, end in claim.get("spans") or ()]
            if text is None:
                unchecked += 1
            elif pieces and "\n".join(repaired(text, repairs, piece) for piece in pieces) == quote:
                good += 1
            else:
                bad.append(quote[:40])
    return Provenance(good, total, unchecked, tuple(bad[:5]))


# -- the two sides -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """The gold of one notice. ``partial`` where only some of its plans have gold; ``folder`` is the gold file's."""

    source: str
    plans: tuple[Json, ...]
    folder: Path
    partial: bool = False


@dataclass(frozen=True, slots=True)
class FoundPlan:
    """A plan in the shape of the JSON export, with its source (path, text, repairs)."""

    plan: Json
    source: Json

    @property
    def name(self) -> str:
        """The source's file name."""
        return Path(str(self.source["path"]).replace("\\", "/")).name


def read_gold(paths: Iterable[Path]) -> tuple[GoldDocument, ...]:
    """The gold of files, or of folders' ``*.gold.json`` (their own, not those of folders below).

    Raises :class:`UsageError` where a path does not exist, a file is no gold, or there is none.
    """
    documents: dict[str, GoldDocument] = {}
    for path in paths:
        if not path.exists():
            raise _wrong(path, "标准答案不存在", "this gold does not exist")
        for file in sorted(path.glob("*.gold.json")) if path.is_dir() else [path]:
            data = _load(file)
            try:
                name, plans = Path(data["source"]).name, tuple(data["plans"])
            except (KeyError, TypeError) as error:
                raise _wrong(file, "不是标准答案文件", "this is no gold file (no source or plans)") from error
            before = documents.get(name)
            partial = bool(data.get("partial")) or (before is not None and before.partial)
            documents[name] = GoldDocument(name, (before.plans if before else ()) + plans, file.parent, partial)
    if not documents:
        raise _wrong(Path(), "没有找到标准答案（*.gold.json）", "no gold was found (*.gold.json)")
    return tuple(documents.values())


def read_export(path: Path) -> tuple[FoundPlan, ...]:
    """The plans of a JSON export. Raises :class:`UsageError` where it is none."""
    data = _load(path)
    try:
        sources = {s["id"]: s for s in data["sources"]}
        return tuple(FoundPlan(p, sources[p["source_id"]]) for p in data["plans"])
    except (KeyError, TypeError) as error:
        raise _wrong(path, "不是本程序导出的 JSON", "this is no JSON export of this program") from error


def of_extraction(extraction: Extraction) -> tuple[FoundPlan, ...]:
    """The plans that the pipeline made, in the shape of the export as far as it is judged."""
    source = {
        "path": extraction.source.path,
        "text": extraction.source.text,
        "repairs": [[r.span.start, r.span.end, r.replacement, r.step] for r in extraction.source.repairs],
    }
    return tuple(FoundPlan(_plan_json(plan), source) for plan in extraction.plans)


def _plan_json(plan: Plan) -> Json:
    def values(items: Iterable[Any], *names: str, **renamed: str) -> list[Json]:
        columns = {n: n for n in names} | renamed
        return [
            {**{key: getattr(x, name) for key, name in columns.items()}, **_quote(x.evidence), "rule": x.rule}
            for x in items
        ]

    def fields_of(owner: Any) -> dict[str, Any]:
        dates = ("kind", "starts_on", "ends_on", "edtf", "recurrence", "duration", "inherited")
        numbers = ("indicator", "low", "high", "unit", "change")
        return {
            "text": owner.evidence.quote,
            "spans": _quote(owner.evidence)["spans"],
            "section": list(owner.section),
            "deadlines": values(owner.deadlines, *dates),
            "targets": values(owner.targets, *numbers, op="operator"),
        }

    return {
        **{name: getattr(plan, name) for name in PLAN_FIELDS},
        "goals": [fields_of(goal) for goal in plan.goals],
        "tasks": [
            {
                **fields_of(task),
                "title": task.title,
                "rule": task.rule,
                "measures": [{**_quote(m.evidence), "text": m.evidence.quote} for m in task.measures],
                "responsibilities": values(task.responsibilities, "unit", "role", "inherited"),
            }
            for task in plan.tasks
        ],
    }


def _quote(evidence: Evidence) -> dict[str, Any]:
    return {"quote": evidence.quote, "spans": [[p.start, p.end] for p in evidence.pieces]}


def _load(path: Path) -> Any:
    try:
        return json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise _wrong(path, "文件打不开", f"the file cannot be opened ({error.strerror})") from error
    except ValueError as error:
        raise _wrong(path, "不是合格的 JSON 文件", f"not well-formed JSON: {error}") from error


def _wrong(path: Path, chinese: str, english: str) -> UsageError:
    return UsageError("evaluate", where=str(path), chinese=chinese, english=english)


# -- the whole comparison ----------------------------------------------------------------------------------------------


def score(gold: Iterable[GoldDocument], found: Iterable[FoundPlan]) -> Scores:
    """Scores what was found against gold, document by document (matched by file name).

    Plans of documents without gold count for provenance alone.
    """
    by_name: dict[str, list[Json]] = {}
    provenance = Provenance()
    for item in found:
        by_name.setdefault(item.name, []).append(item.plan)
        provenance += _provenance(item.plan, item.source)
    tally = _Tally()
    for document in gold:
        plans = by_name.get(document.source, [])
        _Comparison(document.source, document.plans, plans, tally, document.partial).run()
    return Scores(tally.exact, tally.found, tally.told, provenance, tuple(tally.flaws))


def find_source(document: GoldDocument, sources: Path | None) -> Path:
    """The notice that gold is about: beside the gold, in ``sources``, or in the folder ``notices`` beside the gold's.

    Raises :class:`UsageError` where it is in none of them.
    """
    folders = [document.folder, *([sources] if sources else []), document.folder.resolve().parent / "notices"]
    for folder in folders:
        if (folder / document.source).is_file():
            return folder / document.source
    raise _wrong(
        document.folder / document.source,
        "找不到标准答案所对应的文件，请用 --sources 指明文件夹",
        "the document of this gold was not found; name its folder with --sources",
    )


def evaluate(gold: Iterable[Path], sources: Path | None = None, extracted: Path | None = None) -> Scores:
    """Scores an export, or what the pipeline makes of the documents where ``extracted`` is not given.

    Raises :class:`UsageError` where gold, a document or the export is missing or is no such thing.
    """
    documents = read_gold(gold)
    if extracted is not None:
        return score(documents, read_export(extracted))
    paths = [find_source(document, sources) for document in documents]
    from extractor import lexicon, pipeline

    words = lexicon.load()
    return score(documents, [plan for path in paths for plan in of_extraction(pipeline.extract(path, words))])
