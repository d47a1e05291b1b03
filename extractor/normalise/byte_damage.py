"""Byte damage (字节错位): runs of an annotated page whose characters were cut in two.

The annotations were put in between *bytes*: where the second byte of one character and the first of the next looked
like an annotated character, the insertion cut a character, and everything after it was paired wrongly until an ASCII
byte put it right again (该如何写一篇较 came out as ?cè)撊绾螌懸黄^). In the same way something was put before the
bytes of ， 、 ！ ？ ； and taken away later (。县 came out as ``??h``). A lead byte followed by an ASCII byte below 0x40
became one ``?``; pairs that GBK does not define vanished.

Undoing it: the observed characters are turned back into bytes and paired anew from where the run starts, by beam
search over the few bytes that are not known; the page's own words and a dictionary judge the candidates.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from heapq import nlargest
from typing import NamedTuple

import regex

from extractor.lexicon import Lexicon
from extractor.model import Repair, Span
from extractor.normalise import gbk
from extractor.normalise.annotations import SYLLABLE, TONED, Annotation, annotated_characters, find_annotations
from extractor.normalise.language import LOST, Language
from extractor.normalise.readings import readings
from extractor.normalise.script import simplified, traditional_character

#: What a ``?`` may have eaten: a straight quotation mark is told by its partner, anything else cannot be told.
_SWALLOWED = ('"', LOST)

PINYIN, DAMAGE, UNSURE = "pinyin", "byte_damage", "byte_damage_unsure"

#: A run whose best reading leads the next by less than this is repaired, and reported as unsure.
SURE = 1.5
_BEAM, _LONGEST_RUN, _MOST_LOST_PAIRS = 200, 80, 3
_BRIDGING = (
    60,
    40,
    20,
)  # so many of the beam's best may assume that a pair vanished: at the first step, the next, later
_MOST_RUNS = 400  # of a page are read, so that no input takes minutes; a real page has some forty
_SAME_LINE = 2000  # characters to either side in which the partner of a quotation mark is looked for
_ODD_STRAIGHT = 4
_UNHEARD = 4.0  # what it costs that an annotated character is annotated nowhere else on the page
_JUDGED = 100  # so many endings are weighed with their surroundings
_ENDINGS = 3 * _JUDGED  # so many are kept for it: some are the same but for the way to them
_LEFT, _RIGHT = 12, 10

_START = regex.compile(rf"\?(?:(?P<reading>{SYLLABLE})\)|(?=[,、。!?;，！？；“”]))")
_BROKEN = regex.compile(rf"[?？](?=[a-zü]{{0,5}}[{TONED}]){SYLLABLE}[)）]")
_PAIRING = '“”"()（）'
_SUM = regex.compile(r"(?<![\w+])\w{1,2}(?:\+\w{1,2}){1,5}(?![\w+])")
_CLASH = regex.compile(
    r"[，、；：](?=[，。、；：！？”）])|[，、](?=\n)|[。！？](?=[，。、；：])|[“（](?=[，。、；：！？\n])"
)
_MARKS = "，。、；：！？“”（）《》‘’—…〔〕【】×·～"


@dataclass(frozen=True, slots=True)
class _Token:
    """A character of the damaged page with its annotation; ``?`` with a reading is a broken annotation ``?cè)``."""

    character: str
    reading: str | None
    start: int
    end: int

    @property
    def broken(self) -> bool:
        return self.character == "?" and self.reading is not None


class _State(NamedTuple):
    """A way of reading a run so far: the next token, the byte that waits for its other half, and what came out."""

    weight: float
    token: int
    pending: int | None
    out: str
    last: str  # the last character, as the page shows it
    cut: bool = False  # the character that waits was cut: it shows no annotation
    lost: int = 0  # vanished pairs
    cost: float = 0.0  # of what the page gives no reason for


@dataclass(frozen=True, slots=True)
class _Run:
    """A damaged run as it is read: its tokens' span, the characters, and by how much they lead the next best."""

    span: Span
    out: str
    lead: float


class _Best:
    """The states that weigh most of all that were added, those of one weight in the order of adding."""

    def __init__(self, size: int, states: Iterable[_State] = ()) -> None:
        self.floor = -math.inf  # what weighs less is not among them and need not be added
        self._size = size
        self._states = list(states)

    def add(self, state: _State) -> None:
        """Takes a state in."""
        self._states.append(state)
        if len(self._states) > 4 * self._size:
            self._states = self.best()
            self.floor = self._states[-1].weight

    def best(self) -> list[_State]:
        """The states, the weightiest first."""
        return nlargest(self._size, self._states, key=_weight)


def pinyin_copy(text: str, lexicon: Lexicon) -> Iterator[Repair]:
    """Takes annotations out of an annotated copy and mends the runs that they damaged."""
    found = find_annotations(text, lexicon)
    if not found:
        return
    runs = _mended(text, found, lexicon) if _START.search(text) else ()
    k = 0
    for run in runs:
        while k < len(found) and found[k].span.start < run.span.start:
            yield Repair(found[k].span, "", PINYIN)
            k += 1
        yield Repair(run.span, run.out, DAMAGE if run.lead >= SURE and LOST not in run.out else UNSURE)
        while k < len(found) and found[k].span.start < run.span.end:
            k += 1
    for annotation in found[k:]:
        if not annotation.cut:
            yield Repair(annotation.span, "", PINYIN)


def left_damaged(clean: str) -> Iterator[Span]:
    """What is left of broken annotations (?cè) in the clean text of an annotated page: runs that nothing fits, or more
    of them than are read."""
    for found in _BROKEN.finditer(clean):
        yield Span(*found.span())


def _mended(text: str, found: tuple[Annotation, ...], lexicon: Lexicon) -> tuple[_Run, ...]:
    """All runs, read twice: what is sure at the first reading is evidence at the second."""
    page = _Page(text, found, lexicon)
    read = [(line, page.read_line(line)) for line in page.damaged_lines]
    first = [run for _, runs in read for run in runs]
    if any(run.lead < SURE for run in first):
        page.learn(first)
        read = [(line, page.read_line(line) if any(run.lead < SURE for run in runs) else runs) for line, runs in read]
    return tuple(run for _, runs in read for run in runs)


class _Page:
    """What an annotated page tells: the characters it annotates, the forms it uses, its words."""

    def __init__(self, text: str, found: tuple[Annotation, ...], lexicon: Lexicon) -> None:
        self.text = text
        self.annotations: Mapping[int, Annotation] = {a.span.start: a for a in found}
        self.always = annotated_characters(text, found)
        self.syllables = readings(lexicon)
        self.damaged_lines = _damaged_lines(text)
        self.sound = self._sound_runs(found)
        self.characters = frozenset("".join(self.sound))
        self.forms: dict[str, set[str]] = defaultdict(set)
        for character in self.characters:
            self.forms[simplified(character)].add(character)
        self.traditional = sum(simplified(c) != c for c in self.characters) * 10 > len(self.characters)
        self.language = Language(map(simplified, self.sound), lexicon)
        self.language.straight_quotes(text.count('"') / len(text))
        self._reads_left = _MOST_RUNS
        self._steps: dict[str, float] = {}
        self._lines: dict[str, list[_Run]] = {}
        self._allowed: dict[str, bool] = {}
        self._bridges: dict[tuple[int, int, bool, str | None], tuple[tuple[float, str, str], ...]] = {}

    def _sound_runs(self, found: tuple[Annotation, ...]) -> list[str]:
        """The page without its annotations, and without what stands close behind a damaged place."""
        out: list[str] = []
        at = 0
        parts: list[str] = []
        for annotation in found:
            parts.append(self.text[at : annotation.span.start])
            at = annotation.span.end
        parts.append(self.text[at:])
        for line in "".join(parts).split("\n"):
            pieces = line.split("?")
            # what ends at a damaged place is no evidence that a word ends there
            sound = [pieces[0], *(piece[20:] for piece in pieces[1:])]
            out += [piece[:-5] for piece in sound[:-1]] + sound[-1:]
        return [piece for piece in out if piece]

    def learn(self, runs: list[_Run]) -> None:
        """Takes sure runs with their surroundings as evidence for the others."""
        sure = [run for run in runs if run.lead >= SURE]
        self._reads_left = _MOST_RUNS
        self._bridges.clear()
        self._steps.clear()
        self._lines.clear()
        self.language.learn(simplified(self._plain(run.span.start - 40, run.span.start)[-8:] + run.out) for run in sure)

    def _plain(self, start: int, end: int) -> str:
        return "".join(t.character for t in self._tokens(max(0, start), max(0, end)))

    # -- tokens ------------------------------------------------------------------------------------------------------

    def _tokens(self, start: int, end: int) -> list[_Token]:
        out: list[_Token] = []
        at = start
        while at < end:
            annotation = self.annotations.get(at + 1)
            if annotation is not None:
                out.append(_Token(self.text[at], annotation.reading, at, annotation.span.end))
                at = annotation.span.end
                continue
            broken = _START.match(self.text, at) if self.text[at] == "?" else None
            if broken is not None and broken["reading"]:
                out.append(_Token("?", broken["reading"], at, broken.end()))
                at = broken.end()
                continue
            out.append(_Token(self.text[at], None, at, at + 1))
            at += 1
        return out

    # -- reading -----------------------------------------------------------------------------------------------------

    def read_line(self, line: Span) -> list[_Run]:
        """The damaged runs of one line, each read with what was made of those before it.

        Such copies hold whole plans twice: a line that was read is not read again.
        """
        wording = line.of(self.text)
        if wording not in self._lines:
            self._lines[wording] = [_moved(run, -line.start) for run in self._read_line(line)]
        return [_moved(run, line.start) for run in self._lines[wording]]

    def _read_line(self, line: Span) -> list[_Run]:
        tokens = self._tokens(line.start, line.end)
        out: list[_Run] = []
        left: list[str] = []
        k = 0
        while k < len(tokens):
            run = None
            if self._starts(tokens, k) and self._reads_left > 0:
                self._reads_left -= 1
                run = self._read(tokens, k, "".join(left[-_SAME_LINE:]))
            if run is None:
                left.append(tokens[k].character)
                k += 1
                continue
            out.append(run)
            left += run.out
            while k < len(tokens) and tokens[k].start < run.span.end:
                k += 1
        return out

    def _starts(self, tokens: list[_Token], k: int) -> bool:
        token = tokens[k]
        if token.character != "?":
            return False
        following = tokens[k + 1] if k + 1 < len(tokens) else None
        return token.broken or (following is not None and following.character in ",、。!?;，！？；“”")

    def _read(self, tokens: list[_Token], k: int, left: str) -> _Run | None:
        done = self._searched(tokens, k, left)
        run = self._best(tokens, k, left, done) if done else None
        if run is not None and LOST in run.out:
            near = "".join(t.character for t in tokens[max(0, k - _SAME_LINE) : k + _SAME_LINE])
            inferred = _inferred(left + run.out + self.text[run.span.end : run.span.end + 1], near)
            if inferred is not None:
                return _Run(run.span, run.out.replace(LOST, inferred), 0.0)
        return run

    def _searched(self, tokens: list[_Token], k: int, left: str) -> list[_State]:
        """The endings that a beam over the unknown bytes finds, the best of them without fail."""
        beam, opened = self._openings(tokens, k, left, left[-1:] or "。")
        ended = _Best(_ENDINGS, opened)
        for length in range(_LONGEST_RUN):
            bridging = _BRIDGING[min(length, len(_BRIDGING) - 1)]
            going = _Best(_BEAM)
            for rank, state in enumerate(beam):
                for following in self._whole_followers(tokens, state, ended):
                    (ended if following.pending is None else going).add(following)
                if rank < bridging and state.lost < _MOST_LOST_PAIRS:
                    for following in self._bridged_followers(tokens, state, going):
                        (ended if following.pending is None else going).add(following)
            beam = going.best()
            if not beam:
                break
        return ended.best()

    def _best(self, tokens: list[_Token], k: int, left: str, done: list[_State]) -> _Run | None:
        """The ending that reads best with its surroundings, each judged over the same stretch of the line."""
        seen: dict[tuple[int, str], _State] = {}
        literal = _State(0.0, k + 1, None, "？", "？")
        if not tokens[k].broken:  # it may be a question mark after all: 怎么办?”
            seen[k + 1, literal.out] = literal
        for state in done:
            seen.setdefault((state.token, state.out), state)
            if len(seen) >= _JUDGED:
                break
        furthest = max(token for token, _ in seen) + _RIGHT
        before = left[-_LEFT:]
        marks_before = _pairing(left)
        marks_after = [(n, t.character) for n, t in enumerate(tokens[k : k + _SAME_LINE], k) if t.character in _PAIRING]
        ranked: list[tuple[float, str, _State]] = []
        for state in seen.values():
            after: list[str] = []
            for n in range(state.token, min(len(tokens), furthest)):
                if self._starts(tokens, n) and state is not literal:
                    break
                after.append(tokens[n].character)
            tail = _wide("".join(after))
            rest = "".join(character for n, character in marks_after if n >= state.token)
            window = simplified(_wide(before + state.out + tail))
            weight = self.language.run(window) - 3.0 * _unbalanced(marks_before + _pairing(state.out) + _wide(rest))
            weight -= 6.0 * len(_CLASH.findall(window if after else window + "\n"))
            ranked.append((weight - 2.0 * state.lost - state.cost, state.out, state))
        ranked.sort(key=lambda row: (-row[0], row[1]))
        weight, out, state = ranked[0]
        if state is literal:
            return None
        rival = next((row[0] for row in ranked[1:] if row[1] != out), weight - 100.0)
        return _Run(Span(tokens[k].start, tokens[state.token - 1].end), out, weight - rival)

    def _openings(self, tokens: list[_Token], k: int, left: str, last: str) -> tuple[list[_State], list[_State]]:
        """The ways a run can begin: the byte that a ``?`` swallowed is not known."""
        token = tokens[k]
        if token.broken:
            before = gbk.pair(left[-1]) if left else None
            if before is None or token.reading is None:
                return [], []
            swallowed = sorted(
                {second for first, second in self._pairs_of(token.reading) if first == before[1] and second >= 0x81}
            )
            opening: list[_State] = []
            for byte in swallowed:
                cost = 0.0 if gbk.character(before[1], byte) in self.always else _UNHEARD
                opening.append(_State(-cost, k + 1, byte, "", last, cut=True, cost=cost))
            return opening, []
        mark = gbk.pair(tokens[k + 1].character)
        if mark is None:
            return [], []
        opened: list[_State] = []
        closed: list[_State] = []
        root = _State(0.0, k + 2, None, "", last)
        for lead in gbk.LEADS:
            character = gbk.character(lead, mark[0])
            if character is not None and self._fits(character, None):
                opened.append(self._grown(root, k + 2, mark[1], character))
        if tokens[k + 1].character in "?？" and k + 2 < len(tokens) and tokens[k + 2].character in ",、!;。，！；":
            for lead in gbk.LEADS:
                for trail in (0xA3, 0xA1):
                    character = gbk.character(lead, trail)
                    if character is not None and self._fits(character, None):
                        closed.append(self._grown(root, k + 2, None, character))
        return opened, closed

    def _whole_followers(self, tokens: list[_Token], state: _State, ended: _Best) -> Iterator[_State]:
        """The next character of the run, where none of its bytes vanished."""
        if state.token >= len(tokens) or state.pending is None:
            return
        token, pending = tokens[state.token], state.pending
        if token.broken:
            for first, second in self._pairs_of(token.reading or ""):
                if first == pending and second >= 0x80:
                    yield from self._whole(first, second, token.reading, state, None)
        elif token.character == "?":
            following = tokens[state.token + 1].character if state.token + 1 < len(tokens) else ""
            yield from self._after_question(following, state, pending, ended)
        else:
            for trail, reading, waiting in self._inner_bytes(token):
                yield from self._whole(pending, trail, reading, state, waiting)

    def _bridged_followers(self, tokens: list[_Token], state: _State, going: _Best) -> Iterator[_State]:
        """The next two characters of the run, where the last byte of the one and the first of the other vanished."""
        if state.token >= len(tokens) or state.pending is None:
            return
        token, pending = tokens[state.token], state.pending
        if token.broken:
            for first, second in self._pairs_of(token.reading or ""):
                if second >= 0x80:
                    yield from self._bridged(pending, first, token.reading, state, None, going, second)
        elif token.character != "?":
            for first, reading, waiting in self._inner_bytes(token):
                yield from self._bridged(pending, first, reading, state, waiting, going)

    def _inner_bytes(self, token: _Token) -> Iterator[tuple[int, str | None, int | None]]:
        """(the byte that ends a character of the run, its reading, the byte that waits) of an observed character."""
        code = ord(token.character)
        if code >= 0x80:
            pair = gbk.pair(token.character)
            if pair is not None and token.reading is None:
                yield pair[0], None, pair[1]
            return
        if code >= 0x40:  # the trail byte of the last character of the run
            yield code, token.reading, None
        if token.reading is None and 0x21 <= code <= 0x7E:  # a full-width sign (A3xx) shown half width
            yield 0xA3, None, code | 0x80

    def _whole(
        self, lead: int, trail: int, reading: str | None, state: _State, pending: int | None
    ) -> Iterator[_State]:
        character = gbk.character(lead, trail)
        if character is not None and self._fits(character, reading, cut=state.cut):
            yield self._grown(state, state.token + 1, pending, character, reading)

    def _after_question(self, following: str, state: _State, pending: int, ended: _Best) -> Iterator[_State]:
        """``?``: a trail byte and the ASCII character behind it, or what stood for a full-width ？.

        Nothing is lost where it was the junk before a mark, or the end of the line.
        """
        nothing_lost = following == "" or following in ",、!?;，！？；"
        token = state.token + 1
        for trail in gbk.SWALLOWED:
            character = gbk.character(pending, trail)
            if character is None or not self._fits(character, None, cut=state.cut):
                continue
            weight = state.weight + self._step(state.last, character)
            out = state.out + character
            if nothing_lost and weight >= ended.floor:
                yield _State(weight, token, None, out, character, False, state.lost, state.cost)
            for swallowed in _SWALLOWED:
                both = weight + self._step(character, swallowed)
                if both >= ended.floor:
                    yield _State(both, token, None, out + swallowed, swallowed, False, state.lost, state.cost)
        yield from self._whole(pending, 0xA3, None, state, 0xBF)

    def _bridged(
        self,
        lead: int,
        first: int,
        reading: str | None,
        state: _State,
        pending: int | None,
        going: _Best,
        second: int | None = None,
    ) -> Iterator[_State]:
        """Two characters whose inner bytes vanished together: lead+x, y+first, where (x, y) is no character.

        With ``second`` the latter character is first+second and its lead byte is what vanished.
        """
        least = -math.inf if pending is None else going.floor
        for gain, former, latter in self._bridge(lead, first, state.cut, reading, second):
            cost = _UNHEARD if reading is not None and latter not in self.always else 0.0
            weight = state.weight + self._step(state.last, former) + gain - 3.0 - cost
            if weight >= least:
                yield _State(
                    weight,
                    state.token + 1,
                    pending,
                    state.out + former + latter,
                    latter,
                    False,
                    state.lost + 1,
                    state.cost + cost,
                )

    def _bridge(
        self, lead: int, first: int, cut: bool, reading: str | None, second: int | None
    ) -> tuple[tuple[float, str, str], ...]:
        key = (lead, first if second is None else first << 8 | second, cut, reading)
        if key in self._bridges:
            return self._bridges[key]
        scored: list[tuple[float, str, str]] = []
        for x, ys in gbk.vanishing().items():
            former = gbk.character(lead, x)
            if former is None or not self._fits(former, None, cut=cut) or not self._common(former):
                continue
            for y in ys:
                if second is None:
                    latter = gbk.character(y, first)
                elif y == first:
                    latter = gbk.character(first, second)
                else:
                    continue
                if latter is not None and self._fits(latter, reading) and self._common(latter):
                    scored.append((self._step(former, latter), former, latter))
        scored.sort(key=lambda row: (-row[0], row[1:]))
        self._bridges[key] = tuple(scored[:150])
        return self._bridges[key]

    def _grown(
        self, state: _State, token: int, pending: int | None, character: str, reading: str | None = None
    ) -> _State:
        cost = _UNHEARD if reading is not None and character not in self.always else 0.0
        weight = state.weight + self._step(state.last, character) - cost
        return _State(weight, token, pending, state.out + character, character, False, state.lost, state.cost + cost)

    def _step(self, before: str, character: str) -> float:
        """The weight of a character after another, a gain for what is likely."""
        key = before + character
        weight = self._steps.get(key)
        if weight is None:
            weight = self._steps[key] = self.language.pair(_plain(before), _plain(character)) + 5.0
        return weight

    def _common(self, character: str) -> bool:
        return self.language.common(_plain(character))

    # -- what a page can hold ----------------------------------------------------------------------------------------

    def _fits(self, character: str, reading: str | None, *, cut: bool = False) -> bool:
        """True for a character that this page can show here: in its forms, annotated where it annotates."""
        if reading is None:
            if not cut and character in self.always:
                return False
        elif character not in self.syllables.get(reading, ()):
            return False
        known = self._allowed.get(character)
        if known is None:
            known = self._allowed[character] = self._known(character)
        return known

    def _known(self, character: str) -> bool:
        if character in _MARKS:
            return True
        if not "\u4e00" <= character <= "\u9fff":
            return False
        if character in self.characters:
            return True
        plain = _plain(character)
        if self.forms.get(plain):
            return False  # the page writes this word in another form
        return character == (traditional_character(plain) if self.traditional else plain)

    def _pairs_of(self, reading: str) -> tuple[tuple[int, int], ...]:
        return _pairs(self.syllables.get(reading, frozenset()))


@lru_cache(maxsize=2048)
def _pairs(characters: frozenset[str]) -> tuple[tuple[int, int], ...]:
    return tuple(sorted(p for c in characters if (p := gbk.pair(c)) is not None))


@lru_cache(maxsize=1 << 15)
def _plain(character: str) -> str:
    return simplified(gbk.WIDE.get(character, character))


def _inferred(until: str, line: str) -> str | None:
    """The sign that was swallowed between two quotation marks, where the line names it in a sum.

    “1+5+N”模式：“□”即一个中心，“5”即五支队伍，“N”即多个站点: only 1 can be meant.
    """
    if not until.endswith(f"“{LOST}”"):
        return None
    for found in _SUM.finditer(line):
        missing = [part for part in found[0].split("+") if f"“{part}”" not in line]
        if len(missing) == 1 and len(missing[0]) == 1 and missing[0] < "@":
            return missing[0]
    return None


def _moved(run: _Run, by: int) -> _Run:
    return _Run(Span(run.span.start + by, run.span.end + by), run.out, run.lead)


def _weight(state: _State) -> float:
    return state.weight


def _wide(text: str) -> str:
    return "".join(gbk.WIDE.get(c, c) for c in text)


def _pairing(text: str) -> str:
    return "".join(gbk.WIDE.get(c, c) for c in text if c in _PAIRING)


def _unbalanced(text: str) -> int:
    """How many quotation marks and brackets open twice or close nothing; a straight mark without a partner counts more."""
    wrong = _ODD_STRAIGHT * (text.count('"') % 2)
    for opening, closing in ("“”", "（）"):
        opened = 0
        for character in text:
            if character == opening:
                wrong += opened
                opened = 1
            elif character == closing:
                wrong += not opened
                opened = 0
    return wrong


def _damaged_lines(text: str) -> tuple[Span, ...]:
    out: list[Span] = []
    for m in _START.finditer(text):
        start = text.rfind("\n", 0, m.start()) + 1
        end = text.find("\n", m.start())
        span = Span(start, len(text) if end < 0 else end)
        if not out or out[-1] != span:
            out.append(span)
    return tuple(out)
