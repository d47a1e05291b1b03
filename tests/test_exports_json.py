"""The JSON export is the contract."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from extractor.exports.json_export import json_pieces, schema_text, write_json
from extractor.model import Register
from extractor.offsets import repaired
from tests.exports_samples import TEXT, sample_register


def export(register: Register, *, with_text: bool = False, public: bool = False) -> dict:  # type: ignore[type-arg]
    return json.loads("".join(json_pieces(register, with_text=with_text, public=public)))  # type: ignore[no-any-return]


@pytest.mark.parametrize("with_text", [False, True])
@pytest.mark.parametrize("register", [sample_register(), Register(())], ids=["sample", "empty"])
def test_fits_the_schema_that_ships(register: Register, with_text: bool) -> None:
    schema = json.loads(schema_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(export(register, with_text=with_text), schema)


def test_every_quote_is_what_its_spans_give() -> None:
    data = export(sample_register(), with_text=True)
    text = data["sources"][0]["text"]
    checked = 0
    for plan in data["plans"]:
        for owner in plan["tasks"] + plan["goals"]:
            values = [(owner["text"], owner["spans"])]
            values += [(m["text"], m["spans"]) for m in owner.get("measures", [])]
            for name in ("responsibilities", "deadlines", "targets"):
                values += [(v["quote"], v["spans"]) for v in owner.get(name, [])]
            for quote, spans in values:
                assert "\n".join(text[start:end] for start, end in spans) == quote
                checked += 1
    assert checked > 15
    assert repaired(TEXT, (), sample_register().extractions[0].plans[0].pieces[0]) == TEXT


def test_same_register_same_bytes(tmp_path: Path) -> None:
    write_json(sample_register(), tmp_path / "one.json")
    write_json(sample_register(), tmp_path / "two.json")
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()
    assert "柳河镇".encode() in (tmp_path / "one.json").read_bytes()


def test_text_only_when_asked_for() -> None:
    assert "text" not in export(sample_register())["sources"][0]
    assert export(sample_register(), with_text=True)["sources"][0]["text"] == TEXT


def test_whole_numbers_are_whole() -> None:
    targets = export(sample_register())["plans"][0]["goals"][0]["targets"]
    assert json.dumps(targets[0]["low"]) == "95"


def test_public_stars_telephones_and_moves_nothing() -> None:
    data = json.dumps(export(sample_register(), with_text=True, public=True), ensure_ascii=False)
    assert "13900001234" not in data
    assert "139****1234" in data
    text = export(sample_register(), with_text=True, public=True)["sources"][0]["text"]
    assert len(text) == len(TEXT)
