"""Counts ``dictionaries/confidence.csv`` anew: which rules were right, and which signs go with rows that are wrong.

``python tests/write_confidence.py`` reads the sample notices and, where they are at hand, the real notices with gold,
writes the counts, and says what share of the wrong rows stands in the fifth of lowest confidence, with each document
judged by the counts of all others.
"""

from __future__ import annotations

import csv
import os
import sys
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extractor import lexicon
from extractor.assemble.confidence import ALL, Counted, Shares, signs
from extractor.evaluate import find_source, likeness, read_gold
from extractor.evaluate.comparison import SAME_TITLE, Comparison, Tally, _statements
from extractor.evaluate.values import Value, match
from extractor.exports.json_export import json_pieces
from extractor.lexicon import Lexicon
from extractor.model import Register
from extractor.pipeline import extract

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "dictionaries" / "confidence.csv"
SOURCE = "counted on the labelled notices by tests/write_confidence.py"


@dataclass(frozen=True)
class Row:
    """A task beside gold: its document, its signs, and whether all of it was right."""

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

    def rows(self) -> list[Row]:
        """The tasks that gold asks for or that are too many."""
        gold, found = _statements(self.gold, "tasks"), _statements(self.found, "tasks")
        paired = {j: i for i, j in self._pair(gold, found)}
        out = []
        for j, task in enumerate(found):
            i = paired.get(j)
            if task.optional or (i is not None and gold[i].optional):
                continue
            alike = i is not None and likeness(gold[i].json.get("title"), task.json.get("title"), 2) >= SAME_TITLE
            out.append(Row(self.source, _signs(task.json), alike and ("task", i, j) not in self.flawed))
        return out


def _signs(task: Mapping[str, Any]) -> tuple[str, ...]:
    own = [(r["rule"], r["quote"]) for r in task["responsibilities"] if not r["inherited"]]
    values = [v["quote"] for v in (*task["deadlines"], *task["targets"])]
    return signs(task["text"], task["rule"], own, bool(task["responsibilities"]), values)


def judged(folders: list[Path], words: Lexicon) -> tuple[list[Row], list[tuple[str, bool]]]:
    """All rows and values of the notices with gold."""
    import json

    rows: list[Row] = []
    values: list[tuple[str, bool]] = []
    for document in read_gold(folders):
        register = Register((extract(find_source(document, None), words),))
        plans = json.loads("".join(json_pieces(register, with_text=False)))["plans"]
        comparison = Judged(document.source, document.plans, plans, Tally(), document.partial)
        comparison.run()
        rows += comparison.rows()
        values += comparison.values
    return rows, values


def counted(rows: list[Row], values: list[tuple[str, bool]]) -> list[Counted]:
    """The table: the common share, then every rule and sign."""
    right: Counter[str] = Counter()
    of: Counter[str] = Counter()
    for row in rows:
        of.update((ALL, *row.signs))
        right.update((ALL, *row.signs) if row.right else ())
    for rule, good in values:
        of[rule] += 1
        right[rule] += good
    return [Counted(sign, str(right[sign]), str(of[sign]), SOURCE) for sign in sorted(of, key=lambda s: (s != ALL, s))]


class _Held(Lexicon):
    """A lexicon of one table, for judging a document by the others."""

    def __init__(self, table: list[Counted]) -> None:
        super().__init__([TABLE.parent])
        self._table = table

    def rows(self, name: str, kind: type[Any]) -> tuple[Any, ...]:
        return tuple(self._table) if name == "confidence" else super().rows(name, kind)


def caught(rows: list[Row]) -> tuple[float, int]:
    """How many of the wrong rows stand in the lowest fifth, ties shared out, and how many are wrong."""
    sure: list[tuple[float, bool]] = []
    for document in sorted({row.document for row in rows}):
        shares = Shares(_Held(counted([r for r in rows if r.document != document], [])))
        sure += [(shares.row(r.signs), r.right) for r in rows if r.document == document]
    sure.sort(key=lambda pair: pair[0])
    size = len(sure) // 5
    edge = sure[size - 1][0]
    below = [right for share, right in sure if share < edge]
    tied = [right for share, right in sure if share == edge]
    return below.count(False) + tied.count(False) * (size - len(below)) / len(tied), sum(not r for _, r in sure)


def main() -> int:
    """Writes the table and says how well it sorts."""
    shared = Path(os.environ.get("EXTRACTOR_SHARED", str(ROOT.parent / "shared"))) / "gold"
    folders = [f for f in (ROOT / "corpus", shared) if any(f.glob("*.gold.json"))]
    rows, values = judged(folders, lexicon.load())
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("sign", "right", "of", "source"))
        writer.writerows((c.sign, c.right, c.of, c.source) for c in counted(rows, values))
    low, wrong = caught(rows)
    print(f"{len(rows)} rows, {wrong} wrong, {low:.1f} of them in the fifth of lowest confidence")
    return 0


if __name__ == "__main__":
    sys.exit(main())
