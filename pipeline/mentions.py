"""All mentions of a document: what the four recognisers find, freed of overlaps."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from spacy.tokens import Doc

from pipeline.entities import countries, dates, instruments, people
from pipeline.types import Mention

# How instruments are found whose names hold names of places.
_NAMED = ("lexicon:", "document:", "pattern:declaration", "pattern:agreement", "pattern:treaty")
_ACRONYMS = ("lexicon:acronyms", "document:acronym")
_FULL_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
# What news stories open with, before and behind the date: `(Brussels, 3 May 2024) –`.
_PLACE = re.compile(r"\(?[^\W\d_][\w.'’ -]{1,40}, (?:den |the )?")
_SECTION = re.compile(r"[IVX]{1,4}\. ")
_DASH = re.compile(r"\s?[-–—)]|, \w{2,5}\)? [-–—]")


def find(doc: Doc, anchor: dt.date | None = None) -> list[Mention]:
    """All mentions of a document, by place; mentions of different types may nest.

    Args:
        doc: the annotated document.
        anchor: the document's date, from which dates without a year take it; where it is not
            known, the first full date of a dateline (a metadata block, or the opening of a
            paragraph: `Brussels, 3 May 2024 –`) serves.
    """
    anchor = anchor or _dateline(doc)
    persons = list(people.find(doc))
    states = list(countries.find(doc))
    # A name that is a country and nothing else is the country; a country inside a name is none.
    text = doc.text
    spans = {(state.start, state.end) for state in states}
    persons = [p for p in persons if (_past_number(p, text), p.end) not in spans]
    named = _covered(persons, len(text))
    states = [state for state in states if not named[state.start]]
    acts = list(instruments.find(doc, states, anchor))
    persons = _without_namesakes(persons, acts, text)
    found = [*persons, *states, *dates.find(doc, anchor), *acts]
    return _without_overlaps(found, len(text))


def _past_number(person: Mention, text: str) -> int:
    """Where a name starts behind the number of a section: `V. Moldavien` is no person."""
    number = _SECTION.match(text, person.start, person.end)
    return number.end() if number else person.start


def _without_namesakes(persons: list[Mention], acts: Iterable[Mention], text: str) -> list[Mention]:
    """The persons, without single words that name an instrument: `Verklaring van Marrakesh`.

    One who has a longer name elsewhere stays, and so do those whom the title of a resolution names.
    """
    named = [act for act in acts if act.source.startswith(_NAMED)]
    covered = _covered(named, len(text))
    acronyms = {(act.start, act.end) for act in named if act.source in _ACRONYMS}
    ends = {end for _, end in acronyms}  # `De Woo`
    return [
        person
        for person in persons
        if not (
            (person.start, person.end) in acronyms
            or (covered[person.start] and _is_single(person, text))
            or (person.end in ends and covered[person.end - 1] and not covered[person.start])
        )
    ]


def _is_single(person: Mention, text: str) -> bool:
    """Whether a person has one word for a name in the whole text."""
    label = person.entity.label if person.entity else ""
    return " " not in text[person.start : person.end] and " " not in label


def _dateline(doc: Doc) -> dt.date | None:
    """The first full date in a metadata block (`Den Haag, 3 november 2023`), else in an opening."""
    blocks = doc.spans.get("blocks", ())
    lines = [block for block in blocks if block.label_ == "metadata"]
    opening = {
        block.start_char + match.end()
        for block in blocks
        if block.label_ == "paragraph" and (match := _PLACE.match(block.text))
    }
    if not lines and not opening:
        return None
    opened: dt.date | None = None
    text = doc.text  # once: spaCy puts it together anew each time
    for mention in dates.find(doc, None):
        if not mention.value or not _FULL_DATE.fullmatch(mention.value):
            continue
        if any(line.start_char <= mention.start < line.end_char for line in lines):
            return dt.date.fromisoformat(mention.value)
        if mention.start in opening and _DASH.match(text, mention.end):
            opened = opened or dt.date.fromisoformat(mention.value)
    return opened


def _covered(mentions: Iterable[Mention], size: int) -> bytearray:
    """1 for each character of the text that a mention covers."""
    covered = bytearray(size)
    for mention in mentions:
        covered[mention.start : mention.end] = b"\1" * (mention.end - mention.start)
    return covered


def _without_overlaps(mentions: Iterable[Mention], size: int) -> list[Mention]:
    """In order of place; of two mentions of one type that overlap, the longer (then the first)."""
    kept: list[Mention] = []
    covered: dict[str, bytearray] = {}
    for mention in sorted(mentions, key=lambda m: (m.start - m.end, m.start, m.type)):
        taken = covered.setdefault(mention.type, bytearray(size))
        if not any(taken[mention.start : mention.end]):
            taken[mention.start : mention.end] = b"\1" * (mention.end - mention.start)
            kept.append(mention)
    return sorted(kept, key=lambda m: (m.start, -m.end, m.type))
