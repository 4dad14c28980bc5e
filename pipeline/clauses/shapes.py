"""What kind of predicate a token is: its own form, its auxiliaries, its markers.

A `shape` abstracts from how each language and treebank writes a predicate, so that the rules in
`heads` can speak of finite clauses, infinitives, gerunds and participles.
"""

from __future__ import annotations

from pipeline.clauses.grammar import Grammar
from pipeline.clauses.tree import AUXILIARIES, SUBJECTS, Tree

FINITE, INFINITIVE, BARE, GERUND, PARTICIPLE = (
    "finite",
    "infinitive",
    "bare",
    "gerund",
    "participle",
)
VERBLESS = "verbless"
"""Shapes; BARE is an infinitive without marker, VERBLESS a conjunct with a subject whose verb is
left out. A token that is no predicate has no shape."""

_CLAUSAL = frozenset({"acl", "advcl", "ccomp", "csubj", "parataxis", "root"})
_COMPLEMENTS = frozenset({"obj", "iobj", "ccomp", "xcomp", "obl", "advmod", "advcl", "expl"})


def shape(tree: Tree, grammar: Grammar, token: int, after: int = -1) -> str | None:
    """What kind of predicate `token` is with its auxiliaries and markers; None when it is none.

    Auxiliaries up to the token `after` are left out: they belong to the outer clause of
    `the aim is to …`.
    """
    auxiliaries = [tree.form(child) for child in tree.having(token, AUXILIARIES) if child > after]
    if "Fin" in auxiliaries:
        return FINITE
    if tree.pos[token] == "NOUN" and _opens_item(tree, grammar, token):
        return FINITE
    form = tree.form(token)
    marked = bool(infinitive_markers(tree, grammar, token))
    if form == "Inf" or "Inf" in auxiliaries:
        if form == "Inf" and nominalised(tree, token):
            return None
        if marked and not _finite_after_marker(tree, grammar, token):
            return INFINITIVE
        return FINITE if _finite_dress(tree, grammar, token) else BARE
    if "Sup" in auxiliaries and not marked:
        return FINITE
    if "Ger" in auxiliaries or "Part" in auxiliaries:
        return GERUND
    if form == "Fin":
        return FINITE
    if form == "Sup":
        return INFINITIVE if marked and not tree.has(token, SUBJECTS) else FINITE
    if form == "Ger" or (form == "Part" and tree.lower[token].endswith(grammar.gerund_endings)):
        return GERUND
    if form == "Part" and not auxiliaries and _has_article(tree, token):
        return None
    if form == "Part":
        return FINITE if _finite_participle(tree, grammar, token) else PARTICIPLE
    if tree.pos[token] in {"VERB", "AUX"}:
        return INFINITIVE if marked else FINITE
    if not auxiliaries and _marked_by_particle(tree, grammar, token):
        return INFINITIVE
    return FINITE if tree.has(token, AUXILIARIES) else None


def _opens_item(tree: Tree, grammar: Grammar, token: int) -> bool:
    """Whether a word tagged as a noun is the verb of an item without subject.

    In *1. Calls on the Commission to act* taggers take `Calls` for a plural; it opens the
    sentence, or is coordinated with its verb, and has nothing before it that a noun would have.
    """
    if tree.lower[token] not in grammar.item_verbs or tree.pos[token + 1 : token + 2] == ["PUNCT"]:
        return False
    if tree.has(token, frozenset({"det", "amod", "compound", "nummod", "case"})):
        return False
    if token and tree.base[token] in {"conj", "parataxis"}:
        governor = tree.head[token]
        verbal = tree.pos[governor] == "VERB" or tree.lower[governor] in grammar.item_verbs
        opens = tree.pos[token - 1] in {"CCONJ", "ADV"} or tree.lower[token - 1] == ";"
        return verbal and opens
    before = token - 1
    while before >= 0 and tree.sentence[before] == tree.sentence[token]:
        if tree.pos[before] not in {"PUNCT", "ADV", "NUM", "X"}:
            return False
        before -= 1
    return tree.head[token] == token


def _marked_by_particle(tree: Tree, grammar: Grammar, token: int) -> bool:
    """Whether an infinitive's particle before a word tells it for a verb: *to free him*."""
    return any(
        marker == token - 1 and tree.pos[marker] == "PART" and tree.base[marker] == "mark"
        for marker in infinitive_markers(tree, grammar, token)
    )


def _finite_dress(tree: Tree, grammar: Grammar, token: int) -> bool:
    """Whether what looks like an infinitive has a subordinator or a subject of its own.

    In Dutch the plural of the present has the form of the infinitive, which taggers confuse.
    """
    if any(
        tree.base[child] == "mark" and tree.lower[child] in grammar.complementizers
        for child in tree.children[token]
    ):
        return True
    if tree.base[token] not in _CLAUSAL:
        return False
    return tree.has(token, frozenset({"nsubj"})) or _opened_by_subordinator(tree, token)


def _finite_after_marker(tree: Tree, grammar: Grammar, token: int) -> bool:
    """Whether what looks like a marked infinitive is, or lacks, a finite verb."""
    return _subject_after_marker(tree, grammar, token) or _subordinated(tree, grammar, token)


def _subject_after_marker(tree: Tree, grammar: Grammar, token: int) -> bool:
    """Whether a subject stands between `att` and a verb that looks like an infinitive.

    In Swedish the passive of the present has the form of the infinitive (*att de avgränsas*).
    """
    markers = infinitive_markers(tree, grammar, token)
    return any(
        markers[0] < child < token and tree.lower[markers[0]] in grammar.complementizers
        for child in tree.having(token, SUBJECTS)
    )


def _subordinated(tree: Tree, grammar: Grammar, token: int) -> bool:
    """Whether a finite verb must have been overlooked before `te`, there being a subject.

    As in *zodat zij niet buiten hoeven te slapen*.
    """
    marks = [child for child in tree.having(token, frozenset({"mark"})) if child < token]
    if not marks or tree.lower[marks[-1]] not in grammar.weak_markers:
        return False
    return tree.pos[marks[0]] == "SCONJ" and any(
        marks[0] < child < marks[-1] for child in tree.having(token, frozenset({"nsubj"}))
    )


def _finite_participle(tree: Tree, grammar: Grammar, token: int) -> bool:
    """Whether what was tagged as a participle has a subordinator, or a subject as main verbs do.

    The past of regular verbs in English, and the third person of many in Dutch, look like it.
    """
    if any(
        tree.base[child] == "mark" and tree.lower[child] in grammar.complementizers
        for child in tree.children[token]
    ):
        return True
    after = tree.base[token] == "advcl" and token > tree.head[token]
    if tree.base[token] not in {"conj", "parataxis", "root"} and not after:
        return False
    opened = after and tree.has(token, frozenset({"mark", "case"}))
    if not opened and any(tree.label[child] == "nsubj" for child in tree.children[token]):
        return True
    # `onderstreept dat …`, `…; onderstreept dat …`: an item's verb, which has no subject.
    opens = tree.lower[token] in grammar.item_verbs or tree.lower[token - 1 : token] == [";"]
    return opens and tree.has(token, frozenset({"ccomp"}))


def _opened_by_subordinator(tree: Tree, token: int) -> bool:
    """Whether the leftmost word under a token is a subordinating conjunction."""
    left = token
    while tree.children[left] and tree.children[left][0] < left:
        left = tree.children[left][0]
    return tree.pos[left] == "SCONJ"


def infinitive_markers(tree: Tree, grammar: Grammar, token: int) -> list[int]:
    """The children of `token` that mark it as an infinitive (`te`, `to`, `att`)."""
    return [
        child
        for child in tree.children[token]
        if tree.lower[child] in grammar.infinitive_markers
        and tree.base[child] in {"mark", "aux", "case", "fixed"}
    ]


def nominalised(tree: Tree, token: int) -> bool:
    """Whether a determiner turns the verb form into a noun (`het weigeren van asiel`)."""
    return any(
        (tree.base[child] == "det" and child < token)
        or tree.label[child] == "nmod:poss"
        or (tree.base[child] == "amod" and child < token)
        for child in tree.children[token]
    )


def _has_article(tree: Tree, token: int) -> bool:
    """Whether an article or the like turns a participle into a noun (`het bepaalde in …`)."""
    return any(tree.base[child] == "det" and child < token for child in tree.children[token])


def has_complements(tree: Tree, token: int) -> bool:
    """Whether a gerund has complements, its own or those of a gerund coordinated with it.

    An auxiliary (`without being harassed`) tells it from a noun as well as a complement does.
    """
    return any(
        tree.base[child] in _COMPLEMENTS
        or (tree.base[child] == "aux" and tree.form(child) in {"Ger", "Part"})
        or tree.label[child] == "compound:prt"
        or (tree.base[child] == "conj" and tree.has(child, _COMPLEMENTS))
        for child in tree.children[token]
    )


def has_arguments(tree: Tree, token: int) -> bool:
    """Whether a participle has arguments or adjuncts, so that it is more than a modifier."""
    return tree.has(token, _COMPLEMENTS - {"advmod"})


def clausal(tree: Tree, token: int) -> bool:
    """Whether a finite predicate shows a subject, a subordinator or an auxiliary."""
    return tree.has(token, SUBJECTS | AUXILIARIES | {"mark"})


def passive(tree: Tree, token: int) -> bool:
    """Whether a verb has a passive auxiliary, or is a participle without any."""
    auxiliaries = tree.having(token, frozenset({"aux"}))
    if not auxiliaries:
        return tree.form(token) == "Part"
    return any(tree.label[auxiliary] == "aux:pass" for auxiliary in auxiliaries)


def first_conjunct(tree: Tree, token: int) -> int:
    """The token at which the coordination of `token` hangs in the tree."""
    while tree.base[token] == "conj" and tree.head[token] != token:
        token = tree.head[token]
    return token


def absorbed(tree: Tree, grammar: Grammar, token: int) -> bool:
    """Whether a bare marked infinitive is part of its governor's predicate (`hoeft te`)."""
    if tree.base[token] not in {"xcomp", "ccomp"}:
        return False
    governor = tree.head[token]
    if len(tree.having(token, frozenset({"mark"}))) > 1 or tree.has(governor, frozenset({"obj"})):
        return False
    if passive(tree, governor):
        return False
    lemma = tree.lemma[governor]
    return lemma in grammar.absorbing or (
        lemma in grammar.absorbing_passives and passive(tree, token)
    )


def idiomatic(tree: Tree, grammar: Grammar, token: int) -> bool:
    """Whether what looks like an infinitive ends an idiom: *hold those responsible to account*."""
    above = tree.head[token]
    while tree.pos[above] != "VERB" and tree.head[above] != above:
        above = tree.head[above]
    return f"{tree.lemma[above]} to {tree.lower[token]}" in grammar.idioms
