"""Segmentation of words into the subword pieces of a unigram language model (Kudo 2018)."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np

BOUNDARY: Final = "\u2581"  # SentencePiece's mark for the start of a word
SPECIAL: Final = frozenset({"<s>", "<pad>", "</s>", "<unk>"})
# What stands for a character that the vocabulary has in no form; the first that is there is used.
SUBSTITUTES: Final = ("\ufffd", "\u25a1", "\u25a0", "\u2022", "*", "?", "-")
CACHE_SIZE: Final = 200_000
OPENING: Final = 3
SHORT: Final = tuple(range(1, OPENING))


class Pieces:
    """A vocabulary of pieces with their log-probabilities, and the Viterbi search over it.

    Args:
        vocab: The pieces; a piece's id is its place. Special symbols such as `<s>` never match
        text. scores: The log-probability of each piece, shape (len(vocab),).
        divided: The ids of the pieces that open a word and, as words of their own, are more
        probable in several pieces (`divided_words`). Where they are known, a word that is one
        piece need not be searched.
    """

    def __init__(
        self, vocab: Sequence[str], scores: np.ndarray, divided: np.ndarray | None = None
    ) -> None:
        if len(vocab) != len(scores):
            raise ValueError(f"{len(vocab)} pieces, but {len(scores)} scores")
        self.vocab = list(vocab)
        self._known = {
            piece: (index, float(score))
            for index, (piece, score) in enumerate(zip(vocab, scores, strict=True))
            if piece and piece not in SPECIAL
        }
        self._divided = None if divided is None else frozenset(divided.tolist())
        self._scores = {piece: score for piece, (_, score) in self._known.items()}
        self._characters = frozenset(piece for piece in self._known if len(piece) == 1)
        self._lengths = _lengths(self._known)
        self._substitute = next((s for s in SUBSTITUTES if s in self._known), "")
        self._cache: dict[str, tuple[int, ...]] = {}

    def __len__(self) -> int:
        return len(self.vocab)

    def word(self, word: str) -> tuple[int, ...]:
        """The ids of the pieces of one word (of each part, if it has spaces); never empty."""
        found = self._cache.get(word)
        if found is None:
            parts = unicodedata.normalize("NFKC", word).split() or [""]
            found = tuple(self._best(BOUNDARY + self._spell(parts[0])))
            for part in parts[1:]:
                found += tuple(self._best(BOUNDARY + self._spell(part)))
            if len(self._cache) >= CACHE_SIZE:
                self._cache.clear()
            self._cache[word] = found
        return found

    def text(self, text: str) -> list[int]:
        """The ids of the pieces of a text, cut at white space only."""
        return [index for part in text.split() for index in self.word(part)]

    def _spell(self, word: str) -> str:
        """The word in characters of the vocabulary: base letters for unknown accented ones."""
        if self._characters.issuperset(word):
            return word
        return "".join(char if char in self._known else self._replace(char) for char in word)

    def _replace(self, char: str) -> str:
        base = "".join(c for c in unicodedata.normalize("NFKD", char) if c in self._known)
        if base or unicodedata.category(char)[0] in "MC":  # stray marks and controls are dropped
            return base
        return self._substitute

    def divided_words(self) -> list[int]:
        """The ids of the pieces that open a word and are not the best segmentation of it."""
        return [
            index
            for piece, (index, _) in self._known.items()
            if piece[0] == BOUNDARY and self._search(piece) != [index]
        ]

    def _best(self, word: str) -> Sequence[int]:
        whole = self._known.get(word) if self._divided is not None else None
        if whole is None or whole[0] in (self._divided or ()):
            return self._search(word)
        return (whole[0],)

    def _search(self, word: str) -> list[int]:
        """The most probable segmentation; the earlier cut wins a tie, as in HF's tokenizers."""
        size = len(word)
        best = [0.0] + [-math.inf] * size
        came = [0] * (size + 1)
        score_of, lengths_of = self._scores.get, self._lengths.get
        for start in range(size):
            so_far = best[start]
            for length in lengths_of(word[start : start + OPENING], SHORT):
                end = start + length
                if end > size:
                    break
                score = score_of(word[start:end])
                if score is not None:
                    score += so_far
                    if score > best[end]:
                        best[end] = score
                        came[end] = start
        if best[-1] == -math.inf:
            raise ValueError(f"the vocabulary has no piece for a character of {word!r}")
        found: list[int] = []
        end = size
        while end:
            start = came[end]
            found.append(self._known[word[start:end]][0])
            end = start
        return found[::-1]


def _lengths(known: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """For each first three characters of a piece the lengths, rising, that a piece may have where
    a text goes on so; of other texts only shorter pieces are possible (`SHORT`)."""
    found: dict[str, set[int]] = {}
    for piece in known:
        found.setdefault(piece[:OPENING], set(SHORT)).add(len(piece))
    return {opening: tuple(sorted(lengths)) for opening, lengths in found.items()}
