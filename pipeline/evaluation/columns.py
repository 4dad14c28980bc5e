"""Compares the descriptive columns of clauses: predicate, subject, marker, modality, …"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from pipeline.evaluation.compare import Outcome, Result
from pipeline.evaluation.gold import COLUMNS, GoldColumns


def compare_columns(
    doc_id: str, gold: Sequence[GoldColumns], clauses: pd.DataFrame, result: Result
) -> None:
    """Adds the columns of one document's annotated clauses: the accuracy of each column.

    The clause compared is the one that holds the gold predicate, wherever its borders are, so
    that a wrong segmentation counts as far as it spoils the columns. Units are clauses.
    """
    holding = ClauseFinder(clauses)
    for unit, expected in enumerate(gold):
        row = holding.at(expected.start)
        for column in COLUMNS:
            value = plain(getattr(row, column)) if row is not None else "no clause"
            right = value in expected.accepted[column]
            tally = result.tallies["columns", doc_id, column, "accuracy"]
            tally.predicted(unit, right)
            tally.gold(unit, right)
            wanted = " or ".join(str(one) for one in expected.accepted[column])
            result.outcomes.append(
                Outcome(
                    "columns", doc_id, column, "right" if right else "value",
                    expected.start, expected.end, expected.text,
                    "" if right else f"{value}, not {wanted}",
                )
            )  # fmt: skip


def plain(value: Any) -> object:
    """A cell as plain Python: None for a missing value, bool for numpy's."""
    if value is None or value is pd.NA or (isinstance(value, float) and pd.isna(value)):
        return None
    return value if isinstance(value, str) else bool(value)


class ClauseFinder:
    """Finds the clause of a document that holds a character."""

    def __init__(self, clauses: pd.DataFrame) -> None:
        self._fragments = sorted(
            (part["start"], part["end"], index)
            for index, row in enumerate(clauses.itertuples())
            for part in row.fragments
        )
        self._rows = list(clauses.itertuples())

    def at(self, char: int) -> Any:
        """The row of the clause whose fragments hold `char`, or None."""
        return next(
            (self._rows[index] for start, end, index in self._fragments if start <= char < end),
            None,
        )
