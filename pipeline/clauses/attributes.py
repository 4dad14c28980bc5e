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
from pipeline.clauses.shapes import BARE, FINITE, GERUND, PARTICIPLE, first_conjunct, shape
from pipeline.clauses.tree import AUXILIARIES, Tree

_NAME_PARTS = frozenset({"flat", "fixed", "goeswith"})
_ARGUMENTS = frozenset({"nsubj", "obj", "iobj"})
_WITH_PRONOUN = frozenset({"relative", "complement", "subject", "adverbial"})
_CONTROLLED = frozenset({"infinitive", "participial"})


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

    def __init__(self, doc: Doc, tree: Tree, words: Grammar, found: Heads) -> None:
        self._doc = doc
        self._tree = tree
        self._words = words
        self._found = found
        self._subjects: dict[int, int | None] = {}
        self._outer = found.copula_of

    def describe(self, head: int, tokens: list[int]) -> Columns:
        """The columns of the clause that `head` heads and `tokens` make up."""
        tree, words = self._tree, self._words
        kind = self._found.kind[head]
        anchor = self._found.split.get(head, head)
        after = self._outer.get(head, -1)
        form = FINITE if head in self._found.split else shape(tree, words, head, after)
        if kind == "fragment":
            return Columns()
        chain = self._verbs(head)
        negated = self._negated(head, anchor, chain)
        return Columns(
            predicate=self._predicate(chain[-1]),
            subject=self._subject_text(head),
            marker=self._phrasal_marker(tokens) or self._marker(head, kind),
            finite=self._finite(head, form),
            negated=negated,
            modality=words.modality_of(self._modals(head, anchor, chain), negated),
            voice=self._voice(head, chain, form),
        )

    def _verbs(self, head: int) -> list[int]:
        """The head and the infinitives absorbed under it, the lexical predicate last."""
        tree = self._tree
        chain = [head]
        while head not in self._found.split and tree.lemma[head] in self._words.quasi_auxiliaries:
            below = next(
                (
                    child
                    for child in tree.children[head]
                    if tree.base[child] in {"xcomp", "ccomp"}
                    and child not in self._found.kind
                    and tree.pos[child] in {"VERB", "AUX"}
                ),
                None,
            )
            if below is None:
                break
            chain.append(below)
            head = below
        return chain

    def _predicate(self, verb: int) -> str:
        tree = self._tree
        lemma = self._doc[verb].lemma_ if tree.pos[verb] == "PROPN" else tree.lemma[verb]
        lemma = lemma.replace("_", "")
        particles = self._particles(verb)
        if not particles:
            return lemma
        if not self._words.particle_first:
            return " ".join([lemma, *particles])
        particle = "".join(particles)
        return lemma if lemma.startswith(particle) else particle + lemma

    def _particles(self, verb: int) -> list[str]:
        """A verb's particle; of several in a row the last, none that a colon follows (`om:`)."""
        tree = self._tree
        particles = [
            child
            for child in tree.children[verb]
            if tree.label[child] == "compound:prt"
            and not (child + 1 < tree.size and tree.lower[child + 1] == ":" and child > verb + 1)
        ]
        return [tree.lower[particles[-1]]] if particles else []

    def _subject_text(self, head: int) -> str | None:
        subject = self._subject(head)
        if subject is None:
            return None
        tree = self._tree
        name = [subject] + [
            child
            for child in tree.children[subject]
            if tree.base[child] in _NAME_PARTS
            or (tree.base[child] == "compound" and tree.pos[child] == tree.pos[subject] == "PROPN")
        ]
        return self._doc[min(name) : max(name) + 1].text

    def _subject(self, head: int) -> int | None:
        if head not in self._subjects:
            self._subjects[head] = None  # a cycle of inheritance ends here
            self._subjects[head] = self._find_subject(head)
        return self._subjects[head]

    def _find_subject(self, head: int) -> int | None:
        tree = self._tree
        own = self._own_subject(head)
        kind = self._found.kind[head]
        if own is not None:
            relative = tree.lower[own] in self._words.relative_words and kind == "relative"
            antecedent = tree.head[first_conjunct(tree, head)]
            return antecedent if relative and antecedent != head else own
        governor = tree.head[head]
        if governor == head:
            return None
        if kind == "relative" and tree.base[head] == "acl" and self._opened_by_mark(head):
            return governor
        if tree.base[head] == "conj":
            return self._clause_subject(first_conjunct(tree, head))
        if kind not in _CONTROLLED:
            return None
        if tree.base[head] == "acl":
            return governor if kind == "participial" else None
        if tree.base[head] in {"xcomp", "ccomp"}:
            controller = next(iter(tree.having(governor, frozenset({"obj", "iobj"}))), None)
            if controller is not None:
                return controller
        return self._clause_subject(governor) if tree.base[head] != "csubj" else None

    def _opened_by_mark(self, head: int) -> bool:
        """Whether a relative word is labelled a subordinator, so that the subject is missing."""
        tree = self._tree
        marks = tree.having(head, frozenset({"mark"}))
        return any(tree.lower[mark] in self._words.relative_words for mark in marks)

    def _own_subject(self, head: int) -> int | None:
        """The subject among the head's children; an expletive only where there is no other."""
        tree = self._tree
        outer = head in self._found.split
        children = tree.children[self._found.split.get(head, head)]
        split = head in self._outer
        for bases in ({"nsubj"}, {"expl"}, {"csubj"}):
            for child in children:
                is_outer = tree.label[child].endswith(":outer")
                if tree.base[child] not in bases or (split and is_outer):
                    continue
                if outer and not (is_outer or child < head):
                    continue
                if tree.label[child] == "expl:pv" or tree.lower[child] in self._words.pronominal:
                    continue
                if self._mistaken(head, child):
                    continue
                return child
        return None

    def _mistaken(self, head: int, subject: int) -> bool:
        """Whether a subject behind the verb of a second conjunct is more likely its object.

        After *the Council condemns …* `and calls Belarus` has no subject of its own; only where
        the first conjunct is inverted can the second be.
        """
        tree = self._tree
        if tree.base[head] != "conj" or subject < head or tree.form(head) != "Fin":
            return False
        before = [child for child in tree.children[head] if child < head]
        if any(tree.base[child] not in {"cc", "punct"} for child in before):
            return False
        first = first_conjunct(tree, head)
        own = tree.having(first, frozenset({"nsubj"}))
        return bool(own) and own[0] < first and tree.form(first) == "Fin"

    def _clause_subject(self, token: int) -> int | None:
        """The subject of the clause in which `token` is (part of) the predicate."""
        tree = self._tree
        while token not in self._found.kind:
            own = next(iter(tree.having(token, frozenset({"nsubj"}))), None)
            if own is not None:
                return own
            if tree.head[token] == token:
                return None
            token = tree.head[token]
        return self._subject(token)

    def _phrasal_marker(self, tokens: list[int]) -> str | None:
        """The conjunction of several words (`så länge`) with which a clause begins."""
        words = [self._tree.lower[token] for token in tokens[:3]]
        for length in (3, 2):
            if tuple(words[:length]) in self._words.phrasal:
                return " ".join(words[:length])
        return None

    def _marker(self, head: int, kind: str) -> str | None:
        tree = self._tree
        if head in self._found.split:
            return None
        after = self._outer.get(head, -1)
        marks = [child for child in tree.having(head, frozenset({"mark"})) if child > after]
        if kind == "participial" and not marks:
            marks = [child for child in tree.having(head, frozenset({"case"})) if child < head]
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

    def _negated(self, head: int, anchor: int, chain: list[int]) -> bool:
        tree = self._tree
        for verb in {anchor, *chain}:
            for child in tree.children[verb]:
                if child in self._found.kind or self._other_side(head, anchor, child):
                    continue
                if self._negates(child):
                    return True
                if tree.base[child] in _ARGUMENTS and any(
                    self._negates(word) for word in tree.having(child, frozenset({"det"}))
                ):
                    return True
        return False

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
        if tree.features[chain[-1]].form == "Part":
            found.add(tree.lower[chain[-1]])
        return frozenset(found)

    def _voice(self, head: int, chain: list[int], form: str | None) -> str:
        tree = self._tree
        if head in self._found.split:
            return "active"
        for verb in chain:
            if tree.features[verb].voice == "Pass" or any(
                tree.label[child] in {"nsubj:pass", "csubj:pass", "aux:pass", "obl:agent"}
                for child in tree.children[verb]
            ):
                return "passive"
        if form == PARTICIPLE:
            if tree.base[head] == "conj":
                return self._voice_of_conjunct(head)
            present = tree.lower[head].endswith(tuple(self._words.present_participles))
            return "active" if present else "passive"
        return "active"

    def _voice_of_conjunct(self, head: int) -> str:
        first = first_conjunct(self._tree, head)
        form = shape(self._tree, self._words, first)
        return self._voice(first, [first], form if first != head else None)


def describe(
    doc: Doc, tree: Tree, words: Grammar, found: Heads, clauses: Mapping[int, list[int]]
) -> list[Columns]:
    """The columns of `clauses`, which maps the head of each to its tokens, in that order."""
    describer = Describer(doc, tree, words, found)
    return [describer.describe(head, tokens) for head, tokens in clauses.items()]
