"""Many files: which are taken, in which order they come back, and what one bad file does to the rest."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from extractor import engine
from extractor.engine import File, Settings
from extractor.errors import UsageError
from extractor.model import Extraction
from tests import engine_faults

NOTICE = """青溪县人民政府办公室关于做好秋季防火工作的通知
青政办发〔2025〕12号
各乡镇人民政府：
一、压实责任。各乡镇要在2025年10月底前组建巡护队伍。
二、加强值守。应急局每月25日前报送值守情况。
青溪县人民政府办公室
2025年9月3日
"""


@dataclass(frozen=True)
class Counts:
    new: int = 0
    changed: int = 0
    vanished: int = 0


@dataclass
class Memory:
    """A keeper that only remembers."""

    extractions: list[Extraction] = field(default_factory=list)
    failures: list[tuple[str, str, str]] = field(default_factory=list)
    places: list[tuple[str, str]] = field(default_factory=list)

    def known(self, sha256: str, *, generator: str | None = None) -> bool:
        return any(e.source.sha256 == sha256 for e in self.extractions)

    def text(self, sha256: str) -> str | None:
        return next((e.source.text for e in self.extractions if e.source.sha256 == sha256), None)

    def seen(self, files: Iterable[tuple[str, str]]) -> None:
        self.places += files

    def put_many(self, extractions: Sequence[Extraction]) -> list[Counts]:
        self.extractions += extractions
        return [Counts(new=sum(len(plan.tasks) for plan in extraction.plans)) for extraction in extractions]

    def put_failure(self, path: str, code: str, message: str) -> None:
        self.failures.append((path, code, message))


def folder_of(tmp_path: Path, **files: str) -> Path:
    folder = tmp_path / "通知"
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


# -- which files -------------------------------------------------------------------------------------------------------


def test_a_folder_is_gone_through_and_what_is_no_notice_is_named(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, b_txt=NOTICE, 下级__a_txt=NOTICE, README_md="说明", x_gold_json="{}")
    collected = engine.collect([str(folder)])
    assert [f.shown for f in collected.files] == ["通知/b.txt", "通知/下级/a.txt"]
    assert {p.shown for p in collected.passed_over} == {"通知/README.md", "通知/x.gold.json"}
    assert all(p.chinese and p.english for p in collected.passed_over)


def test_a_file_named_by_itself_is_always_read(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, README_md=NOTICE)
    assert [f.shown for f in engine.collect([str(folder / "README.md")]).files] == ["README.md"]


def test_patterns_are_understood_without_a_shell(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, a_txt=NOTICE, b_docx="x", 下级__c_txt=NOTICE)
    assert [f.shown for f in engine.collect([str(folder / "*.txt")]).files] == ["a.txt"]
    assert [f.shown for f in engine.collect([str(folder / "**" / "*.txt")]).files] == ["a.txt", "下级/c.txt"]


def test_a_file_named_twice_is_taken_once(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, a_txt=NOTICE)
    assert len(engine.collect([str(folder), str(folder / "a.txt"), str(folder)]).files) == 1


def test_files_of_one_name_are_told_apart(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, 三月__附件_txt=NOTICE, 四月__附件_txt=NOTICE)
    files = engine.collect([str(folder / "三月" / "附件.txt"), str(folder / "四月" / "附件.txt")]).files
    assert len({f.shown for f in files}) == 2


@pytest.mark.parametrize("missing", ["没有这个文件.txt", "没有*.docx", "没有/文件夹"])
def test_a_path_that_is_not_there_is_an_error_before_any_work(tmp_path: Path, missing: str) -> None:
    with pytest.raises(UsageError, match="找不到"):
        engine.collect([str(tmp_path / missing)])


# -- order, workers, faults --------------------------------------------------------------------------------------------


def files_named(names: list[str]) -> list[File]:
    return [File(name, Path(name)) for name in names]


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_outcomes_come_in_the_order_of_the_files(workers: int) -> None:
    names = [("slow" if n % 3 == 0 else "quick") + f"{n:02}" for n in range(30)]
    found = list(engine.outcomes(files_named(names), Settings(), workers, task=engine_faults.echo))
    assert [o.file.shown for o in found] == names
    assert [o.extractions[0].source.path for o in found] == names


def test_a_file_that_brings_its_process_down_does_not_stop_the_rest() -> None:
    names = [f"a{n}" for n in range(5)] + ["crash"] + [f"b{n}" for n in range(5)] + ["crash2"]
    found = list(engine.outcomes(files_named(names), Settings(), 2, task=engine_faults.crash))
    assert [o.file.shown for o in found] == names
    assert [o.file.shown for o in found if o.failure] == ["crash", "crash2"]
    assert all(o.failure.code == "internal_error" for o in found if o.failure)


def test_a_run_stores_good_files_and_records_bad_ones(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, a_txt=NOTICE, b_txt="", c_txt=NOTICE.replace("防火", "防汛"))
    (folder / "d.docx").write_bytes(b"PK\x03\x04 truncated")
    store = Memory()
    seen: list[tuple[int, int, str]] = []
    report = engine.run(engine.collect([str(folder)]), store, Settings(), progress=lambda *step: seen.append(step))
    assert report.read == ["通知/a.txt", "通知/c.txt"]
    assert [f.shown for f in report.failures] == ["通知/b.txt", "通知/d.docx"]
    assert [path for path, _, _ in store.failures] == ["通知/b.txt", "通知/d.docx"]
    assert all(f.chinese and f.english for f in report.failures)
    assert seen[-1] == (4, 4, "通知/d.docx")
    assert [e.source.path for e in store.extractions] == ["通知/a.txt", "通知/c.txt"]


def test_known_files_are_skipped_unless_asked_for(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, a_txt=NOTICE)
    store = Memory()
    collected = engine.collect([str(folder)])
    engine.run(collected, store, Settings())
    assert engine.run(collected, store, Settings()).known == ["通知/a.txt"]
    assert store.places == [("通知/a.txt", store.extractions[0].source.sha256)]
    assert engine.run(collected, store, Settings(), again=True).read == ["通知/a.txt"]


def test_same_result_whatever_the_number_of_workers(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, **{f"n{k}_txt": NOTICE.replace("12号", f"{k}号") for k in range(6)})
    kept = []
    for workers in (1, 2):
        store = Memory()
        engine.run(engine.collect([str(folder)]), store, Settings(), workers=workers)
        kept.append(store.extractions)
    assert kept[0] == kept[1]


def test_a_fault_of_the_program_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("kaputt")

    monkeypatch.setattr("extractor.pipeline.extract", broken)
    folder = folder_of(tmp_path, a_txt=NOTICE)
    report = engine.run(engine.collect([str(folder)]), Memory(), Settings())
    assert [f.code for f in report.failures] == ["internal_error"]
    assert "kaputt" in str(report.failures[0])


@pytest.mark.skipif(os.name == "nt", reason="sparse files are made otherwise there")
def test_a_huge_file_is_not_read_to_know_it(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(1_000_000_000)
    assert engine.fingerprint(path) is None
