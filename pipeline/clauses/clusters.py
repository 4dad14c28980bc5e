"""Puts verbs together with their auxiliaries, particles, subjects and objects again.

Parsers split a group of verbs where another verb follows it closely: *gedwongen zijn het land te
verlaten*, *slår fast att …*, *”…”, säger hon och tillägger …*.
"""

from __future__ import annotations

from pipeline.clauses.grammar import Grammar
from pipeline.clauses.shapes import INFINITIVE, shape
from pipeline.clauses.tree import AUXILIARIES, SUBJECTS, Features, Tree

_NOUNS = frozenset({"NOUN", "PROPN"})
_VERBS = frozenset({"VERB", "AUX"})
_OBJECTS = frozenset({"obj", "iobj"})
_OPEN = frozenset({"xcomp", "ccomp", "advcl"})


def mend(tree: Tree, words: Grammar) -> None:
    """Applies the rules, in place."""
    for token in range(tree.size):
        if tree.base[token] in AUXILIARIES:
            _mend_auxiliary(tree, words, token)
            _mend_being(tree, words, token)
            _mend_existence(tree, token)
            _mend_quoted(tree, words, token)
        elif tree.form(token) == "Part":
            _mend_passive(tree, words, token)
            _mend_predicative(tree, words, token)
        if tree.base[token] == "nsubj":
            _mend_subject_before_conjunction(tree, token)
        if tree.base[token] in {"mark", "advmod"}:
            _mend_separated(tree, words, token)
        if tree.lemma[token] in words.asking and tree.pos[token] == "VERB":
            _mend_second_object(tree, words, token)


def _mend_auxiliary(tree: Tree, words: Grammar, token: int) -> None:
    """Gives an auxiliary to the participle right before it, not to an infinitive behind it.

    In *dat anderen gedwongen zijn het land te verlaten* the participle would else have none.
    """
    verb, participle = tree.head[token], token - 1
    if verb < token or tree.form(token) != "Fin" or participle < 0:
        return
    if tree.form(participle) != "Part" or tree.sentence[participle] != tree.sentence[token]:
        return
    markers = [child for child in tree.having(verb, frozenset({"mark"})) if child > token]
    if not markers or tree.lower[markers[0]] not in words.weak_markers:
        return
    if tree.head[participle] == verb or tree.has(participle, AUXILIARIES):
        return
    tree.rehang(token, participle)
    if not tree.is_below(verb, participle):
        tree.rehang(verb, participle, "xcomp")


def _mend_passive(tree: Tree, words: Grammar, token: int) -> None:
    """Gives a participle its auxiliary and subject, which parsers give the infinitive behind it.

    In *Hij wordt ervan beschuldigd informatie te hebben verspreid* he is accused.
    """
    verb = tree.head[token]
    if verb < token or tree.base[token] not in {"advmod", "xcomp", "amod", "obl", "advcl"}:
        return
    markers = [child for child in tree.having(verb, frozenset({"mark"})) if child > token]
    if not markers or tree.lower[markers[0]] not in words.weak_markers:
        return
    auxiliaries = [child for child in tree.having(verb, frozenset({"aux"})) if child < token]
    passive = [child for child in auxiliaries if tree.label[child] == "aux:pass"]
    if not passive or tree.form(auxiliaries[0]) != "Fin" or tree.has(token, AUXILIARIES):
        return
    above, label = tree.head[verb], tree.label[verb]
    tree.rehang(token, token if above == verb else above, label)
    for child in list(tree.children[verb]):
        coordinated = tree.base[child] == "conj" and tree.form(child) == "Fin"
        if child < token or coordinated or tree.base[child] == "punct":
            tree.rehang(child, token)
    tree.rehang(verb, token, "xcomp")


def _mend_predicative(tree: Tree, words: Grammar, token: int) -> None:
    """Hangs a participle on the verb right before that links it: *vill inte bli namngiven*."""
    verb = token - 1
    if verb < 0 or tree.lemma[verb] not in words.linking or tree.head[token] in {verb, token}:
        return
    same = tree.sentence[verb] == tree.sentence[token]
    if same and not tree.is_below(verb, token) and not tree.has(token, AUXILIARIES | SUBJECTS):
        tree.rehang(token, verb, "xcomp")


def _mend_being(tree: Tree, words: Grammar, token: int) -> None:
    """Makes a noun of what looks like a copula behind an adjective: *every human being below …*."""
    adjective, phrase = token - 1, tree.head[token]
    if phrase < token or f"{tree.lower[adjective]} {tree.lower[token]}" not in words.compounds:
        return
    above, label = tree.head[phrase], tree.label[phrase]
    tree.rehang(token, token if above == phrase else above, label)
    if above != phrase:
        tree.label[token] = tree.base[token] = "obj" if token > above else "nsubj"
    tree.pos[token], tree.features[token] = "NOUN", Features()
    for child in [*tree.children[adjective], *tree.children[phrase]]:
        if child < token or tree.base[child] in {"advcl", "acl"}:
            tree.rehang(child, token)
    tree.rehang(adjective, token, "compound")
    tree.rehang(phrase, token, "nmod")


def _mend_existence(tree: Tree, token: int) -> None:
    """Gives a modal before the verb of being to that: *dat er geen oplossing kan zijn*."""
    noun = tree.head[token]
    verb = tree.head[noun]
    if tree.base[token] != "aux" or verb != token + 1 or tree.pos[noun] not in _NOUNS:
        return
    if tree.form(verb) == "Inf" and noun < token and not tree.has(noun, frozenset({"cop"})):
        tree.rehang(token, verb)
        tree.label[noun] = tree.base[noun] = "nsubj"


def _mend_quoted(tree: Tree, words: Grammar, token: int) -> None:
    """Makes a verb that is no auxiliary the one that is quoted: *– Det gör inget, säger hon*."""
    verb = tree.head[token]
    if tree.pos[token] != "VERB" or verb < token or tree.lower[verb - 1] != ",":
        return
    behind = any(child > verb for child in tree.having(verb, frozenset({"nsubj"})))
    if tree.lemma[verb] not in words.attribution or not behind or tree.form(token) != "Fin":
        return
    above, label = tree.head[verb], tree.label[verb]
    tree.rehang(token, token if above == verb else above, label)
    for child in list(tree.children[verb]):
        if child < verb - 1:
            tree.rehang(child, token)
    tree.rehang(verb, token, "parataxis")


def _mend_subject_before_conjunction(tree: Tree, token: int) -> None:
    """Gives a subject before a conjunction to the verb before it: *säger hon och tillägger …*."""
    second, first = tree.head[token], token - 1
    conjunctions = [child for child in tree.having(second, frozenset({"cc"})) if child < second]
    if tree.base[second] != "conj" or not conjunctions or tree.leftmost(token) != token:
        return
    if not token < conjunctions[0] or tree.pos[first] not in _VERBS or first < 0:
        return
    finite = tree.form(first) == "Fin" and tree.sentence[first] == tree.sentence[token]
    if finite and not tree.has(first, SUBJECTS | {"expl"}) and not tree.is_below(first, second):
        tree.rehang(token, first, "nsubj")


def _mend_separated(tree: Tree, words: Grammar, token: int) -> None:
    """Gives a verb the particle before a complement's conjunction: *slår fast att …*."""
    clause = tree.head[token]
    verb = tree.head[clause]
    if token > clause or tree.lower[token + 1] not in words.declarative or verb > token:
        return
    if f"{tree.lemma[verb]} {tree.lower[token]}" in words.separable:
        tree.rehang(token, verb, "compound:prt")
        if tree.base[clause] == "advcl":
            tree.label[clause] = tree.base[clause] = "ccomp"


def names_behind(tree: Tree, noun: int) -> list[int]:
    """Names right behind a plural noun that are none of its own: *vraagt de landen X te helpen*.

    One name cannot be in apposition to several persons.
    """
    return [
        child
        for child in tree.having(noun, frozenset({"appos", "flat"}))
        if child == noun + 1
        and tree.pos[child] == "PROPN"
        and tree.pos[noun] == "NOUN"
        and tree.features[noun].number == "Plur"
    ]


def _mend_second_object(tree: Tree, words: Grammar, token: int) -> None:
    """Gives the second of two objects of a verb of asking to the infinitive under it.

    In *verzoekt de Commissie de zaak, die …, aan de orde te stellen* only one is asked.
    """
    objects = [
        child
        for child in tree.having(token, _OBJECTS)
        if child > token
        and tree.pos[child] in _NOUNS | {"PRON"}
        and not tree.has(child, frozenset({"case"}))
    ]
    if len(objects) == 1:
        objects += names_behind(tree, objects[0])
    if len(objects) != 2 or tree.pos[objects[1]] == "PRON":
        return
    below = tree.having(objects[1], frozenset({"acl"}))
    if tree.lemma[objects[1]] in words.infinitive_nouns:
        below = []
    for child in [*tree.children[token], *below]:
        if child < objects[1] or tree.base[child] not in _OPEN | {"acl"}:
            continue
        markers = tree.having(child, frozenset({"mark"}))
        weak = markers and tree.lower[markers[-1]] in words.weak_markers
        if weak and shape(tree, words, child) == INFINITIVE and not tree.has(child, _OBJECTS):
            tree.rehang(child, token, "xcomp")
            tree.rehang(objects[1], child, "obj")
            return
