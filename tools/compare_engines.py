"""The default engine beside Stanza, on Swedish: python -m tools.compare_engines TEST.conllu

Each engine is measured in a process of its own, one after the other, on the same text. Accuracy is
of the trees of TEST (gold words and sentences: UPOS, and LAS of full relations, punctuation
counted) and of the clauses of the Swedish seed and of tests/gold/ud-clauses.sv.conllu (starts, on
the engine's own trees). Speed is the engine's alone, after one document to warm up; a second of
processor time is what other work on the machine disturbs least. Peak memory is that of the process
until then. Install size is what pip puts on the disk for the engine and all that it needs, and the
model. The Stanza model that ships is small: the last lines give the speed at Stanza's sizes, too.
`--only NAME` measures one engine and prints JSON.
"""

from __future__ import annotations

import argparse
import importlib.metadata
import json
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from pipeline import clauses, language
from pipeline.evaluation import evaluate
from pipeline.language import stanza, transformer
from pipeline.run import extract

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT / "tests" / "gold"
LANG = "sv"
SENTENCES = 20  # of a document
# Engine: the model as the command line takes it, the component, what is installed for it, ours.
ENGINES = {
    "default": (None, transformer.FACTORY, ("onnxruntime", "threadpoolctl"), "parser"),
    "Stanza": (stanza.ENGINE, stanza.FACTORY, ("stanza", "torch"), "stanza-sv"),
}
ROWS = {
    "las": "LAS",
    "upos": "UPOS",
    "ud_starts": "clause starts, treebank sample, F1",
    "starts": "clause starts, Swedish seed, F1",
    "exact": "clauses exact, Swedish seed, F1",
    "wall": "words a second",
    "cpu": "words a second of processor time",
    "load": "seconds to load",
    "memory": "peak memory, MB",
    "packages": "packages, MB",
    "model": "model, MB",
}


def read(path: Path) -> list[list[list[str]]]:
    """The sentences of a CoNLL-U file, as rows of its words' columns."""
    found = []
    for block in path.read_text("utf-8").split("\n\n"):
        rows = [line.split("\t") for line in block.splitlines() if line[:1].isdigit()]
        if rows:
            found.append([row for row in rows if row[0].isdigit()])
    return found


def bare(nlp: Language, sentences: list[list[list[str]]]) -> Doc:
    """A Doc of the words and sentence starts only."""
    rows = [row for sentence in sentences for row in sentence]
    starts = [number == 0 for sentence in sentences for number in range(len(sentence))]
    return Doc(
        nlp.vocab,
        words=[row[1].replace(" ", "\u00a0") for row in rows],
        spaces=["SpaceAfter=No" not in row[9] for row in rows],
        sent_starts=starts,
    )


def documents(nlp: Language, sentences: list[list[list[str]]]) -> Iterator[Doc]:
    """Bare Docs of a few sentences each."""
    for start in range(0, len(sentences), SENTENCES):
        yield bare(nlp, sentences[start : start + SENTENCES])


def accuracy(docs: list[Doc], sentences: list[list[list[str]]]) -> dict[str, float]:
    """Percent of words with the right part of speech, and with the right head and relation."""
    upos = las = total = 0
    place = iter(token for doc in docs for token in doc)
    for rows in sentences:
        tokens = [next(place) for _ in rows]
        for row, token in zip(rows, tokens, strict=True):
            head = 0 if token.head == token else token.head.i - tokens[0].i + 1
            upos += token.pos_ == row[3]
            las += head == int(row[6]) and token.dep_.casefold() == row[7].casefold()
            total += 1
    return {"upos": 100 * upos / total, "las": 100 * las / total}


def treebank_starts(nlp: Language, component: str) -> float:
    """F1 of the clause starts of the annotated treebank sample."""
    right = found = wanted = 0
    for rows in read(GOLD / f"ud-clauses.{LANG}.conllu"):
        gold = {int(row[0]) - 1 for row in rows if "Clause=" in row[9]}
        doc = nlp.get_pipe(component)(bare(nlp, [rows]))
        starts = {
            next((i for i in clause.tokens if not doc[i].is_punct), clause.tokens[0])
            for clause in clauses.segment(doc)
        }
        right, found, wanted = right + len(gold & starts), found + len(starts), wanted + len(gold)
    return 2 * right / (found + wanted)


def seed_clauses(model: str | None) -> dict[str, float]:
    """F1 of the clauses of the Swedish seed; the others are extracted because the gold has them."""
    with tempfile.TemporaryDirectory() as out:
        result = evaluate(extract(ROOT / "seeds", out, models={LANG: model} if model else {}), GOLD)
    return {
        measure: result.scores["clauses", f"lang:{LANG}", "clause", measure].f1
        for measure in ("exact", "starts")
    }


def installed_size(names: tuple[str, ...]) -> float:
    """MB of the distributions and all that they require."""
    seen: set[str] = set()
    waiting = list(names)
    total = 0
    while waiting:
        name = re.split(r"[\s;<>=!~\[(]", waiting.pop())[0].lower().replace("_", "-")
        if name in seen:
            continue
        seen.add(name)
        try:
            found = importlib.metadata.distribution(name)
        except importlib.metadata.PackageNotFoundError:
            continue
        waiting.extend(need for need in found.requires or () if "extra ==" not in need)
        paths = (Path(str(file.locate())) for file in found.files or ())
        total += sum(path.stat().st_size for path in paths if path.is_file())
    return total / 1e6


def measure(name: str, test: Path, limit: int | None) -> dict[str, Any]:
    """All figures of one engine, on the first sentences of the test set."""
    model, component, packages, directory = ENGINES[name]
    sentences = read(test)[:limit]
    nlp = language.blank(LANG)
    path = language.model_directory(directory)
    started = time.perf_counter()
    nlp.add_pipe(component, config={"path": str(path)})
    loaded = time.perf_counter() - started
    engine = nlp.get_pipe(component)
    engine(next(documents(nlp, sentences)))
    docs = list(documents(nlp, sentences))
    started, spent = time.perf_counter(), time.process_time()
    docs = [engine(doc) for doc in docs]
    wall, spent = time.perf_counter() - started, time.process_time() - spent
    words = sum(map(len, docs))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "words": words,
        "load": loaded,
        "wall": words / wall,
        "cpu": words / spent,
        "memory": memory,
        **accuracy(docs, sentences),
        "ud_starts": treebank_starts(nlp, component),
        **seed_clauses(model),
        "packages": installed_size(packages),
        "model": sum(file.stat().st_size for file in path.rglob("*") if file.is_file()) / 1e6,
    }


def at_default_size(engine: stanza.Stanza) -> None:
    """Gives the tagger and the parser the sizes of Stanza's own models, with random weights.

    Stanza's models have character language models besides, which cost more than what is timed here.
    """
    from stanza.models import parser, tagger
    from stanza.models.depparse.model import GraphParser
    from stanza.models.pos.model import Tagger

    processors = engine.engine._pipeline.processors
    for name, stage, kind in (("pos", tagger, Tagger), ("depparse", parser, GraphParser)):
        trainer = processors[name].trainer
        sizes = {
            key: value
            for key, value in stage.parse_args([]).items()
            if key.endswith(("_dim", "num_layers")) or key == "share_hid"
        }
        args = {**trainer.args, **sizes}
        vectors = trainer.model.pretrained_emb.weight
        trainer.model = kind(args, trainer.vocab, emb_matrix=vectors).eval()


def time_default_size(test: Path, limit: int | None) -> float:
    """Words a second of processor time that Stanza does at its default sizes."""
    nlp = language.blank(LANG)
    nlp.add_pipe(stanza.FACTORY, config={"path": str(language.model_directory("stanza-sv"))})
    component = nlp.get_pipe(stanza.FACTORY)
    at_default_size(component)
    docs = list(documents(nlp, read(test)[:limit]))
    component(docs.pop(0))
    spent = time.process_time()
    for doc in docs:
        component(doc)
    return sum(map(len, docs)) / (time.process_time() - spent)


def shown(value: float) -> str:
    """A figure with as many digits as it deserves."""
    return f"{value:.3f}" if value <= 1 else f"{value:.1f}" if value < 100 else f"{value:,.0f}"


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("test", type=Path, help="CoNLL-U file with Swedish trees")
    parser.add_argument("--sentences", type=int, help="the first so many only")
    parser.add_argument("--only", choices=ENGINES)
    parser.add_argument(
        "--default-size",
        action="store_true",
        help="only time Stanza at the sizes of its own models, with random weights",
    )
    arguments = parser.parse_args()
    if arguments.default_size:
        print(time_default_size(arguments.test, arguments.sentences))
        return
    if arguments.only:
        print(json.dumps(measure(arguments.only, arguments.test, arguments.sentences)))
        return
    command = [sys.executable, "-m", "tools.compare_engines", str(arguments.test)]
    if arguments.sentences:
        command += ["--sentences", str(arguments.sentences)]
    figures = {name: json.loads(_run([*command, "--only", name])) for name in ENGINES}
    print(f"| {arguments.test.stem} | {' | '.join(figures)} |")
    print(f"| --- |{' --- |' * len(figures)}")
    for row, title in ROWS.items():
        cells = " | ".join(shown(figure[row]) for figure in figures.values())
        print(f"| {title} | {cells} |")
    ours = figures["default"]["cpu"]
    full = float(_run([*command, "--default-size"]))
    print(f"Stanza at its default sizes: {full:,.0f} words a second of processor time")
    ratios = (ours / figures["Stanza"]["cpu"], ours / full)
    print("the default engine is {:.1f} times as fast, and {:.1f} times".format(*ratios))


def _run(command: list[str]) -> str:
    """The last line that a process of its own prints."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr.strip())
    return done.stdout.splitlines()[-1]


if __name__ == "__main__":
    main()
