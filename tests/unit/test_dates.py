"""Dates: what is marked and its EDTF value, in running text of three languages."""

from __future__ import annotations

import datetime as dt
import time

import edtf
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc, Span

from pipeline.entities import dates
from pipeline.entities.edtf import Point, interval

NLP = {lang: spacy.blank(lang) for lang in ("nl", "en", "sv")}
ANCHOR = dt.date(2024, 1, 26)  # a Friday


def dated(lang: str, text: str, anchor: dt.date | None = ANCHOR) -> list[tuple[str, str | None]]:
    """The mentions of a text as (surface, value)."""
    return [(text[m.start : m.end], m.value) for m in dates.find(NLP[lang](text), anchor)]


FULL = [
    ("nl", "Op 1 januari 2024 nam België", "1 januari 2024", "2024-01-01"),
    ("nl", "donderdag 25 januari ontmoet", "donderdag 25 januari", "2024-01-25"),
    ("nl", "OP 19 FEBRUARI 2024", "19 FEBRUARI 2024", "2024-02-19"),
    ("nl", "de 1e mei 2021", "1e mei 2021", "2021-05-01"),
    ("nl", "2 okt. 2019 in Gent", "2 okt. 2019", "2019-10-02"),
    ("nl", "GEDAAN te Genève, de eerste juli 1970", "eerste juli 1970", "1970-07-01"),
    ("nl", "PB C 23 van 21-1-2021, blz. 83", "21-1-2021", "2021-01-21"),
    ("nl", "conclusies van 12 oktober 2020, waarin", "12 oktober 2020", "2020-10-12"),
    ("en", "Rights, 12th July 2023, <https", "12th July 2023", "2023-07-12"),
    ("en", "on February 11, 2021 in Brussels", "February 11, 2021", "2021-02-11"),
    ("en", "Decision of 29 April 2024.2 That decision stands", "29 April 2024", "2024-04-29"),
    ("en", "signed on February 11,2021 in Brussels", "February 11,2021", "2021-02-11"),
    ("en", "on Thursday, 11th of February 2021", "Thursday, 11th of February 2021", "2021-02-11"),
    ("en", "this seventh day of December 1944", "seventh day of December 1944", "1944-12-07"),
    ("en", "signed on 10/01/2024 in Paris", "10/01/2024", "2024-01-10"),
    ("en", "until 2024-01-25.", "2024-01-25", "2024-01-25"),
    ("en", "Friday (15 June 2018)", "Friday (15 June 2018)", "2018-06-15"),
    (
        "sv",
        "Torsdagen den 11 februari 2021 - Bryssel",
        "Torsdagen den 11 februari 2021",
        "2021-02-11",
    ),
    ("sv", "av den 18 april 2013(2), den", "18 april 2013", "2013-04-18"),
    ("sv", "EUT C 23, 21.1.2021, s. 83.", "21.1.2021", "2021-01-21"),
    ("sv", "den 1:a maj", "1:a maj", "2024-05-01"),
    ("sv", "den sjätte juni 2022", "sjätte juni 2022", "2022-06-06"),
    ("sv", "Senaste uppdatering: 3 juni 2021Rättsligt meddelande", "3 juni 2021", "2021-06-03"),
]
PARTIAL = [
    ("nl", "2024 is een verkiezingsjaar", "2024", "2024"),
    ("nl", "de conclusies van de Raad van 2020.", "2020", "2020"),
    ("nl", "in maart werd", "maart", "2024-03"),
    ("nl", "eind 2023 kwam", "2023", "2023"),
    ("nl", "in de jaren negentig", "jaren negentig", "199X"),
    ("nl", "het voorjaar van 2021", "2021", "2021"),
    ("nl", "het tweede kwartaal van 2023", "tweede kwartaal van 2023", "2023-04/2023-06"),
    ("en", "in early 2024", "2024", "2024"),
    ("en", "mid-2021 onwards", "2021", "2021"),
    ("en", "throughout the 1990s", "1990s", "199X"),
    ("en", "In May 15 people died", "May", "2024-05"),
    ("en", "the Equality Act 2010", "2010", "2010"),
    ("en", "the 2019 elections", "2019", "2019"),
    ("en", "in autumn 2021", "2021", "2021"),  # a season is no month
    ("en", "by December 2030", "December 2030", "2030-12"),
    ("sv", "antogs i maj 2020 respekterar", "maj 2020", "2020-05"),
    ("sv", "sedan 2013, innebär", "2013", "2013"),
    ("sv", "på 1990-talet", "1990-talet", "199X"),
    ("sv", "hösten 2021", "2021", "2021"),
    ("sv", "i januari förra året", "januari", "2023-01"),
]
INTERVALS = [
    ("nl", "van 3 tot en met 5 mei 2020", "3 tot en met 5 mei 2020", "2020-05-03/2020-05-05"),
    (
        "nl",
        "30 november - 2 december 2023",
        "30 november - 2 december 2023",
        "2023-11-30/2023-12-02",
    ),
    (
        "nl",
        "28 december t/m 3 januari 2020",
        "28 december t/m 3 januari 2020",
        "2019-12-28/2020-01-03",
    ),
    ("nl", "tussen 2015 en 2019", "2015 en 2019", "2015/2019"),
    ("nl", "het seizoen 2019/2020", "2019/2020", "2019/2020"),
    ("en", "between January and July 2020", "January and July 2020", "2020-01/2020-07"),
    ("en", "the 2014-2020 budget", "2014-2020", "2014/2020"),
    ("en", "from 1 May to 3 June 2020", "1 May to 3 June 2020", "2020-05-01/2020-06-03"),
    ("en", "May 12-15, 2020", "May 12-15, 2020", "2020-05-12/2020-05-15"),
    ("en", "in 2019-20", "2019-20", "2019/2020"),
    ("sv", "den 26–27 november 2020", "26–27 november 2020", "2020-11-26/2020-11-27"),
    ("sv", "Mellan januari och juli 2020", "januari och juli 2020", "2020-01/2020-07"),
    ("sv", "april–juni 2021", "april–juni 2021", "2021-04/2021-06"),
    # two days in a row under one month are a meeting's
    ("en", "on 26 and 27 October 2023", "26 and 27 October 2023", "2023-10-26/2023-10-27"),
    ("nl", "op 22 en 23 juli 2025", "22 en 23 juli 2025", "2025-07-22/2025-07-23"),
    ("sv", "mellan år 2003 och 2008", "2003 och 2008", "2003/2008"),
    ("nl", "in 1988-89", "1988-89", "1988/1989"),
    ("nl", "op 27.I.1977 gesloten", "27.I.1977", "1977-01-27"),
    ("nl", "op 5 mei '88", "5 mei '88", "1988-05-05"),
    (
        "sv",
        "från den 1 januari 2019 till den 31 december 2020",
        "1 januari 2019 till den 31 december 2020",
        "2019-01-01/2020-12-31",
    ),
]


@pytest.mark.parametrize(("lang", "text", "surface", "value"), FULL + PARTIAL + INTERVALS)
def test_a_date_is_marked_whole_with_its_value(
    lang: str, text: str, surface: str, value: str
) -> None:
    assert dated(lang, text) == [(surface, value)]


@pytest.mark.parametrize("value", [row[3] for row in FULL + PARTIAL + INTERVALS] + ["XXXX-05-03"])
def test_every_value_is_edtf(value: str) -> None:
    assert str(edtf.parse_edtf(value)) == value


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("sv", "den 3 och 5 maj 2020", [("3", "2020-05-03"), ("5 maj 2020", "2020-05-05")]),
        (
            "en",
            "on 12, 15 and 18 May 2020",
            [("12", "2020-05-12"), ("15", "2020-05-15"), ("18 May 2020", "2020-05-18")],
        ),
        ("en", "May 3 and 5, 2020", [("May 3", "2020-05-03"), ("5, 2020", "2020-05-05")]),
        ("nl", "in mei en juni 2020", [("mei", "2020-05"), ("juni 2020", "2020-06")]),
        ("nl", "in 2019 en 2020", [("2019", "2019"), ("2020", "2020")]),
    ],
)
def test_dates_that_share_a_month_or_year_are_mentions_of_their_own(
    lang: str, text: str, expected: list
) -> None:
    assert dated(lang, text) == expected


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("nl", "Verordening (EU) 2016/679 en Richtlijn 2003/109/EG"),
        ("nl", "Stb. 2020, 12 en COM(2020) 609"),
        ("nl", "2019 personen en 2 000 euro"),
        ("nl", "resolutie 2334 (2016) en artikel 2001"),
        ("nl", "vanaf dag één, de komende maanden, vandaag en in de 21e eeuw"),
        ("nl", "over 10 jaar, om 10.30 uur en 25 jaar oud"),
        ("nl", "31 februari"),
        ("en", "TIGO IOR 10/2023.4926"),
        ("en", "Article 2 may be used; paragraphs 3 and 4 may at any time be reversed"),
        ("en", "They may march"),
        ("nl", "een meerderheid van 2/3 der stemmen"),
        ("en", "2,019 people and 1500 troops"),
        ("en", "A/RES/70/1, ST 6701/24 and ECLI:EU:C:2014:317"),
        ("en", "<https://www.amnesty.org/en/documents/ior60/0995/2019/en/>"),
        ("en", "the last 20 years, two weeks ago, next Friday"),
        ("sv", "P9_TA(2021)0056RC-B9-0144/2021 (2021/2544(RSP))"),
        ("sv", "PV 11/02/2021 - 6.2"),
        ("sv", "PV 11/02/2021 - 17"),
        ("sv", "SFS 2018:1197 och artiklarna 144.5 och 132.4"),
        ("sv", "under de senaste veckorna, covid-19 och 23 000 människor"),
        ("sv", "på 1900-talet"),
        ("sv", "till jul och på ett 40-tal orter"),
        ("nl", "de fractie van Jan Terlouw"),
        ("sv", "sedan 1 500 personer"),
    ],
)
def test_what_is_no_date_is_left(lang: str, text: str) -> None:
    assert dated(lang, text) == []


def test_a_missing_year_is_the_nearest_to_the_documents_date() -> None:
    assert dated("nl", "op 24 december", dt.date(2024, 1, 26)) == [("24 december", "2023-12-24")]
    assert dated("nl", "op 24 december", dt.date(2024, 11, 1)) == [("24 december", "2024-12-24")]


def test_a_weekday_settles_the_year() -> None:
    # The seventh of July was a Sunday in 2024 and a Friday in 2023.
    assert dated("en", "on Friday 7 July")[0][1] == "2023-07-07"
    assert dated("en", "on Sunday 7 July")[0][1] == "2024-07-07"


def test_a_missing_year_follows_another_date_of_the_sentence() -> None:
    text = "arrested on 9 August 2020 and released on 12 August"
    assert dated("en", text)[-1] == ("12 August", "2020-08-12")


def test_without_any_date_the_year_stays_open() -> None:
    assert dated("sv", "den 5 mars", None) == [("5 mars", "XXXX-03-05")]


def test_a_date_does_not_run_across_sentences() -> None:
    words = ["3", "mei", "2020"]
    doc = Doc(NLP["nl"].vocab, words, sent_starts=[True, False, True])
    found = [(m.start, m.end) for m in dates.find(doc, ANCHOR)]
    assert found == [(0, 5), (6, 10)]


def test_a_name_of_a_person_is_no_month() -> None:
    doc = NLP["en"]("Mr April Smith spoke in April.")
    doc.set_ents([Span(doc, 1, 3, label="PER")])
    assert [m.start for m in dates.find(doc, ANCHOR)] == [24]


def test_an_interval_that_ends_before_it_begins_is_two_dates() -> None:
    assert interval(Point(2020), Point(2015)) is None
    found = dated("en", "from May 2020 to March 2019")
    assert found == [("May 2020", "2020-05"), ("March 2019", "2019-03")]


@pytest.mark.parametrize(
    ("point", "valid"),
    [
        (Point(2020, 2, 29), True),
        (Point(2021, 2, 29), False),
        (Point(None, 2, 29), True),
        (Point(2021, 4, 31), False),
        (Point(2021, 13), False),
        (Point(2021, 13), False),
    ],
)
def test_points_exist_or_not(point: Point, valid: bool) -> None:
    assert point.is_valid() is valid


@given(
    st.sampled_from(["nl", "en", "sv"]),
    st.lists(
        st.sampled_from(
            (
                "3 31 2020 1999 mei May maj to tot till and en och - – / . , ( ) den de of van "
                "between tussen 21.1.2021 12th Friday fredagen hösten 1990s Q1 jul"
            ).split()
        ),
        max_size=14,
    ).map(" ".join)
    | st.text(alphabet="0123456789 ./-–,()meiajMy", max_size=40),
)
@settings(max_examples=300, deadline=None)
def test_any_text_gives_ordered_mentions_with_edtf_values(lang: str, text: str) -> None:
    end = 0
    for mention in dates.find(NLP[lang](text), ANCHOR):
        assert end <= mention.start < mention.end <= len(text)
        assert mention.value and edtf.parse_edtf(mention.value)
        end = mention.end


@pytest.mark.parametrize(
    "piece", ["1 ", "2020-", "1.1.", "mei en ", "van 3 tot ", "den 1, ", "( ( ", "May "]
)
def test_no_input_takes_more_than_linear_time(piece: str) -> None:
    def seconds(size: int) -> float:
        doc = NLP["nl"](piece * size)
        start = time.process_time()
        list(dates.find(doc, ANCHOR))
        return time.process_time() - start

    seconds(100)
    assert seconds(8000) < 10 * max(seconds(2000), 0.05)


@pytest.mark.parametrize("lang", ["nl", "sv"])
def test_the_header_of_a_page_may_have_the_month_first(lang: str) -> None:
    assert dated(lang, "Okt 3, 2019 09:00 CEST", None) == [("Okt 3, 2019", "2019-10-03")]


def test_without_a_date_of_the_document_one_above_in_the_block_says_the_year() -> None:
    doc = NLP["en"]("On 3 May 2014 it began. On 9 May it ended. On 1 June he left.")
    for token in doc:
        token.is_sent_start = token.text == "On"
    doc.spans["blocks"] = [Span(doc, 0, 13, label="paragraph"), Span(doc, 13, 19, "paragraph")]
    found = [m.value for m in dates.find(doc, None)]
    assert found == ["2014-05-03", "2014-05-09", "XXXX-06-01"]
    assert [m.value for m in dates.find(doc, dt.date(2020, 5, 1))][1] == "2020-05-09"


def test_raised_footnote_mark_behind_a_year_is_no_part_of_it() -> None:
    assert dated("nl", "in werking sinds 3 mei 2021², en") == [("3 mei 2021", "2021-05-03")]


@pytest.mark.parametrize(
    "text", ["resolution 1325 (2000), 1889 (2009)", "(BGBl. I 2019, p. 12)", "1848 Berlin won"]
)
def test_number_of_a_resolution_gazette_or_club_is_no_year(text) -> None:
    assert dated("en", text) == []


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        ("sv", "i Nature, January 1970, och Le Monde", [("January 1970", "1970-01")]),
        ("nl", "de Loi du 27 mars 2017", [("27 mars 2017", "2017-03-27")]),
        ("en", "under the Loi du 3 avril 2017", [("3 avril 2017", "2017-04-03")]),
        ("en", "Loi n° 2017-399 du 27 mars 2017", [("27 mars 2017", "2017-03-27")]),
        ("nl", "het decreto de 3 de mayo de 2019", [("3 de mayo de 2019", "2019-05-03")]),
        ("sv", "Gesetz vom 16. Juli 2021", [("16. Juli 2021", "2021-07-16")]),
        ("nl", "de loi van octobre 2014", [("octobre 2014", "2014-10")]),
        ("en", "the rover Mars 2020", [("2020", "2020")]),
        ("en", "two rovers on Mars", []),
        ("sv", "artikeln av January Jones", []),
    ],
)
def test_month_of_another_language_needs_a_day_or_a_year(lang, text, expected) -> None:
    assert dated(lang, text) == expected


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("nl", "Kamerstukken II 2018-2019, 35 925, nr. 3"),
        ("nl", "PbEU 2016, L 119"),
        ("en", "OJ 2016 L 119"),
        ("en", "SI 2019 No 632"),
        ("sv", "NJA 2015 s. 512"),
        ("sv", "EUT 2016 L 119"),
    ],
)
def test_year_in_the_number_of_a_publication_is_no_date(lang, text) -> None:
    assert dated(lang, text) == []
