"""Which tasks of a plan a passage of another notice means (指的是哪项任务): by item number, quoted words or title.

``第二部分第（三）项``, ``“拆除违章建筑”任务`` and ``将农村改厕任务的`` name tasks; ``整治期限`` names none and means the plan.
Everything here works on match text: simplified script, one width.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from extractor.identity import plain
from extractor.model import Goal, Task
from extractor.normalise.match import match_text
from extractor.segment import labels
from extractor.segment.labels import LabelKind
from extractor.store.changes import Why

Owner = Task | Goal

_RUN = 4  # characters in common of a passage and a title: fewer are chance (工作, 完成情况)
_LONGEST = 200  # characters of a passage that are looked at
_UNKNOWN = 4  # characters of a passage that no title, plan or common word explains: it means something we do not find

_NUMERAL = "[一二三四五六七八九十]{1,3}"
_ORDINAL = rf"(?:{_NUMERAL}|\d{{1,3}})"
_ITEM = regex.compile(
    rf"""
      第(?P<ordinals>{_ORDINAL}(?:[、和及至到]第?{_ORDINAL}){{0,9}})(?P<measure>部分|篇|章|节|条|大项|大点|项|点|阶段)  # 第二部分, 第3项, 第一、三条
    | 第?（(?P<bracketed>{_NUMERAL})）                                                       # 第（三）项
    | 第?（(?P<numbered>\d{{1,2}})）
    | (?<![\u4e00-\u9fff])(?P<chinese>{_NUMERAL})、                                          # 三、
    | (?<![\d.])(?P<number>\d{{1,2}})[.．](?!\d)                                             # 3.
    """,
    regex.VERBOSE,
)
_MEANT: dict[str, frozenset[LabelKind]] = {
    "部分": frozenset(("part", "chinese", "financial", "chapter")),
    "篇": frozenset(("part",)),
    "章": frozenset(("chapter",)),
    "节": frozenset(("section",)),
    "条": frozenset(("article", "chinese", "bracketed", "number")),
    "大项": frozenset(("chinese", "bracketed")),
    "大点": frozenset(("chinese", "bracketed")),
    "项": frozenset(("bracketed", "number", "numbered", "chinese", "article")),
    "点": frozenset(("bracketed", "number", "numbered", "chinese")),
    "阶段": frozenset(("stage", "bracketed", "chinese")),
    "bracketed": frozenset(("bracketed",)),
    "numbered": frozenset(("numbered", "number")),
    "chinese": frozenset(("chinese", "financial")),
    "number": frozenset(("number", "decimal")),
}
_ORDINALS = regex.compile(rf"(?P<to>[至到])?第?(?P<number>{_ORDINAL})")
# between the numbers of a list: 第（二）、（三）项, 第三条和第五条, 第（一）项至第（三）项
_AND = regex.compile(r"[条项点]?(?:[、和及与]|以及)?")
_TO = regex.compile(r"[条项点]?[至到]")
_MOST_NUMBERS = 60  # of a range
_QUOTED = regex.compile(r"“([^“”]{2,60})”")
_NAMED_PAPER = regex.compile(r"《[^《》]*》(?:[ ]?（[^（）]*）)?")
_REASON = regex.compile(r"[，；\s]*(?:受|因|经|鉴于|由于|为了?|根据|依据|考虑|按照|结合|接)")
# what passages of this kind are made of beside the name of a task
_COMMON = regex.compile(
    r"完成|整改|办理|报送|上报|实施|执行|截止|截至|规定|要求|原定|原来|原|现在?|统一|相应|将|把|对|由|从|于|的|中|前|后|第?[一二三四五六七八九十\d]+[页行款段]"
    r"|任务|工作|事项|有关|相关|各项|全部|所有|上述|其|时限|期限|限期|时间|日期|节点|内容|整治|活动|行动|方案|通知|文件|部分|决定|一律|均|再|误为|及|和|等"
    r"|牵头单位|责任单位|配合单位|单位|目标|指标|数据|表述|文字|年"
)
# 申报时间, 报送截止日期: what is to be done by the date
_ACT = regex.compile(r"(?P<act>[\u4e00-\u9fff]{2})(?:工作|材料|情况)?的?(?:截止|最后)?(?:时限|期限|限期|时间|日期)")
_NO_ACT = frozenset(("完成", "截止", "实施", "有关", "相关", "规定", "任务", "工作", "要求", "原定", "目标", "整治"))


@dataclass(frozen=True, slots=True)
class Located:
    """The tasks and goals that a passage means, and how they were found; none where what it names is not there."""

    owners: tuple[Owner, ...]
    why: Why


def locate(passage: str, heading: str, owners: Sequence[Owner], plan_title: str) -> Located:
    """Which of ``owners`` the match text ``passage`` means, under its ``heading``; all of them where it names none."""
    found = _named(passage[-_LONGEST:], owners, plan_title)
    above = _named(heading[-_LONGEST:], owners, plan_title) if found is None else None
    return found or (above if above is not None and above.owners else Located(tuple(owners), "plan"))


def act_of(passage: str) -> str | None:
    """What is to be done by the date that ``passage`` speaks of: 申报 of 申报时间."""
    found = [m["act"] for m in _ACT.finditer(passage) if m["act"] not in _NO_ACT]
    return found[-1] if found else None


def _named(passage: str, owners: Sequence[Owner], plan_title: str) -> Located | None:
    said = _NAMED_PAPER.sub("，", passage)
    items = _items(said)
    quoted = [word for word in _QUOTED.findall(said) if _rest(word, "")]
    of_words = _with_words(quoted, owners)
    if items:
        here = tuple(owner for owner in owners if _under(owner, items))
        both = tuple(owner for owner in here if owner in of_words)
        return Located(both or here, "item")
    if of_words:
        return Located(of_words, "words")
    said = _QUOTED.sub("", said)
    titled = _with_title(plain(said), owners, plain(match_text(plan_title)))
    if titled:
        return Located(titled, "title")
    segments = [part for part in regex.split(r"[，；]", said) if not _REASON.match(part)]
    unknown = quoted or len(_rest("".join(segments), match_text(plan_title))) >= _UNKNOWN
    return Located((), "title") if unknown else None


@dataclass(frozen=True, slots=True)
class _Level:
    """Numbers that one level of items may have: the 2 and 3 of 第二部分第（二）、（三）项."""

    kinds: frozenset[LabelKind]
    numbers: frozenset[int]


def _items(said: str) -> list[list[_Level]]:
    """The items that a passage names, each from its highest level down; a level named again begins the next."""
    paths: list[list[_Level]] = []
    names: list[str] = []
    end = 0
    for found in _ITEM.finditer(said):
        name = found["measure"] or next(n for n in ("bracketed", "numbered", "chinese", "number") if found[n])
        written = found["ordinals"] or found[name]
        level = _Level(_MEANT[name], _numbers(written))
        between = said[end : found.start()]
        if names and names[-1] == name and (_AND.fullmatch(between) or _TO.fullmatch(between)):
            before = paths[-1][-1].numbers
            to = _range(max(before), max(level.numbers)) if _TO.fullmatch(between) else frozenset()
            paths[-1][-1] = _Level(level.kinds, before | level.numbers | to)
        elif not names or name in names:
            paths.append([level])
            names = [name]
        else:
            paths[-1].append(level)
            names.append(name)
        end = found.end()
    return paths


def _numbers(written: str) -> frozenset[int]:
    """The numbers of 二, 一、三 or 3至5."""
    out: set[int] = set()
    last: int | None = None
    for part in _ORDINALS.finditer(written):
        number = labels.chinese_number(part["number"])
        out |= _range(last, number) if part["to"] and last is not None else {number}
        last = number
    return frozenset(out)


def _range(first: int, last: int) -> frozenset[int]:
    return frozenset(range(first, min(last, first + _MOST_NUMBERS) + 1))


def _under(owner: Owner, paths: Sequence[Sequence[_Level]]) -> bool:
    """True where the headings above have the numbers of one of ``paths``, in its order."""
    said = [match_text(heading) for heading in owner.section]
    read = [labels.read(heading, 0, len(heading)) for heading in said]
    for levels in paths:
        waiting = list(levels)
        for label in read:
            if label is not None and waiting and label.kind in waiting[0].kinds and label.number in waiting[0].numbers:
                waiting.pop(0)
        if not waiting:
            return True
    return False


def _with_words(words: Sequence[str], owners: Sequence[Owner]) -> tuple[Owner, ...]:
    """Those that have one of ``words`` in their title, else in a heading, else in their text."""
    forms = [plain(word) for word in words]

    def holding(text_of: object) -> tuple[Owner, ...]:
        return tuple(o for o in owners if any(form in plain(match_text(text_of(o))) for form in forms))  # type: ignore[operator]

    if not forms:
        return ()
    return holding(title_of) or holding(lambda o: " ".join(o.section)) or holding(lambda o: o.evidence.quote)


def _with_title(said: str, owners: Sequence[Owner], plan_title: str) -> tuple[Owner, ...]:
    """The tasks whose title has most in common with ``said``, beyond what the plan's own title says."""
    best: list[Owner] = []
    most = 0
    for owner in owners:
        if not isinstance(owner, Task):
            continue
        title = plain(match_text(owner.title))
        run = _common_run(said, title)
        enough = len(run) >= _RUN or (run == title and len(run) >= _RUN - 1)
        if not enough or run in plan_title or not _rest(run, ""):
            continue
        if len(run) > most:
            best, most = [], len(run)
        if len(run) == most:
            best.append(owner)
    return tuple(best)


def _common_run(one: str, other: str) -> str:
    """The longest run of characters that two texts share."""
    best = ""
    for start in range(len(other)):
        while start + len(best) < len(other) and other[start : start + len(best) + 1] in one:
            best = other[start : start + len(best) + 1]
    return best


def _rest(said: str, plan_title: str) -> str:
    """What is left of a passage without common words and those of the plan's title."""
    words = plain(_COMMON.sub("", said))
    return "".join(character for character in words if character not in plan_title)


def title_of(owner: Owner) -> str:
    """The title of a task; the words of a goal."""
    return owner.title if isinstance(owner, Task) else owner.evidence.quote
