"""Hangs words and clauses on the predicate that can govern them, where the parser chose another.

What shows the error is the order of the words, or that a verb would be left without what it needs:
a subject, something to be coordinated with, the infinitive right behind it.
"""

from __future__ import annotations

from dataclasses import replace

from pipeline.clauses.grammar import Grammar
from pipeline.clauses.shapes import INFINITIVE, shape
from pipeline.clauses.tree import AUXILIARIES, SUBJECTS, Tree
from pipeline.clauses.word_order import number

_NOUNS = frozenset({"NOUN", "PROPN"})
_VERBS = frozenset({"VERB", "AUX"})
_OPEN = frozenset({"xcomp", "ccomp", "advcl"})
_OBJECTS = frozenset({"obj", "iobj"})
_RELATIVE = frozenset({"Rel", "Int", "Int,Rel"})


def mend(tree: Tree, words: Grammar) -> None:
    """Applies the rules, in place."""
    for token in range(tree.size):
        if tree.pos[token] in _VERBS:
            _mend_perfect(tree, words, token)
            _mend_second_subject(tree, token)
            _mend_reduced(tree, words, token)
            _mend_bare(tree, words, token)
            _mend_asked(tree, words, token)
            _mend_announced(tree, words, token)
            _mend_before_comma(tree, words, token)
            _mend_subjectless(tree, words, token)
            _mend_behind_comma(tree, words, token)
            _mend_partitive(tree, words, token)
        elif tree.base[token] == "nmod":
            _mend_modifier(tree, token)


def _mend_perfect(tree: Tree, words: Grammar, token: int) -> None:
    """Makes the auxiliary of a perfect gerund one, not a subordinator: *Having examined it, …*."""
    if tree.form(token) != "Part":
        return
    for child in tree.having(token, frozenset({"mark"})):
        gerund = tree.pos[child] == "AUX" and tree.lower[child].endswith(words.gerund_endings)
        if gerund and words.gerund_endings:
            tree.label[child] = tree.base[child] = "aux"


def _mend_second_subject(tree: Tree, token: int) -> None:
    """Of two nouns, both subjects, makes the one that disagrees with the verb the object.

    As in *dat de wet organisaties verplicht zich te registreren*.
    """
    subjects = tree.having(token, frozenset({"nsubj"}))
    wanted = number(tree, token)
    if len(subjects) != 2 or not wanted or tree.has(token, frozenset({"obj"})):
        return
    if any(tree.pos[child] != "NOUN" or tree.has(child, frozenset({"conj"})) for child in subjects):
        return
    differing = [child for child in subjects if tree.features[child].number not in {"", wanted}]
    if len(differing) == 1 and not tree.has(differing[0], frozenset({"case"})):
        tree.label[differing[0]] = tree.base[differing[0]] = "obj"


def _mend_reduced(tree: Tree, words: Grammar, token: int) -> None:
    """Makes a participle of what looks like the past of a verb but has another verb behind it.

    In *once persons found to be staying illegally are returned* it is `returned` that `persons` is
    the subject of; nothing joins it to a verb before.
    """
    if not words.gerund_endings or tree.base[token] not in {"advcl", "ccomp"}:
        return
    subjects = tree.having(token, frozenset({"nsubj"}))
    marks = tree.having(token, frozenset({"mark"}))
    if tree.features[token].tense != "Past" or len(subjects) != 1 or not marks:
        return
    if subjects[0] != token - 1 or tree.has(token, AUXILIARIES | _OBJECTS | {"ccomp"}):
        return
    verb = next(
        (child for child in tree.children[tree.head[token]] if child > token and bare(tree, child)),
        None,
    )
    if verb is None or "," in tree.lower[token:verb]:
        return
    auxiliaries = tree.having(verb, AUXILIARIES)
    if not auxiliaries or tree.form(auxiliaries[0]) != "Fin":
        return
    if tree.base[verb] not in {"conj", "advcl"}:
        return
    for child in list(tree.children[verb]):
        if token < child < auxiliaries[0]:
            tree.rehang(child, token)
    tree.rehang(verb, tree.head[token], tree.label[token])
    tree.rehang(subjects[0], verb, "nsubj")
    for mark in marks:
        tree.rehang(mark, verb)
    tree.features[token] = replace(tree.features[token], form="Part", voice="Pass")
    tree.rehang(token, subjects[0], "acl")


def bare(tree: Tree, token: int) -> bool:
    """Whether a predicate has neither conjunction nor subject of its own."""
    return not tree.has(token, SUBJECTS | {"cc", "expl", "mark"})


def _mend_bare(tree: Tree, words: Grammar, token: int) -> None:
    """Hangs an infinitive without marker on the verb right before it that takes one.

    In *medan han tvingades lämna landet* nothing else can govern `lämna`.
    """
    verb = token - 1
    if tree.form(token) != "Inf" or verb < 0 or tree.head[token] in {verb, token}:
        return
    if tree.lemma[verb] not in words.bare_governors or tree.pos[verb] != "VERB":
        return
    if tree.sentence[verb] != tree.sentence[token] or tree.head[verb] == token:
        return
    if not tree.has(token, AUXILIARIES | {"cc", "mark"}) and not tree.is_below(verb, token):
        tree.rehang(token, verb, "xcomp")


def _mend_asked(tree: Tree, words: Grammar, token: int) -> None:
    """Gives a verb of asking its object, which a gerund behind describes.

    In *obliges organisations receiving funds to register* the infinitive is what they must do.
    """
    verb = tree.head[token]
    if not words.gerund_endings or not tree.lower[token].endswith(words.gerund_endings):
        return
    if tree.base[token] not in _OPEN or verb > token or tree.lemma[verb] not in words.asking:
        return
    if tree.has(verb, _OBJECTS) or tree.has(token, frozenset({"mark"}) | AUXILIARIES):
        return
    nouns = [
        child
        for child in tree.having(token, _OBJECTS | {"nsubj"})
        if child == token - 1 and tree.leftmost(child) == verb + 1
    ]
    infinitives = [
        child
        for child in tree.children[token]
        if child > token and shape(tree, words, child) == INFINITIVE and tree.base[child] != "conj"
    ]
    if not nouns or not infinitives:
        return
    tree.rehang(nouns[0], verb, "obj")
    tree.rehang(infinitives[0], verb, "xcomp")
    for child in tree.having(token, frozenset({"conj"})):
        if tree.form(child) == "Fin" and not tree.has(child, SUBJECTS):
            tree.rehang(child, verb)
    tree.rehang(token, nouns[0], "acl")


def _mend_announced(tree: Tree, words: Grammar, token: int) -> None:
    """Gives the verb above the adverb that announces an infinitive, and a reflexive before it.

    In *verbinden zich ertoe foltering te verbieden* `ertoe` stands for all that follows it; right
    before `te` or its particle it would be the infinitive's own (*ervoor te zorgen*).
    """
    above = tree.head[token]
    markers = tree.having(token, frozenset({"mark"}))
    if tree.base[token] not in _OPEN or above > token or not markers:
        return
    if tree.form(token) != "Inf" or tree.lower[markers[-1]] not in words.weak_markers:
        return
    for adverb in [child for child in tree.children[token] if above < child < markers[-1]]:
        if tree.lower[adverb] not in words.announcing:
            continue
        between = range(adverb + 1, markers[-1])
        if all(tree.label[word] == "compound:prt" for word in between):
            return
        if any(tree.lower[word] in words.infinitive_openers for word in range(above, adverb)):
            return
        for child in tree.having(token, frozenset({"expl"})):
            if child < adverb:
                tree.rehang(child, above)
        tree.rehang(adverb, above, "advmod")
        return


def _mend_before_comma(tree: Tree, words: Grammar, token: int) -> None:
    """Gives what a comma parts from a gerund behind it to the verb above.

    In *the minister said on Monday, adding that …* it was on Monday that he said it.
    """
    above = tree.head[token]
    gerund = bool(words.gerund_endings) and tree.lower[token].endswith(words.gerund_endings)
    if not gerund or tree.base[token] not in _OPEN or above > token or tree.form(token) == "Fin":
        return
    introduced = any(child < token for child in tree.having(token, frozenset({"mark", "case"})))
    if tree.lower[token - 1] != "," or introduced:
        return
    for child in list(tree.children[token]):
        if above < child < token - 1 and tree.base[child] != "punct":
            tree.rehang(child, above)


def _mend_behind_comma(tree: Tree, words: Grammar, token: int) -> None:
    """Gives what follows the last verb of a relative clause and a comma to the clause around it.

    In *organisaties die steun ontvangen, ertoe verplicht zich te registreren* the comma closes the
    relative clause.
    """
    if tree.label[token] != "acl:relcl" or not words.particle_first:
        return
    above = tree.head[tree.head[token]]
    for child in list(tree.children[token]):
        closed = child > token and tree.lower[child - 1] == ","
        if closed and tree.lower[child] in words.announcing and above > child:
            tree.rehang(child, above)


def _mend_subjectless(tree: Tree, words: Grammar, token: int) -> None:
    """Makes a subordinator the relative pronoun that a clause without subject has for one.

    In *voordat een besluit wordt genomen dat hen aangaat* `dat` stands for the neuter noun.
    """
    if tree.pos[token] != "VERB" or tree.form(token) != "Fin":
        return
    for child in tree.having(token, frozenset({"nsubj"})):
        if tree.features[child].case == "Acc":
            tree.label[child] = tree.base[child] = "obj"
    if not tree.has(token, _OBJECTS):
        return
    if tree.has(token, SUBJECTS | AUXILIARIES | {"expl", "ccomp"}):
        return
    marks = [child for child in tree.having(token, frozenset({"mark"})) if child < token]
    if len(marks) != 1 or tree.base[token] not in {"ccomp", "advcl", "acl"}:
        return
    opener = marks[0]
    if tree.lower[opener] not in words.complementizers & words.relative_pronouns:
        return
    for noun in range(opener - 1, -1, -1):
        if tree.sentence[noun] != tree.sentence[token] or tree.lower[noun] in {";", ":"}:
            return
        if tree.pos[noun] == "NOUN" and tree.features[noun].gender == "Neut":
            if tree.is_below(noun, token):
                return
            tree.label[opener] = tree.base[opener] = "nsubj"
            tree.pos[opener] = "PRON"
            tree.features[opener] = replace(tree.features[opener], pronoun="Rel")
            tree.rehang(token, noun, "acl:relcl")
            return


def _mend_partitive(tree: Tree, words: Grammar, token: int) -> None:
    """Makes a relative clause of one whose subject is a part of what precedes: *some of whom …*.

    Parsers take it for the main clause, and the clause before it for one that depends on it.
    """
    subject = next(iter(tree.having(token, frozenset({"nsubj"}))), None)
    if subject is None or subject > token or tree.base[token] == "acl":
        return
    whole = [
        child
        for child in tree.having(subject, frozenset({"nmod"}))
        if tree.lower[child] in words.relative_pronouns
        and tree.features[child].pronoun in _RELATIVE
        and tree.has(child, frozenset({"case"}))
    ]
    first = tree.leftmost(subject)
    before = first - 2
    if not whole or before < 0 or tree.lower[first - 1] != ",":
        return
    clause = next(
        (
            child
            for child in tree.having(token, frozenset({"advcl", "ccomp", "parataxis"}))
            if child < subject and tree.is_below(before, child)
        ),
        None,
    )
    if clause is None:
        return
    tree.rehang(
        clause, clause if tree.head[token] == token else tree.head[token], tree.label[token]
    )
    last = token
    for child in list(tree.children[token]):
        beside = tree.base[child] == "conj" and tree.has(child, SUBJECTS)
        if child < first or beside:
            tree.rehang(child, clause)
            last = child if beside else last
        elif last > token:
            tree.rehang(child, last)
    noun = before
    while tree.head[noun] != clause and tree.pos[noun] not in _NOUNS:
        noun = tree.head[noun]
    tree.rehang(token, noun, "acl:relcl")


def _mend_modifier(tree: Tree, token: int) -> None:
    """Hangs a phrase with a preposition on a participle before it, not on a noun behind it.

    In *signed in Pretoria by the Government, and for the Declaration* no noun has its modifier
    before it.
    """
    noun = tree.head[token]
    cases = tree.having(token, frozenset({"case"}))
    if noun < token or tree.pos[noun] not in _NOUNS or not cases or cases[0] > token:
        return
    if not any(token < child < noun for child in tree.having(noun, frozenset({"cc"}))):
        return
    before = cases[0] - 1
    while before >= 0 and tree.sentence[before] == tree.sentence[token]:
        if tree.pos[before] == "PUNCT":
            return
        if tree.form(before) == "Part" and tree.base[before] == "acl":
            tree.rehang(token, before, "obl")
            return
        before -= 1
