"""The terminal (终端): a progress bar and tables on a screen, plain lines in a pipe. The only door to rich."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager


def on_screen() -> bool:
    """True where standard output is a terminal."""
    return sys.stdout.isatty()


@contextmanager
def progress(title: str) -> Iterator[Callable[[int, int, str], None]]:
    """A callback (done, of how many, what) that draws a bar on standard error; it does nothing where that is a pipe."""
    if not sys.stderr.isatty():
        yield lambda done, total, what: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        bar = bars.add_task(title, total=None)
        yield lambda done, total, what: bars.update(
            bar, completed=done, total=total, description=f"{title} {what[-30:]}"
        )


def table(title: str, rows: Sequence[tuple[str, ...]]) -> None:
    """Prints rows under a title: a drawn table on a screen, tab-separated lines in a pipe."""
    if not on_screen():
        print(f"{title}：")
        for row in rows:
            print("\t".join(row))
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    drawn = Table(title=title, show_header=False, title_justify="left")
    for row in rows:
        drawn.add_row(*(Text(cell) for cell in row))
    Console().print(drawn)
