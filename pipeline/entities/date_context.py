"""The words around a number or a month that tell whether it is one of a date."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from pipeline.resources import language_data

_LOOK = 40  # characters looked at on either side
_GLUED_BEFORE = re.compile(r"[\w/:_@#.-]$")
_GLUED_AFTER = re.compile(r"[-–/:_]\w|[.,]\d|[\w%°@]")
_NUMBER_BEFORE = re.compile(r"\d[ .,]?\(?$")  # `resolution 2334 (2016)`, `2 000`
# `COM (2020) 609`, `1820 (2008)`
_NUMBER_AFTER = re.compile(r"\) ?\d|\)/| \d| \((?:19|20)\d\d\)")
_DOCUMENT_NUMBER = re.compile(r"\b[A-Z]{2,6} ?$")
_NAME_AFTER = re.compile(r" [^\W\d_a-z]")
_LISTED_AFTER = re.compile(r" ?[-–] ?\d")
_FIRST_YEAR = 1800  # an earlier year needs a word before it that announces one
_FIRST_CERTAIN = 1900  # with `in` before it a year even before a unit: `in 2019 people`


@dataclass(frozen=True, slots=True)
class Context:
    """The context words of one language, from `data/<lang>/dates.toml`."""

    capitals: bool
    ambiguous_months: frozenset[str]
    month_cues: frozenset[str]
    deictic: re.Pattern[str]
    deictic_years: dict[str, int]
    not_after: re.Pattern[str]
    not_before: re.Pattern[str]
    cue: re.Pattern[str]
    strong_cue: re.Pattern[str]
    numeric_cue: re.Pattern[str]
    qualifier: re.Pattern[str]

    def is_year(self, text: str, start: int, end: int, year: int) -> bool:
        """Whether a number of four digits at `[start, end)` is a year where it stands."""
        before = text[max(0, start - _LOOK) : start]
        after = text[end : end + _LOOK]
        if _GLUED_AFTER.match(after):
            return False
        if _GLUED_BEFORE.search(before):
            return self.qualifier.search(before) is not None
        if self.not_after.search(before) or _NUMBER_BEFORE.search(before):
            return False
        if _NUMBER_AFTER.match(after):
            return False
        if self.not_before.match(after):
            return year >= _FIRST_CERTAIN and self.strong_cue.search(before) is not None
        return year >= _FIRST_YEAR or self.cue.search(before) is not None

    def is_month(self, text: str, start: int, end: int, abbreviated: bool) -> bool:
        """Whether a month without day and year at `[start, end)` is one (`May`, not `may`)."""
        name = text[start:end]
        if self.capitals and name.islower():
            return False
        if not abbreviated and name.lower() not in self.ambiguous_months:
            return self.capitals or name.islower() or start == 0
        lower = name.lower()
        if abbreviated and (lower in self.ambiguous_months or not (self.capitals or name == lower)):
            return False  # `till jul`, `van Jan Terlouw`
        if _NAME_AFTER.match(text, end):
            return False
        before = text[max(0, start - _LOOK) : start].lower().split()
        return bool(before) and before[-1].strip("(\"'") in self.month_cues

    def announces_figures(self, text: str, start: int) -> bool:
        """Whether a word before `start` announces a date in figures (`on 22/4`)."""
        return self.numeric_cue.search(text[max(0, start - _LOOK) : start]) is not None

    def deictic_year(self, text: str, end: int, anchor: dt.date) -> int | None:
        """The year that `this year` or its like after a month or day means, else None."""
        match = self.deictic.match(text, end)
        return anchor.year + self.deictic_years[match.group(1).lower()] if match else None


def is_listed(text: str, start: int, end: int) -> bool:
    """Whether a date in figures is part of a document's number (`PV 11/02/2021 - 6.2`)."""
    before = text[max(0, start - _LOOK) : start]
    return bool(_DOCUMENT_NUMBER.search(before) and _LISTED_AFTER.match(text, end))


def _ending(words: Sequence[str]) -> re.Pattern[str]:
    """Matches text that ends in one of these words and perhaps an opening mark."""
    return re.compile(rf"(?i)(?:^|[^\w])(?:{'|'.join(map(re.escape, words))}) ?[\"“”'‘’(]?$")


@cache
def context(lang: str) -> Context:
    """The context words of a language, read once."""
    data = language_data(lang, "dates")
    words = data["context"]
    deictic = sorted(data["deictic_years"], key=len, reverse=True)
    return Context(
        data["capitals"],
        frozenset(data["ambiguous_months"]),
        frozenset(data["month_cues"]),
        re.compile(rf"(?i),? ({'|'.join(map(re.escape, deictic))})\b"),
        data["deictic_years"],
        re.compile(words["not_after"]),
        re.compile(words["not_before"]),
        _ending(words["cues"]),
        _ending(words["strong_cues"]),
        _ending(words["numeric_cues"]),
        re.compile(rf"(?i)\b(?:{'|'.join(data['qualifiers'])})-$"),
    )
