"""What a notice says that changes an earlier one (延期、更正的说法): the old words, the new ones, and those that say where.

Read from tables of corrections, and clause by clause from match text: ``将…完成时限由6月底前延长至9月底``, ``“甲”更正为“乙”``, ``第三条修改为：“…”``, ``顺延3个月``. Which
task of which plan is meant, and whether the words are there at all, is for whoever holds that plan to say.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

import regex

from extractor.calendar import TimeExpression
from extractor.calendar import find as find_times
from extractor.extractors import amendment_tables
from extractor.extractors.amendment_tables import Columns, TableChange
from extractor.lexicon import Lexicon
from extractor.model import Span
from extractor.segment import labels

AmendmentKind = Literal["date", "length", "words", "whole", "unit", "cancel", "cut"]
Direction = Literal["later", "earlier", "other"]

_LONGEST_CLAUSE = 600  # code points; a run without any full stop is no sentence that amends
_LONGEST_HEADING = 40
_NEAR = 3  # code points between the verb and its date: 延长至“2024年9月底”
_CUE_REACH = 6  # code points before an old date in which 由, 原定 or a quotation mark stands


@dataclass(frozen=True, slots=True)
class AmendmentWord:
    """A row of ``amendment_words.csv``: a verb of changing; kind is later, earlier or other, or cancel."""

    word: str
    kind: Direction | Literal["cancel"]
    source: str


@dataclass(frozen=True, slots=True)
class Amendment:
    """One change: a ``date`` for another, a date put off by a ``length``, ``words`` for words, a ``whole`` item anew,
    another ``unit`` in a role that stands before it or follows, a ``cancel`` of an item or a ``cut`` of its words, whose ``new`` is
    the verb.

    ``clause`` is the sentence that says so, ``place`` what else stands in it up to the new words, ``heading`` what it
    stands under; ``old`` is missing where the notice names only the new (spans of the match text).
    """

    kind: AmendmentKind
    direction: Direction
    clause: Span
    place: tuple[Span, ...]
    heading: Span | None
    new: Span
    old: Span | None = None


@dataclass(frozen=True, slots=True)
class _Patterns:
    any: regex.Pattern[str]
    verb: regex.Pattern[str]
    kinds: dict[str, Direction]
    quoted: regex.Pattern[str]
    whole: regex.Pattern[str]
    plain: regex.Pattern[str]
    unit: regex.Pattern[str]
    instead: regex.Pattern[str]
    cancel: regex.Pattern[str]
    columns: Columns


# （完成）时限, 截止日期: what is put off
_TIME_NOUN = regex.compile(r"时限|期限|限期|时间|日期|节点|截止|有效期|试行期|工期")
# 原定6月底, 由6月底, 将“6月底前”
_OLD_CUE = regex.compile(r"由|从|自|原|“|将|：")
# 原文：…… / 更正为：…… on lines of their own, or one after the other
_BESIDE = regex.compile(
    r"""
    (?:原文|原句|原表述|更正前|修改前|调整前|误)[：:][ ]?“?(?P<old>[^\n“”：。；]{2,120})”?[。；，]?[ ]*\n?[ ]*
    (?:现?(?:更正|修改|调整|改)(?:为|后)|应为|正)[：:][ ]?“?(?P<new>[^\n“”：。；]{2,120})”?
    """,
    regex.VERBOSE,
)
# the parts of a clause, by its commas; a quotation is not parted
_PART = regex.compile(r"(?:“[^“”]*”|[^，；。“”])+")
_SHORTEST_NAMED = 3  # code points: 原第
# 删去第三条中的“……”: words of an item, not the item
_WORDS_ONLY = regex.compile(
    r"(?:中|内|里)的?“(?P<old>[^“”]+)”|“(?P<old>[^“”]+)”(?:字样|等?表述|一句|一词|等?内容|几个字|等字)"
)
# 顺延15日, 延长整改期限10个工作日: a length though it is called no time
_LENGTH = regex.compile(
    r"""
    (?:[^，。；：“”\n至到]{0,4}(?:期限|时限|时间|工期))?
    (?P<length>(?:\d{1,3}|[一二两三四五六七八九十百半]{1,4})个?(?:工作日|半月|日|天|周|星期|季度|月|年))
    (?![前底中份])
    """,
    regex.VERBOSE,
)
_CLAUSE = regex.compile(r"(?:“[^“”]*”|[^。；\n“”]|[“”])+[。；]?")


def _patterns(lexicon: Lexicon) -> _Patterns:
    rows = lexicon.rows("amendment_words", AmendmentWord)
    kinds: dict[str, Direction] = {row.word: row.kind for row in rows if row.kind != "cancel"}
    gone = "|".join(regex.escape(row.word) for row in rows if row.kind == "cancel")
    every = "|".join(sorted(map(regex.escape, kinds), key=len, reverse=True))
    become = rf"(?:(?:{every})(?:为|成)|应(?:当)?(?:改)?为|应是)"
    grow = "增加|提高|提升|降低|减少|下调|上调"
    return _Patterns(
        any=regex.compile(rf"{every}|{grow}|应|{gone}"),
        # 延长至 / 调整到 / 推迟3个月
        verb=regex.compile(rf"(?P<verb>{every})(?:了)?(?P<to>至|到|为|成)?"),
        kinds=kinds,
        # “A”更正为“B” / 误为“A”，应为“B”
        quoted=regex.compile(
            rf"“(?P<old>[^“”\n]{{1,200}})”(?P<between>[^“”。；\n]{{0,15}}?){become}[：:，]?[ ]?“(?P<new>[^“”\n]{{1,300}})”"
        ),
        # 第三条修改为：“……” / 第三条修改为：……
        whole=regex.compile(rf"{become}[：:][ ]?\n?(?:“(?P<new>[^“”]{{1,400}})”|(?P<new>[^“”\n]{{4,400}}))"),
        # 由县水务局调整为县水利局
        plain=regex.compile(
            rf"由(?P<old>[^，。；：“”\n]{{1,40}}?)(?:{every}|{grow})(?:至|到|为|成)(?P<new>[^，。；“”（）\n]{{1,40}})"
        ),
        # 牵头单位调整为县水利局
        unit=regex.compile(
            rf"(?P<role>(?:牵头|责任|主责|配合|督导)单位)(?:{every})(?:为|成)(?P<new>[^，。；：“”（）\n]{{2,30}})"
        ),
        # 改由县水利局牵头
        instead=regex.compile(r"改由(?P<new>[^，。；：“”（）\n]{2,30}?)(?:牵头|负责|承担|组织实施|具体实施|落实)"),
        cancel=regex.compile(gone),
        columns=Columns.of_verbs(every),
    )


def find(match: str, lexicon: Lexicon, pos: int = 0, endpos: int | None = None) -> Iterator[Amendment]:
    """The amendments that the match text ``match`` states between ``pos`` and ``endpos``, in order."""
    patterns = lexicon.derived("extractors.amendments", _patterns)
    end = len(match) if endpos is None else endpos
    beside: list[Span] = []
    for change in amendment_tables.find(match, patterns.columns, pos, end):
        beside.append(change.row)
        yield _of_row(match, change, lexicon)
    for found in _BESIDE.finditer(match, pos, end):
        whole = Span(*found.span())
        beside.append(whole)
        clause = _body(match, Span(match.rfind("\n", 0, whole.start) + 1, whole.end))
        place = (Span(clause.start, whole.start),) if clause.start < whole.start else ()
        old, new = Span(*found.span("old")), Span(*found.span("new"))
        yield Amendment("words", "other", clause, place, _heading(match, clause, patterns), new, old)
    for found in _CLAUSE.finditer(match, pos, end):
        clause = _body(match, Span(*found.span()))
        if clause.length <= _LONGEST_CLAUSE and not any(clause.meets(span) for span in beside):
            yield from _in_clause(match, clause, patterns, lexicon)


def _of_row(match: str, change: TableChange, lexicon: Lexicon) -> Amendment:
    """A change in a table: of a date where its columns are named so and each cell names one."""
    dates = [find_times(match, cell.start, cell.end, lexicon=lexicon) for cell in (change.old, change.new)]
    if change.of_time and all(len(times) == 1 and times[0].kind != "within" for times in dates):
        (was,), (now,) = dates
        return Amendment("date", "other", change.row, change.place, None, now.core, was.core)
    return Amendment("words", "other", change.row, change.place, None, change.new, change.old)


def _body(match: str, clause: Span) -> Span:
    """The clause without its own number: 一、将… -> 将…"""
    start = clause.start
    while match[start : start + 1].isspace() and start < clause.end:
        start += 1
    label = labels.read(match, start, clause.end)
    number_of_another = label is not None and label.kind in ("part", "chapter", "section", "article")
    return Span(label.span.end if label is not None and not number_of_another else start, clause.end)


def _heading(match: str, clause: Span, patterns: _Patterns) -> Span | None:
    """What the clause stands under: the beginning of its line, else a short line above it; nothing that amends itself."""
    heading = _above(match, clause)
    return None if heading is None or patterns.any.search(match, heading.start, heading.end) else heading


def _above(match: str, clause: Span) -> Span | None:
    start = match.rfind("\n", 0, clause.start) + 1
    if match[start : clause.start].strip():
        label = labels.read(match, start, clause.start)
        start = label.span.end if label is not None else start
        return Span(start, clause.start) if 0 < clause.start - start <= _LONGEST_HEADING else None
    above = Span(match.rfind("\n", 0, max(start - 1, 0)) + 1, max(start - 1, 0))
    label = labels.read(match, above.start, above.end)
    says = label is not None and above.length <= _LONGEST_HEADING and match[above.end - 1] not in "。；，”"
    return Span(label.span.end, above.end) if label is not None and says else None


@dataclass
class _Clause:
    """A clause and the amendments found in it so far."""

    match: str
    span: Span
    heading: Span | None
    found: list[Amendment] = field(default_factory=list)

    def add(self, kind: AmendmentKind, direction: Direction, verb: int, new: Span, old: Span | None) -> None:
        """Notes an amendment, unless one says so already; ``verb`` is where what leads to the new words begins."""
        words = Span(old.start if old is not None else verb, new.end)
        if not any(words.meets(self._words(a)) for a in self.found):
            self.found.append(Amendment(kind, direction, self.span, self._place(verb, old), self.heading, new, old))

    @staticmethod
    def _words(amendment: Amendment) -> Span:
        return Span((amendment.old or amendment.new).start, amendment.new.end)

    def _place(self, end: int, old: Span | None) -> tuple[Span, ...]:
        """The clause before ``end`` without the words that are replaced, here and by the amendments before."""
        gone = [self._words(a) for a in self.found] + ([old] if old is not None else [])
        out: list[Span] = []
        at = self.span.start
        for span in sorted(gone):
            if at < min(span.start, end):
                out.append(Span(at, min(span.start, end)))
            at = max(at, span.end)
        if at < end:
            out.append(Span(at, end))
        return tuple(out)


def _in_clause(match: str, span: Span, patterns: _Patterns, lexicon: Lexicon) -> Sequence[Amendment]:
    if patterns.any.search(match, span.start, span.end) is None:
        return ()
    clause = _Clause(match, span, _heading(match, span, patterns))
    for found in patterns.quoted.finditer(match, span.start, span.end):
        clause.add("words", "other", found.start(), Span(*found.span("new")), Span(*found.span("old")))
    for found in patterns.whole.finditer(match, span.start, span.end):
        if "“" not in match[span.start : found.start()]:
            clause.add("whole", "other", found.start(), Span(*found.span("new")), None)
    _dated(clause, patterns, find_times(match, span.start, span.end, lexicon=lexicon))
    for found in patterns.plain.finditer(match, span.start, span.end):
        clause.add("words", "other", found.start(), Span(*found.span("new")), Span(*found.span("old")))
    for found in patterns.unit.finditer(match, span.start, span.end):
        clause.add("unit", "other", found.end("role"), Span(*found.span("new")), None)
    for found in patterns.instead.finditer(match, span.start, span.end):
        clause.add("unit", "other", found.start(), Span(*found.span("new")), None)
    if not clause.found:
        _cancelled(clause, patterns)
    return sorted(clause.found, key=lambda amendment: amendment.new.start)


def _cancelled(clause: _Clause, patterns: _Patterns) -> None:
    """取消第三条第二项 / 第（三）项不再执行: what is cancelled stands beside the verb; 删去“……”字样 cancels no item."""
    match = clause.match
    for part in _PART.finditer(match, clause.span.start, clause.span.end):
        verb = patterns.cancel.search(match, *part.span())
        if verb is None:
            continue
        sides = [Span(part.start(), verb.start()), Span(verb.end(), part.end())]
        if sum(side.length for side in sides) < _SHORTEST_NAMED:  # 第（三）项，不再执行
            sides[0] = Span(clause.span.start, verb.start())
        words = next(filter(None, (_WORDS_ONLY.search(match, side.start, side.end) for side in sides)), None)
        old = Span(*words.span("old")) if words is not None else None
        place = tuple(side for side in sides if side.length)
        kind: AmendmentKind = "cancel" if old is None else "cut"
        clause.found.append(Amendment(kind, "other", clause.span, place, clause.heading, Span(*verb.span()), old))


def _dated(clause: _Clause, patterns: _Patterns, times: Sequence[TimeExpression]) -> None:
    match, start = clause.match, clause.span.start
    for found in patterns.verb.finditer(match, clause.span.start, clause.span.end):
        direction = patterns.kinds[found["verb"]]
        end = found.end()
        if found.start() < start:
            continue
        if direction != "other" and found["verb"] != "延" and found["to"] is None:
            length = _LENGTH.match(match, end, clause.span.end)
            if length is not None:
                old = _old_date(match, start, found.start(), times)
                new = Span(*length.span("length"))
                clause.add("length", direction, found.start(), new, old.core if old is not None else None)
                start = new.end
            continue
        date = next((t for t in times if end - 1 <= t.core.start <= end + _NEAR and t.core.end > end), None)
        if date is None or date.kind == "within" or found["to"] is None:
            continue
        old = _old_date(match, start, found.start(), times)
        if old is None and direction == "other" and _TIME_NOUN.search(match, start, found.start()) is None:
            continue
        clause.add("date", direction, found.start(), date.core, old.core if old is not None else None)
        start = date.span.end


def _old_date(match: str, start: int, end: int, times: Sequence[TimeExpression]) -> TimeExpression | None:
    """The date that is replaced: the last one before the verb, where a word says that it held until now."""
    for time in reversed(times):
        if start <= time.span.start and time.core.end <= end and time.kind != "within":
            last = time.end or time.start
            exact = (last is not None and last.precision != "year") or time.kind == "recurring"
            if exact and _OLD_CUE.search(match, max(start, time.core.start - _CUE_REACH), time.core.start):
                return time
    return None
