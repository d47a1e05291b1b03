"""The tables of reminders and reports (提醒单、报表), for the writers of Word and workbook."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from extractor.exports import phrases
from extractor.exports.rows import Row, notice_name
from extractor.exports.sheets import Column, units_text
from extractor.exports.word import WordTable
from extractor.exports.workbook import PlainSheet
from extractor.ledger.periods import Line, Period, is_new, is_overdue
from extractor.ledger.reminders import Due, by_unit

HEADER = ("单位", "总数", "已完成", "推进中", "未启动", "暂缓或取消", "逾期", "本期到期", "本期新增", "完成率")

_DUE_COLUMNS: tuple[Column[Due], ...] = (
    Column("工作任务", 40, lambda x: x.row.title),
    Column("来源", 24, lambda x: notice_name(x.row)),
    Column("到期日", 24, lambda x: "\n".join(filter(None, (x.words, x.late)))),
    Column("时限", 14, lambda x: x.why),
    Column("状态", 12, lambda x: phrases.STATUSES[x.row.office.status]),
    Column("责任人", 12, lambda x: x.row.office.person),
    Column("签收", 12, lambda x: None),
)
_LINE_COLUMNS: tuple[Column[Line], ...] = (
    Column("单位", 28, lambda x: x.unit),
    Column("总数", 8, lambda x: x.total, "number"),
    Column("已完成", 8, lambda x: x.done, "number"),
    Column("推进中", 8, lambda x: x.in_progress, "number"),
    Column("未启动", 8, lambda x: x.not_started, "number"),
    Column("暂缓或取消", 10, lambda x: x.stopped, "number"),
    Column("逾期", 8, lambda x: x.overdue, "number"),
    Column("本期到期", 9, lambda x: x.due_here, "number"),
    Column("本期新增", 9, lambda x: x.new, "number"),
    Column("完成率", 10, lambda x: x.share),
)
_ROW_COLUMNS: tuple[Column[Row], ...] = (
    Column("序号", 6, lambda x: x.number, "number"),
    Column("工作任务", 40, lambda x: x.title),
    Column("责任单位", 28, lambda x: units_text(x).replace("\n", "；")),
    Column("完成时限", 15, lambda x: phrases.as_date(x.due_on), "date"),
    Column("状态", 12, lambda x: phrases.STATUSES[x.office.status]),
    Column("进展", 30, lambda x: x.office.progress),
    Column("来源", 24, notice_name),
)


def cells(line: Line) -> tuple[str, ...]:
    """A line of figures as text."""
    numbers = (line.total, line.done, line.in_progress, line.not_started, line.stopped, line.overdue, line.due_here)
    return (line.unit, *map(str, numbers), str(line.new), line.share)


def reminder_tables(found: Sequence[Due]) -> list[WordTable[Due]]:
    """One table a unit."""
    return [WordTable(f"{unit}（{len(items)}项）", _DUE_COLUMNS, items) for unit, items in by_unit(found).items()]


def report_tables(rows: Sequence[Row], lines: Sequence[Line], within: Period, today: date) -> list[WordTable[Any]]:
    """The figures by unit, what is overdue, and what is new."""
    overdue, new = _lists(rows, within, today)
    return [
        WordTable("一、各单位进展", _LINE_COLUMNS, lines),
        WordTable(f"二、逾期事项（{len(overdue)}项）", _ROW_COLUMNS, overdue),
        WordTable(f"三、本期新增事项（{len(new)}项）", _ROW_COLUMNS, new),
    ]


def report_sheets(rows: Sequence[Row], lines: Sequence[Line], within: Period, today: date) -> list[PlainSheet[Any]]:
    """The same as sheets."""
    overdue, new = _lists(rows, within, today)
    return [
        PlainSheet("各单位进展", _LINE_COLUMNS, lines),
        PlainSheet("逾期事项", _ROW_COLUMNS, overdue),
        PlainSheet("本期新增", _ROW_COLUMNS, new),
    ]


def _lists(rows: Sequence[Row], within: Period, today: date) -> tuple[list[Row], list[Row]]:
    on = min(within.last, today)
    return [row for row in rows if is_overdue(row, on)], [row for row in rows if is_new(row, within)]
