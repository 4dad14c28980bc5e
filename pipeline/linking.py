"""Mentions to things, across the documents and languages of a corpus.

Countries, dates and listed instruments come with the thing that they denote. What is left is
people, whose names vary within a document, and instruments that no list holds.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from pipeline.name_variants import resolve
from pipeline.names import slug
from pipeline.resources import table
from pipeline.types import Entity, Mention

_ENGLISH = "en"
_LAW = "instrument:slug:"
_INNER = re.compile(r"(?<=\w)['’‘](?=\w)")


@dataclass(frozen=True, slots=True)
class DocumentMentions:
    """The mentions of one document and, for each, its cleaned text."""

    doc_id: str
    lang: str
    mentions: tuple[Mention, ...]
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Linked:
    """For each document, one entity id a mention; and the entities, each once."""

    entity_ids: tuple[tuple[str, ...], ...]
    entities: tuple[Entity, ...]


def link(
    documents: Sequence[DocumentMentions], translations: Iterable[tuple[str, str]] = ()
) -> Linked:
    """Gives every mention of every document an entity.

    People: within a document, spelling variants, initials and single names go to the full name
    that they can only mean; across documents only the full name counts. Translations of each
    other name the same people and count as one document there. Unlisted instruments are the same
    when their texts are. A national law of a kind that many states have goes by one name, that of
    the English texts where they name it: `mediawet` by that of `Media Law`.

    Args:
        documents: the mentions of each document.
        translations: pairs of ids of documents that translate each other.
    """
    documents = _with_one_name(documents)
    entities: dict[str, Entity] = {}
    ids: list[tuple[str, ...]] = []
    group_of = _groups([document.doc_id for document in documents], translations)
    names: dict[str, list[str]] = {}
    for document in documents:
        people = [name for m in document.mentions if (name := _name(m)) is not None]
        names.setdefault(group_of[document.doc_id], []).extend(people)
    person_of = {group: resolve(together) for group, together in names.items()}
    for document in documents:
        full_names = person_of[group_of[document.doc_id]]
        found = []
        for mention, text in zip(document.mentions, document.texts, strict=True):
            written = _name(mention)
            if written is not None:
                name = full_names[written]
                entity = Entity(_person_id(name), "PERSON", name, {document.lang: name})
            elif mention.entity is not None:
                entity = mention.entity
            else:
                entity = _unlisted(mention.type, text, document.lang)
            known = entities.get(entity.entity_id)
            entities[entity.entity_id] = entity if known is None else _merged(known, entity)
            found.append(entity.entity_id)
        ids.append(tuple(found))
    return Linked(tuple(ids), tuple(entities[key] for key in sorted(entities)))


def _with_one_name(documents: Sequence[DocumentMentions]) -> list[DocumentMentions]:
    """The documents, each kind of law of a country under one entity in all of them."""
    named: dict[tuple[str, str], Counter[tuple[bool, str]]] = defaultdict(Counter)
    entities: dict[str, Entity] = {}
    for document in documents:
        for mention in document.mentions:
            if mention.entity and (law := _kind_of_law(mention.entity.entity_id)):
                entity = entities.setdefault(mention.entity.entity_id, mention.entity)
                named[law][document.lang == _ENGLISH, entity.entity_id] += 1
    chosen = {
        law: entities[max(names, key=lambda name: (name[0], names[name], name[1]))[1]]
        for law, names in named.items()
        if len({entity_id for _, entity_id in names}) > 1
    }

    def settled(mention: Mention) -> Mention:
        law = _kind_of_law(mention.entity.entity_id) if mention.entity else None
        return replace(mention, entity=chosen[law]) if law in chosen else mention

    if not chosen:
        return list(documents)
    return [replace(d, mentions=tuple(map(settled, d.mentions))) for d in documents]


def _kind_of_law(entity_id: str) -> tuple[str, str] | None:
    """The kind and the country of a national law's id, if it is of a kind that many states have."""
    if not entity_id.startswith(_LAW):
        return None
    parts = entity_id.removeprefix(_LAW).split("-of-")
    for index in range(1, len(parts)):
        if kind := _kinds_of_laws().get("-of-".join(parts[:index])):
            return kind, "-of-".join(parts[index:])
    return None


@cache
def _kinds_of_laws() -> dict[str, str]:
    """Kinds of laws by the slugs of their English names."""
    return {
        slug(name): row["label"]
        for row in table("national-laws")
        for name in (row["label"], *row["names_en"].split("|"))
        if name
    }


def _groups(doc_ids: Sequence[str], translations: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Each document → one document of those that it is a translation of, directly or not."""
    group = {doc_id: doc_id for doc_id in doc_ids}
    for source, target in translations:
        if source in group and target in group:
            old, new = group[target], group[source]
            group = {doc_id: new if of == old else of for doc_id, of in group.items()}
    return group


def _person_id(name: str) -> str:
    """A person's id: `person:michael-o-flaherty`; an apostrophe inside a name parts words."""
    return f"person:{slug(_INNER.sub(' ', name))}"


def _name(mention: Mention) -> str | None:
    """The name of a person as the mention has it; None for anything else."""
    return mention.entity.label if mention.type == "PERSON" and mention.entity else None


def _unlisted(kind: str, text: str, lang: str) -> Entity:
    """An entity without identifiers: its name is all that is known of it."""
    name = " ".join(text.split())
    scheme = "instrument:slug" if kind == "INSTRUMENT" else kind.lower()
    return Entity(f"{scheme}:{slug(name)}", kind, name, {lang: name})


def _merged(first: Entity, second: Entity) -> Entity:
    """The same thing met again: its first names win, identifiers add up."""
    return Entity(
        first.entity_id,
        first.type,
        first.label,
        {**second.labels, **first.labels},
        {**second.identifiers, **first.identifiers},
    )
