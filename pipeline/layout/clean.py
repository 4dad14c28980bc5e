"""Cleans the text of a block and keeps, for each character, where it came from.

Changed: every run of white space (no-break and thin spaces, line breaks) is one space, none at the
ends; zero-width characters, soft hyphens and byte-order marks go; so do Markdown emphasis markers,
heading hashes, block quote signs, the target of a link, the angle brackets of `<https://…>`, the
tags of inline HTML and the numbers in `<sup>`. A character reference (`&amp;`) is its character.
All else is left as it is; Unicode is not normalised.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence

from pipeline.types import MappedText

INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff"
# White space and what is not seen, also as HTML has them; other character references.
_SPACING = rf"(?:[\s{INVISIBLE}]|&nbsp;|&#160;|&shy;){{2,}}|[^\S ]|[{INVISIBLE}]"
_CHANGED = re.compile(rf"{_SPACING}|&(?:#\d{{1,6}}|#x[0-9a-fA-F]{{1,5}}|[a-zA-Z]{{2,8}});")
_RUN = re.compile(r"\*{1,3}|_{1,3}")
_MARKUP = re.compile(
    r"(?P<open><)(?=https?://[^\s<>]{1,2000}>)"
    r"|(?<=[^\s<>])(?P<close>>)"
    r"|!?\[(?=[^\[\]\n]{1,300}\]\(https?://[^\s()]{1,2000}\))"
    r"|(?<=[^\s])\]\(https?://[^\s()]{1,2000}\)"
    r"|<sup(?:\s[^<>]{0,300})?>[\s\[(]{0,3}\d{1,3}[\s\])]{0,3}</sup>"
    r"|</?(?:a|abbr|b|big|cite|code|del|em|font|i|img|ins|mark|q|s|small|span|strong|sub|sup|u|wbr)"
    r"(?:\s[^<>]{0,2000})?/?>",
    re.IGNORECASE,
)
_URL = re.compile(r"(?:https?://|www\.)[^\s<>]{1,2000}")
_LINE_MARKUP = re.compile(r"(?:(?:#{1,6}|>)[^\S\n]+)+")


def clean(source: str, pieces: Sequence[tuple[int, int]], spaced: Sequence[bool]) -> MappedText:
    """The cleaned text of `pieces`, source spans in order.

    `spaced[i]` says whether a space separates piece i from the one before (the first is ignored).
    """
    text: list[str] = []
    starts: list[int] = []
    ends: list[int] = []

    def put_space(start: int, end: int) -> None:
        if text and text[-1][-1] != " ":
            text.append(" ")
            starts.append(start)
            ends.append(end)

    def put(start: int, end: int) -> None:
        if start < end:
            text.append(source[start:end])
            starts.extend(range(start, end))
            ends.extend(range(start + 1, end + 1))

    for index, (piece_start, piece_end) in enumerate(pieces):
        if index and spaced[index]:
            put_space(pieces[index - 1][1], piece_start)
        for start, end in _without_markup(source, piece_start, piece_end):
            position = start
            for run in _CHANGED.finditer(source, start, end):
                char = _denoted(run.group())
                if char is None:
                    continue
                put(position, run.start())
                position = run.end()
                if char.isspace():
                    put_space(run.start(), run.end())
                elif char not in INVISIBLE:
                    text.append(char)
                    starts.append(run.start())
                    ends.append(run.end())
            # A space that touches removed markup may meet another one.
            while position < end and source[position] == " " and text and text[-1][-1] == " ":
                position += 1
            put(position, end)
    joined = "".join(text)
    left = len(joined) - len(joined.lstrip())
    right = len(joined.rstrip())
    return MappedText(joined[left:right], tuple(starts[left:right]), tuple(ends[left:right]))


def _denoted(text: str) -> str | None:
    """The character that white space or a reference stands for; None where it is no reference.

    An empty string stands for nothing, as a run of invisible characters does.
    """
    text = text.replace("&nbsp;", " ").replace("&#160;", " ").replace("&shy;", "\u00ad")
    if text[0] == "&":
        char = html.unescape(text)
        return char if len(char) == 1 else None
    return " " if any(char not in INVISIBLE for char in text) else ""


def _without_markup(source: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The parts of `[start, end)` that are not markup, in order."""
    opening = _LINE_MARKUP.match(source, start, end)
    if opening:
        start = opening.end()
    position = start
    for drop_start, drop_end in sorted(_markup(source, start, end)):
        if drop_start < position:
            continue
        yield position, drop_start
        position = drop_end
    yield position, end


def _markup(source: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Spans of inline markup in a piece of source."""
    yield from _emphasis(source, start, end)
    open_angle = False
    for mark in _MARKUP.finditer(source, start, end):
        if mark["open"]:
            open_angle = True
        elif mark["close"]:
            if not open_angle:
                continue
            open_angle = False
        yield mark.span()


def _emphasis(source: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Spans of the markers of Markdown emphasis.

    A marker opens before a word and closes after one. Double and triple markers go even when their
    partner stands in another block, single ones (`2 * 3`, `file_name`) only in pairs.
    """
    urls = _URL.finditer(source, start, end)
    url = next(urls, None)
    waiting: dict[str, re.Match[str]] = {}
    for run in _RUN.finditer(source, start, end):
        while url is not None and url.end() <= run.start():
            url = next(urls, None)
        if url is not None and url.start() < run.start() and run.end() < url.end():
            continue
        before = source[run.start() - 1] if run.start() > start else " "
        after = source[run.end()] if run.end() < end else " "
        opens, closes = not after.isspace(), not before.isspace()
        if run.group()[0] == "_" or len(run.group()) == 1:
            opens, closes = opens and not before.isalnum(), closes and not after.isalnum()
        if not (opens or closes):
            continue
        if len(run.group()) > 1:
            yield run.span()
        elif closes and run.group() in waiting:
            yield waiting.pop(run.group()).span()
            yield run.span()
        elif opens:
            waiting[run.group()] = run
