"""The plan as spaCy sees it: spans over the source text, entities, storing and drawing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import spacy
from spacy import displacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin, Span

from extractor import pipeline, spacy_component
from extractor.lexicon import load
from extractor.model import Document, Extraction

CORPUS = Path(__file__).resolve().parent.parent / "corpus"

NOTICE = """柳溪县2025年河道整治实施方案

一、主要任务
（一）清理河道。各乡镇要在2025年6月底前完成河道垃圾清理，清理率达到95%以上。（牵头单位：县水利局；配合单位：县农业农村局）
（二）加强巡查。县水利局每月25日前报送巡查情况，每村配备巡河员2名。
"""


@pytest.fixture(scope="module")
def nlp() -> Language:
    made = spacy.blank("zh", config={"nlp": {"tokenizer": {"segmenter": "jieba"}}})
    made.add_pipe("policy_tasks")
    return made


def extraction_of(text: str) -> Extraction:
    return pipeline.extract(Document("doc", "text/plain", "0" * 64, text), load())


def labelled(spans: list[Span]) -> list[tuple[str, str]]:
    return [(span.text, span.label_) for span in spans]


def test_every_group_is_there(nlp: Language) -> None:
    doc = nlp(NOTICE)
    assert [span.label_ for span in doc.spans["tasks"]] == ["task", "task"]
    assert ("2025年6月底前", "by") in labelled(doc.spans["deadlines"])
    assert {span.label_ for span in doc.spans["responsibilities"]} == {"lead", "support", "responsible"}
    assert any("95%" in span.text for span in doc.spans["targets"])
    assert set(doc.spans) == set(spacy_component.GROUPS)


def test_a_span_holds_the_words_of_its_value_and_has_its_id(nlp: Language) -> None:
    doc = nlp(NOTICE)
    by_id = {span.id_: span for group in spacy_component.GROUPS for span in doc.spans[group]}
    [plan] = extraction_of(NOTICE).plans
    values = [v for t in plan.tasks for v in (t, *t.responsibilities, *t.deadlines, *t.targets)]
    assert len(values) > 8
    for value in values:
        [piece] = value.evidence.pieces
        span = by_id[value.id]
        assert span.start_char <= piece.start and piece.end <= span.end_char
        assert span.end_char - span.start_char <= piece.length + 6  # widened to whole tokens, no further


def test_entities_are_the_names_times_and_numbers(nlp: Language) -> None:
    found = labelled(list(nlp(NOTICE).ents))
    assert {("各乡镇", "responsible"), ("县水利局", "lead"), ("2025年6月底前", "by")} <= set(found)


def test_entities_of_other_components_stay(nlp: Language) -> None:
    doc = nlp.make_doc(NOTICE)
    title = doc.char_span(0, 3, label="GPE", alignment_mode="expand")
    water = doc.char_span(NOTICE.index("县水利局；"), NOTICE.index("；配合"), label="ORG", alignment_mode="expand")
    doc.set_ents([title, water])
    nlp.get_pipe("policy_tasks")(doc)
    kept = labelled(list(doc.ents))
    assert (title.text, "GPE") in kept and (water.text, "ORG") in kept
    assert ("2025年6月底前", "by") in kept


def test_entities_can_be_left_alone() -> None:
    plain = spacy.blank("zh")  # cut by character
    plain.add_pipe("policy_tasks", config={"entities": False})
    doc = plain(NOTICE)
    assert not doc.ents
    assert [s.text for s in doc.spans["deadlines"]] == [
        d.evidence.quote for plan in extraction_of(NOTICE).plans for t in plan.tasks for d in t.deadlines
    ]


def test_settings_of_a_run_reach_the_plan() -> None:
    plain = spacy.blank("zh")
    plain.add_pipe("policy_tasks", config={"reference_date": "2024-02-01"})
    text = "一、整治河道。各村要在6月底前完成清理。"
    assert len(plain(text).spans["deadlines"]) == 1
    assert plain.get_pipe("policy_tasks").reference_date == "2024-02-01"


def test_a_doc_goes_to_disk_and_back(nlp: Language, tmp_path: Path) -> None:
    docs = list(nlp.pipe([NOTICE, NOTICE.replace("河道", "水库")]))
    path = tmp_path / "notices.spacy"
    DocBin(docs=docs).to_disk(path)
    back = list(DocBin().from_disk(path).get_docs(nlp.vocab))
    for before, after in zip(docs, back, strict=True):
        assert after.text == before.text
        assert labelled(list(after.ents)) == labelled(list(before.ents))
        for group in spacy_component.GROUPS:
            kept = [(s.text, s.label_, s.id_) for s in after.spans[group]]
            assert kept == [(s.text, s.label_, s.id_) for s in before.spans[group]] and kept


def test_displacy_draws_it(nlp: Language) -> None:
    html = displacy.render(nlp(NOTICE), style="ent", options=spacy_component.DISPLACY, jupyter=False)
    assert "#fdd0a2" in html and "2025年6月底前" in html
    spans = displacy.render(nlp(NOTICE), style="span", options={"spans_key": "deadlines"}, jupyter=False)
    assert "by" in spans


def test_a_read_file_becomes_a_doc_over_its_source_text(nlp: Language) -> None:
    file = next(CORPUS.glob("ecology-inspection-table.docx"))
    extraction = pipeline.extract(file, load())
    doc = spacy_component.doc_of(nlp, extraction)
    assert doc.text == extraction.source.text
    ids = {task.id for plan in extraction.plans for task in plan.tasks}
    assert {span.id_ for span in doc.spans["tasks"]} == ids and ids


def test_a_text_that_is_not_the_source_is_refused(nlp: Language) -> None:
    with pytest.raises(ValueError, match="not the source text"):
        spacy_component.mark(nlp.make_doc("别的文字"), extraction_of(NOTICE))


@pytest.mark.parametrize("text", ["", " ", "\n\n", "一、\r\n（一）　\t甲\u00a0", "🙂一、各村要清理🙂。"])
def test_odd_texts_do_no_harm(nlp: Language, text: str) -> None:
    doc = nlp(text)
    assert isinstance(doc, Doc) and doc.text == text and set(doc.spans) == set(spacy_component.GROUPS)


def test_the_program_does_not_load_spacy() -> None:
    probe = "import sys, extractor.cli, extractor.pipeline, extractor.engine; print('spacy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.strip() == "False"
