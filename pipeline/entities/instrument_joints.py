"""Commas and conjunctions inside titles: whether the title goes on behind them."""

from __future__ import annotations

from pipeline.entities.instrument_scope import Scope


def cited_act(scope: Scope, index: int) -> int | None:
    """The index after the number of an act that an official title amends, if it stands here."""
    offset = scope.words[index].start
    for candidate in scope.known:
        if candidate.kind == "act" and candidate.start == offset:
            return scope.index_at(candidate.end) or len(scope.words)
    return None


def _is_bare_number(scope: Scope, index: int) -> bool:
    """Whether the number of a further act stands here, without a noun: `and (EU) 2021/1060`."""
    if index >= len(scope.words) or scope.words[index].text[0].isalpha():
        return False
    return cited_act(scope, index) is not None


def continues(scope: Scope, index: int, *, official: bool) -> bool:
    """Whether a title goes on after a comma: an enumeration, a set phrase, an amended act."""
    words, rules = scope.words, scope.rules
    if scope.opens(index, rules.parts, 4):
        return True
    if length := scope.opens(index, rules.enumerating):
        following = range(index + length, index + length + 2)
        return not scope.opens(index + length, rules.those) and not any(
            scope.is_pinpoint(i) or _is_resolution(scope, i) for i in following
        )
    if official and (_amends(scope, index) or _is_bare_number(scope, index)):
        return True
    if index < len(words) and any(c.start == words[index].start for c in scope.known):
        return False
    previous = [word.folded for word in words[max(0, index - 5) : index - 1]]
    if any(tuple(previous[-length:]) in rules.parts for length in (1, 3, 4)):
        return True
    if index < len(words) and words[index].folded in rules.conjunctions:
        # `growth, jobs and homes, and the …`: the enumeration has had its conjunction.
        closed = any(word in rules.conjunctions for word in previous)
        if closed and scope.is_word(index + 1, rules.determiners):
            return False
        return any(word.text == "," for word in words[max(0, index - 5) : index - 1])
    if official and is_parallel(scope, index):
        return True
    for word in words[index : index + 4]:
        if word.folded in rules.conjunctions:
            return True
        if not word.text[0].isalpha() or word.folded in rules.stops or word.verb:
            return word.text == "," and word.start > words[index].start
        if rules.head(word.folded) or word.folded in rules.determiners:
            return False
    return False


def _is_resolution(scope: Scope, index: int) -> bool:
    """Whether another resolution is named here: `on Cuba, in particular the resolution of …`."""
    head = scope.rules.head(scope.words[index].folded) if index < len(scope.words) else None
    return head is not None and head[0] == "resolution"


def is_nominal(scope: Scope, index: int, *, skip: bool = False) -> bool:
    """Whether a noun or adjective in lower case stands at an index, over an article if `skip`."""
    words = scope.words
    if skip and scope.is_word(index, scope.rules.determiners):
        index += 1
    return index < len(words) and words[index].nominal and not words[index].capital


def is_parallel(scope: Scope, index: int) -> bool:
    """Whether an enumeration goes on after a comma: `the rights, the support and protection of`."""
    for word in scope.words[index : index + 8]:
        if word.folded in scope.rules.conjunctions:
            return True
        if not word.text[0].isalpha() or word.verb or word.folded in scope.rules.stops:
            return False
    return False


def _amends(scope: Scope, index: int) -> bool:
    """Whether `and amending …`, `en tot intrekking van …` stands at a position."""
    if index < len(scope.words) and scope.words[index].folded in scope.rules.conjunctions:
        index += 1
    return bool(scope.opens(index, scope.rules.act_subject))


def _is_authored(scope: Scope, index: int) -> bool:
    """Whether another known act follows its author: `och om Europaparlamentets … förordning`."""
    words = scope.words
    for start in (word.start for word in words[index : index + 2]):
        for candidate in scope.known:
            if start < candidate.start < start + 60:
                author = scope.rules.author.search(scope.text, start, candidate.start)
                if author and author.start() == start:
                    return True
    return False


def _modifies(scope: Scope, index: int) -> bool:
    """Whether a head in small letters is part of a name: `and communication systems`."""
    word, following = scope.words[index], scope.words[index + 1 : index + 2]
    noun = bool(following) and following[0].nominal and not following[0].capital
    return not scope.rules.solid and not word.capital and noun


def _revises(scope: Scope, index: int) -> bool:
    """Whether what is done to another instrument follows: `en over de herziening van de AVG`."""
    words, rules = scope.words, scope.rules
    index += scope.opens(index, rules.subject)
    if not scope.is_word(index, rules.determiners):
        return False
    for position in range(index + 2, min(index + 4, len(words) - 1)):
        if words[position].folded in rules.of:
            after = position + 1 + scope.is_word(position + 1, rules.determiners)
            known = {candidate.start for candidate in scope.known}
            named = after < len(words) and rules.head(words[after].folded) is not None
            return named or (after < len(words) and words[after].start in known)
    return False


def is_new_title(scope: Scope, index: int, *, official: bool) -> bool:
    """Whether what a conjunction joins is another instrument, or another clause."""
    words, rules = scope.words, scope.rules
    if words[index - 1].text.endswith("-"):
        return False
    if official and (_amends(scope, index) or _is_bare_number(scope, index + 1)):
        return False
    start = index + 1
    if official and _is_authored(scope, start):
        return True
    if not official and _revises(scope, start):
        return True
    # `en het voorstel voor een verordening`
    for position in range(start, min(start + 5, len(words))):
        word = words[position]
        if position == start and (word.verb or word.folded in rules.stops):
            # `on preventing and combating violence`
            return not (word.verb and words[index - 1].verb and rules.gerunds)
        if any(candidate.start == word.start for candidate in scope.known):
            return True
        if scope.is_pinpoint(position) or (position == start and word.folded in rules.anaphoric):
            return True
        if head := rules.head(word.folded):
            between = words[start:position]
            if not between and _modifies(scope, position):
                continue
            if word.folded in rules.plural:
                return True
            marked = any(w.capital or w.folded in rules.determiners for w in between)
            return head[1] or word.capital or not between or marked
        if not word.text[0].isalpha() or word.folded in rules.conjunctions:
            return False
    return False
