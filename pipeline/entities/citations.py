"""Numbered references: EU acts, resolutions, recommendations, official journals, Swedish laws.

Each recogniser is a generator over one sentence's text. Identifiers follow from the number by rule:
a CELEX number is the sector (3, legislation), the year, a letter for the kind of act and the
number in four digits (EUR-Lex, "How CELEX numbers are composed").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from pipeline.entities import document_numbers, numbered_titles, un_resolutions
from pipeline.entities.candidates import Candidate, instrument
from pipeline.entities.spans import ANY, BLANK
from pipeline.names import slug
from pipeline.resources import language_data
from pipeline.types import Entity

_DIGIT = re.compile(r"\d")
_FIRST_YEAR, _LAST_YEAR = 1952, 2035

_JOURNAL_NUMBER = re.compile(
    r"\s{0,4}(?:nr\.?\s{0,4})?(?:(?P<year>\d{4}),?\s(?:nr\.?\s)?)?(?P<series>[LC])(?:(?P<extra>\s?[A-Z]{1,2})?(?:\s?nr\.?)?\s?(?P<issue>\d{1,4})"
    r"(?:\s?(?P<suffix>[A-Z]{1,2})(?!\w))?|,\s?(?P<act>(?:C/)?\d{4}/\d{1,5}))"
)
_UN_NUMBER = (
    r"(?P<number>(?:(?:S|ES)-)?\d{1,4}(?:/\d{1,3}(?!\d))?)"
    r"(?P<year>\s?\((?:\d{4}|[IVXLC]{1,8}|[A-Z]{1,2}-[IVXLC\d]+)\)|/(?:19|20)\d{2})?"
)


def celex(letter: str, year: int, number: int) -> str:
    """The CELEX number of an act in force or repealed (sector 3)."""
    return f"3{year}{letter}{number:04d}"


def act_year_and_number(first: str, second: str, *, numero: bool) -> tuple[int, int] | None:
    """Which of the two numbers of an act is its year: `2016/679`, `No 539/2001`, `95/46`.

    Until 2014 regulations were `No number/year`; directives and, since 2015, all acts are
    `year/number`. None where neither number can be a year.
    """
    year_first, year_last = _as_year(first), _as_year(second)
    if numero and year_last:
        return year_last, int(first)
    if year_first:
        return year_first, int(second)
    if year_last:
        return year_last, int(first)
    return None


def _as_year(text: str) -> int | None:
    if len(text) == 2:
        return 1900 + int(text) if int(text) >= _FIRST_YEAR - 1900 else None
    return int(text) if len(text) == 4 and _FIRST_YEAR <= int(text) <= _LAST_YEAR else None


def _words(words: Iterable[str]) -> str:
    ordered = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", BLANK) for word in ordered)


class Grammar:
    """One language's patterns for numbered acts, resolutions and journals, compiled once."""

    def __init__(self, data: dict[str, Any]) -> None:
        acts, documents, months = data["acts"], data["documents"], data["months"]
        flags = re.IGNORECASE
        self.kinds: dict[str, str] = acts["kinds"]
        communities = rf"(?:{_words(acts['communities'])})"
        numero = rf"(?:(?:{_words(acts['numero'])})\s?)"
        after = rf"(?:{BLANK}(?:{_words(acts['authors'])}))?" if acts["authors"] else ""
        self.number = re.compile(
            rf"(?P<community>\(\s?{communities}(?:,\s?Euratom)?\s?\)\s?)?(?P<numero>{numero})?"
            rf"(?P<first>\d{{1,4}})/(?P<second>\d{{1,4}})(?P<suffix>/{communities})?(?!/|[^\W\d])",
            flags,
        )
        before = _words(acts["authors_before"])
        self.act = re.compile(
            rf"(?<![\w-])(?:(?:{before}){BLANK})?(?:(?:{before}){BLANK})?" * bool(before)
            + rf"(?<!\w)(?P<kind>{_words(self.kinds)}){after}{BLANK}(?=\(|\d|{numero})",
            flags,
        )
        self.more = re.compile(
            rf",{ANY}(?:(?:{_words(data['heads']['and'])}){BLANK})?"
            rf"|{BLANK}(?:{_words(data['heads']['and'])}){BLANK}"
        )
        bodies = _words(data["authors"]["bodies"] + data["authors"]["before"])
        self.resolution = re.compile(
            rf"(?<![\w-])(?:(?P<before>{bodies})(?:['’]s)?[\s-]?)?(?<!\w)"
            rf"(?P<noun>{_words(documents['resolution'])}){BLANK}(?:(?:{_words(documents['number'])})\s?)?"
            rf"{_UN_NUMBER}(?![\w/-])",
            flags,
        )
        self.resolution_number = re.compile(rf"{_UN_NUMBER}(?![\w/-])")
        of = (
            rf"(?:{_words(data['heads']['of'])}){BLANK}(?:de|het|the)?{ANY}"
            if data["heads"]["of"]
            else ""
        )
        self.body_after = re.compile(rf"{BLANK}{of}(?P<after>{bodies})(?!\w)")
        self.recommendation = re.compile(
            rf"(?<!\w)(?:(?:{_words(documents['recommendation'])})|(?P<resolution>"
            rf"{_words(documents['resolution'])})){BLANK}(?:No\.?\s|nr\.?\s)?"
            rf"(?:R\s?)?\((?P<year>\d{{2,4}})\)\s?(?P<number>\d{{1,4}})(?!\w)",
            flags,
        )
        self.assembly = re.compile(
            rf"(?<!\w)(?:{_words(documents['recommendation'])}){BLANK}"
            rf"(?P<number>\d{{3,4}})\s?\((?P<year>(?:19|20)\d{{2}})\)(?:{BLANK}{of}(?:{bodies})(?!\w))?",
            flags,
        )
        self.recommendation_number = re.compile(
            r"(?:R\s?)?\((?P<year>\d{2,4})\)\s?(?P<number>\d{1,4})(?!\w)"
        )
        date = (
            rf"(?:\d{{1,2}}\s?\.\s?\d{{1,2}}\s?\.\s?\d{{4}}"
            rf"|\d{{1,2}}\s(?:{_words(months['names'])})\s\d{{4}})"
        )
        links = _words(months["links"])
        self.journal = re.compile(
            rf"(?<!\w)(?:{_words(documents['journal'])})(?={ANY}(?:nr\.?\s?)?(?:\d{{4}},?\s)?(?:nr\.?\s)?[LC])"
        )
        self.journal_tail = re.compile(
            rf"(?P<date>,?{BLANK}(?:(?:{links}){BLANK})?{date})?"
            rf"(?P<page>,?{BLANK}(?:{_words(documents['page'])})\s?\d{{1,4}}(?:\s?[–-]\s?\d{{1,4}})?)?",
            flags,
        )
        self.dated = re.compile(rf"{BLANK}(?:{links}){BLANK}{date}(?!\w)", flags)
        self.bracketed_law = re.compile(
            r"(?<!\w)(?:(?P<indefinite>[^\W\d_]{0,30}(?i:lag|förordning|balk)"
            r"|(?i:lagen|förordningen))|[^\W\d_]{0,40}(?:lagen|förordningen|balken|[Aa]ct|[Cc]ode"
            r"|[Oo]rdinance)) \((?:SFS )?(?P<sfs>\d{4}:\d{1,4})(?=\))"
        )

    def past_date(self, text: str, position: int) -> int:
        """The position behind the date that stands there, if one does: `2248 of 5 May 2015`."""
        dated = self.dated.match(text, position)
        return dated.end() if dated else position


@cache
def grammar(lang: str) -> Grammar:
    """The citation grammar of a language."""
    return Grammar(language_data(lang, "instruments"))


def find(text: str, lang: str) -> Iterator[Candidate]:
    """Every numbered reference of a sentence. Candidates may overlap."""
    if not _DIGIT.search(text):
        return
    rules = grammar(lang)
    yield from _acts(text, rules)
    yield from _resolutions(text, rules)
    yield from _recommendations(text, rules)
    yield from _assembly_recommendations(text, rules)
    yield from _journals(text, rules)
    yield from document_numbers.find(text, lang)
    yield from numbered_titles.find(text, lang)
    for law in rules.bracketed_law.finditer(text):
        reference = f"SFS {law['sfs']}"
        entity = instrument(f"slug:{slug(reference)}", reference, {"gazette": reference})
        if law["indefinite"]:
            yield Candidate(law.start(), law.end() + 1, "pattern:law", 1, entity)
        else:
            yield Candidate(*law.span("sfs"), "pattern:gazette", 1, entity)


def _acts(text: str, rules: Grammar) -> Iterator[Candidate]:
    for head in rules.act.finditer(text):
        kind = " ".join(head["kind"].casefold().split())
        start, position = _noun_start(head), head.end()
        while number := rules.number.match(text, position):
            entity = _act(rules.kinds[kind], number)
            if entity is None:
                break
            yield Candidate(start, number.end(), "pattern:act", 1, entity)
            more = rules.more.match(text, number.end())
            if more is None:
                break
            start = position = more.end()


def _noun_start(head: re.Match[str]) -> int:
    """Where the head of an act starts; in `by implementing Regulation (EU) …` the verb does not."""
    words = head["kind"].split()
    if len(words) > 1 and words[0][0].islower() and words[-1][0].isupper():
        return head.end("kind") - len(words[-1])
    return head.start()


def act_at(
    text: str, position: int, kind: str, lang: str, *, bare: bool = False
) -> tuple[Entity, int] | None:
    """The act of a kind whose number stands at a position, and its end.

    The number has its community, unless it may be `bare`: `Opvangrichtlijn 2024/1346`.
    """
    rules = grammar(lang)
    number = rules.number.match(text, position)
    if number is None or not (number["community"] or number["suffix"] or bare):
        return None
    entity = _act(rules.kinds[kind], number)
    return (entity, number.end()) if entity else None


def _act(letter: str, number: re.Match[str]) -> Entity | None:
    """The act that a number denotes; None for one that no EU series explains."""
    community = f"{number['community'] or ''}{number['suffix'] or ''}".casefold()
    if not community and letter not in "RLF":
        return None
    parts = act_year_and_number(number["first"], number["second"], numero=bool(number["numero"]))
    if parts is None:
        return None
    identifier = celex(letter, *parts)
    return instrument(f"celex:{identifier}", number.group(), {"celex": identifier})


def _resolutions(text: str, rules: Grammar) -> Iterator[Candidate]:
    for match in rules.resolution.finditer(text):
        named = un_resolutions.council_in(match["noun"]) or match["before"]
        if not match["year"] and "/" not in match["number"] and not named:
            body_after = rules.body_after.match(text, match.end())
            if body_after is None:
                continue
        after = rules.body_after.match(text, match.end())
        body = un_resolutions.body_of(named or (after["after"] if after else ""), match)
        end = after.end() if after else match.end()
        dated = rules.dated.match(text, end)
        entity = un_resolutions.entity(body, match, dated.group() if dated else "")
        yield Candidate(match.start(), end, "pattern:resolution", 1, entity)
        position = end
        while (more := rules.more.match(text, rules.past_date(text, position))) and (
            number := rules.resolution_number.match(text, more.end())
        ):
            bare = not number["year"] and "/" not in number["number"]
            if bare and (body != "SC" or len(number["number"]) < 3 or match["year"]):
                break
            entity = un_resolutions.entity(body, number)
            yield Candidate(number.start(), number.end(), "pattern:resolution", 1, entity)
            position = number.end()


def _recommendations(text: str, rules: Grammar) -> Iterator[Candidate]:
    """The Committee of Ministers' recommendations and resolutions: `Recommendation (2010) 5`."""
    for match in rules.recommendation.finditer(text):
        series = "Res" if match["resolution"] else "Rec"
        number: re.Match[str] | None = match
        while number is not None:
            reference = f"CM/{series}({number['year']}){number['number']}"
            entity = instrument(f"slug:{slug(reference)}", reference, {"coe": reference})
            yield Candidate(number.start(), number.end(), "pattern:recommendation", 1, entity)
            more = rules.more.match(text, number.end())
            number = rules.recommendation_number.match(text, more.end()) if more else None


def _assembly_recommendations(text: str, rules: Grammar) -> Iterator[Candidate]:
    """Those of the Parliamentary Assembly: `Recommendation 2252 (2023)`."""
    for match in rules.assembly.finditer(text):
        label = f"PACE recommendation {match['number']} ({match['year']})"
        entity = instrument(f"slug:{slug(label)}", label)
        yield Candidate(match.start(), match.end(), "pattern:resolution", 1, entity)


def _journals(text: str, rules: Grammar) -> Iterator[Candidate]:
    for head in rules.journal.finditer(text):
        number = _JOURNAL_NUMBER.match(text, head.end())
        if number is None:
            continue
        tail = rules.journal_tail.match(text, number.end())
        end = tail.end() if tail else number.end()
        if number["act"] or number["year"] or (tail and (tail["date"] or tail["page"])):
            yield Candidate(head.start(), end, "pattern:journal", 1, _journal(text, number, tail))


def _journal(text: str, number: re.Match[str], tail: re.Match[str] | None) -> Entity:
    """The journal page as an entity; the caller links it to an act where the text says which."""
    words = " ".join(text[number.start() : tail.end() if tail else number.end()].split())
    page = re.search(r"\d+", (tail["page"] or "") if tail else "")
    issue = number["act"] or f"{number['issue']}{number['suffix'] or ''}"
    series = f"{number['series']}{(number['extra'] or '').strip()}"
    year = re.search(r"\d{4}", number["year"] or (tail and tail["date"]) or "")
    parts = [
        f"OJ {series} {issue}",
        year.group() if year else "",
        f"p. {page.group()}" if page else "",
    ]
    label = ", ".join(part for part in parts if part)
    return instrument(f"slug:{slug(label)}", words, {"oj": label})
