"""Brackets and lines that name units (责任括注、责任单位行).

A bracket holds fields: ``（牵头单位：市发展改革委；责任单位：各区政府；完成时限：2025年底）``. A field is a label with its
value, or a value whose end says the role (``市科委牵头，市教委配合``), or bare names at the end of a heading or item.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, cast

import regex

from extractor.extractors.units.names import Names, Verb, alternatives, depths, split_units
from extractor.lexicon import Lexicon
from extractor.model import Role, Span
from extractor.records import record

_LONGEST = 900
_LABEL_REACH = 40
_ROLES = ("lead", "responsible", "support", "supervise")
_BRACKETS = re.compile(r"[（【［\[〔）】］\]〕]")
_OPEN = "（【［[〔"
# 3.有机制（党建办） 4.有成效: the copy lost its line ends
_LABEL_FOLLOWS = regex.compile(
    r" *(?:\d{1,2}[.、](?!\d)|（[一二三四五六七八九十]{1,3}）|[一二三四五六七八九十]{1,3}、)"
)
# 责任单位：县财政局 二、改善民生 1.新建公厕: the same behind a line of units
_NEXT_ITEM = regex.compile(rf"(?<=[\u4e00-\u9fff）]) {_LABEL_FOLLOWS.pattern}")
# （县城管局按职责分工负责，以下均需各镇落实，不再列出）: a rule of the document closes the bracket
_RULE_FOLLOWS = re.compile(r"[，；。](?=(?:以下|下列|以上|上述)[^，。；（）]{0,8}(?:均|都))")
# 责任单位：县水务局、县林业局（排第一位的为牵头单位，下同）
_RULE_CLOSES = re.compile(r"（[^（）\n]{4,60}(?:下同|不再[一逐]?[一项]?(?:列|标|注明)[^（）\n]{0,2})）\s*$")
_OF_A_MEETING = re.compile(r"(?:会议)?(?:时间|地点|主持人?|召集人|出席|列席|记录)：")
_HEAD_OF_MINUTES = re.compile(r"(?:会议(?:时间|地点)|主持人?|召集人|出席|列席|记录)：")
_LEAD_IN = regex.compile(r"\s*(?:由|请|会同|联合|协同)?")
_COLON = re.compile("[：:]")
_CHUNK_END = regex.compile(r"[，；。;,]+")
_LONGEST_BEHIND_DASHES = 60  # characters
_WITH_VERB = ("抓好", "组织", "支持", "做好", "工作", "具体")  # what may stand behind the verb of a role
_WITH_VERB_ENDS = frozenset(word[-1] for word in _WITH_VERB)


@dataclass(frozen=True)
class LabelHead:
    """A row of ``role_labels.csv``: the word of a label that says the role (牵头, 责任, 配合)."""

    head: str
    role: str
    source: str


@dataclass(frozen=True)
class LabelNoun:
    """A row of ``role_label_nouns.csv``: what the label counts (单位, 线办); ``kind`` is unit, leader or person."""

    noun: str
    kind: str
    source: str


@record(frozen=True, slots=True)
class Entry:
    """One unit of a field, where it stands, and the number it has among those of its role and field."""

    unit: str
    role: Role
    place: Span
    ordinal: int
    of: int


@record(frozen=True, slots=True)
class Field:
    """A field of a bracket or line: its label (empty where it has none), its role, and the units it names.

    ``span`` covers label and value. A field that is not about units (完成时限, 适用范围) has no role and no entries.
    """

    label: str
    role: Role | None
    span: Span
    value: Span
    entries: tuple[Entry, ...] = ()


@record(frozen=True, slots=True)
class Bracket:
    """A bracket (from its opening to its closing mark) or a line that names units, with its fields."""

    span: Span
    form: Literal["bracket", "line"]
    fields: tuple[Field, ...]

    @property
    def units(self) -> tuple[Entry, ...]:
        """All units of all fields, in order."""
        return tuple(entry for field in self.fields for entry in field.entries)


class _Patterns:
    """Labels and role phrases of a lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        heads = lexicon.rows("role_labels", LabelHead)
        nouns = lexicon.rows("role_label_nouns", LabelNoun)
        self.role_of = {h.head: cast(Role, h.role) for h in heads}
        self.kind_of = {n.noun: n.kind for n in nouns}
        head, noun = alternatives([h.head for h in heads]), alternatives([n.noun for n in nouns])
        label = rf"""
            (?:[省市县区镇乡村校]级|[市县区镇省]直|我[市县区镇乡]|任务|目标|工作|主要)?
            (?P<head>{head}) (?:[和及与、/](?P<second>{head}) | （(?P<second>{head})）)?
            (?: (?P<noun>{noun}) | (?<!任务|工作) )  # 任务单位：, but what follows 目标任务： is no unit
            (?:[和及与、/](?:{head})?(?:{noun}) | （(?:{head})?(?:{noun})）)? (?:名称|名单)?
        """
        self.label = regex.compile(rf"{label}\s*[：:]", regex.VERBOSE)
        # 牵头单位乡村振兴局: in a bracket the colon may be lost
        self.bare_label = regex.compile(
            rf"{label}(?<=单位|部门|线办|机关|处室|科室)\s*(?=[\u4e00-\u9fff])", regex.VERBOSE
        )
        # 1.责任单位： at the start of a line or after a full stop, read back from the colon
        self.before_colon = regex.compile(
            rf"""
            (?:^|(?<=[\n。；，\t\x20]))
            [-*•·●◆■\s]*(?:\d{{1,2}}[.、]|（[一二三四五六七八九十\d]{{1,3}}）|[一二三四五六七八九十壹贰叁参肆伍陆柒捌玖拾]{{1,3}}、)?\s*
            (?P<start>){label}\s*$
            """,
            regex.VERBOSE,
        )
        self.any_label = regex.compile(
            rf"(?:^|(?<=[；;，,。、\s）]))(?:(?P<role>{label})|[\u4e00-\u9fff]{{2,8}})\s*[：:]"
            rf"|(?<=：)(?P<role>{label})："  # 组织单位：组织单位：县安委办
            r"|(?<=[；;])(?:责任人|联系人|责任领导|完成时限|完成时间)[；;](?=[^；;，,。、]{1,12}(?:[；;]|$))",  # 责任人；xx
            regex.VERBOSE,
        )
        # 按职责分工负责 / 牵头负责 / 等按职责组织实施 / 配合
        verbs = [v for v in lexicon.rows("role_verbs", Verb) if v.kind in _ROLES]
        self.verb_role: dict[str, Role] = {v.verb: cast(Role, v.kind) for v in verbs}
        verb = alternatives(self.verb_role)
        self._tail_ends = frozenset(("。", "\n", *_WITH_VERB_ENDS, *(name[-1] for name in self.verb_role)))
        self._tail = regex.compile(
            rf"""
            (?:（?(?:依法|依|按照?|根据|依照)?(?:各自|各|部门|其)?(?:职责|职能|分工|任务|权限)(?:分工|权限|范围)?(?:和分工)?)?
            (?:分别|共同|联合|具体|依法|分头|积极|密切|各负其责|分级)*
            (?P<verb>{verb})
            (?:[和及、，]?(?:{verb}|{"|".join(_WITH_VERB)}))*。?$
            """,
            regex.VERBOSE,
        )

    def tail_of(self, text: str, start: int, end: int) -> regex.Match[str] | None:
        """The role phrase that ``text`` ends with between ``start`` and ``end``: most end in another character."""
        return self._tail.search(text, start, end) if text[end - 1 : end] in self._tail_ends else None

    def role(self, found: regex.Match[str]) -> tuple[Role, bool]:
        """The role of a label, and whether the first unit alone leads (主（协）办机关, 牵头及配合单位)."""
        heads = [h for h in (found["head"], found["second"]) if h]
        roles = [self.role_of[h] for h in heads]
        noun = self.kind_of.get(found["noun"] or "", "unit")
        if noun == "leader":
            return "leader", False
        both = "主（协）办" in heads or (roles[0] == "lead" and "support" in roles)
        return ("lead" if "lead" in roles else roles[0]), both


def _patterns(lexicon: Lexicon) -> _Patterns:
    return lexicon.derived("units.brackets", _Patterns)


def brackets(match: str, span: Span, lexicon: Lexicon) -> list[Bracket]:
    """The brackets and lines of a run of match text that name units, in order; none within another."""
    found = [_bracket(match, *place, lexicon) for place in _outermost(match, span)]
    named = [b for b in found if b is not None]
    named += _behind_dashes(match, span, lexicon)
    labelled = [b.span for b in named if any(f.label for f in b.fields)]
    lines: list[Bracket] = []
    last = span.start
    for start, after in _labels_of_lines(match, span, lexicon):
        if start < last or any(s.start <= start < s.end for s in labelled):
            continue
        line = _line(match, start, after, span.end, lexicon)
        if line:
            lines.append(line)
            last = line.span.end
    # 主（协）办机关：A、（B）: the bracket is part of its line
    named = [b for b in named if not any(line.span.meets(b.span) for line in lines)]
    return sorted((*named, *lines), key=lambda b: (b.span.start, b.span.end))


def _behind_dashes(match: str, span: Span, lexicon: Lexicon) -> Iterator[Bracket]:
    """新建公厕6座。——县住建局、各乡镇: the units of an item behind dashes that end its line."""
    names = Names.of(lexicon)
    dashes = match.find("——", span.start, span.end)
    while dashes >= 0:
        newline = match.find("\n", dashes, span.end)
        end = newline if newline >= 0 else span.end
        value = Span(dashes + 2, end)
        if match[dashes - 1 : dashes] in ("。", "；") and 2 < value.length <= _LONGEST_BEHIND_DASHES:
            role, entries = _entries(match, value, None, False, lexicon)
            if entries and all(
                names.stands_alone(e.unit) and (names.kind(e.unit) == "organ" or names.is_quantified(e.unit))
                for e in entries
            ):
                field = Field("", role, value, value, entries)
                yield Bracket(Span(dashes, end), "bracket", (field,))
        dashes = match.find("——", end, span.end)


def cell(match: str, span: Span, role: Role, lexicon: Lexicon) -> tuple[Entry, ...]:
    """The units of a cell under a heading of ``role``; roles said in the cell (A牵头，B配合) stand above its heading's."""
    return _entries(match, span, role, False, lexicon)[1]


def _labels_of_lines(match: str, span: Span, lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    """(start of a label, end of its colon) for the labels that open a line or stand behind a full stop or space."""
    before = _patterns(lexicon).before_colon
    colon = match.find("：", span.start, span.end)
    while colon >= 0:
        reach = max(span.start, match.rfind("\n", span.start, colon) + 1, colon - _LABEL_REACH)
        found = before.search(match[reach:colon])
        if found:
            yield reach + found.start("start"), colon + 1
        colon = match.find("：", colon + 1, span.end)


def _outermost(match: str, span: Span) -> Iterator[tuple[int, int, bool]]:
    """(opening, closing, is closed) of the outermost brackets of each line."""
    stack: list[int] = []
    for found in _BRACKETS.finditer(match, span.start, span.end):
        at = found.start()
        if stack and (newline := match.find("\n", stack[-1], at)) >= 0:
            yield stack[0], newline, False
            stack.clear()
        if match[at] in _OPEN:
            stack.append(at)
        elif stack:
            opened = stack.pop()
            if not stack:
                yield opened, at, True
    if stack:
        newline = match.find("\n", stack[-1], span.end)
        yield stack[0], newline if newline >= 0 else span.end, False


def _bracket(match: str, opened: int, closed: int, whole: bool, lexicon: Lexicon) -> Bracket | None:
    start, end = opened + 1, closed
    if not 2 <= end - start <= _LONGEST:
        return None
    patterns = _patterns(lexicon)
    rule = _RULE_FOLLOWS.search(match, start, end)
    end = rule.start() if rule else end
    span = Span(opened, closed + 1 if whole else closed)
    if patterns.label.match(match, start, end) or patterns.bare_label.match(match, start, end):
        fields = _fields(match, start, end, lexicon)
        return Bracket(span, "bracket", fields) if any(f.entries for f in fields) else None
    if not whole:
        return _cut_short(match, span, lexicon)
    colon = _COLON.search(match, start, end)  # most brackets hold none, and every label does
    labelled = colon and next((m for m in patterns.any_label.finditer(match, start, end) if m["role"]), None)
    if labelled is None and not (_closes_sentence(match, span) or patterns.tail_of(match, start, end)):
        return None
    fields = _fields(match, start, end, lexicon)
    entries = [entry for field in fields for entry in field.entries]
    if not entries:
        return None
    if labelled is None:
        names = Names.of(lexicon)
        if _known(entries, names) * 3 < len(entries) * 2:
            return None
        if not any(patterns.tail_of(match, f.value.start, f.value.end) for f in fields) and not all(
            names.stands_alone(e.unit) and (names.kind(e.unit) in ("organ", "generic") or names.is_quantified(e.unit))
            for e in entries
        ):
            return None
        if _belongs_to_name(match, opened, names, lexicon):
            return None
    return Bracket(span, "bracket", fields)


def _cut_short(match: str, span: Span, lexicon: Lexicon) -> Bracket | None:
    """（县城管局、发改局牵头，各: the bracket of an item at which a copy breaks off, up to its last role that is said."""
    before = match[span.start - 1 : span.start]
    if before != "。" or match[span.end : span.end + 1] not in ("", "\n"):
        return None
    patterns, names = _patterns(lexicon), Names.of(lexicon)
    start, end = next(_chunks(match[span.start + 1 : span.end]), (0, 0))
    value = Span(span.start + 1 + start, span.start + 1 + end)
    if patterns.tail_of(match, value.start, value.end) is None:
        return None
    role, entries = _entries(match, value, None, False, lexicon)
    if not entries or not all(names.kind(e.unit) == "organ" for e in entries):
        return None
    return Bracket(span, "bracket", (Field("", role, value, value, entries),))


_LONGEST_LIST = 60  # characters


def _belongs_to_name(match: str, opened: int, names: Names, lexicon: Lexicon) -> bool:
    """True for the bracket of 各镇政府（街道办事处） at the end of a line that only lists bodies: a part of the last name."""
    start = match.rfind("\n", 0, opened) + 1
    if not 0 < opened - start <= _LONGEST_LIST or match[opened - 1] not in "府局委办会处":
        return False
    listed = split_units(match[start:opened], lexicon)
    return bool(listed) and all(names.kind(u.unit) == "organ" and names.stands_alone(u.unit) for u in listed)


# 云岭、青河、白石市政府
_GOVERNMENT_OF_PLACE = re.compile(r"[\u4e00-\u9fff]{1,6}[市县区旗](?:人民)?政府")
_LONGEST_PLACE = 4  # characters of a place's name without its 市


def _known(entries: Sequence[Entry], names: Names) -> int:
    """How many entries are named like a unit; bare places that share the head of the government behind them are."""
    known, shared = 0, False
    for entry in reversed(entries):
        if names.kind(entry.unit):
            known, shared = known + 1, _GOVERNMENT_OF_PLACE.fullmatch(entry.unit) is not None
        else:
            shared = shared and len(entry.unit) <= _LONGEST_PLACE
            known += shared
    return known


def _closes_sentence(match: str, span: Span) -> bool:
    """True for a bracket at the end of a heading or item: nothing follows it in its line, or a full stop does."""
    if _LABEL_FOLLOWS.match(match, span.end):
        return True
    above = (
        match[max(0, span.start - 12) : span.start].rstrip(" ")[-2:]
        if match[span.start - 1 : span.start] in ("\n", " ")
        else ""
    )
    if above[-1:] == "\n" and above[:1] not in "。；":
        return False  # a bracket in its own line names the units of the item above, not of a title
    after = match[span.end : span.end + 2].lstrip(" ")
    before = match[span.start - 1 : span.start]
    return (after[:1] in ("", "\n") or (after[:1] in "。；" and before not in "，、")) and before != ""


def _line(match: str, start: int, after_label: int, limit: int, lexicon: Lexicon) -> Bracket | None:
    newline = match.find("\n", after_label, limit)
    end = limit if newline < 0 else newline
    if not match[after_label:end].strip() and newline >= 0:
        following = match.find("\n", newline + 1, limit)
        end = limit if following < 0 else following
    end = min(end, start + _LONGEST)
    patterns = _patterns(lexicon)
    above = match.rfind("\n", 0, max(0, start - 1)) + 1
    if match.startswith("参加", start):
        # 参加：县人社局、…: who sat in the meeting; the 参加单位 of an activity stand below its 时间 and 地点 too
        head = _OF_A_MEETING if match.startswith("：", start + 2) else _HEAD_OF_MINUTES
        if head.match(match, above):
            return None
    deep = depths(match[start:end])
    stop = next((i for i in range(after_label - start, end - start) if match[start + i] == "。" and not deep[i]), None)
    if stop is not None and not patterns.label.match(match, start + stop + 1, end):
        end = start + stop
    if " " in match[after_label:end] and not _LABEL_FOLLOWS.match(match, after_label):
        item = _NEXT_ITEM.search(match, after_label, end)
        if item is not None and not deep[item.start() - start]:
            end = item.start()
    closing = match.rfind("（", after_label, end)
    if closing >= 0 and _RULE_CLOSES.match(match, closing, end):
        end = closing
    fields = _fields(match, start, end, lexicon)
    if not any(f.entries for f in fields):
        return None
    return Bracket(Span(start, end), "line", fields)


def _fields(match: str, start: int, end: int, lexicon: Lexicon) -> tuple[Field, ...]:
    patterns = _patterns(lexicon)
    text = match[start:end]
    deep = depths(text)
    labels = [m for m in patterns.any_label.finditer(text) if not deep[m.start()]]
    first = patterns.bare_label.match(text) if not labels or labels[0].start() > 0 else None
    out: list[Field] = []
    if first is not None:
        labels.insert(0, first)
    if not labels or labels[0].start() > 0:
        stop = labels[0].start() if labels else len(text)
        value = Span(start, start + stop)
        told = labels and text[:stop].rstrip().endswith("。")  # （地点设在广场。参加单位：…）
        role, entries = (None, ()) if told else _entries(match, value, None, False, lexicon)
        out.append(Field("", role, value, value, entries))
    for number, found in enumerate(labels):
        stop = labels[number + 1].start() if number + 1 < len(labels) else len(text)
        closed = text.find("。", found.end(), stop)  # 参加单位：县教育局、县供电公司。各镇自行设点。）
        if closed >= 0 and not deep[closed]:
            stop = closed
        value = Span(start + found.end(), start + stop)
        while value.length and match[value.end - 1] in "；;，,。、 \t\n":
            value = Span(value.start, value.end - 1)
        whole = Span(start + found.start(), value.end)
        label = found[0].rstrip("：: ")
        # 责任单位 without a colon is read by the pattern of bare labels, whose groups are those of a label
        if "role" in found.re.groupindex and not found["role"]:
            out.append(Field(label, None, whole, value))
            continue
        role, both = patterns.role(found)
        stated, entries = _entries(match, value, role, both, lexicon)
        if patterns.kind_of.get(found["noun"] or "") == "person":
            names = Names.of(lexicon)
            entries = tuple(e for e in entries if names.kind(e.unit))
        out.append(Field(label, stated, whole, value, entries))
    return tuple(out)


def _entries(
    match: str, value: Span, label_role: Role | None, first_leads: bool, lexicon: Lexicon
) -> tuple[Role | None, tuple[Entry, ...]]:
    """The units of a field's value. Roles said in the value (A牵头，B配合) stand above the label's."""
    patterns, names = _patterns(lexicon), Names.of(lexicon)
    text = value.of(match)
    groups: list[tuple[int, int, Role | None]] = []
    for start, end in _chunks(text):
        tail = patterns.tail_of(text[:end], start, end)
        body_end = tail.start() if tail else end
        lead_in = _LEAD_IN.match(text[start:body_end])
        body_start = start + (lead_in.end() if lead_in else 0)
        role = patterns.verb_role[tail["verb"]] if tail else None
        if lead_in and lead_in[0].strip() in ("会同", "联合", "协同"):
            role = "support"
        together = text.find("会同", body_start, body_end)
        if together > body_start:
            groups += ((body_start, together, "lead"), (together + 2, body_end, "support"))
        else:
            groups.append((body_start, body_end, role))
    roles = [g[2] for g in groups]
    for k in range(len(groups) - 2, -1, -1):  # A，B负责: a chunk without a verb belongs to the next one's
        apart = roles[k + 1] == "support" and text[groups[k][1] : groups[k][1] + 1] in ("；", ";")  # A；B、C配合
        if roles[k] is None and roles[k + 1] is not None and not apart:
            roles[k] = roles[k + 1]
    out: list[Entry] = []
    for (start, end, _), said in zip(groups, roles, strict=True):
        role = label_role if said is None or (said == "responsible" and label_role) else said
        role = role or "responsible"
        units = split_units(text[start:end], lexicon)
        if out and said is not None and not any(names.kind(u.unit) for u in units):
            continue  # …负责，持续推进
        for k, unit in enumerate(units):
            noted: Role = "lead" if unit.note == "主责" else patterns.verb_role.get(unit.note, role)
            if first_leads:
                noted = "support" if out or unit.bracketed else "lead"
            place = Span(value.start + start + unit.span.start, value.start + start + unit.span.end)
            out.append(Entry(unit.unit, noted, place, k, len(units)))
    if first_leads and len(out) == 1:
        out = [Entry(out[0].unit, "lead", out[0].place, 0, 1)]
    return label_role, tuple(out)


def _chunks(text: str) -> Iterator[tuple[int, int]]:
    deep = depths(text)
    start = 0
    for found in _CHUNK_END.finditer(text):
        if deep[found.start()]:
            continue
        if start < found.start():
            yield start, found.start()
        start = found.end()
    if start < len(text):
        yield start, len(text)
