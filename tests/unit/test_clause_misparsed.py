"""Clauses of sentences that the parser gets wrong in ways that the words or their order show.

The trees of `data/misparsed.conllu` are the parser's own; clauses and columns are what a reader
makes of the sentences (`clauses` without punctuation; in `columns` ∅ stands for null).
"""

from __future__ import annotations

from pathlib import Path

import pytest
from spacy.tokens import Doc

from pipeline.clauses import segment
from tests.conllu import sentences, to_doc

TREES = Path(__file__).with_name("data") / "misparsed.conllu"
CASES = list(sentences(TREES.read_text("utf-8")))
CUT = [case for case in CASES if "clauses" in case[0]]
DESCRIBED = [case for case in CASES if "columns" in case[0]]


def name(value: object) -> str | None:
    return value["text"][:60] if isinstance(value, dict) else ""


def parsed(comments: dict[str, str], rows: list[list[str]]) -> Doc:
    return to_doc(comments["lang"], [rows])


@pytest.mark.parametrize(("comments", "rows"), CUT, ids=name)
def test_clauses_are_those_of_the_sentence_not_of_the_wrong_tree(comments, rows) -> None:
    doc = parsed(comments, rows)
    found = [
        " ".join(doc[token].text for token in clause.tokens if doc[token].pos_ != "PUNCT")
        for clause in segment(doc)
    ]
    assert found == comments["clauses"].split("|")


@pytest.mark.parametrize(("comments", "rows"), DESCRIBED, ids=name)
def test_columns_are_those_of_the_sentence_not_of_the_wrong_tree(comments, rows) -> None:
    clauses = segment(parsed(comments, rows))
    for expected in comments["columns"].split("; "):
        number, column, value = expected.split(" ", 2)
        found = getattr(clauses[int(number)], column)
        assert ("∅" if found is None else str(found)) == value, expected
