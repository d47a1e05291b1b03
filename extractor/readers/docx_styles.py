"""What a Word paragraph takes from its styles (样式): numbering, outline level, centring, bold and hidden type."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractor.readers.counters import Counters, Label, Level, List

if TYPE_CHECKING:
    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
HEADING_NAME = re.compile(r"(?:heading|标题|標題)\s*(?P<level>[1-9])$", re.IGNORECASE)
CONTENTS_NAME = re.compile(r"(?:toc|目录|目錄)(?:\s*(?:[1-9]|heading|标题))?$", re.IGNORECASE)
OFF = frozenset(("0", "false", "off", "none"))


def value(element: _Element | None, path: str) -> str | None:
    """The ``w:val`` of the first element at ``path``, each step in the Word namespace."""
    if element is None:
        return None
    found = element.find("/".join(W + step for step in path.split("/")))
    return None if found is None else found.get(W + "val")


def switch(element: _Element | None, name: str) -> bool | None:
    """An on-off property: ``None`` where it is not given."""
    found = None if element is None else element.find(W + name)
    return None if found is None else found.get(W + "val", "1").lower() not in OFF


def whole(text: str | None, default: int = 0) -> int:
    """A whole number written in a file, or ``default``."""
    return int(text) if text and re.fullmatch(r"-?\d{1,9}", text) else default


@dataclass(frozen=True, slots=True)
class Style:
    """A style with all that it inherits. ``outline`` counts from 1; ``list_name`` is "0" where numbering is taken off."""

    name: str = ""
    list_name: str | None = None
    list_level: int | None = None
    outline: int | None = None
    centred: bool | None = None
    bold: bool | None = None
    hidden: bool | None = None
    contents: bool = False


class Styles:
    """The styles of a document, by their ids, each worked out once."""

    def __init__(self, root: _Element | None) -> None:
        self._raw = {s.get(W + "styleId", ""): s for s in root.iter(W + "style")} if root is not None else {}
        self._done: dict[str, Style] = {}
        self.default = next(
            (
                key
                for key, s in self._raw.items()
                if s.get(W + "type") == "paragraph" and s.get(W + "default", "0").lower() not in OFF
            ),
            "",
        )

    def get(self, key: str | None) -> Style:
        """The style of that id; of the default paragraph style where there is none."""
        return self._resolve(key or self.default, frozenset())

    def _resolve(self, key: str, above: frozenset[str]) -> Style:
        if key in self._done:
            return self._done[key]
        raw = self._raw.get(key)
        if raw is None or key in above:
            return Style()
        based = value(raw, "basedOn")
        parent = self._resolve(based, above | {key}) if based else Style()
        p, r = raw.find(W + "pPr"), raw.find(W + "rPr")
        name = value(raw, "name") or ""
        heading = HEADING_NAME.fullmatch(name)
        outline = value(p, "outlineLvl")
        level = value(p, "numPr/ilvl")
        bold, hidden = switch(r, "b"), switch(r, "vanish")
        align = value(p, "jc")
        own_outline = int(heading["level"]) if heading and outline is None else None
        if outline is not None:
            own_outline = whole(outline) + 1 if whole(outline) < 9 else 0
        style = Style(
            name=name,
            list_name=value(p, "numPr/numId") or parent.list_name,
            list_level=whole(level) if level is not None else parent.list_level,
            outline=parent.outline if own_outline is None else own_outline,
            centred=parent.centred if align is None else align == "center",
            bold=parent.bold if bold is None else bold,
            hidden=parent.hidden if hidden is None else hidden,
            contents=bool(CONTENTS_NAME.fullmatch(name)) or parent.contents,
        )
        self._done[key] = style
        return style


class Numbering:
    """The lists of a document: which label a paragraph prints."""

    def __init__(self, root: _Element | None, styles: Styles) -> None:
        self._styles = styles
        self._counters = Counters()
        self._lists: dict[str, List] = {}
        self._style_levels: dict[tuple[str, str], int] = {}
        if root is not None:
            self._load(root)

    def _load(self, root: _Element) -> None:
        abstract = {a.get(W + "abstractNumId", ""): a for a in root.iter(W + "abstractNum")}
        by_style = {value(a, "styleLink"): key for key, a in abstract.items() if value(a, "styleLink")}
        for num in root.iter(W + "num"):
            key = value(num, "abstractNumId") or ""
            link = value(abstract.get(key), "numStyleLink")
            if link in by_style:  # the levels stand in the definition that the list style points to
                key = by_style[link]
            definition = abstract.get(key)
            if definition is None:
                continue
            name = num.get(W + "numId", "")
            levels: dict[int, Level] = {}
            for level in definition.findall(W + "lvl"):
                number = whole(level.get(W + "ilvl"))
                levels[number] = _level(level)
                if style := value(level, "pStyle"):
                    self._style_levels[name, style] = number
            starts: dict[int, int] = {}
            for override in num.findall(W + "lvlOverride"):
                number = whole(override.get(W + "ilvl"))
                own = override.find(W + "lvl")
                if own is not None:
                    levels[number] = _level(own)
                start = value(override, "startOverride")
                if start is not None:
                    starts[number] = whole(start, 1)
            self._lists[name] = List(key, levels, starts)

    def label(self, paragraph: _Element) -> Label | None:
        """Counts the paragraph and gives its label; nothing where it is in no list. Call once, in document order."""
        properties = paragraph.find(W + "pPr")
        style_id = value(properties, "pStyle") or self._styles.default
        style = self._styles.get(style_id)
        own_name, own_level = value(properties, "numPr/numId"), value(properties, "numPr/ilvl")
        name = own_name if own_name is not None else style.list_name
        if name is None or name not in self._lists:
            return None
        if own_level is not None:
            level = whole(own_level)
        elif own_name is not None:
            level = 0
        else:
            level = self._style_levels.get((name, style_id), style.list_level or 0)
        return self._counters.next(name, self._lists[name], level)


def _level(element: _Element) -> Level:
    kind = value(element, "numFmt")
    if kind is None:
        # A custom format stands in a choice that only newer programs read, with a usual one to fall back to.
        kind = next((f.get(W + "val") for f in element.iter(W + "numFmt") if f.get(W + "val") != "custom"), "decimal")
    restart = value(element, "lvlRestart")
    return Level(
        start=whole(value(element, "start"), 1) if value(element, "start") is not None else 0,
        kind=kind or "decimal",
        text=value(element, "lvlText") or "",
        suffix=value(element, "suff") or "tab",
        legal=bool(switch(element, "isLgl")),
        restart_after=None if restart is None else whole(restart),
    )
