"""Which unit a name stands for (单位的认定): what people merged, split off and gave other names, over what was read.

The extractor's rows keep the unit that it read; what people say is laid over a plan together with their other decisions.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from extractor.model import Plan, Responsibility, Task
from extractor.store.overlay import Decision

_Key = tuple[str, str]  # region, name


@dataclass(frozen=True, slots=True)
class Split:
    """A part of a unit that is a unit of its own: under these written names, or in these tasks."""

    name: str
    forms: frozenset[str]
    tasks: frozenset[str]

    def takes(self, names: Iterable[str], task_id: str) -> bool:
        """True where a unit written with one of ``names`` in a task is this one."""
        return task_id in self.tasks or not self.forms.isdisjoint(names)


@dataclass(frozen=True, slots=True)
class Naming:
    """What people said of units: ``merged`` and ``aliases`` name the unit that another, or a written name, is."""

    merged: Mapping[_Key, str] = field(default_factory=dict)
    aliases: Mapping[_Key, str] = field(default_factory=dict)
    splits: Mapping[_Key, tuple[Split, ...]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.merged or self.aliases or self.splits)

    @classmethod
    def read(cls, connection: sqlite3.Connection, said: Iterable[Decision]) -> Naming:
        """What the decisions ``said`` (effective ones, on units) come to; merged units are told by their rows."""
        said = list(said)
        if not said:
            return cls()
        unit = {
            name: (region, called) for name, region, called in connection.execute("select id, region, name from units")
        }
        merged = {
            unit[name]: unit[into][1]
            for name, into in connection.execute("select id, merged_into from units where merged_into is not null")
        }
        aliases: dict[_Key, str] = {}
        splits: dict[_Key, tuple[Split, ...]] = {}
        for decision in said:
            region, name = unit[decision.entity_id]
            if decision.action == "add":
                aliases[region, decision.new] = name
            elif decision.action == "split":
                new = decision.new
                part = Split(new["name"], frozenset(new["forms"]), frozenset(new["tasks"]))
                for member in (name, *new["members"]):
                    splits[region, member] = (part, *splits.get((region, member), ()))
        return cls(merged, aliases, splits)

    def name(self, region: str, responsibility: Responsibility, task_id: str) -> str:
        """The name of the unit that ``responsibility`` names in a task."""
        return self.of(region, responsibility.unit, responsibility.canonical or responsibility.unit, task_id)

    def of(self, region: str, written: str, name: str, task_id: str) -> str:
        """The name of the unit that a task calls ``written``, and the extractor ``name``."""
        alias = self.aliases.get((region, written)) or self.aliases.get((region, name))
        if alias is not None and written not in (alias, self.merged.get((region, alias))):
            name = alias
        part = next((s for s in self.splits.get((region, name), ()) if s.takes((written, name), task_id)), None)
        if part is not None:
            name = part.name
        return self.merged.get((region, name), name)

    def laid_over(self, plan: Plan) -> Plan:
        """``plan`` with the units as people say; itself where they say nothing of them."""
        if not self:
            return plan
        region = plan.region or ""
        tasks = tuple(self._task(region, task) for task in plan.tasks)
        same = all(new is old for new, old in zip(tasks, plan.tasks, strict=True))
        return plan if same else replace(plan, tasks=tasks)

    def _task(self, region: str, task: Task) -> Task:
        units = tuple(self._unit(region, r, task.id) for r in task.responsibilities)
        if all(new is old for new, old in zip(units, task.responsibilities, strict=True)):
            return task
        return replace(task, responsibilities=units)

    def _unit(self, region: str, responsibility: Responsibility, task_id: str) -> Responsibility:
        name = self.name(region, responsibility, task_id)
        known = responsibility.canonical or responsibility.unit
        return responsibility if name == known else replace(responsibility, canonical=name)
