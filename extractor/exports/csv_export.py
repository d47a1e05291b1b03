"""tasks.csv: the flat sheet of the register as CSV, in UTF-8 with a byte-order mark so that Excel and WPS read it."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from extractor.exports import phrases
from extractor.exports.destination import replacing
from extractor.exports.harmless import harmless, without_contacts
from extractor.exports.rows import OfficeColumns, Value, rows
from extractor.exports.sheets import DATA_COLUMNS, MARKS
from extractor.model import Register

_COLUMNS = tuple(column for column in DATA_COLUMNS if column.title != MARKS)


def write_csv(
    register: Register, path: Path, *, office: Mapping[str, OfficeColumns] | None = None, public: bool = False
) -> None:
    """Writes one line a task or goal to ``path``: dates ISO 8601, every cell harmless to spreadsheet programs."""
    with (
        replacing(path) as temporary,
        temporary.open("w", encoding="utf-8-sig", newline="", errors="replace") as file,
    ):
        writer = csv.writer(file)
        writer.writerow([column.title for column in _COLUMNS])
        for row in rows(register, office, public=public):
            writer.writerow([_cell(column.value(row), public) for column in _COLUMNS])


def _cell(value: Value, public: bool) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return harmless(without_contacts(value) if public else value)
    return value.isoformat() if isinstance(value, date) else phrases.number(value)
