"""What follows the head noun or number of an instrument: where its title ends."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.entities import instrument_acronyms as acronyms
from pipeline.entities.instrument_acronyms import ACRONYM, COMMUNITIES
from pipeline.entities.instrument_heads import Heads, Word
from pipeline.entities.instrument_joints import (
    cited_act,
    continues,
    is_new_title,
    is_nominal,
    is_parallel,
)
from pipeline.entities.instrument_scope import Scope

_DAY = re.compile(r"\d{1,2}(?!\d) +[^\W\d_]")
_COMMA_YEAR = re.compile(r",\s(?:1[89]|20)\d{2}(?![\w/:-]|\.\d)")
_YEAR_AFTER = re.compile(
    r",?\s(?:1[5-9]|20)\d{2}(?:\s?[–-]\s?20\d{2})?(?![\w/:-]|\.\d|\s\((?:19|20)\d\d\))"
)
_PERIOD_AFTER = re.compile(r"\s20\d{2}\s?[–-]\s?20\d{2}(?!\w)")
_PAIR_AFTER = re.compile(r"\s[A-Z]\w+[-–][A-Z]\w+(?![\w-])")
_YEAR = re.compile(r"(?:1[5-9]|20)\d{2}")
_GLOSS = re.compile(r"\([^\W\d_A-ZÅÄÖ]{3,20}(?: [^\W\d_A-ZÅÄÖ]{2,20}){0,2}\)(?= )")
_LONGEST_TITLE = 60
_OPEN_MARKS = frozenset('.;:!?(”"“[<>•|)]„»«')
_INNER_MARKS = frozenset("-–&/'’*")  # `Kosovo*`


@dataclass(frozen=True, slots=True)
class Tail:
    """What follows a head: where it ends, and which kinds of complement it holds.

    `lawful`: the complement opens as the subject of a law does, even in lower case. `subject`: it
    states, beside the parties, what they agreed on. `acronym`: one in brackets follows.
    """

    end: int
    complement: bool = False
    parties: bool = False
    date: bool = False
    body: bool = False
    place: bool = False
    lawful: bool = False
    subject: bool = False
    acronym: bool = False


def follow(
    scope: Scope,
    index: int,
    *,
    purpose: str = "",
    place: bool = False,
    official: bool = False,
    proposal: bool = False,
    dated: bool = False,
    owned: bool = False,
) -> Tail:
    """Reads what follows a head noun or a number: acronym, dates, author, subject, parties.

    Args:
        scope: the sentence.
        index: the first word after the head.
        purpose: the class of the head, whose table of prepositions such as `against` and `for`
            can open the subject too; after other heads these begin another phrase.
        place: a proper name after `of` belongs to the title (`Treaty of London`).
        official: the head is a numbered act; after a date its whole official title follows, with
            the relative clauses and the lists of amended acts that such titles have.
        dated: the head is a date.
        owned: an author stands in front, so that a day without its year may follow.
        proposal: it is the proposal of one, whose official title follows undated.
    """
    rules, end = scope.rules, scope.words[index - 1].end
    complement = parties = body = placed = lawful = subject = acronym = False
    date, opened = dated, scope.words[index - 1].start
    year = _YEAR_AFTER.match(scope.text, end)
    if year and purpose == "resolution" and year.group().startswith(","):
        year = None  # `resolutions 1325, 1820 and 1888`
    if year and not rules.year_opens.match(scope.text, end):
        date, end = True, year.end()
    if match := (
        (rules.issued.match(scope.text, end) or (owned and rules.day_after.match(scope.text, end)))
        if purpose == "resolution"
        and not scope.words[index - 1].folded.startswith(rules.communications)
        else None
    ):
        date, end = True, match.end()
        body = match.re is rules.issued
    while True:
        if match := (
            ACRONYM.match(scope.text, end)
            or rules.date.match(scope.text, end)
            or (complement and acronyms.wordlike(scope.text, opened, end))
            or (purpose == "resolution" and rules.bracketed_date.match(scope.text, end))
            or (purpose == "resolution" and rules.configured_date.match(scope.text, end))
            or (not complement and rules.quoted_date.match(scope.text, end))
        ):
            bracketed = "acronym" in match.re.groupindex
            date = date or not bracketed
            acronym = acronym or (bracketed and match["acronym"] not in COMMUNITIES)
            end = match.end()
            continue
        if complement and (bracket := bracketed_end(scope, end)):
            end = bracket
            continue
        if not complement and (pair := _PAIR_AFTER.match(scope.text, end)):
            complement = parties = True
            end = pair.end()
            continue
        if place and not placed and not complement and (match := _name_after(scope, end)):
            placed, end = True, match.end()
            continue
        if not body and not complement and (match := rules.body_after.match(scope.text, end)):
            body, end = True, match.end()
            continue
        while index < len(scope.words) and scope.words[index].start < end:
            index += 1
        if complement and purpose == "policy" and (period := _PERIOD_AFTER.match(scope.text, end)):
            date, end = True, period.end()
            continue
        closing = complement and purpose == "treaty"
        closing = closing and not rules.year_opens.match(scope.text, end)
        if closing and (year := _COMMA_YEAR.match(scope.text, end)):
            date, end = True, year.end()
            continue
        opener = _opener(scope, index, purpose=purpose, official=official)
        opener = opener or int(official and date and _is_participle(scope, index))
        bare = opener == 0 and not complement and _has_bare_subject(scope, index, purpose)
        if complement or (opener == 0 and not bare):
            return Tail(end, complement, parties, date, body, placed, lawful, subject, acronym)
        complete = official and (date or proposal)
        resolved = date and purpose == "resolution"
        heading = purpose != "resolution"
        stop = _title_end(
            scope,
            index,
            opener,
            official=complete,
            act=official,
            resolved=resolved,
            heading=heading,
        )
        if purpose != "resolution" and not official:
            stop = _before_month(scope, index + opener, stop)
        if stop <= index + opener:
            return Tail(end, complement, parties, date, body, placed, lawful, subject, acronym)
        lawful = bool(scope.opens(index, rules.law_subject, 4))
        complement, end = True, scope.words[stop - 1].end
        subject = any(scope.opens(i, rules.subject) for i in range(index + opener, stop))
        parties = any(
            scope.opens(i, rules.between, rules.longest_between)
            or (i == index and scope.opens(i, rules.partner))
            for i in range(index, stop)
        )


def bracketed_end(scope: Scope, end: int) -> int | None:
    """Where a title ends with its short name or `(recast)` in brackets."""
    if match := scope.rules.recast.match(scope.text, end):
        return match.end()
    if not scope.text.startswith(" (", end):
        return None
    names = (c for c in scope.known if c.start == end + 2 and c.source == "lexicon:instruments")
    return next((c.end + 1 for c in names if scope.text.startswith(")", c.end)), None)


def _has_bare_subject(scope: Scope, index: int, purpose: str) -> bool:
    """Whether nouns right after the capitalised head of a law say what it is about."""
    if not scope.rules.bare_subject or not 1 < index < len(scope.words):
        return False
    head, word = scope.words[index - 1], scope.words[index]
    if purpose == "policy":  # `Nationaal Actieplan Bedrijfsleven en Mensenrechten`
        titled = index > 1 and scope.words[index - 2].capital and word.nominal
        return head.capital and (word.capital or titled) and word.end - word.start > 2
    if purpose != "law":
        return False
    # `Uitvoerings- en implementatiewet Asiel- en migratiepact`
    joined = index > 3 and scope.words[index - 3].text.endswith("-")
    capital = head.capital or (joined and scope.words[index - 3].capital)
    if capital and any(c.start == word.start and c.title for c in scope.known):
        return True
    plain = word.folded not in scope.rules.stops and word.folded not in scope.rules.trailing
    return head.capital and word.nominal and not word.capital and plain


def _name_after(scope: Scope, end: int) -> re.Match[str] | None:
    """A proper name that completes the title, unless it is an instrument itself."""
    match = scope.rules.named_after.match(scope.text, end)
    if match and any(c.start < match.end() and match.start() < c.end for c in scope.known):
        return None
    return match


def _opener(scope: Scope, index: int, *, purpose: str, official: bool) -> int:
    """How many words at a position open a complement (`om`, `with respect to`); 0 for none."""
    rules = scope.rules
    subject = rules.stated if purpose == "resolution" else rules.subject
    length = scope.opens(index, subject) or scope.opens(index, rules.between, rules.longest_between)
    if not length and official:
        length = scope.opens(index, rules.act_subject)
    if not length and (length := scope.opens(index, rules.purpose.get(purpose, frozenset()))):
        free = not rules.purpose_capital and scope.words[index - 1].folded not in rules.common
        # A capital makes a strategy or roadmap a title, whatever its subject begins with.
        titled = purpose == "policy" and index > 1 and scope.words[index - 1].capital
        named = free or titled or length > 1 or _has_capital(scope, index + length)
        named = named or _is_listed(scope, index + length)
        length *= named and not scope.is_word(index + length, rules.anaphoric)
    if not length and (length := scope.opens(index, rules.partner)):
        # A partner is a name: `associeringsavtal med Georgien`.
        following = scope.words[index + length : index + length + 2]
        length *= any(word.capital for word in following)
        length *= not _is_instrument(scope, index + length)
    return length


def _is_participle(scope: Scope, index: int) -> bool:
    """Whether a participle behind an act's date opens its title: `listing`, not `including`."""
    rules = scope.rules
    word = scope.words[index] if rules.participle and index < len(scope.words) else None
    ends = word is not None and word.text.endswith(rules.participle) and word.folded == word.text
    return ends and not scope.is_word(index, rules.stops | rules.trailing)


def _is_instrument(scope: Scope, index: int) -> bool:
    """Whether another instrument stands at an index: `align the Election Law with the ECHR`."""
    starts = {candidate.start for candidate in scope.known}
    following = scope.words[index : index + 3]
    return any(w.start in starts or scope.rules.head(w.folded) is not None for w in following)


def _is_listed(scope: Scope, index: int) -> bool:
    """Whether a listed title stands at an index: `protokollet till konventionen om …`."""
    starts = {c.start for c in scope.known if c.source.startswith("lexicon")}
    return index < len(scope.words) and scope.words[index].start in starts


def _has_capital(scope: Scope, index: int) -> bool:
    """Whether the first word from `index` on, an article apart, has a capital."""
    words = [w for w in scope.words[index : index + 2] if w.folded not in scope.rules.determiners]
    return bool(words) and words[0].capital


def _title_end(
    scope: Scope,
    start: int,
    opener: int,
    *,
    official: bool,
    act: bool,
    resolved: bool,
    heading: bool,
) -> int:
    """The index after the last word of a title whose complement is opened at `start`.

    `heading`: where its first words have capitals, so has the rest.

    `resolved`: the title is that of a dated resolution, which may have a colon, and a comma
    between its subjects.
    """
    words, rules = scope.words, scope.rules
    opened = words[start - 1].start
    first = index = start + opener
    if index < len(words) and (
        _DAY.match(scope.text, words[index].start)
        or rules.month_first.match(scope.text, words[index].start)
    ):
        return start  # `adopted Decision (CFSP) 2024/385 on 19 January`
    between = scope.phrase(start, opener) in rules.between
    heading = heading and not between and not official and _is_title_case(scope, index)
    limit = min(len(words), index + _LONGEST_TITLE)
    while index < limit:
        word = words[index]
        if official and (cited := cited_act(scope, index)):
            index = cited
            continue
        titled = heading or official or (index == first and rules.gerunds)
        titled = titled or (act and word.nominal) or words[index - 1].folded in rules.determiners
        if not heading and _is_infinitive(scope, index):
            index += 1
            continue
        if resolved and word.text == ":" and is_nominal(scope, index + 1, skip=True):
            index += 1
            continue
        if index > first and (gloss := _gloss(scope, index)):
            index = gloss
            continue
        if index > first and (length := scope.opens(index, rules.participial)):
            index += length
            continue
        # `Wet internationaal verantwoord ondernemen (Wivo)`
        defined = ACRONYM.match(scope.text, word.end) is not None
        defined = defined or acronyms.wordlike(scope.text, opened, word.end) is not None
        titled = titled or defined
        if word.aside or word.text in _OPEN_MARKS or _is_verb(scope, word, titled):
            break
        if word.outside and index > first and word.verb == official and not defined:
            break
        if word.text == ",":
            party = between and _has_capital(scope, index + 1)
            subject = resolved and is_nominal(scope, index + 1) and is_parallel(scope, index + 1)
            if not party and not subject and not continues(scope, index + 1, official=official):
                break
        elif word.folded in rules.conjunctions:
            # The first conjunction between parties joins them.
            if not between and is_new_title(scope, index, official=official):
                break
            between = False
        elif _ends(scope, index, heading=heading, official=official, resolved=resolved):
            break
        index += 1
    while index > first and _is_trailing(words[index - 1], rules):
        index -= 1
    return index


def _gloss(scope: Scope, index: int) -> int | None:
    """The index after a gloss in small letters over which a title goes on: `(sanctions) in the`."""
    gloss = _GLOSS.match(scope.text, scope.words[index].start)
    after = scope.index_at(gloss.end()) if gloss else None
    if after is None or not scope.is_word(after, scope.rules.trailing - scope.rules.conjunctions):
        return None
    inside = scope.words[index + 1 : after - 1]
    return None if any(word.verb or word.aside for word in inside) else after


def _before_month(scope: Scope, first: int, stop: int) -> int:
    """Where a title ends before a month that says when it was adopted: `in April 2024`."""
    for index in range(first + 1, min(stop, len(scope.words))):
        if scope.rules.month.match(scope.text, scope.words[index].start):
            while index > first and _is_trailing(scope.words[index - 1], scope.rules):
                index -= 1
            return index
    return stop


def _ends(scope: Scope, index: int, *, heading: bool, official: bool, resolved: bool) -> bool:
    """Whether a title ends before a word that is neither a comma nor a conjunction."""
    word, rules = scope.words[index], scope.rules
    if word.text in rules.stops:
        allowed = official and word.text in rules.official
        return not allowed and not scope.opens(index, rules.parts, 4)
    if not word.text[0].isalnum():
        return word.text not in _INNER_MARKS
    small = not word.capital and word.text[0].isalpha() and word.folded not in rules.trailing
    if heading and small:
        return True
    if rules.date.match(scope.text, word.start - 1) or rules.day.match(scope.text, word.start):
        return True
    previous = scope.words[index - 1]
    if rules.solid and word.folded in rules.definite_articles and previous.nominal:
        return previous.folded not in rules.trailing
    # `Conclusions on EU priorities in UN human rights fora in 2025` is a heading.
    last = index + 1 == len(scope.words)
    owner = resolved or last or scope.is_word(index + 1, rules.after_years)
    return bool(_YEAR.fullmatch(word.text)) and previous.folded in rules.trailing and not owner


def _is_verb(scope: Scope, word: Word, titled: bool) -> bool:
    verb = word.verb and not word.capital
    return verb and not titled and (word.folded,) not in scope.rules.subject


def _is_infinitive(scope: Scope, index: int) -> bool:
    """Whether a marker and an infinitive complete a noun: `möjligheten att få tillstånd`."""
    words, marker = scope.words, scope.rules.infinitive
    if not (words[index].verb or words[index].folded in marker):
        return False
    at = index if words[index].folded in marker else index - 1
    verb = words[at + 1] if at + 1 < len(words) else None
    return bool(verb and verb.verb and verb.nominal and words[at].folded in marker)


def _is_title_case(scope: Scope, index: int) -> bool:
    """Whether the first two content words of a title are capitalised."""
    content = [
        word
        for word in scope.words[index : index + 6]
        if word.text[0].isalpha() and word.folded not in scope.rules.trailing
    ]
    capitals = len(content) > 1 and content[0].capital and content[1].capital
    return capitals and not scope.rules.definite


def _is_trailing(word: Word, rules: Heads) -> bool:
    return (
        word.folded in rules.trailing or word.folded in rules.conjunctions or word.text in ",-–'’*"
    )
