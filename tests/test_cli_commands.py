"""The command line on real files: what it prints, what it writes, and with which exit code it ends."""

from __future__ import annotations

import csv
import json
import re
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jsonschema
import openpyxl
import pytest

from extractor import __version__, cli
from extractor.cli import main
from extractor.exports.json_export import schema_text

NOTICE = """青溪县人民政府办公室关于印发青溪县秋季森林防火工作方案的通知
青政办发〔2025〕12号
各乡镇人民政府，县直有关单位：
《青溪县秋季森林防火工作方案》已经县政府同意，现印发给你们，请认真贯彻执行。
青溪县人民政府办公室
2025年9月3日

青溪县秋季森林防火工作方案
一、工作目标
到2025年底，森林火灾受害率控制在0.3‰以内，火源管控覆盖率达到100%。
二、主要任务
（一）压实防火责任。各乡镇要在2025年10月底前组建不少于20人的巡护队伍。（牵头单位：县林业局；责任单位：各乡镇人民政府）
（二）加强应急值守。县应急局要严格落实24小时值班制度，发现火情30分钟内上报。（责任单位：县应急局）
（三）严格信息报送。各乡镇每月25日前将巡查情况报送县林业局，联系人：王某，电话：13900001234。
（四）强化督查问效。县政府督查室要加强督导检查，及时通报情况。
"""


@dataclass(frozen=True)
class Done:
    code: int
    out: str
    err: str


Call = Callable[..., Done]


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Call:
    def run(*arguments: object) -> Done:
        try:
            code = main([str(a) for a in arguments])
        except SystemExit as end:
            code = int(str(end.code or 0))
        said = capsys.readouterr()
        return Done(code, said.out, said.err)

    return run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    notices = tmp_path / "通知"
    notices.mkdir()
    (notices / "防火.txt").write_text(NOTICE, encoding="utf-8")
    (notices / "README.md").write_text("说明", encoding="utf-8")
    return notices


@pytest.fixture
def stored(call: Call, folder: Path, tmp_path: Path) -> Path:
    assert call("run", folder, "--db", tmp_path / "t.db", "--out", tmp_path / "out").code == 0
    return tmp_path / "t.db"


def export(call: Call, db: Path, *more: object) -> dict[str, Any]:
    path = db.parent / "export.json"
    assert call("export", "--db", db, "--format", "json", "-o", path, *more).code == 0
    return json.loads(path.read_text("utf-8"))


def first_task(call: Call, db: Path) -> dict[str, Any]:
    return next(t for p in export(call, db)["plans"] for t in p["tasks"] if "防火责任" in t["title"])


# -- run ---------------------------------------------------------------------------------------------------------------


def test_run_writes_the_three_files_and_says_where(call: Call, folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = call("run", folder, "--db", tmp_path / "t.db", "--out", out)
    assert done.code == 0
    assert done.err == ""
    assert {p.name for p in out.iterdir()} == {"register.xlsx", "tasks.csv", "tasks.json"}
    for said in (
        str(out / "register.xlsx"),
        str(tmp_path / "t.db"),
        "通知/README.md",
        "台账中：任务\t4",
        "本次读取\t1",
    ):
        assert said in done.out
    assert (out / "tasks.csv").read_bytes().startswith("\ufeff序号,类型".encode())
    with (out / "tasks.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert any(r["完成时限"] == "2025-10-31" and "县林业局" in r["牵头单位"] for r in rows)
    assert any(r["频次"] == "每月25日前" for r in rows)
    jsonschema.validate(json.loads((out / "tasks.json").read_text("utf-8")), json.loads(schema_text()))
    assert "打印版" in openpyxl.load_workbook(out / "register.xlsx").sheetnames


def test_running_again_skips_what_is_known_and_writes_the_same(call: Call, folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    call("run", folder, "--db", tmp_path / "t.db", "--out", out)
    before = {name: (out / name).read_bytes() for name in ("tasks.csv", "tasks.json")}
    done = call("run", folder, "--db", tmp_path / "t.db", "--out", out)
    assert "以前读过、没有变化\t1" in done.out
    assert {name: (out / name).read_bytes() for name in before} == before


def test_same_files_same_bytes_whatever_the_workers_and_the_order(call: Call, tmp_path: Path) -> None:
    notices = tmp_path / "通知"
    notices.mkdir()
    names = [f"{n:02}.txt" for n in range(14)]
    for n, name in enumerate(names):
        text = NOTICE.replace("12号", f"{20 + n % 9}号").replace("20人", f"{20 + n}人")
        (notices / name).write_text(text, encoding="utf-8")
    written = []
    for workers, order in ((1, names), (3, names[::-1])):
        out = tmp_path / f"out{workers}"
        paths = [notices / name for name in order]
        assert call("run", *paths, "--workers", workers, "--db", out / "t.db", "--out", out).code == 0
        written.append({name: (out / name).read_bytes() for name in ("tasks.json", "tasks.csv")})
    assert written[0] == written[1]


def test_a_ledger_that_a_person_filled_in_is_left_alone(call: Call, folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    call("run", folder, "--db", tmp_path / "t.db", "--out", out)
    book = openpyxl.load_workbook(out / "register.xlsx")
    book["数据版"]["AC2"] = "已与林业局对接"
    book.save(out / "register.xlsx")
    filled = (out / "register.xlsx").read_bytes()
    done = call("run", folder, "--db", tmp_path / "t.db", "--out", out)
    assert (out / "register.xlsx").read_bytes() == filled
    assert "register-2.xlsx" in done.out
    assert "没有覆盖" in done.out


def test_an_unreadable_file_is_one_line_and_exit_code_one(call: Call, folder: Path, tmp_path: Path) -> None:
    (folder / "空.txt").write_bytes(b"")
    (folder / "坏.docx").write_bytes(b"PK\x03\x04broken")
    done = call("run", folder, "--db", tmp_path / "t.db", "--out", tmp_path / "out")
    assert done.code == 1
    lines = done.err.strip().splitlines()
    assert len(lines) == 2
    assert all(" / " in line and "：" in line for line in lines)
    assert "本次读取\t1" in done.out
    with sqlite3.connect(tmp_path / "t.db") as database:
        assert database.execute("select count(*) from sources where state = 'failed'").fetchone() == (2,)


@pytest.mark.parametrize(
    "wrong",
    [
        ["run", "没有这个文件.txt"],
        ["run"],
        ["run", ".", "--reference-date", "明天"],
        ["run", ".", "--region", "月球"],
        ["run", ".", "--workers", "0"],
        ["export", "--db", "没有.db", "--format", "json", "-o", "x.json"],
        ["export", "--format", "pdf", "-o", "x"],
        ["evaluate", "没有.gold.json"],
        ["clean", "没有.txt"],
        ["nonsense"],
        [],
    ],
    ids=lambda a: " ".join(a) or "nothing",
)
def test_wrong_calls_end_with_two_and_a_clear_word(
    call, wrong: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = call(*wrong)
    assert done.code == 2
    assert len(done.err.strip().splitlines()) <= 1
    assert list(tmp_path.iterdir()) == []


def test_a_database_that_is_not_ours_is_refused(call: Call, folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as database:
        database.execute("create table guests (name text)")
    done = call("run", folder, "--db", other, "--out", tmp_path / "out")
    assert done.code == 2
    assert len(done.err.strip().splitlines()) == 1


def test_an_output_folder_that_is_a_file_is_refused_before_any_work(call: Call, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("x")
    done = call("run", folder, "--db", tmp_path / "t.db", "--out", tmp_path / "out")
    assert done.code == 2
    assert not (tmp_path / "t.db").exists()


# -- export, schema, clean, evaluate -----------------------------------------------------------------------------------


@pytest.mark.parametrize("format_", ["json", "csv", "xlsx", "docx"])
def test_every_format_is_written(call: Call, stored: Path, format_: str) -> None:
    path = stored.parent / f"out.{format_}"
    done = call("export", "--db", stored, "--format", format_, "-o", path)
    assert (done.code, done.out.strip()) == (0, str(path))
    assert path.stat().st_size > 500


def test_every_quote_of_an_export_is_what_its_spans_give(call: Call, stored: Path) -> None:
    data = export(call, stored, "--with-text")
    [source] = data["sources"]
    task = next(t for p in data["plans"] for t in p["tasks"] if t["deadlines"])
    for value in task["deadlines"] + task["responsibilities"]:
        assert "\n".join(source["text"][a:b] for a, b in value["spans"]) == value["quote"]


def test_public_exports_show_no_telephone(call: Call, stored: Path) -> None:
    assert "13900001234" in json.dumps(export(call, stored, "--with-text"), ensure_ascii=False)
    assert "13900001234" not in json.dumps(export(call, stored, "--with-text", "--public"), ensure_ascii=False)


def test_schema_is_printed(call: Call) -> None:
    assert json.loads(call("schema").out)["title"] == "policy-tasks/1"


def test_clean_prints_simplified_text_or_keeps_the_script(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "公文.txt"
    path.write_text("各鄉鎮要落實責任。\n", encoding="utf-8")
    assert call("clean", path).out.strip() == "各乡镇要落实责任。"
    assert call("clean", path, "--script", "keep").out.strip() == "各鄉鎮要落實責任。"


def test_evaluate_gives_the_figures(call: Call, stored: Path, tmp_path: Path) -> None:
    data = export(call, stored, "--with-text")
    gold = {"source": "防火.txt", "plans": data["plans"]}
    (tmp_path / "防火.gold.json").write_text(json.dumps(gold, ensure_ascii=False), encoding="utf-8")
    done = call("evaluate", tmp_path / "防火.gold.json", "--sources", tmp_path / "通知", "--json")
    assert done.code == 0
    assert json.loads(done.out)["exact"]["task"]["f1"] == 1.0


# -- what people say ---------------------------------------------------------------------------------------------------


def test_a_correction_stands_after_the_next_run(call: Call, stored: Path, folder: Path, tmp_path: Path) -> None:
    task = first_task(call, stored)
    assert task["due_on"] == "2025-10-31"
    done = call("edit", task["id"], "--set", "due_on=2025-10-20", "--by", "李某", "--db", stored)
    assert done.code == 0, done.err
    assert "undo" in done.out
    call("run", folder, "--again", "--db", stored, "--out", tmp_path / "out")
    assert first_task(call, stored)["due_on"] == "2025-10-20"
    history = call("history", task["id"], "--db", stored).out
    assert "2025-10-31" in history
    assert "2025-10-20" in history
    assert "李某" in history


def test_accept_reject_and_undo(call: Call, stored: Path) -> None:
    task = first_task(call, stored)
    assert call("accept", task["id"], "--by", "李某", "--db", stored).code == 0
    done = call("reject", task["id"], "--by", "李某", "--db", stored)
    assert task["id"] not in json.dumps(export(call, stored))
    number = "".join(c for c in done.out if c.isdigit())
    assert call("undo", number, "--by", "李某", "--db", stored).code == 0
    assert task["id"] in json.dumps(export(call, stored))


def test_status_and_assignment_stand_in_the_ledger(call: Call, stored: Path) -> None:
    task = first_task(call, stored)
    by = ("--by", "李某", "--db", stored)
    assert (
        call("status", task["id"], "--status", "推进中", "--progress", "已组建两支", "--percent", "40", *by).code == 0
    )
    assert call("assign", task["id"], "--person", "赵某", "--inner-due", "2025-10-15", *by).code == 0
    path = stored.parent / "r.csv"
    call("export", "--db", stored, "--format", "csv", "-o", path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        row = next(r for r in csv.DictReader(file) if r["来源编号"] == task["id"])
    assert (row["状态"], row["进展"], row["责任人"]) == ("推进中", "已组建两支", "赵某")
    assert (row["内部时限"], row["完成比例"]) == ("2025-10-15", "0.4")


def test_a_task_added_by_hand_stands_in_the_register(call: Call, stored: Path) -> None:
    done = call(
        "add",
        "筹备现场会",
        "--unit",
        "县林业局",
        "--due",
        "2025-11-05",
        "--source",
        "县长办公会",
        "--by",
        "李某",
        "--db",
        stored,
    )
    assert done.code == 0, done.err
    titles = [t["title"] for p in export(call, stored)["plans"] for t in p["tasks"]]
    assert "筹备现场会" in titles


@pytest.mark.parametrize(
    "words", [["edit", "没有的编号", "--set", "due_on=2025-01-01"], ["edit", "x", "--set", "due_on"], ["accept", "x"]]
)
def test_an_unknown_task_is_a_clear_error(call: Call, stored: Path, words: list[str]) -> None:
    done = call(*words, "--by", "李某", "--db", stored)
    assert done.code == 2
    assert len(done.err.strip().splitlines()) == 1


# -- looking -----------------------------------------------------------------------------------------------------------


def test_search_finds_two_character_words_in_their_sentence(call: Call, stored: Path) -> None:
    done = call("search", "巡护", "--db", stored)
    assert "【巡护】" in done.out
    assert "没有找到" in call("search", "养老", "--db", stored).out


def test_units_are_listed(call: Call, stored: Path) -> None:
    assert "林业局" in call("units", "--db", stored).out


def test_backup_is_a_whole_database(call: Call, stored: Path, tmp_path: Path) -> None:
    assert call("backup", tmp_path / "copy.db", "--db", stored).code == 0
    assert export(call, tmp_path / "copy.db") == export(call, stored)


def test_doctor_speaks_chinese(call: Call) -> None:
    assert "扫描" in call("doctor").out


# -- the program itself ------------------------------------------------------------------------------------------------


def test_version_and_help() -> None:
    for words, there in ((["--version"], __version__), (["--help"], "读取通知"), (["run", "--help"], "输出文件夹")):
        done = subprocess.run(
            [sys.executable, "-m", "extractor", *words], capture_output=True, encoding="utf-8", check=True
        )
        assert there in done.stdout


def test_every_command_says_in_chinese_and_english_what_it_does() -> None:
    [commands] = [action for action in cli.parser()._actions if isinstance(action.choices, dict)]
    assert len(commands.choices) > 10
    for name, parser in commands.choices.items():
        chinese, _, english = str(parser.description).partition(" / ")
        assert any("一" <= c <= "鿿" for c in chinese), name
        assert english.isascii(), name
        assert english, name


def test_every_command_stands_in_the_readme() -> None:
    [commands] = [action for action in cli.parser()._actions if isinstance(action.choices, dict)]
    readme = (Path(__file__).resolve().parent.parent / "README.md").read_text("utf-8")
    named = set(re.findall(r"`(?:extractor )?([a-z-]+)[ `]", readme))
    assert set(commands.choices) <= named
