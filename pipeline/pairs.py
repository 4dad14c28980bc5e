"""Aligns two extracted documents, sentence by sentence and clause by clause."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline import tables
from pipeline.alignment import align, align_clauses
from pipeline.alignment.encoder import Encoder
from pipeline.extraction import Extracted
from pipeline.types import Group, Unit

_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class AlignedPair:
    """The rows of one pair, and what a reader should be told about it."""

    rows: list[tables.Row]
    warnings: list[str]


def numbers(text: str) -> frozenset[str]:
    """The numbers in a text, as anchors: most translations keep them."""
    return frozenset(f"number:{_plain(digits)}" for digits in _NUMBER.findall(text))


def _plain(digits: str) -> str:
    """A number as others write it: ASCII digits, no leading zeros; any length is one."""
    ascii_digits = "".join(str(unicodedata.decimal(digit)) for digit in digits)
    return ascii_digits.lstrip("0") or "0"


def _anchors(mentions: Sequence[tables.Row], key: str) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for row in mentions:
        found[row[key]].add(row["entity_id"])
    return {owner: frozenset(ids) for owner, ids in found.items()}


def sentence_units(document: Extracted) -> list[Unit]:
    """The sentences of a linked document as the aligner sees them, in order."""
    blocks = {row["block_id"]: row for row in document.rows["blocks"]}
    anchors = _anchors(document.rows["mentions"], "sentence_id")
    units, previous = [], None
    for row, text in zip(document.rows["sentences"], document.sentence_texts, strict=True):
        block = blocks[row["block_id"]]
        opens = row["block_id"] != previous
        previous = row["block_id"]
        shared = anchors.get(row["sentence_id"], frozenset()) | numbers(text)
        units.append(Unit(text, block["kind"], block["label"] if opens else None, shared))
    return units


def clause_units(document: Extracted) -> dict[str, list[tuple[str, Unit]]]:
    """For each sentence id, its clauses in order as (clause id, unit)."""
    anchors = _anchors(document.rows["mentions"], "clause_id")
    units: dict[str, list[tuple[str, Unit]]] = defaultdict(list)
    for row in document.rows["clauses"]:
        text = document.clause_texts[row["clause_id"]]
        shared = anchors.get(row["clause_id"], frozenset()) | numbers(text)
        unit = Unit(text, row["kind"], None, shared)
        units[row["sentence_id"]].append((row["clause_id"], unit))
    return units


def align_pair(source: Extracted, target: Extracted, encoder: Encoder) -> AlignedPair:
    """Aligns the sentences of two linked documents, then the clauses inside aligned sentences."""
    found = align(sentence_units(source), sentence_units(target), encoder)
    sides = (_side(source, "sentences"), _side(target, "sentences"))
    rows = tables.alignment_rows(found.groups, "sentence", *sides)
    warnings = []
    if found.related:
        rows += _clause_rows(source, target, found.groups, encoder)
    else:
        warnings.append(
            f"{source.doc_id} ~ {target.doc_id}: these do not look like versions of one text; "
            "all sentences are left unaligned (check [[alignments]] in corpus.toml)"
        )
    return AlignedPair(rows, warnings)


def _side(document: Extracted, table: str) -> tuple[str, list[str], list[str]]:
    rows = document.rows[table]
    key = "sentence_id" if table == "sentences" else "clause_id"
    return document.doc_id, [row[key] for row in rows], [row["text"] for row in rows]


def _clause_rows(
    source: Extracted, target: Extracted, groups: Sequence[Group], encoder: Encoder
) -> list[tables.Row]:
    sides = (_side(source, "clauses"), _side(target, "clauses"))
    places = [{key: index for index, key in enumerate(side[1])} for side in sides]
    units = (clause_units(source), clause_units(target))
    sentences = [
        [row["sentence_id"] for row in document.rows["sentences"]] for document in (source, target)
    ]
    rows: list[tables.Row] = []
    for group in groups:
        if not (group.source and group.target):
            continue
        inside = [
            [pair for index in members for pair in units[side][sentences[side][index]]]
            for side, members in enumerate((group.source, group.target))
        ]
        aligned = align_clauses(
            [unit for _, unit in inside[0]], [unit for _, unit in inside[1]], encoder
        )
        moved = [
            Group(
                tuple(places[0][inside[0][index][0]] for index in part.source),
                tuple(places[1][inside[1][index][0]] for index in part.target),
                part.score,
            )
            for part in aligned
        ]
        rows += tables.alignment_rows(moved, "clause", *sides)
    return rows
