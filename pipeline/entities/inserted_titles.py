"""Listed treaties with a place or a date inside their title, as no list can hold them all.

`Haagkonventionen av den 25 oktober 1980 om de civila aspekterna …`, `Haagse Verdrag van 1980
inzake …`: behind the head, what follows the insertion is the listed title.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from pipeline.entities import instrument_lexicon
from pipeline.entities.candidates import Candidate
from pipeline.entities.instrument_heads import Heads, heads
from pipeline.types import Entity

_TREATY = "treaty"
_WORD = re.compile(r"[^\W\d_]+")
_YEAR = re.compile(r"(?:1[89]|20)\d{2}")
_LONGEST_TITLE = 300
_FEWEST = 3  # words of a subject, without which two treaties may share it


def find(text: str, lang: str) -> Iterator[Candidate]:
    """The listed treaties of a sentence whose titles stand in it with something inserted."""
    rules = heads(lang)
    for word in _WORD.finditer(text):
        head = rules.head(word.group().casefold())
        if head is None or head[0] != _TREATY:
            continue
        end = _insertion_end(text, word.end(), rules)
        inserted = end > word.end() or head[2]
        if not inserted or not _opener(lang).match(text, end):
            continue
        # The compound `Haagkonventionen` is listed under its last part.
        last = rules.suffixes.search(word.group().casefold())
        generic = last["head"] if head[2] and last else word.group()
        title = generic + text[end : end + _LONGEST_TITLE]
        for listed in instrument_lexicon.find(title, lang):
            longer = len(title[len(generic) : listed.end].split()) > _FEWEST
            if listed.start or not longer or listed.entity is None:
                continue
            if listed.entity.identifiers and _is_of_year(
                listed.entity, text[word.end() : end], lang
            ):
                span = (word.start(), end + listed.end - len(generic))
                yield replace(listed, start=span[0], end=span[1], title=span)


def _is_of_year(treaty: Entity, inserted: str, lang: str) -> bool:
    """Whether a treaty is not known to be of another year than the one inserted."""
    made = instrument_lexicon.lexicon(lang).years.get(treaty.entity_id)
    year = _YEAR.search(inserted)
    return made is None or year is None or year.group() == made


def _insertion_end(text: str, end: int, rules: Heads) -> int:
    """Where a place and a date behind a head end: `of The Hague of 25 October 1980`."""
    if place := rules.named_after.match(text, end):
        end = place.end()
    date = rules.date.match(text, end)
    return date.end() if date else end


@cache
def _opener(lang: str) -> re.Pattern[str]:
    """What opens the subject of a treaty: `om`, `relating to`, `for`."""
    rules = heads(lang)
    phrases = {" ".join(words) for words in rules.subject | rules.purpose[_TREATY]}
    return re.compile(rf"\s(?:{'|'.join(sorted(map(re.escape, phrases), key=len)[::-1])})\s")
