"""Which notice a plan is (同一通知的认定): two files are one where 发文字号 and issuer agree, or their bodies are near-copies.

Never by title alone: 2023年 and 2024年 of one scheme, or two towns with the same form of words, are different notices.
A notice that hands on another one (省→市→县) is a notice of its own, whose tasks are those of the first said again.
"""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from extractor import identity
from extractor.identity import Simplify
from extractor.model import Plan, Source, Span
from extractor.readers.annexes import annex_name, text_speaks_of_annex
from extractor.store.reading import read_source

NEAR_COPY = 0.9  # share of shingles in common of two bodies that are one notice
SAME_NUMBER = 0.5  # the same where the number agrees, but one of the issuers is not known
SAME_PATH = 0.3  # the same where one file took the other's place
HANDED_ON = (
    0.9  # share of the smaller body that stands in the larger one, where one of the two says it hands on another
)
HANDED_ON_BY_NAME = 0.6  # the same where it names the other one
HELD = 0.9  # share of an annex's words that stand in the notice that holds it
_FEW = 12  # shingles; a body with fewer says too little to be told by its likeness

_COMMON = 64  # notices; a shingle that so many share (加强组织领导，…) tells nothing
_BESIDE = 24  # files of a folder that are looked at for a notice and its annexes
_CANDIDATES = 8  # notices that share most of a sketch: so many are looked at

Relation = Literal["again", "known", "layer", "new"]


@dataclass(frozen=True, slots=True)
class Body:
    """A plan's words in the form in which bodies are compared."""

    form: str
    shingles: frozenset[int]

    @classmethod
    def of(cls, plan: Plan, source: Source, simplify: Simplify) -> Body:
        """The body of ``plan`` in ``source``."""
        form = identity.body(plan, source.text, source.repairs, simplify)
        return cls(form, identity.shingles(form))

    def common(self, other: Body) -> float:
        """The share that two bodies have in common of what both hold (Jaccard)."""
        mine, theirs = self._beside(other)
        return len(mine & theirs) / (len(mine | theirs) or 1)

    def contained(self, other: Body) -> float:
        """The share of the smaller body that stands in the larger one; none where the smaller says too little."""
        mine, theirs = self._beside(other)
        least = min(len(mine), len(theirs))
        return len(mine & theirs) / least if least >= _FEW else 0.0

    def _beside(self, other: Body) -> tuple[frozenset[int], frozenset[int]]:
        """The shingles of two bodies: of a short one the sample alone where of the other no more is known."""
        if identity.is_sampled(self.form) == identity.is_sampled(other.form):
            return self.shingles, other.shingles
        if identity.is_sampled(self.form):
            return self.shingles, identity.sampled(other.form)
        return identity.sampled(self.form), other.shingles

    @property
    def sketch(self) -> frozenset[int]:
        """The values by which bodies like this one are found; of a short one also those that a long one would have."""
        values = frozenset(identity.sketch(self.shingles))
        return values if identity.is_sampled(self.form) else values | set(identity.sketch(identity.sampled(self.form)))


@dataclass(frozen=True, slots=True)
class Known:
    """The present version of a notice in the database."""

    notice_id: str
    row_id: str
    source_id: str
    version: int
    title: str | None
    number_form: str | None
    issuer_form: str | None
    issued_on: str | None
    region: str | None
    hands_on: bool


@dataclass(frozen=True, slots=True)
class Placed:
    """What a plan is to the notices known: the same file read again, a known notice, one that hands it on, or new."""

    relation: Relation
    known: Known | None = None


_KNOWN = """
    select n.id, p.id, p.source_id, p.version, p.title, n.number_form, n.issuer_form, p.issued_on, p.region,
           p.title like '%转发%' or p.title like '%轉發%'
           or exists (select 1 from plan_links l where l.plan_id = p.id and l.kind = 'forwards')
      from notices n join plans p on p.notice_id = n.id and p.current = 1
"""

_TOLD_BY = f"""
    select notice_id from notice_sketches
     where value = ? and (select count(*) from (select 1 from notice_sketches where value = ? limit {_COMMON})) < {_COMMON}
"""


_IN_FOLDER = """p.source_id in (
    select source_id from source_paths where current = 1 and path >= ? and path < ? limit ?)"""


class Placing:
    """Finds the notice of each plan of one file; no two plans of a file are the same notice. ``known`` says whether the
    file's content was known before."""

    def __init__(self, connection: sqlite3.Connection, source: Source, simplify: Simplify, *, known: bool) -> None:
        self._connection = connection
        self._source = source
        self._simplify = simplify
        self._known = known
        self._taken: set[str] = set()
        self._bodies: dict[str, Body] = {}

    def place(self, plan: Plan, body: Body) -> Placed:
        """What ``plan`` is to the notices known."""
        number = identity.document_number(plan.number, self._simplify)
        issuer = identity.normal_form(plan.issuer or "", self._simplify) or None
        placed = (self._same_file(plan) if self._known else None) or self._same_number(number, issuer, body)
        if placed is None:
            placed = self._same_path(number, body) or self._like(plan, number, issuer, body) or Placed("new")
        if placed.known is not None and placed.relation != "layer":
            self.take(placed.known.notice_id)
        return placed

    def take(self, notice_id: str) -> None:
        """Says that a plan of this file is that notice: no other plan of it can be."""
        self._taken.add(notice_id)

    def held(self, body: Body) -> list[Known]:
        """The known papers that a plan holds as its annexes: read before it in a file of their own, without a number."""
        if not text_speaks_of_annex(self._source.text):
            return []
        parts = [identity.source_id(part) for part in self._source.parts]
        near = [*self._select(f"p.source_id in ({', '.join('?' * len(parts))})", *parts)]
        near += self._beside(body, "附")
        known = {found.notice_id: found for found in near if found.source_id != self._source.id}
        return [found for found in known.values() if self._may_be_annex(found) and _stands_in(self._body(found), body)]

    def _may_be_annex(self, known: Known) -> bool:
        """True for a paper without number and issuer that hands nothing on and holds no other notice's tasks."""
        return known.number_form is None and known.issuer_form is None and not known.hands_on

    def holder(self, plan: Plan, body: Body) -> Known | None:
        """The known notice that holds this plan, an annex in a file of its own, already."""
        if plan.number or plan.issuer or annex_name(self._source.path) is None:
            return None
        return next((found for found in self._beside(body) if _stands_in(body, self._body(found))), None)

    def _beside(self, body: Body, beginning: str = "") -> Iterator[Known]:
        """Notices that share some of the sketch, then those of files of the same folder whose names begin so."""
        yield from self._alike(body)
        folder, slash, _ = self._source.path.rpartition("/")
        if slash:
            first = f"{folder}/{beginning}"
            yield from self._select(_IN_FOLDER, first, first[:-1] + chr(ord(first[-1]) + 1), _BESIDE)

    def _select(self, where: str, *parameters: str | int) -> Iterator[Known]:
        for row in self._connection.execute(f"{_KNOWN} where {where} order by p.position, n.id", parameters):
            known = Known(*row)
            if known.notice_id not in self._taken:
                yield known

    def _same_file(self, plan: Plan) -> Placed | None:
        """The notice that this very file gave before: the one whose place in the text is nearest."""
        best: tuple[int, Known] | None = None
        for known in self._select("p.source_id = ?", self._source.id):
            overlap = 0
            for start, end in self._connection.execute(
                'select start, "end" from further_pieces where owner = ?', (known.row_id,)
            ):
                overlap += sum(max(0, min(p.end, end) - max(p.start, start)) for p in plan.pieces)
            if overlap and (best is None or overlap > best[0]):
                best = (overlap, known)
        return Placed("again", best[1]) if best else None

    def _same_number(self, number: str | None, issuer: str | None, body: Body) -> Placed | None:
        if number is None:
            return None
        for known in self._select("n.number_form = ?", number):
            if known.issuer_form and issuer:
                if _agree(known.issuer_form, issuer):
                    return Placed("known", known)
            elif body.common(self._body(known)) >= SAME_NUMBER:
                return Placed("known", known)
        return None

    def _same_path(self, number: str | None, body: Body) -> Placed | None:
        """The notice of a file that lay where this one lies now."""
        replaced = """p.source_id in (
            select old.source_id from source_paths old join source_paths now on now.path = old.path
             where now.source_id = ? and now.current = 1 and old.current = 0)"""
        for known in self._select(replaced, self._source.id):
            if not _differ(number, known.number_form) and body.common(self._body(known)) >= SAME_PATH:
                return Placed("known", known)
        return None

    def _like(self, plan: Plan, number: str | None, issuer: str | None, body: Body) -> Placed | None:
        """A near-copy of a known notice, or one that hands a known notice on."""
        if len(body.shingles) < _FEW:
            return None
        forwards = [link for link in plan.links if link.kind == "forwards"]
        named = {identity.document_number(link.number, self._simplify) for link in forwards} - {None}
        region = identity.normal_form(plan.region or "", self._simplify)
        hands_on = bool(forwards) or "转发" in self._simplify(plan.title or "")
        best: tuple[float, Known] | None = None
        for known in self._alike(body):
            others = (
                _differ(number, known.number_form)
                or not _agree(issuer or "", known.issuer_form or "")
                or not _agree(region, identity.normal_form(known.region or "", self._simplify))
            )
            if (others and not (hands_on or known.hands_on)) or _other_year(plan, known):
                continue
            theirs = self._body(known)
            if not others:
                common = body.common(theirs)
                if common >= NEAR_COPY and (best is None or common > best[0]):
                    best = (common, known)
            elif best is None:
                least = HANDED_ON_BY_NAME if known.number_form in named else HANDED_ON
                if body.contained(theirs) >= least:
                    return Placed("layer", known)
        return Placed("known", best[1]) if best else None

    def _alike(self, body: Body) -> Iterator[Known]:
        """The notices that share some of the sketch, those that share most first."""
        values = sorted(body.sketch)
        told = " union all ".join([_TOLD_BY] * len(values))
        nearest = [
            row[0]
            for row in self._connection.execute(
                f"select notice_id from ({told}) group by notice_id order by count(*) desc, notice_id limit {_CANDIDATES}",
                [value for value in values for _ in range(2)],
            )
        ]
        if not nearest:
            return
        found = {
            known.notice_id: known for known in self._select(f"n.id in ({', '.join('?' * len(nearest))})", *nearest)
        }
        yield from (found[notice_id] for notice_id in nearest if notice_id in found)

    def _body(self, known: Known) -> Body:
        if known.row_id not in self._bodies:
            source = read_source(self._connection, known.source_id)
            self._bodies[known.row_id] = Body.of(read_place(self._connection, known.row_id), source, self._simplify)
        return self._bodies[known.row_id]


def keep_sketch(connection: sqlite3.Connection, notice_id: str, body: Body, *, known: bool) -> None:
    """Keeps the sketch of a notice's present body, in place of the one before where the notice is ``known``."""
    if known:
        connection.execute("delete from notice_sketches where notice_id = ?", (notice_id,))
    connection.executemany(
        "insert into notice_sketches (value, notice_id) values (?, ?)",
        [(value, notice_id) for value in sorted(body.sketch)],
    )


def read_place(connection: sqlite3.Connection, row_id: str) -> Plan:
    """A plan of which only the place is known: enough for its body."""
    rows = connection.execute('select start, "end" from further_pieces where owner = ? order by ordinal', (row_id,))
    return Plan(title=None, pieces=tuple(Span(*row) for row in rows))


def _differ(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and one != other


def _agree(one: str, other: str) -> bool:
    """One issuer or region, however fully it is named (越城区陶堰镇人民政府, 陶堰镇人民政府)."""
    return one.endswith(other) or other.endswith(one)


_CUT = 12  # characters of the runs by which words are looked for in another body
_LITTLE = 3  # runs; a body with fewer says too little


def _stands_in(part: Body, whole: Body) -> bool:
    """True where nearly all words of ``part`` stand in ``whole``."""
    runs = [part.form[k : k + _CUT] for k in range(0, len(part.form) - _CUT + 1, _CUT)]
    found = sum(run in whole.form for run in runs)
    return len(runs) >= _LITTLE and len(part.form) < len(whole.form) and found >= HELD * len(runs)


_YEAR = re.compile(r"(?:19|20)\d\d")


def _other_year(plan: Plan, known: Known) -> bool:
    """True where two notices are about different years: by their titles, else by their dates; not where one is silent."""
    for one, other in ((plan.title, known.title), (plan.issued_on, known.issued_on)):
        years, theirs = Counter(_YEAR.findall(one or "")), Counter(_YEAR.findall(other or ""))
        if years and theirs:
            return years != theirs
    return False
