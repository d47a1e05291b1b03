"""What the target extractor says (数值指标)."""

from __future__ import annotations

from extractor.model import Change, Operator
from extractor.records import record


@record(frozen=True, slots=True)
class TargetValue:
    """A number that a plan wants reached or kept. ``indicator``, ``scope`` and ``baseline`` are in the document's script.

    ``scope`` is who or what the number is for where that is not the plan's own region (每村, 甲镇); ``baseline`` what it is
    compared with (比2020年, 由1000元); ``period`` EDTF where the phrase itself names it.
    """

    indicator: str
    operator: Operator
    low: float | None
    high: float | None
    unit: str | None
    change: Change | None = None
    scope: str | None = None
    baseline: str | None = None
    period: str | None = None
