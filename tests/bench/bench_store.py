"""How fast the task database is: 100,000 tasks in, searched, looked at and given out; unchanged files passed over.

Run by hand: ``python -m tests.bench.bench_store [tasks [tasks a file [times]]]``; processor time is given beside elapsed
time, of the import the best of so many times. The aims for 100,000 tasks: import under 10 s, workbook under 30 s, a
search under 50 ms, less than 500 MB; 10,000 unchanged files under 5 s.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from extractor.model import Extraction
from extractor.store import open_store
from tests.factories import Item, notice

_FIELDS = [
    "农田水利",
    "养老服务",
    "环境整治",
    "安全生产",
    "产业发展",
    "基层治理",
    "文化旅游",
    "教育卫生",
    "道路交通",
    "防汛抗旱",
]
_DUTIES = [
    "全面排查",
    "建立台账",
    "落实责任",
    "加强监管",
    "定期通报",
    "限期整改",
    "组织培训",
    "广泛宣传",
    "严格考核",
    "加大投入",
]
_TOGETHER = 16  # files that a worker process hands back at once


def extraction(k: int, tasks: int) -> Extraction:
    """File ``k`` of a corpus: ``tasks`` tasks with two measures, two units, a date and a number each."""
    items = []
    for n in range(tasks):
        field, duty = _FIELDS[(k + n) % 10], _DUTIES[(k // 10 + n // 10) % 10]
        place = f"第{(k + n) % 613}村{k // 613}组"
        items.append(
            Item(
                f"{duty}推进{field}工作",
                [
                    f"各有关单位要围绕{field}{duty}，对{place}逐户逐项摸清底数，6月底前完成第{n}批任务，确保不留死角。",
                    f"{place}{field}达标率达到{60 + (k + n) % 40}%以上，并按要求做好档案资料的收集整理归档工作。",
                ],
                units=[("综治办", "lead"), (f"第{k % 50}村", "responsible")],
                deadlines=[("6月底前", {"ends_on": "2026-06-30", "measure_id": "m0"})],
                targets=[
                    (
                        f"{field}达标率达到{60 + (k + n) % 40}%以上",
                        {"indicator": f"{field}达标率", "low": 60.0, "unit": "%"},
                    )
                ],
            )
        )
    return notice(items, number=f"甲政发〔2026〕{k}号", issuer="甲镇人民政府", path=f"{k:06}.txt")


def taken_in(path: Path, tasks: int, tasks_a_file: int) -> tuple[float, float]:
    """Takes the corpus into a new database at ``path``: seconds elapsed, and of the processor."""
    elapsed = cpu = 0.0
    with open_store(path) as store:
        files = range(tasks // tasks_a_file)
        for k in files[::_TOGETHER]:
            made = [extraction(n, tasks_a_file) for n in files[k : k + _TOGETHER]]
            start, cpu_start = time.perf_counter(), time.process_time()
            store.put_many(made)
            elapsed += time.perf_counter() - start
            cpu += time.process_time() - cpu_start
        start, cpu_start = time.perf_counter(), time.process_time()
    return elapsed + time.perf_counter() - start, cpu + time.process_time() - cpu_start


def exported(path: Path, form: str) -> None:
    """Exports the database at ``path`` in a process of its own, and prints what that took."""
    target = path.with_suffix(f".{form}")
    code = (
        "import re, sys, time; from extractor.cli import main; main(sys.argv[1:]); "
        "said = open('/proc/self/status').read(); print(time.process_time(), re.search('VmHWM:(.*)kB', said)[1])"
    )
    start = time.perf_counter()
    arguments = ["export", "--db", str(path), "--format", form, "-o", str(target)]
    done = subprocess.run([sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True)
    cpu, peak = map(float, done.stdout.split()[-2:])  # seconds, kB
    spent = time.perf_counter() - start
    print(f"export as {form}: {spent:.1f} s, processor {cpu:.1f} s, peak {peak / 1024:.0f} MB")


def looked_at(path: Path, tasks_a_file: int, known: list[tuple[str, str]]) -> None:
    """Prints how long the questions of a working day take."""
    with open_store(path) as store:
        start = time.perf_counter()
        assert all(store.known(sha256) for _, sha256 in known)
        store.seen(known)
        print(f"{len(known):,} unchanged files passed over: {time.perf_counter() - start:.2f} s")
        for word in ("农田", "养老", "档案", "第9村", "防汛 通报", "没有这个词", "台账"):
            start = time.perf_counter()
            hits = store.search(word, 20)
            print(f"search {word}: {1000 * (time.perf_counter() - start):.1f} ms, {len(hits)} hits")
        for what in ("one file read anew, the day's copy made before", "one file read anew"):
            start = time.perf_counter()
            report = store.put(extraction(7, tasks_a_file), generator=what)
            print(f"{what}: {1000 * (time.perf_counter() - start):.1f} ms ({report.same} the same)")
        for view in ("register", "by_unit", "overdue", "without_unit"):
            start = time.perf_counter()
            rows = store._connection.execute(f"select * from {view} limit 100").fetchall()
            print(f"first {len(rows)} rows of view {view}: {time.perf_counter() - start:.2f} s")
        start = time.perf_counter()
        count = sum(len(plan.tasks) for _, plan in store.register(decided=True).plans())
        print(f"whole register gone through, {count:,} tasks: {time.perf_counter() - start:.1f} s")


def main(tasks: int = 100_000, tasks_a_file: int = 20, times: int = 1) -> None:
    """Prints the figures."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "t.db"
        runs = []
        for _ in range(times):
            for old in Path(folder).iterdir():
                old.unlink()
            runs.append(taken_in(path, tasks, tasks_a_file))
        elapsed, cpu = min(runs, key=lambda run: run[1])
        files = tasks // tasks_a_file
        print(f"import of {tasks:,} tasks in {files:,} files: {elapsed:.1f} s, processor {cpu:.1f} s (best of {times})")
        print(f"size: {path.stat().st_size / 1e6:.0f} MB")
        print(f"peak memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
        made = (extraction(k, tasks_a_file).source for k in range(files))
        looked_at(path, tasks_a_file, [(source.path, source.sha256) for source in made])
        for form in ("json", "csv", "xlsx"):
            exported(path, form)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
