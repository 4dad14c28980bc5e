"""The words of a document as the recogniser of people's names sees them.

`NameTokens` holds, in plain lists, what the cues ask of a token; `complete` and `trim` turn a run
of tokens into the name inside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.tokens import Doc

from pipeline.entities.name_words import words_of
from pipeline.names import binding_particles, particles, patronymics

QUOTES = frozenset({'"', "'", "“", "”", "„", "‘", "’", "«", "»"})
_APOSTROPHES = frozenset({"'", "’", "‘", "ʼ"})
_T = frozenset({"'t", "’t"})
_CLITICS = frozenset({"'s", "’s", "'", "’"})
# The token of an initial: `J.`, `J.P.`, `Kh.`, `K.-H.`, or a bare letter.
_INITIAL = re.compile(r"(?:\w{1,2}\.-?){1,4}|[^\W\d_]")
_GENERATION = re.compile(r"(?:[IVX]{1,5}|[Jj]r\.?|[Ss]r\.?)(?::s)?")
_LONGEST_SYLLABLE = 7
_LONGEST_INITIAL = 3
_LONG = 5


class NameTokens:
    """Parallel lists over the tokens of a Doc.

    Attributes:
        text, lower, space: the token, in lower case, and whether a space follows.
        label: the model's PER, LOC or ORG; empty where it has none.
        capital: whether the token can be part of a name by its shape.
        particle: whether it can stand small inside a name.
        title, role, modifier: as in `Words`.
        first: index of the first token of its sentence.
        loud: whether its sentence is written in capitals.
        aside: whether it is no running text: the label of an item, a footnote mark.
    """

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.words = words = words_of(doc.lang_)
        self.text = [token.text for token in doc]
        self.lower = [text.lower() for text in self.text]
        self.space = [bool(token.whitespace_) for token in doc]
        self.label = [""] * len(doc)
        for entity in doc.ents:
            self.label[entity.start : entity.end] = [entity.label_] * len(entity)
        lemmas = [token.lemma_.lower() for token in doc]
        self.lemma = lemmas
        self.pos = [token.pos_ for token in doc]
        self.capital = [_is_capitalised(text) for text in self.text]
        self.particle = self._particles()
        self.title = [words.title(word) for word in self.lower]
        self.role = [
            words.role(word, lemma, small=text[:1].islower() or "-" in text)
            for text, word, lemma in zip(self.text, self.lower, lemmas, strict=True)
        ]
        self.aside = [False] * len(doc)
        for span in doc.spans.get("asides", ()):
            self.aside[span.start : span.end] = [True] * len(span)
        self.modifier = [word in words.modifiers for word in self.lower]
        self.first = [0] * len(doc)
        self.loud = [False] * len(doc)
        self.sentences: list[tuple[int, int]] = []
        for sentence in doc.sents:
            size = len(sentence)
            self.sentences.append((sentence.start, sentence.end))
            self.first[sentence.start : sentence.end] = [sentence.start] * size
            self.loud[sentence.start : sentence.end] = [_is_loud(sentence.text)] * size

    def __len__(self) -> int:
        return len(self.text)

    def _particles(self) -> list[bool]:
        known = particles()
        small = [text in known for text in self.text]
        for i in range(len(small) - 1):
            # `'t`, which some tokenizers write as two tokens, and what precedes it: `in 't Veld`.
            split = self.text[i] in _APOSTROPHES and self.lower[i + 1] == "t"
            if split and not self.space[i]:
                small[i] = small[i + 1] = True
            if i and (split or self.text[i] in _T) and self.text[i - 1].islower():
                small[i - 1] = len(self.text[i - 1]) < _LONG
        return small

    def hyphen(self, i: int) -> bool:
        """Whether token `i` is a hyphen with words attached on both sides."""
        return (
            0 < i < len(self) - 1
            and self.text[i] in ("-", "‐", "‑")
            and not self.space[i - 1]
            and not self.space[i]
        )

    def initial(self, i: int) -> bool:
        """Whether token `i` is an initial by its shape."""
        return self.capital[i] and _INITIAL.fullmatch(self.text[i]) is not None

    def people(self, first: int, last: int) -> bool:
        """Whether the model takes some of these tokens for a person."""
        return "PER" in self.label[first:last]

    def others(self, first: int, last: int) -> bool:
        """Whether the model takes some of these tokens for a place or an organisation."""
        labels = self.label[first:last]
        return "LOC" in labels or "ORG" in labels


def _is_capitalised(text: str) -> bool:
    """A word that can be part of a name by its shape: `Anna`, `O'Brien`, `al-Assad`, `J.`."""
    if not any(c.isalpha() for c in text) or any(c.isdigit() for c in text):
        return False
    return text[0].isupper() or any(part[:1].isupper() for part in text.split("-"))


def _is_loud(text: str) -> bool:
    """A line in capitals says nothing by them."""
    letters = [c for c in text if c.isalpha()]
    return len(letters) > 12 and sum(c.isupper() for c in letters) > 0.8 * len(letters)


def chunks(tokens: NameTokens, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Maximal runs of capitalised words in `[first, last)`, particles and hyphens between them
    included; half-open."""
    start = end = -1
    for i in range(first, last):
        if tokens.capital[i]:
            if start < 0:
                start = i
            end = i + 1
        elif start >= 0 and not (tokens.particle[i] or tokens.hyphen(i)):
            yield start, end
            start = -1
    if start >= 0:
        yield start, end


def trim(tokens: NameTokens, first: int, last: int) -> tuple[int, int] | None:
    """The name inside a run of tokens: no roles in front, nothing behind that is no name.

    None where nothing is left, or a word that no name has.
    """
    words = tokens.words
    while first < last and (
        tokens.role[first]
        or tokens.aside[first]
        or tokens.modifier[first]
        or not (tokens.capital[first] or tokens.particle[first])
        or _is_style(tokens, first)
    ):
        first += 1
    # `de heer Payá Sardiñas de Sacharov-prijs`: the particle is an article before a thing; without
    # one, `Boris Nemtsov-priset`, the whole name is the thing's.
    thing = next((i for i in range(first, last) if is_thing_compound(tokens, i)), last)
    if first < thing < last and not tokens.particle[thing - 1]:
        return None
    last = thing
    while last > first and not _can_end(tokens, first, last - 1):
        last -= 1
    last = _before_body(tokens, first, last)
    if first >= last or any(tokens.lower[i] in words.not_names for i in range(first, last)):
        return None
    # `het kabinet-Balkenende II`: the number is the cabinet's.
    compound = last - first > 1 and "-" in tokens.text[first] and tokens.text[first][0].islower()
    if compound and _GENERATION.fullmatch(tokens.text[last - 1]):
        last -= name_inside(tokens, first, first + 1)[0] > 0
    return first, last


def is_generation(text: str) -> bool:
    """`II`, `Jr.`"""
    return _GENERATION.fullmatch(text) is not None


def name_inside(tokens: NameTokens, first: int, last: int) -> tuple[int, int]:
    """How many characters of compounds stand before and behind the name in `[first, last)`.

    `het regime-Loekasjenka`, `interim-regering-Yunus`; `Lukasjenka-regimen`, `Balkenende-II`.
    """
    before = 0
    parts = tokens.text[first].split("-")
    if parts[0][:1].islower() and parts[0] not in particles():
        for part in parts:
            if part[:1].isupper():
                break
            before += len(part) + 1
        else:
            before = 0
    head, hyphen, tail = tokens.text[last - 1].rpartition("-")
    if not hyphen or not any(c.isupper() for c in head):
        return before, 0
    ruled = (tail.islower() and tokens.words.ruled(tail)) or _GENERATION.fullmatch(tail)
    return before, len(tail) + 1 if ruled else 0


def is_thing_compound(tokens: NameTokens, at: int) -> bool:
    """`Sacharov-prijs`, `Nansen-priset`: a compound of a name and a noun for a thing.

    What follows a hyphen in small letters and is longer than a syllable is a noun (`Dag
    Hammarskjöld-biblioteket`), unless it is one for what somebody rules (`Lukasjenka-regimen`).
    """
    head, hyphen, tail = tokens.text[at].rpartition("-")
    if not hyphen or not head[:1].isupper() or not tail.isalpha() or not tail.islower():
        return False
    if tokens.words.ruled(tail):
        return False
    thing = any(tokens.words.thing(form, form) for form in (tail, tail.removesuffix("s")))
    return thing or len(tail) > _LONGEST_SYLLABLE


def _is_style(tokens: NameTokens, at: int) -> bool:
    """`H.M. Konung Carl`: letters before a title."""
    letters = tokens.text[at].count(".") > 1 and tokens.initial(at)
    return letters and at + 2 < len(tokens) and tokens.role[at + 1] and tokens.capital[at + 2]


def _before_body(tokens: NameTokens, first: int, last: int) -> int:
    """Where a full name ends before the article of a body: `Anna Berg de Jan Smit Stichting`."""
    size = min(last + 1, len(tokens))
    body = next((i for i in range(first, size) if tokens.lower[i] in tokens.words.not_names), first)
    for at in range(first + 2, body):
        article = tokens.text[at] in tokens.words.articles and tokens.capital[at - 1]
        if article and sum(tokens.capital[first:at]) > 1:
            return at
    return last


def _can_end(tokens: NameTokens, first: int, at: int) -> bool:
    """Whether a name that begins at `first` can end with the token `at`."""
    if tokens.text[at] == ".":
        return at > first and _GENERATION.fullmatch(tokens.text[at - 1]) is not None
    syllable = at - 2 > first and _is_syllable(tokens, at)
    if tokens.text[at] in patronymics() and at > first:
        return True
    if not (tokens.capital[at] or syllable) or tokens.text[at] in _CLITICS:
        return False
    after = tokens.lower[at].rstrip(".") in tokens.words.after_names
    # `Eve Geddie Director`; but `Martin Luther King`, where the model has no doubt.
    role = tokens.role[at] and tokens.label[at] != "PER"
    return at == first or not (role or after)


def complete(tokens: NameTokens, first: int, last: int) -> tuple[int, int]:
    """The whole name of which the model found `[first, last)`: hyphenated parts, initials,
    particles and a generation (`Jr.`, `II`) that directly adjoin belong to it."""
    return _leftwards(tokens, first), _rightwards(tokens, first, last)


def _rightwards(tokens: NameTokens, first: int, last: int) -> int:
    size = len(tokens)
    while last < size:
        after = last
        if tokens.hyphen(last) and (tokens.capital[last + 1] or _is_syllable(tokens, last + 1)):
            last += 2
        elif (
            _is_patronymic(tokens, first, last)
            or _is_split_initial(tokens, last)
            or (
                _GENERATION.fullmatch(tokens.text[last])
                and tokens.first[last] == tokens.first[first]
            )
        ):
            last += 1
        else:
            inside = last
            while inside < size - 1 and tokens.particle[inside]:
                inside += 1
            if _continues(tokens, first, inside, after_particle=inside > last):
                last = inside + 1
        if last == after:
            break
    short = tokens.text[last - 1].lower() in ("jr", "sr")
    if short and last + 1 < size and tokens.text[last] == "." and not tokens.space[last - 1]:
        # The dot of `Jr.`, unless it ends the sentence.
        last += tokens.first[last + 1] == tokens.first[first]
    return last


def _is_patronymic(tokens: NameTokens, first: int, at: int) -> bool:
    """The small word for son or daughter behind a father's name: `Tazhibek kyzy`."""
    return tokens.text[at] in patronymics() and tokens.first[at] == tokens.first[first]


def _is_syllable(tokens: NameTokens, at: int) -> bool:
    """The second part of `Pui-kuen`: in lower case, behind a hyphen, and a name to the tagger."""
    return (
        tokens.hyphen(at - 1)
        and tokens.capital[at - 2]
        and len(tokens.text[at]) < _LONGEST_SYLLABLE
        and (tokens.pos[at] == "PROPN" or tokens.label[at] == "PER")
    )


def _is_split_initial(tokens: NameTokens, at: int) -> bool:
    """The dot of `Kh. Saidov`, parted from its letters by the tokenizer."""
    before = tokens.text[at - 1]
    return (
        tokens.text[at] == "."
        and not tokens.space[at - 1]
        and len(before) < _LONGEST_INITIAL
        and before.isalpha()
        and at + 1 < len(tokens)
        and tokens.label[at + 1] == "PER"
    )


def _continues(tokens: NameTokens, first: int, at: int, *, after_particle: bool) -> bool:
    """Whether the capitalised token `at` goes on with the name before it."""
    if not tokens.capital[at] or tokens.role[at] or tokens.label[at] in ("LOC", "ORG"):
        return False
    token = tokens.doc[at]
    flat = token.dep_.startswith("flat") and first <= token.head.i < at
    if tokens.first[at] != tokens.first[first]:
        return tokens.initial(at - 1) or tokens.text[at - 1] == "."
    # Behind a full name, a particle that is also a word of its own is that word: `Patrizia
    # Pasini van de Zusters`; a flat relation alone proves little behind it.
    binding = (
        not after_particle
        or tokens.lower[at - 1] in binding_particles()
        or tokens.text[at - 2] in _APOSTROPHES
    )
    if tokens.label[at] == "PER":
        given = sum(tokens.capital[i] and not tokens.initial(i) for i in range(first, at)) < 2
        joined = after_particle and (binding or given or tokens.label[at - 1] == "PER")
        return joined or tokens.initial(at - 1) or tokens.text[at - 1] == "."
    return flat and binding and token.pos_ == "PROPN"


def _leftwards(tokens: NameTokens, first: int) -> int:
    start = tokens.first[first]
    while first > start:
        before = first - 1
        if tokens.aside[before]:
            break
        if (
            tokens.initial(before)
            and tokens.label[before] in ("", "PER")
            # `A` and `I` open sentences as words.
            and (len(tokens.text[before]) > 1 or before > start)
        ):
            first = before
        elif tokens.hyphen(before) and tokens.capital[before - 1] and before - 1 >= start:
            first = before - 1
        elif tokens.lower[before] in binding_particles() and tokens.text[before] != "-":
            while first > start and tokens.lower[first - 1] in particles():
                first -= 1
            break
        elif (
            tokens.lower[before] in particles()
            and tokens.capital[before]
            and before > start
            and not tokens.loud[before]
        ):  # `premier De Croo`, of which the model saw `Croo`
            first = before
        else:
            break
    return first


def surname(tokens: NameTokens, first: int, last: int) -> tuple[str, ...]:
    """The last word of a name, with the particles before it."""
    if last - first < 2 or tokens.text[last - 1].endswith("."):
        return ()
    start = last - 1
    while start > first + 1 and tokens.particle[start - 1]:
        start -= 1
    return tuple(tokens.lower[start:last])
