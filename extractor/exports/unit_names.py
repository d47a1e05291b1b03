"""What a unit is called where the rows of several notices stand together (按单位): 县农业农村局, in whichever notice.

A notice's own units lose their place in the dictionary's name (农业农村局), those of a level above keep it: one bureau
would stand under two names where a county's notices and a town's are in one register.
"""

from __future__ import annotations

from collections.abc import Iterable

from extractor.exports.rows import Row, said_once
from extractor.model import Responsibility

_LEVELS = "县市区州旗省"
_COMMITTEE = "委"


class UnitNames:
    """The names of the units of ``rows``."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._called: dict[str, dict[str, str]] = {}  # by the dictionary's name and the level
        for row in rows:
            level = _level(row)
            if level:
                for value in row.responsibilities:
                    name = _in_dictionary(value)
                    if value.unit.startswith(level) and not name.startswith(level):
                        self._called.setdefault(name, {}).setdefault(level, _joined(level, value.unit, name))

    def of(self, row: Row, value: Responsibility) -> str:
        """The name of a row's unit: with its level where some notice of that level writes it so."""
        name = _in_dictionary(value)
        called = self._called.get(name)
        if called is None:
            return name
        own = called.get(_level(row))
        return own or (next(iter(called.values())) if len(called) == 1 else name)

    def answering(self, row: Row) -> list[str]:
        """The names of the units that lead a row or are responsible for it, else of whoever it names, each once."""
        named = [value for value in row.responsibilities if value.role in ("lead", "responsible")]
        return said_once(dict.fromkeys(self.of(row, value) for value in named or row.responsibilities))


def _in_dictionary(value: Responsibility) -> str:
    return value.canonical or value.unit


def _joined(level: str, written: str, name: str) -> str:
    """县农业农村局; 县委宣传部, whose dictionary name is 宣传部, and 县委办公室, whose is 党委办公室."""
    if written.startswith(level + _COMMITTEE) and name.startswith("党委"):
        return level + name[1:]
    party = written.startswith(level + _COMMITTEE) and not name.startswith(_COMMITTEE) and len(written) > len("县委")
    return f"{level}{_COMMITTEE if party else ''}{name}"


def _level(row: Row) -> str:
    """县 of a notice of 青溪县; nothing of a town's."""
    last = (row.plan.region or "")[-1:]
    return last if last and last in _LEVELS else ""
