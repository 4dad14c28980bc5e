"""Titles of resolutions that a footnote mark or a procedure number closes."""

from __future__ import annotations

from pipeline.entities.instrument_scope import Scope

_LONGEST_TITLE = 60
_CLOSING = frozenset(".;!?")
_NEAR = 3


def closed(scope: Scope, end: int, *, dated: bool = True, alone: bool = False) -> int:
    """Where the title of a resolution ends that a footnote mark or its procedure number closes.

    Such a title may hold what ends others (`on X, arrest of Y(1)`); `end` is where the words alone
    would end it, and is given back where what follows is another title, a clause or a date. A
    title without a date (`dated`) only its number closes. A line that opens with it (`alone`) and
    has no predicate is the title to its end.
    """
    words, rules = scope.words, scope.rules
    first = scope.index_at(end)
    if first is None:
        return end
    since = _LONGEST_TITLE  # words since the last comma or conjunction
    for index in range(first, min(len(words), first + _LONGEST_TITLE)):
        word = words[index]
        number = word.text == "(" and any(
            c.kind == "procedure" and c.start == word.end for c in scope.known
        )
        if (word.aside and dated) or number:
            return words[index - 1].end if index > first else end
        head = rules.head(word.folded)
        if word.aside or word.text in _CLOSING or (head and head[0] == "resolution"):
            return end
        if rules.day.match(scope.text, word.start):
            return end
        if word.text == "," or word.folded in rules.conjunctions:
            since = 0
            continue
        since += 1
        relative = since == 1 and (word.verb or word.folded in rules.relative)
        known = head or any(c.start == word.start for c in scope.known)
        named = since <= _NEAR and known
        if relative or named or (since <= _NEAR and word.text[0].isdigit()):
            return end
        if word.folded in rules.trailing or word.folded in rules.stops:
            since = _LONGEST_TITLE
        if alone and word.verb and word.outside:
            return end
    return words[-1].end if alone and len(words) - first <= _LONGEST_TITLE else end
