"""The numbers of resolutions of the European Parliament that texts cite by date and subject.

`resolution av den 14 mars 2019 om situationen … i Kazakstan` is P8_TA(2019)0203: a fact of the
Parliament's register, of which `data/ep_texts.tsv` holds the part that its public pages showed.
The register is not complete and a sitting adopts many texts, so a date alone links nothing: the
countries of the mention must be those of the row, or, where it names none, the words of its
subject, which are compared in English (`parliament_subjects.py`). A title that speaks of other
things than the row does not denote it, and one that fits a text without a number best denotes none
of the others. A bare date, as in `previous resolutions on Kazakhstan of 14 March 2019 and 18 April
2013`, has the countries of the list that it stands in, or of the document. No row that fits, or
more than one, and the mention keeps the name that it has without the register. An official journal
reference or a procedure of a row denotes the same text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from pipeline.entities.candidates import Candidate, instrument
from pipeline.entities.instrument_context import Context, country_inside, inside
from pipeline.entities.instrument_heads import heads
from pipeline.entities.parliament_subjects import concepts, known
from pipeline.resources import table
from pipeline.types import Entity

_COUNTRY = "country:"
_LONGEST_LIST = 400
_LONGEST_TAIL = 160
# What ends the search for the head of a list: another item, another sentence.
_BOUNDARY = re.compile(r"[;:]|(?<!\S)[–—•](?!\S)|(?<=[^\W\d_]{2}[.!?])\s+(?=[A-ZÅÄÖ])")
# What ends the rest of a title behind the mention: marks, a footnote, another item of a list.
_END = re.compile(r"[,;()\[\]•¹²³⁰-⁹]|\.(?=\s|\Z)")
# What ends a title with commas in it: `artificial intelligence in education, culture and …`.
_END_PAST_COMMAS = re.compile(r"[;()\[\]•¹²³⁰-⁹]|\.(?=\s|\Z)")
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_JOURNAL = re.compile(r"(?P<issue>C \d+E?), \d+\.\d+\.(?P<year>\d{4}), p\. (?P<page>\d+)")
# Since October 2023 the journal numbers acts, not pages.
_JOURNAL_ACT = re.compile(r"C, (?P<act>C/\d{4}/\d+), \d+\.\d+\.(?P<year>\d{4})")
# A subject of two words or more is met by two of them at least, and by most of them.
_ENOUGH_WORDS = 2
_MOST = 0.6
# A word in so many of the rows on countries says nothing of one of them: `situation`, `rights`.
_FREQUENT = 0.04


@dataclass(frozen=True, slots=True)
class AdoptedText:
    """A row of the register.

    Attributes:
        number: `P9_TA(2021)0056`; empty where no page showed it.
        adopted: the date of the sitting, ISO.
        countries: ids of the countries that it is about.
        subject: stems of the English words of its subject.
        names: those of its words that are proper names, folded.
    """

    number: str
    adopted: str
    countries: frozenset[str]
    subject: frozenset[str]
    names: frozenset[str]

    @property
    def entity(self) -> Entity:
        """The text under its number."""
        return instrument(f"ep:{self.number}", self.number, {"ep": self.number})


def resolve(candidate: Candidate, title: str, date: str, context: Context) -> Entity | None:
    """The text of the register that a mention of one of the Parliament's resolutions denotes.

    Args:
        candidate: the mention.
        title: its text.
        date: the date in it, ISO.
        context: what is known of its document.
    """
    same_day = _register().by_date.get(date, ())
    if not same_day:
        return None
    fitting = _fitting(candidate, title, same_day, _END, context)
    if not fitting and not _is_bare(title, context):
        further = _fitting(candidate, title, same_day, _END_PAST_COMMAS, context)
        said = _said(title, _tail(candidate, _END_PAST_COMMAS, context), context)
        fitting = [text for text in further if _has_own_word(text, said)]
    return fitting[0].entity if len(fitting) == 1 and fitting[0].number else None


def _fitting(
    candidate: Candidate,
    title: str,
    same_day: Sequence[AdoptedText],
    end: re.Pattern[str],
    context: Context,
) -> list[AdoptedText]:
    """The texts of a day that a mention may denote whose title goes on to an end."""
    tail = _tail(candidate, end, context)
    said = _said(title, tail, context)
    named = _ids(_named(candidate, context)) or _ids(_in(tail, context))
    if named:
        fitting = _about(same_day, named, said)
    elif _is_bare(title, context) and not said.subject:
        seen = {entity.entity_id for entity in context.known.values()}
        fitting = [text for text in same_day if text.number and text.entity.entity_id in seen]
        for countries in (_of_list(candidate, context), [context.home]):
            fitting = fitting or _about(same_day, _ids(countries), said)
    else:
        fitting = [text for text in same_day if _is_on(text, said)]
    if len(fitting) > 1:
        fitting = _closest(fitting, lambda text: len(text.subject & said.concepts))
    return fitting


def referred(entity: Entity) -> Entity:
    """The text of the register whose journal page or procedure an entity is; else the entity."""
    known_by = _register().by_reference
    references = (entity.identifiers.get(kind, "") for kind in ("oj", "procedure"))
    return next((known_by[name].entity for name in references if name in known_by), entity)


@dataclass(frozen=True, slots=True)
class Said:
    """What a mention says of its subject.

    Attributes:
        words: its words and those behind it, folded.
        concepts: their stems in English.
        subject: what it certainly speaks of, with what many rows share left out: for each word
            of the glossary, the stems that it may stand for.
    """

    words: frozenset[str]
    concepts: frozenset[str]
    subject: tuple[frozenset[str], ...]


def _said(title: str, tail: tuple[int, int], context: Context) -> Said:
    """What a mention and the rest of its title behind it say."""
    text = f"{title} {context.text[slice(*tail)]}"
    subject = known(_undated(text, context.lang), context.lang)
    own = tuple(stems for stems in subject if not stems & _register().frequent)
    dateless = _dateless(text, context.lang)
    return Said(_words(text), concepts(dateless, context.lang), own)


def _about(
    texts: Iterable[AdoptedText], countries: Collection[str], said: Said
) -> list[AdoptedText]:
    """The texts about these very countries; if there are none, those on some of them that share
    a word of their subject."""
    texts = [text for text in texts if text.countries and not _speaks_of_another(text, said)]
    exact = [text for text in texts if text.countries == set(countries)]
    return exact or [t for t in texts if t.countries & set(countries) and _shares(t, said)]


def _shares(text: AdoptedText, said: Said) -> bool:
    """Whether a mention has a word of a text's subject, if that has one of its own."""
    return not text.subject - _register().frequent or _has_own_word(text, said)


def _has_own_word(text: AdoptedText, said: Said) -> bool:
    """Whether a mention has a word of a text's subject that few other texts share."""
    return bool((text.subject - _register().frequent) & said.concepts)


def _speaks_of_another(text: AdoptedText, said: Said) -> bool:
    """Whether a mention speaks of things, and of none that a text on the same country is about."""
    return len(said.subject) >= _ENOUGH_WORDS and not _shares(text, said)


def _is_on(text: AdoptedText, said: Said) -> bool:
    """Whether words hold enough of a text's subject, or, of one on a country, a name in it."""
    shared = len(text.subject & said.concepts)
    enough = shared >= min(_ENOUGH_WORDS, len(text.subject)) and shared >= _MOST * len(text.subject)
    return bool(text.names & said.words) if text.countries else enough


def _closest(
    texts: Sequence[AdoptedText], score: Callable[[AdoptedText], int]
) -> list[AdoptedText]:
    """The texts with the best score, if they have one."""
    best = max(map(score, texts))
    return [text for text in texts if score(text) == best] if best else []


def _named(candidate: Candidate, context: Context) -> list[Entity | None]:
    """The countries in a mention, or the one of the adjective in front of it."""
    named = [mention.entity for mention in inside(candidate, context)]
    return named or [country_inside(candidate, context)]


def _tail(candidate: Candidate, end: re.Pattern[str], context: Context) -> tuple[int, int]:
    """Where the rest of a title stands that a mention breaks off: up to an end or another date."""
    stop = min(len(context.text), candidate.end + _LONGEST_TAIL)
    for mark in (end, heads(context.lang).day):
        if found := mark.search(context.text, candidate.end, stop):
            stop = found.start()
    return candidate.end, stop


def _in(span: tuple[int, int], context: Context) -> list[Entity | None]:
    """The countries that a stretch of the text names."""
    start, end = span
    return [m.entity for m in context.around(start, end) if start <= m.start and m.end <= end]


def _of_list(candidate: Candidate, context: Context) -> list[Entity | None]:
    """The countries that the list before a mention names, back to where its item starts."""
    start = max(0, candidate.start - _LONGEST_LIST)
    for boundary in _BOUNDARY.finditer(context.text, start, candidate.start):
        start = boundary.end()
    near = context.around(start, candidate.start)
    return [m.entity for m in near if start <= m.start and m.end <= candidate.start]


def _is_bare(title: str, context: Context) -> bool:
    """Whether a mention is a date with no more than a head and an author in front of it."""
    return len(_undated(title, context.lang).split()) < 3


def _undated(title: str, lang: str) -> str:
    """A title without its author and date."""
    return _dateless(heads(lang).body.sub("", title), lang)


def _dateless(title: str, lang: str) -> str:
    """A title without its date, whose figures say nothing of its subject."""
    rules = heads(lang)
    return rules.day.sub("", rules.date.sub("", title))


def _ids(countries: Iterable[Entity | None]) -> frozenset[str]:
    return frozenset(country.entity_id for country in countries if country)


def _words(text: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in _WORD.findall(text))


class Register(NamedTuple):
    """The texts by date; those with a number by their journal page and procedure, where one text
    has it; and the stems that many of those on countries share."""

    by_date: Mapping[str, tuple[AdoptedText, ...]]
    by_reference: Mapping[str, AdoptedText]
    frequent: frozenset[str]


@cache
def _register() -> Register:
    """The register, ready to be looked up."""
    by_date: dict[str, tuple[AdoptedText, ...]] = {}
    by_reference: dict[str, list[AdoptedText]] = {}
    stems: Counter[str] = Counter()
    for row in table("ep_texts"):
        countries = frozenset(f"{_COUNTRY}{code}" for code in row["countries"].split(";") if code)
        names = _words(" ".join(w for w in row["subject"].split() if w[0].isupper()))
        subject = concepts(row["subject"], "en")
        text = AdoptedText(row["number"], row["adopted"], countries, subject, names)
        by_date[text.adopted] = (*by_date.get(text.adopted, ()), text)
        stems.update(subject if countries else ())
        for reference in (_journal(row["oj"]), row["procedure"]):
            by_reference.setdefault(reference, []).append(text)
    unique = {name: texts[0] for name, texts in by_reference.items() if name and len(texts) == 1}
    about_countries = sum(bool(text.countries) for texts in by_date.values() for text in texts)
    frequent = {stem for stem, count in stems.items() if count >= _FREQUENT * about_countries}
    numbered = {name: text for name, text in unique.items() if text.number}
    return Register(by_date, numbered, frozenset(frequent))


def _journal(reference: str) -> str:
    """A journal reference as mentions of it are labelled: `OJ C 465, 2021, p. 112`."""
    if match := _JOURNAL.fullmatch(reference):
        return f"OJ {match['issue']}, {match['year']}, p. {match['page']}"
    if match := _JOURNAL_ACT.fullmatch(reference):
        return f"OJ C {match['act']}, {match['year']}"
    return ""
