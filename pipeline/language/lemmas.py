"""Lemmas as edit trees (Chrupała 2008): how a word form becomes its lemma, shared by many words.

A script is a casing rule and a tree. The tree keeps the longest common substring of form and lemma
and says what becomes of the parts to its left and right: `[left length, right length, left, right]`
for a node, `[old, new]` for a leaf that replaces a string, `null` for nothing to do. The leaves
hold what they replace, so that a script says by itself whether it applies to a form.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Final

LOWER: Final = "l"
TITLE: Final = "t"
KEEP: Final = "k"

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
