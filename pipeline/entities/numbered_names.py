"""Short names of EU acts with the act's number: `Opvangrichtlijn (EU) 2024/1346`.

Two acts may share a short name, the one that replaced the other; the number says which is meant,
and the document's later uses of the name mean the same act.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from pipeline.entities import citations
from pipeline.entities.candidates import Candidate
from pipeline.entities.instrument_heads import heads

_GAP = re.compile(r"\s+")
_YEAR_FIRST = re.compile(r"(?:19[5-9]|20[0-3])\d/\d{1,4}(?![\d/])")
_BRACKET = re.compile(r"\s\(")


def find(text: str, lang: str, listed: Sequence[Candidate]) -> Iterator[Candidate]:
    """The listed short names and the compounds of a sentence that a number of the EU follows.

    Their `title` is the name, by which the document may call the act afterwards.
    """
    if "/" not in text:
        return
    spans = {(c.start, c.end) for c in listed if c.source == "lexicon:instruments"}
    if heads(lang).compound:
        spans |= {match.span("name") for match in _compounds(lang).finditer(text)}
    for start, end in sorted(spans):
        kind = _kind(text[start:end], lang)
        gap = _GAP.match(text, end)
        bare = _YEAR_FIRST.match(text, gap.end()) is not None if gap else False
        if kind and gap and (cited := citations.act_at(text, gap.end(), kind, lang, bare=bare)):
            entity, last = cited
            yield Candidate(start, last, "pattern:act", 0, entity, title=(start, end))
        bracket = _BRACKET.match(text, end)
        if kind and bracket and (cited := citations.act_at(text, bracket.end(), kind, lang)):
            entity, last = cited
            if text[last : last + 1] in (")", ",", ";"):  # `de Procedurerichtlijn (2013/32/EU)`
                yield Candidate(start, end, "pattern:act", -1, entity, title=(start, end))
                yield Candidate(bracket.end(), last, "pattern:act", 0, entity)


def _kind(name: str, lang: str) -> str | None:
    """The kind of act that the last word of a name ends in, unless that word is all there is."""
    folded = name.casefold()
    ending = next((kind for kind in _kinds(lang) if folded.endswith(kind)), None)
    return ending if ending and folded not in _kinds(lang) else None


@cache
def _kinds(lang: str) -> tuple[str, ...]:
    """The kinds of acts in one word, longest first."""
    kinds = (kind for kind in citations.grammar(lang).kinds if " " not in kind)
    return tuple(sorted(kinds, key=lambda kind: -len(kind)))


@cache
def _compounds(lang: str) -> re.Pattern[str]:
    """A compound whose last part is a kind of act, before a number."""
    kinds = "|".join(map(re.escape, _kinds(lang)))
    return re.compile(rf"(?<![\w-])(?P<name>[^\W\d_][\w-]{{2,40}}?(?:{kinds}))\s+(?=\(|\d|n)", re.I)
