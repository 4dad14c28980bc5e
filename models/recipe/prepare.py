"""`python -m models.recipe.prepare --corpora DIR --out DIR`: all training data in one format."""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from models.recipe import augmentation, corpora, lassy, lassy_counts, names, talbanken
from models.recipe.conventions import Conventions, Lemmas, harmonise, with_lemmas
from models.recipe.corpora import Sentence
from models.recipe.settled import settled_relations

LICENCES = {
    "ud": "CC BY-SA 4.0",
    "ud-sv-pud": "CC BY-SA 3.0",
    "ud-en-pud": "CC BY-SA 3.0",
    "ner-en-wikigold": "CC BY 4.0",
    "ner-sv-webbnyheter": "CC BY 4.0",
    "ner-sv-suc3": "CC BY 4.0",
    "ner-nl-meantime": "CC BY 4.0",
    "ner-nl-europeana": "CC0",
}

VERBAL = {"VERB", "AUX"}


def every(sentences: Sequence[Sentence], step: int) -> tuple[list[Sentence], list[Sentence]]:
    """Split off every `step`-th sentence: (rest, split-off)."""
    rest = [s for i, s in enumerate(sentences) if i % step]
    return rest, list(sentences[::step])


class Writer:
    """Writes one JSON Lines file for each source and split, and the manifest."""

    def __init__(self, out: Path) -> None:
        self.out = out
        self.manifest: dict[str, dict[str, object]] = {}
        self.gold: dict[str, list[Sentence]] = defaultdict(list)
        out.mkdir(parents=True, exist_ok=True)

    def write(self, name: str, sentences: Iterable[Sentence], licence: str) -> list[Sentence]:
        """Write `name`.jsonl; returns the sentences written."""
        kept = [s for s in sentences if s.words]
        if not name.endswith("-test"):
            kept = [names.without_titles(s) for s in kept]
        if not name.endswith(("-dev", "-test")):
            self.gold[name[3:5] if name.startswith("ud-") else name[4:6]].extend(kept)
        path = self.out / f"{name}.jsonl"
        part = path.with_suffix(".part")
        part.write_text("".join(s.to_json() + "\n" for s in kept), encoding="utf-8")
        part.rename(path)
        self.manifest[name] = {
            "sentences": len(kept),
            "tokens": sum(len(s.words) for s in kept),
            "trees": sum(s.head is not None for s in kept),
            "lemmas": sum(s.lemma is not None for s in kept),
            "named": sum(s.ner is not None for s in kept),
            **{
                kind: sum(s.ner.count(f"B-{kind}") for s in kept if s.ner)
                for kind in ("PER", "LOC", "ORG")
            },
            "licence": licence,
        }
        return kept

    def finish(self) -> None:
        """Write manifest.json."""
        text = json.dumps(self.manifest, indent=1, ensure_ascii=False)
        (self.out / "manifest.json").write_text(text + "\n", encoding="utf-8")


def english(root: Path, writer: Writer) -> None:
    """EWT with Universal NER, PUD, WikiGold."""
    licence = "CC BY-SA 4.0"
    names = {"train": "uner-ewt-train.prerelease-2022", "dev": "uner-ewt-dev"}
    for split in ("train", "dev", "test"):
        trees = corpora.read_conllu(root / f"ud/en/ewt-{split}.conllu", "ud-en", "en")
        file = names.get(split, f"uner-ewt-{split}")
        named = corpora.read_iob2(root / f"ner/en/{file}.iob2", "uner-en", "en")
        merged, rest = corpora.merge_names(trees, named)
        writer.write(f"ud-en-{split}", merged, licence)
        if rest:
            writer.write(f"ner-en-ewt-rest-{split}", rest, licence)
    writer.write(
        "ud-en-pud", corpora.read_conllu(root / "ud/en/pud.conllu", "pud-en", "en"), "CC BY-SA 3.0"
    )
    wikigold = corpora.read_last_column(root / "ner/en/wikigold.txt", "wikigold", "en")
    writer.write("ner-en-wikigold-train", wikigold, "CC BY 4.0")


def dutch(root: Path, writer: Writer) -> None:
    """LassySmall, Alpino, MEANTIME, Europeana."""
    licence = "CC BY-SA 4.0"
    held_out: set[str] = set()
    conventions = lassy_counts.Conventions()
    for treebank, short in (("lassysmall", "ud-nl"), ("alpino", "ud-nl-alpino")):
        for split in ("dev", "test"):
            path = root / f"ud/nl/{treebank}-{split}.conllu"
            name = f"{short}-{'train' if (treebank, split) == ('alpino', 'dev') else split}"
            released = [lassy.plain(tree) for tree in corpora.read_conllu(path, short, "nl")]
            writer.write(name, released, licence)
            held_out.update(corpora.words_key(tree.words) for tree in released)
            if split == "dev":
                conventions.learn(released)
    old = corpora.read_conllu(root / "ud/nl/lassysmall-train.ud2.0-2017.conllu", "ud-nl", "nl")
    trees = [lassy.upgrade(tree, conventions) for tree in corpora.without(old, held_out)]
    # Wikipedia's lists are four sentences in ten of it, and one in eight of today's release, so
    # they have a file and a weight of their own.
    parts: dict[bool, list[Sentence]] = {True: [], False: []}
    for kept in filter(corpora.is_tree, trees):
        parts[bool(VERBAL & set(kept.upos or ()))].append(kept)
    listed = [replace(entry, source="ud-nl-lists") for entry in parts[False]]
    writer.write("ud-nl-train", parts[True], licence)
    writer.write("ud-nl-lists-train", listed, licence)

    meantime = [
        sentence
        for path in sorted((root / "ner/nl/meantime").glob("*.ne"))
        for sentence in corpora.read_meantime(path, "meantime", "nl")
    ]
    documents = sorted({s.id.split("-")[0] for s in meantime})
    dev = set(documents[::6])
    texts: dict[str, list[Sentence]] = {"train": [], "dev": []}
    for sentence in meantime:
        texts["dev" if sentence.id.split("-")[0] in dev else "train"].append(sentence)
    for split, sentences in texts.items():
        writer.write(f"ner-nl-meantime-{split}", sentences, "CC BY 4.0")
    path = root / "ner/nl/europeana-historical.bio"
    chunks = list(corpora.read_unbroken(path, "europeana", "nl"))
    named = [s for s in chunks if s.ner and "B-PER" in s.ner]
    train, held = every(named, 10)
    writer.write("ner-nl-europeana-train", train, "CC0")
    writer.write("ner-nl-europeana-dev", held, "CC0")


def sentence_numbers(sentences: Iterable[Sentence]) -> dict[tuple[str, ...], list[int]]:
    """The 1-based positions in a file at which a sequence of words occurs."""
    found: dict[tuple[str, ...], list[int]] = {}
    for number, sentence in enumerate(sentences, start=1):
        found.setdefault(sentence.words, []).append(number)
    return found


def swedish(root: Path, writer: Writer) -> None:
    """Talbanken (v1 made v2) with Universal NER, PUD, web news, SUC."""
    licence = "CC BY-SA 4.0"
    path = root / "ner/sv/uner-talbanken-train.iob2"
    released = list(corpora.read_conllu(root / "ud/sv/talbanken-dev.conllu", "ud-sv", "sv"))
    conventions = Conventions().learn(released, weight=20)
    pud = [
        harmonise(tree, conventions)
        for tree in corpora.read_conllu(root / "ud/sv/pud.conllu", "pud-sv", "sv")
    ]
    conventions.learn(pud)
    path_v1 = root / "ud/sv/talbanken-train.ud1-2015.conll"
    old = list(corpora.read_conllu(path_v1, "ud-sv", "sv"))
    lemmas = Lemmas(conventions, old)
    numbers = sentence_numbers(corpora.read_iob2(path, "uner-sv", "sv"))
    differences = root / "ud/sv/talbanken-enhanced-differences.ud2.tsv"
    with differences.open(encoding="utf-8") as lines:
        settled = settled_relations(lines)
    trees = []
    for tree in old:
        same = numbers.get(tree.words)
        relations = settled.get(same.pop(0), {}) if same else {}
        converted = talbanken.convert(tree, conventions, relations)
        if corpora.is_tree(converted):
            trees.append(with_lemmas(converted, lemmas))
    merged, rest = corpora.merge_names(trees, corpora.read_iob2(path, "uner-sv", "sv"))
    writer.write("ud-sv-train", merged, licence)
    writer.write("ner-sv-talbanken-rest-train", rest, licence)
    for split in ("dev", "test"):
        current = corpora.read_conllu(root / f"ud/sv/talbanken-{split}.conllu", "ud-sv", "sv")
        named = corpora.read_iob2(root / f"ner/sv/uner-talbanken-{split}.iob2", "uner-sv", "sv")
        both, rest = corpora.merge_names(current, named)
        writer.write(f"ud-sv-{split}", both, licence)
    writer.write("ud-sv-pud", pud, "CC BY-SA 3.0")
    news = list(
        corpora.read_last_column(root / "ner/sv/webbnyheter-train.txt", "webbnyheter", "sv")
    )
    train, held = every(news, 10)
    writer.write("ner-sv-webbnyheter-train", train, "CC BY 4.0")
    writer.write("ner-sv-webbnyheter-dev", held, "CC BY 4.0")
    test = corpora.read_last_column(root / "ner/sv/webbnyheter-test.txt", "webbnyheter", "sv")
    writer.write("ner-sv-webbnyheter-test", test, "CC BY 4.0")
    suc = corpora.read_suc(root / "ner/sv/suc3-disagreements.txt", "suc3", "sv")
    writer.write("ner-sv-suc3-train", suc, "CC BY 4.0")


def short_sentences(root: Path, lang: str, code: str, gold: Sequence[Sentence]) -> list[Sentence]:
    """Tatoeba sentences whose only names are first names that the English side shares."""
    folder = root / f"parallel/tatoeba/eng-{code}"
    stem = "tatoeba-test-v2021-08-07"
    english = (folder / f"{stem}.eng").read_text(encoding="utf-8").splitlines()
    other = (folder / f"{stem}.{code}").read_text(encoding="utf-8").splitlines()
    given = frozenset(
        word
        for origin, part, values in names.rows("names.tsv")
        if part.startswith("given") and origin not in names.TRANSLITERATED
        for word in values.split()
    ) | {"Tom", "Mary", "Maria", "John", "Marie", "Ken", "Bob", "Alice", "Jim", "Kate", "Betty"}
    vocabulary = {word for s in gold for word in s.words if word.islower()}
    found = []
    for number, (source, text) in enumerate(zip(english, other, strict=True), start=1):
        words = re.findall(r"\w+(?:[-'’.]\w+)*|[^\w\s]", text)
        tags = names.known_person(words, source, given, vocabulary.__contains__)
        if tags:
            found.append(
                augmentation.sentence((words, list(tags)), lang, f"tatoeba-{lang}", number)
            )
    return found


def known_given_names(gold: dict[str, list[Sentence]]) -> frozenset[str]:
    """First names: the first words of longer persons in the gold data, and our own list."""
    counts: Counter[str] = Counter()
    for sentences in gold.values():
        for sentence in sentences:
            for start, end in names.spans(sentence.ner or ()):
                if end - start > 1 and sentence.source != "europeana":
                    counts[sentence.words[start]] += 1
    listed = {
        word
        for origin, part, values in names.rows("names.tsv")
        if part.startswith("given") and origin not in names.TRANSLITERATED
        for word in values.split()
    }
    seen = {word for word, count in counts.items() if count >= 2 and len(word) > 2}
    return frozenset(listed | {word for word in seen if word.isalpha() and word[1:].islower()})


def augmented(root: Path, writer: Writer) -> None:
    """Sentences with composed names, for each language; persons found in Dutch trees."""
    given = known_given_names(writer.gold)
    lexicon = (root / "lexicons/eu-countries.nl-en-sv.tsv").read_text(encoding="utf-8")
    countries = frozenset(cell for line in lexicon.splitlines() for cell in line.split("\t"))
    trees = [s for s in writer.gold["nl"] if s.head is not None]
    marked = [replace(tree, ner=names.silver(tree, given, countries)) for tree in trees]
    for source in ("ud-nl", "ud-nl-lists", "ud-nl-alpino"):
        part = [tree for tree in marked if tree.source == source]
        writer.write(f"{source}-train", part, "CC BY-SA 4.0")
    for lang, code in (("en", None), ("nl", "nld"), ("sv", "swe")):
        gold = [s for s in writer.gold[lang] if s.source != "europeana"]
        gold += marked if lang == "nl" else []
        if code:
            short = short_sentences(root, lang, code, gold)
            writer.write(
                f"aug-{lang}-tatoeba-train", augmentation.renamed(lang, short), "CC BY 2.0 FR"
            )
            gold += short
        writer.write(f"aug-{lang}-train", augmentation.augment(lang, gold), "as the gold sources")


def main(arguments: Sequence[str] | None = None) -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args(arguments)
    writer = Writer(options.out)
    english(options.corpora, writer)
    dutch(options.corpora, writer)
    swedish(options.corpora, writer)
    augmented(options.corpora, writer)
    writer.finish()


if __name__ == "__main__":
    main()
