"""Fits and checks what the scores of aligned groups mean (`pipeline.alignment.calibration`).

    python tools/calibrate_alignment.py CORPORA_DIR

Fits the coefficients on damaged documents with runs of foreign sentences in them, prints them, and
shows how well the probabilities hold on other documents: a reliability table, the expected
calibration error (ECE), and the share of text aligned in related and unrelated documents. The
documents are none that the encoder was trained on, but for some of the treaties fitted on.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent))

import alignment_sets as sets
from alignment_sets import Case
from measure_alignment import Cached, units

from pipeline.alignment.aligner import background_of
from pipeline.alignment.band import band
from pipeline.alignment.calibration import FEATURES, STATIC, features
from pipeline.alignment.calibration import Path as AlignmentPath
from pipeline.alignment.dynamic import best_path
from pipeline.alignment.encoder import load_encoder
from pipeline.alignment.scoring import Scorer, sides

ALONE = [FEATURES.index("constant"), FEATURES.index("nearest")]
Fold = tuple[np.ndarray, np.ndarray]


def paths(cases: Sequence[Case], encoder: Cached) -> Iterator[tuple[Scorer, AlignmentPath, Case]]:
    """The aligner's best path for each document, before anything is taken apart."""
    for case in cases:
        if case.source and case.target:
            left, right = units(case.source), units(case.target)
            vectors = encoder.encode(case.source), encoder.encode(case.target)
            background = background_of(encoder, *vectors)
            scorer = Scorer(*sides(left, right, vectors), background)
            yield scorer, best_path(scorer, *band(scorer.source, scorer.target, background)), case


def examples(cases: Sequence[Case], encoder: Cached) -> tuple[Fold, Fold]:
    """Features and truth of groups with both sides filled, and of units that stay alone."""
    matched, alone = [], []
    for scorer, path, case in paths(cases, encoder):
        gold = set(case.gold)
        aligned = ({i for left, _ in gold for i in left}, {i for _, right in gold for i in right})
        for row, both, spans in zip(*features(scorer, path), path, strict=True):
            left, right = (tuple(range(*span)) for span in spans)
            if both:
                matched.append((row, (left, right) in gold))
            else:
                alone.append((row, not (set(left) & aligned[0] or set(right) & aligned[1])))
    return _arrays(matched), _arrays(alone)


def _arrays(rows: Sequence[tuple[np.ndarray, bool]]) -> Fold:
    return np.array([row for row, _ in rows]), np.array([truth for _, truth in rows], float)


def fit(rows: np.ndarray, truth: np.ndarray) -> np.ndarray:
    """Logistic regression by Newton's method, with a Gaussian prior on all but the constant."""
    weights = np.zeros(rows.shape[1])
    prior = np.ones(rows.shape[1])
    prior[0] = 1e-6
    for _ in range(100):
        p = 1 / (1 + np.exp(-rows @ weights))
        gradient = rows.T @ (p - truth) + prior * weights
        curvature = (rows * (p * (1 - p))[:, None]).T @ rows + np.diag(prior)
        step = np.linalg.solve(curvature, gradient)
        weights -= step
        if np.abs(step).max() < 1e-8:
            break
    return weights


def reliability(name: str, p: np.ndarray, truth: np.ndarray, bins: int = 10) -> None:
    """Prints, for each tenth of the scale, the mean score and the share that is right."""
    error = 0.0
    print(f"\n## Reliability, {name}\nscore      groups   mean  right")
    for k in range(bins):
        inside = (p >= k / bins) & ((p < (k + 1) / bins) | (k == bins - 1))
        if inside.any():
            mean, right = p[inside].mean(), truth[inside].mean()
            error += inside.mean() * abs(mean - right)
            print(f"{k / bins:.1f}–{(k + 1) / bins:.1f} {inside.sum():9,}  {mean:.3f}  {right:.3f}")
    print(f"ECE {error:.4f}")


def folds(corpora: Path) -> tuple[list[Case], list[Case]]:
    """Documents to fit on, and others to check on. Long treaties are left out: where the numbering
    of one went astray, all its silver pairs after that place are wrong."""
    rng = random.Random(77)
    news, wiki = list(sets.meantime(corpora)), list(sets.pud(corpora))
    foreign = [pair for document in news[1::2] for pair in document]
    fitted = [*news[::2], *wiki[:20], *list(sets.treaties(corpora, 7, 120))[:25]]
    fitted += 3 * list(sets.udhr(corpora, "nl", "en"))
    checked = [*news[1::2], *wiki[20:], *list(sets.treaties(corpora, 0, 120))[:15]]
    for place, (source, target) in enumerate((("nl", "en"), ("sv", "en"), ("nl", "sv"))):
        checked += list(sets.flores(corpora, source, target))[13 * place : 13 * place + 13]
    damaged = (
        [sets.damaged(sets.with_foreign_runs(pairs, foreign, rng), rng) for pairs in chosen]
        for chosen in (fitted, checked)
    )
    return next(damaged), next(damaged)


def aligned_shares(documents: Sequence[sets.Pairs], shift: int, encoder: Cached) -> list[float]:
    """The share of text aligned between each document and the one `shift` places on."""
    found = []
    for place, pairs in enumerate(documents):
        other = documents[(place + shift) % len(documents)]
        case = Case([left for left, _ in pairs], [right for _, right in other], [])
        for scorer, path, _ in paths([case], encoder):
            found.append(STATIC.aligned_share(scorer, STATIC.groups(scorer, path)))
    return found


def main() -> None:
    """Reads the command line and prints coefficients and tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("corpora", type=Path)
    options = parser.parse_args()
    encoder = Cached(load_encoder())
    fitted, checked = folds(options.corpora)
    (rows, truth), (alone_rows, alone_truth) = examples(fitted, encoder)
    matched, alone = fit(rows, truth), fit(alone_rows[:, ALONE], alone_truth)
    print("matched:", dict(zip(FEATURES, matched.round(3).tolist(), strict=True)))
    print("alone:  ", dict(zip(("constant", "nearest"), alone.round(3).tolist(), strict=True)))
    (rows, truth), (alone_rows, alone_truth) = examples(checked, encoder)
    reliability("groups", 1 / (1 + np.exp(-rows @ matched)), truth)
    reliability("units alone", 1 / (1 + np.exp(-alone_rows[:, ALONE] @ alone)), alone_truth)
    print("\n## Share of text aligned: percentiles 0, 2, 50 of versions; 50, 98, 100 of others")
    for name, documents in (
        ("news nl-en", [pairs for pairs in sets.meantime(options.corpora) if pairs]),
        ("treaties nl-en", list(sets.treaties(options.corpora))),
        ("FLORES nl-sv", list(sets.flores(options.corpora, "nl", "sv"))),
    ):
        same = np.percentile(aligned_shares(documents, 0, encoder), [0, 2, 50]).round(3)
        other = np.percentile(aligned_shares(documents, 1, encoder), [50, 98, 100]).round(3)
        print(f"{name:16} {same.tolist()} {other.tolist()}")


if __name__ == "__main__":
    main()
