"""Countries: their names, the adjectives derived from them, and their inhabitants.

One pass over the text walks a trie of every surface in `data/countries.tsv` (longest match, case
as written there, or all capitals) and costs the same however long the list is. What a surface means
where it stands is then decided from its neighbours, with the words of `data/<lang>/countries.toml`:

1. a surface that is part of something else is dropped: a web address, a person's name, a sea, a
   city, a currency, an ethnic group, a language;
2. an adjective before a noun is an `adjective`, one that stands for a noun a `demonym`;
3. a surface of two countries (`Congo`) goes to the one that the text names unambiguously, else to
   the usual one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from spacy.tokens import Doc, Token

from pipeline.entities.spans import containing, with_marks_apart, with_raised_marks
from pipeline.resources import language_data, table
from pipeline.types import LANGUAGES, Entity, Mention

SOURCE = "lexicon:countries"

_TOKEN = re.compile(r"[^\W_]+|[^\w\s]")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|[\w.-]{1,64}@[\w.-]{1,255}")
_NEXT_WORD = re.compile(r"\s+(?:[\"“”'‘’(]\s?)?([^\W\d_][\w-]{0,40})")
_PREVIOUS_WORD = re.compile(r"([^\W\d_][\w'’]{0,40})[\s\"“”'‘’(]{1,3}$")
_WORD = re.compile(r"[^\W\d_]{2,}")
_CAPITALISED = re.compile(r"\b[A-ZÅÄÖ]\w*")
_WINDOW = 80
_CONTENT = frozenset(("NOUN", "PROPN", "ADJ", "NUM", "X"))
_NOMINAL = frozenset(("amod", "nsubj", "obj", "iobj", "obl", "nmod", "appos"))
_END = ""  # the key under which a trie node keeps the readings of the surface that ends there
_SAME = str.maketrans({"’": "'", "‘": "'", "‐": "-", "‑": "-"})

Reading = tuple[str, str]
"""A country code and the form of the surface: `name`, `adjective` or `demonym`."""


class Match(NamedTuple):
    """A surface found at `[start, end)` of the text, with its readings, the usual one first."""

    start: int
    end: int
    readings: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A context in which a surface does not mean a country; empty `words` or `forms` mean any."""

    words: frozenset[str]
    forms: frozenset[str]
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None

    @classmethod
    def from_data(cls, rule: dict[str, Any]) -> Exclusion:
        """The exclusion that a `[[exclusion]]` table describes; patterns abut the surface."""
        before, after = rule.get("before"), rule.get("after")
        return cls(
            frozenset(rule.get("words", ())),
            frozenset(rule.get("forms", ())),
            re.compile(rf"(?:{before})$") if before else None,
            re.compile(after) if after else None,
        )

    def holds(self, surface: str, forms: set[str], before: str, after: str) -> bool:
        """Whether this exclusion covers the surface between these stretches of text."""
        return (
            (not self.words or surface in self.words)
            and (not self.forms or not forms.isdisjoint(self.forms))
            and (self.before is None or self.before.search(before) is not None)
            and (self.after is None or self.after.match(after) is not None)
        )


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What one language knows of countries: the trie of surfaces and the words of context."""

    root: dict[str, Any]
    exclusions: tuple[Exclusion, ...]
    not_initial: frozenset[str]
    not_in_capitals: frozenset[str]
    given_names: frozenset[str]
    languages: frozenset[str]
    determiners: frozenset[str]
    nominal: re.Pattern[str]
    neuter: frozenset[str]
    copulas: frozenset[str]
    coordination: re.Pattern[str]
    language_list: re.Pattern[str]
    language_follows: re.Pattern[str]

    def matches(self, text: str) -> list[Match]:
        """The leftmost longest surfaces in a text; they do not overlap."""
        spans = [(m.group(), m.start(), m.end()) for m in _TOKEN.finditer(text)]
        found: list[Match] = []
        root, total, index = self.root, len(spans), 0
        while index < total:
            word, start, end = spans[index]
            index += 1
            node = root.get(word)
            if node is None:
                continue
            readings, position = node.get(_END), index
            while position < total:
                word, at, to = spans[position]
                node = node.get(word if at == spans[position - 1][2] else " " + word)
                if node is None:
                    break
                position += 1
                if _END in node:
                    readings, end, index = node[_END], to, position
            if readings:
                found.append(Match(start, end, readings))
        return found


def _inflected(surface: str, form: str, data: dict[str, Any]) -> Iterator[str]:
    """The surface, and a name with the language's genitive endings."""
    yield surface
    if form == "name":
        abbreviation = surface.isupper() or surface.endswith(".")
        for ending in data["genitive_abbreviation" if abbreviation else "genitive"]:
            if ending != "s" or not surface.endswith(("s", "x", "z")):
                yield surface + ending


def _cased(surface: str, form: str) -> Iterator[str]:
    """The surface as written, in capitals, and with a capital if it is a lower-case word."""
    yield surface
    if len(surface) > 3 and "." not in surface:
        yield surface.upper()
    if surface[0].islower() and form != "name":
        yield surface[0].upper() + surface[1:]


def _insert(root: dict[str, Any], surface: str, reading: Reading) -> None:
    """Adds a surface to the trie; a reading as a name outranks the others."""
    node, end = root, 0
    for match in _TOKEN.finditer(surface.translate(_SAME)):
        key = match.group() if match.start() == end else " " + match.group()
        node, end = node.setdefault(key, {}), match.end()
    known = node.get(_END, ())
    if reading not in known and not (known and known[0][1] == "name" != reading[1]):
        node[_END] = (*known, reading)


@cache
def lexicon(lang: str) -> Lexicon:
    """The lexicon of a language, read once."""
    data = language_data(lang, "countries")
    excluded = set(data["excluded"])
    rows = [r for r in table("countries") if r["lang"] == lang and r["surface"] not in excluded]
    root: dict[str, Any] = {}
    plain = {r["surface"] for r in rows}
    for row in sorted(rows, key=lambda r: ("name", "adjective", "demonym").index(r["form"])):
        reading = (row["code"], row["form"])
        for surface in _inflected(row["surface"], row["form"], data):
            if surface == row["surface"] or surface not in plain:
                for cased in _cased(surface, row["form"]):
                    _insert(root, cased, reading)
    others = "|".join(data["other_languages"])
    return Lexicon(
        root,
        tuple(map(Exclusion.from_data, data["exclusion"])),
        frozenset(data["not_initial"]),
        frozenset(data["not_in_capitals"]),
        frozenset(data["given_names"]),
        frozenset(data["languages"]),
        frozenset(data["determiners"]),
        re.compile(data["nominal"]),
        frozenset(data["neuter"]),
        frozenset(data["copulas"]),
        re.compile(data["coordination"]),
        re.compile(rf"\b(?:{others}){data['coordination']}$"),
        re.compile(rf"{data['coordination']}(?:{others})\b"),
    )


@cache
def entity(code: str) -> Entity:
    """The entity of an ISO 3166-1 code, labelled with its CLDR name in each language."""
    labels: dict[str, str] = {}
    for row in table("countries"):
        if row["code"] == code and row["form"] == "name":
            labels.setdefault(row["lang"], row["surface"])
    ordered = {lang: labels[lang] for lang in LANGUAGES if lang in labels}
    return Entity(f"country:{code}", "COUNTRY", labels["en"], ordered, {"iso3166-1": code})


def find(doc: Doc) -> Iterator[Mention]:
    """The COUNTRY mentions of a Doc, in order, each linked to `country:<ISO 3166-1 code>`.

    Uses `doc.lang_`, and where they are set the sentence starts, parts of speech and names of
    persons; without them the words around a surface decide alone.
    """
    words = lexicon(doc.lang_)
    text = with_marks_apart(with_raised_marks(doc).translate(_SAME))
    outside = [m.span() for m in _ADDRESS.finditer(text)]
    persons = [(e.start_char, e.end_char) for e in doc.ents if e.label_ == "PER"]
    matches = [m for m in words.matches(text) if containing(outside, m.start) is None]
    attributive = _attributive(doc, text, matches, words)
    kept: list[tuple[Match, str]] = []
    language_end = -1  # where the last name of a language ends
    for match, before_noun in zip(matches, attributive, strict=True):
        if _is_excluded(doc, text, match, words) or _names_person(text, match, persons, words):
            continue
        listed = words.language_list.search(text[max(0, match.start - _WINDOW) : match.start])
        joint = words.coordination.match(text, language_end) if language_end >= 0 else None
        among_languages = (
            listed is not None
            or words.language_follows.match(text, match.end) is not None
            or (joint is not None and joint.end() == match.start)
        )
        form = _form(text, match, before_noun, among_languages, words)
        if form is not None:
            kept.append((match, form))
        else:
            language_end = match.end
    evidence = Counter(m.readings[0][0] for m, _ in kept if len({c for c, _ in m.readings}) == 1)
    for match, form in kept:
        code = _code(match, form, evidence)
        yield Mention("COUNTRY", match.start, match.end, SOURCE, form=form, entity=entity(code))


def _names_person(
    text: str, match: Match, persons: Sequence[tuple[int, int]], words: Lexicon
) -> bool:
    """Whether the surface is part of a longer name of a person (`Anatole France`).

    A leading adjective is not, unless it is a given name too (`Frans`): taggers draw `Belgian` into
    `Belgian Prime Minister De Croo`.
    """
    person = containing(persons, match.start)
    if person is None or match.end > person[1]:
        return False
    start, end = person
    others = text[start : match.start] + " " + text[match.end : end]
    if _WORD.search(others) is None:
        return False
    surface = text[match.start : match.end]
    leading_adjective = start == match.start and match.readings[0][1] != "name"
    return not leading_adjective or surface in words.given_names


def _token(doc: Doc, position: int) -> Token | None:
    span = doc.char_span(position, position + 1, alignment_mode="expand")
    return span[0] if span else None


def _is_excluded(doc: Doc, text: str, match: Match, words: Lexicon) -> bool:
    """Whether the surface, where it stands, is not a country's."""
    surface = text[match.start : match.end]
    before = text[max(0, match.start - _WINDOW) : match.start]
    after = text[match.end : match.end + _WINDOW]
    forms = {form for _, form in match.readings}
    if _abbreviates_other(surface, before, after, words):
        return True
    if any(rule.holds(surface, forms, before, after) for rule in words.exclusions):
        return True
    if surface in words.not_initial or surface in words.not_in_capitals or " " in surface:
        span = doc.char_span(match.start, match.end, alignment_mode="expand")
        if span is None:
            return False
        if surface in words.not_in_capitals:
            return span.sent.text.isupper() if doc.has_annotation("SENT_START") else text.isupper()
        if surface in words.not_initial:
            return span.start == 0 or bool(span[0].is_sent_start)
        return any(token.is_sent_start for token in span[1:])
    return False


def _abbreviates_other(surface: str, before: str, after: str, words: Lexicon) -> bool:
    """Whether capitals in brackets abbreviate another name: `Danish Refugee Council (DRC)`."""
    if not (surface.isupper() and before.endswith("(") and after.startswith(")")):
        return False
    name = _CAPITALISED.findall(before[:-1])[-len(surface) :]
    if "".join(word[0] for word in name) != surface:
        return False
    end = len(before[:-1].rstrip())
    return not any(found.end == end for found in words.matches(before))


def _attributive(doc: Doc, text: str, matches: list[Match], words: Lexicon) -> list[bool]:
    """For each match, whether a noun that it modifies follows, perhaps after further adjectives."""
    result = [False] * len(matches)
    for index in range(len(matches) - 1, -1, -1):
        match = matches[index]
        if match.readings[0][1] == "name":
            continue
        end = match.end
        if text[end : end + 1] == "-" and text[end + 1 : end + 2].isalpha():
            result[index] = True
            continue
        if joint := words.coordination.match(text, end):
            following = matches[index + 1] if index + 1 < len(matches) else None
            if following and following.start == joint.end() and following.readings[0][1] != "name":
                result[index] = result[index + 1]
            else:  # `the Belgian and European authorities`
                other = _content_end(doc, text, joint.end() - 1)
                result[index] = other is not None and _content_end(doc, text, other) is not None
        else:
            result[index] = _content_end(doc, text, end) is not None
    return result


def _content_end(doc: Doc, text: str, end: int) -> int | None:
    """Where the next word ends if it can be part of a noun phrase, else None."""
    following = _NEXT_WORD.match(text, end)
    token = _token(doc, following.start(1)) if following else None
    if following is None or token is None:
        return None
    if following.group(1).endswith("-"):  # `Namibische presidents- en parlementsverkiezingen`
        content = True
    elif token.pos_ == "VERB":  # a participle: `Russian occupied territories`, `gedelegeerden`
        content = token.dep_.lower().partition(":")[0] in _NOMINAL
    else:
        content = token.pos_ in _CONTENT if token.pos_ else not token.is_stop
    return following.end(1) if content else None


def _form(
    text: str, match: Match, before_noun: bool, among_languages: bool, words: Lexicon
) -> str | None:
    """The form of the surface where it stands; None for the name of a language."""
    code, usual = match.readings[0]
    forms = {form for _, form in match.readings}
    if usual == "name" or forms == {"demonym"}:
        return usual
    if before_noun:
        return None if among_languages and code in words.languages else "adjective"
    if among_languages and code in words.languages:
        return None
    found = _PREVIOUS_WORD.search(text[max(0, match.start - _WINDOW) : match.start])
    previous = found.group(1).lower() if found else ""
    if previous in words.copulas:
        return "adjective"
    if previous in words.neuter and "demonym" not in forms:
        return None if code in words.languages else "adjective"
    surface = text[match.start : match.end]
    if previous in words.determiners and ("demonym" in forms or words.nominal.search(surface)):
        return "demonym"
    if code in words.languages:  # `speaks Chinese`, `kan inte tyska`
        return None
    return "demonym" if "demonym" in forms else "adjective"


def _code(match: Match, form: str, evidence: Counter[str]) -> str:
    """The country meant: of several, the one that the text names most, else the usual one."""
    codes = list(dict.fromkeys(code for code, known in match.readings if known == form))
    codes = codes or [match.readings[0][0]]
    return max(codes, key=lambda code: (evidence[code], -codes.index(code)))
