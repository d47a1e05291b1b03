"""A、B率分别达到x和y (分别): one target for each thing, all quoting the whole phrase."""

from __future__ import annotations

import re
from collections.abc import Callable

from extractor.extractors.targets import clauses, phrases
from extractor.extractors.targets.clauses import Clause
from extractor.extractors.targets.place import bound_stands_before
from extractor.extractors.targets.reading import Reading
from extractor.extractors.targets.words import TargetWords
from extractor.model import Span
from extractor.numerals import Quantity
from extractor.records import replace

_RESPECTIVELY = re.compile(r"分别[^，。；、]{0,6}$")
_SECTORS = re.compile(r"[\u4e00-\u9fff]{0,4}?(?P<sectors>第?一、第?二、第?三(?:次)?产业)")  # no numbers of a list
_TIME = r"(?:20\d\d年?|1?\d月|1?\d日|[上中下]旬|[底末初]|第?[一二三四]季度?|[上下]半年|全年|前[一二两三四]个?季度|年[底末中])"
_TIMES = re.compile(rf"(?:在|于|到|至|截至|、|和|及|之?前|第?一季?度?(?:至|到|—|-)第?[二三四]季度|{_TIME})+")
_TIME_PARTS = re.compile(r"[、和与及]")
_UP_TO = re.compile(r"第?一季?度?(?:至|到|—|-)第?四季度")
_TOWN_AND_LAND = re.compile(r"城乡(?=居民|常住|人口|低保|医保|学生|劳动)")  # 城乡居民 are those of 城镇 and 农村
_BETWEEN = re.compile(r"(?:以上|左右)?[、和与及，,]{1,2}")
_BOTH_RISE = re.compile(
    r"[“”]?(?:实现)?[“]?[双三][提达上增][\u4e00-\u9fff][”]?$|(?:稳步|持续|不断|明显|逐年)?(?:提高|提升|增长|改善|下降)$"
)
_ALL_ALIKE = re.compile(
    r"(?:[两二三四五六七八]个|双)$|(?:[两二三四五六七八]项(?:指标)?)?(?:必须|须|应当?|要|都)?(?:均|都|双双|全部|皆)(?:必须|须|应当?|要|需)?(?:达到?|为|在|保持在?|稳定在|控制在|维持在|提高到|提升到|提升至|提高至)?$"
)
_SHORT = 4  # characters of an item that only says which: 城镇, 小学
_HALF_WORDS = "业率区县市镇村率数量费值额员者人级"
_COUNT_OF_LEVELS = re.compile(r"(?<=[县市镇乡村组省])[两二三四五]级")  # 县城、乡镇、村三级文化设施覆盖率
_ITEM_CUT = re.compile(r"、|以及|和(?!谐|平)|与|及")


def readings(
    text: str,
    quantities: list[Quantity],
    index: int,
    clause: Clause,
    words: TargetWords,
    noun_before: Callable[[Clause], tuple[Span | str, ...] | None],
) -> list[Reading]:
    """The targets that begin with ``quantities[index]`` where 分别 stands before it; none where the numbers and several
    things are not equally many. ``noun_before`` gives the thing where the clause before the clause names it."""
    first = quantities[index]
    word = text.rfind("分别", clause.left, first.numeral.start)
    if (
        word < 0
        or "奖" in text[word : first.numeral.start]
        or not _RESPECTIVELY.search(text, word, first.numeral.start)
    ):
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
    if (
        len(group) >= 2 and times and (shared := noun_before(clause)) is not None
    ):  # 使用率逐季提高，一至四季度分别不低于
        quote = Span(clause.left, group[-1].span.end)
        return [Reading(_like(q, first, group[-1]), shared, quote, "targets.respectively") for q in group]
    if (
        noun is None
        and len(group) >= 2
        and (before := clauses.before(text, clause.left, clause.sentence.start)) is not None
    ):
        noun, clause_left = _named_before(text, before, words, len(group)), before.start
        times = False
    else:
        clause_left = clause.left
    if len(group) < 2 or noun is None or times:
        return []
    items = _items(text, noun)
    if len(items) != len(group):
        return _of_one(text, clause_left, noun, items, group)
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


def _named_before(text: str, before: Span, words: TargetWords, number: int) -> Span | None:
    """覆盖率、设置率“双提升”，分别达到60%、50%: the things of the clause before, where they are as many as the numbers."""
    said = _BOTH_RISE.search(text, before.start, before.end)
    noun = phrases.noun_before(text, before.start, said.start() if said is not None else before.end, words, rate=True)
    return noun if noun is not None and len(_items(text, noun)) == number else None


def alike(text: str, quantity: Quantity, left: int, words: TargetWords) -> list[Reading]:
    """A率、B率均达到90%: the one number for each of several rates; none where they are not rates of their own."""
    word = _ALL_ALIKE.search(text, max(left, quantity.span.start - 14), quantity.span.start)
    if word is None:
        return []
    noun = phrases.noun_before(text, left, word.start(), words, rate=True)
    items = _items(text, noun) if noun is not None else []
    if noun is None or len(items) < 2 or any(words.rate_end.search(text, i.start, i.end) is None for i in items):
        return []
    quote = Span(noun.start, quantity.span.end)
    return [Reading(quantity, (item,), quote, "targets.alike") for item in items]


def _of_one(text: str, left: int, noun: Span, items: list[Span], group: list[Quantity]) -> list[Reading]:
    """One thing over several times (3月底、6月底入库率分别达到), or the two halves of 城乡."""
    quote = Span(noun.start, group[-1].span.end)
    halves = _TOWN_AND_LAND.match(text, noun.start, noun.end) if len(items) == 1 and len(group) == 2 else None
    if halves is not None:
        rest = Span(halves.end(), noun.end)
        named: list[tuple[Span | str, ...]] = [("城镇", rest), ("农村", rest)]
        return [
            Reading(_like(q, group[0], group[-1]), parts, quote, "targets.respectively")
            for q, parts in zip(group, named, strict=True)
        ]
    if len(items) > 1:
        return []
    before = Span(left, noun.start)
    if _TIMES.fullmatch(text, left, noun.start) is not None:
        listed = len(_TIME_PARTS.findall(text, left, noun.start)) + 1
        if listed == len(group) or _UP_TO.match(text, left, noun.start) is not None:
            quote = Span(before.start, quote.end)
    return [Reading(_like(q, group[0], group[-1]), (noun,), quote, "targets.respectively") for q in group]


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
        if (
            found.end() == item.end
            and found.start() > item.start
            and (found.end() - found.start() > 1 or found[0] == "率")
        ):
            return Span(*found.span())
    return None
