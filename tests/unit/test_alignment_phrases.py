"""Phrases that one side of an aligned pair of sentences leaves out."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.alignment.encoder import load_encoder
from pipeline.alignment.phrases import Word, _is_phrase, left_out

DUTCH = [
    ("De", "DET"), ("regering", "NOUN"), ("moet", "AUX"), ("de", "DET"), ("bescherming", "NOUN"),
    ("van", "ADP"), ("vluchtelingen", "NOUN"), ("en", "CCONJ"), ("de", "DET"),
    ("rechten", "NOUN"), ("van", "ADP"), ("kinderen", "NOUN"), ("in", "ADP"), ("alle", "DET"),
    ("landen", "NOUN"), ("verbeteren", "VERB"), (".", "PUNCT"),
]  # fmt: skip
ENGLISH = [
    ("The", "DET"), ("government", "NOUN"), ("must", "AUX"), ("improve", "VERB"), ("the", "DET"),
    ("protection", "NOUN"), ("of", "ADP"), ("refugees", "NOUN"), ("and", "CCONJ"), ("the", "DET"),
    ("rights", "NOUN"), ("of", "ADP"), ("children", "NOUN"), ("in", "ADP"), ("all", "DET"),
    ("countries", "NOUN"), (".", "PUNCT"),
]  # fmt: skip
MORE = [
    ("and", "CCONJ"), ("annual", "ADJ"), ("budget", "NOUN"), ("transparency", "NOUN"),
    ("reports", "NOUN"),
]  # fmt: skip


def words(pairs):
    return [Word(*pair) for pair in pairs]


def shown(sentence, phrases):
    return [" ".join(w.text for w in sentence[p.first : p.last + 1]) for p in phrases]


def test_nothing_is_left_out_of_a_whole_translation():
    assert left_out(words(DUTCH), words(ENGLISH), load_encoder(), 1.0) == ([], [])


def test_a_phrase_without_counterpart_is_found_on_its_side():
    longer = words(ENGLISH[:-1] + MORE + ENGLISH[-1:])
    missing_right, missing_left = left_out(words(DUTCH), longer, load_encoder(), 1.0)
    assert missing_right == []
    assert shown(longer, missing_left) == ["annual budget transparency reports"]


def test_a_phrase_that_a_sentence_beside_has_is_not_missing():
    longer = words(ENGLISH[:-1] + MORE + ENGLISH[-1:])
    beside = words([("jaarlijkse", "ADJ"), ("begroting", "NOUN"), ("transparantie", "NOUN"),
                    ("rapporten", "NOUN"), (".", "PUNCT")])  # fmt: skip
    assert left_out(words(DUTCH), longer, load_encoder(), 1.0, (beside, [])) == ([], [])
    assert left_out(longer, words(DUTCH), load_encoder(), 1.0, ([], beside)) == ([], [])


@pytest.mark.parametrize(
    ("before", "phrase", "after"),
    [
        ([], MORE[1:4], MORE[4:]),  # transparency … reports goes on
        ([("far", "ADV"), ("-", "PUNCT")], MORE[1:], []),
        ([("three", "NUM")], MORE[1:], []),
        ([], [*MORE[1:], ("which", "PRON"), ("money", "NOUN")], []),
        ([], [*MORE[2:], ("annual", "ADJ")], []),
    ],
)
def test_a_piece_cut_out_of_a_phrase_is_no_phrase(before, phrase, after):
    whole = words([*MORE[:1], *before, *phrase, *after])
    first = 1 + len(before)
    assert not _is_phrase(whole, first, first + len(phrase) - 1)


def test_a_noun_phrase_between_function_words_is_a_phrase():
    assert _is_phrase(words([*MORE, (".", "PUNCT")]), 1, 4)


def test_swapped_sides_give_the_mirror_image():
    longer = words(ENGLISH[:-1] + MORE + ENGLISH[-1:])
    one = left_out(words(DUTCH), longer, load_encoder(), 1.0)
    other = left_out(longer, words(DUTCH), load_encoder(), 1.0)
    assert [p.first for p in one[1]] == [p.first for p in other[0]]


def test_a_side_without_content_words_has_no_phrases():
    assert left_out([Word(".", "PUNCT")], words(ENGLISH), load_encoder(), 1.0) == ([], [])


class Constant:
    """Gives every word the same vector."""

    background = 0.5

    def encode(self, texts):
        return np.ones((len(texts), 1), np.float32)


def test_words_that_all_look_alike_are_all_linked():
    assert left_out(words(DUTCH), words(ENGLISH), Constant(), 1.0) == ([], [])
