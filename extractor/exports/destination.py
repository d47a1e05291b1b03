"""Where an export goes: whole files only, and never over a ledger that a person has filled in.

A workbook or Word table that the program writes carries a stamp: a part of its own inside the zip container with a
fingerprint of all other parts. Office programs drop the stamp when they save, and any other change breaks it, so a file
whose stamp holds is as the program left it. Nothing else has to be kept to know that, whichever database wrote it.
"""

from __future__ import annotations

import hashlib
import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from extractor.errors import UsageError

STAMP = "docProps/extractor.xml"
_STAMP_TIME = (2020, 1, 1, 0, 0, 0)
_MANY = 1000


@dataclass(frozen=True, slots=True)
class Written:
    """What was written where: ``path`` is another name than the one asked for where that ledger is a person's now."""

    path: Path
    asked: Path

    @property
    def renamed(self) -> bool:
        """True where the ledger of the name asked for was left alone."""
        return self.path != self.asked


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A temporary path beside ``path`` that takes its place when all went well.

    Raises :class:`UsageError` where the folder cannot be written or the file is open in another program.
    """
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield temporary
        temporary.replace(path)
    except OSError as error:
        raise UsageError(
            "cannot_write",
            where=str(path),
            chinese=f"写不进这个文件，请关闭打开它的程序或换一个文件夹（{error.strerror or error}）",
            english=f"cannot write this file; close the program that has it open or choose another folder ({error})",
        ) from error
    finally:
        with suppress(OSError):
            temporary.unlink()


def check_folder(folder: Path) -> None:
    """Makes ``folder`` and proves that it can be written. Raises :class:`UsageError` where it cannot."""
    with replacing(folder / ".write-test") as temporary:
        temporary.write_bytes(b"")
    (folder / ".write-test").unlink(missing_ok=True)


def stamp(path: Path) -> None:
    """Adds to an office file the fingerprint of what stands in it."""
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as container:
        part = f'<?xml version="1.0" encoding="UTF-8"?><written parts="{_fingerprint(container)}"/>'
        container.writestr(zipfile.ZipInfo(STAMP, _STAMP_TIME), part)


def untouched(path: Path) -> bool:
    """True where the office file is as the program wrote it."""
    try:
        with zipfile.ZipFile(path) as container:
            return STAMP in container.namelist() and _fingerprint(container).encode() in container.read(STAMP)
    except (OSError, zipfile.BadZipFile):
        return False


def _fingerprint(container: zipfile.ZipFile) -> str:
    parts = sorted((i.filename, i.CRC, i.file_size) for i in container.infolist() if i.filename != STAMP)
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def open_elsewhere(path: Path) -> bool:
    """True where an office program has the file open: its lock file lies beside it, or the system refuses to write."""
    beside = (
        path.with_name(f"~${path.name}"),
        path.with_name(f"~${path.name[2:]}"),
        path.with_name(f".~lock.{path.name}#"),
    )
    if any(lock.exists() for lock in beside):
        return True
    try:
        with path.open("r+b"):
            return False
    except OSError:
        return True


def free_name(path: Path) -> Path:
    """``path``, or the first of name-2, name-3 … that does not exist or is as the program left it and open nowhere."""
    for n in range(1, _MANY):
        candidate = path if n == 1 else path.with_name(f"{path.stem}-{n}{path.suffix}")
        if not candidate.exists() or (untouched(candidate) and not open_elsewhere(candidate)):
            return candidate
    raise UsageError(
        "too_many_copies",
        where=str(path),
        chinese="同名的台账太多，请清理文件夹或换一个输出文件夹",
        english="too many ledgers of this name; tidy the folder or choose another one",
    )
