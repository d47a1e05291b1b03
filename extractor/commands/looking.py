"""Commands that look things up: search, units."""

from __future__ import annotations

import argparse
from typing import Any

from extractor.commands.arguments import OK, add_database, command, positive
from extractor.errors import UsageError


def add(commands: Any) -> None:
    """Adds the commands."""
    search = command(commands, "search", _search, "在任务和原文中查找", "search tasks and source texts")
    search.add_argument("words", nargs="+", metavar="词", help="几个词都要有 / words that must all be there")
    search.add_argument("--limit", type=positive, default=20, metavar="条数", help="最多显示几条 / at most so many")
    add_database(search)

    units = command(
        commands, "units", _units, "列出单位，或合并同一单位的不同名称", "list units, or merge names of one unit"
    )
    units.add_argument("--merge", nargs="+", metavar="编号", help="第一个保留，其余并入 / the first is kept")
    units.add_argument("--alias", nargs=2, metavar=("编号", "别名"), help="给单位加一个别名 / add an alias")
    units.add_argument("--by", metavar="姓名", help="谁作的决定（合并、加别名时要写）/ who says so")
    add_database(units)


def _search(args: argparse.Namespace) -> int:
    from extractor import terminal
    from extractor.store import open_store

    with open_store(args.db, read_only=True) as store:
        hits = store.search(" ".join(args.words), args.limit)
    if not hits:
        print("没有找到 / nothing found")
        return OK
    kinds = {"task": "任务", "text": "原文"}
    rows = []
    for hit in hits:
        sentence, found = hit.sentence, hit.found
        marked = f"{sentence[: found.start]}【{found.of(sentence)}】{sentence[found.end :]}"
        rows.append((kinds.get(hit.kind, hit.kind), hit.id, hit.title, " ".join(marked.split())))
    terminal.table("查找结果", rows)
    return OK


def _units(args: argparse.Namespace) -> int:
    from extractor import terminal
    from extractor.store import open_store

    changes = bool(args.merge or args.alias)
    if changes and not args.by:
        raise UsageError("by_missing", where="--by", chinese="请写明是谁作的决定", english="say who decides, with --by")
    with open_store(args.db, read_only=not changes) as store:
        if args.merge:
            made = store.merge_units(args.merge[0], args.merge[1:], by=args.by)
            print("已记录（" + "、".join(f"编号 {d.id}" for d in made) + "，可用 undo 撤销）")
        if args.alias:
            store.alias(*args.alias, by=args.by)
            print("已记录")
        if not changes:
            rows = [(u.id, u.region, u.name, "、".join(u.aliases), f"{u.tasks} 项任务") for u in store.units()]
            terminal.table("单位", rows)
    return OK
