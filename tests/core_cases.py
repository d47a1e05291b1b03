"""What the tests of segmenting and assembling share: cases as data, and the way from a passage to its plans."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from extractor import pipeline
from extractor.lexicon import load
from extractor.model import Document, Extraction
from extractor.normalise import normalise
from extractor.readers import read_bytes
from extractor.segment import plans
from extractor.text import PlanText

CASES = Path(__file__).parent / "cases"


def rows(name: str) -> list[dict[str, Any]]:
    """The rows of ``cases/NAME.jsonl``."""
    return [json.loads(line) for line in (CASES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def cases(name: str) -> list[Any]:
    """The rows as parameters of a test. One with ``"expect": "known_failure"`` has to go on failing until it is mended:
    then its ``expect`` is taken out."""
    out = []
    for number, row in enumerate(rows(name), 1):
        known = row.get("expect") == "known_failure"
        marks = [pytest.mark.xfail(strict=True, raises=AssertionError)] if known else []
        out.append(pytest.param(row, id=f"{number}:{row.get('label') or row['text'][:24]}", marks=marks))
    return out


def document_of(row: dict[str, Any]) -> Document:
    """The passage as the reader of its ``format`` gives it: bare text where none is named, else txt or html."""
    if row.get("format") == "html":
        page = f"<html><head><meta charset='utf-8'></head><body>{row['text']}</body></html>"
        return read_bytes(page.encode(), "passage.html")
    if row.get("format") == "txt":
        return read_bytes(row["text"].encode(), "passage.txt")
    return Document("passage.txt", "text/plain", "0" * 64, row["text"])


def plans_of(row: dict[str, Any], **setting: str) -> list[PlanText]:
    """The plans of a passage, cut but not yet searched."""
    return plans(normalise(document_of(row), load()), load(), **setting)


def extraction_of(row: dict[str, Any], **setting: str) -> Extraction:
    """All that the program makes of a passage."""
    return pipeline.extract(document_of(row), load(), **setting)
