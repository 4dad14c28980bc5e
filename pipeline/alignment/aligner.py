"""Aligns the units of two versions of a text in groups that translate each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from threadpoolctl import ThreadpoolController

from pipeline.alignment.band import band
from pipeline.alignment.calibration import Calibration, for_encoder
from pipeline.alignment.dynamic import best_path
from pipeline.alignment.encoder import Encoder
from pipeline.alignment.scoring import DEFAULT, ENCODED, LARGEST, Scorer, Weights, sides
from pipeline.types import Group, Unit

FURNITURE: Final = "furniture"
FEW_PAIRS: Final = 400
"""Below this many pairs of units their mean cosine says little about unrelated texts."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Alignment:
    """The groups of two documents; every unit is in exactly one.

    `related` is False where the documents do not look like versions of one text; then no unit is
    aligned.
    """

    groups: list[Group]
    related: bool = True


def align(
    source: Sequence[Unit],
    target: Sequence[Unit],
    encoder: Encoder,
    *,
    weights: Weights | None = None,
    check_related: bool = True,
    least: float | None = None,
) -> Alignment:
    """Aligns two documents.

    Args:
        source, target: the units of each in document order.
        encoder: gives their vectors.
        weights: what the parts of a score count; by default what suits the encoder.
        check_related: leave everything unaligned where the documents seem to have nothing to do
            with each other.
        least: groups less probable than this are taken apart; by default those that are more
            likely wrong than right.

    Returns:
        Groups in document order: those with a source unit by their first, and each group without
        one after the group that it follows in the target. Swapped arguments give the mirror image.
    """
    if weights is None:
        weights = DEFAULT if getattr(encoder, "additive", False) else ENCODED
    if _comes_first(target, source):
        mirror = align(
            target, source, encoder, weights=weights, check_related=check_related, least=least
        )
        groups = [Group(group.target, group.source, group.score) for group in mirror.groups]
        return Alignment(in_order(groups), mirror.related)
    kept = [
        [index for index, unit in enumerate(units) if unit.kind != FURNITURE]
        for units in (source, target)
    ]
    left_out = [
        Group((index,), (), 1.0) for index in range(len(source)) if source[index].kind == FURNITURE
    ] + [
        Group((), (index,), 1.0) for index in range(len(target)) if target[index].kind == FURNITURE
    ]
    found, related = _align_text(
        [source[index] for index in kept[0]],
        [target[index] for index in kept[1]],
        encoder,
        weights,
        check_related,
        least,
    )
    groups = [
        Group(
            tuple(kept[0][index] for index in group.source),
            tuple(kept[1][index] for index in group.target),
            group.score,
        )
        for group in found
    ]
    return Alignment(in_order(groups + left_out), related)


def _comes_first(left: Sequence[Unit], right: Sequence[Unit]) -> bool:
    """An arbitrary but fixed order of documents, so that it does not matter which is the source."""

    def key(units: Sequence[Unit]) -> tuple[int, list[str]]:
        return len(units), [unit.text for unit in units]

    return key(left) < key(right)


def _align_text(
    source: Sequence[Unit],
    target: Sequence[Unit],
    encoder: Encoder,
    weights: Weights,
    check_related: bool,
    least: float | None,
) -> tuple[list[Group], bool]:
    if not source or not target:
        return _all_alone(len(source), len(target)), True
    texts = [unit.text for unit in source], [unit.text for unit in target]
    vectors = encoder.encode(texts[0]), encoder.encode(texts[1])
    windows = None
    if not getattr(encoder, "additive", False):
        windows = (
            encoded_windows(texts[0], vectors[0], encoder),
            encoded_windows(texts[1], vectors[1], encoder),
        )
    # The encoder may use all cores; the products here are so small that sharing them out costs
    # three times what it saves.
    with _libraries().limit(limits=1, user_api="blas"):
        return _align_vectors(
            (source, target), vectors, windows, encoder, weights, check_related, least
        )


@cache
def _libraries() -> ThreadpoolController:
    return ThreadpoolController()


def _align_vectors(
    units: tuple[Sequence[Unit], Sequence[Unit]],
    vectors: tuple[np.ndarray, np.ndarray],
    windows: tuple[np.ndarray, np.ndarray] | None,
    encoder: Encoder,
    weights: Weights,
    check_related: bool,
    least: float | None,
) -> tuple[list[Group], bool]:
    background = background_of(encoder, *vectors)
    scorer = Scorer(*sides(*units, vectors, weights, windows), background, weights)
    path = best_path(scorer, *band(scorer.source, scorer.target, background))
    calibration: Calibration = for_encoder(encoder)
    groups = calibration.groups(scorer, path, least)
    if check_related and not calibration.related(scorer, groups):
        return _all_alone(len(units[0]), len(units[1])), False
    return groups, True


def encoded_windows(texts: Sequence[str], vectors: np.ndarray, encoder: Encoder) -> np.ndarray:
    """Unit vectors of the runs of units that end with each unit, float32 (LARGEST, n, d)."""
    found = [vectors]
    for size in range(2, LARGEST + 1):
        runs = [" ".join(texts[max(end - size, 0) : end]) for end in range(1, len(texts) + 1)]
        found.append(encoder.encode(runs))
    return np.stack(found)


def background_of(encoder: Encoder, left: np.ndarray, right: np.ndarray) -> float:
    """The mean cosine of texts that have nothing to do with each other.

    The encoder may say (`background`); otherwise it is the mean over all pairs of the documents,
    or 0 for documents too short to tell.
    """
    known = getattr(encoder, "background", None)
    if known is not None:
        return float(known)
    if len(left) * len(right) < FEW_PAIRS:
        return 0.0
    # The mean of all dot products is the dot product of the means.
    return round(float(left.mean(axis=0) @ right.mean(axis=0)), 4)


def _all_alone(n: int, m: int) -> list[Group]:
    alone = [Group((index,), (), 1.0) for index in range(n)]
    return alone + [Group((), (index,), 1.0) for index in range(m)]


def in_order(groups: Sequence[Group]) -> list[Group]:
    """Groups by their first source unit; one without goes right after the group of the target
    unit before it."""
    with_source = sorted((g for g in groups if g.source), key=lambda group: group.source)
    without = sorted((g for g in groups if not g.source), key=lambda group: group.target)
    place_of = {unit: place for place, group in enumerate(with_source) for unit in group.target}
    after: dict[int, list[Group]] = {}
    last = -1
    target_units = iter(sorted(place_of))
    upcoming = next(target_units, None)
    for group in without:
        while upcoming is not None and upcoming < group.target[0]:
            last = max(last, place_of[upcoming])
            upcoming = next(target_units, None)
        after.setdefault(last, []).append(group)
    ordered = list(after.get(-1, []))
    for place, group in enumerate(with_source):
        ordered.append(group)
        ordered.extend(after.get(place, []))
    return ordered
