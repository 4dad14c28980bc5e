"""The aligner on short documents, with an encoder made for it and with the built-in one."""

from __future__ import annotations

import random
import zlib
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.alignment import align, align_clauses
from pipeline.alignment.aligner import in_order
from pipeline.alignment.encoder import load_encoder
from pipeline.types import Group, Unit

DUTCH = [
    "België neemt het voorzitterschap van de Raad op zich op een cruciaal moment.",
    "De onderhandelingen over het asielpact gaan hun laatste fase in.",
    "Vrouwen hebben recht op bescherming tegen huiselijk geweld.",
    "De minister weigerde vragen van journalisten te beantwoorden.",
    "Het verdrag treedt in werking op de eerste dag van de derde maand.",
    "Wij staan klaar om verdere informatie te verstrekken.",
]
ENGLISH = [
    "Belgium assumes the Presidency of the Council at a critical moment.",
    "The negotiations on the asylum pact are entering their final stage.",
    "Women have a right to protection against domestic violence.",
    "The minister refused to answer questions from journalists.",
    "The convention shall enter into force on the first day of the third month.",
    "We stand ready to provide any further information.",
]
SWEDISH = [
    "Belgien tar över ordförandeskapet i rådet vid en avgörande tidpunkt.",
    "Förhandlingarna om asylpakten går in i sitt slutskede.",
    "Kvinnor har rätt till skydd mot våld i hemmet.",
    "Ministern vägrade att svara på journalisternas frågor.",
    "Konventionen träder i kraft den första dagen i den tredje månaden.",
    "Vi är redo att lämna ytterligare information.",
]
RECIPE = [
    "Whisk the eggs with the sugar until pale.",
    "Fold in the flour and a pinch of salt.",
    "Bake for forty minutes and leave to cool on a rack.",
    "Serve with whipped cream and fresh strawberries.",
]


class BagOfWords:
    """Equal words, equal vectors: for tests in which one language is enough."""

    background = 0.0

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        out = np.full((len(texts), 257), 1e-3, np.float32)
        for row, text in enumerate(texts):
            for word in text.split():
                out[row, zlib.crc32(word.encode()) % 256] += 1.0
        return out / np.linalg.norm(out, axis=1, keepdims=True)


@pytest.fixture(scope="module")
def encoder():
    return load_encoder()


def units(texts: Sequence[str], kind: str = "paragraph") -> list[Unit]:
    return [Unit(text, kind) for text in texts]


def pairs(groups: Sequence[Group]) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [(group.source, group.target) for group in groups]


def one_to_one(n: int) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [((index,), (index,)) for index in range(n)]


@pytest.mark.parametrize(
    ("source", "target"),
    [(DUTCH, ENGLISH), (SWEDISH, ENGLISH), (DUTCH, SWEDISH), (ENGLISH, DUTCH)],
    ids=["nl-en", "sv-en", "nl-sv", "en-nl"],
)
def test_translations_are_aligned_one_to_one(source, target, encoder):
    found = align(units(source), units(target), encoder)
    assert found.related
    assert pairs(found.groups) == one_to_one(6)


def test_a_sentence_split_in_two_gives_a_1_2_group(encoder):
    target = [*ENGLISH[:3], "The minister refused to answer.", "Journalists had asked questions."]
    target += ENGLISH[4:]
    found = align(units(DUTCH), units(target), encoder)
    assert ((3,), (3, 4)) in pairs(found.groups)
    assert ((4,), (5,)) in pairs(found.groups)


def test_a_sentence_that_one_version_lacks_stays_alone(encoder):
    found = align(units(DUTCH), units(ENGLISH[:2] + ENGLISH[3:]), encoder)
    assert pairs(found.groups) == [
        ((0,), (0,)),
        ((1,), (1,)),
        ((2,), ()),
        ((3,), (2,)),
        ((4,), (3,)),
        ((5,), (4,)),
    ]


def test_a_run_that_one_version_lacks_does_not_drag_its_neighbours(encoder):
    target = ENGLISH[:3] + RECIPE + ENGLISH[3:]
    found = pairs(align(units(DUTCH), units(target), encoder).groups)
    assert [group for group in found if group[0]] == [
        ((i,), (i if i < 3 else i + len(RECIPE),)) for i in range(6)
    ]


def test_furniture_is_aligned_to_nothing_even_where_both_versions_have_it(encoder):
    menu = [Unit("Home | News | Contact", "furniture")]
    found = align(menu + units(DUTCH), menu + units(ENGLISH), encoder)
    assert ((0,), ()) in pairs(found.groups)
    assert ((), (0,)) in pairs(found.groups)
    assert ((1,), (1,)) in pairs(found.groups)


def test_a_footnote_does_not_join_the_paragraph_after_it(encoder):
    note = Unit("See also our report on the negotiations, 25 September 2019", "footnote")
    target = [*units(ENGLISH[:4]), note, *units(ENGLISH[4:])]
    found = pairs(align(units(DUTCH), target, encoder).groups)
    assert ((), (4,)) in found
    assert ((4,), (5,)) in found


def test_numbers_decide_between_headings_that_are_otherwise_equal(encoder):
    def article(word: str, number: int) -> Unit:
        return Unit(f"{word} {number}", "heading", None, frozenset({f"number:{number}"}))

    source = [article("Artikel", n) for n in (1, 2, 3, 5, 6)]
    target = [article("Article", n) for n in (1, 3, 4, 5, 6)]
    found = [group for group in pairs(align(source, target, encoder).groups) if all(group)]
    assert found == [((0,), (0,)), ((2,), (1,)), ((3,), (3,)), ((4,), (4,))]


def test_identical_documents_align_one_to_one():
    texts = DUTCH + ENGLISH + DUTCH
    found = align(units(texts), units(texts), BagOfWords())
    assert pairs(found.groups) == one_to_one(len(texts))


def test_swapped_sides_give_the_mirror_image(encoder):
    target = [ENGLISH[0] + " " + ENGLISH[1], *RECIPE[:2], *ENGLISH[3:], RECIPE[3]]
    forth = align(units(DUTCH), units(target), encoder)
    back = align(units(target), units(DUTCH), encoder)
    mirrored = [Group(group.target, group.source, group.score) for group in back.groups]
    assert sorted(mirrored, key=str) == sorted(forth.groups, key=str)


def test_texts_that_are_not_versions_of_each_other_stay_unaligned(encoder):
    found = align(units(DUTCH), units(RECIPE), encoder)
    assert not found.related
    assert all(not (group.source and group.target) for group in found.groups)
    assert len(found.groups) == len(DUTCH) + len(RECIPE)


@pytest.mark.parametrize(("n", "m"), [(0, 0), (0, 3), (3, 0)])
def test_an_empty_document_leaves_the_other_unaligned(n, m):
    found = align(units(DUTCH[:n]), units(ENGLISH[:m]), BagOfWords())
    assert [len(group.source) + len(group.target) for group in found.groups] == [1] * (n + m)


def test_single_sentences_that_translate_each_other_are_aligned(encoder):
    found = align(units(DUTCH[4:5]), units(ENGLISH[4:5]), encoder)
    assert pairs(found.groups) == [((0,), (0,))]


def test_a_single_unrelated_sentence_is_not_aligned(encoder):
    found = align(units(DUTCH[4:5]), units(RECIPE[:1]), encoder)
    assert not found.related


def test_the_same_input_gives_the_same_groups_and_scores(encoder):
    runs = [align(units(DUTCH), units(ENGLISH + RECIPE), encoder).groups for _ in range(2)]
    assert runs[0] == runs[1]


def test_scores_are_probabilities_and_lower_for_a_worse_match(encoder):
    target = [*ENGLISH[:5], "We will send more material if asked."]
    groups = align(units(DUTCH), units(target), encoder).groups
    assert all(0.0 <= group.score <= 1.0 for group in groups)
    by_pair = {(group.source, group.target): group.score for group in groups}
    assert by_pair[(5,), (5,)] < by_pair[(4,), (4,)]


def test_long_documents_are_aligned_within_a_band():
    rng = random.Random(3)
    words = [f"word{i}" for i in range(4000)]
    texts = [" ".join(rng.choices(words, k=12)) for _ in range(1500)]
    kept = [index for index in range(1500) if rng.random() > 0.1 and not 600 <= index < 800]
    found = align(units(texts), units([texts[index] for index in kept]), BagOfWords())
    aligned = [group for group in pairs(found.groups) if all(group)]
    assert aligned == [((index,), (place,)) for place, index in enumerate(kept)]


word = st.sampled_from("ene mene muis wie zit daar in het koren dans zing slaap".split())
sentence = st.lists(word, min_size=1, max_size=6).map(" ".join)
document = st.lists(sentence, max_size=12)


@settings(max_examples=60, deadline=None)
@given(document, document)
def test_every_unit_is_in_exactly_one_group_in_order(source, target):
    groups = align(units(source), units(target), BagOfWords()).groups
    assert sorted(i for group in groups for i in group.source) == list(range(len(source)))
    assert sorted(i for group in groups for i in group.target) == list(range(len(target)))
    assert all(len(group.source) <= 4 and len(group.target) <= 4 for group in groups)
    assert all(group.source or group.target for group in groups)
    aligned = [group for group in pairs(groups) if all(group)]
    assert aligned == sorted(aligned)
    assert [group[1] for group in aligned] == sorted(group[1] for group in aligned)


@settings(max_examples=40, deadline=None)
@given(document, document)
def test_mirror_image_holds_for_any_documents(source, target):
    forth = align(units(source), units(target), BagOfWords())
    back = align(units(target), units(source), BagOfWords())
    assert forth.related == back.related
    assert {(g.source, g.target, g.score) for g in forth.groups} == {
        (g.target, g.source, g.score) for g in back.groups
    }


def test_groups_without_source_follow_the_group_of_the_target_before_them():
    groups = [
        Group((), (2,), 1.0),
        Group((1,), (), 1.0),
        Group((0,), (0, 1), 1.0),
        Group((2,), (3,), 1.0),
    ]
    assert pairs(in_order(groups)) == [((0,), (0, 1)), ((), (2,)), ((1,), ()), ((2,), (3,))]


def test_clauses_of_one_sentence_are_aligned(encoder):
    source = [
        "Wij vragen de regering",
        "om de gevangenen vrij te laten",
        "die om politieke redenen zijn opgesloten",
    ]
    target = [
        "We call on the government",
        "to release the prisoners",
        "who were detained for political reasons",
    ]
    assert pairs(align_clauses(units(source), units(target), encoder)) == one_to_one(3)


def test_a_clause_that_is_dropped_in_translation_stays_alone(encoder):
    source = ["Wij vragen de regering", "om de gevangenen vrij te laten"]
    target = [
        "We call on the government",
        "to release the prisoners",
        "although the weather had been fine all week",
    ]
    found = pairs(align_clauses(units(source), units(target), encoder))
    assert ((0,), (0,)) in found
    assert ((1,), (1,)) in found
    assert ((), (2,)) in found
