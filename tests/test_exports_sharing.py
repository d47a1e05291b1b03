"""Rows that share what is equal in them show what rows by themselves show."""

from __future__ import annotations

from dataclasses import replace

from extractor.exports import sheets
from extractor.exports.rows import Row, rows
from extractor.exports.sharing import Sharing
from extractor.model import Evidence, Register, Span
from tests.exports_samples import sample_register


def twice() -> Register:
    """Two files with the same words, whose values have other ids and places."""
    [first] = sample_register().extractions
    [plan] = first.plans
    tasks = []
    for task in plan.tasks:
        names = {value.id: f"{value.id}x" for value in (*task.deadlines, *task.targets, *task.responsibilities)}
        names[None] = None
        moved = (Span(900, 901),)
        tasks.append(
            replace(
                task,
                id=f"{task.id}x",
                responsibilities=tuple(
                    replace(r, id=names[r.id], evidence=Evidence(r.evidence.quote, moved))
                    for r in task.responsibilities
                ),
                deadlines=tuple(
                    replace(d, id=names[d.id], evidence=Evidence(d.evidence.quote, moved)) for d in task.deadlines
                ),
                targets=tuple(
                    replace(t, id=names[t.id], deadline_id=names.get(t.deadline_id, t.deadline_id))
                    for t in task.targets
                ),
            )
        )
    second = replace(
        first, source=replace(first.source, id="s2", path="b.txt"), plans=(replace(plan, tasks=tuple(tasks)),)
    )
    return Register((first, second))


def shown(table: list[Row]) -> list[object]:
    """Every cell of every flat sheet."""
    cells: list[object] = [column.value(row) for row in table for column in sheets.DATA_COLUMNS]
    cells += [column.value(line) for line in sheets.by_unit(table) for column in sheets.UNIT_COLUMNS]
    cells += [column.value(line) for line in sheets.targets(table) for column in sheets.TARGET_COLUMNS]
    cells += [column.value(line) for line in sheets.deadlines(table) for column in sheets.DEADLINE_COLUMNS]
    return cells


def test_every_cell_is_the_same() -> None:
    apart, together = list(rows(twice())), list(rows(twice(), sharing=Sharing()))
    assert shown(together) == shown(apart)
    assert [row.evidence for row in together] == [row.evidence for row in apart]


def test_equal_values_are_one_object() -> None:
    table = list(rows(twice(), sharing=Sharing()))
    half = len(table) // 2
    assert half * 2 == len(table)
    shared = 0
    for one, other in zip(table[:half], table[half:], strict=True):
        for mine, theirs in zip(one.responsibilities, other.responsibilities, strict=True):
            assert mine is theirs
            shared += 1
        for deadline in one.deadlines:
            named = any(target.deadline_id == deadline.id for target in one.targets if target.deadline_id)
            assert named or deadline.id == ""
    assert shared


def test_a_target_still_finds_its_date() -> None:
    [extraction] = sample_register().extractions
    [plan] = extraction.plans
    task = next(task for task in plan.tasks if task.deadlines and task.targets)
    paired = replace(task, targets=(replace(task.targets[0], deadline_id=task.deadlines[0].id or "d1"),))
    if not task.deadlines[0].id:
        paired = replace(paired, deadlines=(replace(task.deadlines[0], id="d1"), *task.deadlines[1:]))
    register = Register((replace(extraction, plans=(replace(plan, tasks=(paired,)),)),))
    [row] = [row for row in rows(register, sharing=Sharing()) if row.id == task.id]
    assert row.dated[row.targets[0].deadline_id or ""].ends_on == task.deadlines[0].ends_on
