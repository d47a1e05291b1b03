"""Ten ledgers as offices keep them, made after the layouts in use: titles, source lines, merged cells, headers of two
rows, footers, totals, drop-downs, tables, colours."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table

_THIN = Side(style="thin")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)


def _put(sheet: Any, row: int, values: list[Any], *, boxed: bool = True) -> None:
    for column, value in enumerate(values, start=1):
        cell = sheet.cell(row, column, value)
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        if boxed:
            cell.border = _BOX


def _titled(sheet: Any, title: str, width: int) -> None:
    sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=width)
    sheet["A1"] = title
    sheet["A1"].font = Font(name="方正小标宋简体", size=20)


def plain(book: Workbook) -> None:
    """A header in the first row and three tasks."""
    sheet = book.active
    _put(sheet, 1, ["序号", "工作任务", "责任单位", "完成时限", "备注"])
    for n in range(1, 4):
        _put(sheet, n + 1, [n, f"老任务{n}", "镇农业农村办", date(2025, 10, n), None])
        sheet.cell(n + 1, 4).number_format = 'yyyy"年"m"月"d"日"'


def titled_with_footer(book: Workbook) -> None:
    """Title, source line, header, tasks, and who filled it in below."""
    sheet = book.active
    _titled(sheet, "柳河镇2025年重点工作任务分解表", 7)
    sheet["A2"] = "来源：柳政发〔2025〕1号"
    _put(sheet, 3, ["序号", "目标任务", "具体举措", "牵头单位", "配合单位", "完成时限", "备注"])
    for n in range(1, 5):
        _put(sheet, n + 3, [n, f"老任务{n}", "抓好落实。", "党政办", "各村", "12月底前", ""])
    sheet["A8"] = "填表人：王某"
    sheet["F8"] = "填表日期：2025年9月1日"
    sheet.merge_cells("A8:C8")


def merged_groups(book: Workbook) -> None:
    """Groups and tasks merged over several measures."""
    sheet = book.active
    _titled(sheet, "人居环境整治台账", 6)
    _put(sheet, 2, ["类别", "序号", "工作任务", "具体举措", "责任单位", "完成时限"])
    for n in range(6):
        _put(sheet, n + 3, [None, None, None, f"举措{n + 1}", "各村", "长期坚持"])
    for top, text in ((3, "一、清洁行动"), (6, "二、管护机制")):
        sheet.cell(top, 1, text)
        sheet.cell(top, 2, 1 if top == 3 else 2)
        sheet.cell(top, 3, f"老任务{top}")
        for column in (1, 2, 3):
            sheet.merge_cells(start_row=top, start_column=column, end_row=top + 2, end_column=column)


def two_header_rows(book: Workbook) -> None:
    """责任分工 over 牵头单位 and 配合单位."""
    sheet = book.active
    _titled(sheet, "重点任务清单", 7)
    _put(sheet, 2, ["序号", "重点任务", "工作目标", "责任分工", None, "时间要求", None])
    _put(sheet, 3, [None, None, None, "牵头单位", "配合单位", "完成时限", "调度频次"])
    sheet.merge_cells("D2:E2")
    sheet.merge_cells("F2:G2")
    for column in "ABC":
        sheet.merge_cells(f"{column}2:{column}3")
    _put(sheet, 4, [1, "老任务1", "达到95%", "农业农村局", "各乡镇", "2025年12月", "每月"])


def supervision(book: Workbook) -> None:
    """The running ledger of a supervision office, with choices and colours."""
    sheet = book.active
    header = [
        "事项编号",
        "事项类别",
        "来源（文号/会议）",
        "任务要求",
        "主办单位",
        "主办人",
        "协办",
        "拟办结时间",
        "进展情况",
        "推进状态",
        "备注",
    ]
    _put(sheet, 1, header)
    for n in range(2, 5):
        _put(
            sheet,
            n,
            [
                n - 1,
                "省级督办",
                "青政办发〔2025〕3号",
                f"老任务{n}",
                "县林业局",
                "赵某",
                "各乡镇",
                date(2025, 11, n),
                "",
                "推进中",
                "",
            ],
        )
        sheet.cell(n, 8).number_format = "yyyy-mm-dd"
    choice = DataValidation("list", formula1='"未启动,推进中,已完成"')
    choice.add("J2:J4")
    sheet.add_data_validation(choice)
    rule = FormulaRule(["$H2<TODAY()"], fill=PatternFill("solid", bgColor="FFC7CE"))
    sheet.conditional_formatting.add("A2:K4", rule)
    sheet.freeze_panes = "B2"


def with_total(book: Workbook) -> None:
    """A total that is a formula, below the tasks."""
    sheet = book.active
    _put(sheet, 1, ["序号", "工作任务", "目标指标", "责任单位", "资金（万元）"])
    for n in range(1, 4):
        _put(sheet, n + 1, [n, f"老任务{n}", "", "财政所", n * 10])
    _put(sheet, 5, ["合计", None, None, None, "=SUM(E2:E4)"])


def second_sheet(book: Workbook) -> None:
    """A cover sheet first; the ledger is the second sheet."""
    book.active.title = "封面"
    book.active["B3"] = "2025年度工作台账"
    sheet = book.create_sheet("台账")
    _put(sheet, 2, ["序号", "重点工作", "责任单位", "时限"])
    _put(sheet, 3, ["1", "老任务1", "党建办", "年底前"])


def spreadsheet_table(book: Workbook) -> None:
    """A ledger that is a table object with a filter."""
    sheet = book.active
    _put(sheet, 1, ["序号", "工作任务", "牵头单位", "责任单位", "状态"])
    for n in range(1, 4):
        _put(sheet, n + 1, [n, f"老任务{n}", "组织办", "各村", "推进中"])
    sheet.add_table(Table(displayName="台账表", ref="A1:E4"))


def empty_template(book: Workbook) -> None:
    """A form with empty boxed rows and a footer."""
    sheet = book.active
    _titled(sheet, "＿＿镇任务交办单", 5)
    _put(sheet, 2, ["序号", "交办事项", "承办单位", "办结时限", "备注"])
    for row in range(3, 6):
        _put(sheet, row, [None] * 5)
    sheet["A6"] = "审核：　　　　　　填报时间："


def no_numbers(book: Workbook) -> None:
    """No serial numbers, a column that nobody knows, text dates."""
    sheet = book.active
    _put(sheet, 1, ["主要任务", "难易度", "责任部门", "完成时间", "分管领导", "进展情况"])
    _put(sheet, 2, ["老任务1", "难", "水利站", "2025.10.30", "李某", "已进场"])


LEDGERS: dict[str, Callable[[Workbook], None]] = {
    maker.__name__: maker
    for maker in (
        plain,
        titled_with_footer,
        merged_groups,
        two_header_rows,
        supervision,
        with_total,
        second_sheet,
        spreadsheet_table,
        empty_template,
        no_numbers,
    )
}


def made(folder: Path, name: str) -> Path:
    """The ledger of this name as a file."""
    book = Workbook()
    LEDGERS[name](book)
    path = folder / f"{name}.xlsx"
    book.save(path)
    return path
