"""Search finds every word of two characters, and nothing else; the views say what staff ask."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.model import Repair, Span
from extractor.normalise.script import simplified
from extractor.store import PutReport, Store, open_store
from extractor.store.search import Waiting, phrases, tokens
from extractor.store.search import _apart as apart
from extractor.store.search import _bodies as bodies
from extractor.store.search import _pending as pending
from extractor.store.views import VIEWS
from tests.factories import ITEMS, Aim, Item, notice


@pytest.fixture(params=["pending", "indexed"])
def store(tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    """Words are found whether they have reached the index or not."""
    if request.param == "indexed":
        put = Store.put

        def put_and_catch_up(self: Store, *args: Any, **kwargs: Any) -> PutReport:
            report = put(self, *args, **kwargs)
            self._catch_up()
            return report

        monkeypatch.setattr(Store, "put", put_and_catch_up)
    with open_store(tmp_path / "t.db") as opened:
        yield opened


@pytest.mark.parametrize("word", ["整治", "环境", "养老", "排查河道", "95", "9", "治", "綜治辦", "環境整治", "微信群"])
def test_words_of_any_length_in_either_script_are_found(store: Store, word: str) -> None:
    store.put(notice(ITEMS))
    hits = store.search(word)
    assert hits
    for hit in hits:
        assert simplified(word) in simplified(hit.sentence) or hit.title


def test_the_hit_is_shown_in_its_sentence_in_the_script_of_the_document(store: Store) -> None:
    store.put(notice([Item("健全養老體系", ["先做別的。新建養老服務站12個，年底前投入使用。再做其他。"])]))
    hit = store.search("养老服务")[0]
    assert hit.kind == "task"
    assert hit.sentence == "新建養老服務站12個，年底前投入使用。"
    assert hit.found.of(hit.sentence) == "養老服務"


def test_characters_that_stand_apart_are_no_word(store: Store) -> None:
    store.put(notice([Item("农，田", ["治水、整地。"])], title="方案", addressees=["各村"]))
    assert store.search("农田") == []
    assert store.search("水整") == []
    assert store.search("") == [] == store.search("，。 ")
    assert store.search('"整地" OR 治水') == []
    assert len(store.search("整地")) == 2


@pytest.mark.parametrize("text", ["", "农", "农田a", "𠮷农😀田", "\ud83d\ude00农", "农\udc00", "\0农\0", "农" * 1000])
def test_characters_are_set_apart(text: str) -> None:
    assert apart(text) == " ".join(text)


def test_several_words_must_all_be_there(store: Store) -> None:
    store.put(notice(ITEMS))
    assert [hit.title for hit in store.search("养老 年底") if hit.kind == "task"] == ["健全养老服务体系"]
    assert [hit.kind for hit in store.search("养老 广播")] == ["source"]


def test_words_at_hand_are_those_that_would_be_read(tmp_path: Path) -> None:
    aim = Aim("卫生户达到90%以上。", targets=[("90%", {"indicator": "卫生户", "low": 90.0, "unit": "%"})])
    with open_store(tmp_path / "t.db") as store:
        store.put(notice(ITEMS, aims=[aim], number="甲〔2026〕1号", issuer="甲镇", head="附件　说明_A\x01Ｂ\n"))
        store.put(notice([Item("健全養老體系", ["新建養老服務站，年底前投入使用。"])], title="繁體", path="b.txt"))
        at_hand = pending(store._connection, simplified, store._waiting)
        assert store._waiting.simplified
        assert store._waiting.as_written
        assert at_hand == pending(store._connection, simplified, Waiting())
        assert len(at_hand) == store._waiting.count


@given(st.lists(st.text(alphabet="治水，。 _\n\x00\x01Ａａ𠮷é", max_size=12), max_size=8))
@settings(deadline=None)
def test_texts_of_a_heap_do_not_run_into_each_other(texts: list[str]) -> None:
    assert list(bodies(texts)) == [tokens(text) for text in texts]


def test_source_text_is_searched_as_repaired(store: Store) -> None:
    text = notice([Item("某事", ["抓好农x业生产。"])])
    at = text.source.text.index("x")
    store.put(notice([Item("某事", ["抓好农x业生产。"])], repairs=[Repair(Span(at, at + 1), "", "noise")]))
    hits = [hit for hit in store.search("农业") if hit.kind == "source"]
    assert [hit.sentence for hit in hits] == ["抓好农业生产。"]


def test_what_is_said_no_more_is_found_no_more(store: Store) -> None:
    store.put(notice([Item("旧的任务", ["整治老旧小区。"])], path="a.txt"))
    store.put(notice([Item("旧的任务", ["改造老旧小区。"])], path="a.txt"))
    assert [hit for hit in store.search("整治") if hit.kind == "task"] == []
    assert len([hit for hit in store.search("改造") if hit.kind == "task"]) == 1


@settings(max_examples=200, deadline=None)
@given(
    st.text(alphabet="农田养老a1，。 \n整治𠮷é", max_size=30),
    st.text(alphabet="农田养老a1整治𠮷", min_size=1, max_size=3),
)
def test_the_index_says_what_the_text_says(text: str, word: str) -> None:
    body = f" {tokens(text)} "
    squeezed = "".join(text.split())
    assert (f" {tokens(word)} " in body) == (word in squeezed)
    assert phrases(word, lambda s: s) == [tokens(word)]


def test_views(store: Store) -> None:
    today = date.today()
    soon, later, past = (str(today + timedelta(days=n)) for n in (5, 20, -3))
    items = [
        Item("近期", ["近期要办。"], units=[("甲办", "lead")], deadlines=[("近期", {"ends_on": soon})]),
        Item("月内", ["月内要办。"], units=[("乙办", "support")], deadlines=[("月内", {"ends_on": later})]),
        Item("逾期", ["早该办了。"], units=[("甲办", "responsible")], deadlines=[("早该", {"ends_on": past})]),
        Item("无期", ["长期坚持。"], report_to="县委办", contact="010-1234"),
        Item("按月", ["每月28日前报送。"],
             deadlines=[("每月28日前", {"kind": "recurring", "recurrence": "FREQ=MONTHLY;BYMONTHDAY=28"})]),
    ]  # fmt: skip
    store.put(notice(items))
    store.put_failure("坏.pdf", "corrupt", "文件已损坏")

    def names(view: str) -> list[object]:
        return [row["工作任务"] for row in store._database[view].rows]

    assert names("register") == ["近期", "月内", "逾期", "无期", "按月"]
    assert [row["序号"] for row in store._database["register"].rows] == [1, 2, 3, 4, 5]
    assert names("due_7_days") == ["近期"]
    assert names("due_30_days") == ["近期", "月内"]
    assert names("overdue") == ["逾期"]
    assert names("without_date") == ["无期"]
    assert names("without_unit") == ["无期", "按月"]
    assert names("reports") == ["无期"]
    assert [row["频次"] for row in store._database["register"].rows][4] == "每月28日前"
    assert [(row["单位"], row["工作任务"]) for row in store._database["by_unit"].rows][:2] == [
        ("乙办", "月内"),
        ("甲办", "近期"),
    ]
    assert [row["文件"] for row in store._database["what_is_missing"].rows] == ["坏.pdf"]
    overdue = next(store._database["overdue"].rows)
    store.assign(str(overdue["编号"]), by="张三", inner_due=soon)
    assert names("overdue") == []
    for view in VIEWS:
        list(store._database[view].rows)


def test_no_code_of_ours_stands_in_the_register(store: Store) -> None:
    store.put(notice(ITEMS))
    for row in store._database["register"].rows:
        for column, value in row.items():
            assert column != "编号" or value
            if column != "编号" and isinstance(value, str):
                assert "FREQ" not in value and "in_progress" not in value and "lead" not in value
