"""How well a run of source units matches a run of target units.

The score of a pair of windows is a cosine made comparable between encoders, less what the windows
resemble their neighbours (the margin of Artetxe & Schwenk 2019, in the form of Bertalign, Liu &
Zhu 2022), times a factor for their lengths, plus what layout and shared anchors say. Windows are
pooled from the vectors of their units, so each unit is encoded once.
"""

from __future__ import annotations

import math
import zlib
from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import dataclass
from typing import Final

import numpy as np

from pipeline.types import Unit

LARGEST: Final = 4
SHAPES: Final = tuple((a, b) for a in range(1, LARGEST + 1) for b in range(1, LARGEST + 1))
ANCHOR_DIMENSIONS: Final = 64
LOG2_E: Final = np.float32(1.0 / math.log(2.0))
DENSE: Final = 3
"""A unit with one anchor in this many words is as good as made of anchors."""
CLASSES: Final = ("text", "heading", "footnote", "salutation", "signature", "metadata")
CLASS_OF: Final = {kind: index for index, kind in enumerate(CLASSES)}


@dataclass(frozen=True, slots=True)
class Weights:
    """What the parts of a score count; chosen one at a time on damaged documents."""

    skip: float = 0.08
    """Score of a unit that stays alone."""
    gap: float = -0.1
    """Score of a run of such units, besides."""
    margin: float = 0.5
    """How much of the neighbours' similarity is taken off."""
    size: float = 0.02
    """Cost of each unit beyond 1-1."""
    many: float = 0.0
    """Cost of a group with several units on both sides."""
    pooling: float = 0.5
    """Units count in a window by their length to this power."""
    anchors: float = 1.2
    """Weight of the anchors beside the text."""
    unshared: float = 1.0
    """How much an anchor counts that the other document does not have."""
    kind: float = 0.25
    """Cost of matching a heading or footnote with another kind of block."""
    join: float = 0.15
    """Cost of joining units of different kinds, or a labelled item with what precedes it."""
    label: float = 0.1
    """Gain of equal item labels, loss of different ones."""


DEFAULT: Final = Weights()
ENCODED: Final = Weights(size=-0.03)
"""For windows that were encoded as texts: the longer two texts, the more alike they must be to be
translations, and single sentences would be preferred to the groups that they belong to."""


@dataclass(frozen=True, slots=True)
class Side:
    """One document's units as arrays; windows are addressed by their size and last unit."""

    vectors: np.ndarray
    """float32 (n, d): unit vectors, anchors appended, times the unit's pooling weight."""
    windows: np.ndarray | None
    """float32 (LARGEST, n, d): unit vectors of the windows where they were encoded as texts; None
    where a window is the sum of its units."""
    norms: np.ndarray
    """float32 (LARGEST, n): length of the pooled vector of each window."""
    lengths: np.ndarray
    """float32 (LARGEST, n): characters in each window."""
    joins: np.ndarray
    """float32 (LARGEST, n): cost of joining the units of each window."""
    classes: np.ndarray
    """intp (n,): place in CLASSES."""
    labels: np.ndarray
    """int64 (n,): a number for the label, 0 for none."""

    def __len__(self) -> int:
        return len(self.vectors)

    def pooled(self, first: np.ndarray, last: np.ndarray) -> np.ndarray:
        """Unit vectors of the runs of units `[first, last)`, float32 (len(first), d)."""
        if self.windows is not None:
            return self.windows[last - first - 1, last - 1]
        sums = np.zeros((len(first), self.vectors.shape[1]), np.float32)
        for step in range(LARGEST):
            inside = first + step < last
            index = np.minimum(first + step, len(self) - 1)
            sums += self.vectors[index] * inside[:, None]
        return sums / self.norms[last - first - 1, last - 1, None]


def window_sums(values: np.ndarray) -> np.ndarray:
    """For each size and last unit the sum of a window's values; windows that would begin before
    the first unit sum what there is. Shape (LARGEST, *values.shape)."""
    sums = np.empty((LARGEST, *values.shape), values.dtype)
    sums[0] = values
    for size in range(1, LARGEST):
        sums[size] = sums[size - 1]
        sums[size, size:] += values[:-size]
    return sums


def _window_norms(vectors: np.ndarray, chunk: int = 4096) -> np.ndarray:
    norms = np.empty((LARGEST, len(vectors)), np.float32)
    for start in range(0, len(vectors), chunk):
        lead = min(start, LARGEST - 1)
        part = vectors[start - lead : start + chunk]
        sums = window_sums(part)[:, lead:]
        norms[:, start : start + chunk] = np.sqrt(np.einsum("and,and->an", sums, sums))
    return np.maximum(norms, 1e-6)


def _anchor_vectors(
    units: Sequence[Unit], counts: Counter[str], shared: Set[str], unshared: float
) -> np.ndarray:
    """Rarer anchors count more; each has a place of its own by its hash. The vector is the longer
    the more of the unit's words are anchors, and at most of length 1."""
    vectors = np.zeros((len(units), ANCHOR_DIMENSIONS), np.float32)
    shares = np.zeros(len(units), np.float32)
    total = max(len(units), 1)
    for row, unit in enumerate(units):
        share = min(1.0, DENSE * len(unit.anchors) / max(unit.text.count(" ") + 1, 1))
        for anchor in sorted(unit.anchors):
            place = zlib.crc32(anchor.encode()) % ANCHOR_DIMENSIONS
            weight = 1.0 if anchor in shared else unshared
            vectors[row, place] += weight * math.log1p(total / counts[anchor])
        shares[row] = share
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    return vectors * (np.sqrt(shares)[:, None] / np.maximum(norms, 1e-6))


def _label_number(unit: Unit) -> int:
    text = "".join(char for char in unit.label or "" if char.isalnum()).casefold()
    return zlib.crc32(f"{CLASS_OF.get(unit.kind, 0)} {text}".encode()) + 1 if text else 0


def _joins(classes: np.ndarray, labelled: np.ndarray, cost: float) -> np.ndarray:
    boundary = np.zeros(len(classes), np.float32)
    boundary[1:] = cost * ((classes[1:] != classes[:-1]) | labelled[1:])
    # A window of k units has k - 1 inner boundaries: before each of its units but the first.
    joins = np.zeros((LARGEST, len(classes)), np.float32)
    joins[1:] = window_sums(boundary)[:-1]
    return joins


def sides(
    source: Sequence[Unit],
    target: Sequence[Unit],
    vectors: tuple[np.ndarray, np.ndarray],
    weights: Weights = DEFAULT,
    windows: tuple[np.ndarray, np.ndarray] | None = None,
) -> tuple[Side, Side]:
    """Both documents as arrays.

    Args:
        source, target: their units.
        vectors: unit vectors of the units, float32 (n, d).
        weights: what the parts of a score count.
        windows: unit vectors of the windows, float32 (LARGEST, n, d), for encoders by which a
            text's vector is not the sum of its sentences'.
    """
    counts = [Counter(a for unit in units for a in unit.anchors) for units in (source, target)]
    shared = counts[0].keys() & counts[1].keys()
    return (
        _side(source, vectors[0], windows and windows[0], counts[0] | counts[1], shared, weights),
        _side(target, vectors[1], windows and windows[1], counts[0] | counts[1], shared, weights),
    )


def _side(
    units: Sequence[Unit],
    vectors: np.ndarray,
    windows: np.ndarray | None,
    counts: Counter[str],
    shared: Set[str],
    weights: Weights,
) -> Side:
    characters = np.array([max(len(unit.text), 1) for unit in units], np.float32)
    if counts and weights.anchors:
        extra = weights.anchors * _anchor_vectors(units, counts, shared, weights.unshared)
    else:
        extra = np.zeros((len(units), 0), np.float32)
    counted = (characters**weights.pooling)[:, None]
    pooled = np.hstack([vectors, extra]) * counted
    if windows is not None:
        mean = window_sums(extra * counted) / window_sums(counted)
        windows = np.concatenate([windows, mean], axis=2)
        windows /= np.linalg.norm(windows, axis=2, keepdims=True)
    classes = np.array([CLASS_OF.get(unit.kind, 0) for unit in units], np.intp)
    labels = np.array([_label_number(unit) for unit in units], np.int64)
    labelled = np.array([bool(unit.label) for unit in units])
    pooled = pooled.astype(np.float32)
    return Side(
        pooled,
        windows,
        _window_norms(pooled),
        window_sums(characters),
        _joins(classes, labelled, weights.join),
        classes,
        labels,
    )


def _class_costs() -> np.ndarray:
    """0 for the same class, 1 for footnotes or headings against anything else, 0.5 otherwise."""
    costs = np.full((len(CLASSES), len(CLASSES)), 0.5, np.float32)
    for name in ("heading", "footnote"):
        costs[CLASS_OF[name], :] = costs[:, CLASS_OF[name]] = 1.0
    np.fill_diagonal(costs, 0.0)
    return costs


CLASS_COSTS: Final = _class_costs()


def _shifted(array: np.ndarray, rows: int, columns: int) -> np.ndarray:
    """`result[i, j] = array[i + rows, j + columns]`, nan outside."""
    result = np.full_like(array, np.nan)
    height, width = array.shape
    if abs(rows) < height and abs(columns) < width:
        here = [
            slice(max(-by, 0), size - max(by, 0)) for by, size in ((rows, height), (columns, width))
        ]
        there = [
            slice(max(by, 0), size + min(by, 0)) for by, size in ((rows, height), (columns, width))
        ]
        result[here[0], here[1]] = array[there[0], there[1]]
    return result


class Scorer:
    """Scores of all windows of two documents, computed block by block."""

    def __init__(
        self, source: Side, target: Side, background: float, weights: Weights = DEFAULT
    ) -> None:
        self.source = source
        self.target = target
        self.background = background
        self.weights = weights
        ratio = float(target.lengths[0].sum() / source.lengths[0].sum())
        self.ratio = min(max(ratio, 0.7), 1.4)
        self._plain = not (source.classes.any() or target.classes.any())
        self._labelled = bool(source.labels.any() and target.labels.any())

    def similarities(self, rows: tuple[int, int], columns: tuple[int, int]) -> np.ndarray:
        """Cosines above the background, for windows that end in the block.

        Args:
            rows, columns: half-open ranges of last units.

        Returns:
            float32, shape (len(SHAPES), rows, columns); 1 for equal direction, 0 for what
            unrelated texts have.
        """
        out = np.empty((len(SHAPES), rows[1] - rows[0], columns[1] - columns[0]), np.float32)
        if self.source.windows is not None and self.target.windows is not None:
            for index, (a, b) in enumerate(SHAPES):
                left = self.source.windows[a - 1, slice(*rows)]
                out[index] = left @ self.target.windows[b - 1, slice(*columns)].T
            return (out - self.background) / (1.0 - self.background)
        lead = (min(rows[0], LARGEST - 1), min(columns[0], LARGEST - 1))
        left = self.source.vectors[rows[0] - lead[0] : rows[1]]
        right = self.target.vectors[columns[0] - lead[1] : columns[1]]
        dots = left @ right.T
        by_rows = window_sums(dots)
        for a in range(1, LARGEST + 1):
            both = window_sums(np.ascontiguousarray(by_rows[a - 1].T))
            for b in range(1, LARGEST + 1):
                cosines = both[b - 1].T[lead[0] :, lead[1] :]
                cosines = cosines / self.source.norms[a - 1, rows[0] : rows[1], None]
                cosines /= self.target.norms[b - 1, None, columns[0] : columns[1]]
                out[SHAPES.index((a, b))] = cosines
        return (out - self.background) / (1.0 - self.background)

    def block(self, rows: tuple[int, int], columns: tuple[int, int]) -> np.ndarray:
        """Scores of windows that end in the block; shape (len(SHAPES), rows, columns)."""
        n, m = len(self.source), len(self.target)
        wide_rows = (max(rows[0] - LARGEST, 0), min(rows[1] + LARGEST, n))
        wide_columns = (max(columns[0] - LARGEST, 0), min(columns[1] + LARGEST, m))
        wide = self.similarities(wide_rows, wide_columns)
        inner = (
            slice(rows[0] - wide_rows[0], rows[1] - wide_rows[0]),
            slice(columns[0] - wide_columns[0], columns[1] - wide_columns[0]),
        )
        out = np.empty((len(SHAPES), rows[1] - rows[0], columns[1] - columns[0]), np.float32)
        layout = self._layout(rows, columns)
        for index, (a, b) in enumerate(SHAPES):
            score = wide[index][inner] - self.weights.margin * _neighbours(wide[index], a, b, inner)
            score *= self._length_factor(a, b, rows, columns)
            cost = self.weights.size * (a + b - 2) + self.weights.many * (min(a, b) > 1)
            score -= self.source.joins[a - 1, rows[0] : rows[1], None] + cost
            score -= self.target.joins[b - 1, None, columns[0] : columns[1]]
            out[index] = score if layout is None else score + layout[index]
            # Windows that would begin before the first unit.
            out[index, : max(a - 1 - rows[0], 0)] = -np.inf
            out[index, :, : max(b - 1 - columns[0], 0)] = -np.inf
        return np.round(out, 5)

    def _length_factor(
        self, a: int, b: int, rows: tuple[int, int], columns: tuple[int, int]
    ) -> np.ndarray:
        left = self.source.lengths[a - 1, rows[0] : rows[1], None] * self.ratio
        right = self.target.lengths[b - 1, None, columns[0] : columns[1]]
        # log2(1 + x) for x in (0, 1]; the natural logarithm is the faster one.
        return np.log(1.0 + np.minimum(left, right) / np.maximum(left, right)) * LOG2_E

    def _layout(self, rows: tuple[int, int], columns: tuple[int, int]) -> np.ndarray | None:
        """What kinds and labels of blocks add to each score; None where they say nothing."""
        if self._plain and not self._labelled:
            return None
        lead = (min(rows[0], LARGEST - 1), min(columns[0], LARGEST - 1))
        top = slice(rows[0] - lead[0], rows[1])
        left = slice(columns[0] - lead[1], columns[1])
        costs = CLASS_COSTS[self.source.classes[top, None], self.target.classes[None, left]]
        marks = [side.labels[part] for side, part in ((self.source, top), (self.target, left))]
        both = (marks[0][:, None] > 0) & (marks[1][None, :] > 0)
        labels = np.where(marks[0][:, None] == marks[1][None, :], 1.0, -1.0) * both
        out = np.empty((len(SHAPES), rows[1] - rows[0], columns[1] - columns[0]), np.float32)
        by_rows = window_sums(costs)
        for a in range(1, LARGEST + 1):
            sums = window_sums(np.ascontiguousarray(by_rows[a - 1].T))
            for b in range(1, LARGEST + 1):
                mean = sums[b - 1].T[lead[0] :, lead[1] :] / (a * b)
                first = np.nan_to_num(_shifted(labels, 1 - a, 1 - b))[lead[0] :, lead[1] :]
                out[SHAPES.index((a, b))] = self.weights.label * first - self.weights.kind * mean
        return out


def _neighbours(similarity: np.ndarray, a: int, b: int, inner: tuple[slice, slice]) -> np.ndarray:
    """Mean similarity of the windows in `inner` to those right before and after their
    counterparts."""
    top, bottom = inner[0].start, inner[0].stop
    left, right = inner[1].start, inner[1].stop
    height, width = similarity.shape
    if top >= a and left >= b and bottom + a <= height and right + b <= width:  # all have four
        total = (
            similarity[top - a : bottom - a, left:right]
            + similarity[top + a : bottom + a, left:right]
        )
        total += similarity[top:bottom, left - b : right - b]
        total += similarity[top:bottom, left + b : right + b]
        return total * np.float32(0.25)
    total = np.zeros((bottom - top, right - left), np.float32)
    count = np.zeros_like(total)
    for rows, columns in ((-a, 0), (a, 0), (0, -b), (0, b)):
        # The part of `inner` whose neighbour on this side lies in the array.
        first, last = max(top, -rows), min(bottom, height - rows)
        begin, end = max(left, -columns), min(right, width - columns)
        if first < last and begin < end:
            there = similarity[first + rows : last + rows, begin + columns : end + columns]
            total[first - top : last - top, begin - left : end - left] += there
            count[first - top : last - top, begin - left : end - left] += 1.0
    return total / np.maximum(count, 1.0)
