"""What stands around the text of press pages and open letters: menus, contacts, signatories.

Quotes too: in Swedish news a dash opens what somebody said, and is no list item's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.layout.kinds import ADDRESS, SHORT_CHARS, Draft
from pipeline.layout.lexicon import Lexicon
from pipeline.layout.lines import is_open, starts_lower

_LINK_CHARS = 40
_LONGEST_MENU = 6
# Lines between two addresses of one list of contacts: name, role, department, postal address.
_LONGEST_CONTACT = 6
_POSTAL = frozenset({"heading", "paragraph"})
_STREET = re.compile(r"[^\d.:;]{3,40}\s\d{1,4}\w?|(?:\d{1,4}\w?,?\s|P\.?O\.?\s)[^.:;]{3,40}")
# `1040 Brussels`, `103 33 Stockholm`, `2500 EA Den Haag`, `B-1047 Brussel`
POSTCODE = re.compile(
    r"(?:[A-Z]{1,3}-)?\d{3,5}\s(?:\d\d\s|[A-Z]{2}\s)?[A-ZÅÄÖ][^\W\d_]{2,30}[^\d.:;]{0,40}"
)
_DASHES = frozenset("-–—")
_LINES = frozenset({"heading", "paragraph", "metadata", "list_item"})


def signatories(drafts: Sequence[Draft], words: Lexicon) -> None:
    """Short lines under `Signatories:` are signatures, numbered and bulleted ones too."""
    listing = False
    for draft in drafts:
        if draft.kind == "signature" and words.signatories.fullmatch(draft.text):
            listing = True
        elif listing and _is_signatory(draft, words):
            draft.kind = "signature"
        elif listing and draft.kind != "furniture":
            listing = False


def _is_signatory(draft: Draft, words: Lexicon) -> bool:
    if draft.hashes or not (draft.linked or draft.kind in _LINES | {"signature", "footnote"}):
        return False
    if draft.style in ("superscript", "square", "plain") or words.contact.fullmatch(draft.text):
        return False
    return len(draft.text) <= 160 and (is_open(draft.text) or draft.text.count(". ") == 0)


def contacts(drafts: Sequence[Draft], words: Lexicon, body: int) -> None:
    """The lines under `Press contacts`, as far as the last telephone number, are metadata."""
    index = body
    while index < len(drafts):
        draft = drafts[index]
        opens = draft.kind in _LINES | {"furniture", "signature"} and _is_short(draft)
        if not (opens and _is_contact_heading(draft.text, words)):
            index += 1
            continue
        last = _last_contact(drafts, index, words)
        for line in drafts[index : last + 1]:
            line.kind = "metadata"
        index = max(last, index) + 1


def _is_contact_heading(text: str, words: Lexicon) -> bool:
    """`Press contact`, `Contact: eva@lind.example`."""
    opening = words.contact.match(text)
    return opening is not None and (
        opening.end() == len(text) or ADDRESS.search(text, 0, SHORT_CHARS) is not None
    )


def addresses(drafts: Sequence[Draft]) -> None:
    """A postcode with its town, and a line with a house number right above it, are metadata."""
    for index, draft in enumerate(drafts):
        if draft.kind not in _POSTAL or not POSTCODE.fullmatch(draft.text):
            continue
        draft.kind = "metadata"
        street = drafts[index - 1] if index else draft
        if street.kind in _POSTAL and draft.gap == 0 and _STREET.fullmatch(street.text):
            street.kind = "metadata"


def _last_contact(drafts: Sequence[Draft], opening: int, words: Lexicon) -> int:
    """Index of the last line of a list of contacts; before `opening` where none is told."""
    last = opening if ADDRESS.search(drafts[opening].text) else opening - 1
    for index in range(opening + 1, len(drafts)):
        draft = drafts[index]
        if not _is_short(draft) or draft.hashes or draft.kind in ("footnote", "article"):
            break
        if index - max(last, opening) > _LONGEST_CONTACT:
            break
        if ADDRESS.search(draft.text) or words.contact_word.match(draft.text):
            last = index
    return last


def _is_short(draft: Draft) -> bool:
    return len(draft.text) <= 160 and draft.text.count(". ") <= 1


def menus(drafts: Sequence[Draft], words: Lexicon, body: int, end: int) -> None:
    """Short lines between two lines of a menu are its links.

    Above the text (up to `body`) a title must be left, below (from `end`) nothing need be.
    """
    for before, after in pairwise(drafts):
        if after.gap <= 1 and all(
            d.text.casefold() in words.language_names for d in (before, after)
        ):
            before.kind = after.kind = "furniture"
    for first, last in _gaps(drafts[:body]):
        if any(draft.kind == "heading" for draft in drafts[last:body]):
            _furnish(drafts[first:last])
    for first, last in _gaps(drafts[end:]):
        _furnish(drafts[end + first : end + last])


def _gaps(drafts: Sequence[Draft]) -> Iterator[tuple[int, int]]:
    """The runs of other lines between one line of furniture and the next."""
    places = [index for index, draft in enumerate(drafts) if draft.kind == "furniture"]
    for before, after in pairwise(places):
        if 0 < after - before - 1 <= _LONGEST_MENU:
            yield before + 1, after


def _furnish(drafts: Sequence[Draft]) -> None:
    if all(_is_link(draft) for draft in drafts):
        for draft in drafts:
            draft.kind = "furniture"


def _is_link(draft: Draft) -> bool:
    return (
        draft.kind == "heading"
        and len(draft.text) <= _LINK_CHARS
        and draft.label is None
        and not draft.hashes
        and is_open(draft.text)
    )


def quotes(drafts: Sequence[Draft], words: Lexicon) -> None:
    """Paragraphs that a dash opens as what somebody said: `– Det är bra, säger Anna Berg.`.

    Items of a list follow a colon or have neighbours of their kind in which nobody speaks.
    """
    index = 0
    while index < len(drafts):
        first = index
        while index < len(drafts) and _is_dashed(drafts[index]):
            index += 1
        run = drafts[first:index]
        listed = first > 0 and drafts[first - 1].text.endswith(":")
        if run and not listed and any(words.quoting.search(draft.text) for draft in run):
            for draft in run:
                draft.kind = "paragraph"
        index = max(index, first + 1)


def _is_dashed(draft: Draft) -> bool:
    return (
        draft.kind == "list_item"
        and draft.label in _DASHES
        and not is_open(draft.text)
        and not starts_lower(draft.rest)
    )
