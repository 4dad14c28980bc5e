"""`python -m models.recipe.raw --corpora DIR --out DIR`: sentences without annotation.

For self-training: treaties, the Universal Declaration and short sentences, text
of the kinds that the project reads and no treebank has.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import spacy

from models.recipe.corpora import Sentence

SHORTEST, LONGEST = 4, 70
ROWS = {"nl": 2600, "en": 1300}
TATOEBA = "parallel/tatoeba/eng-swe/tatoeba-test-v2021-08-07.swe"


def spread(rows: Sequence[str], count: int) -> list[str]:
    """About `count` rows, evenly from the whole."""
    return list(rows[:: max(1, len(rows) // count)])


def parallel(root: Path, lang: str) -> Iterator[str]:
    """One language's paragraphs of the treaties, human-rights treaties more densely."""
    with (root / "parallel/nl-treaties-humanrights.en-nl.tsv").open(encoding="utf-8") as lines:
        rights = [row[lang] for row in table(lines)]
    with gzip.open(root / "parallel/nl-treaties.en-nl.tsv.gz", "rt", encoding="utf-8") as lines:
        treaties = [row[lang] for row in table(lines)]
    yield from spread(rights, ROWS[lang] // 2)
    yield from spread(treaties, ROWS[lang] // 2)


def table(lines: Iterable[str]) -> Iterator[dict[str, str]]:
    """Rows of a tab-separated file with a header."""
    return csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


def swedish(root: Path) -> Iterator[str]:
    """The Universal Declaration and short sentences."""
    declaration = (root / "parallel/udhr/udhr_swe.xml").read_text(encoding="utf-8")
    for paragraph in re.findall(r"<(?:para|title)>([^<]*)</", declaration):
        yield " ".join(paragraph.split())
    yield from spread((root / TATOEBA).read_text(encoding="utf-8").splitlines(), 1000)


def sentences(texts: Iterable[str], lang: str) -> Iterator[Sentence]:
    """Tokens and white space of the sentences of some paragraphs, each sentence once."""
    nlp = spacy.blank(lang)
    nlp.add_pipe("sentencizer", config={"punct_chars": [".", "!", "?", ";"]})
    seen: set[str] = set()
    for doc in nlp.pipe(texts):
        for span in doc.sents:
            tokens = [token for token in span if not token.is_space]
            if SHORTEST <= len(tokens) <= LONGEST and span.text not in seen:
                seen.add(span.text)
                yield Sentence(
                    id=f"raw-{lang}-{len(seen)}",
                    source=f"raw-{lang}",
                    lang=lang,
                    words=tuple(token.text for token in tokens),
                    space_after=tuple(bool(token.whitespace_) for token in tokens),
                )


def main(arguments: Sequence[str] | None = None) -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    for lang in ("nl", "en", "sv"):
        texts = swedish(options.corpora) if lang == "sv" else parallel(options.corpora, lang)
        made = "".join(sentence.to_json() + "\n" for sentence in sentences(texts, lang))
        (options.out / f"raw-{lang}.jsonl").write_text(made, encoding="utf-8")


if __name__ == "__main__":
    main()
