"""What two documents of a pair share besides their words."""

from pipeline.pairs import numbers


def test_numbers_are_one_however_they_are_written():
    assert numbers("Article 7 of 007, in Arabic \u0667") == {"number:7"}
    assert numbers("nothing") == frozenset()


def test_a_number_may_have_any_length():
    # Python refuses to read an int of more than 4,300 digits.
    assert numbers("1" * 5000) == {f"number:{'1' * 5000}"}
