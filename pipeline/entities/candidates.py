"""What an instrument recogniser proposes, and how proposals that overlap are settled."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pipeline.types import Entity


@dataclass(frozen=True, slots=True)
class Candidate:
    """A proposed mention: a span of one sentence's text, and the rule that proposed it.

    `rank` decides between proposals of the same length (the lower wins). `title` is the part of
    the text by which the instrument is known, without provisions, dates or brackets.
    """

    start: int
    end: int
    source: str
    rank: int
    entity: Entity | None = None
    provision: str | None = None
    title: tuple[int, int] | None = None

    @property
    def kind(self) -> str:
        """The last part of the source: `act`, `law`, `instruments` …."""
        return self.source.partition(":")[2]


def instrument(
    entity_id: str,
    label: str,
    identifiers: Mapping[str, str] | None = None,
    labels: Mapping[str, str] | None = None,
) -> Entity:
    """An INSTRUMENT entity; `entity_id` comes without the type's prefix (`celex:32016R0679`)."""
    return Entity(f"instrument:{entity_id}", "INSTRUMENT", label, labels or {}, identifiers or {})


def without_overlaps(candidates: Iterable[Candidate]) -> list[Candidate]:
    """The longest candidates that do not overlap, in text order."""
    kept: list[Candidate] = []  # in text order, so that only two neighbours can overlap
    for candidate in sorted(candidates, key=lambda c: (c.start - c.end, c.rank, c.start)):
        at = bisect_left(kept, candidate.start, key=lambda c: c.start)
        before = at > 0 and kept[at - 1].end > candidate.start
        after = at < len(kept) and kept[at].start < candidate.end
        if not (before or after):
            kept.insert(at, candidate)
    return kept
