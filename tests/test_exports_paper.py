"""Room on paper, and the next day that a duty to report falls due."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.exports.paper import PRINT, SCREEN, Placed, cut, height_of, line_count, lines_within, pages, text_width
from extractor.exports.reporting import next_recurrence

TEXTS = st.text(alphabet="各村要抓好落实，abc 123\n", max_size=300)


def test_a_chinese_character_takes_two() -> None:
    assert text_width("各村3人") == 7


@given(TEXTS, st.floats(6, 60), st.integers(1, 8))
def test_cutting_loses_nothing_and_every_part_fits(text: str, width: float, lines: int) -> None:
    parts = list(cut(text, width, lines, PRINT))
    assert "".join(parts).replace("\n", "") == text.replace("\n", "")
    assert all(line_count(part, width, PRINT) <= lines + 1 for part in parts)


def test_what_heads_others_does_not_stand_last_on_a_page() -> None:
    lines = [Placed("a", 60), Placed("B", 20, heads=True), Placed("b", 60), Placed("C", 20, heads=True)]
    assert [[p.line for p in page] for page in pages(lines, 100, 100)] == [["a"], ["B", "b", "C"]]
    assert [[p.line for p in page] for page in pages([*lines, Placed("c", 60)], 100, 100)] == [
        ["a"],
        ["B", "b"],
        ["C", "c"],
    ]


@given(st.integers(1, 40))
def test_lines_and_heights_agree(lines: int) -> None:
    for type_ in (PRINT, SCREEN):
        assert lines_within(height_of(lines, type_), type_) == lines


@given(st.lists(st.floats(1, 200), max_size=40))
def test_pages_keep_order_and_room(heights: list[float]) -> None:
    made = list(pages((Placed(n, h) for n, h in enumerate(heights)), 250, 300))
    assert [p.line for page in made for p in page] == list(range(len(heights)))
    assert all(len(page) == 1 or sum(p.height for p in page) <= (300 if n else 250) for n, page in enumerate(made))


@pytest.mark.parametrize(
    ("rule", "today", "due"),
    [
        ("FREQ=DAILY", date(2025, 9, 10), date(2025, 9, 10)),
        ("FREQ=WEEKLY;BYDAY=FR", date(2025, 9, 10), date(2025, 9, 12)),
        ("FREQ=MONTHLY;BYMONTHDAY=28", date(2025, 9, 10), date(2025, 9, 28)),
        ("FREQ=MONTHLY;BYMONTHDAY=28", date(2025, 9, 29), date(2025, 10, 28)),
        ("FREQ=MONTHLY;BYMONTHDAY=28", date(2025, 9, 28), date(2025, 9, 28)),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", date(2024, 2, 10), date(2024, 2, 29)),
        ("FREQ=MONTHLY;BYMONTHDAY=31", date(2025, 9, 1), date(2025, 10, 31)),
        ("FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1", date(2025, 4, 1), date(2025, 6, 30)),
        ("FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=20", date(2025, 8, 1), date(2025, 10, 20)),
        ("FREQ=MONTHLY;BYMONTH=1,4,7,10;BYMONTHDAY=20", date(2025, 11, 1), date(2026, 1, 20)),
        ("FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=30", date(2025, 7, 1), date(2026, 6, 30)),
        ("FREQ=YEARLY;BYMONTHDAY=-1", date(2025, 7, 1), date(2025, 12, 31)),
        ("FREQ=MONTHLY", date(2025, 7, 1), None),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", date(2025, 7, 1), None),
    ],
)
def test_next_day_of_a_rule(rule: str, today: date, due: date | None) -> None:
    assert next_recurrence(rule, today) == due
