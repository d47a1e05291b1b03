"""An annex that was read before its notice, or after it, in a file of its own: one notice, nothing doubled, nothing lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from extractor import engine
from extractor.model import Task
from extractor.readers.annexes import titles_named
from extractor.store import Store, open_store
from tests.readers_samples import cell, docx, p, row, table

NOTICE = """柳溪县人民政府办公室关于印发《柳溪县河道整治实施方案》的通知
柳政办发〔2024〕17号
各乡镇人民政府：
现将《柳溪县河道整治实施方案》印发给你们，请认真贯彻执行。任务分工详见附件。
一、提高认识。各乡镇要充分认识河道整治的重要意义，切实加强组织领导，于2月底前制定本乡镇的具体方案并报县水利局备案。
二、压实责任。县水利局要会同县生态环境局、县住房和城乡建设局建立联席会议制度，每月召开一次会议研究解决突出问题。
三、严格督查。县政府督查室要在6月底前组织一次专项督查，督查结果在全县范围内通报，并纳入乡镇年度考核。
附件：柳溪县河道整治任务分解表
柳溪县人民政府办公室
2024年2月6日
"""
TASKS = (
    ("建立河道巡查台账，每季度更新一次", "县水利局"),
    ("在9月底前完成入河排口整治30处", "县生态环境局"),
    ("在10月底前拆除沿河违章建筑12处", "各乡镇人民政府"),
)


def annex(*rows: tuple[str, str]) -> bytes:
    head = row(cell(p("序号")), cell(p("工作任务")), cell(p("责任单位")))
    lines = [row(cell(p(str(k))), cell(p(said)), cell(p(unit))) for k, (said, unit) in enumerate(rows, start=1)]
    return docx(p("柳溪县河道整治任务分解表") + table(head, *lines))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "t.db") as opened:
        yield opened


def run(store: Store, *paths: Path) -> engine.Report:
    return engine.run(engine.collect([str(path) for path in paths]), store, engine.Settings(), workers=1)


def tasks(store: Store) -> list[Task]:
    return [task for _, plan in store.register(decided=True).plans() for task in plan.tasks]


def titles(store: Store) -> list[str]:
    return [task.title for task in tasks(store)]


def place(folder: Path, **files: str | bytes) -> Path:
    folder.mkdir(exist_ok=True)
    for name, content in files.items():
        data = content if isinstance(content, bytes) else content.encode()
        (folder / name.replace("_", ".")).write_bytes(data)
    return folder


def test_an_annex_read_first_becomes_part_of_its_notice(store: Store, tmp_path: Path) -> None:
    folder = place(tmp_path / "来文", 附件1_docx=annex(*TASKS))
    run(store, folder)
    alone = tasks(store)
    assert len(alone) == 3
    store.set_status(alone[1].id, "in_progress", by="李四")
    store.edit(alone[2].id, "due_on", "2024-11-15", by="李四")
    store.add_value(alone[0].id, "responsibility", {"unit": "县河长办", "role": "support"}, by="李四")
    place(folder, 通知_txt=NOTICE)
    report = run(store, folder)
    assert report.vanished == 0
    plans = list(store.register(decided=True).plans())
    assert [plan.number for _, plan in plans] == ["柳政办发〔2024〕17号"]
    now = tasks(store)
    assert len(now) == len(set(titles(store))) == 6, "three of the notice, three of the annex"
    assert {task.id for task in alone} < {task.id for task in now}
    assert store.office()[alone[1].id].status == "in_progress"
    assert next(t for t in now if t.id == alone[2].id).due_on == "2024-11-15"
    assert "县河长办" in {r.unit for t in now if t.id == alone[0].id for r in t.responsibilities}
    rows = list(store._database["register"].rows)
    assert len(rows) == 6
    assert {r["来源"] for r in rows} == {"柳政办发〔2024〕17号"}
    assert run(store, folder).read == [], "nothing is new the next time"


def test_two_annexes_and_a_notice_that_was_read_alone(store: Store, tmp_path: Path) -> None:
    folder = place(tmp_path / "来文", 通知_txt=NOTICE)
    run(store, folder)
    own = tasks(store)
    store.set_status(own[0].id, "done", by="李四")
    for name, part in (
        ("附件1.docx", TASKS[:2]),
        ("附件2.docx", (*TASKS[2:], ("在11月底前完成验收并公布结果", "县水利局"))),
    ):
        (tmp_path / name).write_bytes(annex(*part))
        run(store, tmp_path / name)
    before = tasks(store)
    assert len(before) == 7
    for task in before[3:]:
        store.set_status(task.id, "in_progress", by="李四")
    for name in ("附件1.docx", "附件2.docx"):
        (tmp_path / name).rename(folder / name)
    run(store, folder)
    assert sorted(titles(store)) == sorted(t.title for t in before)
    assert {t.id for t in tasks(store)} == {t.id for t in before}
    assert len(list(store.register().plans())) == 1
    assert {name: office.status for name, office in store.office().items()} == {
        t.id: "done" if t.id == own[0].id else "in_progress" for t in (own[0], *before[3:])
    }
    assert store.intact() == []


def test_an_annex_read_after_its_notice_doubles_nothing(store: Store, tmp_path: Path) -> None:
    folder = place(tmp_path / "来文", 附件1_docx=annex(*TASKS), 通知_txt=NOTICE)
    run(store, folder)
    before = tasks(store)
    run(store, folder / "附件1.docx")
    assert tasks(store) == before
    other = place(tmp_path / "另存", 附件1_docx=annex(*TASKS))
    run(store, other)
    assert tasks(store) == before


def test_another_towns_annex_stays_by_itself(store: Store, tmp_path: Path) -> None:
    others = tuple((said.replace("河道", "林场").replace("排口", "火险"), "县林业局") for said, _ in TASKS)
    folder = place(tmp_path / "来文", 附件1_docx=annex(*others))
    run(store, folder)
    (folder / "附件1.docx").rename(tmp_path / "附件1.docx")
    place(folder, 通知_txt=NOTICE, 附件1_docx=annex(*TASKS))
    run(store, folder)
    assert len(list(store.register().plans())) == 2
    assert len(tasks(store)) == 9


def test_what_was_decided_before_the_joining_can_be_taken_back(store: Store, tmp_path: Path) -> None:
    folder = place(tmp_path / "来文", 附件1_docx=annex(*TASKS))
    run(store, folder)
    first, second, _ = tasks(store)
    merged = store.merge(first.id, [second.id], by="李四")
    place(folder, 通知_txt=NOTICE)
    run(store, folder)
    assert second.id not in {t.id for t in tasks(store)}
    store.undo(merged.id, by="李四")
    assert second.id in {t.id for t in tasks(store)}
    assert len(tasks(store)) == 6


def test_a_notice_whose_annex_lies_elsewhere_says_where(store: Store, tmp_path: Path) -> None:
    elsewhere = place(tmp_path / "下载", 任务表_docx=annex(*TASKS))
    run(store, elsewhere)
    run(store, place(tmp_path / "来文", 通知_txt=NOTICE))
    [message] = [problem.message for _, problem in store.problems() if problem.code == "annex_apart"]
    assert "《柳溪县河道整治任务分解表》" in message and "下载/任务表.docx" in message
    assert len(tasks(store)) == 6
    (elsewhere / "任务表.docx").rename(tmp_path / "来文" / "附件1.docx")
    run(store, tmp_path / "来文")
    assert len(list(store.register().plans())) == 1
    assert len(tasks(store)) == 6
    assert not [p for file in store.register().outlines() for p in file.problems if p.code.startswith("annex")]


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        (
            "正文。\n附件：1.河道整治任务分解表\n　　　2.河道巡查责任清单\n某县水利局\n",
            ["河道整治任务分解表", "河道巡查责任清单"],
        ),
        ("附件：《河道整治责任清单》\n2024年2月6日", ["河道整治责任清单"]),
        ("附件1\n河道整治任务分解表", []),
        ("详见附件。", []),
        ("附件：表", []),
    ],
)
def test_titles_that_a_notice_gives_its_annexes(text: str, titles: list[str]) -> None:
    assert titles_named(text) == titles
