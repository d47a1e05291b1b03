"""A notice and its annexes in files of their own are one plan: told by names, joined where the notice speaks of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor import engine
from extractor.model import Extraction
from extractor.readers import attached, read_all
from extractor.readers.annexes import annex_name
from tests.readers_samples import cell, docx, p, row, table, zipped

NOTICE = """柳溪县人民政府办公室关于印发《柳溪县河道整治实施方案》的通知
柳政办发〔2024〕17号
各乡镇人民政府：
现将《柳溪县河道整治实施方案》印发给你们，请认真贯彻执行。任务分工详见附件。
柳溪县人民政府办公室
2024年2月6日
"""
SCHEME = """柳溪县河道整治实施方案
一、重点任务
（一）清理河道。各乡镇要在6月底前完成垃圾清理。（责任单位：各乡镇人民政府）
（二）整治排口。县水利局要在9月底前完成排口整治30处。
"""
TASKS = docx(
    table(
        row(cell(p("序号")), cell(p("工作任务")), cell(p("责任单位"))),
        row(cell(p("1")), cell(p("建立河道巡查台账")), cell(p("县水利局"))),
    )
)


@pytest.mark.parametrize(
    ("name", "label", "number", "title"),
    [
        ("附件2.xlsx", "附件2", 2, ""),
        ("附件：任务分解表.docx", "附件", 0, "任务分解表"),
        ("附件十二-责任清单.doc", "附件十二", 12, "责任清单"),
        ("2.附表1 指标.xls", "附表1", 1, "指标"),
        ("（附件3）联系表.txt", "附件3", 3, "联系表"),
        ("关于开展河道整治的通知-附件1任务表.docx", "附件1", 1, "任务表"),
    ],
)
def test_names_of_annexes(name: str, label: str, number: int, title: str) -> None:
    found = annex_name(name)
    assert found is not None
    assert (found.label, found.number, found.title) == (label, number, title)


@pytest.mark.parametrize("name", ["通知.docx", "附件管理办法.txt", "关于附件.docx", "附近河道.txt", "2024.txt", ""])
def test_other_names(name: str) -> None:
    assert annex_name(name) is None


def test_an_annex_goes_to_the_notice_that_its_name_tells() -> None:
    names = [
        "关于开展柳溪县河道整治的通知.docx",
        "关于做好春耕生产的通知.docx",
        "关于做好春耕生产的通知 附件10.xlsx",
        "关于做好春耕生产的通知 附件2.xlsx",
        "附件：柳溪县河道整治.doc",
        "附件1.xls",  # of which of the two is not told
    ]
    assert attached(names) == {0: (4,), 1: (3, 2)}
    assert attached(["附件1.xls", "通知.txt"]) == {1: (0,)}
    assert attached(["附件1.xls"]) == {}


def extracted(*arguments: Path) -> list[Extraction]:
    files = engine.collect([str(a) for a in arguments]).files
    return [e for outcome in engine.outcomes(files, engine.Settings(), 1) for e in outcome.extractions]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "来文"
    place.mkdir()
    (place / "河道整治通知.txt").write_text(NOTICE, encoding="utf-8")
    (place / "附件1：柳溪县河道整治实施方案.txt").write_text(SCHEME, encoding="utf-8")
    (place / "附件2.docx").write_bytes(TASKS)
    return place


def test_a_folder_with_a_notice_and_its_annexes_is_one_plan(folder: Path) -> None:
    (found,) = extracted(folder)
    (plan,) = found.plans
    assert found.source.path == "来文/河道整治通知.txt"
    assert plan.number == "柳政办发〔2024〕17号"
    assert [task.title for task in plan.tasks] == ["清理河道", "整治排口", "建立河道巡查台账"]
    assert [task.due_on for task in plan.tasks] == ["2024-06-30", "2024-09-30", None]
    assert "annex_missing" not in {problem.code for problem in found.problems}
    for task in plan.tasks:
        assert "".join(piece.of(found.source.text) for piece in task.evidence.pieces)


def test_an_archive_gives_the_same_ids(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "来文.zip"
    path.write_bytes(zipped({file.name: file.read_bytes() for file in sorted(folder.iterdir())}))
    (one,) = extracted(folder)
    (other,) = extracted(path)
    assert [task.id for plan in one.plans for task in plan.tasks] == [
        task.id for plan in other.plans for task in plan.tasks
    ]
    assert one.source.sha256 == other.source.sha256


def test_a_notice_that_speaks_of_no_annex_stays_by_itself(folder: Path) -> None:
    notice = folder / "河道整治通知.txt"
    notice.write_text(NOTICE.replace("任务分工详见附件。", ""), encoding="utf-8")
    assert len(extracted(folder)) == 3


def test_an_annex_that_cannot_be_read_is_named_and_the_rest_is_read(folder: Path) -> None:
    (folder / "附件2.docx").write_bytes(TASKS[:500])
    (outcome,) = engine.outcomes(engine.collect([str(folder)]).files, engine.Settings(), 1)
    assert [failure.shown for failure in outcome.failures] == ["来文/附件2.docx"]
    assert outcome.failure is None
    assert len(outcome.extractions[0].plans[0].tasks) == 2


def test_annexes_are_read_without_their_notice_where_that_fails(folder: Path) -> None:
    (folder / "河道整治通知.txt").write_bytes(b"")
    (outcome,) = engine.outcomes(engine.collect([str(folder)]).files, engine.Settings(), 1)
    assert outcome.failure is not None
    assert outcome.failure.code == "empty"
    assert len(outcome.extractions) == 2


def test_one_secret_paper_stops_all(folder: Path) -> None:
    (folder / "河道整治通知.txt").write_text("机密★1年\n" + NOTICE, encoding="utf-8")
    (outcome,) = engine.outcomes(engine.collect([str(folder)]).files, engine.Settings(), 1)
    assert outcome.extractions == ()
    assert {failure.code for failure in outcome.failures} == {"secret"}
    assert len(outcome.failures) == 3


def test_tables_and_marks_move_with_their_words(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "来文.zip"
    path.write_bytes(zipped({file.name: file.read_bytes() for file in sorted(folder.iterdir())}))
    (document,) = read_all(path)
    (found,) = document.tables
    assert [cell_.span.of(document.text) for cell_ in found.cells][3:] == ["1", "建立河道巡查台账", "县水利局"]
    assert [mark.span.of(document.text) for mark in document.marks_of("computed")] == ["附件1", "附件2"]
