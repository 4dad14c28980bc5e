"""Documents with known alignments, from the open corpora, for `measure_alignment.py`."""

from __future__ import annotations

import ast
import gzip
import hashlib
import random
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

Pairs = list[tuple[str, str]]
Gold = list[tuple[tuple[int, ...], tuple[int, ...]]]
FLORES = {"nl": "nld_Latn", "en": "eng_Latn", "sv": "swe_Latn"}
UDHR = {"nl": "nld", "en": "eng", "sv": "swe"}
DOCUMENT_SIZE = 25
LABEL = re.compile(r"\(?([a-z]{1,4}|\d{1,3})[.)]\s*\S")


@dataclass(frozen=True)
class Case:
    """Two versions of a document and the groups that align them."""

    source: list[str]
    target: list[str]
    gold: Gold


def damaged(pairs: Pairs, rng: random.Random, drop: float = 0.06, merge: float = 0.16) -> Case:
    """Merges a share of the sentences on each side in pairs, and drops a share of the units.

    An empty text stands for a sentence that this side lacks.
    """
    sides = []
    for side in (0, 1):
        merged: list[tuple[tuple[int, ...], str]] = []
        for place, pair in enumerate(pairs):
            if not pair[side]:
                continue
            # Each merge takes two sentences, so half the share of positions is merged.
            if merged and len(merged[-1][0]) == 1 and rng.random() < merge / 2:
                merged[-1] = (merged[-1][0] + (place,), f"{merged[-1][1]} {pair[side]}")
            else:
                merged.append(((place,), pair[side]))
        sides.append([unit for unit in merged if rng.random() >= drop])
    gold = components([ids for ids, _ in sides[0]], [ids for ids, _ in sides[1]])
    return Case([text for _, text in sides[0]], [text for _, text in sides[1]], gold)


def with_foreign_runs(
    pairs: Pairs, foreign: Pairs, rng: random.Random, share: float = 0.04, longest: int = 6
) -> Pairs:
    """Puts runs of unrelated sentences at random places, of independent lengths on the two sides:
    letterheads, introductions, footnotes and menus that only one version has."""
    out: Pairs = []
    for pair in [("", ""), *pairs]:
        out.append(pair)
        if rng.random() < share:
            start = rng.randrange(len(foreign) - 2 * longest)
            left, right = rng.randint(0, longest), rng.randint(0, longest)
            out += [(text, "") for text, _ in foreign[start : start + left]]
            out += [("", text) for _, text in foreign[start + longest : start + longest + right]]
    return out[1:]


def components(source: Sequence[tuple[int, ...]], target: Sequence[tuple[int, ...]]) -> Gold:
    """Minimal groups of units that share original sentences; those with one side are left out."""
    links = [
        (i, j)
        for i, left in enumerate(source)
        for j, right in enumerate(target)
        if left[0] <= right[-1] and right[0] <= left[-1] and set(left) & set(right)
    ]
    gold: list[tuple[set[int], set[int]]] = []
    for i, j in links:
        for group in gold:
            if i in group[0] or j in group[1]:
                group[0].add(i)
                group[1].add(j)
                break
        else:
            gold.append(({i}, {j}))
    return [(tuple(sorted(left)), tuple(sorted(right))) for left, right in gold]


def meantime(corpora: Path) -> Iterator[Pairs]:
    """News nl–en, one document at a time."""
    lines = (corpora / "parallel/meantime.en-nl.tsv").read_text("utf-8").splitlines()[1:]
    rows = [line.split("\t") for line in lines]
    for _, document in groupby(rows, key=lambda row: row[0]):
        yield [(row[3], row[2]) for row in document if len(row) > 3 and row[2] and row[3]]


def chunks(pairs: Pairs) -> Iterator[Pairs]:
    """Runs of `DOCUMENT_SIZE` pairs."""
    for start in range(0, len(pairs) - DOCUMENT_SIZE + 1, DOCUMENT_SIZE):
        yield pairs[start : start + DOCUMENT_SIZE]


def pud(corpora: Path) -> Iterator[Pairs]:
    """News and wiki sentences sv–en in the corpus's order."""
    texts = {}
    for lang in ("sv", "en"):
        found = (corpora / f"ud/{lang}/pud.conllu").read_text("utf-8")
        texts[lang] = dict(re.findall(r"# sent_id = (\S+)\n(?:#.*\n)*?# text = (.*)", found))
    yield from chunks(
        [(texts["sv"][key], texts["en"][key]) for key in texts["sv"] if key in texts["en"]]
    )


def flores_sentences(corpora: Path, lang: str) -> list[str]:
    """The devtest part of FLORES: 1,012 sentences."""
    path = corpora / f"parallel/flores/{FLORES[lang]}.devtest"
    return [line for line in path.read_text("utf-8").splitlines() if line.strip()]


def flores(corpora: Path, source: str, target: str) -> Iterator[Pairs]:
    """FLORES in its order, where sentences of one article stand together."""
    both = (flores_sentences(corpora, lang) for lang in (source, target))
    yield from chunks(list(zip(*both, strict=True)))


def part_of(treaty: str) -> int:
    """The twentieth of the treaties to which one belongs (by its BWBV id); part 0 is not trained
    on."""
    return int(hashlib.md5(treaty.encode()).hexdigest(), 16) % 20


def treaties(corpora: Path, part: int = 0, longest: int | None = None) -> Iterator[Pairs]:
    """Treaties nl–en of one part, paragraph by paragraph in document order."""
    with gzip.open(corpora / "parallel/nl-treaties.en-nl.tsv.gz", "rt", encoding="utf-8") as file:
        next(file)
        rows = [line.rstrip("\n").split("\t") for line in file]
    for treaty, document in groupby(rows, key=lambda row: row[0]):
        pairs = [(row[4], row[3]) for row in document]
        if part_of(treaty) == part and DOCUMENT_SIZE <= len(pairs) <= (longest or len(pairs)):
            yield pairs


def well_numbered(pairs: Pairs) -> bool:
    """Whether at most one row in fifty pairs paragraphs with different item labels.

    The treaties are paired by counting; where one version has a paragraph more, all rows after it
    are wrong, and the labels `(a)` against `(b)` show it.
    """
    labels = [[LABEL.match(side) for side in pair] for pair in pairs]
    wrong = sum(bool(a and b and a.group(1) != b.group(1)) for a, b in labels)
    return wrong * 50 <= len(pairs)


def udhr(corpora: Path, source: str, target: str) -> Iterator[Pairs]:
    """The Universal Declaration, by paragraph; parts with unequal paragraphs are left out."""
    parts = []
    for lang in (source, target):
        root = ElementTree.parse(corpora / f"parallel/udhr/udhr_{UDHR[lang]}.xml").getroot()
        found = {}
        for part in root:
            name = part.tag.rsplit("}")[-1] + part.get("number", "")
            texts = [
                " ".join("".join(node.itertext()).split())
                for node in part.iter()
                if node.tag.rsplit("}")[-1] in ("para", "title")
            ]
            found[name] = [text for text in texts if text]
        parts.append(found)
    pairs: Pairs = []
    for name, texts in parts[0].items():
        if name.startswith(("preamble", "article")) and len(texts) == len(parts[1].get(name, [])):
            pairs += zip(texts, parts[1][name], strict=True)
    yield pairs


def text_berg(corpora: Path) -> Case:
    """The German–French development set of Text+Berg with its gold alignment."""
    folder = corpora / "alignment/text+berg-dev"
    sides = [(folder / f"dev.{lang}").read_text("utf-8").splitlines() for lang in ("de", "fr")]
    gold: Gold = []
    for line in (folder / "dev.defr").read_text("utf-8").splitlines():
        if line.strip():
            left, right = (tuple(ast.literal_eval(part)) for part in line.split(":")[:2])
            gold.append((left, right))
    return Case(sides[0], sides[1], [group for group in gold if group[0] and group[1]])


def sentences_of_treaties(corpora: Path) -> Iterator[tuple[str, str]]:
    """Treaty paragraphs of at most 50 words, seen or not, nl–en: for measuring speed."""
    with gzip.open(corpora / "parallel/nl-treaties.en-nl.tsv.gz", "rt", encoding="utf-8") as file:
        next(file)
        for line in file:
            row = line.rstrip("\n").split("\t")
            if row[3].count(" ") < 50:
                yield row[4], row[3]
    for english, dutch in zip(
        *(
            (corpora / f"parallel/tatoeba/eng-nld/tatoeba-test-v2021-08-07.{code}")
            .read_text("utf-8")
            .splitlines()
            for code in ("eng", "nld")
        ),
        strict=True,
    ):
        yield dutch, english
    yield from zip(flores_sentences(corpora, "nl"), flores_sentences(corpora, "en"), strict=True)
