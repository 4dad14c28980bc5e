"""What the static sentence encoder is trained on: texts for its teacher, and translated pairs.

FLORES, PUD, MEANTIME, the Universal Declaration, Text+Berg and one treaty in twenty are kept for
evaluation and never read here.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from models.recipe.corpora import read_conllu, read_iob2, read_last_column, read_suc

LANGUAGES = ("nl", "en", "sv")
TATOEBA = "parallel/tatoeba/eng-{0}/tatoeba-test-v2021-08-07.{1}"
LEXICONS = ("eu-countries", "eu-resource-types")
LONGEST = 60
"""Words of the longest text that the teacher reads."""
FREQUENT_WORDS = 30_000


@dataclass(frozen=True)
class Pair:
    """Two texts that translate each other, and where they come from."""

    left: tuple[str, str]
    """Language and text."""
    right: tuple[str, str]
    source: str


def is_held_out(treaty: str) -> bool:
    """Whether a treaty (its BWBV id) is kept from training: one in twenty."""
    return int(hashlib.md5(treaty.encode()).hexdigest(), 16) % 20 == 0


def _rows(path: Path) -> list[list[str]]:
    raw = path.read_bytes()
    text = (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8")
    return [line.split("\t") for line in text.rstrip("\n").split("\n")][1:]


def treaty_pairs(corpora: Path) -> Iterator[Pair]:
    """Paragraphs of treaties; texts that also stand in a held-out treaty are left out."""
    rows = _rows(corpora / "parallel/nl-treaties.en-nl.tsv.gz")
    kept_back = {text for row in rows if is_held_out(row[0]) for text in row[3:5]}
    seen = set()
    for treaty, _, _, english, dutch in rows:
        known = english in kept_back or dutch in kept_back or (english, dutch) in seen
        if not known and not is_held_out(treaty) and english != dutch:
            seen.add((english, dutch))
            yield Pair(("en", english), ("nl", dutch), "treaty")
    for row in _rows(corpora / "lexicons/nl-treaty-titles.tsv"):
        if not is_held_out(row[0]) and len(row[1].split()) > 3:
            yield Pair(("en", row[2]), ("nl", row[1]), "title")


def short_pairs(corpora: Path) -> Iterator[Pair]:
    """Tatoeba's sentences, and the names of countries and kinds of acts in three languages."""
    for lang, code in (("nl", "nld"), ("sv", "swe")):
        sides = (corpora / TATOEBA.format(code, name) for name in ("eng", code))
        lines = [path.read_text("utf-8").split("\n") for path in sides]
        for english, other in zip(*lines, strict=True):
            if english and other:
                yield Pair(("en", english), (lang, other), "tatoeba")
    labels: dict[tuple[str, ...], dict[str, list[str]]] = {}
    for name in LEXICONS:
        with (corpora / f"lexicons/{name}.nl-en-sv.tsv").open(encoding="utf-8") as file:
            for row in csv.DictReader(file, delimiter="\t"):
                found = labels.setdefault((name, row["code"], row["kind"]), {})
                found.setdefault(row["lang"], []).append(row["label"])
    for found in labels.values():
        for left, right in (("en", "nl"), ("en", "sv"), ("nl", "sv")):
            if len(found.get(left, ())) == 1 == len(found.get(right, ())):
                yield Pair((left, found[left][0]), (right, found[right][0]), "lexicon")


def sentences(corpora: Path) -> Iterator[tuple[str, str]]:
    """Sentences of one language, from treebanks and name corpora: (language, text)."""
    ud, ner = corpora / "ud", corpora / "ner"
    for part in ("dev", "test"):
        for name in ("lassysmall", "alpino"):
            for sentence in read_conllu(ud / f"nl/{name}-{part}.conllu", name, "nl"):
                yield "nl", sentence.text()
    trees = [("nl", ud / "nl/lassysmall-train.ud2.0-2017.conllu")]
    trees += [("en", ud / f"en/ewt-{part}.conllu") for part in ("train", "dev", "test")]
    for lang, path in trees:
        for sentence in read_conllu(path, path.stem, lang):
            yield lang, sentence.text()
    for part in ("train", "dev", "test"):
        for sentence in read_iob2(ner / f"sv/uner-talbanken-{part}.iob2", "talbanken", "sv"):
            yield "sv", sentence.text()
    for part in ("train", "test"):
        for sentence in read_last_column(ner / f"sv/webbnyheter-{part}.txt", "news", "sv"):
            yield "sv", sentence.text()
    for sentence in read_suc(ner / "sv/suc3-disagreements.txt", "suc", "sv"):
        yield "sv", sentence.text()
    for sentence in read_last_column(ner / "en/wikigold.txt", "wikigold", "en"):
        yield "en", sentence.text()


def frequent_words(lists: Path, lang: str) -> list[str]:
    """The most frequent words of a language, from wordfreq's package (`wordfreq/data`)."""
    import msgpack

    with gzip.open(lists / f"large_{lang}.msgpack.gz") as file:
        bins = msgpack.load(file)[1:]
    found = (word for words in bins for word in words)
    return [word for word in found if re.fullmatch(r"[^\W\d_][\w'’-]+", word)]


def teacher_texts(
    corpora: Path, word_lists: Path, pairs: list[Pair], seed: int = 1
) -> list[tuple[str, str]]:
    """The texts that the teacher encodes, the most useful first, so that it can stop at any time.

    Short pairs, sentences, pieces of sentences (more of Swedish, of which there is least) and
    frequent words come before long treaty paragraphs and rare words.
    """
    rng = random.Random(seed)
    ranked: list[tuple[float, str, str]] = []
    for pair in pairs:
        limit = 1.2 if pair.source == "treaty" else 0.5
        if max(len(pair.left[1].split()), len(pair.right[1].split())) <= LONGEST:
            rank = rng.random() * limit
            ranked += [(rank, *pair.left), (rank, *pair.right)]
    for lang, text in sorted(set(sentences(corpora))):
        words = text.split()
        if 2 <= len(words) <= LONGEST:
            ranked.append((rng.random() * 0.5, lang, text))
        for _ in range(3 if lang == "sv" else 1):
            if len(words) > 8:
                size = rng.randint(4, min(14, len(words) - 1))
                start = rng.randint(0, len(words) - size)
                rank = rng.random() * (0.7 if lang == "sv" else 1.2)
                ranked.append((rank, lang, " ".join(words[start : start + size])))
    for lang in LANGUAGES:
        for place, word in enumerate(frequent_words(word_lists, lang)[: 2 * FREQUENT_WORDS]):
            ranked.append((rng.random() * (0.6 if place < FREQUENT_WORDS else 1.2), lang, word))
    return list(dict.fromkeys((lang, text) for _, lang, text in sorted(ranked)))
