"""Verbs that open an item of a list, whose subject stands at the head of the list.

What follows such a verb is its object, though parsers see a subject there: *1. Urges the Member
States to …*, *4. verzoekt zijn Voorzitter …*.
"""

from __future__ import annotations

from pipeline.clauses.grammar import Grammar
from pipeline.clauses.shapes import FINITE, first_conjunct, shape
from pipeline.clauses.tree import AUXILIARIES, Tree

_SUBJECT = frozenset({"nsubj"})
_BEFORE_ITEM = frozenset({"PUNCT", "ADV", "NUM", "X"})
_BEFORE_FIRST = frozenset({"PUNCT", "NUM", "X"})
_JOINING = frozenset({";", ","})


def mend(tree: Tree, words: Grammar) -> None:
    """Applies the rules, in place."""
    for token in range(tree.size):
        if tree.lower[token] in words.item_verbs and tree.pos[token] == "VERB":
            _mend_object(tree, words, token)
        if tree.base[token] == "csubj":
            _mend_complement(tree, token)


def _mend_object(tree: Tree, words: Grammar, token: int) -> None:
    """Makes the only subject of a verb that opens an item, or goes on from it, its object."""
    if tree.has(token, AUXILIARIES | {"expl"}):
        return
    subjects = tree.having(token, _SUBJECT)
    if len(subjects) != 1 or subjects[0] < token or not _lacks_subject(tree, words, token):
        return
    tree.label[subjects[0]] = tree.base[subjects[0]] = "obj"


def _lacks_subject(tree: Tree, words: Grammar, token: int) -> bool:
    """Whether a verb opens its sentence, or a conjunct of a verb that does.

    Where the verb stands second, an adverb before it would put the subject behind it. Questions
    open with their verb too.
    """
    if tree.head[token] == token:
        allowed = _BEFORE_FIRST if words.verb_second else _BEFORE_ITEM
        return _opens_sentence(tree, token, allowed)
    if tree.base[token] not in {"conj", "parataxis"}:
        return False
    before = token - 1
    while before > 0 and tree.pos[before] == "ADV" and tree.head[before] == token:
        before -= 1
    if tree.pos[before] != "CCONJ" and tree.lower[before] not in _JOINING:
        return False
    first = tree.head[token] if tree.base[token] == "parataxis" else first_conjunct(tree, token)
    first = first_conjunct(tree, first)
    if tree.base[first] == "parataxis":
        first = first_conjunct(tree, tree.head[first])
    if not words.verb_second:
        return shape(tree, words, first) == FINITE
    return tree.head[first] == first and _opens_sentence(tree, first, _BEFORE_FIRST)


def _opens_sentence(tree: Tree, token: int, allowed: frozenset[str]) -> bool:
    """Whether nothing but `allowed` parts of speech stands before a verb; not in a question."""
    before = token - 1
    while before >= 0 and tree.sentence[before] == tree.sentence[token]:
        if tree.pos[before] not in allowed:
            return False
        before -= 1
    end = token
    while end + 1 < tree.size and tree.sentence[end + 1] == tree.sentence[token]:
        end += 1
    return tree.lower[end] != "?"


def _mend_complement(tree: Tree, token: int) -> None:
    """Makes a clause behind the verb that opens an item its complement: *is van mening dat …*.

    A clause that is the subject stands first, or has a word that announces it.
    """
    above = tree.head[token]
    if above > token or tree.has(above, _SUBJECT | {"expl"}):
        return
    finite = min([above, *tree.having(above, AUXILIARIES)])
    if tree.form(finite) == "Fin" and _opens_sentence(tree, finite, _BEFORE_FIRST):
        tree.label[token] = tree.base[token] = "ccomp"
