"""What the tagger and parser say of a Doc's words, as the reading of titles needs it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from spacy.attrs import DEP, HEAD, IDX, POS, SENT_START
from spacy.symbols import ADJ, ADV, AUX, NOUN, PROPN, VERB
from spacy.tokens import Doc

from pipeline.entities.instrument_heads import Heads, Word, words
from pipeline.entities.spans import with_marks_apart

_Row = Sequence[int]  # character offset, sentence start, part of speech, relation, governor


@dataclass(frozen=True, slots=True)
class Marks:
    """Character offsets, in a document, at which words of some classes start.

    Attributes:
        verbs: verbs and auxiliaries that modify no noun.
        asides: words that are no running text: item labels and footnote marks.
        nominals: nouns, adjectives and verbs that complete a noun.
        outside: the main predicate of a sentence; adverbs, times and places that modify a
            verb; persons behind a noun.
    """

    verbs: frozenset[int]
    asides: frozenset[int]
    nominals: frozenset[int]
    outside: frozenset[int]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence's text, where it starts in the Doc, and what is known of the Doc's words."""

    text: str
    offset: int
    marks: Marks

    def in_small_letters(self, rules: Heads) -> Sentence:
        """A line in capitals as it would be written in a text, in as many characters."""
        small = rules.with_bodies(self.text[:1] + self.text[1:].lower())
        return replace(self, text=small) if len(small) == len(self.text) else self

    def words(self, joined: re.Pattern[str]) -> list[Word]:
        """The words; for sentences that have an instrument in them.

        What `joined` matches is one word: the name of a country with a conjunction in it.
        """
        marks = self.marks
        found = words(
            self.text, self.offset, marks.verbs, marks.asides, marks.nominals, marks.outside
        )
        for match in joined.finditer(self.text):
            inside = [w for w in found if match.start() <= w.start and w.end <= match.end()]
            if len(inside) > 1:
                first = found.index(inside[0])
                span = (inside[0].start, inside[-1].end)
                whole = inside[0]._replace(text=self.text[slice(*span)], end=span[1])
                found[first : first + len(inside)] = [whole]
        return found


def sentences(doc: Doc, text: str) -> Iterator[Sentence]:
    """The sentences of a Doc, read from its arrays: a Doc's tokens cost more than all rules."""
    strings = doc.vocab.strings
    attributive, adnominal = {strings["amod"], strings["compound"]}, strings["acl"]
    array = doc.to_array([IDX, SENT_START, POS, DEP, HEAD]).astype("int64")
    array[:, 4] += range(len(doc))
    rows: list[_Row] = array.tolist()
    starts = [row[0] for index, row in enumerate(rows) if row[1] == 1 or index == 0]
    asides = frozenset(token.idx for span in doc.spans.get("asides", ()) for token in span)
    # Symbols are hashes of the strings, which a signed array has wrapped.
    wrapped = {_signed(value) for value in attributive}
    marks = Marks(
        frozenset(r[0] for r in rows if r[2] in (VERB, AUX) and r[3] not in wrapped),
        asides,
        frozenset(r[0] for r in rows if r[2] in (NOUN, ADJ) or r[3] == _signed(adnominal)),
        frozenset(_outside(rows, doc)),
    )
    for start, end in pairwise([*starts, len(text)]):
        yield Sentence(with_marks_apart(text[start:end].rstrip()), start, marks)


def _signed(value: int) -> int:
    return value - (1 << 64) if value >= 1 << 63 else value


def _outside(rows: Sequence[_Row], doc: Doc) -> Iterator[int]:
    """Where the main predicates start, and the adverbs and places that modify a verb."""
    ids = doc.vocab.strings
    roots = {_signed(ids[name]) for name in ("root", "ROOT")}
    support = {_signed(ids[name]) for name in ("aux", "aux:pass", "cop")}
    persons = {entity.start_char for entity in doc.ents if entity.label_ == "PER"}
    nominal = _signed(ids["nmod"])
    obliques = {_signed(ids[name]) for name in ("obl", "obl:arg")}
    unmarked = {_signed(ids[name]) for name in ("obl:unmarked", "obl:tmod")}
    adverbial = _signed(ids["advmod"])
    for index, (start, _, pos, dep, head) in enumerate(rows):
        governor = rows[head]
        if pos in (VERB, AUX):
            if dep in roots or (dep in support and governor[3] in roots):
                yield start
        elif pos == ADV and dep == adverbial and governor[2] in (VERB, AUX):
            yield start
        elif (dep == nominal and start in persons) or (
            governor[2] in (VERB, AUX)
            and ((pos == PROPN and dep in obliques) or (pos == NOUN and dep in unmarked))
        ):
            first = index
            while first and first <= rows[first - 1][4] <= index:
                first -= 1
            yield rows[first][0]
