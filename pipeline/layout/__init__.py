"""Cuts a source text into layout blocks and cleans their text.

The rules look at the shape of lines, at labels, closing punctuation and position, and at the word
lists of `data/<lang>/layout.toml`; nothing is tied to one document. A block's span covers all its
source text; the blocks are in order and cover every visible character but drawn rules (`-----`).
They do not overlap, but for the page that broke a sentence: its number and running head lie in the
block's span, not in its text, and so do its footnotes, which are blocks of their own that follow.
"""

from __future__ import annotations

import re

from pipeline.layout import lines, marks
from pipeline.layout.clean import clean
from pipeline.layout.groups import Group
from pipeline.layout.joining import Joiner, vocabulary
from pipeline.layout.kinds import LINKS, Draft
from pipeline.layout.lexicon import lexicon
from pipeline.layout.surroundings import classify
from pipeline.types import Block, Document, MappedText

__all__ = ["segment"]

_EMPHASISED = re.compile(r"\*\*[^*]{1,300}\*\*:?|__[^_]{1,300}__:?")
_HASHES = re.compile(r"#{1,6}\s")


def segment(document: Document) -> list[Block]:
    """The blocks of `document`, in order. Never empty when the text holds a visible character."""
    source = document.text
    words = lexicon(document.lang)
    all_lines = lines.split(source, words)
    offsets = marks.first_offsets(source)
    residue = lines.page_residue(all_lines, words)
    page = lines.measure([line for i, line in enumerate(all_lines) if i not in residue])
    groups = Joiner(page, words, vocabulary(source), offsets).groups(all_lines, residue)
    pairs = [(group, clean(source, group.pieces, group.spaced)) for group in groups]
    # Markup alone (`**` on a line) leaves no text.
    pairs = [(group, content) for group, content in pairs if content.text]
    drafts = [_draft(source, group, content) for group, content in pairs]
    classify(drafts, words, offsets)
    noted = {
        draft.label.rstrip(":") for draft in drafts if draft.kind == "footnote" and draft.label
    }
    return [
        Block(
            kind=draft.kind,
            label=draft.label or draft.article,
            start=group.start,
            end=group.end,
            content=content,
            asides=_asides(draft, content.text, noted),
        )
        for draft, (group, content) in zip(drafts, pairs, strict=True)
    ]


def _draft(source: str, group: Group, content: MappedText) -> Draft:
    found = None if group.label is None else group.label
    label = " ".join(found.group(found.lastgroup or 0).split()) if found else None
    if label is not None and not content.text.startswith(label):
        label = None
    first = source[group.start : group.end] if len(group.lines) == 1 else group.lines[0].text
    return Draft(
        text=content.text,
        start=group.start,
        label=label,
        style=found.lastgroup if found and label else None,
        residue=group.residue,
        inside=group.inside,
        hashes=_HASHES.match(first) is not None,
        emphasised=_EMPHASISED.fullmatch(first) is not None,
        linked=LINKS.fullmatch(first) is not None,
        gap=group.lines[0].gap,
    )


def _asides(draft: Draft, text: str, noted: set[str]) -> tuple[tuple[int, int], ...]:
    """The label, superscripts, and bracketed marks for which there is a footnote."""
    spans = [(0, len(draft.label))] if draft.label else []
    spans += marks.find(text, len(draft.label or ""), noted)
    return tuple(sorted(spans))
