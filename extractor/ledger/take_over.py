"""What a filled ledger says, taken over into the task database: as decisions and reports of a person, all undoable."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import TYPE_CHECKING, Any

from extractor.exports.rows import Row
from extractor.ledger.readback import Added, Readback

if TYPE_CHECKING:
    from extractor.model import Role
    from extractor.store import Store

NOTE = "据台账"
_ASSIGNED = {
    "our_unit": "our_unit",
    "office_leader": "leader",
    "person": "person",
    "inner_due": "inner_due",
    "note": "note",
}
_REPORTED = {"status": "status", "progress": "text", "percent": "percent"}
_ROLES = ("lead", "responsible", "support", "supervise")


def take_over(found: Readback, store: Store, *, by: str) -> None:
    """Writes down all changes, added rows and deleted rows of ``found``; what is unclear is left to people."""
    for _, of_row in groupby(found.changes, key=lambda change: id(change.row)):
        changes = list(of_row)
        _office(store, changes[0].row.id, [(change.field, change.value) for change in changes], by)
        for change in changes:
            if change.field in ("title", "due"):
                name = "due_on" if change.field == "due" else "title"
                store.edit(change.row.id, name, change.value, by=by, note=NOTE)
            elif change.field in _ROLES:
                _units(store, change.row, change.field, change.value, by)
    for added in found.added:
        _add(store, added, by)
    for row in found.deleted:
        store.reject(row.id, by=by, note="台账中已删除这一行")


def _office(store: Store, task: str, filled: Iterable[tuple[str, Any]], by: str) -> None:
    """Status and progress in one report, people and inner date in one assignment; an emptied cell is empty text."""
    filled = list(filled)
    reported: dict[str, Any] = {
        _REPORTED[name]: "" if value is None and name != "status" else value
        for name, value in filled
        if name in _REPORTED
    }
    assigned: dict[str, Any] = {
        _ASSIGNED[name]: "" if value is None else value for name, value in filled if name in _ASSIGNED
    }
    if reported:
        store.report_progress(task, by=by, **reported)
    if assigned:
        store.assign(task, by=by, **assigned)


def _units(store: Store, row: Row, role: str, value: Any, by: str) -> None:
    """The units of one role as the ledger has them: those gone are removed, new ones added."""
    wanted = list(value or ())
    for there in (r for r in row.responsibilities if r.role == role):
        if there.unit in wanted:
            wanted.remove(there.unit)
        else:
            store.remove(there.id, by=by, note=NOTE)
    for name in dict.fromkeys(wanted):
        store.add_value(row.id, "responsibility", {"unit": name, "role": role}, by=by, note=NOTE)


def _add(store: Store, added: Added, by: str) -> None:
    units: list[tuple[str, Role]] = [(name, role) for name, role in added.units]  # type: ignore[misc]
    task = store.add_task(
        added.title,
        by=by,
        text=added.measures,
        units=units,
        due_on=added.due_on,
        section=[added.origin] if added.origin else [],
        note="台账中手工添加",
    )
    _office(store, task, added.office, by)
