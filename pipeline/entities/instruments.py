"""Legal and policy instruments: listed names, numbered references, titles that no list holds.

Each sentence is read four times, every time in one pass: for listed titles and acronyms
(`instrument_lexicon`), for numbers (`citations`), for titles by their head nouns
(`instrument_titles`), and for pinpoint provisions (`provisions`), which join the title they
belong to. What the document itself says then completes the links: an acronym defined in brackets,
an official journal reference in the footnote of a title.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Doc

from pipeline.entities import (
    citations,
    countries,
    dependent_protocols,
    instrument_laws,
    instrument_lexicon,
    instrument_links,
    instrument_starts,
    instrument_titles,
    numbered_names,
    numbered_titles,
    provisions,
)
from pipeline.entities.candidates import Candidate, instrument, without_overlaps
from pipeline.entities.instrument_heads import Heads, heads
from pipeline.entities.instrument_marks import Sentence, sentences
from pipeline.entities.instrument_scope import Scope
from pipeline.entities.instrument_tails import ACRONYM, COMMUNITIES, follow
from pipeline.entities.spans import RAISED
from pipeline.names import slug
from pipeline.types import Mention

_DEFINITION = re.compile(r"\([\"“”„'‘]?(?P<acronym>[A-Z][\w-]{0,10}[A-Z0-9]s?)[\"”'’]?\)")
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
_SUBJECTS = ("treaty", "declaration", "agreement")
_FEWEST = 2  # words of a subject
_LONGEST_PINPOINT = 80
_URL = re.compile(r"(?:https?://|www\.)\S+")


def find(
    doc: Doc, states: Sequence[Mention] | None = None, anchor: dt.date | None = None
) -> Iterator[Mention]:
    """The instrument mentions of a document, in order; they do not overlap.

    Needs sentence boundaries. Parts of speech, where the Doc has them, sharpen the ends of unlisted
    titles.

    Args:
        doc: the document.
        states: its country mentions, where the caller has them; a national law is linked by them.
        anchor: its date, which is that of the conclusions or resolution that it is.

    Yields:
        Mentions whose entity is a listed instrument, or one with an identifier by rule, or else
        one that only its title identifies (no identifiers).
    """
    lang, text = doc.lang_, doc.text
    found: list[Candidate] = []
    for sentence in sentences(doc, text):
        found.extend(_moved(c, sentence.offset) for c in _candidates(sentence, lang))
    if not found:
        return
    states = list(countries.find(doc)) if states is None else states
    linked = instrument_links.link(found, text, lang, states, anchor)
    for candidate in _with_defined_acronyms(linked, text, lang):
        yield _mention(candidate)


def _candidates(sentence: Sentence, lang: str) -> list[Candidate]:
    """The settled candidates of one sentence."""
    text, rules = sentence.text, heads(lang)
    listed = [
        candidate
        for candidate in instrument_lexicon.find(text, lang)
        if not rules.organ.match(text, candidate.end)
        and not _is_second_part(candidate, text, rules)
    ]
    numbered = [
        *citations.find(text, lang),
        *numbered_titles.foreign(text, lang),
        *numbered_names.find(text, lang, listed),
        *dependent_protocols.find(text, lang, listed),
    ]
    addresses = [match.span() for match in _URL.finditer(text)] if "." in text else []
    known = [
        candidate
        for candidate in without_overlaps([*listed, *numbered])
        if not any(start <= candidate.start < end for start, end in addresses)
    ]
    if not known and not rules.any.search(text):
        return []
    if not known and text.isupper():
        sentence = sentence.in_small_letters(rules)
        text = sentence.text
    scope = Scope(text, sentence.words(rules.joined_state), rules, known)
    titles = instrument_titles.find(scope)
    settled = without_overlaps([*(_extended(c, scope, lang) for c in known), *titles])
    return without_overlaps(_with_provisions(settled, text, lang))


def _is_second_part(candidate: Candidate, text: str, rules: Heads) -> bool:
    """Whether a name ends a compound that names something else: `FDI-screeningsverordening`."""
    start = candidate.start
    if text[max(0, start - 1) : start] != "-" or not text[max(0, start - 2) : start - 1].isalnum():
        return False
    return rules.author.search(text, max(0, start - 60), start) is None


def _extended(candidate: Candidate, scope: Scope, lang: str) -> Candidate:
    """A listed title with its author, acronym and date; a numbered act with the title after it."""
    text, end = scope.text, candidate.end
    if text[end : end + 1].isdigit() or text[end : end + 1] == RAISED:  # a footnote mark
        return candidate
    if candidate.source in _TITLED and _is_titled(candidate, text):
        index = scope.index_at(end)
        if index:
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
    national = instrument_laws.state_of(candidate.entity) is not None
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
    keys = listed.acronyms.get(match["acronym"].upper()) if match else None
    return match if keys and listed.resolve(keys) == candidate.entity else None


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
    if proposal := rules.proposal.search(text, max(0, start - 40), start):
        return proposal.start()
    year = instrument_titles.YEAR_BEFORE.search(text, max(0, start - 10), start)
    if year and not rules.month_before.search(text, max(0, year.start() - 15), year.start()):
        start = year.start()
    author = rules.author.search(text, max(0, start - 60), start)
    return author.start() if author else start


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


def _with_provisions(candidates: Sequence[Candidate], text: str, lang: str) -> Iterator[Candidate]:
    """The candidates, joined with the pinpoint before them, or else right after them.

    Rules of procedure that nothing but a common noun names count with a pinpoint only.
    """
    pinpoints = list(provisions.pinpoints(text, lang))
    free = list(pinpoints)
    joined: list[Candidate] = []
    for candidate in candidates:
        pinpoint = next(
            (p for p in pinpoints if provisions.joined(text, p, candidate.start, lang)), None
        )
        if pinpoint is not None:
            free.remove(pinpoint)
            provision = pinpoint.provision
            candidate = replace(candidate, start=pinpoint.start, provision=provision)
        joined.append(candidate)
    for candidate in joined:
        after, end = _pinpoint_after(candidate, free, text, lang)
        if candidate.provision is None and after is not None:
            yield replace(candidate, end=end, provision=after.provision)
        elif candidate.provision or not _needs_provision(candidate, text, lang):
            yield candidate


def _pinpoint_after(
    candidate: Candidate, free: Sequence[provisions.Pinpoint], text: str, lang: str
) -> tuple[provisions.Pinpoint | None, int]:
    """The pinpoint right after a title, and where it ends."""
    for pinpoint in free:
        end = provisions.follows(text, pinpoint, candidate.end, lang)
        if end is not None:
            return pinpoint, end
    return None, candidate.end


def _needs_provision(candidate: Candidate, text: str, lang: str) -> bool:
    if candidate.kind != "rules":
        return False
    name, rules = text[candidate.start : candidate.end] + " ", heads(lang)
    return not name.startswith(rules.rules_named) and name.startswith(rules.rules_pinpointed)


def _moved(candidate: Candidate, offset: int) -> Candidate:
    """The candidate of a sentence in offsets of the Doc."""
    title = candidate.title and (candidate.title[0] + offset, candidate.title[1] + offset)
    start, end = candidate.start + offset, candidate.end + offset
    return replace(candidate, start=start, end=end, title=title)


def _with_defined_acronyms(candidates: list[Candidate], text: str, lang: str) -> list[Candidate]:
    """The candidates and the later uses of acronyms that the text defines after a title, with the
    provisions before them."""
    defined: dict[str, Candidate] = {}
    for candidate in candidates:
        if candidate.kind == "resolution":  # its subject may end with one of somebody else
            continue
        for match in _DEFINITION.finditer(text, candidate.start, candidate.end):
            acronym = match["acronym"]
            name = text[candidate.start : match.start()]
            last = match.end() == candidate.end
            if acronym not in COMMUNITIES and (last or _abbreviates(acronym, name)):
                defined.setdefault(acronym, candidate)
    if not defined:
        return candidates
    words = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, defined))})(?!\w)")
    taken = bytearray(len(text))
    for candidate in candidates:
        taken[candidate.start : candidate.end] = b"\1" * (candidate.end - candidate.start)
    uses = []
    for match in words.finditer(text):
        title = defined[match.group()]
        if match.start() > title.end and not taken[match.start()]:
            use = Candidate(match.start(), match.end(), "document:acronym", 0, title.entity)
            uses.append(_pinpointed(use, text, lang))
    return sorted([*candidates, *uses], key=lambda candidate: candidate.start)


def _abbreviates(acronym: str, title: str) -> bool:
    """Whether an acronym is made of the initials of a title's words."""
    initials = "".join(word[0] for word in re.findall(r"[^\W\d_]+", title) if word[0].isupper())
    return bool(acronym) and acronym.upper() == initials[-len(acronym) :]


def _pinpointed(use: Candidate, text: str, lang: str) -> Candidate:
    """The use of an acronym with the provision in front: `Article 5(1) of the PDCA`."""
    offset = max(0, use.start - _LONGEST_PINPOINT)
    for pinpoint in provisions.pinpoints(text[offset : use.start], lang):
        if provisions.joined(text[offset:], pinpoint, use.start - offset, lang):
            return replace(use, start=offset + pinpoint.start, provision=pinpoint.provision)
    return use


def _mention(candidate: Candidate) -> Mention:
    return Mention(
        "INSTRUMENT",
        candidate.start,
        candidate.end,
        candidate.source,
        provision=candidate.provision,
        entity=candidate.entity,
    )
