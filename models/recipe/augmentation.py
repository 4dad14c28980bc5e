"""Training sentences with names and layouts that the corpora lack.

Composed names are put into places of annotated sentences, into lists, templates
and signature lines; copies in capitals and cut lines imitate what headings and
wrapped text look like. Everything is drawn from seeded generators, so the same
input gives the same output.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from models.recipe.corpora import Sentence, guess_spacing
from models.recipe.names import Names, Tagged, rows, spans

SEED = 20261122
AND = {"en": "and", "nl": "en", "sv": "och"}


# ---------------------------------------------------------------- places in sentences


def join(parts: Iterable[Tagged]) -> Tagged:
    """Tagged pieces one after the other."""
    words: list[str] = []
    tags: list[str] = []
    for more_words, more_tags in parts:
        words += more_words
        tags += more_tags
    return words, tags


def outside(text: str) -> Tagged:
    """Words that are no name."""
    words = text.split()
    return words, ["O"] * len(words)


def listing(names: Names, count: int) -> Tagged:
    """`A, B, C and D`; English and Swedish sometimes repeat no comma, lists may lack the `and`."""
    people = [names.tagged(names.full()) for _ in range(count)]
    parts: list[Tagged] = []
    with_and = names.draw.random() < 0.85
    for index, person in enumerate(people):
        if index == count - 1 and index and with_and:
            parts.append(outside(AND[names.lang]))
        elif index:
            parts.append(outside(","))
        parts.append(person)
    return join(parts)


def cells(lang: str, file: str, kind: str) -> list[str]:
    """The texts of one language and kind in a three-column file."""
    return [text for row_lang, row_kind, text in rows(file) if (row_lang, row_kind) == (lang, kind)]


def place(names: Names, kind: str, lang: str) -> Tagged:
    """What fills one place of a template."""
    draw = names.draw
    if kind == "P":
        return names.tagged(names.full() if draw.random() < 0.8 else names.short())
    if kind == "R":
        role = outside(draw.choice(cells(lang, "roles.tsv", "role")))
        return join([role, names.tagged(names.full() if draw.random() < 0.7 else names.short())])
    if kind == "L":
        return listing(names, draw.randint(3, 12))
    if kind == "RL":
        role = outside(draw.choice(cells(lang, "roles.tsv", "plural")))
        return join([role, listing(names, draw.randint(2, 8))])
    words, _ = outside(draw.choice(cells(lang, "places.tsv", kind)))
    lead = [word for word in words[:1] if word in ("de", "het", "the")]
    rest = words[len(lead) :]
    return lead + rest, ["O"] * len(lead) + [f"B-{kind}"] + [f"I-{kind}"] * (len(rest) - 1)


def from_templates(lang: str, draw: random.Random, repeat: int) -> Iterator[Tagged]:
    """Every template of a language, `repeat` times, filled anew each time."""
    names = Names(lang, draw)
    for _ in range(repeat):
        for row_lang, template in rows("templates.tsv"):
            if row_lang == lang:
                pieces = re.split(r"\{([A-Z]+)\}", template)
                words, tags = join(
                    place(names, piece, lang) if index % 2 else outside(piece)
                    for index, piece in enumerate(pieces)
                )
                words[0] = words[0][:1].upper() + words[0][1:] if draw.random() < 0.7 else words[0]
                yield words, tags


def signatures(lang: str, draw: random.Random, count: int) -> Iterator[Tagged]:
    """A name on a line of its own, the line of its role, and both on one line."""
    names = Names(lang, draw)
    lines = cells(lang, "roles.tsv", "line")
    for _ in range(count):
        person, role = names.tagged(names.full()), outside(draw.choice(lines))
        form = draw.randrange(5)
        if form == 0:
            yield person
        elif form == 1:
            yield role
        elif form == 2:
            yield join([person, role])
        elif form == 3:
            yield join([person, outside(","), role])
        else:
            yield join([role, outside(":"), person])


# ---------------------------------------------------------------- changing sentences


def substitute(
    sentence: Sentence, names: Names, lists: float, bases: frozenset[str] = frozenset()
) -> Tagged | None:
    """The sentence with other persons; now and then a list instead of one.

    Args:
        sentence: a sentence with name tags.
        names: where new names come from.
        lists: how often a single person becomes a list.
        bases: last words of names; a Swedish or Dutch name with -s after one of them is a genitive.
    """
    if not sentence.ner:
        return None
    people = spans(sentence.ner)
    known = [tag or "O" for tag in sentence.ner]
    if not people:
        return None
    pieces: list[Tagged] = []
    position = 0
    for start, end in people:
        pieces.append((list(sentence.words[position:start]), known[position:start]))
        position = end
        last = sentence.words[end - 1]
        genitive = names.lang != "en" and last.endswith("s") and last[:-1] in bases
        if len(people) == 1 and not genitive and names.draw.random() < lists:
            pieces.append(listing(names, names.draw.randint(3, 8)))
            continue
        single = end - start == 1 and names.draw.random() < 0.8
        words, tags = names.tagged(names.short() if single else names.full())
        if genitive and words[-1][-1] not in "sxz.":
            words[-1] += "s"
        pieces.append((words, tags))
    pieces.append((list(sentence.words[position:]), known[position:]))
    return join(pieces)


def capitals(words: Sequence[str], tags: Sequence[str]) -> Tagged:
    """The same in capitals."""
    return [word.upper() for word in words], list(tags)


def cut(words: Sequence[str], tags: Sequence[str], draw: random.Random) -> Tagged | None:
    """One side of a line break that does not fall inside a name."""
    breaks = [i for i in range(3, len(words) - 2) if not tags[i].startswith("I-")]
    if not breaks:
        return None
    at = draw.choice(breaks)
    part = slice(0, at) if draw.random() < 0.5 else slice(at, None)
    return list(words[part]), list(tags[part])


# ---------------------------------------------------------------- the whole


def sentence(tagged: Tagged, lang: str, source: str, number: int) -> Sentence:
    """A sentence with nothing but name tags."""
    words, tags = tagged
    return Sentence(
        id=f"{source}-{number}",
        source=source,
        lang=lang,
        words=tuple(words),
        space_after=guess_spacing(words),
        ner=tuple(tags),
    )


def renamed(lang: str, short: Sequence[Sentence]) -> list[Sentence]:
    """Each of some sentences once, with other persons."""
    draw = random.Random(f"{SEED}-short-{lang}")
    names = Names(lang, draw)
    found = []
    for old in short:
        changed = substitute(old, names, lists=0.05)
        if changed:
            words, tags = changed
            spaces = guess_spacing(words)
            found.append(replace(old, words=tuple(words), ner=tuple(tags), space_after=spaces))
    return found


def augment(lang: str, gold: Sequence[Sentence], words: int = 60_000) -> list[Sentence]:
    """Augmented sentences of one language, about `words` tokens of them.

    Half are gold sentences with other persons, every source alike, a quarter
    templates and lists, the rest signature lines, capitals and cut lines.
    """
    draw = random.Random(f"{SEED}-{lang}")
    names = Names(lang, draw)
    by_source: dict[str, list[Sentence]] = defaultdict(list)
    for found in gold:
        if found.ner and "B-PER" in found.ner and None not in found.ner and len(found.words) <= 50:
            by_source[found.source].append(found)
    bases = frozenset(
        found.words[end - 1]
        for group in by_source.values()
        for found in group
        for _, end in spans(found.ner or ())
    )
    made: list[Tagged] = []
    total = 0
    while by_source and total < 0.5 * words:
        source = draw.choice(sorted(by_source))
        changed = substitute(draw.choice(by_source[source]), names, 0.12, bases)
        if changed:
            made.append(changed)
            total += len(changed[0])
    templates = list(from_templates(lang, draw, 40))
    draw.shuffle(templates)
    for template in templates:
        if total > 0.8 * words:
            break
        made.append(template)
        total += len(template[0])
    made.extend(signatures(lang, draw, words // 120))
    for tagged in draw.sample(made, len(made) // 12):
        if len(tagged[0]) <= 14:
            made.append(capitals(*tagged))
    for tagged in draw.sample(made, len(made) // 8):
        part = cut(*tagged, draw)
        if part:
            made.append(part)
    draw.shuffle(made)
    name = f"aug-{lang}"
    return [sentence(tagged, lang, name, number) for number, tagged in enumerate(made, start=1)]
