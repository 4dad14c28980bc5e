"""Measures the aligner and its encoder on open corpora.

    python tools/measure_alignment.py CORPORA_DIR [--only retrieval,whole,damaged,speed,text+berg]
        [--encoder NAME | --factory MODULE:FUNCTION] [--galechurch]

F1 is strict: over groups with both sides filled, a group is right when both its sets of units
are. FLORES, PUD, MEANTIME, the Universal Declaration, Text+Berg and one treaty in twenty were not
trained on.
"""

from __future__ import annotations

import argparse
import importlib
import json
import random
import re
import resource
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent))

import alignment_sets as sets
from alignment_sets import Case, Gold

from pipeline.alignment import align
from pipeline.alignment.encoder import Encoder, load_encoder
from pipeline.types import Group, Unit

SEEDS = (1, 2, 3)
GALE_CHURCH_LIMIT = 10_000
"""Its memory grows with the square of a document's length."""


SHORT, SHORT_RUNS = 1_000, 7
"""Documents so short that the median of several runs is taken, each with a new encoder."""


class Cached:
    """An encoder that remembers the vectors of texts it has seen."""

    def __init__(self, encoder: Encoder) -> None:
        self.encoder = encoder
        self.seen: dict[str, np.ndarray] = {}
        if hasattr(encoder, "background"):
            self.background = encoder.background
        self.additive = getattr(encoder, "additive", False)

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Unit vectors of the texts."""
        new = [text for text in dict.fromkeys(texts) if text not in self.seen]
        if new:
            self.seen.update(zip(new, self.encoder.encode(new), strict=True))
        return np.array([self.seen[text] for text in texts])


def units(texts: Sequence[str]) -> list[Unit]:
    """Sentences as the aligner sees them, with their numbers as anchors."""
    return [
        Unit(text, anchors=frozenset(f"number:{int(n)}" for n in re.findall(r"\d+", text)))
        for text in texts
    ]


def strict(found: Iterable[Group], gold: Gold) -> tuple[int, int, int]:
    """How many groups are right, found, and in the gold."""
    ours = {(group.source, group.target) for group in found if group.source and group.target}
    return len(ours & set(gold)), len(ours), len(gold)


def f1(counts: Sequence[tuple[int, int, int]]) -> tuple[float, float, float]:
    """Precision, recall and F1 of summed counts."""
    right, found, gold = (sum(column) for column in zip(*counts, strict=True))
    precision, recall = right / max(found, 1), right / max(gold, 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def document_sets(corpora: Path) -> dict[str, list[sets.Pairs]]:
    """The documents to align, by the name of the set."""
    treaties = list(sets.treaties(corpora))
    return {
        "news nl-en (MEANTIME)": list(sets.meantime(corpora)),
        "news sv-en (PUD)": list(sets.pud(corpora)),
        "FLORES nl-en": list(sets.flores(corpora, "nl", "en")),
        "FLORES sv-en": list(sets.flores(corpora, "sv", "en")),
        "FLORES nl-sv": list(sets.flores(corpora, "nl", "sv")),
        "treaties nl-en (unseen)": treaties,
        "  without misnumbered ones": [t for t in treaties if sets.well_numbered(t)],
        "UDHR nl-en": list(sets.udhr(corpora, "nl", "en")),
        "UDHR sv-en": list(sets.udhr(corpora, "sv", "en")),
        "UDHR nl-sv": list(sets.udhr(corpora, "nl", "sv")),
    }


def cases(documents: Sequence[sets.Pairs], damage: bool) -> list[Case]:
    """Documents as they are, or damaged with each of the seeds."""
    if not damage:
        return [sets.damaged(pairs, random.Random(0), 0.0, 0.0) for pairs in documents]
    found = []
    for seed in SEEDS:
        rng = random.Random(seed)
        found += [sets.damaged(pairs, rng) for pairs in documents]
    return found


def measure_documents(corpora: Path, encoder: Encoder, galechurch: bool, damage: bool) -> None:
    """Strict F1 on whole or damaged documents, beside Gale and Church's method."""
    print(f"\n## {'Damaged' if damage else 'Whole'} documents: precision, recall, strict F1")
    for name, documents in document_sets(corpora).items():
        chosen = [case for case in cases(documents, damage) if case.gold]
        counts = [
            strict(align(units(c.source), units(c.target), encoder).groups, c.gold) for c in chosen
        ]
        line = "  ".join(f"{value:.3f}" for value in f1(counts))
        if galechurch:
            theirs = f1(
                [strict(gale_church(case.source, case.target), case.gold) for case in chosen]
            )
            line += f"   galechurch F1 {theirs[2]:.3f}"
        print(f"{name:28} {line}   ({sum(len(case.gold) for case in chosen)} groups)", flush=True)


def gale_church(source: Sequence[str], target: Sequence[str]) -> list[Group]:
    """The same documents by the package galechurch: lengths only."""
    import galechurch

    found = galechurch.align(
        list(source), list(target), max_block_size=(len(source) + 1) * (len(target) + 1)
    )
    return [
        Group(
            tuple(range(bead.source_start, bead.source_end)),
            tuple(range(bead.target_start, bead.target_end)),
            1.0,
        )
        for bead in found.beads
    ]


def measure_retrieval(corpora: Path, encoder: Encoder) -> None:
    """How often the nearest of 1,012 FLORES sentences is the translation."""
    vectors = {lang: encoder.encode(sets.flores_sentences(corpora, lang)) for lang in sets.FLORES}
    print("\n## FLORES devtest, top-1")
    for source, target in (("nl", "en"), ("sv", "en"), ("nl", "sv")):
        for left, right in ((source, target), (target, source)):
            best = (vectors[left] @ vectors[right].T).argmax(axis=1)
            print(f"{left}→{right} {(best == np.arange(len(best))).mean():.3f}", flush=True)


def measure_text_berg(corpora: Path, encoder: Encoder) -> None:
    """The German–French benchmark, with an encoder that knows these languages."""
    case = sets.text_berg(corpora)
    found = align(units(case.source), units(case.target), encoder).groups
    print(
        "\n## Text+Berg dev, strict: "
        + "  ".join(f"{v:.3f}" for v in f1([strict(found, case.gold)]))
    )


def measure_speed(corpora: Path, load: Callable[[], Encoder], galechurch: bool) -> None:
    """Sentence pairs a second of processor time, encoding included, for growing documents."""
    pairs = list(sets.sentences_of_treaties(corpora))
    rng = random.Random(4)
    print("\n## Speed (nl–en, 3% dropped on each side; one core, seconds of processor time)")
    for size in (1_000, 10_000, 100_000):
        chosen = (pairs * 2)[:size]
        left = [a for a, _ in chosen if rng.random() > 0.03]
        right = [b for _, b in chosen if rng.random() > 0.03]
        runs = []
        for _ in range(SHORT_RUNS if size <= SHORT else 1):
            encoder = load()
            start = time.process_time()
            found = align(units(left), units(right), encoder)
            runs.append(time.process_time() - start)
        seconds = sorted(runs)[len(runs) // 2]
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
        words = sum(text.count(" ") + 1 for text in left + right) / len(left + right)
        line = (
            f"{len(left):7,} × {len(right):7,} of {words:.0f} words: {seconds:6.2f} s, "
            f"{len(left) / seconds:8,.0f} pairs/s, {len(found.groups):,} groups, peak {peak:.2f} GB"
        )
        if galechurch and size <= GALE_CHURCH_LIMIT:
            start = time.process_time()
            gale_church(left, right)
            line += f"; galechurch {len(left) / (time.process_time() - start):,.0f} pairs/s"
        print(line, flush=True)


def main() -> None:
    """Reads the command line and prints the tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--only", default="retrieval,whole,damaged,speed")
    parser.add_argument("--encoder", default="fast")
    parser.add_argument("--factory", help="MODULE:FUNCTION that returns an encoder")
    parser.add_argument("--galechurch", action="store_true")
    options = parser.parse_args()
    if options.factory:
        module, function = options.factory.split(":")
        load = getattr(importlib.import_module(module), function)
    else:
        # Without the cache of encoders: each speed run begins with one that has seen no word.
        load = partial(load_encoder.__wrapped__, options.encoder)
    encoder = Cached(load())
    wanted = options.only.split(",")
    if "retrieval" in wanted:
        measure_retrieval(options.corpora, encoder)
    for name, damage in (("whole", False), ("damaged", True)):
        if name in wanted:
            measure_documents(options.corpora, encoder, options.galechurch, damage)
    if "text+berg" in wanted:
        measure_text_berg(options.corpora, encoder)
    if "speed" in wanted:
        measure_speed(options.corpora, load, options.galechurch)
    print(json.dumps({"seeds": SEEDS, "numpy": np.__version__}))


if __name__ == "__main__":
    main()
