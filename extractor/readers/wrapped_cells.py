"""Cells whose lines a typist broke by hand to fit a column (硬回车): a line end inside a sentence is marked as such."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from extractor.readers.build import CellDraft, Line

_SURELY_CUT = ("，", "、", ",")
_OPENS_LATER_HALF = ("，", "。", "、", "；", ",", ")", "）", "”")
_ENDS_SENTENCE = re.compile(r"[。；;！？!?：:]\s*$")
_OPENS_ITEM = re.compile(r"\s*(?:[（(]?[一二三四五六七八九十0-9０-９]{1,3}[、.．)）]|[①-⑳●·•])")
_CUT_LINES = 3  # so many lines of a column that break off inside a sentence show that it was wrapped by hand
_FULL_LINE = 12  # characters: a shorter line may be a name in a list of units


def mark_wrapped(drafts: Sequence[CellDraft]) -> None:
    """Joins the lines of cells in columns that were wrapped by hand; each joint is marked ``line_break``."""
    cut: Counter[int] = Counter()
    for draft in drafts:
        if len(draft.lines) > 1:
            cut[draft.column] += sum(_is_cut(a, b) for a, b in zip(draft.lines, draft.lines[1:], strict=False))
    wrapped = {column for column, lines in cut.items() if lines >= _CUT_LINES}
    for draft in drafts:
        if draft.column in wrapped and len(draft.lines) > 1:
            draft.lines[:] = _joined(draft.lines)


def _is_cut(line: Line, following: Line) -> bool:
    """True where the words alone show that the sentence goes on."""
    return _reaches_over(line, following) and line.text.rstrip().endswith(_SURELY_CUT)


def _reaches_over(line: Line, following: Line) -> bool:
    return len(line.text.strip()) >= _FULL_LINE and _OPENS_ITEM.match(following.text) is None


def _joined(lines: Sequence[Line]) -> list[Line]:
    out: list[Line] = []
    before: Line | None = None
    for line in lines:
        goes_on = before is not None and (
            line.text.lstrip().startswith(_OPENS_LATER_HALF)
            or (_reaches_over(before, line) and _ENDS_SENTENCE.search(before.text) is None)
        )
        before = line
        if goes_on:
            out[-1].append(line, "\n", "line_break")
        else:
            out.append(Line(line.text, list(line.marks)))
    return out
