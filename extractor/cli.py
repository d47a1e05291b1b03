"""The command line (命令行): reads arguments, calls one function, prints. Nothing heavy is imported before it is needed.

Exit codes: 0 all well; 1 a file could not be read; 2 a wrong call, a database that is not ours, a missing document.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

from extractor import __version__
from extractor.errors import ExtractorError, UsageError

if TYPE_CHECKING:
    from extractor.engine import Report
    from extractor.model import Register

Command = Callable[[argparse.Namespace], int]

OK, FAILED, WRONG_CALL, INTERRUPTED = 0, 1, 2, 130
REGIONS = {"CN": "CN", "TW": "TW", "HK": "HK", "MO": "MO", "大陆": "CN", "台湾": "TW", "香港": "HK", "澳门": "MO"}
DATABASE = "tasks.db"


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code."""
    _speak_utf8()
    parser = _parser()
    args = parser.parse_args(arguments)
    command: Command | None = getattr(args, "command", None)
    if command is None:
        parser.print_help()
        return WRONG_CALL
    try:
        return command(args)
    except ExtractorError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        print("已中断，已存入的文件都是完整的 / interrupted; files already stored are whole", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        return OK


def _speak_utf8() -> None:
    """Consoles of Windows may have a code page without the characters of a notice: print UTF-8, never stop on one."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")


# -- commands ----------------------------------------------------------------------------------------------------------


def _run(args: argparse.Namespace) -> int:
    from extractor import engine, lexicon, terminal
    from extractor.exports.destination import check_folder
    from extractor.store import open_store

    collected = engine.collect(args.paths)
    check_folder(args.out)
    lexicon.load(args.dictionaries)
    settings = engine.Settings(args.reference_date, args.region, args.dictionaries)
    database = args.db or args.out / DATABASE
    with open_store(database) as store:
        with terminal.progress("读取") as progress:
            report = engine.run(collected, store, settings, workers=args.workers, again=args.again, progress=progress)
        register = store.register(decided=True)
    for failure in report.failures:
        print(failure, file=sys.stderr)
    written = _write_all(register, args)
    _summary(report, register)
    for line in written:
        print(line)
    print(f"任务库：{database}")
    return FAILED if report.failures else OK


def _write_all(register: Register, args: argparse.Namespace) -> list[str]:
    from extractor.exports.csv_export import write_csv
    from extractor.exports.json_export import write_json
    from extractor.exports.workbook import write_workbook

    folder: Path = args.out
    workbook = write_workbook(
        register, folder / "register.xlsx", today=date.today(), paper=args.paper, public=args.public
    )
    write_csv(register, folder / "tasks.csv", public=args.public)
    write_json(register, folder / "tasks.json", public=args.public)
    said = [f"台账：{workbook.path}"]
    if workbook.renamed:
        said[0] += f"（{workbook.asked.name} 已被改动或正被打开，没有覆盖 / was changed or is open, left alone）"
    return [*said, f"表格：{folder / 'tasks.csv'}", f"数据：{folder / 'tasks.json'}"]


def _summary(report: Report, register: Register) -> None:
    from extractor import terminal
    from extractor.exports import notes, problems
    from extractor.exports.rows import rows

    if report.passed_over:
        terminal.table("略过的文件（不是通知）", [(p.shown, p.chinese) for p in report.passed_over])
    first = [item for item in problems.said(register) if problems.first(item.problem.code)]
    if first:
        terminal.table("请先核对", [(item.source.path, item.problem.message) for item in first])
    here = [
        ("本次读取", str(len(report.read))),
        ("以前读过、没有变化", str(len(report.known))),
        ("读不了", str(len(report.failures))),
    ]
    counts = notes.counts(register, tuple(rows(register)))
    terminal.table("汇总", [*here, *((f"台账中：{name}", str(count)) for name, count in counts)])


def _export(args: argparse.Namespace) -> int:
    from extractor.store import open_store

    with open_store(args.db, read_only=True) as store:
        register = store.register(decided=True)
    path: Path = args.output
    if args.format == "json":
        from extractor.exports.json_export import write_json

        write_json(register, path, with_text=args.with_text, public=args.public)
    elif args.format == "csv":
        from extractor.exports.csv_export import write_csv

        write_csv(register, path, public=args.public)
    elif args.format == "docx":
        from extractor.exports.word import write_word

        path = write_word(register, path, paper=args.paper, public=args.public).path
    else:
        from extractor.exports.workbook import write_workbook

        path = write_workbook(register, path, today=date.today(), paper=args.paper, public=args.public).path
    print(path)
    return OK


def _schema(args: argparse.Namespace) -> int:
    from extractor.exports.json_export import schema_text

    print(schema_text(), end="")
    return OK


def _evaluate(args: argparse.Namespace) -> int:
    from extractor.evaluate import evaluate

    scores = evaluate(args.gold, args.sources, args.extracted)
    if args.errors:
        print(scores.errors())
    print(json.dumps(scores.as_json(), ensure_ascii=False, indent=1) if args.json else scores.table())
    return OK


def _clean(args: argparse.Namespace) -> int:
    from extractor import lexicon
    from extractor.normalise import clean_for_reading, explain, normalise
    from extractor.readers import read_all, read_stream

    words = lexicon.load(args.dictionaries)
    documents = [read_stream(sys.stdin.buffer)] if args.file == "-" else read_all(_existing(args.file))
    for document in documents:
        clean = normalise(document, words)
        if args.explain:
            for step in explain(clean):
                print(f"{step.offset}\t{step.step}\t{step.before!r}\t{step.after!r}")
        else:
            sys.stdout.write(clean_for_reading(clean, script=args.script))
    return OK


def _doctor(args: argparse.Namespace) -> int:
    from extractor import terminal
    from extractor.readers import readers_available

    rows = [
        (
            reader.name,
            "已安装" if reader.there else "未安装",
            f"可读{reader.reads_chinese}",
            "" if reader.there else reader.install_chinese,
        )
        for reader in readers_available()
    ]
    terminal.table("可选的读取程序", rows)
    return OK


# -- arguments ---------------------------------------------------------------------------------------------------------


class _Parser(argparse.ArgumentParser):
    """argparse with headings and errors in Chinese and English."""

    def __init__(self, **more: Any) -> None:
        more |= {"add_help": False, "formatter_class": argparse.RawDescriptionHelpFormatter}
        super().__init__(**more)
        self._positionals.title = "参数 / arguments"
        self._optionals.title = "选项 / options"
        self.add_argument("-h", "--help", action="help", help="显示本说明 / show this help")

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        print(f"命令写得不对：{message} / wrong call: {message}", file=sys.stderr)
        raise SystemExit(WRONG_CALL)


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="extractor",
        description="把政策通知变成任务库和工作台账。\nTurns Chinese policy notices into a task database and a task register.",
    )
    parser.add_argument("--version", action="version", version=f"extractor {__version__}", help="版本 / version")
    commands = parser.add_subparsers(title="命令 / commands", metavar="命令", parser_class=_Parser)

    run = _command(
        commands, "run", _run, "读取通知，存入任务库，写出台账", "read notices, store them, write the register"
    )
    run.add_argument(
        "paths",
        nargs="+",
        metavar="文件或文件夹",
        help="文件、文件夹（含下级）或 *.docx 一类的写法 / files, folders, patterns",
    )
    run.add_argument(
        "--db", type=Path, metavar="文件", help="任务库文件，默认为输出文件夹中的 tasks.db / the task database"
    )
    run.add_argument(
        "--out", type=Path, default=Path("outputs"), metavar="文件夹", help="输出文件夹，默认 outputs / output folder"
    )
    run.add_argument(
        "--reference-date",
        type=_day,
        metavar="年-月-日",
        help="推算“自印发之日起”等时限的日期，文件自带成文日期时不用 / day that relative dates count from",
    )
    run.add_argument(
        "--region",
        type=_region,
        metavar="地区",
        help="大陆、台湾、香港、澳门（CN TW HK MO）：决定“112年”的含义 / region of a bare year",
    )
    run.add_argument("--workers", type=_positive, metavar="个数", help="同时工作的进程数 / worker processes")
    run.add_argument("--again", action="store_true", help="以前读过的文件也重新读取 / read known files again")
    _add_dictionaries(run)
    _add_layout(run)

    export = _command(commands, "export", _export, "从任务库导出", "export from the task database")
    export.add_argument("--db", type=Path, required=True, metavar="文件", help="任务库文件 / the task database")
    export.add_argument("--format", choices=("json", "csv", "xlsx", "docx"), required=True, help="格式 / format")
    export.add_argument("-o", "--output", type=Path, required=True, metavar="文件", help="写到哪个文件 / output file")
    export.add_argument(
        "--with-text", action="store_true", help="JSON 中附上每份文件的全文 / add each source text (json)"
    )
    _add_layout(export)

    _command(commands, "schema", _schema, "显示 JSON 格式说明", "print the JSON Schema of the export")

    evaluate = _command(commands, "evaluate", _evaluate, "对照标准答案打分", "score against gold")
    evaluate.add_argument(
        "gold", nargs="+", type=Path, metavar="标准答案", help="*.gold.json 或其文件夹 / gold files or folders"
    )
    evaluate.add_argument("--sources", type=Path, metavar="文件夹", help="原文所在文件夹 / folder of the documents")
    evaluate.add_argument("--extracted", type=Path, metavar="文件", help="只给这份导出的 JSON 打分 / score this export")
    evaluate.add_argument("--json", action="store_true", help="以 JSON 显示 / print JSON")
    evaluate.add_argument("--errors", action="store_true", help="按现象列出错漏 / list what was missed and wrong")

    clean = _command(commands, "clean", _clean, "显示清理后的正文", "print the normalised text")
    clean.add_argument("file", metavar="文件", help="文件，或 - 表示标准输入 / a file, or - for standard input")
    clean.add_argument(
        "--script",
        choices=("simplified", "keep"),
        default="simplified",
        help="简体，或保留原字形 / simplified, or the document's own script",
    )
    clean.add_argument("--explain", action="store_true", help="列出每一处改动 / list every repair")
    _add_dictionaries(clean)

    _command(commands, "doctor", _doctor, "检查可选的读取程序", "check the optional readers")
    return parser


def _command(commands: Any, name: str, run: Command, chinese: str, english: str) -> argparse.ArgumentParser:
    said = f"{chinese} / {english}"
    parser: argparse.ArgumentParser = commands.add_parser(name, help=said, description=said)
    parser.set_defaults(command=run)
    return parser


def _add_dictionaries(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--dictionaries", type=Path, metavar="文件夹", help="自备词典的文件夹 / a folder of own dictionaries"
    )


def _add_layout(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--paper", choices=("A4", "A3"), default="A4", help="打印版的纸张 / paper of the printed sheet")
    parser.add_argument("--public", action="store_true", help="遮住电话号码，供公开使用 / star telephone numbers")


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise argparse.ArgumentTypeError(f"日期要写成 2026-06-30 的样子：{text} / a date such as 2026-06-30") from None


def _region(text: str) -> str:
    if text not in REGIONS:
        raise argparse.ArgumentTypeError(f"地区只能是{'、'.join(REGIONS)} / one of these")
    return REGIONS[text]


def _positive(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"要写一个正整数：{text} / a whole number from 1")
    return int(text)


def _existing(name: str) -> Path:
    path = Path(name)
    if not path.is_file():
        raise UsageError("path_missing", where=name, chinese="找不到这个文件", english="no such file")
    return path
