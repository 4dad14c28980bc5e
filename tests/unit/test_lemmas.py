import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.language.lemmas import Guesser, apply, parse, script
from pipeline.resources import language_data

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


def guesser(lang: str, lexicon: dict[str, str]) -> Guesser:
    return Guesser(lexicon, language_data(lang, "lemmas"))


@pytest.mark.parametrize(
    ("lang", "word", "tag", "made", "expected"),
    [
        ("nl", "onderstreept", "VERB", "onderstreepen", "onderstrepen"),
        ("nl", "benadrukten", "VERB", "benadruken", "benadrukken"),
        ("nl", "treedt", "VERB", "treeden", "treden"),
        ("nl", "beleefde", "VERB", "beleefen", "beleven"),
        ("nl", "verwelkomde", "VERB", "verwelkomen", "verwelkomen"),
        ("nl", "bekrachtigd", "VERB", "bekrachtigen", "bekrachtigen"),
        ("nl", "foltert", "VERB", "folteren", "folteren"),
        ("en", "quashes", "VERB", "quashe", "quash"),
        ("en", "fosters", "VERB", "foster", "foster"),
        ("nl", "toegelicht", "VERB", "toegelichten", "toelichten"),
        ("nl", "aangewakkerd", "VERB", "aangewakkeren", "aanwakkeren"),
        ("nl", "afgelast", "VERB", "afgelasten", "afgelasten"),
        ("nl", "aangegeven", "VERB", "aangeven", "aangeven"),
        ("sv", "frågat", "VERB", "frågaa", "fråga"),
    ],
)
def test_guessed_lemma_is_spelt_as_the_language_spells_infinitives(lang, word, tag, made, expected):
    assert guesser(lang, {}).best(word, tag, [(made, 0.0)]) == expected


def test_lemma_that_ends_as_known_ones_do_is_preferred_to_a_slightly_likelier_one():
    known = guesser("en", {"VERB imposing": "impose", "VERB basing": "base"})
    assert known.best("endorsing", "VERB", [("endors", 0.0), ("endorse", -1.0)]) == "endorse"
    assert known.best("endorsing", "VERB", [("endors", 0.0), ("endorse", -20.0)]) == "endors"


def test_known_verb_behind_a_prefix_has_its_own_lemma():
    known = guesser("nl", {"VERB gesloten": "sluiten", "VERB oefende": "uitoefenen"})
    assert known.best("uitgesloten", "VERB", [("uitgeslieten", 0.0)]) == "uitsluiten"
    assert known.best("beoefende", "VERB", [("beoefenen", 0.0)]) == "beoefenen"
    assert known.best("uitgesloten", "ADJ", [("uitgesloten", 0.0)]) == "uitgesloten"


def test_word_without_candidates_has_no_guessed_lemma():
    assert guesser("sv", {}).best("xyz", "NOUN", []) is None


def test_a_passive_has_the_lemma_of_its_known_active_form():
    known = guesser("sv", {"VERB satt": "sätta", "VERB tagit": "ta"})
    assert known.best("fastsatts", "VERB", [("fastsa", 0.9)]) == "fastsätta"
    assert known.best("tagits", "VERB", [("tagita", 0.9)]) == "ta"
    assert (
        guesser("nl", {"VERB werk": "werken"}).best("werks", "VERB", [("werksen", 0.9)]) != "werken"
    )
