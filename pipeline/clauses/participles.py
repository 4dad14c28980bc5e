"""Participles that look like predicates and are none: prepositions, adjectives, complements."""

from __future__ import annotations

from pipeline.clauses.attachments import follows_period
from pipeline.clauses.grammar import Grammar
from pipeline.clauses.tree import AUXILIARIES, SUBJECTS, Tree

_OBJECT = frozenset({"obj"})
_CLAUSAL_OBJECT = frozenset({"ccomp"})
_MODIFIERS = frozenset({"det", "amod"})
_DETERMINERS = frozenset({"det", "nmod:poss"})
# How far behind an attributive participle its noun may stand (`mounting geopolitical tensions`).
_ATTRIBUTIVE_REACH = 4


def no_predicate(tree: Tree, grammar: Grammar, token: int) -> bool:
    """Whether a participle is a preposition (`given`), part of a name, or an adjective.

    In *response to escalating violations* and *unless remaining gaps are closed* parsers take
    `violations` and `gaps` for arguments of the participle; a determiner would make them so.
    """
    if follows_period(tree, grammar, token):
        return False
    if _predicative(tree, grammar, token):
        return True
    if _in_name(tree, grammar, token) or _bracketed(tree, token):
        return True
    if tree.lower[token] in grammar.deverbal_prepositions:
        return not tree.has(token, _CLAUSAL_OBJECT)
    if tree.lower[token] not in grammar.attributive_participles:
        return False
    return any(
        tree.pos[child] == "NOUN" and not tree.has(child, _DETERMINERS)
        for child in tree.having(token, _OBJECT | SUBJECTS)
        if token < child <= token + _ATTRIBUTIVE_REACH
    )


def _predicative(tree: Tree, grammar: Grammar, token: int) -> bool:
    """Whether a participle stands right behind the verb that links it: *vill bli namngiven*."""
    linking = token > 0 and tree.lemma[token - 1] in grammar.linking
    return linking and tree.form(token) == "Part"


def _in_name(tree: Tree, grammar: Grammar, token: int) -> bool:
    """Whether a gerund stands between capitals: `Council Implementing Decision`."""
    before, after = token - 1, token + 1
    if before < 0 or after >= tree.size or not grammar.gerund_endings:
        return False
    same = tree.sentence[before] == tree.sentence[token] == tree.sentence[after]
    capitals = tree.capital[before] and tree.capital[token] and tree.capital[after]
    noun = tree.pos[after] in {"NOUN", "PROPN"}
    return same and capitals and noun and tree.lower[token].endswith(grammar.gerund_endings)


def _bracketed(tree: Tree, token: int) -> bool:
    """Whether a participle is all that stands in brackets: `Social Charter (revised)`."""
    return tree.lower[token - 1 : token] == ["("] and tree.lower[token + 1 : token + 2] == [")"]


def prenominal(tree: Tree, grammar: Grammar, token: int) -> bool:
    """Whether what was taken for a clause is a participle or gerund before its noun.

    In *het in lid 3 bedoelde rapport* the participle is inflected; in *the necessary supporting
    services* an article or adjective before the gerund goes with the noun behind it.
    """
    following = tree.pos[token + 1] if token + 1 < tree.size else ""
    if (
        following not in {"NOUN", "ADJ", "PROPN"}
        or tree.sentence[token] != tree.sentence[token + 1]
    ):
        return False
    if tree.lower[token].endswith(grammar.gerund_endings):
        return any(
            tree.base[child] in _MODIFIERS and child < token for child in tree.children[token]
        )
    if tree.form(token) == "Inf":
        # `de te stellen termijn`: the noun cannot be an object, which would stand before the verb.
        below = tree.head[token + 1] == token and tree.base[token + 1] in {"obj", "nsubj"}
        determined = any(child < token for child in tree.having(token + 1, _DETERMINERS))
        follows = below or tree.head[token] == token + 1 or determined
        return bool(grammar.attributive_endings) and following == "NOUN" and follows
    inflected = tree.lower[token].endswith(grammar.attributive_endings)
    if not inflected and not (grammar.attributive_endings and _inside(tree, token)):
        return False
    finite = tree.form(token) == "Fin" and tree.base[token] != "acl"
    opened = tree.has(token, SUBJECTS | AUXILIARIES | {"mark", "cop", "obj"})
    return not finite and not opened and tree.pos[token] in {"VERB", "ADJ"}


def _inside(tree: Tree, token: int) -> bool:
    """Whether a participle stands between a determiner and its noun: *een door ons gedaan werk*."""
    return any(
        child < token
        for child in tree.having(token + 1, _DETERMINERS)
        if tree.pos[token + 1] == "NOUN" and tree.form(token) == "Part"
    )


def resultative(tree: Tree, token: int) -> bool:
    """Whether a participle stands between a verb and its object: *find enclosed an annex*.

    Parsers may take the object for the participle's, which as a passive can have none.
    """
    verb = tree.head[token]
    if token != verb + 1:
        return False
    return any(
        child > token for child in (*tree.having(verb, _OBJECT), *tree.having(token, _OBJECT))
    )


def conjunctional(tree: Tree, grammar: Grammar, token: int) -> bool:
    """Whether a participle is the first word of a phrasal conjunction, as in `provided that`."""
    if tree.base[token] not in {"advcl", "acl", "parataxis"} or tree.has(
        token, SUBJECTS | AUXILIARIES
    ):
        return False
    phrase = tuple(tree.lower[token : token + 2])
    return phrase in grammar.phrasal
