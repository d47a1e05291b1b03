"""How fast the register is written: ``python -m tests.bench.bench_workbook [tasks]`` (100,000 unless told).

Must stay below 30 s and 500 MB for 100,000 tasks. Run by hand; figures depend on the machine.
"""

from __future__ import annotations

import sys
import tempfile
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

from extractor.exports.csv_export import write_csv
from extractor.exports.json_export import write_json
from extractor.exports.workbook import write_workbook
from extractor.model import Register, Span
from tests.exports_samples import sample_plan, sample_register

TASKS_A_NOTICE = 20


def register(tasks: int) -> Register:
    """Notices of twenty tasks each, until there are so many."""
    extractions = []
    [sample] = sample_register().extractions
    plan = sample_plan()
    for notice in range(tasks // TASKS_A_NOTICE):
        made = tuple(
            replace(
                plan.tasks[n % 2],
                id=f"t{notice}-{n}",
                title=f"{plan.tasks[n % 2].title}第{n}项",
                section=(f"{n // 7}、重点任务",),
                evidence=replace(plan.tasks[n % 2].evidence, pieces=(Span(n, n + 1),)),
            )
            for n in range(TASKS_A_NOTICE)
        )
        source = replace(sample.source, path=f"通知/{notice:06}.txt")
        extractions.append(replace(sample, source=source, plans=(replace(plan, tasks=made, number=f"{notice}号"),)))
    return Register(tuple(extractions))


def peak_megabytes() -> float:
    """The process's largest memory so far."""
    if sys.platform == "win32":
        return float("nan")
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Prints seconds, sizes and peak memory of each export."""
    tasks = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    made = register(tasks)
    print(f"{tasks} tasks; {peak_megabytes():.0f} MB before writing")
    with tempfile.TemporaryDirectory() as folder:
        for name, write in (
            ("register.xlsx", lambda p: write_workbook(made, p, today=date(2025, 9, 10))),
            ("tasks.csv", lambda p: write_csv(made, p)),
            ("tasks.json", lambda p: write_json(made, p)),
        ):
            path = Path(folder) / name
            start, busy = time.perf_counter(), time.process_time()
            write(path)
            spent, busy = time.perf_counter() - start, time.process_time() - busy
            print(
                f"{name}: {spent:.1f} s ({busy:.1f} s busy), {path.stat().st_size / 1e6:.1f} MB, peak {peak_megabytes():.0f} MB"
            )


if __name__ == "__main__":
    main()
