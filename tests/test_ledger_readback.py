"""A register that goes out, is filled in, and comes back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from extractor import lexicon, pipeline
from extractor.commands.giving import office_columns
from extractor.exports.rows import Row, rows
from extractor.exports.workbook import write_workbook
from extractor.ledger.append import append
from extractor.ledger.readback import Readback, read, words
from extractor.ledger.take_over import take_over
from extractor.model import Document
from extractor.normalise import simplified
from extractor.store import Store, open_store
from tests.exports_samples import sample_register
from tests.ledgers import LEDGERS, made

WORDS = lexicon.load()
TODAY = date(2025, 9, 10)
Fill = Callable[[Any, dict[str, int], dict[str, int]], None]


@pytest.fixture
def store(tmp_path: Path) -> Any:
    with open_store(tmp_path / "t.db") as opened:
        for extraction in sample_register().extractions:
            opened.put(extraction)
        yield opened


def now(store: Store) -> list[Row]:
    return list(rows(store.register(decided=True), office_columns(store)))


def task(store: Store, title: str) -> Row:
    return next(row for row in now(store) if row.title.startswith(title))


def written(store: Store, folder: Path) -> Path:
    path = folder / "register.xlsx"
    write_workbook(store.register(decided=True), path, today=TODAY, office=office_columns(store))
    return path


def filled(path: Path, fill: Fill) -> None:
    """Fills the flat sheet as a person does: ``fill`` gets the sheet, columns by title, lines by task."""
    book = openpyxl.load_workbook(path)
    sheet = book["数据版"]
    columns = {str(cell.value): cell.column for cell in sheet[1]}
    lines = {str(sheet.cell(n, columns["工作任务"]).value): n for n in range(2, sheet.max_row + 1)}
    fill(sheet, columns, lines)
    book.save(path)


def back(store: Store, path: Path) -> Readback:
    return read(path, now(store), WORDS, simplify=simplified)


def put(title: str, **values: Any) -> Fill:
    def fill(sheet: Any, columns: dict[str, int], lines: dict[str, int]) -> None:
        for name, value in values.items():
            sheet.cell(lines[title], columns[name]).value = value

    return fill


def test_an_untouched_ledger_changes_nothing(store: Store, tmp_path: Path) -> None:
    found = back(store, written(store, tmp_path))
    assert found.ours
    assert (found.changes, found.unclear, found.added, found.deleted) == ([], [], [], [])


def test_status_progress_and_people_come_back(store: Store, tmp_path: Path) -> None:
    path = written(store, tmp_path)
    filled(
        path,
        put(
            "落实巡查制度",
            状态="推进中",
            进展="已组建12支队伍",
            完成比例=0.4,
            责任人="赵某",
            内部时限=date(2025, 11, 20),
            备注="重点",
        ),
    )
    take_over(back(store, path), store, by="李某")
    office = task(store, "落实巡查制度").office
    assert (office.status, office.progress, office.percent) == ("in_progress", "已组建12支队伍", 40)
    assert (office.person, office.inner_due, office.note) == ("赵某", "2025-11-20", "重点")


def test_corrections_become_decisions_that_can_be_undone(store: Store, tmp_path: Path) -> None:
    path = written(store, tmp_path)
    filled(path, put("落实巡查制度", 工作任务="建立秸秆巡查制度", 完成时限="2025年11月30日", 责任单位="各村、城管办"))
    take_over(back(store, path), store, by="李某")
    row = task(store, "建立秸秆巡查制度")
    assert row.due_on == "2025-11-30"
    assert row.units("responsible") == "各村、城管办"
    assert {event.by for event in store.history(row.id)} == {"李某"}


def test_reading_the_same_ledger_twice_changes_nothing_more(store: Store, tmp_path: Path) -> None:
    path = written(store, tmp_path)

    def fill(sheet: Any, columns: dict[str, int], lines: dict[str, int]) -> None:
        sheet.cell(lines["落实巡查制度"], columns["状态"]).value = "已销号"
        line = sheet.max_row + 1
        sheet.cell(line, columns["工作任务"]).value = "筹备现场会"
        sheet.cell(line, columns["责任单位"]).value = "党政办"
        sheet.cell(line, columns["完成时限"]).value = date(2025, 10, 15)
        sheet.cell(line, columns["来源"]).value = "镇长办公会"

    filled(path, fill)
    first = back(store, path)
    assert [(a.title, a.due_on, a.units) for a in first.added] == [
        ("筹备现场会", "2025-10-15", (("党政办", "responsible"),))
    ]
    take_over(first, store, by="李某")
    assert task(store, "筹备现场会").due_on == "2025-10-15"
    again = back(store, path)
    assert (again.changes, again.added, again.deleted) == ([], [], [])


def test_a_deleted_row_is_rejected_and_said(store: Store, tmp_path: Path) -> None:
    path = written(store, tmp_path)
    filled(path, lambda sheet, columns, lines: sheet.delete_rows(lines["按时报送情况"]))
    found = back(store, path)
    assert [row.title for row in found.deleted] == ["按时报送情况"]
    take_over(found, store, by="李某")
    assert "按时报送情况" not in [row.title for row in now(store)]


def test_what_the_database_learned_since_is_no_correction_of_the_ledger(store: Store, tmp_path: Path) -> None:
    path = written(store, tmp_path)
    row = task(store, "落实巡查制度")
    store.edit(row.id, "due_on", "2025-10-31", by="王某")
    store.set_status(row.id, "in_progress", by="王某")
    assert back(store, path).changes == []
    filled(path, put("落实巡查制度", 完成时限=date(2025, 11, 1)))
    [change] = back(store, path).changes
    assert change.also_changed
    assert words(change) == "完成时限：2025年10月31日 → 2025年11月1日"


def test_what_no_rule_can_take_over_is_left_to_people(store: Store, tmp_path: Path) -> None:
    path = written(store, tmp_path)
    filled(path, put("落实巡查制度", 具体举措="改写的举措", 完成时限="尽快", 状态="快了"))
    found = back(store, path)
    assert {change.field for change in found.unclear} == {"measures", "due", "status"}
    assert found.changes == []


def test_a_goal_row_has_a_status_of_its_own(store: Store, tmp_path: Path) -> None:
    path = written(store, tmp_path)
    goal = next(row for row in now(store) if row.kind == "goal")
    filled(path, put(goal.title, 状态="已完成待销号", 工作任务="改了目标"))
    found = back(store, path)
    assert [(c.field, c.value) for c in found.changes] == [("status", "done")]
    assert [c.field for c in found.unclear] == ["title"]
    take_over(found, store, by="李某")
    assert next(row for row in now(store) if row.kind == "goal").office.status == "done"


@pytest.mark.parametrize("name", LEDGERS)
def test_office_ledgers_are_matched_by_number_and_words(store: Store, tmp_path: Path, name: str) -> None:
    path = made(tmp_path, name)
    done = append(path, now(store), WORDS, simplify=simplified)
    layout = done.layout
    field = next((f for f in ("progress", "status", "note") if f in layout.columns), None)
    book = openpyxl.load_workbook(path)
    if field is not None:
        value = "推进中" if field == "status" else "已开会部署"
        book[layout.sheet].cell(layout.last + 2, layout.columns[field]).value = value
        book.save(path)
    found = back(store, path)
    assert not found.ours
    assert (found.added, found.deleted) == ([], [])
    assert found.unclear == []
    if field is not None:
        assert ("t1", field) in {(c.row.id, c.field) for c in found.changes}
    assert all("老任务" in title or "举措" in title for _, title in found.unmatched)


def test_how_often_and_within_what_time_in_one_cell_are_no_correction(tmp_path: Path) -> None:
    text = "关于做好巡河工作的通知\n一、开展巡河。各村每半年开展一次排查，发现问题24小时内上报。\n甲镇人民政府\n2025年3月1日\n"
    with open_store(tmp_path / "f.db") as store:
        store.put(pipeline.extract(Document("f.txt", "text/plain", "ab" * 32, text), WORDS))
        [row] = now(store)
        assert row.frequency and row.time_limit
        path = made(tmp_path, "plain")
        append(path, [row], WORDS, simplify=simplified)
        assert back(store, path).unclear == []


def test_a_row_written_by_hand_brings_its_status_and_says_what_is_not_taken(store: Store, tmp_path: Path) -> None:
    path = written(store, tmp_path)
    row = {
        "工作任务": "排查校车隐患",
        "状态": "推进中",
        "进展": "已布置",
        "责任人": "何某",
        "完成比例": 0.2,
        "内部时限": "2025年10月8日",
        "完成时限": "越快越好",
        "目标指标": "排查率100%",
    }

    def fill(sheet: Any, columns: dict[str, int], lines: dict[str, int]) -> None:
        line = sheet.max_row + 1
        for name, value in row.items():
            sheet.cell(line, columns[name]).value = value

    filled(path, fill)
    found = back(store, path)
    [added] = found.added
    assert set(added.unclear) == {"完成时限：越快越好", "目标指标：排查率100%"}
    take_over(found, store, by="李某")
    office = task(store, "排查校车隐患").office
    assert (office.status, office.progress, office.person) == ("in_progress", "已布置", "何某")
    assert (office.percent, office.inner_due) == (20, "2025-10-08")
    again = back(store, path)
    assert (again.changes, again.added) == ([], [])


def test_the_same_in_other_words_is_no_change_a_second_time(store: Store, tmp_path: Path) -> None:
    path = written(store, tmp_path)
    filled(path, put("落实巡查制度", 状态="办结", 内部时限="2025.11.20", 完成时限="2025年12月1日前", 完成比例="40%"))
    first = back(store, path)
    assert len(first.changes) == 4
    assert "完成比例：（空） → 40%" in [words(change) for change in first.changes]
    take_over(first, store, by="李某")
    assert back(store, path).changes == []


def test_a_copied_row_with_a_task_of_its_own_is_a_new_row(store: Store, tmp_path: Path) -> None:
    path = written(store, tmp_path)

    def fill(sheet: Any, columns: dict[str, int], lines: dict[str, int]) -> None:
        line = sheet.max_row + 1
        for column in columns.values():  # the hidden key goes along
            sheet.cell(line, column).value = sheet.cell(lines["落实巡查制度"], column).value
        sheet.cell(line, columns["工作任务"]).value = "落实值班制度"

    filled(path, fill)
    found = back(store, path)
    assert [a.title for a in found.added] == ["落实值班制度"]
    assert found.changes == []
    take_over(found, store, by="李某")
    assert back(store, path).added == []


def test_what_was_filled_in_for_a_task_that_is_gone_is_said(store: Store, tmp_path: Path) -> None:
    path = written(store, tmp_path)
    store.reject(task(store, "按时报送情况").id, by="王某")
    assert back(store, path).unmatched == []
    filled(path, put("按时报送情况", 状态="推进中"))
    assert [title for _, title in back(store, path).unmatched] == ["按时报送情况"]


def test_cells_filled_in_on_another_sheet_are_said(store: Store, tmp_path: Path) -> None:
    path = written(store, tmp_path)
    book = openpyxl.load_workbook(path)
    sheet = book["按单位"]
    columns = {str(cell.value): cell.column for cell in sheet[1]}
    line = next(n for n in range(2, 9) if sheet.cell(n, columns["工作任务"]).value == "落实巡查制度")
    sheet.cell(line, columns["状态"]).value = "已销号"
    book.save(path)
    found = back(store, path)
    assert found.changes == []
    assert [words(change) for change in found.unclear] == ["状态：未启动 → 已销号（填在“按单位”表，请改填“数据版”）"]


def test_emptied_cells_take_back_what_was_reported(store: Store, tmp_path: Path) -> None:
    row = task(store, "落实巡查制度")
    store.report_progress(row.id, by="王某", text="已开会", percent=40, status="in_progress")
    store.assign(row.id, by="王某", inner_due="2025-11-01", person="赵某")
    path = written(store, tmp_path)
    filled(path, put("落实巡查制度", 进展=None, 内部时限=None, 完成比例=None))
    found = back(store, path)
    assert sorted(words(change) for change in found.changes) == [
        "内部时限：2025年11月1日 → （空）",
        "完成比例：40% → （空）",
        "进展：已开会 → （空）",
    ]
    take_over(found, store, by="李某")
    office = task(store, "落实巡查制度").office
    assert (office.progress, office.inner_due, office.percent) == ("", None, None)
    assert (office.status, office.person) == ("in_progress", "赵某")
    assert back(store, path).changes == []


def test_a_date_that_was_taken_back_is_in_no_view(store: Store) -> None:
    name = task(store, "落实巡查制度").id
    store.assign(name, by="王某", inner_due="2025-08-01")
    store.assign(name, by="王某", person="赵某")
    of_task = f"select inner_deadline from ledger_states where id = '{name}'"
    assert store._connection.execute(of_task).fetchone() == ("2025-08-01",), "kept where only the person is new"
    store.assign(name, by="王某", inner_due="")
    assert store._connection.execute(of_task).fetchone() == (None,)


def test_a_column_that_is_empty_or_missing_wipes_nothing(store: Store, tmp_path: Path) -> None:
    for row in now(store):
        if row.kind == "task":
            store.assign(row.id, by="王某", inner_due="2025-11-01", person="赵某")
            store.report_progress(row.id, by="王某", percent=40)
    path = written(store, tmp_path)

    def empty(sheet: Any, columns: dict[str, int], lines: dict[str, int]) -> None:
        for line in lines.values():
            sheet.cell(line, columns["内部时限"]).value = None
            sheet.cell(line, columns["责任人"]).value = None
        sheet.delete_cols(columns["完成比例"])

    filled(path, empty)
    found = back(store, path)
    assert found.changes == []
    assert {change.field for change in found.unclear} == {"inner_due", "person"}
    assert "责任人：赵某 → （空）（这一列全空了，没有清除）" in [words(change) for change in found.unclear]
    take_over(found, store, by="李某")
    assert {row.office.inner_due for row in now(store) if row.kind == "task"} == {"2025-11-01"}
