"""Citations of instruments by genre: a table of sentences with the mentions marked in them."""

import re
from pathlib import Path

import pytest
import spacy

from pipeline.entities import instruments

MARK = re.compile(r"\[\[(?P<span>.*?)(?:\|(?P<id>[^\]|]*))?\]\](?!\])")
NLP = {lang: spacy.blank(lang) for lang in ("nl", "en", "sv")}
TABLE = Path(__file__).with_name("instrument-citations.tsv")
ROWS = [
    tuple(line.split("\t"))
    for line in TABLE.read_text("utf-8").splitlines()
    if not line.startswith(("#", "lang\t"))
]


def found(lang: str, text: str) -> list[tuple[str, str]]:
    doc = NLP[lang](text)
    for token in doc:
        token.is_sent_start = token.i == 0
    return [
        (text[m.start : m.end], m.entity.entity_id.removeprefix("instrument:") if m.entity else "")
        for m in instruments.find(doc)
    ]


@pytest.mark.parametrize(("lang", "marked"), ROWS)
def test_citation_is_marked_and_linked_as_its_genre_writes_it(lang: str, marked: str) -> None:
    expected = [(m["span"], m["id"]) for m in MARK.finditer(marked)]
    mentions = found(lang, MARK.sub(lambda m: m["span"], marked))
    assert [span for span, _ in mentions] == [span for span, _ in expected]
    for (_, entity_id), (_, wanted) in zip(mentions, expected, strict=True):
        assert wanted is None or entity_id == wanted


@pytest.mark.parametrize(
    ("lang", "sentence", "expected"),
    [
        ("en", "Protocol No 4 to it", "slug:protocol-no-4"),
        ("sv", "Jeddahförklaringen av den 11 maj 2023 gäller", "slug:jeddah-declaration"),
        ("nl", "de Verklaring van Praag van 5 mei 2020", "slug:prague-declaration"),
        (
            "nl",
            "de associatieovereenkomst tussen de EU en Andorra",
            "slug:association-agreement-between-the-european-union-and-andorra",
        ),
        (
            "sv",
            "partnerskaps- och samarbetsavtalet mellan EU och Uzbekistan",
            "slug:eu-uzbekistan-partnership-and-cooperation-agreement",
        ),
    ],
)
def test_unlisted_titles_get_english_ids_where_their_parts_translate(
    lang: str, sentence: str, expected: str
) -> None:
    assert [entity_id for _, entity_id in found(lang, sentence)] == [expected]


def test_protocol_number_means_the_convention_that_was_named_before() -> None:
    text = "the European Convention on Human Rights and its Protocol No 4"
    assert [i for _, i in found("en", text)] == ["cets:005", "cets:046"]


def test_document_number_takes_the_celex_type_of_what_it_numbers() -> None:
    proposal = "the proposal for a regulation on the return of objects (COM(2031)0123)"
    bare = "see COM(2031)0123"
    assert {i for _, i in found("en", proposal)} == {"celex:52031PC0123"}
    assert [i for _, i in found("en", bare)] == ["slug:com-2031-123"]


def test_another_year_makes_it_another_treaty() -> None:
    assert found("nl", "de Akkoorden van Parijs van 1973")[0][1] != "celex:22016A1019(01)"
