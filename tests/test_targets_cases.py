"""Targets of policy sentences and tables (tests/cases/targets.jsonl): what is one, what counts, and what never is."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.extractors.targets import TargetValue, find, find_in, find_table
from extractor.lexicon import load
from extractor.model import Cell, Mention, Span, Table
from extractor.text import PlanText
from tests.plan_texts import plan_of

CASES = Path(__file__).parent / "cases" / "targets.jsonl"
HOSTILE = [
    "一二三四五六七八九十" * 40,
    "3个" * 200,
    "1个、" * 133,
    "达到50%，" * 66,
    "其中3个" * 100,
    "（3个" * 133,
    "“3个" * 133,
    "分别3个和" * 80,
    "由3%提高到" * 66,
    "建设" * 199 + "3个",
    "，" * 398 + "3个",
    "从" * 398 + "到3天",
    "每村每户每人3个" * 50,
    "年底前" * 132 + "3个",
    "20万元以上的" * 66,
    "在" * 390 + "基础上增长3%",
]


def cases() -> list[dict[str, Any]]:
    return [json.loads(line) for line in CASES.read_text("utf-8").splitlines()]


def of_text(text: str, *, year: int | None = None) -> list[Mention]:
    return list(find_in(text, text, Span(0, len(text)), load(), year=year))


def value_of(mention: Mention) -> TargetValue:
    assert isinstance(mention.value, TargetValue)
    return mention.value


@pytest.mark.parametrize("case", cases(), ids=lambda c: c["text"][:18])
def test_targets_of_a_sentence(case: dict[str, Any]) -> None:
    text = case["text"]
    found = of_text(text)
    assert [m.span.of(text) for m in found] == [t["quote"] for t in case["targets"]]
    for mention, wanted in zip(found, case["targets"], strict=True):
        value = value_of(mention)
        told = {"indicator": value.indicator, "operator": value.operator, "unit": value.unit}
        told |= {k: v for k in ("change", "scope", "baseline") if (v := getattr(value, k)) is not None}
        assert told == {k: v for k, v in wanted.items() if k not in ("quote", "low", "high")}
        assert (value.low is None, value.high is None) == (wanted["low"] is None, wanted["high"] is None)
        assert value.low is None or value.low == pytest.approx(wanted["low"])
        assert value.high is None or value.high == pytest.approx(wanted["high"])


def test_a_number_of_an_earlier_year_is_a_fact() -> None:
    text = "2022年，全县新建公路120公里。2024年，全县新建公路80公里。"
    assert [value_of(m).low for m in of_text(text, year=2024)] == [80]
    assert [value_of(m).low for m in of_text(text)] == [120, 80]


def test_a_compared_year_is_no_fact() -> None:
    found = of_text("农村生活污水治理率比2022年提高10个百分点。", year=2024)
    assert [(value_of(m).low, value_of(m).baseline) for m in found] == [(10, "2022年")]


def test_words_are_the_documents_own() -> None:
    match, text = "农村生活污水治理率达到45%以上。", "農村生活污水治理率達到45%以上。"
    plan = plan_of(text, match=match)
    assert [value_of(m).indicator for m in find(plan, load())] == ["農村生活污水治理率"]


def test_a_plan_is_read_between_its_edges() -> None:
    text = "新建公厕6座。新建公园3个。新建站点9个。"
    start, end = text.index("新建公园"), text.index("新建站点")
    found = list(find_in(text, text, Span(start, end), load()))
    assert [m.span.of(text) for m in found] == ["公园3个"]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda t: t[:6])
def test_a_hostile_line_is_quick(text: str) -> None:
    of_text("新建公厕6座。")  # dictionaries are read once
    assert min(_seconds(text[:400]) for _ in range(4)) < 0.05


def _seconds(text: str) -> float:
    started = time.process_time()
    of_text(text)
    return time.process_time() - started


@given(
    st.text(
        alphabet="新建达到提高增长降至不少于超过以上内左右其中分别每村全覆盖清零率数个名家元万亿%0123456789一二三、，。；：（）“”的和由从\n\t",
        max_size=80,
    )
)
def test_no_text_raises_and_quotes_lie_in_it(text: str) -> None:
    for mention in of_text(text, year=2024):
        value = value_of(mention)
        assert 0 <= mention.span.start < mention.span.end <= len(text)
        assert value.indicator
        assert value.low is not None or value.high is not None


# -- tables ------------------------------------------------------------------------------------------------------------


def table_plan(rows: list[list[str]], lead: str = "") -> tuple[PlanText, Table]:
    """A plan that is one table, its cells parted by tabs and its rows by line feeds."""
    text, cells = lead, []
    for r, row in enumerate(rows):
        for c, words in enumerate(row):
            cells.append(Cell(r, c, 1, 1, Span(len(text), len(text) + len(words))))
            text += words + ("\t" if c < len(row) - 1 else "\n")
    table = Table(Span(len(lead), len(text)), len(rows), len(rows[0]), tuple(cells))
    plan = plan_of(text)
    return replace(plan, clean=replace(plan.clean, tables=(table,))), table


TOWNS = [
    ["序号", "乡镇", "粮食面积（万亩）", "油菜籽产量（吨）", "机收率（%）", "备注"],
    ["", "合计", "9.3", "2,000", "95", ""],
    ["1", "柳河镇", "5.2", "1,100", "≥96", "含湿地200亩"],
    ["2", "白水镇", "4.1", "900", "—", ""],
]


def test_a_cell_of_towns_and_indicators_is_a_target() -> None:
    plan, table = table_plan(TOWNS)
    found = [
        (v.scope, v.indicator, v.operator, v.low, v.unit)
        for m in find_table(plan, table, load())
        for v in [value_of(m)]
    ]
    assert found == [
        ("合计", "粮食面积", "=", pytest.approx(93000), "亩"),
        ("合计", "油菜籽产量", "=", 2000, "吨"),
        ("合计", "机收率", "=", 95, "%"),
        ("柳河镇", "粮食面积", "=", pytest.approx(52000), "亩"),
        ("柳河镇", "油菜籽产量", "=", 1100, "吨"),
        ("柳河镇", "机收率", ">=", 96, "%"),
        ("白水镇", "粮食面积", "=", pytest.approx(41000), "亩"),
        ("白水镇", "油菜籽产量", "=", 900, "吨"),
    ]


def test_the_total_may_stand_where_the_row_number_would() -> None:
    rows = [["序号", "村名", "造林（亩）"], ["1", "东村", "120"], ["2", "西村", "80"], ["合计", "", "200"]]
    plan, table = table_plan(rows)
    found = [value_of(m) for m in find_table(plan, table, load())]
    assert [(v.scope, v.low) for v in found] == [("东村", 120), ("西村", 80), ("合计", 200)]


def test_a_cells_quote_is_its_number() -> None:
    plan, table = table_plan(TOWNS)
    assert [m.span.of(plan.text) for m in find_table(plan, table, load())][:3] == ["9.3", "2,000", "95"]


def test_the_unit_may_stand_over_the_table() -> None:
    plan, table = table_plan([["村名", "造林"], ["东村", "120"], ["西村", "80"]], lead="造林任务表（单位：亩）\n")
    assert [value_of(m).unit for m in find_table(plan, table, load())] == ["亩", "亩"]


@pytest.mark.parametrize(
    "rows",
    [
        [["姓名", "电话"], ["王某", "13800000000"]],
        [["项目", "分值"], ["组织领导", "10"], ["工作落实", "20"]],
        [["时间", "内容"], ["3月", "动员部署"]],
        [["1", "2"], ["3", "4"]],
        [[""]],
    ],
)
def test_other_tables_give_none(rows: list[list[str]]) -> None:
    plan, table = table_plan(rows)
    assert list(find_table(plan, table, load())) == []


def test_a_table_of_targets_is_read_once() -> None:
    plan, _ = table_plan(TOWNS, lead="各镇要完成下列任务，新建公厕6座。\n")
    found = list(find(plan, load()))
    assert [m.rule for m in found].count("targets.table") == 8
    assert [m.span.of(plan.text) for m in found if m.rule != "targets.table"] == ["公厕6座"]
