"""PDF files: paragraphs put back, heads and page numbers marked, columns, ruled tables over page ends."""

from __future__ import annotations

import io
import re
import time
import zipfile
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.errors import ReadError
from extractor.model import Document
from extractor.readers import programs, read_bytes
from tests.readers_samples import cell, converted, docx, p, pdf, row, set_in_lines, soffice, table, zipped

needs_office = pytest.mark.skipif(soffice() is None, reason="LibreOffice is not installed")
needs_tesseract = pytest.mark.skipif(not programs.can_recognise(), reason="Tesseract with Chinese is not installed")

PARAGRAPHS = [
    "一、总体要求",
    "坚持因地制宜、分类施策，到2026年底前完成农村公路养护工程三十公里，确保群众出行安全畅通，不得出现断头路和危桥险段。",
    "（一）落实责任。各镇人民政府要在每月28日前将进展情况报送县交通运输局，县交通运输局按季度通报，年底开展考核。",
    "1.排查隐患。组织力量对辖区内1200公里农村公路逐段排查，建立“一路一档”，做到底数清、情况明、措施实。",
]


def paragraphs(document: Document) -> list[str]:
    """The text as the normaliser will have it: heads and page numbers out, printed lines joined."""
    kept = list(document.text)
    for mark in document.marks:
        if mark.kind in ("line_break", "running_head", "page_number"):
            for k in range(mark.span.start, mark.span.end):
                kept[k] = ""
    return [line for line in "".join(kept).split("\n") if line.strip()]


def marked(document: Document, kind: str) -> list[str]:
    return [m.span.of(document.text) for m in document.marks if m.kind == kind]


def test_paragraphs_heads_and_page_numbers() -> None:
    texts = [PARAGRAPHS[k % 4] + f"第{k}项" for k in range(40)]
    pages = set_in_lines(texts)
    for k, page in enumerate(pages):
        page.insert(0, (200, 800, 12, "某县人民政府办公室文件"))
        page.append((280, 40, 14, f"— {k + 1} —"))
    document = read_bytes(pdf(pages), "a.pdf")
    assert paragraphs(document) == texts
    assert marked(document, "page_number") == [f"— {k + 1} —" for k in range(len(pages))]
    assert marked(document, "running_head") == ["某县人民政府办公室文件"] * len(pages)
    assert [number for _, number in document.pages] == list(range(1, len(pages) + 1))
    spans = [m.span for m in document.marks_of("page")]
    assert spans[0].start == 0
    assert spans[-1].end == len(document.text)
    assert all(a.end == b.start for a, b in pairwise(spans))


def test_marks_that_hang_beyond_the_margin_do_not_shorten_the_other_lines() -> None:
    full = "各乡镇对人员聚集的出租房屋逐栋排查登记，"  # 19 characters and a mark beyond the margin
    cut = "2.排查隐患。各村对十间以上的出租"  # ends before a word that would not have fitted
    lines = ["　　" + full[:17] + "，", *[full] * 6, "到年底完成。", "　　" + cut, "房屋再排查一遍。"]
    document = read_bytes(pdf([[(90, 760 - 28 * k, 16, line) for k, line in enumerate(lines)]]), "a.pdf")
    assert paragraphs(document)[-1].strip() == cut + "房屋再排查一遍。"


def test_bare_page_numbers_go_only_where_they_count_up() -> None:
    pages = set_in_lines([PARAGRAPHS[k % 4] for k in range(30)])
    for k, page in enumerate(pages):
        page.append((290, 40, 10, str(k + 1)))
    assert len(marked(read_bytes(pdf(pages), "a.pdf"), "page_number")) == len(pages)
    single = [[(90.0, 700.0, 16.0, "各村完成户数如下："), (90.0, 660.0, 16.0, "50")]]
    assert paragraphs(read_bytes(pdf(single), "a.pdf")) == ["各村完成户数如下：", "50"]


def test_two_columns_are_read_one_after_the_other() -> None:
    left = set_in_lines([*PARAGRAPHS, PARAGRAPHS[1]], left=60, width=14, size=14, pitch=20)[0]
    right = set_in_lines([f"右栏：{t}" for t in PARAGRAPHS], left=320, width=14, size=14, pitch=20)[0]
    # Drawn row by row, as a careless program does.
    mixed = [line for pair in zip(left, right, strict=False) for line in pair] + left[len(right) :] + right[len(left) :]
    found = paragraphs(read_bytes(pdf([mixed]), "a.pdf"))
    assert found == [*PARAGRAPHS, PARAGRAPHS[1]] + [f"右栏：{t}" for t in PARAGRAPHS]


def test_titles_over_several_lines_are_centred() -> None:
    page = [
        (166.0, 760.0, 22.0, "关于印发某县农村公路养护"),
        (221.0, 725.0, 22.0, "实施方案的通知"),
        *[(x, y - 100, size, text) for x, y, size, text in set_in_lines(PARAGRAPHS)[0]],
    ]
    document = read_bytes(pdf([page]), "a.pdf")
    assert paragraphs(document) == ["关于印发某县农村公路养护", "实施方案的通知", *PARAGRAPHS]
    assert marked(document, "centred") == ["关于印发某县农村公路养护", "实施方案的通知"]


@pytest.mark.parametrize("rotate", [90, 180, 270])
def test_turned_pages(rotate: int) -> None:
    document = read_bytes(pdf(set_in_lines(PARAGRAPHS), rotate=rotate), "a.pdf")
    assert paragraphs(document) == PARAGRAPHS


def test_look_alike_characters_stay_in_the_source() -> None:
    document = read_bytes(pdf([[(90, 700, 16, "⼈民政府⼯作")]]), "a.pdf")
    assert document.text.strip() in ("⼈民政府⼯作", "人民政府工作")


def test_encrypted_and_damaged_files() -> None:
    for data, code in (
        (pdf(set_in_lines(PARAGRAPHS), encrypt=True), "encrypted"),
        (b"%PDF-1.5\nnothing more", "corrupt"),
        (pdf([[]]), "no_text"),
    ):
        with pytest.raises(ReadError) as caught:
            read_bytes(data, "a.pdf")
        assert caught.value.code == code


# -- ruled tables ------------------------------------------------------------------------------------------------------

COLUMNS = (60.0, 100.0, 330.0, 450.0, 535.0)


def ruled(
    rows: list[tuple[list[str], float]], top: float
) -> tuple[list[tuple[float, float, float, str]], list[tuple[float, float, float, float]]]:
    """Texts and lines of a table: rows of (cells, height); a cell's lines are parted by |."""
    texts, lines = [], [(COLUMNS[0], top, COLUMNS[-1], top)]
    y = top
    for cells, height in rows:
        for x, content in zip(COLUMNS, cells, strict=False):
            texts += [(x + 4, y - 16 - 15 * n, 12.0, part) for n, part in enumerate(content.split("|")) if part]
        lines += [(x, y, x, y - height) for x in COLUMNS]
        y -= height
        lines.append((COLUMNS[0], y, COLUMNS[-1], y))
    return texts, lines


def test_a_table_goes_on_over_the_page_end() -> None:
    header = (["序号", "工作任务", "责任单位", "完成时限"], 24.0)
    first = [
        header,
        (["1", "整治沟渠。", "水利局", "5月底前"], 24.0),
        (["2", "对全部农村公路开展排查，建|立台账，完成危桥险段", "交通局", "6月底前"], 40.0),
    ]
    second = [header, (["", "整治任务。", "", ""], 24.0), (["3", "植树造林。", "林业局", "年底前"], 24.0)]
    pages, lines = [], {}
    for k, rows in enumerate((first, second)):
        texts, rules = ruled(rows, 700)
        pages.append([*texts, (280.0, 40.0, 14.0, f"— {k + 1} —")])
        lines[k] = rules
    pages[0].insert(0, (60.0, 740.0, 16.0, "任务分解表如下："))
    document = read_bytes(pdf(pages, lines=lines), "a.pdf")
    (one,) = document.tables
    cells = {(c.row, c.column): c.span.of(document.text).replace("\n", "") for c in one.cells}
    assert (one.rows, one.columns) == (4, 4)
    assert cells[2, 1] == "对全部农村公路开展排查，建立台账，完成危桥险段整治任务。"
    assert [cells[3, k] for k in range(4)] == ["3", "植树造林。", "林业局", "年底前"]
    assert all(c.header for c in one.cells if c.row == 0)
    assert "序号 工作任务 责任单位 完成时限" in marked(document, "running_head")
    assert document.pages[1][0] > document.text.index("整治任务。")


def test_red_lines_of_a_letterhead_make_no_table() -> None:
    page = set_in_lines(PARAGRAPHS)[0]
    document = read_bytes(pdf([page], lines={0: [(60, 770, 535, 770), (60, 766, 535, 766)]}), "a.pdf")
    assert document.tables == ()
    assert paragraphs(document) == PARAGRAPHS


# -- against Word's own pages ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> tuple[Document, bytes]:
    """A made notice with long tables as a Word document, and as LibreOffice prints it."""
    if soffice() is None:
        pytest.skip("LibreOffice is not installed")
    body_text = '<w:ind w:firstLineChars="200" w:firstLine="640"/><w:jc w:val="both"/>'
    size = '<w:sz w:val="32"/>'
    sentence = "推进村庄清洁行动，清理生活垃圾{0}吨，整治沟渠{1}公里，建立“一村一档”长效机制；"
    rows = [row(cell(p("序号")), cell(p("工作任务")), cell(p("责任单位")), header=True)]
    for k in range(1, 63):
        rows.append(
            row(
                cell(p(str(k))),
                cell(p("".join(sentence.format(k, n) for n in range(k % 5 + 1)) + "完成。")),
                cell(p("县农业农村局、各镇人民政府")),
            )
        )
    merged = [row(cell(p("类别")), cell(p("任务")), cell(p("单位")), header=True)]
    for k in range(30):
        first = cell(p("生态"), merge="restart") if k % 3 == 0 else cell(merge="continue")
        merged.append(row(first, cell(p(sentence.format(k, k) * 2 + "完成。")), cell(p("县住建局"))))
    body = [p("关于印发某县清洁行动任务分解表的通知", '<w:jc w:val="center"/>', '<w:b/><w:sz w:val="44"/>')]
    body += [p("".join(sentence.format(k, n) for n in range(k % 7 + 1)) + "完成。", body_text, size) for k in range(60)]
    body += [
        table(*rows, widths=(900, 5000, 2400)),
        p("以下为第二张表。", body_text, size),
        table(*merged, widths=(1500, 5000, 2000)),
    ]
    body += [p("特此通知。", body_text, size)]
    foot = (
        '<w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:t xml:space="preserve">— </w:t></w:r><w:fldSimple w:instr=" PAGE ">'
        '<w:r><w:t>1</w:t></w:r></w:fldSimple><w:r><w:t xml:space="preserve"> —</w:t></w:r></w:p>'
    )
    data = docx("".join(body), header1=p("某县人民政府办公室文件", '<w:jc w:val="center"/>'), footer1=foot)
    return read_bytes(data, "a.docx"), converted(data, ".docx", "pdf", tmp_path_factory.mktemp("pdf"))


@needs_office
def test_printed_pages_read_as_the_file_they_came_from(pair: tuple[Document, bytes]) -> None:
    word, data = pair
    printed = read_bytes(data, "a.pdf")
    kept, tables = [], []
    for document in (word, printed):
        text = list(document.text)
        for mark in document.marks:
            if mark.kind in ("line_break", "running_head", "page_number"):
                text[mark.span.start : mark.span.end] = [""] * mark.span.length
        found = []
        for one in document.tables:
            found.append(
                {
                    (c.row, c.column, c.row_span, c.column_span): "".join(text[c.span.start : c.span.end]).strip()
                    for c in one.cells
                }
            )
        tables.append(found)
        for one in document.tables:
            text[one.span.start : one.span.end] = [""] * one.span.length
        kept.append([line for line in "".join(text).split("\n") if line])
    assert kept[1] == kept[0]
    assert tables[1] == tables[0]
    assert [t.rows for t in printed.tables] == [63, 31]


@needs_office
def test_text_pages_are_ten_times_faster_than_pdfplumber(pair: tuple[Document, bytes], tmp_path: Path) -> None:
    import pdfplumber

    sentence = "推进村庄清洁行动，清理生活垃圾，整治沟渠，建立“一村一档”长效机制，确保2026年底前完成；"
    data = converted(docx(p(sentence * 8, run='<w:sz w:val="32"/>') * 60), ".docx", "pdf", tmp_path)
    read_bytes(data, "a.pdf")
    start = time.process_time()
    for _ in range(3):
        read_bytes(data, "a.pdf")
    ours = (time.process_time() - start) / 3
    start = time.process_time()
    with pdfplumber.open(io.BytesIO(data)) as file:
        for page in file.pages:
            page.extract_text()
            page.close()
    theirs = time.process_time() - start
    assert theirs > 8 * ours  # 15 times on a quiet machine; the rest is room for a busy one


# -- scans -------------------------------------------------------------------------------------------------------------


def scan(pages: list[int], suffix: str, *, turn: int = 0) -> bytes:
    """Pictures of printed pages."""
    import pypdfium2

    printed = pypdfium2.PdfDocument(pdf(set_in_lines(PARAGRAPHS)))
    images = [printed[k].render(scale=150 / 72).to_pil().convert("L").rotate(turn, expand=True) for k in pages]
    out = io.BytesIO()
    images[0].save(
        out, suffix, **({"save_all": True, "append_images": images[1:], "resolution": 150} if suffix == "PDF" else {})
    )
    return out.getvalue()


def test_a_scan_without_tesseract_is_an_error_that_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(programs, "can_recognise", lambda: False)
    for suffix in ("PDF", "PNG"):
        with pytest.raises(ReadError) as caught:
            read_bytes(scan([0], suffix), f"a.{suffix.lower()}")
        assert caught.value.code == "image_only"
        assert "Tesseract" in caught.value.chinese


@needs_tesseract
@needs_office  # whose fonts draw the Chinese characters that are to be recognised
def test_scans_are_recognised_and_marked() -> None:
    try:
        document = read_bytes(scan([0], "PDF"), "a.pdf")
    except ReadError as error:
        pytest.skip(f"no font draws the Chinese characters here: {error}")
    assert document.ocr
    assert "公路" in document.text
    assert document.marks_of("ocr")
    assert 0 < float(document.marks_of("ocr")[0].value) <= 1


@needs_tesseract
@needs_office
def test_photographs_turned_in_word_or_in_an_archive_are_one_notice() -> None:
    upright, turned = scan([0], "PNG"), scan([0], "PNG", turn=90)
    word = docx(
        '<w:p><w:r><w:drawing><wp:inline><a:graphic><a:graphicData><a:blip r:embed="p1"/></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r></w:p>"
    )
    out = io.BytesIO(word)
    with zipfile.ZipFile(out, "a") as package:
        package.writestr("word/media/1.png", turned)
    relation = (
        '<Relationship Id="p1" Target="media/1.png" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"/></Relationships>'
    )
    with zipfile.ZipFile(out) as package:
        parts = {n: package.read(n) for n in package.namelist()}
    name = "word/_rels/document.xml.rels"
    parts[name] = parts[name].replace(b"</Relationships>", relation.encode())
    for data, kind in ((zipped(dict(parts)), "a.docx"), (zipped({"1.png": upright, "2.png": turned}), "a.zip")):
        try:
            document = read_bytes(data, kind)
        except ReadError as error:
            pytest.skip(f"no font draws the Chinese characters here: {error}")
        assert document.ocr
        assert "公路" in document.text
    assert len(document.pages) == 2


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["", "一、", "（一）", "1.", "（2）"]),
            st.lists(
                st.sampled_from(
                    ["整治村庄", "完成30%以上", "“一村一档”", "《方案》", "到2026年底", "，", "；", "全县各镇"]
                ),
                min_size=2,
                max_size=60,
            ),
        ),
        min_size=1,
        max_size=12,
    ),
    st.sampled_from([20, 26, 28]),
)
def test_whatever_is_set_in_lines_comes_back_in_paragraphs(drafts: list[tuple[str, list[str]]], width: int) -> None:
    texts = [f"{label}推进{''.join(words).strip('，；')}。" for label, words in drafts]
    texts = [re.sub("[，；]{2,}", "，", text) for text in texts]
    pages = set_in_lines(texts, width=width, left=(595 - 16 * width) / 2)
    assert paragraphs(read_bytes(pdf(pages), "a.pdf")) == texts
