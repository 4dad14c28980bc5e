"""Short names that two instruments share: the one that the text cites elsewhere is meant.

An act and the one that replaces it go by one name (`Reception Conditions Directive`), and so do the
treaties of a city (`Geneva Convention`). `data/namesakes.tsv` lists them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from pipeline.entities import instrument_lexicon
from pipeline.entities.candidates import Candidate
from pipeline.entities.instrument_heads import heads
from pipeline.resources import table
from pipeline.types import Entity

_NEAR = 1000  # characters within which acts that were adopted together are named
_BESIDE = 2


@dataclass(frozen=True, slots=True)
class Others:
    """The instruments that share the names of a listed one.

    Attributes:
        ids: their ids, the successor first.
        beside: ids of the acts that were adopted with the first.
    """

    ids: tuple[str, ...]
    beside: frozenset[str]


def resolve(candidates: Sequence[Candidate], text: str, lang: str) -> list[Candidate]:
    """The linked candidates of a document, each shared name with the entity that it means.

    A name is the other one's if the text names two acts near it that were adopted with the other,
    or cites the other, by a number or a name of its own, and not by its number the instrument that
    is listed under the name.
    """
    shared = {id(c) for c in candidates if _is_shared(c, text, lang)}
    if not shared:
        return list(candidates)
    own = [c for c in candidates if c.entity and id(c) not in shared]
    cited = {c.entity.entity_id: c.entity for c in own if c.entity}
    numbered = {c.entity.entity_id for c in own if c.entity and not c.source.startswith("lexicon")}
    linked = []
    for candidate in candidates:
        listed = candidate.entity
        if listed and id(candidate) in shared:
            meant = _successor(candidate, listed, candidates)
            if meant is None and listed.entity_id not in numbered:
                meant = _cited(listed, cited)
            candidate = replace(candidate, entity=meant or listed)
        linked.append(candidate)
    return linked


def _successor(name: Candidate, listed: Entity, named: Sequence[Candidate]) -> Entity | None:
    """The act in the place of the listed one, where those adopted with it are named near."""
    others = _others()[listed.entity_id]
    near = {c.entity.entity_id for c in named if c.entity and abs(c.start - name.start) < _NEAR}
    if len(near & others.beside) < _BESIDE:
        return None
    by_id = {entity.entity_id: entity for entity in instrument_lexicon.entities().values()}
    return by_id[others.ids[0]]


def _cited(listed: Entity, cited: Mapping[str, Entity]) -> Entity | None:
    """The only one of those that share the names of an instrument that a text cites."""
    found = [cited[other] for other in _others()[listed.entity_id].ids if other in cited]
    return found[0] if len(found) == 1 else None


def _is_shared(candidate: Candidate, text: str, lang: str) -> bool:
    """Whether a candidate is a listed name that may stand for another instrument.

    `Geneva Conventions` in the plural, and a name with its number in brackets, may not.
    """
    if candidate.source != "lexicon:instruments" or candidate.entity is None:
        return False
    if candidate.entity.entity_id not in _others():
        return False
    if text[candidate.end : candidate.end + 2].strip().startswith("("):
        return False
    words = text[candidate.start : candidate.end].casefold().split()
    return not any(word.endswith(heads(lang).plural) or word[-1].isdigit() for word in words)


@cache
def _others() -> dict[str, Others]:
    """The instruments that share the names of one, by its id."""
    listed = instrument_lexicon.entities()
    return {
        listed[row["key"]].entity_id: Others(
            tuple(f"instrument:{value}" for value in row["others"].split("|")),
            frozenset(listed[key].entity_id for key in (row["beside"] or "").split("|") if key),
        )
        for row in table("namesakes")
    }
