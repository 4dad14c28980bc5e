"""Splits the sentences of a parsed Doc into clauses.

One grammar over UD relations and morphology serves every language; the words it needs are in
`data/<lang>/clauses.toml`. `heads` decides which tokens head a clause and of which kind,
`assignment` gives every token to one of them, `attributes` fills the columns that describe it.
"""

from __future__ import annotations

from spacy.tokens import Doc

from pipeline.clauses import (
    attachments,
    attributes,
    clusters,
    conjuncts,
    governors,
    heads,
    items,
    joints,
    prepositions,
    word_order,
)
from pipeline.clauses.assignment import owners
from pipeline.clauses.grammar import grammar
from pipeline.clauses.heads import Heads
from pipeline.clauses.tree import Tree
from pipeline.types import Clause

__all__ = ["segment"]


def segment(doc: Doc) -> list[Clause]:
    """The clauses of `doc`, in order of their first word.

    Needs sentence boundaries, UPOS, UD features, lemmas and a UD tree; `doc.lang_` chooses the
    words. Every token of a sentence is in exactly one clause of it.

    Raises:
        FileNotFoundError: when the package has no grammar words for `doc.lang_`.
    """
    if not len(doc):
        return []
    words = grammar(doc.lang_)
    tree = Tree(doc)
    prepositions.mend(tree, words)
    word_order.mend(tree, words)
    items.mend(tree, words)
    clusters.mend(tree, words)
    governors.mend(tree, words)
    joints.mend(tree, words)
    attachments.mend(tree, words)
    conjuncts.mend(tree, words)
    found = heads.find(tree, words)
    owner = owners(tree, words, found)
    groups: dict[int, list[int]] = {head: [] for head in found.kind}
    for token, head in enumerate(owner):
        groups[head].append(token)
    order = sorted((head for head in groups if groups[head]), key=lambda head: groups[head][0])
    number = {head: index for index, head in enumerate(order)}
    ordered = {head: groups[head] for head in order}
    described = attributes.describe(doc, tree, words, found, ordered)
    return [
        Clause(
            sentence=tree.sentence[head],
            kind=found.kind[head],
            head=head,
            tokens=tuple(groups[head]),
            parent=_parent(tree, found, number, head),
            predicate=columns.predicate,
            subject=columns.subject,
            marker=columns.marker,
            finite=columns.finite,
            negated=columns.negated,
            modality=columns.modality,
            voice=columns.voice,
        )
        for head, columns in zip(order, described, strict=True)
    ]


def _parent(tree: Tree, found: Heads, number: dict[int, int], head: int) -> int | None:
    """The index of the clause under which `head` is embedded; None at the top of a sentence."""
    copula = found.copula_of.get(head)
    if copula is not None:
        return number.get(copula)
    token = found.split.get(head, head)
    while tree.head[token] != token:
        token = tree.head[token]
        if token in number:
            return number[token]
    return None
