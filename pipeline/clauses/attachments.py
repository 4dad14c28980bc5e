"""Hangs words where they belong when a parser's choice cannot be right, before heads are found.

Each rule names what shows the error: the form of a verb, a word that opens a clause, a noun that
takes an infinitive. They change the tree in place; the rules of `word_order` do so where the order
of the words shows it.
"""

from __future__ import annotations

from pipeline.clauses.grammar import Grammar
from pipeline.clauses.shapes import INFINITIVE, infinitive_markers, shape
from pipeline.clauses.tree import AUXILIARIES, SUBJECTS, Features, Tree

_NOUNS = frozenset({"NOUN", "PROPN"})
_VERBS = frozenset({"VERB", "AUX"})
_PARTING = frozenset({",", ";", ":", "–", "—", "("})
_OPEN = frozenset({"advcl", "xcomp", "ccomp"})
_OBJECTS = frozenset({"obj", "iobj"})


def mend(tree: Tree, words: Grammar) -> None:
    """Applies the rules."""
    for token in range(tree.size):
        _mend_sequence(tree, words, token)
        _mend_attributive(tree, words, token)
        _mend_gerund(tree, words, token)
        if tree.form(token) == "Inf":
            _mend_opener(tree, words, token)
            _mend_after_noun(tree, words, token)
            _mend_item(tree, words, token)


def leftmost(tree: Tree, token: int) -> int:
    """The first word under a token, marks left out."""
    left = token
    while True:
        before = [c for c in tree.children[left] if c < left and tree.base[c] != "punct"]
        if not before:
            return left
        left = before[0]


def is_below(tree: Tree, token: int, top: int) -> bool:
    """Whether `top` governs a token, at any depth, or is it."""
    while token != top and tree.head[token] != token:
        token = tree.head[token]
    return token == top


def follows_period(tree: Tree, words: Grammar, token: int) -> bool:
    """Whether a word such as `following` stands right behind a noun that names a time."""
    return (
        tree.lower[token] in words.sequential
        and token > 0
        and tree.sentence[token - 1] == tree.sentence[token]
        and tree.lemma[token - 1] in words.periods
    )


def _mend_sequence(tree: Tree, words: Grammar, token: int) -> None:
    """Makes `following` a participle in *the month following the expiration of …*.

    After *protests* it is a preposition; after *month* it says which month is meant.
    """
    if tree.base[token] not in {"case", "mark"} or not follows_period(tree, words, token):
        return
    noun = tree.head[token]
    if noun < token or is_below(tree, token - 1, noun):
        return
    tree.rehang(token, token - 1, "acl")
    tree.rehang(noun, token, "obj")
    tree.pos[token] = "VERB"
    tree.features[token] = Features(form="Ger")


def _mend_attributive(tree: Tree, words: Grammar, token: int) -> None:
    """Gives a subordinator before a participle and its noun to the verb of that noun.

    In *unless remaining gaps are closed* parsers take `remaining` for the verb of the clause.
    """
    if tree.lower[token] not in words.attributive_participles or token + 1 >= tree.size:
        return
    marks = tree.having(token, frozenset({"mark"}))
    noun = token + 1
    verb = tree.head[noun]
    if len(marks) != 1 or marks[0] != token - 1 or tree.pos[noun] != "NOUN":
        return
    if tree.base[noun] != "nsubj" or verb < noun or tree.has(verb, frozenset({"mark"})):
        return
    if is_below(tree, verb, token):
        tree.rehang(verb, tree.head[token], tree.label[token])
    tree.rehang(marks[0], verb)
    tree.rehang(token, noun, "amod")


def _mend_gerund(tree: Tree, words: Grammar, token: int) -> None:
    """Makes a gerund between a preposition and a bare noun the verb of that noun.

    *From side-lining accountability* has a verb and its object; an adjective is no gerund.
    """
    noun = tree.head[token]
    if tree.base[token] != "amod" or tree.form(token) != "Ger" or noun != token + 1:
        return
    if tree.pos[noun] != "NOUN" or tree.base[noun] not in {"obl", "nmod"}:
        return
    cases = tree.having(noun, frozenset({"case"}))
    others = tree.having(noun, frozenset({"det", "amod", "nummod", "nmod:poss"}))
    if len(cases) != 1 or others != [token] or leftmost(tree, token) != cases[0] + 1:
        return
    if tree.lower[token] in words.attributive_participles:
        return
    label = "advcl" if tree.base[noun] == "obl" else "acl"
    tree.rehang(token, tree.head[noun], label)
    tree.rehang(noun, token, "obj")
    tree.rehang(cases[0], token, "mark")


def _mend_opener(tree: Tree, words: Grammar, token: int) -> None:
    """Makes what opens an infinitive clause its mark: `om` and `ten einde`, far before `te`.

    Parsers take them for prepositions of the noun between (*ten einde de rust te bewaren*).
    """
    markers = [m for m in infinitive_markers(tree, words, token) if m < token]
    if not markers or tree.lower[markers[0]] not in words.weak_markers:
        return
    opener = _opener(tree, words, markers[0])
    if opener is None or tree.base[opener] == "mark":
        return
    noun = tree.head[opener]
    if noun != token and is_below(tree, token, noun):
        tree.rehang(token, tree.head[noun], "advcl")
        if tree.base[noun] == "root" or tree.head[noun] == noun:
            return
        tree.rehang(noun, token, "obj")
    tree.rehang(opener, token, "mark")


def _opener(tree: Tree, words: Grammar, marker: int) -> int | None:
    """What opens the infinitive clause of `marker`: no comma and no verb stand between."""
    for word in range(marker - 1, -1, -1):
        if tree.sentence[word] != tree.sentence[marker] or tree.lower[word] in _PARTING:
            return None
        if tree.pos[word] in _VERBS and tree.base[word] not in {"amod", "acl"}:
            return None
        if tree.lower[word] in words.infinitive_openers:
            return word
        if tuple(tree.lower[word : word + 2]) in words.opener_phrases:
            return word
    return None


def _mend_after_noun(tree: Tree, words: Grammar, token: int) -> None:
    """Hangs an infinitive on the noun that takes one: *steun voor het recht … om te kiezen*.

    The verb above has no part in such an infinitive, so it does not give it its subject.
    """
    verb = tree.head[token]
    if tree.base[token] not in _OPEN or verb > token or shape(tree, words, token) != INFINITIVE:
        return
    before = leftmost(tree, token) - 1
    if before <= verb or tree.pos[before] not in _NOUNS:
        return
    noun = before
    while noun != verb and noun > verb and tree.pos[noun] in _NOUNS:
        if tree.lemma[noun] in words.infinitive_nouns:
            tree.rehang(token, noun, "acl")
            return
        noun = tree.head[noun]


def _mend_item(tree: Tree, words: Grammar, token: int) -> None:
    """Makes the infinitive that closes an item the verb of the noun before it.

    In *(a) documenten die … te overleggen* `te` alone cannot open a clause after a noun; the noun
    is the infinitive's object.
    """
    noun = tree.head[token]
    if tree.base[token] != "acl" or tree.head[noun] != noun or noun > token:
        return
    markers = tree.having(token, frozenset({"mark"}))
    if not markers or any(tree.lower[m] not in words.weak_markers for m in markers):
        return
    if tree.pos[noun] not in _NOUNS or tree.lemma[noun] in words.infinitive_nouns:
        return
    if tree.has(noun, SUBJECTS | AUXILIARIES) or tree.has(token, _OBJECTS):
        return
    label = tree.label[noun]
    tree.rehang(token, token, label)
    tree.rehang(noun, token, "obj")
