"""Item by item: which gold mentions, clauses and groups a dataset has, misses, or gets wrong."""

from __future__ import annotations

import string
import unicodedata
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from pipeline.evaluation.gold import GoldMention, GoldSentence, Span
from pipeline.evaluation.scores import Tally


@dataclass(frozen=True, slots=True)
class Outcome:
    """One judged item. `verdict`: right, missed, false, boundary, link or value."""

    task: str
    doc_id: str
    type: str
    verdict: str
    start: int
    end: int
    text: str
    found: str = ""
    source: str = ""

    @property
    def item(self) -> str:
        """What identifies the item in runs to compare."""
        return f"{self.task}:{self.doc_id}:{self.type}:{self.start}-{self.end}"


@dataclass(slots=True)
class Result:
    """Tallies by (task, document, type, measure), and every judged item."""

    tallies: dict[tuple[str, str, str, str], Tally]
    outcomes: list[Outcome]


def new_result() -> Result:
    """An empty result."""
    return Result(defaultdict(Tally), [])


def compare_mentions(
    doc_id: str,
    gold: Sequence[GoldMention],
    mentions: pd.DataFrame,
    sentence_starts: Sequence[int],
    result: Result,
) -> None:
    """Adds the mentions of one document: exact, relaxed and linked, and the values of dates.

    A predicted mention that overlaps an optional one of its type, and is not exactly another, is
    not counted. Units of the bootstrap are sentences.
    """
    rows = list(mentions.itertuples())
    for kind in sorted({m.type for m in gold} | {row.type for row in rows}):
        annotated = [m for m in gold if m.type == kind]
        counted = [m for m in annotated if not m.optional]
        exact = {(m.start, m.end): m for m in counted}
        free = [m for m in annotated if m.optional]
        predicted = [
            row
            for row in rows
            if row.type == kind and ((row.start, row.end) in exact or not _overlapping(row, free))
        ]
        at = {(row.start, row.end): row for row in predicted}
        tallies = {
            measure: result.tallies["mentions", doc_id, kind, measure]
            for measure in ("exact", "relaxed", "linked")
        }
        for row in predicted:
            unit = bisect_right(sentence_starts, row.start)
            match = exact.get((row.start, row.end))
            tallies["exact"].predicted(unit, match is not None)
            linked = match is not None and match.entity_id == row.entity_id
            tallies["linked"].predicted(unit, linked)
            touched = _overlapping(row, counted)
            tallies["relaxed"].predicted(unit, bool(touched))
            if match is None and not touched:
                result.outcomes.append(
                    Outcome(
                        "mentions", doc_id, kind, "false", row.start, row.end, row.text,
                        row.entity_id, row.source,
                    )
                )  # fmt: skip
        for mention in counted:
            unit = bisect_right(sentence_starts, mention.start)
            row = at.get((mention.start, mention.end))
            touched = _overlapping(mention, predicted)
            tallies["exact"].gold(unit, row is not None)
            tallies["linked"].gold(unit, row is not None and row.entity_id == mention.entity_id)
            tallies["relaxed"].gold(unit, bool(touched))
            if kind == "DATE" and row is not None:
                values = result.tallies["mentions", doc_id, kind, "value"]
                values.gold(unit, row.value == mention.value)
                values.predicted(unit, row.value == mention.value)
            result.outcomes.append(_judged(doc_id, mention, row, touched))


def _judged(doc_id: str, mention: GoldMention, row, touched: Sequence) -> Outcome:  # type: ignore[no-untyped-def]
    """The verdict on one gold mention, the gravest fault first."""
    place = (mention.start, mention.end, mention.text)
    if row is None and not touched:
        return Outcome("mentions", doc_id, mention.type, "missed", *place)
    if row is None:
        other = touched[0]
        return Outcome(
            "mentions", doc_id, mention.type, "boundary", *place, other.text, other.source
        )
    verdict, found = "right", row.entity_id
    if mention.value is not None and row.value != mention.value:
        verdict, found = "value", f"{row.value}, not {mention.value}"
    elif row.entity_id != mention.entity_id:
        verdict, found = "link", f"{row.entity_id}, not {mention.entity_id}"
    return Outcome("mentions", doc_id, mention.type, verdict, *place, found, row.source)


def _overlapping(item, others: Sequence) -> list:  # type: ignore[no-untyped-def, type-arg]
    return [other for other in others if item.start < other.end and other.start < item.end]


def content(text: str, spans: Sequence[Span]) -> frozenset[int]:
    """Positions of the characters that count: neither white space nor punctuation."""
    return frozenset(
        char
        for start, end in spans
        for char in range(start, end)
        if not text[char].isspace() and not is_punctuation(text[char])
    )


def is_punctuation(char: str) -> bool:
    """Whether a character is punctuation, in ASCII's sense or Unicode's."""
    return char in string.punctuation or unicodedata.category(char).startswith("P")


def compare_clauses(
    doc_id: str, gold: Sequence[GoldSentence], clauses: pd.DataFrame, text: str, result: Result
) -> None:
    """Adds the clauses of one document, inside the annotated sentences: exact sets, and starts."""
    exact = result.tallies["clauses", doc_id, "clause", "exact"]
    starts = result.tallies["clauses", doc_id, "clause", "starts"]
    kinds = result.tallies["clauses", doc_id, "clause", "kind"]
    predicted = [
        ([(part["start"], part["end"]) for part in row.fragments], row.kind)
        for row in clauses.itertuples()
    ]
    for unit, sentence in enumerate(gold):
        inside = [
            (content(text, spans), kind)
            for spans, kind in predicted
            if any(start < sentence.end and sentence.start < end for start, end in spans)
        ]
        wanted = [(content(text, spans), kind) for spans, kind in sentence.clauses]
        found = {chars: kind for chars, kind in inside if chars}
        expected = {chars: kind for chars, kind in wanted if chars}
        first_found = {min(chars) for chars in found}
        first_expected = {min(chars) for chars in expected}
        for chars in found:
            exact.predicted(unit, chars in expected)
            kinds.predicted(unit, expected.get(chars) == found[chars])
            starts.predicted(unit, min(chars) in first_expected)
            if chars not in expected:
                result.outcomes.append(_clause(doc_id, "false", chars, text, found[chars]))
        for chars, kind in expected.items():
            exact.gold(unit, chars in found)
            kinds.gold(unit, found.get(chars) == kind)
            starts.gold(unit, min(chars) in first_found)
            verdict = (
                "right" if found.get(chars) == kind else "kind" if chars in found else "missed"
            )
            note = f"{found[chars]}, not {kind}" if verdict == "kind" else ""
            result.outcomes.append(_clause(doc_id, verdict, chars, text, note))


def _clause(doc_id: str, verdict: str, chars: frozenset[int], text: str, note: str) -> Outcome:
    start, end = min(chars), max(chars) + 1
    shown = "".join(
        text[i] if i in chars or text[i] in " ,.-'’" else "_" if i - 1 in chars else ""
        for i in range(start, end)
    )
    return Outcome("clauses", doc_id, "clause", verdict, start, end, shown, note)
