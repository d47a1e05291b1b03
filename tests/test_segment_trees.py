"""The tree of a plan: the passages of ``cases/trees.jsonl``, each with its tree as an indented list.

A heading or item is its label and heading (``~`` where it has none), below it its sentences (``·``) and children; ``¶`` is
a paragraph outside all items, ``|`` a table row, ``▦`` a table.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from extractor.model import Node
from extractor.text import PlanText
from tests.core_cases import cases, plans_of, rows


def drawn(plan: PlanText, node: Node, depth: int) -> Iterator[str]:
    said = [s.span.of(plan.text).replace("\n", "⏎") for s in node.sentences]
    pad = "  " * depth
    if node.kind in ("paragraph", "row"):
        yield f"{pad}{'¶' if node.kind == 'paragraph' else '|'} {' ‖ '.join(said)}"
    elif node.kind == "table":
        yield f"{pad}▦"
    else:
        yield f"{pad}{node.label} {node.heading.of(plan.text) if node.heading else '~'}".rstrip()
        for sentence in said:
            yield f"{pad}  · {sentence}"
    for child in node.children:
        yield from drawn(plan, child, depth + 1)


def tree_of(row: dict[str, Any]) -> list[str]:
    return [line for plan in plans_of(row) for child in plan.root.children for line in drawn(plan, child, 0)]


@pytest.mark.parametrize("row", cases("trees"))
def test_tree(row: dict[str, Any]) -> None:
    assert tree_of(row) == row["tree"]


def test_nodes_nest_and_look_ups_agree_with_the_walk() -> None:
    for plan in [plan for row in rows("trees") for plan in plans_of(row)]:
        for node in plan.nodes():
            parent = plan.parent(node)
            assert (parent is None) == (node is plan.root)
            if parent is not None:
                assert parent.span.holds(node.span), node.label
            for before, after in zip(node.children, node.children[1:], strict=False):
                assert before.span.end <= after.span.start
            for sentence in node.sentences:
                assert node.span.holds(sentence.span)
                found = plan.sentence_at(sentence.span.start)
                assert found is not None and found.span.start == sentence.span.start
            if not node.children and node.span.length:
                assert plan.node_at(node.span.start).span == node.span
            assert plan.path(node) == ((*plan.path(parent), parent) if parent and parent.kind != "plan" else ())
