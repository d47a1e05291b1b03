"""Responsible units on passages: what each holds, and what only looks like a unit."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.extractors.responsibilities import DirectiveValue, UnitMention, bracket_spans, find, unit_brackets
from extractor.lexicon import Lexicon, load
from extractor.model import Document, Mention, Node, Span
from extractor.normalise.match import match_text
from extractor.offsets import apply
from extractor.text import CleanText, Letterhead, PlanText

CASES = Path(__file__).parent / "cases"


def cases(name: str) -> list[Any]:
    rows = [json.loads(line) for line in (CASES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
    return [pytest.param(row, id=row["label"]) for row in rows]


def plan_of(text: str) -> PlanText:
    """A passage as a plan without any structure."""
    document = Document("passage.txt", "text/plain", "", text)
    clean = CleanText(document, apply(text, ()), match_text(text))
    return PlanText(clean, Span(0, len(text)), Letterhead(), Node("plan", 0, Span(0, len(text))))


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return load()


def units(mentions: Iterator[Mention]) -> list[tuple[Mention, UnitMention]]:
    return [(m, m.value) for m in mentions if isinstance(m.value, UnitMention)]


@pytest.mark.parametrize("row", cases("responsibilities"))
def test_passage(row: dict[str, Any], lexicon: Lexicon) -> None:
    plan = plan_of(row["text"])
    assert [[v.unit, v.role] for _, v in units(find(plan, lexicon))] == row["units"]
    rules = [m.value for m in find(plan, lexicon) if isinstance(m.value, DirectiveValue)]
    assert [[r.kind, r.scope] for r in rules] == row.get("rules", [])


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("年底前完成。（责任单位：综治办、派出所；完成时限：6月底）", ["责任单位：综治办、派出所"]),
        ("（市科委牵头，市教委配合）", ["市科委牵头，市教委配合"]),
        ("各支部要列出时间表，逐项销号。", ["各支部要列出时间表"]),
        ("日常工作由党建办负责，按月通报。", ["由党建办负责"]),
        ("主（協）辦機關：國發會、(各部會)", ["主（協）辦機關：國發會、(各部會)"]),
        ("請各縣市政府於3月底前辦理。", ["請各縣市政府於3月底前辦理"]),
    ],
)
def test_quote_is_the_words_in_the_documents_script(text: str, quotes: list[str], lexicon: Lexicon) -> None:
    found = dict.fromkeys(m.span.of(text) for m, _ in units(find(plan_of(text), lexicon)))
    assert list(found) == quotes


def test_brackets_are_told_whole_and_plain_brackets_are_not(lexicon: Lexicon) -> None:
    text = "1.改造（含新建）厕所。完成三百户。（责任单位：县农业农村局（县扶贫办）；完成时限：2026年底）\n责任单位：各镇\n2.其他。"
    spans = [s.of(text) for s in bracket_spans(find(plan_of(text), lexicon))]
    assert spans == ["（责任单位：县农业农村局（县扶贫办）；完成时限：2026年底）", "责任单位：各镇"]
    fields = unit_brackets(plan_of(text), lexicon)[0].fields
    assert [(f.label, f.role) for f in fields] == [("责任单位", "responsible"), ("完成时限", None)]


def test_a_line_end_inside_an_unclosed_bracket_ends_it(lexicon: Lexicon) -> None:
    text = "（责任单位：综治办、派出所\n各村要清理垃圾。"
    assert [v.unit for _, v in units(find(plan_of(text), lexicon))] == ["综治办", "派出所", "各村"]


WORDS = """各村 镇 市科委 局 、 ， 。 ； （ ） 牵头 单位 ： 责任 要 由 请 会同 配合 等 和 及 部门 负责 组织 线 的 接受 监督 第一 为
主（协）办 2023 X A ( ) 「 “ ” 一、 以下 均需 不再列出 报 核准 領導小組 縣"""
PIECES = st.sampled_from([*WORDS.split(), "\n", " "])


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.lists(PIECES, max_size=60).map("".join), st.text(max_size=200)))
def test_whatever_the_text_every_mention_stands_in_it(text: str) -> None:
    lexicon = load()
    plan = plan_of(text)
    mentions = list(find(plan, lexicon))
    assert mentions == list(find(plan, lexicon))
    assert [m.span for m in mentions] == sorted(m.span for m in mentions)
    for mention, value in units(iter(mentions)):
        assert plan.span.holds(mention.span) and mention.span.length > 0
        assert value.place.of(plan.match) == value.unit
        assert 0 <= value.ordinal < value.of
    spans = bracket_spans(find(plan, lexicon))
    assert all(a.end <= b.start for a, b in pairwise(spans))


HOSTILE = (
    "（" * 400, "（责任单位：" * 60, "各村、" * 130 + "要", "各单位和" * 100 + "要", "由" * 400, "责任单位：" * 80,
    "牵头" * 200, "（" + "局、" * 190 + "）", "（" + "局、" * 190 + "负责）", "市委办要" * 100, "会同局" * 130,
    "接受" * 200 + "监督", "的领导小组，" * 60, "列第一位" * 100, "以下均由" * 100, "报局" * 200, "第一" * 200,
    "1月1日前" * 70 + "各村要", "、" * 399 + "要", "和" * 398 + "局要", "等部门" * 130 + "要", "各省、自治区、" * 57 + "政府要",
    "各" * 398 + "政府", "一是" * 200, "在局" * 200, "每村" * 200, "牵头责任单位及" * 57 + "：局", "一二三四五六七八九十" * 40,
    "2023.1.2-" * 44, "每年每月每日" * 66, "）（" * 200, "“" * 400, "局（" * 200, "（局）" * 130,
)  # fmt: skip


@pytest.mark.parametrize("line", HOSTILE, ids=lambda line: line[:8])
def test_hostile_line_takes_less_than_50_ms(line: str, lexicon: Lexicon) -> None:
    list(find(plan_of("各村要负责。"), lexicon))
    best = 1.0
    for _ in range(3):
        start = time.process_time()
        list(find(plan_of(line[:400]), lexicon))
        best = min(best, time.process_time() - start)
    assert best < 0.05


def test_order_of_dictionary_rows_does_not_matter(tmp_path: Path, lexicon: Lexicon) -> None:
    for source in lexicon.folders[-1].glob("*.csv"):
        header, *rows = source.read_text(encoding="utf-8").splitlines()
        (tmp_path / source.name).write_text("\n".join([header, *reversed(rows)]) + "\n", encoding="utf-8")
    turned = Lexicon([tmp_path])
    for case in cases("responsibilities"):
        plan = plan_of(case.values[0]["text"])
        assert list(find(plan, turned)) == list(find(plan, lexicon))
