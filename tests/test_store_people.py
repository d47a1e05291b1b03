"""What people say: decisions, statuses, units, our own unit, links between notices."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from extractor.errors import StoreError
from extractor.model import PlanLink, Task
from extractor.store import OwnUnit, Store, open_store
from tests.factories import ENVIRONMENT, ITEMS, PUBLICITY, Aim, Item, Tick, notice


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "t.db", clock=Tick()) as opened:
        opened.put(notice(ITEMS))
        yield opened


def tasks(store: Store, *, decided: bool = True) -> list[Task]:
    return [task for _, plan in store.register(decided=decided).plans() for task in plan.tasks]


def rows(store: Store, view: str) -> list[dict[str, object]]:
    return list(store._database[view].rows)


def refused(code: str, call: object, *args: object, **kwargs: object) -> None:
    with pytest.raises(StoreError) as caught:
        call(*args, **kwargs)  # type: ignore[operator]
    assert caught.value.code == code
    assert caught.value.chinese and caught.value.english


# -- set, add, remove --------------------------------------------------------------------------------------------------


def test_both_readings_can_be_seen(store: Store) -> None:
    name = tasks(store)[0].id
    store.edit(name, "title", "整治河道环境", by="张三", note="原题目太宽")
    reading = store.reading(name)
    assert reading.extracted is not None and reading.extracted.title == "开展环境整治"
    assert reading.decided is not None and reading.decided.title == "整治河道环境"
    assert tasks(store, decided=False)[0].title == "开展环境整治"
    (event,) = store.history(name)
    assert (event.by, event.what, event.field, event.old, event.new, event.note) == (
        "张三",
        "set",
        "title",
        "开展环境整治",
        "整治河道环境",
        "原题目太宽",
    )
    assert rows(store, "register")[0]["工作任务"] == "整治河道环境"


def test_a_changed_deadline_changes_the_date_of_its_task(store: Store) -> None:
    task = tasks(store)[0]
    store.edit(task.deadlines[0].id, "ends_on", "2026-08-31", by="张三")
    assert tasks(store)[0].due_on == "2026-08-31"
    store.edit(task.id, "due_on", None, by="张三")
    assert tasks(store)[0].due_on is None
    assert rows(store, "register")[0]["完成时限"] is None


def test_the_register_shows_measures_as_read_and_as_people_left_them(tmp_path: Path) -> None:
    several = Item("整治环境", [f"第{k}步做好\n这件事。" for k in range(1, 13)])
    with open_store(tmp_path / "t.db") as store:
        store.put(notice([several, Item("养老服务", ["建一个站。"]), Item("广泛宣传", [])]))
        as_read = [row["具体举措"] for row in rows(store, "register")]
        assert as_read == ["\n".join(f"{k}. 第{k}步做好这件事。" for k in range(1, 13)), "建一个站。", ""]
        store.edit(tasks(store)[2].id, "title", "宣传", by="张三")
        assert [row["具体举措"] for row in rows(store, "register")] == as_read
        store.add_value(tasks(store)[1].id, "measure", {"text": "再建一个站。"}, by="张三")
        assert [row["具体举措"] for row in rows(store, "register")] == [
            as_read[0],
            "1. 建一个站。\n2. 再建一个站。",
            "",
        ]


def test_values_are_added_and_removed(store: Store) -> None:
    source, plan = next(store.register().plans())
    task = plan.tasks[2]
    unit = store.add_value(task.id, "responsibility", {"unit": "宣传办", "role": "lead"}, by="张三")
    at = source.text.index("广泛宣传")
    date = store.add_value(task.id, "deadline", {"ends_on": "2026-10-01"}, by="张三", pieces=[(at, at + 4)])
    store.add_value(task.id, "target", {"indicator": "宣传活动", "low": 4, "unit": "场"}, by="张三")
    store.add_value(task.id, "measure", {"text": "每季度开展一次宣传活动。"}, by="张三")
    now = tasks(store)[2]
    assert [(r.unit, r.role) for r in now.responsibilities] == [("宣传办", "lead")]
    assert now.deadlines[0].evidence.quote == "广泛宣传"
    assert now.due_on == "2026-10-01"
    assert now.targets[0].low == 4
    assert now.measures[-1].evidence.quote == "每季度开展一次宣传活动。"
    store.edit(unit, "unit", "党建办", by="李四")
    store.remove(date, by="李四")
    now = tasks(store)[2]
    assert [r.unit for r in now.responsibilities] == ["党建办"]
    assert now.deadlines == ()
    assert now.due_on is None
    assert rows(store, "register")[2]["牵头单位"] == "党建办"


def test_a_task_added_by_hand_stands_with_its_words(store: Store) -> None:
    name = store.add_task(
        "筹备全镇现场会",
        text="镇长办公会议定：9月15日前筹备好全镇现场会。",
        units=[("党政办", "lead")],
        due_on="2026-09-15",
        section=["3月2日镇长办公会议"],
        by="王五",
    )
    other = store.add_task("更新应急预案", by="王五")
    register = store.register(decided=True)
    source, plan = next((s, p) for s, p in register.plans() if s.path == "人工录入")
    assert [task.id for task in plan.tasks] == [name, other]
    for task in plan.tasks:
        assert task.evidence.pieces[0].of(source.text) == task.evidence.quote
    assert [row["工作任务"] for row in rows(store, "register")][-2:] == ["筹备全镇现场会", "更新应急预案"]
    store.edit(name, "due_on", "2026-09-20", by="王五")
    store.set_status(name, "done", by="王五")
    assert rows(store, "register")[-2]["完成时限"] == "2026-09-20"
    assert rows(store, "register")[-2]["状态"] == "已完成待销号"
    assert [hit.id for hit in store.search("现场会")] == [name]
    store.remove(other, by="王五")
    assert [task.id for task in tasks(store)][3:] == [name]
    store.put(notice(ITEMS))
    assert [task.id for task in tasks(store)][3:] == [name]


# -- accept, reject, merge, split, undo --------------------------------------------------------------------------------


def test_a_rejected_task_leaves_the_register_but_not_the_database(store: Store) -> None:
    first, second, third = tasks(store)
    store.reject(third.id, by="张三", note="空话")
    store.accept(second.id, by="张三")
    assert [task.id for task in tasks(store)] == [first.id, second.id]
    assert len(tasks(store, decided=False)) == 3
    assert store.reading(second.id).review == "accepted"
    assert store.reading(third.id).review == "rejected"
    assert store.reading(first.id).review == "unseen"
    assert [row["编号"] for row in rows(store, "to_check")] == [first.id]
    store.put(notice(ITEMS))
    assert [task.id for task in tasks(store)] == [first.id, second.id]


def test_merged_tasks_are_one_with_the_words_of_both(store: Store) -> None:
    first, second, third = tasks(store)
    store.merge(first.id, [third.id], by="张三")
    now = tasks(store)
    assert [task.id for task in now] == [first.id, second.id]
    assert len(now[0].measures) == 3
    assert now[0].evidence.quote == f"{first.evidence.quote}\n{third.evidence.quote}"
    assert now[0].evidence.pieces == (*first.evidence.pieces, *third.evidence.pieces)
    assert len(rows(store, "register")) == 2
    refused("entity_unknown", store.edit, third.id, "title", "x", by="张三")
    refused("merge_apart", store.merge, first.id, [first.id], by="张三")
    refused("merge_nothing", store.merge, first.id, [], by="张三")


def test_the_history_of_merged_tasks_says_where_they_went(store: Store) -> None:
    first, second, third = tasks(store)
    store.set_status(third.id, "in_progress", by="李四")
    made = store.merge(first.id, [third.id], by="张三", note="同一件事")
    said = store.history(first.id)[-1]
    assert (said.what, said.new, said.note) == ("merge", [f"{third.title}（{third.id}）"], "同一件事")
    gone = store.history(third.id)
    assert [e.what for e in gone] == ["progress", "merged"]
    assert (gone[-1].new, gone[-1].by, gone[-1].decision_id) == (f"{first.title}（{first.id}）", "张三", made.id)
    assert store.reading(third.id).decided is None
    assert store.history(second.id) == []
    store.undo(made.id, by="张三")
    assert [(e.what, e.new) for e in store.history(third.id)][-1] == ("undo", None)


def test_merged_tasks_of_hand_and_parts_have_a_history_too(store: Store) -> None:
    keep, other = store.add_task("筹备现场会", by="王五"), store.add_task("布置会场", by="王五")
    store.merge(keep, [other], by="王五")
    assert store.history(keep)[-1].new == [f"布置会场（{other}）"]
    assert store.history(other)[-1].new == f"筹备现场会（{keep}）"
    assert store.reading(other).decided is None
    task = tasks(store)[0]
    one, two = task.measures
    parts = store.split(
        task.id, [{"title": "甲", "measures": [one.id]}, {"title": "乙", "measures": [two.id]}], by="王五"
    )
    store.merge(parts[0], [parts[1]], by="王五")
    assert store.history(parts[0])[-1].new == [f"乙（{parts[1]}）"]
    assert [e.what for e in store.history(parts[1])] == ["merged"]


def test_a_split_task_gives_its_values_to_its_parts(store: Store) -> None:
    task = tasks(store)[0]
    one, two = task.measures
    parts = store.split(
        task.id, [{"title": "清理河道", "measures": [one.id]}, {"title": "报送进展", "measures": [two.id]}], by="张三"
    )
    assert parts[0] == task.id
    now = {t.id: t for t in tasks(store)}
    assert [now[name].title for name in parts] == ["清理河道", "报送进展"]
    assert [d.kind for d in now[parts[0]].deadlines] == ["by"]
    assert [d.kind for d in now[parts[1]].deadlines] == ["by", "recurring"]
    assert [r.unit for r in now[parts[1]].responsibilities] == ["综治办", "各村"]
    assert now[parts[1]].evidence.quote == two.evidence.quote
    every = [v.id for t in now.values() for v in (*t.deadlines, *t.targets, *t.responsibilities)]
    assert len(every) == len(set(every))
    store.set_status(parts[1], "done", by="李四")
    store.put(notice(ITEMS))
    assert set(parts) <= {t.id for t in tasks(store)}
    assert store.office()[parts[1]].status == "done"
    store.edit(parts[1], "title", "每月报送", by="李四")
    assert {t.id: t.title for t in tasks(store)}[parts[1]] == "每月报送"
    refused("split_wrong", store.split, task.id, [{"title": "只有一个"}], by="张三")


def test_undo_and_undo_of_undo(store: Store) -> None:
    task = tasks(store)[0]
    made = store.edit(task.id, "title", "甲", by="张三")
    later = store.edit(task.id, "title", "乙", by="李四")
    undone = store.undo(later.id, by="李四")
    assert tasks(store)[0].title == "甲"
    store.undo(undone.id, by="李四")
    assert tasks(store)[0].title == "乙"
    store.undo(later.id, by="李四")
    store.undo(made.id, by="李四")
    assert tasks(store)[0] == tasks(store, decided=False)[0]
    assert len(store.history(task.id)) == 6
    merged = store.merge(task.id, [tasks(store)[1].id], by="张三")
    store.undo(merged.id, by="张三")
    assert tasks(store) == tasks(store, decided=False)
    refused("decision_unknown", store.undo, 999, by="张三")


def test_wrong_decisions_are_refused_and_leave_nothing(store: Store) -> None:
    task = tasks(store)[0]
    for no_date in ("6月底", "2026-6-30", "20260630", "2026-W26-1", "2026-02-30", 20260630):
        refused("value_wrong", store.edit, task.id, "due_on", no_date, by="张三")
    refused("value_wrong", store.edit, task.responsibilities[0].id, "role", "boss", by="张三")
    refused("value_wrong", store.edit, task.targets[0].id, "low", "很多", by="张三")
    refused("field_unknown", store.edit, task.id, "text", "改写原文", by="张三")
    refused("entity_unknown", store.edit, "t000000000000000", "title", "x", by="张三")
    refused("action_unknown", store.decide, task.id, "forget", by="张三")
    refused("by_missing", store.accept, task.id, by=" ")
    refused("value_missing", store.add_value, task.id, "responsibility", {"role": "lead"}, by="张三")
    refused(
        "place_wrong", store.add_value, task.id, "deadline", {"ends_on": "2026-01-01"}, by="张三", pieces=[(0, 10**6)]
    )
    refused("owner_wrong", store.add_value, task.measures[0].id, "deadline", {"ends_on": "2026-01-01"}, by="张三")
    refused("value_wrong", store.set_status, task.id, "verdone", by="张三")
    refused("value_wrong", store.report_progress, task.id, percent=120, by="张三")
    assert store.history(task.id) == []


# -- the office's own --------------------------------------------------------------------------------------------------


def test_the_newest_word_of_the_office_counts(store: Store) -> None:
    task = tasks(store)[0]
    store.report_progress(task.id, by="李四", text="已完成排查", percent=40, status="in_progress", period="2026-04")
    store.report_progress(task.id, by="李四", text="清理过半", percent=60)
    store.assign(task.id, by="张三", person="李四", leader="副镇长", inner_due="2026-06-20")
    store.assign(task.id, by="张三", person="赵六")
    now = store.office()[task.id]
    assert (now.status, now.progress, now.percent) == ("in_progress", "清理过半", 60)
    assert (now.person, now.leader, now.inner_due) == ("赵六", "副镇长", "2026-06-20")
    row = rows(store, "register")[0]
    assert (row["状态"], row["进展"]) == ("推进中", "清理过半")
    assert len(store.history(task.id)) == 4
    refused("value_wrong", store.assign, task.id, by="张三", inner_due="下周")


def test_goals_with_numbers_have_a_status_of_their_own(tmp_path: Path) -> None:
    aim = Aim(
        "到2026年底，卫生户比例达到90%以上。",
        targets=[("卫生户比例达到90%以上", {"indicator": "卫生户比例", "low": 90.0, "unit": "%"})],
        deadlines=[("到2026年底", {"ends_on": "2026-12-31"})],
    )
    with open_store(tmp_path / "g.db") as store:
        store.put(notice(ITEMS, aims=[aim, Aim("环境面貌明显改善。")]))
        goal = store.register().extractions[0].plans[0].goals[0]
        store.set_status(goal.id, "in_progress", by="李四")
        found = [row for row in rows(store, "register") if row["编号"] == goal.id]
        assert [(row["目标指标"], row["状态"], row["完成时限"]) for row in found] == [
            ("卫生户比例达到90%以上", "推进中", "2026-12-31")
        ]
        assert len(rows(store, "register")) == 4
        assert goal.id in {hit.id for hit in store.search("卫生户")}


def test_what_concerns_us_and_why(tmp_path: Path) -> None:
    items = [
        Item("点到我们", ["抓好落实。"], units=[("甲镇政府", "responsible")]),
        Item("点到各镇", ["抓好落实工作。"], units=[("县水利局", "lead"), ("各镇", "responsible")]),
        Item("对口部门", ["抓好有关落实。"], units=[("县农业农村局", "responsible")]),
        Item("与我无关", ["抓好其他落实。"], units=[("县税务局", "responsible")]),
        Item("没有写明", ["抓好全面落实。"]),
    ]
    with open_store(tmp_path / "u.db") as store:
        store.put(notice(items, addressees=["各镇人民政府"], region="某县"))
        assert store.concerning_us() == []
        unit = OwnUnit("甲镇人民政府", "town", "某县", ("甲镇政府",), {"县农业农村局": "农业农村办公室"})
        store.set_own_unit(unit)
        assert store.own_unit() == unit
        assert [(c.reason, c.office) for c in store.concerning_us()] == [
            ("named", ""),
            ("collective", ""),
            ("counterpart", "农业农村办公室"),
            ("addressee", ""),
        ]
        assert store.concerning_us()[1].chinese == "统称：各镇"


# -- units -------------------------------------------------------------------------------------------------------------


def test_a_unit_is_a_region_and_a_name(store: Store) -> None:
    store.put(notice([ENVIRONMENT], region="乙镇", title="乙镇2026年方案", path="b.txt"))
    named = [(u.region, u.name, u.tasks) for u in store.units() if u.name == "综治办"]
    assert named == [("乙镇", "综治办", 1), ("甲镇", "综治办", 1)]


def test_merged_units_are_one_and_can_be_parted(store: Store) -> None:
    store.put(
        notice(
            [Item("平安建设", ["抓好平安建设。"], units=[("社会治安综合治理办公室", "lead")])],
            title="另一方案",
            path="b.txt",
        )
    )
    by_name = {u.name: u for u in store.units()}
    keep, other = by_name["综治办"], by_name["社会治安综合治理办公室"]
    (made,) = store.merge_units(keep.id, [other.id], by="张三")
    merged = {u.name: u for u in store.units()}["综治办"]
    assert (merged.tasks, merged.aliases) == (2, ("社会治安综合治理办公室",))
    assert {row["工作任务"] for row in rows(store, "by_unit") if row["单位"] == "综治办"} == {
        "开展环境整治",
        "平安建设",
    }
    refused("units_are_one", store.merge_units, keep.id, [other.id], by="张三")
    store.put(
        notice(
            [Item("再抓平安", ["再抓平安建设。"], units=[("社会治安综合治理办公室", "lead")])], title="三", path="c.txt"
        )
    )
    assert {u.name: u for u in store.units()}["综治办"].tasks == 3
    store.undo(made.id, by="张三")
    assert {u.name: u.tasks for u in store.units()}["社会治安综合治理办公室"] == 2
    store.alias(keep.id, "综合治理办", by="张三")
    assert {u.name: u for u in store.units()}["综治办"].aliases == ("综合治理办",)
    refused("unit_unknown", store.alias, "u0", "x", by="张三")


def units_of(store: Store) -> dict[str, tuple[int, tuple[str, ...]]]:
    return {u.name: (u.tasks, u.aliases) for u in store.units() if u.name.startswith("水")}


def by_unit(store: Store, unit: str) -> set[object]:
    return {row["工作任务"] for row in rows(store, "by_unit") if row["单位"] == unit}


@pytest.fixture
def water(tmp_path: Path) -> Iterator[Store]:
    """Three tasks of one unit: a dictionary takes 水务站 for the 水利站, and people write both."""
    with open_store(tmp_path / "w.db", clock=Tick()) as opened:
        made = notice(
            [Item("疏浚渠道", ["疏浚渠道。"], units=[("水利站", "lead")]), Item("检修管网", ["检修管网。"], units=[("水务站", "lead")]),
             Item("巡查堤防", ["巡查堤防。"], units=[("水利站", "lead")])],
        )  # fmt: skip
        [plan] = made.plans
        tasks = tuple(
            replace(t, responsibilities=tuple(replace(r, canonical="水利站") for r in t.responsibilities))
            for t in plan.tasks
        )
        opened.put(replace(made, plans=(replace(plan, tasks=tasks),)))
        yield opened


def test_a_unit_is_split_by_how_it_is_written(water: Store) -> None:
    (unit,) = [u for u in water.units() if u.name == "水利站"]
    assert (unit.tasks, unit.aliases) == (3, ("水务站",))
    assert [how for _, _, how in water.unit_tasks(unit.id)] == ["水利站", "水务站", "水利站"]
    made = water.split_unit(unit.id, "水务站", forms=["水务站"], by="张三")
    assert units_of(water) == {"水利站": (2, ()), "水务站": (1, ())}
    assert by_unit(water, "水务站") == {"检修管网"}
    assert [t.responsibilities[0].canonical for t in tasks(water)] == ["水利站", "水务站", "水利站"]
    water.put(notice([Item("维护泵房", ["维护泵房。"], units=[("水务站", "lead")])], title="另一方案", path="b.txt"))
    assert units_of(water)["水务站"] == (2, ())
    water.undo(made.id, by="张三")
    assert units_of(water)["水利站"] == (3, ("水务站",))
    assert by_unit(water, "水利站") == {"疏浚渠道", "检修管网", "巡查堤防"}


def test_a_unit_is_split_by_task(water: Store) -> None:
    (unit,) = [u for u in water.units() if u.name == "水利站"]
    patrol = tasks(water)[2].id
    made = water.split_unit(unit.id, "水利站（河东）", tasks=[patrol], by="张三")
    assert by_unit(water, "水利站（河东）") == {"巡查堤防"}
    assert [hit.id for hit in water.search("河东")] == [patrol]
    for forms, chosen, name in (
        (["农办"], [], "水务站"),
        ([], ["t0"], "水务站"),
        ([], [], "水务站"),
        ([], [patrol], " "),
    ):
        refused("unit_split_wrong", water.split_unit, unit.id, name, forms=forms, tasks=chosen, by="张三")
    water.undo(made.id, by="张三")
    assert set(units_of(water)) == {"水利站"}


def test_a_wrongly_merged_name_is_split_off_again(water: Store) -> None:
    water.put(notice([Item("收取水费", ["收取水费。"], units=[("水费办", "lead")])], title="收费方案", path="b.txt"))
    by_name = {u.name: u.id for u in water.units()}
    water.merge_units(by_name["水利站"], [by_name["水费办"]], by="张三")
    assert units_of(water) == {"水利站": (4, ("水务站", "水费办"))}
    assert [t.responsibilities[0].canonical for t in tasks(water)][-1] == "水利站", "in every export, too"
    water.split_unit(by_name["水利站"], "供水公司", forms=["水费办", "水务站"], by="张三")
    assert by_unit(water, "供水公司") == {"收取水费", "检修管网"}
    assert by_unit(water, "水利站") == {"疏浚渠道", "巡查堤防"}


def test_an_alias_that_a_person_gives_is_the_unit(water: Store) -> None:
    water.put(notice([Item("收取水费", ["收取水费。"], units=[("水费办", "lead")])], title="收费方案", path="b.txt"))
    (unit,) = [u.id for u in water.units() if u.name == "水利站"]
    made = water.alias(unit, "水费办", by="张三")
    assert units_of(water) == {"水利站": (4, ("水务站", "水费办"))}
    assert "收取水费" in by_unit(water, "水利站")
    water.undo(made.id, by="张三")
    assert units_of(water) == {"水利站": (3, ("水务站",)), "水费办": (1, ())}
    assert by_unit(water, "水费办") == {"收取水费"}


# -- links between notices ---------------------------------------------------------------------------------------------


def test_a_repealing_notice_proposes_and_a_person_confirms(tmp_path: Path) -> None:
    with open_store(tmp_path / "l.db", clock=Tick()) as store:
        repeal = notice(
            [PUBLICITY], title="关于废止有关文件的通知", number="甲政发〔2026〕20号", issuer="甲镇人民政府", path="z.txt",
            links=[PlanLink("repeals", "甲政发〔2026〕5号", None)],
        )  # fmt: skip
        store.put(repeal)
        assert store.proposals() == []
        store.put(notice(ITEMS, number="甲政发〔2026〕5号", issuer="甲镇人民政府"))
        (proposal,) = store.proposals()
        assert (proposal.kind, proposal.state, proposal.target) == ("repeals", "proposed", "甲政发〔2026〕5号")
        finished = tasks(store)[0].id
        store.set_status(finished, "closed", by="李四")
        made = store.confirm_link(proposal.id, by="张三")
        office = store.office()
        assert office[finished].status == "closed"
        assert [o.status for name, o in office.items() if name != finished] == ["cancelled", "cancelled"]
        store.put(repeal)
        assert [p.state for p in store.proposals()] == ["confirmed"]
        store.undo(made.id, by="张三")
        assert [p.state for p in store.proposals()] == ["proposed"]
        statuses = {name: o.status for name, o in store.office().items()}
        assert statuses.pop(finished) == "closed"
        assert set(statuses.values()) == {"not_started"}


def test_trackers_and_settings(store: Store) -> None:
    name = tasks(store)[0].id
    store.link_tracker(name, "redmine", "17", {"subject": "开展环境整治"})
    assert store.tracker_links("redmine") == {name: ("17", {"subject": "开展环境整治"})}
    assert store.setting("ledger:a.xlsx") is None
    store.set_setting("ledger:a.xlsx", "f00")
    assert store.setting("ledger:a.xlsx") == "f00"
