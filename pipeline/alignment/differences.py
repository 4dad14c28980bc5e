"""What one version of a text says and the other does not, read off an alignment.

Only things that can be compared across languages are compared: sentences without a counterpart,
phrases that no word of the other version resembles, things that mentions denote, numbers, and the
strength of demands. A difference is a place to look
at, not a verdict: a translator may have had good reasons.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Final, Literal

from pipeline.alignment.encoder import Encoder
from pipeline.alignment.phrases import Phrase, Word, left_out, named_share
from pipeline.numerals import readings
from pipeline.types import Group

MISSING: Final = "missing text"
ENTITY: Final = "entity"
NUMBER: Final = "number"
MODALITY: Final = "modality"
PHRASE: Final = "missing phrase"
SHORTER: Final = "shorter"
STRENGTHS: Final = {"permission": "possibility", "intention": None, "prohibition": None}
"""Modalities that languages do not tell apart as English does: `may` and `kan`; and those that
they express too differently to be compared, as `shall` and `zal`."""
NAMED_FREELY: Final = ("person:", "instrument:slug:")
SOME: Final = 0.25
UNLISTED: Final = "instrument:slug:"
"""An instrument without a number is known by its name, which differs between languages."""
UNEVEN: Final = 1.6
"""A group is uneven where one side is this many times as long as the documents lead to expect."""
LONG_ENOUGH: Final = 80
"""Groups with fewer characters on their longer side are too short to call uneven."""

Missing = Literal["source", "target"]


@dataclass(frozen=True, slots=True)
class Side:
    """One sentence of a version, with what it mentions.

    `entities` maps the id of each thing mentioned to the words that mention it; `numbers` are
    those outside mentions and labels, as written; `figures` are the readings of all numbers of
    the sentence; `modalities` are the strengths of its clauses, as in `must`, `should`, `may`,
    whatever the language; `words` are all its words, to look for phrases left out.
    """

    text: str
    kind: str = "paragraph"
    entities: Mapping[str, str] = field(default_factory=dict)
    numbers: frozenset[str] = frozenset()
    figures: frozenset[str] = frozenset()
    modalities: tuple[str, ...] = ()
    words: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that the `missing` version lacks, or says in another way.

    `what` is the thing: an entity id, a number, the text itself; for `modality` the words are
    `must → should`. `score` is that of the group in which it was found.
    """

    kind: str
    missing: Missing | None
    what: str
    source: tuple[int, ...]
    target: tuple[int, ...]
    source_text: str
    target_text: str
    score: float


def differences(
    groups: Sequence[Group],
    source: Sequence[Side],
    target: Sequence[Side],
    *,
    encoder: Encoder | None = None,
    skip_kinds: frozenset[str] = frozenset({"furniture"}),
) -> list[Difference]:
    """What differs between two aligned versions, in document order.

    An entity or number that the other version has in a neighbouring group counts as there: word
    order and sentence borders differ between languages.

    Args:
        groups: the alignment of `source` and `target`.
        source, target: all sentences of each version.
        encoder: gives the vectors of words; without one no phrases are looked for.
        skip_kinds: kinds of blocks whose text is not compared.
    """
    ratio = _length_ratio(groups, source, target)
    found: list[Difference] = []
    for place, group in enumerate(groups):
        if group.source and group.target:
            near = groups[max(place - 1, 0) : place + 2]
            found += _inside(group, near, source, target, ratio, encoder)
            if encoder is not None:
                found += _phrases(group, near, source, target, encoder, ratio)
        else:
            units = [source[i] for i in group.source] + [target[i] for i in group.target]
            if not all(unit.kind in skip_kinds for unit in units):
                missing: Missing = "target" if group.source else "source"
                text = " ".join(unit.text for unit in units)
                found.append(_difference(MISSING, missing, text, group, source, target))
    return found


def _inside(
    group: Group,
    near: Sequence[Group],
    source: Sequence[Side],
    target: Sequence[Side],
    ratio: float,
    encoder: Encoder | None,
) -> Iterator[Difference]:
    left = [source[index] for index in group.source]
    right = [target[index] for index in group.target]
    left_near = [source[index] for other in near for index in other.source]
    right_near = [target[index] for other in near for index in other.target]
    compared: tuple[tuple[list[Side], list[Side], Missing], ...] = (
        (left, right_near, "target"),
        (right, left_near, "source"),
    )
    lacking = [
        [
            entity
            for unit in ours
            for entity, words in unit.entities.items()
            if not _is_named(entity, words, theirs, encoder)
        ]
        for ours, theirs, _ in compared
    ]
    unlisted = [any(e.startswith(UNLISTED) for e in entities) for entities in lacking]
    for (ours, theirs, missing), entities in zip(compared, lacking, strict=True):
        for entity in entities:
            # An unlisted instrument on either side is the same one under two names.
            if not (all(unlisted) and entity.startswith(UNLISTED)):
                yield _difference(ENTITY, missing, entity, group, source, target)
        there = {f for unit in theirs for f in unit.figures}
        there |= {f for unit in theirs for number in unit.numbers for f in readings(number)}
        for number in sorted({n for unit in ours for n in unit.numbers}):
            if not _is_there(number, there):
                yield _difference(NUMBER, missing, number, group, source, target)
    yield from _modality(group, source, target)
    lengths = [sum(len(unit.text) for unit in side) for side in (left, right)]
    factor = lengths[1] / max(lengths[0] * ratio, 1.0)
    if max(lengths) >= LONG_ENOUGH and not 1 / UNEVEN <= factor <= UNEVEN:
        shorter: Missing = "target" if factor < 1 else "source"
        what = f"{lengths[0]} and {lengths[1]} characters"
        yield _difference(SHORTER, shorter, what, group, source, target)


def _is_named(entity: str, words: str, theirs: Sequence[Side], encoder: Encoder | None) -> bool:
    """Whether the other side mentions an entity, or has its words without their being a mention.

    Of things that no list holds (people, unlisted instruments) a quarter of the words suffices, or
    words much like them: what is not recognised in one language is not missing from it.
    """
    if any(entity in unit.entities for unit in theirs):
        return True
    texts = [unit.text.casefold() for unit in theirs]
    if any(words.casefold() in text for text in texts):
        return True
    if encoder is None or not entity.startswith(NAMED_FREELY):
        return False
    return named_share(words, " ".join(texts), encoder) >= SOME


def _is_there(number: str, figures: Set[str]) -> bool:
    """Whether a number, or each part of it (`1,2,3`), is among the other side's."""
    parts = [str(int(part)) for part in re.findall(r"\d+", number)]
    return bool(readings(number) & figures) or all(part in figures for part in parts)


def _modality(group: Group, source: Sequence[Side], target: Sequence[Side]) -> Iterator[Difference]:
    """The one strength that each side has and the other lacks: `must → should`. Nothing is said
    where only one has one, since languages differ in using modals at all."""
    left = _strengths(source[index] for index in group.source)
    right = _strengths(target[index] for index in group.target)
    gone, come = left.keys() - right.keys(), right.keys() - left.keys()
    if len(gone) != 1 or len(come) != 1:
        return
    before, after = gone.pop(), come.pop()
    # What one expresses by the mood of its verb the other may say with a modal: only for sentences
    # with a single modal can `may` be set against `must`.
    if "possibility" in (before, after) and not _single(group, source, target):
        return
    what = f"{left[before]} → {right[after]}"
    yield _difference(MODALITY, None, what, group, source, target)


def _single(group: Group, source: Sequence[Side], target: Sequence[Side]) -> bool:
    counts = (
        sum(len(side[index].modalities) for index in indices)
        for side, indices in ((source, group.source), (target, group.target))
    )
    return all(count == 1 for count in counts)


def _strengths(units: Iterable[Side]) -> dict[str, str]:
    """Strengths to compare, each with a modality that has it."""
    modalities = [modality for unit in units for modality in unit.modalities]
    strengths = [(STRENGTHS.get(modality, modality), modality) for modality in modalities]
    return {strength: modality for strength, modality in strengths if strength is not None}


def _phrases(
    group: Group,
    near: Sequence[Group],
    source: Sequence[Side],
    target: Sequence[Side],
    encoder: Encoder,
    ratio: float,
) -> Iterator[Difference]:
    left = [word for index in group.source for word in source[index].words]
    right = [word for index in group.target for word in target[index].words]
    if not (left and right):
        return
    others = [other for other in near if other is not group]
    beside = (
        [word for other in others for index in other.source for word in source[index].words],
        [word for other in others for index in other.target for word in target[index].words],
    )
    found = left_out(left, right, encoder, ratio, beside)
    sides: tuple[tuple[list[Phrase], list[Word], Missing], ...] = (
        (found[0], left, "target"),
        (found[1], right, "source"),
    )
    for phrases, words, missing in sides:
        for phrase in phrases:
            what = " ".join(word.text for word in words[phrase.first : phrase.last + 1])
            yield _difference(PHRASE, missing, what, group, source, target)


def _length_ratio(groups: Sequence[Group], source: Sequence[Side], target: Sequence[Side]) -> float:
    """How long the target is for each character of the source, over aligned text."""
    both = [group for group in groups if group.source and group.target]
    left = sum(len(source[index].text) for group in both for index in group.source)
    right = sum(len(target[index].text) for group in both for index in group.target)
    return right / left if left and right else 1.0


def _difference(
    kind: str,
    missing: Missing | None,
    what: str,
    group: Group,
    source: Sequence[Side],
    target: Sequence[Side],
) -> Difference:
    return Difference(
        kind,
        missing,
        what,
        group.source,
        group.target,
        " ".join(source[index].text for index in group.source),
        " ".join(target[index].text for index in group.target),
        group.score,
    )
