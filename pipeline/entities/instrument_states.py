"""The states of national laws: by the end of an id, by a region whose law it is."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from pipeline.entities import instrument_english
from pipeline.names import slug
from pipeline.resources import language_data, table
from pipeline.types import Entity


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


def of_law(law: Entity | None) -> Entity | None:
    """The country that the id of a national law ends with."""
    parts = law.entity_id.split("-of-") if law else []
    tails = ("-of-".join(parts[index:]) for index in range(1, len(parts)))
    return next((_states()[tail] for tail in tails if tail in _states()), None)


def of_region(text: str, start: int, lang: str) -> Entity | None:
    """The state of the region whose adjective stands before a law: `het Waalse decreet`."""
    word = text[max(0, start - 20) : start].split(" ")[-2:-1]
    regions = language_data(lang, "instruments")["titles"]["regions"]
    code = next((code for code, names in regions.items() if word and word[0] in names), None)
    return next((s for s in _states().values() if s.entity_id == f"country:{code}"), None)
