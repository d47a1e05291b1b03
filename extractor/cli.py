"""The command line (命令行): reads arguments, calls one function, prints. Nothing heavy is imported before it is needed.

Exit codes: 0 all well; 1 a file could not be read; 2 a wrong call, a database that is not ours, a missing document.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from extractor import __version__
from extractor.commands import deciding, giving, ledgers, looking, reading
from extractor.commands.arguments import OK, WRONG_CALL, Command, Parser
from extractor.errors import ExtractorError

INTERRUPTED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code."""
    _speak_utf8()
    whole = parser()
    args = whole.parse_args(arguments)
    command: Command | None = getattr(args, "command", None)
    if command is None:
        whole.print_help()
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
        sys.stderr.close()  # the reader of our output has left: say nothing about it, not even on closing
        return OK


def _speak_utf8() -> None:
    """Consoles of Windows may have a code page without the characters of a notice: print UTF-8, never stop on one."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")


def parser() -> Parser:
    """The parser of all commands."""
    whole = Parser(
        prog="extractor",
        description="把政策通知变成任务库和工作台账。\nTurns Chinese policy notices into a task database and a task register.",
    )
    whole.add_argument("--version", action="version", version=f"extractor {__version__}", help="版本 / version")
    commands = whole.add_subparsers(title="命令 / commands", metavar="命令", parser_class=Parser)
    for kind in (reading, giving, ledgers, deciding, looking):
        kind.add(commands)
    return whole
