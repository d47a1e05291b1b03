"""What else offices keep in a ledger: formulas, notes, pictures, forms numbered beforehand, other sheets, either script."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl import Workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.styles import Alignment

from extractor import lexicon
from extractor.errors import UsageError
from extractor.exports.rows import Row, rows
from extractor.ledger.append import append
from extractor.ledger.layout import field_of, find
from extractor.ledger.readback import read
from extractor.ledger.sheet_xml import Insertion
from extractor.normalise import simplified
from tests.exports_samples import sample_register

WORDS = lexicon.load()
ROWS = list(rows(sample_register()))


def ledger(folder: Path, fill: Callable[[Workbook], None]) -> Path:
    book = Workbook()
    fill(book)
    path = folder / "台账.xlsx"
    book.save(path)
    return path


def lines(sheet: Any, values: list[list[Any]]) -> None:
    for row, cells in enumerate(values, start=1):
        for column, value in enumerate(cells, start=1):
            sheet.cell(row, column, value)


def added(path: Path, table: list[Row] = ROWS, **more: Any) -> Any:
    return append(path, table, WORDS, simplify=simplified, **more)


def with_formulas(book: Workbook) -> None:
    sheet = book.active
    sheet.title = "台账"
    lines(
        sheet,
        [
            ["序号", "工作任务", "责任单位", "完成时限", "资金", "累计", "是否逾期"],
            ["=ROW()-1", "老任务1", "财政所", "年底", 10, "=SUM(E$2:E2)", '=IF(D2="年底","A3","")'],
            ["=ROW()-1", "老任务2", "财政所", "年底", 20, "=SUM(E$2:E3)", '=IF(D3="年底","A3","")'],
            ["合计", None, None, None, "=SUM(E2:E3)", "=LOG10(E4)", None],
        ],
    )
    summary = book.create_sheet("汇总")
    lines(summary, [["资金", "=台账!E4"], ["项数", "=COUNTA('台账'!B2:B3)"], ["别的", "=B1*2"]])
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=5, min_row=2, max_row=3))
    summary.add_chart(chart, "D2")
    book.create_sheet("说明书")["A1"] = "怎样填"


def test_formulas_go_on_in_new_rows_and_totals_take_them_in(tmp_path: Path) -> None:
    path = ledger(tmp_path, with_formulas)
    added(path)
    book = openpyxl.load_workbook(path)
    sheet = book["台账"]
    assert [sheet.cell(row, 1).value for row in range(2, 8)] == ["=ROW()-1"] * 5 + ["合计"]
    assert [sheet.cell(row, 6).value for row in (3, 4, 6)] == ["=SUM(E$2:E3)", "=SUM(E$2:E4)", "=SUM(E$2:E6)"]
    assert [sheet.cell(row, 7).value for row in (3, 6)] == ['=IF(D3="年底","A3","")', '=IF(D6="年底","A3","")']
    assert (sheet["E7"].value, sheet["F7"].value) == ("=SUM(E2:E6)", "=LOG10(E7)")
    assert [cell.value for cell in book["汇总"]["B"]] == ["=台账!E7", "=COUNTA('台账'!B2:B6)", "=B1*2"]


def test_sheets_that_mean_nothing_that_moved_keep_their_bytes(tmp_path: Path) -> None:
    path = ledger(tmp_path, with_formulas)
    with zipfile.ZipFile(path) as old:
        before = {name: old.read(name) for name in old.namelist()}
    added(path)
    with zipfile.ZipFile(path) as new:
        changed = {name for name, data in before.items() if new.read(name) != data}
    assert changed == {"xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml", "xl/charts/chart1.xml"}


def test_notes_and_pictures_go_down_with_the_footer(tmp_path: Path) -> None:
    def fill(book: Workbook) -> None:
        sheet = book.active
        lines(sheet, [["序号", "工作任务", "责任单位"], [1, "老任务", "各村"], ["填表人：", None, None]])
        sheet["A3"].comment = Comment("在此盖章", "办公室")
        sheet["B2"].comment = Comment("重点", "办公室")
        chart = BarChart()
        chart.add_data(Reference(sheet, min_col=1, min_row=2, max_row=2))
        sheet.add_chart(chart, "B5")

    path = ledger(tmp_path, fill)
    added(path)
    sheet = openpyxl.load_workbook(path).active
    assert (sheet["A6"].value, sheet["A6"].comment.text) == ("填表人：", "在此盖章")
    assert sheet["B2"].comment.text == "重点"
    assert sheet["A3"].comment is None
    with zipfile.ZipFile(path) as parts:
        assert b"row>7</" in parts.read("xl/drawings/drawing1.xml")
        vml = next(name for name in parts.namelist() if name.endswith(".vml"))
        assert b"Row>5</" in parts.read(vml)
        assert b"Row>1</" in parts.read(vml)


def test_a_form_numbered_beforehand_is_filled_from_its_first_free_row(tmp_path: Path) -> None:
    def fill(book: Workbook) -> None:
        sheet = book.active
        lines(sheet, [["序号", "工作任务", "责任单位", "状态"], *([n, None, None, "未启动"] for n in range(1, 9))])
        sheet["A10"] = "审核："

    path = ledger(tmp_path, fill)
    added(path)
    sheet = openpyxl.load_workbook(path).active
    assert [sheet.cell(row, 1).value for row in range(2, 10)] == list(range(1, 9))
    assert [bool(sheet.cell(row, 2).value) for row in range(2, 10)] == [True] * 3 + [False] * 5
    assert sheet["A10"].value == "审核："


def test_numbers_with_letters_go_on(tmp_path: Path) -> None:
    path = ledger(
        tmp_path, lambda book: lines(book.active, [["编号", "工作任务", "责任单位"], ["LH-2025-09", "老任务", "各村"]])
    )
    added(path)
    assert [cell.value for cell in openpyxl.load_workbook(path).active["A"]][1:] == [
        "LH-2025-09",
        "LH-2025-10",
        "LH-2025-11",
        "LH-2025-12",
    ]


def test_new_rows_are_high_enough_for_what_they_hold(tmp_path: Path) -> None:
    def fill(book: Workbook) -> None:
        sheet = book.active
        lines(sheet, [["序号", "工作任务", "责任单位"], [1, "老任务", "各村"]])
        for cell in sheet[2]:
            cell.alignment = Alignment(wrap_text=True)
        sheet.row_dimensions[2].height = 20

    path = ledger(tmp_path, fill)
    added(path)
    sheet = openpyxl.load_workbook(path).active
    assert sheet.row_dimensions[2].height == 20
    assert sheet.row_dimensions[4].height > 60


def test_headers_in_traditional_script_are_known(tmp_path: Path) -> None:
    header = ["項次", "列管事項", "執行策略", "主辦機關", "協辦機關", "預定完成日期", "辦理情形", "備註"]
    fields = ["number", "title", "measures", "lead", "support", "due", "progress", "note"]
    assert [field_of(WORDS, name) for name in header] == fields


def test_a_task_on_another_sheet_is_not_added_again(tmp_path: Path) -> None:
    def fill(book: Workbook) -> None:
        lines(book.active, [["序号", "工作任务", "责任单位"], [1, "老任务", "各村"]])
        done = book.create_sheet("已销号")
        lines(done, [["序号", "来源", "工作任务", "责任单位"], [1, "柳政发〔2025〕8号", "落实巡查制度", "各村"]])

    path = ledger(tmp_path, fill)
    assert [row.id for row in added(path).there] == ["t1"]
    assert find(path, WORDS, sheet="已销号").sheet == "已销号"
    with pytest.raises(UsageError, match="没有这张工作表；有：Sheet、已销号"):
        find(path, WORDS, sheet="下半年")


def test_one_title_in_two_notices_is_two_tasks(tmp_path: Path) -> None:
    """加强组织领导 of another notice is no double, and each row keeps what was written beside it."""
    first = replace(next(row for row in ROWS if row.id == "t1"), title="加强组织领导")
    second = replace(first, id="u1", measures=("成立领导小组，主要领导负总责，定期听取汇报。",))
    path = ledger(
        tmp_path,
        lambda book: lines(book.active, [["序号", "工作任务", "具体举措", "进展情况"], [1, "老任务", "抓好。", ""]]),
    )
    added(path, [first])
    assert [row.id for row in added(path, [first, second]).added] == ["u1"]
    book = openpyxl.load_workbook(path)
    book.active["D3"], book.active["D4"] = "甲", "乙"
    book.save(path)
    for order in ([first, second], [second, first]):
        found = read(path, order, WORDS, simplify=simplified)
        assert {(change.row.id, change.new) for change in found.changes} == {("t1", "甲"), ("u1", "乙")}


@pytest.mark.parametrize(
    ("formula", "row", "after"),
    [
        ("SUM(E2:E4)", 7, "SUM(E2:E9)"),
        ("SUM(E$2:E4)", 4, "SUM(E$2:E4)"),
        ("E7+LOG10(E7)", 7, "E12+LOG10(E12)"),
        ('IF(A4="E7","E7",B7)', 3, 'IF(A4="E7","E7",B12)'),
        ("SUM(别的!E2:E4)+E7", 7, "SUM(别的!E2:E4)+E12"),
        ("COUNTA(B:B)", 7, "COUNTA(B:B)"),
        ("名称+1", 7, "名称+1"),
    ],
)
def test_formulas_are_moved_by_their_references_alone(formula: str, row: int, after: str) -> None:
    insertion = Insertion(4, 7, 4, [{}] * 7, first=2)  # two free rows, five more
    after = after.replace("E9", f"E{insertion.end}")
    assert insertion.formula(formula, row) == after
