"""Resolutions of the European Parliament that a text cites by date, and their register."""

import datetime as dt
import re

import pytest
import spacy
from spacy.tokens import Doc

from pipeline.entities import instruments
from pipeline.entities.candidates import instrument
from pipeline.entities.parliament_texts import referred
from pipeline.resources import table

NLP = {lang: spacy.blank(lang) for lang in ("nl", "en", "sv")}
TERMS = (
    ("P6", "2004-07-20", "2009-07-13"),
    ("P7", "2009-07-14", "2014-06-30"),
    ("P8", "2014-07-01", "2019-07-01"),
    ("P9", "2019-07-02", "2024-07-15"),
    ("P10", "2024-07-16", "2029-07-31"),
)
PARLIAMENT = {
    "nl": "Het Europees Parlement",
    "en": "The European Parliament",
    "sv": "Europaparlamentet",
}


def ids(lang: str, *sentences: str) -> list[str]:
    """The ids of a resolution's instrument mentions, without their common prefix."""
    nlp = NLP[lang]
    parts = [nlp(sentence) for sentence in (PARLIAMENT[lang], *sentences)]
    doc = Doc.from_docs(parts)
    starts = {sum(len(part) for part in parts[:index]) for index in range(len(parts))}
    for token in doc:
        token.is_sent_start = token.i in starts
    found = instruments.find(doc)
    return [m.entity.entity_id.removeprefix("instrument:") for m in found if m.entity]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("sv", "– med beaktande av sin resolution av den 14 mars 2019 om situationen i Kazakstan,"),
        ("nl", "– gezien zijn resolutie van 14 maart 2019 over de mensenrechten in Kazachstan,"),
        ("en", "– having regard to its resolution of 14 March 2019 on Kazakhstan,"),
    ],
)
def test_date_and_country_give_the_number_of_the_adopted_text(lang: str, text: str) -> None:
    assert ids(lang, text) == ["ep:P8_TA(2019)0203"]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("sv", "– och resolutionerna om Iran av den 17 december 2020 och 14 mars 2019,"),
        ("sv", "– med beaktande av tidigare resolutioner om Iran, bland annat resolutionerna "
         "av den 17 december 2020(1) och den 14 mars 2019(2),"),
        ("nl", "– gezien zijn resoluties over Iran van 17 december 2020 en 14 maart 2019,"),
        ("en", "– having regard to its resolutions on Iran of 17 December 2020 and 14 March 2019,"),
    ],
)  # fmt: skip
def test_bare_date_of_a_list_is_about_the_country_of_its_head(lang: str, text: str) -> None:
    assert ids(lang, text) == ["ep:P9_TA(2020)0376", "ep:P8_TA(2019)0204"]


def test_country_of_another_item_is_not_that_of_a_list() -> None:
    text = (
        "– having regard to its resolutions on Iran and Iraq; to its resolution of 14 March 2019,"
    )
    assert ids("en", text) == ["slug:european-parliament-resolution-2019-03-14"]


@pytest.mark.parametrize(
    ("lang", "text", "number"),
    [
        ("en", "its resolution of 17 December 2020 on the implementation of the Return Directive",
         "P9_TA(2020)0362"),
        ("nl", "zijn resolutie van 17 december 2020 over de uitvoering van de terugkeerrichtlijn",
         "P9_TA(2020)0362"),
        ("sv", "sin resolution av den 17 december 2020 om genomförandet av återvändandedirektivet",
         "P9_TA(2020)0362"),
        ("sv", "sin resolution av den 10 september 2015 om migration och flyktingar i Europa",
         "P8_TA(2015)0317"),
        ("nl", "zijn resolutie van 12 september 2018 over autonome wapensystemen",
         "P8_TA(2018)0341"),
        ("sv", "sin resolution av den 8 oktober 2015 om dödsstraffet", "P8_TA(2015)0348"),
    ],
)  # fmt: skip
def test_subject_decides_where_no_country_is_named(lang: str, text: str, number: str) -> None:
    assert ids(lang, f"– {text},") == [f"ep:{number}"]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "its resolution of 17 December 2020 on the digital economy"),
        ("sv", "sin resolution av den 17 december 2020 om ett starkt socialt Europa"),
        ("nl", "zijn resolutie van 17 december 2020 over de duurzame-investeringsagenda"),
    ],
)
def test_other_subject_of_the_same_day_is_no_text_of_the_register(lang: str, text: str) -> None:
    assert ids(lang, f"– {text},")[0] == "slug:european-parliament-resolution-2020-12-17"


@pytest.mark.parametrize(
    ("lang", "text", "number"),
    [
        ("en", "its resolution of 15 January 2020 on the implementation of the common foreign and "
         "security policy – annual report", "P9_TA(2020)0008"),
        ("sv", "sin resolution av den 15 januari 2020 om genomförandet av den gemensamma "
         "säkerhets- och försvarspolitiken – årsrapport", "P9_TA(2020)0009"),
        ("nl", "zijn resolutie van 20 januari 2021 over de uitvoering van het gemeenschappelijk "
         "veiligheids- en defensiebeleid – jaarverslag 2020", "P9_TA(2021)0013"),
    ],
)  # fmt: skip
def test_closest_of_two_like_subjects_of_a_day_is_meant(lang: str, text: str, number: str) -> None:
    assert ids(lang, f"– {text},") == [f"ep:{number}"]


def test_text_without_a_number_keeps_a_mention_from_its_neighbour() -> None:
    policy = "its resolution of 17 February 2022 on the implementation of the common {} policy"
    foreign = f"– {policy.format('foreign and security')} – annual report 2021,"
    assert ids("en", foreign) == ["ep:P9_TA(2022)0039"]
    defence = f"– {policy.format('security and defence')} – annual report 2021,"
    assert ids("en", defence) == ["slug:european-parliament-resolution-2022-02-17"]


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        # Two texts on Russia of one day: the rest of the title behind the mention decides.
        ("sv", "sin resolution av den 16 december 2021 om situationen vid den ukrainska gränsen "
         "och i de av Ryssland ockuperade områdena i Ukraina", "ep:P9_TA(2021)0515"),
        ("sv", "sin resolution av den 16 december 2021 om det fortsatta tillslaget mot "
         "civilsamhället och människorättsförsvarare i Ryssland: fallet Memorial",
         "ep:P9_TA(2021)0509"),
        ("nl", "zijn resolutie van 10 maart 2021 met aanbevelingen aan de Commissie inzake "
         "passende zorgvuldigheid in het bedrijfsleven en verantwoordingsplicht van ondernemingen",
         "ep:P9_TA(2021)0073"),
        # The register has the day's text on Russia and Ukraine, which is about an invasion.
        ("en", "its resolution of 13 March 2014 on Russia: sentencing of demonstrators",
         "slug:european-parliament-resolution-on-russia-2014-03-13"),
        ("en", "its resolution of 17 February 2022 on Iran: women and national minorities",
         "slug:european-parliament-resolution-on-iran-2022-02-17"),
    ],
)  # fmt: skip
def test_what_a_title_speaks_of_decides_between_texts_on_a_country(
    lang: str, text: str, expected: str
) -> None:
    assert ids(lang, f"– {text},")[0] == expected


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("sv", "– med beaktande av sin resolution av den 17 december 2020 om Xinjiang,"),
        ("nl", "– gezien zijn resolutie van 17 december 2020 over dwangarbeid in Xinjiang,"),
    ],
)
def test_proper_name_of_the_subject_decides_in_every_language(lang: str, text: str) -> None:
    assert ids(lang, text) == ["ep:P9_TA(2020)0375"]


@pytest.mark.parametrize(
    "text",
    [
        "its resolution of 15 March 2019 on Kazakhstan",  # no sitting of that date in the register
        "its resolution of 14 March 2019 on Armenia",  # no row of that date is about the country
    ],
)
def test_without_a_row_that_fits_the_mention_keeps_its_name(text: str) -> None:
    (entity_id,) = ids("en", f"– having regard to {text},")
    assert entity_id.startswith("slug:european-parliament-resolution-on-")


def test_resolution_of_another_body_is_not_in_the_register() -> None:
    text = "– having regard to UN Human Rights Council resolution of 14 March 2019 on Iran,"
    assert not any(entity_id.startswith("ep:") for entity_id in ids("en", text))


def test_journal_reference_and_procedure_of_a_row_denote_its_text() -> None:
    assert ids("en", "See OJ C 67, 8.2.2022, p. 118.") == ["ep:P9_TA(2021)0293"]
    assert ids("nl", "Zie 2019/2610(RSP).") == ["ep:P8_TA(2019)0203"]


def test_footnote_in_the_journal_gives_its_text_to_the_resolution_with_its_mark() -> None:
    title = "– med beaktande av sin resolution av den 15 september 2020 om ett grönare Erasmus(1),"
    assert ids("sv", title, "(1) EUT C 385, 22.9.2021, s. 2.") == ["ep:P9_TA(2020)0211"] * 2


def test_journal_reference_in_brackets_gives_its_text_to_the_resolution_before_it() -> None:
    text = "– having regard to its resolution of 15 December 2011 on the region"
    adopted = ["ep:P7_TA(2011)0588", "ep:P7_TA(2011)0588"]
    assert ids("en", f"{text} (OJ C 168 E, 14.6.2013, p. 91),") == adopted
    other = ids("en", f"{text} (OJ C 168 E, 14.6.2013, p. 3),")
    assert other == ["slug:european-parliament-resolution-2011-12-15"] * 2


def test_entity_without_a_row_stays_as_it_is() -> None:
    entity = instrument("proc:1999/0001(COD)", "1999/0001(COD)", {"procedure": "1999/0001(COD)"})
    assert referred(entity) is entity


@pytest.mark.parametrize(
    ("lang", "sentence", "found"),
    [
        (
            "nl",
            "zijn resolutie van 19 mei 2021 over artificiële intelligentie in het onderwijs,"
            " de cultuur en de audiovisuele sector",
            "ep:P9_TA(2021)0238",
        ),
        (
            "nl",
            "zijn resolutie van 1 maart 2018 over het besluit van de Commissie om artikel 7, lid 1,"
            " VEU in te roepen met betrekking tot de situatie in Polen",
            "ep:P8_TA(2018)0055",
        ),
        # What follows a comma may belong to another clause.
        (
            "en",
            "its resolution of 1 March 2018 on fisheries, and calls on Poland to join",
            None,
        ),
        ("en", "its resolution of 1 March 2018, and calls on Poland to join", None),
    ],
)
def test_title_goes_on_past_a_comma_where_words_of_its_subject_do(
    lang: str, sentence: str, found: str | None
) -> None:
    assert next((name for name in ids(lang, sentence) if name.startswith("ep:")), None) == found


def test_rows_are_well_formed_unique_and_in_order() -> None:
    rows = table("ep_texts")
    assert list(rows) == sorted(rows, key=lambda row: (row["adopted"], row["number"]))
    numbers = [row["number"] for row in rows if row["number"]]
    assert len(set(numbers)) == len(numbers)
    procedures = [row["procedure"] for row in rows if row["procedure"]]
    assert len(set(procedures)) == len(procedures)
    codes = {row["code"] for row in table("countries")}
    for row in rows:
        adopted = dt.date.fromisoformat(row["adopted"])
        assert adopted.weekday() < 5, row  # sittings that adopt texts are on working days
        term = next(t for t, first, last in TERMS if first <= row["adopted"] <= last)
        number = rf"(?:{term}_TA\({adopted.year}\)\d{{4}})?"
        assert re.fullmatch(number, row["number"]), row
        countries = [code for code in row["countries"].split(";") if code]
        assert countries == sorted(set(countries)) and codes.issuperset(countries), row
        assert row["subject"] and row["source"], row
        assert re.fullmatch(r"(?:\d{4}/\d{4}\([A-Z]{3}\))?", row["procedure"]), row
        page = r"C \d{1,3}E?, \d{1,2}\.\d{1,2}\.\d{4}, p\. \d{1,3}"
        act = r"C, C/\d{4}/\d{1,5}, \d{1,2}\.\d{1,2}\.\d{4}"
        assert re.fullmatch(rf"(?:{page}|{act})?", row["oj"]), row


def test_numbers_of_a_year_grow_with_the_dates() -> None:
    years: dict[str, list[tuple[str, str]]] = {}
    for row in filter(lambda row: row["number"], table("ep_texts")):
        years.setdefault(row["number"][:-4], []).append((row["number"], row["adopted"]))
    for texts in years.values():
        dates = [adopted for _, adopted in sorted(texts)]
        assert dates == sorted(dates)
