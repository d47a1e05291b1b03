"""The order of reading: size, kind, the reader of that kind, then what holds for every document."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import IO

from extractor.errors import ReadError, SecretError
from extractor.model import Document, Problem
from extractor.readers import annexes, encoding, failures, limits, secrecy, sniffing

Reader = Callable[[bytes, str], Document]


def read(path: Path) -> Document:
    """The document in a file. Raises ``ReadError`` and ``SecretError``; an archive of several documents is an error here."""
    return read_bytes(limits.load(path), path.name)


def read_pictures(paths: Sequence[Path]) -> Document:
    """Photographed pages in their order as one document, named after the first. Raises ``ReadError``, ``SecretError``."""
    from extractor.readers import ocr

    pictures = [(limits.load(path), path.name) for path in paths]
    return _checked(ocr.read_pictures(pictures, paths[0].name))


def read_stream(stream: IO[bytes], name: str = "（标准输入）") -> Document:
    """The document from a binary stream: standard input or a paste. Raises ``ReadError`` and ``SecretError``."""
    data = stream.read(limits.MAX_FILE + 1)
    if len(data) > limits.MAX_FILE:
        raise failures.too_large(name, limits.MAX_FILE)
    return read_bytes(data, name)


def read_all(path: Path) -> list[Document]:
    """The documents of a file: one, or those of an archive in the order of their names, annexes joined to their notices.

    Raises as ``read`` does.
    """
    data = limits.load(path)
    if sniffing.sniff(data, path.name) == sniffing.ZIP:
        return _archive(data, path.name)
    return [read_bytes(data, path.name)]


def read_archive(path: Path) -> list[Document]:
    """The documents of a zip file, in the order of their names. A member that cannot be read is a problem of the first.

    Raises ``ReadError`` where no member could be read.
    """
    return _archive(limits.load(path), path.name)


def read_bytes(data: bytes, name: str) -> Document:
    """The document in ``data``; ``name`` is the file's name, for messages and ties. Raises ``ReadError``, ``SecretError``."""
    if not data.strip(b"\x00\r\n\t "):
        raise failures.empty(name)
    if len(data) > limits.MAX_FILE:
        raise failures.too_large(name, limits.MAX_FILE)
    kind = sniffing.sniff(data, name)
    if kind == sniffing.ZIP:
        members = _archive(data, name)
        if len(members) == 1:
            return members[0]
        raise ReadError(
            "several_documents",
            where=name,
            chinese=f"压缩包里有 {len(members)} 个文件，请解压后读取",
            english=f"the archive holds {len(members)} documents; unpack it first",
        )
    document = _reader(kind, name)(data, name)
    return _checked(document)


def _checked(document: Document) -> Document:
    """What holds for every format: the secrecy mark first, then that there is text and that it is Chinese."""
    secrecy.check(document.text, document.name, recognised=document.ocr)
    for mark in document.marks_of("running_head"):
        secrecy.check(mark.span.of(document.text), document.name)
    if document.marks_of("furniture"):  # a site's table of 索引号 and 名称 stands above the letterhead
        secrecy.check(_body(document), document.name)
    if not document.text.strip():
        raise failures.no_text(document.name)
    if not encoding.has_chinese(document.text):
        raise failures.no_chinese(document.name)
    warnings = secrecy.restrictions(document)
    return replace(document, problems=document.problems + warnings) if warnings else document


def _body(document: Document) -> str:
    """The text without what stands around it on its page."""
    kept: list[str] = []
    at = 0
    for mark in document.marks_of("furniture"):
        kept.append(document.text[at : mark.span.start])
        at = max(at, mark.span.end)
    return "".join((*kept, document.text[at:]))


def _reader(kind: str, name: str) -> Reader:
    """The reader of a media type; its module is imported only now. Raises ``ReadError`` for a kind without one."""
    if kind in (sniffing.TEXT, sniffing.MARKDOWN):
        from extractor.readers import plain

        return plain.read
    if kind == sniffing.HTML:
        from extractor.readers import html

        return html.read
    if kind == sniffing.MHTML:
        from extractor.readers import html

        return html.read_mhtml
    if kind == sniffing.DOCX:
        from extractor.readers import docx

        return docx.read
    if kind == sniffing.PDF:
        from extractor.readers import pdf

        return pdf.read
    if kind == sniffing.XLSX:
        from extractor.readers import xlsx

        return xlsx.read
    if kind == sniffing.XLS:
        from extractor.readers import xls

        return xls.read
    if kind in (sniffing.CSV, sniffing.TSV):
        from extractor.readers import delimited

        return delimited.read
    if kind in (sniffing.DOC, sniffing.WPS):
        from extractor.readers import doc

        return doc.read
    if kind == sniffing.OFD:
        from extractor.readers import ofd

        return ofd.read
    if kind == sniffing.RTF:
        from extractor.readers import rtf

        return rtf.read
    if kind in (sniffing.ODT, sniffing.WORD_XML):
        from extractor.readers import office

        return office.read
    if kind.startswith("image/"):
        from extractor.readers import ocr

        return ocr.read_picture
    raise _refusal(kind, name)


def _refusal(kind: str, name: str) -> ReadError:
    if kind == sniffing.ENCRYPTED:
        return failures.encrypted(name)
    if kind == sniffing.OTHER_ARCHIVE:
        advice = ("请先解压", "unpack it first")
        return failures.unsupported(name, "这种压缩包", "this kind of archive", advice=advice)
    kinds = {
        sniffing.PPTX: ("演示文稿", "a presentation"),
        sniffing.PPT: ("演示文稿", "a presentation"),
        sniffing.DATABASE: ("数据库文件", "a database"),
        sniffing.JSON: ("数据文件", "a data file"),
    }
    return failures.unsupported(name, *kinds.get(kind, ("这种格式", "this format")))


def _archive(data: bytes, name: str) -> list[Document]:
    from extractor.readers import archive

    contents = list(archive.members(data, name))
    if len(contents) > 1 and all(sniffing.sniff(c, m).startswith("image/") for m, c in contents):
        from extractor.readers import ocr

        # Photographed pages in their order are one notice.
        return [_checked(ocr.read_pictures([(c, m) for m, c in contents], name))]
    documents: list[Document] = []
    failed: list[ReadError] = []
    for member, content in contents:
        try:
            if sniffing.sniff(content, member) == sniffing.ZIP:
                raise failures.nested(member)
            documents.append(read_bytes(content, member))
        except SecretError as error:
            raise failures.secret_member(name, error.where.removeprefix(f"{name}/")) from None
        except ReadError as error:
            failed.append(error)
    if not documents:
        if len(failed) == 1:
            raise failed[0]
        raise ReadError(
            "nothing_readable",
            where=name,
            chinese=f"压缩包里没有能读取的文件（共 {len(failed)} 个）",
            english=f"the archive holds nothing that can be read ({len(failed)} files)",
        )
    documents = annexes.together(documents)
    problems = tuple(Problem(f"member_{e.code}", f"{e.where}：{e.chinese}") for e in failed)
    return [replace(documents[0], problems=documents[0].problems + problems), *documents[1:]]
