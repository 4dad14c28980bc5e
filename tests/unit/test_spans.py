"""Positions looked up among spans, against the plain search through all of them."""

from __future__ import annotations

import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc, Span

from pipeline.entities.spans import containing, merged, with_raised_marks

SPANS = st.lists(
    st.tuples(st.integers(0, 40), st.integers(1, 9)).map(lambda s: (s[0], s[0] + s[1]))
)


@given(SPANS, st.integers(0, 50))
def test_a_position_is_found_in_the_same_spans_as_by_looking_at_each(spans, position):
    found = containing(merged(spans), position)
    assert (found is not None) == any(start <= position < end for start, end in spans)
    if found is not None:
        assert found[0] <= position < found[1]


def test_overlapping_spans_become_one_and_neighbours_do_not():
    assert merged([(4, 6), (0, 3), (2, 4), (7, 9)]) == [(0, 4), (4, 6), (7, 9)]


def test_plain_figures_of_marks_are_raised_and_other_asides_are_not():
    doc = Doc(
        spacy.blank("nl").vocab,
        words=["2.", "In", "Belarus", "12", ",", "artikel", "12"],
        spaces=[True, True, False, False, True, True, False],
    )
    doc.spans["asides"] = [Span(doc, 0, 1), Span(doc, 3, 4)]
    assert with_raised_marks(doc) == "2. In Belarus¹², artikel 12"
