"""The formats and the packing of the Stanza recipe."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from models.recipe.stanza_packing import LEVELS, on_grid
from models.recipe.stanza_pipeline import Places, running_text


def row(words: str, glued: tuple[int, ...] = ()) -> dict[str, object]:
    parts = words.split()
    return {"words": parts, "space_after": [i not in glued for i in range(len(parts))]}


def test_running_text_marks_where_words_and_sentences_end():
    text, labels = running_text([row("Rådet kom .", glued=(1,)), row("Ja")])
    assert text == "Rådet kom. Ja"
    assert labels == "0000100012002"


def test_paragraphs_are_set_apart_in_text_and_labels():
    text, labels = running_text([row("Ja")] * 6)
    assert text == "Ja Ja Ja Ja Ja\n\nJa"
    assert labels == "02002002002002\n\n02"


@given(st.lists(st.floats(-50, 50, width=32), min_size=3, max_size=3))
def test_weights_on_the_grid_are_near_and_take_8_bits(values: list[float]):
    weights = torch.tensor([values])
    found = on_grid(weights)
    largest = float(weights.abs().max())
    assert float((found - weights).abs().max()) <= largest / LEVELS + 1e-6
    assert len({abs(v) for v in found.flatten().tolist()}) <= LEVELS + 1
    assert torch.equal(on_grid(found), found)


@pytest.mark.parametrize(
    ("updates", "passes"), [(900, 12), (450, 6), (899, 12), (4, 1), (1, 1), (1800, 24)]
)
def test_other_lengths_follow_the_updates_and_never_reach_nothing(updates: int, passes: int):
    here = Path()
    assert Places(here, here, here, here, here, updates).scaled(12) == passes
