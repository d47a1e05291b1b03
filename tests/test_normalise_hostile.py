"""Hostile input: no line takes long, no text raises."""

from __future__ import annotations

import time

import pytest

from extractor.lexicon import load
from extractor.model import Document
from extractor.normalise import normalise

UNITS = {
    "brackets": "((((", "closing": "))))", "brackets and Han": "(加(强", "quotes": '"\'', "curly": "“”\"", "spaces": "  ",
    "wide spaces": "　", "spread": "关 于 ", "numbers": "1 年 ", "stars": "**", "stars and letters": "**a", "hashes": "# ",
    "links": "[a](b", "open links": "[[[", "mail": "a@", "long word": "abc.", "web": "www.", "dots": "的.的'", "pages": "\n- 1 -\n",
    "digits": "\n1\n", "decimals": "3、6万元", "share": "《甲》由会员分享", "share lines": "《甲.doc》由会员分享,可在线阅读\n1、乙 ",
    "questions": "?,?、?;", "pinyin": "進(jìn)", "broken": "?cè)", "both": "進(jìn)?cè)?,黄^", "bookmarks": "[bookmark: ", "entities": "&nbsp;&amp;",
    "tails": "相关推荐\n", "navigation": "首页 > ", "angles": "<加<", "commas": ",;:!?", "years": "二○一○", "dashes": "—-", "tabs": "\t",
    "radicals": "⼈⼀", "bars": "| |", "rules": "---\n", "fields": "**来源**: ", "time": "时间:2022-11-04 ",
}  # fmt: skip


def clean(text: str) -> float:
    document = Document(name="a.txt", media_type="text/plain", sha256="0" * 64, text=text)
    started = time.process_time()
    normalise(document, load())
    return time.process_time() - started


@pytest.fixture(scope="module", autouse=True)
def warm() -> None:
    clean("進(jìn)?cè)?,黄^" * 10)


@pytest.mark.parametrize("unit", UNITS.values(), ids=UNITS.keys())
def test_a_line_of_four_hundred_characters_is_quick(unit: str) -> None:
    line = (unit * 400)[:400]
    assert min(clean(line) for _ in range(3)) < (1.0 if "?" in unit else 0.05)


@pytest.mark.parametrize(
    "unit", [u for u in UNITS.values() if "?" not in u], ids=[k for k, u in UNITS.items() if "?" not in u]
)
def test_time_grows_with_length_only(unit: str) -> None:
    assert clean((unit * 60_000)[:60_000]) < 2.0


def test_one_line_of_five_million_characters() -> None:
    assert clean("各村要加强河道管护,建立长效机制。" * 300_000) < 30
