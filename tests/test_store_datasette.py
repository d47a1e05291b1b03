"""``datasette tasks.db`` just works: every view answers, with its Chinese column names."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from extractor import lexicon
from extractor.pipeline import extract
from extractor.store import open_store

pytest.importorskip("datasette", reason="datasette is not installed (extra: browse)")

CORPUS = Path(__file__).resolve().parent.parent / "corpus"


def test_the_register_can_be_browsed(tmp_path: Path) -> None:
    database = tmp_path / "tasks.db"
    with open_store(database) as store:
        store.put(extract(CORPUS / "qingxi-straw-ban.docx", lexicon.load()))
    done = subprocess.run(
        [sys.executable, "-m", "datasette", str(database), "--get", "/tasks/register.json?_shape=objects"],
        capture_output=True,
        check=True,
        timeout=120,
    )
    rows = json.loads(done.stdout)["rows"]
    assert rows
    assert {"工作任务", "牵头单位", "完成时限", "出处"} <= set(rows[0])
