"""Lemmas as edit trees (Chrupała 2008): how a word form becomes its lemma, shared by many words.

A script is a casing rule and a tree. The tree keeps the longest common substring of form and lemma
and says what becomes of the parts to its left and right: `[left length, right length, left, right]`
for a node, `[old, new]` for a leaf that replaces a string, `null` for nothing to do. The leaves
hold what they replace, so that a script says by itself whether it applies to a form.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, Final

LOWER: Final = "l"
TITLE: Final = "t"
KEEP: Final = "k"

OPEN: Final = frozenset({"NOUN", "VERB", "ADJ"})
"""Parts of speech whose unknown words a `Guesser` judges."""
# What a letter of a known ending, and a lemma that is known as a whole, weigh against the model's
# scores; chosen on every second sentence of a sample of the UD tests (docs/decisions.md).
_LETTER: Final = 1.5
_KNOWN: Final = 3.0
_LONGEST: Final = 9
# Letters of a verb form behind a prefix.
_SHORTEST: Final = 4

Tree = list[object] | None


@lru_cache(maxsize=200_000)
def script(form: str, lemma: str) -> str:
    """The edit script that turns the form into the lemma."""
    casing = _casing(form, lemma)
    if casing == KEEP:
        return KEEP + _dump(_tree(form, lemma))
    return casing + _dump(_tree(form.lower(), lemma.lower()))


def parse(text: str) -> tuple[str, Tree]:
    """A script in the form that `apply` takes."""
    return text[0], json.loads(text[1:])


def apply(rule: tuple[str, Tree], form: str) -> str | None:
    """The lemma of the form by the rule; `None` where the rule does not fit the form."""
    casing, tree = rule
    lemma = _walk(tree, form if casing == KEEP else form.lower())
    return lemma.capitalize() if lemma and casing == TITLE else lemma or None


class Guesser:
    """Chooses the lemma of a word that the lexicon lacks.

    An edit script that a model knows from other words may make a form that is no word
    (`onderstreept` → `onderstreepen`). Rules of spelling mend what they can; what ends as known
    lemmas do is likelier to be one; and a known verb behind a prefix is itself (`uitgesloten`).
    """

    def __init__(self, lexicon: Mapping[str, str], spelling: Mapping[str, Any]) -> None:
        """From a lexicon, `part-of-speech form` → lemma, and `data/<lang>/lemmas.toml`."""
        self._lexicon = lexicon
        self._prefixes = tuple(spelling["verb_prefixes"])
        self._passives = tuple(spelling.get("passive_endings", ()))
        self._rules = [
            (frozenset(rule["tags"]), re.compile(rule["pattern"]), rule["lemma"])
            for rule in spelling["spelling"]
        ]
        self._lemmas: dict[str, set[str]] = {tag: set() for tag in OPEN}
        self._endings: dict[str, set[str]] = {tag: set() for tag in OPEN}
        for key, lemma in lexicon.items():
            tag = key.partition(" ")[0]
            if tag in OPEN:
                lower = lemma.lower()
                self._lemmas[tag].add(lower)
                self._endings[tag].update(lower[-n:] for n in range(1, _LONGEST + 1))

    def best(self, word: str, tag: str, candidates: Iterable[tuple[str, float]]) -> str | None:
        """The likeliest of the lemmas that are given with a model's scores; None for none."""
        known = self._related(word.lower()) if tag == "VERB" else None
        if known is not None:
            return known
        scored = []
        for place, (made, score) in enumerate(candidates):
            lemma = self._spelt(word, tag, made)
            scored.append((score + self._weight(word, tag, lemma), -place, lemma))
        return max(scored)[2] if scored else None

    def _related(self, word: str) -> str | None:
        """The lemma of a known verb form behind a prefix, or before a passive's ending."""
        forms = [word, *(word[: -len(end)] for end in self._passives if word.endswith(end))]
        active = (self._lexicon.get(f"VERB {form}") for form in forms[1:] if len(form) > 2)
        return next((found for found in (*active, *map(self._prefixed, forms)) if found), None)

    def _prefixed(self, word: str) -> str | None:
        """The lemma of a known verb form behind a prefix or particle: `voortgekomen`.

        The known form must not have a particle of its own in its lemma alone, which comes from
        texts where it stood apart.
        """
        for prefix in self._prefixes:
            form = word[len(prefix) :]
            if word.startswith(prefix) and len(form) >= _SHORTEST:
                lemma = self._lexicon.get(f"VERB {form}")
                if lemma and (lemma[0] == form[0] or form.startswith("ge")):
                    return prefix + lemma
        return None

    def _spelt(self, word: str, tag: str, lemma: str) -> str:
        """A lemma as the rules of spelling have it."""
        for tags, pattern, replacement in self._rules:
            match = pattern.fullmatch(f"{word.lower()} {lemma}") if tag in tags else None
            if match:
                lemma = match.expand(replacement)
        return lemma

    def _weight(self, word: str, tag: str, lemma: str) -> float:
        lower = lemma.lower()
        endings = self._endings[tag]
        # No longer than the form: a prefix that it lacks must not count (`nemen` → `aannemen`).
        size = next((n for n in range(min(_LONGEST, len(word)), 0, -1) if lower[-n:] in endings), 0)
        return _LETTER * size + (_KNOWN if lower in self._lemmas[tag] else 0.0)


def _casing(form: str, lemma: str) -> str:
    if lemma == lemma.lower():
        return LOWER
    if lemma == lemma.lower().capitalize() and form[1:] != form[1:].lower():
        return TITLE
    return KEEP


def _dump(tree: Tree) -> str:
    return json.dumps(tree, ensure_ascii=False, separators=(",", ":"))


def _tree(form: str, lemma: str) -> Tree:
    if form == lemma:
        return None
    start, other, size = _common(form, lemma)
    if not size:
        return [form, lemma]
    left = _tree(form[:start], lemma[:other])
    right = _tree(form[start + size :], lemma[other + size :])
    return [start, len(form) - start - size, left, right]


def _common(first: str, second: str) -> tuple[int, int, int]:
    """Start in the first, start in the second, and length of the first longest common substring."""
    best = (0, 0, 0)
    above = [0] * (len(second) + 1)
    for i, char in enumerate(first, 1):
        row = [0] * (len(second) + 1)
        for j, other in enumerate(second, 1):
            if char == other:
                row[j] = above[j - 1] + 1
                if row[j] > best[2]:
                    best = (i - row[j], j - row[j], row[j])
        above = row
    return best


def _walk(tree: Tree, text: str) -> str | None:
    if tree is None:
        return text
    if len(tree) == 2:
        return str(tree[1]) if text == tree[0] else None
    left, right, before, after = tree
    if not (isinstance(left, int) and isinstance(right, int)) or left + right >= len(text):
        return None
    head = _walk(before, text[:left])  # type: ignore[arg-type]
    tail = _walk(after, text[len(text) - right :])  # type: ignore[arg-type]
    if head is None or tail is None:
        return None
    return head + text[left : len(text) - right] + tail
