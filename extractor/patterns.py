"""Patterns that every sentence is searched for, written in the form that ``re`` searches by.

Where each alternative of a pattern begins with a character of its own (with no group, class or look-behind), ``re`` skips
to these characters and tries nothing elsewhere: a sentence takes a fifth of the time. So what must not stand before is
said behind the character, ``要(?<!需要)`` for ``(?<!需)要``, and what several openings share is said once::

      要 (?<!需要)
    | <承担|担任> (?!过)      # 承担(?!过) | 担任(?!过)
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_OPENED = re.compile(r"(?P<bar>\|?\s*)<(?P<openings>[^<>]+)>(?P<rest>.*)")


def searched(lines: str) -> re.Pattern[str]:
    """The verbose pattern of ``lines``; in a line that begins with ``<…|…>`` each of these goes on with the line's rest."""
    return re.compile("\n".join([_spelled_out(line.strip()) for line in lines.split("\n")]), re.VERBOSE)


def either(*patterns: re.Pattern[str]) -> re.Pattern[str]:
    """One pattern that finds what any of several :func:`searched` ones finds: a text is gone through once for all."""
    return re.compile("\n| ".join([pattern.pattern.strip() for pattern in patterns]), re.VERBOSE)


def each(*openings: str) -> tuple[re.Pattern[str], ...]:
    """A pattern for each of a few openings, for looking through whole texts: ``re`` skips to a character five to ten times
    as fast where it is the only one that a pattern begins with."""
    return tuple(map(re.compile, openings))


def found_by(patterns: Iterable[re.Pattern[str]], text: str, start: int, end: int) -> list[re.Match[str]]:
    """What ``patterns`` find in a run of ``text``, in the order in which it begins."""
    return sorted([found for pattern in patterns for found in pattern.finditer(text, start, end)], key=re.Match.start)


def _spelled_out(line: str) -> str:
    opened = _OPENED.fullmatch(line)
    if opened is None:
        return line
    each = [opening + opened["rest"] for opening in opened["openings"].split("|")]
    return opened["bar"] + "\n| ".join(each)
