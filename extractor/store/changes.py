"""A change that one notice makes in the tasks of another, and how a decision keeps it (通知提出的改动)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from extractor.model import Evidence

Why = Literal["item", "words", "title", "date", "plan"]
State = Literal["proposed", "confirmed", "kept", "look"]

CANCELLED: Mapping[str, Any] = {"status": "cancelled"}
"""What becomes of a task or goal that is to be done no more: its status, which no field of it holds."""


@dataclass(frozen=True, slots=True)
class Change:
    """One value that an amending notice changes.

    ``old`` and ``new`` hold fields of the entity ``entity_id``, which belongs to the task or goal ``owner_id``. ``said`` are
    the words of the amending notice, ``was`` those of the other one (each with places in its own source). ``state``:
    ``kept`` where a person has set that field, whose word stands; ``look`` where no field can be set and a person has
    to see to it. ``how`` says how a new day was reckoned, where it is not written so.
    """

    entity: str
    entity_id: str
    owner_id: str
    owner: str
    old: Mapping[str, Any]
    new: Mapping[str, Any]
    said: Evidence
    was: Evidence
    why: Why
    state: State = "proposed"
    how: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from other changes: the entity and what it becomes."""
        return self.entity_id, json.dumps(dict(self.new), ensure_ascii=False, sort_keys=True)


def to_json(new: Sequence[Change], before: Sequence[Mapping[str, Any]] = ()) -> str:
    """Changes as a decision keeps them, after those that one has kept ``before``."""
    return json.dumps([*before, *map(_kept, new)], ensure_ascii=False)


def _kept(change: Change) -> dict[str, Any]:
    return {
        "entity": change.entity,
        "entity_id": change.entity_id,
        "owner_id": change.owner_id,
        "old": dict(change.old),
        "new": dict(change.new),
        "said": change.said.quote,
        "said_at": [[piece.start, piece.end] for piece in change.said.pieces],
        "was": change.was.quote,
        "was_at": [[piece.start, piece.end] for piece in change.was.pieces],
        **({"how": change.how} if change.how else {}),
    }


def key_of(kept: Mapping[str, Any]) -> tuple[str, str]:
    """:attr:`Change.key` of a change that a decision keeps."""
    return kept["entity_id"], json.dumps(kept["new"], ensure_ascii=False, sort_keys=True)
