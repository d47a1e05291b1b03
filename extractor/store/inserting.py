"""Many rows into a table at once."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress
from operator import itemgetter
from typing import Any


@dataclass(frozen=True, slots=True)
class Insert:
    """Rows on their way into ``table``; with ``renew`` one whose id is known takes the place of what was there. With
    ``sort`` they go in in the order of their first column, with which the key begins: pages are filled better so."""

    table: str
    columns: tuple[str, ...]
    renew: bool = False
    sort: bool = False

    @classmethod
    def of(cls, table: str, columns: str, *, renew: bool = False, sort: bool = False) -> Insert:
        """Into the ``columns`` of ``table``, named as SQL names them."""
        return cls(table, tuple(columns.split(", ")), renew, sort)

    def write(self, connection: sqlite3.Connection, rows: Sequence[tuple[Any, ...]]) -> None:
        """Writes the rows in one call.

        A column that none of them fills is left out of the statement: handing SQLite a value that is not there costs
        seven times one that is.
        """
        if not rows:
            return
        if self.sort:
            rows = sorted(rows, key=_KEY)
        by_column = list(zip(*rows, strict=True))
        filled = tuple(column[0] is not None or column.count(None) < len(column) for column in by_column)
        if not all(filled):
            rows = list(zip(*compress(by_column, filled), strict=True))
        connection.executemany(_statement(self, filled), rows)


_KEY = itemgetter(0)


@lru_cache(maxsize=512)
def _statement(insert: Insert, filled: tuple[bool, ...]) -> str:
    names = list(compress(insert.columns, filled))
    statement = f"insert into {insert.table} ({', '.join(names)}) values ({', '.join('?' * len(names))})"
    if insert.renew:
        renewed = (f"{name} = excluded.{name}" for name in insert.columns if name != "id")
        statement += " on conflict(id) do update set " + ", ".join(renewed)
    return statement
