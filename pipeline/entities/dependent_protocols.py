"""Protocols in the plural, which only the treaty beside them identifies.

`the Geneva Conventions and their Additional Protocols`, `Protocols No 6 and No 13 to the ECHR`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from pipeline.entities import instrument_lexicon
from pipeline.entities.candidates import Candidate, instrument
from pipeline.entities.numbered_titles import alternatives
from pipeline.entities.spans import BLANK
from pipeline.names import slug
from pipeline.resources import language_data
from pipeline.types import Entity

_ECHR = "005"
_FARTHEST = 60


class Grammar:
    """One language's patterns for protocols in the plural."""

    def __init__(self, lang: str) -> None:
        data = language_data(lang, "instruments")
        plural = data["protocols"]
        numero = rf"(?:(?:{alternatives(data['numbered']['numero'])})\s?)?"
        self.english: dict[str, str] = plural["kinds"]
        # What may stand between a treaty and its protocols: `of 12 August 1949 and the two`.
        self.link = re.compile(
            rf"[^.;:()]{{0,30}}?,?{BLANK}(?:{alternatives(data['heads']['and'])}){BLANK}"
            rf"(?:{alternatives(plural['its'])})(?:{BLANK}(?:{alternatives(plural['all'])}))?{BLANK}\Z"
        )
        of_it = alternatives(plural["of_it"]) or r"(?!)"
        self.dependent = re.compile(
            rf"(?<!\w)(?P<kind>{alternatives(self.english)})(?!\w)(?P<of_it>{BLANK}(?:{of_it})(?!\w))?",
        )
        joint = rf"(?:,\s|,?\s(?:{alternatives(data['heads']['and'])})\s)"
        self.list = re.compile(
            rf"(?<!\w)(?:{alternatives(plural['heads'])})\s(?P<numbers>{numero}\d{{1,2}}"
            rf"(?:{joint}{numero}\d{{1,2}}){{1,4}})\s(?:{alternatives(plural['to'])})\s(?:the\s|het\s)?",
        )
        self.number = re.compile(rf"{numero}(?P<number>\d{{1,2}})")


@cache
def grammar(lang: str) -> Grammar:
    """The grammar of a language's protocols in the plural."""
    return Grammar(lang)


def find(text: str, lang: str, known: Sequence[Candidate]) -> Iterator[Candidate]:
    """The protocols of a sentence, beside the treaties known to stand in it.

    Args:
        text: the sentence.
        lang: its language.
        known: listed titles and numbered references in it.
    """
    rules = grammar(lang)
    treaties = [c for c in known if c.source.startswith("lexicon") and c.entity]
    for match in rules.dependent.finditer(text):
        for treaty in treaties:
            gap = text[treaty.end : match.start()]
            if 0 < len(gap) < _FARTHEST and rules.link.fullmatch(gap):
                yield _dependent(match, rules.english[match["kind"]], treaty.entity)
    for match in rules.list.finditer(text):
        echr = next((c for c in treaties if c.start == match.end() and _is_echr(c)), None)
        if echr is None:
            continue
        numbers = list(rules.number.finditer(text, *match.span("numbers")))
        for index, number in enumerate(numbers):
            start = number.start() if index else match.start()
            end = echr.end if number is numbers[-1] else number.end()
            entity = instrument_lexicon.lexicon("en").exact(
                f"Protocol No. {number['number']} to the ECHR"
            )
            yield Candidate(start, end, "pattern:treaty", 0, entity, title=(start, end))


def _is_echr(treaty: Candidate) -> bool:
    return bool(treaty.entity) and treaty.entity.identifiers.get("cets") == _ECHR  # type: ignore[union-attr]


def _dependent(match: re.Match[str], kind: str, parent: Entity | None) -> Candidate:
    """The protocols of a treaty, under its name."""
    label = f"{kind} to the {parent.label if parent else ''}"
    scheme, _, name = (parent.entity_id if parent else "").rpartition(":")
    listed = name if scheme.endswith("slug") else slug(parent.label if parent else "")
    entity = instrument(f"slug:{slug(kind)}-to-the-{listed}", label)
    return Candidate(*match.span(), "pattern:treaty", 0, entity, title=match.span())
