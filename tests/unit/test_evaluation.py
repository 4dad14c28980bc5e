"""The measures, on small cases that were counted by hand."""

import json

import pandas as pd
import pytest

from pipeline.evaluation import GoldError, read_gold
from pipeline.evaluation.compare import (
    compare_clauses,
    compare_mentions,
    new_result,
)
from pipeline.evaluation.evaluate import Evaluation, changes
from pipeline.evaluation.gold import GoldClauseGroup, GoldGroup, GoldMention, GoldSentence
from pipeline.evaluation.groups import compare_alignment, compare_clause_alignment

TEXT = "Anna Berg met Jan de Vries in Belarus on 3 May 2020."


def gold(start, end, kind, entity_id, value=None, optional=False):
    text = TEXT[start:end]
    return GoldMention(start, end, text, kind, None, value, None, entity_id, optional)


GOLD = [
    gold(0, 9, "PERSON", "person:anna-berg"),
    gold(14, 26, "PERSON", "person:jan-de-vries"),
    gold(30, 37, "COUNTRY", "country:BY"),
    gold(41, 51, "DATE", "date:2020-05-03", "2020-05-03"),
]


def mentions(*rows):
    columns = ["start", "end", "type", "entity_id", "value", "text", "source"]
    return pd.DataFrame(
        [(a, b, kind, entity, value, TEXT[a:b], "t") for a, b, kind, entity, value in rows],
        columns=columns,
    )


def mention_scores(found, annotated=GOLD):
    result = new_result()
    compare_mentions("d", annotated, found, [0], result)
    scores = {(kind, m): t.score() for (_, _, kind, m), t in result.tallies.items()}
    return scores, {(o.type, o.text): o.verdict for o in result.outcomes}


def test_exact_relaxed_and_linked_mentions():
    found = mentions(
        (0, 9, "PERSON", "person:berg", None),  # span right, link wrong
        (14, 17, "PERSON", "person:jan", None),  # boundary
        (18, 20, "PERSON", "person:de", None),  # the same gold again
        (30, 37, "COUNTRY", "country:BY", None),
        (41, 51, "DATE", "date:2020-05-03", "2020-05-30"),  # value wrong
    )
    scores, verdicts = mention_scores(found)
    assert scores["PERSON", "exact"].precision == pytest.approx(1 / 3)
    assert scores["PERSON", "exact"].recall == pytest.approx(1 / 2)
    assert scores["PERSON", "relaxed"].precision == 1.0
    assert scores["PERSON", "relaxed"].recall == 1.0
    assert scores["PERSON", "linked"].f1 == 0.0
    assert scores["COUNTRY", "linked"].f1 == 1.0
    assert scores["DATE", "value"].f1 == 0.0
    assert verdicts["PERSON", "Anna Berg"] == "link"
    assert verdicts["PERSON", "Jan de Vries"] == "boundary"
    assert verdicts["DATE", "3 May 2020"] == "value"


def test_an_optional_mention_counts_neither_as_missed_nor_as_false():
    annotated = [gold(0, 9, "PERSON", "person:anna-berg", optional=True), *GOLD[1:]]
    rows = [(m.start, m.end, m.type, m.entity_id, m.value) for m in annotated]
    for found in (rows, rows[1:], [(0, 4, "PERSON", "person:anna", None), *rows[1:]]):
        scores, _ = mention_scores(mentions(*found), annotated)
        assert scores["PERSON", "exact"].f1 == 1.0
        assert scores["PERSON", "relaxed"].f1 == 1.0


def test_nothing_found_is_recall_zero_and_no_division_by_zero():
    scores, verdicts = mention_scores(mentions())
    assert scores["COUNTRY", "exact"].recall == 0.0
    assert scores["COUNTRY", "exact"].f1 == 0.0
    assert set(verdicts.values()) == {"missed"}


def clause_scores(predicted):
    text = "He said, that it, alas, rains."
    sentence = GoldSentence(
        0, 30, ((((0, 7),), "main"), (((9, 16), (24, 29)), "complement"), (((18, 22),), "fragment"))
    )
    frame = pd.DataFrame(
        [([{"start": a, "end": b} for a, b in spans], kind) for spans, kind in predicted],
        columns=["fragments", "kind"],
    )
    result = new_result()
    compare_clauses("d", [sentence], frame, text, result)
    return {m: t.score() for (_, _, _, m), t in result.tallies.items()}


def test_a_clause_is_right_when_its_letters_are_whatever_its_punctuation():
    right = [([(0, 8)], "main"), ([(9, 17), (24, 30)], "relative"), ([(18, 23)], "fragment")]
    scores = clause_scores(right)
    assert scores["exact"].f1 == 1.0
    assert scores["starts"].f1 == 1.0
    assert scores["kind"].f1 == pytest.approx(2 / 3)


def test_a_clause_that_takes_a_word_too_many_costs_both_but_its_start_stands():
    scores = clause_scores([([(0, 13)], "main"), ([(14, 17), (24, 30)], "complement")])
    assert scores["exact"].f1 == 0.0
    assert scores["starts"].precision == pytest.approx(1 / 2)
    assert scores["starts"].recall == pytest.approx(1 / 3)


def test_the_brackets_of_a_link_are_punctuation():
    text = "See <https://a.eu>"
    result = new_result()
    frame = pd.DataFrame(
        [([{"start": 0, "end": 3}, {"start": 5, "end": 17}], "fragment")],
        columns=["fragments", "kind"],
    )
    compare_clauses("d", [GoldSentence(0, 18, ((((0, 18),), "fragment"),))], frame, text, result)
    assert result.tallies["clauses", "d", "clause", "exact"].score().f1 == 1.0


ALIGNED = [
    GoldGroup(((0, 10),), ((0, 12),), False),
    GoldGroup(((11, 20), (21, 30)), ((13, 40),), False),
    GoldGroup(((31, 40),), (), False),
]


def alignment_scores(groups, spans):
    frame = pd.DataFrame(
        [(s, t, " ".join(s), " ".join(t), f"{len(s)}-{len(t)}") for s, t in groups],
        columns=["source_ids", "target_ids", "source_text", "target_text", "kind"],
    )
    result = new_result()
    compare_alignment(("a", "b"), ALIGNED, frame, spans, result)
    return {m: t.score() for (_, _, _, m), t in result.tallies.items()}


SPANS = {"a1": (0, 10), "a2": (11, 20), "a3": (21, 30), "b1": (0, 12), "b2": (13, 40)}


def test_a_group_is_right_when_both_sets_of_sentences_are():
    scores = alignment_scores([(["a1"], ["b1"]), (["a2"], ["b2"]), (["a3"], [])], SPANS)
    assert scores["strict"].precision == pytest.approx(1 / 2)
    assert scores["strict"].recall == pytest.approx(1 / 2)
    assert scores["lax"].f1 == 1.0


def test_another_sentence_split_costs_only_the_groups_that_it_touches():
    # The second document's gold sentence 13-40 was cut in two, and both parts were aligned.
    spans = {**SPANS, "b2": (13, 25), "b3": (26, 40)}
    scores = alignment_scores([(["a1"], ["b1"]), (["a2", "a3"], ["b2", "b3"])], spans)
    assert scores["strict"].f1 == 1.0


CLAUSES = [
    GoldClauseGroup((((0, 6), (15, 20)),), (((0, 10),),), False),
    GoldClauseGroup((((7, 14),),), (((11, 20),),), False),
]
CLAUSE_TEXT = "abcdef ghijkl, mnopqr"


def clause_group_scores(groups, clauses):
    frame = pd.DataFrame(
        [(s, t, " ".join(s), " ".join(t), f"{len(s)}-{len(t)}") for s, t in groups],
        columns=["source_ids", "target_ids", "source_text", "target_text", "kind"],
    )
    result = new_result()
    texts = (CLAUSE_TEXT, CLAUSE_TEXT)
    compare_clause_alignment(("a", "b"), CLAUSES, frame, clauses, texts, result)
    return {m: t.score() for (_, _, _, m), t in result.tallies.items()}


def test_a_clause_whose_border_is_a_little_off_stands_for_its_gold_clause():
    clauses = {
        "a1": ((0, 9), (15, 20)),
        "a2": ((9, 14),),
        "b1": ((0, 11),),
        "b2": ((12, 20),),
    }
    scores = clause_group_scores([(["a1"], ["b1"]), (["a2"], ["b2"])], clauses)
    assert scores["strict"].f1 == 1.0


def test_a_clause_that_joins_two_of_the_gold_spoils_the_groups_of_both():
    clauses = {"a1": ((0, 20),), "b1": ((0, 10),), "b2": ((11, 20),)}
    scores = clause_group_scores([(["a1"], ["b1"]), ([], ["b2"])], clauses)
    assert scores["strict"].f1 == 0.0
    assert scores["lax"].f1 == pytest.approx(2 / 3)


def test_swapped_sides_are_wrong():
    spans = {"a1": (0, 10), "a2": (11, 20), "a3": (21, 30), "b1": (0, 12), "b2": (13, 40)}
    scores = alignment_scores([(["a1"], ["b2"]), (["a2", "a3"], ["b1"])], spans)
    assert scores["strict"].f1 == 0.0
    assert scores["lax"].f1 == 0.0


def row(**changes):
    base = {"start": 0, "end": 9, "text": "Anna Berg", "type": "PERSON", "entity_id": "person:x"}
    return json.dumps({**base, **changes})


@pytest.mark.parametrize(
    ("name", "content", "complaint"),
    [
        ("d.entities.jsonl", row(text="Anna Bergs"), r"line 1: the text at 0-9 is 'Anna Berg'"),
        ("d.entities.jsonl", row(start=1), r"line 1: the text at 1-9"),
        ("d.entities.jsonl", row(end=900), r"line 1: \[0, 900\] is no span"),
        ("d.entities.jsonl", row(type="CITY"), r"line 1: type 'CITY'"),
        ("d.entities.jsonl", row() + "\n" + row(start=5, text="Berg"), r"line 2: overlaps"),
        ("d.entities.jsonl", "{", r"line 1: not JSON"),
        ("d.entities.jsonl", "[" * 100_000, r"line 1: not JSON"),
        ("d.clauses.jsonl", row(clauses=3), r"line 1: 3 is no list"),
        ("d.clauses.jsonl", row(clauses=[3]), r"line 1: 3 is no clause"),
        ("d.clauses.jsonl", row(clauses=[{"kind": "main", "fragments": 3}]), r"line 1: 3 is no"),
        ("d.alignment.json", "3", r"3 is no list"),
        ("d.alignment.json", "[null]", r"group 1: None is no group"),
        ("d.alignment.json", '[{"d": 3, "e": []}]', r"group 1"),
        ("e.entities.jsonl", row(), r"no document 'e'"),
        (
            "d.clauses.jsonl",
            json.dumps({"start": 0, "end": 9, "text": "Anna"}),
            r"line 1: the text",
        ),
        (
            "d.clauses.jsonl",
            json.dumps(
                {
                    "start": 0,
                    "end": 9,
                    "text": "Anna Berg",
                    "clauses": [{"fragments": [[0, 12]], "kind": "main"}],
                }
            ),
            r"line 1: a clause is empty, leaves",
        ),
        (
            "x.alignment.json",
            json.dumps([{"d": [[0, 4]], "e": []}]),
            r"group 1: needs two documents",
        ),
    ],
)
def test_gold_that_does_not_fit_its_text_is_refused_with_its_place(
    tmp_path, name, content, complaint
):
    (tmp_path / name).write_text(content, "utf-8")
    with pytest.raises(GoldError, match=complaint):
        read_gold(tmp_path, {"d": TEXT})


def test_a_directory_without_gold_is_refused(tmp_path):
    with pytest.raises(GoldError, match="no gold here"):
        read_gold(tmp_path, {"d": TEXT})


@pytest.mark.parametrize(
    "content", ["{}", '{"scores": [], "items": []}', '{"scores": {}, "items": {"x": 3}}']
)
def test_an_earlier_evaluation_of_another_shape_is_refused(tmp_path, content):
    (tmp_path / "old.json").write_text(content)
    with pytest.raises(GoldError, match="not a file that evaluate --json wrote"):
        changes(Evaluation({}, []), tmp_path / "old.json")
