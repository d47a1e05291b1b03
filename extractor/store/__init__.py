"""The task database (任务库): the only door to sqlite-utils.

``open_store(path)`` gives a :class:`Store`; files go in with :meth:`Store.put` and come out with :meth:`Store.register`.
"""

from __future__ import annotations

from extractor.store.changes import Change
from extractor.store.intake import PlanReport, PutReport
from extractor.store.links import Proposal
from extractor.store.office import Concern, Office, OwnUnit
from extractor.store.overlay import Decision
from extractor.store.search import Hit
from extractor.store.store import History, Reading, Store, open_store
from extractor.store.units import Unit

__all__ = [
    "Change",
    "Concern",
    "Decision",
    "History",
    "Hit",
    "Office",
    "OwnUnit",
    "PlanReport",
    "Proposal",
    "PutReport",
    "Reading",
    "Store",
    "Unit",
    "open_store",
]
