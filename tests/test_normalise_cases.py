"""Golden cases of normalising: what each step mends, and what only looks like noise and stays."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from extractor.errors import DictionaryError
from extractor.lexicon import Lexicon, load, shipped_folder
from extractor.model import Cell, Document, Mark, Problem, Span, Table
from extractor.normalise import clean_for_reading, explain, normalise, simplified, steps
from extractor.normalise.boilerplate import Boilerplate

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "cases" / "normalise.jsonl").read_text(encoding="utf-8").splitlines()
]


def document(text: str, *marks: Mark) -> Document:
    return Document(name="a.txt", media_type="text/plain", sha256="0" * 64, text=text, marks=marks)


@pytest.mark.parametrize("case", CASES, ids=[case["label"] for case in CASES])
def test_case(case: dict[str, object]) -> None:
    clean = normalise(document(str(case["text"])), load())
    assert clean.text == case["clean"]
    if "match" in case:
        assert clean.match == case["match"]
    if "steps" in case:
        named = {name for row in explain(clean) for name in row.step.split("+")}
        assert named == set(case["steps"])  # type: ignore[call-overload]


def test_the_order_of_the_steps_is_stated_once_and_each_has_a_name_and_a_word_about_it() -> None:
    names = [step.__name__ for step in steps()]
    assert len(set(names)) == len(names)
    assert all(step.__doc__ for step in steps())


def test_explained_repairs_replay_to_the_clean_text() -> None:
    source = '　　(一)清理河道,做到"四清"。\r\n[bookmark: _GoBack]于 2018 年完成'
    clean = normalise(document(source), load())
    out, at = [], 0
    for step, before, after, offset in explain(clean):
        assert source[offset : offset + len(before)] == before
        assert step
        out += [source[at:offset], after]
        at = offset + len(before)
    assert "".join(out) + source[at:] == clean.text


def test_reading_is_simplified_unless_the_script_is_kept() -> None:
    clean = normalise(document("圍繞著鄉村振興目標,著力推進。"), load())
    assert clean.text == "圍繞著鄉村振興目標，著力推進。"
    assert clean_for_reading(clean) == "围绕着乡村振兴目标，着力推进。"
    assert clean_for_reading(clean, script="keep") == clean.text


def test_simplified_keeps_the_length_of_hostile_text() -> None:
    for text in ("", "a\x00b國", "國\ud800國", "𠮷野家國", "國" * 10):
        assert len(simplified(text)) == len(text)


def marked(text: str, *pairs: tuple[str, str]) -> Document:
    """A document with a mark of each kind at each place where its words stand."""
    marks = []
    for kind, words in pairs:
        at = text.find(words)
        while at >= 0:
            marks.append(Mark(kind, Span(at, at + len(words))))  # type: ignore[arg-type]
            at = text.find(words, at + 1)
    return document(text, *marks)


def test_broken_lines_of_a_page_are_joined() -> None:
    text = "各村要加强河道巡\n查，并用 smart\nphone 上报。\n二、要求"
    marks = tuple(Mark("line_break", Span(at, at + 1)) for at, c in enumerate(text) if c == "\n")[:2]
    clean = normalise(document(text, *marks), load())
    assert clean.text == "各村要加强河道巡查，并用 smart phone 上报。\n二、要求"


def test_running_heads_and_page_numbers_are_taken_out_and_the_cut_sentence_made_whole() -> None:
    text = "各村要建立健全河道管护长效机制，加强日常巡\n青溪县文件\n— 2 —\n查，做到有人管。\n二、工作要求"
    clean = normalise(marked(text, ("running_head", "青溪县文件"), ("page_number", "— 2 —")), load())
    assert clean.text == "各村要建立健全河道管护长效机制，加强日常巡查，做到有人管。\n二、工作要求"


def test_rows_on_either_side_of_a_page_end_stay_two_where_the_reader_joins_lines_itself() -> None:
    text = "各村要加强河道巡\n查。\n清理河道两岸堆放的建筑垃圾和生活垃圾\n— 2 —\n整治入河排口并且逐一登记造册"
    pages = marked(text, ("page_number", "— 2 —"))
    joint = Mark("line_break", Span(text.index("\n"), text.index("\n") + 1))
    clean = normalise(replace(pages, marks=(joint, *pages.marks)), load())
    assert clean.text == "各村要加强河道巡查。\n清理河道两岸堆放的建筑垃圾和生活垃圾\n整治入河排口并且逐一登记造册"


def test_rows_of_a_table_are_never_joined_over_a_page_number() -> None:
    text = "清理河道两岸堆放的建筑垃圾和生活垃圾\n— 2 —\n整治入河排口并且逐一登记造册"
    rows = text.split("\n")
    cells = tuple(
        Cell(k, 0, 1, 1, Span(text.index(words), text.index(words) + len(words)))
        for k, words in enumerate((rows[0], rows[2]))
    )
    table = Table(Span(0, len(text)), 2, 1, cells)
    clean = normalise(replace(marked(text, ("page_number", "— 2 —")), tables=(table,)), load())
    assert clean.text == f"{rows[0]}\n{rows[2]}"


def test_what_the_reader_warns_of_is_carried_on() -> None:
    warning = Problem("restricted", "文中标有“内部资料”，请按规定范围使用，不要外传", (Span(0, 4),))
    clean = normalise(replace(document("内部资料\n各村要加强河道巡查。"), problems=(warning,)), load())
    assert clean.problems == (warning,)


def test_marks_and_headings_of_a_crawled_page_come_in_clean_offsets() -> None:
    clean = normalise(document("# 管护办法\n\n　　**第一章 总则**\n\n第一条 为加强管护。"), load())
    found = {(m.kind, m.span.of(clean.text), m.value) for m in clean.marks}
    assert found == {("heading", "管护办法", "1"), ("bold", "第一章 总则", "")}


@pytest.mark.parametrize("row", load().rows("boilerplate", Boilerplate), ids=lambda row: row.example[:20])
def test_each_row_of_boilerplate_takes_its_example_out(row: Boilerplate) -> None:
    assert any(cue in row.example for cue in row.cue.split("|"))
    text = f"各村要加强河道管护。\n{row.example}\n请抓好落实。"
    clean = normalise(document(text), load())
    assert len(clean.text) < len(text)
    if row.kind not in ("mark", "inline"):
        assert clean.text == "各村要加强河道管护。\n请抓好落实。"


def test_a_bad_row_of_boilerplate_names_its_file(tmp_path: Path) -> None:
    (tmp_path / "boilerplate.csv").write_text(
        "kind,pattern,cue,example,source\nline,(坏,坏,坏,test\n", encoding="utf-8"
    )
    with pytest.raises(DictionaryError, match=r"boilerplate\.csv"):
        normalise(document("坏"), Lexicon([tmp_path, shipped_folder()]))
