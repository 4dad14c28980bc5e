"""The predicate of a clause: the lexical verb under its auxiliaries, with its particle."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from pipeline.clauses.grammar import Grammar
from pipeline.clauses.heads import Heads
from pipeline.clauses.lexicon import ColumnWords
from pipeline.clauses.tree import Tree

_SHORTEST_STEM = 4
_OPENS_PHRASE = frozenset({"NOUN", "PROPN", "DET", "PRON", "NUM"})


class Predicates:
    """Names the predicates of the clauses of one Doc."""

    def __init__(
        self, doc: Doc, tree: Tree, words: Grammar, known: ColumnWords, found: Heads
    ) -> None:
        self._doc = doc
        self._tree = tree
        self._words = words
        self._known = known
        self._found = found

    def chain(self, head: int) -> list[int]:
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

    def lemma(self, verb: int, tokens: Sequence[int]) -> str:
        """The lemma of a predicate with its particle, if one is among its clause's `tokens`."""
        tree = self._tree
        lemma = self._doc[verb].lemma_ if tree.pos[verb] == "PROPN" else tree.lemma[verb]
        lemma = lemma.replace("_", "")
        if f"{lemma}s" in self._words.deponents and tree.lower[verb].endswith("s"):
            lemma = f"{lemma}s"
        particle = self._particle(verb, tokens)
        if self._words.particle_first:
            lemma = self._bare(lemma, tree.lower[verb], particle)
            return lemma if lemma.startswith(particle or "") else f"{particle}{lemma}"
        if particle is None:
            return lemma
        phrase = f"{lemma} {particle}"
        return lemma if phrase in self._known.prepositional else phrase

    def _bare(self, lemma: str, form: str, particle: str | None) -> str:
        """A lemma without a prefix that neither the form nor the clause has.

        Lemmatisers know a form from texts where its particle stood apart (`dringen`: terugdringen).
        """
        for prefix in self._known.prefixes:
            stem = lemma.removeprefix(prefix)
            foreign = stem != lemma and not form.startswith(prefix) and prefix != particle
            if foreign and len(stem) >= _SHORTEST_STEM and stem[:2] in {form[:2], form[2:4]}:
                return stem
        return lemma

    def _particle(self, verb: int, tokens: Sequence[int]) -> str | None:
        """A verb's particle: of several in a row the last.

        One that the parser hangs on the verb of the next clause counts, where the order of the
        words gave it to this clause (*dringt er bij Belarus op aan zich te houden aan …*).
        """
        tree = self._tree
        if tree.lemma[verb] in self._known.particleless:
            return None
        inside = frozenset(tokens)
        candidates = [
            token
            for token in tokens
            if tree.label[token] == "compound:prt"
            and (tree.head[token] == verb or tree.head[token] not in inside)
            and self._may_be_particle(verb, token, inside)
        ]
        if not candidates or self._announces(verb, candidates, tokens):
            return None
        return tree.lower[candidates[-1]]

    def _may_be_particle(self, verb: int, token: int, inside: frozenset[int]) -> bool:
        """Whether what is labelled a particle is none of a phrase (`aan bod`, `op zich`, `om:`)."""
        tree = self._tree
        if any(tree.base[child] != "punct" for child in tree.children[token]):
            return False
        if tree.pos[token] == "VERB" or tree.lower[token] in self._words.announcing:
            return False
        if token < verb and not self._words.particle_first:
            return False
        nouns = self._known.noun_particles
        if nouns and tree.pos[token] == "NOUN" and tree.lower[token] not in nouns:
            return False
        after = token + 1
        if token < verb or after >= tree.size or tree.sentence[after] != tree.sentence[token]:
            return True
        if tree.lower[after] == ":" and token > verb + 1:
            return False
        if not self._words.particle_first:
            return True
        # A Dutch particle closes the clause; only infinitives and participles have it before them.
        opens = after in inside and tree.pos[after] in _OPENS_PHRASE
        return not opens and tree.form(verb) not in {"Inf", "Part"}

    def _announces(self, verb: int, candidates: Sequence[int], tokens: Sequence[int]) -> bool:
        """Whether a lone particle belongs to `er` and announces a clause: *staat er op dat …*."""
        tree = self._tree
        only = candidates[-1]
        if len(candidates) > 1 or only < verb or tree.lower[only] not in self._words.stranded:
            return False
        if tree.lower[only - 1] in self._words.stranded:
            return False
        announced = any(
            tree.lower[token] in self._words.pronominal - self._words.announcing
            for token in tokens
            if verb < token < only
        )
        follows = any(child > only and child in self._found.kind for child in tree.children[verb])
        return announced and follows
