"""Makes one spaCy `Doc` of a document's layout blocks, with the way back to the source."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, Span

from pipeline.types import Block

# What is no word and would cost spaCy's tokenizer, which peels marks off one by one, quadratic
# time: leaders and rules (`........`), which are one token, and endless runs, which are cut.
_LEADER = re.compile(r"[^\w\s]{20,}")
_ENDLESS = re.compile(r"\S{400}")


def make_doc(nlp: Language, blocks: Sequence[Block], doc_id: str | None = None) -> Doc:
    """The Doc of `blocks`, tokens only: the cleaned texts, joined by one space.

    `spans["blocks"]` has a span per block (`label_` its kind, `id_` its label), `spans["asides"]`
    the tokens that are no running text. `user_data["starts"]` and `["ends"]` are int32 arrays with
    the source span of each character of `doc.text`; a joining space has the gap between its blocks.
    `user_data["doc_id"]` is `doc_id`.
    """
    blocks = [block for block in blocks if block.content.text]
    words: list[str] = []
    spaces: list[bool] = []
    block_spans: list[tuple[int, int]] = []
    aside_spans: list[tuple[int, int]] = []
    for block in blocks:
        first = len(words)
        text = block.content.text
        for start, end, is_aside in _segments(text, block.asides):
            before = len(words)
            for token_start, token_end in _tokenize(nlp, text, start, end, whole=is_aside):
                words.append(text[token_start:token_end])
                spaces.append(text[token_end : token_end + 1] == " ")
            if is_aside:
                aside_spans.append((before, len(words)))
        spaces[-1] = True
        block_spans.append((first, len(words)))
    if spaces:
        spaces[-1] = False
    doc = Doc(nlp.vocab, words=words, spaces=spaces)
    doc.spans["blocks"] = [
        Span(doc, start, end, label=block.kind, span_id=block.label or "")
        for (start, end), block in zip(block_spans, blocks, strict=True)
    ]
    doc.spans["asides"] = [Span(doc, start, end) for start, end in aside_spans]
    doc.user_data["starts"], doc.user_data["ends"] = _source_offsets(blocks)
    doc.user_data["doc_id"] = doc_id
    return doc


def _segments(text: str, asides: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int, bool]]:
    """The asides and what lies between them, in order, without empty segments."""
    position = 0
    for start, end in asides:
        if position < start:
            yield position, start, False
        yield start, end, True
        position = end
    if position < len(text):
        yield position, len(text), False


def _tokenize(
    nlp: Language, text: str, start: int, end: int, *, whole: bool
) -> Iterator[tuple[int, int]]:
    """Character spans of the tokens in `text[start:end]`, without spaces; an aside is one."""
    segment = text[start:end]
    if whole and " " not in segment:
        yield start, end
        return
    for piece_start, piece_end, is_leader in _tokenizable(segment):
        piece = segment[piece_start:piece_end]
        if is_leader:
            yield start + piece_start, start + piece_end
            continue
        offset = start + piece_start + len(piece) - len(piece.lstrip())
        for token in nlp.tokenizer(piece.strip()):
            if not token.is_space:
                token_start = offset + token.idx
                yield token_start, token_start + len(token)


def _tokenizable(segment: str) -> Iterator[tuple[int, int, bool]]:
    """Parts of a text in order, and whether each is a leader."""
    position = 0
    for leader in [*_LEADER.finditer(segment), None]:
        end = leader.start() if leader else len(segment)
        for run in _ENDLESS.finditer(segment, position, end):
            yield position, run.end(), False
            position = run.end()
        if position < end:
            yield position, end, False
        if leader:
            yield leader.start(), leader.end(), True
            position = leader.end()


def _source_offsets(blocks: Sequence[Block]) -> tuple[np.ndarray, np.ndarray]:
    """Source start and end of each character of the joined text."""
    size = sum(len(block.content.text) for block in blocks) + max(0, len(blocks) - 1)
    starts, ends = np.empty(size, dtype=np.int32), np.empty(size, dtype=np.int32)
    position = 0
    for index, block in enumerate(blocks):
        if index:
            starts[position] = blocks[index - 1].end
            ends[position] = block.start
            position += 1
        length = len(block.content.text)
        starts[position : position + length] = block.content.starts
        ends[position : position + length] = block.content.ends
        position += length
    return starts, ends
