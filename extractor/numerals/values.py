"""The noun of this room: a quantity (数量)."""

from __future__ import annotations

from typing import Literal

from extractor.model import Change, Operator, Span
from extractor.records import record

QuantityKind = Literal[
    "number",  # a bare number: 5, 二十三
    "count",  # with a measure word: 3个, 二十三家
    "measure",  # with a unit of measurement: 15000平方米, 35微克/立方米
    "money",  # 20万元
    "time",  # a length of time: 30天, 40个工作日
    "percent",  # 70%, 百分之七十, 5个百分点, 八成
    "fraction",  # 三分之一, 1/3; the value in percent
    "ordinal",  # 第十四, 前三名
    "full",  # 全覆盖: 100 %
    "zero",  # 清零, 零事故: 0
    "multiple",  # 翻一番, 3倍
]


@record(frozen=True, slots=True)
class Quantity:
    """A number that a text names, with its bound and its unit.

    ``span`` holds the words of the bound, the number and its unit; ``numeral`` the number with its unit alone. ``low`` and
    ``high`` have 万 and 亿 worked out; percentages and fractions are in percent (70, unit ``%``). ``=`` and ``~`` fill both,
    ``>=`` and ``>`` only ``low``, ``<=`` and ``<`` only ``high``.
    """

    span: Span
    numeral: Span
    low: float | None
    high: float | None
    operator: Operator
    unit: str | None
    kind: QuantityKind
    change: Change | None = None

    @property
    def number(self) -> float:
        """The number that is written, whatever its bound; the lower of a range."""
        value = self.low if self.low is not None else self.high
        return 0.0 if value is None else value
