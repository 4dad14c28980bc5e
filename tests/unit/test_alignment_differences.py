"""What one version says and the other does not."""

from __future__ import annotations

from pipeline.alignment.differences import Side, differences
from pipeline.alignment.encoder import load_encoder
from pipeline.types import Group

FILLER = (
    "De raad neemt nota van het verslag dat de commissie heeft voorgelegd en dankt haar daarvoor."
)


def group(source: tuple[int, ...], target: tuple[int, ...]) -> Group:
    return Group(source, target, 0.9)


def kinds(found):
    return [(difference.kind, difference.missing, difference.what) for difference in found]


def test_equal_versions_differ_in_nothing():
    side = [Side(FILLER, entities={"country:BY": "Belarus"}, numbers=frozenset({"7"}))]
    assert differences([group((0,), (0,))], side, side) == []


def test_a_sentence_without_counterpart_is_missing_text():
    found = differences([group((), (0,))], [], [Side("See also our report.", "footnote")])
    assert kinds(found) == [("missing text", "source", "See also our report.")]


def test_furniture_is_not_missed():
    assert differences([group((0,), ())], [Side("Lees ook", "furniture")], []) == []


def test_an_entity_that_the_other_version_lacks_is_found():
    source = [Side("Wit-Rusland en Polen", entities={"country:BY": "Wit-Rusland"})]
    target = [
        Side("Belarus and Poland", entities={"country:BY": "Belarus", "country:PL": "Poland"})
    ]
    found = differences([group((0,), (0,))], source, target)
    assert kinds(found) == [("entity", "source", "country:PL")]


def test_an_entity_in_the_neighbouring_group_counts_as_there():
    source = [Side("a", entities={"country:BY": "Belarus"}), Side("b")]
    target = [Side("a"), Side("b", entities={"country:BY": "Belarus"})]
    groups = [group((0,), (0,)), group((1,), (1,))]
    assert differences(groups, source, target) == []


def test_a_number_that_changed_is_found_on_both_sides():
    source = [Side("12 landen", numbers=frozenset({"12"}))]
    target = [Side("21 countries", numbers=frozenset({"21"}))]
    found = differences([group((0,), (0,))], source, target)
    assert kinds(found) == [("number", "target", "12"), ("number", "source", "21")]


def test_must_that_became_should_is_found():
    source = [Side("De staat moet ingrijpen.", modalities=("must",))]
    target = [Side("The state should intervene.", modalities=("should",))]
    assert kinds(differences([group((0,), (0,))], source, target)) == [
        ("modality", None, "must → should")
    ]


def test_a_modal_that_only_one_language_uses_is_not_reported():
    source = [Side("De staat dient in te grijpen.", modalities=("must",))]
    target = [Side("The state is to intervene.", modalities=())]
    assert differences([group((0,), (0,))], source, target) == []


def test_a_number_that_the_other_side_writes_otherwise_is_not_reported():
    source = [Side("18 leden", numbers=frozenset({"18"}), figures=frozenset({"18"}))]
    target = [Side("eighteen members", figures=frozenset({"18"}))]
    assert differences([group((0,), (0,))], source, target) == []


def test_the_parts_of_an_enumeration_are_compared_one_by_one():
    source = [Side("artikelen 1,2 en 3", numbers=frozenset({"1,2", "3"}))]
    target = [Side("Articles 1, 2 and 3", numbers=frozenset({"1", "2", "3"}))]
    found = differences([group((0,), (0,))], source, target)
    assert [(d.kind, d.missing) for d in found if d.missing == "target"] == []


def test_permission_and_possibility_are_one_strength():
    source = [Side("De staten kunnen opzeggen.", modalities=("possibility",))]
    target = [Side("The states may denounce.", modalities=("permission",))]
    assert differences([group((0,), (0,))], source, target) == []


def test_may_against_must_counts_only_where_each_side_has_one_modal():
    source = [
        Side("De leden worden benoemd en kunnen herbenoemd worden.", modalities=("possibility",))
    ]
    target = [Side("They shall be elected and shall be eligible.", modalities=("obligation",) * 2)]
    assert differences([group((0,), (0,))], source, target) == []
    target = [Side("They must be reappointed.", modalities=("obligation",))]
    assert kinds(differences([group((0,), (0,))], source, target)) == [
        ("modality", None, "possibility → obligation")
    ]


def test_an_unlisted_instrument_under_two_names_is_no_difference():
    source = [Side("a", entities={"instrument:slug:raadsconclusies": "raadsconclusies"})]
    target = [Side("a", entities={"instrument:slug:council-conclusions": "Council conclusions"})]
    assert differences([group((0,), (0,))], source, target) == []
    assert kinds(differences([group((0,), (0,))], source, [Side("a")])) == [
        ("entity", "target", "instrument:slug:raadsconclusies")
    ]


def test_a_side_that_is_much_shorter_than_the_documents_lead_to_expect_is_found():
    text = [Side(FILLER)] * 5
    target = [*text[:4], Side(FILLER[:40])]
    groups = [group((index,), (index,)) for index in range(5)]
    found = differences(groups, text, target)
    assert [(d.kind, d.missing, d.source) for d in found] == [("shorter", "target", (4,))]


def test_a_name_that_stands_there_unrecognised_is_not_missing():
    source = [Side("Rana Plaza stortte in.", entities={"person:rana-plaza": "Rana Plaza"})]
    assert differences([group((0,), (0,))], source, [Side("Rana Plaza collapsed.")]) == []


def test_an_unlisted_instrument_is_there_where_its_words_are():
    source = [
        Side(
            "the Guiding Principles on Business and Human Rights",
            entities={"instrument:slug:guiding": "Guiding Principles on Business and Human Rights"},
        )
    ]
    encoder = load_encoder()
    there = [Side("de richtlijnen en beginselen inzake bedrijfsleven en mensenrechten")]
    assert differences([group((0,), (0,))], source, there, encoder=encoder) == []
    absent = [Side("de richtsnoeren van de bank")]
    found = differences([group((0,), (0,))], source, absent, encoder=encoder)
    assert ("entity", "target", "instrument:slug:guiding") in kinds(found)
