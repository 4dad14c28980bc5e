"""English names, for ids, put together from the parts of a Dutch or Swedish title.

`lagen om folkförsamlingar` is a law on assemblies, `demonstratiewet` a demonstrations act,
`samförståndsavtal mellan Sverige och Rumänien om bekämpning av arbetskraftsexploatering` a
memorandum of understanding between the two on combating labour exploitation. A type
(`data/instrument-types.tsv`) opens the title or ends its only compound; every other word must be
in the glossary (`data/glossary.tsv`), a country, a number or an acronym. Where one is not, there
is no name, and the caller keeps the title's own language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from pipeline.entities import instrument_lexicon
from pipeline.resources import language_data, table
from pipeline.types import Entity

_LONGEST = 7
_SHORTEST_PART = 4
_LAW = "Law"
_TREATY = "treaty"
_SMALL = frozenset(("of", "on", "and", "or", "against", "for", "in", "with", "between", "the"))


class Type(NamedTuple):
    """The English name of a type of instrument, and its class."""

    label: str
    group: str


class Part(NamedTuple):
    """A piece of a title in English, and how many keys of the title it stands for."""

    english: str
    keys: int


def name_of(country: Entity) -> str:
    """A country's English name as it stands after a preposition: `the Netherlands`."""
    code = country.identifiers.get("iso3166-1", country.entity_id.rpartition(":")[2])
    article = code in language_data("en", "instruments")["english"]["article"]
    return f"the {country.label}" if article else country.label


def compose(
    title: str,
    lang: str,
    countries: Sequence[tuple[str, Entity]],
    owner: Entity | None = None,
) -> str | None:
    """The English name of a title, or None where a part of it is not certain.

    Args:
        title: the title, without provision, acronym and date.
        lang: its language.
        countries: the country names in the title, as written, and what they are.
        owner: the country whose law it is: its statutes are called acts or laws in English.
    """
    if not _types(lang):
        return None
    keys = [key.text for key in instrument_lexicon.lexicon(lang).normaliser.keys(title)]
    words = title.split()
    if len(words) == 1:
        return _compound(title, lang, owner)
    states = {_keys(written, lang): name_of(country) for written, country in countries}
    for start in range(min(2, len(keys))):
        opening = _translated(keys[:start], lang, states)
        for length in range(min(4, len(keys) - start), 0, -1):
            found = _types(lang).get(tuple(keys[start : start + length]))
            if found is None or opening is None:
                continue
            rest = _translated(keys[start + length :], lang, states)
            if not rest or rest.split()[0] not in _SMALL:
                continue
            if found.label == "Convention" and rest.startswith("between "):
                found = Type("Agreement", found.group)
            return _capitalised(" ".join(filter(None, (opening, _statute(found, owner), rest))))
    return None


def statute(word: str, lang: str, owner: Entity | None) -> str | None:
    """What a law is called in English where a title is no more than its type: `wet`, `decree`."""
    found = _types(lang).get(_keys(word, lang))
    return _statute(found, owner) if found and found.group == "law" else None


def variants(name: str) -> Iterator[str]:
    """A name and its shorter form: `Convention on Violence`, `Violence Convention`."""
    yield name
    head, on, subject = name.partition(" on ")
    if on and len(head.split()) < 3:
        yield f"{subject.removeprefix('the ')} {head}"


def _statute(found: Type, owner: Entity | None) -> str:
    """`Act` for the laws of states that call them so in English, else the type's own name."""
    if found.label != _LAW or owner is None:
        return found.label
    code = owner.identifiers.get("iso3166-1", owner.entity_id.rpartition(":")[2])
    return "Act" if code in language_data("en", "instruments")["english"]["acts"] else _LAW


def _compound(word: str, lang: str, owner: Entity | None) -> str | None:
    """The name of a compound whose last part is a type: `demonstratiewet`."""
    folded = word.casefold()
    for ending, found in _endings(lang):
        if folded.endswith(ending) and (subject := _modifier(folded[: -len(ending)], lang)):
            return _capitalised(f"{subject} {_statute(found, owner)}")
    return None


def _modifier(word: str, lang: str) -> str | None:
    """The English of a compound's first part, which may be a compound of two words itself."""
    if whole := _single(word, lang):
        return whole
    for at in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
        first, second = _single(word[:at], lang), _single(word[at:], lang)
        if first and second:
            return f"{first} {second}"
    return None


def _single(word: str, lang: str) -> str | None:
    """A glossary word as it stands in a compound, with or without the letter that links it."""
    links = language_data(lang, "instruments")["compounds"]["links"]
    for link in ("", *links):
        if word.endswith(link) and len(word) - len(link) > 2:
            english = _glossary(lang).get(_keys(word.removesuffix(link), lang))
            if english and english not in _SMALL:
                return english.removeprefix("the ")
    return None


def _translated(
    keys: Sequence[str], lang: str, states: Mapping[tuple[str, ...], str]
) -> str | None:
    """The keys in English, word group by word group; None where one is unknown."""
    parts: list[str] = []
    at = 0
    while at < len(keys):
        part = _part(keys, at, lang, states)
        if part is None:
            return None
        parts.append(part.english)
        at += part.keys
    return " ".join(_with_articles(parts))


def _part(
    keys: Sequence[str], at: int, lang: str, states: Mapping[tuple[str, ...], str]
) -> Part | None:
    for length in range(min(_LONGEST, len(keys) - at), 0, -1):
        group = tuple(keys[at : at + length])
        english = states.get(group) or _glossary(lang).get(group)
        if english:
            return Part(english, length)
    single = keys[at]
    if single.isdigit():
        return Part(single, 1)
    compound = _modifier(single, lang) if len(single) >= 2 * _SHORTEST_PART else None
    return Part(compound, 1) if compound else None


def _with_articles(parts: Sequence[str]) -> Iterator[str]:
    """The parts, with the article of a noun whose object follows: `on the protection of …`."""
    for index, part in enumerate(parts):
        introduced = index > 0 and parts[index - 1] in _SMALL
        governs = index + 1 < len(parts) and parts[index + 1] == "of"
        bare = part not in _SMALL and not part.startswith("the ")
        yield f"the {part}" if introduced and governs and bare else part


def _capitalised(name: str) -> str:
    """The name with the capitals of an English title."""
    return " ".join(w if w in _SMALL else w[:1].upper() + w[1:] for w in name.split())


def _keys(text: str, lang: str) -> tuple[str, ...]:
    return tuple(key.text for key in instrument_lexicon.lexicon(lang).normaliser.keys(text))


def _named(name: str, lang: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    """The names in a language of each row of a table, with the row."""
    for row in table(name):
        for written in (row.get(f"names_{lang}") or "").split("|"):
            if written:
                yield written, row


@cache
def _glossary(lang: str) -> Mapping[tuple[str, ...], str]:
    """English words by the keys of what they render; what renders two is left out."""
    found: dict[tuple[str, ...], set[str]] = {}
    for written, row in _named("glossary", lang):
        found.setdefault(_keys(written, lang), set()).add(row["label"])
    for row in table("places"):
        for written in filter(None, row.get(lang, "").split("|")):
            found.setdefault(_keys(written, lang), set()).add(row["en"])
    return {keys: next(iter(names)) for keys, names in found.items() if len(names) == 1}


@cache
def _types(lang: str) -> Mapping[tuple[str, ...], Type]:
    """Types of instruments by the keys of their names."""
    named = {
        _keys(written, lang): Type(row["label"], row["class"])
        for written, row in _named("instrument-types", lang)
    }
    agreements = {
        _keys(written, lang): Type(row["label"], _TREATY)
        for written, row in _named("agreement-types", lang)
    }
    return {**agreements, **named}


@cache
def _endings(lang: str) -> Sequence[tuple[str, Type]]:
    """The types in one word that may end a compound, longest first."""
    endings = {
        written: Type(row["label"], row["class"])
        for written, row in _named("instrument-types", lang)
        if re.fullmatch(r"[^\W\d_]{3,}", written)
    }
    return sorted(endings.items(), key=lambda item: -len(item[0]))
