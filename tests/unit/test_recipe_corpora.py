"""The readers of the open corpora."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from models.recipe import corpora

SWEDISH = """\
# sent_id = s1
# text = Individuell beskattning (särbeskattning).
1	Individuell	individuell	ADJ	JJ|POS|UTR|SIN|IND|NOM	Case=Nom	2	amod	_	_
2	beskattning	beskattning	NOUN	NN|UTR|SIN|IND|NOM	Case=Nom	0	root	_	_
3	(	(	PUNCT	PAD	_	4	punct	_	SpaceAfter=No
4	särbeskattning	särbeskattning	NOUN	NN|UTR	Case=Nom	2	appos	_	SpaceAfter=No
5	)	)	PUNCT	PAD	_	4	punct	_	SpaceAfter=No
6	.	.	PUNCT	MAD	_	2	punct	_	_
"""


def test_conllu_gives_words_white_space_and_tree() -> None:
    sentence = corpora.conllu_sentence(SWEDISH.splitlines(), "ud-sv", "sv", 1)
    assert sentence.id == "s1"
    assert sentence.text() == "Individuell beskattning (särbeskattning)."
    assert sentence.head == (2, 0, 4, 2, 4, 2)
    assert sentence.lemma is not None and sentence.lemma[3] == "särbeskattning"


def test_words_of_a_multiword_token_are_glued_and_empty_nodes_left_out() -> None:
    block = [
        "1-2\tdon't\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No",
        "1\tdo\tdo\tAUX\t_\t_\t3\taux\t_\t_",
        "2\tn't\tnot\tPART\t_\t_\t3\tadvmod\t_\t_",
        "2.1\tgo\tgo\tVERB\t_\t_\t_\t_\t0:root\t_",
        "3\tgo\tgo\tVERB\t_\t_\t0\troot\t_\t_",
    ]
    sentence = corpora.conllu_sentence(block, "ud-en", "en", 1)
    assert sentence.words == ("do", "n't", "go")
    assert sentence.space_after == (False, False, True)


def test_ud_v1_without_lemmas_has_none() -> None:
    block = ["1\tSlut\t_\tNOUN\tNN\t_\t0\troot\t_\t_", "2\t.\t_\tPUNCT\tMAD\t_\t1\tpunct\t_\t_"]
    sentence = corpora.conllu_sentence(block, "ud-sv", "sv", 7)
    assert sentence.lemma is None
    assert sentence.id == "ud-sv-7"
    assert sentence.space_after == (False, True)


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        (["I-ORG", "I-ORG", "O"], ["B-ORG", "I-ORG", "O"]),
        (["PER", "PER", "0", "LOC"], ["B-PER", "I-PER", "O", "B-LOC"]),
        (["B-PER", "B-PER", "I-PER"], ["B-PER", "B-PER", "I-PER"]),
        (["B-OTH", "B-O", "MISC", "I-PER"], ["O", "O", "O", "B-PER"]),
        (["LOC", "PER"], ["B-LOC", "B-PER"]),
    ],
)
def test_tags_of_any_prefix_habit_become_bio(labels: list[str], expected: list[str]) -> None:
    assert list(corpora.bio(labels, corpora.PLAIN)) == expected


def test_uner_takes_white_space_from_the_text() -> None:
    block = [
        "# sent_id = P1-1",
        "# text = Al-Zaman : ja",
        "1\tAl\tB-ORG\t-\tx",
        "2\t-\tI-ORG\t-\tx",
        "3\tZaman\tI-ORG\t-\tx",
        "4\t:\tO",
        "5\tja\tB-OTH",
    ]
    sentence = corpora.iob2_sentence(block, "uner", "en", 1)
    assert sentence.space_after == (False, False, True, True, True)
    assert sentence.ner == ("B-ORG", "I-ORG", "I-ORG", "O", "O")


def test_a_word_with_white_space_becomes_words_of_the_same_name(tmp_path: Path) -> None:
    path = tmp_path / "news.txt"
    path.write_text("t ex\t0\n\u00adAnna Lind\tPER\n\nEva\tPER\n", encoding="utf-8")
    first, second = corpora.read_last_column(path, "news", "sv")
    assert first.words == ("t", "ex", "Anna", "Lind")
    assert first.ner == ("O", "O", "B-PER", "I-PER")
    assert second.words == ("Eva",)


def test_suc_uses_the_manual_column(tmp_path: Path) -> None:
    path = tmp_path / "suc.txt"
    path.write_text(
        "id-1\nHarley   B-product  B-PRS\nFrank   B-person  O\nHägg  I-person B-PRS\n",
        encoding="utf-8",
    )
    (sentence,) = corpora.read_suc(path, "suc", "sv")
    assert sentence.ner == ("O", "B-PER", "I-PER")


def test_meantime_brackets() -> None:
    cells = ["(PER", "PER)", "_", "(LOC)", "(ORG", "ORG", "ORG)"]
    expected = ["B-PER", "I-PER", "O", "B-LOC", "B-ORG", "I-ORG", "I-ORG"]
    assert corpora.brackets_to_labels(cells) == expected


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("kwestien,", ["kwestien", ","]),
        ("A.", ["A."]),
        ("geweest.", ["geweest", "."]),
        ("(Utrecht)", ["(Utrecht", ")"]),
        (",", [","]),
    ],
)
def test_punctuation_is_cut_off_words(word: str, parts: list[str]) -> None:
    assert [part for part, _ in corpora.split_punctuation(word, "O")] == parts


def test_unbroken_text_is_cut_after_full_stops_and_never_inside_a_name(tmp_path: Path) -> None:
    path = tmp_path / "old.bio"
    rows = [f"woord{i} O" for i in range(9)] + [". O", "Jan B-PER", "Smit I-PER"]
    path.write_text("\n".join(rows), encoding="utf-8")
    first, second = corpora.read_unbroken(path, "old", "nl")
    assert first.words[-1] == "."
    assert second.ner == ("B-PER", "I-PER")


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (["Han", "sade", ":", '"', "Nej", ".", '"'], 'Han sade: "Nej."'),
        (["(", "ATP", ")", ",", "ja"], "(ATP), ja"),
    ],
)
def test_guessed_spacing(words: list[str], text: str) -> None:
    sentence = corpora.Sentence("1", "x", "sv", tuple(words), corpora.guess_spacing(words))
    assert sentence.text() == text


def test_names_are_merged_by_identical_words() -> None:
    tree = corpora.conllu_sentence(SWEDISH.splitlines(), "ud-sv", "sv", 1)
    tags = ("O",) * len(tree.words)
    same = corpora.Sentence("n1", "uner", "sv", tree.words, tree.space_after, ner=tags)
    other = corpora.Sentence("n2", "uner", "sv", ("Annat",), (True,), ner=("O",))
    merged, rest = corpora.merge_names([tree], [same, other])
    assert merged[0].ner == tags
    assert rest == [other]


def test_held_out_sentences_are_found_in_other_tokens() -> None:
    tree = corpora.conllu_sentence(SWEDISH.splitlines(), "ud-sv", "sv", 1)
    key = corpora.words_key(["individuell", "beskattning", "särbeskattning"])
    assert list(corpora.without([tree], {key})) == []


def test_json_leaves_the_corpus_tag_set_out() -> None:
    tree = corpora.conllu_sentence(SWEDISH.splitlines(), "ud-sv", "sv", 1)
    row = json.loads(tree.to_json())
    assert "xpos" not in row
    assert row["deprel"][0] == "amod"
    assert row["ner"] is None


@pytest.mark.parametrize(
    ("heads", "tree"),
    [((0, 1), True), ((0, 0), False), ((2, 1), False), ((2, 0, 2), True), ((3, 0, 1), False)],
)
def test_trees_have_one_root_and_no_cycle(heads: tuple[int, ...], tree: bool) -> None:
    assert corpora.heads_form_tree(heads) is tree
