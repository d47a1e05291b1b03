"""How sure the program is (把握): figures to sort by, errors first. From 0 to 1, read off the labelled notices by rule."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.extractors.units.values import UnitMention
from extractor.model import Deadline, Mention, Target, Task

_TASK = {"tasks.item": 0.96, "tasks.table_row": 0.95, "tasks.paragraph": 0.85, "tasks.heading": 0.75, "tasks.list": 0.75}
_UNIT = {"bracket": 0.98, "line": 0.97, "table": 0.97, "by": 0.92, "ask": 0.92, "subject": 0.88, "with": 0.85}


def of_task(task: Task) -> float:
    """A task's: that of the rule that cut it, lower where a value of it is doubtful or it has no measure."""
    own = _TASK[task.rule]
    values = [r.confidence for r in task.responsibilities] + [d.confidence for d in task.deadlines]
    values += [t.confidence for t in task.targets]
    doubt = min(values, default=1.0)
    return round(max(0.05, own * (0.7 + 0.3 * doubt) - (0.2 if not task.measures else 0.0)), 2)


def of_unit(value: UnitMention, *, inherited: bool) -> float:
    """A responsibility's: listed units are surer than subjects of clauses, own ones than inherited ones."""
    own = _UNIT.get(value.form, 0.75)
    return round(own - (0.02 if inherited else 0.0) - (0.0 if value.explicit else 0.03), 2)


def of_target(mention: Mention) -> float:
    """A target's: weak mentions stand only where nothing firmer is said."""
    return 0.7 if mention.weak else 0.9


def of_goal(targets: Sequence[Target], deadlines: Sequence[Deadline]) -> float:
    """A goal's: a number or a date makes it sure."""
    return 0.95 if targets or deadlines else 0.8
