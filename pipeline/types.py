"""The plain values that pass between the stages. All are frozen; none knows a stage.

Two systems of coordinates exist, and only two:

* *source* offsets: half-open, in Unicode code points of the file's text as decoded. `Block.start`
  and everything in the written tables use them.
* *Doc* positions: character offsets into `Doc.text` and token indices of the spaCy `Doc`, whose
  text is the cleaned text (wrapped lines joined, soft hyphens and Markdown emphasis gone). Every
  stage after `language` works with them; `pipeline.tables` translates once, at the end.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

LANGUAGES = ("nl", "en", "sv")
DOCUMENT_KINDS = ("letter", "news", "conclusions", "resolution", "treaty", "other")
BLOCK_KINDS = (
    "heading",
    "paragraph",
    "list_item",
    "recital",
    "article",
    "footnote",
    "salutation",
    "signature",
    "metadata",
    "furniture",
)
CLAUSE_KINDS = (
    "main",
    "coordinate",
    "complement",
    "adverbial",
    "relative",
    "subject",
    "infinitive",
    "participial",
    "parenthetical",
    "fragment",
)
MENTION_TYPES = ("PERSON", "COUNTRY", "INSTRUMENT", "DATE")
COUNTRY_FORMS = ("name", "adjective", "demonym")


@dataclass(frozen=True, slots=True)
class Document:
    """One source file, decoded. `text` is exactly what the file holds, byte-order mark removed."""

    doc_id: str
    text: str
    lang: str
    kind: str = "other"
    title: str | None = None
    publisher: str | None = None
    date: dt.date | None = None
    path: str = ""
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class MappedText:
    """Cleaned text and, for each of its characters, the source span `[starts[i], ends[i])`."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """Source offsets of the non-empty cleaned span `[start, end)`."""
        return self.starts[start], self.ends[end - 1]


@dataclass(frozen=True, slots=True)
class Block:
    """A layout block. `start` and `end` are source offsets; `content` is its cleaned text.

    `asides` are character spans in `content.text` that are not part of the running text: the
    item's label (`1.`, `•`) and footnote marks (`¹`, `(1)`). The parser does not see them.
    """

    kind: str
    label: str | None
    start: int
    end: int
    content: MappedText
    asides: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Clause:
    """One predicate with its dependents. `tokens` are token indices in the Doc, ascending.

    `parent` is the index, in the list that `clauses.segment` returns, of the clause in which this
    one is embedded (None for a sentence's first main clause or fragment). `head` is the token
    index of the syntactic head.
    """

    sentence: int
    kind: str
    head: int
    tokens: tuple[int, ...]
    parent: int | None = None
    predicate: str | None = None
    subject: str | None = None
    marker: str | None = None
    finite: bool = False
    negated: bool = False
    modality: str | None = None
    voice: str | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing that mentions denote. `labels` maps a language to the name used there."""

    entity_id: str
    type: str
    label: str
    labels: Mapping[str, str] = field(default_factory=dict)
    identifiers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Mention:
    """A span of `Doc.text` that names something.

    `entity` is the thing it denotes where the recogniser knows it (a country, a date, a listed
    instrument); None leaves it to `linking` (people, unlisted instruments). `source` names the
    rule, lexicon or model that found it, as in `lexicon:countries` or `model:ner`.
    """

    type: str
    start: int
    end: int
    source: str
    score: float = 1.0
    form: str | None = None
    value: str | None = None
    provision: str | None = None
    entity: Entity | None = None


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence or clause as the aligner sees it.

    `anchors` are language-neutral things that translations share: entity ids, numbers.
    """

    text: str
    kind: str = "paragraph"
    label: str | None = None
    anchors: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Group:
    """An aligned group: indices into the two lists of units, either of which may be empty."""

    source: tuple[int, ...]
    target: tuple[int, ...]
    score: float
