"""Trains the parser: all heads, all languages, one encoder.

    python -m models.recipe.train ENCODER.npz DATA_DIR RUN_DIR --steps 5000 [--until 1500]

DATA_DIR has sentences as JSON lines (see `examples`). RUN_DIR gets labels.json, a checkpoint every
few minutes (written beside and renamed) and a log; started again, the run goes on from its
checkpoint. A run may be cut into stages with other data by `--until`: the learning rate follows
`--steps` throughout. Computation is in bfloat16 where it is matrix products, in fp32 elsewhere.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import time
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from models.recipe import examples
from models.recipe.e5_weights import widen
from models.recipe.network import HIDDEN, Parser, Sizes
from pipeline.pieces import Pieces

PADDING = -1e4
WEIGHTS = {"ner": 2.0, "upos": 0.5, "feats": 0.5, "lemma": 0.5, "arc": 1.0, "deprel": 1.0}
ENCODER_RATE, HEAD_RATE, DECAY = 2e-4, 1e-3, 0.01
WARM_UP = 0.06
UNKNOWN, WORD_DROPOUT = 3, 0.08  # the piece <unk>, and the share of words that it stands for
AVERAGE = 0.998  # of the exponential moving average of the weights, which is what is exported
AVERAGE_EVERY = 5
CLIP = 2.0
SEED = 20261122
# Two threads take a part of each batch with one core each: PyTorch's own threads wait for each
# other after every operation, which is ten times slower when the machine is busy.
THREADS = 2


def sizes(labels: examples.Labels) -> Sizes:
    """The sizes of the heads for these classes."""
    return Sizes(
        len(labels.languages),
        len(labels.ner),
        len(labels.upos),
        len(labels.feats),
        len(labels.lemma),
        len(labels.deprel),
    )


def collate(
    batch: list[examples.Example], table: Tensor, rng: np.random.Generator
) -> tuple[dict[str, Tensor], dict[str, Tensor]]:
    """The inputs of the network for a batch, and the classes to be learned; some words hidden."""
    rows, width = len(batch), max(len(e.pieces) for e in batch)
    words = max(len(e.first) for e in batch)
    ids = np.ones((rows, width), np.int64)
    bias = np.full((rows, 1, 1, width), PADDING, np.float32)
    first, last = np.zeros((rows, words), np.int64), np.zeros((rows, words), np.int64)
    targets = {
        name: np.full((rows, words - 1), examples.MASKED, np.int64) for name in batch[0].targets
    }
    for i, example in enumerate(batch):
        ids[i, : len(example.pieces)] = example.pieces
        for word in 1 + np.flatnonzero(rng.random(len(example.first) - 1) < WORD_DROPOUT):
            ids[i, example.first[word] : example.last[word] + 1] = UNKNOWN
        bias[i, ..., : len(example.pieces)] = 0
        first[i, : len(example.first)] = example.first
        last[i, : len(example.last)] = example.last
        for name, values in example.targets.items():
            targets[name][i, : len(values)] = values
    inputs = {
        "pieces": table[torch.from_numpy(ids)],
        "first": torch.from_numpy(first),
        "last": torch.from_numpy(last),
        "language": torch.tensor([e.language for e in batch]),
        "bias": torch.from_numpy(bias),
    }
    return inputs, {name: torch.from_numpy(values) for name, values in targets.items()}


def losses(
    model: Parser, inputs: dict[str, Tensor], targets: dict[str, Tensor]
) -> dict[str, Tensor]:
    """The loss of each task, summed over its words and divided by all words of the batch."""
    *tags, arcs, dep, head = model(**inputs)
    lengths = (inputs["last"][:, 1:] > 0).sum(1)
    words = int(lengths.sum())
    found = {}
    for name, scores in zip(("ner", "upos", "feats", "lemma"), tags, strict=True):
        found[name] = _entropy(scores, targets[name]) / words
    beyond = torch.arange(arcs.shape[2]) > lengths[:, None]
    arcs = arcs.float().masked_fill(beyond[:, None], PADDING)
    found["arc"] = _entropy(arcs, targets["head"]) / words
    known = targets["head"].clamp(min=0)[..., None].expand(-1, -1, head.shape[-1])
    found["deprel"] = (
        _entropy(model.relations(dep, head.gather(1, known)), targets["deprel"]) / words
    )
    return found


def _entropy(scores: Tensor, classes: Tensor) -> Tensor:
    return functional.cross_entropy(
        scores.flatten(0, 1).float(),
        classes.flatten(),
        ignore_index=examples.MASKED,
        reduction="sum",
    )


def rate(step: int, steps: int) -> float:
    """The learning rate's factor: linear warm-up, then linear decay to nothing."""
    warm = max(1, round(WARM_UP * steps))
    return (step + 1) / warm if step < warm else max(0.0, (steps - step) / (steps - warm))


def copies(
    rows: list[dict[str, Any]], weights: dict[str, float], rng: np.random.Generator
) -> np.ndarray:
    """Indices of the sentences of one epoch: each as often as its file weighs, parts by lot."""
    weight = np.array([weights.get(row["file"], weights.get("default", 1.0)) for row in rows])
    times = np.floor(weight) + (rng.random(len(rows)) < weight % 1)
    return np.repeat(np.arange(len(rows)), times.astype(int))


class Run:
    """A training run that can be stopped and gone on with."""

    def __init__(self, encoder: Path, folder: Path, labels: examples.Labels) -> None:
        self.folder = folder
        arrays = dict(np.load(encoder))
        self.pieces = Pieces([str(p) for p in arrays["vocab"]], arrays["scores"])
        self.table = torch.from_numpy(widen(arrays["nibbles"], arrays["scales"], HIDDEN))
        torch.manual_seed(SEED)
        self.model = Parser(sizes(labels))
        self.model.load_encoder(arrays)
        for layer in (
            self.model.arc_dep,
            self.model.arc_head,
            self.model.rel_dep,
            self.model.rel_head,
        ):
            torch.nn.init.orthogonal_(layer.weight)
        encoder_names = ("position", "language", "norm.", "layers.")
        inner = [p for n, p in self.model.named_parameters() if n.startswith(encoder_names)]
        outer = [p for n, p in self.model.named_parameters() if not n.startswith(encoder_names)]
        self.optimiser = torch.optim.AdamW(
            [{"params": inner, "peak": ENCODER_RATE}, {"params": outer, "peak": HEAD_RATE}],
            weight_decay=DECAY,
            betas=(0.9, 0.98),
            fused=True,
        )
        self.parameters = list(self.model.parameters())
        self.threads = ThreadPoolExecutor(THREADS)
        self.average = [p.detach().clone() for p in self.parameters]
        self.step = 0
        self.epoch = 0

    def update(self, parts: list[list[examples.Example]], steps: int) -> dict[str, float]:
        """One step on a batch in as many parts as there are threads; returns the losses."""
        factor = rate(self.step, steps)
        for group in self.optimiser.param_groups:
            group["lr"] = group["peak"] * factor
        done = list(self.threads.map(self._gradients, range(len(parts)), parts))
        total = list(done[0][0])
        for other, _ in done[1:]:
            torch._foreach_add_(total, other)
        for parameter, gradient in zip(self.parameters, total, strict=True):
            parameter.grad = gradient
        torch.nn.utils.clip_grad_norm_(self.parameters, CLIP)
        self.optimiser.step()
        self.step += 1
        if self.step % AVERAGE_EVERY == 0:
            decay = min(AVERAGE, (1 + self.step) / (10 + self.step)) ** AVERAGE_EVERY
            torch._foreach_lerp_(self.average, [p.detach() for p in self.parameters], 1 - decay)
        return {name: sum(f[name] for _, f in done) / len(done) for name in WEIGHTS}

    def _gradients(
        self, part: int, batch: list[examples.Example]
    ) -> tuple[tuple[Tensor, ...], dict[str, float]]:
        self.model.dropout.seed(SEED, self.step, part)
        rng = np.random.default_rng((SEED, self.step, part))
        inputs, targets = collate(batch, self.table, rng)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            found = losses(self.model, inputs, targets)
        total = torch.stack([WEIGHTS[name] * value for name, value in found.items()]).sum()
        gradients = torch.autograd.grad(total, self.parameters)
        return gradients, {name: value.item() for name, value in found.items()}

    def save(self) -> None:
        """Writes the checkpoint."""
        state = {
            "model": self.model.state_dict(),
            "average": self.average,
            "optimiser": self.optimiser.state_dict(),
            "step": self.step,
            "epoch": self.epoch,
        }
        beside = self.folder / "checkpoint.new"
        torch.save(state, beside)
        beside.replace(self.folder / "checkpoint.pt")

    def load(self) -> None:
        """Goes on from the checkpoint, if there is one; an epoch that was cut short begins anew."""
        path = self.folder / "checkpoint.pt"
        if path.exists():
            state = torch.load(path, weights_only=True)
            self.model.load_state_dict(state["model"])
            self.optimiser.load_state_dict(state["optimiser"])
            self.average, self.step, self.epoch = state["average"], state["step"], state["epoch"]
            self.epoch += 1


def prepare(data: Path, held_out: dict[str, int], skip: list[str]) -> list[dict[str, Any]]:
    """The rows of all files to be trained on."""
    rows = examples.read(
        p for p in sorted(data.glob("*.jsonl")) if not any(p.stem.endswith(s) for s in skip)
    )
    counts: dict[str, int] = {}
    kept = []
    for row in rows:
        counts[row["file"]] = counts.get(row["file"], 0) + 1
        if counts[row["file"]] > held_out.get(row["file"], 0):
            kept.append(row)
    return kept


def sources(name: str = "sources.toml") -> dict[str, Any]:
    """Which files are trained on, and their weights."""
    return tomllib.loads((Path(__file__).parent / name).read_text("utf-8"))


def main() -> None:
    """Runs one stage."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("encoder", type=Path)
    parser.add_argument("data", type=Path)
    parser.add_argument("run", type=Path)
    parser.add_argument("--steps", type=int, required=True)
    parser.add_argument("--until", type=int)
    parser.add_argument("--budget", type=int, default=800)
    parser.add_argument("--every", type=int, default=200, help="steps between checkpoints")
    parser.add_argument("--sources", default="sources.toml", help="weights, beside this file")
    args = parser.parse_args()
    torch.set_num_threads(1)
    config = sources(args.sources)
    args.run.mkdir(parents=True, exist_ok=True)
    rows = prepare(args.data, config["held_out"], config["skip"])
    known = args.run / "labels.json"
    if not known.exists():
        known.write_text(
            json.dumps(dataclasses.asdict(examples.inventory(rows)), ensure_ascii=False)
        )
    labels = examples.Labels(**json.loads(known.read_text()))
    run = Run(args.encoder, args.run, labels)
    run.load()
    usable = [
        r
        for r in rows
        if sum(len(run.pieces.word(w)) for w in r["words"]) + 2 <= examples.MAX_PIECES
    ]
    encoded = examples.encode(usable, labels, run.pieces)
    lengths = np.array([len(e.pieces) for e in encoded])
    print(
        f"{len(encoded):,} sentences, {sum(len(e.first) - 1 for e in encoded):,} words", flush=True
    )
    until = min(args.until or args.steps, args.steps)
    run.model.train()
    started, words, seen = time.time(), 0, dict.fromkeys(WEIGHTS, 0.0)
    while run.step < until:
        rng = np.random.default_rng((SEED, run.epoch))
        chosen = copies(usable, config["weights"], rng)
        made = list(examples.batches(lengths[chosen], args.budget, rng))
        for first in range(0, len(made) - THREADS + 1, THREADS):
            parts = [[encoded[i] for i in chosen[b]] for b in made[first : first + THREADS]]
            for name, value in run.update(parts, args.steps).items():
                seen[name] = 0.98 * seen[name] + 0.02 * value
            words += sum(len(e.first) - 1 for part in parts for e in part)
            if run.step % 25 == 0:
                shown = " ".join(f"{n} {v:.3f}" for n, v in seen.items())
                speed = words / (time.time() - started)
                print(
                    f"{time.strftime('%H:%M:%S')} step {run.step} epoch {run.epoch} "
                    f"{shown} {speed:.0f} words/s",
                    flush=True,
                )
            if run.step % args.every == 0 or run.step >= until:
                run.save()
            if run.step >= until:
                return
        run.epoch += 1


if __name__ == "__main__":
    main()
