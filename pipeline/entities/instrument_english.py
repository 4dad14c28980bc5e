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
_AUTHOR_FIRST = re.compile(
    r"of (?:the )?(?P<author>United Nations|Council of Europe|[A-Z][a-z]+) (?=on |against |for )"
)
_AUTHORS = ("EU", "European")
_STATUTES = frozenset(("act", "law", "ordinance", "decree"))
_NOTHING = "-"  # what a title has and an English name lacks: `de Regering van`
_INTRODUCING = frozenset(("on", "for", "against", "in"))
_SMALL = frozenset(("of", "on", "and", "or", "against", "for", "in", "with", "between", "the"))


class Type(NamedTuple):
    """The English name of a type of instrument, and its class."""

    label: str
    group: str


class Token(NamedTuple):
    """A word of a title: the key under which it is looked up, and the word as written."""

    key: str
    written: str


class Part(NamedTuple):
    """A piece of a title in English, and how many keys of the title it stands for."""

    english: str
    keys: int


def name_of(country: Entity) -> str:
    """A country's English name as it stands after a preposition: `the Netherlands`."""
    code = country.identifiers.get("iso3166-1", country.entity_id.rpartition(":")[2])
    english = language_data("en", "instruments")["english"]
    label = english["names"].get(code, country.label)
    return f"the {label}" if code in english["article"] else label


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
    if language_data(lang, "instruments")["titles"]["english"]:
        return None
    if len(title.split()) == 1:
        return _compound(title, lang, owner)
    tokens = _tokens(title, lang)
    states = {_keys(written, lang): name_of(country) for written, country in countries}
    for start in range(min(2, len(tokens))):
        opening = _translated(tokens[:start], lang, states)
        for length in range(min(4, len(tokens) - start), 0, -1):
            group = tuple(token.key for token in tokens[start : start + length])
            found = _types(lang).get(group)
            if found is None or opening is None:
                continue
            rest = _translated(tokens[start + length :], lang, states)
            if not rest:
                continue
            if rest.split()[0] not in _SMALL - {"the"}:  # `Nationaal Actieplan Mensenrechten`
                if found.group == "law" and not opening:
                    return _bare(tokens[length:], lang, states, _statute(found, owner))
                if found.group != "policy":
                    continue
                rest = f"on {rest}"
            if found.label == "Convention" and rest.startswith("between "):
                found = Type("Agreement", found.group)
            if found.label == "Code":
                rest = re.sub(r"\Aon ", "of ", rest)
            opening = opening.removeprefix("the ")
            if by := _AUTHOR_FIRST.match(rest):  # `Vienna Convention on …`
                opening, rest = f"{by['author']} {opening}".strip(), rest[by.end("author") + 1 :]
            return _capitalised(" ".join(filter(None, (opening, _statute(found, owner), rest))))
    return None


def _bare(
    tokens: Sequence[Token], lang: str, states: Mapping[tuple[str, ...], str], kind: str
) -> str | None:
    """The name of a law whose subject has no preposition: `Wet digitale overheid`.

    Each noun after the first depends on the one before it: `Wet overdracht strafvonnissen` is an
    Act on the Transfer of Criminal Judgments.
    """
    attributive = re.compile(language_data(lang, "instruments")["compounds"]["attributive"])
    nouns: list[list[Token]] = [[]]
    for index, token in enumerate(tokens):
        nouns[-1].append(token)
        if index + 1 < len(tokens) and not attributive.fullmatch(token.written):
            if _part(tokens, index, lang, states) is None:
                return None
            nouns.append([])
    phrases = [_translated(noun, lang, states) for noun in nouns]
    if len(phrases) == 1 or None in phrases or any(p in _SMALL for p in phrases):
        name = _translated(tokens, lang, states)
        phrased = f"{name} {kind}" if len(phrases) == 1 else f"{kind} on {name}"
        return _capitalised(phrased) if name else None
    first, *others = (p.removeprefix("the ") for p in phrases if p)
    return _capitalised(" of ".join((f"{kind} on the {first}", *others)))


def phrase(text: str, lang: str, countries: Sequence[tuple[str, Entity]]) -> str | None:
    """A title's subject in English, or None where a word of it is not certain."""
    if language_data(lang, "instruments")["titles"]["english"]:
        return text
    states = {_keys(written, lang): name_of(country) for written, country in countries}
    english = _translated(_tokens(text, lang), lang, states)
    return _capitalised(english) if english else None


def statute(word: str, lang: str, owner: Entity | None) -> str | None:
    """What a law is called in English where a title is no more than its type: `wet`, `decree`."""
    if language_data(lang, "instruments")["titles"]["english"]:
        return word.capitalize() if word.casefold() in _STATUTES else None
    found = _types(lang).get(_keys(word, lang))
    return _statute(found, owner) if found and found.group == "law" else None


def type_of(words: str, lang: str) -> str | None:
    """The English name of a type of treaty: `fakultativa protokollet` is an Optional Protocol."""
    found = _types(lang).get(_keys(words, lang))
    return found.label if found and found.group == _TREATY else None


def of_day(word: str, date: str | None, lang: str) -> str | None:
    """The name of what only its type and day name: `Protocol van 14 september 1939`."""
    found = _types(lang).get(_keys(word, lang))
    return f"{found.label} {date}" if found and date else None


def variants(name: str) -> Iterator[str]:
    """A name and what else it may be called: `Convention on Violence`, `Violence Convention`."""
    yield name
    for word, other in (("on", "for"), ("for", "on")):
        head, found, subject = name.partition(f" {word} ")
        if not found:
            continue
        yield f"{head} {other} {subject}"
        bare = subject.removeprefix("the ")
        author, _, kind = head.partition(" ")
        yield f"{author} {bare} {kind}" if author in _AUTHORS else f"{bare} {head}"


def _statute(found: Type, owner: Entity | None) -> str:
    """The type's own name; `Act` for the laws of states that call them so in English."""
    return law_of(owner) if found.label == _LAW else found.label


def law_of(owner: Entity | None) -> str:
    """What a state's laws are called in English, `Act` or `Law`."""
    if owner is None:
        return _LAW
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
    return _single(word, lang) or _joined(word, lang)


def _joined(word: str, lang: str) -> str | None:
    """The English of a compound of two words."""
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
            entry = _glossary(lang).get(_keys(word.removesuffix(link), lang))
            if entry and entry.english not in _SMALL:
                return entry.english.removeprefix("the ")
    return None


def _translated(
    tokens: Sequence[Token], lang: str, states: Mapping[tuple[str, ...], str]
) -> str | None:
    """The words in English, word group by word group; None where one is unknown."""
    parts: list[str] = []
    at = 0
    while at < len(tokens):
        part = _part(tokens, at, lang, states)
        if part is None:
            return None
        years = part.english.isdigit() and bool(parts) and parts[-1].isdigit()
        if years:  # `2019–2025`
            parts[-1] += f"-{part.english}"
        elif part.english != _NOTHING:
            parts.append(part.english)
        at += part.keys
    return " ".join(_with_articles(parts))


def _part(
    tokens: Sequence[Token], at: int, lang: str, states: Mapping[tuple[str, ...], str]
) -> Part | None:
    for length in range(min(_LONGEST, len(tokens) - at), 0, -1):
        group = tokens[at : at + length]
        keys = tuple(token.key for token in group)
        if english := states.get(keys) or _agreeing(group, lang):
            return Part(english, length)
        if found := _types(lang).get(keys):
            return Part(found.label, length)
    single = tokens[at].key
    if single.isdigit():
        return Part(single, 1)
    compound = _joined(single, lang)
    return Part(compound, 1) if compound else None


def _agreeing(group: Sequence[Token], lang: str) -> str | None:
    """The English of a group of words that a glossary entry opens with, number and all.

    Stems make `organisatie` and `organisaties` one; a written word must begin as the entry does.
    """
    entry = _glossary(lang).get(tuple(token.key for token in group))
    if entry is None:
        return None
    written = [token.written for token in group]
    for forms in entry.forms:
        if all(word.startswith(form) for word, form in zip(written, forms, strict=True)):
            return entry.english
    return None


def _with_articles(parts: Sequence[str]) -> Iterator[str]:
    """The parts, with the article of a noun whose object follows: `on the protection of …`."""
    for index, part in enumerate(parts):
        introduced = index > 0 and parts[index - 1] in _INTRODUCING
        after = index + 1
        if list(parts[after : after + 1]) == ["and"]:  # `the prevention and punishment of`
            after += 2
        governs = list(parts[after : after + 1]) == ["of"]
        bare = part not in _SMALL and not part.startswith("the ")
        yield f"the {part}" if introduced and governs and bare else part


def _capitalised(name: str) -> str:
    """The name with the capitals of an English title."""
    return " ".join(w if w in _SMALL else w[:1].upper() + w[1:] for w in name.split())


def _tokens(text: str, lang: str) -> list[Token]:
    keys = instrument_lexicon.lexicon(lang).normaliser.keys(text)
    return [Token(key.text, text[key.start : key.end].casefold()) for key in keys]


def _keys(text: str, lang: str) -> tuple[str, ...]:
    return tuple(token.key for token in _tokens(text, lang))


def _named(name: str, lang: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    """The names in a language of each row of a table, with the row."""
    for row in table(name):
        for written in (row.get(f"names_{lang}") or "").split("|"):
            if written:
                yield written, row


class Entry(NamedTuple):
    """The English of words that share their keys, and the words of each form that they have."""

    english: str
    forms: Sequence[tuple[str, ...]]


@cache
def _glossary(lang: str) -> Mapping[tuple[str, ...], Entry]:
    """English words by the keys of what they render; what renders two is left out."""
    found: dict[tuple[str, ...], dict[str, list[tuple[str, ...]]]] = {}
    rows = [(written, row["label"]) for written, row in _named("glossary", lang)]
    places = [(row.get(lang) or "", row["en"]) for row in table("places")]
    rows += [(written, name) for cell, name in places for written in cell.split("|") if written]
    for written, english in rows:
        forms = found.setdefault(_keys(written, lang), {}).setdefault(english, [])
        forms.append(tuple(token.written for token in _tokens(written, lang)))
    return {
        keys: Entry(*next(iter(names.items()))) for keys, names in found.items() if len(names) == 1
    }


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
