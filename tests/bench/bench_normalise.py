"""What normalising costs: ``python -m tests.bench.bench_normalise [folder]``.

Prints characters a second without byte damage (the notices of ``corpus/``, or of another folder, repeated to three million
characters; aim 5 M a second), each step alone, the share of damaged runs read right on pages made from the same
notices, and the seconds that such a page takes (aim 5 with 40 runs). Run by hand; process time of one core.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

from extractor.errors import ReadError
from extractor.lexicon import load
from extractor.model import Document
from extractor.normalise import normalise, simplified, steps
from extractor.normalise.byte_damage import PINYIN, UNSURE, pinyin_copy
from extractor.normalise.match import match_text
from extractor.offsets import apply
from extractor.readers import is_notice_candidate, read
from tests.damage import damaged, traditional

ROOT = Path(__file__).resolve().parent.parent.parent
MARKS = str.maketrans(",;:!?()", "，；：！？（）")


def documents(folder: Path) -> list[Document]:
    """The notices of a folder that can be read."""
    found = []
    for path in sorted(folder.rglob("*")):
        if path.is_file() and is_notice_candidate(path):
            try:
                found.append(read(path))
            except ReadError as error:
                print(error, file=sys.stderr)
    return found


def seconds(work: Callable[[], object]) -> float:
    """Process time of one call."""
    started = time.process_time()
    work()
    return time.process_time() - started


def main() -> None:
    """Prints the figures."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "corpus"
    lexicon = load()
    notices = documents(folder)
    undamaged = [n for n in notices if not tuple(pinyin_copy(n.text, lexicon))]
    size = sum(len(n.text) for n in undamaged)
    times = max(1, 3_000_000 // size)
    for notice in undamaged:
        normalise(notice, lexicon)
    whole = seconds(lambda: [normalise(n, lexicon) for _ in range(times) for n in undamaged])
    repairs = sum(len(normalise(n, lexicon).offsets.repairs) for n in undamaged)
    print(
        f"{len(undamaged)} notices, {size:,} characters, {repairs:,} repairs: {size * times / whole / 1e6:.2f} M characters/s"
    )
    for step in steps():
        alone = seconds(lambda step=step: [tuple(step(n.text, lexicon)) for _ in range(times) for n in undamaged])  # type: ignore[misc]
        print(f"  {step.__name__:20} {size * times / max(alone, 1e-9) / 1e6:8.1f} M characters/s")
    alone = seconds(lambda: [match_text(n.text) for _ in range(times) for n in undamaged])
    print(f"  {'match_text':20} {size * times / alone / 1e6:8.1f} M characters/s")

    runs = wrong = unsure = 0
    longest = 0.0
    for seed, notice in enumerate(undamaged):
        lines = normalise(notice, lexicon).text.replace("\u3000", "").split("\n")
        sound = traditional("\n".join(simplified(line) for line in lines if _in_gbk(line)))
        page = damaged(sound, seed, share=0.7)
        started = time.process_time()
        found = tuple(pinyin_copy(page, lexicon))
        longest = max(longest, time.process_time() - started)
        mended = apply(page, found).clean
        here = [r for r in found if r.step != PINYIN]
        runs += len(here)
        unsure += sum(r.step == UNSURE for r in here)
        pairs = zip(mended.translate(MARKS).split("\n"), sound.translate(MARKS).split("\n"), strict=True)
        wrong += sum(a != b for a, b in pairs)
    print(
        f"made damage: {runs} runs, {wrong} lines wrong, {unsure} runs reported as unsure, longest page {longest:.2f} s"
    )


def _in_gbk(line: str) -> bool:
    try:
        line.encode("gbk")
    except UnicodeEncodeError:
        return False
    return bool(line.strip())


if __name__ == "__main__":
    main()
