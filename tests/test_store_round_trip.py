"""What goes into the database comes out of it, and nothing else does."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from extractor.model import Basis, Evidence, Problem, Repair, Span
from extractor.store import open_store
from tests.factories import ITEMS, Aim, Item, notice


def test_an_extraction_comes_back_as_it_went_in(tmp_path: Path) -> None:
    aim = Aim(
        "到2026年底，全镇卫生户比例达到90%以上。",
        deadlines=[("到2026年底", {"ends_on": "2026-12-31"})],
        targets=[("卫生户比例达到90%以上", {"indicator": "卫生户比例", "low": 90.0, "unit": "%"})],
    )
    extraction = notice(
        ITEMS,
        aims=[aim],
        number="甲政发〔2026〕5号",
        issuer="甲镇人民政府",
        problems=[Problem("annex_missing", "文中提到的附件没有找到", (Span(0, 3),))],
    )
    with open_store(tmp_path / "t.db") as store:
        report = store.put(extraction)
        assert (report.new, report.same, report.changed, report.vanished) == (3, 0, 0, 0)
        register = store.register()
    assert register.extractions == (extraction,)


def test_several_pieces_bases_and_repairs_come_back(tmp_path: Path) -> None:
    extraction = notice(ITEMS, repairs=[Repair(Span(0, 1), "", "page_noise")])
    plan = extraction.plans[0]
    task = plan.tasks[0]
    at = task.evidence.pieces[0]
    pieces = (Span(at.start, at.start + 4), Span(at.start + 6, at.end))
    unit = replace(
        task.responsibilities[0],
        evidence=Evidence("x", pieces),
        inherited=True,
        basis=(
            Basis("heading", Evidence("二", (Span(1, 2), Span(4, 5)))),
            Basis("year", Evidence("三", (Span(2, 3),))),
        ),
    )
    task = replace(task, responsibilities=(unit, *task.responsibilities[1:]))
    extraction = replace(extraction, plans=(replace(plan, tasks=(task, *plan.tasks[1:])),))
    with open_store(tmp_path / "t.db") as store:
        store.put(extraction)
        assert store.register().extractions == (extraction,)


def test_a_value_shared_by_goal_and_task_is_one_row(tmp_path: Path) -> None:
    item = Item(
        "提升覆盖",
        ["年底前实现网格覆盖率达到100%。"],
        deadlines=[("年底前", {"ends_on": "2026-12-31"})],
        targets=[("网格覆盖率达到100%", {"indicator": "网格覆盖率", "low": 100.0, "unit": "%"})],
    )
    aim = Aim("年底前实现网格覆盖率达到100%。", deadlines=item.deadlines, targets=item.targets, task=0)
    extraction = notice([item], aims=[aim])
    plan = extraction.plans[0]
    assert plan.goals[0].targets[0].id == plan.tasks[0].targets[0].id
    assert plan.goals[0].task_id == plan.tasks[0].id
    with open_store(tmp_path / "t.db") as store:
        store.put(extraction)
        assert store.register().extractions == (extraction,)
        again = store.put(extraction)
        assert again.same == 1
        assert store.register().extractions == (extraction,)
        assert store.intact() == []


def test_a_value_shared_by_several_goals_of_a_task_comes_back_in_each(tmp_path: Path) -> None:
    item = Item(
        "提升覆盖",
        ["年底前实现网格全覆盖。全镇面貌明显改善，群众满意度显著提升。"],
        deadlines=[("年底前", {"ends_on": "2026-12-31"})],
    )
    aims = [Aim("年底前实现网格全覆盖。", deadlines=item.deadlines, task=0), Aim("全镇面貌明显改善，", task=0)]
    extraction = notice([item], aims=aims)
    plan = extraction.plans[0]
    goals = (plan.goals[0], replace(plan.goals[1], deadlines=plan.goals[0].deadlines))
    extraction = replace(extraction, plans=(replace(plan, goals=goals),))
    with open_store(tmp_path / "t.db") as store:
        for _ in range(2):
            store.put(extraction)
            assert store.register().extractions == (extraction,)
        assert store.intact() == []


def test_every_piece_of_every_value_is_in_the_view_of_evidence(tmp_path: Path) -> None:
    extraction = notice(ITEMS)
    with open_store(tmp_path / "t.db") as store:
        store.put(extraction)
        found = {(r["owner"], r["ordinal"], r["start"], r["end"]) for r in store._database["evidence"].rows}
    plan = extraction.plans[0]
    for owner in plan.tasks:
        for value in (owner, *owner.measures, *owner.responsibilities, *owner.deadlines, *owner.targets):
            for ordinal, piece in enumerate(value.evidence.pieces):
                assert (value.id, ordinal, piece.start, piece.end) in found


def test_files_are_sorted_by_path_whatever_the_order_of_coming(tmp_path: Path) -> None:
    one = notice([ITEMS[0]], path="b/1.txt", title="2026年甲方案")
    two = notice([ITEMS[1]], path="a/2.txt", title="2026年乙方案")
    with open_store(tmp_path / "1.db") as first, open_store(tmp_path / "2.db") as second:
        for extraction in (one, two):
            first.put(extraction)
        for extraction in (two, one):
            second.put(extraction)
        assert first.register() == second.register()
        assert [e.source.path for e in first.register().extractions] == ["a/2.txt", "b/1.txt"]


def test_a_file_without_plans_and_one_that_cannot_be_read_are_there(tmp_path: Path) -> None:
    empty = replace(notice([]), plans=(), problems=(Problem("no_plan", "没有找到方案"),))
    with open_store(tmp_path / "t.db") as store:
        store.put(empty)
        store.put_failure("notices/b.pdf", "encrypted", "文件已加密，无法读取")
        assert store.problems() == [
            ("notices/b.pdf", Problem("encrypted", "文件已加密，无法读取")),
            ("notices/a.txt", Problem("no_plan", "没有找到方案")),
        ]
        assert [e.source.path for e in store.register().extractions] == ["notices/a.txt", "notices/b.pdf"]


def test_a_failure_is_forgotten_once_the_file_can_be_read(tmp_path: Path) -> None:
    with open_store(tmp_path / "t.db") as store:
        store.put_failure("notices/a.txt", "corrupt", "文件已损坏")
        store.put_failure("notices/a.txt", "corrupt", "文件已损坏")
        assert len(store.problems()) == 1
        store.put(notice(ITEMS))
        assert store.problems() == []
        assert len(store.register().extractions) == 1


def test_of_a_secret_file_nothing_is_kept_but_its_name(tmp_path: Path) -> None:
    path = tmp_path / "t.db"
    with open_store(path) as store:
        store.put_failure("某处/密件柜/方案.docx", "secret", "标有机密★1年：全文如下")
        assert store.problems() == [("方案.docx", Problem("secret", "涉密标志，未读取"))]
    kept = path.read_bytes()
    assert "全文如下".encode() not in kept
    assert "密件柜".encode() not in kept


def test_known_files(tmp_path: Path) -> None:
    extraction = notice(ITEMS)
    with open_store(tmp_path / "t.db") as store:
        assert not store.known(extraction.source.sha256)
        store.put(extraction, generator="1")
        assert store.known(extraction.source.sha256)
        assert store.known(extraction.source.sha256, generator="1")
        assert not store.known(extraction.source.sha256, generator="2")
        store.seen([("moved/a.txt", extraction.source.sha256)])
        assert store.register().extractions[0].source.path == "moved/a.txt"


def test_text_and_names_that_no_encoding_has_are_kept_in_their_places(tmp_path: Path) -> None:
    extraction = notice([Item("整治\ud800环境", ["各村要整治\udc80环境\x00卫生。"])], path="notices/\udcb9\udca4.txt")
    with open_store(tmp_path / "t.db") as store:
        store.put(extraction)
        store.seen([("notices/\udcb9.txt", extraction.source.sha256)])
        store.put_failure("\udcff.doc", "corrupt", "坏\ud800文件")
        kept = next(e for e in store.register().extractions if e.plans)
        assert len(kept.source.text) == len(extraction.source.text)
        assert kept.plans[0].tasks[0].measures[0].evidence.quote == "各村要整治\ufffd环境\x00卫生。"
        assert store.search("卫生")


@pytest.mark.parametrize("decided", [False, True])
def test_a_large_register_is_read_file_by_file_and_is_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, decided: bool
) -> None:
    with open_store(tmp_path / "t.db") as store:
        for k in range(20):
            store.put(notice(ITEMS, number=f"甲政发〔2026〕{k}号", issuer="甲镇人民政府", path=f"{k:02}.txt"))
        store.put(notice([Item("旧的任务", ["整治旧的小区。"])], title="旧的", number="乙字〔2026〕1号", path="x.txt"))
        old = store.register().extractions[-1].plans[0].tasks[0].id
        store.set_status(old, "in_progress", by="甲")
        store.put(notice([Item("新的任务", ["改造道路。"])], title="旧的", number="乙字〔2026〕1号", path="x.txt"))
        store.put(notice([], title="空", path="y.txt", problems=[Problem("annex_missing", "附件没有随文")]))
        first = store.register().extractions[0].plans[0]
        store.edit(first.id, "title", "改了名称", by="甲")
        store.reject(first.tasks[0].id, by="甲")
        store.add_task("领导交办", by="甲")
        small = store.register(decided=decided)
        monkeypatch.setattr("extractor.store.register.FEW", -1)
        large = store.register(decided=decided)
        assert type(large) is not type(small)
        store.put(notice(ITEMS, number="丙字〔2026〕1号", issuer="丙镇", path="z.txt"))
    for _ in range(2):  # after the store was closed, and as it was when asked for
        assert large.extractions == small.extractions
        assert list(large.plans()) == list(small.plans())
        assert list(large.outlines()) == list(small.outlines())
