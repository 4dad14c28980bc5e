from hypothesis import given
from hypothesis import strategies as st

from pipeline.entities.instrument_context import Context, spelled_out
from pipeline.types import Entity, Mention


def mention(start: int, length: int) -> Mention:
    entity = Entity("country:SE", "COUNTRY", "Sweden")
    return Mention("COUNTRY", start, start + length, "test", form="name", entity=entity)


@given(
    st.lists(st.tuples(st.integers(0, 2000), st.integers(1, 60)), max_size=40),
    st.integers(0, 2000),
    st.integers(0, 300),
)
def test_no_country_that_touches_a_stretch_is_left_out_of_those_around_it(spans, start, length):
    countries = [mention(*span) for span in sorted(spans)]
    end = start + length
    around = Context("", "en", countries).around(start, end)
    assert [m for m in around if m.end >= start] == [
        m for m in countries if m.start <= end and m.end >= start
    ]


def test_acronyms_are_spelled_out_only_by_words_with_their_initials():
    text = "Human Rights Defenders (HRDs) met. The new body (HRD) and EU Special Envoys (ESE)."
    context = Context(text, "en", [])
    assert spelled_out("conclusions on HRDs", context) == "conclusions on Human Rights Defenders"
    assert spelled_out("conclusions on ESE", context) == "conclusions on EU Special Envoys"
    assert spelled_out("conclusions on GBV", context) == "conclusions on GBV"
