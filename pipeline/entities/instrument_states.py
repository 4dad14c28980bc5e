"""The states whose laws a text cites: by the ids of the laws, and by the language of the text."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from pipeline.entities import instrument_english, instrument_lexicon
from pipeline.names import slug
from pipeline.resources import language_data, table
from pipeline.types import Entity


def code_of(country: Entity) -> str:
    """A country's code (ISO 3166-1)."""
    return country.identifiers.get("iso3166-1", country.entity_id.rpartition(":")[2])


@cache
def only_state(lang: str) -> Entity | None:
    """The state that legislates in a language, where it is one only."""
    states = language_data(lang, "instruments")["titles"]["states"]
    for row in table("countries"):
        if [row["code"]] == states and (row["lang"], row["form"]) == ("en", "name"):
            return Entity(f"country:{row['code']}", "COUNTRY", row["surface"])
    return None


@cache
def _states() -> Mapping[str, Entity]:
    """Countries by the slugs with which the ids of their laws end."""
    states: dict[str, Entity] = {}
    for row in table("countries"):
        if (row["lang"], row["form"]) == ("en", "name"):
            entity = Entity(f"country:{row['code']}", "COUNTRY", row["surface"])
            if entity.entity_id not in {state.entity_id for state in states.values()}:
                states[slug(instrument_english.name_of(entity))] = entity
    return states


def state_of(law: Entity | None) -> Entity | None:
    """The country that the id of a national law ends with."""
    parts = law.entity_id.split("-of-") if law else []
    tails = ("-of-".join(parts[index:]) for index in range(1, len(parts)))
    return next((_states()[tail] for tail in tails if tail in _states()), None)


def title_of_namesake(name: str, lang: str) -> str | None:
    """The English name of another state's law that is called the same: `Sami Parliament Act`."""
    listed = instrument_lexicon.lexicon(lang).exact(name)
    state = state_of(listed)
    if listed is None or state is None:
        return None
    return listed.label.removesuffix(f" of {instrument_english.name_of(state)}")
