"""Acronyms in brackets behind a title: `Verdrag … (VEU)`, `Wet goed verhuurderschap (Wgvh)`."""

from __future__ import annotations

import re

ACRONYM = re.compile(
    r"\s?\([\"“”„'‘]?(?P<acronym>[A-Z][\w-]{0,10}[A-Z0-9]s?|[A-Z][a-z]{2}"
    r"|[A-Z][\w-]{1,9} (?:19|20)\d{2}|[A-Z]{2,8} [IVX]{1,4})"
    r"[\"”'’]?\)"
)
# `Regulation (EU)` defines no acronym.
COMMUNITIES = frozenset(("EU", "EC", "EEC", "EG", "EEG", "UN", "VN", "FN"))
_WORDLIKE = re.compile(r"\s\((?P<acronym>[A-Z][a-z]{3,7})\)")
_WORD = re.compile(r"[^\W\d_]+")
_FEWEST_INITIALS = 3


def wordlike(text: str, start: int, end: int) -> re.Match[str] | None:
    """The acronym behind a title that is written as a word, if the title's words make it up.

    Its letters open words of the title, in order, or stand in the word that the last one opened:
    `Wet verplichte geestelijke gezondheidszorg (Wvggz)`.
    """
    match = _WORDLIKE.match(text, end)
    if match is None:
        return None
    words = _WORD.findall(text[start:end].casefold())
    at, rest, initials = 0, "", 0
    for letter in match["acronym"].casefold():
        opened = next((i for i in range(at, len(words)) if words[i][0] == letter), None)
        if opened is not None:
            at, rest, initials = opened + 1, words[opened][1:], initials + 1
        elif letter in rest:
            rest = rest.partition(letter)[2]
        else:
            return None
    return match if initials >= _FEWEST_INITIALS else None


def without(title: str) -> str:
    """A title without the acronyms in brackets that it holds."""
    opening = title.rfind(" (")
    if opening > 0 and wordlike(title, 0, opening):
        title = title[:opening]
    return ACRONYM.sub("", title)
