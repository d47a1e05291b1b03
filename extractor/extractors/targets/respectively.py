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
_BETWEEN = re.compile(r"(?:以上|左右)?[、和与及，,]{1,2}")
_ITEM_CUT = re.compile(r"、|以及|和(?!谐|平)|与|及")


def readings(text: str, quantities: list[Quantity], index: int, clause: Clause, words: TargetWords) -> list[Reading]:
    """The targets that begin with ``quantities[index]`` where 分别 stands before it; none where the numbers and the
    things are not equally many."""
    first = quantities[index]
    word = text.rfind("分别", clause.left, first.numeral.start)
    if word < 0 or not _RESPECTIVELY.search(text, word, first.numeral.start):
        return []
    group = _group(text, quantities, index)
    noun = phrases.noun_before(text, clause.left, word, words, rate=True)
    if len(group) < 2 or noun is None:
        return []
    items = _items(text, noun)
    if len(items) != len(group):
        return []
    tail = _shared_tail(text, items[-1], words)
    quote = Span(noun.start, group[-1].span.end)
    out = []
    for item, quantity in zip(items, group, strict=True):
        named = words.indicator.search(text, max(item.start, item.end - 4), item.end) is not None
        parts: tuple[Span | str, ...] = (item,) if tail is None or item == items[-1] or named else (item, tail)
        out.append(Reading(_like(quantity, first), parts, quote, "targets.respectively"))
    return out


def _group(text: str, quantities: list[Quantity], index: int) -> list[Quantity]:
    group = [quantities[index]]
    for later in quantities[index + 1 :]:
        if not _BETWEEN.fullmatch(text, group[-1].span.end, later.span.start):
            break
        group.append(later)
    return group


def _like(quantity: Quantity, first: Quantity) -> Quantity:
    """``quantity`` with the bound and the direction that stand before the first number and hold for all."""
    change = quantity.change or first.change
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


def _shared_tail(text: str, item: Span, words: TargetWords) -> Span | None:
    """入学率 of 小学、初中入学率: the name that the earlier items share."""
    for found in words.indicator.finditer(text, item.start, item.end):
        if found.end() == item.end and found.start() > item.start:
            return Span(*found.span())
    return None
