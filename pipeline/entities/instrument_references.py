"""References to what another mention names: in brackets, in footnotes, on a text's own page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from pipeline.entities import instrument_lexicon
from pipeline.entities.candidates import Candidate, instrument
from pipeline.resources import table
from pipeline.types import Entity

_REFERENCE_GAP = re.compile(r"(?:\s?\([^()]{1,30}\))?\s?[(,;–-]{1,2}\s?")
_MARK = re.compile(r"\s?(?:[(\[]\s?(?P<number>\d{1,2})\s?[)\]]|⁽?(?P<raised>[¹²³⁴⁵⁶⁷⁸⁹⁰]{1,2})⁾?)")
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_DOCUMENTS = ("procedure", "ep", "journal", "un", "coe", "cets", "com", "council", "gazette")
_NUMBERS = ("ep", "cets", "un", "procedure", "com")
_ADOPTED = re.compile(r"P\d{1,2}_TA\(\d{4}\)\d{4}")
_COMMUNICATION = "instrument:slug:commission-communication"
_COM = re.compile(r"(?P<series>[A-Z]+)\s?\((?P<year>\d{4})\)\s?(?P<number>\d{1,4}).*")
_PREPARATORY = re.compile(r"5\d{4}(?P<type>DC|JC)\d{4}")
_COMMUNICATIONS = ("communication", "mededeling", "meddelande")
_PROPOSALS = (
    *("proposal for", "voorstel voor", "förslag till", "förslaget till"),
    *("proposal of", "voorstel van de commissie van", "förslag av den"),
)
_LONGEST_QUOTE = 250
_NEAR = 1000
_BESIDE = 2
# `(2) Texts adopted, P9_TA(2023)0079.`
_TEXTS_ADOPTED = re.compile(rf"{_MARK.pattern}\s?(?:[^\W\d_]+ ){{0,2}}[^\W\d_]*,?\s?\Z")
_MARK_BEFORE = re.compile(rf"{_MARK.pattern}\s?\Z")


def resolve(candidates: list[Candidate], text: str) -> list[Candidate]:
    """The linked candidates of a document, each reference with the entity of what it refers to."""
    linked = _own_references(_succeeded(candidates, text), text)
    linked = _bracketed(linked, text)
    return _one_id(_footnotes(_adopted_texts(linked, text), text))


def _succeeded(candidates: list[Candidate], text: str) -> list[Candidate]:
    """Short names of an act that mean its successor: `Opvangrichtlijn`, among the acts of 2024.

    Two of those adopted with it stand near, and no number in brackets says that it is the old one.
    """
    linked = list(candidates)
    for old, new, beside in _successions():
        near = [
            (c.start, c.entity) for c in candidates if c.entity and c.entity.entity_id in beside
        ]
        for index, candidate in enumerate(candidates):
            if candidate.entity != old or candidate.source != "lexicon:instruments":
                continue
            numbered = text[candidate.end : candidate.end + 2].strip().startswith("(")
            named = {act.entity_id for at, act in near if abs(at - candidate.start) < _NEAR}
            if len(named) >= _BESIDE and not numbered:
                linked[index] = replace(candidate, entity=new)
    return linked


@cache
def _successions() -> tuple[tuple[Entity, Entity, frozenset[str]], ...]:
    """An act, the one in its place, and the ids of those adopted with the latter."""
    listed = instrument_lexicon.entities()
    return tuple(
        (
            listed[row["old"]],
            listed[row["new"]],
            frozenset(listed[key].entity_id for key in row["beside"].split("|")),
        )
        for row in table("successors")
    )


def _own_references(candidates: list[Candidate], text: str) -> list[Candidate]:
    """The numbers on a page of the Parliament's adopted texts all denote that text.

    They are those before and right after its title; the page says the number of one text only.
    """
    own = [c for c in candidates if _is_adopted(c, text) and not _is_footnote(c, text)]
    numbers = {c.entity.entity_id for c in own if c.entity}
    title = next((i for i, c in enumerate(candidates) if c.source == "pattern:resolution"), None)
    if len(numbers) != 1 or title is None:
        return candidates
    adopted = own[0].entity
    if not any(_is_adopted(c, text) for c in candidates[:title]):
        return candidates
    last = title
    if title + 1 < len(candidates) and _gap(candidates[title], candidates[title + 1], text):
        last = title + 1
    return [
        replace(c, entity=adopted)
        if i <= last and (i == title or c.kind in ("ep", "procedure"))
        else c
        for i, c in enumerate(candidates)
    ]


def _is_footnote(candidate: Candidate, text: str) -> bool:
    """Whether a footnote mark and a few words stand before a number: `(2) Texts adopted, P9_…`."""
    return bool(_TEXTS_ADOPTED.search(text, max(0, candidate.start - 40), candidate.start))


def _is_adopted(candidate: Candidate, text: str) -> bool:
    return bool(_ADOPTED.fullmatch(text, candidate.start, candidate.end))


def _gap(first: Candidate, second: Candidate, text: str) -> bool:
    """Whether only an opening bracket or the like stands between two candidates."""
    return bool(_REFERENCE_GAP.fullmatch(text, first.end, second.start))


def _bracketed(candidates: list[Candidate], text: str) -> list[Candidate]:
    """A reference in brackets right after a title denotes what the title does."""
    linked = list(candidates)
    for index in range(1, len(linked)):
        title, reference = linked[index - 1], linked[index]
        if reference.kind == "com":
            linked = _communicated(linked, index, text)
        if is_unlisted(title) and _is_alias(title, reference, text):
            linked[index - 1] = replace(title, entity=reference.entity)
            continue
        gap = text[title.end : reference.start]
        if gap.strip() == "(" and _is_other_act(title, reference):
            linked = _under_number(linked, index - 1, reference)
            continue
        if reference.kind not in _DOCUMENTS or not ("(" in gap or reference.kind == "com"):
            continue
        if not _gap(title, reference, text):
            continue
        if reference.kind == "com" and _is_later(title, reference, text):
            continue
        if reference.kind == "com" and (own := _other_document(title, reference, text)):
            linked[index] = replace(reference, entity=own)
            continue
        if is_unlisted(title) and reference.kind == "com":
            reference = replace(reference, entity=_preparatory(title, reference, text))
            linked[index] = reference
        known = title.kind == "resolution" and _is_known_text(reference)
        if is_unlisted(title) and (reference.kind in _NUMBERS or known):
            linked[index - 1] = replace(title, entity=reference.entity)
        else:
            linked[index] = replace(reference, entity=title.entity)
    return linked


def _is_other_act(title: Candidate, reference: Candidate) -> bool:
    """Whether the number in brackets is not that of the act listed under the short name before it.

    Two acts share a short name where one has replaced the other; the number says which is meant.
    """
    if reference.kind != "act" or not title.source.startswith("lexicon"):
        return False
    if title.entity is None or reference.entity is None:
        return False
    listed = title.entity.identifiers.get("celex", "")
    cited = reference.entity.identifiers.get("celex", "")
    return listed != cited and listed[:1] == cited[:1] == "3" and listed[5:6] == cited[5:6]


def _under_number(
    candidates: list[Candidate], position: int, reference: Candidate
) -> list[Candidate]:
    """The candidates, the short name at a position and its later uses under the number's act."""
    name = candidates[position].entity
    return [
        replace(c, entity=reference.entity)
        if index >= position and c.entity == name and c.source.startswith("lexicon")
        else c
        for index, c in enumerate(candidates)
    ]


def _preparatory(title: Candidate, reference: Candidate, text: str) -> Entity | None:
    """The entity of a COM or JOIN document under its CELEX number, where its kind is certain.

    A proposal is of type PC, a communication of type DC (JC for those of the Commission and the
    High Representative).
    """
    number = _COM.fullmatch(text, reference.start, reference.end)
    opening = text[max(0, title.start - 30) : title.end].casefold()
    if number is None or reference.entity is None or number["series"] not in ("COM", "JOIN"):
        return reference.entity
    communication = any(word in opening for word in _COMMUNICATIONS)
    if communication == any(word in opening for word in _PROPOSALS):
        return reference.entity
    letter = "PC" if not communication else "DC" if number["series"] == "COM" else "JC"
    if letter == "PC" and number["series"] == "JOIN":
        return reference.entity
    celex = f"5{number['year']}{letter}{int(number['number']):04d}"
    identifiers = {"celex": celex, **reference.entity.identifiers}
    return instrument(f"celex:{celex}", reference.entity.label, identifiers)


def _other_document(title: Candidate, reference: Candidate, text: str) -> Entity | None:
    """The document of a number that contradicts the one listed for the title before it.

    It is under a title that later documents share, as the `European Agenda on Migration` is: its
    CELEX number is of the same type. None where both numbers agree, or the list knows none.
    """
    number = _COM.fullmatch(text, reference.start, reference.end)
    identifiers = title.entity.identifiers if title.entity else {}
    listed = _PREPARATORY.fullmatch(identifiers.get("celex", ""))
    if number is None or listed is None or reference.entity is None:
        return None
    celex = f"5{number['year']}{listed['type']}{int(number['number']):04d}"
    if celex == identifiers["celex"] or listed["type"] not in _types(number["series"]):
        return None
    if "celex" in reference.entity.identifiers:
        return reference.entity
    identifiers = {"celex": celex, **reference.entity.identifiers}
    return instrument(f"celex:{celex}", reference.entity.label, identifiers)


def _one_id(candidates: list[Candidate]) -> list[Candidate]:
    """The candidates, each COM or JOIN number under the CELEX number that one mention of it has."""
    known = {
        c.entity.identifiers["com"]: c.entity
        for c in candidates
        if c.entity and {"com", "celex"} <= c.entity.identifiers.keys()
    }
    return [
        replace(c, entity=known.get(c.entity.identifiers.get("com", ""), c.entity))
        if c.kind == "com" and c.entity
        else c
        for c in candidates
    ]


def listed_document(entity: Entity, listed: Mapping[str, Entity]) -> Entity:
    """The listed document of a COM or JOIN number, of whichever type it is; else the entity."""
    number = _COM.fullmatch(entity.identifiers.get("com", ""))
    if number is None:
        return entity
    numbers = (f"5{number['year']}{t}{int(number['number']):04d}" for t in _types(number["series"]))
    return next((listed[celex] for celex in numbers if celex in listed), entity)


def _is_later(title: Candidate, reference: Candidate, text: str) -> bool:
    """Whether a document is younger than the act before it, whose proposal it cannot be."""
    number = _COM.fullmatch(text, reference.start, reference.end)
    celex = title.entity.identifiers.get("celex", "") if title.entity else ""
    return bool(number and celex.startswith("3") and number["year"] > celex[1:5])


def _types(series: str) -> tuple[str, ...]:
    """The types that documents of a series have in their CELEX numbers."""
    return {"COM": ("DC", "PC"), "JOIN": ("JC",)}.get(series, ())


def _is_alias(title: Candidate, name: Candidate, text: str) -> bool:
    """Whether a listed short name is all that stands in brackets after a title."""
    listed = name.source.startswith("lexicon") and name.entity is not None
    before = text[title.end : name.start].strip().strip("‘’“”\"'„")
    return listed and before == "(" and text[name.end : name.end + 2].lstrip("’”\"'")[:1] == ")"


def _communicated(linked: list[Candidate], index: int, text: str) -> list[Candidate]:
    """A dated communication, its title in quotes, takes the number in brackets that follows."""
    reference = linked[index]
    for position in range(max(0, index - 2), index):
        title = linked[position]
        dated = title.entity and title.entity.entity_id.startswith(_COMMUNICATION)
        between = text[title.end : reference.start]
        if dated and len(between) < _LONGEST_QUOTE and between.endswith("(") and ";" not in between:
            return [replace(c, entity=reference.entity) if c is title else c for c in linked]
    return linked


def is_unlisted(candidate: Candidate) -> bool:
    """Whether only its title or date identifies what a candidate denotes."""
    return bool(candidate.entity) and not candidate.entity.identifiers  # type: ignore[union-attr]


def _footnotes(candidates: list[Candidate], text: str) -> list[Candidate]:
    """A reference that opens a footnote denotes what carries the footnote's mark.

    A reference to the official journal does, but one that the register of the Parliament's texts
    has gives its text to an unlisted resolution. The title or number of a law does where neither it
    nor what carries the mark is listed.
    """
    marked: dict[str, Candidate] = {}
    for candidate in candidates:
        if mark := _MARK.match(text, candidate.end):
            marked.setdefault(_number(mark), candidate)
    linked = []
    numbers: dict[str, Entity] = {}
    for candidate in candidates:
        mark = _MARK_BEFORE.search(text, max(0, candidate.start - 6), candidate.start)
        target = marked.get(_number(mark)) if mark else None
        if target and target.start < candidate.start:
            adopted = candidate.entity if _is_known_text(candidate) else None
            laws = candidate.kind == "law" and target.kind in ("law", "instruments")
            if candidate.kind == "journal" and adopted is None:
                candidate = replace(candidate, entity=target.entity)
            elif candidate.kind == "journal" and adopted and target.entity:
                if target.kind == "resolution" and is_unlisted(target):
                    numbers[target.entity.entity_id] = adopted
            elif laws and is_unlisted(candidate) and is_unlisted(target):
                candidate = replace(candidate, entity=target.entity)
        linked.append(candidate)
    return _renumbered(linked, numbers)


def _number(mark: re.Match[str]) -> str:
    """The number of a footnote mark, raised or in brackets."""
    return mark["number"] or mark["raised"].translate(_RAISED)


def _is_known_text(candidate: Candidate) -> bool:
    """Whether a reference is linked to one of the Parliament's texts already."""
    return candidate.entity is not None and "ep" in candidate.entity.identifiers


def _adopted_texts(candidates: list[Candidate], text: str) -> list[Candidate]:
    """Resolutions by date whose footnotes give the number of the adopted text take that number."""
    marked: dict[str, Candidate] = {}
    for candidate in candidates:
        if mark := _MARK.match(text, candidate.end):
            marked.setdefault(_number(mark), candidate)
    numbers: dict[str, Entity] = {}
    for candidate in candidates:
        before = _TEXTS_ADOPTED.search(text, max(0, candidate.start - 40), candidate.start)
        title = marked.get(_number(before)) if before else None
        if title is None or not candidate.entity or not _is_adopted(candidate, text):
            continue
        if title.start < candidate.start and title.entity and is_unlisted(title):
            numbers[title.entity.entity_id] = candidate.entity
    return _renumbered(candidates, numbers)


def _renumbered(candidates: list[Candidate], numbers: dict[str, Entity]) -> list[Candidate]:
    """The candidates, those of an id in `numbers` with the entity there."""
    return [
        replace(c, entity=numbers.get(c.entity.entity_id, c.entity)) if c.entity else c
        for c in candidates
    ]
