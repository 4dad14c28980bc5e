"""Gives every token to a clause.

A token belongs to the clause of its nearest ancestor that heads one. The exceptions, where UD
hangs a word elsewhere than where a reader takes it, are the functions below.
"""

from __future__ import annotations

from pipeline.clauses import boundaries, repair
from pipeline.clauses.grammar import Grammar
from pipeline.clauses.heads import Heads
from pipeline.clauses.tree import Tree

_OPENING = frozenset("([{«“‘„\"'") | {"``", "”"}
_EITHER = frozenset({'"', "'", "”"})
_SUBORDINATE = frozenset({"complement", "adverbial", "subject", "infinitive", "participial"})
_ARGUMENTS = frozenset({"complement", "adverbial", "subject", "infinitive"})


def owners(tree: Tree, words: Grammar, found: Heads) -> list[int]:
    """For each token the head of the clause that it belongs to."""
    owner = [-1] * tree.size
    outer = {inner: copula for copula, inner in found.split.items()}
    for token in tree.top_down():
        parent = tree.head[token]
        if token in found.kind:
            owner[token] = token
        elif parent in outer and _outside(tree, token, outer[parent]):
            owner[token] = outer[parent]
        elif _correlative(tree, token):
            owner[token] = owner[tree.head[parent]]
        else:
            owner[token] = _nearest_conjunct(tree, found, token) or owner[parent]
    for token in tree.top_down():
        clause = _free_relative(tree, words, found, token)
        if clause is not None:
            _hand_over(tree, owner, token, clause)
    _return_stranded(tree, words, found, owner)
    boundaries.adjust(tree, words, found, owner)
    repair.smooth(tree, words, found, owner)
    _extend_markers(tree, words, found, owner)
    _place_punctuation(tree, owner)
    return owner


def _outside(tree: Tree, token: int, copula: int) -> bool:
    """Whether a child of a clausal predicate belongs to the copula's clause."""
    return token <= copula or tree.label[token].endswith(":outer")


def _correlative(tree: Tree, token: int) -> bool:
    """Whether a conjunction hangs on the last conjunct but opens the first (`niet alleen`)."""
    parent = tree.head[token]
    return tree.base[token] == "cc" and tree.base[parent] == "conj" and token < tree.head[parent]


def _nearest_conjunct(tree: Tree, found: Heads, token: int) -> int | None:
    """The coordinated predicate before a dependent that it shares with the first conjunct.

    UD hangs the object of *supports and praises the efforts* on the first verb; to read as a
    clause it goes with the verb next to it.
    """
    governor = tree.head[token]
    if tree.base[token] in {"conj", "cc", "punct"}:
        return None
    shared = [
        child
        for child in tree.children[governor]
        if tree.base[child] == "conj" and child in found.kind and governor < child < token
    ]
    return max(shared, default=None)


def _free_relative(tree: Tree, words: Grammar, found: Heads, token: int) -> int | None:
    """The relative clause that a pronoun without antecedent opens (`what he said`)."""
    if not {tree.lemma[token], tree.lower[token]} & words.free_relatives:
        return None
    # In *that is what they need* the pronoun heads the clause of the copula, too.
    if token in found.kind and not tree.has(token, frozenset({"cop"})):
        return None
    return next(
        (
            child
            for child in tree.children[token]
            if tree.label[child].endswith(":relcl") and child in found.kind and child > token
        ),
        None,
    )


def _hand_over(tree: Tree, owner: list[int], token: int, clause: int) -> None:
    """Moves a pronoun and its own words, not the clauses under it, to `clause`.

    A preposition goes with it: *despite | what observers saw* is one clause.
    """
    before = owner[token]
    owner[token] = clause
    for child in tree.children[token]:
        preceding = before != token or tree.base[child] == "case"
        if owner[child] == before and child < clause and (preceding or child > token):
            owner[child] = clause


def _return_stranded(tree: Tree, words: Grammar, found: Heads, owner: list[int]) -> None:
    """Gives words that stand apart, before a dependent clause, back to the clause above.

    These are pronominal adverbs and prepositions that announce the clause (*is er zeker van dat
    …*) and relative words that open the clause above (*waarop hij schijnt te steunen*); UD hangs
    them on the verb whose argument they are.
    """
    members: dict[int, list[int]] = {}
    for token, clause in enumerate(owner):
        members.setdefault(clause, []).append(token)
    for clause, tokens in members.items():
        above = found.copula_of.get(clause, owner[tree.head[clause]])
        if found.kind[clause] not in _ARGUMENTS or above == clause:
            continue
        for run in _runs(tree, tokens, clause):
            light = all(
                tree.pos[token] == "ADP" or tree.lower[token] in words.pronominal for token in run
            )
            opens = (
                found.kind[clause] == "infinitive" and tree.lower[run[0]] in words.relative_words
            )
            for token in run:
                if light or (opens and run[0] < above and token == run[0]):
                    owner[token] = above


def _runs(tree: Tree, tokens: list[int], head: int) -> list[list[int]]:
    """The stretches of a clause's words that end before the stretch with its head begins."""
    runs: list[list[int]] = []
    words = [token for token in tokens if tree.pos[token] != "PUNCT"]
    for token in words:
        if runs and token == runs[-1][-1] + 1:
            runs[-1].append(token)
        else:
            runs.append([token])
    return [run for run in runs if run[-1] < head and head not in run]


def _extend_markers(tree: Tree, words: Grammar, found: Heads, owner: list[int]) -> None:
    """Moves what opens a subordinate clause but hangs, as an adverb, on the clause above it.

    That is the first words of a phrasal conjunction (`så att`, `even if`) and, after punctuation,
    words of focus (`in particular by …`).
    """
    for token in range(1, tree.size):
        clause = owner[token]
        if clause == owner[token - 1] or found.kind[clause] not in _SUBORDINATE:
            continue
        start = _phrase_start(tree, words, token)
        start = _focus_start(tree, words, token if start is None else start)
        start = _measure_start(tree, words, start)
        start = _question_start(tree, words, start)
        above = owner[token - 1]
        if start < token and all(
            owner[word] == above and word not in found.kind and _same_sentence(tree, word, token)
            for word in range(start, token)
        ):
            for word in range(start, token):
                owner[word] = clause


def _phrase_start(tree: Tree, words: Grammar, token: int) -> int | None:
    """Where a phrasal conjunction starts that ends at `token` or right before it."""
    infinitive = tree.lower[token] in words.infinitive_markers and tree.pos[token] == "PART"
    for end in (token + 1, token):
        for length in (4, 3, 2):
            start = end - length
            phrase = tuple(tree.lower[start:end]) if 0 <= start < token else ()
            if phrase in words.phrasal and not (infinitive and phrase in words.finite_phrases):
                return start
    return None


def _question_start(tree: Tree, words: Grammar, token: int) -> int:
    """Where a question word and its adverb before an infinitive begin: *how best to respond*."""
    first = token - 2
    if tree.lower[token] not in words.infinitive_markers or first < 0:
        return token
    degree = tree.pos[token - 1] in {"ADV", "ADJ"} and tree.head[first] == token - 1
    question = tree.pos[first] == "ADV" and tree.lower[first] in words.relative_words
    return first if degree and question else token


def _measure_start(tree: Tree, words: Grammar, token: int) -> int:
    """Where what says how long before or after begins: *two weeks after they were elected*."""
    noun = token - 1
    if tree.lower[token] not in words.measured or noun < 0:
        return token
    if tree.lemma[noun] not in words.periods or tree.sentence[noun] != tree.sentence[token]:
        return token
    if tree.has(noun, frozenset({"case"})) or not tree.has(noun, frozenset({"nummod", "det"})):
        return token
    return tree.leftmost(noun)


def _focus_start(tree: Tree, words: Grammar, token: int) -> int:
    """Where words of focus before `token` start, when punctuation stands before them."""
    for length in (4, 3, 2, 1):
        start = token - length
        if start < 0:
            continue
        phrase = tuple(tree.lower[start:token])
        if phrase in words.focus_phrases or (length == 1 and phrase[0] in words.focus):
            opens = start == 0 or tree.pos[start - 1] == "PUNCT"
            return start if opens else token
    return token


def _place_punctuation(tree: Tree, owner: list[int]) -> None:
    """Gives each mark to the clause of the word before it, an opening one to the word after it.

    Where punctuation goes is free; so a clause's fragments are not torn by commas.
    """
    punctuation = [
        tree.pos[token] == "PUNCT" or tree.base[token] == "punct" for token in range(tree.size)
    ]
    leading = list(punctuation)
    for token in range(1, tree.size):
        if not punctuation[token] or not _same_sentence(tree, token - 1, token):
            continue
        leading[token] = leading[token - 1]
        owner[token] = owner[token - 1]
    for token in range(tree.size - 2, -1, -1):
        if punctuation[token] and _same_sentence(tree, token, token + 1):
            opens = tree.lower[token] in _OPENING and not _closes(tree, token)
            if opens or leading[token]:
                owner[token] = owner[token + 1]


def _closes(tree: Tree, token: int) -> bool:
    """Whether an ambiguous quotation mark ends a quotation: its governor stands before it."""
    return tree.lower[token] in _EITHER and tree.head[token] < token


def _same_sentence(tree: Tree, left: int, right: int) -> bool:
    return tree.sentence[left] == tree.sentence[right]
