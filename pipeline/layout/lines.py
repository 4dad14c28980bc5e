"""Lines of a source text and what their shapes say about the page they came from."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.layout.clean import INVISIBLE
from pipeline.layout.lexicon import Lexicon

# A tag that opens or closes a block of HTML ends a line, as a line break does.
_BREAK = re.compile(
    r"\r\n|[\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]"
    r"|</?(?:p|div|br|hr|li|[uod]l|d[td]|h[1-6]|table|caption|t(?:head|body|foot|r|d|h)|blockquote"
    r"|section|article|header|footer|main|nav|figure|figcaption|html|body)(?:\s[^<>]{0,500})?/?>",
    re.IGNORECASE,
)
# A row of a Markdown table.
_TABLE_ROW = re.compile(r"[^\S\n]{0,20}\|.{0,2000}\|[^\S\n]{0,20}")
# Two columns side by side: `Jane Smith          John Brown`.
_COLUMNS = re.compile(r"(?<=\S)(?:[^\S\n]{3,60}|\t{1,4})(?=\S)")
_COLUMN_CHARS = 60
_LABEL_CELL = re.compile(r"\W?\w{0,4}[\W_]{0,2}|.{0,60}[:.…]|.{0,60}\d")
_BLANK = re.compile(rf"[\s{INVISIBLE}]*")
_RULE = re.compile(r"(?:[-–—_=*~·.]\s?){3,}")
_OPENING = re.compile(r"['\"“”‘«(\[]?([^\W\d_])")
_TERMINAL = re.compile(rf"[.!?…:](?:['\"”’»)\]*_⁰¹²³⁴-⁹{INVISIBLE}]|[(\[]\d{{1,3}}[)\]]){{0,6}}\Z")
_LANGUAGE_CODE = re.compile(r"(?:NL|EN|SV|FR|DE)(?:[/ ](?:NL|EN|SV|FR|DE)){0,3}")
# `6701/24`, `ST 6701 2024 INIT`, `6701/24 gys/ADV/cg 2`, `BIJLAGE RELEX.2 NL`
_COUNCIL_FOOTER = re.compile(
    r"(?:ST\s)?\d{4,5}/(?:\d/)?\d{2}(?:\s{1,90}[\w./-]{1,20}){0,8}"
    r"|(?:[A-ZÅÄÖ]{4,12}\s{1,4}(?:\d\s{1,4})?)?"
    r"[A-Z]{2,8}(?:[. ]\d{1,2})?(?:\.[A-Z0-9]{1,3}){0,3}\s{1,3}(?:NL|EN|SV)"
    # `DG C 1C      LIMITE      NL`, `ANNEX   RELEX.1   LIMITE   EN`
    r"|(?:[A-ZÅÄÖ\d][A-ZÅÄÖ\d.]{0,11}\s{1,90}){0,4}(?:LIMITE|PUBLIC)\s{1,90}(?:NL|EN|SV)"
)
# `RE\P8_B(2018)0378_EN.docx   PE624.087v01-00`, `2/108   RR\1111015NL.docx`
_PARLIAMENT_FOOTER = re.compile(
    r"(?:\d{1,3}/\d{1,3}\s{1,40})?(?:PE\s?\d{3}\.\d{3}(?:v\d\d-\d\d)?\s{1,40})?"
    r"[A-Z]{2}\\[\w()-]{1,40}\.docx?(?:\s{1,40}(?:PE\s?\d{3}\.\d{3}(?:v\d\d-\d\d)?|\d{1,3}/\d{1,3}))*"
    r"|PE\s?\d{3}\.\d{3}v\d\d-\d\d\s{1,40}\d{1,3}/\d{1,3}(?:\s{1,40}[A-Z]{2}\\[\w()-]{1,40}\.docx?)?"
)
SOFT_HYPHEN = "\u00ad"
_MIN_WRAP, _MAX_WRAP = 35, 160


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank: its source span without white space at the ends.

    `indent` is the number of characters before it, `gap` the number of blank lines before it.
    """

    start: int
    end: int
    text: str
    indent: int
    gap: int


@dataclass(frozen=True, slots=True)
class Page:
    """How the text was broken into lines.

    `width` is the width at which lines were wrapped, None when a line is a paragraph. `spaced`
    says that a blank line follows every wrapped line, as some PDF converters leave it.
    """

    width: int | None
    spaced: bool


def split(text: str, words: Lexicon) -> list[Line]:
    """The lines of `text` that hold a visible character."""
    lines: list[Line] = []
    gap = 0
    for start, end in _cells(text, words):
        blank = _BLANK.match(text, start, end)
        first = blank.end() if blank else start
        if first == end:
            gap += 1
            continue
        last = _trailing(text, first, end)
        lines.append(Line(first, last, text[first:last], first - start, gap))
        gap = 0
    return lines


def _raw_lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for line_break in _BREAK.finditer(text):
        yield start, line_break.start()
        start = line_break.end()
    yield start, len(text)


def _cells(text: str, words: Lexicon) -> Iterator[tuple[int, int]]:
    """The raw lines; the cells of a table's row stand apart from each other, and so do columns."""
    for start, end in _raw_lines(text):
        if _TABLE_ROW.fullmatch(text, start, end) is None:
            yield from _columns(text, start, end, words)
            continue
        position = start
        for bar in re.finditer(r"\|", text[start:end]):
            yield position, start + bar.start()
            position = start + bar.end()
            yield position, position
        yield position, end


def _columns(text: str, start: int, end: int, words: Lexicon) -> Iterator[tuple[int, int]]:
    """The columns of a line that sets short texts side by side; else the line.

    A label or a number and what it stands before (`1.   Text`, `Subject:   Text`) are no columns.
    """
    bare = text[start:end].strip()
    foot = _COUNCIL_FOOTER.fullmatch(bare) or _PARLIAMENT_FOOTER.fullmatch(bare)
    if foot or end - start > 4 * _COLUMN_CHARS:
        yield start, end
        return
    gaps = list(_COLUMNS.finditer(text, start, end))
    edges = [start, *(edge for gap in gaps for edge in gap.span()), end]
    cells = list(zip(edges[::2], edges[1::2], strict=True))
    short = all(len(text[first:last].strip()) <= _COLUMN_CHARS for first, last in cells)
    labelled = words.bare_label.match(text, start) is not None or any(
        _LABEL_CELL.fullmatch(text[first:last].strip()) for first, last in cells[:-1]
    )
    if not gaps or not short or labelled:
        yield start, end
        return
    for number, cell in enumerate(cells):
        if number:
            yield cell[0], cell[0]
        yield cell


def _trailing(text: str, start: int, end: int) -> int:
    """The end without white space; a soft hyphen stays, since it joins the next line to it."""
    while end > start and (text[end - 1].isspace() or text[end - 1] in INVISIBLE):
        if text[end - 1] == SOFT_HYPHEN and end - 1 > start and text[end - 2].isalpha():
            break
        end -= 1
    return end


def is_open(text: str) -> bool:
    """Whether a line stops in mid-sentence: it does not end in `.`, `!`, `?`, `…` or `:`."""
    return _TERMINAL.search(text[-12:]) is None


def starts_lower(text: str) -> bool:
    """Whether the first letter is small and nothing but an opening quote or bracket precedes it."""
    opening = _OPENING.match(text)
    return opening is not None and opening[1].islower()


def is_rule(text: str) -> bool:
    """Whether the line is a drawn rule (`-----`, `* * *`)."""
    return _RULE.fullmatch(text) is not None


def measure(lines: Sequence[Line]) -> Page:
    """Finds the wrapping width: nine tenths of the longer lines are no longer than it.

    A text counts as wrapped when, of the lines near that width that have a neighbour, three in
    ten stop in mid-sentence before a line that goes on in small letters.
    """
    lengths = sorted(len(line.text) for line in lines if _MIN_WRAP <= len(line.text) <= _MAX_WRAP)
    if len(lengths) < 4:
        return Page(None, False)
    width = lengths[len(lengths) * 9 // 10]
    near = [
        (line, after)
        for line, after in pairwise(lines)
        if 0.7 * width <= len(line.text) <= _MAX_WRAP and after.gap <= 1
    ]
    runs_on = [
        (line, after) for line, after in near if is_open(line.text) and starts_lower(after.text)
    ]
    if len(runs_on) < 3 or len(runs_on) < 0.3 * len(near):
        return Page(None, False)
    return Page(width, sum(after.gap == 1 for _, after in runs_on) > len(runs_on) / 2)


def page_residue(lines: Sequence[Line], words: Lexicon) -> set[int]:
    """Indices of the lines that a page left in the text: numbers, running heads and feet.

    A running head is a short line that comes back at least three times, its numbers aside, and
    holds a number or stands in capitals.
    """
    # Lines that differ in their dates are titles: `Council of 3 May 2024`.
    shapes = Counter(
        line.text if words.stamp.search(line.text) else _shape(line.text)
        for line in lines
        if len(line.text) <= 80
    )
    repeated = {
        shape
        for shape, count in shapes.items()
        if count >= 3 and (shape.upper() == shape or re.search(r"[#\d]", shape)) and len(shape) > 1
    }
    return {
        index
        for index, line in enumerate(lines)
        if words.page_number.fullmatch(line.text)
        or _LANGUAGE_CODE.fullmatch(line.text)
        or (len(line.text) <= 160 and _COUNCIL_FOOTER.fullmatch(line.text))
        or (len(line.text) <= 160 and _PARLIAMENT_FOOTER.fullmatch(line.text))
        or (
            len(line.text) <= 80
            and not repeated.isdisjoint({_shape(line.text), line.text})
            and not _is_item(line.text)
        )
    }


def _shape(text: str) -> str:
    return re.sub(r"\d+", "#", text)


def _is_item(text: str) -> bool:
    """Whether a line that comes back may be a list item, an article or a mere label."""
    return re.match(r"\W?\s?\w{1,3}\s?[.)\]]|[^\W\d]+\s\d{1,3}\W?\Z", text) is not None
