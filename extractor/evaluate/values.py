"""Units, dates and numbers as they are compared: what each says, and which stand for one another."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from extractor.evaluate.texts import Pairs, one_place, plain

Json = Mapping[str, Any]
Owner = tuple[str, int, int]  # "task" or "goal", index in gold, index in what was found


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


@dataclass(frozen=True, slots=True)
class Statement:
    """A task, goal or measure of either side."""

    text: str
    plan: int
    json: Json
    optional: bool


@dataclass(slots=True, eq=False)
class Value:
    """A responsibility, deadline or target of either side; ``owners`` are the pairs of tasks or goals it belongs to."""

    kind: str
    json: Json
    key: tuple[object, ...]
    owners: set[Owner]
    inside: tuple[str, int]
    optional: bool

    @property
    def quote(self) -> str:
        """The words that say it; empty where none are given."""
        return self.json.get("quote") or ""

    @property
    def unit(self) -> str:
        """A responsibility's unit as it is compared."""
        return plain(self.json.get("unit"))

    def same_place(self, other: Value) -> bool:
        """The same unit, or quotes of one place."""
        return self.unit == other.unit if self.kind == "responsibility" else one_place(self.quote, other.quote)

    def same(self, other: Value) -> bool:
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


def rule_of(value: Json) -> str:
    """The rule that an extracted value names."""
    return str(value.get("rule") or "no rule given")


def values_of(
    kind: str,
    tasks: Sequence[Statement],
    goals: Sequence[Statement],
    owners: Mapping[tuple[str, int], Owner],
) -> list[Value]:
    """The values of tasks and goals. What a goal inside a task shares with it is one value with two owners."""
    kept: list[Value] = []
    for what, items in (("task", tasks), ("goal", goals)):
        for k, item in enumerate(items):
            owner = owners.get((what, k))
            for json_value in item.json.get(CONTRACT_NAMES[kind]) or ():
                value = Value(
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


def _twin(value: Value, goal: Statement, kept: Sequence[Value], tasks: Sequence[Statement]) -> Value | None:
    """The same value under the task in which ``goal`` stands."""
    text = plain(goal.text)
    for other in kept:
        if other.inside[0] == "task" and other.key == value.key and plain(other.quote) == plain(value.quote):
            task = tasks[other.inside[1]]
            if task.plan == goal.plan and text in plain(task.text):
                return other
    return None


def match(gold: Sequence[Value], found: Sequence[Value]) -> tuple[Pairs, Pairs]:
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
