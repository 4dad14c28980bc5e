"""All stages that need one document only, in their order, and what they leave for the corpus."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from spacy.language import Language

from pipeline import clauses, demands, language, layout, mentions, tables
from pipeline.errors import ClausulaError
from pipeline.tables import Analysis, Positions, Row
from pipeline.types import Document, Mention

Seconds = dict[str, float]


class NoTextError(ClausulaError):
    """A document holds no words; the message is one line for the user."""


@contextmanager
def timed(seconds: Seconds, stage: str) -> Iterator[None]:
    """Adds the wall time of the block to `seconds[stage]`."""
    start = time.perf_counter()
    try:
        yield
    finally:
        seconds[stage] = seconds.get(stage, 0.0) + time.perf_counter() - start


@dataclass(frozen=True, slots=True)
class Extracted:
    """One document's rows; those of mentions wait for their `entity_id`, which linking gives.

    `mention_texts`, `sentence_texts` and `clause_texts` are cleaned texts, one for each row.
    """

    doc_id: str
    lang: str
    rows: dict[str, list[Row]]
    mentions: tuple[Mention, ...]
    mention_texts: tuple[str, ...]
    sentence_texts: tuple[str, ...]
    clause_texts: dict[str, str]
    seconds: Seconds


def analyse(document: Document, nlp: Language, seconds: Seconds | None = None) -> Analysis:
    """Runs every stage on one document.

    Args:
        document: the text and what is known of it.
        nlp: the pipeline of the document's language, from `language.load`.
        seconds: where given, the wall time of each stage is added to it.

    Raises:
        NoTextError: there is nothing but markup or characters that are not seen.
    """
    seconds = {} if seconds is None else seconds
    with timed(seconds, "layout"):
        blocks = tuple(block for block in layout.segment(document) if block.content.text)
    if not blocks:
        raise NoTextError(f"{document.path}: holds no text but markup; remove it or fill it")
    with timed(seconds, "language"):
        doc = language.annotate(nlp, blocks)
    with timed(seconds, "clauses"):
        found_clauses = tuple(clauses.segment(doc))
    with timed(seconds, "demands"):
        found_demands = tuple(demands.find(doc, found_clauses))
    with timed(seconds, "entities"):
        found_mentions = tuple(mentions.find(doc, anchor=document.date))
    return Analysis(document, blocks, doc, found_clauses, found_demands, found_mentions)


def extract_document(document: Document, nlp: Language) -> Extracted:
    """One document's rows, in source offsets, free of spaCy objects (so that processes can pass
    them)."""
    seconds: Seconds = {}
    analysis = analyse(document, nlp, seconds)
    with timed(seconds, "tables"):
        at = Positions(analysis)
        rows = tables.document_rows(analysis, at)
        rows["mentions"] = tables.mention_rows(analysis, at)
    doc = analysis.doc
    text = doc.text  # spaCy puts it together anew each time it is asked for
    return Extracted(
        document.doc_id,
        document.lang,
        rows,
        analysis.mentions,
        tuple(text[mention.start : mention.end] for mention in analysis.mentions),
        tuple(sentence.text for sentence in at.sentences),
        {
            clause_id: " ".join(doc[token].text for token in clause.tokens)
            for clause_id, clause in zip(at.clause_ids, analysis.clauses, strict=True)
        },
        seconds,
    )
