"""One document's gold beside what was found in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from extractor.evaluate.figures import KINDS, VALUE_KINDS, Count, Flaw, What
from extractor.evaluate.texts import Pairs, likeness, pair_texts, plain
from extractor.evaluate.values import Json, Owner, Statement, Value, match, rule_of, values_of

PLAN_FIELDS = ("title", "number", "issuer", "issued_on", "region")
SAME_TITLE = 0.5  # Jaccard of 2-grams from which two titles or indicators are one
SAME_PLAN = 0.4  # Jaccard of 2-grams from which two plan titles are one


@dataclass(slots=True)
class Tally:
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


class Comparison:
    """One document's gold beside what was found in it."""

    def __init__(self, source: str, gold: Sequence[Json], found: Sequence[Json], tally: Tally, partial: bool) -> None:
        self.source = source
        self.tally = tally
        pairs = pair_texts([p.get("title") or "?" for p in gold], [p.get("title") or "?" for p in found], 2, SAME_PLAN)
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
            gold = values_of(kind, gold_tasks, gold_goals if with_goals else [], owners)
            found = values_of(kind, found_tasks, found_goals if with_goals else [], found_owners)
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

    def _pair(self, gold: Sequence[Statement], found: Sequence[Statement]) -> Pairs:
        """Pairs of statements within paired plans."""
        out: Pairs = []
        for i, j in self.plan_pairs:
            a = [k for k, x in enumerate(gold) if x.plan == i]
            b = [k for k, x in enumerate(found) if x.plan == j]
            out += [(a[m], b[n]) for m, n in pair_texts([gold[k].text for k in a], [found[k].text for k in b])]
        return out

    def _tell_heading(self, gold: Json, found: Json) -> None:
        alike = likeness(gold.get("title"), found.get("title"), 2) >= SAME_TITLE
        text = f"gold {gold.get('title')!r}, extracted {found.get('title')!r}"
        self.tally.tell("title", alike, self.source, text)
        path, other = list(gold.get("section") or ()), list(found.get("section") or ())
        same = plain("".join(path)) == plain("".join(other))
        self.tally.tell("section", same, self.source, f"gold {path}, extracted {other}")

    def _measures(self, gold: Sequence[Statement], found: Sequence[Statement], task_pairs: Pairs) -> None:
        ours = {i: _measures_of(task) for i, task in enumerate(gold)}
        theirs = {j: _measures_of(task) for j, task in enumerate(found)}
        found_of = dict(task_pairs)
        for i, measures in ours.items():
            others = theirs.pop(found_of[i]) if i in found_of else []
            pairs = pair_texts([m.text for m in measures], [m.text for m in others])
            self._settle("measure", measures, _excused(others, measures, pairs), pairs)
        for others in theirs.values():
            self._settle("measure", [], others, [])

    def _values(self, kind: str, gold: Sequence[Value], found: Sequence[Value]) -> set[Owner]:
        """Judges the values of one kind; the owners that miss one or have one too many."""
        exact, loose = match(gold, found)
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
                self._flaw(kind, what, rule_of(f.json), f"gold {g.show()} | extracted {f.show()}")
            else:
                self._flaw(kind, "missed", gold[i].group(), gold[i].show())
        told = {near[i] for i in missed if i in near}
        for j in wrong:
            if j not in told:
                self._flaw(kind, "wrong", rule_of(found[j].json), found[j].show())
        if kind == "target":
            for i, j in exact:
                if gold[i].json.get("indicator") and not gold[i].optional:
                    a, b = gold[i].json["indicator"], found[j].json.get("indicator")
                    self.tally.tell(
                        "indicator", likeness(a, b, 2) >= SAME_TITLE, self.source, f"gold {a!r}, extracted {b!r}"
                    )
        return {o for i in missed for o in gold[i].owners} | {o for j in wrong for o in found[j].owners}

    def _settle(self, kind: str, gold: Sequence[Statement], found: Sequence[Statement], pairs: Pairs) -> None:
        hit_gold, hit_found = {i for i, _ in pairs}, {j for _, j in pairs}
        missed = [g for i, g in enumerate(gold) if i not in hit_gold and not g.optional]
        wrong = [f for j, f in enumerate(found) if j not in hit_found and not f.optional]
        right = sum(not gold[i].optional for i in hit_gold)
        self.tally.exact[kind] += Count(right, len(missed), len(wrong))
        for g in missed:
            self._flaw(kind, "missed", "", _title(g))
        for f in wrong:
            self._flaw(kind, "wrong", rule_of(f.json) if kind == "task" else "", _title(f))

    def _flaw(self, kind: str, what: What, group: str, text: str) -> None:
        self.tally.flaws.append(Flaw(kind, what, group, self.source, text))


def _title(statement: Statement) -> str:
    return str(statement.json.get("title") or statement.text)[:60].replace("\n", " ")


def _statements(plans: Sequence[Json], name: str) -> list[Statement]:
    return [
        Statement(x.get("text") or "", k, x, bool(x.get("optional")))
        for k, plan in enumerate(plans)
        for x in plan.get(name) or ()
    ]


def _measures_of(task: Statement) -> list[Statement]:
    """A task's measures; each is a text or an object with one. Those of an optional task are optional."""
    rows: list[Json] = [{"text": m} if isinstance(m, str) else m for m in task.json.get("measures") or ()]
    return [Statement(m.get("text") or "", task.plan, m, task.optional or bool(m.get("optional"))) for m in rows]


def _excused(found: Sequence[Statement], gold: Sequence[Statement], pairs: Pairs) -> list[Statement]:
    """``found`` with those marked optional that gold pairs with something optional."""
    optional = {j for i, j in pairs if gold[i].optional}
    return [replace(f, optional=f.optional or j in optional) for j, f in enumerate(found)]
