"""Chinese policy numbers (数值): text → values, with no knowledge of notices.

:func:`parse` reads one numeral (二十三, 1.2万, 三分之一); :func:`find` finds every quantity of a text with its bound, its
unit and its direction (不少于30天, 70%以上, 1-2个, 翻一番). Offsets are code points of the text given, which is best a
match text: simplified script, digits of half width.

>>> parse("一千零五十")
1050.0
>>> [(q.operator, q.low, q.unit) for q in find("村集体年经营性收入达到20万元以上")]
[('>=', 200000.0, '元')]
"""

from extractor.numerals.finding import find
from extractor.numerals.reading import parse
from extractor.numerals.values import Quantity, QuantityKind

__all__ = ["Quantity", "QuantityKind", "find", "parse"]
