"""The language of a text: told by its words, and doubted where they are plainly another's."""

from __future__ import annotations

import tomllib

import pytest

from pipeline.detection import detect_language, other_language
from tests.conftest import ROOT

TEXTS = {
    "nl": "De Raad veroordeelt dat de mensen die in de gevangenis zitten niet worden vrijgelaten, "
    "en roept de regering op om alle gevangenen die om hun mening zijn opgepakt vrij te laten. ",
    "en": "The Council condemns that the people who are in prison have not been set free, and "
    "calls on the government to release all of those who were arrested for what they think. ",
    "sv": "Rådet fördömer att de som sitter i fängelse inte har blivit fria, och uppmanar "
    "regeringen att frige alla som har gripits för att de har sagt vad de tycker om den. ",
}


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("De Raad onderstreept dat de EU achter de bevolking van Belarus staat.", "nl"),
        ("The Council underlines that the EU stands by the people of Belarus.", "en"),
        ("Rådet understryker att EU står bakom det belarusiska folket och inte viker.", "sv"),
        ("Der Rat betont, dass die EU an der Seite der Menschen steht und nicht weicht.", None),
        ("Rådet understreger, at EU står bag det hviderussiske folk og ikke giver op.", None),
        ("Rådet understreker at EU står bak det hviterussiske folket og ikke gir opp.", None),
        ("Le Conseil souligne que l'Union est aux côtés du peuple et ne cède pas.", None),
        ("12345 --- ???", None),
        ("", None),
    ],
)
def test_the_language_is_told_by_frequent_words(text, lang):
    assert detect_language(text) == lang


@pytest.mark.parametrize("lang", TEXTS)
@pytest.mark.parametrize("stated", TEXTS)
def test_a_stated_language_is_doubted_where_the_words_are_another_ones(lang, stated):
    assert other_language(TEXTS[lang], stated) == (None if lang == stated else lang)


def test_a_text_in_a_language_that_is_not_read_is_doubted_too():
    text = (
        "Der Rat betont, dass die Union an der Seite der Menschen steht, die sich für die Freiheit "
        "einsetzen, und dass sie nicht aufhören wird, von der Regierung zu verlangen, dass die "
        "Gefangenen, die noch nicht frei sind, aus der Haft entlassen werden. "
    )
    assert other_language(text, "nl") == "de"


@pytest.mark.parametrize("stated", TEXTS)
@pytest.mark.parametrize(
    "text",
    [
        "",
        "The Council condemns the attack.",
        "| a | b | i | de |\n" * 30,
        "Almat Zjumagulov, Kenzjebek Abisjev, Oksana Sjevtjuk, Anna Sjukejeva, Gulzipa " * 8,
    ],
    ids=["empty", "short", "table", "names"],
)
def test_what_is_short_or_only_names_is_not_doubted(text, stated):
    assert other_language(text, stated) is None


@pytest.mark.parametrize("stated", ["nl", "en"])
def test_a_text_that_is_half_in_the_stated_language_is_not_doubted(stated):
    assert other_language(TEXTS["nl"] + TEXTS["en"], stated) is None


def test_no_text_of_the_seeds_or_of_the_gold_is_doubted():
    manifests = [ROOT / "seeds" / "corpus.toml", *(ROOT / "tests" / "gold").rglob("corpus.toml")]
    checked = 0
    for manifest in manifests:
        for entry in tomllib.loads(manifest.read_text("utf-8"))["documents"]:
            text = (manifest.parent / entry["path"]).read_text("utf-8")
            assert other_language(text, entry["lang"]) is None, entry["id"]
            checked += 1
    assert checked > 40
