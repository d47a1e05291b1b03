"""Annexes and schemes that a text names and the file lacks (附件缺失): 详见附件; 现将《方案》印发给你们; 《方案》确定的146项任务."""

from __future__ import annotations

import re

import regex

from extractor.model import Plan, Problem, Span
from extractor.patterns import each, found_by
from extractor.text import PlanText

_SEE_ANNEX = regex.compile(
    r"(?:详见|见|按照|附后|参照)(?:本(?:通知|方案))?附(?:件|表|后)\d{0,2}|（附后）|（见附[件表]\d?）"
)
_ANNEX_LINE = regex.compile(r"(?m)^[ \t]*附[ ]?(?:件|表|录)[ ]?[0-9一二三四五六七八九十]{0,2}[：:]?[ ]*$")
_ANNEX_LIST = regex.compile(r"(?m)^[ \t]*附[ ]?件[：:]")
# 146项任务: what is counted is found at once, and the number stands before it
_STATED = each(
    *[rf"{word}(?:(?<=\d\d.)|(?<=\d\d[ ].))(?:具体)?(?:重点)?(?:工作)?(?:任务|事项|举措|措施)" for word in "项条"]
)
_COUNT = re.compile(r"(?P<count>\d{2,4})[ ]?\Z")
# 2024年出台《…若干措施》，制定16条具体措施: counted in another paper, issued before
_ISSUED_BEFORE = regex.compile(
    r"(?:20\d\d年|去年|上年|此前|先后|已经?)[^。；\n]{0,30}?(?:出台|印发|制定|发布|实施|推出|完成|落实)(?![^。；\n]{0,60}本(?:方案|计划|意见|措施))"
)
_NEVER_THAT_MANY = 3
# a shell has a few sentences; a scheme that lost its numbering has more
_LONGEST_SHELL = 800


def missing(plan: PlanText, made: Plan) -> tuple[Problem, ...]:
    """``annex_missing`` where an annex or a forwarded scheme is named and not there; ``tasks_fewer_than_stated`` where
    the text counts far more tasks than were found."""
    match, start, end = plan.match, plan.span.start, plan.span.end
    out: list[Problem] = []
    handed_on = _handed_on_alone(plan, made)
    speaks_of_annexes = match.find("附", start, end) >= 0
    named = speaks_of_annexes and (_SEE_ANNEX.search(match, start, end) or _ANNEX_LIST.search(match, start, end))
    if named and not _ANNEX_LINE.search(match, named.end(), end) and not _holds_scheme(plan, made):
        place = Span(named.start(), named.end())
        out.append(
            Problem(
                "annex_missing", "正文提到的附件不在本文件中，请找到附件后一并读取", plan.clean.evidence(place).pieces
            )
        )
    elif handed_on is not None:
        message = "本通知印发的文件不在本文件中，请找到后一并读取"
        out.append(Problem("annex_missing", message, plan.clean.evidence(handed_on).pieces))
    for stated in found_by(_STATED, match, start, end):
        number = _COUNT.search(match, max(start, stated.start() - 5), stated.start())
        if number is None:
            continue
        count, said = int(number["count"]), number.start()
        opening = 1 + max(match.rfind(mark, start, said) for mark in "。；\n")
        if _ISSUED_BEFORE.search(match, max(start, opening), said):
            continue
        if count > _NEVER_THAT_MANY * max(1, len(made.tasks)):
            place = Span(said, stated.end())
            message = f"正文说有{count}项任务，本文件中只找到{len(made.tasks)}项，可能缺少附件"
            out.append(Problem("tasks_fewer_than_stated", message, plan.clean.evidence(place).pieces))
            break
    return tuple(out)


def _handed_on_alone(plan: PlanText, made: Plan) -> Span | None:
    """Where a shell names the scheme that it hands on and that is not in the file: nothing but the shell is."""
    title = next((link.title for link in made.links if link.kind == "forwards"), None)
    if title is None or made.goals or len(made.tasks) > 1 or plan.span.length > _LONGEST_SHELL:
        return None
    if any(node.label or node.kind in ("table", "row") for node in plan.nodes()):
        return None
    if any(line.strip() == title for line in plan.span.of(plan.text).split("\n")):
        return None  # its own title stands below the shell
    quoted = plan.text.find(f"《{title}》", plan.span.start, plan.span.end)
    if quoted >= 0:
        return Span(quoted, quoted + len(title) + 2)
    bare = plan.text.find(title, plan.span.start, plan.span.end)
    return Span(bare, bare + len(title)) if bare >= 0 else plan.letterhead.title_span


def _holds_scheme(plan: PlanText, made: Plan) -> bool:
    """True where the shell's scheme follows in the same file: it has a title line of its own and sections."""
    title = plan.letterhead.title_span
    forwards = any(link.kind == "forwards" for link in made.links)
    return forwards and title is not None and title.start > plan.span.start + 40 and len(made.tasks) > 3
