"""Measures `pipeline.entities.dates` on the date cases of Recognizers-Text, per language.

    python tools/measure_dates.py CASES_DIR [--failures] [--compare]

`CASES_DIR` holds `Dutch/`, `English/` and `Swedish/` with the suite's JSON files (MIT licence;
evaluation only). A case counts as in scope when every expression in it is a calendar expression in
the sense of the annotation guidelines. Out of scope, by the case's own annotation:

* deictic and relative expressions, weekdays alone, durations, weeks, times, centuries, holidays
  (their resolution is not fixed by the words: no month, year or date in figures among them, or a
  word such as `next`, `ago`, `volgende`, `nästa` in the expression);
* a bare day of the month (`the 21st`), the nth weekday of a month; seasons (`summer of 2016`);
* years in words or of two figures after a month, a day and month in figures without a year and a
  month and year in figures (`22/04`, `2015/3`: in policy texts these are numbers of documents), and
  English figures that only an American reads month first;
* open-ended expressions (`since 2012`, `after 2016`), half-open by their annotation.

A case is right when the expressions found have the spans expected, less articles, prepositions and
qualifiers, which our guidelines leave outside, and resolve to the days expected. `--compare` runs
dateparser (if installed) and a plain regular expression on the same cases.
"""

from __future__ import annotations

import argparse
import calendar
import datetime as dt
import json
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import spacy

from pipeline.entities import dates
from pipeline.resources import language_data

LANGUAGES = {"nl": "Dutch", "en": "English", "sv": "Swedish"}
SUITES = ("DateParser", "DatePeriodParser", "DateExtractor", "DatePeriodExtractor")
Days = tuple[dt.date, dt.date]

OUT_OF_SCOPE = re.compile(
    r"""(?ix)\b(?:
    next|last|this|past|previous|current|coming|following|upcoming|today|tomorrow|yesterday|now|ago
    |weeks?|weekends?|fortnight|days?|hours?|century|centuries|later|earlier|within|rest|ytd|mtd|tmrw
    |before|after|since|until|till\ now|prior|more\ than|less\ than|sooner|before|on\ or|or\ later
    |christmas|easter|hundred|thousand|nineteen|two\ thousand
    |twenty\ (?:one|ten|sixteen|eighteen)\ *$
    |volgende?|vorige?|deze|dit|komende|aanstaande|aankomende|laatste|afgelopen|voorgaande|vandaag
    |morgen|gisteren|nu|geleden|week|weken|weekend|weekeinde|dag|dagen|uur|eeuw|later|eerder|binnen
    |voor|vóór|na|sinds|vanaf|tot\ nu|rest|mijn|kerst|hele|afgelopen|huidige|jaren?|komend|afgelopen
    |nästa|förra|denna|detta|kommande|senaste|föregående|idag|i\ dag|imorgon|igår|sedan|veckan?
    |helgen?|vecka|veckor|dagar|dagen|timmar|århundradet|innan|efter|senare|tidigare|inom|resten|år
    |nuvarande|jul|tills|aktuella|innevarande|(?:tjugohundra|nittonhundra|tvåtusen)\w*|tusen
    |springs?|summers?|autumns?|winters?|fall|lente|voorjaar|zomer|herfst|najaar
    |vår(?:en)?|sommar(?:en)?|höst(?:en)?|vinter(?:n)?
    |tweeduizend|negentien\w*|overmorgen|eergisteren|maand\ van|month\ of\ \w+.\d+|w/c
    )\b"""
)
FIGURES = re.compile(
    r"^\D*\d{1,2}\s?[-/.]\s?\d{1,2}\D*$|^(?:\d{4}\s?[-/.]\s?\d{1,2}|\d{1,2}\s?[-/.]\s?\d{4})$"
)
NTH_WEEKDAY = re.compile(
    r"\b(?:first|second|third|eerste|tweede|derde|första|andra) \w*(?:day|dag)\b"
)
SHORT_YEAR = re.compile(r"[a-z]{3} (?:3[2-9]|[4-9]\d)$")
TIMEX_POINT = re.compile(r"^(\d{4}|XXXX)(?:-(\d\d)(?:-(\d\d))?)?$")
LEADING = {
    "nl": "maand van de het op in tussen begin eind einde midden half medio zo rond vanaf tot uit",
    "en": "month from the on in between early late mid of beginning end middle start during begin",
    "sv": "månaden från den de i mellan tidig tidigt sent slutet början mitten av under det på",
}


@dataclass(frozen=True)
class Case:
    """A sentence, its reference date and the expressions expected with their possible days."""

    text: str
    reference: dt.date
    expected: tuple[tuple[int, int, tuple[Days, ...]], ...]


def days(start: str, end: str | None = None) -> Days | None:
    """Two ISO dates as dates."""
    try:
        first = dt.date.fromisoformat(start)
        return first, dt.date.fromisoformat(end) if end else first
    except ValueError:
        return None


def point_days(year: int, month: int | None, day: int | None) -> Days:
    """The first and last day of a year, month or day."""
    if month is None:
        return dt.date(year, 1, 1), dt.date(year, 12, 31)
    if day is None:
        return dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])
    return dt.date(year, month, day), dt.date(year, month, day)


def edtf_days(value: str) -> Days:
    """The first and last day of an EDTF value that `dates` writes."""
    parts = []
    for side in value.split("/"):
        if side.endswith("X"):
            decade = int(side[:3]) * 10
            parts.append((dt.date(decade, 1, 1), dt.date(decade + 9, 12, 31)))
        else:
            numbers = [int(number) for number in side.split("-")]
            parts.append(point_days(numbers[0], *[*numbers[1:], None, None][:2]))
    return parts[0][0], parts[-1][1]


def expected_days(result: dict[str, Any]) -> tuple[Days, ...] | None:
    """The readings that a case accepts, empty for a span-only case; None if out of scope."""
    value = result.get("Value")
    if value is None:
        return ()
    timex = value["Timex"]
    vague = re.search(r"XXXX-XX|-WXX|^P|-W\d|PRESENT|W\d\d|-(?:SP|SU|FA|WI)$", timex)
    if vague or value.get("Mod"):
        return None
    point = TIMEX_POINT.match(timex)
    if point and point.group(1) != "XXXX":
        try:
            return (point_days(*[int(p) if p else None for p in point.groups()]),)  # type: ignore
        except ValueError:  # the suite resolves `31st of this month` in November
            return None
    found = []
    for key in ("FutureResolution", "PastResolution"):
        resolution = value.get(key, {})
        if "date" in resolution:
            found.append(days(resolution["date"]))
        elif {"startDate", "endDate"} <= resolution.keys():
            found.append(days(resolution["startDate"], resolution["endDate"]))
    if any(reading and reading[0].year == 1 for reading in found):
        return None  # an impossible date
    return tuple(filter(None, found)) or None


def in_scope(text: str, lang: str) -> bool:
    """Whether the words of an expression fix a calendar date."""
    data = language_data(lang, "dates")
    months = [*data["months"], *data["month_abbreviations"]]
    lowered = text.lower()
    if OUT_OF_SCOPE.search(lowered) and not re.search(r"jaren \W?\d", lowered):
        return False
    if FIGURES.match(lowered) or NTH_WEEKDAY.search(lowered) or SHORT_YEAR.search(lowered):
        return False
    has_month = re.search(rf"\b(?:{'|'.join(months)})\b", lowered)
    has_year = re.search(r"(?<!\d)(?:1[0-9]|20)\d\d(?!\d)", lowered)
    figures = re.search(r"\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}", lowered)
    american = re.search(r"(?<!\d)(\d{1,2})[-/.](\d{1,2})[-/.,]\d{2,4}", lowered)
    if lang == "en" and american and int(american.group(1)) <= 12 and int(american.group(2)) <= 31:
        return int(american.group(1)) == int(american.group(2))
    return bool(has_month or has_year or figures)


def cases(directory: Path, lang: str) -> tuple[list[Case], int]:
    """The cases in scope of a language, each sentence once per reference date, and how many not."""
    seen: dict[tuple[str, str], Case | None] = {}
    for suite in SUITES:
        path = directory / LANGUAGES[lang] / f"{suite}.json"
        if not path.exists():
            continue
        for raw in json.loads(path.read_text("utf-8-sig")):
            reference = raw.get("Context", {}).get("ReferenceDateTime", "2016-11-07T00:00:00")
            key = (raw["Input"].strip(), reference[:10] if "Context" in raw else "")
            if key not in seen:
                seen[key] = as_case(raw, dt.date.fromisoformat(reference[:10]), lang)
    dated = {text for text, reference in seen if reference}
    chosen = [case for (text, ref), case in seen.items() if ref or text not in dated]
    kept = [case for case in chosen if case is not None]
    return kept, len(chosen) - len(kept)


def as_case(raw: dict[str, Any], reference: dt.date, lang: str) -> Case | None:
    """A case in scope, or None."""
    if not raw["Results"]:
        return None
    expected = []
    for result in raw["Results"]:
        readings = expected_days(result)
        if readings is None or not in_scope(result["Text"], lang):
            return None
        start = raw["Input"].lower().find(result["Text"].lower())
        expected.append((start, start + len(result["Text"]), readings))
    return Case(raw["Input"], reference, tuple(expected))


def trimmed(text: str, lang: str) -> str:
    """An expression without the articles, prepositions and qualifiers before it."""
    words = text.lower().strip(" .,")
    leading = "|".join(map(re.escape, sorted(LEADING[lang].split(), key=len, reverse=True)))
    while match := re.match(rf"(?:{leading})(?:\s+|(?<=-)|-)", words):
        words = words[match.end() :]
    return words


def is_right(case: Case, found: list[tuple[str, Days | None]], lang: str) -> bool:
    """Whether the expressions found are those expected."""
    if len(found) != len(case.expected):
        return False
    for (text, value), (start, end, readings) in zip(found, case.expected, strict=True):
        if trimmed(text, lang) != trimmed(case.text[start:end], lang):
            return False
        if readings and (value is None or not any(same(value, days_) for days_ in readings)):
            return False
    return True


def same(ours: Days, theirs: Days) -> bool:
    """Equal days. The suite's periods end on the day after; where they end in a month or a year
    (`2014-2018`) it lets them end on that one's first day.
    """
    first = {ours[1].replace(day=1), ours[1].replace(month=1, day=1)} if ours[1].day > 27 else set()
    return ours[0] == theirs[0] and ((theirs[1] - ours[1]).days in (0, 1) or theirs[1] in first)


Finder = Callable[[str, dt.date], list[tuple[str, Days | None]]]


def clausula(lang: str) -> Finder:
    """Our own recogniser."""
    nlp = spacy.blank(lang)

    def find(text: str, reference: dt.date) -> list[tuple[str, Days | None]]:
        mentions = dates.find(nlp(text), reference)
        return [(text[m.start : m.end], edtf_days(m.value or "")) for m in mentions]

    return find


def plain_regex(lang: str) -> Finder:
    """Day, month and year, month and year, figures, and a lone year: the usual ten lines."""
    months = language_data(lang, "dates")["months"]
    pattern = re.compile(
        rf"(?i)(?:(\d{{1,2}})\s+)?({'|'.join(months)})(?:\s+(\d{{4}}))?"
        r"|(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})|\b((?:19|20)\d\d)\b"
    )

    def find(text: str, reference: dt.date) -> list[tuple[str, Days | None]]:
        found: list[tuple[str, Days | None]] = []
        for match in pattern.finditer(text):
            day, month, year, d, m, y, lone = match.groups()
            try:
                if month:
                    number = months.index(month.lower()) + 1
                    value = point_days(
                        int(year or reference.year), number, int(day) if day else None
                    )
                else:
                    value = (
                        point_days(int(lone), None, None)
                        if lone
                        else point_days(int(y), int(m), int(d))
                    )
            except ValueError:
                continue
            found.append((match.group(), value))
        return found

    return find


def with_dateparser(lang: str) -> Finder | None:
    """dateparser's search, day first, or None where it is not installed."""
    try:
        from dateparser.search import search_dates
    except ImportError:
        return None

    def find(text: str, reference: dt.date) -> list[tuple[str, Days | None]]:
        base = dt.datetime.combine(reference, dt.time())
        settings = {"RELATIVE_BASE": base, "DATE_ORDER": "DMY"}
        found = search_dates(text, languages=[lang], settings=settings) or []
        return [(string, (when.date(), when.date())) for string, when in found]

    return find


def measure(finder: Finder, known: list[Case], lang: str) -> tuple[list[Case], float]:
    """The cases that a finder gets wrong, and its seconds for all of them."""
    start = time.process_time()
    answers = [finder(case.text, case.reference) for case in known]
    seconds = time.process_time() - start
    pairs = zip(known, answers, strict=True)
    return [case for case, found in pairs if not is_right(case, found, lang)], seconds


def finders(lang: str, compare: bool) -> Iterator[tuple[str, Finder]]:
    """The recognisers to measure."""
    yield "clausula", clausula(lang)
    if compare:
        yield "plain regex", plain_regex(lang)
        if other := with_dateparser(lang):
            yield "dateparser", other


def main() -> None:
    """Prints, per language, the share of the cases in scope that each recogniser gets right."""
    parser = argparse.ArgumentParser(description="Measure dates on the Recognizers-Text cases.")
    parser.add_argument("directory", type=Path)
    parser.add_argument("--failures", action="store_true", help="list the cases that are wrong")
    parser.add_argument("--compare", action="store_true", help="measure the alternatives as well")
    options = parser.parse_args()
    for lang in LANGUAGES:
        known, left_out = cases(options.directory, lang)
        if not known:
            parser.error(f"{options.directory}: no cases; name the directory that holds English")
        print(f"{lang}: {len(known)} cases in scope, {left_out} out")
        for name, finder in finders(lang, options.compare):
            finder(known[0].text, known[0].reference)
            wrong, seconds = measure(finder, known, lang)
            words = sum(len(case.text.split()) for case in known)
            right = len(known) - len(wrong)
            rate = f"{words / seconds:,.0f} words/s"
            print(f"  {name:12} {right}/{len(known)} = {right / len(known):.1%}  {rate}")
            if options.failures and name == "clausula":
                for case in wrong:
                    got = finder(case.text, case.reference)
                    print("   ", case.text, "| expected", expectation(case), "| got", got)


def expectation(case: Case) -> list[tuple[str, str]]:
    """What a case expects, readable."""
    return [(case.text[a:b], " or ".join(f"{s}..{e}" for s, e in r)) for a, b, r in case.expected]


if __name__ == "__main__":
    main()
