"""The seam between text and annotation: layout blocks in, a spaCy `Doc` with UD annotation out.

The stages behind see a `Doc` and know nothing of what filled it: our own model, any spaCy pipeline
with Universal Dependencies that the user names, or Stanza.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import get_package_path, is_package

from pipeline import resources
from pipeline.errors import ClausulaError
from pipeline.language import sentences, stanza, tokenizer, transformer, ud
from pipeline.language.docs import make_doc
from pipeline.types import LANGUAGES, Block

__all__ = [
    "LanguageModelError",
    "annotate",
    "annotate_all",
    "blank",
    "describe",
    "load",
    "model_directory",
]

_BATCH = 4


class LanguageModelError(ClausulaError):
    """A language model is missing or does not serve; the message is one line for the user."""


def model_directory(name: str = "parser", root: Path | None = None) -> Path:
    """The directory of one of our models (`resources.model_directory`).

    Raises:
        LanguageModelError: it is not where models are looked up.
    """
    try:
        return resources.model_directory(name, root)
    except resources.MissingModelError as error:
        raise LanguageModelError(str(error)) from error


def load(lang: str, model: str | None = None, *, models: Path | None = None) -> Language:
    """The pipeline of a language.

    Args:
        lang: `nl`, `en` or `sv`.
        model: what to use instead of our own: name or path of a spaCy pipeline with UD labels;
            `stanza` for the Stanza pipeline that ships (Swedish); `stanza:DIR` or
            `stanza:DIR#PACKAGE` for one that `stanza.download` put into DIR.
        models: the directory of our models, where it is not to be looked up.

    Raises:
        LanguageModelError: the model cannot be found, or is not what it must be.
    """
    if lang not in LANGUAGES:
        raise LanguageModelError(f'unknown language "{lang}"; use one of {", ".join(LANGUAGES)}')
    if model is None:
        return _load_own(lang, models)
    return (
        _load_stanza(lang, model, models) if stanza.is_stanza(model) else _load_spacy(lang, model)
    )


def blank(lang: str) -> Language:
    """Tokens and sentences of a language, without a parser: quick, and needs no model."""
    nlp = spacy.blank(lang)
    nlp.tokenizer = tokenizer.create(nlp)
    nlp.add_pipe(sentences.FACTORY)
    return nlp


def _load_own(lang: str, models: Path | None) -> Language:
    directory = model_directory(root=models)
    nlp = blank(lang)
    try:
        nlp.add_pipe(transformer.FACTORY, config={"path": str(directory)})
    # ONNX Runtime has exceptions of its own for a damaged file.
    except Exception as error:
        reason = " ".join(str(error).split())
        raise LanguageModelError(
            f"{directory}: the parser cannot be loaded ({reason}); reinstall the package"
        ) from error
    return nlp


def _load_spacy(lang: str, model: str) -> Language:
    try:
        nlp = spacy.load(model)
    except (OSError, ValueError, ImportError) as error:
        reason = re.sub(r"\A\[E\d+\]\s*", "", " ".join(str(error).split())).rstrip(".")
        raise LanguageModelError(
            f'the model "{model}" cannot be loaded: {reason}; '
            "install it, or name another in the corpus or on the command line"
        ) from error
    fault = ud.faults(nlp, lang)
    if fault:
        raise LanguageModelError(
            f'the model "{model}" does not serve for "{lang}": {fault}; '
            "choose a pipeline with Universal Dependencies"
        )
    for name in ("senter", "sentencizer"):
        if name in nlp.pipe_names:
            nlp.remove_pipe(name)
    nlp.add_pipe(sentences.FACTORY, first=True)
    nlp.add_pipe(ud.NAMES_FACTORY, last=True)
    return nlp


def _load_stanza(lang: str, model: str, models: Path | None) -> Language:
    place = _stanza_source(lang, model, models)
    try:
        engine = stanza.load_engine(str(place.directory), place.package, lang)
    except stanza.StanzaError as error:
        raise LanguageModelError(str(error)) from error
    nlp = blank(lang) if engine.has_names else _load_own(lang, models)
    nlp.add_pipe(stanza.FACTORY, config={"path": str(place.directory), "package": place.package})
    return nlp


def _stanza_source(lang: str, model: str, models: Path | None = None) -> stanza.Source:
    named = stanza.source(model)
    if named is not None:
        return named
    try:
        return stanza.Source(model_directory(f"{stanza.ENGINE}-{lang}", models))
    except LanguageModelError as error:
        raise LanguageModelError(
            f'no Stanza model ships for "{lang}"; name a directory that stanza.download filled, '
            f"as in {lang}=stanza:DIR"
        ) from error


def describe(lang: str, model: str | None = None) -> dict[str, Any]:
    """Name, version and SHA-256 of the model that `load` would take, for the run's record.

    The digest is over the names and contents of the model's files; it is None for a package of the
    user's whose files cannot be found. For Stanza, `engine` is its version, the digest is over the
    language's files, and `names` is the model that names come from where Stanza has none.
    """
    if model is None:
        return _describe_own(model_directory())
    if stanza.is_stanza(model):
        return _describe_stanza(lang, _stanza_source(lang, model))
    try:
        config = get_package_path(model) if is_package(model) else Path(model)
    except (ImportError, OSError):
        config = Path(model)
    meta = _meta(config)
    return {
        "name": f"{lang}_{meta['name']}" if "name" in meta else model,
        "version": meta.get("version"),
        "sha256": _digest(config) if config.is_dir() else None,
    }


def _describe_own(directory: Path) -> dict[str, Any]:
    meta = _meta(directory)
    return {
        "name": meta.get("name", f"clausula-{directory.name}"),
        "version": meta.get("version"),
        "sha256": _digest(directory),
    }


def _describe_stanza(lang: str, place: stanza.Source) -> dict[str, Any]:
    meta = _meta(place.directory)
    files = place.directory / lang
    described = {
        "name": meta.get("name", f"stanza-{lang}-{place.package}"),
        "version": meta.get("version"),
        "sha256": _digest(files) if files.is_dir() else None,
        "engine": f"stanza {stanza.installed_version() or '(not installed)'}",
    }
    if not place.has_names(lang):
        described["names"] = _describe_own(model_directory())
    return described


def _meta(directory: Path) -> dict[str, Any]:
    try:
        meta: dict[str, Any] = json.loads((directory / "meta.json").read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return meta


def _digest(directory: Path) -> str:
    total = hashlib.sha256()
    for path in sorted(directory.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            total.update(path.relative_to(directory).as_posix().encode() + b"\0")
            total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def annotate(nlp: Language, blocks: Sequence[Block], doc_id: str | None = None) -> Doc:
    """The annotated Doc of one document; see `docs.make_doc` for what it carries."""
    return nlp(make_doc(nlp, blocks, doc_id))


def annotate_all(nlp: Language, documents: Iterable[Sequence[Block]]) -> Iterator[Doc]:
    """The annotated Docs of many documents, in order, a few at a time."""
    docs = (make_doc(nlp, blocks) for blocks in documents)
    yield from nlp.pipe(docs, batch_size=_BATCH)
