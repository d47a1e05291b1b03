"""OFD files: text objects put together to lines and paragraphs."""

from __future__ import annotations

import pytest

from extractor.errors import ReadError
from extractor.readers import read_bytes
from tests.readers_samples import set_in_lines, zipped

OFD = "http://www.ofdspec.org/2016"
PARAGRAPHS = [
    "一、总体要求",
    "坚持因地制宜、分类施策，到2026年底前完成农村公路养护工程三十公里，确保群众出行安全畅通，不得出现断头路。",
    "（一）落实责任。各镇人民政府要在每月28日前将进展情况报送县交通运输局。",
]


def ofd(texts: list[str]) -> bytes:
    """A file of A4 pages with these paragraphs and page numbers, each line in two text objects."""
    parts: dict[str, str | bytes] = {
        "OFD.xml": f'<ofd:OFD xmlns:ofd="{OFD}"><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>'
    }
    pages = set_in_lines(texts)
    millimetre = 25.4 / 72
    listed = ""
    for k, lines in enumerate(pages):
        objects = ""
        for x, y, size, text in [*lines, (280, 40, 14, f"— {k + 1} —")]:
            cut = len(text) // 2
            before = sum(0.5 if c.isascii() else 1.0 for c in text[:cut]) * size
            for part, at in ((text[:cut], x), (text[cut:], x + before)):
                width = sum(0.5 if c.isascii() else 1.0 for c in part) * size
                box = [at * millimetre, 297 - (y + size) * millimetre, width * millimetre, size * millimetre]
                objects += (
                    f'<ofd:TextObject Boundary="{" ".join(f"{v:.3f}" for v in box)}" Size="{size * millimetre:.3f}">'
                    f'<ofd:TextCode X="0" Y="5">{part}</ofd:TextCode></ofd:TextObject>'
                )
        parts[f"Doc_0/Pages/Page_{k}/Content.xml"] = (
            f'<ofd:Page xmlns:ofd="{OFD}"><ofd:Content><ofd:Layer>{objects}</ofd:Layer></ofd:Content></ofd:Page>'
        )
        listed += f'<ofd:Page ID="{k + 1}" BaseLoc="Pages/Page_{k}/Content.xml"/>'
    parts["Doc_0/Document.xml"] = (
        f'<ofd:Document xmlns:ofd="{OFD}"><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox>'
        f"</ofd:PageArea></ofd:CommonData><ofd:Pages>{listed}</ofd:Pages></ofd:Document>"
    )
    return zipped(parts)


def test_paragraphs_and_pages() -> None:
    texts = [PARAGRAPHS[k % 3] for k in range(24)]
    document = read_bytes(ofd(texts), "通知.ofd")
    kept = list(document.text)
    for mark in document.marks:
        if mark.kind in ("line_break", "page_number"):
            kept[mark.span.start : mark.span.end] = [""] * mark.span.length
    assert [line for line in "".join(kept).split("\n") if line] == texts
    assert document.media_type == "application/ofd"
    assert len(document.pages) == len(document.marks_of("page_number")) > 1


def test_files_without_text_or_pages_say_so() -> None:
    entry = f'<ofd:OFD xmlns:ofd="{OFD}"><ofd:DocBody><ofd:DocRoot>D.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>'
    for parts, code in (
        ({"OFD.xml": entry}, "corrupt"),
        ({"OFD.xml": "<ofd"}, "corrupt"),
        (
            {
                "OFD.xml": entry,
                "D.xml": f'<ofd:Document xmlns:ofd="{OFD}"><ofd:Pages><ofd:Page BaseLoc="p.xml"/></ofd:Pages></ofd:Document>',
                "p.xml": f'<ofd:Page xmlns:ofd="{OFD}"/>',
            },
            "image_only",
        ),
    ):
        with pytest.raises(ReadError) as caught:
            read_bytes(zipped(dict(parts)), "a.ofd")
        assert caught.value.code == code
