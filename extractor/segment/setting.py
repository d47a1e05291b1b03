"""What a plan's dates and names are read by: its year and its place in the world."""

from __future__ import annotations

import re

import regex

from extractor.model import Span
from extractor.patterns import each, found_by
from extractor.text import CleanText, Letterhead

_YEAR = regex.compile(r"(?P<year>(?:19|20)\d{2})(?=[ ]?(?:年|[-—－~]|～))")
_GIVES_ACCOUNT = re.compile(r"总结|汇报|报告(?!》)|情况")
# 关于报送2025年度统计数据的函, 2025年度考核工作: what is looked back on
_GATHERED = re.compile(
    r"20\d\d年度?[^，。《》\n]{0,20}(?:数据|资料|材料|统计|报表|年报|决算|考核|考评|评议|评选|述职|年检|年审|审计)"
)
_PLANNED = re.compile(r"(?:总结|汇报)[^，。\n]{0,8}(?P<year>20\d\d)年[^，。\n]{0,12}(?:打算|计划|思路|安排|要点|谋划)")
_PLANNED_BELOW = re.compile(
    r"(?m)^[ ]*[一二三四五六七]、(?P<year>20\d\d)年[^，。\n]{0,12}(?:打算|计划|思路|安排|要点|谋划)"
)
_NUMBER_YEAR = regex.compile(r"[〔\[（【](?P<year>(?:19|20)\d{2})[〕\]）】]")
# 从20xx年1月22日到2月3日开展……
_MASKED_PERIOD = regex.compile(
    r"20[xX×*_]{1,2}年\d{1,2}月\d{1,2}日?(?:至|到|—|－|-|～|~)+(?:20[xX×*_]{1,2}年)?\d{1,2}月"
)
_MASKED = regex.compile(r"20[xX×*]{2}|[xX×]{4}(?=年)")

_HELD = each(
    r"时间：[ ]?(?P<year>20\d\d)年\d",
    r"(?P<year>20\d\d)年\d{1,2}月\d{1,2}日[^。\n]{0,30}(?:召开|召集)[^。\n]{0,20}会",
)

# Words that only one place's papers use; a mainland agency outweighs them (a mainland notice in traditional script).
_MAINLAND = re.compile(r"人民政府|国务院|中共|党委|党支部|县委|镇党|村委会|习近平")
_TAIWAN = re.compile(
    r"中华民国|民国\d|民国[一二三四五六七八九十]|行政院|县政府|市政府|乡公所|镇公所|区公所|国发会|受文者|本府"
)
_HONG_KONG = re.compile(r"香港|立法会|民政事务|康文署|食环署|渔护署|财政年度|区议会")
_MACAU = regex.compile(r"澳门|行政长官批示|司长")


def year_of(letterhead: Letterhead, match: str) -> str | None:
    """The year that a date without one takes: the title's, else that of the date of issue, else the number's; masked: ``20XX``."""
    title = letterhead.title_span.of(match) if letterhead.title_span else letterhead.title or ""
    years = [m["year"] for m in _YEAR.finditer(title)]
    issued = letterhead.issued_on[:4] if letterhead.issued_on else None
    planned = _planned_year(title, match) if _GIVES_ACCOUNT.search(title) else None
    if planned is not None:
        return planned
    if len(set(years)) > 1 and issued is not None:
        return issued  # a plan of several years (2023—2025年): a bare 年底 is that of the year it was issued in
    if years and issued is not None and years[0] < issued and _GATHERED.search(title) is not None:
        return issued  # what a year that is over has brought is gathered in the next
    if years:
        return years[0]
    if _MASKED.search(title):
        return "20XX"
    return issued or _year_of_number(letterhead.number)


def _planned_year(title: str, match: str) -> str | None:
    """The year of what an account plans for: 2024年工作总结和2025年工作打算; else of its section that is headed so."""
    planned = _PLANNED.search(title) or _PLANNED_BELOW.search(match)
    return planned["year"] if planned is not None else None


def masked_year(match: str, preamble: Span) -> str | None:
    """``20XX`` where a preamble states the period of its work in a masked year; the days of its phases are of that year."""
    return "20XX" if _MASKED_PERIOD.search(match, preamble.start, preamble.end) else None


def held_year(match: str, preamble: Span) -> str | None:
    """The year of the meeting whose minutes these are, as their head tells it (时间：2026年3月6日; 2026年3月6日，…主持召开)."""
    found = found_by(_HELD, match, preamble.start, preamble.end)
    return found[0]["year"] if found else None


def _year_of_number(number: str | None) -> str | None:
    """〔2024〕 of 青政发〔2024〕6号; a day of the paper's own year is written without it."""
    found = _NUMBER_YEAR.search(number) if number is not None else None
    return found["year"] if found else None


def region_code(clean: CleanText, span: Span) -> str:
    """``TW``, ``HK``, ``MO`` for a paper in traditional script that names no mainland body, else ``CN``."""
    match = clean.match
    if clean.text[span.start : span.end] == match[span.start : span.end] or _MAINLAND.search(
        match, span.start, span.end
    ):
        return "CN"
    counts = {
        code: len(pattern.findall(match, span.start, span.end))
        for code, pattern in (("TW", _TAIWAN), ("HK", _HONG_KONG), ("MO", _MACAU))
    }
    best = max(counts, key=lambda code: counts[code])
    return best if counts[best] else "CN"
