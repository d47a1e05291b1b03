"""The figures on ``corpus/`` (not on what is sealed) do not fall below those pinned in ``quality_floor.json``.

    python tests/test_quality_floor.py                    pin today's figures where they are higher
    python tests/test_quality_floor.py --lower "reason"   pin them even where they are lower; the reason is kept

A pinned figure is the measured F1 (or share) less a margin, so that one sentence more or less does not fail the build.
The floor also knows which gold it was measured on: where the corpus changes it has to be pinned anew.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from extractor.evaluate import Scores, evaluate

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "corpus"
FLOOR = Path(__file__).resolve().with_name("quality_floor.json")
FIELDS = (
    "task", "measure", "goal", "responsibility", "deadline", "target", "plan", "row", "title", "section", "indicator",
)  # fmt: skip
MARGIN = 0.01


def fingerprint() -> str:
    """A name for the gold of the corpus as it is now."""
    digest = hashlib.sha256()
    for file in sorted(CORPUS.glob("*.gold.json")):
        digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()[:16]


def figures(scores: Scores) -> dict[str, float]:
    """The figure of each field; a field without any gold counts as 0."""
    found = scores.f1()
    return {name: round(found[name] or 0.0, 4) for name in FIELDS}


def pinned() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(FLOOR.read_text("utf-8"))
    return data


@pytest.fixture(scope="module")
def scores() -> Scores:
    return evaluate([CORPUS])


def test_the_floor_was_measured_on_this_corpus() -> None:
    assert pinned()["corpus"] == fingerprint(), "the corpus changed: run python tests/test_quality_floor.py"


@pytest.mark.parametrize("name", FIELDS)
def test_no_figure_falls_below_its_floor(scores: Scores, name: str) -> None:
    floor = pinned()["floor"][name]
    value = figures(scores)[name]
    assert value >= floor, f"{name}: {value:.3f} is below the floor {floor:.3f}; see extractor evaluate corpus --errors"


def test_every_quote_is_what_its_pieces_give(scores: Scores) -> None:
    provenance = scores.provenance
    assert (provenance.good, provenance.unchecked) == (provenance.total, 0), provenance.examples


def test_the_floor_is_lowered_only_for_a_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, scores: Scores
) -> None:
    high = {**pinned(), "floor": dict.fromkeys(FIELDS, 1.0)}
    file = tmp_path / "floor.json"
    file.write_text(json.dumps(high), "utf-8")
    module = sys.modules[__name__]
    monkeypatch.setattr(module, "FLOOR", file)
    monkeypatch.setattr(module, "evaluate", lambda gold: scores)
    assert main([]) == 1
    assert json.loads(file.read_text("utf-8")) == high
    assert main(["--lower", "a rule was wrong in principle"]) == 0
    assert json.loads(file.read_text("utf-8"))["lowered"][-1]["reason"] == "a rule was wrong in principle"


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Pins the quality floor at today's figures.")
    parser.add_argument("--lower", metavar="REASON", help="pin lower figures too, for this reason")
    args = parser.parse_args(arguments)
    before = pinned() if FLOOR.is_file() else {"floor": {}, "lowered": []}
    today = {name: max(0.0, round(value - MARGIN, 3)) for name, value in figures(evaluate([CORPUS])).items()}
    lower = [n for n in FIELDS if today[n] < before["floor"].get(n, 0.0)]
    for name in FIELDS:
        print(f"{name:<16} {before['floor'].get(name, 0.0):.3f} -> {today[name]:.3f}")
    if lower and not args.lower:
        print(f"not pinned: {', '.join(lower)} would be lower; say --lower and why", file=sys.stderr)
        return 1
    said = [*before["lowered"], {"fields": lower, "reason": args.lower}] if lower else before["lowered"]
    data = {"corpus": fingerprint(), "margin": MARGIN, "floor": today, "lowered": said}
    FLOOR.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
