"""How sure the program is (把握): figures to sort by, errors first. From 0 to 1, from counts on labelled notices.

``dictionaries/confidence.csv`` holds, for each rule and each sign, how many of the values or rows with it were right;
``python tests/write_confidence.py`` counts anew. A value's confidence is the share right of its rule. A row mostly goes
wrong by what was *not* read, so that a task's confidence comes from what stands in its words unread (a number, a time, a
clause with a doer of its own), from where its units were said and from how much it holds; the signs are weighed as if
independent.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from extractor.lexicon import Lexicon
from extractor.model import Deadline, Responsibility, Target
from extractor.patterns import searched

ALL = "rows"  # the sign that every row has
_DOUBT = 5  # rows that an unseen rule is judged by, nine in ten of them right
_DOUBTED = 0.9
_SMOOTHING = 4  # rows of the common share that are added to each sign's
_INHERITED = 0.02  # a value of another place may be put to the wrong task
_UNSETTLED = 0.05  # a date that lacks its year
_WEAK = 0.2  # a mention that stands only where nothing firmer is said
_LISTED = frozenset(("units.bracket", "units.line", "units.table"))
_NAMES = re.compile(r"[《〔“「](?:(?<=《)[^》]*》|(?<=〔)[^〕]*〕[^，。]{0,6}[号號]|(?<=“)[^”]*”|(?<=「)[^」]*」)")
# 326户    十二个: a run of Chinese figures is tried at its first only, and the first character is found at once
_FIGURES = "两兩三四五六七八九十"
_NUMBER = re.compile(
    rf"[\d{_FIGURES}](?:(?<=\d)\d*(?:\.\d+)?|(?<=[{_FIGURES}])(?<![{_FIGURES}]{{2}})[{_FIGURES}]*(?=[个個次名日天年月支场場]))"
)
_TIME = searched(
    r"每[年月季周日天半次]|底(?<=[年月]底)|内(?<=[日月年]内)|內(?<=[日月年]內)|之日起|日(?<=\d日)|前(?=[完报報上])"
)
# …，学校3日内书面报告: a clause that opens with a name before a verb
_DOER_THEN_VERB = r"[局委办辦厅廳部会會镇鎮乡鄉村县縣市区區校院所站司队隊组組员員位门門长長处處议議业業](?=[要应應须須每在对對按负負牵牽配建组組开開])"
_HINT_OF_DOER = re.compile(_DOER_THEN_VERB)  # found at once, and in a third of all texts only
_DOER = re.compile(rf"(?:^|[，。；：\n])[^，。；：\n]{{0,14}}?{_DOER_THEN_VERB}")


@dataclass(frozen=True, slots=True)
class Counted:
    """A row of ``confidence.csv``: of how many values or rows with the sign or rule how many were ``right``."""

    sign: str
    right: str
    of: str
    source: str


class Shares:
    """The counts of a lexicon as shares."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._counts = {row.sign: (int(row.right), int(row.of)) for row in lexicon.rows("confidence", Counted)}
        right, of = self._counts[ALL]
        self._common = right / of
        self._odds: dict[str, float] = {}  # what a sign adds to the log odds
        self._values: dict[tuple[str, bool, bool, bool], float] = {}  # there are few kinds of values, each told once

    @staticmethod
    def of(lexicon: Lexicon) -> Shares:
        """The shares of a lexicon."""
        return lexicon.derived("assemble.confidence", Shares)

    def rule(self, name: str) -> float:
        """The share right of a rule's values; a rule that was seldom seen is doubted."""
        right, of = self._counts.get(name, (0, 0))
        return (right + _DOUBT * _DOUBTED) / (of + _DOUBT)

    def value(self, rule: str, inherited: bool, weak: bool, settled: bool) -> float:
        """How likely a value of a rule is right: less where it is inherited, weak, or a date whose year is unsettled."""
        kind = (rule, inherited, weak, settled)
        if kind not in self._values:
            less = _INHERITED * inherited + _WEAK * weak + _UNSETTLED * (not settled)
            self._values[kind] = round(self.rule(rule) - less, 3)
        return self._values[kind]

    def row(self, signs: Iterable[str]) -> float:
        """How likely a row with these signs is right."""
        odds = _log_odds(self._common)
        for sign in signs:
            if sign not in self._odds:
                right, of = self._counts.get(sign, (0, 0))
                share = (right + _SMOOTHING * self._common) / (of + _SMOOTHING)
                self._odds[sign] = _log_odds(share) - _log_odds(self._common)
            odds += self._odds[sign]
        return 1 / (1 + math.exp(-odds))


def _log_odds(share: float) -> float:
    return math.log(share / (1 - share))


def signs(
    text: str, rule: str, units: Sequence[tuple[str, str]], inherited_units: bool, values: Sequence[str]
) -> tuple[str, ...]:
    """The signs of a row by which its confidence is told.

    ``units`` are (rule, quote) of its own responsibilities, ``values`` the quotes of its dates and numbers.
    """
    left = text
    for quote in sorted(dict.fromkeys(values), key=len, reverse=True):
        left = left.replace(quote, "■")
    unread = text
    for quote in dict.fromkeys(quote for _, quote in units):
        unread = unread.replace(quote.strip("。，； \n"), "■")
    plain = _NAMES.sub("", left)
    plain_unread = plain if unread == left else _NAMES.sub("", unread)
    doers = _HINT_OF_DOER.search(plain_unread) and _DOER.search(plain_unread)
    listed = any(said in _LISTED for said, _ in units)
    return (
        rule,
        f"row.numbers_unread_{_some(len(_NUMBER.findall(plain)))}",
        f"row.times_{'unread' if _TIME.search(plain) else 'read'}",
        f"row.doers_{'unread' if doers else 'read'}",
        f"row.units_{'listed' if listed else 'said' if units else 'inherited' if inherited_units else 'none'}",
        f"row.values_{_some(len(values))}",
    )


def _some(number: int) -> str:
    return "none" if number == 0 else "few" if number < 3 else "many"


def of_task(
    text: str,
    rule: str,
    responsibilities: Sequence[Responsibility],
    deadlines: Sequence[Deadline],
    targets: Sequence[Target],
    lexicon: Lexicon,
) -> float:
    """A task's: from its signs, no higher than that of its most doubtful value. ``text`` is the quote of its evidence."""
    own = [(r.rule, r.evidence.quote) for r in responsibilities if not r.inherited]
    values = [d.evidence.quote for d in deadlines] + [t.evidence.quote for t in targets]
    told = signs(text, rule, own, bool(responsibilities), values)
    sure = [Shares.of(lexicon).row(told)]
    sure += [r.confidence for r in responsibilities]
    sure += [d.confidence for d in deadlines]
    sure += [t.confidence for t in targets]
    return round(min(sure), 3)


def of_value(
    rule: str, lexicon: Lexicon, *, inherited: bool = False, weak: bool = False, settled: bool = True
) -> float:
    """A value's: the share right of its rule, less where it is inherited, weak, or a date whose year is unsettled."""
    return Shares.of(lexicon).value(rule, inherited, weak, settled)


def of_goal(targets: Sequence[Target], deadlines: Sequence[Deadline]) -> float:
    """A goal's: a number or a date makes it sure."""
    return 0.95 if targets or deadlines else 0.8
