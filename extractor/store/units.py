"""Units (单位): a unit is a region and a name. Two towns' 综治办 are two units; how notices write one is an alias.

What a person says about units (this one is that one) is kept beside the extractor's rows: a merged unit keeps its row and
its responsibilities, and names the unit that it is.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, field

from extractor import identity
from extractor.errors import StoreError
from extractor.store.naming import Naming


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

    def part(self, unit_id: str) -> None:
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

    def name(self, unit_id: str) -> str:
        """The name of a unit."""
        return str(self.connection.execute("select name from units where id = ?", (unit_id,)).fetchone()[0])

    def row(self, region: str, name: str) -> str:
        """The id of the unit with this name, made where there is none."""
        return self.id_of(region, name, name)

    def region(self, unit_id: str) -> str:
        """The region of a unit."""
        return str(self.connection.execute("select region from units where id = ?", (unit_id,)).fetchone()[0])

    def members(self, unit_id: str) -> dict[str, str]:
        """The names of the units that are merged into one, by id."""
        rows = self.connection.execute("select id, name from units where merged_into = ? order by name", (unit_id,))
        return dict(rows.fetchall())

    def written(self, unit_id: str, naming: Naming) -> list[tuple[str, str]]:
        """The tasks of a unit, each with how it writes it, in the order of their notices."""
        region, name = self.region(unit_id), self.name(unit_id)
        rows = self.connection.execute(
            """select r.task_id, r.unit, u.name from responsibilities r join units u on u.id = r.unit_id
                 join tasks t on t.id = r.task_id
                where u.region = ? and t.vanished = 0 order by t.plan_id, t.position, r.position""",
            (region,),
        )
        return [(task, unit) for task, unit, read in rows if naming.of(region, unit, read, task) == name]

    def tidy(self) -> None:
        """Takes away the units that people made by a splitting since taken back."""
        self.connection.execute(
            """delete from units where merged_into is null
                  and id in (select json_extract(s.new, '$.unit') from decisions s
                              where s.entity = 'unit' and s.action = 'split'
                                and exists (select 1 from decisions b where b.undoes = s.id))
                  and not exists (select 1 from decisions d where d.entity = 'unit' and d.entity_id = units.id)
                  and not exists (select 1 from responsibilities r where r.unit_id = units.id)
                  and not exists (select 1 from unit_aliases a where a.unit_id = units.id)
                  and not exists (select 1 from units o where o.merged_into = units.id)"""
        )

    def all(self, naming: Naming) -> list[Unit]:
        """Every unit by region and name, merged ones inside the unit that they are."""
        rows = self.connection.execute(
            "select id, region, name, merged_into from units order by region, name"
        ).fetchall()
        unit = {row[0]: (row[1], row[2]) for row in rows}
        names: dict[tuple[str, str], dict[str, None]] = {}
        tasks: dict[tuple[str, str], set[str]] = {}
        for _, region, name, merged in rows:
            if merged is not None:
                names.setdefault((region, naming.of(region, name, name, "")), {})[name] = None
        for unit_id, written, task in self.connection.execute(
            "select r.unit_id, r.unit, r.task_id from responsibilities r join tasks t on t.id = r.task_id "
            "where t.vanished = 0"
        ):
            region, name = unit[unit_id]
            called = naming.of(region, written, name, task)
            tasks.setdefault((region, called), set()).add(task)
            if called != name:
                names.setdefault((region, called), {})[written] = None
        for unit_id, alias in self.connection.execute(
            "select unit_id, alias from unit_aliases order by unit_id, alias"
        ):
            region, name = unit[unit_id]
            names.setdefault((region, naming.of(region, alias, name, "")), {})[alias] = None
        return [
            Unit(name_id, region, name, tuple(n for n in sorted(names.get((region, name), ())) if n != name),
                 len(tasks.get((region, name), ())))
            for name_id, region, name, merged in rows
            if merged is None and not (naming.aliases.get((region, name)) and (region, name) not in tasks)
        ]  # fmt: skip
