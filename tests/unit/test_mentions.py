"""What the recognisers find together."""

import datetime as dt

import pytest

from pipeline import language, layout, mentions
from pipeline.types import Document

LETTER = (
    "Den Haag, 3 november 2023\n\nGeachte heer Jansen,\n\nOp 12 november spreken wij de minister."
)


@pytest.mark.parametrize(
    ("anchor", "expected"), [(None, "2023-11-12"), (dt.date(2021, 10, 1), "2021-11-12")]
)
def test_a_dateline_gives_the_year_only_where_the_date_of_the_document_is_not_known(
    anchor, expected
):
    nlp = language.load("nl")
    doc = language.annotate(nlp, layout.segment(Document("d", LETTER, "nl")))
    values = [m.value for m in mentions.find(doc, anchor) if m.type == "DATE"]
    assert values == ["2023-11-03", expected]


def test_mentions_of_one_type_never_overlap_and_countries_in_names_do_not_count():
    text = "Jordan Smith reisde op 3 mei 2020 naar Jordan en Georgië."
    nlp = language.load("nl")
    doc = language.annotate(nlp, layout.segment(Document("d", text, "nl")))
    found = [(m.type, doc.text[m.start : m.end]) for m in mentions.find(doc)]
    assert ("PERSON", "Jordan Smith") in found
    assert ("COUNTRY", "Georgië") in found
    assert found.count(("COUNTRY", "Jordan")) <= 1
    ends: dict[str, int] = {}
    for mention in mentions.find(doc):
        assert mention.start >= ends.get(mention.type, 0)
        ends[mention.type] = mention.end


@pytest.mark.parametrize("opening", ["(Gent, 3 november 2023) –", "Gent, 3 november 2023 -"])
def test_the_date_that_opens_a_news_story_gives_the_year(opening):
    nlp = language.load("nl")
    text = f"{opening} De ministers spraken elkaar.\n\nOp 12 november gaan zij verder."
    doc = language.annotate(nlp, layout.segment(Document("d", text, "nl")))
    values = [m.value for m in mentions.find(doc) if m.type == "DATE"]
    assert values == ["2023-11-03", "2023-11-12"]


NOTED = """Raad van de Europese Unie

De Raad wijst op de toestand in Belarus1 en op de verklaring van Josep Borrell2 van 3 mei 20213. Hij
herinnert aan het EVRM4 en aan zijn conclusies over Georgië van 27 juni 20245.

1 PB L 134 van 20.5.2006, blz. 1.
2 Persmededeling.
3 Aldaar.
4 Verdragenreeks.
5 ST 11111/24.
"""


def test_footnote_figures_that_lost_their_raised_place_are_no_part_of_what_they_stand_on():
    doc = language.annotate(language.load("nl"), layout.segment(Document("d", NOTED, "nl")))
    found = [(m.type, doc.text[m.start : m.end]) for m in mentions.find(doc)]
    for expected in [
        ("COUNTRY", "Belarus"),
        ("PERSON", "Josep Borrell"),
        ("DATE", "3 mei 2021"),
        ("INSTRUMENT", "EVRM"),
        ("INSTRUMENT", "conclusies over Georgië van 27 juni 2024"),
    ]:
        assert expected in found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Amnesty condemned the Russian foreign agents law.", ["foreign agents law"]),
        ("They oppose the new Polish media law.", ["media law"]),
        ("The Egyptian law enforcement agencies deny it.", []),
        ("EU asylum law and Polish criminal law apply.", []),
        ("It depends on the internal law of the Party.", []),
    ],
)
def test_nouns_in_small_letters_name_a_law_beside_its_country(text, expected):
    doc = language.load("en")(text)
    found = [doc.text[m.start : m.end] for m in mentions.find(doc) if m.type == "INSTRUMENT"]
    assert found == expected


def test_what_a_law_is_called_in_passing_has_the_id_of_its_kind():
    doc = language.load("en")("The Russian foreign agents law was used against the group.")
    (law,) = [m for m in mentions.find(doc) if m.type == "INSTRUMENT"]
    assert law.entity.entity_id == "instrument:slug:law-on-foreign-agents-of-russia"


def test_a_decree_ends_before_those_whom_it_is_used_against():
    text = "The United States used Executive Order 13818 on Ali Khan and two other officials."
    doc = language.load("en")(text)
    (order,) = [m for m in mentions.find(doc) if m.type == "INSTRUMENT"]
    assert doc.text[order.start : order.end] == "Executive Order 13818"
    assert order.entity.entity_id == "instrument:slug:executive-order-13818-of-the-united-states"


def test_a_word_that_names_an_instrument_is_nobody():
    text = "De Verklaring van Djedda en het Vredesakkoord van Dayton gelden, zei Dayton Smith."
    nlp = language.load("nl")
    doc = language.annotate(nlp, layout.segment(Document("d", text, "nl")))
    found = [(m.type, doc.text[m.start : m.end]) for m in mentions.find(doc)]
    assert ("INSTRUMENT", "Vredesakkoord van Dayton") in found
    assert [name for kind, name in found if kind == "PERSON"] == ["Dayton Smith"]
