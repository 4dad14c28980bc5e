"""Aligns the clauses inside one pair of aligned sentence groups."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from pipeline.alignment.aligner import align, background_of, in_order
from pipeline.alignment.encoder import Encoder
from pipeline.alignment.scoring import Weights
from pipeline.types import Group, Unit

WEIGHTS: Final = Weights(skip=0.05, gap=-0.1, margin=0.3, kind=0.0, join=0.0, label=0.0)
LEAST: Final = 0.15
"""Within aligned sentences an unlikely group is more often right than not."""
CROSSING: Final = 0.1
"""How much more alike two crossed pairs of clauses must be than the two straight ones."""


def align_clauses(source: Sequence[Unit], target: Sequence[Unit], encoder: Encoder) -> list[Group]:
    """Groups of clauses that translate each other, for sentences that are known to be aligned.

    Languages order their clauses differently, so two neighbouring clauses may change places: a
    2-2 group whose clauses match crosswise becomes two 1-1 groups.
    """
    if len(source) == 1 == len(target):
        return [Group((0,), (0,), 1.0)]
    found = align(source, target, encoder, weights=WEIGHTS, check_related=False, least=LEAST)
    groups = found.groups
    return in_order(
        [part for group in groups for part in _uncrossed(group, source, target, encoder)]
    )


def _uncrossed(
    group: Group, source: Sequence[Unit], target: Sequence[Unit], encoder: Encoder
) -> Iterator[Group]:
    if len(group.source) != 2 or len(group.target) != 2:
        yield group
        return
    left = encoder.encode([source[index].text for index in group.source])
    right = encoder.encode([target[index].text for index in group.target])
    background = background_of(encoder, left, right)
    alike = np.round((left @ right.T - background) / (1.0 - background), 4)
    if min(alike[0, 1], alike[1, 0]) > max(alike[0, 0], alike[1, 1]) + CROSSING:
        yield Group(group.source[:1], group.target[1:], group.score)
        yield Group(group.source[1:], group.target[:1], group.score)
    else:
        yield group
