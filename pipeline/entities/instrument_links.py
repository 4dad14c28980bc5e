"""Which thing an instrument mention denotes, from what the whole document says.

Lists and numbers identify most instruments where they stand. This module does what needs more: the
country of a national law, a title with a date inserted, an agreement mentioned again by its head, a
reference in brackets or in a footnote, the numbers of a text on its own page.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache, partial

from pipeline.entities import (
    instrument_acronyms,
    instrument_dated,
    instrument_definitions,
    instrument_english,
    instrument_laws,
    instrument_lexicon,
    instrument_names,
    instrument_references,
    namesakes,
    parliament_texts,
)
from pipeline.entities.candidates import Candidate, instrument
from pipeline.entities.instrument_context import (
    Context,
    country_inside,
    inside,
    key_of,
    named_states,
    title_of,
    without_state,
)
from pipeline.entities.instrument_heads import heads, iso_date
from pipeline.names import slug
from pipeline.resources import language_data
from pipeline.types import Entity, Mention

# `Protocol No. 13`, and what stands between its number and the Convention
_PROTOCOL = re.compile(
    r"\w+\s(?:\w{2}\.?\s)?\(?(?:\w{2}\.?\s)?(?P<number>\d{1,2})\)?"
    r"(?:\s\w{2,4}(?:\s\w{2,3})?\s(?P<parent>\w+))?"
)
_ECHR = "005"
_GAZETTE = re.compile(r"\s\((?:SFS )?\d{4}:\d{1,4}\)")
_YEAR = re.compile(r"\s(?:1[5-9]|20)\d{2}\Z")
_DATED = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
_BRACKETED = re.compile(r"\((?P<name>[^()]{5,80})\)\Z")
# `State of Emergency | Proclamation | No. 6/2023`
_NUMBERED = re.compile(
    r"(?P<name>[A-Z][^\d]{3,100}) (?P<kind>(?!No\b)[A-Z][\w-]+) "
    r"(?P<number>(?:No\.? )?\d[\w/.-]*(?: of \d{4})?)"
)
_SHORTENED = ("treaty", "agreement", "policy")
_REGULATIONS = re.compile(r"[\w)] Regulations,? (?:1[5-9]|20)\d{2}\Z")
_LAWS = ("pattern:law", "pattern:constitution")


def link(
    candidates: Sequence[Candidate],
    text: str,
    lang: str,
    countries: Sequence[Mention],
    anchor: dt.date | None = None,
) -> list[Candidate]:
    """The candidates of a document, in Doc offsets and order, each with an entity."""
    context = Context(text, lang, countries, anchor)
    candidates = [_with_whole_state(c, context) for c in candidates]
    context.kinds |= instrument_laws.kinds_in_full((title_of(c, text) for c in candidates), lang)
    context.nominal |= {
        m.start
        for c in candidates
        if c.source in _LAWS or _is_statute(c, title_of(c, text))
        for m in inside(c, context)
        if not instrument_laws.is_owner(m, c, context)
    }
    linked = [_linked(c, context) for c in candidates if not _is_ownerless(c, context)]
    linked = instrument_laws.with_states(_shortened(linked, context), context)
    linked = namesakes.resolve(instrument_references.resolve(linked, text), text, lang)
    return instrument_definitions.resolve(linked, text, lang)


def _with_whole_state(candidate: Candidate, context: Context) -> Candidate:
    """The candidate from the start of the country name on that it begins inside of."""
    if candidate.title is None or candidate.title[0] != candidate.start:
        return candidate
    near = context.around(candidate.start, candidate.start)
    start = next((m.start for m in near if m.start < candidate.start < m.end), None)
    if start is None:
        return candidate
    return replace(candidate, start=start, title=(start, candidate.title[1]))


def _linked(candidate: Candidate, context: Context) -> Candidate:
    """The candidate with an entity: what it has, what the list or document knows, or a slug."""
    title = title_of(candidate, context.text)
    key = key_of(title, context.lang)
    entity = candidate.entity
    if entity is not None and "gazette" in entity.identifiers:
        name = _GAZETTE.sub("", title)
        listed_law = instrument_lexicon.lexicon(context.lang).exact(name)
        entity = listed_law or instrument_laws.composed(name, context.lang) or entity
    elif entity is not None and candidate.source == "pattern:law" and not entity.identifiers:
        candidate = without_state(candidate, context)
        entity = candidate.entity or entity
        if named := context.numbered.get(entity.label):
            return replace(candidate, entity=named)
        country, label = instrument_laws.owner(candidate, context), entity.label
        entity = instrument_laws.of_country(entity, country, context.lang)
        if country is None:
            context.ownerless.add(candidate.start)
        for part in _parts_of_number(label):  # `Proclamation No. 6/2023`, `the Cyber Security Act`
            context.numbered.setdefault(part, entity)
            context.known.setdefault(key_of(part, context.lang), entity)
    elif entity is not None and not instrument_laws.is_namesake(candidate, entity, context):
        if candidate.source == "lexicon:instruments":
            exact = instrument_lexicon.lexicon(context.lang).exact(title)
            entity = context.numbered.get(key) or exact or _treaty(title, context.lang) or entity
            if entity != exact and _is_of_another_year(entity, title, context.lang):
                entity = _unlisted(candidate, title, context)
        listed = instrument_lexicon.lexicon(context.lang).by_identifier
        entity = next((listed[v] for v in entity.identifiers.values() if v in listed), entity)
        entity = instrument_references.listed_document(entity, listed)
        entity = parliament_texts.referred(entity)
    else:
        known = context.known.get(key)
        law = candidate.source in _LAWS or candidate.entity is not None
        if known and law and instrument_laws.is_of_another(known, candidate, context):
            known = None
        entity = (
            known
            or (instrument_laws.law(candidate, title, context) if entity else None)
            or _resolved(candidate, title, context)
            or _unlisted(candidate, title, context)
        )
    context.known.setdefault(key, entity)
    context.last = (entity.label, candidate.end) if _DATED.search(entity.label) else None
    if candidate.kind == "act" and candidate.entity and candidate.title:
        context.numbered[key] = entity
    if short := _short_form(title, context.lang):
        context.known.setdefault(short, entity)
    return replace(candidate, start=_adjective_start(candidate, context), entity=entity)


def _adjective_start(candidate: Candidate, context: Context) -> int:
    """Where a constitution starts with the adjective of its country: `ryska konstitutionen`.

    A law in small letters starts behind one: `French |law on the duty of vigilance`.
    """
    near = context.around(candidate.start, candidate.start)
    if candidate.provision is None and candidate.source in _LAWS:
        for mention in near:  # `Republiken Azerbajdzjans strafflag`
            if mention.start < candidate.start < mention.end:
                return mention.start
            leads = mention.start == candidate.start and mention.form == "adjective"
            if leads and candidate.kind == "law" and context.text[mention.end + 1].islower():
                return mention.end + 1
    if candidate.source == "pattern:constitution" and candidate.provision is None:
        for mention in near:
            if mention.form == "adjective" and candidate.start - mention.end == 1:
                return mention.start
    return candidate.start


def _unlisted(candidate: Candidate, title: str, context: Context) -> Entity:
    """An entity that only its title identifies; a date counts where little else does."""
    lang = context.lang
    undated = heads(lang).date.sub("", instrument_acronyms.without(title))
    if candidate.kind == "agreement":
        undated = heads(lang).year_first.sub("", undated)
    if label := instrument_english.compose(undated, lang, named_states(candidate, context)):
        listed = instrument_lexicon.lexicon("en")
        for variant in instrument_english.variants(label):
            if entity := listed.exact(variant):
                return entity
        if candidate.kind == "policy" and (state := _own_state(context)):
            label = f"{label} of {instrument_english.name_of(state)}"
        if " " not in undated and (day := iso_date(title, lang)):  # `Samenwerkingsakkoord van …`
            label = f"{label} {day}"
        return instrument(f"slug:{slug(label)}", label, {}, {lang: title})
    day = iso_date(title, lang)
    short = f"{undated} {day}" if day and undated != title else title
    name = undated if len(undated.split()) > 3 else short
    if language_data(lang, "instruments")["titles"]["english"]:
        states = named_states(candidate, context)
        name = instrument_names.plain(undated, title, candidate.kind, states, lang)
    if candidate.kind == "agreement":
        name = instrument_names.between(name, lang, _normalised(lang)) or name
    return instrument(f"slug:{slug(name)}", title, {}, {lang: title})


def _own_state(context: Context) -> Entity | None:
    """The country most named in a text, where the text's language is its own."""
    if not context.times:
        return context.home
    first, _ = context.times.most_common(1)[0]
    own = language_data(context.lang, "instruments")["titles"]["states"]
    return context.states[first] if first.rpartition(":")[2] in own else None


def _is_of_another_year(entity: Entity, title: str, lang: str) -> bool:
    """Whether a listed treaty was made in another year than the one after its name."""
    made = instrument_lexicon.lexicon(lang).years.get(entity.entity_id)
    dated = re.search(r"\s((?:1[89]|20)\d{2})\Z", title)
    return bool(made and dated) and made != dated[1]  # type: ignore[index]


def _parts_of_number(label: str) -> tuple[str, ...]:
    """What a named and numbered law is called for short: by its kind and number, by its name."""
    if match := _NUMBERED.fullmatch(label):
        return f"{match['kind']} {match['number']}", f"{match['name']} {match['kind']}"
    return ()


def _is_statute(candidate: Candidate, title: str) -> bool:
    """Whether what a year closes is no act of the EU: `Global Sanctions Regulations 2020`."""
    return candidate.source == "pattern:act" and bool(_REGULATIONS.search(title))


def _is_ownerless(candidate: Candidate, context: Context) -> bool:
    """Whether a genitive in front of a mere `law` is no country's: `a State Party's law`."""
    if candidate.source not in _LAWS:
        return False
    words = title_of(candidate, context.text).split()
    owner = words[0].endswith(("'s", "’s")) and len(words) < 4
    return owner and country_inside(candidate, context) is None


def _resolved(candidate: Candidate, title: str, context: Context) -> Entity | None:
    """An unlisted title by the rule for its class."""
    listed = instrument_lexicon.lexicon(context.lang)
    anonymous = instrument_names.without_author(title, context.lang)
    plain = heads(context.lang).date.sub("", instrument_acronyms.without(title)).strip()
    nameless = heads(context.lang).date.sub("", anonymous).strip()
    bracketed = match["name"] if (match := _BRACKETED.search(title)) else ""
    for name in (bracketed, anonymous, plain, nameless):
        if name and (entity := listed.exact(name)):
            return entity
    acronym = instrument_acronyms.ACRONYM.search(title)
    if acronym and (keys := listed.acronyms.get(acronym["acronym"])):
        return listed.resolve(keys)
    if candidate.source in _LAWS or _is_statute(candidate, title):
        return instrument_laws.law(candidate, title, context)
    short = _short_form(title, context.lang) if candidate.kind == "agreement" else None
    if short in context.known:
        return context.known[short]
    if candidate.kind == "rules":
        return _rules(context)
    if candidate.kind in ("treaty", "agreement", "declaration"):
        return _treaty(title, context.lang, known=_has_convention(context)) or _named(
            candidate, title, context
        )
    if candidate.kind == "policy" and not heads(context.lang).date.search(title):
        return _named(candidate, title, context)
    if candidate.kind in ("resolution", "decree", "conclusions", "european-conclusions"):
        return instrument_dated.dated(candidate, title, context)
    return None


# Treaties, agreements, rules of procedure


def _treaty(title: str, lang: str, *, known: bool = False) -> Entity | None:
    """A listed treaty whose title has a date or a place inserted, or that a date identifies.

    `known`: the European Convention on Human Rights was named before, whose protocols are numbered.
    """
    rules = heads(lang)
    listed = instrument_lexicon.lexicon(lang)
    undated = rules.date.sub("", title)
    place = re.compile(rf"(\w+) (?:{'|'.join(rules.of) or 'i'}) [A-Z]\w+(?: [A-Z]\w+)? (?=[a-z])")
    date = iso_date(title, lang)
    same_day = listed.by_date.get(date, ()) if date else ()
    of_it = "|".join(map(re.escape, language_data(lang, "instruments")["protocols"]["of_it"]))
    undated = re.sub(rf"\s(?:{of_it or '(?!)'})\Z", "", undated)
    same_day = tuple(
        entity for entity in same_day if instrument_names.is_treaty(entity, undated, lang)
    )
    if len(undated.split()) < 4 and len(same_day) == 1:
        return same_day[0]
    number = _PROTOCOL.fullmatch(undated)
    parents = (None, *language_data(lang, "instruments")["numbered"]["convention"])
    if number and known and number["parent"] in parents:
        return listed.exact(f"Protocol No. {number['number']} to the ECHR")
    entity = listed.exact(undated) or listed.exact(place.sub(r"\1 ", undated, count=1))
    return entity or _annexed(instrument_acronyms.without(undated), lang)


def _annexed(title: str, lang: str) -> Entity | None:
    """A protocol named after the listed treaty that it belongs to: `protokollet till …`."""
    rules, listed = heads(lang), instrument_lexicon.lexicon(lang)
    links = "|".join(" ".join(words) for words in rules.purpose.get("treaty", ()))
    for link in re.finditer(rf"\s(?:{links}|to)\s", title):
        kind = instrument_english.type_of(title[: link.start()], lang)
        parent = listed.exact(title[link.end() :]) or _of_acronym(title[link.end() :], lang)
        if kind and parent and not title[: link.start()].casefold().endswith(tuple(rules.plural)):
            label = f"{kind} to the {parent.labels.get('en', parent.label)}"
            found = instrument_lexicon.lexicon("en").exact(label)
            return found or instrument(f"slug:{slug(label)}", label, {}, {lang: title})
    return None


def _of_acronym(name: str, lang: str) -> Entity | None:
    listed = instrument_lexicon.lexicon(lang)
    keys = listed.acronyms.get(name)
    return listed.resolve(keys) if keys else None


def _named(candidate: Candidate, title: str, context: Context) -> Entity | None:
    """An unlisted agreement or declaration under an English name, where its parts give one."""
    lang = context.lang
    rules = heads(lang)
    undated = rules.date.sub("", instrument_acronyms.without(title)).strip()
    undated = rules.year_first.sub("", undated)
    inner = [m.entity for m in inside(candidate, context) if m.entity]
    countries = list({entity.entity_id: entity for entity in inner}.values())
    if day := instrument_english.of_day(undated, iso_date(title, lang), lang):
        return instrument(f"slug:{slug(day)}", day, {}, {lang: title})
    names = instrument_names.of_parties(undated, lang, countries, _normalised(lang))
    label = instrument_names.of_place(_YEAR.sub("", undated), lang)
    if names:
        if listed := instrument_lexicon.lexicon("en").exact(names.short):
            return listed
        label = names.full
    if label is None and not countries:
        # The other party is the country that the text is about: `the Agreement with the EU`.
        partner = instrument_laws.of_sentence(candidate, context) or context.home
        parties = [partner] if partner else []
        names = instrument_names.of_parties(undated, lang, parties, _normalised(lang))
        return instrument_lexicon.lexicon("en").exact(names.short) if names else None
    return instrument(f"slug:{slug(label)}", label, {}, {lang: title}) if label else None


@cache
def _normalised(lang: str) -> Callable[[str], str]:
    return partial(key_of, lang=lang)


def _has_convention(context: Context) -> bool:
    return any(e.identifiers.get("cets") == _ECHR for e in context.known.values())


def _short_form(title: str, lang: str) -> str | None:
    """The keys of a compound agreement without what follows its head or precedes the compound.

    `fördjupade partnerskaps- och samarbetsavtalet mellan …` and `utvidgat partnerskaps- och
    samarbetsavtal` share one; so do `Partnership and Cooperation Agreement` and a longer title.
    """
    rules = heads(lang)
    words = title.split()
    for index, word in enumerate(words):
        found = rules.head(word.casefold().strip(",."))
        if found and found[0] == "agreement" and index > 1:
            joined = words[index - 1].casefold() in rules.conjunctions
            return (
                f"agreement:{key_of(' '.join(words[index - 2 : index + 1]), lang)}" * joined or None
            )
    return None


def _rules(context: Context) -> Entity | None:
    """Rules of procedure in a text of the European Parliament are the Parliament's own."""
    name = language_data(context.lang, "instruments")["heads"]["parliament"]
    if name not in context.text:
        return None
    label = "Rules of Procedure of the European Parliament"
    return instrument_lexicon.lexicon(context.lang).exact(label)


def _shortened(candidates: list[Candidate], context: Context) -> list[Candidate]:
    """An unlisted title that opens exactly one longer title of the document is short for it.

    A listed title may stand anywhere; an unlisted one has been given in full before.
    """
    keys = [key_of(title_of(c, context.text), context.lang) for c in candidates]
    linked: list[Candidate] = []
    for index, (candidate, key) in enumerate(zip(candidates, keys, strict=True)):
        if candidate.kind in _SHORTENED and instrument_references.is_unlisted(candidate):
            longer = {
                other.entity.entity_id: other.entity
                for position, (other, name) in enumerate(zip(candidates, keys, strict=True))
                if other.entity and name.startswith(f"{key} ")
                if position < index or not instrument_references.is_unlisted(other)
            }
            if len(longer) == 1:
                candidate = replace(candidate, entity=next(iter(longer.values())))
        linked.append(candidate)
    return linked
