"""Titles that no list holds: a head noun (`wet`, `konventionen`, `Agreement`) and what names it.

A head noun alone is generic. It names one instrument together with a complement that states its
subject (`lagen om fredliga sammankomster`), its parties (`overeenkomst tussen de EU en Belarus`),
its date (`decreet van 4 september 2023`), its author (`Kazakstans strafflag`), or inside a
compound (`fackföreningslagen`). Which of them it takes depends on the class of the head.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.entities.candidates import Candidate
from pipeline.entities.instrument_closings import closed
from pipeline.entities.instrument_heads import Heads, Word
from pipeline.entities.instrument_laws import is_kind_of_law
from pipeline.entities.instrument_scope import Scope
from pipeline.entities.instrument_starts import (
    PAIR,
    PAIRED,
    first_word,
    genitive_before,
    has_nationality,
    modifiers_start,
    opens,
)
from pipeline.entities.instrument_tails import Tail, follow

# Heads that a proper name after `of` completes.
_PLACED = frozenset(("treaty", "agreement", "declaration", "pact", "law", "constitution"))
YEAR = re.compile(r"(?:1[89]|20)\d{2}")


def find(scope: Scope, lang: str) -> Iterator[Candidate]:
    """Unlisted titles of a sentence, beside the listed titles and numbers known to stand in it."""
    text, sentence, rules, known = scope.text, scope.words, scope.rules, scope.known
    covered = [(candidate.start, candidate.end) for candidate in known]
    for match in rules.rules.finditer(text):
        if not any(start < match.end() and match.start() < end for start, end in covered):
            yield Candidate(*match.span(), "pattern:rules", 3, title=match.span())
    for index, word in enumerate(sentence):
        found = rules.head(word.folded)
        if found is None and index:
            found = rules.qualified_head(word.folded, sentence[index - 1].folded)
        if found is None or any(start < word.end and word.start < end for start, end in covered):
            continue
        kind, definite, compound = found
        first = first_word(scope, index, kind)
        modifiers = modifiers_start(scope, index) if first == index else index
        if modifiers < index and not _is_of_body(scope, modifiers):
            first = modifiers
        start = sentence[first].start
        dated = None
        if kind == "resolution":
            dated = rules.date_before.search(text, max(0, start - 32), start)
        if dated and (day := scope.index_at(dated.start("date"))) is not None:
            first, start = day, dated.start("date")
        bodies = rules.body.finditer(text, max(0, start - 60), word.start)
        # The name may have split a body's: `Council of |Europe Convention`.
        split = next((m for m in bodies if m.start() < start < m.end() < word.start), None)
        start = split.start() if split else start
        author = split or rules.author.search(text, max(0, start - 60), start)
        genitive = genitive_before(sentence, first, rules)
        while kind == "resolution" and genitive and _is_name(sentence, genitive - 1, rules):
            genitive -= 1  # `the WHO Executive Board's resolution`
        year = rules.year_before.search(text, max(0, start - 10), start)
        if year and rules.month_before.search(text, max(0, year.start() - 15), year.start()):
            year = None
        opening_at = author.start() if author else start
        proposal = None
        if kind == "act":
            proposal = rules.proposal.search(text, max(0, opening_at - 70), opening_at)
        if author and author.start() <= start and not proposal:
            start = author.start()
            if kind == "resolution" and genitive is not None:
                start = min(start, sentence[genitive].start)
        elif year:
            start = year.start()
        elif proposal:
            start = proposal.start()
        elif genitive is not None:
            start = sentence[genitive].start
        start = rules.name_start(text, start)
        owned = bool(author) or genitive is not None or _has_genitive(sentence, first, index, rules)
        pinpointed = kind == "constitution" and rules.pinpoint_before.search(text, 0, start)
        # `Etiopiens nationella handlingsplan` is named by its country.
        named = pinpointed or (kind == "policy" and genitive is not None)
        if not named and _is_anaphoric(sentence, first, rules, kind):
            continue
        if kind == "law" and index and sentence[index - 1].folded in rules.fields:
            continue
        if kind == "law" and tuple(w.folded for w in sentence[:index][-2:]) in rules.no_laws:
            continue
        if _is_other_act(scope, kind, first, index):
            continue
        named_compound = compound and word.capital and kind == "treaty"
        named_compound = named_compound and not word.folded.startswith(rules.joined_authors)
        purpose = "" if named_compound or (compound and kind in ("law", "act")) else kind
        capital = word.capital and index > 0 and not text.isupper()
        # `het Nationaal actieplan tegen racisme`
        if kind == "policy" and first < index and sentence[first].capital:
            capital = capital or _determined(sentence, first, rules)
        # A bare noun that opens a line is a title: "Verdrag inzake …".
        opening = word.capital and not any(w.text[0].isalpha() for w in sentence[:first])
        place = kind in _PLACED and word.folded not in rules.plural
        place = place and (capital or definite or _determined(sentence, first, rules))
        proposed = proposal is not None
        tail = follow(
            scope,
            index + 1 + scope.opens(index + 1, rules.completions),
            purpose=purpose,
            place=place,
            official=proposed,
            proposal=proposed,
            dated=dated is not None,
            owned=owned,
        )
        issued = bool(author) or bool(rules.body.search(text, start, word.start))
        owned = owned or issued
        if kind == "regime" and not issued:  # `Assad's regime` is a government
            owned = owned and bool(rules.sanctions.search(text, start, word.end))
        bare = not (owned or tail.complement)
        if kind == "decree" and bare and rules.month_after.match(text, word.end):
            continue  # `decisions of September 2015` are several
        owned = owned or (bool(year) and kind == "law")
        surroundings = Surroundings(
            tail,
            definite
            or owned
            or bool(year or proposal)
            or opening
            or _determined(sentence, first, rules),
            first > 0 and sentence[first - 1].folded in rules.possessives and not pinpointed,
            capital,
            compound,
            owned,
            named=(
                _named(sentence, first, index, rules) and (capital or compound or kind == "regime")
            )
            or (kind in PAIRED and _is_pair(sentence, first)),
            modified=first == modifiers < index and _is_modified(scope, first, index, tail, lang),
            enhanced=any(w.text.endswith("-") for w in sentence[first + 1 : index]),
            proposed=proposal is not None,
            issued=word.folded.endswith(rules.conclusions)
            and _has_capital(sentence, index, tail.end)
            and any(w.text.startswith(rules.council) for w in sentence),
        )
        if tail.parties and not _has_capital(sentence, index, tail.end):
            tail = replace(tail, parties=False, complement=False)
        conclusions = word.folded.startswith(rules.conclusions)
        inner = [rules.head(w.folded) for w in sentence[index + 1 :] if w.start < tail.end]
        single = not conclusions and not any(head and head[0] == "resolution" for head in inner)
        after = scope.index_at(tail.end)
        stated = after is not None and scope.opens(after, rules.stated)
        if kind == "resolution" and single and (tail.complement or tail.body or stated):
            tail = replace(tail, end=closed(scope, tail.end, dated=tail.date, alone=start == 0))
        surroundings = replace(surroundings, tail=tail)
        if _names(kind, word, surroundings, rules):
            yield Candidate(start, tail.end, f"pattern:{kind}", 3, title=(start, tail.end))
        elif kind != "resolution":
            continue
        if word.folded in rules.plural:
            european = any(name in text[start : word.end] for name in rules.european_council)
            plural = "european-conclusions" if european else "conclusions"
            yield from _more_dates(scope, tail, plural if conclusions else kind)
        elif kind == "resolution" and tail.date:
            yield from _more_dates(scope, tail, kind, marked=True)


def _more_dates(
    scope: Scope, tail: Tail, kind: str, *, marked: bool = False
) -> Iterator[Candidate]:
    """Further dates under one head, each with the subject that follows it.

    Under a head in the singular (`marked`) a footnote must end each title, or a subject follow the
    date: `its resolution of 9 June 2016 on X(1), of 14 December 2017 on Y(2)`.

    `resolutionerna av den 18 april 2013 och den 15 mars 2012`; `its resolutions on Afghanistan, in
    particular those of 16 September 2021 on … and of 7 April 2022 on …`.
    """
    rules = scope.rules
    either = (rules.headless_date, rules.marked_date)
    following = either if marked else (rules.next_date, rules.marked_date)

    def after(end: int) -> re.Match[str] | None:
        return next(filter(None, (form.match(scope.text, end) for form in following)), None)

    match = None if marked else rules.those_dates.match(scope.text, tail.end)
    if match is None and tail.date:
        match = after(tail.end)
    while match:
        start, end = match.span("date")
        if index := scope.index_at(end):
            end = max(end, follow(scope, index, purpose="resolution", dated=True).end)
            end = closed(scope, end)
        yield Candidate(start, end, f"pattern:{kind}", 3, title=(start, end))
        match = after(end)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands around a head noun.

    Attributes:
        tail: what follows it.
        possessed: a possessive stands right before it.
        definite: an article, possessive, genitive or its own form makes it definite.
        capital: it has a capital that does not come from its place in the sentence.
        compound: it is the last part of a solid or hyphenated compound.
        owned: its author is named.
        modified: nouns in small letters in front are, with the country beside them.
        named: capitalised words in front belong to its name.
        proposed: it is a proposal for one.
        issued: conclusions with a name in their subject, in a sentence about the Council.
        enhanced: a coordinated compound with an adjective in front is its name.
    """

    tail: Tail
    definite: bool
    possessed: bool
    capital: bool
    compound: bool
    owned: bool
    named: bool
    modified: bool
    enhanced: bool
    issued: bool
    proposed: bool


def _names(kind: str, word: Word, around: Surroundings, rules: Heads) -> bool:
    """Whether a head of this class, with what surrounds it, names one instrument."""
    tail, definite = around.tail, around.definite or around.capital
    folded = rules.base(word.folded)
    whole = (
        around.compound
        and around.definite
        and folded.endswith(rules.compound)
        and folded not in rules.generic
    )
    hyphenated = around.compound and "-" in word.text and word.capital
    match kind:
        case "constitution":
            return (around.definite and not around.possessed) or around.owned or tail.place
        case "resolution":
            several = word.folded in rules.plural and not word.folded.startswith(rules.conclusions)
            issued = around.owned or tail.body or around.issued
            return tail.date or (tail.complement and issued and not several)
        case "decree":
            return tail.date
        case "declaration":
            titled = word.capital and (tail.complement or tail.place or around.named)
            return (around.definite and tail.date) or titled
        case "policy":
            named = around.named or hyphenated
            paired = definite and (tail.parties or (tail.acronym and tail.complement))
            owned = around.owned or around.capital or tail.body
            return named or paired or (owned and tail.complement)
        case "agreement":
            dated = tail.date and definite
            titled = word.capital and tail.complement and definite
            whole = whole and word.capital
            named = around.named or around.enhanced or whole or tail.place
            concluded = tail.parties and (definite or tail.subject)
            concluded = concluded or (tail.acronym and tail.complement and definite)
            return concluded or named or dated or titled
        case "regime":
            authored = around.named or hyphenated
            return around.owned or authored or (definite and tail.complement)
        case "amendment":
            return around.named or (whole and hyphenated)
        case "law" if not around.capital and not around.compound:
            dated = tail.date and definite
            named = around.named or around.modified
            return around.owned or named or dated or (definite and tail.lawful)
        case "law" if around.owned:
            return True
        case _:
            dated = tail.date and definite and (kind in ("treaty", "law"))
            proposed = around.proposed and around.compound
            named = whole or around.named or tail.place or proposed
            # `VN-verdragen over de rechten van de mens` are many.
            many = kind == "treaty" and folded.endswith(rules.plural) and not tail.parties
            return named or dated or (definite and tail.complement and not many)


def _is_of_body(scope: Scope, first: int) -> bool:
    """Whether an institution stands in front: `EU asylum law` is a branch of the law."""
    start = scope.words[first].start
    return scope.rules.author.search(scope.text, max(0, start - 60), start) is not None


def _is_modified(scope: Scope, first: int, index: int, tail: Tail, lang: str) -> bool:
    """Whether nouns in small letters and a country name a law: `the Polish media law`.

    Instead of the country's adjective, an article or a place behind does beside a kind of law that
    many countries have.
    """
    if has_nationality(scope, first):
        return True
    definite = tail.place or _determined(scope.words, first, scope.rules)
    name = scope.text[scope.words[first].start : scope.words[index].end]
    return definite and is_kind_of_law(name, lang)


def _is_anaphoric(sentence: Sequence[Word], first: int, rules: Heads, kind: str) -> bool:
    """Whether the words in front of a head refer back or make it generic (`the said Act`).

    What stands before an article does not: `recalls that the Association Agreement …`; nor do an
    author's `own conclusions`.
    """
    front = sentence[max(0, first - 2) : first]
    if front and front[-1].folded in rules.determiners and len(front) > 1:
        front = front[-1:]
    anaphoric = rules.anaphoric - rules.own if kind == "resolution" else rules.anaphoric
    return any(word.folded in anaphoric for word in front)


def _is_pair(sentence: Sequence[Word], first: int) -> bool:
    """Whether the name of an agreement starts with its two parties: `UK-Rwanda agreement`."""
    return bool(PAIR.fullmatch(sentence[first].text))


def _is_other_act(scope: Scope, kind: str, first: int, index: int) -> bool:
    """Whether a decision is a court's, or a declaration somebody's mere statement."""
    rules, sentence = scope.rules, scope.words
    around = [*sentence[max(0, first - 2) : first], *sentence[index + 1 : index + 5]]
    if kind == "decree":
        return any(word.folded.endswith(rules.courts) for word in around)
    return kind == "declaration" and any(word.folded in rules.speakers for word in around)


def _has_capital(sentence: Sequence[Word], index: int, end: int) -> bool:
    """Whether a name stands in the complement of a head: the parties of an agreement have one."""
    return any(word.capital for word in sentence[index + 1 :] if word.start < end)


def _named(sentence: Sequence[Word], first: int, index: int, rules: Heads) -> bool:
    """Whether capitalised words in front name the instrument (`Additional` alone does not)."""
    front = [word for word in sentence[first:index] if word.text[0].isalpha()]
    return any(word.capital and word.folded not in rules.weak for word in front)


def _is_name(sentence: Sequence[Word], index: int, rules: Heads) -> bool:
    """Whether a word with a capital that is more than the first of its sentence stands there."""
    word = sentence[index]
    return word.capital and word.text[0].isalpha() and not opens(sentence, index, rules)


def _has_genitive(sentence: Sequence[Word], first: int, index: int, rules: Heads) -> bool:
    """Whether the name to the left of a head is its owner: `Kazakstans konstitution`."""
    owner = genitive_before(sentence, index, rules) if first < index else None
    return owner is not None and owner >= first


def _determined(sentence: Sequence[Word], first: int, rules: Heads) -> bool:
    """Whether a definite article or possessive stands before the name, over two adjectives."""
    for index in range(first - 1, max(-1, first - 4), -1):
        word = sentence[index]
        if word.folded in rules.determiners:
            return True
        if YEAR.fullmatch(word.text):
            continue
        capital = word.capital and not rules.solid
        if not word.text[0].isalpha() or word.folded in rules.trailing or capital:
            return False
    return False
