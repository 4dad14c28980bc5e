from hypothesis import given
from hypothesis import strategies as st

from pipeline.keys import digest, text_keys

texts = st.lists(st.text(max_size=5), max_size=12)


@given(texts)
def test_keys_are_unique_and_repeatable(values):
    keys = text_keys("doc", "s", values)
    assert len(set(keys)) == len(values)
    assert keys == text_keys("doc", "s", values)


@given(texts, texts, st.text(max_size=5))
def test_an_edit_elsewhere_leaves_the_key_of_a_text_alone(before, after, new):
    target = "an untouched sentence"
    old = text_keys("doc", "s", [*before, target, *after])
    changed = text_keys("doc", "s", [new, *before[1:], target, *after, new])
    place = len([new, *before[1:]])
    assert old[len(before)] == changed[place]


def test_equal_texts_are_told_apart_by_rank():
    first, second = text_keys("doc", "s", ["Lees ook", "Lees ook"])
    assert second == f"{first}.2"


def test_digest_keeps_its_parts_apart():
    assert digest("ab", "c") != digest("a", "bc")
