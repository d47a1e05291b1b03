"""The whole comparison: many documents, from files or from the pipeline."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from extractor.evaluate.comparison import Comparison, Tally
from extractor.evaluate.figures import Provenance, Scores
from extractor.evaluate.sides import (
    FoundPlan,
    GoldDocument,
    find_source,
    of_extraction,
    provenance_of,
    read_export,
    read_gold,
)
from extractor.evaluate.values import Json


def score(gold: Iterable[GoldDocument], found: Iterable[FoundPlan]) -> Scores:
    """Scores what was found against gold, document by document (matched by file name).

    Plans of documents without gold count for provenance alone.
    """
    by_name: dict[str, list[Json]] = {}
    provenance = Provenance()
    for item in found:
        by_name.setdefault(item.name, []).append(item.plan)
        provenance += provenance_of(item.plan, item.source)
    tally = Tally()
    for document in gold:
        plans = by_name.get(document.source, [])
        Comparison(document.source, document.plans, plans, tally, document.partial).run()
    return Scores(tally.exact, tally.found, tally.told, provenance, tuple(tally.flaws))


def evaluate(gold: Iterable[Path], sources: Path | None = None, extracted: Path | None = None) -> Scores:
    """Scores an export, or what the pipeline makes of the documents where ``extracted`` is not given.

    Raises :class:`UsageError` where gold, a document or the export is missing or is no such thing.
    """
    documents = read_gold(gold)
    if extracted is not None:
        return score(documents, read_export(extracted))
    paths = [find_source(document, sources) for document in documents]
    from extractor import lexicon, pipeline

    words = lexicon.load()
    return score(documents, [plan for path in paths for plan in of_extraction(pipeline.extract(path, words))])
