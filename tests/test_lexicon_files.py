"""Dictionaries as staff save them: by Excel, in whichever encoding, and with mistakes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from extractor.errors import DictionaryError
from extractor.lexicon import Lexicon


@dataclass(frozen=True, slots=True)
class Word:
    word: str
    source: str


def words(folder: Path, content: bytes) -> list[str]:
    (folder / "own.csv").write_bytes(content)
    return [row.word for row in Lexicon([folder]).rows("own", Word)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_dictionary_may_be_saved_on_any_machine(tmp_path: Path, encoding: str, end: str) -> None:
    content = end.join(["word,source", "镇农业办,本镇写法", "综治中心,本镇写法", ""]).encode(encoding)
    assert words(tmp_path, content) == ["镇农业办", "综治中心"]


def test_words_of_the_header_may_be_chinese_in_gbk(tmp_path: Path) -> None:
    assert words(tmp_path, "word,备用,source\r\n甲站,,乙\r\n".encode("gbk")) == ["甲站"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"word,source\n\xff\xff\xff\n", "编码"),
        ("word,source\n“甲,乙\n甲\n".encode(), "own.csv:3"),
        ('word,source\n"甲,乙\n'.encode(), "引号"),
        ("词,来源\n甲,乙\n".encode("gbk"), "缺少列"),
    ],
)
def test_a_mistake_names_its_file_and_what_to_do(tmp_path: Path, content: bytes, said: str) -> None:
    with pytest.raises(DictionaryError, match=said):
        words(tmp_path, content)
