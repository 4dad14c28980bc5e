"""Checks a dataset against the contract: schema, keys, vocabularies and offsets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pyarrow as pa

from pipeline.corpus import read as read_corpus
from pipeline.dataset import Dataset, DatasetError
from pipeline.schema import SCHEMA_VERSION, TABLES, VERSION_KEY, Column, Table
from pipeline.types import Document

_EXAMPLES = 5  # rows named per fault


@dataclass(frozen=True, slots=True)
class Fault:
    """One way in which a table breaks the contract, with some of the rows that do."""

    table: str
    column: str
    message: str
    rows: tuple[str, ...] = ()

    def __str__(self) -> str:
        where = f"{self.table}.{self.column}" if self.column else self.table
        rows = f": {', '.join(self.rows)}" if self.rows else ""
        return f"{where}: {self.message}{rows}"


def validate(dataset: Dataset, corpus: Path | None = None) -> list[Fault]:
    """All faults of the dataset; an empty list means that it keeps the contract.

    Args:
        dataset: what to check.
        corpus: the corpus of the source files; where given, every row with a span is compared
            with its source. Without it, spans are checked against the documents' lengths and
            against each other.
    """
    faults: list[Fault] = []
    frames: dict[str, pd.DataFrame] = {}
    for table in TABLES.values():
        try:
            arrow = dataset.arrow(table.name)
        except DatasetError as error:
            faults.append(Fault(table.name, "", str(error)))
            continue
        wrong = list(_schema_faults(table, arrow))
        faults.extend(wrong)
        if not wrong:
            frames[table.name] = arrow.to_pandas(types_mapper=pd.ArrowDtype)
    if len(frames) < len(TABLES):
        return faults
    for table in TABLES.values():
        frame = frames[table.name]
        faults.extend(_key_faults(table, frame))
        for column in table.columns:
            faults.extend(_column_faults(table, column, frames))
        faults.extend(_span_faults(table, frames))
    for check in (
        _partition_faults,
        _fragment_faults,
        _tree_faults,
        _list_faults,
        _ordinal_faults,
        _total_faults,
    ):
        faults.extend(check(frames))
    faults.extend(_count_faults(dataset, frames))
    if corpus is not None:
        faults.extend(_source_faults(frames, corpus))
    return faults


def _schema_faults(table: Table, arrow: pa.Table) -> Iterator[Fault]:
    expected = table.arrow()
    version = (
        (arrow.schema.metadata or {}).get(VERSION_KEY.encode(), b"").decode("utf-8", "replace")
    )
    if version != SCHEMA_VERSION:
        yield Fault(
            table.name, "", f"schema version {version or 'not given'}, not {SCHEMA_VERSION}"
        )
    if arrow.schema.names != expected.names:
        yield Fault(table.name, "", f"columns {arrow.schema.names}, expected {expected.names}")
        return
    for column, field in zip(table.columns, arrow.schema, strict=True):
        if field.type != column.type:
            yield Fault(table.name, column.name, f"type {field.type}, expected {column.type}")
        elif field.nullable != column.nullable:
            yield Fault(table.name, column.name, f"nullable={field.nullable} in the schema")
        elif not column.nullable and arrow[column.name].null_count:
            yield Fault(table.name, column.name, "holds nulls")


def _rows(table: Table, frame: pd.DataFrame, wrong: pd.Series) -> tuple[str, ...]:
    keys = frame.loc[wrong.fillna(True).astype(bool), table.columns[0].name]
    rest = len(keys) - _EXAMPLES
    return (*map(str, keys.head(_EXAMPLES)), *([f"and {rest} more"] if rest > 0 else []))


def _fault(
    table: Table, column: str, frame: pd.DataFrame, wrong: pd.Series, message: str
) -> Iterator[Fault]:
    if wrong.fillna(True).astype(bool).any():
        yield Fault(table.name, column, message, _rows(table, frame, wrong))


def _key_faults(table: Table, frame: pd.DataFrame) -> Iterator[Fault]:
    key = frame[table.columns[0].name]
    yield from _fault(table, str(key.name), frame, key.duplicated(keep=False), "not unique")


def _column_faults(
    table: Table, column: Column, frames: dict[str, pd.DataFrame]
) -> Iterator[Fault]:
    frame = frames[table.name]
    values = frame[column.name]
    present = values.notna()
    if column.values:
        wrong = present & ~values.isin(column.values)
        yield from _fault(table, column.name, frame, wrong, "not in the vocabulary")
    if column.type == pa.float32():
        wrong = ~values.between(0, 1)
        yield from _fault(table, column.name, frame, wrong, "not from 0 to 1")
    if column.refers_to:
        other = frames[column.refers_to]
        wrong = present & ~values.isin(other[other.columns[0]])
        yield from _fault(table, column.name, frame, wrong, f"not a key of {column.refers_to}")


def _looked_up(keys: pd.Series, other: pd.DataFrame, column: str) -> pd.Series:
    """The number in `column` of the row of `other` that each key names; 0 where there is none."""
    numbers = dict(zip(other[other.columns[0]], other[column], strict=True))
    return pd.Series([numbers.get(key, 0) for key in keys], index=keys.index, dtype="int64")


def _span_faults(table: Table, frames: dict[str, pd.DataFrame]) -> Iterator[Fault]:
    if not table.spans:
        return
    frame = frames[table.name]
    size = _looked_up(frame["doc_id"], frames["documents"], "n_chars")
    outside = (frame["start"] < 0) | (frame["end"] > size) | (frame["start"] >= frame["end"])
    yield from _fault(table, "start", frame, outside, "span empty or outside the document")
    parents = _PARENTS.get(table.name)
    if parents is None:
        wrong = frame["text"].map(len) != frame["end"].astype("int64") - frame["start"]
        yield from _fault(table, "text", frame, wrong, "not as long as its span")
        return
    column, parent_table = parents
    parent = frames[parent_table].drop_duplicates(column).set_index(column)
    wrong = pd.Series(
        [
            not _stands_in(parent, key, start, end, text)
            for key, start, end, text in zip(
                frame[column], frame["start"], frame["end"], frame["text"], strict=True
            )
        ],
        index=frame.index,
        dtype=bool,
    )
    yield from _fault(
        table, "text", frame, wrong, f"not what its row in {parent_table} holds there"
    )


# Where the text of a row with one span can be read again without the source file.
_PARENTS = {
    "sentences": ("block_id", "blocks"),
    "tokens": ("sentence_id", "sentences"),
    "mentions": ("sentence_id", "sentences"),
}


def _stands_in(parent: pd.DataFrame, key: str, start: int, end: int, text: str) -> bool:
    """Whether the row `key` of `parent` holds `text` at source offsets `[start, end)`."""
    if key not in parent.index:
        return False
    offset = int(parent.at[key, "start"])
    return start >= offset and parent.at[key, "text"][start - offset : end - offset] == text


def _fragment_faults(frames: dict[str, pd.DataFrame]) -> Iterator[Fault]:
    """A clause's text is its fragments' texts, and its span runs from the first to the last."""
    clauses = frames["clauses"]
    sentences = frames["sentences"].drop_duplicates("sentence_id").set_index("sentence_id")
    starts, texts = sentences["start"].to_dict(), sentences["text"].to_dict()
    wrong = []
    for row in clauses.itertuples():
        offset, sentence = starts.get(row.sentence_id, 0), texts.get(row.sentence_id, "")
        spans = [(part["start"], part["end"]) for part in row.fragments]
        joined = " ".join(sentence[start - offset : end - offset] for start, end in spans)
        ends = (spans[0][0], spans[-1][1]) if spans else None
        wrong.append(joined != row.text or ends != (row.start, row.end))
    at_fault = pd.Series(wrong, index=clauses.index, dtype=bool)
    yield from _fault(
        TABLES["clauses"], "fragments", clauses, at_fault, "do not add up to span and text"
    )


def _tree_faults(frames: dict[str, pd.DataFrame]) -> Iterator[Fault]:
    """Ordinals run 1…n in each sentence, and each head is 0 or one of them."""
    tokens = frames["tokens"]
    size = _looked_up(tokens["sentence_id"], frames["sentences"], "n_tokens")
    rank = tokens.groupby("sentence_id").cumcount() + 1
    yield from _fault(
        TABLES["tokens"], "ordinal", tokens, tokens["ordinal"] != rank, "not in order from 1"
    )
    outside = (tokens["head"] < 0) | (tokens["head"] > size)
    yield from _fault(TABLES["tokens"], "head", tokens, outside, "no ordinal of its sentence")


def _list_faults(frames: dict[str, pd.DataFrame]) -> Iterator[Fault]:
    """Ids inside lists must be keys as well."""
    sentences = set(frames["sentences"]["sentence_id"])
    clauses = set(frames["clauses"]["clause_id"])
    keys = {"sentence": sentences, "clause": clauses}
    alignments, demands = frames["alignments"], frames["demands"]
    for column in ("source_ids", "target_ids"):
        wrong = pd.Series(
            [
                not keys.get(level, set()).issuperset(ids)
                for level, ids in zip(alignments["level"], alignments[column], strict=True)
            ],
            index=alignments.index,
            dtype=bool,
        )
        yield from _fault(TABLES["alignments"], column, alignments, wrong, "holds unknown ids")
    wrong = ~demands["content_clause_ids"].map(lambda ids: clauses.issuperset(ids)).astype(bool)
    yield from _fault(
        TABLES["demands"], "content_clause_ids", demands, wrong, "holds unknown clause ids"
    )


def _ordinal_faults(frames: dict[str, pd.DataFrame]) -> Iterator[Fault]:
    """Places run from 1 without a gap, in a document or, for clauses, in a sentence."""
    for name, owner in (("blocks", "doc_id"), ("sentences", "doc_id"), ("clauses", "sentence_id")):
        frame = frames[name]
        places = frame.groupby(owner)["ordinal"]
        wrong = (frame["ordinal"] < 1) | (frame["ordinal"] > places.transform("size"))
        wrong |= frame.duplicated([owner, "ordinal"], keep=False)
        yield from _fault(TABLES[name], "ordinal", frame, wrong, "not counted from 1")


def _total_faults(frames: dict[str, pd.DataFrame]) -> Iterator[Fault]:
    """Columns that count the rows of other tables, or the members of a list."""
    mentions = frames["mentions"]
    by_entity = mentions.groupby("entity_id")["doc_id"]
    tokens = frames["tokens"]
    for name, column, counts in (
        ("documents", "n_tokens", tokens["doc_id"].value_counts()),
        ("sentences", "n_tokens", tokens["sentence_id"].value_counts()),
        ("entities", "n_mentions", by_entity.size()),
        ("entities", "n_documents", by_entity.nunique()),
    ):
        frame, found = frames[name], counts.to_dict()
        wrong = pd.Series(
            [
                number != found.get(key, 0)
                for key, number in zip(frame[frame.columns[0]], frame[column], strict=True)
            ],
            index=frame.index,
            dtype=bool,
        )
        yield from _fault(TABLES[name], column, frame, wrong, "not the number of rows")
    groups = frames["alignments"]
    wrong = pd.Series(
        [
            kind != f"{len(source)}-{len(target)}"
            for kind, source, target in zip(
                groups["kind"], groups["source_ids"], groups["target_ids"], strict=True
            )
        ],
        index=groups.index,
        dtype=bool,
    )
    yield from _fault(TABLES["alignments"], "kind", groups, wrong, "not the numbers of ids")


def _partition_faults(frames: dict[str, pd.DataFrame]) -> Iterator[Fault]:
    """Each token's clause must lie in the token's own sentence, and each clause have a token."""
    tokens, clauses = frames["tokens"], frames["clauses"]
    sentence_of = clauses.set_index("clause_id")["sentence_id"]
    if sentence_of.index.has_duplicates:
        return
    wrong = tokens["clause_id"].map(sentence_of) != tokens["sentence_id"]
    yield from _fault(TABLES["tokens"], "clause_id", tokens, wrong, "clause of another sentence")
    empty = ~clauses["clause_id"].isin(tokens["clause_id"])
    yield from _fault(TABLES["clauses"], "clause_id", clauses, empty, "no token belongs to it")


def _count_faults(dataset: Dataset, frames: dict[str, pd.DataFrame]) -> Iterator[Fault]:
    try:
        rows = dataset.run.get("rows")
    except DatasetError as error:
        yield Fault("run.json", "", str(error))
        return
    if not isinstance(rows, dict):
        yield Fault("run.json", "rows", "missing, or not a count for each table")
        return
    for name, frame in frames.items():
        if rows.get(name) != len(frame):
            yield Fault(name, "", f"{len(frame)} rows, run.json says {rows.get(name)}")


def _source_faults(frames: dict[str, pd.DataFrame], corpus: Path) -> Iterator[Fault]:
    """Rows with one span that are not what the source file holds there."""
    texts = {
        document.doc_id: document.text
        for document in read_corpus(corpus).documents
        if isinstance(document, Document)
    }
    for table in TABLES.values():
        if not table.spans:
            continue
        frame = frames[table.name]
        wrong = pd.Series(
            [
                texts.get(doc_id, "")[start:end] != text
                for doc_id, start, end, text in zip(
                    frame["doc_id"], frame["start"], frame["end"], frame["text"], strict=True
                )
            ],
            index=frame.index,
            dtype=bool,
        )
        yield from _fault(table, "text", frame, wrong, f"not what {corpus} holds there")
