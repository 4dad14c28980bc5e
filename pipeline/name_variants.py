"""Which names of one document are the same person's.

A full name is two words or more; a surname, a given name or a part of a double surname goes to the
one full name that it can be short for. Spellings are compared by edit distance and, for
transliterated names, by a key in which the usual transcriptions of one letter fall together
(`Chasenov`, `Khasenov`). Exact agreement is tried first, everywhere, through hash tables; only what
is left is compared with the names of like initial and length, so that time grows about as the
number of names.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from rapidfuzz.distance import DamerauLevenshtein

from pipeline.names import particles, slug

# Transcriptions of one sound, by language: the key keeps one of them. Longer ones come first.
_SOUNDS = (
    (re.compile(r"shch|sjtj|sjtsj|schtsch|szcz"), "sc"),
    (re.compile(r"tsch|tsj|tch|tj|cz"), "ch"),
    (re.compile(r"sch|sj|sz"), "sh"),
    (re.compile(r"dzh|dzj|dsch|dj"), "zh"),
    (re.compile(r"zj|zs"), "zh"),
    (re.compile(r"kh|ch"), "h"),
    (re.compile(r"oe|ou|oo"), "u"),
    (re.compile(r"iy|ij|yi|ii|iu|yu|ju"), "i"),
    (re.compile(r"[jy]"), "i"),
    (re.compile(r"ie\b|ei\b"), "i"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"w|ff\b"), "v"),
    (re.compile(r"ks"), "x"),
    (re.compile(r"[cq]k?"), "k"),
    (re.compile(r"\bi(?=[aeou])"), ""),
    (re.compile(r"(.)\1+"), r"\1"),
)
_FEMININE = "ao"


def sound_key(word: str) -> str:
    """A lower-case ASCII word with the common transcriptions of one sound made one."""
    for pattern, sound in _SOUNDS:
        word = pattern.sub(sound, word)
    return word


@dataclass(eq=False)
class _Name:
    """A name as a document writes it, and what is compared of it."""

    written: str
    order: int
    words: tuple[str, ...]
    same_as: _Name | None = field(default=None, repr=False)

    @cached_property
    def keys(self) -> tuple[str, ...]:
        return tuple(map(sound_key, self.words))

    @property
    def full(self) -> bool:
        """Two words or more, of which the first is no particle (`De Croo` is a surname)."""
        return len(self.words) > 1 and self.words[0] not in particles()

    def root(self) -> _Name:
        """The name that stands for this one's person."""
        name = self
        while name.same_as is not None:
            name = name.same_as
        return name


def resolve(names: Sequence[str]) -> dict[str, str]:
    """Each name as written in one document → the full name of the person that it denotes.

    Full names come first, wherever they stand: a letter may greet `De Croo` and sign off in full.
    A name that could be two people's stays itself.
    """
    known: dict[str, _Name] = {}
    by_words: dict[tuple[str, ...], _Name] = {}
    for written in names:
        if written not in known:
            name = _Name(written, len(known), tuple(slug(written).split("-")))
            first = by_words.setdefault(name.words, name)
            name.same_as = first if first is not name else None
            known[written] = name
    distinct = list(by_words.values())
    full = [name for name in distinct if name.full]
    _join_full(full)
    _join_parts([name for name in distinct if not name.full], full)
    return {written: name.root().written for written, name in known.items()}


def _join_full(full: Sequence[_Name]) -> None:
    """Joins full names that are one person's; what could be joined to two stays apart."""
    buckets = _Buckets()
    by_ends: dict[tuple[str, str], list[_Name]] = defaultdict(list)
    by_set: dict[tuple[str, ...], list[_Name]] = defaultdict(list)
    for name in full:
        candidates = [
            *by_set[tuple(sorted(name.words))],
            *by_ends[name.words[0], name.words[-1]],
        ]
        same = _one(other for other in candidates if _middle_left_out(name, other))
        if same is None and not candidates:
            same = _one(o for o in buckets.near(name.words[-1], name.keys[-1]) if _same(name, o))
        if same is not None:
            _join(name, same)
        by_set[tuple(sorted(name.words))].append(name)
        by_ends[name.words[0], name.words[-1]].append(name)
        buckets.add(name.words[-1], name.keys[-1], name)
    _join_surnames(full)


def _join_surnames(full: Sequence[_Name]) -> None:
    """Joins a surname of several words (`Bruins Slot`) to the one longer name that ends with it."""
    by_tail: dict[tuple[str, ...], list[_Name]] = defaultdict(list)
    for name in full:
        for start in range(1, len(name.words) - 1):
            by_tail[name.words[start:]].append(name)
    for name in full:
        longer = _one(by_tail[name.words])
        if longer is not None and name.same_as is None and longer is not name:
            name.same_as = longer


def _join(name: _Name, earlier: _Name) -> None:
    """The earlier name stands for both, unless it has initials or an inflection more."""
    root = earlier.root()
    inflected = root.words[-1] == name.words[-1] + "s"
    shortened = any(len(word) == 1 for word in root.words[:-1]) and not any(
        len(word) == 1 for word in name.words[:-1]
    )
    if inflected or shortened:
        root.same_as = name
    else:
        name.same_as = root


def _one(candidates: Iterable[_Name]) -> _Name | None:
    """The person that all candidates are, if they are one."""
    roots = {candidate.root() for candidate in candidates}
    return roots.pop() if len(roots) == 1 else None


def _middle_left_out(name: _Name, other: _Name) -> bool:
    """The same words in another order (`KARIMOV Rustam`), or a middle name or patronymic less."""
    if len(name.words) == len(other.words):
        return sorted(name.words) == sorted(other.words)
    shorter, longer = sorted((name.words, other.words), key=len)
    inside = iter(longer)
    return all(word in inside for word in shorter)


def _same(name: _Name, other: _Name) -> bool:
    """Whether two full names are one, respelled, inflected or with initials."""
    if len(name.words) != len(other.words):
        return False
    last = len(name.words) - 1
    return all(
        _alike(word, twin, key, twin_key)
        or (place < last and min(len(word), len(twin)) == 1 and word[0] == twin[0])
        or (place == last and _inflected(word, twin))
        for place, (word, twin, key, twin_key) in enumerate(
            zip(name.words, other.words, name.keys, other.keys, strict=True)
        )
    )


def _inflected(word: str, other: str) -> bool:
    """One has a genitive's -s more."""
    shorter, longer = sorted((word, other), key=len)
    return len(shorter) > 2 and longer == shorter + "s"


def _alike(word: str, other: str, key: str, other_key: str) -> bool:
    """Equal, of one sound, or one edit apart in a word of six letters or more, two in one of ten.

    The initial must agree in sound (Marina is not Karina). A final vowel more or less is another
    person's gender (Musajev, Musajeva), not a spelling.
    """
    if word == other:
        return True
    shorter, longer = sorted((word, other), key=len)
    if longer[:-1] == shorter and longer[-1] in _FEMININE:
        return False
    if min(len(key), len(other_key)) > 2 and key == other_key:
        return True
    if key[:1] != other_key[:1]:
        return False
    allowed = 2 if len(shorter) >= 10 else 1 if len(shorter) >= 6 else 0
    return allowed > 0 and DamerauLevenshtein.distance(word, other, score_cutoff=allowed) <= allowed


def _join_parts(parts: Sequence[_Name], full: Sequence[_Name]) -> None:
    """Joins surnames and given names alone to the one person whose name they are part of."""
    by_word: dict[str, list[_Name]] = defaultdict(list)
    buckets = _Buckets()
    for name in full:
        for word, key in zip(name.words, name.keys, strict=True):
            by_word[word].append(name)
            buckets.add(word, key, name)
    for part in parts:
        exact = by_word.get(part.words[-1], [])
        same = _best(part, exact, exactly=True)
        if same is None and not any(_place(part, name, exactly=True) for name in exact):
            same = _best(part, buckets.near(part.words[-1], part.keys[-1]), exactly=False)
        if same is not None:
            part.same_as = same.root()
    _join_bare([part for part in parts if part.same_as is None])


def _join_bare(parts: Sequence[_Name]) -> None:
    """Spellings of one surname that never stands with a given name: `Lukasjenko`, `Lukasjenkos`."""
    buckets = _Buckets()
    for part in parts:
        same = _one(
            other for other in buckets.near(part.words[-1], part.keys[-1]) if _same(part, other)
        )
        if same is not None:
            _join(part, same)
        buckets.add(part.words[-1], part.keys[-1], part)


def _best(part: _Name, candidates: Iterable[_Name], *, exactly: bool) -> _Name | None:
    """The one person of whose name `part` is the surname, else the given name, else a part."""
    places: dict[int, list[_Name]] = defaultdict(list)
    for name in dict.fromkeys(candidates):
        place = _place(part, name, exactly=exactly)
        if place:
            places[place].append(name)
    return _one(places[min(places)]) if places else None


def _place(part: _Name, name: _Name, *, exactly: bool) -> int:
    """Where `part` stands in the full name: 1 at its end, 2 at its start, 3 inside, 0 nowhere."""
    size, length = len(part.words), len(name.words)
    if size >= length:
        return 0
    for start in (length - size, 0, *range(1, length - size)):
        stop = start + size
        if part.words == name.words[start:stop] or (
            not exactly and _parts_alike(part, name, start)
        ):
            return 1 if stop == length else 2 if start == 0 else 3
    return 0


def _parts_alike(part: _Name, name: _Name, start: int) -> bool:
    return all(
        _alike(word, name.words[start + i], part.keys[i], name.keys[start + i])
        or _inflected(word, name.words[start + i])
        for i, word in enumerate(part.words)
    )


class _Buckets:
    """Names by one of their words, for finding those that may be spelled otherwise."""

    def __init__(self) -> None:
        self._words: dict[tuple[str, int], dict[tuple[str, str], list[_Name]]] = {}

    def add(self, word: str, key: str, name: _Name) -> None:
        """Files a name under a word, by the initial and the length of the word's sound key."""
        bucket = self._words.setdefault((key[:1], len(key)), {})
        bucket.setdefault((word, key), []).append(name)

    def near(self, word: str, key: str) -> Iterator[_Name]:
        """The names filed under a spelling of a word, or under its genitive."""
        for length in range(len(key) - 2, len(key) + 3):
            for (other, other_key), names in self._words.get((key[:1], length), {}).items():
                if _alike(word, other, key, other_key) or _inflected(word, other):
                    yield from names
