"""Finds the longest listed names in a text in one pass, whatever the size of the list.

A name is a sequence of *keys*: its words, case-folded and cut to a light stem, without articles and
punctuation, with the interchangeable prepositions of titles (`on`, `concerning`, `relating to`)
made one. Text and list pass through the same normaliser, so that `internationella konventionen
angående medborgerliga …` meets `internationell konvention om medborgerliga …`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

# The number of a footnote that lost its raised place is no part of a word: `the Visa Code1 allows`.
_WORD = re.compile(r"[^\W_]*[a-zåäöé]{3}(?=\d{1,2}(?!\w))|[^\W_]+|[^\w\s]")
# Marks that may stand inside a title or be left out of it; every other mark ends a match.
_SILENT = frozenset(",-‐‑–’'‘:/&\"“”„«»")
_SUBJECT = "@on"


class Key(NamedTuple):
    """A normalised word and the span of text that it stands for."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Normaliser:
    """Turns text into keys, as one language's `[titles]` table prescribes.

    Attributes:
        dropped: words that a title may have or lack (articles).
        subject: words and two-word phrases that introduce the subject of a title.
        suffixes: inflectional endings, longest first, as (ending, replacement).
        openings: first words of the two-word phrases.
        spelling: substrings that spelling variants differ in, as (variant, standard).
    """

    dropped: frozenset[str]
    subject: frozenset[str]
    suffixes: tuple[tuple[str, str], ...]
    spelling: tuple[tuple[str, str], ...]
    openings: frozenset[str]
    _stems: dict[str, str] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def from_data(cls, titles: Mapping[str, Any]) -> Normaliser:
        """The normaliser described by the table `[titles]` of `data/<lang>/instruments.toml`."""
        suffixes = sorted(titles["suffixes"].items(), key=lambda item: -len(item[0]))
        return cls(
            frozenset(titles["articles"]),
            frozenset(titles["subject"]),
            tuple(suffixes),
            tuple(titles["spelling"].items()),
            frozenset(phrase.split()[0] for phrase in titles["subject"] if " " in phrase),
        )

    def keys(self, text: str) -> list[Key]:
        """The keys of a text, in order, with their character spans."""
        found: list[Key] = []
        joins = -1  # where a two-word preposition that has begun must go on
        for match in _WORD.finditer(text):
            word = match.group()
            key = self._stems.get(word)
            if key is None:
                key = self._stems[word] = self._key(word)
            start, end = match.span()
            if joins >= 0 and f"{text[joins:start].strip()} {word}".casefold() in self.subject:
                found[-1] = Key(_SUBJECT, found[-1].start, end)
                joins = -1
            elif key and not (word in "sS" and start and text[start - 1] in "'’:"):
                found.append(Key(key, start, end))
                joins = start if word.casefold() in self.openings else -1
        return found

    def _key(self, word: str) -> str:
        """The key of a word; empty for what a title may have or lack."""
        folded = word.casefold()
        if word in _SILENT or folded in self.dropped:
            return ""
        return self._stem(folded)

    def _stem(self, word: str) -> str:
        stem = _SUBJECT if word in self.subject else word
        if stem != _SUBJECT and len(word) > 4:
            for variant, standard in self.spelling:
                stem = stem.replace(variant, standard)
            while (shorter := self._cut(stem)) != stem:
                stem = shorter
        return stem

    def _cut(self, word: str) -> str:
        """The word without its longest listed ending, if three letters are left."""
        for suffix, replacement in self.suffixes:
            if word.endswith(suffix) and len(word) - len(suffix) >= 3:
                return word[: len(word) - len(suffix)] + replacement
        return word


class Match(NamedTuple):
    """A listed name found in a text: its character span and the values listed under it."""

    start: int
    end: int
    values: frozenset[str]


class Trie:
    """Names by their keys. Building costs the length of the list, matching that of the text."""

    def __init__(self, names: Iterable[tuple[Sequence[str], str]]) -> None:
        self._root: dict[str, Any] = {}
        for keys, value in names:
            node = self._root
            for key in keys:
                node = node.setdefault(key, {})
            if keys:
                node[""] = node.get("", frozenset()) | {value}

    def longest(self, keys: Sequence[Key]) -> Iterator[Match]:
        """The longest match from each key on, unless an earlier one holds it whole.

        Two may overlap: `UN Convention against Torture` and, from its second word on, the treaty's
        full title.
        """
        reached = -1
        for index in range(len(keys)):
            node = self._root.get(keys[index].text)
            if node is None:
                continue
            position, last, values = index, index, node.get("")
            while (position := position + 1) < len(keys):
                node = node.get(keys[position].text)
                if node is None:
                    break
                if "" in node:
                    last, values = position, node[""]
            if values is not None and last > reached:
                yield Match(keys[index].start, keys[last].end, values)
                reached = last
