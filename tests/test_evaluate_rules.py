"""Each rule of judging on the smallest example of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from extractor.errors import UsageError
from extractor.evaluate import Scores, evaluate, find_source, likeness, one_place, plain, read_gold

TEXT = "强化夜间巡查。各村组建巡查队，每月开展两次巡查，6月底前配齐手电30支。"


def task(**changes: Any) -> dict[str, Any]:
    return {
        "title": "强化夜间巡查",
        "section": ["一、任务"],
        "text": TEXT,
        "measures": ["各村组建巡查队，每月开展两次巡查，6月底前配齐手电30支。"],
        "responsibilities": [{"unit": "各村", "role": "responsible", "quote": "各村组建"}],
        "deadlines": [{"quote": "6月底前", "kind": "by", "ends_on": "2024-06-30"}],
        "targets": [{"quote": "手电30支", "indicator": "手电", "op": "=", "low": 30, "high": 30, "unit": "支"}],
        **changes,
    }


def compare(tmp_path: Path, gold: dict[str, Any], found: dict[str, Any], text: str | None = None) -> Scores:
    """Scores one plan against another."""
    (tmp_path / "a.gold.json").write_text(
        json.dumps({"source": "a.txt", "plans": [{"title": "巡查方案", **gold}]}), "utf-8"
    )
    source = {"id": "s", "path": "somewhere\\a.txt", "text": text, "repairs": [[2, 3, "", "page_noise"]]}
    plan = {"source_id": "s", "title": "巡查方案", **found}
    (tmp_path / "export.json").write_text(json.dumps({"sources": [source], "plans": [plan]}), "utf-8")
    return evaluate([tmp_path / "a.gold.json"], extracted=tmp_path / "export.json")


def test_the_same_is_right_throughout(tmp_path: Path) -> None:
    scores = compare(tmp_path, {"tasks": [task()]}, {"tasks": [task()]})
    assert {scores.f1()[k] for k in ("task", "measure", "responsibility", "deadline", "target", "plan", "row")} == {1.0}
    assert scores.f1()["goal"] is None
    assert scores.flaws == ()


def test_a_wrong_value_counts_twice_and_spoils_the_row(tmp_path: Path) -> None:
    wrong = task(deadlines=[{"quote": "6月底前", "kind": "by", "ends_on": "2023-06-30", "rule": "deadlines.month_end"}])
    scores = compare(tmp_path, {"tasks": [task()]}, {"tasks": [wrong]})
    count = scores.exact["deadline"]
    assert (count.right, count.missed, count.wrong) == (0, 1, 1)
    assert scores.found["deadline"].right == 1
    assert scores.told["row"] == (0, 1)
    assert [(f.kind, f.what, f.group) for f in scores.flaws if f.kind == "deadline"] == [
        ("deadline", "differs", "deadlines.month_end")
    ]
    assert "deadlines.month_end" in scores.errors()


def test_optional_gold_is_neither_asked_for_nor_wrong(tmp_path: Path) -> None:
    extra = {"unit": "巡查队", "role": "responsible", "quote": "巡查队", "optional": True}
    gold = task(responsibilities=[*task()["responsibilities"], extra])
    without = compare(tmp_path, {"tasks": [gold]}, {"tasks": [task()]})
    other_role = {**extra, "role": "support"}
    with_it = compare(
        tmp_path, {"tasks": [gold]}, {"tasks": [task(responsibilities=[*task()["responsibilities"], other_role])]}
    )
    assert without.f1()["responsibility"] == with_it.f1()["responsibility"] == 1.0


def test_an_optional_task_excuses_all_that_it_holds(tmp_path: Path) -> None:
    scores = compare(tmp_path, {"tasks": [task(optional=True)]}, {"tasks": [task()]})
    assert all(scores.f1()[k] is None for k in ("task", "measure", "responsibility", "deadline", "target"))


def test_a_value_of_a_goal_inside_a_task_is_judged_once(tmp_path: Path) -> None:
    goal = {"text": "6月底前配齐手电30支。", "deadlines": task()["deadlines"], "targets": task()["targets"]}
    both = {"tasks": [task()], "goals": [goal]}
    scores = compare(tmp_path, both, both)
    assert scores.exact["target"].right == scores.exact["deadline"].right == 1


def test_a_value_under_another_task_is_not_right(tmp_path: Path) -> None:
    other = task(title="整治农贸市场", text="整治农贸市场。市场监管所取缔占道摊点，保持通道畅通。", measures=[])
    bare: dict[str, Any] = {"responsibilities": [], "deadlines": [], "targets": []}
    gold = {"tasks": [task(), {**other, **bare}]}
    found = {
        "tasks": [task(**bare), {**other, "deadlines": task()["deadlines"], "targets": [], "responsibilities": []}]
    }
    scores = compare(tmp_path, gold, found)
    assert scores.exact["deadline"].right == 0
    assert [f.what for f in scores.flaws if f.kind == "deadline"] == ["elsewhere"]


@pytest.mark.parametrize(
    ("ours", "theirs", "same"),
    [
        ({"recurrence": "FREQ=MONTHLY"}, {"recurrence": "FREQ=MONTHLY;BYMONTHDAY=28"}, True),
        ({"recurrence": "FREQ=MONTHLY;INTERVAL=12"}, {"recurrence": "FREQ=YEARLY"}, True),
        ({"recurrence": "FREQ=MONTHLY;INTERVAL=3"}, {"recurrence": "FREQ=MONTHLY"}, False),
        ({"kind": "within", "duration": "PT48H"}, {"kind": "within", "duration": "P2D"}, True),
        ({"kind": "within", "duration": "P1Y"}, {"kind": "within", "duration": "P12M"}, True),
        ({"kind": "within", "duration": "P1W"}, {"kind": "within", "duration": "P10D"}, False),
        ({"kind": "by", "edtf": "20xx-05"}, {"kind": "by", "edtf": "20XX-05"}, True),
        ({"kind": "range", "starts_on": "2024-01-01"}, {"kind": "range"}, False),
        ({"kind": "by", "ends_on": "2024-06-30"}, {"kind": "by", "ends_on": "2024-06-30", "edtf": "2024-06"}, True),
    ],
)
def test_times_agree_in_what_they_say(tmp_path: Path, ours: dict[str, str], theirs: dict[str, str], same: bool) -> None:
    def dated(values: dict[str, str]) -> dict[str, Any]:
        return task(deadlines=[{"quote": "每月", "kind": "recurring", **values}])

    scores = compare(tmp_path, {"tasks": [dated(ours)]}, {"tasks": [dated(theirs)]})
    assert scores.exact["deadline"].right == same


def test_provenance_is_what_the_pieces_give_with_the_repairs(tmp_path: Path) -> None:
    found = task(measures=[], responsibilities=[], targets=[])
    found |= {"text": "一二四五", "spans": [[0, 5]]}
    found["deadlines"] = [
        {"quote": "一\n五", "kind": "by", "spans": [[0, 1], [4, 5]]},
        {"quote": "三", "kind": "by", "spans": [[2, 3]]},
    ]
    p = compare(tmp_path, {"tasks": []}, {"tasks": [found]}, "一二三四五").provenance
    assert (p.good, p.total, p.unchecked) == (2, 3, 0)
    unchecked = compare(tmp_path, {"tasks": []}, {"tasks": [found]}).provenance
    assert (unchecked.good, unchecked.unchecked) == (0, 3)


def test_texts_are_compared_without_script_space_and_marks() -> None:
    assert plain("責任單位： ３０％ 以上。") == "责任单位30%以上"
    assert likeness("责任单位", "責任 單位", 2) == 1.0
    assert likeness("", None, 2) == 0.0
    assert one_place("6月底前", "2024年6月底前")
    assert not one_place("6月", "2024年6月底前完成")
    assert not one_place("", "6月")


def test_a_wrong_call_says_what_is_missing(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="没有找到标准答案"):
        evaluate([tmp_path])
    with pytest.raises(UsageError, match="不存在"):
        evaluate([tmp_path / "none"])
    gold = tmp_path / "gold" / "a.gold.json"
    gold.parent.mkdir()
    gold.write_text('{"source": "a.txt", "plans": []}', "utf-8")
    with pytest.raises(UsageError, match="--sources") as caught:
        evaluate([gold])
    assert caught.value.exit_code == 2
    gold.write_text("[]", "utf-8")
    with pytest.raises(UsageError, match="不是标准答案文件"):
        evaluate([gold])
    gold.write_text("{", "utf-8")
    with pytest.raises(UsageError, match="JSON"):
        evaluate([gold])


def test_a_document_is_looked_for_in_three_places(tmp_path: Path) -> None:
    folder, notices, other = tmp_path / "gold", tmp_path / "notices", tmp_path / "other"
    for place in (folder, notices, other):
        place.mkdir()
    (folder / "a.gold.json").write_text('{"source": "a.txt", "plans": []}', "utf-8")
    (document,) = read_gold([folder])
    for place in (notices, other, folder):
        (place / "a.txt").write_text("通知", "utf-8")
        assert find_source(document, other) == place / "a.txt"


def test_the_table_names_every_kind(tmp_path: Path) -> None:
    table = compare(tmp_path, {"tasks": [task()]}, {"tasks": []}).table()
    assert "deadline (found)" in table and "rows right as a whole" in table and "  -  " in table
