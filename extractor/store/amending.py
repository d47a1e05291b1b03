"""What an amending notice would change in the tasks of another one (延期、更正通知提出的改动).

Nothing is changed here: each change is proposed, with the words of both notices beside it, and a person confirms it.
What is proposed is worked out anew each time from the texts that are kept, so that it follows both notices.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import regex

from extractor import offsets
from extractor.calendar import Length, TimeExpression, counted, resolve
from extractor.calendar import find as find_times
from extractor.calendar.workdays import days_off, working_day
from extractor.extractors import amendments
from extractor.extractors.amendments import Amendment
from extractor.lexicon import Lexicon
from extractor.model import Deadline, Evidence, Plan, Source, Span, Target, Task
from extractor.normalise.match import match_text
from extractor.numerals import Quantity
from extractor.numerals import find as find_quantities
from extractor.store.changes import CANCELLED, Change, Why
from extractor.store.locating import Located, Owner, act_of, locate, title_of

Papers = Sequence[tuple[str | None, Sequence[Plan]]]
"""The notices that one notice amends: the 发文字号 or title by which it names each, and its plans as they stand."""


def changes(
    amending: Plan,
    source: Source,
    amended: Sequence[Plan],
    lexicon: Lexicon,
    others: Papers = (),
    name: str | None = None,
) -> list[Change]:
    """What the plan ``amending``, which stands in ``source``, changes in ``amended``: the plans of another notice as they
    stand without it, which it calls ``name``.

    Where it amends ``others`` too, what it says of one of them is left out; and so is what only asks a person to look, of
    words that name none of them and that fit one of the others.
    """
    if not amending.pieces:
        return []
    text = offsets.apply(source.text, source.repairs)
    match = match_text(text.clean)
    whole = text.to_clean(Span(amending.pieces[0].start, amending.pieces[-1].end))
    named = _Named(match, whole, [match_text(n or "") for n in (name, *(other for other, _ in others))])
    found: dict[tuple[str, str, str], Change] = {}
    for amendment in amendments.find(match, lexicon, whole.start, whole.end):
        about = named.before(amendment.clause) if others else frozenset({0})
        if about and 0 not in about:
            continue
        made = list(_Reading(amendment, match, text, amending, amended, lexicon).changes())
        if len(about) != 1 and not any(change.new for change in made):
            plans = [plans for k, (_, plans) in enumerate(others, start=1) if not about or k in about]
            fits = (_Reading(amendment, match, text, amending, other, lexicon).changes() for other in plans)
            if any(change.new for reading in fits for change in reading):
                continue
        for change in made:
            found.setdefault((change.owner_id, *change.key), change)
    return list(found.values())


class _Named:
    """Where a notice names the papers that it amends."""

    def __init__(self, match: str, whole: Span, names: Sequence[str]) -> None:
        self._match, self._whole = match, whole
        self._at: list[tuple[int, int]] = []  # a place, and which paper stands there
        for index, name in enumerate(names):
            at = match.find(name, whole.start, whole.end) if name else -1
            while at >= 0:
                self._at.append((at, index))
                at = match.find(name, at + 1, whole.end)
        self._at.sort()

    def before(self, clause: Span) -> frozenset[int]:
        """The papers that a clause names, else those of the last line before it that names any."""
        start, end = clause.start, clause.end
        while True:
            here = frozenset(index for at, index in self._at if start <= at < end)
            if here or start <= self._whole.start:
                return here
            last = max((at for at, _ in self._at if at < start), default=self._whole.start)
            end = start
            start = max(self._match.rfind("\n", 0, last) + 1, self._whole.start)


@dataclass(frozen=True, slots=True)
class _Reading:
    """One amendment beside the plans that it may be about."""

    amendment: Amendment
    match: str
    text: offsets.OffsetMap
    amending: Plan
    amended: Sequence[Plan]
    lexicon: Lexicon

    def changes(self) -> Iterator[Change]:
        """The changes that it proposes; where it proposes none, what a person has to look at."""
        owners: list[Owner] = []
        for plan in self.amended:
            owners += [*plan.tasks, *plan.goals]
        title = " ".join(filter(None, (plan.title for plan in self.amended)))
        located = locate(self._passage(), self._words(self.amendment.heading), owners, title)
        if self.amendment.kind == "cancel":
            yield from self._cancelled(located)
            return
        if self.amendment.kind == "cut":
            old = self._words(self.amendment.old)
            for owner in owners:
                if old in match_text(owner.evidence.quote) and (owner in located.owners or located.why == "words"):
                    yield self._look(owner, located.why)
            return
        if self.amendment.kind == "words" and not located.owners and located.why != "item":
            located = Located(tuple(owners), "words")  # the words themselves say where they stand
        made = list(self._made(located, owners))
        yield from made
        if made:
            return
        here: tuple[Owner, ...] = located.owners
        if self.amendment.kind == "words" and located.why in ("plan", "words"):
            old = self._words(self.amendment.old)
            here = tuple(owner for owner in here if old in match_text(owner.evidence.quote))
        elif located.why == "plan":
            here = ()
            if self.amendment.direction == "other":
                return  # a notice says 调整为 of much that is no task of the other
        if here:
            for owner in here:
                yield self._look(owner, located.why)
        else:
            yield self._look(None, located.why)

    def _made(self, located: Located, owners: Sequence[Owner]) -> Iterator[Change]:
        if self.amendment.kind in ("date", "length"):
            yield from self._dates(located, owners)
        elif self.amendment.kind == "whole":
            yield from self._anew(located)
        elif self.amendment.kind == "unit":
            yield from self._other_unit(located)
        else:
            for owner in located.owners:
                yield from self._replaced(owner, located.why)

    def _cancelled(self, located: Located) -> Iterator[Change]:
        """A task that is to be done no more; where its name is found in the middle of another thing, nothing is."""
        passage = self._passage()
        if located.why == "item" and not located.owners:
            yield self._look(None, located.why)
        named = located.why in ("item", "words") or _ENDS_AS_TASK.search(passage) is not None
        for owner in located.owners if named and located.why != "plan" else ():
            if located.why == "words" and match_text(title_of(owner)) not in passage:
                yield self._look(owner, located.why)
            else:
                said = self.text.evidence([self.amendment.clause])
                yield Change(
                    type(owner).__name__.lower(), owner.id, owner.id, title_of(owner), {}, CANCELLED, said,
                    owner.evidence, located.why,
                )  # fmt: skip

    # -- what is said --------------------------------------------------------------------------------------------------

    def _words(self, span: Span | None) -> str:
        """The words at ``span``; those of a cell may go over several lines."""
        return span.of(self.match).replace("\n", "") if span is not None else ""

    def _passage(self) -> str:
        return "，".join(self._words(span) for span in self.amendment.place)

    def _time(self, words: str) -> TimeExpression | None:
        """The only time that ``words`` name."""
        times = find_times(words, lexicon=self.lexicon)
        return times[0] if len(times) == 1 else None

    def _length(self, words: str) -> TimeExpression | None:
        """The length that ``words`` say: 15日 is one here, and no day of a month."""
        time = self._time(words)
        return time if time is not None and time.length is not None else self._time(f"{words}内")

    def _look(self, owner: Owner | None, why: Why, how: str = "") -> Change:
        said = self.text.evidence([self.amendment.clause])
        was = owner.evidence if owner is not None else Evidence("", ())
        name, title = (owner.id, title_of(owner)) if owner is not None else ("", "")
        return Change("", "", name, title, {}, {}, said, was, why, "look", how)

    def _change(self, entity: str, value: Any, owner: Owner, new: Mapping[str, Any], why: Why, how: str = "") -> Change:
        said = self.text.evidence([self.amendment.clause])
        old = {name: getattr(value, name) for name in new}
        return Change(entity, value.id, owner.id, title_of(owner), old, new, said, value.evidence, why, how=how)

    # -- dates ---------------------------------------------------------------------------------------------------------

    def _dates(self, located: Located, owners: Sequence[Owner]) -> Iterator[Change]:
        """A date for another; where the old one is not named, the last date of the task or of the plan."""
        old, said = self._words(self.amendment.old), self._words(self.amendment.new)
        new = self._length(said) if self.amendment.kind == "length" else self._time(said)
        if new is None:
            return
        was = self._time(old) if old else None
        named, why = list(located.owners), located.why
        if was is not None and was.kind == "recurring":
            yield from self._recurring(named, was, new, why)
            return
        if was is not None and not named:
            named, why = list(owners), "date"
        meant = [(o, d) for o, d in _dated(named) if was is None or self._is(was, d)]
        if was is None:
            whole = why == "plan" and _EVERY.search(self._passage()) is None
            last = max((d.ends_on or "" for o, d in _dated(named)), default="") if whole else None
            meant = [(o, d) for o, d in meant if d.ends_on == (last if last is not None else _last_of(o))]
        act = act_of(self._passage())
        of_act = [(o, d) for o, d in meant if act is not None and act in match_text(_sentence(o, d))]
        for owner, deadline in of_act or meant:
            day = self._day(new, deadline)
            if day is not None and day != deadline.ends_on and (deadline.starts_on or "") <= day:
                yield self._change("deadline", deadline, owner, {"ends_on": day}, why, self._how(new, deadline, day))
            elif day is None and new.length is not None and new.length.working_days:
                yield self._look(owner, why, _UNKNOWN_DAYS_OFF)

    def _is(self, time: TimeExpression, deadline: Deadline) -> bool:
        """True where ``time`` is the end of ``deadline``; a time without a year is of any."""
        year = (deadline.ends_on or "")[:4]
        return resolve(time, year, self.amended[0].issued_on, self.lexicon).ends_on == deadline.ends_on

    def _day(self, time: TimeExpression, deadline: Deadline) -> str | None:
        """The day that ``time`` puts in the place of a deadline's end. One without a year is of the deadline's own, or of
        the next where it is put off to an earlier month; 明年 counts from the amending notice."""
        was = date.fromisoformat(deadline.ends_on or "")
        if time.length is not None:
            return _moved(time.length, was, self.lexicon, back=self.amendment.direction == "earlier")
        shifted = any(p is not None and p.last.year_shift for p in (time.start, time.end))
        issued = self.amending.issued_on
        year = issued[:4] if shifted and issued else str(was.year)
        day = resolve(time, year, issued, self.lexicon).ends_on
        open_year = not time.dated and not shifted and self.amendment.direction == "later"
        if open_year and day is not None and day <= was.isoformat():
            day = resolve(time, str(was.year + 1), issued, self.lexicon).ends_on
        later = day is not None and day > was.isoformat()
        wrong = {"later": not later, "earlier": later, "other": False}[self.amendment.direction]
        return None if wrong else day

    def _how(self, time: TimeExpression, deadline: Deadline, day: str) -> str:
        """How ``day`` was reckoned from the end of a deadline, where the notice does not write it out."""
        if time.length is not None:
            was = _words_of_day(deadline.ends_on or "")
            words = self._words(self.amendment.new)
            rests = "，休息日按节假日表扣除" if time.length.working_days else ""
            return f"{was}{'提前' if self.amendment.direction == 'earlier' else '之后'}{words}{rests}"
        if any(p is not None and (p.first.dated or p.last.dated) for p in (time.start, time.end)):
            return ""
        return f"原文没有写年份，按{day[:4]}年计"

    def _recurring(
        self, named: Sequence[Owner], was: TimeExpression, new: TimeExpression, why: Why
    ) -> Iterator[Change]:
        for owner in named:
            for deadline in owner.deadlines:
                if deadline.recurrence is not None and deadline.recurrence == was.recurrence and new.recurrence:
                    yield self._change("deadline", deadline, owner, {"recurrence": new.recurrence}, why)

    # -- words ---------------------------------------------------------------------------------------------------------

    def _replaced(self, owner: Owner, why: Why) -> Iterator[Change]:
        """Words for words, wherever the task has the old ones: in its title, a unit, a date, a number, whom to report to."""
        old, new = self._words(self.amendment.old), self._words(self.amendment.new)
        new_words = self.amendment.new.of(self.text.clean).replace("\n", "")
        quotes = [d.evidence.quote for d in owner.deadlines] + [t.evidence.quote for t in owner.targets]
        there = old in match_text(owner.evidence.quote)
        if isinstance(owner, Task):
            for name in ("title", "report_to", "contact"):
                had: str | None = getattr(owner, name)
                at = match_text(had).find(old) if had else -1
                if had and at >= 0:
                    yield self._change("task", owner, owner, {name: had[:at] + new_words + had[at + len(old) :]}, why)
            yield from self._units(owner, _listed(old), _listed(new), why)
        if not there and not any(_touches(old, match_text(quote)) for quote in quotes):
            return
        was_time, time = self._time(old), self._time(new)
        if was_time is not None and time is not None:
            if was_time.kind == "recurring":
                yield from self._recurring([owner], was_time, time, why)
            for o, deadline in _dated([owner]):
                day = self._day(time, deadline) if self._is(was_time, deadline) else None
                if day is not None and day != deadline.ends_on:
                    yield self._change("deadline", deadline, o, {"ends_on": day}, why)
        yield from self._numbers(owner, old, new, why)

    def _other_unit(self, located: Located) -> Iterator[Change]:
        """Other units in a role of the tasks that are named."""
        passage = self._passage()
        role = next((role for label, role in _ROLES.items() if passage.endswith(label)), None)
        if role is None:
            role = "lead" if self.match.startswith("牵头", self.amendment.new.end) else "responsible"
        for owner in located.owners if located.why != "plan" else ():
            if isinstance(owner, Task):
                there = [match_text(r.unit) for r in owner.responsibilities if r.role == role]
                yield from self._units(owner, there, _listed(self._words(self.amendment.new)), located.why, role)

    def _units(
        self, owner: Task, old: Sequence[str], new: Sequence[str], why: Why, role: str | None = None
    ) -> Iterator[Change]:
        """The units of one list for those of another (of ``role`` alone where it is given), each for the one that goes; the
        first beside one that stays, where more come, and none for those that are too many."""
        there = [r for r in owner.responsibilities if role is None or r.role == role]
        named = [next((r for r in there if match_text(r.unit) == unit), None) for unit in old]
        known = [r for r in named if r is not None]
        if not new or not known or len(known) < len(named):
            return
        gone = [r for r in known if match_text(r.unit) not in new]
        come = [unit for unit in new if unit not in old]
        now = [*come[: len(gone) - 1], "、".join(come[len(gone) - 1 :])] if gone else []
        for r, unit in zip(gone, now + [""] * (len(gone) - len(now)), strict=True):
            yield self._change("responsibility", r, owner, {"unit": unit}, why)
        if come and not gone:
            stays = "、".join([known[-1].unit, *come])
            yield self._change("responsibility", known[-1], owner, {"unit": stays}, why)

    def _numbers(self, owner: Owner, old: str, new: str, why: Why) -> Iterator[Change]:
        was, now = _quantity(old, self.lexicon), _quantity(new, self.lexicon)
        if was is None or now is None or "time" in (was.kind, now.kind):
            return
        for target in owner.targets:
            fields = _changed_number(target, was, now)
            if fields:
                yield self._change("target", target, owner, fields, why)

    def _anew(self, located: Located) -> Iterator[Change]:
        """An item that is written anew: its date, where both have one and only one."""
        time = self._time(self._words(self.amendment.new))
        if located.why == "plan" or time is None:
            return
        for owner in located.owners:
            dated = list(_dated([owner]))
            day = self._day(time, dated[0][1]) if len(dated) == 1 and time.kind != "recurring" else None
            if day is not None and day != dated[0][1].ends_on:
                yield self._change("deadline", dated[0][1], owner, {"ends_on": day}, located.why)


# 各项任务完成时限顺延一个月: every task by itself, not the plan's last date
_EVERY = regex.compile(r"各项|所有|全部|均|一律|各任务|每项")
# 拆除违章建筑任务: a task by its name; 拆除违章建筑补助资金 is another thing
_ENDS_AS_TASK = regex.compile(r"(?:任务|事项|工作|项目)(?:，|$)")
_ROLES = {
    "牵头单位": "lead",
    "责任单位": "responsible",
    "主责单位": "responsible",
    "配合单位": "support",
    "督导单位": "supervise",
}


def _dated(owners: Sequence[Owner]) -> Iterator[tuple[Owner, Deadline]]:
    """The deadlines that end on a day, each once: a goal shares those of its task."""
    seen: set[str] = set()
    for owner in owners:
        for deadline in owner.deadlines:
            if deadline.kind in ("by", "range") and deadline.ends_on and deadline.id not in seen:
                seen.add(deadline.id)
                yield owner, deadline


def _last_of(owner: Owner) -> str | None:
    """The day by which a task or goal is to be done."""
    if isinstance(owner, Task):
        return owner.due_on
    return max((d.ends_on for d in owner.deadlines if d.ends_on), default=None)


def _sentence(owner: Owner, deadline: Deadline) -> str:
    """The measure that a deadline stands in, else all of the task."""
    if isinstance(owner, Task) and deadline.measure_id is not None:
        return next((m.evidence.quote for m in owner.measures if m.id == deadline.measure_id), owner.evidence.quote)
    return owner.evidence.quote


_UNKNOWN_DAYS_OFF = "节假日表里没有那一年的放假安排，工作日算不出来"


def _moved(length: Length, was: date, lexicon: Lexicon, *, back: bool) -> str | None:
    """``was`` put off by a length, or brought forward; the end of a month stays one. Working days count where the days
    off of their year are known."""
    if length.working_days:
        days = sum(number for number, _ in length.parts)
        day = working_day(was, int(days), days_off(lexicon), back=back)
        return day.isoformat() if day is not None else None
    day = counted(length, was, back=back)
    if day is None:
        return None
    months = all(unit in "YM" for _, unit in length.parts)
    if months and was.day == monthrange(was.year, was.month)[1]:
        day = day.replace(day=monthrange(day.year, day.month)[1])
    return day.isoformat()


def _words_of_day(day: str) -> str:
    year, month, of_month = map(int, day.split("-"))
    return f"{year}年{month}月{of_month}日"


# 牵头单位：县水务局
_LABEL = regex.compile(r"^[\u4e00-\u9fff]{2,6}：")


_LISTED = regex.compile(r"[、，,；;\s]+")


def _listed(words: str) -> list[str]:
    """The units of a list, without what leads to it: 牵头单位：甲局、乙局."""
    return [unit for unit in _LISTED.split(_LABEL.sub("", words).strip("。；，、 ")) if unit]


def _touches(old: str, quote: str) -> bool:
    return bool(quote) and (quote in old or old in quote)


def _quantity(words: str, lexicon: Lexicon) -> Quantity | None:
    """The only number that ``words`` name."""
    found = find_quantities(words, lexicon=lexicon)
    return found[0] if len(found) == 1 else None


def _changed_number(target: Target, was: Quantity, now: Quantity) -> dict[str, Any]:
    """The fields of ``target`` that change where it says the number ``was``."""
    if was.number not in (target.low, target.high) or (was.unit is not None and was.unit != target.unit):
        return {}
    fields: dict[str, Any] = {
        name: now.number for name in ("low", "high") if getattr(target, name) == was.number != now.number
    }
    if now.unit is not None and now.unit != target.unit:
        fields["unit"] = now.unit
    if now.operator != was.operator and now.operator != "range":
        fields |= {"operator": now.operator, "low": now.low, "high": now.high}
    return fields
