"""What may be missing, and to whom is reported: ``cases/omissions.jsonl`` and ``cases/omissions_reports.jsonl``."""

from __future__ import annotations

from typing import Any

import pytest

from tests.core_cases import cases, extraction_of

CODES = ("annex_missing", "tasks_fewer_than_stated", "possible_omission", "no_task")


@pytest.mark.parametrize("row", cases("omissions"))
def test_problems(row: dict[str, Any]) -> None:
    found = extraction_of(row)
    told = [
        [problem.code, "".join(piece.of(found.source.text) for piece in problem.pieces)]
        for problem in found.problems
        if problem.code in CODES
    ]
    assert told == row["problems"]
    assert all(problem.message for problem in found.problems)


@pytest.mark.parametrize("row", cases("omissions_reports"))
def test_reports(row: dict[str, Any]) -> None:
    task = extraction_of(row).plans[0].tasks[0]
    assert (task.report_to, task.contact) == (row["report_to"], row["contact"])
