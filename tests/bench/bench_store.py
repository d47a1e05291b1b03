"""How fast the task database is: 100,000 tasks in, searched, read back; 10,000 unchanged files passed over.

Run by hand: ``python -m tests.bench.bench_store [tasks [tasks a file]]``; processor time is given beside elapsed time. The aims: import under 10 s, a search under 50 ms, unchanged
files under 5 s, less than 500 MB.
"""

from __future__ import annotations

import resource
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


def main(tasks: int = 100_000, tasks_a_file: int = 20) -> None:
    """Prints the figures."""
    files = tasks // tasks_a_file
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "t.db"
        known: list[tuple[str, str]] = []
        elapsed = cpu = 0.0
        with open_store(path) as store:
            for k in range(files):
                made = extraction(k, tasks_a_file)
                known.append((made.source.path, made.source.sha256))
                start, cpu_start = time.perf_counter(), time.process_time()
                store.put(made)
                elapsed += time.perf_counter() - start
                cpu += time.process_time() - cpu_start
            start, cpu_start = time.perf_counter(), time.process_time()
        elapsed += time.perf_counter() - start
        cpu += time.process_time() - cpu_start
        print(f"import of {tasks:,} tasks in {files:,} files: {elapsed:.1f} s, processor {cpu:.1f} s")
        print(f"size: {path.stat().st_size / 1e6:.0f} MB")
        with open_store(path) as store:
            start = time.perf_counter()
            assert all(store.known(sha256) for _, sha256 in known)
            store.seen(known)
            print(f"{files:,} unchanged files passed over: {time.perf_counter() - start:.2f} s")
            for word in ("农田", "养老", "档案", "第9村", "防汛 通报", "没有这个词", "台账"):
                start = time.perf_counter()
                hits = store.search(word, 20)
                print(f"search {word}: {1000 * (time.perf_counter() - start):.1f} ms, {len(hits)} hits")
            start = time.perf_counter()
            made = extraction(7, tasks_a_file)
            report = store.put(made, generator="next")
            print(f"one file read anew: {1000 * (time.perf_counter() - start):.1f} ms ({report.same} the same)")
            start = time.perf_counter()
            count = store._connection.execute("select count(*), max(序号) from register").fetchone()
            print(f"view register, {count[0]:,} rows: {time.perf_counter() - start:.2f} s")
            print(f"memory so far: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")
            start = time.perf_counter()
            register = store.register(decided=True)
            count = sum(len(plan.tasks) for _, plan in register.plans())
            print(f"whole register as objects, {count:,} tasks: {time.perf_counter() - start:.1f} s")
        print(f"memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
