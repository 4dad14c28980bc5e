"""Tells what a conjunction or comma joins where parsers join phrases and the text joins clauses.

Run after `governors`, which gives verbs what they need, and before infinitives are coordinated.
"""

from __future__ import annotations

from pipeline.clauses.governors import bare
from pipeline.clauses.grammar import Grammar
from pipeline.clauses.shapes import FINITE, shape
from pipeline.clauses.tree import AUXILIARIES, SUBJECTS, Tree

_NOUNS = frozenset({"NOUN", "PROPN"})
_VERBS = frozenset({"VERB", "AUX"})
_BESIDE = frozenset({"conj", "parataxis", "acl"})
_OWN = SUBJECTS | {"expl", "mark", "aux"}
_OBJECTS = frozenset({"obj", "iobj"})


def mend(tree: Tree, words: Grammar) -> None:
    """Applies the rules, in place."""
    for token in range(tree.size):
        if tree.base[token] in _BESIDE:
            _mend_coordinated_phrase(tree, words, token)
            _mend_listed_object(tree, words, token)
            _mend_verb_final(tree, words, token)
            _mend_report(tree, words, token)


def _mend_coordinated_phrase(tree: Tree, words: Grammar, token: int) -> None:
    """Gives a finite verb that nothing joins to a verb before it what a conjunction does.

    In *has adopted no law, and the decree of 2004, which …, makes no exception* the decree is the
    subject; in *som har styrt sedan 1992 och enligt lagen åtnjuter immunitet* it is an adjunct.
    """
    if tree.base[token] not in _BESIDE or tree.label[token] == "acl:relcl" or not bare(tree, token):
        return
    if shape(tree, words, token) != FINITE:
        return
    first = min([token, *tree.having(token, AUXILIARIES)])
    if tree.form(first) != "Fin" or tree.leftmost(token) != first:
        return
    phrase = _phrase_before(tree, first)
    if phrase is None:
        return
    above = tree.head[phrase]
    while tree.pos[above] not in _VERBS and not tree.has(above, AUXILIARIES):
        if tree.head[above] == above:
            return
        above = tree.head[above]
    if token < above or (tree.base[token] != "acl" and not tree.is_below(above, tree.head[token])):
        return
    if any(tree.has(child, frozenset({"cc"})) for child in _later_conjuncts(tree, token)):
        return
    adjunct = tree.has(phrase, frozenset({"case"}))
    conjunction = tree.having(phrase, frozenset({"cc"}))[0]
    if tree.base[token] == "acl":
        tree.rehang(token, above, "conj")
    tree.rehang(conjunction, token)
    tree.rehang(phrase, token, "obl" if adjunct else "nsubj")


def _phrase_before(tree: Tree, first: int) -> int | None:
    """The coordinated noun phrase right before a word; behind a comma only after an insertion."""
    before = first - 1
    parted = before >= 0 and tree.lower[before] == ","
    if parted:
        before -= 1
    if before < 0 or tree.sentence[before] != tree.sentence[first] or tree.pos[before] == "PUNCT":
        return None
    phrase, inserted = before, False
    while tree.base[phrase] != "conj" or tree.pos[phrase] not in _NOUNS:
        inserted = inserted or tree.label[phrase] == "acl:relcl"
        if tree.head[phrase] == phrase or tree.head[phrase] > before:
            return None
        phrase = tree.head[phrase]
    conjunctions = tree.having(phrase, frozenset({"cc"}))
    if len(conjunctions) != 1 or conjunctions[0] > phrase:
        return None
    return phrase if inserted == parted else None


def _later_conjuncts(tree: Tree, token: int) -> list[int]:
    """The conjuncts that follow a conjunct, beside it or under it."""
    beside = tree.having(tree.head[token], frozenset({"conj"})) if tree.head[token] != token else []
    under = tree.having(token, frozenset({"conj"}))
    return [child for child in (*beside, *under) if child > token]


def _mend_listed_object(tree: Tree, words: Grammar, token: int) -> None:
    """Gives an infinitive in a list the noun behind the comma before it, which nothing else joins.

    In *de steun te staken, betalingen waar nodig te bevriezen* the payments are to be frozen.
    """
    markers = tree.having(token, frozenset({"mark"}))
    if tree.form(token) != "Inf" or not markers or tree.base[token] != "conj":
        return
    if tree.lower[markers[0]] not in words.weak_markers or tree.has(token, _OBJECTS | {"cc"}):
        return
    noun = tree.leftmost(token) - 1
    if noun < 1 or tree.base[noun] != "conj" or tree.pos[noun] not in _NOUNS:
        return
    if tree.leftmost(noun) == noun and tree.lower[noun - 1] == "," and tree.head[noun] < noun:
        tree.rehang(noun, token, "obj")


def _mend_verb_final(tree: Tree, words: Grammar, token: int) -> None:
    """Hangs a conjunct that ends with its finite verb on the subordinate clause before it.

    In *staat klaar, mits die inclusief is en door burgers wordt geleid* a main clause would have
    `wordt` right behind the conjunction.
    """
    conjunctions = [child for child in tree.having(token, frozenset({"cc"})) if child < token]
    if not words.particle_first or tree.base[token] != "conj" or not conjunctions:
        return
    if tree.has(token, SUBJECTS | {"expl", "mark"}) or shape(tree, words, token) != FINITE:
        return
    verbs = [token, *tree.having(token, AUXILIARIES)]
    finite = next((verb for verb in verbs if tree.form(verb) == "Fin"), None)
    between = range(conjunctions[0] + 1, finite or 0)
    if finite is None or not any(tree.pos[word] in _NOUNS | {"PRON"} for word in between):
        return
    above = tree.head[token]
    if tree.has(above, frozenset({"mark"})) or tree.label[above] == "acl:relcl":
        return
    subordinate = [
        child
        for child in range(above + 1, token)
        if tree.base[child] in {"advcl", "ccomp"}
        and tree.is_below(child, above)
        and tree.has(child, frozenset({"mark"}))
        and shape(tree, words, child) == FINITE
    ]
    if subordinate:
        tree.rehang(token, subordinate[-1])


def _mend_report(tree: Tree, words: Grammar, token: int) -> None:
    """Hangs a second verb of reporting on the first: *…”, sade ministern och tillade att …*."""
    if tree.base[token] != "conj" or not tree.has(token, frozenset({"cc"})):
        return
    if tree.lemma[token] not in words.attribution or tree.has(token, _OWN):
        return
    reported = [
        child
        for child in tree.having(tree.head[token], frozenset({"parataxis"}))
        if tree.head[token] < child < token
        and tree.lemma[child] in words.attribution
        and tree.has(child, frozenset({"nsubj"}))
    ]
    if reported:
        tree.rehang(token, reported[-1])
