"""Floors on the peers' cases, which are for measuring and not part of the project; skipped where they are absent."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path

import pytest

from tests.peers_adapter import find

TIMES = {"date", "date_range", "duration", "recurrence"}


@pytest.mark.parametrize(
    ("name", "floor"), [("jionlp_time", 0.95), ("recognizers_datetime", 0.85), ("seed_policy", 0.92)]
)
def test_times(shared: Path, name: str, floor: float) -> None:
    folder = shared / "peers"
    if not (folder / "run_peers.py").is_file():
        pytest.skip("the peers' cases are not here")
    sys.path.insert(0, str(folder))
    try:
        spec = importlib.util.spec_from_file_location("run_peers", folder / "run_peers.py")
        assert spec is not None and spec.loader is not None
        peers = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(peers)
    finally:
        sys.path.remove(str(folder))
    right = items = 0
    for line in (folder / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        if case["tier"] != "core":
            continue
        rows, _ = peers.score_case(case, find(case["text"], case["reference_date"], case.get("mode") or "sentence"))
        for expected, verdict, _ in rows:
            if expected["kind"] in TIMES:
                items += 1
                right += verdict == "full"
    assert items and right / items >= floor
