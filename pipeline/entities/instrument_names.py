"""English names, for ids, of agreements and declarations that no list holds.

A name is translated only where it is made of parts that a table translates: the type of an
agreement (`partnerschaps- en samenwerkingsovereenkomst`) and its parties, or a head and the place
that names it (`Jeddahförklaringen`, `Verklaring van Granada`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple

from pipeline.entities.instrument_english import name_of
from pipeline.entities.instrument_heads import Heads, heads, iso_date
from pipeline.resources import language_data, table
from pipeline.types import Entity

_PAIR_FIRST = re.compile(r"EU[-–][A-Z][^\W\d_]+[- ]")


class PartyNames(NamedTuple):
    """What an agreement of the EU with one country may be called in English.

    Attributes:
        short: `EU-Uzbekistan Partnership Agreement`, as lists have it.
        full: `Partnership Agreement between the European Union and Uzbekistan`, where the title
            names the parties in this way, else the short name.
    """

    short: str
    full: str


def of_parties(
    title: str, lang: str, countries: Sequence[Entity], key: Callable[[str], str]
) -> PartyNames | None:
    """The names of an agreement of the EU with one country, or None.

    Args:
        title: the title, without provision.
        lang: its language.
        countries: the countries in it, each once.
        key: what makes spellings of a name equal.
    """
    words = language_data(lang, "instruments")["heads"]
    union = _union(lang).search(title)
    opening = _opening(lang).search(title)
    if len(countries) != 1 or union is None:
        return None
    if first := _PAIR_FIRST.match(title):  # `EU-Israël-associatieovereenkomst`
        name = title[first.end() :]
    elif opening:
        name = title[: opening.start()].strip(" ,")
    else:
        return None
    english = language_data(lang, "instruments")["titles"]["english"]
    name = agreement_types(lang, key).get(key(name), name if english else "")
    if not name:
        return None
    short = f"EU-{countries[0].label} {name}"
    between = opening and opening["link"] in words["between"] and opening.end() <= union.start()
    if first or not between:
        return PartyNames(short, short)
    party = words["union"][union["name"]]
    return PartyNames(short, f"{name} between the {party} and {name_of(countries[0])}")


def between(title: str, lang: str, key: Callable[[str], str]) -> str | None:
    """An English title whose type goes by its usual name: `Memorandum between Italy and Libya`."""
    opening = _opening(lang).search(title)
    if opening is None or not language_data(lang, "instruments")["titles"]["english"]:
        return None
    name = agreement_types(lang, key).get(key(title[: opening.start()]))
    return f"{name}{title[opening.start() :]}" if name else None


def is_treaty(entity: Entity, title: str, lang: str) -> bool:
    """Whether a listed instrument may be what a title calls a treaty: it is no declaration."""
    found = heads(lang).head(title.split()[0].casefold())
    words = {heads("en").head(word.casefold()) for word in entity.label.split()}
    kinds = {head[0] for head in words if head}
    return not found or found[0] not in ("treaty", "agreement") or kinds != {"declaration"}


def without_author(title: str, lang: str) -> str:
    """A title without its author: `Verklaring |van de Verenigde Naties| inzake …`."""
    return _author(lang).sub("", title, count=1).strip()


@cache
def _author(lang: str) -> re.Pattern[str]:
    """A body in a title, with what joins it."""
    data = language_data(lang, "instruments")
    of = "|".join(map(re.escape, data["heads"]["of"])) or "(?!)"
    articles = "|".join(map(re.escape, data["titles"]["articles"]))
    return re.compile(rf"(?:\b(?:{of})\s(?:(?:{articles})\s)?)?{heads(lang).body.pattern}\s?")


def plain(
    undated: str, title: str, kind: str, states: Sequence[tuple[str, Entity]], lang: str
) -> str:
    """An English title as an id has it: the date only where no name stands beside the head.

    The parties of a treaty have their short names, without their governments.

    Args:
        undated: the title without its date.
        title: the title.
        kind: the class of its head.
        states: the countries in it, each as it is written.
        lang: its language.
    """
    rules = heads(lang)
    name = undated = rules.year_first.sub("", undated)
    words = undated.replace("-", " ").split()
    named = any(w[:1].isupper() and not _is_generic(w.casefold(), rules) for w in words)
    if len(words) < 4 and (kind == "declaration" or not named):
        date = iso_date(title, lang)
        return f"{undated} {date}" if date else title
    if kind in ("treaty", "agreement"):
        for written, state in states:
            party = rf"(?:the )?(?:Governments? of (?:the )?)?{re.escape(written)}(?![\w–-])"
            name = re.sub(rf"(?<![\w–-]){party}", name_of(state), name)
    return name


def _is_generic(word: str, rules: Heads) -> bool:
    """Whether a word of a title names nothing: `Joint`, `Declaration`."""
    return rules.head(word) is not None or word in rules.weak or word in rules.trailing


@cache
def _union(lang: str) -> re.Pattern[str]:
    names = sorted(language_data(lang, "instruments")["heads"]["union"], key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?P<name>{'|'.join(map(re.escape, names))})(?!\w)")


@cache
def _opening(lang: str) -> re.Pattern[str]:
    """What opens the parties of an agreement."""
    words = language_data(lang, "instruments")["heads"]
    links = "|".join(map(re.escape, [*words["between"], *words["partner"]]))
    return re.compile(rf"\s(?:(?P<link>{links})\s|(?=EU[-–]))")


@cache
def agreement_types(lang: str, key: Callable[[str], str]) -> dict[str, str]:
    """English names of types of agreements by the keys of what texts call them."""
    return {
        key(name): row["label"]
        for row in table("agreement-types")
        for name in row[f"names_{lang}"].split("|")
        if name
    }


@cache
def _placed(lang: str) -> list[tuple[re.Pattern[str], str]]:
    """Patterns of a head with the place that names it, and the form of the English name."""
    return [
        (re.compile(pattern.replace("<place>", r"(?P<place>[A-ZÅÄÖ][\w’'-]+?)")), form)
        for pattern, form in language_data(lang, "instruments")["placed"].items()
    ]


@cache
def _english_places(lang: str) -> dict[str, str]:
    return {name: row["en"] for row in table("places") for name in row[lang].split("|") if name}


def of_place(title: str, lang: str) -> str | None:
    """The English name of what a place names: `Jeddahförklaringen` is the Jeddah Declaration."""
    for pattern, form in _placed(lang):
        if match := pattern.fullmatch(title):
            place = match["place"]
            if place.casefold() in language_data(lang, "instruments")["heads"]["weak"]:
                return None  # `Joint Declaration`
            return form.format(_english_places(lang).get(place, place))
    return None
