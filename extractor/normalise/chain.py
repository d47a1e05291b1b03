"""The order of the steps, stated once, and what it makes of a document.

A step takes the text that the steps before it left and the lexicon, and yields repairs over that text; it removes and
replaces nothing itself. Their repairs are composed into repairs of the source, so the clean text and the way back to
the source come from one and the same list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Literal, NamedTuple

from extractor.lexicon import Lexicon
from extractor.model import Cell, Document, Mark, Problem, Repair, Table
from extractor.normalise.boilerplate import boilerplate, processor_marks
from extractor.normalise.byte_damage import PINYIN, UNSURE, left_damaged, pinyin_copy
from extractor.normalise.captions import captions
from extractor.normalise.characters import controls, entities, lookalikes
from extractor.normalise.markdown import markdown, markdown_marks, table_marks
from extractor.normalise.match import fold
from extractor.normalise.pages import page_numbers, reader_marks
from extractor.normalise.punctuation import careless_decimals, stray_marks, width
from extractor.normalise.script import simplified
from extractor.normalise.sharing import sharing_copy
from extractor.normalise.spacing import indents, inner_spaces
from extractor.offsets import OffsetMap, apply, compose
from extractor.text import CleanText

Step = Callable[[str, Lexicon], Iterable[Repair]]

_STEPS: tuple[Step, ...] = (
    controls,  # first, so that ^ and $ mean lines from here on, and neighbours are neighbours
    entities,
    lookalikes,  # before anything looks for words
    pinyin_copy,  # before anything changes the bytes that characters stand for
    processor_marks,  # before anything asks how a line begins
    markdown,
    sharing_copy,  # needs the half-width page numbers and single blanks as they are
    boilerplate,
    page_numbers,
    indents,
    captions,  # while the blanks behind a caption are there
    inner_spaces,
    stray_marks,
    careless_decimals,
    width,  # last: the densest, and the others know half-width marks
)


class Explained(NamedTuple):
    """One repair for a reader: the step, the source's words, what stands for them, and the source offset."""

    step: str
    before: str
    after: str
    offset: int


def steps() -> tuple[Step, ...]:
    """The steps in their order. The reader's own marks (page numbers, broken lines) come before them."""
    return _STEPS


def repaired_text(source: str, lexicon: Lexicon, first: tuple[Repair, ...] = ()) -> OffsetMap:
    """``source`` after all steps, ``first`` being repairs of the source made before them."""
    offsets = apply(source, first)
    for step in _STEPS:
        found = tuple(step(offsets.clean, lexicon))
        if found:
            offsets = apply(source, compose(offsets, found) if offsets.repairs else found)
    return offsets


def normalise(document: Document, lexicon: Lexicon) -> CleanText:
    """The document's clean text with its way back, and the match text; its tables and marks in clean coordinates."""
    first = tuple(sorted((*reader_marks(document), *table_marks(document))))
    offsets = repaired_text(document.text, lexicon, first)
    marks = (*document.marks, *markdown_marks(document.text))
    plain = simplified(offsets.clean)
    return CleanText(
        document=document,
        offsets=offsets,
        match=fold(plain),
        simplified=plain == offsets.clean,
        tables=tuple(_clean_table(table, offsets) for table in document.tables),
        marks=tuple(_clean_mark(mark, offsets) for mark in marks if mark.kind != "line_break"),
        problems=(*document.problems, *_problems(offsets)),
    )


def _problems(offsets: OffsetMap) -> Iterator[Problem]:
    """What a reviewer should look at: damaged runs that the bytes and the page do not settle, and those left as they are."""
    unsure = tuple(repair.span for repair in offsets.repairs if UNSURE in repair.step)
    if unsure:
        message = f"本文转载时有字节错位，其中{len(unsure)}处只能按上下文推定（□为已丢失的字符），请对照原件核对"
        yield Problem("byte_damage_unsure", message, unsure)
    if any(PINYIN in repair.step for repair in offsets.repairs):
        left = tuple(offsets.to_source(span) for span in left_damaged(offsets.clean))
        if left:
            message = f"本文转载时有字节错位，其中至少{len(left)}处没有还原，仍是乱码，请对照原件核对"
            yield Problem("byte_damage_unread", message, left)


def _clean_table(table: Table, offsets: OffsetMap) -> Table:
    cells = tuple(
        Cell(c.row, c.column, c.row_span, c.column_span, offsets.to_clean(c.span), c.header) for c in table.cells
    )
    return Table(offsets.to_clean(table.span), table.rows, table.columns, cells)


def _clean_mark(mark: Mark, offsets: OffsetMap) -> Mark:
    return Mark(mark.kind, offsets.to_clean(mark.span), mark.value)


def clean_for_reading(clean: CleanText, script: Literal["simplified", "keep"] = "simplified") -> str:
    """The clean text as a person reads it: in simplified script, or with ``keep`` in the document's own."""
    return simplified(clean.text) if script == "simplified" else clean.text


def explain(clean: CleanText) -> list[Explained]:
    """Each repair of the document, in order: (step, before, after, offset)."""
    source = clean.document.text
    return [Explained(r.step, r.span.of(source), r.replacement, r.span.start) for r in clean.offsets.repairs]
