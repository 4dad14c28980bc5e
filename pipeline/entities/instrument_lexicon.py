"""The listed instruments: `data/instruments.tsv` and `data/treaties.tsv`, ready to be matched.

A row gives an instrument's titles, short names and acronyms in three languages and its
identifiers. Names of a text's own language and English ones are looked for in every text; acronyms
only as written, in capitals.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from pipeline.entities.candidates import Candidate, instrument
from pipeline.entities.trie import Normaliser, Trie
from pipeline.names import slug
from pipeline.resources import language_data, table
from pipeline.types import LANGUAGES, Entity

_IDENTIFIERS = ("celex", "cets", "unts", "procedure", "ilo", "un", "com", "bwbv")
_PREFERENCE = (("celex", "celex"), ("cets", "cets"), ("unts", "unts"), ("procedure", "proc"))
_LONGEST_PLACE = 4
_CAPITAL = "^"  # before the key of an instrument whose name counts with a capital only
_DISTINCT = 5  # so many words of a title denote one treaty
_TWO_NOUNS = re.compile(r"[\w’'-]+, (?:\w{2,3} )?[\w’'-]+")
# Dutch ones may have but one capital: `Awb`, `Wpg`.
_ACRONYM = re.compile(r"(?<![\w-])(?:[A-Z][\w]*[A-Z0-9][\w]*(?:-\d)?|[A-Z][a-z]{1,3})(?!\w)")
# A listed compound with a hyphen: `Gigabit-infrastructuurverordening`.
_HYPHENATED = re.compile(r"(?<![\w-])[^\W\d_]{3,}-[^\W\d_]{6,}(?![\w-])")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """One language's view of the list.

    Attributes:
        entities: the instruments by key.
        names: a trie of titles and short names.
        acronyms: acronym to the keys of the instruments that it may stand for.
        normaliser: the language's normaliser, with which the trie was built.
        by_identifier: instruments by each of their identifiers.
        by_date: instruments by the day on which they were made.
        years: the year in which an instrument was made, by its id.
        plurals: endings of plural forms, which no name in one word has.
    """

    entities: Mapping[str, Entity]
    names: Trie
    acronyms: Mapping[str, frozenset[str]]
    normaliser: Normaliser
    by_identifier: Mapping[str, Entity]
    by_date: Mapping[str, tuple[Entity, ...]]
    plurals: tuple[str, ...]
    years: Mapping[str, str]

    def exact(self, text: str) -> Entity | None:
        """The instrument whose title or short name a text is; letter case does not matter."""
        keys = self.normaliser.keys(text)
        for match in self.names.longest(keys):
            if (match.start, match.end) == (keys[0].start, keys[-1].end):
                return self.resolve(frozenset(map(_plain, match.values)))
        return None

    def resolve(self, keys: frozenset[str]) -> Entity | None:
        """The one instrument that the keys stand for; None where they are several."""
        entities = {self.entities[key].entity_id: self.entities[key] for key in keys}
        return next(iter(entities.values())) if len(entities) == 1 else None


def alternatives(cell: str | None) -> list[str]:
    """The names in a cell of the table, which `|` separates."""
    return [name for name in (part.strip() for part in (cell or "").split("|")) if name]


def rows() -> Iterator[Mapping[str, str]]:
    """The rows of both tables; a hand-written row comes before an imported one."""
    yield from table("instruments")
    yield from table("treaties")


@cache
def entities() -> dict[str, Entity]:
    """Every listed instrument by its key (`[a-z0-9-]+`)."""
    return {row["key"]: _entity(row) for row in rows()}


def _entity(row: Mapping[str, str]) -> Entity:
    identifiers = {name: row[name] for name in _IDENTIFIERS if row.get(name)}
    labels = {}
    for lang in LANGUAGES:
        if names := _names(row, lang):
            labels[lang] = names[0]
    label = labels.get("en") or next(iter(labels.values()))
    for name, prefix in _PREFERENCE:
        if name in identifiers:
            return instrument(f"{prefix}:{identifiers[name]}", label, identifiers, labels)
    name = slug(label) if row["key"].startswith(("bwbv", "ilo-c")) else row["key"]
    return instrument(f"slug:{name}", label, identifiers, labels)


@cache
def lexicon(lang: str) -> Lexicon:
    """The list as a text in `lang` needs it."""
    titles = language_data(lang, "instruments")["titles"]
    normaliser = Normaliser.from_data(titles)
    languages = dict.fromkeys((lang, "en"))
    names: list[tuple[list[str], str]] = []
    acronyms: dict[str, set[str]] = defaultdict(set)
    by_identifier: dict[str, Entity] = {}
    by_date: dict[str, tuple[Entity, ...]] = {}
    years: dict[str, str] = {}
    for row in rows():
        for each in languages:
            # English names are capitalised: a "data act" in small letters is no Data Act.
            value = f"{_CAPITAL}{row['key']}" if each == "en" else row["key"]
            for name in _with_variants(row, each):
                names.append(([key.text for key in normaliser.keys(name)], value))
            for acronym in alternatives(row.get(f"acronyms_{each}")):
                acronyms[acronym].add(row["key"])
        entity = entities()[row["key"]]
        if row.get("date"):
            by_date[row["date"]] = (*by_date.get(row["date"], ()), entity)
            years[entity.entity_id] = row["date"][:4]
        for value in entity.identifiers.values():
            for single in alternatives(value):
                by_identifier.setdefault(single, entity)
    frozen = {acronym: frozenset(keys) for acronym, keys in acronyms.items()}
    plurals = tuple(titles["plurals"])
    return Lexicon(
        entities(), Trie(names), frozen, normaliser, by_identifier, by_date, plurals, years
    )


def _names(row: Mapping[str, str], lang: str) -> list[str]:
    """An instrument's title and short names in a language."""
    return alternatives(row.get(f"title_{lang}")) + alternatives(row.get(f"short_{lang}"))


def _with_variants(row: Mapping[str, str], lang: str) -> Iterator[str]:
    """An instrument's names and, of long titles of treaties, those without their author."""
    pattern = _author(lang)
    for name in _names(row, lang):
        yield name
        yield from _compounds(name, lang)
        yield from _reworded(name, lang)
        if row.get("cets") or row.get("unts"):
            short = pattern.sub("", name, count=1)
            if short != name and len(short.split()) >= _DISTINCT:
                yield short


def _compounds(name: str, lang: str) -> Iterator[str]:
    """What a treaty named after a place is called too: `Lanzaroteverdrag`, `Lanzarote-verdrag`."""
    head, _, place = name.rpartition(" ")
    end = language_data(lang, "instruments")["titles"]["compounds"].get(head.casefold())
    if end and place[:1].isupper():
        yield from (f"{place}{end}", f"{place}-{end}")


def _reworded(name: str, lang: str) -> Iterator[str]:
    """A title with another of the phrases that may open its subject: `voor`, `inzake`."""
    for phrase, others in language_data(lang, "instruments")["titles"]["openings"].items():
        head, found, subject = name.partition(f" {phrase} ")
        if found and len(name.split()) >= _DISTINCT:
            yield from (f"{head} {other} {subject}" for other in others)


@cache
def _author(lang: str) -> re.Pattern[str]:
    """What titles of treaties have or lack: `van de Raad van Europa`, `Internationaal` in front."""
    titles = language_data(lang, "instruments")["titles"]
    return re.compile("|".join(titles["optional"]))


def find(text: str, lang: str) -> Iterator[Candidate]:
    """Listed titles, short names and acronyms in a sentence, longest first at each place."""
    listed = lexicon(lang)
    for match in listed.names.longest(listed.normaliser.keys(text)):
        name = text[match.start : match.end]
        if " " in name and _opens_with_place(name, lang):
            continue
        small = name.islower() and not _is_small_act(text, match.start, match.end, lang)
        keys = frozenset(_plain(v) for v in match.values if not (small and v[0] == _CAPITAL))
        if _TWO_NOUNS.fullmatch(text, match.start, match.end):
            continue  # `het Akkoord van Prespa, het Akkoord van Ohrid`
        if keys and not _is_plural(name, listed):
            entity, span = listed.resolve(keys), (match.start, match.end)
            yield Candidate(*span, "lexicon:instruments", 0, entity, title=span)
    for word in _HYPHENATED.finditer(text):
        if entity := listed.exact(word.group().replace("-", "")):
            yield Candidate(*word.span(), "lexicon:instruments", 0, entity, title=word.span())
    for word in _ACRONYM.finditer(text):
        if keys := listed.acronyms.get(word.group(), frozenset()):
            entity = listed.resolve(keys)
            yield Candidate(word.start(), word.end(), "lexicon:acronyms", 0, entity)


def _is_small_act(text: str, start: int, end: int, lang: str) -> bool:
    """Whether an act's English name stands in small letters: `the asylum procedure regulation`."""
    titles = language_data(lang, "instruments")["titles"]
    words = text[start:end].split()
    article = text[max(0, start - 6) : start].split()[-1:]
    definite = [w.casefold() for w in article] == ["the"] and text[start - 1 : start] == " "
    act = titles["english"] and len(words) > 1 and bool({words[0], words[-1]} & {*titles["small"]})
    return bool(act) and definite


def _opens_with_place(name: str, lang: str) -> bool:
    """Whether a match goes over a comma and an article: `Hong Kong, the National Security Law`."""
    head, comma, rest = name.partition(", ")
    article = (
        rest.split(" ")[0].casefold() in language_data(lang, "instruments")["titles"]["articles"]
    )
    return bool(comma) and article and len(head.split()) < _LONGEST_PLACE


def _is_plural(name: str, listed: Lexicon) -> bool:
    """Whether a name in one word has the form of many: `vapenlagar` is not `vapenlagen`."""
    return " " not in name and name.casefold().endswith(listed.plurals)


def _plain(value: str) -> str:
    return value.removeprefix(_CAPITAL)
