"""Text that SQLite can keep: lone surrogates, which no encoding has, become U+FFFD, one for one, so that offsets stay.

They come from file names that are not in the system's encoding, and from text that was cut apart in the middle.
"""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from typing import Any

from extractor.model import Extraction

_SURROGATE = re.compile("[\ud800-\udfff]")


def sound_text(text: str) -> str:
    """``text`` as it can be kept."""
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)


def sound(extraction: Extraction) -> Extraction:
    """An extraction with all its text as it can be kept; itself where nothing is amiss."""
    source = extraction.source
    written = (source.path, source.text, *(problem.message for problem in extraction.problems))
    amiss = any(_SURROGATE.search(text) for text in written)
    mended: Extraction = _mended(extraction) if amiss else extraction
    return mended


def _mended(value: Any) -> Any:
    if isinstance(value, str):
        return sound_text(value)
    if isinstance(value, tuple):
        return tuple(_mended(item) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{f.name: _mended(getattr(value, f.name)) for f in fields(value)})
    return value
