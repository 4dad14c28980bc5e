"""Scores of the exported parser on held-out sentences, through the code that users run.

    python -m models.recipe.evaluate models/parser DATA_DIR [--limit N]

Gold words and sentences are given. Prints UPOS, features, lemmas, UAS and LAS (full relations,
punctuation counted) in percent, and F1 of names (exact span and label) of every test file, and
words a second.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from models.recipe import examples
from pipeline.language.annotation import Annotation
from pipeline.language.transformer import Parser

TESTS = (
    "ud-nl-test",
    "ud-nl-alpino-test",
    "ud-en-test",
    "ud-en-pud",
    "ud-sv-test",
    "ner-en-wikigold-test",
    "ner-nl-meantime-dev",
    "ner-nl-europeana-dev",
    "ner-sv-webbnyheter-test",
)


@dataclass
class Tally:
    """Counts of right answers and of answers asked for."""

    right: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    names: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, row: dict[str, Any], found: Annotation) -> None:
        """Counts one sentence."""
        answers = {
            "upos": found.upos,
            "feats": found.feats,
            "lemma": found.lemmas,
            "head": found.heads,
            "deprel": found.deprels,
        }
        for layer, given in answers.items():
            for i, gold in enumerate(row[layer] or ()):
                if gold is None:
                    continue
                good = given[i] == gold
                if layer == "deprel":
                    good = good and found.heads[i] == row["head"][i]
                self.right[layer] += good
                self.asked[layer] += 1
        if row["ner"] and None not in row["ner"]:
            gold_names, given_names = set(spans(row["ner"])), set(found.names)
            for label in ("PER", "LOC", "ORG"):
                self.names["gold", label] += sum(n[2] == label for n in gold_names)
                self.names["given", label] += sum(n[2] == label for n in given_names)
                self.names["right", label] += sum(n[2] == label for n in gold_names & given_names)

    def line(self) -> str:
        """The scores in a row."""
        shown = [
            f"{title} {100 * self.right[layer] / self.asked[layer]:.1f}"
            for layer, title in (
                ("upos", "UPOS"),
                ("feats", "feats"),
                ("lemma", "lemma"),
                ("head", "UAS"),
                ("deprel", "LAS"),
            )
            if self.asked[layer]
        ]
        for label in ("PER", "LOC", "ORG"):
            if self.names["gold", label]:
                shown.append(f"{label} {self.f1([label]):.3f}")
        if self.names["gold", "PER"]:
            shown.append(f"all {self.f1(['PER', 'LOC', 'ORG']):.3f}")
        return "  ".join(shown)

    def f1(self, labels: list[str]) -> float:
        """F1 of the names with these labels together."""
        gold, given, right = (
            sum(self.names[k, x] for x in labels) for k in ("gold", "given", "right")
        )
        return 2 * right / (gold + given) if gold + given else 0.0


def spans(tags: list[str]) -> list[tuple[int, int, str]]:
    """The names of a BIO sequence."""
    found: list[tuple[int, int, str]] = []
    for i, tag in enumerate(tags):
        if tag.startswith("B-"):
            found.append((i, i + 1, tag[2:]))
        elif tag.startswith("I-") and found and found[-1][1] == i and found[-1][2] == tag[2:]:
            found[-1] = (found[-1][0], i + 1, tag[2:])
    return found


def score(parser: Parser, rows: list[dict[str, Any]]) -> Tally:
    """Annotates the sentences, which are of one language, and counts."""
    tally = Tally()
    answers = parser.annotate([row["words"] for row in rows], rows[0]["lang"])
    for row, found in zip(rows, answers, strict=True):
        tally.add(row, found)
    return tally


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument("data", type=Path)
    parser.add_argument("--limit", type=int, help="sentences of each file")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--files", nargs="*", default=TESTS)
    args = parser.parse_args()
    model = Parser(args.model, args.threads)
    for name in args.files:
        path = args.data / f"{name}.jsonl"
        if not path.exists():
            continue
        rows = examples.read([path])[: args.limit]
        started = time.time()
        tally = score(model, rows)
        speed = sum(len(r["words"]) for r in rows) / (time.time() - started)
        print(f"{name:26} {tally.line()}  ({speed:,.0f} words/s)", flush=True)


if __name__ == "__main__":
    main()
