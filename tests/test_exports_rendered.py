"""The register as other programs show it: opened by LibreOffice, turned to PDF, measured."""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from extractor.exports.paper import PaperName
from extractor.exports.word import write_word
from extractor.exports.workbook import write_workbook
from tests.exports_samples import sample_register
from tests.test_exports_workbook import many_rows

pytestmark = pytest.mark.skipif(
    shutil.which("soffice") is None or shutil.which("pdftotext") is None,
    reason="LibreOffice and poppler-utils are not installed",
)
A4_LANDSCAPE, A3_LANDSCAPE = (842, 595), (1191, 842)
WORD = re.compile(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>')


def rendered(path: Path) -> Path:
    profile = (path.parent / "profile").as_uri()
    call = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf", "--outdir"]
    subprocess.run([*call, str(path.parent), str(path)], check=True, capture_output=True, timeout=180)
    return path.with_suffix(".pdf")


def page_sizes(pdf: Path) -> list[tuple[int, int]]:
    said = subprocess.run(["pdfinfo", "-f", "1", "-l", "999", str(pdf)], check=True, capture_output=True, text=True)
    sizes = re.findall(r"Page +\d+ size: +([\d.]+) x ([\d.]+)", said.stdout)
    return [(round(float(w)), round(float(h))) for w, h in sizes]


def words(pdf: Path, page: int) -> list[tuple[float, float, float, float, str]]:
    call = ["pdftotext", "-bbox", "-f", str(page), "-l", str(page), str(pdf), "-"]
    said = subprocess.run(call, check=True, capture_output=True, encoding="utf-8")
    return [(float(a), float(b), float(c), float(d), text) for a, b, c, d, text in WORD.findall(said.stdout)]


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("workbook") / "register.xlsx"
    write_workbook(many_rows(), path, today=date(2025, 9, 10))
    return rendered(path)


def test_the_printed_sheet_comes_out_on_a4_across(printed: Path) -> None:
    assert page_sizes(printed)[0] == A4_LANDSCAPE


def test_each_printed_page_repeats_the_header_and_says_its_number(printed: Path) -> None:
    for page in (1, 2, 3):
        text = "".join(w[4] for w in words(printed, page))
        assert "序号" in text
        assert "工作任务" in text
        assert f"第{page}页" in text.replace(" ", "")


def test_no_printed_row_overlaps_its_neighbour(printed: Path) -> None:
    for page in (1, 2, 3):
        columns: dict[int, list[tuple[float, float]]] = {}
        for left, top, _, bottom, _ in words(printed, page):
            columns.setdefault(round(left / 4), []).append((top, bottom))
        for lines in columns.values():
            lines.sort()
            for (_, bottom), (top, _) in pairwise(lines):
                assert top > bottom - 4, f"page {page}: text over text"


def test_all_rows_are_printed(printed: Path) -> None:
    pages = len(page_sizes(printed))
    text = "".join(w[4] for page in range(1, pages + 1) for w in words(printed, page))
    for n in (0, 59, 119):
        assert f"任务{n}" in text


@pytest.mark.parametrize(
    ("paper", "size", "unit"),
    [("A4", A4_LANDSCAPE, "牵头：农业农村办"), ("A3", A3_LANDSCAPE, "牵头单位")],
    ids=["A4", "A3"],
)
def test_the_word_table_opens_on_its_paper(tmp_path: Path, paper: PaperName, size: tuple[int, int], unit: str) -> None:
    path = tmp_path / "register.docx"
    write_word(sample_register(), path, paper=paper)
    pdf = rendered(path)
    assert set(page_sizes(pdf)) == {size}
    text = "".join(w[4] for w in words(pdf, 1))
    for there in ("工作任务台账", "柳政发〔2025〕8号", "2025年12月31", "每月28日前", "第1页", unit):
        assert there in text
