"""What is known of a document while its instrument mentions are linked."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from pipeline.entities import instrument_lexicon
from pipeline.entities.candidates import Candidate, instrument
from pipeline.names import slug
from pipeline.resources import language_data
from pipeline.types import Entity, Mention

_OFTEN = 3  # mentions of the country that a text is about
_LONGEST_NAME = 100  # characters of a country's name
_INITIALS = re.compile(r"(?<![\w-])(?P<initials>[A-Z]{3,6})s?(?![\w-])")


@dataclass
class Context:
    """What is known of a document while its mentions are linked, in order of place.

    Attributes:
        text: the document's text.
        lang: its language.
        countries: its country mentions, in order.
        anchor: the document's date, if known.
        known: what a title's keys, or an agreement's short form, denoted before.
        last: the label of the dated text named last, and where its mention ends.
        numbered: the acts by the keys of the short names that the text gave with a number.
        kinds: the kinds of national laws that the text names in full (`Law on Media`).
        forms: the name that the text has for each kind and country.
        ownerless: where laws stand whose country nothing said.
        nominal: where countries stand that are only part of a law's name (`Safety of Rwanda Act`).
    """

    text: str
    lang: str
    countries: Sequence[Mention]
    anchor: dt.date | None = None
    last: tuple[str, int] | None = None
    known: dict[str, Entity] = field(default_factory=dict)
    numbered: dict[str, Entity] = field(default_factory=dict)
    kinds: set[str] = field(default_factory=set)
    forms: dict[tuple[str, str | None], str] = field(default_factory=dict)
    ownerless: set[int] = field(default_factory=set)
    nominal: set[int] = field(default_factory=set)

    @cached_property
    def _starts(self) -> list[int]:
        return [mention.start for mention in self.countries]

    @cached_property
    def times(self) -> Counter[str]:
        """How often each country is named, by its id."""
        return Counter(m.entity.entity_id for m in self.countries if m.entity)

    @cached_property
    def states(self) -> dict[str, Entity]:
        """The countries named, by their ids."""
        return {m.entity.entity_id: m.entity for m in self.countries if m.entity}

    @cached_property
    def home(self) -> Entity | None:
        """The country that a document is about: named three times, and in most of its mentions."""
        if not self.times:
            return None
        entity_id, count = self.times.most_common(1)[0]
        often = count >= _OFTEN and 2 * count >= self.times.total()
        return self.states[entity_id] if often else None

    @cached_property
    def abroad(self) -> Entity | None:
        """The country named three times and twice as often as any other, if the language's own
        states have no part in it: a text on Georgia in Swedish means Georgia's criminal code."""
        own = language_data(self.lang, "instruments")["titles"]["states"]
        ranked = self.times.most_common(2)
        if not ranked or ranked[0][1] < _OFTEN or ranked[0][0].rpartition(":")[2] in own:
            return None
        second = ranked[1][1] if len(ranked) > 1 else 0
        return self.states[ranked[0][0]] if ranked[0][1] >= 2 * second else None

    @cached_property
    def legislating(self) -> Entity | None:
        """The only state that the text names of those that legislate in its language."""
        states = language_data(self.lang, "instruments")["titles"]["states"]
        found = [self.states[key] for key in self.states if key.rpartition(":")[2] in states]
        return found[0] if len(found) == 1 else None

    def legislator(self, title: str, *, foreign: bool = False) -> Entity | None:
        """The state that alone titles its laws as one is titled, if the text names it.

        `foreign`: in another language than the text's (`Bundesdatenschutzgesetz`).
        """
        titles = language_data(self.lang, "instruments")["titles"]
        forms = titles["elsewhere" if foreign else "domestic"]
        codes = (code for code, form in forms.items() if re.fullmatch(form, title))
        return self.states.get(f"country:{next(codes, None)}")

    def located(self, start: int, end: int, *, opening: bool = False) -> Entity | None:
        """The country named last in `[start, end]` if it says where: `en in Kazachstan geldt de`.

        `opening`: only where it opens a sentence: `In Belarus is de …`, `Hongarije bestraft …`.
        """
        boundary = r"|[.!?:]\s\Z" if opening else ""
        words = language_data(self.lang, "instruments")["heads"]["locative"]
        names = "|".join(map(str.capitalize, words) if opening else words)
        flags = re.NOFLAG if opening else re.IGNORECASE
        where = re.compile(rf"(?<!\w)(?:{names})\s\Z{boundary}", flags)
        inner = [m for m in self.around(start, end) if start <= m.start and m.end <= end]
        for mention in reversed(inner):
            if mention.entity != inner[-1].entity:
                return None
            if where.search(self.text, max(0, mention.start - 6), mention.start):
                return mention.entity
        return None

    def around(self, start: int, end: int) -> Sequence[Mention]:
        """The country mentions that touch `[start, end]`, and perhaps some before it.

        What asks for the neighbours of every law must not read the whole document each time.
        """
        first = bisect_left(self._starts, start - _LONGEST_NAME)
        return self.countries[first : bisect_left(self._starts, end + 1)]


def title_of(candidate: Candidate, text: str) -> str:
    """What a candidate is known by, with single spaces; small letters for a heading's capitals."""
    start, end = candidate.title or (candidate.start, candidate.end)
    title = " ".join(text[start:end].split())
    return title.capitalize() if title.isupper() and title.count(" ") > 1 else title


def key_of(title: str, lang: str) -> str:
    """What spellings and inflections of a title have in common."""
    keys = instrument_lexicon.lexicon(lang).normaliser.keys(title)
    return " ".join(key.text for key in keys)


def inside(candidate: Candidate, context: Context) -> list[Mention]:
    """The country mentions that a candidate holds."""
    near = context.around(candidate.start, candidate.end)
    return [m for m in near if candidate.start <= m.start and m.end <= candidate.end]


def country_inside(candidate: Candidate, context: Context) -> Entity | None:
    """The country that a candidate names, or that an adjective right before it names."""
    for mention in context.around(candidate.start, candidate.end):
        if candidate.start <= mention.start < candidate.end:
            return mention.entity
        if mention.form == "adjective" and 0 < candidate.start - mention.end < 2:
            return mention.entity
    return None


def spelled_out(phrase: str, context: Context) -> str:
    """A phrase with the words for which the document introduces its acronyms.

    `conclusions on HRDs`, after `Human Rights Defenders (HRDs)`, are on human rights defenders.
    """

    def words(acronym: re.Match[str]) -> str:
        initials = acronym["initials"]
        before = rf"((?:[^\W\d_][\w’'-]*\s){{{len(initials)}}})\({initials}s?\)"
        for match in re.finditer(before, context.text):
            if [word[0].upper() for word in match[1].split()] == list(initials):
                return " ".join(match[1].split())
        return acronym.group()

    return _INITIALS.sub(words, phrase)


def named_states(candidate: Candidate, context: Context) -> list[tuple[str, Entity]]:
    """The countries that a candidate names, each as it is written."""
    return [
        (context.text[m.start : m.end], m.entity)
        for m in inside(candidate, context)
        if m.entity and m.form == "name"
    ]


def without_state(candidate: Candidate, context: Context) -> Candidate:
    """A numbered law without the state in front of its name, which its id ends with.

    `the Czech Act No. 40/1995`, `in Niger Ordinance 2020-19`; a genitive stays in the mention.
    """
    law, start, text = candidate.entity, candidate.start, context.text
    if candidate.title is None or law is None:
        return candidate
    first = candidate.title[0]
    state = next((m for m in context.around(first, first) if m.start == first), None)
    if state is None:
        return candidate
    name = re.sub(rf"\A{re.escape(text[state.start : state.end])}(?:['’]s)?\s", "", law.label)
    if name == law.label:
        return candidate
    outside = state.form == "adjective" or text[max(0, start - 3) : start].casefold() == "in "
    if outside and text[state.end : state.end + 1] == " " and start == state.start:
        start = state.end + 1
    entity = instrument(f"slug:{slug(name)}", name)
    return replace(candidate, start=start, title=(start, candidate.title[1]), entity=entity)
