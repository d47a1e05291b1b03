"""What the whole chain costs beside one pass of jieba: ``python -m tests.bench.bench_chain [megabytes] [folder]``.

The notices of ``corpus/`` (or of another folder) are repeated to so many megabytes of UTF-8 text (10 unless told) and
go through the chain in one process; the same text goes through one bare ``jieba.lcut`` in the same run. The aim: the
chain costs no more than that pass. Run by hand; the ratio depends little on the machine, the seconds do.
"""

from __future__ import annotations

import sys
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

from extractor import lexicon, pipeline
from extractor.errors import ReadError
from extractor.model import Document
from extractor.readers import is_notice_candidate, read

ROOT = Path(__file__).resolve().parent.parent.parent


def documents(folder: Path) -> list[Document]:
    """The notices of a folder, read."""
    found = []
    for path in sorted(folder.rglob("*")):
        if path.is_file() and is_notice_candidate(path):
            try:
                found.append(read(path))
            except ReadError as error:
                print(error, file=sys.stderr)
    return found


def main() -> None:
    """Prints the seconds of each, the ratio, and what the chain found."""
    size = float(sys.argv[1]) if len(sys.argv) > 1 else 10.0
    folder = Path(sys.argv[2]) if len(sys.argv) > 2 else ROOT / "corpus"
    notices = documents(folder)
    once = sum(len(d.text.encode()) for d in notices)
    times = max(1, round(size * 1_000_000 / once))
    characters = sum(len(d.text) for d in notices) * times
    print(f"{len(notices)} notices x {times} = {once * times / 1e6:.1f} MB, {characters:,} characters")

    words = lexicon.load()
    pipeline.extract(notices[0], words)  # compiles the patterns and loads the dictionaries
    found: Counter[str] = Counter()
    slowest: list[tuple[float, str]] = []
    start = time.process_time()
    for n in range(times):
        for notice in notices:
            began = time.process_time()
            extraction = pipeline.extract(replace(notice, name=f"{n}-{notice.name}"), words)
            slowest.append((time.process_time() - began, notice.name))
            found["plans"] += len(extraction.plans)
            found["tasks"] += sum(len(plan.tasks) for plan in extraction.plans)
    chain = time.process_time() - start

    import jieba

    jieba.initialize()
    start = time.process_time()
    for _ in range(times):
        for notice in notices:
            jieba.lcut(notice.text)
    cut = time.process_time() - start

    print(f"chain {chain:.1f} s ({characters / chain:,.0f} characters/s), {dict(found)}")
    print(f"jieba {cut:.1f} s ({characters / cut:,.0f} characters/s)")
    print(f"ratio {chain / cut:.2f} (aim: at most 1.00)")
    print("slowest: " + ", ".join(f"{name} {spent:.2f} s" for spent, name in sorted(set(slowest), reverse=True)[:3]))


if __name__ == "__main__":
    main()
