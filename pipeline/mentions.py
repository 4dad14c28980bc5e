"""All mentions of a document: what the four recognisers find, freed of overlaps."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from spacy.tokens import Doc

from pipeline.entities import countries, dates, instruments, people
from pipeline.types import Mention

_FULL_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def find(doc: Doc, anchor: dt.date | None = None) -> list[Mention]:
    """All mentions of a document, by place; mentions of different types may nest.

    Args:
        doc: the annotated document.
        anchor: the document's date, from which dates without a year take it; where it is not
            known, the first full date of a dateline (a metadata block) serves.
    """
    anchor = anchor or _dateline(doc)
    persons = list(people.find(doc))
    states = list(countries.find(doc))
    # A name that is a country and nothing else is the country; a country inside a name is none.
    spans = {(state.start, state.end) for state in states}
    persons = [person for person in persons if (person.start, person.end) not in spans]
    named = _covered(persons, len(doc.text))
    states = [state for state in states if not named[state.start]]
    found = [*persons, *states, *dates.find(doc, anchor), *instruments.find(doc, states, anchor)]
    return _without_overlaps(found, len(doc.text))


def _dateline(doc: Doc) -> dt.date | None:
    """The first full date in a metadata block: `Den Haag, 3 november 2023`."""
    lines = [block for block in doc.spans.get("blocks", ()) if block.label_ == "metadata"]
    if not lines:
        return None
    for mention in dates.find(doc, None):
        inside = any(line.start_char <= mention.start < line.end_char for line in lines)
        if inside and mention.value and _FULL_DATE.fullmatch(mention.value):
            return dt.date.fromisoformat(mention.value)
    return None


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
