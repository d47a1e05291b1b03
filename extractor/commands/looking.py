"""Commands that look things up: search, units, our own unit and what concerns it."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from extractor.commands import fields
from extractor.commands.arguments import OK, add_database, command, pair, positive
from extractor.errors import UsageError

if TYPE_CHECKING:
    from extractor.store import Change, Decision

_LINKS = {"amends": "修改", "extends": "延期", "repeals": "废止"}
_STATES = {"proposed": "待确认", "confirmed": "已确认", "refused": "不成立"}
_CHANGE_STATES = {**_STATES, "kept": "人工已改，以人工为准", "look": "请人工核对更正"}
_AFTERWARDS = {
    "confirmed": "已采用 {} 处改动",
    "kept": "有 {} 处人工已改过，仍以人工为准",
    "look": "有 {} 处请人工核对更正（见 extractor links）",
}
_WHY = {
    "item": "按条目序号",
    "words": "按所引文字",
    "title": "按任务名称",
    "date": "按原时限",
    "plan": "未写明任务，按整份通知",
}
LEVELS = {"村": "village", "乡镇": "town", "县": "county", "市": "city", "部门": "bureau"}


def add(commands: Any) -> None:
    """Adds the commands."""
    search = command(commands, "search", _search, "在任务和原文中查找", "search tasks and source texts")
    search.add_argument("words", nargs="+", metavar="词", help="几个词都要有 / words that must all be there")
    search.add_argument("--limit", type=positive, default=20, metavar="条数", help="最多显示几条 / at most so many")
    add_database(search)

    units = command(
        commands,
        "units",
        _units,
        "列出单位，合并同一单位的不同名称，拆开混为一个的两个单位",
        "list units, merge names of one unit, part units that were taken for one",
    )
    units.add_argument("--merge", nargs="+", metavar="编号", help="第一个保留，其余并入 / the first is kept")
    units.add_argument(
        "--show", metavar="编号", help="列出一个单位的任务和各处的写法 / a unit's tasks, and how each writes it"
    )
    units.add_argument(
        "--split",
        nargs=2,
        metavar=("编号", "新单位"),
        help="拆出一个新单位，用 --form 或 --task 说明哪些归它 / part a unit",
    )
    units.add_argument(
        "--form",
        action="append",
        default=[],
        metavar="写法",
        help="这样写的归新单位 / what is written so is the new unit",
    )
    units.add_argument(
        "--task",
        action="append",
        default=[],
        metavar="任务编号",
        help="这条任务中的归新单位 / in this task it is the new unit",
    )
    units.add_argument("--alias", nargs=2, metavar=("编号", "别名"), help="给单位加一个别名 / add an alias")
    units.add_argument("--by", metavar="姓名", help="谁作的决定（合并、拆分、加别名时要写）/ who says so")
    add_database(units)

    links = command(
        commands,
        "links",
        _links,
        "列出延期、修改、废止其他通知的通知，由人确认",
        "notices that extend, amend or repeal others, for a person to confirm",
    )
    links.add_argument(
        "--confirm",
        metavar="编号",
        help="确认：延期、修改的改动随即采用，人工改过的不动；废止的，原通知未完成的任务改为已取消 / confirm one",
    )
    links.add_argument(
        "--only", nargs="+", type=positive, metavar="序号", help="只采用列出的几处改动 / only these of its changes"
    )
    links.add_argument("--refuse", metavar="编号", help="不成立 / say that it is not so")
    links.add_argument("--by", metavar="姓名", help="谁作的决定（确认、否定时要写）/ who says so")
    add_database(links)

    ours = command(
        commands,
        "our-unit",
        _our_unit,
        "设置本单位，或列出涉及本单位的任务",
        "set our own unit, or list what concerns it",
    )
    ours.add_argument("--name", metavar="名称", help="本单位名称，如 柳河镇 / our name")
    ours.add_argument("--level", choices=tuple(LEVELS), metavar="级别", help="、".join(LEVELS))
    ours.add_argument("--region", default="", metavar="所属", help="所属县市，如 青溪县 / the county it is of")
    ours.add_argument("--alias", action="append", default=[], metavar="别名", help="本单位的其他写法 / another name")
    ours.add_argument(
        "--office",
        action="append",
        default=[],
        metavar="部门=科室",
        help="上级部门的任务由本单位哪个科室办，如 县农业农村局=农业农村办 / which office does a bureau's tasks",
    )
    add_database(ours)


def _search(args: argparse.Namespace) -> int:
    from extractor import terminal
    from extractor.store import open_store

    with open_store(args.db, read_only=True) as store:
        hits = store.search(" ".join(args.words), args.limit)
    if not hits:
        print("没有找到 / nothing found")
        return OK
    kinds = {"task": "任务", "source": "原文"}
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

    changes = bool(args.merge or args.alias or args.split)
    if changes and not args.by:
        raise _by_missing()
    if (args.form or args.task) and not args.split:
        raise UsageError(
            "split_missing",
            where="--form、--task",
            chinese="要和 --split 一起用",
            english="goes with --split alone",
        )
    with open_store(args.db, read_only=not changes) as store:
        made: list[Decision] = []
        if args.merge:
            made += store.merge_units(args.merge[0], args.merge[1:], by=args.by)
        if args.split:
            made.append(store.split_unit(*args.split, by=args.by, forms=args.form, tasks=args.task))
        if args.alias:
            made.append(store.alias(*args.alias, by=args.by))
        if made:
            print("已记录（" + "、".join(f"编号 {d.id}" for d in made) + "，可用 undo 撤销）")
        elif args.show:
            terminal.table("任务和写法", store.unit_tasks(args.show))
        else:
            rows = [(u.id, u.region, u.name, "、".join(u.aliases), f"{u.tasks} 项任务") for u in store.units()]
            terminal.table("单位", rows)
    return OK


def _links(args: argparse.Namespace) -> int:
    from extractor import terminal
    from extractor.store import open_store

    said = args.confirm or args.refuse
    if said and not args.by:
        raise _by_missing()
    if args.only and not args.confirm:
        raise UsageError(
            "only_alone", where="--only", chinese="要和 --confirm 一起用", english="goes with --confirm alone"
        )
    with open_store(args.db, read_only=not said) as store:
        if said:
            decision = store.confirm_link(said, by=args.by, confirmed=bool(args.confirm), only=args.only)
            states = [change.state for change in store.proposed_changes(said)]
            print(f"已记录（编号 {decision.id}，可用 undo 撤销）")
            for state, words in _AFTERWARDS.items():
                if args.confirm and state in states:
                    print(words.format(states.count(state)))
            print("台账文件不会自己改；要新的台账，请再运行 extractor run 或 extractor export")
            return OK
        proposals = store.proposals()
        changes = {proposal.id: store.proposed_changes(proposal.id) for proposal in proposals}
    if not proposals:
        print("没有延期、修改或废止其他通知的通知 / no notice extends, amends or repeals another")
        return OK
    rows = [(p.id, p.notice, _LINKS[p.kind], p.target, _STATES.get(p.state, p.state)) for p in proposals]
    terminal.table("通知之间的关系", rows)
    for p in proposals:
        if changes[p.id]:
            title = f"{p.id}：{p.notice} 对 {p.target} 的改动"
            terminal.table(title, [_change(k, change, p.state) for k, change in enumerate(changes[p.id], start=1)])
    return OK


def _change(number: int, change: Change, state: str) -> tuple[str, ...]:
    """A change as staff read it: which task, what becomes of it, how it was found, the words of both notices."""
    refused = state == "refused" and change.state == "proposed"
    return (
        str(number),
        change.owner or "没有找到对应的任务",
        _becomes(change),
        _WHY[change.why],
        _CHANGE_STATES["refused" if refused else change.state],
        f"原文：{' '.join(change.was.quote.split())}" if change.was.quote else "",
        f"新文：{' '.join(change.said.quote.split())}",
    )


def _becomes(change: Change) -> str:
    """What was there and what is to be, with how that was reckoned."""
    reckoned = f"（{change.how}）" if change.how else ""
    if not change.new:
        return reckoned
    return f"{fields.words(dict(change.old))} → {fields.words(dict(change.new))}{reckoned}"


def _by_missing() -> UsageError:
    return UsageError("by_missing", where="--by", chinese="请写明是谁作的决定", english="say who decides, with --by")


def _our_unit(args: argparse.Namespace) -> int:
    from extractor import terminal
    from extractor.store import OwnUnit, open_store

    if args.name:
        if not args.level:
            raise UsageError(
                "level_missing", where="--level", chinese="请写明级别", english="say its level, with --level"
            )
        level: Any = LEVELS[args.level]
        offices = dict(pair(text) for text in args.office)
        with open_store(args.db) as store:
            store.set_own_unit(OwnUnit(args.name, level, args.region, tuple(args.alias), offices))
        print(f"本单位：{args.name}")
        return OK
    with open_store(args.db, read_only=True) as store:
        unit = store.own_unit()
        concerns = store.concerning_us()
        tasks = {task.id: task for _, plan in store.register(decided=True).plans() for task in plan.tasks}
    if unit is None:
        print("还没有设置本单位（用 --name 和 --level）/ our own unit has not been set")
        return OK
    rows = [
        (c.task_id, tasks[c.task_id].title, tasks[c.task_id].due_on or "", c.chinese, c.office)
        for c in concerns
        if c.task_id in tasks
    ]
    terminal.table(f"涉及{unit.name}的任务（{len(rows)}）", rows)
    return OK
