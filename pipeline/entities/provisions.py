"""Pinpoint provisions: `artikel 7, lid 1,`, `artiklarna 144.5 och 132.4`, `Articles 10 to 13`.

A small scanner, not one regular expression: it finds a unit word (`artikel`), then reads numbers,
ranges, paragraphs and points for as long as they continue. Every step consumes text, so the time is
linear. The words of each language come from the table `[provisions]` of its `instruments.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from pipeline.entities.spans import ANY, BLANK
from pipeline.resources import language_data

_NUMBER = re.compile(
    r"(?P<number>\d{1,4}(?:[a-z]{1,2}\b(?!\))|/?[A-Z]{1,2}\b|:\d{1,4}[a-z]?\b"
    r"| (?:bis|ter|quater)\b)?|[IVXLC]{1,7}\b|[A-Z]\b)"
    r"(?:[./](?P<sub>\d{1,3}(?:[a-z]{1,2}\b)?)(?!\d|[./]\d{4})(?:\.(?P<point>\d{1,3})(?!\d))?"
    r"(?: (?P<letter>[a-hj-z])(?!\w))?)?"
    r"(?P<brackets>(?: ?\((?:\d{1,3}|[a-z]{1,4})\)){0,4})"
)
# The Strasbourg court's `Article 6 § 1`, `Article 6 §§ 1 and 3`.
_SIGNED = re.compile(r"\s?§(?P<several>§)?\s?(?=\d)")
_AFTER = re.compile(r",?\s")
_BRACKET = re.compile(r"\((\w+)\)")
_PARAGRAPH_SIGN = re.compile(
    r"(?<![\w/:])(?:(?P<chapter>\d{1,3}(?: ?[a-z])?) kap\.? )?(?P<number>\d{1,3}(?: ?[a-z])?"
    r"(?:[–-]\d{1,3}(?: ?[a-z])?)?) ?§{1,2}"
)


@dataclass(frozen=True, slots=True)
class Pinpoint:
    """A provision in a text: its character span and its language-neutral form."""

    start: int
    end: int
    provision: str


def _alternatives(words: Iterable[str]) -> str:
    """A pattern for any of the words, longest first; blanks match any white space."""
    ordered = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", BLANK) for word in ordered)


class Grammar:
    """One language's patterns, compiled once."""

    def __init__(self, data: dict[str, Any]) -> None:
        conjunction = _alternatives(data["and"])
        ordinals = _alternatives(data["ordinals"])
        paragraph = _alternatives(data["paragraphs"])
        point = _alternatives(data["points"])
        link = _alternatives(data["links"])
        article = _alternatives(data["articles"])
        flags = re.IGNORECASE
        self.units: dict[str, str] = data["units"]
        self.ordinals: dict[str, str] = data["ordinals"]
        self.several = frozenset(data["several"])
        self.unit = re.compile(
            rf"(?<!\w)(?:{_alternatives(self.units)}){ANY}(?=[\dIVXLCA-Z])", flags
        )
        self.range = re.compile(
            rf"\s?[–-]\s?(?=[\dIVXLC])|{BLANK}(?:{_alternatives(data['ranges'])}){BLANK}"
        )
        self.separator = re.compile(rf",?{BLANK}(?:{conjunction}){BLANK}|{ANY},{ANY}", flags)
        self.paragraph = re.compile(
            rf",?{BLANK}(?:(?P<paragraph>{paragraph}){BLANK}(?=\d)|(?P<ordinal>{ordinals}){BLANK}(?:{paragraph}|{point})\b)",
            flags,
        )
        self.point = re.compile(
            rf",?{BLANK}(?:(?:{point}){BLANK}\(?(?P<name>[a-z]{{1,4}}|\d{{1,3}})\b\)?"
            rf"|(?P<ordinal>{ordinals}){BLANK}(?:{point})\b)",
            flags,
        )
        self.next_point = re.compile(rf"(?:,\s|,?\s(?:{conjunction})\s)\(?(?P<name>[a-z])\)")
        self.next_roman = re.compile(rf"(?:,\s|,?\s(?:{conjunction})\s)\(?(?P<name>[ivx]{{1,6}})\)")
        # `Rule 132(2) and (4)`, `Articles 3(1), (2) and 5`
        self.next_bracket = re.compile(
            rf"(?:,\s?|,?\s(?:{conjunction})\s)\((?P<name>\d{{1,3}}|[a-z]{{1,2}})\)"
        )
        self.next_letter = re.compile(rf"(?:,\s|\s(?:{conjunction})\s)(?P<name>[a-hj-z])(?![\w)])")
        self.letter = re.compile(rf" (?P<name>[a-hj-z])(?=,?\s(?:{link})\s)")
        self.before = re.compile(
            rf"(?<!\w)(?:(?:{paragraph}|{point}){BLANK}\(?(?P<name>[a-z]|\d{{1,3}})\)?"
            rf"(?P<more>(?:(?:,|\s(?:{conjunction}))\s\((?:[a-z]|\d{{1,3}})\)){{0,6}})"
            rf"|(?P<ordinal>{ordinals}){BLANK}(?:{paragraph})),?{BLANK}(?:{link}){BLANK}\Z",
            flags,
        )
        self.link = re.compile(
            rf",?{BLANK}(?:{link})(?:{BLANK}(?:{article}))?(?P<extra>(?:{BLANK}[^\W\d_]+){{0,1}}){BLANK}\Z|,?{BLANK}\Z",
            flags,
        )
        of_it = "|".join(map(re.escape, data["of_it"])) or "(?!)"
        self.of_it = re.compile(rf"\s(?:{of_it})(?!\w)", flags)
        self.conjunctions = frozenset(data["and"]) | frozenset(data["units"])


# A point below a lettered one: `onder b), xxv)`.
_ROMAN = re.compile(r",?\s\(?(?P<name>[ivx]{2,6}|i(?=\)[,\s]))\)")


@cache
def grammar(lang: str) -> Grammar:
    """The provision grammar of a language."""
    return Grammar(language_data(lang, "instruments")["provisions"])


def pinpoints(text: str, lang: str) -> Iterator[Pinpoint]:
    """Every pinpoint of a sentence, in order, whether or not an instrument follows."""
    rules = grammar(lang)
    position = 0
    signed: list[tuple[int, int]] = []
    while match := rules.unit.search(text, position):
        found = _read(text, match, rules)
        if found is None:
            position = match.end()
            continue
        yield found
        if "§" in text[found.start : found.end]:
            signed.append((found.start, found.end))
        position = found.end
    for sign in _paragraph_signs(text, rules):
        if not any(start < sign.end and sign.start < end for start, end in signed):
            yield sign


def _paragraph_signs(text: str, rules: Grammar) -> Iterator[Pinpoint]:
    """Provisions before a paragraph sign, a list of them as one: `4 kap. 4 c § och 6 kap. 9 §`."""
    found: Pinpoint | None = None
    for sign in _PARAGRAPH_SIGN.finditer(text):
        chapter = f"ch. {sign['chapter']} " if sign["chapter"] else ""
        provision = f"{chapter}§ {sign['number'].replace('–', '-')}"
        if found and rules.separator.fullmatch(text, found.end, sign.start()):
            found = Pinpoint(found.start, sign.end(), f"{found.provision}; {provision}")
            continue
        if found:
            yield found
        found = Pinpoint(sign.start(), sign.end(), provision)
    if found:
        yield found


def joined(text: str, pinpoint: Pinpoint, title_start: int, lang: str) -> bool:
    """Whether the pinpoint belongs to the title that starts at `title_start`."""
    gap = text[pinpoint.end : title_start]
    if not 0 < len(gap) <= 60:
        return False
    rules = grammar(lang)
    match = rules.link.fullmatch(gap)
    if match is None:
        return False
    extra = (match["extra"] or "").casefold().split()
    return not any(word in rules.conjunctions for word in extra)


def follows(text: str, pinpoint: Pinpoint, title_end: int, lang: str) -> int | None:
    """Where a pinpoint ends that belongs to the title before it; None for one that does not.

    It stands right after the title; one after `in particular` is another phrase.
    """
    rules = grammar(lang)
    if not _AFTER.fullmatch(text, title_end, pinpoint.start):
        return None
    of_it = rules.of_it.match(text, pinpoint.end)
    return of_it.end() if of_it else pinpoint.end


def _read(text: str, unit: re.Match[str], rules: Grammar) -> Pinpoint | None:
    """The pinpoint whose first unit word was matched, or None where no number follows."""
    items: list[str] = []
    start, end = unit.start(), unit.end()
    current: re.Match[str] | None = unit
    while current is not None:
        name = rules.units[" ".join(current.group().casefold().split())]
        numbers, stop = _numbers(text, current.end(), rules)
        if not numbers:
            break
        items.extend(f"{name} {number}" for number in numbers)
        end = stop
        separator = rules.separator.match(text, end)
        current = rules.unit.match(text, separator.end()) if separator else None
    if not items:
        return None
    before = rules.before.search(text, max(0, start - 40), start)
    if before and len(items) == 1:
        start = before.start()
        name = before["name"] or rules.ordinals[before["ordinal"].casefold()]
        names = [name, *_BRACKET.findall(before["more"] or "")]
        items = [f"{items[0]}({part.casefold()})" for part in names]
    return Pinpoint(start, end, "; ".join(items))


def _numbers(text: str, position: int, rules: Grammar) -> tuple[list[str], int]:
    """The provision numbers that start at a position, and where they end."""
    numbers: list[str] = []
    end = position
    while match := _NUMBER.match(text, position):
        number, end = _qualified(text, match, rules)
        bound = rules.range.match(text, end)
        upper = _NUMBER.match(text, bound.end()) if bound else None
        if upper and len(number) == 1:
            last, end = _qualified(text, upper, rules)
            number = [f"{number[0]}-{last[0]}"]
        numbers.extend(number)
        separator = rules.separator.match(text, end)
        if separator is None:
            break
        position = separator.end()
        if not text[position : position + 1].isdigit() and match["number"].isdigit():
            break
    return numbers, end


def _qualified(text: str, match: re.Match[str], rules: Grammar) -> tuple[list[str], int]:
    """A number with its paragraphs and points: `7, leden 1 en 2` is `7(1)` and `7(2)`."""
    base = match["number"]
    if match["sub"]:
        below = [match["sub"], match["point"], match["letter"]]
        base += "".join(f"({part})" for part in below if part)
    base += "".join(f"({part})" for part in _BRACKET.findall(match["brackets"]))
    forms, end = [base], match.end()
    while match["brackets"] and (more := rules.next_bracket.match(text, end)):
        forms.append(f"{base[: base.rindex('(')]}({more['name']})")
        end = more.end()
    if len(forms) > 1:
        return forms, end
    if not match["sub"] and (letter := rules.letter.match(text, end)):
        return [f"{base}({letter['name']})"], letter.end()
    paragraph = rules.paragraph.match(text, end)
    if paragraph and paragraph["ordinal"]:
        forms = [f"{base}({rules.ordinals[paragraph['ordinal'].casefold()]})"]
        end = paragraph.end()
    elif paragraph:
        # `artikelen 2, 3, lid 5, 18 en 21`: after one paragraph a comma leads back to the articles.
        several = paragraph["paragraph"].casefold() in rules.several
        parts, end = _plain_list(text, paragraph.end(), rules, commas=several)
        forms = [f"{base}({part})" for part in parts]
    elif not match["sub"] and (signed := _SIGNED.match(text, end)):
        parts, end = _plain_list(text, signed.end(), rules, several=bool(signed["several"]))
        forms = [f"{base}({part})" for part in parts]
    while (point := rules.point.match(text, end)) and len(forms) == 1:
        name = point["name"] or rules.ordinals[point["ordinal"].casefold()]
        parent, forms = forms[0], [f"{forms[0]}({name.casefold()})"]
        end = point.end()
        if len(name) == 1 and text[end - 1] == ")" and (roman := _ROMAN.match(text, end)):
            parent, forms = forms[0], [f"{forms[0]}({roman['name']})"]
            end = roman.end()
            while more := rules.next_roman.match(text, end):
                forms.append(f"{parent}({more['name']})")
                end = more.end()
        while text[end - 1] == ")" and (more := rules.next_point.match(text, end)):
            forms.append(f"{parent}({more['name']})")
            end = more.end()
    while match["letter"] and len(forms) and (more := rules.next_letter.match(text, end)):
        forms.append(f"{forms[0][:-3]}({more['name']})")
        end = more.end()
    return forms, end


def _plain_list(
    text: str, position: int, rules: Grammar, *, several: bool = True, commas: bool = True
) -> tuple[list[str], int]:
    """Bare numbers after a paragraph word: `1 en 2`, `1 tot en met 3`; or one of them."""
    numbers: list[str] = []
    end = position
    digits = re.compile(r"\d{1,3}(?![\d/.])")
    while match := digits.match(text, position):
        number, end = match.group(), match.end()
        bound = rules.range.match(text, end)
        upper = digits.match(text, bound.end()) if bound else None
        if upper:
            number, end = f"{number}-{upper.group()}", upper.end()
        numbers.append(number)
        separator = rules.separator.match(text, end)
        if separator is None or not several or not (commas or separator.group().strip(" ,")):
            break
        position = separator.end()
    return numbers, end
