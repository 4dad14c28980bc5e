"""Calendar expressions and their values.

The text is cut into words of a few kinds (`date_words`); a small grammar, the same for every
language (`date_grammar`), reads them from left to right; the words around a lone year or month tell
whether it is one (`date_context`). What counts:

* a day, a month, a year or a combination of them: `donderdag 25 januari`, `February 11, 2021`,
  `21.1.2021`, `maj 2020`, `2016`, `spring 2021`, `first quarter of 2024`, `1990s`;
* several joined by `to`, by a dash, or by `between … and` are one interval; several joined by `and`
  are mentions of their own (`den 3 och 5 maj 2020`).

Articles, prepositions and qualifiers (`begin`, `early`, `mid-`) stay outside: `early 2024` has the
value `2024`. A number inside a document number, a price or a quantity is no date. A day or month
without a year takes the one that brings it nearest to another date of its sentence, else to the
document's date, else to one above in its block; where none is known its value is `XXXX-01-25`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Doc

from pipeline.entities.date_context import context
from pipeline.entities.date_grammar import Found, Line
from pipeline.entities.date_words import reader
from pipeline.entities.edtf import Point, interval
from pipeline.entities.spans import containing, merged, with_marks_apart, with_raised_marks
from pipeline.types import Entity, Mention

SOURCE = "grammar:dates"

_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|[\w.-]{1,64}@[\w.-]{1,255}")


def find(doc: Doc, anchor: dt.date | None) -> Iterator[Mention]:
    """The DATE mentions of a Doc, in order, with EDTF values.

    Args:
        doc: a Doc with `lang_`; sentence starts are respected where they are set, and names of
            persons (`April Smith`).
        anchor: the document's date, from which a date without a year takes it.
    """
    scanner, words = reader(doc.lang_), context(doc.lang_)
    text = with_marks_apart(with_raised_marks(doc))
    outside = [m.span() for m in _ADDRESS.finditer(text)]
    outside += [(e.start_char, e.end_char) for e in doc.ents if e.label_ == "PER"]
    outside = merged(outside)
    sentences = doc.sents if doc.has_annotation("SENT_START") else (doc[:],)
    openings = {block.start for block in doc.spans.get("blocks", ())}
    above: dt.date | None = None
    for sentence in sentences:
        start, end = sentence.start_char, sentence.end_char
        if sentence.start in openings:
            above = None
        if not scanner.trigger.search(text, start, end):
            continue
        line = Line(text[start:end], scanner, words)
        found = [d for d in line.dates() if containing(outside, start + d.start) is None]
        known = next(filter(None, (_day(date) for date in found if date.first.day)), None)
        for date in found:
            # Where the document has no date, one above in the same block says the year.
            first, last = _dated(date, known or (None if anchor else above), line, anchor)
            known = _day(date) or known
            above = known or above
            yield _mention(start + date.start, start + date.end, first, last)


def _mention(start: int, end: int, first: Point, last: Point | None) -> Mention:
    value = first.edtf() if last is None else (interval(first, last) or last.edtf())
    entity = Entity(f"date:{value}", "DATE", value, {}, {"edtf": value})
    return Mention("DATE", start, end, SOURCE, value=value, entity=entity)


def _day(date: Found) -> dt.date | None:
    """A day that stands for a date with a year and a month, None for any other."""
    point = date.last or date.first
    if point.year is None or point.month is None or point.month > 12:
        return None
    return dt.date(point.year, point.month, point.day or 15)


def _dated(
    date: Found, known: dt.date | None, line: Line, anchor: dt.date | None
) -> tuple[Point, Point | None]:
    """The first and last point of a date, with the year that the text leaves out.

    Args:
        date: the date as the text gives it.
        known: the dated day of the sentence that stands nearest before it, else one after it.
        line: the sentence.
        anchor: the document's date.
    """
    first, last = date.first, date.last
    if (last or first).year is not None:
        return first, last
    year = line.context.deictic_year(line.text, date.end, anchor) if anchor else None
    if year is not None:
        return replace(first, year=year), last and replace(last, year=year)
    weekday_settles = first.weekday is not None and anchor is not None
    near = anchor if weekday_settles or known is None else known
    if near is None:
        return first, last
    if last is None:
        return first.with_year_near(near), None
    last = last.with_year_near(near)
    if last.year is not None:
        wraps = (first.month or 0, first.day or 0) > (last.month or 12, last.day or 99)
        first = replace(first, year=last.year - (1 if wraps else 0))
    return first, last
