"""Compares demands: who asks what of whom.

A demand is right, thing by thing that it demands, when act, head of the addressee and start of
the content are. Content that is a clause must start where the gold clause does, punctuation,
white space and an item's label aside; content that is a noun phrase has no clause of its own in
the dataset and is represented by the clause that performs the act.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.dataset import Dataset
from pipeline.evaluation.columns import plain
from pipeline.evaluation.compare import Outcome, Result, is_punctuation
from pipeline.evaluation.gold import GoldDemand

_Key = tuple[str, str | None, str, int]
"""act, head of the addressee, what the position is one of (a start, a clause), the position"""


@dataclass(frozen=True, slots=True)
class FoundDemand:
    """A row of `demands` in source offsets: `clause` is where the performing clause starts."""

    clause: int
    fragments: tuple[tuple[int, int], ...]
    text: str
    act: str
    speaker: str | None
    addressee: str | None
    content: tuple[int, ...]
    itself: bool
    """whether the clause is (also) its own content"""
    force: str | None


def predicted_demands(dataset: Dataset, doc_id: str, text: str) -> list[FoundDemand]:
    """The demands of a document, with the starts of their contents and their addressees' heads."""
    demands, clauses = dataset.demands, dataset.clauses
    demands = demands[demands["doc_id"] == doc_id]
    clauses = clauses[clauses["doc_id"] == doc_id]
    rows = {row.clause_id: row for row in clauses.itertuples()}
    labels = {
        int(row.start): str(row.label)
        for row in dataset.blocks.itertuples()
        if row.doc_id == doc_id and plain(row.label)
    }
    heads = _Heads(dataset, doc_id)

    def first(clause_id: str) -> int:
        start = min(part["start"] for part in rows[clause_id].fragments)
        label = labels.get(start, "")
        if label and text.startswith(label, start):
            start += len(label)
        return _skip(text, start)

    found = []
    for row in demands.itertuples():
        clause = rows[row.clause_id]
        addressee = plain(row.addressee)
        found.append(
            FoundDemand(
                clause=first(row.clause_id),
                fragments=tuple((part["start"], part["end"]) for part in clause.fragments),
                text=clause.text,
                act=row.act,
                speaker=_string(plain(row.speaker)),
                addressee=None if addressee is None else heads.of(str(addressee), clause.start),
                content=tuple(first(content) for content in row.content_clause_ids),
                itself=row.clause_id in set(row.content_clause_ids),
                force=_string(plain(row.force)),
            )
        )
    return found


def compare_demands(
    doc_id: str,
    gold: Sequence[GoldDemand],
    found: Sequence[FoundDemand],
    text: str,
    result: Result,
) -> None:
    """Adds the demands of one document.

    `exact` counts (act, addressee's head, content start); `act` counts (clause, act), `speaker`
    and `force` the same with that column. A demand of a clause that performs an optional act is not
    counted. Units are the clauses that perform the acts.
    """
    optional = [demand for demand in gold if demand.optional]
    wanted = [demand for demand in gold if not demand.optional]
    predicted = [
        demand
        for demand in found
        if not any(_holds(demand, other.start) for other in optional)
        or any(_holds(demand, other.start) for other in wanted)
    ]
    _compare_contents(doc_id, wanted, predicted, text, result)
    _compare_acts(doc_id, wanted, predicted, result)


def _compare_contents(
    doc_id: str,
    gold: Sequence[GoldDemand],
    found: Sequence[FoundDemand],
    text: str,
    result: Result,
) -> None:
    tally = result.tallies["demands", doc_id, "demand", "exact"]
    performing = {id(demand): _performing(demand, found) for demand in gold}
    expected: dict[_Key, tuple[GoldDemand, int]] = {}
    for demand in gold:
        for start, kind in demand.content:
            place = ("start", _skip(text, start))
            if kind == "nominal":
                place = ("clause", performing[id(demand)])
            expected[demand.act, _folded(demand.addressee), *place] = (demand, start)
    matched: set[_Key] = set()
    seen: set[_Key] = set()
    for one in found:
        for start in one.content:
            keys: list[_Key] = [(one.act, _folded(one.addressee), "start", start)]
            if one.itself and start == one.clause:
                keys.append((one.act, _folded(one.addressee), "clause", one.clause))
            if keys[0] in seen:
                continue
            seen.add(keys[0])
            right = [key for key in keys if key in expected]
            matched.update(right)
            tally.predicted(one.clause, bool(right))
            if not right:
                shown = f"{one.act} → {one.addressee}: {text[start : start + 40]}"
                result.outcomes.append(
                    Outcome("demands", doc_id, "demand", "false", start, start + 1, one.text, shown)
                )
    for key, (demand, start) in expected.items():
        tally.gold(demand.start, key in matched)
        verdict = "right" if key in matched else "missed"
        shown = f"{demand.text}: {text[start : start + 40]}"
        note = f"{demand.act} → {demand.addressee}"
        result.outcomes.append(
            Outcome("demands", doc_id, "demand", verdict, start, start + 1, shown, note)
        )


def _compare_acts(
    doc_id: str, gold: Sequence[GoldDemand], found: Sequence[FoundDemand], result: Result
) -> None:
    tallies = {
        measure: result.tallies["demands", doc_id, "demand", measure]
        for measure in ("act", "speaker", "force")
    }

    def verdicts(demand: GoldDemand, one: FoundDemand) -> dict[str, bool]:
        same = _holds(one, demand.start) and one.act == demand.act
        return {
            "act": same,
            "speaker": same and _same_name(one.speaker, demand.speaker),
            "force": same and one.force == demand.force,
        }

    for one in found:
        rows = [verdicts(demand, one) for demand in gold]
        for measure, tally in tallies.items():
            tally.predicted(one.clause, any(row[measure] for row in rows))
    for demand in gold:
        rows = [verdicts(demand, one) for one in found]
        for measure, tally in tallies.items():
            tally.gold(demand.start, any(row[measure] for row in rows))


def _performing(demand: GoldDemand, found: Sequence[FoundDemand]) -> int:
    """The start of the predicted clause that holds a gold predicate; -1 where none performs."""
    return next((one.clause for one in found if _holds(one, demand.start)), -demand.start - 1)


def _holds(demand: FoundDemand, char: int) -> bool:
    return any(start <= char < end for start, end in demand.fragments)


def _skip(text: str, start: int) -> int:
    """The first character at or after `start` that is neither white space nor punctuation."""
    while start < len(text) - 1 and (text[start].isspace() or is_punctuation(text[start])):
        start += 1
    return start


def _folded(word: str | None) -> str | None:
    return None if word is None else word.casefold()


def _same_name(found: str | None, gold: str | None) -> bool:
    """Whether two names share their words, the shorter one being a part of the longer."""
    if found is None or gold is None:
        return found is gold
    mine, theirs = set(found.casefold().split()), set(gold.casefold().split())
    return mine <= theirs or theirs <= mine


def _string(value: object) -> str | None:
    return None if value is None else str(value)


class _Heads:
    """Heads of the phrases in a document, by its dependency trees."""

    def __init__(self, dataset: Dataset, doc_id: str) -> None:
        tokens = dataset.tokens
        own = tokens[tokens["doc_id"] == doc_id].sort_values("start")
        self._rows = list(own.itertuples())
        self._texts = [row.text.replace("\n", "") for row in self._rows]

    def of(self, phrase: str, near: int) -> str:
        """The head word of the occurrence of `phrase` nearest to the offset `near`."""
        wanted = "".join(phrase.split())
        best: tuple[int, str] | None = None
        for index in range(len(self._rows)):
            end, joined = index, ""
            while end < len(self._rows) and len(joined) < len(wanted):
                joined += self._texts[end]
                end += 1
            if joined != wanted:
                continue
            distance = abs(self._rows[index].start - near)
            if best is None or distance < best[0]:
                best = distance, self._head(index, end)
        return best[1] if best else phrase.split()[-1]

    def _head(self, first: int, last: int) -> str:
        rows = self._rows[first:last]
        inside = {row.ordinal for row in rows}
        return next((str(row.text) for row in rows if row.head not in inside), str(rows[-1].text))
