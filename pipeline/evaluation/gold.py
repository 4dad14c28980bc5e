"""Reads gold files and refuses what does not fit its text."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.dataset import Dataset
from pipeline.errors import ClausulaError
from pipeline.schema import DEMAND_ACTS, DEMAND_FORCES
from pipeline.types import CLAUSE_KINDS, COUNTRY_FORMS, MENTION_TYPES

Span = tuple[int, int]
Fragments = tuple[Span, ...]
COLUMNS = ("predicate", "subject", "marker", "finite", "negated", "modality", "voice")
CONTENT_KINDS = ("clause", "nominal", "itself")
_UNKNOWN = "\0"  # stands for characters outside every block: layout, whose text no table holds


class GoldError(ClausulaError):
    """A gold file is unusable; the message names the file, the line and what is wrong."""


@dataclass(frozen=True, slots=True)
class GoldMention:
    """An annotated mention, in source offsets."""

    start: int
    end: int
    text: str
    type: str
    form: str | None
    value: str | None
    provision: str | None
    entity_id: str | None
    optional: bool


@dataclass(frozen=True, slots=True)
class GoldSentence:
    """An annotated sentence: its span and its clauses as (fragments, kind)."""

    start: int
    end: int
    clauses: tuple[tuple[Fragments, str], ...]


@dataclass(frozen=True, slots=True)
class GoldGroup:
    """An aligned group: the spans of its sentences on both sides."""

    source: tuple[Span, ...]
    target: tuple[Span, ...]
    optional: bool


@dataclass(frozen=True, slots=True)
class GoldClauseGroup:
    """An aligned group of clauses: the fragments of each clause on both sides."""

    source: tuple[Fragments, ...]
    target: tuple[Fragments, ...]
    optional: bool


@dataclass(frozen=True, slots=True)
class GoldDemand:
    """An annotated act: the span of its predicate, and what it demands as (start, kind)."""

    start: int
    end: int
    text: str
    act: str
    speaker: str | None
    addressee: str | None
    content: tuple[tuple[int, str], ...]
    force: str
    optional: bool


@dataclass(frozen=True, slots=True)
class GoldColumns:
    """The columns of the clause that holds a predicate: column → the values that are right."""

    start: int
    end: int
    text: str
    accepted: Mapping[str, tuple[object, ...]]


@dataclass(slots=True)
class Gold:
    """All gold of one directory, by document; alignments by (source, target)."""

    mentions: dict[str, list[GoldMention]] = field(default_factory=dict)
    clauses: dict[str, list[GoldSentence]] = field(default_factory=dict)
    demands: dict[str, list[GoldDemand]] = field(default_factory=dict)
    columns: dict[str, list[GoldColumns]] = field(default_factory=dict)
    alignments: dict[tuple[str, str], list[GoldGroup]] = field(default_factory=dict)
    clause_alignments: dict[tuple[str, str], list[GoldClauseGroup]] = field(default_factory=dict)


def source_texts(dataset: Dataset) -> dict[str, str]:
    """Each document's text as far as its blocks hold it, other characters being NUL."""
    texts = {}
    blocks = dataset.blocks.groupby("doc_id")
    for row in dataset.documents.itertuples():
        parts: list[str] = []
        at = 0
        if row.doc_id in blocks.groups:
            for block in blocks.get_group(row.doc_id).sort_values("start").itertuples():
                parts += [_UNKNOWN * (block.start - at), block.text]
                at = block.end
        texts[row.doc_id] = "".join(parts) + _UNKNOWN * (row.n_chars - at)
    return texts


def read_gold(directory: Path, texts: Mapping[str, str]) -> Gold:
    """Reads and checks all gold files of a directory.

    Args:
        directory: holds `<doc_id>.entities.jsonl`, `<doc_id>.clauses.jsonl`,
            `<doc_id>.demands.jsonl`, `<doc_id>.columns.jsonl`, `<name>.alignment.json`,
            `<name>.clause-alignment.json`.
        texts: document id → source text, as `source_texts` gives them.

    Raises:
        GoldError: there is none, or one does not fit its text.
    """
    gold = Gold()
    if not directory.is_dir():
        raise GoldError(f"{directory}: no such directory; name one with gold files")
    for path in sorted(directory.glob("*.entities.jsonl")):
        doc_id = _document(path, ".entities.jsonl", texts)
        gold.mentions[doc_id] = _mentions(path, texts[doc_id])
    for path in sorted(directory.glob("*.clauses.jsonl")):
        doc_id = _document(path, ".clauses.jsonl", texts)
        gold.clauses[doc_id] = _sentences(path, texts[doc_id])
    for path in sorted(directory.glob("*.demands.jsonl")):
        doc_id = _document(path, ".demands.jsonl", texts)
        gold.demands[doc_id] = _demands(path, texts[doc_id])
    for path in sorted(directory.glob("*.columns.jsonl")):
        doc_id = _document(path, ".columns.jsonl", texts)
        gold.columns[doc_id] = _columns(path, texts[doc_id])
    for path in sorted(directory.glob("*.alignment.json")):
        for pair, rows in _groups(path, texts, _sentence).items():
            gold.alignments[pair] = [
                GoldGroup(
                    tuple(span for (span,) in source), tuple(span for (span,) in target), optional
                )
                for source, target, optional in rows
            ]
    for path in sorted(directory.glob("*.clause-alignment.json")):
        for pair, rows in _groups(path, texts, _fragments).items():
            gold.clause_alignments[pair] = [GoldClauseGroup(*row) for row in rows]
    if gold == Gold():
        raise GoldError(
            f"{directory}: no gold here; expected <doc_id>.entities.jsonl, .clauses.jsonl, "
            ".demands.jsonl or .columns.jsonl, <name>.alignment.json or .clause-alignment.json"
        )
    return gold


def _document(path: Path, ending: str, texts: Mapping[str, str]) -> str:
    doc_id = path.name.removesuffix(ending)
    if doc_id not in texts:
        raise GoldError(
            f"{path}: the dataset has no document {doc_id!r}; extract it too, or rename the file"
        )
    return doc_id


def _lines(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """(place, object) of each line; the place is for messages."""
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise GoldError(f"{path}: cannot be read as UTF-8 ({error})") from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        place = f"{path}, line {number}"
        try:
            value = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise GoldError(f"{place}: not JSON ({error})") from error
        if not isinstance(value, dict):
            raise GoldError(f"{place}: not a JSON object")
        yield place, value


def _list(place: str, value: object) -> list[Any]:
    if isinstance(value, list):
        return value
    raise GoldError(f"{place}: {str(value)[:80]} is no list")


def _span(place: str, value: object, size: int) -> Span:
    match value:
        case [int(start), int(end)] if 0 <= start < end <= size:
            return start, end
    raise GoldError(f"{place}: {value} is no span inside the text of {size} characters")


def _check_text(place: str, text: str, span: Span, expected: object) -> None:
    found = text[span[0] : span[1]]
    same = (
        isinstance(expected, str)
        and len(found) == len(expected)
        and all(a in (b, _UNKNOWN) for a, b in zip(found, expected, strict=True))
    )
    if not same:
        shown = found.replace(_UNKNOWN, " ")
        raise GoldError(f"{place}: the text at {span[0]}-{span[1]} is {shown!r}, not {expected!r}")


def _mentions(path: Path, text: str) -> list[GoldMention]:
    mentions = []
    last: dict[str, tuple[int, str]] = {}
    for place, row in sorted(_lines(path), key=lambda item: _start(*item)):
        span = _span(place, [row.get("start"), row.get("end")], len(text))
        _check_text(place, text, span, row.get("text"))
        kind = row.get("type")
        if kind not in MENTION_TYPES:
            raise GoldError(f"{place}: type {kind!r} is none of {', '.join(MENTION_TYPES)}")
        if row.get("form") not in (None, *COUNTRY_FORMS):
            raise GoldError(f"{place}: form {row['form']!r} is none of {', '.join(COUNTRY_FORMS)}")
        end, other = last.get(kind, (0, ""))
        if span[0] < end:
            raise GoldError(f"{place}: overlaps the {kind} of {other}")
        last[kind] = (span[1], place)
        mentions.append(
            GoldMention(
                *span,
                row["text"],
                kind,
                row.get("form"),
                row.get("value"),
                row.get("provision"),
                row.get("entity_id"),
                bool(row.get("optional", False)),
            )
        )
    return mentions


def _start(place: str, row: dict[str, Any]) -> int:
    start = row.get("start")
    if not isinstance(start, int):
        raise GoldError(f"{place}: start is {start!r}, not a number")
    return start


def _sentences(path: Path, text: str) -> list[GoldSentence]:
    sentences = []
    for place, row in _lines(path):
        span = _span(place, [row.get("start"), row.get("end")], len(text))
        _check_text(place, text, span, row.get("text"))
        clauses = []
        taken: set[int] = set()
        for clause in _list(place, row.get("clauses") or []):
            if not isinstance(clause, dict):
                raise GoldError(f"{place}: {clause!r} is no clause; write an object")
            if clause.get("kind") not in CLAUSE_KINDS:
                raise GoldError(f"{place}: kind {clause.get('kind')!r} is no kind of clause")
            parts = tuple(
                _span(place, part, len(text))
                for part in _list(place, clause.get("fragments") or [])
            )
            chars = {char for start, end in parts for char in range(start, end)}
            if not parts or chars & taken or min(chars) < span[0] or max(chars) >= span[1]:
                raise GoldError(
                    f"{place}: a clause is empty, leaves the sentence or overlaps another"
                )
            taken |= chars
            clauses.append((parts, clause["kind"]))
        sentences.append(GoldSentence(*span, tuple(clauses)))
    return sentences


def _demands(path: Path, text: str) -> list[GoldDemand]:
    demands = []
    for place, row in _lines(path):
        span = _span(place, [row.get("start"), row.get("end")], len(text))
        _check_text(place, text, span, row.get("text"))
        for name, values in (("act", DEMAND_ACTS), ("force", DEMAND_FORCES)):
            if row.get(name) not in values:
                raise GoldError(f"{place}: {name} {row.get(name)!r} is none of {', '.join(values)}")
        content = []
        for part in row.get("content") or ():
            start = _start(place, part)
            _check_text(place, text, (start, start + len(part["text"])), part["text"])
            if part.get("kind") not in CONTENT_KINDS:
                kinds = ", ".join(CONTENT_KINDS)
                raise GoldError(f"{place}: kind {part.get('kind')!r} is none of {kinds}")
            content.append((start, part["kind"]))
        if not content:
            raise GoldError(f"{place}: says nothing of what is demanded")
        demands.append(
            GoldDemand(
                *span,
                row["text"],
                row["act"],
                row.get("speaker"),
                row.get("addressee"),
                tuple(content),
                row["force"],
                bool(row.get("optional", False)),
            )
        )
    return demands


def _columns(path: Path, text: str) -> list[GoldColumns]:
    clauses = []
    for place, row in _lines(path):
        span = _span(place, [row.get("start"), row.get("end")], len(text))
        _check_text(place, text, span, row.get("text"))
        accepted = {}
        for name in COLUMNS:
            if name not in row:
                raise GoldError(f"{place}: has no {name}")
            value = row[name]
            accepted[name] = tuple(value) if isinstance(value, list) else (value,)
        clauses.append(GoldColumns(*span, row["text"], accepted))
    return clauses


GroupRow = tuple[tuple[Fragments, ...], tuple[Fragments, ...], bool]


def _sentence(place: str, value: object, size: int) -> Fragments:
    return (_span(place, value, size),)


def _fragments(place: str, value: object, size: int) -> Fragments:
    if not isinstance(value, list) or not value:
        raise GoldError(f"{place}: {value} is no list of fragments")
    return tuple(_span(place, part, size) for part in value)


def _groups(
    path: Path, texts: Mapping[str, str], unit: Callable[[str, object, int], Fragments]
) -> dict[tuple[str, str], list[GroupRow]]:
    """The groups of a file by their documents; `unit` reads one sentence or clause."""
    try:
        rows = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise GoldError(f"{path}: cannot be read as JSON ({error})") from error
    found: dict[tuple[str, str], list[GroupRow]] = {}
    taken: dict[str, list[Span]] = {}
    for number, row in enumerate(_list(str(path), rows), start=1):
        place = f"{path}, group {number}"
        if not isinstance(row, dict):
            raise GoldError(f"{place}: {row!r} is no group; write an object")
        ids = [key for key in row if key != "optional"]
        if len(ids) != 2 or any(doc_id not in texts for doc_id in ids):
            raise GoldError(f"{place}: needs two documents of the dataset, has {ids}")
        sides = []
        for doc_id in ids:
            units = tuple(
                unit(place, part, len(texts[doc_id])) for part in _list(place, row[doc_id])
            )
            for span in (span for fragments in units for span in fragments):
                if any(span[0] < end and start < span[1] for start, end in taken.get(doc_id, ())):
                    raise GoldError(f"{place}: {doc_id} {span} overlaps another group")
                taken.setdefault(doc_id, []).append(span)
            sides.append(units)
        if (ids[1], ids[0]) in found:  # this row names the two the other way round
            ids, sides = ids[::-1], sides[::-1]
        group = (sides[0], sides[1], bool(row.get("optional", False)))
        found.setdefault((ids[0], ids[1]), []).append(group)
    return found
