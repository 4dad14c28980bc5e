"""Sentence boundaries by rule: closing punctuation, the shape of what follows, abbreviations.

The texts are edited, so punctuation is to be trusted; a rule also keeps boundaries apart from what
the parser thinks, and the same in every engine. A block always starts a sentence. A colon or
semicolon never ends one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cache

import numpy as np
from spacy.attrs import SENT_START
from spacy.language import Language
from spacy.tokens import Doc, Token

from pipeline.resources import language_data

FACTORY = "clausula_sentences"
# Kinds whose blocks are one sentence each, whatever punctuation they hold.
WHOLE_KINDS = frozenset({"heading", "article", "salutation", "signature", "metadata", "furniture"})

_CLOSERS = frozenset("\"'”’»›)]}“")
# `,,` is an old Dutch opening quotation mark.
_OPENERS = frozenset("\"'“”„‘«‹»([{–—-•¿¡,*")
_STRONG = re.compile(r"[!?]+[.!?…]*|…+|\.{2,}[!?]*")
_CLITIC = re.compile(r"['’‘`][a-z]")
_ACRONYM = re.compile(r"(?:[^\W\d_]\.){2,}")
# `No. 5`, `Nr. IV`, `Recommendation No. R (2000) 21`
_NUMBER = re.compile(r"[\d§IVX]|R(?:\(|\Z)")
_LABEL = re.compile(r"\(?(?:\d{1,3}(?:\.\d{1,3}){0,3}|[^\W\d_]{1,2}|[ivxIVX]{1,5})\)?\.")
# Two letters that stand for one of another script, so that names are shortened to them.
_INITIAL_PAIR = re.compile(r"(?:[CKPSTZ]h|D[jz]|Ts|[IY][au]|Ye)\.")
_INITIAL = re.compile(r"[^\W\d_]\.(?:[^\W\d_]\.)*")
LIMIT = 400  # tokens of a sentence; the longest recital seen has some 200
# How far a closing bracket may lie behind its opening one.
_BRACKET_REACH = 150


@dataclass(frozen=True, slots=True)
class _Rules:
    abbreviations: frozenset[str]
    number_abbreviations: frozenset[str]
    final_abbreviations: frozenset[str]
    starters: frozenset[str]


@cache
def _rules(lang: str) -> _Rules:
    data = language_data(lang, "sentences")
    return _Rules(
        frozenset(word.casefold() for word in data["abbreviations"]),
        frozenset(word.casefold() for word in data["number_abbreviations"]),
        frozenset(word.casefold() for word in data["final_abbreviations"]),
        frozenset(data["starters"]),
    )


@Language.component(FACTORY, assigns=["token.is_sent_start"])
def set_sentences(doc: Doc) -> Doc:
    """Sets `is_sent_start` of every token. Needs nothing but tokens; uses `doc.spans["blocks"]`."""
    if not len(doc):
        return doc
    starts = [False] * len(doc)
    asides = {token.i for span in doc.spans.get("asides", ()) for token in span}
    for start, end, kind in _blocks(doc):
        starts[start] = True
        if kind not in WHOLE_KINDS:
            for index in _inner_starts(doc, start, end, asides, citing=kind == "footnote"):
                starts[index] = True
    for index in _forced_starts([token.text for token in doc], starts):
        starts[index] = True
    # All at once: the setter of a token looks through the whole Doc for a parse, every time.
    values = np.where(starts, 1, -1).astype(np.int64).view(np.uint64)
    doc.from_array([SENT_START], values.reshape(-1, 1))  # type: ignore[arg-type]
    return doc


def _blocks(doc: Doc) -> Iterator[tuple[int, int, str]]:
    """Token spans that cover the Doc, with the kind of the block."""
    position = 0
    for span in doc.spans.get("blocks", ()):
        if position < span.start:
            yield position, span.start, ""
        yield span.start, span.end, span.label_
        position = span.end
    if position < len(doc):
        yield position, len(doc), ""


def _forced_starts(texts: Sequence[str], starts: Sequence[bool]) -> Iterator[int]:
    """Cuts what is too long to be a sentence, after its last punctuation mark within the limit.

    A file without full stops must not become one tree of its square's size.
    """
    begin = mark = 0
    for index, text in enumerate(texts):
        if starts[index]:
            begin = mark = index
        elif index - begin >= LIMIT:
            begin = mark = mark if mark > begin else index
            yield begin
        if not text[-1].isalnum():
            mark = index + 1


def _inner_starts(
    doc: Doc, start: int, end: int, all_asides: Set[int], *, citing: bool
) -> Iterator[int]:
    """Indices in `(start, end)` at which a sentence starts.

    Where sources are being cited, a question or exclamation mark belongs to a title.
    """
    rules = _rules(doc.lang_)
    tokens = list(doc[start:end])
    texts = [token.text for token in tokens]
    asides = {index for index in range(len(tokens)) if start + index in all_asides}
    bracketed = _bracketed(texts)
    first = next((i for i in range(len(tokens)) if i not in asides), 0)
    position = 0
    while position < len(tokens) - 1:
        index = position
        position += 1
        if index in asides or texts[index][-1] not in (".…" if citing else ".!?…"):
            continue
        after = _behind_closers(tokens, index + 1, asides)
        if after >= len(tokens) or not tokens[after - 1].whitespace_:
            continue
        if bracketed[index] and bracketed[after]:
            continue
        if _ends(texts, index, after, rules, only_label=_is_label(texts, first, index)):
            yield start + after
            first = after
            position = after


def _bracketed(texts: Sequence[str]) -> list[bool]:
    """For each token, whether it lies inside round or square brackets that close soon enough."""
    inside = [False] * len(texts)
    opened: list[int] = []
    for index, text in enumerate(texts):
        if text in ("(", "["):
            opened.append(index)
        elif text in (")", "]") and opened:
            begin = opened.pop()
            if index - begin <= _BRACKET_REACH:
                inside[begin + 1 : index] = [True] * (index - begin - 1)
    return inside


def _behind_closers(tokens: Sequence[Token], index: int, asides: set[int]) -> int:
    """The first token behind the closing quotes, brackets and footnote marks at `index`."""
    while index < len(tokens) and not tokens[index - 1].whitespace_:
        if index not in asides and not all(char in _CLOSERS for char in tokens[index].text):
            break
        index += 1
    # `word. ¹ Next`, or a quotation mark set off by a space, is still left of the boundary.
    while index < len(tokens) and index in asides:
        index += 1
    return index


def _is_label(texts: Sequence[str], first: int, index: int) -> bool:
    """Whether the sentence so far is but the number or letter that opens it: `12.`, `(b).`."""
    return index - first < 4 and _LABEL.fullmatch("".join(texts[first : index + 1])) is not None


def _ends(texts: Sequence[str], index: int, after: int, rules: _Rules, *, only_label: bool) -> bool:
    """Whether the stop at `index` ends a sentence, `after` being the next word's index."""
    follower = next((text for text in texts[after : after + 4] if not _opens(text)), "")
    if not follower or not (
        follower[0].isupper() or follower[0].isdigit() or follower[0] in "§$€£"
    ):
        return False
    stop = texts[index]
    if _STRONG.fullmatch(stop):
        return True
    word = stop if stop != "." else (texts[index - 1] + "." if index else ".")
    key = word.casefold()
    if key in rules.abbreviations:
        return False
    if key in rules.number_abbreviations and _NUMBER.match(follower):
        return False
    if key in rules.final_abbreviations:
        return follower[0].isupper()
    if only_label:
        return False
    if _ACRONYM.fullmatch(word):
        return follower.casefold() in rules.starters
    if len(word) == 3 and word.istitle() and _is_initial(texts, after):
        # `Jo. P. Jansen`: what another initial follows is one.
        return False
    single = len(word) == 2 and word[0].isupper() and not _is_unit(texts, index)
    if single or _INITIAL_PAIR.fullmatch(word):
        # An initial, unless a small sentence opener follows (`Annex A. The …`).
        return follower.casefold() in rules.starters
    return True


def _is_initial(texts: Sequence[str], index: int) -> bool:
    """Whether the word at `index`, whose full stop may be a token of its own, is an initial."""
    word = texts[index] + (texts[index + 1] if texts[index + 1 : index + 2] == ["."] else "")
    return word[0].isupper() and _INITIAL.fullmatch(word) is not None


def _is_unit(texts: Sequence[str], index: int) -> bool:
    """Whether the letter before the stop at `index` is a unit behind a number: `30 °C`."""
    before = texts[index - 2] if index >= 2 else ""
    return before[-1:].isdigit() or before.endswith("°")


def _opens(text: str) -> bool:
    """Whether a token may stand before the capital that opens a sentence: `“`, `(`, `'s`."""
    return all(char in _OPENERS for char in text) or _CLITIC.fullmatch(text) is not None
