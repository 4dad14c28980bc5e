import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.language.lemmas import apply, parse, script

WORDS = st.text(alphabet="abcdeåöABCÖ-'", min_size=1, max_size=8)


@given(WORDS, WORDS.filter(lambda w: w == w.lower()))
def test_script_turns_its_form_into_its_lower_case_lemma(form, lemma):
    assert apply(parse(script(form, lemma)), form) == lemma


@pytest.mark.parametrize(
    ("form", "lemma"),
    [
        ("Countries", "country"),
        ("teruggegaan", "terug_gaan"),
        ("Frankrikes", "Frankrike"),
        ("EU:s", "EU"),
        ("AMNESTY", "Amnesty"),
        ("was", "be"),
        ("Kyrgyzstan", "Kyrgyzstan"),
        ("'s", "be"),
    ],
)
def test_script_turns_its_form_into_its_lemma(form, lemma):
    assert apply(parse(script(form, lemma)), form) == lemma


@pytest.mark.parametrize(
    ("form", "lemma", "other", "expected"),
    [
        ("länders", "land", "händers", "hand"),
        ("walked", "walk", "talked", "talk"),
        ("Books", "book", "LAWS", "law"),
    ],
)
def test_script_learned_from_one_word_serves_another(form, lemma, other, expected):
    assert apply(parse(script(form, lemma)), other) == expected


def test_script_that_does_not_fit_gives_nothing():
    assert apply(parse(script("walked", "walk")), "sang") is None


def test_form_shorter_than_what_is_cut_gives_nothing():
    assert apply(parse(script("countries", "country")), "es") is None
