"""Tasks and goals out of passages (``cases/trees_tasks.jsonl``) and tables (``cases/tables.jsonl``); only what a case
names is compared, but the number of tasks always."""

from __future__ import annotations

from typing import Any

import pytest

from extractor.model import Plan, Task
from tests.core_cases import cases, extraction_of


def shown(plan: Plan, task: Task) -> dict[str, Any]:
    return {
        "title": task.title,
        "measures": [measure.evidence.quote for measure in task.measures],
        "goals": [goal.evidence.quote for goal in plan.goals if goal.task_id == task.id],
        "section": list(task.section),
        "units": [[unit.unit, unit.role] for unit in task.responsibilities],
        "ends_on": [deadline.ends_on for deadline in task.deadlines],
        "figures": [[target.indicator, target.low, target.unit] for target in task.targets],
    }


def check(row: dict[str, Any]) -> None:
    plans = extraction_of(row).plans
    found = [shown(plan, task) for plan in plans for task in plan.tasks]
    assert [task["title"] for task in found] == [task["title"] for task in row["tasks"]]
    for task, wanted in zip(found, row["tasks"], strict=True):
        assert {name: task[name] for name in wanted} == wanted
    if "goals" in row:
        assert [g.evidence.quote for plan in plans for g in plan.goals if g.task_id is None] == row["goals"]
    if "goal_ends" in row:
        ends = [[d.ends_on for d in g.deadlines] for plan in plans for g in plan.goals if g.task_id is None]
        assert ends == row["goal_ends"]
    if "goal_figures" in row:
        goals = [g for plan in plans for g in plan.goals if g.task_id is None]
        assert [[[t.indicator, t.low, t.unit] for t in g.targets] for g in goals] == row["goal_figures"]


@pytest.mark.parametrize("row", cases("trees_tasks"))
def test_passage(row: dict[str, Any]) -> None:
    check(row)


@pytest.mark.parametrize("row", cases("tables"))
def test_table(row: dict[str, Any]) -> None:
    check(row)


def test_a_tasks_text_is_the_item_without_label_and_bracket() -> None:
    row = {
        "text": "一、主要任务\n（一）清理河道。各村要清理垃圾。\n建立台账。（责任单位：各村）\n（二）巡查。各村要巡查。"
    }
    task = extraction_of(row).plans[0].tasks[0]
    assert task.evidence.quote == "清理河道。各村要清理垃圾。\n建立台账。"


def test_a_goal_inside_a_task_shares_its_date_and_number() -> None:
    row = {"text": "一、主要任务\n（一）清理河道。各村要清理垃圾。到2025年底，水质达标率达到90%以上。"}
    [plan] = extraction_of(row).plans
    [task], [goal] = plan.tasks, plan.goals
    assert goal.task_id == task.id
    assert [d.id for d in goal.deadlines] == [d.id for d in task.deadlines] != []
    assert [t.id for t in goal.targets] == [t.id for t in task.targets] != []
    assert task.targets[0].deadline_id == task.deadlines[0].id


def test_due_is_the_latest_of_the_tasks_own_dates_else_of_the_inherited() -> None:
    text = "柳溪县2025年河道整治方案\n一、集中整治（3月—6月）\n（一）清理河道。各村要在4月底前摸底，5月底前销号。\n（二）巡查。各村要巡查。"
    own, inherited = extraction_of({"text": text}).plans[0].tasks
    assert (own.due_on, own.due_rule) == ("2025-05-31", "own")
    assert (inherited.due_on, inherited.due_rule) == ("2025-06-30", "inherited")


def test_confidence_is_a_share() -> None:
    text = "一、主要任务\n（一）清理河道。各村要清理垃圾。（责任单位：县水利局）\n（二）巡查护岸\n各村要在6月底前完成巡查。"
    tasks = extraction_of({"text": text}).plans[0].tasks
    values = [v for task in tasks for v in (task, *task.responsibilities, *task.deadlines)]
    assert len(values) >= 5 and all(0 < value.confidence <= 1 for value in values)
