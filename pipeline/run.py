"""From a corpus to a dataset: documents one by one, then what needs several of them.

The order: each document's own stages (`extraction`), entity linking over all documents, the
alignments that the corpus asks for, the tables.
"""

from __future__ import annotations

import datetime as dt
import subprocess
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import closing
from functools import cache
from pathlib import Path
from typing import Any

from spacy.language import Language

from pipeline import __version__, language, linking, tables
from pipeline.corpus import Corpus, FailedDocument
from pipeline.corpus import read as read_corpus
from pipeline.dataset import Dataset, DatasetWriter
from pipeline.detection import other_language
from pipeline.extraction import Extracted, NoTextError, Seconds, extract_document, timed
from pipeline.pairs import AlignedPair, align_pair
from pipeline.schema import SCHEMA_VERSION
from pipeline.types import Document
from pipeline.workers import shared

# Called with what is being worked on, how many parts are done, and how many there are.
Progress = Callable[[str, int, int], None]


def extract(
    corpus: str | Path | Corpus,
    out: str | Path,
    *,
    models: Mapping[str, str] | None = None,
    encoder: str = "fast",
    jobs: int = 1,
    command: Sequence[str] = (),
    progress: Progress | None = None,
) -> Dataset:
    """Extracts a corpus and writes its dataset.

    Args:
        corpus: a manifest, a directory, or a corpus that was read already.
        out: the directory of the dataset; made if missing, tables in it are replaced.
        models: language → the model to use instead of ours, as `language.load` takes it; wins over
            the corpus's own `[models]`.
        encoder: the sentence encoder for alignment, as `alignment.encoder.load_encoder` takes it.
        jobs: how many processes share the documents; the tables do not depend on it.
        command: the command line, for `run.json`.
        progress: called as work proceeds.

    Returns:
        The dataset. A document that failed is a row of `documents` with its error.

    Raises:
        CorpusError: the corpus is unusable.
        DatasetError: `out` cannot be written.
        LanguageModelError: a model cannot be loaded.
        WorkerError: one of the processes was killed.
    """
    if not isinstance(corpus, Corpus):
        corpus = read_corpus(Path(corpus))
    chosen = {**corpus.models, **(models or {})}
    seconds: Seconds = {}
    report = progress or _silent
    with (
        DatasetWriter(Path(out)) as writer,
        closing(_results(corpus.documents, chosen, jobs)) as results,
    ):
        aligned = {doc_id for pair in corpus.alignments for doc_id in pair}
        kept: dict[str, Extracted] = {}
        named: list[Extracted] = []
        total = len(corpus.documents)
        for number, result in enumerate(results, start=1):
            if isinstance(result, FailedDocument):
                writer.write({"documents": [_failed_row(result)]})
            else:
                writer.write({k: v for k, v in result.rows.items() if k != "mentions"})
                named.append(result if result.doc_id in aligned else _without_tokens(result))
                kept[result.doc_id] = named[-1]
                for stage, spent in result.seconds.items():
                    seconds[stage] = seconds.get(stage, 0.0) + spent
            report("documents", number, total)
        with timed(seconds, "linking"):
            _link(named, corpus.alignments, writer)
        with timed(seconds, "alignment"):
            warnings = _misnamed(corpus) + _align(corpus, kept, encoder, writer, report)
        return writer.commit(
            {
                "time": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
                "command": list(command),
                "corpus": str(corpus.root.resolve()),
                "clausula": __version__,
                "git_revision": _git_revision(),
                "schema": SCHEMA_VERSION,
                "models": _models_used(corpus, chosen, encoder),
                "inputs": _inputs(corpus),
                "rows": writer.row_counts,
                "seconds": {stage: round(spent, 3) for stage, spent in seconds.items()},
                "warnings": warnings,
            }
        )


def _silent(what: str, done: int, total: int) -> None:
    """Reports nothing."""


@cache
def _pipeline(lang: str, model: str | None) -> Language:
    """Each process loads a language once."""
    return language.load(lang, model)


def _result(document: Document | FailedDocument, model: str | None) -> Extracted | FailedDocument:
    """One document's rows; whatever goes wrong in it must not cost the others theirs."""
    if isinstance(document, FailedDocument):
        return document
    nlp = _pipeline(document.lang, model)
    try:
        return extract_document(document, nlp)
    except NoTextError as error:
        return FailedDocument.of(document, str(error))
    except Exception as error:
        reason = f"{document.path}: {type(error).__name__}: {error}; please report this text"
        return FailedDocument.of(document, " ".join(reason.split()))


def _results(
    documents: Sequence[Document | FailedDocument], models: Mapping[str, str], jobs: int
) -> Generator[Extracted | FailedDocument, None, None]:
    """The documents' results, in the documents' order."""
    chosen = [models.get(document.lang or "") for document in documents]
    jobs = min(jobs, len(documents))
    if jobs <= 1:
        yield from map(_result, documents, chosen)
        return
    yield from shared(_result, documents, chosen, jobs=jobs)


def _without_tokens(result: Extracted) -> Extracted:
    """What linking needs of a document that no alignment asks for; the rest is written already."""
    return Extracted(
        result.doc_id,
        result.lang,
        {"mentions": result.rows["mentions"]},
        result.mentions,
        result.mention_texts,
        (),
        {},
        {},
    )


def _failed_row(document: FailedDocument) -> tables.Row:
    return {
        "doc_id": document.doc_id,
        "lang": document.lang,
        "kind": document.kind,
        "title": document.title,
        "publisher": document.publisher,
        "date": document.date,
        "path": document.path,
        "sha256": document.sha256 or None,
        "n_chars": 0,
        "n_tokens": 0,
        "status": "failed",
        "error": document.error,
    }


def _link(
    results: Sequence[Extracted], translations: Sequence[tuple[str, str]], writer: DatasetWriter
) -> None:
    """Gives every mention its entity, and writes both tables."""
    linked = linking.link(
        [linking.DocumentMentions(r.doc_id, r.lang, r.mentions, r.mention_texts) for r in results],
        translations,
    )
    rows = []
    for result, entity_ids in zip(results, linked.entity_ids, strict=True):
        for row, entity_id in zip(result.rows["mentions"], entity_ids, strict=True):
            row["entity_id"] = entity_id
            rows.append(row)
    writer.write({"mentions": rows, "entities": tables.entity_rows(linked.entities, rows)})


def _misnamed(corpus: Corpus) -> list[str]:
    """What to say of documents whose words are plainly of another language than the stated one."""
    warnings = []
    for document in corpus.documents:
        if isinstance(document, Document):
            found = other_language(document.text, document.lang)
            if found is not None:
                warnings.append(
                    f'{document.doc_id}: worked on as "{document.lang}", but its words look like '
                    f'"{found}"; correct the language of {document.path}'
                )
    return warnings


def _align(
    corpus: Corpus,
    results: Mapping[str, Extracted],
    encoder: str,
    writer: DatasetWriter,
    report: Progress,
) -> list[str]:
    """Writes the alignments that the corpus asks for; returns what a reader should be told."""
    if not corpus.alignments:
        return []
    from pipeline.alignment.encoder import load_encoder

    vectors = load_encoder(encoder)
    warnings = []
    for number, (source, target) in enumerate(corpus.alignments, start=1):
        if source in results and target in results:
            pair: AlignedPair = align_pair(results[source], results[target], vectors)
            writer.write({"alignments": pair.rows})
            warnings.extend(pair.warnings)
        else:
            warnings.append(f"{source} ~ {target}: not aligned, since one of them failed")
        report("alignments", number, len(corpus.alignments))
    return warnings


def _git_revision() -> str | None:
    """The revision of the checkout that this package runs from; None when it is installed."""
    root = Path(__file__).resolve().parents[1]
    if not (root / ".git").exists():
        return None
    try:
        done = subprocess.run(
            ["git", "-C", str(root), "rev-parse", "HEAD"],
            capture_output=True,
            text=True,
            check=True,
            timeout=10,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return done.stdout.strip()


def _inputs(corpus: Corpus) -> dict[str, str | None]:
    return {document.path: document.sha256 or None for document in corpus.documents}


def _models_used(corpus: Corpus, models: Mapping[str, str], encoder: str) -> list[dict[str, Any]]:
    """Name, version and SHA-256 of each model that this run loaded."""
    langs = sorted({document.lang for document in corpus.documents if document.lang})
    used = [
        {"use": f"language:{lang}", **language.describe(lang, models.get(lang))} for lang in langs
    ]
    if corpus.alignments:
        from pipeline.alignment.encoder import describe_encoder

        used.append({"use": "alignment", **describe_encoder(encoder)})
    return used
