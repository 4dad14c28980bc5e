"""Looks at blocks among their neighbours: letterheads, signatures, recitals, notes, link lists.

What follows a closing formula is a signature, what stands between a reference and the salutation
is the addressee, of a title said twice one is furniture.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from pipeline.layout import labels, press
from pipeline.layout.kinds import (
    BODY_CHARS,
    HEADING_CHARS,
    PARTS,
    Draft,
    alone,
    is_furniture,
    is_recital,
)
from pipeline.layout.lexicon import Lexicon
from pipeline.layout.lines import is_open

# Lines of an addressee without postcode.
_ADDRESS_CHARS, _ADDRESS_LINES = 60, 5


def classify(drafts: Sequence[Draft], words: Lexicon, marks: Mapping[str, int]) -> None:
    """Sets the kind of every draft. `marks` has the first offset of each bracketed mark."""
    body = _first_body(drafts, words)
    notes = _note_section(drafts, words)
    for index, draft in enumerate(drafts):
        draft.kind = alone(draft, words, in_head=index < body)
        if draft.style == "bracket" and index >= notes and _is_marked(draft, marks):
            draft.kind = "footnote"
    _footnotes(drafts)
    _repeated_title(drafts, body)
    _recitals(drafts, words)
    press.quotes(drafts, words)
    _letterhead(drafts, words, body)
    _link_lists(drafts, words)
    press.menus(drafts, words, body, _last_body(drafts))
    _signatures(drafts, words)
    press.signatories(drafts, words)
    press.contacts(drafts, words, body)
    press.addresses(drafts[body:])
    _closing_names(drafts)
    _movers(drafts, words)
    _notes_after_signatures(drafts)


def _first_body(drafts: Sequence[Draft], words: Lexicon) -> int:
    """Index of the first block that is running text."""
    for index, draft in enumerate(drafts):
        if draft.residue or words.furniture_opening.match(draft.text):
            continue
        if len(draft.text) >= BODY_CHARS and (not is_open(draft.text) or len(draft.text) > 200):
            return index
        if is_recital(draft, words) or (words.salutation.match(draft.text) and draft.short):
            return index
    return len(drafts)


def _last_body(drafts: Sequence[Draft]) -> int:
    """Index behind the last block that is running text."""
    for index in range(len(drafts), 0, -1):
        draft = drafts[index - 1]
        long = len(draft.text) >= BODY_CHARS and not is_open(draft.text)
        if long and draft.kind in ("paragraph", "list_item", "recital", "footnote"):
            return index
    return len(drafts)


def _note_section(drafts: Sequence[Draft], words: Lexicon) -> int:
    """Index from which there is nothing but items labelled `(1)` and page furniture."""
    index = len(drafts)
    while index > 0 and (
        drafts[index - 1].style == "bracket"
        or drafts[index - 1].residue
        or is_furniture(drafts[index - 1], words)
    ):
        index -= 1
    return index


def _is_marked(draft: Draft, marks: Mapping[str, int]) -> bool:
    """Whether the label stands as a footnote mark earlier on."""
    return marks.get(draft.label or "", draft.start) < draft.start


def _footnotes(drafts: Sequence[Draft]) -> None:
    """A bracketed number that counts on from a footnote's is a footnote too, marked or not."""
    for before, draft in pairwise(drafts):
        if before.kind == "footnote" and draft.kind == "list_item" and draft.style == before.style:
            last, number = (labels.number_of(d.label or "") for d in (before, draft))
            if last is not None and number == last + 1:
                draft.kind = "footnote"


def _repeated_title(drafts: Sequence[Draft], body: int) -> None:
    """Of a title said twice above the body, the last is the heading, the others are furniture."""
    seen: set[str] = set()
    for draft in reversed(drafts[:body]):
        if draft.kind != "heading":
            continue
        key = draft.text.casefold()
        if key in seen and not draft.hashes:
            draft.kind = "furniture"
        seen.add(key)


def _recitals(drafts: Sequence[Draft], words: Lexicon) -> None:
    """Lettered or bracketed items between a recital's lead and the first numbered item."""
    leading = False
    for draft in drafts:
        text = draft.text.casefold().rstrip(" :,;")
        if text.endswith(words.enacting_formulas) or draft.kind == "article":
            leading = False
        elif draft.kind == "recital" or (
            draft.kind in ("paragraph", "heading") and text.endswith(words.recital_leads)
        ):
            leading = True
        elif draft.kind == "list_item" and leading:
            if draft.style == "number":
                leading = False
            elif draft.style == "bracket" or (draft.label is not None and draft.label[0].isupper()):
                draft.kind = "recital"


def _address(head: Sequence[Draft]) -> int | None:
    """Index at which an address begins: up to three lines (name, street) above its postcode.

    Without one, two to five short lines without a blank one between them, right above the
    salutation, are the addressee's name and office.
    """
    found = next((i for i, draft in enumerate(head) if press.POSTCODE.fullmatch(draft.text)), None)
    if found is not None:
        return max(0, found - 3)
    first = len(head) - 1
    while first > 0 and head[first].gap == 0:
        first -= 1
    lines = head[max(first, 0) :]
    brief = all(len(draft.text) <= _ADDRESS_CHARS for draft in lines)
    return first if 2 <= len(lines) <= _ADDRESS_LINES and brief else None


def _letterhead(drafts: Sequence[Draft], words: Lexicon, body: int) -> None:
    """Short lines between the first metadata line and the salutation are metadata.

    So is a dash under a metadata line of the head (`Subject: Belarus`, `- Council conclusions`).
    """
    for before, draft in pairwise(drafts[:body]):
        if before.kind == "metadata" and draft.style == "bullet" and draft.kind == "list_item":
            draft.kind = "metadata"
    salutation = next((i for i, d in enumerate(drafts) if d.kind == "salutation"), 0)
    first = salutation
    while first > 0 and (drafts[first - 1].short or drafts[first - 1].kind == "metadata"):
        first -= 1
    head = drafts[first:salutation]
    inside = False
    address = _address(head)
    for index, draft in enumerate(head):
        # A page's own kind and date (`Nyheter / 2 maj 2023`) stand above a title.
        kind_of_page = any(p.casefold() in words.metadata_lines for p in PARTS.split(draft.text))
        addressed = draft.kind == "heading" and words.addressee.match(draft.text) is not None
        inside = (
            inside
            or index == address
            or addressed
            or (draft.kind == "metadata" and not kind_of_page)
        )
        capitals = draft.text.isupper() and draft.text.count(" ") >= 2
        if inside and draft.kind in ("heading", "paragraph") and not (capitals or draft.hashes):
            draft.kind = "metadata"


def _signatures(drafts: Sequence[Draft], words: Lexicon) -> None:
    """Short lines after a closing formula are the signature, up to the first that is not short."""
    signing = False
    for draft in drafts:
        if draft.kind == "signature":
            signing = True
        elif signing and draft.kind in ("heading", "paragraph", "list_item", "metadata"):
            ends = not draft.short or draft.hashes or words.division.fullmatch(draft.text)
            signing = not ends and draft.style in (None, "letter", "roman")
            if signing:
                # `M. Schulz` has an initial, not a label.
                draft.kind, draft.label, draft.style = "signature", None, None
        elif words.done_opening.match(draft.text) and len(draft.text) <= HEADING_CHARS:
            signing = True
        elif draft.kind not in ("furniture", "footnote"):
            signing = False


def _closing_names(drafts: Sequence[Draft]) -> None:
    """A letter that ends in `De minister van …,` and a name, without a closing formula."""
    if any(draft.kind == "signature" for draft in drafts):
        return
    tail: list[Draft] = []
    for draft in reversed(drafts):
        if draft.kind == "furniture":
            continue
        if draft.kind not in ("heading", "paragraph") or len(draft.text) > 80 or not draft.short:
            return
        tail.append(draft)
        if draft.text.endswith(","):
            break
        if len(tail) > 5:
            return
    if len(tail) > 1 and tail[-1].text.endswith(","):
        for draft in tail:
            draft.kind = "signature"


def _movers(drafts: Sequence[Draft], words: Lexicon) -> None:
    """A name above the line of a political group (`on behalf of the X Group`) heads nothing."""
    for before, draft in pairwise(drafts):
        if before.kind == "heading" and words.group_line.match(draft.text):
            before.kind = "paragraph"


def _notes_after_signatures(drafts: Sequence[Draft]) -> None:
    """Items `1.`, `2.`, … that alone stand below the signatures are notes."""
    signed = max((i for i, draft in enumerate(drafts) if draft.kind == "signature"), default=None)
    if signed is None:
        return
    tail = [draft for draft in drafts[signed + 1 :] if draft.kind != "furniture"]
    numbers = [labels.number_of(draft.label or "") for draft in tail]
    if all(draft.kind == "list_item" for draft in tail) and numbers == [*range(1, len(tail) + 1)]:
        for draft in tail:
            draft.kind = "footnote"


def _link_lists(drafts: Sequence[Draft], words: Lexicon) -> None:
    """Short lines after `Lees ook`, up to the first running text, are links."""
    listing = False
    for draft in drafts:
        if draft.kind == "furniture":
            listing = listing or draft.text.casefold().strip(" :›»→") in words.link_lists
        elif listing and draft.short and draft.kind in ("heading", "paragraph", "metadata"):
            draft.kind = "furniture"
        else:
            listing = False
