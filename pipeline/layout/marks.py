"""Footnote marks in running text: `HRDs.¹`, `Kazakstan(1)`, `East (4),`, `Belarus.1`, `20211`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from pipeline.layout.labels import SUPERSCRIPTS

_MARK = re.compile(
    r"\((?P<space>[^\S\n])?\d{1,3}(?(space)[^\S\n])\)|\[\^?\d{1,3}\]"
    r"|(?:(?<!\d)|(?<=\s(?:19|20)\d\d))\d{1,2}(?!\w|-\w|[.,]\w)"
)
_SUPERSCRIPT = re.compile(rf"[{SUPERSCRIPTS}]{{1,3}}")
_PLAIN = str.maketrans(SUPERSCRIPTS, "0123456789")
_UNIT = re.compile(r"(?:^|[\s\d(])(?:[kcdm]?m)\Z")
# Names that end in a figure of their own: `NIS2`, `CO2`, `COP28`.
_NUMBERED = re.compile(r"(?:\W|\A)(?:NIS|CO|COP|PM|EU|COVID)\Z")
_YEAR = re.compile(r"(?:^|\W)(?:19|20)\d\d\Z")


def first_offsets(source: str) -> Mapping[str, int]:
    """The first source offset of each `(1)`, `1` or `¹` (as `1`) that stands as a footnote mark."""
    marks: dict[str, int] = {}
    for start, end in _marks(source, 0):
        marks.setdefault(" ".join(source[start:end].split()), start)
    # A raised mark may belong to a note whose number lost its raised place.
    for mark in _SUPERSCRIPT.finditer(source):
        if mark.start() and not source[mark.start() - 1].isspace():
            marks.setdefault(mark.group().translate(_PLAIN), mark.start())
    return marks


def find(text: str, start: int, noted: set[str]) -> Iterator[tuple[int, int]]:
    """Spans of the marks behind `start`: superscripts, and others for which there is a footnote."""
    for mark in _SUPERSCRIPT.finditer(text, start):
        unit = _UNIT.search(text[max(0, mark.start() - 4) : mark.start()])
        if unit is None or mark.group() in noted:
            yield mark.span()
    if noted:
        yield from (span for span in _marks(text, start) if text[span[0] : span[1]] in noted)


def _marks(text: str, start: int) -> Iterator[tuple[int, int]]:
    for mark in _MARK.finditer(text, start):
        before = text[max(0, mark.start() - 5) : mark.start()]
        after = text[mark.end() : mark.end() + 1]
        leans = _bracket_leans if mark.group()[0] in "([" else _digit_leans
        # The official journal sets its marks apart, inside as well: `No 765/2006 ( 2 ) of`.
        if before and (mark["space"] or leans(before, after)):
            yield mark.span()


def _bracket_leans(before: str, after: str) -> bool:
    """On a word, a closing sign or a year, not on a number: `7(1)`; or spaced, before a sign."""
    if before[-1].isspace():
        return before[-2:-1].isalpha() and after in set(",;.:")
    if before[-1].isdigit():
        return _YEAR.search(before) is not None
    return before[-1] not in "([/_-"


def _digit_leans(before: str, _after: str) -> bool:
    """On two letters, on a year, or on a sign behind a letter."""
    if before[-1].isdigit():
        return _YEAR.search(before) is not None
    if before[-1].isalpha():
        return before[-2:-1].isalpha() and _NUMBERED.search(before) is None
    return before[-1] in ".,;:)”’\"'" and before[-2:-1].isalpha()
