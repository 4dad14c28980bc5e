"""What the numbers in a text are, whatever the language writes them in.

`5.200`, `5,200` and `5 200`, `13,3` and `13.3`, `6.30` and `06:30`, `18` and `achttien`,
`1400-talet` and `15th century` are the same. A numeral has several readings where languages use
its separators differently.
"""

from __future__ import annotations

import re
from typing import Final

from pipeline.resources import language_data

NUMERAL: Final = re.compile(r"\d+(?:[.,:]\d+)*(?:[ \u00a0\u202f]\d{3}(?!\d))*")
_SEPARATOR: Final = re.compile(r"\D")
_WORD: Final = re.compile(r"[^\W\d_]+")
_GROUP: Final = 3
YEAR: Final = 4
"""Numbers of four digits may be years, of which the last two may stand alone."""


def readings(numeral: str) -> frozenset[str]:
    """What a numeral may stand for, each reading as integers joined by colons."""
    parts = _SEPARATOR.split(numeral)
    numbers = [int(part) for part in parts]
    found = {":".join(map(str, numbers))}
    if len(parts) > 1 and all(len(part) == _GROUP for part in parts[1:]):
        found.add(str(int("".join(parts))))
    if len(parts) == 2:
        fraction = parts[1].rstrip("0")
        found.add(f"{numbers[0]}:{int(fraction)}" if fraction else str(numbers[0]))
    return frozenset(found)


def figures(text: str, lang: str) -> frozenset[str]:
    """All readings of all numbers in a text, in digits or words, with the parts of each."""
    data = language_data(lang, "numerals")
    found: set[str] = set()
    for match in NUMERAL.finditer(text):
        found |= readings(match[0])
        found |= {str(int(part)) for part in _SEPARATOR.split(match[0])}
        if match[0].isdecimal() and len(match[0]) == YEAR:
            found.add(str(int(match[0]) % 100))
        if text.startswith(tuple(data["centuries"]), match.end()):
            found.add(str(int(_SEPARATOR.split(match[0])[0]) // 100 + 1))
    words: dict[str, int] = data["words"]
    last = 0
    for word in _WORD.findall(text.casefold()):
        value = words.get(word, 0)
        if value:
            found.add(str(value))
            if last >= 20 and not last % 10 and value < 10:
                found.add(str(last + value))
        last = value
    return frozenset(found)


def numerals(text: str, lang: str) -> frozenset[str]:
    """The numerals in digits, as written; those that name a century have its ordinal number."""
    centuries = tuple(language_data(lang, "numerals")["centuries"])
    return frozenset(
        str(int(match[0]) // 100 + 1)
        if match[0].isdecimal() and text.startswith(centuries, match.end())
        else match[0]
        for match in NUMERAL.finditer(text)
    )
