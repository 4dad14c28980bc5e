"""What layout knows about a language, from `data/<lang>/layout.toml`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from pipeline.resources import language_data
from pipeline.types import LANGUAGES


@dataclass(frozen=True)
class Lexicon:
    """Word sets, all in small letters, and the patterns that are built from them."""

    abbreviations: frozenset[str]
    continuing_words: frozenset[str]
    conjunctions: frozenset[str]
    hyphen_prefixes: frozenset[str]
    metadata_lines: frozenset[str]
    furniture: frozenset[str]
    link_lists: frozenset[str]
    language_names: frozenset[str]
    recital_leads: tuple[str, ...]
    enacting_formulas: tuple[str, ...]
    salutation: re.Pattern[str]
    closing: re.Pattern[str]
    signatories: re.Pattern[str]
    contact: re.Pattern[str]
    contact_word: re.Pattern[str]
    quoting: re.Pattern[str]
    metadata_label: re.Pattern[str]
    bare_label: re.Pattern[str]
    addressee: re.Pattern[str]
    furniture_opening: re.Pattern[str]
    link_opening: re.Pattern[str]
    recital_opening: re.Pattern[str]
    done_opening: re.Pattern[str]
    credit: re.Pattern[str]
    date_line: re.Pattern[str]
    stamp: re.Pattern[str]
    group_line: re.Pattern[str]
    page_number: re.Pattern[str]
    article: re.Pattern[str]
    division: re.Pattern[str]


def _any(phrases: Iterable[str]) -> str:
    """An alternation of literal phrases, the longest first, with free white space inside."""
    ordered = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    return "(?:" + "|".join(r"\s+".join(map(re.escape, p.split())) for p in ordered) + ")"


def _opening(phrases: Iterable[str]) -> re.Pattern[str]:
    """The phrases at the start of a text, not followed by a letter or digit."""
    return re.compile(rf"{_any(phrases)}(?!\w)", re.IGNORECASE)


def _closing(phrases: Iterable[str]) -> re.Pattern[str]:
    """Closing formulas; a single word (`signed`) must be all there is."""
    longer = [phrase for phrase in phrases if " " in phrase]
    single = [phrase for phrase in phrases if " " not in phrase]
    return re.compile(rf"{_any(longer)}(?!\w)|{_any(single)}\s?[,:.!]?\Z", re.IGNORECASE)


def _everywhere(key: str) -> list[str]:
    """The phrases of all languages: a page's menu may be in another language than its text."""
    return [phrase for lang in LANGUAGES for phrase in language_data(lang, "layout")[key]]


@cache
def lexicon(lang: str) -> Lexicon:
    """The layout lexicon of a language."""
    data, dates = language_data(lang, "layout"), language_data(lang, "dates")
    month, weekday = _any(dates["months"]), _any(data["weekdays"])
    short_month = _any([*dates["months"], *dates["month_abbreviations"]])
    article, division = _any(data["article_words"]), _any(data["division_words"])
    page, of = _any(data["page_words"]), _any(data["of_words"])
    day = r"(?:\d{1,2}(?:st|nd|rd|th|er|e|:a|:e)?\.?)"
    number = r"(?:\d{1,4}(?:[a-z]{1,2})?(?:\s+(?:bis|ter|quater))?|[IVXLCDM]{1,7})"
    stops = language_data(lang, "sentences")
    return Lexicon(
        abbreviations=frozenset(
            word.casefold() for word in stops["abbreviations"] + stops["number_abbreviations"]
        ),
        continuing_words=frozenset(data["continuing_words"]),
        conjunctions=frozenset(data["conjunctions"]),
        hyphen_prefixes=frozenset(data["hyphen_prefixes"]),
        metadata_lines=frozenset(data["metadata_lines"]),
        furniture=frozenset(_everywhere("furniture")),
        link_lists=frozenset(_everywhere("link_lists")),
        language_names=frozenset(_everywhere("language_names")),
        recital_leads=tuple(data["recital_leads"]),
        enacting_formulas=tuple(data["enacting_formulas"]),
        salutation=_opening(data["salutations"]),
        closing=_closing(data["closings"]),
        # `Signatories:`, `De ondertekenaars (12)`
        signatories=re.compile(
            rf"(?:{_any(data['signatory_headings'])})(?:\s\([^()]{{1,30}}\))?\s?[:.]?",
            re.IGNORECASE,
        ),
        # `Presskontakt`, `For more information, please contact:`
        contact=re.compile(
            rf"(?:{_any(data['contact_headings'])})(?!\w)[^.!?]{{0,60}}", re.IGNORECASE
        ),
        contact_word=re.compile(rf"\b{_any(data['contact_words'])}(?!\w)", re.IGNORECASE),
        # `…, säger Anna Berg.`: a dash opens what somebody said.
        quoting=re.compile(
            rf",[\"”’»]?\s{_any(data['quoting_verbs'])}\s[A-ZÅÄÖÉ\w]", re.IGNORECASE
        ),
        metadata_label=re.compile(rf"{_any(data['metadata_labels'])}\s?:", re.IGNORECASE),
        # `Datum 12 maart 2024`, where a form's columns lost their colon.
        bare_label=re.compile(
            rf"{_any(label for label in data['metadata_labels'] if len(label) >= 5)}"
            r"\s+(?-i:(?=[A-ZÅÄÖÉ0-9]))",
            re.IGNORECASE,
        ),
        addressee=_opening(data["addressee_openings"]),
        furniture_opening=re.compile(_any(_everywhere("furniture_openings")), re.IGNORECASE),
        link_opening=_opening(data["link_openings"]),
        recital_opening=_opening(data["recital_openings"]),
        done_opening=_opening(data["done_openings"]),
        credit=re.compile(rf"\b{_any(data['credit_words'])}\s?:", re.IGNORECASE),
        # `Brussel, 12 oktober 2020`, `Torsdagen den 11 februari 2021 - Bryssel`, `21.1.2021`
        date_line=re.compile(
            rf"(?:[^\W\d_][\w.'/-]{{1,25}}(?:\s[^\W\d_][\w.'/-]{{1,25}})?(?:\s?[,:]\s?|\s(?=the\s|den\s)))?"
            rf"(?:{weekday},?\s)?(?:the\s|den\s)?"
            rf"(?:{day}\s{month},?\s\d{{4}}|{month}\s{day},?\s\d{{4}}"
            r"|\d{1,2}[./-]\d{1,2}[./-]\d{4}|\d{4}-\d{2}-\d{2})"
            r"(?:\s?[-–—,|]\s?[^\W\d_][\w:.'-]{1,25}){0,2}\.?"
            rf"(?:\s{_any(data['editions'])})?",
            re.IGNORECASE,
        ),
        # `24.4.2024 01:01 CEST`, `Jun 21, 2018 20:47`, `20 jul 2016`
        stamp=re.compile(
            rf"(?:{weekday},?\s)?(?:the\s|den\s)?"
            rf"(?:{day}\s{short_month}\.?,?\s\d{{4}}|{short_month}\.?\s{day},?\s\d{{4}}"
            r"|\d{1,2}[./-]\d{1,2}[./-]\d{4}|\d{4}-\d{2}-\d{2})"
            r"(?:,?\s(?:(?:at|om|kl\.?|-)\s)?\d{1,2}[:.]\d{2}(?:[:.]\d{2})?"
            r"\s?(?:[ap]\.?m\.?|uur|h)?(?:\s[A-Z]{3,4})?)?",
            re.IGNORECASE,
        ),
        group_line=re.compile(data["group_line"], re.IGNORECASE),
        # `3`, `- 3 -`, `3/10`, `Page 3 of 10`, `PE 123.456v01-00`
        # A year alone goes on with the date above.
        page_number=re.compile(
            rf"(?:[-–—|]\s?)?(?:{page}\s?)?(?!(?:19|20)\d\d)\d{{1,4}}(?:\s?{of}\s?\d{{1,4}})?(?:\s?[-–—|])?"
            r"|PE\s?\d{3}\.\d{3}(?:v\d\d-\d\d)?",
            re.IGNORECASE,
        ),
        # `Article 5`, `Artikel 3 bis – Titel`; not the running text `Artikel 7 is van …`.
        article=re.compile(
            rf"({article}\s{number})(?:\s?[.:–—-]|(?-i:(?=\s[A-ZÅÄÖÉ\"“”'(]))|\Z)|(\d{{1,3}}\s?(?:[a-z]\s)?§)(?=\s|\Z)",
            re.IGNORECASE,
        ),
        division=re.compile(rf"{division}(?:\s{number})?(?:\s?[.:–—-].*)?", re.IGNORECASE),
    )
