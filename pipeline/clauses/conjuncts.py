"""Hangs conjuncts on the predicate that they are coordinated with, where their form shows it.

In *calls on the government to stop X, release Y and respect Z* parsers tend to hang `release` on
`calls`: a finite verb, with which an infinitive cannot be coordinated. It goes on from the
infinitive before it. The same holds of gerunds and participles (*by ensuring X; and protecting Y*).
"""

from __future__ import annotations

from pipeline.clauses.grammar import Grammar
from pipeline.clauses.shapes import BARE, FINITE, GERUND, INFINITIVE, PARTICIPLE, shape
from pipeline.clauses.tree import Tree

_CLAUSAL = frozenset({"xcomp", "ccomp", "csubj", "advcl", "acl", "obl", "nmod"})
_COMPLEMENT = frozenset({"xcomp", "ccomp", "csubj"})
_ADJUNCTS = frozenset({"obj", "obl", "advmod", "nmod"})
_NOUNS = frozenset({"NOUN", "PROPN", "ADJ", "PRON"})
_LIKE = {
    INFINITIVE: frozenset({INFINITIVE}),
    BARE: frozenset({INFINITIVE}),
    GERUND: frozenset({GERUND}),
    PARTICIPLE: frozenset({GERUND, PARTICIPLE}),
}


def mend(tree: Tree, words: Grammar) -> None:
    """Rehangs, in place, predicates that cannot stand where the parser hung them."""
    _mend_infinitives(tree, words)
    _mend_complements(tree, words)
    _mend_after_semicolons(tree, words)


def _mend_after_semicolons(tree: Tree, words: Grammar) -> None:
    """Makes conjuncts of predicates that share a modal or subject with one before a semicolon.

    As in *must ban X; close Y* and *the Council welcomes X; calls on the parties to …*.
    """
    for token in range(tree.size):
        above = tree.head[token]
        if tree.base[token] != "parataxis" or token < above:
            continue
        if tree.has(token, frozenset({"nsubj", "csubj", "expl", "mark"})):
            continue
        form = shape(tree, words, token)
        shares_modal = tree.form(above) == "Inf" and tree.has(above, frozenset({"aux"}))
        shares_subject = tree.has(above, frozenset({"nsubj"})) and _after_semicolon(tree, token)
        finite = form == FINITE and tree.form(token) == "Fin"
        if (form == BARE and shares_modal) or (finite and shares_subject):
            tree.label[token] = tree.base[token] = "conj"


def _mend_complements(tree: Tree, words: Grammar) -> None:
    """Makes a second finite complement that lacks conjunction and subject a conjunct of the first.

    As in *regrets that prisoners are held, are exposed to torture, and …*.
    """
    for token in range(tree.size):
        if tree.base[token] != "ccomp" or shape(tree, words, token) != FINITE:
            continue
        if tree.has(token, frozenset({"mark", "nsubj", "csubj", "expl"})):
            continue
        before = [
            child
            for child in tree.having(tree.head[token], frozenset({"ccomp"}))
            if tree.head[token] < child < token
            and tree.has(child, frozenset({"mark"}))
            and tree.has(child, frozenset({"nsubj"}))
        ]
        if before:
            _rehang(tree, token, before[-1])
            tree.label[token] = tree.base[token] = "conj"


def _after_semicolon(tree: Tree, token: int) -> bool:
    """Whether a predicate opens what follows a semicolon."""
    before = token - 1
    while before > tree.head[token] and tree.pos[before] in {"ADV", "PART", "PRON"}:
        before -= 1
    return tree.lower[before] == ";"


def _mend_infinitives(tree: Tree, words: Grammar) -> None:
    """Hangs conjuncts of a finite verb that are not finite themselves on their like before them."""
    for token in reversed(range(tree.size)):
        if tree.base[token] != "conj" or tree.pos[token] not in {"VERB", "AUX"}:
            continue
        above = tree.head[token]
        like = _LIKE.get(shape(tree, words, token) or "")
        if like is None or not _finite_itself(tree, words, above):
            continue
        if tree.has(token, frozenset({"aux", "cop"})) or _has_subject_before(tree, token):
            continue
        first = _model(tree, words, above, token, like)
        if first is None:
            continue
        _rehang(tree, token, first)
        # What follows is its own, however high the parser hung it.
        for child in [child for child in tree.having(above, _ADJUNCTS) if child > token]:
            _rehang(tree, child, token)


def _has_subject_before(tree: Tree, token: int) -> bool:
    return any(child < token for child in tree.having(token, frozenset({"nsubj"})))


def _finite_itself(tree: Tree, words: Grammar, token: int) -> bool:
    """Whether a predicate is itself finite: no infinitive can share an auxiliary with it."""
    return tree.form(token) in {"Fin", ""} and shape(tree, words, token) == FINITE


def _model(tree: Tree, words: Grammar, above: int, token: int, like: frozenset[str]) -> int | None:
    """The predicate under `above` that `token` goes on from: its last complement, or its last."""
    under = [child for child in tree.children[above] if child < token]
    under += [
        below for child in under if tree.pos[child] in _NOUNS for below in tree.children[child]
    ]
    candidates = [
        child
        for child in under
        if above < child < token
        and tree.base[child] in _CLAUSAL
        and tree.pos[child] in {"VERB", "AUX"}
        and shape(tree, words, child) in like
    ]
    complements = [child for child in candidates if tree.base[child] in _COMPLEMENT]
    return max(complements or candidates, default=None)


def _rehang(tree: Tree, token: int, head: int) -> None:
    tree.children[tree.head[token]].remove(token)
    tree.head[token] = head
    tree.children[head] = sorted([*tree.children[head], token])
