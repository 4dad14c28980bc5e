"""Numbers are compared by what they stand for, not by how a language writes them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.numerals import figures, numerals, readings


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("5.200", "5,200"),
        ("5 200", "5200"),
        ("13,3", "13.3"),
        ("3,50", "3.5"),
        ("6.30", "06:30"),
        ("10:00", "10"),
        ("1.234.567", "1,234,567"),
    ],
)
def test_two_ways_to_write_a_number_share_a_reading(left: str, right: str):
    assert readings(left) & readings(right)


@pytest.mark.parametrize(("left", "right"), [("50", "60"), ("13,3", "133"), ("5.200", "52")])
def test_different_numbers_share_none(left: str, right: str):
    assert not readings(left) & readings(right)


@pytest.mark.parametrize(
    ("text", "lang", "value"),
    [
        ("eighteen members", "en", "18"),
        ("sixty-three paragraphs", "en", "63"),
        ("in het tweede lid", "nl", "2"),
        ("drieënzestig leden", "nl", "63"),
        ("under andra världskriget", "sv", "2"),
        ("på 1400-talet", "sv", "15"),
        ("op 6 maart 2008", "nl", "8"),
        ("artikelen 1,2,3", "nl", "2"),
    ],
)
def test_figures_hold_numbers_in_words_and_parts(text: str, lang: str, value: str):
    assert value in figures(text, lang)


def test_a_century_is_read_as_its_ordinal():
    assert numerals("på 1400-talet föddes 12 barn", "sv") == {"15", "12"}


@given(st.integers(0, 10**9))
def test_a_plain_number_is_among_its_figures(number: int):
    assert str(number) in figures(f"het getal {number}.", "nl")
