"""Copies of the database (备份): one on demand, one a day kept beside the file, and one of it as an older program left it.

A copy is made by SQLite itself, so that it is whole even while another program writes, under a passing name first: a copy
that is there is a good one.
"""

from __future__ import annotations

import os
import re
import sqlite3
from datetime import date
from pathlib import Path

from extractor.errors import StoreError
from extractor.store.opening import sqlite_errors

KEPT = 14  # daily copies


def copy_to(connection: sqlite3.Connection, target: Path) -> None:
    """Copies the database into ``target``, which must not be there. Raises :class:`StoreError`."""
    if target.exists():
        raise StoreError(
            "backup_exists",
            where=str(target),
            chinese="已有同名文件，没有覆盖；请换一个文件名",
            english="a file of this name exists and was not overwritten; choose another name",
        )
    if not target.parent.is_dir():
        raise StoreError(
            "folder_missing",
            where=str(target),
            chinese="备份要放入的文件夹不存在，请先建立",
            english="the folder for the copy does not exist; make it first",
        )
    passing = target.with_name(f"{target.name}.{os.getpid()}.part")
    try:
        with sqlite_errors(target):
            copy = sqlite3.connect(passing)
            try:
                for pragma in ("journal_mode = off", "synchronous = off"):  # a copy that is broken off is thrown away
                    copy.execute(f"pragma {pragma}")
                connection.backup(copy)
                copy.execute("pragma journal_mode = delete")  # one file, to be carried away
            finally:
                copy.close()
        with passing.open("rb+") as file:
            os.fsync(file.fileno())
        passing.replace(target)
    finally:
        passing.unlink(missing_ok=True)


def folder_of(path: Path) -> Path:
    """Where the daily copies of the database at ``path`` are kept."""
    return path.with_name(f"{path.stem}-备份")


def daily(connection: sqlite3.Connection, path: Path, today: date) -> Path | None:
    """Makes today's copy where there is none yet, and takes the oldest away beyond :data:`KEPT`. Gives the new copy."""
    made = _keep(connection, path, f"{path.stem}-{today.isoformat()}.db")
    if made is not None:
        for old in copies(path)[:-KEPT]:
            old.unlink(missing_ok=True)
    return made


def before_upgrade(connection: sqlite3.Connection, path: Path, today: date) -> Path | None:
    """Keeps the database as an older program left it, among the daily copies but for good. Gives the new copy; one of
    the same day stays."""
    return _keep(connection, path, f"{path.stem}-{today.isoformat()}-升级前.db")


def _keep(connection: sqlite3.Connection, path: Path, name: str) -> Path | None:
    folder = folder_of(path)
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise StoreError(
            "backup_failed",
            where=str(folder),
            chinese="无法建立每日备份文件夹；请检查权限和磁盘空间",
            english=f"the folder for the daily copies cannot be made: {error.strerror}",
        ) from error
    target = folder / name
    if target.exists():
        return None
    copy_to(connection, target)
    return target


def copies(path: Path) -> list[Path]:
    """The daily copies of the database at ``path``, oldest first."""
    dated = re.compile(re.escape(path.stem) + r"-\d{4}-\d\d-\d\d\.db")
    folder = folder_of(path)
    return sorted(p for p in folder.iterdir() if dated.fullmatch(p.name)) if folder.is_dir() else []
