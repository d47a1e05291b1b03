"""Canonical names of units (单位规范名称): 发改委 = 发展和改革委员会, 县环保局 = 县生态环境局 since 2019.

``dictionaries/units.csv`` holds the names: the one in force, the short and earlier ones with the months in which they
were in force, and the source. A name in a notice is a place (市, 插旗县, nothing) and a body; the place of the plan's own
region is left out, since a unit is known by region and name: 县发改局 and 发改局 in a county's notice are one unit.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from extractor.lexicon import Lexicon

_ELSEWHERE = {"TW": "taiwan", "HK": "hongkong", "MO": "macau"}
_LOCAL = ("local", "town")
_OF_TOWNS = ("town", "local")
_TOWNS = ("镇", "乡", "街道")
# 插旗县 / 市 / 区 / XX镇 / 上海市浦东新区
_PLACE = re.compile(
    r"(?:[\u4e00-\u9fffX×*#某]{1,11}(?:省|自治区|自治州|市|县|新?区|旗|州|镇|乡|街道)|[省市县区旗州镇乡])(?:级|直)?"
)
_STATE = re.compile(r"(?:国家|国务院|中央|全国|中国|中华)")


@dataclass(frozen=True)
class UnitRow:
    """A row of ``units.csv``: ``alias`` stands for ``name``, whose work ``canonical`` does today.

    ``level`` is national, local, town, taiwan, hongkong or macau; the months (``2018-03``), where given, say when the
    body of that name existed.
    """

    canonical: str
    name: str
    alias: str
    level: str
    source: str
    valid_from: str = ""
    valid_to: str = ""

    def existed(self, month: str) -> bool:
        """True where the body of this name existed in a month."""
        return (self.valid_from or month) <= month and (
            not self.valid_to or month[: len(self.valid_to)] <= self.valid_to
        )


class _Index:
    def __init__(self, lexicon: Lexicon) -> None:
        self.rows: dict[tuple[str, str], list[UnitRow]] = {}
        for row in lexicon.rows("units", UnitRow):
            self.rows.setdefault((row.level, row.alias), []).append(row)
        self.aliases = {alias for _, alias in self.rows}
        self.longest = max(map(len, self.aliases), default=0)

    def find(self, name: str, levels: Sequence[str], month: str | None) -> str | None:
        """The name of an alias at the first of ``levels`` that knows it: that of its time, else that of today."""
        for level in levels:
            rows = self.rows.get((level, name))
            if rows:
                then = next((r for r in rows if month and r.existed(month)), None)
                return then.name if then else rows[0].canonical
        return None


def canonical(
    name: str, region: str | None, lexicon: Lexicon, *, setting: str = "CN", on: str | None = None
) -> str | None:
    """The dictionary's name of a unit as a notice of ``region`` writes it, or nothing where no dictionary knows it.

    ``name`` is in simplified script; ``region`` is the place that the plan governs (插旗镇), or nothing for a national
    one; ``setting`` is CN, TW, HK or MO; ``on`` is the ISO date of the notice. A body that existed on that day keeps the
    full name of its time (银保监会 in 2019); else an earlier name gives the body that does its work today, so that
    notices of several years can be compared.
    """
    index = lexicon.derived("units.canonical", _Index)
    name = "".join(name.split())
    month = on[:7] if on else None
    if setting in _ELSEWHERE:
        return index.find(name, (_ELSEWHERE[setting],), month)
    if region is None or _STATE.match(name):
        found = index.find(name, ("national",), month)
        if found:
            return found
    for start in range(max(0, len(name) - index.longest), len(name) - 1):
        if name[start:] not in index.aliases:  # most are none: asked before the place is read
            continue
        place = name[:start]
        if place and not (_PLACE.fullmatch(place) or (region and place == region[:-1])):
            continue
        seat = place or region or ""  # 镇人大 is no standing committee, whoever names it
        body = index.find(name[start:], _OF_TOWNS if seat.endswith(_TOWNS) else _LOCAL, month)
        if body:
            return _joined(_foreign(place, region), body)
    return index.find(name, ("national",), month) if name.endswith(("部", "署")) else None


def _joined(place: str, body: str) -> str:
    """市 and 委组织部 are 市委组织部; without a place it is 组织部."""
    if place.endswith("街道") and body.startswith("街道"):
        return place + body[2:]  # 各街道 and 街道办事处 are 各街道办事处
    if place or not body.startswith("委"):
        return place + body
    return "党" + body if body == "委办公室" else body[1:]


def _foreign(place: str, region: str | None) -> str:
    """The place that stays in a canonical name: nothing for the plan's own region."""
    place = place[:-1] if place[-1:] in ("级", "直") else place
    if not region or not place:
        return place
    own = {region, region[:-1], region[-1], region[-2:] if region.endswith("街道") else region[-1]}
    return "" if place in own else place
