"""The sheet 说明: problems first, then counts, what was inferred and how, the files, and how to read the ledger."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from extractor.exports import phrases
from extractor.exports.problems import said
from extractor.exports.rows import Row
from extractor.model import Register

HOW_TO_READ = (
    ("空白单元格", "原文没有写明；本台账不猜测、不补写。"),
    ("完成时限", "只填能从原文确定的日期；周期性要求见“频次”，限时要求见“时效要求”，原话见“时限原文”。"),
    ("目标指标行", "方案总体目标中带数字的句子也单列一行，“类型”一栏写“目标指标”。"),
    ("核对提示", "凡是推定得出的内容都写明依据；写“把握较低”的，请对照“原文”一栏核对。"),
    ("状态颜色", "红色为已过时限，黄色为十四日内到期，绿色为未到期或已完成；先看内部时限，再看完成时限。"),
    ("打印", "打印请用“打印版”；筛选、排序、导入其他系统请用“数据版”。"),
    ("填写", "状态、进展、责任人等和对内容的更正请填在“数据版”，程序从那里读回；填在其他表里的不读回，只提醒。"),
    ("重新生成", "本文件一经改动，程序不再覆盖它，新的台账会另起文件名。"),
)


@dataclass(frozen=True, slots=True)
class Note:
    """A line of the sheet: three cells, or a heading."""

    cells: tuple[str, str, str]
    heading: bool = False


def lines(register: Register, table: tuple[Row, ...], today: date) -> Iterator[Note]:
    """The sheet from top to bottom; ``today`` is the day that next days due are reckoned from."""
    problems = said(register)
    yield _heading("需要注意的问题" if problems else "没有发现问题", "说明", "位置")
    for item in problems:
        yield Note((item.source.path, item.problem.message, item.place))
    yield _heading("数量", "", "")
    for name, count in counts(register, table):
        yield Note((name, str(count), ""))
    inferred = inferences(table)
    yield _heading("推定得出的内容" if inferred else "没有推定得出的内容", "处数", "")
    for name, count in inferred:
        yield Note((name, str(count), ""))
    yield _heading("来源文件", "标题", "文号")
    for extraction in register.outlines():
        if not extraction.plans:
            yield Note((extraction.source.path, "没有任务", ""))
        for plan in extraction.plans:
            yield Note((extraction.source.path, plan.title or "未写明标题", plan.number or ""))
    yield _heading("怎样看这份台账", "", "")
    for name, text in HOW_TO_READ:
        yield Note((name, text, ""))
    yield Note(("生成日期", phrases.day(today.isoformat()), "“下次报送日”自这一天起推算"))


def counts(register: Register, table: tuple[Row, ...]) -> tuple[tuple[str, int], ...]:
    """What is in the register: (what, how many)."""
    tasks = [row for row in table if row.kind == "task"]
    files = [(len(e.plans), len(e.problems)) for e in register.outlines()]
    return (
        ("文件", len(files)),
        ("方案", sum(plans for plans, _ in files)),
        ("任务", len(tasks)),
        ("其中写明单位的", sum(1 for row in tasks if row.responsibilities)),
        ("其中写明时间的", sum(1 for row in tasks if row.deadlines)),
        ("其中写明数字指标的", sum(1 for row in tasks if row.targets)),
        ("目标指标行", len(table) - len(tasks)),
        ("数字指标", sum(len(row.targets) for row in table)),
        ("问题", sum(problems for _, problems in files)),
    )


def inferences(table: tuple[Row, ...]) -> tuple[tuple[str, int], ...]:
    """What was inferred, and how often, the commonest first."""
    found: Counter[str] = Counter()
    for row in table:
        for name, values in (("责任单位", row.responsibilities), ("时限", row.deadlines), ("指标", row.targets)):
            for value in values:
                found.update(f"{name}{phrases.BASES[basis.why]}" for basis in value.basis)
    return tuple(found.most_common())


def _heading(*cells: str) -> Note:
    first, second, third = cells
    return Note((first, second, third), heading=True)
