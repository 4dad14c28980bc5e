"""Tells prepositions from the particles and participles that look like them, in place."""

from __future__ import annotations

from pipeline.clauses.grammar import Grammar
from pipeline.clauses.shapes import infinitive_markers
from pipeline.clauses.tree import Tree

_OPEN = frozenset({"advcl", "xcomp", "ccomp"})
_OBJECTS = frozenset({"obj", "iobj"})
_NONFINITE = frozenset({"Inf", "Part"})


def mend(tree: Tree, words: Grammar) -> None:
    """Applies the rules."""
    for token in range(tree.size):
        _mend_deverbal(tree, words, token)
        if tree.form(token) in _NONFINITE and infinitive_markers(tree, words, token):
            _mend_particle(tree, words, token)


def _mend_deverbal(tree: Tree, words: Grammar, token: int) -> None:
    """Makes a participle that is a preposition one, and what it governs no subject.

    In *Angående straffen begär kommittén …* it is the committee that asks.
    """
    noun = tree.head[token]
    if tree.base[token] != "amod" or tree.lower[token] not in words.deverbal_prepositions:
        return
    if noun < token or tree.leftmost(noun) != token:
        return
    tree.label[token] = tree.base[token] = "case"
    tree.pos[token] = "ADP"
    if tree.base[noun] == "nsubj" and noun < tree.head[noun]:
        tree.label[noun] = tree.base[noun] = "obl"


def _mend_particle(tree: Tree, words: Grammar, token: int) -> None:
    """Gives the verb above its particle, which parsers take for a preposition or a mark.

    In *roept Rusland op de gevangenen vrij te laten* the verb's lemma, `oproepen`, has the
    particle; in *moedigt hen aan de wet te wijzigen* `aan` cannot open an infinitive. What stands
    between verb and particle is the verb's; what follows it the infinitive's object.
    """
    verb = tree.head[token]
    if tree.base[token] not in _OPEN or tree.pos[verb] != "VERB" or verb > token:
        return
    particles = [child for child in tree.children[verb] if tree.label[child] == "compound:prt"]
    for word in range(verb + 1, token):
        particle = tree.lower[word]
        if tree.pos[word] != "ADP" or particle not in words.stranded:
            continue
        doubled = particles[-1:] == [word - 1]
        if particles and not doubled:
            continue
        above = tree.head[word]
        lacks = tree.lemma[verb].startswith(particle) and not tree.lower[verb].startswith(particle)
        # *Beveelt hen aan …*: the lemma may be that of the plain verb.
        lacks = lacks or f"{particle}{tree.lemma[verb]}" in words.asking
        # Right before `te` it may be the infinitive's own: *verzoekt hen op te treden*.
        own = not lacks or tree.lemma[token].startswith(particle)
        if own and tree.lower[word + 1] in words.weak_markers:
            continue
        opens = tree.base[word] == "mark" and above == token
        phrase = tree.base[word] == "case" and tree.head[above] == token
        if not (opens or ((lacks or doubled) and phrase and tree.leftmost(above) == word)):
            continue
        tree.rehang(word, verb, "compound:prt")
        for child in tree.having(token, _OBJECTS | {"nsubj"}):
            if verb < child < word:
                tree.rehang(child, verb, "obj")
        if phrase and not tree.has(token, frozenset({"obj"})):
            tree.label[above] = tree.base[above] = "obj"
        return
