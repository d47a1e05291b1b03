"""Zip files of notices (压缩包): the members that may be notices, unpacked within limits."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import PurePosixPath

from extractor.readers import limits
from extractor.readers.candidates import HEAD, judged

UTF8_NAME = 0x800


def members(data: bytes, name: str) -> Iterator[tuple[str, bytes]]:
    """(name, content) of each member that may be a notice, by name. An archive within is given as it is, unopened.

    Raises ``ReadError`` for a damaged, encrypted or exploding archive.
    """
    package = limits.Package(data, name, "ZIP")
    named = sorted((_readable(stored, flags), stored) for stored, flags in package.entries())
    for shown, stored in named:
        path = PurePosixPath(shown)
        if any(part.startswith(("__MACOSX", ".")) for part in path.parts):
            continue
        content = package.part(stored, limits.MAX_FILE)
        if content is None or not judged(path, partial(_head, content)):
            continue
        yield f"{name}/{shown}", content


def _head(content: bytes) -> bytes:
    return content[:HEAD]


def _readable(stored: str, flags: int) -> str:
    """The name as its maker saw it: Chinese Windows writes GBK and does not say so, and Python reads code page 437."""
    if flags & UTF8_NAME:
        return stored
    try:
        return stored.encode("cp437").decode("gb18030")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return stored
