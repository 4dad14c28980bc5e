"""Readers for the open corpora: every one gives the same plain `Sentence`.

A sentence carries words and, for each task, one column of labels or `None`
when the corpus says nothing about that task. The trainer leaves the loss of a
`None` column out, so corpora with different annotation can be mixed freely.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

SOFT_HYPHEN = "\u00ad"


@dataclass(frozen=True)
class Sentence:
    """One sentence in the common format.

    Attributes:
        id: identifier, unique within the source.
        source: short name of the corpus, for instance `ud-nl`.
        lang: ISO 639-1 code.
        words: syntactic words.
        space_after: for each word, whether white space follows it.
        upos, xpos, feats, lemma, deprel: one string a word, or `None`.
            A lemma or a name tag may be `None` for a single word, too.
        head: 1-based index of the head, 0 for the root, or `None`.
        ner: BIO tags over PER, LOC and ORG, or `None`.
    """

    id: str
    source: str
    lang: str
    words: tuple[str, ...]
    space_after: tuple[bool, ...]
    upos: tuple[str, ...] | None = None
    xpos: tuple[str, ...] | None = None
    feats: tuple[str, ...] | None = None
    lemma: tuple[str | None, ...] | None = None
    head: tuple[int, ...] | None = None
    deprel: tuple[str, ...] | None = None
    ner: tuple[str | None, ...] | None = None

    def to_json(self) -> str:
        """The sentence as one line of JSON, without the corpus's own tag set."""
        kept = {name: value for name, value in self.__dict__.items() if name != "xpos"}
        return json.dumps(kept, ensure_ascii=False)

    def text(self) -> str:
        """The words with the white space between them."""
        pairs = zip(self.words, self.space_after, strict=True)
        return "".join(word + " " * space for word, space in pairs).rstrip()


# ---------------------------------------------------------------- blocks of lines


def blocks(lines: Iterable[str]) -> Iterator[list[str]]:
    """Groups of lines between blank lines, line ends removed."""
    block: list[str] = []
    for line in lines:
        line = line.rstrip("\n").lstrip("\ufeff")
        if line.strip():
            block.append(line)
        elif block:
            yield block
            block = []
    if block:
        yield block


def read_blocks(path: Path) -> Iterator[list[str]]:
    """`blocks` of a UTF-8 file."""
    with path.open(encoding="utf-8") as lines:
        yield from blocks(lines)


def comments(block: Sequence[str]) -> dict[str, str]:
    """The `# key = value` lines of a CoNLL-U or IOB2 block."""
    found = {}
    for line in block:
        key, equals, value = line.lstrip("# ").partition(" = ")
        if line.startswith("#") and equals:
            found[key.strip()] = value
    return found


# ---------------------------------------------------------------- white space

_NO_SPACE_BEFORE = frozenset(".,;:!?)]}%…»”'’")
_NO_SPACE_AFTER = frozenset("([{«“„")


def guess_spacing(words: Sequence[str]) -> tuple[bool, ...]:
    """White space by typographic habit, for corpora that do not record it.

    Straight quotation marks open and close in turn.
    """
    spaces = [True] * len(words)
    open_quote = False
    for index, word in enumerate(words):
        if word == '"':
            closes, open_quote = open_quote, not open_quote
            if closes and index:
                spaces[index - 1] = False
            elif not closes:
                spaces[index] = False
        elif word in _NO_SPACE_AFTER:
            spaces[index] = False
        elif word in _NO_SPACE_BEFORE and index:
            spaces[index - 1] = False
    return tuple(spaces)


def spacing_from_text(words: Sequence[str], text: str) -> tuple[bool, ...] | None:
    """White space after each word as the raw text has it, `None` if they differ."""
    spaces = []
    position = 0
    for word in words:
        if not text.startswith(word, position):
            return None
        position += len(word)
        after = position
        while after < len(text) and text[after].isspace():
            after += 1
        spaces.append(after > position)
        position = after
    if spaces:
        spaces[-1] = True
    return tuple(spaces) if position == len(text) else None


# ---------------------------------------------------------------- Universal Dependencies


def conllu_sentence(block: Sequence[str], source: str, lang: str, number: int) -> Sentence:
    """One CoNLL-U (v2) or CoNLL-X style (v1) block.

    Words of a multiword token have no space between them; empty nodes are left
    out. A column that holds `_` for every word counts as not annotated.
    """
    notes = comments(block)
    rows: list[list[str]] = []
    spaces: list[bool] = []
    glued_until, space_after_range = 0, True
    for line in block:
        if line.startswith("#"):
            continue
        row = line.split("\t")
        no_space = "SpaceAfter=No" in row[-1]
        if "-" in row[0]:
            glued_until, space_after_range = int(row[0].split("-")[1]), not no_space
            continue
        if "." in row[0]:
            continue
        rows.append(row)
        position = int(row[0])
        if position < glued_until:
            spaces.append(False)
        elif position == glued_until:
            spaces.append(space_after_range)
        else:
            spaces.append(not no_space)
    words = tuple(row[1].replace(SOFT_HYPHEN, "") or "-" for row in rows)
    if not any("SpaceAfter" in line for line in block) and "text" not in notes:
        spaces = list(guess_spacing(words))
    lemma = tuple(row[2] for row in rows)
    unannotated = all(value == "_" for value in lemma) and any(word != "_" for word in words)
    return Sentence(
        id=notes.get("sent_id", f"{source}-{number}"),
        source=source,
        lang=lang,
        words=words,
        space_after=tuple(spaces),
        upos=tuple(row[3] for row in rows),
        xpos=tuple(row[4] for row in rows),
        feats=tuple(row[5] for row in rows),
        lemma=None if unannotated else lemma,
        head=tuple(int(row[6]) for row in rows),
        deprel=tuple(row[7] for row in rows),
    )


def read_conllu(path: Path, source: str, lang: str) -> Iterator[Sentence]:
    """All trees of a CoNLL-U file, or of a UD v1 file without comments."""
    for number, block in enumerate(read_blocks(path), start=1):
        yield conllu_sentence(block, source, lang, number)


# ---------------------------------------------------------------- names


def bio(labels: Iterable[str], kinds: Mapping[str, str]) -> tuple[str, ...]:
    """BIO tags from tags with any prefix habit.

    Args:
        labels: tags such as `B-PER`, `I-PER` (IOB1 or IOB2), `PER`, `O`, `0`.
        kinds: the corpus's name for a kind to ours; other kinds become `O`.
    """
    tags = []
    previous = "O"
    for label in labels:
        prefix, dash, kind = label.partition("-")
        if not dash:
            prefix, kind = "I", label
        ours = kinds.get(kind, "O")
        if ours == "O":
            tags.append("O")
        elif prefix == "B" or ours != previous:
            tags.append(f"B-{ours}")
        else:
            tags.append(f"I-{ours}")
        previous = ours
    return tuple(tags)


PLAIN = {"PER": "PER", "LOC": "LOC", "ORG": "ORG"}
SUC = {"person": "PER", "place": "LOC", "inst": "ORG"}


def iob2_sentence(block: Sequence[str], source: str, lang: str, number: int) -> Sentence:
    """One block of Universal NER: number, word, tag and annotators by tabs."""
    notes = comments(block)
    rows = [line.split("\t") for line in block if not line.startswith("#")]
    words = tuple(row[1] for row in rows)
    known = spacing_from_text(words, notes["text"]) if "text" in notes else None
    return Sentence(
        id=notes.get("sent_id", f"{source}-{number}"),
        source=source,
        lang=lang,
        words=words,
        space_after=known or guess_spacing(words),
        ner=bio((row[2] for row in rows), PLAIN),
    )


def read_iob2(path: Path, source: str, lang: str) -> Iterator[Sentence]:
    """All sentences of a Universal NER file."""
    for number, block in enumerate(read_blocks(path), start=1):
        yield iob2_sentence(block, source, lang, number)


def tagged_sentence(
    rows: Sequence[tuple[str, str]], kinds: Mapping[str, str], source: str, lang: str, number: int
) -> Sentence:
    """A sentence from (word, tag) pairs; a word with white space in it becomes several."""
    pairs = [
        (part, tag if index == 0 or not tag.startswith("B-") else f"I-{tag[2:]}")
        for word, tag in rows
        for index, part in enumerate(word.replace(SOFT_HYPHEN, "").split())
    ]
    words = tuple(word for word, _ in pairs)
    return Sentence(
        id=f"{source}-{number}",
        source=source,
        lang=lang,
        words=words,
        space_after=guess_spacing(words),
        ner=bio((tag for _, tag in pairs), kinds),
    )


def read_last_column(
    path: Path, source: str, lang: str, kinds: Mapping[str, str] = PLAIN
) -> Iterator[Sentence]:
    """Files with a word and, after white space, its tag on each line."""
    for number, block in enumerate(read_blocks(path), start=1):
        rows = []
        for line in block:
            parts = line.rsplit(None, 1)
            if len(parts) == 2:
                rows.append((parts[0], parts[1]))
        if rows:
            yield tagged_sentence(rows, kinds, source, lang, number)


def read_suc(path: Path, source: str, lang: str) -> Iterator[Sentence]:
    """The comparison file of SUC 3.0: word, manual tag, automatic tag; manual ones count."""
    for number, block in enumerate(read_blocks(path), start=1):
        rows = []
        for line in block:
            parts = line.rsplit(None, 2)
            if len(parts) == 3:
                rows.append((parts[0], parts[1]))
        if rows:
            yield tagged_sentence(rows, SUC, source, lang, number)


def brackets_to_labels(cells: Iterable[str]) -> list[str]:
    """`(PER`, `PER`, `PER)`, `(PER)` and `_` as B-, I- and O tags."""
    return [
        "O" if cell == "_" else f"{'B' if cell.startswith('(') else 'I'}-{cell.strip('()')}"
        for cell in cells
    ]


def read_meantime(path: Path, source: str, lang: str) -> Iterator[Sentence]:
    """One MEANTIME document: token number, word, bracketed kind, link."""
    for number, block in enumerate(read_blocks(path), start=1):
        rows = [line.split("\t") for line in block]
        labels = brackets_to_labels(row[2] for row in rows)
        pairs = list(zip((row[1] for row in rows), labels, strict=True))
        sentence = tagged_sentence(pairs, PLAIN, source, lang, number)
        yield replace(sentence, id=f"{path.name.split('_')[0]}-{number}")


_TRAILING = re.compile(r"^(.*?[\w)])([,;:!?)]{1,3}|\.)$")
_MAX_CHUNK = 60
_MIN_CHUNK = 8


def split_punctuation(word: str, tag: str) -> list[tuple[str, str]]:
    """Cut punctuation off the end of a word; an initial or abbreviation keeps its full stop."""
    match = _TRAILING.match(word)
    if not match or (match[2] == "." and (len(match[1]) < 4 or "." in match[1])):
        return [(word, tag)]
    marks = [(mark, "O") for mark in match[2]]
    return [(match[1], tag), *marks]


def read_unbroken(path: Path, source: str, lang: str) -> Iterator[Sentence]:
    """A file of words and tags without sentence breaks, cut into pseudo-sentences.

    A cut follows a full stop once the chunk has some length, and never falls
    inside a name.
    """
    rows: list[tuple[str, str]] = []
    number = 0
    for block in read_blocks(path):
        for line in block:
            word, _, tag = line.rpartition(" ")
            if not word:
                continue
            ends = bool(rows) and rows[-1][0].endswith(".") and len(rows) >= _MIN_CHUNK
            if rows and not tag.startswith("I-") and (ends or len(rows) >= _MAX_CHUNK):
                number += 1
                yield tagged_sentence(rows, PLAIN, source, lang, number)
                rows = []
            rows.extend(split_punctuation(word, tag))
    if rows:
        yield tagged_sentence(rows, PLAIN, source, lang, number + 1)


# ---------------------------------------------------------------- joining


def is_tree(sentence: Sentence) -> bool:
    """Whether a sentence is annotated with one tree."""
    return sentence.head is not None and heads_form_tree(sentence.head)


def heads_form_tree(heads: Sequence[int]) -> bool:
    """Whether 1-based heads have one root (0) and no cycle."""
    if list(heads).count(0) != 1:
        return False
    for node in range(1, len(heads) + 1):
        seen = set()
        while node:
            if node in seen:
                return False
            seen.add(node)
            node = heads[node - 1]
    return True


def words_key(words: Sequence[str]) -> str:
    """A key under which the same sentence in two releases is found: letters and digits only."""
    return re.sub(r"[\W_]+", "", "".join(words)).casefold()


def without(sentences: Iterable[Sentence], held_out: set[str]) -> Iterator[Sentence]:
    """The sentences whose `words_key` is not held out."""
    return (sentence for sentence in sentences if words_key(sentence.words) not in held_out)


def merge_names(
    trees: Iterable[Sentence], named: Iterable[Sentence]
) -> tuple[list[Sentence], list[Sentence]]:
    """Put name tags on trees of the same sentence.

    Returns:
        The trees, tagged where a sentence with identical words was found (each
        used once), and the name-tagged sentences that were not.
    """
    pool: dict[tuple[str, ...], list[Sentence]] = {}
    for sentence in named:
        pool.setdefault(sentence.words, []).append(sentence)
    merged = []
    for tree in trees:
        same = pool.get(tree.words)
        if same:
            tree = replace(tree, ner=same.pop(0).ner)
        merged.append(tree)
    return merged, [sentence for rest in pool.values() for sentence in rest]
