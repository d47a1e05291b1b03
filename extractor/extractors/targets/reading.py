"""What the judge says of a quantity that is a target."""

from __future__ import annotations

from extractor.model import Span
from extractor.numerals import Quantity
from extractor.records import record


@record(frozen=True, slots=True)
class Reading:
    """A target. ``indicator`` is made of spans and of the words that join them; ``quote`` is the smallest phrase."""

    quantity: Quantity
    indicator: tuple[Span | str, ...]
    quote: Span
    rule: str
    scope: Span | None = None
    baseline: Span | None = None
