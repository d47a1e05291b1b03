"""Work functions for the engine's tests, in a module of their own so that worker processes can import them."""

from __future__ import annotations

import os
import time

from extractor.engine import File, Outcome, Settings
from extractor.model import Extraction, Source


def echo(file: File, settings: Settings) -> Outcome:
    """An extraction that names its file; files whose name begins with ``slow`` take a little longer."""
    if file.path.name.startswith("slow"):
        time.sleep(0.05)
    return Outcome(file, (Extraction(Source(file.shown, file.shown, file.shown, "text/plain", ""), ()),))


def crash(file: File, settings: Settings) -> Outcome:
    """Brings the process down on files whose name begins with ``crash``, as a fault in a C library does."""
    if file.path.name.startswith("crash"):
        os._exit(11)
    return echo(file, settings)
