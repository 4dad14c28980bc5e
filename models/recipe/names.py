"""Personal names: composed from components, found in trees and short sentences, freed of titles.

Open name data hold few persons whose names are Slavic, Kazakh, Turkish, Arabic,
Persian, Chinese or African, and hardly any modern Dutch ones. `Names` composes
such names in the spelling of each language.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from models.recipe.corpora import Sentence

HERE = Path(__file__).parent
LANGUAGES = ("en", "nl", "sv")
VOWELS = frozenset("aeiouyëöäåéAEIOUY")

Tagged = tuple[list[str], list[str]]
"""Words and their BIO tags."""


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of a tab-separated file beside this module, without comments."""
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return tuple(tuple(line.split("\t")) for line in lines if line and not line.startswith("#"))


# ---------------------------------------------------------------- spelling


@cache
def spelling(lang: str) -> dict[str, str]:
    """Letters of the scholarly transliteration to those of a language."""
    column = 1 + LANGUAGES.index(lang)
    return {row[0].rstrip("$"): row[column] for row in rows("transliteration.tsv")}


def transliterate(name: str, lang: str) -> str:
    """A name in scholarly transliteration as a newspaper of the language would spell it.

    >>> [transliterate("Žukov", lang) for lang in ("en", "nl", "sv")]
    ['Zhukov', 'Zjoekov', 'Zjukov']
    """
    table = spelling(lang)
    longest = max(map(len, table))
    out = ""
    position = 0
    while position < len(name):
        for length in range(longest, 0, -1):
            piece = name[position : position + length]
            new = table.get(piece.lower())
            if len(piece) == length and new is not None:
                out += new.capitalize() if piece[0].isupper() else new
                position += length
                break
        else:
            out += name[position]
            position += 1
    return out


TRANSLITERATED = frozenset({"slavic", "kazakh"})


class Names:
    """Composes names in the spelling and the tokens of one language."""

    def __init__(self, lang: str, draw: random.Random) -> None:
        self.lang = lang
        self.draw = draw
        self.parts: dict[str, dict[str, list[str]]] = defaultdict(dict)
        for origin, part, values in rows("names.tsv"):
            names = values.split()
            if origin in TRANSLITERATED:
                names = [transliterate(name, lang) for name in names]
            self.parts[origin][part] = [name.replace("_", " ") for name in names]

    def part(self, origin: str, kind: str, female: bool = False) -> str:
        """One component; the female form where the origin has one."""
        parts = self.parts[origin]
        wanted = f"{kind}_f" if female and f"{kind}_f" in parts else kind
        return self.draw.choice(parts[wanted])

    def surname(self, origin: str, female: bool = False) -> str:
        """A surname; Dutch ones often have a particle, Arabic ones an article."""
        chance = self.draw.random()
        if origin == "dutch" and chance < 0.5:
            return f"{self.part(origin, 'particle')} {self.part(origin, 'tail')}"
        if origin == "arabic" and chance < 0.4:
            particle = self.part(origin, "particle")
            joint = "" if particle.endswith("-") else " "
            return particle + joint + self.part(origin, "surname")
        surname = self.part(origin, "surname", female)
        double = origin in ("dutch", "english", "swedish", "southern", "french")
        if double and chance > 0.93 and "-" not in surname:
            other = self.part(origin, "surname", female)
            return f"{surname}-{other}" if self.draw.random() < 0.8 else f"{surname} {other}"
        return surname

    def initials(self, given: str) -> str:
        """`J.P.`, `J. P.` or `J.` for a given name."""
        first = given[0] + "."
        chance = self.draw.random()
        if chance < 0.5:
            return first
        second = self.draw.choice("ABCDEFGHJKLMNPRSTVW") + "."
        return first + second if chance < 0.8 else f"{first} {second}"

    def full(self) -> str:
        """A full name of any origin, parts separated by spaces."""
        origin = self.draw.choice(ORIGINS)
        female = self.draw.random() < 0.4
        if origin == "eastasian":
            return self.part(origin, "full")
        if origin == "chinese":
            name = [self.part(origin, "surname"), self.part(origin, "given")]
            return " ".join(name)
        given, surname = self.part(origin, "given", female), self.surname(origin, female)
        chance = self.draw.random()
        if origin in TRANSLITERATED and chance < 0.25:
            patronymic = self.part(origin, "patronymic", female)
            return f"{given} {patronymic} {surname}" if chance < 0.18 else f"{given} {patronymic}"
        if chance < 0.12:
            return f"{self.initials(given)} {surname}"
        if chance < 0.2:
            middle = self.part(origin, "given", female)
            return f"{given} {middle} {surname}"
        if chance < 0.25:
            return f"{given} {self.draw.choice('ABCDEFGHJKLMNPRSTW')}. {surname}"
        if chance < 0.29 and "-" not in given:
            return f"{given}-{self.part(origin, 'given', female)} {surname}"
        return f"{given} {surname}"

    def short(self) -> str:
        """A surname or a given name alone."""
        origin = self.draw.choice([name for name in ORIGINS if name != "eastasian"])
        female = self.draw.random() < 0.4
        if self.draw.random() < 0.7:
            surname = self.surname(origin, female)
            return surname[0].upper() + surname[1:] if origin == "dutch" else surname
        return self.part(origin, "given", female)

    def tagged(self, name: str) -> Tagged:
        """A name in tokens; English separates the parts of hyphenated words."""
        words: list[str] = []
        for part in name.split():
            words += re.split(r"(?<=\w)(-)(?=\w)", part) if self.lang == "en" else [part]
        return words, ["B-PER"] + ["I-PER"] * (len(words) - 1)


ORIGINS = (
    ["slavic"] * 5
    + ["kazakh"] * 3
    + ["arabic"] * 3
    + ["dutch"] * 5
    + ["turkish", "persian", "persian", "chinese", "eastasian", "african", "african"]
    + ["swedish", "swedish", "english", "french", "german", "southern", "central"]
)


# ---------------------------------------------------------------- names in annotated sentences


def spans(tags: Sequence[str | None], kind: str = "PER") -> list[tuple[int, int]]:
    """Half-open spans of one kind."""
    found = []
    for start, tag in enumerate(tags):
        if tag == f"B-{kind}":
            end = start + 1
            while end < len(tags) and tags[end] == f"I-{kind}":
                end += 1
            found.append((start, end))
    return found


def without_titles(sentence: Sentence) -> Sentence:
    """Titles and marks at the start of a person's name become `O`.

    Corpora differ there; the project's guidelines leave titles out. Lower-case
    particles stay.
    """
    if not sentence.ner:
        return sentence
    titles = {text for _, kind, text in rows("roles.tsv") if kind == "title"}
    inside = particles()
    tags = list(sentence.ner)
    for start, end in spans(tags):
        at = start
        while at < end - 1:
            word = sentence.words[at]
            if not (word in titles or (not word[:1].isupper() and word not in inside)):
                break
            tags[at] = "O"
            at += 1
        tags[at] = "B-PER"
    return replace(sentence, ner=tuple(tags))


# ---------------------------------------------------------------- first names in parallel sentences


def known_person(
    words: Sequence[str], english: str, given: frozenset[str], is_word: Callable[[str], bool]
) -> tuple[str, ...] | None:
    """Tags of a short sentence whose only capitalised words are first names.

    Args:
        words: tokens.
        english: the English sentence it is paired with; the name must be in it.
        given: first names.
        is_word: whether a lower-cased form is an ordinary word.

    Returns:
        Tags, or `None` if anything else could be a name.
    """
    others = set(re.findall(r"[A-Z][\w']+", english))
    tags = []
    for index, word in enumerate(words):
        if not word[:1].isupper():
            tags.append("O")
        elif word in given and word in others:
            tags.append("B-PER")
        elif index == 0 and is_word(word.lower()):
            tags.append("O")
        else:
            return None
    return tuple(tags) if "B-PER" in tags else None


# ---------------------------------------------------------------- persons in trees


def particles() -> set[str]:
    """Words that stand inside names in lower case."""
    listed = {word for row in rows("names.tsv") if row[1] == "particle" for word in row[2].split()}
    parts = {part for word in listed for part in word.rstrip("-").split("_")}
    return parts | {"von", "af", "du", "da", "di", "la", "le", "'t", "’t", "zu"}


def silver(
    tree: Sentence, given: frozenset[str], countries: frozenset[str]
) -> tuple[str | None, ...]:
    """What a tree without name tags tells about names; `None` where it tells nothing.

    Proper nouns joined by `flat` are a person if they begin with a known first
    name or are in apposition to a word for a person. A single proper noun that
    names a country is a place. Words that no name contains are `O`.
    """
    assert tree.upos and tree.deprel and tree.head and tree.lemma
    lead = {text for lang, kind, text in rows("roles.tsv") if (lang, kind) == (tree.lang, "person")}
    tags: list[str | None] = []
    group = [
        head - 1 if relation == "flat" else index
        for index, (head, relation) in enumerate(zip(tree.head, tree.deprel, strict=True))
    ]
    members: dict[int, list[int]] = defaultdict(list)
    for index, first in enumerate(group):
        members[first].append(index)
    for index, word in enumerate(tree.words):
        named = tree.upos[index] in ("PROPN", "X", "SYM") or len(members[group[index]]) > 1
        capital = index > 0 and word[:1].isupper()
        tags.append(None if named or capital else "O")
    inside = particles()
    for first, parts in members.items():
        words = [tree.words[part] for part in parts]
        whole = parts == list(range(parts[0], parts[-1] + 1)) and parts[0] == first
        proper = tree.upos[first] == "PROPN" and all(
            word[:1].isupper() or word in inside for word in words
        )
        if not whole or not proper or words[-1] in inside:
            continue
        role = tree.head[first] - 1
        apposed = role >= 0 and tree.deprel[first] == "appos" and tree.lemma[role] in lead
        known = len(words) > 1 and words[0] in given
        if known or apposed:
            tags[parts[0] : parts[-1] + 1] = ["B-PER"] + ["I-PER"] * (len(parts) - 1)
        elif len(words) == 1 and words[0] in countries:
            tags[first] = "B-LOC"
    return tuple(tags)
