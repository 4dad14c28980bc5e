"""A Stanza pipeline for Swedish: tokenizer, tagger, lemmatiser and parser, small enough to ship.

    python -m models.recipe.stanza_pipeline DATA WORDS models/parser WORK OUT [--steps NAME...]

DATA are the corpora as `prepare` writes them, WORDS a list of the most frequent Swedish words, one
a line. Our own parser (models/parser) is the teacher: it annotates sentences that nobody annotated,
and its view of single words becomes the word vectors. Each step is skipped if its result is in WORK
and is bounded in steps; seeds are fixed. One core needs about an hour. OUT is a directory as
`stanza.download` would leave it, for `stanza.Pipeline(dir=OUT, download_method=None)`.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch

from models.recipe import examples, stanza_packing
from models.recipe.stanza_packing import on_grid
from pipeline.language.transformer import Parser

LANG = "sv"
PACKAGE = "clausula"
VERSION = "1"
SEED = 7
DEV = 150  # the first sentences of Talbanken's development set; the others are trained on
SILVER = (
    "ner-sv-webbnyheter-train",
    "ner-sv-suc3-train",
    "ner-sv-talbanken-rest-train",
    "raw/raw-sv",
)
LENGTHS = range(3, 81)
SENTENCES_OF_PARAGRAPH = 5
VOCABULARY = 24_000
DIMENSIONS = 64
UPDATES = 900  # of the tagger (48 sentences each) and of the parser (1,000 words each), twice
TOKENIZER_UPDATES = 600
LEMMATISER_PASSES = 12
RATE = 3e-3
WARM_UP = 50
LESS_DROPOUT = "--dropout 0.25 --word_dropout 0.1"
SPECIAL = 4  # Stanza's <PAD>, <UNK>, <EMPTY> and <ROOT>, ahead of all words


@dataclass(frozen=True)
class Places:
    """Where the steps read and write, and how long they train."""

    data: Path
    words: Path
    teacher: Path
    work: Path
    out: Path
    updates: int = UPDATES

    def scaled(self, full: int) -> int:
        """So much of a length as `updates` is of its full number, rounded up."""
        return -(-full * self.updates // UPDATES)

    def vectors(self) -> Path:
        """The word vectors as Stanza reads them."""
        return self.work / "vectors.pt"

    def trained(self, kind: str) -> Path:
        """The file that Stanza writes for a processor."""
        return self.work / f"{kind}.pt"


Row = dict[str, Any]


def corpora(places: Places) -> None:
    """Gold, silver and development trees, lemmas and running text in Stanza's formats."""
    held_out = _read(places, "ud-sv-dev")
    gold = [*_read(places, "ud-sv-train"), *_read(places, "ud-sv-pud"), *held_out[DEV:]]
    teacher = Parser(places.teacher)
    known = {tuple(row["words"]) for row in (*held_out, *_read(places, "ud-sv-test"))}
    unlabelled = [
        row
        for row in examples.read(places.data / f"{name}.jsonl" for name in SILVER)
        if len(row["words"]) in LENGTHS and tuple(row["words"]) not in known
    ]
    silver = []
    for row, found in zip(
        unlabelled, teacher.annotate([row["words"] for row in unlabelled], LANG), strict=True
    ):
        silver.append(
            row
            | {"upos": found.upos, "feats": found.feats, "lemma": found.lemmas}
            | {"head": found.heads, "deprel": found.deprels}
        )
    _write_conllu(places.work / "lemmas.conllu", _forms(gold))
    guessed = teacher.annotate([row["words"] for row in gold], LANG)
    for row, found in zip(gold, guessed, strict=True):
        row["lemma"] = [a or b for a, b in zip(row["lemma"], found.lemmas, strict=True)]
    predicted = [row | {"upos": a.upos} for row, a in zip(gold, guessed, strict=True)]
    sets = {"gold": gold, "guessed": predicted, "silver": silver, "dev": held_out[:DEV]}
    for name, rows in sets.items():
        _write_conllu(places.work / f"{name}.conllu", rows)
    for name, rows in (("gold", gold), ("dev", held_out[:DEV])):
        text, labels = running_text(rows)
        (places.work / f"{name}.txt").write_text(text, "utf-8")
        (places.work / f"{name}.labels").write_text(labels, "utf-8")
    (places.work / "none.json").write_text("[]", "utf-8")  # Swedish has no multiword tokens


def _read(places: Places, name: str) -> list[Row]:
    return examples.read([places.data / f"{name}.jsonl"])


def _forms(rows: Iterable[Row]) -> list[Row]:
    """Every form with its part of speech once, with its most frequent lemma, ten a sentence."""
    counts: dict[tuple[str, str], Counter[str]] = {}
    for row in rows:
        for word, upos, lemma in zip(row["words"], row["upos"], row["lemma"], strict=True):
            if lemma is not None:
                counts.setdefault((word, upos), Counter())[lemma] += 1
    forms = [(word, upos, found.most_common(1)[0][0]) for (word, upos), found in counts.items()]
    return [_flat_row(forms[i : i + 10]) for i in range(0, len(forms), 10)]


def _flat_row(forms: Sequence[tuple[str, str, str]]) -> Row:
    size = len(forms)
    words, upos, lemmas = zip(*forms, strict=True)
    return {
        "words": words,
        "space_after": [True] * size,
        "upos": upos,
        "feats": ["_"] * size,
        "lemma": lemmas,
        "head": [0, *[1] * (size - 1)],
        "deprel": ["root", *["dep"] * (size - 1)],
    }


def _write_conllu(path: Path, rows: Iterable[Row]) -> None:
    lines: list[str] = []
    for number, row in enumerate(rows, 1):
        lines += [f"# sent_id = {number}", f"# text = {_text(row)}"]
        for i, word in enumerate(row["words"]):
            misc = "_" if row["space_after"][i] else "SpaceAfter=No"
            cells = (word, row["lemma"][i], row["upos"][i], "_", row["feats"][i])
            tree = (row["head"][i], row["deprel"][i])
            lines.append("\t".join(map(str, (i + 1, *cells, *tree, "_", misc))))
        lines.append("")
    path.write_text("\n".join(lines) + "\n", "utf-8")


def _text(row: Row) -> str:
    parts = (w + " " * bool(s) for w, s in zip(row["words"], row["space_after"], strict=True))
    return "".join(parts).rstrip()


def running_text(rows: Sequence[Row]) -> tuple[str, str]:
    """Paragraphs of a few sentences, and for each character 1 where a word ends, 2 a sentence."""
    texts, labels = [], []
    for start in range(0, len(rows), SENTENCES_OF_PARAGRAPH):
        text = label = ""
        for row in rows[start : start + SENTENCES_OF_PARAGRAPH]:
            text += " " * bool(text)
            label += "0" * (len(text) - len(label))
            for word, space in zip(row["words"], row["space_after"], strict=True):
                text += word + " " * bool(space)
                label += "0" * (len(word) - 1) + "1" + "0" * bool(space)
            text, label = text.rstrip(), label[: len(text.rstrip())]
            label = label[:-1] + "2"
        texts.append(text)
        labels.append(label)
    return "\n\n".join(texts), "\n\n".join(labels)


def vectors(places: Places) -> None:
    """Vectors of frequent words: the teacher's pieces and its scores of the word by itself."""
    teacher = Parser(places.teacher)
    frequent = [line.strip() for line in places.words.read_text("utf-8").splitlines()]
    counts = Counter(word.lower() for row in _read(places, "ud-sv-train") for word in row["words"])
    ranked = [*(word for word, count in counts.items() if count > 1), *frequent]
    words = list(dict.fromkeys(w for w in ranked if w and " " not in w))[:VOCABULARY]
    rows = np.stack([_view(teacher, word) for word in words])
    rows = (rows - rows.mean(0)) / (rows.std(0) + 1e-3)
    _, _, axes = np.linalg.svd(rows[:: len(rows) // 6000 + 1], full_matrices=False)
    reduced = rows @ axes[:DIMENSIONS].T
    reduced = reduced / reduced.std()
    table = np.concatenate([np.zeros((SPECIAL, DIMENSIONS)), reduced]).astype(np.float32)
    from stanza.models.common.pretrain import PretrainedWordVocab

    torch.save(
        {
            "vocab": PretrainedWordVocab(words, lang=LANG).state_dict(),
            "emb": on_grid(torch.from_numpy(table)),
        },
        places.vectors(),
    )


def _view(teacher: Parser, word: str) -> np.ndarray:
    scores = teacher.score([word], LANG)
    ids = list(teacher.pieces.word(word))
    nibbles = teacher._nibbles[ids].astype(np.float32) - 8
    scales = teacher._scales[ids].astype(np.float32).repeat(nibbles.shape[1] // 12, 1)
    pieces = (nibbles * scales).mean(0)
    shown = (pieces, scores.upos[0], scores.rel_dep[0], scores.rel_head[1])
    return np.concatenate([part / (np.linalg.norm(part) + 1e-6) for part in shown])


def _run(main: Callable[[list[str]], object], places: Places, kind: str, options: str) -> None:
    common = f"--shorthand {LANG}_{PACKAGE} --lang {LANG} --seed {SEED} --cpu"
    if kind == "lemma":
        common = common.replace(f"--lang {LANG} ", "")
    names = f"--save_dir {places.work} --save_name {kind}.part"
    main([*f"{common} {names} {options}".split()])
    (places.work / f"{kind}.part").rename(places.trained(kind))


def tokenizer(places: Places) -> None:
    """Stanza's tokenizer and sentence splitter, on running text made of the trees."""
    from stanza.models import tokenizer as stage

    work = places.work
    _run(
        stage.main,
        places,
        "tokenize",
        f"--txt_file {work}/gold.txt --label_file {work}/gold.labels --dev_txt_file {work}/dev.txt "
        f"--dev_label_file {work}/dev.labels --dev_conll_gold {work}/dev.conllu "
        f"--mwt_json_file {work}/none.json --steps {places.scaled(TOKENIZER_UPDATES)} "
        f"--eval_steps {places.scaled(TOKENIZER_UPDATES // 3)}",
    )


def tagger(places: Places) -> None:
    """Parts of speech and features."""
    _tagger(places, None, "pos-1", "")


def tagger_again(places: Places) -> None:
    """The same once more, from where it ended, with less dropout."""
    _tagger(places, "pos-1", "pos", LESS_DROPOUT)


def _tagger(places: Places, start: str | None, result: str, options: str) -> None:
    from stanza.models import tagger as stage
    from stanza.models.common.foundation_cache import FoundationCache
    from stanza.models.common.pretrain import Pretrain
    from stanza.models.common.utils import set_random_seed
    from stanza.models.pos.trainer import Trainer

    args = stage.parse_args(
        f"{_names('pos')} --train_file {places.work}/gold.conllu;{places.work}/silver.conllu "
        "--word_emb_dim 50 --word_cutoff 4 --hidden_dim 128 --char_emb_dim 40 "
        "--char_hidden_dim 96 --transformed_dim 80 --share_hid --deep_biaff_hidden_dim 160 "
        f"--batch_size 48 {options}".split()
    )
    set_random_seed(SEED + (start is not None))
    pretrain = Pretrain(str(places.vectors()))
    vocab, _, batches = stage.load_training_data(args, pretrain)
    file = str(places.trained(start)) if start else None
    trainer = Trainer(args, vocab, pretrain, file, "cpu", FoundationCache())
    _train(trainer, _forever(batches), trainer.optimizers, places.updates)
    trainer.save(str(places.trained(result)))


def _names(kind: str) -> str:
    return f"--shorthand {LANG}_{PACKAGE} --lang {LANG} --seed {SEED} --save_name {kind}.pt --cpu"


def _forever(batches: Iterable[Any]) -> Iterator[Any]:
    while True:
        yield from batches


def _train(trainer: Any, batches: Iterator[Any], optimizers: dict[str, Any], steps: int) -> None:
    """A fixed number of steps, the learning rate falling to nothing; the last weights are taken."""
    recent = []
    for step in range(steps):
        rate = RATE * min(1, (step + 1) / WARM_UP) * (1 - step / steps)
        for optimizer in optimizers.values():
            for group in optimizer.param_groups:
                group["lr"] = rate
        loss = trainer.update(next(batches), eval=False)
        recent.append(loss[0] if isinstance(loss, tuple) else loss)
        if (step + 1) % 100 == 0:
            print(f"step {step + 1}/{steps}: loss {np.mean(recent):.3f}", flush=True)
            recent = []


def lemmatiser(places: Places) -> None:
    """A dictionary of the gold lemmas and a network for what is not in it."""
    from stanza.models import lemmatizer as stage

    work = places.work
    _run(
        stage.main,
        places,
        "lemma",
        f"--train_file {work}/lemmas.conllu --eval_file {work}/dev.conllu "
        f"--num_epoch {places.scaled(LEMMATISER_PASSES)} --hidden_dim 128 --batch_size 50",
    )


def parser(places: Places) -> None:
    """Heads and relations, on parts of speech that are predicted, as the pipeline's will be."""
    _parser(places, None, "depparse-1", "")


def parser_again(places: Places) -> None:
    """The same once more, from where it ended, with less dropout."""
    _parser(places, "depparse-1", "depparse", LESS_DROPOUT)


def _parser(places: Places, start: str | None, result: str, options: str) -> None:
    from stanza.models import parser as stage
    from stanza.models.common.pretrain import Pretrain
    from stanza.models.common.utils import set_random_seed
    from stanza.models.depparse.data import DataLoader, InfiniteBatch
    from stanza.models.depparse.trainer import GraphTrainer, Trainer
    from stanza.utils.conll import CoNLL

    args = stage.parse_args(
        f"{_names('depparse')} --word_emb_dim 50 --word_cutoff 4 --no_xpos --no_ufeats "
        "--tag_emb_dim 32 --hidden_dim 160 --num_layers 2 --char_emb_dim 40 --char_hidden_dim 96 "
        "--transformed_dim 80 --deep_biaff_hidden_dim 112 --batch_size 1000 --optim adam "
        f"--beta2 0.95 --weight_decay 0 --no_plateau {options}".split()
    )
    set_random_seed(SEED + (start is not None))
    pretrain = Pretrain(str(places.vectors()))
    gold, silver = (
        CoNLL.conll2doc(input_file=str(places.work / f"{name}.conllu"))
        for name in ("guessed", "silver")
    )
    size = args["batch_size"]
    first = DataLoader(gold, size, args, pretrain, evaluation=False)
    second = DataLoader(silver, size, args, pretrain, vocab=first.vocab, evaluation=False)
    mixed = InfiniteBatch(first, second, weights=[1.0, 1.0])
    if start is None:
        trainer = GraphTrainer(args=args, vocab=first.vocab, pretrain=pretrain, device="cpu")
    else:
        file = str(places.trained(start))
        trainer = Trainer.load(file, pretrain, args, device="cpu", reset_history=True)
    _train(trainer, iter(mixed.next_batch, None), trainer.optimizer, places.updates)
    trainer.save(str(places.trained(result)))


def pack(places: Places) -> None:
    """Writes the directory that ships."""
    kinds = ("tokenize", "pos", "lemma", "depparse")
    files = {kind: places.trained(kind) for kind in kinds} | {"pretrain": places.vectors()}
    stanza_packing.pack(files, places.out, LANG, PACKAGE, VERSION)


STEPS: dict[str, tuple[Callable[[Places], None], str]] = {
    "corpora": (corpora, "dev.labels"),
    "vectors": (vectors, "vectors.pt"),
    "tokenizer": (tokenizer, "tokenize.pt"),
    "tagger": (tagger, "pos-1.pt"),
    "tagger_again": (tagger_again, "pos.pt"),
    "lemmatiser": (lemmatiser, "lemma.pt"),
    "parser": (parser, "depparse-1.pt"),
    "parser_again": (parser_again, "depparse.pt"),
    "pack": (pack, "packed"),
}


def main() -> None:
    """Runs the steps whose results are not there."""
    arguments = argparse.ArgumentParser(description=__doc__)
    for name in ("data", "words", "teacher", "work", "out"):
        arguments.add_argument(name, type=Path)
    arguments.add_argument("--steps", nargs="*", choices=list(STEPS), default=list(STEPS))
    arguments.add_argument("--updates", type=int, default=UPDATES, help="fewer, for a trial run")
    args = arguments.parse_args()
    places = Places(args.data, args.words, args.teacher, args.work, args.out, args.updates)
    places.work.mkdir(parents=True, exist_ok=True)
    for name in args.steps:
        step, result = STEPS[name]
        if not (places.work / result).exists():
            step(places)
            if name == "pack":
                (places.work / result).touch()


if __name__ == "__main__":
    main()
