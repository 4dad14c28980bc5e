import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.pieces import Pieces

VOCAB = [
    "<s>",
    "<pad>",
    "</s>",
    "<unk>",
    "▁",
    "a",
    "b",
    "e",
    "é",
    "▁a",
    "ab",
    "▁abe",
    "b▁",
    "□",
    "1",
]
SCORES = np.array([0, 0, 0, 0, -3, -3, -3, -3, -4, -2, -4, -4.5, -1, -9, -5], dtype=np.float32)


@pytest.fixture
def pieces():
    return Pieces(VOCAB, SCORES)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("a", ["▁a"]),
        ("abe", ["▁abe"]),
        ("aab", ["▁a", "ab"]),  # -6, against ▁ a ab = -10 and ▁a a b = -8
        ("é", ["▁", "é"]),
        ("è", ["▁", "e"]),  # the base letter of a letter that is not there
        ("①", ["▁", "1"]),  # NFKC
        ("漢", ["▁", "□"]),  # a script that is not there
        ("e\u200b", ["▁", "e"]),  # marks without width are dropped
        ("", ["▁"]),
        ("\u0301", ["▁"]),
        ("a abe", ["▁a", "▁abe"]),  # a word with a space inside
        ("<s>", ["▁", "□", "□", "□"]),  # text never turns into special symbols
    ],
)
def test_word_is_cut_into_its_likeliest_pieces(pieces, word, expected):
    assert [VOCAB[i] for i in pieces.word(word)] == expected


def test_text_is_cut_word_by_word(pieces):
    assert pieces.text("abe  aab\n") == [*pieces.word("abe"), *pieces.word("aab")]


@given(st.text(max_size=12))
def test_every_word_has_pieces_and_none_is_special(word):
    found = Pieces(VOCAB, SCORES).word(word)
    assert found
    assert all(i >= 4 for i in found)


@given(st.text("abeé1", max_size=10))
def test_word_is_cut_as_by_trying_all_ways(word):
    pieces = Pieces(VOCAB, SCORES)
    scores = dict(zip(VOCAB, SCORES.tolist(), strict=True))

    def best(text):
        cuts = [
            scores[text[:k]] + best(text[k:]) for k in range(1, len(text) + 1) if text[:k] in scores
        ]
        return max(cuts, default=0.0 if not text else -math.inf)

    found = [VOCAB[i] for i in pieces.word(word)]
    assert "".join(found) == "▁" + word
    assert sum(scores[piece] for piece in found) == pytest.approx(best("▁" + word))


def test_same_word_gives_same_pieces_from_the_cache(pieces):
    assert pieces.word("aab") is pieces.word("aab")


def test_scores_must_match_the_vocabulary():
    with pytest.raises(ValueError, match="scores"):
        Pieces(["▁", "a"], np.zeros(3))


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("mensenrechten", "▁mensen recht en"),
        ("barnkonventionen", "▁barn konvention en"),
        ("Zhylanbayev", "▁Z hyl an ba yev"),
        ("S&D", "▁S & D"),
        ("d'HOOGHE", "▁d ' HO OG HE"),
        ("Oost-Oekraïne", "▁Oost - O ek ra ï ne"),
        ("ﬁnal", "▁final"),
        ("1989", "▁1989"),
    ],
)
def test_shipped_vocabulary_cuts_as_the_tokenizers_library_does(word, expected):
    """What tokenizers 0.23 gives with XLM-R's full vocabulary."""
    with np.load(Path(__file__).parents[2] / "models" / "parser" / "pieces.npz") as arrays:
        pieces = Pieces(bytes(arrays["vocab"]).decode().split("\n"), arrays["scores"])
    assert [pieces.vocab[i] for i in pieces.word(word)] == expected.split()
