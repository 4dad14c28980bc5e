"""What released Swedish trees do with a word: tags, features, lemmas, separators.

Counted from the splits of Talbanken that are at hand and from Swedish PUD; used
to bring UD v1 trees, and PUD itself, to the same conventions.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from models.recipe.corpora import Sentence
from models.recipe.trees import Draft, mark_head

AUXILIARY = frozenset({"aux", "aux:pass", "cop"})


def current_feats(feats: str, xpos: str) -> str:
    """FEATS of Swedish PUD as Talbanken's latest release writes them."""
    if xpos == "HA":
        return "_"
    if xpos.startswith("RG|") and feats.startswith("Case=") and "NumType" not in feats:
        return f"{feats}|NumType=Card"
    return feats.replace("PronType=Int,Rel", "PronType=Rel")


@dataclass
class Conventions:
    """What v2 trees of the same language do with a form and its SUC tag.

    Attributes:
        tags: counts of (UPOS, FEATS), by keys from specific to general.
        lemmas: counts of lemmas by (form, SUC tag).
        fixed: (first word, later word) pairs annotated `fixed`.
    """

    tags: dict[tuple[str, ...], Counter[tuple[str, str]]] = field(
        default_factory=lambda: defaultdict(Counter)
    )
    lemmas: dict[tuple[str, str], Counter[str]] = field(
        default_factory=lambda: defaultdict(Counter)
    )
    fixed: set[tuple[str, str]] = field(default_factory=set)

    @staticmethod
    def keys(form: str, xpos: str, relation: str) -> list[tuple[str, ...]]:
        """Keys under which a word is counted, most specific first."""
        auxiliary = "aux" if relation in AUXILIARY else ""
        form = form.casefold()
        return [(form, xpos, relation), (form, xpos, auxiliary), (xpos, auxiliary), (xpos,)]

    def learn(self, trees: Iterable[Sentence], weight: int = 1) -> Conventions:
        """Count the conventions of v2 trees with SUC tags; returns itself.

        Args:
            trees: released trees.
            weight: what one occurrence counts, high for the treebank's own splits.
        """
        for tree in trees:
            assert tree.upos and tree.xpos and tree.feats and tree.lemma
            assert tree.deprel and tree.head
            for index, form in enumerate(tree.words):
                xpos = tree.xpos[index]
                tag = (tree.upos[index], current_feats(tree.feats[index], xpos))
                for key in self.keys(form, xpos, tree.deprel[index]):
                    self.tags[key][tag] += weight
                lemma = tree.lemma[index]
                if lemma is not None:
                    self.lemmas[form.casefold(), xpos][lemma] += weight
                if tree.deprel[index] == "fixed":
                    first = tree.words[tree.head[index] - 1]
                    self.fixed.add((first.casefold(), form.casefold()))
        return self

    def tag(self, form: str, xpos: str, relation: str) -> tuple[str, str] | None:
        """UPOS and FEATS of the most specific key that was seen."""
        for key in self.keys(form, xpos, relation):
            if key in self.tags:
                return self.tags[key].most_common(1)[0][0]
        return None


# ---------------------------------------------------------------- lemmas

_INVARIABLE = frozenset({"ADP", "CCONJ", "SCONJ", "PART", "PUNCT", "SYM", "INTJ"})
_BASE = {
    "NN": re.compile(r"NN\|(UTR|NEU)\|SIN\|IND\|NOM"),
    "VB": re.compile(r"VB\|INF\|AKT"),
    "JJ": re.compile(r"JJ\|POS\|UTR\|SIN\|IND\|NOM"),
}


def common_prefix(first: str, second: str) -> int:
    """How many letters two words share at the start."""
    length = 0
    while length < min(len(first), len(second)) and first[length] == second[length]:
        length += 1
    return length


class Lemmas:
    """Silver lemmas for a treebank that has none, only where they are as good as certain.

    A word gets the lemma that released trees give to the same form and SUC tag;
    else the lemma its ending suggests (endings counted per SUC tag), provided
    that the treebank itself has that lemma as a base form.
    """

    def __init__(self, conventions: Conventions, trees: Iterable[Sentence]) -> None:
        self.known = conventions.lemmas
        self.endings: dict[tuple[str, str], Counter[tuple[int, str]]] = defaultdict(Counter)
        self.bases: dict[str, set[str]] = defaultdict(set)
        for (form, xpos), lemmas in self.known.items():
            lemma = lemmas.most_common(1)[0][0]
            self.bases[xpos[:2]].add(lemma)
            stem = common_prefix(form, lemma)
            for length in range(1, min(6, len(form)) + 1):
                if len(form) - length <= stem:
                    self.endings[form[-length:], xpos][len(form) - stem, lemma[stem:]] += 1
        for tree in trees:
            for form, xpos in zip(tree.words, tree.xpos or (), strict=True):
                pattern = _BASE.get(xpos[:2])
                if pattern and pattern.fullmatch(xpos):
                    self.bases[xpos[:2]].add(form.casefold())

    def of(self, form: str, xpos: str, upos: str) -> str | None:
        """The lemma, or `None` if it is not sure."""
        lower = form.casefold()
        seen = self.known.get((lower, xpos))
        if seen:
            return seen.most_common(1)[0][0]
        if upos == "PROPN":
            return form if xpos == "PM|NOM" else None
        pattern = _BASE.get(xpos[:2])
        if upos in _INVARIABLE or (pattern and pattern.fullmatch(xpos)):
            return lower
        for length in range(min(6, len(form)), 0, -1):
            votes = self.endings.get((lower[-length:], xpos))
            for (cut, added), _ in votes.most_common(3) if votes else ():
                lemma = lower[: len(lower) - cut] + added
                if lemma in self.bases.get(xpos[:2], ()):
                    return lemma
        return None


def with_lemmas(tree: Sentence, lemmas: Lemmas) -> Sentence:
    """The tree with silver lemmas, `None` for words without a sure one."""
    assert tree.xpos and tree.upos
    return replace(tree, lemma=tuple(map(lemmas.of, tree.words, tree.xpos, tree.upos)))


def harmonise(tree: Sentence, conventions: Conventions) -> Sentence:
    """A tree of Swedish PUD with the features and lemmas of Talbanken's own releases.

    The two differ in the lemmas of adverbs made from adjectives (`snabbt`):
    those that Talbanken does not show become `None`.
    """
    assert tree.xpos and tree.feats and tree.lemma
    lemma: list[str | None] = []
    for form, xpos, old in zip(tree.words, tree.xpos, tree.lemma, strict=True):
        seen = conventions.lemmas.get((form.casefold(), xpos))
        unsure = xpos.startswith("AB|") and xpos != "AB|AN"
        lemma.append(seen.most_common(1)[0][0] if seen else None if unsure else old)
    feats = tuple(map(current_feats, tree.feats, tree.xpos))
    draft = Draft(tree, {})
    hang_separators(draft)
    heads = tuple(head + 1 for head in draft.head) if draft.is_tree() else tree.head
    return replace(tree, feats=feats, lemma=tuple(lemma), head=heads)


def hang_separators(draft: Draft) -> None:
    """Hang commas, colons and semicolons as Talbanken does.

    A separator before a dependent clause or phrase goes to that phrase's head,
    one before a conjunct to the conjunct, one after a clause to what follows
    (89% of the commas of Talbanken's dev set, 64% by the rule of the guidelines).
    """
    marks = [relation == "punct" for relation in draft.deprel]
    heads = list(draft.head)
    for index, word in enumerate(draft.words):
        if not marks[index] or word not in (",", ";", ":"):
            continue
        if all(marks[:index]) or all(marks[index + 1 :]):
            continue
        nearest = mark_head(index, draft.head, marks)
        right = next(later for later in range(index + 1, len(marks)) if not marks[later])
        while draft.head[right] > index:
            right = draft.head[right]
        subordinate = nearest == right and draft.head[right] >= 0
        outside = subordinate and draft.deprel[right] != "conj"
        heads[index] = draft.head[right] if outside else right
    draft.head = heads
