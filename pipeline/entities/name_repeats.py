"""Other places where a document writes the names that it has, whole or in part."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from pipeline.entities.name_tokens import NameTokens

Span = tuple[int, int]


def repeated(tokens: NameTokens, spans: dict[Span, str]) -> dict[Span, str]:
    """Other places where the document writes a full name that it has, or its surname alone."""
    taken = {i for span in spans for i in range(*span)}
    times = Counter(tuple(tokens.lower[first:last]) for first, last in spans)
    names: dict[str, set[tuple[str, ...]]] = {}
    for first, last in spans:
        name = tuple(tokens.lower[first:last])
        # One word that was a name once proves little elsewhere.
        whole = name if len(name) > 1 or times[name] > 1 else ()
        for part in (whole, _surname(tokens, first, last)):
            if part and (len(part) > 1 or len(part[0]) > 2):
                names.setdefault(part[0], set()).add(part)
    more: dict[Span, str] = {}
    at = 0
    while at < len(tokens):
        size = 0
        if at not in taken:
            for name in sorted(_parts(names, tokens, at), key=len, reverse=True):
                if _repeats(tokens, at, name, taken):
                    size = len(name)
                    break
        if size:
            more[at, at + size] = "rule:repetition"
        at += size or 1
    return more


def _parts(
    names: dict[str, set[tuple[str, ...]]], tokens: NameTokens, at: int
) -> Iterator[tuple[str, ...]]:
    """The names that may begin at a token; a genitive ending on a single one is overlooked."""
    word = tokens.lower[at]
    yield from names.get(word, ())
    for ending in tokens.words.genitive:
        if word.endswith(ending) and len(word) > len(ending) + 3:
            stem = word.removesuffix(ending)
            if (stem,) in names.get(stem, ()):
                yield (word,)


def _surname(tokens: NameTokens, first: int, last: int) -> tuple[str, ...]:
    """The last word of a name, with the particles before it."""
    if last - first < 2 or tokens.text[last - 1].endswith("."):
        return ()
    start = last - 1
    while start > first + 1 and tokens.particle[start - 1]:
        start -= 1
    return tuple(tokens.lower[start:last])


def _repeats(tokens: NameTokens, at: int, name: tuple[str, ...], taken: set[int]) -> bool:
    """Whether the words at `at` are this name and not part of another."""
    end = at + len(name)
    if end > len(tokens) or tuple(tokens.lower[at:end]) != name:
        return False
    if not taken.isdisjoint(range(at, end)) or tokens.first[end - 1] != tokens.first[at]:
        return False
    if not (tokens.capital[at] or tokens.particle[at]) or not tokens.capital[end - 1]:
        return False
    if sum(tokens.capital[at:end]) > 1:
        return True
    # A surname alone must stand alone: not inside another capitalised name, and not a common
    # word that only opens the sentence.
    before = at > tokens.first[at] and tokens.capital[at - 1] and not tokens.role[at - 1]
    after = end < len(tokens) and tokens.first[end] == tokens.first[at] and tokens.capital[end]
    opens = at == tokens.first[at] and tokens.pos[at] != "PROPN"
    return not (before or after or opens or tokens.others(at, end))
