"""Many rows into a table at once: what is empty in all of them, in some, in none."""

from __future__ import annotations

import sqlite3
from typing import Any

import pytest

from extractor.store.inserting import Insert


@pytest.fixture
def connection() -> sqlite3.Connection:
    made = sqlite3.connect(":memory:")
    made.execute("create table things (id text primary key, a text, b integer, c text not null default '-')")
    return made


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [("1", None, None, "x")],
        [("1", None, 0, "x"), ("2", "", None, "y")],
        [("1", None, None, "x"), ("2", None, 7, "y")],
        [("1", "a", 1, "x"), ("2", "b", 2, "y")],
    ],
)
def test_rows_come_out_as_they_went_in(connection: sqlite3.Connection, rows: list[tuple[Any, ...]]) -> None:
    Insert.of("things", "id, a, b, c").write(connection, rows)
    assert connection.execute("select * from things order by id").fetchall() == rows


def test_sorted_rows_go_in_in_the_order_of_their_key(connection: sqlite3.Connection) -> None:
    rows = [("2", None, 5, "x"), ("1", "b", None, "y"), ("3", None, 4, "z")]
    Insert.of("things", "id, a, b, c", sort=True).write(connection, rows)
    assert connection.execute("select * from things order by rowid").fetchall() == sorted(rows, key=lambda row: row[0])
    assert rows[0][0] == "2"


def test_renewing_empties_what_is_empty_now(connection: sqlite3.Connection) -> None:
    into = Insert.of("things", "id, a, b, c", renew=True)
    into.write(connection, [("1", "a", 1, "x"), ("2", "b", 2, "y")])
    into.write(connection, [("1", None, None, "z")])
    assert connection.execute("select * from things order by id").fetchall() == [
        ("1", None, None, "z"),
        ("2", "b", 2, "y"),
    ]


def test_what_must_be_there_is_missed(connection: sqlite3.Connection) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        Insert.of("things", "id, a").write(connection, [("1", "a"), ("1", "b")])
    connection.execute("create table strict_things (id text primary key, a text not null)")
    with pytest.raises(sqlite3.IntegrityError):
        Insert.of("strict_things", "id, a").write(connection, [("1", None)])
