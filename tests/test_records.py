"""Records behave as frozen dataclasses wherever the program asks: they compare, hash, order, copy, pickle."""

from __future__ import annotations

import copy
import pickle
from dataclasses import dataclass, fields, replace

import pytest

from extractor.model import Evidence, Node, Span
from extractor.records import record


@dataclass(frozen=True, slots=True, order=True)
class _Frozen:
    start: int
    end: int = 3


@record(frozen=True, slots=True, order=True)
class _Record:
    start: int
    end: int = 3


def test_a_record_is_what_a_frozen_dataclass_is() -> None:
    assert [f.name for f in fields(_Record)] == [f.name for f in fields(_Frozen)]
    assert hash(_Record(1, 2)) == hash(_Frozen(1, 2))
    assert _Record(1) == _Record(1, 3) != _Record(2)
    assert _Record(1, 2) < _Record(1, 3) < _Record(2, 0)
    assert repr(_Record(1)).replace("_Record", "_Frozen") == repr(_Frozen(1))
    assert replace(_Record(1), end=9) == _Record(1, 9)


def test_a_record_has_no_other_fields() -> None:
    with pytest.raises(AttributeError):
        _Record(1).middle = 2  # type: ignore[attr-defined]


def test_values_of_the_model_copy_and_pickle() -> None:
    evidence = Evidence("各村", (Span(0, 2),))
    assert pickle.loads(pickle.dumps(evidence)) == evidence == copy.deepcopy(evidence)
    assert len({evidence, Evidence("各村", (Span(0, 2),))}) == 1


def test_nodes_are_told_apart_by_identity() -> None:
    one, other = Node("item", 1, Span(0, 2)), Node("item", 1, Span(0, 2))
    assert one != other
    assert len({one, other}) == 2
