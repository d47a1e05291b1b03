"""Commands of daily work with ledgers: append, import-register, due, report."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractor.commands.arguments import OK, add_database, add_dictionaries, command, day, existing, positive
from extractor.commands.deciding import STATUSES
from extractor.errors import UsageError

if TYPE_CHECKING:
    from extractor.exports.rows import Row
    from extractor.ledger.readback import Change, Readback
    from extractor.lexicon import Lexicon
    from extractor.store import Store

_SHOWN = 30  # changes of a kind that are listed one by one


def add(commands: Any) -> None:
    """Adds the commands."""
    append = command(
        commands, "append", _append, "把任务续登到单位已有的台账", "add tasks to a ledger that the office has"
    )
    append.add_argument("ledger", type=Path, metavar="台账", help="已有的 .xlsx 台账 / an .xlsx ledger")
    append.add_argument(
        "--template", type=Path, metavar="模板", help="台账还没有时，按这个模板新建 / make the ledger from this form"
    )
    append.add_argument(
        "--sheet", metavar="工作表", help="登到哪张工作表，默认第一张有表头的 / the sheet, by default the first ledger"
    )
    append.add_argument(
        "--column",
        action="append",
        default=[],
        metavar="表头=含义",
        help="表头认不出时写明，如 难易度=备注 / what a header stands for",
    )
    add_database(append)
    add_dictionaries(append)

    back = command(commands, "import-register", _import, "读回填好的台账", "read a filled ledger back")
    back.add_argument("ledger", type=Path, metavar="台账", help="填好的 .xlsx 台账 / a filled .xlsx ledger")
    back.add_argument("--by", required=True, metavar="姓名", help="谁填的 / who filled it in")
    back.add_argument("--dry-run", action="store_true", help="只看有哪些改动，不写入 / show the changes, write nothing")
    add_database(back)
    add_dictionaries(back)

    due = command(commands, "due", _due, "列出快到期和已到期的任务", "what falls due")
    due.add_argument("--days", type=positive, default=7, metavar="天数", help="几天以内，默认 7 / within so many days")
    due.add_argument("-o", "--output", type=Path, metavar="文件.docx", help="另写成 Word 提醒单 / also as a Word sheet")
    _add_common(due)

    report = command(commands, "report", _report, "按期间汇总进展", "how the work stands in a period")
    report.add_argument("--period", required=True, metavar="期间", help="如 2026Q3、2026-06 / such as 2026Q3, 2026-06")
    report.add_argument(
        "-o", "--output", type=Path, metavar="文件", help="另写成 .docx 或 .xlsx / also as a document or workbook"
    )
    _add_common(report)


def _add_common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--today", type=day, metavar="年-月-日", help="按哪天计算，默认今天 / the day to count from")
    add_database(parser)
    add_dictionaries(parser)


def _rows(store: Store) -> list[Row]:
    from extractor.commands.giving import office_columns
    from extractor.exports.rows import rows

    return list(rows(store.register(decided=True), office_columns(store)))


def _today(args: argparse.Namespace) -> date:
    return date.fromisoformat(args.today) if args.today else date.today()


# -- append ------------------------------------------------------------------------------------------------------------


def _append(args: argparse.Namespace) -> int:
    from extractor import terminal
    from extractor.ledger.append import append
    from extractor.lexicon import load
    from extractor.normalise import simplified
    from extractor.store import open_store

    lexicon = load(args.dictionaries)
    source: Path = args.ledger
    if args.template is not None and not args.ledger.exists():
        source = args.template
    existing(source)
    with open_store(existing(args.db)) as store:
        name = f"ledger:{args.ledger.resolve()}"
        kept: dict[str, Any] = json.loads(store.setting(name) or "{}")
        named = {**kept.get("columns", {}), **dict(_named(text, lexicon) for text in args.column)}
        done = append(
            source,
            _rows(store),
            lexicon,
            simplify=simplified,
            target=args.ledger if source != args.ledger else None,
            sheet=args.sheet,
            named=named,
            appended_before=kept.get("rows", ()),
        )
        rows = sorted({*kept.get("rows", ()), *(row.id for row in done.added)})
        store.set_setting(name, json.dumps({"columns": named, "rows": rows}, ensure_ascii=False))
    from extractor.ledger.layout import chinese_name

    terminal.table("各列对应", [(header, chinese_name(lexicon, field)) for header, field in done.headers])
    if done.layout.unknown:
        print(f"没有认出的列（保持空白）：{'、'.join(done.layout.unknown)}（可用 --column 表头=含义 说明）")
    ended = f"，已取消的 {len(done.cancelled)} 项不登" if done.cancelled else ""
    print(
        f"续登 {len(done.added)} 项，台账中已有 {len(done.there)} 项{ended}：{args.ledger}（工作表“{done.layout.sheet}”）"
    )
    return OK


def _named(text: str, lexicon: Lexicon) -> tuple[str, str]:
    from extractor.ledger.layout import field_of

    header, equals, meaning = text.partition("=")
    field = field_of(lexicon, meaning) if equals else None
    if field is None:
        raise UsageError(
            "column_wrong",
            where=text,
            chinese="要写成 表头=含义，含义是“工作任务”“责任单位”一类的列名",
            english="write header=meaning, with the name of a known column as meaning",
        )
    return header.strip(), field


# -- import-register ---------------------------------------------------------------------------------------------------


def _import(args: argparse.Namespace) -> int:
    from extractor.ledger.readback import read
    from extractor.ledger.take_over import take_over
    from extractor.lexicon import load
    from extractor.normalise import simplified
    from extractor.store import open_store

    lexicon = load(args.dictionaries)
    existing(args.ledger)
    with open_store(existing(args.db)) as store:
        found = read(args.ledger, _rows(store), lexicon, simplify=simplified)
        if not args.dry_run:
            take_over(found, store, by=args.by)
    _say(found, args.dry_run)
    return OK


def _say(found: Readback, dry: bool) -> None:
    from extractor import terminal
    from extractor.ledger.readback import words

    did = "将写入" if dry else "已写入"
    unclear: list[tuple[str, ...]] = [
        (_short(c.row.title), _short(words(c), 60), _what_to_do(c, found.ours)) for c in found.unclear
    ]
    unclear += [(_short(a.title), _short(text, 60)) for a in found.added for text in a.unclear]
    kinds: tuple[tuple[str, list[tuple[str, ...]]], ...] = (
        (
            f"{did}的填写和更正",
            [
                (_short(c.row.title), _short(words(c), 60), "任务库中也改过" if c.also_changed else "")
                for c in found.changes
            ],
        ),
        (f"{did}的手工添加行", [(_short(a.title), f"第{a.line}行") for a in found.added]),
        ("台账中删除的行" + ("" if dry else "（已剔除，可撤销）"), [(_short(row.title),) for row in found.deleted]),
        ("没有写入，请人工核对", unclear),
        ("对不上任务的行", [(_short(title), f"第{line}行") for line, title in found.unmatched]),
    )
    for title, rows in kinds:
        if rows:
            more = [(f"……另有 {len(rows) - _SHOWN} 项",)] if len(rows) > _SHOWN else []
            terminal.table(f"{title}（{len(rows)}）", [*rows[:_SHOWN], *more])
    if not any(rows for _, rows in kinds):
        print("台账没有改动 / nothing was changed in the ledger")


def _what_to_do(change: Change, ours: bool) -> str:
    """What a cell that was not taken over wants of the person who wrote it."""
    if change.sheet or change.column_lost:
        return ""
    if change.field == "status" and change.value is None:
        return f"状态写作：{'、'.join(STATUSES)}"
    if change.field in ("due", "inner_due") and change.value is None and change.new:
        return "日期写作：2026-06-30"
    if change.field == "due" and not ours:
        return f"单位自有台账中的更正不自动采用；要采用，请运行 extractor edit {change.row.id} --set 完成时限={change.value}"
    return ""


def _short(text: str, most: int = 30) -> str:
    """``text`` on one line of a list, its end left out where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"


# -- due and report ----------------------------------------------------------------------------------------------------


def _due(args: argparse.Namespace) -> int:
    from extractor.ledger.reminders import as_text, due
    from extractor.lexicon import load
    from extractor.store import open_store

    today = _today(args)
    with open_store(existing(args.db), read_only=True) as store:
        found = due(_rows(store), load(args.dictionaries), today=today, days=args.days)
    print(as_text(found), end="")
    if args.output is not None:
        from extractor.exports.word import write_word_tables
        from extractor.ledger.papers import reminder_tables

        written = write_word_tables(
            args.output,
            reminder_tables(found),
            title="到期工作提醒单",
            subtitle=f"{today.year}年{today.month}月{today.day}日",
        )
        print(written.path)
    return OK


def _report(args: argparse.Namespace) -> int:
    from extractor import terminal
    from extractor.ledger import papers, periods
    from extractor.store import open_store

    within, today = periods.period(args.period), _today(args)
    with open_store(existing(args.db), read_only=True) as store:
        rows = _rows(store)
    lines = periods.lines(rows, within, today=today)
    terminal.table(f"{within.name}工作进展", [papers.HEADER, *(papers.cells(line) for line in lines)])
    if args.output is not None:
        print(_written_report(args.output, rows, lines, within, today))
    return OK


def _written_report(path: Path, rows: Sequence[Row], lines: Any, within: Any, today: date) -> Path:
    from extractor.ledger import papers

    title = f"{within.name}工作进展情况"
    if path.suffix.lower() == ".docx":
        from extractor.exports.word import write_word_tables

        tables = papers.report_tables(rows, lines, within, today)
        return write_word_tables(
            path, tables, title=title, subtitle=f"截至{today.year}年{today.month}月{today.day}日"
        ).path
    if path.suffix.lower() == ".xlsx":
        from extractor.exports.workbook import write_plain_workbook

        return write_plain_workbook(
            path, papers.report_sheets(rows, lines, within, today), title=title, today=today
        ).path
    raise UsageError(
        "output_format",
        where=str(path),
        chinese="报表只能写成 .docx 或 .xlsx",
        english="a report is a .docx or an .xlsx",
    )
