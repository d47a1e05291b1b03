"""Scores against gold (评测): how much of what a careful clerk wrote down was found, field by field.

Gold is one ``NAME.gold.json`` for each notice. What was extracted comes from the pipeline or from a JSON export; both
are brought to the shape of the export, so that they are judged alike. Texts are compared without space, punctuation and
script. Whatever gold calls optional is neither asked for nor counted as wrong.

* a task or goal is found where its character 3-grams overlap with gold's by half (Jaccard), one to one; a measure
  likewise within its task;
* a responsibility is right when unit, role and task agree; a deadline or target when its values agree, it belongs to the
  paired task or goal and the two quotes are of one place;
* a deadline or target of a goal that stands inside a task is one thing with two owners, and is judged once;
* a *row* is right when a task's title, units, dates and numbers are all right and none is too many.
"""

from extractor.evaluate.figures import Count, Flaw, Provenance, Scores
from extractor.evaluate.scoring import evaluate, score
from extractor.evaluate.sides import FoundPlan, GoldDocument, find_source, of_extraction, read_export, read_gold
from extractor.evaluate.texts import likeness, one_place, plain

__all__ = [
    "Count",
    "Flaw",
    "FoundPlan",
    "GoldDocument",
    "Provenance",
    "Scores",
    "evaluate",
    "find_source",
    "likeness",
    "of_extraction",
    "one_place",
    "plain",
    "read_export",
    "read_gold",
    "score",
]
