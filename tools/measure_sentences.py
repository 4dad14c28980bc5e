"""F1 of sentences and tokens from raw text: python -m tools.measure_sentences FILE.conllu ...

The language is the name of the file's directory (`ud/sv/talbanken-test.conllu`). Sentences are
joined by spaces to paragraphs of at most ten; one without a closing mark ends its paragraph.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from pipeline import language

CLOSERS = "\"'”’)»"
LONGEST = 10  # sentences of a paragraph

Spans = set[tuple[int, int]]


def read(path: Path) -> Iterator[tuple[str, list[str]]]:
    """The text and the forms of each sentence of a CoNLL-U file; multiword tokens stay whole."""
    for block in path.read_text("utf-8").split("\n\n"):
        text, forms, covered = "", [], 0
        for line in block.splitlines():
            if line.startswith("# text = "):
                text = line.removeprefix("# text = ").strip()
            elif line and not line.startswith("#"):
                number, form = line.split("\t")[:2]
                if "-" in number:
                    covered = int(number.split("-")[1])
                    forms.append(form)
                elif "." not in number and int(number) > covered:
                    forms.append(form)
        if text:
            yield text, forms


def paragraphs(sentences: Iterator[tuple[str, list[str]]]) -> Iterator[list[tuple[str, list[str]]]]:
    """Sentences in groups that a reader would set as a paragraph."""
    group: list[tuple[str, list[str]]] = []
    for text, forms in sentences:
        group.append((text, forms))
        if text.rstrip(CLOSERS)[-1:] not in tuple(".!?…") or len(group) == LONGEST:
            yield group
            group = []
    if group:
        yield group


def gold_spans(group: list[tuple[str, list[str]]]) -> tuple[str, Spans, Spans]:
    """The paragraph, its sentences' spans and its tokens' spans."""
    sentences, tokens, position = set(), set(), 0
    for text, forms in group:
        sentences.add((position, position + len(text)))
        at = 0
        for form in forms:
            at = text.index(form, at)
            tokens.add((position + at, position + at + len(form)))
            at += len(form)
        position += len(text) + 1
    return " ".join(text for text, _ in group), sentences, tokens


def f1(right: int, gold: int, found: int) -> float:
    """The harmonic mean of precision and recall."""
    return 2 * right / (gold + found) if gold + found else 1.0


def main() -> None:
    """Prints a line per file."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="+", type=Path)
    for path in parser.parse_args().files:
        nlp = language.blank(path.parent.name)
        counts = [[0, 0, 0], [0, 0, 0]]
        for group in paragraphs(read(path)):
            text, sentences, tokens = gold_spans(group)
            doc = nlp(text)
            found = (
                {(s.start_char, s.start_char + len(s.text.rstrip())) for s in doc.sents},
                {(t.idx, t.idx + len(t)) for t in doc if not t.is_space},
            )
            for count, gold, ours in zip(counts, (sentences, tokens), found, strict=True):
                for place, value in enumerate((len(gold & ours), len(gold), len(ours))):
                    count[place] += value
        scores = "  ".join(
            f"{name} {f1(*count):.3f}"
            for name, count in zip(("sentences", "tokens"), counts, strict=True)
        )
        print(f"{path.parent.name} {path.stem:18} {scores}")


if __name__ == "__main__":
    main()
