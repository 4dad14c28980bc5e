"""A sentence as the readers of titles see it: words, rules, and what is known to stand in it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.entities.candidates import Candidate
from pipeline.entities.instrument_heads import Heads, Word


@dataclass(frozen=True, slots=True)
class Scope:
    """A sentence, its words, the rules of its language, and what is known to stand in it."""

    text: str
    words: Sequence[Word]
    rules: Heads
    known: Sequence[Candidate] = ()

    def phrase(self, index: int, length: int) -> tuple[str, ...]:
        """The folded words from `index` on, at most `length` of them."""
        return tuple(word.folded for word in self.words[index : index + length])

    def index_at(self, offset: int) -> int | None:
        """The first word that starts at or after an offset in the sentence."""
        index = bisect_left(self.words, offset, key=lambda word: word.start)
        return index if index < len(self.words) else None

    def is_word(self, index: int, words: frozenset[str]) -> bool:
        """Whether the word at an index is one of some folded words."""
        return index < len(self.words) and self.words[index].folded in words

    def is_pinpoint(self, index: int) -> bool:
        """Whether the word at an index opens a provision: `Article 5`."""
        number = self.words[index + 1].text if index + 1 < len(self.words) else ""
        return number[:1].isdigit() and self.is_word(index, self.rules.units)

    def opens(self, index: int, phrases: frozenset[tuple[str, ...]], longest: int = 3) -> int:
        """The length of the longest of the phrases that starts at `index`; 0 for none."""
        lengths = range(min(longest, len(self.words) - index), 0, -1)
        return next((n for n in lengths if self.phrase(index, n) in phrases), 0)
