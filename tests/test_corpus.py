"""The sample notices and their gold are what their annotated texts say, and hold what they must."""

from __future__ import annotations

import importlib.util
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from extractor.evaluate import FoundPlan, find_source, plain, read_gold, score

sys.path.insert(0, str(Path(__file__).resolve().parent))
import make_corpus

CORPUS = make_corpus.CORPUS
SEALED = CORPUS / "sealed"  # its files are checked for form; what the program makes of them is nobody's to read
GOLD = sorted(CORPUS.glob("*.gold.json")) + sorted(SEALED.glob("*.gold.json"))
SOURCES = make_corpus.sources()
DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
EDTF = re.compile(r"[\dX]{4}(?:-\d{2}(?:-\d{2})?)?(?:/[\dX]{4}(?:-\d{2}(?:-\d{2})?)?)?")
RULE = re.compile(r"FREQ=(?:DAILY|WEEKLY|MONTHLY|YEARLY)(?:;INTERVAL=\d+)?")


def plans() -> Iterator[tuple[Path, dict[str, Any]]]:
    for file in GOLD:
        for plan in json.loads(file.read_text("utf-8"))["plans"]:
            yield file, plan


def values(name: str) -> Iterator[dict[str, Any]]:
    for _, plan in plans():
        for owner in (*plan["tasks"], *plan["goals"]):
            yield from owner.get(name, ())


@pytest.mark.parametrize("source", SOURCES, ids=lambda p: p.name)
def test_the_files_are_what_their_annotated_text_makes(source: Path) -> None:
    notice = make_corpus.read_source(source)
    if notice.path.suffix == ".pdf" and importlib.util.find_spec("reportlab") is None:
        pytest.skip("reportlab is not installed: the pdf files are not made again")
    for path, content in make_corpus.made(notice).items():
        same = path.is_file() and path.read_bytes() == content
        assert same, f"{path.name} is not what {source.name} makes: run python tests/make_corpus.py"


def test_every_file_has_an_annotated_text() -> None:
    made = {make_corpus.read_source(source).path for source in SOURCES}
    notices = {find_source(document, None).resolve() for document in read_gold([CORPUS, SEALED])}
    assert notices == made
    assert len({path.stem for path in made}) == len(made)


def test_the_corpus_is_large_and_a_twelfth_is_sealed() -> None:
    sealed = [file for file in GOLD if file.parent == SEALED]
    assert len(GOLD) >= 130
    assert len(sealed) / len(GOLD) >= 1 / 12


def test_the_sealed_notices_are_as_large_as_real_ones() -> None:
    sealed = [plan for file, plan in plans() if file.parent == SEALED]
    assert sum(len(plan["tasks"]) for plan in sealed) >= 120
    assert sum(len(plan["tasks"]) >= 10 for plan in sealed) >= 7


def test_all_formats_scripts_and_encodings_are_there() -> None:
    notices = [make_corpus.read_source(source) for source in SOURCES]
    assert Counter(n.path.suffix for n in notices).keys() == set(make_corpus.FORMATS)
    assert {n.settings.get("encoding", "utf-8") for n in notices} >= {"utf-8", "gb18030", "big5"}
    assert sum("numbering" in n.settings for n in notices) >= 3
    text = "".join(source.read_text("utf-8") for source in SOURCES)
    assert "機關" in text and "单位" in text


PHENOMENA = {
    "a unit bracket with labels": r"（[^（）]*责任单位[：:]",
    "brackets inside a unit's name": r"[：、]\S*（[^（）]*）(?:线|办)",
    "a lead inherited from a heading": r"^>hb",
    "a rule of the whole document": r"列第一位者|不再列出",
    "a second field in the bracket": r"（[^（）\n]*(?:适用范围|完成时限)",
    "unit lines under an item": r"^(?:牵头|责任|主办)单位：",
    "A会同B": r"会同|會同",
    "A牵头B配合": r"牵头，[^。（）]*配合",
    "请X": r"^[一二三四五六七八九十、（）]*请|，请",
    "a post as the doer": r"^>r responsible [^|]*(?:书记|负责人|负责同志|校长|干部|领导)",
    "a column of those who check": r"考核部门",
    "those who are only mobilised": r"^>r\? (?:responsible|support) [^|]*\| (?:鼓励|引导|组织)",
    "a masked year": r"20[xX]{2}年",
    "within days of an event": r"^>d\?? within P\d+D \|",
    "hours or minutes to act within": r"^>d\?? within PT",
    "a date without a year": r"^>d by \d{4}-[\d-]+ \| \d+月",
    "a third of a month": r"[上中下]旬",
    "the end of a quarter": r"季度末",
    "the beginning of a month": r"月初",
    "half a year": r"上半年",
    "a range of months or days": r"^>[hp]?d\??i? range \d{4}-\d\d-\d\d\.\.\d.*[-－—～至到]",
    "a date that holds on": r"^>di by",
    "tasks above to be done by": r"^以上",
    "by condition": r"的，\S*月底前",
    "a share by a date": r"^>t\?? \S+ \S+ % [^|]*\| \S*月底前",
    "a named day of a recurrence": r"每月\d+日前|每月10日|每周[一二三四五]",
    "every two months or half a year": r"^>d\?? rec M[26]",
    "a year of the Republic": r"1\d\d年",
    "a financial or school year": r"財政年度|學年度",
    "a five-year plan": r"十四五",
    "a year in Chinese figures": r"二[○〇零]二",
    "a length of time in points of a percentage": r"个百分点|個百分點",
    "a third": r"三分之",
    "twice as much": r"^>t\?? \*=",
    "all of them": r"全覆盖",
    "none left": r"清零|为零|“零发生”",
    "respectively": r"分别达到|分別達到",
    "both reach": r"均达到|均下降",
    "of which": r"其中",
    "a number in words": r"二十三|八千余|一次|三分之",
    "a quota for each village": r"每村|每个村|每个行政村",
    "a cell of a table of towns": r"^>t\?? \S+ \S+ \S+ \S+ @",
    "about": r"左右",
    "a range of numbers": r"^>t\?? \+?range",
    "a duty to report": r"报送|報送|填報",
    "a person to ask": r"联系人：",
    "a prize or a penalty": r"奖励|扣减|敘獎",
    "a law or a meeting with a date": r"修正）|专题会议|常务会议",
    "a plan that is not alone in its file": r"^! plan",
    "noise of a sharing site": r"^~ .*(?:分享|下载|版权|范文)",
    "a table of tasks": r"^\|.*责任单位|^\|.*牵头",
}


@pytest.mark.parametrize("name", PHENOMENA)
def test_each_phenomenon_stands_in_the_corpus(name: str) -> None:
    pattern = re.compile(PHENOMENA[name], re.MULTILINE)
    texts = [source.read_text("utf-8") for source in SOURCES]
    assert sum(len(pattern.findall(text)) for text in texts) >= 3


def test_papers_that_order_nothing_are_there() -> None:
    empty = [file.name for file, plan in plans() if not plan["tasks"] and not plan["goals"]]
    assert len(empty) >= 4


def test_gold_keeps_to_the_vocabularies() -> None:
    for value in values("responsibilities"):
        assert value["unit"] and value["role"] in ("lead", "responsible", "support", "supervise", "leader")
    for value in values("deadlines"):
        assert value["kind"] in ("by", "range", "recurring", "within")
        assert all(DATE.fullmatch(value[n]) for n in ("starts_on", "ends_on") if value[n])
        assert (value["starts_on"] or "") <= (value["ends_on"] or "9")
        assert value.get("edtf") is None or EDTF.fullmatch(value["edtf"])
        assert value["recurrence"] is None or RULE.fullmatch(value["recurrence"])
        assert (value["duration"] is not None) == (value["kind"] == "within")
    for value in values("targets"):
        low, high = value["low"], value["high"]
        assert value["indicator"] and (low is None) == (value["op"] in ("<=", "<"))
        assert (high is None) == (value["op"] in (">=", ">"))
        assert value["op"] != "range" or low < high


def test_a_field_is_not_asked_for_twice() -> None:
    for _, plan in plans():
        for task in plan["tasks"]:
            firm = [(plain(r["unit"]), r["role"]) for r in task["responsibilities"] if not r.get("optional")]
            twice = [pair for pair, count in Counter(firm).items() if count > 1]
            inherited = {(plain(r["unit"]), r["role"]) for r in task["responsibilities"] if r["inherited"]}
            assert not [pair for pair in twice if pair not in inherited], (task["title"], twice)
            assert all(m if isinstance(m, str) else m["text"] for m in task["measures"]), task["title"]


def test_gold_scores_full_marks_against_itself() -> None:
    documents = read_gold([CORPUS, SEALED])
    found = [
        FoundPlan(plan, {"path": document.source, "text": None}) for document in documents for plan in document.plans
    ]
    scores = score(documents, found)
    assert {name: value for name, value in scores.f1().items() if value != 1.0} == {}


def test_nothing_is_copied_from_the_shared_notices(shared: Path) -> None:
    size = 30  # longer than any formula that every notice uses

    def runs(text: str) -> set[str]:
        letters = plain(text)
        return {letters[i : i + size] for i in range(len(letters) - size + 1)}

    ours = {run for source in SOURCES for run in runs(source.read_text("utf-8"))}
    for path in [*(shared / "notices").glob("*.txt"), *(shared / "notices_unlabelled").glob("*.txt")]:
        theirs = runs(path.read_bytes().decode("utf-8", errors="ignore"))
        assert not ours & theirs, path.name
