"""Opening a database: every reason not to work with it is found before any work.

On a disk of this machine a write-ahead log lets several readers and a writer work at once. On a network share or in a
synchronised folder (:mod:`extractor.store.place`) one process has it alone, and a note beside the file says who.
"""

from __future__ import annotations

import getpass
import json
import os
import platform
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from extractor.errors import StoreError
from extractor.store import schema
from extractor.store.place import Place, place_of

if TYPE_CHECKING:
    from sqlite_utils import Database

WAIT = 30.0  # seconds that a writer waits for another one
WAIT_SHARED = 5.0  # seconds on a network share, where the other one keeps the database until it ends
STATEMENTS = 400  # kept compiled: more than taking a file in needs
# pages of 4 kB after which the log is worked into the database: a page is written once for many files
LOG_PAGES = 16_000
_AGAIN = 0.02  # seconds between two attempts at what SQLite does not wait for
NOTE_LIVES = 3600.0  # seconds after which a note left in a synchronised folder by another machine no longer counts
_HEADER = b"SQLite format 3\x00"


def open_database(
    path: Path, *, read_only: bool, wait: float = WAIT, before_upgrade: Callable[[sqlite3.Connection], object]
) -> tuple[Database, Place]:
    """The database at ``path``, of the present schema; made where there is none, unless ``read_only``.

    An older one is brought up to date, for a reader too; ``before_upgrade`` is called before, with the file as it was.
    Raises :class:`StoreError`: no such file or folder, not a database, not ours, newer than this program, in use,
    read-only, older and read-only, disk full.
    """
    from sqlite_utils import Database

    place = place_of(path)
    _check_file(path, read_only=read_only)
    if place.kind != "local":
        wait = min(wait, WAIT_SHARED)
        if not read_only:
            _check_note(path, place)
    with sqlite_errors(path):
        connection = _connect(path, read_only=read_only, wait=wait)
        try:
            version = _check_schema(connection, path)
            if read_only and version < schema.VERSION:
                connection.close()
                _upgrade(path, wait, before_upgrade)
                connection = _connect(path, read_only=True, wait=wait)
            connection.execute("pragma foreign_keys = off")  # until the tables are up to date
            connection.execute("pragma cache_size = -65536")  # 64 MB
            # some builds of SQLite overwrite all that is deleted, with a sixteenth more to write: not whole free pages
            connection.execute("pragma secure_delete = fast")
            database = Database(connection, execute_plugins=False)
            if not read_only:
                _prepare_writing(connection, place, wait)
                if version < schema.VERSION:
                    if version:
                        before_upgrade(connection)
                    with writing(database, path):
                        if _check_schema(connection, path) < schema.VERSION:  # unless another run was quicker
                            schema.bring_up_to_date(database)
                if place.kind != "local":
                    leave_note(path)
            connection.execute("pragma foreign_keys = on")
        except BaseException:
            connection.close()
            raise
    return database, place


@contextmanager
def reading(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """Several readings of the database as it is at the first of them, whatever others write meanwhile."""
    if connection.in_transaction:
        yield connection
        return
    connection.execute("begin")
    try:
        yield connection
    finally:
        connection.execute("commit")


class Snapshot:
    """A look at the database as it is now, for as long as this object lives."""

    def __init__(self, path: Path) -> None:
        with sqlite_errors(path):
            self._connection = _connect(path, read_only=True, wait=WAIT_SHARED)
            self._connection.execute("begin")
            self._connection.execute("select 1 from sources limit 1").fetchone()  # from here on it stays as it is

    def __del__(self) -> None:
        if connection := getattr(self, "_connection", None):
            connection.close()

    @contextmanager
    def connection(self) -> Iterator[sqlite3.Connection]:
        """The connection to read with."""
        yield self._connection


def _connect(path: Path, *, read_only: bool, wait: float) -> sqlite3.Connection:
    if not read_only:
        return sqlite3.connect(path, timeout=wait, check_same_thread=False, cached_statements=STATEMENTS)
    name = quote(str(path.resolve()).replace("\\", "/"))
    uri = f"file:{'' if name.startswith('/') else '/'}{name}?mode=ro"
    log = path.with_name(path.name + "-wal")
    if not log.exists() and not os.access(path.parent, os.W_OK):
        uri += "&immutable=1"  # a log cannot be made here, and nobody can be writing
    return sqlite3.connect(uri, uri=True, timeout=wait, check_same_thread=False)


def _prepare_writing(connection: sqlite3.Connection, place: Place, wait: float) -> None:
    if place.kind == "local":
        _log_ahead(connection, time.monotonic() + wait)
        connection.execute("pragma synchronous = normal")
        connection.execute(f"pragma wal_autocheckpoint = {LOG_PAGES}")
        return
    connection.execute("pragma locking_mode = exclusive")
    connection.execute("pragma journal_mode = delete")
    connection.execute("pragma synchronous = full")
    connection.execute("begin exclusive")
    connection.execute("commit")  # the exclusive locking mode keeps the lock until the database is closed


def _log_ahead(connection: sqlite3.Connection, until: float) -> None:
    """Has the database written ahead to a log. SQLite does not wait by itself for another run that does just this."""
    while True:
        try:
            connection.execute("pragma journal_mode = wal")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
            time.sleep(_AGAIN)
        else:
            return


def _check_file(path: Path, *, read_only: bool) -> None:
    """Refuses what is no database before SQLite touches it."""
    if not path.exists():
        if read_only:
            raise StoreError(
                "database_missing",
                where=str(path),
                chinese="没有这个任务库文件，请先运行 extractor run",
                english="there is no such task database; make one with `extractor run`",
            )
        if not path.parent.is_dir():
            raise StoreError(
                "folder_missing",
                where=str(path),
                chinese="任务库所在的文件夹不存在，请先建立",
                english="the folder for the task database does not exist; make it first",
            )
        return
    try:
        with path.open("rb") as file:
            head = file.read(len(_HEADER))
    except OSError as error:
        raise StoreError(
            "database_unreadable",
            where=str(path),
            chinese="打不开这个任务库文件（可能没有权限，或者它是文件夹）",
            english=f"the task database cannot be opened: {error.strerror}",
        ) from error
    if head and head != _HEADER:
        raise StoreError(
            "not_a_database",
            where=str(path),
            chinese="这个文件不是任务库（不是 SQLite 数据库）",
            english="this file is not a task database (not SQLite)",
        )


def _check_schema(connection: sqlite3.Connection, path: Path) -> int:
    """The schema version of an open file, 0 where it is empty; refuses what another or a newer program made."""
    with reading(connection):  # as it is at one moment: another run may be making it
        application = connection.execute("pragma application_id").fetchone()[0]
        version = int(connection.execute("pragma user_version").fetchone()[0])
        tables = connection.execute("select count(*) from sqlite_master").fetchone()[0]
    if application != schema.APPLICATION_ID:
        if application or version or tables:
            raise StoreError(
                "database_not_ours",
                where=str(path),
                chinese="这个数据库是别的程序建立的，不是任务库",
                english="this database was made by another program; it is not a task database",
            )
        return 0
    if version > schema.VERSION:
        raise StoreError(
            "database_newer",
            where=str(path),
            chinese="这个任务库是更新版本的程序建立的，请先升级本程序",
            english=f"this task database was made by a newer program (schema {version} > {schema.VERSION}); upgrade first",
        )
    return version


def _upgrade(path: Path, wait: float, before_upgrade: Callable[[sqlite3.Connection], object]) -> None:
    """Brings an older file up to date for somebody who only reads it."""
    try:
        database, place = open_database(path, read_only=False, wait=wait, before_upgrade=before_upgrade)
    except StoreError as error:
        if error.code not in _NOT_TO_BE_WRITTEN:
            raise
        raise StoreError(
            "database_older",
            where=str(path),
            chinese="这个任务库是旧版本程序建立的，要先升级才能打开，但文件或所在文件夹是只读的；"
            "请把它复制到可以写入的文件夹再打开，内容都会保留",
            english="this task database is of an older schema and cannot be brought up to date, for file or folder are "
            "read-only; copy it into a folder that can be written and open it there",
        ) from error
    database.conn.close()
    if place.kind != "local":
        take_note_away(path)


_NOT_TO_BE_WRITTEN = ("database_read_only", "folder_not_writable", "backup_failed")


@contextmanager
def writing(database: Database, path: Path) -> Iterator[None]:
    """One transaction, begun as a writer's: all of it is kept, or nothing."""
    connection = database.conn
    with sqlite_errors(path):
        connection.execute("begin immediate")
        try:
            yield
        except BaseException:
            if connection.in_transaction:
                connection.execute("rollback")
            raise
        connection.execute("commit")


@contextmanager
def sqlite_errors(path: Path) -> Iterator[None]:
    """Turns what SQLite raises about the file, the disk and other users of it into a :class:`StoreError`."""
    try:
        yield
    except sqlite3.IntegrityError:
        raise  # a row that breaks a law of the schema is our fault, not the file's
    except sqlite3.DatabaseError as error:
        raised = _translated(error, path)
        if raised is None:
            raise
        raise raised from error


_TRANSLATIONS: tuple[tuple[str, str, str, str], ...] = (
    ("full", "disk_full", "磁盘已满，没有写入；请腾出空间后再运行", "the disk is full; nothing was written"),
    (
        "readonly",
        "database_read_only",
        "任务库是只读的，无法写入；请检查文件和文件夹的权限",
        "the task database is read-only; check the rights of file and folder",
    ),
    (
        "unable to open",
        "folder_not_writable",
        "无法在这个文件夹中建立或打开任务库；请检查权限",
        "the task database cannot be made or opened in this folder; check its rights",
    ),
    (
        "disk i/o",
        "disk_error",
        "读写磁盘出错；请检查磁盘或网络后再运行",
        "reading or writing the disk failed; check the disk or the network",
    ),
    (
        "not a database",
        "not_a_database",
        "这个文件不是任务库（不是 SQLite 数据库）",
        "this file is not a task database (not SQLite)",
    ),
    (
        "malformed",
        "database_damaged",
        "任务库已损坏；请用旁边备份文件夹中的最近一份恢复",
        "the task database is damaged; restore the latest copy from the backup folder beside it",
    ),
)


def _translated(error: sqlite3.DatabaseError, path: Path) -> StoreError | None:
    said = str(error).lower()
    if "locked" in said or "busy" in said:
        who = read_note(path)
        return StoreError(
            "database_in_use",
            where=str(path),
            chinese=f"{who or '另一个程序'}正在使用这个任务库，请等它用完再试",
            english=f"the task database is in use by {who or 'another program'}; try again when it is done",
        )
    for part, code, chinese, english in _TRANSLATIONS:
        if part in said:
            return StoreError(code, where=str(path), chinese=chinese, english=english)
    return None


# -- the note beside a shared database ---------------------------------------------------------------------------------


def note_path(path: Path) -> Path:
    """Where the note lies that says who uses the database at ``path``."""
    return path.with_name(path.name + ".使用中")


def leave_note(path: Path) -> None:
    """Says beside the database who uses it."""
    note = {"who": _who(), "machine": platform.node(), "process": os.getpid()}
    note_path(path).write_text(json.dumps(note, ensure_ascii=False), encoding="utf-8")


def take_note_away(path: Path) -> None:
    """Takes the note of this process away."""
    note = _note(path)
    if note.get("machine") == platform.node() and note.get("process") == os.getpid():
        note_path(path).unlink(missing_ok=True)


def read_note(path: Path) -> str | None:
    """Who uses the database, where a note says so."""
    who = _note(path).get("who")
    return who if isinstance(who, str) else None


def _note(path: Path) -> dict[str, Any]:
    try:
        read = json.loads(note_path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError):  # no note, or one that is just being written or copied
        return {}
    return read if isinstance(read, dict) else {}


def _check_note(path: Path, place: Place) -> None:
    """In a synchronised folder locks do not travel, but notes do: one of another machine that is fresh is respected."""
    note = _note(path)
    if place.kind != "sync" or not note or note.get("machine") == platform.node():
        return
    if time.time() - note_path(path).stat().st_mtime < NOTE_LIVES:
        raise StoreError(
            "database_in_use",
            where=str(path),
            chinese=f"{note.get('who')}正在另一台电脑上使用这个任务库（{place.name}），请等对方用完并同步后再试",
            english=f"{note.get('who')} uses this task database on another machine; try again when it has been synchronised",
        )


def _who() -> str:
    try:
        user = getpass.getuser()
    except (KeyError, OSError, ImportError):  # no account name: a container, or Windows without the variables
        user = "unknown"
    return f"{user}@{platform.node()}"
