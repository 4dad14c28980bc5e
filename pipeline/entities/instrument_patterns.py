"""Patterns for what stands between a law, its country and its subject."""

from __future__ import annotations

import re
from functools import cache

from pipeline.entities.instrument_heads import heads
from pipeline.resources import language_data


@cache
def subject(lang: str) -> str:
    """A pattern for the prepositions that open the subject of a law."""
    phrases = (" ".join(phrase) for phrase in heads(lang).subject)
    return rf"(?:{'|'.join(sorted(map(re.escape, phrases), key=len, reverse=True))})\s"


@cache
def adjoining(lang: str) -> re.Pattern[str]:
    """What stands between a country and a law of its own right behind it."""
    articles = language_data(lang, "instruments")["titles"]["articles"]
    words = "|".join(map(re.escape, dict.fromkeys(("the", "a", "its", *articles))))
    return re.compile(rf",?\s(?:(?:{words})\s)?|['’]s\s[^,;.]{{0,60}}")


@cache
def of(lang: str) -> str:
    """A pattern for what stands between the head of a law and its country."""
    locative = language_data(lang, "instruments")["heads"]["locative"]
    words = "|".join(map(re.escape, (*heads(lang).of, *locative)))
    articles = "|".join(map(re.escape, language_data(lang, "instruments")["titles"]["articles"]))
    return rf"(?:{words})\s(?:(?:{articles})\s)?"


@cache
def joint(lang: str) -> re.Pattern[str]:
    """A pattern for what joins the main clauses of a sentence."""
    conjunctions = "|".join(map(re.escape, heads(lang).conjunctions))
    return re.compile(rf";|,\s(?:{conjunctions})\s")
