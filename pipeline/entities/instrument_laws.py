"""National laws: the English name of their kind and the country that they are of."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from pipeline.entities import instrument_english
from pipeline.entities.candidates import Candidate, instrument
from pipeline.entities.instrument_context import Context, country_inside, key_of, title_of
from pipeline.entities.instrument_heads import heads, iso_date
from pipeline.entities.instrument_tails import ACRONYM
from pipeline.names import slug
from pipeline.resources import language_data, table
from pipeline.types import Entity

_YEAR = re.compile(r"\s((?:1[5-9]|20)\d{2})\Z")
_YEAR_FIRST = re.compile(r"\A(?:1[5-9]|20)\d{2}(?: [a-zå]{2,4})? ")  # `1942 års hyresregleringslag`
_NEAR = 300
_LONGEST = 500
_END = re.compile(r"[.;:!?]\s(?=[A-ZÅÄÖ(•–])")
_ACT = "Act"
_ACT_TITLE = re.compile(r"[A-Z][\w’'(),/-]*(?: [\w’'(),/-]+){0,14} Act")


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
    country = owner(candidate, context)
    name = title
    for mention in context.countries:
        # Of `Republiken Azerbajdzjans strafflag` the title may have the last words alone.
        start = max(mention.start, candidate.title[0] if candidate.title else candidate.start)
        if candidate.start <= mention.end <= candidate.end and start < mention.end:
            name = re.sub(rf"{re.escape(context.text[start : mention.end])}(?:['’]s)?", " ", name)
    rules = heads(context.lang)
    words = rules.full_date.sub("", ACRONYM.sub("", name)).split()
    while len(words) > 1 and words[-1].casefold().strip(",") in rules.trailing:
        words.pop()  # `Constitution of [Ethiopia]`
    name = " ".join(words)
    if " " not in name:
        name = rules.base(name.casefold()) if name.endswith("s") else name
    undated = rules.date.sub("", _YEAR_FIRST.sub("", name))
    label = (
        _titled(_YEAR.sub("", undated).rstrip(","))
        or _kind(key_of(undated, context.lang), context.lang)
        or _of_day(undated, title, context.lang, country)
        or instrument_english.compose(_YEAR.sub("", undated), context.lang, (), country)
        or _YEAR_FIRST.sub("", name)
    )
    label = _own_title(label, country) if country else label
    # `Labour Act 2006` is a title; `vakbondswet van 2016` says when, unless acts are titled so.
    year = _YEAR.search(name)
    if year and not label.endswith(year[1]) and (undated == name or label.endswith(_ACT)):
        label = f"{label} {year[1]}"
    if country is not None:
        label = f"{label} of {instrument_english.name_of(country)}"
    labels = {context.lang: title} if label.startswith(title) else {}
    return instrument(f"slug:{slug(label)}", label, {}, labels)


def composed(name: str, lang: str) -> Entity | None:
    """An act of a language's only state under an English name put together from its parts."""
    state = only_state(lang)
    label = instrument_english.compose(name, lang, (), state) if state else None
    if label is None or state is None:
        return None
    label = f"{label} of {instrument_english.name_of(state)}"
    return instrument(f"slug:{slug(label)}", label, {}, {lang: name})


def _own_title(label: str, country: Entity) -> str:
    """What a country calls its law of a kind in English: a `Criminal Code` is a `Penal Code`."""
    return _own_titles().get((country.entity_id.rpartition(":")[2], label), label)


@cache
def _own_titles() -> Mapping[tuple[str, str], str]:
    """English titles of laws by the country's code and the English name of their kind."""
    return {
        (code, row["kind"]): row["title"]
        for row in table("national-titles")
        for code in row["countries"].split("|")
    }


def owner(candidate: Candidate, context: Context) -> Entity | None:
    """The country whose law a candidate is.

    It is named in the title or right before it; else it is the only one that the sentence names so
    far, or the one that the document is about, or the only one named a little before, or at all.
    """
    if named := country_inside(candidate, context):
        return named
    sentence = _only(candidate, context, _sentence_start(candidate, context.text))
    before = candidate.start - _NEAR
    near = sentence or context.home or _only(candidate, context, before)
    return near or context.abroad or _own(candidate, context) or _only_own(context)


def _only(candidate: Candidate, context: Context, start: int) -> Entity | None:
    """The only country that is named between an offset and a candidate."""
    found = {
        m.entity.entity_id: m.entity
        for m in context.countries
        if m.entity and start <= m.start and m.end <= candidate.start
    }
    return next(iter(found.values())) if len(found) == 1 else None


def _sentence_start(candidate: Candidate, text: str) -> int:
    before = max(0, candidate.start - _LONGEST)
    ends = [match.end() for match in _END.finditer(text, before, candidate.start)]
    return ends[-1] if ends else before


@cache
def only_state(lang: str) -> Entity | None:
    """The state that legislates in a language, where it is one only."""
    states = language_data(lang, "instruments")["titles"]["states"]
    for row in table("countries"):
        if [row["code"]] == states and (row["lang"], row["form"]) == ("en", "name"):
            return Entity(f"country:{row['code']}", "COUNTRY", row["surface"])
    return None


def _own(candidate: Candidate, context: Context) -> Entity | None:
    """The only state of the text's language, where no other country is named near a law."""
    near = (candidate.start - _NEAR, candidate.end)
    state = only_state(context.lang)
    others = [m for m in context.countries if near[0] < m.start < near[1]]
    if state and all(m.entity and m.entity.entity_id == state.entity_id for m in others):
        return state
    return None


def _only_own(context: Context) -> Entity | None:
    """The only state that the text names of those that legislate in its language."""
    states = language_data(context.lang, "instruments")["titles"]["states"]
    found = {
        m.entity.entity_id: m.entity
        for m in context.countries
        if m.entity and m.entity.entity_id.rpartition(":")[2] in states
    }
    return next(iter(found.values())) if len(found) == 1 else None


def _titled(name: str) -> str | None:
    """A name that is the English title of an act as it stands: `Data Protection Act`."""
    return name if _ACT_TITLE.fullmatch(name) else None


def _of_day(name: str, title: str, lang: str, country: Entity | None) -> str | None:
    """A law that only its day names: `wet van 7 december 1998`."""
    statute = instrument_english.statute(name, lang, country)
    date = iso_date(title, lang)
    return f"{statute} {date}" if statute and date else None


def of_country(law: Entity, country: Entity | None) -> Entity:
    """A numbered law (`Act LXXVI of 2017`) under the country whose law it is, where it is known."""
    if country is None:
        return law
    label = f"{law.label} of {instrument_english.name_of(country)}"
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


def _is_own(law: Entity, lang: str) -> bool:
    """Whether a listed law is one of a state that legislates in the language."""
    return law.entity_id.endswith(_own_endings(lang))


@cache
def _own_endings(lang: str) -> tuple[str, ...]:
    states = language_data(lang, "instruments")["titles"]["states"]
    names = {
        row["surface"]
        for row in table("countries")
        if row["code"] in states and (row["lang"], row["form"]) == ("en", "name")
    }
    return tuple(f"-of-{article}{slug(name)}" for name in names for article in ("", "the-"))


def is_namesake(candidate: Candidate, entity: Entity, context: Context) -> bool:
    """Whether a listed national law is only a namesake of the one that the text means."""
    named = country_inside(candidate, context)
    country = named or context.home or context.abroad
    if country is None and _is_own(entity, context.lang):
        country = _only_own(context)  # Belgium and the Netherlands share names of laws
    if country is None or not entity.entity_id.startswith("instrument:slug:"):
        return False
    if named and _is_own(entity, context.lang):  # `den danska polislagen`
        return not entity.entity_id.endswith(f"-{slug(named.label)}")
    title = title_of(candidate, context.text)
    known = _kind(key_of(title, context.lang), context.lang) is not None
    return known and not entity.entity_id.endswith(slug(country.label))
