"""What the whole chain costs beside one pass of jieba: ``python -m tests.bench.bench_chain [megabytes] [folder …]``.

The notices of the folders (the real ones in ``EXTRACTOR_SHARED`` or ``../shared``, else ``corpus/``) go through the chain
from their bytes to tasks with ids, in one process, round by round up to so many megabytes of UTF-8 text (10 unless told);
the same text goes through one bare ``jieba.lcut``. The two take turns, a round each, and each notice is given by its
quickest round, so that what else the machine does falls on neither: whole rounds swing by several hundredths, the sums of
quickest notices by less than one. The aim: the chain costs no more than that pass.

Three groups are measured apart, for their text says little of what they cost: plain text; files of other formats, whose
reading is unpacking and drawing; pages with damaged bytes, whose repair searches for lost characters. Storing and
writing are measured once, on the plain notices. Run by hand; the ratio depends little on the machine, the seconds do.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import partial, wraps
from pathlib import Path
from typing import Any

from extractor import identity, lexicon, pipeline
from extractor.errors import ReadError
from extractor.exports.csv_export import write_csv
from extractor.exports.json_export import write_json
from extractor.exports.workbook import write_workbook
from extractor.memory import settle
from extractor.model import Extraction, Register
from extractor.normalise.byte_damage import DAMAGE
from extractor.readers import is_notice_candidate
from extractor.store import open_store

ROOT = Path(__file__).resolve().parent.parent.parent
FEWEST_ROUNDS = 5


class Rooms:
    """Seconds of processor time by room, taken around the functions that the pipeline calls."""

    def __init__(self) -> None:
        self.spent: defaultdict[str, float] = defaultdict(float)
        for room in ("read", "normalise", "segment", "assemble"):
            setattr(pipeline, room, self._timed(room, getattr(pipeline, room)))
        pipeline.EXTRACTORS = tuple(
            self._timed(find.__module__.rsplit(".", 1)[1], find) for find in pipeline.EXTRACTORS
        )
        identity.assign = self._timed("ids", identity.assign)

    def _timed(self, room: str, work: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(work)
        def timed(*args: Any, **named: Any) -> Any:
            started = time.process_time()
            found = work(*args, **named)
            found = list(found) if isinstance(found, Iterator) else found
            self.spent[room] += time.process_time() - started
            return found

        return timed

    def shares(self) -> str:
        """Each room's share of what they spent together."""
        whole = sum(self.spent.values())
        return ", ".join(f"{room} {spent / whole:.0%}" for room, spent in self.spent.items())


def folders() -> list[Path]:
    """The real notices where they are at hand, else the sample."""
    shared = Path(os.environ.get("EXTRACTOR_SHARED", str(ROOT.parent / "shared")))
    real = [shared / name for name in ("notices", "notices_unlabelled")]
    return [folder for folder in real if folder.is_dir()] or [ROOT / "corpus"]


def grouped(places: Sequence[Path], words: lexicon.Lexicon) -> dict[str, list[tuple[Path, str]]]:
    """The notices of the folders with their text, by what they cost to read."""
    out: dict[str, list[tuple[Path, str]]] = {"plain text": [], "other formats": [], "damaged bytes": []}
    for path in sorted(p for place in places for p in place.rglob("*") if p.is_file() and is_notice_candidate(p)):
        try:
            source = pipeline.extract(path, words).source
        except ReadError as error:
            print(error, file=sys.stderr)
            continue
        damaged = any(DAMAGE in repair.step for repair in source.repairs)
        plain = source.media_type.startswith("text/plain")
        group = "damaged bytes" if damaged else "plain text" if plain else "other formats"
        out[group].append((path, source.text))
    return out


def _seconds(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def measure(notices: Sequence[tuple[Path, str]], megabytes: float, words: lexicon.Lexicon, rooms: Rooms) -> None:
    """Prints what the chain and jieba take for the notices, in turns, up to so much text over all rounds."""
    import jieba

    once = sum(len(text.encode()) for _, text in notices)
    rounds = max(FEWEST_ROUNDS, round(megabytes * 1_000_000 / once))
    characters = sum(len(text) for _, text in notices)
    print(f"  {len(notices)} files, {once * rounds / 1e6:.1f} MB in {rounds} rounds of {characters:,} characters")
    rooms.spent.clear()
    ways: dict[str, list[Callable[[], object]]] = {
        "chain": [partial(pipeline.extract, path, words) for path, _ in notices],
        "jieba": [partial(jieba.lcut, text) for _, text in notices],
    }
    passes: dict[str, list[list[float]]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, works in ways.items():
            passes[name].append([_seconds(work) for work in works])
    quickest = {name: sum(map(min, zip(*spent, strict=True))) for name, spent in passes.items()}
    for name, spent in passes.items():
        whole = sorted(map(sum, spent))
        print(
            f"  {name} {quickest[name]:.3f} s ({characters / quickest[name]:,.0f} characters/s;"
            f" whole rounds {whole[0]:.3f} to {whole[-1]:.3f})"
        )
    print(f"  ratio {quickest['chain'] / quickest['jieba']:.2f} (aim: at most 1.00)")
    print(f"  rooms: {rooms.shares()}")


def keep(notices: Sequence[tuple[Path, str]], words: lexicon.Lexicon) -> None:
    """Prints what storing the notices and writing their register takes, which is no part of the chain."""
    made: list[Extraction] = []
    for path, _ in notices:
        found = pipeline.extract(path, words)
        made.append(replace(found, source=replace(found.source, path=path.name)))
    tasks = sum(len(plan.tasks) for extraction in made for plan in extraction.plans)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        started = time.process_time()
        with open_store(place / "t.db") as store:
            for extraction in made:
                store.put(extraction)
        stored = time.process_time() - started
        register = Register(tuple(made))
        started = time.process_time()
        write_json(register, place / "tasks.json")
        write_csv(register, place / "tasks.csv")
        write_workbook(register, place / "register.xlsx", today=date(2026, 1, 1))
        written = time.process_time() - started
    print(f"storing {tasks} tasks {stored:.2f} s, writing json, csv and xlsx {written:.2f} s")


def main() -> None:
    """Prints each group's figures, then what storing and writing take."""
    import jieba

    megabytes = float(sys.argv[1]) if len(sys.argv) > 1 else 10.0
    words = lexicon.load()
    groups = grouped([Path(p) for p in sys.argv[2:]] or folders(), words)  # loads dictionaries and compiles patterns
    jieba.initialize()
    rooms = Rooms()
    settle()  # as a worker of the program does
    for group, size in (("plain text", megabytes), ("other formats", megabytes / 5), ("damaged bytes", megabytes / 10)):
        if groups[group]:
            print(f"{group}:")
            measure(groups[group], size, words, rooms)
    keep(groups["plain text"], words)  # last: what it leaves in memory made the chain some hundredths dearer


if __name__ == "__main__":
    main()
