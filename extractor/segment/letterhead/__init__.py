"""The letterhead of a plan (版头、标题、主送、落款): what stands around its body.

After GB/T 9704-2012 sections 7.2-7.4; web copies keep only some of it, so every part may be missing. Nothing is taken
from a web page's own data (发布日期, 发布机构 of the site): only from the document's words and from the table that
government sites put before it (成文日期, 发文机关, 发文字号).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from extractor.lexicon import Lexicon
from extractor.segment.letterhead.front import read_front
from extractor.segment.letterhead.outcome import outcome
from extractor.segment.letterhead.page import Page, type_pattern
from extractor.segment.letterhead.site import SiteFields, read_site
from extractor.segment.letterhead.tail import read_tail
from extractor.segment.lines import Line
from extractor.text import CleanText, Letterhead

__all__ = ["Found", "read"]


@dataclass(slots=True)
class Found:
    """The letterhead and the indices of the lines that belong to it, not to the body."""

    letterhead: Letterhead
    used: set[int] = field(default_factory=set)


def read(clean: CleanText, lines: Sequence[Line], lexicon: Lexicon) -> Found:
    """The letterhead of the plan whose lines are given."""
    types = lexicon.derived("segment.document_types", type_pattern)
    page = Page(clean, lines, types, frozenset([k for k, line in enumerate(lines) if line.annex]))
    read_site(page, lexicon.derived("segment.site_fields", SiteFields))
    read_front(page)
    read_tail(page)
    return Found(outcome(page), page.used)
