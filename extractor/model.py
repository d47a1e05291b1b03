"""The nouns: what travels between the rooms.

Everything here is frozen and does no I/O; sequences are tuples; "not found" is the absence of an object. Offsets are
Unicode code points, half-open. Dates are ISO 8601 strings, partial dates EDTF (ISO 8601-2); pages count from 1.

Three coordinate systems exist, and each field says which it uses:

* *source*: the text that a reader made, kept and never rewritten (:attr:`Document.text`);
* *clean*: the source with the recorded repairs applied (:attr:`CleanText.text`);
* *match*: the clean text in simplified script and folded width, one character for one, so that its offsets are those
  of the clean text (:attr:`CleanText.match`). Patterns run on it; quotes never come from it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field
from typing import Literal

from extractor.records import record, replace

Role = Literal["lead", "responsible", "support", "supervise", "leader"]
DeadlineKind = Literal["by", "range", "recurring", "within"]
Operator = Literal["=", ">=", "<=", ">", "<", "~", "range"]
Change = Literal["increase", "decrease", "multiply"]
LinkKind = Literal["forwards", "amends", "extends", "repeals", "annex_of"]
MarkKind = Literal[
    "page",  # the characters of one page; value: the page number from 1
    "running_head",  # a head or foot repeated on the pages: removed by a repair
    "page_number",  # a printed page number: removed by a repair
    "computed",  # a label that the file computes (Word's automatic numbering): printed, but typed by nobody
    "heading",  # a paragraph that the file declares a heading; value: its outline level from 1
    "bold",  # a run of bold type that opens a paragraph
    "centred",  # a centred paragraph
    "footnote",  # the text of a footnote or endnote
    "furniture",  # navigation, metadata tables and other page furniture that is kept but is no body
    "ocr",  # characters that were recognised from a picture; value: confidence from 0 to 1
    "line_break",  # a line end of the printed page inside a paragraph (pdf): joined by a repair
]
NodeKind = Literal["plan", "heading", "item", "paragraph", "row", "table"]
BasisWhy = Literal[
    "heading", "document_rule", "year", "issue_date", "table_header", "back_reference", "paragraph", "addressee"
]


AMENDED = "amendment"
"""The rule of a value that an amending notice changed and a person confirmed."""


# -- places ------------------------------------------------------------------------------------------------------------


@record(frozen=True, slots=True, order=True)
class Span:
    """Half-open run of characters, ``text[start:end]``, counted in code points."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters of ``text`` at this span."""
        return text[self.start : self.end]

    def holds(self, other: Span) -> bool:
        """True where ``other`` lies within this span."""
        return self.start <= other.start and other.end <= self.end

    def meets(self, other: Span) -> bool:
        """True where the two share at least one character."""
        return self.start < other.end and other.start < self.end

    @property
    def length(self) -> int:
        """How many characters it covers."""
        return self.end - self.start


@record(frozen=True, slots=True)
class Evidence:
    """The words that a value stands on.

    ``pieces`` are source spans, ascending and disjoint; ``quote`` is what they give with the document's repairs
    applied, joined with a line feed.
    """

    quote: str
    pieces: tuple[Span, ...]


# -- reading -----------------------------------------------------------------------------------------------------------


@record(frozen=True, slots=True)
class Mark:
    """What a reader knows about a run of the source text without changing it."""

    kind: MarkKind
    span: Span
    value: str = ""


@record(frozen=True, slots=True)
class Cell:
    """One cell of a table; rows and columns count from 0. A merged cell stands once, at its first row and column."""

    row: int
    column: int
    row_span: int
    column_span: int
    span: Span
    header: bool = False


@record(frozen=True, slots=True)
class Table:
    """A table (表格) in the text. Its cells are written row by row, cells parted by a tab, rows by a line feed."""

    span: Span
    rows: int
    columns: int
    cells: tuple[Cell, ...]


@record(frozen=True, slots=True)
class Problem:
    """What could not be read or understood, or may be missing. ``message`` is Chinese, for staff; spans are source spans.

    ``code`` is a stable English name: ``annex_missing``, ``encoding_guess``, ``page_without_text``, …
    """

    code: str
    message: str
    pieces: tuple[Span, ...] = ()


@record(frozen=True, slots=True)
class Document:
    """One file as it was read: its text in reading order, everything printed, and what the reader knows about it.

    ``parts`` are the SHA-256 of the files that a notice and its annexes were joined from.
    """

    name: str
    media_type: str
    sha256: str
    text: str
    encoding: str | None = None
    marks: tuple[Mark, ...] = ()
    tables: tuple[Table, ...] = ()
    problems: tuple[Problem, ...] = ()
    ocr: bool = False
    parts: tuple[str, ...] = ()

    def marks_of(self, kind: MarkKind) -> tuple[Mark, ...]:
        """The marks of one kind, in order."""
        return tuple(m for m in self.marks if m.kind == kind)

    @property
    def pages(self) -> tuple[tuple[int, int], ...]:
        """(first offset, page number) of each page."""
        return tuple((m.span.start, int(m.value)) for m in self.marks if m.kind == "page")


# -- normalising -------------------------------------------------------------------------------------------------------


@record(frozen=True, slots=True, order=True)
class Repair:
    """A run of the source and what stands for it in the clean text. ``step`` names the normaliser's step."""

    span: Span
    replacement: str
    step: str


# -- segmenting --------------------------------------------------------------------------------------------------------


@record(frozen=True, slots=True)
class Sentence:
    """A sentence (句): a run of clean text ended by 。；！？ or the end of its line. The closing mark is inside."""

    span: Span


@record(frozen=True, slots=True, eq=False)
class Node:
    """A place in a plan's tree (clean coordinates).

    ``span`` covers the label, heading, own paragraphs and all children. ``heading`` is the heading's text without its
    label: a line of its own, or the lead clause that a numbered item opens with. ``sentences`` are the node's own,
    the heading's left out, its children's too.
    """

    kind: NodeKind
    level: int
    span: Span
    label: str = ""
    heading: Span | None = None
    sentences: tuple[Sentence, ...] = ()
    children: tuple[Node, ...] = ()
    paragraphs: tuple[Span, ...] = ()
    table: int | None = None  # index into PlanText.tables, for rows and tables
    row: int | None = None

    def walk(self) -> Iterator[Node]:
        """This node and all below it, in text order."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            if node.children:
                waiting += node.children[::-1]


# -- mentions ----------------------------------------------------------------------------------------------------------


@record(frozen=True, slots=True)
class Mention:
    """What a plan says about one thing, and where (clean spans, ascending). Nothing here is resolved by context.

    ``value`` is the extractor's own value type. ``weak`` marks a mention that stands for itself only where nothing
    firmer is said.
    """

    value: object
    spans: tuple[Span, ...]
    rule: str
    weak: bool = False

    @property
    def span(self) -> Span:
        """From the first character of the mention to its last."""
        spans = self.spans
        return spans[0] if len(spans) == 1 else Span(spans[0].start, spans[-1].end)


# -- what comes out ----------------------------------------------------------------------------------------------------


@record(frozen=True, slots=True)
class Basis:
    """What a value was derived from, where that is not its own words."""

    why: BasisWhy
    evidence: Evidence


@record(frozen=True, slots=True)
class Responsibility:
    """Who does it (责任): ``unit`` is the name as written, in the document's script; ``canonical`` the name in use today,
    in simplified script, where that is another."""

    unit: str
    role: Role
    evidence: Evidence
    rule: str
    canonical: str | None = None
    inherited: bool = False
    basis: tuple[Basis, ...] = ()
    confidence: float = 1.0
    id: str = ""


@record(frozen=True, slots=True)
class Deadline:
    """By when (时限). Dates are ISO and include both ends; ``edtf`` holds a date with unknown parts; ``recurrence`` is
    an RFC 5545 RRULE; ``duration`` ISO 8601; ``condition`` the words of a condition that the date holds under."""

    kind: DeadlineKind
    evidence: Evidence
    rule: str
    starts_on: str | None = None
    ends_on: str | None = None
    edtf: str | None = None
    recurrence: str | None = None
    duration: str | None = None
    condition: str | None = None
    measure_id: str | None = None
    inherited: bool = False
    basis: tuple[Basis, ...] = ()
    confidence: float = 1.0
    id: str = ""


@record(frozen=True, slots=True)
class Target:
    """To which number (数值指标): ``indicator`` is what is counted, in the document's script."""

    indicator: str
    operator: Operator
    low: float | None
    high: float | None
    unit: str | None
    evidence: Evidence
    rule: str
    change: Change | None = None
    scope: str | None = None
    period: str | None = None
    baseline: str | None = None
    deadline_id: str | None = None
    measure_id: str | None = None
    basis: tuple[Basis, ...] = ()
    confidence: float = 1.0
    id: str = ""


@record(frozen=True, slots=True)
class Measure:
    """How (举措): one sentence that tells somebody to do something."""

    evidence: Evidence
    id: str = ""


@record(frozen=True, slots=True)
class Goal:
    """What is to be reached (目标): a sentence that states a result. ``task_id`` where it stands inside a task."""

    evidence: Evidence
    section: tuple[str, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    targets: tuple[Target, ...] = ()
    task_id: str | None = None
    confidence: float = 1.0
    id: str = ""


@record(frozen=True, slots=True)
class Task:
    """A task (任务): the smallest numbered or headed item that tells somebody to do something."""

    title: str
    evidence: Evidence
    rule: str
    section: tuple[str, ...] = ()
    measures: tuple[Measure, ...] = ()
    responsibilities: tuple[Responsibility, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    targets: tuple[Target, ...] = ()
    report_to: str | None = None
    contact: str | None = None
    due_on: str | None = None
    due_rule: str | None = None
    confidence: float = 1.0
    id: str = ""


@record(frozen=True, slots=True)
class PlanLink:
    """What a plan does to another document: forwards, amends, extends, repeals, annex_of."""

    kind: LinkKind
    number: str | None
    title: str | None


@record(frozen=True, slots=True)
class Plan:
    """A plan (方案): one notice or scheme with its letterhead, tasks and goals. ``pieces`` are source spans."""

    title: str | None
    pieces: tuple[Span, ...]
    number: str | None = None
    issuer: str | None = None
    addressees: tuple[str, ...] = ()
    issued_on: str | None = None
    region: str | None = None
    links: tuple[PlanLink, ...] = ()
    tasks: tuple[Task, ...] = ()
    goals: tuple[Goal, ...] = ()
    id: str = ""


@record(frozen=True, slots=True)
class Source:
    """A file's content as the database and the JSON export know it; ``parts`` as in :class:`Document`, on its way in."""

    id: str
    path: str
    sha256: str
    media_type: str
    text: str
    encoding: str | None = None
    pages: tuple[tuple[int, int], ...] = ()
    ocr: bool = False
    repairs: tuple[Repair, ...] = ()
    parts: tuple[str, ...] = ()


@record(frozen=True, slots=True)
class Extraction:
    """All that the pipeline makes of one file."""

    source: Source
    plans: tuple[Plan, ...]
    problems: tuple[Problem, ...] = field(default=())


@record(frozen=True, slots=True)
class Register:
    """Many extractions together: what the exports write. Sorted by path, then by position."""

    extractions: tuple[Extraction, ...]

    def plans(self) -> Iterator[tuple[Source, Plan]]:
        """Every plan with the source it stands in."""
        for extraction in self.extractions:
            for plan in extraction.plans:
                yield extraction.source, plan

    def outlines(self) -> Iterator[Extraction]:
        """Every file with its problems and plans, their tasks and goals left out: little even where the register is
        large."""
        for extraction in self.extractions:
            plans = tuple(replace(plan, tasks=(), goals=()) for plan in extraction.plans)
            yield replace(extraction, plans=plans)
