"""Stanza as an engine: a pipeline of the user's, or ours for Swedish, fills the same `Doc`.

Stanza is an extra (`pip install 'clausula[stanza]'`) and is imported only when a model of it is
loaded. It is given our words and sentences and adds parts of speech, features, lemmas and trees,
so that every offset stays what it is. It runs on the CPU, never looks for anything on the network,
and sees one document at a time, so that no annotation depends on the other documents. Names are
Stanza's where its package has a recogniser for the language; else the default model's stay.
"""

from __future__ import annotations

import importlib.metadata
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from spacy.language import Language
from spacy.tokens import Doc

from pipeline.language import annotation, ud
from pipeline.language.annotation import Annotation

ENGINE: Final = "stanza"
FACTORY: Final = "clausula_stanza"
DEFAULT_PACKAGE: Final = "default"
NEEDED: Final = ("tokenize", "pos", "lemma", "depparse")
NAMES: Final = "ner"
# A tree costs memory with the square of the sentence: 400 words, the most that `sentences` makes,
# cost some 30 MB; a text without sentences, 5,000 words in one, would cost gigabytes.
LONGEST: Final = 400


class StanzaError(Exception):
    """Stanza or a model of it is missing or does not serve; the message is one line."""


@dataclass(frozen=True)
class Source:
    """A Stanza package: the directory that `stanza.download` filled, and the package in it."""

    directory: Path
    package: str = DEFAULT_PACKAGE

    def resources(self, lang: str) -> dict[str, Any]:
        """What the directory's resources.json says of a language.

        Raises:
            StanzaError: there is no such directory, or it is none of Stanza's with that language.
        """
        if not self.directory.is_dir():
            raise StanzaError(f"{self.directory}: no such directory; name one of Stanza's models")
        try:
            listed = json.loads((self.directory / "resources.json").read_text("utf-8"))
        except (OSError, ValueError) as error:
            raise StanzaError(
                f"{self.directory}: no directory of Stanza models, it has no readable "
                "resources.json; name the one that stanza.download filled"
            ) from error
        found = listed.get(lang) if isinstance(listed, dict) else None
        if not isinstance(found, dict) or not (self.directory / lang).is_dir():
            raise StanzaError(
                f'{self.directory}: no Stanza model for "{lang}"; '
                f'download it with stanza.download("{lang}", model_dir="{self.directory}")'
            )
        packages = found.get("packages", {})
        if self.package not in packages:
            known = ", ".join(sorted(packages)) or "none"
            raise StanzaError(
                f'{self.directory}: no package "{self.package}" for "{lang}"; it has {known}'
            )
        return found

    def has_names(self, lang: str) -> bool:
        """Whether the package recognises names in the language, by what lies in the directory."""
        try:
            model = self.resources(lang)["packages"][self.package].get(NAMES)
        except StanzaError:
            return False
        return bool(model) and (self.directory / lang / NAMES / f"{model}.pt").exists()


def installed_version() -> str | None:
    """The version of Stanza, without importing it; None where it is not installed."""
    try:
        return importlib.metadata.version(ENGINE)
    except importlib.metadata.PackageNotFoundError:
        return None


def is_stanza(model: str) -> bool:
    """Whether the name of a model asks for Stanza: `stanza`, `stanza:DIR`, `stanza:DIR#PACKAGE`."""
    return model == ENGINE or model.startswith(f"{ENGINE}:")


def source(model: str) -> Source | None:
    """The package that such a name asks for; None where it is ours."""
    place = model.removeprefix(ENGINE).removeprefix(":")
    directory, _, package = place.partition("#")
    return Source(Path(directory).expanduser(), package or DEFAULT_PACKAGE) if directory else None


class Engine:
    """A Stanza pipeline, ready to annotate.

    Args:
        place: the package.
        lang: its language.

    Raises:
        StanzaError: Stanza is not installed, or the package is not there or does not serve.
    """

    def __init__(self, place: Source, lang: str) -> None:
        place.resources(lang)  # before the import, which takes seconds
        try:
            import stanza
        except ImportError as error:
            raise StanzaError(
                f"Stanza is not installed ({error}); pip install 'clausula[stanza]'"
            ) from error
        self.has_names = place.has_names(lang)
        try:
            self._pipeline = stanza.Pipeline(
                lang,
                dir=str(place.directory),
                package=place.package,
                processors=",".join((*NEEDED, NAMES) if self.has_names else NEEDED),
                tokenize_pretokenized=True,
                download_method=None,
                use_gpu=False,
                verbose=False,
            )
        # Stanza and PyTorch have many exceptions of their own for missing and damaged files.
        except Exception as error:
            reason = " ".join(str(error).split())
            raise StanzaError(f"{place.directory}: Stanza cannot load it ({reason})") from error
        processors = self._pipeline.processors
        missing = [name for name in NEEDED if name not in processors]
        if missing:
            raise StanzaError(f"{place.directory}: the package has no {' and no '.join(missing)}")
        relations = processors["depparse"].get_known_relations()
        foreign = sorted(label for label in relations if not ud.is_relation(label))
        if foreign:
            raise StanzaError(
                f"{place.directory}: its relations are not those of Universal Dependencies: "
                + ", ".join(foreign[:8])
            )

    def annotate(self, sentences: Sequence[Sequence[str]]) -> list[Annotation]:
        """Annotates the sentences of one document, given as their words."""
        pieces = [cut(words) for words in sentences]
        given = [list(piece) for parts in pieces for piece in parts]
        parsed = self._pipeline(given).sentences if given else []
        found = iter([_read(sentence) for sentence in parsed])
        return [joined([next(found) for _ in parts]) for parts in pieces]


def cut(words: Sequence[str], longest: int = LONGEST) -> list[Sequence[str]]:
    """The words in parts of at most `longest`, which end with a mark where there is one."""
    parts = []
    start = 0
    while len(words) - start > longest:
        marks = (
            i
            for i in range(start + longest, start + longest // 2, -1)
            if not any(char.isalnum() for char in words[i - 1])
        )
        end = next(marks, start + longest)
        parts.append(words[start:end])
        start = end
    return [*parts, words[start:]] if start < len(words) else parts


def joined(parts: Sequence[Annotation]) -> Annotation:
    """One sentence of its parts: every root but the first becomes a parataxis of that one."""
    whole = Annotation([], [], [], [], [], [])
    root = 0
    for part in parts:
        offset = len(whole.heads)
        for word, (head, relation) in enumerate(zip(part.heads, part.deprels, strict=True), 1):
            if head:
                whole.heads.append(offset + head)
                whole.deprels.append(relation if relation != "root" else "dep")
            else:
                whole.heads.append(root)
                whole.deprels.append("parataxis" if root else "root")
                root = root or offset + word
        whole.upos.extend(part.upos)
        whole.feats.extend(part.feats)
        whole.lemmas.extend(part.lemmas)
        whole.names.extend((offset + a, offset + b, label) for a, b, label in part.names)
    return whole


def _read(sentence: Any) -> Annotation:
    """An annotation of a Stanza sentence, whose words count from 1."""
    words = sentence.words
    spans = (
        (span.tokens[0].id[0] - 1, span.tokens[-1].id[-1], ud.NAMES.get(span.type))
        for span in sentence.ents
    )
    return Annotation(
        upos=[word.upos or "X" for word in words],
        feats=[word.feats or "_" for word in words],
        lemmas=[word.lemma if word.lemma not in (None, "_") else word.text for word in words],
        heads=[word.head for word in words],
        deprels=[word.deprel for word in words],
        names=[(start, end, label) for start, end, label in spans if label],
    )


@cache
def load_engine(directory: str, package: str, lang: str) -> Engine:
    """The engine of a package; loaded once per process, whatever the number of pipelines."""
    return Engine(Source(Path(directory), package), lang)


@Language.factory(
    FACTORY,
    default_config={"path": "", "package": DEFAULT_PACKAGE},
    assigns=["token.pos", "token.morph", "token.lemma", "token.dep", "token.head"],
)
def make(nlp: Language, name: str, path: str, package: str) -> Stanza:
    """The component for a pipeline; `path` is the directory of Stanza's models."""
    return Stanza(load_engine(path, package, str(nlp.lang)), name)


class Stanza:
    """The spaCy component. It keeps the sentences it is given; without any, the text is one.

    Tokens of `doc.spans["asides"]` and white space are not shown to Stanza. Names that the Doc has
    stay where Stanza has no recogniser.
    """

    def __init__(self, engine: Engine, name: str = FACTORY) -> None:
        self.engine, self.name = engine, name

    def __call__(self, doc: Doc) -> Doc:
        """Annotates one text."""
        own = annotation.sentences(doc)
        found = self.engine.annotate([[token.text for token in shown] for _, shown in own])
        annotation.write(doc, own, found)
        if self.engine.has_names:
            annotation.write_names(doc, own, found)
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 1) -> Iterator[Doc]:  # noqa: ARG002
        """Annotates texts one by one, whatever the size of a batch."""
        yield from map(self, stream)
