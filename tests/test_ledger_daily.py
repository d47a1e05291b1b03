"""Reminders and reports."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import openpyxl
import pytest

from extractor import lexicon
from extractor.calendar.workdays import DayOff
from extractor.errors import UsageError
from extractor.exports.rows import OfficeColumns, Row, rows
from extractor.exports.word import write_word_tables
from extractor.exports.workbook import write_plain_workbook
from extractor.ledger import papers
from extractor.ledger.periods import lines, period
from extractor.ledger.reminders import as_text, by_unit, due
from tests.exports_samples import sample_register

WORDS = lexicon.load()


def sample_rows(**office: OfficeColumns) -> list[Row]:
    return list(rows(sample_register(), office))


def test_what_falls_due_within_a_week() -> None:
    found = due(sample_rows(), WORDS, today=date(2025, 12, 25), days=7)
    assert [(item.day, item.row.id, item.why) for item in found] == [
        (date(2025, 12, 28), "t2", "每月28日前"),
        (date(2025, 12, 31), "g1", "完成时限"),
        (date(2025, 12, 31), "t1", "完成时限"),
    ]
    assert due(sample_rows(), WORDS, today=date(2025, 9, 1), days=7) == []


def test_the_inner_date_comes_first_and_finished_work_is_silent() -> None:
    office = {"t1": OfficeColumns(inner_due="2025-12-26"), "g1": OfficeColumns(status="closed")}
    found = due(sample_rows(**office), WORDS, today=date(2025, 12, 25), days=2)
    assert [(item.day.day, item.why) for item in found] == [(26, "内部时限")]


def test_overdue_work_is_said_with_its_days() -> None:
    text = as_text(due(sample_rows(), WORDS, today=date(2026, 1, 5), days=3))
    assert "已逾期5天" in text
    assert "2025年12月31日（周三）（完成时限），已逾期5天。" in text, "the year is said where it is another"
    assert "请在" not in text, "what was due before a holiday long past is late, no more"
    assert text.startswith("以下1项工作没有写明责任单位")


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2025, 10, 3), "当天是国庆节、中秋节假期，请在9月30日前办理"),
        (date(2025, 10, 11), ""),
        (date(2025, 11, 8), "当天是周末，请在11月7日前办理"),
        (date(2025, 11, 10), ""),
    ],
)
def test_days_off_are_named(day: date, said: str) -> None:
    [_, row, _] = sample_rows()
    row = replace(row, due_on=day.isoformat(), deadlines=())
    [item] = due([row], WORDS, today=day, days=1)
    assert item.day_off == said


def test_each_unit_gets_its_own_reminder(tmp_path: Path) -> None:
    found = due(sample_rows(), WORDS, today=date(2025, 12, 25), days=7)
    units = by_unit(found)
    assert {"农业农村办", "各村", "派出所", "（未写明单位）"} == set(units)
    text = as_text(found)
    assert "各村：贵单位有以下2项工作" in text
    path = write_word_tables(tmp_path / "提醒.docx", papers.reminder_tables(found), title="到期工作提醒单").path
    document = docx.Document(str(path))
    assert len(document.tables) == 4
    assert document.tables[0].rows[1].cells[0].text


def test_nothing_due_is_said() -> None:
    assert as_text([]) == "没有到期事项。\n"


@pytest.mark.parametrize(
    ("text", "name", "first", "last"),
    [
        ("2026", "2026年", date(2026, 1, 1), date(2026, 12, 31)),
        ("2026H2", "2026年下半年", date(2026, 7, 1), date(2026, 12, 31)),
        ("2026q3", "2026年第三季度", date(2026, 7, 1), date(2026, 9, 30)),
        ("2028-02", "2028年2月", date(2028, 2, 1), date(2028, 2, 29)),
        ("2026年 第三季度", "2026年第三季度", date(2026, 7, 1), date(2026, 9, 30)),
        ("2026年上半年", "2026年上半年", date(2026, 1, 1), date(2026, 6, 30)),
        ("2026年6月", "2026年6月", date(2026, 6, 1), date(2026, 6, 30)),
        ("2026年", "2026年", date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_periods(text: str, name: str, first: date, last: date) -> None:
    found = period(text)
    assert (found.name, found.first, found.last) == (name, first, last)


@pytest.mark.parametrize("text", ["", "2026Q5", "去年", "2026-13", "26Q1"])
def test_what_is_no_period_is_a_clear_error(text: str) -> None:
    with pytest.raises(UsageError, match="期间要写成"):
        period(text)


def test_figures_by_unit(tmp_path: Path) -> None:
    office = {"t1": OfficeColumns(status="in_progress"), "t2": OfficeColumns(status="done")}
    everything = sample_rows(**office)
    within = period("2025Q3")
    today = date(2026, 1, 10)
    total, *units = lines(everything, within, today=today)
    assert (total.total, total.done, total.in_progress, total.not_started) == (3, 1, 1, 1)
    assert (total.overdue, total.new, total.due_here) == (0, 3, 0)
    by_name = {line.unit: line for line in units}
    assert (by_name["各村"].total, by_name["各村"].done, by_name["各村"].share) == (2, 1, "50.0%")
    later = lines(everything, period("2026"), today=today)[0]
    assert (later.overdue, later.new) == (2, 0)

    by_hand = {"t2": OfficeColumns(added_on="2026-02-03")}
    undated = [replace(row, plan=replace(row.plan, issued_on=None)) for row in sample_rows(**by_hand)]
    assert lines(undated, period("2026Q1"), today=today)[0].new == 1
    assert by_hand["t2"].empty, "nobody has written anything about it"

    title = "2025年第三季度工作进展情况"
    sheets = papers.report_sheets(everything, [total, *units], within, today)
    book = openpyxl.load_workbook(write_plain_workbook(tmp_path / "r.xlsx", sheets, title=title, today=today).path)
    assert book.sheetnames == ["各单位进展", "逾期事项", "本期新增"]
    assert [cell.value for cell in book["各单位进展"][2]][:3] == ["合计", 3, 1]
    tables = papers.report_tables(everything, [total, *units], within, today)
    document = docx.Document(str(write_word_tables(tmp_path / "r.docx", tables, title=title).path))
    assert document.tables[0].rows[1].cells[0].text == "合计"


def test_the_holidays_are_whole_and_what_is_worked_is_a_weekend() -> None:
    days = {date.fromisoformat(row.date): row for row in WORDS.rows("holidays", DayOff)}
    for day, row in days.items():
        assert row.kind in ("off", "work")
        assert row.kind == "off" or day.weekday() >= 5, day
    off = {year: sum(row.kind == "off" for day, row in days.items() if day.year == year) for year in (2025, 2026)}
    assert off == {2025: 28, 2026: 33}
    worked = sorted(day.isoformat() for day, row in days.items() if row.kind == "work")
    assert worked == [
        "2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28", "2025-10-11",
        "2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10",
    ]  # fmt: skip
