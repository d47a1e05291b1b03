"""The tree of a plan (层次): headings, items, paragraphs and table rows, nested by their numbering.

A labelled line is a node whose rank its label's kind gives; a paragraph belongs to the node that stands open before it.
Web copies that lost their line ends carry the labels inside the lines: where such labels make up the document's
numbering, the lines are cut before them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, zip_longest

import regex

from extractor.lexicon import Lexicon
from extractor.model import Node, NodeKind, Span, Table
from extractor.records import record, replace
from extractor.segment import labels
from extractor.segment.labels import Label
from extractor.segment.lines import Line, trim, trimmed
from extractor.segment.sentences import first_sentence, sentences
from extractor.text import CleanText, TaskTable

# Headings that a file declares, without a number, stand outside all numbering; bold lines inside all but bullets.
_DECLARED_RANK = -20
_BOLD_RANK = 8
_ASKED_RANK = -10  # a question of a page of questions and answers

_END_MARK = re.compile(r"[。；！？]")
_LEAD_LIMIT = 30
_HEADING_LIMIT = 60
_COMMA = re.compile(r"[，,]")
_NO_LEAD = regex.compile(r"[，。：；、（《“\dA-Za-z]")
_RUNS_ON = regex.compile(r"[\u4e00-\u9fff“]")
# A lead that announces a list is no heading: "具体措施如下：", "主要包括："
_ANNOUNCES = regex.compile(r"(?:如下|以下|包括|分别为|主要是|为|是|有|即|指出|强调|认为)$")
_ORDERS = regex.compile(r"(?<![申邀聘提])请(?!示|求)|要|应当|应(?=[^急用])|须|必须|负责|不得|严禁")


@dataclass(frozen=True)
class HeadingWord:
    """A row of ``headings.csv``: what a section with this heading is for."""

    word: str
    kind: str
    source: str


@record(frozen=True, slots=True)
class Segment:
    """A line, or the part of it that one label opens."""

    span: Span
    line: Line
    label: Label | None = None


@dataclass(slots=True)
class _Open:
    """A node that is still being filled."""

    kind: NodeKind
    rank: int
    start: int
    end: int
    label: str = ""
    heading: Span | None = None
    paragraphs: list[Span] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)
    table: int | None = None
    row: int | None = None


def segments(match: str, lines: Sequence[Line], title: Span | None = None) -> list[Segment]:
    """The lines of a plan, cut before the labels that stand inside them where the copy lost its line ends.

    A ``title`` that opens a line is left out of it.
    """
    plain = []
    for line in lines:
        span = line.span
        inside = title is not None and span.start <= title.start and title.end < span.end and span.holds(title)
        if inside and title is not None and "。" not in match[span.start : title.start]:
            span = trim(match, Span(title.end, span.end))
        plain.append(_segment(match, span, line))
    inner = _inner_labels(match, plain)
    places = _inside_series(plain, inner)
    if not _is_flat(plain, places):
        found = (cut(match, plain, inner) for cut in (_behind_spaces, _behind_headings, _behind_brackets))
        places = sorted({label for labels_found in found for label in labels_found}, key=_start)
    if not places:
        return plain
    out: list[Segment] = []
    for segment in plain:
        start = segment.span.start
        for label in [p for p in places if segment.span.start < p.span.start < segment.span.end]:
            out.append(_segment(match, trim(match, Span(start, label.span.start)), segment.line))
            start = label.span.start
        cut = start > segment.span.start
        out.append(_segment(match, Span(start, segment.span.end), segment.line) if cut else segment)
    return out


def _start(label: Label) -> int:
    return label.span.start


def _segment(match: str, span: Span, line: Line) -> Segment:
    label = labels.read(match, span.start, span.end) if line.table is None else None
    return Segment(span, line, label)


def _inner_labels(match: str, plain: Sequence[Segment]) -> list[list[Label]]:
    """The labels that could open an item inside each of the lines of a plan."""
    places = labels.places_inside(match, plain[0].span.start, plain[-1].span.end) if plain else []
    places.append(len(match))  # behind all lines
    out: list[list[Label]] = []
    k = 0
    for segment in plain:
        start, end = segment.span.start, segment.span.end
        while places[k] <= start:
            k += 1
        first = k
        while places[k] < end:
            k += 1
        own = first < k and segment.line.table is None
        out.append(labels.inside(match, places[first:k], end) if own else [])
    return out


def _inside_series(plain: Iterable[Segment], inner: Iterable[Sequence[Label]]) -> list[Label]:
    """Labels inside lines that go on with the numbering: the next number of their kind, or the first of a new series."""
    last: dict[int, int] = {}
    out: list[Label] = []

    def take(label: Label) -> None:
        if last and max(last) > label.rank:
            for rank in [r for r in last if r > label.rank]:
                del last[rank]
        last[label.rank] = label.number

    for segment, inside in zip(plain, inner, strict=True):
        if segment.label:
            take(segment.label)
        for label in inside:
            goes_on = label.number == last.get(label.rank, 0) + 1
            if goes_on and (not segment.label or label.span.start > segment.label.span.end):
                take(label)
                out.append(label)
    return out


def _is_flat(plain: Sequence[Segment], places: Sequence[Label]) -> bool:
    """True where most of the numbering stands inside lines: the copy has lost its line ends."""
    at_starts = len([s for s in plain if s.label and s.label.kind != "bullet"])
    outer = len([p for p in places if p.kind in ("chinese", "bracketed")])
    enough = _FEW_LABELS if len(plain) <= _ONE_LINE and not at_starts else _SEVERAL
    return len(places) >= enough and outer >= 2 and len(places) > at_starts


_ONE_LINE = 2  # lines of a plan that a copy ran together, at the most
_FEW_LABELS = 2


def _behind_spaces(match: str, plain: Sequence[Segment], inner: Iterable[Sequence[Label]]) -> list[Label]:
    """Labels of a copy that lost some of its line ends: a space parts each from what stands before it in its line.

    ``2、严明纪律。…… 3、注重宣传。……`` goes on with the line's own number; ``三、重点工作 （一）修订村规民约。…… （二）……``
    begins a series behind a heading.
    """
    out: list[Label] = []
    for segment, inside in zip(plain, inner, strict=True):
        if not inside or segment.label is None or segment.label.kind == "bullet":
            continue
        last = segment.label
        cuts: list[Label] = []
        for label in inside:
            if label.span.start < last.span.end or match[label.span.start - 1] != " ":
                continue
            known = [x for x in (segment.label, *cuts) if x.rank == label.rank]
            goes_on = bool(known) and label.number == known[-1].number + 1
            begins = not known and label.number == 1 and label.rank > last.rank
            if goes_on or (begins and _BARE_HEADING.fullmatch(match, last.span.end, label.span.start)):
                cuts.append(label)
                last = label
        if any(cut.number > 1 for cut in cuts):
            out += cuts
    return out


def _behind_headings(match: str, plain: Sequence[Segment], inner: Iterable[Sequence[Label]]) -> list[Label]:
    """Labels of items that a line carries whole behind its heading: （一）严防火灾。1.排查厂房。2.清理通道。"""
    out: list[Label] = []
    for segment, inside in zip(plain, inner, strict=True):
        if segment.label is None or segment.label.kind not in ("chinese", "bracketed"):
            continue
        cuts: list[Label] = []
        for label in inside:
            if not cuts:
                begins = label.number == 1 and label.rank > segment.label.rank and label.kind in _NUMBERED_KINDS
                if begins and _BARE_HEADING.fullmatch(match, segment.label.span.end, label.span.start):
                    cuts.append(label)
            elif (
                label.rank == cuts[0].rank
                and label.number == cuts[-1].number + 1
                and match[label.span.start - 1] == "。"
            ):
                cuts.append(label)
        if len(cuts) > 1:
            out += cuts
    return out


def _behind_brackets(match: str, plain: Sequence[Segment], inner: Iterable[Sequence[Label]]) -> list[Label]:
    """Labels that go on with a line's own number behind the closed bracket of its item: （二）……。（县统计局负责）（三）……"""
    out: list[Label] = []
    for segment, inside in zip(plain, inner, strict=True):
        last = segment.label
        if not inside or last is None or last.kind not in _NUMBERED_KINDS:
            continue
        for label in inside:
            start = label.span.start
            if label.rank == last.rank and label.number == last.number + 1 and match[start - 1] in "）〕":
                opened = max(match.rfind("（", last.span.end, start - 1), match.rfind("〔", last.span.end, start - 1))
                if match[opened - 1] in "。；" and opened > last.span.end:
                    out.append(label)
                    last = label
    return out


# 重点工作: the words between a heading's label and the first label below it
_BARE_HEADING = regex.compile(r"[^。；，：！？（）]{2,20}[：。]?[ ]*")


def build(
    clean: CleanText, span: Span, parts: Iterable[Segment], tables: Sequence[TaskTable], lexicon: Lexicon
) -> Node:
    """The tree over ``parts``; task tables become nodes of rows, other tables keep their lines as paragraphs."""
    names = lexicon.derived("segment.section_names", _section_names)
    by_index = {t.index: t for t in tables}
    stack = [_Open("plan", -100, span.start, span.end)]
    seen_tables: set[int] = set()

    reached = span.start  # where the last part ends that was put in its place: so far goes what is open

    def close_to(rank: int) -> None:
        while len(stack) > 1 and stack[-1].rank >= rank:
            _close(clean.match, stack, reached)

    listed = _with_chapters(list(parts))
    unnumbered = {**_named_sections(clean.match, listed, names), **_unnumbered_headings(clean.match, listed)}
    resolved = _of_the_meeting(clean.match, listed)
    for number, (part, following) in enumerate(zip_longest(listed, listed[1:])):
        index = part.line.table
        captioned = following is not None and following.line.table is not None and index is None
        if captioned and _CAPTION.fullmatch(clean.match, part.span.start, part.span.end):
            continue
        if index is not None and index in by_index:
            if index not in seen_tables:
                seen_tables.add(index)
                while stack[-1].kind == "item":
                    _close(clean.match, stack, reached)  # a table of tasks is no part of the item before it
                stack[-1].children.append(by_index[index].node)
                reached = max(reached, by_index[index].node.span.end)
            continue
        if index is not None and _is_grid(clean.tables[index]):
            if index not in seen_tables:
                seen_tables.add(index)
                table = clean.tables[index]
                stack[-1].children.append(Node("table", 50, table.span, table=index))
                reached = max(reached, table.span.end)
            continue
        if number in resolved:
            close_to(_DECLARED_RANK)
        rank = unnumbered.get(number)
        opened = (
            _opens(clean.match, part, following, names)
            if rank is None
            else _plain_heading(clean.match, part.span, rank)
        )
        if opened is None and clean.match[part.span.start] in "专【":
            opened = _box(clean.match, part.span, stack[-1])
        if opened:
            close_to(opened.rank)
            stack.append(opened)
        elif stack[-1].kind == "plan":
            stack[-1].children.append(_paragraph(clean.match, part.span))
        else:
            stack[-1].paragraphs.append(part.span)
        reached = max(reached, part.span.end)
    while len(stack) > 1:
        _close(clean.match, stack, reached)
    return Node("plan", -100, span, children=_with_run_in_labels(clean.match, stack[0].children))


# 2024年度造林绿化任务分解表    附表2
_CAPTION = regex.compile(
    r"[^。；：]{2,50}(?:表|清单|一览|台账)(?:（[^（）]{1,20}）)?|附[ ]?[件表][ ]?[\d一二三四五六七八九十]{0,2}|单位：.{1,12}"
)


def _is_grid(table: Table) -> bool:
    """True for a table of short cells (figures, names); a table that only lays out running text is read as text."""
    lengths = sorted(c.span.length for c in table.cells)
    return table.columns > 1 and bool(lengths) and lengths[len(lengths) // 2] <= 60


def _paragraph(match: str, span: Span) -> Node:
    return Node("paragraph", 100, span, sentences=tuple(sentences(match, span)), paragraphs=(span,))


# 背景    保障措施    监察及检讨: a line of a few words without a mark
_WORDS_ONLY = re.compile(r"[\u4e00-\u9fff“”]{2,16}(?:[、和与及][\u4e00-\u9fff“”]{2,10})?")
_NUMBERED_KINDS = frozenset(("chinese", "bracketed", "number", "numbered"))


def _unnumbered_headings(match: str, parts: Sequence[Segment]) -> dict[int, int]:
    """Which segments are headings that carry no number between numbered paragraphs, with the rank of each.

    Where the numbering begins anew behind such a line (重点任务 1. 2. 保障措施 1. 2.) one is enough; where it runs on
    (目的 1. 背景 2. 3. 推行目标 4.) there must be several.
    """
    bare = {  # most plans have none, and nothing more is asked of them
        k: following.label
        for k, (part, following) in enumerate(pairwise(parts))
        if part.label is None
        and following.label is not None
        and following.label.kind in _NUMBERED_KINDS
        and part.line.table is None
        and not part.line.heading_level
        and _WORDS_ONLY.fullmatch(match, part.span.start, part.span.end)
    }
    last: dict[int, int] = {}
    sure: dict[int, int] = {}
    doubtful: dict[int, int] = {}
    for k, part in enumerate(parts) if bare else ():
        if part.label is not None:
            for rank in [r for r in last if r > part.label.rank]:
                del last[rank]
            last[part.label.rank] = part.label.number
        elif k in bare:
            before = parts[k - 1] if k else None
            if before is not None and before.line.table is None and match[before.span.end - 1] not in "。；！？":
                continue
            label = bare[k]
            held = last.get(label.rank)
            if label.number == 1 and held is not None:
                sure[k] = label.rank - 1
            elif label.number == (held or 0) + 1:
                doubtful[k] = label.rank - 1
    return {**sure, **doubtful} if sure or len(doubtful) >= _SEVERAL else {}


def _named_sections(match: str, parts: Sequence[Segment], names: dict[str, frozenset[str]]) -> dict[int, int]:
    """Lines before all numbering or behind it that are the name of a section and no more (工作目标, 保障措施), each with
    the rank of the highest number: what such a section holds is no part of the item before it, nor are the numbered
    items part of it.
    """
    numbered = [k for k, part in enumerate(parts) if part.label is not None and part.label.kind in _NUMBERED_KINDS]
    if not numbered:
        return {}
    rank: int | None = None
    out: dict[int, int] = {}
    for k in (*range(numbered[0]), *range(numbered[-1] + 1, len(parts) - 1)):
        part, following = parts[k], parts[k + 1]
        if part.span.length > _LONGEST_SECTION_NAME or part.label is not None:
            continue
        name = match[part.span.start : part.span.end].rstrip("：")
        if name not in names.get(name[:2], ()) or part.line.table is not None or following.line.table is not None:
            continue
        if rank is None:
            rank = min(label.rank for n in numbered if (label := parts[n].label) is not None)
        out[k] = rank
    return out


_LONGEST_SECTION_NAME = 10  # characters
_SEVERAL = 3
# 会议强调，……    会议要求：……
_MEETING_SAYS = re.compile(r"会议(?:还|同时|最后|并)?(?:要求|强调|指出|认为|议定|决定|明确|号召|希望)[，：]")


def _of_the_meeting(match: str, parts: Sequence[Segment]) -> frozenset[int]:
    """The segments behind the last item of minutes in which the meeting speaks again: no part of that item.

    Where the items themselves tell what the meeting said, so does the last.
    """
    labelled = [k for k, part in enumerate(parts) if part.label is not None and part.label.kind != "bullet"]
    if not labelled:
        return frozenset()
    says = [k for k, part in enumerate(parts) if match.startswith("会议", part.span.start)]
    says = [k for k in says if _MEETING_SAYS.match(match, parts[k].span.start)]
    if any(labelled[0] < k < labelled[-1] for k in says):
        return frozenset()
    return frozenset(k for k in says if k > labelled[-1])


# 专栏1 氢源保供重点项目    【专栏二】加氢站建设计划
_BOX = re.compile(r"【?专栏[ ]?[\d一二三四五六七八九十]{0,3}】?[ ：]*[^。；]{0,40}")


def _box(match: str, span: Span, before: _Open) -> _Open | None:
    """The heading of a box (专栏) of projects or figures: it stands beside the item before it, whose text is closed."""
    if before.kind == "plan" or not _BOX.fullmatch(match, span.start, span.end):
        return None
    rank = before.rank + 1 if before.kind == "heading" and not before.paragraphs else before.rank
    return _Open("heading", rank, span.start, span.end, "", span)


def _with_chapters(parts: list[Segment]) -> list[Segment]:
    """``parts`` with 一、 above 第一条 where it heads articles that are counted on across it: 一、总则 第一条 二、职责 第三条."""
    articles = [k for k, part in enumerate(parts) if part.label is not None and part.label.kind == "article"]
    if not articles:
        return parts
    held = 0
    heads: dict[int, Label] = {}
    for k in articles:
        number, above = (parts[k].label, parts[k - 1].label if k else None)
        if number is None or number.number != held + 1:
            return parts
        held = number.number
        if above is not None and above.kind == "chinese":
            heads[k - 1] = above
    if len(heads) < 2 or articles[0] - 1 not in heads:
        return parts
    chapter = labels.RANKS["chapter"]
    return [
        replace(part, label=replace(heads[k], rank=chapter)) if k in heads else part for k, part in enumerate(parts)
    ]


def _plain_heading(match: str, span: Span, rank: int) -> _Open:
    return _Open("heading", rank, span.start, span.end, "", _without_colon(match, span))


def _opens(match: str, part: Segment, following: Segment | None, names: dict[str, frozenset[str]]) -> _Open | None:
    """The node that a segment opens, or nothing for a plain paragraph."""
    span = part.span
    if part.label:
        body = trim(match, Span(part.label.span.end, span.end))
        label = match[part.label.span.start : part.label.span.end].strip()
        numbered = (
            _QUESTION.fullmatch(match, body.start, body.end) if match[body.start : body.start + 1] in "问Q" else None
        )
        if numbered:
            return _Open("heading", part.label.rank, span.start, span.end, label, Span(*numbered.span("asked")))
        heading, run_in = _bracketed(match, body) if part.label.kind == "article" else (None, False)
        if heading is None:
            named = _lost_break(match, body, names)
            heading, run_in = lead(match, body) if named is None else (named, True)
        kind: NodeKind = "item" if run_in else "heading"
        node = _Open(kind, part.label.rank, span.start, span.end, label, heading)
        if run_in and body.start < body.end:
            node.paragraphs.append(body)
        return node
    asked = _QUESTION.fullmatch(match, span.start, span.end) if match[span.start] in "问Q" else None
    if asked is None and match[span.end - 1] == "？" and following is not None and following.label is None:
        answered = _ANSWER.match(match, following.span.start, following.span.end)
        asked = _BARE_QUESTION.fullmatch(match, span.start, span.end) if answered else None
    if asked:
        return _Open("heading", _ASKED_RANK, span.start, span.end, "", Span(*asked.span("asked")))
    if part.line.heading_level:
        return _Open("heading", _DECLARED_RANK + part.line.heading_level, span.start, span.end, "", span)
    if part.line.bold and span.length <= _HEADING_LIMIT and not _END_MARK.search(match, span.start, span.end):
        return _Open("heading", _BOLD_RANK, span.start, span.end, "", _without_colon(match, span))
    return None


def _section_names(lexicon: Lexicon) -> dict[str, frozenset[str]]:
    """The names of sections by their first two characters: those of most items open none."""
    rows = lexicon.rows("headings", HeadingWord)
    words = [r.word for r in rows if r.kind in ("aim", "generic", "principle") and len(r.word) >= 4]
    return {opening: frozenset(w for w in words if w[:2] == opening) for opening in {w[:2] for w in words}}


# what opens a sentence behind a section's name, and no longer name (工作任务落实情况)
_OPENS_SENTENCE = regex.compile(
    r"""
      \d{1,2}月|(?:到|至)?20[\dxX×*]{2}年|[到至](?=20|今年|明年|年底) | 力争|争取|确保|坚持(?!情况)|高举 | 通过|按照|根据|围绕|紧紧|紧扣|结合|针对
    | 一[是要](?!求) | 以(?![及来下上内外]) | 为(?!期|主|了?准) | 各(?!项目标) | [全本我](?=[省市县区镇乡村街办校]) | 深入|认真|切实|严格|进一步|坚决|积极|充分|牢固|始终|成立(?!情况)
    """,
    regex.VERBOSE,
)
_LONGEST_NAME = 8
_TELLS_OF_IT = frozenset("为是：")
_ENOUGH_BEHIND = 16


def _lost_break(match: str, body: Span, names: dict[str, frozenset[str]]) -> Span | None:
    """The section's name that a copy without its line end runs into the sentence: 一、工作目标9月底前，各社区完成…"""
    known = names.get(match[body.start : body.start + 2])
    if known is None or body.end - body.start < _ENOUGH_BEHIND + 4:
        return None
    for length in range(_LONGEST_NAME, 3, -1):
        end = body.start + length
        again = match[end] == match[body.start] and match[body.start : end] == match[end : end + length]
        if again and match[end + length : end + length + 1] in _TELLS_OF_IT:
            return Span(body.start, end)  # 五、整治时间整治时间为一个月，…
        if match[body.start : end] in known and end + _ENOUGH_BEHIND <= body.end:
            return Span(body.start, end) if _OPENS_SENTENCE.match(match, end, body.end) else None
    return None


def lead(match: str, body: Span) -> tuple[Span | None, bool]:
    """The heading that opens a labelled text, and whether text of the item runs on behind it.

    A line of its own is a heading; so is a short first sentence, or a short lead before a colon or a lost line end:
    ``加强组织领导。镇级成立…``, ``總體目標：在全鎮…``, ``活动内容 根据党建…``.
    """
    start, end = body.start, body.end
    if start >= end:
        return None, False
    stop = first_sentence(match, body).end
    mark = match[stop - 1]
    ended = mark in "。；！？"
    if not ended and stop >= end:
        cut = _lead_colon(match, start, end)
        if cut is None:
            cut = _lead_space(match, start, end)
        if cut is not None:
            return Span(start, cut), True
        if end - start <= _HEADING_LIMIT or _closes_with_bracket(match, body):
            return _without_colon(match, body), False
        return None, True
    if match[start] in "为鉴由根按" and _PURPOSE.match(match, start, stop):
        return None, True  # "第八条 为推动科技创新，强化专家作用。鼓励……"
    cut = _lead_space(match, start, stop)
    if cut is None:
        cut = _lead_colon(match, start, stop)
    if cut is not None:
        return Span(start, cut), True
    closed = stop - 1 if ended else stop  # where the heading ends, if it is one
    length = closed - start
    if mark == "；" or length > _LEAD_LIMIT + 10:
        return None, True
    rest, behind = trimmed(match, stop, end)
    if rest >= behind:
        if match[start] == "请":
            return None, True  # "三、请县城管局清理占道摊贩。"
        dated = _DATED_END.search(match, start, closed)
        named = dated.start() - start if dated else length
        # （二）基本原则。    （三）信息录入（6月2日前完成）。    三、为什么要修订这个办法？
        return (Span(start, closed), False) if named <= 12 or mark == "？" else (None, True)
    if match[rest] in _BRACKET_OPENS and _BRACKETS_ONLY.fullmatch(match, rest, behind):
        return None, True  # "3.治理面源污染，化肥用量下降3%。（责任单位：镇农办）"
    commas = len(_COMMA.findall(match, start, closed))
    limit = _LEAD_LIMIT if commas <= 1 else _LEAD_LIMIT // 2 + 5 * commas
    orders = commas and length > 20 and _ORDERS.search(match, start, closed)
    return (Span(start, closed), True) if length <= limit and not orders else (None, True)


_DATED_END = re.compile(r"（[^（）]{0,12}\d[^（）]{0,16}）$")
# 问：改造分几步实施？
_QUESTION = regex.compile(
    r"(?:问(?:题)?|Q)[ ]?[一二三四五六七八九十\d]{0,2}[：:、.][ ]?(?P<asked>[^。？\n]{4,90}(?:[，。][^。？\n]{2,90})?)？"
)
_BARE_QUESTION = regex.compile(r"(?P<asked>[^。？\n]{4,90})？")
_ANSWER = re.compile(r"[答A][ ]?\d{0,2}：")
_PURPOSE = re.compile(r"(?:为了|为(?!民|何|什么|基层|企业|农)|鉴于|由于|根据|按照)[^。；：]{2,}，")
# 第四条（资金来源）专项资金……
_NAME_OF_ARTICLE = regex.compile(r"（(?P<name>[^（）《》\d]{2,14})）(?=[^，。；：]{4})")


def _bracketed(match: str, body: Span) -> tuple[Span | None, bool]:
    """The name in brackets that an article of rules opens with."""
    found = _NAME_OF_ARTICLE.match(match, body.start, body.end)
    return (Span(*found.span("name")), True) if found else (None, False)


# 德治润心（牵头单位：宣传办；配合单位：各村）
_LEAD_AND_BRACKET = regex.compile(r"[^（）。；，]{2,30}（[^（）]{2,200}）")
_BRACKET_OPENS = frozenset("（〔[")
_BRACKETS_ONLY = re.compile(r"(?:[（〔\[][^（）]*(?:（[^（）]*）[^（）]*)*[）〕\]][。；]?[ ]*)+")


def _closes_with_bracket(match: str, body: Span) -> bool:
    """True for a short heading whose bracket makes the line long."""
    return _LEAD_AND_BRACKET.fullmatch(match, body.start, body.end) is not None


def _lead_colon(match: str, start: int, end: int) -> int | None:
    """The colon that ends a short lead with text behind it."""
    colon = match.find("：", start, start + _LEAD_LIMIT + 1)
    if colon <= start or end - colon < 8:
        return None
    if _COMMA.search(match, start, colon) or _ANNOUNCES.search(match, start, colon):
        return None
    return None if any(c in "（“《" for c in match[start:colon]) else colon


def _lead_space(match: str, start: int, end: int) -> int | None:
    """The space that stands for a lost line end: a short lead without marks before it, a longer text behind."""
    space = match.find(" ", start, start + 21)
    if space - start < 2 or end - space < 15:
        return None
    lead_text = match[start:space]
    return None if _NO_LEAD.search(lead_text) else space


def _without_colon(match: str, span: Span) -> Span:
    end = span.end
    while end > span.start and match[end - 1] in "：: ":
        end -= 1
    return Span(span.start, end)


def _close(match: str, stack: list[_Open], reached: int) -> None:
    open_node = _with_heading_line(match, stack.pop(), stack[-1])
    own = [after_heading(match, p, open_node.heading) for p in open_node.paragraphs]
    node = Node(
        open_node.kind,
        open_node.rank,
        Span(open_node.start, max(open_node.end, reached)),
        open_node.label,
        open_node.heading,
        tuple([s for p in own if p.start < p.end for s in sentences(match, p)]),
        _with_run_in_labels(match, open_node.children),
        tuple(open_node.paragraphs),
    )
    stack[-1].children.append(node)


_PLAIN_SENTENCE = regex.compile(r"[^。；，：！？（）]{4,30}。")


def _with_heading_line(match: str, node: _Open, above: _Open) -> _Open:
    """An item whose first line is one short sentence over running text: the line is its heading.

    ``（一）第一阶段为社会团体自查阶段。`` / ``1997年4—6月，由社会团体……``
    """
    if node.kind != "item" or node.heading is not None or len(node.paragraphs) < 2 or node.children:
        return node
    first, second = node.paragraphs[0], node.paragraphs[1]
    runs_on = match[second.end - 1] in "。；" and match[second.start] not in "（〔【[" and second.length >= 20
    if not _PLAIN_SENTENCE.fullmatch(match, first.start, first.end) or not runs_on or _comes_back(match, second, above):
        return node
    node.kind, node.heading, node.paragraphs = "heading", Span(first.start, first.end - 1), node.paragraphs[1:]
    return node


def _comes_back(match: str, paragraph: Span, above: _Open) -> bool:
    """True where a paragraph opens with the subject of the item above: 常务会议由…组成… / 常务会议每月召开两次。"""
    opening = above.heading or (above.paragraphs[0] if above.paragraphs else None)
    return opening is not None and match.startswith(match[paragraph.start : paragraph.start + 4], opening.start)


# 洁化垃圾分类…、绿化村口…、序化无散养…    有组织建立…、有特色坚持…
_SHORTEST_SERIES = 3
_KIND_LABEL = re.compile(r"[\u4e00-\u9fff]化")
_HAVING_LABEL = re.compile(
    r"有[\u4e00-\u9fff]{2,4}?(?=建立|坚持|每|各|加强|将|把|以|因地|多|制定|开展|组织|完善|健全|落实|通过|按|对|在|定期|积极|明确|成立|配备"
    r"|建有|设有|建成|组建|深入|充分|大力|广泛|依托|利用|配齐)"
)


def _with_run_in_labels(match: str, children: Sequence[Node]) -> tuple[Node, ...]:
    """Items of one series whose short labels ran into their sentences when a copy lost its spaces, cut apart again."""
    if len(children) < _SHORTEST_SERIES:
        return tuple(children)
    items = [c for c in children if c.kind == "item" and c.label and c.paragraphs]
    if len(items) < _SHORTEST_SERIES:
        return tuple(children)
    for pattern in (_KIND_LABEL, _HAVING_LABEL):
        ends = _label_ends(match, [c.paragraphs[0] for c in items], pattern)
        if ends:
            at = {id(c): end for c, end in zip(items, ends, strict=True)}
            return tuple(_relabelled(match, c, at[id(c)]) if id(c) in at else c for c in children)
    return tuple(children)


def _label_ends(match: str, paragraphs: Sequence[Span], pattern: re.Pattern[str]) -> list[int]:
    """Where the labels end that paragraphs of one series open with; empty where they are no such series.

    A label that nothing known follows (有制度|村规民约…) is as long as the others of its series.
    """
    found = [pattern.match(match, p.start, p.end) for p in paragraphs]
    lengths = [f.end() - p.start for f, p in zip(found, paragraphs, strict=True) if f]
    opening = {match[p.start] for p in paragraphs}
    if 2 * len(lengths) <= len(paragraphs):
        return []
    if len(lengths) < len(paragraphs) and (len(opening) > 1 or len(set(lengths)) > 1):
        return []
    ends = [f.end() if f else p.start + lengths[0] for f, p in zip(found, paragraphs, strict=True)]
    names = {match[p.start : end] for p, end in zip(paragraphs, ends, strict=True)}
    run_in = all(_RUNS_ON.match(match, end) for end in ends)
    return ends if run_in and len(names) == len(paragraphs) else []


def _relabelled(match: str, node: Node, end: int) -> Node:
    heading = Span(node.paragraphs[0].start, end)
    own = [Span(end, node.paragraphs[0].end), *node.paragraphs[1:]]
    return replace(node, heading=heading, sentences=tuple(s for p in own for s in sentences(match, p)))


def after_heading(match: str, paragraph: Span, heading: Span | None) -> Span:
    """A paragraph without the heading that it opens with."""
    if heading is None or heading.start < paragraph.start or heading.end >= paragraph.end:
        return paragraph
    start, end = heading.end, paragraph.end
    while start < end and match[start] in "）。：；！？ :":
        start += 1
    return Span(start, end)
