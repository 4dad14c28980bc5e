"""What an engine says of a sentence, and how it gets into a spaCy `Doc`.

Every engine (`transformer`, `stanza`) is given the sentences that `sentences` finds, without the
asides, and answers with one `Annotation` for each; `write` and `write_names` set them on the Doc.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from spacy.attrs import DEP, HEAD, LEMMA, MORPH, POS
from spacy.tokens import Doc, Span, Token


@dataclass(frozen=True)
class Annotation:
    """What an engine says of one sentence; heads count words from 1, with 0 for the root."""

    upos: list[str]
    feats: list[str]
    lemmas: list[str]
    heads: list[int]
    deprels: list[str]
    names: list[tuple[int, int, str]]
    """First word, word after the last, and label (PER, LOC, ORG)."""


Sentence = tuple[Span, list[Token]]
Row = tuple[int, str, str, str, str]
ATTRIBUTES: Final = [HEAD, DEP, POS, LEMMA, MORPH]


def sentences(doc: Doc) -> list[Sentence]:
    """The sentences, each with the tokens that the model is shown."""
    hidden = {t.i for span in doc.spans.get("asides", ()) for t in span}
    starts = [t.i for t in doc if t.i == 0 or t.is_sent_start]
    return [
        (doc[a:b], [t for t in doc[a:b] if t.i not in hidden and not t.is_space])
        for a, b in pairwise([*starts, len(doc)])
    ]


def write(doc: Doc, sentences: Sequence[Sentence], found: Sequence[Annotation]) -> None:
    """Sets everything but the names, on all tokens of a text."""
    if not len(doc):
        return
    rows: list[Row] = []
    for (sentence, shown), annotation in zip(sentences, found, strict=True):
        rows.extend(_rows(sentence, shown, annotation))
    strings, morphology = doc.vocab.strings, doc.vocab.morphology
    values = np.zeros((len(rows), len(ATTRIBUTES)), dtype=np.uint64)
    # Distances to the left wrap around in the unsigned array, as spaCy expects.
    distances = np.array([row[0] - i for i, row in enumerate(rows)], dtype=np.int64)
    values[:, 0] = distances.view(np.uint64)
    for i, (_, relation, tag, lemma, feats) in enumerate(rows):
        morph = morphology.add("" if feats == "_" else feats)
        values[i, 1:] = (strings.add(relation), strings.add(tag), strings.add(lemma), morph)
    doc.from_array(ATTRIBUTES, values)  # type: ignore[arg-type]


def write_names(doc: Doc, sentences: Sequence[Sentence], found: Sequence[Annotation]) -> None:
    """Sets the names of a text, in place of those that it has."""
    names = [
        Span(doc, shown[start].i, shown[end - 1].i + 1, label=label)
        for (_, shown), annotation in zip(sentences, found, strict=True)
        for start, end, label in annotation.names
    ]
    doc.set_ents(names, default="outside")


def _rows(sentence: Span, shown: Sequence[Token], annotation: Annotation) -> Iterator[Row]:
    """Head's index in the text, relation, part of speech, lemma and features of each token."""
    place = {token.i: k for k, token in enumerate(shown)}
    previous = shown[annotation.heads.index(0)].i if shown else sentence.start
    for token in sentence:
        k = place.get(token.i)
        if k is None:  # hangs on the word before, or on the root where there is none
            tag = "SPACE" if token.is_space else "PUNCT"
            yield previous, "root" if previous == token.i else "punct", tag, token.text, "_"
            continue
        previous = token.i
        head = annotation.heads[k]
        yield (
            shown[head - 1].i if head else token.i,
            annotation.deprels[k],
            annotation.upos[k],
            annotation.lemmas[k],
            annotation.feats[k],
        )
