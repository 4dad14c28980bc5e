"""Cuts a text into the words that dates are made of, each with a one-character kind.

The grammar of dates (`dates.py`) is written over these kinds and so is the same in every language;
which word is of which kind stands in `data/<lang>/dates.toml`. Kinds:

====  =====================================================  ====================================
 d    a number from 1 to 31                                  `25`
 y    a number of four digits from 1000 to 2100              `2024`
 n    any other number                                       `143`, `3000`
 o    an ordinal day                                         `12th`, `1:a`, `eerste`
 c    a cardinal day in words                                `twee`
 M m  a month in full, abbreviated                           `januari`, `okt`
 F    a month in another language                            `avril` in `Loi du 3 avril 2017`
 W    a weekday                                              `torsdagen`
 N    a numeric date                                         `21.1.2021`, `2024-01-25`
 Q    a part of the year in months                           `first quarter`
 T    a decade                                               `1990s`, `jaren negentig`
 t a  `to` and `and`, and their like
 b    `between`
 h    a year of two digits                                   `'88`
 e    a qualifier that a hyphen joins to a date              `mid` in `mid-2021`
 p l  `of` and `the`, and their like
 x    any other word
====  =====================================================  ====================================

A mark is its own kind (every dash is `-`, every quotation mark `"`); a space is a space.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from pipeline.entities.edtf import Point
from pipeline.resources import language_data, table

_DASHES = "-–—‐‑−"
_QUOTES = "\"'“”„‘’«»"
_NUMERIC = (
    r"(?P<ymd>\d{4}(?P<s1>[-./])\d{1,2}(?P=s1)\d{1,2})(?![\w]|[-./]\d|\.[a-z])"
    r"|(?P<dmy>\d{1,2}(?P<s2>[-./])\d{1,2}(?P=s2)(?:\d{4}|\d{2}))(?![\w]|[-./]\d|\.[a-z])"
)
_FIRST_YEAR, _LAST_YEAR = 1000, 2100
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_PIVOT = 50  # `89` is 1989, `27` is 2027


class Word(NamedTuple):
    """A word or mark: its kind, its meaning (a number, a `Point`, months) and its span."""

    kind: str
    value: Any
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reader:
    """A language's scanner: the pattern of words and what each listed word means."""

    pattern: re.Pattern[str]
    trigger: re.Pattern[str]
    meanings: dict[str, tuple[str, Any]]
    capitals: bool
    month_first: bool

    def words(self, text: str) -> list[Word]:
        """The words and marks of a text, in order."""
        found: list[Word] = []
        for match in self.pattern.finditer(text):
            kind, value = self._meaning(match)
            found.append(Word(kind, value, match.start(), match.end()))
        return found

    def _meaning(self, match: re.Match[str]) -> tuple[str, Any]:
        group, text = match.lastgroup, match.group()
        if group == "word":
            return self.meanings.get(text.lower(), ("x", None))
        if group == "number":
            return _number(text)
        if group == "mark":
            return ("-" if text in _DASHES else '"' if text in _QUOTES else text), None
        if group == "phrase":
            return self.meanings[" ".join(text.lower().split())]
        if group == "ordinal":
            day = int(re.match(r"\d+", text).group())  # type: ignore[union-attr]
            return ("o", day) if 1 <= day <= 31 else ("x", None)
        if group in ("ymd", "dmy"):
            point = numeric_date(text, group == "ymd")
            return ("N", point) if point else ("x", None)
        if group == "short":
            year = int(text[1:])
            return "h", year + (1900 if year >= _PIVOT else 2000)
        if group == "roman":
            point = _roman_date(text)
            return ("N", point) if point else ("x", None)
        decade = int(match.group(str(group)))
        return "T", Point(decade if decade > 99 else 1900 + decade, decade=True)


def _number(text: str) -> tuple[str, int]:
    number = int(text) if len(text) < 10 else 0
    if len(text) == 4 and _FIRST_YEAR <= number <= _LAST_YEAR:
        return "y", number
    if len(text) <= 2 and 1 <= number <= 31:
        return "d", number
    return "n", number


def numeric_date(text: str, year_first: bool) -> Point | None:
    """The date in figures; the day is first unless only the other order makes a date."""
    parts = re.split(r"[-./]", text)
    if year_first:
        year, month, day = map(int, parts)
        return _valid(year, month, day)
    first, second, last = map(int, parts)
    if len(parts[2]) == 2:
        last += 1900 if last >= _PIVOT else 2000
    return _valid(last, second, first) or _valid(last, first, second)


def _roman_date(text: str) -> Point | None:
    """A date with the month in Roman figures: `27.I.1977`."""
    day, month, year = text.split(".")
    return _valid(int(year), _ROMAN.index(month) + 1, int(day))


def _valid(year: int, month: int, day: int) -> Point | None:
    point = Point(year, month, day)
    return point if _FIRST_YEAR <= year <= _LAST_YEAR and point.is_valid() else None


def _meanings(data: dict[str, Any]) -> dict[str, tuple[str, Any]]:
    """Every listed word in lower case with its kind and value."""
    words: dict[str, tuple[str, Any]] = {
        row["name"]: ("F", int(row["month"])) for row in table("months")
    }
    listed = {"p": "of", "l": "articles", "b": "between", "a": "and", "t": "to", "e": "qualifiers"}
    for kind, key in listed.items():
        words.update(dict.fromkeys(data[key], (kind, None)))
    for kind, key in (("c", "cardinals"), ("o", "ordinals"), ("Q", "parts")):
        words.update({word: (kind, value) for word, value in data[key].items()})
    words.update({word: ("W", day) for word, day in data["weekday_abbreviations"].items()})
    words.update({word: ("m", month) for word, month in data["month_abbreviations"].items()})
    words.update({word: ("W", number) for number, word in enumerate(data["weekdays"], 1)})
    words.update({word: ("M", number) for number, word in enumerate(data["months"], 1)})
    for word, year in data["decades"]["words"].items():
        words[word] = ("T", Point(year, decade=True))
    return words


@cache
def reader(lang: str) -> Reader:
    """The scanner of a language."""
    data = language_data(lang, "dates")
    meanings = _meanings(data)
    phrases = sorted((w for w in meanings if not w.isalpha()), key=len, reverse=True)
    alternatives = "|".join(re.escape(p).replace(r"\ ", r"\s+") for p in phrases)
    pattern = re.compile(
        rf"(?i:{data['decades']['pattern']})"
        rf"|(?P<phrase>(?i:\b(?:{alternatives})(?!\w)))"
        rf"|{_NUMERIC}"
        rf"|(?P<roman>\d{{1,2}}\.(?:{'|'.join(_ROMAN)})\.\d{{4}}(?!\w))"
        r"|(?P<short>['’‘]\d{2}(?!\w))"
        rf"|(?P<ordinal>\d{{1,2}}{data['ordinal']}(?!\w))"
        # a page scraped without its line breaks: `3 juni 2021Rättsligt meddelande`
        r"|(?P<number>\d+(?![^\W_])|\d{4}(?=[^\W\d_a-z][^\W\d_A-Z]))"
        r"|(?P<word>[^\W_]+)"
        r"|(?P<mark>\S)"
    )
    starters = "|".join(re.escape(w) for w, (kind, _) in meanings.items() if kind in "MmT")
    return Reader(
        pattern,
        re.compile(rf"\d|\b(?i:{starters})"),
        meanings,
        data["capitals"],
        data["month_first"],
    )
