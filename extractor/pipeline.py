"""The order of the work, stated once: one notice in, its plans out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from extractor import identity
from extractor.assemble import assemble
from extractor.extractors import deadlines, responsibilities, targets
from extractor.lexicon import Lexicon
from extractor.model import Document, Extraction, Mention, Plan, Problem, Source
from extractor.normalise import normalise, simplified
from extractor.readers import read
from extractor.segment import plans as segment
from extractor.text import CleanText, PlanText

Find = Callable[[PlanText, Lexicon], Iterator[Mention]]

EXTRACTORS: tuple[Find, ...] = (responsibilities.find, deadlines.find, targets.find)


def extract(
    path_or_document: Path | Document,
    lexicon: Lexicon,
    *,
    reference_date: str | None = None,
    region: str | None = None,
) -> Extraction:
    """All that can be read out of one file or document.

    ``reference_date`` (ISO) stands in for the date of issue of a plan that states none; ``region`` (CN, TW, HK, MO)
    decides what a bare 112年 means where the text does not. Raises :class:`extractor.errors.ReadError` where no text
    can be read.
    """
    document = path_or_document if isinstance(path_or_document, Document) else read(path_or_document)
    clean = normalise(document, lexicon)
    made: list[Plan] = []
    problems: list[Problem] = list(clean.problems)
    for plan in segment(clean, lexicon, reference_date=reference_date, region=region):
        mentions = [mention for find in EXTRACTORS for mention in find(plan, lexicon)]
        assembled, found = assemble(plan, mentions, responsibilities.bracket_spans(mentions), lexicon)
        made.append(assembled)
        problems += found
    if not any(plan.tasks or plan.goals for plan in made):
        problems.append(Problem("no_task", "本文件中没有找到任务或目标，请核对是否确实没有布置工作"))
    simplify = str if clean.simplified else simplified  # what is in simplified script already need not be turned again
    ids = identity.assign(made, text=document.text, repairs=clean.offsets.repairs, simplify=simplify)
    return Extraction(_source(document, clean), ids, tuple(dict.fromkeys(problems)))


def _source(document: Document, clean: CleanText) -> Source:
    return Source(
        id=identity.source_id(document.sha256),
        path=document.name,
        sha256=document.sha256,
        media_type=document.media_type,
        text=document.text,
        encoding=document.encoding,
        pages=document.pages,
        ocr=document.ocr,
        repairs=clean.offsets.repairs,
        parts=document.parts,
    )
