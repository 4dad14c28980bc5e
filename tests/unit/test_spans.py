"""Positions looked up among spans, against the plain search through all of them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.entities.spans import containing, merged

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
