"""What can go wrong with a file, a disk, a power plug: said clearly, before any work, and nothing is lost."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from extractor.errors import StoreError
from extractor.store import backup, open_store, opening, place, schema
from extractor.store import store as store_module
from extractor.store.place import Place, file_system, place_of, sync_service
from tests.factories import ITEMS, Tick, notice

ROOT = Path(__file__).resolve().parent.parent


def refused(code: str, path: Path, **kwargs: bool) -> StoreError:
    with pytest.raises(StoreError) as caught:
        open_store(path, **kwargs)
    assert caught.value.code == code
    assert caught.value.exit_code == 2
    assert str(path) in str(caught.value)
    return caught.value


# -- before any work ---------------------------------------------------------------------------------------------------


def test_what_is_no_task_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    text = tmp_path / "notes.txt"
    text.write_text("这不是数据库，只是一份说明文件。" * 20, encoding="utf-8")
    before = text.read_bytes()
    refused("not_a_database", text)
    refused("not_a_database", text, read_only=True)
    assert text.read_bytes() == before
    short = tmp_path / "short.db"
    short.write_bytes(b"SQLite")
    refused("not_a_database", short)
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as connection:
        connection.execute("create table mine (a)")
    before = other.read_bytes()
    refused("database_not_ours", other)
    refused("database_not_ours", other, read_only=True)
    assert other.read_bytes() == before
    refused("database_unreadable", tmp_path)
    refused("folder_missing", tmp_path / "nowhere" / "t.db")
    refused("database_missing", tmp_path / "t.db", read_only=True)
    assert not (tmp_path / "t.db").exists()


def test_an_empty_file_becomes_a_database(tmp_path: Path) -> None:
    path = tmp_path / "t.db"
    path.touch()
    with open_store(path) as store:
        store.put(notice(ITEMS))


def test_a_newer_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "t.db"
    open_store(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute(f"pragma user_version = {schema.VERSION + 1}")
    assert "升级" in refused("database_newer", path).chinese
    refused("database_newer", path, read_only=True)


def test_an_older_database_is_brought_up_to_date_and_keeps_everything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "t.db"
    with open_store(path) as store:
        store.put(notice(ITEMS))
        before = store.register()

    def add_column(db: object) -> None:
        db.execute("alter table tasks add column urgency text")  # type: ignore[attr-defined]

    monkeypatch.setattr(schema, "VERSION", schema.VERSION + 1)
    monkeypatch.setattr(schema, "_STEPS", (*schema._STEPS, ("0002_urgency", add_column)))
    with open_store(path) as store:
        assert store.register() == before
        assert "urgency" in store._database["tasks"].columns_dict
        assert store._connection.execute("pragma user_version").fetchone()[0] == schema.VERSION


def test_a_step_that_fails_leaves_the_older_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "t.db"
    open_store(path).close()
    old = schema.VERSION

    def fail(db: object) -> None:
        db.execute("create table half (a)")  # type: ignore[attr-defined]
        raise sqlite3.OperationalError("database or disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(schema, "VERSION", old + 1)
        patch.setattr(schema, "_STEPS", (*schema._STEPS, ("0002_half", fail)))
        refused("disk_full", path)
    with open_store(path) as store:
        assert "half" not in store._database.table_names()


def test_the_vocabularies_of_the_contract_are_checked(tmp_path: Path) -> None:
    with open_store(tmp_path / "t.db") as store:
        store.put(notice(ITEMS))
        for statement in (
            "update responsibilities set role = 'boss'",
            "update deadlines set kind = 'soon'",
            "update targets set op = '≈'",
            "insert into progress (entity, entity_id, status, at, by) values ('task', 'x', 'overdue', '', '')",
            "update tasks set plan_id = 'nowhere'",
            "delete from sources",
        ):
            with pytest.raises(sqlite3.IntegrityError):
                store._connection.execute(statement)
            store._connection.rollback()


# -- read-only, full, in use -------------------------------------------------------------------------------------------


def test_read_only_reads_and_refuses_to_write(tmp_path: Path) -> None:
    path = tmp_path / "t.db"
    with open_store(path) as store:
        store.put(notice(ITEMS))
    with open_store(path, read_only=True) as store:
        assert len(store.register().extractions) == 1
        assert store.search("养老")
        with pytest.raises(StoreError) as caught:
            store.put(notice(ITEMS))
        assert caught.value.code == "database_read_only"


def test_a_reader_sees_a_whole_database_while_another_writes(tmp_path: Path) -> None:
    path = tmp_path / "t.db"
    with open_store(path) as writer, open_store(path, read_only=True) as reader:
        with opening.writing(writer._database, path):
            writer._connection.execute("insert into settings values ('a', 'b')")
            assert reader.setting("a") is None
        assert reader.setting("a") == "b"


def test_a_second_writer_waits_and_then_says_who_is_in_the_way(tmp_path: Path) -> None:
    path = tmp_path / "t.db"
    with open_store(path) as first, open_store(path, wait=0.05) as second, opening.writing(first._database, path):
        with pytest.raises(StoreError) as caught:
            second.put(notice(ITEMS))
        assert caught.value.code == "database_in_use"
        assert "正在使用" in caught.value.chinese


def test_a_full_disk_is_said_and_leaves_whole_files(tmp_path: Path) -> None:
    with open_store(tmp_path / "t.db") as store:
        store.put(notice(ITEMS))
        before = store.register()
        pages = store._connection.execute("pragma page_count").fetchone()[0]
        store._connection.execute(f"pragma max_page_count = {pages}")
        with pytest.raises(StoreError) as caught:
            for k in range(200):
                store.put(notice(ITEMS, number=f"甲政发〔2026〕{k}号", path=f"{k}.txt", foot="长" * 5000))
        assert caught.value.code == "disk_full"
        store._connection.execute("pragma max_page_count = 1000000")
        assert store.intact() == []
        assert store.register().extractions[-1] == before.extractions[-1]


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="needs a folder that nobody can write into")
def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    refused("folder_not_writable", Path("/proc/t.db"))


def test_a_damaged_database_is_said(tmp_path: Path) -> None:
    path = tmp_path / "t.db"
    with open_store(path) as store:
        for k in range(20):
            store.put(notice(ITEMS, number=f"甲政发〔2026〕{k}号", path=f"{k}.txt"))
    content = bytearray(path.read_bytes())
    content[4096 * 3 :] = b"\xff" * (len(content) - 4096 * 3)
    path.write_bytes(bytes(content))
    with pytest.raises(StoreError) as caught, open_store(path) as store:
        store.put(notice(ITEMS, path="new.txt", foot="x"))
    assert caught.value.code in ("database_damaged", "not_a_database")


def test_a_broken_extraction_leaves_nothing(tmp_path: Path) -> None:
    good = notice(ITEMS)
    plan = good.plans[0]
    task = plan.tasks[0]
    broken = replace(task, targets=(replace(task.targets[0], deadline_id="d00000"),))
    with open_store(tmp_path / "t.db") as store:
        with pytest.raises(ValueError, match="d00000"):
            store.put(replace(good, plans=(replace(plan, tasks=(broken,)),)))
        assert store.register().extractions == ()
        assert not store.known(good.source.sha256)


def test_of_files_stored_together_a_broken_one_is_not_kept_and_those_before_it_are(tmp_path: Path) -> None:
    files = [notice(ITEMS, number=f"甲政发〔2026〕{k}号", path=f"{k}.txt") for k in range(4)]
    plan = files[2].plans[0]
    broken = replace(plan.tasks[0], targets=(replace(plan.tasks[0].targets[0], deadline_id="d00000"),))
    files[2] = replace(files[2], plans=(replace(plan, tasks=(broken,)),))
    with open_store(tmp_path / "t.db") as store:
        with pytest.raises(ValueError, match="d00000"):
            store.put_many(files)
        assert [e.source.path for e in store.register().extractions] == ["0.txt", "1.txt"]
        assert store.intact() == []


def test_files_stored_together_are_as_if_stored_one_by_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = [notice(ITEMS, number=f"甲政发〔2026〕{k}号", path=f"{k}.txt", foot=f"共{k}页") for k in range(5)]
    files += [files[0], notice(ITEMS[:1], number="甲政发〔2026〕1号", path="1.txt")]
    kept = []
    for name, longest in (("one.db", None), ("all.db", 60.0), ("some.db", -1.0)):
        with open_store(tmp_path / name) as store:
            if longest is None:
                reports = [store.put(file) for file in files]
            else:
                monkeypatch.setattr(store_module, "LONGEST", longest)
                reports = store.put_many(files)
            kept.append((reports, store.register(), store.search("台账"), store.units()))
        with open_store(tmp_path / name, read_only=True) as store:
            kept[-1] += (store.search("台账"),)
    assert kept[0] == kept[1] == kept[2]
    assert kept[0][0][-1].vanished > 0


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
@pytest.mark.parametrize(("action", "said"), [(["kill"], "survived 50"), (["together"], "both finished")])
def test_killed_writers_and_writers_at_once(tmp_path: Path, action: list[str], said: str) -> None:
    command = [
        sys.executable,
        "-m",
        "tests.store_faults",
        *action,
        str(tmp_path),
        *(["50"] if action == ["kill"] else []),
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert said in done.stdout, done.stdout + done.stderr


# -- shares and synchronised folders -----------------------------------------------------------------------------------

MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
//server/public /mnt/public\\040disk cifs rw 0 0
nas:/data /data nfs4 rw 0 0
me@host:/x /home/me/remote fuse.sshfs rw 0 0
/dev/sdb1 /data/local ext4 rw 0 0
"""


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/me/t.db", "ext4"),
        ("/mnt/public disk/任务/t.db", "cifs"),
        ("/data/t.db", "nfs4"),
        ("/data/local/t.db", "ext4"),
        ("/home/me/remote/t.db", "fuse.sshfs"),
        ("/database/t.db", "ext4"),
    ],
)
def test_file_systems_are_told_by_their_mounts(path: str, kind: str) -> None:
    assert file_system(Path(path), MOUNTS) == kind


@pytest.mark.parametrize(
    ("path", "service"),
    [
        ("/home/me/OneDrive/任务/t.db", "微软 OneDrive"),
        ("/home/me/OneDrive - 某县政府/t.db", "微软 OneDrive"),
        ("/home/me/我的坚果云/t.db", "坚果云"),
        ("/home/me/BaiduSyncdisk/t.db", "百度网盘同步空间"),
        ("/home/me/任务/t.db", None),
        ("/home/me/OneDrive", None),
    ],
)
def test_synchronised_folders_are_told_by_their_names(path: str, service: str | None) -> None:
    assert sync_service(Path(path)) == service


def test_a_disk_of_this_machine_is_local(tmp_path: Path) -> None:
    assert place_of(tmp_path / "t.db") == Place("local")


def test_on_a_share_one_process_has_the_database_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(place, "_on_network", lambda path: True)
    path = tmp_path / "t.db"
    with open_store(path) as store:
        assert store.place.kind == "network"
        assert store._connection.execute("pragma journal_mode").fetchone()[0] == "delete"
        store.put(notice(ITEMS))
        with pytest.raises(StoreError) as caught:
            open_store(path, wait=0.05)
        assert caught.value.code == "database_in_use"
        assert "@" in caught.value.chinese.split("正在使用")[0]
    assert not opening.note_path(path).exists()
    with open_store(path) as store:
        assert len(store.register().extractions) == 1


def test_in_a_synchronised_folder_the_note_of_another_machine_is_respected_while_fresh(tmp_path: Path) -> None:
    folder = tmp_path / "OneDrive"
    folder.mkdir()
    path = folder / "t.db"
    with open_store(path) as store:
        assert store.place == Place("sync", "微软 OneDrive")
    note = opening.note_path(path)
    note.write_text(json.dumps({"who": "王科长@乙机", "machine": "另一台机器", "process": 1}), encoding="utf-8")
    assert "王科长" in refused("database_in_use", path).chinese
    old = note.stat().st_mtime - opening.NOTE_LIVES - 1
    os.utime(note, (old, old))
    open_store(path).close()


def test_a_database_moved_to_a_share_and_back_keeps_everything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "t.db"
    with open_store(path) as store:
        store.put(notice(ITEMS))
        before = store.register()
    with monkeypatch.context() as patch:
        patch.setattr(place, "_on_network", lambda path: True)
        with open_store(path) as store:
            assert store.register() == before
    with open_store(path) as store:
        assert store._connection.execute("pragma journal_mode").fetchone()[0] == "wal"
        assert store.register() == before


# -- copies ------------------------------------------------------------------------------------------------------------


def test_a_copy_is_whole_and_overwrites_nothing(tmp_path: Path) -> None:
    with open_store(tmp_path / "t.db") as store:
        store.put(notice(ITEMS))
        store.backup(tmp_path / "copy.db")
        with pytest.raises(StoreError) as caught:
            store.backup(tmp_path / "copy.db")
        assert caught.value.code == "backup_exists"
        with pytest.raises(StoreError) as caught:
            store.backup(tmp_path / "nowhere" / "copy.db")
        assert caught.value.code == "folder_missing"
        with open_store(tmp_path / "copy.db", read_only=True) as copy:
            assert copy.register() == store.register()
    assert sorted(p.name for p in tmp_path.iterdir() if "part" in p.name) == []


def test_fourteen_daily_copies_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "任务.db"
    day = datetime(2026, 3, 1, 9, tzinfo=timezone.utc)
    for k in range(20):
        with open_store(path, clock=Tick(day + timedelta(days=k))) as store:
            store.put(notice(ITEMS, number=f"甲政发〔2026〕{k}号", path=f"{k}.txt"))
            store.set_setting("a", "b")
    kept = [copy.name for copy in backup.copies(path)]
    assert kept == [f"任务-2026-03-{day:02}.db" for day in range(7, 21)]
    with open_store(backup.copies(path)[0], read_only=True) as copy:
        assert len(copy.register().extractions) == 6  # as it was that morning
