"""Sentence encoders: texts to unit vectors in which translations lie close together.

The default is a static encoder for Dutch, English and Swedish: the vector of a text is the
weighted sum of the vectors of its subword pieces, scaled to unit length. It was distilled from
multilingual-e5-small at sentence level (`models/encoder/CARD.md`) and needs numpy only.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final, Protocol

import numpy as np

from pipeline.errors import ClausulaError
from pipeline.pieces import Pieces
from pipeline.resources import MissingModelError, model_directory

FAST: Final = "fast"
MODEL_FILE: Final = "static-encoder.npz"
WORD_CACHE: Final = 100_000
BATCH_TOKENS: Final = 1_000
"""So few that their vectors stay in the processor's cache."""
_WORD = re.compile(r"\w+|[^\w\s]")


class EncoderError(ClausulaError):
    """An encoder that cannot be loaded; the message says what to do about it."""


class Encoder(Protocol):
    """Anything that turns texts into vectors.

    An encoder may also have two attributes. `background` (float): the mean cosine of texts that
    have nothing to do with each other; where it is missing the aligner measures it on the
    documents. `additive` (bool): the vector of several sentences is about the sum of theirs, so
    that they need not be encoded again together; taken for False where it is missing.
    """

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Unit vectors of the texts, float32, shape (len(texts), d)."""


def words(text: str) -> list[str]:
    """The words and punctuation marks of a text in the form that the static encoder looks up."""
    return _WORD.findall(unicodedata.normalize("NFKC", text).lower())


class StaticEncoder:
    """A sum of piece vectors.

    Args:
        pieces: the vocabulary and its segmentation.
        vectors: int8, shape (len(pieces), d).
        scales: float32, shape (len(pieces),); `vectors * scales` are the weighted vectors.
        background: the mean cosine of unrelated sentences.
    """

    additive: Final = True

    def __init__(
        self, pieces: Pieces, vectors: np.ndarray, scales: np.ndarray, background: float
    ) -> None:
        self.background = background
        self._pieces = pieces
        self._vectors = vectors
        self._scales = scales.astype(np.float32)
        self._places: dict[str, int] = {}
        self._words = np.zeros((1024, vectors.shape[1]), np.float32)

    @classmethod
    def load(cls, path: str | Path) -> StaticEncoder:
        """Reads the file of `models.recipe.static_encoder` and `divided.json` beside it."""
        divided = json.loads(Path(path).with_name("divided.json").read_text("utf-8"))
        with np.load(path, allow_pickle=False) as stored:
            vocabulary = stored["pieces"].tobytes().decode("utf-8").split("\n")
            return cls(
                Pieces(vocabulary, stored["scores"], np.array(divided, np.int32)),
                stored["vectors"],
                stored["scales"],
                float(stored["background"]),
            )

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Unit vectors, float32, shape (len(texts), d); a text without any known piece gets a
        constant vector, so that it resembles nothing in particular."""
        out = np.zeros((len(texts), self._vectors.shape[1]), np.float32)
        for first, batch in _batches([words(text) for text in texts]):
            rows = self._lookup([word for sentence in batch for word in sentence])
            found = self._words[rows]
            end = 0
            # One sum a sentence: faster than reduceat, and no sum depends on other sentences.
            for index, sentence in enumerate(batch, start=first):
                start, end = end, end + len(sentence)
                np.add.reduce(found[start:end], axis=0, out=out[index])
        norms = np.linalg.norm(out, axis=1, keepdims=True)
        empty = norms[:, 0] < 1e-6
        out[empty] = 1.0
        norms[empty] = np.sqrt(out.shape[1])
        return out / norms

    def _lookup(self, tokens: Sequence[str]) -> np.ndarray:
        """Rows of `self._words` for the tokens; vectors of new words are added to it."""
        if len(self._places) > WORD_CACHE:
            self._places.clear()
        places = self._places
        new = [word for word in dict.fromkeys(tokens) if word not in places]
        if new:
            self._add(new)
        return np.fromiter(map(places.__getitem__, tokens), np.intp, len(tokens))

    def _add(self, new: Sequence[str]) -> None:
        first = len(self._places)
        needed = first + len(new)
        if needed > len(self._words):
            grown = np.zeros((max(needed, 2 * len(self._words)), self._words.shape[1]), np.float32)
            grown[:first] = self._words[:first]
            self._words = grown
        ids = [self._pieces.word(word) for word in new]
        out = self._words[first:needed]
        # The first piece of every word, then the second of those that have one, and so on.
        for depth in range(max(map(len, ids))):
            deep = [row for row, pieces in enumerate(ids) if len(pieces) > depth]
            flat = np.fromiter((ids[row][depth] for row in deep), np.intp, len(deep))
            weighted = self._vectors[flat] * self._scales[flat, None]
            if depth:
                out[deep] += weighted
            else:
                out[:] = weighted
        self._places.update(zip(new, range(first, needed), strict=True))


def _batches(sentences: Sequence[list[str]]) -> Iterable[tuple[int, Sequence[list[str]]]]:
    """Runs of sentences of about `BATCH_TOKENS` words, each with the index of its first."""
    first = size = 0
    for index, sentence in enumerate(sentences):
        if size and size + len(sentence) > BATCH_TOKENS:
            yield first, sentences[first:index]
            first, size = index, 0
        size += len(sentence)
    if first < len(sentences):
        yield first, sentences[first:]


class SentenceTransformersEncoder:
    """Any model of the sentence-transformers library (LaBSE and the like), by name."""

    def __init__(self, name: str) -> None:
        try:
            from sentence_transformers import SentenceTransformer
        except ImportError as error:
            raise EncoderError(
                f"the encoder {name!r} needs the package sentence-transformers: "
                "pip install 'clausula[encoders]', or use the built-in encoder 'fast'"
            ) from error
        try:
            self._model = SentenceTransformer(name)
        except (OSError, ValueError) as error:
            raise EncoderError(f"sentence-transformers cannot load {name!r}: {error}") from error

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Unit vectors, float32, shape (len(texts), d)."""
        found = self._model.encode(list(texts), normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(found, np.float32)


def model_path() -> Path:
    """The file of the built-in encoder, looked up as the parser is (`$CLAUSULA_MODELS` first)."""
    try:
        path = model_directory("encoder") / MODEL_FILE
    except MissingModelError as error:
        raise EncoderError(str(error)) from error
    if not path.is_file():
        raise EncoderError(
            f"{path} of the built-in encoder is missing; reinstall clausula, or build it with "
            "'make models'"
        )
    return path


@cache
def load_encoder(name: str = FAST) -> Encoder:
    """The encoder of that name: `fast`, or a sentence-transformers model.

    Raises:
        EncoderError: it cannot be loaded.
    """
    return StaticEncoder.load(model_path()) if name == FAST else SentenceTransformersEncoder(name)


def describe_encoder(name: str = FAST) -> dict[str, Any]:
    """Name, version and SHA-256 of an encoder, for `run.json`; null where they are not known."""
    if name != FAST:
        return {"name": name, "version": None, "sha256": None}
    path = model_path()
    with np.load(path, allow_pickle=False) as stored:
        version = str(stored["version"])
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return {"name": "clausula-static-encoder", "version": version, "sha256": digest}
