import json

import numpy as np
import pytest

from models.recipe import examples, silver
from pipeline.language.lemmas import script
from pipeline.pieces import Pieces

BIO = list(examples.NER)


def row(words, lang="nl", **layers):
    return {"lang": lang, "words": words, **dict.fromkeys(examples.LAYERS), **layers}


TREE = row(
    ["Jan", "slaapt"],
    upos=["PROPN", "VERB"],
    feats=["_", "Tense=Pres"],
    lemma=["Jan", None],
    head=[2, 0],
    deprel=["nsubj", "root"],
)


@pytest.fixture
def pieces():
    vocab = ["<s>", "<pad>", "</s>", "<unk>", "▁", *"Janslpt", "▁Jan"]
    return Pieces(vocab, np.full(len(vocab), -1.0))


def test_annotations_of_the_same_sentence_are_merged(tmp_path):
    named = row(TREE["words"], ner=["B-PER", "O"])
    other = row(TREE["words"], lang="sv", ner=["O", "O"])
    for name, rows in (("trees", [TREE]), ("names", [named, other])):
        (tmp_path / f"{name}.jsonl").write_text("\n".join(map(json.dumps, rows)), "utf-8")
    merged = examples.read([tmp_path / "trees.jsonl", tmp_path / "names.jsonl"])
    assert [(r["lang"], r["head"], r["ner"]) for r in merged] == [
        ("nl", [2, 0], ["B-PER", "O"]),
        ("sv", None, ["O", "O"]),
    ]


def test_inventory_has_what_is_seen_and_what_goes_together():
    labels = examples.inventory([TREE], rare=1)
    assert labels.upos == ["PROPN", "VERB"]
    assert labels.bundles["nl"] == {
        "PROPN": [labels.feats.index("_")],
        "VERB": [labels.feats.index("Tense=Pres")],
    }
    assert labels.bundles["sv"] == {}
    assert labels.lemma == [script("Jan", "Jan")]


def test_rare_classes_are_left_out_but_not_parts_of_speech():
    labels = examples.inventory([TREE], rare=2)
    assert labels.feats == labels.lemma == labels.deprel == []
    assert labels.upos == ["PROPN", "VERB"]


def test_relations_in_doubt_are_no_class_and_not_learned(pieces):
    doubtful = TREE | {"deprel": ["obl?", "root"]}
    labels = examples.inventory([doubtful], rare=1)
    assert labels.deprel == ["root"]
    [example] = examples.encode([doubtful], labels, pieces)
    assert example.targets["deprel"].tolist() == [examples.MASKED, 0]


def test_sentence_as_numbers_masks_what_is_not_annotated(pieces):
    labels = examples.inventory([TREE], rare=1)
    (example,) = examples.encode([TREE], labels, pieces)
    assert example.pieces.tolist() == [0, 12, 4, 8, 9, 6, 6, 10, 11, 2]
    assert example.first.tolist() == [0, 1, 2]
    assert example.last.tolist() == [0, 1, 8]
    assert example.targets["head"].tolist() == [2, 0]
    assert example.targets["ner"].tolist() == [examples.MASKED] * 2
    assert example.targets["lemma"].tolist() == [0, examples.MASKED]


def test_batches_hold_every_sentence_once_and_keep_to_the_budget():
    lengths = np.random.default_rng(0).integers(3, 60, 500)
    made = list(examples.batches(lengths, 400, np.random.default_rng(1)))
    assert sorted(np.concatenate(made).tolist()) == list(range(500))
    assert all(len(batch) * lengths[batch].max() <= 400 for batch in made)


def scores(*tags):
    """Sure of a tag in capitals, unsure of one in small letters."""
    table = np.zeros((len(tags), len(BIO)))
    for i, tag in enumerate(tags):
        table[i, BIO.index(tag.upper())] = 9.0 if tag.isupper() else 1.0
    return table


@pytest.mark.parametrize(
    ("tags", "upos", "expected"),
    [
        ("B-PER I-PER O", "PROPN PROPN VERB", ["B-PER", "I-PER", "O"]),
        ("B-PER i-per O", "PROPN PROPN VERB", [None, None, "O"]),  # half sure
        ("B-PER O O", "PROPN PROPN VERB", [None, None, "O"]),  # a proper noun is cut off
        ("B-PER I-PER I-PER", "PROPN ADP PROPN", ["B-PER", "I-PER", "I-PER"]),
        ("B-PER O o", "NOUN VERB NOUN", [None, "O", None]),
    ],
)
def test_silver_names_are_sure_and_whole(tags, upos, expected):
    assert silver.label(scores(*tags.split()), BIO, upos.split(), 0.95) == expected


def test_labels_that_are_there_stay():
    given = row(["a", "b"], ner=["O", None])
    assert silver.merge(given, [None, "B-PER"])["ner"] == ["O", "B-PER"]
    assert silver.merge(given, ["B-PER", "I-PER"])["ner"] == ["O", None]
