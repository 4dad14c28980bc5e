"""Pinpoint provisions in three languages, and their language-neutral form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.entities import provisions


def read(text: str, lang: str) -> list[tuple[str, str]]:
    return [(text[p.start : p.end], p.provision) for p in provisions.pinpoints(text, lang)]


@pytest.mark.parametrize(
    ("lang", "text", "span", "neutral"),
    [
        (
            "en",
            "under Article 204.3.1 of the Criminal Code",
            "Article 204.3.1",
            "art. 204(3)(1)",
        ),
        (
            "nl",
            "gezien de artikelen 2, 3, lid 5, 18 en 21 van het Verdrag",
            "artikelen 2, 3, lid 5, 18 en 21",
            "art. 2; art. 3(5); art. 18; art. 21",
        ),
        (
            "nl",
            "artikel 6, leden 1, 2 en 3, van het Verdrag",
            "artikel 6, leden 1, 2 en 3",
            "art. 6(1); art. 6(2); art. 6(3)",
        ),
        ("nl", "op grond van artikel 7, lid 1, van het Verdrag", "artikel 7, lid 1", "art. 7(1)"),
        (
            "nl",
            "artikel 5, eerste lid, onder a, van de wet",
            "artikel 5, eerste lid, onder a",
            "art. 5(1)(a)",
        ),
        (
            "nl",
            "artikel 7, leden 1 en 2, van het Verdrag",
            "artikel 7, leden 1 en 2",
            "art. 7(1); art. 7(2)",
        ),
        ("nl", "art. 6 EVRM", "art. 6", "art. 6"),
        ("nl", "artikelen 82 tot en met 89 VWEU", "artikelen 82 tot en met 89", "art. 82-89"),
        (
            "nl",
            "eerste lid van artikel 1 van het Protocol",
            "eerste lid van artikel 1",
            "art. 1(1)",
        ),
        ("en", "under Article 7(1) of the Treaty", "Article 7(1)", "art. 7(1)"),
        (
            "en",
            "Articles 10 to 13 and 15 of the ECHR",
            "Articles 10 to 13 and 15",
            "art. 10-13; art. 15",
        ),
        (
            "en",
            "point (a) of Article 6(1) of the GDPR",
            "point (a) of Article 6(1)",
            "art. 6(1)(a)",
        ),
        ("en", "Article 3, paragraph 2, of the Charter", "Article 3, paragraph 2", "art. 3(2)"),
        ("en", "Annex II to the Directive", "Annex II", "annex II"),
        (
            "sv",
            "artiklarna 1, 4, 5 och 235 i avtalet",
            "artiklarna 1, 4, 5 och 235",
            "art. 1; art. 4; art. 5; art. 235",
        ),
        (
            "sv",
            "artiklarna 144.5 och 132.4 i arbetsordningen",
            "artiklarna 144.5 och 132.4",
            "art. 144(5); art. 132(4)",
        ),
        (
            "sv",
            "artikel 405 och artikel 182 i strafflagen",
            "artikel 405 och artikel 182",
            "art. 405; art. 182",
        ),
        ("sv", "artikel 12 i konventionen", "artikel 12", "art. 12"),
        ("sv", "artikel 6.1 a i förordningen", "artikel 6.1 a", "art. 6(1)(a)"),
    ],
)
def test_pinpoint_is_read_to_its_end(lang: str, text: str, span: str, neutral: str) -> None:
    assert read(text, lang) == [(span, neutral)]


def test_swedish_chapter_and_section_go_together() -> None:
    assert ("2 kap. 1 §", "ch. 2 § 1") in read("Enligt 2 kap. 1 § regeringsformen", "sv")


def test_a_unit_word_without_a_number_is_no_pinpoint() -> None:
    assert read("het artikel over de wet", "nl") == []


@pytest.mark.parametrize(
    ("gap", "belongs"),
    [
        (" van het ", True),
        (" ", True),
        (" van de Zweedse ", True),
        (" en het ", False),
        (" is hier ", False),
    ],
)
def test_only_a_genitive_link_joins_a_pinpoint_to_a_title(gap: str, belongs: bool) -> None:
    text = f"artikel 7{gap}Verdrag"
    pinpoint = next(provisions.pinpoints(text, "nl"))
    assert provisions.joined(text, pinpoint, len("artikel 7" + gap), "nl") is belongs


_PIECES = st.sampled_from(
    [
        "artikel ",
        "art. ",
        "7",
        "12",
        ", ",
        " en ",
        "lid ",
        "(1)",
        "(a)",
        "–",
        "tot en met ",
        "§ ",
        "1.2",
        " ",
    ]
)


@given(st.lists(_PIECES, max_size=60).map("".join))
def test_any_sequence_of_pieces_ends_and_stays_inside_the_text(text: str) -> None:
    for pinpoint in provisions.pinpoints(text, "nl"):
        assert 0 <= pinpoint.start < pinpoint.end <= len(text)
        assert pinpoint.provision


def test_the_strasbourg_court_cites_a_paragraph_by_its_sign():
    text = "a violation of Article 6 § 1 and Article 13 of the Convention"
    assert read(text, "en") == [("Article 6 § 1 and Article 13", "art. 6(1); art. 13")]
    assert read("Articles 8 §§ 1 and 2 of it", "en") == [
        ("Articles 8 §§ 1 and 2", "art. 8(1); art. 8(2)")
    ]
    assert read("artikel 10 § 2 van het EVRM", "nl") == [("artikel 10 § 2", "art. 10(2)")]
