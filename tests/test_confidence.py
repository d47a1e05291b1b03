"""Confidence: what stands unread lowers a row, errors come to the top, and figures hold on documents left out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from extractor.assemble.confidence import ALL, USUAL, Facts, Shares, of_value, signs
from extractor.lexicon import load
from tests.write_confidence import ROWS, Held, Row, bins, caught, fresh, held_out, kept, weighed

TEXT = "推进改厕。各村年底前完成改厕300户，镇农办每月通报。"
BARE = Facts("推进改厕", TEXT, "tasks.item", 1)
READ = replace(
    BARE,
    units=[
        ("各村", "responsible", "units.subject", "各村年底前完成改厕300户"),
        ("镇农办", "responsible", "units.subject", "镇农办每月通报"),
    ],
    dates=[("by", "年底前"), ("recurring", "每月")],
    numbers=[("targets.counted", "改厕300户")],
)


def told(**facts: Any) -> set[str]:
    """The signs of a plain row with these facts, without the rules of its values."""
    return set(signs(replace(BARE, **facts)))


def test_unread_numbers_times_and_doers_are_signs() -> None:
    assert {"row.unread_more", "row.each_unread", "row.duties_unread_one"} <= told(text=TEXT + "逾期的要通报。")
    unread = ("row.unread", "row.numbers_unread", "row.duties_unread", "row.doers_unread", "row.each_unread")
    assert not any(sign.startswith(unread) for sign in signs(READ))
    assert "row.doers_unread" in told(text="推进改厕。乡纪委要全程介入。")
    assert "row.doers_unread" not in told(text="推进改厕。全程介入。")
    assert "row.by_unread" in told(text="推进改厕，由县里验收。") and "row.by_unread" not in told(text="推进改厕。")


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("覆盖率达100%。", "row.unread_two"),
        ("参训率不低于九成，值班人员天天到岗。", "row.unread_two"),
        ("5月20日前完成3批、共12项。", "row.numbers_unread"),
        ("每组一人。", "row.each_unread"),
        ("对连片空置的，由镇里收回。", "row.case"),
        ("甲地或乙地试点。", "row.or"),
        ("干部包组，党员包户，村民做到垃圾入桶。", "row.clauses_of_somebody"),
        ("推进改厕。\n县改厕办公室\n2024年3月印发", "row.line_without_end"),
    ],
)
def test_what_is_seldom_read_well_is_a_sign(text: str, sign: str) -> None:
    assert sign in told(text=text)
    assert sign not in told(text="推进改厕，做到户户整洁。")


def test_names_of_documents_hold_nothing_unread() -> None:
    found = told(text="按照《2023年方案》（县办发〔2023〕13号）和“三会一课”制度落实。")
    assert not any("unread" in sign for sign in found)


def test_who_watches_over_is_in_doubt() -> None:
    unit = ("督查组", "responsible", "units.subject", "督查组每周抽查一次")
    assert "row.watching_unread" in told(units=[unit])
    assert "row.watching_only" in told(units=[("督查组", "supervise", *unit[2:])])
    both = told(units=[unit, ("督查组", "supervise", *unit[2:])])
    assert not {"row.watching_unread", "row.watching_only"} & both
    listed = ("县水利局", "lead", "units.bracket", "责任单位：县水利局")
    assert "row.units_said_beside_list" in told(units=[listed, unit])
    assert not any("watching" in sign or "duties" in sign for sign in told(units=[listed]))


def test_values_and_names_of_doubtful_shape_are_signs() -> None:
    assert "row.number_at_least" in told(numbers=[("targets.counted", "不少于3场")])
    assert "row.number_at_least" not in told(numbers=[("targets.counted", "3场")])
    assert "row.unit_of_unusual_end" in told(units=[("县级", "responsible", "units.subject", "县级抽查")])
    assert "row.unit_of_unusual_end" not in told(units=[("县水利局", "responsible", "units.subject", "县水利局")])


def test_a_title_that_says_no_matter_is_in_doubt() -> None:
    assert "row.title_begins_with_function_word" in told(title="由镇里收回")
    assert "row.title_of_clauses" in told(title="推进改厕，开展验收")
    assert "row.title_from_within" in told(title="完成改厕")
    assert not any("title" in sign for sign in told())


def test_a_value_that_stops_short_is_in_doubt() -> None:
    short = told(text="12月中下旬验收。", dates=[("by", "12月")])
    assert "row.value_cut_short" in short
    assert "row.value_cut_short" not in told(text="12月中下旬验收。", dates=[("range", "12月中下旬")])


def test_a_row_with_something_unread_is_less_sure() -> None:
    shares = Shares.of(load())
    assert shares.row(signs(BARE)) < shares.row(signs(READ))
    assert shares.row(["a sign that nobody counted"]) == shares.row([]) != 0


def test_a_doubtful_notice_makes_each_of_its_rows_more_doubtful() -> None:
    shares = Shares.of(load())
    assert shares.shared([0.0] * 10) < shares.shared([0.0]) < 0 < shares.shared([4.0] * 10)


@pytest.mark.parametrize("rule", ["units.bracket", "deadlines.by", "targets.level", "never.counted"])
def test_values_are_between_none_and_all(rule: str) -> None:
    full = of_value(rule, load())
    assert 0 < of_value(rule, load(), inherited=True, weak=True, settled=False) < full <= 1
    assert full > 0.85


def test_a_rule_that_was_seldom_seen_is_doubted() -> None:
    assert of_value("never.counted", load()) < of_value("units.bracket", load())


# -- how well it sorts and how far its figures hold: every document judged by weights that the others gave ---------------


@pytest.fixture(scope="module")
def held() -> list[Held]:
    """The judged rows, each beside what the weights of other documents say of it."""
    return held_out(kept(), parts=4)


def test_the_lowest_fifth_holds_nearly_half_of_the_wrong_rows(held: list[Held]) -> None:
    assert caught((h.sure, h.row.right) for h in held) >= 0.48
    groups = {row.group for row in fresh([h.row for h in held])}
    met = [(h.sure, h.row.right) for h in held if h.row.group in groups]
    assert caught(met) >= 0.42  # and can be no more than two thirds: that many are wrong in these sets
    assert caught((h.sure, h.row.right) for h in held if h.row.group == "sample notices") >= 0.42


def test_figures_hold_on_notices_met_for_the_first_time(held: list[Held]) -> None:
    groups = {row.group for row in fresh([h.row for h in held])}
    met = sorted((h.sure, h.row.right) for h in held if h.row.group in groups)
    size = len(met) // 5
    for k in range(5):
        fifth = met[k * size : (k + 1) * size]
        said, right = sum(sure for sure, _ in fifth) / size, sum(right for _, right in fifth) / size
        assert abs(said - right) <= 0.1, (k, said, right)


def test_the_table_is_what_the_judged_rows_weigh() -> None:
    weights, shares = weighed(kept()), Shares.of(load())
    for sign, weight in weights.items():
        if sign not in (ALL, USUAL):
            assert shares.row([sign]) - shares.row([]) == pytest.approx(weight, abs=0.002), (
                f"{sign}: run tests/write_confidence.py"
            )
    assert shares.row([]) == pytest.approx(weights[ALL], abs=0.002)


def test_what_is_kept_of_the_notices_holds_no_words_of_theirs() -> None:
    assert ROWS.read_text(encoding="utf-8").isascii()


def test_ties_at_the_edge_are_shared_out() -> None:
    rows = [(0.5, False)] * 5 + [(0.5, True)] * 5
    assert caught(rows) == pytest.approx(0.2)
    assert bins(rows) == ["0.50–0.70: 10 rows, said 0.500, right 0.500"]
    assert caught([(0.1, False), *[(0.9, True)] * 4]) == 1.0


def test_signs_that_go_with_wrong_rows_weigh_against() -> None:
    rows = [Row("set", str(k % 7), ("row.a",) if k % 2 else ("row.b",), k % 2 == 0 or k % 5 == 0) for k in range(100)]
    weights = weighed(rows)
    assert weights["row.a"] < -0.5 < 0.5 < weights["row.b"]
