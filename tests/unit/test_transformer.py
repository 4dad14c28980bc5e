import itertools
import multiprocessing
import os
from pathlib import Path

import numpy as np
import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc

from pipeline.language.transformer import FACTORY, _Tables, load_parser, names, windows

MODEL = str(Path(__file__).parents[2] / "models" / "parser")
BIO = ["O", "B-PER", "I-PER", "B-LOC", "I-LOC", "B-ORG", "I-ORG"]

ENGLISH = (
    "On 3 May the Council met Anna Berg in Vienna . She thanked the ministers for their support ."
)
DUTCH = "De minister van Buitenlandse Zaken sprak gisteren in Den Haag met Jan de Vries ."
SWEDISH = "Regeringen i Stockholm beslutade att barnens rättigheter ska skyddas ."


@pytest.fixture(scope="module")
def pipelines():
    made = {}
    for lang in ("nl", "en", "sv"):
        nlp = spacy.blank(lang)
        nlp.add_pipe(FACTORY, config={"path": MODEL, "threads": 2})
        made[lang] = nlp
    return made


def document(nlp, text, starts=(0,)):
    words = text.split(" ")
    return Doc(nlp.vocab, words, sent_starts=[i in starts for i in range(len(words))])


def annotated(nlp, text, starts=(0,)):
    return nlp.get_pipe(FACTORY)(document(nlp, text, starts))


def annotation(doc):
    tokens = [(t.pos_, str(t.morph), t.lemma_, t.head.i, t.dep_) for t in doc]
    return tokens, [(e.start, e.end, e.label_) for e in doc.ents], [s.start for s in doc.sents]


def test_english_sentence_has_its_tags_lemmas_and_tree(pipelines):
    doc = annotated(pipelines["en"], ENGLISH, (0, 11))
    thanked = doc[12]
    assert (thanked.pos_, thanked.lemma_, thanked.dep_.lower()) == ("VERB", "thank", "root")
    assert (doc[11].head, doc[11].dep_) == (thanked, "nsubj")
    assert (doc[14].head, doc[14].dep_, doc[14].lemma_) == (thanked, "obj", "minister")
    assert doc[12].morph.get("Tense") == ["Past"]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("en", ENGLISH, [("Anna Berg", "PER"), ("Vienna", "LOC")]),
        ("nl", DUTCH, [("Den Haag", "LOC"), ("Jan de Vries", "PER")]),
        ("sv", SWEDISH, [("Stockholm", "LOC")]),
    ],
)
def test_names_of_persons_and_places_are_found(pipelines, lang, text, expected):
    found = [(e.text, e.label_) for e in annotated(pipelines[lang], text).ents]
    assert [name for name in found if name[1] != "ORG"] == expected


def test_sentences_given_are_kept_and_heads_stay_inside(pipelines):
    doc = annotated(pipelines["en"], ENGLISH, (0, 4, 11))
    assert [s.start for s in doc.sents] == [0, 4, 11]
    for sentence in doc.sents:
        assert sum(t.head == t for t in sentence) == 1
        assert all(t.head in sentence for t in sentence)


def test_text_without_sentences_is_one(pipelines):
    nlp = pipelines["sv"]
    doc = nlp(SWEDISH)
    assert len(list(doc.sents)) == 1


def test_asides_are_not_shown_to_the_model(pipelines):
    nlp = pipelines["nl"]
    bare = annotated(nlp, DUTCH)
    doc = document(nlp, "4 . " + DUTCH.replace("gisteren", "gisteren 12"))
    doc.spans["asides"] = [doc[0:2], doc[9:10]]
    nlp.get_pipe(FACTORY)(doc)
    shown = [t for t in doc if t.i not in (0, 1, 9)]
    assert [(t.pos_, t.lemma_, t.dep_) for t in shown] == [(t.pos_, t.lemma_, t.dep_) for t in bare]
    assert [t.head.text for t in shown] == [t.head.text for t in bare]
    root = next(t for t in doc if t.dep_.lower() == "root")
    assert all((t.pos_, t.dep_, t.head) == ("PUNCT", "punct", root) for t in doc[0:2])
    assert (doc[9].head, doc[9].pos_, doc[9].dep_, doc[9].lemma_) == (
        doc[8],
        "PUNCT",
        "punct",
        "12",
    )


def test_white_space_is_not_shown_to_the_model(pipelines):
    nlp = pipelines["en"]
    doc = nlp("The ministers  met in Vienna .\n")
    assert [t.pos_ for t in doc if t.is_space] == ["SPACE", "SPACE"]
    assert doc[3].lemma_ == "meet"


def test_sentence_of_asides_only_has_a_root(pipelines):
    nlp = pipelines["en"]
    doc = document(nlp, "( 1 ) They met .", (0, 3))
    doc.spans["asides"] = [doc[0:3]]
    nlp.get_pipe(FACTORY)(doc)
    assert [s.start for s in doc.sents] == [0, 3]
    assert [t.head.i for t in doc[:3]] == [0, 0, 0]


def test_empty_text_and_white_space_are_no_error(pipelines):
    for text in ("", " ", "\n\n"):
        assert pipelines["en"](text).text == text


def test_annotation_depends_neither_on_batch_nor_on_order(pipelines):
    nlp = pipelines["en"]
    texts = [
        ENGLISH,
        "Short .",
        ENGLISH.upper(),
        "",
        "Mrs Hall asked Mr Okonjo to leave Lagos .",
    ] * 3
    alone = {text: annotation(nlp(text)) if text else None for text in set(texts)}
    for size in (1, 4, 64):
        for order in (texts, texts[::-1]):
            for text, doc in zip(order, nlp.pipe(order, batch_size=size), strict=True):
                if text:
                    assert annotation(doc) == alone[text]


def test_number_of_threads_changes_nothing():
    sentences = [ENGLISH.split(), ["Hello", "."], SWEDISH.split()] * 2
    one = load_parser(MODEL, 1).annotate(sentences, "en")
    assert load_parser(MODEL, 3).annotate(sentences, "en") == one


def test_parser_is_loaded_once():
    assert load_parser(MODEL, 2) is load_parser(MODEL, 2)


def test_sentence_longer_than_the_window_is_one_tree(pipelines):
    nlp = pipelines["en"]
    text = " ".join(["The Council , which met in Vienna , thanked Anna Berg and"] * 70) + " left ."
    doc = annotated(nlp, text)
    assert len(doc) > 510
    assert len(list(doc.sents)) == 1
    assert sum(t.head == t for t in doc) == 1
    vienna = [t for t in doc if t.text == "Vienna"]
    assert sum(t.ent_type_ == "LOC" for t in vienna) > 60


def test_word_of_very_many_pieces_is_no_error(pipelines):
    doc = annotated(pipelines["en"], "See www." + "qzx/" * 400 + " for Vienna .")
    assert len(doc) == 5


def test_unknown_language_is_refused():
    with pytest.raises(ValueError, match="nl, en, sv"):
        load_parser(MODEL, 2).annotate([["Guten", "Tag"]], "de")


def test_directory_without_a_model_is_refused(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"model\.onnx"):
        load_parser(str(tmp_path), 1)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("O B-PER I-PER O", [(1, 3, "PER")]),
        ("B-LOC B-LOC I-LOC", [(0, 1, "LOC"), (1, 3, "LOC")]),
        ("O O", []),
    ],
)
def test_valid_sequence_is_read_as_it_is(path, expected):
    scores = np.eye(len(BIO))[[BIO.index(tag) for tag in path.split()]] * 9
    assert names(scores, BIO) == expected


def test_inside_without_a_beginning_is_repaired_by_the_best_valid_sequence():
    scores = np.zeros((2, len(BIO)))
    scores[0, BIO.index("B-PER")] = 3.0
    scores[1, BIO.index("I-LOC")] = 4.0  # not allowed after B-PER
    scores[1, BIO.index("I-PER")] = 3.5
    assert names(scores, BIO) == [(0, 2, "PER")]


def test_bias_shifts_the_scores_of_one_kind_of_name_in_one_language():
    labels = load_parser(MODEL, 2).labels | {"bias": {"en": {"PER": -1.0}}}
    assert dict(zip(BIO, _Tables(labels, "en").ner, strict=True)) == {
        tag: -1.0 if tag.endswith("PER") else 0.0 for tag in BIO
    }
    assert not _Tables(labels, "nl").ner.any()
    del labels["bias"]
    assert not _Tables(labels, "en").ner.any()


@given(st.lists(st.integers(1, 60), min_size=1, max_size=80))
def test_windows_cover_all_words_in_order_and_fit(sizes):
    found = windows(sizes, 100)
    assert found[0][0] == 0
    assert found[-1][1] == len(sizes)
    for start, end in found:
        assert sum(sizes[start:end]) <= 100
    for (_, end), (start, _) in itertools.pairwise(found):
        assert start <= end


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no forks on this system")
def test_forked_process_gives_the_same_annotation():
    sentences = [ENGLISH.split(), ["Hello", "."]]
    here = load_parser(MODEL, 2).annotate(sentences, "en")
    with multiprocessing.get_context("fork").Pool(1) as pool:
        assert pool.apply(annotate_in_child, (sentences,)) == here


def annotate_in_child(sentences):
    return load_parser(MODEL, 2).annotate(sentences, "en")
