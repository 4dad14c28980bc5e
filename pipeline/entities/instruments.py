"""Legal and policy instruments: listed names, numbered references, titles that no list holds.

Each sentence is read four times, every time in one pass: for listed titles and acronyms
(`instrument_lexicon`), for numbers (`citations`), for titles by their head nouns
(`instrument_titles`), and for pinpoint provisions (`provisions`), which join the title they
belong to. What the document itself says then completes the links: an acronym defined in brackets,
an official journal reference in the footnote of a title.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Doc

from pipeline.entities import (
    citations,
    countries,
    dependent_protocols,
    inserted_titles,
    instrument_lexicon,
    instrument_links,
    instrument_titles,
    numbered_names,
    numbered_titles,
    provisions,
)
from pipeline.entities.candidates import Candidate, without_overlaps
from pipeline.entities.instrument_acronyms import COMMUNITIES
from pipeline.entities.instrument_extents import extended
from pipeline.entities.instrument_heads import Heads, heads
from pipeline.entities.instrument_marks import Sentence, sentences
from pipeline.entities.instrument_scope import Scope
from pipeline.entities.spans import with_raised_marks
from pipeline.types import Mention

_DEFINITION = re.compile(
    r"\([\"“”„'‘]?(?P<acronym>[A-Z][\w-]{0,10}[A-Z0-9]s?|[A-Z][a-z]{2,7}(?=\)))[\"”'’]?\)"
)
_LONGEST_PINPOINT = 80
_URL = re.compile(r"(?:https?://|www\.)\S+")


def find(
    doc: Doc, states: Sequence[Mention] | None = None, anchor: dt.date | None = None
) -> Iterator[Mention]:
    """The instrument mentions of a document, in order; they do not overlap.

    Needs sentence boundaries. Parts of speech, where the Doc has them, sharpen the ends of unlisted
    titles.

    Args:
        doc: the document.
        states: its country mentions, where the caller has them; a national law is linked by them.
        anchor: its date, which is that of the conclusions or resolution that it is.

    Yields:
        Mentions whose entity is a listed instrument, or one with an identifier by rule, or else
        one that only its title identifies (no identifiers).
    """
    lang, text = doc.lang_, with_raised_marks(doc)
    found: list[Candidate] = []
    for sentence in sentences(doc, text):
        found.extend(_moved(c, sentence.offset) for c in _candidates(sentence, lang))
    if not found:
        return
    states = list(countries.find(doc)) if states is None else states
    linked = instrument_links.link(found, text, lang, states, anchor)
    for candidate in _with_defined_acronyms(linked, text, lang):
        yield _mention(candidate)


def _candidates(sentence: Sentence, lang: str) -> list[Candidate]:
    """The settled candidates of one sentence."""
    text, rules = sentence.text, heads(lang)
    listed = [
        candidate
        for candidate in instrument_lexicon.find(text, lang)
        if not rules.organ.match(text, candidate.end)
        and not _is_second_part(candidate, text, rules)
    ]
    numbered = [
        *citations.find(text, lang),
        *numbered_titles.foreign(text, lang),
        *numbered_names.find(text, lang, listed),
        *dependent_protocols.find(text, lang, listed),
        *(inserted_titles.find(text, lang) if rules.any.search(text) else ()),
    ]
    addresses = [match.span() for match in _URL.finditer(text)] if "." in text else []
    known = [
        candidate
        for candidate in without_overlaps([*listed, *numbered])
        if not any(start <= candidate.start < end for start, end in addresses)
    ]
    if not known and not rules.any.search(text):
        return []
    if not known and text.isupper():
        sentence = sentence.in_small_letters(rules)
        text = sentence.text
    scope = Scope(text, sentence.words(rules.joined_state), rules, known)
    titles = instrument_titles.find(scope, lang)
    settled = without_overlaps([*(extended(c, scope, lang) for c in known), *titles])
    return without_overlaps(_with_provisions(settled, text, lang))


def _is_second_part(candidate: Candidate, text: str, rules: Heads) -> bool:
    """Whether a name ends a compound that names something else: `FDI-screeningsverordening`."""
    start = candidate.start
    if text[max(0, start - 1) : start] != "-" or not text[max(0, start - 2) : start - 1].isalnum():
        return False
    return rules.author.search(text, max(0, start - 60), start) is None


def _with_provisions(candidates: Sequence[Candidate], text: str, lang: str) -> Iterator[Candidate]:
    """The candidates, joined with the pinpoint before them, or else right after them.

    Rules of procedure that nothing but a common noun names count with a pinpoint only.
    """
    pinpoints = list(provisions.pinpoints(text, lang))
    free = list(pinpoints)
    joined: list[Candidate] = []
    for candidate in candidates:
        pinpoint = next(
            (p for p in pinpoints if provisions.joined(text, p, candidate.start, lang)), None
        )
        if pinpoint is not None:
            free.remove(pinpoint)
            provision = pinpoint.provision
            candidate = replace(candidate, start=pinpoint.start, provision=provision)
        joined.append(candidate)
    for candidate in joined:
        after, end = _pinpoint_after(candidate, free, text, lang)
        if candidate.provision is None and after is not None:
            yield replace(candidate, end=end, provision=after.provision)
        elif candidate.provision or not _needs_provision(candidate, text, lang):
            yield candidate


def _pinpoint_after(
    candidate: Candidate, free: Sequence[provisions.Pinpoint], text: str, lang: str
) -> tuple[provisions.Pinpoint | None, int]:
    """The pinpoint right after a title, and where it ends."""
    for pinpoint in free:
        end = provisions.follows(text, pinpoint, candidate.end, lang)
        if end is not None:
            return pinpoint, end
    return None, candidate.end


def _needs_provision(candidate: Candidate, text: str, lang: str) -> bool:
    if candidate.kind != "rules":
        return False
    name, rules = text[candidate.start : candidate.end] + " ", heads(lang)
    return not name.startswith(rules.rules_named) and name.startswith(rules.rules_pinpointed)


def _moved(candidate: Candidate, offset: int) -> Candidate:
    """The candidate of a sentence in offsets of the Doc."""
    title = candidate.title and (candidate.title[0] + offset, candidate.title[1] + offset)
    start, end = candidate.start + offset, candidate.end + offset
    return replace(candidate, start=start, end=end, title=title)


def _with_defined_acronyms(candidates: list[Candidate], text: str, lang: str) -> list[Candidate]:
    """The candidates and the later uses of acronyms that the text defines after a title, with the
    provisions before them."""
    defined: dict[str, Candidate] = {}
    for candidate in candidates:
        if candidate.kind == "resolution":  # its subject may end with one of somebody else
            continue
        for match in _DEFINITION.finditer(text, candidate.start, candidate.end):
            acronym = match["acronym"]
            name = text[candidate.start : match.start()]
            last = match.end() == candidate.end
            if acronym not in COMMUNITIES and (last or _abbreviates(acronym, name)):
                defined.setdefault(acronym, candidate)
    if not defined:
        return candidates
    words = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, defined))})(?!\w)")
    taken = bytearray(len(text))
    for candidate in candidates:
        taken[candidate.start : candidate.end] = b"\1" * (candidate.end - candidate.start)
    uses = []
    for match in words.finditer(text):
        title = defined[match.group()]
        if match.start() > title.end and not taken[match.start()]:
            use = Candidate(match.start(), match.end(), "document:acronym", 0, title.entity)
            uses.append(_pinpointed(use, text, lang))
    return sorted([*candidates, *uses], key=lambda candidate: candidate.start)


def _abbreviates(acronym: str, title: str) -> bool:
    """Whether an acronym is made of the initials of a title's words."""
    initials = "".join(word[0] for word in re.findall(r"[^\W\d_]+", title) if word[0].isupper())
    return bool(acronym) and acronym.upper() == initials[-len(acronym) :]


def _pinpointed(use: Candidate, text: str, lang: str) -> Candidate:
    """The use of an acronym with the provision in front: `Article 5(1) of the PDCA`."""
    offset = max(0, use.start - _LONGEST_PINPOINT)
    for pinpoint in provisions.pinpoints(text[offset : use.start], lang):
        if provisions.joined(text[offset:], pinpoint, use.start - offset, lang):
            return replace(use, start=offset + pinpoint.start, provision=pinpoint.provision)
    return use


def _mention(candidate: Candidate) -> Mention:
    return Mention(
        "INSTRUMENT",
        candidate.start,
        candidate.end,
        candidate.source,
        provision=candidate.provision,
        entity=candidate.entity,
    )
