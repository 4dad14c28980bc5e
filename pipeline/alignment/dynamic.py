"""The best monotone sequence of groups: a banded dynamic programme, one row at a time.

Units that one version lacks come in runs (a letterhead, footnotes), so a gap has a cost of its own
besides the cost of its units (Gotoh 1982). Two totals are kept for each cell: of paths that end
there with a group, and of paths that end in a gap.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from pipeline.alignment.scoring import LARGEST, SHAPES, Scorer

ROWS_PER_BLOCK: Final = 32
FROM_GROUP: Final = 0
SOURCE_UNIT: Final = 1
TARGET_UNIT: Final = 2
TARGET_STEP: Final = np.int8(TARGET_UNIT)
SLOTS: Final = LARGEST + 1
ROWS_ABOVE: Final = [
    np.array([(slot - a) % SLOTS for a in range(1, LARGEST + 1)]) for slot in range(SLOTS)
]
"""For the slot of a row the slots of the rows above it, the nearest first."""

Span = tuple[int, int]


def best_path(scorer: Scorer, lows: np.ndarray, highs: np.ndarray) -> list[tuple[Span, Span]]:
    """The groups of the best path, each a half-open range of source and one of target units.

    Args:
        scorer: gives the scores of windows.
        lows, highs: intp, shape (n + 1,): the band. After i source units the path has passed
            between `lows[i]` and `highs[i]` target units, both included; neither array falls,
            `lows[0]` is 0 and `highs[n]` is the number of target units.
    """
    table = _Table(scorer, lows, highs)
    for row in range(len(lows)):
        table.fill(row)
    return table.trace()


class _Table:
    """The programme's state: totals of the last rows, and every cell's best move."""

    def __init__(self, scorer: Scorer, lows: np.ndarray, highs: np.ndarray) -> None:
        self.scorer = scorer
        self.lows, self.highs = lows.tolist(), highs.tolist()
        width = len(scorer.target) + 1 + LARGEST
        # In column order, with LARGEST cells in front that no path reaches.
        self.best = np.full((SLOTS, width), -np.inf)
        self.gaps = np.full((SLOTS, width), -np.inf)
        self.shapes: list[np.ndarray] = []
        """For each row and cell the place in SHAPES of the group that ends there."""
        self.steps: list[np.ndarray] = []
        """For each row and cell how a gap that ends there goes on: FROM_GROUP and so on."""
        self.in_gap: list[np.ndarray] = []
        self.ramp = scorer.weights.skip * np.arange(width)
        self.from_group = np.full(width, FROM_GROUP, np.int8)
        self.scores = np.empty((0, 0, 0), np.float32)
        self.block_row = self.block_column = 0

    def fill(self, row: int) -> None:
        """Computes one row of the table from the rows before it."""
        low, high = self.lows[row], self.highs[row]
        groups, shapes = self._groups(row, low, high)
        if not row:
            groups[0] = 0.0
        gaps, steps = self._gaps(row, low, high, groups)
        in_gap = gaps > groups
        slot = row % SLOTS
        if row >= SLOTS:  # forget the row that had this slot before
            old = slice(LARGEST + self.lows[row - SLOTS], LARGEST + high + 1)
            self.best[slot, old] = self.gaps[slot, old] = -np.inf
        here = slice(LARGEST + low, LARGEST + high + 1)
        self.best[slot, here] = np.maximum(gaps, groups)
        self.gaps[slot, here] = gaps
        self.shapes.append(shapes)
        self.steps.append(steps)
        self.in_gap.append(in_gap)

    def _groups(self, row: int, low: int, high: int) -> tuple[np.ndarray, np.ndarray]:
        """Totals of paths that end with a group, and the group's shape."""
        width, start = high - low + 1, max(low, 1)
        if not row or high < start:
            return np.full(width, -np.inf), np.zeros(width, np.int8)
        size = high - start + 1
        gained = self._block_scores(row)[
            :, start - 1 - self.block_column : high - self.block_column
        ]
        # LARGEST columns of padding stand in front, so this begins LARGEST cells before `start`.
        before = self.best[ROWS_ABOVE[row % SLOTS], start : start + size + LARGEST - 1]
        # before_shapes[a - 1, LARGEST - b, j] is the total b columns before cell j, a rows up.
        before_shapes: np.ndarray = np.ndarray(
            (LARGEST, LARGEST, size), before.dtype, before, 0, (*before.strides, before.itemsize)
        )
        candidates = (before_shapes[:, ::-1] + gained.reshape(LARGEST, LARGEST, size)).reshape(
            len(SHAPES), size
        )
        shapes = candidates.argmax(axis=0).astype(np.int8)
        totals = candidates.max(axis=0)
        if start > low:  # no group ends before the first target unit
            return np.append(-np.inf, totals), np.append(np.int8(0), shapes)
        return totals, shapes

    def _block_scores(self, row: int) -> np.ndarray:
        if row == 1 or row >= self.block_row + ROWS_PER_BLOCK:
            last = min(row + ROWS_PER_BLOCK, len(self.lows)) - 1
            self.block_row, self.block_column = row, max(self.lows[row] - 1, 0)
            columns = (self.block_column, max(self.highs[last], self.block_column + 1))
            self.scores = self.scorer.block((row - 1, last), columns)
        return self.scores[:, row - self.block_row]

    def _gaps(
        self, row: int, low: int, high: int, groups: np.ndarray
    ) -> tuple[np.ndarray, np.ndarray]:
        """Totals of paths that end in a gap, and how the gap goes on."""
        weights = self.scorer.weights
        above = slice(LARGEST + low, LARGEST + high + 1)
        totals, steps = groups + weights.gap, self.from_group[: len(groups)]
        if row:
            down = self.gaps[(row - 1) % SLOTS, above] + weights.skip
            steps = (down > totals).view(np.int8)
            np.maximum(totals, down, out=totals)
        # A run of target units: the best place for it to begin, for all cells in one pass.
        ramp = self.ramp[: len(groups)]
        reach = np.maximum.accumulate(totals - ramp)
        reach += ramp
        run = reach > totals + 1e-6
        if run.any():
            return np.where(run, reach, totals), np.where(run, TARGET_STEP, steps)
        return totals, steps

    def trace(self) -> list[tuple[Span, Span]]:
        """The path from the last cell back to the first."""
        row, column = len(self.lows) - 1, self.highs[-1]
        found: list[tuple[Span, Span]] = []
        in_gap = bool(self.in_gap[row][column - self.lows[row]])
        while row or column:
            cell = column - self.lows[row]
            step = int(self.steps[row][cell]) if in_gap else None
            if step == FROM_GROUP:
                in_gap = False
                continue
            if step is None:
                a, b = SHAPES[int(self.shapes[row][cell])]
            else:
                a, b = (1, 0) if step == SOURCE_UNIT else (0, 1)
            found.append(((row - a, row), (column - b, column)))
            row, column = row - a, column - b
            if step is None:
                in_gap = bool(self.in_gap[row][column - self.lows[row]])
        return found[::-1]
