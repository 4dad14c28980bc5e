"""National laws: the English name of their kind and the country that they are of."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache

from pipeline.entities import (
    instrument_acronyms,
    instrument_english,
    instrument_lexicon,
    instrument_states,
)
from pipeline.entities.candidates import Candidate, instrument
from pipeline.entities.instrument_context import Context, country_inside, key_of, title_of
from pipeline.entities.instrument_heads import Heads, heads, iso_date
from pipeline.names import slug
from pipeline.resources import language_data, table
from pipeline.types import Entity, Mention

_YEAR = re.compile(r"\s((?:1[5-9]|20)\d{2})\Z")
_NEAR = 300
_LONGEST = 500
_END = re.compile(r"[.;:!?]\s(?=[A-ZÅÄÖ(•–])|,\s(?=[•–]\s)")
_ACT = "Act"
_DATED = re.compile(r"[A-Z]\w+ (?:Act|Regulations|Order|Rules) (?:1[89]|20)\d{2}(?: \([A-Z]+\))?\Z")
_CODES = ("Code", "Procedure", "Offences", "Constitution")
_OF_THE_UNION = ("EU ", "European ", "Union ")
_LEAD = 2  # laws by which one country must lead all others together
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
    if country is None:
        context.ownerless.add(candidate.start)
    name = title
    for mention in context.around(candidate.start, candidate.end):
        # Of `Republiken Azerbajdzjans strafflag` the title may have the last words alone.
        start = max(mention.start, candidate.title[0] if candidate.title else candidate.start)
        if not candidate.start <= mention.end <= candidate.end or start >= mention.end:
            continue
        if not is_owner(mention, candidate, context) or _is_object(mention, candidate, context):
            continue
        written = rf"{re.escape(context.text[start : mention.end])}(?:['’]s)?"
        name = re.sub(
            rf"(?:\s{_of(context.lang)})?{written}(?=\s{_subject(context.lang)})", "", name
        )
        name = re.sub(written, " ", name)
    rules = heads(context.lang)
    words = rules.full_date.sub("", instrument_acronyms.without(name)).split()
    while len(words) > 1 and words[-1].casefold().strip(",") in rules.trailing:
        words.pop()  # `Constitution of [Ethiopia]`
    name = " ".join(words)
    if " " not in name:
        name = rules.base(name.casefold()) if name.endswith("s") else name
    undated = rules.date.sub("", rules.year_first.sub("", name))
    label = (
        _titled(_YEAR.sub("", undated).rstrip(","))
        or _of_kind(_YEAR.sub("", undated), country, context)
        or _of_day(undated, title, context.lang, country)
        or instrument_english.compose(_YEAR.sub("", undated), context.lang, (), country)
        or rules.year_first.sub("", undated)
    )
    label = _own_title(label, country) if country else label
    # `Labour Act 2006` is a title; `vakbondswet van 2016` says when, unless acts are titled so.
    year = _YEAR.search(name)
    if year and not label.endswith(year[1]) and (undated == name or label.endswith(_ACT)):
        label = f"{label} {year[1]}"
    if country is not None:
        label = f"{label} of {instrument_english.name_of(country)}"
        if listed := instrument_lexicon.lexicon("en").exact(label):
            return listed
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
    return _own_titles().get((_code(country), label), label)


@cache
def _own_titles() -> Mapping[tuple[str, str], str]:
    """English titles of laws by the country's code and the English name of their kind."""
    return {
        (code, row["kind"]): row["title"]
        for row in table("national-titles")
        for code in row["countries"].split("|")
    }


def is_owner(mention: Mention, candidate: Candidate, context: Context) -> bool:
    """Whether a country in the title of a law is the state whose law it is.

    In the middle of a name that precedes its head it is part of the name: `Safety of Rwanda Act`.
    """
    rules, text = heads(context.lang), context.text
    start = candidate.title[0] if candidate.title else candidate.start
    before, after = text[start : mention.start], text[mention.end : candidate.end]
    leads = not re.search(r"[^\W\d_]", before) and not after.startswith(" (")
    follows = re.match(rf"\s{_subject(context.lang)}", after) is not None
    return rules.solid or leads or follows or _head_in(before, rules) is not None


def _is_object(mention: Mention, candidate: Candidate, context: Context) -> bool:
    """Whether a country's people or adjective is in the subject of a law: `en Ghanese waarden`."""
    start = candidate.title[0] if candidate.title else candidate.start
    before = _head_in(context.text[start : mention.start], heads(context.lang))
    return mention.form != "name" and before is not None


def _named_owner(candidate: Candidate, context: Context) -> Entity | None:
    """The state in a law's title, or that an adjective right before it names."""
    for mention in context.around(candidate.start, candidate.end):
        if candidate.start <= mention.start < candidate.end:
            if is_owner(mention, candidate, context):
                return mention.entity
        elif mention.form == "adjective" and 0 < candidate.start - mention.end < 2:
            return mention.entity
    return instrument_states.of_region(context.text, candidate.start, context.lang)


def _head_in(text: str, rules: Heads) -> str | None:
    """The head noun in a part of a title, if there is one."""
    return next((word for word in re.findall(r"\w+", text) if rules.head(word.casefold())), None)


@cache
def _subject(lang: str) -> str:
    """A pattern for the prepositions that open the subject of a law."""
    phrases = (" ".join(phrase) for phrase in heads(lang).subject)
    return rf"(?:{'|'.join(sorted(map(re.escape, phrases), key=len, reverse=True))})\s"


@cache
def _adjoining(lang: str) -> re.Pattern[str]:
    """What stands between a country and a law of its own right behind it."""
    articles = language_data(lang, "instruments")["titles"]["articles"]
    words = "|".join(map(re.escape, dict.fromkeys(("the", "a", "its", *articles))))
    return re.compile(rf",?\s(?:(?:{words})\s)?|['’]s\s[^,;.]{{0,60}}")


@cache
def _of(lang: str) -> str:
    """A pattern for what stands between the head of a law and its country."""
    locative = language_data(lang, "instruments")["heads"]["locative"]
    of = "|".join(map(re.escape, (*heads(lang).of, *locative)))
    articles = "|".join(map(re.escape, language_data(lang, "instruments")["titles"]["articles"]))
    return rf"(?:{of})\s(?:(?:{articles})\s)?"


def owner(candidate: Candidate, context: Context) -> Entity | None:
    """The country whose law a candidate is.

    It is named in the title or right before it; else it is the only one that the sentence names so
    far, or the one that the document is about, or the only one named a little before, or at all.
    """
    title = title_of(candidate, context.text)
    if title.startswith(_OF_THE_UNION):
        return None
    if named := _named_owner(candidate, context) or _legislator(candidate, context):
        return named
    near = context.legislator(title, foreign=True)
    near = near or of_sentence(candidate, context) or context.legislator(title)
    before = candidate.start - _NEAR
    near = near or context.home or context.located(before, candidate.start, opening=True)
    near = near or _only(candidate, context, before)
    return near or context.abroad or _own(candidate, context) or context.legislating


def of_sentence(candidate: Candidate, context: Context) -> Entity | None:
    """The country that a law's title or its sentence names.

    It stands in the title, right before it (`in Nicaragua Law 1040`), or alone in the sentence or
    in the part of it since the last semicolon.
    """
    if named := _named_owner(candidate, context):
        return named
    text = context.text
    after = re.compile(rf"\s{_of(context.lang)}")  # `Proclamation No. 6/2023 of Ethiopia`
    near = context.around(candidate.start - _NEAR, candidate.end + _NEAR)
    for mention in near:
        if mention.entity and after.fullmatch(text, candidate.end, mention.start):
            return mention.entity
    for mention in reversed(near):
        if mention.entity and _adjoining(context.lang).fullmatch(
            text, mention.end, candidate.start
        ):
            return mention.entity
    start = _sentence_start(candidate, text)
    part = max(start, text.rfind(";", start, candidate.start) + 1)
    named = _only(candidate, context, start) or _only(candidate, context, part)
    return named or context.located(part, candidate.start)


def _legislator(candidate: Candidate, context: Context) -> Entity | None:
    """The only country in a document whose statutes end in their year, for one that does."""
    if not _DATED.search(title_of(candidate, context.text)):
        return None
    dated = language_data("en", "instruments")["english"]["dated"]
    states = [entity for entity in context.states.values() if _code(entity) in dated]
    if len(states) != 1:
        return None
    # A state named in passing is not the one whose statutes the text cites.
    named = context.times[states[0].entity_id]
    return states[0] if named >= min(_LEAD, max(context.times.values())) else None


def _only(candidate: Candidate, context: Context, start: int) -> Entity | None:
    """The only country that is named between an offset and a candidate."""
    found = {
        m.entity.entity_id: m.entity
        for m in context.around(start, candidate.start)
        if m.entity and start <= m.start and m.end <= candidate.start
        if m.start not in context.nominal
    }
    return next(iter(found.values())) if len(found) == 1 else None


def _sentence_start(candidate: Candidate, text: str) -> int:
    before = max(0, candidate.start - _LONGEST)
    return max((m.end() for m in _END.finditer(text, before, candidate.start)), default=before)


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
    others = [m for m in context.around(*near) if near[0] < m.start < near[1]]
    if state and all(m.entity and m.entity.entity_id == state.entity_id for m in others):
        return state
    return None


def _of_kind(name: str, country: Entity | None, context: Context) -> str | None:
    """The name of a law of a kind that many states have.

    An English text's own name for it stands if it is a title, unless the text has the kind's full
    name as well: `Media Law` is the `Law on Media` where that is named, `media law` always.
    """
    kind = _kind(key_of(name, context.lang), context.lang)
    if kind is None:
        return None
    if not language_data(context.lang, "instruments")["titles"]["english"]:
        return kind
    if not is_kind_of_law(name, context.lang):  # the kind's name opens a longer one
        return kind if kind.endswith(_CODES) else None
    named = kind in context.kinds and not kind.endswith(_CODES)
    full = named or name.islower() or key_of(name, "en") == key_of(kind, "en")
    own = kind if full else name
    return context.forms.setdefault((kind, country.entity_id if country else None), own)


def kinds_in_full(titles: Iterable[str], lang: str) -> set[str]:
    """The kinds of laws that some of the titles name in full."""
    keys = {key_of(kind, "en"): kind for kind in _kinds(lang).values()}
    return {keys[key] for title in titles if (key := key_of(title, "en")) in keys}


def _code(country: Entity) -> str:
    return country.identifiers.get("iso3166-1", country.entity_id.rpartition(":")[2])


def is_of_another(known: Entity, candidate: Candidate, context: Context) -> bool:
    """Whether a title was that of another country's law before: the sentence names this one's."""
    state = instrument_states.of_law(known)
    if state is None or context.home is not None:
        return False
    named = of_sentence(candidate, context)
    return named is not None and named.entity_id != state.entity_id


def with_states(candidates: Sequence[Candidate], context: Context) -> list[Candidate]:
    """The linked candidates, laws of no known country with that of the laws around them.

    All those near have one country, or else most of the document's have.
    """
    owned = [(c.start, state) for c in candidates if (state := instrument_states.of_law(c.entity))]
    counts = Counter(state.entity_id for _, state in owned)
    by_id = {state.entity_id: state for _, state in owned}
    most = next(iter(counts.most_common(1)), ("", 0))
    main = by_id[most[0]] if 2 * most[1] - counts.total() >= _LEAD else None
    lacking = {c.entity.entity_id for c in candidates if c.entity and c.start in context.ownerless}
    found: dict[str, Entity] = {}
    linked = []
    for candidate in candidates:
        law = candidate.entity
        if law and law.entity_id in lacking and instrument_states.of_law(law) is None:
            place = candidate.start
            before = {s.entity_id: s for at, s in owned if 0 <= place - at < 2 * _NEAR}
            after = {s.entity_id: s for at, s in owned if 0 <= at - place < 2 * _NEAR}
            near = before or after
            state = next(iter(near.values())) if len(near) == 1 else main
            if state:
                found.setdefault(law.entity_id, of_country(law, state, context.lang))
            candidate = replace(candidate, entity=found.get(law.entity_id, law))
        linked.append(candidate)
    return linked


def _titled(name: str) -> str | None:
    """A name that is the English title of an act as it stands: `Data Protection Act`."""
    return name if _ACT_TITLE.fullmatch(name) else None


def _of_day(name: str, title: str, lang: str, country: Entity | None) -> str | None:
    """A law that only its day names: `wet van 7 december 1998`."""
    statute = instrument_english.statute(name, lang, country)
    date = iso_date(title, lang)
    return f"{statute} {date}" if statute and date else None


def of_country(law: Entity, country: Entity | None, lang: str) -> Entity:
    """A numbered law (`Act LXXVI of 2017`) under the country whose law it is, where it is known.

    Dutch and Swedish have one word for what is an act in one country and a law in another.
    """
    if country is None or law.label.startswith(_OF_THE_UNION):
        return law
    name = law.label
    if not language_data(lang, "instruments")["titles"]["english"]:
        name = re.sub(r"\ALaw\b|\bLaw\Z", instrument_english.law_of(country), name)
    label = f"{name} of {instrument_english.name_of(country)}"
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
    country = country_inside(candidate, context) or context.home or context.abroad
    own = language_data(context.lang, "instruments")["titles"]["states"]
    if country is None and (state := instrument_states.of_law(entity)) and _code(state) in own:
        # A small letter makes a name a common noun: `het wetboek van strafrecht` may be Poland's.
        start = _sentence_start(candidate, context.text)
        country = context.located(start, candidate.start)
        if title_of(candidate, context.text)[:1].islower():
            country = country or of_sentence(candidate, context)
        country = country or context.legislating  # Belgium and the Netherlands share names of laws
    if country is None or not entity.entity_id.startswith("instrument:slug:"):
        return False
    title = title_of(candidate, context.text)
    known = _kind(key_of(title, context.lang), context.lang) is not None
    if title.islower() and (state := instrument_states.of_law(entity)):
        absent = state.entity_id not in context.states
        known = known or absent or of_sentence(candidate, context) is not None
    return known and slug(country.label) not in entity.entity_id
