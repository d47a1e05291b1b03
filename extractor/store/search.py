"""Search that finds every word of two characters (全文检索): single characters, asked for as a phrase.

Word indexes miss 整治 in 整治工作, and SQLite's trigram index answers nothing for two characters. Here each character is a
token of its own, in simplified script, and a query is the phrase of its characters: exact for any length. The index
keeps no text: entries are only added, and one that no row of the ledger or file bears any more is passed over.

Words go into the index in heaps, for one file at a time is slow: until then their entry is *pending*, and a search reads
the words of pending entries itself. Entries go in in order, so that the number of the last one says which are pending.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from extractor.identity import Simplify, marked
from extractor.model import Source, Span
from extractor.offsets import repaired
from extractor.store.reading import read_source
from extractor.store.rows import chunks

Kind = Literal["task", "source"]

_GAP = "pp"  # what stands for a run of punctuation: two letters, so that no character can be taken for it
_END = "\x01"  # parts the texts of a heap while they are worked on together
_TOGETHER = 20_000  # characters: what is made of them fits into the processor's cache
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
    [body] = _bodies([text])
    return body


def _bodies(texts: Iterable[str]) -> Iterator[str]:
    """The :func:`tokens` of each text; many short ones are worked on together."""
    waiting: list[str] = []
    size = 0
    for text in texts:
        waiting.append(text.replace(_END, " "))
        size += len(text)
        if size >= _TOGETHER:
            yield from _of_heap(waiting)
            waiting, size = [], 0
    if waiting:
        yield from _of_heap(waiting)


def _of_heap(texts: list[str]) -> list[str]:
    heap = marked("".join(_END.join(texts).lower().split()), but=_END)
    while "\0\0" in heap:
        heap = heap.replace("\0\0", "\0")
    return [body.strip() for body in _apart(heap).replace("\0", _GAP).split(_END)]


def _apart(text: str) -> str:
    """The characters of ``text`` with a space after each but the last: as ``" ".join`` gives them, but a tenth of the
    time, for no character becomes an object of its own."""
    wide, size = text.encode("utf-16-le", "surrogatepass"), 2
    if len(wide) > size * len(text):  # rare characters, which take two places there
        wide, size = text.encode("utf-32-le", "surrogatepass"), 4
    out = bytearray(" ".encode(_WIDE[size]) * (2 * len(text)))
    for byte in range(min(size, 3)):  # the fourth of a character is always zero
        out[byte :: 2 * size] = wide[byte::size]
    return out[:-size].decode(_WIDE[size], "surrogatepass")


_WIDE = {2: "utf-16-le", 4: "utf-32-le"}


def phrases(query: str, simplify: Simplify) -> list[str]:
    """The words of ``query`` (parted by spaces) in the language of the index; one of punctuation alone is left out."""
    words = (tokens(simplify(word)) for word in query.split())
    return [word for word in words if word.replace(_GAP, "").strip()]


def new_entries(connection: sqlite3.Connection, count: int) -> range:
    """So many numbers for entries whose words are new: for rows of the ledger, or files. No number is given twice."""
    [given] = connection.execute("select given from search_state").fetchone()
    connection.execute("update search_state set given = ?", (given + count,))
    return range(given + 1, given + count + 1)


def words_of_task(title: str, text: str, headings: Sequence[str], units: Sequence[str | None]) -> str:
    """What a task is found by, as the extractor read it: its title, words, headings and units."""
    return "\n".join(filter(None, (title, text, *headings, *units)))


@dataclass
class Waiting:
    """Entries that this process has announced and not yet put into the index, and the words of some of them, so that
    they need not be read again; by number, those in simplified script apart."""

    count: int = 0
    simplified: dict[int, str] = field(default_factory=dict)
    as_written: dict[int, str] = field(default_factory=dict)

    def take(self, other: Waiting) -> None:
        """Adds those of ``other``."""
        self.count += other.count
        self.simplified.update(other.simplified)
        self.as_written.update(other.as_written)


def behind(connection: sqlite3.Connection) -> bool:
    """True where some entry is not in the index yet."""
    return connection.execute(f"{_ENTRIES} limit 1").fetchone() is not None


def catch_up(connection: sqlite3.Connection, simplify: Simplify, waiting: Waiting) -> int:
    """Puts a heap of pending entries into the index, in the transaction of the caller. Gives how many there were."""
    rows = [(entry.number, entry.body) for entry in _pending(connection, simplify, waiting)]
    connection.executemany("insert into search_index (rowid, body) values (?, ?)", rows)
    if rows:
        connection.execute("update search_state set last = ?", (rows[-1][0],))
    return len(rows)


@dataclass(frozen=True, slots=True)
class _Pending:
    number: int
    kind: Kind
    ref: str
    body: str


_LAST = "(select last from search_state)"
_ENTRIES = f"""
    select entry, 'task', id from ledger where entry > {_LAST}
    union all select entry, 'source', id from sources where entry > {_LAST}
     order by 1
"""
"""What is not in the index yet."""

_WORDS = """
    select l.entry, t.title, t.text, t.section,
           (select json_group_array(unit) from (
               select unit from responsibilities where task_id = l.id order by position)),
           (select json_group_array(canonical) from (
               select canonical from responsibilities where task_id = l.id order by position)),
           said.title, said.measures, said.targets, said.place,
           case when said.id is not null
                then (select group_concat(u.unit, char(10)) from decided_units u where u.task_id = l.id) end
      from ledger l left join tasks t on t.id = l.id
           left join ledger said on said.id = l.id and (t.id is null or l.decided = 1)
     where l.entry in ({})
"""


def _pending(connection: sqlite3.Connection, simplify: Simplify, waiting: Waiting) -> list[_Pending]:
    """A heap of entries that are not in the index, with the :func:`tokens` of their words."""
    entries = connection.execute(f"{_ENTRIES} limit ?", (HEAP,)).fetchall()
    turned = waiting.simplified
    written = {number: waiting.as_written[number] for number, _, _ in entries if number in waiting.as_written}
    unread = [entry for entry in entries if entry[0] not in turned and entry[0] not in written]
    for chunk in chunks(str(number) for number, kind, _ in unread if kind == "task"):
        written.update(_read_words(connection, chunk))
    written.update(
        (number, clean_text(read_source(connection, ref))) for number, kind, ref in unread if kind == "source"
    )
    if written:  # the script of a whole heap is turned at once
        heap = simplify(_END.join(words.replace(_END, " ") for words in written.values()))
        turned = {**turned, **dict(zip(written, heap.split(_END), strict=True))}
    bodies = _bodies(turned[number] for number, _, _ in entries)
    return [_Pending(number, kind, ref, body) for (number, kind, ref), body in zip(entries, bodies, strict=True)]


def _read_words(connection: sqlite3.Connection, numbers: list[str]) -> Iterator[tuple[int, str]]:
    """The words of rows of the ledger: a task is also found by those that a person gave it."""
    for number, title, text, section, units, canonical, *said in connection.execute(
        _WORDS.format(", ".join(numbers))
    ).fetchall():
        named = (*json.loads(units), *json.loads(canonical))
        yield (
            number,
            "\n".join(filter(None, (words_of_task(title, text, json.loads(section or "[]"), named), *said))),
        )


def clean_text(source: Source) -> str:
    """The text of a file as repaired."""
    return repaired(source.text, source.repairs, Span(0, len(source.text)))


_FOUND = """
    select r.id from search_index i join {} r on r.entry = i.rowid where search_index match ? order by i.rowid limit ?
"""
_IN_TABLE: dict[Kind, str] = {"task": "ledger", "source": "sources"}
_TASK = """
    select l.title, s.path, coalesce(t.text, l.title || char(10) || l.measures)
      from ledger l left join tasks t on t.id = l.id left join sources s on s.id = l.source_id where l.id = ?
"""


def search(connection: sqlite3.Connection, query: str, limit: int, simplify: Simplify, waiting: Waiting) -> list[Hit]:
    """At most ``limit`` hits in tasks, and then as many in the texts of files as are left."""
    asked = phrases(query, simplify)
    if not asked:
        return []
    words = [simplify(word) for word in query.split()]
    match = " AND ".join(f'"{phrase}"' for phrase in asked)
    pending: dict[Kind, list[str]] = {"task": [], "source": []}
    for entry in _pending(connection, simplify, waiting):
        if all(f" {phrase} " in f" {entry.body} " for phrase in asked):
            pending[entry.kind].append(entry.ref)
    hits: list[Hit] = []
    for name in (*_found(connection, match, "task", limit), *pending["task"]):
        row = connection.execute(_TASK, (name,)).fetchone()
        if row is not None:
            title, path, text = row
            hits.append(_hit("task", name, title, path or "", text, words, simplify))
    hits = hits[:limit]
    sources = (*_found(connection, match, "source", limit - len(hits)), *pending["source"])
    for name in sources[: limit - len(hits)]:
        source = read_source(connection, name)
        text = clean_text(source)
        hits.append(_hit("source", name, source.path, source.path, text, words, simplify))
    return hits


def _found(connection: sqlite3.Connection, match: str, kind: Kind, limit: int) -> list[str]:
    return [row[0] for row in connection.execute(_FOUND.format(_IN_TABLE[kind]), (match, limit))]


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
