"""Hangs conjuncts on the predicate that they are coordinated with, where their form shows it.

In *calls on the government to stop X, release Y and respect Z* parsers tend to hang `release` on
`calls`: a finite verb, with which an infinitive cannot be coordinated. It goes on from the
infinitive before it. The same holds of gerunds and participles (*by ensuring X; and protecting Y*).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pipeline.clauses.grammar import Grammar
from pipeline.clauses.shapes import (
    BARE,
    FINITE,
    GERUND,
    INFINITIVE,
    PARTICIPLE,
    first_conjunct,
    shape,
)
from pipeline.clauses.tree import SUBJECTS, Tree
from pipeline.clauses.word_order import number

_CLAUSAL = frozenset({"xcomp", "ccomp", "csubj", "advcl", "acl", "obl", "nmod"})
_COMPLEMENT = frozenset({"xcomp", "ccomp", "csubj"})
_ADJUNCTS = frozenset({"obj", "obl", "advmod", "nmod"})
_NOUNS = frozenset({"NOUN", "PROPN", "ADJ", "PRON"})
_OWN = SUBJECTS | {"expl", "mark", "aux"}
_INSIDE = frozenset({"xcomp", "conj", "obj", "obl", "nmod"})
_COPULA = frozenset({"cop"})
_LIKE = {
    INFINITIVE: frozenset({INFINITIVE}),
    BARE: frozenset({INFINITIVE}),
    GERUND: frozenset({GERUND}),
    PARTICIPLE: frozenset({GERUND, PARTICIPLE}),
}


def mend(tree: Tree, words: Grammar) -> None:
    """Rehangs, in place, predicates that cannot stand where the parser hung them."""
    _mend_infinitives(tree, words)
    _mend_finites(tree, words)
    _mend_complements(tree, words)
    _mend_second_halves(tree, words)
    _mend_disagreeing(tree)
    _mend_acts(tree, words)
    _mend_beside(tree, words)
    _mend_repeated_markers(tree, words)
    _mend_after_semicolons(tree, words)


def _mend_after_semicolons(tree: Tree, words: Grammar) -> None:
    """Makes conjuncts of predicates that share a modal or subject with one before a semicolon.

    As in *must ban X; close Y* and *the Council welcomes X; calls on the parties to …*.
    """
    for token in range(tree.size):
        above = tree.head[token]
        if tree.base[token] != "parataxis" or token < above:
            continue
        if tree.has(token, frozenset({"nsubj", "csubj", "expl", "mark"})):
            continue
        form = shape(tree, words, token)
        shares_modal = tree.form(above) == "Inf" and tree.has(above, frozenset({"aux"}))
        shares_subject = tree.has(above, frozenset({"nsubj"})) and _after_semicolon(tree, token)
        finite = form == FINITE and tree.form(token) == "Fin"
        if (form == BARE and shares_modal) or (finite and shares_subject):
            tree.label[token] = tree.base[token] = "conj"


def _mend_complements(tree: Tree, words: Grammar) -> None:
    """Makes a second finite complement that lacks conjunction and subject a conjunct of the first.

    As in *regrets that prisoners are held, are exposed to torture, and …*.
    """
    for token in range(tree.size):
        relation = tree.base[token]
        joined = relation == "advcl" and tree.has(token, frozenset({"cc"}))
        if (relation != "ccomp" and not joined) or shape(tree, words, token) != FINITE:
            continue
        if tree.has(token, frozenset({"mark", "nsubj", "csubj", "expl"})):
            continue
        before = [
            child
            for child in tree.having(tree.head[token], frozenset({relation}))
            if tree.head[token] < child < token
            and tree.has(child, frozenset({"mark"}))
            and tree.has(child, frozenset({"nsubj"}))
        ]
        if before:
            tree.rehang(token, before[-1], "conj")


def _after_semicolon(tree: Tree, token: int) -> bool:
    """Whether a predicate opens what follows a semicolon."""
    before = token - 1
    while before > tree.head[token] and tree.pos[before] in {"ADV", "PART", "PRON"}:
        before -= 1
    return tree.lower[before] == ";"


def _mend_infinitives(tree: Tree, words: Grammar) -> None:
    """Hangs conjuncts of a finite verb that are not finite themselves on their like before them."""
    for token in reversed(range(tree.size)):
        if tree.base[token] != "conj" or tree.pos[token] not in {"VERB", "AUX"}:
            continue
        above = tree.head[token]
        like = _LIKE.get(shape(tree, words, token) or "")
        if like is None:
            continue
        if not _finite_itself(tree, words, above):
            _return_marked(tree, words, token)
            continue
        if tree.has(token, frozenset({"aux", "cop"})) or _has_subject_before(tree, token):
            continue
        first = _model(tree, words, above, token, like)
        if first is None and tree.form(token) == "Inf":
            first = _infinitive_above(tree, words, above, token)
        if first is None:
            continue
        tree.rehang(token, first)
        # What follows is its own, however high the parser hung it.
        for child in [child for child in tree.having(above, _ADJUNCTS) if child > token]:
            tree.rehang(child, token)


def _return_marked(tree: Tree, words: Grammar, token: int) -> None:
    """Hangs an infinitive with a marker of its own on the infinitive above a finite clause.

    In *to assess how it can be extended and to report* the marker shows that `report` goes on
    from `assess`.
    """
    above = tree.head[token]
    if shape(tree, words, token) != INFINITIVE or shape(tree, words, above) != FINITE:
        return
    if words.weak_markers.issuperset(_markers(tree, token)):
        return
    while tree.head[above] != above and above < token:
        above = tree.head[above]
        if shape(tree, words, above) == INFINITIVE:
            tree.rehang(token, above)
            return


def _mend_finites(tree: Tree, words: Grammar) -> None:
    """Hangs a finite conjunct of an infinitive or gerund on the finite verb above that.

    In *recalls the importance of acting and stands ready* `stands` goes on from `recalls`. Plurals
    stay: they may look like infinitives.
    """
    for token in range(tree.size):
        if tree.base[token] != "conj" or tree.has(token, _OWN):
            continue
        above = tree.head[token]
        copula = any(tree.form(child) == "Fin" for child in tree.having(token, _COPULA))
        plural = tree.features[token].number == "Plur" or tree.pos[token] != "VERB"
        finite = tree.form(token) == "Fin" and not plural
        # `and calls on …` has the form of a plural noun, too.
        if not (copula or finite or _acts(tree, words, token)):
            continue
        if shape(tree, words, above) not in {INFINITIVE, GERUND}:
            continue
        while tree.head[above] != above and above < token:
            above = tree.head[above]
            if tree.pos[above] in {"VERB", "AUX"} and shape(tree, words, above) == FINITE:
                tree.rehang(token, above, "conj")
                break


def _acts(tree: Tree, words: Grammar, token: int) -> bool:
    """Whether a conjunct right behind its conjunction is a verb that may open an item."""
    conjunctions = tree.having(token, frozenset({"cc"}))
    return tree.lower[token] in words.item_verbs and conjunctions[-1:] == [token - 1]


def _has_subject_before(tree: Tree, token: int) -> bool:
    return any(child < token for child in tree.having(token, frozenset({"nsubj"})))


def _finite_itself(tree: Tree, words: Grammar, token: int) -> bool:
    """Whether a predicate is itself finite: no infinitive can share an auxiliary with it."""
    forms = {"Fin", "Sup", ""} if words.verb_second else {"Fin", ""}
    return tree.form(token) in forms and shape(tree, words, token) == FINITE


def _infinitive_above(tree: Tree, words: Grammar, above: int, token: int) -> int | None:
    """The infinitive in whose object the finite clause stands that a conjunct was hung on.

    As in *att respektera det avtal som de har gått med på och släppa fångarna*.
    """
    while tree.head[above] != above and tree.base[above] != "ccomp":
        above = tree.head[above]
        if above < token and shape(tree, words, above) in {INFINITIVE, BARE}:
            return above
    return None


def _model(tree: Tree, words: Grammar, above: int, token: int, like: frozenset[str]) -> int | None:
    """The predicate under `above` that `token` goes on from: its last complement, or its last."""
    candidates = [
        child
        for child in _within_phrases(tree, above, token)
        if above < child < token
        and tree.base[child] in _CLAUSAL
        and tree.pos[child] in {"VERB", "AUX"}
        and shape(tree, words, child) in like
    ]
    complements = [child for child in candidates if tree.base[child] in _COMPLEMENT]
    return max(complements or candidates, default=None)


def _within_phrases(tree: Tree, above: int, end: int) -> Iterator[int]:
    """What stands under a predicate before `end`, and, at any depth, under nouns there."""
    for child in tree.children[above]:
        if child < end:
            yield child
            phrase = tree.pos[child] in _NOUNS or tree.base[child] == "conj"
            if phrase and child > above:
                yield from _within_phrases(tree, child, end)


def _mend_second_halves(tree: Tree, words: Grammar) -> None:
    """Hangs `but also …` on the predicate whose `not only` it answers."""
    for token in range(tree.size):
        opened = [c for c in tree.having(token, frozenset({"cc"})) if c < token]
        if tree.base[token] != "conj" or not opened:
            continue
        above = tree.head[token]
        if tree.lower[opened[0]] not in words.adversatives or tree.has(token, SUBJECTS):
            continue
        answered = [
            verb
            for verb in range(above + 1, token)
            if _says_not_only(tree, words, verb) and shape(tree, words, verb) == FINITE
        ]
        if answered and not _says_not_only(tree, words, above):
            tree.rehang(token, answered[-1])


def _says_not_only(tree: Tree, words: Grammar, verb: int) -> bool:
    return any(
        tree.lower[child] in words.negations and tree.lower[child + 1] in words.only
        for child in tree.children[verb]
        if child + 1 < tree.size
    )


def _mend_disagreeing(tree: Tree) -> None:
    """Hangs a finite conjunct without subject on the nearest predicate of its number.

    In *institutions risk a compromise that weakens rights and leads to …* `leads` cannot share
    the subject of `risk`.
    """
    for token in range(tree.size):
        if tree.base[token] != "conj" or tree.has(token, SUBJECTS | {"expl", "mark"}):
            continue
        first = first_conjunct(tree, token)
        wanted, had = number(tree, token), number(tree, first)
        subjects = tree.having(first, frozenset({"nsubj"}))
        if not wanted or not had or wanted == had or not subjects:
            continue
        if tree.features[subjects[0]].number != had or tree.pos[subjects[0]] not in _NOUNS:
            continue
        if wanted == "Plur" and tree.has(subjects[0], frozenset({"conj"})):
            continue
        like = [
            verb
            for verb in range(first + 1, token)
            if number(tree, verb) == wanted
            and tree.pos[verb] == "VERB"
            and tree.has(verb, SUBJECTS)
            and tree.is_below(verb, first)
        ]
        if like:
            tree.rehang(token, like[-1])


def _mend_acts(tree: Tree, words: Grammar) -> None:
    """Hangs a second act of the speaker on the first, not on what that says.

    In *recalls that the law is in force and calls on the parties to …* both verbs are such as an
    item opens with, in *said that she was confident but stressed that …* such as report; the one in
    between is not.
    """
    for token in range(tree.size):
        if tree.base[token] != "conj" or tree.has(token, _OWN) or tree.pos[token] != "VERB":
            continue
        said = first_conjunct(tree, token)
        above = tree.head[said]
        says = tree.base[said] == "ccomp" or not words.declarative.isdisjoint(_markers(tree, said))
        if not says or above > said or tree.form(token) != "Fin":
            continue
        if number(tree, above) != number(tree, token):
            continue
        verbs = [above, said, token]
        acts = [tree.lower[verb] in words.item_verbs for verb in verbs]
        reports = [tree.lemma[verb] in words.attribution for verb in verbs]
        past = tree.features[token].tense == tree.features[above].tense == "Past"
        if acts == [True, False, True] or (past and reports == [True, False, True]):
            tree.rehang(token, above)


def _mend_beside(tree: Tree, words: Grammar) -> None:
    """Makes a conjunct of an infinitive that stands beside one on their governor.

    In *förbinder sig att förbjuda och förhindra tortyr* its conjunction shows it.
    """
    for token in range(tree.size):
        if tree.base[token] not in _COMPLEMENT or not tree.has(token, frozenset({"cc"})):
            continue
        if tree.pos[token] != "VERB" or shape(tree, words, token) not in {BARE, INFINITIVE}:
            continue
        before = [
            child
            for child in tree.having(tree.head[token], frozenset({tree.base[token]}))
            if child < token and shape(tree, words, child) == INFINITIVE
        ]
        if before and tree.having(token, frozenset({"cc"}))[0] < token:
            tree.rehang(token, before[-1], "conj")


def _mend_repeated_markers(tree: Tree, words: Grammar) -> None:
    """Hangs an infinitive that repeats a marker on the one before it with the same marker.

    In *uppmanar dem att följa råden för att undvika våld och att frige X* the bare `att` goes on
    from the bare one. So it does with finite clauses (*dat het kabinet zich blijft inzetten en dat
    Nederland meewerkt*).
    """
    for token in range(tree.size):
        above = tree.head[token]
        if tree.base[token] != "conj" and not _resumes(tree, words, token, above):
            continue
        form = shape(tree, words, token)
        own = _markers(tree, token) or _pronoun_for_marker(tree, words, token)
        given = _markers(tree, above)
        if form == FINITE and own and not given and own[0] in words.declarative:
            _return_complement(tree, token, own)
        if form != INFINITIVE:
            continue
        if own[:1] == given[:1] or own != given[-1:] or words.weak_markers.issuperset(own):
            continue
        while tree.head[above] != above and above < token:
            above = tree.head[above]
            if _markers(tree, above) == own and shape(tree, words, above) == INFINITIVE:
                tree.rehang(token, above, "conj")
                break


def _resumes(tree: Tree, words: Grammar, token: int, above: int) -> bool:
    """Whether an infinitive behind a comma cannot depend on the finite clause before it."""
    if tree.base[token] != "advcl" or tree.form(token) != "Inf" or above > token:
        return False
    first = tree.leftmost(token)
    parted = first > 0 and tree.lower[first - 1] == ","
    return parted and bool(_markers(tree, above)) and shape(tree, words, above) == FINITE


def _return_complement(tree: Tree, token: int, own: list[str]) -> None:
    """Hangs a clause on the one above that its own conjunction opens."""
    above = tree.head[token]
    while tree.head[above] != above and tree.base[above] in _INSIDE:
        above = tree.head[above]
        if _markers(tree, above) == own and above < token:
            tree.rehang(token, above)
            opener = tree.leftmost(token)
            while tree.lower[opener] != own[0]:
                opener += 1
            tree.label[opener] = tree.base[opener] = "mark"
            tree.pos[opener] = "SCONJ"
            tree.features[opener] = replace(tree.features[opener], pronoun="")
            return


def _pronoun_for_marker(tree: Tree, words: Grammar, token: int) -> list[str]:
    """What opens a clause beside a noun and was taken for a pronoun: *… en dat zij meewerken*."""
    if tree.pos[tree.head[token]] not in {"NOUN", "PROPN"} or not tree.has(token, SUBJECTS):
        return []
    conjunctions = tree.having(token, frozenset({"cc"}))
    opener = conjunctions[0] + 1 if conjunctions else token
    opens = tree.head[opener] == token and tree.lower[opener] in words.declarative
    return [tree.lower[opener]] if opens and opener < token else []


def _markers(tree: Tree, token: int) -> list[str]:
    return [tree.lower[m] for m in tree.having(token, frozenset({"mark"})) if m < token]
