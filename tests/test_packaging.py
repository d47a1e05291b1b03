"""What is shipped: the locks hold what pyproject asks for, the wheel holds what the program reads."""

from __future__ import annotations

import os
import re
import sys
from importlib.metadata import entry_points, requires
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.check_wheels import WITHOUT_WHEEL, pins

ROOT = Path(__file__).resolve().parent.parent
LOCKS = (ROOT / "requirements.lock", ROOT / "tests" / "requirements.lock")
TOP_LEVEL = {"pyproject.toml", "extractor", "corpus", "dictionaries", "outputs", "tests"}
TOP_LEVEL |= {"README.md", "LICENSE", "CHANGELOG.md", "Makefile", "requirements.lock"}


def declared(extra: str = "") -> list[Requirement]:
    found = [Requirement(text) for text in requires("policy-task-extractor") or ()]
    return [r for r in found if r.marker is None or r.marker.evaluate({"extra": extra})]


@pytest.mark.parametrize(("lock", "extra"), [(LOCKS[0], ""), (LOCKS[1], "test")], ids=["core", "test"])
def test_lock_holds_every_dependency_above_its_lower_bound(lock: Path, extra: str) -> None:
    pinned = [Requirement(pin.split(";")[0]) for _, pin in pins(lock.read_text("utf-8"))]
    for wanted in declared(extra):
        versions = [str(p.specifier)[2:] for p in pinned if canonicalize_name(p.name) == canonicalize_name(wanted.name)]
        assert versions, f"{wanted.name} is not in {lock.name}: run make lock"
        assert all(wanted.specifier.contains(v) for v in versions), f"{wanted} against {versions}"


@pytest.mark.parametrize("lock", LOCKS, ids=["core", "test"])
def test_lock_is_hashed_and_names_no_index(lock: Path) -> None:
    text = lock.read_text("utf-8")
    assert "://" not in text
    assert "--index" not in text
    for block in re.split(r"\n(?=\S)", text.strip()):
        assert "--hash=sha256:" in block, block.splitlines()[0]


def test_every_dependency_has_a_lower_bound() -> None:
    assert all(">=" in str(wanted.specifier) for wanted in declared())


def test_what_has_no_wheel_is_named_with_its_reason() -> None:
    assert set(WITHOUT_WHEEL) == {"jieba"}
    assert all(len(reason) > 20 for reason in WITHOUT_WHEEL.values())


def test_the_command_is_installed() -> None:
    [command] = entry_points(group="console_scripts", name="extractor")
    assert command.value == "extractor.cli:main"


def test_package_data_is_there() -> None:
    for name in ("schema.json", "py.typed"):
        assert (ROOT / "extractor" / name).is_file()


def test_top_level_holds_what_belongs_there() -> None:
    here = {p.name for p in ROOT.iterdir() if not p.name.startswith(".")}
    assert here - TOP_LEVEL <= {"build", "dist", "hypothesis"}, "unexpected files at the top level"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps no mark for programs")
def test_ci_runs() -> None:
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
