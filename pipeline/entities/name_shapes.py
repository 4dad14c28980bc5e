"""Where names begin and end, once the people of a document are known.

Each function takes and gives back spans of token indices, half-open, over a `NameTokens`.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from pipeline.entities.name_tokens import QUOTES, NameTokens, complete, surname

Span = tuple[int, int]
_LONGEST_NICKNAME = 2
_LONGEST_SURNAME = 3


def with_nicknames(tokens: NameTokens, people: Sequence[Span]) -> list[Span]:
    """Names with what their bearer is called inside: `Aleksandra (Sasja) Skotjilenko`.

    Args:
        people: what the model has, in text order.
    """
    owner = {i: span for span in people for i in range(*span)}
    joined: list[Span] = []
    for first, last in people:
        if joined and first < joined[-1][1]:
            continue
        after = _behind_nickname(tokens, first, last)
        if after and (span := owner.get(after)):
            last = complete(tokens, first, span[1])[1]
        joined.append((first, last))
    return joined


def _behind_nickname(tokens: NameTokens, first: int, last: int) -> int | None:
    """The token behind a nickname in brackets or quotation marks that stands at `last`."""
    start = next((i for i in range(first + 1, last) if tokens.text[i] in QUOTES), last)
    if start >= len(tokens) or tokens.text[start] not in QUOTES | {"("}:
        return None
    closing = frozenset({")"}) if tokens.text[start] == "(" else QUOTES
    end = start + 1
    while end < len(tokens) and tokens.capital[end] and end - start <= _LONGEST_NICKNAME:
        end += 1
    if end == start + 1 or end + 1 >= len(tokens) or tokens.text[end] not in closing:
        return None
    acronym = any(len(t) > 1 and t.isupper() for t in tokens.text[start + 1 : end])
    behind = tokens.capital[end + 1] or tokens.particle[end + 1]
    same = tokens.first[end + 1] == tokens.first[first] and tokens.space[end]
    return end + 1 if behind and same and not acronym else None


def with_surname_in_front(tokens: NameTokens, span: Span) -> Span:
    """`NAVUMAU, Uladzimir Uladzimiravitj` at the head of a line of a list of people."""
    first, last = span
    comma = first - 1
    start = tokens.first[first]
    while start < comma and (tokens.aside[start] or not tokens.text[start][:1].isalpha()):
        start += 1
    surname = tokens.text[start:comma]
    listed = (
        0 < comma - start <= _LONGEST_SURNAME
        and tokens.text[comma] == ","
        and not tokens.text[first].isupper()
        and not tokens.others(start, comma)
        and all(word.isupper() and len(word) > 1 for word in surname)
    )
    return (start, last) if listed else span


def fuller(tokens: NameTokens, spans: Collection[Span]) -> dict[Span, Span]:
    """Spans that are a part of a name which the document writes elsewhere, to the whole of it."""
    taken = {i: span for span in spans for i in range(*span)}
    by_word: dict[str, set[tuple[str, ...]]] = {}
    for first, last in spans:
        for name in (tuple(tokens.lower[first:last]), surname(tokens, first, last)):
            if len(name) > 1:
                for word in name:
                    by_word.setdefault(word, set()).add(name)
    longer: dict[Span, Span] = {}
    for span in spans:
        first, last = span
        for name in sorted(by_word.get(tokens.lower[first], ()), key=len, reverse=True):
            start = first - name.index(tokens.lower[first])
            end = start + len(name)
            if (
                len(name) > last - first
                and tokens.first[first] <= start
                and last <= end <= len(tokens)
                and tuple(tokens.lower[start:end]) == name
                and tokens.capital[end - 1]
                and all(taken.get(i, span) == span for i in range(start, end))
            ):
                longer[span] = start, end
                break
    return longer


def parted(tokens: NameTokens, spans: Collection[Span]) -> dict[Span, tuple[Span, Span]]:
    """Two surnames side by side, to each of them: `besloot Bouckaert Dedecker te volgen`.

    The document has both behind other people's given names, and the first is no given name.
    """
    given: dict[str, set[tuple[str, ...]]] = {}
    surnames: dict[str, set[tuple[str, ...]]] = {}
    for first, last in spans:
        if last - first > 1:
            name = tuple(tokens.lower[first:last])
            given.setdefault(name[0], set()).add(name)
            surnames.setdefault(name[-1], set()).add(name)
    return {
        (first, last): ((first, first + 1), (first + 1, last))
        for first, last in spans
        if last - first == 2
        and (name := tuple(tokens.lower[first:last]))
        and given[name[0]] == {name}
        and surnames.get(name[0])
        and surnames[name[1]] != {name}
    }
