"""Names by self-training: the parser labels sentences that nobody labelled, where it is sure.

    python -m models.recipe.silver models/parser OUT.jsonl SENTENCES.jsonl... [--sure 0.95]

A name is kept if every word of it is sure and, where the sentence has gold parts of speech, it is
a run of proper nouns (with particles inside) with none on either side. Other words keep an O if
that is sure and they are no proper nouns. What is left gets no label, so that the loss skips it;
labels that were there stay.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.language.transformer import Parser, names

PARTICLE = frozenset({"ADP", "DET", "PUNCT", "X", "ADJ", "NOUN"})


def label(
    scores: np.ndarray, labels: list[str], upos: list[str] | None, sure: float
) -> list[str | None]:
    """The labels that are sure, by the scores (words, labels) and the parts of speech."""
    exp = np.exp(scores - scores.max(1, keepdims=True))
    confidence = (exp / exp.sum(1, keepdims=True)).max(1)
    outside = scores.argmax(1) == labels.index("O")
    found: list[str | None] = [
        "O" if out and high and not (upos and upos[i] == "PROPN") else None
        for i, (out, high) in enumerate(zip(outside, confidence >= sure, strict=True))
    ]
    for start, end, name in names(scores, labels):
        found[start:end] = [None] * (end - start)
        if (confidence[start:end] >= sure).all() and (not upos or _proper(upos, start, end)):
            found[start:end] = [f"B-{name}", *[f"I-{name}"] * (end - start - 1)]
    return found


def _proper(upos: list[str], start: int, end: int) -> bool:
    around = upos[max(0, start - 1) : start] + upos[end : end + 1]
    ends = upos[start] == upos[end - 1] == "PROPN"
    inside = all(tag == "PROPN" or tag in PARTICLE for tag in upos[start:end])
    return ends and inside and "PROPN" not in around


def merge(row: dict[str, Any], silver: list[str | None]) -> dict[str, Any]:
    """The row with silver labels where it has none; of a name that clashes nothing is taken."""
    given = row["ner"] or [None] * len(silver)
    clash = any(
        g is not None and s is not None and g != s for g, s in zip(given, silver, strict=True)
    )
    mixed = given if clash else [g or s for g, s in zip(given, silver, strict=True)]
    return row | {"ner": mixed}


def main() -> None:
    """Labels the files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("sentences", type=Path, nargs="+")
    parser.add_argument("--sure", type=float, default=0.95)
    args = parser.parse_args()
    model = Parser(args.model)
    labels = model.labels["ner"]
    kept: dict[str, int] = {}
    with args.out.open("w", encoding="utf-8") as out:
        for path in args.sentences:
            for line in path.read_text("utf-8").splitlines():
                row = json.loads(line)
                scores = model.score(row["words"], row["lang"]).ner
                row = merge(row, label(scores, labels, row["upos"], args.sure))
                for tag in row["ner"]:
                    kept[str(tag)] = kept.get(str(tag), 0) + 1
                out.write(json.dumps(row, ensure_ascii=False) + "\n")
    print(dict(sorted(kept.items())))


if __name__ == "__main__":
    main()
