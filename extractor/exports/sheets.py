"""The sheets of the register: which columns each has, and the rows that stand in it.

Drawing them is :mod:`extractor.exports.workbook`'s; :mod:`extractor.exports.csv_export` and
:mod:`extractor.exports.word` write the same columns.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, Literal, TypeVar

from extractor.exports import phrases
from extractor.exports.harmless import printable
from extractor.exports.marks import MARKED, marks
from extractor.exports.paper import PaperName
from extractor.exports.rows import OfficeColumns, Row, Value, notice_name, notice_names
from extractor.exports.unit_names import UnitNames
from extractor.model import Deadline, Responsibility, Target

Item = TypeVar("Item")

Kind = Literal["text", "date", "number", "percent"]


@dataclass(frozen=True, slots=True)
class Column(Generic[Item]):
    """A column: its header, its width in characters, and its value of a row. ``hidden`` keeps a key out of sight."""

    title: str
    width: float
    value: Callable[[Item], Value]
    kind: Kind = "text"
    hidden: bool = False


# -- the flat sheet, which the CSV repeats -----------------------------------------------------------------------------

MARKS = "校验码"
DATA_COLUMNS: tuple[Column[Row], ...] = (
    Column("序号", 6, lambda r: r.number, "number"),
    Column("类型", 9, lambda r: "任务" if r.kind == "task" else "目标指标"),
    Column("来源", 22, lambda r: notice_names(r)),
    Column("文件标题", 30, lambda r: r.plan.title),
    Column("发文机关", 18, lambda r: r.plan.issuer),
    Column("成文日期", 14, lambda r: _whole_date(r.plan.issued_on), "date"),
    Column("类别", 26, lambda r: " / ".join(r.group)),
    Column("工作任务", 36, lambda r: r.title),
    Column("具体举措", 60, lambda r: r.measures_text),
    Column("目标指标", 36, lambda r: r.targets_text),
    Column("牵头单位", 20, lambda r: r.units("lead")),
    Column("责任单位", 24, lambda r: r.units("responsible")),
    Column("配合单位", 24, lambda r: r.units("support")),
    Column("督导单位", 18, lambda r: r.units("supervise")),
    Column("牵头领导", 12, lambda r: r.units("leader")),
    Column("完成时限", 15, lambda r: phrases.as_date(r.due_on), "date"),
    Column("频次", 16, lambda r: r.frequency),
    Column("时效要求", 16, lambda r: r.time_limit),
    Column("时限原文", 24, lambda r: r.deadline_words),
    Column("报送对象", 16, lambda r: r.report_to),
    Column("联系方式", 18, lambda r: r.contact),
    Column("我单位承办", 16, lambda r: r.office.our_unit),
    Column("分管领导", 12, lambda r: r.office.leader),
    Column("责任人", 12, lambda r: r.office.person),
    Column("内部时限", 15, lambda r: phrases.as_date(r.office.inner_due), "date"),
    Column("状态", 14, lambda r: phrases.STATUSES[r.office.status]),
    Column("进展", 30, lambda r: r.office.progress),
    Column("完成比例", 10, lambda r: None if r.office.percent is None else r.office.percent / 100, "percent"),
    Column("备注", 20, lambda r: r.office.note),
    Column("出处", 36, lambda r: r.origin),
    Column("页码", 6, lambda r: r.page, "number"),
    Column("核对提示", 28, lambda r: r.look_at),
    Column("原文", 60, lambda r: r.evidence.quote),
    Column("来源编号", 20, lambda r: r.id, hidden=True),
    Column(MARKS, 22, lambda r: _marks(r), hidden=True),
)
_BY_TITLE = {column.title: column for column in DATA_COLUMNS}
_MARKED = tuple(_BY_TITLE[title].value for title in MARKED)


def _marks(row: Row) -> str:
    return marks([_printed(value_of(row)) for value_of in _MARKED])


def shown(row: Row, title: str) -> Value:
    """What stands in a column of the flat sheet."""
    return _printed(_BY_TITLE[title].value(row))


def _printed(value: Value) -> Value:
    return printable(value) if isinstance(value, str) else value


def _whole_date(iso: str | None) -> Value:
    """A date where it is whole, else the words (20XX-05-03 is no date)."""
    if iso is None:
        return None
    return date.fromisoformat(iso) if iso.replace("-", "").isdigit() and len(iso) == 10 else phrases.partial_date(iso)


# -- the printed sheet -------------------------------------------------------------------------------------------------


def print_columns(paper: PaperName, rows: Iterable[Row]) -> tuple[Column[Row], ...]:
    """The columns of the printed register: at most 8 on A4; all that have something in them on A3.

    The second column is the group (类别), which is merged over its rows; the third is the work, which takes the room of
    the fourth as well in rows that are goals.
    """
    rows = tuple(rows)
    kept = any(not r.office.empty for r in rows)
    return _a4(kept) if paper == "A4" else _a3(rows)


def spans_measures(row: Row, columns: tuple[Column[Row], ...]) -> bool:
    """True where the row's work takes the room of the measures too: a goal, which has none."""
    return row.kind == "goal" and columns[3].title == "具体举措"


def _a4(office: bool) -> tuple[Column[Row], ...]:
    number: Column[Row] = Column("序号", 5, lambda r: r.number, "number")
    group: Column[Row] = Column("类别", 12, group_label)
    targets: Column[Row] = Column("目标指标", 24, lambda r: r.targets_text)
    units: Column[Row] = Column("责任单位", 21, units_text)
    due: Column[Row] = Column("完成时限", 15, lambda r: phrases.as_date(r.due_on), "date")
    rhythm: Column[Row] = Column("频次和时效", 13, lambda r: "；".join(filter(None, (r.frequency, r.time_limit))))
    if office:  # the measures go under the task, so that status and progress find room and nothing is lost
        work: Column[Row] = Column("工作任务和举措", 32, lambda r: "\n".join(filter(None, (r.title, r.measures_text))))
        return (number, group, work, targets, units, due, rhythm, Column("状态和进展", 14, status_text))
    return (
        number,
        group,
        Column("工作任务", 18, lambda r: r.title),
        Column("具体举措", 46, lambda r: r.measures_text),
        Column("目标指标", 18, lambda r: r.targets_text),
        Column("责任单位", 17, units_text),
        Column("完成时限", 12, due.value, "date"),
        Column("频次和时效", 10, rhythm.value),
    )


def _a3(rows: tuple[Row, ...]) -> tuple[Column[Row], ...]:
    always = {"序号", "类别", "工作任务", "具体举措", "目标指标", "牵头单位", "责任单位", "完成时限"}
    columns: tuple[Column[Row], ...] = (
        Column("序号", 5, lambda r: r.number, "number"),
        Column("类别", 15, group_label),
        Column("工作任务", 22, lambda r: r.title),
        Column("具体举措", 40, lambda r: r.measures_text),
        Column("目标指标", 22, lambda r: r.targets_text),
        Column("牵头单位", 12, lambda r: r.units("lead")),
        Column("责任单位", 14, lambda r: r.units("responsible")),
        Column("配合单位", 14, lambda r: r.units("support")),
        Column("督导单位", 10, lambda r: r.units("supervise")),
        Column("牵头领导", 9, lambda r: r.units("leader")),
        Column("完成时限", 11, lambda r: phrases.as_date(r.due_on), "date"),
        Column("频次", 10, lambda r: r.frequency),
        Column("时效要求", 10, lambda r: r.time_limit),
        Column("我单位承办", 10, lambda r: r.office.our_unit),
        Column("分管领导", 9, lambda r: r.office.leader),
        Column("责任人", 8, lambda r: r.office.person),
        Column("内部时限", 11, lambda r: phrases.as_date(r.office.inner_due), "date"),
        Column("状态", 9, lambda r: "" if r.office.empty else phrases.STATUSES[r.office.status]),
        Column("进展", 18, lambda r: r.office.progress),
        Column("备注", 10, lambda r: r.office.note),
    )
    return tuple(c for c in columns if c.title in always or any(c.value(r) not in ("", None) for r in rows))


def group_label(row: Row) -> str:
    """The heading that a row stands under: the nearest one above it."""
    if row.kind == "goal":
        return "目标指标"
    return row.group[-1] if row.group else ""


def units_text(row: Row) -> str:
    """All units of a row with what they are to do, each once: who leads answers as well. A lone kind of responsible units
    needs no word for it."""
    leading = row.named.get("lead", ())
    others = "、".join(unit for unit in row.named.get("responsible", ()) if unit not in leading)
    named = [(role, others if role == "responsible" else row.units(role)) for role in phrases.ROLES]
    named = [(role, units) for role, units in named if units]
    if len(named) == 1 and named[0][0] == "responsible":
        return named[0][1]
    return "\n".join(f"{phrases.ROLES[role].removesuffix('单位')}：{units}" for role, units in named)


def status_text(row: Row) -> str:
    """Status and progress as the office wrote them."""
    office: OfficeColumns = row.office
    if office.empty:
        return ""
    percent = "" if office.percent is None else f"{phrases.number(office.percent)}%"
    return "\n".join(filter(None, (phrases.STATUSES[office.status], percent, office.progress, office.note)))


# -- by unit, targets, dates, reports ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class OfUnit:
    """A row and one of the units that it names, with what that unit is to do; ``name`` is what the sheet calls it."""

    row: Row
    responsibility: Responsibility
    name: str


@dataclass(frozen=True, slots=True)
class OfOurs:
    """A row that concerns the office's own unit: why, in words, and which of its offices it falls to."""

    row: Row
    reason: str
    office: str


@dataclass(frozen=True, slots=True)
class OfTarget:
    """A row and one of its targets."""

    row: Row
    target: Target


@dataclass(frozen=True, slots=True)
class OfDeadline:
    """A row and one of its deadlines."""

    row: Row
    deadline: Deadline


@dataclass(frozen=True, slots=True)
class OfReport:
    """A row that orders something to be reported, and the next day that it falls due."""

    row: Row
    next_day: date | None


def by_unit(rows: Sequence[Row]) -> Iterator[OfUnit]:
    """One line for each row, unit and role: units in the order in which they first appear. Who leads answers as well, and
    has one line."""
    names = UnitNames(rows)
    lines: dict[str, list[OfUnit]] = {}
    for row in rows:
        leading = {value.unit for value in row.responsibilities if value.role == "lead"}
        seen: set[tuple[str, str]] = {(unit, "responsible") for unit in leading}
        for value in row.responsibilities:
            if (value.unit, value.role) not in seen and value.unit in row.named[value.role]:
                seen.add((value.unit, value.role))
                name = names.of(row, value)
                lines.setdefault(name, []).append(OfUnit(row, value, name))
    for of_unit in lines.values():
        yield from of_unit


def targets(rows: Iterable[Row]) -> Iterator[OfTarget]:
    """One line for each target."""
    return (OfTarget(row, target) for row in rows for target in row.targets)


def deadlines(rows: Iterable[Row]) -> Iterator[OfDeadline]:
    """One line for each deadline, dated ones first, by date."""
    lines = [OfDeadline(row, deadline) for row in rows for deadline in row.deadlines]
    return iter(sorted(lines, key=lambda line: line.deadline.ends_on or line.deadline.starts_on or "9999"))


UNIT_COLUMNS: tuple[Column[OfUnit], ...] = (
    Column("单位", 26, lambda x: x.name),
    Column("原文写法", 20, lambda x: x.responsibility.unit),
    Column("角色", 12, lambda x: phrases.ROLES[x.responsibility.role]),
    Column("序号", 6, lambda x: x.row.number, "number"),
    Column("工作任务", 40, lambda x: x.row.title),
    Column("目标指标", 34, lambda x: x.row.targets_text),
    Column("完成时限", 15, lambda x: phrases.as_date(x.row.due_on), "date"),
    Column("频次", 14, lambda x: x.row.frequency),
    Column("时效要求", 14, lambda x: x.row.time_limit),
    Column("状态", 12, lambda x: phrases.STATUSES[x.row.office.status]),
    Column("来源", 22, lambda x: notice_name(x.row)),
)
OUR_COLUMNS: tuple[Column[OfOurs], ...] = (
    Column("序号", 6, lambda x: x.row.number, "number"),
    Column("工作任务", 40, lambda x: x.row.title),
    Column("涉及缘由", 30, lambda x: x.reason),
    Column("承办科室", 16, lambda x: x.row.office.our_unit or x.office),
    Column("目标指标", 34, lambda x: x.row.targets_text),
    Column("完成时限", 15, lambda x: phrases.as_date(x.row.due_on), "date"),
    Column("频次", 14, lambda x: x.row.frequency),
    Column("时效要求", 14, lambda x: x.row.time_limit),
    Column("责任单位", 30, lambda x: units_text(x.row).replace("\n", "；")),
    Column("状态", 12, lambda x: phrases.STATUSES[x.row.office.status]),
    Column("来源", 22, lambda x: notice_name(x.row)),
)
TARGET_COLUMNS: tuple[Column[OfTarget], ...] = (
    Column("指标", 26, lambda x: x.target.indicator),
    Column("对象", 14, lambda x: x.target.scope),
    Column("要求", 10, lambda x: phrases.comparison(x.target)),
    Column("下限", 12, lambda x: x.target.low, "number"),
    Column("上限", 12, lambda x: x.target.high, "number"),
    Column("计量单位", 10, lambda x: x.target.unit),
    Column("期间", 12, lambda x: phrases.partial_date(x.target.period) if x.target.period else None),
    Column("基数", 12, lambda x: x.target.baseline),
    Column("完成时限", 15, lambda x: _date_of(x), "date"),
    Column("原文", 40, lambda x: phrases.one_line(x.target.evidence.quote)),
    Column("责任单位", 26, lambda x: units_text(x.row).replace("\n", "；")),
    Column("序号", 6, lambda x: x.row.number, "number"),
    Column("工作任务", 36, lambda x: x.row.title),
    Column("来源", 22, lambda x: notice_name(x.row)),
)
DEADLINE_COLUMNS: tuple[Column[OfDeadline], ...] = (
    Column("截止日期", 15, lambda x: phrases.as_date(x.deadline.ends_on), "date"),
    Column("开始日期", 15, lambda x: phrases.as_date(x.deadline.starts_on), "date"),
    Column("时限", 22, lambda x: phrases.when(x.deadline)),
    Column("种类", 8, lambda x: phrases.DEADLINE_KINDS[x.deadline.kind]),
    Column("条件", 20, lambda x: x.deadline.condition),
    Column("原文", 26, lambda x: phrases.one_line(x.deadline.evidence.quote)),
    Column("是否承自上文", 12, lambda x: "承自上文" if x.deadline.inherited else "本条写明"),
    Column("责任单位", 30, lambda x: units_text(x.row).replace("\n", "；")),
    Column("序号", 6, lambda x: x.row.number, "number"),
    Column("工作任务", 40, lambda x: x.row.title),
    Column("来源", 22, lambda x: notice_name(x.row)),
)
REPORT_COLUMNS: tuple[Column[OfReport], ...] = (
    Column("报送内容", 40, lambda x: x.row.title),
    Column("具体要求", 50, lambda x: x.row.measures_text),
    Column("报送对象", 20, lambda x: x.row.report_to),
    Column("报送时间", 24, lambda x: "；".join(dict.fromkeys(phrases.when(d) for d in x.row.deadlines))),
    Column("下次报送日", 15, lambda x: x.next_day, "date"),
    Column("联系方式", 24, lambda x: x.row.contact),
    Column("责任单位", 26, lambda x: units_text(x.row).replace("\n", "；")),
    Column("序号", 6, lambda x: x.row.number, "number"),
    Column("来源", 22, lambda x: notice_name(x.row)),
)


def _date_of(line: OfTarget) -> date | None:
    """The date of a target: that of the deadline it is paired with, else its row's."""
    paired = line.row.dated.get(line.target.deadline_id or "")
    return phrases.as_date(paired.ends_on if paired is not None else line.row.due_on)
