"""Words (词): the only door to jieba. Nothing is loaded before it is asked for; loading takes about a second.

Tokens are advice, never a coordinate: jieba cuts 年底|前 and 国家|发展|改革|委.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from functools import lru_cache
from typing import Any


@lru_cache(maxsize=1)
def _tokenizer() -> Any:
    import jieba

    jieba.setLogLevel(logging.WARNING)
    jieba.initialize()
    return jieba.dt


def cut(text: str) -> list[str]:
    """The words of ``text``, which joined give ``text`` again."""
    return list(_tokenizer().lcut(text))


def frequencies() -> Mapping[str, int]:
    """How often jieba's dictionary saw each word; prefixes of words are there with 0."""
    table: Mapping[str, int] = _tokenizer().FREQ
    return table


def total() -> int:
    """The sum of all frequencies."""
    number: int = _tokenizer().total
    return number
