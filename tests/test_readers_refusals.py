"""What is not read, and says so: secrecy marks, broken, empty, huge, encrypted files; within bounded time and memory."""

from __future__ import annotations

import io
import pickle
import time
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractor.errors import ReadError, SecretError
from extractor.readers import read, read_all, read_bytes, read_stream, secrecy
from tests.readers_samples import cell, docx, p, pdf, row, set_in_lines, table, zipped

NOTICE = "某县人民政府文件\n某政发〔2026〕3号\n关于开展清洁行动的通知\n各镇人民政府：\n请于5月底前完成整治任务。\n"


def refused(data: bytes, name: str = "a.txt") -> ReadError:
    with pytest.raises(ReadError) as caught:
        read_bytes(data, name)
    assert caught.value.where.startswith(name)
    assert caught.value.chinese
    assert caught.value.english
    assert "\n" not in str(caught.value)
    return caught.value


# -- secrecy -----------------------------------------------------------------------------------------------------------

SECRET_HEADS = [
    "秘密\n",
    "机密★1年\n",
    "000012\n绝密★启用前\n特急\n",
    "机　密\n特急\n",
    "000012    机密★10年\n",
    "【秘密】\n",
    "密级：机密\n",
    "機密\n",
    "密等及解密條件或保密期限：密\n",
    "# 机密★1年\n\n",
    "某县人民政府文件　　机密★1年\n",
    "机密 ★1年 000012\n",
    "秘密★三年\n",
    "機密（人事）\n",
    NOTICE + "\n\n秘密★1年\n",  # the letterhead of a second paper in the same file
]
PUBLIC = [
    "关于加强保密工作的通知\n各镇人民政府：\n秘密\n不得外传。\n",
    "某县保密委员会文件\n关于做好国家秘密载体管理的通知\n要严格区分绝密、机密、秘密三级，6月底前完成自查。\n",
    "密等及解密條件或保密期限：普通\n關於辦理清潔活動\n請於5月底前完成。\n",
    "关于某事的通知\n一\n二\n三\n四\n五\n六\n七\n八\n机密\n",
    "关于规范标注的通知\n密级按下列样式标注：\n机密★1年\n各单位要在6月底前完成检查。\n",
    "秘密战线上的故事，各单位要组织学习，6月底前完成。\n",
]


@pytest.mark.parametrize("head", SECRET_HEADS)
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_secrecy_mark_stops_reading(head: str, encoding: str) -> None:
    error = refused((head + NOTICE).encode(encoding))
    assert isinstance(error, SecretError)
    assert error.code == "secret"
    assert "清洁" not in str(error)
    assert "清洁" not in repr(error.args)
    assert error.__cause__ is None
    assert isinstance(pickle.loads(pickle.dumps(error)), SecretError)


@pytest.mark.parametrize("text", PUBLIC)
def test_a_text_about_secrecy_is_read(text: str) -> None:
    assert read_bytes(text.encode(), "a.txt").text == text


BOX = (
    "<w:p><w:r><w:pict><v:shape><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (docx(p("机密★1年") + p("关于某事的通知")), "a.docx"),
        (docx(BOX.format(p("机密★1年")) + p("关于某事的通知")), "a.docx"),
        (docx(table(row(cell(p("000001")), cell(p("秘密")))) + p("关于某事的通知")), "a.docx"),
        (docx(p("关于某事的通知"), header1=p("秘密★3年")), "a.docx"),
        ("<html><body><p>秘密</p><h1>关于某事的通知</h1><p>各镇要完成整治。</p></body></html>".encode(), "a.html"),
        (pdf([[(80, 780, 14, "机密★1年"), (200, 700, 20, "关于某事的通知")]]), "a.pdf"),
        (
            "<html><body><table><tr><td>索引号</td><td>00-1</td></tr><tr><td>名称</td><td>关于某事的通知</td></tr></table>"
            "<div><p>机密★1年</p><h1>关于某事的通知</h1><p>各镇要完成整治。</p></div></body></html>".encode(),
            "b.html",
        ),
        (
            pdf([[(80, 780, 14, "机密"), (130, 780, 14, "★1年"), (400, 780, 14, "000012"), (200, 700, 20, "某事")]]),
            "b.pdf",
        ),
        (zipped({"通知.txt": "秘密\n" + NOTICE}), "a.zip"),
    ],
)
def test_a_secrecy_mark_in_every_format(data: bytes, name: str) -> None:
    with pytest.raises(SecretError):
        read_bytes(data, name)


@pytest.mark.parametrize("head", ["机密大1年", "机蜜娘1年", "秘密x长期", "000012机密"])
def test_a_mark_that_was_misread_from_a_picture_is_one(head: str) -> None:
    with pytest.raises(SecretError):
        secrecy.check(head + "\n" + NOTICE, "a.png", recognised=True)


@pytest.mark.parametrize("head", ["机密文件管理办法", "某县人民政府文件", "2026年", "第3期"])
def test_a_head_that_was_recognised_from_a_picture_is_no_mark(head: str) -> None:
    secrecy.check(head + "\n" + NOTICE, "a.png", recognised=True)


def test_restricted_papers_are_read_with_a_warning() -> None:
    for text in ("内部资料　注意保存\n" + NOTICE, NOTICE + "（此件不公开）\n"):
        document = read_bytes(text.encode(), "a.txt")
        assert document.problems[0].code == "restricted"
        assert document.problems[0].pieces[0].of(text) in ("内部资料　注意保存", "（此件不公开）")
    assert (
        read_bytes((NOTICE + "要加强内部资料管理，不得外传，各单位要认真执行有关规定。\n").encode(), "a").problems == ()
    )


# -- bad files ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "a.docx", "empty"),
        (b"\x00" * 4000, "a.doc", "empty"),
        (b" \r\n\t ", "a.txt", "empty"),
        (b"Notice: finish by May 31.", "a.txt", "no_chinese"),
        (bytes(range(128, 256)) * 40, "a.txt", "encoding_unknown"),
        (b"<html><body><p>only English here</p></body></html>", "a.html", "no_chinese"),
        (b"<html><body><script>1</script></body></html>", "a.html", "no_text"),
        (docx(""), "a.docx", "no_text"),
        (docx(p("English only.")), "a.docx", "no_chinese"),
        (docx(p("各镇要完成任务。"))[:700], "a.docx", "corrupt"),
        (b"PK\x03\x04 this is no zip file", "a.docx", "corrupt"),
        (b"%PDF-1.7 truncated", "a.pdf", "corrupt"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 2000, "a.doc", "unsupported"),
        (b"Rar!\x1a\x07\x00", "a.rar", "unsupported"),
        (b"SQLite format 3\x00" + b"\x01" * 100, "a.db", "unsupported"),
        (zipped({"甲.bin": b"\x00"}), "a.zip", "nothing_readable"),
        (zipped({"甲.txt": NOTICE, "乙.txt": NOTICE}), "a.zip", "several_documents"),
        (zipped({"ppt/a.xml": "<a/>", "[Content_Types].xml": "<a/>"}), "a.pptx", "unsupported"),
        (pdf(set_in_lines(["各镇要完成任务。"]), encrypt=True), "a.pdf", "encrypted"),
    ],
)
def test_bad_files_say_what_is_wrong(data: bytes, name: str, code: str) -> None:
    assert refused(data, name).code == code


def test_encrypted_office_files_are_told_by_their_stream() -> None:
    stream = "EncryptedPackage\0".encode("utf-16-le")
    assert refused(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 500 + stream, "a.docx").code == "encrypted"


def test_a_wrong_suffix_is_no_hindrance() -> None:
    assert read_bytes(docx(p("各镇要完成任务。")), "a.pdf").text == "各镇要完成任务。\n"
    assert read_bytes(NOTICE.encode(), "a.docx").text == NOTICE


def bomb(content: bytes, part: str = "word/document.xml") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr(part, content)
    return out.getvalue()


def test_a_zip_bomb_is_refused_within_bounds() -> None:
    data = bomb(b"\x00" * 90_000_000)
    start = time.process_time()
    tracemalloc.start()
    error = refused(data, "a.docx")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert error.code == "unpacks_too_large"
    assert peak < 5_000_000
    assert time.process_time() - start < 1


def test_a_zip_that_lies_about_its_size_is_refused() -> None:
    data = bytearray(bomb(b"<a>" + b" " * 70_000_000 + b"</a>"))
    for at in (data.find(b"PK\x01\x02", k) for k in range(0, len(data), 50)):
        if at >= 0:
            data[at + 24 : at + 28] = (100).to_bytes(4, "little")
    assert refused(bytes(data), "a.docx").code in ("corrupt", "unpacks_too_large")


def test_an_xml_bomb_is_refused() -> None:
    entities = "".join(f'<!ENTITY a{k} "{f"&a{k - 1};" * 10}">' for k in range(1, 12))
    text = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "字">{entities}]><x>&a11;</x>'
    start = time.process_time()
    assert refused(bomb(text.encode()), "a.docx").code in ("unpacks_too_large", "corrupt")
    assert time.process_time() - start < 1


def test_an_external_entity_is_not_fetched(tmp_path: Path) -> None:
    secret = tmp_path / "other.txt"
    secret.write_text("别的文件", encoding="utf-8")
    text = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]><x>&e;</x>'
    assert "别的文件" not in str(refused(bomb(text.encode()), "a.docx"))


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(1_000_000_000)
    tracemalloc.start()
    with pytest.raises(ReadError) as caught:
        read(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert caught.value.code == "too_large"
    assert peak < 1_000_000


def test_one_line_of_five_megabytes_is_read() -> None:
    text = "各镇要完成任务，" * 220_000
    start = time.process_time()
    assert read_bytes(text.encode(), "a.txt").text == text
    assert read_bytes(f"<p>{text}</p>".encode(), "a.html").text == text + "\n"
    assert time.process_time() - start < 5


def test_missing_and_unreadable_paths(tmp_path: Path) -> None:
    for path in (tmp_path / "没有.txt", tmp_path):
        with pytest.raises(ReadError) as caught:
            read(path)
        assert caught.value.code == "not_accessible"


def test_standard_input_is_read_like_a_file() -> None:
    assert read_stream(io.BytesIO(docx(p("各镇要完成任务。")))).text == "各镇要完成任务。\n"


# -- archives ----------------------------------------------------------------------------------------------------------


def test_an_archive_gives_its_documents_and_keeps_its_failures(tmp_path: Path) -> None:
    path = tmp_path / "通知.zip"
    inner = zipped({"x.txt": NOTICE})
    path.write_bytes(
        zipped(
            {
                "b/附件.docx": docx(p("各镇要完成任务。")),
                "a.txt": NOTICE,
                "坏.pdf": b"%PDF-1.4",
                "__MACOSX/._a.txt": "x",
                "README.txt": NOTICE,
                "inner.zip": inner,
            }
        )
    )
    documents = read_all(path)
    assert [d.name for d in documents] == ["通知.zip/a.txt", "通知.zip/b/附件.docx"]
    assert sorted(p_.code for p_ in documents[0].problems) == ["member_corrupt", "member_nested_archive"]
    assert all("清洁" not in p_.message for p_ in documents[0].problems)


def test_an_archive_with_one_secret_paper_is_not_read() -> None:
    data = zipped({"通知.txt": NOTICE, "附件.txt": "机密★3年\n某县清洁名册\n"})
    with pytest.raises(SecretError) as caught:
        read_bytes(data, "送审.zip")
    assert "附件.txt" in str(caught.value)
    assert "清洁" not in str(caught.value)


def test_names_written_by_chinese_windows_are_readable(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("XXXX.txt", NOTICE)
        package.writestr("YYYY.txt", NOTICE)
    data = out.getvalue().replace(b"XXXX", "通知".encode("gbk")).replace(b"YYYY", "附件".encode("gbk"))
    path = tmp_path / "a.zip"
    path.write_bytes(data)
    assert {d.name for d in read_all(path)} == {"a.zip/通知.txt", "a.zip/附件.txt"}


# -- anything at all ---------------------------------------------------------------------------------------------------

WHOLE = {
    "docx": docx(p("各镇要完成任务。") + table(row(cell(p("甲")), cell(p("乙")))) + p("完。"), header1=p("头")),
    "pdf": pdf(set_in_lines(["坚持因地制宜，到2026年底前完成农村公路养护工程三十公里，确保群众出行安全。"] * 3)),
    "zip": zipped({"a.txt": NOTICE}),
    "html": b"<html><body><table><tr><td>\xe7\x94\xb2</td></tr></table><p>\xe4\xb9\x99</p></body></html>",
}


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(sorted(WHOLE)), st.data())
def test_damage_gives_a_document_or_a_read_error(kind: str, data: st.DataObject) -> None:
    whole = WHOLE[kind]
    at = data.draw(st.integers(0, len(whole) - 1))
    change = data.draw(st.binary(min_size=0, max_size=4))
    skipped = data.draw(st.integers(0, 30))
    try:
        document = read_bytes(whole[:at] + change + whole[at + skipped :], f"a.{kind}")
    except ReadError as error:
        assert error.chinese
    else:
        assert all(0 <= m.span.start < m.span.end <= len(document.text) for m in document.marks)
        assert all(c.span.end <= len(document.text) for t in document.tables for c in t.cells)


def test_spans_and_merges_that_claim_everything_are_bounded() -> None:
    import time as clock

    start = clock.process_time()
    cells = "<td colspan=1000 rowspan=65000>任务</td>" * 30
    html = "<table>" + f"<tr>{cells}</tr>" * 60 + "</table>"
    assert read_bytes(html.encode(), "a.html").text.count("任务") == 1800
    assert clock.process_time() - start < 5


def test_a_misread_secrecy_mark_of_a_scan_counts() -> None:
    from extractor.readers import secrecy

    for line in ("机密大1年", "秘密x10年", ",机密"):
        with pytest.raises(SecretError):
            secrecy.check(f"{line}\n{NOTICE}", "a.png", recognised=True)
        secrecy.check(f"{line}\n{NOTICE}", "a.txt")
