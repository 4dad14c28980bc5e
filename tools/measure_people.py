"""Measures the names of people on `tests/gold/names`, by language and part, cue by cue.

    python -m tools.measure_people [NAMES_DIR] [--half a|b] [--errors] [--ablation] [--weaken SHARE]

The parts are `flores` (news that no part of the training resembles) and `composed` (forms of
names in the style of resolutions and letters). Rows with an odd number are the development half
(`a`), those with an even number the test half (`b`): read errors of `a` only. F1 is over exact
spans. `model` is the bare model: its entities labelled PER, as they stand. `--ablation` leaves out
one cue at a time, `--weaken` leaves out that share of the model's people at random: what the cues
bring back then is what they bring where the model fails. Every row is a document of its own, so
nothing is learnt from its neighbours.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from spacy.tokens import Doc

from pipeline import language
from pipeline.entities import people
from pipeline.types import LANGUAGES, Block, MappedText

NAMES = Path(__file__).resolve().parents[1] / "tests" / "gold" / "names"
PARTS = ("flores", "composed")
Spans = frozenset[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence of the test set: its text, its layout kind and the spans of its names."""

    row_id: str
    part: str
    kind: str
    text: str
    persons: Spans

    @property
    def half(self) -> str:
        """`a` for odd numbers, `b` for even ones."""
        return "ab"[1 - int(self.row_id.rpartition("-")[2]) % 2]


def read_rows(path: Path) -> list[Row]:
    """The rows of one language's file."""
    rows = []
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        persons = frozenset((start, end) for start, end in row["persons"])
        kind = row.get("kind", "paragraph")
        rows.append(Row(row["id"], row["source"], kind, row["text"], persons))
    return rows


def annotate(lang: str, rows: Iterable[Row]) -> list[Doc]:
    """One Doc a row, annotated by our own model."""
    nlp = language.load(lang)
    return list(language.annotate_all(nlp, ([block(row)] for row in rows)))


def block(row: Row) -> Block:
    """The row as a layout block whose cleaned text is the text itself."""
    size = len(row.text)
    content = MappedText(row.text, tuple(range(size)), tuple(range(1, size + 1)))
    return Block(row.kind, None, 0, size, content)


def weakened(doc: Doc, share: float, draw: random.Random) -> Doc:
    """The Doc without a share of the model's people."""
    doc.ents = [e for e in doc.ents if e.label_ != "PER" or draw.random() >= share]
    return doc


def by_model(doc: Doc) -> Spans:
    """The bare model's people."""
    return frozenset((e.start_char, e.end_char) for e in doc.ents if e.label_ == "PER")


def by_rules(doc: Doc, cues: Sequence[str] = people.CUES) -> Spans:
    """What the recogniser finds with these cues."""
    return frozenset((m.start, m.end) for m in people.find(doc, cues))


def f1(counts: Counter[str]) -> float:
    """F1 of a count of `right`, `found` and `gold`."""
    total = counts["found"] + counts["gold"]
    return 2 * counts["right"] / total if total else 1.0


def score(rows: Sequence[Row], found: Sequence[Spans]) -> dict[str, Counter[str]]:
    """Counts by part, and over all."""
    counts = {part: Counter[str]() for part in (*PARTS, "all")}
    for row, spans in zip(rows, found, strict=True):
        for part in (row.part, "all"):
            counts[part].update(
                right=len(spans & row.persons), found=len(spans), gold=len(row.persons)
            )
    return counts


def show(name: str, counts: dict[str, Counter[str]]) -> str:
    """One line of the table: F1 by part, precision and recall over all."""
    cells = [f"{100 * f1(counts[part]):6.1f}" for part in (*PARTS, "all")]
    every = counts["all"]
    precision = every["right"] / max(1, every["found"])
    recall = every["right"] / max(1, every["gold"])
    return f"  {name:22}" + "  ".join(cells) + f"   P {precision:.3f} R {recall:.3f}"


def errors(rows: Sequence[Row], found: Sequence[Spans]) -> list[str]:
    """Every name missed or falsely found, with its sentence."""
    lines = []
    for row, spans in zip(rows, found, strict=True):
        missed = [row.text[a:b] for a, b in sorted(row.persons - spans)]
        false = [row.text[a:b] for a, b in sorted(spans - row.persons)]
        if missed or false:
            lines.append(f"  {row.row_id} missed {missed} false {false}\n    {row.text}")
    return lines


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the tables."""
    parser = argparse.ArgumentParser(description="Measures the names of people.")
    parser.add_argument("names", nargs="?", type=Path, default=NAMES)
    parser.add_argument("--half", choices=("a", "b"))
    parser.add_argument("--errors", action="store_true")
    parser.add_argument("--ablation", action="store_true")
    parser.add_argument("--weaken", type=float, default=0.0, metavar="SHARE")
    options = parser.parse_args(arguments)
    for lang in LANGUAGES:
        rows = [
            row
            for row in read_rows(options.names / f"{lang}.jsonl")
            if options.half in (None, row.half)
        ]
        draw = random.Random(1)
        docs = [weakened(doc, options.weaken, draw) for doc in annotate(lang, rows)]
        print(f"{lang}: {len(rows)} sentences; F1 of {', '.join(PARTS)}, all")
        systems: dict[str, Callable[[Doc], Spans]] = {"model": by_model, "all cues": by_rules}
        if options.ablation:
            for cue in people.CUES:
                rest = tuple(other for other in people.CUES if other != cue)
                systems[f"without {cue}"] = lambda doc, rest=rest: by_rules(doc, rest)  # type: ignore[misc]
        for name, system in systems.items():
            found = [system(doc) for doc in docs]
            print(show(name, score(rows, found)))
            if options.errors and name == "all cues":
                print("\n".join(errors(rows, found)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
