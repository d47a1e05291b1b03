"""The programs from outside that some readers can use: whether they are installed, and where."""

from __future__ import annotations

import shutil
import subprocess
from functools import lru_cache
from pathlib import Path

CHINESE = ("chi_sim", "chi_tra")
"""Tesseract's names of the two scripts, the one that is tried first in front."""
USUAL_OFFICE = (
    Path("C:/Program Files/LibreOffice/program/soffice.exe"),
    Path("/Applications/LibreOffice.app/Contents/MacOS/soffice"),
)
USUAL_TESSERACT = (Path("C:/Program Files/Tesseract-OCR/tesseract.exe"),)


def libreoffice() -> str | None:
    """The program LibreOffice, where it is installed."""
    return shutil.which("soffice") or next((str(p) for p in USUAL_OFFICE if p.is_file()), None)


def tesseract() -> str | None:
    """The program Tesseract, where it is installed."""
    return shutil.which("tesseract") or next((str(p) for p in USUAL_TESSERACT if p.is_file()), None)


@lru_cache(maxsize=1)
def tesseract_languages() -> frozenset[str]:
    """What Tesseract can read; empty where it is not installed."""
    program = tesseract()
    if program is None:
        return frozenset()
    try:
        told = subprocess.run([program, "--list-langs"], capture_output=True, timeout=20, check=True)
    except (OSError, subprocess.SubprocessError):
        return frozenset()
    return frozenset(told.stdout.decode("utf-8", errors="replace").split())


def can_recognise() -> bool:
    """True where Chinese text can be recognised in pictures."""
    return bool(tesseract_languages() & set(CHINESE))
