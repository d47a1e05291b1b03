"""Search that finds every word of two characters (全文检索): single characters, asked for as a phrase.

Word indexes miss 整治 in 整治工作, and SQLite's trigram index answers nothing for two characters. Here each character is a
token of its own, in simplified script, and a query is the phrase of its characters: exact for any length. The index
keeps no text: entries are only added, and one whose row in ``search_entries`` is gone is passed over.

Words go into the index in heaps, for one file at a time is slow: until then their entry is *pending*, and a search reads
the words of pending entries itself. Entries go in in order, so that the number of the last one says which are pending.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from extractor.identity import Simplify
from extractor.model import Span
from extractor.offsets import repaired
from extractor.store.reading import read_source

Kind = Literal["task", "source"]

_GAP = "pp"  # what stands for a run of punctuation: two letters, so that no character can be taken for it
_PUNCTUATION = re.compile(r"[\W_]+")
_END = "\x01"  # parts the texts of a heap while their script is turned
HEAP = 2000  # pending entries that are put into the index together
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
    return _apart(_PUNCTUATION.sub("\0", "".join(text.split()))).replace("\0", _GAP)


def _apart(text: str) -> str:
    """The characters of ``text`` with a space after each but the last: as ``" ".join`` gives them, in a tenth of the
    time, for no character becomes an object of its own."""
    wide = text.encode("utf-32-le", "surrogatepass")
    out = bytearray(b" \0\0\0" * (len(wide) // 2))
    for byte in range(3):  # the fourth of a character is always zero
        out[byte::8] = wide[byte::4]
    return out[:-4].decode("utf-32-le", "surrogatepass")


def phrases(query: str, simplify: Simplify) -> list[str]:
    """The words of ``query`` (parted by spaces) in the language of the index; one of punctuation alone is left out."""
    words = (tokens(simplify(word)) for word in query.split())
    return [word for word in words if word.replace(_GAP, "").strip()]


def announce(connection: sqlite3.Connection, kind: Kind, refs: Iterable[str], *, known: bool = True) -> int:
    """Says that the words of these ids are new: what the index had for them, where they may be ``known`` to it, counts
    no more. Gives how many."""
    listed = [(ref,) for ref in refs]
    if known:
        connection.executemany("delete from search_entries where ref = ?", listed)
    connection.executemany(f"insert into search_entries (kind, ref) values ('{kind}', ?)", listed)
    return len(listed)


def behind(connection: sqlite3.Connection) -> bool:
    """True where some entry is not in the index yet."""
    return connection.execute(f"select 1 from search_entries where id > {_LAST} limit 1").fetchone() is not None


def catch_up(connection: sqlite3.Connection, simplify: Simplify) -> int:
    """Puts a heap of pending entries into the index, in the transaction of the caller. Gives how many there were."""
    waiting = _pending(connection)
    bodies = _bodies([entry.words for entry in waiting], simplify)
    rows = [(entry.number, body) for entry, body in zip(waiting, bodies, strict=True)]
    connection.executemany("insert into search_index (rowid, body) values (?, ?)", rows)
    if rows:
        connection.execute("update search_state set last = ?", (rows[-1][0],))
    return len(rows)


def _bodies(texts: list[str], simplify: Simplify) -> list[str]:
    """The :func:`tokens` of each text; the script of a whole heap is turned at once."""
    if not texts:
        return []
    return [tokens(text) for text in simplify(_END.join(text.replace(_END, " ") for text in texts)).split(_END)]


@dataclass(frozen=True, slots=True)
class _Waiting:
    number: int
    kind: Kind
    ref: str
    words: str


_LAST = "(select last from search_state)"
_PENDING = f"""
    select n.id, n.kind, n.ref, t.title, t.text, t.section,
           (select group_concat(r.unit || char(10) || coalesce(r.canonical, ''), char(10))
              from responsibilities r where r.task_id = n.ref),
           l.title, l.measures, l.targets, l.place,
           case when l.id is not null
                then (select group_concat(u.unit, char(10)) from ledger_units u where u.task_id = n.ref) end
      from search_entries n left join tasks t on t.id = n.ref
           left join ledger l on l.id = n.ref
                and (t.id is null or exists (select 1 from decisions d where d.owner_id = n.ref))
     where n.id > {_LAST} order by n.id limit ?
"""


def _pending(connection: sqlite3.Connection) -> list[_Waiting]:
    """A heap of entries that are not in the index. A task is found by its title, words, headings and units, also by
    those that a person gave it."""
    return [
        _Waiting(number, kind, ref, _clean_text(connection, ref) if kind == "source" else "\n".join(filter(None, said)))
        for number, kind, ref, *said in connection.execute(_PENDING, (HEAP,)).fetchall()
    ]


def _clean_text(connection: sqlite3.Connection, source_id: str) -> str:
    source = read_source(connection, source_id)
    return repaired(source.text, source.repairs, Span(0, len(source.text)))


_FOUND = """
    select n.ref from search_index i join search_entries n on n.id = i.rowid
     where search_index match ? and n.kind = ? order by i.rowid limit ?
"""
_TASK = """
    select l.title, s.path, coalesce(t.text, l.title || char(10) || l.measures)
      from ledger l left join tasks t on t.id = l.id left join sources s on s.id = l.source_id where l.id = ?
"""


def search(connection: sqlite3.Connection, query: str, limit: int, simplify: Simplify) -> list[Hit]:
    """At most ``limit`` hits in tasks, and then as many in the texts of files as are left."""
    asked = phrases(query, simplify)
    if not asked:
        return []
    words = [simplify(word) for word in query.split()]
    match = " AND ".join(f'"{phrase}"' for phrase in asked)
    waiting: dict[Kind, list[str]] = {"task": [], "source": []}
    unread = _pending(connection)
    for entry, body in zip(unread, _bodies([entry.words for entry in unread], simplify), strict=True):
        if all(f" {phrase} " in f" {body} " for phrase in asked):
            waiting[entry.kind].append(entry.ref)
    hits: list[Hit] = []
    for name in (*_found(connection, match, "task", limit), *waiting["task"]):
        row = connection.execute(_TASK, (name,)).fetchone()
        if row is not None:
            title, path, text = row
            hits.append(_hit("task", name, title, path or "", text, words, simplify))
    hits = hits[:limit]
    sources = (*_found(connection, match, "source", limit - len(hits)), *waiting["source"])
    for name in sources[: limit - len(hits)]:
        source = read_source(connection, name)
        text = repaired(source.text, source.repairs, Span(0, len(source.text)))
        hits.append(_hit("source", name, source.path, source.path, text, words, simplify))
    return hits


def _found(connection: sqlite3.Connection, match: str, kind: Kind, limit: int) -> list[str]:
    return [row[0] for row in connection.execute(_FOUND, (match, kind, limit))]


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
