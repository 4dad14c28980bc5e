"""Which names of one document are the same person's.

A full name is two words or more; a surname, a given name or a part of a double surname goes to the
one full name that it can be short for. Spellings are compared by edit distance and, for
transliterated names, by a key in which the usual transcriptions of one letter fall together
(`Chasenov`, `Khasenov`). Both go through hash tables, of words, of their keys and of words with one
or two letters deleted (Garbe's symmetric deletion: words n edits apart share a form with n letters
less), so that time grows about as the number of names.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial

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
            # Shortened on the way, since chains of spellings can grow long.
            name.same_as = name.same_as.same_as or name.same_as
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
    spellings: dict[tuple[int, int], _Spellings] = defaultdict(_Spellings)
    by_ends: dict[tuple[str, str], dict[int, list[_Name]]] = defaultdict(dict)
    by_set: dict[tuple[str, ...], list[_Name]] = defaultdict(list)
    for name in full:
        size = len(name.words)
        same_set = by_set[tuple(sorted(name.words))]
        same_ends = by_ends[name.words[0], name.words[-1]]
        longer_or_shorter = (
            other for length, names in same_ends.items() if length != size for other in names
        )
        same = _one([*same_set, *longer_or_shorter], partial(_middle_left_out, name))
        if same is None and not same_set and not same_ends:
            same = _one(_respelled(name, spellings), partial(_same, name))
        if same is not None:
            _join(name, same)
        same_set.append(name)
        same_ends.setdefault(size, []).append(name)
        for place, (word, key) in enumerate(zip(name.words, name.keys, strict=True)):
            spellings[size, place].add(word, key, name)
    _join_heads(full)
    _join_surnames(full)


def _respelled(name: _Name, spellings: Mapping[tuple[int, int], _Spellings]) -> Sequence[_Name]:
    """Names of as many words of which one is spelled like this one's, the one that leaves fewest.

    `spellings` are of the words of names by number of words and place.
    """
    last = len(name.words) - 1
    choices = []
    for place, (word, key) in enumerate(zip(name.words, name.keys, strict=True)):
        known = spellings[len(name.words), place]
        if place == last:
            choices.append(known.near(word, key))
        elif len(word) > 1:
            choices.append([*known.near(word, key), *known.of(word[0])])
    return min(choices, key=len)


def _join_heads(full: Sequence[_Name]) -> None:
    """Joins a full name (`Jean-Jacques Wondo`) to the one longer name that begins with it."""
    by_head: dict[tuple[str, ...], list[_Name]] = defaultdict(list)
    for name in full:
        for end in range(2, len(name.words)):
            by_head[name.words[:end]].append(name)
    for name in full:
        longer = _one(by_head[name.words])
        if longer is not None and name.same_as is None and longer is not name.root():
            first, second = sorted((name, longer), key=lambda person: person.order)
            second.same_as = first


def _join_surnames(full: Sequence[_Name]) -> None:
    """Joins a surname of several words (`Bruins Slot`) to the one longer name that ends with it."""
    by_tail: dict[tuple[str, ...], list[_Name]] = defaultdict(list)
    for name in full:
        for start in range(1, len(name.words) - 1):
            by_tail[name.words[start:]].append(name)
    for name in full:
        longer = _introduced(by_tail[name.words], name)
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


def _one(
    candidates: Iterable[_Name], fits: Callable[[_Name], bool] = lambda _: True
) -> _Name | None:
    """The person that all candidates are that fit, if they are one."""
    found = None
    for candidate in candidates:
        root = candidate.root()
        if root is found or not fits(candidate):
            continue
        if found is not None:
            return None
        found = root
    return found


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
    allowed = _edits(len(shorter))
    return allowed > 0 and DamerauLevenshtein.distance(word, other, score_cutoff=allowed) <= allowed


def _edits(length: int) -> int:
    """How many edits a word of this length may be away from another spelling of it."""
    # No word of a name has more than 40 letters; comparing what has would take long.
    return 0 if not 6 <= length <= 40 else 2 if length >= 10 else 1


def _join_parts(parts: Sequence[_Name], full: Sequence[_Name]) -> None:
    """Joins surnames and given names alone to the one person whose name they are part of."""
    by_word: dict[str, list[_Name]] = defaultdict(list)
    spellings = _Spellings()
    for name in full:
        for word, key in zip(name.words, name.keys, strict=True):
            by_word[word].append(name)
            spellings.add(word, key, name)
    for part in parts:
        exact = by_word.get(part.words[-1], [])
        same = _best(part, exact, exactly=True)
        if same is None and not any(_place(part, name, exactly=True) for name in exact):
            same = _best(part, spellings.near(part.words[-1], part.keys[-1]), exactly=False)
        if same is not None:
            part.same_as = same.root()
    _join_bare([part for part in parts if part.same_as is None])


def _join_bare(parts: Sequence[_Name]) -> None:
    """Spellings of one surname that never stands with a given name: `Lukasjenko`, `Lukasjenkos`."""
    spellings = _Spellings()
    for part in parts:
        same = _one(spellings.near(part.words[-1], part.keys[-1]), partial(_same, part))
        if same is not None:
            _join(part, same)
        spellings.add(part.words[-1], part.keys[-1], part)


def _best(part: _Name, candidates: Iterable[_Name], *, exactly: bool) -> _Name | None:
    """The one person of whose name `part` is the surname, else the given name, else a part."""
    places: dict[int, list[_Name]] = defaultdict(list)
    for name in dict.fromkeys(candidates):
        place = _place(part, name, exactly=exactly)
        if place:
            places[place].append(name)
    if not places:
        return None
    return _introduced(places[min(places)], part)


def _introduced(people: Sequence[_Name], part: _Name) -> _Name | None:
    """Whose name `part` is: the only one's, else that of the one whom the text has introduced."""
    return _one(people) or _one(name for name in people if name.order < part.order)


def _place(part: _Name, name: _Name, *, exactly: bool) -> int:
    """Where `part` stands in the full name: 1 at its end, 2 at its start, 3 inside, 0 nowhere."""
    size, length = len(part.words), len(name.words)
    if size >= length:
        return 0
    for start in (length - size, 0, *range(1, length - size)):
        stop = start + size
        if part.words == name.words[start:stop] or (
            not exactly and _parts_alike(part, name, start, respelled=start > 0)
        ):
            return 1 if stop == length else 2 if start == 0 else 3
    return 0


def _parts_alike(part: _Name, name: _Name, start: int, *, respelled: bool) -> bool:
    """Whether they differ by a genitive or, in a surname, by spelling: given names are common."""
    return all(
        (respelled and _alike(word, name.words[start + i], part.keys[i], name.keys[start + i]))
        or word == name.words[start + i]
        or _inflected(word, name.words[start + i])
        for i, word in enumerate(part.words)
    )


class _Spellings:
    """Names by one of their words, for finding those that may be spelled otherwise."""

    def __init__(self) -> None:
        self._names: dict[str, list[_Name]] = {}
        # Sound keys, and words with letters deleted, to words; a sign keeps the two apart.
        self._forms: dict[str, list[str]] = {}

    def add(self, word: str, key: str, name: _Name) -> None:
        """Files a name under a word with its sound key."""
        if word not in self._names:
            self._names[word] = []
            for form in _forms(word, key):
                self._forms.setdefault(form, []).append(word)
        self._names[word].append(name)

    def of(self, word: str) -> Sequence[_Name]:
        """The names filed under the word itself."""
        return self._names.get(word, ())

    def near(self, word: str, key: str) -> list[_Name]:
        """The names filed under what may be a spelling of a word, or its genitive."""
        forms = (*_forms(word, key), f"{word}s", word[:-1])
        words = {other: None for form in forms for other in self._forms.get(form, ())}
        return [name for other in words for name in self._names[other]]


def _forms(word: str, key: str) -> set[str]:
    """Of which two spellings of a word share one: its sound key, or it with letters deleted."""
    forms = shortened = {word}
    for _ in range(_edits(len(word))):
        shortened = {form[:at] + form[at + 1 :] for form in shortened for at in range(len(form))}
        forms = forms | shortened
    return forms | {f"={key}"}
