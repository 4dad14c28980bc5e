"""Which aligned groups of a dataset are those of the gold, at the level of sentences or clauses."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

from pipeline.evaluation.compare import Outcome, Result, content
from pipeline.evaluation.gold import Fragments, GoldClauseGroup, GoldGroup, Span

SHARED: Final = 0.5
"""Two clauses are the same where they share this part of the shorter one's characters."""

Units = frozenset[Hashable]
Touched = Mapping[str, Units]


@dataclass(frozen=True, slots=True)
class _Wanted:
    source: Units
    target: Units
    optional: bool
    place: Span
    kind: str


def compare_alignment(
    pair: tuple[str, str],
    gold: Sequence[GoldGroup],
    groups: pd.DataFrame,
    spans: Mapping[str, Span],
    result: Result,
) -> None:
    """Adds one pair's sentence groups: strict (both sets right) and lax (a shared pair).

    Predicted sentences stand for the gold sentences that they overlap, so that another sentence
    split costs only the groups that it touches.
    """
    wanted = [
        _wanted([(span,) for span in group.source], [(span,) for span in group.target], group)
        for group in gold
    ]
    touched = []
    for side in ("source", "target"):
        places = [span for group in gold for span in getattr(group, side)]
        ids = {unit for row in groups[f"{side}_ids"] for unit in row}
        touched.append({unit: _overlapped(spans[unit], places) for unit in ids})
    _compare("alignment", "~".join(pair), wanted, groups, (touched[0], touched[1]), spans, result)


def compare_clause_alignment(
    pair: tuple[str, str],
    gold: Sequence[GoldClauseGroup],
    groups: pd.DataFrame,
    clauses: Mapping[str, Fragments],
    texts: tuple[str, str],
    result: Result,
) -> None:
    """Adds one pair's clause groups: strict and lax, as `compare_alignment` does.

    A predicted clause stands for each gold clause with which it shares at least half of the
    shorter one's characters: a border a few words off is not held against the alignment, clauses
    cut apart or joined are.

    Args:
        pair: the two documents.
        gold: their groups.
        groups: rows of the table `alignments` at the level of clauses.
        clauses: the fragments of each clause of the dataset.
        texts: the source texts of the two documents.
        result: gets the counts.
    """
    touched = []
    for side, text in zip(("source", "target"), texts, strict=True):
        expected = [
            (fragments, content(text, fragments))
            for group in gold
            for fragments in getattr(group, side)
        ]
        ids = {unit for row in groups[f"{side}_ids"] for unit in row}
        touched.append({unit: _same(content(text, clauses[unit]), expected) for unit in ids})
    spans = {unit: (parts[0][0], parts[-1][1]) for unit, parts in clauses.items()}
    wanted = [_wanted(group.source, group.target, group) for group in gold]
    name = "~".join(pair)
    _compare("clause alignment", name, wanted, groups, (touched[0], touched[1]), spans, result)


def _wanted(
    source: Sequence[Fragments], target: Sequence[Fragments], group: GoldGroup | GoldClauseGroup
) -> _Wanted:
    side = source or target
    place = (min(parts[0][0] for parts in side), max(parts[-1][1] for parts in side))
    kind = f"{len(source)}-{len(target)}"
    return _Wanted(frozenset(source), frozenset(target), group.optional, place, kind)


def _overlapped(span: Span, others: Sequence[Span]) -> Units:
    return frozenset((other,) for other in others if span[0] < other[1] and other[0] < span[1])


def _same(chars: frozenset[int], others: Sequence[tuple[Fragments, frozenset[int]]]) -> Units:
    return frozenset(
        fragments
        for fragments, other in others
        if len(chars & other) >= max(SHARED * min(len(chars), len(other)), 1)
    )


def _compare(
    task: str,
    name: str,
    gold: Sequence[_Wanted],
    groups: pd.DataFrame,
    touched: tuple[Touched, Touched],
    spans: Mapping[str, Span],
    result: Result,
) -> None:
    strict = result.tallies[task, name, "group", "strict"]
    lax = result.tallies[task, name, "group", "lax"]
    wanted = {
        (group.source, group.target): group for group in gold if group.source and group.target
    }
    optional = frozenset(
        unit for group in gold if group.optional for unit in group.source | group.target
    )
    links = {(s, t) for s_set, t_set in wanted for s in s_set for t in t_set}
    found, found_links = set(), set()
    for row in groups.itertuples():
        if len(row.source_ids) == 0 or len(row.target_ids) == 0:
            continue
        key = (
            _union(touched[0][unit] for unit in row.source_ids),
            _union(touched[1][unit] for unit in row.target_ids),
        )
        if (key[0] | key[1]) & optional:
            continue
        found.add(key)
        mine = {(s, t) for s in key[0] for t in key[1]}
        found_links |= mine
        start, end = spans[row.source_ids[0]][0], spans[row.source_ids[-1]][1]
        strict.predicted(key, key in wanted)
        lax.predicted(key, bool(mine & links))
        if key not in wanted:
            result.outcomes.append(
                Outcome(
                    task, name, "group", "false", start, end, row.source_text,
                    row.target_text, row.kind,
                )
            )  # fmt: skip
    for key, group in wanted.items():
        if group.optional:
            continue
        strict.gold(key, key in found)
        lax.gold(key, any((s, t) in found_links for s in key[0] for t in key[1]))
        verdict = "right" if key in found else "missed"
        result.outcomes.append(Outcome(task, name, "group", verdict, *group.place, group.kind))


def _union(parts: Iterable[Units]) -> Units:
    return frozenset().union(*parts)
