"""Which of the names and numbers in one text denote one thing, and which do not."""

import pytest
import spacy

from pipeline.entities import instrument_lexicon, instruments
from pipeline.resources import table

NLP = {lang: spacy.blank(lang) for lang in ("nl", "en", "sv")}
AGENDA = "celex:52015DC0240"


def ids(lang: str, sentence: str) -> list[str]:
    """The ids of the instruments in a sentence, without the type's prefix."""
    doc = NLP[lang](sentence)
    for token in doc:
        token.is_sent_start = token.i == 0
    found = [mention.entity for mention in instruments.find(doc)]
    return [entity.entity_id.removeprefix("instrument:") for entity in found if entity]


@pytest.mark.parametrize(
    ("lang", "sentence", "expected"),
    [
        (
            "en",
            "under the European Agenda on Migration, COM(2017) 558 final, and COM(2017) 558",
            [AGENDA, "celex:52017DC0558", "celex:52017DC0558"],
        ),
        (
            "nl",
            "de Europese migratieagenda (COM(2017)0558)",
            [AGENDA, "celex:52017DC0558"],
        ),
        (
            "sv",
            "den europeiska migrationsagendan, COM(2017) 558",
            [AGENDA, "celex:52017DC0558"],
        ),
        ("en", "the European Agenda on Migration, COM(2015) 240 final", [AGENDA, AGENDA]),
    ],
)
def test_number_that_contradicts_the_listed_title_keeps_its_own_id(
    lang: str, sentence: str, expected: list[str]
) -> None:
    assert ids(lang, sentence) == expected


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        ("en", "citing JOIN(2019)0005, ‘EU-China – A strategic outlook’ and JOIN(2019) 5 final"),
        ("nl", "zie JOIN(2019) 5, “EU en China – Een strategische visie” (JOIN(2019)0005)"),
        ("sv", "se JOIN(2019)0005 och JOIN(2019) 5 samt ”EU-China – A strategic outlook”"),
    ],
)
def test_number_and_title_of_a_listed_communication_have_one_id(lang: str, sentence: str) -> None:
    assert ids(lang, sentence) == ["celex:52019JC0005"] * 3


@pytest.mark.parametrize(
    ("lang", "sentence", "expected"),
    [
        ("en", "the Commission decision of 12 March 2014 on Bulgaria", "commission"),
        ("en", "the decision of the Commission of 12 March 2014 concerning Bulgaria", "commission"),
        (
            "nl",
            "het besluit van de Commissie van 12 maart 2014 betreffende Bulgarije",
            "commission",
        ),
        ("sv", "kommissionens beslut av den 12 mars 2014 om Bulgarien", "commission"),
        ("sv", "rådets beslut av den 12 mars 2014 om Bulgarien", "council"),
    ],
)
def test_issuer_of_a_decision_names_it_and_not_the_country_it_is_about(
    lang: str, sentence: str, expected: str
) -> None:
    assert ids(lang, sentence) == [f"slug:{expected}-decision-2014-03-12"]


@pytest.mark.parametrize(
    ("lang", "first", "second"),
    [
        ("en", "the 2009 Law on Freedom of Religion", "the Law on Freedom of Religion"),
        ("sv", "enligt 2009 års lag om trossamfund", "enligt lagen om trossamfund"),
    ],
)
def test_year_in_front_of_a_law_is_no_part_of_its_title(lang: str, first: str, second: str) -> None:
    assert ids(lang, first) == ids(lang, second) != []


@pytest.mark.parametrize(
    ("lang", "sentence", "expected"),
    [
        ("en", "the EU-Turkey readmission agreement", ["celex:22014A0507(01)"]),
        (
            "nl",
            "de overnameovereenkomst tussen de Europese Unie en de Republiek Turkije",
            ["celex:22014A0507(01)"],
        ),
        (
            "nl",
            "de Euro-mediterrane overeenkomst waarbij een associatie tot stand wordt gebracht "
            "tussen de Europese Gemeenschappen en hun lidstaten, enerzijds, en het Koninkrijk "
            "Marokko, anderzijds",
            ["celex:22000A0318(01)"],
        ),
        (
            "sv",
            "partnerskapsavtalet mellan Europeiska unionen och dess medlemsstater, å ena sidan, "
            "och medlemmarna i Organisationen för stater i Afrika, Västindien och "
            "Stillahavsområdet, å andra sidan",
            ["celex:22023A02862"],
        ),
        (
            "sv",
            "EU:s handlingsplan för mänskliga rättigheter och demokrati 2020–2024",
            ["celex:52020JC0005"],
        ),
    ],
)
def test_agreements_and_plans_link_by_their_official_titles(
    lang: str, sentence: str, expected: list[str]
) -> None:
    assert ids(lang, sentence) == expected


def test_source_says_seen_only_of_identifiers_that_a_row_has() -> None:
    for row in table("instruments"):
        _, _, seen = row["source"].partition("; seen: ")
        assert all(row[name] for name in seen.split(", ") if seen), row["key"]


def test_every_act_of_a_succession_is_listed() -> None:
    listed = instrument_lexicon.entities()
    for row in table("successors"):
        assert {row["old"], row["new"], *row["beside"].split("|")} <= set(listed)
