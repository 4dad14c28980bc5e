"""Moves words between clauses where a parser's error shows in the order of the words.

A clause's words stand together, but for clauses embedded in it, and what opens a clause stands
first in it. A parse that breaks this is wrong more often than the text is unusual. Each rule was
kept because it raised agreement, on parsed sentences of the treebanks or on the seeds, with the
clauses of the gold trees; closing gaps matters most where the parser's trees are not projective.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from pipeline.clauses.boundaries import return_dates_of_citations
from pipeline.clauses.grammar import Grammar
from pipeline.clauses.heads import Heads
from pipeline.clauses.shapes import first_conjunct
from pipeline.clauses.tree import AUXILIARIES, Tree

_OPENED = frozenset({"complement", "adverbial", "relative", "subject", "infinitive"})
_BEFORE_OPENER = frozenset({"ADP", "ADV", "CCONJ", "SCONJ", "PUNCT", "PART"})
_RELATIVE = frozenset({"Rel", "Int,Rel"})
_REACH = 12
_FAR = 60
_NOUNS = frozenset({"NOUN", "PROPN"})
_VERBS = frozenset({"VERB", "AUX"})
_CORE = frozenset({"obj", "iobj", "nsubj"})
_BRACKETS = {")": "(", "]": "["}


def smooth(tree: Tree, words: Grammar, found: Heads, owner: list[int]) -> None:
    """Applies the rules to `owner`, in place."""
    _return_what_precedes_openers(tree, words, found, owner)
    _return_announced_prepositions(tree, words, found, owner)
    _join_objects_to_infinitives(tree, words, found, owner)
    _return_detached_subjects(tree, found, owner)
    _return_connectives(tree, words, found, owner)
    _join_conjunctions(tree, owner)
    _close_gaps(tree, owner)
    return_dates_of_citations(tree, found, owner)
    _attach_low(tree, words, owner)


def runs(tree: Tree, owner: list[int]) -> Iterator[tuple[int, int]]:
    """Stretches `[start, end)` of words of one clause; punctuation never starts or splits one."""
    start = end = -1
    for token in range(tree.size):
        if tree.pos[token] == "PUNCT":
            continue
        if start >= 0 and (
            owner[token] != owner[start] or tree.sentence[token] != tree.sentence[start]
        ):
            yield start, end
            start = -1
        if start < 0:
            start = token
        end = token + 1
    if start >= 0:
        yield start, end


def _return_what_precedes_openers(
    tree: Tree, words: Grammar, found: Heads, owner: list[int]
) -> None:
    """Gives words before a clause's first subordinator or relative word to the clause above.

    In *they allow states to deviate* and *a free Belarus that is part of …* parsers hang `states`
    and `Belarus` on the verb that follows.
    """
    for head, kind in found.kind.items():
        if kind not in _OPENED or head in found.split:
            continue
        opener = _opener(tree, words, owner, head)
        above = found.copula_of.get(head, owner[tree.head[head]])
        if opener is None or above == head:
            continue
        token = opener - 1
        while (
            token >= 0
            and owner[token] == head
            and (tree.pos[token] in _BEFORE_OPENER or tree.lower[token] in words.relative_words)
        ):
            token -= 1
        end = token + 1
        while (
            token >= 0
            and token != head
            and tree.sentence[token] == tree.sentence[head]
            and owner[token] == head
        ):
            token -= 1
        # What stands right before these words, no comma between, is what they go on.
        goes_on = token >= 0 and tree.sentence[token] == tree.sentence[head]
        if goes_on and tree.pos[token] != "PUNCT" and _is_under(tree, owner, owner[token], above):
            above = owner[token]
        owner[token + 1 : end] = [above] * (end - token - 1)


def _opener(tree: Tree, words: Grammar, owner: list[int], head: int) -> int | None:
    """Where what opens a clause starts, before its head.

    That is its first subordinator or infinitive marker, or the phrase with its relative word.
    """
    candidates = []
    for child in tree.children[head]:
        if child > head or owner[child] != head:
            continue
        phrase = [child, *(word for word in tree.children[child] if owner[word] == head)]
        marks = tree.base[child] == "mark" and tree.lower[child] not in words.weak_markers
        # Behind an auxiliary a marker opens nothing: *då åtgärderna kommer att upphöra*.
        marks = marks and not (
            tree.lower[child] in words.infinitive_markers
            and any(auxiliary < child for auxiliary in tree.having(head, AUXILIARIES))
        )
        opens = [word for word in phrase if tree.lower[word] in words.infinitive_openers]
        if opens and tree.form(head) == "Inf":
            candidates.append(opens[0])
        elif marks or any(tree.features[word].pronoun in _RELATIVE for word in phrase):
            candidates.append(child if marks else min(phrase))
    return min(candidates, default=None)


def _return_announced_prepositions(
    tree: Tree, words: Grammar, found: Heads, owner: list[int]
) -> None:
    """Gives `op` and `aan` in *dringt er bij Belarus op aan | mee te werken* to the clause above.

    A pronominal adverb there (`er`) is what they belong to, not the clause that follows.
    """
    for start, end in list(runs(tree, owner)):
        clause = owner[start]
        if found.kind[clause] not in _OPENED or clause < start:
            continue
        above = found.copula_of.get(clause, owner[tree.head[clause]])
        announced = above != clause and any(
            owner[token] == above and tree.lower[token] in words.pronominal
            for token in range(max(0, start - _REACH), start)
        )
        token = start
        while announced and token < end and tree.lower[token] in words.stranded:
            follows = tree.lower[token + 1] if token + 1 < end else ""
            if follows in words.infinitive_markers | words.free_relatives:
                break
            owner[token] = above
            token += 1
        for word in range(token, _after_stray_particles(tree, words, clause, token)):
            if owner[word] == clause:
                owner[word] = above


def _after_stray_particles(tree: Tree, words: Grammar, clause: int, start: int) -> int:
    """Where an infinitive's own words begin: its particle stands right before its marker.

    So a particle that stands earlier is the governing verb's (*roept Belarus op zich te …*).
    """
    markers = [
        child
        for child in tree.children[clause]
        if tree.base[child] == "mark" and tree.lower[child] in words.weak_markers
    ]
    opened = any(
        tree.base[child] == "mark"
        and tree.lower[child] not in words.weak_markers
        and start <= child < markers[0]
        for child in tree.children[clause]
        if markers
    )
    complete = any(
        tree.label[child] == "compound:prt" for child in tree.children[tree.head[clause]]
    )
    if not markers or opened or complete:
        return start
    stray = [
        child + 1
        for child in tree.children[clause]
        if tree.label[child] == "compound:prt"
        and tree.pos[child] in {"ADP", "ADV"}
        and start <= child < markers[0] - 1
        and not (child == markers[0] - 2 and tree.lower[child] in words.bound_prepositions)
    ]
    return max(stray, default=start)


def _join_objects_to_infinitives(
    tree: Tree, words: Grammar, found: Heads, owner: list[int]
) -> None:
    """Gives what stands between a clause-final verb and `te` to the infinitive.

    In *dat zij hebben besloten geen missie uit te nodigen* nothing but the infinitive's own words
    can follow `besloten`.
    """
    for head, kind in found.kind.items():
        above = owner[tree.head[head]]
        relative = tree.label[head] == "acl:relcl"
        if kind != "infinitive" or tree.base[head] == "conj" or above >= head or relative:
            continue
        marks = [child for child in tree.children[head] if tree.base[child] == "mark"]
        if not marks or tree.lower[marks[-1]] not in words.weak_markers:
            continue
        # Right before its marker `om` is a particle, if an object stands before it: *om te zetten*.
        particle = len(marks) == 2 and marks[0] == marks[1] - 1
        particle = particle and any(
            owner[token] == above and tree.base[token] == "obj"
            for token in range(above + 1, marks[0])
        )
        openers = words.infinitive_openers
        if any(
            tree.lower[token] in openers and owner[token] in {above, head}
            for token in range(above, marks[0] if particle else head)
        ):
            continue
        if len(marks) != 1 and not particle:
            continue
        before = [token for token in range(above, head) if owner[token] == above]
        verbs = [
            token
            for token in before
            if tree.pos[token] in _VERBS or tree.lower[token] in words.closing
        ]
        closed = verbs and tree.lower[verbs[-1]] in words.closing
        if not verbs or not (closed or _closes(tree, verbs[-1], above)):
            continue
        comma = max((token for token in range(above, head) if tree.lower[token] == ","), default=0)
        noun = tree.head[head]
        # *Geleid door de wens X te doen*: an object has no preposition.
        governed = tree.base[head] == "acl" and tree.has(noun, frozenset({"case"}))
        takes = governed and noun < head and tree.lemma[noun] in words.infinitive_nouns
        last = max(verbs[-1], comma, noun if takes else 0)
        for token in before:
            if token > last and tree.base[token] not in {"cc", "compound"}:
                owner[token] = head


def _closes(tree: Tree, verb: int, head: int) -> bool:
    """Whether `verb` is the last of its clause: a non-finite one, or after a subordinator.

    Conjuncts share the subordinator of the first.
    """
    clauses = {head, first_conjunct(tree, head)}
    marked = any(
        tree.base[child] == "mark" or tree.features[child].pronoun in _RELATIVE
        for clause in clauses
        for child in tree.children[clause]
        if child < clause
    )
    return marked or (tree.form(verb) in {"Inf", "Part"} and tree.has(head, AUXILIARIES))


def _join_conjunctions(tree: Tree, owner: list[int]) -> None:
    """Gives a conjunction at the end of a stretch to the clause that begins right after it."""
    for _, end in list(runs(tree, owner)):
        last = end - 1
        if tree.pos[last] != "CCONJ" or owner[last] > last:
            continue
        following = last + 1
        while following < tree.size and tree.pos[following] == "PUNCT":
            following += 1
        if following == tree.size or tree.sentence[following] != tree.sentence[last]:
            _join_trailing(tree, owner, last)
            continue
        owner[last] = owner[following]


def _join_trailing(tree: Tree, owner: list[int], last: int) -> None:
    """Gives a conjunction that ends a list item (`…, and`) to the clause of the word before it."""
    before = last - 1
    while before > 0 and tree.pos[before] == "PUNCT":
        before -= 1
    if before >= 0 and tree.sentence[before] == tree.sentence[last]:
        owner[last] = owner[before]


def _return_detached_subjects(tree: Tree, found: Heads, owner: list[int]) -> None:
    """Gives a subject that a comma parts from a participial clause to the clause above.

    In *the undersigned, being duly authorised, have signed* parsers hang it on `authorised`.
    """
    for head, kind in found.kind.items():
        above = found.copula_of.get(head, owner[tree.head[head]])
        if kind != "participial" or above == head:
            continue
        comma = next(
            (
                token
                for token in range(head - 1, max(0, head - _REACH), -1)
                if tree.lower[token] == "," and tree.sentence[token] == tree.sentence[head]
            ),
            None,
        )
        subjects = [
            child
            for child in tree.children[head]
            if comma is not None and tree.base[child] == "nsubj" and child < comma
        ]
        if comma is None or not subjects:
            continue
        for token in range(comma - 1, -1, -1):
            if owner[token] == head and tree.sentence[token] == tree.sentence[head]:
                owner[token] = above


def _return_connectives(tree: Tree, words: Grammar, found: Heads, owner: list[int]) -> None:
    """Gives an adverb that links sentences, before an infinitive's words, to the clause above.

    In *ze dreigen echter tekort te schieten* `echter` qualifies the threat.
    """
    for start, _ in list(runs(tree, owner)):
        clause = owner[start]
        if start == 0 or start == clause or found.kind[clause] != "infinitive":
            continue
        above = owner[start - 1]
        linked = tree.lower[start] in words.connectives and tree.pos[start - 1] != "PUNCT"
        if linked and tree.sentence[start - 1] == tree.sentence[start]:
            owner[start] = above


def _close_gaps(tree: Tree, owner: list[int]) -> None:
    """Gives a stretch between two stretches of one clause to that clause.

    Not where it holds its own clause's head, or opens with a conjunction.
    """
    stretches = list(runs(tree, owner))
    for left, (start, end), right in zip(stretches, stretches[1:], stretches[2:], strict=False):
        around = owner[left[0]]
        if around != owner[right[0]] or tree.sentence[left[0]] != tree.sentence[right[0]]:
            continue
        if start <= owner[start] < end or tree.pos[start] in {"CCONJ", "SCONJ"}:
            continue
        for token in range(start, end):
            owner[token] = around


def _attach_low(tree: Tree, words: Grammar, owner: list[int]) -> None:
    """Gives the rest of a phrase right after an embedded clause, no comma between, to that clause.

    In *people seeking safety at EU borders* parsers often hang the last phrase too high. A stretch
    that holds its clause's head, or hangs on a word to its right, stays.
    """
    stretches = list(runs(tree, owner))
    for (begin, stop), (start, end) in pairwise(stretches):
        embedded, above = owner[begin], owner[start]
        between = stop == start or _closes_bracket(tree, begin, stop, start)
        adjacent = between and tree.sentence[begin] == tree.sentence[start]
        if not adjacent or not begin <= embedded < stop or start <= above < end:
            continue
        top = start
        while start <= tree.head[top] < end and tree.head[top] != top:
            top = tree.head[top]
        if tree.head[top] >= start or tree.base[top] == "cc":
            continue
        if _closes_before(tree, words, embedded, stop, top):
            continue
        if _answers(tree, words, owner, start, above):
            continue
        conjoined = tree.base[top] == "conj" and tree.has(top, frozenset({"cc"}))
        if conjoined and tree.pos[stop - 1] not in _NOUNS:
            continue
        if _is_under(tree, owner, embedded, above):
            owner[start:end] = [embedded] * (end - start)


def _answers(tree: Tree, words: Grammar, owner: list[int], start: int, above: int) -> bool:
    """Whether a phrase answers a `not only` of the clause above: *not only X who …, but also Y*."""
    return tree.lower[start] in words.adversatives and any(
        owner[token] == above
        and tree.lower[token] in words.only
        and tree.lower[token - 1] in words.negations
        and tree.sentence[token] == tree.sentence[start]
        for token in range(max(1, start - _FAR), start)
    )


def _closes_bracket(tree: Tree, begin: int, stop: int, start: int) -> bool:
    """Whether only a bracket that opens inside the stretch `[begin, stop)` parts it from `start`.

    As in *som begås av styrkorna (RSF) under ledning av …*.
    """
    opening = _BRACKETS.get(tree.lower[stop])
    return start == stop + 1 and opening in tree.lower[begin + 1 : stop]


def _closes_before(tree: Tree, words: Grammar, clause: int, stop: int, top: int) -> bool:
    """Whether an object follows a clause that ends with its verb, so that it cannot be its own.

    In *geeft de staten die partij zijn de bevoegdheid* nothing but the verb above can have it.
    """
    final = words.particle_first and tree.pos[stop - 1] in _VERBS
    bare = tree.base[top] in _CORE and not tree.has(top, frozenset({"case"}))
    return final and bare and tree.base[clause] != "xcomp"


def _is_under(tree: Tree, owner: list[int], clause: int, above: int) -> bool:
    """Whether a clause is embedded, at any depth, in the clause `above`."""
    token = clause
    while tree.head[token] != token:
        token = tree.head[token]
        if owner[token] == above:
            return True
    return False
