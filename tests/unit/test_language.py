"""The Doc that the stages see, the way back to the source, and the models that may fill it."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from pipeline import language, layout
from pipeline.language import LanguageModelError, ud
from pipeline.types import Document

TEXT = (
    "Wat nu?\n\n- De EU\u00a0steunt **alle** rege-\nlingen voor verdedigers.¹ Daarna niet.\n\n"
    "\u00ad¹ Zie PB C 23.\n"
)


@pytest.fixture(scope="module")
def blank():
    return language.blank("nl")


@pytest.fixture()
def doc(blank):
    return language.annotate(blank, layout.segment(Document("d", TEXT, "nl")), "d")


def test_the_doc_joins_the_blocks_by_one_space(doc):
    assert doc.text == (
        "Wat nu? - De EU steunt alle regelingen voor verdedigers.¹ Daarna niet. ¹ Zie PB C 23."
    )
    assert doc.user_data["doc_id"] == "d"


def test_blocks_and_asides_are_spans(doc):
    assert [(span.label_, span.id_, span.text) for span in doc.spans["blocks"]] == [
        ("heading", "", "Wat nu?"),
        ("list_item", "-", "- De EU steunt alle regelingen voor verdedigers.¹ Daarna niet."),
        ("footnote", "¹", "¹ Zie PB C 23."),
    ]
    assert [span.text for span in doc.spans["asides"]] == ["-", "¹", "¹"]


def test_every_token_maps_back_to_its_source(doc):
    starts, ends = doc.user_data["starts"], doc.user_data["ends"]
    assert starts.dtype == ends.dtype == np.int32
    assert len(starts) == len(ends) == len(doc.text)
    for token in doc:
        source = TEXT[starts[token.idx] : ends[token.idx + len(token) - 1]]
        assert source.replace("-\n", "") == token.text or source == token.text


def test_many_documents_stream_in_order(blank):
    texts = [f"Dit is tekst {number}." for number in range(10)]
    segmented = (layout.segment(Document("d", text, "nl")) for text in texts)
    assert [doc.text for doc in language.annotate_all(blank, segmented)] == texts


def test_no_blocks_make_an_empty_doc(blank):
    assert len(language.annotate(blank, [])) == 0


def test_a_doc_without_blocks_is_split_as_one_paragraph(blank):
    assert len(list(blank("De Raad komt. Hij gaat.").sents)) == 2


# --- models ---------------------------------------------------------------------------------------


@Language.component("test_ud")
def _annotate_ud(doc: Doc) -> Doc:
    for token in doc:
        token.pos_, token.dep_, token.lemma_ = "NOUN", "ROOT" if token.i == 0 else "dep", "x"
        token.head = doc[0]
    doc.ents = [Span(doc, 0, 1, label="PRS"), Span(doc, 1, 2, label="TME")]
    return doc


@Language.component("test_clear")
def _annotate_clear(doc: Doc) -> Doc:
    _annotate_ud(doc)
    doc[1].dep_ = "dobj"
    return doc


def saved(tmp_path: Path, lang: str, component: str | None) -> str:
    nlp = spacy.blank(lang)
    if component:
        nlp.add_pipe(component)
    nlp.to_disk(tmp_path / "model")
    return str(tmp_path / "model")


def test_a_users_ud_pipeline_is_used_with_our_sentences_and_name_labels(tmp_path):
    nlp = language.load("sv", saved(tmp_path, "sv", "test_ud"))
    blocks = layout.segment(Document("d", "1. Anna Berg kom.\n", "sv"))
    found = language.annotate(nlp, blocks)
    assert [ent.label_ for ent in found.ents] == ["PER"]
    assert found[0].text == "1."
    assert found[0].pos_ == "PUNCT"


@pytest.mark.parametrize(
    ("lang", "component", "words"),
    [
        ("sv", "test_clear", "not those of Universal Dependencies: dobj"),
        ("sv", None, "no dependency relations"),
        ("en", "test_ud", 'it is for "en", not for "sv"'),
    ],
)
def test_a_model_that_does_not_serve_is_refused_with_the_reason(tmp_path, lang, component, words):
    with pytest.raises(LanguageModelError, match=words) as error:
        language.load("sv", saved(tmp_path, lang, component))
    assert "\n" not in str(error.value)


def test_a_model_that_is_not_there_is_named(tmp_path):
    with pytest.raises(LanguageModelError, match='"no_such_model" cannot be loaded'):
        language.load("nl", "no_such_model")
    with pytest.raises(LanguageModelError, match=str(tmp_path)):
        language.load("nl", models=tmp_path)
    with pytest.raises(LanguageModelError, match='unknown language "fr"'):
        language.load("fr")


def test_models_are_looked_up_in_the_directory_of_the_environment(tmp_path, monkeypatch):
    (tmp_path / "parser").mkdir()
    (tmp_path / "parser" / "meta.json").write_text('{"name": "p", "version": "1.2"}')
    monkeypatch.setenv("CLAUSULA_MODELS", str(tmp_path))
    assert language.model_directory() == tmp_path / "parser"
    described = language.describe("nl")
    assert (described["name"], described["version"]) == ("p", "1.2")
    assert len(described["sha256"]) == 64


def test_a_damaged_model_is_refused_in_one_line(tmp_path):
    (tmp_path / "parser").mkdir()
    (tmp_path / "parser" / "model.onnx").write_bytes(b"no model")
    with pytest.raises(LanguageModelError, match="cannot be loaded") as error:
        language.load("nl", models=tmp_path)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("label", "known"), [("nsubj:pass", True), ("ROOT", True), ("dobj", False), ("prep", False)]
)
def test_relations_are_checked_against_universal_dependencies(label, known):
    assert ud.is_relation(label) is known


@pytest.mark.parametrize("run", ["(" * 40_000, "()." * 10_000, "a" * 40_000, "Ab1" * 10_000])
def test_an_endless_run_does_not_hang_the_tokenizer(run):
    nlp = language.blank("en")
    start = time.process_time()
    doc = language.annotate(nlp, layout.segment(Document("d", f"The Council {run}", "en")))
    assert time.process_time() - start < 5
    assert "".join(token.text for token in doc) == f"TheCouncil{run}"


def test_leader_dots_are_one_token():
    doc = language.annotate(
        language.blank("en"), layout.segment(Document("d", f"Annex II{'.' * 40}12", "en"))
    )
    assert "." * 40 in [token.text for token in doc]


@pytest.mark.parametrize("lang", ["nl", "en", "sv"])
def test_a_curly_apostrophe_inside_a_name_does_not_cut_it(lang):
    found = language.blank(lang).make_doc("Ngugi Wang’ombe (N’Djamena) zo’n")
    assert [token.text for token in found][:4] == ["Ngugi", "Wang’ombe", "(", "N’Djamena"]
