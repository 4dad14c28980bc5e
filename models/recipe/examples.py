"""Sentences for training: reading, merging annotations, inventories of classes, batches."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.language.lemmas import script
from pipeline.pieces import Pieces

LANGUAGES = ("nl", "en", "sv")
NER = ("O", "B-PER", "I-PER", "B-LOC", "I-LOC", "B-ORG", "I-ORG")
LAYERS = ("upos", "feats", "lemma", "head", "deprel", "ner")
MASKED = -100
MAX_PIECES = 200  # longer sentences are left out of training


@dataclass
class Labels:
    """The classes of each head, and which of them occur together."""

    upos: list[str]
    feats: list[str]
    lemma: list[str]
    deprel: list[str]
    bundles: dict[str, dict[str, list[int]]]
    """For each language and part of speech, the feature bundles seen with it."""
    relations: dict[str, list[int]]
    scripts: dict[str, list[int]]
    languages: list[str] = field(default_factory=lambda: list(LANGUAGES))
    ner: list[str] = field(default_factory=lambda: list(NER))


@dataclass
class Example:
    """A sentence as numbers; a class of `MASKED` has no loss."""

    language: int
    pieces: np.ndarray
    first: np.ndarray
    last: np.ndarray
    targets: dict[str, np.ndarray]


def read(paths: Iterable[Path]) -> list[dict[str, Any]]:
    """The sentences of the files; those with the same words in one language are merged into one."""
    merged: dict[tuple[str, tuple[str, ...]], dict[str, Any]] = {}
    for path in paths:
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            key = (row["lang"], tuple(row["words"]))
            known = merged.setdefault(key, row | {"file": path.stem})
            for layer in LAYERS:
                if known[layer] is None:
                    known[layer] = row[layer]
    return list(merged.values())


def inventory(rows: Iterable[dict[str, Any]], rare: int = 2) -> Labels:
    """The classes seen; lemma scripts and feature bundles only if seen `rare` times."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    by_language: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    for row in rows:
        lang = row["lang"]
        for i, word in enumerate(row["words"]):
            if row["upos"] and row["feats"] and row["upos"][i] and row["feats"][i]:
                counts["upos"][row["upos"][i]] += 1
                counts["feats"][row["feats"][i]] += 1
                by_language[f"feats.{lang}"][row["upos"][i]][row["feats"][i]] += 1
            if row["deprel"] and row["deprel"][i] and not row["deprel"][i].endswith("?"):
                counts["deprel"][row["deprel"][i]] += 1
                by_language["deprel"][lang][row["deprel"][i]] += 1
            if row["lemma"] and row["lemma"][i]:
                rule = script(word, row["lemma"][i])
                counts["lemma"][rule] += 1
                by_language["lemma"][lang][rule] += 1
    kept = {
        name: sorted(c for c, n in counter.items() if n >= (1 if name == "upos" else rare))
        for name, counter in counts.items()
    }
    index = {name: {c: i for i, c in enumerate(classes)} for name, classes in kept.items()}

    def seen(name: str, counter: Counter[str]) -> list[int]:
        return sorted(index[name][c] for c in counter if c in index[name])

    return Labels(
        upos=kept["upos"],
        feats=kept["feats"],
        lemma=kept["lemma"],
        deprel=kept["deprel"],
        bundles={
            lang: {u: seen("feats", c) for u, c in sorted(by_language[f"feats.{lang}"].items())}
            for lang in LANGUAGES
        },
        relations={lang: seen("deprel", by_language["deprel"][lang]) for lang in LANGUAGES},
        scripts={lang: seen("lemma", by_language["lemma"][lang]) for lang in LANGUAGES},
    )


def encode(rows: Iterable[dict[str, Any]], labels: Labels, pieces: Pieces) -> list[Example]:
    """The sentences as numbers; those too long for training are left out."""
    index = {
        name: {c: i for i, c in enumerate(getattr(labels, name))}
        for name in ("upos", "feats", "lemma", "deprel", "ner")
    }
    found = []
    for row in rows:
        cut = [pieces.word(word) for word in row["words"]]
        ends = np.cumsum([1, *map(len, cut)])
        if ends[-1] + 1 > MAX_PIECES:
            continue
        classes: dict[str, list[Any]] = {}
        for name in ("upos", "feats", "deprel", "ner"):
            values = row[name] or [None] * len(cut)
            classes[name] = [index[name].get(v, MASKED) for v in values]
        lemmas = row["lemma"] or [None] * len(cut)
        classes["lemma"] = [
            index["lemma"].get(script(w, m), MASKED) if m else MASKED
            for w, m in zip(row["words"], lemmas, strict=True)
        ]
        heads = row["head"] or [None] * len(cut)
        classes["head"] = [MASKED if h is None else h for h in heads]
        found.append(
            Example(
                LANGUAGES.index(row["lang"]),
                np.array([0, *(p for word in cut for p in word), 2]),
                np.array([0, *ends[:-1]]),
                np.array([0, *(ends[1:] - 1)]),
                {name: np.array(values) for name, values in classes.items()},
            )
        )
    return found


def batches(
    lengths: np.ndarray, budget: int, rng: np.random.Generator, pool: int = 50
) -> Iterator[np.ndarray]:
    """Indices of batches of sentences of like length, at most `budget` pieces each with padding.

    Sentences are shuffled, then sorted inside pools of about `pool` batches, and the batches
    shuffled.
    """
    order = rng.permutation(len(lengths))
    size = max(1, int(pool * budget / max(1.0, float(lengths.mean()))))
    made: list[np.ndarray] = []
    for start in range(0, len(order), size):
        part = order[start : start + size]
        part = part[np.argsort(lengths[part], kind="stable")]
        begin = 0
        for i in range(len(part)):
            if (i + 1 - begin) * lengths[part[i]] > budget and i > begin:
                made.append(part[begin:i])
                begin = i
        made.append(part[begin:])
    for i in rng.permutation(len(made)):
        yield made[i]
