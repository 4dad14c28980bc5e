"""Talbanken's training set from UD v1 to the conventions of its UD v2 releases.

Three kinds of knowledge are used. Rules state what the guidelines changed
(relation names, `obl`, coordination, multiword expressions taken apart).
`Conventions`, counted from released v2 trees, say which tag and features a
word form with a given SUC tag carries. The published enhanced dependencies
settle relation and head of single words (`settled`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from models.recipe.conventions import AUXILIARY, Conventions
from models.recipe.corpora import Sentence
from models.recipe.settled import settle
from models.recipe.trees import Draft

RENAMED = {
    "nsubjpass": "nsubj:pass",
    "csubjpass": "csubj:pass",
    "auxpass": "aux:pass",
    "dobj": "obj",
    "neg": "advmod",
    "name": "flat:name",
    "nmod:agent": "obl:agent",
}
_PREDICATES = frozenset({"VERB", "AUX", "ADJ", "ADV"})
_NOMINALS = frozenset({"NOUN", "PROPN", "PRON", "NUM", "SYM", "X"})
_OBLIQUE = frozenset({"nmod", "obl"})
_COPULA = frozenset("är var vara varit vore".split())
_PASSIVE = frozenset("bli blir blev blivit bliva blivande".split())
_AMBIGUOUS = frozenset({"JJ|POS|UTR/NEU|PLU|IND/DEF|NOM", "PC|PRF|UTR/NEU|PLU|IND/DEF|NOM"})
_ARGUMENTS = frozenset({"nsubj", "nsubj:pass", "obj", "iobj", "obl", "obl:agent", "nmod", "expl"})
_OLD_UPOS = {"CONJ": "CCONJ", "DT": "DET"}


class OldTree(Draft):
    """A v1 tree under conversion."""

    def __init__(self, tree: Sentence) -> None:
        super().__init__(tree, RENAMED, _OLD_UPOS)

    def oblique(self, index: int, head: int) -> str:
        """`obl` or `nmod` for a nominal with this head.

        Measured on settled relations: a nominal head takes `nmod` on its right,
        and a nominal predicate takes `obl` on its left.
        """
        if head < 0 or self.upos[head] in _PREDICATES:
            return "obl"
        if self.upos[head] in ("NOUN", "PROPN", "PRON", "NUM") and index < head:
            return "obl"
        return "nmod"

    def is_clause(self, index: int) -> bool:
        """Whether the word is a predicate: with a subject, copula, auxiliary or marker."""
        marks = [child for child in self.children(index, "mark") if self.words[child] == "att"]
        parts = self.children(index, "nsubj", "nsubj:pass", "cop", "aux", "aux:pass", "csubj")
        return self.upos[index] == "VERB" or bool(marks or parts)


# ---------------------------------------------------------------- multiword expressions


def expressions(draft: OldTree) -> list[list[int]]:
    """Positions of the words of each v1 `mwe`, the first word first."""
    groups: dict[int, list[int]] = {}
    for index, relation in enumerate(draft.deprel):
        if relation == "mwe":
            groups.setdefault(draft.head[index], []).append(index)
    return [[first, *rest] for first, rest in groups.items()]


def take_apart(draft: OldTree, group: Sequence[int], fixed: set[tuple[str, str]]) -> None:
    """Give the words of one expression the structure of an ordinary phrase.

    UD v2 of Talbanken keeps `fixed` for very few expressions (`fixed`).
    """
    first, rest = group[0], group[1:]
    if (draft.words[first], draft.words[rest[-1]]) in fixed:
        for index in rest:
            draft.deprel[index] = "fixed"
        return
    relation, governor = draft.deprel[first], draft.head[first]
    if relation in ("case", "mark") and governor >= 0:
        open_complement(draft, group, governor)
    elif relation == "punct":
        for index in rest:
            draft.attach(index, governor, "punct")
    elif draft.upos[rest[0]] == "CCONJ" and draft.words[rest[0]] == "och" and len(rest) > 1:
        draft.attach(rest[0], rest[-1], "cc")
        draft.attach(rest[-1], first, "conj")
        for index in rest[1:-1]:
            draft.attach(index, rest[-1], "case")
    elif draft.words[rest[-1]] in ("än", "till", "med", "om") and draft.upos[first] != "ADP":
        for index in rest:
            draft.attach(index, governor, "case")
    elif relation == "det" and draft.upos[rest[-1]] in ("ADV", "ADJ"):
        for index in rest:
            draft.attach(index, governor, "advmod" if draft.upos[index] == "ADV" else "amod")
    elif draft.upos[rest[-1]] == "ADV" and draft.upos[first] in ("PRON", "DET", "ADJ"):
        for index in rest:
            draft.attach(index, first, "advmod")
    else:
        phrase(draft, group)


def open_complement(draft: OldTree, group: Sequence[int], complement: int) -> None:
    """A complex preposition or conjunction: `på grund av X`, `när det gäller X`, `även om X`."""
    heads = [index for index in group if draft.upos[index] in ("NOUN", "VERB")]
    first, last = group[0], group[-1]
    clause = draft.is_clause(complement)
    if not heads and draft.upos[first] == "ADJ" and draft.upos[last] == "ADP":
        heads = [first]
    if not heads:
        for index in group:
            adverb = draft.upos[index] == "ADV" and index != last and draft.words[index] != "så"
            plain = "mark" if clause else "case"
            draft.attach(index, complement, "advmod" if adverb else plain)
        return
    head = heads[0]
    verbal = draft.upos[head] == "VERB"
    relation = draft.deprel[complement]
    outer = draft.head[complement]
    if draft.upos[head] in ("VERB", "ADJ"):
        own = "advcl"
    else:
        own = draft.oblique(head, outer) if relation in (*_OBLIQUE, "advcl", "acl") else relation
    if outer < 0:
        own = "root"
    for child in draft.children(complement):
        if child < first and draft.deprel[child] in ("cc", "punct", "advmod"):
            draft.head[child] = head
    draft.attach(head, outer, own)
    if verbal:
        draft.attach(complement, head, "ccomp" if clause else "obj")
    elif draft.upos[head] == "ADJ":
        draft.attach(complement, head, "advcl" if clause else "obl")
    else:
        draft.attach(complement, head, "acl" if clause else "nmod")
    for index in group:
        if index == head:
            continue
        if index > head:
            draft.attach(index, complement, "mark" if clause else "case")
        else:
            draft.attach(index, head, inner_relation(draft, index, verbal))


def inner_relation(draft: OldTree, index: int, verbal: bool = False) -> str:
    """Relation of a word to the head on its right in its own phrase."""
    if verbal:
        return {"PRON": "nsubj", "ADV": "mark", "SCONJ": "mark"}.get(draft.upos[index], "mark")
    if draft.xpos[index].startswith("PS"):
        return "nmod:poss"
    by_tag = {"ADP": "case", "DET": "det", "ADV": "advmod", "NUM": "nummod", "ADJ": "amod"}
    by_tag |= {"SCONJ": "mark", "PART": "mark", "CCONJ": "cc", "PUNCT": "punct", "VERB": "amod"}
    return by_tag.get(draft.upos[index], "nmod")


def phrase(draft: OldTree, group: Sequence[int]) -> None:
    """An expression that is a whole phrase: `i dag`, `i första hand`, `ett par`."""
    first, last = group[0], group[-1]
    governor, relation = draft.head[first], draft.deprel[first]
    if draft.upos[first] in ("NOUN", "PROPN"):
        draft.attach(last, first, "nmod" if draft.upos[last] in _NOMINALS else "advmod")
        for index in group[1:-1]:
            draft.attach(index, last, inner_relation(draft, index))
        return
    for child in draft.children(first):
        if child not in group:
            draft.head[child] = last
    if relation in ("advmod", "compound:prt", "nmod", "obl", "det"):
        if draft.upos[first] == "ADP":
            relation = draft.oblique(last, governor)
            if governor >= 0 and draft.upos[governor] in _NOMINALS:
                relation = "nmod"
        elif relation == "det":
            relation = "nmod"
    draft.attach(last, governor, relation)
    for index in group[:-1]:
        draft.attach(index, last, inner_relation(draft, index))


# ---------------------------------------------------------------- single relations


def clause_markers(draft: OldTree) -> None:
    """Prepositions before a clause are markers in v2; `som` and `än` before a nominal are case."""
    for index, relation in enumerate(draft.deprel):
        head = draft.head[index]
        if head < 0:
            continue
        if relation == "case" and draft.upos[index] == "ADP":
            between = [
                other
                for other in draft.children(head, "mark")
                if index < other and draft.words[other] in ("att", "om", "hur", "när")
            ]
            if between:
                draft.deprel[index] = "mark"
        elif relation == "mark" and draft.words[index] in ("som", "än"):
            nominal = draft.upos[head] in _NOMINALS and not draft.is_clause(head)
            if nominal and draft.deprel[head] in ("advcl", "nmod", "obl", "acl"):
                draft.deprel[index] = "case"
                draft.deprel[head] = draft.oblique(head, draft.head[head])


def renamed_dependents(draft: OldTree) -> None:
    """Relations that v2 names by the kind of dependent and head."""
    for index in range(len(draft.words)):
        relation, head, word = draft.deprel[index], draft.head[index], draft.words[index]
        tag = draft.upos[index]
        if relation in ("aux", "aux:pass"):
            if word in _COPULA:
                draft.deprel[index] = "cop"
            elif word in _PASSIVE:
                draft.deprel[index] = "aux:pass"
            draft.upos[index] = "AUX"
        elif relation == "cop":
            draft.upos[index] = "AUX"
        elif relation in ("det", "nummod", "amod", "advmod") and draft.children(index, "case"):
            if tag != "ADV":
                draft.deprel[index] = draft.oblique(index, head)
        elif relation == "det":
            if draft.xpos[index].startswith("PS") or draft.xpos[index].endswith("|GEN"):
                draft.deprel[index] = "nmod:poss"
            else:
                by_tag = {"ADJ": "amod", "NUM": "nummod", "NOUN": "nmod", "PROPN": "nmod"}
                draft.deprel[index] = by_tag.get(tag, "det")
        elif relation == "dislocated" and tag == "ADV":
            draft.deprel[index] = "advmod"
        elif relation == "dep":
            draft.deprel[index] = {
                "ADV": "advmod",
                "VERB": "parataxis",
            }.get(tag, draft.oblique(index, head))
        elif relation == "advmod" and (tag == "SCONJ" or subordinator(draft, index)):
            draft.deprel[index] = "mark"


def subordinator(draft: OldTree, index: int) -> bool:
    """`när` and `då` at the head of an adverbial clause."""
    return (
        draft.xpos[index] == "HA"
        and draft.words[index] in ("när", "då")
        and draft.deprel[draft.head[index]] == "advcl"
        and index < draft.head[index]
    )


def promote_predicates(draft: OldTree) -> None:
    """In v1's clefts the focus is a `dep` of the copula; in v2 it is the predicate."""
    for index in range(len(draft.words)):
        if draft.words[index] not in _COPULA or draft.deprel[index] in AUXILIARY:
            continue
        focus = [child for child in draft.children(index, "dep") if child > index]
        if not focus:
            continue
        predicate = focus[0]
        draft.attach(predicate, draft.head[index], draft.deprel[index])
        for child in draft.children(index):
            draft.head[child] = predicate
            if draft.deprel[child] == "nsubj" and draft.words[child] == "det":
                draft.deprel[child] = "expl"
        for child in draft.children(predicate, "acl:relcl"):
            draft.deprel[child] = "acl:cleft"
        draft.attach(index, predicate, "cop")


def split_oblique(draft: OldTree) -> None:
    """v1's `nmod` under a predicate is v2's `obl`."""
    for index, relation in enumerate(draft.deprel):
        if relation == "nmod":
            draft.deprel[index] = draft.oblique(index, draft.head[index])


def following_conjunct(draft: OldTree, index: int) -> int | None:
    """Position of the next conjunct of the coordination a word stands in, if any."""
    head = draft.head[index]
    later = [child for child in draft.children(head, "conj") if child > index]
    return later[0] if later else None


def coordination(draft: OldTree) -> None:
    """`cc`, and commas between conjuncts, hang on the conjunct that follows them."""
    for index, relation in enumerate(draft.deprel):
        head = draft.head[index]
        if not 0 <= head < index:
            continue
        comma = relation == "punct" and draft.words[index] in (",", ";")
        if relation == "cc" or comma:
            conjunct = following_conjunct(draft, index)
            if conjunct is not None:
                draft.head[index] = conjunct


# ---------------------------------------------------------------- the whole


def convert(
    tree: Sentence,
    conventions: Conventions | None = None,
    relations: Mapping[int, tuple[int, str]] | None = None,
) -> Sentence:
    """A UD v1 tree of Talbanken as a v2 tree; lemmas stay as they are."""
    conventions = conventions or Conventions()
    draft = OldTree(tree)
    retag(draft, tree, conventions)
    split_oblique(draft)
    for group in expressions(draft):
        take_apart(draft, group, conventions.fixed)
    promote_predicates(draft)
    clause_markers(draft)
    renamed_dependents(draft)
    coordination(draft)
    if not draft.is_tree():
        draft.head = OldTree(tree).head
    settle(draft, relations or {})
    feats = retag(draft, tree, conventions)
    return replace(
        tree,
        upos=tuple(draft.upos),
        feats=tuple(feats),
        head=tuple(head + 1 for head in draft.head),
        deprel=tuple(draft.deprel),
    )


def retag(draft: OldTree, tree: Sentence, conventions: Conventions) -> list[str]:
    """Set UPOS as v2 trees have it; returns FEATS."""
    feats = list(tree.feats or ["_"] * len(tree.words))
    for index, form in enumerate(tree.words):
        tag = conventions.tag(form, draft.xpos[index], draft.deprel[index])
        if tag:
            draft.upos[index], feats[index] = tag
        if draft.deprel[index] in AUXILIARY:
            draft.upos[index] = "AUX"
        elif draft.upos[index] == "AUX":
            draft.upos[index] = "VERB"
        elif draft.upos[index] == "DET" and draft.deprel[index] in _ARGUMENTS:
            draft.upos[index] = "PRON"
    for index, xpos in enumerate(draft.xpos):
        if xpos in _AMBIGUOUS and "Degree=Pos" in feats[index]:
            feats[index] = definiteness(draft, index, feats)
    return feats


def definiteness(draft: OldTree, index: int, feats: Sequence[str]) -> str:
    """FEATS of an adjective in `-a`: definite in a definite noun phrase, else plural."""
    old = feats[index]
    if "Definite=" not in old:
        return old
    plural = old.replace("Definite=Def", "Definite=Ind")
    if "Number=" not in plural:
        plural = plural.replace("Degree=Pos", "Degree=Pos|Number=Plur")
    head = draft.head[index]
    if draft.deprel[index] != "amod" or head < 0:
        return plural
    determiners = [feats[child] for child in draft.children(head, "det")]
    definite = any("Definite=Def" in cell for cell in (feats[head], *determiners))
    if definite or draft.children(head, "nmod:poss"):
        return plural.replace("Definite=Ind", "Definite=Def").replace("|Number=Plur", "")
    return plural
