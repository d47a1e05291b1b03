"""One notice in, its plans out: what the order of the work gives as a whole."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from extractor import pipeline
from extractor.errors import ReadError, SecretError
from extractor.lexicon import load
from extractor.model import Document, Extraction, Task
from extractor.readers import read

NOTICE = """柳溪县人民政府办公室关于印发《柳溪县2024年河道整治实施方案》的通知
柳政办发〔2024〕17号
各乡镇人民政府：
现将《柳溪县2024年河道整治实施方案》印发给你们，请认真贯彻执行。
柳溪县人民政府办公室
2024年2月6日
柳溪县2024年河道整治实施方案
一、工作目标
到2024年底，全县河道水质达标率达到95%以上。
二、整治措施（牵头单位：县水利局）
（一）清理河道。各乡镇要在6月底前完成垃圾清理，每村配备保洁员2名。（责任单位：各乡镇人民政府；配合单位：县农业农村局）
（二）加强巡查。县水利局每月28日前将巡查情况报送县河长办。发现险情的，48小时内处置到位。
三、组织保障
成立整治专班，统筹推进各项工作。
（联系人：李某，电话：0000-7654321）
"""


def extraction_of(text: str, **setting: str) -> Extraction:
    return pipeline.extract(Document("通知.txt", "text/plain", "0" * 64, text), load(), **setting)


@pytest.fixture(scope="module")
def tasks() -> tuple[Task, ...]:
    return extraction_of(NOTICE).plans[0].tasks


def test_the_letterhead_of_the_whole() -> None:
    [plan] = extraction_of(NOTICE).plans
    assert (plan.title, plan.number) == ("柳溪县2024年河道整治实施方案", "柳政办发〔2024〕17号")
    assert (plan.issuer, plan.issued_on, plan.region) == ("柳溪县人民政府办公室", "2024-02-06", "柳溪县")
    assert plan.addressees == ("各乡镇人民政府",)
    assert [(link.kind, link.title) for link in plan.links] == [("forwards", "柳溪县2024年河道整治实施方案")]


def test_titles_sections_and_goals(tasks: tuple[Task, ...]) -> None:
    assert [task.title for task in tasks] == ["清理河道", "加强巡查", "组织保障"]
    assert tasks[0].section == ("二、整治措施", "（一）清理河道")
    [goal] = extraction_of(NOTICE).plans[0].goals
    assert goal.evidence.quote == "到2024年底，全县河道水质达标率达到95%以上。"
    assert [d.ends_on for d in goal.deadlines] == ["2024-12-31"]
    assert [(t.operator, t.low, t.unit) for t in goal.targets] == [(">=", 95, "%")]


def test_units_their_own_and_inherited(tasks: tuple[Task, ...]) -> None:
    first = [(unit.unit, unit.role, unit.inherited) for unit in tasks[0].responsibilities]
    assert ("各乡镇人民政府", "responsible", False) in first and ("县农业农村局", "support", False) in first
    inherited = [unit for unit in tasks[0].responsibilities if unit.inherited]
    assert [(unit.unit, unit.role) for unit in inherited] == [("县水利局", "lead")]
    assert "县水利局" in inherited[0].evidence.quote


def test_dates_numbers_and_reports(tasks: tuple[Task, ...]) -> None:
    [by] = tasks[0].deadlines
    assert (by.kind, by.ends_on, [basis.why for basis in by.basis]) == ("by", "2024-06-30", ["year"])
    assert (tasks[0].due_on, tasks[0].due_rule) == ("2024-06-30", "own")
    assert [(t.indicator, t.operator, t.low, t.scope) for t in tasks[0].targets] == [("保洁员", "=", 2, "每村")]
    kinds = {(d.kind, d.recurrence, d.duration) for d in tasks[1].deadlines}
    assert kinds == {("recurring", "FREQ=MONTHLY;BYMONTHDAY=28", None), ("within", None, "PT48H")}
    assert tasks[1].due_on is None
    assert tasks[1].report_to == "县河长办" and "0000-7654321" in (tasks[1].contact or "")
    measures = {measure.id for measure in tasks[1].measures}
    assert len(measures) == 2 and {d.measure_id for d in tasks[1].deadlines} == measures


def test_a_file_and_its_document_give_the_same(tmp_path: Path) -> None:
    path = tmp_path / "通知.txt"
    path.write_text(NOTICE, encoding="utf-8")
    assert pipeline.extract(path, load()) == pipeline.extract(read(path), load())
    source = pipeline.extract(path, load()).source
    assert (source.path, source.encoding, source.text) == ("通知.txt", "utf-8", NOTICE)


def test_the_reference_date_gives_a_year_only_where_the_text_has_none() -> None:
    text = "一、清理河道。各村要在6月底前完成清理。"
    without = extraction_of(text).plans[0].tasks[0].deadlines[0]
    assert (without.ends_on, without.edtf) == (None, "XXXX-06")
    with_date = extraction_of(text, reference_date="2023-02-01").plans[0].tasks[0].deadlines[0]
    assert with_date.ends_on == "2023-06-30"
    assert extraction_of(NOTICE, reference_date="2023-02-01").plans == extraction_of(NOTICE).plans


def test_the_region_decides_what_a_bare_year_means() -> None:
    text = "一、清理河道。各所應於112年6月底前完成清理。"
    assert extraction_of(text, region="TW").plans[0].tasks[0].deadlines[0].ends_on == "2023-06-30"


def test_a_text_that_orders_nothing_is_said_to_hold_nothing() -> None:
    found = extraction_of("会议听取了三个部门的汇报。\n河道总长三十六公里。")
    assert [problem.code for problem in found.problems] == ["no_task"]
    assert not any(plan.tasks or plan.goals for plan in found.plans)


def test_an_empty_document_has_no_plan() -> None:
    found = extraction_of("\n \u3000\n")
    assert found.plans == () and [problem.code for problem in found.problems] == ["no_task"]


def test_a_file_without_text_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "空.txt"
    path.write_bytes(b"")
    with pytest.raises(ReadError):
        pipeline.extract(path, load())


def test_a_secret_paper_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "密.txt"
    path.write_text("机密★1年\n" + NOTICE, encoding="utf-8")
    with pytest.raises(SecretError) as caught:
        pipeline.extract(path, load())
    assert "河道" not in str(caught.value)


def test_several_plans_keep_their_own_letterheads_and_ids() -> None:
    parts = "".join(
        f"篇{number}：{place}河道整治方案\n{place}河道整治方案\n一、清理河道。各村要清理垃圾。\n{place}人民政府\n2024年{month}月1日\n"
        for number, place, month in (("一", "石桥镇", 3), ("二", "白水镇", 4))
    )
    first, second = extraction_of(parts).plans
    assert (first.issuer, second.issuer) == ("石桥镇人民政府", "白水镇人民政府")
    assert (first.issued_on, second.issued_on) == ("2024-03-01", "2024-04-01")
    assert first.id != second.id and first.tasks[0].id != second.tasks[0].id


def test_a_task_keeps_its_id_when_others_come_and_go(tasks: tuple[Task, ...]) -> None:
    longer = NOTICE.replace("三、组织保障", "（三）修复护岸。各乡镇要修复护岸3处。\n三、组织保障")
    kept = {task.title: task.id for task in extraction_of(longer).plans[0].tasks}
    assert {task.title: task.id for task in tasks}.items() <= kept.items()


def test_noise_is_told_apart_from_what_the_notice_says(tasks: tuple[Task, ...]) -> None:
    noisy = NOTICE.replace("各乡镇要在6月底前", "各乡镇要在６月 底前")
    found = extraction_of(noisy).plans[0].tasks
    assert found[0].due_on == "2024-06-30"
    assert [replace(task, evidence=tasks[0].evidence).title for task in found] == [task.title for task in tasks]


def test_units_are_written_in_the_script_of_the_paper() -> None:
    [plan] = extraction_of(
        "柳溪縣河道整治實施方案\n一、整治措施\n（一）清理河道。由縣農業農村局會同縣水利局開展巡查。（責任單位：黨建、財政辦公室，縣髮展局）\n"
    ).plans
    found = {(r.unit, r.canonical) for r in plan.tasks[0].responsibilities}
    assert ("縣農業農村局", "农业农村局") in found
    assert ("財政辦公室", "财政办公室") in found
    assert not any(set(r.unit) & set("县业农财办") for r in plan.tasks[0].responsibilities)
