import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.language.trees import heads


def ancestors(found, node):
    while node:
        node = found[node - 1]
        yield node


def is_tree(found):
    if list(found).count(0) != 1:
        return False
    for start in range(1, len(found) + 1):
        seen = set()
        for node in ancestors(found, start):
            if node in seen:
                return False
            seen.add(node)
    return True


def is_projective(found):
    """Every word between a head and its dependent descends from the head."""
    for word, head in enumerate(found, start=1):
        for between in range(min(word, head) + 1, max(word, head)):
            if head not in ancestors(found, between):
                return False
    return True


def best_by_trying_all(scores):
    size = len(scores)
    candidates = itertools.product(range(size + 1), repeat=size)
    trees = (found for found in candidates if is_tree(found) and is_projective(found))
    return max(sum(scores[i, head] for i, head in enumerate(found)) for found in trees)


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 5), st.integers(0, 10_000), st.sampled_from([1.0, 100.0]))
def test_best_projective_tree_with_one_root_is_found(size, seed, scale):
    scores = np.random.default_rng(seed).normal(scale=scale, size=(size, size + 1))
    found = heads(scores).tolist()
    assert is_tree(found)
    assert is_projective(found)
    total = sum(scores[i, head] for i, head in enumerate(found))
    assert total == pytest.approx(best_by_trying_all(scores))


def test_cycle_of_two_words_is_broken_where_it_costs_least():
    scores = np.array([[1.0, -9, 10.0], [4.0, 10.0, -9]])  # 1 and 2 prefer each other
    assert heads(scores).tolist() == [2, 0]


def test_second_child_of_the_root_moves_under_the_first():
    scores = np.array([[9.0, -99, 1.0], [8.0, 2.0, -99]])
    assert heads(scores).tolist() == [0, 1]


def test_arcs_do_not_cross():
    scores = np.full((4, 5), -9.0)
    for word, head in ((1, 3), (2, 4), (3, 0), (4, 3)):  # 2 → 4 crosses 1 → 3 … 0 → 3
        scores[word - 1, head] = 9.0
    found = heads(scores).tolist()
    assert is_tree(found)
    assert is_projective(found)
    assert found != [3, 4, 0, 3]


def test_no_words_no_heads():
    assert heads(np.zeros((0, 1))).tolist() == []


def test_long_sentence_of_random_scores_gives_a_projective_tree():
    scores = np.random.default_rng(3).normal(size=(120, 121)).astype(np.float32)
    found = heads(scores).tolist()
    assert is_tree(found)
    assert is_projective(found)
