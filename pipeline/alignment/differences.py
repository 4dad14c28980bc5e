"""What one version of a text says and the other does not, read off an alignment.

Only things that can be compared across languages are compared: sentences without a counterpart,
things that mentions denote, numbers, and the strength of demands. A difference is a place to look
at, not a verdict: a translator may have had good reasons.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from pipeline.types import Group

MISSING: Final = "missing text"
ENTITY: Final = "entity"
NUMBER: Final = "number"
MODALITY: Final = "modality"
SHORTER: Final = "shorter"
UNEVEN: Final = 1.6
"""A group is uneven where one side is this many times as long as the documents lead to expect."""
LONG_ENOUGH: Final = 80
"""Groups with fewer characters on their longer side are too short to call uneven."""

Missing = Literal["source", "target"]


@dataclass(frozen=True, slots=True)
class Side:
    """One sentence of a version, with what it mentions.

    `entities` maps the id of each thing mentioned to the words that mention it; `numbers` are
    those outside mentions and labels; `modalities` are the strengths of its clauses, as in `must`,
    `should`, `may`, whatever the language.
    """

    text: str
    kind: str = "paragraph"
    entities: Mapping[str, str] = field(default_factory=dict)
    numbers: frozenset[str] = frozenset()
    modalities: tuple[str, ...] = ()


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
    skip_kinds: frozenset[str] = frozenset({"furniture"}),
) -> list[Difference]:
    """What differs between two aligned versions, in document order.

    An entity or number that the other version has in a neighbouring group counts as there: word
    order and sentence borders differ between languages.

    Args:
        groups: the alignment of `source` and `target`.
        source, target: all sentences of each version.
        skip_kinds: kinds of blocks whose text is not compared.
    """
    ratio = _length_ratio(groups, source, target)
    found: list[Difference] = []
    for place, group in enumerate(groups):
        if group.source and group.target:
            near = groups[max(place - 1, 0) : place + 2]
            found += _inside(group, near, source, target, ratio)
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
) -> Iterator[Difference]:
    left = [source[index] for index in group.source]
    right = [target[index] for index in group.target]
    left_near = [source[index] for other in near for index in other.source]
    right_near = [target[index] for other in near for index in other.target]
    compared: tuple[tuple[list[Side], list[Side], Missing], ...] = (
        (left, right_near, "target"),
        (right, left_near, "source"),
    )
    for ours, theirs, missing in compared:
        there = {entity for unit in theirs for entity in unit.entities}
        for unit in ours:
            for entity in unit.entities:
                if entity not in there:
                    yield _difference(ENTITY, missing, entity, group, source, target)
        numbers = {number for unit in theirs for number in unit.numbers}
        for number in sorted({n for unit in ours for n in unit.numbers} - numbers):
            yield _difference(NUMBER, missing, number, group, source, target)
    yield from _modality(group, source, target)
    lengths = [sum(len(unit.text) for unit in side) for side in (left, right)]
    factor = lengths[1] / max(lengths[0] * ratio, 1.0)
    if max(lengths) >= LONG_ENOUGH and not 1 / UNEVEN <= factor <= UNEVEN:
        shorter: Missing = "target" if factor < 1 else "source"
        what = f"{lengths[0]} and {lengths[1]} characters"
        yield _difference(SHORTER, shorter, what, group, source, target)


def _modality(group: Group, source: Sequence[Side], target: Sequence[Side]) -> Iterator[Difference]:
    """Strengths that only one side has, paired: `must → should`. Where the sides have different
    numbers of modal clauses nothing is said, since languages differ in using them at all."""
    left = Counter(m for index in group.source for m in source[index].modalities)
    right = Counter(m for index in group.target for m in target[index].modalities)
    gone, come = sorted((left - right).elements()), sorted((right - left).elements())
    if gone and len(gone) == len(come):
        what = f"{', '.join(gone)} → {', '.join(come)}"
        yield _difference(MODALITY, None, what, group, source, target)


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
