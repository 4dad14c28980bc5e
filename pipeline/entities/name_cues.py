"""What in a text says that a run of capitalised words is a person, or that it is none.

Each function yields or judges spans of token indices, half-open, over a `NameTokens`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence

from pipeline.entities.name_tokens import NameTokens, trim
from pipeline.names import binding_particles

Span = tuple[int, int]
MAX_WORDS = 8
_LONGEST_LIST = 60
_ALIAS_GAP = 3  # tokens between a name and `known as`: `, also` or `, who is`
_QUOTES = frozenset({'"', "'", "“", "”", "„", "‘", "’", "«", "»"})
# Names in English, with their `and`, stand in texts of every language.
_LIST_MARKS = _QUOTES | {",", ";", "(", ")", ".", "&", "and"}
# A page of the official journal, which the model takes for a name: `OJ C 246`.
_JOURNAL = re.compile(r"(?:OJ|PB|EUT|EGT|PbEU|PbEG) [CL](?!\w)")


def after_title(tokens: NameTokens, chunk: Span) -> Span | None:
    """The name in `Prime Minister De Croo`, `premier De Croo`, `journalisten Anna Berg`."""
    first, last = chunk
    inside = first
    while inside < last and (tokens.role[inside] or tokens.modifier[inside]):
        inside += 1
    before = inside - 1
    if before < tokens.first[first] or not tokens.role[before] or tokens.modifier[before]:
        return None
    # The letters of a Dutch postcode: `1016 DR Amsterdam`.
    if tokens.text[before].isupper() and before > 0 and tokens.text[before - 1].isdigit():
        return None
    trimmed = trim(tokens, inside, last)
    if trimmed is None or trimmed[0] != inside or trimmed[1] - trimmed[0] > MAX_WORDS:
        return None
    start, end = trimmed = trimmed[0], _full_name_end(tokens, *trimmed)
    if tokens.particle[start] and not tokens.capital[start]:
        return None
    if tokens.people(start, end):
        return trimmed
    if tokens.others(start, end) or not _all_proper(tokens, start, end):
        return None
    if sum(tokens.capital[start:end]) > 1 or tokens.title[before]:
        return trimmed
    # One word behind a noun that is no title: `de liberaal Verhofstadt`, not `Directeur Export`.
    return trimmed if before > 0 and tokens.lower[before - 1] in tokens.words.articles else None


def _full_name_end(tokens: NameTokens, start: int, end: int) -> int:
    """Where a full name ends before a preposition and what the model takes for no name.

    `burgemeester Femke Halsema van Amsterdam`, `president Abdel Fattah al-Sisi de Gratiecommissie`.
    """
    for at in range(start + 2, end - 1):
        full = sum(tokens.capital[start:at]) > 1 and tokens.capital[at - 1]
        word = tokens.particle[at] and not tokens.capital[at]
        word = word and tokens.lower[at] not in binding_particles()
        if full and word and "PER" in tokens.label[start:at] and "PER" not in tokens.label[at:end]:
            return at
    return end


def particle_after_title(tokens: NameTokens, span: Span) -> Span:
    """`minister van Boxtel`: with a title in front, the small particle is the name's."""
    first = span[0]
    start = first
    while start > tokens.first[first] and tokens.particle[start - 1] and first - start < 2:
        start -= 1
    titled = start > tokens.first[first] and tokens.title[start - 1]
    return (start, span[1]) if titled else span


def _all_proper(tokens: NameTokens, first: int, last: int) -> bool:
    """Whether the tagger takes every word for a name, as far as it has an opinion."""
    return all(
        tokens.pos[i] in ("PROPN", "X", "")
        for i in range(first, last)
        if tokens.capital[i] and not tokens.particle[i]
    )


def before_age(tokens: NameTokens, chunk: Span) -> bool:
    """`Umm Kulthum al-Zahra, 29,` and `Hassan bin Ali (34)`."""
    last = chunk[1]
    return (
        last + 2 < len(tokens)
        and tokens.text[last] in (",", "(")
        and tokens.text[last + 1].isdigit()
        and 10 <= int(tokens.text[last + 1][:3]) < 100
        and len(tokens.text[last + 1]) == 2
        and tokens.text[last + 2] in (",", ")", ".", ";")
        and (tokens.text[last] == "(") == (tokens.text[last + 2] == ")")
        and _could_be_name(tokens, chunk)
    )


def before_role(tokens: NameTokens, chunk: Span) -> bool:
    """`Kier Starmer, directeur van …`, `Aron Atabek (poet)`."""
    last = chunk[1]
    if last + 1 >= len(tokens) or tokens.text[last] not in (",", "("):
        return False
    at = last + 1
    while at < len(tokens) - 1 and (
        tokens.lower[at] in tokens.words.articles or tokens.modifier[at]
    ):
        at += 1
    return tokens.role[at] and tokens.text[at].islower() and _could_be_name(tokens, chunk)


def _could_be_name(tokens: NameTokens, chunk: Span) -> bool:
    first, last = chunk
    return (
        1 < last - first <= MAX_WORDS
        and not tokens.others(first, last)
        and _all_proper(tokens, first, last)
    )


def alias_of(tokens: NameTokens, chunk: Span, people: Collection[Span]) -> Span | None:
    """The person before `known as` and a name: `Mohamed Hamdan Dagalo, better known as Hemedti`."""
    first, start = chunk[0], tokens.first[chunk[0]]
    while first > start and tokens.text[first - 1] in _QUOTES:
        first -= 1
    marker = next(
        (n for n in (1, 2, 3) if tuple(tokens.lower[first - n : first]) in tokens.words.aliases),
        None,
    )
    if marker is None or first - marker < start or tokens.label[chunk[0]] in ("LOC", "ORG"):
        return None
    before = [s for s in people if start <= s[0] and 0 <= first - marker - s[1] <= _ALIAS_GAP]
    return max(before, default=None)


def enumerations(
    tokens: NameTokens, found: Sequence[Span], taken: Iterable[Span]
) -> Iterator[Span]:
    """Chunks of a run in which at least half are people; the run has three items or more.

    Args:
        found: the chunks of one sentence.
        taken: the people known in it.
    """
    known = set(taken)
    people = {i for first, last in known for i in range(first, last)}
    for run in _runs(tokens, found):
        named = sum(not people.isdisjoint(range(*chunk)) for chunk in run)
        if len(run) < 3 or 2 * named < len(run):
            continue
        for first, last in run:
            trimmed = trim(tokens, first, last)
            if (
                trimmed
                and 2 <= trimmed[1] - trimmed[0] <= MAX_WORDS
                and (named == len(run) - 1 or not tokens.others(*trimmed))
                and people.isdisjoint(range(*trimmed))
            ):
                yield trimmed


def _runs(tokens: NameTokens, found: Sequence[Span]) -> Iterator[list[Span]]:
    """Runs of chunks with nothing but a comma, a conjunction or a bracket between them."""
    run: list[Span] = []
    for chunk in found:
        if run and not _joined(tokens, run[-1][1], chunk[0]):
            yield run
            run = []
        run.append(chunk)
    if run:
        yield run


def _joined(tokens: NameTokens, first: int, last: int) -> bool:
    at = first
    if at < last and tokens.text[at] == "(":
        while at < last and tokens.text[at] != ")":
            at += 1
        at += 1
    return at < last and all(
        tokens.text[i] in (",", ";") or tokens.lower[i] in tokens.words.conjunctions
        for i in range(at, last)
    )


def line_names(tokens: NameTokens, first: int, last: int, kind: str) -> Iterator[Span]:
    """The name that a line of a signature is, and the one that a letter's greeting closes with.

    Args:
        first: the line's first token; `last` is one past its last.
        kind: the kind of its layout block.
    """
    inside = first
    if kind != "signature":
        # `Kind regards, Maarten 't Hart`
        while inside < last and tokens.lower[inside] not in tokens.words.closings:
            inside += 1
        if inside + 2 >= last or inside - first > 4 or tokens.text[inside + 1] != ",":
            return
        inside += 2
    end = last
    while end > inside and not any(c.isalnum() for c in tokens.text[end - 1]):
        end -= 1
    if not 2 <= end - inside <= MAX_WORDS or tokens.others(inside, end):
        return
    shaped = all(
        (tokens.capital[i] or tokens.particle[i] or tokens.hyphen(i) or tokens.text[i] == ".")
        and not (tokens.role[i] or (tokens.modifier[i] and i > inside))
        for i in range(inside, end)
    )
    if shaped and trim(tokens, inside, end) == (inside, end):
        yield inside, end


def hyphenated(tokens: NameTokens, at: int) -> bool:
    """`regime-Loekasjenka`: a noun for a rule, a hyphen and a name in one token."""
    head, hyphen, name = tokens.text[at].partition("-")
    return bool(hyphen) and head.lower() in tokens.words.before_hyphen and name[:1].isupper()


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
    while before > tokens.first[span[0]] and tokens.text[before] in _QUOTES:
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


def without_opening(tokens: NameTokens, span: Span, names: Collection[tuple[str, ...]]) -> Span:
    """A name without the noun that opens a line before it: `Brieven van Dries van Agt`.

    Only where the document writes the name without it too.
    """
    first, last = span
    inside = first + 1
    while inside < last and tokens.particle[inside]:
        inside += 1
    if first != tokens.first[first] or inside == first + 1 or last - inside < 2:
        return span
    return (inside, last) if tuple(tokens.lower[inside:last]) in names else span


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
