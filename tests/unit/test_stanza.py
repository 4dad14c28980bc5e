"""Stanza as the second engine: the Swedish pipeline that ships, run for real."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from spacy.tokens import Doc

from pipeline import clauses, language, layout
from pipeline.language import LanguageModelError, stanza, ud
from pipeline.language.annotation import Annotation
from pipeline.types import Document

MODEL = language.model_directory("stanza-sv")
TEXT = (
    "1. Europaparlamentet uppmanar Kazakstan att frige Max Bokajev, som har suttit i\n"
    "fäng\u00adelse sedan 2016.¹ Rådet **beklagar** att inget har hänt.\n\n"
    "Brådskande!\n\n¹ EUT C 23, 27.1.2021, s. 83.\n"
)
# A sentence far beyond what is parsed in one go.
LONG = f"Rådet uppmanar {', '.join(['Anna Berg'] * 150)} och alla andra att komma."


@pytest.fixture(scope="module")
def nlp():
    return language.load("sv", "stanza")


@pytest.fixture(scope="module")
def engine():
    return stanza.load_engine(str(MODEL), stanza.DEFAULT_PACKAGE, "sv")


def annotated(nlp, text: str) -> Doc:
    return language.annotate(nlp, layout.segment(Document("d", text, "sv")))


@pytest.fixture(scope="module")
def doc(nlp):
    return annotated(nlp, TEXT)


def test_tokens_and_sentences_are_those_of_the_default_pipeline(doc):
    default = annotated(language.blank("sv"), TEXT)
    assert [(t.idx, t.text) for t in doc] == [(t.idx, t.text) for t in default]
    assert [s.text for s in doc.sents] == [s.text for s in default.sents]


def test_every_token_maps_back_to_its_source(doc):
    starts, ends = doc.user_data["starts"], doc.user_data["ends"]
    for token in doc:
        source = TEXT[starts[token.idx] : ends[token.idx + len(token) - 1]]
        assert source.replace("\u00ad", "") == token.text


def test_a_plain_sentence_is_annotated_in_universal_dependencies(nlp):
    doc = annotated(nlp, "Barnen har läst boken.")
    assert [t.pos_ for t in doc] == ["NOUN", "AUX", "VERB", "NOUN", "PUNCT"]
    assert [t.dep_ for t in doc] == ["nsubj", "aux", "root", "obj", "punct"]
    assert [t.head.i for t in doc] == [2, 2, 2, 2, 2]
    assert [t.lemma_ for t in doc] == ["barn", "ha", "läsa", "bok", "."]
    assert doc[3].morph.get("Definite") == ["Def"]


def test_every_sentence_is_one_tree_with_known_relations(doc):
    for sentence in doc.sents:
        assert [token.head for token in sentence].count(sentence.root) >= 1
        assert sum(token.head == token for token in sentence) == 1
    assert all(ud.is_relation(token.dep_) for token in doc)


def test_asides_are_not_shown_to_stanza(doc):
    asides = [token for span in doc.spans["asides"] for token in span]
    assert [token.text for token in asides] == ["1.", "¹", "¹"]
    assert {token.pos_ for token in asides} == {"PUNCT"}
    assert not [token for token in asides if token.n_lefts or token.n_rights]


def test_names_are_the_default_models(doc):
    assert [(ent.text, ent.label_) for ent in doc.ents if ent.label_ == "PER"] == [
        ("Max Bokajev", "PER")
    ]


def test_clauses_are_segmented_on_stanzas_trees(doc):
    found = clauses.segment(doc)
    assert sorted(i for clause in found for i in clause.tokens) == list(range(len(doc)))
    words = [" ".join(doc[i].text for i in clause.tokens) for clause in found]
    assert any(text.startswith("som har suttit") for text in words)
    assert "main" in {clause.kind for clause in found}


@pytest.mark.parametrize("text", ["Nej", "?", "1.", "Nej.\n\n2.\n\nJa"])
def test_the_shortest_sentences_are_annotated(nlp, text):
    doc = annotated(nlp, text)
    assert len(doc)
    assert all(token.dep_ and token.pos_ for token in doc)


def test_no_text_gives_no_tokens(nlp, engine):
    assert len(annotated(nlp, "")) == 0
    assert engine.annotate([]) == []
    assert engine.annotate([[]]) == [Annotation([], [], [], [], [], [])]


def test_a_sentence_too_long_for_one_go_is_still_one_tree(engine):
    words = LONG.replace(",", " ,").split()
    assert len(words) > stanza.LONGEST
    (found,) = engine.annotate([words])
    assert found.heads.count(0) == 1
    for word in range(1, len(words) + 1):
        chain = {word}
        while (word := found.heads[word - 1]) and word not in chain:
            chain.add(word)
        assert word == 0


def test_annotation_depends_on_no_other_document_and_on_no_batch(nlp):
    texts = [TEXT, "Rådet kom. Det gick.", "Nej"]
    segmented = [layout.segment(Document("d", text, "sv")) for text in texts]
    together = list(language.annotate_all(nlp, reversed(segmented)))[::-1]
    for text, doc in zip(texts, together, strict=True):
        assert doc.to_json() == annotated(nlp, text).to_json()


@pytest.mark.parametrize(
    ("words", "sizes"),
    [
        ("a b c", [3]),
        ("a b c d e", [4, 1]),
        ("a b , d e", [3, 2]),
        ("a , c d e f g", [4, 3]),
        ("", []),
    ],
)
def test_long_sentences_are_cut_behind_a_mark_that_is_near_the_limit(words, sizes):
    assert [len(part) for part in stanza.cut(words.split(), longest=4)] == sizes


def test_parts_of_a_sentence_hang_on_the_root_of_the_first():
    one = Annotation(["X"] * 2, ["_"] * 2, ["a", "b"], [2, 0], ["dep", "root"], [(0, 1, "PER")])
    whole = stanza.joined([one, one])
    assert whole.heads == [2, 0, 4, 2]
    assert whole.deprels == ["dep", "root", "dep", "parataxis"]
    assert whole.names == [(0, 1, "PER"), (2, 3, "PER")]


# --- choosing it ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("model", "place"),
    [
        ("stanza", None),
        ("stanza:", None),
        ("stanza:models/sv", stanza.Source(Path("models/sv"))),
        ("stanza:models/sv#lines", stanza.Source(Path("models/sv"), "lines")),
    ],
)
def test_a_model_is_named_by_directory_and_package(model, place):
    assert stanza.is_stanza(model)
    assert stanza.source(model) == place


def test_a_spacy_model_is_not_taken_for_stanza():
    assert not stanza.is_stanza("nl_core_news_lg")
    assert not stanza.is_stanza("stanza_like")


def test_a_downloaded_directory_is_used_by_package():
    nlp = language.load("sv", f"stanza:{MODEL}#default")
    assert [t.pos_ for t in annotated(nlp, "Rådet kom.")] == ["NOUN", "VERB", "PUNCT"]


def test_the_record_names_engine_model_and_where_names_come_from():
    described = language.describe("sv", "stanza")
    meta = json.loads((MODEL / "meta.json").read_text("utf-8"))
    assert (described["name"], described["version"]) == (meta["name"], meta["version"])
    assert described["engine"] == f"stanza {stanza.installed_version()}"
    assert len(described["sha256"]) == 64
    assert described["names"] == language.describe("sv")


def refused(lang: str, model: str) -> str:
    with pytest.raises(LanguageModelError) as error:
        language.load(lang, model)
    assert "\n" not in str(error.value)
    return str(error.value)


def test_a_model_that_does_not_serve_is_refused_with_the_reason(tmp_path):
    assert "no such directory" in refused("sv", f"stanza:{tmp_path / 'none'}")
    assert "no readable resources.json" in refused("sv", f"stanza:{tmp_path}")
    assert 'no Stanza model for "nl"' in refused("nl", f"stanza:{MODEL}")
    assert 'no package "lines"' in refused("sv", f"stanza:{MODEL}#lines")
    assert 'no Stanza model ships for "en"' in refused("en", "stanza")
    (tmp_path / "sv").mkdir()
    (tmp_path / "resources.json").write_text((MODEL / "resources.json").read_text("utf-8"))
    assert "Stanza cannot load it" in refused("sv", f"stanza:{tmp_path}")


def test_without_stanza_the_extra_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "stanza", None)
    with pytest.raises(stanza.StanzaError, match=r"pip install 'clausula\[stanza\]'"):
        stanza.Engine(stanza.Source(MODEL), "sv")


def test_the_default_path_does_not_import_stanza():
    # PyTorch is imported by spaCy itself where it is installed.
    code = (
        "import sys; from pipeline import cli, language; language.load('sv')('Rådet kom.'); "
        "print('stanza' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
