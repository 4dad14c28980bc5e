"""From what the stages found, in Doc positions, to table rows, in source offsets.

This is the one place where the two systems of coordinates meet.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from spacy.tokens import Doc

from pipeline.demands import Demand
from pipeline.keys import digest, text_keys
from pipeline.types import Block, Clause, Document, Entity, Group, Mention

Row = dict[str, Any]

# Words between two words of a sentence, on lines of their own: a page number, a footnote.
_PAGE_BREAK = re.compile(r"[\n\r\f][^\S\n\r\f]*\w")


@dataclass(frozen=True, slots=True)
class Analysis:
    """All that the stages found in one document. `mentions` and `clauses` are in Doc positions."""

    document: Document
    blocks: tuple[Block, ...]
    doc: Doc
    clauses: tuple[Clause, ...]
    demands: tuple[Demand, ...]
    mentions: tuple[Mention, ...]


class Positions:
    """Where the tokens, sentences and clauses of one analysis stand, and their keys."""

    def __init__(self, analysis: Analysis) -> None:
        doc_id, doc = analysis.document.doc_id, analysis.doc
        self.doc_id = doc_id
        self.source = analysis.document.text
        self._starts, self._ends = doc.user_data["starts"], doc.user_data["ends"]
        self.token_starts = [token.idx for token in doc]
        self.sentences = list(doc.sents)
        self.sentence_of = _owners(
            len(doc), [range(sentence.start, sentence.end) for sentence in self.sentences]
        )
        self.clause_of = _owners(len(doc), [clause.tokens for clause in analysis.clauses])
        self.block_ids = text_keys(doc_id, "b", [block.content.text for block in analysis.blocks])
        self.sentence_ids = text_keys(doc_id, "s", [sentence.text for sentence in self.sentences])
        self.clause_ordinals = _ordinals(analysis.clauses)
        self.clause_ids = [
            f"{self.sentence_ids[clause.sentence]}:c{ordinal}"
            for clause, ordinal in zip(analysis.clauses, self.clause_ordinals, strict=True)
        ]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Source offsets of the characters `[start, end)` of `Doc.text`."""
        return int(self._starts[start]), int(self._ends[end - 1])

    def placed(self, start: int, end: int) -> Row:
        """The columns `start`, `end` and `text` for characters `[start, end)` of `Doc.text`."""
        first, last = self.span(start, end)
        return {"start": first, "end": last, "text": self.source[first:last]}

    def token_at(self, char: int) -> int:
        """The index of the token in which, or before which, the character stands."""
        return max(0, bisect_right(self.token_starts, char) - 1)


def _owners(n: int, groups: Sequence[Sequence[int] | range]) -> list[int]:
    """For each of `n` tokens, the index of the group that holds it."""
    owners = [-1] * n
    for index, group in enumerate(groups):
        for token in group:
            owners[token] = index
    return owners


def _ordinals(clauses: Sequence[Clause]) -> list[int]:
    """Each clause's place in its sentence, by first token, from 1."""
    order = sorted(range(len(clauses)), key=lambda i: (clauses[i].sentence, clauses[i].tokens))
    ordinals = [0] * len(clauses)
    sentence, place = -1, 0
    for index in order:
        if clauses[index].sentence != sentence:
            sentence, place = clauses[index].sentence, 0
        place += 1
        ordinals[index] = place
    return ordinals


def document_rows(analysis: Analysis, at: Positions) -> dict[str, list[Row]]:
    """The rows of one document for every table but mentions, entities and alignments."""
    return {
        "documents": [_document_row(analysis)],
        "blocks": _block_rows(analysis, at),
        "sentences": _sentence_rows(analysis, at),
        "tokens": _token_rows(at),
        "clauses": _clause_rows(analysis, at),
        "demands": _demand_rows(analysis, at),
    }


def _document_row(analysis: Analysis) -> Row:
    document = analysis.document
    return {
        "doc_id": document.doc_id,
        "lang": document.lang,
        "kind": document.kind,
        "title": document.title,
        "publisher": document.publisher,
        "date": document.date,
        "path": document.path,
        "sha256": document.sha256,
        "n_chars": len(document.text),
        "n_tokens": len(analysis.doc),
        "status": "ok",
        "error": None,
    }


def _block_rows(analysis: Analysis, at: Positions) -> list[Row]:
    return [
        {
            "block_id": at.block_ids[index],
            "doc_id": at.doc_id,
            "ordinal": index + 1,
            "kind": block.kind,
            "label": block.label,
            "start": block.start,
            "end": block.end,
            "text": at.source[block.start : block.end],
        }
        for index, block in enumerate(analysis.blocks)
    ]


def _sentence_rows(analysis: Analysis, at: Positions) -> list[Row]:
    block_of = _owners(
        len(analysis.doc), [range(b.start, b.end) for b in analysis.doc.spans["blocks"]]
    )
    return [
        {
            "sentence_id": at.sentence_ids[index],
            "doc_id": at.doc_id,
            "block_id": at.block_ids[block_of[sentence.start]],
            "ordinal": index + 1,
            **at.placed(sentence.start_char, sentence.end_char),
            "n_tokens": len(sentence),
        }
        for index, sentence in enumerate(at.sentences)
    ]


def _token_rows(at: Positions) -> list[Row]:
    rows = []
    for sentence, sentence_id in zip(at.sentences, at.sentence_ids, strict=True):
        for token in sentence:
            ordinal = token.i - sentence.start + 1
            is_root = token.head.i == token.i
            rows.append(
                {
                    "token_id": f"{sentence_id}:t{ordinal}",
                    "sentence_id": sentence_id,
                    "doc_id": at.doc_id,
                    "ordinal": ordinal,
                    **at.placed(token.idx, token.idx + len(token)),
                    "lemma": token.lemma_ or token.text,
                    "upos": token.pos_ or "X",
                    "feats": str(token.morph) or None,
                    "head": 0 if is_root else token.head.i - sentence.start + 1,
                    "deprel": "root" if is_root else token.dep_ or "dep",
                    "clause_id": at.clause_ids[at.clause_of[token.i]],
                }
            )
    return rows


def _fragments(doc: Doc, tokens: Sequence[int], at: Positions) -> list[tuple[int, int]]:
    """Source spans of maximal runs of adjacent tokens; what a page set between two parts them."""
    spans: list[tuple[int, int]] = []
    before = -1
    for index in tokens:
        start, end = at.span(doc[index].idx, doc[index].idx + len(doc[index]))
        if (
            spans
            and index == before + 1
            and not _PAGE_BREAK.search(at.source[spans[-1][1] : start])
        ):
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
        before = index
    return spans


def _clause_rows(analysis: Analysis, at: Positions) -> list[Row]:
    doc, rows = analysis.doc, []
    for index, clause in enumerate(analysis.clauses):
        spans = _fragments(doc, clause.tokens, at)
        rows.append(
            {
                "clause_id": at.clause_ids[index],
                "sentence_id": at.sentence_ids[clause.sentence],
                "doc_id": at.doc_id,
                "parent_id": None if clause.parent is None else at.clause_ids[clause.parent],
                "ordinal": at.clause_ordinals[index],
                "kind": clause.kind,
                "start": spans[0][0],
                "end": spans[-1][1],
                "fragments": [{"start": start, "end": end} for start, end in spans],
                "text": " ".join(at.source[start:end] for start, end in spans),
                "predicate": clause.predicate,
                "subject": clause.subject,
                "marker": clause.marker,
                "finite": clause.finite,
                "negated": clause.negated,
                "modality": clause.modality,
                "voice": clause.voice,
            }
        )
    return sorted(rows, key=lambda row: (row["start"], row["ordinal"]))


def _demand_rows(analysis: Analysis, at: Positions) -> list[Row]:
    rows = []
    for demand in analysis.demands:
        clause_id = at.clause_ids[demand.clause]
        rows.append(
            {
                "demand_id": f"{clause_id}:{demand.act}",
                "doc_id": at.doc_id,
                "clause_id": clause_id,
                "act": demand.act,
                "speaker": demand.speaker,
                "addressee": demand.addressee,
                "content_clause_ids": [at.clause_ids[index] for index in demand.content],
                "force": demand.force,
            }
        )
    return rows


def mention_rows(analysis: Analysis, at: Positions) -> list[Row]:
    """The mentions of one document; linking, which sees all documents, sets `entity_id` later."""
    rows = []
    for mention in analysis.mentions:
        token = at.token_at(mention.start)
        sentence = at.sentence_of[token]
        offset = mention.start - at.sentences[sentence].start_char
        rows.append(
            {
                "mention_id": f"{at.sentence_ids[sentence]}:{mention.type.lower()}{offset}",
                "doc_id": at.doc_id,
                "sentence_id": at.sentence_ids[sentence],
                "clause_id": at.clause_ids[at.clause_of[token]],
                "type": mention.type,
                "form": mention.form,
                **at.placed(mention.start, mention.end),
                "entity_id": None,
                "value": mention.value,
                "provision": mention.provision,
                "source": mention.source,
                "score": mention.score,
            }
        )
    return rows


def entity_rows(entities: Sequence[Entity], mentions: Sequence[Row]) -> list[Row]:
    """One row an entity, with the number of its mentions and of the documents that hold them."""
    documents: dict[str, list[str]] = {}
    for row in mentions:
        documents.setdefault(row["entity_id"], []).append(row["doc_id"])
    return [
        {
            "entity_id": entity.entity_id,
            "type": entity.type,
            "label": entity.label,
            "label_nl": entity.labels.get("nl"),
            "label_en": entity.labels.get("en"),
            "label_sv": entity.labels.get("sv"),
            "identifiers": sorted(entity.identifiers.items()),
            "n_mentions": len(documents[entity.entity_id]),
            "n_documents": len(set(documents[entity.entity_id])),
        }
        for entity in sorted(entities, key=lambda entity: entity.entity_id)
    ]


def alignment_rows(
    groups: Sequence[Group],
    level: str,
    source: tuple[str, Sequence[str], Sequence[str]],
    target: tuple[str, Sequence[str], Sequence[str]],
) -> list[Row]:
    """The rows of aligned groups; `source` and `target` are (document, ids, texts)."""
    rows = []
    for group in groups:
        source_ids = [source[1][index] for index in group.source]
        target_ids = [target[1][index] for index in group.target]
        key = digest(level, *source_ids, "~", *target_ids)
        rows.append(
            {
                "alignment_id": f"{source[0]}~{target[0]}:{key}",
                "level": level,
                "source_doc": source[0],
                "target_doc": target[0],
                "source_ids": source_ids,
                "target_ids": target_ids,
                "kind": f"{len(source_ids)}-{len(target_ids)}",
                "score": group.score,
                "source_text": " ".join(source[2][index] for index in group.source) or None,
                "target_text": " ".join(target[2][index] for index in group.target) or None,
            }
        )
    return rows
