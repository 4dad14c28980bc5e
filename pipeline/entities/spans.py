"""Looks a position up among many spans of a text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from spacy.tokens import Doc

Span = tuple[int, int]


def merged(spans: Iterable[Span]) -> list[Span]:
    """The spans in text order, those that overlap as one."""
    result: list[Span] = []
    for start, end in sorted(spans):
        if result and start < result[-1][1]:
            result[-1] = result[-1][0], max(end, result[-1][1])
        else:
            result.append((start, end))
    return result


def containing(spans: Sequence[Span], position: int) -> Span | None:
    """The span that holds a position, of spans in text order that do not overlap."""
    at = bisect_right(spans, position, key=lambda span: span[0]) - 1
    return spans[at] if at >= 0 and position < spans[at][1] else None


# White space in a pattern, bounded so that a long run of it takes no quadratic time.
BLANK, ANY = r"\s{1,4}", r"\s{0,4}"
# Stands for a raised figure, which regular expressions take for a part of the word before it.
RAISED = "†"
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_RAISED_FIGURES = str.maketrans(dict.fromkeys("⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾", RAISED))


def with_raised_marks(doc: Doc) -> str:
    """The text of a Doc, of the same length, plain figures of footnote marks raised: `Belarus¹`."""
    text, parts, end = doc.text, [], 0
    for aside in doc.spans.get("asides", ()):
        start, stop = aside.start_char, aside.end_char
        if text[start:stop].isdecimal():
            parts += [text[end:start], text[start:stop].translate(_RAISED)]
            end = stop
    return "".join((*parts, text[end:]))


def with_marks_apart(text: str) -> str:
    """The text, of the same length, with raised figures as marks: `12 april 2011¹`."""
    return text.translate(_RAISED_FIGURES)
