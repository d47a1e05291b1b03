"""Files of older programs: opened by any command, brought up to date, and nothing in them is lost."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from extractor.errors import StoreError
from extractor.store import backup, open_store, opening, schema
from tests.factories import ITEMS, Aim, Tick, notice


def _fuller(connection: sqlite3.Connection) -> None:
    """Gives the tables their older form, entries of the search index in a table of their own."""
    connection.execute("pragma legacy_alter_table = on")
    older_tables = {
        statement.split()[2]: statement for statement in schema._FIRST_TABLES if "create table" in statement
    }
    connection.execute(older_tables["search_entries"])
    connection.execute(
        "insert into search_entries (id, kind, ref) select entry, 'task', id from ledger "
        "union all select entry, 'source', id from sources where entry is not null order by 1"
    )
    for table, (_, columns, _) in schema._LEANER_TABLES.items():
        connection.execute(f"alter table {table} rename to lean_{table}")
        connection.execute(older_tables[table])
        connection.execute(f"insert into {table} ({columns}) select {columns} from lean_{table}")
        connection.execute(f"drop table lean_{table}")
    for statement in schema._FIRST_TABLES:
        words = statement.split()
        if words[1] == "index" and words[4].split("(")[0] in (*schema._LEANER_TABLES, "search_entries"):
            connection.execute(statement)
    connection.execute("drop index sources_entry")
    connection.execute("alter table sources drop column entry")
    connection.execute("alter table search_state drop column given")


def _without_titles(connection: sqlite3.Connection) -> None:
    connection.execute("drop index plans_title")


def _with_percent(connection: sqlite3.Connection) -> None:
    connection.execute("alter table progress drop column no_percent")


_TAKEN_BACK: dict[int, Callable[[sqlite3.Connection], None]] = {4: _fuller, 3: _without_titles, 2: _with_percent}
"""What makes a file of the version before of one of this version."""


def older(path: Path, version: int) -> None:
    """Makes of the database at ``path`` one as the program of schema ``version`` left it."""
    with sqlite3.connect(path) as connection:
        views = [row[0] for row in connection.execute("select name from sqlite_master where type = 'view'")]
        for name in views:
            connection.execute(f"drop view {name}")
        for newer in range(schema.VERSION, version, -1):
            _TAKEN_BACK[newer](connection)
            connection.execute("delete from _sqlite_migrations where name = ?", (schema._STEPS[newer - 1][0],))
        connection.execute(f"pragma user_version = {version}")
    connection.close()


def version_of(path: Path) -> int:
    connection = sqlite3.connect(path)
    try:
        return int(connection.execute("pragma user_version").fetchone()[0])
    finally:
        connection.close()


@pytest.fixture
def filled(tmp_path: Path) -> tuple[Path, object]:
    """A database with a notice, a correction and a report, and what it gives."""
    path = tmp_path / "t.db"
    with open_store(path, clock=Tick()) as store:
        aims = [Aim("全镇生活污水治理率达到80%", targets=[("80%", {"indicator": "生活污水治理率", "low": 80.0})])]
        store.put(notice(ITEMS, aims=aims))
        store.put_failure("坏.pdf", "damaged", "读不出")
        task = store.register().extractions[0].plans[0].tasks[0]
        store.edit(task.id, "title", "另一个名字", by="张三")
        store.report_progress(task.id, by="李四", status="in_progress", text="已开工", percent=30)
        store.add_task("清理河道漂浮物", by="张三", text="每月清理一次。")
        return path, _all(store, task.id)


def _all(store: object, task: str) -> object:
    return (
        store.register(),  # type: ignore[attr-defined]
        store.register(decided=True),  # type: ignore[attr-defined]
        store.history(task),  # type: ignore[attr-defined]
        store.problems(),  # type: ignore[attr-defined]
        [store.search(word) for word in ("养老", "另一个名字", "污水治理", "漂浮物")],  # type: ignore[attr-defined]
    )


@pytest.mark.parametrize("read_only", [True, False])
@pytest.mark.parametrize("version", range(1, schema.VERSION))
def test_a_file_of_any_version_is_opened_and_keeps_everything(
    filled: tuple[Path, object], version: int, read_only: bool
) -> None:
    path, before = filled
    older(path, version)
    with sqlite3.connect(path) as connection:
        connection.execute("create view 我的视图 as select m.text from measures m join tasks t on t.id = m.task_id")
    connection.close()
    with open_store(path, read_only=read_only, clock=lambda: datetime(2031, 1, 5)) as store:
        task = store.register().extractions[0].plans[0].tasks[0].id
        assert _all(store, task) == before
        assert store.read_only == read_only
        assert store.intact() == []
        assert store._connection.execute("select count(*) from 我的视图").fetchone()[0] == sum(
            len(item.measures) for item in ITEMS
        )
    assert version_of(path) == schema.VERSION
    kept = backup.folder_of(path) / "t-2031-01-05-升级前.db"
    assert version_of(kept) == version
    with open_store(path) as store:
        store.report_progress(task, by="李四", percent=40)
        assert store.put(notice(ITEMS), generator="next").same == 3


def test_a_copy_of_an_older_file_stands_apart_from_the_daily_ones(filled: tuple[Path, object]) -> None:
    path, _ = filled
    older(path, 1)
    daily = backup.copies(path)
    open_store(path, read_only=True).close()
    assert backup.copies(path) == daily


def test_an_older_file_that_cannot_be_written_is_said_to_be_so(
    filled: tuple[Path, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    path, _ = filled
    older(path, 1)
    content = path.read_bytes()

    def refuse(*_: object) -> None:
        raise sqlite3.OperationalError("attempt to write a readonly database")

    monkeypatch.setattr(opening, "_prepare_writing", refuse)
    with pytest.raises(StoreError) as caught:
        open_store(path, read_only=True)
    assert caught.value.code == "database_older"
    assert "复制到可以写入的文件夹" in caught.value.chinese
    assert path.read_bytes() == content


def test_an_empty_file_is_made_a_database_by_a_reader(tmp_path: Path) -> None:
    path = tmp_path / "t.db"
    path.touch()
    with open_store(path, read_only=True) as store:
        assert not store.register().extractions
    assert not backup.folder_of(path).exists()
