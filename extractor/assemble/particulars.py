"""Particulars of an item (活动时间、活动内容、责任单位): the captions under it that fill in one task, and are none themselves.

``（一）开展警示教育周活动 1.活动时间：6月1日至6月7日。2.活动内容：各镇要…。3.责任单位：各镇。`` is one task. The captions stand in
``item_fields.csv``; those that name units are told by their brackets and lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractor.extractors.units.names import alternatives
from extractor.lexicon import Lexicon
from extractor.model import Node, Span
from extractor.segment.lines import trim
from extractor.text import PlanText

# 打通断头路3条。牵头单位：县住建局；完成时限：10月底
INSIDE = re.compile(
    r"[ ；，]*(?:完成时限|完成时间|时限要求|整改时限|时间节点|时限|完成期限|实施时间|责任时限|联系电话|电话)：[^\n。；：]{1,30}[。；]?"
)
_CAPTION_REACH = 12  # 3.责任单位：    3.组织单位：组织单位：
# what one of them holds: few notices have any, and the colon is found at once
_ANY = re.compile(r"：(?<=[限间求点围话址题员象]：)")


@dataclass(frozen=True)
class ItemField:
    """A row of ``item_fields.csv``: a caption and what it holds.

    Nothing is ordered behind one of a time, place or range; "content" says what is to be done, "fault" what is wrong.
    """

    word: str
    kind: str
    source: str


class Captions:
    """The captions of a lexicon, as patterns over match text."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.kinds = {row.word: row.kind for row in lexicon.rows("item_fields", ItemField)}
        stating = alternatives([word for word, kind in self.kinds.items() if kind in ("time", "range")])
        # 完成时限：2023年12月20日    适用范围：各镇
        self._line = re.compile(rf"(?m)^[ ]*(?:{stating})：[^\n。；]{{1,60}}[。；]?$")

    @classmethod
    def of(cls, lexicon: Lexicon) -> Captions:
        """The captions of ``lexicon``, compiled once."""
        return lexicon.derived("particulars.captions", cls)

    def names(self, words: str) -> bool:
        """True for a caption: 活动内容 before its colon."""
        return words in self.kinds

    def hold(self, plan: PlanText) -> bool:
        """False for most plans: no caption of a time, range or place stands in it."""
        return _ANY.search(plan.match, plan.span.start, plan.span.end) is not None

    def lines(self, plan: PlanText) -> Iterator[Span]:
        """Lines under an item that only state its time or range: part of its particulars, as a unit line is."""
        for found in self._line.finditer(plan.match, plan.span.start, plan.span.end):
            yield trim(plan.text, Span(*found.span()))

    def of_item(self, match: str, below: Sequence[Node], brackets: Sequence[Span]) -> Sequence[Node] | None:
        """Those of the nodes ``below`` an item that say what is to be done, where all of them are its particulars.

        Nothing where one is more than a caption with its words, or where none states a time, a place or a unit.
        """
        if len(below) < 2 or any(node.children for node in below):
            return None
        content: list[Node] = []
        for node in below:
            kind = self._kind(match, node, brackets)
            if kind is None:
                return None
            if kind == "content":
                content.append(node)
        return content if 0 < len(content) < len(below) else None

    def _kind(self, match: str, node: Node, brackets: Sequence[Span]) -> str | None:
        if any(node.span.start <= b.start < node.span.start + _CAPTION_REACH for b in brackets if node.span.holds(b)):
            return "units"
        first = node.heading or (node.paragraphs[0] if node.paragraphs else node.span)
        return self.kinds.get(first.of(match).partition("：")[0].strip())  # 1.活动时间：6月16日。 may be all heading
