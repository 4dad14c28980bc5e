"""National laws: the English name of their kind and the country that they are of."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import dropwhile

from pipeline.entities import (
    instrument_acronyms,
    instrument_english,
    instrument_lexicon,
    instrument_patterns,
)
from pipeline.entities.candidates import Candidate, instrument
from pipeline.entities.instrument_context import (
    Context,
    country_inside,
    key_of,
    set_in,
    title_of,
)
from pipeline.entities.instrument_heads import Heads, heads, iso_date
from pipeline.entities.instrument_kinds import is_kind_of_law, kind_of
from pipeline.entities.instrument_states import (
    code_of,
    of_region,
    only_state,
    state_of,
    title_of_namesake,
)
from pipeline.entities.spans import GAZETTE
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
_SECTION = re.compile(r"ch\. \d+ ?[a-z]? §")
_FIGURE = re.compile(r"\d")
_ENGLISH_ACT = re.compile(r" Act(?: (?:19|20)\d{2})?\Z")
_LEAD = 2  # laws by which one country must lead all others together
_ACT_TITLE = re.compile(r"[A-Z][\w’'(),/-]*(?: [\w’'(),/-]+){0,14} Act")


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
            rf"(?:\s{instrument_patterns.of(context.lang)})?{written}(?=\s{instrument_patterns.subject(context.lang)})",
            "",
            name,
        )
        name = re.sub(written, " ", name)
    rules = heads(context.lang)
    words = rules.full_date.sub("", instrument_acronyms.without(name)).split()
    while len(words) > 1 and words[-1].casefold().strip(",") in rules.trailing:
        words.pop()  # `Constitution of [Ethiopia]`
    words = _from_head(words, context.lang) if rules.solid else words
    name = " ".join(dropwhile(rules.vague.__contains__, words))  # `Indonesia's new criminal code`
    if " " not in name:
        name = rules.base(name.casefold()) if name.endswith("s") else name
    undated = rules.date.sub("", rules.year_first.sub("", name))
    label = (
        _titled(_YEAR.sub("", undated).rstrip(","))
        or _of_kind(_YEAR.sub("", undated), country, context)
        or _of_day(undated, title, context.lang, country)
        or instrument_english.compose(_YEAR.sub("", undated), context.lang, (), country)
        or title_of_namesake(_YEAR.sub("", undated), context.lang)
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


def _from_head(words: list[str], lang: str) -> list[str]:
    """The words of a title from its head on, unless an adjective in front is part of a kind's name.

    `nya lag om separatism`, but `nationella säkerhetslagen`.
    """
    rules = heads(lang)
    if kind_of(key_of(" ".join(words), lang), lang) is not None or words[0][:1].isupper():
        return words
    front = next((i for i, word in enumerate(words) if rules.head(word.casefold())), 0)
    joined = any(word.endswith("-") for word in words[:front])
    return words if joined else words[front:]


def _own_title(label: str, country: Entity) -> str:
    """What a country calls its law of a kind in English: a `Criminal Code` is a `Penal Code`."""
    return _own_titles().get((code_of(country), label), label)


@cache
def _own_titles() -> Mapping[tuple[str, str], str]:
    """English titles of laws by the country's code and the English name of their kind."""
    return {
        (code, row["kind"]): row["title"]
        for row in table("national-titles")
        for code in row["countries"].split("|")
    }


def is_owner(mention: Mention, candidate: Candidate, context: Context) -> bool:
    """Whether a country in a law's title made it: not the one of `Safety of Rwanda Act`."""
    rules, text = heads(context.lang), context.text
    start = candidate.title[0] if candidate.title else candidate.start
    before, after = text[start : mention.start], text[mention.end : candidate.end]
    leads = not re.search(r"[^\W\d_]", before) and not after.startswith(" (")
    follows = re.match(rf"\s{instrument_patterns.subject(context.lang)}", after) is not None
    own = rules.solid and not _ENGLISH_ACT.search(title_of(candidate, text))
    return own or leads or follows or _head_in(before, rules) is not None


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
    return of_region(context.text, candidate.start, context.lang)


def _head_in(text: str, rules: Heads) -> str | None:
    """The head noun in a part of a title, if there is one."""
    return next((word for word in re.findall(r"\w+", text) if rules.head(word.casefold())), None)


def owner(candidate: Candidate, context: Context) -> Entity | None:
    """The country whose law a candidate is.

    It is named in the title or right before it; else it is the only one that the sentence names so
    far, or the one that the document is about, or the only one named a little before, or at all.
    """
    title = title_of(candidate, context.text)
    if title.startswith(_OF_THE_UNION):
        return None
    if own := _cited_as_own(candidate, context):
        return own
    if named := _named_owner(candidate, context) or _legislator(candidate, context):
        return named
    near = context.legislator(title, foreign=True)
    near = near or of_sentence(candidate, context) or context.legislator(title)
    if near:
        return near
    before, own = candidate.start - _NEAR, only_state(context.lang)
    near = context.located(before, candidate.start, opening=True)
    near = near or _only(candidate, context, before)
    if context.home and not (near and _is(context.home, own)):
        return context.home
    if near and _is(near, own):  # where the writer is; the text may be about another state
        near = context.home or context.abroad or near
    near = near or context.abroad or _after(candidate, context)
    numbered = candidate.entity is not None and _FIGURE.search(candidate.entity.label)
    if near or (numbered and own):  # acts of a state with a gazette of numbers have those
        return near
    return _own(candidate, context) or context.legislating


def _cited_as_own(candidate: Candidate, context: Context) -> Entity | None:
    """The only state of the text's language, for an act cited as that state's acts are.

    `utlänningslagen (2005:716)` has its number in the gazette; `4 kap. 1 § utlänningslagen` its
    chapter and section, unless the sentence names another country.
    """
    if GAZETTE.match(context.text, candidate.end):
        return only_state(context.lang)
    sectioned = _SECTION.match(candidate.provision or "")
    return None if not sectioned or of_sentence(candidate, context) else only_state(context.lang)


def of_sentence(candidate: Candidate, context: Context) -> Entity | None:
    """The country that a law's title or its sentence names.

    It stands in the title, right before it (`in Nicaragua Law 1040`), or alone in the sentence or
    in the part of it since the last semicolon.
    """
    if named := _named_owner(candidate, context):
        return named
    text = context.text
    after = re.compile(
        rf"\s{instrument_patterns.of(context.lang)}"
    )  # `Proclamation No. 6/2023 of Ethiopia`
    near = context.around(candidate.start - _NEAR, candidate.end + _NEAR)
    for mention in near:
        if mention.entity and after.fullmatch(text, candidate.end, mention.start):
            return mention.entity
    for mention in reversed(near):
        if mention.entity and instrument_patterns.adjoining(context.lang).fullmatch(
            text, mention.end, candidate.start
        ):
            return mention.entity
    start = _sentence_start(candidate, text)
    joints = instrument_patterns.joint(context.lang).finditer(text, start, candidate.start)
    part = max((joint.end() for joint in joints), default=start)
    named = _only(candidate, context, start) or _only(candidate, context, part)
    named = named or context.located(part, candidate.start)
    return named or set_in(context, start, candidate.start)


def _legislator(candidate: Candidate, context: Context) -> Entity | None:
    """The only country in a document whose statutes end in their year, for one that does."""
    if not _DATED.search(title_of(candidate, context.text)):
        return None
    dated = language_data("en", "instruments")["english"]["dated"]
    states = [entity for entity in context.states.values() if code_of(entity) in dated]
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


def _is(country: Entity, other: Entity | None) -> bool:
    return other is not None and country.entity_id == other.entity_id


def _after(candidate: Candidate, context: Context) -> Entity | None:
    """The country that the rest of a law's sentence is set in: `the law was tabled in Hungary`."""
    stop = candidate.end + _NEAR
    if end := _END.search(context.text, candidate.end, stop):
        stop = end.start()
    return set_in(context, candidate.end, stop)


def _own(candidate: Candidate, context: Context) -> Entity | None:
    """The only state of the text's language, where no other country is named near a law."""
    near = (candidate.start - _NEAR, candidate.end)
    state = only_state(context.lang)
    others = [m for m in context.around(*near) if near[0] < m.start < near[1]]
    return state if all(m.entity and _is(m.entity, state) for m in others) else None


def _of_kind(name: str, country: Entity | None, context: Context) -> str | None:
    """The name of a law of a kind that many states have.

    An English text's own name for it stands if it is a title, unless the text has the kind's full
    name as well: `Media Law` is the `Law on Media` where that is named, `media law` always.
    """
    kind = kind_of(key_of(name, context.lang), context.lang)
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


def is_of_another(known: Entity, candidate: Candidate, context: Context) -> bool:
    """Whether a title was that of another country's law before: the sentence names this one's."""
    state = state_of(known)
    if state is None:
        return False
    if owner := _named_owner(candidate, context):
        return owner.entity_id != state.entity_id
    if context.home is not None:
        return False
    named = of_sentence(candidate, context)
    return named is not None and named.entity_id != state.entity_id


def with_states(candidates: Sequence[Candidate], context: Context) -> list[Candidate]:
    """The linked candidates, laws of no known country with that of the laws around them.

    All those near have one country, or else most of the document's have.
    """
    owned = [(c.start, state) for c in candidates if (state := state_of(c.entity))]
    counts = Counter(state.entity_id for _, state in owned)
    by_id = {state.entity_id: state for _, state in owned}
    most = next(iter(counts.most_common(1)), ("", 0))
    main = by_id[most[0]] if 2 * most[1] - counts.total() >= _LEAD else None
    lacking = {c.entity.entity_id for c in candidates if c.entity and c.start in context.ownerless}
    found: dict[str, Entity] = {}
    linked = []
    for candidate in candidates:
        law = candidate.entity
        if law and law.entity_id in lacking and state_of(law) is None:
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
    date = iso_date(title, lang) or (year[1] if (year := _YEAR.search(title)) else None)
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


def is_namesake(candidate: Candidate, entity: Entity, context: Context) -> bool:
    """Whether a listed national law is only a namesake of the one that the text means."""
    country = _cited_as_own(candidate, context) or country_inside(candidate, context)
    country = country or context.home or context.abroad
    own = language_data(context.lang, "instruments")["titles"]["states"]
    if country is None and (state := state_of(entity)) and code_of(state) in own:
        # A small letter makes a name a common noun: `het wetboek van strafrecht` may be Poland's.
        start = _sentence_start(candidate, context.text)
        country = context.located(start, candidate.start)
        if title_of(candidate, context.text)[:1].islower():
            country = country or of_sentence(candidate, context)
        country = country or context.legislating  # Belgium and the Netherlands share names of laws
        if country is None and not any(code_of(s) in own for s in context.states.values()):
            country = owner(candidate, context)
    if country is None or not entity.entity_id.startswith("instrument:slug:"):
        return False
    state, named = state_of(entity), _named_owner(candidate, context)
    if state and named and named.entity_id != state.entity_id:
        return True
    title = title_of(candidate, context.text)
    known = kind_of(key_of(title, context.lang), context.lang) is not None
    if title.islower() and (state := state_of(entity)):
        absent = state.entity_id not in context.states
        known = known or absent or of_sentence(candidate, context) is not None
    return known and slug(country.label) not in entity.entity_id
