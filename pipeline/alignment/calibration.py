"""What a group's score means: the probability that the group is right.

The coefficients were fitted by logistic regression on documents damaged on purpose
(`tools/calibrate_alignment.py`), which also reports how well they hold on others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from pipeline.alignment.encoder import Encoder
from pipeline.alignment.scoring import Scorer, Side
from pipeline.types import Group

Span = tuple[int, int]
Path = Sequence[tuple[Span, Span]]

NEAR: Final = 3
"""How many units on each side of its place a lonely unit is compared with."""
FEATURES: Final = (
    "constant",
    "similarity",  # of the two sides, above the background
    "margin",  # the same less the best similarity of one side to a unit beside the other
    "length",  # absolute logarithm of the ratio of their lengths
    "size",  # units beyond 1-1
    "beside_gap",  # how many of the groups before and after have one side only
    "nearest",  # of a lonely unit: its best similarity to a unit near its place
)
CHUNK: Final = 4096


def features(scorer: Scorer, path: Path) -> tuple[np.ndarray, np.ndarray]:
    """What the probability of each group is computed from.

    Returns:
        float64, shape (groups, len(FEATURES)), and a bool array that says which groups have both
        sides filled; the others have only `constant` and `nearest`.
    """
    spans = np.array(path, np.intp).reshape(-1, 4)
    both = (spans[:, 0] < spans[:, 1]) & (spans[:, 2] < spans[:, 3])
    rows = np.zeros((len(spans), len(FEATURES)))
    rows[:, 0] = 1.0
    for start in range(0, len(spans), CHUNK):
        chunk = slice(start, start + CHUNK)
        matched = both[chunk]
        rows[chunk][matched] = _matched(scorer, spans[chunk][matched])
        rows[chunk, 6][~matched] = _nearest(scorer, spans[chunk][~matched])
    alone = np.pad(~both, 1)
    rows[:, 5] = np.where(both, alone[:-2].astype(float) + alone[2:], 0.0)
    return rows, both


def _matched(scorer: Scorer, spans: np.ndarray) -> np.ndarray:
    top, bottom, left, right = spans.T
    a, b = bottom - top, right - left
    source, target = scorer.source.pooled(top, bottom), scorer.target.pooled(left, right)
    rows = np.zeros((len(spans), len(FEATURES)))
    rows[:, 0] = 1.0
    rows[:, 1] = _cosines(scorer, source, target)
    beside = np.zeros(len(spans))
    for units, place in ((scorer.target, left - 1), (scorer.target, right)):
        beside = np.maximum(beside, _cosines(scorer, source, _unit(units, place)))
    for units, place in ((scorer.source, top - 1), (scorer.source, bottom)):
        beside = np.maximum(beside, _cosines(scorer, target, _unit(units, place)))
    rows[:, 2] = rows[:, 1] - beside
    lengths = (
        scorer.source.lengths[a - 1, bottom - 1] * scorer.ratio,
        scorer.target.lengths[b - 1, right - 1],
    )
    rows[:, 3] = np.abs(np.log(lengths[0] / lengths[1]))
    rows[:, 4] = a + b - 2
    return rows


def _nearest(scorer: Scorer, spans: np.ndarray) -> np.ndarray:
    """For groups of one unit and no counterpart."""
    top, bottom, left, _right = spans.T
    lonely_source = bottom > top
    source, target = _unit(scorer.source, top), _unit(scorer.target, left)
    best = np.zeros(len(spans))
    for step in range(-NEAR, NEAR):
        found = np.where(
            lonely_source,
            _cosines(scorer, source, _unit(scorer.target, left + step)),
            _cosines(scorer, target, _unit(scorer.source, top + step)),
        )
        best = np.maximum(best, found)
    return best


def _unit(side: Side, place: np.ndarray) -> np.ndarray:
    """Unit vectors of units; a zero vector for places outside the document."""
    inside = (place >= 0) & (place < len(side))
    index = np.clip(place, 0, len(side) - 1)
    return side.vectors[index] * (inside / side.norms[0, index])[:, None]


def _cosines(scorer: Scorer, left: np.ndarray, right: np.ndarray) -> np.ndarray:
    cosines = np.einsum("gd,gd->g", left, right)
    return np.round((cosines - scorer.background) / (1.0 - scorer.background), 5)


@dataclass(frozen=True, slots=True)
class Calibration:
    """Coefficients for the features of groups with both sides filled, and with one side."""

    matched: tuple[float, ...]
    alone: tuple[float, ...]
    least: float
    """A group less probable than this is taken apart, unless the caller says otherwise: its units
    stay alone."""
    unrelated: float
    """Documents of which a smaller share is aligned are not versions of one text."""

    def groups(self, scorer: Scorer, path: Path, least: float | None = None) -> list[Group]:
        """The path as groups with their probabilities, the improbable ones taken apart."""
        rows, both = features(scorer, path)
        scores = np.where(both, _logistic(rows @ self.matched), _logistic(rows @ self.alone))
        groups = []
        for (source, target), filled, score in zip(path, both, scores, strict=True):
            left, right = tuple(range(*source)), tuple(range(*target))
            if filled and score < (self.least if least is None else least):
                groups += [Group((index,), (), float(1.0 - score)) for index in left]
                groups += [Group((), (index,), float(1.0 - score)) for index in right]
            else:
                groups.append(Group(left, right, float(score)))
        return groups

    def related(self, scorer: Scorer, groups: Sequence[Group]) -> bool:
        """Whether enough of the smaller document is aligned with some confidence."""
        return self.aligned_share(scorer, groups) >= self.unrelated

    def aligned_share(self, scorer: Scorer, groups: Sequence[Group]) -> float:
        """The share of the smaller document's characters in aligned groups, each group weighted
        by its probability."""
        shares = []
        for side, name in ((scorer.source, "source"), (scorer.target, "target")):
            lengths = side.lengths[0]
            aligned = sum(
                float(lengths[list(getattr(group, name))].sum()) * group.score
                for group in groups
                if group.source and group.target
            )
            shares.append(aligned / float(lengths.sum()))
        return max(shares)


STATIC: Final = Calibration(
    matched=(0.273, 3.773, 4.419, -1.603, -1.404, -1.156, 0.0),
    alone=(3.21, 0.0, 0.0, 0.0, 0.0, 0.0, -1.83),
    least=0.5,
    unrelated=0.3,
)


def _logistic(logits: np.ndarray) -> np.ndarray:
    return np.round(1.0 / (1.0 + np.exp(-np.clip(logits, -30, 30))), 4)


def for_encoder(encoder: Encoder) -> Calibration:
    """The calibration of an encoder; one that has none gets that of the static encoder, whose
    features are on a scale that encoders share."""
    found = getattr(encoder, "calibration", STATIC)
    return found if isinstance(found, Calibration) else STATIC
