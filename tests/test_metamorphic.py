"""One notice in six dresses: .txt in UTF-8 and GB18030, .docx, .html, .pdf and traditional script give the same tasks.

The notices are sample texts of ``corpus_texts/``, rendered here anew. Compared are the ids (minted from content, so that
they are the same for every copy) and every field; titles and quotes in simplified script, without spaces.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from extractor import pipeline
from extractor.evaluate import plain
from extractor.lexicon import load
from extractor.model import Deadline, Extraction, Target
from extractor.readers import read_bytes
from tests import make_corpus
from tests.make_corpus import MAKERS, TEXTS, Line, NoticeSource, PlanSource, read_source

TEXTS_TRIED = (
    "town-safety-production.txt.txt",
    "liuhe-village-income.txt.txt",
    "deadlines-two-steps.txt.txt",
    "shiqiao-dangerous-houses.docx.txt",
    "units-nested-brackets.txt.txt",
    "plans-two-lists.txt.txt",
    "deadlines-fiveyear.docx.txt",
    "county-inspection-rectification.pdf.txt",
)
TABLES_TRIED = (
    "qingxi-work-report-division.html.txt",
    "ecology-inspection-table.docx.txt",
    "breakdown-dates-by-share.pdf.txt",
    "qingxi-greening-towns.docx.txt",
)
DRESSES = ("gb18030", ".docx", ".html", ".pdf", "traditional")


@cache
def source_of(name: str) -> NoticeSource:
    notice = read_source(TEXTS / name)
    settings = {k: v for k, v in notice.settings.items() if k == "partial"}
    return NoticeSource(notice.path, settings, notice.plans)


def dressed(notice: NoticeSource, dress: str) -> bytes:
    if dress == "gb18030":
        return MAKERS[".txt"](NoticeSource(notice.path, {**notice.settings, "encoding": "gb18030"}, notice.plans))
    if dress == "traditional":
        return MAKERS[".txt"](in_traditional(notice))
    return MAKERS[dress](notice)


def in_traditional(notice: NoticeSource) -> NoticeSource:
    import opencc

    convert = opencc.OpenCC("s2t").convert

    def line(old: Line) -> Line:
        return replace(old, raw=convert(old.raw), cells=[convert(c) for c in old.cells] if old.cells else old.cells)

    plans = [PlanSource(plan.head, [line(old) for old in plan.lines]) for plan in notice.plans]
    return NoticeSource(notice.path, notice.settings, plans)


@cache
def extraction_of(name: str, dress: str) -> Extraction:
    return pipeline.extract(read_bytes(dressed(source_of(name), dress), f"notice{dress}"), load())


def when(deadline: Deadline) -> tuple[Any, ...]:
    d = deadline
    return (d.kind, d.starts_on, d.ends_on, d.edtf, d.recurrence, d.duration, d.inherited, plain(d.evidence.quote))


def number(target: Target) -> tuple[Any, ...]:
    t = target
    return (plain(t.indicator), t.operator, t.low, t.high, plain(t.unit or ""), t.change, plain(t.evidence.quote))


def fields(extraction: Extraction) -> Iterator[tuple[str, Any]]:
    """Everything that a plan says, one line each."""
    for plan in extraction.plans:
        yield "plan", (plan.id, plain(plan.title or ""), plain(plan.issuer or ""), plan.issued_on)
        for task in plan.tasks:
            yield "task", (task.id, plain(task.title), plain(task.evidence.quote))
            yield "section", tuple(plain(heading) for heading in task.section)
            yield "measures", tuple(plain(measure.evidence.quote) for measure in task.measures)
            yield "units", tuple((r.id, plain(r.unit), r.role, r.inherited) for r in task.responsibilities)
            yield "deadlines", tuple((d.id, *when(d)) for d in task.deadlines)
            yield "targets", tuple((t.id, *number(t)) for t in task.targets)
            yield "due", (task.due_on, task.due_rule, plain(task.report_to or ""), plain(task.contact or ""))
        for goal in plan.goals:
            yield "goal", (goal.id, plain(goal.evidence.quote), tuple(map(when, goal.deadlines)))
            yield "targets of a goal", tuple(map(number, goal.targets))


def without_reportlab(dress: str) -> bool:
    return dress == ".pdf" and importlib.util.find_spec("reportlab") is None


@pytest.mark.parametrize("dress", DRESSES)
@pytest.mark.parametrize("name", TEXTS_TRIED)
def test_same_tasks_in_every_dress(name: str, dress: str) -> None:
    if without_reportlab(dress):
        pytest.skip("reportlab is not installed: no .pdf can be made")
    expected = list(fields(extraction_of(name, ".txt")))
    assert len(expected) > 12
    found = list(fields(extraction_of(name, dress)))
    assert [value for value in found if value not in expected] == []
    assert found == expected


@pytest.mark.parametrize("dress", [".docx", ".pdf"])
@pytest.mark.parametrize("name", TABLES_TRIED)
def test_same_rows_of_a_table_in_every_dress(name: str, dress: str) -> None:
    """Plain text has no tables: these are compared with the page."""
    if without_reportlab(dress):
        pytest.skip("reportlab is not installed: no .pdf can be made")
    expected = list(fields(extraction_of(name, ".html")))
    assert len(expected) > 12
    assert list(fields(extraction_of(name, dress))) == expected


def test_canonical_names_do_not_depend_on_the_script() -> None:
    named = [
        [
            r.canonical or r.unit
            for plan in extraction_of(TEXTS_TRIED[0], dress).plans
            for t in plan.tasks
            for r in t.responsibilities
        ]
        for dress in (".txt", "traditional")
    ]
    assert named[0] == named[1]


def test_noise_goes_in_either_script() -> None:
    text = """石桥镇河道整治方案
一、清理河道。各村要在6月底前清理垃圾。
第 1 页 共 2 页
二、加强巡查。各村要每周巡查。
下载文档到电脑，查找使用更方便
"""
    plain_text = NoticeSource(TEXTS, {}, [PlanSource({}, [Line(raw, n) for n, raw in enumerate(text.splitlines())])])
    found = [
        pipeline.extract(read_bytes(MAKERS[".txt"](notice), "notice.txt"), load())
        for notice in (plain_text, in_traditional(plain_text))
    ]
    said = [[plain(task.evidence.quote) for plan in one.plans for task in plan.tasks] for one in found]
    assert said[0] == ["清理河道各村要在6月底前清理垃圾", "加强巡查各村要每周巡查"]
    assert said[1] == said[0]


def test_line_ends_and_a_byte_order_mark_change_nothing() -> None:
    name = TEXTS_TRIED[0]
    text = MAKERS[".txt"](source_of(name)).decode("utf-8")
    expected = list(fields(extraction_of(name, ".txt")))
    for data in (
        text.replace("\n", "\r\n").encode(),
        text.replace("\n", "\n\n").encode(),
        b"\xef\xbb\xbf" + text.encode(),
        text.encode("utf-16"),
        text.replace("\n", "\n　　").encode(),
    ):
        assert list(fields(pipeline.extract(read_bytes(data, "notice.txt"), load()))) == expected


def test_the_name_of_the_file_changes_nothing() -> None:
    data = MAKERS[".txt"](source_of(TEXTS_TRIED[0]))
    one, other = (pipeline.extract(read_bytes(data, name), load()) for name in ("甲.txt", "2019年乙.txt"))
    assert list(fields(one)) == list(fields(other))


def test_the_texts_are_still_there() -> None:
    assert {TEXTS / name for name in TEXTS_TRIED} <= set(make_corpus.sources())
