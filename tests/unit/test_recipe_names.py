"""Composed names and changed sentences."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.recipe import augmentation, names
from models.recipe.corpora import Sentence, guess_spacing


def sentence(words: str, tags: str, lang: str = "nl", **more: object) -> Sentence:
    """A sentence with name tags; `_` is an unknown tag."""
    parts = tuple(words.split())
    ner = tuple(None if tag == "_" else tag for tag in tags.split())
    return Sentence("1", "x", lang, parts, guess_spacing(parts), ner=ner, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "english", "dutch", "swedish"),
    [
        ("Žukov", "Zhukov", "Zjoekov", "Zjukov"),
        ("Čexov", "Chekhov", "Tsjechov", "Tjechov"),
        ("Ščerbakov", "Shcherbakov", "Sjtsjerbakov", "Sjtjerbakov"),
        ("Sergej", "Sergey", "Sergej", "Sergej"),
        ("Jurij", "Yury", "Joeri", "Jurij"),
        ("Mixail", "Mikhail", "Michail", "Michail"),
        ("Petrovič", "Petrovich", "Petrovitsj", "Petrovitj"),
        ("Serikuly", "Serikuly", "Serikoely", "Serikuly"),
    ],
)
def test_each_language_spells_in_its_own_way(
    name: str, english: str, dutch: str, swedish: str
) -> None:
    spelled = [names.transliterate(name, lang) for lang in names.LANGUAGES]
    assert spelled == [english, dutch, swedish]


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from(names.LANGUAGES))
def test_names_are_capitalised_and_leave_no_letter_of_the_transliteration(
    seed: int, lang: str
) -> None:
    maker = names.Names(lang, random.Random(seed))
    words, tags = maker.tagged(maker.full())
    assert len(words) == len(tags) and tags[0] == "B-PER" and set(tags[1:]) <= {"I-PER"}
    assert all(word and word == word.strip() for word in words)
    assert any(word[0].isupper() for word in words)


def test_english_separates_hyphens_and_the_others_do_not() -> None:
    draw = random.Random(0)
    assert names.Names("en", draw).tagged("Anne-Sophie Roy")[0] == ["Anne", "-", "Sophie", "Roy"]
    assert names.Names("sv", draw).tagged("Anne-Sophie Roy")[0] == ["Anne-Sophie", "Roy"]


def test_a_list_tags_each_name_of_its_own() -> None:
    words, tags = augmentation.listing(names.Names("sv", random.Random(2)), 5)
    assert tags.count("B-PER") == 5
    assert all(tag == "O" for word, tag in zip(words, tags, strict=True) if word in (",", "och"))


def test_substitution_changes_persons_only() -> None:
    old = sentence("Gisteren sprak Jan Smit in Gent .", "O O B-PER I-PER O B-LOC O")
    changed = augmentation.substitute(old, names.Names("nl", random.Random(4)), lists=0.0)
    assert changed is not None
    words, tags = changed
    assert words[:2] == ["Gisteren", "sprak"] and words[-3:] == ["in", "Gent", "."]
    assert "Smit" not in words and tags.count("B-PER") == 1 and tags[-2] == "B-LOC"


def test_a_genitive_stays_one() -> None:
    old = sentence("Smits broer", "B-PER O", "nl")
    for seed in range(20):
        changed = augmentation.substitute(
            old, names.Names("nl", random.Random(seed)), 0.0, frozenset({"Smit"})
        )
        assert changed is not None
        assert changed[0][-2][-1] in "sxz."


def test_sentences_without_persons_are_left_alone() -> None:
    old = sentence("In Gent .", "O B-LOC O")
    assert augmentation.substitute(old, names.Names("nl", random.Random(0)), 0.5) is None


@pytest.mark.parametrize(
    ("words", "tags", "expected"),
    [
        ("CEO Steve Jobs", "B-PER I-PER I-PER", ["O", "B-PER", "I-PER"]),
        ("professor Eva Ek", "B-PER I-PER I-PER", ["O", "B-PER", "I-PER"]),
        ("van den Berg", "B-PER I-PER I-PER", ["B-PER", "I-PER", "I-PER"]),
        ("' Bo", "B-PER I-PER", ["O", "B-PER"]),
        ("President", "B-PER", ["B-PER"]),
    ],
)
def test_titles_leave_the_name(words: str, tags: str, expected: list[str]) -> None:
    assert list(names.without_titles(sentence(words, tags)).ner or ()) == expected


def test_cut_lines_never_split_a_name() -> None:
    words = "Zo zei ook Jan van den Berg het gisteren nog eens".split()
    tags = ["O"] * 3 + ["B-PER", "I-PER", "I-PER", "I-PER"] + ["O"] * 4
    for seed in range(30):
        part = augmentation.cut(words, tags, random.Random(seed))
        assert part is not None
        assert part[1].count("B-PER") == 0 or part[1].count("I-PER") == 3


@pytest.mark.parametrize(
    ("words", "english", "expected"),
    [
        ("Tom slaapt .", "Tom is sleeping.", ("B-PER", "O", "O")),
        ("Wij zien Tom .", "We see Tom.", ("O", "O", "B-PER", "O")),
        ("Tom woont in Boston .", "Tom lives in Boston.", None),
        ("Wij slapen .", "We are sleeping.", None),
        ("Tom slaapt .", "He is sleeping.", None),
    ],
)
def test_first_names_are_taken_from_pairs_that_agree(
    words: str, english: str, expected: tuple[str, ...] | None
) -> None:
    found = names.known_person(words.split(), english, frozenset({"Tom"}), {"wij"}.__contains__)
    assert found == expected


def test_trees_tell_persons_countries_and_what_is_no_name() -> None:
    tree = sentence(
        "premier Guy Verhofstadt bezocht Gent en België",
        "O O O O O O O",
        upos=("NOUN", "PROPN", "PROPN", "VERB", "PROPN", "CCONJ", "PROPN"),
        deprel=("nsubj", "appos", "flat", "root", "obj", "cc", "conj"),
        head=(4, 1, 2, 0, 4, 7, 5),
        lemma=("premier", "Guy", "Verhofstadt", "bezoeken", "Gent", "en", "België"),
    )
    tags = names.silver(tree, frozenset(), frozenset({"België"}))
    assert tags == ("O", "B-PER", "I-PER", "O", None, "O", "B-LOC")


def test_augmentation_is_the_same_every_time_and_well_formed() -> None:
    gold = [sentence("Gisteren sprak Jan Smit in Gent .", "O O B-PER I-PER O B-LOC O")]
    first, second = (augmentation.augment("nl", gold, words=1500) for _ in range(2))
    assert first == second
    assert len(first) > 50
    for made in first:
        assert made.ner is not None and len(made.ner) == len(made.words)
        previous = "O"
        for tag in made.ner:
            assert tag is not None
            assert not tag.startswith("I-") or previous[2:] == tag[2:]
            previous = tag
