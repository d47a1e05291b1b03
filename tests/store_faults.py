"""A writer that is killed, and two that write at once; run as a program, for it forks (POSIX)."""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from pathlib import Path

from extractor.model import Extraction
from extractor.store import open_store
from tests.factories import ITEMS, Item, notice

FILES = 120


def file(k: int) -> Extraction:
    """The extraction of file ``k``: each has tasks of its own, of another number."""
    own = [Item(f"第{k}号文件第{n}项", [f"落实第{k}号文件的第{n}项要求，按期完成。"]) for n in range(k % 4 + 1)]
    return notice([*ITEMS, *own], number=f"甲政发〔2026〕{k}号", issuer="甲镇人民政府", path=f"{k:03}.txt")


def write(path: Path, numbers: list[int]) -> None:
    """Takes in what is not known yet, as a run does: some files by themselves, others together."""
    with open_store(path) as store:
        for k in range(0, len(numbers), 4):
            unknown = [e for e in map(file, numbers[k : k + 4]) if not store.known(e.source.sha256)]
            store.put_many(unknown[:3])
            for extraction in unknown[3:]:
                store.put(extraction)


def kill(folder: Path, times: int) -> None:
    """Kills a writer ``times`` times at any moment; looks each time at what is left; then lets one finish."""
    path = folder / "killed.db"
    moment = random.Random(26)
    whole = {extraction.source.sha256: extraction for extraction in map(file, range(FILES))}
    for _ in range(times):
        child = os.fork()
        if child == 0:
            write(path, list(range(FILES)))
            os._exit(0)
        time.sleep(moment.uniform(0.0, 0.06))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        if path.exists():
            with open_store(path) as store:
                assert store.intact() == [], store.intact()
                for extraction in store.register().extractions:
                    assert extraction == whole[extraction.source.sha256], extraction.source.path
    write(path, list(range(FILES)))
    with open_store(path) as store:
        assert store.register().extractions == tuple(whole[e.source.sha256] for e in map(file, range(FILES)))
        assert store.intact() == []
    print("survived", times)


def together(folder: Path) -> None:
    """Two runs over overlapping files, into a database that neither finds there."""
    path = folder / "two.db"
    children = []
    for numbers in (list(range(0, 80)), list(range(119, 40, -1))):
        child = os.fork()
        if child == 0:
            write(path, numbers)
            os._exit(0)
        children.append(child)
    codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
    assert codes == [0, 0], codes
    with open_store(path, read_only=True) as store:
        assert store.intact() == []
        assert [e.source.path for e in store.register().extractions] == [f"{k:03}.txt" for k in range(FILES)]
    print("both finished")


if __name__ == "__main__":
    action, folder = sys.argv[1], Path(sys.argv[2])
    kill(folder, int(sys.argv[3])) if action == "kill" else together(folder)
