"""Numbered references, the identifiers that follow from their numbers, and the listed names."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.entities import (
    citations,
    instrument_lexicon,
    numbered_titles,
    provisions,
    un_resolutions,
)
from pipeline.entities.candidates import without_overlaps
from pipeline.entities.instrument_heads import heads
from pipeline.resources import table


def found(text: str, lang: str) -> list[tuple[str, str | None]]:
    return [
        (
            text[c.start : c.end],
            c.entity.entity_id.removeprefix("instrument:") if c.entity else None,
        )
        for c in without_overlaps(citations.find(text, lang))
    ]


@pytest.mark.parametrize(
    ("lang", "text", "celex"),
    [
        ("nl", "Verordening (EU) 2016/679", "32016R0679"),
        ("nl", "Verordening (EU) nr. 604/2013", "32013R0604"),
        ("nl", "besluit 2012/642/GBVB", "32012D0642"),
        ("nl", "richtlijn 2004/38/EG", "32004L0038"),
        ("nl", "Besluit nr. 1313/2013/EU", "32013D1313"),
        ("en", "Council Directive 2003/109/EC", "32003L0109"),
        ("en", "Regulation (EC) No 539/2001", "32001R0539"),
        ("en", "Directive 95/46/EC", "31995L0046"),
        ("en", "Framework Decision 2008/913/JHA", "32008F0913"),
        ("en", "Council Decision (CFSP) 2020/1999", "32020D1999"),
        ("sv", "rådets förordning (EG) nr 1987/2006", "32006R1987"),
        ("sv", "Europaparlamentets och rådets direktiv 2011/36/EU", "32011L0036"),
        ("sv", "beslut (Gusp) 2020/1999", "32020D1999"),
    ],
)
def test_number_of_an_act_gives_its_celex_number(lang: str, text: str, celex: str) -> None:
    assert found(text, lang) == [(text, f"celex:{celex}")]


def test_each_number_under_one_head_is_a_mention_the_first_with_the_head() -> None:
    text = "Regulations (EU) 2018/1860, (EU) 2018/1861 and (EU) 2018/1862"
    assert found(text, "en") == [
        ("Regulations (EU) 2018/1860", "celex:32018R1860"),
        ("(EU) 2018/1861", "celex:32018R1861"),
        ("(EU) 2018/1862", "celex:32018R1862"),
    ]


@pytest.mark.parametrize(
    "text", ["besluit 12/2024", "de verhouding 3/4", "Verordening 12/13", "24/7"]
)
def test_numbers_that_no_series_explains_stay_unmarked(text: str) -> None:
    assert found(text, "nl") == []


@pytest.mark.parametrize(
    ("lang", "text", "entity"),
    [
        ("sv", "P9_TA(2021)0056", "ep:P9_TA(2021)0056"),
        ("sv", "2021/2544(RSP)", "proc:2021/2544(RSP)"),
        ("sv", "RC-B9-0144/2021", "ep:RC-B9-0144/2021"),
        ("en", "CETS No. 210", "cets:210"),
        ("en", "ETS No. 5", "cets:005"),
        ("nl", "Stb. 2020, 12", "slug:stb-2020-12"),
        ("en", "CM/Rec(2010)5", "slug:cm-rec-2010-5"),
        ("en", "Recommendation (2010) 5", "slug:cm-rec-2010-5"),
        ("en", "A/RES/70/1", "slug:un-general-assembly-resolution-70-1"),
    ],
)
def test_document_reference_is_a_mention_under_its_own_number(lang, text, entity) -> None:
    assert found(text, lang) == [(text, entity)]


def test_two_references_without_a_blank_between_are_two_mentions() -> None:
    assert [span for span, _ in found("P9_TA(2021)0056RC-B9-0144/2021", "sv")] == [
        "P9_TA(2021)0056",
        "RC-B9-0144/2021",
    ]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("sv", "EUT C 251 E, 31.8.2013, s. 93"),
        ("en", "OJ L 119, 4.5.2016, p. 1"),
        ("nl", "PB L, 2024/1689, 12.7.2024"),
        ("nl", "PB C 347 van 9.9.2022, blz. 198"),
    ],
)
def test_official_journal_reference_is_marked_whole(lang: str, text: str) -> None:
    assert [span for span, _ in found(f"({text}).", lang)] == [text]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "UN Security Council resolution 1325 (2000)"),
        ("nl", "resolutie 1325 van de VN-Veiligheidsraad"),
        ("sv", "FN:s säkerhetsråds resolution 1325 (2000)"),
    ],
)
def test_security_council_resolution_has_one_id_in_all_languages(lang: str, text: str) -> None:
    assert found(text, lang) == [(text, "slug:un-security-council-resolution-1325-2000")]


def test_year_of_a_security_council_resolution_follows_from_its_number() -> None:
    assert un_resolutions.security_council_year(1373) == "2001"
    assert un_resolutions.security_council_year(242) is None


@given(st.text(alphabet="0123456789/()EUCno. ,Vrdigvandtjk-", max_size=200))
def test_any_text_of_digits_and_marks_is_read_without_error(text: str) -> None:
    for candidate in citations.find(text, "nl"):
        assert 0 <= candidate.start < candidate.end <= len(text)


# The list


def test_list_has_the_size_that_users_are_promised() -> None:
    assert len(instrument_lexicon.entities()) >= 600


@pytest.mark.parametrize("column", ["celex", "cets", "unts", "procedure"])
def test_no_identifier_stands_under_two_instruments(column: str) -> None:
    values = [row[column] for row in table("instruments") if row[column]]
    assert len(values) == len(set(values))


def test_every_row_names_its_source_and_has_a_title() -> None:
    for row in instrument_lexicon.rows():
        assert row["source"] and row["title_en"], row


@pytest.mark.parametrize(
    ("lang", "name", "entity"),
    [
        ("nl", "AI-wet", "celex:32024R1689"),
        ("nl", "crisisverordening", "celex:32024R1359"),
        ("nl", "Vluchtelingenverdrag", "unts:189-2545"),
        ("nl", "Verdrag van Istanbul", "cets:210"),
        ("nl", "EVRM", "cets:005"),
        ("nl", "IVBPR", "unts:999-14668"),
        ("sv", "Istanbulkonventionen", "cets:210"),
        ("sv", "Istanbulkonventionens", "cets:210"),
        ("sv", "Europakonventionen", "cets:005"),
        ("sv", "barnkonventionen", "unts:1577-27531"),
        ("sv", "dataskyddsförordningen", "celex:32016R0679"),
        ("sv", "AI-förordningen", "celex:32024R1689"),
        ("en", "Crisis Regulation", "celex:32024R1359"),
        (
            "en",
            "Convention on the Elimination of all Forms of Discrimination Against Women",
            "unts:1249-20378",
        ),
    ],
)
def test_short_names_are_linked(lang: str, name: str, entity: str) -> None:
    (candidate,) = instrument_lexicon.find(name, lang)
    assert candidate.entity is not None
    assert candidate.entity.entity_id == f"instrument:{entity}"


@pytest.mark.parametrize(
    ("lang", "text"),
    [("en", "the data act as evidence"), ("sv", "alla vapenlagar"), ("en", "the cat and the crc")],
)
def test_common_words_and_plurals_are_not_listed_names(lang: str, text: str) -> None:
    assert list(instrument_lexicon.find(text, lang)) == []


def test_longest_name_wins() -> None:
    text = (
        "het Facultatief Protocol bij het Verdrag inzake de rechten van personen met een handicap"
    )
    (candidate,) = instrument_lexicon.find(text, "nl")
    assert text[candidate.start : candidate.end].startswith("Facultatief")


@pytest.mark.parametrize(
    ("lang", "text", "expected"),
    [
        (
            "nl",
            "resolutie S-35/1 van de VN-Mensenrechtenraad",
            "un-human-rights-council-resolution-s-35-1",
        ),
        ("en", "HRC resolution 49/1", "un-human-rights-council-resolution-49-1"),
        ("sv", "människorättsrådets resolution 48/13", "un-human-rights-council-resolution-48-13"),
        ("en", "UNSCR 1325", "un-security-council-resolution-1325-2000"),
        ("en", "UNGA resolution ES-11/1", "un-general-assembly-resolution-es-11-1"),
        (
            "nl",
            "Resolutie 2527 (2024) van de Parlementaire Vergadering van de Raad van Europa",
            "pace-resolution-2527-2024",
        ),
        (
            "en",
            "Resolution 2527 (2024) of the Parliamentary Assembly",
            "pace-resolution-2527-2024",
        ),
    ],
)
def test_special_sessions_and_short_names_of_bodies_identify_resolutions(
    lang: str, text: str, expected: str
) -> None:
    assert found(f"x {text}.", lang) == [(text, f"slug:{expected}")]


def test_security_council_resolutions_under_one_head_are_a_mention_each() -> None:
    text = "UN Security Council resolutions 242 and 338"
    assert [mention for mention, _ in found(text, "en")] == [
        "UN Security Council resolutions 242",
        "338",
    ]


def test_political_group_behind_the_number_of_a_motion_is_no_procedure() -> None:
    assert found("B9‑0531/2022 (ECR)", "sv") == [("B9‑0531/2022", "ep:B9-0531/2022")]


def test_resolution_whose_number_looks_like_a_year_stands_in_a_list() -> None:
    text = "FN:s säkerhetsråds resolution 1325 (2000), 1889 (2009) och 2122 (2013)"
    assert [span for span, _ in found(text, "sv")] == [
        "FN:s säkerhetsråds resolution 1325 (2000)",
        "1889 (2009)",
        "2122 (2013)",
    ]


@pytest.mark.parametrize("text", ["2012/C 111 E/14", "het pact E/7"])
def test_letter_and_number_alone_are_no_symbol_of_the_united_nations(text) -> None:
    assert found(text, "nl") == []


@pytest.mark.parametrize("lang", ["en", "nl", "sv"])
@pytest.mark.parametrize("unit", [" ", "\n ", ", ", " ,"])
def test_no_pattern_takes_quadratic_time_over_white_space(lang: str, unit: str) -> None:
    tables = (citations, provisions, numbered_titles)
    rules = [*(module.grammar(lang) for module in tables), heads(lang)]
    patterns = [v for each in rules for v in vars(each).values() if isinstance(v, re.Pattern)]
    start = time.process_time()
    for pattern in patterns:
        pattern.findall(unit * 10_000)  # minutes where the time is quadratic
    assert time.process_time() - start < 10
