"""National laws: the English name of their kind and the country that they are of."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from pipeline.entities.candidates import Candidate, instrument
from pipeline.entities.instrument_context import Context, country_inside, inside, key_of, title_of
from pipeline.entities.instrument_heads import heads
from pipeline.entities.instrument_tails import ACRONYM
from pipeline.names import slug
from pipeline.resources import table
from pipeline.types import Entity


@cache
def _kinds(lang: str) -> Mapping[str, str]:
    """English names of kinds of national laws, by the keys of what texts call them."""
    return {
        key_of(name, lang): row["label"]
        for row in table("national-laws")
        for name in row[f"names_{lang}"].split("|")
        if name
    }


def law(candidate: Candidate, title: str, context: Context) -> Entity:
    """A national law: `criminal-code-of-kazakhstan`."""
    country = country_inside(candidate, context) or context.home
    name = title
    for mention in inside(candidate, context.countries):
        name = re.sub(
            rf"{re.escape(context.text[mention.start : mention.end])}(?:['’]s)?", " ", name
        )
    name = heads(context.lang).full_date.sub("", ACRONYM.sub("", name))
    label = _kind(key_of(name, context.lang), context.lang) or " ".join(name.split())
    if year := re.search(r"(?<!\w)(?:1[5-9]|20)\d{2}\Z", name):
        label = f"{label} {year.group()}" if not label.endswith(year.group()) else label
    if country is not None:
        label = f"{label} of {country.label}"
    labels = {context.lang: title} if label.startswith(title) else {}
    return instrument(f"slug:{slug(label)}", label, {}, labels)


def of_country(law: Entity, country: Entity | None) -> Entity:
    """A numbered law (`Act LXXVI of 2017`) under the country whose law it is, where it is known."""
    if country is None:
        return law
    label = f"{law.label} of {country.label}"
    return instrument(f"slug:{slug(label)}", label)


def _kind(key: str, lang: str) -> str | None:
    """The English name of a kind of law: the longest listed name with which the keys begin."""
    words = key.split()
    kinds = _kinds(lang)
    return next(
        (kinds[k] for n in range(len(words), 0, -1) if (k := " ".join(words[:n])) in kinds), None
    )


def is_kind_of_law(name: str, lang: str) -> bool:
    """Whether a name is that of a kind of law that many countries have (`strafwetboek`)."""
    return key_of(name, lang) in _kinds(lang)


def is_namesake(candidate: Candidate, entity: Entity, context: Context) -> bool:
    """Whether a listed national law is only a namesake of the one that the text means."""
    country = country_inside(candidate, context) or context.home
    if country is None or not entity.entity_id.startswith("instrument:slug:"):
        return False
    title = title_of(candidate, context.text)
    known = _kind(key_of(title, context.lang), context.lang) is not None
    return known and not entity.entity_id.endswith(slug(country.label))
