"""The tables of the dataset, declared once: used to write, to validate and to document them.

The contract of names, types and meanings; `clausula validate` and `docs/tables.md` come from here.
"""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa

from pipeline.types import (
    BLOCK_KINDS,
    CLAUSE_KINDS,
    COUNTRY_FORMS,
    DOCUMENT_KINDS,
    LANGUAGES,
    MENTION_TYPES,
)

SCHEMA_VERSION = "1.0"
VERSION_KEY = "clausula_schema_version"  # in the metadata of each Parquet file

MODALITIES = (
    "obligation",
    "recommendation",
    "permission",
    "possibility",
    "prohibition",
    "intention",
)
VOICES = ("active", "passive")
DEMAND_ACTS = ("call", "condemn", "welcome", "express_concern", "reaffirm", "commit", "inform")
DEMAND_FORCES = ("strong", "plain")
UPOS = tuple(
    "ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split()
)

_SPAN = pa.struct(
    [pa.field("start", pa.int32(), nullable=False), pa.field("end", pa.int32(), nullable=False)]
)
_IDS = pa.list_(pa.field("item", pa.string(), nullable=False))


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `values` closes its vocabulary, `refers_to` names the table whose key it holds."""

    name: str
    type: pa.DataType
    description: str
    nullable: bool = False
    values: tuple[str, ...] = ()
    refers_to: str | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table. `key` is its first column; `spans` says that start, end and text hold one span."""

    name: str
    row: str
    columns: tuple[Column, ...]
    spans: bool = False

    @property
    def key(self) -> str | None:
        """The primary key: every table has one."""
        return self.columns[0].name

    def arrow(self) -> pa.Schema:
        """The Arrow schema, with a description for each column and the schema's version."""
        fields = [
            pa.field(c.name, c.type, c.nullable, {"description": c.description})
            for c in self.columns
        ]
        metadata = {
            VERSION_KEY: SCHEMA_VERSION,
            "clausula_table": self.name,
            "description": f"One row per {self.row}.",
        }
        return pa.schema(fields, metadata)


def _text(name: str, description: str, **options: object) -> Column:
    return Column(name, pa.string(), description, **options)  # type: ignore[arg-type]


def _number(name: str, description: str, **options: object) -> Column:
    return Column(name, pa.int32(), description, **options)  # type: ignore[arg-type]


_DOC = _text("doc_id", "The document, as in corpus.toml", refers_to="documents")
_SENTENCE = _text("sentence_id", "The sentence it stands in", refers_to="sentences")
_START = _number("start", "First code point in the source text")
_END = _number("end", "One past the last code point in the source text")
_TEXT = _text("text", "source[start:end], line breaks and markup as they are")

DOCUMENTS = Table(
    "documents",
    "source file",
    (
        _text("doc_id", "Key, as in corpus.toml"),
        _text("lang", "nl, en or sv", values=LANGUAGES, nullable=True),
        _text("kind", "Kind of text", values=DOCUMENT_KINDS),
        _text("title", "Title, from corpus.toml", nullable=True),
        _text("publisher", "Publisher, from corpus.toml", nullable=True),
        Column("date", pa.date32(), "Date of the document; dates without a year use it", True),
        _text("path", "Path of the file inside the corpus directory"),
        _text("sha256", "SHA-256 of the file; null when it could not be read", nullable=True),
        _number("n_chars", "Code points in the text; 0 when the document failed"),
        _number("n_tokens", "Tokens; 0 when the document failed"),
        _text("status", "ok, or failed", values=("ok", "failed")),
        _text("error", "Why the document failed, and the remedy", nullable=True),
    ),
)
BLOCKS = Table(
    "blocks",
    "layout block",
    (
        _text("block_id", "Key: document and a digest of the block's text"),
        _DOC,
        _number("ordinal", "Place in the document, from 1"),
        _text("kind", "What the block is", values=BLOCK_KINDS),
        _text("label", "Its enumeration mark (1., A., •), if any", nullable=True),
        _START,
        _END,
        _TEXT,
    ),
    spans=True,
)
SENTENCES = Table(
    "sentences",
    "sentence",
    (
        _text("sentence_id", "Key: document and a digest of the sentence's text"),
        _DOC,
        _text("block_id", "The block it stands in", refers_to="blocks"),
        _number("ordinal", "Place in the document, from 1"),
        _START,
        _END,
        _TEXT,
        _number("n_tokens", "Number of tokens"),
    ),
    spans=True,
)
TOKENS = Table(
    "tokens",
    "token",
    (
        _text("token_id", "Key: sentence and ordinal"),
        _SENTENCE,
        _DOC,
        _number("ordinal", "Place in the sentence, from 1 (the ID of CoNLL-U)"),
        _START,
        _END,
        _TEXT,
        _text("lemma", "Lemma"),
        _text("upos", "Universal part of speech", values=UPOS),
        _text("feats", "Universal features, as in CoNLL-U; null when none", nullable=True),
        _number("head", "Ordinal of the syntactic head; 0 for the root"),
        _text("deprel", "Universal dependency relation to the head"),
        _text("clause_id", "The clause it belongs to", refers_to="clauses"),
    ),
    spans=True,
)
CLAUSES = Table(
    "clauses",
    "clause: one predicate with its dependents",
    (
        _text("clause_id", "Key: sentence and ordinal"),
        _SENTENCE,
        _DOC,
        _text("parent_id", "The clause it is embedded in", nullable=True, refers_to="clauses"),
        _number("ordinal", "Place in the sentence by first token, from 1"),
        _text("kind", "How it relates to its parent", values=CLAUSE_KINDS),
        _START,
        _END,
        Column(
            "fragments",
            pa.list_(pa.field("item", _SPAN, nullable=False)),
            "Source spans of its parts: several when a clause or a page's end is in its middle",
        ),
        _text("text", "The fragments, joined by one space"),
        _text("predicate", "Lemma of its predicate, particle included", nullable=True),
        _text("subject", "The subject's head, inherited where syntax tells", nullable=True),
        _text("marker", "Conjunction, relative word or infinitive marker", nullable=True),
        Column("finite", pa.bool_(), "Whether its verb is finite"),
        Column("negated", pa.bool_(), "Whether its predicate is negated"),
        _text("modality", "The force of its modal", nullable=True, values=MODALITIES),
        _text("voice", "active or passive; null without a verb", nullable=True, values=VOICES),
    ),
)
MENTIONS = Table(
    "mentions",
    "entity mention",
    (
        _text("mention_id", "Key: sentence, type and place in the sentence"),
        _DOC,
        _SENTENCE,
        _text("clause_id", "The clause in which it begins", refers_to="clauses"),
        _text("type", "What it names", values=MENTION_TYPES),
        _text("form", "For a country: name or derived word", nullable=True, values=COUNTRY_FORMS),
        _START,
        _END,
        _TEXT,
        _text("entity_id", "The thing that it names", refers_to="entities"),
        _text("value", "For a date: its value in EDTF", nullable=True),
        _text("provision", "For an instrument: the pinpoint, as art. 7(1)", nullable=True),
        _text("source", "The rule, lexicon or model that found it"),
        Column("score", pa.float32(), "Confidence, from 0 to 1"),
    ),
    spans=True,
)
ENTITIES = Table(
    "entities",
    "thing mentioned",
    (
        _text("entity_id", "Key, as country:BY or instrument:cets:210"),
        _text("type", "What it is", values=MENTION_TYPES),
        _text("label", "Its name, English where known"),
        _text("label_nl", "Its name in Dutch", nullable=True),
        _text("label_en", "Its name in English", nullable=True),
        _text("label_sv", "Its name in Swedish", nullable=True),
        Column(
            "identifiers",
            pa.map_(pa.string(), pa.field("value", pa.string(), nullable=False)),
            "Identifiers by scheme: iso3166-1, celex, cets, unts, procedure, …",
        ),
        _number("n_mentions", "Mentions in this dataset"),
        _number("n_documents", "Documents in this dataset that mention it"),
    ),
)
ALIGNMENTS = Table(
    "alignments",
    "aligned group",
    (
        _text("alignment_id", "Key: the two documents and a digest of the ids"),
        _text("level", "sentence or clause", values=("sentence", "clause")),
        _text("source_doc", "The first document", refers_to="documents"),
        _text("target_doc", "The second document", refers_to="documents"),
        Column("source_ids", _IDS, "Sentence or clause ids; empty in a 0-1 group"),
        Column("target_ids", _IDS, "Sentence or clause ids; empty in a 1-0 group"),
        _text("kind", "How many on each side: 1-1, 1-2, 1-0, …"),
        Column("score", pa.float32(), "Calibrated confidence, from 0 to 1"),
        _text("source_text", "Texts of the source side, joined by one space", nullable=True),
        _text("target_text", "Texts of the target side, joined by one space", nullable=True),
    ),
)
DEMANDS = Table(
    "demands",
    "thing that somebody demands, condemns, welcomes, …",
    (
        _text("demand_id", "Key: the clause and the act"),
        _DOC,
        _text("clause_id", "The clause that does it", refers_to="clauses"),
        _text("act", "What the clause does", values=DEMAND_ACTS),
        _text("speaker", "Who speaks", nullable=True),
        _text("addressee", "To whom", nullable=True),
        Column("content_clause_ids", _IDS, "The clauses that say what"),
        _text("force", "How strongly", values=DEMAND_FORCES, nullable=True),
    ),
)

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        DOCUMENTS,
        BLOCKS,
        SENTENCES,
        TOKENS,
        CLAUSES,
        MENTIONS,
        ENTITIES,
        ALIGNMENTS,
        DEMANDS,
    )
}
