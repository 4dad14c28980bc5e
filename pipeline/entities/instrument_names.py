"""English names, for ids, of agreements and declarations that no list holds.

A name is translated only where it is made of parts that a table translates: the type of an
agreement (`partnerschaps- en samenwerkingsovereenkomst`) and its parties, or a head and the place
that names it (`Jeddahförklaringen`, `Verklaring van Granada`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache

from pipeline.resources import language_data, table

_EU = re.compile(
    r"(?<!\w)(?:EU(?::s)?|Europese Unie|European Union|Europeiska unionen"
    r"|European Communit(?:y|ies)|Europese Gemeenschap(?:pen)?|Europeiska gemenskaperna?"
    r"|EG|EC)(?!\w)"
)
_PAIR_FIRST = re.compile(r"EU[-–][A-Z][^\W\d_]+[- ]")


def of_parties(
    title: str, lang: str, countries: Sequence[str], key: Callable[[str], str]
) -> str | None:
    """The name of an agreement of the EU with one country: `EU-Uzbekistan Partnership …`.

    Args:
        title: the title, without provision.
        lang: its language.
        countries: the English names of the countries in it, each once.
        key: what makes spellings of a name equal.
    """
    if len(countries) != 1 or not _EU.search(title):
        return None
    if first := _PAIR_FIRST.match(title):  # `EU-Israël-associatieovereenkomst`
        name = title[first.end() :]
    elif opening := re.search(rf"\s(?:(?:{_prepositions(lang)})\s|(?=EU[-–]))", title):
        name = title[: opening.start()].strip(" ,")
    else:
        return None
    if not language_data(lang, "instruments")["titles"]["english"]:
        name = agreement_types(lang, key).get(key(name), "")
    return f"EU-{countries[0]} {name}" if name else None


@cache
def _prepositions(lang: str) -> str:
    data = language_data(lang, "instruments")["heads"]
    return "|".join(map(re.escape, [*data["between"], *data["partner"]]))


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
            return form.format(_english_places(lang).get(place, place))
    return None
