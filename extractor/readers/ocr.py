"""Text from pictures (文字识别) through Tesseract, where it is installed."""

from __future__ import annotations

import shutil


def available() -> bool:
    """True where the program ``tesseract`` can be called."""
    return shutil.which("tesseract") is not None
