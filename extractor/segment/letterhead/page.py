"""A plan's lines while its letterhead is read: what was found, and which lines are no body."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import regex

from extractor.lexicon import Lexicon
from extractor.model import Span
from extractor.segment.lines import Line
from extractor.text import CleanText

_MARKS = re.compile(r"[\s_《》〈〉“”\"（）()：:，,、—\-]")


@dataclass(frozen=True)
class DocumentType:
    """A row of ``document_types.csv``: a word that a title ends with (文种)."""

    word: str
    source: str


@dataclass(slots=True)
class Page:
    """The lines of a plan; ``used`` collects the numbers of those that are no body. All spans are clean offsets."""

    clean: CleanText
    lines: Sequence[Line]
    types: re.Pattern[str]  # a line that ends with a 文种
    annexes: frozenset[int] = frozenset()  # the lines that head an annex of its own: left to the tree
    used: set[int] = field(default_factory=set)
    meta: dict[str, Span] = field(default_factory=dict)
    number: Span | None = None
    titles: list[tuple[Span, ...]] = field(default_factory=list)
    title_keys: list[str] = field(default_factory=list)
    titles_stop: bool = False  # a stop stands in one of the titles: in hardly any, and in most lines
    forwarded_keys: set[str] = field(default_factory=set)
    addressees: Span | None = None
    issuers: list[Span] = field(default_factory=list)
    issued: Span | None = None
    letter: tuple[Span, ...] = ()  # 青竹縣政府　函: the heading of a letter that has no title
    head: Span | None = None  # the agency that the first page names above the title
    beside: list[Span] = field(default_factory=list)  # agencies on lines of their own above the one a title begins with
    match: str = field(init=False)
    texts: list[str] = field(init=False)  # the match text of each line

    def __post_init__(self) -> None:
        self.match = self.clean.match
        self.texts = [self.match[line.span.start : line.span.end] for line in self.lines]

    def said(self, k: int) -> str:
        """The match text of a line."""
        return self.texts[k]

    def joined(self, spans: Sequence[Span]) -> str:
        """The words of a title over several lines, in the document's script."""
        return "".join(s.of(self.clean.text) for s in spans)

    def joined_match(self, spans: Sequence[Span]) -> str:
        """The match text of a title over several lines."""
        return "".join(s.of(self.match) for s in spans)


# 村级治理工作方案篇一    防汛工作方案【第二篇】
_PART_NUMBER = r"(?:[ ]?第?篇[ ]?[一二三四五六七八九十\d]{1,3}|[ ]?【第?[一二三四五六七八九十\d]{1,3}篇?】)"


def type_pattern(lexicon: Lexicon) -> re.Pattern[str]:
    """Lines that end with a 文种 or the name of a table (任务表)."""
    words = sorted({r.word for r in lexicon.rows("document_types", DocumentType)}, key=len, reverse=True)
    alternatives = "|".join([*map(regex.escape, words), "[\u4e00-\u9fff]{2}表"])
    return re.compile(rf"(?:{alternatives})(?:[ ]?[（][^（）]{{1,24}}[）])?[》]?{_PART_NUMBER}?$")


def title_key(text: str) -> str:
    """What two printings of one title share: its words without marks and spaces."""
    return _MARKS.sub("", text)
