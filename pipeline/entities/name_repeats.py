"""Other places where a document writes the names that it has, whole or in part."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping

from pipeline.entities.name_tokens import NameTokens, name_inside, surname

Span = tuple[int, int]


def repeated(
    tokens: NameTokens, spans: Mapping[Span, str], aliases: Collection[Span]
) -> dict[Span, str]:
    """Other places where the document writes a full name that it has, or its surname alone.

    Args:
        aliases: those of the spans that the document says to be another name of somebody.
    """
    taken = {i for span in spans for i in range(*span)}
    times = Counter(tuple(tokens.lower[first:last]) for first, last in spans)
    names: dict[str, set[tuple[str, ...]]] = {}
    for first, last in spans:
        name = tuple(tokens.lower[first:last])
        # One word that was a name once proves little elsewhere.
        whole = name if len(name) > 1 or times[name] > 1 or (first, last) in aliases else ()
        for part in (whole, surname(tokens, first, last)):
            if part and (len(part) > 1 or len(part[0]) > 2):
                names.setdefault(part[0], set()).add(part)
    rulers = {tokens.lower[i] for i in taken if tokens.capital[i]}
    more: dict[Span, str] = {}
    at = 0
    while at < len(tokens):
        size = 0
        if at not in taken:
            for name in sorted(_parts(names, rulers, tokens, at), key=len, reverse=True):
                if _repeats(tokens, at, name, taken):
                    size = len(name)
                    break
        if size:
            more[at, at + size] = "rule:repetition"
        at += size or 1
    return more


def _parts(
    names: dict[str, set[tuple[str, ...]]], rulers: Collection[str], tokens: NameTokens, at: int
) -> Iterator[tuple[str, ...]]:
    """The names that may begin at a token; a genitive ending on a single one is overlooked, and
    what it rules: `Lukasjenka-regimen`."""
    word = tokens.lower[at]
    yield from names.get(word, ())
    behind = name_inside(tokens, at, at + 1)[1]
    if behind and word[:-behind] in rulers:
        yield (word,)
    for ending in tokens.words.genitive:
        if word.endswith(ending) and len(word) > len(ending) + 3:
            stem = word.removesuffix(ending)
            if (stem,) in names.get(stem, ()):
                yield (word,)


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
    # A surname alone must stand alone: not inside another capitalised name, not inside what the
    # model takes for a body or a place, and not a common word that only opens the sentence.
    before = at > tokens.first[at] and tokens.capital[at - 1] and not tokens.role[at - 1]
    rules = name_inside(tokens, at, end)[1] > 0
    after = (
        not rules
        and end < len(tokens)
        and tokens.first[end] == tokens.first[at]
        and tokens.capital[end]
    )
    owns = "Gen" in tokens.doc[at].morph.get("Case", [])
    opens = at == tokens.first[at] and tokens.pos[at] != "PROPN" and not owns
    return not (before or after or opens or _inside_other(tokens, at, end))


def _inside_other(tokens: NameTokens, at: int, end: int) -> bool:
    """Whether the model takes the words for a part of a body's name, or of a place's.

    One word that it takes for the whole name of one counts for little against the person's name.
    """
    if not tokens.others(at, end):
        return False
    if end - at > 1 or tokens.pos[at] != "PROPN":
        return True
    # A span has the entities that lie in it whole.
    return not tokens.doc[at:end].ents
