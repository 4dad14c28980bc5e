"""Numbered references: EU acts, official journals, EP and UN documents, national gazettes.

Each recogniser is a generator over one sentence's text. Identifiers follow from the number by rule:
a CELEX number is the sector (3, legislation), the year, a letter for the kind of act and the
number in four digits (EUR-Lex, "How CELEX numbers are composed").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from pipeline.entities import numbered_titles
from pipeline.entities.candidates import Candidate, instrument
from pipeline.names import slug
from pipeline.resources import language_data, table
from pipeline.types import Entity

_WITH_NOUN = ("un", "coe")
_DIGIT = re.compile(r"\d")
_FIRST_YEAR, _LAST_YEAR = 1952, 2035

# The Parliament's types of procedure; in `B9-0531/2022 (ECR)` a political group tables a motion.
_PROCEDURES = (
    "ACI|APP|AVC|BUD|BUI|CNS|COD|COS|DCE|DEA|DEC|GBD|IMM|IN[ILS]|NLE|PRT|REG|RPS|RS[OP]|SYN"
)

# References that are written alike in every language: (source, pattern).
_DOCUMENTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("ep", re.compile(r"P\d{1,2}_TA(?:-PROV)?\(\d{4}\)\d{4}|(?<!\w)T\d{1,2}-\d{4}/\d{4}")),
    ("ep", re.compile(r"(?:RC-)?(?<![A-QS-Za-z0-9])[ABCO]\d{1,2}[-‑]\d{4}/\d{4}")),
    ("procedure", re.compile(rf"(?<![\w/‑-])\d{{4}}/\d{{4}}[A-Z]?\s?\((?:{_PROCEDURES})\)")),
    (
        "com",
        re.compile(
            r"(?<!\w)(?P<series>COM|JOIN|SWD|SEC)\s?\((?P<year>\d{4})\)\s?(?P<number>\d{1,4})"
            r"(?!\d)(?:[\s/]{0,2}(?:final|definitief|slutlig|def\.|\d(?!\d)))?"
        ),
    ),
    (
        "council",
        re.compile(
            r"(?<!\w)ST\s?\d{4,5}/(?:\d/)?\d{2}(?:\s(?:INIT|(?:REV|ADD|COR)\s?\d))*"
            r"|(?<![\w/])\d{4,5}/(?:\d/)?\d{2}(?:\s(?:INIT|(?:REV|ADD|COR)\s?\d))+"
            r"|(?:(?<=doc\. )|(?<=dok\. )|(?<=document )|(?<=dokument ))\d{4,5}/\d{2}(?![\d/])"
        ),
    ),
    (
        "un",
        re.compile(
            r"(?<![\w/])(?:A|S|E|CCPR|CEDAW|CAT|CRC|CERD|CRPD|HRI)/(?!\d{1,3}\b(?!/))"
            r"[A-Z0-9][\w./()-]*\w"
        ),
    ),
    (
        "coe",
        re.compile(r"(?<!\w)(?:CM/Rec|Rec|CM/Res|Res|CM/ResDH|CM/Dec)\s?\(\d{2,4}\)\s?\d{1,4}"),
    ),
    (
        "cets",
        re.compile(r"(?<!\w)(?:CETS|ETS|STE|STCE)\s?(?:No\.?|nr\.?)?\s?(?P<number>\d{1,3})(?!\d)"),
    ),
    (
        "gazette",
        re.compile(
            r"(?<!\w)(?:SFS \d{4}:\d{1,4}|prop\. \d{4}/\d{2}:\d{1,3}"
            r"|(?:Stb\.|Trb\.|Stcrt\.|Staatsblad|Tractatenblad|Staatscourant)\s?\d{4},?\s"
            r"(?:nr\.?\s)?\d{1,5}|BGBl\.?\sI{1,2}\s(?:\d{4},?\s)?(?:S\.|Nr\.|p\.|No\.?)\s?\d{1,5})"
        ),
    ),
)
_JOURNAL_NUMBER = re.compile(
    r"\s*(?:nr\.?\s*)?(?:(?P<year>\d{4}),?\s(?:nr\.?\s)?)?(?P<series>[LC])(?:(?P<extra>\s?[A-Z]{1,2})?(?:\s?nr\.?)?\s?(?P<issue>\d{1,4})"
    r"(?:\s?(?P<suffix>[A-Z]{1,2})(?!\w))?|,\s?(?P<act>(?:C/)?\d{4}/\d{1,5}))"
)
_UN_DOCUMENT = re.compile(
    r"(?P<body>A|S)/(?P<council>HRC/)?RES/(?:S-)?(?P<number>\d{1,4}(?:/\d{1,3})?)"
)
_UN_NUMBER = (
    r"(?P<number>(?:(?:S|ES)-)?\d{1,4}(?:/\d{1,3})?)"
    r"(?P<year>\s?\((?:\d{4}|[IVXLC]{1,8}|[A-Z]{1,2}-[IVXLC\d]+)\))?"
)
_COUNCIL = ("human rights", "mensenrechtenraad", "mänskliga rättighet", "människorättsråd", "hrc")
_GENERAL = ("general assembly", "algemene vergadering", "generalförsamling", "unga")
_ASSEMBLY = ("parliamentary assembly", "parlementaire vergadering", "parlamentariska", "pace")
_UN_LABELS = {"SC": "Security Council", "GA": "General Assembly", "HRC": "Human Rights Council"}


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


def un_resolution(body: str, number: str, year: str | None = None) -> Entity:
    """A UN resolution by its body (`SC`, `GA`, `HRC`) and number; `year` where the text has it.

    A Security Council resolution is cited with its year, which follows from the number.
    """
    symbol = {"SC": f"S/RES/{number}", "GA": f"A/RES/{number}", "HRC": f"A/HRC/RES/{number}"}[body]
    label = f"UN {_UN_LABELS[body]} resolution {number}"
    if body == "SC":
        year = year or security_council_year(int(number))
        label += f" ({year})" if year else ""
    return instrument(f"slug:{slug(label)}", label, {"un": symbol})


def security_council_year(number: int) -> str | None:
    """The year in which the Security Council adopted a resolution, for those since 1991."""
    rows = table("un-security-council")
    years = [row["year"] for row in rows if int(row["first"]) <= number]
    return years[-1] if years and years[-1] != rows[-1]["year"] else None


def _words(words: Iterable[str]) -> str:
    ordered = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in ordered)


class Grammar:
    """One language's patterns for numbered acts, resolutions and journals, compiled once."""

    def __init__(self, data: dict[str, Any]) -> None:
        acts, documents, months = data["acts"], data["documents"], data["months"]
        flags = re.IGNORECASE
        self.kinds: dict[str, str] = acts["kinds"]
        communities = rf"(?:{_words(acts['communities'])})"
        numero = rf"(?:(?:{_words(acts['numero'])})\s?)"
        after = rf"(?:\s+(?:{_words(acts['authors'])}))?" if acts["authors"] else ""
        self.number = re.compile(
            rf"(?P<community>\(\s?{communities}(?:,\s?Euratom)?\s?\)\s?)?(?P<numero>{numero})?"
            rf"(?P<first>\d{{1,4}})/(?P<second>\d{{1,4}})(?P<suffix>/{communities})?(?!/|[^\W\d])",
            flags,
        )
        before = _words(acts["authors_before"])
        self.act = re.compile(
            rf"(?<![\w-])(?:(?:{before})\s+)?(?:(?:{before})\s+)?" * bool(before)
            + rf"(?<!\w)(?P<kind>{_words(self.kinds)}){after}\s+(?=\(|\d|{numero})",
            flags,
        )
        self.more = re.compile(
            rf",\s*(?:(?:{_words(data['heads']['and'])})\s+)?"
            rf"|\s+(?:{_words(data['heads']['and'])})\s+"
        )
        bodies = _words(data["authors"]["bodies"] + data["authors"]["before"])
        self.resolution = re.compile(
            rf"(?<![\w-])(?:(?P<before>{bodies})(?:['’]s)?[\s-]?)?(?<!\w)"
            rf"(?:{_words(documents['resolution'])})\s+(?:(?:{_words(documents['number'])})\s?)?"
            rf"{_UN_NUMBER}(?![\w/-])",
            flags,
        )
        self.resolution_number = re.compile(rf"{_UN_NUMBER}(?![\w/-])")
        of = (
            rf"(?:{_words(data['heads']['of'])})\s+(?:de|het|the)?\s*"
            if data["heads"]["of"]
            else ""
        )
        self.body_after = re.compile(rf"\s+{of}(?P<after>{bodies})(?!\w)")
        self.recommendation = re.compile(
            rf"(?<!\w)(?:(?:{_words(documents['recommendation'])})|(?P<resolution>"
            rf"{_words(documents['resolution'])}))\s+(?:No\.?\s|nr\.?\s)?"
            rf"(?:R\s?)?\((?P<year>\d{{2,4}})\)\s?(?P<number>\d{{1,4}})(?!\w)",
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
            rf"(?<!\w)(?:{_words(documents['journal'])})(?=\s*(?:nr\.?\s?)?(?:\d{{4}},?\s)?(?:nr\.?\s)?[LC])"
        )
        self.journal_tail = re.compile(
            rf"(?P<date>,?\s+(?:(?:{links})\s+)?{date})?"
            rf"(?P<page>,?\s+(?:{_words(documents['page'])})\s?\d{{1,4}}(?:\s?[–-]\s?\d{{1,4}})?)?",
            flags,
        )
        self.dated = re.compile(rf"\s+(?:{links})\s+{date}(?!\w)", flags)
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
    yield from _journals(text, rules)
    yield from _documents(text, lang)
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
        named = match["before"] or ("UNSC" if match.group().startswith("UNSC") else "")
        if not match["year"] and "/" not in match["number"] and not named:
            body_after = rules.body_after.match(text, match.end())
            if body_after is None:
                continue
        after = rules.body_after.match(text, match.end())
        body = _un_body(named or (after["after"] if after else ""), match)
        end = after.end() if after else match.end()
        yield Candidate(match.start(), end, "pattern:resolution", 1, _un_entity(body, match))
        position = end
        while (more := rules.more.match(text, rules.past_date(text, position))) and (
            number := rules.resolution_number.match(text, more.end())
        ):
            bare = not number["year"] and "/" not in number["number"]
            if bare and (body != "SC" or len(number["number"]) < 3 or match["year"]):
                break
            entity = _un_entity(body, number)
            yield Candidate(number.start(), number.end(), "pattern:resolution", 1, entity)
            position = number.end()


def _un_entity(body: str | None, match: re.Match[str]) -> Entity | None:
    if body is None or (body == "SC" and "/" in match["number"]):
        return None
    year = re.search(r"\d{4}", match["year"] or "")
    if body == "PACE":
        label = f"PACE resolution {match['number']}" + (f" ({year.group()})" if year else "")
        return instrument(f"slug:{slug(label)}", label)
    return un_resolution(body, match["number"], year.group() if year else None)


def _un_body(name: str, match: re.Match[str]) -> str | None:
    """The UN body of a resolution: by its name, else by the form of the number."""
    folded = name.casefold()
    if any(word in folded for word in ("security", "veiligheids", "säkerhets", "unsc")):
        return "SC"
    if any(word in folded for word in _COUNCIL):
        return "HRC"
    if any(word in folded for word in _GENERAL):
        return "GA"
    if any(word in folded for word in _ASSEMBLY):
        return "PACE"
    if any(word in folded for word in ("parliament", "parlement", "europa", "ministe")):
        return None
    number = match["number"]
    if "/" in number:
        # The Human Rights Council, founded in 2006, is in its sixties; the Assembly is past 61.
        # A session of the Council adopts some forty resolutions, one of the Assembly hundreds.
        if number.startswith(("S-", "ES-")):
            return "GA" if number.startswith("ES-") else _only_body(match.string)
        session, serial = map(int, number.split("/"))
        return "GA" if session > 65 or serial > 60 else _only_body(match.string)
    return "SC" if re.fullmatch(r"\s?\(\d{4}\)", match["year"] or "") else None


def _only_body(sentence: str) -> str | None:
    """The one of the two bodies that number resolutions by session which a sentence names."""
    folded = sentence.casefold()
    council, assembly = (any(w in folded for w in words) for words in (_COUNCIL, _GENERAL))
    return None if council == assembly else "HRC" if council else "GA"


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


def _documents(text: str, lang: str) -> Iterator[Candidate]:
    for kind, pattern in _DOCUMENTS:
        for match in pattern.finditer(text):
            if kind == "un" and not any(c.isdigit() for c in match.group()):
                continue
            found = Candidate(*match.span(), f"pattern:{kind}", 2, _document(kind, match))
            yield numbered_titles.with_noun(found, text, lang) if kind in _WITH_NOUN else found


def _document(kind: str, match: re.Match[str]) -> Entity:
    """The document that a reference denotes, under the identifier by which it is cited."""
    reference = match.group().replace("‑", "-")
    if kind == "ep":
        return instrument(f"ep:{reference}", reference, {"ep": reference})
    if kind == "procedure":
        reference = "".join(reference.split())
        return instrument(f"proc:{reference}", reference, {"procedure": reference})
    if kind == "cets":
        number = f"{int(match['number']):03d}"
        return instrument(f"cets:{number}", f"CETS No. {number}", {"cets": number})
    if kind == "com":
        reference = f"{match['series']}({match['year']}) {int(match['number'])}"
    if kind == "un" and (resolution := _UN_DOCUMENT.match(reference)):
        body = "HRC" if resolution["council"] else {"A": "GA", "S": "SC"}[resolution["body"]]
        return un_resolution(body, resolution["number"])
    if reference.startswith("prop."):
        label = f"Government bill {reference.split()[-1]} of Sweden"
        return instrument(f"slug:{slug(label)}", label, {"gazette": reference})
    if kind == "coe" and not reference.startswith("CM/"):
        reference = f"CM/{reference}"
    return instrument(f"slug:{slug(reference)}", reference, {kind: reference})
