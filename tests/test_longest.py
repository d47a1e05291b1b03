"""Words looked up at a place of a text: the longest one that stands there."""

from __future__ import annotations

import pytest

from extractor.longest import LongestWord

_WORDS = LongestWord(("推进", "推进落实", "抓", "抓好"))


@pytest.mark.parametrize(
    ("text", "start", "end", "found"),
    [
        ("推进落实任务", 0, None, 4),
        ("推进落实任务", 0, 3, 2),  # the longer word reaches beyond the end
        ("推进落实任务", 0, 1, 0),
        ("各村推进", 2, None, 4),
        ("各村推进", 1, None, 1),
        ("抓实", 0, None, 1),
        ("抓", 0, None, 1),
        ("抓好", 0, 1, 1),
        ("抓好", 0, 0, 0),
        ("", 0, None, 0),
    ],
)
def test_the_longest_word_that_ends_in_time_is_found(text: str, start: int, end: int | None, found: int) -> None:
    assert _WORDS.at(text, start, end) == found


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [("各村推进落实", 0, 6), ("推进、抓好", 1, 5), ("深抓", 0, 2), ("推落实", 0, -1), ("抓", 1, -1), ("", 0, -1)],
)
def test_the_first_word_from_a_place_on_is_found(text: str, start: int, end: int) -> None:
    assert _WORDS.first_end(text, start) == end


def test_an_ending_is_one_of_the_words() -> None:
    assert _WORDS.ends("着力推进")
    assert not _WORDS.ends("推进会")
