"""Tables whose cells a copy parted with bars in lines of their own."""

from __future__ import annotations

import time

import pytest

from extractor.readers import barred_tables
from tests.core_cases import extraction_of

NAMES = ("序号", "类别", "重点工作", "责任科室", "责任人", "完成时限", "联系电话")


def barred(*rows: tuple[str, ...]) -> str:
    return "\n".join("\n|\n".join(row) for row in rows) + "\n"


def cells(text: str) -> list[list[str]]:
    [table] = barred_tables.find(text)
    rows = [[""] * table.columns for _ in range(table.rows)]
    for cell in table.cells:
        for row in range(cell.row, cell.row + cell.row_span):
            rows[row][cell.column] = cell.span.of(text)
    return rows


FIRST = ("1", "一、稳产保供", "粮食产量20万吨以上。", "农技中心", "林远", "2024年底前", "5550001")
SECOND = ("2", "油料产量增长6%。", "种植业科", "", "2024年底前", "5550002")
THIRD = ("3", "二、产业发展", "新增加工企业10家。", "产业科\n畜牧中心", "陈立\n周平", "10月底前", "5550003")


def test_a_row_without_the_merged_cell_goes_on_with_it() -> None:
    text = "柳溪县2024年重点工作\n" + barred(NAMES, FIRST, SECOND, THIRD)
    assert cells(text) == [
        list(NAMES),
        list(FIRST),
        ["2", "一、稳产保供", *SECOND[1:]],
        list(THIRD),
    ]


def test_a_merged_unit_is_told_from_a_merged_group() -> None:
    names = ("序号", "工作任务", "责任单位", "完成时限")
    text = barred(names, ("1", "新建公厕3座。", "县住建局", "6月底前"), ("2", "改造管网9公里。", "9月底前"))
    assert cells(text)[2] == ["2", "改造管网9公里。", "县住建局", "9月底前"]


def test_a_bar_may_close_each_row_and_a_row_have_merged_cells() -> None:
    text = barred(NAMES, (*FIRST, ""), (*SECOND, ""), (*THIRD, ""))
    assert cells(text)[1:] == [list(FIRST), ["2", "一、稳产保供", *SECOND[1:]], list(THIRD)]


def test_a_bar_may_close_each_row() -> None:
    names = ("序号", "工作任务", "责任单位", "")
    text = barred(names, ("1", "新建公厕3座。", "县住建局", ""), ("2", "改造管网9公里。", "县水务局", ""))
    assert [row[1:3] for row in cells(text)[1:]] == [["新建公厕3座。", "县住建局"], ["改造管网9公里。", "县水务局"]]


def test_a_figure_in_a_row_is_no_serial_number() -> None:
    names = ("序号", "建设内容", "数量", "责任单位", "完成时限")
    text = barred(names, ("1", "公厕", "2", "县住建局", "6月底前"), ("2", "泵站", "3", "县水务局", "9月底前"))
    assert cells(text)[1:] == [["1", "公厕", "2", "县住建局", "6月底前"], ["2", "泵站", "3", "县水务局", "9月底前"]]


def test_its_rows_are_tasks() -> None:
    [plan] = extraction_of(
        {"text": "柳溪县2024年重点工作分解表\n" + barred(NAMES, FIRST, SECOND, THIRD), "format": "txt"}
    ).plans
    assert [t.title for t in plan.tasks] == ["粮食产量20万吨以上", "油料产量增长6%", "新增加工企业10家"]
    assert [t.section for t in plan.tasks] == [("一、稳产保供",), ("一、稳产保供",), ("二、产业发展",)]
    assert {"产业科", "畜牧中心"} <= {r.unit for r in plan.tasks[2].responsibilities}
    assert [d.ends_on for d in plan.tasks[2].deadlines] == ["2024-10-31"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "甲\n|\n乙\n|\n丙\n",
        barred(NAMES, FIRST),
        barred(("序号", "工作任务"), ("1", "新建公厕。"), ("2", "改造管网。")),
        barred(NAMES, FIRST, ("2", "油料产量增长6%。")),
        "序号\n|\n" + "各村要清理河道，" * 300 + "\n|\n1\n",
    ],
)
def test_what_is_none(text: str) -> None:
    assert list(barred_tables.find(text)) == []


def test_many_bars_take_no_time() -> None:
    started = time.perf_counter()
    assert list(barred_tables.find("序号\n|\n" * 4_000 + "|\n" * 20_000)) == []
    assert time.perf_counter() - started < 1.0
