"""Workbooks and delimited text as task tables."""

from __future__ import annotations

import datetime
import io

import openpyxl
import pytest

from extractor.errors import ReadError
from extractor.readers import read_bytes
from extractor.readers.sheets import shown_number
from tests.readers_samples import zipped


def workbook() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "任务分解"
    sheet["A1"] = "某县2026年重点工作任务分解表"
    sheet.merge_cells("A1:D1")
    sheet.append(["序号", "工作任务", "完成时限", "完成比例"])
    sheet.append([1, "修建农村公路30公里", datetime.date(2026, 5, 31), 0.25])
    sheet.append([None, "养护农村公路", datetime.date(2026, 12, 31), None])
    sheet.append(["注：本表由县交通运输局负责解释。"])
    sheet["C3"].number_format = 'yyyy"年"m"月"d"日"'
    sheet["D3"].number_format = "0%"
    sheet.merge_cells("A3:A4")
    hidden = book.create_sheet("底稿")
    hidden["A1"] = "不应出现的内容"
    hidden.sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_workbook_is_title_table_and_note() -> None:
    document = read_bytes(workbook(), "任务表.xlsx")
    table = document.tables[0]
    cells = {(c.row, c.column): c.span.of(document.text) for c in table.cells}
    assert document.text.splitlines()[:2] == ["任务分解", "某县2026年重点工作任务分解表"]
    assert (table.rows, table.columns) == (3, 4)
    assert cells[1, 2] == "2026年5月31日"
    assert cells[1, 3] == "25%"
    assert cells[2, 2] == "2026-12-31"
    assert next(c for c in table.cells if (c.row, c.column) == (1, 0)).row_span == 2
    assert document.text.endswith("注：本表由县交通运输局负责解释。\n")
    assert "不应出现的内容" not in document.text
    assert [p.code for p in document.problems] == ["hidden_sheet"]


def test_the_suffix_does_not_matter() -> None:
    assert read_bytes(workbook(), "任务表.xls").tables


@pytest.mark.parametrize(
    ("number", "pattern", "shown"),
    [
        (30, "General", "30"),
        (0.1 + 0.2, "General", "0.3"),
        (0.255, "0.0%", "25.5%"),
        (46173, 'yyyy"年"m"月"d"日"', "2026年5月31日"),
        (46173, "yyyy-mm-dd", "2026-05-31"),
        (46173, 'yyyy"年"m"月"', "2026年5月"),
        (46173, 'm"月"d"日"', "5月31日"),
        (1234.5, "#,##0.00", "1234.50"),
        (0.5, "h:mm", "12:00"),
        (1e300, "yyyy-mm-dd", "1e+300"),
    ],
)
def test_numbers_as_their_cells_show_them(number: float, pattern: str, shown: str) -> None:
    assert shown_number(number, pattern) == shown


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_delimited_text(encoding: str) -> None:
    text = '序号,任务,单位\r\n1,"整治沟渠,清理垃圾",水利局\r\n2,"植树\n造林",林业局\r\n'
    document = read_bytes(text.encode(encoding), "任务.csv")
    cells = {(c.row, c.column): c.span.of(document.text) for c in document.tables[0].cells}
    assert cells[1, 1] == "整治沟渠,清理垃圾"
    assert cells[2, 1] == "植树\n造林"
    assert document.text.startswith("序号\t任务\t单位\n")


def test_merged_areas_over_the_whole_sheet_cost_nothing() -> None:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    data = zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{kind}"><sheets><sheet name="甲" r:id="a"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{relations}"><Relationship Id="a" Target="worksheets/s.xml"/></Relationships>',
            "xl/worksheets/s.xml": f'<worksheet xmlns="{main}"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>任务表</t></is></c></row>'
            '<row r="9"><c r="B9" t="inlineStr"><is><t>整治</t></is></c><c r="C9"><f>1+1</f></c></row></sheetData>'
            '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>',
        }
    )
    document = read_bytes(data, "a.xlsx")
    assert "整治" in document.text
    assert [p.code for p in document.problems] == ["formula_without_value"]


def test_a_broken_workbook_is_a_read_error() -> None:
    with pytest.raises(ReadError) as caught:
        read_bytes(workbook()[:3000], "a.xlsx")
    assert caught.value.code == "corrupt"
