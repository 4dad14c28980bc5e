"""Where the name of an instrument starts to the left of its head noun."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.entities.instrument_heads import Heads, Word
from pipeline.entities.instrument_scope import Scope

_DASHES = ("-", "–")
PAIR = re.compile(r"[A-Z]\w+[-–][A-Z]\w+(?:-\w+)?")
PAIRED = frozenset(("agreement", "treaty"))  # `UK-Rwanda agreement`, `UK-France treaty`
_GENITIVES = ("'s", "’s")
_JOINED = frozenset(("law", "act", "treaty", "agreement", "pact", "policy"))
_LONGEST_NAME = 14
_MODIFIERS = 4


def first_word(scope: Scope, index: int, kind: str) -> int:
    """The first word of the name to the left of its head: `partnerskaps- och`, `Trade Union`."""
    sentence, rules, first = scope.words, scope.rules, index
    while first > 0:
        before = sentence[first - 1]
        if before.aside or before.folded in rules.stops:
            break
        if first > 1 and before.folded in rules.conjunctions:
            if sentence[first - 2].text.endswith("-"):
                first -= 2
                continue
            joins = sentence[first - 2].capital and sentence[first].capital and first == index - 1
            joins = joins and not sentence[first].text.endswith(_GENITIVES)
            if joins and sentence[first - 2].folded not in rules.determiners and first > 2:
                first = _list_start(sentence, first - 2, rules)
                continue
            break
        if before.text.endswith("-") and before.text[0].isalpha():
            first -= 1
            continue
        if kind == "regime" and (owner := _regime_owner(scope, first)) is not None:
            return owner
        if kind in PAIRED and PAIR.fullmatch(before.text):
            first -= 1
            continue
        other = sentence[first - 2] if first > 1 and before.text in _DASHES else before
        if other.capital and other.end == before.start:  # `UK–Moldova`
            first -= 2
            continue
        inner = before.folded in rules.of and kind == "law" and sentence[first].capital
        if inner and first > 2 and sentence[first - 2].capital:
            first -= 2
            continue
        name = before.capital and before.text[0].isalpha() and not opens(sentence, first - 1, rules)
        national = first - 1 > 0 and (kind == "constitution" or (kind == "law" and not rules.solid))
        adjectives = rules.adjectives.get(kind, frozenset()) | rules.customary
        if (name and (sentence[index].capital or national)) or before.folded in adjectives:
            first -= 1
            continue
        if before.text == ")" and (opening := _bracket_start(sentence, first - 1)):
            first = opening
            continue
        break
    joined = kind in _JOINED and sentence[index].capital and not rules.solid
    return _coordinated(scope, first, kind) if joined else first


def modifiers_start(scope: Scope, index: int) -> int:
    """The first of the nouns in small letters, or acronyms, that name a law: `foreign agents law`.

    It is the head itself where the nouns name a branch of the law, or nothing names it.
    """
    words, rules, first = scope.words, scope.rules, index
    branches = rules.modified.get(words[index].text)
    compound = index + 1 < len(words) and words[index + 1].nominal
    if branches is None or compound:
        return index
    while first > 0 and index - first < _MODIFIERS:
        word = words[first - 1]
        acronym = word.text.isupper() and len(word.text) > 2
        if not word.nominal or (word.capital and not acronym) or word.folded in rules.fields:
            break
        first -= 1
    while first < index and words[first].folded in rules.vague:
        first += 1
    return index if words[first].folded in branches else first


def has_nationality(scope: Scope, first: int) -> bool:
    """Whether an adjective with a capital stands before the nouns that name a law: `Polish`."""
    word = scope.words[first - 1] if first else None
    national = word is not None and word.capital and word.nominal and not word.text.isupper()
    return national and not scope.is_word(first - 1, scope.rules.fields)


def _coordinated(scope: Scope, first: int, kind: str) -> int:
    """Where a name of several parts starts: `the Sanctions and Anti-Money Laundering Act`.

    It counts from a definite article or a genitive on, if no acronym, no other head and no known
    instrument stands between.
    """
    sentence, rules = scope.words, scope.rules
    several = False
    for index in range(first - 1, max(-1, first - _LONGEST_NAME), -1):
        word = sentence[index]
        if word.folded in rules.determiners or word.text.endswith(_GENITIVES):
            return index + 1 if several and sentence[index + 1].capital else first
        joint = word.text == "," or word.folded in rules.conjunctions
        joint = joint or (kind == "law" and word.folded in rules.trailing - rules.determiners)
        if joint or word.folded in rules.of:
            several = several or (joint and word.folded not in rules.of)
            continue
        name = word.capital and not (word.text.isupper() and len(word.text) > 1)
        known = any(c.start <= word.start < c.end for c in scope.known)
        if not name or known or rules.head(word.folded):
            return first
    return first


def _regime_owner(scope: Scope, first: int) -> int | None:
    """The author before the nouns of a sanctions regime: `EU cyber sanctions regime`."""
    for index in range(first - 1, max(-1, first - 4), -1):
        word = scope.words[index]
        if scope.rules.body.fullmatch(word.text):
            return index
        if not word.nominal:
            return None
    return None


def _bracket_start(sentence: Sequence[Word], end: int) -> int | None:
    """The bracket that `end` closes after a capitalised word: `Social Security (Benefits) Act`."""
    for index in range(end - 1, max(0, end - 8), -1):
        if sentence[index].text == "(":
            named = sentence[index - 1].capital or sentence[index - 1].text == ")"
            return index if named and sentence[index + 1].capital else None
    return None


def _list_start(sentence: Sequence[Word], first: int, rules: Heads) -> int:
    """Where a list of capitalised words starts: `the Police, Crime, Sentencing and Courts Act`."""
    start = first
    while start > 2 and sentence[start - 1].text == "," and sentence[start - 2].capital:
        start -= 2
    return start if start > 0 and sentence[start - 1].folded in rules.determiners else first


def opens(sentence: Sequence[Word], index: int, rules: Heads) -> bool:
    """Whether a capitalised word is only the first word of its sentence, or a determiner."""
    word = sentence[index]
    return (
        word.folded in rules.determiners
        or word.folded in rules.trailing
        or (index == 0 and not sentence[min(1, len(sentence) - 1)].capital)
    )


def genitive_before(sentence: Sequence[Word], first: int, rules: Heads) -> int | None:
    """The index of a capitalised genitive in front, over at most two adjectives: `EU:s nya`."""
    for index in range(first - 1, max(-1, first - 4), -1):
        word = sentence[index]
        if not word.text[0].isalpha() or word.folded in rules.determiners or word.verb:
            return None
        clitic = word.text.endswith(("'s", "’s", ":s", "'", "s’"))
        solid = bool(rules.definite) and word.text.endswith("s") and len(word.text) > 3
        opening = index == 0 and first > 1 and word.nominal  # `Regeringens nya lag`
        if word.capital and (clitic or solid) and (clitic or not opening):
            return index
        ends = word.folded in rules.stops or word.folded in rules.trailing
        if word.capital or (ends and word.folded not in rules.weak):
            return None
    return None
