"""The parse of a Doc as plain lists: what the grammar asks of a tree, at the cost of one pass.

Reading attributes off spaCy tokens one at a time is what would make clauses slow, so every column
is taken from the Doc once. Relations are lower-case UD labels; `base` is the label without its
subtype.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import dataclass

import numpy as np
from spacy.attrs import DEP, HEAD, LEMMA, LOWER, MORPH, ORTH, POS, SENT_START, SPACY
from spacy.tokens import Doc

SUBJECTS = frozenset({"nsubj", "csubj"})
AUXILIARIES = frozenset({"aux", "cop"})
_FORMULAIC = frozenset({"salutation", "signature", "metadata", "furniture"})


@dataclass(frozen=True, slots=True)
class Features:
    """The morphological features that the grammar looks at; empty strings where absent."""

    form: str = ""
    tense: str = ""
    voice: str = ""
    pronoun: str = ""
    number: str = ""
    case: str = ""
    gender: str = ""

    @classmethod
    def parse(cls, morph: str) -> Features:
        """From a UD string, as in `Mood=Ind|Tense=Pres|VerbForm=Fin`."""
        given = dict(pair.split("=", 1) for pair in morph.split("|") if "=" in pair)
        return cls(
            given.get("VerbForm", ""),
            given.get("Tense", ""),
            given.get("Voice", ""),
            given.get("PronType", ""),
            given.get("Number", ""),
            given.get("Case", ""),
            given.get("Gender", ""),
        )


class Tree:
    """Columns over the tokens of a Doc; indices are token indices, a root is its own head."""

    def __init__(self, doc: Doc) -> None:
        columns = doc.to_array([HEAD, DEP, POS, MORPH, LEMMA, LOWER, SENT_START, SPACY, ORTH])
        self.size = len(doc)
        text = _Strings(doc)
        offsets = columns[:, 0].astype(np.int64)
        self.sentence = _sentence_numbers(columns[:, 6])
        self.head = self._heads(offsets.tolist())
        self.label = [text(key).lower() for key in columns[:, 1].tolist()]
        self.base = [label.partition(":")[0] for label in self.label]
        self.pos = [text.pos(key) for key in columns[:, 2].tolist()]
        self.features = [text.features(key) for key in columns[:, 3].tolist()]
        self.lower = [text(key) for key in columns[:, 5].tolist()]
        self.lemma = [
            (text(key) or lower).lower()
            for key, lower in zip(columns[:, 4].tolist(), self.lower, strict=True)
        ]
        self.capital = [text(key)[:1].isupper() for key in columns[:, 8].tolist()]
        self.spaced = [bool(space) for space in columns[:, 7].tolist()]
        self.formulaic = _formulaic(doc)
        self.children: list[list[int]] = [[] for _ in range(self.size)]
        for token, head in enumerate(self.head):
            if head != token:
                self.children[head].append(token)

    def _heads(self, offsets: list[int]) -> list[int]:
        """Absolute heads; an arc that leaves the sentence is cut, its dependent becomes a root."""
        heads = [token + offset for token, offset in enumerate(offsets)]
        return [
            head if self.sentence[head] == self.sentence[token] else token
            for token, head in enumerate(heads)
        ]

    def rehang(self, token: int, head: int, label: str | None = None) -> None:
        """Hangs a token on another head, in place, under a relation of its own where one is given.

        A token that hangs on itself becomes a root. Nothing changes where the head is below it.
        """
        above = head
        while above != token and self.head[above] != above:
            above = self.head[above]
        if above == token and head != token:
            return
        if self.head[token] != token:
            self.children[self.head[token]].remove(token)
        self.head[token] = head
        if head != token:
            self.children[head] = sorted([*self.children[head], token])
        if label is not None:
            self.label[token] = label
            self.base[token] = label.partition(":")[0]

    def top_down(self) -> Iterator[int]:
        """Every token after its head, sentences and siblings in order of the text."""
        for root in range(self.size):
            if self.head[root] != root:
                continue
            pending = [root]
            while pending:
                token = pending.pop()
                yield token
                pending.extend(reversed(self.children[token]))

    def having(self, token: int, bases: Set[str]) -> list[int]:
        """The children of `token` whose relation, without subtype, is one of `bases`."""
        return [child for child in self.children[token] if self.base[child] in bases]

    def has(self, token: int, bases: Set[str]) -> bool:
        """Whether `token` has a child in one of the relations, without subtype."""
        return any(self.base[child] in bases for child in self.children[token])

    def leftmost(self, token: int) -> int:
        """The first word under a token, marks left out."""
        left = token
        while True:
            before = [c for c in self.children[left] if c < left and self.base[c] != "punct"]
            if not before:
                return left
            left = before[0]

    def is_below(self, token: int, top: int) -> bool:
        """Whether `top` governs a token, at any depth, or is it."""
        while token != top and self.head[token] != token:
            token = self.head[token]
        return token == top

    def form(self, token: int) -> str:
        """The token's UD VerbForm, or an empty string."""
        return self.features[token].form


def _formulaic(doc: Doc) -> list[bool]:
    """For each token whether it is in a block of formulas or labels, not of running text."""
    inside = [False] * len(doc)
    for block in doc.spans.get("blocks", ()):
        if block.label_ in _FORMULAIC:
            inside[block.start : block.end] = [True] * len(block)
    return inside


class _Strings:
    """Looks up hashes in the vocabulary and remembers what they stand for."""

    def __init__(self, doc: Doc) -> None:
        self._store = doc.vocab.strings
        self._known: dict[int, str] = {0: ""}
        self._features: dict[int, Features] = {0: Features()}

    def __call__(self, key: int) -> str:
        value = self._known.get(key)
        if value is None:
            value = self._known[key] = self._store[key]
        return value

    def pos(self, key: int) -> str:
        return self(key) if key else "X"

    def features(self, key: int) -> Features:
        value = self._features.get(key)
        if value is None:
            value = self._features[key] = Features.parse(self(key))
        return value


def _sentence_numbers(starts: np.ndarray) -> list[int]:
    """The number of each token's sentence; a Doc without sentence starts is one sentence."""
    first = starts.astype(np.int64) == 1
    if len(first):
        first[0] = True
    numbers: list[int] = (np.cumsum(first) - 1).tolist()
    return numbers
