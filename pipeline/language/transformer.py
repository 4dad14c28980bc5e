"""The parser: a small multilingual transformer under ONNX Runtime, as a spaCy component.

Every sentence is run by itself, so that an annotation never depends on what else is in the batch;
threads share the sentences out. What the network scores is decoded here: names by Viterbi search
under the rules of BIO, features among those seen with the part of speech, lemmas by the best edit
script that fits the form, heads by the best projective tree.
"""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import numpy as np
import onnxruntime
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import minibatch
from threadpoolctl import ThreadpoolController

from pipeline.language import annotation, lemmas, trees
from pipeline.language.annotation import Annotation
from pipeline.pieces import Pieces
from pipeline.resources import language_data

OPEN, CLOSE = 0, 2  # the symbols <s> and </s>
WINDOW: Final = 510  # pieces of one run, without the two symbols
WORD_LIMIT: Final = 16  # pieces of one word; of a longer one the first and the last are taken
BLOCK: Final = 32  # piece embeddings are kept in 4 bits, in blocks with a scale
UNLIKELY: Final = -1e4
TRIES: Final = 40  # edit scripts tried on a word that the lexicon lacks
FACTORY: Final = "clausula_transformer"


@dataclass
class Scores:
    """The network's output for one sentence, rows are words (a root first in `rel_head`)."""

    ner: np.ndarray
    upos: np.ndarray
    feats: np.ndarray
    lemma: np.ndarray
    arcs: np.ndarray
    rel_dep: np.ndarray
    rel_head: np.ndarray


class Parser:
    """The model of a directory, ready to annotate.

    Args:
        path: The directory with model.onnx, pieces.npz, relations.npz and labels.json.
        threads: How many sentences run at once; 0 for the number of cores, at most 4.

    Raises:
        FileNotFoundError: If the directory lacks one of its files.
    """

    def __init__(self, path: Path, threads: int = 0) -> None:
        self.threads = threads or min(os.cpu_count() or 1, 4)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        if not (path / "model.onnx").exists():
            raise FileNotFoundError(f"no model.onnx in {path}")
        self._session = onnxruntime.InferenceSession(
            str(path / "model.onnx"), options, providers=["CPUExecutionProvider"]
        )
        with np.load(path / "pieces.npz") as arrays:
            vocab = bytes(arrays["vocab"]).decode().split("\n")
            self.pieces = Pieces(vocab, arrays["scores"])
            packed = arrays["nibbles"]
            self._nibbles = np.stack([packed & 15, packed >> 4], -1).reshape(len(vocab), -1)
            self._scales = arrays["scales"]
        with np.load(path / "relations.npz") as arrays:
            self._rel_weight, self._rel_bias = arrays["weight"], arrays["bias"]
        self.labels: dict[str, Any] = json.loads((path / "labels.json").read_text("utf-8"))
        self._tables = {lang: _Tables(self.labels, lang) for lang in self.labels["languages"]}
        self._rules = [lemmas.parse(text) for text in self.labels["lemma"]]
        self._lexicon: dict[str, dict[str, str]] = {}
        self._guessers: dict[str, lemmas.Guesser] = {}
        lexicon = path / "lexicon.json.gz"
        if lexicon.exists():
            self._lexicon = json.loads(gzip.decompress(lexicon.read_bytes()))
        self._pool: tuple[int, ThreadPoolExecutor] | None = None
        self._libraries = ThreadpoolController()

    def annotate(self, sentences: Sequence[Sequence[str]], lang: str) -> list[Annotation]:
        """Annotates sentences, given as their words, of one language.

        Raises:
            ValueError: If the model does not know the language.
        """
        if lang not in self._tables:
            raise ValueError(f"the parser knows {', '.join(self._tables)}, not {lang!r}")

        def one(words: Sequence[str]) -> Annotation:
            return self._decode(words, self.score(words, lang), lang)

        # The threads share the sentences; BLAS's own would only wait for each other, at the cost
        # of half of the processor's time.
        with self._libraries.limit(limits=1, user_api="blas"):
            if self.threads == 1 or len(sentences) == 1:
                return [one(words) for words in sentences]
            return list(self._workers().map(one, sentences))

    def _workers(self) -> ThreadPoolExecutor:
        """The threads; a forked process needs its own, since a fork does not copy them."""
        if self._pool is None or self._pool[0] != os.getpid():
            self._pool = (os.getpid(), ThreadPoolExecutor(self.threads))
        return self._pool[1]

    def score(self, words: Sequence[str], lang: str) -> Scores:
        """The network's scores; a sentence too long for it is scored in overlapping windows."""
        cut = [self.pieces.word(word) for word in words]
        cut = [p if len(p) <= WORD_LIMIT else (*p[: WORD_LIMIT - 1], p[-1]) for p in cut]
        language = np.array([self.labels["languages"].index(lang)], dtype=np.int64)
        spans = windows([len(p) for p in cut])
        if len(spans) == 1:
            return self._run(cut, language)
        return _stitch([self._run(cut[a:b], language) for a, b in spans], spans)

    def _run(self, cut: Sequence[Sequence[int]], language: np.ndarray) -> Scores:
        ids = np.array([OPEN, *(i for word in cut for i in word), CLOSE])
        ends = np.cumsum([1, *map(len, cut)])
        blocks = (self._nibbles[ids].astype(np.float32) - 8).reshape(len(ids), -1, BLOCK)
        embedded = (blocks * self._scales[ids, :, None].astype(np.float32)).reshape(1, len(ids), -1)
        inputs = {
            "pieces": embedded,
            "first": np.array([[0, *ends[:-1]]], dtype=np.int64),
            "last": np.array([[0, *(ends[1:] - 1)]], dtype=np.int64),
            "language": language,
        }
        return Scores(*(out[0] for out in self._session.run(None, inputs)))

    def _decode(self, words: Sequence[str], scores: Scores, lang: str) -> Annotation:
        if not words:
            return Annotation([], [], [], [], [], [])
        table = self._tables[lang]
        upos = (scores.upos + table.upos).argmax(1)
        feats = (scores.feats + table.feats[upos]).argmax(1)
        heads = trees.heads(scores.arcs)
        head = scores.rel_head[heads]
        relations = np.concatenate([scores.rel_dep * head, scores.rel_dep, head], 1)
        relations = relations @ self._rel_weight + self._rel_bias + table.relations
        relations[:, table.root] = np.where(heads == 0, -UNLIKELY, 2 * UNLIKELY)
        tags = [self.labels["upos"][i] for i in upos]
        return Annotation(
            upos=tags,
            feats=[self.labels["feats"][i] for i in feats],
            lemmas=self._lemmas(words, tags, scores.lemma + table.lemma, lang),
            heads=heads.tolist(),
            deprels=[self.labels["deprel"][i] for i in relations.argmax(1)],
            names=names(scores.ner + table.ner, self.labels["ner"]),
        )

    def _lemmas(
        self, words: Sequence[str], tags: Sequence[str], scores: np.ndarray, lang: str
    ) -> list[str]:
        known = self._lexicon.get(lang, {})
        best = scores.argmax(1)
        found = []
        for i, (word, tag) in enumerate(zip(words, tags, strict=True)):
            lemma = known.get(f"{tag} {word}")
            if lemma is None and tag != "PROPN":
                lemma = known.get(f"{tag} {word.lower()}")
            if lemma is None and tag not in lemmas.OPEN:
                lemma = lemmas.apply(self._rules[best[i]], word)
            if lemma is None:
                ranked = np.argsort(-scores[i], kind="stable")[:TRIES]
                tried = [(lemmas.apply(self._rules[k], word), float(scores[i, k])) for k in ranked]
                made = [(text, score) for text, score in tried if text]
                if tag in lemmas.OPEN:
                    lemma = self._guesser(lang).best(word, tag, made)
                else:
                    lemma = next((text for text, _ in made), None)
            found.append(lemma or word)
        return found

    def _guesser(self, lang: str) -> lemmas.Guesser:
        if lang not in self._guessers:
            spelling = language_data(lang, "lemmas")
            self._guessers[lang] = lemmas.Guesser(self._lexicon.get(lang, {}), spelling)
        return self._guessers[lang]


class _Tables:
    """What may occur in a language, as numbers to be added to scores."""

    def __init__(self, labels: dict[str, Any], lang: str) -> None:
        bundles = labels["bundles"][lang]
        self.upos = _allow(len(labels["upos"]), [labels["upos"].index(u) for u in bundles])
        self.feats = np.full((len(labels["upos"]), len(labels["feats"])), UNLIKELY, np.float32)
        for tag, allowed in bundles.items():
            self.feats[labels["upos"].index(tag), allowed] = 0
        self.lemma = _allow(len(labels["lemma"]), labels["scripts"][lang])
        self.relations = _allow(len(labels["deprel"]), labels["relations"][lang])
        self.root = labels["deprel"].index("root")
        # Shifts the threshold of a kind of name where the scores err to one side.
        bias = labels.get("bias", {}).get(lang, {})
        self.ner = np.array([bias.get(tag[2:], 0.0) for tag in labels["ner"]], np.float32)


def _allow(size: int, allowed: Sequence[int]) -> np.ndarray:
    table = np.full(size, UNLIKELY, np.float32)
    table[list(allowed)] = 0
    return table


def windows(sizes: Sequence[int], limit: int = WINDOW) -> list[tuple[int, int]]:
    """Spans of words of at most `limit` pieces in all, each half in the one before."""
    if sum(sizes) <= limit:
        return [(0, len(sizes))]
    spans: list[tuple[int, int]] = []
    start = 0
    while True:
        end, total = start, 0
        while end < len(sizes) and (total + sizes[end] <= limit or end == start):
            total += sizes[end]
            end += 1
        spans.append((start, end))
        if end == len(sizes):
            return spans
        start = max(start + 1, (start + end) // 2)


def _stitch(parts: Sequence[Scores], spans: Sequence[tuple[int, int]]) -> Scores:
    """One sentence's scores from its windows': each word's come from where it is most central."""
    size = spans[-1][1]
    # Where two windows overlap, the border is the middle of the overlap.
    borders = [0, *((a[1] + b[0]) // 2 for a, b in pairwise(spans)), size]
    tags: dict[str, list[np.ndarray]] = {
        n: [] for n in ("ner", "upos", "feats", "lemma", "rel_dep")
    }
    arcs = np.full((size, size + 1), UNLIKELY, np.float32)
    head = [parts[0].rel_head[:1]]
    for part, (start, end), (first, last) in zip(parts, spans, pairwise(borders), strict=True):
        own = slice(first - start, last - start)
        for name, found in tags.items():
            found.append(getattr(part, name)[own])
        head.append(part.rel_head[1:][own])
        arcs[first:last, start + 1 : end + 1] = part.arcs[own, 1:]
        arcs[first:last, 0] = part.arcs[own, 0]
    joined = {name: np.concatenate(found) for name, found in tags.items()}
    return Scores(**joined, arcs=arcs, rel_head=np.concatenate(head))


def names(scores: np.ndarray, labels: Sequence[str]) -> list[tuple[int, int, str]]:
    """The names of the best sequence of BIO labels: I-X only after B-X or I-X."""
    allowed = _transitions(tuple(labels))
    path = scores.argmax(1)
    if not (allowed[0, path[0]] and allowed[1:][path[:-1], path[1:]].all()):
        path = _viterbi(scores, np.where(allowed, 0, UNLIKELY))
    found: list[tuple[int, int, str]] = []
    for i, label in enumerate(labels[k] for k in path):
        if label.startswith("B-"):
            found.append((i, i + 1, label[2:]))
        elif label.startswith("I-"):
            found[-1] = (found[-1][0], i + 1, found[-1][2])
    return found


@cache
def _transitions(labels: tuple[str, ...]) -> np.ndarray:
    """Which label may follow which: (labels + 1, labels), row 0 for the start of the sentence."""
    return np.array(
        [[not b.startswith("I-") or a[1:] == b[1:] for b in labels] for a in ("O", *labels)]
    )


def _viterbi(scores: np.ndarray, moves: np.ndarray) -> np.ndarray:
    total = scores[0] + moves[0]
    came = []
    for row in scores[1:]:
        step = total[:, None] + moves[1:]
        came.append(step.argmax(0))
        total = step.max(0) + row
    path = [int(total.argmax())]
    for back in reversed(came):
        path.append(int(back[path[-1]]))
    return np.array(path[::-1])


@cache
def load_parser(path: str, threads: int = 0) -> Parser:
    """The parser of a directory; loaded once per process, whatever the number of pipelines."""
    return Parser(Path(path), threads)


@Language.factory(
    FACTORY,
    default_config={"path": "", "threads": 0},
    assigns=["token.pos", "token.morph", "token.lemma", "token.dep", "token.head", "doc.ents"],
)
def make(nlp: Language, name: str, path: str, threads: int) -> Transformer:
    """The component for a pipeline of nl, en or sv; `path` is the model's directory."""
    return Transformer(load_parser(path, threads), str(nlp.lang), name)


class Transformer:
    """The spaCy component. It keeps the sentences it is given; without any, the text is one.

    Tokens of `doc.spans["asides"]` and white space are not shown to the model.
    """

    def __init__(self, parser: Parser, lang: str, name: str = FACTORY) -> None:
        self.parser, self.lang, self.name = parser, lang, name

    def __call__(self, doc: Doc) -> Doc:
        """Annotates one text."""
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 16) -> Iterator[Doc]:
        """Annotates texts, a batch at a time."""
        for docs in minibatch(stream, batch_size):
            sentences = [annotation.sentences(doc) for doc in docs]
            words = [[t.text for t in shown] for doc in sentences for _, shown in doc]
            found = iter(self.parser.annotate(words, self.lang))
            for doc, own in zip(docs, sentences, strict=True):
                given = [next(found) for _ in own]
                annotation.write(doc, own, given)
                annotation.write_names(doc, own, given)
                yield doc
