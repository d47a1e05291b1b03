"""The rooms import one way, each outside package has one door, and the command line starts without any of them."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "extractor"

# Each room may import from its own line's rooms only where they are the same room, and from the lines above.
ORDER = (
    ("__init__",),
    ("records", "patterns", "longest"),
    ("model", "errors"),
    ("offsets", "memory"),
    ("text",),
    ("lexicon",),
    ("words", "units"),
    ("readers",),
    ("normalise",),
    ("identity",),
    ("numerals",),
    ("calendar",),
    ("segment",),
    ("extractors",),
    ("assemble",),
    ("pipeline",),
    ("spacy_component", "evaluate", "store", "exports"),
    ("ledger",),
    ("engine",),
    ("terminal",),
    ("commands",),
    ("cli",),
    ("__main__",),
)
LEVEL = {room: level for level, rooms in enumerate(ORDER) for room in rooms}

# Where an outside package is imported. Three packages have a second door: python-docx and openpyxl both read and write,
# and notices are read in one room while tables are written in others; lxml changes a ledger's XML in place.
DOORS = {
    "ahocorasick_rs": {"lexicon", "extractors"},
    "docx": {"readers", "exports"},
    "jieba": {"words"},
    "lxml": {"readers", "ledger"},
    "olefile": {"readers"},
    "opencc": {"normalise"},
    "openpyxl": {"readers", "ledger"},
    "pdfplumber": {"readers"},
    "pypdfium2": {"readers"},
    "PIL": {"readers"},
    "rich": {"terminal"},
    "spacy": {"spacy_component"},
    "sqlite3": {"store"},
    "sqlite_utils": {"store"},
    "xlrd": {"readers"},
    "xlsxwriter": {"exports"},
}
EVERYWHERE = {"regex"}  # stands in for the standard library's re


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(path: Path) -> Iterator[tuple[str, int]]:
    """The dotted names that a module imports, wherever in it the statement stands, with the line."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: write the whole name"
            if node.module == "extractor":
                yield from ((f"extractor.{alias.name}", node.lineno) for alias in node.names)
            else:
                yield str(node.module), node.lineno


@pytest.mark.parametrize("path", modules(), ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_a_room_imports_only_from_above(path: Path) -> None:
    own = room(path)
    assert own in LEVEL, f"{own} has no place in the order of the rooms"
    for name, line in imported(path):
        parts = name.split(".")
        if parts[0] != "extractor":
            continue
        other = parts[1] if len(parts) > 1 and parts[1] in LEVEL else "__init__"
        assert other == own or LEVEL[other] < LEVEL[own], f"{path.name}:{line}: {own} imports from {other}"


@pytest.mark.parametrize("path", modules(), ids=lambda p: p.relative_to(PACKAGE).as_posix())
def test_each_outside_package_has_its_door(path: Path) -> None:
    for name, line in imported(path):
        package = name.split(".")[0]
        if package == "extractor" or package in EVERYWHERE or package in sys.stdlib_module_names - {"sqlite3"}:
            continue
        assert room(path) in DOORS.get(package, set()), f"{path.name}:{line}: {package} has no door in {room(path)}"


def test_help_is_there_at_once() -> None:
    """Help loads the command line alone: no outside package, and none of the rooms that do the work."""
    heavy = sorted(set(DOORS) | EVERYWHERE | {"numpy", "openpyxl"})
    rooms = sorted(f"extractor.{name}" for name in LEVEL if name not in {"errors", "commands", "cli"})
    probe = (
        "import sys, extractor.cli\n"
        "try: extractor.cli.main(['--help'])\n"
        "except SystemExit: pass\n"
        f"print([name for name in {heavy + rooms} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.splitlines()[-1] == "[]"
