"""Duties to report (报送): to whom, and the contact that the notice names."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

import regex

from extractor.assemble.drafts import TaskDraft
from extractor.model import Span
from extractor.patterns import each, found_by, searched
from extractor.text import PlanText

# 于每月28日前将…报送市政府督考办    报县河长办备案    每周五前向镇党政办报告
_REPORT_TO = regex.compile(
    r"(?:报送(?:至|到|给)?|报至|上报(?:至|到|给)?|送交|送达|反馈(?:至|到|给)|(?<![通预填申汇简情举公年月日])报(?!告|表|道|名|送|酬|案|备|批|销|价|警|考|请|刊|纸|社|废|复))"
    r"(?:各位|各)?(?P<unit>[\u4e00-\u9fffXx×#（）]{2,20}?(?:办|局|委|科|室|组|部|处|厅|院|政府|中心|领导|所|站|公室|书记|镇|线))"
    r"(?=[。，；、（(\s]|备案|汇总|审[核定批]|核准|批准|$)"
)
_TO_WHOM = regex.compile(
    r"向(?P<unit>[\u4e00-\u9fffXx×#（）]{2,20}?(?:办|局|委|科|室|组|部|处|厅|院|政府|中心|公室))(?:书面)?(?:报告|报送|上报|汇报)"
)
_REPORTING = each("报", "送[交达]", "反馈")  # one of them stands in all that the two patterns know
_CONTACT = searched(
    r"""
      联系(?:人|电话|方式)[：:](?:[^。\n（）]|（[^。\n（）]{0,40}）){2,80}   # a bracket around it all is no part of it
    | <电子邮箱|电子邮件|邮箱|邮件>[：:][ ]*[\w.@-]+
    | <联系电话|电话>[：:][ ]*(?:[\d\-—、,， ]|（[\d\-—、,， ]{1,20}）){6,30}
    """
)
_OF_CONTACT = each("联系", "电(?:子邮|话)", "邮[箱件]")  # one of them opens whatever _CONTACT knows
_AT_ENDS = " \t\u3000，,、；;"


class Reporting:
    """The duties to report and the contacts of one plan; what tells of them is looked for once, few tasks hold any."""

    def __init__(self, plan: PlanText) -> None:
        self._plan = plan
        self._reporting = _starts(_REPORTING, plan)
        self._contacts = _starts(_OF_CONTACT, plan)

    def report_to(self, draft: TaskDraft) -> str | None:
        """Who receives the report that the task asks for, in the document's script; nothing where it asks for none."""
        match = self._plan.match
        for span in _holding(self._reporting, draft.text):
            found = _REPORT_TO.search(match, span.start, span.end) or _TO_WHOM.search(match, span.start, span.end)
            if found:
                return self._plan.text[found.start("unit") : found.end("unit")]
        return None

    def contact(self, draft: TaskDraft, *, reports: bool) -> str | None:
        """The contact that stands in the task, else for a duty to report (``reports``) the one that the notice names."""
        if not self._contacts:
            return None
        plan = self._plan
        for span in (*_holding(self._contacts, draft.text), *([plan.span] if reports else ())):
            found = _CONTACT.search(plan.match, span.start, span.end)
            if found:
                return plan.text[found.start() : found.end()].strip(_AT_ENDS)
        return None


def _starts(patterns: Iterable[re.Pattern[str]], plan: PlanText) -> list[int]:
    return [found.start() for found in found_by(patterns, plan.match, plan.span.start, plan.span.end)]


def _holding(starts: Sequence[int], spans: Iterable[Span]) -> list[Span]:
    """The spans in which something begins at one of ``starts``, which ascend."""
    last = len(starts)
    return [span for span in spans if (k := bisect_left(starts, span.start)) < last and starts[k] < span.end]
