"""What a web page prints (网页正文): lines and tables in order, the body told from what is around it.

The body is the deepest element that holds most of the running text outside links. Around it, what staff may need is
kept and marked ``furniture`` (the table with 索引号 and 发文字号, lines such as 来源：…); lists of links are left out.
Inside it everything printed is kept, lines of the page itself (打印本页, 分享到) marked ``furniture``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from extractor import lexicon
from extractor.lexicon import Lexicon
from extractor.readers.build import CellDraft, Line, TextBuilder
from extractor.readers.sets import names
from extractor.readers.wrapped_cells import mark_wrapped

if TYPE_CHECKING:
    from lxml.html import HtmlElement

NEVER_PRINTED = names(
    "head script style noscript template iframe object embed svg canvas input select textarea button option meta link "
    "rp rt map area audio video datalist dialog"
)
BLOCKS = names(
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol p pre section summary table tbody td tfoot th thead tr ul "
    "ucapcontent"
)
CONTAINERS = BLOCKS - names("p h1 h2 h3 h4 h5 h6 li dd dt pre hr ol ul caption legend summary")
NAVIGATION = names("nav footer aside")
HEADINGS = {f"h{k}": k for k in range(1, 7)}
BOLD_TAGS = names("b strong h1 h2 h3 h4 h5 h6 th")
STYLED_TAGS = BOLD_TAGS | NAVIGATION | names("center a pre")
"""Tags that hand something down to their text without an attribute that says so."""

HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?P<weight>bold(?:er)?|[1-9]00|normal)", re.IGNORECASE)
ALIGN_STYLE = re.compile(r"text-align\s*:\s*(?P<where>[a-z]+)", re.IGNORECASE)
NO_LIST_LABEL = re.compile(r"list-style(?:-type)?\s*:\s*none", re.IGNORECASE)
TITLE_CLASS = re.compile(r"(?:^|[\s_-])(?:title|tit|biaoti|bt|wenhao|wh)(?:$|[\s_-])", re.IGNORECASE)
OWN_LABEL = re.compile(r"\s*(?:[（(]?[一二三四五六七八九十0-9０-９]{1,3}[、.．)）]|第[一二三四五六七八九十]+[章节条])")
DOCUMENT_NUMBER = re.compile(r"[〔\[［(（【](?:19|20)\d\d[〕\]］)）】]\s*第?\s*\d{1,5}\s*号")
SITE_NAME = re.compile(r"\s*[-_|–—]+\s*[^-_|–—]{2,30}$")

BLANKS = re.compile(r"[ \t\r\n\f]+")
RUN_OF_BLANKS = re.compile(r"[\t\r\n\f]| {2}")
WIDE_JOIN = re.compile(
    # A line end in the file between two wide characters is none in print (CSS Text 3, 4.1.3).
    r"(?<=[\u2014\u2018-\u201d\u2026\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef])\n"
    r"(?=[\u2014\u2018-\u201d\u2026\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef])"
)

MAIN_SHARE = 0.6
"""The body holds at least this share of the page's running text."""
RUNNING_TEXT = re.compile(r"[，。；、]")
SHORT_WEIGHT = 0.3
"""What a character of a text without punctuation counts: menus and lists of headlines have none."""
LAYOUT_CELL = 400
"""A cell with more characters than this and with most of its table's text is a page's column, not a cell."""
MAX_TAKEN = 1_000_000
"""Places that the cells of one table may cover; spans that would go beyond are not believed."""
MAX_SPAN = 1_000
"""The most rows or columns that a cell can cover (HTML 4.9.11 has 1000 for columns)."""


@dataclass(frozen=True)
class FurnitureWord:
    """A row of ``html_furniture.csv``: ``kind`` is ``line`` (a whole line), ``opening`` (how a line begins) or
    ``metadata`` (a label in the table of a government site)."""

    word: str
    kind: str
    source: str


@dataclass(frozen=True)
class Furniture:
    """The words of page furniture, ready to ask."""

    lines: frozenset[str]
    openings: tuple[str, ...]
    metadata: frozenset[str]

    def is_line(self, text: str) -> bool:
        """True for a line that belongs to the page and not to the notice."""
        squeezed = "".join(text.split()).strip("【】[]|｜")
        return squeezed in self.lines or (len(squeezed) <= 60 and squeezed.startswith(self.openings))

    def labels(self, drafts: list[CellDraft]) -> int:
        """How many cells are labels of a metadata table."""
        texts = ("".join(line.text for line in d.lines) for d in drafts)
        return sum("".join(t.split()).rstrip("：:") in self.metadata for t in texts)


def _furniture(words: Lexicon) -> Furniture:
    rows = words.rows("html_furniture", FurnitureWord)
    by_kind = {kind: [r.word for r in rows if r.kind == kind] for kind in ("line", "opening", "metadata")}
    return Furniture(frozenset(by_kind["line"]), tuple(by_kind["opening"]), frozenset(by_kind["metadata"]))


@dataclass(frozen=True)
class _Style:
    """What an element hands down to its text."""

    bold: bool = False
    centred: bool = False
    link: bool = False
    pre: bool = False
    navigation: bool = False
    main: bool = False
    titled: bool = False
    heading: int = 0


@dataclass
class _Item:
    """A printed line or a table, with where on the page it stands."""

    line: Line
    style: _Style
    link_share: float = 0.0
    drafts: list[CellDraft] = field(default_factory=list)


def write_page(root: HtmlElement, builder: TextBuilder) -> None:
    """Writes the text of the page into ``builder``."""
    words = lexicon.load()
    furniture = words.derived("readers.html.furniture", _furniture)
    body = root.find("body")
    if body is None:
        return
    title = " ".join("".join(t.itertext()).strip() for t in root.findall(".//head/title"))
    _prune(body)
    main = _main_body(body)
    items = _Flow(main).run(body)
    if main is body:
        items = _without_outer_links(items)
    _Writer(builder, furniture, title).write(items)


def _without_outer_links(items: list[_Item]) -> list[_Item]:
    """The items of a page in which no part stands out as its body, without the links above and below its text."""
    running = [k for k, i in enumerate(items) if i.drafts or (i.link_share <= 0.5 and RUNNING_TEXT.search(i.line.text))]
    first, last = (running[0], running[-1]) if running else (0, len(items))
    return [i for k, i in enumerate(items) if first <= k <= last or i.link_share <= 0.5]


def _prune(body: HtmlElement) -> None:
    """Takes out what a browser does not print."""
    hidden = [
        el
        for el in body.iter()
        if el is not body
        and (
            not isinstance(el.tag, str)
            or el.tag in NEVER_PRINTED
            or el.get("hidden") is not None
            or ((css := el.get("style")) and HIDDEN_STYLE.search(css))
        )
    ]
    for el in hidden:
        if el.getparent() is not None:
            el.drop_tree()


def _main_body(body: HtmlElement) -> HtmlElement:
    """The deepest container with most of the running text; the page's body where no part of it stands out."""
    totals: dict[HtmlElement, float] = {}
    elements = list(body.iter())
    linked: set[HtmlElement] = set()
    for el in elements:
        if el.tag == "a" or el.getparent() in linked:
            linked.add(el)
        own = 0.0 if el in linked else _weight(el.text)
        totals[el] = own + sum(_weight(child.tail) for child in el)
    for el in reversed(elements):
        parent = el.getparent()
        if el is not body and parent is not None:
            totals[parent] += totals[el]
    main = body
    enough = MAIN_SHARE * totals[body]
    while True:
        inner = next((c for c in main if c.tag in CONTAINERS and totals[c] >= enough), None)
        if inner is None or totals[inner] == 0 or (inner.tag == "table" and is_data_table(inner)):
            return main
        main = inner


def _weight(text: str | None) -> float:
    if not text:
        return 0.0
    length = len(text) - len(BLANKS.findall(text))
    return length if RUNNING_TEXT.search(text) else SHORT_WEIGHT * length


def _rows(table: HtmlElement) -> list[HtmlElement]:
    """The table's own rows, those of tables inside it left out; head first, foot last."""
    rows = [tr for tr in table.iter("tr") if next(tr.iterancestors("table")) is table]
    groups = {"thead": 0, "tfoot": 2}
    return sorted(rows, key=lambda tr: groups.get(str(getattr(tr.getparent(), "tag", "")), 1))


def _cells(row: HtmlElement) -> list[HtmlElement]:
    return [c for c in row if c.tag in ("td", "th")]


def is_data_table(table: HtmlElement) -> bool:
    """True for a table of rows and columns, false for one that lays out a page."""
    rows = _rows(table)
    columns = max((len(_cells(r)) for r in rows), default=0)
    if len(rows) < 2 or columns < 2:
        return False
    if any("".join(inner.itertext()).strip() for inner in table.iter("table") if inner is not table):
        return False
    lengths = [len("".join(c.itertext()).strip()) for r in rows for c in _cells(r)]
    return max(lengths) < LAYOUT_CELL or max(lengths) < 0.6 * sum(lengths)


class _Flow:
    """Goes through an element in print order; not by recursion, since pages nest as deep as they like."""

    def __init__(self, main: HtmlElement | None, *, tables: bool = True) -> None:
        self.main = main
        self.tables = tables
        self.items: list[_Item] = []
        self._segments: list[tuple[str, _Style]] = []
        self._block = _Style()
        self._label = ""
        self._counters: list[int] = []

    def run(self, top: HtmlElement) -> list[_Item]:
        """The lines and tables of ``top`` in order."""
        from lxml import etree

        styles = [_Style()]
        walk = etree.iterwalk(top, events=("start", "end"))
        for event, el in walk:
            if event == "start":
                style = self._style(el, styles[-1])
                if self.tables and el.tag == "table" and el is not top and is_data_table(el):
                    self._flush()
                    self._table(el, style)
                    walk.skip_subtree()
                    styles.append(style)
                    continue
                if el.tag in BLOCKS:
                    self._flush()
                    self._block = style
                self._open_list(el)
                if el.tag == "br":
                    self._flush(style)
                styles.append(style)
                self._text(el.text, style)
            else:
                styles.pop()
                if el.tag in BLOCKS:
                    self._flush()
                    self._block = styles[-1]
                if el.tag == "ol" and self._counters:
                    self._counters.pop()
                if el is not top:
                    self._text(el.tail, styles[-1])
        self._flush()
        return self.items

    def _style(self, el: HtmlElement, above: _Style) -> _Style:
        tag, css = str(el.tag), el.get("style") or ""
        if tag not in STYLED_TAGS and el is not self.main and not el.attrib:
            return above
        weight = BOLD_STYLE.search(css) if css else None
        bold = above.bold or tag in BOLD_TAGS
        if weight:
            bold = weight["weight"].lower() not in ("normal", "100", "200", "300", "400", "500")
        align = ALIGN_STYLE.search(css) if css else None
        where = (align["where"] if align else el.get("align") or "").lower()
        centred = where == "center" if where else above.centred or tag == "center"
        named = f"{el.get('class') or ''} {el.get('id') or ''}"
        return _Style(
            bold=bold,
            centred=centred,
            link=above.link or tag == "a",
            pre=above.pre or tag == "pre",
            navigation=above.navigation or tag in NAVIGATION,
            main=above.main or el is self.main,
            titled=above.titled or (named != " " and bool(TITLE_CLASS.search(named))),
            heading=HEADINGS.get(tag, above.heading),
        )

    def _open_list(self, el: HtmlElement) -> None:
        """Browsers print the numbers of an ordered list; the file does not hold them."""
        if el.tag == "ol":
            start = el.get("start") or "1"
            self._counters.append(int(start) if re.fullmatch(r"-?\d{1,6}", start) else 1)
        elif el.tag == "li" and self._counters:
            parent = el.getparent()
            if parent is None or parent.tag != "ol":
                return
            value = el.get("value") or ""
            if re.fullmatch(r"-?\d{1,6}", value):
                self._counters[-1] = int(value)
            unlabelled = NO_LIST_LABEL.search(f"{parent.get('style') or ''};{el.get('style') or ''}")
            if not unlabelled and not OWN_LABEL.match("".join(el.itertext())):
                self._label = _list_label(self._counters[-1], parent.get("type") or "1")
            self._counters[-1] += 1

    def _text(self, text: str | None, style: _Style) -> None:
        if not text:
            return
        if style.pre:
            first, *rest = text.splitlines() or [""]
            self._segments.append((first, style))
            for line in rest:
                self._flush(style)
                self._segments.append((line, style))
        else:
            self._segments.append((text, style))

    def _flush(self, style: _Style | None = None) -> None:
        """Ends the line that is being gathered."""
        if not self._segments:
            return
        segments, self._segments = self._segments, []
        written = "".join([segment for segment, _ in segments])
        if not written.strip():
            return  # most elements have nothing but a line end of the file before and behind them
        text = _collapsed(written).rstrip()
        block = style or self._block
        line = Line(text)
        blanks = len(text) - len(text.lstrip())
        leading: list[str] = []
        for segment, own in segments:
            if not own.bold and segment.strip():
                break
            leading.append(segment)
        bold = _collapsed("".join(leading)).rstrip() if leading else ""
        if len(bold) > blanks and text.startswith(bold):
            line.mark("bold", blanks, len(bold))
        if self._label:
            label = Line(self._label).mark("computed")
            label.append(line, " ")
            line, self._label = label, ""
        first = segments[0][1]
        if block.centred or first.centred:
            line.mark("centred")
        if block.heading:
            line.mark("heading", value=str(block.heading))
        total = sum(len(s.strip()) for s, _ in segments)
        linked = sum(len(s.strip()) for s, own in segments if own.link)
        self.items.append(_Item(line, block, linked / total if total else 0.0))

    def _table(self, table: HtmlElement, style: _Style) -> None:
        drafts: list[CellDraft] = []
        taken: set[tuple[int, int]] = set()
        rows = _rows(table)
        for caption in table.iter("caption"):
            printed = _Flow(None, tables=False).run(caption)
            self.items += [_Item(i.line, replace(i.style, main=style.main), i.link_share) for i in printed]
        for r, row in enumerate(rows):
            column = 0
            for cell in _cells(row):
                while (r, column) in taken:
                    column += 1
                down = _span(cell.get("rowspan"), len(rows) - r)
                right = _span(cell.get("colspan"), MAX_SPAN)
                if len(taken) + down * right > MAX_TAKEN:
                    down = right = 1
                taken |= {(r + i, column + j) for i in range(down) for j in range(right)}
                lines = [item.line for item in _Flow(None, tables=False).run(cell)]
                parent = row.getparent()
                header = cell.tag == "th" or (parent is not None and parent.tag == "thead")
                drafts.append(CellDraft(r, column, lines, down, right, header))
                column += right
        mark_wrapped(drafts)
        linked = 1.0 if style.link else 0.0
        self.items.append(_Item(Line(), style, linked, drafts))


def _span(value: str | None, most: int) -> int:
    """A row or column span; 0 means up to the end."""
    if not value or not re.fullmatch(r"\s*\d{1,6}\s*", value):
        return 1
    number = int(value)
    return max(1, min(number or most, most))


def _list_label(number: int, kind: str) -> str:
    if kind in ("a", "A") and 1 <= number <= 26:
        return f"{chr(ord(kind) + number - 1)}."
    return f"{number}."


def _collapsed(text: str) -> str:
    """The text with blanks as a browser prints them; no-break and ideographic spaces stay."""
    if RUN_OF_BLANKS.search(text) is None:
        return text.lstrip(" ")
    text = BLANKS.sub(lambda m: "\n" if "\n" in m[0] else " ", text)
    return WIDE_JOIN.sub("", text).replace("\n", " ").lstrip(" ")


class _Writer:
    """Decides for each line whether it is the body, furniture that is kept, or a list of links that is not."""

    def __init__(self, builder: TextBuilder, furniture: Furniture, title: str) -> None:
        self.builder = builder
        self.furniture = furniture
        self.title = "".join(SITE_NAME.sub("", title).split())

    def write(self, items: list[_Item]) -> None:
        """Writes the items in their order."""
        first = next((k for k, i in enumerate(items) if i.style.main), 0)
        squeezed = "".join("".join(i.line.text.split()) for i in items)
        if self.title and self.title not in squeezed:
            # A page that prints no title of its own: the browser's tab shows it.
            self._furniture_line(Line(self.title))
        for k, item in enumerate(items):
            if item.drafts:
                self._table(item)
            elif item.style.main:
                if self.furniture.is_line(item.line.text):
                    self._furniture_line(item.line)
                else:
                    self.builder.line(item.line)
            elif item.link_share > 0.5 or item.style.navigation:
                continue
            elif k < first and self._belongs_above(item):
                self.builder.line(item.line)
            else:
                self._furniture_line(item.line)

    def _belongs_above(self, item: _Item) -> bool:
        """A title or document number that the page sets outside its body."""
        text = "".join(item.line.text.split())
        if self.furniture.is_line(text):
            return False
        headed = bool(item.style.heading) or item.style.titled
        return bool(headed or DOCUMENT_NUMBER.search(text) or (self.title and len(text) > 5 and text in self.title))

    def _furniture_line(self, line: Line) -> None:
        self.builder.line(line.mark("furniture"))

    def _table(self, item: _Item) -> None:
        start = self.builder.length
        metadata = self.furniture.labels(item.drafts) >= 2
        if not item.style.main and not metadata and (item.link_share > 0.5 or item.style.navigation):
            return
        self.builder.table(item.drafts)
        if metadata or not item.style.main:
            self.builder.mark("furniture", start, self.builder.length)
