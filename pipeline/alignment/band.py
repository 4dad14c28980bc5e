"""Coarse alignment: where the fine one should look, in time near linear in the documents' length.

A sample of long units finds its best counterparts; the longest monotone chain of the clear ones
cuts the documents into rectangles, which are sampled in turn until they are small. The band is
the union of the rectangles, a little enlarged, so a wrong cut by a few units does no harm.
"""

from __future__ import annotations

import itertools
from bisect import bisect_left
from typing import Final

import numpy as np

from pipeline.alignment.scoring import Side

SAMPLES: Final = 400
SMALL: Final = 24
"""Rectangles with at most this many units on a side are not cut further."""
SLACK: Final = 8
CLEAR: Final = 0.12
"""How far the best counterpart must stand above the second best, in units of cosine above the
background."""
LARGEST_AREA: Final = 4_000_000
"""A rectangle larger than this in which nothing clear is found is cut along its diagonal."""

Rectangle = tuple[int, int, int, int]
Point = tuple[int, int]


def band(source: Side, target: Side, background: float) -> tuple[np.ndarray, np.ndarray]:
    """Lowest and highest number of target units passed after each number of source units.

    Returns:
        Two intp arrays of shape (len(source) + 1,), neither ever falling.
    """
    n, m = len(source), len(target)
    lows, highs = np.full(n + 1, m, np.intp), np.zeros(n + 1, np.intp)
    for top, bottom, left, right in _rectangles(source, target, background):
        rows = slice(max(top - SLACK, 0), bottom + SLACK + 1)
        lows[rows] = np.minimum(lows[rows], max(left - SLACK, 0))
        highs[rows] = np.maximum(highs[rows], min(right + SLACK, m))
    lows[0], highs[n] = 0, m
    lows = np.minimum.accumulate(lows[::-1])[::-1]
    return lows, np.maximum.accumulate(highs)


def _rectangles(source: Side, target: Side, background: float) -> list[Rectangle]:
    """Rectangles (top, bottom, left, right), half-open, from corner to corner."""
    done: list[Rectangle] = []
    waiting: list[Rectangle] = [(0, len(source), 0, len(target))]
    while waiting:
        area = waiting.pop()
        top, bottom, left, right = area
        if min(bottom - top, right - left) <= SMALL and (bottom - top) * (right - left) <= 20_000:
            done.append(area)
            continue
        points = _chain(_clear_pairs(source, target, area, background))
        if not points and (bottom - top) * (right - left) > LARGEST_AREA:
            points = _diagonal(area)
        if not points:
            done.append(area)
            continue
        corners = [(top, left), *points, (bottom, right)]
        for (row, column), (next_row, next_column) in itertools.pairwise(corners):
            waiting.append((row, next_row, column, next_column))
    return done


def _diagonal(area: Rectangle) -> list[Point]:
    top, bottom, left, right = area
    pieces = max((bottom - top) // SMALL, (right - left) // SMALL, 2)
    return [
        (top + (bottom - top) * k // pieces, left + (right - left) * k // pieces)
        for k in range(1, pieces)
    ]


def _clear_pairs(
    source: Side, target: Side, area: Rectangle, background: float
) -> list[tuple[int, int, float]]:
    """Sampled source units with their best counterpart in the area and how clear it is."""
    top, bottom, left, right = area
    count = bottom - top
    samples = SAMPLES if count > SAMPLES * 4 else max(count // 8, 4)
    edges = np.linspace(top, bottom, min(samples, count) + 1).astype(int)
    rows = np.array(
        [
            low + int(source.lengths[0, low:high].argmax())
            for low, high in itertools.pairwise(edges)
            if high > low
        ],
        np.intp,
    )
    norms = np.maximum(target.norms[0, left:right], 1e-6)
    found = []
    for start in range(0, len(rows), 64):
        part = rows[start : start + 64]
        similar = source.vectors[part] @ target.vectors[left:right].T
        similar /= source.norms[0, part, None] * norms
        best = similar.argmax(axis=1)
        top_two = np.partition(similar, -2, axis=1)[:, -2] if right - left > 1 else -1.0
        value = similar[np.arange(len(part)), best]
        clear = (value - top_two) / (1.0 - background)
        found += [
            (int(row), left + int(column), float(margin))
            for row, column, margin in zip(part, best, clear, strict=True)
            if margin > CLEAR
        ]
    return [pair for pair in found if (pair[0], pair[1]) != (top, left)]


def _chain(pairs: list[tuple[int, int, float]]) -> list[Point]:
    """The longest chain of pairs that rises on both sides (patience sorting)."""
    tails: list[int] = []
    ends: list[int] = []
    previous: list[int] = []
    for index, (_, column, _) in enumerate(pairs):
        place = bisect_left(tails, column)
        previous.append(ends[place - 1] if place else -1)
        tails[place : place + 1] = [column]
        ends[place : place + 1] = [index]
    chain: list[Point] = []
    index = ends[-1] if ends else -1
    while index >= 0:
        chain.append(pairs[index][:2])
        index = previous[index]
    return chain[::-1] if len(chain) * 3 >= len(pairs) else []
