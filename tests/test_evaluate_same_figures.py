"""The figures of ``extractor.evaluate`` are those of the independent scorer that the gold standard comes with."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from extractor.evaluate import evaluate

DATES = ("2023-06-30", "2024-12-31", None)
ROLES = ("lead", "responsible", "support", "supervise")


def spoilt(plans: list[dict[str, Any]], chance: random.Random, amount: float) -> list[dict[str, Any]]:
    """Plans as an extractor with faults of every sort would give them."""

    def hit() -> bool:
        return chance.random() < amount

    out = []
    for plan in deepcopy(plans):
        for name in ("title", "number", "issuer", "region"):
            if hit():
                plan[name] = None if hit() else "某县"
        for owners in ("tasks", "goals"):
            kept = []
            for item in plan.get(owners) or []:
                if hit():
                    continue
                if hit():
                    item["text"] = item["text"][: chance.randint(1, len(item["text"]))]
                if hit() and owners == "tasks":
                    item["title"] = item["text"][:6]
                    item["section"] = []
                if item.get("measures") and hit():
                    item["measures"].pop(chance.randrange(len(item["measures"])))
                    item["measures"].append("另外写的一句话，要求各村按时办理。")
                for r in item.get("responsibilities") or []:
                    if hit():
                        r["role"] = chance.choice(ROLES)
                for d in item.get("deadlines") or []:
                    if hit():
                        d["ends_on"] = chance.choice(DATES)
                    if hit():
                        d["quote"] = d["quote"][:2]
                for t in item.get("targets") or []:
                    if hit():
                        t["low"] = 7
                    if hit():
                        t["indicator"] = "指标"
                for name in ("deadlines", "targets"):
                    values = item.get(name) or []
                    if values and hit():
                        values.append(deepcopy(chance.choice(values)))
                kept.append(item)
                if hit():
                    kept.append(deepcopy(item))
            plan[owners] = kept
        for item in plan.get("tasks", []) + plan.get("goals", []):
            item.pop("optional", None)
            for name in ("responsibilities", "deadlines", "targets", "measures"):
                for value in item.get(name) or []:
                    if isinstance(value, dict):
                        value.pop("optional", None)
        if not hit() or len(plans) == 1:
            out.append(plan)
    return out


@pytest.mark.parametrize(("seed", "amount"), [(1, 0.0), (2, 0.05), (3, 0.2), (4, 0.5)])
def test_same_figures_as_the_scorer_of_the_gold(shared: Path, tmp_path: Path, seed: int, amount: float) -> None:
    chance = random.Random(seed)
    sources, plans = [], []
    for k, file in enumerate(sorted((shared / "gold").glob("*.gold.json"))):
        gold = json.loads(file.read_text("utf-8"))
        text = gold["source"] if k % 2 else None
        sources.append({"id": f"s{k}", "path": f"notices/{gold['source']}", "text": text, "repairs": []})
        plans += [{**plan, "source_id": f"s{k}"} for plan in spoilt(gold["plans"], chance, amount)]
    export = tmp_path / "export.json"
    export.write_text(json.dumps({"sources": sources, "plans": plans}, ensure_ascii=False), "utf-8")

    command = [sys.executable, str(shared / "gold" / "score.py"), str(shared / "gold")]
    told = subprocess.run([*command, "--extracted", str(export), "--json"], capture_output=True, check=True)
    assert evaluate([shared / "gold"], extracted=export).as_json() == json.loads(told.stdout)
