"""What in a text says that a name is no person's: a party, a place, a line in capitals.

Each function judges a span of token indices, half-open, over a `NameTokens`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from pipeline.entities.name_tokens import QUOTES, NameTokens

Span = tuple[int, int]
_LONGEST_LIST = 60
# Names in English, with their `and`, stand in texts of every language.
_LIST_MARKS = QUOTES | {",", ";", "(", ")", ".", "&", "and"}
# A page of the official journal, which the model takes for a name: `OJ C 246`.
_JOURNAL = re.compile(r"(?:OJ|PB|EUT|EGT|PbEU|PbEG) [CL](?!\w)")


def is_initialism(tokens: NameTokens, span: Span) -> bool:
    """`ODIHR:s`: a word in capitals in a line that is not; several with a number behind them."""
    first, last = span
    words = [tokens.text[i].partition(":")[0] for i in range(first, last)]
    if last - first == 1 and tokens.initial(first):
        return True  # `de zaak A. en S.`: the initials of who is not named
    if tokens.loud[first] or not all(
        len(word) > 1 and word.isupper() and not word.endswith(".") for word in words
    ):
        return False
    numbered = last < len(tokens) and any(c.isdigit() for c in tokens.text[last])
    return len(words) == 1 or numbered


def names_a_thing(tokens: NameTokens, span: Span, chunk: Span) -> bool:
    """Whether a noun says that the name is that of a party, a river, a prize …

    The noun ends the run of capitalised words (`Anne Frank Huis`), stands right before the name
    (`tidningen Uralskaya Nedelya`) or before the list in which it stands (`movements such as X
    and Y`).
    """
    words = tokens.words
    end = chunk[1] - 1
    if end >= span[1] and words.thing(tokens.lower[end], tokens.lemma[end]):
        return True
    head, hyphen, tail = tokens.text[span[1] - 1].rpartition("-")
    if hyphen and head and words.thing(tail, tail):
        return True
    if _JOURNAL.match(tokens.doc[span[0] : span[1] + 1].text):
        return True
    before = span[0] - 1
    while before > tokens.first[span[0]] and tokens.text[before] in QUOTES:
        before -= 1
    if before >= tokens.first[span[0]] and _is_thing(tokens, before):
        return True
    # `Pact van San José`: a place names what is in front.
    named = before > tokens.first[span[0]] and tokens.lower[before - 1] in words.placed
    if named and tokens.lower[before] in ("van", "of"):
        return True
    return _in_list_of_things(tokens, span[0])


def _is_thing(tokens: NameTokens, at: int) -> bool:
    return (
        tokens.pos[at] in ("NOUN", "PROPN", "")
        and not tokens.role[at]
        and not tokens.people(at, at + 1)
        and tokens.words.thing(tokens.lower[at], tokens.lemma[at])
    )


def _in_list_of_things(tokens: NameTokens, first: int) -> bool:
    """`rörelser som X, Y och Z`, `two parties, X and Y`: what stands before the list's first."""
    words, start = tokens.words, tokens.first[first]
    at = first - 1
    while at >= max(start, first - _LONGEST_LIST) and _within_list(tokens, at):
        at -= 1
    if at < start:
        return False
    if _is_thing(tokens, at):
        # A singular noun and a comma are too often a person's: `the head of the party, X,`.
        plural = "Plur" in tokens.doc[at].morph.get("Number", [])
        return plural and tokens.text[at + 1] in (",", ":")
    marker = tokens.lower[at]
    if marker == "as" and at > start:  # `such as`
        at -= 1
        marker = tokens.lower[at]
    if marker not in words.examples | words.inclusions or tokens.pos[at] == "PRON":
        return False
    at -= 1
    while at > start and tokens.text[at] == ",":
        at -= 1
    if at < start or not _is_thing(tokens, at):
        return False
    # `members of several parties, including X` are people.
    return marker in words.examples or not any(tokens.role[max(start, at - 5) : at])


def _within_list(tokens: NameTokens, at: int) -> bool:
    return (
        tokens.capital[at]
        or tokens.particle[at]
        or tokens.hyphen(at)
        or tokens.label[at] != ""
        or tokens.text[at] in _LIST_MARKS
        or tokens.text[at].isdigit()
        or (tokens.lower[at] in tokens.words.conjunctions and tokens.lower[at] != "as")
    )


def among_places(tokens: NameTokens, span: Span) -> bool:
    """`to Algiers, Oran and Tizi Ouzou`: coordinated with a place behind a preposition."""
    token = tokens.doc[span[0] : span[1]].root
    if token.dep_ != "conj":
        return False
    climbed = 0
    while token.dep_ == "conj" and climbed < _LONGEST_LIST:
        token, climbed = token.head, climbed + 1
    return tokens.label[token.i] == "LOC" and any(child.dep_ == "case" for child in token.children)


def in_organisation(tokens: NameTokens, span: Span) -> bool:
    """Whether one word goes on with what the model takes for a body's name: `FOD Justitie`."""
    token = tokens.doc[span[0]]
    alone = span[1] - span[0] == 1 and token.dep_.startswith(("flat", "compound"))
    return alone and token.head.i == span[0] - 1 and tokens.label[token.head.i] == "ORG"


def outvoted(tokens: NameTokens, spans: Iterable[Span]) -> set[str]:
    """Names, in lower case, that the model takes for a place or an organisation more often than
    for a person in this document."""
    votes: Counter[str] = Counter(_name(tokens, span) for span in spans)
    for entity in tokens.doc.ents:
        if entity.label_ in ("LOC", "ORG"):
            name = entity.text.lower()
            if name in votes:
                votes[name] -= 1
    return {name for name, balance in votes.items() if balance < 0}


def _name(tokens: NameTokens, span: Span) -> str:
    return tokens.doc[span[0] : span[1]].text.lower()
