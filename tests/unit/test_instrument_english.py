"""English names put together from Dutch and Swedish titles, and the terms that a text defines."""

import pytest
import spacy

from pipeline.entities import instrument_english, instruments
from pipeline.names import slug
from pipeline.resources import table
from pipeline.types import Entity

SWEDEN = Entity("country:SE", "COUNTRY", "Sweden")
RUSSIA = Entity("country:RU", "COUNTRY", "Russia")
NETHERLANDS = Entity("country:NL", "COUNTRY", "Netherlands")


def ids(lang: str, *lines: str) -> list[str]:
    text = " ".join(lines)
    doc = spacy.blank(lang)(text)
    starts = {sum(len(line) + 1 for line in lines[:index]) for index in range(len(lines))}
    for token in doc:
        token.is_sent_start = token.idx in starts
    return [
        m.entity.entity_id.removeprefix("instrument:") for m in instruments.find(doc) if m.entity
    ]


@pytest.mark.parametrize(
    ("lang", "title", "owner", "expected"),
    [
        ("nl", "demonstratiewet", RUSSIA, "demonstrations-law"),
        ("nl", "wet inzake de bescherming van persoonsgegevens", RUSSIA,
         "law-on-the-protection-of-personal-data"),
        ("nl", "nationaal actieplan tegen mensenhandel", None,
         "national-action-plan-against-trafficking-in-human-beings"),
        ("nl", "Verdrag van Wenen inzake diplomatiek verkeer", None,
         "vienna-convention-on-diplomatic-relations"),
        ("nl", "actieplan voor mensenrechten 2020-2024", None,
         "action-plan-for-human-rights-2020-2024"),
        ("nl", "Wet digitale veiligheid", NETHERLANDS, "digital-security-act"),
        ("nl", "Wet bescherming persoonsgegevens", NETHERLANDS,
         "act-on-the-protection-of-personal-data"),
        ("nl", "Wet rechten van het kind", NETHERLANDS, "act-on-the-rights-of-the-child"),
        ("nl", "Nationaal Actieplan mensenrechten", None,
         "national-action-plan-on-human-rights"),
        ("sv", "lagen om folkförsamlingar", RUSSIA, "law-on-assemblies"),
        ("sv", "lagen om folkförsamlingar", SWEDEN, "act-on-assemblies"),
        ("sv", "hyresregleringslagen", SWEDEN, "rent-control-act"),
        ("sv", "konventionen om förebyggande och bestraffning av terrorism", None,
         "convention-on-the-prevention-and-punishment-of-terrorism"),
    ],
)  # fmt: skip
def test_title_whose_every_word_is_known_gets_an_english_name(
    lang: str, title: str, owner: Entity | None, expected: str
) -> None:
    name = instrument_english.compose(title, lang, (), owner)
    assert name is not None
    assert slug(name) == expected


@pytest.mark.parametrize(
    ("lang", "title"),
    [
        ("nl", "wet op de kwispelstaarten"),
        ("nl", "Wet blije kwispelstaarten"),
        ("sv", "lagen om snickerier"),
        ("nl", "Internationale Organisatie voor Migratie"),  # no type of instrument
        ("nl", "wet"),
        ("sv", ""),
        ("en", "Law on Peaceful Assemblies"),
    ],
)
def test_title_with_an_unknown_part_has_no_english_name(lang: str, title: str) -> None:
    assert instrument_english.compose(title, lang, ()) is None


def test_parties_are_named_without_their_governments() -> None:
    title = "Overeenkomst tussen de regering van Nederland en Zweden inzake sociale zekerheid"
    countries = (("Nederland", NETHERLANDS), ("Zweden", SWEDEN))
    assert instrument_english.compose(title, "nl", countries) == (
        "Agreement between the Netherlands and Sweden on Social Security"
    )


def test_number_of_a_noun_is_minded() -> None:
    singular = instrument_english.compose("wet inzake de rechtbank", "nl", ())
    plural = instrument_english.compose("wet inzake de rechtbanken", "nl", ())
    assert (singular, plural) == (None, "Law on Courts")


@pytest.mark.parametrize("lang", ["nl", "sv"])
def test_no_glossary_entry_renders_two_english_words(lang: str) -> None:
    english: dict[tuple[str, ...], set[str]] = {}
    for row in table("glossary"):
        for written in filter(None, row[f"names_{lang}"].split("|")):
            english.setdefault((written.casefold(),), set()).add(row["label"])
    assert {words: names for words, names in english.items() if len(names) > 1} == {}


@pytest.mark.parametrize(
    ("lang", "lines", "expected"),
    [
        # A term in quotes before the title that defines it, and its later use.
        ("nl", ("„Algemeen Verdrag” het Verdrag nopens de voorrechten en immuniteiten van de"
                " Verenigde Naties.", "Het Algemeen Verdrag is van toepassing."),
         ["unts:1-4", "unts:1-4", "unts:1-4"]),
        # The only country of the sentence owns the law, whatever the text is about.
        ("en", ("Uganda, Uganda and Uganda.", "In Ghana, the Law on Elections was amended."),
         ["slug:law-on-elections-of-ghana"]),
        ("en", ("The United States amended its Criminal Code.",),
         ["slug:criminal-code-of-the-united-states"]),
        ("nl", ("Cambodja past de vakbondswet van 2016 toe.",),
         ["slug:law-on-trade-unions-of-cambodia"]),
        ("nl", ("het Protocol van 14 september 1939",), ["slug:protocol-1939-09-14"]),
        ("en", ("Council conclusions of 19 November 2018 on water diplomacy",),
         ["slug:council-conclusions-on-water-diplomacy"]),
        ("sv", ("Europaparlamentets resolution av den 10 juni 2021 om läget i Belarus",),
         ["ep:P9_TA(2021)0293"]),
        # Two agreements have been called so: no identifier.
        ("en", ("the ACP-EU Partnership Agreement",), ["slug:acp-eu-partnership-agreement"]),
    ],
)  # fmt: skip
def test_document_links_what_it_defines_dates_and_places(
    lang: str, lines: tuple[str, ...], expected: list[str]
) -> None:
    assert ids(lang, *lines) == expected
