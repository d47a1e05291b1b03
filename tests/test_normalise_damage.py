"""Annotated copies and their byte damage: what a maker of such damage does is undone, and nothing else is touched."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from extractor.lexicon import load
from extractor.model import Document, Repair
from extractor.normalise import byte_damage, clean_for_reading, normalise
from extractor.normalise.byte_damage import DAMAGE, PINYIN, UNSURE, pinyin_copy
from extractor.offsets import apply
from tests.damage import TABLE, damaged, traditional

PASSAGE = """青溪县农村人居环境整治工作方案
为了进一步改善农村人居环境，加快建设生态宜居的美丽乡村，结合我县实际，制定本方案。
一、总体要求
以建设美丽乡村为导向，坚持政府引导、部门联动。县政府充分发挥统筹协调作用，发动群众积极参与建设，尊重群众意愿，做到建设前群众赞成，建设中群众参与，建成后群众满意。
二、重点任务
（一）清理生活垃圾。各乡镇要组织开展村庄清洁行动，重点清理残垣断壁和路边杂物，规范农户生产生活用品堆放，确保垃圾日产日清。县直有关部门按照职责分工加强指导。
（二）推进规模化养殖。支持畜禽养殖小区建设粪污处理设施，提高资源化利用水平。县农业农村局负责技术指导，配合单位为县财政局、县生态环境分局。
（三）加强河道管护。把当地的文化遗产保护与河道治理相结合，保护当地的特色民居、古树名木。建立县、乡、村三级河长体系，专职巡查人员每周巡查一次，发现问题及时处理。
（四）完善治理机制。健全自治、法治、德治相结合的治理体系，做到“小事不出村、大事不出镇”，确保“点上有人管、线上有人巡”。发挥民主理财的作用，保障农民群众的知情权。
三、保障措施
（一）强化组织领导。成立县农村人居环境整治工作领导小组，县委、县政府主要领导任组长，各成员单位明确专人负责。县领导小组办公室每季度通报一次进展情况。
（二）强化资金保障。整合涉农项目资金，集中力量投入到示范村建设。“争取上级补助一点、本级财政安排一点、社会各界支持一点”，多渠道筹措建设资金。
（三）强化督导考核。县督查室会同县农业农村局定期开展督导检查，对工作不力的单位进行通报。县考核办将整治工作纳入年度目标考核，考核结果作为评先评优的重要依据。"""

MARKS = str.maketrans(",;:!?()", "，；：！？（）")


def wide(text: str) -> str:
    return text.translate(MARKS)


def test_the_maker_leaves_nothing_but_annotations_where_no_bytes_meet() -> None:
    assert damaged("進行", table={"進": "jìn"}) == "進(jìn)行"
    assert damaged("聯動。縣政府", table={}, share=0) == "聯動。縣政府"


@pytest.mark.parametrize("seed", range(4))
def test_a_damaged_page_is_mended(seed: int) -> None:
    sound = traditional(PASSAGE)
    page = damaged(sound, seed, share=0.7)
    repairs = tuple(pinyin_copy(page, load()))
    mended = apply(page, repairs)
    wrong = [(a, b) for a, b in zip(wide(mended.clean).split("\n"), wide(sound).split("\n"), strict=True) if a != b]
    runs = [r for r in repairs if r.step != PINYIN]
    assert runs, "the page should hold damaged runs"
    assert wrong == []


@pytest.mark.parametrize("seed", range(2))
def test_nothing_changes_outside_runs_and_annotations(seed: int) -> None:
    page = damaged(traditional(PASSAGE), seed)
    for repair in pinyin_copy(page, load()):
        words = repair.span.of(page)
        if repair.step == PINYIN:
            assert words[0] == "(" and words[-1] == ")" and repair.replacement == ""
        else:
            assert words[0] == "?"


def test_the_characters_stay_in_the_script_of_the_page() -> None:
    page = damaged(traditional(PASSAGE), 1)
    document = Document(name="a.txt", media_type="text/plain", sha256="0" * 64, text=page)
    clean = normalise(document, load())
    assert clean.text == wide(traditional(PASSAGE))
    assert clean_for_reading(clean) == PASSAGE


@pytest.mark.parametrize(
    "text",
    [
        "重(chóng)庆市青溪县人民政府办公室关于印发方案的通知，得(dé)到落实。",
        "包括鄞(yín)州、婺(wù)城、衢(qú)江、歙(shè)县、亳(bó)州、泸(lú)州六地。",
        "为什么?,怎么办?；谁来办?）请各村思考??h",
        "進(app)行，計(pm)劃，實(a)施，縣(i)級，鄉(x)村，環(y)境",
        "進(bù)行計(wǒ)劃實(mā)施縣(lǐ)級鄉(tā)村環(nǐ)境",
    ],
    ids=["ordinary text", "rare names", "question marks", "not pinyin", "wrong readings"],
)
def test_other_pages_are_left_alone(text: str) -> None:
    assert tuple(pinyin_copy(text, load())) == ()


def test_a_real_question_on_an_annotated_page_stays() -> None:
    page = damaged(traditional(PASSAGE), 0, share=0) + "\n羣眾問:“怎么辦?”干部答:“馬上辦。”誰來管?,怎樣管?"
    mended = apply(page, pinyin_copy(page, load())).clean
    assert "怎么辦" in mended
    assert mended.endswith("怎樣管?")


def page_with(line: str) -> Document:
    """An annotated page with one more line, damaged at every mark."""
    page = damaged(traditional(f"{PASSAGE}\n{line}"), 0, share=1)
    return Document(name="a.txt", media_type="text/plain", sha256="0" * 64, text=page)


def test_what_cannot_be_settled_is_said() -> None:
    # the bytes of ！ stand across 。 and “, so that the digit behind was swallowed
    clean = normalise(page_with("提升治理水平。“3”個中心同步建成。"), load())
    assert clean.text.endswith("提升治理水平。“□”個中心同步建成。")
    (problem,) = clean.problems
    assert problem.code == "byte_damage_unsure"
    assert [span.of(clean.document.text) for span in problem.pieces] == ["?!?"]


def test_runs_beyond_what_a_page_is_read_for_stay_and_are_said(monkeypatch: pytest.MonkeyPatch) -> None:
    page = damaged(traditional(PASSAGE), 0, share=0.7)
    monkeypatch.setattr(byte_damage, "_MOST_RUNS", 1)
    clean = normalise(Document("a.txt", "text/plain", "0" * 64, page), load())
    (said,) = [problem for problem in clean.problems if problem.code == "byte_damage_unread"]
    assert said.pieces
    assert all(piece.of(page)[0] == "?" and piece.of(page)[-1] == ")" for piece in said.pieces)
    assert f"{len(said.pieces)}处" in said.message


def test_a_swallowed_sign_is_inferred_only_where_the_line_names_it_and_still_reported() -> None:
    line = "采用“1+5”模式。“1”即一個中心，“5”即五支隊伍。"
    clean = normalise(page_with(line), load())
    assert clean.text.endswith(traditional(line))
    assert [problem.code for problem in clean.problems] == ["byte_damage_unsure"]


def test_the_same_page_gives_the_same_repairs() -> None:
    page = damaged(traditional(PASSAGE), 3)
    first: tuple[Repair, ...] = tuple(pinyin_copy(page, load()))
    assert tuple(pinyin_copy(page, load())) == first
    assert {r.step for r in first} <= {PINYIN, DAMAGE, UNSURE}


def test_the_table_of_the_maker_has_right_readings() -> None:
    from extractor.normalise.readings import readings

    known = readings(load())
    assert [c for c, reading in TABLE.items() if c not in known[reading]] == []


def character_errors(found: str, meant: str) -> int:
    """Least number of characters to change, line by line where the numbers of lines agree."""
    a, b = found.rstrip("\n").split("\n"), meant.rstrip("\n").split("\n")
    if len(a) != len(b):
        a, b = ["\n".join(a)], ["\n".join(b)]
    return sum(_distance(x, y) for x, y in zip(a, b, strict=True) if x != y)


def _distance(a: str, b: str) -> int:
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        before, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (x != y))
    return row[-1]


@pytest.mark.parametrize("name", ["002_lines_1-52", "003"])
def test_real_noisy_copies_come_out_as_two_readers_wrote_them(shared: Path, name: str) -> None:
    meant = (shared / "gold" / "normalise" / f"{name}.clean.txt").read_text(encoding="utf-8")
    path = next((shared / "notices").glob(f"{name[:3]}_*.txt"))
    text = path.read_text(encoding="utf-8")
    document = Document(name=path.name, media_type="text/plain", sha256="0" * 64, text=text)
    started = time.process_time()
    found = clean_for_reading(normalise(document, load()))
    seconds = time.process_time() - started
    lines = meant.rstrip("\n").count("\n") + 1
    errors = character_errors("\n".join(found.split("\n")[:lines]), meant)
    assert errors <= 0.0005 * len(meant)
    assert seconds < 8  # aim: 5 seconds on an idle machine


@pytest.mark.parametrize("number", ["000", "001", "004"])
def test_clean_notices_keep_their_words(shared: Path, number: str) -> None:
    path = next((shared / "notices").glob(f"{number}_*.txt"))
    text = path.read_text(encoding="utf-8")
    document = Document(name=path.name, media_type="text/plain", sha256="0" * 64, text=text)
    for repair in normalise(document, load()).offsets.repairs:
        words = repair.span.of(text)
        assert repair.step in ("indent", "width", "boilerplate")
        assert words.strip("\u3000") in ("", ",") or words == "[bookmark: _GoBack]"
