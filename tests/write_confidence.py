"""Counts and weighs ``dictionaries/confidence.csv`` anew: which rules were right, and which signs go with wrong rows.

``python tests/write_confidence.py corpus NAME=GOLD:FROM …`` judges notices with gold anew and keeps what it found in
``tests/cases/confidence_rows.csv`` and ``confidence_values.csv``: signs and counts, no words of any notice. ``NAME``
names a set of notices; ``FROM`` is the folder of the notices, or a JSON export, such as one of an older program, whose
errors are those of a first meeting. A set whose name begins with ``fresh`` was met by the program that judged it, or one
as good, for the first time: these sets say how sure a row of the usual kind is. Without arguments what is kept is
weighed again. Both say how well the confidence sorts and how far its figures hold, each document judged by the others.
"""

from __future__ import annotations

import csv
import json
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extractor import lexicon
from extractor.assemble.confidence import ALL, USUAL, Counted, Facts, Shares, signs
from extractor.evaluate import find_source, likeness, read_export, read_gold
from extractor.evaluate.comparison import SAME_TITLE, Comparison, Tally, _statements
from extractor.evaluate.values import Value, match
from extractor.exports.json_export import json_pieces
from extractor.lexicon import Lexicon
from extractor.model import Register
from extractor.pipeline import extract

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "dictionaries" / "confidence.csv"
ROWS = ROOT / "tests" / "cases" / "confidence_rows.csv"
VALUES = ROOT / "tests" / "cases" / "confidence_values.csv"
SOURCE = "counted on labelled notices by tests/write_confidence.py"
FEWEST = 12  # rows that a sign must stand in to be weighed
STIFFNESS = 2.0  # of the weights: how many doubtful rows a sign must outweigh
STEPS = 8
PARTS = 6  # of the documents, each judged by the others


@dataclass(frozen=True)
class Row:
    """A task beside gold: its set and document, its signs, and whether all of it was right."""

    group: str
    document: str
    signs: tuple[str, ...]
    right: bool


class Judged(Comparison):
    """A comparison that keeps what it says of each task and value found."""

    def run(self) -> None:
        self.flawed: set[Any] = set()
        self.values: list[tuple[str, bool]] = []
        super().run()

    def _values(self, kind: str, gold: Any, found: Any) -> set[Any]:
        flawed = super()._values(kind, gold, found)
        self.flawed |= flawed
        hit = {j for _, j in match(gold, found)[0]}
        value: Value
        for j, value in enumerate(found):
            if j in hit or not value.optional:
                self.values.append((str(value.json["rule"]), j in hit))
        return flawed

    def rows(self) -> Iterator[tuple[Mapping[str, Any], bool]]:
        """The tasks that gold asks for or that are too many, and whether they are right as a whole."""
        gold, found = _statements(self.gold, "tasks"), _statements(self.found, "tasks")
        paired = {j: i for i, j in self._pair(gold, found)}
        for j, task in enumerate(found):
            i = paired.get(j)
            if task.optional or (i is not None and gold[i].optional):
                continue
            alike = i is not None and likeness(gold[i].json.get("title"), task.json.get("title"), 2) >= SAME_TITLE
            yield task.json, alike and ("task", i, j) not in self.flawed


def facts(task: Mapping[str, Any]) -> Facts:
    """What the signs of an exported task are told from."""
    own = [r for r in task["responsibilities"] if not r["inherited"]]
    return Facts(
        task["title"],
        task["text"],
        task["rule"],
        len(task["measures"]),
        [(r["unit"], r["role"], r["rule"], r["quote"]) for r in own],
        [(d["kind"], d["quote"]) for d in task["deadlines"]],
        [(t["rule"], t["quote"]) for t in task["targets"]],
    )


# -- judging -----------------------------------------------------------------------------------------------------------


def judged(group: str, gold: Path, found_in: Path | None) -> tuple[list[Row], list[tuple[str, bool]]]:
    """All rows and values of a folder of gold, found anew or as an export has them."""
    words = lexicon.load()
    rows: list[Row] = []
    values: list[tuple[str, bool]] = []
    exported: dict[str, list[Any]] = defaultdict(list)
    is_export = found_in is not None and found_in.suffix == ".json"
    if found_in is not None and is_export:
        for item in read_export(found_in):
            exported[item.name].append(item.plan)
    for document in read_gold([gold]):
        if is_export:
            if document.source not in exported:
                continue
            plans = exported[document.source]
        else:
            register = Register((extract(find_source(document, found_in), words),))
            plans = json.loads("".join(json_pieces(register, with_text=False)))["plans"]
        comparison = Judged(document.source, document.plans, plans, Tally(), document.partial)
        comparison.run()
        rows += [Row(group, document.source, signs(facts(task)), right) for task, right in comparison.rows()]
        values += comparison.values
    return rows, values


def keep(rows: Sequence[Row], values: Mapping[str, Sequence[tuple[str, bool]]]) -> None:
    """Writes down what was judged; documents are numbered, the same notice in two sets alike."""
    number = {name: k for k, name in enumerate(sorted({row.document for row in rows}), start=1)}
    with ROWS.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("set", "document", "right", "of", "signs"))
        right: Counter[tuple[str, int, str]] = Counter()
        of: Counter[tuple[str, int, str]] = Counter()
        for row in rows:
            key = (row.group, number[row.document], " ".join(sorted(sign.removeprefix("row.") for sign in row.signs)))
            of[key] += 1
            right[key] += row.right
        for group, document, told in sorted(of):
            key = (group, document, told)
            writer.writerow((group, document, right[key], of[key], told))
    with VALUES.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("set", "rule", "right", "of"))
        for group, found in sorted(values.items()):
            good, seen = Counter(rule for rule, hit in found if hit), Counter(rule for rule, _ in found)
            writer.writerows((group, rule, good[rule], seen[rule]) for rule in sorted(seen))


def kept() -> list[Row]:
    """The rows that were written down."""
    out = []
    with ROWS.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            told = tuple(s if s.startswith("tasks.") else f"row.{s}" for s in line["signs"].split())
            good, of = int(line["right"]), int(line["of"])
            out += [Row(line["set"], line["document"], told, k < good) for k in range(of)]
    return out


# -- weighing ----------------------------------------------------------------------------------------------------------


def weighed(rows: Sequence[Row]) -> dict[str, float]:
    """What each sign adds to the log odds that a row is right (logistic regression, weights held near nought).

    A set of notices has a level of its own while the signs are weighed: a sign is to tell rows apart, and not sets.
    """
    seen = Counter(sign for row in rows for sign in row.signs)
    names = [ALL, *sorted(s for s in seen if seen[s] >= FEWEST), *sorted({row.group for row in rows})]
    place = {name: k for k, name in enumerate(names)}
    alike: Counter[tuple[tuple[int, ...], bool]] = Counter()
    for row in rows:
        alike[(0, *(place[s] for s in (*row.signs, row.group) if s in place)), row.right] += 1
    weights = [0.0] * len(names)
    for _ in range(STEPS):
        slope = [-STIFFNESS * w for w in weights]
        bend = [[0.0] * len(names) for _ in names]
        for k in range(len(names)):
            bend[k][k] = STIFFNESS
        for (told, right), times in alike.items():
            sure = _share(sum(weights[k] for k in told))
            for k in told:
                slope[k] += times * (right - sure)
                line, spread = bend[k], times * sure * (1 - sure)
                for m in told:
                    line[m] += spread
        weights = [w + step for w, step in zip(weights, _solved(bend, slope), strict=True)]
    found = {name: weights[place[name]] for name in names if name in seen}
    found[USUAL] = sum(_bare(found, row) for row in rows) / len(rows)
    found[ALL] = _level(found, rows)
    return found


def _share(odds: float) -> float:
    return 1 / (1 + math.exp(-odds))


def _bare(weights: Mapping[str, float], row: Row) -> float:
    return sum(weights.get(sign, 0.0) for sign in row.signs)


def odds(weights: Mapping[str, float], rows: Sequence[Row]) -> list[float]:
    """The log odds that rows are right, each with its share in the doubts of its document."""
    shares = Shares(_Held(weights))
    own = [shares.row(row.signs) for row in rows]
    of: dict[tuple[str, str], list[float]] = defaultdict(list)
    for row, figure in zip(rows, own, strict=True):
        of[row.group, row.document].append(figure)
    more = {document: shares.shared(figures) for document, figures in of.items()}
    return [figure + more[row.group, row.document] for row, figure in zip(rows, own, strict=True)]


class _Held(Lexicon):
    """A lexicon of these weights alone."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        super().__init__([TABLE.parent])
        self._table = tuple(Counted(sign, "0", "0", SOURCE, str(weight)) for sign, weight in weights.items())

    def rows(self, name: str, kind: type[Any]) -> tuple[Any, ...]:
        return self._table if name == "confidence" else super().rows(name, kind)


def fresh(rows: Sequence[Row]) -> list[Row]:
    """The rows of sets that were met for the first time; all, where there is no such set."""
    return [row for row in rows if row.group.startswith("fresh")] or list(rows)


def _level(weights: Mapping[str, float], rows: Sequence[Row]) -> float:
    """The common level that makes the mean of what was met for the first time its share right.

    Every notice counts once, however long.
    """
    met = fresh(rows)
    size = Counter((row.group, row.document) for row in met)
    part = [1 / size[row.group, row.document] for row in met]
    right = sum(p for p, row in zip(part, met, strict=True) if row.right)
    bare = odds({**weights, ALL: 0.0}, met)
    low, high = -10.0, 10.0
    while high - low > 1e-4:
        middle = (low + high) / 2
        said = sum(p * _share(middle + b) for p, b in zip(part, bare, strict=True))
        low, high = (middle, high) if said < right else (low, middle)
    return low


def _solved(lines: list[list[float]], right: Sequence[float]) -> list[float]:
    """The solution of a symmetric set of equations, by elimination."""
    rows = [[*line, value] for line, value in zip(lines, right, strict=True)]
    size = len(rows)
    for k in range(size):
        for row in rows[k + 1 :]:
            if row[k]:
                part = row[k] / rows[k][k]
                for m in range(k, size + 1):
                    row[m] -= part * rows[k][m]
    out = [0.0] * size
    for k in reversed(range(size)):
        out[k] = (rows[k][size] - sum(rows[k][m] * out[m] for m in range(k + 1, size))) / rows[k][k]
    return out


def counted(rows: Sequence[Row]) -> list[Counted]:
    """The table: the common level, the signs, then the rules of values."""
    right: Counter[str] = Counter()
    of: Counter[str] = Counter()
    for row in rows:
        of.update((ALL, USUAL, *row.signs))
        right.update((ALL, USUAL, *row.signs) if row.right else ())
    table = [
        Counted(sign, str(right[sign]), str(of[sign]), SOURCE, f"{weight:.3f}")
        for sign, weight in sorted(weighed(rows).items(), key=lambda pair: (pair[0] not in (ALL, USUAL), pair[0]))
    ]
    good: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    with VALUES.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            good[line["rule"]] += int(line["right"])
            seen[line["rule"]] += int(line["of"])
    return table + [Counted(rule, str(good[rule]), str(seen[rule]), SOURCE) for rule in sorted(seen)]


# -- how well it does --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Held:
    """A row and what the others' weights say of it."""

    row: Row
    sure: float


def held_out(rows: Sequence[Row], parts: int = PARTS) -> list[Held]:
    """Every row judged by the weights of other documents; a document is judged in one piece."""
    part = {document: k % parts for k, document in enumerate(sorted({row.document for row in rows}, key=_mixed))}
    out = []
    for k in range(parts):
        weights = weighed([row for row in rows if part[row.document] != k])
        others = [row for row in rows if part[row.document] == k]
        out += [Held(row, _share(figure)) for row, figure in zip(others, odds(weights, others), strict=True)]
    return out


def _mixed(document: str) -> tuple[int, str]:
    return int(document) * 7919 % 1009 if document.isdigit() else len(document), document


def caught(judged_rows: Iterable[tuple[float, bool]], share: float = 0.2) -> float:
    """What share of the wrong rows stands in the part of lowest confidence, ties shared out."""
    sure = sorted(judged_rows)
    size = round(len(sure) * share)
    edge = sure[size - 1][0]
    below = [right for figure, right in sure if figure < edge]
    tied = [right for figure, right in sure if figure == edge]
    low = below.count(False) + tied.count(False) * (size - len(below)) / len(tied)
    return low / max(1, sum(not right for _, right in sure))


def bins(judged_rows: Iterable[tuple[float, bool]], edges: Sequence[float] = (0.5, 0.7, 0.8, 0.9, 0.95)) -> list[str]:
    """For each run of figures: how many rows have it, what they say on average, and how many of them are right."""
    runs: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for sure, right in judged_rows:
        runs[sum(sure >= edge for edge in edges)].append((sure, right))
    bounds = (0.0, *edges, 1.0)
    return [
        f"{bounds[k]:.2f}–{bounds[k + 1]:.2f}: {len(run)} rows, said {sum(s for s, _ in run) / len(run):.3f},"
        f" right {sum(r for _, r in run) / len(run):.3f}"
        for k, run in sorted(runs.items())
    ]


def main(arguments: Sequence[str]) -> int:
    """Judges what is named, writes the table, and says how well it sorts."""
    if arguments:
        rows: list[Row] = []
        values: dict[str, list[tuple[str, bool]]] = {}
        for argument in arguments:
            name, _, where = argument.partition("=")
            gold, _, found_in = where.partition(":")
            more, their = judged(name, Path(gold or ROOT / "corpus"), Path(found_in) if found_in else None)
            rows += more
            values[name] = their
        keep(rows, values)
    rows = kept()
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("sign", "right", "of", "source", "weight"))
        writer.writerows((c.sign, c.right, c.of, c.source, c.weight) for c in counted(rows))
    held = held_out(rows)
    for group in (None, *sorted({row.group for row in rows})):
        told = [(h.sure, h.row.right) for h in held if group is None or h.row.group == group]
        wrong = sum(not right for _, right in told)
        print(f"{group or 'all'}: {len(told)} rows, {wrong} wrong, {caught(told):.2f} of them in the lowest fifth")
    for name, some in (("all", rows), ("met for the first time", fresh(rows))):
        groups = {row.group for row in some}
        print(f"{name}:", *bins((h.sure, h.row.right) for h in held if h.row.group in groups), sep="\n  ")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
