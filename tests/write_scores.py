"""Writes the README's table of scores anew from ``extractor evaluate``: ``make scores``.

The sample notices, those of them whose errors nobody looks at (``corpus/sealed``), and, where they are at
hand, the real notices with gold. Figures in the README are never typed.
"""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

from extractor.evaluate import evaluate

ROOT = Path(__file__).resolve().parent.parent
README = ROOT / "README.md"
BLOCK = re.compile(r"(?P<head><!-- scores: make scores -->\n).*?(?P<foot><!-- /scores -->)", re.DOTALL)
NAMES = {
    "task": "tasks",
    "measure": "measures",
    "goal": "goals",
    "responsibility": "responsible units",
    "deadline": "deadlines",
    "target": "numeric targets",
    "plan": "fields of the notice",
    "title": "titles of tasks",
    "indicator": "indicators of targets",
    "row": "rows right as a whole",
}


def columns() -> dict[str, Path]:
    """What is scored, by the head of its column."""
    shared = Path(os.environ.get("EXTRACTOR_SHARED", str(ROOT.parent / "shared"))) / "gold"
    found = {
        "sample notices": ROOT / "corpus",
        "sealed": ROOT / "corpus" / "sealed",
        "real notices, developed on": shared,
    }
    return {name: folder for name, folder in found.items() if any(folder.glob("*.gold.json"))}


def table() -> str:
    """The scores as a Markdown table."""
    scores = {name: evaluate([folder]).f1() for name, folder in columns().items()}
    lines = [f"| F1 or share | {' | '.join(scores)} |", f"| --- |{' ---: |' * len(scores)}"]
    for key, label in NAMES.items():
        figures = (found.get(key) for found in scores.values())
        lines.append(f"| {label} | " + " | ".join("–" if f is None else f"{f:.3f}" for f in figures) + " |")
    return "\n".join(lines) + "\n"


def main() -> int:
    """Replaces the block between the marks; 1 where the README has none."""
    text = README.read_text(encoding="utf-8")
    if not BLOCK.search(text):
        print("README.md has no block of scores", file=sys.stderr)
        return 1
    made = table()
    README.write_text(BLOCK.sub(lambda m: m["head"] + made + m["foot"], text), encoding="utf-8", newline="\n")
    print(made)
    return 0


if __name__ == "__main__":
    sys.exit(main())
