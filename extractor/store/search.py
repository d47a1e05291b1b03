"""Search that finds every word of two characters (全文检索): single characters, asked for as a phrase.

Word indexes miss 整治 in 整治工作, and SQLite's trigram index answers nothing for two characters. Here each character is a
token of its own, in simplified script, and a query is the phrase of its characters: exact for any length. The index
keeps no text: entries are only added, and one whose row in ``search_entries`` is gone is passed over.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from extractor.identity import Simplify
from extractor.model import Span, Task
from extractor.offsets import repaired
from extractor.store.reading import read_source

Kind = Literal["task", "source"]

_GAP = "pp"  # what stands for a run of punctuation: two letters, so that no character can be taken for it
_TOKENS = re.compile(r"(?P<character>[^\W_])|(?P<gap>(?:[^\w\s]|_)+)|\s+")
_SENTENCE_END = re.compile(r"[。！？；\n]")
LONGEST_SENTENCE = 160  # characters of a sentence that are shown around a hit


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a search found its words: in a task, or in the text of a file.

    ``sentence`` is the sentence around the first word, in the document's script, and ``found`` the word's place in it.
    ``title`` is the task's title, for a file its path. In a file the sentence is of the text as repaired.
    """

    kind: Kind
    id: str
    title: str
    path: str
    sentence: str
    found: Span


def tokens(text: str) -> str:
    """What is put into the index for ``text`` (simplified): its characters one by one, a token for punctuation."""
    return " ".join(m["character"] or _GAP for m in _TOKENS.finditer(text) if m["character"] or m["gap"])


def phrase(query: str, simplify: Simplify) -> str:
    """The question in the language of the index: all words of ``query`` (parted by spaces), each as a phrase.

    Empty where there is nothing to look for.
    """
    words = (tokens(simplify(word)).strip() for word in query.split())
    return " AND ".join(f'"{word}"' for word in words if word.replace(_GAP, "").strip())


def text_of_task(task: Task) -> str:
    """What a task is found by: title, words, headings and units."""
    units = (f"{r.unit}\n{r.canonical or ''}" for r in task.responsibilities)
    return "\n".join((task.title, task.evidence.quote, *task.section, *units))


def add(connection: sqlite3.Connection, kind: Kind, texts: Iterable[tuple[str, str]], simplify: Simplify) -> None:
    """Puts (id, text) pairs into the index in place of what it had for those ids."""
    pairs = list(texts)
    connection.executemany("delete from search_entries where ref = ?", [(ref,) for ref, _ in pairs])
    last = connection.execute("select seq from sqlite_sequence where name = 'search_entries'").fetchone()
    numbered = list(enumerate(pairs, start=last[0] + 1 if last else 1))  # a number is never used again
    connection.executemany(
        "insert into search_entries (id, kind, ref) values (?, ?, ?)", [(k, kind, ref) for k, (ref, _) in numbered]
    )
    connection.executemany(
        "insert into search_index (rowid, body) values (?, ?)",
        [(k, tokens(simplify(text))) for k, (_, text) in numbered],
    )


def forget(connection: sqlite3.Connection, refs: Iterable[str]) -> None:
    """Takes entries out of what is found."""
    connection.executemany("delete from search_entries where ref = ?", [(ref,) for ref in refs])


_TASKS = """
    select l.id, l.title, s.path, coalesce(t.text, l.title || char(10) || l.measures)
      from search_index i join search_entries n on n.id = i.rowid
      join ledger l on l.id = n.ref
      left join tasks t on t.id = l.id
      left join sources s on s.id = l.source_id
     where search_index match ? and n.kind = 'task' limit ?
"""
_SOURCES = """
    select n.ref from search_index i join search_entries n on n.id = i.rowid
     where search_index match ? and n.kind = 'source' limit ?
"""


def search(connection: sqlite3.Connection, query: str, limit: int, simplify: Simplify) -> list[Hit]:
    """At most ``limit`` hits in tasks, and then as many in the texts of files as are left."""
    asked = phrase(query, simplify)
    if not asked:
        return []
    words = [simplify(word) for word in query.split()]
    hits = [
        _hit("task", name, title, path or "", text, words, simplify)
        for name, title, path, text in connection.execute(_TASKS, (asked, limit))
    ]
    for (name,) in connection.execute(_SOURCES, (asked, limit - len(hits))).fetchall():
        source = read_source(connection, name)
        clean = repaired(source.text, source.repairs, Span(0, len(source.text)))
        hits.append(_hit("source", name, source.path, source.path, clean, words, simplify))
    return hits


def _hit(kind: Kind, name: str, title: str, path: str, text: str, words: list[str], simplify: Simplify) -> Hit:
    place = next(_places(simplify(text), words), Span(0, 0))
    sentence = sentence_around(text, place)
    found = Span(place.start - sentence.start, place.end - sentence.start)
    return Hit(kind, name, title, path, sentence.of(text), found)


def _places(text: str, words: Iterable[str]) -> Iterator[Span]:
    """Where ``words`` stand in ``text``, white space between their characters allowed."""
    for word in words:
        characters = [re.escape(c) for c in word if not c.isspace()]
        for found in re.finditer(r"\s*".join(characters), text, re.IGNORECASE):
            yield Span(*found.span())


def sentence_around(text: str, place: Span) -> Span:
    """The sentence that holds ``place``, cut down to :data:`LONGEST_SENTENCE` characters around it."""
    before = [m.end() for m in _SENTENCE_END.finditer(text, max(0, place.start - LONGEST_SENTENCE), place.start)]
    after = _SENTENCE_END.search(text, place.end)
    start = before[-1] if before else max(0, place.start - LONGEST_SENTENCE // 2)
    end = after.end() if after else len(text)
    end = min(end, max(place.end, start + LONGEST_SENTENCE))
    while start < place.start and text[start].isspace():
        start += 1
    return Span(start, max(end, place.end))
