"""Notices that change others: what they say (``cases/amendments.jsonl``), what that changes in the tasks of another
(``cases/amended_tasks.jsonl``), and what people say of it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor import pipeline
from extractor.errors import StoreError
from extractor.exports.rows import rows
from extractor.extractors import amendments
from extractor.lexicon import load
from extractor.model import Document, Extraction, Task
from extractor.normalise.match import match_text
from extractor.store import Change, Store, open_store
from extractor.store.amending import changes
from tests.amending_texts import NOTICE, NUMBER, OF_TWO, OTHER_PLAN, PLAN, PUT_OFF
from tests.core_cases import cases
from tests.factories import Tick


def read(text: str, name: str) -> Extraction:
    digest = f"{hash((text, name)) & (1 << 64) - 1:016x}" * 4
    return pipeline.extract(Document(name, "text/plain", digest, text), load())


def amending(body: str, *, number: str = NUMBER, name: str = "b.txt") -> Extraction:
    return read(NOTICE.format(body=body, number=number), name)


@pytest.fixture(scope="module")
def plan() -> Extraction:
    return read(PLAN, "a.txt")


@pytest.fixture
def store(tmp_path: Path, plan: Extraction) -> Iterator[Store]:
    with open_store(tmp_path / "t.db", clock=Tick()) as opened:
        opened.put(plan)
        yield opened


def task(store: Store, title: str = "清理河道垃圾") -> Task:
    every = [t for _, p in store.register(decided=True).plans() if p.number == "青政办发〔2024〕8号" for t in p.tasks]
    return next(t for t in every if t.title == title)


def listed(store: Store) -> tuple[str, list[Change]]:
    (proposal,) = store.proposals()
    return proposal.id, store.proposed_changes(proposal.id)


# -- what is said ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("row", cases("amendments"))
def test_amendments(row: dict[str, Any]) -> None:
    match = match_text(row["text"])
    found = [
        [a.kind, a.direction, a.old.of(match) if a.old is not None else None, a.new.of(match)]
        for a in amendments.find(match, load())
    ]
    assert found == row["amendments"]


@given(st.text(alphabet="将由第三条“”完成时限延长至更正为2024年6月底前，。；\n（二）", max_size=120))
def test_no_text_is_too_odd(text: str) -> None:
    for found in amendments.find(text, load()):
        assert found.clause.holds(found.new)
        assert found.old is None or (found.clause.holds(found.old) and not found.old.meets(found.new))


@pytest.mark.parametrize(
    "unit",
    [
        "“由",
        "由甲为",
        "“甲”更正",
        "延长至",
        "更正为：",
        "2024年由至",
        "《（“",
        "原文：甲。",
        "更正前：\n",
        "牵头单位改为",
    ],
)
def test_a_hostile_line_costs_little(unit: str) -> None:
    line = (unit * 400)[:400]
    list(amendments.find("延长至2024年9月底。", load()))
    start = time.perf_counter()
    list(amendments.find(line, load()))
    assert time.perf_counter() - start < 0.05


# -- what it changes ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("row", cases("amended_tasks"))
def test_changes(row: dict[str, Any], plan: Extraction) -> None:
    of_year = row.get("year", "2024")
    plan = plan if of_year == "2024" else read(PLAN.replace("2024", of_year), "a.txt")
    other = amending(row["text"])
    found = changes(other.plans[0], other.source, plan.plans, load())
    assert [[c.owner, dict(c.new), c.why] for c in found] == row["changes"]
    assert [c.how for c in found if c.how] == row.get("how", [c.how for c in found if c.how])
    for change in found:
        assert change.state == ("proposed" if change.new else "look")
        assert change.said.quote in row["text"]
        for piece in change.was.pieces:
            assert piece.of(plan.source.text) in PLAN.replace("2024", of_year)


# -- what people say of it ---------------------------------------------------------------------------------------------


def test_a_confirmed_extension_stands_and_can_be_taken_back(store: Store) -> None:
    store.put(amending(PUT_OFF))
    link, [change] = listed(store)
    assert (change.owner, change.old, change.new) == (
        "清理河道垃圾",
        {"ends_on": "2024-06-30"},
        {"ends_on": "2024-09-30"},
    )
    assert task(store).due_on == "2024-06-30", "nothing changes before a person says so"
    made = store.confirm_link(link, by="张三")
    assert task(store).due_on == "2024-09-30"
    reading = store.reading(task(store).id)
    assert reading.extracted is not None and reading.extracted.due_on == "2024-06-30"
    assert [c.state for c in listed(store)[1]] == ["confirmed"]
    row = next(r for r in store._database["register"].rows if r["工作任务"] == "清理河道垃圾")
    assert row["完成时限"] == "2024-09-30"
    [shown] = [row for row in rows(store.register(decided=True)) if row.title == "清理河道垃圾"]
    assert (shown.due_on, "已按后来的延期、更正通知改动" in shown.look_at) == ("2024-09-30", True)
    (event,) = store.history(task(store).id)
    assert (event.what, event.by, event.new) == ("amend", "张三", {"ends_on": "2024-09-30"})
    assert event.note == f"青政办发〔2024〕20号：{PUT_OFF}"
    store.undo(made.id, by="张三")
    assert task(store).due_on == "2024-06-30"
    assert [e.what for e in store.history(task(store).id)] == ["amend", "undo"]
    assert [c.state for c in listed(store)[1]] == ["proposed"]


def test_a_persons_own_word_always_wins(store: Store) -> None:
    store.put(amending(PUT_OFF))
    name, deadline = task(store).id, task(store).deadlines[0].id
    mine = store.edit(deadline, "ends_on", "2024-07-15", by="李四")
    link, [change] = listed(store)
    assert change.state == "kept"
    store.confirm_link(link, by="张三")
    assert task(store).due_on == "2024-07-15"
    store.undo(mine.id, by="李四")
    assert task(store).due_on == "2024-09-30", "what was confirmed comes to light"
    store.edit(name, "due_on", "2024-10-10", by="李四")
    assert task(store).due_on == "2024-10-10"
    assert [c.state for c in listed(store)[1]] == ["kept"]


def test_only_some_of_the_changes(store: Store) -> None:
    store.put(
        amending(f"一、{PUT_OFF}\n二、“拆除违章建筑”任务完成时限延期至10月31日。\n三、“全面清理”更正为“彻底清理”。")
    )
    link, found = listed(store)
    assert [c.state for c in found] == ["proposed", "proposed", "look"]
    store.confirm_link(link, by="张三", only=[2])
    assert (task(store).due_on, task(store, "拆除违章建筑").due_on) == ("2024-06-30", "2024-10-31")
    assert [c.state for c in listed(store)[1]] == ["proposed", "confirmed", "look"]
    second = store.confirm_link(link, by="张三", only=[1])
    assert (task(store).due_on, task(store, "拆除违章建筑").due_on) == ("2024-09-30", "2024-10-31")
    assert len(store.history(task(store, "拆除违章建筑").id)) == 1, "said once, though two decisions keep it"
    store.undo(second.id, by="张三")
    assert (task(store).due_on, task(store, "拆除违章建筑").due_on) == ("2024-06-30", "2024-10-31")
    for wrong in (3, 4, 0):
        with pytest.raises(StoreError) as caught:
            store.confirm_link(link, by="张三", only=[wrong])
        assert caught.value.code == "change_unknown"


def test_a_cancelled_item_gets_its_status_and_gives_it_back(store: Store) -> None:
    other, name = task(store).id, task(store, "拆除违章建筑").id
    store.set_status(name, "in_progress", by="李四")
    store.put(amending(f"一、取消第二部分第（二）项。\n二、{PUT_OFF}"))
    link, found = listed(store)
    cancelled = next(c for c in found if "status" in c.new)
    assert (cancelled.old, cancelled.new) == ({"status": "in_progress"}, {"status": "cancelled"})
    made = store.confirm_link(link, by="张三")
    assert {k: o.status for k, o in store.office().items()}[name] == "cancelled"
    assert (task(store).due_on, task(store, "拆除违章建筑").due_on) == ("2024-09-30", "2024-08-31")
    assert [c.state for c in listed(store)[1]] == ["confirmed", "confirmed"]
    [said] = [e for e in store.history(name) if e.what == "progress" and e.by == "张三"]
    assert "依据青政办发〔2024〕20号取消" in str(said)
    again = store.undo(made.id, by="张三")
    assert store.office()[name].status == "in_progress"
    store.undo(again.id, by="张三")
    assert store.office()[name].status == "cancelled", "taken back the taking back"
    store.confirm_link(link, by="张三", confirmed=False)
    assert store.office()[name].status == "in_progress"
    assert other not in store.office() or store.office()[other].status == "not_started"


def test_a_unit_that_comes_beside_another_is_a_unit_of_its_own(store: Store) -> None:
    store.put(amending("清理河道垃圾任务责任单位由各镇人民政府变更为各镇人民政府、县水利局。"))
    made = store.confirm_link(listed(store)[0], by="张三")
    units = [r.unit for r in task(store).responsibilities]
    assert {"各镇人民政府", "县水利局"} <= set(units)
    assert len({r.id for r in task(store).responsibilities}) == len(units)
    store.undo(made.id, by="张三")
    assert "县水利局" not in [r.unit for r in task(store).responsibilities]
    store.put(amending("清理河道垃圾任务的责任单位调整为县水利局。"))
    store.confirm_link(listed(store)[0], by="张三")
    assert [r.unit for r in task(store).responsibilities] == ["县水利局"]


def test_what_only_states_a_change_is_no_open_task_once_it_is_made(store: Store) -> None:
    store.put(amending(f"一、{PUT_OFF}\n二、各镇要在2024年9月10日前上报剩余任务清单。"))
    own = {
        t.title: t.id
        for _, p in store.register(decided=True).plans()
        for t in p.tasks
        if p.number == "青政办发〔2024〕20号"
    }
    states = [name for title, name in own.items() if "完成时限" in title]
    made = store.confirm_link(listed(store)[0], by="张三")
    office = store.office()
    assert states
    assert [office[name].status for name in states] == ["cancelled"] * len(states)
    assert all(office[name].progress == "所述改动已记入青政办发〔2024〕8号的任务" for name in states)
    assert not any(name in office for name in own.values() if name not in states)
    store.undo(made.id, by="张三")
    assert {store.office()[name].status for name in states} == {"not_started"}


HANDED_ON = """柳河镇人民政府关于转发《2024年河道整治实施方案》的通知
柳政发〔2024〕11号
各村：
现将《2024年河道整治实施方案》转发给你们，并提出如下要求。
一、压实责任。各村要于2024年4月10日前将实施方案报镇水利站。
二、加强巡查。各村要组织巡河队伍，每周巡查一次，发现问题立即整改，整改情况形成台账备查，并在公开栏向群众公开，接受群众监督。
三、严格督导。镇水利站要每月对各村开展一次督导检查，对工作推进缓慢、问题整改不力的村予以通报批评并限期整改到位。
柳河镇人民政府
2024年3月20日
"""


@pytest.mark.parametrize("first", ["the plan", "what hands it on"])
def test_a_plan_that_was_handed_on_is_amended_wherever_its_tasks_are(
    tmp_path: Path, plan: Extraction, first: str
) -> None:
    town = read(HANDED_ON + PLAN, "b.txt")
    with open_store(tmp_path / "h.db", clock=Tick()) as store:
        for extraction in (plan, town) if first == "the plan" else (town, plan):
            store.put(extraction)
        titles = [t.title for _, p in store.register(decided=True).plans() for t in p.tasks]
        assert titles.count("清理河道垃圾") == 1, "a short plan and a long one that holds it are compared alike"
        assert "压实责任" in titles
        [name] = [t.id for _, p in store.register(decided=True).plans() for t in p.tasks if t.title == "清理河道垃圾"]
        assert "2024〕" in store.office()[name].also
        store.put(amending(f"一、{PUT_OFF}\n二、取消第二部分第（二）项。", name="c.txt"))
        link, found = listed(store)
        assert [(c.owner, dict(c.new)) for c in found] == [
            ("清理河道垃圾", {"ends_on": "2024-09-30"}),
            ("拆除违章建筑", {"status": "cancelled"}),
        ]
        store.confirm_link(link, by="张三")
        now = {t.title: t for _, p in store.register(decided=True).plans() for t in p.tasks}
        assert now["清理河道垃圾"].due_on == "2024-09-30"
        assert store.office()[now["拆除违章建筑"].id].status == "cancelled"
        assert now["压实责任"].id not in store.office()


def test_what_is_done_is_not_cancelled(store: Store) -> None:
    name = task(store, "拆除违章建筑").id
    store.set_status(name, "closed", by="李四")
    store.put(amending("取消第二部分第（二）项。"))
    link, [change] = listed(store)
    assert change.state == "kept"
    store.confirm_link(link, by="张三")
    assert store.office()[name].status == "closed"


def test_a_refused_link_changes_nothing(store: Store) -> None:
    store.put(amending(PUT_OFF))
    link, _ = listed(store)
    store.confirm_link(link, by="张三", confirmed=False)
    assert task(store).due_on == "2024-06-30"
    store.confirm_link(link, by="张三")
    store.confirm_link(link, by="张三", confirmed=False)
    assert task(store).due_on == "2024-06-30"
    assert [p.state for p in store.proposals()] == ["refused"]
    assert [e.what for e in store.history(task(store).id)] == ["amend", "undo"]


def test_confirmations_outlast_reading_again(store: Store, plan: Extraction) -> None:
    other = amending(PUT_OFF)
    store.put(other)
    store.confirm_link(listed(store)[0], by="张三")
    store.put(plan)
    store.put(other)
    assert task(store).due_on == "2024-09-30"
    newer = read(PLAN.replace("进行全面清理", "进行全面彻底清理"), "a.txt")
    store.put(newer)
    assert task(store).measures[0].evidence.quote.count("彻底")
    assert task(store).due_on == "2024-09-30"
    store.put(read(PLAN.replace("2024年6月底前完成。（责任", "2024年9月底前完成。（责任"), "a.txt"))
    assert task(store).due_on == "2024-09-30", "the notice itself says so now"
    assert len(task(store).deadlines) == 1


def test_one_extension_after_another(store: Store) -> None:
    store.put(amending(PUT_OFF))
    store.confirm_link(listed(store)[0], by="张三")
    second = NOTICE.replace("〔2024〕20号", "〔2024〕31号").replace("6月20日", "9月20日")
    body = "将清理河道垃圾的完成时限由2024年9月底前延长至2024年11月底。"
    store.put(read(second.format(body=body, number=NUMBER), "c.txt"))
    later = next(p for p in store.proposals() if p.notice == "青政办发〔2024〕31号")
    assert [dict(c.new) for c in store.proposed_changes(later.id)] == [{"ends_on": "2024-11-30"}]
    store.confirm_link(later.id, by="张三")
    assert task(store).due_on == "2024-11-30"


@pytest.mark.parametrize(
    "body",
    [
        "一、将清理河道垃圾的完成时限延长至2024年9月底。\n二、将“新建户厕”任务的完成时限延长至2024年12月底。",
        "一、《2024年河道整治实施方案》（青政办发〔2024〕8号）中清理河道垃圾的完成时限延长至2024年9月底。\n"
        "二、青政办发〔2024〕9号文件第一部分第（一）项完成时限延长至2024年12月底。",
        "文件\t任务\t原时限\t现时限\n青政办发〔2024〕8号\t清理河道垃圾\t2024年6月底前\t2024年9月底前\n"
        "青政办发〔2024〕9号\t新建户厕\t2024年10月底前\t2024年12月底前",
    ],
    ids=["named at the head", "named in each item", "named in a table"],
)
def test_a_notice_that_changes_two_plans_makes_a_proposal_for_each(store: Store, body: str) -> None:
    store.put(read(OTHER_PLAN, "o.txt"))
    store.put(read(OF_TWO.format(kind="调整", body=body), "b.txt"))
    of = {p.target: [(c.owner, dict(c.new)) for c in store.proposed_changes(p.id)] for p in store.proposals()}
    assert of == {
        "青政办发〔2024〕8号": [("清理河道垃圾", {"ends_on": "2024-09-30"})],
        "青政办发〔2024〕9号": [("新建户厕", {"ends_on": "2024-12-31"})],
    }
    first, second = store.proposals()
    store.confirm_link(first.id, by="张三")
    store.confirm_link(second.id, by="张三", confirmed=False)
    assert [p.state for p in store.proposals()] == ["confirmed", "refused"]
    assert task(store).due_on == "2024-09-30"


def test_what_fits_neither_of_two_plans_is_shown(store: Store) -> None:
    store.put(read(OTHER_PLAN, "o.txt"))
    store.put(read(OF_TWO.format(kind="调整", body="将村庄绿化的完成时限延长至2024年9月底。"), "b.txt"))
    assert {c.state for p in store.proposals() for c in store.proposed_changes(p.id)} == {"look"}


def test_the_other_notice_is_found_by_its_title_alone(store: Store) -> None:
    store.put(amending(PUT_OFF, number=""))
    link, [change] = listed(store)
    assert change.state == "proposed"
    store.confirm_link(link, by="张三")
    assert task(store).due_on == "2024-09-30"
    twin = PLAN.replace("青溪县", "柳溪县").replace("青政办发", "柳政办发")
    store.put(read(twin, "d.txt"))
    assert [p.target for p in store.proposals()] == ["青政办发〔2024〕8号"], "of two with that title the confirmed one"


def test_a_title_that_two_notices_have_tells_nothing(store: Store) -> None:
    twin = PLAN.replace("青政办发〔2024〕8号", "青政办发〔2024〕9号").replace("35公里", "36公里")
    store.put(read(twin.replace("河道垃圾", "湖面垃圾"), "d.txt"))
    store.put(amending(PUT_OFF, number=""))
    assert store.proposals() == []


def test_a_split_part_is_extended_too(store: Store) -> None:
    whole = task(store, "拆除违章建筑")
    [measure] = whole.measures
    parts = store.split(
        whole.id, [{"title": "摸排", "measures": []}, {"title": "拆除违建", "measures": [measure.id]}], by="李四"
    )
    store.put(amending("“拆除违建”任务完成时限延期至10月31日。"))
    store.confirm_link(listed(store)[0], by="张三")
    now = {t.id: t.due_on for _, p in store.register(decided=True).plans() for t in p.tasks}
    assert now[parts[1]] == "2024-10-31"
