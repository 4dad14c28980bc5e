"""What a resolution, a decree or Council conclusions denote: body, subject and date name them."""

from __future__ import annotations

import re

from pipeline.entities import (
    instrument_acronyms,
    instrument_english,
    instrument_states,
    parliament_texts,
)
from pipeline.entities.candidates import Candidate, instrument
from pipeline.entities.instrument_context import (
    Context,
    country_inside,
    named_states,
    spelled_out,
)
from pipeline.entities.instrument_heads import heads, iso_date
from pipeline.names import slug
from pipeline.resources import language_data
from pipeline.types import Entity

_FIRST_LINES = 600
_JOINT = re.compile(r"\W{1,3}(?:\w{2,5}\W){0,3}")
_COUNCIL = "Council conclusions"
_SPECIFIC = 2  # a subject of so many words has its conclusions to itself
# `IAEA-styrelsens resolution`, `WHO's resolution`
_ACRONYM_GENITIVE = re.compile(r"[A-ZÅÄÖ]{2,}[\w-]*(?:s|['’:]s)\s")
_PARLIAMENT = "European Parliament resolution"
_LONGEST_DATE = 30
_NEAR = 50  # from a mention to the subject of its sentence
_CLAUSE_END = re.compile(r"[.;:]\s")
_COMMA_DATE = re.compile(
    r",\s(?P<date>\d{1,2}\s[^\W\d_]{3,10}\s\d{4})(?:\s(?=[A-Z•–-])|[.;]?\s?\Z)"
)


def dated(candidate: Candidate, title: str, context: Context) -> Entity | None:
    """A decree by its date and country; Council conclusions by country and date."""
    date = iso_date(title, context.lang)
    country = country_inside(candidate, context)
    words = title.casefold()
    data = language_data(context.lang, "instruments")["heads"]
    if number := re.fullmatch(r"\w+ (\d{3,4})", title):  # cited in full before
        prefix = f"instrument:slug:un-security-council-resolution-{number[1]}-"
        return next((e for e in context.known.values() if e.entity_id.startswith(prefix)), None)
    if candidate.kind == "decree":
        if date is None:
            return None
        if body := _issuer(title, context.lang):
            institution = next(
                (name for name, forms in data["issuers"].items() if body in forms), ""
            )
            label = f"{institution} decision {date}"
            return instrument(f"slug:{slug(label)}", label) if institution else None
        country = country or instrument_states.of_region(
            context.text, candidate.start, context.lang
        )
        country = country or context.home or context.abroad
        label = f"{_decree(words, context.lang)} {date}"
        label += f" of {instrument_english.name_of(country)}" if country else ""
        return instrument(f"slug:{slug(label)}", label)
    year = re.search(r"\b(?:19|20)\d{2}\b", title)
    if date is None and year and _subject(candidate, title, context) is None:
        entity = _of_year(year.group(), context)
        if entity or country or not _is_conclusions(title, context.lang):
            return entity
    several = candidate.kind.endswith("conclusions")  # a further date under one head
    if several and (same := _same_subject(candidate, title, date, context)):
        return same
    if any(name in words for name in data["conferences"]):
        return None
    if several or _is_conclusions(title, context.lang):
        date = date or _own_date(title, context) or _date_after(candidate, context)
        european = candidate.kind == "european-conclusions"
        european = european or any(name in title for name in data["european_council"])
        european = european or _is_of_european_council(candidate, context)
        label = f"European {_COUNCIL}" if european else _COUNCIL
    elif date and any(word in words for word in data["communications"]):
        label = "Commission communication"
    elif _has_other_author(title, context.lang):
        return None
    elif date and data["parliament"] in context.text:
        label = _PARLIAMENT
        if adopted := parliament_texts.resolve(candidate, title, date, context):
            return adopted
    else:
        return None
    if country is None and date is None:
        subject = _subject(candidate, title, context) if label == _COUNCIL else None
        undated = f"{_configured(title, context.lang)} on {subject}"
        return instrument(f"slug:{slug(undated)}", undated) if subject else None
    if country is None and (named := _of_date(label, date, context)):
        return named
    if country is None and label == _COUNCIL and _is_bare(title, context.lang):
        country = context.home or _of_opening(context)
    if country is None and label == _COUNCIL and (subject := _subject(candidate, title, context)):
        label = f"{label} on {subject}"
        common = len(subject.split()) < _SPECIFIC
        label += f" {date}" if date and common else ""
        entity = instrument(f"slug:{slug(label)}", label)
        if date:
            context.known.setdefault(f"{_COUNCIL} {date}", entity)
        return entity
    if country is None and date is None:
        return None
    label += f" on {country.label}" if country else ""
    label += f" {date}" if date else ""
    return instrument(f"slug:{slug(label)}", label)


def _same_subject(
    candidate: Candidate, title: str, date: str | None, context: Context
) -> Entity | None:
    """Further conclusions under one head that state no subject of their own: `of 14 December 2023
    and 27 June 2024` behind `the Council conclusions on Georgia`."""
    if context.last is None or date is None or not title[0].isdigit() or not title[-4:].isdigit():
        return None
    label, end = context.last
    between = context.text[end : candidate.start]
    if not context.text[:end][-4:].isdigit() or not _JOINT.fullmatch(between):
        return None
    label = re.sub(r"\d{4}-\d{2}-\d{2}\Z", date, label)
    return instrument(f"slug:{slug(label)}", label)


def _is_conclusions(title: str, lang: str) -> bool:
    """Whether a title is one of conclusions, not of a dated text that is about them."""
    conclusions = language_data(lang, "instruments")["heads"]["conclusions"]
    dated = heads(lang).date.search(title)
    folded = title.casefold()
    places = [folded.find(word) for word in conclusions if word in folded]
    return bool(places) and (dated is None or min(places) < dated.start())


def _is_of_european_council(candidate: Candidate, context: Context) -> bool:
    """Whether the European Council stands behind them: `In its conclusions, the European …`."""
    rules, text = heads(context.lang), context.text
    before = text[max(0, candidate.start - 12) : candidate.start].split()[-1:]
    if not before or before[0].casefold() not in rules.possessives:
        return False
    names = language_data(context.lang, "instruments")["heads"]["european_council"]
    clause = _CLAUSE_END.split(text[candidate.end : candidate.end + _NEAR], maxsplit=1)[0]
    found = [at for name in names if (at := clause.find(name)) >= 0]
    body = rules.body.search(clause)
    return bool(found) and (body is None or body.start() >= min(found))


def _configured(title: str, lang: str) -> str:
    """`Foreign Affairs Council conclusions`, where a title says which Council's they are."""
    configurations = language_data(lang, "instruments")["heads"]["configurations"]
    folded = title.casefold()
    name = next((en for written, en in configurations.items() if written.casefold() in folded), "")
    return f"{name} conclusions" if name else _COUNCIL


def _decree(words: str, lang: str) -> str:
    """The English name of a kind of decree: `koninklijk besluit` is a Royal Decree."""
    kinds = language_data(lang, "instruments")["numbered"]["laws"]
    names = sorted((name for name in kinds if words.startswith(f"{name} ")), key=len)
    label = kinds[names[-1]] if names else ""
    return label if label.endswith("Decree") else "Decree"


def _issuer(title: str, lang: str) -> str | None:
    """The body named before the date of a decision, folded; what it is about comes after."""
    rules = heads(lang)
    body = rules.body.search(title)
    if body is None or rules.date.search(title, 0, body.start()):
        return None
    return body.group().casefold().strip()


def _subject(candidate: Candidate, title: str, context: Context) -> str | None:
    """What Council conclusions are about, in English; None where that is not certain."""
    rules = heads(context.lang)
    undated = rules.bracketed_date.sub("", rules.date.sub("", instrument_acronyms.without(title)))
    words = language_data(context.lang, "instruments")["heads"]["conclusion_subject"]
    match = re.search(rf"\s(?:{'|'.join(words)})\s(?P<subject>\S.{{3,150}})\Z", undated)
    if match is None:
        return None
    subject = spelled_out(match["subject"], context)
    return instrument_english.phrase(subject, context.lang, named_states(candidate, context))


def _of_opening(context: Context) -> Entity | None:
    """The only country of the document's first lines, which its title is about."""
    opening = {
        m.entity.entity_id: m.entity for m in context.countries if m.entity and m.end < _FIRST_LINES
    }
    return next(iter(opening.values())) if len(opening) == 1 else None


def _of_date(label: str, date: str | None, context: Context) -> Entity | None:
    """The one text of a class and date that the document named before, with its subject."""
    if date and (subject := context.known.get(f"{label} {date}")):
        return subject
    prefix = f"instrument:slug:{slug(label)}"
    found = {
        entity.entity_id: entity
        for entity in context.known.values()
        if date and entity.entity_id.startswith(prefix) and entity.entity_id.endswith(date)
    }
    return next(iter(found.values())) if len(found) == 1 else None


def _is_bare(title: str, lang: str) -> bool:
    """Whether a title has no subject: it is an author, a head and a date, or a further date."""
    rules = heads(lang)
    if (day := rules.day.match(title)) and re.fullmatch(r"\s\d{4}", title[day.end() :]):
        return True
    undated = rules.bracketed_date.sub("", rules.date.sub("", title))
    return len(rules.body.sub("", undated).split()) < 3


def _has_other_author(title: str, lang: str) -> bool:
    """Whether a body other than the Parliament stands before a resolution's date."""
    parliament = language_data(lang, "instruments")["heads"]["parliament"]
    if _ACRONYM_GENITIVE.match(title) or heads(lang).issued.search(title):
        return parliament.split()[-1] not in title
    if title[:1].isdigit() or _issuer(title, lang) is None:
        return False
    return parliament not in title


def _own_date(title: str, context: Context) -> str | None:
    """The document's date where an undated title is its own: it stands in the first lines."""
    own = title.casefold() in context.text[:_FIRST_LINES].casefold()
    return context.anchor.isoformat() if own and context.anchor else None


def _date_after(candidate: Candidate, context: Context) -> str | None:
    """The date behind a comma that ends its line: `Council conclusions on Belarus, 12 May 2020`."""
    rest = context.text[candidate.end : candidate.end + _LONGEST_DATE]
    match = _COMMA_DATE.match(rest)
    return iso_date(match["date"], context.lang) if match else None


def _of_year(year: str, context: Context) -> Entity | None:
    """The only Council conclusions of a year that the document mentioned before."""
    prefix = "instrument:slug:council-conclusions"
    found = {
        entity.entity_id: entity
        for entity in context.known.values()
        if entity.entity_id.startswith(prefix) and year in entity.entity_id
    }
    return next(iter(found.values())) if len(found) == 1 else None
