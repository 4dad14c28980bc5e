"""What in a text says that a name is no person's: a party, a place, a line in capitals.

Each function judges a span of token indices, half-open, over a `NameTokens`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable

from pipeline.entities.name_tokens import QUOTES, NameTokens, is_thing_compound

Span = tuple[int, int]
_LONGEST_LIST = 60
_LONGEST_NUMBER = 4
_SHORTEST_HEAD = 2
_SIGNS = frozenset("#@")
# Names in English, with their `and`, stand in texts of every language.
_LIST_MARKS = QUOTES | {",", ";", "(", ")", ".", "&", "and"}
# A page of the official journal, which the model takes for a name: `OJ C 246`.
_JOURNAL = re.compile(r"(?:OJ|PB|EUT|EGT|PbEU|PbEG) [CL](?!\w)")


def is_marked(tokens: NameTokens, span: Span) -> bool:
    """Whether the shape of a name or what it adjoins says that it is no person's."""
    return (
        is_initialism(tokens, span)
        or in_organisation(tokens, span)
        or in_address(tokens, span)
        or is_handle(tokens, span[0])
        or is_affiliation(tokens, span)
        or any("/" in text for text in tokens.text[slice(*span)])
    )


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


def in_address(tokens: NameTokens, span: Span) -> bool:
    """The letters of a postcode (`2513 AA DEN HAAG`), a street with its number (`Olai gata 35`)."""
    first, last = span
    start = tokens.text[first]
    if first > 0 and len(start) == 2 and start.isupper() and start.isalpha():
        before = tokens.text[first - 1]
        if before.isdigit() and len(before) == 4:
            return True
    if last >= len(tokens) or tokens.aside[last] or tokens.first[last] != tokens.first[first]:
        return False
    number = tokens.text[last].isdigit() and len(tokens.text[last]) < _LONGEST_NUMBER
    ends = last + 1 >= len(tokens) or tokens.first[last + 1] != tokens.first[last]
    return number and last - first > 1 and (ends or tokens.text[last + 1] in (",", ";"))


def is_handle(tokens: NameTokens, first: int) -> bool:
    """`#FreeNavalny`, `@Anna`: a word for search engines and the name of an account."""
    attached = first > 0 and not tokens.space[first - 1] and tokens.text[first - 1] in _SIGNS
    return attached or tokens.text[first][0] in _SIGNS


def in_place(tokens: NameTokens, span: Span, known: Collection[str]) -> bool:
    """One word behind a preposition of place, `i Chorog`, that is no `known` part of a name.

    What a genitive owns is what the preposition goes with: `i Putins Ryssland`. Some prepositions
    are before people as often, unless a list follows: `een aanval op Martoeni en Sjoesja`.
    """
    first, last = span
    alone = last - first == 1 and first > tokens.first[first] and tokens.lower[first] not in known
    before = tokens.text[first - 1]
    if not alone or _is_genitive(tokens, first):
        return False
    if before in tokens.words.locative:
        return True
    behind = last + 1 < len(tokens) and tokens.capital[last + 1]
    listed = tokens.text[last : last + 1] == [","] or (
        last < len(tokens) and tokens.lower[last] in tokens.words.conjunctions
    )
    return before in tokens.words.spatial and behind and listed


def _is_genitive(tokens: NameTokens, at: int) -> bool:
    """Whether the tagger says so, or a clitic follows: `Lukashenka’s`."""
    clitic = at + 1 < len(tokens) and not tokens.space[at] and tokens.text[at + 1][0] in "'’"
    return clitic or "Gen" in tokens.doc[at].morph.get("Case", [])


def is_affiliation(tokens: NameTokens, span: Span) -> bool:
    """One word in brackets behind a name and a preposition: `Anna Berg (from Shargh)`."""
    first, last = span
    return (
        last - first == 1
        and first - 3 >= tokens.first[first]
        and last < len(tokens)
        and tokens.text[last] == ")"
        and tokens.lower[first - 1] in tokens.words.affiliations
        and tokens.text[first - 2] == "("
        and tokens.capital[first - 3]
    )


def names_a_thing(tokens: NameTokens, span: Span, chunk: Span) -> bool:
    """Whether a noun says that the name is that of a party, a river, a prize …

    The noun ends the run of capitalised words (`Anne Frank Huis`), stands right before the name
    (`tidningen Uralskaya Nedelya`) or before the list in which it stands (`movements such as X
    and Y`).
    """
    words = tokens.words
    end = chunk[1] - 1
    # `dat Anna Berg de Jan Smit Stichting leidt`: behind an article, the noun is another name's.
    another = any(text in words.articles for text in tokens.text[span[1] : end])
    if end >= span[1] and not another and words.thing(tokens.lower[end], tokens.lemma[end]):
        return True
    if is_thing_compound(tokens, span[1] - 1) or _is_solid_compound(tokens, span[1] - 1):
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
    if named and tokens.lower[before] in words.of:
        return True
    return _in_list_of_things(tokens, span[0])


def _is_solid_compound(tokens: NameTokens, at: int) -> bool:
    """`Sacharovlezing`, `Magnitskijlagen`: a noun for a thing ends the last word."""
    word = tokens.lower[at]
    ending = next((e for e in tokens.words.solid_endings if word.endswith(e)), word)
    return len(word) - len(ending) > _SHORTEST_HEAD


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
        return (plural and tokens.text[at + 1] in (",", ":")) or _after_things(tokens, at)
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


def _after_things(tokens: NameTokens, at: int) -> bool:
    """Whether the noun at `at` heads an item of a list that begins with such an item.

    `partiet Respublika, rörelsen Ata-Zjurt och Nur Otan`: the third is headed by what is before.
    """
    start = tokens.first[at]
    before = at - 1
    while before >= start and tokens.lower[before] in tokens.words.articles:
        before -= 1
    if before < start or not (
        tokens.text[before] == "," or tokens.lower[before] in tokens.words.conjunctions
    ):
        return False
    while before >= max(start, at - _LONGEST_LIST) and _within_list(tokens, before):
        before -= 1
    return before >= start and _is_thing(tokens, before)


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


def among_places(tokens: NameTokens, span: Span, places: Collection[int]) -> bool:
    """`to Algiers, Oran and Tizi Ouzou`: coordinated with a place behind a preposition.

    Args:
        places: tokens that are places, though the model says otherwise.
    """
    token = tokens.doc[span[0] : span[1]].root
    if token.dep_ != "conj":
        return False
    climbed = 0
    while token.dep_ == "conj" and climbed < _LONGEST_LIST:
        token, climbed = token.head, climbed + 1
    if tokens.label[token.i] != "LOC" and token.i not in places:
        return False
    before = [child.lower_ for child in token.children if child.dep_ == "case"]
    # `burgemeester Anna Berg van Gent en Jan Smit`: the place is a person's.
    of = tokens.words.affiliations - tokens.words.locative
    owned = span[1] - span[0] > 1 and of.issuperset(before)
    return bool(before) and not owned


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
