"""The measures of demands and columns, on a case that was counted by hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from pipeline.evaluation import GoldError, Score, read_gold
from pipeline.evaluation.columns import compare_columns
from pipeline.evaluation.compare import new_result
from pipeline.evaluation.demands import FoundDemand, compare_demands
from pipeline.evaluation.gold import GoldColumns, GoldDemand

TEXT = "1. We urge Iran to stop, and to listen. We condemn the war."
#       0  3  6    11   16       25            40 43      51


def wanted(**changes: Any) -> list[GoldDemand]:
    urge: dict[str, Any] = {
        "start": 6, "end": 10, "text": "urge", "act": "call", "speaker": "We",
        "addressee": "Iran", "content": ((16, "clause"), (25, "clause")), "force": "strong",
        "optional": False,
    }  # fmt: skip
    condemn = GoldDemand(
        43, 50, "condemn", "condemn", "We", None, ((51, "nominal"),), "plain", False
    )
    return [GoldDemand(**(urge | changes)), condemn]


def found(**changes: Any) -> list[FoundDemand]:
    urge: dict[str, Any] = {
        "clause": 3, "fragments": ((0, 15),), "text": "We urge Iran", "act": "call",
        "speaker": "We", "addressee": "iran", "content": (16, 25), "itself": False,
        "force": "strong",
    }  # fmt: skip
    condemn = FoundDemand(
        40, ((40, 58),), "We condemn the war", "condemn", "We", None, (40,), True, "plain"
    )
    return [FoundDemand(**(urge | changes)), condemn]


def scores(gold: list[GoldDemand], predicted: list[FoundDemand]) -> dict[str, Score]:
    result = new_result()
    compare_demands("d", gold, predicted, TEXT, result)
    return {measure: tally.score() for (*_, measure), tally in result.tallies.items()}


def test_each_content_counts_and_a_noun_phrase_stands_for_its_clause() -> None:
    both = scores(wanted(), found())
    assert [both[name].f1 for name in ("exact", "act", "speaker", "force")] == [1.0] * 4
    assert both["exact"].n_gold == both["exact"].n_predicted == 3


@pytest.mark.parametrize(
    ("change", "right", "predicted"),
    [
        ({"addressee": "Israel"}, 1, 3),
        ({"addressee": None}, 1, 3),
        ({"act": "inform"}, 1, 3),
        ({"content": (16,)}, 2, 2),
        ({"content": (16, 30)}, 2, 3),
    ],
)
def test_act_addressee_and_start_must_all_be_right(
    change: dict[str, Any], right: int, predicted: int
) -> None:
    score = scores(wanted(), found(**change))["exact"]
    assert score.precision == pytest.approx(right / predicted)
    assert score.recall == pytest.approx(right / 3)


def test_a_clause_where_a_noun_phrase_is_content_is_wrong() -> None:
    predicted = found()
    moved = FoundDemand(40, ((40, 50),), "We condemn", "condemn", "We", None, (51,), False, "plain")
    assert scores(wanted(), [predicted[0], moved])["exact"].recall == pytest.approx(2 / 3)


def test_gold_starts_are_taken_behind_punctuation() -> None:
    assert scores(wanted(content=((15, "clause"), (23, "clause"))), found())["exact"].f1 == 1.0


def test_an_optional_act_counts_neither_way() -> None:
    gold = wanted(optional=True)
    assert scores(gold, found())["exact"].f1 == 1.0
    assert scores(gold, found()[1:])["exact"].f1 == 1.0
    assert scores(gold, found())["act"].n_predicted == 1


def test_a_column_is_right_when_it_has_one_of_the_accepted_values() -> None:
    accepted = {
        "predicate": ("urge",), "subject": ("We",), "marker": (None,), "finite": (True, False),
        "negated": (False,), "modality": (None,), "voice": ("active",),
    }  # fmt: skip
    clauses = pd.DataFrame(
        [
            {
                "fragments": [{"start": 0, "end": 15}], "predicate": "urge", "subject": None,
                "marker": None, "finite": True, "negated": False, "modality": "obligation",
                "voice": "active",
            }
        ]
    )  # fmt: skip
    result = new_result()
    compare_columns("d", [GoldColumns(6, 10, "urge", accepted)], clauses, result)
    right = {column: t.score().f1 for (_, _, column, _), t in result.tallies.items()}
    assert right == dict.fromkeys(accepted, 1.0) | {"subject": 0.0, "modality": 0.0}
    faults = {o.type: o.found for o in result.outcomes if o.verdict != "right"}
    assert faults == {"subject": "None, not We", "modality": "obligation, not None"}


ROW = {
    "start": 6, "end": 10, "text": "urge", "act": "call", "speaker": "We", "addressee": "Iran",
    "content": [{"start": 16, "text": "to stop", "kind": "clause"}], "force": "strong",
}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"text": "asks"}, "not 'asks'"),
        ({"act": "shout"}, "act 'shout' is none of"),
        ({"force": None}, "force None is none of"),
        ({"content": []}, "says nothing of what is demanded"),
        ({"content": [{"start": 17, "text": "to stop", "kind": "clause"}]}, "not 'to stop'"),
        ({"content": [{"start": 16, "text": "to stop", "kind": "verb"}]}, "kind 'verb'"),
    ],
)
def test_gold_demands_that_do_not_fit_are_refused(
    tmp_path: Path, change: dict[str, Any], message: str
) -> None:
    (tmp_path / "d.demands.jsonl").write_text(json.dumps(ROW | change), "utf-8")
    with pytest.raises(GoldError, match=message):
        read_gold(tmp_path, {"d": TEXT})


def test_gold_demands_and_columns_are_read(tmp_path: Path) -> None:
    (tmp_path / "d.demands.jsonl").write_text(json.dumps(ROW), "utf-8")
    columns = {
        "start": 6, "end": 10, "text": "urge", "predicate": ["urge", "ask"], "subject": "We",
        "marker": None, "finite": True, "negated": False, "modality": None, "voice": "active",
    }  # fmt: skip
    (tmp_path / "d.columns.jsonl").write_text(json.dumps(columns), "utf-8")
    gold = read_gold(tmp_path, {"d": TEXT})
    assert gold.demands["d"][0].content == ((16, "clause"),)
    assert gold.columns["d"][0].accepted["predicate"] == ("urge", "ask")
    del columns["voice"]
    (tmp_path / "d.columns.jsonl").write_text(json.dumps(columns), "utf-8")
    with pytest.raises(GoldError, match="has no voice"):
        read_gold(tmp_path, {"d": TEXT})
