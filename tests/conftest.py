"""Fixtures that several rooms' tests use."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real notices and their gold, which is not part of the project; skips where it is absent."""
    folder = Path(os.environ.get("EXTRACTOR_SHARED", str(ROOT.parent / "shared")))
    if not (folder / "gold").is_dir():
        pytest.skip(f"the folder of shared notices is not here: {folder} (set EXTRACTOR_SHARED)")
    return folder
