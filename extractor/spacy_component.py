"""The plan as spaCy sees it: the only door to spaCy, for those who work with it. The program itself never loads it.

``policy_tasks`` is a component for a blank Chinese pipeline; installing the package registers it:

    import spacy
    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"segmenter": "jieba"}}})
    nlp.add_pipe("policy_tasks")
    doc = nlp("一、整治河道。各村要在2025年6月底前完成清理。")
    [span.text for span in doc.spans["deadlines"]]

The spans are put to the characters of the source text and widened to whole tokens, since jieba cuts 年底|前. Each
carries the value's ``id`` (``span.id_``), the same as in the database and the JSON export; a value whose words stand
in several places has a span for each, all with its id.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from extractor import pipeline
from extractor.lexicon import Lexicon, load
from extractor.model import Document, Extraction
from extractor.model import Span as Piece
from extractor.normalise import simplified

#: The groups of spans that ``doc.spans`` gets.
GROUPS = ("tasks", "responsibilities", "deadlines", "targets")

#: For ``displacy.render(doc, style="ent", options=DISPLACY)``: units, times and numbers each in a colour of its own.
DISPLACY: dict[str, dict[str, str]] = {
    "colors": {
        **dict.fromkeys(("lead", "responsible", "support", "supervise", "leader"), "#9ecae1"),
        **dict.fromkeys(("by", "range", "recurring", "within"), "#fdd0a2"),
        "target": "#c7e9c0",
    }
}


class PolicyTasks:
    """Finds the tasks of a notice and marks them in its ``Doc``.

    ``entities`` says whether units, times and numbers become ``doc.ents`` too; those that other components found stay.
    """

    def __init__(self, lexicon: Lexicon, reference_date: str | None, region: str | None, entities: bool) -> None:
        self.lexicon = lexicon
        self.reference_date = reference_date
        self.region = region
        self.entities = entities

    def __call__(self, doc: Doc) -> Doc:
        """Reads the text of ``doc`` as a notice and adds the groups ``tasks``, ``responsibilities``, ``deadlines`` and
        ``targets`` to ``doc.spans``."""
        digest = sha256(doc.text.encode("utf-8", "surrogatepass")).hexdigest()
        document = Document("doc", "text/plain", digest, doc.text)
        extraction = pipeline.extract(document, self.lexicon, reference_date=self.reference_date, region=self.region)
        return mark(doc, extraction, entities=self.entities)


@Language.factory(
    "policy_tasks",
    assigns=["doc.spans", "doc.ents"],
    default_config={"reference_date": None, "region": None, "dictionaries": None, "entities": True},
)
def create(
    nlp: Language, name: str, reference_date: str | None, region: str | None, dictionaries: str | None, entities: bool
) -> PolicyTasks:
    """The component. ``reference_date`` (ISO) and ``region`` (CN, TW, HK, MO) are those of a run; ``dictionaries`` is a
    folder of own dictionaries. Raises :class:`extractor.errors.DictionaryError` where one is wrong."""
    return PolicyTasks(load(Path(dictionaries) if dictionaries else None), reference_date, region, entities)


def doc_of(nlp: Language, extraction: Extraction, *, entities: bool = True) -> Doc:
    """A ``Doc`` over the source text of an extracted file (.docx, .pdf, …), with its tasks marked.

    What the file declares (headings, tables) has been used, which a ``Doc`` made from the bare text cannot know.
    """
    return mark(nlp.make_doc(extraction.source.text), extraction, entities=entities)


def mark(doc: Doc, extraction: Extraction, *, entities: bool = True) -> Doc:
    """Puts the values of ``extraction`` to ``doc``, whose text is the source text. Raises ``ValueError`` where it is not."""
    if doc.text != extraction.source.text:
        raise ValueError("the text of the doc is not the source text of the extraction")
    plans = extraction.plans
    tasks = [task for plan in plans for task in plan.tasks]
    goals = [goal for plan in plans for goal in plan.goals]
    units = [r for task in tasks for r in task.responsibilities]
    times = [d for task in tasks for d in task.deadlines] + [d for goal in goals for d in goal.deadlines]
    numbers = [t for task in tasks for t in task.targets] + [t for goal in goals for t in goal.targets]
    found: dict[str, list[_Value]] = {
        "tasks": [("task", task.id, task.evidence.pieces) for task in tasks],
        "responsibilities": [(r.role, r.id, r.evidence.pieces) for r in units],
        "deadlines": [(d.kind, d.id, d.evidence.pieces) for d in times],
        "targets": [("target", t.id, t.evidence.pieces) for t in numbers],
    }
    for group in GROUPS:
        doc.spans[group] = list(_spans(doc, found[group]))
    if entities:
        names = [(r.role, r.id, tuple(_name(doc.text, r.unit, piece) for piece in r.evidence.pieces)) for r in units]
        _add_entities(doc, [*names, *found["deadlines"], *found["targets"]])
    return doc


_Value = tuple[str, str, tuple[Piece, ...]]  # label, id, where its words stand


def _spans(doc: Doc, values: Iterable[_Value]) -> Iterator[Span]:
    """The spans of the values in text order, each once: what a task and its goal share has one id."""
    places = {(piece.start, piece.end, label, name) for label, name, pieces in values for piece in pieces}
    for start, end, label, name in sorted(places):
        span = doc.char_span(start, end, label=label, span_id=name, alignment_mode="expand")
        if span is not None:
            yield span


def _name(text: str, unit: str, piece: Piece) -> Piece:
    """Where the unit's name stands in the words that say its duty; the whole of them where it is not there in one run."""
    at = simplified(piece.of(text)).find(unit)
    return piece if at < 0 else Piece(piece.start + at, piece.start + at + len(unit))


def _add_entities(doc: Doc, values: Iterable[_Value]) -> None:
    """Units, times and numbers as entities: the longest where two share a token, none where another component's is."""
    free = [span for span in _spans(doc, values) if not any(token.ent_type for token in span)]
    doc.set_ents([Span(doc, s.start, s.end, label=s.label) for s in filter_spans(free)], default="unmodified")
