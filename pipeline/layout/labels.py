"""The label that opens a list item, a recital or a footnote: `1.`, `(a)`, `•`, `–`, `¹`."""

from __future__ import annotations

import re

SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_BULLETS = "•·▪▫◦‣⁃●○■□➢➤►✓✔❖\uf0b7\uf0a7\uf0d8\uf02d\u2013\u2014\u2212*+-"
_ROMAN = r"[ivxlc]{1,6}|[IVXLC]{1,6}"

# Markdown that may stand before or around a label and is not part of it.
MARKUP = re.compile(r"(?:(?:#{1,6}|>)[^\S\n]+)*(?:\*\*|__)?")

LABEL = re.compile(
    rf"(?P<superscript>[{SUPERSCRIPTS}]{{1,3}})(?=\S|\s)"
    # `o` is the second level's bullet, as word processors paste it.
    rf"|(?P<bullet>[{re.escape(_BULLETS)}]|o(?=[^\S\n]+[^\W\d_]))(?=\s)"
    r"|(?P<section>\d{1,3}(?:\.\d{1,3}){1,3}\.?)(?=\s+[^\W\d])"
    # `2.Each Party`, `A.whereas`: a page's mark-up held the space.
    r"|(?P<number>\d{1,3}[.)])(?=\s|\Z|[^\W\d_]{3,30}\s)"
    r"|(?P<bracket>\([^\S\n]?\d{1,3}[^\S\n]?\)\.?)(?=\s|\Z|[^\W\d_])"
    r"|(?P<square>\[\^?\d{1,3}\]:?)(?=\s|\Z|[^\W\d_])"
    rf"|(?P<roman>\((?:{_ROMAN})\)\.?|(?:{_ROMAN})[.)])(?=\s|\Z)"
    # `(EU) 2016/679` goes on with `Regulation`, and `p. 5` with a reference.
    r"|(?P<letter>(?:\((?!E[CGU]\))[A-Za-z]{1,2}\)\.?|[A-Z]{1,2}[.)]|[a-z]{1,2}\)"
    r"|(?![ps]\.\s\d)[a-z]\.)(?=\s|\Z)"
    r"|[A-Z]\.(?=[a-zåäö]{4,30}\s))"
)


# A footnote whose mark lost its raised place: `1 Council conclusions …`.
NOTE = re.compile(r"(?P<plain>\d{1,2})\s{1,4}(?=[\"'“”‘«(]?(?:[A-ZÅÄÖÉ]|https?:))")


def number_of(label: str) -> int | None:
    """The number in an arabic label (`12.` → 12, `(3)` → 3), or None."""
    digits = label.strip("().[]^: \u00a0")
    return int(digits) if digits.isdecimal() and digits.isascii() else None
