"""Chinese policy time (政策文本中的时间): text → values, with no knowledge of notices.

``find`` reads the expressions of a text, ``read_cell`` the whole of a table cell, ``resolve`` turns an expression into
days where the text and what the caller knows allow it. Offsets are code points of the text given, which is match text:
simplified script, half-width digits.

>>> from extractor.calendar import find, resolve
>>> [expression] = find("2023年3月-5月底完成排查")
>>> expression.kind, expression.span
('range', Span(start=0, end=11))
>>> resolved = resolve(expression)
>>> resolved.starts_on, resolved.ends_on
('2023-03-01', '2023-05-31')
"""

from extractor.calendar.resolving import Resolved, counted, resolve
from extractor.calendar.scanner import find, moved, read_cell
from extractor.calendar.values import Day, Length, Period, TimeExpression

__all__ = ["Day", "Length", "Period", "Resolved", "TimeExpression", "counted", "find", "moved", "read_cell", "resolve"]
