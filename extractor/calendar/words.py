"""The words of the calendar that dictionaries hold: feasts and acts that recur."""

from __future__ import annotations

from dataclasses import dataclass

from extractor.lexicon import Lexicon


@dataclass(frozen=True, slots=True)
class FeastRow:
    """A row of ``feasts.csv``: a feast (节日) and its day; a movable feast has neither month nor day, and a season's
    beginning, whose word ends in 前 (汛前), has none in any year."""

    word: str
    name: str
    source: str
    month: str = ""
    day: str = ""


@dataclass(frozen=True, slots=True)
class FeastDayRow:
    """A row of ``feast_days.csv``: the day of a movable feast in one year."""

    name: str
    date: str
    source: str


@dataclass(frozen=True, slots=True)
class ActRow:
    """A row of ``recurring_acts.csv``: what is done each month where 月 stands right before it (月调度)."""

    word: str
    source: str


@dataclass(frozen=True, slots=True)
class Feast:
    """A feast; ``month`` 0 where its day moves."""

    name: str
    month: int
    day: int


def feasts(lexicon: Lexicon) -> dict[str, Feast]:
    """Every way to write a feast."""
    return lexicon.derived(
        "calendar.feasts",
        lambda x: {r.word: Feast(r.name, int(r.month or 0), int(r.day or 0)) for r in x.rows("feasts", FeastRow)},
    )


def feast_days(lexicon: Lexicon) -> dict[tuple[str, str], str]:
    """(feast, year) → ISO date of the movable feasts."""
    return lexicon.derived(
        "calendar.feast_days", lambda x: {(r.name, r.date[:4]): r.date for r in x.rows("feast_days", FeastDayRow)}
    )


def acts(lexicon: Lexicon) -> tuple[str, ...]:
    """The acts that recur."""
    return lexicon.derived("calendar.acts", lambda x: tuple(sorted({r.word for r in x.rows("recurring_acts", ActRow)})))
