"""How list labels count on (自动编号), whatever file they come from: one counter a level for each list definition.

A deeper level starts anew after a higher one has counted; a level that was passed over counts as its start; an
overriding start counts once, at the first paragraph that uses it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extractor.readers.number_formats import label_number, symbol

PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class Level:
    """A level of a list: its first number, its format, its text with ``%1`` to ``%9`` for the numbers of the levels."""

    start: int = 1
    kind: str = "decimal"
    text: str = "%1."
    suffix: str = "tab"  # tab, space or nothing
    legal: bool = False  # all numbers of the label in decimal
    restart_after: int | None = None  # 0: never starts anew; k: only after a level above k has counted


@dataclass(frozen=True, slots=True)
class List:
    """A list as a paragraph names it: the definition that it counts with, its levels and the starts it overrides."""

    definition: str
    levels: dict[int, Level]
    starts: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Label:
    """A printed label and what parts it from the text."""

    text: str
    gap: str


class Counters:
    """The state of counting while paragraphs are read in order."""

    def __init__(self) -> None:
        self._counts: dict[str, dict[int, int]] = {}
        self._used: set[tuple[str, int]] = set()

    def next(self, name: str, numbered: List, level: int) -> Label | None:
        """Counts one paragraph of the list ``name`` at ``level`` (from 0) and gives its label."""
        own = numbered.levels.get(level)
        if own is None:
            return None
        counts = self._counts.setdefault(numbered.definition, {})

        def start(k: int) -> int:
            return numbered.starts.get(k, numbered.levels[k].start if k in numbered.levels else 1)

        if level in numbered.starts and (name, level) not in self._used:
            counts.pop(level, None)
        self._used.add((name, level))
        counts[level] = counts[level] + 1 if level in counts else start(level)
        for deeper in [k for k in counts if k > level]:
            restart = numbered.levels[deeper].restart_after if deeper in numbered.levels else None
            if restart is None or level < restart:
                del counts[deeper]
        for above in range(level):
            # A level that was passed over stands as its start, and goes on from there.
            counts.setdefault(above, start(above))
        if own.kind == "bullet":
            text = symbol(own.text)
        else:
            text = PLACE.sub(lambda m: _number(numbered, counts, int(m[1]) - 1, own.legal), own.text)
        return Label(text.strip("\t"), {"nothing": "", "space": " "}.get(own.suffix, " "))


def _number(numbered: List, counts: dict[int, int], level: int, legal: bool) -> str:
    if level not in numbered.levels:
        return ""
    kind = numbered.levels[level].kind
    if legal and kind != "none":
        kind = "decimal"
    return label_number(counts.get(level, numbered.levels[level].start), kind)
