"""Builds `pipeline/data/treaties.tsv` from a list of the treaties on wetten.overheid.nl.

    python tools/build_instruments.py nl-treaty-titles.tsv pipeline/data

The list has a treaty's Dutch title, its BWBV id and, under `first_h4_title`, usually its authentic
English or French title. Multilateral treaties with an English title on subjects that human-rights
and European texts deal with are kept; those that `instruments.tsv` has already are left out.
"""

from __future__ import annotations

import argparse
import csv
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

COLUMNS = ("key", "title_en", "title_nl", "bwbv", "source")
_ENGLISH = re.compile(
    r"\b(?:convention|treaty|agreement|protocol|charter|covenant|statute|constitution|amendment"
    r"|code|regulations|arrangement|memorandum)\b.*\b(?:of|on|the|to|for|and|concerning|against)\b",
    re.IGNORECASE,
)
_FOREIGN = re.compile(
    r"\b(?:des?|du|la|le|les|entre|und|der|die|het|een|van|inzake)\b", re.IGNORECASE
)
_BILATERAL = re.compile(
    r"\bNederland(?:en|se)?\b|notawisseling|briefwisseling|aanhangsel|bijlage|rijn|moezel|schelde"
    r"|maas\b|panama|benelux|belastingheffing|dubbele belasting|luchtdiensten",
    re.IGNORECASE,
)
_TOPICS = re.compile(
    r"human rights|rights|labour|work|employ|child|minor|wom[ae]n|refugee|migra|stateless|national"
    r"|discriminat|slave|traffic|terror|corrupt|crim|extradition|judgment|justice|court|tribunal"
    r"|weapon|arms|nuclear|mine|war|geneva|prisoner|torture|social|asylum|visa|passport|schengen"
    r"|europol|customs|data|cyber|environment|climate|pollution|biodivers|ozone|sea|ocean|marine"
    r"|health|tobacco|disab|educat|cultur|heritage|language|minorit|self-government|public"
    r"|privilege|immunit|diplomat|consular|treaties|peace|space|association|cooperation"
    r"|partnership|trade|accession|europe|united nations|legal|law|marriage|adoption|maintenance"
    r"|divorce|arbitration|evidence|documents|nature|birds|species|waste|hazard|accident|safety"
    r"|energy|refug|property|patent|copyright|broadcast|bribery|launder|financ|drug|narcotic",
    re.IGNORECASE,
)


def treaties(path: Path) -> Iterator[dict[str, str]]:
    """The wanted rows of the treaty list, with tidied titles."""
    with path.open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle, delimiter="\t"):
            english, dutch = _tidy(row["first_h4_title"] or ""), _tidy(row["title_nl"] or "")
            if _wanted(english, dutch):
                yield {
                    "title_en": english,
                    "title_nl": dutch,
                    "bwbv": row["bwbv_id"],
                    "source": "wettenbank",
                }


def _tidy(title: str) -> str:
    """A title without Markdown links, a final full stop or shouting capitals."""
    title = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", title)
    title = re.sub(r"\s+", " ", title).strip(" .*_")
    return title.capitalize() if title.isupper() else title


def _wanted(english: str, dutch: str) -> bool:
    words = len(english.split())
    return (
        3 < words < 40
        and english[0].isupper()
        and len(dutch.split()) > 3
        and "(" not in english
        and bool(_ENGLISH.search(english))
        and not _FOREIGN.search(english)
        and not _BILATERAL.search(dutch)
        and not _BILATERAL.search(english)
        and bool(_TOPICS.search(english))
    )


def _plain(title: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", title.casefold()).strip()


def build(source: Path, data: Path) -> int:
    """Writes `treaties.tsv` into the directory `data`; returns how many treaties it has."""
    text = (data / "instruments.tsv").read_text("utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    listed = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    names = {
        _plain(name)
        for row in listed
        for column in ("title_en", "title_nl", "short_en", "short_nl")
        for name in row[column].split("|")
    }
    ids = {row["bwbv"] for row in listed}
    rows = [
        row
        for row in treaties(source)
        if row["bwbv"] not in ids
        and _plain(row["title_en"]) not in names
        and _plain(row["title_nl"]) not in names
    ]
    shared = Counter(_plain(row["title_en"]) for row in rows)
    rows = [row for row in rows if shared[_plain(row["title_en"])] == 1]
    rows.sort(key=lambda row: row["bwbv"])
    with (data / "treaties.tsv").open("w", encoding="utf-8", newline="") as handle:
        handle.write("# Multilateral treaties from wetten.overheid.nl (public domain): Dutch and\n")
        handle.write("# English title, BWBV id. Written by tools/build_instruments.py.\n")
        handle.write("\t".join(COLUMNS) + "\n")
        for row in rows:
            key = row["bwbv"].lower()
            handle.write("\t".join({**row, "key": key}[column] for column in COLUMNS) + "\n")
    return len(rows)


def main() -> None:
    """Command line: the treaty list and the directory of `instruments.tsv`."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("treaties", type=Path)
    parser.add_argument("data", type=Path)
    arguments = parser.parse_args()
    print(f"{build(arguments.treaties, arguments.data)} treaties")


if __name__ == "__main__":
    main()
