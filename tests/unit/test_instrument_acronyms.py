"""Acronyms in brackets behind a title."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.entities import instrument_acronyms


@pytest.mark.parametrize(
    ("title", "acronym"),
    [
        ("Wet goed verhuurderschap", "Wgvh"),
        ("Wet verplichte geestelijke gezondheidszorg", "Wvggz"),
        ("Wet allocatie arbeidskrachten door intermediairs", "Waadi"),
        ("Wet verduidelijking beoordeling arbeidsrelaties en rechtsvermoeden", "Vbar"),
    ],
)
def test_acronym_written_as_a_word_belongs_to_the_words_that_it_abbreviates(
    title: str, acronym: str
) -> None:
    text = f"{title} ({acronym})"
    match = instrument_acronyms.wordlike(text, 0, len(title))
    assert match is not None
    assert match["acronym"] == acronym
    assert instrument_acronyms.without(text) == title


@pytest.mark.parametrize("bracket", ["Parijs", "Wenen", "Genève", "Warschau"])
def test_place_in_brackets_is_no_acronym(bracket: str) -> None:
    title = "Wet goed verhuurderschap"
    assert instrument_acronyms.wordlike(f"{title} ({bracket})", 0, len(title)) is None


@pytest.mark.parametrize("bracket", ["Wet 1040", "EU 2024/1689"])
def test_number_of_another_law_is_no_acronym(bracket: str) -> None:
    assert instrument_acronyms.ACRONYM.fullmatch(f" ({bracket})") is None


@given(st.text(max_size=60), st.text(max_size=10))
def test_a_title_never_grows(title: str, bracket: str) -> None:
    text = f"{title} ({bracket})"
    assert len(instrument_acronyms.without(text)) <= len(text)
