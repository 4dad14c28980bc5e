"""The network: multilingual-e5-small's encoder, and heads for names, tags, lemmas and trees.

The encoder is BERT's (post-norm, GELU, learned positions) with a learned vector per language added
to the input. Every head reads the state of a word's first piece; morphology and lemmas, which are
decided at the end of the word, also that of its last piece. Arcs are scored by a biaffine form
(Dozat and Manning 2017); a relation by a low-rank one, so that only the chosen arcs need be scored
at run time.
"""

from __future__ import annotations

import math
import threading
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

HIDDEN, HEADS, FEED, LAYERS = 384, 12, 1536, 12
ARC, RELATION = 256, 256


@dataclass(frozen=True)
class Sizes:
    """The number of classes of each head."""

    languages: int
    ner: int
    upos: int
    feats: int
    lemma: int
    deprel: int


class Dropout(nn.Module):
    """Dropout with masks from numpy's generator: PyTorch's takes as long as a layer on a CPU.

    Each thread seeds a generator of its own by `seed`.
    """

    def __init__(self, rate: float) -> None:
        super().__init__()
        self.local = threading.local()
        self.threshold = round(rate * 256)

    def seed(self, *numbers: int) -> None:
        """Starts the calling thread's generator anew."""
        self.local.rng = np.random.Generator(np.random.SFC64(numbers))

    def forward(self, x: Tensor) -> Tensor:
        """Zeroes elements at random and scales the rest, in training only."""
        if not self.training or not self.threshold:
            return x
        noise = torch.from_numpy(self.local.rng.integers(0, 256, x.shape, dtype=np.uint8))
        return x * ((noise >= self.threshold).to(x.dtype) * (256 / (256 - self.threshold)))


class Layer(nn.Module):
    """One post-norm transformer layer."""

    def __init__(self, dropout: Dropout) -> None:
        super().__init__()
        self.qkv = nn.Linear(HIDDEN, 3 * HIDDEN)
        self.out = nn.Linear(HIDDEN, HIDDEN)
        self.norm1 = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.up = nn.Linear(HIDDEN, FEED)
        self.down = nn.Linear(FEED, HIDDEN)
        self.norm2 = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.dropout = dropout

    def forward(self, x: Tensor, bias: Tensor | None) -> Tensor:
        """`x` (batch, pieces, 384); `bias` (batch, 1, 1, pieces) is added to the scores."""
        batch, size, _ = x.shape
        shape = (batch, size, 3, HEADS, HIDDEN // HEADS)
        query, key, value = self.qkv(x).reshape(shape).permute(2, 0, 3, 1, 4).unbind(0)
        # PyTorch's fused attention is five times slower on a CPU than this, at training.
        scores = query @ key.transpose(-1, -2) / math.sqrt(HIDDEN // HEADS)
        if bias is not None:
            scores = scores + bias.to(scores.dtype)
        mixed = scores.softmax(-1).to(value.dtype) @ value
        mixed = mixed.transpose(1, 2).reshape(batch, size, HIDDEN)
        x = self.norm1(x + self.dropout(self.out(mixed)).float())
        return self.norm2(x + self.dropout(self.down(functional.gelu(self.up(x)))).float())


class Parser(nn.Module):
    """Encoder and heads. The embeddings of the pieces are given, not learned, and stay outside."""

    def __init__(self, sizes: Sizes, dropout: float = 0.1) -> None:
        super().__init__()
        self.dropout = Dropout(dropout)
        self.position = nn.Parameter(torch.zeros(512, HIDDEN))
        self.language = nn.Parameter(torch.zeros(sizes.languages, HIDDEN))
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.layers = nn.ModuleList(Layer(self.dropout) for _ in range(LAYERS))
        self.ner = nn.Linear(HIDDEN, sizes.ner)
        self.ends = nn.Linear(2 * HIDDEN, HIDDEN)
        self.upos = nn.Linear(HIDDEN, sizes.upos)
        self.feats = nn.Linear(HIDDEN, sizes.feats)
        self.lemma = nn.Linear(HIDDEN, sizes.lemma)
        self.arc_dep = nn.Linear(HIDDEN, ARC)
        self.arc_head = nn.Linear(HIDDEN, ARC)
        self.arc = nn.Parameter(torch.zeros(ARC, ARC))
        self.arc_bias = nn.Linear(ARC, 1)
        self.rel_dep = nn.Linear(HIDDEN, RELATION)
        self.rel_head = nn.Linear(HIDDEN, RELATION)
        self.rel = nn.Linear(3 * RELATION, sizes.deprel)

    def load_encoder(self, tensors: dict[str, np.ndarray]) -> None:
        """Fills the encoder with the weights that `e5_weights` wrote."""
        with torch.no_grad():
            get = lambda name: torch.from_numpy(tensors[name])  # noqa: E731
            self.position.copy_(get("position") + get("type")[0])
            self.norm.load_state_dict({"weight": get("norm.weight"), "bias": get("norm.bias")})
            for i, layer in enumerate(self.layers):
                for part in ("weight", "bias"):
                    qkv = torch.cat([get(f"l{i}.{m}.{part}") for m in "qkv"])
                    getattr(layer.qkv, part).copy_(qkv)
                    for name, own in (("ao", "out"), ("fi", "up"), ("fo", "down")):
                        getattr(getattr(layer, own), part).copy_(get(f"l{i}.{name}.{part}"))
                    getattr(layer.norm1, part).copy_(get(f"l{i}.aln.{part}"))
                    getattr(layer.norm2, part).copy_(get(f"l{i}.oln.{part}"))

    def encode(self, pieces: Tensor, language: Tensor, bias: Tensor | None) -> Tensor:
        """The last layer's states, (batch, pieces, 384), of piece embeddings of the same shape."""
        x = pieces + self.position[: pieces.shape[1]] + self.language[language][:, None]
        x = self.dropout(self.norm(x))
        for layer in self.layers:
            x = layer(x, bias)
        return x

    def forward(
        self,
        pieces: Tensor,
        first: Tensor,
        last: Tensor,
        language: Tensor,
        bias: Tensor | None = None,
    ) -> tuple[Tensor, ...]:
        """Scores of the heads.

        Args:
            pieces: Embeddings, (batch, pieces, 384).
            first: Where each word begins, (batch, words), after a 0 for the root (the opening
            symbol). last: Where it ends, the same shape. language: (batch,). bias: (batch, 1, 1,
            pieces), large negative at padding.

        Returns:
            ner, upos, feats, lemma, each (batch, words, classes) without the root; arcs (batch,
            words, words + 1); and the two parts of the relation scores, (batch, words, 256) and
            (batch, words + 1, 256), for `relations`.
        """
        states = self.dropout(self.encode(pieces, language, bias))
        rows = torch.arange(first.shape[0], device=first.device)[:, None]
        word = states[rows, first]
        ends = torch.cat([word, states[rows, last]], -1)[:, 1:]
        form = self.dropout(functional.gelu(self.ends(ends)))
        dep, head = functional.gelu(self.arc_dep(word[:, 1:])), functional.gelu(self.arc_head(word))
        head = self.dropout(head)
        arcs = (self.dropout(dep) @ self.arc) @ head.transpose(1, 2) / math.sqrt(ARC)
        arcs = arcs + self.arc_bias(head).transpose(1, 2)
        return (
            self.ner(word[:, 1:]),
            self.upos(form),
            self.feats(form),
            self.lemma(form),
            arcs,
            self.dropout(functional.gelu(self.rel_dep(word[:, 1:]))),
            self.dropout(functional.gelu(self.rel_head(word))),
        )

    def relations(self, dep: Tensor, head: Tensor) -> Tensor:
        """Scores of the relations of given arcs: (…, 256) twice to (…, relations)."""
        return self.rel(torch.cat([dep * head, dep, head], -1))
