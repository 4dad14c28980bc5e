"""Short names that a text gives to an instrument and uses after that.

`„Algemeen Verdrag”: het Verdrag nopens …` defines a term before the title, `(hereinafter “the
Framework Agreement”)` one after it, and so does `, often called the …`. Where the
short name stands again, it denotes the same thing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from pipeline.entities.candidates import Candidate
from pipeline.entities.instrument_context import title_of
from pipeline.entities.instrument_references import is_unlisted
from pipeline.resources import language_data
from pipeline.types import Entity

_OPENING = r"[„“”\"‘’'«]"
_CLOSING = r"[”“\"’'»]"
_LONGEST = 110


def resolve(candidates: Sequence[Candidate], text: str, lang: str) -> list[Candidate]:
    """The linked candidates of a document, the short names that it defines with their entities."""
    if not any(is_unlisted(c) for c in candidates):
        return list(candidates)
    defined: dict[str, Entity] = {}
    for index, candidate in enumerate(candidates):
        if candidate.entity is None:
            continue
        before = _grammar(lang)[0].search(text, max(0, candidate.start - _LONGEST), candidate.start)
        if before:
            defined.setdefault(_key(before["term"]), candidate.entity)
        name = candidates[index + 1] if index + 1 < len(candidates) else None
        after = _grammar(lang)[1:]
        if name and any(form.fullmatch(text, candidate.end, name.start) for form in after):
            defined.setdefault(_key(text[name.start : name.end]), candidate.entity)
    return [
        replace(c, entity=defined.get(_key(title_of(c, text)), c.entity)) if is_unlisted(c) else c
        for c in candidates
    ]


def _key(term: str) -> str:
    return " ".join(term.casefold().split())


@cache
def _grammar(lang: str) -> tuple[re.Pattern[str], ...]:
    """What stands before a title that a term is defined by; what, between a title and its name."""
    data = language_data(lang, "instruments")
    verbs = "|".join(map(re.escape, data["definitions"]["verbs"]))
    words = "|".join(map(re.escape, data["definitions"]["hereafter"]))
    articles = "|".join(map(re.escape, data["definitions"]["articles"]))
    term = rf"{_OPENING}(?P<term>[^„“”\"‘’'«»\n]{{3,60}}){_CLOSING}"
    before = rf"{term}[,:]?\s(?:(?:{verbs})[,:]?\s)?(?:(?:{articles})\s)?\Z"
    after = rf"\s?\((?:(?:{words})[,:]?\s?)?{_OPENING}?(?:(?:{articles})\s)?{_OPENING}?"
    called = "|".join(map(re.escape, data["definitions"]["called"]))
    known = rf",?\s(?:[^\W\d_]+\s){{0,4}}(?:{called})\s(?:(?:{articles})\s)?{_OPENING}?"
    return re.compile(before), re.compile(after), re.compile(known)
