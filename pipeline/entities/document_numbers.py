"""Document numbers that every language writes alike: of the EU's institutions, the UN, gazettes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.entities import numbered_titles, un_resolutions
from pipeline.entities.candidates import Candidate, instrument
from pipeline.names import slug
from pipeline.types import Entity

_WITH_NOUN = ("un", "coe")

# The Parliament's types of procedure; in `B9-0531/2022 (ECR)` a political group tables a motion.
_PROCEDURES = (
    "ACI|APP|AVC|BUD|BUI|CNS|COD|COS|DCE|DEA|DEC|GBD|IMM|IN[ILS]|NLE|PRT|REG|RPS|RS[OP]|SYN"
)

# References that are written alike in every language: (source, pattern).
_DOCUMENTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("ep", re.compile(r"P\d{1,2}_TA(?:-PROV)?\(\d{4}\)\d{4}|(?<!\w)T\d{1,2}-\d{4}/\d{4}")),
    ("ep", re.compile(r"(?:RC-)?(?<![A-QS-Za-z0-9])[ABCO]\d{1,2}[-‑]\d{4}/\d{4}")),
    ("procedure", re.compile(rf"(?<![\w/‑-])\d{{4}}/\d{{4}}[A-Z]?\s?\((?:{_PROCEDURES})\)")),
    (
        "com",
        re.compile(
            r"(?<!\w)(?P<series>COM|JOIN|SWD|SEC)\s?\((?P<year>\d{4})\)\s?(?P<number>\d{1,4})"
            r"(?!\d)(?:[\s/]{0,2}(?:final|definitief|slutlig|def\.|\d(?!\d)))?"
        ),
    ),
    (
        "council",
        re.compile(
            r"(?<!\w)ST\s?\d{4,5}/(?:\d/)?\d{2}(?:\s(?:INIT|(?:REV|ADD|COR)\s?\d))*"
            r"|(?<![\w/])\d{4,5}/(?:\d/)?\d{2}(?:\s(?:INIT|(?:REV|ADD|COR)\s?\d))+"
            r"|(?:(?<=[Dd]o[ck]\. )|(?<=document )|(?<=dokument ))\d{4,5}/\d{2}(?![\d/])"
        ),
    ),
    (
        "un",
        re.compile(
            r"(?<![\w/])(?:A|S|E|CCPR|CEDAW|CAT|CRC|CERD|CRPD|HRI)/(?!\d{1,3}\b(?!/))"
            r"[A-Z0-9][\w./()-]*\w"
        ),
    ),
    (
        "coe",
        re.compile(
            r"(?<!\w)(?:CM/Rec|Rec|CM/Res|Res|CM/ResDH|CM/Dec)\s?\(\d{2,4}\)\s?\d{1,4}"
            r"|(?<!\w)CDL-(?:AD|PI|REF)\s?\(\d{4}\)\d{3}"
        ),
    ),
    (
        "cets",
        re.compile(r"(?<!\w)(?:CETS|ETS|STE|STCE)\s?(?:No\.?|nr\.?)?\s?(?P<number>\d{1,3})(?!\d)"),
    ),
    (
        "gazette",
        re.compile(
            r"(?<!\w)(?:SFS \d{4}:\d{1,4}|prop\. \d{4}/\d{2}:\d{1,3}"
            r"|(?:Stb\.|Trb\.|Stcrt\.|Staatsblad|Tractatenblad|Staatscourant)\s?\d{4},?\s"
            r"(?:nr\.?\s)?\d{1,5}|BGBl\.?\sI{1,2}\s(?:\d{4},?\s)?(?:S\.|Nr\.|p\.|No\.?)\s?\d{1,5})"
        ),
    ),
)
_UN_DOCUMENT = re.compile(
    r"(?P<body>A|S)/(?P<council>HRC/)?RES/(?:S-)?(?P<number>\d{1,4}(?:/\d{1,3})?)"
)


def find(text: str, lang: str) -> Iterator[Candidate]:
    """Every document number of a sentence. Candidates may overlap."""
    for kind, pattern in _DOCUMENTS:
        for match in pattern.finditer(text):
            if kind == "un" and not any(c.isdigit() for c in match.group()):
                continue
            found = Candidate(*match.span(), f"pattern:{kind}", 2, _document(kind, match))
            yield numbered_titles.with_noun(found, text, lang) if kind in _WITH_NOUN else found


def _document(kind: str, match: re.Match[str]) -> Entity:
    """The document that a reference denotes, under the identifier by which it is cited."""
    reference = match.group().replace("‑", "-")
    if kind == "ep":
        return instrument(f"ep:{reference}", reference, {"ep": reference})
    if kind == "procedure":
        reference = "".join(reference.split())
        return instrument(f"proc:{reference}", reference, {"procedure": reference})
    if kind == "cets":
        number = f"{int(match['number']):03d}"
        return instrument(f"cets:{number}", f"CETS No. {number}", {"cets": number})
    if kind == "com":
        reference = f"{match['series']}({match['year']}) {int(match['number'])}"
    if kind == "un" and (resolution := _UN_DOCUMENT.match(reference)):
        body = "HRC" if resolution["council"] else {"A": "GA", "S": "SC"}[resolution["body"]]
        return un_resolutions.resolution(body, resolution["number"])
    if reference.startswith("prop."):
        label = f"Government bill {reference.split()[-1]} of Sweden"
        return instrument(f"slug:{slug(label)}", label, {"gazette": reference})
    if kind == "coe" and not reference.startswith(("CM/", "CDL")):
        reference = f"CM/{reference}"
    return instrument(f"slug:{slug(reference)}", reference, {kind: reference})
