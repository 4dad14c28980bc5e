"""What released Dutch trees do: counts that settle what the rules of `lassy` leave open."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from models.recipe.corpora import Sentence
from models.recipe.trees import Draft


@dataclass
class Conventions:
    """Counts from released trees.

    Attributes:
        tags: (UPOS) of closed-class forms by form and old relation class.
        feats: FEATS by (form, UPOS).
        reflexive: `expl:pv` against other relations of `zich`, by verb lemma.
        arguments: `obl:arg` against `obl`, by (verb lemma, preposition).
        lemmas: lemmas by (form, UPOS).
        external: `ExtPos` of the first word of a `fixed` expression, by its relation.
        complements: relations of infinitives with `te` and without a subject, by verb lemma.
    """

    upos: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    feats: dict[tuple[str, str], Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    reflexive: dict[str, Counter[bool]] = field(default_factory=lambda: defaultdict(Counter))
    arguments: dict[tuple[str, str], Counter[bool]] = field(
        default_factory=lambda: defaultdict(Counter)
    )
    lemmas: dict[tuple[str, str], Counter[str]] = field(
        default_factory=lambda: defaultdict(Counter)
    )

    external: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    complements: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    _governed: frozenset[str] = frozenset()

    def learn(self, trees: Iterable[Sentence]) -> Conventions:
        """Count released trees; returns itself."""
        for tree in trees:
            assert tree.upos and tree.feats and tree.lemma and tree.deprel and tree.head
            draft = Draft(tree, {})
            lemma = [plain_lemma(cell or "") for cell in tree.lemma]
            for index, word in enumerate(draft.words):
                upos, head = tree.upos[index], draft.head[index]
                self.upos[word][upos] += 1
                self.feats[word, upos][tree.feats[index]] += 1
                self.lemmas[word, upos][lemma[index]] += 1
                if draft.children(index, "fixed"):
                    cells = tree.feats[index].split("|")
                    external = next((cell for cell in cells if cell.startswith("ExtPos=")), "_")
                    self.external[tree.deprel[index]][external] += 1
                if head < 0:
                    continue
                if tree.deprel[index] in ("xcomp", "ccomp") and is_infinitive(draft, index):
                    self.complements[lemma[head]][tree.deprel[index]] += 1
                if word == "zich":
                    self.reflexive[lemma[head]][tree.deprel[index] == "expl:pv"] += 1
                if tree.deprel[index] in ("obl", "obl:arg"):
                    for case in draft.children(index, "case"):
                        key = (lemma[head], draft.words[case])
                        self.arguments[key][tree.deprel[index] == "obl:arg"] += 1
        return self

    def governed(self) -> frozenset[str]:
        """The prepositions of which a tenth or more of the phrases beside verbs are `obl:arg`."""
        if not self._governed:
            counts: dict[str, Counter[bool]] = defaultdict(Counter)
            for (_, preposition), seen in self.arguments.items():
                counts[preposition].update(seen)
            self._governed = frozenset(
                word for word, seen in counts.items() if seen[True] >= 0.1 * seen.total()
            )
        return self._governed


def is_infinitive(draft: Draft, index: int) -> bool:
    """Whether a verb has `te` and no subject of its own."""
    marks = [draft.words[child] for child in draft.children(index, "mark")]
    return "te" in marks and not draft.children(index, "nsubj", "nsubj:pass")


def plain_lemma(lemma: str) -> str:
    """A lemma without the marks between the parts of a compound: `op_richten`, `web_site`."""
    return lemma.replace("_", "") or lemma
