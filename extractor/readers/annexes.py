"""Annexes in files of their own (附件): which notice of the same folder or archive they belong to, and the two made one.

``附件1：任务分解表.xlsx`` lies beside the notice that says 附件：1.任务分解表. What belongs together is told by the files'
names; it is made one document only where the notice speaks of an annex.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from extractor.model import Cell, Document, Mark, Problem, Span, Table

NUMERALS = "一二三四五六七八九十"
NAME = re.compile(
    rf"""
    (?P<before> .*? )                                          # 关于做好…的通知-
    (?P<label> 附 \s? [件表录錄] \s? (?P<number> \d{{1,2}} | [{NUMERALS}]{{1,2}} )? )
    (?P<rest> (?<= [\d{NUMERALS}]) .* | $ | [^\w] .* | _ .* )   # ：任务分解表; but not 附件管理办法
    """,
    re.VERBOSE | re.DOTALL,
)
SERIAL = re.compile(r"\d{0,2}")
NOT_WORDS = re.compile(r"[\W_]+")
SPEAKS_OF_ANNEX = re.compile(r"附[ \u3000]{0,4}[件表录錄后後]")
LABEL_LINE = re.compile(r"\s*附[ \u3000]{0,4}[件表录錄]")
ANNEX_LIST = re.compile(r"(?m)^[ \u3000\t]*附[ \u3000]{0,4}[件表录錄][：:]")
LIST_NUMBER = re.compile(r"[ \u3000\t]*\d{1,2}[ ]?[.．、][ \u3000]*")
MOST_ANNEXES = 30
TELLING = 6
"""Characters that two names must share to belong together."""


@dataclass(frozen=True, slots=True)
class AnnexName:
    """What a file's name says of an annex: its label (附件2), its number, its title, and the name of its notice."""

    label: str
    number: int
    title: str
    notice: str


def annex_name(name: str) -> AnnexName | None:
    """The annex that a file name speaks of; nothing where it is no annex's name."""
    found = NAME.fullmatch(_stem(name))
    if found is None:
        return None
    notice = NOT_WORDS.sub("", found["before"])
    if not SERIAL.fullmatch(notice) and len(notice) < TELLING:
        return None
    label = "".join(found["label"].split())
    return AnnexName(label, _number(found["number"]), NOT_WORDS.sub("", found["rest"]), notice)


def attached(names: Sequence[str]) -> dict[int, tuple[int, ...]]:
    """For each notice among the files of one folder (by index) its annexes, in the order of their numbers.

    An annex goes to the notice whose name it repeats or whose title it bears, else to the only other file; where that is
    not settled it stays by itself.
    """
    annexes = {k: annex for k, name in enumerate(names) if (annex := annex_name(name)) is not None}
    others = {k: NOT_WORDS.sub("", _stem(name)) for k, name in enumerate(names) if k not in annexes}
    out: dict[int, list[int]] = {}
    for k in sorted(annexes, key=lambda k: (annexes[k].number, names[k])):
        owner = _owner(annexes[k], others)
        if owner is not None:
            out.setdefault(owner, []).append(k)
    return {owner: tuple(found) for owner, found in sorted(out.items())}


def _owner(annex: AnnexName, others: dict[int, str]) -> int | None:
    by_name = [k for k, other in others.items() if _repeats(annex.notice, other)]
    by_title = [k for k, other in others.items() if len(annex.title) >= TELLING and annex.title in other]
    for found in (by_name, by_title, list(others)):
        if len(found) == 1:
            return found[0]
    return None


def _repeats(one: str, other: str) -> bool:
    return min(len(one), len(other)) >= TELLING and (one in other or other in one)


def speaks_of_annex(notice: Document) -> bool:
    """True where the text names an annex."""
    return text_speaks_of_annex(notice.text)


def text_speaks_of_annex(text: str) -> bool:
    """True where a notice's text names an annex."""
    return SPEAKS_OF_ANNEX.search(text) is not None


def titles_named(text: str) -> list[str]:
    """The titles of annexes that a notice lists: 附件：1.任务分解表, 2.责任清单 in lines of their own."""
    found = ANNEX_LIST.search(text)
    if found is None:
        return []
    lines = text[found.end() :].split("\n", MOST_ANNEXES)[:MOST_ANNEXES]
    titles = [LIST_NUMBER.sub("", line).strip(" \u3000\t《》。；;") for line in lines]
    listed = [titles[0], *(t for t, line in zip(titles[1:], lines[1:], strict=True) if LIST_NUMBER.match(line))]
    return [title for title in listed if len(NOT_WORDS.sub("", title)) >= TELLING]


def joined(notice: Document, annexes: Sequence[tuple[str, Document]]) -> Document:
    """The notice with its annexes behind it, as one document; each annex with its label (附件2).

    A label that the annex does not print itself is written before it and marked as computed. Page numbers are kept where
    all parts have pages. The content's SHA-256 is :func:`digest` of the parts'.
    """
    parts = [notice]
    for label, annex in annexes:
        parts.append(annex if LABEL_LINE.match(annex.text) else _labelled(label, annex))
    paged = all(part.pages for part in parts)
    texts: list[str] = []
    marks: list[Mark] = []
    tables: list[Table] = []
    problems: list[Problem] = []
    at = 0
    for part in parts:
        text = part.text if part.text.endswith("\n") else part.text + "\n"
        marks += [replace(m, span=_moved(m.span, at)) for m in part.marks if paged or m.kind != "page"]
        tables += [_moved_table(table, at) for table in part.tables]
        problems += [replace(p, pieces=tuple(_moved(piece, at) for piece in p.pieces)) for p in part.problems]
        texts.append(text)
        at += len(text)
    prints = (notice.sha256, *(annex.sha256 for _, annex in annexes))
    return replace(
        notice,
        sha256=digest(prints),
        parts=prints,
        text="".join(texts),
        marks=tuple(marks),
        tables=tuple(tables),
        problems=tuple(dict.fromkeys(problems)),
        ocr=any(part.ocr for part in parts),
    )


def digest(parts: Sequence[str]) -> str:
    """The SHA-256 of a notice in several files, from theirs in order."""
    return hashlib.sha256("\n".join(parts).encode("ascii")).hexdigest()


def together(documents: Sequence[Document]) -> list[Document]:
    """The documents of one archive with each annex joined to its notice, in the order they had."""
    folders: dict[str, list[int]] = {}
    for k, document in enumerate(documents):
        folders.setdefault(str(PurePosixPath(document.name).parent), []).append(k)
    out: dict[int, Document] = dict(enumerate(documents))
    for members in folders.values():
        for owner, found in attached([documents[k].name for k in members]).items():
            notice = documents[members[owner]]
            if not speaks_of_annex(notice):
                continue
            annexes = [documents[members[k]] for k in found]
            out[members[owner]] = joined(notice, [(label_of(annex.name), annex) for annex in annexes])
            for k in found:
                del out[members[k]]
    return [out[k] for k in sorted(out)]


def label_of(name: str) -> str:
    """附件2 of an annex's file name."""
    found = annex_name(name)
    return found.label if found is not None else "附件"


def _stem(name: str) -> str:
    return PurePosixPath(name).stem.strip()


def _number(written: str | None) -> int:
    if written is None:
        return 0
    if written.isdigit():
        return int(written)
    tens, _, ones = written.rpartition("十")
    value = (NUMERALS.index(tens) + 1 if tens else 1) * 10 if "十" in written else 0
    return value + (NUMERALS.index(ones) + 1 if ones else 0)


def _labelled(label: str, annex: Document) -> Document:
    """``annex`` with its label in a line before it."""
    head = f"{label}\n"
    by = len(head)
    computed = Mark("computed", Span(0, len(label)))
    marks = [
        replace(m, span=Span(0, m.span.end + by))
        if m.kind == "page" and m.span.start == 0
        else replace(m, span=_moved(m.span, by))
        for m in annex.marks
    ]
    return replace(
        annex,
        text=head + annex.text,
        marks=tuple(sorted((computed, *marks), key=lambda m: (m.span.start, m.span.end, m.kind, m.value))),
        tables=tuple(_moved_table(table, by) for table in annex.tables),
        problems=tuple(replace(p, pieces=tuple(_moved(piece, by) for piece in p.pieces)) for p in annex.problems),
    )


def _moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)


def _moved_table(table: Table, by: int) -> Table:
    cells = tuple(Cell(c.row, c.column, c.row_span, c.column_span, _moved(c.span, by), c.header) for c in table.cells)
    return Table(_moved(table.span, by), table.rows, table.columns, cells)
