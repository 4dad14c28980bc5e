"""Titles whose number names them beside the EU series: national acts, protocols, ILO conventions.

`Act LXXVI of 2017`, `Federal Law No. 121-FZ`, `Wet 17/2020`, `Protocol No 22`, `konventioner nr 87
och nr 98`, and a UN or Council of Europe document number with the noun in front of it. What may
follow a number (its title, a date) is read by the caller.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from typing import Any

from pipeline.entities import instrument_lexicon
from pipeline.entities.candidates import Candidate, instrument
from pipeline.entities.spans import ANY, BLANK
from pipeline.names import slug
from pipeline.resources import language_data
from pipeline.types import Entity

_LABOUR_CONVENTIONS = 192


def alternatives(words: Iterable[str]) -> str:
    """A pattern for any of the words, longest first; blanks match any white space."""
    ordered = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", BLANK) for word in ordered)


class Grammar:
    """One language's patterns for numbered titles, compiled once."""

    def __init__(self, data: dict[str, Any]) -> None:
        numbered = data["numbered"]
        flags = re.IGNORECASE
        self.laws: dict[str, str] = numbered["laws"]
        numero = rf"(?:{alternatives(numbered['numero'])})"
        conjunctions = alternatives(data["heads"]["and"])
        self.more = re.compile(
            rf"(?:,{ANY}(?:(?:{conjunctions}){BLANK})?|{BLANK}(?:{conjunctions}){BLANK})(?:{numero}\s?)?"
            r"C?(?P<number>\d{1,3})(?![\d/:(%]|\.\d| ?(?:%|procent|percent)|\w)",
            flags,
        )
        year = rf"\s(?:{alternatives(numbered['of'])})\s(?P<year>(?:1[5-9]|20)\d{{2}})(?![\w/])"
        self.plurals = frozenset(numbered["plurals"])
        self.more_laws = re.compile(
            rf"(?:,{ANY}(?:(?:{conjunctions}){BLANK})?|{BLANK}(?:{conjunctions}){BLANK})(?:{numero}\s?)?"
            r"(?P<number>\d{2,5})(?![\w/:(%]|\.\d| ?%)",
            flags,
        )
        self.law = re.compile(
            rf"(?<![\w-])(?P<kind>{alternatives(self.laws)})\s(?P<numero>{numero}\s?)?"
            r"(?:(?P<roman>(?-i:[IVXLCDM]{1,9}))(?![\w.-])"
            r"|(?P<number>\d{2}/L-\d{3}(?!\w)|\d{1,5}(?:/\d{2,4}|(?<=\d{4})-\d{1,4}|(?<=\d\d)-\d{2,4})?"
            r"(?P<suffix>(?:[-–/](?-i:[A-ZĐÀ-ЯІ]{1,5})){1,3})?(?![\w/:]|\.\d)))"
            rf"(?:{year})?",
            flags,
        )
        subjects = alternatives(data["heads"]["subject"])
        self.after_number = re.compile(rf"\s?(?:[,;).(]|\Z)|{BLANK}(?:{subjects}){BLANK}", flags)
        self.decisions = frozenset(numbered["decisions"])
        self.protocol = re.compile(
            rf"(?<![\w-])(?:{alternatives(numbered['protocols'])})\s"
            rf"(?:\({numero}\s?(?P<bracketed>\d{{1,2}})\)|{numero}\s?(?P<number>\d{{1,2}})(?![\w/]))",
            flags,
        )
        self.labour = re.compile(
            rf"(?<![\w-])(?:{alternatives(numbered['labour'])})[\s-]"
            rf"(?:(?:{alternatives(numbered['labour_adjectives'])})\s)?"
            rf"(?:{alternatives(numbered['labour_heads'])})\s(?:{numero}\s?)?"
            r"C?(?P<number>\d{1,3})(?![\w/])",
            flags,
        )
        documents, bodies = data["documents"], data["authors"]["bodies"] + data["authors"]["before"]
        heads = alternatives(documents["resolution"] + documents["recommendation"])
        self.before_symbol = re.compile(
            rf"(?<![\w-])(?:(?:{alternatives(bodies)})(?:['’]s)?[\s-]?)?(?<!\w)(?:{heads})\s"
            rf"(?:{numero}\s?)?\Z",
            flags,
        )


@cache
def grammar(lang: str) -> Grammar:
    """The grammar of a language's numbered titles."""
    return Grammar(language_data(lang, "instruments"))


# Titles of laws in other languages: `Loi n° 2017-399 du 27 mars 2017`, and English ones in Dutch
# and Swedish texts.
_FOREIGN = re.compile(
    r"(?<!\w)(?:(?i:loi|décret|décret-loi|ley|lei|legge)\s(?:organique\s|orgánica\s)?(?:n[°º.o]\s?)"
    r"\d{1,4}[-/]\d{1,4}(?:\s(?:du|de|del|di|van|of)\s\d{1,2}(?:er)?\s[^\W\d_]{3,10}\s\d{4})?"
    r"|[A-Z][a-zäöüß]{4,60}gesetz(?:es)?(?!\w)(?:\s(?:of|van|vom|av den)\s"
    r"\d{1,2}\.?\s[^\W\d_]{3,10}\s\d{4})?)"
)
_ENGLISH_ACT = re.compile(
    r"(?<!\w)[A-Z][\w’'-]*(?:\s(?:and\s|of\s|on\s|for\s|the\s|against\s){0,2}[A-Z][\w’'-]*){1,7}"
    r"(?:(?<=\sAct)(?:\s(?:19|20)\d{2})?|(?<=\sOrdinance)|(?<=\sBill)(?!\s(?:of\s)?[A-Z]))(?!\w)"
)


def find(text: str, lang: str) -> Iterator[Candidate]:
    """Every title of a sentence that its number names. Candidates may overlap."""
    rules = grammar(lang)
    yield from _laws(text, rules)
    for match in rules.protocol.finditer(text):
        yield Candidate(*match.span(), "pattern:treaty", 1, title=match.span())
    for match in rules.labour.finditer(text):
        yield from _labour_conventions(text, match, rules)


def foreign(text: str, lang: str) -> Iterator[Candidate]:
    """Titles of laws in another language than the text's."""
    patterns = [_FOREIGN] if "gesetz" in text or "°" in text or "º" in text else []
    data = language_data(lang, "instruments")
    if re.search(r" (?:Act|Bill|Ordinance)\b", text) and not data["titles"]["english"]:
        patterns.append(_ENGLISH_ACT)
    articles = frozenset(data["heads"]["definite_articles"])
    for pattern in patterns:
        for match in pattern.finditer(text):
            start, end = match.span()
            article, _, _ = match.group().partition(" ")
            if article.casefold() in articles:
                start += len(article) + 1
            yield Candidate(start, end, "pattern:law", 2, title=(start, end))


def with_noun(candidate: Candidate, text: str, lang: str) -> Candidate:
    """A document number with the noun in front: `Recommendation CM/Rec(2018)11`."""
    noun = grammar(lang).before_symbol.search(text, max(0, candidate.start - 90), candidate.start)
    return replace(candidate, start=noun.start()) if noun else candidate


def _laws(text: str, rules: Grammar) -> Iterator[Candidate]:
    for match in rules.law.finditer(text):
        kind = " ".join(match["kind"].casefold().split())
        serial = match["suffix"] or not (match["number"] or "").isdigit()
        named = match["kind"][0].isupper() and match.start() > 0
        # `wet 1040 inzake buitenlandse agenten`; `volgens de wet 500 euro` names none.
        named = named or bool(rules.after_number.match(text, match.end()))
        named = named and _is_serial(match["number"])
        serial = (serial or named) and not match["roman"]
        if kind in rules.decisions and not match["numero"]:
            continue
        if not (match["numero"] or match["year"] or (serial and kind not in rules.decisions)):
            continue
        label = _label(rules.laws[kind], match["roman"], match["number"])
        label += f" of {match['year']}" if match["year"] else ""
        entity = instrument(f"slug:{slug(label)}", label)
        source = "pattern:decision" if kind in rules.decisions else "pattern:law"
        yield Candidate(*match.span(), source, 1, entity, title=match.span())
        end = match.end()
        while kind in rules.plurals and (more := rules.more_laws.match(text, end)):
            end, span = more.end(), more.span("number")
            label = _label(rules.laws[kind], None, more["number"])
            entity = instrument(f"slug:{slug(label)}", label)
            yield Candidate(*span, source, 1, entity, title=span)


def _label(kind: str, roman: str | None, number: str) -> str:
    """`Act LXXVI`, `Law No 1040`, `Executive Order 13818`."""
    unmarked = language_data("en", "instruments")["numbered"]["unmarked"]
    return f"{kind} {roman or (number if kind in unmarked else f'No {number}')}"


def _is_serial(number: str | None) -> bool:
    """Whether a bare number can be that of a law (`Decree 349`): no single digit, no year."""
    if number is None or len(number) < 2:
        return False
    return not re.fullmatch(r"(?:1[5-9]|20)\d\d", number)


def _labour_conventions(text: str, match: re.Match[str], rules: Grammar) -> Iterator[Candidate]:
    """The conventions of the ILO under one head, a mention each."""
    start, found = match.start(), match
    while True:
        end = found.end()
        entity = labour_convention(int(found["number"]))
        yield Candidate(start, end, "pattern:convention", -1, entity, title=(start, end))
        more = rules.more.match(text, end)
        if more is None or int(more["number"]) > _LABOUR_CONVENTIONS:
            return
        start, found = _number_start(text, end, more), more


def _number_start(text: str, end: int, more: re.Match[str]) -> int:
    """Where the next number starts, with the `nr` in front of it."""
    words = re.search(r"(?:\w{2,3}\.?\s?)?C?\d+\Z", text[end : more.end()])
    start = end + words.start() if words else more.start("number")
    return (
        start if re.match(r"(?:no|nr|nos)\b", text[start:], re.IGNORECASE) else more.start("number")
    )


def labour_convention(number: int) -> Entity:
    """The International Labour Organization's convention with a number."""
    reference = f"C{number:03d}"
    if listed := instrument_lexicon.lexicon("en").by_identifier.get(reference):
        return listed
    label = f"ILO Convention No. {number}"
    return instrument(f"slug:{slug(label)}", label, {"ilo": reference})
