"""The states whose laws a text cites: by ids of laws, by regions, by the language of the text."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from pipeline.entities import instrument_english, instrument_lexicon
from pipeline.entities.candidates import instrument
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


def composed(name: str, lang: str) -> Entity | None:
    """An act of a language's only state under an English name put together from its parts."""
    state = only_state(lang)
    label = instrument_english.compose(name, lang, (), state) if state else None
    if label is None or state is None:
        return None
    label = f"{label} of {instrument_english.name_of(state)}"
    return instrument(f"slug:{slug(label)}", label, {}, {lang: name})


def ordinance(name: str, lang: str) -> Entity | None:
    """An ordinance of a language's only state, named as the act that it goes with."""
    endings: dict[str, str] = language_data(lang, "instruments")["titles"]["ordinances"]
    ending = next((e for e in endings if name.endswith(e)), None)
    state = only_state(lang)
    if ending is None or state is None:
        return None
    act = name.removesuffix(ending) + endings[ending]
    label = title_of_namesake(act, lang) or instrument_english.compose(act, lang, (), state)
    label = f"{(label or name).replace('Act', 'Ordinance')} of {instrument_english.name_of(state)}"
    return instrument(f"slug:{slug(label)}", label, {}, {lang: name})


def of_region(text: str, start: int, lang: str) -> Entity | None:
    """The state of the region whose adjective stands before a law: `het Waalse decreet`."""
    word = text[max(0, start - 20) : start].split(" ")[-2:-1]
    regions = language_data(lang, "instruments")["titles"]["regions"]
    code = next((code for code, names in regions.items() if word and word[0] in names), None)
    return next((s for s in _states().values() if s.entity_id == f"country:{code}"), None)
