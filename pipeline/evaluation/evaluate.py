"""Scores a dataset against gold, and compares the scores of two runs."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from pipeline.dataset import Dataset
from pipeline.evaluation import compare
from pipeline.evaluation.columns import compare_columns
from pipeline.evaluation.compare import Outcome, Result
from pipeline.evaluation.demands import compare_demands, predicted_demands
from pipeline.evaluation.gold import (
    Gold,
    GoldClauseGroup,
    GoldError,
    GoldGroup,
    read_gold,
    source_texts,
)
from pipeline.evaluation.groups import compare_alignment, compare_clause_alignment
from pipeline.evaluation.scores import Score, Tally

ALL = "all"
Key = tuple[str, str, str, str]  # task, document (or language, or all), type, measure


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Scores by (task, document, type, measure), and every judged item.

    The document may also be `lang:nl` (all documents of a language) or `all`.
    """

    scores: dict[Key, Score]
    outcomes: list[Outcome]

    def errors(self) -> list[Outcome]:
        """What is not right, sorted by what the faults have in common."""
        wrong = [outcome for outcome in self.outcomes if outcome.verdict != "right"]
        return sorted(wrong, key=lambda o: (o.task, o.type, o.verdict, o.source, o.doc_id, o.start))

    def as_json(self) -> dict[str, Any]:
        """Plain data: `scores`, and `items` with each item's verdict."""
        return {
            "scores": {"/".join(key): score.as_dict() for key, score in self.scores.items()},
            "items": {o.item: {"verdict": o.verdict, "text": o.text} for o in self.outcomes},
        }


def evaluate(dataset: Dataset, gold: Path) -> Evaluation:
    """Compares a dataset with the gold files of a directory.

    Raises:
        GoldError: a gold file does not fit.
    """
    texts = source_texts(dataset)
    annotated = read_gold(gold, texts)
    result = compare.new_result()
    mentions, clauses, sentences = dataset.mentions, dataset.clauses, dataset.sentences
    for doc_id, expected in annotated.mentions.items():
        own = mentions[mentions["doc_id"] == doc_id]
        starts = sorted(sentences.loc[sentences["doc_id"] == doc_id, "start"])
        compare.compare_mentions(doc_id, expected, own, starts, result)
    for doc_id, expected_clauses in annotated.clauses.items():
        own = clauses[clauses["doc_id"] == doc_id]
        compare.compare_clauses(doc_id, expected_clauses, own, texts[doc_id], result)
    for doc_id, expected_columns in annotated.columns.items():
        own = clauses[clauses["doc_id"] == doc_id]
        compare_columns(doc_id, expected_columns, own, result)
    for doc_id, expected_demands in annotated.demands.items():
        found = predicted_demands(dataset, doc_id, texts[doc_id])
        compare_demands(doc_id, expected_demands, found, texts[doc_id], result)
    _compare_alignments(dataset, annotated, texts, result)
    langs = dict(zip(dataset.documents["doc_id"], dataset.documents["lang"], strict=True))
    return Evaluation(_scores(result, langs), result.outcomes)


def _compare_alignments(
    dataset: Dataset, annotated: Gold, texts: Mapping[str, str], result: Result
) -> None:
    """Adds the aligned groups of sentences and of clauses, pair by pair."""
    groups = dataset.alignments
    directions = set(zip(groups["source_doc"], groups["target_doc"], strict=True))
    spans = {
        row.sentence_id: (int(row.start), int(row.end)) for row in dataset.sentences.itertuples()
    }
    for pair, expected in annotated.alignments.items():
        # Gold has no direction: where the dataset aligned the pair the other way, turn it.
        if pair not in directions and pair[::-1] in directions:
            pair = pair[::-1]
            expected = [GoldGroup(g.target, g.source, g.optional) for g in expected]
        compare_alignment(pair, expected, _of(groups, pair, "sentence"), spans, result)
    clauses = {
        row.clause_id: tuple((int(part["start"]), int(part["end"])) for part in row.fragments)
        for row in dataset.clauses.itertuples()
    }
    for pair, wanted in annotated.clause_alignments.items():
        if pair not in directions and pair[::-1] in directions:
            pair = pair[::-1]
            wanted = [GoldClauseGroup(g.target, g.source, g.optional) for g in wanted]
        both = (texts[pair[0]], texts[pair[1]])
        own = _of(groups, pair, "clause")
        compare_clause_alignment(pair, wanted, own, clauses, both, result)


def _of(groups: pd.DataFrame, pair: tuple[str, str], level: str) -> pd.DataFrame:
    mine = (groups["source_doc"] == pair[0]) & (groups["target_doc"] == pair[1])
    return groups[mine & (groups["level"] == level)]


def _scores(result: Result, langs: Mapping[str, str]) -> dict[Key, Score]:
    """Scores of each tally, then of all documents of a language, then of all documents."""
    tallies: dict[Key, Tally] = dict(result.tallies)
    summed: dict[Key, Tally] = defaultdict(Tally)
    for (task, doc_id, kind, measure), tally in result.tallies.items():
        if doc_id in langs:
            summed[task, f"lang:{langs[doc_id]}", kind, measure].add(tally, doc_id)
        summed[task, ALL, kind, measure].add(tally, doc_id)
    return {key: tally.score() for key, tally in sorted({**tallies, **summed}.items())}


@dataclass(frozen=True, slots=True)
class Change:
    """What differs from an earlier evaluation."""

    scores: list[tuple[str, float, float]]  # key, F1 then, F1 now
    better: list[str]
    worse: list[str]


def changes(now: Evaluation, old: Path) -> Change:
    """Compares with an earlier evaluation's JSON file.

    Raises:
        GoldError: the file is none.
    """
    try:
        then = json.loads(old.read_text("utf-8"))
        before = {key: {"f1": float(score["f1"])} for key, score in then["scores"].items()}
        items = {
            item: {"verdict": str(row["verdict"]), "text": str(row["text"])}
            for item, row in then["items"].items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise GoldError(f"{old}: not a file that evaluate --json wrote") from error
    current = now.as_json()
    scores = [
        (key, before[key]["f1"], score["f1"])
        for key, score in current["scores"].items()
        if key in before and abs(before[key]["f1"] - score["f1"]) >= 0.0001
    ]
    better: list[str] = []
    worse: list[str] = []
    for item in sorted(set(items) | set(current["items"])):
        # A false hit that is gone, or a gold item that is new, has no verdict on one side.
        was = items.get(item, {"verdict": "absent"})
        now_is = current["items"].get(item, {"verdict": "absent"})
        if was["verdict"] == now_is["verdict"]:
            continue
        text = (now_is if "text" in now_is else was)["text"]
        line = f"{item}: {was['verdict']} → {now_is['verdict']}: {text}"
        improved = now_is["verdict"] == "right" or (
            was["verdict"] == "false" and now_is["verdict"] == "absent"
        )
        (better if improved else worse).append(line)
    return Change(scores, better, worse)
