"""Rows added to ten ledgers as offices keep them: nothing that stood there changes, nothing doubles."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import Alignment

from extractor import lexicon
from extractor.errors import UsageError
from extractor.exports.rows import OfficeColumns, Row, rows
from extractor.ledger.append import Appended, append
from extractor.ledger.layout import find
from extractor.normalise import simplified
from extractor.records import replace
from tests.exports_samples import sample_register
from tests.ledgers import LEDGERS, made

WORDS = lexicon.load()


def sample_rows() -> list[Row]:
    return list(rows(sample_register()))


def added(path: Path, **more: Any) -> Appended:
    return append(path, sample_rows(), WORDS, simplify=simplified, **more)


def cells(path: Path) -> dict[tuple[str, str], tuple[Any, ...]]:
    """Value, style and size of every cell of a workbook."""
    found = {}
    for sheet in openpyxl.load_workbook(path):
        for line in sheet.iter_rows():
            for cell in line:
                look = (cell.font.name, cell.font.sz, cell.border.left.style, cell.number_format, cell.fill.bgColor.rgb)
                found[sheet.title, cell.coordinate] = (cell.value, look)
    return found


@pytest.mark.parametrize("name", LEDGERS)
def test_every_ledger_is_understood(tmp_path: Path, name: str) -> None:
    layout = find(made(tmp_path, name), WORDS)
    assert "title" in layout.columns
    assert {"responsible", "lead"} & layout.columns.keys()


@pytest.mark.parametrize("name", LEDGERS)
def test_rows_are_added_and_no_existing_cell_changes(tmp_path: Path, name: str) -> None:
    path = made(tmp_path, name)
    before, layout = cells(path), find(path, WORDS)
    done = added(path)
    assert [row.id for row in done.added] == ["g1", "t1", "t2"]
    after = cells(path)
    footer = layout.footer or 10**6
    free = max(0, footer - layout.last - 1) if layout.footer else 0
    shift = max(0, 3 - free) if layout.footer else 0
    for (sheet, place), content in before.items():
        row = int("".join(c for c in place if c.isdigit()))
        if sheet == layout.sheet and layout.last < row < footer:
            continue  # rows that were free
        letters = "".join(c for c in place if c.isalpha())
        moved = row + shift if sheet == layout.sheet and row >= footer else row
        there = after[sheet, f"{letters}{moved}"]
        if isinstance(content[0], str) and content[0].startswith("=SUM"):
            assert there[0] == "=SUM(E2:E7)", "a total takes the new rows in"
        else:
            assert there == content, (place, moved)


@pytest.mark.parametrize("name", LEDGERS)
def test_a_second_call_doubles_nothing(tmp_path: Path, name: str) -> None:
    path = made(tmp_path, name)
    added(path)
    once = cells(path)
    done = added(path)
    assert not done.added
    assert len(done.there) == 3
    assert cells(path) == once


@pytest.mark.parametrize("name", LEDGERS)
def test_new_rows_stand_in_the_ledger_s_columns_and_numbering_goes_on(tmp_path: Path, name: str) -> None:
    path = made(tmp_path, name)
    before = find(path, WORDS)
    added(path)
    sheet = openpyxl.load_workbook(path)[before.sheet]
    column = before.columns
    new = [before.last + 1 + k for k in range(3)]
    titles = [str(sheet.cell(row, column["title"]).value) for row in new]
    assert [title.split("\n")[0][:6] for title in titles] == ["到2025年", "落实巡查制度", "按时报送情况"]
    units = [str(sheet.cell(new[1], column[field]).value) for field in ("lead", "responsible") if field in column]
    assert "农业农村办" in " ".join(units)
    if "number" in column:
        old = sheet.cell(before.last, column["number"]).value if before.last > before.header else 0
        numbers = [sheet.cell(row, column["number"]).value for row in new]
        assert numbers == [numbers[0] + k for k in range(3)]
        assert name == "merged_groups" or numbers[0] == int(old or 0) + 1
    model = sheet.cell(before.last if before.last > before.header else before.header + 1, column["title"])
    assert all(sheet.cell(row, column["title"]).border.left.style == model.border.left.style for row in new)


def test_dates_are_dates_where_the_ledger_has_dates(tmp_path: Path) -> None:
    path = made(tmp_path, "plain")
    added(path)
    sheet = openpyxl.load_workbook(path).active
    assert sheet["D6"].value.isoformat() == "2025-12-31T00:00:00"
    words = made(tmp_path, "two_header_rows")
    added(words)
    assert openpyxl.load_workbook(words).active["F6"].value == "2025年12月31日"


def test_choices_colours_and_tables_reach_the_new_rows(tmp_path: Path) -> None:
    path = made(tmp_path, "supervision")
    added(path)
    sheet = openpyxl.load_workbook(path).active
    assert str(sheet.data_validations.dataValidation[0].sqref) == "J2:J7"
    assert str(next(iter(sheet.conditional_formatting)).sqref) == "A2:K7"
    table = made(tmp_path, "spreadsheet_table")
    added(table)
    assert openpyxl.load_workbook(table).active.tables["台账表"].ref == "A1:E7"


def test_other_parts_of_the_file_are_the_same_bytes(tmp_path: Path) -> None:
    path = made(tmp_path, "second_sheet")
    copy = tmp_path / "copy.xlsx"
    added(path, target=copy)
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(copy) as new:
        assert old.namelist() == new.namelist()
        same = [name for name in old.namelist() if old.read(name) == new.read(name)]
        assert "xl/worksheets/sheet1.xml" in same
        assert "xl/styles.xml" in same
        assert "xl/worksheets/sheet2.xml" not in same


def test_a_copy_leaves_the_template_alone(tmp_path: Path) -> None:
    path = made(tmp_path, "empty_template")
    before = path.read_bytes()
    added(path, target=tmp_path / "new.xlsx")
    assert path.read_bytes() == before
    assert openpyxl.load_workbook(tmp_path / "new.xlsx").active["B4"].value


def test_a_person_says_what_a_header_stands_for(tmp_path: Path) -> None:
    path = made(tmp_path, "no_numbers")
    added(path, named={"难易度": "frequency"})
    assert openpyxl.load_workbook(path).active["B5"].value == "每月28日前"


def test_rows_that_were_added_once_do_not_come_back(tmp_path: Path) -> None:
    path = made(tmp_path, "plain")
    assert [r.id for r in added(path, appended_before={"t1", "g1"}).added] == ["t2"]


def test_what_has_been_cancelled_is_not_added(tmp_path: Path) -> None:
    path = made(tmp_path, "plain")
    one, *others = sample_rows()
    gone = replace(one, office=OfficeColumns(status="cancelled"))
    done = append(path, [gone, *others], WORDS, simplify=simplified)
    assert ([r.id for r in done.added], [r.id for r in done.cancelled]) == (["t1", "t2"], ["g1"])


def test_the_number_of_a_paper_that_came_in_has_its_column(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["序号", "来文字号", "重点任务", "具体要求", "责任单位", "完成期限", "目前进展"])
    book.save(tmp_path / "x.xlsx")
    layout = find(tmp_path / "x.xlsx", WORDS)
    assert layout.columns.keys() >= {"number", "origin", "title", "measures", "responsible", "due", "progress"}
    assert layout.unknown == ()


def test_formulas_stay_text(tmp_path: Path) -> None:
    path = made(tmp_path, "plain")
    [_, row, _] = sample_rows()
    append(path, [replace(row, title="=1+1", measures=())], WORDS, simplify=simplified)
    cell = openpyxl.load_workbook(path).active["B5"]
    assert (cell.data_type, cell.value) == ("s", "'=1+1")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04nonsense", b"plain text"])
def test_what_is_no_ledger_is_a_clear_error(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(content)
    with pytest.raises(UsageError):
        added(path)
    assert path.read_bytes() == content


def test_a_workbook_without_a_header_is_a_clear_error(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "随便写的"
    book.save(tmp_path / "x.xlsx")
    with pytest.raises(UsageError, match="没有找到表头"):
        added(tmp_path / "x.xlsx")


def test_an_open_ledger_is_left_alone(tmp_path: Path) -> None:
    path = made(tmp_path, "plain")
    (tmp_path / "~$plain.xlsx").write_bytes(b"")
    with pytest.raises(UsageError, match="请先关闭"):
        added(path)


def test_a_ledger_of_one_line_cells_gets_one_line(tmp_path: Path) -> None:
    path = made(tmp_path, "plain")
    book = openpyxl.load_workbook(path)
    for row in book.active.iter_rows():
        for cell in row:
            cell.alignment = Alignment(wrap_text=False)
    book.save(path)
    added(path)
    texts = [cell.value for row in openpyxl.load_workbook(path).active.iter_rows() for cell in row if cell.value]
    assert not [text for text in texts if "\n" in str(text)]
    assert any("牵头：" in str(text) and "；" in str(text) for text in texts)
