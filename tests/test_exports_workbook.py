"""The register workbook: what stands in it, what cannot run in it, and whose it is."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from extractor.errors import UsageError
from extractor.exports.destination import open_elsewhere, untouched
from extractor.exports.rows import OfficeColumns
from extractor.exports.workbook import write_workbook
from extractor.model import Plan, Register, Span
from tests.exports_samples import sample_plan, sample_register, task_with

TODAY = date(2025, 9, 10)
SHEETS = ["打印版", "数据版", "按单位", "目标指标", "时间节点", "报送事项", "说明"]
LATIN_WORD = re.compile(r"[A-Za-z]{2,}")
SCORE = re.compile(r"^0\.\d+$")


def written(folder: Path, register: Register, **more: object) -> Workbook:
    path = folder / "register.xlsx"
    write_workbook(register, path, today=TODAY, **more)  # type: ignore[arg-type]
    return openpyxl.load_workbook(path)


def records(sheet: Worksheet) -> list[dict[str, object]]:
    lines = sheet.iter_rows(values_only=True)
    header = next(lines)
    return [dict(zip(map(str, header), line, strict=True)) for line in lines]


def plan_of(*titles: str, **more: object) -> Plan:
    return replace(sample_plan(), tasks=tuple(task_with(title, **more) for title in titles), goals=())


@pytest.fixture
def book(tmp_path: Path) -> Workbook:
    return written(tmp_path, sample_register())


def test_the_sheets_that_staff_know(book: Workbook) -> None:
    assert book.sheetnames == SHEETS


def test_flat_sheet_is_one_row_a_task_with_real_dates(book: Workbook) -> None:
    goal, patrol, report = records(book["数据版"])
    assert (goal["类型"], patrol["类型"], report["类型"]) == ("目标指标", "任务", "任务")
    assert patrol["完成时限"] == datetime(2025, 12, 31)
    assert patrol["牵头单位"] == "农业农村办"
    assert patrol["责任单位"] == "各村、派出所"
    assert (patrol["频次"], patrol["时效要求"]) == ("每日", "48小时内")
    assert report["频次"] == "每月28日前"
    assert report["完成时限"] is None
    assert report["核对提示"] == "把握较低，请核对原文"
    assert "承自上级标题" in str(patrol["核对提示"])
    assert patrol["来源编号"] == "t1"
    assert patrol["页码"] == 2


def test_every_target_stands_in_a_row_of_the_register(book: Workbook) -> None:
    quotes = {t.evidence.quote for p in [sample_plan()] for owner in (*p.tasks, *p.goals) for t in owner.targets}
    for name, column in (("打印版", None), ("数据版", "目标指标"), ("目标指标", "原文")):
        sheet = book[name]
        cells = (
            [str(c) for line in sheet.iter_rows(values_only=True) for c in line if c]
            if column is None
            else [str(r[column]) for r in records(sheet)]
        )
        for quote in quotes:
            assert any(quote in cell for cell in cells), (name, quote)


def test_targets_are_numbers_with_words_for_the_comparison(book: Workbook) -> None:
    by_name = {r["指标"]: r for r in records(book["目标指标"])}
    assert by_name["秸秆综合利用率"]["要求"] == "不少于"
    assert by_name["秸秆综合利用率"]["下限"] == 95
    assert by_name["火点"]["要求"] == "下降等于"
    assert by_name["巡查队人数"]["计量单位"] == "人"


def test_a_line_for_each_unit_and_role(book: Workbook) -> None:
    lines = [(r["单位"], r["角色"], r["工作任务"]) for r in records(book["按单位"])]
    assert ("各村", "责任单位", "落实巡查制度") in lines
    assert ("各村", "责任单位", "按时报送情况") in lines
    assert ("农业农村办", "牵头单位", "落实巡查制度") in lines


def test_every_date_of_every_task(book: Workbook) -> None:
    assert len(records(book["时间节点"])) == 5
    assert records(book["时间节点"])[0]["截止日期"] == datetime(2025, 12, 31)


def test_duties_to_report_with_their_next_day(book: Workbook) -> None:
    [line] = records(book["报送事项"])
    assert line["报送对象"] == "镇农业农村办"
    assert line["报送时间"] == "每月28日前"
    assert line["下次报送日"] == datetime(2025, 9, 28)


def test_problems_come_first_in_the_notes(book: Workbook) -> None:
    lines = list(book["说明"].iter_rows(values_only=True))
    assert lines[0][0] == "需要注意的问题"
    assert lines[1][:3] == ("通知/柳河镇.txt", "正文提到附件《巡查队名单》，文件里没有", "第1页“柳河镇秋”")


def test_no_english_word_code_or_score_in_any_sheet(book: Workbook) -> None:
    for sheet in book:
        hidden = {letter for letter, d in sheet.column_dimensions.items() if d.hidden}
        for line in sheet.iter_rows():
            for cell in line:
                if cell.value is None or cell.column_letter in hidden or str(cell.value).endswith(".txt"):
                    continue
                assert not LATIN_WORD.search(str(cell.value)), (sheet.title, cell.value)
                assert not SCORE.match(str(cell.value)), (sheet.title, cell.value)


def test_printed_sheet_is_a4_landscape_with_at_most_eight_columns(book: Workbook) -> None:
    sheet = book["打印版"]
    assert sheet.page_setup.paperSize == 9
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.max_column <= 8
    assert sheet.print_title_rows == "$3:$3"
    assert all(sheet.row_dimensions[r].height for r in range(1, sheet.max_row + 1))


def test_a3_shows_all_columns_that_hold_something(tmp_path: Path) -> None:
    office = {"t1": OfficeColumns(person="李某", status="in_progress", inner_due="2025-12-20")}
    sheet = written(tmp_path, sample_register(), paper="A3", office=office)["打印版"]
    header = [cell.value for cell in sheet[3]]
    assert sheet.page_setup.paperSize == 8
    assert {"牵头单位", "责任人", "状态", "内部时限", "频次"} <= set(header)
    assert "督导单位" not in header
    assert "备注" not in header


def test_office_columns_find_room_on_a4(tmp_path: Path) -> None:
    office = {"t1": OfficeColumns(status="done", progress="已组建巡查队")}
    book = written(tmp_path, sample_register(), office=office)
    header = [cell.value for cell in book["打印版"][3]]
    assert len(header) <= 8
    assert "状态和进展" in header
    row = next(r for r in records(book["数据版"]) if r["来源编号"] == "t1")
    assert (row["状态"], row["进展"]) == ("已完成待销号", "已组建巡查队")


def test_statuses_are_chosen_from_a_list_and_dates_take_colours(book: Workbook) -> None:
    sheet = book["数据版"]
    [choice] = sheet.data_validations.dataValidation
    assert choice.formula1 == '"未启动,推进中,已完成待销号,已销号,暂缓"'
    formulas = [rule.formula[0] for found in sheet.conditional_formatting for rule in found.rules]
    assert any("TODAY()" in formula for formula in formulas)
    inner, due = (next(c.column_letter for c in sheet[1] if c.value == name) for name in ("内部时限", "完成时限"))
    assert all(f.index(f"${inner}2") < f.index(f"${due}2") for f in formulas if "TODAY" in f)


HOSTILE = ["=1+1", "+86 10", "-2+3", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x","点")', "=cmd|' /C calc'!A0", "＝1+1"]


def test_no_cell_is_a_formula(tmp_path: Path) -> None:
    plan = plan_of(*HOSTILE, text="=1+1\n=2", report_to="@x", contact="=1")
    office = {task.id: OfficeColumns(note="=1", progress="+1", person="@a") for task in plan.tasks}
    book = written(tmp_path, sample_register(replace(plan, title="=x", number="=y", issuer="+z")), office=office)
    for sheet in book:
        for line in sheet.iter_rows():
            for cell in line:
                assert cell.data_type != "f", (sheet.title, cell.value)
                if isinstance(cell.value, str) and cell.value.lstrip()[:1] in "=+-@" and cell.value:
                    assert cell.quotePrefix, (sheet.title, cell.value)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(), st.text(), st.text())
def test_any_text_makes_a_workbook_that_opens(tmp_path: Path, title: str, text: str, section: str) -> None:
    plan = replace(sample_plan(), tasks=(task_with(title, text, section=(section,)),), goals=(), title=title)
    path = tmp_path / "any.xlsx"
    path.unlink(missing_ok=True)
    write_workbook(sample_register(plan), path, today=TODAY)
    assert openpyxl.load_workbook(path).sheetnames == SHEETS


def test_long_cells_are_kept_whole_in_print_over_several_rows(tmp_path: Path) -> None:
    text = "".join(f"第{n}项工作要按月调度推进到位。" for n in range(900))
    book = written(tmp_path, sample_register(plan_of("长任务", text=text)))
    column = next(c.column for c in book["打印版"][3] if c.value == "具体举措")
    parts = [str(row[0].value) for row in book["打印版"].iter_rows(min_row=5, min_col=column, max_col=column)]
    assert len(parts) > 3
    assert "".join(parts) == text
    assert max(float(book["打印版"].row_dimensions[r].height or 0) for r in range(1, 30)) <= 409


def test_a_cell_too_long_for_the_format_says_so(tmp_path: Path) -> None:
    book = written(tmp_path, sample_register(plan_of("长任务", text="各村要" * 20_000)))
    [row] = records(book["数据版"])
    assert str(row["原文"]).endswith("全文见原文件）")
    assert len(str(row["原文"])) <= 32_767


def many_rows() -> Register:
    tasks = tuple(
        task_with(f"任务{n}", f"各村要做好第{n}项工作。" * (1 + n % 9), section=(f"{n // 7}、重点",))
        for n in range(120)
    )
    tasks = tuple(
        replace(t, evidence=replace(t.evidence, pieces=(Span(n, n + 1),)), id=f"t{n}") for n, t in enumerate(tasks)
    )
    return sample_register(replace(sample_plan(), tasks=tasks, goals=()))


@pytest.mark.parametrize(("paper", "height"), [("A4", 523.0), ("A3", 770.0)])
def test_groups_are_merged_and_never_run_over_a_page_end(tmp_path: Path, paper: str, height: float) -> None:
    sheet = written(tmp_path, many_rows(), paper=paper)["打印版"]
    ends = [b.id for b in sheet.row_breaks.brk]
    groups = [r for r in sheet.merged_cells.ranges if r.min_col == r.max_col == 2]
    assert len(ends) > 2
    assert len(groups) > 10
    for group in groups:
        assert not any(group.min_row <= end < group.max_row for end in ends), group
    first_rows = [end + 1 for end in ends]
    assert all(sheet.cell(row, 2).value for row in first_rows), "each page begins with its group's name"
    for start, end in zip([0, *ends], [*ends, sheet.max_row], strict=True):
        header = 0 if start == 0 else float(sheet.row_dimensions[3].height or 0)
        used = sum(float(sheet.row_dimensions[r].height or 0) for r in range(start + 1, end + 1))
        assert header + used <= height


def test_public_shows_no_telephone(tmp_path: Path) -> None:
    write_workbook(sample_register(), tmp_path / "r.xlsx", today=TODAY, public=True)
    with zipfile.ZipFile(tmp_path / "r.xlsx") as container:
        for name in container.namelist():
            assert b"13900001234" not in container.read(name)


# -- whose file it is --------------------------------------------------------------------------------------------------


def test_an_untouched_register_is_written_again(tmp_path: Path) -> None:
    path = tmp_path / "register.xlsx"
    write_workbook(sample_register(), path, today=TODAY)
    assert untouched(path)
    again = write_workbook(many_rows(), path, today=TODAY)
    assert again.path == path
    assert not again.renamed
    assert len(records(openpyxl.load_workbook(path)["数据版"])) == 120


def test_a_register_that_a_person_changed_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "register.xlsx"
    write_workbook(sample_register(), path, today=TODAY)
    book = openpyxl.load_workbook(path)
    book["数据版"]["Z2"] = "推进中"
    book.save(path)
    before = path.read_bytes()
    second = write_workbook(sample_register(), path, today=TODAY)
    assert second.renamed
    assert second.path == tmp_path / "register-2.xlsx"
    assert path.read_bytes() == before
    assert write_workbook(sample_register(), path, today=TODAY).path == second.path


def test_a_file_that_is_not_ours_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "register.xlsx"
    path.write_bytes(b"not a workbook")
    assert write_workbook(sample_register(), path, today=TODAY).renamed
    assert path.read_bytes() == b"not a workbook"


@pytest.mark.parametrize("lock", ["~$register.xlsx", ".~lock.register.xlsx#"])
def test_a_register_that_is_open_is_left_alone(tmp_path: Path, lock: str) -> None:
    path = tmp_path / "register.xlsx"
    write_workbook(sample_register(), path, today=TODAY)
    (tmp_path / lock).write_bytes(b"")
    assert open_elsewhere(path)
    assert write_workbook(sample_register(), path, today=TODAY).renamed


def test_a_folder_that_cannot_be_made_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(UsageError, match="写不进"):
        write_workbook(sample_register(), tmp_path / "file" / "register.xlsx", today=TODAY)
    assert list(tmp_path.iterdir()) == [tmp_path / "file"]
