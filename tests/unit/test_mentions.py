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
