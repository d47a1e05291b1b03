"""Tables whose cells a copy wrote one under another."""

from __future__ import annotations

import pytest

from extractor.readers import plain, stacked_tables
from tests.core_cases import extraction_of

NAMES = "柳溪县2024年民生实事分解表\n序号\n民生实事\n责任单位\n完成时限\n"


def cells(text: str) -> list[list[str]]:
    [table] = stacked_tables.find(text)
    rows = [[""] * table.columns for _ in range(table.rows)]
    for cell in table.cells:
        for row in range(cell.row, cell.row + cell.row_span):
            rows[row][cell.column] = cell.span.of(text)
    return rows


def test_a_line_for_each_cell() -> None:
    text = NAMES + "1\n新建便民桥2座。\n县交通局\n9月底前\n2\n改造户厕300户。\n县农业农村局\n12月底前\n"
    assert cells(text) == [
        ["序号", "民生实事", "责任单位", "完成时限"],
        ["1", "新建便民桥2座。", "县交通局", "9月底前"],
        ["2", "改造户厕300户。", "县农业农村局", "12月底前"],
    ]


def test_several_units_of_one_cell_and_blank_lines_between() -> None:
    text = "\n\n".join(
        (NAMES + "1\n新建公园。\n县住建局\n县林业局\n12月底前\n2\n修缮校舍。\n县教育局\n8月底前").split("\n")
    )
    assert cells(text)[1][2] == "县住建局\n\n县林业局"


def test_a_second_line_of_work_under_one_number_shares_what_is_merged() -> None:
    text = (
        NAMES
        + "1\n开工建设养老院。\n县民政局\n5月底前\n开工建设老年大学。\n12月底前\n2\n修缮校舍。\n县教育局\n8月底前\n"
    )
    assert cells(text)[1:3] == [
        ["1", "开工建设养老院。", "县民政局", "5月底前"],
        ["1", "开工建设老年大学。", "县民政局", "12月底前"],
    ]


def test_a_head_of_several_rows_an_empty_note_and_names_of_people() -> None:
    text = (
        "序号\n类别\n工作任务\n责任领导\n责任单位\n时限\n备注\n"
        "1\n产业\n新建大棚20座\n陈明\n镇农办\n6月底\n"
        "2\n引进企业2家\n李国强\n镇经发办\n镇财政所\n12月底\n重点\n"
        "3\n民生\n改造户厕30户\n王强\n各村\n9月底\n"
        "镇党政办公室\n2024年1月5日印发\n"
    )
    assert cells(text)[1:] == [
        ["1", "产业", "新建大棚20座", "陈明", "镇农办", "6月底", ""],
        ["2", "产业", "引进企业2家", "李国强", "镇经发办\n镇财政所", "12月底", "重点"],
        ["3", "民生", "改造户厕30户", "王强", "各村", "9月底", ""],
    ]


def test_the_last_cell_of_units_ends_before_who_signs() -> None:
    text = (
        "序号\n工作任务\n责任单位\n1\n清理河道\n县水利局\n2\n改造食堂\n县教育局\n各乡镇\n柳溪县人民政府\n2024年1月5日\n"
    )
    assert cells(text)[2] == ["2", "改造食堂", "县教育局\n各乡镇"]


@pytest.mark.parametrize(
    "text",
    [
        "序号\n",
        "序号\n任务\n单位\n",
        "序号\n任务\n单位\n1\n清理河道\n县水利局\n",  # one row alone
        "序号\n发言人\n内容\n1\n张三说明今年以来的工作情况，提出下一步打算。\n2\n李四说明有关情况。\n",
        "序号\n为做好今年的防汛工作，现将有关事项通知如下，请各村认真落实\n单位\n1\n清理\n2\n巡查\n",
    ],
)
def test_no_table(text: str) -> None:
    assert list(stacked_tables.find(text)) == []


def test_its_rows_are_tasks() -> None:
    text = NAMES + "1\n新建便民桥2座。\n县交通局\n9月底前\n2\n改造户厕300户。\n县农业农村局\n各乡镇\n12月底前\n"
    tasks = extraction_of({"text": text, "format": "txt"}).plans[0].tasks
    assert [t.title for t in tasks] == ["新建便民桥2座", "改造户厕300户"]
    assert [[r.unit for r in t.responsibilities] for t in tasks] == [["县交通局"], ["县农业农村局", "各乡镇"]]
    assert [t.due_on for t in tasks] == ["2024-09-30", "2024-12-31"]


def test_the_text_stays_as_it_is() -> None:
    text = NAMES + "1\n新建便民桥2座。\n县交通局\n9月底前\n2\n改造户厕300户。\n县农业农村局\n12月底前\n"
    document = plain.read(text.encode(), "x.txt")
    assert document.text == text
    assert len(document.tables) == 1


def test_sections_between_the_rows_keep_a_row_of_their_own() -> None:
    text = (
        "序号\n主要工作\n牵头单位\n配合单位\n责任领导\n一、做强产业\n"
        "1\n新建大棚20座。\n县农业农村局\n县财政局\n"
        "2\n引进企业2家。\n县招商局\n县工信局、县税务局\n陈明\n二、改善民生\n"
        "3\n修缮校舍3栋。\n县教育局\n县住建局\n陈明\n三、工作要求\n各单位要加强领导。\n"
    )
    assert [row[:3] for row in cells(text)[1:]] == [
        ["一、做强产业", "", ""],
        ["1", "新建大棚20座。", "县农业农村局"],
        ["2", "引进企业2家。", "县招商局"],
        ["二、改善民生", "", ""],
        ["3", "修缮校舍3栋。", "县教育局"],
    ]
