"""Units (单位): a unit is a region and a name. Two towns' 综治办 are two units; how notices write one is an alias.

What a person says about units (this one is that one) is kept beside the extractor's rows: a merged unit keeps its row and
its responsibilities, and names the unit that it is.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field

from extractor import identity
from extractor.errors import StoreError


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit with the ways in which notices and people write it, and in how many tasks it stands."""

    id: str
    region: str
    name: str
    aliases: tuple[str, ...]
    tasks: int


@dataclass
class Units:
    """The units of one database, for the length of a transaction."""

    connection: sqlite3.Connection
    _known: dict[tuple[str, str], str] = field(default_factory=dict)
    _written: set[tuple[str, str]] = field(default_factory=set)

    def id_of(self, region: str, name: str, written: str) -> str:
        """The id of a unit, made where it is new; ``written`` is noted as an alias."""
        key = (region, name)
        if key not in self._known:
            found = self.connection.execute(
                "select id from units where region = ? and name = ?", (region, name)
            ).fetchone()
            if found is None:
                found = (identity.mint("unit", region, name),)
                self.connection.execute("insert into units (id, region, name) values (?, ?, ?)", (*found, region, name))
            self._known[key] = found[0]
        unit = self._known[key]
        if written != name and (unit, written) not in self._written:
            self._written.add((unit, written))
            self.alias(unit, written, origin="notice")
        return unit

    def alias(self, unit_id: str, alias: str, *, origin: str) -> None:
        """Notes that ``alias`` is a way to write a unit."""
        self.connection.execute(
            "insert or ignore into unit_aliases (unit_id, alias, origin) values (?, ?, ?)", (unit_id, alias, origin)
        )

    def merge(self, keep: str, other: str) -> None:
        """Says that ``other`` is the unit ``keep``. Raises :class:`StoreError` where one is unknown or they are one."""
        keep, other = self.resolved(keep), self.resolved(other)
        if keep == other:
            raise StoreError(
                "units_are_one",
                where=other,
                chinese="这两个单位已经是同一个",
                english="these two units are one already",
            )
        self.connection.execute(
            "update units set merged_into = :keep where id = :other or merged_into = :other",
            {"keep": keep, "other": other},
        )

    def split(self, unit_id: str) -> None:
        """Takes a merging back."""
        self.connection.execute("update units set merged_into = null where id = ?", (unit_id,))

    def resolved(self, unit_id: str) -> str:
        """The unit that ``unit_id`` is, merged ones followed. Raises :class:`StoreError` where there is none."""
        while True:
            row = self.connection.execute("select merged_into from units where id = ?", (unit_id,)).fetchone()
            if row is None:
                raise StoreError(
                    "unit_unknown", where=unit_id, chinese="没有这个编号的单位", english="there is no unit with this id"
                )
            if row[0] is None:
                return unit_id
            unit_id = row[0]

    def canonical(self) -> dict[tuple[str, str], str]:
        """(region, name) of every merged unit, with the name that it goes by."""
        merged = self.connection.execute("select id, region, name from units where merged_into is not null").fetchall()
        return {(region, name): self.name(self.resolved(unit)) for unit, region, name in merged}

    def name(self, unit_id: str) -> str:
        """The name of a unit."""
        return str(self.connection.execute("select name from units where id = ?", (unit_id,)).fetchone()[0])

    def all(self) -> list[Unit]:
        """Every unit by region and name, merged ones inside the unit that they are."""
        rows = self.connection.execute(
            "select id, region, name, merged_into from units order by region, name"
        ).fetchall()
        into = {row[0]: self.resolved(row[0]) for row in rows}
        names: dict[str, dict[str, None]] = {}
        for unit, _, name, merged in rows:
            if merged is not None:
                names.setdefault(into[unit], {})[name] = None
        for unit, alias in self.connection.execute("select unit_id, alias from unit_aliases order by unit_id, alias"):
            names.setdefault(into[unit], {})[alias] = None
        tasks: dict[str, set[str]] = {}
        for unit, task in self.connection.execute(
            "select r.unit_id, r.task_id from responsibilities r join tasks t on t.id = r.task_id where t.vanished = 0"
        ):
            tasks.setdefault(into[unit], set()).add(task)
        return [
            Unit(unit, region, name, tuple(names.get(unit, ())), len(tasks.get(unit, ())))
            for unit, region, name, merged in rows
            if merged is None
        ]
