"""What the extractors read: the clean text of a document, and a plan's place in it.

:class:`CleanText` is a document after normalising; :class:`PlanText` is one plan of it, cut into a tree of nodes.
Extractors run their patterns over ``plan.match`` between ``plan.span.start`` and ``plan.span.end`` and answer in clean
offsets; which sentence or node an offset belongs to is looked up, never searched for again.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import field
from operator import ge
from typing import Literal

from extractor.model import Cell, Document, Evidence, Mark, Node, PlanLink, Problem, Sentence, Span, Table
from extractor.offsets import OffsetMap
from extractor.records import record


@record(frozen=True, slots=True, eq=False)
class CleanText:
    """A document after normalising. ``match`` has the length of ``text``; tables and marks are in clean coordinates."""

    document: Document
    offsets: OffsetMap
    match: str
    tables: tuple[Table, ...] = ()
    marks: tuple[Mark, ...] = ()
    problems: tuple[Problem, ...] = ()
    simplified: bool = False  # True where the clean text is in simplified script throughout

    @property
    def text(self) -> str:
        """The clean text, in the document's own script."""
        return self.offsets.clean

    def evidence(self, *spans: Span) -> Evidence:
        """The evidence of clean spans."""
        return self.offsets.evidence_of(spans[0]) if len(spans) == 1 else self.offsets.evidence(spans)


@record(frozen=True, slots=True)
class Letterhead:
    """What stands around a plan's body (版头、版记): each value with its clean span where it has one."""

    title: str | None = None
    title_span: Span | None = None
    number: str | None = None
    issuer: str | None = None
    addressees: tuple[str, ...] = ()
    addressees_span: Span | None = None
    issued_on: str | None = None
    issued_span: Span | None = None
    number_span: Span | None = None
    region: str | None = None
    links: tuple[PlanLink, ...] = ()


ColumnRole = Literal[
    "serial", "group", "task", "measure", "standard", "problem",
    "lead", "responsible", "support", "supervise", "leader",
    "deadline", "note", "progress", "scope",
]  # fmt: skip
CONTENT_ROLES: frozenset[ColumnRole] = frozenset(("group", "task", "measure", "standard"))


@record(frozen=True, slots=True, eq=False)
class TableRow:
    """A row of a task table that is a task: its node and its cells with their columns' roles, in reading order.

    A cell that spans several rows stands in each of them. ``group`` holds the cells that head several rows.
    """

    node: Node
    cells: tuple[tuple[ColumnRole | None, Cell], ...]
    group: tuple[Span, ...] = ()

    def of(self, *roles: ColumnRole) -> tuple[Cell, ...]:
        """The cells of some roles, in reading order."""
        return tuple(cell for role, cell in self.cells if role in roles)


@record(frozen=True, slots=True, eq=False)
class TaskTable:
    """A table whose rows are tasks (任务分解表). ``columns`` holds each column's role, or nothing where it is unknown."""

    index: int
    node: Node
    columns: tuple[ColumnRole | None, ...]
    headers: tuple[Span, ...]
    rows: tuple[TableRow, ...]


@record(frozen=True, slots=True, eq=False)
class IndicatorRow:
    """A row of a table of indicators: its words, the cells of its name and measure word, and the levels to be reached,
    each with the cell that heads its column (2027年目标)."""

    span: Span
    name: Cell
    unit: Cell | None
    figures: tuple[tuple[Cell, Cell], ...]


@record(frozen=True, slots=True, eq=False)
class IndicatorTable:
    """A table whose rows are indicators and the levels that they are to reach (主要指标表)."""

    index: int
    rows: tuple[IndicatorRow, ...]


@record(frozen=True, slots=True, eq=False)
class PlanText:
    """One plan in its document: the letterhead, the tree of nodes, and look-ups by clean offset.

    ``year`` is what a date without a year takes: the title's year, else that of ``issued_on``, else that of the number; a
    masked year is kept as written (``20XX``). ``region`` is ``CN``, ``TW``, ``HK`` or ``MO``: it decides what a bare 112年 means.
    ``text`` and ``match`` are the whole document's: its clean text, and that in simplified script and folded width with
    the same offsets.
    """

    clean: CleanText
    span: Span
    letterhead: Letterhead
    root: Node
    year: str | None = None
    region: str = "CN"
    task_tables: tuple[TaskTable, ...] = ()
    indicator_tables: tuple[IndicatorTable, ...] = ()
    text: str = field(init=False, default="")  # asked for with every sentence: held, not handed on
    match: str = field(init=False, default="")
    _nodes: tuple[Node, ...] = field(init=False, default=())
    _parents: dict[int, Node] = field(init=False, default_factory=dict)
    _sentences: tuple[Sentence, ...] = field(init=False, default=())
    _starts: tuple[int, ...] = field(init=False, default=())  # of the sentences

    def __post_init__(self) -> None:
        nodes = tuple(self.root.walk())
        parents = {id(child): node for node in nodes for child in node.children}
        sentences = [s for node in nodes for s in node.sentences]
        starts = [s.span.start for s in sentences]
        if any(map(ge, starts, starts[1:])):  # the cells of a table stand in several rows
            placed = {(s.span.start, s.span.end): s for s in sentences}
            sentences = [placed[place] for place in sorted(placed)]
            starts = [s.span.start for s in sentences]
        object.__setattr__(self, "text", self.clean.text)
        object.__setattr__(self, "match", self.clean.match)
        object.__setattr__(self, "_nodes", nodes)
        object.__setattr__(self, "_parents", parents)
        object.__setattr__(self, "_sentences", tuple(sentences))
        object.__setattr__(self, "_starts", tuple(starts))

    @property
    def tables(self) -> tuple[Table, ...]:
        """The document's tables, in clean coordinates."""
        return self.clean.tables

    def nodes(self) -> tuple[Node, ...]:
        """All nodes in text order, the root first."""
        return self._nodes

    def parent(self, node: Node) -> Node | None:
        """The node above, or nothing for the root."""
        return self._parents.get(id(node))

    def path(self, node: Node) -> tuple[Node, ...]:
        """The nodes above ``node``, outermost first, the root and ``node`` itself left out."""
        out: list[Node] = []
        parents = self._parents
        above = parents.get(id(node))
        while above is not None and above.kind != "plan":
            out.append(above)
            above = parents.get(id(above))
        return tuple(reversed(out))

    def node_at(self, offset: int) -> Node:
        """The deepest node that covers ``offset``; the root where none does."""
        node = self.root
        while True:
            for child in node.children:
                if child.span.start <= offset < child.span.end:
                    node = child
                    break
            else:
                return node

    def sentence_at(self, offset: int) -> Sentence | None:
        """The sentence that covers ``offset``; nothing for headings and text outside the body."""
        k = bisect_right(self._starts, offset) - 1
        return self._sentences[k] if k >= 0 and offset < self._sentences[k].span.end else None

    def sentences_from(self, span: Span) -> tuple[Sentence, ...]:
        """The sentences that begin in ``span``, in order."""
        return self._sentences[bisect_left(self._starts, span.start) : bisect_left(self._starts, span.end)]
