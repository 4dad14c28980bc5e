"""What stands in front of an instrument's head noun: its owner, an article, a capitalised name."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.entities.instrument_heads import Heads, Word


def bracket_start(sentence: Sequence[Word], end: int) -> int | None:
    """The bracket that `end` closes after a capitalised word: `Social Security (Benefits) Act`."""
    for index in range(end - 1, max(0, end - 8), -1):
        if sentence[index].text == "(":
            return index if sentence[index - 1].capital and sentence[index + 1].capital else None
    return None


def list_start(sentence: Sequence[Word], first: int, rules: Heads) -> int:
    """Where a list of capitalised words starts: `the Police, Crime, Sentencing and Courts Act`."""
    start = first
    while start > 2 and sentence[start - 1].text == "," and sentence[start - 2].capital:
        start -= 2
    return start if start > 0 and sentence[start - 1].folded in rules.determiners else first


def opens_sentence(sentence: Sequence[Word], index: int, rules: Heads) -> bool:
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
        opens = index == 0 and first > 1 and word.nominal  # `Regeringens nya lag`
        if word.capital and (clitic or solid) and (clitic or not opens):
            return index
        ends = word.folded in rules.stops or word.folded in rules.trailing
        if word.capital or (ends and word.folded not in rules.weak):
            return None
    return None


def is_name(sentence: Sequence[Word], index: int, rules: Heads) -> bool:
    """Whether a word with a capital that is more than the first of its sentence stands there."""
    word = sentence[index]
    return word.capital and word.text[0].isalpha() and not opens_sentence(sentence, index, rules)


def has_genitive(sentence: Sequence[Word], first: int, index: int, rules: Heads) -> bool:
    """Whether the name to the left of a head is its owner: `Kazakstans konstitution`."""
    owner = genitive_before(sentence, index, rules) if first < index else None
    return owner is not None and owner >= first


def determined(sentence: Sequence[Word], first: int, rules: Heads) -> bool:
    """Whether a definite article or possessive stands before the name, over two adjectives."""
    for index in range(first - 1, max(-1, first - 4), -1):
        word = sentence[index]
        if word.folded in rules.determiners:
            return True
        capital = word.capital and not rules.solid
        if not word.text[0].isalpha() or word.folded in rules.trailing or capital:
            return False
    return False
