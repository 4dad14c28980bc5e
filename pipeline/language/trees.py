"""Dependency trees from scores of arcs: the best projective tree with one root.

Projective trees score higher here than maximum spanning trees, and far fewer clauses are torn
apart (docs/decisions.md): the texts have few crossing arcs, and a parser's errors have many.
"""

from __future__ import annotations

import numpy as np

NEVER = -1e9


def heads(scores: np.ndarray) -> np.ndarray:
    """The best projective tree with exactly one child of the root.

    Each word's best head is taken where that gives such a tree; otherwise Eisner's algorithm
    (Eisner 1996) finds the best one, in cubic time with vectorised inner loops.

    Args:
        scores: (words, words + 1); row i scores the heads of word i + 1, column 0 the root.

    Returns:
        The heads, shape (words,), 0 for the root's child, otherwise counted from 1.
    """
    size = len(scores)
    if size == 0:
        return np.zeros(0, dtype=np.int64)
    scores = scores.astype(np.float64)
    scores[np.arange(size), np.arange(1, size + 1)] = NEVER
    greedy = scores.argmax(1)
    if (greedy == 0).sum() == 1 and _is_projective_tree(greedy):
        return greedy
    return _eisner(scores)


def _is_projective_tree(found: np.ndarray) -> bool:
    """Whether heads form a tree without crossing arcs, that of the root among them."""
    words = np.arange(1, len(found) + 1)
    left, right = np.minimum(words, found), np.maximum(words, found)
    # Two arcs cross when one begins strictly inside the other and ends strictly outside.
    begins_inside = (left[None] > left[:, None]) & (left[None] < right[:, None])
    if (begins_inside & (right[None] > right[:, None])).any():
        return False
    ancestors = found.copy()
    for _ in range(len(found).bit_length()):  # each pass doubles how far every word looks up
        ancestors = np.where(ancestors > 0, ancestors[ancestors - 1], 0)
    return not ancestors.any()


def _eisner(scores: np.ndarray) -> np.ndarray:
    """Eisner's chart over spans of words; the root is attached last, to one word.

    `full_*` hold spans whose head is at the end that the name says, with all its children inside;
    `open_*` spans are one arc between their ends. `*_at` remember where a span was joined.
    """
    size = len(scores)
    arc = scores[:, 1:].T  # [head, dependent]
    full_left, full_right = np.full((2, size, size), NEVER)
    open_left, open_right = np.full((2, size, size), NEVER)
    open_at, left_at, right_at = np.zeros((3, size, size), dtype=np.int64)
    np.fill_diagonal(full_left, 0)
    np.fill_diagonal(full_right, 0)
    for width in range(1, size):
        i = np.arange(size - width)
        j = i + width
        k = i[:, None] + np.arange(width)
        row, column = i[:, None], j[:, None]
        joined = full_left[row, k] + full_right[k + 1, column]
        best = joined.argmax(1)
        open_at[i, j] = i + best
        open_left[i, j] = joined[i, best] + arc[i, j]
        open_right[i, j] = joined[i, best] + arc[j, i]
        joined = open_left[row, k + 1] + full_left[k + 1, column]
        best = joined.argmax(1)
        full_left[i, j], left_at[i, j] = joined[i, best], i + best + 1
        joined = full_right[row, k] + open_right[k, column]
        best = joined.argmax(1)
        full_right[i, j], right_at[i, j] = joined[i, best], i + best
    root = int((full_right[0] + full_left[:, size - 1] + scores[:, 0]).argmax())
    found = np.zeros(size, dtype=np.int64)
    spans = [("full_right", 0, root), ("full_left", root, size - 1)]
    while spans:
        kind, first, last = spans.pop()
        if first == last:
            continue
        if kind == "full_left":
            at = left_at[first, last]
            spans += [("open_left", first, at), ("full_left", at, last)]
        elif kind == "full_right":
            at = right_at[first, last]
            spans += [("full_right", first, at), ("open_right", at, last)]
        else:
            if kind == "open_left":
                found[last] = first + 1
            else:
                found[first] = last + 1
            at = open_at[first, last]
            spans += [("full_left", first, at), ("full_right", at + 1, last)]
    return found
