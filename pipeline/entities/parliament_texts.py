"""The numbers of resolutions of the European Parliament that texts cite by date and subject.

`resolution av den 14 mars 2019 om situationen … i Kazakstan` is P8_TA(2019)0203: a fact of the
Parliament's register, of which `data/ep_texts.tsv` holds the part that its public pages showed.
The register is not complete and a sitting adopts many texts, so a date alone links nothing: the
countries of the mention must be those of the row, or, where it names none, the words of its
subject, of which only proper names (`Xinjiang`) are the same in every language. A bare date, as in
`previous resolutions on Kazakhstan of 14 March 2019 and 18 April 2013`, has the countries of the
list that it stands in, or of the document. No row that fits, or more than one, and the mention
keeps the name that it has without the register. An official journal reference or a procedure of a
row denotes the same text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from pipeline.entities.candidates import Candidate, instrument
from pipeline.entities.instrument_context import Context, country_inside, inside
from pipeline.entities.instrument_heads import heads
from pipeline.resources import table
from pipeline.types import Entity

_COUNTRY = "country:"
_LONGEST_LIST = 400
# What ends the search for the head of a list: another item, another sentence.
_BOUNDARY = re.compile(r"[;:]|(?<!\S)[–—•](?!\S)|(?<=[^\W\d_]{2}[.!?])\s+(?=[A-ZÅÄÖ])")
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_JOURNAL = re.compile(r"(?P<issue>C \d+E?), \d+\.\d+\.(?P<year>\d{4}), p\. (?P<page>\d+)")
# Since October 2023 the journal numbers acts, not pages.
_JOURNAL_ACT = re.compile(r"C, (?P<act>C/\d{4}/\d+), \d+\.\d+\.(?P<year>\d{4})")
# A subject of two words or more is met by two of them at least, and by most of them.
_ENOUGH_WORDS = 2
_MOST = 0.6


@dataclass(frozen=True, slots=True)
class AdoptedText:
    """A row of the register.

    Attributes:
        number: `P9_TA(2021)0056`.
        adopted: the date of the sitting, ISO.
        countries: ids of the countries that it is about.
        subject: English words of its subject, folded.
        names: those of them that are proper names.
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
    same_day = _register()[0].get(date, ())
    if not same_day:
        return None
    named = _ids(_named(candidate, context))
    words = _words(title)
    if named:
        fitting = _about(same_day, named)
    elif _is_bare(title, context):
        known = {entity.entity_id for entity in context.known.values()}
        fitting = [text for text in same_day if text.entity.entity_id in known]
        for countries in (_of_list(candidate, context), [context.home]):
            fitting = fitting or _about(same_day, _ids(countries))
    else:
        fitting = [text for text in same_day if _is_on(text, words)]
    if len(fitting) > 1:
        fitting = _closest(fitting, lambda text: len(text.subject & words))
    return fitting[0].entity if len(fitting) == 1 else None


def referred(entity: Entity) -> Entity:
    """The text of the register whose journal page or procedure an entity is; else the entity."""
    references = (entity.identifiers.get("oj"), entity.identifiers.get("procedure"))
    _, by_reference = _register()
    return next((by_reference[r].entity for r in references if r in by_reference), entity)


def _about(texts: Iterable[AdoptedText], countries: Collection[str]) -> list[AdoptedText]:
    """The texts about these very countries; if there are none, about some of them."""
    texts = list(texts)
    exact = [text for text in texts if text.countries and text.countries == set(countries)]
    return exact or [text for text in texts if text.countries & set(countries)]


def _is_on(text: AdoptedText, words: Collection[str]) -> bool:
    """Whether words hold enough of a text's subject, or, of one on a country, a name in it."""
    shared = len(text.subject & set(words))
    enough = shared >= min(_ENOUGH_WORDS, len(text.subject)) and shared >= _MOST * len(text.subject)
    return bool(text.names & set(words)) if text.countries else enough


def _closest(
    texts: Sequence[AdoptedText], score: Callable[[AdoptedText], int]
) -> list[AdoptedText]:
    """The texts with the best score, if they have one."""
    best = max(map(score, texts))
    return [text for text in texts if score(text) == best] if best else []


def _named(candidate: Candidate, context: Context) -> list[Entity | None]:
    """The countries in a mention, or the one of the adjective in front of it."""
    named = [mention.entity for mention in inside(candidate, context.countries)]
    return named or [country_inside(candidate, context)]


def _of_list(candidate: Candidate, context: Context) -> list[Entity | None]:
    """The countries that the list before a mention names, back to where its item starts."""
    start = max(0, candidate.start - _LONGEST_LIST)
    for boundary in _BOUNDARY.finditer(context.text, start, candidate.start):
        start = boundary.end()
    return [m.entity for m in context.countries if start <= m.start and m.end <= candidate.start]


def _is_bare(title: str, context: Context) -> bool:
    """Whether a mention is a date with no more than a head and an author in front of it."""
    rules = heads(context.lang)
    subject = rules.day.sub("", rules.date.sub("", rules.body.sub("", title)))
    return len(subject.split()) < 3


def _ids(countries: Iterable[Entity | None]) -> frozenset[str]:
    return frozenset(country.entity_id for country in countries if country)


def _words(text: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in _WORD.findall(text))


@cache
def _register() -> tuple[dict[str, tuple[AdoptedText, ...]], dict[str, AdoptedText]]:
    """The texts by date; and by their journal page and procedure, where one text has it."""
    by_date: dict[str, tuple[AdoptedText, ...]] = {}
    by_reference: dict[str, list[AdoptedText]] = {}
    for row in table("ep_texts"):
        countries = frozenset(f"{_COUNTRY}{code}" for code in row["countries"].split(";") if code)
        names = _words(" ".join(w for w in row["subject"].split() if w[0].isupper()))
        subject = _words(row["subject"])
        text = AdoptedText(row["number"], row["adopted"], countries, subject, names)
        by_date[text.adopted] = (*by_date.get(text.adopted, ()), text)
        for reference in (_journal(row["oj"]), row["procedure"]):
            by_reference.setdefault(reference, []).append(text)
    unique = {name: texts[0] for name, texts in by_reference.items() if name and len(texts) == 1}
    return by_date, unique


def _journal(reference: str) -> str:
    """A journal reference as mentions of it are labelled: `OJ C 465, 2021, p. 112`."""
    if match := _JOURNAL.fullmatch(reference):
        return f"OJ {match['issue']}, {match['year']}, p. {match['page']}"
    if match := _JOURNAL_ACT.fullmatch(reference):
        return f"OJ C {match['act']}, {match['year']}"
    return ""
