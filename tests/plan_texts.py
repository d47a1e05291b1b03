"""Small plans made by hand, so that an extractor is tested without the rooms before it."""

from __future__ import annotations

from extractor.model import Document, Node, Sentence, Span
from extractor.offsets import apply
from extractor.text import CleanText, Letterhead, PlanText


def plan_of(
    text: str, *, year: str | None = None, issued_on: str | None = None, region: str = "CN", match: str | None = None
) -> PlanText:
    """A plan of the lines of ``text``: ``# `` opens a heading over the lines that follow, other lines are paragraphs.

    ``match`` is the match text where it differs from the text (traditional script).
    """
    document = Document("made.txt", "text/plain", "0" * 64, text)
    clean = CleanText(document, apply(text, ()), match or text)
    children: list[Node] = []
    heading: Span | None = None
    start = 0
    below: list[Node] = []

    def close(end: int) -> None:
        if heading is not None:
            children.append(Node("heading", 1, Span(start, end), heading=heading, children=tuple(below)))
        else:
            children.extend(below)
        below.clear()

    at = 0
    for line in text.split("\n"):
        end = at + len(line)
        if line.startswith("# "):
            close(at)
            start, heading = at, Span(at + 2, end)
        elif line.strip():
            span = Span(at, end)
            below.append(Node("paragraph", 2, span, sentences=tuple(_sentences(text, span)), paragraphs=(span,)))
        at = end + 1
    close(len(text))
    root = Node("plan", 0, Span(0, len(text)), children=tuple(children))
    return PlanText(clean, Span(0, len(text)), Letterhead(issued_on=issued_on), root, year=year, region=region)


def _sentences(text: str, span: Span) -> list[Sentence]:
    out, start = [], span.start
    for at in range(span.start, span.end):
        if text[at] in "。；！？":
            out.append(Sentence(Span(start, at + 1)))
            start = at + 1
    if start < span.end:
        out.append(Sentence(Span(start, span.end)))
    return out
