"""Web pages: the body without navigation, tables with spans, what a browser prints and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractor.errors import ReadError
from extractor.model import Document
from extractor.readers import read, read_bytes

PARAGRAPH = "各镇要压实责任，按月调度，确保2026年底前完成整治任务，并于每月28日前报送进展情况。"
PAGE = f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>关于开展清洁行动的通知_某某县人民政府</title>
<style>p {{color:red}}</style><script>var a = "脚本里的字";</script></head><body>
<div class="nav"><ul><li><a href="/">首页</a></li><li><a href="/zw">政务公开</a></li><li><a href="/fw">办事服务</a></li></ul></div>
<div>当前位置：<a href="/">首页</a> &gt; <a href="/tz">通知公告</a></div>
<table><tr><td>索引号：</td><td>0123/2026-1</td><td>发文机关：</td><td>某某县人民政府办公室</td></tr>
<tr><td>发文字号：</td><td colspan="3">某政办发〔2026〕7号</td></tr></table>
<h1 class="title">关于开展清洁行动的通知</h1>
<div id="zoom"><p style="text-align:center"><b>某政办发〔2026〕7号</b></p><p>各镇人民政府：</p>
<p><strong>一、目标任务。</strong>{PARAGRAPH}</p><p>{PARAGRAPH}<br>换行的一句。</p>
<p style="display:none">看不见的字</p><div hidden>也看不见</div>
<p>{PARAGRAPH}</p><p><a href="1.doc">附件：1.任务分解表.doc</a></p></div>
<div class="share">分享到： 打印本页</div><div>相关推荐：<ul><li><a href="2">别的通知一</a></li><li><a href="3">别的通知二</a></li></ul></div>
<div class="footer">主办单位：某某县人民政府办公室 网站标识码：1234567890</div></body></html>"""


def lines(document: Document) -> list[str]:
    return document.text.splitlines()


def furniture(document: Document) -> str:
    return "\n".join(m.span.of(document.text) for m in document.marks_of("furniture"))


@pytest.fixture
def page() -> Document:
    return read_bytes(PAGE.encode(), "通知.html")


def test_body_is_whole_and_navigation_is_gone(page: Document) -> None:
    assert f"一、目标任务。{PARAGRAPH}" in lines(page)
    assert "换行的一句。" in lines(page)
    assert "附件：1.任务分解表.doc" in lines(page)
    for gone in ("办事服务", "政务公开", "别的通知一", "脚本里的字", "看不见", "color:red"):
        assert gone not in page.text
    body = [m.span for m in page.marks_of("furniture")]
    start = page.text.index("一、目标任务")
    assert not any(s.start <= start < s.end for s in body)


def test_metadata_table_and_page_lines_are_kept_and_marked(page: Document) -> None:
    kept = furniture(page)
    assert "索引号" in kept
    assert "主办单位" in kept
    assert page.tables[0].cells[5].column_span == 3


def test_title_stays_a_heading(page: Document) -> None:
    heading = page.marks_of("heading")[0]
    assert heading.span.of(page.text) == "关于开展清洁行动的通知"
    assert heading.value == "1"
    assert "关于开展清洁行动的通知" not in furniture(page)


def test_bold_and_centred_are_marked(page: Document) -> None:
    bold = [m.span.of(page.text) for m in page.marks_of("bold")]
    assert "一、目标任务。" in bold
    assert "某政办发〔2026〕7号" in [m.span.of(page.text) for m in page.marks_of("centred")]


def test_tables_keep_their_spans() -> None:
    html = (
        "<table><thead><tr><th>序号</th><th>任务</th><th>单位</th></tr></thead>"
        "<tr><td rowspan=2>1</td><td><p>修路</p><p>架桥</p></td><td>交通局</td></tr>"
        "<tr><td>植树</td><td>林业局</td></tr><tr><td colspan=3>合计</td></tr></table>"
    )
    document = read_bytes(html.encode(), "a.html")
    table = document.tables[0]
    cells = {(c.row, c.column): (c.row_span, c.column_span, c.span.of(document.text), c.header) for c in table.cells}
    assert (table.rows, table.columns) == (4, 3)
    assert cells[0, 1] == (1, 1, "任务", True)
    assert cells[1, 0] == (2, 1, "1", False)
    assert cells[1, 1] == (1, 1, "修路\n架桥", False)
    assert cells[2, 1] == (1, 1, "植树", False)
    assert cells[3, 0] == (1, 3, "合计", False)
    assert document.text == "序号\t任务\t单位\n1\t修路\n架桥\t交通局\n植树\t林业局\n合计\n"


def test_layout_tables_are_no_tables() -> None:
    html = f"<table><tr><td>左</td><td><p>{PARAGRAPH * 9}</p><p>第二段在这里，也要完成。</p></td></tr><tr><td></td><td></td></tr></table>"
    document = read_bytes(html.encode(), "a.html")
    assert document.tables == ()
    assert "第二段在这里，也要完成。" in lines(document)


def test_numbers_of_ordered_lists_are_computed() -> None:
    document = read_bytes(
        "<ol start=3><li>完成整治。</li><li>报送情况。</li></ol><ol><li>一、自带编号。</li></ol>".encode(), "a.html"
    )
    assert lines(document) == ["3. 完成整治。", "4. 报送情况。", "一、自带编号。"]
    assert [m.span.of(document.text) for m in document.marks_of("computed")] == ["3.", "4."]


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        ('<html><head><meta charset="gb2312"></head><body><p>各镇：请完成。</p>'.encode("gb18030"), "gb18030"),
        (
            '<meta http-equiv="Content-Type" content="text/html; charset=big5"><p>各鄉：請完成。</p>'.encode("big5"),
            "big5hkscs",
        ),
        ('<meta charset="gb2312"><p>声明有误，实为统一码。</p>'.encode(), "utf-8"),
        ("<html><body><p>没有声明编码的页面，各镇要按时完成任务。</p>".encode("gb18030"), "gb18030"),
    ],
)
def test_charset_by_content_before_declaration(data: bytes, encoding: str) -> None:
    document = read_bytes(data, "a.html")
    assert document.encoding == encoding
    assert "\ufffd" not in document.text
    assert "<" not in document.text


def test_line_ends_of_the_file_are_no_blanks_between_chinese_characters() -> None:
    document = read_bytes("<p>各镇要\n  完成整治，\n 共 30\n个村。</p>".encode(), "a.html")
    assert document.text == "各镇要完成整治，共 30 个村。\n"


def test_ruby_prints_its_base_only() -> None:
    document = read_bytes("<p><ruby>整<rt>zhěng</rt></ruby>治任务</p>".encode(), "a.html")
    assert document.text == "整治任务\n"


def test_deep_nesting_and_entities_do_no_harm() -> None:
    for depth in (300, 1500):
        deep = "<div>" * depth + "各镇要完成任务。" + "</div>" * depth
        assert "各镇要完成任务。" in read_bytes(deep.encode(), "a.html").text
    with pytest.raises(ReadError):  # deeper than the parser goes: said, not left out
        read_bytes(("<p>各镇</p>" + "<div>" * 5000 + "各镇要完成任务。").encode(), "a.html")
    bomb = '<!DOCTYPE html [<!ENTITY a "字"><!ENTITY b "&a;&a;&a;&a;">]><p>各镇&b;</p>'
    assert len(read_bytes(bomb.encode(), "a.html").text) < 200


def test_a_saved_mht_page_is_read() -> None:
    import email.message

    message = email.message.EmailMessage()
    message.set_content("plain")
    message.add_related(PAGE.encode("utf-8"), "text", "html", cid="<a>")
    data = message.as_bytes().replace(b"MIME-Version: 1.0\n", b"", 1)
    document = read_bytes(b"MIME-Version: 1.0\n" + data, "通知.mht")
    assert document.media_type == "multipart/related"
    assert "各镇人民政府：" in document.text


def test_real_pages_give_bodies_without_navigation(shared: Path) -> None:
    for path in sorted((shared / "notices").glob("gov_*.html")):
        document = read(path)
        marked = furniture(document)
        assert "发文字号" in marked
        assert "扫一扫" in marked
        body = len(document.text) - len(marked)
        assert body > 500, path.name
