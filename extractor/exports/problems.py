"""Problems as staff see them: what may be missing first, then what could not be read, doubtful duties last."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from extractor.model import Problem, Register, Source

# The order in which they are shown, after files of which nothing could be read; a code that is not named here stands
# before the last ones.
FIRST = (
    "restricted",
    "annex_missing",
    "tasks_fewer_than_stated",
    "member",  # with what was wrong: member_corrupt, member_encrypted …
    "page_without_text",
    "picture_without_text",
    "ocr_failed",
    "embedded_object",
    "hidden_sheet",
    "encoding_guess",
    "encoding_damage",
    "byte_damage_unread",
    "byte_damage_unsure",
    "copies_differ",
)
LAST = ("no_task", "possible_omission")


@dataclass(frozen=True, slots=True)
class SaidProblem:
    """A problem with the file that it is about, and the page or the words where it lies."""

    source: Source
    problem: Problem

    @property
    def place(self) -> str:
        """The page, and the first words that it is about; nothing where it is about the whole file."""
        pieces = self.problem.pieces
        if not pieces:
            return ""
        pages = self.source.pages
        k = bisect_right(pages, pieces[0].start, key=lambda page: page[0]) - 1
        page = f"第{pages[max(k, 0)][1]}页" if pages else ""
        words = " ".join(pieces[0].of(self.source.text).split())
        return page + (f"“{words[:40]}{'…' if len(words) > 40 else ''}”" if words else "")


def said(register: Register) -> tuple[SaidProblem, ...]:
    """All problems of a register, the gravest kinds first, then by file and place."""
    found = [SaidProblem(e.source, p) for e in register.outlines() for p in e.problems]
    return tuple(sorted(found, key=rank))


def rank(item: SaidProblem) -> int:
    """The place of a problem in the order that staff see."""
    code = _kind(item)
    if not item.source.text:
        return -1
    if code in FIRST:
        return FIRST.index(code)
    return len(FIRST) + (LAST.index(code) + 1 if code in LAST else 0)


def first(item: SaidProblem) -> bool:
    """True for the kinds that the summary of a run shows one by one: what was not read, or is missing."""
    return not item.source.text or _kind(item) in FIRST


def _kind(item: SaidProblem) -> str:
    code = item.problem.code
    return "member" if code.startswith("member_") else code
