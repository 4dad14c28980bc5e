"""Reads CoNLL-U into spaCy Docs, so that stages that need a parse can be tested on gold trees."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

import spacy
from spacy.tokens import Doc


@cache
def _blank(lang: str) -> spacy.Language:
    return spacy.blank(lang)


def sentences(text: str) -> Iterator[tuple[dict[str, str], list[list[str]]]]:
    """Each sentence's comments (`# key = value`) and its rows of ten columns, words only.

    Multiword-token lines and empty nodes are skipped; of a multiword token every word but the
    last has no space after it, and the last takes its `SpaceAfter` from the token's line.
    """
    comments: dict[str, str] = {}
    rows: list[list[str]] = []
    inside: dict[int, str] = {}
    for line in [*text.splitlines(), ""]:
        if line.startswith("#"):
            key, _, value = line[1:].partition("=")
            comments[key.strip()] = value.strip()
        elif not line.strip():
            if rows:
                yield comments, rows
            comments, rows, inside = {}, [], {}
        else:
            columns = line.split("\t")
            if "-" in columns[0]:
                first, last = map(int, columns[0].split("-"))
                inside |= dict.fromkeys(range(first, last), "SpaceAfter=No")
                inside[last] = columns[9]
            elif "." not in columns[0]:
                columns[9] = "|".join(filter(None, (columns[9], inside.get(int(columns[0]), ""))))
                rows.append(columns)


def to_doc(lang: str, parsed: Sequence[list[list[str]]]) -> Doc:
    """One Doc of the given sentences (rows of ten columns), with every UD annotation set."""
    rows = [row for sentence in parsed for row in sentence]
    starts = [number == 0 for sentence in parsed for number in range(len(sentence))]
    offsets = [
        offset for offset, sentence in zip(_offsets(parsed), parsed, strict=True) for _ in sentence
    ]
    return Doc(
        _blank(lang).vocab,
        words=[row[1].replace(" ", "\u00a0") for row in rows],
        spaces=["SpaceAfter=No" not in row[9].split("|") for row in rows],
        pos=[row[3] for row in rows],
        lemmas=[row[2] for row in rows],
        morphs=["" if row[5] == "_" else row[5] for row in rows],
        heads=[
            offset + int(row[6]) - 1 if row[6] != "0" else index
            for index, (row, offset) in enumerate(zip(rows, offsets, strict=True))
        ],
        deps=[row[7] for row in rows],
        sent_starts=starts,
    )


def _offsets(parsed: Sequence[list[list[str]]]) -> list[int]:
    offsets = [0]
    for sentence in parsed:
        offsets.append(offsets[-1] + len(sentence))
    return offsets[:-1]


def read(lang: str, text: str) -> Doc:
    """A Doc of every sentence of a CoNLL-U text."""
    return to_doc(lang, [rows for _, rows in sentences(text)])


def compact(lang: str, text: str) -> Doc:
    """A Doc of hand-made trees: a word per line as `form lemma UPOS feats head deprel`.

    Words are numbered from 1 in each sentence; an empty line separates sentences.
    """
    parsed = []
    for sentence in text.strip().split("\n\n"):
        rows = []
        for number, line in enumerate(sentence.strip().splitlines(), start=1):
            form, lemma, pos, feats, head, relation = line.split()
            rows.append([str(number), form, lemma, pos, "_", feats, head, relation, "_", "_"])
        parsed.append(rows)
    return to_doc(lang, parsed)
