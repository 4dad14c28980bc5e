"""Reads a corpus: its manifest, the files that it names, and what is wrong with either.

A fault of the corpus as a whole (no such directory, a manifest that does not say what to do) is a
`CorpusError`, one line that names the file, the place and the remedy. A fault of one file makes a
`FailedDocument`, so that the others are still done.
"""

from __future__ import annotations

import datetime as dt
import difflib
import hashlib
import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from pipeline.detection import detect_language
from pipeline.errors import ClausulaError
from pipeline.text_file import UnreadableFileError, decode, load
from pipeline.types import DOCUMENT_KINDS, LANGUAGES, Document

MANIFEST = "corpus.toml"


class CorpusError(ClausulaError):
    """The corpus cannot be used; the message is one line for the user."""


@dataclass(frozen=True, slots=True)
class FailedDocument:
    """A document that could not be read, and why, in one line."""

    doc_id: str
    path: str
    error: str
    lang: str | None = None
    kind: str = "other"
    title: str | None = None
    publisher: str | None = None
    date: dt.date | None = None
    sha256: str = ""

    @classmethod
    def of(cls, document: Document, error: str) -> FailedDocument:
        """The failure of a document that could be read, but not worked on."""
        return cls(
            document.doc_id,
            document.path,
            error,
            lang=document.lang,
            kind=document.kind,
            title=document.title,
            publisher=document.publisher,
            date=document.date,
            sha256=document.sha256,
        )


@dataclass(frozen=True, slots=True)
class Corpus:
    """What a manifest or a directory names, in its order.

    `alignments` are pairs of document ids, source first; `models` maps a language to the model
    that the user chose for it (see `language.load`).
    """

    root: Path
    documents: tuple[Document | FailedDocument, ...]
    alignments: tuple[tuple[str, str], ...] = ()
    models: Mapping[str, str] = field(default_factory=dict)


_Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid")

    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+\z")]
    path: _Text
    lang: str
    kind: str = "other"
    title: _Text | None = None
    publisher: _Text | None = None
    date: dt.date | None = None


class _Pair(BaseModel):
    model_config = ConfigDict(extra="forbid")

    source: str
    target: str


class _Manifest(BaseModel):
    model_config = ConfigDict(extra="forbid")

    documents: list[_Entry] = Field(min_length=1)
    alignments: list[_Pair] = []
    models: dict[str, _Text] = {}


def read(path: Path) -> Corpus:
    """The corpus at `path`, which is a manifest, or a directory with or without a `corpus.toml`.

    Raises:
        CorpusError: the corpus is unusable; see the module's docstring.
    """
    path = Path(path)
    try:
        is_directory, is_file = path.is_dir(), path.is_file()
    except (OSError, ValueError) as error:
        raise CorpusError(f"{path}: no path that can be used ({error}); correct it") from error
    if is_directory:
        manifest = path / MANIFEST
        return _read_manifest(manifest) if manifest.is_file() else _read_directory(path)
    if is_file:
        if path.suffix != ".toml":
            raise CorpusError(
                f"{path}: a corpus is a directory or a {MANIFEST}; put the text in a directory"
            )
        return _read_manifest(path)
    raise CorpusError(f"{path}: no such file or directory; give a directory or its {MANIFEST}")


# --- manifest -------------------------------------------------------------------------------------


def _read_manifest(manifest: Path) -> Corpus:
    content = _parse(manifest)
    root = manifest.parent
    _check(manifest, content)
    paths = [_inside(root, entry, manifest) for entry in content.documents]
    return Corpus(
        root=root,
        documents=tuple(map(_read_entry, content.documents, paths)),
        alignments=tuple((pair.source, pair.target) for pair in content.alignments),
        models=content.models,
    )


def _parse(manifest: Path) -> _Manifest:
    try:
        table = tomllib.loads(decode(load(manifest)))
    except UnreadableFileError as error:
        raise CorpusError(f"{manifest}: {error}") from error
    # Numbers of thousands of digits and brackets that deep are refused by Python, not by TOML.
    except (ValueError, RecursionError) as error:
        raise CorpusError(f"{manifest}: not valid TOML: {error}; correct that line") from error
    try:
        return _Manifest.model_validate(table)
    except ValidationError as error:
        raise CorpusError(f"{manifest}: {_explain(error.errors()[0], table)}") from error


def _explain(error: Any, table: dict[str, Any]) -> str:
    """One pydantic error as a sentence that names the place and the remedy."""
    place, model = _place(error["loc"], table)
    name = str(error["loc"][-1]) if error["loc"] else ""
    match error["type"]:
        case "extra_forbidden":
            close = difflib.get_close_matches(name, model.model_fields, n=1)
            known = ", ".join(model.model_fields)
            remedy = f'did you mean "{close[0]}"?' if close else f"the keys are {known}"
            return f'{place}unknown key "{name}"; {remedy}'
        case "missing" if name != "documents":
            return f'{place}"{name}" is missing; add it'
        case "missing" | "too_short":
            return "names no documents; add a [[documents]] table with id, path and lang"
        case "string_pattern_mismatch":
            return (
                f'{place}"{name}" is "{error["input"]}"; '
                "use small letters a-z, digits and hyphens only"
            )
        case "string_type":
            return f'{place}"{name}" is no text; put it in quotes'
        case "string_too_short":
            return f'{place}"{name}" is empty; fill it or leave it out'
        case kind if kind.startswith("date"):
            return f'{place}"{name}" is no date; write it without a time, as in date = 2024-01-10'
        case "list_type":
            return f'"{name}" is no list of tables; write [[{name}]] above each'
        case "dict_type":
            return f'"{name}" is no table; write [{name}] above its keys'
        case "model_type":
            return f"{place}not a table; write [[{error['loc'][0]}]] above its keys"
        case _:
            return f'{place}"{name}": {error["msg"]}; correct it'


def _place(loc: tuple[int | str, ...], table: dict[str, Any]) -> tuple[str, type[BaseModel]]:
    """Where `loc` is, in words, and the model whose keys apply there."""
    models: dict[object, type[BaseModel]] = {"documents": _Entry, "alignments": _Pair}
    if len(loc) < 2 or not isinstance(loc[1], int):
        return "", _Manifest
    entry = table[str(loc[0])][loc[1]]
    name = f' ("{entry["id"]}")' if isinstance(entry, dict) and "id" in entry else ""
    return f"{loc[0]} no. {loc[1] + 1}{name}: ", models[loc[0]]


def _check(manifest: Path, content: _Manifest) -> None:
    """What the shape alone does not show: values, duplicates, references."""
    for entry in content.documents:
        _check_choice(manifest, f'document "{entry.id}"', "lang", entry.lang, LANGUAGES)
        _check_choice(manifest, f'document "{entry.id}"', "kind", entry.kind, DOCUMENT_KINDS)
    for lang in content.models:
        _check_choice(manifest, "models", "language", lang, LANGUAGES)
    ids = Counter(entry.id for entry in content.documents)
    for doc_id, count in ids.items():
        if count > 1:
            raise CorpusError(f'{manifest}: {count} documents have the id "{doc_id}"; rename one')
    for number, pair in enumerate(content.alignments, 1):
        for side, doc_id in (("source", pair.source), ("target", pair.target)):
            if doc_id not in ids:
                close = difflib.get_close_matches(doc_id, ids, n=1)
                hint = f'did you mean "{close[0]}"?' if close else "add it to the documents"
                raise CorpusError(
                    f'{manifest}: alignments no. {number}: {side} "{doc_id}" is no document; {hint}'
                )
        if pair.source == pair.target:
            raise CorpusError(
                f'{manifest}: alignments no. {number}: "{pair.source}" is aligned with itself; '
                "name two documents"
            )
    pairs = Counter(frozenset((pair.source, pair.target)) for pair in content.alignments)
    for number, pair in enumerate(content.alignments, 1):
        if pairs[frozenset((pair.source, pair.target))] > 1:
            raise CorpusError(
                f'{manifest}: alignments no. {number}: "{pair.source}" and "{pair.target}" are '
                "aligned more than once; remove the others"
            )


def _check_choice(
    manifest: Path, place: str, key: str, value: str, choices: tuple[str, ...]
) -> None:
    if value not in choices:
        raise CorpusError(
            f'{manifest}: {place}: unknown {key} "{value}"; use one of {", ".join(choices)}'
        )


def _inside(root: Path, entry: _Entry, manifest: Path) -> Path:
    """The file of `entry`, which must lie inside the corpus directory, links followed."""
    target = root / entry.path
    try:
        escapes = Path(entry.path).is_absolute() or not target.resolve().is_relative_to(
            root.resolve()
        )
    except (OSError, RuntimeError, ValueError) as error:
        raise CorpusError(
            f'{manifest}: document "{entry.id}": path "{entry.path!r}" cannot be used ({error}); '
            "correct it"
        ) from error
    if escapes:
        raise CorpusError(
            f'{manifest}: document "{entry.id}": path "{entry.path}" leaves the corpus directory; '
            "copy the file into it and give a relative path"
        )
    return target


def _read_entry(entry: _Entry, path: Path) -> Document | FailedDocument:
    return _read_document(
        path,
        doc_id=entry.id,
        path_name=entry.path,
        lang=entry.lang,
        kind=entry.kind,
        title=entry.title,
        publisher=entry.publisher,
        date=entry.date,
    )


# --- directory without manifest -------------------------------------------------------------------


def _read_directory(root: Path) -> Corpus:
    try:
        paths = sorted(path for path in root.iterdir() if path.suffix == ".txt")
        base = root.resolve()
    except OSError as error:
        raise CorpusError(
            f"{root}: cannot be listed ({error.strerror}); check its rights"
        ) from error
    if not paths:
        raise CorpusError(f"{root}: holds neither a {MANIFEST} nor a *.txt file; add one")
    documents = []
    for path, doc_id in zip(paths, _unique(_slug(path.stem) for path in paths), strict=True):
        if not _stays_in(base, path):
            raise CorpusError(
                f"{path}: a link that leaves the corpus directory; replace it by a copy of the file"
            )
        if not _is_unicode(path.name):
            raise CorpusError(f"{path!r}: its name is not UTF-8; rename the file")
        suffix = path.stem.rpartition(".")[2].lower()
        lang = suffix if "." in path.stem and suffix in LANGUAGES else None
        documents.append(_read_document(path, doc_id=doc_id, path_name=path.name, lang=lang))
    return Corpus(root=root, documents=tuple(documents))


def _stays_in(base: Path, path: Path) -> bool:
    """Whether a file lies inside the resolved directory, links followed; not if they go round."""
    try:
        return path.resolve().is_relative_to(base)
    except (OSError, RuntimeError):
        return False


def _is_unicode(name: str) -> bool:
    """Whether the name of a file is text; Python keeps other bytes as lone surrogates."""
    return not any("\ud800" <= char <= "\udfff" for char in name)


def _slug(stem: str) -> str:
    ascii_stem = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[^a-z0-9]+", "-", ascii_stem.lower()).strip("-") or "document"


def _unique(names: Iterable[str]) -> Iterator[str]:
    """The names in order; one that was given out already gets the next free number."""
    taken: set[str] = set()
    for name in names:
        candidate, number = name, 1
        while candidate in taken:
            number += 1
            candidate = f"{name}-{number}"
        taken.add(candidate)
        yield candidate


# --- one file -------------------------------------------------------------------------------------


def _read_document(
    path: Path, *, doc_id: str, path_name: str, lang: str | None, **meta: Any
) -> Document | FailedDocument:
    data = b""
    try:
        data = load(path)
        text = decode(data)
        if not text.strip():
            raise UnreadableFileError("holds no text; remove it or fill it")
        lang = lang or detect_language(text)
        if lang is None:
            raise UnreadableFileError(
                f"its language is none of {', '.join(LANGUAGES)} for certain; "
                f"name the file {path.stem}.<language>.txt or write a {MANIFEST}"
            )
    except UnreadableFileError as error:
        return FailedDocument(
            doc_id,
            path_name,
            f"{path_name}: {error}",
            lang=lang,
            sha256=hashlib.sha256(data).hexdigest() if data else "",
            **meta,
        )
    return Document(
        doc_id, text, lang, path=path_name, sha256=hashlib.sha256(data).hexdigest(), **meta
    )
