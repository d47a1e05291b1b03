"""Fixtures that several rooms' tests use."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

# The same examples at every run, so that a red run is a change of ours; HYPOTHESIS_PROFILE=explore looks for new ones.
# no deadline: how long one example takes tells of the machine, and of what it happens to load first
settings.register_profile("steady", derandomize=True, database=None, deadline=None)
settings.register_profile("explore", max_examples=1000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real notices and their gold, which is not part of the project; skips where it is absent."""
    folder = Path(os.environ.get("EXTRACTOR_SHARED", str(ROOT.parent / "shared")))
    if not (folder / "gold").is_dir():
        pytest.skip(f"the folder of shared notices is not here: {folder} (set EXTRACTOR_SHARED)")
    return folder
