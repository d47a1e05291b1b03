"""What the commands share: a parser that speaks Chinese first, common options, and checks of values."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from extractor.errors import UsageError

Command = Callable[[argparse.Namespace], int]

OK, FAILED, WRONG_CALL = 0, 1, 2
DATABASE = Path("outputs") / "tasks.db"
REGIONS = {"CN": "CN", "TW": "TW", "HK": "HK", "MO": "MO", "大陆": "CN", "台湾": "TW", "香港": "HK", "澳门": "MO"}
DAY = re.compile(r"(?P<year>\d{4})[年./-](?P<month>\d{1,2})[月./-](?P<day>\d{1,2})日?")
"""How staff write a day: 2026-06-30, 2026/6/30, 2026年6月30日."""
_SAID = (  # argparse's own words
    (re.compile(r"the following arguments are required: (.*)"), "缺少：{}"),
    (re.compile(r"unrecognized arguments: (.*)"), "不认识：{}"),
    (re.compile(r"argument 命令: invalid choice: (\S+) .*"), "没有 {} 这个命令，可用的命令见 extractor --help"),
    (re.compile(r"argument (\S+): invalid choice: (\S+) \(choose from (.*)\)"), "{} 不能写 {}，可以写：{}"),
    (re.compile(r"argument (\S+): invalid \w+ value: (.*)"), "{} 不能写 {}"),
    (re.compile(r"argument (\S+): expected .*"), "{} 后面缺少内容"),
    (re.compile(r"argument (\S+): (.*)"), "{}：{}"),
)


class Parser(argparse.ArgumentParser):
    """argparse with headings and errors in Chinese and English."""

    def __init__(self, **more: Any) -> None:
        more |= {"add_help": False, "formatter_class": argparse.RawDescriptionHelpFormatter}
        super().__init__(**more)
        self._positionals.title = "参数 / arguments"
        self._optionals.title = "选项 / options"
        self.add_argument("-h", "--help", action="help", help="显示本说明 / show this help")

    def error(self, message: str) -> NoReturn:
        """One line on standard error, and exit code 2."""
        chinese = next((words.format(*m.groups()) for said, words in _SAID if (m := said.fullmatch(message))), "")
        self.exit(WRONG_CALL, f"命令写得不对：{chinese or message} / wrong call: {message}（{self.prog} --help）\n")


def command(commands: Any, name: str, run: Command, chinese: str, english: str) -> argparse.ArgumentParser:
    """A new command; ``run`` takes its arguments and gives the exit code."""
    said = f"{chinese} / {english}"
    parser: argparse.ArgumentParser = commands.add_parser(name, help=said, description=said)
    parser.set_defaults(command=run)
    return parser


def add_database(parser: argparse.ArgumentParser) -> None:
    """``--db``."""
    parser.add_argument(
        "--db", type=Path, default=DATABASE, metavar="文件", help=f"任务库文件，默认 {DATABASE} / the task database"
    )


def add_by(parser: argparse.ArgumentParser) -> None:
    """``--by`` and ``--note``: who says it, and why."""
    parser.add_argument("--by", required=True, metavar="姓名", help="谁作的决定 / who says so")
    parser.add_argument("--note", metavar="说明", help="理由 / why")


def add_dictionaries(parser: argparse.ArgumentParser) -> None:
    """``--dictionaries``."""
    parser.add_argument(
        "--dictionaries", type=Path, metavar="文件夹", help="自备词典的文件夹 / a folder of own dictionaries"
    )


def add_layout(parser: argparse.ArgumentParser) -> None:
    """``--paper`` and ``--public``."""
    parser.add_argument("--paper", choices=("A4", "A3"), default="A4", help="打印版的纸张 / paper of the printed sheet")
    parser.add_argument(
        "--public",
        action="store_true",
        help="遮住电话号码和电子邮箱，供公开使用 / star telephone numbers and e-mail addresses",
    )


def day(text: str) -> str:
    """An ISO date, of one or of 2026年6月30日, 2026/6/30."""
    found = DAY.fullmatch(text.strip())
    try:
        if found is None:
            raise ValueError(text)
        return date(*map(int, found.groups())).isoformat()
    except ValueError:
        raise argparse.ArgumentTypeError(f"没有这一天，或者写法不对；日期要写成 2026-06-30 的样子（{text}）") from None


def region(text: str) -> str:
    """A region's code, from its code or Chinese name."""
    if text not in REGIONS:
        raise argparse.ArgumentTypeError(f"只能是{'、'.join(REGIONS)}（{text}）")
    return REGIONS[text]


def positive(text: str) -> int:
    """A whole number from 1."""
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"要写一个正整数（{text}）")
    return int(text)


def existing(name: str | Path) -> Path:
    """The path of a file that is there. Raises :class:`UsageError` where it is not."""
    path = Path(name)
    if not path.is_file():
        raise UsageError("path_missing", where=str(name), chinese="找不到这个文件", english="no such file")
    return path


def pair(text: str) -> tuple[str, str]:
    """``name=value`` as two. Raises :class:`UsageError` for anything else."""
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise UsageError("pair_wrong", where=text, chinese="要写成 项=值 的样子", english="write it as name=value")
    return name.strip(), value.strip()
