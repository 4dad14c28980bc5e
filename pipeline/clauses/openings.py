"""What the words that open a dependent clause, and the mark before them, say of its kind."""

from __future__ import annotations

from pipeline.clauses.grammar import Grammar
from pipeline.clauses.tree import SUBJECTS, Tree

_RELATIVE = frozenset({"Rel", "Int,Rel"})
_ASKING = _RELATIVE | {"Int"}
_OPENING = frozenset({"(", "[", "–", "—", "-", "--"})
_QUOTATION_MARKS = frozenset({'"', "'", "”", "’", "“", "»", "''"})
_GOVERNED = frozenset({"obj", "iobj", "xcomp", "ccomp", "mark", "aux", "cop"})
_NOUNS = frozenset({"NOUN", "PROPN", "PRON"})


def resumes(tree: Tree, grammar: Grammar, token: int) -> bool:
    """Whether a finite clause opens with a relative word and stands behind a noun or a comma.

    Extraposed relative clauses (*acties geïdentificeerd die …*) and those that resume a whole
    clause (`, waardoor …`, `, vilket …`) hang on a verb, so that they look adverbial.
    """
    openers = [
        child
        for child in tree.children[token]
        if child < token and tree.base[child] != "punct" and tree.pos[child] != "CCONJ"
    ]
    first = tree.leftmost(min(openers, default=token))
    word = tree.lower[first]
    if word not in grammar.relative_pronouns or tree.pos[first] == "DET":
        return False
    if not first or tree.sentence[first - 1] != tree.sentence[first]:
        return False
    if tree.pos[first] == "SCONJ" and word in grammar.complementizers:
        return False
    behind_noun = tree.pos[first - 1] in _NOUNS or tree.lower[first - 1] == ","
    return behind_noun or tree.features[first].pronoun == "Rel"


def resumed(tree: Tree, grammar: Grammar, token: int) -> str:
    """Kind of a finite clause after a semicolon: one that repeats `that` completes a verb."""
    marks = {tree.lower[mark] for mark in tree.having(token, frozenset({"mark"}))}
    return "complement" if marks & grammar.declarative else "coordinate"


def after_semicolon(tree: Tree, token: int) -> bool:
    """Whether a semicolon stands before the first word under a predicate."""
    first = tree.leftmost(token)
    before = first - 1
    return (
        before >= 0 and tree.lower[before] == ";" and tree.sentence[before] == tree.sentence[first]
    )


def enumerated(tree: Tree, token: int) -> bool:
    """Whether a clause behind a comma has another coordinated with it: *A did, B did and C did*."""
    first = tree.leftmost(token)
    return (
        first > 0
        and tree.lower[first - 1] == ","
        and any(
            child > token and tree.has(child, frozenset({"cc"}))
            for child in tree.having(tree.head[token], frozenset({"conj"}))
        )
    )


def reports(tree: Tree, token: int) -> bool:
    """Whether a clause behind a comma has its subject after its verb: `…, visar statistiken`."""
    return (
        token > tree.head[token]
        and tree.lower[token - 1] == ","
        and any(child > token for child in tree.having(token, SUBJECTS))
    )


def reporting(tree: Tree, token: int, said: frozenset[str] = frozenset()) -> bool:
    """Whether a verb opens its clause behind what it reports: `", fortsätter hon`.

    Behind a comma, or the quotation mark after one, its subject follows it and nothing else that a
    verb governs, so that what stands before the comma is what is said. `said` are relations in
    which that may hang on the verb itself.
    """
    before = token - 1
    while before > 0 and tree.lower[before] in _QUOTATION_MARKS:
        before -= 1
    return bool(
        before > 0
        and tree.sentence[before] == tree.sentence[token]
        and (tree.lower[before] == "," or (before < token - 1 and tree.pos[before] == "PUNCT"))
        and tree.form(token) == "Fin"
        and (said or tree.leftmost(token) == token)
        and not tree.has(token, _GOVERNED - said)
        and any(child > token for child in tree.having(token, frozenset({"nsubj"})))
    )


def behind_label(tree: Tree, token: int) -> bool:
    """Whether a colon stands before a clause that shows its subject: `Background: the law …`."""
    first = tree.leftmost(token)
    return (
        first > 0
        and tree.lower[first - 1] == ":"
        and tree.sentence[first - 1] == tree.sentence[first]
        and tree.has(token, SUBJECTS | {"expl"})
    )


def enclosed(tree: Tree, token: int) -> bool:
    """Whether a clause stands in brackets or between dashes."""
    return any(
        tree.base[child] == "punct" and child < token and tree.lower[child] in _OPENING
        for child in tree.children[token]
    )


def announced(tree: Tree, grammar: Grammar, token: int) -> bool:
    """Whether a complementizer alone opens a clause right behind its governor: `krävs att …`."""
    marks = tree.having(token, frozenset({"mark"}))
    return (
        len(marks) == 1
        and marks[0] == tree.head[token] + 1
        and tree.lower[marks[0]] in grammar.complementizers
        and tree.lower[marks[0]] in grammar.declarative
    )


def inverted(tree: Tree, grammar: Grammar, token: int) -> bool:
    """Whether an auxiliary before its subject opens a condition: `should they return`."""
    first = tree.leftmost(token)
    return tree.lower[first] in grammar.inverting and any(
        first < child < token for child in tree.having(token, SUBJECTS)
    )


def free_subject(tree: Tree, grammar: Grammar, token: int) -> bool:
    """Whether what opens the sentence of a verb without subject is one: `Wie weigert, …`.

    That is a free relative, or a question (`Of het standhoudt, valt te bezien`).
    """
    first = tree.leftmost(token)
    opens = first == 0 or tree.sentence[first - 1] != tree.sentence[first]
    governor = tree.head[token]
    return (
        opens
        and tree.lower[first]
        in grammar.free_relatives | (grammar.complementizers - grammar.declarative)
        and tree.lower[first] not in grammar.conditional
        and governor > token
        and not tree.has(governor, SUBJECTS | {"expl"})
    )


def interrogative(tree: Tree, grammar: Grammar, token: int) -> bool:
    """Whether a clause after a noun and its preposition is a question: `a report on how …`."""
    openers = [child for child in tree.children[token] if child < token]
    return (
        bool(openers)
        and tree.pos[openers[0]] == "ADP"
        and any(
            tree.features[child].pronoun == "Int"
            and tree.lower[child] not in grammar.relative_pronouns
            for child in openers
        )
    )


def asks(tree: Tree, grammar: Grammar, token: int) -> bool:
    """Whether a preposition and a question word open a clause: *a position on how to share …*."""
    first = tree.leftmost(token)
    return (
        first + 1 < token
        and tree.pos[first] == "ADP"
        and tree.lower[first + 1] in grammar.relative_words
        and tree.lower[first + 1] not in grammar.relative_pronouns
        and not tree.has(first + 1, frozenset({"det"}))
    )


def relative_opener(tree: Tree, grammar: Grammar, token: int) -> bool:
    """Whether a relative pronoun or adverb stands among the words before the predicate."""
    before = [child for child in tree.children[token] if child < token]
    within = [word for child in before for word in tree.children[child] if word < child]
    return any(
        tree.features[word].pronoun in kinds and tree.lower[word] in grammar.relative_words
        for words, kinds in ((before, _ASKING), (within, _RELATIVE))
        for word in words
    )
