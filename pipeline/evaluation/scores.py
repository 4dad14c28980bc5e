"""Precision, recall, F1, and bootstrap intervals over counts per unit of text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable
from dataclasses import dataclass, field

import numpy as np

_RESAMPLES = 1000
_SEED = 20210211


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall, F1 and its 95% interval; `n_gold` and `n_predicted` are the counts."""

    precision: float
    recall: float
    f1: float
    low: float
    high: float
    n_gold: int
    n_predicted: int

    def as_dict(self) -> dict[str, float]:
        """The fields, rounded to four digits."""
        return {name: round(getattr(self, name), 4) for name in self.__slots__}


@dataclass(slots=True)
class Tally:
    """Counts per unit (a sentence, a group): right predictions, predictions, found gold, gold.

    Right predictions and found gold differ under relaxed matching, where one prediction may cover
    two gold items.
    """

    counts: dict[Hashable, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0] * 4))

    def predicted(self, unit: Hashable, right: bool) -> None:
        """Counts one predicted item."""
        self.counts[unit][0] += right
        self.counts[unit][1] += 1

    def gold(self, unit: Hashable, found: bool) -> None:
        """Counts one gold item."""
        self.counts[unit][2] += found
        self.counts[unit][3] += 1

    def add(self, other: Tally, prefix: Hashable) -> None:
        """Adds the units of another tally, told apart by `prefix`."""
        for unit, counts in other.counts.items():
            mine = self.counts[(prefix, unit)]
            for index, count in enumerate(counts):
                mine[index] += count

    def score(self) -> Score:
        """The score, with a percentile interval from resampling the units (Efron 1979)."""
        table = np.array(list(self.counts.values()) or [[0] * 4], dtype=np.int64)
        total = table.sum(axis=0)
        precision, recall, f1 = (float(x[0]) for x in _prf(total[None, :]))
        draws = np.random.default_rng(_SEED).integers(0, len(table), (_RESAMPLES, len(table)))
        low, high = np.percentile(_prf(table[draws].sum(axis=1))[2], [2.5, 97.5])
        return Score(precision, recall, f1, float(low), float(high), int(total[3]), int(total[1]))


def _prf(totals: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Precision, recall and F1 of each row of counts, shape (n, 4); nothing asked is all right."""
    right, predicted, found, gold = totals.T.astype(np.float64)
    precision = np.where(predicted > 0, right / np.maximum(predicted, 1), 1.0)
    recall = np.where(gold > 0, found / np.maximum(gold, 1), 1.0)
    both = precision + recall
    return (
        precision,
        recall,
        np.where(both > 0, 2 * precision * recall / np.maximum(both, 1e-12), 0),
    )
