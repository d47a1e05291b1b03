"""What the office itself writes (本单位的工作): status, progress, who does it here, by which inner date; and which tasks
are ours (涉及我单位).

Every entry is a row of its own with who and when; the newest counts.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Literal

from extractor import lexicon
from extractor.identity import Simplify, normal_form
from extractor.model import Plan, Task

Level = Literal["village", "town", "county", "city", "bureau"]
Reason = Literal["named", "collective", "counterpart", "addressee"]

REASON_WORDS: dict[Reason, str] = {
    "named": "点名",
    "collective": "统称",
    "counterpart": "对口部门",
    "addressee": "主送单位（推断）",
}


@dataclass(frozen=True, slots=True)
class Office:
    """The office's own columns of a task or goal; ``inner_due`` is an ISO date, ``status`` a word of the contract,
    ``added_on`` the day on which somebody added the task by hand, ``also`` the further notices that say it again."""

    our_unit: str = ""
    leader: str = ""
    person: str = ""
    inner_due: str | None = None
    status: str = "not_started"
    progress: str = ""
    percent: float | None = None
    note: str = ""
    added_on: str | None = None
    also: str = ""


@dataclass(frozen=True, slots=True)
class OwnUnit:
    """Our own unit: its name and aliases, its level, the region it is of, and which bureau's tasks fall to which of our
    offices (``{"县农业农村局": "农业农村办公室"}``)."""

    name: str
    level: Level
    region: str = ""
    aliases: tuple[str, ...] = ()
    offices: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Concern:
    """A task that is ours, why, by which words, and which of our offices it falls to."""

    task_id: str
    reason: Reason
    words: str
    office: str = ""

    @property
    def chinese(self) -> str:
        """The reason in a clerk's words."""
        return f"{REASON_WORDS[self.reason]}：{self.words}"


@dataclass(frozen=True, slots=True)
class CollectiveUnit:
    """A form of words that means every unit of a level (各镇)."""

    level: str
    phrase: str


# the notices that hand a task on (转发), by the names that staff know them by
_ALSO = """
    select task_id, group_concat(called, '；') from (
        select distinct r.task_id, coalesce(p.number, p.title) called from restatements r
          join plans p on p.id = r.plan_id and p.current = 1
         where coalesce(p.number, p.title) is not null order by r.task_id, p.issued_on, called)
     group by task_id"""


def read(connection: sqlite3.Connection) -> dict[str, Office]:
    """What the office wrote, by task or goal."""
    found: dict[str, dict[str, object]] = {}
    for name, status, text, percent, no_percent in connection.execute(
        "select entity_id, status, text, percent, no_percent from progress order by id"
    ):
        entry = found.setdefault(name, {})
        entry.update({k: v for k, v in (("status", status), ("progress", text), ("percent", percent)) if v is not None})
        if no_percent:
            entry["percent"] = None
    for name, our_unit, leader, person, inner_due, note in connection.execute(
        "select task_id, our_unit, leader, person, inner_deadline, note from assignments order by id"
    ):
        entry = found.setdefault(name, {})
        columns = (
            ("our_unit", our_unit), ("leader", leader), ("person", person), ("inner_due", inner_due), ("note", note),
        )  # fmt: skip
        entry.update({k: v for k, v in columns if v is not None})
        if inner_due == "":
            entry["inner_due"] = None
    for name, added in connection.execute(
        "select entity_id, substr(at, 1, 10) from decisions where notice_id is null and entity = 'task' and action = 'add'"
    ):
        found.setdefault(name, {})["added_on"] = added
    for name, also in connection.execute(_ALSO):
        found.setdefault(name, {})["also"] = also
    return {name: Office(**entry) for name, entry in found.items()}  # type: ignore[arg-type]


def write_own_unit(connection: sqlite3.Connection, unit: OwnUnit) -> None:
    """Keeps our own unit."""
    connection.execute(
        "insert or replace into settings (name, value) values ('own_unit', ?)",
        (json.dumps(asdict(unit), ensure_ascii=False),),
    )


def read_own_unit(connection: sqlite3.Connection) -> OwnUnit | None:
    """Our own unit, where it has been set."""
    row = connection.execute("select value from settings where name = 'own_unit'").fetchone()
    if row is None:
        return None
    read = json.loads(row[0])
    return OwnUnit(**{**read, "aliases": tuple(read["aliases"])})


class Concerns:
    """Says which tasks are ours."""

    def __init__(self, unit: OwnUnit, simplify: Simplify) -> None:
        self._simplify = simplify
        self._names = {self._form(name) for name in (unit.name, *unit.aliases)}
        rows = lexicon.load().rows("collective_units", CollectiveUnit)
        self._collective = {self._form(row.phrase) for row in rows if row.level == unit.level}
        self._offices = {self._form(bureau): office for bureau, office in unit.offices.items()}

    def _form(self, text: str) -> str:
        return normal_form(text, self._simplify)

    def of(self, plan: Plan, task: Task) -> Concern | None:
        """Why a task of ``plan`` is ours: we are named, everybody of our level is, a bureau is whose tasks fall to one of
        our offices; where no unit is written at all, we are among those that the notice is addressed to."""
        written = [(r.unit, self._form(r.canonical or r.unit)) for r in task.responsibilities]
        plain = [(unit, self._form(unit)) for unit, _ in written]
        for names, reason in ((self._names, "named"), (self._collective, "collective")):
            for unit, form in (*plain, *written):
                if form in names:
                    return Concern(task.id, "named" if reason == "named" else "collective", unit)
        for unit, form in (*plain, *written):
            if form in self._offices:
                return Concern(task.id, "counterpart", unit, self._offices[form])
        if not written:
            addressee = self._addressed(plan.addressees)
            if addressee is not None:
                return Concern(task.id, "addressee", addressee)
        return None

    def _addressed(self, addressees: Sequence[str]) -> str | None:
        ours = self._names | self._collective
        return next((name for name in addressees if self._form(name) in ours), None)
