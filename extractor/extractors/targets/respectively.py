"""A、B率分别达到x和y (分别): one target for each thing, all quoting the whole phrase."""

from __future__ import annotations

import re

from extractor.extractors.targets import phrases
from extractor.extractors.targets.clauses import Clause
from extractor.extractors.targets.place import bound_stands_before
from extractor.extractors.targets.reading import Reading
from extractor.extractors.targets.words import TargetWords
from extractor.model import Span
from extractor.numerals import Quantity
from extractor.records import replace

_RESPECTIVELY = re.compile(r"分别[^，。；、]{0,6}$")
_SECTORS = re.compile(r"[\u4e00-\u9fff]{0,4}?(?P<sectors>第?一、第?二、第?三(?:次)?产业)")  # no numbers of a list
_TIMES = re.compile(r"(?:在|于|到|至|截至|、|和|及|之?前|20\d\d年?|1?\d月|1?\d日|[上中下]旬|[底末])+")
_BETWEEN = re.compile(r"(?:以上|左右)?[、和与及，,]{1,2}")
_SHORT = 4  # characters of an item that only says which: 城镇, 小学
_HALF_WORDS = "业率区县市镇村率数量费值额员者人级"
_COUNT_OF_LEVELS = re.compile(r"(?<=[县市镇乡村组省])[两二三四五]级")  # 县城、乡镇、村三级文化设施覆盖率
_ITEM_CUT = re.compile(r"、|以及|和(?!谐|平)|与|及")


def readings(text: str, quantities: list[Quantity], index: int, clause: Clause, words: TargetWords) -> list[Reading]:
    """The targets that begin with ``quantities[index]`` where 分别 stands before it; none where the numbers and the
    things are not equally many."""
    first = quantities[index]
    word = text.rfind("分别", clause.left, first.numeral.start)
    if word < 0 or not _RESPECTIVELY.search(text, word, first.numeral.start):
        return []
    group = _group(text, quantities, index)
    sectors = _SECTORS.match(text, clause.left, word)
    noun = phrases.noun_before(text, clause.left, word, words, rate=True)
    if sectors is not None and noun is not None:
        noun = Span(sectors.start("sectors"), noun.end)
    times = _TIMES.fullmatch(text, clause.left, word) is not None
    if len(group) >= 2 and times and first.span.start - word > 2:  # 6月、9月底前分别完成30%、60%
        done, quote = Span(word + 2, first.span.start), Span(clause.left, group[-1].span.end)
        return [Reading(_like(q, first, group[-1]), (done,), quote, "targets.respectively") for q in group]
    if len(group) < 2 or noun is None or times:
        return []
    items = _items(text, noun)
    if len(items) != len(group):
        return []
    tail = _shared_tail(text, items, words)
    quote = Span(noun.start, group[-1].span.end)
    out = []
    counted = _COUNT_OF_LEVELS.search(text, items[-1].start, items[-1].end)
    last = items[-1]
    for item, quantity in zip(items, group, strict=True):
        named = words.indicator.search(text, max(item.start, item.end - 4), item.end) is not None
        parts: tuple[Span | str, ...] = (item,) if tail is None or item == last or named else (item, tail)
        head = phrases.head_of_amount(text, item, items[0].start) if item != items[0] else None
        if head is not None:
            parts = (head, item)
        if item == last and counted is not None and tail is not None:
            parts = (Span(item.start, counted.start()), tail)
        out.append(Reading(_like(quantity, first, group[-1]), parts, quote, "targets.respectively"))
    return out


def _group(text: str, quantities: list[Quantity], index: int) -> list[Quantity]:
    group = [quantities[index]]
    for later in quantities[index + 1 :]:
        if not _BETWEEN.fullmatch(text, group[-1].span.end, later.span.start):
            break
        group.append(later)
    return group


def _like(quantity: Quantity, first: Quantity, last: Quantity) -> Quantity:
    """``quantity`` with the bound and the direction that stand before the first number and hold for all."""
    change = quantity.change or first.change
    if quantity.unit == "个" and last.unit == "个百分点":  # 分别提高0.5个、0.3个百分点
        quantity = replace(quantity, unit=last.unit, kind=last.kind)
    if quantity.operator == "=" and quantity is not first and bound_stands_before(first):
        low = None if first.low is None else quantity.low
        high = None if first.high is None else quantity.high
        return replace(quantity, operator=first.operator, low=low, high=high, change=change)
    return replace(quantity, change=change)


def _items(text: str, noun: Span) -> list[Span]:
    items: list[Span] = []
    start = noun.start
    for cut in _ITEM_CUT.finditer(text, noun.start, noun.end):
        if cut.start() > start:
            items.append(Span(start, cut.start()))
        start = cut.end()
    if start < noun.end:
        items.append(Span(start, noun.end))
    return items


def _shared_tail(text: str, items: list[Span], words: TargetWords) -> Span | None:
    """居民人均可支配收入 of 城镇、农村居民人均可支配收入: what the earlier items, short and alike, share with the last."""
    item, earlier = items[-1], items[:-1]
    counted = _COUNT_OF_LEVELS.search(text, item.start, item.end)
    if counted is not None and words.indicator.search(text, counted.end(), item.end):
        return Span(counted.end(), item.end)
    lengths = {i.length for i in earlier}
    if (
        len(lengths) == 1
        and (length := lengths.pop()) <= _SHORT
        and not any(words.indicator.search(text, i.start, i.end) for i in earlier)
    ):
        kind = text[earlier[0].end - 1]  # 工业、服务业增加值: both end in 业
        at = text.find(kind, item.start, min(item.end, item.start + length + 3))
        start = at + 1 if at >= 0 else item.start + length
        rest = text[start : item.end]
        if (
            len(rest) >= 2
            and rest[0] not in _HALF_WORDS
            and (kind == "级" or words.indicator.search(text, start, item.end))
        ):
            return Span(start, item.end)
    for found in words.indicator.finditer(text, item.start, item.end):
        if found.end() == item.end and found.start() > item.start:
            return Span(*found.span())
    return None
