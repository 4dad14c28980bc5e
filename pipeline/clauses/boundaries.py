"""Moves the boundary between two neighbouring clauses where a parser set it wrong.

The rules here, like those of `repair`, look at the order of the words; each moves the words
between a boundary that the text shows (a comma, a conjunction) and one that only the parse has.
"""

from __future__ import annotations

from pipeline.clauses.clusters import names_behind
from pipeline.clauses.grammar import Grammar
from pipeline.clauses.heads import Heads
from pipeline.clauses.tree import AUXILIARIES, SUBJECTS, Tree

_BESIDE = frozenset({"main", "coordinate", "parenthetical"})
_NOMINALS = frozenset({"NOUN", "PROPN", "PRON"})
_CONNECTING = frozenset({"CCONJ", "SCONJ", "ADV"})
_PARTING = frozenset({",", ";", ":", "–", "—", "-", "("})
_ARGUMENTS = frozenset({"obj", "iobj", "nsubj"})


def adjust(tree: Tree, words: Grammar, found: Heads, owner: list[int]) -> None:
    """Applies the rules to `owner`, in place."""
    _return_connectives_before_insertions(tree, found, owner)
    _return_adjectives_before_infinitives(tree, words, found, owner)
    _join_openers(tree, words, found, owner)
    _return_addressees(tree, words, found, owner)
    _begin_at_boundaries(tree, found, owner)


def _begin_at_boundaries(tree: Tree, found: Heads, owner: list[int]) -> None:
    """Gives a clause that begins with its verb, in mid-phrase, the words since the last boundary.

    In *X infiltrates the ports and the networks | exploit them* parsers coordinate the second
    subject with the first object, and in *dat zij de havens binnendringen en de economie |
    ondermijnen* the objects; so the verb is left without them, and no boundary stands before it.
    """
    first = _first_words(tree, owner)
    for head, kind in found.kind.items():
        if kind not in _BESIDE or tree.has(head, SUBJECTS | {"expl"}):
            continue
        start = first.get(head, 0)
        if start == 0 or tree.sentence[start - 1] != tree.sentence[start]:
            continue
        if start != head and not (start < head and tree.base[start] in AUXILIARIES):
            continue
        if tree.form(start) != "Fin" or tree.pos[start - 1] in {"PUNCT", "CCONJ", "SCONJ", "ADV"}:
            continue
        begin = _boundary(tree, found, owner, start)
        if any(tree.pos[token] in _NOMINALS for token in range(begin, start)):
            owner[begin:start] = [head] * (start - begin)


def _return_connectives_before_insertions(tree: Tree, found: Heads, owner: list[int]) -> None:
    """Gives a connective that a comma parts from a subordinate clause to the clause after that.

    In *; whereas, if convicted, they face prison* parsers hang `whereas` on `convicted`, which so
    looks like a clause beside the others.
    """
    for token in range(tree.size - 3):
        clause, opener = owner[token], token + 2
        if tree.pos[token] not in _CONNECTING or tree.lower[token + 1] != ",":
            continue
        marked = tree.head[opener] == clause and tree.base[opener] == "mark"
        if not marked or tree.pos[opener] != "SCONJ":
            continue
        follower = opener
        while follower < tree.size and (owner[follower] == clause or tree.pos[follower] == "PUNCT"):
            follower += 1
        if follower == tree.size or tree.sentence[follower] != tree.sentence[token]:
            continue
        owner[token] = owner[follower]
        if found.kind[clause] == "coordinate":
            found.kind[clause] = "adverbial"


def _first_words(tree: Tree, owner: list[int]) -> dict[int, int]:
    """For each clause its first word that is no punctuation."""
    first: dict[int, int] = {}
    for token in range(tree.size):
        if tree.pos[token] != "PUNCT":
            first.setdefault(owner[token], token)
    return first


def _boundary(tree: Tree, found: Heads, owner: list[int], start: int) -> int:
    """Where the phrase that ends before `start` begins: at a conjunction or behind a comma.

    `start` itself where the phrase would hold the head of the clause that it is in, or reaches
    into another.
    """
    above = owner[start - 1]
    token = start - 1
    while token >= 0 and tree.sentence[token] == tree.sentence[start]:
        if tree.lower[token] in _PARTING:
            return token + 1
        if token in found.kind or owner[token] != above or tree.pos[token] in {"VERB", "AUX"}:
            return start
        if tree.pos[token] == "CCONJ":
            return token
        token -= 1
    return start


def _return_adjectives_before_infinitives(
    tree: Tree, words: Grammar, found: Heads, owner: list[int]
) -> None:
    """Gives what stands between a copula and the infinitive's marker to the copula's clause.

    In *when it is due to present its report* parsers make `due` a dependent of `present`.
    """
    for copula, inner in found.split.items():
        marks = [child for child in tree.children[inner] if tree.base[child] == "mark"]
        if found.kind[inner] != "infinitive" or not marks:
            continue
        if tree.lower[marks[0]] in words.weak_markers:
            continue
        between = range(copula + 1, marks[0])
        if any(tree.pos[token] in _NOMINALS | {"ADJ"} for token in between):
            for token in between:
                if owner[token] == inner:
                    owner[token] = copula


def _join_openers(tree: Tree, words: Grammar, found: Heads, owner: list[int]) -> None:
    """Gives an infinitive all that stands between what opens it and its marker.

    In *teneinde de uitoefening van het recht te waarborgen* parsers may hang the noun, and
    `teneinde` on it, on the verb of the sentence.
    """
    for head, kind in found.kind.items():
        marks = [
            child
            for child in tree.children[head]
            if tree.base[child] == "mark" and tree.lower[child] in words.weak_markers
        ]
        if kind != "infinitive" or not marks:
            continue
        token = marks[0] - 1
        while token >= 0 and tree.sentence[token] == tree.sentence[head]:
            verb = tree.pos[token] in {"VERB", "AUX"} and tree.base[token] != "amod"
            if verb or tree.lower[token] in _PARTING:
                break
            phrase = tuple(tree.lower[token : token + 2]) in words.opener_phrases
            opens = tree.lower[token] in words.infinitive_openers or phrase
            opens = opens and tree.base[token] == "mark"
            if opens and owner[token] != token:
                owner[token : marks[0]] = [head] * (marks[0] - token)
                break
            token -= 1


def _return_addressees(tree: Tree, words: Grammar, found: Heads, owner: list[int]) -> None:
    """Gives the one who is asked back to the verb of asking, before an infinitive's own words.

    In *verzoekt de Commissie een voorstel in te dienen* parsers may hang both nouns on the
    infinitive; of two the first is the addressee.
    """
    for head, kind in found.kind.items():
        verb = tree.head[head]
        if kind != "infinitive" or verb >= head or tree.lemma[verb] not in words.asking:
            continue
        if tree.has(verb, frozenset({"obj", "iobj", "nsubj:pass"})):
            continue
        nominals = [child for child in tree.having(head, _ARGUMENTS) if verb < child < head]
        first = min(nominals, default=head)
        if len(nominals) == 1:
            nominals += names_behind(tree, first)
        begin = _leftmost(tree, first)
        if len(nominals) < 2 or any(owner[token] != owner[verb] for token in range(verb, begin)):
            continue
        second = min(set(nominals) - {first})
        for token in range(begin, _leftmost(tree, second)):
            if owner[token] == head and tree.is_below(token, first):
                owner[token] = owner[verb]


def _leftmost(tree: Tree, token: int) -> int:
    """The first word under a token."""
    while tree.children[token] and tree.children[token][0] < token:
        token = tree.children[token][0]
    return token


def return_dates_of_citations(tree: Tree, found: Heads, owner: list[int]) -> None:
    """Gives the date and address that end a citation to the citation, not to the cited title.

    In *Amnesty, Caught in the Net, 9 October 2023, https://…* the title may hold a clause.
    """
    for head, kind in found.kind.items():
        if kind != "fragment" or tree.head[head] != head:
            continue
        end = head
        while end + 1 < tree.size and tree.sentence[end + 1] == tree.sentence[head]:
            end += 1
        start = comma = end + 1
        while start - 1 > head and _is_of_reference(tree, start - 1, end):
            start -= 1
            if tree.lower[start] == ",":
                comma = start
        for token in range(comma, end + 1):
            owner[token] = head


def _is_of_reference(tree: Tree, token: int, end: int) -> bool:
    """Whether a token may be part of a date or web address: a month has a year behind it."""
    text = tree.lower[token]
    if tree.pos[token] == "PUNCT" or text[0].isdigit() or "://" in text or text.startswith("www."):
        return True
    following = tree.lower[token + 1] if token < end else ""
    return text.isalpha() and len(following) == 4 and following.isdigit()
