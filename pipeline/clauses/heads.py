"""Which tokens head a clause, and of which kind.

The decision for a token looks at its relation, at its *shape* (which kind of predicate it is with
the auxiliaries and markers under it) and, for coordinations, at what was decided for the first
conjunct. So tokens are visited from the root down.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.clauses.grammar import Grammar
from pipeline.clauses.openings import (
    after_semicolon,
    announced,
    asks,
    behind_label,
    enclosed,
    enumerated,
    free_subject,
    interrogative,
    inverted,
    relative_opener,
    reporting,
    reports,
    resumed,
    resumes,
)
from pipeline.clauses.participles import conjunctional, no_predicate, prenominal, resultative
from pipeline.clauses.shapes import (
    BARE,
    FINITE,
    GERUND,
    INFINITIVE,
    PARTICIPLE,
    VERBLESS,
    absorbed,
    clausal,
    first_conjunct,
    has_arguments,
    has_complements,
    idiomatic,
    shape,
)
from pipeline.clauses.tree import AUXILIARIES, SUBJECTS, Tree

SUBORDINATE = frozenset(
    {"complement", "adverbial", "relative", "subject", "infinitive", "participial"}
)
_INSERTABLE = frozenset({"main", "complement", "adverbial"})
_PREDICATING = SUBORDINATE | {"main", "coordinate"}
_NOMINAL = frozenset({"nsubj", "obj", "iobj", "obl", "nmod", "appos", "list", "dep", "dislocated"})
_MODIFYING = frozenset({"acl", "amod", "advcl"})
_LOOSE = frozenset(
    {"parataxis", "list", "dep", "dislocated", "discourse", "appos", "orphan", "reparandum"}
)


@dataclass(slots=True)
class Heads:
    """The clause heads of a Doc: `kind` per head; `split` are copulas that head a clause."""

    kind: dict[int, str] = field(default_factory=dict)
    split: dict[int, int] = field(default_factory=dict)
    """copula → the clausal predicate on its right, as in *the aim is to …*"""
    copula_of: dict[int, int] = field(default_factory=dict)
    """the inverse of `split`"""


def find(tree: Tree, grammar: Grammar) -> Heads:
    """Every clause head of the tree with its kind."""
    heads = Heads()
    for token in tree.top_down():
        kind = _kind(tree, grammar, heads, token)
        if kind is None:
            continue
        if kind in _INSERTABLE and _inserted(tree, grammar, token):
            kind = "parenthetical"
        copula = clausal_predicate(tree, grammar, token)
        if copula is None:
            heads.kind[token] = kind
        else:
            heads.kind[copula] = "main" if kind == "fragment" else kind
            heads.split[copula] = token
            heads.copula_of[token] = copula
            inner = shape(tree, grammar, token, after=copula)
            heads.kind[token] = "infinitive" if inner == INFINITIVE else "complement"
    return heads


def _inserted(tree: Tree, grammar: Grammar, token: int) -> bool:
    """Whether a clause stands in brackets, or reports the speech that stands before it."""
    if tree.head[token] != token:
        opened = tree.has(token, frozenset({"mark"})) or relative_opener(tree, grammar, token)
        return enclosed(tree, token) and not opened
    if tree.lemma[token] not in grammar.attribution and not reporting(
        tree, token, frozenset({"ccomp"})
    ):
        return False
    return any(
        tree.base[child] == "ccomp" and child < token and not tree.has(child, frozenset({"mark"}))
        for child in tree.children[token]
    )


def clausal_predicate(tree: Tree, grammar: Grammar, token: int) -> int | None:
    """The copula in `the aim is to …`, `målet är att …`, whose predicate is itself a clause.

    UD hangs such a copula on the verb of the inner clause. It opens a clause of its own when a
    marker or relative word of `token` follows it.
    """
    copula = next((child for child in tree.children[token] if tree.base[child] == "cop"), None)
    if copula is None:
        copula = _before_complementizer(tree, grammar, token)
    if copula is None or copula > token or tree.pos[token] not in {"VERB", "AUX"}:
        return None
    if tree.form(token) == "Part" and not tree.has(token, frozenset({"mark"})):
        return None
    outer = any(tree.label[child].endswith(":outer") for child in tree.children[token])
    opened = any(
        child > copula
        and (
            tree.base[child] == "mark"
            or (tree.lower[child] in grammar.relative_words and tree.base[child] != "det")
        )
        for child in tree.children[token]
        if child < token
    )
    return copula if outer or opened else None


def _before_complementizer(tree: Tree, grammar: Grammar, token: int) -> int | None:
    """What a parser took for an auxiliary of a clause whose complementizer follows it.

    In *what matters is that they are heard* `is` cannot be an auxiliary of `heard`.
    """
    marks = [
        child
        for child in tree.children[token]
        if tree.base[child] == "mark" and tree.lower[child] in grammar.complementizers
    ]
    auxiliaries = tree.having(token, frozenset({"aux"}))
    before = [child for child in auxiliaries if marks and child < marks[0]]
    after = [child for child in auxiliaries if marks and child > marks[0]]
    finite = any(tree.form(child) == "Fin" for child in (*after, token))
    return before[-1] if before and finite and tree.form(before[-1]) == "Fin" else None


def _kind(tree: Tree, grammar: Grammar, heads: Heads, token: int) -> str | None:
    """The kind of the clause that `token` heads, or None."""
    relation = tree.base[token]
    form = shape(tree, grammar, token)
    if tree.head[token] == token or relation == "root":
        return "fragment" if form is None or _headline(tree, grammar, token, form) else "main"
    if form in {GERUND, PARTICIPLE} and no_predicate(tree, grammar, token):
        return None
    if relation in _MODIFYING and form is not None and prenominal(tree, grammar, token):
        return None
    if form is None and relation == "conj" and tree.has(token, SUBJECTS):
        form = VERBLESS
    if form is None or tree.pos[token] == "PUNCT" or conjunctional(tree, grammar, token):
        return None
    if form == FINITE and inverted(tree, grammar, token):
        return "adverbial"
    if relation == "conj":
        return _coordinate(tree, grammar, heads, token, form)
    if relation == "csubj":
        return _by_shape(tree, grammar, token, form, "subject")
    if form == BARE and _continues(tree, heads, token):
        return "coordinate"
    if relation in {"ccomp", "advcl"} and free_subject(tree, grammar, token):
        return _by_shape(tree, grammar, token, form, "subject")
    if relation == "ccomp":
        if conjunctional(tree, grammar, tree.head[token]):
            return _by_shape(tree, grammar, token, form, "adverbial")
        return _by_shape(tree, grammar, token, form, "complement")
    if relation == "xcomp":
        return _open_complement(tree, grammar, token, form)
    if relation == "advcl":
        if form == PARTICIPLE and resultative(tree, token):
            return None
        return _by_shape(tree, grammar, token, form, _adverbial(tree, grammar, token))
    if relation == "acl":
        return _adnominal(tree, grammar, token, form)
    if relation in _LOOSE:
        return _loose(tree, grammar, heads, token, form)
    if relation in _NOMINAL:
        return _nominal(tree, token, form)
    # A participle after its noun is a clause, whatever the parser calls it.
    after_noun = relation == "amod" and form == PARTICIPLE and token > tree.head[token]
    return "participial" if after_noun and tree.pos[token] == "VERB" else None


def _continues(tree: Tree, heads: Heads, token: int) -> bool:
    """Whether a bare infinitive goes on from an infinitive clause before it.

    Parsers often hang it beside that clause, on the same governor, and not on the clause.
    """
    if tree.base[token] not in {"acl", "advcl", "ccomp", "parataxis"}:
        return False
    return any(
        sibling < token and heads.kind.get(sibling) == "infinitive"
        for sibling in tree.children[tree.head[token]]
    )


def _headline(tree: Tree, grammar: Grammar, token: int, form: str) -> bool:
    """A root that only looks like a predicate.

    That is a participle with nothing to predicate of or that is a preposition (`gezien`), and the
    verb of a formula: of a salutation, of a label (`Betreft`), of a page's button (`Deel dit`).
    """
    if tree.formulaic[token]:
        return not tree.has(token, SUBJECTS)
    if form != GERUND and tree.lower[token] in grammar.deverbal_prepositions:
        return not tree.has(token, SUBJECTS | {"ccomp"})
    bare = not tree.has(token, SUBJECTS | {"obl", "aux", "cop", "obj"})
    return form == PARTICIPLE and bare


def _by_shape(tree: Tree, grammar: Grammar, token: int, form: str, finite: str) -> str | None:
    """Kind of a dependent clause: `finite`, infinitive or participial according to its shape."""
    if form == FINITE:
        return "relative" if finite != "subject" and resumes(tree, grammar, token) else finite
    if form == INFINITIVE:
        return (
            None
            if idiomatic(tree, grammar, token) or absorbed(tree, grammar, token)
            else "infinitive"
        )
    if form == GERUND:
        return "participial" if has_complements(tree, token) else None
    if form == PARTICIPLE:
        opened = tree.base[token] == "advcl" and tree.has(token, frozenset({"mark"}))
        return "participial" if opened or has_arguments(tree, token) else None
    if tree.base[token] in {"advcl", "csubj"} and tree.has(token, frozenset({"mark"})):
        return "infinitive"
    return None


def _open_complement(tree: Tree, grammar: Grammar, token: int, form: str) -> str | None:
    """An xcomp: an infinitive with its marker, or a gerund with complements."""
    opened = form == FINITE and tree.has(token, frozenset({"mark"}))
    if opened and tree.lower[tree.leftmost(token)] in grammar.complementizers:
        return _by_shape(tree, grammar, token, form, "complement")
    if form in {PARTICIPLE, BARE} or (
        tree.pos[token] not in {"VERB", "AUX"} and form != INFINITIVE
    ):
        return None
    return _by_shape(tree, grammar, token, form, "complement")


def _adverbial(tree: Tree, grammar: Grammar, token: int) -> str:
    """Kind of a finite advcl; under a bare preposition (`om att`) it completes a verb."""
    marks = [tree.lower[mark] for mark in tree.having(token, frozenset({"mark"}))]
    if tree.label[token] == "advcl:relcl" and grammar.relative_words.issuperset(marks):
        return "relative"
    if after_semicolon(tree, token):
        return resumed(tree, grammar, token)
    if not marks and reports(tree, token):
        return "parenthetical"
    governed = len(marks) > 1 and marks[0] in grammar.governed_prepositions
    governed = governed or asks(tree, grammar, token)
    return "complement" if governed or announced(tree, grammar, token) else "adverbial"


def _adnominal(tree: Tree, grammar: Grammar, token: int, form: str) -> str | None:
    subtype = tree.label[token].partition(":")[2]
    follows = token > tree.head[token]
    if form == FINITE:
        marks = [
            tree.lower[mark]
            for mark in tree.having(token, frozenset({"mark"}))
            if tree.pos[mark] == "SCONJ"
        ]
        plural = tree.features[tree.head[token]].number == "Plur"
        if plural and grammar.singular_relatives.intersection(marks):
            return "complement"
        if subtype in {"relcl", "cleft"} and grammar.relative_words.issuperset(marks):
            return "complement" if interrogative(tree, grammar, token) else "relative"
        if not marks:
            return "relative"
        if grammar.complementizers.intersection(marks):
            return "complement"
        return "relative" if grammar.relative_words.intersection(marks) else "adverbial"
    if form == INFINITIVE:
        return "infinitive"
    if form == GERUND:
        introduced = tree.has(token, frozenset({"mark", "case"}))
        if introduced or not follows:
            return "participial" if has_complements(tree, token) else None
        return "participial"
    if form == PARTICIPLE and follows:
        return "participial"
    return None


def _loose(tree: Tree, grammar: Grammar, heads: Heads, token: int, form: str) -> str | None:
    """Parataxis and its kin: a second main clause, a reporting clause, an insertion."""
    if form == FINITE:
        if tree.base[token] not in {"parataxis", "list"} and not clausal(tree, token):
            return None
        if free_subject(tree, grammar, token):
            return "subject"
        if relative_opener(tree, grammar, token):
            return "relative"
        if after_semicolon(tree, token):
            return resumed(tree, grammar, token)
        if tree.lemma[token] in grammar.attribution and reports(tree, token):
            return "parenthetical"
        if enumerated(tree, token):
            return "coordinate"
        if tree.has(token, frozenset({"mark"})):
            return "adverbial"
        if tree.has(token, frozenset({"ccomp"})):
            return "main"
        if heads.kind.get(tree.head[token]) == "fragment" and behind_label(tree, token):
            return "main"
        if enclosed(tree, token) or tree.lemma[token] in grammar.attribution:
            return "parenthetical"
        if reporting(tree, token):
            return "parenthetical"
        return "main"
    if form == INFINITIVE:
        return "infinitive"
    if form in {GERUND, BARE} and has_complements(tree, token):
        if form == GERUND:
            return "participial"
        return "coordinate" if tree.has(tree.head[token], AUXILIARIES) else "main"
    if form == PARTICIPLE and has_arguments(tree, token):
        return "participial"
    return None


def _nominal(tree: Tree, token: int, form: str) -> str | None:
    """A clause in a noun's place: a free relative, or a clause that the parser mislabelled."""
    if tree.pos[token] not in {"VERB", "AUX"} and not tree.has(token, AUXILIARIES):
        return None
    if form == FINITE and clausal(tree, token):
        return "subject" if tree.base[token] == "nsubj" else "complement"
    if form == INFINITIVE:
        return "infinitive"
    if form == GERUND and tree.has(token, frozenset({"obj", "ccomp", "xcomp"})):
        return "participial"
    return None


def _coordinate(tree: Tree, grammar: Grammar, heads: Heads, token: int, form: str) -> str | None:
    first = first_conjunct(tree, token)
    governor = heads.kind.get(first)
    if form == FINITE and behind_label(tree, token):
        independent = governor == "main" and not tree.has(token, frozenset({"cc"}))
        if governor == "fragment" or independent:
            return "main"
    if form == VERBLESS:
        return "coordinate" if governor in _PREDICATING else None
    first_form = shape(tree, grammar, first)
    if governor is None and first_form is None:
        return _beside_noun(tree, token, form)
    if form == PARTICIPLE and (first_form != PARTICIPLE and tree.pos[token] == "ADJ"):
        return None
    if form == PARTICIPLE and governor is None:
        return None
    if form == BARE and governor is None and first_form not in {BARE, INFINITIVE}:
        return None
    if form == GERUND and governor is None and not has_complements(tree, token):
        return None
    if governor == "fragment" and form != FINITE and not has_complements(tree, token):
        return None
    if governor not in SUBORDINATE or not _reopens(tree, grammar, token):
        return "coordinate"
    return "infinitive" if form == INFINITIVE else governor


def _beside_noun(tree: Tree, token: int, form: str) -> str | None:
    """A predicate coordinated with something that is none, most often a parser's error."""
    if form == FINITE and clausal(tree, token):
        return "coordinate"
    if form == INFINITIVE:
        return "infinitive"
    if form == GERUND and tree.has(token, frozenset({"obj", "ccomp", "xcomp"})):
        return "coordinate"
    return None


def _reopens(tree: Tree, grammar: Grammar, token: int) -> bool:
    """Whether a conjunct repeats a subordinator, relative word or infinitive marker."""
    marked = any(
        tree.base[child] == "mark" and tree.lower[child] not in grammar.weak_markers
        for child in tree.children[token]
        if child < token
    )
    return marked or relative_opener(tree, grammar, token)
