"""Commands by which a person says something: edit, accept, reject, merge, split, add, undo, status, assign, history."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from extractor.commands import fields
from extractor.commands.arguments import OK, add_by, add_database, command, day, pair, positive
from extractor.errors import UsageError

if TYPE_CHECKING:
    from extractor.model import Goal, Task
    from extractor.store import History, Store

STATUSES = {
    "未启动": "not_started",
    "推进中": "in_progress",
    "已完成待销号": "done",
    "已销号": "closed",
    "暂缓": "paused",
    "已取消": "cancelled",
}
_NUMBERS = frozenset({"low", "high"})


def add(commands: Any) -> None:
    """Adds the commands."""
    edit = _said(
        commands, "edit", _edit, "更正任务、单位、时限或指标的一项", "set a field of a task, unit, date or number"
    )
    edit.add_argument(
        "--set",
        action="append",
        required=True,
        metavar="项=值",
        help="项目用中文或英文名，如 完成时限=2026-06-30（或 due_on=…）；等号后留空表示没有；名称写错时会列出可以改的项目 "
        "/ field=value; nothing after = clears it",
    )
    _said(commands, "accept", _accept, "确认任务无误", "say that a task is right")
    _said(commands, "reject", _reject, "剔除不是任务的条目", "say that an entry is no task")
    merge = _said(commands, "merge", _merge, "把同一份通知的几条任务并成一条", "make one task of several")
    merge.add_argument("others", nargs="+", metavar="并入的编号", help="并入它的任务 / tasks that go into it")
    split = _said(commands, "split", _split, "把一条任务拆成几条", "make several tasks of one")
    split.add_argument(
        "--part",
        action="append",
        required=True,
        metavar="名称=举措编号,…",
        help="每部分写一次；第一部分沿用原编号 / once for each part: title=measure ids",
    )
    undo = command(commands, "undo", _undo, "撤销一次人工决定", "take a decision back")
    undo.add_argument("decision", type=positive, metavar="决定编号", help="见 history / its number, see history")
    add_database(undo)
    add_by(undo)

    new = command(commands, "add", _add, "手工添加任务（领导交办、会议议定）", "add a task by hand")
    new.add_argument("title", metavar="任务", help="任务名称 / its title")
    new.add_argument("--text", default="", metavar="内容", help="具体内容 / its text")
    new.add_argument("--lead", action="append", default=[], metavar="单位", help="牵头单位 / lead unit")
    new.add_argument("--unit", action="append", default=[], metavar="单位", help="责任单位 / responsible unit")
    new.add_argument("--due", type=day, metavar="年-月-日", help="完成时限 / due date")
    new.add_argument("--source", default="", metavar="来源", help="来自哪次会议、哪位领导 / meeting or leader")
    add_database(new)
    add_by(new)

    status = _said(commands, "status", _status, "填写状态和进展", "report status and progress")
    status.add_argument("--status", choices=tuple(STATUSES), metavar="状态", help="、".join(STATUSES))
    status.add_argument("--progress", metavar="进展", help="进展情况 / what was done")
    status.add_argument(
        "--percent",
        type=_share,
        metavar="百分比",
        help='完成比例，0 到 100；写 "" 表示清除 / from 0 to 100; "" takes it back',
    )
    status.add_argument("--period", metavar="期间", help="如 2026-06 / such as 2026-06")

    assign = _said(commands, "assign", _assign, "填写承办人和内部时限", "say who does it here, and by when")
    assign.add_argument("--our-unit", metavar="科室", help="我单位承办科室 / our office")
    assign.add_argument("--leader", metavar="领导", help="分管领导 / leader in charge")
    assign.add_argument("--person", metavar="姓名", help="责任人 / person")
    assign.add_argument(
        "--inner-due",
        type=lambda text: text and day(text),
        metavar="年-月-日",
        help='内部时限；写 "" 表示清除，其他各项也是 / inner date; "" takes it back, as of the others',
    )

    history = command(commands, "history", _history, "查看一条任务的来历和所有改动", "what happened to a task")
    history.add_argument("task", metavar="编号", help="任务编号 / id of the task")
    add_database(history)


def _share(text: str) -> float | str:
    """A percentage, with or without its sign, or nothing."""
    number = text.strip().rstrip("%％")
    try:
        return float(number) if number else ""
    except ValueError:
        raise argparse.ArgumentTypeError(f"完成比例要写数字，如 50（{text}）") from None


def _said(commands: Any, name: str, run: Callable[[argparse.Namespace], int], chinese: str, english: str) -> Any:
    parser = command(commands, name, run, chinese, english)
    parser.add_argument("task", metavar="编号", help="任务（或单位、时限、指标）的编号 / its id")
    add_database(parser)
    add_by(parser)
    return parser


def _with_store(args: argparse.Namespace, act: Callable[[Store], object]) -> int:
    from extractor.store import open_store

    with open_store(args.db) as store:
        result = act(store)
    number = getattr(result, "id", None)
    print(f"已记录（编号 {number}，可用 undo 撤销）" if isinstance(number, int) else f"已记录 {result or ''}".rstrip())
    return OK


def _edit(args: argparse.Namespace) -> int:
    pairs = [(fields.field(said), value) for said, value in map(pair, args.set)]

    def act(store: Store) -> object:
        last: object = None
        for name, text in pairs:
            value: object = _number(text) if name in _NUMBERS and text else fields.value(name, text)
            last = store.edit(args.task, name, value, by=args.by, note=args.note)
        return last

    return _with_store(args, act)


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise UsageError(
            "number_wrong", where=text, chinese="这一项要写数字", english="this field takes a number"
        ) from None


def _accept(args: argparse.Namespace) -> int:
    return _with_store(args, lambda store: store.accept(args.task, by=args.by, note=args.note))


def _reject(args: argparse.Namespace) -> int:
    return _with_store(args, lambda store: store.reject(args.task, by=args.by, note=args.note))


def _merge(args: argparse.Namespace) -> int:
    return _with_store(args, lambda store: store.merge(args.task, args.others, by=args.by, note=args.note))


def _split(args: argparse.Namespace) -> int:
    parts = []
    for text in args.part:
        title, measures = pair(text)
        parts.append({"title": title, "measures": [m.strip() for m in measures.split(",") if m.strip()]})
    return _with_store(args, lambda store: "、".join(store.split(args.task, parts, by=args.by, note=args.note)))


def _undo(args: argparse.Namespace) -> int:
    return _with_store(args, lambda store: store.undo(args.decision, by=args.by, note=args.note))


def _add(args: argparse.Namespace) -> int:
    from extractor.model import Role

    units: list[tuple[str, Role]] = [(name, "lead") for name in args.lead]
    units += [(name, "responsible") for name in args.unit]
    section = [args.source] if args.source else []
    return _with_store(
        args,
        lambda store: store.add_task(
            args.title, by=args.by, text=args.text, units=units, due_on=args.due, section=section, note=args.note
        ),
    )


def _status(args: argparse.Namespace) -> int:
    status: Any = STATUSES.get(args.status)
    return _with_store(
        args,
        lambda store: store.report_progress(
            args.task,
            by=args.by,
            text=args.note if args.progress is None else args.progress,
            percent=args.percent,
            status=status,
            period=args.period,
        ),
    )


def _assign(args: argparse.Namespace) -> int:
    return _with_store(
        args,
        lambda store: store.assign(
            args.task,
            by=args.by,
            our_unit=args.our_unit,
            leader=args.leader,
            person=args.person,
            inner_due=args.inner_due,
            note=args.note,
        ),
    )


def _history(args: argparse.Namespace) -> int:
    from extractor import terminal
    from extractor.store import open_store

    with open_store(args.db, read_only=True) as store:
        reading = store.reading(args.task)
        events = store.history(args.task)
    shown = []
    if reading.extracted is not None:
        shown.append(("程序识别", reading.extracted.title, f"完成时限 {reading.extracted.due_on or '未写明'}"))
    if reading.goal is not None:
        shown.append(("目标", " ".join(reading.goal.evidence.quote.split()), ""))
    elif reading.decided is None:
        shown.append(("现在采用", _gone(events), ""))
    elif reading.decided != reading.extracted:
        shown.append(("现在采用", reading.decided.title, f"完成时限 {reading.decided.due_on or '未写明'}"))
    terminal.table("任务" if reading.goal is None else "目标", shown)
    task = reading.decided or reading.extracted or reading.goal
    if task is not None:
        terminal.table("各项的编号（更正、拆分时用）", _parts(task))
    if events:
        terminal.table("经过", [_event(event) for event in events])
    return OK


def _gone(events: Sequence[History]) -> str:
    """What became of a task that is in the register no more."""
    merged = [event for event in events if event.what in ("merged", "undo")]
    return f"已并入 {merged[-1].new}" if merged and merged[-1].what == "merged" else "已剔除"


def _parts(task: Task | Goal) -> list[tuple[str, ...]]:
    """What a task or goal is made of, with the ids by which a person corrects or splits it."""
    from extractor.exports import phrases
    from extractor.model import Task

    measures, units = (task.measures, task.responsibilities) if isinstance(task, Task) else ((), ())
    return [
        *(("举措", m.id, phrases.one_line(m.evidence.quote)) for m in measures),
        *((phrases.ROLES[r.role], r.id, r.unit) for r in units),
        *(("时限", d.id, phrases.when(d)) for d in task.deadlines),
        *(("指标", t.id, phrases.one_line(t.evidence.quote)) for t in task.targets),
    ]


_DID = {
    "set": "更正",
    "add": "添加",
    "remove": "删除",
    "accept": "确认",
    "reject": "剔除",
    "merge": "并入了",
    "merged": "并入其他任务",
    "split": "拆分",
    "undo": "撤销",
    "amend": "依据通知改动",
    "progress": "填写进展",
    "assign": "填写承办",
    "changed": "通知内容有变",
    "vanished": "通知中不再有",
    "returned": "通知中又有了",
}


def _event(event: Any) -> tuple[str, ...]:
    number = f"决定 {event.decision_id}" if event.decision_id else ""
    told = event.what in ("progress", "assign")  # reports have no former value
    new, old = fields.words(event.new, event.field), fields.words(event.old, event.field)
    change = new if told else "" if event.new is None and event.old is None else f"{old} → {new}"
    what, of = _DID.get(event.what, event.what), fields.name(event.field)
    return (_local(event.at), event.by, what, of, change, event.note or "", number)


def _local(at: str) -> str:
    """The moment of an event as clocks here show it."""
    return datetime.fromisoformat(at).astimezone().strftime("%Y-%m-%d %H:%M")
