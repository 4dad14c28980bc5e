"""Countries: what is marked, its form and its code, in running text of three languages."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc, Span

from pipeline.entities import countries
from pipeline.resources import table

NLP = {lang: spacy.blank(lang) for lang in ("nl", "en", "sv")}


def marked(lang: str, text: str) -> list[tuple[str, str, str]]:
    """The mentions of a text as (surface, form, code)."""
    found = countries.find(NLP[lang](text))
    return [(text[m.start : m.end], m.form or "", m.entity.identifiers["iso3166-1"]) for m in found]


NAMES = [
    ("nl", "Rusland tegen Oekraïne", [("Rusland", "RU"), ("Oekraïne", "UA")]),
    ("nl", "in Rusland², in Oekraïne¹", [("Rusland", "RU"), ("Oekraïne", "UA")]),
    ("nl", "Ruslands aanvalsoorlog", [("Ruslands", "RU")]),
    ("nl", "China's beleid en Canada’s antwoord", [("China's", "CN"), ("Canada’s", "CA")]),
    (
        "nl",
        "Kazachstan, Kazakstan of Birma",
        [("Kazachstan", "KZ"), ("Kazakstan", "KZ"), ("Birma", "MM")],
    ),
    ("nl", "Wit-Rusland (Belarus)", [("Wit-Rusland", "BY"), ("Belarus", "BY")]),
    ("nl", "de Republiek Soedan", [("Republiek Soedan", "SD")]),
    ("nl", "het VK en de VS", [("VK", "GB"), ("VS", "US")]),
    ("nl", "de Verenigde Staten van Amerika", [("Verenigde Staten van Amerika", "US")]),
    (
        "nl",
        "Congo-Brazzaville en Guinee-Bissau",
        [("Congo-Brazzaville", "CG"), ("Guinee-Bissau", "GW")],
    ),
    ("nl", "Noord-Korea en Zuid-Soedan", [("Noord-Korea", "KP"), ("Zuid-Soedan", "SS")]),
    (
        "nl",
        "Israël en de bezette Palestijnse gebieden",
        [("Israël", "IL"), ("bezette Palestijnse gebieden", "PS")],
    ),
    ("nl", "Turkije heet nu Türkiye", [("Turkije", "TR"), ("Türkiye", "TR")]),
    ("nl", "Amnesty Belgique francophone", [("Belgique", "BE")]),
    ("nl", "KONINKRIJK BELGIË", [("KONINKRIJK BELGIË", "BE")]),
    ("en", "Russia's war against Ukraine", [("Russia", "RU"), ("Ukraine", "UA")]),
    ("en", "the Kingdom of the Netherlands", [("Kingdom of the Netherlands", "NL")]),
    ("en", "the Islamic Republic of Iran", [("Islamic Republic of Iran", "IR")]),
    ("en", "the U.S., the U.K. and the UAE", [("U.S.", "US"), ("U.K.", "GB"), ("UAE", "AE")]),
    ("en", "The Gambia", [("Gambia", "GM")]),
    ("en", "Prime Minister of Belgium", [("Belgium", "BE")]),
    (
        "en",
        "Democratic People’s Republic of Korea",
        [("Democratic People’s Republic of Korea", "KP")],
    ),
    (
        "en",
        "Côte d'Ivoire, Czechia and Eswatini",
        [("Côte d'Ivoire", "CI"), ("Czechia", "CZ"), ("Eswatini", "SZ")],
    ),
    ("en", "the Occupied Palestinian territories", [("Occupied Palestinian territories", "PS")]),
    (
        "en",
        "Hong Kong, Kosovo and the Holy See",
        [("Hong Kong", "HK"), ("Kosovo", "XK"), ("Holy See", "VA")],
    ),
    (
        "en",
        "Equatorial Guinea and Papua New Guinea",
        [("Equatorial Guinea", "GQ"), ("Papua New Guinea", "PG")],
    ),
    ("sv", "Kazakstans strafflag", [("Kazakstans", "KZ")]),
    ("sv", "Republiken Kazakstan", [("Republiken Kazakstan", "KZ")]),
    ("sv", "samarbetsrådet EU-Kazakstan", [("Kazakstan", "KZ")]),
    ("sv", "USA:s och Storbritanniens regeringar", [("USA:s", "US"), ("Storbritanniens", "GB")]),
    ("sv", "Vitryssland kallas Belarus", [("Vitryssland", "BY"), ("Belarus", "BY")]),
    ("sv", "Förenta staterna", [("Förenta staterna", "US")]),
    (
        "sv",
        "de ockuperade palestinska territorierna",
        [("ockuperade palestinska territorierna", "PS")],
    ),
]


@pytest.mark.parametrize(("lang", "text", "expected"), NAMES)
def test_names_are_marked_whole_and_linked(lang: str, text: str, expected: list) -> None:
    assert marked(lang, text) == [(surface, "name", code) for surface, code in expected]


DERIVED = [
    ("nl", "het Belgische voorzitterschap", [("Belgische", "adjective", "BE")]),
    ("nl", "HET BELGISCH VOORZITTERSCHAP", [("BELGISCH", "adjective", "BE")]),
    ("nl", "de Belarussische taal en cultuur", [("Belarussische", "adjective", "BY")]),
    ("nl", "diensten voor Belarussen in het buitenland", [("Belarussen", "demonym", "BY")]),
    (
        "nl",
        "Frans-Duitse samenwerking",
        [("Frans", "adjective", "FR"), ("Duitse", "adjective", "DE")],
    ),
    (
        "nl",
        "Chinese en Nederlandse bedrijven",
        [("Chinese", "adjective", "CN"), ("Nederlandse", "adjective", "NL")],
    ),
    ("nl", "niet-Belgische burgers", [("Belgische", "adjective", "BE")]),
    (
        "nl",
        "De Namibische presidents- en parlementsverkiezingen",
        [("Namibische", "adjective", "NA")],
    ),
    ("nl", "een Zuid-Afrikaanse rechter", [("Zuid-Afrikaanse", "adjective", "ZA")]),
    ("nl", "Saoedi-Arabische vrouwen", [("Saoedi-Arabische", "adjective", "SA")]),
    ("en", "Palestinian armed groups", [("Palestinian", "adjective", "PS")]),
    ("en", "Belgian citizens", [("Belgian", "adjective", "BE")]),
    ("en", "the Belgians left", [("Belgians", "demonym", "BE")]),
    ("en", "A Belgian was detained", [("Belgian", "demonym", "BE")]),
    ("en", "The Dutch have agreed", [("Dutch", "demonym", "NL")]),
    (
        "en",
        "Syrian, Iraqi and Afghan refugees",
        [
            ("Syrian", "adjective", "SY"),
            ("Iraqi", "adjective", "IQ"),
            ("Afghan", "adjective", "AF"),
        ],
    ),
    ("en", "the Belgian and European authorities", [("Belgian", "adjective", "BE")]),
    ("en", "pro-Russian forces", [("Russian", "adjective", "RU")]),
    ("en", "the North Korean army", [("North Korean", "adjective", "KP")]),
    ("sv", "de kazakstanska myndigheterna", [("kazakstanska", "adjective", "KZ")]),
    (
        "sv",
        "De ryska och belarusiska styrkorna",
        [("ryska", "adjective", "RU"), ("belarusiska", "adjective", "BY")],
    ),
    (
        "sv",
        "det polsk-litauiska samväldet",
        [("polsk", "adjective", "PL"), ("litauiska", "adjective", "LT")],
    ),
    (
        "sv",
        "ukrainarna och belgarnas barn",
        [("ukrainarna", "demonym", "UA"), ("belgarnas", "demonym", "BE")],
    ),
    ("sv", "Kazakstanska parlamentet", [("Kazakstanska", "adjective", "KZ")]),
    (
        "sv",
        "två norrmän och en svensk",
        [("norrmän", "demonym", "NO"), ("svensk", "demonym", "SE")],
    ),
]


@pytest.mark.parametrize(("lang", "text", "expected"), DERIVED)
def test_adjectives_and_demonyms_are_told_apart(lang: str, text: str, expected: list) -> None:
    assert marked(lang, text) == expected


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("nl", "de Europese Unie, de Benelux en de Gazastrook"),
        ("nl", "ook in het Engels en in het Nederlands"),
        ("nl", "vertaald uit het Frans."),
        ("nl", "de Sovjet-Unie, Joegoslavië en Tsjecho-Slowakije"),
        ("nl", "Astana, Boedapest en Schotland"),
        ("nl", "een bedrag in US$ en in Amerikaanse dollars"),
        ("nl", "het Inter-Amerikaanse Hof en de Latijns-Amerikaanse landen"),
        ("nl", "Noord-Ierland en Nieuw-Guinea"),
        ("nl", "het Amerikaans Verdrag inzake de Rechten van de Mens"),
        ("nl", "Let op: dit geldt ook hier"),
        ("nl", "Frans Timmermans"),
        ("nl", "les in het Albanees, Hongaars, Rutheens of Bulgaars."),
        ("nl", "hij kende geen Frans."),
        ("nl", "etnische Russen"),
        ("en", "US$ 5 million and 100 US dollars"),
        ("en", "They told us to stay"),
        ("en", "a turkey, some china and a guinea pig"),
        ("en", "Done in English, French and Russian, all texts being equally authentic"),
        ("en", "published in Arabic, Chinese, English, French, Russian and Spanish."),
        ("en", "the Inter-American Court and the Organization of American States"),
        ("en", "Latin American and Central American states"),
        ("en", "Northern Ireland, England and New Mexico"),
        ("en", "Atlanta, Georgia and the Niger Delta"),
        ("en", "ethnic Albanians and ethnic Armenian families"),
        ("en", "French-speaking regions"),
        ("en", "the Soviet Union and East Germany"),
        ("en", "see https://www.Belgium.be/Belgium"),
        ("en", "Indiana and Niagara"),
        ("sv", "på svenska och engelska"),
        ("sv", "översatt till ryska."),
        ("sv", "Europeiska unionen och Centralasien"),
        ("sv", "Sovjetunionen och Jugoslavien"),
        ("sv", "etniska kazaker och dunganer"),
        ("sv", "det har lett till problem"),
        ("sv", "Interamerikanska domstolen"),
        ("sv", "fransktalande områden och Indiska oceanen"),
        ("sv", "Kazakstanfrågan"),
    ],
)
def test_what_is_no_country_is_left(lang: str, text: str) -> None:
    assert marked(lang, text) == []


def test_words_in_capitals_are_not_the_abbreviation() -> None:
    assert marked("en", "CONTACT US") == []
    assert marked("en", "The US agreed") == [("US", "name", "US")]


def test_an_ambiguous_name_goes_to_the_country_named_elsewhere_in_the_text() -> None:
    assert [m[2] for m in marked("en", "Congo voted against")] == ["CD"]
    text = "Congo-Brazzaville abstained. Congolese officials said that Congo would follow."
    assert [m[2] for m in marked("en", text)] == ["CG", "CG", "CG"]


def with_person(text: str, start: int, end: int) -> Doc:
    """A Doc in which the tokens `[start, end)` are the name of a person."""
    doc = NLP["en"](text)
    doc.set_ents([Span(doc, start, end, label="PER")])
    return doc


def test_a_persons_name_holds_no_country() -> None:
    assert list(countries.find(with_person("Wali Jordan spoke in Amman", 0, 2))) == []


def test_an_adjective_before_a_persons_name_stays_one() -> None:
    found = countries.find(with_person("Belgian Alexander De Croo spoke", 0, 4))
    assert [(m.start, m.end, m.form) for m in found] == [(0, 7, "adjective")]


def test_a_country_tagged_as_a_person_stays_a_country() -> None:
    found = countries.find(with_person("Belarus voted", 0, 1))
    assert [m.entity.entity_id for m in found if m.entity] == ["country:BY"]


def test_parts_of_speech_decide_where_they_are_known() -> None:
    words = ["Many", "Chinese", "object", "."]
    doc = Doc(NLP["en"].vocab, words, pos=["ADJ", "NOUN", "VERB", "PUNCT"])
    assert [m.form for m in countries.find(doc)] == ["demonym"]
    doc = Doc(NLP["en"].vocab, words, pos=["ADJ", "ADJ", "NOUN", "PUNCT"])
    assert [m.form for m in countries.find(doc)] == ["adjective"]


def test_a_name_does_not_run_across_sentences() -> None:
    words = ["Republiken", "Kazakstan"]
    doc = Doc(NLP["sv"].vocab, words, sent_starts=[True, True])
    assert list(countries.find(doc)) == []
    doc = Doc(NLP["sv"].vocab, words, sent_starts=[True, False])
    assert [doc.text[m.start : m.end] for m in countries.find(doc)] == ["Republiken Kazakstan"]


def test_the_entity_carries_the_names_in_three_languages() -> None:
    entity = countries.entity("BY")
    assert entity.entity_id == "country:BY"
    assert entity.labels == {"nl": "Belarus", "en": "Belarus", "sv": "Belarus"}
    assert countries.entity("DE").labels == {"nl": "Duitsland", "en": "Germany", "sv": "Tyskland"}


DEPENDENT = set(
    "AI AQ AS AW AX BL BM BQ BV CC CK CW CX FK FO GF GG GI GL GP GS GU HK HM IM IO JE KY MF MO MP "
    "MQ MS NC NF NU PF PM PN PR RE SH SJ SX TC TF TK UM VG VI WF YT".split()
)
# No word of that kind is in use: the state's name stands in its place.
WITHOUT = {
    ("KN", "sv"),
    ("VC", "sv"),
    ("ST", "sv"),
    ("LC", "sv"),
    ("PG", "sv"),
    ("VA", "sv"),
    ("SB", "en"),
    ("VA", "nl"),
    ("VA", "en"),
    ("NZ", "en"),
    ("LI", "en"),
}


@pytest.mark.parametrize("lang", ["nl", "en", "sv"])
def test_every_state_has_its_name_adjective_and_demonym(lang: str) -> None:
    known: dict[str, set[str]] = {}
    for row in table("countries"):
        if row["lang"] == lang:
            known.setdefault(row["code"], set()).add(row["form"])
    assert len(known) == 250  # 249 of ISO 3166-1, and Kosovo
    assert all("name" in forms for forms in known.values())
    states = [code for code in known if code not in DEPENDENT and (code, lang) not in WITHOUT]
    assert len(states) >= 188
    lacking = [code for code in states if known[code] != {"name", "adjective", "demonym"}]
    assert lacking == []


def test_every_row_of_the_table_has_a_known_source_and_form() -> None:
    rows = table("countries")
    assert {row["source"] for row in rows} == {"cldr", "eu-vocabulary", "clausula"}
    assert {row["form"] for row in rows} == {"name", "adjective", "demonym"}
    assert all(row["surface"] == row["surface"].strip() != "" for row in rows)


@given(
    st.sampled_from(["nl", "en", "sv"]),
    st.text(alphabet="BelgiumAaåsé .,-'’:/()US$\n", max_size=80),
)
def test_mentions_are_ordered_disjoint_and_inside_the_text(lang: str, text: str) -> None:
    end = 0
    for mention in countries.find(NLP[lang](text)):
        assert end <= mention.start < mention.end <= len(text)
        end = mention.end


def test_the_name_of_a_site_is_no_country():
    assert marked("en", "See GOV.UK for what the UK does") == [("UK", "name", "GB")]


def test_capitals_in_brackets_abbreviate_the_name_before_them():
    text = "Danish Refugee Council (DRC) in the Democratic Republic of the Congo (DRC)"
    assert [(surface, code) for surface, _, code in marked("en", text)] == [
        ("Danish", "DK"),
        ("Democratic Republic of the Congo", "CD"),
        ("DRC", "CD"),
    ]
