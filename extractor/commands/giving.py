"""Commands that give out what is stored: export, schema, backup."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractor.commands.arguments import OK, add_database, add_layout, command

if TYPE_CHECKING:
    from extractor.exports.rows import OfficeColumns
    from extractor.store import Store


def add(commands: Any) -> None:
    """Adds the commands."""
    export = command(commands, "export", _export, "从任务库导出", "export from the task database")
    add_database(export)
    export.add_argument("--format", choices=("json", "csv", "xlsx", "docx"), required=True, help="格式 / format")
    export.add_argument("-o", "--output", type=Path, required=True, metavar="文件", help="写到哪个文件 / output file")
    export.add_argument(
        "--with-text", action="store_true", help="数据中附上每份文件的全文 / add each source text (json)"
    )
    add_layout(export)
    command(commands, "schema", _schema, "显示数据格式说明", "print the JSON Schema of the export")
    backup = command(commands, "backup", _backup, "备份任务库", "copy the task database")
    add_database(backup)
    backup.add_argument(
        "target", type=Path, metavar="备份文件", help="备份到哪个文件（不能已存在）/ a file that is not there yet"
    )


def office_columns(store: Store) -> dict[str, OfficeColumns]:
    """What the office wrote, as the exports take it."""
    from extractor.exports.rows import OfficeColumns

    return {name: OfficeColumns(**asdict(office)) for name, office in store.office().items()}


def concerning_us(store: Store) -> dict[str, tuple[str, str]] | None:
    """Why tasks concern our own unit, and which of our offices they fall to; nothing where no unit has been set."""
    if store.own_unit() is None:
        return None
    return {concern.task_id: (concern.chinese, concern.office) for concern in store.concerning_us()}


def _export(args: argparse.Namespace) -> int:
    from extractor.store import open_store

    with open_store(args.db, read_only=True) as store:
        register = store.register(decided=True)
        office, ours = office_columns(store), concerning_us(store)
    path: Path = args.output
    if args.format == "json":
        from extractor.exports.json_export import write_json

        write_json(register, path, with_text=args.with_text, public=args.public)
    elif args.format == "csv":
        from extractor.exports.csv_export import write_csv

        write_csv(register, path, office=office, public=args.public)
    elif args.format == "docx":
        from extractor.exports.word import write_word

        path = write_word(register, path, office=office, paper=args.paper, public=args.public).path
    else:
        from extractor.exports.workbook import write_workbook

        ledger = write_workbook(
            register, path, today=date.today(), office=office, ours=ours, paper=args.paper, public=args.public
        )
        path = ledger.path
    print(path)
    return OK


def _schema(args: argparse.Namespace) -> int:
    from extractor.exports.json_export import schema_text

    print(schema_text(), end="")
    return OK


def _backup(args: argparse.Namespace) -> int:
    from extractor.store import open_store

    with open_store(args.db, read_only=True) as store:
        store.backup(args.target)
    print(args.target)
    return OK
