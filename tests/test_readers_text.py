"""Plain text: encodings by content, doubt owned up to, nothing changed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.errors import ReadError
from extractor.readers import read_bytes, typed_tables

SIMPLIFIED = (
    "关于做好2026年农村公路养护工作的通知\r\n各镇人民政府、街道办事处：\r\n"
    "为进一步加强农村公路养护管理，现将有关事项通知如下：一要落实责任，确保年底前完成养护里程30公里；二要加强督查。\r\n"
)
TRADITIONAL = (
    "關於做好2026年農村公路養護工作的通知\n各鄉鎮市公所：\n"
    "為進一步加強農村公路養護管理，請於年底前完成養護里程30公里，並將辦理情形報本府備查。\n"
)
ENCODINGS = [
    (SIMPLIFIED, "utf-8", "utf-8"),
    (SIMPLIFIED, "utf-8-sig", "utf-8"),
    (SIMPLIFIED, "gb18030", "gb18030"),
    (SIMPLIFIED, "gb2312", "gb18030"),
    (SIMPLIFIED, "utf-16", "utf-16-le"),
    (SIMPLIFIED, "utf-16-le", "utf-16-le"),
    (SIMPLIFIED, "utf-16-be", "utf-16-be"),
    (TRADITIONAL, "utf-8", "utf-8"),
    (TRADITIONAL, "big5", "big5hkscs"),
    (TRADITIONAL, "cp950", "big5hkscs"),
    (TRADITIONAL, "gb18030", "gb18030"),
    (TRADITIONAL, "utf-16-le", "utf-16-le"),
    (TRADITIONAL.replace("本府", "本署嘅啲"), "big5hkscs", "big5hkscs"),
]


@pytest.mark.parametrize(("text", "written", "told"), ENCODINGS)
def test_encoding_is_told_by_content(text: str, written: str, told: str) -> None:
    document = read_bytes(text.encode(written), "通知.txt")
    assert document.text == text
    assert document.encoding == told
    assert document.problems == ()


@pytest.mark.parametrize("written", ["gb18030", "utf-8", "utf-16-le"])
@pytest.mark.parametrize(
    "text",
    ["请于5月31日前完成整治任务。", "各村：", "一、工作目标\n", "责任单位：综治办，派出所。"],
)
def test_short_texts_are_never_garbled_in_silence(text: str, written: str) -> None:
    try:
        document = read_bytes(text.encode(written), "a.txt")
    except ReadError as error:
        assert error.code in ("encoding_unknown", "no_chinese")
    else:
        assert document.text == text or any(p.code == "encoding_guess" for p in document.problems)


def test_line_ends_stay_as_they_are() -> None:
    text = "一、总体要求\r\n甲\r乙\n\r\n丙"
    assert read_bytes(text.encode(), "a.txt").text == text


def test_a_damaged_byte_is_a_problem_with_its_place() -> None:
    data = (SIMPLIFIED * 5).encode()
    damaged = data[:300] + b"\xff" + data[300:]
    document = read_bytes(damaged, "a.txt")
    problem = document.problems[0]
    assert problem.code == "encoding_damage"
    assert "\ufffd" in problem.pieces[0].of(document.text)
    assert document.text.replace("\ufffd", "").startswith("关于做好2026年")


def test_half_a_character_at_the_end_does_not_change_the_encoding() -> None:
    document = read_bytes((SIMPLIFIED * 20).encode("gb18030")[:-1], "a.txt")
    assert document.encoding == "gb18030"
    assert document.text.startswith("关于做好")


COMMON = "关于印发年度重点工作任务分解方案的通知各单位责任落实完成时限村镇县市人民政府，。、；：（）"


@given(
    st.text(alphabet=COMMON, min_size=40, max_size=200),
    st.sampled_from(["utf-8", "gb18030", "utf-16-le", "utf-16-be"]),
)
def test_text_of_everyday_characters_survives_every_encoding(text: str, written: str) -> None:
    if not any(c not in "，。、；：（）" for c in text):
        return
    document = read_bytes(text.encode(written), "a.txt")
    assert document.text == text or document.problems


@given(st.binary(max_size=400))
def test_no_bytes_raise_anything_but_a_read_error(data: bytes) -> None:
    try:
        document = read_bytes(data, "a.txt")
    except ReadError as error:
        assert error.chinese
        assert error.english
    else:
        assert document.text


def test_markdown_is_read_as_it_is() -> None:
    document = read_bytes("# 一、目标\n\n- 完成整治\n".encode(), "方案.md")
    assert document.text == "# 一、目标\n\n- 完成整治\n"
    assert document.media_type == "text/plain"


def test_typed_tables_say_where_their_cells_stand() -> None:
    text = "清单\r\n序号\t任务\t单位\r\n1\t清理河道\t\r\n| 甲 | 乙 | 丙 |\n|---|---|---|\n| 丁 || 戊 |\n张三\t局长\n李四\t书记\n"
    tabs, strokes = read_bytes(text.encode(), "a.txt").tables
    assert [(c.row, c.column, c.span.of(text)) for c in tabs.cells] == [
        (0, 0, "序号"), (0, 1, "任务"), (0, 2, "单位"), (1, 0, "1"), (1, 1, "清理河道"),
    ]  # fmt: skip
    assert [(c.row, c.column, c.span.of(text)) for c in strokes.cells] == [
        (0, 0, "甲"), (0, 1, "乙"), (0, 2, "丙"), (1, 0, "丁"), (1, 2, "戊"),
    ]  # fmt: skip


@given(st.text(alphabet="|\t\n\r -:甲1", max_size=60))
def test_no_text_makes_a_table_outside_itself(text: str) -> None:
    for table in typed_tables.find(text):
        assert 0 <= table.span.start <= table.span.end <= len(text)
        assert all(table.span.holds(cell.span) and cell.span.start < cell.span.end for cell in table.cells)
