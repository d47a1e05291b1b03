"""Commands that read notices: run, clean, evaluate, doctor."""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractor.commands.arguments import (
    FAILED,
    OK,
    add_dictionaries,
    add_layout,
    command,
    day,
    existing,
    positive,
    region,
)
from extractor.errors import UsageError

if TYPE_CHECKING:
    from extractor.engine import Report
    from extractor.model import Register
    from extractor.store import Store


STANDARD_INPUT = "标准输入.txt"
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


def add(commands: Any) -> None:
    """Adds the commands."""
    run = command(
        commands, "run", _run, "读取通知，存入任务库，写出台账", "read notices, store them, write the register"
    )
    run.add_argument(
        "paths",
        nargs="+",
        metavar="文件或文件夹",
        help="文件、文件夹（含下级）或 *.docx 一类的写法，- 表示标准输入 / files, folders, patterns, - for standard input",
    )
    run.add_argument(
        "--name",
        default=STANDARD_INPUT,
        metavar="文件名",
        help=f"标准输入中的通知叫什么，默认 {STANDARD_INPUT} / what to call the notice from standard input",
    )
    run.add_argument(
        "--db", type=Path, metavar="文件", help="任务库文件，默认为输出文件夹中的 tasks.db / the task database"
    )
    run.add_argument(
        "--out", type=Path, default=Path("outputs"), metavar="文件夹", help="输出文件夹，默认 outputs / output folder"
    )
    run.add_argument(
        "--reference-date",
        type=day,
        metavar="年-月-日",
        help="通知没有写明成文日期时，从哪天推算时限 / day that dates count from where a notice has none",
    )
    run.add_argument(
        "--region",
        type=region,
        metavar="地区",
        help="大陆、台湾、香港、澳门：决定“112年”的含义 / CN TW HK MO: what a bare year means",
    )
    run.add_argument("--workers", type=positive, metavar="个数", help="同时工作的进程数 / worker processes")
    run.add_argument("--again", action="store_true", help="以前读过的文件也重新读取 / read known files again")
    add_dictionaries(run)
    add_layout(run)

    clean = command(commands, "clean", _clean, "显示清理后的正文", "print the normalised text")
    clean.add_argument("file", metavar="文件", help="文件，或 - 表示标准输入 / a file, or - for standard input")
    clean.add_argument(
        "--script",
        choices=("simplified", "keep"),
        default="simplified",
        help="简体，或保留原字形 / simplified, or the document's own script",
    )
    clean.add_argument("--explain", action="store_true", help="列出每一处改动 / list every repair")
    add_dictionaries(clean)

    evaluate = command(commands, "evaluate", _evaluate, "对照标准答案打分", "score against gold")
    evaluate.add_argument(
        "gold", nargs="+", type=Path, metavar="标准答案", help="标准答案文件或文件夹 / gold files or folders"
    )
    evaluate.add_argument("--sources", type=Path, metavar="文件夹", help="原文所在文件夹 / folder of the documents")
    evaluate.add_argument("--extracted", type=Path, metavar="文件", help="只给这份导出的数据打分 / score this export")
    evaluate.add_argument("--json", action="store_true", help="以 JSON 显示 / print JSON")
    evaluate.add_argument("--errors", action="store_true", help="按现象列出错漏 / list what was missed and wrong")

    command(commands, "doctor", _doctor, "检查可选的读取程序", "check the optional readers")


def _run(args: argparse.Namespace) -> int:
    from extractor import engine, lexicon, terminal
    from extractor.exports.destination import check_folder
    from extractor.store import open_store

    database = args.db or args.out / "tasks.db"
    with ExitStack() as opened:
        paths = [opened.enter_context(_from_input(args.name)) if path == "-" else path for path in args.paths]
        collected = engine.collect(paths)
        check_folder(args.out)
        lexicon.load(args.dictionaries)
        settings = engine.Settings(args.reference_date, args.region, args.dictionaries)
        store = opened.enter_context(open_store(database))
        with terminal.progress("读取") as progress:
            report = engine.run(collected, store, settings, workers=args.workers, again=args.again, progress=progress)
        register = store.register(decided=True)
        written = _write_all(register, store, args)
        waiting = sum(proposal.state == "proposed" for proposal in store.proposals())
    for failure in report.failures:
        print(failure, file=sys.stderr)
    _summary(report, register)
    for line in (*written, f"任务库：{database}"):
        print(line)
    if waiting:
        print(f"有 {waiting} 处延期、修改或废止待确认，请查看：extractor links --db {database}")
    return FAILED if report.failures else OK


@contextmanager
def _from_input(name: str) -> Iterator[str]:
    """Standard input as a file with this name, bytes as they come, for as long as it is needed. Raises
    :class:`UsageError` where that is no file's name."""
    from tempfile import TemporaryDirectory

    from extractor.readers.limits import MAX_FILE

    if not name.strip(". ") or _NOT_IN_NAMES.search(name):
        raise UsageError(
            "name_wrong",
            where=name,
            chinese='--name 要写一个文件名，不带文件夹和 \\ / : * ? " < > | 这些符号',
            english="--name takes the name of a file, without folders and signs such as \\ / : *",
        )
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(sys.stdin.buffer.read(MAX_FILE + 1))
        yield str(path)


def _write_all(register: Register, store: Store, args: argparse.Namespace) -> list[str]:
    from extractor.commands.giving import concerning_us, office_columns
    from extractor.exports.csv_export import write_csv
    from extractor.exports.json_export import write_json
    from extractor.exports.workbook import write_workbook

    folder: Path = args.out
    office = office_columns(store)
    ledger = write_workbook(
        register,
        folder / "register.xlsx",
        today=date.today(),
        office=office,
        ours=concerning_us(store),
        paper=args.paper,
        public=args.public,
    )
    write_csv(register, folder / "tasks.csv", office=office, public=args.public)
    write_json(register, folder / "tasks.json", public=args.public)
    said = f"台账：{ledger.path}"
    if ledger.renamed:
        said += f"（{ledger.asked.name} 已被改动或正被打开，没有覆盖 / it was changed or is open, and left alone）"
        said += f"\n要把 {ledger.asked.name} 中填写的内容带进新台账，请先读回：extractor import-register {ledger.asked} --by 姓名"
    return [said, f"表格：{folder / 'tasks.csv'}", f"数据：{folder / 'tasks.json'}"]


def _named(names: Sequence[str], most: int = 12) -> str:
    """The names, where there are many the first of them and how many more."""
    more = f" 等{len(names)}个" if len(names) > most else ""
    return "、".join(names[:most]) + more


def _summary(report: Report, register: Register) -> None:
    from extractor import terminal
    from extractor.exports import notes, problems
    from extractor.exports.rows import rows

    if report.passed_over:
        reasons: dict[str, list[str]] = {}
        for passed in report.passed_over:
            reasons.setdefault(passed.chinese, []).append(passed.shown)
        terminal.table("略过的文件", [(f"{why}（{len(names)}）", _named(names)) for why, names in reasons.items()])
    first = [(item.source.path, item.problem.message) for item in problems.said(register) if problems.first(item)]
    if first:
        terminal.table("请先核对", list(dict.fromkeys(first)))
    here = [
        ("本次读取", len(report.read)),
        ("以前读过、没有变化", len(report.known)),
        ("读不了", len(report.failures)),
        ("新任务", report.new),
        ("内容有变的任务", report.changed),
        ("通知中不再有的任务", report.vanished),
    ]
    counts = [(f"台账中：{name}", count) for name, count in notes.counts(register, tuple(rows(register)))]
    terminal.table("汇总", [(name, str(count)) for name, count in (*here, *counts)])


def _clean(args: argparse.Namespace) -> int:
    from extractor import lexicon
    from extractor.normalise import clean_for_reading, explain, normalise
    from extractor.readers import read_all, read_stream

    words = lexicon.load(args.dictionaries)
    documents = [read_stream(sys.stdin.buffer)] if args.file == "-" else read_all(existing(args.file))
    for document in documents:
        clean = normalise(document, words)
        if args.explain:
            for repair in explain(clean):
                print(f"{repair.offset}\t{repair.step}\t{repair.before!r}\t{repair.after!r}")
        else:
            sys.stdout.write(clean_for_reading(clean, script=args.script))
    return OK


def _evaluate(args: argparse.Namespace) -> int:
    from extractor.evaluate import evaluate

    scores = evaluate(args.gold, args.sources, args.extracted)
    if args.errors:
        print(scores.errors())
    print(json.dumps(scores.as_json(), ensure_ascii=False, indent=1) if args.json else scores.table())
    return OK


def _doctor(args: argparse.Namespace) -> int:
    from extractor import terminal
    from extractor.readers import readers_available

    rows = [
        (r.name, "已安装" if r.there else "未安装", f"用于读取{r.reads_chinese}", "" if r.there else r.install_chinese)
        for r in readers_available()
    ]
    terminal.table("可选的读取程序", rows)
    return OK
