"""The commands of daily work, from the notice to the ledger and back."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from extractor.cli import main
from extractor.model import PlanLink
from extractor.store import open_store
from extractor.store.decisions import FIELD_NAMES, FIELDS
from tests.amending_texts import NOTICE, NUMBER, PLAN, PUT_OFF
from tests.exports_samples import sample_register
from tests.factories import Item, notice
from tests.ledgers import made

Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Call:
    def run(*arguments: object) -> tuple[int, str, str]:
        try:
            code = main([str(a) for a in arguments])
        except SystemExit as end:
            code = int(str(end.code or 0))
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "t.db"
    with open_store(path) as store:
        for extraction in sample_register().extractions:
            store.put(extraction)
    return path


def test_append_says_what_each_column_is_and_doubles_nothing(call: Call, database: Path, tmp_path: Path) -> None:
    ledger = made(tmp_path, "supervision")
    code, out, err = call("append", ledger, "--db", database)
    assert (code, err) == (0, "")
    assert "任务要求\t工作任务" in out
    assert "续登 3 项，台账中已有 0 项" in out
    assert "续登 0 项，台账中已有 3 项" in call("append", ledger, "--db", database)[1]


def test_append_remembers_what_a_person_said_of_a_column(call: Call, database: Path, tmp_path: Path) -> None:
    ledger = made(tmp_path, "no_numbers")
    assert "没有认出的列（保持空白）：难易度" in call("append", ledger, "--db", database)[1]
    assert "难易度\t频次" in call("append", ledger, "--column", "难易度=频次", "--db", database)[1]
    assert "难易度\t频次" in call("append", ledger, "--db", database)[1]


def test_a_row_that_a_person_took_out_of_the_ledger_does_not_come_back(
    call: Call, database: Path, tmp_path: Path
) -> None:
    ledger = made(tmp_path, "plain")
    call("append", ledger, "--db", database)
    book = openpyxl.load_workbook(ledger)
    book.active.delete_rows(7)
    book.save(ledger)
    assert "续登 0 项" in call("append", ledger, "--db", database)[1]


def test_append_makes_a_ledger_from_a_template(call: Call, database: Path, tmp_path: Path) -> None:
    template, ledger = made(tmp_path, "empty_template"), tmp_path / "新台账.xlsx"
    before = template.read_bytes()
    code, out, _ = call("append", ledger, "--template", template, "--db", database)
    assert code == 0
    assert "续登 3 项" in out
    assert ledger.exists()
    assert template.read_bytes() == before


@pytest.mark.parametrize("wrong", [["没有.xlsx"], ["plain.xlsx", "--column", "难易度"]])
def test_append_refuses_what_it_cannot_do(
    call: Call, database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wrong: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    made(tmp_path, "plain")
    code, _, err = call("append", *wrong, "--db", database)
    assert code == 2
    assert len(err.strip().splitlines()) == 1


def test_a_filled_register_is_read_back(call: Call, database: Path, tmp_path: Path) -> None:
    path = tmp_path / "register.xlsx"
    call("export", "--db", database, "--format", "xlsx", "-o", path)
    book = openpyxl.load_workbook(path)
    sheet = book["数据版"]
    column = next(cell.column for cell in sheet[1] if cell.value == "状态")
    sheet.cell(3, column).value = "已销号"
    book.save(path)
    dry = call("import-register", path, "--by", "李某", "--dry-run", "--db", database)
    assert "状态：未启动 → 已销号" in dry[1]
    assert "将写入" in dry[1]
    assert "状态：未启动 → 已销号" in call("import-register", path, "--by", "李某", "--db", database)[1]
    assert "台账没有改动" in call("import-register", path, "--by", "李某", "--db", database)[1]


def test_due_prints_text_to_paste_and_writes_a_sheet(call: Call, database: Path, tmp_path: Path) -> None:
    paper = tmp_path / "提醒.docx"
    code, out, _ = call("due", "--days", "7", "--today", "2025-12-25", "-o", paper, "--db", database)
    assert code == 0
    assert "各村：贵单位有以下2项工作" in out
    assert paper.exists()
    assert "没有到期事项" in call("due", "--today", "2025-09-01", "--db", database)[1]


@pytest.mark.parametrize("suffix", ["docx", "xlsx"])
def test_report_by_unit(call: Call, database: Path, tmp_path: Path, suffix: str) -> None:
    paper = tmp_path / f"报表.{suffix}"
    code, out, _ = call("report", "--period", "2025Q3", "--today", "2025-10-08", "-o", paper, "--db", database)
    assert code == 0
    assert "2025年第三季度工作进展" in out
    assert "合计\t3\t0\t0\t3" in out
    assert paper.exists()


def test_report_refuses_other_formats(call: Call, database: Path, tmp_path: Path) -> None:
    code, _, err = call("report", "--period", "2025", "-o", tmp_path / "x.pdf", "--db", database)
    assert code == 2
    assert "只能写成" in err


def test_our_own_unit_and_what_concerns_it(call: Call, database: Path) -> None:
    assert "还没有设置" in call("our-unit", "--db", database)[1]
    assert call("our-unit", "--name", "派出所", "--level", "部门", "--db", database)[0] == 0
    assert "落实巡查制度" in call("our-unit", "--db", database)[1]


def test_a_repealing_notice_is_listed_and_confirmed(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "t.db"
    with open_store(path) as store:
        store.put(
            notice(
                [Item("停止执行", ["停止执行。"])],
                title="关于废止有关文件的通知",
                number="甲政发〔2026〕20号",
                issuer="甲镇人民政府",
                path="z.txt",
                links=[PlanLink("repeals", "甲政发〔2026〕5号", None)],
            )
        )
    assert "没有延期" in call("links", "--db", path)[1]
    with open_store(path) as store:
        store.put(notice([Item("清理沟渠", ["清理沟渠。"])], number="甲政发〔2026〕5号", issuer="甲镇人民政府"))
    listed = call("links", "--db", path)[1].splitlines()[1].split("\t")
    assert listed[1:] == ["甲政发〔2026〕20号", "废止", "甲政发〔2026〕5号", "待确认"]
    assert call("links", "--confirm", listed[0], "--db", path)[0] == 2, "somebody must say so"
    code, out, _ = call("links", "--confirm", listed[0], "--by", "何某", "--db", path)
    assert (code, "undo" in out) == (0, True)
    assert "已确认" in call("links", "--db", path)[1]
    with open_store(path) as store:
        assert "cancelled" in {office.status for office in store.office().values()}
    call("links", "--refuse", listed[0], "--by", "何某", "--db", path)
    assert "不成立" in call("links", "--db", path)[1]


def test_an_extending_notice_is_listed_with_its_changes_and_confirmed(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "t.db"
    (tmp_path / "a.txt").write_text(PLAN, encoding="utf-8")
    (tmp_path / "b.txt").write_text(NOTICE.format(body=PUT_OFF, number=NUMBER), encoding="utf-8")
    code, out, _ = call("run", tmp_path / "a.txt", tmp_path / "b.txt", "--db", path, "--out", tmp_path / "o")
    assert (code, "有 1 处延期、修改或废止待确认" in out) == (0, True)
    out = call("links", "--db", path)[1]
    link = out.splitlines()[1].split("\t")[0]
    change = out.splitlines()[-1].split("\t")
    assert change[:2] == ["1", "清理河道垃圾"]
    assert change[2:5] == ["截止日期：2024-06-30 → 截止日期：2024-09-30", "按任务名称", "待确认"]
    assert change[5:] == ["原文：2024年6月底前", f"新文：{PUT_OFF}"]
    assert call("links", "--only", "1", "--by", "何某", "--db", path)[0] == 2
    code, _, err = call("links", "--confirm", link, "--only", "7", "--by", "何某", "--db", path)
    assert (code, "没有这个序号" in err) == (2, True)
    code, out, _ = call("links", "--confirm", link, "--only", "1", "--by", "何某", "--db", path)
    assert (code, "已采用 1 处改动" in out) == (0, True)
    assert "已确认" in call("links", "--db", path)[1].splitlines()[-1]
    with open_store(path) as store:
        name = next(t.id for _, p in store.register().plans() for t in p.tasks if t.title == "清理河道垃圾")
    out = call("history", name, "--db", path)[1]
    assert f"依据通知改动\t\t截止日期：2024-06-30 → 截止日期：2024-09-30\t青政办发〔2024〕20号：{PUT_OFF}" in out


def test_what_concerns_us_has_a_sheet_of_its_own(call: Call, database: Path, tmp_path: Path) -> None:
    target = tmp_path / "r.xlsx"
    call("export", "--format", "xlsx", "-o", target, "--db", database)
    assert "涉及我单位" not in openpyxl.load_workbook(target).sheetnames
    call("our-unit", "--name", "东村", "--level", "村", "--alias", "各村", "--db", database)
    call("export", "--format", "xlsx", "-o", target, "--db", database)
    [header, *lines] = openpyxl.load_workbook(target)["涉及我单位"].iter_rows(values_only=True)
    assert header[:3] == ("序号", "工作任务", "涉及缘由")
    assert [line[1:3] for line in lines] == [
        ("落实巡查制度", "点名：各村"),
        ("按时报送情况", "点名：各村"),
    ]


def test_an_unknown_field_is_answered_with_the_names_of_the_known_ones(call: Call, database: Path) -> None:
    code, _, err = call("edit", "t1", "--set", "截至=2026-01-31", "--by", "何某", "--db", database)
    assert code == 2
    assert "完成时限（due_on）" in err and "工作任务（title）" in err
    code, _, err = call("edit", "t1", "--set", "完成时限=年底", "--by", "何某", "--db", database)
    assert (code, "完成时限不能写成这样" in err) == (2, True)


@pytest.mark.parametrize(
    ("words", "chinese"),
    [
        (["edit", "t1", "--set", "完成时限=2026-11-31", "--by", "何某"], "没有这一天"),
        (["edit", "t1", "--set", "工作任务=", "--by", "何某"], "（空）：工作任务不能写成这样"),
        (["status", "t1", "--percent", "一半", "--by", "何某"], "完成比例要写数字"),
        (["status", "t1", "--status", "完成了", "--by", "何某"], "可以写：'未启动'"),
        (["undo", "一", "--by", "何某"], "要写一个正整数"),
        (["due", "--today", "2026-02-30"], "没有这一天"),
        (["report", "--period", "三季度"], "2026年第三季度"),
        (["statuss"], "可用的命令见 extractor --help"),
    ],
    ids=lambda value: value if isinstance(value, str) else " ".join(value),
)
def test_a_wrong_word_is_answered_in_chinese_with_what_is_right(
    call: Call, database: Path, words: list[str], chinese: str
) -> None:
    code, _, err = call(*words, *(["--db", database] if len(words) > 1 else []))
    assert (code, chinese in err) == (2, True)
    assert not any(sign in err.split(" / ")[0] for sign in ("invalid", "value:", "_share", "task."))


def test_a_share_and_a_day_may_be_written_as_staff_do(call: Call, database: Path) -> None:
    assert call("status", "t1", "--percent", "50％", "--by", "何某", "--db", database)[0] == 0
    assert call("assign", "t1", "--inner-due", "2026年6月3日", "--by", "何某", "--db", database)[0] == 0
    with open_store(database) as store:
        assert (store.office()["t1"].percent, store.office()["t1"].inner_due) == (50, "2026-06-03")


def test_a_ledger_that_is_no_xlsx_is_refused_with_what_to_do(call: Call, database: Path, tmp_path: Path) -> None:
    for name in ("台账.csv", "台账.et", "台账.xls"):
        (tmp_path / name).write_bytes(b"x")
        code, _, err = call("import-register", tmp_path / name, "--by", "何某", "--db", database)
        assert (code, "另存为 .xlsx" in err) == (2, True)


def test_fields_and_values_may_be_written_in_chinese(call: Call, database: Path) -> None:
    assert (
        call("edit", "t1", "--set", "完成时间=2026年1月31日", "--set", "标题=巡查", "--by", "何某", "--db", database)[0]
        == 0
    )
    with open_store(database) as store:
        task = next(t for _, plan in store.register(decided=True).plans() for t in plan.tasks if t.id == "t1")
        assert (task.title, task.due_on) == ("巡查", "2026-01-31")
        unit = task.responsibilities[0]
    assert call("edit", unit.id, "--set", "角色=配合单位", "--by", "何某", "--db", database)[0] == 0
    with open_store(database) as store:
        task = next(t for _, plan in store.register(decided=True).plans() for t in plan.tasks if t.id == "t1")
        assert task.responsibilities[0].role == "support"


def test_every_field_that_can_be_set_has_a_chinese_name() -> None:
    settable = {name for of_entity in FIELDS.values() for name in of_entity}
    assert settable == set(FIELD_NAMES)
    assert len(set(FIELD_NAMES.values())) == len(FIELD_NAMES)


def test_a_goal_has_a_history_too(call: Call, tmp_path: Path) -> None:
    path = tmp_path / "t.db"
    (tmp_path / "a.txt").write_text(PLAN, encoding="utf-8")
    call("run", tmp_path / "a.txt", "--db", path, "--out", tmp_path / "o")
    with open_store(path) as store:
        [goal] = [goal for _, plan in store.register().plans() for goal in plan.goals]
    call("status", goal.id, "--status", "推进中", "--by", "何某", "--db", path)
    out = call("history", goal.id, "--db", path)[1]
    assert f"目标\t{goal.evidence.quote}" in out and goal.targets[0].id in out
    assert "状态：推进中" in out and "已剔除" not in out


def test_history_says_where_a_merged_task_went(call: Call, database: Path) -> None:
    with open_store(database) as store:
        plan = next(plan for _, plan in store.register().plans() if len(plan.tasks) > 1)
    keep, gone = plan.tasks[0], plan.tasks[1]
    assert call("merge", keep.id, gone.id, "--by", "何某", "--db", database)[0] == 0
    out = call("history", gone.id, "--db", database)[1]
    assert f"现在采用\t已并入 {keep.title}（{keep.id}）" in out
    assert "并入其他任务" in out
    assert f"并入了\t\t（无） → {gone.title}（{gone.id}）" in call("history", keep.id, "--db", database)[1]


def test_a_share_and_an_inner_date_can_be_taken_back(call: Call, database: Path) -> None:
    call("status", "t1", "--percent", "40", "--by", "何某", "--db", database)
    call("assign", "t1", "--inner-due", "2026-01-10", "--person", "赵某", "--by", "何某", "--db", database)
    call("status", "t1", "--percent", "", "--by", "何某", "--db", database)
    call("assign", "t1", "--inner-due", "", "--by", "何某", "--db", database)
    with open_store(database) as store:
        office = store.office()["t1"]
    assert (office.percent, office.inner_due, office.person) == (None, None, "赵某")
    out = call("history", "t1", "--db", database)[1]
    assert "完成比例：（清除）" in out and "内部时限：（清除）" in out
    assert call("assign", "t1", "--inner-due", "月底", "--by", "何某", "--db", database)[0] == 2


def test_tasks_added_by_hand_are_new_in_the_period(call: Call, database: Path) -> None:
    year = date.today().year
    before = call("report", "--period", str(year), "--db", database)[1].splitlines()[2].split("\t")
    call("add", "筹备现场会", "--unit", "党政办", "--by", "何某", "--db", database)
    after = call("report", "--period", str(year), "--db", database)[1].splitlines()[2].split("\t")
    assert [int(after[k]) - int(before[k]) for k in (1, 8)] == [1, 1]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_a_notice_from_standard_input(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, encoding: str
) -> None:
    data = PLAN.replace("\n", "\r\n").encode(encoding)
    database = tmp_path / "t.db"
    for name in ((), ("--name", "河道整治.txt")):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data), encoding="ascii"))
        code, _, err = call("run", "-", *name, "--db", database, "--out", tmp_path / "o")
        assert (code, err) == (0, "")
    with open_store(database) as store:
        [(source, plan)] = store.register().plans()
        assert store.known(hashlib.sha256(data).hexdigest())
    assert source.path == "标准输入.txt"
    assert (plan.number, len(plan.tasks)) == ("青政办发〔2024〕8号", 4)
    for name in ("../x.txt", "a:b", "", " ", ".."):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(data)))
        assert call("run", "-", "--name", name, "--db", database, "--out", tmp_path / "o")[0] == 2
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"")))
    assert call("run", "-", "--name", "空.txt", "--db", database, "--out", tmp_path / "o")[0] == 1


def test_a_unit_is_shown_and_split(call: Call, database: Path) -> None:
    units = {line.split("\t")[2]: line.split("\t")[0] for line in call("units", "--db", database)[1].splitlines()[1:]}
    name, unit = next(iter(units.items()))
    shown = call("units", "--show", unit, "--db", database)[1].splitlines()[1].split("\t")
    assert shown[2] == name
    assert call("units", "--split", unit, "新办", "--task", shown[0], "--db", database)[0] == 2, "somebody must say so"
    assert call("units", "--task", shown[0], "--by", "何某", "--db", database)[0] == 2
    code, out, _ = call("units", "--split", unit, "新办", "--task", shown[0], "--by", "何某", "--db", database)
    assert (code, "undo" in out) == (0, True)
    assert "\t新办\t" in call("units", "--db", database)[1]
    code, _, err = call("units", "--split", unit, "新办", "--form", "没有的", "--by", "何某", "--db", database)
    assert (code, "没有的" in err) == (2, True)


def test_history_says_what_became_of_a_task(call: Call, database: Path) -> None:
    call("reject", "t2", "--by", "何某", "--note", "不是任务", "--db", database)
    out = call("history", "t2", "--db", database)[1]
    assert "现在采用\t已剔除" in out
    assert "举措\tm3\t各村每月28日前" in out, "the ids that split and edit take"
    assert "T" not in out.splitlines()[-1].split("\t")[0], "the moment as a clock shows it"


def test_fields_have_chinese_names_when_corrected_and_in_the_history(call: Call, database: Path) -> None:
    assert call("edit", "t1", "--set", "完成时限=2026-01-31", "--by", "何某", "--db", database)[0] == 0
    call("status", "t1", "--status", "推进中", "--percent", "40", "--by", "何某", "--db", database)
    out = call("history", "t1", "--db", database)[1]
    assert "完成时限\t2025-12-31 → 2026-01-31" in out
    assert "状态：推进中；完成比例：40%" in out
    assert not {"due_on", "in_progress", "percent", "null"} & set(out.replace("：", " ").split())
