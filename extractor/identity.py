"""Who is who (身份): ids minted from content, so that the same notice as .docx, .pdf or .txt, in either script, gives the
same ids.

An id is a letter for its kind and fifteen hexadecimal digits; what belongs to a notice has the notice's first six, so
that a notice's rows lie together in every index of the database. What goes into it is the *normal form* of the words:
simplified script, folded width and case, punctuation and spaces out. The database keeps ids once given
(:mod:`extractor.store`): a task that is reworded in a later version of its notice keeps the id it had.
"""

from __future__ import annotations

import re
import unicodedata
import zlib
from collections import ChainMap, Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from heapq import nsmallest
from operator import itemgetter
from typing import Literal

from extractor.model import Deadline, Evidence, Goal, Measure, Plan, Repair, Responsibility, Target, Task
from extractor.normalise.script import simplified
from extractor.offsets import repaired
from extractor.records import replace

Simplify = Callable[[str], str]
"""Traditional to simplified script, such as OpenCC's t2s."""

Kind = Literal[
    "source", "plan", "task", "goal", "measure", "responsibility", "deadline", "target", "unit", "link", "hand"
]

_LETTERS: dict[Kind, str] = {
    "source": "s",
    "plan": "p",
    "task": "t",
    "goal": "g",
    "measure": "m",
    "responsibility": "r",
    "deadline": "d",
    "target": "q",  # quantity
    "unit": "u",
    "link": "l",
    "hand": "h",  # what a person added
}

SHINGLE = 6  # characters; three words of two characters: long enough not to be shared by chance
SKETCH = 8  # smallest shingle values kept of a body: bodies that share four fifths share at least one, surely
_LENGTH = 16  # characters of an id: its letter and fifteen digits
_OF_NOTICE = 7  # characters of an id: its letter, and what says which notice it belongs to
_WHOLE = 600  # characters; of a body up to this length every shingle is taken, of a longer one those at an anchor

_MARKS = " \n\t\u3000，。、；：“”‘’《》（）〔〕！？()-—·.%_"  # what stands most often beside words
_MOST_FREQUENT = "，。、"  # two thirds of all marks: without them the runs of words are three times as long, and fewer
_MARK = "\0"
_PARTING = "\x1f"  # between the parts that an id is minted from
# Common characters of notices, each a twelfth or less of the text: a shingle is taken where one stands, so that two
# copies take the same ones and a body of 5,000 characters gives some 400.
# The anchor is consumed and what it opens is looked at from before it, for a search skips to a class it begins with.
_ANCHORED = re.compile(rf"[的和各要有工人农大政村镇发责实建民管作全业](?<=(?=(.{{{SHINGLE}}})).)")
_ANYWHERE = re.compile(rf"(?=(.{{{SHINGLE}}}))")
_CHARACTERS = "\u4e00-\u9fa5"  # words too: named first, most of a text is told by two comparisons
_WORDS = re.compile(rf"[{_CHARACTERS}\w]+")
_WORDS_OF_LINES = re.compile(rf"[{_CHARACTERS}\w\n]+")
_NO_WORD = re.compile(r"\W")
_SENTENCE_END = re.compile(r"[。！？；!?;]")  # 各村要建立台账。每月……  ->  各村要建立台账
_MASK = re.compile(
    r"""
    [×＊*_□■○●△?？#]          # ×政发〔2023〕×号
    | [xX]{2,} | X(?=号)        # 20XX, XX政发, 〔2023〕X号
    | [某]                      # 某政发〔2023〕某号
    """,
    re.VERBOSE,
)


def plain(text: str) -> str:
    """``text`` with width, case and the zero of years (二○二三) folded; only letters, figures and characters stay."""
    return _folded(text)


def marked(text: str, *, but: str = "") -> str:
    """``text`` with NUL for each character that is no letter, figure or Chinese character, ``but`` for one: as a regular
    expression does it, in a fraction of the time, for one character takes the place of one."""
    for mark in _MARKS:
        if mark != but:
            text = text.replace(mark, _MARK)
    words = text.replace(but, _MARK) if but else text
    words = "".join(words.split(_MARK))
    if not words.isalnum():  # seen in a tenth of the time of looking for what is not
        for character in set(_NO_WORD.findall(words)):
            text = text.replace(character, _MARK)
    return text


def _folded(text: str, words: re.Pattern[str] = _WORDS) -> str:
    """What :func:`plain` leaves of ``text``; ``words`` finds what stays."""
    for mark in _MOST_FREQUENT:
        text = text.replace(mark, "")
    form = "".join(words.findall(text.replace("○", "〇").replace("◯", "〇")))
    if not unicodedata.is_normalized("NFKC", form):
        form = "".join(words.findall(unicodedata.normalize("NFKC", form)))  # ⒈ is a word character, 1. is not
    return form.replace("_", "").casefold()  # which \w takes for a letter


def normal_form(text: str, simplify: Simplify) -> str:
    """What two writings of the same words have in common: :func:`plain`, in simplified script."""
    return plain(simplify(text))


def normal_forms(texts: Iterable[str], simplify: Simplify) -> dict[str, str]:
    """The normal form of each text, all of them turned in one go, a line each."""
    unique = list(dict.fromkeys(texts))
    lines = simplify("\n".join([text.replace("\n", " ") if "\n" in text else text for text in unique]))
    forms = _folded(lines, _WORDS_OF_LINES).split("\n") if unique else []
    if len(forms) != len(unique):
        raise ValueError("turning the script of a text must keep its line feeds")
    return dict(zip(unique, forms, strict=True))


def mint(kind: Kind, *parts: str | int) -> str:
    """The id that ``parts`` give: the letter of ``kind`` and fifteen hexadecimal digits."""
    return _LETTERS[kind] + _digest(_PARTING.join(map(str, parts)))


def _digest(words: str) -> str:
    return _hashed(words).hexdigest()[: _LENGTH - 1]


def _hashed(words: str) -> blake2b:
    return blake2b(words.encode("utf-8", "surrogatepass"), digest_size=8)


def mint_on(name: str) -> str:
    """Another id of the same kind in the same notice, for where ``name`` is in use."""
    return name[:_OF_NOTICE] + mint("hand", name)[_OF_NOTICE:]


notice_part: Callable[[str], str] = itemgetter(slice(1, _OF_NOTICE))
"""The part of an id that says which notice it belongs to."""


def source_id(sha256: str) -> str:
    """The id of a file's content."""
    return mint("source", sha256)


def document_number(number: str | None, simplify: Simplify) -> str | None:
    """The normal form of a 发文字号, or nothing where it is missing or masked (×政发〔20××〕×号): that names no notice."""
    if not number or _MASK.search(number):
        return None
    form = normal_form(number, simplify)
    return form if any(c.isdigit() for c in form) else None


def body(plan: Plan, text: str, repairs: Sequence[Repair], simplify: Simplify) -> str:
    """The normal form of a plan's whole clean text; ``text`` and ``repairs`` are those of its source."""
    return normal_form("\n".join(repaired(text, repairs, piece) for piece in plan.pieces), simplify)


def shingles(form: str) -> frozenset[int]:
    """The values of the runs of :data:`SHINGLE` characters of a normal form, which has no line ends; a fixed sample of
    them where it is long."""
    return frozenset(_shingles(form))


def _shingles(form: str) -> Iterator[int]:
    """The values of :func:`shingles` in the order of the text, some more than once."""
    runs = (_ANYWHERE if len(form) <= _WHOLE else _ANCHORED).findall(form) or [form]
    return map(zlib.crc32, "\n".join(runs).encode("utf-8", "surrogatepass").split(b"\n"))


def sampled(form: str) -> frozenset[int]:
    """The sample of :func:`shingles` that is taken of a long text, of a text of any length: what a short one and a long
    one can be compared by."""
    return frozenset(map(zlib.crc32, (run.encode("utf-8", "surrogatepass") for run in _ANCHORED.findall(form))))


def is_sampled(form: str) -> bool:
    """True where :func:`shingles` takes a sample of ``form``."""
    return len(form) > _WHOLE


def sketch(values: frozenset[int]) -> tuple[int, ...]:
    """The smallest :data:`SKETCH` values: near-copies share nearly all of them."""
    return tuple(nsmallest(SKETCH, values))


def notice_key(plan: Plan, text: str, repairs: Sequence[Repair], simplify: Simplify) -> str:
    """What names a plan's notice: 发文字号 and issuer where it has a number, else a hash of its content that few changed
    characters do not change (the smallest shingle of its body)."""
    number = document_number(plan.number, simplify)
    if number is not None:
        return f"{number}|{normal_form(plan.issuer or '', simplify)}"
    return f"~{min(_shingles(body(plan, text, repairs, simplify))):08x}"


def assign(
    plans: Iterable[Plan], *, text: str, repairs: Sequence[Repair], simplify: Simplify = simplified
) -> tuple[Plan, ...]:
    """The plans of one document with every id minted; ``text`` and ``repairs`` are those of its source.

    Ids that the plans carry already are names of the moment: a deadline's ``measure_id``, a target's ``deadline_id``
    and a goal's ``task_id`` follow them to the minted ones. A deadline or target that a goal shares with its task
    (same name, or same value on the same words) gets one id. Raises ``ValueError`` where a reference leads nowhere.
    """
    seen: Counter[str] = Counter()
    out: list[Plan] = []
    for plan in plans:
        key = notice_key(plan, text, repairs, simplify)
        ordinal = seen[key]
        seen[key] += 1
        out.append(_Minting(plan, f"{key}#{ordinal}" if ordinal else key, simplify).plan())
    return tuple(out)


def first_sentence(text: str) -> str:
    """The words of ``text`` up to its first full stop, question or exclamation mark or semicolon."""
    end = _SENTENCE_END.search(text)
    return (text if end is None else text[: end.start()]).lstrip()


@dataclass(slots=True)
class _Names:
    """The names of the moment inside one task or goal, each with the id minted for it."""

    measures: dict[str, str] = field(default_factory=dict)
    deadlines: dict[str, str] = field(default_factory=dict)
    targets: dict[str, str] = field(default_factory=dict)


class _Minting:
    """Gives one plan its ids."""

    def __init__(self, plan: Plan, key: str, simplify: Simplify) -> None:
        self._plan = plan
        self._id = mint("plan", key)
        self._notice = notice_part(self._id)
        self._firsts = [first_sentence(task.evidence.quote) for task in plan.tasks]
        self._forms = normal_forms([*self._firsts, *_words(plan)], simplify)
        self._opening = _hashed(self._id + _PARTING)  # what everything minted here begins with, hashed once
        self._equals: dict[Kind, dict[str, int]] = {kind: {} for kind in _LETTERS}
        self._tasks: dict[str, tuple[Task, _Names]] = {}  # by the name of the moment: the task as minted

    def plan(self) -> Plan:
        """The plan with its ids."""
        tasks = tuple([self._task(task, first) for task, first in zip(self._plan.tasks, self._firsts, strict=True)])
        goals = tuple([self._goal(goal) for goal in self._plan.goals])
        return replace(self._plan, id=self._id, tasks=tasks, goals=goals)

    def _mint(self, kind: Kind, *parts: str) -> str:
        """The id that ``parts`` give inside the notice; equal ones are counted."""
        words = _PARTING.join(parts)
        equals = self._equals[kind]
        ordinal = equals[words] = equals.get(words, -1) + 1
        hashed = self._opening.copy()
        hashed.update(f"{words}{_PARTING}{ordinal}".encode("utf-8", "surrogatepass"))
        return _LETTERS[kind] + self._notice + hashed.hexdigest()[_OF_NOTICE - 1 : _LENGTH - 1]

    def _form(self, evidence: Evidence) -> str:
        return self._forms[evidence.quote]

    def _task(self, task: Task, first: str) -> Task:
        tid = self._mint("task", self._forms[task.title], self._forms[first])
        names = _Names()
        measures: list[Measure] = []
        for measure in task.measures:
            evidence = measure.evidence
            names.measures[measure.id] = mid = self._mint("measure", tid, self._forms[evidence.quote])
            measures.append(Measure(evidence, mid))
        minted = replace(
            task,
            id=tid,
            measures=tuple(measures),
            responsibilities=tuple([self._responsibility(r, tid) for r in task.responsibilities]),
            deadlines=tuple([self._deadline(d, tid, names, names) for d in task.deadlines]) if task.deadlines else (),
            targets=tuple([self._target(t, tid, names, names) for t in task.targets]) if task.targets else (),
        )
        if task.id:
            self._tasks[task.id] = (minted, names)
        return minted

    def _responsibility(self, responsibility: Responsibility, owner: str) -> Responsibility:
        unit = self._forms[responsibility.unit]
        return replace(responsibility, id=self._mint("responsibility", owner, unit, responsibility.role))

    def _deadline(self, deadline: Deadline, owner: str, names: _Names, around: _Names) -> Deadline:
        minted = replace(
            deadline,
            id=self._mint("deadline", owner, deadline.kind, self._form(deadline.evidence)),
            measure_id=_follow(deadline.measure_id, around.measures, "measure"),
        )
        names.deadlines[deadline.id] = minted.id
        return minted

    def _target(self, target: Target, owner: str, names: _Names, around: _Names) -> Target:
        minted = replace(
            target,
            id=self._mint("target", owner, self._form(target.evidence)),
            measure_id=_follow(target.measure_id, around.measures, "measure"),
            deadline_id=_follow(target.deadline_id, ChainMap(names.deadlines, around.deadlines), "deadline"),
        )
        names.targets[target.id] = minted.id
        return minted

    def _goal(self, goal: Goal) -> Goal:
        gid = self._mint("goal", self._form(goal.evidence))
        task, around = (None, _Names())
        if goal.task_id is not None:
            if goal.task_id not in self._tasks:
                raise ValueError(f"a goal names a task that its plan does not have: {goal.task_id}")
            task, around = self._tasks[goal.task_id]
        names = _Names()
        deadlines = tuple(
            _shared_deadline(d, task, around, names) or self._deadline(d, gid, names, around) for d in goal.deadlines
        )
        targets = tuple(
            _shared_target(t, task, around, names) or self._target(t, gid, names, around) for t in goal.targets
        )
        return replace(goal, id=gid, task_id=task.id if task else None, deadlines=deadlines, targets=targets)


def _shared_deadline(deadline: Deadline, task: Task | None, around: _Names, names: _Names) -> Deadline | None:
    for own in task.deadlines if task else ():
        same = (own.kind, own.ends_on, own.edtf, own.recurrence, own.duration, own.evidence.pieces) == (
            deadline.kind, deadline.ends_on, deadline.edtf, deadline.recurrence, deadline.duration,
            deadline.evidence.pieces,
        )  # fmt: skip
        if same or (deadline.id and around.deadlines.get(deadline.id) == own.id):
            names.deadlines[deadline.id] = own.id
            return own
    return None


def _shared_target(target: Target, task: Task | None, around: _Names, names: _Names) -> Target | None:
    for own in task.targets if task else ():
        same = (own.indicator, own.operator, own.low, own.high, own.unit, own.evidence.pieces) == (
            target.indicator, target.operator, target.low, target.high, target.unit, target.evidence.pieces,
        )  # fmt: skip
        if same or (target.id and around.targets.get(target.id) == own.id):
            names.targets[target.id] = own.id
            return own
    return None


def _follow(name: str | None, minted: Mapping[str, str], kind: str) -> str | None:
    if name is None:
        return None
    if name not in minted:
        raise ValueError(f"a value names a {kind} that its task does not have: {name}")
    return minted[name]


def _words(plan: Plan) -> list[str]:
    """The words of a plan that ids are minted from, the first sentences of its tasks aside."""
    out: list[str] = []
    for task in plan.tasks:
        out.append(task.title)
        out += [m.evidence.quote for m in task.measures]
        if task.responsibilities:
            out += [r.unit for r in task.responsibilities]
        if task.deadlines:
            out += [d.evidence.quote for d in task.deadlines]
        if task.targets:
            out += [t.evidence.quote for t in task.targets]
    for goal in plan.goals:
        out.append(goal.evidence.quote)
        out += [d.evidence.quote for d in goal.deadlines]
        out += [t.evidence.quote for t in goal.targets]
    return out


def whole(plans: Iterable[Plan]) -> bool:
    """True where every plan, task, goal and value carries an id."""
    return all(_ids(plan) for plan in plans)


def _ids(plan: Plan) -> bool:
    ids = [plan.id]
    for task in plan.tasks:
        ids.append(task.id)
        ids += [m.id for m in task.measures]
        ids += [r.id for r in task.responsibilities]
        ids += [d.id for d in task.deadlines]
        ids += [t.id for t in task.targets]
    for goal in plan.goals:
        ids.append(goal.id)
        ids += [d.id for d in goal.deadlines]
        ids += [t.id for t in goal.targets]
    return all(ids)
