"""Short names that two instruments share: the one that the text cites elsewhere is meant.

An act and the one that replaces it go by one name (`Reception Conditions Directive`), and so do the
treaties of a city (`Geneva Convention`). `data/namesakes.tsv` lists them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

from pipeline.entities import instrument_lexicon
from pipeline.entities.candidates import Candidate
from pipeline.entities.instrument_heads import heads
from pipeline.resources import table
from pipeline.types import Entity


def resolve(candidates: Sequence[Candidate], text: str, lang: str) -> list[Candidate]:
    """The linked candidates of a document, each shared name with the entity that it means.

    A name is the other one's if the text cites that, by a number or a name of its own, and does not
    cite the instrument that is listed under the name by its number.
    """
    shared = {id(c) for c in candidates if _is_shared(c, text, lang)}
    if not shared:
        return list(candidates)
    own = [c for c in candidates if c.entity and id(c) not in shared]
    cited = {c.entity.entity_id: c.entity for c in own if c.entity}
    numbered = {c.entity.entity_id for c in own if c.entity and not c.source.startswith("lexicon")}
    return [
        replace(c, entity=_other(c.entity, cited) or c.entity)
        if id(c) in shared and c.entity and c.entity.entity_id not in numbered
        else c
        for c in candidates
    ]


def _other(listed: Entity, cited: Mapping[str, Entity]) -> Entity | None:
    """The only one of those that share the name of an instrument that a text cites."""
    others = [cited[other] for other in _others()[listed.entity_id] if other in cited]
    return others[0] if len(others) == 1 else None


def _is_shared(candidate: Candidate, text: str, lang: str) -> bool:
    """Whether a candidate is a listed name that may stand for another instrument.

    `Geneva Conventions` in the plural, and a name with its number in brackets, may not.
    """
    if candidate.source != "lexicon:instruments" or candidate.entity is None:
        return False
    if candidate.entity.entity_id not in _others():
        return False
    words = text[candidate.start : candidate.end].casefold().split()
    return not any(word.endswith(heads(lang).plural) or word[-1].isdigit() for word in words)


@cache
def _others() -> dict[str, tuple[str, ...]]:
    """The ids of the instruments that share the names of one, by its id."""
    listed = instrument_lexicon.entities()
    return {
        listed[row["key"]].entity_id: tuple(f"instrument:{v}" for v in row["others"].split("|"))
        for row in table("namesakes")
    }
