"""The two readings of the test set of names, and how they are compared."""

import json

import pytest

from pipeline.types import LANGUAGES
from tools.agree_people import locate, main, read_second
from tools.measure_people import NAMES, read_rows


def test_a_name_said_twice_is_two_spans_in_their_order():
    assert locate("Luna sang; Luna left.", ["Luna", "Luna"]) == {(0, 4), (11, 15)}


def test_a_name_is_sought_as_whole_words_only():
    assert locate("Orbánregeringen och Orbán", ["Orbán"]) == {(20, 25)}


def test_a_name_that_the_sentence_lacks_is_refused():
    with pytest.raises(ValueError, match="Miller"):
        locate("Miller met Duvall", ["Duvall", "Miller"])


def test_every_line_of_the_second_reading_belongs_to_a_sentence():
    known = {(lang, row.row_id) for lang in LANGUAGES for row in read_rows(NAMES / f"{lang}.jsonl")}
    assert set(read_second(NAMES / "second-reading.tsv")) <= known


def test_a_sentence_read_differently_is_printed(tmp_path, capsys):
    for lang in LANGUAGES:
        (tmp_path / f"{lang}.jsonl").write_text("", "utf-8")
    row: dict[str, object] = {"id": "flores-0045", "source": "flores", "text": "Hu met Bush"}
    row["persons"] = [[0, 2], [7, 11]]
    (tmp_path / "en.jsonl").write_text(json.dumps(row) + "\n", "utf-8")
    (tmp_path / "second-reading.tsv").write_text("en\tflores-0045\tHu\n", "utf-8")
    main([str(tmp_path)])
    printed = capsys.readouterr().out
    assert "flores-0045 missed ['Bush'] false []" in printed
    assert "F1 flores 66.7" in printed
