"""The static encoder."""

from __future__ import annotations

import builtins

import numpy as np
import pytest

from pipeline.alignment import encoder as module
from pipeline.alignment.encoder import (
    EncoderError,
    StaticEncoder,
    describe_encoder,
    load_encoder,
    model_path,
    words,
)
from pipeline.pieces import Pieces


def tiny() -> StaticEncoder:
    vocabulary = ["<unk>", "▁rood", "▁", "huis", "r", "o", "d", "h", "u", "i", "s", "-"]
    vectors = np.eye(len(vocabulary), 16, dtype=np.int8) * 100
    scores = np.full(len(vocabulary), -3.0, np.float32)
    scores[4:] = -9.0
    scales = np.ones(len(vocabulary), np.float32)
    return StaticEncoder(Pieces(vocabulary, scores), vectors, scales, 0.0)


def test_words_are_lowered_and_parted_from_punctuation():
    assert words("Artikel 7, lid 1: „Rood”") == [
        "artikel",
        "7",
        ",",
        "lid",
        "1",
        ":",
        "„",
        "rood",
        "”",
    ]


def test_a_text_is_the_normalised_sum_of_its_pieces():
    found = tiny().encode(["rood huis"])
    expected = np.zeros(16, np.float32)
    expected[[1, 2, 3]] = 1 / np.sqrt(3)
    np.testing.assert_allclose(found[0], expected, atol=1e-6)


def test_a_text_without_words_gets_a_unit_vector():
    found = tiny().encode(["", "   "])
    np.testing.assert_allclose(np.linalg.norm(found, axis=1), 1.0, atol=1e-6)


def test_no_texts_give_no_rows():
    assert tiny().encode([]).shape == (0, 16)


def test_a_vector_does_not_depend_on_the_other_texts():
    encoder = load_encoder()
    texts = [f"Recital {n} on the rights of prisoners in country {n % 7}" for n in range(900)]
    together = encoder.encode(texts)
    alone = np.concatenate([encoder.encode([text]) for text in texts[::100]])
    assert np.array_equal(together[::100], alone)


def test_a_full_word_cache_is_emptied_without_harm(monkeypatch):
    monkeypatch.setattr(module, "WORD_CACHE", 3)
    encoder = StaticEncoder.load(model_path())
    first = encoder.encode(["de vrijheid van meningsuiting", "the freedom of expression"])
    encoder.encode(["andere woorden vullen het geheugen", "other words fill the memory"])
    again = encoder.encode(["de vrijheid van meningsuiting", "the freedom of expression"])
    assert np.array_equal(first, again)


@pytest.mark.parametrize(
    ("text", "translation", "other"),
    [
        ("de doodstraf", "the death penalty", "the annual budget"),
        ("åsiktsfrihet", "freedom of opinion", "customs duty"),
        ("vluchtelingen", "flyktingar", "fiske"),
        ("mensenrechtenverdedigers", "människorättsförsvarare", "motorfordon"),
    ],
)
def test_a_translation_is_nearer_than_another_term(text, translation, other):
    vectors = load_encoder().encode([text, translation, other])
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2] + 0.2


def test_the_built_in_model_is_small_and_described():
    assert model_path().stat().st_size < 20_000_000
    described = describe_encoder()
    assert described["name"] == "clausula-static-encoder"
    assert len(described["sha256"]) == 64


def test_a_missing_library_is_reported_with_its_remedy(monkeypatch):
    real = builtins.__import__

    def without(name, *args, **kwargs):
        if name.startswith("sentence_transformers"):
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(EncoderError, match=r"pip install .*'fast'"):
        load_encoder("sentence-transformers/LaBSE")


def test_encoder_is_looked_up_where_the_parser_is(tmp_path, monkeypatch):
    shipped = model_path()
    monkeypatch.setenv("CLAUSULA_MODELS", str(tmp_path))
    with pytest.raises(EncoderError, match=str(tmp_path)):
        model_path()
    (tmp_path / "encoder").symlink_to(shipped.parent)
    assert model_path() == tmp_path / "encoder" / shipped.name


def test_directory_of_models_without_the_encoders_file_is_named(tmp_path, monkeypatch):
    (tmp_path / "encoder").mkdir()
    (tmp_path / "encoder" / "divided.json").write_text("[]")
    monkeypatch.setenv("CLAUSULA_MODELS", str(tmp_path))
    with pytest.raises(EncoderError, match=r"static-encoder\.npz"):
        model_path()
