"""Word files, new and old: print order, what is printed, numbers as Word prints them."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest

from extractor.errors import ReadError
from extractor.model import Document
from extractor.readers import docx as docx_reader
from extractor.readers import read_bytes
from extractor.readers.number_formats import FORMATS, label_number
from extractor.readers.sets import names
from tests.readers_samples import (
    abstract,
    cell,
    converted,
    docx,
    level,
    listed,
    num,
    p,
    row,
    soffice,
    table,
)

needs_office = pytest.mark.skipif(soffice() is None, reason="LibreOffice is not installed")
CENTRED = '<w:jc w:val="center"/>'


def text(body: str, **parts: str) -> str:
    return read_bytes(docx(body, **parts), "a.docx").text


def marked(document: Document, kind: str) -> list[str]:
    return [m.span.of(document.text) for m in document.marks if m.kind == kind]


# -- what is printed ---------------------------------------------------------------------------------------------------


def test_tracked_changes_are_accepted() -> None:
    body = (
        "<w:p><w:r><w:t>各镇要</w:t></w:r><w:ins><w:r><w:t>于5月底前</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText>尽快</w:delText></w:r></w:del><w:r><w:t>完成整治。</w:t></w:r></w:p>"
        '<w:p><w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr><w:r><w:t>前半句，</w:t></w:r></w:p>'
        "<w:p><w:r><w:t>后半句。</w:t></w:r></w:p>"
        "<w:moveFrom><w:r><w:t>移走</w:t></w:r></w:moveFrom>"
    )
    assert text(body) == "各镇要于5月底前完成整治。\n前半句，后半句。\n"


def test_content_controls_links_fields_and_smart_tags_are_read() -> None:
    body = (
        "<w:sdt><w:sdtContent>" + p("控件里的段落。") + "</w:sdtContent></w:sdt>"
        "<w:p><w:sdt><w:sdtContent><w:r><w:t>行内控件，</w:t></w:r></w:sdtContent></w:sdt>"
        "<w:hyperlink><w:r><w:t>链接，</w:t></w:r></w:hyperlink><w:smartTag><w:r><w:t>标记，</w:t></w:r></w:smartTag>"
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> REF 甲 </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>域结果。</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )
    assert text(body) == "控件里的段落。\n行内控件，链接，标记，域结果。\n"


def test_hidden_text_is_left_out() -> None:
    style = '<w:style w:type="character" w:styleId="H"><w:name w:val="暗"/><w:rPr><w:vanish/></w:rPr></w:style>'
    body = p("可见。") + p("直接隐藏", run="<w:vanish/>") + p("样式隐藏", run='<w:rStyle w:val="H"/>')
    body += p("关掉隐藏。", run='<w:rStyle w:val="H"/><w:vanish w:val="0"/>')
    assert text(body, styles=style) == "可见。\n关掉隐藏。\n"


def test_text_boxes_come_once() -> None:
    box = "<wps:txbx><w:txbxContent>" + p("文本框里的字") + "</w:txbxContent></wps:txbx>"
    body = (
        '<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><a:graphic><a:graphicData>'
        f"<wps:wsp>{box}</wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>"
        "<mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>" + p("文本框里的字") + "</w:txbxContent></v:textbox>"
        "</v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>" + p("正文。")
    )
    assert text(body) == "文本框里的字\n正文。\n"


def test_footnotes_stand_after_the_body() -> None:
    notes = '<w:footnote w:id="2">' + p(" 指常住人口。") + "</w:footnote>"
    body = '<w:p><w:r><w:t>覆盖50户</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:t>以上。</w:t></w:r></w:p>'
    document = read_bytes(docx(body + p("完。"), footnotes=notes), "a.docx")
    assert document.text == "覆盖50户以上。\n完。\n指常住人口。\n"
    assert marked(document, "footnote") == ["指常住人口。"]


def test_symbols_breaks_and_ruby() -> None:
    body = (
        '<w:p><w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:noBreakHyphen/><w:t>丙</w:t><w:sym w:font="Wingdings" w:char="F0FE"/>'
        "</w:r><w:r><w:ruby><w:rt><w:r><w:t>zhěng</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>整</w:t></w:r></w:rubyBase>"
        "</w:ruby></w:r></w:p>"
    )
    assert text(body) == "甲\n乙-丙☑整\n"


def test_heads_and_feet_are_marked() -> None:
    foot = (
        '<w:p><w:r><w:t>— </w:t></w:r><w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
        "<w:r><w:t> —</w:t></w:r></w:p>"
    )
    document = read_bytes(docx(p("正文。"), header1=p("某县文件"), footer1=foot), "a.docx")
    assert document.text == "某县文件\n正文。\n—1—\n" or document.text == "某县文件\n正文。\n— 1 —\n"
    assert marked(document, "running_head") == ["某县文件"]
    assert len(marked(document, "page_number")) == 1


def test_headings_bold_centred_and_contents_are_marked() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="20"><w:name w:val="本单位二级"/><w:basedOn w:val="2"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="T1"><w:name w:val="toc 1"/></w:style>'
    )
    lead = "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>坚持因地制宜。</w:t></w:r><w:r><w:t>不搞一刀切。</w:t></w:r></w:p>"
    body = (
        p("标题", CENTRED) + p("一、目标……1", '<w:pStyle w:val="T1"/>') + p("一、目标", '<w:pStyle w:val="20"/>') + lead
    )
    document = read_bytes(docx(body, styles=styles), "a.docx")
    assert marked(document, "centred") == ["标题"]
    assert marked(document, "furniture") == ["一、目标……1"]
    assert [(m.span.of(document.text), m.value) for m in document.marks_of("heading")] == [("一、目标", "2")]
    assert marked(document, "bold") == ["坚持因地制宜。"]


# -- tables ------------------------------------------------------------------------------------------------------------


def cells(document: Document) -> dict[tuple[int, int], tuple[int, int, str, bool]]:
    (one,) = document.tables
    return {(c.row, c.column): (c.row_span, c.column_span, c.span.of(document.text), c.header) for c in one.cells}


TABLE = table(
    row(cell(p("任务"), span=2), cell(p("单位")), header=True),
    row(cell(p("生态"), merge="restart"), cell(p("清理河道"), p("清运垃圾")), cell(p("水利局"))),
    row(cell(merge="continue"), cell(p("植树")), cell(p("林业局"))),
    row(
        cell(p("里层"), table(row(cell(p("甲")), cell(p("乙"))), widths=(900, 900)), "<w:p/>"),
        cell(p("养护")),
        cell(p("交通局")),
    ),
)


def check_table(document: Document) -> None:
    found = cells(document)
    assert found[0, 0][:3] == (1, 2, "任务")
    assert found[1, 0][:3] == (2, 1, "生态")
    assert found[1, 1][:3] == (1, 1, "清理河道\n清运垃圾")
    assert found[2, 1][:3] == (1, 1, "植树")
    assert (2, 0) not in found
    assert found[3, 1][2] == "养护"
    assert "甲" in found[3, 0][2]
    assert "乙" in found[3, 0][2]


def test_tables_keep_merged_and_nested_cells() -> None:
    document = read_bytes(docx(p("表前。") + TABLE + p("表后。")), "a.docx")
    check_table(document)
    assert cells(document)[0, 0][3] is True
    assert document.text.startswith("表前。\n任务\t单位\n生态\t清理河道\n清运垃圾\t水利局\n植树\t林业局\n")
    assert document.text.endswith("交通局\n表后。\n")


def test_a_frame_is_no_table() -> None:
    document = read_bytes(docx(table(row(cell(p("第一段。"), p("第二段。"))))), "a.docx")
    assert document.tables == ()
    assert document.text == "第一段。\n第二段。\n"


def test_deleted_rows_are_left_out() -> None:
    gone = "<w:tr><w:trPr><w:del w:id='1'/></w:trPr>" + cell(p("删去")) + cell(p("删去")) + "</w:tr>"
    document = read_bytes(docx(table(row(cell(p("甲")), cell(p("乙"))), gone)), "a.docx")
    assert document.text == "甲\t乙\n"


# -- automatic numbers -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "kind", "printed"),
    [
        (1, "chineseCounting", "一"),
        (10, "chineseCounting", "十"),
        (21, "chineseCountingThousand", "二十一"),
        (105, "chineseCountingThousand", "一百零五"),
        (110, "japaneseCounting", "一百一十"),
        (12, "ideographDigital", "一二"),
        (3, "decimalEnclosedCircle", "③"),
        (21, "decimalEnclosedCircleChinese", "㉑"),
        (3, "decimalEnclosedParen", "⑶"),
        (12, "decimalFullWidth", "１２"),
        (4, "ideographTraditional", "丁"),
        (4, "ideographZodiac", "卯"),
        (14, "upperRoman", "XIV"),
        (28, "lowerLetter", "bb"),
        (12, "chineseLegalSimplified", "壹拾贰"),
        (7, "decimalZero", "07"),
        (7, "bullet", ""),
        (7, "aFormatOfTomorrow", "7"),
        (-3, "chineseCounting", "-3"),
        (10**9, "upperRoman", "1000000000"),
    ],
)
def test_number_formats(number: int, kind: str, printed: str) -> None:
    assert label_number(number, kind) == printed


def lists() -> tuple[str, str]:
    """A file's numbering part and body with everything that counts: levels, restarts, overrides, styles, skipped levels."""
    definitions = [
        abstract(
            0,
            level(0, "chineseCounting", "%1、"),
            level(1, "chineseCounting", "（%2）"),
            level(2, "decimal", "%3."),
            level(3, "decimal", "（%4）"),
        ),
        abstract(1, level(0, "decimal", "第%1章", suffix="space"), level(1, "decimal", "%1.%2", suffix="tab")),
        abstract(2, level(0, "decimal", "%1.", start=5), level(1, "upperRoman", "%1-%2", start=3)),
    ]
    restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    own = (
        '<w:lvlOverride w:ilvl="0"><w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="decimal"/>'
        '<w:suff w:val="nothing"/><w:lvlText w:val="%1）"/></w:lvl></w:lvlOverride>'
    )
    numbers = [num(1, 0), num(2, 1), num(3, 2), num(4, 0, restart), num(5, 0, own), num(6, 0)]
    order = {
        1: [0, 1, 1, 2, 2, 3, 3, 2, 1, 2, 0, 2, 1, 0, 3],
        2: [1, 0, 1, 1, 0, 1],
        3: [0, 1, 1, 0, 1],
        4: [0, 0, 1],
        6: [0, 1, 0],
        5: [0, 0],
    }
    body = [listed(f"|{n}项{k}", n, depth) for n, depths in order.items() for k, depth in enumerate(depths)]
    return "".join(definitions + numbers), "".join(body)


# LibreOffice prints these as plain decimals or from other series: it lacks them. Word's own series are kept.
NOT_IN_LIBREOFFICE = names(
    "decimalFullWidth decimalFullWidth2 decimalEnclosedFullstop decimalEnclosedParen numberInDash hex taiwaneseDigital "
    "japaneseDigitalTenThousand ideographDigital japaneseLegal ideographZodiacTraditional ideographEnclosedCircle "
    "bullet none"
)


def labels(lines: list[str]) -> dict[str, str]:
    return {line.split("|", 1)[1].strip(): "".join(line.split("|")[0].split()) for line in lines if "|" in line}


@needs_office
def test_numbers_equal_libreoffice(tmp_path: Path) -> None:
    numbering, body = lists()
    kinds = sorted(set(FORMATS) - NOT_IN_LIBREOFFICE)
    more = "".join(abstract(100 + k, level(0, kind, "%1、")) for k, kind in enumerate(kinds))
    uses = "".join(num(100 + k, 100 + k) for k in range(len(kinds)))
    jumps = [(k, n) for k in range(len(kinds)) for n in (105, 110, 120, 234)]
    uses += "".join(
        num(1000 + 10 * k + j, 100 + k, f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{n}"/></w:lvlOverride>')
        for j, (k, n) in enumerate(jumps)
    )
    body += "".join(listed(f"|{kind}{n}号", 100 + k) for k, kind in enumerate(kinds) for n in range(1, 24))
    body += "".join(listed(f"|{kinds[k]}跳{n}号", 1000 + 10 * k + j) for j, (k, n) in enumerate(jumps))
    definitions, numbers = numbering.split("<w:num ", 1)
    data = docx(body, numbering=f"{definitions}{more}<w:num {numbers}{uses}")
    printed = labels(converted(data, ".docx", "txt:Text (encoded):UTF8", tmp_path).decode("utf-8-sig").splitlines())
    ours = labels(docx_reader.read(data, "a.docx").text.splitlines())
    assert len(printed) > 400
    assert {k: ours.get(k) for k in printed} == printed


def test_labels_are_marked_and_numbering_can_be_taken_off() -> None:
    numbering = abstract(
        0, level(0, "chineseCounting", "%1、"), level(1, "decimal", "%1.%2", more="<w:isLgl/>", suffix="tab")
    )
    numbering += num(1, 0)
    styles = (
        '<w:style w:type="paragraph" w:styleId="A"><w:name w:val="甲"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="B"><w:name w:val="乙"/><w:basedOn w:val="A"/></w:style>'
    )
    body = p("目标", '<w:pStyle w:val="B"/>') + listed("细则", 1, 1)
    body += p("不编号", '<w:pStyle w:val="A"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    document = read_bytes(docx(body, numbering=numbering, styles=styles), "a.docx")
    assert document.text == "一、目标\n1.1 细则\n不编号\n"
    assert marked(document, "computed") == ["一、", "1.1"]


def test_levels_of_a_linked_list_style() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:styleLink w:val="L"/>' + level(0, "decimal", "%1)") + "</w:abstractNum>"
        '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="L"/></w:abstractNum>' + num(1, 0) + num(2, 1)
    )
    assert text(listed("甲", 2) + listed("乙", 2), numbering=numbering) == "1)甲\n2)乙\n"


# -- old files ---------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    if soffice() is None:
        pytest.skip("LibreOffice is not installed")
    numbering, body = lists()
    lead = "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>坚持因地制宜。</w:t></w:r><w:r><w:t>不搞𠮷一刀切。</w:t></w:r></w:p>"
    link = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPERLINK "http://a.b" </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>链接文字</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r></w:p>'
    )
    notes = '<w:footnote w:id="2">' + p("指常住人口。") + "</w:footnote>"
    reference = '<w:p><w:r><w:t>覆盖全部户</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    data = docx(
        p("关于清洁行动的通知", CENTRED) + lead + link + reference + body + TABLE + p("表后。"),
        numbering=numbering,
        footnotes=notes,
        header1=p("某县文件"),
    )
    return converted(data, ".docx", "doc", tmp_path_factory.mktemp("doc"))


def test_an_old_file_reads_as_the_new_one(old: bytes) -> None:
    document = read_bytes(old, "任务.doc")
    assert document.media_type == "application/msword"
    lines = document.text.splitlines()
    assert lines[0] == "某县文件"
    assert lines[1] == "关于清洁行动的通知"
    assert lines[2] == "坚持因地制宜。不搞𠮷一刀切。"
    assert lines[3] == "链接文字"
    assert marked(document, "bold")[0] == "坚持因地制宜。"
    assert marked(document, "centred")[0] == "关于清洁行动的通知"
    assert "指常住人口。" in marked(document, "footnote")[0]
    check_table(document)


def test_old_files_keep_their_numbers(old: bytes) -> None:
    numbering, body = lists()
    new = labels(docx_reader.read(docx(body, numbering=numbering), "a").text.splitlines())
    ours = labels(read_bytes(old, "a.doc").text.splitlines())
    # LibreOffice starts an overridden list anew once more when it writes the old format.
    assert {k: v for k, v in ours.items() if k[0] in "123"} == {k: v for k, v in new.items() if k[0] in "123"}


def test_a_wps_file_is_the_same_with_another_name(old: bytes) -> None:
    assert read_bytes(old, "任务.wps").text == read_bytes(old, "任务.doc").text


@pytest.mark.parametrize("keep", [0.2, 0.5, 0.8, 0.95])
def test_a_cut_old_file_is_a_read_error_or_text(old: bytes, keep: float) -> None:
    try:
        read_bytes(old[: int(len(old) * keep)], "a.doc")
    except ReadError as error:
        assert error.code in ("corrupt", "unsupported", "no_text", "no_chinese")


def test_damage_anywhere_in_an_old_file_never_escapes(old: bytes) -> None:
    for k in range(0, len(old), max(1, len(old) // 150)):
        damaged = old[:k] + bytes([old[k] ^ 0xFF, 0xFF]) + old[k + 2 :]
        with contextlib.suppress(ReadError):
            read_bytes(damaged, "a.doc")


# -- rich text ---------------------------------------------------------------------------------------------------------

RTF = (
    rb"{\rtf1\ansi\ansicpg936{\fonttbl{\f0\fnil\fcharset134 SimSun;}{\f1\froman\fcharset0 Times;}}{\*\generator Word;}"
    rb"{\info{\title x}}{\header\pard \'c3\'c5\par}"
    rb"\pard\qc\f0\b \'cd\'a8\'d6\'aa\b0\par"
    rb"\pard{\listtext\'d2\'bb\'a1\'a2\tab}\'c4\'bf\'b1\'ea\'a3\'ba\u23436?\u25104?30\'b8\'f6\'a1\'a3{\v \'d2\'fe}\par"
    rb"\trowd\cellx1000\cellx3000\pard\intbl \'d0\'f2\'ba\'c5\cell \'c8\'ce\'ce\'f1\cell\row"
    rb"\trowd\cellx1000\cellx3000\pard\intbl 1\cell \'d5\'fb\'d6\'ce\cell\row\pard \'cd\'ea\'a1\'a3\par}"
)


def test_rich_text_whatever_its_name() -> None:
    document = read_bytes(RTF, "通知.doc")
    assert document.media_type == "application/rtf"
    assert document.text == "门\n通知\n一、 目标：完成30个。\n序号\t任务\n1\t整治\n完。\n"
    assert marked(document, "running_head") == ["门"]
    assert marked(document, "bold") == ["通知"]
    assert marked(document, "computed") == ["一、"]
    assert document.tables[0].columns == 2


@needs_office
def test_rich_text_reads_as_the_word_file_it_came_from(tmp_path: Path) -> None:
    data = docx(p("关于清洁行动的通知", CENTRED, "<w:b/>") + TABLE + p("表后。"))
    check_table(read_bytes(converted(data, ".docx", "rtf", tmp_path), "a.rtf"))


@pytest.mark.parametrize("keep", range(10, len(RTF), 37))
def test_cut_rich_text_never_escapes(keep: int) -> None:
    with contextlib.suppress(ReadError):
        read_bytes(RTF[:keep], "a.rtf")
    with pytest.raises(ReadError):
        read_bytes(rb"{\rtf1" + b"{" * 9000, "a.rtf")
