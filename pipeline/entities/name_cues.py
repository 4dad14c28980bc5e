"""What in a text says that a run of capitalised words is a person.

Each function yields or judges spans of token indices, half-open, over a `NameTokens`.
"""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence

from pipeline.entities.name_tokens import QUOTES, NameTokens, trim
from pipeline.names import binding_particles

Span = tuple[int, int]
MAX_WORDS = 8
_ALIAS_GAP = 3  # tokens between a name and `known as`: `, also` or `, who is`


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
    bracketed = _bracketed(tokens, chunk)
    if bracketed is not None:
        return next((span for span in people if span[1] == bracketed), None)
    while first > start and tokens.text[first - 1] in QUOTES:
        first -= 1
    marker = next(
        (n for n in (1, 2, 3) if tuple(tokens.lower[first - n : first]) in tokens.words.aliases),
        None,
    )
    if marker is None or first - marker < start:
        return None
    inside = "(" in tokens.text[max(start, first - marker - _ALIAS_GAP) : first]
    if tokens.label[chunk[0]] in ("LOC", "ORG") and not inside:
        return None
    before = [s for s in people if start <= s[0] and 0 <= first - marker - s[1] <= _ALIAS_GAP]
    return max(before, default=None)


def _bracketed(tokens: NameTokens, chunk: Span) -> int | None:
    """Where a bracket opens that holds nothing but a quotation, or a name in another script.

    `Mohamed Hamdan Dagalo (”Hemedti”)`, `Olga Trusova (Ольга Трусова)`.
    """
    first, last = chunk
    quoted = first > 1 and tokens.text[first - 1] in QUOTES
    quoted = quoted and last < len(tokens) and tokens.text[last] in QUOTES
    first, last = first - quoted, last + quoted
    if first < 1 or last >= len(tokens) or tokens.text[first - 1] != "(":
        return None
    foreign = not unicodedata.name(tokens.text[chunk[0]][0], "").startswith("LATIN")
    return first - 1 if tokens.text[last] == ")" and (quoted or foreign) else None


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
    parts = tokens.text[at].split("-")
    return any(
        head.lower() in tokens.words.before_hyphen and _is_written_as_name(name)
        for head, name in itertools.pairwise(parts)
    )


def _is_written_as_name(part: str) -> bool:
    """`Loekasjenka`, but not `EU` or `HK47`."""
    return part[:1].isupper() and not any(c.isdigit() for c in part) and not part.isupper()


def without_opening(tokens: NameTokens, span: Span, names: Collection[tuple[str, ...]]) -> Span:
    """A name without the word that opens a line before it: `Brieven van Dries van Agt`.

    Only where the document writes the name without it too.
    """
    first, last = span
    inside = first + 1
    while inside < last and tokens.particle[inside]:
        inside += 1
    opens = first == tokens.first[first] or tokens.text[first - 1] == ":"
    if not opens or last - inside < 2 or (inside == first + 1 and tokens.pos[first] == "PROPN"):
        return span
    return (inside, last) if tuple(tokens.lower[inside:last]) in names else span
