"""Named individuals: the model's names, joined with cues that hold in general.

The cues, in the order in which they are tried (`CUES`):

* `completion`: what adjoins a name that the model found belongs to it: initials, particles,
  hyphenated parts, a generation (`Jr.`, `II`).
* `veto`: a name of a party, a newspaper or a prize, an initialism, and a name that the model
  takes for an organisation more often than not are no people.
* `title`: titles and roles in front (`Ambassador …`, `bloggaren …`).
* `apposition`: an age or a role behind (`…, 29,`, `… (poet)`).
* `enumeration`: a list of names most of which are people.
* `alias`: what a person is `known as`; the mention is of that person.
* `line`: a line of a signature, the name behind `Kind regards,`.
* `compound`: `het regime-Loekasjenka`.
* `repetition`: other places where the document writes a name that it has, whole or in part.

The name alone is the mention: titles, roles and particles of other words stay out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from functools import cache

from spacy.tokens import Doc

from pipeline.entities import name_cues as cue
from pipeline.entities import name_vetoes as veto
from pipeline.entities.name_repeats import repeated
from pipeline.entities.name_shapes import fuller, parted, with_nicknames, with_surname_in_front
from pipeline.entities.name_tokens import (
    NameTokens,
    chunks,
    complete,
    is_generation,
    name_inside,
    trim,
)
from pipeline.names import particles
from pipeline.resources import table
from pipeline.types import Entity, Mention

CUES = (
    "completion",
    "veto",
    "title",
    "apposition",
    "enumeration",
    "alias",
    "line",
    "compound",
    "repetition",
)
Span = tuple[int, int]
_MODEL = "model:names"
_NOT_OWNED = frozenset(",;:.!?)")
_MARKS = frozenset(":'’")


@cache
def _scores() -> dict[str, float]:
    """The precision of each source, as measured; `data/people-scores.tsv` says on what."""
    return {row["source"]: float(row["precision"]) for row in table("people-scores")}


def find(doc: Doc, cues: Collection[str] = CUES) -> Iterator[Mention]:
    """The people that a document names, in order, without overlaps.

    Args:
        doc: the annotated document. `doc.ents` labelled PER, LOC and ORG are used where a model
            has set them, parts of speech and relations where there are any, and
            `doc.spans["blocks"]` for signatures.
        cues: the cues to use besides the model, for measuring what each brings.
    """
    tokens = NameTokens(doc)
    runs = {first: list(chunks(tokens, first, last)) for first, last in tokens.sentences}
    found: dict[Span, str] = {}
    people = _model_names(tokens, cues)
    if "veto" in cues:
        lines = _page_lines(tokens.doc)
        people = [span for span in people if not _is_page_line(tokens, span, lines)]
        people = _without_things(tokens, people, runs)
    for span in people:
        found[span] = _MODEL
    if "title" in cues:
        found = _with_titles(tokens, found, runs)
    if "apposition" in cues:
        for sentence in runs.values():
            for chunk in sentence:
                if cue.before_age(tokens, chunk) or cue.before_role(tokens, chunk):
                    _add(found, tokens, trim(tokens, *chunk), "rule:apposition")
    if "enumeration" in cues:
        by_sentence = _by_sentence(tokens, found)
        for first, sentence in runs.items():
            if len(sentence) > 2:
                for span in cue.enumerations(tokens, sentence, by_sentence.get(first, ())):
                    _add(found, tokens, span, "rule:enumeration")
    aliases = _aliases(tokens, found, runs) if "alias" in cues else {}
    for span in aliases:
        _add(found, tokens, span, "rule:alias")
    if "line" in cues:
        for span in _line_names(tokens):
            _add(found, tokens, span, "rule:line")
    if "compound" in cues:
        for at in range(len(tokens)):
            if "-" in tokens.text[at] and cue.hyphenated(tokens, at):
                _add(found, tokens, _with_flat(tokens, at), "rule:compound")
    if "completion" in cues:
        names = {tuple(tokens.lower[first:last]) for first, last in found}
        found = {cue.without_opening(tokens, span, names): found[span] for span in found}
    spans = _disjoint(found)
    if "completion" in cues:
        spans = _rewritten(tokens, spans)
    if "repetition" in cues:
        spans |= repeated(tokens, spans, aliases)
    called = _called(tokens, spans, aliases)
    surnames = {
        tokens.lower[last - 1]
        for first, last in spans
        if last - first > 1 and not _owns(tokens, last - 1)
    }
    for (first, last), source in sorted(spans.items()):
        mention = _mention(tokens, first, last, source, surnames)
        if mention.entity and (name := called.get(mention.entity.label.lower())):
            mention = replace(mention, entity=Entity("", "PERSON", name, {doc.lang_: name}))
        yield from _each(mention) if source == "rule:compound" else [mention]


def _called(
    tokens: NameTokens, spans: Collection[Span], aliases: Mapping[Span, Span]
) -> dict[str, str]:
    """What people go by, and its last word where it is nobody else's, with their names."""
    whole = {i: span for span in spans for i in range(*span)}
    by_last: dict[str, set[str]] = {}
    for first, last in spans:
        if last - first > 1:
            name = tokens.doc[first:last].text.lower()
            by_last.setdefault(tokens.lower[last - 1], set()).add(name)
    called: dict[str, str] = {}
    for (first, last), person in aliases.items():
        full = tokens.doc[slice(*whole.get(person[0], person))].text
        name = tokens.doc[first:last].text.lower()
        called[name] = full
        if by_last.get(tokens.lower[last - 1]) == {name}:
            called[tokens.lower[last - 1]] = full
    return called


def _model_names(tokens: NameTokens, cues: Collection[str]) -> list[Span]:
    """The model's people, completed and trimmed; parts of one name are joined."""
    people: list[Span] = []
    for entity in tokens.doc.ents:
        if entity.label_ != "PER" or (tokens.loud[entity.start] and entity.end - entity.start < 2):
            continue
        first, last = entity.start, entity.end
        if "completion" in cues:
            first, last = complete(tokens, first, last)
        trimmed = trim(tokens, first, last)
        if trimmed is None:
            continue
        if "completion" in cues:
            trimmed = cue.particle_after_title(tokens, trimmed)
        if people and _is_one_name(tokens, people[-1], trimmed, cues):
            trimmed = people[-1][0], max(trimmed[1], people.pop()[1])
        people.append(trimmed)
    return with_nicknames(tokens, people) if "completion" in cues else people


def _is_one_name(tokens: NameTokens, first: Span, second: Span, cues: Collection[str]) -> bool:
    """Whether two spans overlap, or adjoin within a sentence: two people's names rarely do."""
    if second[0] < first[1]:
        return True
    adjoin = second[0] == first[1] and tokens.first[first[0]] == tokens.first[second[0]]
    return "completion" in cues and adjoin


def _without_things(
    tokens: NameTokens, people: list[Span], runs: dict[int, list[Span]]
) -> list[Span]:
    """The people that no noun, and not the model elsewhere, says to be something else."""
    outvoted = veto.outvoted(tokens, people)
    known = {
        tokens.lower[i] for first, last in people if last - first > 1 for i in (first, last - 1)
    }
    things: set[str] = set()
    places: set[int] = set()
    kept = []
    for span in people:
        name = tokens.doc[span[0] : span[1]].text.lower()
        chunk = next((c for c in runs[tokens.first[span[0]]] if c[0] <= span[0] < c[1]), span)
        if veto.in_place(tokens, span, known) or veto.among_places(tokens, span, places):
            places.update(range(*span))
        elif veto.names_a_thing(tokens, span, chunk):
            things.add(name)
        elif not veto.is_marked(tokens, span) and name not in outvoted:
            kept.append((span, name))
    return [span for span, name in kept if name not in things]


def _page_lines(doc: Doc) -> dict[int, str]:
    """The tokens of headings and of what belongs to the page, with the kind of their block."""
    return {
        i: block.label_
        for block in doc.spans.get("blocks", ())
        if block.label_ in ("heading", "furniture")
        for i in range(block.start, block.end)
    }


def _is_page_line(tokens: NameTokens, span: Span, lines: Mapping[int, str]) -> bool:
    """A page header in capitals (`BILAGA RELEX 1`), or one word that is a button (`Lyssna`)."""
    first, last = span
    if first not in lines:
        return False
    sentence = tokens.doc[first].sent
    alone = (first, last) == (sentence.start, sentence.end) and last - first == 1
    return alone or (lines[first] == "furniture" and tokens.doc[first:last].text.isupper())


def _with_titles(
    tokens: NameTokens, found: dict[Span, str], runs: dict[int, list[Span]]
) -> dict[Span, str]:
    """Names behind titles; where the model has part of one, the rule says where it begins."""
    more: dict[Span, str] = {}
    for sentence in runs.values():
        for chunk in sentence:
            name = cue.after_title(tokens, chunk)
            if name:
                more[name] = "rule:title"
    return {**found, **{span: source for span, source in more.items() if span not in found}}


def _add(found: dict[Span, str], tokens: NameTokens, span: Span | None, source: str) -> None:
    if span is not None and not tokens.loud[span[0]]:
        found.setdefault(span, source)


def _by_sentence(tokens: NameTokens, spans: Collection[Span]) -> dict[int, list[Span]]:
    """Spans by the first token of their sentence."""
    by_sentence: dict[int, list[Span]] = {}
    for span in spans:
        by_sentence.setdefault(tokens.first[span[0]], []).append(span)
    return by_sentence


def _aliases(
    tokens: NameTokens, found: Collection[Span], runs: Mapping[int, list[Span]]
) -> dict[Span, Span]:
    """Names that the same person goes by, with that person."""
    people = list(found)
    return {
        name: person
        for sentence in runs.values()
        for chunk in sentence
        if (person := cue.alias_of(tokens, chunk, people)) and (name := trim(tokens, *chunk))
    }


def _line_names(tokens: NameTokens) -> Iterator[Span]:
    """Names that lines of signatures are, and names behind a letter's closing words."""
    kinds: dict[int, str] = {}
    for block in tokens.doc.spans.get("blocks", ()):
        for i in range(block.start, block.end):
            kinds[i] = block.label_
    for first, last in tokens.sentences:
        yield from cue.line_names(tokens, first, last, kinds.get(first, "paragraph"))


def _with_flat(tokens: NameTokens, at: int) -> Span:
    """`regering-De Croo`: what follows the particle, or what the parse takes for the same name."""
    last = at + 1
    particle = tokens.lower[at].partition("-")[2] in particles()
    while (
        last < len(tokens)
        and not is_generation(tokens.text[last])
        and (tokens.capital[last] or (particle and tokens.particle[last]))
        and tokens.first[last] == tokens.first[at]
        and (particle or _same_name(tokens, last))
    ):
        particle = tokens.lower[last] in particles()
        last += 1
    return at, last


def _same_name(tokens: NameTokens, at: int) -> bool:
    """Whether the parse or the model takes a word after `regering-Hun` for a part of the name."""
    return tokens.doc[at].dep_.startswith("flat") or tokens.people(at, at + 1)


def _rewritten(tokens: NameTokens, spans: dict[Span, str]) -> dict[Span, str]:
    """The names, in part where the document has them in full, and two in one, set right."""
    longer = fuller(tokens, spans)
    spans = {longer.get(span, span): source for span, source in spans.items()}
    spans = _disjoint({with_surname_in_front(tokens, s): source for s, source in spans.items()})
    two = parted(tokens, spans)
    return {part: source for span, source in spans.items() for part in two.get(span, (span,))}


def _disjoint(found: dict[Span, str]) -> dict[Span, str]:
    """Of overlapping names the longest, then the first."""
    kept: dict[Span, str] = {}
    taken: set[int] = set()
    for span in sorted(found, key=lambda s: (s[0] - s[1], s[0])):
        if not taken.intersection(range(*span)):
            kept[span] = found[span]
            taken.update(range(*span))
    return kept


def _mention(
    tokens: NameTokens, first: int, last: int, source: str, surnames: Collection[str]
) -> Mention:
    doc = tokens.doc
    before, behind = name_inside(tokens, first, last)
    start, end = doc[first].idx + before, doc[last - 1].idx + len(doc[last - 1]) - behind
    # Not a slice of `doc.text`, which spaCy puts together anew each time.
    text = doc[first:last].text
    text = text[before : len(text) - behind]
    name = _base_form(tokens, text, last - 1, surnames)
    if last < len(tokens) and tokens.lower[last] in tokens.words.clitics:
        # `Castro’s`, which the tokenizer parts: where a language writes it so, it is one word.
        end += 0 if tokens.space[last - 1] else len(tokens.text[last])
    score = _scores().get(source, 1.0)
    return Mention(
        "PERSON", start, end, source, score, entity=Entity("", "PERSON", name, {doc.lang_: name})
    )


def _each(mention: Mention) -> Iterator[Mention]:
    """The people of a compound: `motie-Ellian/Mutluer` names two."""
    if mention.entity is None:
        return
    start = mention.start
    for name in mention.entity.label.split("/"):
        entity = replace(
            mention.entity, label=name, labels=dict.fromkeys(mention.entity.labels, name)
        )
        yield replace(mention, start=start, end=start + len(name), entity=entity)
        start += len(name) + 1


def _base_form(tokens: NameTokens, name: str, last: int, surnames: Collection[str]) -> str:
    """The name without the ending of a genitive, where the text says that it is one.

    An ending with an apostrophe or a colon is one; an `s` where the tagger says so and something
    owned follows, which is not the case in `Palina, Pavel Seviarynets, Ihar`.

    Args:
        last: the name's last token.
        surnames: last words of names that the document writes where they own nothing.
    """
    marked = next((e for e in tokens.words.genitive if e[0] in _MARKS and name.endswith(e)), "")
    if marked and len(name) > len(marked) + 2:
        return name.removesuffix(marked)
    if tokens.lower[last] in surnames or not _owns(tokens, last):
        return name
    for ending in tokens.words.genitive:
        if name.endswith(ending) and len(name) > len(ending) + 2:
            return name.removesuffix(ending).rstrip("'’:")
    return name


def _owns(tokens: NameTokens, last: int) -> bool:
    """Whether the tagger takes a token for a genitive, and something that it can own follows.

    In a list, something follows the last name, and all of them are genitives: `Anna Bergs, Jan
    Ruuds och Eva Falks regeringar`.
    """
    size = len(tokens)
    if "Gen" not in tokens.doc[last].morph.get("Case", []):
        return False
    if last + 1 < size and "Fin" in tokens.doc[last + 1].morph.get("VerbForm", []):
        return False
    ends = (*tokens.words.genitive, "s")
    at = last + 1
    while at < size and tokens.first[at] == tokens.first[last]:
        listed = tokens.text[at] == "," or tokens.lower[at] in tokens.words.conjunctions
        if not listed:
            return tokens.text[at] not in _NOT_OWNED
        while at < size and (
            tokens.text[at] == "," or tokens.lower[at] in tokens.words.conjunctions
        ):
            at += 1
        while at < size and (tokens.capital[at] or tokens.particle[at] or tokens.hyphen(at)):
            at += 1
        if not tokens.capital[at - 1] or not tokens.text[at - 1].endswith(ends):
            return False
    return False
