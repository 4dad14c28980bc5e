"""Phrases inside an aligned sentence that the other version leaves out.

Content words of the two sides are linked by the similarity of their vectors, one to one first and
then, in a second pass, where their neighbours are linked. What is left is mostly idiom. A run of
nouns and adjectives without a link counts as left out only where it is a whole noun phrase, where
the other side has little left over near its place, and is shorter than its counterpart leads to
expect. As a whole it must resemble no phrase of the other side or beside it: words that are linked
elsewhere (`legitimate children, legitimised children`), or have no counterpart each, may have one
together.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from pipeline.alignment.aligner import background_of
from pipeline.alignment.encoder import Encoder

CONTENT: Final = frozenset({"NOUN", "VERB", "ADJ", "PROPN", "ADV", "NUM"})
NOMINAL: Final = frozenset({"NOUN", "ADJ"})
LINKING: Final = frozenset({"ADP", "DET", "CCONJ", "PUNCT"})
HYPHENS: Final = frozenset("-–")
ALIKE: Final = 0.3
"""Words at least this similar translate each other, above the background."""
APART: Final = 0.15
"""What a link loses that crosses the whole sentence."""
ADJACENT: Final = 2
"""Words of one side that share a link, such as the parts of a compound, are no further apart."""
WINDOW: Final = 4
_LONG_WORD: Final = re.compile(r"[^\W\d_]{3,}")
FEWEST: Final = 2
"""Words in a run; single words are left over too often."""

# Logistic regression on sentences from which a phrase was dropped on purpose, and on whole ones.
CONSTANT: Final = -4.23
PER_REST: Final = -0.41
PER_LINKED_SHARE: Final = 0.99
PER_LOG_LETTERS: Final = 0.64
PER_WORD: Final = 0.67
PER_EXCESS: Final = 0.77
LEAST: Final = 0.89
ELSEWHERE: Final = 0.35
"""A phrase of the other side that is at least this similar says the same, above the background."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word or punctuation mark of a sentence with its UPOS."""

    text: str
    upos: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """The words `[first, last]` of one side, and how probably the other side lacks them."""

    first: int
    last: int
    score: float


def left_out(
    source: Sequence[Word],
    target: Sequence[Word],
    encoder: Encoder,
    ratio: float,
    beside: tuple[Sequence[Word], Sequence[Word]] = ((), ()),
) -> tuple[list[Phrase], list[Phrase]]:
    """The phrases of each side that the other lacks.

    Args:
        source, target: all words of two groups of sentences that translate each other.
        encoder: gives the vectors of words.
        ratio: how many letters of the target there are for one of the source in these documents.
        beside: the words of the groups before and after, of the source and of the target; what
            stands there has only changed its place.
    """
    sides = (_content(source), _content(target))
    if not (sides[0] and sides[1]):
        return [], []
    words = ([source[i] for i in sides[0]], [target[i] for i in sides[1]])
    similar = _similarities(words[0], words[1], encoder)
    links = _links(similar)
    _link_by_neighbours(links, similar)
    lengths = _letters(source) * ratio, _letters(target)
    # The spread of a translation's length grows with its square root (Gale and Church 1993).
    excess = (lengths[0] - lengths[1]) / math.sqrt(sum(lengths) / 2)
    found = []
    for side, (all_words, places) in enumerate(zip((source, target), sides, strict=True)):
        ours, theirs = links[side], links[1 - side]
        longer = excess if side == 0 else -excess
        phrases = []
        for run in _runs(ours):
            first, last = places[run[0]], places[run[-1]]
            score = _score([words[side][i] for i in run], run, ours, theirs, longer)
            if score < LEAST or not _is_phrase(all_words, first, last):
                continue
            others = [*(source, target)[1 - side], *beside[1 - side]]
            if _likest(all_words[first : last + 1], others, encoder) < ELSEWHERE:
                phrases.append(Phrase(first, last, round(score, 4)))
        found.append(phrases)
    return found[0], found[1]


def named_share(name: str, text: str, encoder: Encoder) -> float:
    """The share of a name's longer words for which the text has one that is alike."""
    words = _LONG_WORD.findall(name.casefold())
    others = _LONG_WORD.findall(text.casefold())
    if not (words and others):
        return 0.0
    left, right = ([Word(word, "NOUN") for word in side] for side in (words, others))
    best = _similarities(left, right, encoder).max(axis=1)
    return float((best >= ALIKE).mean())


def _content(words: Sequence[Word]) -> list[int]:
    return [
        index
        for index, word in enumerate(words)
        if word.upos in CONTENT and any(char.isalnum() for char in word.text)
    ]


def _letters(words: Sequence[Word]) -> int:
    return sum(len(word.text) + 1 for word in words)


def _is_phrase(words: Sequence[Word], first: int, last: int) -> bool:
    """Whether `[first, last]` is a whole noun phrase: nouns and adjectives with prepositions,
    articles and conjunctions among them, up to its noun, and not cut out of a longer one."""
    inside = words[first : last + 1]
    if inside[-1].upos != "NOUN" or not all(word.upos in NOMINAL | LINKING for word in inside):
        return False
    if any(word.upos == "PUNCT" and word.text not in HYPHENS for word in inside):
        return False
    before = words[first - 1] if first else None
    after = words[last + 1] if last + 1 < len(words) else None
    if before and (before.upos in ("ADJ", "NUM", "SYM") or before.text in HYPHENS):
        return False
    if before and before.upos in ("NOUN", "PROPN") and inside[0].upos == "NOUN":
        return False
    return not (after and (after.upos == "NOUN" or after.text in HYPHENS))


def _similarities(left: Sequence[Word], right: Sequence[Word], encoder: Encoder) -> np.ndarray:
    """Cosines above the background, float64, shape (len(left), len(right))."""
    vectors = [encoder.encode([word.text for word in words]) for words in (left, right)]
    background = background_of(encoder, vectors[0], vectors[1])
    return np.round((vectors[0] @ vectors[1].T - background) / (1.0 - background), 4)


def _likest(phrase: Sequence[Word], others: Sequence[Word], encoder: Encoder) -> float:
    """The best similarity of a phrase to one of the other side, of at most one word more."""
    places = _content(others)
    most = len(_content(phrase)) + 1
    windows = [
        " ".join(word.text for word in others[first : last + 1])
        for start, first in enumerate(places)
        for last in places[start : start + most]
    ]
    if not windows:
        return 0.0
    ours = encoder.encode([" ".join(word.text for word in phrase)])
    theirs = encoder.encode(windows)
    background = background_of(encoder, ours, theirs)
    return round((float((theirs @ ours[0]).max()) - background) / (1.0 - background), 4)


Links = list[int | None]


def _links(similar: np.ndarray) -> tuple[Links, Links]:
    """For each word of both sides the word that it is linked to; the best pairs first."""
    n, m = similar.shape
    ours: Links = [None] * n
    theirs: Links = [None] * m
    places = np.abs(np.arange(n)[:, None] / n - np.arange(m)[None, :] / m)
    order = np.argsort(-(similar - APART * places), axis=None, kind="stable")
    for flat in order.tolist():
        i, j = divmod(flat, m)
        if similar[i, j] < ALIKE:
            continue
        mine, other = ours[i], theirs[j]
        if mine is None and (other is None or abs(other - i) <= ADJACENT):
            ours[i] = j
        if other is None and (mine is None or abs(mine - j) <= ADJACENT):
            theirs[j] = i
    return ours, theirs


def _link_by_neighbours(links: tuple[Links, Links], similar: np.ndarray) -> None:
    """Links what is left where neighbours are linked: idioms, and words that vectors miss."""
    ours, theirs = links
    for i in range(len(ours)):
        if ours[i] is not None:
            continue
        best: tuple[float, int] | None = None
        for step in (-1, 1, -2, 2):
            beside = ours[i + step] if 0 <= i + step < len(ours) else None
            if beside is None:
                continue
            for j in range(max(beside - 2, 0), min(beside + 3, len(theirs))):
                if theirs[j] is None:
                    distance = abs(beside - j) + abs(step)
                    best = max(best or (-9.0, 0), (float(similar[i, j]) - 0.02 * distance, j))
        if best is not None:
            ours[i], theirs[best[1]] = best[1], i


def _runs(links: Links) -> list[list[int]]:
    runs: list[list[int]] = []
    for index, link in enumerate(links):
        if link is not None:
            continue
        if runs and runs[-1][-1] == index - 1:
            runs[-1].append(index)
        else:
            runs.append([index])
    return runs


def _score(
    words: Sequence[Word], run: Sequence[int], ours: Links, theirs: Links, longer: float
) -> float:
    """The probability that the other side lacks a run of words."""
    letters = sum(len(word.text) for word in words)
    around = [run[0] - 2, run[0] - 1, run[-1] + 1, run[-1] + 2]
    anchors = [ours[k] for k in around if 0 <= k < len(ours) and ours[k] is not None]
    if not anchors or len(run) < FEWEST:
        return 0.0
    rest = sum(
        link is None and any(abs(j - anchor) <= WINDOW for anchor in anchors if anchor is not None)
        for j, link in enumerate(theirs)
    )
    share = sum(link is not None for link in ours) / len(ours)
    logit = (
        CONSTANT
        + PER_REST * min(rest, 3)
        + PER_LINKED_SHARE * share
        + PER_LOG_LETTERS * math.log(letters)
        + PER_WORD * min(len(run), 4)
        + PER_EXCESS * longer
    )
    return 1.0 / (1.0 + math.exp(-logit))
