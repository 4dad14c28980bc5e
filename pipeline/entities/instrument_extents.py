"""How far a listed name or a numbered act extends: its author, its owner, its title and its date.

The lists and the number patterns find the core of a mention; this module reads on to both sides.
"""

from __future__ import annotations

import re
from dataclasses import replace

from pipeline.entities import (
    instrument_laws,
    instrument_lexicon,
    instrument_starts,
    instrument_states,
)
from pipeline.entities.candidates import Candidate, instrument
from pipeline.entities.instrument_acronyms import ACRONYM, wordlike
from pipeline.entities.instrument_heads import Heads
from pipeline.entities.instrument_scope import Scope
from pipeline.entities.instrument_tails import bracketed_end, follow
from pipeline.entities.spans import RAISED
from pipeline.names import slug

_YEAR = re.compile(r",?\s(?:19|20)\d{2}(?![\w/:-]|\.\d)")
_SMALL_ACRONYM = re.compile(r"\s\((?P<acronym>[A-Z][a-z]{2,12})\)")
_PERIOD = re.compile(r"\s20\d{2}\s?[–-]\s?20\d{2}(?!\w)")
_TITLED = (
    "pattern:act",
    "pattern:resolution",
    "pattern:law",
    "pattern:decision",
    "pattern:treaty",
    "pattern:convention",
    "pattern:un",
)
_TREATY = "treaty"
_HEAD = re.compile(r"[A-Z][^\W\d_]+")
_PLACE = re.compile(r"(?<=[a-z\d] )(?P<name>[A-Z][a-z]{3,20}) \Z")
_NUMBERED = ("pattern:law", "pattern:decision")
_SUBJECTS = ("treaty", "declaration", "agreement")
_FEWEST = 2  # words of a subject
_LONG_TITLE = 6  # words of a title that may have its short name in brackets


def extended(candidate: Candidate, scope: Scope, lang: str) -> Candidate:
    """A listed title with its author, acronym and date; a numbered act with the title after it."""
    text, end = scope.text, candidate.end
    if text[end : end + 1].isdigit() or text[end : end + 1] == RAISED:  # a footnote mark
        return candidate
    if candidate.source in _TITLED and _is_titled(candidate, text):
        index = scope.index_at(end)
        # `imposed sanctions under Executive Order 13818 on A and B`
        if index and not (candidate.source in _NUMBERED and scope.words[index].outside):
            official = candidate.source == "pattern:act"
            place = candidate.kind == "decision"
            tail = follow(scope, index, purpose=candidate.kind, place=place, official=official)
            end = max(end, tail.end)
            end = scope.rules.past_others(text, end)
    elif candidate.source == "lexicon:instruments":
        candidate = _with_other_subject(candidate, scope, lang)
        end = _listed_end(candidate, scope, lang)
    start = candidate.start
    if candidate.source.startswith(("lexicon", "pattern:act", "pattern:resolution")):
        start = _author_start(text, start, scope.rules)
    if candidate.source == "pattern:law":
        candidate = _with_modifiers(candidate, scope)
        start = candidate.start
    title = candidate.title
    national = instrument_states.of_law(candidate.entity) is not None
    kind = instrument_laws.is_kind_of_law(text[start:end], lang)
    if candidate.source == "pattern:law" or national or kind:
        start = _owner_start(scope, start)
    if title and title[1] == candidate.end:  # a short name stays without its number
        title = (title[0], end)
    return replace(candidate, start=start, end=end, title=title)


def _listed_end(candidate: Candidate, scope: Scope, lang: str) -> int:
    """Where a listed name ends with its country, its years, a bracketed acronym and a date."""
    text, rules, end = scope.text, scope.rules, candidate.end
    if instrument_laws.is_kind_of_law(text[candidate.start : end], lang) and (
        country := rules.named_after.match(text, end)
    ):
        end = country.end()
    end = _completed(scope, candidate, end)
    years = _PERIOD.match(text, end) or _year_of(candidate, text, end, lang)
    if years and not rules.year_opens.match(text, end):
        end = years.end()
    body = rules.body_after.match(text, end)
    if body and candidate.source.startswith("lexicon") and rules.date.match(text, body.end()):
        end = body.end()  # `millenniumverklaring van de Verenigde Naties van 8 september 2000`
    while match := (
        ACRONYM.match(text, end)
        or rules.date.match(text, end)
        or _small_acronym(candidate, text, end, lang)
        or _PERIOD.match(text, end)
    ):
        end = match.end()
    if len(text[candidate.start : end].split()) >= _LONG_TITLE:
        end = bracketed_end(scope, end) or end
    return end


def _with_other_subject(candidate: Candidate, scope: Scope, lang: str) -> Candidate:
    """A short name that ends in its head, with the parties or the subject that stand behind it.

    Where the subject is another than the listed one, so is the instrument: the `New York
    Declaration on the Question of Palestine` is not the one `for Refugees and Migrants`.
    """
    rules, text = scope.rules, scope.text
    index = scope.index_at(candidate.end)
    if index is None or index == 0 or rules.solid or candidate.entity is None:
        return candidate
    between = scope.opens(index, rules.between)
    inside = [w for w in scope.words[:index] if w.start >= candidate.start]
    heads_inside = [h for w in (inside if between else inside[-1:]) if (h := rules.head(w.folded))]
    found = heads_inside[0] if heads_inside else None
    opener = between or scope.opens(index, rules.stated)
    if found is None or not opener or found[0] not in _SUBJECTS:
        return candidate
    tail = follow(scope, index, purpose=found[0])
    subject = text[candidate.end : tail.end]
    if between:
        return replace(candidate, end=tail.end) if tail.parties else candidate
    words = [w for w in subject.split()[opener:] if w.casefold() not in rules.trailing]
    if not tail.complement or len(words) < _FEWEST or not all(w[:1].isupper() for w in words[:2]):
        return candidate
    entity = candidate.entity
    names = " ".join((entity.label, *entity.labels.values()))
    same = {*_keys(subject, lang)} & {*_keys(names, lang)}
    if same - {*_keys(text[candidate.start : candidate.end], lang)} - {"@on", "and", "of"}:
        return replace(candidate, end=tail.end)
    span = (candidate.start, tail.end)
    return Candidate(*span, f"pattern:{found[0]}", 0, title=span)


def _keys(text: str, lang: str) -> list[str]:
    return [key.text for key in instrument_lexicon.lexicon(lang).normaliser.keys(text)]


def _year_of(candidate: Candidate, text: str, end: int, lang: str) -> re.Match[str] | None:
    """The year behind a listed name, unless the instrument is known to be of another year."""
    year, entity = _YEAR.match(text, end), candidate.entity
    made = instrument_lexicon.lexicon(lang).years.get(entity.entity_id) if entity else None
    return None if year and made and not year.group().endswith(made) else year


def _small_acronym(candidate: Candidate, text: str, end: int, lang: str) -> re.Match[str] | None:
    """A listed acronym in brackets that is written as a word: `havsrättskonvention (Unclos)`."""
    match, listed = _SMALL_ACRONYM.match(text, end), instrument_lexicon.lexicon(lang)
    if match is None:
        return None
    for acronym in (match["acronym"], match["acronym"].upper()):
        keys = listed.acronyms.get(acronym)
        if keys and listed.resolve(keys) == candidate.entity:
            return match
    return wordlike(text, candidate.start, end)


def _completed(scope: Scope, candidate: Candidate, end: int) -> int:
    """Where a short name ends that a head and a place make up, when a date or subject follows.

    `Verdrag van Genève van 28 juli 1951 betreffende …` is more than the `Verdrag van Genève`.
    """
    index = scope.index_at(candidate.start)
    if index is None or scope.rules.head(scope.words[index].folded) is None:
        return end
    if not scope.rules.named_after.fullmatch(scope.text, scope.words[index].end, end):
        return end
    after = scope.index_at(end)
    return max(end, follow(scope, after).end) if after else end


def _is_titled(candidate: Candidate, text: str) -> bool:
    """Whether the title of a numbered act may follow: a number without its series ends the name."""
    if candidate.source == "pattern:un":  # only where a noun stands before the symbol
        return " " in text[candidate.start : candidate.end]
    return (
        candidate.source != "pattern:act"
        or text[candidate.end - 1].isalpha()
        or "(" in text[candidate.start : candidate.end]
    )


def _author_start(text: str, start: int, rules: Heads) -> int:
    """Where a listed title starts with what is in front: `FN:s`, `1951`, `proposal for a`."""
    if proposal := rules.proposal.search(text, max(0, start - 70), start):
        return proposal.start()
    year = rules.year_before.search(text, max(0, start - 10), start)
    if year and not rules.month_before.search(text, max(0, year.start() - 15), year.start()):
        start = year.start()
    author = rules.author.search(text, max(0, start - 60), start)
    if author:
        return author.start()
    return _place_start(text, start, rules)


def _place_start(text: str, start: int, rules: Heads) -> int:
    """Where a treaty starts with the place in front of its head: `the 1954 Hague Convention for …`.

    That place is one word with a capital, behind one without.
    """
    head, place = _HEAD.match(text, start), _PLACE.search(text, max(0, start - 30), start)
    kind = rules.head(head.group().casefold()) if head else None
    if kind is None or place is None or kind[0] != _TREATY or kind[2]:
        return start
    if place["name"].casefold() in rules.weak | rules.stops | rules.trailing:
        return start
    year = rules.year_before.search(text, max(0, place.start("name") - 10), place.start("name"))
    return year.start() if year else place.start("name")


def _with_modifiers(candidate: Candidate, scope: Scope) -> Candidate:
    """A numbered law with what it is called in front: `Counter-Terrorism Law No. 2015-26`."""
    index, entity = scope.index_at(candidate.start), candidate.entity
    if index is None or entity is None or scope.rules.solid or not scope.words[index].capital:
        return candidate
    first = instrument_starts.first_word(scope, index, "law")
    owner = instrument_starts.genitive_before(scope.words, index, scope.rules)
    if owner is not None and owner >= first:
        first = owner + 1
    front = scope.words[first:index]
    if not front or any(word.aside for word in front):
        return candidate
    start = front[0].start
    label = f"{' '.join(scope.text[start : candidate.start].split())} {entity.label}"
    entity = instrument(f"slug:{slug(label)}", label)
    return replace(candidate, start=start, entity=entity, title=(start, candidate.end))


def _owner_start(scope: Scope, start: int) -> int:
    """Where a numbered law starts with the country in front: `Hungary's Act LXXVI of 2017`."""
    index = scope.index_at(start)
    owner = instrument_starts.genitive_before(scope.words, index or 0, scope.rules)
    if owner is None:
        return start
    return scope.rules.name_start(scope.text, scope.words[owner].start)
