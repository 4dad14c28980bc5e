"""Numbered resolutions of the United Nations and of PACE: which body adopted one, and its name."""

from __future__ import annotations

import re

from pipeline.entities.candidates import instrument
from pipeline.names import slug
from pipeline.resources import table
from pipeline.types import Entity

_COUNCIL = ("human rights", "mensenrechtenraad", "mänskliga rättighet", "människorättsråd", "hrc")
_GENERAL = ("general assembly", "algemene vergadering", "generalförsamling", "unga")
_SECURITY = ("security", "veiligheids", "säkerhets", "unsc", "vnvr")
_ECONOMIC = ("economic and social", "economische en sociale", "ekonomiska och sociala", "ecosoc")
_ASSEMBLY = ("parliamentary assembly", "parlementaire vergadering", "parlamentariska", "pace")
_UN_LABELS = {
    "SC": "Security Council",
    "GA": "General Assembly",
    "HRC": "Human Rights Council",
    "ESC": "Economic and Social Council",
}
_SYMBOLS = {"SC": "S/RES/", "GA": "A/RES/", "HRC": "A/HRC/RES/", "ESC": "E/RES/"}


def resolution(body: str, number: str, year: str | None = None) -> Entity:
    """A UN resolution by its body (`SC`, `GA`, `HRC`, `ESC`) and number, and the year in the text.

    A Security Council resolution is cited with its year, which follows from the number.
    """
    symbol = f"{_SYMBOLS[body]}{number}"
    label = f"UN {_UN_LABELS[body]} resolution {number}"
    if body == "SC":
        year = year or security_council_year(int(number))
        label += f" ({year})" if year else ""
    return instrument(f"slug:{slug(label)}", label, {"un": symbol})


def security_council_year(number: int) -> str | None:
    """The year in which the Security Council adopted a resolution, for those since 1991."""
    rows = table("un-security-council")
    years = [row["year"] for row in rows if int(row["first"]) <= number]
    return years[-1] if years and years[-1] != rows[-1]["year"] else None


def entity(body: str | None, match: re.Match[str], dated: str = "") -> Entity | None:
    """The resolution of a body that a match of a number (`number`, `year`) denotes.

    `dated` is the date that follows it, if any.
    """
    if body is None or (body == "SC" and "/" in match["number"]):
        return None
    year = re.search(r"\d{4}", match["year"] or dated)
    if body == "PACE":
        label = f"PACE resolution {match['number']}" + (f" ({year.group()})" if year else "")
        return instrument(f"slug:{slug(label)}", label)
    return resolution(body, match["number"], year.group() if year else None)


def council_in(noun: str) -> str:
    """The noun itself where it names its council: `Veiligheidsraadresolutie`; else ``."""
    return noun if any(word in noun.casefold() for word in (*_SECURITY, *_COUNCIL)) else ""


def body_of(name: str, match: re.Match[str]) -> str | None:
    """The UN body of a resolution: by its name, else by the form of the number."""
    folded = name.casefold()
    if any(word in folded for word in _SECURITY):
        return "SC"
    if any(word in folded for word in _ECONOMIC):
        return "ESC"
    if any(word in folded for word in _COUNCIL):
        return "HRC"
    if any(word in folded for word in _GENERAL):
        return "GA"
    if any(word in folded for word in _ASSEMBLY):
        return "PACE"
    if any(word in folded for word in ("parliament", "parlement", "europa", "ministe")):
        return None
    number = match["number"]
    if "/" in number:
        # The Human Rights Council, founded in 2006, is in its sixties; the Assembly is past 61.
        # A session of the Council adopts some forty resolutions, one of the Assembly hundreds.
        if number.startswith(("S-", "ES-")):
            return "GA" if number.startswith("ES-") else _only_body(match.string)
        session, serial = map(int, number.split("/"))
        return "GA" if session > 65 or serial > 60 else _only_body(match.string)
    if not (year := re.fullmatch(r"\s?\((\d{4})\)", match["year"] or "")):
        return None
    # Both the Council and the Assembly number `2518 (2023)`; the Council's year follows from it.
    expected = security_council_year(int(number))
    return "SC" if expected in (None, year[1]) else "PACE"


def _only_body(sentence: str) -> str | None:
    """The one of the two bodies that number resolutions by session which a sentence names."""
    folded = sentence.casefold()
    council, assembly = (any(w in folded for w in words) for words in (_COUNCIL, _GENERAL))
    return None if council == assembly else "HRC" if council else "GA"
