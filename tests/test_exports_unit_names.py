"""What units are called where several notices stand together."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from extractor.exports.rows import rows
from extractor.exports.sheets import by_unit, units_text
from extractor.exports.unit_names import UnitNames
from extractor.model import Register, Role
from tests.factories import Item, notice


def row(region: str | None, *units: tuple[str, str | None]) -> Any:
    values = [SimpleNamespace(unit=unit, canonical=canonical) for unit, canonical in units]
    return SimpleNamespace(plan=SimpleNamespace(region=region), responsibilities=values)


def called(*rows: Any) -> list[list[str]]:
    names = UnitNames(rows)
    return [[names.of(one, value) for value in one.responsibilities] for one in rows]


def test_a_bureau_has_one_name_in_the_notices_of_county_and_town() -> None:
    county = row("青溪县", ("县农业农村局", "农业农村局"), ("财政局", "财政局"))
    town = row("柳河镇", ("县农业农村局", "县农业农村局"), ("县财政局", "县财政局"), ("镇农业农村办", "农业农村办公室"))
    other = row("青溪县", ("县财政局", "财政局"))
    assert called(county, town, other) == [
        ["县农业农村局", "县财政局"],
        ["县农业农村局", "县财政局", "农业农村办公室"],
        ["县财政局"],
    ]


@pytest.mark.parametrize(
    ("written", "canonical", "name"),
    [
        ("县委宣传部", "宣传部", "县委宣传部"),
        ("县委办", "党委办公室", "县委办公室"),
        ("县纪委", "纪律检查委员会", "县纪律检查委员会"),
        ("县直各单位", None, "县直各单位"),
    ],
)
def test_party_bodies_keep_their_committee(written: str, canonical: str | None, name: str) -> None:
    assert called(row("青溪县", (written, canonical))) == [[name]]


def test_a_name_of_two_levels_stays_what_each_notice_means() -> None:
    city, county = row("江州市", ("市财政局", "财政局")), row("青溪县", ("县财政局", "财政局"))
    assert called(city, county, row(None, ("财政局", "财政局"))) == [["市财政局"], ["县财政局"], ["财政局"]]


def test_who_is_named_twice_is_said_once() -> None:
    units: list[tuple[str, Role]] = [
        ("县林业局", "lead"), ("县林业局", "responsible"), ("各乡镇", "responsible"), ("各乡镇人民政府", "responsible"),
    ]  # fmt: skip
    measures = ["县林业局、各乡镇人民政府要落实责任，各乡镇要组建队伍。"]
    extraction = notice([Item("压实责任", measures, units=units)])
    (only,) = rows(Register((extraction,)))
    assert only.units("responsible") == "县林业局、各乡镇人民政府"
    assert units_text(only) == "牵头：县林业局\n责任：各乡镇人民政府"
    assert [(line.name, line.responsibility.role) for line in by_unit([only])] == [
        ("县林业局", "lead"),
        ("各乡镇人民政府", "responsible"),
    ]
