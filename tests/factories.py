"""Small model objects for tests: a notice written from its parts, every value with its place in the text.

>>> extraction = notice([Item("整治农村环境", ["各村要在6月底前完成排查。"], units=[("综治办", "responsible")])])
>>> extraction.plans[0].tasks[0].title
'整治农村环境'
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from extractor import identity
from extractor.model import (
    Deadline,
    Evidence,
    Extraction,
    Goal,
    Measure,
    Plan,
    PlanLink,
    Problem,
    Repair,
    Responsibility,
    Role,
    Source,
    Span,
    Target,
    Task,
)


@dataclass(frozen=True)
class Item:
    """A task to be written: ``deadlines`` are (words, fields of Deadline), ``targets`` (words, fields of Target); the
    words stand in one of the measures."""

    title: str
    measures: Sequence[str]
    units: Sequence[tuple[str, Role]] = ()
    deadlines: Sequence[tuple[str, dict[str, Any]]] = ()
    targets: Sequence[tuple[str, dict[str, Any]]] = ()
    section: tuple[str, ...] = ("二、主要任务",)
    report_to: str | None = None
    contact: str | None = None


@dataclass(frozen=True)
class Aim:
    """A goal to be written; ``task`` is the number of the task whose measures hold it."""

    text: str
    deadlines: Sequence[tuple[str, dict[str, Any]]] = ()
    targets: Sequence[tuple[str, dict[str, Any]]] = ()
    task: int | None = None


@dataclass
class _Page:
    text: str = ""

    def write(self, words: str) -> Span:
        start = len(self.text)
        self.text += words
        return Span(start, len(self.text))

    def evidence(self, words: str, within: Span) -> Evidence:
        at = self.text.index(words, within.start, within.end)
        return Evidence(words, (Span(at, at + len(words)),))


def notice(
    items: Sequence[Item],
    *,
    title: str | None = "2026年农村环境整治实施方案",
    number: str | None = None,
    issuer: str | None = None,
    issued_on: str | None = "2026-03-01",
    region: str | None = "甲镇",
    addressees: Sequence[str] = ("各村",),
    aims: Sequence[Aim] = (),
    links: Sequence[PlanLink] = (),
    path: str = "notices/a.txt",
    media_type: str = "text/plain",
    head: str = "",
    foot: str = "",
    problems: Sequence[Problem] = (),
    repairs: Sequence[Repair] = (),
    ocr: bool = False,
    assign: bool = True,
) -> Extraction:
    """The extraction of a file with one plan, made of ``items``."""
    page = _Page(head)
    page.write(f"{number or ''}\n{title or ''}\n{'、'.join(addressees)}：\n")
    goals: list[Goal] = []
    tasks: list[Task] = []
    for aim in aims:
        if aim.task is None:
            span = page.write(aim.text)
            page.write("\n")
            goals.append(_goal(page, aim, span, None))
    for index, item in enumerate(items):
        tasks.append(_task(page, item, index))
    for aim in aims:
        if aim.task is not None:
            whole = Span(0, len(page.text))
            goals.append(_goal(page, aim, page.evidence(aim.text, whole).pieces[0], f"t{aim.task}"))
    page.write(foot)
    plan = Plan(
        title=title,
        pieces=(Span(0, len(page.text)),),
        number=number,
        issuer=issuer,
        addressees=tuple(addressees),
        issued_on=issued_on,
        region=region,
        links=tuple(links),
        tasks=tuple(tasks),
        goals=tuple(goals),
    )
    plans: tuple[Plan, ...] = (plan,)
    if assign:
        plans = identity.assign(plans, text=page.text, repairs=repairs)
    digest = sha256(f"{media_type}{page.text}".encode("utf-8", "surrogatepass")).hexdigest()
    source = Source(
        identity.source_id(digest), path, digest, media_type, page.text, "utf-8", ((0, 1),), ocr, tuple(repairs)
    )
    return Extraction(source, plans, tuple(problems))


def _task(page: _Page, item: Item, index: int) -> Task:
    page.write(f"（{index + 1}）{item.title}\n")
    start = len(page.text)
    measures = [(page.write(text), text) for text in item.measures]
    span = Span(start, len(page.text))
    units: list[Responsibility] = []
    for unit, role in item.units:
        words = f"{'牵头单位' if role == 'lead' else '责任单位'}：{unit}"
        at = page.write(f"（{words}）")
        units.append(Responsibility(unit, role, page.evidence(words, at), "units.bracket", confidence=0.9))
    page.write("\n")
    deadlines = tuple(_deadline(page, d, span, f"d{k}") for k, d in enumerate(item.deadlines))
    own = [d.ends_on for d in deadlines if d.kind in ("by", "range") and d.ends_on]
    return Task(
        title=item.title,
        evidence=Evidence(span.of(page.text), (span,)),
        rule="tasks.item",
        section=item.section,
        measures=tuple(Measure(Evidence(text, (at,)), f"m{k}") for k, (at, text) in enumerate(measures)),
        responsibilities=tuple(units),
        deadlines=deadlines,
        targets=tuple(_target(page, t, span, f"q{k}") for k, t in enumerate(item.targets)),
        report_to=item.report_to,
        contact=item.contact,
        due_on=max(own, default=None),
        due_rule="own" if own else None,
        confidence=0.9,
        id=f"t{index}",
    )


def _goal(page: _Page, aim: Aim, span: Span, task: str | None) -> Goal:
    return Goal(
        evidence=Evidence(span.of(page.text), (span,)),
        section=("一、总体目标",),
        deadlines=tuple(_deadline(page, d, span, "") for d in aim.deadlines),
        targets=tuple(_target(page, t, span, "") for t in aim.targets),
        task_id=task,
    )


def _deadline(page: _Page, words: tuple[str, dict[str, Any]], span: Span, name: str) -> Deadline:
    fields: dict[str, Any] = {"kind": "by", **words[1]}
    return Deadline(**fields, evidence=page.evidence(words[0], span), rule="deadlines.test", id=name)


def _target(page: _Page, words: tuple[str, dict[str, Any]], span: Span, name: str) -> Target:
    fields: dict[str, Any] = {"operator": ">=", "low": None, "high": None, "unit": None, **words[1]}
    return Target(**fields, evidence=page.evidence(words[0], span), rule="targets.test", id=name)


ENVIRONMENT = Item(
    "开展环境整治",
    ["各村要全面排查河道垃圾，6月底前完成清理。", "每月28日前报送进展情况，清理率达到95%以上。"],
    units=[("综治办", "lead"), ("各村", "responsible")],
    deadlines=[
        ("6月底前", {"ends_on": "2026-06-30"}),
        ("每月28日前", {"kind": "recurring", "recurrence": "FREQ=MONTHLY;BYMONTHDAY=28", "measure_id": "m1"}),
    ],
    targets=[("清理率达到95%以上", {"indicator": "清理率", "low": 95.0, "unit": "%", "deadline_id": "d0"})],
)
ELDERLY = Item(
    "健全养老服务体系",
    ["新建养老服务站12个，年底前全部投入使用。"],
    units=[("民政办", "responsible")],
    deadlines=[("年底前", {"ends_on": "2026-12-31"})],
    targets=[("新建养老服务站12个", {"indicator": "养老服务站", "operator": "=", "low": 12.0, "unit": "个"})],
)
PUBLICITY = Item("加强宣传引导", ["利用广播、微信群等方式广泛宣传，营造良好氛围。"], section=("三、保障措施",))

ITEMS: tuple[Item, ...] = (ENVIRONMENT, ELDERLY, PUBLICITY)


@dataclass
class Tick:
    """A clock that goes on by a second at each look."""

    at: Any = field(default=None)

    def __call__(self) -> Any:
        from datetime import datetime, timedelta, timezone

        self.at = self.at + timedelta(seconds=1) if self.at else datetime(2026, 3, 2, 9, tzinfo=timezone.utc)
        return self.at
