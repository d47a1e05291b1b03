"""Folders of real files: what is passed over, what the optional readers are, and every shared notice read."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from extractor.readers import is_notice_candidate, programs, read, readers_available, sniff
from tests.readers_samples import docx, p, pdf, set_in_lines


@pytest.mark.parametrize(
    "name",
    [
        "README.md",
        "readme.txt",
        ".DS_Store",
        "~$通知.docx",
        "004.gold.json",
        "tasks.db",
        "a.sqlite",
        "run.py",
        "Thumbs.db",
    ],
)
def test_other_files_are_passed_over_with_a_reason(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes("各镇要完成任务。".encode())
    answer = is_notice_candidate(path)
    assert not answer
    assert answer.chinese
    assert answer.english


@pytest.mark.parametrize("name", ["通知.txt", "方案.DOCX", "附件.doc", "任务.et", "通知", "通知.bak", "readmore.html"])
def test_notices_are_taken(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes("各镇要完成任务。".encode())
    assert is_notice_candidate(path)


def test_files_of_unknown_names_are_judged_by_content(tmp_path: Path) -> None:
    for name, data, taken in (
        ("甲.tmp", docx(p("各镇要完成任务。")), True),
        ("乙.dat", b"\x00\x01\x02" * 100, False),
        ("丙.out", b"plain English", False),
        ("丁.data", b"SQLite format 3\x00", False),
    ):
        path = tmp_path / name
        path.write_bytes(data)
        assert bool(is_notice_candidate(path)) is taken, name


def test_pictures_are_taken_only_where_they_can_be_recognised(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "第1页.jpg"
    path.write_bytes(b"\xff\xd8\xff\xe0")
    for there in (True, False):
        monkeypatch.setattr(programs, "can_recognise", lambda there=there: there)
        assert bool(is_notice_candidate(path)) is there
    assert "Tesseract" in is_notice_candidate(path).chinese


def test_parts_of_a_saved_page_are_passed_over(tmp_path: Path) -> None:
    folder = tmp_path / "通知_files"
    folder.mkdir()
    (folder / "a.html").write_text("各镇", encoding="utf-8")
    assert not is_notice_candidate(folder / "a.html")


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (docx(p("甲")), "a.doc", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (pdf(set_in_lines(["甲"])), "a.txt", "application/pdf"),
        (b"\xef\xbb\xbf<!DOCTYPE html><html>", "a.txt", "text/html"),
        ("<html>".encode("utf-16"), "a.txt", "text/html"),
        (b"<div class='a'>", "a", "text/html"),
        ("各镇<b>要</b>".encode(), "a.txt", "text/plain"),
        ("甲,乙".encode(), "a.csv", "text/csv"),
        (b"{\\rtf1", "a.doc", "application/rtf"),
        (b"\xff\xd8\xff\xe0", "a", "image/jpeg"),
    ],
)
def test_kinds_are_told_by_content(data: bytes, name: str, kind: str) -> None:
    assert sniff(data, name) == kind


def test_doctor_knows_the_optional_readers() -> None:
    found = {r.name: r for r in readers_available()}
    assert set(found) == {"tesseract", "libreoffice"}
    assert found["tesseract"].there == programs.can_recognise()
    assert all(r.install_chinese and r.install_english and r.reads_chinese for r in found.values())


def test_importing_the_readers_imports_nothing_heavy() -> None:
    heavy = "lxml pdfplumber pypdfium2 docx openpyxl xlrd olefile PIL hypothesis jieba spacy opencc"
    code = f"import sys, extractor.readers; print([m for m in '{heavy}'.split() if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_shared_notice_is_read(shared: Path) -> None:
    files = [f for folder in ("notices", "notices_unlabelled") for f in sorted((shared / folder).iterdir())]
    taken = [f for f in files if is_notice_candidate(f)]
    assert {f.name for f in files} - {f.name for f in taken} <= {"README.md"}
    for path in taken:
        document = read(path)
        assert len(document.text) > 300, path.name
        assert document.problems == (), path.name
        assert read(path) == document
        for mark in document.marks:
            assert 0 <= mark.span.start < mark.span.end <= len(document.text)
        for table in document.tables:
            for one in table.cells:
                assert table.span.holds(one.span)
                assert one.row + one.row_span <= table.rows
                assert one.column + one.column_span <= table.columns


def test_registers_of_this_program_are_passed_over(tmp_path: Path) -> None:
    from tests.readers_samples import zipped

    path = tmp_path / "工作台账.xlsx"
    path.write_bytes(zipped({"xl/workbook.xml": "<a/>", "docProps/extractor.xml": "<a/>"}))
    assert "台账" in is_notice_candidate(path).chinese
    path.write_bytes(zipped({"xl/workbook.xml": "<a/>"}))
    assert is_notice_candidate(path)
