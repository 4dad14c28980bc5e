"""The columns that describe a clause: predicate, subject, marker, finiteness, modality, voice.

`predicate` is the lemma of the syntactic predicate: of the lexical verb under auxiliaries and
modals, with its separable particle, or of the predicate noun or adjective of a copular clause.
`subject` is the text of the subject's head (a name in full). Where the clause has none of its own
it is inherited from the first conjunct, or from the governor in control; a relative pronoun in
subject position stands for its antecedent, which is what is given.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from spacy.tokens import Doc

from pipeline.clauses.grammar import Grammar
from pipeline.clauses.heads import Heads
from pipeline.clauses.lexicon import column_words
from pipeline.clauses.openings import inverted
from pipeline.clauses.predicates import Predicates
from pipeline.clauses.shapes import (
    BARE,
    FINITE,
    GERUND,
    PARTICIPLE,
    first_conjunct,
    infinitive_markers,
    shape,
)
from pipeline.clauses.subjects import Subjects
from pipeline.clauses.tree import AUXILIARIES, SUBJECTS, Tree

_ARGUMENTS = frozenset({"nsubj", "obj", "iobj"})
_WITH_PRONOUN = frozenset({"relative", "complement", "subject", "adverbial"})


@dataclass(frozen=True, slots=True)
class Columns:
    """The descriptive columns of one clause, as in `types.Clause`."""

    predicate: str | None = None
    subject: str | None = None
    marker: str | None = None
    finite: bool = False
    negated: bool = False
    modality: str | None = None
    voice: str | None = None


class Describer:
    """Describes the clauses of one Doc; remembers subjects, which clauses inherit."""

    def __init__(
        self,
        doc: Doc,
        tree: Tree,
        words: Grammar,
        found: Heads,
        clauses: Mapping[int, list[int]],
    ) -> None:
        known = column_words(doc.lang_)
        self._tree = tree
        self._words = words
        self._found = found
        self._outer = found.copula_of
        self._subjects = Subjects(doc, tree, words, known, found, clauses)
        self._predicates = Predicates(doc, tree, words, known, found)

    def describe(self, head: int, tokens: list[int]) -> Columns:
        """The columns of the clause that `head` heads and `tokens` make up."""
        tree, words = self._tree, self._words
        kind = self._found.kind[head]
        anchor = self._found.split.get(head, head)
        after = self._outer.get(head, -1)
        form = FINITE if head in self._found.split else shape(tree, words, head, after)
        if kind == "fragment":
            return Columns()
        chain = self._predicates.chain(head)
        negated = self._negated(head, anchor, chain, tokens)
        return Columns(
            predicate=self._predicates.lemma(chain[-1], tokens),
            subject=self._subjects.text(head),
            marker=self._phrasal_marker(head, tokens) or self._marker(head, kind, form),
            finite=self._finite(head, form) and not self._subjects.bare_item(head),
            negated=negated,
            modality=words.modality_of(
                self._modals(head, anchor, chain), negated or self._shares_negation(head)
            ),
            voice=self._voice(head, chain, form),
        )

    def _phrasal_marker(self, head: int, tokens: list[int]) -> str | None:
        """The conjunction of several words (`så länge`) with which a clause begins.

        An infinitive's marker goes with it (`in order to`, `in plaats van … te`).
        """
        tree = self._tree
        words = [tree.lower[token] for token in tokens[:4]]
        for length in (4, 3, 2):
            if tuple(words[:length]) in self._words.phrasal:
                phrase = words[:length]
                behind = frozenset(tokens[length:])
                if self._found.kind[head] == "infinitive":
                    markers = infinitive_markers(tree, self._words, head)
                    phrase += [tree.lower[marker] for marker in markers if marker in behind]
                return " ".join(phrase)
        return None

    def _marker(self, head: int, kind: str, form: str | None) -> str | None:
        tree = self._tree
        if head in self._found.split:
            return None
        after = self._outer.get(head, -1)
        marks = [
            child
            for child in tree.having(head, frozenset({"mark"}))
            if child > after and tree.lower[child] not in self._words.pronominal
        ]
        if kind == "participial" and not marks:
            marks = [child for child in tree.having(head, frozenset({"case"})) if child < head]
        if form == FINITE:
            # What marks an infinitive in a finite predicate opens no clause: *of hij te redden is*.
            marks = [
                mark
                for place, mark in enumerate(marks)
                if place == 0
                or tree.lower[mark] not in self._words.infinitive_markers
                or mark == marks[place - 1] + 1
            ]
        if marks:
            words = [
                part for mark in marks for part in [mark, *tree.having(mark, frozenset({"fixed"}))]
            ]
            return " ".join(tree.lower[word] for word in sorted(words))
        return self._relative_word(head) if kind in _WITH_PRONOUN else None

    def _relative_word(self, head: int) -> str | None:
        """The relative or question word before the head, at most two levels down."""
        tree = self._tree
        reach = [
            token
            for child in tree.children[head]
            if child < head and child not in self._found.kind
            for token in [child, *tree.children[child]]
        ]
        governor = tree.head[head]
        if tree.label[head] == "acl:relcl" and tree.lower[governor] in self._words.free_relatives:
            reach.append(governor)
        words = [token for token in reach if tree.lower[token] in self._words.relative_words]
        return tree.lower[min(words)] if words else None

    def _finite(self, head: int, form: str | None) -> bool:
        """Finite itself, or sharing the finite auxiliary of a conjunct before it."""
        if form == FINITE:
            return True
        tree = self._tree
        if tree.base[head] != "conj" or form not in {BARE, GERUND, PARTICIPLE}:
            return False
        first = first_conjunct(tree, head)
        while first not in self._found.kind and tree.head[first] != first:
            first = tree.head[first]
        return shape(tree, self._words, first) == FINITE

    def _negated(self, head: int, anchor: int, chain: list[int], tokens: list[int]) -> bool:
        tree = self._tree
        inside = frozenset(tokens)
        words = [child for verb in {anchor, *chain} for child in tree.children[verb]]
        # Arguments that the order of the words gave to another clause than the tree does.
        words = [child for child in words if child in inside or tree.base[child] not in _ARGUMENTS]
        words += [
            token
            for token in tokens
            if tree.base[token] in _ARGUMENTS and tree.head[token] not in inside
        ]
        for child in words:
            if child in self._found.kind or self._other_side(head, anchor, child):
                continue
            if self._negates(child):
                return True
            inner = {"det", "advmod"} if tree.base[child] == "nsubj" else {"det"}
            if tree.base[child] in _ARGUMENTS and any(
                self._negates(word) for word in tree.having(child, inner)
            ):
                return True
        return False

    def _shares_negation(self, head: int) -> bool:
        """Whether a conjunct shares its modal with a negated subject: *No State shall A or B*."""
        tree = self._tree
        if tree.base[head] != "conj" or tree.has(head, SUBJECTS | AUXILIARIES):
            return False
        subjects = tree.having(first_conjunct(tree, head), frozenset({"nsubj"}))
        return any(
            self._negates(word)
            for subject in subjects
            for word in (subject, *tree.having(subject, frozenset({"det"})))
        )

    def _other_side(self, head: int, anchor: int, child: int) -> bool:
        """Whether a shared child belongs to the other half of `the aim is to …`."""
        if head in self._found.split:
            return child > head
        return anchor in self._outer and child <= self._outer[anchor]

    def _negates(self, token: int) -> bool:
        words = self._words.negations
        if self._tree.lower[token] not in words and self._tree.lemma[token] not in words:
            return False
        following = token + 1
        return following >= self._tree.size or (self._tree.lower[following] not in self._words.only)

    def _modals(self, head: int, anchor: int, chain: list[int]) -> frozenset[str]:
        """Lemmas of what modifies the predicate's modality, `:past` added for a past form."""
        tree = self._tree
        verbs = [anchor, *chain]
        auxiliaries = [
            child
            for verb in verbs
            for child in tree.having(verb, AUXILIARIES)
            if not self._other_side(head, anchor, child)
        ]
        if self._found.kind.get(head) == "adverbial" and inverted(tree, self._words, head):
            # What opens a condition modifies nothing: *should the situation deteriorate*.
            auxiliaries = [child for child in auxiliaries if child != min(auxiliaries)]
        finite = any(tree.form(auxiliary) == "Fin" for auxiliary in auxiliaries)
        if not finite and tree.base[head] == "conj":
            first = first_conjunct(tree, head)
            if shape(tree, self._words, head) in {BARE, GERUND, PARTICIPLE}:
                auxiliaries += tree.having(first, AUXILIARIES)
                verbs = [*verbs, first]
                if first not in self._found.kind:
                    auxiliaries += [tree.head[first]]
        found = set()
        lexical = {chain[-1], *(verbs[len(chain) + 1 :])}
        for token in [*auxiliaries, *verbs]:
            if token in lexical and tree.pos[token] == "VERB":
                continue
            found.add(tree.lemma[token])
            if tree.features[token].tense == "Past":
                found.add(tree.lemma[token] + ":past")
        for above, below in pairwise(chain):
            found |= {
                f"{tree.lemma[above]} {tree.lower[mark]}"
                for mark in tree.having(below, frozenset({"mark"}))
            }
        participial = self._found.kind.get(head) == "participial"
        if tree.features[chain[-1]].form == "Part" and not participial:
            found.add(tree.lower[chain[-1]])
        return frozenset(found)

    def _voice(self, head: int, chain: list[int], form: str | None) -> str:
        tree = self._tree
        if head in self._found.split:
            return "active"
        for verb in chain:
            if self._perfect(verb) or self._deponent(verb):
                continue
            if tree.features[verb].voice == "Pass" or any(
                tree.label[child] in {"nsubj:pass", "csubj:pass", "aux:pass", "obl:agent"}
                for child in tree.children[verb]
            ):
                return "passive"
        if form == PARTICIPLE:
            if tree.base[head] == "conj":
                return self._voice_of_conjunct(head)
            # `ondertekend` ends so too; the whole infinitive is in the present participle only.
            present = tree.lower[head].endswith(tuple(self._words.present_participles))
            whole = tree.lower[head].startswith(tree.lemma[head][:-1])
            return "active" if present and whole else "passive"
        return "active"

    def _perfect(self, verb: int) -> bool:
        """Whether a participle is active, being one of a perfect (`having sought`)."""
        tree = self._tree
        auxiliaries = tree.having(verb, frozenset({"aux"}))
        return (
            tree.form(verb) == "Part"
            and bool(auxiliaries)
            and all(tree.label[auxiliary] == "aux" for auxiliary in auxiliaries)
            and tree.lemma[auxiliaries[-1]] in self._words.perfect
        )

    def _deponent(self, verb: int) -> bool:
        """Whether a verb is passive in form only (`hoppas`)."""
        lemma = self._tree.lemma[verb]
        return not {lemma, f"{lemma}s"}.isdisjoint(self._words.deponents)

    def _voice_of_conjunct(self, head: int) -> str:
        first = first_conjunct(self._tree, head)
        form = shape(self._tree, self._words, first)
        return self._voice(first, [first], form if first != head else None)


def describe(
    doc: Doc, tree: Tree, words: Grammar, found: Heads, clauses: Mapping[int, list[int]]
) -> list[Columns]:
    """The columns of `clauses`, which maps the head of each to its tokens, in that order."""
    describer = Describer(doc, tree, words, found, clauses)
    return [describer.describe(head, tokens) for head, tokens in clauses.items()]
